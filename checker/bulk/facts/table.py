"""Facts as columns: one row for each filing, entity, currency and period, one column for each amount that a rule can
name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from attrs import frozen
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
_NOWHERE = -1
_YEAR = np.timedelta64(12, "M")
INSTANT = 0
"""The months of a day."""


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
        return np.searchsorted(self.filing, np.arange(len(self.filings)))


@frozen(eq=False)
class Block:
    """Rows with their slots side by side: what is absent is zero there and not `present`."""

    facts: Facts
    compiled: Compiled
    row: Mapping[str, Ints]
    """`filing`, `entity`, `segment`, `unit`, `start`, `end` and `months` of each row."""
    value: Ints
    """Slots by rows, and so are the others."""
    step: Ints
    present: Flags
    ambiguous: Flags
    large: Flags
    fact: Ints
    """The fact that stands there, by its place among the facts."""

    @property
    def rows(self) -> int:
        """How many."""
        return len(self.row["end"])

    @cached_property
    def every(self) -> Ints:
        """All rows."""
        return np.arange(self.rows)

    @cached_property
    def most(self) -> Sequence[int]:
        """The largest amount of each slot without its sign, and its largest step, added up."""
        high = np.maximum(self.value.max(axis=1, initial=0), -self.value.min(axis=1, initial=0))
        return [int(amount) + int(step) for amount, step in zip(high, self.step.max(axis=1, initial=0), strict=True)]

    @cached_property
    def has_large(self) -> Flags:
        """Slots in which some amount does not fit its column."""
        found: Flags = np.logical_or.reduce(self.large, axis=1)
        return found

    @cached_property
    def full(self) -> Flags:
        """Slots that are present in every row."""
        found: Flags = np.logical_and.reduce(self.present, axis=1)
        return found

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
    unit = _currencies(facts, compiled)
    base = _dense(facts.filing, facts.entity, facts.segment, unit)
    keys = (base * 1024 + facts.months) * _MONTHS + facts.end + _EPOCH
    contexts, first, place = np.unique(keys, return_index=True, return_inverse=True)
    row = {name: getattr(facts, name)[first] for name in ("filing", "entity", "segment", "start", "end", "months")}
    row["unit"] = unit[first]
    count = len(contexts)
    shape = (len(compiled.slots), count)
    made = Block(
        *(facts, compiled, row, np.zeros(shape, np.int64), np.zeros(shape, np.int64)),
        *(
            np.zeros(shape, np.bool_),
            np.zeros(shape, np.bool_),
            np.zeros(shape, np.bool_),
            np.full(shape, _NOWHERE, np.int64),
        ),
    )
    order = np.argsort(facts.tag, kind="stable")
    ends = np.searchsorted(facts.tag[order], np.arange(len(facts.tags) + 1))
    by_tag = {tag: order[ends[number] : ends[number + 1]] for number, tag in enumerate(facts.tags)}
    standing = {
        number: _standing(concept, (facts, by_tag), place, count) for number, concept in enumerate(compiled.concepts)
    }
    large = np.zeros(len(facts.value) + 1, np.bool_)
    if facts.large:
        large[np.fromiter(facts.large, np.int64)] = True
    targets: dict[tuple[Shift, bool | None], Ints] = {}
    for slot, (number, shift) in enumerate(compiled.slots):
        fact, ambiguous = standing[number]
        asked = (shift, compiled.concepts[number].instant)
        if asked not in targets:
            targets[asked] = _target(asked, row, contexts)
        there = targets[asked]
        known = there >= 0
        at = np.where(known, fact[there], _NOWHERE)
        present = at >= 0
        made.ambiguous[slot] = known & ambiguous[there]
        made.present[slot] = present
        made.fact[slot] = at
        made.value[slot] = np.where(present, facts.value[at], 0)
        made.step[slot] = np.where(present, facts.step[at], 0)
        made.large[slot] = present & large[at]
    return made


def _dense(*columns: Ints) -> Ints:
    """One number for each combination."""
    found = columns[0].astype(np.int64)
    for column in columns[1:]:
        found = np.unique(found * (int(column.max(initial=0)) + 1) + column, return_inverse=True)[1]
    return found


def _currencies(facts: Facts, compiled: Compiled) -> Ints:
    """The currency that each fact stands beside: its own, or that of most amounts of its filing."""
    is_money = np.array([len(one) == 3 and one.isupper() for one in facts.units], np.bool_)
    money = is_money[facts.unit]
    most = np.zeros(len(facts.filings), np.int64)
    if money.any():
        pairs, counts = np.unique(facts.filing[money] * len(facts.units) + facts.unit[money], return_counts=True)
        order = np.argsort(counts, kind="stable")
        most[pairs[order] // len(facts.units)] = pairs[order] % len(facts.units)
    return np.where(money, facts.unit, most[facts.filing])


def _standing(concept: Concept, given: tuple[Facts, Mapping[str, Ints]], place: Ints, count: int) -> tuple[Ints, Flags]:
    """The fact that means the concept in each context, and where several do that differ."""
    facts, by_tag = given
    fact, ambiguous = np.full(count + 1, _NOWHERE, np.int64), np.zeros(count + 1, np.bool_)
    for tags in (concept.shared, concept.tags):
        named = [by_tag[tag] for tag in tags if tag in by_tag]
        if not named:
            continue
        chosen = np.concatenate(named)
        contexts = place[chosen]
        if (
            len(contexts) < 2 or (contexts[1:] > contexts[:-1]).all()
        ):  # one fact a context, in order: as in most filings
            fact[contexts], ambiguous[contexts] = chosen, False
            continue
        chosen = chosen[np.lexsort((facts.step[chosen], contexts))]
        contexts, begins = np.unique(place[chosen], return_index=True)
        low, high = np.minimum.reduceat(facts.value[chosen], begins), np.maximum.reduceat(facts.value[chosen], begins)
        fact[contexts] = chosen[begins]
        ambiguous[contexts] = (low != high) | _differ(facts, chosen, begins, contexts)
    fact[:-1][ambiguous[:-1]] = _NOWHERE
    return fact, ambiguous


def _differ(facts: Facts, chosen: Ints, begins: Ints, contexts: Ints) -> Flags:
    """Where amounts too large for their column stand beside others."""
    found = np.zeros(len(contexts), np.bool_)
    if facts.large:
        large = np.isin(chosen, np.fromiter(facts.large, np.int64))
        counts = np.diff(np.append(begins, len(chosen)))
        found = np.add.reduceat(large.astype(np.int64), begins).astype(np.bool_) & (counts > 1)
    return found


# ---- periods ---------------------------------------------------------------------------------------------------------


def _target(asked: tuple[Shift, bool | None], row: Mapping[str, Ints], contexts: Ints) -> Ints:
    """For each row the context in which a slot looks for its fact; -1 where there is none."""
    shift, instant = asked
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
