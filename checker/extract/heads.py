"""Headings: which text of a header stands over which column, and how the headings of neighbouring headers join."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from checker.core.value import frozen
from checker.extract import columns
from checker.extract.columns import Grid
from checker.extract.entries import UNAUDITED
from checker.extract.pieces import Piece
from checker.extract.rows import Read
from checker.lexicon import measures, numbers, time
from checker.lexicon.scale import stated


@frozen
class Heads:
    """The headings of one table; `plain` tables have no cell that spans columns, so a head may stand over more columns
    than its cell."""

    grid: Grid
    edge: int
    """Where captions end."""
    plain: bool
    worded: Grid
    """Columns of words among those of figures: their heads head no figure."""

    @property
    def _width(self) -> int:
        return self.grid.unit

    def read(self, rows: Sequence[Read]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The joined heading of every column, and the texts that head none."""
        stacks: list[list[str]] = [[] for _ in self.grid.spans]
        stub: list[str] = []
        dated: list[list[tuple[Piece, tuple[int, ...]]]] = []
        begun = self.grid.layout == "grid"
        share = self._share(rows) if self.plain or self.grid.layout != "grid" else 0
        for index, read in enumerate(rows):
            if read.is_rule or not read.pieces:  # a number of a note stood alone there
                continue
            begun = (
                begun
                or len(read.pieces) > 1
                or any(time.read(piece.text) for piece in read.pieces)
                or self._stacked(read, rows[index + 1 :])
            )
            if not begun:  # a title centred on the page stands over columns by chance
                stub.extend(piece.text for piece in read.pieces)
                continue
            below = rows[index + 1] if index + 1 < len(rows) and rows[index + 1].is_rule else None
            over, beside = self._sorted(read)
            stub.extend(piece.text for piece in beside)
            placed = self._shared(over, share) or self._on_page(over, rows[index + 1 :]) or self._placed(over, below)
            for piece, heads in placed:
                for column in heads:
                    if piece.text not in stacks[column]:
                        stacks[column].append(piece.text)
            if any(time.read(piece.text).years for piece, _ in placed):
                dated.append(placed)
        _dated_alike(stacks, dated)
        return tuple(_spliced(stack) for stack in stacks), _closed(stub)

    def _sorted(self, read: Read) -> tuple[list[Piece], list[Piece]]:
        """Pieces that head columns, and pieces beside or across them."""
        texts = list(read.pieces)
        if len(texts) == 1 and self.is_title(texts[0]):
            return [], texts
        if self._is_full(read):
            return texts, []
        return [piece for piece in texts if self.reaches(piece)], [piece for piece in texts if not self.reaches(piece)]

    def _is_full(self, read: Read) -> bool:
        """Whether a row names the day or the year of every column, though it begins where captions stand: a cell beside
        it was left out."""
        if self.grid.layout != "grid" or not 1 < len(read.pieces) == len(self.grid.spans):
            return False
        found = [time.read(piece.text) for piece in read.pieces]
        return all(one.full for one in found) or all(one.years and not one.dates for one in found)

    def _share(self, rows: Sequence[Read]) -> int:
        """After how many columns the times that a row names for every column come again: "2004 2003 2004 2003" after
        two; 0 where none does."""
        width = len(self.grid.spans)
        lasts = [
            [piece.text for piece in read.pieces[-width:]] for read in rows if width <= len(read.pieces) <= width + 1
        ]
        full = [texts for texts in lasts if all(time.read(text) for text in texts)]
        alike = [
            share
            for share in range(2, width)
            if full and width % share == 0 and all(texts[share:] == texts[:-share] for texts in full)
        ]
        return alike[0] if alike and any(len(set(texts)) > 1 for texts in full) else 0

    def _shared(self, over: Sequence[Piece], share: int) -> list[tuple[Piece, tuple[int, ...]]]:
        """The texts over columns whose times come again with each of them: each heads as many, wherever its cell was
        left standing."""
        if not share or len(over) * share != len(self.grid.spans) or not all(time.read(piece.text) for piece in over):
            return []
        return [(piece, tuple(range(share * rank, share * (rank + 1)))) for rank, piece in enumerate(over)]

    def reaches(self, piece: Piece) -> bool:
        """Whether a piece of a header stands over columns, not over captions alone."""
        beside = piece.left <= self.edge or piece.right <= self.grid.first
        if beside and stated(piece.text) is not None and not time.read(piece.text):
            return False  # it holds for the table, however long it is, or in whose middle it was set
        if self.grid.layout == "grid":
            return piece.right > self.grid.first and not (piece.left <= self.edge and piece.right <= self.grid.first)
        if piece.left <= self.edge:
            return piece.right > self.grid.spans[0][1] - 2 * self._width
        return piece.right > self.grid.first - 6 * self._width

    def is_title(self, piece: Piece) -> bool:
        """Whether a text that is alone in its row names the table, not its columns."""
        text = piece.text
        found = time.read(text)
        if stated(text) is not None and not found:
            return True
        if self.grid.layout == "grid":
            return (
                piece.left <= self.edge
                and (piece.right > self.grid.first or not found)
                and not (self.plain and piece.left > self.edge)
            )
        if self.grid.layout == "points" and self._is_centred(piece):
            return True
        return (piece.left < self.grid.first - 25 * self._width and not found.lasts) or re.fullmatch(
            r"\W*(?:un)?audited\W*", text, re.IGNORECASE
        ) is not None

    def _is_centred(self, piece: Piece) -> bool:
        """Whether a text begins left of all figures and has its middle where the table has its own, captions included,
        and not where its columns have it."""
        middle, last = piece.left + piece.right, self.grid.spans[-1][1]
        off = abs(middle - self.edge - last)
        return (
            piece.left < self.grid.first - 2 * self._width
            and off < abs(middle - self.grid.first - last)
            and off * 8 < last - self.edge
        )

    def _placed(self, over: Sequence[Piece], below: Read | None) -> list[tuple[Piece, tuple[int, ...]]]:
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
        most: dict[int, tuple[int, int]] = {}
        for index, (piece, right) in enumerate(zip(over, reach, strict=True)):
            for column in self.grid.under(piece.left, right):
                shared = self.grid.shared(column, (piece.left, right))
                if column not in most or shared > most[column][0]:
                    most[column] = shared, index
        wins: list[list[int]] = [[] for _ in over]
        for column in sorted(most):
            wins[most[column][1]].append(column)
        scattered = len(over) == len(self.grid.spans) and (self.plain or any(len(won) != 1 for won in wins))
        if scattered and all(time.read(piece.text) for piece in over):  # set wider than the figures below
            return [(piece, (index,)) for index, piece in enumerate(over)]
        every = range(len(self.grid.spans))
        free = [column for column in every if column not in most]
        placed = []
        for piece, won in zip(over, wins, strict=True):
            if not won and self.worded.under(piece.left, piece.right):
                continue
            if not won:  # over a gap: the nearest column that no other text heads
                if not free and not time.read(piece.text):  # a column without figures in this part of the table
                    continue
                won = [self.grid.nearest(free or every, (piece.left, piece.right))]
            placed.append((piece, tuple(won)))
        return placed

    def _on_page(self, over: Sequence[Piece], below: Sequence[Read]) -> list[tuple[Piece, tuple[int, ...]]]:
        """On a page, what lines drawn under heads, or the lack of more heads below, tell of them; empty where they tell
        nothing."""
        if self.grid.layout != "points" or not over:
            return []
        return (
            self._ruled(over, below[:2])
            or self._divided(over)
            or self._whole(over, below)
            or self._single(over, below)
            or self._begun(over, below)
            or self._of_changes(over)
        )

    def _stacked(self, read: Read, below: Sequence[Read]) -> bool:
        """Whether a text alone on its line is the first of a head that goes on in lines below: on a page, right over
        a column, and not over the middle of them all."""
        piece, spans = read.pieces[0], self.grid.spans
        if self.grid.layout != "points" or len(spans) < 2 or piece.left <= self.edge or stated(piece.text) is not None:
            return False
        middle = piece.left + piece.right
        if self._is_centred(piece) or abs(middle - spans[0][0] - spans[-1][1]) <= 4 * self._width:
            return False
        at = min(range(len(spans)), key=lambda each: self._off(piece, each))
        heads = next((other.pieces for other in below if not other.is_rule and len(other.pieces) > 1), ())
        return self._off(piece, at) <= 2 * self._width and any(self._off(head, at) <= 2 * self._width for head in heads)

    def _whole(self, over: Sequence[Piece], below: Sequence[Read]) -> list[tuple[Piece, tuple[int, ...]]]:
        """A length of time that stands alone, above a year for every column: it holds for all of them, wherever it was
        set."""
        found = time.read(over[0].text)
        if len(over) > 1 or not found.lasts or found.years or over[0].left > self.grid.spans[0][1]:
            return []
        years = next(
            ([piece for piece in read.pieces if self.reaches(piece)] for read in below if not read.is_rule), []
        )
        if len(years) != len(self.grid.spans) or not all(numbers.is_year(piece.text) for piece in years):
            return []
        return [(over[0], tuple(range(len(self.grid.spans))))]

    def _divided(self, over: Sequence[Piece]) -> list[tuple[Piece, tuple[int, ...]]]:
        """Times that divide all columns among them, each over the middle of its own."""
        width, count = len(self.grid.spans), len(over)
        if not 1 < count < width or count * width > _MOST_DIVIDED or not all(time.read(piece.text) for piece in over):
            return []
        best: list[tuple[int, tuple[int, ...]] | None] = [
            (0, (0,)),
            *[None] * width,
        ]  # how far off, and where the columns of each begin, up to a column
        for piece in over:
            row: list[tuple[int, tuple[int, ...]] | None] = [None] * (width + 1)
            for stop in range(1, width + 1):
                found = [
                    (before[0] + self._apart(piece, start, stop), (*before[1], stop))
                    for start in range(stop)
                    if (before := best[start]) is not None
                ]
                row[stop] = min(found, default=None)
            best = row
        chosen = best[width]
        if chosen is None:
            return []
        placed = list(zip(over, pairwise(chosen[1]), strict=True))
        if any(self._apart(piece, *ends) > 3 * self._width for piece, ends in placed):
            return []
        return [(piece, tuple(range(*ends))) for piece, ends in placed]

    def _apart(self, piece: Piece, start: int, stop: int) -> int:
        """How far the middle of a head is from that of some columns."""
        return abs(self.grid.spans[start][0] + self.grid.spans[stop - 1][1] - piece.left - piece.right) // 2

    def _ruled(self, over: Sequence[Piece], below: Sequence[Read]) -> list[tuple[Piece, tuple[int, ...]]]:
        """The columns that the lines under the heads reach over, where each has one of its own."""
        for read in below:
            rules = [(cell.left, cell.right) for cell in read.row.cells] if read.is_rule else []
            own = [
                next((rule for rule in rules if rule[0] <= (piece.left + piece.right) // 2 <= rule[1]), None)
                for piece in over
            ]
            if len(rules) != len(over) or len(set(own)) < len(own) or None in own:
                continue
            reached = [
                tuple(
                    at
                    for at, (left, right) in enumerate(self.grid.spans)
                    if rule and rule[0] <= (left + right) // 2 <= rule[1]
                )
                for rule in own
            ]
            if all(reached) and (len(over) > 1 or self._is_partial(over[0], reached[0])):
                return list(zip(over, reached, strict=True))
        return []

    def _is_partial(self, piece: Piece, reached: Sequence[int]) -> bool:
        """Whether a head that stands alone holds for the columns that its line reaches and for no other: a time that
        dates no change holds for all of its table, however short the line was drawn."""
        return len(reached) < len(self.grid.spans) and (not time.read(piece.text) or measures.header_change(piece.text))

    def _of_changes(self, over: Sequence[Piece]) -> list[tuple[Piece, tuple[int, ...]]]:
        """A head of changes that stands alone over some of the columns: it says nothing of those beside it."""
        if len(over) > 1 or not measures.header_change(over[0].text):
            return []
        piece = over[0]
        under = [at for at, (left, right) in enumerate(self.grid.spans) if left < piece.right and piece.left < right]
        return [(piece, tuple(under))] if under else []

    def _single(self, over: Sequence[Piece], below: Sequence[Read]) -> list[tuple[Piece, tuple[int, ...]]]:
        """A column each, where every head stands right over one, and no row of the header below has more heads."""
        if any(len([piece for piece in read.pieces if self.reaches(piece)]) > len(over) for read in below):
            return []
        found = [min(range(len(self.grid.spans)), key=lambda at, piece=piece: self._off(piece, at)) for piece in over]  # type: ignore[misc]
        if len(set(found)) < len(found) or any(
            self._off(piece, at) > 2 * self._width for piece, at in zip(over, found, strict=True)
        ):
            return []
        return [(piece, (at,)) for piece, at in zip(over, found, strict=True)]

    def _begun(self, over: Sequence[Piece], below: Sequence[Read]) -> list[tuple[Piece, tuple[int, ...]]]:
        """A column each, where every word stands right over a head of a row below that heads every column, and is the
        beginning of it: "EPS" over "(US cents)". Words over the middle of as many columns each are heads of those."""
        width = len(self.grid.spans)
        full = next((heads for read in below if len(heads := [p for p in read.pieces if self.reaches(p)]) == width), ())
        if not full or any(time.read(piece.text) or len(piece.text) > _LONGEST_BEGINNING for piece in over):
            return []
        found: list[int] = []
        for piece in over:
            under = [at for at, head in enumerate(full) if head.left < piece.right and piece.left < head.right]
            if len(under) != 1 or self._off(piece, under[0]) > 2 * self._width:
                return []
            found.extend(under)
        share, rest = divmod(width, len(over))
        middles = [share * rank + share // 2 for rank in range(len(over))]
        if len(set(found)) < len(found) or (not rest and share % 2 and found == middles):
            return []
        return [(piece, (at,)) for piece, at in zip(over, found, strict=True)]

    def _off(self, piece: Piece, column: int) -> int:
        """How far a head is from standing over the middle of a column, or from ending where it ends."""
        left, right = self.grid.spans[column]
        return min(abs(left + right - piece.left - piece.right) // 2, abs(right - piece.right))

    def _placed_by_position(self, over: Sequence[Piece], below: Read | None) -> list[tuple[Piece, tuple[int, ...]]]:
        if len(over) == len(self.grid.spans):
            return [(piece, (index,)) for index, piece in enumerate(over)]
        rules = (
            [(cell.left, cell.right) for cell in below.row.cells]
            if below is not None and len(below.row.cells) > 1
            else []
        )
        if self.grid.layout == "points" and len(rules) > len(over):  # drawn under the heads below
            rules = []
        spans = [_under_rule(piece, rules, 4 * self._width) for piece in over]
        return [(piece, heads) for piece, heads in zip(over, columns.shared_out(self.grid, spans), strict=True)]

    def is_over(self, piece: Piece) -> bool:
        """Whether a piece in the middle of a table stands over columns."""
        if self.grid.layout == "grid":
            return piece.left > self.edge and bool(self.grid.under(piece.left, piece.right))
        return piece.right > self.grid.first and piece.left > self.edge + 8 * self._width


_LONGEST_BEGINNING = 12
"""Characters of a word that only begins the head of a column."""
_MOST_DIVIDED = 400
"""Heads times columns up to which it is asked whether times divide the columns."""


def is_time(caption: str) -> bool:
    """Whether a heading is nothing but a period."""
    found = time.read(caption) if len(caption) < 80 else time.NONE
    return (bool(found.full) or bool(found.years) or found.lasts) and not time.without(caption)


_GLUED = re.compile(r"(?<=\b[Ee]nded)(?=[A-Z]|\d)")
_BROKEN = re.compile(r"\b([A-Z][A-Za-z]+)-\s+([A-Za-z]+)\b")


def _mended(broken: re.Match[str]) -> str:
    return broken[1] + broken[2] if f"{broken[1]}{broken[2]}".lower() in time.MONTH else broken[0]


def _spliced(texts: Sequence[str]) -> str:
    """Stacked headings as one text; a month broken at a hyphen is whole again, one glued to "ended" apart."""
    return _GLUED.sub(" ", _BROKEN.sub(_mended, re.sub(r"\s+", " ", " ".join(texts)).strip()))


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
"""Characters from which on an open bracket was forgotten, not closed further down."""


def _dated_alike(stacks: Sequence[list[str]], dated: Sequence[Sequence[tuple[Piece, tuple[int, ...]]]]) -> None:
    """A year set over "Shares" alone dates the "Amount" beside it too, where the pair repeats under another year."""
    lasts = Counter(stack[-1] for stack in stacks if stack)
    for placed in dated:
        years: dict[int, str] = {}
        for piece, heads in placed:
            if heads and time.read(piece.text).years:
                years.setdefault(max(heads), piece.text)
        ends = sorted(years)
        for column, stack in enumerate(stacks):
            before = bisect_left(ends, column)
            if (
                not stack
                or not before
                or lasts[stack[-1]] < 2
                or measures.header_change(" ".join(stack))
                or time.read(" ".join(stack)).years
            ):
                continue
            stack.append(years[ends[before - 1]])


def _under_rule(piece: Piece, rules: Sequence[columns.Interval], slack: int) -> columns.Interval:
    """The rule drawn under a head shows how far it reaches."""
    for left, right in rules:
        if min(right, piece.right) - max(left, piece.left) > 0 and right - left >= piece.right - piece.left - slack:
            return left, right
    return piece.left, piece.right


def renewed(new: Sequence[str], old: Sequence[str]) -> tuple[str, ...]:
    """New headings; a column that gets none keeps its old one, and a head without a year keeps the year above it."""
    joined = []
    for fresh, stale in zip(new, old, strict=True):
        if not fresh:
            joined.append(stale)
        elif (
            time.read(fresh).lasts
            and not time.read(fresh).years
            and time.read(stale).years
            and not time.read(stale).lasts
        ):
            joined.append(f"{fresh} {stale}")
        else:
            joined.append(fresh)
    return tuple(joined)


def continued(new: Sequence[str], old: Sequence[str]) -> tuple[str, ...]:
    """More headings of one header, parted by a row that heads no column: a time that stands alone above them still
    holds."""
    return tuple(
        f"{stale} {fresh}" if fresh and stale != fresh and is_time(stale) else joined
        for fresh, stale, joined in zip(new, old, renewed(new, old), strict=True)
    )


_OF_A_SHEET = re.compile(r"continued|\bliabilities\b|\bequity\b|\bassets\b", re.IGNORECASE)


def is_another(texts: Sequence[str], stub: Sequence[str]) -> bool:
    """Whether the texts beside a repeated header title another table: they state a scale of their own under a title not
    seen yet."""
    fresh = [text for text in texts if text not in stub]
    if not any(stated(text) is not None for text in texts) or any(_OF_A_SHEET.search(text) for text in texts):
        return False
    return any((stated(text) is None and not UNAUDITED.fullmatch(text)) or len(text) > _LONGEST_SCALE for text in fresh)


def begins_another(titles: Sequence[str]) -> bool:
    """Whether texts set above a repeated header title another table, and not the other side of the same sheet."""
    return any(map(_WORD.search, titles)) and not any(map(_OF_A_SHEET.search, titles))


_WORD = re.compile(r"[^\W\d_]{3}")
_LONGEST_SCALE = 60
"""Characters of a text that states a scale and nothing else."""
