"""The shipped library holds together: it parses, its names are unambiguous, and every rule has a page that shows what
it says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from checker.core.caption import normal
from checker.core.rule import Concept, Each, Rule, Rulebook
from checker.language import load
from checker.resources import rules_folder
from checker.workshop.page import sections, specimens

FILES = sorted(path for path in rules_folder().rglob("*.rules"))
RULE_FILES = [path for path in FILES if path.name != "concepts.rules"]


@pytest.fixture(scope="module")
def library() -> Rulebook:
    return load([])


def _name(path: Path) -> str:
    return path.relative_to(rules_folder()).with_suffix("").as_posix()


def _own(path: Path, library: Rulebook) -> list[str]:
    """What a page must have sections for: the rules of the file, and its definitions without a parameter that speak as
    checks."""
    stem = _name(path)
    return [rule.id.removeprefix(f"{stem}/") for rule in library.rules if rule.id.startswith(f"{stem}/")]


def test_the_library_has_no_problems(library: Rulebook) -> None:
    assert [problem.message for problem in library.problems] == []
    assert library.rules
    assert library.concepts


def test_every_shipped_rule_knows_that_it_is(library: Rulebook) -> None:
    assert all(rule.shipped for rule in library.rules)


def test_ids_are_unique(library: Rulebook) -> None:
    assert [rule for rule, count in Counter(rule.id for rule in library.rules).items() if count > 1] == []


def test_every_rule_says_in_a_title_what_it_means(library: Rulebook) -> None:
    assert [rule.id for rule in library.rules if not rule.title] == []


def test_every_rule_that_names_figures_has_a_reason_or_a_mild_severity(library: Rulebook) -> None:
    named = [rule for rule in library.rules if not any(isinstance(relation, Each) for relation in rule.relations)]
    assert [
        rule.id
        for rule in named
        if not rule.clauses.because and (rule.clauses.severity or "error") == "error" and not _is_ratio(rule)
    ] == []


def _is_ratio(rule: Rule) -> bool:
    return "ratio" in rule.id


def test_no_caption_belongs_to_two_concepts_that_measure_the_same(library: Rulebook) -> None:
    """`Basic` is an amount a share and a number of shares: the unit of the figure tells which. Two concepts of one unit
    could not be told apart."""
    owners: dict[tuple[str, str | None, str | None], list[str]] = {}
    for concept in library.concepts:
        for caption in _captions(concept):
            owners.setdefault((caption, concept.measure, concept.timing), []).append(concept.name)
    assert {caption: names for (caption, _, _), names in owners.items() if len(names) > 1} == {}


def test_no_concept_has_a_caption_twice(library: Rulebook) -> None:
    """Captions compare without case, punctuation and "(loss)"-like brackets, so that one spelling stands for many."""
    twice = {
        concept.name: [caption for caption, count in Counter(_captions(concept)).items() if count > 1]
        for concept in library.concepts
    }
    assert {name: captions for name, captions in twice.items() if captions} == {}


def _captions(concept: Concept) -> list[str]:
    return [_compared(name) for name in (concept.name, *(alias.text for alias in concept.aliases))]


def _compared(name: str) -> str:
    return normal(name.removesuffix("...")) + ("..." if name.endswith("...") else "")


def test_every_concept_says_what_it_measures(library: Rulebook) -> None:
    assert [concept.name for concept in library.concepts if concept.timing is None or concept.measure is None] == []


@pytest.mark.parametrize("path", RULE_FILES, ids=_name)
def test_every_rule_has_a_section_on_the_page_beside_it(path: Path, library: Rulebook) -> None:
    shown = {section.rsplit("/", 1)[-1] for section in sections(path.with_suffix(".md"))}
    assert [rule for rule in _own(path, library) if rule not in shown] == []


@pytest.mark.parametrize("path", RULE_FILES, ids=_name)
def test_pages_expect_something_of_every_specimen(path: Path) -> None:
    for specimen in specimens(path.with_suffix(".md")):
        assert specimen.faults == ()
        assert specimen.statements, f"line {specimen.line}: no statement before these findings"
        assert specimen.expected, f"line {specimen.line}: nothing is expected"


@pytest.mark.parametrize("path", RULE_FILES, ids=_name)
def test_every_rule_shows_all_verdicts_that_it_can_give(path: Path, library: Rulebook) -> None:
    """Equalities agree, round, are violated and do not apply. An inequality has no rounding of its own to show, a
    sentence shows what it can."""
    shown: dict[str, set[str]] = {}
    for specimen in specimens(path.with_suffix(".md")):
        for expected in specimen.expected:
            shown.setdefault(expected.rule.rsplit("/", 1)[-1], set()).add(expected.verdict)
    rules = {rule.id: rule for rule in library.rules}
    for name in _own(path, library):
        rule = rules[f"{_name(path)}/{name}"]
        assert _possible(rule) <= shown.get(name, set()), (
            f"{rule.id} does not show {sorted(_possible(rule) - shown.get(name, set()))}"
        )


def _possible(rule: Rule) -> set[str]:
    first = rule.relations[0]
    if isinstance(first, Each):
        return {"not applicable"}
    if first.comparison != "=":
        return {"agrees", "violation", "not applicable"}
    return {"agrees", "rounding", "violation", "not applicable"}
