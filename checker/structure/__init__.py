"""Finds the sums that the numbers of a release bear witness to, from the arithmetic of all columns at once, with
captions and layout as priors.

It adds sums, repeats and the document's habit to a release. It does not judge rounding for the report, and it never
changes a figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.core.release import Release
from checker.core.statement import Statement
from checker.core.structure import Sum
from checker.core.value import evolve
from checker.judge import table
from checker.structure.across import across_sums
from checker.structure.blanks import blanks
from checker.structure.down import down_sums
from checker.structure.draft import Draft
from checker.structure.equal_lines import equal_lines
from checker.structure.habit import forces_sums
from checker.structure.licence import licences
from checker.structure.line_slips import blank
from checker.structure.repeats import repeats
from checker.structure.shifted import shifted, shifts
from checker.structure.state import state
from checker.structure.unprinted import unprinted
from checker.structure.workings import reckonings

__all__ = ["infer"]


def infer(release: Release) -> Release:
    """The release with its sums, its repeats, its habit of rounding and what its formulas say."""
    drafts = [draft for statement in release.statements for draft in _drafts(statement)]
    forced = forces_sums(draft for draft in drafts if not draft.fit.apart)
    sums = tuple(_stated(drafts, release.statements, forced))
    worked, notes = reckonings(release)
    off = tuple(shifts(release, sums))
    alone = blanks(release, sums, {shift.statement for shift in off})
    lines = (*equal_lines(release, sums), *unprinted(release, sums))
    problems = (*release.problems, *lines, *shifted(release, off), *alone, *notes)
    return evolve(
        release, sums=sums, repeats=repeats(release), forces_sums=forced, problems=problems, reckonings=worked
    )


def _stated(drafts: Sequence[Draft], statements: Sequence[Statement], forced: bool | None) -> Iterator[Sum]:
    """The sums as they may speak. Where many lines of a document seem to print nothing in a column of theirs, it is our
    reading, and none is said to."""
    allowed = [licences(draft, forced) if draft.slip is None else {} for draft in drafts]
    table_of = {statement.index: statement for statement in statements}
    silent = [(at, draft) for at, draft in enumerate(drafts) if draft.slip is None and not allowed[at]]
    lacking = {at: slip for at, draft in silent if (slip := blank(draft, table_of[draft.statement])) is not None}
    few = len(lacking) <= table.BLANKS
    for at, draft in enumerate(drafts):
        yield state(evolve(draft, slip=lacking[at]) if few and at in lacking else draft, allowed[at])


_NAMED = 10
"""One line with figures of so many at least has a caption in a table whose sums mean something."""


def _is_named(statement: Statement) -> bool:
    lines = [line for line in statement.lines if any(line.figures)]
    return _NAMED * sum(1 for line in lines if line.caption) >= len(lines)


def _drafts(statement: Statement) -> list[Draft]:
    """The sums of a table, those down its columns first, in the order of their totals; none where its lines are not
    named: numbers alone are no statement."""
    if not _is_named(statement):
        return []
    found = sorted(down_sums(statement), key=lambda draft: draft.grid.items[draft.fit.total].position)
    return [*found, *across_sums(statement)]
