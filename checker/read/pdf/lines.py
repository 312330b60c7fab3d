"""The words of a page as lines, from top to bottom: columns of running text one after the other, raised marks apart,
pieces parted as the print parts them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from statistics import median

from attrs import define

from checker.core.value import evolve, frozen
from checker.lexicon import numbers
from checker.lexicon.money import CLASS
from checker.paper.values import Page, Stroke, Word
from checker.read.shapes import YEAR, is_figure, is_mark

_SAME = 0.28
"""Of the size: words whose lines run so near each other stand on one."""
_SMALL = 0.87
"""Of the size of its neighbour: what is set smaller may be the mark of a note."""
_TOUCHING = 0.3
"""Of the size: a mark stands so near what it belongs to."""
_PARTED, _BESIDE, _BETWEEN = 0.85, 0.55, 0.3
"""Of the size: a gap so wide parts words from each other; a figure from words; two figures."""
_GLUED = 0.06
"""Of the size: digits that stand so near each other are of one number, whatever the file calls a blank."""
_GUTTER = 90
"""Tenths of a point between two columns of running text."""
_FEWEST = 5
"""Lines on either side that make two columns of text."""
_FULL = 0.6
"""Of the width of its column a line of running text fills, mostly."""
_FIGURES = 0.2
"""Of the lines of a column of text, so many may end with a figure."""
_GROUPED = re.compile(rf"[({CLASS}-]*\d{{1,3}}(?: \d{{3}})*")
_GROUP = re.compile(r"\d{3}[)%]*")
_DIGITS = re.compile(r"[\d.,]+")


@frozen
class Piece:
    """Words of a line that stand together."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words, a blank between."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> int:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> int:
        """Where it ends."""
        return max(word.right for word in self.words)


@frozen
class Printed:
    """One line of a page: its pieces from left to right; or, without any, lines drawn across."""

    page: int
    base: int
    size: int
    pieces: tuple[Piece, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    double: bool = False
    column: int = 0
    """Which column of running text it stands in, and of which part of the page: lines of one are read on end."""

    @property
    def words(self) -> Iterator[Word]:
        """All its words."""
        return (word for piece in self.pieces for word in piece.words)

    @property
    def text(self) -> str:
        """What it prints."""
        return " ".join(piece.text for piece in self.pieces)


def lines_of(page: Page) -> list[Printed]:
    """The lines of a page in the order they are read, with the lines drawn between them."""
    rows = _whole([_glued(row) for row in _without_marks(_rows(page.words))])
    rows = [_glued(row) for row in _level(_beside_captions(rows))]
    printed: list[Printed] = []
    for column, part in enumerate(_columns(rows)):
        printed += [_printed(page.number, row, column) for row in part]
    return _ruled(printed, page)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """The words of each line from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.base, one.left)):
        if (
            rows
            and word.base - rows[-1][-1].base <= max(8, _SAME * min(word.size, rows[-1][-1].size))
            and word.base - rows[-1][0].base <= _SAME * word.size + 8
        ):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda one: (one.left, one.right))
    return [_once(row) for row in rows]


def _once(row: list[Word]) -> list[Word]:
    """The words of a line without those printed twice over each other, as some programs print what is bold."""
    kept: list[Word] = []
    for word in row:
        if kept and word.text == kept[-1].text and abs(word.left - kept[-1].left) <= 12:
            kept[-1] = kept[-1]._replace(bold=True)
        else:
            kept.append(word)
    return kept


# ---- numbers that a narrow cell broke --------------------------------------------------------------------------------


_NEXT = 1.5
"""Of the size: the end of a number that was broken stands so far below its beginning at most."""
_CELL = 0.15
"""Of the size: how far the edges of the two parts of a number may differ."""


def _whole(rows: Sequence[list[Word]]) -> list[list[Word]]:
    """The lines with numbers that a narrow cell broke in one piece: "109,47" above "7", "(19.2" above ")", "(6)" above
    "%". They stand where the number begins, or on the line between its parts that a caption in the middle has."""
    ended = [bool(row) and all(_is_end(word.text) for word in row) for row in rows]
    broken = [at for at, row in enumerate(rows) if any(map(_may_go_on, row))]
    if not broken:
        return list(rows)
    done = [list(row) for row in rows]
    for at in broken:
        for word in [one for one in done[at] if _may_go_on(one)]:
            found = next(
                (
                    (below, rest)
                    for below in range(at + 1, min(at + 3, len(done)))
                    for rest in done[below]
                    if (ended[below] or set(rest.text) <= _CLOSING) and _is_rest(word, rest)
                ),
                None,
            )
            if found is None:
                continue
            below, rest = found
            left, top, right, bottom = word.box
            box = (min(left, rest.box[0]), top, max(right, rest.box[2]), max(bottom, rest.box[3]))
            line = at + 1 if below > at + 1 else at
            done[at].remove(word)
            done[below].remove(rest)
            base = done[line][0].base if line != at and done[line] else word.base
            done[line].append(word._replace(text=word.text + rest.text, box=box, base=base))
            done[line].sort(key=lambda one: (one.left, one.right))
    return [row for row in done if row]


def _is_rest(word: Word, rest: Word) -> bool:
    """Whether a word below a broken number ends it: it stands at an edge of the same cell, and they make a number."""
    near = _CELL * word.size
    closing = set(rest.text) <= _CLOSING
    if closing:
        fits = word.left - near <= rest.left and rest.right <= word.right + near
    else:
        fits = abs(rest.left - word.left) <= near or abs(rest.right - word.right) <= near
    return (
        fits
        and 0 < rest.base - word.base <= _NEXT * word.size * (2 if closing else 1)
        and (_lacks_end(word.text) if closing else _is_broken(word.text))
        and numbers.parse(word.text + rest.text, "point") is not None
    )


_CLOSING = frozenset(")%")


def _may_go_on(word: Word) -> bool:
    """Whether a word can be the beginning of a number that a narrow cell broke."""
    return _is_broken(word.text) or _lacks_end(word.text)


def _lacks_end(text: str) -> bool:
    """Whether signs may close a number: one in brackets that is no rate yet, or whose bracket is open. The digit of a
    note whose bracket is open is none."""
    return (
        "(" in text
        and text[-1] in "0123456789)"
        and (text[-1] == ")" or len(text) > _LONGEST_MARK)
        and numbers.looks_like_one(text.rstrip(")") + ")")
    )


_LONGEST_MARK = 3
"""Characters of the mark of a note before its bracket is closed: "(12"."""


def _is_broken(text: str) -> bool:
    """Whether a word is the beginning of a number whose thousands are parted, and not all of one."""
    return "," in text and text[-1] in "0123456789," and numbers.parse(text, "point") is None


def _is_end(text: str) -> bool:
    """Whether a word can be the last digits of a number, or the signs that close one."""
    return text.rstrip(")%").replace(",", "").isdecimal() or set(text) <= _CLOSING


def _beside_captions(rows: Sequence[list[Word]]) -> list[list[Word]]:
    """The lines, figures that stand in the middle beside two lines of a caption on one line with both, and a bullet in
    the middle beside a text before its first line."""
    done: list[list[Word]] = []
    at = 0
    while at < len(rows):
        if done and at + 1 < len(rows) and _is_middle(done[-1], rows[at], rows[at + 1]):
            base = rows[at][0].base
            caption = [word._replace(base=base) for word in (*done[-1], *rows[at + 1])]
            done[-1] = [*caption, *rows[at]]
            at += 2
        elif done and len(rows[at]) == 1 and _is_bullet_of(rows[at][0], done[-1]):
            done[-1] = [rows[at][0]._replace(base=done[-1][0].base), *done[-1]]
            at += 1
        else:
            done.append(rows[at])
            at += 1
    return done


def _is_bullet_of(word: Word, above: Sequence[Word]) -> bool:
    """Whether a word is the bullet of a text whose first line stands a little above it."""
    near = word.base - above[0].base <= word.size and above[0].left - word.right <= 4 * above[0].size
    return word.text in _BULLETS and near and word.right <= above[0].left


_BULLETS = frozenset("•●▪◦‣·o")


def _is_middle(above: Sequence[Word], row: Sequence[Word], below: Sequence[Word]) -> bool:
    """Whether a line of nothing but figures stands right of two lines that are set as close as those of one text."""
    if not all(_is_value(word.text) for word in row):
        return False
    size = min(above[0].size, below[0].size)
    return (
        below[0].base - above[0].base <= _NEXT * size
        and below[0].base - row[0].base > _SAME * size < row[0].base - above[0].base
        and max(above[-1].right, below[-1].right) < row[0].left
        and abs(above[0].left - below[0].left) <= 2 * size
        and not any(_is_value(word.text) for word in (above[-1], below[-1]) if word is not below[0])
    )


# ---- raised marks ----------------------------------------------------------------------------------------------------


def _without_marks(rows: Sequence[list[Word]]) -> list[list[Word]]:
    """The lines with the marks of notes at the words they belong to."""
    kept: list[list[Word]] = []
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else []
        row = _within(row)
        if below and all(is_mark(word.text) and _raises(word, below) is not None for word in row):
            for word in row:
                owner = _raises(word, below)
                if owner is not None:
                    below[owner] = _marked(below[owner], word.text)
            continue
        kept.append(row)
    return kept


def _within(row: list[Word]) -> list[Word]:
    """A line whose small raised words are marks of the words before them."""
    done: list[Word] = []
    for word in row:
        before = done[-1] if done else None
        near = before is not None and word.left - before.right <= _TOUCHING * before.size
        small = near and before is not None and word.size < _SMALL * before.size
        if before is not None and small and before.base - word.base >= 0.04 * before.size and is_mark(word.text):
            done[-1] = _marked(before, word.text)
        else:
            done.append(word)
    return done


def _raises(word: Word, below: Sequence[Word]) -> int | None:
    """The word of the line below that a small word is raised behind."""
    for index, one in enumerate(below):
        near = -0.5 * one.size <= word.left - one.right <= _TOUCHING * one.size
        if near and word.size < _SMALL * one.size and 0 < one.base - word.base < 0.7 * one.size:
            return index
    return None


def _marked(word: Word, mark: str) -> Word:
    return word._replace(marks=f"{word.marks} {mark}".strip())


def _level(rows: Sequence[list[Word]]) -> list[list[Word]]:
    """The lines, those set a little higher or lower beside each other as one: figures in the middle beside a caption,
    the head of one column."""
    done: list[list[Word]] = []
    for at, row in enumerate(rows):
        after = rows[at + 1] if at + 1 < len(rows) else None
        before = done[-1] if done else None
        if (
            after is not None
            and _beside(row, after)
            and not (before is not None and _beside(before, row) and _is_figured(after))
        ):
            after[:] = sorted([*row, *after], key=lambda one: one.left)
        elif before is not None and _beside(before, row):
            done[-1] = sorted([*before, *row], key=lambda one: one.left)
        else:
            done.append(row)
    return done


def _beside(above: Sequence[Word], below: Sequence[Word]) -> bool:
    """Whether two lines are so near in height that none can stand under the other, and neither does."""
    size = min(min(word.size for word in above), min(word.size for word in below))
    if max(word.base for word in below) - min(word.base for word in above) > _BESIDE_LEVEL * size:
        return False
    spans = sorted([(word.left, word.right, 0) for word in above] + [(word.left, word.right, 1) for word in below])
    mixed = any(one[2] != two[2] and two[0] - one[1] < 0.5 * size for one, two in pairwise(spans))
    return not mixed


def _is_figured(row: Sequence[Word]) -> bool:
    return any(_is_value(word.text) for word in row)


_BESIDE_LEVEL = 0.62
"""Of the size: lines nearer in height than that cannot be two lines of one text."""


# ---- pieces ----------------------------------------------------------------------------------------------------------


def _glued(row: Sequence[Word]) -> list[Word]:
    """The words of a line, digits that hardly anything parts put together."""
    done: list[Word] = []
    for word in row:
        before = done[-1] if done else None
        if (
            before is not None
            and not before.marks
            and word.left - before.right <= _GLUED * word.size
            and _goes_on(before, word)
        ):
            left, top, right, bottom = before.box
            box = (min(left, word.box[0]), min(top, word.box[1]), max(right, word.box[2]), max(bottom, word.box[3]))
            done[-1] = word._replace(
                text=before.text + word.text, left=before.left, box=box, size=max(before.size, word.size)
            )
        else:
            done.append(word)
    return done


def _goes_on(before: Word, word: Word) -> bool:
    """Whether two words are the parts of one number."""
    joined = before.text + word.text
    return (
        bool(_DIGITS.search(before.text))
        and word.text[0] in "0123456789.,)%"
        and is_figure(joined)
        and not (is_figure(before.text) and is_figure(word.text))
    )


def _pieces(row: Sequence[Word]) -> tuple[Piece, ...]:
    if _is_stretched(row):
        return (Piece(tuple(row)),)
    parts: list[list[Word]] = []
    stroked = any(word.text in _STROKES for word in row)
    for at, word in enumerate(row):
        if parts and ((stroked and (_is_range(row, at) or _is_range(row, at - 1))) or not _apart(parts[-1], word)):
            parts[-1].append(word)
        else:
            parts.append([word])
    return tuple(Piece(tuple(part)) for part in parts)


def _is_stretched(row: Sequence[Word]) -> bool:
    """Whether a line of text is set to both edges: the gaps between its words are wide, and all alike."""
    if len(row) < _FEWEST_STRETCHED:
        return False
    gaps = [two.left - one.right for one, two in pairwise(row)]
    alike = _BESIDE * row[0].size < max(gaps) <= min(_ALIKE * min(gaps), _WIDEST * row[0].size)
    return alike and 4 * sum(is_figure(word.text) for word in row) <= len(row)


_FEWEST_STRETCHED = 5
"""Words of a line that show whether its gaps are alike."""
_WIDEST = 3
"""Of the size: no line of text is set so wide."""
_ALIKE = 1.5
"""Times the narrowest gap of a line that is set to both edges."""
_STROKES = ("-", "–")


def _is_range(row: Sequence[Word], at: int) -> bool:
    """Whether a word is the stroke between two figures: from one to the other."""
    if not 0 < at < len(row) - 1 or row[at].text not in _STROKES:
        return False
    before, after = row[at - 1], row[at + 1]
    near = max(row[at].left - before.right, after.left - row[at].right) < _BESIDE * max(1, row[at].size)
    return near and before.text[-1:] in "0123456789%" and after.text[:1] in "0123456789"


def _apart(part: Sequence[Word], word: Word) -> bool:
    """Whether the print parts a word from those before it."""
    before = part[-1]
    gap = (word.left - before.right) / max(1, min(before.size, word.size))
    if gap >= _PARTED:
        return True
    counted = _is_value(word.text)
    if counted and _is_value(before.text):
        joined = len(part) == 1 or _is_value(part[0].text)
        grouped = joined and _GROUP.fullmatch(word.text) and _GROUPED.fullmatch(" ".join(one.text for one in part))
        return gap >= (_PARTED if grouped else _BETWEEN)
    return (counted or _is_value(before.text)) and gap >= _BESIDE


def _is_value(text: str) -> bool:
    """Whether a word is a figure by itself, or the sign before one."""
    return text in ("$", "€", "£", "¥", "—", "–") or (is_figure(text) and not YEAR.fullmatch(text))


def _printed(page: int, row: Sequence[Word], column: int) -> Printed:
    sizes = sorted(word.size for word in row)
    return Printed(page, max(word.base for word in row), sizes[len(sizes) // 2], _pieces(row), column=column)


# ---- columns of running text -----------------------------------------------------------------------------------------


def _columns(rows: Sequence[list[Word]]) -> Iterator[list[list[Word]]]:
    """The lines as they are read: those of a page as they stand, of two columns of running text the left ones first."""
    reaches = [_Reach(row) for row in rows]
    waiting: list[list[Word]] = []
    at = 0
    while at < len(rows):
        found = _gutter(reaches, at)
        if found is None:
            waiting.append(rows[at])
            at += 1
            continue
        stop, middle = found
        if waiting:
            yield waiting
            waiting = []
        for side in (0, 1):
            half = [
                part for row in rows[at:stop] if (part := [word for word in row if (word.left >= middle) == bool(side)])
            ]
            yield from _columns(half) if side else [half]
        at = stop
    if waiting:
        yield waiting


def _gutter(rows: Sequence[_Reach], at: int) -> tuple[int, int] | None:
    """Where two columns of running text that begin at a line end, and what stands between them."""
    for left, right in rows[at].gaps:
        stop = at
        while stop < len(rows):
            before, after = rows[stop].around((left + right) // 2)
            low = left if before is None or before < left else before
            high = right if after is None or after > right else after
            if high - low < _GUTTER:
                break
            left, right = low, high
            stop += 1
        middle = (left + right) // 2
        if (
            stop - at >= _FEWEST
            and not _is_figured_right(rows[at:stop], middle)
            and _is_text([row.words for row in rows[at:stop]], middle)
        ):
            return stop, middle
    return None


def _is_figured_right(rows: Sequence[_Reach], middle: int) -> bool:
    """Whether figures end the lines right of a gap, as in nearly every table: the quickest thing to ask."""
    right = [row.ends for row in rows if row.words[-1].left >= middle]
    return sum(right) > _FIGURES * len(right)


@define(slots=False)
class _Reach:
    """A line, and how far its words reach on either side of a place: asked of every line below a gap, for every line
    above."""

    words: list[Word]

    @cached_property
    def gaps(self) -> list[tuple[int, int]]:
        """Where columns of running text may be parted."""
        return [(one.right, two.left) for one, two in pairwise(self.words) if two.left - one.right >= _GUTTER]

    @cached_property
    def ends(self) -> bool:
        """Whether a figure ends it."""
        return _is_value(self.words[-1].text)

    @cached_property
    def _lefts(self) -> list[int]:
        return [word.left for word in self.words]

    @cached_property
    def _rights(self) -> list[int]:
        """The furthest right that the words up to each reach."""
        return list(accumulate((word.right for word in self.words), max))

    def around(self, middle: int) -> tuple[int | None, int | None]:
        """Where the words that begin left of a place end, and where the first of the others begins."""
        number = bisect_left(self._lefts, middle)
        return (self._rights[number - 1] if number else None), (
            self._lefts[number] if number < len(self._lefts) else None
        )


def _is_text(rows: Sequence[list[Word]], middle: int) -> bool:
    """Whether running text fills both sides of a gap, and no figures stand under each other."""
    for side in (0, 1):
        parts = [part for row in rows if (part := [word for word in row if (word.left >= middle) == bool(side)])]
        if len(parts) < _FEWEST:
            return False
        left, right = min(part[0].left for part in parts), max(part[-1].right for part in parts)
        filled = median((part[-1].right - part[0].left) / max(1, right - left) for part in parts)
        ends = sum(_is_value(part[-1].text) for part in parts)
        holes = sum(any(two.left - one.right > 1.5 * one.size for one, two in pairwise(part)) for part in parts)
        if (
            filled < _FULL
            or ends > _FIGURES * len(parts)
            or holes * 4 > len(parts)
            or right - left < 10 * parts[0][0].size
        ):
            return False
    return True


# ---- lines drawn across ----------------------------------------------------------------------------------------------


_LEVEL, _DOUBLE, _JOINED = 12, 45, 25
"""Tenths of a point: strokes so near in height are one line, two lines so near each other a double one, strokes so near
their neighbours go on."""
_EVERY = 0.7
"""Of the lines of a page: where so many are underlined, the page is ruled, and no line is told from others."""
_NEAR = 4
"""Lines from a row of figures within which a drawn line belongs to it."""


def _ruled(printed: Sequence[Printed], page: Page) -> list[Printed]:
    """The lines of a page with what is drawn between them, where rows of figures are near."""
    figured = [
        any(_is_value(piece.words[-1].text) and len(piece.text) > 0 for piece in line.pieces[1:]) for line in printed
    ]
    drawn = _drawn(page.strokes)
    if not drawn or len(drawn) > max(12, _EVERY * len(printed)):
        drawn = [one for one in drawn if one.double]
    done: list[Printed] = []
    waiting = sorted(drawn, key=lambda one: one.base)
    for at, line in enumerate(printed):
        straight = not at or line.base >= printed[at - 1].base
        while waiting and straight and waiting[0].base < line.base - 0.3 * line.size:
            rule = waiting.pop(0)
            if any(figured[max(0, at - _NEAR) : at + _NEAR]):
                done.append(evolve(rule, page=page.number, size=line.size))
        done.append(line)
    if waiting and any(figured[-_NEAR:]):
        done += [evolve(rule, page=page.number) for rule in waiting[:2]]
    return done


def _drawn(strokes: Sequence[Stroke]) -> list[Printed]:
    """Strokes of one height as one line; of two lines close together the upper one, double."""
    levels: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda one: (one.y, one.left)):
        if levels and stroke.y - levels[-1][0].y <= _LEVEL:
            levels[-1].append(stroke)
        else:
            levels.append([stroke])
    made: list[Printed] = []
    for level in levels:
        joined: list[Stroke] = []
        for stroke in sorted(level, key=lambda one: one.left):
            if joined and stroke.left - joined[-1].right <= _JOINED:
                joined[-1] = Stroke(joined[-1].left, max(joined[-1].right, stroke.right), joined[-1].y)
            else:
                joined.append(stroke)
        if made and level[0].y - made[-1].base <= _DOUBLE and _alike(made[-1].strokes, joined):
            made[-1] = evolve(made[-1], double=True)
        else:
            made.append(Printed(0, level[0].y, 0, strokes=tuple(joined)))
    return made


def _alike(one: Sequence[Stroke], other: Sequence[Stroke]) -> bool:
    return len(one) == len(other) and all(
        abs(a.left - b.left) <= 2 * _JOINED and abs(a.right - b.right) <= 2 * _JOINED
        for a, b in zip(one, other, strict=True)
    )
