"""The release as it looks: its statements as tables, its claims as sentences, every figure marked with what was
found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from attrs import field

from checker.core.claim import Claim
from checker.core.figure import Figure, Status
from checker.core.statement import Line, Statement
from checker.core.value import frozen
from checker.report.html_markup import Markup, classed, joined, tag
from checker.report.html_names import Sheet, described
from checker.report.marks import STATUSES
from checker.report.places import where

_DEEPEST = 6
"""Levels by which captions are set in."""
_LONGEST_CONTEXT = 160
"""Characters of a text above a table that is shown as part of its title."""
_WIDE, _WIDEST = 6, 10
"""Columns from which on a table is wide, and too wide for paper at any ordinary size."""


Cell = Callable[[Figure, Sheet], Markup]
"""How a figure is set in its cell."""


@frozen
class Setting:
    """How a statement is set: its figures, and what stands in it besides what is printed, by table and line."""

    sheet: Sheet
    cell: Cell
    notes: Mapping[tuple[int, int], str] = field(factory=dict)
    """What is said behind a caption."""
    between: Mapping[tuple[int, int], Sequence[Markup]] = field(factory=dict)
    """Rows that follow on a line; those of line -1 come first."""


def statements(sheet: Sheet) -> Iterator[Markup]:
    """Every statement in order."""
    setting = Setting(sheet, figured)
    for statement in sheet.checked.statements:
        yield set_in(statement, setting)


def name(statement: Statement) -> str:
    """What to call a statement."""
    return " ".join(statement.title.split()) or statement.kind or f"Table {statement.index + 1}"


def set_in(statement: Statement, setting: Setting) -> Markup:
    """A statement as a table with its heading."""
    sheet = setting.sheet
    anchor = f"d{sheet.index}s{statement.index}"
    body = list(setting.between.get((statement.index, -1), ()))
    for line, level in zip(statement.lines, levels(statement.lines), strict=True):
        body += [_row(line, level, statement, setting), *setting.between.get((statement.index, line.index), ())]
    table = tag(
        "table",
        [tag("caption", _caption(statement, sheet)), tag("thead", list(_heads(statement))), tag("tbody", body)],
        {"class": _width(statement)},
    )
    scroll = tag("div", table, {"class": "scroll", "tabindex": "0", "role": "group", "aria-labelledby": f"{anchor}-h"})
    heading = tag("h3", name(statement), {"id": f"{anchor}-h"})
    return tag("section", [heading, scroll], {"class": "sheet", "id": anchor, "data-kind": statement.kind})


def _width(statement: Statement) -> str:
    """Tables of many columns are set narrower, so that paper holds them."""
    return (
        "statement"
        + (" wide" if len(statement.columns) >= _WIDE else "")
        + (" widest" if len(statement.columns) >= _WIDEST else "")
    )


def _caption(statement: Statement, sheet: Sheet) -> list[Markup]:
    counted = [sheet.said(figure) for figure in statement.figures if figure.counts]
    violated = sum(said.status == "violated" for said in counted)
    tested = f"{sum(said.tested for said in counted)} of {len(counted)} figures tested"
    about = (f"table {statement.index + 1}", statement.kind or "", tested)
    parts = [
        *about,
        f"{violated} violated" if violated else "",
        "selected data: copied from elsewhere" if statement.summary else "",
    ]
    context = [text for text in statement.context if len(text) <= _LONGEST_CONTEXT and text != statement.title]
    lines = [classed("span", "context", text) for text in context[-2:]]
    return [*lines, classed("span", "counts", " · ".join(part for part in parts if part))]


def _heads(statement: Statement) -> Iterator[Markup]:
    """The column heads; words that neighbours begin with stand once, above them all."""
    heads = [column.head.split() for column in statement.columns]
    shared = _shared(heads)
    stub = tag("td", "", {"rowspan": "2"} if any(size for size, _ in shared) else None)
    if not any(size for size, _ in shared):
        yield tag("tr", [stub, *[_head(head) for head in heads]])
        return
    above, below, at = [stub], [], 0
    for size, count in shared:
        if size:
            above.append(
                tag("th", " ".join(heads[at][:size]), {"scope": "colgroup", "colspan": str(count), "class": "spanner"})
            )
            below += [_head(head[size:]) for head in heads[at : at + count]]
        else:
            above.append(_head(heads[at], {"rowspan": "2"}))
        at += count
    yield tag("tr", above)
    yield tag("tr", below)


def _head(words: Sequence[str], attributes: Mapping[str, str] | None = None) -> Markup:
    """The head of one column; a column without words has none that could be read out."""
    return tag("th", " ".join(words), {"scope": "col", **(attributes or {})}) if words else tag("td", "", attributes)


def _shared(heads: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Runs of neighbours: how many words their heads have in common at the beginning, and how many they are."""
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(heads):
        end, size = at + 1, 0
        while end < len(heads):
            common = _common(heads[at], heads[end])
            if common < 2 or (size and common != size):
                break
            end, size = end + 1, common
        runs.append((size, end - at))
        at = end
    return runs


def _common(one: Sequence[str], two: Sequence[str]) -> int:
    """How many words both begin with, so that each has a word left."""
    most = min(len(one), len(two)) - 1
    return next((index for index in range(max(most, 0)) if one[index] != two[index]), max(most, 0))


def levels(lines: Sequence[Line]) -> list[int]:
    """How deep each line is set in: as printed where the print sets lines in at all, else by its sections."""
    printed = sorted({line.indent for line in lines})
    if len(printed) > 1:
        return [min(printed.index(line.indent), _DEEPEST) for line in lines]
    return [min(len(line.under), _DEEPEST) for line in lines]


def _row(line: Line, level: int, statement: Statement, setting: Setting) -> Markup:
    classes = [
        f"i{level}",
        *(["bold"] if line.bold else []),
        *(["total"] if line.rule_above else []),
        *(["last"] if line.double_rule_below else []),
    ]
    marks = [classed("sup", "note", line.marks)] if line.marks else []
    if line.is_heading:
        stub = tag(
            "th",
            classed("span", "stays", [line.caption, *marks]),
            {"scope": "row", "colspan": str(len(statement.columns) + 1)},
        )
        return tag("tr", stub, {"class": " ".join(["section", *classes])})
    note = setting.notes.get((statement.index, line.index))
    said = [" ", classed("span", "where", note)] if note else []
    stub = tag("th", [line.caption, *marks, *said], {"scope": "row"})
    cells = [tag("td", setting.cell(one, setting.sheet)) if one is not None else tag("td") for one in line.figures]
    return tag("tr", [stub, *cells], {"class": " ".join(classes)})


def figured(figure: Figure, sheet: Sheet, shown: str | None = None, marked: str = "") -> Markup:
    """A figure where it is printed: its text, its marks, and what it should perhaps read. `shown`: what the document
    itself prints of it, on whose face it is a second time; `marked`: what else is true of it."""
    said = sheet.said(figure)
    touching = sheet.touching.get(figure.id, ())
    suspect = sheet.suspects.get(figure.id)
    counts = figure.counts or said.tested
    status: str = said.status if counts else "plain"
    loose = ["loose"] if counts and said.is_loose(figure) else []
    classes = ["f", status, *loose, *(["suspect", sheet.sureness(figure)] if suspect else [])]
    classes += [marked] if marked else []
    text = figure.text if shown is None else shown
    parts = [
        classed("span", "n hang" if text.endswith((")", "%")) else "n", text),
        marks(said.status if counts else None, said.ticks),
    ]
    if suspect:
        reads = [f"{sheet.sureness(figure)} ", suspect.proposed] if suspect.proposed else ["suspect"]
        parts.append(tag("ins", reads, {"class": "proposed"}))
    name = sheet.anchors.get(figure.id)
    target = name if shown is not None else sheet.numbers[touching[0].id] if touching else f"d{sheet.index}-untested"
    attributes = {
        "class": " ".join(classes),
        "id" if shown is None else "data-of": name,
        "href": f"#{target}",
        "tabindex": "-1",
        "data-in": " ".join(sheet.numbers[one.id] for one in touching) or None,
        "title": described(figure, sheet),
    }
    return tag("a", parts, attributes)


def marks(status: Status | None, ticks: Sequence[str]) -> Markup:
    """The sign of the status and the tick marks; a reader that speaks hears the status in words where it is not simply
    agreed."""
    if status is None:
        return classed("span", "m", "")
    sign = "" if status == "agreed" and ticks else STATUSES[status][0]
    spoken = [classed("span", "spoken", f", {status}")] if status != "agreed" else []
    ticked = [classed("span", "t", " ".join(ticks))] if ticks and status != "untested" else []
    signed = [tag("span", sign, {"class": "s", "aria-hidden": "true"})] if sign else []
    return classed("span", "m", [*signed, *ticked, *spoken])


# ---- claims ----------------------------------------------------------------------------------------------------------


def claims(sheet: Sheet) -> Markup:
    """The sentences that state amounts, each amount marked; nothing where the text states none."""
    ordered = sorted(sheet.checked.claims, key=lambda claim: claim.figure.place.span)
    sentences = [list(group) for _, group in groupby(ordered, key=lambda claim: claim.sentence)]
    if not sentences:
        return joined([])
    checked = [group for group in sentences if any(claim.figure.id in sheet.touching for claim in group)]
    others = [group for group in sentences if group not in checked]
    anchor = f"d{sheet.index}-claims"
    parts = [tag("h3", "Claims in the text", {"id": anchor})]
    if checked:
        parts.append(_sentences(checked, sheet))
    if others:
        summary = (
            f"{len(others)} {'sentence' if len(others) == 1 else 'sentences'} with amounts that no relationship "
            f"rests on"
        )
        parts.append(tag("details", [tag("summary", summary), _sentences(others, sheet)]))
    return tag("section", parts, {"class": "sheet", "aria-labelledby": f"{anchor} d{sheet.index}-h"})


def _sentences(groups: Sequence[Sequence[Claim]], sheet: Sheet) -> Markup:
    return tag("ul", [tag("li", sentence(group, sheet, figured)) for group in groups], {"class": "claims"})


def sentence(group: Sequence[Claim], sheet: Sheet, cell: Cell) -> list[str]:
    """A sentence with its figures in place; one that is printed otherwise than it was read stands behind it."""
    text, parts, at = group[0].sentence, list[str](), 0
    behind: list[str] = []
    for claim in group:
        found = text.find(claim.figure.text, at)
        if found < 0 or not claim.figure.text:
            behind += [" ", cell(claim.figure, sheet)]
            continue
        parts += [text[at:found], cell(claim.figure, sheet)]
        at = found + len(claim.figure.text)
    return [*parts, text[at:], *behind, " ", classed("span", "where", where(group[0].figure.place))]
