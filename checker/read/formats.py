"""Which formats there are, and which of them a file is: one tuple, first match wins.

A format is a name, a test on the decoded text, and a reader. A kind of file that is no text has a test on its bytes and
a reader that needs a package of its own, which an extra brings along and which is imported when such a file is met.
Other files are named and turned away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec

from checker.core.document import Block, Picture, Table
from checker.core.fact import Tagging
from checker.core.problem import Problem
from checker.core.value import evolve, frozen
from checker.core.working import Working
from checker.office import package as office
from checker.read import containers, csv, html, mail, mixed, pdf, submission, text, workbook, xml
from checker.read.cut import cut_short
from checker.read.office import turned_away
from checker.read.pictures import pictures
from checker.read.source import Source, decode
from checker.read.tagged import ALONE, Beside, tags_of
from checker.read.taken import Contents

Reader = Callable[[Source], tuple[tuple[Block, ...], tuple[Problem, ...]]]


@frozen
class Format:
    """One kind of file: `recognises` sees the decoded text, `read` makes its blocks."""

    name: str
    recognises: Callable[[str], bool]
    read: Reader


FORMATS: tuple[Format, ...] = (
    Format("sgml", submission.is_submission, submission.read_submission),
    Format("html", html.is_html, html.read_html),
    Format("xml", xml.is_xml, xml.read_xml),
    Format("csv", csv.is_csv, csv.read_csv),
    Format("markdown", mixed.is_mixed, mixed.read_mixed),
    Format("markdown", text.is_markdown, text.read_markdown),
    Format("text", lambda _: True, text.read_text),
)


@frozen
class Binary:
    """One kind of file that is no text: `recognises` sees its bytes, `read` makes its blocks with the packages that the
    extra `name` brings along."""

    name: str
    about: str
    """What it is, as a message says it: a PDF file."""
    needs: tuple[str, ...]
    """The packages to import."""
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes], Contents]

    def lacking(self, path: str) -> Problem | None:
        """Why it cannot be read on this machine, and the line that helps; None where nothing is missing."""
        if all(find_spec(one) is not None for one in self.needs):
            return None
        help = f"pip install 'tieout[{self.name}]'"
        return Problem(
            "R117", "error", f"{self.about}; reading it needs what the extra {self.name} installs", path, help=help
        )


def _docx(content: bytes) -> Contents:
    from checker.read import docx  # lxml, which other files do not need

    return Contents(*docx.read_docx(content))


BINARIES: tuple[Binary, ...] = (
    Binary("pdf", "a PDF file", ("pypdfium2",), pdf.is_pdf, pdf.read_pdf),
    Binary("docx", "a Word file (DOCX)", ("lxml",), lambda content: office.kind(content) == "docx", _docx),
    Binary("xlsx", "an Excel workbook", (), workbook.is_workbook, workbook.read_workbook),
)


@frozen
class Found:
    """What a file turned out to be and what it holds."""

    format: str
    encoding: str
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
    pictures: tuple[Picture, ...] = ()
    workings: tuple[Working, ...] = ()
    tags: Tagging = Tagging()


def read_content(path: str, content: bytes, beside: Beside = ALONE) -> Found:
    """Unpacks, decodes, recognises and reads one file; `beside` holds the linkbases that go with it."""
    problems: tuple[Problem, ...] = ()
    if containers.is_gzip(content):
        unpacked, problem = containers.unpack(path, content)
        if unpacked is None:
            return Found("gzip", "unknown", (), (problem,))
        content, problems = unpacked, (problem,)
    met = next((each for each in BINARIES if each.recognises(content)), None)
    if met is not None:
        return _binary(met, path, content, problems)
    refused = turned_away(path, content) or mail.whole(path, content) or containers.refusal(path, content)
    if refused is not None:
        return Found("unknown", "unknown", (), (*problems, refused))
    source, more = decode(content, path)
    chosen = next(each for each in FORMATS if each.recognises(source.text))
    blocks, last = chosen.read(source)
    cut = cut_short(chosen.name, source.text)
    tags, told = tags_of(source, chosen.name, beside)
    found = (*problems, *more, *(evolve(problem, path=path) for problem in (*last, *((cut,) if cut else ()), *told)))
    return Found(
        chosen.name,
        source.encoding,
        blocks,
        (*found, *_about(path, blocks, found)),
        pictures(source, chosen.name),
        tags=tags,
    )


def _binary(met: Binary, path: str, content: bytes, problems: tuple[Problem, ...]) -> Found:
    lacking = met.lacking(path)
    if lacking is not None:
        return Found(met.name, "", (), (*problems, lacking))
    read = met.read(content)
    found = (*problems, *(evolve(problem, path=path) for problem in read.problems))
    return Found(met.name, "", read.blocks, (*found, *_about(path, read.blocks, found)), read.pictures, read.workings)


def _about(path: str, blocks: Sequence[Block], found: Sequence[Problem]) -> tuple[Problem, ...]:
    """What is missing from a file that could be read."""
    if any(isinstance(block, Table) for block in blocks) or any(problem.severity == "error" for problem in found):
        return ()
    return (
        Problem(
            "R120",
            "warning",
            "no table with figures was found",
            path,
            help="statements must be given as text or HTML, not as pictures",
        ),
    )
