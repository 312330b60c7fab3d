"""The same statements in the layouts that people and programs give them: what of the figures each of them keeps, and
whether any raises an alarm.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.layouts [--limit N]

The primary statements of the HTML releases and filings, as they are read, are printed again: as pages with signs in
cells of their own or without any attribute, as text set by tabs, bars, boxes or blanks, as a browser copies them, as a
letter quotes them. What is read of the plain page is the measure. An alarm that the plain page does not raise is ours,
whatever the layout; one that destroys what a reader needs may lose figures, and nothing else.
"""

from __future__ import annotations

import argparse
import html
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from attrs import frozen

from benchmarks.corpus import files, root, share
from benchmarks.detection import loud
from checker.core.figure import Figure
from checker.core.report import Checked
from checker.core.statement import PRIMARY, Statement
from checker.core.unit import money
from checker.language import load
from checker.pipeline import check, release


@frozen
class Sheet:
    """One statement as printed. `groups` stand over equal shares of the columns, `heads` over one each; a line without
    figures is a heading."""

    title: str
    scale: str
    groups: tuple[str, ...]
    heads: tuple[str, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def share(self) -> int:
        """How many columns stand under one group."""
        return len(self.heads) // max(1, len(self.groups))


Layout = Callable[[Sequence[Sheet]], str]
_SIGNED = re.compile(r"([$€£¥]?)\s*(\(?[^)%]*)(\)?%?)")


def _matrix(sheet: Sheet) -> list[list[str]]:
    """Caption and figures of every row; a group stands over the first of its columns."""
    rows = (
        [["", *(text for group in sheet.groups for text in (group, *[""] * (sheet.share - 1)))]] if sheet.groups else []
    )
    rows.append(["", *sheet.heads])
    return [*rows, *([caption, *(figures or [""] * len(sheet.heads))] for caption, figures in sheet.lines)]


def _page(sheets: Sequence[Sheet], table: Callable[[Sheet], str]) -> str:
    body = "\n".join(
        f"<p><b>{html.escape(sheet.title)}</b></p>\n<p>{html.escape(sheet.scale)}</p>\n{table(sheet)}"
        for sheet in sheets
    )
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head>\n<body>\n{body}\n</body></html>\n'


def _text(sheets: Sequence[Sheet], lines: Callable[[Sheet], list[str]]) -> str:
    return "\n".join("\n".join([sheet.title, "", sheet.scale, "", *lines(sheet), ""]) for sheet in sheets)


def _cells(row: Sequence[tuple[str, int]]) -> str:
    spans = ((html.escape(text), f' colspan="{wide}"' if wide > 1 else "") for text, wide in row)
    return "<tr>" + "".join(f"<td{span}>{text}</td>" for text, span in spans) + "</tr>"


def _spanned(sheet: Sheet, wide: int) -> list[list[tuple[str, int]]]:
    """The rows of heads, each figure `wide` cells."""
    over = [[("", 1), *((group, wide * sheet.share) for group in sheet.groups)]] if sheet.groups else []
    return [*over, [("", 1), *((head, wide) for head in sheet.heads)]]


def _apart(figure: str) -> list[str]:
    """The sign of the currency, the digits, and what closes them."""
    found = _SIGNED.fullmatch(figure)
    return list(found.groups()) if found else ["", figure, ""]


def page(sheets: Sequence[Sheet]) -> str:
    """A page as simple as can be: one cell a figure."""

    def table(sheet: Sheet) -> str:
        rows = [[(text, 1) for text in (caption, *figures)] for caption, figures in _filled(sheet)]
        return "<table>\n" + "\n".join(map(_cells, [*_spanned(sheet, 1), *rows])) + "\n</table>"

    return _page(sheets, table)


def signs(sheets: Sequence[Sheet]) -> str:
    """A page whose currency signs and brackets have cells of their own."""

    def table(sheet: Sheet) -> str:
        rows = [
            [(caption, 1), *((part, 1) for figure in figures for part in _apart(figure))]
            for caption, figures in _filled(sheet)
        ]
        return "<table>\n" + "\n".join(map(_cells, [*_spanned(sheet, 3), *rows])) + "\n</table>"

    return _page(sheets, table)


def minified(sheets: Sequence[Sheet]) -> str:
    """That page without line breaks and end tags."""
    return re.sub(r"</(?:td|tr|p)>", "", re.sub(r">\s+<", "><", signs(sheets)))


def kept_blanks(sheets: Sequence[Sheet]) -> str:
    """That page with blanks that do not break."""
    return re.sub(r">[^<>]+<", lambda found: found[0].replace(" ", "&nbsp;"), signs(sheets))


def _filled(sheet: Sheet) -> list[tuple[str, tuple[str, ...]]]:
    """The lines, headings with blank figures."""
    return [(caption, figures or ("",) * len(sheet.heads)) for caption, figures in sheet.lines]


def _copied(sheet: Sheet) -> list[list[str]]:
    """The cells of a page that sets signs apart, each that spans several written as one: an amount without a currency
    sign took the cell of the sign too."""
    over = [["", *sheet.groups]] if sheet.groups else []
    rows = [
        [caption, *(part for figure in figures for part in _one_or_two(figure))] for caption, figures in _filled(sheet)
    ]
    return [*over, ["", *(text for head in sheet.heads for text in (head, ""))], *rows]


def _one_or_two(figure: str) -> list[str]:
    return [*filter(None, _apart(figure)[:1]), figure.lstrip("$€£¥ "), ""]


def bare(sheets: Sequence[Sheet]) -> str:
    """A page that lost its attributes, those that span columns too."""
    return _page(
        sheets,
        lambda sheet: (
            "<table>\n" + "\n".join(_cells([(text, 1) for text in row]) for row in _copied(sheet)) + "\n</table>"
        ),
    )


def copied(sheets: Sequence[Sheet]) -> str:
    """What a browser copies."""
    return _text(sheets, lambda sheet: ["\t".join(row) for row in _copied(sheet)])


def blocks(sheets: Sequence[Sheet]) -> str:
    """What a browser copies of cells that hold blocks: each on lines of its own, and so the tabs between them."""
    return _text(
        sheets, lambda sheet: ["\n\t\n".join(text or "\u00a0" for text in row) + "\n\n" for row in _copied(sheet)]
    )


def tabs(sheets: Sequence[Sheet]) -> str:
    """One tab between two cells."""
    return _text(sheets, lambda sheet: ["\t".join(row) for row in _matrix(sheet)])


def tight(sheets: Sequence[Sheet]) -> str:
    """The same with empty cells left out."""
    return _text(sheets, lambda sheet: ["\t".join(text for text in row if text) for row in _matrix(sheet)])


def broken(sheets: Sequence[Sheet]) -> str:
    """What a browser copies of heads that are broken inside their cells: "June 30," and "2024" on the next line."""
    return re.sub(r"(?<=\d,) (?=(?:19|20)\d\d\b)", "\n", copied(sheets))


def pipes(sheets: Sequence[Sheet]) -> str:
    """Markdown, bars around each row."""

    def lines(sheet: Sheet) -> list[str]:
        first, *others = ["| " + " | ".join(row) + " |" for row in _matrix(sheet)]
        return [first, "|" + "---|" * (1 + len(sheet.heads)), *others]

    return _text(sheets, lines)


def bars(sheets: Sequence[Sheet]) -> str:
    """Markdown, bars between cells alone, as programs write that turn pages into it."""

    def lines(sheet: Sheet) -> list[str]:
        first, *others = [" | ".join(row) for row in _copied(sheet)]
        return [first, "|".join(["---"] * (1 + 2 * len(sheet.heads))), *others]

    return _text(sheets, lines)


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def boxes(sheets: Sequence[Sheet]) -> str:
    """A box drawn around every cell."""

    def lines(sheet: Sheet) -> list[str]:
        rows = _matrix(sheet)
        widths = _widths(rows)
        drawn = ["┼".join("─" * (wide + 2) for wide in widths).join(ends) for ends in ("┌┐", "├┤", "└┘")]
        printed = [
            "│" + "│".join(f" {text:{wide}} " for text, wide in zip(row, widths, strict=True)) + "│" for row in rows
        ]
        heads = len(rows) - len(sheet.lines)
        return [drawn[0], *printed[:heads], drawn[1], *printed[heads:], drawn[2]]

    return _text(sheets, lines)


def _aligned(sheet: Sheet, leader: str) -> list[str]:
    rows = _matrix(sheet)
    heads = len(rows) - len(sheet.lines)
    caption, *widths = _widths(rows[heads - 1 :])
    lines = []
    for number, row in enumerate(rows):
        if number < heads - 1:
            shares = [widths[at : at + sheet.share] for at in range(0, len(widths), sheet.share)]
            lines.append(
                " " * caption
                + "".join(
                    f"   {group:^{sum(wide) + 3 * (len(wide) - 1)}}"
                    for group, wide in zip(sheet.groups, shares, strict=True)
                )
            )
            continue
        led = leader if any(row[1:]) and row[0] else " "
        begun = f"{row[0] + ' ' if row[0] else '':{led}<{caption + 1}}"
        lines.append(begun + "".join(f"  {text:>{wide}} " for text, wide in zip(row[1:], widths, strict=True)))
    return [line.rstrip() for line in lines]


def blanks(sheets: Sequence[Sheet]) -> str:
    """Figures set under each other by blanks."""
    return _text(sheets, lambda sheet: _aligned(sheet, " "))


def dots(sheets: Sequence[Sheet]) -> str:
    """The same with leaders of dots."""
    return _text(sheets, lambda sheet: _aligned(sheet, "."))


def entabbed(sheets: Sequence[Sheet]) -> str:
    """The same with a tab for what blanks reach the next eighth column."""
    return "\n".join(_entabbed(line) for line in blanks(sheets).split("\n"))


def _entabbed(line: str) -> str:
    parts = [line[at : at + 8] for at in range(0, len(line), 8)]
    return "".join(part.rstrip(" ") + "\t" if len(part) == 8 and part.endswith("  ") else part for part in parts)


def quoted(sheets: Sequence[Sheet]) -> str:
    """The same as a letter quotes it."""
    return "".join(f"> {line}\n" for line in blanks(sheets).split("\n"))


def typed(sheets: Sequence[Sheet]) -> str:
    """The same as a page of lines broken by hand."""
    return (
        "<html><body>"
        + "<br>\n".join(html.escape(line).replace(" ", "&nbsp;") for line in blanks(sheets).split("\n"))
        + "</body></html>\n"
    )


def preformatted(sheets: Sequence[Sheet]) -> str:
    """The same as preformatted text of a page."""
    return f"<html><body><pre>\n{html.escape(blanks(sheets))}</pre></body></html>\n"


def loose(sheets: Sequence[Sheet]) -> str:
    """Two blanks between two cells, nothing under each other."""
    return _text(sheets, lambda sheet: ["  ".join(text for text in row if text) for row in _matrix(sheet)])


def run_on(sheets: Sequence[Sheet]) -> str:
    """One blank between two cells, as readers of PDF copy them."""
    return _text(sheets, lambda sheet: [" ".join(text for text in row if text) for row in _matrix(sheet)])


LAYOUTS: tuple[Layout, ...] = (
    *(page, signs, minified, kept_blanks, bare, copied, broken, blocks, tabs, tight, pipes),
    *(bars, boxes, blanks, dots, entabbed, quoted, typed, preformatted, loose, run_on),
)


# ---- the statements of the corpus, to be printed again ---------------------------------------------------------------

_DOLLARS = money("USD")
_SCALES = {
    1: "",
    1_000: "(in thousands, except per share amounts)",
    1_000_000: "(in millions, except per share amounts)",
}
_GROUPED = re.compile(r"(.*\b(?:Ended|ENDED)) (.+)")


def sheets(found: Sequence[Statement]) -> Iterator[Sheet]:
    """The primary statements whose every column is dated, as far as a sheet can hold them."""
    for statement in found:
        scales = Counter(int(figure.scale) for figure in statement.figures if figure.unit == _DOLLARS)
        if (
            statement.kind not in PRIMARY
            or not scales
            or any(column.period is None or column.role != "amount" for column in statement.columns)
        ):
            continue
        scale = scales.most_common(1)[0][0]
        lines = tuple(_lines(statement, scale))
        if scale in _SCALES and len(lines) > 4:
            yield Sheet(
                statement.title or str(statement.kind).title(),
                _SCALES[scale],
                *_headed([column.head for column in statement.columns]),
                lines,
            )


def _lines(statement: Statement, scale: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    marked = False
    for line in statement.lines:
        if line.is_heading:
            yield line.caption, ()
        elif all(
            figure is None or figure.unit.is_per_share or (figure.unit == _DOLLARS and figure.scale == scale)
            for figure in line.figures
        ):
            yield (
                line.caption,
                tuple(
                    "" if figure is None else figure.text if marked else _in_dollars(figure) for figure in line.figures
                ),
            )
            marked = True


def _in_dollars(figure: Figure) -> str:
    return f"${figure.text.lstrip('$ ')}"


def _headed(heads: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Groups and heads: "Three Months Ended" over as many days each; none where the heads do not part so."""
    parts = [_GROUPED.fullmatch(head) for head in heads]
    groups = Counter(part[1] for part in parts if part)
    if all(parts) and len(set(groups.values())) == 1 and len(groups) * next(iter(groups.values())) == len(heads):
        return tuple(groups), tuple(part[2] for part in parts if part)
    return (), tuple(heads)


# ---- what a layout keeps ---------------------------------------------------------------------------------------------

Told = tuple[Any, ...]


def told(checked: Checked) -> Counter[Told]:
    """The figures of the tables: what each is worth, and of what it is."""
    return Counter((figure.value, figure.unit, figure.period) for figure in checked.figures if figure.counts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--limit", type=int, default=12, help="pages at most")
    pages = [one for one in files(root(), ("a_release", "b_filing")) if one.is_text and b"<td" in one.content().lower()]
    rulebook = load([])
    begun = time.process_time()
    documents = [made for one in pages if (made := list(sheets(release(one.name, one.content()).statements)))][
        : parser.parse_args().limit
    ]
    measures = [check("page.htm", page(made).encode(), rulebook) for made in documents]
    print(
        f"{sum(map(len, documents))} statements of {len(documents)} documents, "
        f"{sum(told(one).total() for one in measures)} figures"
    )
    print(f"{'layout':14} {'as printed':>38} {'with unit and period':>38} {'tested':>38} alarms")
    known = [len(loud(one)) for one in measures]
    for layout in LAYOUTS:
        count: Counter[str] = Counter()
        for made, measure, before in zip(documents, measures, known, strict=True):
            checked = check(layout.__name__, layout(made).encode(), rulebook)
            mine, right = told(checked), told(measure)
            count["all"] += right.total()
            count["kept"] += (mine & right).total()
            count["printed"] += (
                Counter(one[0] for one in mine.elements()) & Counter(one[0] for one in right.elements())
            ).total()
            count["tested"] += checked.summary.figures - checked.summary.untested
            count["figures"] += checked.summary.figures
            count["alarms"] += max(0, len(loud(checked)) - before)
        shares = [
            share(count[part], count[whole])
            for part, whole in (("printed", "all"), ("kept", "all"), ("tested", "figures"))
        ]
        print(f"{layout.__name__:14} " + " ".join(f"{text:>38}" for text in shares) + f" {count['alarms']}")
    print(f"{time.process_time() - begun:.0f} s of processor time")


if __name__ == "__main__":
    main()
