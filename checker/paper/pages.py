"""What stands on the pages of a PDF, page by page: words with their boxes, lines drawn across, pictures. Only this and
what it asks with (`asked`) speak to PDFium.

A page is loaded, emptied into plain values and closed before the next; nothing of a file is ever run, followed or
written.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from attrs import define

from checker.core.place import Box
from checker.paper.asked import (
    ANGLE,
    DRAWN,
    FONT,
    KIND,
    MODE,
    OWNER,
    SPAN,
    UNSAID,
    UNTURNED,
    Drawn,
    Measures,
    Rect,
    address,
    base,
    bounds,
    is_bold,
    letters_of,
    loose,
    set_in,
    through,
    typed,
)
from checker.paper.values import Damaged, Page, Stroke, Word

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
_NEAR = 1e4
"""Points from the corner within which a character stands where nothing has to be asked about it."""
_SMALLER = 0.87
"""A character so much lower than its neighbour is set in another size."""
_LOW, _HIGH = 8, 9.25
"""Tenths of a point for each point of its size: a font whose characters are lower says how high each is drawn, and is
taken to be as high as fonts are."""
_LEADER = re.compile(r"\.{3,}|…+|_{4,}|(?:(?<=\s)|^)\.+$")
_CLOSED = re.compile(r"\d([)\]%]+)$")
_CLOSING = frozenset(")]%")
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
_INVISIBLE = 3
"""The mode of text that is neither filled nor stroked."""


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
        self.faces: dict[Drawn, tuple[bool, bool]] = {}
        self.fonts: dict[Drawn, bool] = {}
        self.sizes: dict[Drawn, float] = {}

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
        """Lines and pictures, those of forms included; text only where it is the last."""
        count = max(0, min(pdfium.FPDFPage_CountObjects(self.loaded), _MOST_OBJECTS))
        found = list(map(DRAWN, repeat(address(self.loaded)), range(count)))
        kinds = list(map(KIND, found))
        left = [count]
        for index, kind in enumerate(kinds):
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self.last_text = index
            else:
                self._one(found[index], (index, kind), (UNTURNED, 0, left))

    def _one(self, drawn: Drawn, told: tuple[int, int], within: tuple[tuple[float, ...], int, list[int]]) -> None:
        index, kind = told
        matrix, depth, left = within
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self.last_text = index
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = bounds(drawn, matrix)
            if box is not None:
                self.images.append(box)
                self.last_image = index if self._covers(box) else self.last_image
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(drawn, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            form = typed(drawn, pdfium.FPDF_PAGEOBJECT)
            inner = pdfium.FS_MATRIX()
            if not pdfium.FPDFPageObj_GetMatrix(form, ctypes.byref(inner)):
                return
            joined = _joined((inner.a, inner.b, inner.c, inner.d, inner.e, inner.f), matrix)
            count = min(max(0, pdfium.FPDFFormObj_CountObjects(form)), left[0])
            left[0] -= count
            for each in range(count):
                one = address(pdfium.FPDFFormObj_GetObject(form, each))
                self._one(one, (index, KIND(one)), (joined, depth + 1, left))

    def _path(self, at: Drawn, matrix: tuple[float, ...]) -> None:
        """A path that is a line, or every level stroke of one that draws a frame."""
        box = bounds(at, matrix)
        if box is None:
            return
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) * 10 <= _THIN:
            if max(width, height) * 10 >= _SHORTEST:
                self.strokes.append(box)
            return
        drawn = typed(at, pdfium.FPDF_PAGEOBJECT)
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        if not pdfium.FPDFPath_GetDrawMode(drawn, ctypes.byref(mode), ctypes.byref(stroked)) or not stroked.value:
            return
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(own))
        whole = _joined((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        before: tuple[float, float] | None = None
        for each in range(min(pdfium.FPDFPath_CountSegments(drawn), _MOST_SEGMENTS)):
            segment = pdfium.FPDFPath_GetPathSegment(drawn, each)
            if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
                continue
            point = through((x.value, y.value), whole)
            if before is not None and pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
                left, right, low, high = (
                    min(before[0], point[0]),
                    max(before[0], point[0]),
                    min(before[1], point[1]),
                    max(before[1], point[1]),
                )
                if min(right - left, high - low) * 10 <= _THIN and max(right - left, high - low) * 10 >= _SHORTEST:
                    self.strokes.append((left, low, right, high))
            before = point

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
        letters = letters_of(text, min(max(count, 0), MOST_CHARACTERS))
        spans = [found.span() for found in SPAN.finditer(letters)]
        at = address(text)
        angles = map(ANGLE, repeat(at), (first for first, _ in spans))
        turns = [-round(angle / (math.pi / 2)) % 4 for angle in angles]  # it counts clockwise
        if turns:
            self.turned = Counter(turns).most_common(1)[0][0]
            spans = [span for span, turn in zip(spans, turns, strict=True) if turn == self.turned]
        firsts = [first for first, _ in spans]
        unmapped = sum(said == 1 for said in map(UNSAID, repeat(at), firsts))
        of = Measures(at, firsts, [stop - 1 for _, stop in spans])
        self.sizes = of.sizes(firsts)
        found = self._made(letters, spans, of)
        return [one for one in found if one is not None], unmapped, cut

    def _made(self, letters: str, spans: Sequence[tuple[int, int]], of: Measures) -> Iterator[tuple[Word, bool] | None]:
        """The word of each span, or several where leaders or characters of another size stand in it; None for one that
        stands outside of the page."""
        upright, straight = self.turned % 2 == 0, not self.turned and not self.shown
        for (first, stop), ends, point, drawn in zip(spans, of.rects, of.points, of.owners, strict=True):
            shown = letters[first:stop]
            a, b, c, d, e, f, g, h = ends
            height, other = (b - d, f - h) if upright else (c - a, g - e)
            uneven = height < _SMALLER * other or other < _SMALLER * height
            plain = shown.isalnum()
            if (uneven and self._differ(of.text, first, stop - 1)) or not (plain or _LEADER.search(shown) is None):
                for low, high in self._parted(shown, first, of.text):
                    begun = of.text, low
                    yield self._put(
                        letters[low:high],
                        (loose(*begun), loose(of.text, high - 1)),
                        (base(*begun), OWNER(*begun)),
                        begun,
                    )
            elif straight and (plain or shown[-1] not in _CLOSING) and _is_near(ends):
                yield self._straight(shown, ends, (point[1], drawn))
            else:
                yield self._put(shown, ((a, d, c, b), (e, h, g, f)), (point, drawn), (of.text, first))

    def _straight(self, shown: str, ends: tuple[float, ...], of: tuple[float, Drawn]) -> tuple[Word, bool] | None:
        """What `_put` makes of a word that no sign closes, on a page that is not turned: most of all words."""
        x0, y1, _, y0, _, f, x1, h = ends
        base, drawn = of
        left, bottom, right, top = self.bounds
        y0, y1 = (y0 if y0 < h else h), (y1 if y1 > f else f)
        if x1 < left or x0 > right or y1 < bottom or y0 > top:
            return None
        upper, lower, end = round((top - y1) * 10), round((top - y0) * 10), round((x1 - left) * 10)
        size, own = lower - upper, self.sizes[drawn]
        if size < _LOW * own:
            size = round(_HIGH * own)
        bold, unseen = self.faces.get(drawn) or self._face(drawn)
        shown = shown if shown.isascii() else shown.translate(_LIGATURES)
        begin = round((x0 - left) * 10)
        box = (begin, upper, end, lower)
        return Word(shown, begin, end, round((top - base) * 10), size, box, end, bold), unseen

    def _parted(self, shown: str, first: int, text: Drawn) -> Iterator[tuple[int, int]]:
        """The pieces of a word without the leaders in it, each of one size."""
        for low, high in _parts(shown):
            if high - low > 1 and self._differ(text, first + low, first + high - 1):
                yield from self._sizes(text, (first + low, first + high))
            else:
                yield first + low, first + high

    def _sizes(self, text: Drawn, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """The stretches of one size."""
        begin, before = span[0], 0.0
        for index in range(*span):
            size = self._set_in(text, index)
            if before and min(size, before) < _SMALLER * max(size, before):
                yield begin, index
                begin = index
            before = size
        yield begin, span[1]

    def _differ(self, text: Drawn, first: int, last: int) -> bool:
        """Whether two characters are set in different sizes. How high they are does not tell: some fonts say of each
        character how high it is drawn."""
        sizes = self._set_in(text, first), self._set_in(text, last)
        return min(sizes) < _SMALLER * max(sizes)

    def _set_in(self, text: Drawn, index: int) -> float:
        """The size of a character, asked once for all that is drawn with it."""
        drawn = OWNER(text, index)
        if drawn not in self.sizes:
            self.sizes[drawn] = set_in(text, index)
        return self.sizes[drawn]

    def _put(
        self, shown: str, ends: tuple[Rect, Rect], of: tuple[tuple[float, float], Drawn], begun: tuple[Drawn, int]
    ) -> tuple[Word, bool] | None:
        """A word by its first and its last character: where the first stands and what it is drawn with, its text page
        and number."""
        (x0, y0, x1, y1), (a, b, c, d) = ends
        box = (x0 if x0 < a else a, y0 if y0 < b else b, x1 if x1 > c else c, y1 if y1 > d else d)
        place = self._set(box, self.shown)
        if place[0] < -_FARTHEST or place[2] > _FARTHEST or self._is_outside(box):
            return None
        left, top, right, bottom = self._set(box, self.turned) if self.turned != self.shown else place
        (x, y), drawn = of
        line = self._set((x, y, x, y), self.turned)[1] if self.turned else _tenths(self.bounds[3] - y)
        edge = right
        if shown[-1] in _CLOSING and (closed := _CLOSED.search(shown)) is not None:
            edge = self._set(loose(begun[0], begun[1] + closed.start()), self.turned)[2]
        bold, unseen = self._face(drawn)
        shown = shown if shown.isascii() else shown.translate(_LIGATURES)
        size = bottom - top
        if drawn not in self.sizes:
            self.sizes[drawn] = set_in(*begun)
        if size < _LOW * self.sizes[drawn]:
            size = round(_HIGH * self.sizes[drawn])
        return Word(shown, left, right, line, size, place, edge, bold), unseen

    def _face(self, drawn: Drawn) -> tuple[bool, bool]:
        """Whether the characters of a text are bold, and whether they are never shown."""
        found = self.faces.get(drawn)
        if found is None:
            font = FONT(drawn) if drawn else None
            if font not in self.fonts:
                self.fonts[font] = is_bold(font)
            found = self.faces[drawn] = (self.fonts[font], MODE(drawn) == _INVISIBLE) if drawn else (False, False)
        return found

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
            a, b, c, d = x0 - left, top - y1, x1 - left, top - y0
        elif turn == 1:
            a, b, c, d = y0 - bottom, x0 - left, y1 - bottom, x1 - left
        elif turn == 2:
            a, b, c, d = right - x1, y0 - bottom, right - x0, y1 - bottom
        else:
            a, b, c, d = top - y1, right - x1, top - y0, right - x0
        if -1e7 < a < 1e7 and -1e7 < b < 1e7 and -1e7 < c < 1e7 and -1e7 < d < 1e7:
            return round(a * 10), round(b * 10), round(c * 10), round(d * 10)
        return _tenths(a), _tenths(b), _tenths(c), _tenths(d)


def _is_near(ends: tuple[float, ...]) -> bool:
    """Whether a word begins with its first and ends with its last character, somewhere about a page."""
    a, b, c, d, e, f, g, h = ends
    return -_NEAR < a <= e and c <= g < _NEAR and d > -_NEAR < h and b < _NEAR > f


def _tenths(value: float) -> int:
    return round(value * 10) if -1e7 < value < 1e7 else 0


def _joined(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    """One matrix for two, the inner first."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _parts(shown: str) -> Iterator[tuple[int, int]]:
    """A word without leaders in it."""
    at = 0
    for found in _LEADER.finditer(shown):
        if found.start() > at:
            yield at, found.start()
        at = found.end()
    if at < len(shown):
        yield at, len(shown)
