"""Keying slips: whether one printed number could be another one, typed wrong, and how much that says.

Works on exact amounts and the step they are printed to. Which figure of a release is wrong is not asked here.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import lcm

from checker.algebra.exact import Exact
from checker.core.value import frozen

_SCALES = (2, 3, 4, 6, 8, 9)
"""Powers of ten by which an amount goes out of scale: cents, thousands, millions, billions, and the ten thousands and
hundred millions in which East Asia counts. A power of one is a digit dropped or added."""
_TELLING = 2
"""Digits that an amount must have more than for its scale to say anything."""
_MOST_BITS = 100
"""Length beyond which no amount is looked at: thirty digits."""


@frozen
class Slip:
    """One way to type a number wrong."""

    name: str
    """digits transposed, digits swapped, one digit wrong, digit dropped, digit doubled, digit added, wrong sign, or
    wrong scale."""
    bits: int
    """How much better than chance: log2 of the differences at least as close over the slips that change the number by
    no more.

    A small difference is always some slip, and says nothing.
    """


def slip(printed: Exact | Decimal, needed: Exact | Decimal, step: Exact | Decimal) -> Slip | None:
    """The keying slip that turned `needed` into `printed`, both in multiples of `step`; None where there is none."""
    one, two, unit = _whole(printed, needed, step)
    if one == two or not unit or one % unit:
        return None
    if one == -two:
        return Slip("wrong sign", _bits(one // unit, two // unit))
    if (one < 0) != (two < 0) and two:
        return None
    wrong, right = abs(one) // unit, abs(two)
    if max(wrong, right // unit).bit_length() > _MOST_BITS:
        return None
    if not right % unit:
        name = mistyped(wrong, right // unit)
        if name:
            return Slip(name, _bits(wrong, right // unit))
    if _out_of_scale(wrong, right, unit):
        return Slip("wrong scale", _bits(wrong, right // unit))
    return None


def mistyped(printed: int, needed: int) -> str | None:
    """The name of the slip of the fingers that makes `printed` of `needed`, both without sign; None where there is
    none. Scales are not asked."""
    return _typed(str(needed), str(printed))


def multiplied(printed: int, needed: int, by: int = 0) -> bool:
    """Whether `printed` is `needed`, or a number no farther from it than `by`, in a smaller unit: thousands and more
    times as much."""
    return needed >= 10**_TELLING and any(
        abs(printed - needed * 10**power) <= by * 10**power for power in _SCALES if power > 2
    )


def rescaled(printed: Exact, between: tuple[Exact, Exact]) -> Fraction | None:
    """The one amount `between` (both ends in) that is thousands, ten thousands, millions or more times `printed`, or as
    many times smaller."""
    found = [Fraction(printed) * Fraction(10) ** (side * power) for power in _SCALES if power > 2 for side in (1, -1)]
    inside = [amount for amount in found if between[0] <= amount <= between[1]]
    return inside[0] if len(inside) == 1 and printed else None


def moved(one: int, two: int) -> Iterator[tuple[int, int]]:
    """What two neighbours can have been before the first digit of one of them slid over to the other."""
    first, second, turned = str(abs(one)), str(abs(two)), (-1 if one < 0 else 1, -1 if two < 0 else 1)
    if len(first) > 1 and first[1] != "0":
        yield turned[0] * int(first[1:]), turned[1] * int(first[0] + second)
    if len(second) > 1 and second[1] != "0":
        yield turned[0] * int(second[0] + first), turned[1] * int(second[1:])


def meant(printed: int) -> Iterator[int]:
    """Every number of which `printed` can be a keying slip: a digit or a sign put right, two swapped back, one put in
    or left out, another scale."""
    sign, digits = (-1 if printed < 0 else 1), str(abs(printed))
    for at in range(len(digits)):
        before, digit, after = digits[:at], digits[at], digits[at + 1 :]
        yield from (sign * int(before + other + after) for other in "0123456789" if other != digit)
        yield from (sign * int(before + other + digit + after) for other in "0123456789")
        if after:
            yield sign * int(before + after[0] + digit + after[1:])
            yield sign * int(before + after)
    yield from (sign * (abs(printed) * 10 + last) for last in range(10))
    yield from (sign * abs(printed) * 10**power for power in _SCALES)
    yield from (sign * (abs(printed) // 10**power) for power in _SCALES if not printed % 10**power)
    yield -printed


def _whole(*numbers: Exact | Decimal) -> list[int]:
    """The numbers on one scale on which all are whole."""
    ratios = [number.as_integer_ratio() for number in numbers]
    scale = lcm(*[below for _, below in ratios])
    return [above * (scale // below) for above, below in ratios]


def best_slip(
    printed: Exact | Decimal, between: tuple[Exact, Exact], step: Exact | Decimal
) -> tuple[Exact, Slip] | None:
    """The slip with the most bits among the amounts `between` (both ends in) that can be printed to `step`, and that
    amount.

    Rounding leaves several amounts open; each costs some of the evidence, and more than a hundred are never looked at.
    """
    unit = Fraction(step)
    if not unit:
        return None
    first, last = -(-between[0] // unit), between[1] // unit
    tried = last - first + 1
    if tried < 1 or tried > 100:
        return None
    found: tuple[Exact, Slip] | None = None
    for count in range(first, last + 1):
        one = slip(printed, count * unit, unit)
        if one is not None and (found is None or one.bits > found[1].bits):
            found = count * unit, one
    if found is None:
        return None
    return found[0], Slip(found[1].name, max(0, found[1].bits - (tried.bit_length() - 1)))


def _typed(right: str, wrong: str) -> str | None:
    """The name of the slip of the fingers that makes `wrong` of the digits `right`."""
    if len(right) == len(wrong):
        differing = [at for at, (a, b) in enumerate(zip(right, wrong, strict=True)) if a != b]
        if len(differing) == 1:
            return "one digit wrong"
        if (
            len(differing) == 2
            and right[differing[0]] == wrong[differing[1]]
            and right[differing[1]] == wrong[differing[0]]
        ):
            return "digits transposed" if differing[1] == differing[0] + 1 else "digits swapped"
        return None
    if len(right) > len(wrong):
        return "digit dropped" if _one_less(right, wrong) else None
    if not _one_less(wrong, right):
        return None
    at = _parting(wrong, right)
    return "digit doubled" if at and wrong[at] == wrong[at - 1] else "digit added"


def _one_less(longer: str, shorter: str) -> bool:
    """Whether the shorter is the longer with one digit left out, as it would be printed: no zeros in front."""
    if len(longer) == len(shorter) + 1:
        at = _parting(longer, shorter)
        return longer[at + 1 :] == shorter[at:]
    return (longer[1:].lstrip("0") or "0") == shorter


def _parting(longer: str, shorter: str) -> int:
    """Where two texts begin to differ."""
    return next((at for at, (one, two) in enumerate(zip(longer, shorter, strict=False)) if one != two), len(shorter))


def _out_of_scale(wrong: int, right: int, unit: int) -> bool:
    """Whether one is the other in hundreds, thousands, millions, ..., rounded or cut off where it was printed
    shorter."""
    if not wrong or not right:
        return False
    return any(
        wrong * unit == right * 10**power or abs(wrong * unit * 10**power - right) < unit * 10**power
        for power in _SCALES
    )


def _bits(wrong: int, right: int) -> int:
    """log2 of (differences no larger than this one) / (slips of `wrong` that change it by no more), rounded down.

    The slips counted are those that a correction could undo: one digit, a transposition, a digit dropped or added, the
    sign, the scale.
    """
    distance = abs(wrong - right)
    digits = len(str(abs(wrong)))
    places = min(len(str(distance)), digits)
    edits = 9 * places + places  # one digit; two neighbours swapped
    if distance * 10 >= abs(wrong) * 8:  # a digit more or less moves the whole number
        edits += 11 * (digits + 1) + 2 + 2 * len(_SCALES)
    return max(0, (2 * distance // edits).bit_length() - 1) if distance else 0
