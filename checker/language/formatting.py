"""Rule files in one form: indentation, blanks, operators and the order of clauses. Comments stay; what a file means
never changes.

It works on the lines as written, since a tree holds no comments, and compares in the end what both texts mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import fields, has

from checker.core.rule import Binary, Relation, Rule, RuleFile, Span
from checker.core.value import evolve, frozen
from checker.language.layout import code, continues, lay_out

_INNER, _CONTINUED = "    ", "        "
_QUOTED = re.compile(r'("(?:[^"]|"")*"|“[^”]*”)')
_SIGNS = str.maketrans({"−": "-", "–": "-", "×": "*", "÷": "/"})
_ASCII = {"−": "-", "–": "-", "×": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!="}
_OPERATOR = re.compile("[−–×÷≤≥≠]")
_CLAUSES = (
    "aka",
    "kind",
    "these",
    "when",
    "in",
    "except",
    "severity",
    "required",
    "tolerance",
    "because",
    "see",
    "tick",
    "tags",
    "effective",
)
"""The order in which clauses stand, behind the relations."""


def formatted(file: RuleFile) -> str:
    """The text of a file without faults in the one form; a text that would come to mean something else stays as it
    is."""
    text = _plain_operators(file).replace("\r\n", "\n")
    blocks = _blocks(text.split("\n"))
    written = "\n".join(_spaced(blocks)) + "\n" if blocks else ""
    return written if _means(written, file) else file.text


# ---- operators -------------------------------------------------------------------------------------------------------


def _plain_operators(file: RuleFile) -> str:
    """The text with every typographic operator as the plain one; what stands in names, quotes and comments is left
    alone."""
    laid_out, text = lay_out(file.text).text, file.text
    for start, end in sorted(set(_between(file.declarations)), reverse=True):
        for match in reversed(list(_OPERATOR.finditer(laid_out, start, end))):
            text = text[: match.start()] + _ASCII[match[0]] + text[match.end() :]
    return text


def _between(node: object) -> Iterator[Span]:
    """The stretches between two operands, in which nothing but an operator and parentheses can stand."""
    if isinstance(node, (Binary, Relation)):
        yield node.left.span[1], node.right.span[0]
    if isinstance(node, tuple):
        for one in node:
            yield from _between(one)
    for name in _fields(node):
        yield from _between(getattr(node, name))


# ---- lines -----------------------------------------------------------------------------------------------------------


@frozen
class _Line:
    """A line as it will stand: its text, and what it is."""

    text: str
    kind: str
    """`first` of a declaration, `inner`, `continued`, `comment` or `blank`."""


@frozen
class _Block:
    """A declaration with the comments above it, or comments that stand alone."""

    lines: tuple[_Line, ...]
    parted: bool
    """Whether a blank line stood above it."""

    @property
    def apart(self) -> bool:
        """Whether it is a rule or an override, which have blank lines around them; whoever declares many names may keep
        them close."""
        return any(line.kind == "first" and re.match(r"(?:rule|override) ", line.text) for line in self.lines)


def _blocks(raw: Sequence[str]) -> list[_Block]:
    """The lines of a file, declaration by declaration."""
    lines = _without_doubles(_lines(raw))
    blocks: list[_Block] = []
    starts = [index for index, line in enumerate(lines) if line.kind == "first"]
    bounds = [0, *(_above(lines, index) for index in starts), len(lines)]
    for start, end in pairwise(dict.fromkeys(bounds)):
        inside = list(lines[start:end])
        parted = start > 0 and (inside[0].kind == "blank" or lines[start - 1].kind == "blank")
        while inside and inside[0].kind == "blank":
            inside.pop(0)
        while inside and inside[-1].kind == "blank":
            inside.pop()
        if inside:
            blocks.append(_Block(tuple(_ordered(inside)), parted))
    return blocks


def _above(lines: Sequence[_Line], index: int) -> int:
    """Where the comments begin that stand directly above a declaration."""
    while index > 0 and lines[index - 1].kind == "comment" and not lines[index - 1].text.startswith(" "):
        index -= 1
    return index


def _lines(raw: Sequence[str]) -> Iterator[_Line]:
    previous = ""
    for number, one in enumerate(raw):
        body = code(one)
        comment = one.removesuffix("\r")[len(body) :].strip() if len(body) < len(one) else ""
        if not body:
            yield (
                _Line(_comment_alone(one, comment, _next(raw, number, previous)), "comment")
                if comment
                else _Line("", "blank")
            )
            continue
        kind = "first" if body[0] != " " else "continued" if continues(body, previous) else "inner"
        indent = {"first": "", "inner": _INNER, "continued": _CONTINUED}[kind]
        yield _Line(indent + _tidied(body.strip()) + (f"  {_hashed(comment)}" if comment else ""), kind)
        previous = body


def _comment_alone(raw: str, comment: str, indent: str) -> str:
    return _hashed(comment) if raw.startswith("#") else indent + _hashed(comment)


def _next(raw: Sequence[str], number: int, previous: str) -> str:
    """How far the next line that is no comment will be set in."""
    following = next((body for one in raw[number + 1 :] if (body := code(one))), "")
    return _CONTINUED if following.startswith(" ") and continues(following, previous) else _INNER


def _hashed(comment: str) -> str:
    """A comment with a blank behind its sign."""
    return comment if comment[1:2] in ("", " ", "#", "!") else f"# {comment[1:]}"


def _tidied(body: str) -> str:
    """One line with single blanks, none inside brackets and before semicolons; what is quoted stays."""
    parts = _QUOTED.split(body)
    for index in range(0, len(parts), 2):
        part = re.sub(" {2,}", " ", parts[index])
        part = re.sub(r"([\[(]) ", r"\1", re.sub(r" ([\])])", r"\1", part))
        parts[index] = re.sub(r" ?;(?! |$)", "; ", re.sub(r" ;", ";", part))
    return "".join(parts).rstrip(" ")


def _without_doubles(lines: Iterator[_Line]) -> list[_Line]:
    """At most one blank line in a row, and none above a line that goes on with the one before."""
    found: list[_Line] = []
    for line in lines:
        if line.kind == "continued":
            while found and found[-1].kind == "blank":
                found.pop()
        if line.kind != "blank" or (found and found[-1].kind != "blank"):
            found.append(line)
    return found


# ---- clauses and blank lines -----------------------------------------------------------------------------------------


def _ordered(lines: Sequence[_Line]) -> list[_Line]:
    """A declaration with its relations before its clauses, and those in their order; comments stay above what they were
    above."""
    first = next((index for index, line in enumerate(lines) if line.kind == "first"), len(lines))
    start = next((index for index in range(first + 1, len(lines)) if lines[index].kind != "continued"), len(lines))
    if any(line.kind == "blank" for line in lines[first:]) or (
        first < len(lines) and re.match(r"(?:concept|use|skip)\b", lines[first].text)
    ):
        return list(lines)
    groups, pending = list[list[_Line]](), list[_Line]()
    for line in lines[start:]:
        if line.kind == "comment":
            pending.append(line)
        elif line.kind == "inner":
            groups.append([*pending, line])
            pending = []
        else:
            groups[-1] += [*pending, line]
            pending = []
    return [*lines[:start], *(line for group in sorted(groups, key=_rank) for line in group), *pending]


def _rank(group: Sequence[_Line]) -> int:
    text = next(line.text for line in group if line.kind == "inner").strip()
    word = text.split(" ")[0]
    return _CLAUSES.index(word) + 1 if word in _CLAUSES else 0


def _spaced(blocks: Sequence[_Block]) -> Iterator[str]:
    """The lines of all blocks, with a blank line around every declaration of several lines."""
    before: _Block | None = None
    for block in blocks:
        if before is not None and (block.parted or block.apart or before.apart):
            yield ""
        yield from (line.text for line in block.lines)
        before = block


# ---- meaning ---------------------------------------------------------------------------------------------------------


def _means(text: str, file: RuleFile) -> bool:
    """Whether a text declares what the file does. How a relation is written, and the title that a bare one takes from
    it, are no part of that."""
    from checker.language.parsing import parse

    again = parse(text, file.path, file.stem, file.shipped)
    return not again.problems and tuple(map(_bare, again.declarations)) == tuple(map(_bare, file.declarations))


def _bare(node: object) -> object:
    if (
        isinstance(node, Rule)
        and node.relations
        and isinstance(node.relations[0], Relation)
        and node.title == node.relations[0].text
    ):
        node = evolve(node, title="")
    if isinstance(node, tuple):
        return tuple(map(_bare, node))
    names = _fields(node)
    if not names:
        return node
    left_out = {"span", "path", *(("text",) if isinstance(node, Relation) else ())}
    return type(node).__name__, tuple(_bare(getattr(node, name)) for name in names if name not in left_out)


def _fields(node: object) -> tuple[str, ...]:
    kind = type(node)
    return tuple(attribute.name for attribute in fields(kind)) if has(kind) else ()
