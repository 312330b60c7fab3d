"""A fault: something wrong at a stretch of a rule file, before it becomes a Problem with a line, a column and the
source line."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from checker.core.place import Place
from checker.core.problem import Edit, Problem, Severity
from checker.core.rule import Span
from checker.core.value import evolve, frozen


@frozen
class Fault:
    """What is wrong (`code`, `message`), where (`span`, in characters of the text), and what would help."""

    code: str
    span: Span
    message: str
    help: str | None = None
    severity: Severity = "error"
    fix: tuple[tuple[Span, str], ...] = ()
    """What puts it right, where that is beyond doubt: stretches of the text, each with what is to stand there."""

    def moved(self, by: int) -> Fault:
        """The same fault in a text that begins so many characters earlier."""
        edits = tuple(((start + by, end + by), text) for (start, end), text in self.fix)
        return evolve(self, span=(self.span[0] + by, self.span[1] + by), fix=edits)


class Faulty(Exception):
    """Raised while a declaration is built from its tokens; caught by the parser, it never leaves the language."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Lines:
    """The lines of one text, to turn spans into places; the line starts are found once."""

    def __init__(self, text: str) -> None:
        self._text = text.removeprefix("\ufeff")
        self._mark = len(text) - len(self._text)
        self._starts = [0]
        position = self._text.find("\n") + 1
        while position:
            self._starts.append(position)
            position = self._text.find("\n", position) + 1
        ends = (*self._starts[1:], len(self._text))
        lengths = (
            len(self._text[start:end].encode("utf-8", "surrogatepass"))
            for start, end in zip(self._starts, ends, strict=True)
        )
        self._bytes = list(accumulate(lengths, initial=3 * self._mark))
        """Where each line starts in the file, in bytes."""

    def place(self, span: Span) -> Place:
        """Line and column from 1 in characters, and the bytes in UTF-8 (a mark at the beginning counted)."""
        line = bisect_right(self._starts, span[0]) - 1
        first = self._bytes[line] + len(self._text[self._starts[line] : span[0]].encode("utf-8", "surrogatepass"))
        last = first + len(self._text[span[0] : span[1]].encode("utf-8", "surrogatepass"))
        return Place(line + 1, span[0] - self._starts[line] + 1, (first, last))

    def line(self, span: Span) -> str:
        """The whole line on which a span begins."""
        start = self._starts[bisect_right(self._starts, span[0]) - 1]
        end = self._text.find("\n", start)
        return self._text[start : end if end >= 0 else len(self._text)].rstrip("\r")

    def problem(self, fault: Fault, path: str) -> Problem:
        """The fault with its place and its line."""
        fix = tuple(Edit(*self.place(span).span, text) for span, text in fault.fix)
        return Problem(
            fault.code,
            fault.severity,
            fault.message,
            path,
            self.place(fault.span),
            fault.help,
            self.line(fault.span),
            fix,
        )
