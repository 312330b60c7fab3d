"""A run over typed facts: chunks of filings to workers, what is done is passed by, and a filing that kills its worker
is found by halves."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
from attrs import frozen

from checker.bulk import engines, pool
from checker.bulk.facts.answered import Asked, Refused, Working, document_keys, key_of
from checker.bulk.facts.compiled import compiled
from checker.bulk.facts.reading import vocabulary
from checker.bulk.facts.sources import Chunk, Unreadable, chosen, chunks, of_filings, parts
from checker.bulk.facts.spans import Span
from checker.bulk.rows import Answer, Unit, batch, of_unit, together, unpacked
from checker.bulk.run import FAILED, Progress
from checker.bulk.schema import COVERAGE, PROBLEMS, TABLES
from checker.bulk.sources import Choice
from checker.bulk.store import Store
from checker.core.problem import Problem
from checker.core.value import evolve


@frozen(eq=False)
class Means:
    """With what a run works. `lost` is what is said of a filing whose worker died or was late."""

    working: Working
    lost: Callable[[str, pool.Died | pool.Late], Problem]
    jobs: int = 1
    engine: str = "local"
    seconds: int = 600
    memory: int = 0
    again: bool = False


def asked(paths: Sequence[Path], choice: Choice, means: Means, run: str) -> Iterator[Asked]:
    """The parts of all sources, with the filings that are wanted."""
    words = vocabulary(means.working.rulebook.once(compiled))
    left = choice.limit
    for path in paths:
        if left is None:
            for part in parts(path, words, means.working.keep == "told"):
                yield _asked(part, path, choice, run)
            continue
        for chunk in chunks(path, words):
            some = chosen(chunk, choice, left)
            left -= some.filings.num_rows
            if some.facts.num_rows:
                yield Asked(some, str(path), key_of(some, f"{run}{path}"))
            if left <= 0:
                return


def _asked(part: Chunk | Span, path: Path, choice: Choice, run: str) -> Asked:
    if isinstance(part, Span):
        since = "" if choice.since is None else choice.since.date().isoformat()
        told = "\0".join((run, str(path), part.content, since, str(choice.sample)))
        return Asked(part, str(path), hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest(), choice)
    some = chosen(part, choice)
    return Asked(some, str(path), key_of(some, f"{run}{path}"))


def carried_out(tasks: Iterator[Asked], means: Means, store: Store, heard: Callable[[Progress], None]) -> Progress:
    """Does what is not done yet, writes it down, and says after each part how far it is."""
    progress = Progress(0)
    waiting: list[Asked] = []
    try:
        setup = pool.Setup(means.working, means.jobs, means.seconds, 1, means.memory, keeps=True)
        for task, found in engines.answered(_left(tasks, means, (store, progress), heard), setup, means.engine):
            if isinstance(found, pool.Died | pool.Late):
                waiting.append(task)
            else:
                _keep(found, (store, progress), heard)
        for task in waiting:  # a worker was lost: its filings in halves, until the one is found
            _keep(_by_halves(task, means), (store, progress), heard)
    except KeyboardInterrupt:
        store.flush()
        raise
    store.flush()
    return progress


def _keep(found: Answer | Refused, state: tuple[Store, Progress], heard: Callable[[Progress], None]) -> None:
    if isinstance(found, Refused):
        raise Unreadable(found.why)
    store, progress = state
    store.add(found)
    count = found.unit.count if found.unit is not None else 0
    progress.now += count
    progress.total += count
    heard(progress)


def _left(
    tasks: Iterator[Asked], means: Means, state: tuple[Store, Progress], heard: Callable[[Progress], None]
) -> Iterator[Asked]:
    """Parts that are not written down yet."""
    store, progress = state
    for task in tasks:
        if not task.is_span and not task.rows:
            continue
        progress.keys.add(task.key)
        done = store.units.get(task.key)
        if done is not None and not (means.again and any(status == FAILED for status, _ in done[0].statuses)):
            progress.before += done[0].count
            progress.total += done[0].count
            heard(progress)
            continue
        yield evolve(task, run=store.run)


def _by_halves(task: Asked, means: Means) -> Answer:
    """The answers of a part on which a worker was lost, those of the filings that do it told in their place."""
    setup = pool.Setup(means.working, 1, means.seconds, 1, means.memory)
    words = vocabulary(means.working.rulebook.once(compiled))
    waiting, found = [evolve(task, part=task.chunk(words))], []
    while waiting:
        halves = [half for one in waiting for half in _halves(one)]
        waiting.clear()
        for half, answer in engines.answered(iter(halves), setup, means.engine):
            if not isinstance(answer, pool.Died | pool.Late):
                found.append(answer)
            elif half.names[0] == half.names[-1]:
                found.append(_lost(half, means.lost(half.source, answer)))
            else:
                waiting.append(half)
    return _merged(task, found)


def _halves(task: Asked) -> Iterator[Asked]:
    names = task.names
    chunk = task.part
    assert isinstance(chunk, Chunk)
    if len(names) == 1:
        yield task
        return
    half = len(names) // 2
    for begins, some in ((0, names[:half]), (half, names[half:])):
        yield evolve(task, part=of_filings(chunk, some), begins=task.begins + begins)


def _merged(task: Asked, found: Sequence[Answer]) -> Answer:
    """One answer of several, in the order of their filings."""
    ordered = sorted(found, key=lambda one: one.unit.first if one.unit is not None else "")
    tables: dict[str, list[pa.Table]] = {}
    for answer in ordered:
        for name, file in answer.files.items():
            tables.setdefault(name, []).append(unpacked(file))
    units = [one.unit for one in ordered if one.unit is not None]
    statuses: Counter[int] = Counter()
    for one in units:
        statuses.update(dict(one.statuses))
    digest = hashlib.sha256("\n".join(one.digest for one in units).encode()).hexdigest()
    told = tuple(sorted(statuses.items()))
    reasons = units[0].reasons if len(units) == 1 else ()
    unit = Unit(task.key, task.source, units[0].first, units[-1].last, told, reasons, digest)
    return of_unit(unit, {name: together(some, TABLES[name]) for name, some in tables.items()}, task.run)


def _lost(task: Asked, problem: Problem) -> Answer:
    """A filing that ended its worker."""
    name = task.names[0]
    key, path = document_keys(task, 1)[0].as_py(), f"{task.source}/{name}"
    digest = hashlib.sha256(f"{key} {problem.code}".encode()).hexdigest()
    reasons = (problem.message,)
    row = {
        "document": key,
        "run": 0,
        "path": path,
        "format": "facts",
        "status": FAILED,
        "reasons": list(reasons),
        "digest": digest,
    }
    problems = batch([key], [(problem.code, problem.severity, problem.message, None, None, problem.help)], PROBLEMS)
    unit = Unit(task.key, task.source, name, name, ((FAILED, 1),), reasons, digest)
    told = {"coverage": pa.Table.from_pylist([row], COVERAGE), "problems": pa.Table.from_batches([problems])}
    return of_unit(unit, told, task.run)
