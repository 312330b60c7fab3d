"""Texts as they were written: before a letter quoted them, a browser copied them, or a program set them double or wrote
their blanks as tabs.

Only marks and blanks are undone, and only where most lines show them; every character keeps its way back to the file.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from checker.read import copied
from checker.read.columns import TAB
from checker.read.lines import Line
from checker.read.source import Excerpt, Piece, Source, Text

_QUOTED = re.compile(r"^(?:> ?){1,8}", re.MULTILINE)
_ANY_LINE = re.compile(r"^[^\S\n]*\S", re.MULTILINE)
_FEWEST_QUOTED = 10
"""Quoted lines that show a letter."""
_OPENING = 20_000
"""Characters that show whether lines are quoted."""
_TAB_OR_BREAK = re.compile(r"[\t\n]")
_TABS = re.compile(r"(?<=\S)[ ]?\t+( {0,7})(?=\S)")
_MOST_TABS = 2000
_FEWEST_ALIGNED = 20
"""Tabs with blanks behind them that show what tabs stand for, among as many as are looked at."""
_FULL = 40
"""Characters from which a line was broken because it was full."""
_UNENDED = re.compile(r"[a-z,]\s*$")
_FEWEST_BROKEN = 8
"""Lines of running text that a blank line parts from the rest of their sentence."""


def as_written(source: Source) -> Text:
    """The text as it was before a letter quoted it, a browser copied it, or a program wrote its blanks as tabs."""
    if "\t" in source.text:
        if copied.is_copied(source.text):
            return copied.rejoined(source)
        if _is_set_by_tabs(source.text):
            return _untabbed(source)
    return _unquoted(source)


def _is_set_by_tabs(text: str) -> bool:
    """Whether tabs stand for eight blanks at most: then many leave some over, now as many and now as many."""
    left = Counter(len(found[1]) for found in islice(_TABS.finditer(text), _MOST_TABS))
    over = sum(count for blanks, count in left.items() if blanks)
    return (
        over >= _FEWEST_ALIGNED
        and over * 5 > left.total() * 2
        and sum(1 for blanks, count in left.items() if blanks and count * 30 > over) > 3
    )


def _untabbed(source: Source) -> Text:
    """The text with blanks for its tabs."""
    made: list[Piece] = []
    at, begun = 0, 0
    wider = 0
    for found in _TAB_OR_BREAK.finditer(source.text):
        low, high = found.span()
        if low > at:
            made.append((source.text[at:low], at, low))
        if found[0] == "\t":
            blanks = TAB - (low - begun + wider) % TAB
            made.append((" " * blanks, low, high))
            wider += blanks - 1
        else:
            made.append((found[0], low, high))
            begun, wider = high, 0
        at = high
    return Excerpt.of([*made, (source.text[at:], at, len(source.text))], source)


def _unquoted(source: Source) -> Text:
    """The text without the marks that letters set before each line they quote; as it is where most lines have none."""
    head = source.text[:_OPENING]
    quoted = len(_QUOTED.findall(head))
    if quoted < _FEWEST_QUOTED or quoted * 10 < 8 * len(_ANY_LINE.findall(head)):
        return source
    marks = [found.span() for found in _QUOTED.finditer(source.text)]
    ends = [low for low, _ in marks[1:]] + [len(source.text)]
    kept = [(0, marks[0][0]), *((high, end) for (_, high), end in zip(marks, ends, strict=True))]
    return Excerpt.of([(source.text[low:high], low, high) for low, high in kept if high > low], source)


def single_spaced(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a text that was set double, its sentences parted by blank lines, without the blank line after
    each."""
    apart = together = broken = 0
    for first, second, third in zip(lines, lines[1:], lines[2:], strict=False):
        if first.kind == "blank":
            continue
        together += second.kind != "blank"
        if second.kind == "blank" and third.kind != "blank":
            apart += 1
            broken += (
                first.end - first.start > _FULL
                and _UNENDED.search(first.text) is not None
                and third.text.lstrip()[:1].islower()
            )
    if broken < _FEWEST_BROKEN or broken * 10 < apart or together * 10 > apart:
        return lines
    kept: list[Line] = []
    blank = 0
    for line in lines:
        blank = blank + 1 if line.kind == "blank" else 0
        if not blank or blank % 2 == 0:
            kept.append(line)
    return tuple(kept)
