"""A comparison as a page: what changed and because of what, the statements with old and new, the findings that are new,
still there and gone. One file that loads nothing, with the keys and the search of the page of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

from attrs import frozen

from checker import __version__
from checker.compare.renamed import joined as with_renamed
from checker.compare.spots import aligned
from checker.compare.values import Agreement, Cause, Change, Comparison, Tie
from checker.compare.words import WORDS, amount_of_change, counted, findings, headline, line_name, not_compared, told
from checker.core.claim import Claim
from checker.core.figure import Figure, Status
from checker.core.finding import Finding
from checker.core.report import Checked
from checker.core.statement import Line, Statement
from checker.report.html import Working, file_named, furnished, terms
from checker.report.html_findings import card, compact
from checker.report.html_index import choice, search
from checker.report.html_markup import Markup, classed, joined, tag
from checker.report.html_names import Sheet, described
from checker.report.html_statements import Setting, figured, marks, sentence, set_in
from checker.report.places import where
from checker.report.style import Style
from checker.report.text import counts

_STATUSES: Mapping[Agreement, Status] = {
    "agrees": "agreed",
    "rounding": "rounding",
    "differs": "violated",
    "not found": "untested",
}
"""The looks of what became of a published figure: those of the statuses, which have a sign each."""
_SAID: Mapping[Agreement, str] = {
    "agrees": "printed so",
    "rounding": "printed so within rounding",
    "differs": "printed otherwise",
    "not found": "not found",
}
_DRAFTS = (("changed", "changed"), ("moved", "moved with another"), ("added", "added"), ("violated", "violated"))
_FEW = 12
"""Lines up to which a list is unfolded at once."""
_SHEET = 40
"""Lines of a list that paper gets unasked: one sheet. What a longer one names is marked in the statements as well."""
_CSS = """
.was { display: block; padding-right: 3.5rem; font-size: .84em; color: var(--soft); }
.was del, .gone td, .gone th { color: var(--soft); text-decoration: line-through; }
.f.changed .n { outline: 2px solid var(--lit-edge); outline-offset: 1px; }
.f.moved .n { outline: 1px dashed var(--lit-edge); outline-offset: 1px; }
.f.added .n { border-bottom: 3px double var(--link); border-radius: 0; }
.what > li { padding: .35rem 0; border-bottom: 1px solid var(--rule); }
.what del { color: var(--soft); } .what ins { font-weight: 700; }
.what details { margin: .15rem 0 0 1rem; }
.lead > section > h3 { margin-top: .9rem; }
.findings h3 .count { margin-left: .3em; }
"""


def render(comparison: Comparison, style: Style) -> str:
    """The comparison as one page."""
    two = _Two(comparison)
    drafts = comparison.kind == "drafts"
    looks = _DRAFTS if drafts else tuple((_STATUSES[one], said) for one, said in _SAID.items())
    severities = [one for one in ("error", "warning", "note") if any(f.severity == one for f in two.findings)]
    kinds = sorted({one.kind for one in two.shown.checked.statements if one.kind})
    parts = [
        choice("status", "Figures", looks),
        choice("severity", "Findings", [(one, one) for one in severities]),
        choice("kind", "Statement", [*((one, one) for one in kinds), ("text", "sentences")]),
    ]
    body = [_masthead(two), search(parts), tag("main", [_article(two), _about(two)])]
    title = f"tieout: {comparison.old.source.path} → {comparison.new.source.path}"
    old, new = (one.source.path.rpartition("/")[2] for one in (comparison.old, comparison.new))
    return furnished((title, __version__), body, "#d0-findings", Working(css=_CSS, running=f"{old} → {new}"))


@frozen(slots=False)
class _Two:
    """The two documents on the page: that whose statements are shown, with its figures by name, and the other one."""

    comparison: Comparison

    @cached_property
    def shown(self) -> Sheet:
        """Of drafts the new one; else the release whose figures were published."""
        return Sheet(0, self.comparison.new if self.comparison.kind == "drafts" else self.comparison.old)

    @cached_property
    def other(self) -> Sheet:
        """The one whose statements are not shown."""
        return Sheet(1, self.comparison.old if self.comparison.kind == "drafts" else self.comparison.new)

    def of(self, checked: Checked) -> Sheet:
        """The sheet of one of the two."""
        return self.shown if checked is self.shown.checked else self.other

    @property
    def findings(self) -> Sequence[Finding]:
        """All that are told."""
        return (*self.comparison.appeared, *self.comparison.still, *self.comparison.fixed)

    @cached_property
    def changes(self) -> Mapping[str, tuple[str, Change]]:
        """By figure of the new draft: whether it began a change or moved with one, and the change."""
        found: dict[str, tuple[str, Change]] = {}
        for cause in self.comparison.causes:
            found.update((one.new.id, ("changed", one)) for one in cause.roots)
            found.update((one.new.id, ("moved", one)) for one in cause.moved)
        return found

    @cached_property
    def ties(self) -> Mapping[str, Tie]:
        """What became of each published figure, of tables and sentences."""
        return {one.old.id: one for one in (*self.comparison.ties, *self.comparison.sentences)}

    @cached_property
    def added(self) -> frozenset[str]:
        """Figures that only the new draft prints."""
        return frozenset(one.id for one in self.comparison.added)


# ---- what came of it -------------------------------------------------------------------------------------------------


def _masthead(two: _Two) -> Markup:
    comparison = two.comparison
    old, new = comparison.old.source.path, comparison.new.source.path
    unmet = not_compared(comparison)
    said = [*([unmet] if unmet else []), headline(comparison), findings(comparison)]
    parts = [
        classed("p", "brand", ["tieout ", classed("span", "version", __version__)]),
        tag("h1", [classed("span", "folder", f"{old} → "), file_named(new)]),
        tag("p", WORDS[comparison.kind], {"class": "version"}),
        tag(
            "p",
            "; ".join(said),
            {"class": f"verdict {_mark(comparison)}"},
        ),
    ]
    return tag("header", parts, {"class": "masthead"})


def _mark(comparison: Comparison) -> str:
    """How it came out; one that means nothing, or that did not find most of what was published, is never called
    clean."""
    if not_compared(comparison):
        return "unchecked"
    failed = comparison.outcome is not None and not comparison.outcome.passed
    wrong = comparison.differing or any(one.severity == "error" for one in comparison.appeared)
    if failed or wrong:
        return "violation"
    missing = sum(one.agreement == "not found" for one in comparison.ties)
    return "undecided" if 2 * missing > len(comparison.ties) else "agrees"


def _article(two: _Two) -> Markup:
    heading = tag("h2", "What changed", {"id": "d0-h"})
    lead = classed("div", "lead", list(_lead(two)))
    overview = classed("div", "overview", [lead, _legend(two)])
    release = classed("div", "release", list(_release(two)))
    beside = classed("div", "beside", [release, _panel(two)])
    attributes = {"class": "document", "id": "d0", "aria-labelledby": "d0-h"}
    return tag("article", [heading, overview, beside], attributes)


def _lead(two: _Two) -> Iterator[Markup]:
    """What changed, because of what; what was renamed; what came and went."""
    comparison = two.comparison
    yield classed("p", "coverage", headline(comparison))
    if said := told(comparison):
        yield tag("p", said)
    if comparison.causes:
        causes = tag("ol", [tag("li", list(_cause(one, two))) for one in comparison.causes], {"class": "what"})
        title = "What changed" if comparison.kind == "drafts" else "What is printed otherwise"
        yield tag("section", [tag("h3", title), causes], {"class": "stories"})
    if wrong := [one for one in comparison.sentences if one.agreement == "differs"]:
        listed = tag("ul", [tag("li", list(_stated(one, two))) for one in wrong], {"class": "what"})
        yield tag("section", [tag("h3", "Sentences that say otherwise"), listed], {"class": "stories"})
    if comparison.renamed:
        rows = [
            tag("li", [tag("del", old), " → ", tag("ins", new), classed("span", "where", f" {where(one.now.place)}")])
            for one in comparison.renamed
            for old, new in [line_name(one)]
        ]
        yield _folded(f"{counted(len(rows), 'line')} renamed, the same amounts", rows)
    for word, figures, sheet in (("added", comparison.added, two.shown), ("taken out", comparison.removed, two.other)):
        if figures:
            rows = [tag("li", [_link(one, sheet), f" {one.text}", _place(one, sheet)]) for one in figures]
            yield _folded(f"{counted(len(figures), 'figure')} {word}", rows)
    missing = [one for one in comparison.ties if one.agreement == "not found"]
    if missing:
        rows = [
            tag("li", [_link(one.old, two.shown), f" {one.old.text}", _place(one.old, two.shown)]) for one in missing
        ]
        yield _folded(f"{counted(len(missing), 'published figure')} not found in the other", rows)


def _folded(summary: str, rows: Sequence[Markup]) -> Markup:
    listed = tag("ul", rows, {"class": "what"})
    inside = [tag("summary", summary), listed]
    look = {"class": "printed" if len(rows) <= _SHEET else None, "open": "" if len(rows) <= _FEW else None}
    return tag("details", inside, look)


def _cause(cause: Cause, two: _Two) -> Iterator[Markup]:
    """The changes that began it, and those that moved with them, folded."""
    for change in cause.roots:
        yield tag("div", list(_change(change, two)))
    if cause.moved:
        moved = tag("ul", [tag("li", list(_change(one, two))) for one in cause.moved])
        summary = tag("summary", f"{counted(len(cause.moved), 'figure')} moved with it")
        yield tag("details", [summary, moved], {"class": "printed"})


def _change(change: Change, two: _Two) -> Iterator[str]:
    mine, sheet = (change.new, two.shown) if two.comparison.kind == "drafts" else (change.old, two.shown)
    yield _link(mine, sheet)
    yield joined([" ", tag("del", change.old.text), " → ", tag("ins", change.new.text)])
    by = amount_of_change(change)
    yield f" {by}" if by else ""
    yield _place(mine, sheet)


def _stated(tie: Tie, two: _Two) -> Iterator[str]:
    said = two.shown.sentences.get(tie.old.id, "")
    yield joined([_link(tie.old, two.shown), " ", tag("del", tie.old.text), " → "])
    yield tag("ins", tie.new.text if tie.new is not None else "")
    yield classed("span", "where", f" {tie.note}" if tie.note else "")
    if said:
        yield tag("blockquote", tag("p", said))


def _link(figure: Figure, sheet: Sheet) -> Markup:
    caption = figure.caption or "(no caption)"
    if sheet.index:
        return tag("span", caption)
    return tag("a", caption, {"href": f"#{sheet.anchors[figure.id]}", "class": "to"})


def _place(figure: Figure, sheet: Sheet) -> Markup:
    period = figure.period.text if figure.period else figure.head
    return classed("span", "where", " " + " · ".join(one for one in (period, sheet.places.where(figure)) if one))


def _legend(two: _Two) -> Markup:
    """What the looks of a figure mean here."""
    if two.comparison.kind == "drafts":
        samples = (("f changed", "changed: nothing else explains it"), ("f moved", "moved because another changed"))
        rows = [(tag("span", classed("span", "n", "123"), {"class": look}), said) for look, said in samples]
        rows.append((tag("span", classed("span", "n", "123"), {"class": "f added"}), "only the new draft prints it"))
        rows.append((tag("del", "123"), "what the old draft prints"))
    else:
        rows = [(marks(_STATUSES[one], ()), said) for one, said in _SAID.items()]
    listed = [tag("div", [tag("dt", sign), tag("dd", meaning)]) for sign, meaning in rows]
    folded = tag("details", [tag("summary", tag("h3", "Legend")), tag("dl", listed)], {"class": "printed", "open": ""})
    return tag("section", folded, {"class": "legend"})


# ---- statements ------------------------------------------------------------------------------------------------------


def _release(two: _Two) -> Iterator[Markup]:
    """The tables in which something is to be seen, then the sentences, then the others behind a fold."""
    setting = Setting(two.shown, _Cell(two), _notes(two), _gone(two))
    telling = _telling(two, setting)
    for statement in two.shown.checked.statements:
        if statement.index in telling:
            yield set_in(statement, setting)
    yield from _claims(two)
    rest = [one for one in two.shown.checked.statements if one.index not in telling]
    if rest:
        summary = tag("summary", f"{counted(len(rest), 'table')} in which nothing changed")
        yield tag("details", [summary, *[set_in(one, setting) for one in rest]])


def _telling(two: _Two, setting: Setting) -> frozenset[int]:
    """The tables with something to look at."""
    ids = {*two.changes, *two.added} if two.comparison.kind == "drafts" else {
        one.old.id for one in two.comparison.ties if one.agreement in ("differs", "not found")
    }  # fmt: skip
    touched = {at for at, _ in (*setting.notes, *setting.between)}
    tables = two.shown.checked.statements
    return frozenset(one.index for one in tables if one.index in touched or any(f.id in ids for f in one.figures))


@frozen
class _Cell:
    """A figure with its counterpart: of drafts with what it was, of a release with what the other document prints."""

    two: _Two

    def __call__(self, figure: Figure, sheet: Sheet) -> Markup:
        """The figure as it is set in its cell."""
        if self.two.comparison.kind != "drafts":
            return _tied(figure, self.two)
        kind, change = self.two.changes.get(figure.id, ("", None))
        if change is not None:
            was = classed("span", "was", [classed("span", "spoken", "was "), tag("del", change.old.text)])
            return joined([was, figured(figure, sheet, None, kind)])
        return figured(figure, sheet, None, "added" if figure.id in self.two.added else "")


def _tied(figure: Figure, two: _Two) -> Markup:
    """A published figure with what became of it."""
    tie = two.ties.get(figure.id)
    status = _STATUSES[tie.agreement] if tie is not None else None
    parts = [classed("span", "n hang" if figure.text.endswith((")", "%")) else "n", figure.text), marks(status, ())]
    lines = [described(figure, two.shown).rsplit("\n", 1)[0]]
    if tie is not None and tie.new is not None:
        lines.append(f"{_SAID[tie.agreement]}: {tie.new.text}, {two.other.places.where(tie.new)}")
        if tie.agreement == "differs":
            parts.append(tag("ins", ["printed ", tie.new.text], {"class": "proposed"}))
    elif tie is not None:
        lines.append(_SAID[tie.agreement])
    lines += [tie.note] if tie is not None and tie.note else []
    anchor = two.shown.anchors[figure.id]
    attributes = {"class": f"f {status or 'plain'}", "id": anchor, "href": f"#{anchor}", "tabindex": "-1"}
    return tag("a", parts, {**attributes, "title": "\n".join(lines)})


def _notes(two: _Two) -> Mapping[tuple[int, int], str]:
    """What a renamed line was called."""
    rows = {
        figure.id: (statement.index, line.index)
        for statement in two.shown.checked.statements
        for line in statement.lines
        for figure in line.figures
        if figure is not None
    }
    return {rows[one.now.id]: f"formerly {line_name(one)[0]}" for one in two.comparison.renamed if one.now.id in rows}


def _gone(two: _Two) -> Mapping[tuple[int, int], Sequence[Markup]]:
    """The lines that were taken out, each behind the line that it stood behind."""
    comparison, found = two.comparison, dict[tuple[int, int], list[Markup]]()
    if comparison.kind != "drafts" or not comparison.removed:
        return {}
    removed = {one.id for one in comparison.removed}
    pairs = with_renamed(aligned(comparison.old, comparison.new), comparison.renamed)
    met = {one.id: two_.id for one, two_ in pairs if one is not None and two_ is not None}
    rows = {
        figure.id: (statement, line.index)
        for statement in comparison.new.statements
        for line in statement.lines
        for figure in line.figures
        if figure is not None
    }
    for statement in comparison.old.statements:
        at: tuple[Statement, int] | None = None
        for line in statement.lines:
            figures = [one for one in line.figures if one is not None]
            known = [rows[met[one.id]] for one in figures if one.id in met]
            if known:
                at = known[0]
            elif at is not None and figures and all(one.id in removed for one in figures):
                found.setdefault((at[0].index, at[1]), []).append(_gone_row(line, len(at[0].columns)))
    return found


def _gone_row(line: Line, columns: int) -> Markup:
    figures = [*line.figures, *[None] * columns][:columns]
    stub = tag("th", [classed("span", "spoken", "taken out: "), line.caption], {"scope": "row"})
    return tag("tr", [stub, *[tag("td", one.text if one is not None else "") for one in figures]], {"class": "gone"})


def _claims(two: _Two) -> Iterator[Markup]:
    """The sentences of a release with what the filing says of their amounts, those first that differ."""
    if not two.comparison.sentences:
        return
    ordered = sorted(two.shown.checked.claims, key=lambda one: one.figure.place.span)
    groups = [list(group) for _, group in groupby(ordered, key=lambda one: one.sentence)]

    def has(group: Sequence[Claim], agreements: Sequence[str]) -> bool:
        ties = (two.ties.get(one.figure.id) for one in group)
        return any(one is not None and one.agreement in agreements for one in ties)

    wrong = [one for one in groups if has(one, ["differs"])]
    met = [one for one in groups if one not in wrong and has(one, ["agrees", "rounding"])]
    rest = [one for one in groups if one not in wrong and one not in met]
    cell = _Cell(two)
    parts = [tag("h3", "Sentences", {"id": "d0-claims"})]
    if wrong or met:
        items = [tag("li", sentence(one, two.shown, cell)) for one in (*wrong, *met)]
        parts.append(tag("ul", items, {"class": "claims"}))
    if rest:
        items = [tag("li", sentence(one, two.shown, cell)) for one in rest]
        folded = tag("summary", f"{counted(len(rest), 'sentence')} that the other document says nothing plain of")
        parts.append(tag("details", [folded, tag("ul", items, {"class": "claims"})]))
    yield tag("section", parts, {"class": "sheet", "aria-labelledby": "d0-claims"})


# ---- findings --------------------------------------------------------------------------------------------------------


def _panel(two: _Two) -> Markup:
    """The findings that are new and still there, in full, and those that are gone."""
    comparison, told = two.comparison, set[str]()
    title = tag("h2", "Findings", {"id": "d0-findings", "tabindex": "-1"})
    buttons = (("↑ Previous", "-1"), ("↓ Next", "1"), ("? Keys", "help"))
    walk = [tag("button", text, {"type": "button", "data-walk": to}) for text, to in buttons]
    parts: list[Markup] = [title, classed("div", "walk", walk)]
    sheet = two.of(comparison.new)
    for word, found in (("New", comparison.appeared), ("Still there", comparison.still)):
        heading = tag("h3", [word, " ", classed("span", "count", str(len(found)))])
        cards = tag("ol", [card(one, sheet, told) for one in found], {"class": "cards"})
        parts.append(tag("section", [heading, cards if found else classed("p", "none", "None.")]))
    gone = tag("ol", [compact(one, two.of(comparison.old)) for one in comparison.fixed], {"class": "compact"})
    heading = tag("h3", ["Fixed ", classed("span", "count", str(len(comparison.fixed)))])
    parts.append(tag("section", [heading, gone if comparison.fixed else classed("p", "none", "None.")]))
    return tag("aside", parts, {"class": "findings", "aria-labelledby": "d0-findings"})


def _about(two: _Two) -> Markup:
    """The two documents by their hashes, and what came of each alone."""
    parts = [tag("h2", "What was compared", {"id": "run"})]
    for word, checked in (("First", two.comparison.old), ("Second", two.comparison.new)):
        source = checked.source
        known = [(word, source.path), ("SHA-256", source.sha256), ("Alone", counts(checked))]
        if checked.unread:
            known.append(("Not compared", f"{len(checked.unread)} cells that could not be read"))
        parts.append(terms(known))
    met, looked_for = two.comparison.met
    parts.append(tag("p", f"{met} of {looked_for} figures of the first were met in the second."))
    return tag("section", parts, {"class": "run", "aria-labelledby": "run"})
