"""Which figure a name means, seen from one column of one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import field, frozen

from checker.bind.index import Lines, Names, Spot, another_basis, exactly
from checker.bind.narrow import Narrowing, narrowing
from checker.bind.outcome import Absent
from checker.bind.periods import answers, target, touches
from checker.core.caption import normal
from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.rule import Name, Prefix
from checker.core.statement import Column, Statement
from checker.core.unit import Measure
from checker.lexicon.captions import total_of

if TYPE_CHECKING:
    from checker.bind.segments.breakdown import Breakdown, Given

_NEXT = 2
"""Tables between two parts of one statement."""
_MOST = 200
"""Lines, the best first, among which a name is sought outside of its statement."""
NOT_AMOUNTS = frozenset({"percent", "change", "ratio"})
"""Roles of columns that print what others come to: a name does not mean their figures unless it says so."""


@frozen(eq=False)
class Bearing:
    """The lines that could bear a name, best statements first, and those of each statement by its index."""

    spots: tuple[Spot, ...]
    inside: Mapping[int, Sequence[Spot]]

    @classmethod
    def of(cls, found: Iterable[Spot]) -> Bearing:
        """Lines that were found in any order."""
        inside: dict[int, list[Spot]] = {}
        for spot in (ranked := sorted(found, key=lambda spot: spot.rank)):
            inside.setdefault(spot.statement.index, []).append(spot)
        return cls(tuple(ranked), inside)


@frozen(eq=False)
class Book:
    """A release and a rulebook, each with its index: all that binding looks at. It lives as long as one release is
    being bound."""

    lines: Lines
    names: Names
    bearing: dict[tuple[str, bool], tuple[Spot, ...]] = field(factory=dict)
    """Names already looked up, by their text,"""
    allowed: dict[tuple[Name, Narrowing], Bearing] = field(factory=dict)
    """and narrowed,"""
    by_segment: dict[tuple[Name, Narrowing], Given] = field(factory=dict)
    """and what is given of them by segment, where a rule asks for it."""


@frozen
class Found:
    """A figure and the line it stands in."""

    figure: Figure
    spot: Spot


@frozen
class Segment:
    """Where a relation is judged among segments: in the one of that name or, without a name, over all those of a
    breakdown."""

    within: Breakdown
    name: str = ""
    whole: bool = False
    """Not in a segment, but in what the table prints as the total of them."""


@frozen(eq=False)
class Scene:
    """Where a relation is judged: a column of a statement, the rule's own narrowing, and the line its left side stands
    in."""

    book: Book
    statement: Statement
    column: Column
    within: Narrowing
    left: Spot | None = None
    segment: Segment | None = None
    """The segment in which the relation is judged, or the breakdown whose segments it adds up."""
    nearest: Name | None = None
    """The name of the left side, where that may be any of several lines: it means the line of `left` itself then, and
    another name the nearest line above that one."""
    flipped: frozenset[tuple[int, int]] = frozenset()
    """Lines (statement, line) read with the other sign than by default."""
    seen: dict[tuple[Name, tuple[Prefix, ...]], Found | Absent] = field(factory=dict)
    """What has been looked up in it: conditions, trials and readings ask for the same names."""

    @property
    def period(self) -> Period | None:
        """The period of the column."""
        return self.column.period


def meant(column: Column, statement: Statement) -> bool:
    """Whether a name alone may mean figures of the column: amounts or, in a table that prints nothing but percentages
    of periods, these."""
    if column.role not in NOT_AMOUNTS:
        return True
    return (
        column.role == "percent"
        and column.period is not None
        and all(other.role == "percent" for other in statement.columns)
    )


def bearing(name: Name, within: Narrowing, book: Book) -> Bearing:
    """The lines that could bear the name."""
    key = name, within
    known = book.allowed.get(key)
    if known is None:
        narrow = effective(name, within)
        known = book.allowed[key] = Bearing.of(spot for spot in _named(name, narrow, book) if narrow.allows(spot))
    return known


def effective(name: Name, within: Narrowing) -> Narrowing:
    """The bracket of the name, or the rule's `in` clause where it has none. Periods of the clause choose columns of the
    rule, not of the name."""
    return narrowing(name.brackets) if name.brackets else within.undated


def _named(name: Name, narrow: Narrowing, book: Book) -> tuple[Spot, ...]:
    if narrow.as_printed and not name.quoted and book.names.definition(name.text):
        return book.lines.by_caption.get(normal(name.text), ())
    key = name.text, name.quoted
    if key not in book.bearing:
        book.bearing[key] = _quoted(name.text, book) if name.quoted else _bare(name.text, book)
    return book.bearing[key]


def _bare(text: str, book: Book) -> tuple[Spot, ...]:
    concepts = book.names.concepts.get(normal(text))
    by_caption = book.lines.by_caption
    if concepts is None:
        exact = by_caption.get(normal(text), ())
        return (*exact, *_beside_none(book.lines.by_qualified.get(normal(text), ()), exact))
    found: dict[tuple[int, int], Spot] = {}
    for caption in (caption for concept in concepts for caption in book.names.captions(concept)):
        for printed in _longer(caption.text, book) if caption.opens else (caption.text,):
            for spot in by_caption.get(printed, ()):
                found.setdefault(
                    (spot.statement.index, spot.line.index), Spot(spot.statement, spot.line, caption.negated)
                )
    exact = tuple(found.values()) if book.lines.by_qualified else ()
    for caption in (caption for concept in concepts for caption in book.names.captions(concept)):
        for spot in _beside_none(book.lines.by_qualified.get(caption.text, ()), exact):
            found[spot.statement.index, spot.line.index] = Spot(spot.statement, spot.line, caption.negated)
    for tag in (tag for concept in concepts for tag in concept.tags) if book.lines.by_concept else ():
        for spot in book.lines.by_concept.get(tag, ()):
            found[spot.statement.index, spot.line.index] = spot
    return tuple(found.values())


def _beside_none(qualified: Sequence[Spot], exact: Sequence[Spot]) -> Iterator[Spot]:
    """Lines that bear a name with brackets behind it, in statements where none bears the name itself."""
    there = {spot.statement.index for spot in exact} if qualified else set()
    return (spot for spot in qualified if spot.statement.index not in there)


def _longer(beginning: str, book: Book) -> list[str]:
    """Printed captions that begin so and are no concept's own complete name."""
    return [
        caption
        for caption in book.lines.by_caption
        if caption.startswith(beginning) and caption not in book.names.concepts
    ]


def _quoted(text: str, book: Book) -> tuple[Spot, ...]:
    wanted, begins = exactly(text.removesuffix("...").removesuffix("…")), text.endswith(("...", "…"))
    result = []
    for same in book.lines.by_caption.values():
        for spot in same:
            caption = exactly(spot.line.caption)
            if caption == wanted or (begins and caption.startswith(wanted)):
                result.append(spot)
    return tuple(result)


def lookup(name: Name, prefixes: tuple[Prefix, ...], scene: Scene) -> Found | Absent:
    """The one figure that `name` means in this scene, or why there is none."""
    key = name, prefixes
    known = scene.seen.get(key)
    if known is None:
        known = scene.seen[key] = _looked_up(name, prefixes, scene)
    return known


def _looked_up(name: Name, prefixes: tuple[Prefix, ...], scene: Scene) -> Found | Absent:
    narrow = effective(name, scene.within)
    if narrow.later:
        return Absent(f"“{narrow.later}” needs another document", "later")
    if (
        scene.segment is not None
        and (scene.segment.name or scene.segment.whole)
        and (narrow.as_printed or not name.brackets)
    ):
        return _in_segment(name, prefixes, scene.segment, scene)
    candidates = bearing(name, scene.within, scene.book)
    if not candidates.spots:
        return Absent(unknown(name, scene.within, scene.book))
    asked = _Asked(name, narrow, prefixes, scene)
    inside = candidates.inside.get(scene.statement.index, ())
    here = [found for spot in inside for found in _figures(spot, asked)]
    if here and scene.nearest is not None and not prefixes and not narrow.dated:
        here = _nearest(here, asked, scene.nearest)
    if here:
        return _one(here, asked)
    if inside and not prefixes and not narrow.dated:
        return Absent(f"{name.text} has no figure for {_when(scene)}")
    others = [
        spot
        for spot in candidates.spots[:_MOST]
        if spot.statement is not scene.statement and not _anothers(spot.statement, scene)
    ]
    elsewhere = [spot for spot in others if name.brackets or _beside(spot.statement, scene.statement)]
    for level in sorted({spot.rank for spot in elsewhere}):
        there = [found for spot in elsewhere if spot.rank == level for found in _figures(spot, asked)]
        if there:
            return _one(there, asked)
    return Absent(f"{name.text} is not reported {_meant(asked)}", "period")


def _nearest(found: list[Found], asked: _Asked, left: Name) -> list[Found]:
    """Of the lines of its own statement that bear a name, the one that is meant beside the line of the left side; all
    where none stands above that."""
    at = asked.scene.left
    if at is None:
        return found
    if asked.name == left:
        return [one for one in found if one.spot.line.index == at.line.index] or found
    above = [one for one in found if one.spot.line.index < at.line.index]
    return [max(above, key=lambda one: one.spot.line.index)] if above else found


def broken_down(name: Name, within: Narrowing, book: Book) -> Given:
    """Everything that is given by segment of what the name means."""
    key = name, within
    known = book.by_segment.get(key)
    if known is None:
        from checker.bind.segments.given import given  # few rules ask for segments

        known = book.by_segment[key] = given(name, effective(name, within), book.lines, book.names)
    return known


def added_up(name: Name, prefixes: tuple[Prefix, ...], scene: Scene) -> tuple[Found, ...] | Absent:
    """The figures of all segments, and of what stands between them and the total, that `sum of segments of` a name
    means in this scene."""
    if scene.segment is None:
        return Absent("sums of segments are judged in rules alone", "later")
    found, own = broken_down(name, scene.within, scene.book), scene.segment.within
    if not found.breakdowns:
        return Absent(f"no table gives {name.text} by segment")
    wanted = target(scene.period, prefixes, scene.statement) if scene.period else None
    there = [
        one
        for one in ((own,) if found.holds(own) and not prefixes else found.by_names.get(own.names, ()))
        if _of_period(one, wanted)
    ]
    chosen = [one for one in there if one.statement is own.statement] or there
    when = period_text(wanted) or _when(scene)
    if len(chosen) > 1:
        return Absent(f"{name.text} by segment is ambiguous for {when}", "ambiguous")
    if not chosen:
        return Absent(f"{name.text} by segment is not given for {when}", "period")
    if not all(part.figure.additive for part in chosen[0].parts):
        return Absent(f"{name.text} by segment does not add up: it is no amount")
    return tuple(Found(part.figure, part.spot) for part in chosen[0].parts)


def _of_period(one: Breakdown, wanted: Period | None) -> bool:
    return wanted is not None and answers(one.period, wanted)


def _in_segment(name: Name, prefixes: tuple[Prefix, ...], segment: Segment, scene: Scene) -> Found | Absent:
    """The figure of one segment: in its own table or, where that does not give the name, in the others, which must then
    agree."""
    given = broken_down(name, scene.within, scene.book)
    if not given.breakdowns:
        return Absent(f"no table gives {name.text} by segment")
    wanted = target(scene.period, prefixes, scene.statement) if scene.period else None
    asked = _Asked(name, effective(name, scene.within), prefixes, scene)
    wholes = ((one, one.whole) for one in given.breakdowns if one.whole is not None)
    parts = wholes if segment.whole else given.parts_of(segment.name)
    found = [(one, part) for one, part in parts if _of_period(one, wanted) and _fits(part.figure, asked.measures)]
    own = [(one, part) for one, part in found if one.statement is segment.within.statement]
    if found:
        return _one([Found(part.figure, part.spot) for _, part in own or found], asked)
    return Absent(f"{name.text} is not given for {segment.name or 'all segments'} {_meant(asked)}", "period")


def _beside(one: Statement, anchor: Statement) -> bool:
    """Whether a bare name may be sought in another statement than the rule's: in one of another kind on the same basis,
    or in the next tables.

    A second balance sheet far away is some other company's, another segment's, or an extract whose "Total liabilities"
    are not all of them.
    """
    return not another_basis(one) and (one.kind != anchor.kind or abs(one.index - anchor.index) <= _NEXT)


@frozen(eq=False)
class _Asked:
    name: Name
    narrow: Narrowing
    prefixes: tuple[Prefix, ...]
    scene: Scene

    @property
    def measures(self) -> tuple[Measure | None, ...]:
        """What the name's concepts measure; nothing where it is a caption."""
        if self.name.quoted or self.narrow.as_printed:
            return ()
        return tuple(concept.measure for concept in self.scene.book.names.concepts.get(normal(self.name.text), ()))


def _meant(asked: _Asked) -> str:
    """The period in which the name was sought, which need not be that of the scene."""
    scene, prefixes = asked.scene, asked.prefixes
    if asked.narrow.dated:
        return f"in {'; '.join(item.text for item in asked.name.brackets)} beside {_when(scene)}"
    if not prefixes or scene.period is None:
        return f"for {_when(scene)}"
    wanted = target(scene.period, prefixes, scene.statement)
    return f"for {period_text(wanted)}" if wanted else f"for “{prefixes[-1]}”, which says nothing beside {_when(scene)}"


def _when(scene: Scene) -> str:
    return period_text(scene.period) or scene.column.head or "this column"


def period_text(period: Period | None) -> str:
    """A short name of a period: `3 months to 2013-03-31`, `2013-03-31`."""
    if period is None or period.end is None:
        return period.text if period else ""
    return period.end.isoformat() if period.is_instant else f"{period.months} months to {period.end.isoformat()}"


def unknown(name: Name, within: Narrowing, book: Book) -> str:
    """That a name stands nowhere, and what comes nearest to it."""
    where = "; ".join(item.text for item in name.brackets) or "; ".join(sorted(effective(name, within).kinds))
    shown = f"{name.text} is not reported" + (f" in {where}" if where else "")
    nearest = None if _named(name, effective(name, within), book) else book.lines.nearest(name.text)
    return shown + (f"; the nearest caption is “{nearest}”" if nearest else "")


def _figures(spot: Spot, asked: _Asked) -> list[Found]:
    found = []
    measures = asked.measures
    for column in _columns(spot, asked):
        figure = spot.line.figures[column.index]
        if figure is not None and figure.value is not None and _fits(figure, measures):
            found.append(Found(figure, spot))
    return found


_PRINTED_IN: Mapping[Measure | None, frozenset[Measure]] = MappingProxyType(
    {
        "currency": frozenset(("currency", "number")),
        "shares": frozenset(("shares", "number")),
        "per share": frozenset(("per share",)),
        "percent": frozenset(("percent", "ratio", "number")),
        "ratio": frozenset(("percent", "ratio", "number")),
    }
)
"""In which units a page may print what a concept measures: an amount per share is not an amount, and one without any
sign may be either."""


def _fits(figure: Figure, measures: Sequence[Measure | None]) -> bool:
    return not measures or any(
        measure not in _PRINTED_IN or figure.unit.measure in _PRINTED_IN[measure] for measure in measures
    )


def _columns(spot: Spot, asked: _Asked) -> list[Column]:
    """The columns of the spot's statement in which the name is to be read."""
    scene, narrow, statement = asked.scene, asked.narrow, spot.statement
    own = statement is scene.statement
    if own and not asked.prefixes and not narrow.dated and narrow.admits(scene.column, spot):
        return [scene.column]
    usable = [
        column
        for column in statement.columns
        if (meant(column, statement) or narrow.percent_columns)
        and narrow.admits(column, spot)
        and column.index < len(spot.line.figures)
    ]
    if narrow.dated:
        fitting = [column for column in usable if narrow.fits(column.period)]
        if asked.prefixes or not fitting:
            return []
        close = [
            column for column in fitting if scene.period and column.period and answers(column.period, scene.period)
        ]
        return close or (
            [column for column in fitting if touches(column.period, scene.period)] if narrow.recurs else fitting
        )
    wanted = target(scene.period, asked.prefixes, statement) if scene.period else None
    if wanted is None:
        return []
    matching = [column for column in usable if _answering(spot, column, wanted)]
    same = [column for column in matching if column.member == (scene.column.member if own else "")]
    return same or matching


def _answering(spot: Spot, column: Column, wanted: Period) -> bool:
    figure = spot.line.figures[column.index]
    return answers(figure.period if figure and figure.period else column.period, wanted)


def _one(found: list[Found], asked: _Asked) -> Found | Absent:
    """The figure they all amount to; several values are narrowed by the exact name, the section of the left side, and
    the set of statements."""
    name, left = exactly(asked.name.text), asked.scene.left
    named = [one for one in found if exactly(one.spot.line.caption) == name]
    beside = [one for one in named or found if _same_section(one.spot, left)]
    mates = [one for one in named or found if _same_set(one.spot, asked.scene)]
    for some in (found, named, beside, mates):
        if some and len({(one.figure.value, one.spot.turned) for one in some}) == 1:
            return min(some, key=lambda one: one.figure.step)
    dated = len({one.figure.period for one in found}) > 1
    places = ", ".join(
        dict.fromkeys(_place(one) + (f" for {period_text(one.figure.period)}" if dated else "") for one in found[:4])
    )
    return Absent(f"{asked.name.text} is ambiguous: {places}", "ambiguous")


def _anothers(one: Statement, scene: Scene) -> bool:
    """Whether a statement belongs to another set, which has a statement of its own for the kind and the period of the
    scene."""
    sets = scene.book.lines.sets
    own, its = sets.get(scene.statement.index), sets.get(one.index)
    if own is None or its is None or own == its or scene.period is None:
        return False
    return scene.period in scene.book.lines.told.get((its, scene.statement.kind), ())


def _same_set(spot: Spot, scene: Scene) -> bool:
    """Whether a line stands in the same set of statements: that of a subsidiary in the same document is another one."""
    sets = scene.book.lines.sets
    own = sets.get(scene.statement.index)
    return own is not None and sets.get(spot.statement.index) == own


def _place(found: Found) -> str:
    return f"“{' > '.join((*found.spot.line.under[-1:], found.spot.line.caption))}” ({found.figure.text})"


def _same_section(spot: Spot, left: Spot | None) -> bool:
    if left is None or spot.statement is not left.statement:
        return False
    if not spot.line.under:
        return not left.line.under
    section = normal(spot.line.under[-1])
    return spot.line.under == left.line.under or (total_of(left.line.caption) or normal(left.line.caption)) == (
        total_of(section) or section
    )
