"""What printed pieces look like: enough to decide geometry (which column, header or body), never to know an amount.

`1,234`, `(5.6)%`, `$ 12`, `--` look like figures here; what they are worth is for extraction to say.
"""

from __future__ import annotations

import re

from checker.core.remembered import remembered
from checker.lexicon import time

_CURRENCY = r"(?:US\$|C\$|CDN\$|A\$|NT\$|HK\$|S\$|R\$|NZ\$|\$|€|£|¥|₹|Rs\.?|RMB|EUR|USD|GBP|JPY|CHF|CAD)"
_DIGITS = r"(?:\d{1,3}(?:(?:[,.' \u00a0]| ,)\d{3})+|\d+)?(?:[.,]\d+)?"
FIGURE = re.compile(
    rf"{_CURRENCY}?\s*[-−–—+▲△]?\s*\(?\s*{_CURRENCY}?\s*[-−–+]?\s*(?=[\d.,]*\d){_DIGITS}\s*(?:%|pts?\.?|bps|x|¢)?\s*\)?\s*(?:%|pts?\.?|bps|x|¢)?"
    r"\s*(?:\((?:\d{1,2}|[a-z])\)|\*{1,3}|[†‡]){0,2}",
)
"""A whole piece that prints a number."""
DASH = re.compile(rf"{_CURRENCY}?\s*\(?\s*(?:[-−–—]{{1,3}}|[Nn]il)\s*\)?\s*%?")
MEANINGLESS = re.compile(r"\(?\s*(?:[Nn]/?[MmAa]\.?|[Nn]\.[MmAa]\.|NMF|nmf|\*{1,3})\s*\)?\s*%?")
YEAR = re.compile(rf"\(?(?:FY\s*)?{time.YEAR}\)?(?:\s*\([a-zA-Z0-9 *]{{1,14}}\))?")
DATE = re.compile(rf"\b{time.DAY}|\b{time.NUMERIC}|\b{time.UNIT}\s+end(?:ed|ing)(?:\b|(?-i:(?=[A-Z])))", re.IGNORECASE)
_STROKES = frozenset(" \t\r\n\f\v\u00a0-=_–—─═|+:│┃║├┼┤┌┬┐└┴┘╞╪╡╔╦╗╠╬╣╚╩╝")
_DRAWN = ("---", "–––", "———", "───", "___", "==", "══", "- - -")
RULE_RUN = re.compile(r"[-–—─_=═]+(?: [-–—─_=═]+)*")


@remembered(4096)
def is_figure(piece: str) -> bool:
    """Whether a whole piece looks like a printed number, a dash for zero, or a mark for "not meaningful"."""
    piece = piece.strip()
    return bool(piece) and len(piece) < 60 and bool(FIGURE.fullmatch(piece) or DASH.fullmatch(piece) or MEANINGLESS.fullmatch(piece))


@remembered(4096)
def is_number(piece: str) -> bool:
    """Whether a whole piece looks like a printed number (no dash, no year alone)."""
    piece = piece.strip()
    return bool(piece) and len(piece) < 60 and bool(FIGURE.fullmatch(piece)) and not YEAR.fullmatch(piece)


def is_period(piece: str) -> bool:
    """Whether a piece speaks of a date or a length of time: a heading of a column, not a figure."""
    return bool(YEAR.fullmatch(piece.strip()) or DATE.search(piece))


def is_rule(line: str) -> bool:
    """Whether a line (or a cell) draws a line and prints nothing else."""
    return len(line) < 2000 and _STROKES.issuperset(line) and any(stroke in line for stroke in _DRAWN)


def weight(line: str) -> str:
    """A single or a double line."""
    return "=" if "=" in line or "═" in line else "-"
