"""Pages read in a process of their own: PDFium is C++, a fault in it ends its process, and it does not listen when its
time is up. Whoever reads a PDF, a command or a program, has it read so.

The process is given the bytes of the file on its standard input and answers with frames of whole numbers and text: were
it taken over by a file, it could say nothing but other words for a page. It opens no file but its own code, may hold
and take so much and no more, and is ended with the reading, however that ends.
"""

from __future__ import annotations

import gc
import struct
import subprocess
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import chain, repeat
from pathlib import Path
from typing import BinaryIO

from attrs import define

from checker.core.place import Box
from checker.paper.values import Damaged, Page, Stroke, Word

_PROGRAM = "import sys; sys.path[:] = sys.argv[2:]; from checker.paper.apart import answer; answer(int(sys.argv[1]))"
_MEMORY = 1_000_000_000
"""Bytes of data that the process may hold, where the system can keep it to them."""
_SECONDS = 600
"""Of its processor, whoever waits: ten thousand pages take a tenth of that. A run asks for an end earlier."""
_SELDOM = 100_000
"""Values between two searches for rings of them: a page is thousands of words, gone before the next."""
_NUMBERS = struct.Struct("<4i")
"""How the file was opened (see below), its pages, the files embedded in it, and nothing."""
_OPEN, _DAMAGED, _PROTECTED = range(3)
_LENGTHS = struct.Struct("<2i")
"""Bytes of the numbers and of the texts of a page; none of either: it could not be opened."""
_LONGEST = 200_000_000
"""Bytes of one page: many times what the most characters that are read take."""
_OF_PAGE, _OF_WORD, _OF_STROKE, _OF_BOX = 9, 10, 3, 4


class Ended(Exception):
    """The process ended before it had answered; its status, below zero the number of a signal."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__()


@define
class Reading:
    """A file that could be opened, and its pages, each as it comes."""

    count: int
    embedded: int
    """Files that are embedded in it."""
    pages: Iterator[Page | None]
    """None for a page that is broken. Ended: the process did not come to the end."""


@contextmanager
def reading(content: bytes, most: int) -> Iterator[Reading]:
    """The pages of a PDF, the first `most` of them. Damaged: it cannot be opened; Ended: the process ended."""
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _PROGRAM, str(most), *_where()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with suppress(BrokenPipeError):  # what became of it is found out when its answer is read
            process.stdin.write(content)
        with suppress(BrokenPipeError):
            process.stdin.close()
        how, count, embedded, _ = _NUMBERS.unpack(_exactly(process, _NUMBERS.size))
        if how != _OPEN:
            raise Damaged(how == _PROTECTED)
        yield Reading(count, embedded, _pages(process, min(count, most)))
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def _where() -> list[str]:
    """Where the process finds what it needs: the program and its packages, and what Python brings along."""
    found = [find_spec(name) for name in ("checker", "attrs", "attr", "pypdfium2", "pypdfium2_raw")]
    roots = [str(Path(one.origin).parents[1]) for one in found if one is not None and one.origin is not None]
    return list(dict.fromkeys((*roots, *(path for path in sys.path if path))))


def _exactly(process: subprocess.Popen[bytes], size: int) -> bytes:
    assert process.stdout is not None
    found = process.stdout.read(size)
    if len(found) < size:
        raise Ended(process.wait())
    return found


def _pages(process: subprocess.Popen[bytes], count: int) -> Iterator[Page | None]:
    for number in range(1, count + 1):
        numbers, texts = _LENGTHS.unpack(_exactly(process, _LENGTHS.size))
        if not (0 <= numbers <= _LONGEST and 0 <= texts <= _LONGEST):
            raise Ended(0)
        yield unpacked(number, _exactly(process, numbers), _exactly(process, texts)) if numbers else None


# ---- a page as bytes -------------------------------------------------------------------------------------------------


def packed(page: Page) -> tuple[bytes, bytes]:
    """The numbers and the texts of a page."""
    held = array("i", (page.doubtful, page.scanned, page.unshown, page.unmapped, page.cut))
    held.extend((len(page.words), len(page.strokes), len(page.pictures), 0))
    texts: tuple[str, ...] = ()
    if page.words:
        texts, lefts, rights, bases, sizes, boxes, edges, bolds, _ = zip(*page.words, strict=True)
        for column in (lefts, rights, bases, sizes, chain.from_iterable(boxes), edges, bolds):
            held.extend(column)
    for stroke in page.strokes:
        held.extend((stroke.left, stroke.right, stroke.y))
    for box in page.pictures:
        held.extend(box)
    return held.tobytes(), "\n".join(texts).encode("utf-8", "surrogatepass")


def unpacked(number: int, numbers: bytes, texts: bytes) -> Page:
    """The page again. Ended: the bytes are none of a page."""
    held = array("i")
    try:
        held.frombytes(numbers)
        doubtful, scanned, unshown, unmapped, cut, words, strokes, pictures, _ = held[:_OF_PAGE]
        said = texts.decode("utf-8", "surrogatepass").split("\n") if words else []
    except ValueError as error:
        raise Ended(0) from error
    at = _OF_PAGE + _OF_WORD * words
    last = at + _OF_STROKE * strokes
    if min(words, strokes, pictures) < 0 or len(said) != words or len(held) != last + _OF_BOX * pictures:
        raise Ended(0)
    return Page(
        number,
        tuple(_words(held, said)) if words else (),
        tuple(Stroke(*held[each : each + _OF_STROKE]) for each in range(at, last, _OF_STROKE)),
        tuple(_box(held, each) for each in range(last, len(held), _OF_BOX)),
        bool(doubtful),
        bool(scanned),
        unshown,
        unmapped,
        bool(cut),
    )


def _words(held: array[int], said: list[str]) -> Iterator[Word]:
    """The words of columns: all that begin left, then where all end, and so on."""
    count = len(said)
    columns = [held[at : at + count] for at in range(_OF_PAGE, _OF_PAGE + _OF_WORD * count, count)]
    lefts, rights, bases, sizes, *_, edges, bolds = columns
    corners = held[_OF_PAGE + 4 * count : _OF_PAGE + 8 * count]
    boxes = zip(corners[0::4], corners[1::4], corners[2::4], corners[3::4], strict=True)
    told = zip(said, lefts, rights, bases, sizes, boxes, edges, map(bool, bolds), repeat(""))
    return map(Word._make, told)


def _box(held: array[int], at: int) -> Box:
    left, top, right, bottom = held[at : at + _OF_BOX]
    return left, top, right, bottom


# ---- the process -----------------------------------------------------------------------------------------------------


def answer(most: int) -> None:
    """What the process does: reads a file from its standard input and writes its pages to its standard output."""
    _bound()
    content, out = sys.stdin.buffer.read(), sys.stdout.buffer
    from checker.paper.pages import opened

    gc.freeze()
    gc.set_threshold(_SELDOM)
    try:
        file = opened(content)
    except Damaged as damaged:
        out.write(_NUMBERS.pack(_PROTECTED if damaged.protected else _DAMAGED, 0, 0, 0))
        return
    with suppress(BrokenPipeError):
        out.write(_NUMBERS.pack(_OPEN, file.count, file.embedded, 0))
        for page in file.pages(most):
            _write(out, page)


def _write(out: BinaryIO, page: Page | None) -> None:
    numbers, texts = packed(page) if page is not None else (b"", b"")
    out.write(_LENGTHS.pack(len(numbers), len(texts)) + numbers + texts)
    out.flush()


def _bound() -> None:
    """Keeps this process to its memory and its time, and from writing files, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = (
        (resource.RLIMIT_DATA, _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    )
    for what, most in limits:
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
