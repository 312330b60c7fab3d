"""Bounds that turn on a bracket: a cost printed as (188.0) is below every limit, whatever its size."""

from __future__ import annotations

from collections.abc import Sequence

from checker.core.check import Check
from checker.core.finding import Finding, Verdict
from checker.core.problem import Problem
from checker.core.value import evolve
from checker.evaluate.judge import judge


def turning(check: Check, verdict: Verdict) -> tuple[str, ...]:
    """Captions of the lines in brackets with whose size the bound would be judged otherwise; none where it stays."""
    if not check.bracketed:
        return ()
    figures = tuple(
        evolve(one, value=-one.value) if one.id in check.bracketed and one.value is not None else one
        for one in check.figures
    )
    judgement = judge(evolve(check, figures=figures))
    if isinstance(judgement, str) or (judgement.verdict == "violation") == (verdict == "violation"):
        return ()
    return tuple(dict.fromkeys(one.caption for one in check.figures if one.id in check.bracketed))


def by_bracket(findings: Sequence[Finding], path: str) -> tuple[Problem, ...]:
    """What is said of an auditor's bounds that hold by nothing but a bracket: once a rule."""
    held = {one.check.rule: one for one in findings if one.turns_on and one.verdict != "violation"}
    return tuple(_said(one, path) for one in held.values())


def _said(finding: Finding, path: str) -> Problem:
    named = ", ".join(f"“{caption}”" for caption in finding.turns_on)
    message = f"{finding.check.rule} holds only because {named} is printed in brackets: its size breaks the bound"
    first = finding.turns_on[0]
    return Problem(
        "P105", "warning", message, path, help=f"write `abs({first})` for its size, or `{first}[as printed]` if not"
    )
