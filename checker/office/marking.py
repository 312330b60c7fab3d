"""A copy of a workbook in which cells bear a colour and a note. Only what has to change is changed, byte by byte: every
other part stays as it is.

The parts are found and cut by the positions that a parser reports; document types, and with them entities, are refused.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pyexpat import ExpatError, ParserCreate
from xml.sax.saxutils import escape, quoteattr

from attrs import define, field

from checker.core.value import frozen
from checker.core.working import letters

MOST_UNPACKED = 300_000_000
"""Bytes that the parts which are changed may unpack to."""
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_BEHIND = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
"""What stands behind the reference to the notes in a sheet, by the order of the format."""
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LONGEST_NOTE = 30_000
"""Characters: a cell takes 32,767."""
_VML = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit"'
    b' data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    b' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t"'
    b' o:connecttype="rect"/></v:shapetype></xml>'
)


class Unmarkable(ValueError):
    """No copy can be made; the words say why."""


@frozen
class Fill:
    """A colour of cells, as eight hexadecimal digits, solid or as a pattern over white."""

    colour: str
    pattern: str = "solid"


@frozen
class Mark:
    """What becomes of one cell: a fill, a note, or both."""

    fill: Fill | None = None
    note: str = ""


Marks = Mapping[tuple[str, str], Mark]
"""By sheet and cell."""


@frozen
class Element:
    """One element of a part: its name without prefix, its attributes, and where it begins, where its first tag ends and
    where its content ends."""

    name: str
    prefix: str
    has: Mapping[str, str]
    begin: int
    opened: int
    closed: int
    """Where its last tag begins; that of the first for an element without content."""
    end: int


@frozen
class Edit:
    """The bytes from `begin` to `end` become others."""

    begin: int
    end: int
    text: bytes


def marked(content: bytes, marks: Marks, author: str) -> bytes:
    """The workbook with its marks."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _Parts(archive)
            _mark(parts, marks, author)
            return parts.written()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, KeyError) as error:
        raise Unmarkable(f"the workbook cannot be opened ({type(error).__name__})") from None
    except ExpatError:
        raise Unmarkable("a part of the workbook is damaged") from None


@define
class _Parts:
    """The parts of a workbook, those that changed in their new form."""

    archive: zipfile.ZipFile
    new: dict[str, bytes] = field(factory=dict)
    left: int = MOST_UNPACKED

    def has(self, name: str) -> bool:
        return name in self.new or name in self.archive.NameToInfo

    def read(self, name: str) -> bytes:
        if name in self.new:
            return self.new[name]
        with self.archive.open(name) as part:
            body = part.read(self.left + 1)
        self.left -= len(body)
        if self.left < 0:
            raise Unmarkable("the workbook unpacks to too much")
        if body.startswith((b"\xff\xfe", b"\xfe\xff")) or re.match(
            rb"<\?xml[^>]*encoding=[\"'](?!utf-8|us-ascii)", body, re.IGNORECASE
        ):
            raise Unmarkable("a part of the workbook is written in another encoding than UTF-8")
        return body

    def free(self, pattern: str) -> str:
        """A name that no part has yet."""
        return next(name for number in range(1, 1_000_000) if not self.has(name := pattern.format(number)))

    def written(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for one in self.archive.infolist():
                made.writestr(
                    _entry(one.filename),
                    self.new.pop(one.filename) if one.filename in self.new else self.archive.read(one),
                )
            for name, body in self.new.items():
                made.writestr(_entry(name), body)
        return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


# ---- elements --------------------------------------------------------------------------------------------------------


def _elements(body: bytes, wanted: Callable[[str], bool]) -> Iterator[Element]:
    """The elements whose names are wanted, in the order of their beginnings."""
    parser = ParserCreate()
    found: list[tuple[int, Element]] = []
    open_ones: list[tuple[str, Mapping[str, str], int]] = []

    def begins(name: str, has: Mapping[str, str]) -> None:
        if wanted(name.rpartition(":")[2]):
            open_ones.append((name, has, parser.CurrentByteIndex))

    def ends(name: str) -> None:
        if not wanted(name.rpartition(":")[2]):
            return
        qualified, has, begin = open_ones.pop()
        at = parser.CurrentByteIndex
        tag = _TAG.match(body, begin)
        opened = tag.end() if tag is not None else begin
        alone = tag is not None and tag[0].endswith(b"/>")
        close = body.find(b">", at) + 1
        prefix, _, plain = qualified.rpartition(":")
        found.append(
            (
                begin,
                Element(
                    plain,
                    f"{prefix}:" if prefix else "",
                    has,
                    begin,
                    opened,
                    begin if alone else at,
                    opened if alone else close,
                ),
            )
        )

    def declares(*_: object) -> None:
        raise Unmarkable("a part of the workbook declares a document type")

    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = begins, ends, declares
    parser.Parse(body, True)
    return iter([element for _, element in sorted(found, key=lambda pair: pair[0])])


def _first(body: bytes, name: str) -> Element | None:
    """The first element of that name."""
    return next(_elements(body, lambda tag: tag == name), None)


def _edited(body: bytes, edits: Sequence[Edit]) -> bytes:
    """The bytes with all edits made; those at one place in the order given."""
    made: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.begin, edit.end)):
        made += [body[at : edit.begin], edit.text]
        at = edit.end
    return b"".join([*made, body[at:]])


def _with(body: bytes, element: Element, attributes: Mapping[str, str]) -> bytes:
    """The first tag of an element with other attributes."""
    tag = body[element.begin : element.opened]
    for name, value in attributes.items():
        written = f" {name}={quoteattr(value)}".encode()
        there = re.search(rb"\s" + name.encode() + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", tag)
        if there is not None:
            tag = tag[: there.start()] + written + tag[there.end() :]
        else:
            cut = len(tag) - (2 if tag.endswith(b"/>") else 1)
            tag = tag[:cut].rstrip() + written + tag[cut:]
    return tag


def _inside(body: bytes, element: Element, text: bytes) -> Edit:
    """More content at the end of an element, which may have had none."""
    if element.closed > element.begin:
        return Edit(element.closed, element.closed, text)
    tag = body[element.begin : element.opened]
    name = f"{element.prefix}{element.name}".encode()
    return Edit(element.begin, element.end, tag[:-2].rstrip() + b">" + text + b"</" + name + b">")


def _targets(parts: _Parts, name: str) -> Iterator[tuple[str, str, str]]:
    """What a part refers to inside the file: the id, the kind and the name of each."""
    folder, base = posixpath.split(name)
    relations = posixpath.join(folder, "_rels", f"{base}.rels")
    if not parts.has(relations):
        return
    for one in _elements(parts.read(relations), lambda tag: tag == "Relationship"):
        if one.has.get("TargetMode") != "External":
            target = one.has.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield one.has.get("Id", ""), one.has.get("Type", "").rsplit("/", 1)[-1], path


def _referring(parts: _Parts, name: str, kind: str, target: str) -> str:
    """One more reference of a part; its id."""
    folder, base = posixpath.split(name)
    relations = posixpath.join(folder, "_rels", f"{base}.rels")
    body = (
        parts.read(relations)
        if parts.has(relations)
        else (
            b'<?xml version="1.0" encoding="UTF-8"?>\n<Relationships'
            b' xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        )
    )
    taken = {one.has.get("Id", "") for one in _elements(body, lambda tag: tag == "Relationship")}
    free = next(f"rIdMark{number}" for number in range(1, 1_000_000) if f"rIdMark{number}" not in taken)
    [root] = _elements(body, lambda tag: tag == "Relationships")
    added = f'<{root.prefix}Relationship Id="{free}" Type="{_RELATIONS}/{kind}" Target="/{target}"/>'.encode()
    parts.new[relations] = _edited(body, [_inside(body, root, added)])
    return free


def _typed(parts: _Parts, added: Sequence[str]) -> None:
    """The kinds of new parts, where all kinds are told."""
    name = "[Content_Types].xml"
    body = parts.read(name)
    [root] = _elements(body, lambda tag: tag == "Types")
    defaults = {one.has.get("Extension", "").lower() for one in _elements(body, lambda tag: tag == "Default")}
    text = (
        ""
        if "vml" in defaults
        else (
            f'<{root.prefix}Default Extension="vml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
        )
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
    text += "".join(f'<{root.prefix}Override PartName="/{one}" ContentType="{kind}"/>' for one in added)
    parts.new[name] = _edited(body, [_inside(body, root, text.encode())])


# ---- the workbook ----------------------------------------------------------------------------------------------------


def _mark(parts: _Parts, marks: Marks, author: str) -> None:
    main = next((path for _, kind, path in _targets(parts, "") if kind == "officeDocument"), "xl/workbook.xml")
    refers = {key: (kind, path) for key, kind, path in _targets(parts, main)}
    sheets: dict[str, str] = {}
    for one in _elements(parts.read(main), lambda tag: tag == "sheet"):
        key = next((value for name, value in one.has.items() if name.rpartition(":")[2] == "id"), "")
        sheets.setdefault(one.has.get("name", ""), refers.get(key, ("", ""))[1])
    styles = _Styles(parts, next((path for kind, path in refers.values() if kind == "styles"), ""))
    added: list[str] = []
    by_sheet: dict[str, dict[str, Mark]] = {}
    for (sheet, cell), mark in marks.items():
        by_sheet.setdefault(sheet, {})[cell] = mark
    for sheet, cells in by_sheet.items():
        part = sheets.get(sheet, "")
        if part and parts.has(part):
            _sheet(parts, part, cells, styles)
            notes = {cell: mark.note[:_LONGEST_NOTE] for cell, mark in cells.items() if mark.note}
            if notes:
                _notes(parts, part, notes, (author, added))
    styles.write()
    if added:
        _typed(parts, added)


@define
class _Styles:
    """The styles of a workbook, with those that marks add."""

    parts: _Parts
    name: str
    body: bytes = b""
    looks: list[Element] = field(factory=list)
    fills: list[Fill] = field(factory=list)
    made: dict[tuple[int, Fill], int] = field(factory=dict)
    added: list[bytes] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        if not self.name or not self.parts.has(self.name):
            return
        self.body = self.parts.read(self.name)
        whole = _first(self.body, "cellXfs")
        if whole is not None:
            self.looks = [
                one for one in _elements(self.body, lambda tag: tag == "xf") if whole.begin < one.begin < whole.end
            ]

    def numbered(self, style: int, fill: Fill) -> int | None:
        """The style that looks as the given one but for the fill; None where the workbook has no styles to begin
        with."""
        if not 0 <= style < len(self.looks):
            return None
        key = (style, fill)
        if key not in self.made:
            if fill not in self.fills:
                self.fills.append(fill)
            look = self.looks[style]
            tag = _with(self.body, look, {"fillId": f"@{self.fills.index(fill)}@", "applyFill": "1"})
            self.made[key] = len(self.looks) + len(self.added)
            self.added.append(tag + self.body[look.opened : look.end])
        return self.made[key]

    def write(self) -> None:
        if not self.added:
            return
        fills, whole = _first(self.body, "fills"), _first(self.body, "cellXfs")
        if fills is None or whole is None:
            raise Unmarkable("the styles of the workbook are damaged")
        count = sum(1 for one in _elements(self.body, lambda tag: tag == "fill") if fills.begin < one.begin < fills.end)
        p = fills.prefix
        new = "".join(
            f'<{p}fill><{p}patternFill patternType="{one.pattern}"><{p}fgColor rgb="{one.colour}"/><{p}bgColor'
            f' rgb="FFFFFFFF"/></{p}patternFill></{p}fill>'
            for one in self.fills
        )
        looks = b"".join(
            re.sub(rb"@(\d+)@", lambda match: str(count + int(match[1])).encode(), one) for one in self.added
        )
        edits = [
            Edit(fills.begin, fills.opened, _with(self.body, fills, {"count": str(count + len(self.fills))})),
            _inside(self.body, fills, new.encode()),
            Edit(whole.begin, whole.opened, _with(self.body, whole, {"count": str(len(self.looks) + len(self.added))})),
            _inside(self.body, whole, looks),
        ]
        self.parts.new[self.name] = _edited(self.body, edits)


def _sheet(parts: _Parts, part: str, cells: Mapping[str, Mark], styles: _Styles) -> None:
    """The cells of a sheet with their fills."""
    body = parts.read(part)
    edits: list[Edit] = []
    row = column = 0
    for one in _elements(body, lambda tag: tag in ("c", "row")):
        if one.name == "row":
            row = int(one.has["r"]) if one.has.get("r", "").isdigit() else row + 1
            column = 0
            continue
        name = one.has.get("r", "").replace("$", "").upper()
        match = _CELL.fullmatch(name)
        column = _number(match[1]) if match is not None else column + 1
        mark = cells.get(name if match is not None else f"{letters(column)}{row}")
        if mark is None or mark.fill is None:
            continue
        style = one.has.get("s", "0")
        numbered = styles.numbered(int(style) if style.isdigit() else 0, mark.fill)
        if numbered is not None:
            edits.append(Edit(one.begin, one.opened, _with(body, one, {"s": str(numbered)})))
    parts.new[part] = _edited(body, edits)


def _number(name: str) -> int:
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - 64
    return column


# ---- notes -----------------------------------------------------------------------------------------------------------


def _notes(parts: _Parts, part: str, notes: Mapping[str, str], by: tuple[str, list[str]]) -> None:
    """The notes of a sheet, beside those that it has; one cell has one note, and ours goes below what is there."""
    author, added = by
    refers = {kind: path for _, kind, path in _targets(parts, part)}
    comments = refers.get("comments", "")
    fresh = not comments or not parts.has(comments)
    if fresh:
        comments = parts.free("xl/commentsMark{}.xml")
        added.append(comments)
        _referring(parts, part, "comments", comments)
        parts.new[comments] = (
            b'<?xml version="1.0" encoding="UTF-8"?>\n<comments'
            b' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            b"<authors></authors><commentList></commentList></comments>"
        )
    new = _written(parts, comments, notes, author)
    drawing = _drawing(parts, part, refers.get("vmlDrawing", ""))
    body = parts.read(drawing)
    end = body.rfind(b"</xml>")
    if end < 0:
        raise Unmarkable("the drawing of the notes of a sheet is damaged")
    shapes = "".join(_shape(cell, index) for index, cell in enumerate(new))
    parts.new[drawing] = body[:end] + shapes.encode() + body[end:]


def _written(parts: _Parts, comments: str, notes: Mapping[str, str], author: str) -> list[str]:
    """Writes the notes into the part that has them; the cells that had none."""
    body = parts.read(comments)
    authors, whole = _first(body, "authors"), _first(body, "commentList")
    if authors is None or whole is None:
        raise Unmarkable("the notes of a sheet are damaged")
    number = sum(1 for one in _elements(body, lambda tag: tag == "author"))
    p = whole.prefix
    edits = [_inside(body, authors, f"<{p}author>{escape(author)}</{p}author>".encode())]
    had = {one.has.get("ref", "").upper(): one for one in _elements(body, lambda tag: tag == "comment")}
    texts = list(_elements(body, lambda tag: tag == "text"))
    new = []
    for cell, note in notes.items():
        run = f'<{p}r><{p}t xml:space="preserve">{{}}</{p}t></{p}r>'
        if cell in had:
            text = next((one for one in texts if had[cell].begin < one.begin < had[cell].end), None)
            if text is not None:
                edits.append(_inside(body, text, run.format(escape(f"\n{author}: {note}")).encode()))
        else:
            new.append(cell)
    made = "".join(
        f'<{p}comment ref="{cell}" authorId="{number}"><{p}text><{p}r><{p}t'
        f' xml:space="preserve">{escape(notes[cell])}</{p}t></{p}r></{p}text></{p}comment>'
        for cell in new
    )
    edits.append(_inside(body, whole, made.encode("utf-8", "replace")))
    parts.new[comments] = _edited(body, edits)
    return new


def _drawing(parts: _Parts, part: str, drawing: str) -> str:
    """The drawing that the notes of a sheet are shown in; a new one where it has none."""
    body = parts.read(part)
    had = _first(body, "legacyDrawing")
    if had is not None and drawing and parts.has(drawing):
        return drawing
    drawing = parts.free("xl/drawings/vmlDrawingMark{}.vml")
    parts.new[drawing] = _VML
    key = _referring(parts, part, "vmlDrawing", drawing)
    root = _first(body, "worksheet")
    if root is None:
        raise Unmarkable("a sheet is damaged")
    reference = f'<{root.prefix}legacyDrawing xmlns:r="{_RELATIONS}" r:id="{key}"/>'.encode()
    around = list(_elements(body, lambda tag: tag == "AlternateContent"))
    found = [one.begin for one in _elements(body, lambda tag: tag in _BEHIND)]
    behind = [next((one.begin for one in around if one.begin < at < one.end), at) for at in found]
    cut = min(behind, default=root.closed)
    edits = [Edit(cut, cut, reference)] if had is None else [Edit(had.begin, had.end, reference)]
    parts.new[part] = _edited(body, edits)
    return drawing


def _shape(cell: str, index: int) -> str:
    match = _CELL.fullmatch(cell)
    row, column = (int(match[2]) - 1, _number(match[1]) - 1) if match is not None else (0, 0)
    return (
        '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        f'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{60_000 + index}" type="#_x0000_t202"'
        ' fillcolor="#ffffe1" o:insetmode="auto" '
        f'style="position:absolute;margin-left:80pt;margin-top:5pt;width:320pt;height:120pt;'
        f'z-index:{index + 1};visibility:hidden">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData'
        ' ObjectType="Note"><x:MoveWithCells/>'
        f"<x:SizeWithCells/><x:Anchor>{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 6}, 15, {row + 7},"
        " 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
