"""A rule file for one issuer, drafted from a release that is right: the sums its tables bear out, each written as a
rule that agrees on that release.

A draft is for a person to read: what holds in one release need not be meant to hold in every one. Captions that name a
day are left out, since the next release names another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from pathlib import PurePath

from checker.core.caption import normal
from checker.core.finding import Finding
from checker.core.release import Release
from checker.core.rule import Rule, Rulebook
from checker.core.statement import Line, Statement
from checker.core.structure import Sum
from checker.core.value import evolve, frozen
from checker.language import formatted, load, parse
from checker.language.spelling import in_quotes, spelled
from checker.lexicon import time
from checker.pipeline import check, release

_DAY = re.compile(rf"\b{time.YEAR}\b|\b{time.DAY}", re.IGNORECASE)
_LONGEST = 100
"""Characters of a relation on one line."""
_LONGEST_ID = 60
"""Characters of an id made of a caption."""
_STEM = "draft"
Spelling = Callable[[Line, Set[str]], str]
"""How a caption is written in a rule: given the line and the captions that stand several times in its statement."""


@frozen
class Draft:
    """The text of a rule file, how many rules it holds, and the sums that could not be written as a rule that agrees,
    with the reason."""

    text: str
    rules: int
    left_out: tuple[tuple[str, str], ...]
    figures: int
    """Of the release; none where it could not be read."""


@frozen
class Candidate:
    """One sum of a statement with its lines; `id` is unique in the file. Without a reason of its own the columns that
    bear it out are one."""

    id: str
    statement: Statement
    total: Line
    terms: tuple[tuple[int, Line], ...]
    columns: int = 0
    because: str = ""
    these_are_meant: bool = False
    """Whether lines that it passes over are no part of it."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The total and its terms."""
        return self.total, *(line for _, line in self.terms)


def drafted(path: str, content: bytes) -> Draft:
    """A rule file that agrees with the release. Never raises on content."""
    found = release(path, content)
    candidates, left_out = _candidates(found)
    pending: list[Candidate] = candidates
    written: dict[str, str] = {}
    for spell in SPELLINGS:
        rules = {one.id: rule_of(one, spell) for one in pending}
        agreeing = _agreeing(rules, path, content) if rules else set()
        written.update({name: text for name, text in rules.items() if name in agreeing})
        pending = [one for one in pending if one.id not in agreeing]
    left_out += [(_said(one), "names of it fit several lines, or the sum is not closed") for one in pending]
    text = _head(path) + "\n".join(written[one.id] for one in candidates if one.id in written)
    return Draft(formatted(parse(text, f"{_STEM}.rules", _STEM)), len(written), tuple(left_out), len(found.figures))


def _head(path: str) -> str:
    name = (
        "standard input" if path == "-" else "".join(one if one.isprintable() else "?" for one in PurePath(path).name)
    )
    return f"# Drafted from {name}: sums that its tables bear out. Read every rule before you rely on it.\n\n"


# ---- which sums ------------------------------------------------------------------------------------------------------


def _candidates(found: Release) -> tuple[list[Candidate], list[tuple[str, str]]]:
    """Every sum of lines that holds in all its columns, once, in reading order; and those left out."""
    statements = {statement.index: statement for statement in found.statements}
    names: dict[str, int] = {}
    seen: set[tuple[object, ...]] = set()
    candidates, left_out = list[Candidate](), list[tuple[str, str]]()
    for one in sorted(found.sums, key=lambda one: (one.statement, one.total)):
        statement = statements.get(one.statement)
        if one.kind != "total" or statement is None:
            continue
        candidate = _candidate(one, statement)
        key = (
            statement.kind,
            *((normal(line.caption), sign) for sign, line in ((0, candidate.total), *candidate.terms)),
        )
        if key in seen:
            continue
        seen.add(key)
        reason = _unfit(one, candidate)
        if reason:
            left_out.append((_said(candidate), reason))
            continue
        name = slug(candidate.total.caption)
        names[name] = names.get(name, 0) + 1
        candidates.append(evolve(candidate, id=name if names[name] == 1 else f"{name}-{names[name]}"))
    return candidates, left_out


def slug(caption: str) -> str:
    """An id for a caption: its words, as many as fit."""
    words = re.findall(r"[a-z0-9]+", caption.lower())
    while len("-".join(words)) > _LONGEST_ID and len(words) > 1:
        words.pop()
    return "-".join(words)[:_LONGEST_ID] or "total"


def _candidate(one: Sum, statement: Statement) -> Candidate:
    lines = {line.index: line for line in statement.lines}
    return Candidate(
        "", statement, lines[one.total], tuple((sign, lines[index]) for sign, index in one.terms), len(one.instances)
    )


def _unfit(one: Sum, candidate: Candidate) -> str:
    """Why a sum is no rule; empty where nothing speaks against it."""
    if not all(instance.holds for instance in one.instances):
        return "it does not hold in every column"
    if any(not normal(line.caption) for line in candidate.lines):
        return "a line of it has no caption"
    if any(_DAY.search(line.caption) for line in candidate.lines):
        return "a caption of it names a day, which the next release will not"
    if any(abs(sign) != 1 for sign, _ in candidate.terms):
        return "a line of it counts more than once"
    return ""


# ---- how they are written --------------------------------------------------------------------------------------------


def rule_of(one: Candidate, spell: Spelling) -> str:
    """The sum as a rule."""
    captions = [normal(line.caption) for line in one.statement.lines]
    repeated = {caption for caption in captions if captions.count(caption) > 1}
    left, *right = (spell(line, repeated) for line in one.lines)
    signed = [f"{'-' if sign < 0 else '+'} {name}" for (sign, _), name in zip(one.terms, right, strict=True)]
    relation = f"{left} = {' '.join(signed).removeprefix('+ ')}"
    lines = (
        [relation]
        if len(relation) <= _LONGEST and not signed[0].startswith("-")
        else [f"{left} = sum of", *(f"    {term}" for term in signed)]
    )
    meant = ["these lines are meant"] if one.these_are_meant else []
    within = [f"in {one.statement.kind}"] if one.statement.kind else []
    borne = f"the release bears it out in {one.columns} column{'' if one.columns == 1 else 's'}"
    reason = f'because "{one.because or borne}"'
    return "\n    ".join([f"rule {one.id}", *lines, *meant, *within, reason, "tick F"]) + "\n"


def _said(one: Candidate) -> str:
    """The sum in words."""
    terms = " ".join(f"{'-' if sign < 0 else '+'} {line.caption}" for sign, line in one.terms)
    return f"{one.total.caption} = {terms.removeprefix('+ ')}"


def _plain(line: Line, repeated: Set[str]) -> str:
    """The bare caption where that is one name, else in quotes."""
    return spelled(line.caption)


def _quoted(line: Line, repeated: Set[str]) -> str:
    """The caption as printed, under its section where it stands several times."""
    section = f"[{in_quotes(line.under[-1])}]" if normal(line.caption) in repeated and line.under else ""
    return in_quotes(line.caption) + section


def _under_sections(line: Line, repeated: Set[str]) -> str:
    """The caption as printed, under its section."""
    return in_quotes(line.caption) + (f"[{in_quotes(line.under[-1])}]" if line.under else "")


SPELLINGS: tuple[Spelling, ...] = (_plain, _quoted, _under_sections)
"""The ways to write a caption, the plainest first: the next one is for captions that the one before does not single
out."""


# ---- whether they agree ----------------------------------------------------------------------------------------------


def _agreeing(rules: Mapping[str, str], path: str, content: bytes) -> set[str]:
    """The rules that agree with the release wherever they are decided, and are decided somewhere."""
    read = parse("\n".join(rules.values()), f"{_STEM}.rules", _STEM)
    own = tuple(one for one in read.declarations if isinstance(one, Rule))
    book: Rulebook = evolve(load([]), rules=own)  # with the definitions that the rules will meet
    verdicts: dict[str, set[str]] = {}
    for finding in check(path, content, book).findings:
        for name in _rules(finding):
            verdicts.setdefault(name, set()).add(finding.verdict)
    return {name for name, found in verdicts.items() if found & {"agrees", "rounding"} and "violation" not in found}


def _rules(finding: Finding) -> Iterator[str]:
    for rule in (finding.check.rule, *finding.check.also):
        if rule.startswith(f"{_STEM}/"):
            yield rule.removeprefix(f"{_STEM}/")
