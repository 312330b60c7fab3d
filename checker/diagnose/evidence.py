"""How a wrong number came to be printed, in bits: the less usual the slip, the more bits it costs to believe in it.

The costs are -log2 of (how often such a slip happens) plus log2 of (how many numbers it could have made of the right one). How often is taken
from keying studies and from correction notices: digits mistyped, transposed or dropped and stale figures of another period lead, signs and
scales follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import field, frozen

from checker.algebra import slip
from checker.core.figure import Figure

_USUAL: Mapping[str, int] = {
    "one digit wrong": 2,
    "digits transposed": 2,
    "digit dropped": 3,
    "digit doubled": 4,
    "digit added": 4,
    "wrong sign": 4,
    "wrong scale": 5,
    "digits swapped": 6,
}
_OTHER, _STALE = 2, 3
_UNCHANGED, _UNCHANGED_INSTANT = 6, 3
"""What it costs that a figure is truly the same in two columns: rare, less so for balances than for flows. Small numbers are equal by chance."""
_ELSEWHERE = 8
"""How much likelier an amount is that the document prints under the same caption and period elsewhere, and how much less likely one is wrong that
it prints twice."""
_TELLING = 3
"""Digits from which on two columns that print the same say anything."""
_ROUND, _MOST_ZEROS = 2, 4
"""What each trailing zero speaks against an error that would have made it, and how many of them do."""
_FINER = 8
"""What it costs to believe that a figure should show more places than it does."""
_OMITTED = 4
_MISREAD = 1
"""A reading that was nearly chosen is likelier than any error of the document."""
ANOTHER_ERROR = 12
"""What every wrong figure beyond the first costs."""
NO_SLIP = ""
"""The cause where nothing explains the number but that it is needed."""


@frozen
class Cause:
    """One way to explain a printed number, and what it costs to believe it."""

    phrase: str
    bits: int


@frozen(eq=False)
class Neighbours:
    """Which figures stand beside which: the same line in other columns, the same caption elsewhere."""

    captions: Mapping[str, Sequence[Figure]]
    """Figures other than zero by their caption, without case."""
    kept: dict[tuple[str, Fraction], Cause] = field(factory=dict)
    """Causes worked out before: a cache, no state."""

    def beside(self, figure: Figure) -> list[Figure]:
        """Figures of the same line in other columns."""
        return [one for one in self._alike(figure) if one.caption == figure.caption and _line(one) == _line(figure)]

    def elsewhere(self, figure: Figure) -> list[Figure]:
        """Figures of the same caption and period in other places."""
        return [one for one in self._alike(figure) if one.unit == figure.unit and one.period == figure.period]

    def _alike(self, figure: Figure) -> Iterator[Figure]:
        return (one for one in self.captions.get(figure.caption.casefold(), ()) if one.id != figure.id)


def neighbours(figures: Sequence[Figure]) -> Neighbours:
    """Which figures stand beside which, over a whole document."""
    captions: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.value:
            captions.setdefault(figure.caption.casefold(), []).append(figure)
    return Neighbours(captions)


def _line(figure: Figure) -> tuple[object, ...]:
    return figure.origin, figure.statement, figure.under, figure.unit


def explain(figure: Figure, needed: Fraction, near: Neighbours) -> Cause:
    """The cheapest way in which `needed` came to be printed as this figure."""
    key = figure.id, needed
    if key not in near.kept:
        near.kept[key] = _explained(figure, needed, near)
    return near.kept[key]


def _explained(figure: Figure, needed: Fraction, near: Neighbours) -> Cause:
    beside = near.beside(figure)
    odd = stranger(figure, needed, near)
    best = min(_causes(figure, needed, (beside, odd)), key=lambda cause: cause.bits)
    elsewhere = {one.value for one in near.elsewhere(figure)}
    twice = _ELSEWHERE * ((figure.value in elsewhere) - (needed in elsewhere))
    phrase = "printed right elsewhere" if needed in elsewhere and best.phrase == NO_SLIP else best.phrase
    return Cause(phrase, best.bits + _unround(figure, needed) + twice)


def _causes(figure: Figure, needed: Fraction, known: tuple[Sequence[Figure], int]) -> Iterator[Cause]:
    """Every way in which it could have happened; `known` has the other columns of the line, and how odd the amount is beside them."""
    beside, odd = known
    printed = Fraction(figure.value or 0)
    other = _other(figure, printed, needed)
    yield Cause(other.phrase, other.bits + odd)
    typed = slip(printed, needed, figure.step) if printed else None
    if typed is not None:
        misfit = _misfit(figure, needed, beside) if typed.name == "wrong scale" else odd
        yield Cause(typed.name, _USUAL[typed.name] + _log2(_ways(typed.name, _length(figure, needed))) + misfit)
    sources = [one for one in beside if one.value == figure.value and _length(figure, printed) >= _TELLING]
    if sources:
        yield Cause(_copied(figure, sources), _STALE + _log2(len(beside)) + odd)
    if any(needed == reading.value for reading in figure.readings):
        yield Cause("misread here: the text can be read both ways", _MISREAD + odd)


def _misfit(figure: Figure, needed: Fraction, beside: Sequence[Figure]) -> int:
    """How much worse the size of `needed` fits the other columns than what is printed, and what it costs to print it finer than the figure is."""
    step = Fraction(figure.step)
    finer = _FINER if step and needed % step else 0
    if not beside:
        return finer
    printed = Fraction(figure.value or 0)
    return finer + min(_apart(needed, one) for one in beside) - min(_apart(printed, one) for one in beside)


def _apart(amount: Fraction, other: Figure) -> int:
    """How many times one is twice the other."""
    ratio = abs(amount) / abs(Fraction(other.value or 1)) if amount else Fraction(1)
    return _log2(int(max(ratio, 1 / ratio)))


def stranger(figure: Figure, needed: Fraction, near: Neighbours) -> int:
    """By how much `needed` is harder to believe than what is printed, for what stands in the other columns of the line."""
    beside = near.beside(figure)
    return _strange(figure, needed, beside) - _strange(figure, Fraction(figure.value or 0), beside)


def _unround(figure: Figure, needed: Fraction) -> int:
    """What it costs to believe that a round number should be a crooked one."""
    step = Fraction(figure.step)
    if not step or not figure.value:
        return 0
    lost = _zeros(Fraction(figure.value) / step) - _zeros(needed / step)
    return _ROUND * max(0, min(lost, _MOST_ZEROS))


def _zeros(units: Fraction) -> int:
    digits = str(abs(int(units)))
    return len(digits) - len(digits.rstrip("0")) if units else 0


def _copied(figure: Figure, sources: Sequence[Figure]) -> str:
    """Where a figure was copied from: a column of an earlier period, or any other."""
    periods = [source.period for source in sources]
    here = figure.period.end if figure.period is not None else None
    earlier = here is not None and all(period is not None and period.end is not None and period.end < here for period in periods)
    return "copied from the comparative column" if earlier else "copied from another column"


def _other(figure: Figure, printed: Fraction, needed: Fraction) -> Cause:
    """Any number of that length could have been printed; where nothing is printed, an amount was left out."""
    if not printed:
        return Cause(NO_SLIP, _OTHER + _OMITTED + _log2(9 * 10 ** max(0, _length(figure, needed) - 1)))
    turned = 3 if needed and (printed < 0) != (needed < 0) else 0
    return Cause(NO_SLIP, _OTHER + _log2(9 * 10 ** max(0, _length(figure, printed) - 1)) + turned)


def _strange(figure: Figure, amount: Fraction, beside: Sequence[Figure]) -> int:
    """What it costs to believe that this is the right amount: the farther from the other columns (from zero where there is none), the more."""
    unit = Fraction(figure.step) or Fraction(1)
    if not beside:
        return _log2(int(abs(amount) / unit))
    if any(amount == one.value for one in beside):
        rare = _UNCHANGED_INSTANT if figure.period is not None and figure.period.is_instant else _UNCHANGED
        return min(rare, _log2(int(abs(amount) / unit / 4)))
    return min(_log2(int(max(abs(amount - Fraction(one.value or 0)), abs(Fraction(one.value or 0)) / 256) / unit)) for one in beside)


def _length(figure: Figure, amount: Fraction) -> int:
    return len(str(abs(int(amount / Fraction(figure.step))))) if figure.step else 8


def _ways(name: str, digits: int) -> int:
    """How many numbers a slip of that kind can make of one with so many digits."""
    match name:
        case "one digit wrong":
            return 9 * digits
        case "digits transposed":
            return max(1, digits - 1)
        case "digits swapped":
            return max(1, digits * (digits - 1) // 2)
        case "digit dropped" | "digit doubled":
            return digits
        case "digit added":
            return 10 * (digits + 1)
        case "wrong scale":
            return 8
    return 1


def _log2(count: int) -> int:
    """log2 rounded to the nearest whole number of bits."""
    return ((2 * count * count).bit_length() - 1) // 2 if count > 1 else 0
