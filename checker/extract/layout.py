"""From the rows of a table to its columns, headings and lines: where the header ends, what stands over which column, where a new header begins.

Nothing is typed here: numbers stay pieces, headings stay texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve, frozen

from checker.core.document import Row, Table
from checker.extract import columns, numbers, pieces, times, units
from checker.extract.columns import Grid
from checker.extract.numbers import Style
from checker.extract.pieces import Piece


@frozen
class Entry:
    """One line: its caption and its piece in each column. No piece at all: a heading."""

    caption: str
    cells: tuple[Piece | None, ...]
    indent: int
    bold: bool = False
    rule_above: bool = False
    double_rule_below: bool = False
    marks: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether the row only names what follows."""
        return not any(self.cells)


@frozen
class Part:
    """Lines under one set of headings. `stub` holds the texts of its header that head no column: titles, "(in thousands)"."""

    grid: Grid
    heads: tuple[str, ...]
    stub: tuple[str, ...]
    entries: tuple[Entry, ...]


@frozen
class _Read:
    row: Row
    pieces: tuple[Piece, ...]

    @property
    def is_rule(self) -> bool:
        return bool(self.row.rule)


def parts(table: Table, style: Style) -> tuple[Part, ...]:
    """The parts of a table, one for each header; none where it holds no figures."""
    rows = [_Read(row, () if row.rule else pieces.of_row(row, style)) for row in table.rows]
    rows = [read for read in rows if read.is_rule or read.pieces]
    plain = table.layout == "grid" and all(cell.right - cell.left == 1 for row in table.rows for cell in row.cells)
    return _parts(rows, table.layout, plain)


def _parts(rows: Sequence[_Read], layout: columns.Layout, plain: bool) -> tuple[Part, ...]:
    edge = _caption_edge(rows, layout)
    start = _first_line(rows, edge)
    if start is None:
        return ()
    grid = _grid(rows[start:], edge, layout)
    if grid is None:
        return ()
    rows, grid = _without_marks(rows, grid, edge)
    walk = _Walk(rows, grid, edge, plain)
    found = walk.parts(start)
    if layout == "grid" or not walk.breaks:
        return found
    cuts = [0, *walk.breaks, len(rows)]  # columns of text stand elsewhere under each new header
    return tuple(part for begin, end in pairwise(cuts) for part in _parts(rows[begin:end], layout, plain))


_MARK = re.compile(r"\((?:\d{1,2}|[a-z])\)", re.IGNORECASE)


def _without_marks(rows: Sequence[_Read], grid: Grid, edge: int) -> tuple[Sequence[_Read], Grid]:
    """The rows without columns that hold nothing but marks such as (1), each beside a number: notes to it, not numbers."""
    if not any(piece.text[0] == "(" and len(piece.text) <= 4 and piece.is_number for read in rows for piece in read.pieces):
        return rows, grid
    marked: list[set[bool]] = [set() for _ in grid.spans]
    for read in rows:
        before: Piece | None = None
        for piece in _values(read, edge):
            column = grid.column(piece.left, piece.edge if grid.layout != "grid" else piece.right)
            if column is not None:
                near = before is not None and before.is_amount and piece.left - before.right <= (1 if grid.layout == "grid" else 3 * _WIDTH[grid.layout])
                marked[column].add(near and _MARK.fullmatch(piece.text) is not None)
            before = piece
    gone = [place for place, seen in enumerate(marked) if seen == {True} and not _is_headed(rows, grid.spans[place])]
    if not gone or len(gone) == len(grid.spans):
        return rows, grid
    kept = Grid(grid.layout, tuple(span for place, span in enumerate(grid.spans) if place not in gone))
    spans = [grid.spans[place] for place in gone]
    return [evolve(read, pieces=_beside(read.pieces, spans)) for read in rows], kept


def _is_headed(rows: Sequence[_Read], span: columns.Interval) -> bool:
    """Whether anything but marks stands in a column alone: then it has a head, and its numbers are numbers."""
    return any(piece.left >= span[0] and piece.right <= span[1] and not _MARK.fullmatch(piece.text) for read in rows for piece in read.pieces)


_WIDTH = {"characters": 1, "points": 60}


def _beside(pieces: Sequence[Piece], spans: Sequence[columns.Interval]) -> tuple[Piece, ...]:
    """The pieces of a row, marks in those columns now marks of the number before them."""
    done: list[Piece] = []
    for piece in pieces:
        inside = any(piece.left >= left and piece.right <= right for left, right in spans)
        if done and inside and done[-1].is_number and _MARK.fullmatch(piece.text):
            done[-1] = evolve(done[-1], marks=f"{done[-1].marks} {piece.text}".strip())
        else:
            done.append(piece)
    return tuple(done)


def _caption_edge(rows: Sequence[_Read], layout: columns.Layout) -> int:
    """Up to where a first piece stands in the place of captions, be it a number (a year as caption)."""
    lefts = Counter(read.pieces[0].left for read in rows if read.pieces and not read.pieces[0].is_number)
    if not lefts:
        return -1
    if layout == "grid":
        most = max(lefts.values())
        return min(left for left, count in lefts.items() if count * 4 >= most)
    return min(lefts) + (2 if layout == "characters" else 60)


def _is_caption(piece: Piece, edge: int) -> bool:
    return not piece.is_number or piece.left <= edge


def _values(read: _Read, edge: int) -> list[Piece]:
    return [piece for piece in read.pieces if piece.is_number and piece.left > edge]


def _first_line(rows: Sequence[_Read], edge: int) -> int | None:
    """The first row with a caption and a number that is not a year; else the first with a number."""
    fallback = None
    for index, read in enumerate(rows):
        amounts = [piece for piece in _values(read, edge) if piece.is_amount]
        if not amounts:
            continue
        first = read.pieces[0]
        if _is_caption(first, edge) and first.left < amounts[0].left and not _looks_like_head(first.text, amounts):
            return index
        if fallback is None and any(piece.printed is not None and piece.printed.form == "number" for piece in amounts):
            fallback = index
    return fallback


def _looks_like_head(text: str, amounts: Sequence[Piece]) -> bool:
    """ "Three Months Ended March 31," with a stray number beside it is a heading still."""
    found = times.read(text)
    return found.months is not None and bool(found.dates) and len(amounts) == 1 and len(text) < 60 and amounts[0].text.isdigit() and len(amounts[0].text) <= 2


def _grid(rows: Sequence[_Read], edge: int, layout: columns.Layout) -> Grid | None:
    spans: list[list[columns.Interval]] = []
    for read in rows:
        values = _values(read, edge)
        if not values:
            continue
        captioned = not read.pieces[0].is_number
        row = [
            (piece.left, piece.edge if layout != "grid" else piece.right)
            for piece in values
            if piece.printed is not None and piece.printed.form != "not meaningful" and (captioned or not numbers.is_year(piece.text))
        ]
        if row:
            spans.append(row)
    return columns.grid(spans, layout)


class _Walked:
    """The parts of a table so far, and the one that is open."""

    def __init__(self, grid: Grid, heads: tuple[str, ...], stub: tuple[str, ...]) -> None:
        self.grid, self.heads, self.stub = grid, heads, stub
        self.section: tuple[str, ...] = ()
        self.entries: list[Entry] = []
        self.done: list[Part] = []

    @property
    def has_lines(self) -> bool:
        """Whether the open part holds more than headings."""
        return any(not entry.is_heading for entry in self.entries)

    def restart(self, heads: tuple[str, ...], texts: tuple[str, ...]) -> None:
        """A new header: titles right above it are its own."""
        if self.has_lines:
            titles, kept = _trailing_titles(self.entries)
            self._close(kept)
            self.entries, self.stub = [], (*titles, *texts)
        else:
            self.stub = (*self.stub, *texts)
        self.heads, self.section = heads, ()

    def turn(self, text: str) -> None:
        """A period set as a section: the same columns, at another time."""
        if self.has_lines:
            self._close(self.entries)
            self.entries = []
        self.section = (text,)

    def finish(self) -> tuple[Part, ...]:
        """All parts that hold figures."""
        self._close(self.entries)
        return tuple(self.done)

    def _close(self, entries: Sequence[Entry]) -> None:
        joined = _unwrapped(entries)
        if any(not entry.is_heading for entry in joined):
            aside, joined = _aside(joined)
            self.done.append(Part(self.grid, self.heads, (*self.stub, *self.section, *aside), joined))


_SCALED = re.compile(r"(\([^()]{4,60}\))\s+(?=[A-Z])")


def _aside(entries: tuple[Entry, ...]) -> tuple[tuple[str, ...], tuple[Entry, ...]]:
    """A scale set before the caption of the first line holds for the table; what is left is the caption."""
    found = _SCALED.match(entries[0].caption)
    if found is None or units.scale(found[1]) is None:
        return (), entries
    return (found[1],), (evolve(entries[0], caption=entries[0].caption[found.end() :]), *entries[1:])


def _is_time(caption: str) -> bool:
    """Whether a heading is nothing but a period."""
    found = times.read(caption) if len(caption) < 80 else times.NONE
    return (bool(found.full) or bool(found.years) or found.lasts) and not times.without(caption)


class _Walk:
    """One pass over the rows of a table; `plain` tables have no cell that spans columns, so a head may stand over more columns than its cell."""

    def __init__(self, rows: Sequence[_Read], grid: Grid, edge: int, plain: bool) -> None:
        self.rows = rows
        self.grid = grid
        self.edge = edge
        self.plain = plain
        self.width = len(grid.spans)
        self.breaks: list[int] = []
        """Rows at which a new header (or the titles above it) begins after lines."""

    def parts(self, start: int) -> tuple[Part, ...]:
        begin = self._first_heading(start)
        heads, stub = self._header(range(begin))
        walked = _Walked(self.grid, heads, stub)
        for read in self.rows[begin:start]:
            if not read.is_rule:
                walked.entries.append(self._entry(read, False))
        index, ruled = start, False
        while index < len(self.rows):
            read = self.rows[index]
            if read.is_rule:
                ruled = True
                if walked.entries and read.row.rule == "=":
                    walked.entries[-1] = evolve(walked.entries[-1], double_rule_below=True)
                index += 1
                continue
            stop = self._header_end(index)
            if stop > index:
                new, texts = self._header(range(index, stop))
                if self._same(new, walked.heads) and not any(times.read(text) for text in texts) and not _is_another(texts, walked.stub):
                    walked.stub += texts
                else:
                    if walked.has_lines:
                        self.breaks.append(self._above(index))
                    walked.restart(_over(new, walked.heads) if walked.has_lines else _below(new, walked.heads), texts)
                index, ruled = stop, False
                continue
            entry = self._entry(read, ruled)
            if entry.is_heading and _is_time(entry.caption):
                walked.turn(entry.caption)
            else:
                walked.entries.append(entry)
            index, ruled = index + 1, False
        return walked.finish()

    def _above(self, index: int) -> int:
        """Where the titles right above a header begin."""
        while index > 1 and not self.rows[index - 1].is_rule and not any(piece.is_number for piece in self.rows[index - 1].pieces):
            index -= 1
        return index

    def _same(self, new: Sequence[str], old: Sequence[str]) -> bool:
        return all(not one or one == two for one, two in zip(new, old, strict=True))

    def _first_heading(self, start: int) -> int:
        """Where the section headings begin that stand between the header and the first line."""
        begin = start
        for index in range(start - 1, -1, -1):
            read = self.rows[index]
            if read.is_rule:
                continue
            if any(self._reaches(piece) for piece in read.pieces) and not (len(read.pieces) == 1 and self._is_title(read.pieces[0])):
                return begin
            if any(times.read(piece.text) or units.scale(piece.text) is not None for piece in read.pieces) or len(read.pieces) != 1:
                return begin
            begin = index
        return start

    # ---- header rows in the middle of a table

    def _header_end(self, index: int) -> int:
        """Where a new header that begins at `index` ends; `index` itself where none begins."""
        stop, rules, seen = index, index, False
        while rules < len(self.rows):
            read = self.rows[rules]
            if read.is_rule:
                rules += 1
                continue
            if not self._heads(read, rules):
                break
            seen = True
            rules += 1
            stop = rules
        return stop if seen else index

    def _heads(self, read: _Read, index: int) -> bool:
        """Whether a row heads columns: texts or years over them, no amounts."""
        values = _values(read, self.edge)
        if any(piece.is_amount or (piece.printed is not None and piece.printed.form != "number") for piece in values):
            return False
        caption = " ".join(piece.text for piece in read.pieces if _is_caption(piece, self.edge) and piece.right <= self.grid.first)
        if values:
            return not caption or bool(times.read(caption)) or units.scale(caption) is not None
        over = [piece for piece in read.pieces if self._is_over(piece)]
        if not over:
            return False
        timed = any(times.read(piece.text) for piece in over)
        if len(over) >= 2:
            return timed or not caption or _is_time(caption)
        if caption:
            return timed and self.width == 1
        return timed and len(over[0].text) < 100

    def _is_over(self, piece: Piece) -> bool:
        if self.grid.layout == "grid":
            return piece.left > self.edge and bool(self.grid.under(piece.left, piece.right))
        return piece.right > self.grid.first and piece.left > self.edge + 8

    # ---- headings

    def _header(self, span: range) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The joined heading of every column, and the texts that head none."""
        stacks: list[list[str]] = [[] for _ in range(self.width)]
        stub: list[str] = []
        dated: list[list[tuple[Piece, tuple[int, ...]]]] = []
        begun = self.grid.layout == "grid"
        for index in span:
            read = self.rows[index]
            if read.is_rule:
                continue
            begun = begun or len(read.pieces) > 1 or any(times.read(piece.text) for piece in read.pieces)
            if not begun:  # a title centred on the page stands over columns by chance
                stub.extend(piece.text for piece in read.pieces)
                continue
            below = self.rows[index + 1] if index + 1 < len(self.rows) and self.rows[index + 1].is_rule else None
            over, beside = self._sorted(read)
            stub.extend(piece.text for piece in beside)
            placed = self._placed(over, below)
            for piece, heads in placed:
                for column in heads:
                    if piece.text not in stacks[column]:
                        stacks[column].append(piece.text)
            if any(times.read(piece.text).years for piece, _ in placed):
                dated.append(placed)
        _dated_alike(stacks, dated)
        return tuple(_spliced(stack) for stack in stacks), _closed(stub)

    def _sorted(self, read: _Read) -> tuple[list[Piece], list[Piece]]:
        """Pieces that head columns, and pieces beside or across them."""
        texts = list(read.pieces)
        if len(texts) == 1 and self._is_title(texts[0]):
            return [], texts
        over = [piece for piece in texts if self._reaches(piece)]
        return over, [piece for piece in texts if piece not in over]

    def _reaches(self, piece: Piece) -> bool:
        if self.grid.layout == "grid":
            return piece.right > self.grid.first and not (piece.left <= self.edge and piece.right <= self.grid.first)
        if piece.left <= self.edge:
            return piece.right > self.grid.spans[0][1] - 2
        return piece.right > self.grid.first - 6

    def _is_title(self, piece: Piece) -> bool:
        text = piece.text
        found = times.read(text)
        if units.scale(text) is not None and not found:
            return True
        if self.grid.layout == "grid":
            return piece.left <= self.edge and (piece.right > self.grid.first or not found) and not (self.plain and piece.left > self.edge)
        return (piece.left < self.grid.first - 25 and not found.lasts) or re.fullmatch(r"\W*(?:un)?audited\W*", text, re.IGNORECASE) is not None

    def _placed(self, over: Sequence[Piece], below: _Read | None) -> list[tuple[Piece, tuple[int, ...]]]:
        """Each head with the columns it heads."""
        if not over:
            return []
        if self.grid.layout == "grid":
            return self._placed_on_grid(over)
        return self._placed_by_position(over, below)

    def _placed_on_grid(self, over: Sequence[Piece]) -> list[tuple[Piece, tuple[int, ...]]]:
        reach = [piece.right for piece in over]
        if self.plain:
            reach = [*(piece.left for piece in over[1:]), max(self.grid.spans[-1][1], over[-1].right)]
        wins: list[list[int]] = [[] for _ in over]
        for column, (begin, end) in enumerate(self.grid.spans):
            shared = [min(end, right) - max(begin, piece.left) for piece, right in zip(over, reach, strict=True)]
            best = max(range(len(over)), key=lambda index: shared[index])
            if shared[best] > 0:
                wins[best].append(column)
        placed = []
        for piece, won in zip(over, wins, strict=True):
            if not won:  # over a gap: the nearest column that no other text heads
                centre = piece.left + piece.right
                free = [column for column in range(self.width) if not any(column in other for other in wins)] or list(range(self.width))
                won = [min(free, key=lambda column: abs(sum(self.grid.spans[column]) - centre))]
            placed.append((piece, tuple(won)))
        return placed

    def _placed_by_position(self, over: Sequence[Piece], below: _Read | None) -> list[tuple[Piece, tuple[int, ...]]]:
        if len(over) == self.width:
            return [(piece, (index,)) for index, piece in enumerate(over)]
        rules = [(cell.left, cell.right) for cell in below.row.cells] if below is not None and len(below.row.cells) > 1 else []
        spans = [_under_rule(piece, rules) for piece in over]
        return [(piece, heads) for piece, heads in zip(over, columns.shared_out(self.grid, spans), strict=True)]

    # ---- lines

    def _entry(self, read: _Read, ruled: bool) -> Entry:
        values = _values(read, self.edge)
        first = values[0].left if values else None
        words = [piece for piece in read.pieces if _is_caption(piece, self.edge) and (first is None or piece.left < first)]
        if first is not None and len(words) > 1:
            words = [words[0]] + [piece for piece in words[1:] if piece.left < self.grid.first and piece.right <= self.grid.first]
        cells: list[Piece | None] = [None] * self.width
        for piece in values:
            column = self.grid.column(piece.left, piece.edge if self.grid.layout != "grid" else piece.right)
            if column is not None and cells[column] is None:
                cells[column] = piece
        shifted = self._shifted(read, cells)
        if shifted is not None:
            words, cells = [], shifted
        caption = re.sub(r"\s*\.{3,}\s*$", "", " ".join(piece.text for piece in words))
        return Entry(
            re.sub(r"\s+", " ", caption).strip(),
            tuple(cells),
            read.row.indent,
            bool(words) and words[0].cell.bold,
            ruled or any(piece.rule_above for piece in values),
            False,
            " ".join(piece.marks for piece in words if piece.marks),
        )

    def _shifted(self, read: _Read, cells: Sequence[Piece | None]) -> list[Piece | None] | None:
        """The cells of a row whose empty caption was left out: as many numbers as columns, the first where captions stand, the last column empty."""
        if self.grid.layout != "grid" or len(read.pieces) != self.width or self.width < 2 or cells[-1] is not None:
            return None
        if not all(piece.is_number for piece in read.pieces) or numbers.is_year(read.pieces[0].text) or read.pieces[0].left > self.edge:
            return None
        return list(read.pieces)


_BROKEN = re.compile(r"\b((?:Jan|Feb|Sep|Oct|Nov|Dec)[a-z]*)-\s+([a-z]+)\b")


def _spliced(texts: Sequence[str]) -> str:
    """Stacked headings as one text; a month that was broken at a hyphen is whole again."""
    return _BROKEN.sub(r"\1\2", re.sub(r"\s+", " ", " ".join(texts)).strip())


def _closed(texts: Sequence[str]) -> tuple[str, ...]:
    """Texts beside the headings; one whose bracket was closed only rows below is one text."""
    done: list[str] = []
    for text in texts:
        if done and done[-1].count("(") > done[-1].count(")") and len(done[-1]) < _LONGEST_ASIDE:
            done[-1] = f"{done[-1]} {text}"
        else:
            done.append(text)
    return tuple(done)


_LONGEST_ASIDE = 120


def _dated_alike(stacks: Sequence[list[str]], dated: Sequence[Sequence[tuple[Piece, tuple[int, ...]]]]) -> None:
    """A year set over "Shares" alone dates the "Amount" beside it too, where the pair repeats under another year."""
    lasts = Counter(stack[-1] for stack in stacks if stack)
    for placed in dated:
        for column, stack in enumerate(stacks):
            if not stack or lasts[stack[-1]] < 2 or units.header_change(" ".join(stack)) or times.read(" ".join(stack)).years:
                continue
            before = [(max(heads), piece) for piece, heads in placed if heads and max(heads) < column and times.read(piece.text).years]
            if before:
                stack.append(max(before, key=lambda pair: pair[0])[1].text)


def _under_rule(piece: Piece, rules: Sequence[columns.Interval]) -> columns.Interval:
    """The rule drawn under a head shows how far it reaches."""
    for left, right in rules:
        if min(right, piece.right) - max(left, piece.left) > 0 and right - left >= piece.right - piece.left - 4:
            return left, right
    return piece.left, piece.right


def _over(new: Sequence[str], old: Sequence[str]) -> tuple[str, ...]:
    """New headings; a column that gets none keeps its old one, and a head without a year keeps the year above it."""
    joined = []
    for fresh, stale in zip(new, old, strict=True):
        if not fresh:
            joined.append(stale)
        elif times.read(fresh).lasts and not times.read(fresh).years and times.read(stale).years and not times.read(stale).lasts:
            joined.append(f"{fresh} {stale}")
        else:
            joined.append(fresh)
    return tuple(joined)


def _below(new: Sequence[str], old: Sequence[str]) -> tuple[str, ...]:
    """More headings of one header, parted by a row that heads no column: a time that stands alone above them still holds."""
    return tuple(
        f"{stale} {fresh}" if fresh and stale != fresh and _is_time(stale) else joined for fresh, stale, joined in zip(new, old, _over(new, old), strict=True)
    )


_OF_A_SHEET = re.compile(r"continued|\bliabilities\b|\bequity\b|\bassets\b", re.IGNORECASE)


def _is_another(texts: Sequence[str], stub: Sequence[str]) -> bool:
    """Whether the texts beside a repeated header title another table: they state a scale of their own under a title not seen yet."""
    fresh = [text for text in texts if text not in stub]
    if not any(units.scale(text) is not None for text in texts) or any(_OF_A_SHEET.search(text) for text in texts):
        return False
    return any((units.scale(text) is None and not _UNAUDITED.fullmatch(text)) or len(text) > _LONGEST_SCALE for text in fresh)


_LONGEST_SCALE = 60


def _trailing_titles(entries: Sequence[Entry]) -> tuple[list[str], list[Entry]]:
    """Headings right before a new header are its titles, not the end of the part above."""
    cut = len(entries)
    while cut and entries[cut - 1].is_heading:
        cut -= 1
    return [entry.caption for entry in entries[cut:]], list(entries[:cut])


_OPEN_END = re.compile(
    r"(?:[,&–—-]|\b(?:and|or|of|to|for|from|in|by|the|with|on|per|at|than|net|as|under|other|common|before|after|provided|used))$", re.IGNORECASE
)


_ASIDE = re.compile(r"\((?:note|see|including|net|less|in|of|includes)\b", re.IGNORECASE)
_SIGN_WORD = re.compile(r"\((?:loss|losses|income|deficit|expenses?|benefit|decrease|increase)\)\s+[a-z]", re.IGNORECASE)
"""What goes on with a caption as a small letter does: "(loss) per share"."""
_UNAUDITED = re.compile(r"\W*(?:un)?audited\W*", re.IGNORECASE)


def _unwrapped(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Captions that were broken over two rows, in one piece again."""
    done: list[Entry] = []
    for index, entry in enumerate(entries):
        before = done[-1] if done else None
        if before is None or not entry.caption or not before.caption:
            if not (entry.is_heading and (not entry.caption or _UNAUDITED.fullmatch(entry.caption))):
                done.append(entry)
            continue
        lower = entry.caption[0].islower() or _SIGN_WORD.match(entry.caption) is not None
        following = entries[index + 1] if index + 1 < len(entries) else None
        if before.is_heading and not entry.is_heading and not before.caption.endswith(":") and (lower or _OPEN_END.search(before.caption)):
            done[-1] = evolve(
                entry, caption=f"{before.caption} {entry.caption}", indent=before.indent, bold=before.bold, rule_above=before.rule_above or entry.rule_above
            )
        elif (
            entry.is_heading
            and not before.is_heading
            and lower
            and not entry.caption.endswith(":")
            and not (following is not None and following.caption[:1].islower())
        ):
            done[-1] = evolve(before, caption=f"{before.caption} {entry.caption}")
        elif before.is_heading and _ASIDE.match(entry.caption) and not before.caption.endswith(":"):
            done[-1] = evolve(entry, caption=f"{before.caption} {entry.caption}", indent=before.indent)
        elif entry.is_heading and _UNAUDITED.fullmatch(entry.caption):
            continue
        elif entry.is_heading and before.is_heading and lower and not before.caption.endswith(":"):
            done[-1] = evolve(before, caption=f"{before.caption} {entry.caption}")
        else:
            done.append(entry)
    return tuple(done)
