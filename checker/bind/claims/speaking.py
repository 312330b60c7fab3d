"""When a claim that disagrees with its figure may be called a violation: something must show that metric, period and
figure were read rightly.

Another claim of the same quantity that agrees shows it, or a slip of the fingers that explains the difference: in many
digits alone, in few where the sentence or the document bears it out. Otherwise it stays a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property

from checker.bind.claims.digits import (
    SHARES,
    cut_off,
    foreign,
    nearly,
    of_a_change,
    of_another_kind,
    of_another_thing,
    opposite,
    out_of_scale,
    own,
    scale_untold,
    shown,
    slipped,
    telling,
)
from checker.bind.claims.links import Link, significant
from checker.bind.claims.names import key
from checker.bind.claims.plain import Company, among_others, dated_change, plainly
from checker.bind.periods import years_later
from checker.core.figure import Figure
from checker.core.unit import Unit
from checker.core.value import frozen
from checker.judge.table import CLAIM_BESIDE, CLAIM_DEPENDABLE, CLAIM_DIGITS, CLAIM_MANY, CLAIM_SEVERAL, CLAIM_WORDS
from checker.lexicon import bases, time
from checker.lexicon.abbreviations import in_full
from checker.lexicon.parting import CAUSED

_DAY = re.compile(rf"\b{time.NAME}\s+\d{{1,2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{time.NAME}", re.IGNORECASE)
_YEAR = re.compile(rf"\b{time.YEAR}\b")
_COMPARED_FIRST = re.compile(
    r"^\W*(?:(?:when\s+)?compared|in\s+comparison)\s+(?:to|with)\s+[^,]{1,60},\s+", re.IGNORECASE
)
"""A comparison before the subject: "Compared with the first quarter of 2021, ..."."""
_SUBJECT = 120
"""Characters of a sentence in which its subject stands."""
MISREAD = "several claims differ by powers of ten: the scale of the table may be misread"
_CLAUSE = re.compile(r"[,;:()\n]|\s(?:since|driven|due|because|reflecting|resulting)\s")
"""Where what a sentence says of an amount ends."""
ELSEWHEN = "the sentence dates something else, and the line prints this amount for another time"
REBASED = "the document tells the same growth elsewhere on another basis than that of its amounts"
PART = "it is what moved the line, not by how much it moved"
STRANGE = "the sentence speaks of something else first, or its own amounts explain it"
UNLINKED = frozenset({MISREAD, STRANGE, ELSEWHEN, PART, REBASED})
"""What shows that the text means something else: then nothing is said of it."""
UNTOLD = "the table states no scale, and no other claim shows which it is in"


@frozen
class _Seen:
    """A disagreement, with what else the document says of the same."""

    one: Link
    links: Sequence[Link]

    @cached_property
    def same_target(self) -> list[Link]:
        """The other claims that mean the same quantity."""
        return [
            other
            for other in self.links
            if other is not self.one and _means(other, self.one) and other.target.name == self.one.target.name
        ]

    @cached_property
    def agreeing(self) -> list[Link]:
        """Those of them that agree with the table."""
        return [other for other in self.same_target if not other.off and shown(other)]

    @cached_property
    def same(self) -> list[Link]:
        """Those of them that say the same as this one."""
        return [other for other in self.agreeing if _alike(self.one, other)]

    @cached_property
    def alone(self) -> bool:
        """Whether no other claim says the same in another amount, and disagrees too."""
        return not any(
            other.off
            and other is not self.one
            and _alike(self.one, other)
            and other.claim.figure.value != self.one.claim.figure.value
            for other in self.links
        )

    @cached_property
    def by_slip(self) -> bool:
        """Whether a slip of the fingers explains the difference."""
        return slipped(self.one) or _swapped(self.one, self.links)

    @cached_property
    def beside(self) -> list[Link]:
        """The other amounts that the sentence says of the same line."""
        return [
            other
            for other in self.links
            if other is not self.one
            and other.claim.group == self.one.claim.group
            and other.target.name == self.one.target.name
        ]

    @cached_property
    def near(self) -> list[Link]:
        """Those of them that agree and show that the line is meant: one of both is a level, printed in one table."""
        levels = ("level", "prior")
        role = self.one.claim.role
        return [
            other
            for other in self.beside
            if other in self.agreeing
            and (other.claim.role in levels or role in levels)
            and _of_one_print(self.one, other)
            and not (role in levels and other.claim.role == "change")
        ]

    @cached_property
    def unsure(self) -> bool:
        """Whether another amount of the sentence disagrees too."""
        return any(other.off for other in self.beside)

    @cached_property
    def misread(self) -> bool:
        """Whether claims elsewhere are off by powers of ten as this one is."""
        return out_of_scale(self.one) and any(
            out_of_scale(other) for other in self.links if other.off and other.claim.group != self.one.claim.group
        )

    @cached_property
    def untold(self) -> bool:
        """Whether it is off by powers of ten, and neither the table nor another claim says the scale."""
        return (
            out_of_scale(self.one)
            and scale_untold(self.one)
            and not any(_measured(other, self.one.claim.figure.unit) and not other.off for other in self.links)
        )

    @cached_property
    def is_a_part(self) -> bool:
        """Whether another amount of the same line stands beside it, as a part of it has it."""
        return any(
            _alike(self.one, other) and (other in self.agreeing or self.one.claim.role in ("change", "relative change"))
            for other in self.beside
        )

    @cached_property
    def leaves_scale(self) -> bool:
        """Whether the amount beside it has a scale and it has none ("rose from 1.2 to 1.4 billion")."""
        return (
            out_of_scale(self.one)
            and self.one.claim.figure.scale == 1
            and any(other.claim.figure.scale > 1 for other in self.beside)
        )

    @cached_property
    def slip_of_a_subject(self) -> bool:
        """Whether a slip explains it, and the sentence speaks of the line and of little else."""
        return (
            self.by_slip
            and self.alone
            and self.one.claim.role == "level"
            and telling(self.one) >= CLAIM_SEVERAL
            and _anchored(self.one)
            and not out_of_scale(self.one)
            and not self.unsure
            and _is_subject(self.one)
        )

    @cached_property
    def slip_borne_out(self) -> bool:
        """Whether a slip explains it, and what stands beside it or all else that is said bears out its line."""
        return (
            self.by_slip
            and telling(self.one) >= CLAIM_SEVERAL
            and (any(nearly(other) and _of_one_print(self.one, other) for other in self.beside) or _kept(self.links))
        )

    @cached_property
    def slip_of_a_repeat(self) -> bool:
        """Whether a slip explains it, and the document says the same rightly elsewhere."""
        firm = self.one.claim.role in ("level", "prior") and telling(self.one) >= CLAIM_SEVERAL
        return self.by_slip and self.alone and (len(self.same) > 1 or bool(self.same and not self.unsure and firm))

    def borne_out(self, least: int) -> bool:
        """Whether an agreeing amount beside it has digits enough, and none beside it disagrees."""
        return not self.unsure and any(telling(other) >= least for other in self.near)


_SPEAKS = ""
"""What stands in place of an objection where something shows that the text means this figure."""

OBJECTIONS: tuple[tuple[str, Callable[[_Seen], bool]], ...] = (
    (
        "the figure was found by its amount alone",
        lambda seen: seen.one.basis != "words" or not seen.one.target.exact,
    ),
    ("the text hedges the amount", lambda seen: seen.one.comparison != "=" or bool(seen.one.claim.hedge)),
    (MISREAD, lambda seen: seen.misread),
    (UNTOLD, lambda seen: seen.untold),
    ("what it measures is itself a change", lambda seen: of_a_change(seen.one)),
    ("the text or the table cuts the amount off instead of rounding it", lambda seen: cut_off(seen.one)),
    (
        "the text may take it from rates that were rounded before",
        lambda seen: seen.one.claim.figure.in_points and nearly(seen.one),
    ),
    ("the table prints it too coarsely to tell", lambda seen: not shown(seen.one)),
    (
        "several amounts of the sentence are not those of the table: it speaks of something else",
        lambda seen: _elsewhere(seen.one, seen.links),
    ),
    (
        _SPEAKS,
        lambda seen: not seen.one.claim.figure.tells_period and len(seen.same) > 1 and seen.alone and slipped(seen.one),
    ),
    ("the sentence does not name its period", lambda seen: not seen.one.claim.figure.tells_period),
    (_SPEAKS, lambda seen: _both_swapped(seen.one, seen.links) or _turned_round(seen.one, seen.links)),
    (
        "another amount of the same stands beside it: it is a part of that, or something else",
        lambda seen: seen.is_a_part,
    ),
    ("the text rounds its percentages to halves", lambda seen: _halves(seen.one, seen.links)),
    ("the text leaves the scale to the amount beside it", lambda seen: seen.leaves_scale),
    (_SPEAKS, lambda seen: seen.borne_out(CLAIM_MANY) or (seen.by_slip and seen.borne_out(0))),
    (
        _SPEAKS,
        lambda seen: (
            seen.borne_out(CLAIM_BESIDE) and _anchored(seen.one) and "respectively" not in seen.one.claim.sentence
        ),
    ),
    (_SPEAKS, lambda seen: seen.slip_of_a_subject),
    (
        _SPEAKS,
        lambda seen: seen.alone and not seen.beside and _plain(seen.one) and _growing(seen.one, seen.links),
    ),
    (_SPEAKS, lambda seen: seen.slip_borne_out),
    (_SPEAKS, lambda seen: seen.slip_of_a_repeat),
)
"""What keeps a disagreement from being called a violation, and between the objections what overrules those below it.
The first that holds decides."""


def why_silent(one: Link, links: Sequence[Link]) -> str | None:
    """None where the disagreement may be called a violation; else what is missing."""
    seen = _Seen(one, links)
    found = next(
        (words for words, holds in OBJECTIONS if holds(seen)), "nothing else shows that the text means this figure"
    )
    return found or None


@frozen
class Doubts:
    """Claims, by their figures, that may mean something else than their words say."""

    strangers: frozenset[str]
    """Their sentence speaks first of what no table names."""
    explained: frozenset[str]
    """The other amounts of their sentence bear them out."""
    loose: frozenset[str]
    """Changes of which nothing says since when."""
    firm: frozenset[str] = frozenset()
    """Those among which the others between the same headings mean the lines they name."""
    parts: frozenset[str] = frozenset()
    """Those under the name of a part of the company."""
    elsewhen: frozenset[str] = frozenset()
    """Amounts that their line prints for another time than they are said to be of."""
    astray: frozenset[str] = frozenset()
    """Those among which others between the same headings miss their lines."""
    around: Company = Company()
    """The claims that stand together."""
    owners: frozenset[str] = frozenset()
    """Amounts that the line of the owners' share prints for their period."""
    rebased: frozenset[str] = frozenset()
    """Rates of growth in a document that measures growth on another basis than its amounts."""


def unlicensed(one: Link, links: Sequence[Link], doubts: Doubts) -> str | None:
    """None where a claim that disagrees may be called wrong, by all that its own digits, its sentence and the document
    show; else what is missing."""
    identity = one.claim.figure.id
    if of_another_kind(one):
        return "the line prints something else than the text speaks of"
    if identity in doubts.owners:
        return "the owners' share in it is this amount"
    if identity in doubts.elsewhen and _dates_another(one):
        return ELSEWHEN
    if identity in doubts.rebased:
        return REBASED
    if _moves_itself(one):
        return PART
    if keyed(one, links):
        return None
    if _named(one, links, doubts):
        return None
    why = why_silent(one, links)
    if why != MISREAD and _sound(one, links) and _only_slipped(one, links, doubts):
        return None
    plain = _unmistakable(one, links)
    if plain and identity in doubts.firm and _misdated(one):
        return None
    if identity in doubts.explained or identity in doubts.loose:
        return STRANGE
    if plain and _reversed(one, links):
        return None
    firmly = plain and identity in doubts.firm and identity not in doubts.elsewhen
    if firmly and _among_its_like(one, links, identity in doubts.strangers):
        return None
    if identity in doubts.strangers:
        return None if plain and why is None else STRANGE
    return None if why is None or (plain and (_in_its_column(one, links) or _misscaled(one, links))) else why


def _dates_another(one: Link) -> bool:
    """Whether all that its sentence says of time stands behind an amount and in another clause: "of $4.2 million,
    despite the loss of a customer in 2041"."""
    before, found, behind = one.claim.sentence.partition(one.claim.figure.text)
    near, *rest = _CLAUSE.split(behind, maxsplit=1)
    if not found or not rest or time.read(rest[0]) == time.NONE:
        return False
    return time.read(before) == time.NONE and time.read(near) == time.NONE


def _moves_itself(one: Link) -> bool:
    """Whether a sentence explains the change of a line by a change of the same line, which is a part of it: "sales
    decreased, driven by a decrease in sales of $40 million due to lower prices"."""
    claim = one.claim
    if claim.role not in ("change", "relative change"):
        return False
    before = claim.sentence.partition(claim.figure.text)[0]
    causes = list(CAUSED.finditer(before))
    if not causes:
        return False
    name = set(key(claim.figure.caption))
    return name <= set(key(before[: causes[-1].start()])) and name <= set(key(before[causes[-1].end() :]))


def _named(one: Link, links: Sequence[Link], doubts: Doubts) -> bool:
    """Whether the words alone show that a claim means its figure, however wrong its amount is."""
    identity = one.claim.figure.id
    if (identity in doubts.explained and not opposite(one)) or identity in doubts.elsewhen or _halves(one, links):
        return False
    if plainly(one, doubts.around):
        return True
    if identity in doubts.parts or identity in doubts.strangers or not _anchored(one):
        return False
    return among_others(one, doubts.around) or (
        identity not in doubts.loose | doubts.astray and _is_subject(one) and dated_change(one, doubts.around)
    )


def _unmistakable(one: Link, links: Sequence[Link]) -> bool:
    """Whether a claim calls its line by its own caption, without a hedge, on no other basis, and says the same of it
    wherever it says it."""
    claim = one.claim
    if (
        one.basis != "words"
        or not one.target.exact
        or one.comparison != "="
        or claim.hedge
        or claim.otherwise
        or bases.otherwise(claim.sentence)
    ):
        return False
    if of_a_change(one) or of_another_thing(one):
        return False
    return own(one) and not _said_again(one, links)


def _sound(one: Link, links: Sequence[Link]) -> bool:
    """Whether an amount that is not hedged is held against a line that its words name, printed finely enough, and
    nowhere said otherwise without being right."""
    claim = one.claim
    if one.basis != "words" or not one.target.exact or one.comparison != "=" or claim.hedge or claim.otherwise:
        return False
    if bases.otherwise(claim.sentence) or cut_off(one) or nearly(one) or of_a_change(one) or not shown(one):
        return False
    return not _said_again(one, links) or any(
        other is not one and _alike(one, other) and not other.off for other in links
    )


def _only_slipped(one: Link, links: Sequence[Link], doubts: Doubts) -> bool:
    """Whether a claim is right but for its year, its direction or its scale, or in a text whose claims are right for
    one slip of the fingers in several digits: nothing else that its sentence may mean comes out so."""
    claim, identity = one.claim, one.claim.figure.id
    if _misdated(one):
        return not any(other is not one and (_beside(other, one) or _misdated(other)) for other in links)
    if opposite(one) and telling(one) >= CLAIM_BESIDE:
        return True
    if _missed_too(one, links):
        return False
    level, firm = claim.role in ("level", "prior"), identity in doubts.firm
    if out_of_scale(one):
        return firm or (level and own(one) and _kept(links))
    if not firm or not own(one) or not slipped(one):
        return False
    if level:
        return telling(one) >= CLAIM_SEVERAL
    return claim.role == "change" and claim.base is not None and identity not in doubts.loose


def _beside(other: Link, one: Link) -> bool:
    """Whether another claim of the same sentence says the same of the same line."""
    return other.claim.sentence == one.claim.sentence and _alike(one, other)


def _missed_too(one: Link, links: Sequence[Link]) -> bool:
    """Whether another claim of its sentence misses the same line: then the sentence may speak of another one."""
    return any(
        other.off
        and other is not one
        and other.target.name == one.target.name
        and other.claim.sentence == one.claim.sentence
        for other in links
    )


def _reversed(one: Link, links: Sequence[Link]) -> bool:
    """Whether a change since a time that its sentence names is right but for its direction, and no other change of the
    same stands beside it."""
    claim = one.claim
    if claim.role not in ("change", "relative change") or not claim.direction or claim.base is None:
        return False
    return opposite(one) and telling(one) >= CLAIM_BESIDE and not _has_twin(one, links)


def _in_its_column(one: Link, links: Sequence[Link]) -> bool:
    """Whether a slip explains an amount, and its sentence rightly states another one of the same column."""
    claim = one.claim
    if (
        claim.role not in ("level", "prior")
        or not slipped(one)
        or out_of_scale(one)
        or cut_off(one)
        or telling(one) < CLAIM_BESIDE
    ):
        return False
    if (
        not claim.figure.tells_period
        or "respectively" in claim.sentence
        or not shown(one)
        or not _anchored(one)
        or _has_twin(one, links)
    ):
        return False
    return any(_stands_with(other, one) and telling(other) >= CLAIM_BESIDE for other in links)


def _among_its_like(one: Link, links: Sequence[Link], strange: bool) -> bool:
    """Whether a claim whose neighbours are right is wrong by its words alone: it says plainly what it measures and
    when, nothing else of its sentence misses, and it neither is cut off nor rounded up. `strange`: its sentence speaks
    first of what no table names."""
    claim = one.claim
    if len(significant(claim.figure).rstrip("0")) < CLAIM_BESIDE:  # "$300,000" of 258,217
        return False
    if "respectively" in claim.sentence or out_of_scale(one) or cut_off(one) or nearly(one) or not shown(one):
        return False
    beside = [
        other
        for other in links
        if other is not one and other.claim.sentence == claim.sentence and other.basis == "words" and other.target.exact
    ]
    if any(other.off for other in beside) or not _anchored(one):
        return False
    if claim.role in ("level", "prior"):
        if _is_subject(one):
            return claim.figure.tells_period
        return claim.figure.is_dated_here and bool(beside) and not strange
    return claim.figure.tells_period and _is_subject(one) and (claim.base is not None or slipped(one))


def _misdated(one: Link) -> bool:
    """Whether an amount of a sentence that names its period is that of its line in the year before or behind, which the
    sentence does not name: then the year is wrong."""
    claim, period = one.claim, one.claim.figure.period
    if (
        claim.role not in ("level", "prior")
        or period is None
        or not claim.figure.is_dated_here
        or telling(one) < CLAIM_SEVERAL
        or not _YEAR.search(claim.sentence)
    ):
        return False
    said_years = {int(year[0]) for year in _YEAR.finditer(claim.sentence)}
    near = (years_later(period, step) for step in (-1, 1))
    unsaid = [other for other in near if other is not None and other.end and other.end.year not in said_years]
    amounts = [amount for other in unsaid if (amount := one.target.at(other)) is not None]
    step, said = Fraction(claim.figure.step), abs(Fraction(claim.figure.value or 0))
    return any(2 * abs(abs(amount.value) - said) <= step for amount in amounts)


def _stands_with(other: Link, one: Link) -> bool:
    """Whether another claim of the same sentence is right about an amount of the same period as the figure of this
    one."""
    if (
        other is one
        or other.off
        or other.basis != "words"
        or not other.target.exact
        or other.claim.role not in ("level", "prior")
    ):
        return False
    same_period = (other.figures[0].period, other.claim.figure.period) == (
        one.figures[0].period,
        one.claim.figure.period,
    )
    return other.claim.sentence == one.claim.sentence and same_period and shown(other)


def _misscaled(one: Link, links: Sequence[Link]) -> bool:
    """Whether an amount with a word for its scale is wrong by that word alone: other claims show that the table is in
    the scale it was read in."""
    claim = one.claim
    if (
        claim.role not in ("level", "prior")
        or not out_of_scale(one)
        or claim.figure.scale == 1
        or telling(one) < CLAIM_BESIDE
        or cut_off(one)
    ):
        return False
    if scale_untold(one) or any(other.off and other is not one and out_of_scale(other) for other in links):
        return False
    return any(_measured_alike(other, one) and telling(other) >= CLAIM_BESIDE for other in links)


def _measured_alike(other: Link, one: Link) -> bool:
    """Whether another claim is right, in the same unit, about a figure of the same scale."""
    right = not other.off and other.basis == "words" and other.claim.figure.unit == one.claim.figure.unit
    return right and other.figures[0].scale == one.figures[0].scale


def _has_twin(one: Link, links: Sequence[Link]) -> bool:
    """Whether another claim of its idiom says the same of the same line."""
    return any(other is not one and other.claim.group == one.claim.group and _alike(one, other) for other in links)


def keyed(one: Link, links: Sequence[Link]) -> bool:
    """Whether the digits of a claim show alone that it means its figure: so many of them, and one slip of the fingers
    between the two.

    Neither what stands before it in its sentence nor what else the sentence says takes that back.
    """
    claim = one.claim
    if one.basis != "words" or not one.target.exact or one.comparison != "=" or claim.role not in ("level", "prior"):
        return False
    if claim.otherwise or bases.otherwise(claim.sentence):
        return False
    if (
        not slipped(one)
        or out_of_scale(one)
        or cut_off(one)
        or nearly(one)
        or not shown(one)
        or telling(one) < CLAIM_DIGITS
    ):
        return False
    return not _said_again(one, links) and (claim.figure.tells_period or claim.figure.unit.is_money)


def _said_again(one: Link, links: Sequence[Link]) -> bool:
    """Whether another claim says otherwise than the tables what this one says, or says it differently."""
    return any(
        other is not one and _alike(one, other) and other.claim.figure.value != one.claim.figure.value
        for other in links
    )


def _halves(one: Link, links: Sequence[Link]) -> bool:
    """Whether a document prints its changes in halves of a percent, as those rounded on purpose are."""
    said = [
        other.claim.figure
        for other in links
        if other.claim.role == "relative change" and other.claim.figure.step < 1 and not other.claim.figure.in_points
    ]
    return (
        one.claim.role == "relative change"
        and len(said) >= CLAIM_SEVERAL
        and all((figure.value or 0) * 2 % 1 == 0 for figure in said)
    )


def _plain(one: Link) -> bool:
    """Whether a sentence says only by how much its subject has changed, and since when: "Group revenue up 57% on the
    prior period"."""
    claim = one.claim
    if (
        claim.role != "relative change"
        or not claim.direction
        or claim.base is None
        or len(claim.sentence.split()) > CLAIM_WORDS
        or not _anchored(one)
    ):
        return False
    return _is_subject(one) and "period implied by its comparison" not in claim.figure.why


def _is_subject(one: Link) -> bool:
    """Whether a sentence begins with what the claim measures, in the words of its line, or with when: "For the year
    ended 31 March 2024, revenue amounted to"."""
    sentence = _COMPARED_FIRST.sub("", one.claim.sentence, count=1)
    words, subject = key(sentence[:_SUBJECT]), key(one.claim.figure.caption)
    named = set(key(in_full(one.claim.figure.caption))) - {"group", "diluted", "basic"}
    return (
        bool(subject)
        and (subject[0] in words[:2] or _dated_first(words, subject[0]))
        and (named <= set(key(one.target.name)) | SHARES or set(key(one.target.name)) <= named)
    )


def _dated_first(words: Sequence[str], subject: str) -> bool:
    """Whether all that stands before the subject of a sentence says when."""
    return subject in words and time.says_when(words[: words.index(subject)])


def _growing(one: Link, links: Sequence[Link]) -> bool:
    """Whether the other changes that the document states in percent are those of its tables."""
    others = [
        other for other in links if other is not one and other.claim.role == one.claim.role and other.comparison == "="
    ]
    return bool(others) and not any(other.off for other in others)


def _of_one_print(one: Link, other: Link) -> bool:
    """Whether two links rest on figures printed alike, as those of one line are."""
    prints = [{_print(figure) for figure in link.figures if figure.unit.is_money} for link in (one, other)]
    return not all(prints) or prints[0] <= prints[1] or prints[1] <= prints[0]


def _print(figure: Figure) -> tuple[object, ...]:
    """How a figure is printed; of a balance also its sign, which it keeps from day to day."""
    return (
        figure.unit,
        figure.scale,
        figure.step,
        figure.period is not None and figure.period.is_instant and (figure.value or 0) < 0,
    )


def _means(other: Link, one: Link) -> bool:
    """Whether a link shows which line is meant: by its words, or in one idiom by an amount that chance does not
    explain."""
    return other.basis == "words" or other.claim.group == one.claim.group


def _anchored(one: Link) -> bool:
    """Whether the sentence leaves no other days for its amounts: of balances it names the day, and a change from the
    quarter before says so."""
    claim = one.claim
    if any(figure.period is not None and figure.period.is_instant for figure in one.figures) and not _DAY.search(
        claim.sentence
    ):
        return False
    return (
        claim.role not in ("change", "relative change")
        or claim.base is not None
        or not bases.sequential(claim.sentence)
    )


def _elsewhere(one: Link, links: Sequence[Link]) -> bool:
    """Whether two amounts of one idiom both miss, each its own figure and not each other's, and no slips of several
    digits show that they are meant."""
    levels = [
        other
        for other in links
        if other.claim.group == one.claim.group and other.claim.role in ("level", "prior") and other.off
    ]
    if (
        slipped(one)
        and telling(one) >= CLAIM_SEVERAL
        and all(
            slipped(other) or cut_off(other) or nearly(other)
            for other in levels
            if other.target.name == one.target.name
        )
    ):
        return False
    missed = {other.figures[0].id for other in levels if other.target.name == one.target.name and other.figures}
    return len(missed) > 1 and not any(_both_swapped(other, links) for other in levels)


def _alike(one: Link, other: Link) -> bool:
    """Whether two claims say the same of one quantity: its level, its growth, ... in one period."""
    return (
        other.target.name == one.target.name
        and other.claim.role == one.claim.role
        and other.claim.figure.period == one.claim.figure.period
    )


def _kept(links: Sequence[Link]) -> bool:
    """Whether the words of this document name its figures so dependably that one more slip of the fingers is no
    coincidence."""
    plain = [one for one in links if one.basis == "words" and one.target.exact]
    agreeing = sum(not one.off for one in plain)
    strange = sum(foreign(one) for one in plain)
    return agreeing >= CLAIM_DEPENDABLE and strange * CLAIM_DEPENDABLE <= agreeing


def _measured(one: Link, unit: Unit) -> bool:
    """Whether a claim in this unit, which a percentage is not, is about figures whose table states no scale."""
    return one.claim.figure.unit == unit and scale_untold(one)


def _swapped(one: Link, links: Sequence[Link]) -> bool:
    """Whether the claim prints what another claim of its group should print."""
    return any(
        _prints(one, other)
        for other in links
        if other is not one
        and other.claim.group == one.claim.group
        and other.claim.figure.unit == one.claim.figure.unit
    )


def _both_swapped(one: Link, links: Sequence[Link]) -> bool:
    """Whether two claims of one group each print what the other should."""
    return any(
        _prints(one, other) and _prints(other, one)
        for other in links
        if other is not one and other.off and other.claim.group == one.claim.group
    )


def _turned_round(one: Link, links: Sequence[Link]) -> bool:
    """Whether the periods of a comparison stand in each other's place: the amount is that of the other period, and the
    change beside it goes the other way."""
    amount, step = abs(Fraction(one.claim.figure.value or 0)), Fraction(one.claim.figure.step)
    then = one.target.at(one.claim.base) if one.claim.base is not None else None
    if (
        then is None
        or one.claim.role != "level"
        or abs(abs(then.value) - amount) > step / 2
        or telling(one) < CLAIM_SEVERAL
    ):
        return False
    moved = [
        other for other in links if other.off and other.claim.group == one.claim.group and other.claim.role == "change"
    ]
    return any(opposite(other) for other in moved if other.target.name == one.target.name)


def _prints(one: Link, other: Link) -> bool:
    right = other.right
    figure: Figure = one.claim.figure
    return (
        right is not None
        and figure.value is not None
        and abs(abs(right) - abs(Fraction(figure.value))) <= Fraction(figure.step) / 2
    )
