"""PDF files: the words of each page by where they stand. Needs pypdfium2 (the extra `pdf`), which is imported when the first such file is met.

Words become lines, lines a text in which the readers of text find tables and paragraphs, and the cells of tables get the measure of the page back:
tenths of a point, with the page and the box of every figure. Nothing in a file is run, followed or looked up.
"""

from __future__ import annotations

import re

from checker.read.taken import Contents

MARK = b"%PDF-"
_WITHIN = 1024
"""Bytes at the head of a file within which it says that it is a PDF, whatever stands before."""
_TEXT = re.compile(rb"\s*<(?:!doctype|html|\?xml|sec-document)", re.IGNORECASE)


def is_pdf(content: bytes) -> bool:
    """Whether the bytes are a PDF, with or without foreign bytes before it."""
    at = content.find(MARK, 0, _WITHIN + len(MARK))
    return at == 0 or (at > 0 and _TEXT.match(content) is None and content.find(b"\n", 0, 200) != 0)


def read_pdf(content: bytes) -> Contents:
    """Everything that the pages of a PDF print as text."""
    from checker.read.pdf.reading import read_pages  # with what the extra brings along

    return read_pages(content)
