"""Word files made by hand: a zip with as little around the text as Word asks for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWN = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"'
    ' ContentType="application/xml"/><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
ROWS = (
    ("", "2013", "2012"),
    ("Revenues", "1,610", "1,530"),
    ("Cost of revenues", "1,170", "1,040"),
    ("Gross profit", "440", "490"),
)
TITLE = "Consolidated Statements of Operations"


def run(text: str, properties: str = "") -> str:
    """A run of text, escaped."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escaped}</w:t></w:r>'


def para(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; what does not begin with a tag is text."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(one if one.startswith('<') else run(one) for one in runs)}</w:p>"


def cell(content: str, properties: str = "") -> str:
    """A cell of paragraphs, or of text."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else para(content)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells."""
    return (
        f"<w:tr><w:trPr>{properties}"
        f"</w:trPr>{''.join(one if one.startswith('<w:tc') else cell(one) for one in cells)}</w:tr>"
    )


def table(*rows: Sequence[str] | str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/>{''.join(one if isinstance(one, str) else row(*one) for one in rows)}</w:tbl>"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Parts as a zip, always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def root(name: str, content: str) -> str:
    """A part of WordprocessingML."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} xmlns:w="{W}" xmlns:r="{_R}" {_DRAWN}>{content}</w:{name}>'


def links(*targets: tuple[str, str], outside: bool = False) -> str:
    """Relationships of a part: the last word of each type, and what it leads to."""
    mode = ' TargetMode="External"' if outside else ""
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{_R}/{kind}" Target="{target}"{mode}/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'
    )


def parts(*body: str, **others: str) -> dict[str, str | bytes]:
    """The parts of a document; `others` are named by what they are: styles, footnotes, ..."""
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": links(("officeDocument", "word/document.xml")),
        "word/document.xml": root("document", f"<w:body>{''.join(body)}</w:body>"),
        "word/_rels/document.xml.rels": links(*((name, f"{name}.xml") for name in others)),
        **{f"word/{name}.xml": root(name, content) for name, content in others.items()},
    }


def docx(*body: str, **others: str) -> bytes:
    """A Word file."""
    return packed(parts(*body, **others))


def statement() -> bytes:
    """A title and a small statement."""
    return docx(para(TITLE), table(*ROWS))
