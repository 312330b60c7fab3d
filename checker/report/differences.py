"""By how much the sides of a finding differ, and what rounding explains of it: one wording for every report."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.core.finding import Finding
from checker.lexicon.one_scale import printed_scale, scale_word
from checker.report import amounts
from checker.report.arithmetic import judged


def apart(finding: Finding) -> str:
    """By how much alone: `9,000 in thousands`, `1.3 points`; empty where nothing was computed."""
    if finding.difference is None:
        return ""
    scale = printed_scale(finding.check)
    difference, word = abs(finding.difference) / scale, scale_word(scale)
    return f"{short(difference)}{_points(finding, difference)}{' ' + word if word else ''}"


def difference(finding: Finding) -> Iterator[str]:
    """The same in units of the last place, and the most that rounding explains."""
    if finding.difference is None:
        return
    scale = printed_scale(finding.check)
    size, units = abs(finding.difference) / scale, finding.units_of_last_place
    said = f"differs by {apart(finding)}"
    if units is not None:
        last = f"{_units(abs(units))} of the last place"
        said = f"differs by {last}" if abs(units) == size and not scale_word(scale) else f"{said}, {last}"
    if finding.allowance is not None:
        allowance = finding.allowance / scale
        most = f"at most {short(allowance)}{_points(finding, allowance)}" if allowance else "none of it"
        said += f"; {allows(finding)} {most}"
    yield said
    yield from filter(None, (finding.check.leaves_out, finding.would_hold))


def allows(finding: Finding) -> str:
    """What an allowance is owed to: rounding, or the tolerance that the rule states."""
    return "the rule tolerates" if finding.check.tolerance.kind == "amount" else "rounding explains"


def spelled(written: str) -> str:
    """The arithmetic with the signs that not every console has in words."""
    return written.replace(" ≠ ", " is not ").replace(" ≈ ", " is nearly ")


def told(finding: Finding) -> str:
    """What was computed and by how much it is off, in a sentence; empty where nothing was."""
    return "; ".join(one for one in (spelled(judged(finding)), *difference(finding)) if one)


def short(value: Fraction) -> str:
    """An amount for reading: whole ones in full, others to what two digits say."""
    if value.denominator == 1 or 10**4 % value.denominator == 0:
        return amounts.grouped(value)
    text = amounts.two_digits(abs(value))
    return f"({text})" if value < 0 else text


def _points(finding: Finding, value: Fraction) -> str:
    """The unit of a difference of percentages."""
    if not finding.check.percent:
        return ""
    return " point" if value == 1 else " points"


def _units(count: Fraction) -> str:
    return "1 unit" if count == 1 else f"{short(count)} units"
