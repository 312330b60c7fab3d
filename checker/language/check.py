"""What is wrong with a declaration that could be read, as far as it alone can tell: no vocabulary, no other
declaration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import get_args

from checker.core.rule import Amount, Binary, Call, Each, Either, Expr, Negative, Optional, Relation, Sentence, Span
from checker.functions import FUNCTIONS
from checker.language.build import Clause, Draft, is_bare
from checker.language.fault import Fault
from checker.language.walk import Node, nodes

DEEPEST = 200
"""Levels of an expression (a sum of n lines has n): beyond it, whatever walks over rules would need a stack of its
own."""
_SHORT = 2 * DEEPEST
"""A declaration of so few characters cannot nest deeper than `DEEPEST`."""
_CONDITIONAL = re.compile(r"(if|unless|whenever|provided +that) ")
"""Words with which an English condition begins; no caption begins with one in lower case."""
SENTENCES: tuple[str, ...] = get_args(Sentence)
_SHAPE = "a relation is two sides and `=`, as in `Total assets = Total liabilities + Total equity`"


def faults(draft: Draft, text: str, span: Span) -> Iterator[Fault]:
    """Everything that the grammar lets pass and the language does not; `text` is the file as laid out, `span` the
    declaration's stretch."""
    yield from _lines(draft, text, span)
    source = text[span[0] : span[1]]
    roots = tuple(_roots(draft))
    if (
        len(source) > _SHORT
        and (deep := next((node for node, level in nodes(roots) if level > DEEPEST), None)) is not None
    ):
        yield Fault(
            "E133",
            deep.span,
            f"more than {DEEPEST} levels or terms in one expression",
            "put a part of it under a name of its own with `define`",
        )
        return
    if any(mark in source for mark in ("|", "(", "?", "each ")):
        for node, _ in nodes(roots):
            yield from _node(node, text, span)


def _roots(draft: Draft) -> Iterator[Node]:
    if draft.expression is not None:
        yield draft.expression
    for line in draft.lines:
        if not isinstance(line, Clause):
            yield line
        elif line.kind == "when":
            yield line.value
        elif line.kind == "severity":
            yield from (step.above for step in line.value[1])


def _lines(draft: Draft, text: str, span: Span) -> Iterator[Fault]:
    if draft.kind == "rule" and all(isinstance(line, Clause) for line in draft.lines):
        yield Fault("E106", (span[0], span[0] + 4), "the rule has no relation", f"add a line: {_SHAPE}")
    for line in draft.lines:
        if isinstance(line, Relation) and (asked := _CONDITIONAL.match(text, *line.span)) is not None:
            at = (line.span[0], line.span[0] + len(asked[1]))
            fix = () if asked[1] == "unless" else ((at, "when"),)
            yield Fault(
                "E152",
                at,
                f"`{asked[1]}` begins no condition",
                "a condition is a line of its own that begins with `when`",
                fix=fix,
            )
    allowed = _ALLOWED.get(draft.kind)
    for line in draft.lines:
        if isinstance(line, Clause) and allowed is not None and line.kind not in allowed:
            listed = ", ".join(f"`{kind}`" for kind in allowed if kind not in ("properties",))
            yield Fault(
                "E143",
                line.span,
                f"`{line.kind}` says nothing of a {_WORDS.get(draft.kind, draft.kind)}",
                f"possible there: {listed}",
            )
    if draft.kind in ("skip", "override") and not any(
        isinstance(line, Clause) and line.kind == "because" for line in draft.lines
    ):
        yield Fault(
            "E142",
            draft.words[0][1],
            f"`{draft.kind}` needs a reason",
            'add an indented line such as `because "not a bank"`',
        )


_WORDS = {"bare": "rule"}
_OF_RULES = (
    "kind",
    "meant",
    "when",
    "in",
    "except",
    "severity",
    "tolerance",
    "because",
    "required",
    "see",
    "tick",
    "tags",
    "effective",
)
_ALLOWED = {
    "skip": ("because",),
    "concept": ("aka", "xbrl", "properties"),
    "rule": _OF_RULES,
    "bare": _OF_RULES,
    "override": _OF_RULES,
}


def _node(node: Node, text: str, span: Span) -> Iterator[Fault]:
    match node:
        case Each():
            yield from _sentence(node)
        case Call():
            yield from _arity(node, text)
        case Optional(operand=Amount()):
            yield Fault(
                "E129",
                node.span,
                "an amount is never missing, so `?` says nothing after it",
                "leave the question mark out",
            )
        case Binary():
            yield from _beside(node.left, text, span)
            yield from _beside(node.right, text, span)
        case Negative():
            yield from _beside(node.operand, text, span)


def _sentence(each: Each) -> Iterator[Fault]:
    said = each.sentence.replace("’", "'")
    if said in SENTENCES:
        return
    close = get_close_matches(said, SENTENCES, 1, 0.4)
    hint = f"did you mean `{close[0]}`?" if close else "see `tieout explain E105` for all of them"
    yield Fault("E105", each.span, "this is none of the sentences that begin with `each`", hint)


def _arity(call: Call, text: str) -> Iterator[Fault]:
    function = FUNCTIONS[call.function]
    head = (call.span[0], call.span[0] + len(call.function) + 1)
    if len(call.operands) < function.least:
        comma = text.find(", ", *call.span)
        fix = (((comma, comma + 1), ";"),) if comma > 0 and text.count(",", *call.span) == 1 else ()
        yield Fault(
            "E117",
            head,
            f"`{call.function}()` needs two or more items",
            "items are separated by `;` because commas belong to names",
            fix=fix,
        )
    elif function.most is not None and len(call.operands) > function.most:
        yield Fault(
            "E117", head, f"`{call.function}()` takes one item", "leave the others out, or put them in `min(` or `max(`"
        )


def _beside(operand: Expr, text: str, span: Span) -> Iterator[Fault]:
    """Alternatives without parentheses may be an operand only where they are all of their line but the sign in front;
    `span` is the declaration's stretch."""
    while isinstance(operand, Optional):
        operand = operand.operand
    if not isinstance(operand, Either) or not is_bare(operand):
        return
    start, end = operand.span
    before = re.split("[\n\x1f]", text[span[0] : start])[-1].strip()
    after = re.split("[\n\x1f]", text[end : span[1]], maxsplit=1)[0].lstrip(" ?")
    if before not in ("", "+", "-", "−", "–") or (after and not after.startswith((")", ";", "AND", "OR"))):
        yield Fault(
            "E109",
            operand.span,
            "`|` holds tighter than + - * /, which is easily misread beside them",
            "put the alternatives in parentheses, or on a line of their own",
        )


def relations(draft: Draft) -> tuple[Relation | Each, ...]:
    """The lines of a declaration that are to be judged."""
    return tuple(line for line in draft.lines if not isinstance(line, Clause))
