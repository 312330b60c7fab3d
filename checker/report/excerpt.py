"""The source line a figure stands on, with carets under the figure. A line longer than the terminal is cut around
it."""

from __future__ import annotations

from collections.abc import Iterator

from checker.core.figure import Figure
from checker.core.report import Checked
from checker.report.places import has_no_lines, named
from checker.report.style import Style
from checker.report.terminal import columns, painted, shortened, visible


def excerpt(figure: Figure, note: str, checked: Checked, style: Style) -> Iterator[str]:
    """Where it stands, the line and the carets, with a note behind them; table, row and column where the source has no
    lines to show."""
    place = figure.place
    if has_no_lines(place) or not 1 <= place.line <= len(checked.lines):
        found = list(_in_its_table(figure, note, checked, max(40, style.width - 2)))
        yield from found or (f"  {named(checked.source.path, place)}",)
        return
    yield f"  {named(checked.source.path, place)}"
    gutter = str(place.line)
    line = checked.lines[place.line - 1]
    start = max(0, place.column - 1)
    end = start + _characters(line[start:], place.span[1] - place.span[0])
    before, printed, after = line[:start], line[start:end], line[end:]
    room = max(20, style.width - len(gutter) - 6)
    left, middle, right = _cut(_spaced(before), visible(printed), _spaced(after), room)
    over = columns(left) + columns(middle) + 1 + columns(note) - room if note else 0
    if 0 < over < columns(left):
        left = "…" + left[over + 1 :]
    carets = painted("^" * max(1, columns(middle)), "red", style)
    yield f"  {gutter} | {(left + middle + right).rstrip()}"
    yield f"  {' ' * len(gutter)} | {' ' * columns(left)}{carets}{' ' + note if note else ''}"


def _in_its_table(figure: Figure, note: str, checked: Checked, width: int) -> Iterator[str]:
    """The table by its title, the row by its captions, the column by its head: a page of HTML has lines that nobody
    sees."""
    for statement in checked.statements:
        for line in statement.lines:
            column = next(
                (place for place, one in enumerate(line.figures) if one is not None and one.id == figure.id), None
            )
            if column is None:
                continue
            title = " ".join(visible(statement.title).split())
            row = f"{visible(checked.source.path)}: table {statement.index + 1}, row {line.index + 1}"
            at = named(checked.source.path, figure.place) if has_no_lines(figure.place) else row
            yield f"  {shortened(at + (f': {title}' if title else ''), width)}"
            if not figure.text:  # redacted
                yield f"  row {line.index + 1}, column {column + 1}{'  ' + note if note else ''}"
                return
            called = visible(": ".join([*figure.under[-1:], figure.caption or "(no caption)"]))
            last = f" | {visible(figure.text)}" + (f"  {note}" if note else "")
            row = (
                called if figure.place.part is not None else f"row {line.index + 1}: {called}"
            )  # which counts what is drawn too
            row += f" | {visible(figure.head)}" if figure.head else ""
            yield f"  {shortened(row, max(20, width - columns(last)))}{last}"
            return


def _characters(line: str, size: int) -> int:
    """How many characters of the line take `size` bytes: the figure as it stands in the file, with what markup stands
    between its digits."""
    return len(line[:size].encode("utf-8", "replace")[:size].decode("utf-8", "ignore"))


def _spaced(text: str) -> str:
    """The text made safe; a tab is shown as two blanks so that columns stay apart."""
    return visible(text.replace("\t", "  "))


def _cut(left: str, middle: str, right: str, room: int) -> tuple[str, str, str]:
    """The three parts, cut at the outer ends until they fit."""
    spare = room - columns(middle)
    if columns(left) + columns(right) <= spare:
        return left, middle, right
    head = min(columns(left), max(spare * 2 // 3, spare - columns(right)))
    while left and columns(left) > head:
        left = left[max(1, (columns(left) - head) // 2) :]
        if columns(left) <= head:
            left = "…" + left[1:]
    tail = max(0, spare - columns(left))
    if columns(right) > tail:
        while right and columns(right) > max(0, tail - 1):
            right = right[: -max(1, (columns(right) - tail) // 2)]
        right += "…"
    return left, middle, right
