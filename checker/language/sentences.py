"""Says in one sentence what is wrong where the parser stopped."""

from __future__ import annotations

from checker.core.rule import Span
from checker.language.fault import Fault
from checker.language.syntax import Stop


def explain(stop: Stop, text: str, span: Span) -> Fault:
    """The fault at which a declaration could not go on."""
    what = f"`{stop.text.strip()}` is not expected here" if stop.kind not in ("$END", "_NL") else "the line ends here"
    return Fault("E100", stop.span, what)
