"""How rules fare in many releases: in how many each was judged, what it said, and why it never was. Rules that never
applied come first: they are probably misspelt. Keeps counts alone, nothing of a document but the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from attrs import define, field

from checker.core.rule import Definition, Rule
from checker.core.value import frozen
from checker.report.csv import written
from checker.report.html import page
from checker.report.html_markup import Markup, classed, joined, tag
from checker.report.style import Style
from checker.report.terminal import padded, painted, shortened, visible
from checker.workshop.trying import Tried

HEADS = ("rule", "title", "file", "documents", "judged in", "agreed", "rounding", "violated", "never", "why")
_STYLE = Path(__file__).with_name("coverage.css")
_MOST_REASONS = 3


@frozen
class Row:
    """One rule: how many documents were asked, in how many it was judged, how often it said what, and why it was not
    judged in the others."""

    rule: str
    title: str
    path: str
    documents: int
    judged: int
    agreed: int
    rounding: int
    violated: int
    reasons: tuple[tuple[str, int], ...] = ()
    """The commonest first, each with its number of documents."""
    value: bool = False
    """A definition that nobody prints: a value for others, whose silence says nothing."""

    @property
    def never(self) -> int:
        """In how many documents it was not judged."""
        return self.documents - self.judged


@define
class _Count:
    judged: int = 0
    verdicts: Counter[str] = field(factory=Counter)
    reasons: Counter[str] = field(factory=Counter)


def covered(documents: Iterable[Sequence[Tried]]) -> tuple[Row, ...]:
    """A row for each rule, from what was told of it in every document: those that never applied first, then in the
    order of the file."""
    counts: dict[tuple[str, bool], _Count] = {}
    declared: dict[tuple[str, bool], Rule | Definition] = {}
    asked = 0
    for tried in documents:
        asked += 1
        for one in tried:
            key = one.declared.id, isinstance(one.declared, Definition)  # a rule and a definition may share an id
            declared.setdefault(key, one.declared)
            count = counts.setdefault(key, _Count())
            count.judged += one.judged
            count.verdicts.update(finding.verdict for finding in one.findings)
            if not one.judged and one.never:
                count.reasons[one.never] += 1
    rows = [_row(one, counts[key], asked) for key, one in declared.items()]
    return tuple(sorted(rows, key=lambda row: (row.judged > 0, row.value)))


def _row(one: Rule | Definition, count: _Count, asked: int) -> Row:
    said = count.verdicts
    title = one.title if isinstance(one, Rule) else f"definition of {one.name}"
    value = isinstance(one, Definition) and not count.judged
    return Row(
        one.id,
        title,
        one.path,
        asked,
        count.judged,
        said["agrees"],
        said["rounding"],
        said["violation"],
        tuple(count.reasons.most_common()),
        value,
    )


def summed(rows: Sequence[Row]) -> str:
    """What the rows come to, in a line."""
    rules = [row for row in rows if not row.value]
    idle = sum(not row.judged for row in rules)
    documents = max((row.documents for row in rows), default=0)
    said = (
        f"{len(rules) - idle} of {len(rules)} {'rule' if len(rules) == 1 else 'rules'} judged in {documents} "
        f"{'document' if documents == 1 else 'documents'}"
    )
    verdicts = (
        (sum(row.agreed for row in rows), "agreed"),
        (sum(row.rounding for row in rows), "rounding"),
        (sum(row.violated for row in rows), "violated"),
    )
    return f"{said}: {', '.join(f'{count:,} {word}' for count, word in verdicts)}"


def _why(row: Row, most: int) -> str:
    """The commonest reasons, with the number of documents where that is not all of them."""
    several = len(row.reasons) > 1
    told = [
        f"{reason} ({count})" if several or count < row.documents else reason for reason, count in row.reasons[:most]
    ]
    rest = sum(count for _, count in row.reasons[most:])
    return "; ".join(told) + (f"; other reasons ({rest})" if rest else "")


# ---- as a table of text, of data, and as a page ----------------------------------------------------------------------


def text(rows: Sequence[Row], style: Style) -> str:
    """A line for each rule, the reason below those that were never judged."""
    width = min(60, max((len(row.rule) for row in rows), default=4))
    heads = f"{padded('rule', width)}  {'judged in':>9}  {'agreed':>6}  {'rounding':>8}  {'violated':>8}  {'never':>5}"
    return "\n".join([painted(heads, "bold", style), *_lines(rows, width, style), "", summed(rows)]) + "\n"


def _lines(rows: Sequence[Row], width: int, style: Style) -> Iterator[str]:
    for row in rows:
        counts = f"{row.judged:>9,}  {row.agreed:>6,}  {row.rounding:>8,}  {row.violated:>8,}  {row.never:>5,}"
        line = f"{padded(shortened(visible(row.rule), width), width)}  {counts}"
        yield line if row.judged or row.value else painted(line, "yellow", style)
        if not row.judged:
            yield f"    {visible(_why(row, 1))}"


def table(rows: Sequence[Row]) -> str:
    """One row a rule for a spreadsheet."""
    return written(HEADS, (_cells(row) for row in rows))


def _cells(row: Row) -> Sequence[str]:
    numbers = (row.documents, row.judged, row.agreed, row.rounding, row.violated, row.never)
    return (row.rule, row.title, row.path, *map(str, numbers), _why(row, _MOST_REASONS))


def web_page(rows: Sequence[Row], version: str) -> str:
    """The same as a page that holds all it needs and runs nothing."""
    heads = tag("tr", [tag("th", name, {"scope": "col"}) for name in ("rule", *HEADS[3:])])
    body = [_html(row) for row in rows]
    parts = [
        tag("h1", "How the rules fared"),
        tag("p", summed(rows)),
        tag("table", [tag("thead", heads), tag("tbody", body)]),
    ]
    return page(("tieout: how the rules fared", version), tag("main", parts), (_STYLE.read_text(encoding="utf-8"), ""))


def _html(row: Row) -> Markup:
    kind = "value" if row.value else "violated" if row.violated else "never" if not row.judged else ""
    numbers = (row.documents, row.judged, row.agreed, row.rounding, row.violated, row.never)
    name = [tag("code", row.rule), *([" ", classed("span", "title", row.title)] if row.title else [])]
    cells = [
        tag("th", joined(name), {"scope": "row"}),
        *(tag("td", f"{one:,}") for one in numbers),
        classed("td", "why", _why(row, _MOST_REASONS)),
    ]
    return tag("tr", cells, {"class": kind or None})
