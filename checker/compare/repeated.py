"""The sentences of a release that its filing repeats, and what else the filing says of the same thing.

A filing copies much of its release word for word. A sentence that stands in both with other amounts is the slip that
nobody sees, for each document is right in itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from checker.bind.claims.names import Key, key
from checker.compare.ties import same_period
from checker.compare.values import Tie
from checker.core.claim import Claim
from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.report import Checked

SAME, ALIKE = "the filing repeats the sentence", "the filing says it of the same"
"""How an amount came to its tie."""
_LONG = 8
"""Words that a sentence must have to be known again by them."""
_NEARLY = 0.85
"""The part of their words, in order, that two sentences share where one repeats the other."""
_MOSTLY = 0.6
"""The part of all words of two names that both have where they name one thing."""
_WORD = re.compile(r"[^\W\d_]+|(?<![\d.,$])(?:19|20)\d\d(?![\d,.]\d)")
"""A word of a sentence, or a year: the amounts are what is compared."""
_MARK = re.compile(r"\A\W*(?:\(?\w{1,2}\)\s*)?")
"""What marks a sentence as a footnote or an item, which each document counts for itself."""


class Repeated:
    """Two documents by their sentences; made once, and asked of each amount."""

    def __init__(self, old: Checked, new: Checked) -> None:
        self.mine, self.others = _by_words(old.claims), _by_words(new.claims)
        self.by_amount: dict[object, list[tuple[Key, Figure, tuple[str, ...]]]] = defaultdict(list)
        for claim in new.claims:
            self._keep(claim.figure, _words(claim.sentence))
        for figure in new.figures:
            if figure.origin == "table" and figure.counts:
                self._keep(figure, ())

    def _keep(self, figure: Figure, words: tuple[str, ...]) -> None:
        if figure.value is not None:
            self.by_amount[_amount(figure)].append((key(figure.caption), figure, words))

    def tie(self, claim: Claim) -> Tie | None:
        """What the filing says of an amount of a sentence; None where it says nothing of it.

        The same words with other amounts differ, in one place on either side, as many amounts and of the same units.
        Of what is only nearly the same sentence, or another one of the same thing and period, agreement alone is told.
        """
        words = _words(claim.sentence)
        return self._in_place(claim, words) or self._agreeing(claim, words)

    def _in_place(self, claim: Claim, words: tuple[str, ...]) -> Tie | None:
        """The tie to the amount that stands in the same place of the same sentence."""
        mine, others = self.mine.get(words, ()), self.others.get(words, ())
        if len(words) < _LONG or len(mine) != 1 or len(others) != 1:
            return None
        one, two = mine[0], others[0]
        if len(one) != len(two) or any(a.unit != b.unit for a, b in zip(one, two, strict=True)):
            return None
        other = next(b for a, b in zip(one, two, strict=True) if a.id == claim.figure.id)
        if other.value is None or claim.figure.value is None:
            return None
        if abs(other.value) == abs(claim.figure.value):
            return Tie(claim.figure, other, "agrees", SAME)
        return Tie(claim.figure, other, "differs", SAME) if _may_be_one(claim.figure.period, other.period) else None

    def _agreeing(self, claim: Claim, words: tuple[str, ...]) -> Tie | None:
        """The tie to the same amount of nearly the same sentence, or of the same thing in the same period."""
        name = key(claim.figure.caption)
        same = self.by_amount.get(_amount(claim.figure), ())
        for _, figure, others in same:
            if min(len(words), len(others)) >= _LONG and _alike(words, others):
                return Tie(claim.figure, figure, "agrees", SAME)
        for caption, figure, _ in same:
            if same_period(claim.figure.period, figure.period) and _names_the_same(name, caption):
                return Tie(claim.figure, figure, "agrees", ALIKE)
        return None


def _may_be_one(one: Period | None, two: Period | None) -> bool:
    """Whether two periods may be the same: "the quarter" is another one in the next filing."""
    known = one is not None and two is not None and one.end is not None and two.end is not None
    return not known or same_period(one, two)


def _words(sentence: str) -> tuple[str, ...]:
    """The words and years of a sentence, by which it is known in another document."""
    return tuple(one.lower() for one in _WORD.findall(_MARK.sub("", sentence, count=1)))


def _by_words(claims: Iterable[Claim]) -> Mapping[tuple[str, ...], Sequence[tuple[Figure, ...]]]:
    """The amounts of each sentence, in order, by its words: more than one entry where it stands there several times."""
    sentences: dict[str, list[Figure]] = defaultdict(list)
    for claim in claims:
        sentences[claim.sentence].append(claim.figure)
    found: dict[tuple[str, ...], list[tuple[Figure, ...]]] = defaultdict(list)
    for sentence, figures in sentences.items():
        found[_words(sentence)].append(tuple(sorted(figures, key=lambda one: one.place.span)))
    return found


def _amount(figure: Figure) -> object:
    """The amount without its sign, with its unit."""
    return abs(figure.value or 0), figure.unit


def _alike(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether two sentences are nearly the same words in nearly the same order."""
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    return matcher.quick_ratio() >= _NEARLY and matcher.ratio() >= _NEARLY


def _names_the_same(one: Key, two: Key) -> bool:
    """Whether two names have most of their words in common, more than one of them."""
    mine, other = set(one), set(two)
    both = mine & other
    return len(both) > 1 and len(both) >= _MOSTLY * len(mine | other)
