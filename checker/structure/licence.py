"""When a broken case may be called a violation. Published figures are nearly always right, so the case against the document must outweigh the case against us.

Only a sum that is broken in exactly one case and holds in others may speak at all. The repair loop comes first: a residual that is some other
printed number of that case, or twice an addend, is our misreading. Then the evidence is counted in bits: how many residuals a misreading could have
left, less the keying slips one could try, plus the slips that repair it, plus what the other cases bear witness to.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.structure.fit import Case, Fit
from checker.structure.grid import Grid
from checker.structure.slip import neighbours, repairs

SMALLEST = 3
"""Up to this many times the allowance, a second rounding explains a residual far better than a slip of the last digit does."""
REPAIRED = 1
"""Bits from which a keying repair licenses."""
UNREPAIRED_CASES = 2
UNREPAIRED_WITNESS = 40
"""Without a keying repair: so many cases that hold, worth so many bits."""


def licences(grid: Grid, fit: Fit, fits: Sequence[Fit]) -> dict[int, str]:
    """The broken case that may speak, with the reason; empty where none may. `fits` are all sums of the grid."""
    if len(fit.broken) != 1:
        return {}
    case = fit.broken[0]
    held = [each for each in fit.holding if each.addends >= 2 and each.bits]
    if not held or 2 * abs(case.residual) <= SMALLEST * case.allowance or misread(grid, fit, case):
        return {}
    elsewhere = "it holds in " + ("one other column" if len(held) == 1 else f"{len(held)} other columns")
    if keyed(grid, fit, case) >= REPAIRED:
        return {case.case: f"{elsewhere}, and one keying slip explains the difference"}
    if any(echoes(fit, other, case) for other in fits):
        return {case.case: f"{elsewhere}, and another sum misses by as much through the same figure"}
    if averages(grid, fit, case) and not any(other is not fit and _witnessed(other, case.case) for other in fits):
        return {}
    if len(held) >= UNREPAIRED_CASES and fit.witness - fit.cost >= UNREPAIRED_WITNESS:
        return {case.case: elsewhere}
    return {}


def keyed(grid: Grid, fit: Fit, case: Case) -> int:
    """Bits by which keying slips explain the residual better than chance; 0 where none does."""
    found = repairs(grid, fit, case)
    if not found:
        return 0
    return case.room.bit_length() - neighbours(grid, fit, case).bit_length() + found.bit_length() - 1


def misread(grid: Grid, fit: Fit, case: Case) -> bool:
    """Whether the residual is a number printed in that case, a sum of two, or twice an addend: then the reading is in doubt, not the document."""
    residual = abs(case.residual)
    used = {item for _, item in fit.terms} | {fit.total}
    others = [abs(value) for item, row in enumerate(grid.values) if item not in used and (value := row[case.case])]
    addends = [abs(value) for item in used if (value := grid.values[item][case.case])]
    if residual in others or any(residual in (2 * value, value) for value in addends):
        return True
    digits = _digits(residual)
    if len(digits) >= 3 and any(_digits(value) == digits for value in others):
        return True
    known = set(others)
    return len(digits) >= 4 and any(residual - value in known or residual + value in known for value in others)


def averages(grid: Grid, fit: Fit, case: Case) -> bool:
    """Whether the total lies among its addends, as an average, a rate or a growth of the whole does."""
    parts = [value for coefficient, item in fit.terms if coefficient > 0 and (value := grid.values[item][case.case])]
    total = grid.values[fit.total][case.case] or 0
    return len(parts) >= 2 and min(parts) <= total <= max(parts)


def echoes(fit: Fit, other: Fit, case: Case) -> bool:
    """Whether another sum that is broken in this case alone asks for the same amount in the one figure that both share."""
    if other is fit or len(other.broken) != 1 or other.broken[0].case != case.case:
        return False
    theirs = other.broken[0]
    wanted = {fit.total: -case.residual, **{item: coefficient * case.residual for coefficient, item in fit.terms}}
    asked = {other.total: -theirs.residual, **{item: coefficient * theirs.residual for coefficient, item in other.terms}}
    return any(wanted[item] == asked[item] for item in wanted.keys() & asked.keys())


def _witnessed(fit: Fit, place: int) -> bool:
    """Whether the sum shows that its case foots."""
    return any(case.case == place and case.addends >= 2 and case.bits >= 4 for case in fit.holding)


def _digits(amount: int) -> str:
    return str(amount).strip("0")
