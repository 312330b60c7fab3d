"""The parts of a workbook, unpacked within limits: nothing is fetched, nothing is run, no entity is ever declared.

Parts are read as a stream of elements. A part that declares a document type, that unpacks beyond all reason, or one of
whose tags has no end, stops there.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from pyexpat import ErrorString, ExpatError, ParserCreate, XMLParserType

from attrs import define, field

from checker.office import zipped
from checker.office.zipped import Faulty, Sizes, Zipped

SIZES = Sizes(parts=20_000, unpacked=300_000_000, ratio=None)
"""A large workbook has some hundreds of parts; sheets of one number repeated are packed more densely than any text."""
MOST_ELEMENTS = 8_000_000
"""Elements that are visited in all parts together: bounds the time."""
_LONGEST_TAG = 2_000_000
"""Bytes without the end of any tag."""
_LONGEST_TEXT = 1_000_000
"""Characters between two tags that are kept; a cell takes 32,767."""
_MOST_NAMES = 1 << 16

Begin = Callable[[str, Mapping[str, str]], None]
End = Callable[[str, str], None]


class Unreadable(Exception):
    """A part or a whole workbook cannot be read; the words say why."""


class Excessive(Unreadable):
    """It unpacks to more than any workbook of statements."""


@define
class Package:
    """An archive and what may still be spent on reading it."""

    zipped: Zipped
    elements_left: int = MOST_ELEMENTS
    broken: list[str] = field(factory=list)
    """Parts that end before they should."""

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return self.zipped.has(name)

    def read(self, name: str, begin: Begin, end: End) -> None:
        """Tells of each element of a part as it begins, with its attributes, and as it ends, with the text since the
        last tag. Prefixes are left away."""
        if not self.has(name):
            raise Unreadable(f"the part {posixpath.basename(name)} is missing")
        walk = _Walk(self, begin, end)
        parser = walk.parser()
        try:
            for chunk in self.zipped.chunks(name):
                seen = walk.count
                parser.Parse(chunk, False)
                walk.idle = 0 if walk.count > seen else walk.idle + len(chunk)
                if walk.idle > _LONGEST_TAG:
                    raise Excessive("one of its tags has no end")
            parser.Parse(b"", True)
        except ExpatError as error:
            raise Unreadable(f"the part {posixpath.basename(name)} is damaged: {ErrorString(error.code)}") from None
        except zipped.Excessive as fault:
            raise Excessive(str(fault)) from None
        except Faulty as fault:
            raise Unreadable(f"the part {posixpath.basename(name)} cannot be unpacked: {fault}") from None

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to, by the id of the reference: the kind of it and the part, or the address outside where
        it is one."""
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        found: dict[str, tuple[str, str]] = {}

        def begin(tag: str, has: Mapping[str, str]) -> None:
            if tag == "Relationship":
                target, outside = has.get("Target", ""), has.get("TargetMode", "") == "External"
                path = (
                    target
                    if outside
                    else target.lstrip("/")
                    if target.startswith("/")
                    else posixpath.normpath(posixpath.join(folder, target))
                )
                found[has.get("Id", "")] = (has.get("Type", "").rsplit("/", 1)[-1], path)

        if self.has(relations):
            self.read(relations, begin, lambda tag, text: None)
        return found


@define
class _Walk:
    """One parser with what it tells."""

    package: Package
    begin: Begin
    end: End
    texts: list[str] = field(factory=list)
    names: dict[str, str] = field(factory=dict)
    count: int = 0
    idle: int = 0
    length: int = 0

    def parser(self) -> XMLParserType:
        """A parser that refuses document types, and with them entities."""
        made = ParserCreate()
        made.buffer_text = True
        made.StartElementHandler = self._begins
        made.EndElementHandler = self._ends
        made.CharacterDataHandler = self._says
        made.StartDoctypeDeclHandler = self._declares
        return made

    def _begins(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.count += 1
        self.package.elements_left -= 1
        if self.package.elements_left < 0:
            raise Excessive(f"it holds more than {MOST_ELEMENTS:,} elements")
        self.texts.clear()
        self.length = 0
        self.begin(self._plain(tag), attributes)

    def _ends(self, tag: str) -> None:
        text = "".join(self.texts)
        self.texts.clear()
        self.length = 0
        self.end(self._plain(tag), text)

    def _says(self, text: str) -> None:
        self.count += 1
        if self.length < _LONGEST_TEXT:
            self.texts.append(text)
            self.length += len(text)

    def _declares(self, name: str, system: str | None, public: str | None, inside: bool) -> None:
        raise Unreadable("one of its parts declares a document type, which no workbook does")

    def _plain(self, tag: str) -> str:
        plain = self.names.get(tag)
        if plain is None:
            plain = tag.rpartition(":")[2]
            if len(self.names) < _MOST_NAMES:
                self.names[tag] = plain
        return plain


def opened(content: bytes) -> Package:
    """The archive, once its directory is known to be one of a sane size."""
    try:
        return Package(zipped.opened(content, SIZES))
    except zipped.Excessive as fault:
        raise Excessive(str(fault)) from None
    except Faulty as fault:
        raise Unreadable(str(fault)) from None
