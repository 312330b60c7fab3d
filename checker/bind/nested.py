"""What cannot exceed what it is part of: a short period its long one, an addend its sum, where nothing negative is
printed.

Both sentences are a house's own to ask: a credit in another quarter makes the first false of a right document, so no
shipped rule does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from checker.bind.inferred import inferred
from checker.bind.lookup import Book, period_text
from checker.core.check import Check
from checker.core.expression import Variable
from checker.core.figure import Figure
from checker.core.rule import Rule
from checker.core.statement import Line
from checker.core.value import evolve


def period_checks(rule: Rule, book: Book) -> Iterator[Check]:
    """The checks of `each short period <= its long period`: the amounts of one line in two periods, the one within the
    other."""
    for statement in book.lines.release.statements:
        for line in statement.lines:
            flows = _flows(line)
            if not any((figure.value or 0) < 0 for figure in flows):
                for one, two in combinations(flows, 2):
                    short, long = sorted((one, two), key=_months)
                    if _within(short, long):
                        yield _check(
                            rule,
                            short,
                            long,
                            f"{short.caption}, {period_text(short.period)} <= {period_text(long.period)}",
                        )


def part_checks(rule: Rule, book: Book) -> Iterator[Check]:
    """The checks of `each part <= its whole`: every addend of an inferred sum that adds up amounts none of which is
    negative."""
    figures = book.lines.figures
    for one in book.lines.release.sums:
        for instance in one.instances:
            parts = [figures[key] for coefficient, key in instance.terms if coefficient > 0]
            whole = figures[instance.total]
            if len(parts) == len(instance.terms) and not any((figure.value or 0) < 0 for figure in (whole, *parts)):
                for part in parts:
                    yield _check(rule, part, whole, f"{part.caption} <= {whole.caption}")


def _flows(line: Line) -> Sequence[Figure]:
    """The amounts of a line that cover a stretch of time."""
    return [
        figure
        for figure in line.figures
        if figure is not None and figure.additive and figure.value is not None and _months(figure)
    ]


def _months(figure: Figure) -> int:
    return figure.period.months or 0 if figure.period is not None else 0


def _within(short: Figure, long: Figure) -> bool:
    one, two = short.period, long.period
    if (
        one is None
        or two is None
        or short.unit != long.unit
        or _months(short) == _months(long)
        or one.start is None
        or two.start is None
    ):
        return False
    return one.end is not None and two.end is not None and two.start <= one.start and one.end <= two.end


def _check(rule: Rule, less: Figure, more: Figure, relation: str) -> Check:
    return evolve(inferred(rule, relation, Variable(more.id), (less, more)), comparison="<=")
