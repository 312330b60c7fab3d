"""Tables whose cells stand below each other, each on a line of its own: "Net sales", "26,741" below it, "15,683" below
that.

Wire services turn the cells of a page into paragraphs, programs that take the text out of it into lines. A caption
begins a row there and as many figures as there are columns follow it; a sign, a bracket or a year may be cells of their
own. A row with fewer figures than the others is kept as words; one alone that lacks a cell or has one too many is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise, takewhile

from checker.core.document import Row, Table
from checker.core.value import evolve, frozen
from checker.lexicon import money, scale, time
from checker.read import ordered
from checker.read.inline import Cut
from checker.read.lines import Found, Line
from checker.read.ordered import FEWEST, FEWEST_HEADED, MOST_COLUMNS, REACH, Placed, Record
from checker.read.shapes import YEAR, is_figure, is_number, is_period
from checker.read.source import Text

_DOUBLED = 3
"""Figures in lines without an empty one between them that are cells too: one of them was put in, or printed twice."""
_MOST_LOST = 2
"""Rows of a table that lost a cell or have one too many: where there are more, blank cells were left out."""
_FEWEST_LINES = 12
"""Lines without an empty one between them, a third of them figures, that are cells."""
_LONGEST = 300
"""Characters of a caption that stands over no figures; longer ones are running text."""
_FEWEST_WORDS = 2
"""Words below the dates that head columns: one alone is a heading."""
_ENDED = re.compile(r"\)?%?|%\)")
"""A cell that ends the figure above it."""
_DAY = re.compile(rf"(?:.*\s)?{time.DAY}|.*\bended", re.IGNORECASE)
"""The head of a column whose year stands below it."""
_ASIDE = re.compile(
    r"\((?:un)?audited\)|\((?:in|all)\b[^()]*\)|(?:[$%] )?(?:change|variance)(?: [$%])?|[$%]|notes?", re.IGNORECASE
)
"""What else stands among the heads of columns."""
_COMPARED = re.compile(rf"{YEAR.pattern}\s*(?:to|vs?\.?|versus|over|/|-|–)\s*{YEAR.pattern}", re.IGNORECASE)
"""The head of a column that compares two others: "2024 to 2023"."""
_CHANGE = re.compile(r"(?:increase|improvement)\s*/?\s*\(?(?:decrease|deterioration|decline)\)?", re.IGNORECASE)
"""The head of a change, in amounts, in percent or in both."""
_SHORT = 8
"""Characters of a unit that stands below the head of its column."""
_BROKEN = re.compile(rf"as (?:of|at)|(?:for the )?{time.SPAN}|ended", re.IGNORECASE)
"""The head of a column that goes on in the cells below."""
_LENGTH = re.compile(rf"\b{time.UNIT}\b", re.IGNORECASE)


def _is_unit(text: str) -> bool:
    """Whether a cell is the unit of its column; a sign alone begins a figure as often."""
    return len(text) <= _SHORT and text not in "$%" and not is_figure(text) and scale.is_unit(text)


def _is_aside(text: str) -> bool:
    """Whether a cell says what its column is besides the period: audited or not, a unit, a comparison, a change."""
    return _is_unit(text) or any(shape.fullmatch(text) for shape in (_ASIDE, _COMPARED, _CHANGE))


def _begins(text: str) -> bool:
    """Whether a cell begins the figure below it: a sign of money, a bracket or both."""
    return text == "(" or money.is_sign(text.rstrip("( "))


@frozen
class Item:
    """One cell: `caption`, `figure`, `sign` or `head`, from line `first` to `last`, and where it stands in the text."""

    kind: str
    cut: Cut
    first: int
    last: int
    text: str


@frozen
class Entry:
    """A caption (or none, above figures that have none) and the figures below it."""

    caption: Item | None
    figures: tuple[Item, ...]


def find(source: Text, lines: Sequence[Line]) -> dict[int, Found]:
    """The tables among the lines of a text, by their first line."""
    found = {}
    for heads, entries in _stretches(_items(lines)):
        width = _width(entries, heads)
        entries = entries[: _last(entries, width)]
        if width:
            titles = [row for level in _levels(heads, width) for row in _titled(source, level, width)]
            worded = _worded(heads, entries, width)
            titles += ordered.row(source, worded)
            rows = [*titles, *(row for entry in entries[len(worded) :] for row in _rows(source, entry, width))]
            items = [
                *heads,
                *(
                    item
                    for entry in entries
                    for item in ([entry.caption] if entry.caption else []) + list(entry.figures)
                ),
            ]
            found[items[0].first] = Found(Table(tuple(rows), "grid"), items[0].first, items[-1].last + 1)
    return found


def _last(entries: Sequence[Entry], width: int) -> int:
    """How many of the entries are the table's: what follows its last whole row is none, but for a row of amounts that
    lacks a cell or has one too many."""
    whole = [at for at, entry in enumerate(entries, 1) if entry.figures and not len(entry.figures) % max(width, 1)]
    last = whole[-1] if whole else 0
    rest = [entry for entry in entries[last:] if entry.figures]
    uneven = [entry for entry in rest if entry.caption and abs(len(entry.figures) - width) == 1]
    rates = any("%" in figure.text for entry in rest for figure in entry.figures)
    return last + 1 if len(rest) == 1 and rest == uneven and entries[last] is rest[0] and not rates else last


def lost(table: Table) -> Sequence[Row]:
    """The few rows of a table of cells below each other that lack a cell or have one too many, where all others have
    one for every column."""
    rows = [row for row in table.rows if row.untold]
    width = max((len(row.cells) - 1 for row in table.rows), default=0)
    whole = sum(len(row.cells) > width for row in table.rows)
    few = len(rows) <= _MOST_LOST and whole >= FEWEST
    return rows if few and all(abs(row.untold - width) == 1 and _is_below(row) for row in rows) else ()


def _is_below(row: Row) -> bool:
    """Whether the figures of a row that is kept as words stand on lines of their own."""
    printed = row.cells[0].content
    first, last = printed.place(0, 1), printed.place(len(printed.text) - 1, len(printed.text))
    return last.line - first.line >= row.untold


# ---- cells -----------------------------------------------------------------------------------------------------------


def _items(lines: Sequence[Line]) -> Iterator[Item | None]:
    """The cells in order, signs and brackets joined to their figures; None where something else stands between two."""
    waiting: Item | None = None
    for item in _cells(lines):
        joined = _joined(waiting, item) if waiting is not None and item is not None else None
        if joined is None:
            if waiting is not None:
                yield _lone(waiting)
            if item is None:
                yield None
        waiting = joined or item
    if waiting is not None:
        yield _lone(waiting)


def _lone(item: Item) -> Item:
    """The cell; a sign whose figure is gone is of a kind of its own, a code that stands alone heads a column."""
    return evolve(item, kind="sign") if _begins(item.text) and not item.text[0].isalpha() else item


def _cells(lines: Sequence[Line]) -> Iterator[Item | None]:
    """The lines that stand alone, or among so many figures that they must be cells; None for each stretch of others."""
    for filled, group in groupby(range(len(lines)), key=lambda number: lines[number].kind != "blank"):
        if not filled:
            continue
        made = [_cell(lines[number], number) for number in group]
        figures = sum(item is not None and item.kind == "figure" for item in made)
        doubled = len(made) <= _DOUBLED and figures == len(made)
        if len(made) == 1 or doubled or (len(made) >= _FEWEST_LINES and figures * 3 >= len(made)):
            yield from made
        else:
            yield None


def _cell(line: Line, number: int) -> Item | None:
    """What a line prints as a cell; None where it holds several, or draws."""
    if line.kind not in ("prose", "figures", "tab"):
        return None
    shown = " ".join(line.text.replace("\\", "").split())
    dated = len(shown) < _LONGEST // 4 and is_period(shown)
    kind = (
        "head"
        if dated or _is_aside(shown) or _BROKEN.fullmatch(shown)
        else "figure"
        if is_figure(shown) or _begins(shown) or _ENDED.fullmatch(shown)
        else "caption"
    )
    return Item(kind, (line.start, line.end), number, number, shown)


def _joined(first: Item, second: Item) -> Item | None:
    """Two cells as one where a sign or a bracket stands in a cell of its own."""
    again = money.is_sign(first.text) and money.is_sign(second.text)
    begun = _begins(first.text) and second.kind == "figure" and not again
    ended = (
        first.kind == "figure"
        and is_number(first.text)
        and bool(_ENDED.fullmatch(second.text))
        and not is_period(first.text)
    )
    return _merged(first, second) if begun or ended else None


def _merged(first: Item, second: Item) -> Item:
    return Item(
        "head" if first.kind == second.kind == "head" else "figure",
        (first.cut[0], second.cut[1]),
        first.first,
        second.last,
        f"{first.text} {second.text}",
    )


# ---- tables ----------------------------------------------------------------------------------------------------------


def _stretches(items: Iterator[Item | None]) -> Iterator[tuple[list[Item], list[Entry]]]:
    """The entries that follow one another, and the heads of columns above them."""
    heads: list[Item] = []
    entries: list[Entry] = []
    for item in items:
        aside = item is not None and heads and not any(entry.figures for entry in entries) and _is_aside(item.text)
        if item is None or (item.kind == "head" and entries and not aside) or _is_text(item, entries):
            yield heads, entries
            heads, entries = [], []
        if item is None:
            continue
        if item.kind == "head" or (item.kind == "sign" and heads and not entries):
            heads.append(item)
        elif item.kind == "caption":
            if len(item.text) < _LONGEST or entries:
                entries.append(Entry(item, ()))
        elif entries and item.kind == "sign":
            continue
        elif entries:
            entries[-1] = Entry(entries[-1].caption, (*entries[-1].figures, item))
        else:
            heads = []
    yield heads, entries


def _is_text(item: Item, entries: Sequence[Entry]) -> bool:
    """Whether running text begins: after a long caption without figures, or many of them."""
    if item.kind != "caption" or not entries or entries[-1].figures:
        return False
    above = entries[-1].caption
    return (above is not None and len(above.text) >= _LONGEST) or (
        len(entries) >= REACH and not any(entry.figures for entry in entries[-REACH:])
    )


def _width(entries: Sequence[Entry], heads: Sequence[Item]) -> int:
    """How many figures stand below the captions of a table; 0 where too few have as many, or more than one have a
    figure too many."""
    counts = sorted(len(entry.figures) for entry in entries if entry.figures)
    width, count = ordered.width(counts, counts[:-1])
    headed = any(len(group) == width or _spread(group, width) for group in _levels(heads, width))
    return width if 1 < width <= MOST_COLUMNS and count >= (FEWEST_HEADED if headed else FEWEST) else 0


# ---- rows ------------------------------------------------------------------------------------------------------------


def _alike(heads: Sequence[Item]) -> Iterator[list[Item]]:
    """The heads of columns that look alike, a day and the year below it as one where each has its own."""
    days, years = heads[::2], heads[1::2]
    if len(days) == len(years) and all(
        _DAY.fullmatch(day.text) and YEAR.fullmatch(year.text) for day, year in zip(days, years, strict=True)
    ):
        heads = [_merged(day, year) for day, year in zip(days, years, strict=True)]
    for _, group in groupby(heads, key=_level):
        yield list(group)


def _levels(heads: Sequence[Item], width: int) -> list[list[Item]]:
    """The rows of heads: those that look alike, and two sorts that only together are as many as there are columns."""
    levels: list[list[Item]] = []
    for group in _alike(heads):
        if levels and 1 < len(levels[-1]) < width and _beside(levels[-1], group, width):
            levels[-1] = [*levels[-1], *group]
        else:
            levels.append(group)
    return _halved(levels, width)


def _halved(levels: list[list[Item]], width: int) -> list[list[Item]]:
    """The rows of heads, a stretch of time and a change beside each other where years stand below the one, an amount
    and a percentage below the other."""
    halves = width // 2
    parted = any(len(level) == width and _are_ways(level[halves:]) for level in levels)
    for at, (first, second) in enumerate(pairwise(levels)):
        if parted and len(first) == len(second) == 1 and _ASIDE.fullmatch(second[0].text):
            return [*levels[:at], [*first, *second], *levels[at + 2 :]]
    return levels


def _are_ways(heads: Sequence[Item]) -> bool:
    """Whether heads say in which ways a change is printed: "$" and "%"."""
    return (
        len(heads) > 1
        and len({head.text for head in heads}) == len(heads)
        and all(head.text == "%" or money.is_sign(head.text) for head in heads)
    )


def _beside(first: Sequence[Item], second: Sequence[Item], width: int) -> bool:
    """Whether two sorts of heads stand beside each other over `width` columns: they are as many, and could not each be
    shared out over all. A change may stand over amounts and percent."""
    left = width - len(first)
    if left == 2 * len(second) and all(_CHANGE.fullmatch(head.text) for head in second):
        return True
    if left == len(second) and _are_ways(second) and not _are_ways(first):
        return True
    return left == len(second) and not (ordered.shared(len(first), width) and ordered.shared(len(second), width))


def _titled(source: Text, level: Sequence[Item], width: int) -> Iterator[Row]:
    """A row of heads over their columns."""
    spans = _spread(level, width)
    if spans:
        yield from ordered.row(source, [(head.cut, *span) for head, span in zip(level, spans, strict=True)])
    else:
        yield from ordered.heads(source, [head.cut for head in level], width)


def _spread(level: Sequence[Item], width: int) -> list[tuple[int, int]]:
    """The columns of heads of changes over two each, where all others stand over one; none where that is not so."""
    wide = [1 + bool(_CHANGE.fullmatch(head.text)) for head in level]
    if sum(wide) != width or len(set(wide)) == 1:
        return []
    return list(pairwise(accumulate(wide, initial=1)))


def _level(head: Item) -> str:
    """What a head says of its columns: heads that say the same stand beside each other."""
    if _COMPARED.fullmatch(head.text):
        return "compared"
    if _is_unit(head.text) or head.text == "%" or money.is_sign(head.text):
        return "unit"
    if YEAR.fullmatch(head.text):
        return "year"
    if _LENGTH.search(head.text):
        return "length"
    return "day" if is_period(head.text) else head.text.casefold()


def _worded(heads: Sequence[Item], entries: Sequence[Entry], width: int) -> list[Placed]:
    """Words below the dates of columns that head as many of them: all, or those that one date stands over again and
    again."""
    words = [
        entry.caption.cut for entry in takewhile(lambda entry: not entry.figures, entries) if entry.caption is not None
    ]
    dates = next((group for group in _levels(heads, width) if len(group) == width), [])
    runs = [
        (at, len(list(group)))
        for at, group in groupby(
            range(len(dates)), key=lambda rank: [date.text for date in dates].index(dates[rank].text)
        )
    ]
    first = 0 if len(words) == width else next((at for at, length in runs if length == len(words)), None)
    if len(words) < _FEWEST_WORDS or not dates or first is None:
        return []
    return [(cut, 1 + first + rank, 2 + first + rank) for rank, cut in enumerate(words)]


def _rows(source: Text, entry: Entry, width: int) -> Iterator[Row]:
    """The rows of a caption and the figures below it."""
    items = [*([entry.caption] if entry.caption else []), *entry.figures]
    whole = items[0].cut[0], items[-1].cut[1]
    yield from ordered.rows(
        source,
        Record(entry.caption.cut if entry.caption else None, tuple(item.cut for item in entry.figures), whole),
        width,
    )
