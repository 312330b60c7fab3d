"""Rules changed a little, to see whether their specimens notice: a sign turned, a term left out, a period dropped, a
condition ignored.

A change that no specimen notices is a mistake that nobody would notice. Nothing is written; the changes are made in the
text of a rule as parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.core.rule import (
    Binary,
    Either,
    Expr,
    Negative,
    Optional,
    Relation,
    Rule,
    Rulebook,
    RuleFile,
    Shifted,
    Span,
)
from checker.core.rule import Call as Function
from checker.core.value import evolve, frozen
from checker.language import load, parse, read
from checker.resources import rules_folder
from checker.workshop.page import Specimen, specimens
from checker.workshop.specimens import tried

_TURNED = {"+": "-", "-": "+", "−": "+", "–": "+", "*": "/", "×": "/", "/": "*", "÷": "*"}
_OPERATOR = re.compile(r"[-+*/−–×÷]")
_COMPARISON = re.compile(r"[<>]=|[=<>≤≥]")
_OTHER = {"=": "<=", "<=": ">=", "<": ">", ">=": "<=", ">": "<", "≤": ">=", "≥": "<="}


@frozen
class Change:
    """One change of a rule: what was done, at which line of the file, and how the changed line reads; `noticed` by a
    specimen or not."""

    what: str
    line: int
    reads: str
    noticed: bool = False


@frozen
class Tested:
    """One rule with the changes that were tried on it. A rule without specimens has none: nothing could notice them."""

    rule: str
    path: str
    specimens: int
    changes: tuple[Change, ...]
    disagreeing: int = 0
    """Specimens that speak of it and do not agree with it as it is: they can notice nothing."""


@frozen
class _Edit:
    what: str
    span: Span
    text: str = ""


def mutated(paths: Sequence[Path]) -> Iterator[Tested]:
    """Every rule of these files and folders, with what its specimens notice; rules as soon as they are done."""
    for file in read(paths):
        book = load([] if file.shipped or _of_library(file) else [Path(file.path)])
        page = Path(file.path).with_suffix(".md")
        shown = specimens(page) if page.is_file() else ()
        for rule in file.declarations:
            if isinstance(rule, Rule):
                yield _tested(rule, file, book, shown)


def _of_library(file: RuleFile) -> bool:
    return rules_folder().resolve() in Path(file.path).resolve().parents


def _tested(rule: Rule, file: RuleFile, book: Rulebook, shown: Sequence[Specimen]) -> Tested:
    """The changes of one rule; only specimens that speak of it and agree with it as it is can notice one."""
    of_it = [one for one in shown if any(_names(expected.rule, rule.id) for expected in one.expected)]
    own = [one for one in of_it if tried(one, book, Path(file.path)).agrees]
    changes = [_tried(edit, rule, file, book, own) for edit in _edits(rule, file.text)] if own else []
    kept = tuple(change for change in changes if change is not None)
    return Tested(rule.id, file.path, len(own), kept, len(of_it) - len(own))


def _names(name: str, rule: str) -> bool:
    return rule == name or rule.endswith(f"/{name}")


def _tried(edit: _Edit, rule: Rule, file: RuleFile, book: Rulebook, own: Sequence[Specimen]) -> Change | None:
    """What becomes of one change; None where the changed text is no rule any more."""
    text = file.text[: edit.span[0]] + edit.text + file.text[edit.span[1] :]
    changed = next(
        (
            one
            for one in parse(text, file.path, file.stem, file.shipped).declarations
            if isinstance(one, Rule) and one.id == rule.id
        ),
        None,
    )
    if changed is None or (changed.relations, changed.clauses) == (rule.relations, rule.clauses):
        return None
    rules = tuple(
        evolve(changed, id=one.id, path=one.path, shipped=one.shipped) if _names(rule.id, one.id) else one
        for one in book.rules
    )
    noticed = any(not tried(one, evolve(book, rules=rules), Path(file.path)).agrees for one in own)
    start = text.rfind("\n", 0, edit.span[0]) + 1
    return Change(edit.what, text.count("\n", 0, start) + 1, " ".join(text[start:].partition("\n")[0].split()), noticed)


# ---- what can be changed ---------------------------------------------------------------------------------------------


def _edits(rule: Rule, text: str) -> Iterator[_Edit]:
    for relation in rule.relations:
        if isinstance(relation, Relation):
            yield from _exchanged(
                "another comparison", _COMPARISON.search(text, relation.left.span[1], relation.right.span[0])
            )
            yield from _of_expression(relation.left, text)
            yield from _of_expression(relation.right, text)
    if rule.clauses.when is not None:
        end = rule.clauses.when.span[1]
        start = text.rfind("when", 0, rule.clauses.when.span[0])
        yield _Edit("its condition ignored", (text.rfind("\n", 0, start), end))


def _of_expression(expression: Expr, text: str) -> Iterator[_Edit]:
    match expression:
        case Binary(operator, left, right):
            what = "a sign turned" if operator in "+-" else "multiplied for divided, or the other way round"
            yield from _exchanged(what, _OPERATOR.search(text, left.span[1], right.span[0]))
            if operator in "+-":
                yield _Edit("a term left out", (left.span[1], right.span[1]))
            yield from _of_expression(left, text)
            yield from _of_expression(right, text)
        case Shifted(prefix, operand):
            yield _Edit(f"`{prefix}` left out", (expression.span[0], expression.span[0] + len(prefix)))
            yield from _of_expression(operand, text)
        case Either(options):
            yield _Edit("an alternative left out", (options[0].span[1], options[-1].span[1]))
            for option in options:
                yield from _of_expression(option, text)
        case Optional(operand):
            yield _Edit(
                "required for optional",
                (operand.span[1], expression.span[1]),
                ")" * text.count(")", operand.span[1], expression.span[1]),
            )
            yield from _of_expression(operand, text)
        case Negative(operand):
            yield from _of_expression(operand, text)
        case Function(_, operands):
            for operand in operands:
                yield from _of_expression(operand, text)


def _exchanged(what: str, found: re.Match[str] | None) -> Iterator[_Edit]:
    """The operator that stands between two operands, another in its place."""
    if found is not None:
        yield _Edit(what, found.span(), _OTHER.get(found[0]) or _TURNED[found[0]])
