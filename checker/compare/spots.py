"""Where a figure stands, in words that survive another layout: statement, caption, section, column. Compares no
amounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from checker.core.caption import normal
from checker.core.figure import Figure
from checker.core.release import Release
from checker.core.report import Checked
from checker.core.value import frozen


@frozen
class Spot:
    """A figure with what its table says of its column."""

    figure: Figure
    member: str = ""
    column: int = -1
    table: int = -1
    concept: str = ""
    """The qualified name of its concept, where the document is made of facts."""

    @property
    def caption(self) -> str:
        """The form in which captions compare."""
        return normal(self.figure.caption)

    @property
    def section(self) -> str:
        """The nearest heading above it."""
        return normal(self.figure.under[-1]) if self.figure.under else ""


def spots(checked: Checked | Release) -> Iterator[Spot]:
    """Every figure of a document with its column, those of running text last."""
    seen: set[str] = set()
    for statement in checked.statements:
        members = {column.index: normal(column.member) for column in statement.columns}
        for line in statement.lines:
            for column, figure in enumerate(line.figures):
                if figure is not None:
                    seen.add(figure.id)
                    yield Spot(figure, members.get(column, ""), column, statement.index, line.concept)
    yield from (Spot(figure) for figure in checked.figures if figure.id not in seen)


def titles(checked: Checked | Release) -> Mapping[int, str]:
    """What stands for each table in any draft: its kind, or its title."""
    return {statement.index: statement.kind or normal(statement.title) for statement in checked.statements}


def aligned(old: Checked, new: Checked) -> Iterator[tuple[Figure | None, Figure | None]]:
    """The figures of two drafts in pairs; what only one of them has stands alone. Of figures with the same words the
    first belong together."""
    before, after = dict(named(old)), dict(named(new))
    for name in dict.fromkeys((*before, *after)):
        yield before.get(name), after.get(name)


def named(checked: Checked) -> Iterator[tuple[tuple[object, ...], Figure]]:
    """Every figure with the words that stand for it in any draft: table, caption, section, period, column and unit, and
    which one of several it is."""
    tables = titles(checked)
    seen: Counter[tuple[object, ...]] = Counter()
    for spot in spots(checked):
        figure = spot.figure
        name = (
            tables.get(spot.table, "text"),
            spot.caption,
            spot.section,
            figure.period or normal(figure.head),
            spot.member,
            figure.unit,
        )
        seen[name] += 1
        yield (*name, seen[name]), figure
