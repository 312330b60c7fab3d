"""What a comparison of two documents consists of: frozen values, no computing."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.core.report import Checked
from checker.core.value import frozen

Kind = Literal["drafts", "filing", "next"]
KINDS: tuple[Kind, ...] = ("drafts", "filing", "next")
Agreement = Literal["agrees", "rounding", "differs", "not found"]


@frozen
class Tie:
    """A published figure and what the other document prints in its place. `note` says what is odd about it."""

    old: Figure
    new: Figure | None
    agreement: Agreement
    note: str = ""


@frozen
class Change:
    """One figure that two documents print differently."""

    old: Figure
    new: Figure
    by: Fraction


@frozen
class Cause:
    """Changes that nothing else explains, and the totals, copies and ratios that moved because of them."""

    roots: tuple[Change, ...]
    moved: tuple[Change, ...]


@frozen
class Comparison:
    """Two documents side by side. Ties are empty for drafts; added and removed are empty for anything else."""

    kind: Kind
    old: Checked
    new: Checked
    ties: tuple[Tie, ...] = ()
    causes: tuple[Cause, ...] = ()
    added: tuple[Figure, ...] = ()
    removed: tuple[Figure, ...] = ()
    appeared: tuple[Finding, ...] = ()
    fixed: tuple[Finding, ...] = ()
    still: tuple[Finding, ...] = ()
    met: tuple[int, int] = (0, 0)
    """How many figures of the first were met again in the second, of how many looked for: nothing is said by a
    comparison that met none."""

    @property
    def differing(self) -> tuple[Tie, ...]:
        """Published figures that the other document prints with another amount."""
        return tuple(tie for tie in self.ties if tie.agreement == "differs")
