"""A page of several documents: what came of each, those first that failed, and their detail. Where a page would be too
large to open, each document stands on it in brief, and its detail is folded: packed text that the script of the page
opens when it is asked for."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence

from checker.core.finding import Finding
from checker.core.report import Checked
from checker.report.arithmetic import judged
from checker.report.html_findings import SIGNS, lines_of_difference
from checker.report.html_markup import Markup, classed, raw, tag
from checker.report.html_names import Sheet
from checker.report.text import counts
from checker.report.weight import heaviest_first
from checker.report.words import answered, needs_a_look

_UNFOLDED = 3_000
"""Figures up to which a page of several documents shows them all: as many as a large annual report has, which a browser
opens at once."""
_RANKS = ("unchecked", "violation", "undecided", "agrees")
"""How a document came out, what has to be looked at first."""
_OUTCOMES = {
    "unchecked": "not checked",
    "violation": "with findings that count",
    "undecided": "in which nothing was decided",
    "agrees": "without",
}
"""The same in words, after how many documents it came out so for."""
_OTHERS = (("note", "notes"), ("waived", "waived"), ("rounding", "explained by rounding"), ("agrees", "agree"))
"""Findings that need no look, as they are counted in brief."""
_MOST_NAMED = 3
"""Figures named in the line of a document."""


def mark(checked: Checked) -> str:
    """How a document came out; one of which nothing was decided is never called clean."""
    outcome, summary = checked.outcome, checked.summary
    if outcome is not None and outcome.unchecked:
        return "unchecked"
    if summary.violations or (outcome is not None and not outcome.passed):
        return "violation"
    return "agrees" if summary.agrees + summary.roundings else "undecided"


def verdict(checked: Checked, element: str = "span") -> Markup:
    """What came of a document, in a line with its mark."""
    return tag(element, _answer(checked), {"class": f"verdict {mark(checked)}"})


def failing_first(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
    """The documents, those that have to be looked at first."""
    return sorted(sheets, key=lambda one: _RANKS.index(mark(one.checked)))


def folds(sheets: Sequence[Sheet]) -> bool:
    """Whether the documents of a page stand on it in brief until they are opened."""
    return len(sheets) > 1 and sum(one.checked.summary.figures for one in sheets) > _UNFOLDED


def listing(sheets: Sequence[Sheet]) -> Iterator[Markup]:
    """How many documents failed, and every document with what came of it, those that failed first."""
    marks = Counter(mark(one.checked) for one in sheets)
    said = [f"{marks[one]} {_OUTCOMES[one]}" for one in _RANKS if marks[one]]
    worst = next(one for one in _RANKS if marks[one])
    yield tag("p", ", ".join(said), {"class": f"verdict {worst}"})
    shared = _shared([one.checked.source.path for one in sheets])
    heads = [tag("th", one, {"scope": "col"}) for one in ("Document", "What came of it")]
    heads += [tag("th", one, {"scope": "col", "class": "n"}) for one in ("Tested", "Figures")]
    rows = [_row(one, shared) for one in failing_first(sheets)]
    table = tag("table", [tag("thead", tag("tr", heads)), tag("tbody", rows)], {"class": "listing folder-list"})
    yield tag("nav", table, {"aria-label": "Documents"})


def _row(sheet: Sheet, shared: str) -> Markup:
    """A document of a folder: its name without what all names begin with, its outcome, what is probably wrong in it."""
    checked, summary = sheet.checked, sheet.checked.summary
    link = tag("a", checked.source.path.removeprefix(shared), {"href": f"#d{sheet.index}"})
    known = (sheet.figures[name] for name in sheet.named if name in sheet.figures)
    wrong = sorted(known, key=lambda one: one.place.span)
    named = ", ".join(f"{one.caption} {one.text}".strip() for one in wrong[:_MOST_NAMED])
    more = f" and {len(wrong) - _MOST_NAMED} more" if len(wrong) > _MOST_NAMED else ""
    said = [verdict(checked)]
    if named:
        said.append(classed("span", "where", f" probably wrong: {named}{more}"))
    tested = f"{100 * (summary.figures - summary.untested) // summary.figures} %" if summary.figures else ""
    cells = [tag("td", said), tag("td", tested, {"class": "n"}), tag("td", str(summary.figures or ""), {"class": "n"})]
    return tag("tr", [tag("th", link, {"scope": "row"}), *cells])


def _shared(paths: Sequence[str]) -> str:
    """The folders that all paths begin with."""
    first, last = min(paths), max(paths)
    size = next((at for at, (one, two) in enumerate(zip(first, last, strict=False)) if one != two), len(first))
    return first[: first.rfind("/", 0, size) + 1]


def _answer(checked: Checked) -> str:
    """What came of a document, in a line."""
    said = answered(checked.outcome) if checked.outcome is not None and checked.outcome.unchecked else ""
    told = counts(checked) if checked.summary.figures or checked.findings else "" if said else "nothing was checked"
    return "; ".join(one for one in (said, told) if one)


# ---- in brief --------------------------------------------------------------------------------------------------------


def in_brief(sheet: Sheet, detail: Markup) -> list[Markup]:
    """What stands of a folded document: its findings in a line each, the button that opens it, and its detail, packed.

    The detail is markup in the compression that browsers unpack (zlib), written in base64.
    """
    own, path = f"d{sheet.index}", sheet.checked.source.path.rpartition("/")[2]
    button = {
        "type": "button",
        "class": "unfold",
        "data-walk": "unfold",
        "aria-expanded": "false",
        "aria-controls": f"{own}-detail",
        "hidden": "",
    }
    size = f"{sheet.checked.summary.figures:,} figures"
    return [
        _findings(sheet),
        classed("p", "paper", "The statements of this document were not opened for paper."),
        tag("button", ["Open ", classed("span", "spoken", path), f" (statements and all findings, {size})"], button),
        tag("div", "", {"class": "detail", "id": f"{own}-detail"}),
        tag("script", raw(_packed(detail)), {"type": "application/octet-stream", "id": f"{own}-packed"}),
    ]


def holds(sheet: Sheet) -> str:
    """What the search may choose by that a folded document has, one `key=value` a line."""
    checked = sheet.checked
    figures = {said.status for figure in checked.figures if figure.counts for said in [sheet.said(figure)]}
    found = {f"status={one}" for one in figures}
    found |= {"status=loose" for figure in checked.figures if figure.counts and sheet.said(figure).is_loose(figure)}
    found |= {f"severity={one.severity}" for one in checked.findings if one.severity is not None}
    found |= {f"kind={one.kind}" for one in checked.statements if one.kind}
    found |= {f"rule={one.check.rule}" for one in checked.findings if one.verdict != "not applicable"}
    found |= {"kind=text"} if checked.claims else set()
    return "\n".join(sorted(found))


def _packed(detail: Markup) -> str:
    return b64encode(zlib.compress(detail.encode(), 9)).decode()


def _findings(sheet: Sheet) -> Markup:
    """The findings that need a look, the heaviest first, a few lines each; and how many others there are."""
    checked, anchor = sheet.checked, f"d{sheet.index}-findings"
    wanted = [one for one in checked.findings if needs_a_look(one)]
    decided = any(one.verdict != "not applicable" for one in checked.findings)
    nothing = "Nothing: every relationship that applies holds." if decided else "Nothing could be decided."
    items = [_brief(one, sheet) for _, members in heaviest_first(wanted, checked) for one in members]
    others = Counter(_standing(one) for one in checked.findings if not needs_a_look(one))
    rest = ", ".join(f"{others[key]} {word}" for key, word in _OTHERS if others[key])
    parts = [
        tag("h3", ["To look at ", classed("span", "count", str(len(items)))], {"id": anchor, "tabindex": "-1"}),
        tag("ol", items, {"class": "cards"}) if items else classed("p", "none", nothing),
        *([classed("p", "where", f"Besides: {rest}.")] if rest else []),
    ]
    return tag("section", parts, {"class": "brief", "aria-labelledby": f"{anchor} d{sheet.index}-h"})


def _brief(finding: Finding, sheet: Sheet) -> Markup:
    """A finding in a few lines, which lead to its card."""
    link, check = sheet.links[finding.id], finding.check
    head = [
        tag("span", SIGNS[finding.verdict], {"class": "s", "aria-hidden": "true"}),
        classed("span", "relation", check.in_words),
        *([classed("span", "period", check.period)] if check.period else []),
    ]
    said = judged(finding) or finding.message or finding.reason or ""
    parts = [tag("a", head, {"class": "to", "href": f"#{link}"})]
    parts += [classed("p", "arithmetic", said)] if said else []
    parts += [classed("p", "difference", one) for one in lines_of_difference(finding)]
    attributes = {
        "class": f"finding {finding.verdict.replace(' ', '-')} {finding.severity or ''}".strip(),
        "id": link,
        "data-card": sheet.numbers[finding.id],
        "data-rule": check.rule,
        "data-severity": finding.severity,
        "data-stake": str(sheet.stakes[finding.id]),
    }
    return tag("li", parts, attributes)


def _standing(finding: Finding) -> str:
    """What a finding that needs no look is counted as."""
    if finding.waived is not None:
        return "waived"
    noted = finding.severity is not None and finding.verdict != "not applicable"
    return "note" if noted else finding.verdict
