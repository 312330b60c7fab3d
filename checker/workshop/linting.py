"""Rule files as their author sees them: every mistake, everything probably not meant, and rules that no page tests. Runs no rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.core.place import Place
from checker.core.problem import Problem
from checker.core.rule import Rule, RuleFile
from checker.core.value import frozen
from checker.language import lint, load, read
from checker.workshop.page import specimens


@frozen
class Linted:
    """How many rules and files were looked at, and what was found in them."""

    rules: int
    files: int
    problems: tuple[Problem, ...]


def linted(paths: Sequence[Path]) -> Linted:
    """Everything that is wrong with these rule files, or looks wrong, beside the shipped library; the mistakes of a file in its order."""
    files = read(paths)
    book = load(paths)
    looks = [] if book.faulty else [*lint(files, book), *(problem for file in files for problem in _untested(file))]
    found = tuple(sorted(dict.fromkeys((*book.problems, *looks)), key=_place))
    return Linted(sum(isinstance(one, Rule) for file in files for one in file.declarations), len(files), found)


def _place(problem: Problem) -> tuple[str, tuple[int, int]]:
    return problem.path or "", problem.place.span if problem.place else (0, 0)


def _untested(file: RuleFile) -> Iterator[Problem]:
    """The rules of a file with a page beside it of which no specimen speaks; without any page the file is named once."""
    rules = [one for one in file.declarations if isinstance(one, Rule)]
    page = Path(file.path).with_suffix(".md")
    if rules and not page.is_file():
        if not file.shipped:
            message = "no page stands beside the file: no specimen tests its rules"
            yield Problem("W402", "note", message, file.path, help=f"write {page.name}; see tieout rules new")
        return
    tested = {expected.rule for specimen in (specimens(page) if rules else ()) for expected in specimen.expected}
    for rule in rules:
        if not any(rule.id == name or rule.id.endswith(f"/{name}") for name in tested):
            yield _note(rule, file)


def _note(rule: Rule, file: RuleFile) -> Problem:
    line = file.text.count("\n", 0, rule.span[0]) + 1
    column = rule.span[0] - file.text.rfind("\n", 0, rule.span[0])
    excerpt = file.text.splitlines()[line - 1]
    start = len(file.text[: rule.span[0]].encode())
    place = Place(line, column, (start, start + len(excerpt[column - 1 :].encode())))
    return Problem("W402", "note", "no specimen on the page tests the rule", file.path, place, "add a statement and its findings to the page", excerpt)
