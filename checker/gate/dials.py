"""Two of the three dials: the clearly trivial amount lowers the severity of a violation, materiality raises it. Neither
touches a verdict.

The third dial, the rounding allowance, follows from the printing and is no setting. Amounts are of the run's settings,
else of the definitions `Materiality` and `Clearly trivial` in the rules; one that rests on figures is taken from the
document's first period in which it can be computed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

import attrs

from checker.core.finding import Finding
from checker.core.problem import Severity
from checker.core.rule import Amount, Expr, Name, Relation, Rule, Rulebook
from checker.core.value import frozen
from checker.lexicon import scale

MATERIALITY, TRIVIAL = "Materiality", "Clearly trivial"

_PROBES: Mapping[str, str] = {"gate/materiality": MATERIALITY, "gate/clearly-trivial": TRIVIAL}
_LOWER: Mapping[Severity, Severity] = {"error": "warning", "warning": "note", "note": "note"}
"""One step down: a trivial error still stands in the short report."""

_AMOUNT = re.compile(rf"[^\d\s.,-]{{0,3}}\s*(\d[\d,]{{0,60}}(?:\.\d{{1,60}})?)\s*({'|'.join(scale.RULES)}|)", re.ASCII)


@frozen
class Dials:
    """Amounts in the currency of the documents; None where a dial is not set."""

    materiality: Fraction | None = None
    trivial: Fraction | None = None


def amount(text: str) -> Fraction | None:
    """An amount as people write it in settings: `50,000`, `250 thousand`, `$1.5 million`; None where it is none."""
    found = _AMOUNT.fullmatch(text.strip())
    return Fraction(found[1].replace(",", "")) * scale.RULES.get(found[2], 1) if found else None


def stated(rulebook: Rulebook) -> Dials:
    """The dials that definitions of the rules state as an amount."""
    amounts = {one.name.casefold(): _constant(one.expression) for one in rulebook.definitions}
    return Dials(amounts.get(MATERIALITY.casefold()), amounts.get(TRIVIAL.casefold()))


def probed(rulebook: Rulebook) -> Rulebook:
    """The rulebook with a rule that asks each document for every dial that a definition computes from figures."""
    computed = {one.name.casefold() for one in rulebook.definitions if _constant(one.expression) is None}
    probes = tuple(_probe(rule, name) for rule, name in _PROBES.items() if name.casefold() in computed)
    return attrs.evolve(rulebook, rules=(*rulebook.rules, *probes)) if probes else rulebook


def measured(findings: tuple[Finding, ...]) -> tuple[Dials, tuple[Finding, ...]]:
    """What the probes found in a document, and its findings without them."""
    found: dict[str, Fraction] = {}
    kept = []
    for finding in findings:
        name = _PROBES.get(finding.check.rule)
        if name is None:
            kept.append(finding)
        elif finding.right is not None:
            found.setdefault(name, abs(finding.right))
    return Dials(found.get(MATERIALITY), found.get(TRIVIAL)), tuple(kept)


def first(*choices: Dials) -> Dials:
    """Each dial as the first of several says that says anything."""
    materiality = next((one.materiality for one in choices if one.materiality is not None), None)
    return Dials(materiality, next((one.trivial for one in choices if one.trivial is not None), None))


def weighed(finding: Finding, dials: Dials) -> Finding:
    """The finding with the severity that its difference deserves; what is only inferred stays a note, and what is no
    amount of money as it was."""
    severity = _severity(finding, dials)
    return finding if severity == finding.severity else attrs.evolve(finding, severity=severity)


def _severity(finding: Finding, dials: Dials) -> Severity | None:
    if (
        finding.verdict != "violation"
        or finding.difference is None
        or finding.check.unlicensed is not None
        or not _is_money(finding)
    ):
        return finding.severity
    difference = abs(finding.difference)
    if dials.materiality is not None and difference > dials.materiality:
        return "error"
    trivial = dials.trivial is not None and difference <= dials.trivial and not _knows_no_trifle(finding)
    return _LOWER[finding.severity] if trivial and finding.severity else finding.severity


def _knows_no_trifle(finding: Finding) -> bool:
    """Whether the rule is a bound of a contract: said to be one, or a bound that an auditor wrote and did not say to be
    a mere bound."""
    check = finding.check
    return check.kind == "covenant" or (check.kind is None and check.comparison != "=" and check.house)


def _is_money(finding: Finding) -> bool:
    """Whether the difference is in a currency: a sum of amounts in one, or a claim that prints one."""
    units = {figure.unit for figure in finding.check.figures}
    linear = all(share.coefficient is not None for share in finding.shares)
    return linear and not finding.check.percent and len(units) == 1 and next(iter(units)).is_money


def _probe(rule: str, name: str) -> Rule:
    return Rule(rule, "", (Relation("<=", Amount(Fraction(0)), Name(name), f"0 <= {name}"),), shipped=True)


def _constant(expression: Expr) -> Fraction | None:
    return expression.value if isinstance(expression, Amount) else None
