"""Runs the specimens of rule pages: what the page expects of each rule against what the rule says.

A specimen goes the whole way of a release, reading included, so that it tests what a reader of the page would see.
Formats nothing and decides no exit status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from checker.core.finding import Finding
from checker.core.rule import Definition, Rule, Rulebook
from checker.core.value import frozen
from checker.language import load
from checker.pipeline import check
from checker.resources import rules_folder
from checker.workshop.page import Expected, Specimen, specimens


@frozen
class Outcome:
    """One specimen as run. It agrees when nothing differs; `differences` are sentences with the amounts that the rule
    saw."""

    path: Path
    line: int
    rule: str
    expected: tuple[Expected, ...]
    differences: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether every rule said what the page expects."""
        return not self.differences


def run(paths: Sequence[Path]) -> tuple[Outcome, ...]:
    """The outcome of every specimen on these pages (files, or folders with all pages below them).

    Shipped pages run with the shipped library, others with the rule file beside them on top of it.
    """
    outcomes: list[Outcome] = []
    books: dict[Path | None, Rulebook] = {}
    for page in pages(paths):
        beside = _beside(page)
        if beside not in books:
            books[beside] = load([beside] if beside else [])
        outcomes += [tried(specimen, books[beside], beside) for specimen in specimens(page)]
    return tuple(outcomes)


def pages(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The pages among these paths; a rule file stands for the page beside it, a folder for all pages below it."""
    found: dict[Path, None] = {}
    for path in paths:
        below = (
            sorted(path.rglob("*.md"))
            if path.is_dir()
            else [path.with_suffix(".md") if path.suffix == ".rules" else path]
        )
        found.update((page, None) for page in below if page.is_file())
    return tuple(found)


def _beside(page: Path) -> Path | None:
    """The rule file of a page that is not part of the shipped library."""
    rules = page.with_suffix(".rules")
    if rules_folder().resolve() in page.resolve().parents or not rules.is_file():
        return None
    return rules


def tried(specimen: Specimen, book: Rulebook, beside: Path | None = None) -> Outcome:
    """One specimen run with these rules. A page speaks of the rules of the file beside it: one of the same name in
    another file is another."""
    own = _own(specimen.path if beside is None else beside, book)
    faults = (*specimen.faults, *(problem.message for problem in book.problems if problem.severity == "error"))
    if not specimen.statements:
        faults += ("no statement stands before these findings",)
    if not faults:
        checked = check(
            "specimen.txt", specimen.text.encode(), book, {name: text.encode() for name, text in specimen.beside}
        )
        faults = tuple(_differences(specimen, checked.findings, own))
    return Outcome(specimen.path, specimen.line, specimen.rule, specimen.expected, faults)


def _own(page: Path, book: Rulebook) -> frozenset[str]:
    """The ids of the rules and definitions of the file beside a page; the library's are known by where they stand in
    it."""
    real, library = page.resolve().with_suffix(".rules"), rules_folder().resolve()
    path = real.relative_to(library).as_posix() if real.is_relative_to(library) else ""
    declared: tuple[Rule | Definition, ...] = (*book.rules, *book.definitions)
    own = page.with_suffix(".rules")
    return frozenset(one.id for one in declared if (one.path == path if one.shipped else Path(one.path) == own))


def _differences(specimen: Specimen, findings: Sequence[Finding], own: frozenset[str]) -> Iterator[str]:
    """What is missing, other, or too much for the rules that the findings name. Rules that they do not name may say
    what they like."""
    for rule in dict.fromkeys(one.rule for one in specimen.expected):
        if own and "/" not in rule and not any(_tail(rule, name) for name in own):
            yield f"{rule}: no rule or definition of the file beside this page is called so"
            continue
        said = [finding for finding in findings if _is(rule, finding, own)]
        wanted = [one for one in specimen.expected if one.rule == rule]
        decided = [finding for finding in said if finding.verdict != "not applicable"]
        for one in wanted:
            match = next(
                (finding for finding in (decided if one.verdict != "not applicable" else said) if _fits(one, finding)),
                None,
            )
            if match is None:
                yield f"{one}: {_shown(said, one.period)}{_unread(specimen, said)}"
            elif match in decided:
                decided.remove(match)
        expected_periods = {one.period for one in wanted}
        for finding in decided:
            if not any(_stands_in(period, finding) for period in expected_periods):
                yield f"{rule} was not expected: {_told(finding)}"


_MISSING = re.compile(r"(?:.*: )?(.+?) is not reported")


def _unread(specimen: Specimen, said: Sequence[Finding]) -> str:
    """A hint where the statement has the very name that is said not to be reported: its line was read as no line."""
    found = [_MISSING.match(finding.reason or "") for finding in said]
    if any(one is not None and one[1].casefold() in specimen.text.casefold() for one in found):
        return "; the statement has the words: two blanks or more must stand before each amount, below its head"
    return ""


def _is(rule: str, finding: Finding, own: frozenset[str]) -> bool:
    """Whether a finding is of the rule, named by its id or a tail of it; one that others say too counts for each of
    them. A name that fits one of the page's own rules means that."""
    mine = {name for name in own if _tail(rule, name)}
    return any(
        _tail(rule, name) and (not mine or name.partition("#")[0] in mine)
        for name in (finding.check.rule, *finding.check.also)
    )


def _tail(rule: str, name: str) -> bool:
    return name == rule or name.endswith(f"/{rule}")


def _fits(one: Expected, finding: Finding) -> bool:
    return finding.verdict == one.verdict and _stands_in(one.period, finding) and one.severity in ("", finding.severity)


def _stands_in(period: str, finding: Finding) -> bool:
    """An empty period is any; else every word of it stands in the period of the finding, or in the name of the segment
    it is judged in."""
    where = f"{finding.check.period} {finding.check.segment}"
    return all(word in where for word in period.split())


def _shown(said: Sequence[Finding], period: str) -> str:
    there = [finding for finding in said if _stands_in(period, finding)] or said
    return "; ".join(_told(finding) for finding in there) or "it says nothing"


def _told(finding: Finding) -> str:
    where = (
        f"{' in '.join(filter(None, (finding.check.period, finding.check.segment)))}: " if finding.check.period else ""
    )
    if finding.verdict == "not applicable":
        return f"{where}not applicable, {finding.reason}"
    severity = f" ({finding.severity})" if finding.severity else ""
    sides = f", {_amount(finding.left)} against {_amount(finding.right)}" if finding.left is not None else ""
    return f"{where}{finding.verdict}{severity}{sides}"


def _amount(value: Fraction | None) -> str:
    """An exact amount for a message: whole as it is, else with up to four places."""
    if value is None:
        return "?"
    if value.denominator == 1:
        return f"{value.numerator:,}"
    scaled = round(value * 10_000)
    return f"{'-' if scaled < 0 else ''}{abs(scaled) // 10_000:,}.{abs(scaled) % 10_000:04d}".rstrip("0")
