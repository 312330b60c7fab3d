"""In what a column of changes prints those of lines in percent: in points or in basis points. Its head says so, else
the arithmetic of those lines."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from checker.extract.pieces import Cells
from checker.extract.roles import Deemed
from checker.lexicon import measures
from checker.lexicon.lower import lowered
from checker.lexicon.numbers import Printed

POINT, BASIS_POINT = Decimal(1), Decimal("0.01")
_IN_BASIS_POINTS = lowered(r"\bbps?\b|\bbasis points?\b")
_IN_POINTS = lowered(r"\bpp(?:ts?)?\b|\bpts?\b|\bpoints?\b")
_REACH = 6
"""Columns back to which a change may compare."""


def factors(heads: Sequence[str], deemed: Sequence[Deemed], rows: Sequence[Cells]) -> tuple[Decimal | None, ...]:
    """For each column of changes, how many points one unit of its bare numbers is in lines of percentages; None where
    nothing tells, and for other columns."""
    relative = [row for row in rows if is_relative(row, deemed)]
    return tuple(
        _factor(head, place, relative) if is_change(head, role) else None
        for place, (head, role) in enumerate(zip(heads, deemed, strict=True))
    )


def is_change(head: str, role: Deemed) -> bool:
    """Whether a column prints changes, in amounts or in percent."""
    return role.role == "change" or (role.role == "percent" and measures.header_change(head))


def is_relative(row: Cells, deemed: Sequence[Deemed]) -> bool:
    """Whether a line prints percentages with their sign in its columns of amounts, and nothing else there."""
    shown = [
        piece.printed
        for piece, role in zip(row, deemed, strict=True)
        if piece is not None and piece.printed is not None and role.role == "amount"
    ]
    signed = [one for one in shown if one.form == "number"]
    return bool(signed) and all(one.sign == "percent" for one in signed)


def _factor(head: str, place: int, relative: Sequence[Cells]) -> Decimal | None:
    low = head.lower()
    if _IN_BASIS_POINTS.search(low):
        return BASIS_POINT
    if _IN_POINTS.search(low):
        return POINT
    votes = {factor: sum(_comes_out(row, place, factor) for row in relative) for factor in (POINT, BASIS_POINT)}
    if votes[POINT] == votes[BASIS_POINT]:
        return None
    return max(votes, key=lambda factor: votes[factor])


def _comes_out(row: Cells, place: int, factor: Decimal) -> bool:
    """Whether the number is, in units of that factor, the difference of two percentages before it."""
    shown = _number(row, place)
    if shown is None or shown.sign or shown.currency or not shown.value:
        return False
    before = [
        one
        for other in range(max(0, place - _REACH), place)
        if (one := _number(row, other)) is not None and one.sign == "percent"
    ]
    return any(
        one.value is not None
        and two.value is not None
        and 2 * abs(abs(one.value - two.value) - shown.size * factor) <= one.step + two.step + shown.step * factor
        for one, two in combinations(before, 2)
    )


def _number(row: Cells, place: int) -> Printed | None:
    piece = row[place]
    return piece.printed if piece is not None and piece.printed is not None and piece.printed.form == "number" else None
