"""Facts: amounts as the tags of a filing state them, beside what its pages print, and how the filing says that they add
up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from attrs import field

from checker.core.period import Period
from checker.core.place import Place
from checker.core.unit import Unit
from checker.core.value import frozen

Dimensions = tuple[tuple[str, str], ...]
"""Axes and their members, in the order of the axes: `("us-gaap:StatementBusinessSegmentsAxis", "acme:ToolsMember")`."""


@frozen
class Fact:
    """One amount as a tag states it. `value` is exact and has the sign and scale that the tag gives it; None where it
    is nil or cannot be read."""

    id: str
    concept: str
    """Its qualified name: `us-gaap:Revenues`."""
    text: str
    """What stands between the tags, as printed; the value itself where nothing is printed."""
    value: Decimal | None
    decimals: int | None
    """To which decimal place it is rounded: -6 to millions; None: it is exact."""
    unit: Unit
    place: Place
    period: Period | None = None
    dimensions: Dimensions = ()
    entity: str = ""
    scale: int = 0
    """The power of ten that the tag multiplies the printed number with."""
    hidden: bool = False
    """It stands in a part of the page that is not shown."""
    nil: bool = False

    @property
    def step(self) -> Decimal:
        """What it is rounded to, in its unit; 0 where it is exact."""
        return Decimal(0) if self.decimals is None else Decimal(1).scaleb(-self.decimals)

    @property
    def sort(self) -> tuple[object, ...]:
        """What a fact is a fact of: concept, entity, period, dimensions and unit. Facts of one sort are duplicates."""
        when = None if self.period is None else (self.period.start, self.period.end)
        return self.concept, self.entity, when, self.dimensions, self.unit

    @property
    def has_excess_digits(self) -> bool:
        """Whether it has digits other than zero below the place to which it says it is rounded."""
        return bool(self.value is not None and self.decimals is not None and self.value % self.step)


@frozen
class Contribution:
    """One arc of a calculation linkbase: `item`, times `weight`, is a part of `total` in the network of one role."""

    network: str
    total: str
    item: str
    weight: Decimal


@frozen
class Shown:
    """One line of a presentation linkbase: `concept` stands in the statement of one role, `depth` levels in."""

    network: str
    concept: str
    depth: int = 0


@frozen
class Tagging:
    """All that the tags of one filing say."""

    facts: tuple[Fact, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    labels: Mapping[str, str] = field(factory=dict)
    """What concepts are called, by qualified name, where a label linkbase says it."""
    networks: Mapping[str, str] = field(factory=dict)
    """What the roles of networks are called, where a schema says it."""

    shown: tuple[Shown, ...] = ()
    """In which order statements show concepts, where a presentation linkbase says it."""

    @cached_property
    def known(self) -> Mapping[str, Fact]:
        """The facts by id."""
        return {fact.id: fact for fact in self.facts}
