"""The statements on the sheets of the workpaper as they are laid out: amounts, tick marks beside them, totals as
formulas that foot them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from checker.core.expression import Variable
from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.core.report import Checked
from checker.core.statement import Line, Statement
from checker.core.value import evolve, frozen
from checker.lexicon.one_scale import scale_word
from checker.report.amounts import places
from checker.report.html_statements import levels, name
from checker.report.marks import STATUSES
from checker.report.xlsx_paper import FIGURES, FIRST, Paper, Placed
from checker.report.xlsx_values import Cell, Formula, Plain, Row, Sheet, Value, reference

AMOUNT = "E"
"""The column of the amounts on the sheet of figures."""
LONGEST = 15
"""Digits that a spreadsheet keeps of a number."""
_CAPTION, _TICK, _REMARK, _OWN_TICKS = 46, 8, 34, 11
_NARROWEST, _WIDEST = 10, 17
_MOST_NUMBERS = 4
"""Findings that are named beside a line."""


@frozen
class _Laid:
    """A table on its sheet, and by total the figures that foot to it, with their signs."""

    paper: Paper
    placed: Placed
    footed: Mapping[str, Sequence[tuple[int, str]]]


def statements(paper: Paper) -> Iterator[Sheet]:
    """Every sheet of statements, in order."""
    for sheet, several in groupby(paper.placed, key=lambda one: one.sheet):
        yield _sheet(sheet, list(several), paper)


def _sheet(named: str, tables: Sequence[Placed], paper: Paper) -> Sheet:
    checked = paper.report.documents[tables[0].document]
    rows: list[Row] = []
    for placed in tables:
        rows += _table(placed, paper)
        rows.append(())
    most = max(len(one.statement.columns) for one in tables)
    widths = [_CAPTION, *[width for at in range(most) for width in (_width(tables, at), _TICK)], _REMARK, _OWN_TICKS]
    return Sheet(named, (f"{named}: {checked.source.path}",), (), rows, widths, laid_out=True)


def _width(tables: Sequence[Placed], at: int) -> int:
    """The width of a column of amounts: that of its longest."""
    said = (line.figures[at] for one in tables for line in one.statement.lines if at < len(line.figures))
    longest = max((len(figure.text) for figure in said if figure is not None), default=0)
    return max(_NARROWEST, min(_WIDEST, longest + 2))


def _table(placed: Placed, paper: Paper) -> Iterator[Row]:
    """A table with its title, what is said of it, its heads and its lines."""
    statement, checked = placed.statement, paper.report.documents[placed.document]
    yield (Cell(name(statement), bold=True),)
    yield (Cell(_about(statement, checked), soft=True),)
    heads = [Cell(column.head, bold=True, right=True, wrap=True) for column in statement.columns]
    after = (Cell("Remarks", bold=True, right=False), Cell("Reviewer", bold=True, right=False))
    yield (Cell("", bold=True), *[cell for head in heads for cell in (head, Cell("", bold=True))], *after)
    laid = _Laid(paper, placed, _footed(statement, checked))
    for line, level in zip(statement.lines, levels(statement.lines), strict=True):
        yield _line(line, level, laid)


def _about(statement: Statement, checked: Checked) -> str:
    counted = [
        checked.coverage[figure.id] for figure in statement.figures if figure.counts and figure.id in checked.coverage
    ]
    tested = f"{sum(said.tested for said in counted)} of {len(counted)} figures tested"
    scales = {Fraction(figure.scale) for figure in statement.figures if figure.unit.takes_scale}
    scale = scale_word(next(iter(scales))) if len(scales) == 1 else ""
    parts = (
        f"table {statement.index + 1}",
        statement.kind or "",
        scale,
        tested,
        "copied from elsewhere" if statement.summary else "",
    )
    return " · ".join(part for part in parts if part)


def _line(line: Line, level: int, laid: _Laid) -> Row:
    paper, placed = laid.paper, laid.placed
    bold = line.bold or line.is_heading
    drawn = Cell(None, bold=bold, right=True, above=line.rule_above, double=line.double_rule_below)
    cells: list[Value] = [Cell(" ".join(line.caption.split()), indent=level, bold=bold, wrap=not line.is_heading)]
    for figure in line.figures:
        if figure is None:
            cells += [None, None]
            continue
        said = paper.known[placed.document].said(figure)
        fill = said.status if figure.counts and said.status != "agreed" else ""
        cells += [
            evolve(drawn, value=_amount(figure, laid), fill=fill),
            Cell(_marks(figure, placed, paper), to=paper.told(placed.document, figure), fill=fill, right=False),
        ]
    if line.is_heading:
        return tuple(cells)
    return (*cells, Cell(_remarks(line, placed, paper), soft=True, wrap=True, right=False), Cell("", entry=True))


def _marks(figure: Figure, placed: Placed, paper: Paper) -> str:
    """The sign of the status and the tick marks, as beside the figures of every report."""
    said = paper.known[placed.document].said(figure)
    if not (figure.counts or said.tested):
        return ""
    sign = "" if said.status == "agreed" and said.ticks else STATUSES[said.status][0]
    return " ".join(one for one in (sign, *(said.ticks if said.tested else ())) if one)


def _remarks(line: Line, placed: Placed, paper: Paper) -> str:
    """What is probably wrong in a line, and the numbers of the findings that say so."""
    known = paper.known[placed.document]
    said, numbers = list[str](), list[int]()
    for figure in line.figures:
        if figure is None:
            continue
        if (suspect := known.suspects.get(figure.id)) is not None and suspect.proposed:
            said.append(f"{figure.text} {known.sureness(figure)} {suspect.proposed}")
        touching = [one for one in known.touching.get(figure.id, ()) if one.severity is not None]
        numbers += [paper.findings[placed.document, one.id].number for one in touching]
    shown = sorted(dict.fromkeys(numbers))
    if shown:
        more = f" and {len(shown) - _MOST_NUMBERS} more" if len(shown) > _MOST_NUMBERS else ""
        said.append(f"finding {', '.join(str(one) for one in shown[:_MOST_NUMBERS])}{more}")
    return "; ".join(said)


# ---- amounts ---------------------------------------------------------------------------------------------------------


def _amount(figure: Figure, laid: _Laid) -> Plain:
    """The amount in the scale it is printed in: a total as the formula that foots it, any other as what the sheet of
    figures says."""
    paper, placed = laid.paper, laid.placed
    if figure.value is None or len(format(figure.value, "f").strip("-0.").replace(".", "")) > LONGEST:
        return figure.text
    decimals, percent = places(figure.step / figure.scale), figure.text.rstrip(") ").endswith("%")
    terms = laid.footed.get(figure.id)
    if terms:
        written = "".join(f"{'+' if sign > 0 else '-'}{_cell_of(one, placed, paper)}" for sign, one in terms)
        return Formula(f"={written.removeprefix('+')}", decimals, percent)
    row = paper.figures.get((placed.document, figure.id), FIRST)
    scale = f"/{figure.scale:f}" if figure.scale != 1 else ""
    return Formula(f"={reference(FIGURES, f'{AMOUNT}{row}')}{scale}", decimals, percent)


def _cell_of(figure: str, placed: Placed, paper: Paper) -> str:
    _, line, at = paper.cells[placed.document, figure]
    return placed.cell(line, at)


def _footed(statement: Statement, checked: Checked) -> Mapping[str, Sequence[tuple[int, str]]]:
    """By total: the figures of the same statement that come to it exactly, with their signs. No formula leads back to
    itself."""
    here = {figure.id: figure for figure in statement.figures}
    at = {figure.id: line.index for line in statement.lines for figure in line.figures if figure is not None}
    candidates: dict[str, list[tuple[tuple[bool, bool, int], Sequence[tuple[int, str]]]]] = {}
    for finding in checked.findings:
        total = finding.check.left
        if isinstance(total, Variable) and total.figure in here and (terms := _terms(finding, total.figure, here)):
            below = any(at[one] > at[total.figure] for _, one in terms)
            sums = any(one.startswith("structure/sums") for one in (finding.check.rule, *finding.check.also))
            candidates.setdefault(total.figure, []).append(((below, not sums, -len(terms)), terms))
    found: dict[str, Sequence[tuple[int, str]]] = {}
    for name_ in sorted(candidates, key=lambda one: at[one]):
        for _, terms in sorted(candidates[name_], key=lambda one: one[0]):
            if not _leads_back(name_, terms, found):
                found[name_] = terms
                break
    return found


def _terms(finding: Finding, total: str, here: Mapping[str, Figure]) -> Sequence[tuple[int, str]]:
    """The figures that a total is the sum of, with their signs, in the order of the relation; nothing where it is none
    that holds to the last digit."""
    if finding.verdict != "agrees" or finding.check.comparison != "=" or finding.check.percent:
        return ()
    shares = {share.figure: share.coefficient for share in finding.shares}
    whole, figure = shares.get(total), here[total]
    if not whole or figure.value is None:
        return ()
    terms, come_to = list[tuple[int, str]](), Fraction(0)
    for one in finding.check.figures:
        coefficient, part = shares.get(one.id), here.get(one.id)
        if one.id == total:
            continue
        if (
            part is None
            or coefficient is None
            or abs(coefficient) != abs(whole)
            or part.scale != figure.scale
            or part.unit != figure.unit
        ):
            return ()
        sign = -1 if coefficient / whole > 0 else 1
        come_to += sign * Fraction(part.value or 0)
        terms.append((sign, one.id))
    return terms if len(terms) > 1 and come_to == figure.value else ()


def _leads_back(total: str, terms: Sequence[tuple[int, str]], made: Mapping[str, Sequence[tuple[int, str]]]) -> bool:
    """Whether something that a formula adds up is itself made of the total."""
    waiting, seen = [one for _, one in terms], set[str]()
    while waiting:
        one = waiting.pop()
        if one == total:
            return True
        if one not in seen:
            seen.add(one)
            waiting += [part for _, part in made.get(one, ())]
    return False
