"""The layout of a rule file: where declarations begin, which lines continue the line above, what is comment.

The outcome is a text of the same length in which the grammar need not care: every kind of blank is one ordinary blank,
comments and blank lines are blanks, the end of a line that the next one continues is `CONTINUED`, and a line feed
stands only where an indented line of a declaration begins. It goes through the file once, line by line, and parses
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from checker.core.rule import Span
from checker.core.value import frozen
from checker.language.fault import Fault

CONTINUED = "\x1f"
"""Stands for the end of a line that the next one continues; controls are errors in a rule file, so it cannot occur in
one."""
LONGEST = 1_000
"""Characters of a line: look-aheads of the lexer go through runs of blanks more than once, so a line has a limit."""
_MOST_MARKS = 20
"""Marks of one file that are told."""

_BLANKS = dict.fromkeys((*map(ord, "\t\u00a0\u1680\u202f\u205f\u3000"), *range(0x2000, 0x200B)), " ")
_MARK = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]|\r(?!\n)"
)
_OPERATOR = re.compile(r" *(?:[-+*/|=<>)−–×÷≤≥≠]|!=|(?:AND|OR)(?![^ (]))")
_QUOTED_OR_COMMENT = re.compile(r'"(?:[^"]|"")*"|“[^”]*”|(?:^|(?<= ))#')
_BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@frozen
class Layout:
    """The text as the grammar reads it, the stretches of it that hold one declaration each, and what was wrong
    already."""

    text: str
    declarations: tuple[Span, ...]
    faults: tuple[Fault, ...]


@frozen
class _Line:
    """One line that is more than blanks and comments."""

    start: int
    body: str

    @property
    def end(self) -> int:
        return self.start + len(self.body)

    @property
    def begins(self) -> bool:
        """Whether it stands in the first column and so begins a declaration."""
        return self.body[0] != " "


def lay_out(text: str) -> Layout:
    """Split a file (without a byte order mark) into its declarations; those with a line that cannot be read are left
    out."""
    faults = list(_marks(text))
    unreadable = {text.rfind("\n", 0, fault.span[0]) + 1 for fault in faults}
    pieces: list[str] = []
    declarations: list[Span] = []
    previous: _Line | None = None
    readable = True
    for start, raw in _raw_lines(text):
        body = code(raw)
        if not body:
            pieces.append(" " * (len(raw) + 1))
            continue
        line = _Line(start, body)
        fault = _fault(line, len(raw), previous)
        if line.begins:
            declarations.append((line.start, line.end))
            readable = True
        if fault is not None:
            faults.append(fault)
        if fault is not None or start in unreadable:
            readable = False
        if declarations:
            _grow(declarations, line, readable)
        if pieces:
            pieces[-1] = pieces[-1][:-1] + _separator(line, previous)
        pieces.append(body.ljust(len(raw) + 1))
        previous = line
    kept = tuple(span for span in declarations if span[1] > span[0])
    return Layout("".join(pieces)[: len(text)], kept, tuple(faults))


def _grow(declarations: list[Span], line: _Line, readable: bool) -> None:
    """The last declaration reaches to the end of this line; an unreadable one is shut to an empty stretch and stays
    so."""
    start, end = declarations[-1]
    declarations[-1] = (start, line.end) if readable and end > start else (start, start)


def _raw_lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for raw in text.split("\n"):
        yield start, raw
        start += len(raw) + 1


def code(raw: str) -> str:
    """The line with every blank an ordinary one, without its comment and what is blank at its end."""
    line = raw.removesuffix("\r")
    line = (line if line.isascii() and "\t" not in line else line.translate(_BLANKS)).rstrip(" ")
    if "#" in line:
        for match in _QUOTED_OR_COMMENT.finditer(line):
            if match[0] == "#":
                return line[: match.start()].rstrip(" ")
    return line


def continues(line: str, previous: str) -> bool:
    """Whether an indented line goes on with the one above; both without comments."""
    return previous[-1:] in (";", ",") or _OPERATOR.match(line) is not None


def _separator(line: _Line, previous: _Line | None) -> str:
    if line.begins or previous is None:
        return " "
    return CONTINUED if continues(line.body, previous.body) else "\n"


def _fault(line: _Line, length: int, previous: _Line | None) -> Fault | None:
    first = len(line.body) - len(line.body.lstrip(" "))
    if length > LONGEST + 1:
        return Fault(
            "E108",
            (line.start + first, line.start + first + 1),
            "the line is longer than 1,000 characters",
            "break it: a line that begins with an operator continues the line above",
        )
    if not line.begins and previous is None:
        span = (line.start + first, line.end)
        return Fault(
            "E107",
            span,
            "an indented line belongs to the declaration above it, and there is none",
            "begin it in the first column",
        )
    if line.begins and previous is not None and _OPERATOR.match(line.body):
        return Fault(
            "E134",
            (line.start, line.start + 1),
            "a line in the first column begins a new declaration, and none begins with an operator",
            "indent the line so that it continues the one above",
        )
    return None


def _marks(text: str) -> Iterator[Fault]:
    for match in islice(_MARK.finditer(text), _MOST_MARKS):
        what = "bidirectional mark" if match[0] in _BIDIRECTIONAL else "control character"
        message = f"an invisible {what} (U+{ord(match[0]):04X}) may make a rule look other than it is"
        yield Fault("E102", match.span(), message, "delete it; rules are read as they look")
