"""One line of a text cut into pieces by its blanks: captions, figures, dotted leaders, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from checker.core.value import frozen
from checker.lexicon import money, time
from checker.read.shapes import RULE_RUN, YEAR, is_figure, is_period

TAB = 8
"""Characters from one stop of a tab to the next."""
_CHUNK = re.compile(r"\S+(?: \S+)*")
_SIGNS = frozenset(money.CHARACTERS)
_ALONE = _SIGNS | {")", "%", ")%", "("}
"""What may stand for itself beside the figure that it belongs to."""
_LEADER = re.compile(r"(?:\. ?){3,}\.?|\.{2,}(?=\s)|(?<=[ .])(?:_ ?){4,}(?=\s*[$(\d])|…+|(?<= )\.(?=  )")
_MONEY = re.compile(r"(?<=\S) +(?=\$)")
_DATES = re.compile(
    rf"(?:{time.DAY} ?(?:{time.YEAR})?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|{time.YEAR}(?: ?\([a-z0-9*]{{1,3}}\))?)(?:\s+|$)",
    re.IGNORECASE,
)
_LAST = re.compile(r" (?P<figure>(?:\$ ?)?\(?-?(?:\d{1,3}(?:,\d{3})+|\d+\.\d+|\d{1,4}|-{1,2}|—)\)?%?)$")
_RANGE = re.compile(r"(?:(?:19|20)\d\d [-–] (?:19|20)\d\d|\d{1,3}\.\d+ ?% [-–] \d{1,3}\.\d+ ?%)(?= |$)")
"""From one year, or one rate, to another: no two figures."""
_DIGIT = re.compile(r"\d")
_BLANKS = re.compile(r" +")
_LETTER = re.compile(r"[A-Za-z]{2}")


@frozen
class Chunk:
    """A piece of one line: its characters, from column `left` to `right` (end excluded), and where it starts in the
    text."""

    text: str
    left: int
    right: int
    start: int

    @property
    def end(self) -> int:
        """Where it ends in the text; only pieces without tabs inside are made."""
        return self.start + len(self.text)


def chunks(line: str, start: int) -> list[Chunk]:
    """The pieces of a line that two blanks, a tab or a leader part. `start` is where the line begins in its text."""
    if "\t" in line:
        return [piece for part in _expanded(line, start) for piece in part]
    return _parts(led(line), 0, start)


def led(line: str) -> str:
    """The line, blanks where its leaders stand."""
    if ".." in line or ". ." in line or " .  " in line or "…" in line or "____" in line:
        return _LEADER.sub(
            lambda found: " " * (len(found[0]) - 1) + (found[0][-1] if found[0][-1] == "\t" else " "), line
        )
    return line


def _parts(line: str, column: int, start: int) -> list[Chunk]:
    made = []
    for found in _CHUNK.finditer(line):
        text, left = found[0], found.start()
        if len(text) > 2 and text[-1] in _SIGNS and text[-2] == " ":  # of the next figure, one blank behind this one
            made.append(Chunk(text[:-2], column + left, column + found.end() - 2, start + left))
            text, left = text[-1], found.end() - 1
        made.append(Chunk(text, column + left, column + found.end(), start + left))
    return made


def _expanded(line: str, start: int) -> list[list[Chunk]]:
    made, column, at = [], 0, 0
    for part in led(line).split("\t"):
        made.append(_parts(part, column, start + at))
        column = (column + len(part)) // TAB * TAB + TAB
        at += len(part) + 1
    return made


def runs(line: str, start: int) -> list[Chunk]:
    """The strokes of a line that only draws."""
    return [
        Chunk(found[0], piece.left + found.start(), piece.left + found.end(), piece.start + found.start())
        for piece in chunks(line, start)
        for found in RULE_RUN.finditer(piece.text)
        if len(found[0]) > 1
    ]


def trailing(pieces: Sequence[Chunk]) -> int:
    """How many pieces at the end of a line look like figures (and are not all years or dates)."""
    count = 0
    for piece in reversed(pieces):
        if not (is_figure(piece.text) or piece.text in _ALONE or _all_figures(piece.text)):
            break
        count += 1
    tail = pieces[len(pieces) - count :]
    if all(YEAR.fullmatch(piece.text) or piece.text in _ALONE or _all_years(piece.text) for piece in tail):
        return 0
    return count


def split(piece: Chunk, edges: frozenset[int]) -> list[Chunk]:
    """A piece cut where one blank parts figures from each other or, at a known right edge of a column, from their
    caption."""
    parts: list[Chunk] = []
    within = not edges or piece.right >= min(edges) - 1  # a "$" left of all columns belongs to the caption
    for part in _cut(piece, _money(piece.text)) if "$" in piece.text and within else [piece]:
        if " " in part.text and _all_figures(part.text) and not is_figure(part.text):
            parts.extend(_cut(part, _between(part.text)))
        elif " " in part.text and _LETTER.search(part.text):
            parts.extend(_dates(part) or _headed(part) or _captioned(part, edges))
        else:
            parts.append(part)
    return parts


def _money(text: str) -> list[tuple[int, int]]:
    """The blanks before currency signs after which nothing but figures stands."""
    gaps = [found.span() for found in _MONEY.finditer(text)]
    return [
        (low, high)
        for low, high in gaps
        if _all_figures(text[high:]) or is_figure(text[high:]) or text[high:].strip("$ (") == ""
    ]


def _captioned(piece: Chunk, edges: frozenset[int]) -> list[Chunk]:
    found = _LAST.search(piece.text)
    if (
        not found
        or is_period(piece.text)
        or not (piece.right in edges or piece.right + 1 in edges or piece.right - 1 in edges)
    ):
        return [piece]
    at = found.start("figure")
    return [_sub(piece, 0, found.start()), *_cut(_sub(piece, at, len(piece.text)), [])]


def _dates(piece: Chunk) -> list[Chunk]:
    """Dates in a row that one blank parts."""
    if not _DATES.match(piece.text):
        return []
    found = list(_DATES.finditer(piece.text))
    spans = [each.span() for each in found]
    if len(found) < 2 or spans[-1][1] != len(piece.text) or any(one[1] != two[0] for one, two in pairwise(spans)):
        return []
    return [_sub(piece, each.start(), each.start() + len(each[0].rstrip())) for each in found]


def _headed(piece: Chunk) -> list[Chunk]:
    """A scale in brackets set right before the date of the first column."""
    at = piece.text.rfind(") ") + 1
    if not piece.text.startswith("(") or not at:
        return []
    head = _sub(piece, at + 1, len(piece.text))
    whole = _DATES.fullmatch(head.text)
    return [_sub(piece, 0, at), head] if whole else [_sub(piece, 0, at), *dates] if (dates := _dates(head)) else []


def _all_years(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and all(YEAR.fullmatch(word) for word in words)


def _all_figures(text: str) -> bool:
    if len(text) > 200 or not _DIGIT.search(text):
        return False
    spans = _between(text)
    at = 0
    for low, high in [*spans, (len(text), len(text))]:
        if not is_figure(text[at:low]):
            return False
        at = high
    return bool(spans)


def _between(text: str) -> list[tuple[int, int]]:
    """The blanks that part whole figures: not those after a currency sign, after "(" or before ")" and "%"."""
    return [
        (found.start(), found.end())
        for found in _BLANKS.finditer(text)
        if text[found.start() - 1] not in "$(-€£"
        and text[found.end() : found.end() + 1] not in (")", "%", "", ",")
        and not _RANGE.match(text, _word(text, found.start()))
    ]


def _word(text: str, end: int) -> int:
    """Where the word begins that ends there."""
    return text.rfind(" ", 0, end) + 1


def _cut(piece: Chunk, gaps: list[tuple[int, int]]) -> list[Chunk]:
    made, at = [], 0
    for low, high in [*gaps, (len(piece.text), len(piece.text))]:
        if low > at:
            made.append(_sub(piece, at, low))
        at = high
    return made


def _sub(piece: Chunk, low: int, high: int) -> Chunk:
    return Chunk(piece.text[low:high], piece.left + low, piece.left + high, piece.start + low)


__all__ = ["Chunk", "chunks", "led", "runs", "split", "trailing"]
