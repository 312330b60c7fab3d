"""Checks to findings: the judgement with its severity, its sentence and a fingerprint."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from checker.core.check import Check
from checker.core.finding import Finding, Share
from checker.core.problem import Problem, Severity
from checker.core.remembered import remembered
from checker.core.value import evolve
from checker.evaluate.judge import Judgement, judge
from checker.evaluate.sentence import sentence
from checker.evaluate.sizes import turning

_BETWEEN = re.compile(r"[\W_]+")


def evaluate(checks: Sequence[Check]) -> tuple[Finding, ...]:
    """One finding for each check, in their order."""
    seen: Counter[str] = Counter()
    return tuple([_finding(check, seen) for check in checks])


def fingerprint(check: Check) -> str:
    """A name for the finding that survives another draft: rule, relation, period, segment and captions, but no line and
    no amount."""
    captions = sorted({_folded(figure.caption) for figure in check.figures})
    relation = check.relation
    for figure in check.figures:
        if figure.origin == "prose":  # a claim's relation quotes the amount it is about
            relation = relation.replace(figure.unescaped, "")
    where = [_folded(check.segment)] if check.segment else []
    said = "\n".join([check.rule, _folded(relation), _folded(check.period), *where, *captions])
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]


@remembered(4096)
def _folded(text: str) -> str:
    """Without case, punctuation and differences of width or space."""
    return _BETWEEN.sub("", text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold())


def _finding(check: Check, seen: Counter[str]) -> Finding:
    name = fingerprint(check)
    seen[name] += 1
    if seen[name] > 1:
        name = f"{name}-{seen[name]}"
    if check.reason is not None:
        return _not_applicable(name, check)
    if check.apart:
        return Finding(
            name, check, "violation", check.severity if check.unlicensed is None else "note", message=check.apart
        )
    judgement = judge(check)
    if isinstance(judgement, str):
        return _not_applicable(name, evolve(check, reason=judgement))
    found = Finding(
        id=name,
        check=check,
        verdict=judgement.verdict,
        severity=_severity(check, judgement),
        unlikely=judgement.unlikely,
        message=sentence(check, judgement),
        left=judgement.left,
        right=judgement.right,
        difference=judgement.difference,
        allowance=judgement.allowance,
        units_of_last_place=_units(judgement.difference, judgement.coarsest),
        shares=_shares(check, judgement),
        turns_on=turning(check, judgement.verdict),
    )
    return evolve(found, message=f"{found.message}; {found.would_hold}") if found.would_hold else found


def _shares(check: Check, judgement: Judgement) -> tuple[Share, ...]:
    """How each figure adds to the allowance; not where one is cut off, for then it depends on the way that the sides
    differ."""
    if not any(figure.is_cut_off for figure in check.figures):
        return judgement.shares
    return tuple(evolve(share, allowance=None) for share in judgement.shares)


def _units(difference: Fraction, coarsest: Fraction) -> Fraction | None:
    """The difference in units of the last place, where the figures have one."""
    return difference / coarsest if difference and coarsest else difference if coarsest else None


def _not_applicable(name: str, check: Check) -> Finding:
    return Finding(
        name, check, "not applicable", check.severity if check.required else None, message=check.reason or ""
    )


def _severity(check: Check, judgement: Judgement) -> Severity | None:
    if judgement.verdict == "rounding":
        return "note" if judgement.unlikely else None
    if judgement.verdict != "violation":
        return None
    if check.unlicensed is not None:
        return "note"
    return _by_size(check, abs(judgement.difference))


def _by_size(check: Check, difference: Fraction) -> Severity:
    """The severity of the rule, or of the highest threshold that the difference is above."""
    passed = [threshold for threshold in check.thresholds if difference > threshold.above]
    return max(passed, key=lambda threshold: threshold.above).severity if passed else check.severity


def passing_over(findings: Sequence[Finding], path: str) -> tuple[Problem, ...]:
    """What is said of an auditor's sums that hold and leave out a line of their block: once a rule, with the line."""
    left_out = {
        one.check.rule: one.check for one in findings if one.check.passed_over and one.verdict in ("agrees", "rounding")
    }
    return tuple(_said(check, path) for check in left_out.values())


def _said(check: Check, path: str) -> Problem:
    message = (
        f"{check.rule} holds, and “{check.passed_over}” stands among its lines and is named by no term: it proves "
        f"nothing of the sum's figures"
    )
    return Problem(
        "P102", "warning", message, path, help="name the line in the rule, or add the clause `these lines are meant`"
    )
