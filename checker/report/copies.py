"""Copies of a document itself with what was found in it at its figures: which kinds there are. The original is never
touched.

Unlike a report, a copy is made of one document, and of its bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from attrs import field

from checker.core.report import Checked
from checker.core.value import frozen

__all__ = ["COPIES", "Copy"]


@frozen
class Copy:
    """One kind of copy. `writer` makes it of a document that was read as `kind` and its bytes; ValueError says why none
    can be made."""

    name: str
    about: str
    """What it is made of, as a message says it."""
    needs: tuple[str, ...]
    """The packages to import, which the extra of its name brings along."""
    writer: Callable[[Checked, bytes], bytes] = field(repr=False)
    read_as: str = ""
    """The format of the document, where it is not the name: that of a report may have taken it."""

    @property
    def kind(self) -> str:
        """The format of the documents it is made of."""
        return self.read_as or self.name

    def lacking(self) -> str:
        """What has to be installed before it can be written, in words; empty where nothing is missing."""
        from importlib.util import find_spec  # most runs never ask

        missing = next((one for one in self.needs if find_spec(one) is None), None)
        return "" if missing is None else f"a copy as {self.name} needs {missing}: pip install 'tieout[{self.name}]'"


def _docx(checked: Checked, content: bytes) -> bytes:
    from checker.report import docx

    return docx.copy(checked, content)


def _pdf(checked: Checked, content: bytes) -> bytes:
    from checker.report import pdf

    return pdf.copy(checked, content)


def _xlsx(checked: Checked, content: bytes) -> bytes:
    from checker.report import marked

    return marked.copy(checked, content)


_KINDS = (
    Copy("docx", "a Word file (DOCX)", ("lxml",), _docx),
    Copy("pdf", "a PDF file", ("pypdf",), _pdf),
    Copy("xlsx-marked", "an Excel workbook (XLSX)", (), _xlsx, read_as="xlsx"),
)
COPIES: Mapping[str, Copy] = MappingProxyType({one.name: one for one in _KINDS})
"""The kinds of documents that can be given back with comments or marks in them."""
