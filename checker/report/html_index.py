"""Ways into the page: the tables with their status, what was not tested and why, the rules with what became of each,
and the search over all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from checker.core.figure import Status
from checker.core.finding import Verdict
from checker.core.statement import Statement
from checker.report.html_markup import Content, Markup, classed, joined, tag
from checker.report.html_names import Sheet
from checker.report.html_statements import name
from checker.report.marks import STATUSES
from checker.report.untested import Untested

_FEW = 20
"""Lines up to which a list is unfolded at once."""
_SHOWN: tuple[Status, ...] = ("violated", "rounding", "agreed", "untested")
_VERDICTS: tuple[tuple[Verdict, str], ...] = (
    ("violation", "violated"),
    ("rounding", "rounding"),
    ("agrees", "agrees"),
    ("not applicable", "not applicable"),
)
_OUTCOMES = (("unchecked", "not checked"), ("violation", "with findings"), ("agrees", "without"))
_LONGEST = 60
"""Characters of the captions that tell tables of one name apart."""


def tables(sheet: Sheet) -> Markup:
    """Every table of a document: its name, where it stands, and how many of its figures have which status."""
    every = sheet.checked.statements
    if len(every) < 2:
        return joined([])
    names, rows, wrong = Counter(name(one) for one in every), [], 0
    for one in every:
        said = Counter(sheet.said(figure).status for figure in one.figures if figure.counts)
        wrong += bool(said["violated"])
        link = tag("a", name(one), {"href": f"#d{sheet.index}s{one.index}"})
        more = [" ", classed("span", "where", _captions(one))] if names[name(one)] > 1 else []
        cells = [
            tag("td", str(said[status] or ""), {"class": f"n {status}" if said[status] else "n"}) for status in _SHOWN
        ]
        place = tag("td", sheet.places.page(one) or f"table {one.index + 1}", {"class": "where"})
        rows.append(tag("tr", [tag("th", [link, *more], {"scope": "row"}), tag("td", one.kind or ""), place, *cells]))
    heads = [tag("th", word, {"scope": "col"}) for word in ("Table", "Statement", "Where")]
    heads += [_status_head(status) for status in _SHOWN]
    listed = tag("table", [tag("thead", tag("tr", heads)), tag("tbody", rows)], {"class": "listing index"})
    count = f"{len(every)} tables" + (f", {wrong} with violated figures" if wrong else "")
    folded = tag(
        "details",
        [tag("summary", count), classed("div", "scroll", listed)],
        {"open": "" if len(every) <= _FEW else None},
    )
    return tag("nav", folded, {"class": "contents", "aria-label": f"Tables of {sheet.checked.source.path}"})


def _status_head(status: Status) -> Markup:
    sign = tag("span", STATUSES[status][0], {"class": f"s {status}", "aria-hidden": "true"})
    return tag("th", [sign, " ", status], {"scope": "col", "class": "n"})


def _captions(statement: Statement) -> str:
    """The first captions of a table, which tell it from others of its name."""
    said = ""
    for line in statement.lines:
        if line.caption and len(said) < _LONGEST:
            said += f"{', ' if said else ''}{' '.join(line.caption.split())}"
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST].rstrip()}…"


# ---- what was not tested ---------------------------------------------------------------------------------------------


def untested(sheet: Sheet) -> Markup:
    """Every figure that no decided relationship rests on, and why: a workpaper must name them."""
    left = Untested(sheet.checked)
    found = list(left)
    anchor = f"d{sheet.index}-untested"
    heading = tag(
        "h3", ["Figures not tested ", classed("span", "count", str(len(found)))], {"id": anchor, "tabindex": "-1"}
    )
    if not found:
        return tag("section", [heading, classed("p", "none", "None.")], {"class": "untested-figures"})
    rows = []
    for figure in found:
        link = tag("a", figure.caption or "(no caption)", {"href": f"#{sheet.anchors[figure.id]}", "class": "to"})
        said = [
            tag("td", figure.head),
            tag("td", figure.text, {"class": "n"}),
            tag("td", sheet.places.where(figure), {"class": "where"}),
        ]
        rows.append(tag("tr", [tag("th", link, {"scope": "row"}), *said, tag("td", left.why(figure))]))
    heads = (("Caption", None), ("Column", None), ("As printed", "n"), ("Where", None), ("Why", None))
    head = tag("thead", tag("tr", [tag("th", one, {"scope": "col", "class": kind}) for one, kind in heads]))
    table = classed("div", "scroll", tag("table", [head, tag("tbody", rows)], {"class": "listing"}))
    inside = tag(
        "details", [tag("summary", "The list"), table], {"class": "printed", "open": "" if len(found) <= _FEW else None}
    )
    return tag("section", [heading, inside], {"class": "untested-figures"})


# ---- rules -----------------------------------------------------------------------------------------------------------


def by_rule(sheet: Sheet) -> Markup:
    """What became of every rule that applied to a document, those that failed first, then those that were decided most
    often; and how many did not."""
    counted: dict[str, Counter[str]] = {}
    for finding in sheet.checked.findings:
        counted.setdefault(finding.check.rule, Counter())[finding.verdict] += 1
    if not counted:
        return joined([])

    def order(rule: str) -> tuple[int, int, str]:
        said = counted[rule]
        return -said["violation"], said["not applicable"] - said.total(), rule

    applied = [rule for rule in counted if counted[rule].total() > counted[rule]["not applicable"]]
    rows = []
    for rule in sorted(applied, key=order):
        cells = [tag("td", str(counted[rule][verdict] or ""), {"class": "n"}) for verdict, _ in _VERDICTS]
        rows.append(tag("tr", [tag("th", tag("code", rule), {"scope": "row"}), *cells]))
    head = tag(
        "thead",
        tag(
            "tr",
            [
                tag("th", "Rule", {"scope": "col"}),
                *[tag("th", word, {"scope": "col", "class": "n"}) for _, word in _VERDICTS],
            ],
        ),
    )
    table = classed("div", "scroll", tag("table", [head, tag("tbody", rows)], {"class": "listing"}))
    idle = len(counted) - len(applied)
    rest = f"{idle} {'rule' if idle == 1 else 'rules'} did not apply; each with its reason under Not applicable."
    folded = tag(
        "details",
        [
            tag(
                "summary",
                tag("h3", ["By rule ", classed("span", "count", f"{len(applied)} of {len(counted)} applied")]),
            ),
            *([table] if applied else []),
            *([classed("p", "where", rest)] if idle else []),
        ],
    )
    return tag("section", folded, {"class": "by-rule"})


# ---- search ----------------------------------------------------------------------------------------------------------


def finder(sheets: Sequence[Sheet], more: Content = ()) -> Markup:
    """The search over the whole page, with more to choose by where there is; the script shows it, since without one it
    does nothing."""
    severities = [
        one
        for one in ("error", "warning", "note")
        if any(f.severity == one for sheet in sheets for f in sheet.checked.findings)
    ]
    kinds = sorted({one.kind for sheet in sheets for one in sheet.checked.statements if one.kind})
    rules = sorted({f.check.rule for sheet in sheets for f in sheet.checked.findings if f.verdict != "not applicable"})
    statuses = [*((status, status) for status in _SHOWN), ("loose", "loosely tested")]
    parts = [
        *([choice("mark", "Documents", _OUTCOMES)] if len(sheets) > 1 else []),
        choice("status", "Figures", statuses),
        choice("severity", "Findings", [(one, one) for one in severities]),
        choice("kind", "Statement", [*((one, one) for one in kinds), ("text", "sentences")]),
        choice("rule", "Rule", [(one, one) for one in rules]),
        *([joined(more)] if more else []),
        tag("label", ["Order ", tag("select", list(_orders()), {"data-order": "order"})]),
        *_views(sheets),
    ]
    return search(parts)


def search(choices: Sequence[str]) -> Markup:
    """The strip with the search and some choices; the script shows it."""
    unfold = {"type": "button", "class": "more", "data-walk": "filters", "aria-expanded": "false"}
    parts = [
        tag("label", ["Search ", tag("input", attributes={"type": "search", "id": "find", "autocomplete": "off"})]),
        tag("button", "Filters", unfold),
        *choices,
        tag("button", "Clear", {"type": "button", "data-walk": "clear"}),
        tag("p", "", {"id": "matched", "role": "status"}),
    ]
    return tag("div", parts, {"class": "finder", "role": "search", "hidden": ""})


def _views(sheets: Sequence[Sheet]) -> Iterator[Markup]:
    """The choice between the statements and the documents themselves, where the page has these."""
    if any(sheet.checked.original for sheet in sheets):
        options = [
            tag("option", word, {"value": value}) for value, word in (("", "statements"), ("original", "document"))
        ]
        yield tag("label", ["View ", tag("select", options, {"data-view": "view"})])


def choice(key: str, label: str, options: Sequence[tuple[str, str]]) -> Markup:
    """One thing that the search may choose by."""
    listed = [tag("option", "all", {"value": ""}), *[tag("option", word, {"value": value}) for value, word in options]]
    return tag("label", [f"{label} ", tag("select", listed, {"data-only": key})])


def _orders() -> Iterator[Markup]:
    for value, word in (("", "weight"), ("stake", "amount at stake")):
        yield tag("option", word, {"value": value})
