"""One linear form in one period is one finding: the most specific rule keeps it, the others stand in `also`. Where a
rule by name holds, an inferred sum of the very same figures with other signs is not believed against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from checker.algebra import form
from checker.core.check import Check, Threshold
from checker.core.problem import Severity
from checker.core.rule import Tolerance
from checker.core.value import evolve
from checker.judge.trial import broken

Key = tuple[str, tuple[Tolerance, Severity, tuple[Threshold, ...]] | None]
"""What a check says; and of a house's own rule, how it is judged."""
_OUTSPOKEN = "a rule by name holds for the same figures with other signs"


def merge(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The checks without repetition, in order of first appearance; they come most specific first.

    A check that may speak is not silenced by an equal one that may not: being inferred with confirmation licenses the
    written rule too. A house's own rule that is judged with another tolerance or severity judges for itself, and so do
    the others: only `override` softens a rule, with its reason.
    """
    kept: dict[Key, list[Check]] = {}
    for number, check in enumerate(checks):
        said = _asked(check)
        manner = check.tolerance, check.severity, check.thresholds
        key: Key = (
            (f"#{number}", None) if said is None else (said, manner if check.house or (said, manner) in kept else None)
        )
        kept.setdefault(key, []).append(check)
    return _outspoken(tuple(_joined(equal) for equal in kept.values()))


def _asked(check: Check) -> str | None:
    """What a check asks, the same for all that ask the same; None where it asks nothing."""
    if check.reason is not None or check.left is None or check.right is None:
        return None
    return form(check.left, check.right, check.comparison).key


def _outspoken(checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks, inferred ones that are broken kept as notes where a written one holds for the very same figures, read
    as they are printed."""
    written: dict[frozenset[str], list[Check]] = {}
    for check in checks:
        if check.basis == "written" and check.comparison == "=" and not check.turned and len(check.figures) > 2:
            written.setdefault(_figures(check), []).append(check)
    return tuple(
        evolve(check, unlicensed=_OUTSPOKEN) if check.basis == "inferred" and _is_outspoken(check, written) else check
        for check in checks
    )


def _is_outspoken(check: Check, written: Mapping[frozenset[str], Sequence[Check]]) -> bool:
    others = written.get(_figures(check), ())
    return bool(others) and _is_broken(check) is True and any(_is_broken(other) is False for other in others)


def _figures(check: Check) -> frozenset[str]:
    return frozenset(figure.id for figure in check.figures)


def _is_broken(check: Check) -> bool | None:
    return (
        None
        if check.left is None or check.right is None
        else broken(check.left, check.right, check.comparison, check.figures)
    )


def _joined(equal: Sequence[Check]) -> Check:
    """The first of checks that ask the same, with what the others add."""
    first = equal[0]
    if len(equal) == 1:
        return first
    also = dict.fromkeys((*first.also, *(one.rule for one in equal[1:] if one.rule != first.rule)))
    ticks = dict.fromkeys(tick for one in equal for tick in one.ticks)
    heard = next((one for one in equal if one.unlicensed is None), first)  # whose evidence lets it speak
    slip = heard.slip or next((one.slip for one in equal if one.slip and one.severity == "error"), None)
    seen = next((one.seen for one in equal if one.seen), "")
    exact = not first.house and first.tolerance == Tolerance() and any(one.tolerance.kind == "exact" for one in equal)
    tolerance = Tolerance("exact") if exact else first.tolerance  # whose habit one of them knows
    confirmed = next((one.confirmed for one in equal if one.confirmed), 0)
    added = evolve(first, also=tuple(also), ticks=tuple(ticks), seen=seen, tolerance=tolerance, confirmed=confirmed)
    return evolve(added, unlicensed=heard.unlicensed, severity=heard.severity, slip=slip)
