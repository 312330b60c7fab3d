"""A rule file tried on one release: what became of each of its rules, in the order of the file. Judges with these rules
alone; what reads the release is done once, so that an edit of a rule waits for nothing but the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attrs import field

from checker.core.finding import Finding
from checker.core.problem import Problem
from checker.core.release import Release
from checker.core.report import Applied, Checked
from checker.core.rule import Definition, Rule, Rulebook
from checker.core.value import evolve, frozen
from checker.core.whose import NOT_PRINTED, by_name, of_definition, of_rule
from checker.language import fits, load
from checker.pipeline import judge, release

_OF_A_RUN = frozenset({"P101", "P104"})
"""Trouble of a whole run: who tries rules is told of each of them that it was never judged."""


@frozen
class Read:
    """A release as read: its figures, and the bytes they came from."""

    found: Release
    content: bytes = field(repr=False)


@frozen
class Tried:
    """A rule or a definition of the file with what was said of it, relation by relation and period by period as they
    stand on the page."""

    declared: Rule | Definition
    findings: tuple[Finding, ...]
    never: str = ""
    """Why it was never judged."""
    nearest: tuple[str, ...] = ()
    """Captions of the release that are nearest to names of it which are none there."""

    @property
    def judged(self) -> bool:
        """Whether any figure was tested by it."""
        return any(one.verdict != "not applicable" for one in self.findings)


@frozen
class OwnRules:
    """The rules of one path beside everything that they need: what is judged, and what is told of it."""

    rules: Rulebook
    """The rules of the path alone, with the definitions and the vocabulary of everybody."""
    told: tuple[Rule | Definition, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files."""
        return self.rules.problems


def reading(path: str, content: bytes) -> Read:
    """A release with its figures found."""
    return Read(release(path, content), content)


def own_rules(path: Path) -> OwnRules:
    """The rules of a file or folder, in its order: its rules, its definitions, and the rules of others that it
    overrides."""
    return of_path(load([path]), path)


def shipped_rules() -> OwnRules:
    """The shipped library, as if it were a house's own."""
    every = load([])
    return OwnRules(every, (*every.rules, *(one for one in every.definitions if not one.parameter)))


def of_path(every: Rulebook, path: Path) -> OwnRules:
    """The part of a rulebook that stands in a file or folder."""
    declared: tuple[Rule | Definition, ...] = (*every.rules, *every.definitions)
    mine = [one for one in declared if _stands_in(one.path, path)]
    targets = [one.target for one in every.overrides if _stands_in(one.path, path)]
    changed = [rule for rule in every.rules if rule not in mine and any(fits(target, rule.id) for target in targets)]
    told = (*sorted(mine, key=lambda one: (one.path, one.span)), *changed)
    return OwnRules(evolve(every, rules=tuple(one for one in told if isinstance(one, Rule))), told)


def _stands_in(file: str, path: Path) -> bool:
    return bool(file) and (Path(file) == path or path in Path(file).parents)


def judged(rules: OwnRules, read: Read) -> Checked:
    """What these rules alone say of a release."""
    checked = judge(read.found, read.content, rules.rules)
    return evolve(checked, problems=tuple(one for one in checked.problems if one.code not in _OF_A_RUN))


def told(rules: OwnRules, checked: Checked) -> tuple[Tried, ...]:
    """Every rule and definition in the order of the file, with what was said of it; `checked` accounts for its
    rules."""
    definitions = [one for one in rules.told if isinstance(one, Definition)]
    namesakes = {one.id for one in definitions} & {one.id for one in rules.told if isinstance(one, Rule)}
    accounts = {one.rule: one for one in checked.applied if one.rule not in namesakes}
    named = by_name(checked.findings)
    return tuple(
        _told(
            one,
            of_definition(named, one) if isinstance(one, Definition) else of_rule(named, one, definitions),
            accounts.get(one.id),
        )
        for one in rules.told
    )


def _told(one: Rule | Definition, own: Sequence[Finding], account: Applied | None) -> Tried:
    never = account.never if account is not None and not account.judged else ""
    if isinstance(one, Definition) and not own:
        never = NOT_PRINTED
    elif not never and all(finding.verdict == "not applicable" for finding in own):
        never = next(
            (finding.reason for finding in own if finding.reason), "no figure of this release plays a part in it"
        )
    return Tried(one, tuple(own), never, account.nearest if account is not None else ())
