"""Keying slips that would explain a broken case of a grid, and how many could have been tried. What a slip is, is told
in `algebra.slips`."""

from __future__ import annotations

from itertools import pairwise

from checker.algebra.slips import mistyped, moved, multiplied
from checker.structure.fit import Case, Fit
from checker.structure.grid import Grid


def keyed(grid: Grid, fit: Fit, case: Case) -> int:
    """Bits by which keying slips explain the residual better than chance; 0 where none does."""
    found = repairs(grid, fit, case)
    if not found:
        return 0
    return case.room.bit_length() - neighbours(grid, fit, case).bit_length() + found.bit_length() - 1


def repairs(grid: Grid, fit: Fit, case: Case) -> int:
    """In how many ways the case becomes right, within rounding, by undoing one slip of the fingers."""
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
        if multiplied(abs(printed), abs(wanted), case.allowance // 2):
            count += 1
            continue
        slack = min(case.allowance // (2 * step), 3)
        for offset in range(-slack, slack + 1):
            target = abs(wanted) // step + offset
            if _typed(abs(printed) // step, target):
                count += 1
                break
        else:
            count += _stale(grid, item, case.case)
    return count + _slid(grid, fit, case)


def _stale(grid: Grid, item: int, place: int) -> bool:
    """Whether a line repeats in one column what it prints in another: the other period's figure was left standing."""
    printed = grid.values[item][place]
    others = [value for at, value in enumerate(grid.values[item]) if at != place]
    return not grid.turned and printed is not None and (printed in others or -printed in others)


def neighbours(grid: Grid, fit: Fit, case: Case) -> int:
    """About how many amounts one slip in one of the figures of the case could have produced."""
    count = coarsest = 1
    for item in (fit.total, *(item for _, item in fit.terms)):
        value, step = grid.values[item][case.case], max(grid.steps[item][case.case], 1)
        if value:
            count += 20 * len(str(abs(value) // step))
            coarsest = max(coarsest, step)
    return count * (1 + min(case.allowance // (2 * coarsest), 6))


def _typed(printed: int, meant: int) -> bool:
    """One slip of the fingers on neighbouring keys, or thousands printed among units. Digits that change places from
    afar are hardly ever keyed."""
    name = mistyped(printed, meant)
    if name is not None:
        return name != "digits swapped"
    return bool(printed) and printed in (meant // 1000, (meant + 500) // 1000) and meant >= 10**5


def _slid(grid: Grid, fit: Fit, case: Case) -> int:
    """How many pairs of neighbouring addends become right when the first digit of one goes back to the other."""
    count = 0
    for (one, first), (two, second) in pairwise(fit.terms):
        values, step = (grid.values[first][case.case], grid.values[second][case.case]), grid.steps[first][case.case]
        if second != first + 1 or not values[0] or not values[1] or step < 1 or grid.steps[second][case.case] != step:
            continue
        changes = (
            one * (a * step - values[0]) + two * (b * step - values[1])
            for a, b in moved(values[0] // step, values[1] // step)
        )
        count += any(2 * abs(case.residual - change) <= case.allowance for change in changes)
    return count
