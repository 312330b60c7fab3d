"""The kinds of files that an office writes and that are not read here: what each is, and what would help."""

from __future__ import annotations

from checker.core.problem import Problem
from checker.office.package import kind

_PACKED = {
    "xlsx": ("a damaged Excel workbook (XLSX)", "open it in a spreadsheet program and save it again"),
    "xlsb": ("a binary Excel workbook (XLSB)", "save it as XLSX"),
    "iwork": ("a file of Numbers, Pages or Keynote", "export it as XLSX, DOCX or PDF"),
    "pptx": ("a presentation (PPTX)", "save it as DOCX or HTML"),
    "odt": ("an OpenDocument text (ODT)", "save it as DOCX or HTML"),
    "ods": ("an OpenDocument spreadsheet (ODS)", "save it as XLSX"),
    "odp": ("an OpenDocument presentation (ODP)", "save it as HTML"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "an Office file that is protected with a password", "save it without the password"),
    ("__properties_version1.0", "a message of Outlook (MSG)", "save it as EML, or give the release that it holds"),
    ("WordDocument", "an old Word file (DOC)", "save it as DOCX or HTML"),
    ("Workbook", "an old Excel workbook (XLS)", "save it as XLSX"),
    ("Book", "an old Excel workbook (XLS)", "save it as XLSX"),
    ("PowerPoint Document", "an old presentation (PPT)", "save it as HTML"),
)
"""The streams by which the old container of Office tells what it holds."""


def turned_away(path: str, content: bytes) -> Problem | None:
    """Why an Office file cannot be read here, by its kind; None where it is none of them."""
    found = _PACKED.get(kind(content))
    if found is None and content.startswith(_OLE):
        found = next(((about, help) for name, about, help in _STREAMS if name.encode("utf-16-le") in content), None)
    return (
        None
        if found is None
        else Problem("R110", "error", f"{found[0]}, which cannot be read here", path, help=found[1])
    )
