"""What stands on the sheets of the workpaper, row by row, as plain values: knows the report, not the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import field

from checker.core.expression import Absolute, Add, Constant, Divide, Expression, Greatest, Least, Multiply, Variable
from checker.core.finding import Finding
from checker.core.report import Checked, Coverage, Report
from checker.core.value import frozen
from checker.report.arithmetic import judged
from checker.report.marks import STATUSES, tick_meanings
from checker.report.places import Places
from checker.report.stories import partners
from checker.report.text import counts, coverage
from checker.report.words import accounts, answered, weakening

_UNTESTED = Coverage()
_LONGEST_FORMULA = 8000
"""Characters; a spreadsheet takes 8,192."""
_FIRST_FIGURE = 3
"""The row of the first figure: a title and the heads stand above."""
_AMOUNT = "I"
"""The column of the amounts on the sheet of figures."""


@frozen
class Formula:
    """A formula of the program's own making."""

    text: str


Value = str | int | Decimal | Fraction | Formula | None
Row = Sequence[Value]


@frozen
class Sheet:
    """One sheet: titles, then heads where it is a table, then rows. `entries`: empty cells of the second column are for
    a person to fill in."""

    name: str
    titles: Sequence[str]
    heads: Sequence[str]
    rows: Sequence[Row]
    widths: Sequence[int] = field(factory=tuple)
    entries: bool = False


def sheets(report: Report) -> Iterator[Sheet]:
    """Every sheet in order."""
    rows = _numbered(report)
    yield _lead(report)
    yield _figures(report)
    yield _findings(report, rows)
    yield _operands(report, rows)
    yield _differences(report)
    yield _untested(report, rows)
    yield _legend(report)


def _numbered(report: Report) -> Mapping[tuple[int, str], int]:
    """The row of each figure on the sheet of figures, by document and id."""
    every = [(index, figure.id) for index, checked in enumerate(report.documents) for figure in checked.figures]
    return {key: row for row, key in enumerate(every, _FIRST_FIGURE)}


def _numbers(report: Report) -> Iterator[tuple[int, int, Checked, Finding]]:
    """Every decided finding with its number, and the document it belongs to."""
    number = 0
    for index, checked in enumerate(report.documents):
        for finding in checked.findings:
            if finding.verdict != "not applicable":
                number += 1
                yield number, index, checked, finding


# ---- the sheets ------------------------------------------------------------------------------------------------------


def _lead(report: Report) -> Sheet:
    """Whose paper it is, what was checked with which rules, and what came of it."""
    rows: list[Row] = [
        ("Prepared by", ""),
        ("Date", ""),
        ("Reviewed by", ""),
        ("Date", ""),
        ("Client", ""),
        ("Reference", ""),
        (),
    ]
    for checked in report.documents:
        source = checked.source
        rows += [
            ("Document", source.path),
            ("SHA-256", source.sha256),
            ("Format", source.format),
            ("Result", counts(checked)),
            ("Coverage", coverage(checked)),
        ]
        rows += [
            (name, said)
            for name, said in (("Outcome", answered(checked.outcome)), ("Weakened", weakening(checked.outcome)))
            if said
        ]
        rows += [("House rule", f"{rule}: {account}") for rule, account in accounts(checked)]
        rows += [("Problem", f"{problem.severity} {problem.code}: {problem.message}") for problem in checked.problems]
        rows.append(())
    rows += [("tieout", report.version), ("SHA-256 of all rules", report.rules.sha256)]
    rows += [("Rule file", path, digest) for path, digest in report.rules.files]
    rows += [("Override or skip", one) for one in report.rules.overrides]
    rows += [(f"Setting {name}", value) for name, value in report.configuration.items()]
    rows += [("Problem", f"{problem.severity} {problem.code}: {problem.message}") for problem in report.problems]
    return Sheet(
        "Lead",
        ("Tie-out workpaper", "Every verdict is the program's; what it means is for the preparer and the reviewer."),
        (),
        rows,
        (24, 72, 72),
        True,
    )


def _figures(report: Report) -> Sheet:
    heads = (
        "Ref",
        "Document",
        "Statement",
        "Section",
        "Caption",
        "Column",
        "Period",
        "As printed",
        "Amount",
        "Rounded to",
    )
    rows: list[Row] = []
    for checked in report.documents:
        places = Places(checked)
        for figure in checked.figures:
            said = checked.coverage.get(figure.id, _UNTESTED)
            stands = (
                f"F{len(rows) + 1}",
                checked.source.path,
                figure.statement or figure.origin,
                " › ".join(figure.under),
                figure.caption,
                figure.head,
            )
            measured = (figure.period.text if figure.period else "", figure.text, figure.value, figure.step)
            rows.append(
                (
                    *stands,
                    *measured,
                    str(figure.unit),
                    said.status,
                    " ".join(said.ticks),
                    said.noticed_from,
                    places.where(figure),
                )
            )
    return Sheet(
        "Figures",
        ("Figures",),
        (*heads, "Unit", "Status", "Tick marks", "Noticed from", "Where"),
        rows,
        (7, 20, 18, 28, 40, 24, 30, 16, 18, 12, 11, 11, 11, 14, 14),
    )


def _findings(report: Report, rows: Mapping[tuple[int, str], int]) -> Sheet:
    """Each decided finding with both sides computed again from the sheet of figures; the last column says whether they
    come to what was reported."""
    heads = (
        "No.",
        "Document",
        "Rule",
        "Relation",
        "Period",
        "Verdict",
        "Severity",
        "Left",
        "Right",
        "Difference",
        "As reported",
        "Allowance",
        "Re-performed",
    )
    found: list[Row] = []
    for number, index, checked, finding in _numbers(report):
        check, at = finding.check, len(found) + _FIRST_FIGURE
        left, right = _formula(check.left, index, rows), _formula(check.right, index, rows)
        live = left is not None and right is not None
        again = (
            Formula(f'=IF(ABS(J{at}-K{at})<=0.000001*MAX(1,ABS(H{at})),"yes","NO")')
            if live and finding.difference is not None
            else ""
        )
        stands = (
            number,
            checked.source.path,
            check.rule,
            check.in_words,
            check.period,
            finding.verdict,
            finding.severity or "",
        )
        found.append(
            (
                *stands,
                left,
                right,
                Formula(f"=H{at}-I{at}") if live else None,
                finding.difference,
                finding.allowance,
                again,
                judged(finding),
            )
        )
    widths = (6, 20, 38, 60, 28, 12, 10, 18, 18, 16, 16, 12, 13, 60)
    return Sheet(
        "Findings", ("Findings: the formulas perform the arithmetic again",), (*heads, "Arithmetic"), found, widths
    )


def _operands(report: Report, rows: Mapping[tuple[int, str], int]) -> Sheet:
    """The figures of every finding, each with its part in it."""
    heads = ("Finding", "Figure", "Caption", "As printed", "Amount", "Coefficient", "Share of the allowance", "Where")
    found: list[Row] = []
    every = [Places(checked) for checked in report.documents]
    for number, index, _, finding in _numbers(report):
        shares = {share.figure: share for share in finding.shares}
        for figure in finding.check.figures:
            row, share = rows.get((index, figure.id)), shares.get(figure.id)
            reference = (
                Formula(f"=Figures!{_AMOUNT}{row}") if row is not None and figure.value is not None else figure.value
            )
            named = f"F{row - _FIRST_FIGURE + 1}" if row is not None else ""
            stands = (number, named, figure.caption, figure.text, reference)
            found.append(
                (
                    *stands,
                    share.coefficient if share else None,
                    share.allowance if share else None,
                    every[index].where(figure),
                )
            )
    return Sheet("Operands", ("Operands of the findings",), heads, found, (9, 8, 48, 16, 18, 12, 20, 14))


def _differences(report: Report) -> Sheet:
    """What stays unadjusted as the draft stands, with room for what becomes of it."""
    heads = (
        "No.",
        "Document",
        "Relation",
        "Period",
        "Verdict",
        "Difference",
        "Units of the last place",
        "Suspect",
        "As printed",
        "Perhaps",
        "Cause",
    )
    found: list[Row] = []
    every = [Places(checked) for checked in report.documents]
    for number, index, checked, finding in _numbers(report):
        if finding.verdict != "violation" and finding.severity is None:
            continue
        figures = every[index].figures
        suspect = finding.suspects[0] if finding.suspects and finding.suspects[0].figure in figures else None
        named: Row = ("", "", "", "", "")
        if suspect is not None:
            named = (
                figures[suspect.figure].caption,
                figures[suspect.figure].text,
                suspect.proposed,
                suspect.cause,
                "; ".join(partners(suspect, figures)),
            )
        waived = (
            f"{finding.waived.reason} ({finding.waived.approver}, until {finding.waived.expires})"
            if finding.waived
            else ""
        )
        check = finding.check
        stands = (
            number,
            checked.source.path,
            check.in_words,
            check.period,
            finding.verdict,
            finding.difference,
            finding.units_of_last_place,
        )
        found.append((*stands, *named, waived, "", ""))
    widths = (6, 20, 60, 28, 12, 16, 14, 36, 16, 16, 28, 36, 36, 14, 36)
    return Sheet(
        "Differences",
        ("Unadjusted differences",),
        (*heads, "Together with", "Waived", "Adjusted", "Disposition"),
        found,
        widths,
    )


def _untested(report: Report, rows: Mapping[tuple[int, str], int]) -> Sheet:
    heads = ("Figure", "Document", "Statement", "Caption", "Column", "As printed", "Where", "Tested otherwise by")
    found: list[Row] = []
    for index, checked in enumerate(report.documents):
        places = Places(checked)
        for figure in checked.figures:
            if figure.counts and not checked.coverage.get(figure.id, _UNTESTED).tested:
                named = f"F{rows[index, figure.id] - _FIRST_FIGURE + 1}"
                found.append(
                    (
                        named,
                        checked.source.path,
                        figure.statement or "",
                        figure.caption,
                        figure.head,
                        figure.text,
                        places.where(figure),
                        "",
                    )
                )
    return Sheet(
        "Untested", ("Figures that no decided relationship rests on",), heads, found, (8, 20, 18, 48, 28, 16, 14, 36)
    )


def _legend(report: Report) -> Sheet:
    marks: list[Row] = [(sign, meaning) for sign, meaning in STATUSES.values()]
    meanings: dict[str, str] = {}
    for checked in report.documents:
        meanings |= tick_meanings(checked)
    return Sheet("Legend", ("Legend",), ("Mark", "Meaning"), [*marks, *meanings.items()], (8, 90))


# ---- formulas --------------------------------------------------------------------------------------------------------


def _formula(expression: Expression | None, document: int, rows: Mapping[tuple[int, str], int]) -> Formula | None:
    """The expression over the sheet of figures; None where there is none, or none that a spreadsheet takes."""
    if expression is None:
        return None
    text = _written(expression, document, rows)
    return Formula(f"={text}") if text is not None and len(text) < _LONGEST_FORMULA else None


def _written(expression: Expression, document: int, rows: Mapping[tuple[int, str], int]) -> str | None:
    match expression:
        case Constant(value):
            return (
                f"({value.numerator}/{value.denominator})"
                if value.denominator != 1
                else f"({value.numerator})"
                if value < 0
                else str(value.numerator)
            )
        case Variable(name):
            row = rows.get((document, name))
            return None if row is None else f"Figures!{_AMOUNT}{row}"
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
