"""Amounts that a text states twice in nearly the same words: "recorded a $6.5 billion liability for the settlement" in
a note and again in the review. No line of a table need print them.

Which two sentences speak of one thing is weighed in bits: how rare the words are that stand around both amounts, and
the amount itself. Words of their own on both sides tell two things apart ("in Europe", "in Asia"). Such a pair is a
tick for both amounts; one that differs is not looked for here, since nothing but the amount would show that it is one.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from checker.bind.claims import around
from checker.bind.claims.links import significant
from checker.bind.claims.places import Places
from checker.core.claim import Claim
from checker.core.unit import PERCENT
from checker.core.value import frozen
from checker.judge.table import CLAIM_BESIDE, CLAIM_SEVERAL, TWICE_APART, TWICE_BEHIND, TWICE_BITS, TWICE_SHARE
from checker.lexicon.numbers import is_year

_BEFORE, _BEHIND = 14, 9
"""Words around an amount that say what it is of."""
_NEAR_BEFORE, _NEAR_BEHIND = 6, 4
"""Those right beside it, which tell it from another one of the same sentence."""
_LEADING = 3
"""Those that lead to it: the last name of a list."""
_OPENING = 4
"""Words with which a sentence begins: its subject, as often as not."""
_LATEST = 40
"""So many earlier amounts of one value are held against a later one: the work grows with the length of a text alone."""


@frozen
class Said:
    """An amount of a sentence, by the words around it."""

    claim: Claim
    around: frozenset[str]
    near: frozenset[str]
    """The nearest of them,"""
    opening: frozenset[str]
    """those that open its sentence,"""
    led: frozenset[str]
    """and those that lead to it."""

    @property
    def beside(self) -> frozenset[str]:
        """The words that tell what it is of."""
        return self.near | self.opening

    @property
    def years(self) -> frozenset[str]:
        """The years that stand around it."""
        return frozenset(word for word in self.around if is_year(word))


@frozen
class Rarity:
    """How rare the words of a text are, in bits: by how many of its sentences with amounts hold them."""

    sentences: int
    holding: Counter[str]

    @property
    def pairs(self) -> float:
        """In bits, among how many pairs of sentences two that belong together are sought."""
        return 2 * math.log2(max(1, self.sentences))

    @property
    def most(self) -> float:
        """The bits of a word that two sentences alone share."""
        return math.log2(max(1.5, self.sentences + 1) / 1.5)

    def bits(self, words: frozenset[str]) -> float:
        """What it tells that two sentences share these words."""
        return sum(max(0.0, math.log2((self.sentences + 1) / (self.holding[word] + 0.5))) for word in words)


def twice(claims: Sequence[Claim], where: Places, tied: frozenset[str]) -> Iterator[tuple[Claim, Claim]]:
    """The amounts that nothing ties, each with the amount that says it best in other words; every pair once."""
    told = [said for said in _read(claims) if _tells(said.claim)]
    rarity = _rarity(claims)
    units = Counter(said.claim.figure.unit for said in told)
    alike = defaultdict[object, list[Said]](list)
    for said in told:
        alike[_amount(said.claim)].append(said)
    paired: set[frozenset[str]] = set()
    for same in alike.values():
        chance = math.log2(units[same[0].claim.figure.unit] / len(same))
        for at, said in enumerate(same):
            if said.claim.figure.id in tied:
                continue
            others = (*same[max(0, at - _LATEST) : at], *same[at + 1 : at + 1 + _LATEST])
            best = max(
                ((weight, other) for other in others if (weight := _weight(said, other, rarity, chance, where))),
                key=lambda pair: pair[0],
                default=None,
            )
            pair = frozenset((said.claim.figure.id, best[1].claim.figure.id)) if best else frozenset()
            if best and pair not in paired:
                paired.add(pair)
                yield said.claim, best[1].claim


def _amount(claim: Claim) -> object:
    """An amount as far as two must be the same."""
    figure = claim.figure
    return figure.unit, abs(figure.value or 0), figure.in_points, bool(claim.otherwise)


def _tells(claim: Claim) -> bool:
    """Whether an amount is one that a text would hardly state of two things in the same words: one digit is that of
    many, and percentages of two are."""
    least = CLAIM_SEVERAL if claim.figure.unit == PERCENT else CLAIM_BESIDE
    return bool(claim.figure.value) and claim.hedge != "range" and _digits(claim) >= least


def _digits(claim: Claim) -> int:
    """How many digits of an amount are printed and not rounded off."""
    return len(significant(claim.figure))


def _weight(one: Said, other: Said, rarity: Rarity, chance: float, where: Places) -> float:
    """The bits that speak for two amounts being one, 0 where they are too few or something speaks against it."""
    first, second = one.claim, other.claim
    if first.sentence == second.sentence or not _of_one_time(first, second):
        return 0.0
    if first.role == second.role == "change" and first.direction * second.direction < 0:
        return 0.0
    if where.part(first) != where.part(second):
        return 0.0
    if one.years - other.years and other.years - one.years:
        return 0.0
    shared = rarity.bits(one.around & other.around)
    if shared + chance < TWICE_BITS + rarity.pairs or shared < TWICE_SHARE * min(
        rarity.bits(one.around), rarity.bits(other.around)
    ):
        return 0.0
    apart = max(
        min(rarity.bits(one.around - other.around), rarity.bits(other.around - one.around))
        - TWICE_BEHIND * rarity.most,
        min(rarity.bits(one.beside - other.around), rarity.bits(other.beside - one.around)),
        min(rarity.bits(one.led - other.near), rarity.bits(other.led - one.near)),
    )
    return shared + chance if apart <= TWICE_APART * rarity.most else 0.0


def _of_one_time(first: Claim, second: Claim) -> bool:
    """Whether the periods of two amounts may be one; where a sentence does not say, its words alone must show it."""
    now, then = first.figure.period, second.figure.period
    if now is None or then is None or now == then:
        return True
    if now.end != then.end:
        return False
    return not (first.figure.tells_period and second.figure.tells_period) or now.months == then.months


def _rarity(claims: Sequence[Claim]) -> Rarity:
    """The rarity of all words of a text."""
    sentences = dict.fromkeys(claim.sentence for claim in claims)
    holding = Counter[str]()
    for sentence in sentences:
        holding.update(set(around.words(sentence)))
    return Rarity(len(sentences), holding)


def _read(claims: Sequence[Claim]) -> Iterator[Said]:
    """The amounts of a text with the words around them, in order."""
    sentence, reached = "", 0
    for claim in claims:
        if claim.sentence != sentence:
            sentence, reached = claim.sentence, 0
        text = claim.figure.text
        at = sentence.find(text, reached)
        if at < 0:
            continue
        reached = at + len(text)
        before = around.before(sentence, at, _BEFORE)
        behind = around.behind(sentence, reached, _BEHIND)
        opening = around.behind(sentence, 0, _OPENING)
        yield Said(
            claim,
            frozenset((*before, *behind)),
            frozenset((*before[-_NEAR_BEFORE:], *behind[:_NEAR_BEHIND])),
            frozenset(opening),
            frozenset(before[-_LEADING:]),
        )
