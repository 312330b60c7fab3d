"""Small PDF files, written by hand: words at their places, lines, pictures, pages turned or not."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from attrs import field, frozen

WIDTHS = {" ": 278, ",": 278, ".": 278, "(": 333, ")": 333, "-": 333, "$": 556, "%": 889, "'": 191}
"""Of Helvetica, in thousandths of its size; digits take 556."""


def width(text: str, size: float) -> float:
    """About how wide a text is set: exactly so for figures."""
    return sum(WIDTHS.get(letter, 556) for letter in text) * size / 1000


@frozen
class Put:
    """A text that begins `x` points from the left and stands `y` points from the top; with `right` it ends at `x`."""

    text: str
    x: float
    y: float
    size: float = 10
    bold: bool = False
    right: bool = False
    mode: int = 0


@frozen
class Paper:
    """One page."""

    puts: tuple[Put, ...] = ()
    lines: tuple[tuple[float, float, float], ...] = ()
    """Lines drawn across: from, to, and how far from the top."""
    picture: bool = False
    """Whether a picture covers it, beneath all else."""
    turned: int = 0
    size: tuple[float, float] = (612, 792)
    matrix: str = ""
    """How all that is put is turned."""
    shown: tuple[float, float] | None = None
    """Another size of the page than that on which things are put."""
    extra: bytes = field(default=b"")
    """More operators."""


def table(rows: Sequence[Sequence[str]], edges: Sequence[float], top: float = 100, size: float = 10) -> tuple[Put, ...]:
    """Rows of a caption and figures that end at the edges."""
    puts = []
    for number, row in enumerate(rows):
        y = top + number * 1.3 * size
        if row[0]:
            puts.append(Put(row[0], 60 + 8 * (len(row[0]) - len(row[0].lstrip())), y, size))
        puts += [Put(text, edge, y, size, right=True) for text, edge in zip(row[1:], edges, strict=False) if text]
    return tuple(puts)


def pdf(papers: Sequence[Paper], packed: bool = True) -> bytes:
    """The file."""
    bodies: list[bytes] = [b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    bodies.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>")
    bodies.append(
        _stream(
            b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\xff", False
        )
    )
    kids = []
    for paper in papers:
        bodies.append(_stream(b"<<", _content(paper), packed))
        kids.append((len(bodies), *_media(paper), paper.turned))
        bodies.append(b"")
    parent = len(bodies) + 1
    for content, wide, high, turned in kids:
        media = f"/MediaBox[0 0 {wide} {high}]/Rotate {90 * turned}/Contents {content} 0 R"
        resources = "/Resources<</Font<</F1 2 0 R/F2 3 0 R>>/XObject<</I 4 0 R>>>>"
        bodies[content] = f"<</Type/Page/Parent {parent} 0 R{media}{resources}>>".encode()
    listed = " ".join(f"{content + 1} 0 R" for content, *_ in kids)
    bodies.append(f"<</Type/Pages/Kids[{listed}]/Count {len(kids)}>>".encode())
    bodies[0] = f"<</Type/Catalog/Pages {parent} 0 R>>".encode()
    return written(bodies)


def _media(paper: Paper) -> tuple[float, float]:
    """The size of a page in the file: as it lies there before it is turned."""
    wide, high = paper.shown or paper.size
    return (high, wide) if paper.turned % 2 else (wide, high)


def written(bodies: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Objects with their table; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    starts = []
    for number, body in enumerate(bodies, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, trailer, at)
    return bytes(out)


def _stream(head: bytes, body: bytes, packed: bool) -> bytes:
    body = zlib.compress(body) if packed else body
    return (
        head + (b"/Filter/FlateDecode" if packed else b"") + b"/Length %d>>\nstream\n%s\nendstream" % (len(body), body)
    )


def _content(paper: Paper) -> bytes:
    wide, high = paper.size
    out = [f"q {wide} 0 0 {high} 0 0 cm /I Do Q"] if paper.picture else []
    out += [f"{paper.matrix} cm"] if paper.matrix else []
    for put in paper.puts:
        x = put.x - width(put.text, put.size) if put.right else put.x
        text = put.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        out.append(
            f"BT {put.mode} Tr /F{2 if put.bold else 1} {put.size} Tf 1 0 0 1 {x:.3f} {high - put.y:.3f} Tm "
            f"({text}) Tj ET"
        )
    out += [f"{left} {high - y} m {right} {high - y} l S" for left, right, y in paper.lines]
    return "\n".join(out).encode("cp1252") + b"\n" + paper.extra
