"""The findings of one document as a list to walk: the relation, its arithmetic, its figures, who is suspected, and why
it does not block or apply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.core.expression import Divide, Expression, parts, uses
from checker.core.figure import Figure
from checker.core.finding import Finding, Suspect
from checker.lexicon.one_scale import printed_scale, scale_word
from checker.report.amounts import amount, two_digits
from checker.report.arithmetic import judged
from checker.report.differences import allows
from checker.report.html_markup import Markup, classed, joined, tag
from checker.report.html_names import Sheet
from checker.report.stories import because, sureness
from checker.report.weight import heaviest_first
from checker.report.words import needs_a_look

_MOST_SUSPECTS = 3
"""Suspects shown of a story that leaves a choice; the others are counted."""
_MOST_SENTENCES = 3
"""Sentences quoted in a card."""
_MOST_SHARES = 12
"""Figures whose shares of the allowance are spelled out."""
SIGNS = {"violation": "✗", "rounding": "≈", "agrees": "✓", "not applicable": "–"}


def findings(sheet: Sheet) -> Iterator[Markup]:
    """Every finding, those that need a look first and in full; the rest behind a line that says how many they are."""
    groups = _grouped(sheet.checked.findings)
    decided = any(finding.verdict != "not applicable" for finding in sheet.checked.findings)
    nothing = "Nothing: every relationship that applies holds." if decided else "Nothing could be decided."
    told: set[str] = set()
    for title, about, found in groups[:3]:
        if found or title == "To look at":
            heaviest = heaviest_first(found, sheet.checked)
            cards = [card(finding, sheet, told) for _, members in heaviest for finding in members]
            listed = tag("ol", cards, {"class": "cards"}) if cards else classed("p", "none", nothing)
            yield tag(
                "section",
                [tag("h3", [title, " ", classed("span", "count", str(len(found)))], {"title": about}), listed],
            )
    for title, _, found in groups[3:]:
        if found:
            summary = tag("summary", tag("h3", [title, " ", classed("span", "count", str(len(found)))]))
            one = idle if title == "Not applicable" else compact
            listed = tag("ol", [one(finding, sheet) for finding in found], {"class": "compact"})
            yield tag("details", [summary, listed], {"class": "printed" if title == "Rounding" else None})


def _grouped(found: Sequence[Finding]) -> list[tuple[str, str, list[Finding]]]:
    groups: dict[str, tuple[str, list[Finding]]] = {
        "To look at": ("violations, unlikely roundings, and required rules that did not apply", []),
        "Notes": ("differences that may have an explanation in the print", []),
        "Waived": ("known differences with a reason", []),
        "Rounding": ("differences that rounding explains", []),
        "Agree": ("as printed", []),
        "Not applicable": ("with the reason", []),
    }
    for finding in found:
        groups[_group(finding)][1].append(finding)
    return [(title, about, members) for title, (about, members) in groups.items()]


def _group(finding: Finding) -> str:
    if finding.waived is not None:
        return "Waived"
    if needs_a_look(finding):
        return "To look at"
    if finding.severity is not None and finding.verdict != "not applicable":
        return "Notes"
    return {"rounding": "Rounding", "agrees": "Agree", "not applicable": "Not applicable", "violation": "Notes"}[
        finding.verdict
    ]


# ---- one finding in full ---------------------------------------------------------------------------------------------


def card(finding: Finding, sheet: Sheet, told: set[str]) -> Markup:
    """A finding in full; `told` is whose suspects stood behind an earlier one, and grows."""
    check = finding.check
    head = [
        _sign(finding),
        classed("span", "relation", check.in_words),
        *([classed("span", "period", check.period)] if check.period else []),
    ]
    link = sheet.links[finding.id]
    lasting = tag("a", "¶", {"class": "lasting", "id": link, "href": f"#{link}", "aria-label": "Link to this finding"})
    parts = [
        tag("h4", tag("button", head, {"type": "button"})),
        classed("p", "verdict", [_verdict(finding), " ", lasting]),
    ]
    written = judged(finding)
    if written:
        parts.append(classed("p", "arithmetic", written))
    said = dict.fromkeys(sheet.sentences[figure.id] for figure in check.figures if figure.id in sheet.sentences)
    parts += [tag("blockquote", tag("p", sentence)) for sentence in list(said)[:_MOST_SENTENCES]]
    apart = list(lines_of_difference(finding))
    if finding.message and finding.verdict != "not applicable" and not (written and apart):
        parts.append(classed("p", "message", finding.message))
    parts += [classed("p", "difference", line) for line in apart]
    if finding.verdict == "not applicable":
        parts.append(classed("p", "message", finding.reason or "no reason given"))
    parts += list(_suspects(finding, sheet, told))
    if check.figures and finding.verdict != "not applicable":
        parts.append(_operands(finding, sheet))
    if sureness(finding):
        parts.append(classed("p", "aside", sureness(finding)))
    if check.unlicensed:
        parts.append(classed("p", "aside", f"Only a note: {check.unlicensed}"))
    if finding.waived is not None:
        waiver = finding.waived
        parts.append(classed("p", "aside", f"Waived until {waiver.expires} by {waiver.approver}: {waiver.reason}"))
    rules = [check.rule, *check.also]
    parts.append(
        classed("p", "rule", [tag("code", rules[0]), *[joined([", also ", tag("code", one)]) for one in rules[1:]]])
    )
    return tag("li", parts, _attributes(finding, sheet, "card"))


def compact(finding: Finding, sheet: Sheet) -> Markup:
    """A finding in a few lines."""
    check = finding.check
    head = [
        _sign(finding),
        classed("span", "relation", check.in_words),
        *([classed("span", "period", check.period)] if check.period else []),
    ]
    said = judged(finding) or finding.message
    parts = [tag("button", head, {"type": "button"}) if check.figures else classed("p", "still", head)]
    parts += [classed("p", "arithmetic", said)] if said else []
    parts += (
        [classed("p", "difference", line) for line in lines_of_difference(finding)]
        if finding.verdict == "rounding"
        else []
    )
    parts.append(classed("p", "rule", tag("code", check.rule)))
    return tag("li", parts, _attributes(finding, sheet, "row"))


def idle(finding: Finding, sheet: Sheet) -> Markup:
    """A rule that did not apply, in two elements: of these every document has hundreds."""
    said = f"{SIGNS[finding.verdict]} {finding.check.in_words}: {finding.reason or 'no reason given'} "
    attributes = {
        "data-rule": finding.check.rule,
        "class": "finding row not-applicable",
        "id": sheet.numbers[finding.id],
    }
    return tag("li", [said, tag("code", finding.check.rule)], attributes)


def _attributes(finding: Finding, sheet: Sheet, kind: str) -> dict[str, str | None]:
    lit = [f"{sheet.anchors[figure.id]}:{sign}" for figure, sign in _parts(finding) if figure.id in sheet.anchors]
    suspect = sheet.anchors.get(finding.suspects[0].figure) if finding.suspects else None
    home = next((sheet.homes[figure.id] for figure in finding.check.figures if figure.id in sheet.homes), None)
    return {
        "data-rule": finding.check.rule,
        "data-severity": finding.severity,
        "data-table": f"d{sheet.index}s{home.index}" if home is not None else None,
        "data-stake": str(sheet.stakes[finding.id]) if finding.severity is not None else None,
        "class": f"finding {kind} {finding.verdict.replace(' ', '-')} {finding.severity or ''}".strip(),
        "id": sheet.numbers[finding.id],
        "tabindex": "-1",
        "data-lights": " ".join(lit) if finding.verdict != "not applicable" and lit else None,
        "data-suspect": suspect,
    }


def _sign(finding: Finding) -> Markup:
    return tag("span", SIGNS[finding.verdict], {"class": "s", "aria-hidden": "true"})


def _verdict(finding: Finding) -> str:
    word = "unlikely rounding" if finding.unlikely and finding.verdict == "rounding" else finding.verdict
    return f"{word} · {finding.severity}" if finding.severity else word


def lines_of_difference(finding: Finding) -> Iterator[str]:
    """By how much the sides differ, and what rounding explains of it, operand by operand."""
    if finding.difference is None or finding.verdict in ("agrees", "not applicable"):
        return
    per = printed_scale(finding.check)
    word = "points" if finding.check.percent else scale_word(per)
    difference, units = finding.difference / per, finding.units_of_last_place
    last = (
        f", {two_digits(abs(units))} {'unit' if abs(units) == 1 else 'units'} of the last place"
        if units is not None and (abs(units) != abs(difference) or word)
        else ""
    )
    yield f"Difference {amount(difference)}{' ' + word if word else ''}{last}"
    if finding.allowance is not None:
        shares = [share.allowance / per for share in finding.shares if share.allowance is not None]
        adds_up = len(shares) == len(finding.shares) and sum(shares) == finding.allowance / per
        spelled = (
            f" = {' + '.join(amount(share) for share in shares)}" if adds_up and 1 < len(shares) <= _MOST_SHARES else ""
        )
        yield (
            f"{allows(finding).capitalize()} at most {amount(finding.allowance / per)}{spelled}"
            if finding.allowance
            else f"{allows(finding).capitalize()} none of it"
        )
    yield from filter(None, (finding.check.leaves_out, finding.would_hold))


# ---- suspects and operands -------------------------------------------------------------------------------------------


def _suspects(finding: Finding, sheet: Sheet, told: set[str]) -> Iterator[Markup]:
    """The first few figures that may be wrong; one that stood behind an earlier finding is only named again."""
    known = [suspect for suspect in finding.suspects if suspect.figure in sheet.figures]
    if not known:
        return
    items = [_suspect(suspect, sheet, told) for suspect in known[:_MOST_SUSPECTS]]
    told.update(suspect.figure for suspect in known[:1])
    if len(known) > _MOST_SUSPECTS:
        items.append(tag("li", f"and {len(known) - _MOST_SUSPECTS} more that could be wrong"))
    yield joined(
        [classed("p", "label", "Suspects" if len(known) > 1 else "Suspect"), tag("ol", items, {"class": "suspects"})]
    )


def _suspect(suspect: Suspect, sheet: Sheet, told: set[str]) -> Markup:
    figure = sheet.figures[suspect.figure]
    parts: list[str] = [_link(figure, sheet), " ", classed("span", "n", figure.text)]
    if suspect.figure in told:
        return tag("li", [*parts, ", as above"])
    if suspect.proposed:
        parts += [f" {sheet.sureness(figure)} ", tag("ins", suspect.proposed)]
    said = (because(suspect, sheet.figures), f"score {two_digits(suspect.score)}", sheet.places.where(figure))
    return tag("li", [*parts, classed("span", "where", " " + "; ".join(one for one in said if one))])


def _operands(finding: Finding, sheet: Sheet) -> Markup:
    """The figures of the relation with the sign each has in it."""
    rows = []
    for figure, sign in _parts(finding):
        cells = [tag("td", sign, {"class": "sign"}), tag("th", _link(figure, sheet), {"scope": "row"})]
        rows.append(
            tag(
                "tr",
                [
                    *cells,
                    tag("td", figure.text, {"class": "n"}),
                    tag("td", sheet.places.where(figure), {"class": "where"}),
                ],
            )
        )
    head = tag(
        "thead",
        tag("tr", [tag("th", one, {"scope": "col"}) for one in ("sign", "figure", "as printed", "where")]),
        {"class": "spoken"},
    )
    return tag("table", [head, tag("tbody", rows)], {"class": "operands"})


def _link(figure: Figure, sheet: Sheet) -> Markup:
    anchor = sheet.anchors.get(figure.id)
    caption = figure.caption or "(no caption)"
    return tag("a", caption, {"href": f"#{anchor}", "class": "to"}) if anchor else classed("span", "to", caption)


def _parts(finding: Finding) -> list[tuple[Figure, str]]:
    """Each figure with the sign it has on its side of the relation: `=` where it stands alone on the left, `÷` where it
    is divided by."""
    check = finding.check
    under = {name for side in (check.left, check.right) if side is not None for name in _divisors(side)}
    left = set(uses(check.left)) if check.left is not None else set()
    coefficients = {share.figure: share.coefficient for share in finding.shares}
    found = []
    for figure in check.figures:
        coefficient = coefficients.get(figure.id)
        if figure.id in left:
            sign = "=" if len(left) == 1 else "·" if not coefficient else "+" if coefficient > 0 else "−"
        else:
            sign = "·" if not coefficient else "−" if coefficient > 0 else "+"
        found.append((figure, "÷" if sign == "·" and figure.id in under else sign))
    return found


def _divisors(expression: Expression) -> Iterator[str]:
    """Every figure that something is divided by."""
    if isinstance(expression, Divide):
        yield from _divisors(expression.left)
        yield from uses(expression.right)
        return
    for part in parts(expression):
        yield from _divisors(part)
