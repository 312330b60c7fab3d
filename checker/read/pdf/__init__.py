"""PDF files: the words of each page by where they stand. Needs pypdfium2 (the extra `pdf`), which is imported when the
first such file is met.

Words become lines, lines a text in which the readers of text find tables and paragraphs, and the cells of tables get
the measure of the page back: tenths of a point, with the page and the box of every figure. Nothing in a file is run,
followed or looked up.
"""

from __future__ import annotations

import re

from checker.read.taken import Contents

MARK = b"%PDF-"
_WITHIN = 1024
"""Bytes at the head of a file within which it says that it is a PDF, whatever stands before."""
_VERSION = re.compile(rb"%PDF-\d\.\d")
_OBJECT = re.compile(rb"\d \d+ obj\b")


def is_pdf(content: bytes) -> bool:
    """Whether the bytes are a PDF, with or without foreign bytes before it."""
    if content.startswith(MARK):
        return True
    found = _VERSION.search(content, 1, _WITHIN + len(MARK) + 3)
    return found is not None and _OBJECT.search(content, found.end()) is not None


def read_pdf(content: bytes) -> Contents:
    """Everything that the pages of a PDF print as text."""
    from checker.read.pdf.reading import read_pages  # with what the extra brings along

    return read_pages(content)
