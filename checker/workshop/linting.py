"""Rule files as their author sees them: every mistake, everything probably not meant, and rules that no page tests.
Runs no rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from checker.core.caption import normal
from checker.core.place import Place
from checker.core.problem import Problem
from checker.core.release import Release
from checker.core.rule import Rule, Rulebook, RuleFile
from checker.core.value import frozen
from checker.language import Printed, lint, load, read
from checker.language.loading import beside
from checker.workshop.fixing import Fixed, fixed
from checker.workshop.page import specimens
from checker.workshop.proofs import can_prove, proofs

_MOST_CAPTIONS = 20_000
"""Captions of releases that names are looked for among."""


_TOLD_BY_READING = frozenset({"E226", "E227", "E228"})
"""What is found of relations without a solver: that they say nothing, stand there twice, leave nothing between them."""


@frozen
class Linted:
    """How many rules and files were looked at, and what was found in them."""

    rules: int
    files: int
    problems: tuple[Problem, ...]


def linted(paths: Sequence[Path], page: Printed | None = None) -> Linted:
    """Everything that is wrong with these rule files, or looks wrong, beside the shipped library and, where there is
    one, beside what a release prints; the mistakes of a file in its order."""
    files = read(paths)
    book = load(paths)
    looks = (
        [] if book.faulty else [*lint(files, book, page), *(problem for file in files for problem in _untested(file))]
    )
    if not book.faulty and can_prove():
        looks += _proven(files, book, looks)
    found = tuple(sorted(dict.fromkeys((*book.problems, *looks)), key=_place))
    return Linted(sum(isinstance(one, Rule) for file in files for one in file.declarations), len(files), found)


def _proven(files: Sequence[RuleFile], book: Rulebook, looks: Sequence[Problem]) -> Iterator[Problem]:
    """What is proven of the rules and not told of their relations already; that the program comes with the same rule is
    nothing to be told of each time."""
    told = {
        (problem.path, problem.place.line) for problem in looks if problem.place and problem.code in _TOLD_BY_READING
    }
    for one in proofs(files, book).proofs:
        if one.problem.code == "W415" and not one.counts:
            continue
        if one.problem.place is None or (one.problem.path, one.problem.place.line) not in told:
            yield one.problem


def printed(releases: Sequence[Release]) -> Printed:
    """What releases print, for names of rules to be found among: captions, headings, heads of columns, and the scale of
    most amounts of money."""
    captions: dict[str, str] = {}
    scales: Counter[int] = Counter()
    for release in releases:
        for statement in release.statements:
            heads = (text for column in statement.columns for text in (column.member, column.head))
            for text in (*(line.caption for line in statement.lines), *heads):
                if (key := normal(text)) and len(captions) < _MOST_CAPTIONS:
                    captions.setdefault(key, text.strip())
        scales.update(
            int(figure.scale) for figure in release.figures if figure.unit.takes_scale and figure.origin == "table"
        )
    most = scales.most_common(1)[0][0] if scales else 1
    words = {10**3: "thousand", 10**6: "million", 10**9: "billion"}
    where = PurePath(releases[0].source.path).name if len(releases) == 1 else f"the {len(releases)} releases"
    return Printed(captions, where, words.get(most, ""))


def mended(paths: Sequence[Path], page: Printed | None = None) -> tuple[Fixed, ...]:
    """The files of these paths with everything put right that the hints leave no doubt of; those that stay as they are
    left out."""
    found = []
    for file in read(paths):
        if not file.shipped and Path(file.path).is_file():
            one = fixed(Path(file.path), Path(file.path).read_bytes(), lambda path, body: _looked_at(path, body, page))
            found += [one] if one.after != one.before else []
    return tuple(found)


def _looked_at(path: Path, content: bytes, page: Printed | None) -> tuple[Problem, ...]:
    """What is wrong with a file if it holds these bytes, specimens aside."""
    file, book = beside(path, content)
    mine = tuple(problem for problem in book.problems if problem.path == file.path)
    return mine if book.faulty else (*mine, *lint([file], book, page))


def _place(problem: Problem) -> tuple[str, tuple[int, int]]:
    return problem.path or "", problem.place.span if problem.place else (0, 0)


def _untested(file: RuleFile) -> Iterator[Problem]:
    """The rules of a file with a page beside it of which no specimen speaks; without any page the file is named
    once."""
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
    return Problem(
        "W402",
        "note",
        "no specimen on the page tests the rule",
        file.path,
        place,
        "add a statement and its findings to the page",
        excerpt,
    )
