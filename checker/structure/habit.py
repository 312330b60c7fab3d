"""The document's habit: are its sums made to foot to the last digit, or is every figure rounded on its own?"""

from __future__ import annotations

from collections.abc import Sequence

from checker.core.release import Release
from checker.core.structure import Sum


def forces_sums(sums: Sequence[Sum], release: Release) -> bool | None:
    """True where so many sums foot exactly that independent rounding would be a miracle, False where it plainly shows, None where there are too few."""
    values = {figure.id: figure for figure in release.figures}
    exact = rounded = 0
    odds = 0
    for found in sums:
        for instance in found.instances:
            figures = [values[instance.total], *(values[name] for _, name in instance.terms)]
            if not instance.holds or sum(1 for figure in figures if figure.value) < 3 or not all(figure.step for figure in figures):
                continue
            difference = (figures[0].value or 0) - sum(coefficient * (values[name].value or 0) for coefficient, name in instance.terms)
            if difference:
                rounded += 1
            else:
                exact += 1
                odds += _surprise(len(instance.terms))
    if rounded * 12 >= exact + rounded and rounded:
        return False
    if odds - rounded * 60 >= 100:
        return True
    return None


def _surprise(addends: int) -> int:
    """Tenths of a bit by which an exact footing of rounded numbers surprises: the odds fall from 3 in 4 (two addends) to about 2 in 5 (ten)."""
    return {1: 0, 2: 4, 3: 6, 4: 7, 5: 9, 6: 10, 7: 11, 8: 12, 9: 13}.get(addends, 14)
