"""The XML of a part: no document type, no entities, nothing fetched, and nothing deeper than a document is."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from checker.core.remembered import remembered
from checker.core.value import frozen
from checker.office.package import Package, Unfit, damaged

Element = etree._Element

_TYPES = "[Content_Types].xml"


@frozen
class Link:
    """A relationship of a part: its id, the last word of its type, and what it leads to, a part or something outside of
    the file."""

    id: str
    type: str
    target: str
    outside: bool = False


def parsed(content: bytes, about: str) -> Element:
    """The root of a part. Unfit: it is no XML, or declares a document type, which no Office program writes."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<!DOCTYPE" in content[:10_000]:
            raise _typed(about) from error
        raise damaged(about) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _typed(about)
    return root


def _typed(about: str) -> Unfit:
    return Unfit(
        "R135",
        f"{about} that declares a document type or entities, which no Office program writes: it was not read",
        "save it again from Word",
    )


def part(package: Package, name: str) -> Element | None:
    """The root of a part; None where there is none of that name."""
    content = package.read(name)
    return None if content is None else parsed(content, package.about)


def links(package: Package, name: str) -> dict[str, Link]:
    """What a part leads to, by id; the package itself has an empty name."""
    folder, base = posixpath.split(name)
    root = part(package, posixpath.join(folder, "_rels", f"{base}.rels"))
    found = {}
    for each in root if root is not None else ():
        outside = each.get("TargetMode") == "External"
        target = each.get("Target") or ""
        inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        link = Link(
            each.get("Id") or "", (each.get("Type") or "").rpartition("/")[2], target if outside else inside, outside
        )
        found[link.id] = link
    return found


def main_part(package: Package, otherwise: str) -> str:
    """The name of the part that the file is about: as its relationships say, else by its usual name."""
    named = next(
        (one.target for one in links(package, "").values() if one.type == "officeDocument" and not one.outside),
        otherwise,
    )
    return named if named in package.names else otherwise


def content_types(package: Package) -> Element | None:
    """What kind each part is of."""
    return part(package, _TYPES)


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return _parted(tag)[1] if isinstance(tag, str) else ""


def space(element: Element) -> str:
    """The namespace of an element, in the braces that lxml writes."""
    return _parted(str(element.tag))[0]


@remembered(4096)
def _parted(tag: str) -> tuple[str, str]:
    """The namespace of a tag in its braces, and the name."""
    head, brace, name = tag.rpartition("}")
    return head + brace, name


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name in the namespace of its parent."""
    return None if element is None or not len(element) else element.find(space(element) + name)


def children(element: Element | None, name: str) -> Iterator[Element]:
    """All children of that name, whatever their namespace."""
    for each in element if element is not None else ():
        if local(each) == name:
            yield each


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute by its name without a namespace: of WordprocessingML all have one, and of the other vocabularies
    none."""
    if element is None:
        return None
    found = element.get(space(element) + name)
    return element.get(name) if found is None else found
