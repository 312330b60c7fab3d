"""What stands on the sheets of the workpaper, row by row, as plain values: knows the report, not the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten

from checker.core.expression import (
    Absolute,
    Add,
    Constant,
    Divide,
    Expression,
    Greatest,
    Least,
    Multiply,
    Variable,
)
from checker.core.finding import Finding
from checker.core.report import Coverage, Report
from checker.report.arithmetic import judged
from checker.report.marks import STATUSES, tick_meanings
from checker.report.stories import partners
from checker.report.text import counts, coverage, sentences
from checker.report.untested import Untested
from checker.report.words import accounts, answered, weakening
from checker.report.xlsx_paper import (
    DIFFERENCES,
    FIGURES,
    FINDINGS,
    FIRST,
    LEAD,
    LEGEND,
    OPERANDS,
    RULES,
    UNTESTED,
    WAIVED,
    Numbered,
    Paper,
)
from checker.report.xlsx_statements import AMOUNT, statements
from checker.report.xlsx_values import Cell, Formula, Plain, Row, Sheet, Value, reference

_UNTESTED = Coverage()
_LONGEST_FORMULA = 8000
"""Characters; a spreadsheet takes 8,192."""
DISPOSITIONS = ("adjust", "pass", "waive")
"""What becomes of a difference: the draft is adjusted, it stays as it is, or it is waived."""
_STATEMENTS = ("income statement", "balance sheet", "cash flow")
"""Statements whose differences are added up apart."""
_RELATION = 120
"""Characters of a relation that agrees on paper; in full it stands in a column that is not printed."""
MATERIALITY = "materiality"
_BEGINNING = 100
"""Characters of a sentence that are enough to find it."""


def sheets(report: Report) -> Iterator[Sheet]:
    """Every sheet in order."""
    paper = Paper(report)
    laid = list(statements(paper))
    listed = [
        _findings(paper),
        _differences(paper),
        _waived(paper),
        _untested(paper),
        _figures(paper),
        _operands(paper),
        _legend(paper),
        _rules(report),
    ]
    every = [*listed[:3], *laid, *listed[3:]]
    yield _lead(paper, every)
    yield from every


# ---- the lead sheet --------------------------------------------------------------------------------------------------


def _lead(paper: Paper, others: Sequence[Sheet]) -> Sheet:
    """Whose paper it is, what was checked with which rules, what came of it, and where to go on."""
    report = paper.report
    given = {name: report.configuration.get(name, "") for name in ("client", "reference")}
    rows: list[Row] = [
        ("Client", given["client"]),
        ("Reference", given["reference"]),
        *(("Prepared by", ""), ("Date", ""), ("Reviewed by", ""), ("Date", ""), ()),
    ]
    for number, checked in enumerate(report.documents, 1):
        source = checked.source
        rows.append((f"Document {number}" if paper.is_of_several else "Document", Cell(source.path, bold=True)))
        rows += [("SHA-256", source.sha256), ("Format", source.format)]
        rows += [("Result", counts(checked)), ("Coverage", coverage(checked))]
        if checked.told is not None and checked.told.amounts:
            rows.append(("Sentences", sentences(checked.told)))
        told = (("Outcome", answered(checked.outcome)), ("Weakened", weakening(checked.outcome)))
        rows += [(name, said) for name, said in told if said]
        rows += [("House rule", f"{rule}: {account}") for rule, account in accounts(checked)]
        rows += [("Problem", f"{one.severity} {one.code}: {one.message}") for one in checked.problems]
        rows.append(())
    rows.append((Cell("Sheets", bold=True),))
    rows += [(Cell(one.name, to=reference(one.name, "A1")), _about(one, paper)) for one in others]
    rows += [(), ("tieout", report.version), ("SHA-256 of all rules", report.rules.sha256)]
    rows += [("Override or skip", one) for one in report.rules.overrides]
    rows += [(f"Setting {name}", value) for name, value in report.configuration.items() if name not in given]
    rows += [("Problem", f"{one.severity} {one.code}: {one.message}") for one in report.problems]
    said = "Every verdict is the program's; what it means is for the preparer and the reviewer."
    return Sheet(LEAD, ("Tie-out workpaper", said), (), rows, (24, 110), entries=True, wrapped=frozenset({2}))


def _rules(report: Report) -> Sheet:
    """Every rule file that was applied, by its hash."""
    return Sheet(RULES, ("Rule files that were applied",), ("Rule file", "SHA-256"), list(report.rules.files), (40, 72))


def _about(sheet: Sheet, paper: Paper) -> str:
    """What a sheet holds, with what can be counted of it."""
    looked_at = sum(one.finding.severity is not None for one in paper.numbered)
    known = {
        FINDINGS: f"{len(paper.numbered)} decided relationships, {looked_at} of them to look at, which come first",
        DIFFERENCES: "what stays unadjusted as the draft stands, held against materiality",
        WAIVED: f"{len(sheet.rows)} findings that somebody accepted, or that the baseline counts",
        UNTESTED: f"{len(sheet.rows)} figures that no decided relationship rests on, and why",
        FIGURES: f"{len(sheet.rows)} figures as they were read; every formula of this paper goes back to them",
        OPERANDS: "the part of each figure in each finding",
        LEGEND: "what the marks mean",
        RULES: "the rule files that were applied, by their hashes",
    }
    tables = [one for one in paper.placed if one.sheet == sheet.name]
    if not tables:
        return known.get(sheet.name, "")
    number = f"document {tables[0].document + 1}, " if paper.is_of_several else ""
    of = f"{len(tables)} tables" if len(tables) > 1 else "1 table"
    return f"{number}{of} as laid out, with tick marks; totals are formulas"


# ---- lists -----------------------------------------------------------------------------------------------------------


def _figures(paper: Paper) -> Sheet:
    printed = (
        "Ref",
        "Caption",
        "Column",
        "As printed",
        "Amount",
        "Rounded to",
        "Unit",
        "Status",
        "Tick marks",
        "Where",
    )
    heads = (*printed, "Stands in", "Reviewer", "Section", "Period", "Noticed from", "Statement", "Document")
    rows: list[Row] = []
    for index, checked in enumerate(paper.report.documents):
        for figure in checked.figures:
            said = checked.coverage.get(figure.id, _UNTESTED)
            period, known = figure.period.text if figure.period else "", paper.known[index]
            named = Cell(paper.named(index, figure.id), to=paper.told(index, figure))
            at = paper.stands(index, figure.id)
            rows.append(
                (
                    *(named, figure.caption, figure.head or period, figure.text, figure.value, figure.step),
                    *(str(figure.unit), said.status, " ".join(said.ticks), known.places.where(figure)),
                    *(Cell(_sheet_of(at), to=at), Cell("", entry=True), " › ".join(figure.under), period),
                    *(said.noticed_from, figure.statement or figure.origin, checked.source.path),
                )
            )
    widths = (8, 44, 26, 16, 18, 11, 11, 11, 10, 15, 18, 10, 28, 28, 14, 18, 20)
    return Sheet(
        FIGURES, ("Figures as they were read (in the file, not on paper)",), heads, rows, widths, on_paper=False
    )


def _sheet_of(at: str) -> str:
    """The sheet that a link leads to, with its cell."""
    sheet, _, cell = at.rpartition("!")
    return f"{sheet.strip(chr(39))} {cell}" if at else ""


def _findings(paper: Paper) -> Sheet:
    """Each decided finding with both sides computed again from the sheet of figures, and whether they come to what was
    reported."""
    printed = ("No.", "Severity", "Verdict", "Relation", "Period", "Arithmetic", "Difference", "Re-performed")
    heads = (
        *printed,
        "Sentence",
        "Stands in",
        "Reviewer",
        "Left",
        "Right",
        "As reported",
        "Allowance",
        "Rule",
        "Document",
        "In full",
    )
    rows: list[Row] = []
    for one in paper.numbered:
        check, at, finding = one.finding.check, one.row, one.finding
        left, right = _formula(check.left, one.document, paper), _formula(check.right, one.document, paper)
        live = left is not None and right is not None
        again = f'=IF(ABS(G{at}-N{at})<=0.000001*MAX(1,ABS(L{at})),"yes","NO")'
        place = next((found for figure in check.figures if (found := paper.stands(one.document, figure.id))), "")
        relation = check.in_words
        if finding.severity is None:  # of these a filing has a thousand: three lines of paper each
            relation = shorten(relation, _RELATION, placeholder=" …")
        full = check.in_words if relation != check.in_words else ""
        rows.append(
            (
                Cell(one.number, right=False),
                *(finding.severity or "", finding.verdict, relation, check.period, judged(finding)),
                Formula(f"=L{at}-M{at}") if live else "",
                Formula(again) if live and finding.difference is not None else "",
                *(_sentences(one, paper), Cell(_sheet_of(place), to=place), Cell("", entry=True), left, right),
                *(finding.difference, finding.allowance, check.rule, one.checked.source.path, full),
            )
        )
    widths = (8, 10, 11, 38, 20, 38, 15, 12, 32, 19, 10, 18, 18, 16, 12, 38, 20, 60)
    titles = ("Findings: the formulas perform the arithmetic again",)
    return Sheet(FINDINGS, titles, heads, rows, widths, printed=11, wrapped=frozenset({4, 5, 6, 9}))


def _sentences(one: Numbered, paper: Paper) -> str:
    """The sentences that state figures of a finding, of one that holds their beginning."""
    stated = paper.known[one.document].sentences
    said = " … ".join(dict.fromkeys(stated[figure.id] for figure in one.finding.check.figures if figure.id in stated))
    short = one.finding.severity is None and len(said) > _BEGINNING
    return f"{said[:_BEGINNING].rsplit(' ', 1)[0]} …" if short else said


def _operands(paper: Paper) -> Sheet:
    """The figures of every finding, each with its part in it."""
    heads = ("Finding", "Figure", "Caption", "As printed", "Amount", "Coefficient", "Share of the allowance", "Where")
    found: list[Row] = []
    for one in paper.numbered:
        shares, known = {share.figure: share for share in one.finding.shares}, paper.known[one.document]
        for figure in one.finding.check.figures:
            row, share = paper.figures.get((one.document, figure.id)), shares.get(figure.id)
            live = row is not None and figure.value is not None
            amount: Plain = Formula(f"={reference(FIGURES, f'{AMOUNT}{row}')}") if live else figure.value
            number = Cell(one.number, to=reference(FINDINGS, f"A{one.row}"), right=False)
            named = Cell(paper.named(one.document, figure.id), to=paper.listed(one.document, figure.id))
            part = (share.coefficient, share.allowance) if share else (None, None)
            found.append((number, named, figure.caption, figure.text, amount, *part, known.places.where(figure)))
    titles = ("Operands of the findings (in the file, not on paper)",)
    return Sheet(OPERANDS, titles, heads, found, (9, 9, 60, 18, 20, 12, 20, 24), on_paper=False)


def _untested(paper: Paper) -> Sheet:
    heads = (
        "Figure",
        "Statement",
        "Caption",
        "Column",
        "As printed",
        "Where",
        "Why",
        "Tested otherwise by",
        "Document",
    )
    found: list[Row] = []
    for index, checked in enumerate(paper.report.documents):
        left, known = Untested(checked), paper.known[index]
        for figure in left:
            at = paper.stands(index, figure.id) or paper.listed(index, figure.id)
            named = Cell(paper.named(index, figure.id), to=at)
            told = (figure.statement or "", figure.caption, figure.head, figure.text, known.places.where(figure))
            found.append((named, *told, left.why(figure), Cell("", entry=True), checked.source.path))
    widths = (9, 18, 44, 24, 16, 15, 40, 24, 20)
    titles = ("Figures that no decided relationship rests on",)
    return Sheet(UNTESTED, titles, heads, found, widths, printed=8, wrapped=frozenset({3, 4, 7}))


def _waived(paper: Paper) -> Sheet:
    """What somebody accepted, with the reason, and what the baseline counts, with none."""
    heads = ("No.", "By", "Relation", "Period", "Difference", "Reason", "Approver", "Until", "Reviewer", "Document")
    found: list[Row] = []
    for one in paper.numbered:
        waiver = one.finding.waived
        if waiver is not None:
            number = Cell(one.number, to=reference(FINDINGS, f"A{one.row}"), right=False)
            check = one.finding.check
            said = (waiver.source, check.in_words, check.period, _difference(one.finding, one.row))
            left = (waiver.reason, waiver.approver, waiver.expires, Cell("", entry=True), one.checked.source.path)
            found.append((number, *said, *left))
    widths = (8, 10, 44, 24, 16, 48, 18, 12, 10, 20)
    titles = ("Waivers and baseline: differences that somebody accepted",)
    return Sheet(WAIVED, titles, heads, found, widths, printed=9, wrapped=frozenset({3, 4, 6}))


def _difference(finding: Finding, row: int) -> Plain:
    """The difference on the sheet of findings; nothing where it has none."""
    return Formula(f"={reference(FINDINGS, f'G{row}')}") if finding.difference is not None else None


def _legend(paper: Paper) -> Sheet:
    marks: list[Row] = [(sign, meaning) for sign, meaning in STATUSES.values()]
    meanings: dict[str, str] = {}
    for checked in paper.report.documents:
        meanings |= tick_meanings(checked)
    return Sheet(
        LEGEND, ("Legend",), ("Mark", "Meaning"), [*marks, *meanings.items()], (8, 110), wrapped=frozenset({2})
    )


# ---- unadjusted differences ------------------------------------------------------------------------------------------


def _differences(paper: Paper) -> Sheet:
    """What stays unadjusted as the draft stands, each cause counted once, added up and held against materiality, with
    room for what becomes of it."""
    heads = (
        "No.",
        "Severity",
        "Relation",
        "Period",
        "Difference",
        "Counted",
        "Suspect",
        "As printed",
        "Perhaps",
        "Cause",
    )
    more = ("Disposition", "Adjusted", "Initials", "Statement", "Together with", "Waived", "Document")
    open_ones = [
        one for one in paper.numbered if one.finding.verdict == "violation" or one.finding.severity is not None
    ]
    seen: set[tuple[int, str]] = set()
    rows = [_of_difference(one, paper, _is_first(one, seen)) for one in open_ones]
    above = list(_held(paper, len(rows)))
    widths = (8, 10, 36, 20, 20, 10, 24, 15, 15, 17, 13, 14, 9, 18, 28, 40, 20)
    titles = ("Unadjusted differences",)
    wrapped = frozenset({3, 4, 7, 10, 15, 16})
    return Sheet(DIFFERENCES, titles, (*heads, *more), rows, widths, False, above, 13, wrapped, {11: DISPOSITIONS})


def _is_first(one: Numbered, seen: set[tuple[int, str]]) -> bool:
    """Whether it is the first finding of its cause that is no mere note and differs by an amount of money: amounts per
    share, shares and points add up to nothing with it."""
    story = one.finding.story
    if one.finding.difference is None or one.finding.severity == "note" or not _in_money(one.finding):
        return False
    name = one.document, story.id if story is not None else one.finding.id
    if name in seen:
        return False
    seen.add(name)
    return True


def _in_money(finding: Finding) -> bool:
    """Whether its sides are amounts of money: the side that is one figure tells."""
    check = finding.check
    units = {figure.id: figure.unit for figure in check.figures}
    alone = [side.figure for side in (check.left, check.right) if isinstance(side, Variable)]
    told = [units[name] for name in alone if name in units] or list(units.values())
    return bool(told) and not check.percent and all(unit.is_money for unit in told)


def _kind(finding: Finding) -> str:
    """Where it stands: the statement, any other table, or the sentences."""
    figures = finding.check.figures
    kind = next((figure.statement for figure in figures if figure.statement), None)
    return kind or ("other table" if any(figure.origin == "table" for figure in figures) else "sentence")


def _of_difference(one: Numbered, paper: Paper, counted: bool) -> Row:
    finding, figures = one.finding, paper.known[one.document].figures
    suspect = finding.suspects[0] if finding.suspects and finding.suspects[0].figure in figures else None
    named: tuple[Value, ...] = ("", "", "", "", "")
    if suspect is not None:
        figure = figures[suspect.figure]
        caption = Cell(figure.caption, to=paper.stands(one.document, suspect.figure), wrap=True)
        named = (caption, figure.text, suspect.proposed, suspect.cause, "; ".join(partners(suspect, figures)))
    waiver = finding.waived
    waived = f"{waiver.reason} ({waiver.approver}, until {waiver.expires})" if waiver else ""
    disposition = "waive" if waiver is not None and waiver.source == "waiver" else ""
    return (
        Cell(one.number, to=reference(FINDINGS, f"A{one.row}"), right=False),
        *(finding.severity or "", finding.check.in_words, finding.check.period, _difference(finding, one.row)),
        *(1 if counted else 0, *named[:4], Cell(disposition, entry=True), Cell("", entry=True), Cell("", entry=True)),
        *(_kind(finding), named[4], waived, one.checked.source.path),
    )


def _held(paper: Paper, count: int) -> Iterator[Row]:
    """The sums of the differences, and what they are against materiality, which somebody may still fill in."""
    stated = paper.report.configuration.get(MATERIALITY, "")
    digits = stated.replace(",", "").replace("_", "")
    known = int(digits) if digits.isdigit() and len(digits) <= 15 else None
    first = FIRST + _HELD
    last = max(first + count - 1, first)

    def total(more: str = "", sign: str = "ABS") -> Formula:
        amounts, counted = f"E{first}:E{last}", f"F{first}:F{last}"
        side = f"{sign}({amounts})" if sign else amounts
        return Formula(f"=SUMPRODUCT(({counted}=1)*{side}{more})")

    open_ones = f'*(K{first}:K{last}<>"adjust")*(K{first}:K{last}<>"waive")'
    about = "Each cause is counted once, by the difference of its first finding in money; notes count where a 1 is set"
    yield Cell(about, soft=True), *[None] * 3, None
    yield "Sum of all", *[None] * 3, total()
    for kind in _STATEMENTS:
        yield f"of these in the {kind}", *[None] * 3, total(f'*(N{first}:N{last}="{kind}")')
    elsewhere = "".join(f'*(N{first}:N{last}<>"{kind}")' for kind in _STATEMENTS)
    yield "of these elsewhere", *[None] * 3, total(elsewhere)
    yield "Net, by sign", *[None] * 3, total(sign="")
    yield Cell("Left after disposition", bold=True), *[None] * 3, total(open_ones)
    materiality = Cell(known if known is not None else stated, entry=True, right=True)
    yield Cell("Materiality", bold=True), *[None] * 3, materiality
    at = FIRST + _HELD - 3
    against = f'=IF(ISNUMBER(E{at}),IF(E{at - 1}>E{at},"above materiality","below materiality"),"")'
    yield Cell("Left, against materiality", bold=True), *[None] * 3, Formula(against)


_HELD = 10
"""Rows that stand above the heads of the differences."""


# ---- formulas --------------------------------------------------------------------------------------------------------


def _formula(expression: Expression | None, document: int, paper: Paper) -> Formula | None:
    """The expression over the sheet of figures; None where there is none, or none that a spreadsheet takes."""
    if expression is None:
        return None
    text = _written(expression, document, paper.figures)
    return Formula(f"={text}") if text is not None and len(text) < _LONGEST_FORMULA else None


def _written(expression: Expression, document: int, rows: Mapping[tuple[int, str], int]) -> str | None:
    match expression:
        case Constant(value):
            if value.denominator != 1:
                return f"({value.numerator}/{value.denominator})"
            return f"({value.numerator})" if value < 0 else str(value.numerator)
        case Variable(name):
            row = rows.get((document, name))
            return None if row is None else reference(FIGURES, f"{AMOUNT}{row}")
        case Add(terms):
            return _joined([_written(term, document, rows) for term in terms], "+", "")
        case Multiply(left, right):
            return _joined([_written(left, document, rows), _written(right, document, rows)], "*", "")
        case Divide(left, right):
            return _joined([_written(left, document, rows), _written(right, document, rows)], "/", "")
        case Absolute(operand):
            return _joined([_written(operand, document, rows)], "", "ABS")
        case Least(operands):
            return _joined([_written(operand, document, rows) for operand in operands], ",", "MIN")
        case Greatest(operands):
            return _joined([_written(operand, document, rows) for operand in operands], ",", "MAX")


def _joined(parts: Sequence[str | None], between: str, function: str) -> str | None:
    written = [part for part in parts if part is not None]
    return f"{function}({between.join(written)})" if len(written) == len(parts) else None
