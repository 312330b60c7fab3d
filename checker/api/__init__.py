"""The public door: what `import checker` offers. Everything else in the package may change from one version to the
next.

    import checker

    report = checker.check("release.html", rules=["house.rules"])
    for finding in report.findings:
        print(finding.severity, finding.check.in_words, finding.difference)

Amounts are exact (`Decimal` as printed, `Fraction` where computed), in units of the currency: thousands and millions
are written out. No function reaches the network, writes a file or keeps anything of a document.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.api.answers import Report
    from checker.api.door import (
        Document,
        Options,
        Rules,
        check,
        compare,
        explain,
        extract,
        load_rules,
        to_dict,
        to_frame,
    )
    from checker.api.errors import Refused
    from checker.compare.values import Comparison
    from checker.core.figure import Figure
    from checker.core.finding import Finding
    from checker.core.problem import Problem
    from checker.core.report import Outcome

__all__ = [
    "Comparison",
    "Document",
    "Figure",
    "Finding",
    "Options",
    "Outcome",
    "Problem",
    "Refused",
    "Report",
    "Rules",
    "check",
    "compare",
    "explain",
    "extract",
    "load_rules",
    "to_dict",
    "to_frame",
]

_HOMES = {
    "Comparison": "checker.compare.values",
    "Figure": "checker.core.figure",
    "Finding": "checker.core.finding",
    "Outcome": "checker.core.report",
    "Problem": "checker.core.problem",
    "Refused": "checker.api.errors",
    "Report": "checker.api.answers",
}
"""Where a name lives that is not a part of the door itself: each is imported when it is asked for, so that the command
line waits for none of them."""


def _at_home(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'checker.api' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "checker.api.door")), name)


if not TYPE_CHECKING:  # or a type checker would believe that every name is there
    __getattr__ = _at_home
