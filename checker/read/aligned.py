"""Tables that blanks hold together: where they begin and end among the lines of a text, and the rows they have.

Written for the ASCII pages of older filings with their `<TABLE>`, `<S>` and `<C>` marks, and for text without any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from checker.core.document import Cell, Row, Table
from checker.read.columns import Chunk, runs, split
from checker.read.inline import pieces
from checker.read.lines import Found, Line
from checker.read.shapes import is_number, is_period, is_rule, weight
from checker.read.source import Text

_MOST_BLANK = 3
"""Empty lines inside a table."""
_MOST_TEXT = 12
"""Lines of text between two rows of figures: captions that were broken, headings."""
_MOST_HEAD = 12
"""Lines above the first row among which heads are sought."""
_MOST_BROKEN = 4
"""Lines of a broken caption."""
_WIDE = 150
"""Characters from the margin beyond which no line of a table ends."""
_MARGIN = 6
"""Characters from the margin: heads of columns that begin further left are set over none, titles in the middle begin
further right."""
_CLOSE = 25
"""Figures that begin so far left follow their captions at once: nothing is set under each other."""
_STRAY = 25
"""A row whose figures begin so much further left than those above it is a row of other columns, and moves the edge of
the columns no further."""
_HEAD_BEFORE = 12
"""A head is longer than the figures below it: it begins so many characters left of them at most."""
_TITLE_BEFORE = 3
"""A title begins left of the figures by more than a sign and a bracket."""
_TITLE_INTO = 10
"""A title in the middle ends above the figures, or so near them that no caption does."""
_SHORTEST_TITLE = 30
"""Characters from the margin beyond which a text left of the figures is a title, and not the first line of a broken
caption."""
_SENTENCE_BEFORE, _SENTENCE_INTO = 10, 4
"""A line of running text begins so far left of the figures and reaches so far under them; two of them end a table."""
_SENTENCE_WORDS = 8
"""Words of a sentence that one line holds, at least."""
_CAPTION_INTO = 2
"""A caption that is broken reaches the figures by less."""
_STROKE_BEFORE = 15
"""A single stroke that begins so far left of the figures is drawn across the page, not under a column."""
_HEADS_ABOVE = 5
"""Lines above a row among which its heads stand."""
_FOOT = 8
"""Lines below the last row of figures among which its last rules stand."""
_FEWEST_ROWS, _FEWEST_PLAIN = 2, 3
"""Rows of figures that make a table; more where none has two figures and no line is drawn."""


def figures_in(lines: Sequence[Line], first: int, stop: int) -> bool:
    """Whether any of the lines is a row of figures."""
    return any(line.kind == "figures" for line in lines[first:stop])


def find(source: Text, lines: Sequence[Line], first: int, low: int) -> Found | None:
    """The table whose first row of figures is line `first`; its heading may begin as far back as line `low`."""
    found = span(lines, first, low)
    return None if found is None else Found(Table(_rows(source, lines, *found), "characters"), *found)


def span(lines: Sequence[Line], first: int, low: int) -> tuple[int, int] | None:
    """From which line to which (excluded) that table takes, its rows not yet cut."""
    last, edge = _body_end(lines, first)
    rows = [index for index in range(first, last + 1) if lines[index].kind == "figures"]
    if len(rows) < _FEWEST_ROWS and not _is_strong(lines, first):
        return None
    if (
        len(rows) < _FEWEST_PLAIN
        and not any(lines[index].tail >= 2 for index in rows)
        and not any(line.kind == "rule" for line in lines[first : last + 2])
    ):
        return None
    return _head(lines, first, (low, edge)), _tail(lines, last, edge)


def table(source: Text, lines: Sequence[Line], first: int, stop: int) -> Table:
    """The table that the lines from `first` to `stop` print, all of them."""
    return Table(_rows(source, lines, first, stop), "characters")


def first_head(lines: Sequence[Line], first: int, stop: int) -> int:
    """In a marked table: the line after its titles, where the heads of its columns (or its rows) begin."""
    body = next((index for index in range(first, stop) if lines[index].kind == "figures"), stop)
    edge = min((_left_edge(lines[index]) for index in range(body, stop) if lines[index].kind == "figures"), default=0)
    marked = next((index for index in range(first, body) if lines[index].kind == "columns"), body)
    head = marked
    for index in range(marked - 1, first - 1, -1):
        line = lines[index]
        if line.kind in ("blank", "rule", "mark"):
            continue
        made = line.chunks
        titled = (
            len(made) == 1
            and made[0].left < edge - _TITLE_BEFORE
            and not is_period(made[0].text.split(",")[0])
            and made[0].right > _SHORTEST_TITLE
        )
        if titled and not _has_head(
            lines[first : index + 1], index - first, edge
        ):  # "ASSETS" in the middle, below the heads, is no title
            break
        head = index
    return head


# ---- where a table begins and ends -----------------------------------------------------------------------------------


def _body_end(lines: Sequence[Line], first: int) -> tuple[int, int]:
    """The last row of figures that belongs to the first, and the leftmost column of figures."""
    last, edge = first, _left_edge(lines[first])
    blank = text = wide = 0
    for index in range(first + 1, len(lines)):
        kind = lines[index].kind
        if kind == "figures":
            if text and _opens(lines, (last + 1, index), edge):
                break
            last, blank, text, wide = index, 0, 0, 0
            edge = min(edge, max(_left_edge(lines[index]), edge - _STRAY))
            continue
        if kind == "blank":
            blank += 1
            if blank > _MOST_BLANK:
                break
            continue
        if kind in ("tab", "pipe", "bars", "open", "close", "page"):
            break
        if kind == "rule":
            blank = 0
            continue
        text += 1
        made = lines[index].chunks
        wide = (
            wide + 1
            if len(made) == 1
            and made[0].left < edge - _SENTENCE_BEFORE
            and made[0].right > edge + _SENTENCE_INTO
            and not _is_caption(lines, index)
            else 0
        )
        if text > _MOST_TEXT or wide > 1 or (made and made[-1].right > _WIDE):
            break
        blank = 0
    return last, edge


def _is_caption(lines: Sequence[Line], index: int) -> bool:
    """Whether a text ends before the figures a few lines below it begin: a broken caption, however far left figures
    stand elsewhere in the table."""
    below = next((line for line in lines[index + 1 : index + _MOST_BROKEN] if line.kind != "prose"), None)
    return below is not None and below.kind == "figures" and lines[index].chunks[0].right < _left_edge(below)


def _opens(lines: Sequence[Line], span: tuple[int, int], edge: int) -> bool:
    """Whether the lines between two rows of figures hold a title or a sentence and then the heads of columns: another
    table begins there."""
    titled = blank = apart = False
    for index in range(*span):
        line = lines[index]
        if line.kind in ("blank", "rule"):
            blank = blank or line.kind == "blank"
            continue
        made = line.chunks
        if apart and len(made) > 1 and made[0].left < _MARGIN and all(is_period(piece.text) for piece in made):
            return True
        apart = apart or (blank and not line.text.endswith(":"))
        centred = (
            len(made) == 1 and _MARGIN < made[0].left < edge - _TITLE_BEFORE and made[0].right > edge - _TITLE_INTO
        )
        if centred or (blank and len(made) == 1 and _is_sentence(made[0], edge)):
            titled = True
        elif titled and any(is_period(piece.text) and piece.right > edge for piece in made):
            return True
    return False


def _is_sentence(piece: Chunk, edge: int) -> bool:
    """Whether a line is running text that says a whole thing, across the columns of figures."""
    across = piece.left < edge - _SENTENCE_BEFORE and piece.right > edge + _SENTENCE_INTO
    return across and piece.text.endswith(".") and len(piece.text.split()) >= _SENTENCE_WORDS


def _head(lines: Sequence[Line], first: int, reach: tuple[int, int]) -> int:
    """The first line of the heading: heads of columns stand to the right, stub heads below them; a title ends it."""
    low, edge = reach
    head, headed, blank = first, False, 0
    for index in range(first - 1, max(low, first - _MOST_HEAD) - 1, -1):
        line = lines[index]
        if line.kind == "blank":
            blank += 1
            if blank > _MOST_BLANK:
                break
            continue
        if blank > (2 if not headed else 1) and not (
            len(line.chunks) > 1 and all(is_period(piece.text) for piece in line.chunks)
        ):
            break
        if line.kind == "rule":
            head, blank = index, 0
            continue
        if line.kind not in ("prose", "columns"):
            break
        made = line.chunks
        if (
            line.kind == "columns"
            or made[0].left >= edge - _HEAD_BEFORE
            or (len(made) > 1 and any(is_period(piece.text) or piece.left >= edge - _HEAD_BEFORE for piece in made))
        ):
            head, headed, blank = index, True, 0
        elif (
            headed
            or len(made) > 1
            or (
                made[0].right > edge - _CAPTION_INTO
                and not made[0].text.endswith(":")
                and not (edge < _CLOSE and _has_head(lines, index, edge))
            )
        ):
            break
        elif not blank or _has_head(lines, index, edge):
            head, blank = index, 0
        else:
            break
    return head


def _has_head(lines: Sequence[Line], index: int, edge: int) -> bool:
    """Whether heads of columns stand in the few lines above."""
    for above in range(index - 1, max(0, index - _HEADS_ABOVE) - 1, -1):
        if lines[above].kind in ("prose", "columns"):
            made = lines[above].chunks
            if made and (
                made[0].left >= edge - _HEAD_BEFORE
                or any(is_period(piece.text) and piece.left >= edge - _HEAD_BEFORE for piece in made)
            ):
                return True
    return False


def _tail(lines: Sequence[Line], last: int, edge: int) -> int:
    """The line after a table: rules below its last row, and figures without a caption between them, still belong to
    it."""
    stop, index, ruled = last + 1, last + 1, False
    while index < len(lines) and index < last + _FOOT:
        line = lines[index]
        if line.kind == "rule" and runs(line.text, line.start):
            strokes = runs(line.text, line.start)
            if strokes[0].left < edge - _STROKE_BEFORE and len(strokes) == 1:
                break
            ruled, stop = True, index + 1
        elif line.kind == "prose" and ruled:
            made = line.chunks
            if not all(is_number(piece.text) and piece.left >= edge - _TITLE_BEFORE for piece in made):
                break
            stop = index + 1
        elif line.kind != "blank":
            break
        index += 1
    return stop


def _is_strong(lines: Sequence[Line], index: int) -> bool:
    """A single row is a table only below heads of columns."""
    edge = _left_edge(lines[index])
    return lines[index].tail >= 2 and _has_head(lines, index, edge)


def _left_edge(line: Line) -> int:
    made, count = line.chunks, line.tail
    return made[-count].left if count else made[-1].left if made else 0


# ---- rows ------------------------------------------------------------------------------------------------------------


def _rows(source: Text, lines: Sequence[Line], first: int, stop: int) -> tuple[Row, ...]:
    edges = _edges(lines, first, stop)
    rows = []
    for line in lines[first:stop]:
        if line.kind == "rule":
            strokes = runs(line.text, line.start)
            if strokes:
                cells = tuple(
                    Cell(source.anchored([("", piece.start, piece.start)]), piece.left, piece.right)
                    for piece in strokes
                )
                rows.append(Row(cells, rule="=" if weight(line.text) == "=" else "-"))
        elif line.kind in ("prose", "figures", "tab"):
            made = [part for piece in line.chunks for part in split(piece, edges)]
            cells = tuple(_cell(source, piece) for piece in made if not is_rule(piece.text))
            if cells:
                rows.append(Row(cells, indent=cells[0].left))
    return tuple(rows)


def _cell(source: Text, piece: Chunk) -> Cell:
    return Cell(source.anchored(pieces(source.text, piece.start, piece.end)), piece.left, piece.right)


def _edges(lines: Sequence[Line], first: int, stop: int) -> frozenset[int]:
    """Right edges that two rows or more share."""
    counts: Counter[int] = Counter()
    for line in lines[first:stop]:
        if line.kind == "figures":
            figures = line.chunks[len(line.chunks) - line.tail :]
            counts.update(_edge(piece) for piece in figures if is_number(piece.text))
    return frozenset(edge for edge, count in counts.items() if count > 1)


def _edge(piece: Chunk) -> int:
    """Where the digits end: a closing parenthesis or a percent sign hangs over."""
    return piece.left + len(piece.text.rstrip(")% "))
