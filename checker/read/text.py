"""Plain text and markdown: paragraphs, and tables drawn with tabs, pipes or blanks.

It finds where tables begin and end; the cells of a line are cut elsewhere. What looks like a number only decides
geometry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from checker.core.document import Block, Cell, Paragraph, Row, Table
from checker.core.problem import Problem
from checker.core.value import evolve, frozen
from checker.read import aligned, barred, flattened, run_on, stacked
from checker.read.furniture import without_furniture
from checker.read.inline import Cut, markup, pieces
from checker.read.lines import PIPE, Line, lines_of
from checker.read.shapes import is_figure, is_period, is_rule, weight
from checker.read.source import Excerpt, Source, Text
from checker.read.written import as_written, single_spaced

_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+")
_BULLET = re.compile(r"[ \t]*(?:[-*+•·●▪◦‣]|\d{1,2}[.)])[ \t]+(?=\S)")
_MARKS = re.compile(
    r"^ {0,3}#{1,6} \S|\\\$|\]\((?:https?:|www|/|#)|(?<!\*)\*\*[^\s*][^*\n]{0,200}\*\*|^\s{0,3}\|?\s*:?-{3,}:?\s*\|",
    re.MULTILINE,
)
_MOST_HEAD = 12
"""Lines above a row of figures that may head it."""
_FAR = 200
"""Lines of a paragraph at most."""
_YEAR = re.compile(r"(?:.*[ ,])?(?:19|20)\d\d")
_TITLE = 56
"""Characters of a line that is set apart as a title."""
_SHORT = 120
"""Characters of a paragraph that may be a piece of a flattened statement whatever it holds."""
_MOST = 20_000_000
"""Characters of a text that are read: longer ones are no release, and would take longer than anyone waits."""
_UNFINISHED = re.compile(r"(?:^|\s)[A-Za-z]{3,9}\.? \d{1,2},$|\b(?:ended|ending|as of|as at)$", re.IGNORECASE)
"""The head of a column that goes on below."""
_WHOLE_EMPHASIS = re.compile(r"\s*(\*{1,3}|_{1,3})(?=[^\s*_])[^*_\n]+\1\s*")


@frozen
class Page:
    """A text, its lines, and whether markdown is spoken."""

    source: Text
    lines: tuple[Line, ...]
    markdown: bool

    def line(self, number: int) -> str:
        """The characters of one line."""
        return self.lines[number].text

    @cached_property
    def margin(self) -> int:
        """How far the whole text is set in."""
        indents = sorted(len(line.text) - len(line.text.lstrip(" ")) for line in self.lines if line.kind != "blank")
        return indents[len(indents) // 20] if indents else 0


def is_markdown(text: str) -> bool:
    """Whether headings, escapes, emphasis or links say that this is markdown."""
    return bool(_MARKS.search(text))


def read_markdown(source: Source) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks of a markdown file."""
    return _read(source, Page(as_written(source), (), True))


def read_text(source: Source) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks of a plain text file."""
    return _read(source, Page(as_written(source), (), False))


def _read(source: Source, page: Page) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks of a file whose text is that of the page, its lines yet to be told apart."""
    found = blocks(evolve(page, lines=lines_of(page.source.text, 0, min(len(page.source.text), _MOST))))
    return found, about(source, found)


def about(source: Source, found: Sequence[Block]) -> tuple[Problem, ...]:
    """What could not be read of a text, or only in part."""
    problems = []
    if len(source.text) > _MOST:
        problems.append(Problem("R104", "error", f"read only up to character {_MOST:,}", help="split the file"))
    for block in found:
        if isinstance(block, Paragraph) and flattened.is_statement(block.text):
            place = block.content.place(0, len(block.text))
            message = "a statement seems to be flattened into running text here, and its columns cannot be told apart"
            problems.append(
                Problem(
                    "R131", "warning", message, place=place, help="give the release as HTML, or with one row a line"
                )
            )
        elif isinstance(block, Table):
            columns = max((len(row.cells) for row in block.rows), default=1) - 1
            problems += [_uneven(row, columns) for row in stacked.lost(block)]
    return tuple(problems)


def _uneven(row: Row, columns: int) -> Problem:
    wrong = "one is missing" if row.untold < columns else "there is one too many"
    message = f"a line has {row.untold} of the {columns} figures that the others of its table have: {wrong}"
    help = "nothing tells in which columns its figures stand; where nothing is meant, print a dash"
    return Problem("R139", "warning", message, place=row.cells[0].place, help=help)


def read_stretch(source: Source, start: int, end: int) -> tuple[Block, ...]:
    """The blocks of plain text inside a larger file."""
    return blocks(Page(source, lines_of(source.text, start, end), False))


def read_marked(source: Source, start: int, end: int) -> tuple[Block, ...]:
    """The blocks of markdown inside a larger file."""
    return blocks(Page(source, lines_of(source.text, start, min(end, _MOST)), True))


def read_excerpt(excerpt: Excerpt) -> tuple[Block, ...]:
    """The blocks of preformatted text inside a page."""
    return blocks(Page(excerpt, lines_of(excerpt.text, 0, len(excerpt.text)), False))


def blocks(page: Page) -> tuple[Block, ...]:
    """Paragraphs and tables, in order."""
    page = evolve(page, lines=single_spaced(page.lines))
    found: list[Block | None] = []
    prose: dict[int, Cut] = {}
    at, count, low = 0, len(page.lines), 0
    runs = {
        number: found
        for reader in (run_on, barred, stacked)
        for number, found in reader.find(page.source, page.lines).items()
    }
    while at < count:
        kind = page.lines[at].kind
        before, made = at, len(found)
        if at in runs:
            found.append(runs[at].table)
            at = runs[at].stop
        elif kind in ("tab", "pipe", "bars"):
            at = _delimited(page, at, found)
        elif kind == "open":
            at = _marked(page, at, found)
        elif kind == "figures":
            at = _unmarked(page, at, (low, found))
        elif kind == "prose":
            figures, head = _before_figures(page, at)
            limit = next((number for number in range(at + 1, min(head, at + _FAR)) if number in runs), head)
            at = _unmarked(page, figures, (at, found)) if head == at else _prose(page, at, found, limit)
        else:
            if kind == "page":
                found.append(None)
            at += 1
            continue
        low = at
        if len(found) == made + 1 and isinstance(found[made], Paragraph):
            prose[made] = (page.lines[before].start, page.lines[at - 1].end)
    return without_furniture(_rebuilt(page, found, prose))


def _rebuilt(page: Page, found: list[Block | None], prose: dict[int, Cut]) -> list[Block | None]:
    """The blocks with statements that were flattened into running text as tables again."""
    made: list[Block | None] = []
    at = 0
    while at < len(found):
        stop = at
        while stop in prose and _may_be_flattened(page, found[stop], prose[stop]):
            stop += 1
        if stop == at:
            made.append(found[at])
            at += 1
            continue
        tables = flattened.rebuild(page.source, [prose[index] for index in range(at, stop)])
        made.extend(
            _around(page, [(found[index], prose[index]) for index in range(at, stop)], tables)
            if tables
            else found[at:stop]
        )
        at = stop
    return made


def _may_be_flattened(page: Page, block: Block | None, stretch: Cut) -> bool:
    if not isinstance(block, Paragraph):
        return False
    return len(block.text) < _SHORT or flattened.looks_flattened(page.source.text[stretch[0] : stretch[1]])


def _around(
    page: Page, blocks: Sequence[tuple[Block | None, Cut]], tables: Sequence[flattened.Rebuilt]
) -> list[Block | None]:
    """The rebuilt tables in their places, and what of the paragraphs they do not cover."""
    made: list[Block | None] = []
    waiting = list(tables)
    for block, (start, end) in blocks:
        at = start
        whole = True
        while waiting and waiting[0].start < end:
            table = waiting[0]
            if table.start > at:
                made.extend(_rest(page, at, table.start))
            if table.start >= start:
                made.append(table.table)
            whole = False
            at = max(at, min(end, table.end))
            if table.end > end:
                break
            waiting.pop(0)
        if whole:
            made.append(block)
        elif at < end:
            made.extend(_rest(page, at, end))
    return made


def _rest(page: Page, start: int, end: int) -> list[Block | None]:
    text = page.source.text
    anchored = page.source.anchored(pieces(text, start, end, markup(text, start, end) if page.markdown else []))
    return [Paragraph(anchored)] if anchored.text.strip("()$ ") else []


def _before_figures(page: Page, at: int) -> tuple[int, int]:
    """The next row of figures nearby and where the heading of its table begins; the end of the text where there is
    none."""
    none = len(page.lines)
    for index in range(at + 1, min(at + _MOST_HEAD, none)):
        kind = page.lines[index].kind
        if kind == "figures":
            found = aligned.span(page.lines, index, at)
            return (index, found[0]) if found else (none, none)
        if kind not in ("prose", "blank", "rule", "columns"):
            break
    return none, none


def _unmarked(page: Page, first: int, into: tuple[int, list[Block | None]]) -> int:
    low, out = into
    found = aligned.find(page.source, page.lines, first, low)
    if found is None:
        return _prose(page, first, out, len(page.lines))
    out.append(found.table)
    return found.stop


def _marked(page: Page, at: int, out: list[Block | None]) -> int:
    """A table between `<TABLE>` and `</TABLE>`: its titles are paragraphs, and so is all of it where it holds no
    figures."""
    stop = next(
        (index for index in range(at + 1, len(page.lines)) if page.lines[index].kind in ("close", "open")),
        len(page.lines),
    )
    if not aligned.figures_in(page.lines, at + 1, stop):
        return at + 1
    head = aligned.first_head(page.lines, at + 1, stop)
    index = at + 1
    while index < head:
        index = _prose(page, index, out, head) if page.lines[index].kind in ("prose", "tab") else index + 1
    last = max(index for index in range(at + 1, stop) if page.lines[index].kind in ("figures", "rule"))
    end = next((index for index in range(last + 1, stop) if page.lines[index].kind in ("blank", "page", "mark")), stop)
    out.append(aligned.table(page.source, page.lines, head, end))
    return end


def _prose(page: Page, at: int, out: list[Block | None], limit: int) -> int:
    stop = min(_paragraph_end(page, at), limit)
    out.extend(_paragraph(page, at, stop))
    return stop


def _delimited(page: Page, at: int, out: list[Block | None]) -> int:
    stop = _delimited_end(page, at)
    rows = tuple(_delimited_row(page, numbers) for numbers in _row_lines(page, at, stop))
    out.append(Table(rows, "grid"))
    return stop


def _row_lines(page: Page, at: int, stop: int) -> list[list[int]]:
    """The lines of each row: one, or several where the heads of columns were broken inside their cells ("July 30," and
    "2023" below)."""
    rows: list[list[int]] = []
    for number in range(at, stop):
        if page.lines[number].kind == "blank":
            continue
        if rows and rows[-1][-1] == number - 1 and _goes_on(page, number):
            rows[-1].append(number)
        else:
            rows.append([number])
    return rows


def _goes_on(page: Page, number: int) -> bool:
    """Whether the first cell of a line ends the last cell of the line before: a year after a day, a day after "Three
    Months Ended"."""
    if "rule" in (page.lines[number].kind, page.lines[number - 1].kind):
        return False
    low, high = _cuts(page, number - 1)[-1]
    broken = page.source.text[low:high].strip("* _\t\r")
    if not _UNFINISHED.search(broken) or _has_figures(page, number - 1) or _has_figures(page, number):
        return False
    cells = [text for low, high in _cuts(page, number) if (text := page.source.text[low:high].strip("* _\t\r|"))]
    whole = len(cells) > 1 and all(_YEAR.fullmatch(cell) for cell in cells)  # a row of heads by itself
    low, high = _cuts(page, number)[0]
    return not whole and is_period(page.source.text[low:high].strip("* _\t\r"))


# ---- tables drawn with tabs or pipes ---------------------------------------------------------------------------------


def _delimited_end(page: Page, at: int) -> int:
    """The line after the last of a table: blank lines are bridged unless what follows begins a table of its own."""
    kind, stop, count = page.lines[at].kind, at + 1, len(page.lines)
    figures = _has_figures(page, at)
    while stop < count:
        after = stop
        while after < count and page.lines[after].kind == "blank" and after - stop < 3:
            after += 1
        while (
            after < count and after - stop < 4 and page.lines[stop].kind != "blank" and _is_stub(page, after)
        ):  # a heading whose trailing tabs were stripped
            after += 1
        if after >= count or page.lines[after].kind not in (kind, "rule"):
            break
        if after > stop and figures and _begins_table(page, after, kind):
            break
        figures = figures or _has_figures(page, after)
        stop = after + 1
    while page.lines[stop - 1].kind == "rule" and stop - 1 > at and not figures:
        stop -= 1
    return stop


def _is_stub(page: Page, number: int) -> bool:
    return page.lines[number].kind == "prose" and page.lines[number].end - page.lines[number].start < 80


def _has_figures(page: Page, number: int) -> bool:
    cells = [page.source.text[low:high].replace("\\", "").strip() for low, high in _cuts(page, number)[1:]]
    return any(is_figure(cell) and not is_period(cell) for cell in cells)


def _begins_table(page: Page, at: int, kind: str) -> bool:
    """Whether the rows from here name columns before they print a figure."""
    for number in range(at, min(at + 6, len(page.lines))):
        if page.lines[number].kind == "rule":
            continue
        if page.lines[number].kind != kind:
            return False
        cells = [page.source.text[low:high].replace("\\", "").strip() for low, high in _cuts(page, number)]
        names_columns = (
            not cells[0] and any(cells[1:]) and not _has_figures(page, number) and not any(map(is_rule, cells[1:]))
        )
        if names_columns or any(is_period(cell) for cell in cells[1:]):
            return True
        if _has_figures(page, number):
            return False
    return False


def _cuts(page: Page, number: int) -> list[Cut]:
    """Where the cells of a delimited line stand."""
    line = page.lines[number]
    text = page.source.text
    if line.kind in ("pipe", "bars"):
        bars = [found.start() for found in PIPE.finditer(text, line.start, line.end)]
        if line.kind == "bars":
            bars = [line.start - 1, *bars]
        ends = bars if not text[bars[-1] + 1 : line.end].strip() else [*bars, line.end]
        return [(low + 1, high) for low, high in pairwise(ends)]
    if line.kind != "tab":
        return [(line.start, line.end)]
    found, at = [], line.start
    while True:
        tab = text.find("\t", at, line.end)
        if tab < 0:
            found.append((at, line.end))
            return found
        found.append((at, tab))
        at = tab + 1


def _delimited_row(page: Page, numbers: Sequence[int]) -> Row:
    text = page.source.text
    cuts = _cuts(page, numbers[0])
    broken: list[Cut] = []
    for number in numbers[1:]:
        following = _cuts(page, number)
        broken += [(bar.start(), bar.end()) for bar in PIPE.finditer(text, cuts[-1][1], following[0][0])]
        cuts = [*cuts[:-1], (cuts[-1][0], following[0][1]), *following[1:]]
    texts = [text[low:high].strip() for low, high in cuts]
    if all(not cell or is_rule(cell) or cell.strip(":-") == "" for cell in texts) and any(
        len(cell) > 2 for cell in texts
    ):
        cells = tuple(
            Cell(page.source.anchored([("", low, low)]), column, column + 1)
            for column, (low, _) in enumerate(cuts)
            if texts[column]
        )
        return Row(cells, rule=weight(text[cuts[0][0] : cuts[-1][1]]))  # type: ignore[arg-type]
    made = []
    for column, (low, high) in enumerate(cuts):
        if texts[column]:
            removed = [
                *(markup(text, low, high) if page.markdown else []),
                *(bar for bar in broken if low < bar[0] < high),
            ]
            anchored = page.source.anchored(pieces(text, low, high, removed))
            if anchored.text:
                made.append(
                    Cell(
                        anchored,
                        column,
                        column + 1,
                        bold=page.markdown and bool(re.match(r"\s*(\*\*|__)", text[low:high])),
                    )
                )
    first = text[cuts[0][0] : cuts[0][1]]
    return Row(tuple(made), indent=len(first) - len(first.lstrip()) if first.strip() else 0)


# ---- running text ----------------------------------------------------------------------------------------------------


def _paragraph_end(page: Page, at: int) -> int:
    """A paragraph ends at a blank line, a table, a rule, a heading, a bullet, or after a line broken by hand."""
    stop = at + 1
    if page.markdown and _HEADING.match(page.line(at)):
        return stop
    while stop < len(page.lines) and page.lines[stop].kind in ("prose", "figures"):
        before, line = page.line(stop - 1), page.line(stop)
        if page.markdown and (before.endswith("  ") or _HEADING.match(line)):
            break
        if _BULLET.match(line) or (not page.markdown and _is_set_apart(before[page.margin :], line[page.margin :])):
            break
        stop += 1
    return stop


def _is_set_apart(before: str, line: str) -> bool:
    """Centred lines are titles, each on its own; a paragraph may set in its first line alone."""
    inner, outer = before.startswith(" " * 8), line.startswith(" " * 8)
    if not inner:
        return outer
    return len(before.strip()) < _TITLE or (outer and len(line.strip()) < _TITLE)


def _paragraph(page: Page, at: int, stop: int) -> Sequence[Block]:
    text, start, end = page.source.text, page.lines[at].start, page.lines[stop - 1].end
    heading = False
    if page.markdown:
        found = _HEADING.match(text, start, end)
        heading = bool(found) or bool(_WHOLE_EMPHASIS.fullmatch(text, start, end))
        start = found.end() if found else start
    bullet = _BULLET.match(text, start, end) if not heading else None
    if bullet and bullet[0].strip()[0] not in "0123456789":
        start = bullet.end()
    removed = markup(text, start, end) if page.markdown else []
    anchored = page.source.anchored(pieces(text, start, end, removed))
    return [Paragraph(anchored, heading)] if anchored.text else []
