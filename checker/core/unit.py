"""Units: what a figure counts. Files hold them as texts (`USD`, `USD/share`, `percent`); everything else asks the unit,
never its text."""

from __future__ import annotations

import re
from typing import Literal

from checker.core.value import frozen

Measure = Literal["currency", "shares", "per share", "percent", "ratio", "number"]
"""What a concept of the rule language measures, and what a unit is a unit of."""

_PER_SHARE = "/share"
_CODE = re.compile("[A-Z]{3}")
"""A currency, as ISO 4217 names it."""


@frozen
class Unit:
    """What a figure counts. `name` is the code of the currency, of an amount per share too, or the word for things that
    are neither money nor shares."""

    measure: Measure
    name: str = ""

    @classmethod
    def of(cls, text: str) -> Unit:
        """The unit that `str` writes so. Anything else that a file fed in may say is a number of that."""
        match text:
            case "shares" | "percent" | "ratio" | "number":
                return cls(text)
            case _ if text.endswith(_PER_SHARE):
                return per_share(text.removesuffix(_PER_SHARE))
            case _:
                return money(text) if _CODE.fullmatch(text) else cls("number", text)

    def __str__(self) -> str:
        """As it stands in files and reports."""
        return self.name + _PER_SHARE if self.measure == "per share" else self.name or self.measure

    @property
    def is_money(self) -> bool:
        """Whether it is a currency."""
        return self.measure == "currency"

    @property
    def is_per_share(self) -> bool:
        """Whether it is an amount of money for each share."""
        return self.measure == "per share"

    @property
    def is_relative(self) -> bool:
        """Whether it measures one amount by another, in percent or in times. What does never foots."""
        return self.measure in ("percent", "ratio")

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing of what is counted: a mere number, a percentage, a ratio. It goes with any other
        unit."""
        return self.is_relative or (self.measure == "number" and not self.name)

    @property
    def takes_scale(self) -> bool:
        """Whether a page that is in thousands prints such figures in thousands: money and shares, not what is per share
        or bare."""
        return not self.is_per_share and not self.is_bare


PERCENT = Unit("percent")
"""40.2 stands for 40.2 %, not for 0.402."""
RATIO = Unit("ratio")
SHARES = Unit("shares")
NUMBER = Unit("number")


def money(currency: str) -> Unit:
    """Amounts of a currency, by its code."""
    return Unit("currency", currency)


def per_share(currency: str) -> Unit:
    """Amounts of a currency for each share."""
    return Unit("per share", currency)
