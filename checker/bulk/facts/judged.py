"""Verdicts on whole columns: relations as coefficients over whole numbers. Each equals what `evaluate.judge` says of
the same figures one by one.

A row in which a sum could leave 64 bits, an amount does not fit its column, or a size might be zero is left to `judge`
itself, as are relations of other shapes. Numpy wraps without a word, so nothing is computed before that is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from checker.bulk.facts import loops
from checker.bulk.facts.compiled import Leaf, Rated, Terms
from checker.bulk.facts.conditions import holds
from checker.bulk.facts.single import CENTURY, Row, check_of, period_of
from checker.bulk.facts.sums import KINDS, Summed, asks_nothing, difference, everywhere, far, summed
from checker.bulk.facts.table import ABSENT, LARGEST, Block, Flags, Ints
from checker.core.check import Check
from checker.core.rule import Tolerance
from checker.evaluate.judge import judge

NOT, AGREES, ROUNDING, VIOLATION = range(4)
"""Codes of verdicts: not applicable, and the others."""
WORDS = ("not applicable", "agrees", "rounding", "violation")
_CODES = {word: code for code, word in enumerate(WORDS)}


@frozen(eq=False)
class Judged:
    """One relation in the rows where it applies."""

    rated: Rated
    rows: Ints
    verdict: NDArray[np.int8]
    exact: Flags | None = None
    """Rows that were judged as columns; of the others only the verdict is known here. None: all of them."""
    off: tuple[int, int] | None = None
    """How many differ by rounding, and how many by more, where that is known already."""

    @cached_property
    def broken(self) -> Ints:
        """Which of the rows do not agree, by their place in `rows`."""
        return np.zeros(0, np.int64) if self.off == (0, 0) else np.nonzero(self.verdict != AGREES)[0]

    @property
    def roundings(self) -> int:
        """How many differ by rounding."""
        return self.off[0] if self.off is not None else int((self.verdict == ROUNDING).sum())

    @property
    def violations(self) -> int:
        """How many differ by more."""
        return self.off[1] if self.off is not None else int((self.verdict == VIOLATION).sum())

    def sides(self, block: Block, chosen: Ints) -> tuple[Ints, Ints, int] | None:
        """Both sides in some of the rows, as whole numbers over a scale; None where the relation is not linear."""
        if self.rated.shape not in ("linear", "size"):
            return None
        return _sides(self.rated, block, self.rows[chosen])


@frozen(eq=False)
class _Read:
    """A leaf in some rows."""

    value: Ints
    step: Ints
    taken: Flags
    weight: int


def judged_all(block: Block, compiled_loop: bool = False) -> list[Judged]:
    """Every relation of the rulebook in the rows where it applies, in the order of the rules; those that apply nowhere
    are left out.

    `compiled_loop`: whether plain sums go through the loop that numba compiles.
    """
    if compiled_loop:
        return _by_loop(block)
    sums, weights = block.compiled.sums, summed(block.compiled)
    in_all_rows = everywhere(weights, block)
    found: list[Judged | None] = []
    batch: list[tuple[int, int, Ints, Ints]] = []
    for at, rated in enumerate(block.compiled.rated):
        number = sums.get(at)
        full = number is not None and in_all_rows[number]
        rows = block.every if full else _applying_rows(rated, block)
        if not len(rows):
            found.append(None)
        elif number is not None and (full or _is_safe(rated, block)):
            off = difference(weights, number, block, rows)
            found.append(Judged(rated, rows, block.agreeing(len(rows), AGREES), off=(0, 0)))
            broken = np.nonzero(off != 0)[0]
            if len(broken):
                batch.append((at, number, broken, off[broken]))
        else:
            found.append(_judged_in(rated, block, rows))
    if batch:
        _settle(batch, weights, block, found)
    return [one for one in found if one is not None and len(one.rows)]


def judged(rated: Rated, block: Block) -> Judged:
    """The verdict on one relation in every row of a block in which it applies."""
    return _judged_in(rated, block, _applying_rows(rated, block))


def _judged_in(rated: Rated, block: Block, rows: Ints) -> Judged:
    if rated.shape == "other":
        return _left_over(rated, block, rows)
    risky = _risky(rated, block, rows)
    judge_columns = _quotient if rated.shape == "quotient" else _linear
    if risky is None:
        return judge_columns(rated, block, rows)
    return _joined(judge_columns(rated, block, rows[~risky]), _left_over(rated, block, rows[risky]))


def _by_loop(block: Block) -> list[Judged]:
    """The same, plain sums in a compiled loop."""
    sums = summed(block.compiled)
    chosen = np.nonzero(far(sums, block) & sums.plain)[0] if not block.facts.large else block.every[:0]
    verdicts = np.empty((len(chosen), block.rows), np.int8)
    counts = np.zeros((len(chosen), 3), np.int64)
    if len(chosen):
        kinds = np.stack([block.kinds[kind] for kind in KINDS]).view(np.uint8)
        matrix = sums.chosen(chosen)
        constants = np.array([sums.scaled_constant(int(number), block) for number in chosen], np.int64)
        loops.loop()(
            block.fact, *block.facts.padded, kinds, *matrix, constants, sums.kind_codes[chosen], verdicts, counts
        )
    where = {int(number): place for place, number in enumerate(chosen)}
    found = []
    told, every, plain = counts.tolist(), block.rows, block.compiled.sums
    for at, rated in enumerate(block.compiled.rated):
        place = where.get(plain.get(at, -1))
        if place is None:
            found.append(judged(rated, block))
            continue
        applies, roundings, violations = told[place]
        if not applies:
            continue
        verdict, rows = verdicts[place], block.every
        if applies < every:
            rows = np.nonzero(verdict)[0]
            verdict = verdict[rows]
        found.append(Judged(rated, rows, verdict, off=(roundings, violations)))
    return [one for one in found if len(one.rows)]


def _settle(
    batch: Sequence[tuple[int, int, Ints, Ints]], sums: Summed, block: Block, found: list[Judged | None]
) -> None:
    """The verdicts where sums do not come out, of all rules at once."""
    counts = [len(broken) for _, _, broken, _ in batch]
    number = np.repeat([one[1] for one in batch], counts)
    rows = np.concatenate([_rows_of(found[at])[broken] for at, _, broken, _ in batch])
    size = np.abs(np.concatenate([one[3] for one in batch]))
    facts = np.full((len(rows), sums.slots.shape[1]), ABSENT, np.int32)
    for alternative in range(sums.slots.shape[2]):
        slots = sums.slots[number, :, alternative]
        other = np.where(slots >= 0, block.fact[slots, rows[:, None]], ABSENT)
        facts = np.where(facts >= 0, facts, other)
    weights, taken = np.abs(sums.weights[number]), facts >= 0
    steps = block.facts.padded[1][facts]
    room = (weights * steps).sum(axis=1)
    speaking = np.where(taken, steps, -1)
    coarsest = np.maximum(speaking.max(axis=1, initial=0), 0)
    is_coarsest = speaking == coarsest[:, None]
    weight = np.where(is_coarsest.sum(axis=1) == 1, (weights * is_coarsest).sum(axis=1), 0)
    codes = np.where(2 * size <= weight * coarsest, AGREES, np.where(2 * size <= room, ROUNDING, VIOLATION)).astype(
        np.int8
    )
    ends = np.cumsum(counts)
    for (at, _, broken, _), end, count in zip(batch, ends, counts, strict=True):
        one = found[at]
        assert one is not None
        verdict = one.verdict.copy()
        some = verdict[broken] = codes[end - count : end]
        found[at] = Judged(
            one.rated, one.rows, verdict, off=(int((some == ROUNDING).sum()), int((some == VIOLATION).sum()))
        )


def _rows_of(one: Judged | None) -> Ints:
    assert one is not None
    return one.rows


def _is_safe(rated: Rated, block: Block) -> bool:
    """Whether no amount of a sum is missing from its column, and no number on the way can leave 64 bits."""
    if block.facts.large and any(block.has_large(slot) for slot in rated.slots):
        return False
    parts = [one for one in (rated.left, rated.right) if one is not None]
    scale = _scale(rated, block)
    rough = [float(abs(one.constant) * scale) + block.facts.most * sum(map(abs, one.weights)) for one in parts]
    if _high(rated, rough, scale) < LARGEST:
        return True
    return bool(_high(rated, [_bound(one, block, scale) for one in parts], scale) < LARGEST)


# ---- where it applies ------------------------------------------------------------------------------------------------


def _applying_rows(rated: Rated, block: Block) -> Ints:
    """The rows in which a relation is judged; mostly all or none, which is seen without a look at each."""
    some, every = block.kind(rated.durations, rated.task.within.by_segment)
    needed = [
        leaf for terms in (rated.left, rated.right, rated.below) for leaf in (terms.leaves if terms is not None else ())
    ]
    if not some or (
        rated.shape != "other"
        and any(not leaf.optional and all(block.is_empty(slot) for slot in leaf.slots) for leaf in needed)
    ):
        return block.every[:0]
    if (
        every
        and rated.shape != "other"
        and asks_nothing(rated)
        and not rated.twins
        and all(block.is_full(leaf.slots[0]) for leaf in needed)
    ):
        return block.every
    return np.nonzero(applying(rated, block))[0]


def applying(rated: Rated, block: Block) -> Flags:
    """The rows that hold all that the relation needs, and in which its rule asks for it."""
    task = rated.task
    found: Flags = block.kinds[rated.durations, task.within.by_segment].copy()
    if task.within.dated:
        found &= _fitting(rated, block)
    clauses = task.clauses
    if clauses.effective_from is not None:
        found &= block.row["end"] >= (clauses.effective_from - CENTURY).days
    if clauses.effective_to is not None:
        found &= block.row["end"] <= (clauses.effective_to - CENTURY).days
    if rated.shape != "other":
        for terms in (rated.left, rated.right, rated.below):
            for leaf in terms.leaves if terms is not None else ():
                if not block.is_full(leaf.slots[0]):
                    found &= _is_there(leaf, block)
    else:
        found &= np.logical_or.reduce([block.present(slot) for slot in rated.slots]) if rated.slots else False
    for one, two in rated.twins:
        found &= ~(
            block.present(one)
            & block.present(two)
            & (block.fact[one] == block.fact[two])
            & _both_taken(rated, block, one, two)
        )
    if clauses.when is not None and found.any():
        found &= holds(clauses.when, block, found)
    return found


def _both_taken(rated: Rated, block: Block, one: int, two: int) -> Flags:
    """Where a relation takes both slots: of the first reported of several only one is taken."""
    taken = np.ones(block.rows, np.bool_)
    for terms in (rated.left, rated.right, rated.below):
        for leaf in terms.leaves if terms is not None else ():
            for slot in (one, two):
                if slot in leaf.slots:
                    for earlier in leaf.slots[: leaf.slots.index(slot)]:
                        taken &= ~block.present(earlier)
    return taken


def _fitting(rated: Rated, block: Block) -> Flags:
    keys = block.row["end"] * 1024 + block.row["months"]
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    fits = np.array([rated.task.within.fits(period_of(block, int(number))) for number in first], np.bool_)
    return fits[place] if len(fits) else np.zeros(0, np.bool_)


def _is_there(leaf: Leaf, block: Block) -> Flags:
    """Where a leaf has its amount, or may do without; never where what it would take is ambiguous."""
    if len(leaf.slots) == 1:
        only: Flags = ~block.ambiguous(leaf.slots[0]) if leaf.optional else block.present(leaf.slots[0])
        return only
    found = np.zeros(block.rows, np.bool_)
    doubtful = np.zeros(block.rows, np.bool_)
    for slot in leaf.slots:
        doubtful |= block.ambiguous(slot) & ~found
        found |= block.present(slot) & ~doubtful
    return ~doubtful if leaf.optional else found


def _reads(terms: Terms, block: Block, rows: Ints | slice, by: int = 1) -> list[_Read]:
    """The leaves of a form in some rows, their weights times a number."""
    return [_read(leaf, weight * by, block, rows) for leaf, weight in zip(terms.leaves, terms.weights, strict=True)]


def _read(leaf: Leaf, weight: int, block: Block, rows: Ints | slice) -> _Read:
    first = leaf.slots[0]
    value, step, taken = block.value(first)[rows], block.step(first)[rows], block.present(first)[rows]
    for slot in leaf.slots[1:]:
        value = np.where(taken, value, block.value(slot)[rows])
        step = np.where(taken, step, block.step(slot)[rows])
        taken = taken | block.present(slot)[rows]
    return _Read(np.abs(value) if leaf.size else value, step, taken, weight)


def _rows(rows: Ints, block: Block) -> Ints | slice:
    """All rows are read without a copy."""
    return slice(None) if len(rows) == block.rows else rows


# ---- what could overflow ---------------------------------------------------------------------------------------------


def _risky(rated: Rated, block: Block, rows: Ints) -> Flags | None:
    """Rows that are judged one by one: some amount is not in its column, or a number on the way could leave 64 bits.
    None where no row is."""
    parts = [one for one in (rated.left, rated.right, rated.below) if one is not None]
    here, scale = _rows(rows, block), _scale(rated, block)
    risky: Flags | None = None
    for slot in {slot for part in parts for leaf in part.leaves for slot in leaf.slots}:
        if block.has_large(slot):
            risky = block.large(slot)[here] | (False if risky is None else risky)
    if _high(rated, [_bound(part, block, scale) for part in parts], scale) >= LARGEST:
        high = _high(rated, [_sizes(part, block, here, scale) for part in parts], scale) >= float(LARGEST)
        risky = high | (False if risky is None else risky)
    if rated.shape == "size":
        for leaf in (leaf for part in parts for leaf in part.leaves if leaf.size):
            read = _read(leaf, 1, block, here)
            risky = (2 * read.value < read.step) | (False if risky is None else risky)
    return risky if risky is not None and risky.any() else None


def _high(rated: Rated, sizes: Sequence[Any], scale: int) -> Any:
    """About the largest number on the way to a verdict, from how large the parts can be; a float is off by less than
    the reserve that is kept."""
    if rated.shape == "quotient":
        left, top, bottom = sizes
        return np.maximum(4.0 * left * (bottom + 1.0), 4.0 * scale * (top + 1.0))
    assert rated.left is not None and rated.right is not None
    return (
        4.0
        * (sizes[0] * float(rated.right.below) + sizes[1] * float(rated.left.below))
        * float(_factor(rated.task.clauses.tolerance))
    )


def _bound(terms: Terms, block: Block, scale: int) -> float:
    """The same for all rows together."""
    weighed = zip(terms.leaves, terms.weights, strict=True)
    return float(
        abs(terms.constant) * scale
        + sum(abs(weight) * block.most(slot) for leaf, weight in weighed for slot in leaf.slots)
    )


def _sizes(terms: Terms, block: Block, rows: Ints | slice, scale: int) -> Any:
    """About how large a form can be in each row, steps included."""
    found = np.full(len(block.row["end"][rows]), float(abs(terms.constant) * scale))
    for read in _reads(terms, block, rows):
        found += float(abs(read.weight)) * (np.abs(read.value).astype(np.float64) + read.step.astype(np.float64))
    return found


def _factor(tolerance: Tolerance | None) -> int:
    if tolerance is None or tolerance.amount is None:
        return 1
    return max(100 * tolerance.amount.value.denominator, abs(tolerance.amount.value.numerator), 2)


def _scale(rated: Rated, block: Block) -> int:
    """What amounts of the left side are whole numbers over."""
    assert rated.left is not None
    leaves = rated.left.leaves or (rated.right.leaves if rated.right is not None else ())
    return int(10 ** block.decimals(leaves[0].slots[0]))


# ---- linear ----------------------------------------------------------------------------------------------------------


def _sum(reads: Sequence[_Read], constant: int, count: int) -> Ints:
    """The weighed amounts added up, in place."""
    found: Ints | None = None
    for read in reads:
        if found is None:
            found = read.value.copy() if read.weight == 1 else read.value * read.weight
        elif read.weight == 1:
            np.add(found, read.value, out=found)
        elif read.weight == -1:
            np.subtract(found, read.value, out=found)
        else:
            np.add(found, read.value * read.weight, out=found)
    if found is None:
        return np.full(count, constant, np.int64)
    return np.add(found, constant, out=found) if constant else found


def _sides(rated: Rated, block: Block, rows: Ints) -> tuple[Ints, Ints, int]:
    """Both sides, and the scale of both."""
    assert rated.left is not None and rated.right is not None
    one, two, scale = rated.left, rated.right, _scale(rated, block)
    left = _sum(_reads(one, block, rows, two.below), one.constant * scale * two.below, len(rows))
    right = _sum(_reads(two, block, rows, one.below), two.constant * scale * one.below, len(rows))
    return left, right, scale * one.below * two.below


def _linear(rated: Rated, block: Block, rows: Ints) -> Judged:
    assert rated.left is not None and rated.right is not None
    here, scale = _rows(rows, block), _scale(rated, block)
    one, two = rated.left, rated.right
    every = [*_reads(one, block, here, two.below), *_reads(two, block, here, -one.below)]
    difference = _sum(every, (one.constant * two.below - two.constant * one.below) * scale, len(rows))
    verdict = np.full(len(rows), AGREES, np.int8)
    asked = np.nonzero(difference)[0] if rated.task.relation.comparison == "=" else np.arange(len(rows))
    if len(asked):
        some = [_Read(read.value[asked], read.step[asked], read.taken[asked], abs(read.weight)) for read in every]
        room = _sum([_Read(read.step, read.step, read.taken, read.weight) for read in some], 0, len(asked))
        left, right, common = _sides(rated, block, rows[asked])
        speaking = some[:1] if rated.shape == "size" else some
        verdict[asked] = _decided(rated, (difference[asked], left, right), room, (speaking, common))
    return Judged(rated, rows, verdict)


_Told = tuple[Sequence[_Read], int]
"""Those to which the others may round, and the scale."""


def _decided(rated: Rated, printed: tuple[Ints, Ints, Ints], room: Ints, told: _Told) -> Ints:
    """Codes from differences other than none, or of a bound."""
    difference, left, right = printed
    comparison, tolerance = rated.task.relation.comparison, rated.task.clauses.tolerance or Tolerance()
    coarsest, weight = _coarsest(told[0], len(difference))
    times, slack = _slack(tolerance, room, (coarsest, np.maximum(np.abs(left), np.abs(right)), told[1]), _below(rated))
    if comparison != "=":
        strict = comparison in ("<", ">")
        above = difference if comparison in ("<", "<=") else -difference
        passes = above < 0 if strict else above <= 0
        explained = above * times < slack if strict else above * times <= slack
        return np.where(passes, AGREES, np.where(explained, ROUNDING, VIOLATION))
    size = np.abs(difference)
    explained = size * times <= slack
    if tolerance.kind == "exact":
        return np.where(explained, ROUNDING, VIOLATION)
    return np.where(2 * size <= weight * coarsest, AGREES, np.where(explained, ROUNDING, VIOLATION))


def _below(rated: Rated) -> int:
    assert rated.left is not None and rated.right is not None
    return rated.left.below * rated.right.below


def _coarsest(reads: Sequence[_Read], count: int) -> tuple[Ints, Ints]:
    """The largest step of those figures that stand there, and the weight of the one that has it; 0 where several
    have."""
    coarsest, weight = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for read in reads:
        step = np.where(read.taken, read.step, -1)
        weight = np.where(step > coarsest, read.weight, np.where(step == coarsest, 0, weight))
        coarsest = np.maximum(coarsest, step)
    return coarsest, weight


def _slack(tolerance: Tolerance, room: Ints, told: tuple[Ints, Ints, int], below: int) -> tuple[int, Ints]:
    """A difference passes where so many times its size is no larger than the second: what rounding explains, or what
    the rule allows."""
    coarsest, larger, scale = told
    if tolerance.kind == "rounding":
        return 2, room
    if tolerance.kind == "exact" or tolerance.amount is None:
        return 1, np.zeros_like(room)
    amount: Fraction = tolerance.amount.value
    match tolerance.amount.unit:
        case "units":  # steps are over the scale of their figures
            return amount.denominator, amount.numerator * coarsest * below
        case "percent":
            return 100 * amount.denominator, amount.numerator * larger
        case _:
            return amount.denominator, np.full(len(room), min(amount.numerator * scale, 2 * LARGEST - 1), np.int64)


# ---- quotients -------------------------------------------------------------------------------------------------------


def _quotient(rated: Rated, block: Block, rows: Ints) -> Judged:
    """`L = T / B`, cross-multiplied: both ends of what rounding lets the quotient be, against both ends of the
    figure."""
    assert rated.left is not None and rated.right is not None and rated.below is not None
    here, scale = _rows(rows, block), _scale(rated, block)
    (one,) = _reads(rated.left, block, here)
    tops, bottoms = _reads(rated.right, block, here), _reads(rated.below, block, here)
    top, bottom = _sum(tops, 0, len(rows)), _sum(bottoms, 0, len(rows))
    wide = _sum([_Read(read.step, read.step, read.taken, abs(read.weight)) for read in tops], 0, len(rows))
    deep = _sum([_Read(read.step, read.step, read.taken, abs(read.weight)) for read in bottoms], 0, len(rows))
    negative = bottom < 0
    top, bottom = np.where(negative, -top, top), np.abs(bottom)
    known = 2 * bottom > deep
    off = one.value * bottom - scale * top
    up = np.where(off > 0, 1, -1)
    end = 2 * top + up * wide
    under = np.where(up * end > 0, 2 * bottom - deep, 2 * bottom + deep)
    reach = (2 * one.value - up * one.step) * under - 2 * scale * end
    verdict = np.where(up * reach <= 0, ROUNDING, VIOLATION)
    verdict = np.where(2 * np.abs(off) <= one.step * bottom, AGREES, verdict)
    verdict = np.where(off == 0, AGREES, verdict).astype(np.int8)
    kept = np.nonzero(known)[0]
    return Judged(rated, rows[kept], verdict[kept], np.zeros(len(kept), np.bool_))


# ---- one by one ------------------------------------------------------------------------------------------------------


def _left_over(rated: Rated, block: Block, rows: Ints) -> Judged:
    """The same by the evaluator of one release."""
    codes = np.array([_code(rated, block, int(number)) for number in rows], np.int8)
    kept = np.nonzero(codes)[0]
    return Judged(rated, rows[kept], codes[kept], np.zeros(len(kept), np.bool_))


def _code(rated: Rated, block: Block, number: int) -> int:
    check = check_of(rated, Row(block, number))
    judgement = judge(check) if isinstance(check, Check) else ""
    return NOT if isinstance(judgement, str) else _CODES[judgement.verdict]


def _joined(one: Judged, two: Judged) -> Judged:
    rows = np.concatenate([one.rows, two.rows])
    order = np.argsort(rows, kind="stable")
    exact = [np.ones(len(each.rows), np.bool_) if each.exact is None else each.exact for each in (one, two)]
    return Judged(
        one.rated, rows[order], np.concatenate([one.verdict, two.verdict])[order], np.concatenate(exact)[order]
    )
