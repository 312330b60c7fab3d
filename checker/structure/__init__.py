"""Finds the sums that the numbers of a release bear witness to, from the arithmetic of all columns at once, with captions and layout as priors.

It adds sums, repeats and the document's habit to a release. It does not judge rounding for the report, and it never changes a figure.
"""

from __future__ import annotations

from attrs import evolve

from checker.core.release import Release
from checker.core.statement import Statement
from checker.core.structure import Sum
from checker.structure.across import across_sums
from checker.structure.down import down_sums
from checker.structure.habit import forces_sums
from checker.structure.repeats import repeats

__all__ = ["infer"]


def infer(release: Release) -> Release:
    """The release with its sums, its repeats and its habit of rounding."""
    sums = tuple(found for statement in release.statements for found in _sums(statement))
    return evolve(release, sums=sums, repeats=repeats(release), forces_sums=forces_sums(sums, release))


def _sums(statement: Statement) -> tuple[Sum, ...]:
    return (*down_sums(statement), *across_sums(statement))
