"""Lines of two drafts that were given another caption: what stands on one side alone, with the amounts that it has on
the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from checker.compare.spots import Spot, spots, titles
from checker.compare.values import Renamed
from checker.core.figure import Figure
from checker.core.report import Checked
from checker.core.value import frozen

Pair = tuple[Figure | None, Figure | None]
_TELLING = 3
"""Digits that one of its amounts must have for a line to be known by them."""


@frozen
class _Line:
    """What one line prints that the other draft prints nowhere under its words."""

    statement: str
    spots: tuple[Spot, ...]

    @property
    def amounts(self) -> Mapping[object, Decimal | None]:
        """Its amounts by the columns in which they stand."""
        return {
            (one.figure.period or one.figure.head, one.member, one.figure.unit): one.figure.value for one in self.spots
        }


def renamed(old: Checked, new: Checked, pairs: Sequence[Pair]) -> tuple[Renamed, ...]:
    """The lines that have another caption, or stand under another heading, in the second draft, in its order.

    A line is known again by what it prints: the same amounts in the same columns of the same statement, one of them of
    several digits, and no other line that came or went with these. Where some of its amounts have changed as well, most
    of them must not have.
    """
    gone = {one.id for one, two in pairs if one is not None and two is None}
    come = {two.id for one, two in pairs if one is None and two is not None}
    before, after = _lines(old, gone), _lines(new, come)
    found = [*_alike(before, after)]
    done = {id(one) for pair in found for one in pair}
    found += _nearly([one for one in before if id(one) not in done], [one for one in after if id(one) not in done])
    found.sort(key=lambda pair: pair[1].spots[0].figure.place.span)
    return tuple(Renamed(tuple(_paired(one, two))) for one, two in found)


def joined(pairs: Iterable[Pair], again: Iterable[Renamed]) -> Iterator[Pair]:
    """The pairs with the figures of renamed lines as pairs too."""
    known = {one.id: two for line in again for one, two in line.pairs}
    met = {two.id for two in known.values()}
    for one, two in pairs:
        if one is not None and two is None and one.id in known:
            yield one, known[one.id]
        elif one is not None or two is None or two.id not in met:
            yield one, two


def _lines(checked: Checked, alone: set[str]) -> list[_Line]:
    """The lines of tables of which the other draft prints nothing."""
    named = titles(checked)
    grouped: defaultdict[tuple[int, int], list[Spot]] = defaultdict(list)
    rows = {
        figure.id: line.index
        for one in checked.statements
        for line in one.lines
        for figure in line.figures
        if figure is not None
    }
    for spot in spots(checked):
        if spot.figure.id in rows:
            grouped[spot.table, rows[spot.figure.id]].append(spot)
    return [
        _Line(named[table], tuple(line))
        for (table, _), line in grouped.items()
        if all(one.figure.id in alone for one in line)
    ]


def _alike(before: Iterable[_Line], after: Iterable[_Line]) -> Iterator[tuple[_Line, _Line]]:
    """Lines of the same amounts, where there is one of them on either side."""
    had, has = _by_amounts(before), _by_amounts(after)
    for name, lines in had.items():
        if len(lines) == 1 and len(has.get(name, ())) == 1:
            yield lines[0], has[name][0]


def _by_amounts(lines: Iterable[_Line]) -> Mapping[object, Sequence[_Line]]:
    found: defaultdict[object, list[_Line]] = defaultdict(list)
    for line in lines:
        if any(_tells(value) for value in line.amounts.values()):
            found[line.statement, frozenset(line.amounts.items())].append(line)
    return found


def _nearly(before: Iterable[_Line], after: Iterable[_Line]) -> Iterator[tuple[_Line, _Line]]:
    """Lines most of whose amounts are the same, where each is the only one that the other could be."""
    known: defaultdict[object, list[_Line]] = defaultdict(list)
    for line in after:
        for column, value in line.amounts.items():
            if _tells(value):
                known[line.statement, column, value].append(line)
    could: list[tuple[_Line, _Line]] = []
    for line in before:
        met = {
            id(other): other
            for column, value in line.amounts.items()
            for other in known.get((line.statement, column, value), ())
        }
        could += [(line, other) for other in met.values() if _mostly(line, other)]
    for line, other in could:
        if sum(one is line for one, _ in could) == 1 == sum(two is other for _, two in could):
            yield line, other


def _mostly(one: _Line, two: _Line) -> bool:
    """Whether more than half of what two lines print is the same."""
    mine, other = one.amounts, two.amounts
    same = sum(column in other and other[column] == value for column, value in mine.items())
    return 2 * same > len(mine.keys() | other.keys())


def _tells(value: Decimal | None) -> bool:
    return value is not None and len(value.normalize().as_tuple().digits) >= _TELLING


def _paired(one: _Line, two: _Line) -> Iterator[tuple[Figure, Figure]]:
    """The figures of the line that stand in the same columns."""
    by_column = {column: spot.figure for column, spot in zip(two.amounts, two.spots, strict=False)}
    for column, spot in zip(one.amounts, one.spots, strict=False):
        if column in by_column:
            yield spot.figure, by_column[column]
