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
from numpy.typing import NDArray

from checker.bind.lookup import period_text
from checker.bulk.facts.compiled import Compiled, compiled
from checker.bulk.facts.judged import AGREES, ROUNDING, VIOLATION, WORDS, Judged, judged_all
from checker.bulk.facts.loops import Pace
from checker.bulk.facts.reading import columns, encode, vocabulary
from checker.bulk.facts.single import period_of
from checker.bulk.facts.sources import Chunk, Unreadable, chosen, chunk_of
from checker.bulk.facts.spans import Span
from checker.bulk.facts.table import INSTANT, Block, Facts, Ints, wide
from checker.bulk.facts.telling import Form, Gate, Told, amounts_of, ids_of, lists_of, told
from checker.bulk.facts.written import named, numbered, whole
from checker.bulk.rows import Answer, Unit, of_unit, together
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
_KEY, _PREFIX = 32, 20
"""Characters of the key of a filing, and how many of them are of its part's."""


@frozen(eq=False)
class Asked:
    """A part of a source on its way to a worker."""

    part: Chunk | Span
    source: str
    key: str
    """Hash over the run and what the part holds."""
    choice: Choice = Choice()
    """Of the filings of a span."""
    begins: int = 0
    """How many filings of the part stand before these, where it is a piece of one."""
    run: int = 0
    """The number of the run."""

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
    pace: Pace = field(factory=Pace, init=False)
    """How much was judged here."""

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


def document_keys(asked: Asked, count: int) -> pa.Array:
    """The keys of the filings of a part: that of the part, cut short, and their places in it."""
    return numbered(asked.key[:_PREFIX], np.arange(asked.begins, asked.begins + count), _KEY - _PREFIX)


@frozen(eq=False)
class _Judgement:
    """All that is known of a part when its rules are judged."""

    block: Block
    chunk: Chunk
    done: Sequence[Judged]
    broken: Sequence[Told]
    keys: pa.Array

    @property
    def size(self) -> int:
        """How many filings."""
        return len(self.block.facts.filings)

    @cached_property
    def spread(self) -> Ints:
        """How many rows of each filing there are."""
        return np.bincount(self.block.row["filing"], minlength=self.size)

    @cached_property
    def off(self) -> tuple[Ints, NDArray[np.int8]]:
        """The filing and the verdict of all that does not agree."""
        some = [one for one in self.done if len(one.broken)]
        if not some:
            return np.zeros(0, np.int64), np.zeros(0, np.int8)
        rows = np.concatenate([one.rows[one.broken] for one in some])
        return self.block.row["filing"][rows], np.concatenate([one.verdict[one.broken] for one in some])

    def by_filing(self, rows: Ints) -> Ints:
        """How many of some rows are of each filing."""
        if len(rows) == self.block.rows:
            return self.spread
        return np.bincount(self.block.row["filing"][rows], minlength=self.size)


def answer(asked: Asked, chunk: Chunk, book: Compiled, gate: Working) -> Answer:
    """Every rule judged on the facts of the chunk."""
    facts = columns(chunk.facts, book)
    block = wide(facts, book)
    done = judged_all(block, gate.pace.is_worth_it(len(book.sums), block.rows))
    keys = document_keys(asked, len(facts.filings))
    telling = gate.gate
    broken = list(told(done, block, keys, telling))
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
    return of_unit(Unit(asked.key, asked.source, *names, statuses, alone, digest), tables, asked.run)


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
    found = [one.rows for one in made.broken]
    if keep == "all":
        texts = _Texts.of(made.keys, made.block)
        found += [_agreeing(texts, made.block, one) for one in made.done]
    return together(found, FINDINGS)


@frozen(eq=False)
class _Texts:
    """What many findings of a block name: their documents, periods, segments and facts, worked out once."""

    documents: pa.Array
    """Of each row, and so are the next two."""
    periods: pa.Array
    segments: pa.Array

    @classmethod
    def of(cls, keys: pa.Array, block: Block) -> _Texts:
        """The texts of a block."""
        periods, place = _periods(block, block.every)
        return cls(
            keys.take(pa.array(block.row["filing"])),
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
    filings = int((made.spread > 0).sum())
    rows: list[tuple[str, int, str, int, int]] = []
    for one in made.done:
        off = one.rows[one.broken]
        counts, met = every, filings
        if len(one.rows) < block.rows:
            counts = np.bincount(group[one.rows], minlength=len(every))
            met = int((made.by_filing(one.rows) > 0).sum())
        if len(off):
            counts = counts - np.bincount(group[off], minlength=len(every))
        documents = met - len(np.unique(block.row["filing"][off]))
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
    rule, of, whose, agreed, kept = zip(*rows, strict=True) if rows else ((),) * 5
    known = {
        "document": pa.repeat(asked.key, len(rows)).cast(pa.string()),
        "run": pa.array(np.zeros(len(rows), np.int32)),
        "rule": pa.array(rule, pa.string()),
        "year": pa.array(of, pa.int16()),
        "industry": pa.array([one or None for one in whose], pa.string()),
        "agrees": pa.array(agreed, pa.int64()),
        "documents": pa.array(kept, pa.int64()),
    }
    return pa.table(known, schema=TALLIES)


# ---- coverage --------------------------------------------------------------------------------------------------------


def _counts(made: _Judgement) -> Mapping[str, Ints]:
    """By filing: findings of each verdict, notes, and those that block."""
    names = ("agrees", "roundings", "violations", "notes", "blocking", "decided")
    found = {name: np.zeros(made.size, np.int64) for name in names}
    everywhere = {"agrees": 0, "decided": 0}  # how many relations are judged in every row
    for one in made.done:
        # that a margin is below 100 % tests no amount
        asked = ("agrees", "decided") if _is_equation(one) or not one.rated.task.rule.shipped else ("agrees",)
        if len(one.rows) == made.block.rows:
            for name in asked:
                everywhere[name] += 1
        else:
            judged_in = made.by_filing(one.rows)
            for name in asked:
                found[name] += judged_in
    for name, count in everywhere.items():
        found[name] += count * made.spread
    filing, verdict = made.off
    for name, code in (("roundings", ROUNDING), ("violations", VIOLATION)):
        off = np.bincount(filing[verdict == code], minlength=made.size)
        found[name] += off
        found["agrees"] -= off
    for broken in made.broken:
        found["blocking"] += np.bincount(broken.filing[broken.blocks], minlength=made.size)
        if broken.is_note.any():
            found["notes"] += np.bincount(broken.filing[broken.is_note], minlength=made.size)
            violated = broken.is_note & (broken.verdict == VIOLATION)
            found["violations"] -= np.bincount(broken.filing[violated], minlength=made.size)
    return found


def _is_equation(one: Judged) -> bool:
    return one.rated.task.relation.comparison == "="


def _statuses(made: _Judgement) -> NDArray[np.int8]:
    """Of each fact the worst that a relation says of it."""
    block, equations = made.block, [one for one in made.done if _is_equation(one)]
    found = np.zeros(len(block.facts.value) + 2, np.int8)
    everywhere = {slot for one in equations if len(one.rows) == block.rows for slot in one.rated.slots}
    if everywhere:
        found[block.fact[sorted(everywhere)]] = AGREES
    for one in equations:
        if len(one.rows) < block.rows:
            for slot in one.rated.slots:
                found[block.fact[slot][one.rows]] = AGREES
    for code in (ROUNDING, VIOLATION):  # the worse ones last
        for one in equations:
            rows = one.rows[one.broken[one.verdict[one.broken] == code]]
            if len(rows):
                found[block.fact[np.array(one.rated.slots)[:, None], rows]] = code
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
        found.update(one.broken.tobytes())
        found.update(one.verdict[one.broken].tobytes())
    return found.hexdigest()


_Parts = tuple[Mapping[str, Ints], Ints, pa.ListArray, NDArray[np.int8], str]


def _coverage(asked: Asked, made: _Judgement, parts: _Parts) -> pa.Table:
    counts, state, reasons, status, digest = parts
    block, about, count = made.block, made.chunk.filings, made.size
    names = pa.array(block.facts.filings, pa.string())
    where = pc.index_in(names, about["filing"].combine_chunks())
    off = np.nonzero(status != AGREES)[0]
    whose, what = block.facts.filing[off], status[off]
    by_status = {name: np.bincount(whose[what == code], minlength=count) for code, name in enumerate(_STATUS)}
    figures = np.diff(np.append(block.facts.first, len(status)))
    by_status[_STATUS[AGREES]] = figures - np.bincount(whose, minlength=count)
    known: dict[str, Any] = {
        "document": made.keys,
        "run": pa.array(np.zeros(count, np.int32)),
        "path": pc.binary_join_element_wise(asked.source.encode("utf-8", "replace").decode(), names, "/"),
        "format": named(["facts"], np.zeros(count, np.int64)),
        "status": pa.array(state.astype(np.int16)),
        "reasons": reasons,
        "figures": pa.array(figures.astype(np.int32)),
        **{name: pa.array(values.astype(np.int32)) for name, values in by_status.items()},
        **{name: pa.array(values.astype(np.int32)) for name, values in counts.items() if name != "decided"},
        "digest": named([digest], np.zeros(count, np.int64)),
    }
    for name in ("filer", "filer_name", "industry", "form", "filed", "period_end"):
        known[name] = (
            about[name].combine_chunks().take(where) if about.num_rows else pa.nulls(count, COVERAGE.field(name).type)
        )
    columns = [known[field.name] if field.name in known else pa.nulls(count, field.type) for field in COVERAGE]
    return pa.table(columns, COVERAGE.names)


def _figures(made: _Judgement, status: NDArray[np.int8], keep: Keep) -> pa.Table:
    """The facts that a rule can name; or those on which what is told rests."""
    block = made.block
    facts = block.facts
    if keep == "told":
        is_there = np.zeros(len(facts.value), np.bool_)
        for one in made.broken:
            is_there[one.facts] = True
        there = np.nonzero(is_there)[0]
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
    parts = [pc.cast(table[name], pa.string()) for name in ("segment", "entity") if table[name].null_count < count]
    concept = _dictionary(table["concept"])
    known: dict[str, Any] = {
        "document": made.keys.take(pa.array(facts.filing[there])),
        "run": pa.array(np.zeros(count, np.int32)),
        "figure": ids_of(there - facts.first[facts.filing[there]]),
        "text": _printed(table["value"], facts, there),
        "value": pc.cast(table["value"], AMOUNT),
        "rounded_to": pc.coalesce(coarse, finer),
        "unit": _dictionary(table["unit"]),
        "caption": concept,
        "concept": concept,
        "segment": pc.coalesce(*parts) if parts else pa.nulls(count, pa.string()),
        "period_start": pc.if_else(
            pa.array(days),
            pa.scalar(None, pa.date32()),
            pa.array(facts.start[there].astype(np.int32)).cast(pa.date32()),
        ),
        "period_end": pc.cast(table["end"], pa.date32()),
        "period_months": pc.if_else(
            pa.array(days), pa.scalar(None, pa.int16()), pa.array(facts.months[there].astype(np.int16))
        ),
        "origin": named(["fact"], np.zeros(count, np.int64)),
        "status": named(list(_STATUS), status[there]),
    }
    columns = [known[field.name] if field.name in known else pa.nulls(count, field.type) for field in FIGURES]
    return pa.table(columns, FIGURES.names)


def _dictionary(column: pa.ChunkedArray) -> pa.Array:
    """Texts that are few."""
    return pa.nulls(len(column), pa.string()) if column.null_count == len(column) else encode(column)


def _printed(column: pa.ChunkedArray, facts: Facts, there: Ints) -> pa.Array | pa.ChunkedArray:
    """Amounts as texts, without zeros behind."""
    if facts.decimals == (0, 0) and not facts.large:
        return whole(facts.value[there])
    return pc.replace_substring_regex(pc.cast(column, pa.string()), r"\.0*$|(\.[0-9]*[1-9])0+$", r"\1")
