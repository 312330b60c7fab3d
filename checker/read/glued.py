"""Figures that lost the blanks between them ("3,8703,25414,162"): parted where the count of columns leaves one way
only.

Commas stand before three digits each, amounts of four digits and more have them: often that alone decides. Nothing is
guessed where it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Stretch = tuple[int, int]

_RUN = re.compile(r"[\d,.()$%\\\s—–-]+")
_END = re.compile(r"[^\d)%—–-]+$|(?<=[\d)%])\s*-+$")
_ONE = re.compile(r"\(?\\?\$?\s?\(?(?:[1-9]\d{0,2}(?:,\d{3})*|0)(?:\.\d{1,2})?\)?%?")
_DASH = re.compile(r"\\?\$?[—–-]{1,2}")
_TWO = ("--", "––", "——")
_SIGN = re.compile(r"\(?\\?\$\(?|\(")
_MOST_WAYS = 64
"""Ways that are tried: those that only part dashes otherwise say the same, for a dash is nothing however long."""
_DASHES = "-–—"
_TRAILING = re.compile(rf"\s{{0,3}}[{_DASHES}]{{1,12}}(?=[A-Z\s]|$)")
_LONGEST = 160
"""Characters of the figures of one line, for which all ways to part them are tried."""


def stretch(text: str, start: int, end: int) -> Stretch:
    """Where the figures that begin at `start` end: before the first letter."""
    run = _RUN.match(text, start, min(end, start + _LONGEST * 2))
    if run is None:
        return start, start
    return start, start + len(_END.sub("", run[0]))


def with_dashes(text: str, span: Stretch, first: int) -> Iterator[Stretch]:
    """A stretch with the dashes that are glued to its first figure, to what stands behind its last, or both; it begins
    at `first` at the earliest."""
    begin, end = span
    start = begin
    while begin > first and (text[begin - 1] in _DASHES or text[begin - 1].isspace()):
        begin -= 1
        start = begin if text[begin] in _DASHES else start
    after = _TRAILING.match(text, end)
    end = after.end() if after is not None else end
    yield from (one for one in ((start, span[1]), (span[0], end), (start, end)) if one != span)


def parted(text: str, span: Stretch, count: int) -> tuple[Stretch, ...]:
    """The figures of a stretch, exactly `count` of them; none where nothing is glued, or there is no way to part it so,
    or more than one."""
    if span[1] - span[0] > _LONGEST:
        return ()
    pieces = [
        (span[0] + found.start(), span[0] + found.end()) for found in re.finditer(r"\S+", text[span[0] : span[1]])
    ]
    if all(
        _ONE.fullmatch(text, *piece) or _DASH.fullmatch(text, *piece) or _SIGN.fullmatch(text, *piece)
        for piece in pieces
    ):
        return ()
    ways: dict[tuple[Stretch | None, ...], tuple[Stretch, ...]] = {}
    for number, way in enumerate(way for way in _ways(text, pieces, count) if _is_even(text, way)):
        ways.setdefault(tuple(None if _DASH.fullmatch(text, *one) else one for one in way), way)
        if len(ways) > 1 or number == _MOST_WAYS:
            return ()
    return next(iter(ways.values()), ())


def followed(text: str, span: Stretch, count: int) -> tuple[Stretch, ...]:
    """The figures of a stretch that holds those of a line without a caption too: more than `count` of them are parted
    by blanks already."""
    pieces = text[span[0] : span[1]].split()
    return parted(text, span, 2 * count) if count < len(pieces) < 2 * count else ()


def _is_even(text: str, way: tuple[Stretch, ...]) -> bool:
    """Whether all figures have as many decimals, percentages aside: "0.001" is not 0.00 and 1."""
    shown = [text[low:high].strip("()") for low, high in way]
    return len({len(one.partition(".")[2]) for one in shown if one[-1:].isdigit()}) < 2


def _ways(text: str, pieces: list[Stretch], count: int) -> Iterator[tuple[Stretch, ...]]:
    if not pieces:
        if count == 0:
            yield ()
        return
    (start, end), rest = pieces[0], pieces[1:]
    if _SIGN.fullmatch(text, start, end) and rest:  # a currency sign or a bracket that stands apart from its figure
        yield from _ways(text, [(start, rest[0][1]), *rest[1:]], count)
        return
    for first in _firsts(text, start, end):
        left = [(first, end)] if first < end else []
        if count > 0:
            yield from (((start, first), *others) for others in _ways(text, [*left, *rest], count - 1))


def _firsts(text: str, start: int, end: int) -> Iterator[int]:
    """Where the first figure of a piece may end."""
    dash = _DASH.match(text, start, end)
    if dash is not None:
        yield dash.end()
        if (
            dash.end() - start > 1 and text[dash.end() - 2 : dash.end()] in _TWO
        ):  # one dash of two characters, or two dashes
            yield dash.end() - 1
        return
    for stop in range(start + 1, end + 1):
        one = text[start:stop]
        if _ONE.fullmatch(one) and one.count("(") == one.count(")") and not (stop < end and text[stop] in ",.)%"):
            yield stop
