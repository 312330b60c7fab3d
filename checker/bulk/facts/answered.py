"""Some filings from their facts to rows of the tables: what a worker does with a part of a source."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen

from checker.bind.lookup import period_text
from checker.bulk.facts.compiled import Compiled, compiled
from checker.bulk.facts.judged import AGREES, ROUNDING, VIOLATION, WORDS, Judged, judged_all
from checker.bulk.facts.reading import columns, vocabulary
from checker.bulk.facts.single import period_of
from checker.bulk.facts.sources import Chunk, Unreadable, chosen, chunk_of
from checker.bulk.facts.spans import Span
from checker.bulk.facts.table import INSTANT, Block, Ints, wide
from checker.bulk.facts.telling import Form, Gate, Told, amounts_of, ids_of, lists_of, together, told
from checker.bulk.rows import Answer, Unit, streamed
from checker.bulk.schema import AMOUNT, COVERAGE, FIGURES, FINDINGS, TALLIES
from checker.bulk.sources import Choice
from checker.core.finding import Finding
from checker.core.problem import SEVERITIES, Severity
from checker.core.rule import Rulebook

Keep = Literal["all", "told"]
"""Which rows are kept: all; or what does not agree and the figures it rests on, while agreements are counted."""
_STATUS = ("untested", "agreed", "rounding", "violated")
_NOTHING = "no rule applies to its facts"
_UNREAD = 3


@frozen(eq=False)
class Asked:
    """A part of a source on its way to a worker."""

    part: Chunk | Span
    source: str
    key: str
    """Hash over the run and what the part holds."""
    choice: Choice = Choice()
    """Of the filings of a span."""

    @property
    def is_span(self) -> bool:
        """Whether it is to be decoded yet."""
        return isinstance(self.part, Span)

    @property
    def rows(self) -> int:
        """How many facts, some of which no rule may name."""
        return self.part.rows if isinstance(self.part, Span) else self.part.facts.num_rows

    @property
    def names(self) -> list[str]:
        """The filings of a chunk."""
        assert isinstance(self.part, Chunk)
        names: list[str] = self.part.facts["filing"].unique().to_pylist()
        return names

    def chunk(self, words: Mapping[str, str]) -> Chunk:
        """The facts that rules name. Unreadable: they are damaged or not in order."""
        if isinstance(self.part, Chunk):
            return self.part
        return chosen(chunk_of(self.part, words), self.choice)


@frozen
class Refused:
    """A part that could not be read, and why."""

    why: str


@frozen(eq=False)
class Working:
    """What a worker does with a part: the rules, from which severity on a finding counts, and what is kept."""

    rulebook: Rulebook
    fail_on: Severity = "error"
    fail_on_rounding: bool = False
    keep: Keep = "all"
    _forms: dict[tuple[Any, ...], Form | None] = field(factory=dict, init=False)

    def __call__(self, asked: Asked) -> Answer | Refused:
        """The rows of its filings."""
        book = self.rulebook.once(compiled)
        try:
            chunk = asked.chunk(vocabulary(book))
        except Unreadable as unreadable:
            return Refused(f"{asked.source}: {unreadable}")
        return answer(asked, chunk, book, self)

    @property
    def gate(self) -> Gate:
        """The gate as findings are told."""
        return Gate(self.blocks, self._forms)

    def blocks(self, one: Finding) -> bool:
        """Whether a finding counts."""
        if self.fail_on_rounding and one.verdict == "rounding":
            return True
        return one.severity is not None and SEVERITIES.index(one.severity) >= SEVERITIES.index(self.fail_on)


def key_of(chunk: Chunk, run: str) -> str:
    """The key of a chunk."""
    found = hashlib.sha256(run.encode("utf-8", "surrogateescape"))
    for table in (chunk.facts, chunk.filings):
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table.combine_chunks())
        found.update(sink.getvalue())
    return found.hexdigest()


def document_keys(asked: Asked, filings: Sequence[str]) -> list[str]:
    """The keys of filings."""
    start = bytes.fromhex(asked.key)
    named = [name.encode("utf-8", "surrogateescape") for name in filings]
    return [hashlib.blake2b(name, digest_size=16, key=start).hexdigest() for name in named]


@frozen(eq=False)
class _Judgement:
    """All that is known of a part when its rules are judged."""

    block: Block
    chunk: Chunk
    done: Sequence[Judged]
    broken: Sequence[Told]
    keys: Sequence[str]

    @property
    def size(self) -> int:
        """How many filings."""
        return len(self.block.facts.filings)

    @cached_property
    def spread(self) -> Ints:
        """How many rows of each filing there are."""
        return np.bincount(self.block.row["filing"], minlength=self.size)

    def by_filing(self, rows: Ints) -> Ints:
        """How many of some rows are of each filing."""
        if len(rows) == self.block.rows:
            return self.spread
        return np.bincount(self.block.row["filing"][rows], minlength=self.size)


def answer(asked: Asked, chunk: Chunk, book: Compiled, gate: Working) -> Answer:
    """Every rule judged on the facts of the chunk."""
    facts = columns(chunk.facts, book)
    block = wide(facts, book)
    done = judged_all(block)
    keys = document_keys(asked, facts.filings)
    telling = gate.gate
    broken = [found for one in done for found in told(one, block, keys, telling)]
    made = _Judgement(block, chunk, done, broken, keys)
    counts, digest, status = _counts(made), _digest(made), _statuses(made)
    state = np.where(counts["blocking"] > 0, 1, np.where(counts["decided"] > 0, 0, _UNREAD))
    reasons = _reasons(state, counts["blocking"])
    statuses = tuple((int(code), int(count)) for code, count in zip(*np.unique(state, return_counts=True), strict=True))
    names = (facts.filings[0], facts.filings[-1]) if facts.filings else ("", "")
    alone = tuple(reasons[0].as_py()) if made.size == 1 else ()
    tables = {
        "coverage": _coverage(asked, made, (counts, state, reasons, status, digest)),
        "figures": _figures(made, status, gate.keep),
        "findings": _findings(made, gate.keep),
    }
    if gate.keep == "told":
        tables["tallies"] = _tallies(asked, made)
    return Answer((), streamed(tables), Unit(asked.key, asked.source, *names, statuses, alone, digest))


def _reasons(state: Ints, blocking: Ints) -> pa.ListArray:
    """Why each filing has its status."""
    said = [
        _NOTHING
        if code == _UNREAD
        else f"{count} finding{'s' if count > 1 else ''} that count{'' if count > 1 else 's'}"
        for code, count in zip(state[state != 0].tolist(), blocking[state != 0].tolist(), strict=True)
    ]
    offsets = np.concatenate([[0], np.cumsum(state != 0)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(said, pa.string()))


# ---- findings --------------------------------------------------------------------------------------------------------


def _findings(made: _Judgement, keep: Keep) -> pa.Table:
    found = [one.rows for one in made.broken if one.rows is not None]
    found += together([one.alike for one in made.broken if one.alike is not None], made.keys)
    if keep == "all":
        texts = _Texts.of(made.keys, made.block)
        found += [_agreeing(texts, made.block, one) for one in made.done]
    return pa.concat_tables(found) if found else FINDINGS.empty_table()


@frozen(eq=False)
class _Texts:
    """What many findings of a block name: their documents, periods, segments and facts, worked out once."""

    documents: pa.Array
    """Of each row, and so are the next two."""
    periods: pa.Array
    segments: pa.Array

    @classmethod
    def of(cls, keys: Sequence[str], block: Block) -> _Texts:
        """The texts of a block."""
        periods, place = _periods(block, block.every)
        return cls(
            pa.array(keys, pa.string()).take(pa.array(block.row["filing"])),
            pa.array([period_text(one) for one in periods], pa.string()).take(place),
            _segments(block, block.every),
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
        "left": amounts_of(left, known_here, scale),
        "right": amounts_of(right, known_here, scale),
        "difference": amounts_of(left - right, known_here, scale),
        "figures": lists_of(_within(block, one, rows)),
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


def _within(block: Block, one: Judged, rows: Ints) -> Ints:
    """The facts of each row, counted from the first of their filing; below zero where there is none."""
    slots = one.rated.slots
    taken = (
        np.stack([block.fact[slot][rows] for slot in slots], axis=1) if slots else np.zeros((len(rows), 0), np.int64)
    )
    first = block.facts.first[block.row["filing"][rows]]
    return np.where(taken >= 0, taken - first[:, None], -1)


def _tallies(asked: Asked, made: _Judgement) -> pa.Table:
    """How often each rule agrees, by year and industry; and in how many filings of which nothing else of it is kept."""
    block = made.block
    years, year = np.unique(
        block.row["end"].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970, return_inverse=True
    )
    about = made.chunk.filings
    where = pc.index_in(pa.array(block.facts.filings, pa.string()), about["filing"].combine_chunks())
    industry = pc.dictionary_encode(pc.fill_null(about["industry"].combine_chunks().take(where), ""))
    names = industry.dictionary.to_pylist() or [""]
    kind = np.asarray(industry.indices.to_numpy(zero_copy_only=False))[block.row["filing"]] if block.rows else year
    group = year * len(names) + kind
    every = np.bincount(group, minlength=len(years) * len(names))
    rows: list[tuple[str, int, str, int, int]] = []
    for one in made.done:
        agrees = one.rows if one.off == (0, 0) else one.rows[one.verdict == AGREES]
        counts = every if len(agrees) == block.rows else np.bincount(group[agrees], minlength=len(every))
        there = made.by_filing(agrees) > 0
        if one.off != (0, 0):
            there = there & (made.by_filing(one.rows[one.verdict != AGREES]) == 0)
        documents = int(there.sum())
        for place in np.nonzero(counts)[0].tolist():
            rows.append(
                (
                    one.rated.task.id,
                    int(years[place // len(names)]),
                    names[place % len(names)],
                    int(counts[place]),
                    documents,
                )
            )
            documents = 0
    rule, of, whose, agreed, met = zip(*rows, strict=True) if rows else ((),) * 5
    known = {
        "document": pa.repeat(asked.key, len(rows)).cast(pa.string()),
        "run": pa.array(np.zeros(len(rows), np.int32)),
        "rule": pa.array(rule, pa.string()),
        "year": pa.array(of, pa.int16()),
        "industry": pa.array([one or None for one in whose], pa.string()),
        "agrees": pa.array(agreed, pa.int64()),
        "documents": pa.array(met, pa.int64()),
    }
    return pa.table(known, schema=TALLIES)


# ---- coverage --------------------------------------------------------------------------------------------------------


def _counts(made: _Judgement) -> Mapping[str, Ints]:
    """By filing: findings of each verdict, notes, and those that block."""
    names = ("agrees", "roundings", "violations", "notes", "blocking", "decided")
    found = {name: np.zeros(made.size, np.int64) for name in names}
    for one in made.done:
        judged_in = made.by_filing(one.rows)
        found["agrees"] += judged_in
        if _is_equation(one) or not one.rated.task.rule.shipped:  # that a margin is below 100 % tests no amount
            found["decided"] += judged_in
        if one.off == (0, 0):
            continue
        for name, code in (("roundings", ROUNDING), ("violations", VIOLATION)):
            off = made.by_filing(one.rows[one.verdict == code])
            found[name] += off
            found["agrees"] -= off
    for broken in made.broken:
        filing = made.block.row["filing"][broken.judged.rows[broken.at]]
        found["blocking"] += np.bincount(filing[broken.blocks], minlength=made.size)
        if broken.is_note.any():
            found["notes"] += np.bincount(filing[broken.is_note], minlength=made.size)
            violated = broken.is_note & (broken.judged.verdict[broken.at] == VIOLATION)
            found["violations"] -= np.bincount(filing[violated], minlength=made.size)
    return found


def _is_equation(one: Judged) -> bool:
    return one.rated.task.relation.comparison == "="


def _statuses(made: _Judgement) -> Ints:
    """Of each fact the worst that a relation says of it."""
    block, equations = made.block, [one for one in made.done if _is_equation(one)]
    found = np.zeros(len(block.facts.value) + 2, np.int64)
    everywhere = {slot for one in equations if len(one.rows) == block.rows for slot in one.rated.slots}
    for slot in everywhere:
        found[block.fact[slot]] = AGREES
    for one in equations:
        if len(one.rows) < block.rows:
            for slot in one.rated.slots:
                found[block.fact[slot][one.rows]] = AGREES
    for code in (ROUNDING, VIOLATION):  # the worse ones last
        for one in equations:
            if one.off == (0, 0):
                continue
            rows = one.rows[one.verdict == code]
            if len(rows):
                for slot in one.rated.slots:
                    found[block.fact[slot][rows]] = code
    return found[:-2]


def _digest(made: _Judgement) -> str:
    """Hash over every verdict and where it stands."""
    block, found = made.block, hashlib.sha256()
    found.update("\0".join(block.facts.filings).encode("utf-8", "surrogateescape"))
    for name in ("filing", "entity", "segment", "unit", "end", "months"):
        found.update(np.ascontiguousarray(block.row[name]).tobytes())
    for one in made.done:
        found.update(f"{one.rated.task.id} {len(one.rows)}".encode())
        if len(one.rows) < block.rows:
            found.update(np.ascontiguousarray(one.rows).tobytes())
        if one.off != (0, 0):
            found.update(np.ascontiguousarray(one.verdict).tobytes())
    return found.hexdigest()


_Parts = tuple[Mapping[str, Ints], Ints, pa.ListArray, Ints, str]


def _coverage(asked: Asked, made: _Judgement, parts: _Parts) -> pa.Table:
    counts, state, reasons, status, digest = parts
    block, about, count = made.block, made.chunk.filings, made.size
    names = pa.array(block.facts.filings, pa.string())
    where = pc.index_in(names, about["filing"].combine_chunks())
    kinds = len(_STATUS)
    by_status = np.bincount(block.facts.filing * kinds + status, minlength=kinds * count).reshape(count, kinds)
    known: dict[str, Any] = {
        "document": pa.array(made.keys, pa.string()),
        "run": pa.array(np.zeros(count, np.int32)),
        "path": pc.binary_join_element_wise(asked.source.encode("utf-8", "replace").decode(), names, "/"),
        "format": pa.repeat("facts", count),
        "status": pa.array(state.astype(np.int16)),
        "reasons": reasons,
        "figures": pa.array(by_status.sum(axis=1).astype(np.int32)),
        **{name: pa.array(by_status[:, at].astype(np.int32)) for at, name in enumerate(_STATUS)},
        **{name: pa.array(values.astype(np.int32)) for name, values in counts.items() if name != "decided"},
        "digest": pa.repeat(digest, count),
    }
    for name in ("filer", "filer_name", "industry", "form", "filed", "period_end"):
        known[name] = (
            about[name].combine_chunks().take(where) if about.num_rows else pa.nulls(count, COVERAGE.field(name).type)
        )
    return pa.table(
        [known[field.name] if field.name in known else pa.nulls(count, field.type) for field in COVERAGE],
        schema=COVERAGE,
    )


def _inside(block: Block) -> Ints:
    """The place of each fact in its filing."""
    return np.arange(len(block.facts.value)) - block.facts.first[block.facts.filing]


def _figures(made: _Judgement, status: Ints, keep: Keep) -> pa.Table:
    """The facts that a rule can name; or those on which what is told rests."""
    block = made.block
    facts = block.facts
    if keep == "told":
        there = np.unique(np.concatenate([one.facts for one in made.broken])) if made.broken else np.zeros(0, np.int64)
    else:
        there = np.arange(len(facts.value))
    table = made.chunk.facts if len(there) == len(facts.value) else made.chunk.facts.take(pa.array(there))
    count = len(there)
    days = facts.months[there] == INSTANT
    fine = {tag for one in block.compiled.concepts if one.is_rate for tag in (*one.tags, *one.shared)}
    rates = np.array([tag in fine for tag in facts.tags], np.bool_)[facts.tag[there]]
    coarse, finer = (
        amounts_of(facts.step[there], rates == is_rate, 10 ** facts.decimals[is_rate]) for is_rate in (False, True)
    )
    texts = pc.cast(table["value"], pa.string())
    plain = {name: pc.cast(table[name], pa.string()) for name in ("concept", "unit", "segment", "entity")}
    known: dict[str, Any] = {
        "document": pa.array(made.keys, pa.string()).take(pa.array(facts.filing[there])),
        "run": pa.array(np.zeros(count, np.int32)),
        "figure": ids_of(_inside(block)[there]),
        "text": pc.replace_substring_regex(texts, r"\.0*$|(\.[0-9]*[1-9])0+$", r"\1"),
        "value": pc.cast(table["value"], AMOUNT),
        "rounded_to": pc.coalesce(coarse, finer),
        "unit": plain["unit"],
        "caption": plain["concept"],
        "concept": plain["concept"],
        "segment": pc.coalesce(plain["segment"], plain["entity"]),
        "period_start": pc.if_else(
            pa.array(days),
            pa.scalar(None, pa.date32()),
            pa.array(facts.start[there].astype(np.int32)).cast(pa.date32()),
        ),
        "period_end": pc.cast(table["end"], pa.date32()),
        "period_months": pc.if_else(
            pa.array(days), pa.scalar(None, pa.int16()), pa.array(facts.months[there].astype(np.int16))
        ),
        "origin": pa.repeat("fact", count),
        "status": pa.array(_STATUS, pa.string()).take(pa.array(status[there])),
    }
    return pa.table(
        [known[field.name] if field.name in known else pa.nulls(count, field.type) for field in FIGURES], schema=FIGURES
    )
