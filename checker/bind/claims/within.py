"""Amounts of one sentence that bear each other out, whatever the tables print: a total and its parts ("$11.0 billion of
debt, consisting of $7.5 billion of unsecured debt and $3.5 billion of asset-backed securities"), an amount, the one it
is compared with and the change between them.

That they come out is a tick. That others do not is said nowhere here: parts may be left out, and drivers of a change
often are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from checker.bind.inferred import inferred
from checker.core.check import Check
from checker.core.claim import Claim
from checker.core.expression import Add, Expression, Variable, negative
from checker.core.rule import Rule
from checker.core.unit import PERCENT
from checker.core.value import frozen
from checker.judge.table import WITHIN_BITS, WITHIN_BITS_OF_CAUSES, WITHIN_BITS_OF_PARTS
from checker.judge.trial import broken
from checker.lexicon.directions import direction
from checker.lexicon.parting import announces_causes, announces_parts, offsets

_MOST = 9
"""Amounts of a sentence that are tried against each other: a longer list is a table."""


@frozen
class Sum:
    """An amount of a sentence and those of it that it is the sum of."""

    total: Claim
    parts: tuple[Claim, ...]
    ways: tuple[int, ...] = ()
    """Of the causes of a change, which way each moved it."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All of them."""
        return self.total, *self.parts


def sums(rule: Rule, claims: Sequence[Claim], tied: set[str]) -> Iterator[Check]:
    """The checks of the sums of all sentences that hold an amount which nothing else ties."""
    for sentence, said in groupby(claims, key=lambda claim: claim.sentence):
        claims_of = list(said)
        together = [claim for claim in claims_of if _adds(claim)]
        if not 2 < len(claims_of) <= _MOST:
            continue
        known = set(tied)
        for found in (*_of_sentence(sentence, together), *_of_causes(sentence, claims_of)):
            if any(claim.figure.id not in known for claim in found.claims):
                known |= {claim.figure.id for claim in found.claims}
                yield _check(rule, found)


def _of_causes(sentence: str, claims: Sequence[Claim]) -> Iterator[Sum]:
    """A change and what moved it, each in the direction of its own words: "decreased 1.5% driven by volume declines of
    1.0% and negative exchange of 6.5%, partially offset by price increases of 6.0%"."""
    ends = _ends(sentence, claims)
    for start, total in enumerate(claims):
        if total.role not in ("change", "relative change") or not total.direction or not total.figure.value:
            continue
        first = start + 1
        while first < len(claims) and claims[first].figure.unit != total.figure.unit:
            first += 1  # "increased 1.5% to $978, driven by"
        stop = first
        while stop < len(claims) and _alike(total, claims[stop]):
            stop += 1
        between = [sentence[ends[at - 1][1] : ends[at][0]] for at in range(first, stop)]
        for count in range(len(between), 1, -1):
            if not announces_causes(between[0]):
                break
            found = Sum(total, tuple(claims[first : first + count]), directions(total.direction, between[:count]))
            if _told_of_causes(found) >= WITHIN_BITS_OF_CAUSES and _comes_out(found):
                yield found
                break


def _alike(total: Claim, part: Claim) -> bool:
    """Whether an amount may be a part of a change in the same unit."""
    one, two = total.figure, part.figure
    return bool(two.value) and one.unit == two.unit and one.in_points == two.in_points and part.hedge != "range"


def _told_of_causes(found: Sum) -> float:
    """The bits that causes tell by coming out: as far as their sizes together might have led otherwise."""
    room = sum(Fraction(claim.figure.step) for claim in found.claims)
    return math.log2(max(1.0, float(sum(map(_size, found.parts)) / room)))


def directions(total: int, between: Sequence[str]) -> tuple[int, ...]:
    """Which way each cause moved, by the words before its amount: its own, else against the change once something is
    said to offset it."""
    offset, found = False, list[int]()
    for words in between:
        offset |= offsets(words)
        found.append(said if (said := direction(words)) else -total if offset else total)
    return tuple(found)


def _adds(claim: Claim) -> bool:
    """Whether an amount may be a part of another one."""
    figure = claim.figure
    return bool(figure.value) and claim.hedge != "range" and figure.unit != PERCENT and not figure.unit.is_per_share


def _size(claim: Claim) -> Fraction:
    """An amount without its sign."""
    return abs(Fraction(claim.figure.value or 0))


def _of_sentence(sentence: str, claims: Sequence[Claim]) -> Iterator[Sum]:
    """The sums of amounts that follow each other, the longest first."""
    ends = _ends(sentence, claims)
    for length in range(len(claims), 2, -1):
        for start in range(len(claims) - length + 1):
            window = claims[start : start + length]
            if len({claim.figure.unit for claim in window}) > 1:
                continue
            total = max(window, key=_size)
            found = Sum(total, tuple(claim for claim in window if claim is not total))
            first = ends[start + (total is window[0])]
            between = sentence[ends[start][1] : first[0]] if total is window[0] else ""
            if _told(found) >= _asked(found, between) and _comes_out(found):
                yield found


def _ends(sentence: str, claims: Sequence[Claim]) -> list[tuple[int, int]]:
    """Where the amounts of a sentence begin and end in it."""
    found: list[tuple[int, int]] = []
    reached = 0
    for claim in claims:
        start = max(sentence.find(claim.figure.text, reached), reached)
        reached = start + len(claim.figure.text)
        found.append((start, reached))
    return found


def _asked(found: Sum, between: str) -> float:
    """The bits that a sum must tell, by what the words say of it: little where they announce parts."""
    roles = sorted(claim.role for claim in found.claims)
    if announces_parts(between) or roles == ["change", "level", "prior"]:
        return WITHIN_BITS_OF_PARTS
    return WITHIN_BITS_OF_CAUSES if announces_causes(between) else WITHIN_BITS


def _told(found: Sum) -> float:
    """How little chance explains that the amounts come out, in bits: the total by the room that their rounding
    leaves."""
    room = sum(Fraction(claim.figure.step) for claim in found.claims)
    return math.log2(max(1.0, float(_size(found.total) / room)))


def _right(found: Sum) -> Expression:
    """What the parts come to: all of them count as their total does, causes as their words say."""
    if found.ways:
        return Add(
            tuple(
                Variable(claim.figure.id) if way * found.total.direction > 0 else negative(Variable(claim.figure.id))
                for claim, way in zip(found.parts, found.ways, strict=True)
            )
        )
    sign = (found.total.figure.value or 0) > 0
    return Add(
        tuple(
            Variable(claim.figure.id)
            if ((claim.figure.value or 0) > 0) == sign
            else negative(Variable(claim.figure.id))
            for claim in found.parts
        )
    )


def _comes_out(found: Sum) -> bool:
    figures = tuple(claim.figure for claim in found.claims)
    if any((claim.figure.value or 0) < 0 for claim in found.parts if found.ways):
        return False  # a sign in print beside a direction in words
    return broken(Variable(found.total.figure.id), _right(found), "=", figures) is False


def _check(rule: Rule, found: Sum) -> Check:
    parts = " and ".join(claim.figure.unescaped for claim in found.parts)
    what = found.total.figure.caption or "a sentence"
    return inferred(
        rule,
        f"{what}: {found.total.figure.unescaped} is the sum of {parts}",
        _right(found),
        tuple(claim.figure for claim in found.claims),
    )
