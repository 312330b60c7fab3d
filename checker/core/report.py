"""The answer: every document with its figures, findings and problems."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import field

from checker.core.claim import Claim
from checker.core.figure import Figure, Status, Unread
from checker.core.finding import Finding
from checker.core.original import Original
from checker.core.problem import Problem
from checker.core.release import Source
from checker.core.statement import Statement
from checker.core.value import frozen

LOOSE = 100
"""A figure that may move by more than one in so many of itself unnoticed is loosely tested,"""
SLIPS = 10
"""and one of which more than one wrong digit in so many would go unnoticed."""
_LONGEST = 30
"""Digits that are looked at one by one: no printed amount has as many."""


@frozen
class Coverage:
    """What the findings say of one figure."""

    status: Status = "untested"
    noticed_from: Fraction | None = None
    """The smallest change of the figure that would turn some finding into a violation; None: no change would."""
    ticks: tuple[str, ...] = ()
    tied: bool = False
    """All that rests on it holds it against one other printing, to which its own amount tied it."""

    @property
    def tested(self) -> bool:
        """Whether a decided equality rests on it."""
        return self.status != "untested"

    def is_loose(self, figure: Figure) -> bool:
        """Whether an error of more than 1 % of that figure, which this is said of, or more than one wrong digit in ten,
        would go unnoticed although a check rests on it, or its own amount alone tied it to what it is held against."""
        if self.tied and self.tested and self.status != "violated":
            return True
        if not self.tested or not figure.value or figure.scaled is None or self.noticed_from is None:
            return False
        amount, step, scale = figure.scaled
        above, below = self.noticed_from.as_integer_ratio()
        if LOOSE * above * scale > abs(amount) * below:  # in whole numbers: it is asked of every figure
            return True
        return bool(step) and _unnoticed(abs(amount) // step, -(-above * scale // (below * step)))


def _unnoticed(number: int, least: int) -> bool:
    """Whether more than one in ten of the wrong digits that can stand in a number change it by less than `least`, in
    units of its last place."""
    digits = str(number)[-_LONGEST:]
    unnoticed = 0
    for place, digit in enumerate(reversed(digits)):
        reach = min(-(-least // 10**place) - 1, 9)  # digits up or down that change it by less
        if reach < 1:
            break
        here = int(digit)
        unnoticed += min(reach, here) + min(reach, 9 - here)
    return SLIPS * unnoticed > 9 * len(digits)


@frozen
class Summary:
    """Counts over one document. `figures` and what follows it count table figures other than zero; findings count those
    not waived."""

    figures: int
    agreed: int
    rounding: int
    violated: int
    untested: int
    loosely_tested: int
    agrees: int
    roundings: int
    violations: int
    notes: int
    not_applicable: int


@frozen
class Told:
    """Counts over the amounts that sentences state: tied to a table, held only against other amounts of the text, or
    tied to nothing, by reason."""

    amounts: int
    tied: int
    together: int
    untied: tuple[tuple[str, int], ...] = ()
    """Why, as what one says of the amounts, and of how many; together with those above they are all."""


@frozen
class Against:
    """What became of a document's figures that were held against one file: its accounts, its facts, or the figures of
    another document."""

    path: str
    sha256: str
    looked_for: int = 0
    """Figures of the primary statements, of all tables where there are none, in the periods that the file tells of."""
    found: int = 0
    """Those of them that were tied."""
    agreed: int = 0
    rounding: int = 0
    differing: int = 0
    sentences: int = 0
    """Amounts of sentences that were tied."""
    unmet: tuple[tuple[str, int], ...] = ()
    """Why table figures were not tied, and how many; with those above they are all of the document."""
    entries: int = 0
    """Figures of the file."""
    entries_met: int = 0
    """Those of them that the document prints."""

    @property
    def met(self) -> int:
        """Table figures that were tied."""
        return self.agreed + self.rounding + self.differing

    @property
    def name(self) -> str:
        """What reports call the file."""
        return self.path.replace("\\", "/").rpartition("/")[2]

    @property
    def in_words(self) -> str:
        """How many figures were tied, and why the others were not."""
        sentences = (
            f" and {self.sentences} {'amount' if self.sentences == 1 else 'amounts'} of sentences"
            if self.sentences
            else ""
        )
        differ = f"{self.differing} of the figures {'differs' if self.differing == 1 else 'differ'}"
        tied = f"{self.met} table {'figure' if self.met == 1 else 'figures'}{sentences} tied, {differ}"
        rest = "; ".join(f"{count} {why}" for why, count in self.unmet)
        return f"against {self.name}: {tied}" + (f"; not tied: {rest}" if rest else "")


@frozen
class Tagged:
    """Counts over the facts that the tags of a filing state."""

    facts: int
    tied: int
    """Stand on a printed figure that was read."""
    agree: int
    """State the amount that it prints, signs aside."""
    doubtful: int
    """Differ from what was read, whole lines at a time: the reading is in doubt, or the tags are."""
    hidden: int
    """State an amount that no shown part of the page tags."""
    calculations: int = 0
    """Relations of the calculation linkbase that was read with them."""


PASSED, FOUND = 0, 1
"""The statuses of an outcome that was reached: nothing keeps the document from passing, or findings do."""


@frozen
class Outcome:
    """What the gate says of a document or of a run: the exit status, in sentences why it is not 0, and what was set to
    ask for less than usual."""

    status: int = PASSED
    reasons: tuple[str, ...] = ()
    weakened: tuple[str, ...] = ()
    """Each as its source, a colon, and what it sets: `tieout.toml: ignore 3, min-coverage 0`."""

    @property
    def passed(self) -> bool:
        """Whether it may be published, as far as the gate was asked."""
        return self.status == PASSED

    @property
    def unchecked(self) -> bool:
        """Whether too little was read for the findings, or their absence, to mean anything."""
        return self.status not in (PASSED, FOUND)


@frozen
class Applied:
    """What became of one rule of the house in one document: how often it was judged or, where it never was, why, and
    what its names resemble there."""

    rule: str
    judged: int
    never: str = ""
    nearest: tuple[str, ...] = ()
    """Captions of the document that are nearest to names of the rule which are none."""


@frozen
class Checked:
    """One document with all that was found in it."""

    source: Source
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    coverage: Mapping[str, Coverage]
    """By figure id; every figure has an entry."""
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    summary: Summary
    lines: tuple[str, ...] = field(default=(), repr=False)
    """The source's lines as text, for reports that show them (empty where the source has none)."""
    claims: tuple[Claim, ...] = field(default=(), repr=False)
    """What its sentences state, for reports that show them; the figures stand among `figures`."""
    applied: tuple[Applied, ...] = ()
    """What became of the rules that are not shipped, in the order of the rulebook."""
    elsewhere: Mapping[str, str] = field(factory=dict)
    """The rules of the house that are for other documents, by their ids, and for which."""
    outcome: Outcome | None = None
    """What the gate decided; None where no gate was asked."""
    told: Told | None = None
    """What became of the amounts of its sentences; None where no sentence was asked."""
    unread: tuple[Unread, ...] = ()
    """What stands in columns of figures, means an amount and could not be read."""
    original: Original = field(default=(), repr=False)
    """The document as it looks, for reports that show it; empty where nobody asked."""
    tagged: Tagged | None = None
    """What became of the facts that its tags state; None where it has none."""
    against: tuple[Against, ...] = ()
    """What became of it against the files that it was held against, in their order."""


@frozen
class RunRules:
    """What was applied: the hash over all rule files, and every override and skip in words."""

    sha256: str
    files: tuple[tuple[str, str], ...]
    overrides: tuple[str, ...]


@frozen
class Report:
    """One run over any number of documents, in the order they were given."""

    version: str
    rules: RunRules
    configuration: Mapping[str, str]
    documents: tuple[Checked, ...]
    problems: tuple[Problem, ...] = ()
    """Trouble that belongs to no document: with folders, configuration, waivers, the baseline."""
    root: str = ""
    """The folder that relative paths count from, for formats that must name files so; empty: paths stay as they were
    given."""
    outcome: Outcome | None = None
    """What the gate decided of the whole run; None where no gate was asked."""
