"""Whether a file stops in the middle: what it opened is not closed. Only kinds of files that say where they end can
tell; plain text cannot.

A release that lost its second half is still a release whose sums foot, and would pass for clean. A file whose last
characters close it as a whole is complete, whatever it left open further up; the others are searched from their end.
"""

from __future__ import annotations

from checker.core.problem import Problem

_ENDS = {"html": ("</html", "</body"), "sgml": ("</sec-document", "</ims-document")}
_PAIRS = {
    "html": (("<table", "</table"),),
    "markdown": (("<table", "</table"),),
    "sgml": (
        ("<TEXT>", "</TEXT>"),
        ("<DOCUMENT>", "</DOCUMENT>"),
        ("<SEC-DOCUMENT>", "</SEC-DOCUMENT>"),
        ("<IMS-DOCUMENT>", "</IMS-DOCUMENT>"),
    ),
}
_TAIL = 2000
"""Characters at the end of a file among which its last mark stands."""


def cut_short(name: str, text: str) -> Problem | None:
    """The problem of a file that ends in the middle; None where it is complete or cannot tell."""
    tail = text[-_TAIL:].lower()
    if any(end in tail for end in _ENDS.get(name, ())):
        return None
    left = [opening for opening, closing in _PAIRS.get(name, ()) if _last(text, opening) > _last(text, closing)]
    if name == "html" and not left and _last(text, "</html") < 0 and _last(text, "</body") < 0:
        left = [opening for opening in ("<html", "<body") if _last(text, opening) >= 0]
    if not left:
        return None
    message = f"the file ends in the middle: {left[0].rstrip('>')}> is opened and never closed"
    return Problem("R116", "error", message, help="fetch or save it again: what is missing was not checked")


def _last(text: str, mark: str) -> int:
    """Where a mark stands last, written in small letters or in capitals."""
    return max(text.rfind(mark.lower()), text.rfind(mark.upper()))
