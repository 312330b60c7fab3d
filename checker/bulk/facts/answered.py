"""Some filings from their facts to rows of the tables: what a worker does with a chunk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen

from checker.bind.lookup import period_text
from checker.bulk.facts.compiled import Compiled, compiled
from checker.bulk.facts.judged import AGREES, ROUNDING, VIOLATION, WORDS, Judged, judged_all
from checker.bulk.facts.reading import columns
from checker.bulk.facts.single import Row, check_of, period_of
from checker.bulk.facts.sources import Chunk
from checker.bulk.facts.table import INSTANT, Block, Flags, Ints, wide
from checker.bulk.rows import Answer, Told, batch, finding, streamed
from checker.bulk.schema import AMOUNT, COVERAGE, DECIMALS, FIGURES, FINDINGS, PROBLEMS
from checker.core.check import Check
from checker.core.finding import Finding
from checker.core.problem import SEVERITIES, Severity
from checker.core.rule import Rulebook
from checker.evaluate import evaluate
from checker.judge.relations import rounded_before, why_not

_STATUS = ("untested", "agreed", "rounding", "violated")
_NOTHING = "no rule applies to its facts"
_UNREAD = 3


@frozen(eq=False)
class Asked:
    """A chunk on its way to a worker."""

    chunk: Chunk
    source: str
    key: str
    """Hash over the run and what the chunk holds."""


@frozen(eq=False)
class Working:
    """What a worker does with a chunk: the rules, and from which severity on a finding counts."""

    rulebook: Rulebook
    fail_on: Severity = "error"
    fail_on_rounding: bool = False

    def __call__(self, asked: Asked) -> Answer:
        """The rows of its filings."""
        return answer(asked, self.rulebook.once(compiled), self)


def key_of(chunk: Chunk, run: str) -> str:
    """The key of a chunk."""
    found = hashlib.sha256(run.encode())
    for table in (chunk.facts, chunk.filings):
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table.combine_chunks())
        found.update(sink.getvalue())
    return found.hexdigest()


def document(asked: Asked, filing: str) -> str:
    """The key of a filing."""
    return hashlib.sha256(f"{asked.key}\0{asked.source}\0{filing}".encode("utf-8", "surrogateescape")).hexdigest()[:32]


def told_of(asked: Asked, filing: str) -> str:
    """What a filing is called."""
    return f"{asked.source}/{filing}"


def answer(asked: Asked, book: Compiled, gate: Working) -> Answer:
    """Every rule judged on the facts of the chunk."""
    facts = columns(asked.chunk.facts, book)
    block = wide(facts, book)
    done = judged_all(block)
    broken = [(one, found) for one in done for found in _broken(one, block)]
    keys = [document(asked, filing) for filing in facts.filings]
    counts = _counts(block, done, broken, gate)
    digest = _digest(block, done)
    told = _told(asked, keys, counts, digest)
    status = _statuses(block, done)
    return Answer(
        tuple(told),
        streamed(
            {
                "coverage": _coverage(asked, told, (facts.filings, counts, status, block)),
                "figures": _figures(asked, keys, (block, status)),
                "findings": _findings(keys, block, (done, broken), gate),
                "problems": PROBLEMS.empty_table(),
            }
        ),
    )


# ---- findings --------------------------------------------------------------------------------------------------------


def _broken(one: Judged, block: Block) -> Iterator[tuple[int, Finding]]:
    """What does not agree, told in full: the row among those judged, and the finding with its licence."""
    chosen = np.nonzero(one.verdict != AGREES)[0]
    if not len(chosen):
        return
    others = _others(one, block)
    for at in chosen:
        check = check_of(one.rated, Row(block, int(one.rows[at])))
        if isinstance(check, Check):
            if one.verdict[at] == VIOLATION and one.rated.task.rule.shipped:
                check = evolve(check, unlicensed=_unlicensed(check, others(int(at))))
            (found,) = evaluate((check,))
            if found.verdict != WORDS[one.verdict[at]]:
                raise AssertionError(f"{check.rule}: {found.verdict} is not {WORDS[one.verdict[at]]}")
            yield int(at), found


def _others(one: Judged, block: Block) -> Any:
    """For a row judged, whether the relation is broken in each other period of the same filing."""
    group = (block.row["filing"][one.rows] * len(block.facts.entities) + block.row["entity"][one.rows]) * len(
        block.facts.segments
    ) + block.row["segment"][one.rows]
    order = np.argsort(group, kind="stable")
    ordered = group[order]

    def found(at: int) -> list[bool]:
        low, high = np.searchsorted(ordered, group[at], "left"), np.searchsorted(ordered, group[at], "right")
        return [bool(one.verdict[other] == VIOLATION) for other in order[low:high] if other != at]

    return found


def _unlicensed(check: Check, others: Sequence[bool]) -> str | None:
    """Why a violation of a shipped rule is no more than a note."""
    assert check.left is not None and check.right is not None
    if rounded_before(check.left, check.right, check.figures):
        return "it misses by less than a unit of the last place: what it is made from may be rounded"
    return why_not(others, check.left, check.right, check.figures)


def _findings(
    keys: Sequence[str],
    block: Block,
    found: tuple[Sequence[Judged], Sequence[tuple[Judged, tuple[int, Finding]]]],
    gate: Working,
) -> pa.Table:
    done, broken = found
    documents = [keys[block.row["filing"][one.rows[at]]] for one, (at, _) in broken]
    marked = [evolve(one, blocks=_blocks(one, gate)) for _, (_, one) in broken]
    told = batch(documents, [finding(one) for one in marked], FINDINGS)
    texts = _Texts.of(keys, block)
    return pa.concat_tables([pa.Table.from_batches([told]), *(_agreeing(texts, block, one) for one in done)])


def _blocks(one: Finding, gate: Working) -> bool:
    if gate.fail_on_rounding and one.verdict == "rounding":
        return True
    return one.severity is not None and SEVERITIES.index(one.severity) >= SEVERITIES.index(gate.fail_on)


@frozen(eq=False)
class _Texts:
    """What many findings of a block name: their documents, periods, segments and facts, worked out once."""

    documents: pa.Array
    """Of each row, and so are the next two."""
    periods: pa.Array
    segments: pa.Array
    facts: pa.Array

    @classmethod
    def of(cls, keys: Sequence[str], block: Block) -> _Texts:
        """The texts of a block."""
        periods, place = _periods(block, block.every)
        return cls(
            pa.array(keys, pa.string()).take(pa.array(block.row["filing"])),
            pa.array([period_text(one) for one in periods], pa.string()).take(place),
            _segments(block, block.every),
            _ids(block, np.arange(len(block.facts.value))),
        )


def _agreeing(texts: _Texts, block: Block, one: Judged) -> pa.Table:
    """What agrees, as columns; its amounts where the relation is linear."""
    chosen = np.nonzero(one.verdict == AGREES)[0]
    rows, task = one.rows[chosen], one.rated.task
    count = len(rows)
    here = pa.array(rows)
    left, right, scale = one.sides(block, chosen) or (*(np.zeros(count, np.int64),) * 2, 1)
    known_here = np.ones(count, np.bool_) if one.exact is None else one.exact[chosen]
    known: dict[str, Any] = {
        "document": texts.documents.take(here),
        "run": pa.array(np.zeros(count, np.int32)),
        "rule": pa.repeat(task.id, count),
        "relation": pa.repeat(task.relation.text, count),
        "reads": pa.repeat(task.reads or task.relation.text, count),
        "basis": pa.repeat("written", count),
        "period": texts.periods.take(here),
        "period_end": pa.array(block.row["end"][rows].astype(np.int32)).cast(pa.date32()),
        "segment": texts.segments.take(here),
        "verdict": pa.repeat(WORDS[AGREES], count),
        "unlikely": pa.repeat(False, count),
        "blocks": pa.repeat(False, count),
        "left": _amounts(left, known_here, scale),
        "right": _amounts(right, known_here, scale),
        "difference": _amounts(left - right, known_here, scale),
        "figures": _figure_lists(texts, block, one, rows),
    }
    return pa.table(
        [known[field.name] if field.name in known else pa.nulls(count, field.type) for field in FINDINGS],
        schema=FINDINGS,
    )


def _periods(block: Block, rows: Ints) -> tuple[list[Any], pa.Array]:
    """The different periods of rows, and which of them each has."""
    code = block.row["end"][rows] * 1024 + block.row["months"][rows]
    _, first, place = np.unique(code, return_index=True, return_inverse=True)
    return [period_of(block, int(rows[at])) for at in first], pa.array(place)


def _segments(block: Block, rows: Ints) -> pa.Array:
    entity, segment = (
        pa.array(texts, pa.string()).take(pa.array(block.row[name][rows]))
        for texts, name in ((block.facts.entities, "entity"), (block.facts.segments, "segment"))
    )
    joined = pc.binary_join_element_wise(entity, segment, "; ")
    trimmed = pc.utf8_trim(joined, "; ")
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _amounts(values: Ints, known: Flags, scale: int) -> pa.Array:
    """Whole numbers over a scale as amounts; nothing where the scale has no decimal, or they are not known."""
    places = len(str(scale)) - 1
    if scale != 10**places or places > DECIMALS:
        return pa.nulls(len(values), AMOUNT)
    most = 10 ** (28 + places)
    fits = known & (np.abs(values.astype(np.float64)) < float(most))
    whole = pa.array(np.where(fits, values, 0)).cast(pa.decimal128(38, DECIMALS - places))
    amounts = pa.Array.from_buffers(AMOUNT, len(values), [None, whole.buffers()[1]], offset=whole.offset)
    return pc.if_else(pa.array(fits), amounts, pa.scalar(None, AMOUNT))


def _figure_lists(texts: _Texts, block: Block, one: Judged, rows: Ints) -> pa.Array:
    """The facts of each row, by their ids."""
    taken = (
        np.stack([block.fact[slot][rows] for slot in one.rated.slots])
        if one.rated.slots
        else np.zeros((0, len(rows)), np.int64)
    )
    there = taken >= 0
    counts = there.sum(axis=0)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    flat = taken.T[there.T]
    return pa.ListArray.from_arrays(pa.array(offsets), texts.facts.take(pa.array(flat)))


def _ids(block: Block, facts: Ints) -> pa.Array:
    inside = facts - block.facts.first[block.facts.filing[facts]] if len(facts) else facts
    return pc.binary_join_element_wise("f", pa.array(inside, pa.int64()).cast(pa.string()), "")


# ---- coverage --------------------------------------------------------------------------------------------------------


def _counts(
    block: Block, done: Sequence[Judged], broken: Sequence[tuple[Judged, tuple[int, Finding]]], gate: Working
) -> Mapping[str, Ints]:
    """By filing: findings of each verdict, notes, and those that block."""
    size = len(block.facts.filings)
    found = {
        name: np.zeros(size, np.int64) for name in ("agrees", "roundings", "violations", "notes", "blocking", "decided")
    }
    for one in done:
        filing = block.row["filing"][one.rows]
        if _is_equation(one) or not one.rated.task.rule.shipped:  # that a margin is below 100 % tests no amount
            found["decided"] += np.bincount(filing[np.isin(one.verdict, (AGREES, ROUNDING, VIOLATION))], minlength=size)
        for name, code in (("agrees", AGREES), ("roundings", ROUNDING), ("violations", VIOLATION)):
            found[name] += np.bincount(filing[one.verdict == code], minlength=size)
    for one, (at, told) in broken:
        whose = int(block.row["filing"][one.rows[at]])
        if told.severity == "note":
            found["notes"][whose] += 1
            if told.verdict == "violation":
                found["violations"][whose] -= 1
        found["blocking"][whose] += _blocks(told, gate)
    return found


def _is_equation(one: Judged) -> bool:
    return one.rated.task.relation.comparison == "="


def _statuses(block: Block, done: Sequence[Judged]) -> Ints:
    """Of each fact the worst that a relation says of it."""
    found = np.zeros(len(block.facts.value), np.int64)
    for one in filter(_is_equation, done):
        for slot in one.rated.slots:
            there = block.fact[slot][one.rows]
            known = there >= 0
            np.maximum.at(found, there[known], one.verdict[known])
    return found


def _told(asked: Asked, keys: Sequence[str], counts: Mapping[str, Ints], digest: str) -> list[Told]:
    filings = asked.chunk.facts["filing"].unique().to_pylist()
    told = []
    for number, (key, filing) in enumerate(zip(keys, filings, strict=True)):
        blocking, decided = int(counts["blocking"][number]), int(counts["decided"][number])
        status: int = 0 if decided else _UNREAD
        reason: tuple[str, ...] = () if decided else (_NOTHING,)
        if blocking:
            status, reason = (
                1,
                (f"{blocking} finding{'s' if blocking > 1 else ''} that count{'' if blocking > 1 else 's'}",),
            )
        told.append(
            Told(key, told_of(asked, filing), status, reason, hashlib.sha256(f"{digest} {filing}".encode()).hexdigest())
        )
    return told


def _digest(block: Block, done: Sequence[Judged]) -> str:
    """Hash over every verdict and where it stands."""
    found = hashlib.sha256()
    for one in done:
        found.update(one.rated.task.id.encode())
        for name in ("filing", "entity", "segment", "unit", "end", "months"):
            found.update(np.ascontiguousarray(block.row[name][one.rows]).tobytes())
        found.update(np.ascontiguousarray(one.verdict).tobytes())
    return found.hexdigest()


def _coverage(
    asked: Asked, told: Sequence[Told], parts: tuple[Sequence[str], Mapping[str, Ints], Ints, Block]
) -> pa.Table:
    filings, counts, status, block = parts
    about = asked.chunk.filings
    where = pc.index_in(pa.array(filings, pa.string()), about["filing"].combine_chunks())
    count = len(filings)
    by_status = {
        name: np.bincount(block.facts.filing[status == at], minlength=count) for at, name in enumerate(_STATUS)
    }
    known: dict[str, Any] = {
        "document": pa.array([one.document for one in told], pa.string()),
        "run": pa.array(np.zeros(count, np.int32)),
        "path": pa.array([one.path for one in told], pa.string()),
        "format": pa.repeat("facts", count),
        "status": pa.array([one.status for one in told], pa.int16()),
        "reasons": pa.array([list(one.reasons) for one in told], COVERAGE.field("reasons").type),
        "figures": pa.array(np.bincount(block.facts.filing, minlength=count).astype(np.int32)),
        **{name: pa.array(values.astype(np.int32)) for name, values in (*by_status.items(), *counts.items())},
        "digest": pa.array([one.digest for one in told], pa.string()),
    }
    for name in ("filer", "filer_name", "industry", "form", "filed", "period_end"):
        known[name] = (
            about[name].combine_chunks().take(where) if about.num_rows else pa.nulls(count, COVERAGE.field(name).type)
        )
    return pa.table(
        [known[field.name] if field.name in known else pa.nulls(count, field.type) for field in COVERAGE],
        schema=COVERAGE,
    )


def _figures(asked: Asked, keys: Sequence[str], parts: tuple[Block, Ints]) -> pa.Table:
    """Every fact that a rule can name."""
    block, status = parts
    facts, table = block.facts, asked.chunk.facts
    count = len(facts.value)
    days = facts.months == INSTANT
    rates = np.array(
        [any(tag in (*one.tags, *one.shared) for one in block.compiled.concepts if one.is_rate) for tag in facts.tags],
        np.bool_,
    )[facts.tag]
    coarse, fine = (_amounts(facts.step, rates == is_rate, 10 ** facts.decimals[is_rate]) for is_rate in (False, True))
    texts = pa.array(table["value"].combine_chunks().cast(pa.string()))
    known: dict[str, Any] = {
        "document": pa.array(keys, pa.string()).take(pa.array(facts.filing)),
        "run": pa.array(np.zeros(count, np.int32)),
        "figure": _ids(block, np.arange(count)),
        "text": pc.replace_substring_regex(texts, r"\.0*$|(\.[0-9]*[1-9])0+$", r"\1"),
        "value": table["value"].cast(AMOUNT),
        "rounded_to": pc.coalesce(coarse, fine),
        "unit": table["unit"],
        "caption": table["concept"],
        "concept": table["concept"],
        "segment": pc.coalesce(table["segment"], table["entity"]),
        "period_start": pc.if_else(
            pa.array(days), pa.scalar(None, pa.date32()), pa.array(facts.start.astype(np.int32)).cast(pa.date32())
        ),
        "period_end": table["end"],
        "period_months": pc.if_else(
            pa.array(days), pa.scalar(None, pa.int16()), pa.array(facts.months.astype(np.int16))
        ),
        "origin": pa.repeat("fact", count),
        "status": pa.array(_STATUS, pa.string()).take(pa.array(status)),
    }
    return pa.table(
        [known[field.name] if field.name in known else pa.nulls(count, field.type) for field in FIGURES], schema=FIGURES
    )
