"""A cell that prints nothing where every other line of its column and every other column of its line print something:
an amount was lost there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set

from checker.core.figure import Figure
from checker.core.problem import Problem
from checker.core.release import Release
from checker.core.statement import Line, Statement
from checker.core.structure import Sum
from checker.judge.table import BLANK_AMONG
from checker.structure.grid import ADDITIVE_ROLES


def blanks(release: Release, sums: Sequence[Sum], told: Set[int]) -> Iterator[Problem]:
    """A warning for the one blank cell of a table, but for tables `told` of otherwise. Where a sum holds with nothing
    in its place, nothing was lost."""
    by_table: dict[int, list[Sum]] = {}
    for one in sums:
        by_table.setdefault(one.statement, []).append(one)
    for statement in release.statements:
        found = _alone(statement) if statement.index not in told else None
        if found is not None:
            line, column = found
            beside = [figure for figure in line.figures if figure is not None]
            if (
                line.caption
                and _expected(statement, beside, column)
                and (line.index, column) not in _nothing(statement, by_table.get(statement.index, ()))
            ):
                message = (
                    "a line prints nothing in one column, where every other line and every other column print an amount"
                )
                yield Problem("P203", "warning", message, release.source.path, beside[0].place)


def _alone(statement: Statement) -> tuple[Line, int] | None:
    """The one blank cell of its line and of its column, in a table of several columns that has no second such cell;
    None where there is none."""
    width = len(statement.columns)
    lines = [line for line in statement.lines if any(line.figures)]
    if width < 2 or len(lines) < BLANK_AMONG:
        return None
    blank = [
        [place for place in range(width) if place >= len(line.figures) or line.figures[place] is None] for line in lines
    ]
    often = Counter(place for places in blank for place in places)
    found = [
        (line, places[0])
        for line, places in zip(lines, blank, strict=True)
        if len(places) == 1 and often[places[0]] == 1
    ]
    return found[0] if len(found) == 1 else None


def _expected(statement: Statement, beside: Sequence[Figure], column: int) -> bool:
    """Whether an amount is expected there, of the unit that all others of the line and most of the column have."""
    units = Counter(
        figure.unit
        for line in statement.lines
        if column < len(line.figures) and (figure := line.figures[column]) is not None
    )
    usual = units.most_common(1)[0][0]
    return statement.columns[column].role in ADDITIVE_ROLES and all(
        figure.additive and figure.unit == usual for figure in beside
    )


def _nothing(statement: Statement, sums: Sequence[Sum]) -> Set[tuple[int, int]]:
    """Line and column of each addend that prints nothing where its sum holds without it."""
    column_of = {
        figure.id: place for line in statement.lines for place, figure in enumerate(line.figures) if figure is not None
    }
    found: set[tuple[int, int]] = set()
    for one in sums:
        if one.kind in ("total", "roll-forward"):
            places = {column_of[each.total] for each in one.instances if each.holds and each.total in column_of}
            found |= {(line, place) for _, line in one.terms for place in places}
    return found
