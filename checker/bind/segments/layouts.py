"""Finds what a table gives by segment, in each way that releases print it.

Segments are columns (`Revenues | Americas 10 | Europe 7 | Total 17`), sections with a line of every measure (`Americas:
Net sales 10, Operating income 3`), or lines: under a heading or above a total that names the measure, or beside columns
headed by it. A table that can be read in two ways gives nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from checker.bind.index import Spot
from checker.bind.segments.breakdown import Breakdown, Part
from checker.bind.segments.words import measured, measures_named, nameable, totalled, whole
from checker.core.caption import normal
from checker.core.period import Period
from checker.core.statement import Column, Line, Statement
from checker.core.structure import Sum
from checker.core.value import frozen

Bears = Callable[[str], bool | None]
"""Whether a caption bears the name that is sought: None where it does not, else whether what it prints unsigned is the
negative of it."""
FEWEST = 2
"""Fewer segments break nothing down."""
_MEASURES = ("amount", "percent")
"""Roles of columns that may give a measure: what a percentage is of, the words must say."""
MOST = 64
"""Lines further above a total than this are not looked at: nobody prints so many segments."""


def breakdowns(statement: Statement, bears: Bears, sums: Sequence[Sum]) -> tuple[Breakdown, ...]:
    """Everything the table gives by segment of what the name means; `sums` are those inferred in it."""
    found = (*_by_columns(statement, bears), *_by_sections(statement, bears), *_by_lines(statement, bears, sums))
    return tuple(one for one in found if len(one.parts) >= FEWEST and len(one.names) == len(one.parts))


# ---- segments are columns --------------------------------------------------------------------------------------------


def _by_columns(statement: Statement, bears: Bears) -> Iterator[Breakdown]:
    groups: dict[Period | None, list[Column]] = {}
    for column in statement.columns:
        if column.role == "amount":
            groups.setdefault(column.period, []).append(column)
    lines = [
        (line, turned)
        for line in statement.lines
        if not line.is_heading and (turned := bears(line.caption)) is not None
    ]
    for columns in groups.values() if lines else ():
        total, parts = _whole_and_parts(columns)
        heads = " ".join(column.head for column in columns)
        for line, turned in lines if len(parts) >= FEWEST else ():
            spot = Spot(statement, line, turned)
            given = [part for column in parts if (part := _part(spot, column, column.member))]
            yield Breakdown(statement, tuple(given), _part(spot, total, total.member) if total else None, heads)


def _whole_and_parts(columns: Sequence[Column]) -> tuple[Column | None, list[Column]]:
    """The column of the total, first or last of those of one period, and those that it adds up; no parts where a column
    has no name or both ends are totals."""
    parts = [column for column in columns if not whole(column.member)]
    first, last = columns[0], columns[-1]
    if not all(column.member for column in columns) or (first not in parts and last not in parts):
        return None, []
    return (last if last not in parts else first if first not in parts else None), parts


def _part(spot: Spot, column: Column, name: str) -> Part | None:
    figure = spot.line.figures[column.index] if column.index < len(spot.line.figures) else None
    return Part(name.strip(), figure, spot, column) if figure is not None and figure.value is not None else None


# ---- segments are sections -------------------------------------------------------------------------------------------


def _by_sections(statement: Statement, bears: Bears) -> Iterator[Breakdown]:
    beside: dict[tuple[str, ...], dict[tuple[str, ...], list[Spot]]] = {}
    for line in statement.lines:
        turned = bears(line.caption) if line.under and not line.is_heading else None
        if turned is not None and bears(line.under[-1]) is None:
            beside.setdefault(line.under[:-1], {}).setdefault(line.under, []).append(Spot(statement, line, turned))
    for sections in beside.values():
        named = {under[-1]: spots for under, spots in sections.items() if whole(under[-1]) or nameable(under[-1])}
        if any(len(spots) > 1 for spots in named.values()) or len(named) < FEWEST:
            continue
        wholes = [name for name in named if whole(name)]
        if len(wholes) > 1:
            continue
        for column in _dated(statement):
            total = _part(named[wholes[0]][0], column, wholes[0]) if wholes else None
            parts = [
                part for name, spots in named.items() if name not in wholes and (part := _part(spots[0], column, name))
            ]
            yield Breakdown(statement, tuple(parts), total)


def _dated(statement: Statement) -> list[Column]:
    """The columns of amounts that differ by their period alone."""
    amounts = [column for column in statement.columns if column.role in _MEASURES]
    return _apart([column for column in amounts if not column.member] or amounts)


def _apart(columns: Sequence[Column]) -> list[Column]:
    """Those of the columns that no other one shares its period with."""
    periods = Counter(column.period for column in columns)
    return [column for column in columns if periods[column.period] == 1]


# ---- segments are lines ----------------------------------------------------------------------------------------------


@frozen
class _Block:
    """Lines among which segments are sought, those of them that are segments, their total, and the columns that hold
    the measure."""

    region: frozenset[int]
    parts: tuple[Line, ...]
    total: Line | None
    columns: tuple[Column, ...]
    heading: str


def _by_lines(statement: Statement, bears: Bears, sums: Sequence[Sum]) -> Iterator[Breakdown]:
    for block in _blocks(statement, bears, sums) or _listed(statement, bears):
        caption = block.total.caption if block.total is not None else ""
        turned = bool(bears(caption))
        for column in block.columns:
            total = (
                _part(Spot(statement, block.total, turned), column, caption or "total")
                if block.total is not None
                else None
            )
            spots = [
                (Spot(statement, line, turned), line.caption if normal(line.caption) else "".join(line.under[-1:]))
                for line in block.parts
            ]
            given = [part for spot, name in spots if (part := _part(spot, column, name))]
            units = [part.figure.unit for part in (total, *given) if part is not None]
            yield Breakdown(
                statement,
                tuple(part for part in given if part.figure.unit == units[0]),
                total,
                f"{block.heading} {caption} {column.head}",
            )


def _listed(statement: Statement, bears: Bears) -> list[_Block]:
    """The lines of a table that has nothing but segments, no total and no heading, where its title or its columns name
    the measure."""
    lines = statement.lines
    if not FEWEST <= len(lines) <= MOST or any(
        line.is_heading or _totals(line) or _bears_total(line.caption, bears) for line in lines
    ):
        return []
    columns = _columns(statement, _headed(statement, bears), _titled(statement, bears))
    return [_Block(frozenset(), lines, None, tuple(columns), "")]


def _blocks(statement: Statement, bears: Bears, sums: Sequence[Sum]) -> list[_Block]:
    """The blocks of lines that are segments; of two that stand in each other, the larger."""
    headed, titled = _headed(statement, bears), _titled(statement, bears)
    sections = frozenset(normal(line.under[-1]) for line in statement.lines if len(line.under) > 1)
    found: list[_Block] = []
    for place, line in enumerate(statement.lines):
        if not _totals(line) or measured(line.caption) in sections:
            continue
        region, heading = _region(statement.lines[max(0, place - MOST) : place], sections, bears)
        columns = _columns(statement, headed, _names(line, heading, titled, bears))
        parts = _parts(region, bears, sums) if columns else []
        if parts:
            within = frozenset(one.index for one in region)
            while found and found[-1].region <= within:
                found.pop()
            found.append(_Block(within, tuple(parts), line, tuple(columns), heading))
    return found


def _columns(statement: Statement, headed: list[Column], named: bool) -> list[Column]:
    """The columns that hold the measure: those headed by it or, where lines or the title name it, those that no other
    measure heads."""
    if headed:
        return _apart(headed)
    return _dated(statement) if named else []


def _headed(statement: Statement, bears: Bears) -> list[Column]:
    return [
        column
        for column in statement.columns
        if column.role in _MEASURES and column.member and bears(column.member) is not None
    ]


def _titled(statement: Statement, bears: Bears) -> bool:
    return any(bears(text) is not None for text in measures_named(statement))


def _names(total: Line, heading: str, titled: bool, bears: Bears) -> bool:
    """Whether the lines above a total are segments of the measure: the heading above them, the total, or the title of
    the table says so."""
    return (
        _bears_total(total.caption, bears)
        or (bool(heading) and bears(heading) is not None)
        or (titled and not measured(total.caption))
    )


def _bears_total(caption: str, bears: Bears) -> bool:
    return any(bears(text) is not None for text in (caption, totalled(caption), measured(caption)) if text)


def _totals(line: Line) -> bool:
    """Whether a line is the total of those above it: it says so, it repeats the heading, or it has no caption and a
    line is drawn above it."""
    if line.is_heading:
        return False
    caption = normal(line.caption)
    if not caption:
        return line.rule_above
    return whole(line.caption) or (bool(line.under) and caption == normal(line.under[-1]))


def _region(above: Sequence[Line], sections: frozenset[str], bears: Bears) -> tuple[list[Line], str]:
    """The lines above a total that it could add up, in print order, and the outermost heading over them (empty without
    one)."""
    region: list[Line] = []
    for line in reversed(above):
        if line.is_heading and not line.under:
            return region[::-1], line.caption
        if _totals(line) and not _inside(line, sections, bears):
            break
        region.append(line)
    return region[::-1], ""


def _inside(subtotal: Line, sections: frozenset[str], bears: Bears) -> bool:
    """Whether a total stands between the parts of a larger one: it says nothing of its own, says the same measure, or
    closes a section among the parts."""
    said = measured(subtotal.caption)
    return not said or said in sections or _bears_total(subtotal.caption, bears)


def _parts(region: Sequence[Line], bears: Bears, sums: Sequence[Sum]) -> list[Line]:
    """The lines of a region that are the segments: totals that only say so are left out, those with a name of their own
    stand for what they add up."""
    lines = [line for line in region if not line.is_heading]
    if not lines or _totals(lines[0]) or any(_bears_total(line.caption, bears) for line in lines if not _totals(line)):
        return []  # it begins with what segments come to: a reconciliation of their total
    covered = _covered(lines, sums)
    return [line for line in lines if line.index not in covered and (not _totals(line) or not normal(line.caption))]


def _covered(lines: Sequence[Line], sums: Sequence[Sum]) -> set[int]:
    """Lines that a total with a name of its own, standing right below them, adds up."""
    at = {line.index: place for place, line in enumerate(lines)}
    covered: set[int] = set()
    for one in sums:
        place = at.get(one.total)
        if one.kind != "total" or place is None or (_totals(lines[place]) and normal(lines[place].caption)):
            continue
        terms = sorted(at.get(line, -1) for _, line in one.terms)
        if (
            terms == list(range(place - len(terms), place))
            and terms[0] >= 0
            and all(coefficient == 1 for coefficient, _ in one.terms)
        ):
            covered |= {lines[term].index for term in terms}
    return covered
