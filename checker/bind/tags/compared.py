"""Facts beside the figures that their tags enclose, line by line: where tag and print say the same, where one tag of a
line stands apart, and where all of a line do.

Within one line of a table all amounts of one concept have one scale, one unit, and one way to print a sign; each column
has its period. A tag that alone departs from that is wrong, or its print is. Where all tags of a line depart from what
was read in the same way, it is the reading that is doubtful.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property

from attrs import field, frozen

from checker.bind.tags.facts import comparable
from checker.core.fact import Dimensions, Fact
from checker.core.figure import Figure
from checker.core.period import Period, near
from checker.core.release import Release
from checker.core.statement import Column, Line, Statement
from checker.core.unit import PERCENT, RATIO

LineKey = tuple[int, int]
"""Statement and line."""


@frozen(eq=False)
class Pair:
    """A fact and the figure that its tag encloses; `line` and `column` where that stands in a table."""

    fact: Fact
    figure: Figure
    statement: Statement | None = None
    line: Line | None = None
    column: Column | None = None

    @property
    def key(self) -> LineKey | None:
        """Statement and line, by their numbers."""
        return None if self.statement is None or self.line is None else (self.statement.index, self.line.index)

    @cached_property
    def stated(self) -> Decimal:
        """What the tag states, in the measure of the figure; 0 where it states nothing."""
        return comparable(self.fact, self.figure) or Decimal(0)

    @property
    def step(self) -> Decimal:
        """What the tag says that it is rounded to, in the measure of the figure; 0 where it says that it is exact."""
        return self.fact.step * 100 if self.figure.unit == PERCENT and self.fact.unit == RATIO else self.fact.step

    @property
    def printed(self) -> Decimal:
        """What print says, as it was read; 0 where that is no number."""
        return self.figure.value or Decimal(0)

    @property
    def is_same_size(self) -> bool:
        """Whether both say the same, signs aside."""
        return abs(self.stated) == abs(self.printed)

    @property
    def sign(self) -> int:
        """1 where the tag has the sign that is printed, -1 where it has the other, 0 where one of them is nought."""
        product = self.stated * self.printed
        return 0 if not product else 1 if product > 0 else -1


@frozen(eq=False)
class Group:
    """The pairs of one line that state one concept in the same dimensions: in other columns, for other periods."""

    pairs: tuple[Pair, ...]

    @property
    def signs(self) -> Counter[int]:
        """How often the tags have the printed sign, and the other."""
        return Counter(pair.sign for pair in self.pairs if pair.sign)


@frozen(eq=False)
class Compared:
    """All pairs of a release."""

    pairs: tuple[Pair, ...]
    groups: tuple[Group, ...]
    lines: dict[LineKey, tuple[Pair, ...]] = field(factory=dict)

    @cached_property
    def _periods(self) -> dict[tuple[int, int, bool], Counter[Period]]:
        counted: dict[tuple[int, int, bool], Counter[Period]] = {}
        for pair in self.pairs:
            if pair.statement is not None and pair.column is not None and pair.fact.period is not None:
                counted.setdefault((pair.statement.index, pair.column.index, pair.fact.period.is_instant), Counter())[
                    pair.fact.period
                ] += 1
        return counted

    def period_of_column(self, pair: Pair) -> Period | None:
        """The period that the other tags of its column have, days or stretches of time as its own: all but one in ten,
        and a few at least."""
        own = pair.fact.period
        if pair.statement is None or pair.column is None or own is None:
            return None
        counts = self._periods[pair.statement.index, pair.column.index, own.is_instant]
        rest = counts.total() - 1
        if rest < FEWEST:
            return None
        found = ((period, count - (period == own)) for period, count in counts.most_common(2))
        period, most = max(found, key=lambda one: one[1])
        return period if most * 10 >= 9 * rest else None


_WIDEST = 200
"""Tags of one line that are compared with each other: more columns than any statement has."""
FEWEST = 4
"""Tags of a column that have to have one period for it to be that of the column."""


def compared(release: Release) -> Compared:
    """The facts of a release that stand on printed figures, with these."""
    stands = {
        figure.id: (statement, line, column)
        for statement in release.statements
        for line in statement.lines
        for column, figure in zip(statement.columns, line.figures, strict=False)
        if figure is not None
    }
    figures = {figure.id: figure for figure in release.figures}
    pairs = tuple(_pairs(release, figures, stands))
    lines: dict[LineKey, list[Pair]] = {}
    groups: dict[tuple[LineKey, str, Dimensions], list[Pair]] = {}
    for pair in pairs:
        if pair.key is not None:
            line, group = (
                lines.setdefault(pair.key, []),
                groups.setdefault((pair.key, pair.fact.concept, pair.fact.dimensions), []),
            )
            line += [pair] if len(line) < _WIDEST else []
            group += [pair] if len(group) < _WIDEST else []
    return Compared(
        pairs,
        tuple(Group(tuple(found)) for found in groups.values()),
        {key: tuple(found) for key, found in lines.items()},
    )


def _pairs(
    release: Release, figures: dict[str, Figure], stands: dict[str, tuple[Statement, Line, Column]]
) -> Iterable[Pair]:
    for fact in release.tags.facts:
        figure = figures.get(release.twins.get(fact.id, ""))
        if figure is not None and figure.value is not None and fact.value is not None:
            yield Pair(fact, figure, *stands.get(figure.id, (None, None, None)))


def same_period(one: Period | None, two: Period | None) -> bool:
    """Whether two periods are the same, give or take the slack of fiscal calendars."""
    if one is None or two is None or one.is_instant != two.is_instant:
        return one is two
    return near(one.end, two.end) and (one.is_instant or near(one.start, two.start))


def others(pair: Pair, among: Sequence[Pair]) -> list[Pair]:
    """The rest of a group."""
    return [one for one in among if one is not pair]
