"""Paragraphs of a Word file that tab stops set in columns: which lines are the rows of one table, and in which column
each of their pieces stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median_low

from checker.core.value import evolve, frozen
from checker.office.word import TAB, Para, Piece
from checker.read.shapes import is_figure, is_number

_FEWEST = 3
"""Rows with figures that make a table."""
_REACH = 2
"""Lines without tabs that may stand between two rows: headings of sections, empty lines."""
_LONGEST_CAPTION = 120
"""Characters of such a line."""
_MARGIN = 1000
"""Tenths of a point from the margin within which tabs only set a caption in: no column of figures stands there."""
_USUAL = 22
"""Half points of text where nothing is said."""
_WIDE = re.compile(r"[A-Zmw@%&]")
_NARROW = re.compile(r"[ iljtfrI.,;:'!|()\[\]-]")
_TRAILING = re.compile(r"[)\]%]{1,3}")

Run = tuple[Piece, ...]


@frozen
class Rows:
    """Some paragraphs in a row; `columns` has the pieces of each of them column by column, and is empty where they make
    no table."""

    paras: tuple[Para, ...]
    columns: tuple[tuple[Run, ...], ...] = ()


@frozen
class _Part:
    """What stands between two tabs, and where: tenths of a point from the margin."""

    run: Run
    at: int

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.run if piece.text != TAB and piece.kind == "text").strip()


def tabbed(paras: Sequence[Para], stop: int) -> Iterator[Rows]:
    """All the paragraphs, in stretches that are tables and stretches that are none; `stop` is the default distance of
    tab stops."""
    plain: list[Para] = []
    for stretch, has_tabs in _stretches(paras):
        found = _table(stretch, stop) if has_tabs else None
        if found is None:
            plain += stretch
            continue
        if plain:
            yield Rows(tuple(plain))
            plain = []
        yield found
    if plain:
        yield Rows(tuple(plain))


def _stretches(paras: Sequence[Para]) -> Iterator[tuple[list[Para], bool]]:
    """Lines with tabs and the few without between them, and what stands between such stretches."""
    at = 0
    while at < len(paras):
        if not _has_tab(paras[at]):
            end = at + 1
            while end < len(paras) and not _has_tab(paras[end]):
                end += 1
            yield list(paras[at:end]), False
            at = end
            continue
        last = at
        end = at + 1
        while end < len(paras) and end - last <= _REACH + 1:
            if _has_tab(paras[end]):
                last = end
            elif len(paras[end].text) > _LONGEST_CAPTION:
                break
            end += 1
        yield list(paras[at : last + 1]), True
        at = last + 1


def _has_tab(para: Para) -> bool:
    """Whether a tab stands before some word of a line that belongs to no table of contents."""
    return not para.setting.contents and TAB in para.text.rstrip()


def _table(paras: Sequence[Para], stop: int) -> Rows | None:
    """The rows of a stretch; None where too few of them print figures, or nothing tells which column is which."""
    rows = [_parts(para, stop) for para in paras]
    figures = [[part for part in row[1:] if is_figure(part.text)] for row in rows]
    counts = Counter(len(found) for found in figures if any(is_number(part.text) for part in found))
    if counts.total() < _FEWEST:
        return None
    width = max(counts, key=lambda count: (counts[count], count))
    if max(counts) > width or counts[width] * 2 < counts.total():
        return None
    stops = [median_low([found[rank].at for found in figures if len(found) == width]) for rank in range(width)]
    if stops != sorted(set(stops)):
        return None
    columns = [_placed(row, found, stops) for row, found in zip(rows, figures, strict=True)]
    return Rows(tuple(paras), tuple(columns))


def _placed(row: Sequence[_Part], figures: Sequence[_Part], stops: Sequence[int]) -> tuple[Run, ...]:
    """The pieces of a row in its columns: by rank where it prints a figure in each or a head over each, else where the
    tab stops say."""
    width = len(stops)
    cells: list[list[Piece]] = [list(row[0].run), *([] for _ in stops)]
    others = [part for part in row[1:] if part.text]
    by_rank = figures if len(figures) == width else others if len(others) == width else ()
    ranks = {id(part): rank for rank, part in enumerate(by_rank)}
    last = 0
    for part in row[1:]:
        if id(part) in ranks:
            column = ranks[id(part)] + 1
        elif not part.text or (by_rank and _TRAILING.fullmatch(part.text)):
            column = last
        else:
            column = _nearest(stops, part.at) + 1
            if by_rank:  # a sign before its figure
                column = min(
                    (rank + 1 for one, rank in ((one, ranks[id(one)]) for one in by_rank) if one.at >= part.at),
                    default=column,
                )
        last = max(last, column)
        cells[last] += part.run
    return tuple(tuple(cell) for cell in cells)


def _nearest(stops: Sequence[int], at: int) -> int:
    after = bisect_left(stops, at)
    around = [index for index in (after - 1, after) if 0 <= index < len(stops)]
    return min(around, key=lambda index: abs(stops[index] - at))


def _parts(para: Para, stop: int) -> list[_Part]:
    """What a line prints between its tabs, the caption first. A tab belongs to the part behind it."""
    stops = sorted((one.at, one.kind) for one in para.setting.stops or () if one.kind not in ("clear", "bar", "num"))
    reached = max(0, (para.setting.left or 0) + (para.setting.first or 0))
    parts = [_Part((), reached)]
    for piece in para.pieces:
        if piece.text == TAB:
            reached = _next(stops, reached, stop)
            if reached > _MARGIN:
                parts.append(_Part((piece,), reached))
                continue
        else:
            reached += _width(piece)
        parts[-1] = evolve(parts[-1], run=(*parts[-1].run, piece))
    return parts


def _next(stops: Sequence[tuple[int, str]], reached: int, stop: int) -> int:
    """The first tab stop behind what is reached: one that was set, else the next of the default ones."""
    return next((at for at, _ in stops if at > reached), (reached // stop + 1) * stop)


def _width(piece: Piece) -> int:
    """About how many tenths of a point the characters take: exact enough to know which stop comes next."""
    size = (piece.look.size or _USUAL) * 5
    wide, narrow = len(_WIDE.findall(piece.text)), len(_NARROW.findall(piece.text))
    usual = len(piece.text) - wide - narrow
    return (wide * 70 + narrow * 30 + usual * 50) * size // 100
