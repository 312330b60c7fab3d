"""Figures that are printed twice: the same caption, unit and period in several places of one document."""

from __future__ import annotations

from checker.core.release import Release
from checker.core.structure import Repeat


def repeats(release: Release) -> tuple[Repeat, ...]:
    """Pairs of figures that should be the same amount."""
    return ()
