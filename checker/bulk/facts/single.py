"""One relation in one row, as the check that a run over one release would judge: what is not linear, and what is told
of a finding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from checker.bind.build import OPERATORS, stated
from checker.bind.lookup import period_text
from checker.bind.outcome import Absent
from checker.bulk.facts.compiled import Rated
from checker.bulk.facts.table import AMBIGUOUS, INSTANT, Block
from checker.core.check import Check, Threshold
from checker.core.expression import Constant, Expression, Variable, negative, uses
from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.place import Place
from checker.core.rule import Amount, Binary, Call, Either, Expr, Name, Negative, Optional, Prefix, Shifted, Tolerance
from checker.core.unit import RATIO, SHARES, Unit, money, per_share
from checker.functions import FUNCTIONS
from checker.judge.trial import printed

_NOWHERE = Place(1, 1, (0, 0))
CENTURY = dt.date(1970, 1, 1)


@frozen(eq=False)
class Row:
    """A row of a block, with the figures that one relation has met there."""

    block: Block
    number: int
    figures: dict[int, Figure] = field(factory=dict)
    """By their slot."""

    @property
    def period(self) -> Period:
        """The period of the row."""
        return period_of(self.block, self.number)


def period_of(block: Block, number: int) -> Period:
    """The period of a row."""
    months, end = int(block.row["months"][number]), day(int(block.row["end"][number]))
    return Period(None, end, None) if months == INSTANT else Period(day(int(block.row["start"][number])), end, months)


def day(number: int) -> dt.date:
    """The date of a count of days."""
    return CENTURY + dt.timedelta(days=number)


def build(expr: Expr, row: Row, prefixes: tuple[Prefix, ...] = ()) -> Expression | Absent:
    """The expression over figures, or the first reason why there is none."""
    match expr:
        case Amount():
            return Constant(stated(expr))
        case Name():
            return _named(expr, row, prefixes)
        case Optional():
            inner = build(expr.operand, row, prefixes)
            return Constant(Fraction(0)) if isinstance(inner, Absent) and inner.kind == "missing" else inner
        case Either():
            return _either(expr, row, prefixes)
        case Negative():
            return _over(lambda parts: negative(parts[0]), [build(expr.operand, row, prefixes)])
        case Shifted():
            return build(expr.operand, row, (expr.prefix, *prefixes))
        case Call():
            return _over(FUNCTIONS[expr.function].build, [build(one, row, prefixes) for one in expr.operands])
        case Binary():
            return _over(OPERATORS[expr.operator], [build(one, row, prefixes) for one in (expr.left, expr.right)])


def _over(
    make: Callable[[tuple[Expression, ...]], Expression], parts: Sequence[Expression | Absent]
) -> Expression | Absent:
    found: list[Expression] = []
    for part in parts:
        if isinstance(part, Absent):
            return part
        found.append(part)
    return make(tuple(found))


def _either(expr: Either, row: Row, prefixes: tuple[Prefix, ...]) -> Expression | Absent:
    missing: Absent | None = None
    for option in expr.options:
        built = build(option, row, prefixes)
        if not isinstance(built, Absent) or built.kind == "ambiguous":
            return built
        missing = missing or built
    return missing or Absent("nothing is reported")


def _named(name: Name, row: Row, prefixes: tuple[Prefix, ...]) -> Expression | Absent:
    slot = row.block.compiled.slot(name, prefixes)
    if row.block.fact[slot, row.number] == AMBIGUOUS:
        return Absent(f"{name.text} is ambiguous: several facts mean it", "ambiguous")
    if row.block.fact[slot, row.number] < 0:
        return Absent(f"{name.text} is not reported")
    return Variable(_figure(name.text, slot, row).id)


def _figure(caption: str, slot: int, row: Row) -> Figure:
    """The fact as a figure."""
    known = row.figures.get(slot)
    if known is None:
        block, number = row.block, row.number
        fact = int(block.fact[slot, number])
        value, step = amount(block, fact, slot)
        known = row.figures[slot] = Figure(
            name_of(block, fact),
            format(value.normalize(), ",f"),
            value,
            step,
            unit_of(block, slot, number),
            caption,
            _NOWHERE,
            period=row.period,
        )
    return known


def name_of(block: Block, fact: int) -> str:
    """The id of a fact among those of its filing."""
    return f"f{fact - int(block.facts.first[block.facts.filing[fact]])}"


def amount(block: Block, fact: int, slot: int) -> tuple[Decimal, Decimal]:
    """The exact amount of a fact, and what it is rounded to."""
    if fact in block.facts.large:
        return block.facts.large[fact]
    scale = -block.decimals(slot)
    return Decimal(int(block.facts.value[fact])).scaleb(scale), Decimal(int(block.facts.step[fact])).scaleb(scale)


def unit_of(block: Block, slot: int, number: int) -> Unit:
    """What a slot counts: its concept says what, the row in which currency."""
    measure = block.compiled.concepts[block.compiled.slots[slot][0]].measure
    currency = block.facts.units[int(block.row["unit"][number])]
    if measure == "shares":
        return SHARES
    if measure in ("percent", "ratio"):
        return RATIO
    return per_share(currency) if measure == "per share" else money(currency)


def check_of(rated: Rated, row: Row) -> Check | Absent:
    """The relation in a row as a check; its condition is not asked."""
    task = rated.task
    left, right = build(task.relation.left, row), build(task.relation.right, row)
    for side in (left, right):
        if isinstance(side, Absent):
            return side
    if isinstance(left, Absent) or isinstance(right, Absent):  # said above; a checker of types sees it here
        return Absent("nothing to compare")
    figures = _used((left, right), row)
    if len({one.id for one in figures}) < len(figures):
        return Absent("two of its names mean the same fact")
    segment = "; ".join(
        filter(None, (row.block.facts.entities[int(row.block.row["entity"][row.number])], _segment(row)))
    )
    return Check(
        rule=task.id,
        title=task.rule.title,
        relation=task.relation.text,
        reads=task.reads,
        basis="written",
        period=period_text(row.period),
        comparison=task.relation.comparison,
        left=left,
        right=right,
        figures=figures,
        severity=task.clauses.severity or "error",
        tolerance=task.clauses.tolerance or Tolerance(),
        required=task.clauses.required,
        house=not task.rule.shipped,
        kind=task.clauses.kind,
        thresholds=_thresholds(rated, row),
        segment=segment,
    )


def _segment(row: Row) -> str:
    return row.block.facts.segments[int(row.block.row["segment"][row.number])]


def _thresholds(rated: Rated, row: Row) -> tuple[Threshold, ...]:
    """From which differences on the finding has another severity; steps that rest on what is not a number here are left
    out."""
    found = []
    for step in rated.task.clauses.steps:
        above = build(step.above, row) if isinstance(step.above, Amount) else None
        value = printed(above, {}) if above is not None and not isinstance(above, Absent) else None
        if value is not None:
            found.append(Threshold(step.severity, value))
    return tuple(found)


def _used(sides: Sequence[Expression], row: Row) -> tuple[Figure, ...]:
    named = dict.fromkeys(name for side in sides for name in uses(side))
    slots_of: dict[str, list[Figure]] = {}
    for figure in row.figures.values():
        slots_of.setdefault(figure.id, []).append(figure)
    return tuple(figure for name in named for figure in slots_of[name])
