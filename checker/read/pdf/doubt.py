"""What a PDF does not let anyone read, or only in doubt: closed, damaged, scanned, garbled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import define, field

from checker.core.problem import Problem
from checker.paper.values import Damaged, Page

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_PAIRS = frozenset(
    "th he in er an re on es st en at to nt ti or de te ed is it al ar le se ou nd ng ve co me ra ri ro li ic ne ea la"
    " el io ta ur ll ch ma si om ei ie ge un be qu ue di da do os as ns em et no ec tr us ce ha hi ot ho il sa so tt pe"
    " po pr mo lo ss rs ts of fo ca ni sc ck wi vo nn uc ut um ai au ac ad am ap ig im ir iv ag od op ol ov ow ee ew ex"
    " fi ga gi go gr ab av ba bi bo br by ki ke".split()
)
"""Letters that follow each other in words of European languages."""
_LANGUAGE = 0.5
"""Of the neighbouring letters of a text in any such language, so many are among them; of letters put for others, a
third."""
_ENOUGH = 400
"""Neighbouring letters that show whether a text is a language."""
_OF_A_PAGE = 1_500
"""Characters of a page among which neighbours are counted: as many of each page as show its language."""
_BROKEN_WORDS = 0.3
"""Of the words of a text, so many may hold characters that do not say what they are."""
_MIXED = re.compile(r"[A-Za-z][0-9<=>?@^\\\[\]`{|}~;:+*][A-Za-z]|[^\W\d_][\x00-\x1f]|\ufffd")
_MOST_MIXED = 0.25
_LISTED = 12
"""Pages that a message names."""


@define
class Seen:
    """What was seen of the pages so far."""

    count: int
    embedded: int
    read: int = 0
    words: int = 0
    unmapped: int = 0
    mixed: int = 0
    unshown: int = 0
    pairs: Counter[bool] = field(factory=Counter)
    broken: list[int] = field(factory=list)
    scanned: list[int] = field(factory=list)
    doubtful: list[int] = field(factory=list)
    cut: list[int] = field(factory=list)

    def add(self, page: Page | None) -> None:
        """One more page; None is one that could not be opened."""
        self.read += 1
        if page is None:
            self.broken.append(self.read)
            return
        for held, pages in ((page.scanned, self.scanned), (page.doubtful, self.doubtful), (page.cut, self.cut)):
            if held:
                pages.append(page.number)
        self.words += len(page.words)
        self.unmapped += page.unmapped
        self.unshown += page.unshown
        text = " ".join(word.text for word in page.words)
        self.mixed += _words_that_match(_MIXED, text)
        words = " ".join(found for found in _LATIN.findall(text[:_OF_A_PAGE]) if found.isascii()).lower()
        for (one, other), times in Counter(pairwise(words)).items():
            if one != " " != other:
                self.pairs[one + other in _PAIRS] += times

    @property
    def is_garbled(self) -> bool:
        """Whether the characters of its words are not those that its pages show."""
        if not self.words:
            return False
        pairs = self.pairs.total()
        strange = pairs >= _ENOUGH and self.pairs[True] < _LANGUAGE * pairs
        return (
            strange
            or self.unmapped > _BROKEN_WORDS * self.words
            or (self.words > 20 and self.mixed > _MOST_MIXED * self.words)
        )

    def problems(self) -> tuple[Problem, ...]:
        """What is to be said of the file as a whole."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[Problem]:
        unread = self._unread()
        if unread is not None:
            yield unread
            return
        yield from self._read_in_part()
        if self.unshown:
            yield Problem("R164", "warning", f"{self.unshown:,} characters that the pages never show were left out")
        if self.embedded:
            files = "a file" if self.embedded == 1 else f"{self.embedded} files"
            help = "check it by itself, if it belongs to the release"
            yield Problem("R165", "note", f"{files} embedded in the PDF: not looked into", help=help)

    def _unread(self) -> Problem | None:
        """Why nothing of the file is read."""
        if not self.count or len(self.broken) == self.read:
            return Problem("R160", "error", "a damaged PDF file: none of its pages can be opened", help=_AGAIN)
        if self.is_garbled:
            message = "a PDF whose text cannot be read: the fonts do not say which characters they show"
            return Problem("R162", "error", message, help=_OTHER)
        if not self.words:
            what = "its pages are pictures without text (a scan)" if self.scanned else "there is no text on its pages"
            return Problem("R161", "error", f"a PDF that cannot be read: {what}", help=_OTHER)
        return None

    def _read_in_part(self) -> Iterator[Problem]:
        """The pages that are not read, or only in doubt."""
        if self.broken:
            message = f"{_pages(self.broken)} of the PDF cannot be opened: what stands there was not checked"
            yield Problem("R160", "error", message, help=_AGAIN)
        if self.read < self.count:
            yield Problem("R104", "error", f"read only up to page {self.read:,} of {self.count:,}", help=_SPLIT)
        if self.cut:
            message = f"{_pages(self.cut)} hold more characters than are read"
            yield Problem("R104", "error", message, help=_SPLIT)
        if self.scanned:
            alone = set(self.scanned) <= {1, self.count} and self.count > 2
            message = (
                f"{_pages(self.scanned)} of the PDF cannot be read: a picture without text (a scan); what it "
                "prints was not checked"
            )
            yield Problem("R161", "warning" if alone else "error", message, help=_OTHER)
        if self.doubtful:
            message = (
                f"{_pages(self.doubtful)} are pictures with text that a program read off them: figures may be "
                "read wrong"
            )
            yield Problem("R163", "warning", message, help=_BESIDE)


def _words_that_match(pattern: re.Pattern[str], text: str) -> int:
    """In how many words of a text, parted by blanks, a pattern is found."""
    count, at = 0, 0
    while (found := pattern.search(text, at)) is not None:
        count += 1
        end = text.find(" ", found.start())
        if end < 0:
            break
        at = end
    return count


_AGAIN = "fetch or save it again"
_SPLIT = "split the file"
_BESIDE = "hold what is found against the page, or give the file it was printed from"
_OTHER = "give the file it was made from, or the release as HTML or text"


def closed(damaged: Damaged, content: bytes) -> Problem:
    """Why a file cannot be opened."""
    if damaged.protected:
        return Problem(
            "R166", "error", "a PDF file that asks for a password", help="save it without one, and check that"
        )
    cut = b"startxref" not in content[-4096:]
    message = (
        "a PDF file that was cut short and cannot be opened" if cut else "a damaged PDF file, which cannot be opened"
    )
    return Problem("R160", "error", message, help=_AGAIN)


def failed(status: int) -> Problem:
    """What is said where PDFium ended its process, or was ended with it."""
    message = f"a PDF file on which the library that reads PDF files failed (its process ended with {status})"
    return Problem("R167", "error", message, help="save it again from another program, or give the release as HTML")


def _pages(numbers: Sequence[int]) -> str:
    """Pages in words: runs as one."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    told = [f"{low}" if low == high else f"{low} to {high}" for low, high in runs[:_LISTED]]
    more = " and others" if len(runs) > _LISTED else ""
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(told)}{more}"
