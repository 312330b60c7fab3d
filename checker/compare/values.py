"""What a comparison of two documents consists of: frozen values, no computing."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.core.report import Checked, Outcome
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
class Renamed:
    """A line that has another caption in the second draft, or stands under another heading: its figures in pairs."""

    pairs: tuple[tuple[Figure, Figure], ...]

    @property
    def was(self) -> Figure:
        """A figure of the line as it was."""
        return self.pairs[0][0]

    @property
    def now(self) -> Figure:
        """The same figure as it stands now."""
        return self.pairs[0][1]


@frozen
class Comparison:
    """Two documents side by side. Ties are empty for drafts; added, removed and renamed are empty for anything else.
    Sentences are tied of a release and its filing alone."""

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
    renamed: tuple[Renamed, ...] = ()
    sentences: tuple[Tie, ...] = ()
    """What the filing says of each amount that a sentence of the release states."""
    outcome: Outcome | None = None
    """What the gate decided of it, where one was asked."""

    @property
    def differing(self) -> tuple[Tie, ...]:
        """Published figures, of tables and sentences, that the other document prints with another amount."""
        return tuple(tie for tie in (*self.ties, *self.sentences) if tie.agreement == "differs")
