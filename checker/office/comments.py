"""Comments of a Word file: put into a copy at stretches of its text, and read back with their replies.

Only parts that speak of comments and the places of the comments change; every other part is copied as it is.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from attrs import define
from lxml import etree

from checker.core.value import frozen
from checker.office.flow import ABOUT, document_of
from checker.office.limits import MOST_UNPACKED
from checker.office.package import Package, Unfit, opened
from checker.office.parts import (
    Element,
    attribute,
    child,
    children,
    content_types,
    links,
    local,
    main_part,
    part,
    space,
)
from checker.office.word import Para, Piece, printed

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPED = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_KIND_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_TYPE_EXTENDED = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
_MOST_COPIED = 4 * MOST_UNPACKED
"""Bytes of all parts together that are copied: pictures are most of them."""
_MOST_SPACES = 100_000_000
"""How many ways of naming a paragraph there are; each is eight hexadecimal digits."""


@frozen
class Stretch:
    """Characters of a line of the text that is taken out of a document: the line from 1, the columns from 0, the last
    excluded."""

    line: int
    start: int
    end: int


@frozen
class Note:
    """A comment to be put in: where, and its paragraphs."""

    at: Stretch | None
    lines: tuple[str, ...]


@frozen
class Comment:
    """A comment as it stands in a file. `parent` names the paragraph of the comment that it answers."""

    author: str
    lines: tuple[str, ...]
    name: str
    parent: str = ""
    done: bool = False


@frozen
class Thread:
    """A comment and the answers to it, in their order; `done`: somebody resolved it."""

    comment: Comment
    replies: tuple[Comment, ...]
    done: bool


# ---- reading ---------------------------------------------------------------------------------------------------------


def threads(content: bytes) -> list[Thread]:
    """The comments of a Word file, each with its answers. Unfit: it cannot be read."""
    package = opened(content, ABOUT)
    main = main_part(package, "word/document.xml")
    by_type = {link.type: link.target for link in links(package, main).values() if not link.outside}
    told = _told(part(package, by_type.get("commentsExtended", "")))
    found = [_comment(each, told) for each in children(part(package, by_type.get("comments", "")), "comment")]
    heads = {one.name: one for one in found if one.name}
    answers: dict[str, list[Comment]] = {}
    for one in found:
        if one.parent:
            answers.setdefault(_head(one, heads), []).append(one)
    return [Thread(one, tuple(answers.get(one.name, ())), one.done) for one in found if not one.parent]


def _told(root: Element | None) -> dict[str, tuple[str, bool]]:
    """What is said of each comment by the name of its last paragraph: which one it answers, and whether it is
    resolved."""
    return {
        (attribute(each, "paraId") or "").upper(): (
            (attribute(each, "paraIdParent") or "").upper(),
            (attribute(each, "done") or "0") in ("1", "true", "on"),
        )
        for each in children(root, "commentEx")
    }


def _comment(element: Element, told: dict[str, tuple[str, bool]]) -> Comment:
    paras = list(children(element, "p"))
    names = [name.upper() for para in paras if (name := para.get(f"{{{_W14}}}paraId"))]
    parent, done = told.get(names[-1], ("", False)) if names else ("", False)
    lines = tuple("".join(text.text or "" for text in para.iter() if local(text) == "t") for para in paras)
    return Comment(attribute(element, "author") or "", lines, names[-1] if names else "", parent, done)


def _head(comment: Comment, heads: dict[str, Comment]) -> str:
    """The comment at the head of a thread: an answer may answer an answer."""
    seen: set[str] = set()
    while comment.parent and comment.parent in heads and comment.parent not in seen:
        seen.add(comment.parent)
        comment = heads[comment.parent]
    return comment.name


# ---- writing ---------------------------------------------------------------------------------------------------------


def commented(content: bytes, author: str, notes: Sequence[Note]) -> bytes:
    """A copy of the file with the notes in it. Unfit: it cannot be read, or holds macros, which no copy should carry
    on."""
    package = opened(content, ABOUT)
    package.zipped.left = _MOST_COPIED
    if any("macroEnabled" in (each.get("ContentType") or "") for each in _every(content_types(package))):
        raise Unfit("R134", "a Word file with macros, of which no copy is made", "save it as DOCX")
    name = main_part(package, "word/document.xml")
    document = document_of(package)
    made = _Made(package, name, document.root, author)
    lines = document.lines
    placed: dict[Stretch | None, list[int]] = {}
    for note in notes:
        placed.setdefault(note.at if note.at is not None and note.at.line <= len(lines) else None, []).append(
            made.add(note)
        )
    for at in sorted(
        (one for one in placed if one is not None), key=lambda one: (one.line, one.start, one.end), reverse=True
    ):
        made.mark(lines[at.line - 1], at, placed[at])
    if None in placed:
        made.mark_document(placed[None])
    return _copied(content, package, made.parts())


def _every(root: Element | None) -> Iterator[Element]:
    yield from root if root is not None else ()


@define
class _Made:
    """A document while comments are put into it."""

    package: Package
    name: str
    root: Element
    author: str
    comments: Element | None = None
    extended: Element | None = None
    before: int = 0
    used: frozenset[str] = frozenset()

    def __attrs_post_init__(self) -> None:
        by_type = self._by_type()
        w = space(self.root)[1:-1]
        self.comments = _held(
            part(self.package, by_type.get("comments", "")),
            f"{{{w}}}comments",
            {"w": w, "w14": _W14, "w15": _W15, "mc": _MC},
        )
        self.extended = _held(
            part(self.package, by_type.get("commentsExtended", "")),
            f"{{{_W15}}}commentsEx",
            {"w14": _W14, "w15": _W15, "mc": _MC},
        )
        ids = [
            int(number)
            for each in self.comments
            if (number := attribute(each, "id") or "").isdecimal() and len(number) < 10
        ]
        self.before = max(ids, default=-1) + 1
        self.used = frozenset(
            found.upper()
            for top in (self.root, self.comments)
            for each in top.iter()
            if (found := each.get(f"{{{_W14}}}paraId"))
        )

    def _by_type(self) -> dict[str, str]:
        return {link.type: link.target for link in links(self.package, self.name).values() if not link.outside}

    def _tag(self, name: str) -> str:
        return space(self.root) + name

    def add(self, note: Note) -> int:
        """The number of a new comment."""
        assert self.comments is not None and self.extended is not None
        number = self.before
        self.before += 1
        made = etree.SubElement(self.comments, self._tag("comment"))
        made.set(self._tag("id"), str(number))
        made.set(self._tag("author"), self.author)
        made.set(self._tag("initials"), self.author[:1])
        for line in note.lines or ("",):
            para = etree.SubElement(made, self._tag("p"))
            text = etree.SubElement(etree.SubElement(para, self._tag("r")), self._tag("t"))
            text.text = "".join(
                one for one in line if one >= " " and not "\ud800" <= one <= "\udfff" and one not in "\ufffe\uffff"
            )
            text.set(_XML + "space", "preserve")
        name = next(
            one
            for one in (f"{at:08X}" for at in range(0x10000000 + number, 0x10000000 + _MOST_SPACES))
            if one not in self.used
        )
        self.used |= {name}
        made[-1].set(f"{{{_W14}}}paraId", name)
        said = etree.SubElement(self.extended, f"{{{_W15}}}commentEx")
        said.set(f"{{{_W15}}}paraId", name)
        said.set(f"{{{_W15}}}done", "0")
        return number

    def mark(self, para: Para, at: Stretch, numbers: Sequence[int]) -> None:
        """Puts the marks of comments around a stretch of a paragraph, which parts its runs where they reach beyond."""
        runs = list(self._runs(para, at))
        if runs:
            self._around(runs[0], runs[-1], numbers)
        else:
            self.mark_document(numbers)

    def mark_document(self, numbers: Sequence[int]) -> None:
        """Puts the marks at the first paragraph: what stands in a note, where no comment can stand, or nowhere, is told
        there."""
        paras = (each for each in child(self.root, "body") if local(each) == "p")  # type: ignore[union-attr]
        first = next(paras, None)
        if first is None:
            body = child(self.root, "body")
            assert body is not None, "what was read has a body"
            first = etree.Element(self._tag("p"))
            body.insert(0, first)
        for number in numbers:
            at = 1 if child(first, "pPr") is not None else 0
            first.insert(at, self._marker("commentRangeStart", number))
            first.append(self._marker("commentRangeEnd", number))
            first.append(self._reference(number))

    def _runs(self, para: Para, at: Stretch) -> Iterator[Element]:
        """The runs that print a stretch, parted at its ends."""
        column = 0
        for piece in para.pieces:
            end = column + len(printed(piece))
            if piece.element is not None and column < at.end and end > at.start:
                run = self._parted(piece, max(0, at.start - column), at.end - column)
                if run is not None:
                    yield run
            column = end

    def _parted(self, piece: Piece, low: int, high: int) -> Element | None:
        """The run that prints a stretch of a piece and nothing else of it."""
        element = piece.element
        assert element is not None
        run = element.getparent()
        if run is None or local(run) != "r":
            return None
        outer = next((each for each in element.iterancestors() if local(each) == "txbxContent"), None)
        if outer is not None:  # no comment can stand in a text box
            return next((each for each in outer.iterancestors() if local(each) == "r"), None)
        if any(local(each) in ("footnotes", "endnotes") for each in element.iterancestors()):
            return None
        if local(element) != "t" or [local(each) for each in run if local(each) != "rPr"] != ["t"]:
            return run
        text = element.text or ""
        first, last = _raw(piece.text, low), _raw(piece.text, high)
        if last < len(text):
            _behind(run, element, text[last:])
            element.text = text[:last]
        if first == 0:
            return run
        made = _behind(run, element, (element.text or "")[first:])
        element.text = text[:first]
        element.set(_XML + "space", "preserve")
        return made

    def _around(self, first: Element, last: Element, numbers: Sequence[int]) -> None:
        for number in numbers:
            first.addprevious(self._marker("commentRangeStart", number))
        for number in reversed(numbers):
            last.addnext(self._reference(number))
        for number in reversed(numbers):
            last.addnext(self._marker("commentRangeEnd", number))

    def _marker(self, name: str, number: int) -> Element:
        made = etree.Element(self._tag(name))
        made.set(self._tag("id"), str(number))
        return made

    def _reference(self, number: int) -> Element:
        run = etree.Element(self._tag("r"))
        run.append(self._marker("commentReference", number))
        return run

    def parts(self) -> dict[str, bytes]:
        """The parts that are new or have changed."""
        assert self.comments is not None and self.extended is not None
        by_type = self._by_type()
        folder, base = posixpath.split(self.name)
        names = {
            kind: by_type.get(kind) or posixpath.join(folder, f"{kind}.xml")
            for kind in ("comments", "commentsExtended")
        }
        related = posixpath.join(folder, "_rels", f"{base}.rels")
        relations, types = part(self.package, related), content_types(self.package)
        relations = (
            etree.Element(f"{{{_RELATED}}}Relationships", nsmap=_bare(_RELATED)) if relations is None else relations
        )
        types = etree.Element(f"{{{_TYPED}}}Types", nsmap=_bare(_TYPED)) if types is None else types
        taken = {each.get("Id") for each in relations}
        overridden = {each.get("PartName") for each in types}
        for kind, type_, called in (("comments", _TYPE, _KIND), ("commentsExtended", _TYPE_EXTENDED, _KIND_EXTENDED)):
            if f"/{names[kind]}" not in overridden:
                etree.SubElement(types, f"{{{_TYPED}}}Override", PartName=f"/{names[kind]}", ContentType=type_)
            if kind not in by_type:
                name = next(one for one in (f"rIdTieout{at}" for at in range(1, len(taken) + 3)) if one not in taken)
                taken.add(name)
                etree.SubElement(
                    relations, f"{{{_RELATED}}}Relationship", Id=name, Type=called, Target=f"/{names[kind]}"
                )
        changed = {
            self.name: self.root,
            names["comments"]: self.comments,
            names["commentsExtended"]: self.extended,
            related: relations,
        }
        return {name: _written(root) for name, root in {**changed, "[Content_Types].xml": types}.items()}


def _raw(text: str, column: int) -> int:
    """How many characters of a piece stand before a column of its line, where an ampersand is written as an entity."""
    at = written = 0
    while at < len(text) and written < column:
        written += 5 if text[at] == "&" else 1
        at += 1
    return at


def _behind(run: Element, element: Element, text: str) -> Element:
    """A run of the same look with other text behind a run."""
    made = deepcopy(run)
    made.tail = None
    (held,) = (each for each in made if local(each) == "t")
    held.text = text
    held.set(_XML + "space", "preserve")
    element.set(_XML + "space", "preserve")
    run.addnext(made)
    return made


def _bare(name: str) -> Any:
    """A vocabulary that is written without a prefix."""
    return {None: name}


def _held(root: Element | None, tag: str, spaces: dict[str, str]) -> Element:
    """The part to add to: what is there in a root that knows the vocabularies, or a new one."""
    if root is not None and all(space_ in root.nsmap.values() for space_ in spaces.values()):
        return root
    known: Any = {**(root.nsmap if root is not None else {}), **spaces}
    made = etree.Element(root.tag if root is not None else tag, nsmap=known)
    for name, value in root.attrib.items() if root is not None else ():
        made.set(name, value)
    for each in list(root) if root is not None else ():
        made.append(each)
    ignored = (made.get(f"{{{_MC}}}Ignorable") or "").split()
    made.set(f"{{{_MC}}}Ignorable", " ".join(dict.fromkeys([*ignored, "w14", "w15"])))
    return made


def _written(root: Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _copied(content: bytes, package: Package, changed: dict[str, bytes]) -> bytes:
    """The archive with some parts changed or new, and every other part and time as they were."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in package.zipped.archive.infolist():
            body = changed.pop(entry.filename, None)
            kept = zipfile.ZipInfo(entry.filename, entry.date_time)
            kept.compress_type, kept.external_attr = entry.compress_type, entry.external_attr
            written.writestr(kept, body if body is not None else package.read(entry.filename) or b"")
        for name, body in changed.items():
            kept = zipfile.ZipInfo(name)
            kept.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(kept, body)
    return out.getvalue()
