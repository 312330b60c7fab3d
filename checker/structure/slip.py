"""Keying slips that would explain a broken case, and how many could have been tried."""

from __future__ import annotations

from checker.structure.fit import Case, Fit
from checker.structure.grid import Grid


def keyed(grid: Grid, fit: Fit, case: Case) -> int:
    """Bits by which keying slips explain the residual better than chance; 0 where none does."""
    found = repairs(grid, fit, case)
    if not found:
        return 0
    return case.room.bit_length() - neighbours(grid, fit, case).bit_length() + found.bit_length() - 1


def repairs(grid: Grid, fit: Fit, case: Case) -> int:
    """How many single figures of the case become right, within rounding, by undoing one slip of the fingers."""
    count = 0
    for coefficient, item in ((-1, fit.total), *fit.terms):
        printed = grid.values[item][case.case]
        if not printed:
            continue
        step = max(grid.steps[item][case.case], 1)
        wanted = printed + coefficient * case.residual
        if wanted == -printed:
            count += 1
            continue
        if wanted * printed <= 0:
            continue
        slack = min(case.allowance // (2 * step), 3)
        for offset in range(-slack, slack + 1):
            target = abs(wanted) // step + offset
            if is_slip(abs(printed) // step, target):
                count += 1
                break
        else:
            count += _stale(grid, item, case.case)
    return count


def _stale(grid: Grid, item: int, place: int) -> bool:
    """Whether a line repeats in one column what it prints in another: the other period's figure was left standing."""
    printed = grid.values[item][place]
    others = [value for at, value in enumerate(grid.values[item]) if at != place]
    return not grid.turned and printed is not None and (printed in others or -printed in others)


def neighbours(grid: Grid, fit: Fit, case: Case) -> int:
    """About how many amounts one slip in one of the figures of the case could have produced."""
    count = 1
    for item in (fit.total, *(item for _, item in fit.terms)):
        value = grid.values[item][case.case]
        if value:
            length = len(str(abs(value) // max(grid.steps[item][case.case], 1)))
            count += 20 * length
    return count * (1 + min(case.allowance // 2, 6))


def is_slip(printed: int, meant: int) -> bool:
    """One digit wrong, two neighbours swapped, one digit dropped or one too many; thousands printed among units, or units among thousands."""
    one, two = str(printed), str(meant)
    if one == two:
        return False
    if printed and printed in (meant // 1000, (meant + 500) // 1000) and meant >= 10**5:
        return True
    if len(one) == len(two):
        wrong = [place for place, pair in enumerate(zip(one, two, strict=True)) if pair[0] != pair[1]]
        if len(wrong) == 1:
            return True
        return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and one[wrong[0]] == two[wrong[1]] and one[wrong[1]] == two[wrong[0]]
    longer, shorter = (one, two) if len(one) > len(two) else (two, one)
    return len(longer) == len(shorter) + 1 and any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
