"""Facts as columns: one row for each filing, entity, currency and period, one column for each amount that a rule can
name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from checker.bulk.facts.compiled import Compiled, Concept, Shift
from checker.core.period import SLACK

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

LARGEST = 2**61
"""Whole numbers up to which amounts stand in columns; what is larger is judged row by row."""
_EPOCH = 400_000
"""Days that are added so that none is negative."""
_MONTHS = 2**20
ABSENT, AMBIGUOUS = -1, -2
"""In place of a fact: there is none; there are several that differ."""
_NOWHERE = -1
_NARROW = ((np.uint8, 2**8), (np.uint16, 2**16))
"""Types of so many values at most, which are sorted by their digits."""
_YEAR = np.timedelta64(12, "M")
INSTANT = 0
"""The months of a day."""


def begins(codes: NDArray[Any]) -> Ints:
    """The places at which another number stands than before."""
    changes = np.ones(len(codes), np.bool_)
    np.not_equal(codes[1:], codes[:-1], out=changes[1:])
    return np.nonzero(changes)[0]


@frozen(eq=False)
class Facts:
    """Facts sorted by filing. Amounts and steps are whole numbers over ten to the power of `decimals`, one for rates
    and one for the rest."""

    filings: Sequence[str]
    filing: Ints
    """Of each fact, as a place in `filings`."""
    tags: Sequence[str]
    tag: Ints
    entities: Sequence[str]
    """Co-registrants; the first is the filer itself, without a name."""
    entity: Ints
    segments: Sequence[str]
    """The first is the whole company, without a name."""
    segment: Ints
    units: Sequence[str]
    unit: Ints
    start: Ints
    """Days since 1970; of a day the day itself."""
    end: Ints
    months: Ints
    value: Ints
    step: Ints
    decimals: tuple[int, int]
    """Of amounts and counts, and of rates."""
    large: Mapping[int, tuple[Decimal, Decimal]]
    """Facts whose amount or step does not fit in their column."""

    @cached_property
    def first(self) -> Ints:
        """The first fact of each filing."""
        return begins(self.filing)

    @cached_property
    def padded(self) -> tuple[Ints, Ints]:
        """Amounts and steps, with zeros at the end where `ABSENT` and `AMBIGUOUS` point."""
        nothing = np.zeros(2, np.int64)
        return np.concatenate([self.value, nothing]), np.concatenate([self.step, nothing])

    @cached_property
    def most(self) -> float:
        """The largest amount without its sign, and the largest step, added up."""
        return float(max(self.value.max(initial=0), -self.value.min(initial=0))) + float(self.step.max(initial=0))

    @cached_property
    def outsized(self) -> Flags:
        """The same for whether they fit their column."""
        found = np.zeros(len(self.value) + 2, np.bool_)
        if self.large:
            found[np.fromiter(self.large, np.int64)] = True
        return found


@frozen(eq=False)
class Block:
    """Rows with their slots side by side. Only which fact stands where is kept for all; amounts are read out by slot,
    when a relation asks.
    """

    facts: Facts
    compiled: Compiled
    row: Mapping[str, Ints]
    """`filing`, `entity`, `segment`, `unit`, `start`, `end` and `months` of each row."""
    fact: NDArray[np.int32]
    """Slots by rows: the fact that stands there, by its place among the facts; below zero `ABSENT` or `AMBIGUOUS`."""
    _read: dict[tuple[str, int], Any] = field(factory=dict)

    @property
    def rows(self) -> int:
        """How many."""
        return len(self.row["end"])

    def present(self, slot: int) -> Flags:
        """Where the slot has a fact."""
        found: Flags = self._once("present", slot, lambda: self.fact[slot] >= 0)
        return found

    def ambiguous(self, slot: int) -> Flags:
        """Where several facts differ that could stand there."""
        found: Flags = self._once("ambiguous", slot, lambda: self.fact[slot] == AMBIGUOUS)
        return found

    def value(self, slot: int) -> Ints:
        """The amounts; zero where there is none, or where it does not fit."""
        found: Ints = self._once("value", slot, lambda: self.facts.padded[0][self.fact[slot]])
        return found

    def step(self, slot: int) -> Ints:
        """What they are rounded to; zero where there is none."""
        found: Ints = self._once("step", slot, lambda: self.facts.padded[1][self.fact[slot]])
        return found

    def large(self, slot: int) -> Flags:
        """Where the amount or the step does not fit its column."""
        found: Flags = self._once("large", slot, lambda: self.facts.outsized[self.fact[slot]])
        return found

    def most(self, slot: int) -> int:
        """The largest amount of a slot without its sign, and its largest step, added up."""
        found: int = self._once("most", slot, lambda: self._most(slot))
        return found

    def has_large(self, slot: int) -> bool:
        """Whether some amount does not fit its column."""
        return bool(self.facts.large) and bool(self._once("has large", slot, lambda: self.large(slot).any()))

    @cached_property
    def full(self) -> Flags:
        """Of each slot, whether it is present in every row."""
        found: Flags = self.fact.min(axis=1, initial=0) >= 0
        return found

    @cached_property
    def empty(self) -> Flags:
        """Of each slot, whether no row has a fact in it."""
        found: Flags = self.fact.max(axis=1, initial=ABSENT) < 0
        return found

    def is_full(self, slot: int) -> bool:
        """Whether the slot is present in every row."""
        return bool(self.full[slot])

    def is_empty(self, slot: int) -> bool:
        """Whether no row has a fact in the slot."""
        return bool(self.empty[slot])

    def _once(self, what: str, slot: int, make: Callable[[], Any]) -> Any:
        found = self._read.get((what, slot))
        if found is None:
            found = self._read[what, slot] = make()
        return found

    def _most(self, slot: int) -> int:
        value = self.value(slot)
        return max(int(value.max(initial=0)), -int(value.min(initial=0))) + int(self.step(slot).max(initial=0))

    def amounts(self, slots: Sequence[int], rows: Ints) -> Ints:
        """In some rows the amount of the first of several slots that has one; zero where none has. Not to be written
        to.
        """
        if len(slots) == 1 and 4 * len(rows) >= self.rows:
            value = self.value(slots[0])
            return value if len(rows) == self.rows else value[rows]
        facts = self.fact[slots[0]][rows]
        for slot in slots[1:]:
            facts = np.where(facts >= 0, facts, self.fact[slot][rows])
        found: Ints = self.facts.padded[0][facts]
        return found

    def agreeing(self, count: int, code: int) -> NDArray[np.int8]:
        """So many rows of one verdict. Not to be written to."""
        found: NDArray[np.int8] = self._once("agreeing", code, lambda: np.full(self.rows, code, np.int8))
        return found[:count]

    def kind(self, durations: bool, by_segment: bool) -> tuple[bool, bool]:
        """Whether some rows last, or do not, and speak of a segment, or do not; and whether all do."""
        flags = self.kinds[durations, by_segment]
        found: tuple[bool, bool] = self._once(
            "kind", 2 * durations + by_segment, lambda: (bool(flags.any()), bool(flags.all()))
        )
        return found

    @cached_property
    def scratch(self) -> Ints:
        """Room for one column."""
        return np.empty(self.rows, np.int64)

    @cached_property
    def every(self) -> Ints:
        """All rows."""
        return np.arange(self.rows)

    @cached_property
    def kinds(self) -> Mapping[tuple[bool, bool], Flags]:
        """Rows by whether they last, and whether they speak of a segment."""
        lasts, part = self.row["months"] > INSTANT, self.row["segment"] > 0
        return {(one, two): (lasts == one) & (part == two) for one in (False, True) for two in (False, True)}

    def decimals(self, slot: int) -> int:
        """The scale of a slot."""
        return self.facts.decimals[self.compiled.concepts[self.compiled.slots[slot][0]].is_rate]


def wide(facts: Facts, compiled: Compiled) -> Block:
    """The facts set side by side."""
    contexts, row, place = _contexts(facts, _currencies(facts, compiled))
    count = len(contexts)
    made = Block(facts, compiled, row, np.full((len(compiled.slots), count), ABSENT, np.int32))
    narrow = next((kind for kind, most in _NARROW if len(facts.tags) <= most), np.int64)
    order = np.argsort(facts.tag.astype(narrow), kind="stable")
    ends = np.concatenate([[0], np.cumsum(np.bincount(facts.tag, minlength=len(facts.tags)))])
    by_tag = {tag: order[ends[number] : ends[number + 1]] for number, tag in enumerate(facts.tags)}
    targets: dict[tuple[Shift, bool | None], Ints | None] = {}
    for number, slots in _slots_of(compiled).items():
        concept = compiled.concepts[number]
        standing = _standing(concept, (facts, by_tag), place, count)
        if standing is None:
            continue
        for slot, shift in slots:
            asked = (shift, concept.instant)
            if asked not in targets:
                targets[asked] = _target(asked, row, contexts)
            there = targets[asked]
            made.fact[slot] = standing[:-1] if there is None else standing[there]
    return made


def _slots_of(compiled: Compiled) -> Mapping[int, Sequence[tuple[int, Shift]]]:
    """The slots of each concept, with their shifts."""
    found: dict[int, list[tuple[int, Shift]]] = {}
    for slot, (number, shift) in enumerate(compiled.slots):
        found.setdefault(number, []).append((slot, shift))
    return found


def _contexts(facts: Facts, unit: Ints) -> tuple[Ints, dict[str, Ints], Ints]:
    """The different filings, entities, segments, currencies and periods that facts stand in, as sorted numbers; what
    each is; and that of each fact.

    Facts of one context mostly stand together, so only where it changes is it looked at.
    """
    columns = {name: getattr(facts, name) for name in ("filing", "entity", "segment", "start", "end", "months")} | {
        "unit": unit
    }
    changes = np.ones(len(facts.value), np.bool_)
    if len(changes) > 1:
        changes[1:] = np.logical_or.reduce(
            [columns[name][1:] != columns[name][:-1] for name in columns if name != "start"]
        )
    firsts = np.nonzero(changes)[0]
    base = _dense(*(columns[name][firsts] for name in ("filing", "entity", "segment", "unit")))
    keys = (base * 1024 + facts.months[firsts]) * _MONTHS + facts.end[firsts] + _EPOCH
    if len(keys) < 2 or (keys[1:] > keys[:-1]).all():
        contexts, first, place = keys, np.arange(len(keys)), np.arange(len(keys))
    else:
        contexts, first, place = np.unique(keys, return_index=True, return_inverse=True)
    row = {name: column[firsts[first]] for name, column in columns.items()}
    return contexts, row, np.repeat(place, np.diff(np.append(firsts, len(changes))))


def _dense(*columns: Ints) -> Ints:
    """One number for each combination."""
    found = columns[0].astype(np.int64)
    for column in columns[1:]:
        if not len(column) or column.min() == column.max():
            continue
        found = np.unique(found * (int(column.max(initial=0)) + 1) + column, return_inverse=True)[1]
    return found


def _currencies(facts: Facts, compiled: Compiled) -> Ints:
    """The currency that each fact stands beside: its own, or that of most amounts of its filing."""
    is_money = np.array([len(one) == 3 and one.isupper() for one in facts.units], np.bool_)
    if is_money.all() and len(facts.units) == 1:
        return facts.unit
    money = is_money[facts.unit]
    most = np.zeros(len(facts.filings), np.int64)
    if money.any():
        kinds = len(facts.units)
        counts = np.bincount(facts.filing[money] * kinds + facts.unit[money], minlength=len(most) * kinds).reshape(
            -1, kinds
        )
        most = np.where(counts.any(axis=1), kinds - 1 - counts[:, ::-1].argmax(axis=1), 0)
    return np.where(money, facts.unit, most[facts.filing])


def _standing(
    concept: Concept, given: tuple[Facts, Mapping[str, Ints]], place: Ints, count: int
) -> NDArray[np.int32] | None:
    """The fact that means the concept in each context, `AMBIGUOUS` where several do that differ; and `ABSENT` at the
    end. None where no fact means it.
    """
    facts, by_tag = given
    if not any(tag in by_tag for tag in (*concept.shared, *concept.tags)):
        return None
    fact = np.full(count + 1, ABSENT, np.int32)
    for tags in (concept.shared, concept.tags):
        named = [by_tag[tag] for tag in tags if tag in by_tag]
        if not named:
            continue
        chosen = np.concatenate(named) if len(named) > 1 else named[0]
        contexts = place[chosen]
        if len(contexts) < 2 or (contexts[1:] > contexts[:-1]).all():  # one fact a context, in order, as is usual
            fact[slice(count) if len(contexts) == count else contexts] = chosen
            continue
        chosen = chosen[np.lexsort((facts.step[chosen], contexts))]
        contexts, begins = np.unique(place[chosen], return_index=True)
        low, high = np.minimum.reduceat(facts.value[chosen], begins), np.maximum.reduceat(facts.value[chosen], begins)
        fact[contexts] = np.where((low != high) | _differ(facts, chosen, begins, contexts), AMBIGUOUS, chosen[begins])
    return fact


def _differ(facts: Facts, chosen: Ints, begins: Ints, contexts: Ints) -> Flags:
    """Where amounts too large for their column stand beside others."""
    found = np.zeros(len(contexts), np.bool_)
    if facts.large:
        large = np.isin(chosen, np.fromiter(facts.large, np.int64))
        counts = np.diff(np.append(begins, len(chosen)))
        found = np.add.reduceat(large.astype(np.int64), begins).astype(np.bool_) & (counts > 1)
    return found


# ---- periods ---------------------------------------------------------------------------------------------------------


def _target(asked: tuple[Shift, bool | None], row: Mapping[str, Ints], contexts: Ints) -> Ints | None:
    """For each row the context in which a slot looks for its fact; -1 where there is none. None: each row in itself."""
    shift, instant = asked
    if not shift and (not instant or not row["months"].any()):
        return None
    months, end, start = row["months"], row["end"], row["start"]
    spans = months != INSTANT
    wanted_months, wanted_end, known = months, end, np.ones(len(end), np.bool_)
    if shift == "closing":
        wanted_months = np.zeros_like(months)
    elif shift == "opening":
        wanted_months, wanted_end, known = np.zeros_like(months), start - 1, spans
    elif shift == "prior":
        wanted_end = _year_earlier(end)
    elif shift == "preceding":
        wanted_end, known = start - 1, spans
    if instant:
        wanted_months = np.zeros_like(months)
    found = _nearest(contexts, (contexts // _MONTHS // 1024 * 1024 + wanted_months) * _MONTHS, wanted_end + _EPOCH)
    return np.where(known, found, _NOWHERE)


def _nearest(contexts: Ints, head: Ints, end: Ints) -> Ints:
    """The context under that head whose end is nearest, give or take the slack of fiscal calendars."""
    at = np.searchsorted(contexts, head + end)
    found, off = np.full(len(head), _NOWHERE, np.int64), np.full(len(head), SLACK + 1, np.int64)
    for place in (at, at - 1):
        inside = np.clip(place, 0, len(contexts) - 1)
        distance = np.abs(contexts[inside] - head - end)
        better = (place == inside) & (contexts[inside] // _MONTHS == head // _MONTHS) & (distance < off)
        found, off = np.where(better, inside, found), np.where(better, distance, off)
    return found


def _year_earlier(end: Ints) -> Ints:
    """The day a year before; month ends stay month ends."""
    days = end.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    into = (days - months.astype("datetime64[D]")).astype(np.int64)
    last = (days + 1).astype("datetime64[M]") != months
    before = months - _YEAR
    length = ((before + 1).astype("datetime64[D]") - before.astype("datetime64[D]")).astype(np.int64)
    moved: Any = before.astype("datetime64[D]").astype(np.int64) + np.where(
        last, length - 1, np.minimum(into, length - 1)
    )
    return np.asarray(moved, np.int64)


def begun(end: Ints, months: Ints) -> Ints:
    """The first day of so many months that end with a day; of a day the day itself."""
    after = (end + 1).astype("datetime64[D]")
    month = after.astype("datetime64[M]")
    into = (after - month.astype("datetime64[D]")).astype(np.int64)
    before = month - months.astype("timedelta64[M]")
    length = ((before + 1).astype("datetime64[D]") - before.astype("datetime64[D]")).astype(np.int64)
    begins = before.astype("datetime64[D]").astype(np.int64) + np.minimum(into, length - 1)
    return np.where(months == INSTANT, end, begins)
