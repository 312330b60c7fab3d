"""From the idioms of a sentence to its claims: which metric, which period, which role each quantity has.

A sentence is read in stretches: what is said of the period reported (main), and what it is compared with (base).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define, field

from checker.core.period import Period
from checker.core.value import evolve, frozen
from checker.extract.prose import periods
from checker.extract.prose.idioms import Amount, Part
from checker.extract.prose.phrases import joined, metric, parted
from checker.extract.prose.quantities import Quantity
from checker.extract.prose.reported import Reported
from checker.extract.prose.spoken import (
    IMPLIED,
    INHERITED,
    STATED,
    Spoken,
    implied,
    nearest,
    of_a_share,
    said,
    year_apart,
)
from checker.lexicon import bases
from checker.lexicon.captions import is_change

_KINDS = frozenset({"loss", "losses", "profit", "income", "gain", "deficit", "surplus"})
"""What an amount was in the other period, not what it measures: "a loss before tax of A (2012: profit of B)"."""
_ROW = 3
"""So many changes of one thing in one period are a row of a table,"""
_APART = 12
"""where no more characters stand between two of them."""
_GOING_ON = frozenset({"and", "of", "by", "in", "for", "during"})
"""Words that lead from a period to one more amount and say nothing new."""
_QUARTER = 3
"""Months."""
_IN_NO_METRIC = re.compile(
    r"in\s+(?:part|line|turn|total|addition|each|all|both|which|connection|response)\b", re.IGNORECASE
)
"""Words behind a direction that measure nothing."""
_GOES_ON = re.compile(
    r"\s(?:was|were|is|are|has|have|that|which|as|due|driven|partially|partly|primarily|mainly|offset|reflecting|"
    r"resulting|related|and\s+an?)\b",
    re.IGNORECASE,
)
"""Where the words behind a direction and its metric go on to something else."""
_EFFECT = " by"
"""Before an amount that nothing moves by it says what something did to the line: "charges affected EPS by $0.02"."""
_LETTERS = re.compile(r"[^\W\d_]+")
_RETURNS = ("and ", "while ", "an ", "with ", "a ", "but ")


@frozen
class Mention:
    """A quantity with what the sentence says of it."""

    quantity: Quantity
    role: str
    metric: str
    period: Period | None
    base: Period | None
    period_from: str
    direction: int
    group: int


@define
class _Stretch:
    """Part of a sentence that speaks of one side of a comparison."""

    base: bool
    group: int
    items: list[Part] = field(factory=list)

    @property
    def settled(self) -> bool:
        """Whether it already has an amount or a period, so that other words may begin something new."""
        return any(
            part.amounts or part.kind == "period" or any(tag.kind == "PERIOD" for tag in part.fillers)
            for part in self.items
        )


@frozen
class Context:
    """What a sentence inherits: the periods that the release reports on, the issuer's names, and the period spoken of
    before."""

    reported: Reported
    issuer: frozenset[str]
    before: Spoken


def _stretches(parts: Sequence[Part], issuer: frozenset[str]) -> list[_Stretch]:
    """The sentence in stretches. After a comparison has its amount or period, a change, a goal or another metric leads
    back to the period reported."""
    stretches = [_Stretch(False, 0)]
    comma = False
    spoken = ""
    moved: Part | None = None
    for index, part in enumerate(parts):
        last = stretches[-1]
        if part.kind in ("change", "stop", "goal"):
            moved = part if part.kind == "change" else None
        elif part.kind == "level" and moved is not None and last.base and last.settled and _compared(parts, index):
            stretches.append(_Stretch(False, last.group, [evolve(part, kind="change", tag=moved.tag)]))
            continue
        if part.kind == "stop":
            stretches.append(_Stretch(False, last.group + 1))
        elif part.kind == "closed":
            stretches.append(_Stretch(False, last.group))
        elif part.kind in ("against", "origin", "beside"):
            stretches.append(_Stretch(True, last.group, [part]))
        elif (
            last.base
            and last.settled
            and (
                part.kind in ("change", "goal", "moved")
                or (part.kind == "words" and _returns(part.tag.text, comma, spoken, issuer))
            )
        ):
            over = _led_over(last.items)
            fresh = part.kind == "words" or bool(
                metric(joined([piece.tag.text for piece in over if piece.kind == "words"]), issuer)
            )
            stretches.append(_Stretch(False, last.group + fresh, [*over, part]))
        else:
            last.items.append(part)
        spoken += (
            " ".join((part.tag.text, *(tag.text for tag in part.fillers))).lower()
            if part.kind in ("words", "against")
            else ""
        )
        comma = part.kind == "comma"
    return stretches


def _compared(parts: Sequence[Part], index: int) -> bool:
    """Whether an amount is one more change, with its own comparison behind it: "increased A compared with P and B
    compared with Q"."""
    at = index + 1
    while at < len(parts) and parts[at].kind in ("comma", "period"):
        at += 1
    return at < len(parts) and parts[at].kind == "beside"


def _led_over(items: list[Part]) -> list[Part]:
    """The words behind the last comma of a comparison, which begin what follows ("..., as retail revenue" before
    "decreased 12%"); taken from its end."""
    at = len(items)
    while at and items[at - 1].kind in ("words", "comma"):
        at -= 1
    while at < len(items) and items[at].kind != "comma":
        at += 1
    moved = items[at:]
    del items[at:]
    return moved


def _returns(words: str, comma: bool, spoken: str, issuer: frozenset[str]) -> bool:
    """Whether words behind a comparison begin something new: after a comma, or with "and" and a metric that was not
    spoken of."""
    low = words.lower()
    if comma:
        return low.startswith(_RETURNS)
    named = metric(words, issuer).lower()
    return low.startswith("and ") and bool(named) and named not in spoken


@define
class _Reader:
    """One pass over the stretches of a sentence; what was said so far decides what the next amounts are."""

    context: Context
    group: int
    mentions: list[Mention] = field(factory=list)
    main: Spoken = Spoken()
    listed: tuple[str, ...] = ()
    """The metrics of the last main amounts, in their order."""
    direction: int = 0
    changed: bool = False
    """The last main amount was one of change."""
    rhythm: Period | None = None
    """The base of changes that are said to be sequential."""
    later: int = 0
    """How many groups began inside stretches, because a new metric was named."""
    whole: str = ""
    """What the last of the main amounts is a share of, where the words behind it say so."""

    def read(self, parts: Sequence[Part]) -> None:
        """Every stretch of the sentence in turn."""
        stretches = _stretches(parts, self.context.issuer)
        self.main = self.sentence_period(stretches)
        leading: _Stretch | None = None
        for index, stretch in enumerate(stretches):
            if not stretch.base:
                self.rhythm = self.said_rhythm(stretch)
                following = next((other for other in stretches[index + 1 : index + 2] if other.base), leading)
                self.main_stretch(stretch, following)
            else:
                if not self.mentions and not any(part.amounts for part in stretch.items):
                    leading = stretch  # "Compared with the first quarter of 2021, revenue increased A"
                self.base_stretch(stretch)

    def sentence_period(self, stretches: Sequence[_Stretch]) -> Spoken:
        """The period the sentence is about: the first it states outside of comparisons, one implied by a comparison,
        else what was spoken of before."""
        before, reported = self.context.before, self.context.reported
        told = False
        for stretch in stretches:
            found = [] if stretch.base else said(stretch.items, reported, before.one)
            named = [
                spoken
                for place, spoken in found
                if not spoken.relative or not (told or any(part.amounts for part in stretch.items[:place]))
            ]
            if named:
                return named[0]
            told |= not stretch.base and any(part.amounts for part in stretch.items)
        for stretch in stretches:
            found = said(stretch.items, reported, before.one) if stretch.base else []
            if found and not found[0][1].relative and (later := implied(found[0][1], reported)):
                return later
        return before

    def main_stretch(self, stretch: _Stretch, following: _Stretch | None) -> None:
        """Levels, goals and changes of the period reported."""
        named = said(stretch.items, self.context.reported, self.main.one or self.context.before.one)
        if named and not named[-1][1].relative and not any(part.amounts for part in stretch.items):
            self.main = named[-1][1]
        base = self.base_period(following)
        moving = False
        for index, part in enumerate(stretch.items):
            if part.kind == "moved":
                self.direction = part.tag.direction
            if not part.amounts:
                continue
            spoken = nearest(stretch.items, named, index) or self.main
            if part.kind == "change":
                self.direction = part.tag.direction
            names = self.names(stretch.items, index, len(spoken.periods))
            if self.listed and names != self.listed:
                self.later += 1
                self.direction = self.direction if part.kind in ("change", "goal") else 0
            moving = part.kind == "change" or (moving and _once_more(stretch.items, index))
            self.changed = moving or bool(part.amounts[-1].trail)
            behind = _behind(stretch.items, index)
            self.whole = metric(behind, self.context.issuer) if behind.lower().startswith("of ") else ""
            self.put(
                part,
                "change" if moving else "level",
                names,
                (spoken, self.own_rhythm(stretch, index) or self.same_length(base, following, spoken)),
                stretch.group,
            )
            if not spoken.relative and (len(self.main.periods) != 1 or spoken.how == STATED):
                self.main = spoken
            self.listed = names

    def said_rhythm(self, stretch: _Stretch) -> Period | None:
        """The base that "sequentially" means."""
        return next((base for part in stretch.items if (base := self.sequential(part)) is not None), None)

    def sequential(self, part: Part) -> Period | None:
        """The quarter before the one that is spoken of, where a period says so."""
        now = self.main.one
        if (
            part.kind != "period"
            or now is None
            or now.months != _QUARTER
            or not periods.SEQUENTIAL.search(part.tag.text)
        ):
            return None
        return self.context.reported.snap(periods.shifted(now, -_QUARTER))

    def own_rhythm(self, stretch: _Stretch, index: int) -> Period | None:
        """The base of one change that its next word says, "up 9% sequentially", while the next one has another, "and up
        42% from a year ago"."""
        behind = stretch.items[index + 1] if index + 1 < len(stretch.items) else None
        if behind is None or behind.kind != "period" or stretch.items[index].kind != "change":
            return None
        return self.sequential(behind)

    def base_period(self, following: _Stretch | None) -> Period | None:
        if following is None:
            return self.rhythm
        return self.base_of(following, self.main.one)

    def base_of(self, following: _Stretch, now: Period | None) -> Period | None:
        """The first period that a comparison names, as seen from the one that is compared with it."""
        named = said(following.items, self.context.reported, now)
        return named[0][1].one if named else None

    def same_length(self, base: Period | None, following: _Stretch | None, spoken: Spoken) -> Period | None:
        """The base of an amount: "A in the quarter and B in the half-year, compared to the same periods of 2012" means
        another one with each."""
        now = spoken.one
        if base is None or now is None or following is None or base.same_length(now):
            return base
        own = self.base_of(following, now)
        return own if own is not None and own.same_length(now) else base

    def base_stretch(self, stretch: _Stretch) -> None:
        """What the main amounts are compared with."""
        named = said(stretch.items, self.context.reported, self.main.one)
        prior = self.main.one and periods.shifted(self.main.one, -12)
        fallback = Spoken((self.context.reported.snap(prior),), INHERITED) if prior is not None else Spoken()
        for index, part in enumerate(stretch.items):
            if part.amounts:
                names = self.names(
                    stretch.items, index, len((nearest(stretch.items, named, index) or fallback).periods)
                )
                if part.kind == "against":
                    other = self.another(part, _behind(stretch.items, index))
                    names = (other,) if other else self.fit(_own(part, self.context.issuer), names, len(part.amounts))
                if part.kind == "change":
                    self.direction = part.tag.direction
                grown = (
                    part.kind == "origin"
                    and self.direction
                    and len(part.amounts) == 1
                    and _is_growth(part.amounts[0], _behind(stretch.items, index))
                )
                moved = part.amounts[-1].trail and (
                    self.changed or _behind(stretch.items, index).lower().startswith("in ")
                )
                self.put(
                    part,
                    # "compared with an increase of A", "and a $5 million increase in B"
                    "change" if part.kind == "change" else "growth" if grown else "level" if moved else "prior",
                    names,
                    (nearest(stretch.items, named, index) or fallback, None),
                    stretch.group,
                )

    def another(self, part: Part, behind: str) -> str:
        """The metric behind an amount that is compared with, where it is another one than before: "compared to $26.5
        million in cash and deposits"; of "$115.0 million, or 1.60% of total assets" the words say something else."""
        last = part.amounts[-1].renderings[-1]
        leads = ("in ", "of ") if last.unit.is_money else ("in ",)
        if last.relative or not behind.lower().startswith(leads) or _IN_NO_METRIC.match(behind):
            return ""
        found = metric(behind, self.context.issuer)
        spoken = set(_LETTERS.findall(" ".join(self.listed).lower()))
        return "" if found.lower() in _KINDS or spoken.issuperset(_LETTERS.findall(found.lower())) else found

    def fit(self, own: str, fallback: tuple[str, ...], count: int) -> tuple[str, ...]:
        """The metrics of a comparison: its own words, unless they are only the first of the list that it repeats."""
        if not own or (self.listed and own.lower() in _KINDS):
            return self.listed or fallback
        if len(self.listed) == 1 and count == 1 and self.listed[0].lower().endswith(f" {own.lower()}"):
            return self.listed  # "Gaming net revenue was A, compared to net revenue of B"
        if count > 1 and len(self.listed) == count and parted(own, count) is None:
            return self.listed
        pieces = parted(own, count) if count > 1 else None
        return tuple(pieces) if pieces else (own,)

    def names(self, items: Sequence[Part], index: int, periods_named: int) -> tuple[str, ...]:
        """The metrics of the amounts at `index`: of the words before them, else those of the amounts before, else of
        the words behind.

        As many amounts as periods are those of one metric: "Property and equipment acquired was A and B in 2022 and
        2023".
        """
        part, issuer = items[index], self.context.issuer
        count = len(part.amounts)
        own = _own(part, issuer)
        before: list[str] = []
        at = index - 1
        while at >= 0 and not items[at].amounts:
            if items[at].kind == "words" and not of_a_share(items, at):
                before.insert(0, items[at].tag.text)
            elif items[at].kind == "comma":
                before.insert(0, ",")
            at -= 1
        behind = _behind(items, index)
        moved = _moved_in(part, behind)
        phrase = own or metric(moved if moved else joined(before), issuer)
        if bases.is_currency(phrase):
            phrase = ""  # "up 5% in USD and up 7% in constant currency to A"
        if phrase.lower() in _KINDS and self.listed and joined(before).lower().lstrip(" ,").startswith("to a "):
            return self.listed  # "Loss from operations increased B to a loss of A"
        still = not any(one.kind in ("change", "moved") for one in items[:index])
        if part.kind == "level" and still and before and before[-1].lower().endswith(_EFFECT):
            return (metric(behind, issuer) if behind.lower().startswith("of ") else "",)
        if _lists(joined(before), behind) and not own and part.kind == "level":
            phrase = metric(behind, issuer) or phrase
        shared = (
            len(part.amounts[-1].renderings) > 1 and part.amounts[-1].renderings[-1].relative
        )  # "$68.0 million (1.29% of total loans)"
        if not phrase and part.kind == "level" and behind.lower().startswith(("in ", "of ")) and not shared:
            phrase = metric(behind, issuer)
        if not phrase and self.listed and (at >= 0 or items[index].kind in ("change", "goal")):
            return self.listed
        if not phrase and behind and not (shared and behind.lower().startswith("of ")):
            phrase = metric(behind, issuer)
        if not phrase:
            return self.listed
        trailing = any(amount.trail for amount in part.amounts)  # "sales and revenues of A, a 14% increase"
        if count > 1 and count != periods_named and not trailing and (pieces := parted(phrase, count)) is not None:
            return tuple(pieces)
        return (phrase,)

    def put(
        self, part: Part, role: str, names: tuple[str, ...], when: tuple[Spoken, Period | None], group: int
    ) -> None:
        """One mention a rendering, metrics and periods handed out in order."""
        spoken, base = when
        count = len(part.amounts)
        if (
            count == 1
            and len(spoken.periods) == 2
            and (role == "change" or part.amounts[0].trail)
            and year_apart(spoken.periods)
        ):
            spoken, base = (
                Spoken(spoken.periods[:1], spoken.how),
                spoken.periods[1],
            )  # "for 2013 and 2012 was A and B, an increase of C%"
        for index, amount in enumerate(part.amounts):
            name = names[index] if len(names) == count and count > 1 else names[0] if len(names) == 1 else ""
            period = (
                spoken.periods[index]
                if len(spoken.periods) == count and count > 1
                else spoken.one
                if len(spoken.periods) == 1
                else None
            )
            if (
                count > 1
                and len(names) == 1
                and len(spoken.periods) == 1
                and not amount.trail  # "A, B lower than a year ago": a change beside its amount
                and not _unlike(part.amounts, index)
            ):
                name = ""  # two amounts of one kind for one metric in one period: which is which is not said
            for rendering in amount.renderings:
                self.mentions.append(self.mention(rendering, amount, (role, name), (period, base, spoken.how), group))

    def mention(
        self,
        quantity: Quantity,
        amount: Amount,
        what: tuple[str, str],
        when: tuple[Period | None, Period | None, str],
        group: int,
    ) -> Mention:
        """One quantity with its role: a percentage beside a direction is a relative change."""
        role, name = what
        period, base, how = when
        if role == "growth":  # "rose to A from B, or C%"
            role, base, period = (
                ("change", period, self.main.one) if quantity is not amount.renderings[0] else ("prior", None, period)
            )
        direction = amount.trail or (self.direction if role in ("change", "level") else 0)
        if role == "level" and amount.trail:
            if is_change(name) and not quantity.relative:
                direction = 0  # "the change in estimates was a $5 million increase": what its line prints
            else:
                role = "change"
        if role == "change" and quantity.relative:
            role = "relative change"
        if role == "level" and quantity.relative and not amount.renderings[0].relative:
            # "$5.0 million (22%)" is a share of something that is not said, "or 22% of revenue" of what is
            name = f"{name} as a percentage of {self.whole}" if self.whole and name else ""
        first = amount.renderings[0]
        if quantity is not first and quantity.unit.is_money and quantity.unit == first.unit and role == "level":
            name = ""  # "$769 million ($640 million after tax)": a part of it, or something else
        return Mention(quantity, role, name, period, base, how, direction, self.group + self.later + group)


def _moved_in(part: Part, behind: str) -> str:
    """The words of the metric that a noun of direction leads to: "a $935 million increase in investments"."""
    if not part.amounts[-1].trail or not behind.lower().startswith("in ") or _IN_NO_METRIC.match(behind):
        return ""
    return _GOES_ON.split(behind, maxsplit=1)[0]


def _own(part: Part, issuer: frozenset[str]) -> str:
    """The metric that stands inside an idiom itself."""
    return metric(joined([tag.text for tag in part.fillers if tag.kind == "WORDS"]), issuer)


def _once_more(items: Sequence[Part], index: int) -> bool:
    """Whether amounts of another period go on with what is said of those before: "increased A in the quarter and B in
    the half-year"."""
    part, at = items[index], index - 1
    words: list[str] = []
    dated = False
    while at >= 0 and not items[at].amounts:
        if items[at].kind == "words":
            words.extend(items[at].tag.text.lower().split())
        dated |= items[at].kind == "period"
        at -= 1
    if at < 0 or part.kind != "level" or not dated or "and" not in words or not _GOING_ON.issuperset(words):
        return False
    return items[at].amounts[-1].renderings[0].measured == part.amounts[0].renderings[0].measured


def _is_growth(amount: Amount, behind: str) -> bool:
    """Whether a percentage beside an earlier amount says by how much it has changed since, not what share it was of
    something."""
    first, *others = amount.renderings
    return (
        bool(others)
        and not first.relative
        and all(one.relative for one in others)
        and not behind.lower().startswith("of ")
    )


def _behind(items: Sequence[Part], index: int) -> str:
    """The words behind the amounts at `index`, up to the next thing that is said: "$15.7 million in cash, cash
    equivalents and restricted cash"."""
    words: list[str] = []
    for part in items[index + 1 :]:
        if part.kind not in ("words", "comma") or (not words and part.kind == "comma"):
            break
        words.append(part.tag.text)
    return joined(words)


def _lists(before: str, behind: str) -> bool:
    """Whether each amount of a list is followed by what it measures: "we had A of cash, B of investments and C of
    deposits", where the words before an amount are those of the one before it."""
    return before.lower().startswith("of ") and behind.lower().startswith("of ")


def _unlike(amounts: Sequence[Amount], index: int) -> bool:
    """Whether the amount is the first of its unit in the list."""
    return amounts[index].renderings[0].measured not in {amount.renderings[0].measured for amount in amounts[:index]}


def _told_apart(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, those changes without their metric of which a row of several says the same: "Energy UP 9% UP 21%
    DOWN 6%" leaves open which is which."""
    found: list[Mention] = []
    row: list[Mention] = []
    for mention in (*mentions, None):
        if mention is not None and row and _goes_on(row[-1], mention):
            row.append(mention)
            continue
        found += [evolve(one, metric="") for one in row] if len(row) >= _ROW else row
        row = [mention] if mention is not None else []
    return found


def _goes_on(last: Mention, mention: Mention) -> bool:
    """Whether a change stands right behind another one that says the same."""
    alike = _said_of(last) == _said_of(mention) and mention.role in ("change", "relative change")
    return alike and 0 <= mention.quantity.start - last.quantity.end <= _APART


def _said_of(mention: Mention) -> tuple[object, ...]:
    """What a change is said of."""
    return (mention.role, mention.group, mention.metric, mention.period, mention.base, mention.quantity.measured)


def read(parts: Sequence[Part], context: Context, group: int) -> tuple[tuple[Mention, ...], Spoken, int]:
    """The mentions of one sentence, the period it speaks of for the next one, and the next free group number."""
    reader = _Reader(context, group)
    reader.read(parts)
    reader.mentions = _told_apart(reader.mentions)
    last = max((mention.group for mention in reader.mentions), default=group)
    return (
        tuple(reader.mentions),
        evolve(reader.main, how=INHERITED if reader.main.how in (STATED, IMPLIED) else reader.main.how),
        last + 1,
    )
