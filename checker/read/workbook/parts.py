"""What the parts of a workbook beside its sheets say: the sheets in order, texts that are stored once, styles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, field

from checker.core.value import frozen
from checker.read.shapes import is_mark
from checker.read.workbook.formats import BUILT_IN, GENERAL
from checker.read.workbook.package import Excessive, Package

_MOST_TEXTS = 2_000_000
_MOST_CHARACTERS = 64_000_000
_MOST_STYLES = 100_000
_LONGEST = 32_767
"""Characters of a cell."""


@frozen
class Tab:
    """One sheet of a workbook."""

    name: str
    part: str
    hidden: bool


@frozen
class Book:
    """What the workbook itself says."""

    tabs: tuple[Tab, ...]
    early: bool = False
    """Days are counted from 1904 on."""
    macros: bool = False
    links: bool = False
    """Formulas of it refer to other workbooks."""


@frozen
class Look:
    """How a cell is set: the code of its numbers, and what of its print says something."""

    code: str = GENERAL
    bold: bool = False
    above: int = 0
    """The lines drawn over it: none, one or two."""
    below: int = 0
    indent: int = 0
    across: bool = False
    """Its text is centred over the empty cells beside it."""


Text = tuple[str, str]
"""A text and the marks of notes that were raised in it."""


def book_of(package: Package) -> Book:
    """The workbook: its sheets in the order of their tabs."""
    main = next(
        (path for kind, path in package.targets("").values() if kind == "officeDocument" and package.has(path)),
        "xl/workbook.xml",
    )
    targets = package.targets(main)
    tabs: list[Tab] = []
    early = False

    def begin(tag: str, has: Mapping[str, str]) -> None:
        nonlocal early
        if tag == "workbookPr":
            early = has.get("date1904", "0") in ("1", "true")
        elif tag == "sheet":
            reference = next((value for name, value in has.items() if name.rpartition(":")[2] == "id"), "")
            kind, part = targets.get(reference, ("", ""))
            if kind == "worksheet":
                tabs.append(Tab(has.get("name", "")[:64], part, has.get("state", "visible") != "visible"))

    package.read(main, begin, lambda tag, text: None)
    kinds = {kind for kind, _ in targets.values()}
    return Book(
        tuple(tabs),
        early,
        any(name.endswith("vbaproject.bin") for name in package.zipped.names),
        "externalLink" in kinds,
    )


def part_of(package: Package, kind: str) -> str:
    """The name of the part that the workbook has of a kind, empty where it has none."""
    main = next(
        (path for kind_, path in package.targets("").values() if kind_ == "officeDocument" and package.has(path)),
        "xl/workbook.xml",
    )
    return next((path for found, path in package.targets(main).values() if found == kind and package.has(path)), "")


@define
class Texts:
    """Text of a cell while it is read: its pieces, each perhaps raised as the mark of a note."""

    pieces: list[str] = field(factory=list)
    marks: list[str] = field(factory=list)
    raised: bool = False
    silent: int = 0
    """Inside how many elements that only say how a text is pronounced."""

    def begin(self, tag: str, has: Mapping[str, str]) -> None:
        """An element of a text begins."""
        if tag == "r":
            self.raised = False
        elif tag == "vertAlign":
            self.raised = has.get("val") == "superscript"
        elif tag == "rPh":
            self.silent += 1

    def end(self, tag: str, text: str) -> None:
        """An element of a text ends."""
        if tag == "t" and not self.silent:
            if self.raised and is_mark(text.strip()):
                self.marks.append(text.strip())
            else:
                self.pieces.append(text)
        elif tag == "r":
            self.raised = False
        elif tag == "rPh":
            self.silent -= 1

    def taken(self) -> Text:
        """The whole text, and a new beginning."""
        made = ("".join(self.pieces)[:_LONGEST], ",".join(self.marks))
        self.pieces, self.marks, self.raised = [], [], False
        return made


def shared_texts(package: Package) -> Sequence[Text]:
    """The texts that cells name by number."""
    name = part_of(package, "sharedStrings")
    found: list[Text] = []
    if not name:
        return found
    texts = Texts()
    length = 0

    def end(tag: str, text: str) -> None:
        nonlocal length
        texts.end(tag, text)
        if tag == "si":
            made = texts.taken()
            length += len(made[0])
            if len(found) >= _MOST_TEXTS or length > _MOST_CHARACTERS:
                raise Excessive("it stores more text than any workbook of statements")
            found.append(made)

    package.read(name, texts.begin, end)
    return found


@define
class _Styles:
    """Styles while they are read."""

    codes: dict[int, str] = field(factory=dict)
    bold: list[bool] = field(factory=list)
    borders: list[tuple[int, int]] = field(factory=list)
    looks: list[Look] = field(factory=list)
    inside: str = ""
    heavy: bool = False
    lines: tuple[int, int] = (0, 0)
    numbers: tuple[int, int, int] = (0, 0, 0)
    indent: int = 0
    across: bool = False

    def begin(self, tag: str, has: Mapping[str, str]) -> None:
        if tag in ("fonts", "borders", "cellXfs", "cellStyleXfs", "dxfs", "cellStyles"):
            self.inside = tag
        elif tag == "numFmt" and self.inside != "dxfs":
            self.codes[_int(has.get("numFmtId"))] = has.get("formatCode", GENERAL)
        elif self.inside == "fonts":
            self.heavy = (
                False if tag == "font" else self.heavy or (tag == "b" and has.get("val", "1") not in ("0", "false"))
            )
        elif self.inside == "borders":
            self._border(tag, has)
        elif self.inside == "cellXfs" and tag == "xf":
            self.numbers = (_int(has.get("numFmtId")), _int(has.get("fontId")), _int(has.get("borderId")))
            self.indent, self.across = 0, False
        elif self.inside == "cellXfs" and tag == "alignment":
            self.indent = min(_int(has.get("indent")), 250)
            self.across = has.get("horizontal") == "centerContinuous"

    def _border(self, tag: str, has: Mapping[str, str]) -> None:
        drawn = 2 if has.get("style") == "double" else 0 if has.get("style", "none") == "none" else 1
        if tag == "border":
            self.lines = (0, 0)
        elif tag == "top":
            self.lines = (drawn, self.lines[1])
        elif tag == "bottom":
            self.lines = (self.lines[0], drawn)

    def end(self, tag: str, text: str) -> None:
        if tag == self.inside:
            self.inside = ""
        elif self.inside == "fonts" and tag == "font":
            self.bold.append(self.heavy)
        elif self.inside == "borders" and tag == "border":
            self.borders.append(self.lines)
        elif self.inside == "cellXfs" and tag == "xf":
            if len(self.looks) >= _MOST_STYLES:
                raise Excessive("it has more styles than any workbook of statements")
            code, font, border = self.numbers
            above, below = self.borders[border] if 0 <= border < len(self.borders) else (0, 0)
            heavy = self.bold[font] if 0 <= font < len(self.bold) else False
            self.looks.append(
                Look(self.codes.get(code, BUILT_IN.get(code, GENERAL)), heavy, above, below, self.indent, self.across)
            )


def looks(package: Package) -> Sequence[Look]:
    """How cells are set, by the number of their style."""
    name = part_of(package, "styles")
    made = _Styles()
    if name:
        package.read(name, made.begin, made.end)
    return made.looks


def _int(text: str | None) -> int:
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else 0
