"""From hypotheses to suspects: who is named alone, and who is one of several."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from checker.core.finding import Finding, Suspect
from checker.diagnose.evidence import NO_SLIP
from checker.diagnose.printing import printed_as
from checker.diagnose.relations import Net, Relation
from checker.diagnose.search import Hypothesis

_NAMED = Fraction(9, 10)
"""From this score on one figure is named alone."""
CERTAIN = Fraction(99, 100)
"""No score is higher."""
OPEN = Fraction(1, 2)
"""The highest score where nothing explains all that is broken."""
_PLACES = 1000
"""Scores are thousandths."""


def suspects(found: Sequence[Hypothesis], component: Sequence[Relation], net: Net, most: Fraction = CERTAIN) -> tuple[Suspect, ...]:
    """The figures in question, likeliest first: one alone where the evidence singles it out, else all; equal scores where only their place speaks."""
    if not found:
        return ()
    if len(component) == 1 and len(found) > 1 and found[0].edits[0].cause == NO_SLIP:
        most = OPEN  # one relation and no slip: no evidence to name one figure alone
    scores = {figure: min(most, score) for figure, score in _scores(found).items()}
    phrase = f"{len(component)} relations rest on it" if len(component) > 1 else "the relation rests on it"
    named: dict[str, Suspect] = {}
    for hypothesis in found:
        for edit in hypothesis.edits:
            if edit.figure not in named:
                text = printed_as(net.figures[edit.figure], edit.needed)
                named[edit.figure] = Suspect(edit.figure, text, edit.cause or phrase, scores[edit.figure])
    ranked = sorted(named.values(), key=lambda suspect: -suspect.score)
    sure = [suspect for suspect in ranked if suspect.score >= _NAMED]
    return tuple(sure or [suspect for suspect in ranked if suspect.score > 0])


def _scores(found: Sequence[Hypothesis]) -> dict[str, Fraction]:
    """For each figure the weight of the hypotheses that name it, of the weight of all."""
    least = found[0].bits
    figures = {edit.figure for hypothesis in found for edit in hypothesis.edits}
    if len(found) > 1 and all(edit.cause == NO_SLIP for hypothesis in found for edit in hypothesis.edits):
        return dict.fromkeys(figures, _thousandths(Fraction(1, len(found))))
    weights = [Fraction(1, 2 ** (hypothesis.bits - least)) for hypothesis in found]
    total = sum(weights, Fraction(0))
    scores = dict.fromkeys(figures, Fraction(0))
    for hypothesis, weight in zip(found, weights, strict=True):
        for edit in hypothesis.edits:
            scores[edit.figure] += weight
    return {figure: min(CERTAIN, max(Fraction(1, _PLACES), _thousandths(score / total))) for figure, score in scores.items()}


def _thousandths(score: Fraction) -> Fraction:
    return Fraction(round(score * _PLACES), _PLACES)


def resting(finding: Finding, named: Sequence[Suspect]) -> tuple[Suspect, ...]:
    """Those of the suspects that stand in the finding."""
    own = {figure.id for figure in finding.check.figures}
    return tuple(suspect for suspect in named if suspect.figure in own)
