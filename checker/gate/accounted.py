"""What became of the rules of the house: an auditor who wrote a rule is told how often it was judged, or that it never
was, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs
from attrs import Factory, field

from checker.core.caption import normal
from checker.core.finding import Finding
from checker.core.problem import Problem
from checker.core.report import Applied, Checked
from checker.core.rule import Definition, Rule, Rulebook
from checker.core.value import frozen
from checker.core.whose import NOT_PRINTED, by_name, of_definition, of_rule
from checker.language.vocabulary import Vocabulary
from checker.language.vocabulary import known as known_names
from checker.language.walk import names, stated
from checker.lexicon.near import Near

_NEAR, _MISSPELT = 0.6, 0.85
"""How alike two names are to be told beside each other, and to be one with a slip of the hand."""
_MOST_NEAR = 2
"""Captions told for one name."""
_MOST_CAPTIONS = 5000
"""Captions of a document among which a near one is looked for."""
_NOWHERE = "no figure of this document plays a part in it"


@frozen
class _Captions:
    """The captions of a document by the form in which they compare, and the same to seek near ones among."""

    printed: Mapping[str, str]
    near: Near = field(init=False, default=Factory(lambda self: Near(tuple(self.printed)), takes_self=True))


def accounted(checked: Checked, rulebook: Rulebook) -> Checked:
    """The document with what became of every rule that is not shipped, of every such definition that is a check there,
    and a warning for each name in them that is probably misspelt."""
    own = [rule for rule in rulebook.rules if not rule.shipped]
    meant = _meant_to_check(rulebook)
    if not own and not meant:
        return checked
    captions = _Captions(_captions(checked))
    known = rulebook.once(known_names)
    named = by_name(checked.findings)
    applied = tuple(_applied(rule, of_rule(named, rule, meant), captions) for rule in own)
    applied += tuple(
        one
        for definition in meant
        for one in _defined(definition, of_definition(named, definition), captions, rulebook)
    )
    applied = tuple(
        Applied(one.rule, 0, checked.elsewhere[one.rule]) if one.rule in checked.elsewhere else one for one in applied
    )
    never = (
        {one.rule for one in applied if not one.judged and one.rule not in checked.elsewhere}
        if captions.printed
        else set()
    )
    slips = tuple(slip for rule in own if rule.id in never for slip in _misspelt(rule, captions, known))
    return attrs.evolve(checked, applied=applied, problems=(*checked.problems, *slips))


def _meant_to_check(rulebook: Rulebook) -> list[Definition]:
    return [one for one in rulebook.definitions if not one.shipped and not one.parameter]


def _defined(one: Definition, found: Sequence[Finding], captions: _Captions, rulebook: Rulebook) -> Iterator[Applied]:
    """What became of a definition as a check. One that no line prints is a value: it is told where no rule uses it
    either, for then it does nothing."""
    judged = sum(finding.verdict != "not applicable" for finding in found)
    if judged:
        yield Applied(one.id, judged)
    elif found:
        yield Applied(one.id, 0, found[0].reason or NOT_PRINTED)
    elif not _used(one, rulebook):
        near = _nearest(one.name, captions, _NEAR)
        yield Applied(one.id, 0, NOT_PRINTED, tuple(near))


def _used(one: Definition, rulebook: Rulebook) -> bool:
    """Whether a rule or another definition of the house names it."""
    own = [rule for rule in rulebook.rules if not rule.shipped]
    others = [other.expression for other in rulebook.definitions if not other.shipped and other is not one]
    told = {normal(name) for name in (one.name, *(alias.text for alias in one.clauses.aliases))}
    stated_in = [node for rule in own for node in (*rule.relations, *stated(rule.clauses))]
    return any(normal(name.text) in told for name in names([*stated_in, *others]))


def _captions(checked: Checked) -> Mapping[str, str]:
    """The captions of the document by the form in which they compare."""
    found: dict[str, str] = {}
    for figure in checked.figures:
        if figure.caption and len(found) < _MOST_CAPTIONS:
            found.setdefault(normal(figure.caption), figure.caption)
    return found


def _applied(rule: Rule, findings: Sequence[Finding], captions: _Captions) -> Applied:
    judged = sum(one.verdict != "not applicable" for one in findings)
    if judged:
        return Applied(rule.id, judged)
    reason = next((one.reason for one in findings if one.reason), None) or _NOWHERE
    near = (caption for name in _missing(rule, captions) for caption in _nearest(name, captions, _NEAR))
    return Applied(rule.id, 0, reason, tuple(dict.fromkeys(near)))


def _missing(rule: Rule, captions: _Captions) -> list[str]:
    """The names of a rule that are no caption of the document."""
    every = dict.fromkeys(name.text.removesuffix("...").strip() for name in names(rule.relations))
    return [name for name in every if normal(name) not in captions.printed]


def _nearest(name: str, captions: _Captions, likeness: float) -> list[str]:
    return [captions.printed[one] for one in captions.near.nearest(normal(name), likeness, _MOST_NEAR)]


def _misspelt(rule: Rule, captions: _Captions, known: Vocabulary) -> Iterator[Problem]:
    """A warning for each name that nothing knows and that is nearly a caption of the document."""
    for name in _missing(rule, captions):
        near = [] if known.knows(name) else _nearest(name, captions, _MISSPELT)
        if near:
            yield Problem(
                "P103",
                "warning",
                f"the rule {rule.id} speaks of {name}, which is no caption here",
                help=f"did you mean {near[0]}?",
            )
