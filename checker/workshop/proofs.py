"""What was proven of rule files, in the words of an auditor: as problems for `rules lint`, and with the whole rules and
a page that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from checker.core.problem import Problem, Severity
from checker.core.rule import Rule, Rulebook, RuleFile
from checker.core.value import frozen
from checker.language import load, read
from checker.language.fault import Fault, Lines
from checker.report.differences import short

if TYPE_CHECKING:
    from checker.workshop.proving import Found

LACKING = "proving rules needs the solver z3: pip install 'tieout[prove]'"
_CODES: dict[str, tuple[str, Severity]] = {
    "never": ("W411", "warning"),
    "impossible": ("W412", "warning"),
    "always": ("W413", "warning"),
    "contradiction": ("W414", "warning"),
    "twice": ("W415", "warning"),
    "implied": ("W416", "note"),
    "fixed": ("W417", "warning"),
    "undecided": ("W418", "note"),
}


@frozen
class Proof:
    """One thing proven: the problem, where it stands, and in lines the rules it takes and the page that shows it."""

    problem: Problem
    lines: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Whether it is probably a mistake."""
        return self.problem.severity != "note"


@frozen
class Proven:
    """How many rules were asked about, and what was found."""

    rules: int
    proofs: tuple[Proof, ...]
    book: Rulebook


def can_prove() -> bool:
    """Whether the extra is installed."""
    return find_spec("z3") is not None


def proven(paths: Sequence[Path]) -> Proven:
    """What can be proven of the rules of these files, beside the shipped library. Nothing where a file has a
    mistake."""
    files, book = read(paths), load(paths)
    return Proven(0, (), book) if book.faulty else proofs(files, book)


def proofs(files: Sequence[RuleFile], book: Rulebook) -> Proven:
    """The same of files that are parsed."""
    from checker.workshop.proving import proven as asked

    at = {one.id: (file, one) for file in files for one in file.declarations if isinstance(one, Rule)}
    rules = [rule for rule in book.rules if rule.id in at]
    lines = {file.path: Lines(file.text) for file in files}
    found = tuple(_proof(one, (file := at[one.claim.id][0]), lines[file.path]) for one in asked(rules, book))
    return Proven(len(rules), tuple(sorted(found, key=lambda one: not one.counts)), book)


def _proof(found: Found, file: RuleFile, lines: Lines) -> Proof:
    code, severity = _CODES[found.kind]
    message, help = _message(found), _help(found)
    if found.kind == "twice" and (told := _meant(found.claim.rule, found.culprits[0].rule)):
        severity, help = "note", told
    span = found.claim.relation.span
    inside = (
        span
        if span[1] <= len(file.text) and found.claim.rule.path in (file.path, file.stem + ".rules")
        else found.claim.rule.span
    )
    problem = lines.problem(Fault(code, inside, message, help, severity), file.path)
    return Proof(problem, tuple(_lines(found)))


def _meant(rule: Rule, other: Rule) -> str:
    """Why two rules that say the same may be meant; empty where nothing speaks for it."""
    one, two = ((by.tolerance, by.severity, by.steps, by.kind, by.required) for by in (rule.clauses, other.clauses))
    if one != two:
        return "they differ in what they allow or in how bad a violation is, and both are judged"
    return (
        "it comes with the program; a rule of your own is told by its own name"
        if other.shipped and not rule.shipped
        else ""
    )


def _message(found: Found) -> str:
    others = " and ".join(f"`{one.id}`" for one in found.culprits)
    match found.kind:
        case "never":
            return "the rule can never apply"
        case "impossible":
            return "no page can keep this relation"
        case "always":
            return "every page keeps this relation: it tests nothing"
        case "contradiction":
            return f"no page can keep this together with {others}"
        case "twice":
            return f"{others} says the same"
        case "implied":
            return f"a page that keeps {others} keeps this too"
        case "fixed":
            together = f" together with {others}" if others else ""
            return f"this{together} leaves `{found.figure}` no other amount than {_amount(found.value)}"
        case "undecided":
            return "whether the relation says something could not be decided"


def _help(found: Found) -> str | None:
    page = ", ".join(f"{one.name} {_amount(one.value)}" for one in found.page)
    match found.kind:
        case "never":
            return "look at its condition, at its days, and at what it needs to be reported"
        case "contradiction" if page:
            return (
                f"a page with {page} keeps {'the other' if len(found.culprits) == 1 else 'the others'} and breaks this"
            )
        case "impossible" if page:
            return f"a page with {page} breaks it, and so does every other"
        case "twice":
            return "keep one of the two"
        case "implied":
            return "leave it out, unless its reason or its severity matters"
        case "fixed" if page and len(found.page) > 1:
            return f"a page that keeps {'them' if found.culprits else 'it'}: {page}"
        case _:
            return None


def _lines(found: Found) -> Iterator[str]:
    """The rules it takes, whole, and the page."""
    for one in (found.claim, *found.culprits):
        yield f"{one.id}: {one.relation.text}"
    if found.page and found.kind in ("contradiction", "fixed", "impossible"):
        breaks = found.kind != "fixed"
        yield (
            "a page that keeps all but the first of them:"
            if found.culprits and breaks
            else "a page that breaks it:"
            if breaks
            else "a page that keeps them:"
        )
        width = max(len(one.name) for one in found.page)
        yield from (f"    {one.name.ljust(width)}  {_amount(one.value)}" for one in found.page)


def _amount(value: Fraction | None) -> str:
    return "some amount" if value is None else short(value)
