"""Which rules of a rulebook run, and which of them must apply. Rules are named by their id, by an unambiguous tail of
it, or by a glob."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import attrs

from checker.core.problem import Problem
from checker.core.rule import Rule, Rulebook
from checker.core.value import frozen
from checker.language import chosen


@frozen
class Selection:
    """Patterns as given. Nothing under `select` means all."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    require: tuple[str, ...] = ()


def choose(rulebook: Rulebook, selection: Selection) -> Rulebook:
    """The rulebook with only the rules selected, less those ignored, and those required marked so; a pattern that fits
    nothing is an error in it."""
    problems: list[Problem] = []
    rules = rulebook.rules
    selected = _named(rules, selection.select, "--select", problems)
    ignored = _named(rules, selection.ignore, "--ignore", problems)
    required = _named(rules, selection.require, "--require", problems)
    kept = tuple(
        attrs.evolve(rule, clauses=attrs.evolve(rule.clauses, required=True)) if rule.id in required else rule
        for rule in rules
        if (rule.id in selected or not selection.select or rule.id in required) and rule.id not in ignored
    )
    return attrs.evolve(rulebook, rules=kept, problems=(*rulebook.problems, *problems))


def left_out(rule: str, selection: Selection) -> bool:
    """Whether a run with this selection says nothing of a rule, so that nothing follows from its silence."""

    def named(patterns: Sequence[str]) -> bool:
        return any(chosen(pattern, (rule.partition("#")[0],)) for pattern in patterns)

    return named(selection.ignore) or bool(selection.select and not named((*selection.select, *selection.require)))


def fitting(rules: Sequence[Rule], pattern: str) -> tuple[str, ...]:
    """The ids a pattern names, as everywhere in the language: an id or a pack, a glob, else every id that ends so."""
    ids = [rule.id for rule in rules]
    return chosen(pattern, ids) or tuple(one for one in ids if one.endswith(f"/{pattern}"))


def nearest(rules: Sequence[Rule], pattern: str) -> str | None:
    """The id, or its tail, that the pattern was perhaps meant to be."""
    tails = {rule.id.rsplit("/", 1)[-1]: rule.id for rule in rules}
    close = difflib.get_close_matches(pattern, [*tails, *tails.values()], 1, 0.7)
    return tails.get(close[0], close[0]) if close else None


def _named(rules: Sequence[Rule], patterns: Sequence[str], option: str, problems: list[Problem]) -> frozenset[str]:
    named: set[str] = set()
    for pattern in patterns:
        found = fitting(rules, pattern)
        if not found:
            near = nearest(rules, pattern)
            hint = f"did you mean {near}?" if near else "see tieout rules list"
            problems.append(Problem("C101", "error", f"{option} {pattern}: no rule has this id", help=hint))
        elif len(found) > 1 and not chosen(pattern, found):
            hint = f"write more of the id, or */{pattern} for all of them"
            problems.append(
                Problem(
                    "C102", "error", f"{option} {pattern} fits several rules: {', '.join(sorted(found))}", help=hint
                )
            )
        named.update(found)
    return frozenset(named)
