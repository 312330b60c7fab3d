"""The text of a file and the way back: every character of it to its bytes, line and column in the file as given.

Decoding happens here and nowhere else. Nothing here knows what a table, a tag or a number is.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

from attrs import frozen

from checker.core.place import Anchor, Anchored, Place
from checker.core.problem import Problem

Piece = tuple[str, int, int]
"""A stretch of a block's text and the stretch of the source (in characters, end excluded) that prints it.

Both are equally long, or the whole stretch of the source (an entity, white space) stands for each character.
"""

_LINE = re.compile(r"\r\n|\r|\n")
_NEWLINE = re.compile(r"\n")
_WIDE = re.compile(r"[\x80-\u07ff]+|[^\x00-\u07ff\ud800-\udfff\U00010000-\U0010ffff]+|[\U00010000-\U0010ffff]+")
"""Stretches of two, three and four bytes a character; the middle class says what is not in it, because so it compiles
ten times as fast."""
_ASTRAL = re.compile(r"[\U00010000-\U0010ffff]+")
_LONE = re.compile(r"[\udc80-\udcff]")
_DECLARED = re.compile(
    rb"""(?:<\?xml[^>]{0,200}?encoding|<meta[^>]{0,300}?charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WESTERN = frozenset({"ascii", "iso8859-1", "cp1252", "latin-1"})
_DECLARED_WITHIN = 4096
"""Bytes at the head of a file that may declare its encoding."""


class Text(Protocol):
    """A text whose stretches can be anchored: a whole source, or an excerpt of one (a `<pre>` element)."""

    @property
    def text(self) -> str:
        """The characters."""
        ...

    def anchored(self, pieces: Sequence[Piece]) -> Anchored:
        """The pieces joined, each character with its way back."""
        ...


@frozen(slots=False)
class Source:
    """A decoded file. `segments` are (first character, its byte, bytes a character); `breaks` the first character of
    each line."""

    text: str
    encoding: str
    segments: tuple[tuple[int, int, int], ...]
    breaks: tuple[int, ...]

    @cached_property
    def _firsts(self) -> tuple[int, ...]:
        return tuple(segment[0] for segment in self.segments)

    def anchored(self, pieces: Sequence[Piece]) -> Anchored:
        """The pieces joined, each character with its way back."""
        if len(pieces) == 1:
            return Anchored(pieces[0][0], tuple(self._anchors(0, *pieces[0])) or (self._anchor(0, pieces[0][1], 0),))
        anchors: list[Anchor] = []
        at = 0
        for text, start, end in pieces:
            anchors += self._anchors(at, text, start, end)
            at += len(text)
        return Anchored(
            "".join([piece[0] for piece in pieces]),
            tuple(anchors) or (self._anchor(0, pieces[0][1] if pieces else 0, 0),),
        )

    def place(self, start: int, end: int) -> Place:
        """Where `text[start:end]` stands."""
        first, last = self._anchor(0, start, 1), self._anchor(0, end, 1)
        return Place(first.line, first.column, (first.byte, last.byte))

    def byte(self, index: int) -> int:
        """The byte at which a character begins (the end of the text included)."""
        at, byte, width = self.segments[max(0, bisect_right(self._firsts, index) - 1)]
        return byte + (index - at) * width

    def _anchor(self, at: int, index: int, width: int) -> Anchor:
        line = bisect_right(self.breaks, index)
        return Anchor(at, self.byte(index), width, line, index - self.breaks[line - 1] + 1)

    def _anchors(self, at: int, text: str, start: int, end: int) -> list[Anchor]:
        number = max(0, bisect_right(self._firsts, start) - 1)
        line = bisect_right(self.breaks, start)
        first, byte, width = self.segments[number]
        begin, column = byte + (start - first) * width, start - self.breaks[line - 1] + 1
        if len(text) != end - start:
            whole = self.byte(end) - begin
            return [Anchor(at + offset, begin, whole, line, column) for offset in range(len(text))]
        after = self._firsts[number + 1] if number + 1 < len(self._firsts) else end
        anchors = [Anchor(at, begin, width, line, column)]
        while after < end:  # characters of another width follow
            anchors.append(self._anchor(at + after - start, after, self.segments[number + 1][2]))
            number += 1
            after = self._firsts[number + 1] if number + 1 < len(self._firsts) else end
        return anchors


@frozen
class Excerpt:
    """A text put together from stretches of a source, read as if it were a file: the content of a `<pre>` element."""

    text: str
    pieces: tuple[Piece, ...]
    firsts: tuple[int, ...]
    source: Source

    @classmethod
    def of(cls, pieces: Sequence[Piece], source: Source) -> Excerpt:
        """The pieces joined, in order."""
        firsts, at = [], 0
        for piece in pieces:
            firsts.append(at)
            at += len(piece[0])
        return cls("".join(piece[0] for piece in pieces), tuple(pieces), tuple(firsts), source)

    def anchored(self, pieces: Sequence[Piece]) -> Anchored:
        """The pieces joined, each character with its way back to the source."""
        return self.source.anchored([back for piece in pieces for back in self._back(piece)])

    def _back(self, piece: Piece) -> list[Piece]:
        text, start, end = piece
        if not self.pieces:
            return [(text, 0, 0)]
        if len(text) != end - start:
            first = self._one(start, max(end, start + 1))[0]
            return [(text, first[1], first[2])]
        return self._worded(text, self._one(start, end))

    def _worded(self, text: str, found: list[Piece]) -> list[Piece]:
        """The stretches with the text that is asked for: a line break may stand for a blank in it."""
        at, worded = 0, []
        for shown, begin, stop in found:
            worded.append((text[at : at + len(shown)], begin, stop))
            at += len(shown)
        return worded if at == len(text) else found

    def _one(self, start: int, end: int) -> list[Piece]:
        found: list[Piece] = []
        number = max(0, bisect_right(self.firsts, start) - 1)
        while start < end and number < len(self.pieces):
            text, begin, stop = self.pieces[number]
            at = self.firsts[number]
            low, high = start - at, min(end - at, len(text))
            if len(text) == stop - begin:
                found.append((text[low:high], begin + low, begin + high))
            else:
                found.append((text[low:high], begin, stop))
            start, number = at + len(text), number + 1
        return found or [("", self.pieces[-1][2], self.pieces[-1][2])]


def decode(content: bytes, path: str) -> tuple[Source, tuple[Problem, ...]]:
    """The text of a file: by its byte order mark, by what it declares, as UTF-8, else as windows-1252."""
    encoding, skip, why = _choose(content)
    problems: tuple[Problem, ...] = ()
    text, replaced = _decoded(content[skip:] if skip else content, encoding)
    if replaced:
        message = (
            f"{replaced} byte{'s' if replaced > 1 else ''} could not be read as {encoding} and "
            f"{'are' if replaced > 1 else 'is'} shown as U+FFFD"
        )
        problems = (Problem("R102", "warning", message, path, help="save the file as UTF-8"),)
    elif why:
        problems = (Problem("R101", "note", why, path),)
    return Source(
        text.translate(_TO_REPLACEMENT) if replaced else text,
        encoding,
        segments(text, encoding, skip),
        line_starts(text),
    ), problems


_TO_REPLACEMENT = dict.fromkeys(range(0xDC80, 0xDD00), "\ufffd")


def _choose(content: bytes) -> tuple[str, int, str]:
    """The encoding, the bytes of the byte order mark, and why where it was a guess."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding, len(mark), ""
    wide = _without_mark(content)
    if wide:
        return wide, 0, f"read as {wide}: every other byte is zero"
    if content.isascii():
        return "utf-8", 0, ""
    declared = _declared(content)
    if declared and declared not in ("ascii", "utf-8"):
        return declared, 0, ""
    if _is_utf8(content):
        return "utf-8", 0, ""
    return (
        "windows-1252",
        0,
        "read as windows-1252: it is not UTF-8"
        + (" though it says so" if declared == "utf-8" else " and declares no encoding"),
    )


def _without_mark(content: bytes) -> str:
    head = content[:2000]
    if len(head) < 4 or not head.count(0):
        return ""
    even, odd, half = head[0::2].count(0), head[1::2].count(0), len(head) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.05 else ""


def _declared(content: bytes) -> str:
    found = _DECLARED.search(content[:_DECLARED_WITHIN])
    if not found:
        return ""
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return ""
    if name == "ascii" or name.startswith("utf"):
        return "ascii" if name == "ascii" else "utf-8"  # UTF-16 cannot have been declared in single bytes
    if name in _WESTERN:
        return "windows-1252"
    return name if _is_single_byte(name) else ""


def _is_single_byte(name: str) -> bool:
    """Whether each byte is one character: only those map back without decoding twice."""
    try:
        return len(bytes(range(256)).decode(name, "replace")) == 256 and "é\n".encode(name, "replace") != b""
    except (LookupError, UnicodeError, ValueError):
        return False


def _is_utf8(content: bytes) -> bool:
    """Whether it is UTF-8, give or take a few damaged characters among many sound ones (a file cut short)."""
    try:
        content.decode("utf-8")
        return True
    except UnicodeDecodeError:
        text = content.decode("utf-8", "surrogateescape")
        damaged = len(_LONE.findall(text))
        return damaged * 4 <= sum(1 for _ in _WIDE.finditer(text))


def _decoded(content: bytes, encoding: str) -> tuple[str, int]:
    """The text, each byte that could not be read as one lone surrogate, and how many those are."""
    if encoding.startswith("utf-16"):
        return _decoded_wide(content, encoding)
    try:
        text = content.decode("cp1252" if encoding == "windows-1252" else encoding, "surrogateescape")
    except (UnicodeError, ValueError):
        text = content.decode("latin-1")
    if text.isascii():
        return text, 0
    return text, len(_LONE.findall(text))


def _decoded_wide(content: bytes, encoding: str) -> tuple[str, int]:
    """UTF-16: two bytes a unit; what is broken becomes U+FFFD of the same width, so that the way back stays exact."""
    even = content[: len(content) // 2 * 2]
    try:
        text = even.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:  # cut inside a pair
        text = even[:-2].decode(encoding, "surrogatepass") + "\udc80"
    broken = len(_SURROGATE.findall(text))
    return _SURROGATE.sub("\udc80", text) if broken else text, broken + len(content) % 2


_SURROGATE = re.compile(r"[\ud800-\udfff]")


def segments(text: str, encoding: str, skip: int) -> tuple[tuple[int, int, int], ...]:
    """Which bytes the characters of a text take in an encoding, behind a byte order mark of `skip` bytes."""
    if encoding.startswith("utf-16"):
        return _runs(text, skip, 2, _ASTRAL)
    if encoding != "utf-8" or text.isascii():
        return ((0, skip, 1),)
    return _runs(text, skip, 1, _WIDE)


def _runs(text: str, byte: int, narrow: int, wide: re.Pattern[str]) -> tuple[tuple[int, int, int], ...]:
    segments: list[tuple[int, int, int]] = []
    at = 0
    for found in wide.finditer(text):
        start, end = found.span()
        if start > at or not segments:
            segments.append((at, byte, narrow))
            byte += (start - at) * narrow
        first = text[start]
        width = 4 if first >= "\U00010000" else 3 if first >= "\u0800" else 2
        segments.append((start, byte, width))
        byte += (end - start) * width
        at = end
    if at < len(text) or not segments or segments[-1][2] != narrow:
        segments.append((at, byte, narrow))
    return tuple(segments)


def line_starts(text: str) -> tuple[int, ...]:
    """The first character of every line."""
    pattern = _LINE if "\r" in text else _NEWLINE
    return (0, *(found.end() for found in pattern.finditer(text)))
