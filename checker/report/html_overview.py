"""What a reader of the page sees first: the verdict, how much was tested, which figures are probably wrong, and what
the signs mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.core.figure import Figure, Status
from checker.core.finding import Story, Suspect
from checker.core.problem import Problem
from checker.core.report import Checked, Summary
from checker.report.html_index import tables
from checker.report.html_markup import Markup, classed, joined, tag
from checker.report.html_names import Sheet
from checker.report.marks import STATUSES, tick_meanings
from checker.report.places import where
from checker.report.stories import MOST_CANDIDATES, because, repairs, told
from checker.report.text import coverage, sentences
from checker.report.weight import heaviest_first
from checker.report.words import accounts, needs_a_look

_BAR = 1000
"""The length of the bar of coverage, in units of its own."""


def overview(sheet: Sheet) -> Markup:
    """What was read of a document, with the list of its tables and what the signs mean."""
    return classed("div", "overview", [classed("div", "lead", [*lead(sheet), tables(sheet)]), legend([sheet.checked])])


def lead(sheet: Sheet) -> list[Markup]:
    """What was read, how much of it was tested, what is probably wrong, and what is wrong with the input."""
    checked, source = sheet.checked, sheet.checked.source
    summary = checked.summary
    parts = [classed("p", "coverage", coverage(checked))]
    if summary.figures:
        shares = [tag("li", [_sample(status), f" {count} {status}"]) for status, count in _shares(summary)]
        parts += [_bar(summary), tag("ul", shares, {"class": "shares"})]
    if checked.told is not None and checked.told.amounts:
        parts.append(classed("p", "coverage", f"{sentences(checked.told)}."))
    parts += list(_stories(sheet))
    if checked.applied:
        listed = [tag("li", [tag("code", rule), f": {account}"]) for rule, account in accounts(checked)]
        folded = tag(
            "details",
            [tag("summary", f"{len(listed)} house {'rule' if len(listed) == 1 else 'rules'}"), tag("ul", listed)],
            {"open": ""},
        )
        parts.append(classed("div", "printed", folded))
    if checked.problems:
        parts += [tag("h3", "Problems with the document"), problems(checked.problems)]
    known = (source.format, source.encoding, f"{source.size:,} bytes" if source.size else "", "SHA-256 ")
    parts.append(classed("p", "identity", [" · ".join(text for text in known if text), tag("code", source.sha256)]))
    return parts


def problems(found: Sequence[Problem]) -> Markup:
    """Trouble with an input, a line each."""
    items = []
    for one in found:
        place = f"{where(one.place)}: " if one.place is not None else ""
        path = f"{one.path}: " if one.path else ""
        helped = [" ", classed("span", "help", one.help)] if one.help else []
        items.append(
            tag(
                "li",
                [
                    classed("strong", one.severity, one.severity),
                    " ",
                    tag("code", one.code),
                    f" {path}{place}{one.message}",
                    *helped,
                ],
            )
        )
    return tag("ul", items, {"class": "problems"})


def _shares(summary: Summary) -> tuple[tuple[Status, int], ...]:
    return (
        ("agreed", summary.agreed),
        ("rounding", summary.rounding),
        ("violated", summary.violated),
        ("untested", summary.untested),
    )


def _bar(summary: Summary) -> Markup:
    """The counts below it as a bar; a share that is there at all can be seen."""
    pieces, at = list[str](), 0
    for status, count in _shares(summary):
        length = max(_BAR * count // summary.figures, 4 if count else 0)
        pieces.append(
            tag("rect", "", {"class": status, "x": str(at), "width": str(min(length, _BAR - at)), "height": "10"})
        )
        at += length
    return tag(
        "svg",
        pieces,
        {"class": "shares-bar", "viewBox": f"0 0 {_BAR} 10", "preserveAspectRatio": "none", "aria-hidden": "true"},
    )


def _sample(status: Status) -> Markup:
    return tag("span", STATUSES[status][0], {"class": f"s {status}", "aria-hidden": "true"})


# ---- what is probably wrong ------------------------------------------------------------------------------------------


def _stories(sheet: Sheet) -> Iterator[Markup]:
    """Each cause of broken relationships, once, however many it breaks."""
    looked_at = [one for one in sheet.checked.findings if needs_a_look(one)]
    found = [
        story for story, _ in heaviest_first(looked_at, sheet.checked) if story is not None and _known(story, sheet)
    ]
    if not found:
        return
    items = [tag("li", _story(story, sheet), {"class": "story"}) for story in found]
    yield tag("section", [tag("h3", _counted(found)), tag("ol", items)], {"class": "stories"})


def _counted(found: Sequence[Story]) -> str:
    """How many figures are named, and how many errors are left to be decided."""
    named = len({name for story in found for name in story.named})
    undecided = sum(len(story.named) < len(story.suspects) for story in found)
    said = [f"{named} {'figure' if named == 1 else 'figures'} probably wrong"] if named else []
    if undecided:
        said.append(f"{undecided} {'error' if undecided == 1 else 'errors'}{' more' if named else ''} to be decided")
    return ", ".join(said)


def _known(story: Story, sheet: Sheet) -> list[Suspect]:
    return [suspect for suspect in story.suspects if suspect.figure in sheet.figures]


def _story(story: Story, sheet: Sheet) -> list[str]:
    """What should read otherwise, and what that repairs; where nobody is named, what could be wrong and what would
    decide."""
    if len(story.named) == len(story.suspects):
        parts = [
            _line(suspect, sheet)
            for suspect in sorted(_known(story, sheet), key=lambda one: sheet.figures[one.figure].place.span)
        ]
        causes = ", ".join(dict.fromkeys(suspect.cause for suspect in story.suspects if suspect.cause))
        listed = parts if len(parts) == 1 else [tag("ol", [tag("li", line) for line in parts])]
        return [*listed, classed("p", "evidence", f"{causes}: {repairs(story)}" if causes else repairs(story))]
    known, said = (
        [suspect for suspect in _known(story, sheet) if suspect.figure not in story.named],
        told(story, sheet.places),
    )
    lines = [
        tag("li", [_line(suspect, sheet), classed("span", "where", f" · {because(suspect, sheet.figures)}")])
        for suspect in known[:MOST_CANDIDATES]
    ]
    more = [tag("li", said.candidates[-1], {"class": "more"})] if len(known) > MOST_CANDIDATES else []
    return [
        classed("p", "evidence", said.headline),
        tag("ol", [*lines, *more], {"class": "open"}),
        classed("p", "evidence", said.decides),
    ]


def _line(suspect: Suspect, sheet: Sheet) -> Markup:
    """One figure with what it should read and where it stands."""
    figure = sheet.figures[suspect.figure]
    period = figure.head or (figure.period.text if figure.period else "")
    place = " · ".join(part for part in (period, sheet.places.where(figure)) if part)
    return joined([*_replaced(figure, suspect, sheet), classed("span", "where", f" {place}")])


def _replaced(figure: Figure, suspect: Suspect, sheet: Sheet) -> list[str]:
    """The figure as printed, and what it should perhaps read."""
    link = tag("a", figure.caption or "(no caption)", {"href": f"#{sheet.anchors[figure.id]}", "class": "to"})
    proposed = (
        [" → ", classed("span", "spoken", f"{sheet.sureness(figure)} "), tag("ins", suspect.proposed)]
        if suspect.proposed
        else []
    )
    return [link, " ", classed("span", "n", figure.text), *proposed]


# ---- signs -----------------------------------------------------------------------------------------------------------


def legend(documents: Sequence[Checked]) -> Markup:
    """Every mark of the page and what it means: once, however many documents bear them."""
    rows = [(classed("span", f"s {status}", sign), meaning) for status, (sign, meaning) in STATUSES.items()]
    rows.append(
        (
            classed("span", "loose-sample", "123"),
            "loosely tested: it could be wrong by more than 1 %, or in one digit of ten, and nothing would be noticed",
        )
    )
    rows += [(classed("span", "t", mark), meaning) for mark, meaning in tick_meanings(*documents).items()]
    rows += [
        (
            classed("ins", "proposed", "123"),
            "under a figure: what it should probably read; in a dashed frame it is one of several that may be wrong",
        )
    ]
    listed = [tag("div", [tag("dt", sign), tag("dd", meaning)]) for sign, meaning in rows]
    alone = len(documents) == 1
    folded = tag(
        "details",
        [tag("summary", tag("h3" if alone else "h2", "Legend")), tag("dl", listed)],
        {"class": "printed", "open": "" if alone else None},
    )
    return tag("section", folded, {"class": "legend"})
