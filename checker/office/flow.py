"""The walk over the parts of a Word document: what it prints when every tracked change is accepted, comments and page
heads aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from attrs import Factory, define

from checker.core.value import evolve, frozen
from checker.office.looks import (
    OFF,
    Look,
    Setting,
    Styles,
    drawn,
    length,
    look_of,
    look_over,
    number,
    on,
    setting_of,
    setting_over,
    styles_of,
)
from checker.office.package import Package, damaged, opened
from checker.office.parts import Element, Link, attribute, child, children, content_types, links, local, main_part, part
from checker.office.word import BREAK, TAB, Box, Grid, Image, Item, Para, Piece, Told, Word, paragraphs

ABOUT = "a Word file (DOCX)"

_MAIN = "word/document.xml"
_MOST_COLUMNS = 1000
"""No cell spans more: the limit of the HTML standard, and far beyond that of Word."""
_DEFAULT_STOP = 360
"""Tenths of a point from one tab stop to the next, where nothing is said."""
_DEEPEST = 60
"""Elements inside elements of a paragraph, and tables inside tables: beyond it nothing is read, and that is said."""
_THROUGH = frozenset(
    (
        "hyperlink",
        "smartTag",
        "customXml",
        "dir",
        "bdo",
        "fldSimple",
        "oMath",
        "oMathPara",
        "rubyBase",
        "sdtContent",
        "sdt",
        "ruby",
    )
)
"""What holds runs and is none itself."""
_MATHS = frozenset(
    (
        "f",
        "num",
        "den",
        "sup",
        "sub",
        "e",
        "sSup",
        "sSub",
        "sSubSup",
        "d",
        "rad",
        "deg",
        "nary",
        "func",
        "fName",
        "box",
        "bar",
        "acc",
    )
)
_PUT_IN, _TAKEN_OUT = frozenset(("ins", "moveTo")), frozenset(("del", "moveFrom"))
_FIRST = re.compile(r"[\d.,(]")
_SYMBOL = {
    0x20: " ", 0x21: "!", 0x23: "#", 0x25: "%", 0x26: "&", 0x28: "(", 0x29: ")", 0x2A: "*", 0x2B: "+",
    0x2C: ",", 0x2D: "-", 0x2E: ".", 0x2F: "/",
    **{code: chr(code) for code in range(0x30, 0x3C)},
    0x3C: "<", 0x3D: "=", 0x3E: ">", 0x5B: "[", 0x5D: "]", 0xA0: "€", 0xA3: "≤", 0xB0: "°",
    0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xBB: "≈", 0xD2: "®", 0xD3: "©", 0xD4: "™",
    0xE2: "®", 0xE3: "©", 0xE4: "™",
}  # fmt: skip
"""What the codes of the font Symbol print, as far as figures and their signs are made of them."""
_PICTURES = ("wingdings", "webdings", "zapf", "marlett")
_NOTES = (("footnote", "footnotes"), ("endnote", "endnotes"))


@define
class _Walk:
    """What is known while the walk goes on."""

    styles: Styles
    changes: int = 0
    hidden: int = 0
    struck: int = 0
    embedded: int = 0
    paragraph: int = 0
    table: int = 0
    fields: list[bool] = Factory(list)
    """For each field that is open, whether its result has begun."""
    notes: dict[tuple[str, str], int] = Factory(dict)
    """The number of each note that is referred to, by kind and id, in the order of reading."""
    pieces: list[Piece] = Factory(list)
    images: list[Image] = Factory(list)
    boxes: list[Element] = Factory(list)
    """Text boxes that hang on the paragraph."""
    new_page: bool = False
    then_new_page: bool = False
    """A page ends behind what was read of this paragraph: the next one begins a page."""
    sunk: bool = False
    """Something stood too deep to be read."""

    # ---- blocks ------------------------------------------------------------------------------------------------------

    def items(self, holder: Element, part: str, depth: int = 0) -> Iterator[Item]:
        """The paragraphs and tables of a body, a cell, a note or a text box; `part` says where, empty in the body."""
        if depth > _DEEPEST:
            self.sunk = True
            return
        for each in holder:
            name = local(each)
            if name == "p":
                yield from self._paragraph(each, part, depth)
            elif name == "tbl":
                yield from self._flushed(part)
                yield self._grid(each, part, depth)
            elif name in ("sdt", "AlternateContent"):
                chosen = child(each, "sdtContent") if name == "sdt" else _choice(each)
                if chosen is not None:
                    yield from self.items(chosen, part, depth + 1)
            elif name in ("customXml", "oMathPara") or name in _PUT_IN:
                self.changes += name in _PUT_IN
                yield from self.items(each, part, depth + 1)
            elif name in _TAKEN_OUT:
                self.changes += 1
            elif name in ("altChunk", "subDoc"):
                self.embedded += 1
        yield from self._flushed(part)

    def _flushed(self, part: str) -> Iterator[Item]:
        """A paragraph whose end was taken out, and that nothing follows any more."""
        if self.pieces:
            yield self._para(Setting(), part)

    def _para(self, setting: Setting, part: str) -> Para:
        if not part:
            self.paragraph += any(piece.text.strip() for piece in self.pieces)
        made = Para(
            tuple(self.pieces),
            setting,
            part or f"paragraph {max(1, self.paragraph)}",
            tuple(self.images),
            self.new_page,
        )
        self.pieces, self.images, self.new_page, self.then_new_page = [], [], self.then_new_page, False
        return made

    def _paragraph(self, element: Element, part: str, depth: int) -> Iterator[Item]:
        properties = child(element, "pPr")
        style = attribute(child(properties, "pStyle"), "val")
        setting = setting_over(self.styles.setting_in(style), setting_of(properties))
        look = look_over(self.styles.look, self.styles.look_in(style or self.styles.default))
        self.new_page = self.new_page or bool(setting.new_page)
        section = child(properties, "sectPr")  # which ends with this paragraph
        ends = section is not None and attribute(child(section, "type"), "val") not in ("continuous", "nextColumn")
        self.then_new_page = self.then_new_page or ends
        self._inline(element, look, depth)
        self.fields = [True] * len(
            self.fields
        )  # an instruction is over with its paragraph: nothing can hide the rest of a document
        mark = child(properties, "rPr")
        if mark is not None and any(local(each) in _TAKEN_OUT for each in mark):
            self.changes += 1
            return  # it goes on with the next one
        boxes, self.boxes = self.boxes, []
        yield self._para(setting, part)
        for box in boxes:
            yield from self.items(box, part or f"text box, paragraph {max(1, self.paragraph)}", depth + 1)

    # ---- tables ------------------------------------------------------------------------------------------------------

    def _grid(self, table: Element, part: str, depth: int) -> Grid:
        if not part:
            self.table += 1
        name = part or f"table {self.table}"
        rows: list[tuple[Box, ...]] = []
        for number_, row in enumerate(_held(table, "tr"), 1):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self.changes += 1
                continue
            if on(child(properties, "hidden")):
                self.hidden += 1
                continue
            self.changes += child(properties, "ins") is not None
            rows.append(tuple(self._row(row, part or f"{name}, row {number_}", depth)))
        return Grid(tuple(rows))

    def _row(self, row: Element, part: str, depth: int) -> Iterator[Box]:
        properties = child(row, "trPr")
        before = min(number(attribute(child(properties, "gridBefore"), "val")) or 0, _MOST_COLUMNS)
        if before > 0:
            yield Box((), before)
        held: Box | None = None
        for cell in _held(row, "tc"):
            said = child(cell, "tcPr")
            columns = max(1, min(number(attribute(child(said, "gridSpan"), "val")) or 1, _MOST_COLUMNS))
            if child(said, "cellDel") is not None:
                self.changes += 1
                box = Box((), columns)
            else:
                borders = child(said, "tcBorders")
                box = Box(
                    tuple(self.items(cell, part, depth + 1)),
                    columns,
                    drawn(child(borders, "top")) or 0,
                    drawn(child(borders, "bottom")) or 0,
                )
            merged = child(said, "hMerge")
            if merged is not None and (attribute(merged, "val") or "continue") == "continue":
                held = (
                    box if held is None else evolve(held, items=held.items + box.items, columns=held.columns + columns)
                )
                continue
            if held is not None:
                yield held
            held = box
        if held is not None:
            yield held

    # ---- lines -------------------------------------------------------------------------------------------------------

    def _inline(self, holder: Element, look: Look, depth: int) -> None:
        """The runs of a paragraph, or of what holds some of them."""
        if depth > 2 * _DEEPEST:
            self.sunk = True
            return
        for each in holder:
            name = local(each)
            if name == "r":
                self._run(each, look, depth)
            elif name in _THROUGH or name in _MATHS or name in _PUT_IN:
                self.changes += name in _PUT_IN
                self._inline(each, look, depth + 1)
            elif name in _TAKEN_OUT:
                self.changes += 1
            elif name == "AlternateContent":
                chosen = _choice(each)
                if chosen is not None:
                    self._inline(chosen, look, depth + 1)
            elif name == "subDoc":
                self.embedded += 1

    def _run(self, run: Element, around: Look, depth: int) -> None:
        properties = child(run, "rPr")
        look = around
        if properties is not None and len(properties):
            style = attribute(child(properties, "rStyle"), "val")
            look = look_over(look_over(around, self.styles.look_in(style)) if style else around, look_of(properties))
            if any(local(each) in _TAKEN_OUT for each in properties):
                return
        begins = len(self.pieces)
        for each in run:
            self._part(each, look, depth)
        if len(self.pieces) > begins and (look.hidden or look.struck):
            if any(piece.text.strip() for piece in self.pieces[begins:]):
                self.hidden += bool(look.hidden)
                self.struck += not look.hidden
            del self.pieces[begins:]

    def _part(self, each: Element, look: Look, depth: int) -> None:
        """One part of a run."""
        name = local(each)
        if name == "fldChar":
            self._field(attribute(each, "fldCharType") or "")
            return
        if not all(self.fields):
            return
        if name == "t":
            self._add(_text(each, look), look, each)
        elif name in ("tab", "ptab"):
            self._add(TAB, look, each)
        elif name in ("br", "cr"):
            self._break(each, look)
        elif name == "noBreakHyphen":
            self._add("-", look, each)
        elif name == "softHyphen":
            self._add("\u00ad", look, each)
        elif name == "sym":
            self._add(_symbol(attribute(each, "char"), (attribute(each, "font") or "").lower()), look, each)
        elif name in ("footnoteReference", "endnoteReference"):
            self._reference(each, name, look)
        elif name in ("drawing", "pict", "object"):
            self._drawn(each, name)
        elif name == "AlternateContent":
            chosen = _choice(each)
            for inner in chosen if chosen is not None else ():
                self._part(inner, look, depth)
        elif name == "ruby":
            self._inline(each, look, depth + 1)

    def _add(self, text: str, look: Look, element: Element) -> None:
        if not text:
            return
        if self.pieces and self.pieces[-1].text == "\u00ad" and _FIRST.match(text):  # so some write a minus
            before = self.pieces[-2].text if len(self.pieces) > 1 else " "
            if not before[-1:].isalnum():
                self.pieces[-1] = evolve(self.pieces[-1], text="-")
        self.pieces.append(Piece(text, look, element))

    def _break(self, each: Element, look: Look) -> None:
        if attribute(each, "type") == "page":
            if any(piece.text.strip() for piece in self.pieces):
                self.then_new_page = True
            else:
                self.new_page = True
        self._add(BREAK, look, each)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _reference(self, each: Element, name: str, look: Look) -> None:
        key = (name.removesuffix("Reference"), attribute(each, "id") or "")
        count = self.notes.setdefault(key, 1 + sum(kind == key[0] for kind, _ in self.notes))
        if (attribute(each, "customMarkFollows") or "0").lower() in OFF:  # else the mark is typed behind it
            self.pieces.append(Piece(str(count), evolve(look, raised=True), each, "mark"))

    def _drawn(self, each: Element, name: str) -> None:
        """A drawing: its text boxes are read, and what is a picture in it is noted."""
        boxes = [box for box in _unrepeated(each) if local(box) == "txbxContent"]
        self.boxes += boxes
        self.embedded += name == "object"
        shown = name == "object" or any(local(inner) in ("pic", "imagedata", "chart") for inner in each.iter())
        if shown:
            alt = next((word for inner in each.iter() for word in _alts(inner)), "")
            self.images.append(Image(alt[:400], len(self.pieces)))


def _alts(element: Element) -> Iterator[str]:
    if local(element) in ("docPr", "shape", "imagedata"):
        yield from (found for name in ("descr", "alt", "title") if (found := (element.get(name) or "").strip()))


def _unrepeated(element: Element) -> Iterator[Element]:
    """What a drawing holds, of two ways to say the same one, and nothing inside of a text box."""
    waiting = [element]
    while waiting:
        each = waiting.pop()
        yield each
        name = local(each)
        if name == "txbxContent":
            continue
        chosen = _choice(each) if name == "AlternateContent" else each
        waiting.extend(reversed(chosen) if chosen is not None else ())


def _choice(element: Element) -> Element | None:
    """Of several ways to say the same the first, which newer programs show; else what is kept for older ones."""
    found = child(element, "Choice")
    return found if found is not None else child(element, "Fallback")


def _held(holder: Element, name: str, depth: int = 0) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those in content controls and in tracked changes too."""
    for each in holder:
        found = local(each)
        if found == name:
            yield each
        elif (
            found in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "AlternateContent", "Choice")
            and depth < _DEEPEST
        ):
            yield from _held(each, name, depth + 1)


def _text(each: Element, look: Look) -> str:
    text = each.text or ""
    if "\n" in text or "\r" in text or "\t" in text:
        text = re.sub(r"[\r\n\t]", " ", text)
    if look.symbols == "symbol" or any("\uf020" <= one <= "\uf0ff" for one in text):
        text = "".join(
            _symbol(f"{ord(one):x}", look.symbols or "symbol") if "\uf020" <= one <= "\uf0ff" else one for one in text
        )
    if "\u00ad" in text:  # a soft hyphen before a figure is a minus to whoever typed it
        text = re.sub(r"\u00ad", lambda found: "-" if _leads(text, found.start()) else found[0], text)
    return text


def _leads(text: str, at: int) -> bool:
    """Whether a character stands before a figure, its bracket or its sign of money, and behind no word."""
    before, behind = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    apart = not before or before.isspace() or before == "(" or category(before) == "Sc"
    return apart and behind != "" and (_FIRST.match(behind) is not None or category(behind) == "Sc")


def _symbol(code: str | None, font: str) -> str:
    """What a character of a font of symbols prints."""
    if code is None or not re.fullmatch(r"[0-9A-Fa-f]{1,5}", code):
        return ""
    value = int(code, 16) & 0xFF if 0xF000 <= int(code, 16) <= 0xF0FF else int(code, 16)
    if font.startswith(_PICTURES):
        return "•"
    if font == "symbol":
        return _SYMBOL.get(value, "\ufffd")
    return chr(value) if value >= 0x20 and not 0xD800 <= value <= 0xDFFF and value < 0x110000 else ""


# ---- the document ----------------------------------------------------------------------------------------------------


@frozen
class Document:
    """A Word file that is open: what it prints, and the root of its main part, whose elements the pieces name."""

    word: Word
    root: Element

    @property
    def lines(self) -> list[Para]:
        """Its paragraphs in the order of reading."""
        return list(paragraphs(self.word.items))


def word(content: bytes) -> Word:
    """What the document prints. Unfit: it cannot be read, or not safely."""
    return document_of(opened(content, ABOUT)).word


def document_of(package: Package) -> Document:
    """The same of a package that is open, with its elements."""
    name = main_part(package, _MAIN)
    root = part(package, name)
    body = child(root, "body")
    if root is None or body is None:
        raise damaged(package.about)
    related = links(package, name)
    by_type = {link.type: link.target for link in related.values() if not link.outside}
    walk = _Walk(styles_of(part(package, by_type.get("styles", ""))))
    items = list(walk.items(body, ""))
    for kind, type_ in _NOTES:
        items += _notes(walk, part(package, by_type.get(type_, "")), kind)
    settings = part(package, by_type.get("settings", ""))
    if walk.sunk:
        raise damaged(package.about)
    embedded = sum(link.type in ("package", "oleObject", "aFChunk") for link in related.values() if not link.outside)
    outside = sum(link.outside and link.type != "hyperlink" for link in _every_link(package, name, by_type))
    told = Told(walk.changes, walk.hidden, walk.struck, max(embedded, walk.embedded), outside, _has_macros(package))
    stop = length(attribute(child(settings, "defaultTabStop"), "val")) or _DEFAULT_STOP
    return Document(Word(tuple(items), told, max(20, stop)), root)


def _notes(walk: _Walk, root: Element | None, kind: str) -> list[Item]:
    """The notes of one kind that the text refers to, in the order of their numbers."""
    held = {attribute(each, "id") or "": each for each in children(root, kind)}
    found: list[Item] = []
    for (of, name), count in list(walk.notes.items()):
        if of == kind and name in held:
            found += walk.items(held[name], f"{kind} {count}")
    return found


def _every_link(package: Package, name: str, by_type: dict[str, str]) -> Iterator[Link]:
    yield from links(package, name).values()
    for type_ in ("settings", "footnotes", "endnotes"):
        if type_ in by_type:
            yield from links(package, by_type[type_]).values()


def _has_macros(package: Package) -> bool:
    if package.named(r".*vbaProject\.bin"):
        return True
    types = content_types(package)
    return any("macroEnabled" in (each.get("ContentType") or "") for each in (types if types is not None else ()))
