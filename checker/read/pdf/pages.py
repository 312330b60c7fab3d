"""What stands on the pages of a PDF, page by page: words with their boxes, lines drawn across, pictures. Everything
that speaks to pdfium is here.

A page is loaded, emptied into plain values and closed before the next; nothing of a file is ever run, followed or
written.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from attrs import define

from checker.core.place import Box
from checker.core.value import frozen

MOST_CHARACTERS = 200_000
"""Characters of a page that are read: no page that anyone reads has more."""
_MOST_OBJECTS = 40_000
"""Things drawn on a page among which lines and pictures are sought."""
_DEEPEST = 3
"""Forms inside of forms that are looked into."""
_MOST_SEGMENTS = 4_000
"""Strokes of one path that are looked at."""
_THIN, _SHORTEST = 25, 60
"""Tenths of a point: a drawn thing so low and so long is a line."""
_COVERS = 0.7
"""Of a page: a picture that takes so much of it is a scan, or hides what is under it."""
_PICTURE = (1000, 500)
"""Tenths of a point that a picture is wide and high, at least: smaller ones are logos."""
_FARTHEST = 200_000
"""Tenths of a point from the corner: nothing further away is shown."""
_SMALLER = 0.87
"""A character so much lower than its neighbour is set in another size."""
_LEADER = re.compile(r"\.{3,}|…+|_{4,}|(?:(?<=\s)|^)\.+$")
_CLOSED = re.compile(r"\d([)\]%]+)$")
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_INVISIBLE = 3
"""The mode of text that is neither filled nor stroked."""
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_UNMAPPED = "\ufffd"


@frozen
class Word:
    """What no blank parts, in tenths of a point: from the left, from the top, as one reads the page."""

    text: str
    left: int
    right: int
    base: int
    """Where the line it stands on runs."""
    size: int
    """How high its characters are set."""
    box: Box
    """Where it stands on the page as it is shown, which may be turned."""
    edge: int
    """Where its digits end, before signs that close them."""
    bold: bool = False
    marks: str = ""
    """Marks of notes that are raised behind it."""


@frozen
class Stroke:
    """A line drawn across."""

    left: int
    right: int
    y: int


@frozen
class Page:
    """One page: its words in no order yet."""

    number: int
    words: tuple[Word, ...]
    strokes: tuple[Stroke, ...]
    pictures: tuple[Box, ...]
    doubtful: bool
    """Its text lies under a picture of the page, or over one without being shown: what a program read off it."""
    scanned: bool
    """A picture fills it, and it has no text."""
    unshown: int
    """Characters that are never shown, with no picture over or under them; they are left out."""
    unmapped: int
    """Words of characters that do not say what they are."""
    cut: bool
    """It holds more characters than are read."""


class Damaged(Exception):
    """The file cannot be opened; `protected`: because it asks for a password."""

    def __init__(self, protected: bool) -> None:
        self.protected = protected
        super().__init__()


@define
class Opened:
    """A file that could be opened. `close` gives back what it holds."""

    handle: Any
    buffer: Any
    count: int
    embedded: int
    """Files that are embedded in it."""

    def close(self) -> None:
        """Ends what was opened."""
        pdfium.FPDF_CloseDocument(self.handle)

    def pages(self, most: int) -> Iterator[Page | None]:
        """Each page, one at a time; None for one that is broken."""
        for number in range(min(self.count, most)):
            loaded = pdfium.FPDF_LoadPage(self.handle, number)
            if not loaded:
                yield None
                continue
            try:
                yield _Reading(loaded, number + 1).page()
            finally:
                pdfium.FPDF_ClosePage(loaded)


def opened(content: bytes) -> Opened:
    """The file, opened without a password or with the empty one; Damaged where it cannot be."""
    buffer = (ctypes.c_char * max(1, len(content))).from_buffer_copy(content or b"\0")
    handle = pdfium.FPDF_LoadMemDocument64(buffer, len(content), None)
    if not handle:
        raise Damaged(pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY))
    return Opened(handle, buffer, pdfium.FPDF_GetPageCount(handle), max(0, pdfium.FPDFDoc_GetAttachmentCount(handle)))


class _Reading:
    """One page while it is read."""

    def __init__(self, loaded: Any, number: int) -> None:
        self.loaded, self.number = loaded, number
        bounds = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(loaded, ctypes.byref(bounds))
        self.bounds = (bounds.left, bounds.bottom, bounds.right, bounds.top)
        self.shown = max(0, pdfium.FPDFPage_GetRotation(loaded)) % 4
        self.turned = self.shown
        self.strokes: list[tuple[float, float, float, float]] = []
        self.images: list[tuple[float, float, float, float]] = []
        self.last_text = self.last_image = -1
        self.faces: dict[int, tuple[bool, bool]] = {}

    def page(self) -> Page:
        """Everything that stands on it."""
        self._drawn()
        text = pdfium.FPDFText_LoadPage(self.loaded)
        try:
            found, unmapped, cut = self._words(text) if text else ([], 0, False)
        finally:
            if text:
                pdfium.FPDFText_ClosePage(text)
        covering = any(self._covers(image) for image in self.images)
        hidden = [word for word, unseen in found if unseen]
        seen = [word for word, unseen in found if not unseen]
        doubtful = covering and bool(hidden or (seen and self.last_image > self.last_text))
        unshown = 0 if doubtful else sum(len(word.text) for word in hidden)
        words = [*seen, *hidden] if doubtful else seen
        lines = [self._set(one, self.turned) for one in self.strokes]
        strokes = tuple(
            Stroke(left, right, bottom)
            for left, top, right, bottom in lines
            if right - left >= _SHORTEST and bottom - top <= _THIN
        )
        boxes = [self._set(image, self.shown) for image in self.images]
        pictures = tuple(box for box in boxes if box[2] - box[0] >= _PICTURE[0] and box[3] - box[1] >= _PICTURE[1])
        return Page(
            self.number, tuple(words), strokes, pictures, doubtful, covering and not words, unshown, unmapped, cut
        )

    # ---- what is drawn

    def _drawn(self) -> None:
        """Lines and pictures, those of forms included."""
        left = [min(pdfium.FPDFPage_CountObjects(self.loaded), _MOST_OBJECTS)]
        unit = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        for index in range(left[0]):
            self._one(pdfium.FPDFPage_GetObject(self.loaded, index), index, (unit, 0, left))

    def _one(self, drawn: Any, index: int, within: tuple[tuple[float, ...], int, list[int]]) -> None:
        matrix, depth, left = within
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self.last_text = index
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(drawn, matrix)
            if box is not None:
                self.images.append(box)
                self.last_image = index if self._covers(box) else self.last_image
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(drawn, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = pdfium.FS_MATRIX()
            if not pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(inner)):
                return
            joined = _joined((inner.a, inner.b, inner.c, inner.d, inner.e, inner.f), matrix)
            count = min(max(0, pdfium.FPDFFormObj_CountObjects(drawn)), left[0])
            left[0] -= count
            for each in range(count):
                self._one(pdfium.FPDFFormObj_GetObject(drawn, each), index, (joined, depth + 1, left))

    def _path(self, drawn: Any, matrix: tuple[float, ...]) -> None:
        """A path that is a line, or every level stroke of one that draws a frame."""
        box = _bounds(drawn, matrix)
        if box is None:
            return
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) * 10 <= _THIN:
            if max(width, height) * 10 >= _SHORTEST:
                self.strokes.append(box)
            return
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        if not pdfium.FPDFPath_GetDrawMode(drawn, ctypes.byref(mode), ctypes.byref(stroked)) or not stroked.value:
            return
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(own))
        whole = _joined((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        at: tuple[float, float] | None = None
        for each in range(min(pdfium.FPDFPath_CountSegments(drawn), _MOST_SEGMENTS)):
            segment = pdfium.FPDFPath_GetPathSegment(drawn, each)
            if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
                continue
            point = _through((x.value, y.value), whole)
            if at is not None and pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
                left, right, low, high = (
                    min(at[0], point[0]),
                    max(at[0], point[0]),
                    min(at[1], point[1]),
                    max(at[1], point[1]),
                )
                if min(right - left, high - low) * 10 <= _THIN and max(right - left, high - low) * 10 >= _SHORTEST:
                    self.strokes.append((left, low, right, high))
            at = point

    def _covers(self, box: tuple[float, float, float, float]) -> bool:
        left, bottom, right, top = self.bounds
        width, height = min(box[2], right) - max(box[0], left), min(box[3], top) - max(box[1], bottom)
        return bool(width > 0 and height > 0 and width * height >= _COVERS * (right - left) * (top - bottom))

    # ---- words

    def _words(self, text: Any) -> tuple[list[tuple[Word, bool]], int, bool]:
        """Each word and whether it is never shown; words of characters that say nothing; whether there are more
        characters than are read."""
        count = pdfium.FPDFText_CountChars(text)
        cut = count > MOST_CHARACTERS
        count = min(max(count, 0), MOST_CHARACTERS)
        letters = [pdfium.FPDFText_GetUnicode(text, index) for index in range(count)]
        spans = list(_spans(letters))
        angle = pdfium.FPDFText_GetCharAngle
        turns = [-round(angle(text, first) / (math.pi / 2)) % 4 for first, _ in spans]  # it counts clockwise
        if turns:
            self.turned = Counter(turns).most_common(1)[0][0]
        made: list[tuple[Word, bool]] = []
        unmapped = 0
        for (first, stop), turn in zip(spans, turns, strict=True):
            if turn != self.turned:
                continue
            unmapped += pdfium.FPDFText_HasUnicodeMapError(text, first) == 1
            made.extend(self._word(text, letters, (first, stop)))
        return made, unmapped, cut

    def _word(self, text: Any, letters: list[int], span: tuple[int, int]) -> Iterator[tuple[Word, bool]]:
        """The word of a span, or several where leaders or characters of another size stand in it."""
        first, stop = span
        shown = "".join(map(_character, letters[first:stop]))
        for low, high in _parts(shown):
            box, last = _loose(text, first + low), _loose(text, first + high - 1)
            heights = (
                (box[3] - box[1], last[3] - last[1]) if self.turned % 2 == 0 else (box[2] - box[0], last[2] - last[0])
            )
            if high - low > 1 and min(heights) < _SMALLER * max(heights):
                for begin, end in self._sizes(text, (first + low, first + high)):
                    yield from self._made(text, (shown[begin - first : end - first], begin, end))
            else:
                yield from self._made(text, (shown[low:high], first + low, first + high))

    def _sizes(self, text: Any, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """The stretches of one size."""
        begin, before = span[0], 0.0
        for index in range(*span):
            box = _loose(text, index)
            height = box[3] - box[1] if self.turned % 2 == 0 else box[2] - box[0]
            if before and min(height, before) < _SMALLER * max(height, before):
                yield begin, index
                begin = index
            before = height
        yield begin, span[1]

    def _made(self, text: Any, of: tuple[str, int, int]) -> Iterator[tuple[Word, bool]]:
        shown, first, stop = of
        one = _loose(text, first)
        box = one
        if stop - first > 1:
            last = _loose(text, stop - 1)
            box = (min(one[0], last[0]), min(one[1], last[1]), max(one[2], last[2]), max(one[3], last[3]))
        place = self._set(box, self.shown)
        if place[0] < -_FARTHEST or place[2] > _FARTHEST or self._is_outside(box):
            return
        left, top, right, bottom = self._set(box, self.turned) if self.turned != self.shown else place
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, first, ctypes.byref(x), ctypes.byref(y))
        base = self._set((x.value, y.value, x.value, y.value), self.turned)[1]
        edge = right
        closed = _CLOSED.search(shown)
        if closed is not None and len(shown) == stop - first:
            edge = self._set(_loose(text, first + closed.start()), self.turned)[2]
        bold, unseen = self._face(text, first)
        yield (
            Word(
                "".join(_LIGATURES.get(letter, letter) for letter in shown),
                left,
                right,
                base,
                bottom - top,
                place,
                edge,
                bold,
            ),
            unseen,
        )

    def _face(self, text: Any, index: int) -> tuple[bool, bool]:
        """Whether a character is bold, and whether it is never shown."""
        drawn = pdfium.FPDFText_GetTextObject(text, index)
        key = ctypes.cast(drawn, ctypes.c_void_p).value or 0
        if key not in self.faces:
            self.faces[key] = (
                (_is_bold(drawn), pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE) if key else (False, False)
            )
        return self.faces[key]

    # ---- places

    def _is_outside(self, box: tuple[float, float, float, float]) -> bool:
        """Whether nothing of it is on the page."""
        left, bottom, right, top = self.bounds
        return bool(box[2] < left or box[0] > right or box[3] < bottom or box[1] > top)

    def _set(self, box: tuple[float, float, float, float], turn: int) -> Box:
        """A box in tenths of a point from the upper left corner of the page, turned clockwise so many times."""
        left, bottom, right, top = self.bounds
        x0, y0, x1, y1 = box
        if turn == 0:
            found = (x0 - left, top - y1, x1 - left, top - y0)
        elif turn == 1:
            found = (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        elif turn == 2:
            found = (right - x1, y0 - bottom, right - x0, y1 - bottom)
        else:
            found = (top - y1, right - x1, top - y0, right - x0)
        return tuple(_tenths(value) for value in found)  # type: ignore[return-value]


def _tenths(value: float) -> int:
    return round(value * 10) if -1e7 < value < 1e7 else 0


_RECT = pdfium.FS_RECTF()
_RECT_AT = ctypes.byref(_RECT)


def _loose(text: Any, index: int) -> tuple[float, float, float, float]:
    """Where a character stands with the room that its font gives it: as high as all of its size."""
    pdfium.FPDFText_GetLooseCharBox(text, index, _RECT_AT)
    return _RECT.left, _RECT.bottom, _RECT.right, _RECT.top


def _bounds(drawn: Any, matrix: tuple[float, ...]) -> tuple[float, float, float, float] | None:
    found = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(drawn, *map(ctypes.byref, found)):
        return None
    corners = [_through((x.value, y.value), matrix) for x in found[0::2] for y in found[1::2]]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _joined(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    """One matrix for two, the inner first."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _through(point: tuple[float, float], matrix: tuple[float, ...]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _is_bold(drawn: Any) -> bool:
    font = pdfium.FPDFTextObj_GetFont(drawn)
    if not font:
        return False
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, 128)
    return _BOLD.search(name.value.decode("latin-1")) is not None


def _spans(letters: list[int]) -> Iterator[tuple[int, int]]:
    """Where the words begin and end: what blanks part."""
    first = -1
    for index, letter in enumerate(letters):
        blank = (letter <= 32 and letter != 2) or letter in _BLANKS
        if blank and first >= 0:
            yield first, index
            first = -1
        elif not blank and first < 0:
            first = index
    if first >= 0:
        yield first, len(letters)


_BLANKS = frozenset(
    (0x7F, 0xA0, 0x1680, *range(0x2000, 0x200C), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF, 0xFFFE, 0xFFFF)
)


def _character(letter: int) -> str:
    """A character as it is known elsewhere: a hyphen at the end of a line, a mark of a symbol font."""
    if letter in (2, 0xAD):
        return "-"
    if 0xE000 <= letter <= 0xF8FF:
        return "•" if letter in _MARKERS else _UNMAPPED
    return chr(letter) if letter < 0x110000 and not 0xD800 <= letter < 0xE000 else _UNMAPPED


_MARKERS = frozenset((0xF0B7, 0xF0A7, 0xF0A8, 0xF0D8, 0xF076, 0xF0FC, 0xF06E, 0xF0E0))
"""Bullets of the fonts Symbol and Wingdings."""


def _parts(shown: str) -> Iterator[tuple[int, int]]:
    """A word without leaders in it."""
    at = 0
    for found in _LEADER.finditer(shown):
        if found.start() > at:
            yield at, found.start()
        at = found.end()
    if at < len(shown):
        yield at, len(shown)
