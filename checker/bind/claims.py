"""`each claim agrees with its figure`: what the text says against what the tables show, and against what the text says elsewhere.

A disagreement may speak only where metric and period alone name the quantity, and where something else shows that they were read rightly:
another claim of the same quantity that agrees, or a slip of the fingers that explains the difference. Otherwise it stays a note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import evolve

from checker.algebra.exact import Exact, exact, magnitude, whole
from checker.algebra.slips import best_slip
from checker.bind.claims_link import Link, link, link_beside, significant
from checker.bind.claims_names import Meanings
from checker.bind.claims_places import Places, places
from checker.bind.claims_text import STATED, inside, repeats
from checker.bind.index import Lines
from checker.bind.inferred import inferred
from checker.bind.lookup import Book, period_text
from checker.bind.prepared import prepared
from checker.core.check import Check
from checker.core.claim import Claim
from checker.core.expression import Expression, negative
from checker.core.figure import Figure
from checker.core.release import Release
from checker.core.rule import Amount, Comparison, Each, Rule, Rulebook, Sentence, Tolerance

SENTENCE: Sentence = "each claim agrees with its figure"
_SEVERAL, _MANY = 3, 5
"""Digits that a claim must have in common with its figure to show by itself that it means it: with a slip beside it, and without."""
_AROUND = 3
"""Headings before and behind a claim whose claims show what the text speaks of."""
_DEPENDABLE = 10
"""So many claims of a document must agree for each that speaks of something else than its words say."""
_OTHERWISE = re.compile(
    r"\b(?:organic|constant[- ]currenc|currency[- ]neutral|excluding|pro[- ]forma|same[- ]store|comparable[- ]store|underlying|normali[sz]ed)", re.IGNORECASE
)
"""Words that say an amount is measured otherwise than in the tables."""
_HEDGED = frozenset({"approximately", "about", "roughly", "around", "~", "estimated", "an estimated"})
_ONE_UNIT = Tolerance("amount", Amount(Fraction(1), "units"))
_SCALES: tuple[Exact, ...] = tuple(whole(Fraction(10) ** power) for power in (-9, -6, -3, -2, 2, 3, 6, 9))
_MISREAD = "several claims differ by powers of ten: the scale of the table may be misread"
_MOST = 400
"""Claims of one release that are looked at: a book of prose is no release."""


def bind_claims(release: Release, rulebook: Rulebook) -> tuple[Check, ...]:
    """The checks of every rule that ties the text to the tables."""
    book = Book(Lines(release), rulebook.once(prepared).names)
    return tuple(
        check
        for rule in rulebook.rules
        for relation in rule.relations
        if isinstance(relation, Each) and relation.sentence == SENTENCE
        for check in claim_checks(rule, book)
    )


def claim_checks(rule: Rule, book: Book) -> tuple[Check, ...]:
    """The checks of one such rule; none where the text makes no claim that can be tied to anything."""
    claims = book.lines.release.claims[:_MOST]
    if not claims:
        return ()
    links = linked(claims, book)
    strangers = _strangers(claims, links)
    compared: dict[int, str] = {}
    for claim in claims:
        if claim.role == "prior":
            compared.setdefault(claim.group, claim.figure.id)
    checks = {one.claim.figure.id: check for one in links if (check := _check(rule, one, links, strangers)) is not None}
    return (
        *checks.values(),
        *(check for one in links if (check := _direction(rule, one, links, compared)) is not None),
        *inside(rule, claims, set(checks)),
        *repeats(rule, claims, set(checks)),
    )


def linked(claims: Sequence[Claim], book: Book) -> tuple[Link, ...]:
    """The links of all claims that have one, in reading order."""
    meanings = Meanings(book)
    where = places(meanings)
    return _at_home([found for claim in claims if (found := _linked(claim, meanings, where)) is not None], where)


def _linked(claim: Claim, meanings: Meanings, where: Places) -> Link | None:
    """The link of one claim; under the name of a part of the company the tables beside it come first."""
    return link_beside(claim, meanings, where.beside(claim)) or link(claim, meanings)


def _at_home(links: Sequence[Link], where: Places) -> tuple[Link, ...]:
    """The links without those of few digits that agree where the text speaks of a part of the company, or of something else: there chance explains them."""
    around: dict[int, int] = {}
    for one in links:
        if one.basis == "words" and one.target.exact:
            for number in range((section := where.section(one.claim)) - _AROUND, section + _AROUND + 1):
                around[number] = around.get(number, 0) + (-1 if _foreign(one) else 1)
    return tuple(
        one
        for one in links
        if one.off
        or not one.target.exact
        or _telling(one) > _SEVERAL
        or not (where.of_part(one.claim) or around.get(where.section(one.claim), 0) < 0)
    )


# ---- checks ----------------------------------------------------------------------------------------------------------------


def _strangers(claims: Sequence[Claim], links: Sequence[Link]) -> frozenset[str]:
    """Claims in whose sentence an earlier one speaks of what the tables do not name: "the Nova division, with revenues of A and a gross margin of B"."""
    named = {one.claim.figure.id for one in links if one.basis == "words"}
    unnamed = {sentence for sentence in {claim.sentence for claim in claims} if _OTHERWISE.search(sentence)}
    found: set[str] = set()
    for claim in claims:
        if claim.sentence in unnamed:
            found.add(claim.figure.id)
        if claim.figure.id not in named:
            unnamed.add(claim.sentence)
    return frozenset(found)


def _check(rule: Rule, one: Link, links: Sequence[Link], strangers: frozenset[str]) -> Check | None:
    """The check of one link; None where it disagrees and neither the words nor a slip show that the text means this figure: then it is not linked."""
    figure = one.claim.figure
    unlicensed = None
    if one.off:
        unlicensed = "the sentence speaks of something else first" if figure.id in strangers else why_silent(one, links)
        if unlicensed is not None and (not _slipped(one) or figure.id in strangers or unlicensed == _MISREAD):
            return None
    return evolve(
        inferred(rule, _relation(one), one.expression, (figure, *one.figures)),
        comparison=one.comparison,
        tolerance=_ONE_UNIT if one.claim.hedge in _HEDGED else rule.clauses.tolerance or Tolerance(),
        unlicensed=unlicensed,
        percent=figure.unit == "percent",
    )


def _relation(one: Link) -> str:
    claim, sign = one.claim, {"<=": "at most", ">=": "at least"}.get(one.comparison, "=")
    text = claim.figure.unescaped
    match claim.role:
        case "change" | "relative change":
            word = {1: "increase", -1: "decrease"}.get(claim.direction, "change")
            how = f"{one.target.name} - prior {one.target.name}" if claim.role == "change" else f"growth of {one.target.name}"
            return f"{word} of {text} in {claim.figure.caption} {sign} {how}"
        case _:
            return f"{claim.figure.caption} of {text} {sign} {one.target.name}"


def _direction(rule: Rule, one: Link, links: Sequence[Link], compared: Mapping[int, str]) -> Check | None:
    """ "Gross margin increased to 27.3%, compared to 12.9%": the amount must not be below the first that it is compared with."""
    if one.claim.role != "level" or not one.claim.direction or one.basis != "words" or one.off:
        return None
    first = compared.get(one.claim.group)
    other = next((o for o in links if o.claim.figure.id == first and o.target.name == one.target.name and not o.off), None)
    base = other.claim.figure.period if other is not None else None
    period = one.claim.figure.period
    now, then = (one.target.at(period), one.target.at(base)) if period is not None and base is not None else (None, None)
    if now is None or then is None or (now.value < 0) != (then.value < 0):
        return None
    sides: tuple[Expression, Expression] = (now.expression, then.expression)
    if now.value < 0:
        sides = (negative(sides[0]), negative(sides[1]))
    comparison: Comparison = ">=" if one.claim.direction > 0 else "<="
    figures = tuple({figure.id: figure for figure in (*now.figures, *then.figures)}.values())
    word = "increased" if one.claim.direction > 0 else "decreased"
    relation = f"{one.claim.figure.caption} {word} to {one.claim.figure.unescaped}: {one.target.name} {comparison} prior {one.target.name}"
    return evolve(inferred(rule, relation, sides[1], figures), period=period_text(period), comparison=comparison, left=sides[0])


# ---- when to speak ---------------------------------------------------------------------------------------------------------


def why_silent(one: Link, links: Sequence[Link]) -> str | None:
    """None where the disagreement may be called a violation; else what is missing."""
    claim = one.claim
    if one.basis != "words" or not one.target.exact:
        return "the figure was found by its amount alone"
    if one.comparison != "=" or claim.hedge:
        return "the text hedges the amount"
    if _out_of_scale(one) and sum(_out_of_scale(other) for other in links if other.off and other.claim.group != claim.group) >= 1:
        return _MISREAD
    if _cut_off(one):
        return "the text cuts the amount off instead of rounding it"
    if not _shown(one):
        return "the table prints it too coarsely to tell"
    if _elsewhere(one, links):
        return "several amounts of the sentence are not those of the table: it speaks of something else"
    same_target = [other for other in links if other is not one and other.basis == "words" and other.target.name == one.target.name]
    agreeing = [other for other in same_target if not other.off and _shown(other)]
    same = [other for other in agreeing if _alike(one, other)]
    alone = not any(other.off and other is not one and _alike(one, other) for other in links)
    if not (set(claim.figure.why) & STATED):
        return None if len(same) > 1 and alone and _slipped(one) else "the sentence does not name its period"
    if _both_swapped(one, links) or _turned_round(one, links):
        return None
    slipped = _slipped(one) or _swapped(one, links)
    beside = [other for other in links if other is not one and other.claim.group == claim.group and other.target.name == one.target.name]
    near = [other for other in beside if other in agreeing and (other.claim.role in ("level", "prior") or claim.role in ("level", "prior"))]
    if any(_telling(other) >= _MANY or slipped for other in near):
        return None
    if slipped and _telling(one) >= _SEVERAL and (any(_nearly(other) for other in beside) or _kept(links)):
        return None
    if slipped and alone and (len(same) > 1 or (same and claim.role in ("level", "prior") and _telling(one) >= _SEVERAL)):
        return None
    return "nothing else shows that the text means this figure"


def _shown(one: Link) -> bool:
    """Whether the table prints an amount finely enough to tell it from its double: what agrees with a zero proves nothing."""
    said = one.claim.figure
    alike = [figure for figure in one.figures if figure.unit == said.unit]
    fine = (figure.step <= said.step or 2 * Fraction(figure.step) <= abs(Fraction(said.value or 0)) for figure in alike)
    return one.claim.role not in ("level", "prior") or all(fine)


def _elsewhere(one: Link, links: Sequence[Link]) -> bool:
    """Whether two amounts of one idiom both miss, each its own figure and not each other's, and no slip in several digits shows that they are meant."""
    if _slipped(one) and _telling(one) >= _SEVERAL:
        return False
    levels = [other for other in links if other.claim.group == one.claim.group and other.claim.role in ("level", "prior") and other.off]
    missed = {other.figures[0].id for other in levels if other.target.name == one.target.name and other.figures}
    return len(missed) > 1 and not any(_both_swapped(other, links) for other in levels)


def _alike(one: Link, other: Link) -> bool:
    """Whether two claims say the same of one quantity: its level, its growth, ... in one period."""
    return other.target.name == one.target.name and other.claim.role == one.claim.role and other.claim.figure.period == one.claim.figure.period


def _telling(one: Link) -> int:
    """How many digits of a claim carry information."""
    return len(significant(one.claim.figure))


def _slipped(one: Link) -> bool:
    """Whether a slip of the fingers explains the claim."""
    figure = one.claim.figure
    right = one.right
    if right is None or figure.value is None:
        return False
    step, amount = Fraction(figure.step), Fraction(figure.value)
    if right == -amount or (amount and abs(right + amount) <= step / 2):
        return True
    if _out_of_scale(one):
        return True
    found = best_slip(figure.value, (right - step / 2, right + step / 2), figure.step)
    return found is not None


def _cut_off(one: Link) -> bool:
    """Whether the claim is the amount with its last digits left out."""
    right = one.right
    amount, step = Fraction(one.claim.figure.value or 0), Fraction(one.claim.figure.step)
    return right is not None and right * amount > 0 and abs(amount) <= abs(right) < abs(amount) + step


def _nearly(one: Link) -> bool:
    """Whether a claim of several digits misses its figure by less than one unit of its last place, as where the table beside it is wrong too."""
    right = one.right
    return right is not None and _telling(one) >= _SEVERAL and abs(abs(right) - abs(Fraction(one.claim.figure.value or 0))) < Fraction(one.claim.figure.step)


def _foreign(one: Link) -> bool:
    """Whether a claim speaks of something else than its words say, by all that its digits tell."""
    return one.off and not _nearly(one) and (_telling(one) < _SEVERAL or not _slipped(one))


def _kept(links: Sequence[Link]) -> bool:
    """Whether the words of this document name its figures so dependably that one more slip of the fingers is no coincidence."""
    plain = [one for one in links if one.basis == "words" and one.target.exact]
    agreeing = sum(not one.off for one in plain)
    foreign = sum(_foreign(one) for one in plain)
    return agreeing >= _DEPENDABLE and foreign * _DEPENDABLE <= agreeing


def _out_of_scale(one: Link) -> bool:
    """Whether the claim is right but for a power of ten."""
    if one.right is None or not one.claim.figure.value:
        return False
    amount, step, right = magnitude(exact(one.claim.figure.value)), exact(one.claim.figure.step), abs(one.right)
    return any(2 * abs(amount * factor - right) <= step * factor for factor in _SCALES)


def _swapped(one: Link, links: Sequence[Link]) -> bool:
    """Whether the claim prints what another claim of its group should print."""
    return any(
        _prints(one, other) for other in links if other is not one and other.claim.group == one.claim.group and other.claim.figure.unit == one.claim.figure.unit
    )


def _both_swapped(one: Link, links: Sequence[Link]) -> bool:
    """Whether two claims of one group each print what the other should."""
    return any(_prints(one, other) and _prints(other, one) for other in links if other is not one and other.off and other.claim.group == one.claim.group)


def _turned_round(one: Link, links: Sequence[Link]) -> bool:
    """Whether the periods of a comparison stand in each other's place: the amount is that of the other period, and the change beside it goes the other way."""
    amount, step = abs(Fraction(one.claim.figure.value or 0)), Fraction(one.claim.figure.step)
    then = one.target.at(one.claim.base) if one.claim.base is not None else None
    if then is None or one.claim.role != "level" or abs(abs(then.value) - amount) > step / 2 or _telling(one) < _SEVERAL:
        return False
    moved = [other for other in links if other.off and other.claim.group == one.claim.group and other.claim.role == "change"]
    return any(_opposite(other) for other in moved if other.target.name == one.target.name)


def _opposite(one: Link) -> bool:
    """Whether a change is right but for its direction."""
    right, figure = one.right, one.claim.figure
    return right is not None and bool(figure.value) and abs(right + Fraction(figure.value or 0)) <= Fraction(figure.step) / 2


def _prints(one: Link, other: Link) -> bool:
    right = other.right
    figure: Figure = one.claim.figure
    return right is not None and figure.value is not None and abs(abs(right) - abs(Fraction(figure.value))) <= Fraction(figure.step) / 2
