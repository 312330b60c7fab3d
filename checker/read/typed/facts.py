"""Facts without print as a release: each concept a line, each period and set of dimensions a column, in the statements
that the filing's presentation shows.

Where nothing says which statements there are, they are told by the concepts: amounts of a day, flows of cash, other
flows. Every fact stands once. The order of such lines is no print, so that no sums are sought among them; rules by name
and the filing's own calculations judge them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import count

from attrs import frozen

from checker.core.fact import Dimensions, Fact, Shown, Tagging
from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.release import Release, Source
from checker.core.statement import Column, Kind, Line, Statement
from checker.lexicon.concepts import concept_name, kind_of, printed

_MOST_COLUMNS = 400
"""Columns of one statement: the latest come first, the rest go on in a further one."""
_MOST_PARTS = 10
"""Statements that the columns of one may go on in: memory would go to empty cells."""
_Cell = tuple[Period | None, Dimensions]


@frozen
class _Sheet:
    """One statement to be: its title, its kind, and the facts of its concepts in order."""

    title: str
    kind: Kind | None
    concepts: Mapping[str, Sequence[Fact]]
    depths: Mapping[str, int]


def release_of_facts(source: Source, tagging: Tagging) -> Release:
    """The release of the facts, with the figure that stands for each of them as its twin."""
    ids = count(1)
    twins: dict[str, str] = {}
    statements: list[Statement] = []
    for sheet in _sheets(tagging):
        for cells in _cells(sheet):
            made = _statement(sheet, cells, (len(statements), tagging), (ids, twins))
            if made.lines:
                statements.append(made)
    return Release(source, tuple(statements), tags=tagging, twins=twins)


# ---- which statements ------------------------------------------------------------------------------------------------


def _sheets(tagging: Tagging) -> Iterator[_Sheet]:
    left: dict[str, list[Fact]] = {}
    seen: set[tuple[object, ...]] = set()
    for fact in tagging.facts:
        if not fact.nil and fact.value is not None and fact.sort not in seen:
            seen.add(fact.sort)
            left.setdefault(fact.concept, []).append(fact)
    roles: dict[str, list[Shown]] = {}
    for one in tagging.shown:
        roles.setdefault(one.network, []).append(one)
    for role in sorted(roles, key=lambda role: (tagging.networks.get(role, "~"), role)):
        yield from _shown(role, roles[role], (tagging, left))
    yield from _unshown(left)


def _shown(role: str, lines: Sequence[Shown], known: tuple[Tagging, dict[str, list[Fact]]]) -> Iterator[_Sheet]:
    """The statement of one role: facts of its concepts whose axes it shows too, each taken once."""
    tagging, left = known
    names = {one.concept for one in lines}
    taken: dict[str, list[Fact]] = {}
    for line in lines:
        facts = left.get(line.concept, ())
        mine = [fact for fact in facts if _fits(fact, names)]
        if mine:
            taken.setdefault(line.concept, []).extend(mine)
            left[line.concept] = [fact for fact in facts if not _fits(fact, names)]
    if taken:
        title = (
            re.sub(r"^\d+\s*-\s*(?:Statement|Disclosure|Document)\s*-\s*", "", tagging.networks.get(role, ""))
            or role.rpartition("/")[2]
        )
        yield _Sheet(title, kind_of(taken), taken, {line.concept: line.depth for line in lines})


def _fits(fact: Fact, names: Set[str]) -> bool:
    return all(axis in names for axis, _ in fact.dimensions)


def _unshown(left: Mapping[str, Sequence[Fact]]) -> Iterator[_Sheet]:
    """What no role shows: amounts of a day, flows of cash and other flows; what has dimensions apart, axis by axis."""
    plain: dict[Kind, dict[str, list[Fact]]] = {}
    apart: dict[tuple[str, ...], dict[str, list[Fact]]] = {}
    for concept, facts in left.items():
        for fact in facts:
            if fact.dimensions:
                apart.setdefault(tuple(axis for axis, _ in fact.dimensions), {}).setdefault(concept, []).append(fact)
            else:
                kind: Kind = (
                    "balance sheet"
                    if fact.period is None or fact.period.is_instant
                    else (kind_of((concept,)) or "income statement")
                )
                plain.setdefault(kind, {}).setdefault(concept, []).append(fact)
    for kind, concepts in sorted(plain.items()):
        yield _Sheet(f"Facts: {kind}", kind, concepts, {})
    for axes, concepts in sorted(apart.items()):
        yield _Sheet(f"Facts by {', '.join(printed(axis) for axis in axes)}", "notes", concepts, {})


# ---- lines and columns -----------------------------------------------------------------------------------------------


def _cells(sheet: _Sheet) -> Iterator[Sequence[_Cell]]:
    """The columns of a statement, latest first and the whole before its parts, cut into statements of a bounded
    width."""
    cells = {(fact.period, fact.dimensions) for facts in sheet.concepts.values() for fact in facts}
    ordered = sorted(cells, key=_order)
    for start in range(0, min(len(ordered), _MOST_PARTS * _MOST_COLUMNS), _MOST_COLUMNS):
        yield ordered[start : start + _MOST_COLUMNS]


def _order(cell: _Cell) -> tuple[bool, Dimensions, int, int]:
    period, dimensions = cell
    end = period.end if period is not None and period.end is not None else dt.date.min
    return bool(dimensions), dimensions, -end.toordinal(), -(period.months or 0) if period is not None else 0


def _statement(
    sheet: _Sheet, cells: Sequence[_Cell], where: tuple[int, Tagging], made: tuple[count[int], dict[str, str]]
) -> Statement:
    index, tagging = where
    columns = tuple(_column(number, cell) for number, cell in enumerate(cells))
    at = {cell: number for number, cell in enumerate(cells)}
    lines: list[Line] = []
    for concept, facts in sheet.concepts.items():
        row: dict[int, Figure] = {}
        for fact in facts:
            number = at.get((fact.period, fact.dimensions))
            if number is not None and number not in row:
                row[number] = _figure(fact, sheet, (columns[number], tagging), made)
        if row:
            caption = concept_name(concept, tagging.labels)
            lines.append(
                Line(
                    len(lines),
                    caption,
                    indent=sheet.depths.get(concept, 0),
                    figures=tuple(row.get(number) for number in range(len(cells))),
                    concept=concept,
                )
            )
    return Statement(index, sheet.kind, sheet.title, columns, tuple(lines))


def _column(number: int, cell: _Cell) -> Column:
    period, dimensions = cell
    member = ", ".join(printed(member) for _, member in dimensions)
    return Column(number, " ".join(filter(None, (period.text if period else "", member))), period, member=member)


def _figure(
    fact: Fact, sheet: _Sheet, column: tuple[Column, Tagging], made: tuple[count[int], dict[str, str]]
) -> Figure:
    ids, twins = made
    name = f"f{next(ids)}"
    twins[fact.id] = name
    value = fact.value
    assert value is not None
    shown = f"({abs(value):,f})" if value < 0 else f"{value:,f}"
    return Figure(
        id=name,
        text=shown,
        value=value,
        step=fact.step,
        unit=fact.unit,
        caption=concept_name(fact.concept, column[1].labels),
        place=fact.place,
        statement=sheet.kind,
        period=fact.period,
        additive=not fact.unit.is_relative and not fact.unit.is_per_share,
        head=column[0].head,
        why=(f"tag: {fact.concept}", *(f"{axis}: {member}" for axis, member in fact.dimensions)),
    )
