"""Facts as figures: so that what tags state can stand in a relation beside what is printed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from checker.algebra.notation import grouped
from checker.core.fact import Fact, Tagging
from checker.core.figure import Figure
from checker.core.unit import PERCENT, RATIO
from checker.core.value import evolve
from checker.lexicon.concepts import concept_name

_HUNDRED = Decimal(100)


def comparable(fact: Fact, figure: Figure) -> Decimal | None:
    """The value of a fact in the measure of a printed figure: per cents where that is one."""
    if fact.value is not None and _in_percent(fact, figure):
        return fact.value * _HUNDRED
    return fact.value


def figure_of(fact: Fact, tagging: Tagging, beside: Figure | None = None) -> Figure:
    """The fact as a figure, in the measure and the scale of the printed figure that it stands beside."""
    percent = beside is not None and _in_percent(fact, beside)
    value = fact.value * _HUNDRED if percent and fact.value is not None else fact.value
    scale = Decimal(1) if percent else Decimal(1).scaleb(fact.scale)
    return Figure(
        id=fact.id,
        text=_text(value, scale) + ("%" if percent else ""),
        value=value,
        step=fact.step * _HUNDRED if percent else fact.step,
        unit=PERCENT if percent else fact.unit,
        caption=concept_name(fact.concept, tagging.labels),
        place=fact.place,
        period=fact.period,
        origin="tag",
        form="not meaningful" if value is None else "number",
        scale=scale if scale >= 1 else Decimal(1),
        additive=not fact.unit.is_relative and not fact.unit.is_per_share,
        why=(f"tag: {fact.concept}", *(f"{axis}: {member}" for axis, member in fact.dimensions)),
    )


def in_full(figure: Figure) -> Figure:
    """A fact as a figure, printed without a scale: where it is the scale that is in question."""
    return evolve(figure, text=_text(figure.value, Decimal(1)), scale=Decimal(1))


def _in_percent(fact: Fact, figure: Figure) -> bool:
    return figure.unit == PERCENT and fact.unit == RATIO


def _text(value: Decimal | None, scale: Decimal) -> str:
    """As a page would print it in its scale: `(1,596)`."""
    if value is None:
        return "nil"
    printed = grouped(abs(Fraction(value) / Fraction(scale)))
    return f"({printed})" if value < 0 else printed


def when(fact: Fact) -> str:
    """The period of a fact for a sentence."""
    return "all time" if fact.period is None else fact.period.text or str(fact.period.end)
