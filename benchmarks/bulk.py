"""How fast many filings are judged, and many documents: rule evaluations a second, Parquet to findings, growth, other
engines on the same filings and rules.

    python -m benchmarks.bulk [--part memory|parquet|resume|market|made|peers|documents|ray]
        [--filings N] [--documents N]

Filings are made up: 60 facts each, of which 30 are sums of others, 150 linear rules that hold for them, one figure in a
thousand wrong. In memory seconds are of processor time, the best of several rounds, in one process and one thread.
Runs from Parquet are whole runs of two processes that write their tables: by the clock, and by the processor time that
all processes took, as if both processors were free. Documents are measured by the clock, in turns. What is not
installed says so.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from checker.api.bulk import Examining, items
from checker.api.limits import Limits
from checker.bulk.facts.compiled import Compiled, compiled
from checker.bulk.facts.judged import judged_all
from checker.bulk.facts.reading import SCHEMA, columns
from checker.bulk.facts.table import Block, wide
from checker.bulk.query import asked as asked_of
from checker.bulk.query import opened
from checker.bulk.run import Means, carried_out
from checker.bulk.sources import Item
from checker.bulk.store import Head, open_store, written_units
from checker.gate import Settings
from checker.language import load

FREE, SUMS = 30, 30
RULES = 150
ROUNDS = 7
EXAMPLE = Path(__file__).parent.parent / "examples" / "fusion-2013q1.md"
Terms = tuple[int, tuple[int, ...]]


def terms(seed: int = 1) -> list[Terms]:
    """Each sum with its addends, by their numbers."""
    random = np.random.default_rng(seed)
    return [
        (FREE + number, tuple(int(one) for one in random.choice(FREE, 2 + number % 4, replace=False)))
        for number in range(SUMS)
    ]


def relations() -> list[tuple[list[int], list[int]]]:
    """The rules as left and right sides: each sum, and the same sum with some of its addends on the other side."""
    found = []
    for total, addends in terms():
        found.append(([total], [1 + one for one in addends]))
        for moved in range(4):
            left = addends[moved % len(addends)]
            found.append(([total, -(1 + left)], [1 + one for one in addends if one != left]))
    return found[:RULES]


def rulebook(folder: Path) -> Compiled:
    """The rules in the language."""
    lines = [f"concept F{number}\n    instant, currency\n    xbrl x:F{number}" for number in range(FREE + SUMS)]
    for number, (left, right) in enumerate(relations()):
        sides = [
            f"F{left[0]}" + "".join(f" - F{-one - 1}" for one in left[1:]),
            " + ".join(f"F{one - 1}" for one in right),
        ]
        lines.append(f"rule r{number}\n    {sides[0]} = {sides[1]}")
    path = folder / "bench.rules"
    path.write_text("\n".join(lines))
    return compiled(load([path], shipped=False))


def amounts(filings: int, seed: int = 2) -> np.ndarray:
    """Facts of each filing side by side, one in a thousand wrong."""
    random = np.random.default_rng(seed)
    found = np.zeros((filings, FREE + SUMS), np.int64)
    found[:, :FREE] = random.integers(1, 10**9, (filings, FREE))
    for total, addends in terms():
        found[:, total] = found[:, list(addends)].sum(axis=1)
    found += (random.random(found.shape) < 0.001) * random.integers(10, 10**6, found.shape)
    return found


def table(values: np.ndarray, first: int = 0) -> pa.Table:
    """The same as facts."""
    filings, width = values.shape
    names = pa.array([f"{first + number:09}" for number in range(filings)]).take(
        pa.array(np.repeat(np.arange(filings), width))
    )
    tags = pa.array([f"x:F{number}" for number in range(width)]).take(pa.array(np.tile(np.arange(width), filings)))
    ends = pa.array(np.full(filings * width, 18_000, np.int32)).cast(pa.date32())
    whole = pa.array(values.reshape(-1)).cast(pa.decimal128(38, 10))
    steps = pa.array(np.ones(filings * width, np.int64)).cast(pa.decimal128(38, 10))
    known = {
        "filing": names,
        "concept": tags,
        "end": ends,
        "unit": pa.repeat("USD", len(names)),
        "value": whole,
        "rounded_to": steps,
    }
    return pa.table(
        [known[one.name] if one.name in known else pa.nulls(len(names), one.type) for one in SCHEMA], schema=SCHEMA
    )


def best(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Seconds of processor time of the fastest round."""
    found = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found)


def judge_all(block: Block, book: Compiled, jit: bool = False) -> int:
    """How many relations are broken."""
    return sum(one.violations for one in judged_all(block, compiled_loop=jit))


def in_memory(book: Compiled, filings: int) -> Iterator[str]:
    """Rule evaluations a second and core, facts in their columns already."""
    for size in (4_000, 16_000):
        blocks = [wide(columns(table(amounts(size, seed)), book), book) for seed in range(filings // size)]
        for name, jit in (("numpy", False), ("numba", True)):
            try:
                broken = sum(judge_all(block, book, jit) for block in blocks)
            except ModuleNotFoundError:
                yield "numba is not installed"
                continue
            seconds = best(lambda: [judge_all(block, book, jit) for block in blocks])  # noqa: B023
            rate = len(blocks) * size * RULES / seconds / 1e6
            yield f"{f'{name}, blocks of {size:,} filings':44}{rate:8.0f} million a second, {broken:,} broken"
    read = sum(len(left) + len(right) for left, right in relations()) / RULES
    bare = np.stack([blocks[0].value(slot) for slot in range(FREE + SUMS)])
    summed = best(lambda: [bare.sum(axis=0) for _ in range(20)]) / 20
    rate = bare.shape[1] * (FREE + SUMS) / read / summed / 1e6
    yield f"{f'bound: adding up {read:.1f} amounts a rule, no more':44}{rate:8.0f}"


def written(folder: Path, filings: int) -> Path:
    """Facts as Parquet: some thousand different filings, over and over under other names."""
    path = folder / f"facts-{filings}.parquet"
    some = min(filings, 50_000)
    parts = [table(amounts(min(5_000, some - first), first)) for first in range(0, some, 5_000)]
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for number, first in enumerate(range(0, filings, 5_000)):
            part = parts[number % len(parts)]
            names = pa.array([f"{first + at:09}" for at in range(part.num_rows // (FREE + SUMS))])
            every = names.take(pa.array(np.repeat(np.arange(len(names)), FREE + SUMS)))
            writer.write_table(part.set_column(0, SCHEMA.field("filing"), every))
    return path


def processor() -> float:
    """Seconds of processor time of this process and those that it has ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def bulk(*words: object) -> tuple[float, float, str]:
    """The command with so many words: seconds of the clock, of the processor in all its processes, and its line."""
    clock, used = time.perf_counter(), processor()
    command = [sys.executable, "-m", "checker", "bulk", *map(str, words), "--quiet"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if said.returncode not in (0, 1, 3):
        raise SystemExit(said.stderr)
    return time.perf_counter() - clock, processor() - used, said.stdout.strip()


def bandwidth() -> float:
    """Bytes a second that one core reads and writes in memory."""
    one, two = np.zeros(2**24), np.zeros(2**24)
    return 2 * one.nbytes / best(lambda: np.copyto(two, one))


def growth(folder: Path, most: int) -> Iterator[str]:
    """From Parquet to the tables of a run, at several sizes; beside decoding the same Parquet and reading its facts."""
    yield "           seconds             thousand filings a second on 2 cores          times     GB of"
    yield "filings      clock  processor      clock  processor   decode    memory    decode   a process   load"
    size = 10_000
    while size <= most:
        path, out = written(folder, size), folder / "out"
        rules = ["--rules", folder / "bench.rules", "--no-shipped"]
        clock, used, _ = bulk(path, "--out", out, *rules, "--keep", "told", "--jobs", 2)
        with pq.ParquetFile(path, read_dictionary=["filing", "concept", "unit", "entity", "segment"]) as file:
            decode = best(lambda: [None for _ in file.iter_batches(500_000, use_threads=False)], 3)
        moved = size * (FREE + SUMS) * 40 / bandwidth()  # 16 bytes an amount, 16 a step, 4 a filing, 4 a concept
        seconds = ((clock, 11), (used / 2, 11), (decode / 2, 9), (moved / 2, 10))
        rates = "".join(f"{size / one / 1e3:{width}.1f}" for one, width in seconds)
        held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
        load = os.getloadavg()[0]
        yield f"{size:>9,}{clock:9.1f}{used:11.1f}{rates}{used / decode:10.1f}{held:12.2f}{load:7.1f}"
        path.unlink()
        shutil.rmtree(out)
        size = 5 * size if size == 10_000 else 4 * size if size == 50_000 else 5 * size


def peers(book: Compiled, filings: int = 10_000) -> Iterator[str]:
    """The same filings and rules: seconds, and how many relations are broken (the step of every figure is 1)."""
    values = amounts(filings)
    block = wide(columns(table(values), book), book)
    for name, jit in (("numpy", False), ("numba", True)):
        with suppress(ModuleNotFoundError):
            broken_here = judge_all(block, book, jit)
            seconds = best(lambda: judge_all(block, book, jit))  # noqa: B023
            yield f"{f'tieout, {name}':28}{seconds:8.4f} s{broken_here:10,}"
    frame = pa.table({f"F{number}": values[:, number] for number in range(values.shape[1])})
    broken = [_sql(*sides) for sides in relations()]
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET threads = 1")
        connection.register("facts", frame)
        connection.execute("CREATE TABLE f AS SELECT * FROM facts")
        sql = "SELECT " + " + ".join(f"count(*) FILTER ({one})" for one in broken) + " FROM f"
        yield (
            f"{'DuckDB, one SELECT':28}{best(lambda: connection.execute(sql).fetchall()):8.3f} "
            f"s{connection.execute(sql).fetchall()[0][0]:10,}"
        )
    yield from _polars(frame)
    yield from _pandera(frame)
    yield from _pointblank(frame)
    yield from _validate(values)


def _sql(left: list[int], right: list[int]) -> str:
    """Whether a relation is broken: no half steps explain its difference."""
    difference = " ".join(f"{'+' if one >= 0 else '-'} F{one if one >= 0 else -one - 1}" for one in left)
    difference += "".join(f" - F{one - 1}" for one in right)
    return f"2 * abs({difference.removeprefix('+ ')}) > {len(left) + len(right)}"


def _polars(frame: pa.Table) -> Iterator[str]:
    try:
        import polars
    except ModuleNotFoundError:
        yield "Polars is not installed"
        return
    lazy = polars.from_arrow(frame).lazy()  # type: ignore[union-attr]
    every = [polars.sql_expr(f"({_sql(*sides)})").sum().alias(str(number)) for number, sides in enumerate(relations())]
    query = lazy.select(every)
    yield f"{'Polars, lazy':28}{best(query.collect):8.4f} s{sum(query.collect().row(0)):10,}"


def _pandera(frame: pa.Table) -> Iterator[str]:
    try:
        import pandera.polars as pandera
        import polars
    except (ModuleNotFoundError, ImportError):
        yield "pandera is not installed"
        return
    data = polars.from_arrow(frame)

    def check(sides: tuple[list[int], list[int]]) -> Any:
        return pandera.Check(lambda given: given.lazyframe.select(~polars.sql_expr(f"({_sql(*sides)})")))

    schema = pandera.DataFrameSchema(checks=[check(sides) for sides in relations()])

    def validate() -> None:
        with suppress(pandera.errors.SchemaErrors):
            schema.validate(data, lazy=True)

    yield f"{'pandera on Polars':28}{best(validate):8.4f} s"


def _pointblank(frame: pa.Table) -> Iterator[str]:
    try:
        import pointblank
        import polars
    except (ModuleNotFoundError, ImportError):
        yield "pointblank is not installed"
        return
    data = polars.from_arrow(frame)

    def validate() -> int:
        made = pointblank.Validate(data)
        for sides in relations():
            made = made.col_vals_expr(~polars.sql_expr(f"({_sql(*sides)})"))
        return int(sum(made.interrogate().n_failed().values()))

    yield f"{'pointblank on Polars':28}{best(validate):8.4f} s{validate():10,}"


def _validate(values: np.ndarray) -> Iterator[str]:
    """R's package validate, where R is there with it; reading the amounts is not timed."""
    if shutil.which("Rscript") is None:
        yield "R is not installed"
        return
    with tempfile.TemporaryDirectory() as name:
        np.savetxt(
            Path(name) / "f.csv", values, "%d", ",", header=",".join(f"F{n}" for n in range(FREE + SUMS)), comments=""
        )
        rules = ", ".join(f"!({_sql(*sides)})" for sides in relations())
        script = (
            f"suppressMessages(library(validate)); f <- read.csv('{name}/f.csv'); v <- validator({rules});"
            "z <- confront(f, v);"
            "s <- system.time(r <- confront(f, v)); cat(s[['elapsed']], sum(summary(r)$fails))"
        )
        done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=False)
    if done.returncode:
        yield "R has no package validate"
        return
    seconds, fails = done.stdout.split()
    yield f"{'R validate':28}{float(seconds):8.4f} s{int(fails):10,}"


def _releases(folder: Path, count: int) -> list[Item]:
    """The example release, each time with another amount."""
    text = EXAMPLE.read_text(encoding="utf-8")
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:05}.md").write_text(text.replace("1,489,945", f"1,489,{number % 1000:03}"))
    return items([str(folder)], Limits().size)[0]


def _timed(found: list[Item], out: Path, jobs: int, engine: str = "local") -> tuple[float, float, str]:
    """Seconds by the clock and of the processor, and the digest of the run."""
    book = load([], shipped=True)
    examining = Examining(book, Settings(), Limits())
    clock, used = time.perf_counter(), processor()
    with open_store(out, Head("bench", "rules", {})) as store:
        carried_out(found, Means(examining, examining.lost, jobs, engine), store, lambda progress: None)
        store.finish({})
    told = json.loads((out / "manifest.json").read_bytes())["digest"]
    return time.perf_counter() - clock, processor() - used, told


def documents(count: int, rounds: int = 2) -> Iterator[str]:
    """One process and two, in turns."""
    with tempfile.TemporaryDirectory() as name:
        found = _releases(Path(name) / "in", count)
        taken: dict[int, list[float]] = {1: [], 2: []}
        digests = set()
        for number in range(rounds):
            for jobs in (1, 2):
                clock, used, told = _timed(found, Path(name) / f"out{jobs}-{number}", jobs)
                taken[jobs].append(clock)
                digests.add(told)
                load = os.getloadavg()[0]
                rate = f"{count / clock:9.2f} a second, {used:6.1f} s of processor"
                yield f"{count:,} documents, --jobs {jobs}{rate}, load {load:.0f}"
        yield f"two processes beside one: {min(taken[1]) / min(taken[2]):.2f} times as fast; {len(digests)} digest"


def by_ray(count: int) -> Iterator[str]:
    """Ray beside processes of this machine: the same documents, two workers each."""
    try:
        import ray  # noqa: F401
    except ModuleNotFoundError:
        yield "Ray is not installed"
        return
    with tempfile.TemporaryDirectory() as name:
        found = _releases(Path(name) / "in", count)
        digests = set()
        for number, engine in enumerate(("local", "ray", "local", "ray")):
            clock, _, told = _timed(found, Path(name) / f"out{number}", 2, engine)
            digests.add(told)
            yield f"{count:,} documents, {engine:6}{count / clock:10.2f} a second, load {os.getloadavg()[0]:.1f}"
        yield f"{len(digests)} digest"


def resumed(folder: Path, filings: int) -> Iterator[str]:
    """A run that is killed when some of it is written down, and what the next one does again."""
    path, out = written(folder, filings), folder / "killed"
    options = [str(path), "--out", str(out), "--rules", str(folder / "bench.rules"), "--no-shipped", "--keep", "told"]
    command = [sys.executable, "-m", "checker", "bulk", *options, "--quiet"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while running.poll() is None and len(list((out / "entries").glob("*.json"))) < 3:
        time.sleep(0.01)
    running.kill()
    running.wait()
    kept = sum(one.count for one, _ in written_units(out))
    clock, used = time.perf_counter(), processor()
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    clock, used = time.perf_counter() - clock, processor() - used
    yield f"killed with {kept:,} of {filings:,} filings written down; again: {clock:.1f} s, {used:.1f} s of processor"
    yield said
    digest = json.loads((out / "manifest.json").read_bytes())["digest"]
    shutil.rmtree(out)
    started = processor()
    subprocess.run(command, capture_output=True, check=False)
    same = json.loads((out / "manifest.json").read_bytes())["digest"] == digest
    yield f"all of it at once: {processor() - started:.1f} s of processor, {'the same' if same else 'another'} digest"


def market(folder: Path) -> Iterator[str]:
    """The shipped rules over a data set of the corpus, if there is one: what they judge, and which fail most."""
    corpus = os.environ.get("TIEOUT_CORPUS", "")
    path = next(iter(sorted(Path(corpus).rglob("*q*.zip"))), None) if corpus else None
    if path is None:
        yield "no data set: TIEOUT_CORPUS names none"
        return
    bulk(path, "--out", folder / "market")
    yield from _failing(folder / "market")


def made(folder: Path, count: int) -> Iterator[str]:
    """A data set made of documents of the corpus: what their statements print, by caption, as facts, and the shipped
    rules over these."""
    corpus = os.environ.get("TIEOUT_CORPUS", "")
    if not corpus:
        yield "no documents: TIEOUT_CORPUS names none"
        return
    _, used, said = bulk(corpus, "--out", folder / "read", "--sample", count, "--jobs", 2)
    yield f"{said}, {used:.0f} s of processor"
    with opened(folder / "read") as connection:
        names, rows = asked_of(connection, _AS_FACTS)
    path = folder / "made.parquet"
    pq.write_table(pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows]), path)
    bulk(path, "--out", folder / "made")
    yield from _failing(folder / "made")


_AS_FACTS = """
    SELECT path AS filing, caption AS concept, f.period_end AS "end", period_start AS start, period_months AS months,
           left(unit, 3) AS unit, any_value(value) AS value, any_value(rounded_to) AS rounded_to
    FROM figures f JOIN coverage USING (document, run)
    WHERE origin = 'table' AND statement IS NOT NULL AND value IS NOT NULL AND f.period_end IS NOT NULL
        AND regexp_matches(unit, '^[A-Z]{3}(/share)?$')
    GROUP BY ALL HAVING count(DISTINCT value) = 1 ORDER BY filing"""
"""Figures of statements that have a period; not those that a document prints twice and differently under one name."""


def _failing(out: Path) -> Iterator[str]:
    """What a run over filings judged, and the rules that fail."""
    with opened(out) as connection:
        _, ((filings, figures, blocking),) = asked_of(
            connection, "SELECT count(*), sum(figures)::BIGINT, sum(blocking)::BIGINT FROM coverage"
        )
        _, ((rules, agrees, roundings, violations),) = asked_of(
            connection,
            "SELECT count(*), sum(agrees)::BIGINT, sum(roundings)::BIGINT, sum(violations)::BIGINT FROM rules",
        )
        yield f"{filings:,} filings, {figures:,} facts that rules name, {rules} rules applied: {agrees:,} agree,"
        yield f"{roundings:,} by rounding, {violations:,} do not, {blocking:,} of these block"
        yield f"{'rule':56}{'judged':>8}{'fail':>6}{'filings':>9}"
        _, rows = asked_of(
            connection,
            "SELECT rule, agrees + roundings + violations, violations, documents FROM rules WHERE violations > 0"
            " ORDER BY violations DESC, rule LIMIT 15",
        )
        for rule, judged, failing, met in rows:
            yield f"{rule:56}{judged:8,}{failing:6,}{met:9,}"


PARTS = ("memory", "parquet", "resume", "market", "made", "peers", "documents", "ray")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, action="append", help="only this (repeatable)")
    parser.add_argument("--filings", type=int, default=200_000, help="the most that growth is measured with")
    parser.add_argument("--documents", type=int, default=100)
    asked = parser.parse_args()
    wanted = asked.part or PARTS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = rulebook(folder)
        made: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
            "memory": (
                f"rule evaluations a second and core, {RULES} rules, {FREE + SUMS} facts a filing",
                lambda: in_memory(book, 32_000),
            ),
            "parquet": ("Parquet to findings, --jobs 2 --keep told", lambda: growth(folder, asked.filings)),
            "resume": ("a run over 200,000 filings that is killed", lambda: resumed(folder, 200_000)),
            "market": ("a data set of the SEC, the shipped rules", lambda: market(folder)),
            "made": ("a data set made of documents, the shipped rules", lambda: made(folder, asked.documents)),
            "peers": (f"10,000 filings, {RULES} rules, facts in memory, one thread", lambda: peers(book)),
            "documents": ("documents", lambda: documents(asked.documents)),
            "ray": ("documents on Ray", lambda: by_ray(asked.documents)),
        }
        for number, part in enumerate(wanted):
            title, lines = made[part]
            print(f"{chr(10) if number else ''}{title}", flush=True)
            for line in lines():
                print(line, flush=True)


if __name__ == "__main__":
    main()
