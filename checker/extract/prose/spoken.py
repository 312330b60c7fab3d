"""Which periods the words of a sentence name, and which of them an amount belongs to. What the amounts measure is not
asked here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from checker.core.period import Period, duration
from checker.core.value import frozen
from checker.extract.prose import periods
from checker.extract.prose.idioms import Part
from checker.extract.prose.periods import Phrase
from checker.extract.prose.reported import Reported

STATED, IMPLIED, INHERITED, ASSUMED = "stated", "implied by its comparison", "inherited", "assumed"
SOLE = "the only one reported"
"""Not named, and no other length of time stands in the tables."""
_GLUE = frozenset(
    [
        "in",
        "for",
        "at",
        "during",
        "on",
        "of",
        "the",
        "as",
        "its",
        "our",
        "both",
        "through",
        "to",
        "immediate",
        "immediately",
        "all",
        "each",
    ]
)


@frozen
class Spoken:
    """The periods spoken of, and how that is known."""

    periods: tuple[Period, ...] = ()
    how: str = ASSUMED
    relative: bool = False
    """Named only from another one: "a year ago"."""

    @property
    def one(self) -> Period | None:
        """The first of them."""
        return self.periods[0] if self.periods else None


def said(items: Sequence[Part], reported: Reported, context: Period | None) -> list[tuple[int, Spoken]]:
    """The periods named in a stretch, with the index of the part that names them; `context` is the one that "a year
    ago" starts from."""
    found: list[tuple[int, Phrase, tuple[Period, ...]]] = []
    for index, part in enumerate(items):
        tags = ([part.tag] if part.kind == "period" else []) + [tag for tag in part.fillers if tag.kind == "PERIOD"]
        for tag in tags:
            phrase = periods.phrase(tag.text)
            if (
                phrase is not None
                and not periods.RHYTHM.search(tag.text)
                and (dated := reported.resolve(phrase, context))
            ):
                found.append((index, phrase, dated))
    ends = [(index, dated[-1].end) for index, phrase, dated in found if phrase.dates and phrase.lengths]
    following = {
        index: next((end for at, end in ends if at >= index), ends[-1][1] if ends else None) for index, _, _ in found
    }
    return [
        (index, Spoken(_ending((phrase, dated), reported, following[index]), STATED, phrase.prior or phrase.preceding))
        for index, phrase, dated in found
    ]


def _ending(named: tuple[Phrase, tuple[Period, ...]], reported: Reported, end: dt.date | None) -> tuple[Period, ...]:
    """A bare length takes the end of a dated one beside it: "A for the three months and B for the six months ended June
    30, 2022"."""
    phrase, dated = named
    if (
        end is None
        or phrase.dates
        or phrase.years
        or phrase.quarter
        or phrase.prior
        or phrase.preceding
        or len(phrase.lengths) != 1
    ):
        return dated
    return (reported.snap(duration(end, phrase.lengths[0])),)


def implied(base: Spoken, reported: Reported) -> Spoken | None:
    """The reported period a year after a stated base, where the tables (or the release as a whole) report it."""
    if base.one is None or base.one.end is None or base.how != STATED:
        return None
    later = reported.snap(periods.shifted(base.one, 12))
    return Spoken((later,), IMPLIED) if later in reported.known or later == reported.main else None


def nearest(items: Sequence[Part], said: Sequence[tuple[int, Spoken]], index: int) -> Spoken | None:
    """The period for the amounts at `index`: one directly behind, else the last before, else the first behind before
    other amounts."""
    by_index = dict(reversed(said))
    at = index + 1
    while at < len(items) and (
        items[at].kind == "comma"
        or (items[at].kind == "words" and (set(items[at].tag.text.lower().split()) <= _GLUE or of_a_share(items, at)))
    ):
        at += 1
    if at in by_index and items[at].kind == "period":
        return by_index[at]
    before = [spoken for place, spoken in said if place <= index]
    if before:
        return before[-1]
    for place, spoken in said:
        if place > index and not any(items[between].amounts for between in range(index + 1, place)):
            return spoken
    return None


def of_a_share(items: Sequence[Part], index: int) -> bool:
    """Whether words say what the percentage before them is a share of, and so nothing of other amounts: "$75.2 million
    (1.31% of total loans)"."""
    amounts = items[index - 1].amounts if index else ()
    return bool(amounts) and amounts[-1].renderings[-1].relative and items[index].tag.text.lower().startswith("of ")


def year_apart(two: Sequence[Period]) -> bool:
    """Whether the second period is the first one a year before."""
    now, then = two
    return now.same_length(then) and periods.shifted(now, -12).ends_with(then)
