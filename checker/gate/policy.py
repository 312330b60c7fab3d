"""What a team has decided about a document's findings, applied after they are judged: dials, then waivers, then the
baseline. No verdict changes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from types import MappingProxyType

import attrs

from checker.core.problem import Problem
from checker.core.report import Checked
from checker.core.value import frozen
from checker.evaluate import cover, summarise
from checker.gate.baseline import Baseline, Counts, accepted
from checker.gate.baseline import leftovers as unneeded
from checker.gate.dials import Dials, first, measured, weighed
from checker.gate.selection import Selection, left_out
from checker.gate.waivers import Use, Waivers, waived
from checker.gate.waivers import leftovers as unused


@frozen
class Policy:
    """The decisions of one run. `stated` dials of the settings go before those of the rules."""

    today: dt.date
    settings: Dials = Dials()
    stated: Dials = Dials()
    waivers: Waivers = Waivers()
    baseline: Baseline = Baseline()
    selection: Selection = Selection()
    """Of rules: what did not run bears no witness against waivers and counts."""


@frozen
class Applied:
    """A document after the policy, and what of the policy it needed."""

    checked: Checked
    use: Use = Use()
    needed: Counts = MappingProxyType({})


def applied(checked: Checked, policy: Policy) -> Applied:
    """The document with its severities weighed, its waived findings marked, and its counts made anew."""
    computed, findings = measured(checked.findings)
    dials = first(policy.settings, policy.stated, computed)
    document = attrs.evolve(checked, findings=tuple(weighed(finding, dials) for finding in findings))
    document, use = waived(document, policy.waivers.entries, policy.today)
    use = attrs.evolve(
        use,
        asked=frozenset(one for one in use.asked if not left_out(policy.waivers.entries[one].rule, policy.selection)),
    )
    document, needed = accepted(document, policy.baseline)
    if document.findings == checked.findings:
        return Applied(checked, use, needed)
    coverage = checked.coverage if len(findings) == len(checked.findings) else cover(checked.figures, findings)
    return Applied(
        attrs.evolve(document, coverage=coverage, summary=summarise(checked.figures, coverage, document.findings)),
        use,
        needed,
    )


def slim(one: Applied) -> Applied:
    """What `leftovers` needs of it: not the whole document, of which a run may have thousands."""
    return attrs.evolve(
        one,
        checked=attrs.evolve(
            one.checked, findings=(), coverage={}, statements=(), lines=(), figures=one.checked.figures[:1]
        ),
    )


def leftovers(policy: Policy, documents: Sequence[Applied]) -> Iterator[Problem]:
    """What of the waivers and the baseline has had its day, said once a run. Documents that could not be read bear no
    witness."""
    read = [one for one in documents if one.checked.figures]
    yield from unused(policy.waivers, [one.use for one in read], policy.today)
    needed: Counter[tuple[str, str, str]] = Counter()
    for one in read:
        needed.update(dict(one.needed))
    yield from unneeded(
        attrs.evolve(policy.baseline, counts=ran(policy.baseline.counts, policy)),
        [one.checked.source.path for one in read],
        needed,
    )


def ran(counts: Counts, policy: Policy) -> Counts:
    """Those of the counts whose rules take part in the run."""
    return {kind: count for kind, count in counts.items() if not left_out(kind[1], policy.selection)}
