"""How fast many filings are judged, and many documents: rule evaluations a second, Parquet to findings, growth, other
engines on the same filings and rules.

    python -m benchmarks.bulk [--filings N] [--documents N]

Filings are made up: 60 facts each, of which 30 are sums of others, 150 linear rules that hold for them, one figure in a
thousand wrong. Seconds are of processor time, the best of three rounds, and of the clock on the wall for documents;
everything else runs in one process and one thread. Polars and pandera are tried where they are installed, and say so
where they are not.
"""

from __future__ import annotations

import argparse
import resource
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
from checker.bulk.facts.answered import Asked, Working, answer
from checker.bulk.facts.compiled import Compiled, compiled
from checker.bulk.facts.judged import judged_all
from checker.bulk.facts.reading import SCHEMA, columns, vocabulary
from checker.bulk.facts.sources import chunks
from checker.bulk.facts.table import Block, wide
from checker.bulk.run import Means, carried_out
from checker.bulk.store import Head, open_store
from checker.gate import Settings
from checker.language import load

FREE, SUMS = 30, 30
RULES = 150
ROUNDS = 3
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


def best(work: Callable[[], Any]) -> float:
    """Seconds of processor time of the fastest round."""
    found = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found)


def memory() -> float:
    """Gigabytes that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def judge_all(block: Block, book: Compiled, jit: bool = False) -> int:
    """How many relations are broken."""
    return sum(one.violations for one in judged_all(block, compiled_loop=jit))


def in_memory(book: Compiled, filings: int) -> Iterator[str]:
    """Rule evaluations a second and core, facts in their columns already."""
    blocks = [
        wide(columns(table(amounts(size, seed)), book), book) for seed, size in enumerate([8_000] * (filings // 8_000))
    ]
    broken = sum(judge_all(block, book) for block in blocks)
    seconds = best(lambda: [judge_all(block, book) for block in blocks])
    yield (
        f"numpy, blocks of 8,000 filings{len(blocks) * 8_000 * RULES / seconds / 1e6:38.0f} million a second, "
        f"{broken:,} broken"
    )
    read = sum(len(left) + len(right) for left, right in relations()) / RULES
    bare = np.stack([blocks[0].value(slot) for slot in range(FREE + SUMS)])
    summed = best(lambda: [bare.sum(axis=0) for _ in range(20)]) / 20
    yield (
        f"bound: adding up {read:.1f} amounts a rule and nothing "
        f"else{8_000 * (FREE + SUMS) / read / summed / 1e6:17.0f}"
    )


def written(folder: Path, filings: int) -> Path:
    """Facts as Parquet."""
    path = folder / f"facts-{filings}.parquet"
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for first in range(0, filings, 5_000):
            writer.write_table(table(amounts(min(5_000, filings - first), first), first))
    return path


def from_parquet(path: Path, book: Compiled) -> tuple[int, int]:
    """Filings and broken relations, from the file."""
    filings = broken = 0
    for chunk in chunks(path, vocabulary(book)):
        block = wide(columns(chunk.facts, book), book)
        filings += len(block.facts.filings)
        broken += judge_all(block, book)
    return filings, broken


def growth(folder: Path, book: Compiled, most: int) -> Iterator[str]:
    """Parquet to verdicts and to rows of the tables, at several sizes."""
    yield f"{'':10}{'verdicts':>12}{'rows':>10}{'decode':>10}   thousand filings a second{'GB held':>12}"
    size = 10_000
    while size <= most:
        path = written(folder, size)
        started = time.process_time()
        from_parquet(path, book)
        verdicts = time.process_time() - started
        started = time.process_time()
        for chunk in chunks(path, vocabulary(book)):
            answer(Asked(chunk, str(path), "key"), book, Working(book.rulebook))
        rows = time.process_time() - started
        decode = best(lambda: [None for _ in pq.ParquetFile(path).iter_batches(500_000)])  # noqa: B023
        yield (
            f"{size:>10,}{size / verdicts / 1e3:12.1f}{size / rows / 1e3:10.1f}{size / decode / 1e3:10.1f}"
            f"{memory():39.2f}"
        )
        path.unlink()
        size *= 10 if size * 10 <= most else 3


def peers(book: Compiled, filings: int = 10_000) -> Iterator[str]:
    """The same filings and rules: seconds, and how many relations are broken (the step of every figure is 1)."""
    values = amounts(filings)
    block = wide(columns(table(values), book), book)
    seconds = best(lambda: judge_all(block, book))
    yield f"{'tieout, numpy':28}{seconds:8.3f} s{judge_all(block, book):10,}"
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
    yield f"{'Polars, lazy':28}{best(query.collect):8.3f} s{sum(query.collect().row(0)):10,}"


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

    yield f"{'pandera on Polars':28}{best(validate):8.3f} s"


def documents(count: int) -> Iterator[str]:
    """The example release, each time with another amount, in one process and in two."""
    text = EXAMPLE.read_text(encoding="utf-8")
    book = load([], shipped=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        folder.mkdir()
        for number in range(count):
            (folder / f"{number:05}.md").write_text(text.replace("1,489,945", f"1,489,{number % 1000:03}"))
        found = items([str(folder)], Limits().size)[0]
        taken = []
        for jobs in (1, 2):
            examining = Examining(book, Settings(), Limits())
            started = time.perf_counter()
            with open_store(Path(name) / f"out{jobs}", Head("bench", "rules", {})) as store:
                carried_out(found, Means(examining, examining.lost, jobs), store, lambda progress: None)
                store.finish({})
            taken.append(time.perf_counter() - started)
            yield f"{count:,} documents, --jobs {jobs}{count / taken[-1]:26.1f} a second"
        yield f"two processes beside one{taken[0] / taken[1]:29.2f} times as fast"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--filings", type=int, default=100_000, help="the most that growth is measured with")
    parser.add_argument("--documents", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = rulebook(folder)
        print(f"rule evaluations a second and core, {RULES} rules, {FREE + SUMS} facts a filing")
        print(*in_memory(book, 40_000), sep="\n", flush=True)
        print("\nParquet to findings")
        print(*growth(folder, book, asked.filings), sep="\n", flush=True)
        print(f"\n10,000 filings, {RULES} rules, facts in memory, one thread")
        print(*peers(book), sep="\n", flush=True)
    if asked.documents:
        print("\ndocuments")
        print(*documents(asked.documents), sep="\n", flush=True)


if __name__ == "__main__":
    main()
