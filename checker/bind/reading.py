"""One reading of the signs for a whole relation, and what keeps a column from being judged.

A name is read by nature or as printed (`signs`). Where that fails, lines that might be printed the other way round are
turned, but only where the turned reading agrees in two or more columns: a single column never chooses its own reading,
and a broken one has no say in it. A bound is read in one way only: so many amounts keep it that another reading would
nearly always agree.

What an auditor wrote is meant: their operators are never turned. Under a minus that they wrote, a deduction may be
printed `55` or `(55)`; nothing else may be read the other way round, and there a single column is enough, because both
printings say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from attrs import frozen

from checker.algebra import form
from checker.bind.bare import bare_number
from checker.bind.build import Builder, Use, same_measure
from checker.bind.closed import could_explain, strays
from checker.bind.exchanged import exchanged, missed
from checker.bind.lookup import Found, Scene, effective
from checker.bind.outcome import Absent
from checker.bind.signs import prints_as_income, turnable, written_signs
from checker.core.expression import (
    HUNDRED,
    Absolute,
    Add,
    Constant,
    Expression,
    Greatest,
    Least,
    Multiply,
    Variable,
    negative,
    with_parts,
)
from checker.core.figure import Figure
from checker.core.rule import Relation
from checker.core.unit import PERCENT
from checker.core.value import evolve
from checker.judge.relations import of_totals, rounded_before, why_not
from checker.judge.table import CHOOSING
from checker.judge.trial import broken, exactly_broken, one_amount, to_the_last_digit

_TURNS = 6
"""Lines that may be turned at once: 63 readings to try."""

SAME = "both sides are the same figure"


@frozen
class Manner:
    """How a relation was come by."""

    shipped: bool
    """It comes with the program: nobody has said that this issuer's statement is made up that way."""
    summing: bool
    """It names three figures or more, so that lines could be left out of it."""
    as_printed: bool = False
    """No line is tried the other way round."""


@frozen(eq=False)
class Instance:
    """A relation in one column: what its sides became, and why it may not speak or be judged."""

    builder: Builder
    left: Expression | None = None
    right: Expression | None = None
    figures: tuple[Figure, ...] = ()
    uses: tuple[Use, ...] = ()
    turned: tuple[str, ...] = ()
    percent: bool = False
    exact: bool = False
    """Its figures stand for exactly what they print."""
    reason: str | None = None
    unlicensed: str | None = None
    passed_over: str = ""
    """The caption of a line of the block that no term of the sum names."""
    confirmed: int = 0
    broken: bool | None = None
    """Whether it cannot hold in this reading; None where that is not known or it is not judged."""

    @property
    def scene(self) -> Scene:
        """The column it stands in."""
        return self.builder.scene


def best_reading(relation: Relation, columns: Sequence[Instance], manner: Manner) -> tuple[Instance, ...]:
    """The columns with one reading chosen for all of them, and each with its licence."""
    plain = [_read(relation, one, frozenset()) for one in columns]
    chosen = plain
    if not manner.shipped and not manner.as_printed and not _adds_up(relation, plain):
        chosen = [_read(relation, one, frozenset(_bracketed(relation, plain))) for one in plain]
    elif relation.comparison == "=" and not manner.as_printed and any(one.broken for one in plain):
        readings = list(_turned(relation, plain, _turnable(plain) if manner.shipped else _bracketed(relation, plain)))
        fitting = next((turned for turned in readings if _accepted(turned, 2 if manner.shipped else 1)), [])
        if not fitting and len(columns) == 1:  # brackets under a minus say the same as none, whoever wrote the minus
            fitting = next(
                (turned for turned in _turned(relation, plain, _bracketed(relation, plain)) if _accepted(turned, 1)), []
            )
        chosen = fitting or _shown_elsewhere(plain, readings) or _as_bracketed(relation, plain) or plain
    if manner.summing and relation.comparison == "=":
        chosen = [_closed(one, manner) for one in chosen]
    elif manner.shipped and relation.comparison == "=":
        chosen = [_as_one(one) for one in chosen]
    chosen = [evolve(one, confirmed=_confirmed(one, chosen)) for one in chosen]
    if not manner.shipped:
        return tuple(_asked_about(relation, one) for one in chosen)
    if manner.summing and relation.comparison == "=" and _bare(chosen):
        return tuple(evolve(one, broken=None, reason=one.reason or _NOTHING_BETWEEN) for one in chosen)
    meant = _convention(relation, chosen) if relation.comparison == "=" else None
    return tuple(evolve(one, unlicensed=_unlicensed(one, chosen, meant)) for one in chosen)


def _as_one(one: Instance) -> Instance:
    """The instance; where it says that two amounts are one, and both are rounded to the same unit, no rounding parts
    them."""
    if one.left is None or one.right is None or one.reason is not None or one.exact:
        return one
    said = form(one.left, one.right).linear
    if said is None or not one_amount(said, one.figures):
        return one
    return evolve(one, exact=True, broken=exactly_broken(one.left, one.right, one.figures))


def _asked_about(relation: Relation, one: Instance) -> Instance:
    """The instance, not applicable where a number of the rule could mean two amounts."""
    unclear = bare_number(relation, one.uses) if one.reason is None else None
    return one if unclear is None else evolve(one, broken=None, reason=unclear)


def _confirmed(one: Instance, columns: Sequence[Instance]) -> int:
    others = [other.broken for other in columns if other is not one and other.broken is not None]
    return 0 if any(others) else len(others)


def _closed(one: Instance, manner: Manner) -> Instance:
    """The instance with the line that its sum leaves out. A shipped rule is then not meant of this issuer; what an
    auditor wrote is, and is judged."""
    if one.left is None or one.right is None or one.reason is not None:
        return one
    said = form(one.left, one.right).linear
    left_out = strays(said, one.scene.book) if said is not None else ()
    if said is None or not left_out:
        return one
    if not manner.shipped:
        return evolve(one, passed_over=left_out[0].caption)
    if one.broken and of_totals(one.left, one.right, one.figures):
        misses = sum(
            (int(said.coefficients.get(each.id, 0)) * (each.value or Decimal(0)) for each in one.figures), Decimal(0)
        )
        if not could_explain(left_out, misses, sum((each.step for each in one.figures), Decimal(0))):
            return one
    return evolve(
        one,
        broken=None,
        reason=f"the sum is not closed: “{left_out[0].caption}” stands among its lines and belongs to no term",
    )


_NOTHING_BETWEEN = "nothing that leads from the one amount to the other is reported, and they differ in every period"


def _bare(columns: Sequence[Instance]) -> bool:
    """Whether all that a sum leaves of itself are two amounts, which differ in every one of several columns."""
    judged = [one for one in columns if one.reason is None and one.broken is not None]
    return len(judged) > 1 and all(one.broken and len(one.figures) == 2 for one in judged)


def _convention(relation: Relation, columns: Sequence[Instance]) -> str | None:
    """The caption of the one line that is printed the other way round throughout, whatever its words say: so read, no
    column is broken."""
    if not any(one.broken for one in columns):
        return None
    left = {one.uses[0].found.figure.id for one in columns if one.uses}
    lines = {
        (use.found.spot.statement.index, use.found.spot.line.index): use.found.spot.line.caption
        for one in columns
        for use in one.uses
        if use.found.figure.id not in left
    }
    return next(
        (
            caption
            for line, caption in lines.items()
            if _accepted([_read(relation, one, frozenset({line})) for one in columns], CHOOSING)
        ),
        None,
    )


def _unlicensed(one: Instance, columns: Sequence[Instance], meant: str | None) -> str | None:
    if not one.broken or one.left is None or one.right is None:
        return None
    if meant is not None:
        return f"it holds in every period where “{meant}” is read with the other sign"
    if rounded_before(one.left, one.right, one.figures):
        return "it misses by less than a unit of the last place: what it is made from may be rounded"
    if _dated_otherwise(one):
        return "it holds with the amounts of another column of their table: its columns are dated otherwise"
    others = [other for other in columns if other is not one and other.broken is not None]
    broken = [other for other in others if other.broken]
    if len(broken) == 1 and _exchanged(one, broken[0]):
        return None
    return why_not([bool(other.broken) for other in others], one.left, one.right, one.figures)


def _dated_otherwise(one: Instance) -> bool:
    """Whether one figure is held against amounts of another table, and comes out right with those of another column
    there."""
    assert one.left is not None and one.right is not None
    if not isinstance(one.left, Variable) or form(one.left, one.right, "=").linear is not None:
        return False
    amounts = [use.found for use in one.uses if use.found.figure.id != one.left.figure]
    own = next((use.found.spot.statement.index for use in one.uses if use.found.figure.id == one.left.figure), None)
    tables = {found.spot.statement.index for found in amounts}
    if len(tables) != 1 or own in tables:
        return False
    printed = next(figure for figure in one.figures if figure.id == one.left.figure)
    return any(broken(one.left, one.right, "=", (printed, *moved)) is False for moved in _other_columns(amounts))


def _other_columns(amounts: Sequence[Found]) -> Iterator[list[Figure]]:
    """The figures of the same lines in each other column, under the names of those that were found."""
    width = min(len(found.spot.line.figures) for found in amounts)
    for place in range(width):
        beside = [found.spot.line.figures[place] for found in amounts]
        if all(
            other is not None and other.value and other.unit == found.figure.unit
            for other, found in zip(beside, amounts, strict=True)
        ):
            yield [
                evolve(other, id=found.figure.id)
                for other, found in zip(beside, amounts, strict=True)
                if other is not None
            ]


def _exchanged(one: Instance, two: Instance) -> bool:
    """Whether one line with its columns exchanged is what breaks the relation in both of them."""
    misses = [
        missed((column.left, column.right), column.uses)
        for column in (one, two)
        if column.left is not None and column.right is not None
    ]
    return len(misses) == 2 and misses[0] is not None and misses[1] is not None and exchanged(misses[0], misses[1])


def _adds_up(relation: Relation, columns: Sequence[Instance]) -> bool:
    """Whether the relation is an equation of sums: there arithmetic chooses the reading, elsewhere (bounds, ratios) the
    printing does."""
    forms = (form(one.left, one.right).linear for one in columns if one.left is not None and one.right is not None)
    return relation.comparison == "=" and next(forms, None) is not None


def _accepted(columns: Sequence[Instance], fewest: int) -> bool:
    tried = [one.broken for one in columns if one.broken is not None]
    return len(tried) >= fewest and not any(tried)


def _as_bracketed(relation: Relation, plain: list[Instance]) -> list[Instance]:
    """The reading that takes off as such what stands under a minus and is printed in brackets throughout, where nothing
    holds otherwise: brackets under a minus say the same as none, and one column is enough to show that they do."""
    lines = _bracketed(relation, plain)
    if not lines or any(one.broken is False for one in plain):
        return []
    turned = [_read(relation, one, frozenset(lines)) for one in plain]
    lost = sum(one.broken is True for one in turned)
    return turned if lost == 1 and any(one.broken is False for one in turned) else []


def _shown_elsewhere(plain: list[Instance], readings: Sequence[list[Instance]]) -> list[Instance]:
    """The reading that all columns but one choose, where they choose one alone: then that one is broken, whatever it
    would choose itself. None where columns hold as they stand, or none is chosen."""
    if any(one.broken is False for one in plain):
        return plain
    nearly = [
        turned
        for turned in readings
        if sum(one.broken is True for one in turned) == 1 and sum(one.broken is False for one in turned) >= CHOOSING
    ]
    return nearly[0] if len(nearly) == 1 else []


def _turned(
    relation: Relation, columns: Sequence[Instance], lines: Sequence[tuple[int, int]]
) -> Iterator[list[Instance]]:
    """Every other reading of these lines, those that turn fewest first; never against what a caption itself says, never
    the left side."""
    for count in range(1, len(lines) + 1):
        for chosen in combinations(lines, count):
            yield [_read(relation, one, frozenset(chosen)) for one in columns]


def _turnable(columns: Sequence[Instance]) -> list[tuple[int, int]]:
    lines: dict[tuple[int, int], None] = {}
    for one in columns:
        left = one.uses[0].found.figure.id if one.uses else ""
        for use in one.uses:
            free = turnable(use.name, use.found, one.scene.book) and not prints_as_income(use.found)
            if free and use.found.figure.id != left:
                lines[_line(use)] = None
    return list(lines)[:_TURNS]


def _bracketed(relation: Relation, columns: Sequence[Instance]) -> list[tuple[int, int]]:
    """Deductions that the author takes away with a minus and the page prints in brackets in every column; whoever asks
    for the printed sign means it."""
    minuses = {name for name, signs in written_signs(relation).items() if signs == {-1}}
    positive = {
        _line(use)
        for one in columns
        for use in one.uses
        if (use.found.figure.value or 0) > 0
        or use.name not in minuses
        or effective(use.name, one.builder.scene.within).as_printed
    }
    return [line for line in _turnable(columns) if line not in positive]


def _line(use: Use) -> tuple[int, int]:
    return use.found.spot.statement.index, use.found.spot.line.index


def _read(relation: Relation, one: Instance, flipped: frozenset[tuple[int, int]]) -> Instance:
    """The instance with its sides built in this reading, and tried."""
    builder = one.builder
    if flipped != builder.scene.flipped:
        builder = evolve(builder, scene=evolve(builder.scene, flipped=flipped))
    left, right = builder.build(relation.left), builder.build(relation.right)
    if isinstance(left, Absent) or isinstance(right, Absent):
        absent = left if isinstance(left, Absent) else right
        return evolve(one, reason=absent.reason if isinstance(absent, Absent) else "")
    uses = (*left.uses, *right.uses)
    figures = tuple({use.found.figure.id: use.found.figure for use in uses}.values())
    in_shares = frozenset(one.id for one in figures if one.unit == PERCENT)
    whole = (left.expression, right.expression)
    percent = any(_is_percent(side, in_shares) for side in whole) or (
        bool(in_shares) and all(_of_percents(side, in_shares) for side in whole)
    )
    sides = (_percent(whole[0]), _percent(whole[1])) if percent else whole
    said = form(*sides, relation.comparison)
    result = evolve(
        one,
        builder=builder,
        left=sides[0],
        right=sides[1],
        figures=figures,
        uses=uses,
        turned=tuple(use.found.figure.id for use in uses if use.sign < 0),
        percent=percent,
    )
    if not said.figures:
        return evolve(result, reason=SAME)
    if not same_measure(left, right):
        return evolve(result, reason="its two sides are measured in different units")
    if (
        relation.comparison == "="
        and said.linear is not None
        and to_the_last_digit(figures, one.scene.book.lines.release.forces_sums)
    ):
        return evolve(result, exact=True, broken=exactly_broken(*sides, figures))
    return evolve(result, broken=broken(*sides, relation.comparison, figures))


_HUNDREDTH = Fraction(1, 100)


def _is_percent(side: Expression, percents: frozenset[str]) -> bool:
    """Whether a side is one percent figure, so that differences are to be said in points."""
    match side:
        case Multiply(Constant(value), Variable(figure)):
            return value == _HUNDREDTH and figure in percents
        case _:
            return False


def _of_percents(side: Expression, percents: frozenset[str]) -> bool:
    """Whether a side only adds up percentages, and numbers that are shares of a whole beside them."""
    match side:
        case Constant():
            return True
        case Multiply(Constant(value), Variable(figure)):
            return abs(value) == _HUNDREDTH and figure in percents
        case Multiply(Constant(), operand) | Absolute(operand):
            return _of_percents(operand, percents)
        case Add(terms) | Least(terms) | Greatest(terms):
            return all(_of_percents(term, percents) for term in terms)
        case _:
            return False


def _percent(side: Expression) -> Expression:
    """The side in percent: figures as they are printed, numbers a hundred times as large."""
    match side:
        case Constant(value):
            return Constant(100 * value)
        case Multiply(Constant(value), Variable() as figure) if abs(value) == _HUNDREDTH:
            return figure if value > 0 else negative(figure)
        case Add(terms):
            return Add(tuple(_percent(term) for term in terms))
        case Least(terms) | Greatest(terms):
            return with_parts(side, tuple(_percent(term) for term in terms))
        case Absolute(operand):
            return Absolute(_percent(operand))
        case _:
            return Multiply(HUNDRED, side)
