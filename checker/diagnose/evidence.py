"""How a wrong number came to be printed, in bits: the less usual the slip, the more bits it costs to believe in it.

The costs are -log2 of (how often such a slip happens) plus log2 of (how many numbers it could have made of the right
one). How often is taken from keying studies and from correction notices: digits mistyped, transposed or dropped and
stale figures of another period lead, signs and scales follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from attrs import field, frozen

from checker.algebra import Exact, exact, magnitude, slip
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
"""What it costs that any other number stands there, or that of another column."""
_UNCHANGED, _UNCHANGED_INSTANT = 6, 3
"""What it costs that a figure is truly the same in two columns: rare, less so for balances than for flows. Small
numbers are equal by chance."""
_ELSEWHERE = 8
"""How much likelier an amount is that the document prints under the same caption and period elsewhere, and how much
less likely one is wrong that it prints twice."""
_TELLING = 3
"""Digits from which on two columns that print the same say anything."""
_ROUND, _MOST_ZEROS = 2, 4
"""What each trailing zero speaks against an error that would have made it, and how many of them do."""
_FINER = 8
"""What it costs to believe that a figure should show more places than it does."""
_CLOSE, _FARTHER = 12, 60
"""How many figures of the same caption before one and behind it are looked at, for those of its line and for those of
other places. A document may print one caption thousands of times."""
_OMITTED = 4
"""What it costs besides that an amount was left out altogether."""
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
class Surroundings:
    """What a figure prints, and what is printed around it."""

    printed: Exact
    step: Exact
    beside: Sequence[Figure]
    """Figures of the same line in other columns."""
    columns: Sequence[Exact]
    """What those print."""
    elsewhere: Set[Exact]
    """What figures of the same caption and period print in other places."""

    def length(self, amount: Exact) -> int:
        """Digits of the amount, printed to the step of the figure."""
        return len(str(magnitude(amount) // self.step)) if self.step else 8


@frozen(eq=False)
class Neighbours:
    """Which figures stand beside which: the same line in other columns, the same caption elsewhere."""

    captions: Mapping[str, Sequence[Figure]]
    """Figures other than zero by their caption, without case."""
    places: Mapping[str, int]
    """How many of these stand before each figure of a document under its caption."""
    known: dict[str, Surroundings] = field(factory=dict)
    kept: dict[tuple[str, Exact], Cause] = field(factory=dict)
    strange: dict[tuple[str, Exact], int] = field(factory=dict)
    """What was worked out before: caches, no state."""

    def around(self, figure: Figure) -> Surroundings:
        """What is printed around a figure."""
        if figure.id not in self.known:
            alike = self.captions.get(figure.caption.casefold(), ())
            at = self.places.get(figure.id, 0)
            near = alike[max(0, at - _FARTHER) : at + _FARTHER + 1]
            beside = alike[max(0, at - _CLOSE) : at + _CLOSE + 1]
            self.known[figure.id] = _around(
                figure, [one for one in near if one.id != figure.id], [one for one in beside if one.id != figure.id]
            )
        return self.known[figure.id]


def _around(figure: Figure, alike: Sequence[Figure], close: Sequence[Figure]) -> Surroundings:
    line = _line(figure)
    beside = [one for one in close if one.caption == figure.caption and _line(one) == line]
    elsewhere = {_amount(one) for one in alike if one.unit == figure.unit and one.period == figure.period}
    return Surroundings(_amount(figure), exact(figure.step), beside, [_amount(one) for one in beside], elsewhere)


def _amount(figure: Figure) -> Exact:
    return exact(figure.value or 0)


def neighbours(figures: Sequence[Figure]) -> Neighbours:
    """Which figures stand beside which, over a whole document."""
    captions: dict[str, list[Figure]] = {}
    places: dict[str, int] = {}
    for figure in figures:
        alike = captions.setdefault(figure.caption.casefold(), [])
        places[figure.id] = len(alike)
        if figure.value:
            alike.append(figure)
    return Neighbours(captions, places)


def _line(figure: Figure) -> tuple[object, ...]:
    return figure.origin, figure.statement, figure.under, figure.unit


def explain(figure: Figure, needed: Exact, near: Neighbours) -> Cause:
    """The cheapest way in which `needed` came to be printed as this figure."""
    key = figure.id, needed
    if key not in near.kept:
        near.kept[key] = _explained(figure, needed, near)
    return near.kept[key]


def _explained(figure: Figure, needed: Exact, near: Neighbours) -> Cause:
    around = near.around(figure)
    best = min(_causes(figure, needed, (around, stranger(figure, needed, near))), key=lambda cause: cause.bits)
    twice = _ELSEWHERE * ((around.printed in around.elsewhere) - (needed in around.elsewhere))
    phrase = "printed right elsewhere" if needed in around.elsewhere and best.phrase == NO_SLIP else best.phrase
    return Cause(phrase, best.bits + _unround(needed, around) + twice)


def _causes(figure: Figure, needed: Exact, known: tuple[Surroundings, int]) -> Iterator[Cause]:
    """Every way in which it could have happened; `known` has what stands around the figure, and how odd the amount is
    there."""
    around, odd = known
    other = _other(needed, around)
    yield Cause(other.phrase, other.bits + odd)
    typed = slip(around.printed, needed, around.step) if around.printed else None
    if typed is not None:
        misfit = _misfit(needed, around) if typed.name == "wrong scale" else odd
        yield Cause(typed.name, _USUAL[typed.name] + _log2(_ways(typed.name, around.length(needed))) + misfit)
    if around.printed in around.columns and around.length(around.printed) >= _TELLING:
        yield Cause(_copied(figure, around), _STALE + _log2(len(around.beside)) + odd)
    if any(needed == reading.value for reading in figure.readings):
        yield Cause("misread here: the text can be read both ways", _MISREAD + odd)


def _misfit(needed: Exact, around: Surroundings) -> int:
    """How much worse the size of `needed` fits the other columns than what is printed, and what it costs to print it
    finer than the figure is."""
    finer = _FINER if around.step and needed % around.step else 0
    if not around.columns:
        return finer
    return (
        finer
        + min(_apart(needed, one) for one in around.columns)
        - min(_apart(around.printed, one) for one in around.columns)
    )


def _apart(amount: Exact, other: Exact) -> int:
    """How many times one is twice the other."""
    small, large = sorted((magnitude(amount), magnitude(other)))
    return _log2(large // small) if small else 0


def stranger(figure: Figure, needed: Exact, near: Neighbours) -> int:
    """By how much `needed` is harder to believe than what is printed, for what stands in the other columns of the
    line."""
    return _strange(figure, needed, near) - _strange(figure, near.around(figure).printed, near)


def _unround(needed: Exact, around: Surroundings) -> int:
    """What it costs to believe that a round number should be a crooked one."""
    if not around.step or not around.printed:
        return 0
    lost = _zeros(around.printed, around.step) - _zeros(needed, around.step)
    return _ROUND * max(0, min(lost, _MOST_ZEROS))


def _zeros(amount: Exact, step: Exact) -> int:
    digits = str(magnitude(amount) // step)
    return len(digits) - len(digits.rstrip("0")) if amount else 0


def _copied(figure: Figure, around: Surroundings) -> str:
    """Where a figure was copied from: a column of an earlier period, or any other."""
    periods = [
        source.period for source, amount in zip(around.beside, around.columns, strict=True) if amount == around.printed
    ]
    here = figure.period.end if figure.period is not None else None
    earlier = here is not None and all(
        period is not None and period.end is not None and period.end < here for period in periods
    )
    return "copied from the comparative column" if earlier else "copied from another column"


def _other(needed: Exact, around: Surroundings) -> Cause:
    """Any number of that length could have been printed; where nothing is printed, an amount was left out."""
    if not around.printed:
        return Cause(NO_SLIP, _OTHER + _OMITTED + _log2(9 * 10 ** max(0, around.length(needed) - 1)))
    turned = 3 if needed and (around.printed < 0) != (needed < 0) else 0
    return Cause(NO_SLIP, _OTHER + _log2(9 * 10 ** max(0, around.length(around.printed) - 1)) + turned)


def _strange(figure: Figure, amount: Exact, near: Neighbours) -> int:
    """What it costs to believe that this is the right amount: the farther from the other columns (from zero where there
    is none), the more."""
    key = figure.id, amount
    if key not in near.strange:
        near.strange[key] = _strangeness(figure, amount, near.around(figure))
    return near.strange[key]


def _strangeness(figure: Figure, amount: Exact, around: Surroundings) -> int:
    unit = around.step or 1
    if not around.columns:
        return _log2(magnitude(amount) // unit)
    if amount in around.columns:
        rare = _UNCHANGED_INSTANT if figure.period is not None and figure.period.is_instant else _UNCHANGED
        return min(rare, _log2(magnitude(amount) // (4 * unit)))
    return _log2(min(max(256 * magnitude(amount - one), magnitude(one)) for one in around.columns) // (256 * unit))


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
