"""Figures: single printed numbers with everything needed to judge them."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from math import lcm
from typing import Literal

from checker.core.period import Period
from checker.core.place import Place
from checker.core.unit import PERCENT, SHARES, Unit
from checker.core.value import frozen

Form = Literal["number", "dash", "not meaningful"]
Kept = Literal["table", "prose", "tag"]
"""Where a figure stands; `tag`: nowhere in print, a tag states it."""
Status = Literal["agreed", "rounding", "violated", "untested"]
UNSTATED = "scale: none stated"
"""Why a figure has the scale it has, where no word gives one."""
UNNAMED = "unit: no currency named"
"""Why an amount is taken for one of the usual currency, where the document names none."""
ASSUMED = "(as most of the document)"
"""How the reason for a scale ends that the table does not state, and the document as a whole does."""
SAID = frozenset({"period stated", "period implied by its comparison"})
"""Why a figure of a sentence has its period, where the sentence names it or what it compares it with."""
TOLD = SAID | {"period the only one reported"}
"""Why a figure of a sentence has the period it has, where the words leave no doubt of it."""
POINTS = "percentage points"
"""Why a figure in percent is no percentage of anything: it says by how much one has changed."""
CUT_OFF = "rounding: what is below the last digit is cut off"
"""Why a figure stands for amounts that are no smaller than itself: its page says that it drops digits and does not
round."""
LARGEST = 60
"""Digits before the point beyond which a number is no amount; the arithmetic of such a one could take for ever."""


@frozen
class Reading:
    """Another way to read a doubtful figure, less likely than the one chosen, and the words that speak for it."""

    value: Decimal
    step: Decimal
    unit: Unit
    why: str


Illegible = Literal["unreadable amount", "placeholder"]
"""Why what stands where a figure should is none: the print is damaged, or the amount is still to come."""


@frozen
class Unread:
    """What stands in a column of figures, means an amount and is none. Nothing is tested of it."""

    text: str
    place: Place
    why: Illegible
    caption: str
    head: str = ""
    """The column's heading, top down."""


@frozen
class Figure:
    """One printed number.

    `value` is exact, after scale, with the printed sign only; None where the print says "not meaningful". A dash is a
    reported zero. `step` is what it is rounded to, in the same unit: 100,000 for "16.2 million", 0.1 for "40.2%".
    """

    id: str
    text: str
    value: Decimal | None
    step: Decimal
    unit: Unit
    caption: str
    place: Place
    under: tuple[str, ...] = ()
    """Captions above it, outermost first: the sections its line stands in."""
    statement: str | None = None
    period: Period | None = None
    origin: Kept = "table"
    form: Form = "number"
    scale: Decimal = Decimal(1)
    additive: bool = True
    """False for percents, changes, averages, rates, prices and ratios: they never foot."""
    head: str = ""
    """The column's heading, top down."""
    why: tuple[str, ...] = ()
    """Which words decided scale, unit and period."""
    readings: tuple[Reading, ...] = ()
    edited: bool = False
    """Corrected by hand in a file fed back in."""

    @cached_property
    def scaled(self) -> tuple[int, int, int] | None:
        """Value and step as whole numbers, and the scale they are on: 402, 1 and 10 for 40.2 to a tenth. None where
        there is no value, or none that can be an amount."""
        if self.value is None or self.value.adjusted() > LARGEST:
            return None
        above, below = self.value.as_integer_ratio()
        size, parts = self.step.as_integer_ratio()
        scale = lcm(below, parts)
        return above * (scale // below), size * (scale // parts), scale

    @property
    def is_amount(self) -> bool:
        """Whether it is an amount of money that foots."""
        return self.additive and self.unit.is_money

    @property
    def is_rate(self) -> bool:
        """Whether it is an amount for each share."""
        return self.unit.is_per_share

    @property
    def is_count(self) -> bool:
        """Whether it counts shares."""
        return self.unit == SHARES

    @property
    def is_percentage(self) -> bool:
        """Whether it is a percentage of something: printed as a number, and no points by which one has changed."""
        return self.unit == PERCENT and self.form == "number" and self.value is not None and not self.in_points

    @property
    def is_unscaled(self) -> bool:
        """Whether no word says in which scale it is printed."""
        return UNSTATED in self.why

    @property
    def is_scaled_as_most(self) -> bool:
        """Whether its scale is that of most tables of the document, and its own states none."""
        return any(why.endswith(ASSUMED) for why in self.why)

    @property
    def tells_period(self) -> bool:
        """Whether the sentence it stands in names its period."""
        return not TOLD.isdisjoint(self.why)

    @property
    def is_dated_here(self) -> bool:
        """Whether the sentence it stands in names its period itself, or the one that it compares it with."""
        return not SAID.isdisjoint(self.why)

    @property
    def in_points(self) -> bool:
        """Whether a sentence prints it as points of a percentage."""
        return POINTS in self.why

    @cached_property
    def is_cut_off(self) -> bool:
        """Whether the digits below its step were dropped, toward zero."""
        return CUT_OFF in self.why

    @property
    def unescaped(self) -> str:
        """As printed, without the backslashes that Markdown asks for before some signs."""
        return self.text.replace("\\", "")

    @property
    def counts(self) -> bool:
        """Whether coverage counts it: a number other than zero, printed in a table."""
        return self.origin == "table" and bool(self.value)
