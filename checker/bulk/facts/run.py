"""A run over typed facts: chunks of filings to workers, what is done is passed by, and a filing that kills its worker
is found by halves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen

from checker.bulk import engines, pool
from checker.bulk.facts.answered import Asked, Working, document, key_of, told_of
from checker.bulk.facts.compiled import compiled
from checker.bulk.facts.reading import vocabulary
from checker.bulk.facts.sources import Chunk, chunks
from checker.bulk.rows import Answer, Told, batch, streamed
from checker.bulk.run import FAILED, Progress
from checker.bulk.schema import COVERAGE, FIGURES, FINDINGS, PROBLEMS
from checker.bulk.sources import Choice
from checker.bulk.store import Store
from checker.core.problem import Problem

_BUCKETS = 10_000


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
    """The chunks of all sources, with the filings that are wanted."""
    words = vocabulary(means.working.rulebook.once(compiled))
    left = choice.limit
    for path in paths:
        for chunk in chunks(path, words):
            some = chosen(chunk, choice, left)
            left = None if left is None else left - some.filings.num_rows
            if some.facts.num_rows:
                yield Asked(some, str(path), key_of(some, run))
            if left is not None and left <= 0:
                return


def chosen(chunk: Chunk, choice: Choice, left: int | None) -> Chunk:
    """The filings of a chunk that are wanted; `left` of them at most."""
    filings = chunk.filings
    if choice.since is not None:
        since = pa.scalar(choice.since.date(), pa.date32())
        filings = filings.filter(pc.fill_null(pc.greater_equal(filings["filed"], since), True))
    if choice.sample is not None:
        filings = filings.filter(
            pa.array([_drawn(name, choice.sample) for name in filings["filing"].to_pylist()], pa.bool_())
        )
    if left is not None:
        filings = filings.sort_by("filing").slice(0, max(0, left))
    if filings.num_rows == chunk.filings.num_rows:
        return chunk
    return Chunk(chunk.facts.filter(pc.is_in(chunk.facts["filing"], filings["filing"].combine_chunks())), filings)


def _drawn(name: str, percent: int) -> bool:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % _BUCKETS < percent * (_BUCKETS // 100)


def carried_out(tasks: Iterator[Asked], means: Means, store: Store, heard: Callable[[Progress], None]) -> Progress:
    """Does what is not done yet, writes it down, and says after each chunk how far it is."""
    progress = Progress(0)
    waiting: list[Asked] = []
    try:
        _done(_left(tasks, means, (store, progress), heard), means, (store, progress, waiting), heard)
        while waiting:  # a worker was lost: its chunk in halves, until the filing is found
            halves = [half for one in waiting for half in _halves(one)]
            waiting.clear()
            _done(iter(halves), evolve(means, jobs=1), (store, progress, waiting), heard)
    except KeyboardInterrupt:
        store.flush()
        raise
    store.flush()
    return progress


def _done(
    tasks: Iterator[Asked], means: Means, state: tuple[Store, Progress, list[Asked]], heard: Callable[[Progress], None]
) -> None:
    store, progress, waiting = state
    setup = pool.Setup(means.working, means.jobs, means.seconds, 1, means.memory)
    for task, found in engines.answered(tasks, setup, means.engine):
        if isinstance(found, pool.Died | pool.Late):
            if len(task.chunk.facts["filing"].unique()) > 1:
                waiting.append(task)
                continue
            found = _lost(task, means.lost(task.source, found))
        store.add(found)
        progress.now += len(found.documents)
        heard(progress)


def _left(
    tasks: Iterator[Asked], means: Means, state: tuple[Store, Progress], heard: Callable[[Progress], None]
) -> Iterator[Asked]:
    """Chunks of which some filing is not written down yet."""
    store, progress = state
    for task in tasks:
        keys = [document(task, name) for name in task.chunk.facts["filing"].unique().to_pylist()]
        progress.total += len(keys)
        progress.keys.update(keys)
        done = [store.done.get(key) for key in keys]
        if all(one is not None and not (means.again and one.status == FAILED) for one in done):
            progress.before += len(keys)
            heard(progress)
            continue
        yield task


def _halves(task: Asked) -> Iterator[Asked]:
    names = task.chunk.facts["filing"].unique().to_pylist()
    for some in (names[: len(names) // 2], names[len(names) // 2 :]):
        wanted = pa.array(some, pa.string())
        facts = task.chunk.facts.filter(pc.is_in(task.chunk.facts["filing"], wanted))
        yield evolve(
            task, chunk=Chunk(facts, task.chunk.filings.filter(pc.is_in(task.chunk.filings["filing"], wanted)))
        )


def _lost(task: Asked, problem: Problem) -> Answer:
    """A filing that ended its worker."""
    name = task.chunk.facts["filing"][0].as_py()
    key, path = document(task, name), told_of(task, name)
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
    tables = {
        "coverage": pa.Table.from_pylist([row], COVERAGE),
        "figures": FIGURES.empty_table(),
        "findings": FINDINGS.empty_table(),
        "problems": problems,
    }
    return Answer((Told(key, path, FAILED, reasons, digest),), streamed(tables))
