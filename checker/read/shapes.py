"""What printed pieces look like: enough to decide geometry (which column, header or body), never to know an amount.

`1,234`, `(5.6)%`, `$ 12`, `--` look like figures here; what they are worth is for extraction to say.
"""

from __future__ import annotations

import re

from checker.core.remembered import remembered
from checker.lexicon import numbers, time

YEAR = re.compile(rf"\(?(?:FY\s*)?{time.YEAR}\)?(?:\s*\([a-zA-Z0-9 *]{{1,14}}\))?")
DATE = re.compile(rf"\b{time.DAY}|\b{time.NUMERIC}|\b{time.UNIT}\s+end(?:ed|ing)(?:\b|(?-i:(?=[A-Z])))", re.IGNORECASE)
_STROKES = frozenset(" \t\r\n\f\v\u00a0-=_–—─═|+:│┃║├┼┤┌┬┐└┴┘╞╪╡╔╦╗╠╬╣╚╩╝")
_DRAWN = ("---", "–––", "———", "───", "___", "==", "══", "- - -")
_MARK = re.compile(
    r"[(\[]?(?:\d{1,2}|[a-z]{1,2}|[*†‡§#+]{1,4})[)\]]?(?:[,\s]*+[(\[]?(?:\d{1,2}|[a-z]|[*†‡§]++)[)\]]?){0,6}+"
)
"""What is taken is never given back, as in the marks of numbers."""
_NO_MARK = frozenset({"th", "st", "nd", "rd", "tm", "sm", "e", "r", "c"})
_BRACKETED = 3
"""Characters of a mark such as (c), which means no copyright where it is raised and small."""
RULE_RUN = re.compile(r"[-–—─_=═]+(?: [-–—─_=═]+)*")


@remembered(1 << 16)
def is_figure(piece: str) -> bool:
    """Whether a whole piece looks like a printed number, a dash for zero, or a mark for "not meaningful"; a damaged
    number stands in its column too."""
    piece = piece.strip()
    return numbers.looks_like_one(piece) or numbers.unread(piece) == "unreadable amount"


@remembered(4096)
def is_number(piece: str) -> bool:
    """Whether a whole piece looks like a printed number (no dash, no year alone)."""
    piece = piece.strip()
    if YEAR.fullmatch(piece):
        return False
    found = numbers.parse(piece, "blank") or numbers.parse(piece, "comma")
    return (found is not None and found.form == "number") or numbers.unread(piece) == "unreadable amount"


def is_period(piece: str) -> bool:
    """Whether a piece speaks of a date or a length of time: a heading of a column, not a figure."""
    return bool(YEAR.fullmatch(piece.strip()) or DATE.search(piece))


def is_rule(line: str) -> bool:
    """Whether a line (or a cell) draws a line and prints nothing else."""
    return len(line) < 2000 and _STROKES.issuperset(line) and any(stroke in line for stroke in _DRAWN)


def weight(line: str) -> str:
    """A single or a double line."""
    return "=" if "=" in line or "═" in line else "-"


def is_mark(raised: str) -> bool:
    """Whether what is set raised and small is the mark of a note, and no ordinal or trade mark."""
    bare = raised.strip("()[]")
    return _MARK.fullmatch(raised) is not None and (
        bare not in _NO_MARK or (len(bare) == 1 and len(raised) == _BRACKETED)
    )
