"""The report as plain data, in the shape that the schema `tieout/1` fixes. Fields may be added, none is ever renamed;
nothing is left out or cut short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from checker.algebra.notation import decimal
from checker.core.figure import Figure, Reading, Unread
from checker.core.finding import Finding, Suspect, Waiver
from checker.core.period import Period
from checker.core.place import Place
from checker.core.problem import Problem
from checker.core.report import Against, Applied, Checked, Coverage, Outcome, Report, Told
from checker.core.statement import Statement
from checker.report.amounts import exact, plain
from checker.report.stories import grouped

SCHEMA = "tieout/1"

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
Object = dict[str, Json]

_UNTESTED = Coverage()


def head(report: Report) -> Object:
    """Everything of a report but its documents."""
    return {
        "schema": SCHEMA,
        "tool": {"version": report.version},
        **outcome(report.outcome),
        "rules": {
            "sha256": report.rules.sha256,
            "files": [{"path": path, "sha256": digest} for path, digest in report.rules.files],
            "overrides": list(report.rules.overrides),
        },
        "configuration": dict(report.configuration),
        "problems": [problem(one) for one in report.problems],
    }


def document(checked: Checked) -> Object:
    """One document with its figures, findings and problems."""
    return {
        **outcome(checked.outcome),
        **_source(checked),
        "statements": [_statement(one) for one in checked.statements],
        "figures": _figures(checked),
        "findings": [finding(one) for one in checked.findings],
        "stories": _stories(checked.findings),
        "unread": [unread(one) for one in checked.unread],
        "problems": [problem(one) for one in checked.problems],
        "house_rules": [_applied(one) for one in checked.applied],
        "summary": {
            **_summary(checked),
            "waived": _accepted(checked, "waiver"),
            "in_baseline": _accepted(checked, "baseline"),
        },
        **_told(checked.told),
        **_tagged(checked),
        **({"against": [_against(one) for one in checked.against]} if checked.against else {}),
    }


def _told(said: Told | None) -> Object:
    if said is None:
        return {}
    return {
        "sentences": {
            "amounts": said.amounts,
            "tied": said.tied,
            "together": said.together,
            "untied": dict(said.untied),
        }
    }


def _tagged(checked: Checked) -> Object:
    """What became of the facts that tags state, and those of them that stand in findings."""
    said = checked.tagged
    if said is None:
        return {}
    stated = {figure.id: figure for one in checked.findings for figure in one.check.figures if figure.origin == "tag"}
    counts = {
        "facts": said.facts,
        "tied": said.tied,
        "agree": said.agree,
        "doubtful": said.doubtful,
        "hidden": said.hidden,
        "calculations": said.calculations,
    }
    return {"tags": {**counts, "stated": [_figure(one, _UNTESTED, {}) for one in stated.values()]}}


def _against(one: Against) -> Json:
    return {
        "path": one.path,
        "sha256": one.sha256,
        "looked_for": one.looked_for,
        "found": one.found,
        "agreed": one.agreed,
        "rounding": one.rounding,
        "differing": one.differing,
        "sentences": one.sentences,
        "unmet": dict(one.unmet),
        "entries": one.entries,
        "entries_met": one.entries_met,
    }


def extracted(checked: Checked) -> Object:
    """One document with its figures and the statements they stand in, without findings: what a person corrects and
    feeds back in."""
    return {
        **_source(checked),
        "statements": [
            {**_statement(one), "columns": _columns(one), "lines": _lines(one)} for one in checked.statements
        ],
        "figures": _figures(checked),
        "unread": [unread(one) for one in checked.unread],
        "problems": [problem(one) for one in checked.problems],
    }


def unread(one: Unread) -> Object:
    """What stands in a column of figures and is none: a damaged amount, or a place kept for one."""
    return {"text": one.text, "where": place(one.place), "why": one.why, "caption": one.caption, "head": one.head}


def _source(checked: Checked) -> Object:
    source = checked.source
    return {
        "path": source.path,
        "sha256": source.sha256,
        "format": source.format,
        "encoding": source.encoding,
        "size": source.size,
    }


def _applied(one: Applied) -> Json:
    return {
        "rule": one.rule,
        "applied": {"judged": one.judged, "never": one.never or None, "nearest": list(one.nearest)},
    }


def outcome(decided: Outcome | None) -> Object:
    """What the gate decided; nothing where none was asked."""
    return (
        {}
        if decided is None
        else {
            "outcome": {"status": decided.status, "reasons": list(decided.reasons), "weakened": list(decided.weakened)}
        }
    )


def _accepted(checked: Checked, source: str) -> int:
    return sum(one.waived is not None and one.waived.source == source for one in checked.findings)


def _summary(checked: Checked) -> Object:
    summary = checked.summary
    return {
        "figures": summary.figures,
        "agreed": summary.agreed,
        "rounding": summary.rounding,
        "violated": summary.violated,
        "untested": summary.untested,
        "loosely_tested": summary.loosely_tested,
        "agrees": summary.agrees,
        "roundings": summary.roundings,
        "violations": summary.violations,
        "notes": summary.notes,
        "not_applicable": summary.not_applicable,
    }


# ---- statements and figures ------------------------------------------------------------------------------------------


def _statement(statement: Statement) -> Object:
    return {
        "table": statement.index,
        "kind": statement.kind,
        "title": statement.title,
        "context": list(statement.context),
        "summary": statement.summary,
    }


def _columns(statement: Statement) -> Json:
    return [
        {
            "column": column.index,
            "head": column.head,
            "period": period(column.period),
            "role": column.role,
            "member": column.member,
        }
        for column in statement.columns
    ]


def _lines(statement: Statement) -> Json:
    return [
        {
            "row": line.index,
            "caption": line.caption,
            "under": list(line.under),
            "indent": line.indent,
            "bold": line.bold,
            "rule_above": line.rule_above,
            "double_rule_below": line.double_rule_below,
            "marks": line.marks,
            "role": line.role,
            "figures": [None if one is None else one.id for one in line.figures],
        }
        for line in statement.lines
    ]


def _figures(checked: Checked) -> Json:
    stands = {
        one.id: (statement.index, line.index, column)
        for statement in checked.statements
        for line in statement.lines
        for column, one in enumerate(line.figures)
        if one is not None
    }
    return [_figure(one, checked.coverage.get(one.id, _UNTESTED), stands) for one in checked.figures]


def _figure(figure: Figure, coverage: Coverage, stands: Mapping[str, tuple[int, int, int]]) -> Object:
    table, row, column = stands.get(figure.id, (None, None, None))
    return {
        "id": figure.id,
        "text": figure.text,
        "value": None if figure.value is None else plain(figure.value),
        "rounded_to": plain(figure.step),
        "unit": str(figure.unit),
        "caption": figure.caption,
        "under": list(figure.under),
        "statement": figure.statement,
        "period": period(figure.period),
        "origin": figure.origin,
        "where": place(figure.place),
        "status": coverage.status,
        **_amount("noticed_from", coverage.noticed_from),
        "ticks": list(coverage.ticks),
        "table": table,
        "row": row,
        "column": column,
        "head": figure.head,
        "form": figure.form,
        "scale": plain(figure.scale),
        "additive": figure.additive,
        "why": list(figure.why),
        "readings": [_reading(one) for one in figure.readings],
        "edited": figure.edited,
    }


def _reading(reading: Reading) -> Json:
    return {
        "value": plain(reading.value),
        "rounded_to": plain(reading.step),
        "unit": str(reading.unit),
        "why": reading.why,
    }


def period(value: Period | None) -> Json:
    """A period with its dates; the start of an instant is null."""
    if value is None:
        return None
    return {
        "start": value.start.isoformat() if value.start else None,
        "end": value.end.isoformat() if value.end else None,
        "months": value.months,
        "text": value.text,
    }


def place(where: Place | None) -> Json:
    """A place in the file as given; page and box, sheet and cell, or part, only where the source has them."""
    if where is None:
        return None
    found: Object = {"line": where.line, "column": where.column, "span": list(where.span)}
    if where.page is not None:
        found["page"] = where.page
    if where.box is not None:
        found["box"] = list(where.box)
    if where.sheet is not None:
        found["sheet"] = where.sheet
    if where.cell is not None:
        found["cell"] = where.cell
    if where.part is not None:
        found["part"] = where.part
    return found


# ---- findings and problems -------------------------------------------------------------------------------------------


def finding(one: Finding) -> Object:
    """One judgement with all its evidence."""
    check = one.check
    return {
        "id": one.id,
        "rule": check.rule,
        "title": check.title,
        "relation": check.relation,
        "reads": check.in_words,
        "basis": check.basis,
        "verdict": one.verdict,
        "severity": one.severity,
        "unlikely": one.unlikely,
        "message": one.message,
        "period": check.period,
        "segment": check.segment or None,
        "comparison": check.comparison,
        **_amount("left", one.left),
        **_amount("right", one.right),
        **_amount("difference", one.difference),
        **_amount("allowance", one.allowance),
        **_amount("units_of_last_place", one.units_of_last_place),
        "tolerance": check.tolerance.kind,
        "figures": _operands(one),
        "turned": list(check.turned),
        "also": list(check.also),
        "suspects": _suspects(one.suspects),
        "story": one.story.id if one.story is not None else None,
        "required": check.required,
        "reason": one.reason,
        "unlicensed": check.unlicensed,
        "likelihood": None if one.likelihood is None else decimal(one.likelihood),
        "reasons": list(one.reasons),
        "waived": None if one.waived is None else _waiver(one.waived),
        "blocks": one.blocks,
    }


def _suspects(suspects: Sequence[Suspect]) -> Json:
    return [
        {
            "figure": one.figure,
            "proposed": one.proposed,
            "cause": one.cause,
            **_amount("score", one.score),
            "together": list(one.together),
        }
        for one in suspects
    ]


def _stories(findings: Sequence[Finding]) -> Json:
    """Every cause that several findings may have in common, once."""
    return [
        {
            "id": story.id,
            "findings": [member.id for member in members],
            "suspects": _suspects(story.suspects),
            "named": list(story.named),
            "broken": story.broken,
            "repairs": story.repairs,
            "holds": story.holds,
        }
        for story, members in grouped(findings)
        if story is not None
    ]


def _waiver(one: Waiver) -> Json:
    return {"reason": one.reason, "approver": one.approver, "expires": one.expires, "source": one.source}


def _operands(one: Finding) -> Json:
    shares = {share.figure: share for share in one.shares}
    found: list[Json] = []
    for figure in one.check.figures:
        share = shares.get(figure.id)
        coefficient = share.coefficient if share else None
        found.append(
            {
                "id": figure.id,
                **_amount("coefficient", coefficient),
                **_amount("allowance", share.allowance if share else None),
            }
        )
    return found


def _amount(field: str, value: Fraction | None) -> Object:
    """The field as a decimal string, and beside it the exact quotient where the decimal does not end."""
    if value is None:
        return {field: None}
    quotient = exact(value)
    return {field: decimal(value)} if quotient is None else {field: decimal(value), f"{field}_exact": quotient}


def problem(one: Problem) -> Object:
    """Trouble with an input: what, how bad, where, and what would help."""
    return {
        "code": one.code,
        "severity": one.severity,
        "message": one.message,
        "path": one.path,
        "where": place(one.place),
        "help": one.help,
    }
