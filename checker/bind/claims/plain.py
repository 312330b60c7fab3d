"""Claims that plainly mean their line, so that one that disagrees is wrong however wrong its amount is: no slip need
explain it.

What shows it are the other amounts of its idiom or its sentence that are right about their lines; how often claims of
these kinds miss in published documents is written down in docs/decisions/0134.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import field

from checker.bind.claims.digits import (
    cut_off,
    far,
    nearly,
    of_a_change,
    of_another_thing,
    opposite,
    out_of_scale,
    own,
    shown,
    telling,
)
from checker.bind.claims.links import Link
from checker.core.unit import PERCENT
from checker.core.value import frozen
from checker.judge.table import CLAIM_APART, CLAIM_BESIDE, CLAIM_POINTS
from checker.lexicon import hedges

_CHANGES = ("change", "relative change")
_LEVELS = ("level", "prior")
_SUBJECT_OF = re.compile(r"^\W*(?:\w+\W+){1,6}?from\s+[a-z]", re.IGNORECASE)
"""A subject that is only what comes from somewhere: "The revenue from existing customers included ..."."""


@frozen
class Company:
    """The links by the idiom and by the sentence that they stand in."""

    of_idiom: Mapping[int, Sequence[Link]] = field(factory=dict)
    of_sentence: Mapping[str, Sequence[Link]] = field(factory=dict)
    scales: frozenset[tuple[object, object]] = frozenset()
    """Units of claims that are right, with the scales of the figures that they are right about."""


def company(links: Iterable[Link]) -> Company:
    """The links as they stand together; in an idiom those that their amount found bear witness for their line too."""
    idioms: dict[int, list[Link]] = {}
    sentences: dict[str, list[Link]] = {}
    scales: set[tuple[object, object]] = set()
    for one in links:
        if (one.basis == "words" and one.target.exact) or not one.off:
            idioms.setdefault(one.claim.group, []).append(one)
        if one.basis == "words" and one.target.exact:
            sentences.setdefault(one.claim.sentence, []).append(one)
            if not one.off and telling(one) >= CLAIM_BESIDE and not one.figures[0].is_unscaled:
                scales.add((one.claim.figure.unit, one.figures[0].scale))
    return Company(idioms, sentences, scales=frozenset(scales))


def plainly(one: Link, around: Company) -> bool:
    """Whether the words beside a claim that disagrees leave no other line for it, since they are right about it."""
    if not _says(one) or (out_of_scale(one) and not _measured(one, around)):
        return False
    if not _alone(one, around) or not _likely(one):
        return False
    beside = [
        other
        for other in _others(one, around.of_idiom.get(one.claim.group, ()))
        if other.target.name == one.target.name
    ]
    missed = [other for other in beside if other.off]
    if missed and not (opposite(one) and all(map(opposite, missed))):
        return False
    if any(_twins(other, one) for other in beside) or "respectively" in one.claim.sentence:
        return False  # which of several is of which time is read less surely
    right = [other for other in beside if not other.off and shown(other)]
    return bool(right)


def among_others(one: Link, around: Company) -> bool:
    """Whether an amount that a sentence plainly states of a time that it names is wrong since all others of the
    sentence are right about their lines."""
    if not _says(one) or out_of_scale(one) or one.claim.role not in _LEVELS or not own(one):
        return False
    if "respectively" in one.claim.sentence or not _alone(one, around):
        return False
    beside = list(_others(one, around.of_sentence.get(one.claim.sentence, ())))
    if any(other.target.name == one.target.name and _twins(other, one) for other in beside):
        return False  # "of the $34 of credit lines $4 was drawn"
    return (
        one.claim.figure.is_dated_here
        and not any(other.off for other in beside)
        and any(telling(other) >= CLAIM_BESIDE for other in beside)
    )


def dated_change(one: Link, around: Company) -> bool:
    """Whether a sentence says of its subject, in the words of its line, by how much and since when it has changed, and
    nothing else of it: "Average loans for the fourth quarter of 2020 decreased A compared with the third quarter"."""
    claim = one.claim
    if claim.role not in _CHANGES or not claim.direction or claim.base is None or not _says(one) or not own(one):
        return False
    if (out_of_scale(one) and not _measured(one, around)) or "respectively" in claim.sentence:
        return False
    beside = list(_others(one, around.of_sentence.get(claim.sentence, ())))
    if any(other.off for other in beside) or not _alone(one, around) or not _likely(one):
        return False
    if claim.figure.unit == PERCENT and _missed(one) > CLAIM_APART:
        return False
    if claim.figure.in_points and not any(other.target.name == one.target.name for other in beside):
        return False  # the rate of which part of the company it is stands in a heading, and every part has one
    return claim.figure.is_dated_here and _SUBJECT_OF.search(claim.sentence) is None


def _others(one: Link, links: Iterable[Link]) -> Iterator[Link]:
    return (other for other in links if other is not one)


def _alone(one: Link, around: Company) -> bool:
    """Whether its sentence says but once of one line what the claim says of it."""
    return not any(
        other.target.name == one.target.name and _twins(other, one)
        for other in _others(one, around.of_sentence.get(one.claim.sentence, ()))
    )


def _likely(one: Link) -> bool:
    """Whether the figures may be those meant, as far as they miss what is said: of a rate that has changed by a few
    points they are not where it comes to many more."""
    return not one.claim.figure.in_points or _missed(one) <= CLAIM_POINTS


def _missed(one: Link) -> Fraction:
    """By how much a claim misses its figures, whatever the direction."""
    return Fraction(0) if one.right is None else abs(abs(one.right) - abs(Fraction(one.claim.figure.value or 0)))


def _says(one: Link) -> bool:
    """Whether a claim states an amount without a hedge, or misses it by more than one allows for, on the basis of its
    line and finely enough to miss it."""
    claim = one.claim
    if one.basis != "words" or not one.target.exact or one.comparison != "=" or claim.otherwise:
        return False
    if claim.hedge and not (hedges.kind(claim.hedge) == "about" and far(one)):
        return False
    return shown(one) and not (of_a_change(one) or cut_off(one) or nearly(one) or of_another_thing(one))


def _measured(one: Link, around: Company) -> bool:
    """Whether another claim shows that the table is in the scale it was read in."""
    return (one.claim.figure.unit, one.figures[0].scale) in around.scales


def _twins(other: Link, one: Link) -> bool:
    """Whether two claims say the same of one line and time: then one of them is of a part of it, or of something
    else."""
    levels = {other.claim.role, one.claim.role} <= set(_LEVELS)
    return other.claim.figure.period == one.claim.figure.period and (levels or other.claim.role == one.claim.role)
