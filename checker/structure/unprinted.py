"""A line that a statement of its kind never leaves out: the total of one side of a balance sheet, the balance that
opens a period.

The lines of a subtotal that was deleted still come to the total after it, so that no sum tells; its caption does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from checker.core.problem import Problem
from checker.core.release import Release
from checker.core.statement import PRIMARY, Line, Statement
from checker.core.structure import Sum
from checker.judge.table import CARRIED_LINES, WHOLE_LINES
from checker.lexicon.captions import begins, ends
from checker.lexicon.companions import basis, is_summed_up, lacking


def unprinted(release: Release, sums: Sequence[Sum]) -> Iterator[Problem]:
    """A warning for each statement that prints one of two lines that go together, and not the other; a balance that
    stands in a sum has its other end there, whatever that is called, or was carried from nowhere."""
    summed = {
        (one.statement, line)
        for one in sums
        if one.kind in ("total", "roll-forward") and any(each.holds for each in one.instances)
        for line in (one.total, *(item for _, item in one.terms))
    }
    for at, statement in enumerate(release.statements):
        lines = [line for line in statement.lines if not line.is_heading]
        headings = [line.caption for line in statement.lines if line.is_heading]
        if not _is_whole(statement, lines) or any(line.untold for line in statement.lines):
            continue
        told = lacking(statement.kind, [line.caption for line in lines], headings)
        found = (lines[told[0]], told[1]) if told is not None else _diluted(statement, lines, headings)
        if found is None or (told is not None and _again(lines, found[0])):
            continue
        near = release.statements[max(at - 1, 0) : at + 2]
        if told is not None and not lacking(statement.kind, _captions(_of_kind(near, statement)), headings):
            continue  # a statement that goes on in the next table
        beside, name = found
        if _carries(beside) and any(_carries(line) and (statement.index, line.index) in summed for line in lines):
            continue
        figure = next(figure for figure in beside.figures if figure is not None)
        message = f"a statement prints “{' '.join(beside.caption.split())}” and not {name}"
        yield Problem("P206", "warning", message, release.source.path, figure.place)


def _of_kind(near: Sequence[Statement], statement: Statement) -> Iterator[Statement]:
    return (one for one in near if one.kind == statement.kind)


def _captions(statements: Iterable[Statement]) -> list[str]:
    return [line.caption for one in statements for line in one.lines if not line.is_heading]


def _carries(line: Line) -> bool:
    return begins(line.caption) or ends(line.caption)


def _diluted(statement: Statement, lines: Sequence[Line], headings: Sequence[str]) -> tuple[Line, str] | None:
    """The basic one of two numbers of shares, or amounts per share, whose diluted one is not printed, or the other way
    round, where both of the other kind are."""
    if statement.kind != "income statement":
        return None
    kinds: dict[str, dict[str, Line]] = {"shares": {}, "amount per share": {}}
    unsaid: set[str] = set()
    for line in lines:
        word = basis(line.caption)
        figure = next(figure for figure in line.figures if figure is not None)
        if figure.is_rate or figure.is_count:
            kind = "shares" if figure.is_count else "amount per share"
            if word is None:
                unsaid.add(kind)
            else:
                kinds[kind].setdefault(word, line)
    orders = (("shares", "amount per share", "basic"), ("amount per share", "shares", None))
    for kind, other, skipped in orders:  # some print the diluted number of shares alone
        alone = kinds[kind]
        if kind in unsaid:  # "Profit per share", beside that which is diluted
            continue
        if set(kinds[other]) == {"basic", "diluted"} and len(alone) == 1:
            word, line = next(iter(alone.items()))
            gone = "diluted" if word == "basic" else "basic"
            if word != "both" and gone != skipped and not any(basis(heading) is not None for heading in headings):
                return line, f"the {gone} {kind}"
    return None


def _is_whole(statement: Statement, lines: Sequence[Line]) -> bool:
    """Whether a table is no excerpt, which prints what it likes."""
    least = WHOLE_LINES if statement.kind in PRIMARY else CARRIED_LINES
    return not statement.summary and len(lines) >= least and not is_summed_up([line.caption for line in lines])


def _again(lines: Sequence[Line], beside: Line) -> bool:
    """Whether another line prints the same in every column: what is wanted, under another name."""
    amounts = _amounts(beside)
    return any(line is not beside and _amounts(line) == amounts for line in lines)


def _amounts(line: Line) -> list[Decimal | None]:
    values = (None if figure is None else figure.value for figure in line.figures)
    return [value if value is not None and value.is_finite() else None for value in values]
