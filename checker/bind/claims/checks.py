"""`each claim agrees with its figure`: what the text says against what the tables show, and against what the text says
elsewhere.

Which figure a claim is about is for `links` to say, and whether a disagreement may be called a violation, for
`speaking`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from checker.bind.claims.digits import foreign, slipped, telling
from checker.bind.claims.links import Link, compose, link, link_around, link_beside
from checker.bind.claims.names import Key, Meanings, key
from checker.bind.claims.neighbours import astray, firm
from checker.bind.claims.places import Places, places
from checker.bind.claims.plain import company
from checker.bind.claims.rebased import rebased
from checker.bind.claims.speaking import UNLINKED, Doubts, unlicensed
from checker.bind.claims.text import explained, inside, repeat, repeats
from checker.bind.claims.twice import twice
from checker.bind.claims.within import sums
from checker.bind.index import Lines
from checker.bind.inferred import inferred
from checker.bind.lookup import Book, period_text
from checker.bind.prepared import prepared
from checker.core.caption import normal
from checker.core.check import Check
from checker.core.claim import Claim
from checker.core.expression import Expression, negative
from checker.core.period import SLACK
from checker.core.release import Release
from checker.core.rule import Amount, Comparison, Each, Rule, Rulebook, Sentence, Tolerance
from checker.core.unit import PERCENT
from checker.core.value import evolve
from checker.judge.table import CLAIM_SEVERAL
from checker.lexicon import bases, hedges
from checker.lexicon.captions import shares

SENTENCE: Sentence = "each claim agrees with its figure"
_AROUND = 3
"""Headings before and behind a claim whose claims show what the text speaks of."""
_UNLIKE = 2
"""Words by which a phrase and a caption may differ that an amount of several digits ties."""
_ONE_UNIT = Tolerance("amount", Amount(Fraction(1), "units"))
_STRETCH = 2000
"""Claims that are held against each other at once: what a longer document says is judged stretch by stretch, so that
the work grows with its length alone."""


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
    claims, meanings = book.lines.release.claims, Meanings(book)
    if not claims:
        return ()
    where = places(meanings)
    return tuple(
        check for together in _stretches(claims) for check in _checks(rule, together, _links(together, meanings, where))
    )


def _stretches(claims: Sequence[Claim]) -> Iterator[Sequence[Claim]]:
    """The claims in stretches that end where a sentence does."""
    start = 0
    while start < len(claims):
        end = min(start + _STRETCH, len(claims))
        while end < min(len(claims), start + 2 * _STRETCH) and claims[end].sentence == claims[end - 1].sentence:
            end += 1
        yield claims[start:end]
        start = end


def _checks(rule: Rule, claims: Sequence[Claim], found: tuple[Sequence[Link], Places, Meanings]) -> Iterator[Check]:
    """The checks of claims that are held against each other."""
    links, where, meanings = found
    doubts = doubts_of(claims, links, where, meanings.book)
    compared: dict[int, str] = {}
    for claim in claims:
        if claim.role == "prior":
            compared.setdefault(claim.group, claim.figure.id)
    checks = {one.claim.figure.id: check for one in links if (check := _check(rule, one, links, doubts)) is not None}
    yield from checks.values()
    yield from (check for one in links if (check := _direction(rule, one, links, compared)) is not None)
    of_text = [*inside(rule, claims, set(checks)), *repeats(rule, claims, set(checks))]
    of_text += sums(rule, claims, {*checks, *_figures(of_text)})
    yield from of_text
    tied = {*checks, *_figures(of_text)}
    named = [
        one for claim in claims if claim.figure.id not in tied and (one := link_around(claim, meanings)) is not None
    ]
    yield from (_as_printed(rule, one) for one in named)
    tied |= {one.claim.figure.id for one in named}
    for first, second in twice(claims, where, frozenset(tied)):
        yield repeat(rule, evolve(first, direction=0), evolve(second, direction=0))


def _as_printed(rule: Rule, one: Link) -> Check:
    """The check that a claim and its figure say the same, which is never wrong: they were found by it."""
    return evolve(
        inferred(rule, _relation(one), one.expression, (one.claim.figure, *one.figures)),
        comparison=one.comparison,
        percent=one.claim.figure.unit == PERCENT,
    )


def _figures(checks: Sequence[Check]) -> set[str]:
    """The figures that checks rest on."""
    return {figure.id for check in checks for figure in check.figures}


def doubts_of(claims: Sequence[Claim], links: Sequence[Link], where: Places, book: Book) -> Doubts:
    """What speaks for and against the words of the claims that disagree."""
    off = [one for one in links if one.off]
    return Doubts(
        _strangers(claims, links),
        explained(claims),
        _loose(links, book.lines.release),
        firm(links, where),
        frozenset(one.claim.figure.id for one in off if where.of_part(one.claim)),
        frozenset(one.claim.figure.id for one in off if _elsewhen(one, book)),
        astray(links, where),
        company(links),
        frozenset(one.claim.figure.id for one in off if _of_owners(one, book)),
        rebased(claims, off),
    )


def linked(claims: Sequence[Claim], book: Book) -> tuple[Link, ...]:
    """The links of all claims that have one, in reading order."""
    return _linked_in(claims, book)[0]


def _linked_in(claims: Sequence[Claim], book: Book) -> tuple[tuple[Link, ...], Places]:
    """The links, and where in the text their claims stand."""
    meanings = Meanings(book)
    links, where, _ = _links(claims, meanings, places(meanings))
    return links, where


def _links(claims: Sequence[Claim], meanings: Meanings, where: Places) -> tuple[tuple[Link, ...], Places, Meanings]:
    """The links of claims that stand together, with where they stand and what they are held against."""
    alone = [found for claim in claims if (found := _linked(claim, meanings, where)) is not None]
    return _at_home(_together(claims, alone), where), where, meanings


def _linked(claim: Claim, meanings: Meanings, where: Places) -> Link | None:
    """The link of one claim; under the name of a part of the company the tables beside it come first."""
    return link_beside(claim, meanings, where.beside(claim)) or link(claim, meanings)


def _together(claims: Sequence[Claim], links: Sequence[Link]) -> list[Link]:
    """The links, those of one idiom seen together: where its amount shows which line is meant, its change is of that
    line too; and a change whose own amount is not that of the line is not tied to it, however well it fits."""
    tied = {one.claim.figure.id: one for one in links}
    lines: dict[tuple[int, Key], list[Link]] = {}
    strange: dict[tuple[int, Key], bool] = {}
    for claim in claims:
        about, one = (claim.group, key(claim.figure.caption)), tied.get(claim.figure.id)
        if claim.role not in ("level", "prior") or claim.figure.unit.is_relative:
            continue
        if claim.role == "level":
            strange[about] = one is None and strange.get(about, True)
        if one is not None and not one.off and (one.target.shared or (one.basis == "value" and _nearly_named(one))):
            lines.setdefault(about, []).append(one)
    found: list[Link] = []
    for claim in claims:
        about, own = (claim.group, key(claim.figure.caption)), tied.get(claim.figure.id)
        shown = next((one for one in lines.get(about, ()) if one.claim is not claim), None)
        if shown is not None and _of_its_line(claim, own):
            own = compose(claim, evolve(shown.target, exact=True), "words") or own
        if own is not None and not (
            claim.role == "relative change" and not own.off and strange.get(about, False) and not claim.figure.in_points
        ):
            found.append(own)
    return found


def _nearly_named(one: Link) -> bool:
    """Whether the words of a claim are those of its line but for one or two: "short-term debt and long-term debt" are
    not the short-term debt."""
    return len(set(key(one.claim.figure.caption)) ^ set(key(one.target.name))) <= _UNLIKE


def _of_its_line(claim: Claim, own: Link | None) -> bool:
    """Whether a claim is of the line that another amount of its idiom is tied to by its digits, since no line of its
    own words prints it."""
    if own is None:
        return claim.role != "change"
    return own.off and own.basis == "words" and claim.role in ("change", "relative change")


def _at_home(links: Sequence[Link], where: Places) -> tuple[Link, ...]:
    """The links without those of few digits that agree where the text speaks of a part of the company, or of something
    else: there chance explains them."""
    around: dict[int, int] = {}
    for one in links:
        if one.basis == "words" and one.target.exact:
            for number in range((section := where.section(one.claim)) - _AROUND, section + _AROUND + 1):
                around[number] = around.get(number, 0) + (-1 if foreign(one) else 1)
    return tuple(
        one
        for one in links
        if one.off
        or not one.target.exact
        or telling(one) > CLAIM_SEVERAL
        or not (where.of_part(one.claim) or around.get(where.section(one.claim), 0) < 0)
    )


# ---- checks ----------------------------------------------------------------------------------------------------------


def _strangers(claims: Sequence[Claim], links: Sequence[Link]) -> frozenset[str]:
    """Claims in whose sentence an earlier one speaks of what the tables do not name: "the Nova division, with revenues
    of A and a gross margin of B"."""
    named = {one.claim.figure.id for one in links if one.basis == "words" or not one.off}
    unnamed = {sentence for sentence in {claim.sentence for claim in claims} if bases.otherwise(sentence)}
    found: set[str] = set()
    known: set[tuple[str, Key]] = set()
    for claim in claims:
        if claim.sentence in unnamed:
            found.add(claim.figure.id)
        about = (claim.sentence, key(claim.figure.caption))
        if claim.figure.id in named:
            known.add(about)
        elif about not in known or not _is_of_another(claim):
            unnamed.add(claim.sentence)
    return frozenset(found)


def _is_of_another(claim: Claim) -> bool:
    """Whether a claim says something of the amount before it: its change since what no table shows, the share that it
    is of something."""
    return claim.role in ("change", "relative change") or claim.figure.unit == PERCENT


def _loose(links: Sequence[Link], release: Release) -> frozenset[str]:
    """Changes of which the sentence does not say since when, in a release whose tables report a nearer period than the
    year before."""
    known = {
        column.period
        for statement in release.statements
        for column in statement.columns
        if column.period is not None and column.period.end is not None
    }
    found: set[str] = set()
    for one in links:
        now, then = one.claim.figure.period, one.base
        if (
            one.claim.base is None
            and one.claim.role in ("change", "relative change")
            and now is not None
            and now.end
            and then is not None
            and then.end
        ):
            last, first = now.end - dt.timedelta(days=SLACK), then.end + dt.timedelta(days=SLACK)
            spans = {figure.period.months for figure in one.figures if figure.period is not None}
            if any(period.months in spans and first < period.end < last for period in known if period.end is not None):
                found.add(one.claim.figure.id)
    return frozenset(found)


def _elsewhen(one: Link, book: Book) -> bool:
    """Whether a line of the same name prints the amount of a claim, for another time or in another table."""
    if one.claim.role not in ("level", "prior"):
        return False
    said, step = abs(Fraction(one.claim.figure.value or 0)), Fraction(one.claim.figure.step)
    lines = (
        spot.line
        for own in one.figures
        if (place := book.lines.places.get(own.id)) is not None
        for spot in book.lines.by_caption.get(normal(place[0].line.caption), ())
    )
    printed = (figure for line in lines for figure in line.figures if figure is not None and figure.value is not None)
    return any(2 * abs(abs(Fraction(figure.value or 0)) - said) <= step for figure in printed)


def _of_owners(one: Link, book: Book) -> bool:
    """Whether the line of the owners' share prints the amount of a claim for its period: texts call that by the name of
    the whole."""
    figure = one.claim.figure
    if one.claim.role not in ("level", "prior") or figure.period is None:
        return False
    names = {
        normal(place[0].line.caption) for own in one.figures if (place := book.lines.places.get(own.id)) is not None
    }
    said, step = abs(Fraction(figure.value or 0)), Fraction(figure.step)
    return any(
        shown is not None
        and shown.value is not None
        and shown.unit == figure.unit
        and shown.period is not None
        and shown.period.same_length(figure.period)
        and shown.period.ends_with(figure.period)
        and 2 * abs(abs(Fraction(shown.value)) - said) <= max(step, Fraction(shown.step))
        for caption, spots in book.lines.by_caption.items()
        if any(shares(caption, name) for name in names)
        for spot in spots
        for shown in spot.line.figures
    )


def _check(rule: Rule, one: Link, links: Sequence[Link], doubts: Doubts) -> Check | None:
    """The check of one link; None where it disagrees and neither the words nor a slip show that the text means this
    figure: then it is not linked."""
    figure = one.claim.figure
    missing = unlicensed(one, links, doubts) if one.off else None
    if missing is not None and (not slipped(one) or missing in UNLINKED):
        return None
    return evolve(
        inferred(rule, _relation(one), one.expression, (figure, *one.figures)),
        comparison=one.comparison,
        tolerance=_ONE_UNIT if hedges.kind(one.claim.hedge) == "about" else rule.clauses.tolerance or Tolerance(),
        unlicensed=missing,
        percent=figure.unit == PERCENT,
    )


def _relation(one: Link) -> str:
    claim, sign = one.claim, {"<=": "at most", ">=": "at least"}.get(one.comparison, "=")
    text = claim.figure.unescaped
    match claim.role:
        case "change" | "relative change":
            word = {1: "increase", -1: "decrease"}.get(claim.direction, "change")
            how = (
                f"{one.target.name} - prior {one.target.name}"
                if claim.role == "change"
                else f"growth of {one.target.name}"
            )
            return f"{word} of {text} in {claim.figure.caption} {sign} {how}"
        case _:
            return f"{claim.figure.caption} of {text} {sign} {one.target.name}"


def _direction(rule: Rule, one: Link, links: Sequence[Link], compared: Mapping[int, str]) -> Check | None:
    """ "Gross margin increased to 27.3%, compared to 12.9%": the amount must not be below the first that it is compared
    with."""
    if one.claim.role != "level" or not one.claim.direction or one.basis != "words" or one.off:
        return None
    first = compared.get(one.claim.group)
    other = next(
        (o for o in links if o.claim.figure.id == first and o.target.name == one.target.name and not o.off), None
    )
    base = other.claim.figure.period if other is not None else None
    period = one.claim.figure.period
    now, then = (
        (one.target.at(period), one.target.at(base)) if period is not None and base is not None else (None, None)
    )
    if now is None or then is None or (now.value < 0) != (then.value < 0):
        return None
    sides: tuple[Expression, Expression] = (now.expression, then.expression)
    if now.value < 0:
        sides = (negative(sides[0]), negative(sides[1]))
    comparison: Comparison = ">=" if one.claim.direction > 0 else "<="
    figures = tuple({figure.id: figure for figure in (*now.figures, *then.figures)}.values())
    word = "increased" if one.claim.direction > 0 else "decreased"
    relation = (
        f"{one.claim.figure.caption} {word} to {one.claim.figure.unescaped}: {one.target.name} {comparison} prior "
        f"{one.target.name}"
    )
    return evolve(
        inferred(rule, relation, sides[1], figures), period=period_text(period), comparison=comparison, left=sides[0]
    )
