"""What PDFium is asked of many characters and drawn things at once, by their addresses: calls through typed pointers
take most of the time that reading a page takes.
"""

from __future__ import annotations

import ctypes
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_UNMAPPED = "\ufffd"
Drawn = int | None
"""The address of something of PDFium's: drawn, or a page of text."""


def address(pointer: Any) -> Drawn:
    """What a typed pointer points to, as a number."""
    found: Drawn = ctypes.cast(pointer, ctypes.c_void_p).value
    return found


def typed(drawn: Drawn, kind: Any) -> Any:
    """The pointer of that type to an address."""
    return ctypes.cast(ctypes.c_void_p(drawn), kind)


def _plain(function: Any, result: Any, *given: Any) -> Any:
    """A function of PDFium that takes addresses as whole numbers: a good part of a call with typed pointers goes into
    checking them."""
    return ctypes.CFUNCTYPE(result, *given)(address(function) or 0)


_AT, _NUMBER = ctypes.c_void_p, ctypes.c_int
LOOSE = _plain(pdfium.FPDFText_GetLooseCharBox, _NUMBER, _AT, _NUMBER, _AT)
_ORIGIN = _plain(pdfium.FPDFText_GetCharOrigin, _NUMBER, _AT, _NUMBER, _AT, _AT)
ANGLE = _plain(pdfium.FPDFText_GetCharAngle, ctypes.c_float, _AT, _NUMBER)
UNSAID = _plain(pdfium.FPDFText_HasUnicodeMapError, _NUMBER, _AT, _NUMBER)
OWNER = _plain(pdfium.FPDFText_GetTextObject, _AT, _AT, _NUMBER)
DRAWN = _plain(pdfium.FPDFPage_GetObject, _AT, _AT, _NUMBER)
KIND = _plain(pdfium.FPDFPageObj_GetType, _NUMBER, _AT)
FONT = _plain(pdfium.FPDFTextObj_GetFont, _AT, _AT)
MODE = _plain(pdfium.FPDFTextObj_GetTextRenderMode, _NUMBER, _AT)
_FONT_SIZE = _plain(pdfium.FPDFText_GetFontSize, ctypes.c_double, _AT, _NUMBER)
_MATRIX = _plain(pdfium.FPDFText_GetMatrix, _NUMBER, _AT, _NUMBER, _AT)
_BOUNDS = _plain(pdfium.FPDFPageObj_GetBounds, _NUMBER, _AT, _AT, _AT, _AT, _AT)
Rect = tuple[float, float, float, float]
"""Left, bottom, right, top."""


class Measures:
    """What PDFium says of the first and the last character of each word, asked in one go."""

    def __init__(self, text: Drawn, firsts: Sequence[int], lasts: Sequence[int]) -> None:
        self.text = text
        count = len(firsts)
        boxes, points = (ctypes.c_float * (8 * count))(), (ctypes.c_double * (2 * count))()
        at, point = ctypes.addressof(boxes), ctypes.addressof(points)
        deque(map(LOOSE, repeat(text), firsts, range(at, at + 32 * count, 32)), 0)
        deque(map(LOOSE, repeat(text), lasts, range(at + 16, at + 16 + 32 * count, 32)), 0)
        across, up = range(point, point + 16 * count, 16), range(point + 8, point + 8 + 16 * count, 16)
        deque(map(_ORIGIN, repeat(text), firsts, across, up), 0)
        rects, origins = iter(list(boxes)), iter(list(points))
        self.rects: Iterator[tuple[float, ...]] = zip(*[rects] * 8, strict=True)
        """Left, top, right, bottom of the first character of each, then of the last."""
        self.points: Iterator[tuple[float, float]] = zip(origins, origins, strict=True)
        """Where its first character is set."""
        self.owners: list[Drawn] = list(map(OWNER, repeat(text), firsts))
        """What its first character is drawn with."""

    def sizes(self, firsts: Sequence[int]) -> dict[Drawn, float]:
        """In which size each thing drawn is set, as `set_in` says of one character."""
        begun = dict(zip(self.owners, firsts, strict=True))
        turns = (ctypes.c_float * (6 * len(begun)))()
        at = ctypes.addressof(turns)
        whole = map(_MATRIX, repeat(self.text), begun.values(), range(at, at + 24 * len(begun), 24))
        found = map(_FONT_SIZE, repeat(self.text), begun.values())
        sizes = zip(begun, whole, found, zip(*[iter(turns)] * 6, strict=True), strict=True)
        return {drawn: _size(size, turn) if said else 0.0 for drawn, said, size, turn in sizes}


_RECT, _POINT, _EDGES, _TURN = (
    (ctypes.c_float * 4)(),
    (ctypes.c_double * 2)(),
    (ctypes.c_float * 4)(),
    (ctypes.c_float * 6)(),
)
_RECT_AT, _POINT_AT, _EDGES_AT = ctypes.addressof(_RECT), ctypes.addressof(_POINT), ctypes.addressof(_EDGES)


def loose(text: Drawn, index: int) -> Rect:
    """Where a character stands with the room that its font gives it: as high as all of its size."""
    LOOSE(text, index, _RECT_AT)
    left, top, right, bottom = _RECT
    return left, bottom, right, top


def set_in(text: Drawn, index: int) -> float:
    """In which size a character is set, in points on the page; 0 where nothing says."""
    if not _MATRIX(text, index, ctypes.addressof(_TURN)):
        return 0.0
    return _size(_FONT_SIZE(text, index), _TURN)


def _size(size: float, turn: Iterable[float]) -> float:
    """The size of a font through the matrix of what is drawn with it."""
    a, b, c, d, _, _ = turn
    size = abs(size) * abs(a * d - b * c) ** 0.5
    return size if size < 1e4 else 0.0


def base(text: Drawn, index: int) -> tuple[float, float]:
    """Where a character is set."""
    _ORIGIN(text, index, _POINT_AT, _POINT_AT + 8)
    return _POINT[0], _POINT[1]


def bounds(drawn: Drawn, matrix: tuple[float, ...]) -> Rect | None:
    """Where something drawn stands on the page, seen through the matrix of what holds it."""
    if not _BOUNDS(drawn, _EDGES_AT, _EDGES_AT + 4, _EDGES_AT + 8, _EDGES_AT + 12):
        return None
    left, bottom, right, top = _EDGES
    if matrix == UNTURNED:
        return left, bottom, right, top
    corners = [through((x, y), matrix) for x in (left, right) for y in (bottom, top)]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


UNTURNED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
"""The matrix of a page itself."""


def through(point: tuple[float, float], matrix: tuple[float, ...]) -> tuple[float, float]:
    """A point, turned and moved as a matrix says."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def is_bold(font: Drawn) -> bool:
    """Whether the name of a font says that it is bold."""
    if not font:
        return False
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(ctypes.cast(font, pdfium.FPDF_FONT), name, 128)
    return _BOLD.search(name.value.decode("latin-1")) is not None


SPAN = re.compile(r"[^\x00-\x20\x7f\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff\ufffe\uffff]+")
"""A word: what blanks part."""
_MARKERS = frozenset((0xF0B7, 0xF0A7, 0xF0A8, 0xF0D8, 0xF076, 0xF0FC, 0xF06E, 0xF0E0))
"""Bullets of the fonts Symbol and Wingdings."""
_HYPHEN = 2
"""What PDFium gives for a hyphen at the end of a line."""


def letters_of(text: Any, count: int) -> str:
    """The characters of a page as they are known elsewhere, each as one: a hyphen at the end of a line, a mark of a
    symbol font."""
    buffer = (ctypes.c_ushort * (count + 1))()
    whole = pdfium.FPDFText_GetText(text, 0, count, buffer) == count + 1
    said = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass") if whole else ""
    if len(said) != count:  # characters that say nothing, or take two
        return "".join(_character(pdfium.FPDFText_GetUnicode(text, index)) for index in range(count))
    if said.isascii() and chr(_HYPHEN) not in said:
        return said
    if "\ufffe" in said:
        kept = list(said)
        for index in (index for index, letter in enumerate(said) if letter == "\ufffe"):
            kept[index] = chr(_HYPHEN) if pdfium.FPDFText_GetUnicode(text, index) == _HYPHEN else "\ufffe"
        said = "".join(kept)
    return said.translate({letter: _character(letter) for letter in map(ord, set(said))})


def _character(letter: int) -> str:
    """A character as it is known elsewhere."""
    if letter in (_HYPHEN, 0xAD):
        return "-"
    if 0xE000 <= letter <= 0xF8FF:
        return "•" if letter in _MARKERS else _UNMAPPED
    return chr(letter) if letter < 0x110000 and not 0xD800 <= letter < 0xE000 else _UNMAPPED
