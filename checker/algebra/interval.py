"""Intervals of exact amounts whose ends are in or out: what a printed number leaves open.

Arithmetic on them is exact as long as no amount is used twice; `bounds` sees to that.
"""

from __future__ import annotations

from decimal import Decimal

from checker.algebra.exact import Exact, divided, exact
from checker.core.value import frozen


@frozen
class Interval:
    """Every amount from `low` to `high`; an open end is left out."""

    low: Exact
    high: Exact
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def exactly(cls, amount: Exact) -> Interval:
        """That amount alone."""
        return cls(amount, amount)

    @classmethod
    def rounded(cls, amount: Exact | Decimal, step: Exact | Decimal) -> Interval:
        """Every amount that prints as `amount` when rounded to `step`.

        Both halves are kept: half-up and half-even part company exactly there, and a release never says which of the
        two it used.
        """
        middle, half = exact(amount), divided(exact(step), 2)
        return cls(middle - half, middle + half)

    @classmethod
    def truncated(cls, amount: Exact, step: Exact) -> Interval:
        """Every amount that prints as `amount` when the digits below `step` are dropped, toward zero (XBRL Calculations
        1.1, truncation)."""
        if not step:
            return cls.exactly(amount)
        if amount > 0:
            return cls(amount, amount + step, high_open=True)
        if amount < 0:
            return cls(amount - step, amount, low_open=True)
        return cls(-step, step, low_open=True, high_open=True)

    @property
    def empty(self) -> bool:
        """Whether nothing is in it."""
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def holds(self, amount: Exact) -> bool:
        """Whether the amount is in it."""
        above = amount > self.low or (amount == self.low and not self.low_open)
        return above and (amount < self.high or (amount == self.high and not self.high_open))

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_open, self.low_open)

    def scaled(self, factor: Exact) -> Interval:
        """Every amount in it times a number."""
        if not factor:
            return Interval.exactly(0)
        if factor > 0:
            return Interval(self.low * factor, self.high * factor, self.low_open, self.high_open)
        return Interval(self.high * factor, self.low * factor, self.high_open, self.low_open)

    def __mul__(self, other: Interval) -> Interval:
        if self._is_plain and other._is_plain:
            return Interval(self.low * other.low, self.high * other.high)
        ends = [_product(one, two) for one in self._ends for two in other._ends]
        return _hull(ends)

    def inverse(self) -> Interval:
        """One over every amount in it. Raises ZeroDivisionError where it holds zero or touches it."""
        return Interval(divided(1, self.high), divided(1, self.low), self.high_open, self.low_open)

    @property
    def size(self) -> Interval:
        """Every amount in it without its sign."""
        if self.low >= 0:
            return self
        if self.high <= 0:
            return -self
        return _hull([(-self.low, self.low_open), (self.high, self.high_open), (0, False)])

    def meet(self, other: Interval) -> Interval:
        """What is in both; perhaps empty."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Interval(low, high, low_open, not high_closed)

    @property
    def _is_plain(self) -> bool:
        """Whether it holds its ends and nothing below zero, as nearly all do."""
        return self.low.numerator >= 0 and not self.low_open and not self.high_open

    @property
    def _ends(self) -> tuple[tuple[Exact, bool], tuple[Exact, bool]]:
        return (self.low, self.low_open), (self.high, self.high_open)


def least(intervals: list[Interval]) -> Interval:
    """Every amount that the smallest of several can be."""
    low = min((i.low, i.low_open) for i in intervals)
    high = min((i.high, not i.high_open) for i in intervals)
    return Interval(low[0], high[0], low[1], not high[1])


def greatest(intervals: list[Interval]) -> Interval:
    """Every amount that the largest of several can be."""
    return -least([-interval for interval in intervals])


def _product(one: tuple[Exact, bool], two: tuple[Exact, bool]) -> tuple[Exact, bool]:
    """The product of two ends and whether it is left out: zero that is in makes zero, whatever the other end."""
    (a, a_open), (b, b_open) = one, two
    reached = (a == 0 and not a_open) or (b == 0 and not b_open)
    return a * b, (a_open or b_open) and not reached


def _hull(ends: list[tuple[Exact, bool]]) -> Interval:
    low, low_open = min(ends)
    high, high_closed = max((end, not is_open) for end, is_open in ends)
    return Interval(low, high, low_open, not high_closed)
