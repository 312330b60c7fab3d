"""The page of a review: the page of the report with what is needed to work on it. What was decided comes from the
server as data, and is text there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from checker.report.html import Working, worked
from checker.report.html_index import choice
from checker.report.html_markup import Content, Markup, classed, tag
from checker.review.session import Shown

_PAGE = Path(__file__).with_name("page")
_CHOICES = (
    ("undecided", "undecided"),
    ("confirmed", "confirmed"),
    ("dismissed", "dismissed, pending"),
    ("approved", "dismissed, signed"),
    ("disputed", "disputed"),
)
_KEYS = (
    ("c", "confirm the finding, or the untested figure, that is lit"),
    ("d", "dismiss it"),
    ("a", "add a calculation: point at a total, then at its parts"),
    ("i", "next undecided finding or figure"),
)


def page(shown: Shown, state: Mapping[str, object]) -> str:
    """The whole page."""
    working = Working(
        above=_above(str(state["revision"])),
        choices=choice("decided", "Decisions", _CHOICES),
        css=_file("review.css"),
        script=_file("review.js"),
        keys=_KEYS,
    )
    return worked(shown.report, working)


def _file(name: str) -> str:
    return "\n" + (_PAGE / name).read_text(encoding="utf-8")


def _above(revision: str) -> Markup:
    """What stands above the document: how far the review is, what the last save has changed, and the ways to sign and
    to add."""
    buttons = [
        _button("Next undecided", "next", "i"),
        _button("Add a calculation", "point", "a"),
        _button("Sign dismissals", "sign", ""),
    ]
    count = tag("p", "", {"id": "progress", "role": "status"})
    told = [
        tag("h2", "What the last save has changed"),
        tag("p", "", {"id": "added"}),
        tag("ul", "", {"id": "changes"}),
        _button("Close", "seen", ""),
    ]
    changed = tag("div", told, {"id": "changed", "hidden": "", "role": "status"})
    trouble = tag("div", "", {"id": "trouble", "role": "alert", "hidden": ""})
    anew = tag(
        "div",
        [tag("p", "The release was judged again."), _button("Show it", "reload", "")],
        {"id": "anew", "hidden": "", "role": "status"},
    )
    carried = [tag("p", "", {"id": "elsewhere-said"}), _button("Carry over", "carry", "")]
    elsewhere = tag("div", carried, {"id": "elsewhere", "hidden": "", "role": "status"})
    parts = [
        classed("div", "acts", [count, *buttons]),
        trouble,
        anew,
        elsewhere,
        changed,
        _deciding(),
        _signing(),
        _pointing(),
    ]
    return tag("section", parts, {"class": "review", "id": "review", "data-revision": revision, "aria-label": "Review"})


def _button(words: str, act: str, key: str) -> Markup:
    content: Content = [words, " ", tag("kbd", key, {"aria-hidden": "true"})] if key else words
    return tag("button", content, {"type": "button", "data-act": act, "aria-keyshortcuts": key or None})


def _deciding() -> Markup:
    reason = tag("textarea", "", {"id": "reason", "required": "", "maxlength": "2000", "rows": "3"})
    parts = [
        tag("h2", "", {"id": "deciding-h"}),
        tag("p", "", {"id": "deciding-about", "class": "about"}),
        tag("label", ["Reason", reason]),
        tag("label", ["Your initials", _input("by", "80")]),
        tag("p", "", {"class": "wrong", "role": "alert"}),
        classed("div", "acts", [tag("button", "Save", {"type": "submit"}), _button("Cancel", "close", "")]),
    ]
    return _dialog("deciding", parts)


def _signing() -> Markup:
    parts = [
        tag("h2", "Sign dismissals", {"id": "signing-h"}),
        tag("p", "", {"id": "signing-about", "class": "about"}),
        tag("label", ["Approver", _input("approver", "80")]),
        tag(
            "label",
            ["Last day on which they hold", tag("input", attributes={"id": "expires", "type": "date", "required": ""})],
        ),
        tag("p", "", {"class": "wrong", "role": "alert"}),
        classed("div", "acts", [tag("button", "Sign", {"type": "submit"}), _button("Cancel", "close", "")]),
    ]
    return _dialog("signing", parts)


def _dialog(name: str, parts: Content) -> Markup:
    return tag("dialog", tag("form", parts), {"id": name, "aria-labelledby": f"{name}-h"})


def _input(name: str, longest: str) -> Markup:
    return tag(
        "input", attributes={"id": name, "type": "text", "required": "", "maxlength": longest, "autocomplete": "off"}
    )


def _pointing() -> Markup:
    """The strip in which a calculation is put together, while figures are pointed at."""
    parts = [
        tag("h2", "Add a calculation", {"id": "pointing-h"}),
        tag("p", "", {"id": "pointing-said", "role": "status"}),
        tag("ol", "", {"id": "pointed"}),
        tag("label", ["Your initials", _input("pointed-by", "80")]),
        tag("p", "", {"class": "wrong", "role": "alert"}),
        classed("div", "acts", [_button("Add it", "add", ""), _button("Cancel", "unpoint", "")]),
    ]
    return tag("section", parts, {"id": "pointing", "hidden": "", "aria-labelledby": "pointing-h"})
