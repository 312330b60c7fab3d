"""A report without what is secret before a release is out: no amounts, no captions, no text. Rules, verdicts, places
and counts stay."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from checker.core.figure import Figure
from checker.core.finding import Finding, Suspect, Waiver
from checker.core.period import Period
from checker.core.place import Place
from checker.core.problem import Problem
from checker.core.report import Applied, Checked, Coverage, Report
from checker.core.statement import Column, Line, Statement

GONE = "(redacted)"


def redacted(report: Report) -> Report:
    """The report as it may leave the house."""
    return attrs.evolve(report, documents=tuple(document(one) for one in report.documents))


def document(checked: Checked) -> Checked:
    """One document without its amounts and its text."""
    figures = {figure.id: bare(figure) for figure in checked.figures}
    return attrs.evolve(
        checked,
        statements=tuple(_statement(one, figures) for one in checked.statements),
        figures=tuple(figures.values()),
        coverage={name: Coverage(one.status, None, one.ticks) for name, one in checked.coverage.items()},
        findings=tuple(bare_finding(one, figures) for one in checked.findings),
        problems=tuple(_problem(one) for one in checked.problems),
        applied=tuple(Applied(one.rule, one.judged, GONE if one.never else "") for one in checked.applied),
        lines=(),
        original=(),
        claims=(),
        unread=tuple(
            attrs.evolve(one, text="", caption="", head="", place=bare_place(one.place)) for one in checked.unread
        ),
    )


def _period(period: Period | None) -> Period | None:
    return None if period is None else Period(period.start, period.end, period.months)


def bare(figure: Figure) -> Figure:
    """The figure without its amount and its words. The place, the unit and the step stay: they tell where to look, not
    what stands there."""
    return Figure(
        id=figure.id,
        text="",
        value=None,
        step=figure.step,
        unit=figure.unit,
        caption="",
        place=bare_place(figure.place),
        statement=figure.statement,
        period=_period(figure.period),
        origin=figure.origin,
        form=figure.form,
        scale=figure.scale,
        additive=figure.additive,
        edited=figure.edited,
    )


def bare_place(place: Place) -> Place:
    """The place without the name of a sheet, which is text of the document."""
    return place if place.sheet is None else attrs.evolve(place, sheet=GONE)


def _statement(statement: Statement, figures: dict[str, Figure]) -> Statement:
    columns = tuple(Column(one.index, "", _period(one.period), one.role) for one in statement.columns)
    lines = tuple(
        Line(
            index=one.index,
            caption="",
            indent=one.indent,
            bold=one.bold,
            rule_above=one.rule_above,
            double_rule_below=one.double_rule_below,
            figures=tuple(None if figure is None else figures.get(figure.id, bare(figure)) for figure in one.figures),
            role=one.role,
        )
        for one in statement.lines
    )
    return Statement(statement.index, statement.kind, "", columns, lines, summary=statement.summary)


def bare_finding(finding: Finding, figures: Mapping[str, Figure]) -> Finding:
    """An inferred relation is made of captions, so its words go too; a written one quotes the rule file. The title is
    always the rule's own."""
    check = finding.check
    kept = attrs.evolve(
        check,
        relation=check.relation if check.basis == "written" else GONE,
        reads="",
        seen="",
        period="",
        segment="",
        left=None,
        right=None,
        figures=tuple(figures.get(one.id, bare(one)) for one in check.figures),
        thresholds=(),
        reason=GONE if check.reason else None,
        unlicensed=GONE if check.unlicensed else None,
        because=GONE if check.because else "",
        apart=GONE if check.apart else "",
    )
    return Finding(
        id=finding.id,
        check=kept,
        verdict=finding.verdict,
        severity=finding.severity,
        unlikely=finding.unlikely,
        suspects=_bare_suspects(finding.suspects),
        story=attrs.evolve(finding.story, suspects=_bare_suspects(finding.story.suspects)) if finding.story else None,
        waived=_waiver(finding),
        blocks=finding.blocks,
    )


def _bare_suspects(suspects: tuple[Suspect, ...]) -> tuple[Suspect, ...]:
    """Which figures, and how sure: no amounts, and no slip, which tells of them."""
    return tuple(Suspect(one.figure, "", "", one.score, one.together) for one in suspects)


def _waiver(finding: Finding) -> Waiver | None:
    """A reason may speak of what is secret; who approved it until when does not."""
    return attrs.evolve(finding.waived, reason=GONE) if finding.waived else None


def _problem(problem: Problem) -> Problem:
    return attrs.evolve(
        problem, message=GONE, help=None, excerpt=None, place=problem.place and bare_place(problem.place)
    )
