"""The document itself on the page, as it looks, with the same marks on its face: where a figure is printed, what was
found of it is said there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from attrs import define, field

from checker.core.figure import Figure
from checker.core.original import EMPTY, MOST_SHOWN, Closing, Opening, Stretch
from checker.report.html_markup import Markup, classed, joined, kept, raw, tag
from checker.report.html_names import Sheet
from checker.report.html_statements import figured

_EDGES = "()$%£€¥ \u00a0"
"""Signs of a figure that may stand in pieces of their own."""
_WIDEST, _TALLEST = 100, 500
"""Columns and rows that a cell of the original spans at most here."""


def original(sheet: Sheet, before: int = 0) -> Markup:
    """The document with its marks; nothing where its kind of file is not shown so, and why where the documents before
    it, of so many bytes, have left no room."""
    if not sheet.checked.original:
        if before + sheet.checked.source.size <= MOST_SHOWN:
            return joined([])
        limit = f"The document itself is not shown: a page shows {MOST_SHOWN // 1_000_000} MB of documents."
        return classed("p", "where", limit)
    anchor = f"d{sheet.index}-original"
    heading = tag("h3", "The document", {"id": anchor})
    about = classed(
        "p",
        "where",
        "As it looks, without pictures, links and whatever could run. The marks are those of the statements.",
    )
    return tag(
        "section",
        [heading, about, tag("div", raw("".join(_pieces(sheet))), {"class": "page"})],
        {"class": "original", "aria-labelledby": f"{anchor} d{sheet.index}-h"},
    )


@define(slots=False)
class _Marking:
    """The figures in the order in which the file prints them, and how far marking has come."""

    sheet: Sheet
    at: int = 0
    left: list[Figure] = field(factory=list)
    """Figures that have begun and whose digits were not found yet."""

    @cached_property
    def figures(self) -> Sequence[Figure]:
        """Those that are printed, in order."""
        return sorted((one for one in self.sheet.checked.figures if one.text), key=lambda one: one.place.span)

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [one.place.span[0] for one in self.figures]

    def within(self, piece: Stretch) -> Sequence[Figure]:
        """The figures of which this stretch prints something, in order."""
        first = bisect_left(self._starts, piece.start)
        last = bisect_left(self._starts, piece.end)
        begun = [one for one in self.left if one.place.span[1] > piece.start]
        return [*begun, *self.figures[first:last]]

    def marked(self, piece: Stretch) -> Iterator[str]:
        """The text of a stretch with its figures in place."""
        text, at = piece.text, 0
        self.left, found = [], self.within(piece)
        for figure in found:
            shown = figure.text if text.find(figure.text, at) >= 0 else figure.text.strip(_EDGES)
            begin = text.find(shown, at) if shown else -1
            if begin < 0:
                self.left.append(figure)
                continue
            yield kept(text[at:begin])
            yield figured(figure, self.sheet, shown)
            at = begin + len(shown)
        yield kept(text[at:])


def _pieces(sheet: Sheet) -> Iterator[str]:
    marking = _Marking(sheet)
    for piece in sheet.checked.original:
        if isinstance(piece, Stretch):
            yield from marking.marked(piece)
        elif isinstance(piece, Closing):
            yield f"</{piece.name}>"
        else:
            yield _opened(piece)


def _opened(piece: Opening) -> str:
    looks = [*piece.looks, *([f"in{piece.indent}"] if piece.indent else [])]
    spans = {"colspan": min(piece.columns, _WIDEST), "rowspan": min(piece.rows, _TALLEST)}
    attributes = {"class": " ".join(looks) or None, **{key: str(count) for key, count in spans.items() if count > 1}}
    whole = tag(piece.name, "", attributes)
    return whole if piece.name in EMPTY else whole.removesuffix(f"</{piece.name}>")
