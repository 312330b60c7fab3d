"""The document's habit: are its sums made to foot to the last digit, or is every figure rounded on its own?"""

from __future__ import annotations

from collections.abc import Iterable

from checker.structure.draft import Draft
from checker.structure.fit import Case

_SURE = 100
"""Tenths of a bit against independent rounding that settle it: 1 in 1,000."""
_SEEN = 12
"""One rounded sum in so many shows plainly that nobody forces them."""
_AGAINST = 60
"""Tenths of a bit that a rounded sum speaks against it."""
_NEAR = 3
"""Up to so many times the allowance a miss is of the same kind: rounded twice, or subtracted from what was rounded."""
_SPARED = 100
"""One miss is the error that is looked for; beyond it, documents that force their sums let one in so many miss by a
unit (24 of 2,702 did)."""
_SURPRISE = (0, 0, 4, 6, 7, 9, 10, 11, 12, 13)
"""Tenths of a bit by which an exact footing of rounded addends surprises: the odds fall from 3 in 4 (two addends) to
about 2 in 5 (ten)."""


def forces_sums(drafts: Iterable[Draft]) -> bool | None:
    """True where so many sums foot exactly that independent rounding would be a miracle, False where it plainly shows,
    None where there are too few."""
    exact = surprise = 0
    missed: list[frozenset[str]] = []
    for draft in drafts:
        near = (
            [case for case in draft.fit.broken if 2 * abs(case.residual) <= _NEAR * case.allowance]
            if len(draft.fit.broken) == 1
            else []
        )
        for case in (*draft.fit.holding, *near):
            if case.addends < 2 or not _printed(draft, case):
                continue
            if case.residual:
                missed.append(_figures(draft, case))
            else:
                exact += 1
                surprise += _SURPRISE[case.addends] if case.addends < len(_SURPRISE) else 14
    rounded = _slips(missed)
    if rounded and rounded * _SEEN >= exact + rounded:
        return False
    return True if surprise - rounded * _AGAINST >= _SURE and rounded <= 1 + exact // _SPARED else None


def _slips(missed: list[frozenset[str]]) -> int:
    """How many single errors could account for the sums that miss: two that share a figure may miss through it
    alone."""
    count = 0
    while missed:
        first = missed.pop()
        missed = [other for other in missed if not first & other]
        count += 1
    return count


def _figures(draft: Draft, case: Case) -> frozenset[str]:
    items = (draft.fit.total, *(item for _, item in draft.fit.terms))
    return frozenset(figure.id for item in items if (figure := draft.grid.figures[item][case.case]) is not None)


def _printed(draft: Draft, case: Case) -> bool:
    """Whether its amounts are rounded at all."""
    return all(
        draft.grid.steps[item][case.case]
        for item in (draft.fit.total, *(item for _, item in draft.fit.terms))
        if draft.grid.values[item][case.case]
    )
