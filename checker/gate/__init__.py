"""The gate: what blocks a publication, and the exit status that says so. The only place where severity meets exit
status; it judges no number."""

from __future__ import annotations

from checker.gate.settings import Settings
from checker.gate.status import (
    CLEAN,
    FINDINGS,
    INTERNAL,
    INTERRUPTED,
    UNREADABLE,
    USAGE,
    decide,
    decided,
    of_run,
    worst,
)

__all__ = [
    "CLEAN",
    "FINDINGS",
    "INTERNAL",
    "INTERRUPTED",
    "UNREADABLE",
    "USAGE",
    "Settings",
    "decide",
    "decided",
    "of_run",
    "worst",
]
