"""Tables whose cells one blank parts, as readers of PDF copy them: "Net sales 26,741 15,683". Several rows with as many
figures each make one.

Nothing stands under anything there: the figures of a row are told from its caption by what they look like, and whose
they are by their order alone. A row with fewer figures than the others is kept as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checker.core.document import Row, Table
from checker.lexicon import money, time
from checker.lexicon.lower import either
from checker.read import ordered
from checker.read.lines import Found, Line
from checker.read.ordered import FEWEST, REACH, Record
from checker.read.shapes import YEAR, is_period
from checker.read.source import Text

Span = tuple[int, int]

_NUMBER = (
    rf"(?:[{money.CLASS}] ?)?[-−–]?(?:\( ?)?(?:[{money.CLASS}] ?)?(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}}|"
    rf"(?=\.\d))(?:\.\d{{1,4}})?(?: ?[)%]){{0,2}}"
)
_FIGURE = re.compile(rf"{_NUMBER}|(?:[{money.CLASS}] ?)?[—–-]{{1,4}}%?|[Nn]/?[MmAa](?![a-z])")
_TAIL = re.compile(rf"(?:(?<=\s)|^)(?:(?:{_FIGURE.pattern})(?: |$))+$")
_ENDS = frozenset("0123456789)%-—–MmAa")
_LENGTH = rf"(?:for the )?{time.SPAN} (?:ended|ending|to)"
_HEAD = re.compile(
    rf"(?:(?:{_LENGTH}(?: {time.DAY})?|(?:as (?:of|at) )?{time.DAY})(?: {time.YEAR})?|{time.YEAR}"
    rf"|(?:q[1-4]|(?:{either(time.ORDINALS)}) quarter)(?: {time.YEAR})?|(?:[$%] )?\bchange\b(?: %)?)(?: ?\(\d\))?",
    re.IGNORECASE,
)
_LONGEST = 240
"""Characters of a row; longer lines are running text."""
_NOTE = re.compile(r"\(\d{1,2}\)")


def find(source: Text, lines: Sequence[Line]) -> dict[int, Found]:
    """The tables among the lines of a text, by their first line."""
    tails = {number: tail for number, line in enumerate(lines) if line.kind == "prose" and (tail := _tail(line.text))}
    found = {}
    for first, stop, width in _stretches(lines, tails):
        rows = tuple(
            row for number in range(first, stop) for row in _rows(source, lines[number], tails.get(number, ()), width)
        )
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
    """Where rows with as many figures follow one another, with the heads above them: the first line, the line after the
    last, and how many figures."""
    numbers = sorted(tails)
    at = 0
    while at < len(numbers):
        stop = at + 1
        while (
            stop < len(numbers)
            and numbers[stop] - numbers[stop - 1] <= REACH
            and not _headed(lines, numbers[stop - 1] + 1, numbers[stop])
        ):
            stop += 1
        width = _width(lines, tails, numbers[at:stop])
        if width:
            low = numbers[at - 1] + 1 if at else 0
            heads = [
                number
                for number in range(max(low, numbers[at] - REACH), numbers[at])
                if lines[number].kind == "prose" and _heads(lines[number].text)
            ]
            yield heads[0] if heads else numbers[at], numbers[stop - 1] + 1, width
        at = stop


def _width(lines: Sequence[Line], tails: dict[int, tuple[Span, ...]], numbers: Sequence[int]) -> int:
    """How many figures the rows of a stretch have; 0 where too few have as many, or captions."""
    counts = [len(tails[number]) for number in numbers]
    usual = max(set(counts), key=counts.count)
    width, count = ordered.width(
        counts, [len(_unmarked(lines[number].text, tails[number], usual)) for number in numbers]
    )
    captioned = sum(1 for number in numbers if ordered.names(lines[number].text))
    return width if width > 1 and min(count, captioned) >= FEWEST else 0


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


def _rows(source: Text, line: Line, tail: tuple[Span, ...], width: int) -> Iterator[Row]:
    """One line as a row: heads shared out evenly, figures by their order; whatever fits neither is one text."""
    if line.kind != "prose":
        return
    left, end = len(line.text) - len(line.text.lstrip()), len(line.text)
    tail = _unmarked(line.text, tail, width)
    heads = () if tail else _heads(line.text)
    if heads and not width % len(heads):
        yield from ordered.heads(source, [_cut(line, span) for span in heads], width)
    else:
        caption = _cut(line, (left, tail[0][0] if tail else end))
        yield from ordered.rows(
            source, Record(caption, tuple(_cut(line, span) for span in tail), _cut(line, (left, end)), left), width
        )


def _cut(line: Line, span: Span) -> Span:
    return line.start + span[0], line.start + span[1]
