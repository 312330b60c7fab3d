"""Quantities that a claim can be about, in any period: a line of a statement, earnings per share, a defined
quantity."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from attrs import frozen

from checker.algebra.exact import exact, magnitude
from checker.bind.build import Builder
from checker.bind.claims.names import Key, Meanings, key
from checker.bind.expand import expand
from checker.bind.index import Spot, rank
from checker.bind.lookup import Scene
from checker.bind.narrow import Narrowing
from checker.bind.outcome import Absent
from checker.bind.periods import answers
from checker.core.caption import normal
from checker.core.expression import HUNDRED, Expression, Multiply, Variable
from checker.core.figure import Figure
from checker.core.period import Period, near
from checker.core.remembered import remembered
from checker.core.rule import Definition
from checker.core.statement import Column
from checker.core.unit import NUMBER, PERCENT, RATIO, Unit
from checker.core.value import evolve
from checker.judge.trial import printed

_PLAIN = re.compile(
    r"|percent|gaap|(?:as )?reported|as adjusted|actual|consolidated|total|total company|unaudited|audited|"
    r"amount|us gaap|restated|as restated|"
    r"(?:(?:us )?dollars |amounts |figures )?in (?:thousands|millions|billions)(?: .*)?"
)
_TITLES = frozenset(
    "consolidated condensed financial highlights statement statements summary selected data results key figures of and"
    " or at for the unaudited income operations earnings balance sheet sheets as reported".split()
)
"""Words of a table's own title, which its head may print over all columns."""
_SHORT_NAME = 4
"""Words of "Acme consolidated", at most one fewer."""
_ROLES = frozenset({"amount", "shares", "per share", "count", "average", "rate", "price", "ratio"})
_SHARE_WORDS = frozenset(
    [
        "net",
        "income",
        "loss",
        "earning",
        "per",
        "share",
        "basic",
        "diluted",
        "common",
        "eps",
        "stockholder",
        "available",
        "applicable",
        "primary",
        "fully",
        "ordinary",
        "assuming",
        "dilution",
        "profit",
        "weighted",
        "average",
    ]
)
_NOT_EARNINGS = re.compile(
    r"dividend|book value|price|equity|cash flow|weighted|proceeds|distribution|tangible|market|exercise", re.IGNORECASE
)


@frozen
class Amount:
    """A quantity in one period: its expression over figures and what that comes to as printed."""

    expression: Expression
    figures: tuple[Figure, ...]
    value: Fraction


@frozen(eq=False)
class Target:
    """A quantity: what it is called, and its amount in a period (None where the release does not report it, or reports
    several)."""

    name: str
    at: Callable[[Period], Amount | None]
    percent: bool = False
    exact: bool = True
    shared: bool = False
    """Whether other tables print a line of the same name, so that only the digits of an amount tell that this is
    meant."""


def targets(words: Key, unit: Unit, meanings: Meanings) -> tuple[Target, ...]:
    """The quantities that a phrase names exactly and that are measured in `unit`, best first."""
    if not words and not unit.is_per_share:
        return ()
    found: list[Target] = []
    definition = meanings.definition(words)
    if definition is not None and _is_printed_in(definition, unit):
        found.append(_defined(definition, meanings))
    if unit.is_per_share:
        found += _per_share(words, unit, meanings)
    else:
        named = meanings.exact(words)
        found += [_lines(spots, unit) for spots in named]
        found += [_in_table(spots, unit) for same in named for spots in _by_table(same)]
        if not found and (spots := meanings.within(words)):
            found.append(evolve(_lines(spots, unit), exact=False))
    return tuple(found)


def _by_table(spots: Sequence[Spot]) -> list[tuple[Spot, ...]]:
    """The lines of one name, table by table, where several tables print them: one of a part of the company may say
    otherwise than that of the whole, and only an amount that agrees can tell which is meant."""
    found: dict[int, list[Spot]] = {}
    for spot in spots:
        found.setdefault(spot.statement.index, []).append(spot)
    return [tuple(lines) for lines in found.values()] if len(found) > 1 else []


def _in_table(spots: Sequence[Spot], unit: Unit) -> Target:
    """The lines of one table, called after it, so that they bear witness for none of the same name elsewhere."""
    made, statement = _lines(spots, unit), spots[0].statement
    return evolve(
        made, name=f"{made.name} ({statement.title or f'table {statement.index + 1}'})", exact=False, shared=True
    )


def local(words: Key, unit: Unit, meanings: Meanings, statements: frozenset[int]) -> tuple[Target, ...]:
    """The same of some tables alone; only amounts that agree can tell that these are meant."""
    named = (tuple(spot for spot in spots if spot.statement.index in statements) for spots in meanings.exact(words))
    return tuple(evolve(_lines(spots, unit), exact=False) for spots in named if spots)


def _is_printed_in(definition: Definition, unit: Unit) -> bool:
    """Whether a definition computes what a text states in this unit."""
    if definition.printed_as == "per share" or "per share" in normal(definition.name):
        return unit.is_per_share
    match definition.printed_as:
        case "percent":
            return unit == PERCENT
        case "ratio" | "times":
            return unit == RATIO
        case _:
            return not unit.is_per_share and not unit.is_relative


@remembered(1024)
def _is_whole(member: str) -> bool:
    """Whether what a head says besides its period names no part of the company and no other basis."""
    words = normal(member)
    if _PLAIN.fullmatch(words) or set(words.split()) <= _TITLES:
        return True
    return words.endswith(" consolidated") and len(words.split()) < _SHORT_NAME


def columns(spot: Spot) -> Sequence[Column]:
    """The columns that show the whole company as reported; percentages and changes aside, unless percentages are all
    that a table shows."""
    statement = spot.statement
    roles = _ROLES if any(column.role in _ROLES for column in statement.columns) else {"percent"}
    usable = [column for column in statement.columns if column.role in roles and column.index < len(spot.line.figures)]
    plain = [column for column in usable if _is_whole(column.member)]
    totals = [column for column in plain if normal(column.member).endswith(("total", "consolidated", "total company"))]
    return (
        totals
        if totals and len(plain) > len(totals) and len({column.period for column in plain}) < len(plain)
        else plain
    )


def suits(figure: Figure, unit: Unit) -> bool:
    """Whether the figure is measured in what the text says."""
    return figure.unit == unit or (unit == NUMBER and not figure.unit.is_relative and not figure.unit.is_per_share)


def _dated(spot: Spot, unit: Unit) -> list[tuple[Figure, Period | None]]:
    """The figures of a line in this unit, with their periods."""
    shown = [
        (figure, column)
        for column in columns(spot)
        if (figure := spot.line.figures[column.index]) is not None and figure.value is not None
    ]
    return [(figure, figure.period or column.period) for figure, column in shown if suits(figure, unit)]


def figures_at(spot: Spot, unit: Unit, period: Period) -> list[Figure]:
    """What the line reports for the period."""
    return [figure for figure, printed in _dated(spot, unit) if answers(printed, period)]


def _leading_to(spots: Sequence[Spot], unit: Unit, day: Period) -> list[Figure]:
    """What flows come to that a text gives for a day alone, "(30 June 2023: £41m)": those of the one stretch that ends
    on it, where no line is of a day."""
    dated = [pair for spot in spots for pair in _dated(spot, unit)]
    ending = [(figure, printed) for figure, printed in dated if printed is not None and near(printed.end, day.end)]
    if (
        any(printed is None or printed.is_instant for _, printed in dated)
        or len({printed.months for _, printed in ending}) != 1
    ):
        return []
    return [figure for figure, _ in ending]


def _lines(spots: Sequence[Spot], unit: Unit) -> Target:
    caption = spots[0].line.caption.strip().rstrip(":")

    def at(period: Period) -> Amount | None:
        found = printed_for(period)
        return None if found is not None and _is_all(found, unit) else found

    def printed_for(period: Period) -> Amount | None:
        for level in sorted({rank(spot.statement) for spot in spots}):
            found = [
                figure for spot in spots if rank(spot.statement) == level for figure in figures_at(spot, unit, period)
            ]
            if found:
                return one(found)
        leading = _leading_to(spots, unit, period) if period.is_instant else []
        return one(leading) if leading else None

    return Target(caption, at)


def _is_all(amount: Amount, unit: Unit) -> bool:
    """Whether a line is the whole that others are a share of: 100 % of itself, and nothing that a sentence tells."""
    return unit == PERCENT and amount.value == HUNDRED.value


def one(found: Sequence[Figure]) -> Amount | None:
    """The one amount that several printings show, from the finest of them; None where another is not what that rounds
    to."""
    best = min(found, key=lambda figure: figure.step)
    value = Fraction(best.value or 0)
    for figure in found:
        coarser = exact(figure.step) if figure.step > best.step else 0
        if figure.value != best.value and 2 * abs(magnitude(exact(figure.value or 0)) - abs(value)) > coarser:
            return None
    return Amount(Variable(best.id), (best,), value)


def _per_share(words: Key, unit: Unit, meanings: Meanings) -> list[Target]:
    """Earnings per share, however the text calls them; other amounts per share by their caption alone."""
    extra = set(words) - _SHARE_WORDS
    if extra:
        named = [_lines(spots, unit) for spots in meanings.exact(words)]
        return named or [evolve(_lines(spots, unit), exact=False) for spots in meanings.exact((*words, "per", "share"))]
    anywhere = [
        spot
        for found in meanings.lines.values()
        for spot in found
        if any(figure is not None and figure.unit == unit for figure in spot.line.figures)
        and not _NOT_EARNINGS.search(" ".join((spot.line.caption, *spot.line.under[-1:])))
        and not set(key(" ".join((*spot.line.under[-1:], spot.line.caption))))
        - _SHARE_WORDS
        - {"weighted", "outstanding", "data", "amount", "after"}
    ]
    spots = [spot for spot in anywhere if rank(spot.statement) == 0]
    if not spots and words:  # a table without a title may be all that a release prints
        spots = [spot for spot in anywhere if key(spot.line.caption) == words]
    if not spots:
        return []
    said = {"basic", "diluted"} & set(words)
    if said:
        narrowed = [spot for spot in spots if said & _which(spot)]
        return [_lines(narrowed, unit)] if narrowed else []
    kinds = [[spot for spot in spots if which in _which(spot) or not _which(spot)] for which in ("diluted", "basic")]
    return [_lines(spots, unit), *(evolve(_lines(kind, unit), exact=False) for kind in kinds if kind)]


def _which(spot: Spot) -> set[str]:
    """Whether the line is basic or diluted earnings per share, or says neither."""
    return {"basic", "diluted"} & set(key(" ".join((*spot.line.under[-1:], spot.line.caption))))


def _defined(definition: Definition, meanings: Meanings) -> Target:
    book = meanings.book
    expr = expand(definition.expression, book.names)
    percent = definition.printed_as == "percent"

    def at(period: Period) -> Amount | None:
        for statement in sorted(
            book.lines.release.statements, key=lambda statement: (statement.summary, rank(statement), statement.index)
        ):
            for column in statement.columns:
                if (
                    column.role != "amount"
                    or column.period is None
                    or not answers(column.period, period)
                    or not _PLAIN.fullmatch(normal(column.member))
                ):
                    continue
                built = Builder(Scene(book, statement, column, Narrowing()), True).build(expr)
                if isinstance(built, Absent):
                    continue
                figures = tuple({use.found.figure.id: use.found.figure for use in built.uses}.values())
                value = printed(built.expression, {figure.id: Fraction(figure.value or 0) for figure in figures})
                if value is None or not figures or (percent and any(figure.unit.is_per_share for figure in figures)):
                    continue  # a reconciliation of amounts per share is rounded too coarsely to compute a rate from
                return (
                    Amount(Multiply(HUNDRED, built.expression), figures, 100 * value)
                    if percent
                    else Amount(built.expression, figures, value)
                )
        return None

    return Target(definition.name, at, percent)
