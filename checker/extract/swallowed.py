"""Tables whose first column of amounts a converter left behind the captions: "Revenue 43.2 | 41.4".

Where every line with figures has an amount at the end of its caption, those amounts are a column of their own again.
One line without is enough to leave the captions as they are: then they may as well be numbers of notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from checker.core.value import evolve, frozen
from checker.extract.pieces import Piece
from checker.extract.rows import Read
from checker.lexicon import money, numbers, time
from checker.lexicon.numbers import Style

_FEWEST = 3
"""Lines that show it."""
_TOLD = 2
"""One of so many must have an amount that no note is numbered with: with decimals, groups of thousands or brackets."""
_TAIL = re.compile(
    rf"(?<=[^\W\d_]|[)%*.:’'])\s+(?P<amount>[{money.CLASS}]?\s?[(−–-]?\s?[{money.CLASS}]?\d[\d.,]*\s?[%)]{{0,2}}|[–—-])$"
)
_COUNTED = re.compile(r"(?P<chapter>(?:\d+\.)*)(?P<number>\d+)\.?")
"""A number that captions are told apart by: 2, 2.1, 2.1.3."""
_HEAD = re.compile(
    rf"(?:^|\s)(?P<head>(?:(?:{time.SPAN}\s+(?:ended|to)\s+)?{time.DAY}\s*)?{time.YEAR})$", re.IGNORECASE
)
"""The head of a column behind what stands over the captions: "£m 2024"."""
_AMOUNT = re.compile(rf"\d[.,]\d|[(−–-]\s?[{money.CLASS}]?\d")


@frozen
class _Caption:
    """A caption with the amount behind it, and where that begins in its text."""

    words: str
    amount: Piece


def released(rows: Sequence[Read], style: Style) -> Sequence[Read]:
    """The rows with the first column of amounts apart from the captions; as they are where it is no part of them."""
    lines = [
        read
        for read in rows
        if read.numbers and read.pieces[0].left == 0 and not read.pieces[0].is_number and not _heads(read)
    ]
    known = {id(read) for read in lines}
    if len(lines) < _FEWEST or any(read.numbers and id(read) not in known and not _heads(read) for read in rows):
        return rows
    found = {id(read): _parted(read.pieces[0], style) for read in lines}
    amounts = [one.amount for one in found.values() if one is not None]
    if len(amounts) < len(lines) or sum(_AMOUNT.search(piece.text) is not None for piece in amounts) * _TOLD < len(
        amounts
    ):
        return rows
    if _counting([piece.text for piece in amounts]):
        return rows
    return [_moved(read, found.get(id(read)) or _parted_head(read)) for read in rows]


def _heads(read: Read) -> bool:
    """Whether the numbers of a row are years or days over columns."""
    return all(numbers.is_year(piece.text) or bool(time.read(piece.text)) for piece in read.numbers)


def _counting(texts: Sequence[str]) -> bool:
    """Whether numbers count the lines, anew in each chapter ("Phase 1.1, Phase 1.2, Phase 2.1"): then they are of the
    captions."""
    found = [_COUNTED.fullmatch(text) for text in texts]
    places = [
        ([int(part) for part in match["chapter"].split(".")[:-1]], int(match["number"]))
        for match in found
        if match is not None
    ]
    follows = (
        after == (chapter, number + 1) or (after[0] > chapter and after[1] <= 1)
        for (chapter, number), after in pairwise(places)
    )
    return len(places) == len(texts) and all(follows)


def _parted(piece: Piece, style: Style) -> _Caption | None:
    match = _TAIL.search(piece.text)
    printed = numbers.parse(match["amount"], style) if match is not None else None
    if match is None or printed is None or numbers.is_year(match["amount"]):
        return None
    start = match.start("amount")
    amount = Piece(match["amount"], 1, 2, piece.cell, printed, piece.offset - start, piece.rule_above, piece.rule_below)
    return _Caption(piece.text[: match.start()], amount)


def _parted_head(read: Read) -> _Caption | None:
    """The first head behind what stands over the captions: "£m 2024"."""
    first = read.pieces[0] if read.pieces else None
    if first is None or first.left or first.is_number:
        return None
    match = _HEAD.search(first.text)
    if match is None:
        return None
    return _Caption(
        first.text[: match.start()].strip(),
        evolve(first, text=match["head"], left=1, right=2, printed=None, offset=-match.start("head")),
    )


def _moved(read: Read, caption: _Caption | None) -> Read:
    """A row with one column more behind its captions."""
    behind = tuple(evolve(piece, left=piece.left + 1, right=piece.right + 1) for piece in read.pieces if piece.left)
    before = tuple(piece for piece in read.pieces if not piece.left)
    if caption is None:
        return evolve(read, pieces=(*before, *behind))
    words = (evolve(before[0], text=caption.words),) if caption.words else ()
    return evolve(read, pieces=(*words, caption.amount, *behind))
