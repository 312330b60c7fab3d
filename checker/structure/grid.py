"""Grids: the additive figures of one table as whole numbers, seen down its columns or across its rows.

A grid has *items* (what is summed: lines, or columns) and *cases* (where the sum is witnessed: columns, or lines).
Nothing here searches or judges.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import islice

from checker.core.figure import Figure
from checker.core.remembered import remembered
from checker.core.statement import Column, Line, Role, Statement
from checker.core.unit import Unit
from checker.core.value import evolve, frozen
from checker.lexicon import numbers
from checker.lexicon.captions import whole_column

ADDITIVE_ROLES: frozenset[Role] = frozenset({"amount", "shares", "count", "per share"})
_LARGEST_EXPONENT = 20
_FINEST_PLACES = 8
"""Amounts from a hundred millionth to below a hundred billion billions: others would make whole numbers of all that
stand beside them too long."""

_MOST_UNREAD = 200
"""Numbers in captions that are remembered: more are no few that were missed."""
_UNTOLD = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])|(?<![\d.,])\d{1,9}(?![\d,.])")
_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_SHARES = re.compile(r"\b(?:authorized|issued|par value)\b", re.IGNORECASE)


@frozen
class Item:
    """One line or column: where it stands in its statement, what its caption and surroundings say."""

    position: int
    caption: str
    under: tuple[str, ...] = ()
    indent: int = 0
    bold: bool = False
    rule_above: bool = False
    after_heading: bool = False
    """A row without figures stands directly above."""


@frozen
class Grid:
    """Whole numbers in units of `10**exponent`. `values[item][case]` is None where nothing additive is printed;
    `opaque` marks figures that were left out."""

    items: tuple[Item, ...]
    cases: tuple[int, ...]
    values: tuple[tuple[int | None, ...], ...]
    steps: tuple[tuple[int, ...], ...]
    figures: tuple[tuple[Figure | None, ...], ...]
    opaque: tuple[tuple[bool, ...], ...]
    printed: tuple[tuple[int, ...], ...]
    """What stands there whatever its unit, 0 for nothing; figures that were left out are in units of their own."""
    turned: bool = False
    """Its items are columns."""
    wholes: frozenset[int] = frozenset()
    """Cases whose columns are said to sum up the others: a line that prints amounts beside those of the total and none
    here was left out."""
    unread: tuple[int, ...] = ()
    """Numbers in the captions of lines without figures: one that the reader may have missed."""
    aside: tuple[Mapping[int, Sequence[int]], ...] = ()
    """For each case the digits of what its column prints in lines of other units, and in which lines: a unit may have
    been misread."""

    @cached_property
    def legible(self) -> frozenset[int]:
        """Cases of which nothing is left out that a line prints, so that none of its sums is passed over."""
        hidden = frozenset(place for row in self.opaque for place, left_out in enumerate(row) if left_out)
        return frozenset(range(self.width)) - self.wholes - hidden

    @cached_property
    def filled(self) -> tuple[tuple[int, ...], ...]:
        """Its values, 0 where nothing is printed."""
        return tuple(tuple(value or 0 for value in row) for row in self.values)

    @cached_property
    def negated(self) -> tuple[tuple[int, ...], ...]:
        """Its values with the other sign, 0 where nothing is printed."""
        return tuple(tuple(-value for value in row) for row in self.filled)

    @property
    def width(self) -> int:
        """How many cases there are."""
        return len(self.cases)


def foots(figure: Figure) -> bool:
    """Whether a figure may stand in a sum at all."""
    if not figure.additive or figure.value is None or figure.unit.is_relative:
        return False
    return sensible(figure.value) and sensible(figure.step)


def _summable(statement: Statement) -> Sequence[Sequence[Figure | None]]:
    """The figures of each line, without those that stand in no sum."""
    return [
        [_spread(figure) if figure is not None and foots(figure) else None for figure in line.figures]
        for line in statement.lines
    ]


def _spread(figure: Figure) -> Figure:
    """The figure; where it is cut off, with a step as wide again, for sums to be believed whichever way they miss. The
    verdict is exact elsewhere."""
    return evolve(figure, step=2 * figure.step) if figure.is_cut_off else figure


def sensible(number: Decimal) -> bool:
    """Whether a number can be a whole number of sensible size in a unit shared with others."""
    return number.is_finite() and _fits(number)


@remembered(8192)
def _fits(number: Decimal) -> bool:
    return (
        -_FINEST_PLACES <= number.adjusted() < _LARGEST_EXPONENT
        and 10**_FINEST_PLACES % number.as_integer_ratio()[1] == 0
    )


def down(statement: Statement) -> tuple[Grid, ...]:
    """One grid for each unit of a table, its lines as items and its columns as cases."""
    columns = [column.index for column in statement.columns if column.role in ADDITIVE_ROLES]
    position = {column.index: place for place, column in enumerate(statement.columns)}
    places = [position[index] for index in columns]
    lines = _summable(statement)
    usual = {place: _usual_unit(_at(figures, place) for figures in lines) for place in places}
    groups: dict[Unit | None, None] = {}
    cells: dict[tuple[int, int], tuple[Unit | None, Figure]] = {}
    for row, figures in enumerate(lines):
        for place in places:
            figure = _at(figures, place)
            if figure is None:
                continue
            group = None if figure.unit == usual[place] else figure.unit
            groups[group] = None
            cells[row, place] = (group, figure)
    items = _lines(statement.lines)
    unread = _unread(statement)
    grids = []
    for group in groups:
        members = {at: figure for at, (owner, figure) in cells.items() if owner == group}
        within = {row for row, _ in members}
        rows = sorted(within)
        used = [place for place in places if any((row, place) in members for row in rows)]
        table = tuple(tuple(members.get((row, place)) for place in used) for row in rows)
        printed = tuple(tuple(_at(statement.lines[row].figures, place) for place in used) for row in rows)
        others = [(row, line.figures) for row, line in enumerate(statement.lines) if row not in within]
        aside = tuple(_placed((row, digits(_at(figures, place))) for row, figures in others) for place in used)
        grid = _grid(tuple(items[row] for row in rows), tuple(used), table, printed)
        grids.append(
            evolve(grid, wholes=_wholes([statement.columns[place] for place in used]), unread=unread, aside=aside)
        )
    return tuple(grids)


def _placed(printed: Iterable[tuple[int, int]]) -> Mapping[int, Sequence[int]]:
    """The lines in which digits are printed, by the digits."""
    found: dict[int, list[int]] = {}
    for row, number in printed:
        found.setdefault(number, []).append(row)
    return found


def _wholes(columns: Sequence[Column]) -> frozenset[int]:
    """Which of the columns are called totals of the others, of which there are two at least."""
    called = frozenset(place for place, column in enumerate(columns) if whole_column(column.member or column.head))
    return called if len(columns) - len(called) >= 2 else frozenset()


def across(statement: Statement) -> tuple[Grid, ...]:
    """The table turned: its columns as items, its lines as cases, one grid for each unit that three columns or more are
    in."""
    lines = _summable(statement)
    groups: dict[Unit, list[int]] = {}
    for place, column in enumerate(statement.columns):
        if column.role in ADDITIVE_ROLES:
            unit = _usual_unit(_at(figures, place) for figures in lines)
            if unit is not None:
                groups.setdefault(unit, []).append(place)
    return tuple(_turned(statement, lines, places) for places in groups.values() if len(places) >= 3)


def _turned(statement: Statement, lines: Sequence[Sequence[Figure | None]], places: Sequence[int]) -> Grid:
    rows = [row for row, line in enumerate(statement.lines) if any(_at(line.figures, place) for place in places)]
    table: list[list[Figure | None]] = [[] for _ in places]
    printed: list[list[Figure | None]] = [[] for _ in places]
    for row in rows:
        figures = [_at(lines[row], place) for place in places]
        unit = _usual_unit(figures)
        for at, figure in enumerate(figures):
            table[at].append(figure if figure is not None and figure.unit == unit else None)
            printed[at].append(_at(statement.lines[row].figures, places[at]))
    items = tuple(_column(statement.columns[place], place) for place in places)
    return evolve(
        _grid(items, tuple(rows), tuple(map(tuple, table)), tuple(map(tuple, printed))),
        turned=True,
        unread=_unread(statement),
    )


def _unread(statement: Statement) -> tuple[int, ...]:
    """Amounts that stand in captions: figures whose columns, or whose lines, were not told apart. How many shares are
    authorized or issued is no amount of a column."""
    found = (
        number
        for line in statement.lines
        if line.untold or not _SHARES.search(line.caption)
        for number in (_UNTOLD if line.untold else _NUMBER).findall(line.caption)
    )
    return tuple(int(number.replace(",", "")) for number in islice(found, _MOST_UNREAD))


def mirrored(grid: Grid) -> Grid:
    """The same grid with its items from last to first, for totals that stand before their parts."""
    return chosen(grid, range(len(grid.items) - 1, -1, -1))


def chosen(grid: Grid, items: Sequence[int]) -> Grid:
    """The grid of some of its items, in the order given."""
    return evolve(
        grid,
        items=tuple(grid.items[item] for item in items),
        values=tuple(grid.values[item] for item in items),
        steps=tuple(grid.steps[item] for item in items),
        figures=tuple(grid.figures[item] for item in items),
        opaque=tuple(grid.opaque[item] for item in items),
        printed=tuple(grid.printed[item] for item in items),
    )


def without(grid: Grid, case: int) -> Grid:
    """The grid without one of its cases."""
    return some_cases(grid, [place for place in range(grid.width) if place != case])


def some_cases(grid: Grid, places: Sequence[int]) -> Grid:
    """The grid of some of its cases, in the order given."""
    return evolve(
        grid,
        cases=tuple(grid.cases[place] for place in places),
        values=tuple(tuple(row[place] for place in places) for row in grid.values),
        steps=tuple(tuple(row[place] for place in places) for row in grid.steps),
        figures=tuple(tuple(row[place] for place in places) for row in grid.figures),
        opaque=tuple(tuple(row[place] for place in places) for row in grid.opaque),
        printed=tuple(tuple(row[place] for place in places) for row in grid.printed),
        wholes=frozenset(at for at, place in enumerate(places) if place in grid.wholes),
        aside=tuple(grid.aside[place] for place in places) if grid.aside else (),
    )


def between_read(grid: Grid, ends: tuple[int, int], lines: Sequence[Line]) -> bool:
    """Whether all between two items was read: no line of another unit, none that may have figures in its caption."""
    first, last = ends
    known = {grid.items[item].position for item in range(first, last)}
    between = enumerate(lines[grid.items[first].position : grid.items[last].position], grid.items[first].position)
    return all(
        position in known and not numbers.run_together(line.caption)
        if not line.is_heading
        else not line.untold and not any(map(str.isdigit, line.caption))
        for position, line in between
    )


def _at(figures: Sequence[Figure | None], place: int) -> Figure | None:
    return figures[place] if place < len(figures) else None


def _usual_unit(figures: Iterable[Figure | None]) -> Unit | None:
    units = Counter([figure.unit for figure in figures if figure is not None])
    return units.most_common(1)[0][0] if units else None


def _lines(lines: Sequence[Line]) -> tuple[Item, ...]:
    items = []
    for row, line in enumerate(lines):
        above = lines[row - 1] if row else None
        heading = above is not None and above.is_heading
        items.append(Item(row, line.caption, line.under, line.indent, line.bold, line.rule_above, heading))
    return tuple(items)


def _column(column: Column, place: int) -> Item:
    return Item(
        place,
        column.member or column.head,
        (str(column.period.end) + str(column.period.months),) if column.period else (),
    )


def _grid(
    items: tuple[Item, ...],
    cases: tuple[int, ...],
    table: tuple[tuple[Figure | None, ...], ...],
    printed: tuple[tuple[Figure | None, ...], ...],
) -> Grid:
    exponent = min((_exponent(figure) for row in table for figure in row if figure is not None), default=0)
    values = tuple(tuple(None if figure is None else _whole(figure, exponent) for figure in row) for row in table)
    steps = tuple(tuple(0 if figure is None else _step(figure, exponent) for figure in row) for row in table)
    opaque = tuple(
        tuple(chosen is None and shown is not None for chosen, shown in zip(row, shown_row, strict=True))
        for row, shown_row in zip(table, printed, strict=True)
    )
    shown = tuple(
        tuple(value if value is not None else digits(figure) for value, figure in zip(row, shown_row, strict=True))
        for row, shown_row in zip(values, printed, strict=True)
    )
    return Grid(items, cases, values, steps, table, opaque, shown)


def _exponent(figure: Figure) -> int:
    assert figure.value is not None
    if figure.step and not figure.value % figure.step:  # as nearly always: then the step is the finer of the two
        return min(_power(figure.step), 0) if not figure.value else _power(figure.step)
    return min(_power(figure.value), _power(figure.step))


@remembered(256)
def _power(number: Decimal) -> int:
    """The power of ten that its last digit other than zero stands for; 0 for nothing."""
    return int(number.normalize().as_tuple().exponent) if number else 0


def _whole(figure: Figure, exponent: int) -> int:
    assert figure.value is not None
    return int(figure.value.scaleb(-exponent))


def _step(figure: Figure, exponent: int) -> int:
    return int(figure.step.scaleb(-exponent))


def digits(figure: Figure | None) -> int:
    """The digits of a figure as one whole number, without the nothings at its end; 0 for what is none."""
    if figure is None or figure.value is None or not sensible(figure.value):
        return 0
    return int("".join(str(digit) for digit in figure.value.normalize().as_tuple().digits))
