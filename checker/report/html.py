"""The page people look at: one HTML file that holds everything it needs, loads nothing and runs nothing but its own
script.

The release as it looks, every figure with its marks, the findings beside it. Text of a document is data here: it is
escaped wherever it stands.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.core.report import Checked, Report
from checker.core.value import evolve, frozen
from checker.report.html_findings import findings
from checker.report.html_folder import failing_first, folds, holds, in_brief, listing, mark, verdict
from checker.report.html_index import by_rule, finder, tables, untested
from checker.report.html_markup import Content, Markup, classed, joined, raw, tag
from checker.report.html_names import Sheet
from checker.report.html_original import original
from checker.report.html_overview import lead, legend, overview, problems
from checker.report.html_statements import claims, statements
from checker.report.mine import GENERATOR
from checker.report.style import Style
from checker.report.terminal import visible
from checker.report.words import settings, weakening

_PAGE = Path(__file__).with_name("page")
_KEYS = (
    ("j or n", "next finding"),
    ("k or p", "previous finding"),
    ("Enter", "on a finding: to its suspect, or its first figure; on a figure: to its finding, again for the next one"),
    ("arrows", "from figure to figure inside a table"),
    ("u", "next untested figure"),
    ("/", "search"),
    ("Escape", "put the lights out"),
    ("?", "this list"),
)


@frozen
class Working:
    """What a page has beside the report where somebody works on it: what stands above the document, choices in the
    search, style, script and keys."""

    above: Content = ()
    choices: Content = ()
    css: str = ""
    script: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    running: str = ""
    """What stands at the head of every sheet of paper."""


_ENOUGH = 16
"""Digits of a hash that tell one document from another on paper."""
_LONGEST_HEAD = 100
_HEAD_LOOK = "font: 8pt sans-serif; color: #333;"
_READ = Working()
"""Nothing: a page that is only read."""


def render(report: Report, style: Style) -> str:
    """The report as one page."""
    return worked(report, _READ)


def worked(report: Report, working: Working) -> str:
    """The report as one page with what is needed to work on it; only such a page may ask anything, and only where it
    came from."""
    sheets = [Sheet(index, checked) for index, checked in enumerate(report.documents)]
    inside = [_document(one, sheets) for one in failing_first(sheets)]
    first = f"#d{failing_first(sheets)[0].index}-findings" if sheets else "#run"
    body = [
        _masthead(report, sheets),
        *([joined(working.above)] if working.above else []),
        finder(sheets, working.choices),
        tag("main", [*inside, _run(report)]),
    ]
    if len(sheets) == 1:
        working = evolve(working, running=_identity(sheets[0]))
    else:
        own = "".join([_own_paper(sheet) for sheet in sheets])
        working = evolve(working, running=_title(report).removeprefix("tieout: "), css=working.css + own)
    return furnished((_title(report), report.version), body, first, working)


def _identity(sheet: Sheet) -> str:
    """A document on paper: its name and as much of its hash as tells it from others."""
    source = sheet.checked.source
    return f"{source.path.rpartition('/')[2]} · SHA-256 {source.sha256[:_ENOUGH]}"


def _own_paper(sheet: Sheet) -> str:
    """One of several documents has sheets of paper of its own, which bear its name and hash."""
    own = f"d{sheet.index}"
    head = f"@top-left {{ {_box(_identity(sheet))} }}"
    broad = f"#{own} .sheet:has(.widest) {{ page: {own}-broad; }}"
    pages = f"@page {own} {{ {head} }}\n@page {own}-broad {{ size: landscape; {head} }}\n"
    told = f"#{own}:not(.folded), #{own}:has(.finding)"  # those of which there is nothing to tell share their sheets
    return f"{pages}@media print {{ {told} {{ page: {own}; }} {broad} }}\n"


def furnished(named: tuple[str, str], body: Sequence[str], first: str, working: Working = _READ) -> str:
    """A whole page with what every page has: the way to what comes first, the bar that says what is lit, the keys,
    style and script."""
    script = _file("page.js") + working.script
    skip = tag("a", "Skip to the findings", {"class": "skip", "href": first})
    parts = [skip, *body, _status(), _help((*_KEYS, *working.keys)), tag("script", raw(script))]
    css = _file("page.css") + working.css + _running(working.running)
    return page(named, parts, (css, script), asking=bool(working.script))


def _running(text: str) -> str:
    """The head and the foot of every sheet of paper. The text may come from a document: no letter of it stands for
    itself in the style."""
    pages = '"page " counter(page) " of " counter(pages)'
    boxes = f"@top-left {{ {_box(text)} }} @bottom-right {{ content: {pages}; {_HEAD_LOOK} }}"
    return f"@page {{ {boxes} }}\n"


def _box(text: str) -> str:
    """What a box in the margin of paper says."""
    written = "".join(f"\\{ord(one):x} " for one in visible(text)[:_LONGEST_HEAD])
    return f'content: "{written}"; {_HEAD_LOOK}'


def page(named: tuple[str, str], body: Content, furniture: tuple[str, str], *, asking: bool = False) -> str:
    """A whole page: its title and the version that made it, what stands in it, and its style and script, the only ones
    that it allows; `asking`: its script may ask the server that it came from."""
    css, script = furniture
    running = f"script-src '{_hash(script)}'; " if script else ""
    running += "connect-src 'self'; " if asking else ""
    policy = f"default-src 'none'; style-src '{_hash(css)}'; {running}base-uri 'none'; form-action 'none'"
    head = [
        tag("meta", attributes={"charset": "utf-8"}),
        tag("meta", attributes={"name": "generator", "content": f"{GENERATOR} {named[1]}"}),
        tag("meta", attributes={"http-equiv": "Content-Security-Policy", "content": policy}),
        tag("meta", attributes={"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("meta", attributes={"name": "referrer", "content": "no-referrer"}),
        tag("meta", attributes={"name": "color-scheme", "content": "light dark"}),
        tag("title", named[0]),
        tag("style", raw(css)),
    ]
    return "<!doctype html>\n" + tag("html", [tag("head", head), "\n", tag("body", body)], {"lang": "en"}) + "\n"


def _file(name: str) -> str:
    return (_PAGE / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _title(report: Report) -> str:
    names = [checked.source.path for checked in report.documents]
    return f"tieout: {names[0]}" if len(names) == 1 else f"tieout: {len(names)} documents"


def _masthead(report: Report, sheets: Sequence[Sheet]) -> Markup:
    parts = [
        classed("p", "brand", ["tieout ", classed("span", "version", report.version)]),
        tag("h1", file_named(_title(report).removeprefix("tieout: "))),
    ]
    if len(sheets) > 1:
        parts += listing(sheets)
        parts += _unfolding() if folds(sheets) else ()
    elif sheets:
        parts.append(verdict(sheets[0].checked, "p"))
    if said := weakening(report.outcome or (sheets[0].checked.outcome if sheets else None)):
        parts.append(classed("p", "weakened", said))
    if used := settings(report):
        parts.append(classed("p", "version", used))
    if len(sheets) > 1:
        parts.append(legend([one.checked for one in sheets]))
    return tag("header", parts, {"class": "masthead"})


def file_named(path: str) -> Markup:
    """The name of a file, its folder set apart."""
    folder, slash, last = path.rpartition("/")
    return joined([classed("span", "folder", folder + slash), last])


def _unfolding() -> Iterator[Markup]:
    """How the documents of a large page are opened: all of them at once for paper; without the script they are not."""
    yield tag(
        "button",
        "Open every document and print",
        {"type": "button", "class": "unfold", "data-walk": "print", "hidden": ""},
    )
    why = "The statements of each document open with the script of this page, which does not run here."
    yield tag("noscript", classed("p", "weakened", why))


# ---- one document ----------------------------------------------------------------------------------------------------


def _document(sheet: Sheet, sheets: Sequence[Sheet]) -> Markup:
    """A document of some: one of several has its signs explained above them all; a folded one stands here in brief."""
    checked, anchor = sheet.checked, f"d{sheet.index}"
    several, folded = len(sheets) > 1, folds(sheets)
    beside = _beside(sheet, sum(one.checked.source.size for one in sheets[: sheet.index]))
    parts = [tag("h2", checked.source.path, {"id": f"{anchor}-h"})]
    if folded:
        parts += [
            classed("div", "overview alone", [classed("div", "lead", lead(sheet))]),
            *in_brief(sheet, joined([tables(sheet), beside])),
        ]
    elif several:
        parts += [
            classed("div", "overview alone", [classed("div", "lead", [*lead(sheet), tables(sheet)])]),
            beside,
        ]
    else:
        parts += [overview(sheet), beside]
    attributes = {
        "class": "document folded" if folded else "document",
        "id": anchor,
        "aria-labelledby": f"{anchor}-h",
        "data-mark": mark(checked),
        "data-has": holds(sheet) if folded else None,
    }
    return tag("article", parts, attributes)


def _beside(sheet: Sheet, before: int) -> Markup:
    """The release as it looks, and its findings beside it; the documents before it have so many bytes."""
    checked, anchor = sheet.checked, f"d{sheet.index}"
    release = [*statements(sheet), claims(sheet), untested(sheet), by_rule(sheet), original(sheet, before)]
    title = tag("h2", "Findings", {"id": f"{anchor}-findings", "tabindex": "-1"})
    panel = tag(
        "aside",
        [title, *_walk(checked), *findings(sheet)],
        {"class": "findings", "aria-labelledby": f"{anchor}-findings {anchor}-h"},
    )
    return classed("div", "beside", [classed("div", "release", release), panel])


def _walk(checked: Checked) -> Iterator[Markup]:
    if any(finding.severity is not None and finding.waived is None for finding in checked.findings):
        buttons = [
            tag("button", text, {"type": "button", "data-walk": to})
            for text, to in (("↑ Previous", "-1"), ("↓ Next", "1"), ("? Keys", "help"))
        ]
        yield classed("div", "walk", buttons)


# ---- the run ---------------------------------------------------------------------------------------------------------


def _run(report: Report) -> Markup:
    """What was applied: rules, overrides and skips, configuration, and trouble that belongs to no document."""
    rules = report.rules
    parts = [tag("h2", "How this was checked", {"id": "run"})]
    if report.problems:
        parts += [tag("h3", "Problems"), problems(report.problems)]
    parts.append(
        terms([("tieout", report.version), ("SHA-256 of all rules", rules.sha256), *report.configuration.items()])
    )
    if rules.overrides:
        parts += [tag("h3", "Overrides and skips"), tag("ul", [tag("li", one) for one in rules.overrides])]
    files = [
        tag("tr", [tag("th", path, {"scope": "row"}), tag("td", tag("code", digest))]) for path, digest in rules.files
    ]
    if files:
        head = tag("thead", tag("tr", [tag("th", one, {"scope": "col"}) for one in ("Rule file", "SHA-256")]))
        table = classed("div", "scroll", tag("table", [head, tag("tbody", files)], {"class": "listing"}))
        parts.append(
            tag("details", [tag("summary", f"{len(files)} rule {'file' if len(files) == 1 else 'files'}"), table])
        )
    return tag("section", parts, {"class": "run", "aria-labelledby": "run"})


def terms(pairs: Sequence[tuple[str, str]]) -> Markup:
    return tag("dl", [joined([tag("dt", term), tag("dd", text)]) for term, text in pairs], {"class": "terms"})


def _status() -> Markup:
    said = tag("p", "", {"id": "said", "role": "status", "aria-live": "polite", "tabindex": "0"})
    names = (("↑", "-1", "Previous finding"), ("↓", "1", "Next finding"), ("Close", "off", None))
    buttons = [
        tag("button", text, {"type": "button", "data-walk": to, "aria-label": label}) for text, to, label in names
    ]
    return tag("div", [said, classed("div", "steps", buttons)], {"class": "bar", "id": "bar", "hidden": ""})


def _help(every: Sequence[tuple[str, str]]) -> Markup:
    keys = [joined([tag("dt", tag("kbd", key)), tag("dd", meaning)]) for key, meaning in every]
    close = tag("button", "Close", {"type": "button", "data-walk": "close"})
    return tag(
        "dialog", [tag("h2", "Keys", {"id": "keys"}), tag("dl", keys), close], {"id": "help", "aria-labelledby": "keys"}
    )
