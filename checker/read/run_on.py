"""Tables whose cells one blank parts, as readers of PDF copy them: "Net sales 26,741 15,683". Several rows with as many figures each make one.

Nothing stands under anything there: the figures of a row are told from its caption by what they look like, and whose they are by their order alone.
A row with fewer figures than the others is kept as words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from checker.core.document import Cell, Row, Table
from checker.core.value import frozen
from checker.lexicon import time
from checker.lexicon.lower import either
from checker.read.inline import pieces
from checker.read.lines import Line
from checker.read.shapes import YEAR, is_period
from checker.read.source import Text

Span = tuple[int, int]

_NUMBER = r"(?:[$€£¥] ?)?[-−–]?(?:\( ?)?(?:[$€£¥] ?)?(?:\d{1,3}(?:,\d{3})+|\d{1,9}|(?=\.\d))(?:\.\d{1,4})?(?: ?[)%]){0,2}"
_FIGURE = re.compile(rf"{_NUMBER}|(?:[$€£¥] ?)?[—–-]{{1,4}}%?|[Nn]/?[MmAa](?![a-z])")
_TAIL = re.compile(rf"(?:(?<=\s)|^)(?:(?:{_FIGURE.pattern})(?: |$))+$")
_LETTERS = re.compile(r"[A-Za-z]{2}")
_ENDS = frozenset("0123456789)%-—–MmAa")
_LENGTH = rf"(?:for the )?{time.SPAN} (?:ended|ending|to)"
_HEAD = re.compile(
    rf"(?:(?:{_LENGTH}(?: {time.DAY})?|(?:as (?:of|at) )?{time.DAY})(?: {time.YEAR})?|{time.YEAR}"
    rf"|(?:q[1-4]|(?:{either(time.ORDINALS)}) quarter)(?: {time.YEAR})?|(?:[$%] )?\bchange\b(?: %)?)(?: ?\(\d\))?",
    re.IGNORECASE,
)
_LONGEST = 240
"""Characters of a row; longer lines are running text."""
_FEWEST = 4
"""Rows with as many figures that make a table."""
_REACH = 6
"""Lines without figures that may stand between two rows: headings, captions that were broken."""
_NOTE = re.compile(r"\(\d{1,2}\)")


@frozen
class Found:
    """A table and the lines it takes: from `first` to `stop` (excluded)."""

    table: Table
    first: int
    stop: int


def find(source: Text, lines: Sequence[Line]) -> dict[int, Found]:
    """The tables among the lines of a text, by their first line."""
    tails = {number: tail for number, line in enumerate(lines) if line.kind == "prose" and (tail := _tail(line.text))}
    found = {}
    for first, stop, width in _stretches(lines, tails):
        rows = tuple(row for number in range(first, stop) if (row := _row(source, lines[number], tails.get(number, ()), width)) is not None)
        found[first] = Found(Table(rows, "grid"), first, stop)
    return found


def _tail(text: str) -> tuple[Span, ...]:
    """Where the figures at the end of a line stand; none where there is one alone, or nothing but years."""
    end = len(text.rstrip())
    if not end or end > _LONGEST or text[end - 1] not in _ENDS or "  " in text.strip():
        return ()
    tail = _TAIL.search(text[:end])
    if tail is None:
        return ()
    spans = tuple(one.span() for one in _FIGURE.finditer(text, tail.start(), end))
    shown = [text[low:high] for low, high in spans]
    dated = all(YEAR.fullmatch(one) for one in shown) or is_period(text[max(0, tail.start() - 14) : spans[0][1]])
    return () if dated else spans


def _stretches(lines: Sequence[Line], tails: dict[int, tuple[Span, ...]]) -> Iterator[tuple[int, int, int]]:
    """Where rows with as many figures follow one another, with the heads above them: the first line, the line after the last, and how many figures."""
    numbers = sorted(tails)
    at = 0
    while at < len(numbers):
        stop = at + 1
        while stop < len(numbers) and numbers[stop] - numbers[stop - 1] <= _REACH and not _headed(lines, numbers[stop - 1] + 1, numbers[stop]):
            stop += 1
        width = _width(lines, tails, numbers[at:stop])
        if width:
            low = numbers[at - 1] + 1 if at else 0
            heads = [number for number in range(max(low, numbers[at] - _REACH), numbers[at]) if lines[number].kind == "prose" and _heads(lines[number].text)]
            yield heads[0] if heads else numbers[at], numbers[stop - 1] + 1, width
        at = stop


def _width(lines: Sequence[Line], tails: dict[int, tuple[Span, ...]], numbers: Sequence[int]) -> int:
    """How many figures the rows of a stretch have; 0 where too few have as many, or more: then blanks were left out, and no order tells which."""
    width, count = Counter(len(tails[number]) for number in numbers).most_common(1)[0]
    wider = sum(1 for number in numbers if len(_unmarked(lines[number].text, tails[number], width)) > width)
    captioned = sum(1 for number in numbers if _LETTERS.search(lines[number].text))
    return width if width > 1 and count * 2 > len(numbers) and min(count, captioned) >= _FEWEST and wider * 8 <= len(numbers) else 0


def _unmarked(text: str, tail: tuple[Span, ...], width: int) -> tuple[Span, ...]:
    """The figures of a row without marks of notes between its caption and them."""
    while len(tail) > width and _NOTE.fullmatch(text[slice(*tail[0])]):
        tail = tail[1:]
    return tail


def _headed(lines: Sequence[Line], first: int, stop: int) -> bool:
    """Whether heads of columns stand among some lines: another table begins there."""
    return any(line.kind == "prose" and _heads(line.text) for line in lines[first:stop])


def _heads(text: str) -> tuple[Span, ...]:
    """The heads of columns on a line of nothing else; none where it is anything else, or names one only."""
    found = tuple(one.span() for one in _HEAD.finditer(text)) if len(text) < _LONGEST else ()
    return found if len(found) > 1 and not _HEAD.sub("", text).strip() else ()


def _row(source: Text, line: Line, tail: tuple[Span, ...], width: int) -> Row | None:
    """One line as a row: heads shared out evenly, figures by their order; whatever fits neither is one text."""
    if line.kind != "prose":
        return None
    left = len(line.text) - len(line.text.lstrip())
    whole = (left, len(line.text))
    tail = _unmarked(line.text, tail, width)
    if len(tail) == width:
        return _made(source, line, [((left, tail[0][0]), 0, 1), *((span, 1 + rank, 2 + rank) for rank, span in enumerate(tail))])
    heads = () if tail else _heads(line.text)
    if heads and width % len(heads) == 0:
        share = width // len(heads)
        return _made(source, line, [(span, 1 + share * rank, 1 + share * (rank + 1)) for rank, span in enumerate(heads)])
    row = _made(source, line, [(whole, 0, 1)])
    return Row(row.cells, row.indent, untold=bool(tail))


def _made(source: Text, line: Line, cells: Sequence[tuple[Span, int, int]]) -> Row:
    anchored = ((source.anchored(pieces(source.text, line.start + low, line.start + high)), left, right) for (low, high), left, right in cells)
    made = tuple(Cell(content, left, right) for content, left, right in anchored if content.text)
    return Row(made, len(line.text) - len(line.text.lstrip()))
