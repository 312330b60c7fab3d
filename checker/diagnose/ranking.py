"""From hypotheses to stories: who is named alone, and who is one of several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import frozen

from checker.core.finding import Finding, Story, Suspect
from checker.diagnose.evidence import NO_SLIP
from checker.diagnose.hypothesis import Hypothesis
from checker.diagnose.printing import printed_as
from checker.diagnose.relations import Net, Relation

_NAMED = Fraction(19, 20)
"""From this score on one figure is named alone."""
CERTAIN = Fraction(99, 100)
"""No score is higher."""
OPEN = Fraction(1, 2)
"""The highest score where nothing explains all that is broken."""
_PLACES = 1000
"""Scores are thousandths."""


@frozen(eq=False)
class Explained:
    """Broken relations with one cause, what could be wrong (likeliest first), and the highest score that any of it may
    have."""

    broken: Sequence[Relation]
    found: Sequence[Hypothesis]
    most: Fraction = CERTAIN


def story(explained: Explained, number: int, net: Net) -> Story:
    """The figures in question, likeliest first: one alone where the evidence singles it out, else all; equal scores
    where only their place speaks."""
    ranked = _ranked(explained, net)
    values = explained.found[0].values
    sure = tuple(suspect.figure for suspect in ranked if suspect.score >= _NAMED)
    if values.keys() <= set(sure):
        ranked = tuple(suspect for suspect in ranked if suspect.figure in values)
    repaired = [relation for relation in explained.broken if values.keys() & relation.coefficients.keys()]
    holding = {id(relation) for key in values for relation in net.touching(key) if not relation.broken}
    return Story(f"s{number}", ranked, sure, len(explained.broken), len(repaired), len(holding))


def _ranked(explained: Explained, net: Net) -> tuple[Suspect, ...]:
    component, found, most = explained.broken, explained.found, explained.most
    if len(component) == 1 and any(edit.cause == NO_SLIP for edit in found[0].edits[:1]):
        # one relation and no slip: no evidence to name one figure alone, not even where all others are cleared
        most = OPEN
    scores = {figure: min(most, score) for figure, score in _scores(found).items()}
    phrase = f"what {len(component)} relations need" if len(component) > 1 else "what the relation needs"
    named: dict[str, Suspect] = {}
    for hypothesis in found:
        for edit in hypothesis.edits:
            if edit.figure not in named:
                text = (
                    printed_as(net.figures[edit.figure], edit.needed) if edit.needed != net.printed(edit.figure) else ""
                )
                others = tuple(key for key in hypothesis.values if key != edit.figure)
                named[edit.figure] = Suspect(edit.figure, text, edit.cause or phrase, scores[edit.figure], others)
    return tuple(suspect for suspect in sorted(named.values(), key=lambda suspect: -suspect.score) if suspect.score > 0)


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
        for figure in hypothesis.values:
            scores[figure] += weight
    return {
        figure: min(CERTAIN, max(Fraction(1, _PLACES), _thousandths(score / total))) for figure, score in scores.items()
    }


def _thousandths(score: Fraction) -> Fraction:
    return Fraction(round(score * _PLACES), _PLACES)


def resting(finding: Finding, named: Iterable[Suspect]) -> tuple[Suspect, ...]:
    """Those of the suspects that stand in the finding."""
    own = {figure.id for figure in finding.check.figures}
    return tuple(suspect for suspect in named if suspect.figure in own)
