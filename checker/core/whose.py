"""Whose a finding is: of a rule, or of a definition as a check. Their ids may be the same, what they say is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checker.core.finding import Finding
from checker.core.rule import Definition, Rule

NOT_PRINTED = "no line of the release prints it: it is a value for other rules"
"""What is said of a definition that is no check there."""


def by_name(findings: Sequence[Finding]) -> Mapping[str, list[Finding]]:
    """Findings under the id of the rule or definition that they are of, and of each other that says the same."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        for name in dict.fromkeys(name.partition("#")[0] for name in (finding.check.rule, *finding.check.also)):
            found.setdefault(name, []).append(finding)
    return found


def of_rule(named: Mapping[str, list[Finding]], rule: Rule, definitions: Sequence[Definition]) -> list[Finding]:
    """What was said of a rule, also where another says the same; not of a definition that has its id."""
    namesakes = [one for one in definitions if one.id == rule.id]
    return [one for one in named.get(rule.id, ()) if not any(same.speaks_in(one.check.relation) for same in namesakes)]


def of_definition(named: Mapping[str, list[Finding]], definition: Definition) -> list[Finding]:
    """What was said of figures that bear the name of a definition, and not of a rule that has its id."""
    return [
        one
        for one in named.get(definition.id, ())
        if one.check.rule != definition.id or definition.speaks_in(one.check.relation)
    ]
