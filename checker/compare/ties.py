"""Every figure that was published, and the same figure in another document: a filing of the same period, or the
comparatives of the next release.

Careful with accusations: a difference is one only where the statement, the caption and the period leave no choice.
Everything else is not found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from checker.compare.spots import Spot, spots
from checker.compare.values import Change, Tie
from checker.core.caption import normal
from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.report import Checked

_TELLING = 4
"""Digits an amount must have to be recognised under another caption."""


def ties(old: Checked, new: Checked) -> Iterator[Tie]:
    """What the new document prints for each table figure of the old one, zeros left out."""
    published = [spot for spot in spots(old) if spot.figure.counts]
    printed = [spot for spot in spots(new) if spot.figure.origin == "table" and spot.figure.value is not None]
    captions, namesakes = _grouped(printed, lambda spot: spot.caption), _grouped(published, lambda spot: spot.caption)
    values = _grouped(printed, lambda spot: _size(spot.figure))
    for spot in published:
        yield tied(spot, captions.get(spot.caption, ()), namesakes[spot.caption]) or _elsewhere(spot, values)


def changes(found: Iterable[Tie]) -> tuple[Change, ...]:
    """What differs, in the order of the new document; a figure that was published in several places is one change."""
    differing = {
        tie.new.id: Change(tie.old, tie.new, by(tie.old, tie.new))
        for tie in found
        if tie.agreement == "differs" and tie.new is not None
    }
    return tuple(sorted(differing.values(), key=lambda change: change.new.place.span))


def by(old: Figure, new: Figure) -> Fraction:
    """How much more the new document prints."""
    return Fraction(new.value or 0) - Fraction(old.value or 0)


def comparatives(old: Checked, new: Checked) -> Iterator[Tie]:
    """The same, for the periods alone that both print."""
    printed = [spot.figure.period for spot in spots(new) if spot.figure.origin == "table"]
    for tie in ties(old, new):
        if any(same_period(tie.old.period, period) for period in dict.fromkeys(printed)):
            yield tie


def same_period(one: Period | None, two: Period | None) -> bool:
    """Whether both are one period, give or take the slack of fiscal calendars; an unknown one is like no other."""
    return one is not None and two is not None and one.ends_with(two) and one.same_length(two)


def rounds_to(one: Figure, two: Figure) -> bool:
    """Whether the coarser of two printings is what the finer rounds to, a half either way."""
    if one.value is None or two.value is None:
        return False
    return 2 * abs(abs(one.value) - abs(two.value)) <= max(one.step, two.step) and one.step != two.step


def tied(spot: Spot, candidates: Iterable[Spot], namesakes: Sequence[Spot]) -> Tie | None:
    """The tie to a figure of the same caption; None where there is none."""
    fitting = [one for one in candidates if comparable(spot, one)]
    for same in (_same_kind, _same_member, _same_section):
        fitting = [one for one in fitting if same(spot, one)] or fitting
    for one in fitting:
        if abs(one.figure.value or 0) == abs(spot.figure.value or 0):
            return Tie(
                spot.figure,
                one.figure,
                "agrees",
                "" if one.figure.value == spot.figure.value else "printed with the other sign",
            )
    for one in fitting:
        if rounds_to(spot.figure, one.figure):
            return Tie(spot.figure, one.figure, "rounding")
    for one in fitting:
        if one.figure.text.strip("$ ") == spot.figure.text.strip("$ "):
            return Tie(spot.figure, one.figure, "agrees", "printed alike, read in another scale")
    if not fitting:
        return None
    if _is_plain(spot, fitting, namesakes):
        return Tie(spot.figure, fitting[0].figure, "differs")
    return None


def _is_plain(spot: Spot, fitting: Sequence[Spot], namesakes: Sequence[Spot]) -> bool:
    """Whether statement, column and section leave only one amount in each document."""
    if spot.figure.statement is None or not all(_same_kind(spot, one) and _same_member(spot, one) for one in fitting):
        return False
    sections = all(_same_section(spot, one) for one in fitting)  # what names no section may be of any
    like = [one for one in namesakes if comparable(spot, one) and _same_kind(spot, one) and _same_member(spot, one)]
    mine = {one.figure.value for one in like if not sections or _same_section(spot, one)}
    return len({one.figure.value for one in fitting}) == 1 and len(mine) == 1


def _elsewhere(spot: Spot, values: Mapping[str, Sequence[Spot]]) -> Tie:
    """The tie to the same amount of the same statement and period under another caption."""
    telling = len((spot.figure.value or Decimal(0)).normalize().as_tuple().digits) >= _TELLING
    for one in values.get(_size(spot.figure), ()) if telling else ():
        if _same_kind(spot, one) and comparable(spot, one):
            return Tie(spot.figure, one.figure, "agrees", "under another caption")
    return Tie(spot.figure, None, "not found")


def _size(figure: Figure) -> str:
    """The amount without its sign, the same for 1.50 and 1.5."""
    return str(abs(figure.value or Decimal(0)).normalize())


def comparable(one: Spot, two: Spot) -> bool:
    """Whether two amounts are of one unit and one period: without periods, under one head."""
    mine, other = one.figure, two.figure
    if mine.unit != other.unit:
        return False
    return same_period(mine.period, other.period) or (
        mine.period is None and other.period is None and normal(mine.head) == normal(other.head)
    )


def _same_kind(one: Spot, two: Spot) -> bool:
    return one.figure.statement == two.figure.statement


def _same_member(one: Spot, two: Spot) -> bool:
    return one.member == two.member


def _same_section(one: Spot, two: Spot) -> bool:
    return one.section == two.section


def _grouped(listed: Iterable[Spot], name: Callable[[Spot], str]) -> Mapping[str, Sequence[Spot]]:
    found: defaultdict[str, list[Spot]] = defaultdict(list)
    for spot in listed:
        found[name(spot)].append(spot)
    return found
