"""Going through expressions and conditions without recursion, so that depth can be measured before anything
recurses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.core.rule import (
    All,
    Any,
    Binary,
    Call,
    Clauses,
    Condition,
    Each,
    Either,
    Expr,
    Name,
    Negative,
    Not,
    Optional,
    Relation,
    Shifted,
    Test,
)

Node = Expr | Condition | Each


def below(node: Node) -> tuple[Node, ...]:
    """The parts directly under a node."""
    match node:
        case Binary() | Relation():
            return node.left, node.right
        case Call() | All() | Any():
            return tuple(node.operands)
        case Either():
            return node.options
        case Shifted() | Optional() | Negative() | Not() | Test():
            return (node.operand,)
        case _:
            return ()


def nodes(roots: Iterable[Node]) -> Iterator[tuple[Node, int]]:
    """Every node under the roots with its level, the roots at 1, in no particular order."""
    stack = [(root, 1) for root in roots]
    while stack:
        node, level = stack.pop()
        yield node, level
        stack.extend((part, level + 1) for part in below(node))


def names(roots: Iterable[Node]) -> Iterator[Name]:
    """Every name under the roots, in the order in which they stand."""
    return iter(sorted((node for node, _ in nodes(roots) if isinstance(node, Name)), key=lambda name: name.span))


def stated(clauses: Clauses) -> Iterator[Node]:
    """The expressions and conditions that clauses hold."""
    if clauses.when is not None:
        yield clauses.when
    for step in clauses.steps:
        yield step.above
