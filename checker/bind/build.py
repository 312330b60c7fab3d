"""Expressions of rules over names become expressions over figures, in one scene."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction

from attrs import frozen

from checker.bind.index import Spot
from checker.bind.lookup import Found, Scene, added_up, lookup, period_text
from checker.bind.outcome import Absent
from checker.bind.periods import answers, quarters
from checker.bind.signs import default_sign
from checker.core.caption import normal
from checker.core.expression import Add, Constant, Divide, Expression, Multiply, Variable, negative, total
from checker.core.period import Period
from checker.core.rule import Amount, Binary, Call, Either, Expr, Name, Negative, Optional, Prefix, Shifted
from checker.core.statement import Column, Line
from checker.core.unit import PERCENT
from checker.functions import FUNCTIONS
from checker.lexicon.captions import total_of

_HUNDREDTH = Constant(Fraction(1, 100))
_MANY = 64
"""Lines beyond which a heading opens a whole statement, and `sum of lines of` it is not meant."""
AFTER: Prefix = "sum of lines after"
"""The prefix whose name means the figures of all lines from below its own to the line that the rule speaks of."""


@frozen
class Use:
    """A figure that a name was bound to, and the sign it is read with."""

    name: Name
    found: Found
    sign: int


@frozen
class Built:
    """An expression over figures and the figures it uses, in order."""

    expression: Expression
    uses: tuple[Use, ...] = ()


@frozen(eq=False)
class Builder:
    """Builds expressions in one scene; `natural` is the reading chosen for the whole rule."""

    scene: Scene
    natural: bool

    def build(self, expr: Expr, prefixes: tuple[Prefix, ...] = ()) -> Built | Absent:
        """The expression over figures, or the first reason why there is none."""
        match expr:
            case Amount(unit="as printed"):
                return Built(Constant(expr.value * printed_scale(self.scene)))
            case Amount():
                return Built(Constant(stated(expr)))
            case Name():
                return self._name(expr, prefixes)
            case Optional():
                inner = self.build(expr.operand, prefixes)
                return Built(Constant(Fraction(0))) if isinstance(inner, Absent) and inner.kind == "missing" else inner
            case Either():
                return self._either(expr, prefixes)
            case Negative():
                return self._over(lambda parts: negative(parts[0]), (expr.operand,), prefixes)
            case Shifted():
                if expr.prefix.startswith("sum of "):
                    return self._parts(expr, prefixes)
                return self.build(expr.operand, (expr.prefix, *prefixes))
            case Call():
                return self._over(FUNCTIONS[expr.function].build, expr.operands, prefixes)
            case Binary():
                return self._over(OPERATORS[expr.operator], (expr.left, expr.right), prefixes)

    def _over(
        self,
        make: Callable[[tuple[Expression, ...]], Expression],
        operands: tuple[Expr, ...],
        prefixes: tuple[Prefix, ...],
    ) -> Built | Absent:
        parts: list[Expression] = []
        uses: list[Use] = []
        for operand in operands:
            built = self.build(operand, prefixes)
            if isinstance(built, Absent):
                return built
            parts.append(built.expression)
            uses += built.uses
        return Built(make(tuple(parts)), tuple(uses))

    def _either(self, expr: Either, prefixes: tuple[Prefix, ...]) -> Built | Absent:
        missing: Absent | None = None
        for option in expr.options:
            built = self.build(option, prefixes)
            if not isinstance(built, Absent) or built.kind == "ambiguous":
                return built
            missing = missing or built
        return missing or Absent("nothing is reported")

    def _name(self, name: Name, prefixes: tuple[Prefix, ...]) -> Built | Absent:
        found = lookup(name, prefixes, self.scene)
        return found if isinstance(found, Absent) else self._used(name, found)

    def _used(self, name: Name, found: Found) -> Built:
        sign = default_sign(name, found, self.natural, self.scene.book)
        if (found.spot.statement.index, found.spot.line.index) in self.scene.flipped:
            sign = -sign
        expression: Expression = Variable(found.figure.id)
        if found.figure.unit == PERCENT:
            expression = Multiply(_HUNDREDTH, expression)
        return Built(negative(expression) if sign < 0 else expression, (Use(name, found, sign),))

    def _parts(self, expr: Shifted, prefixes: tuple[Prefix, ...]) -> Built | Absent:
        """`sum of lines of X`: the lines under that heading in this statement, less its subtotals; of quarters, of
        segments: those of the period."""
        if expr.prefix == "sum of quarters of" and not prefixes:
            return self._quarters(expr.operand)
        if expr.prefix == "sum of segments of" and isinstance(expr.operand, Name):
            return self._segments(expr.operand, prefixes)
        if expr.prefix == AFTER and not prefixes:
            return self._after(expr.operand)
        headings = [one for one in _options(expr.operand) if isinstance(one, Name)]
        if expr.prefix != "sum of lines of" or not headings or prefixes:
            return Absent(f"“{expr.prefix}” is not judged yet", "later")
        for heading in headings:
            if inside := lines_under(heading.text, self.scene):
                return self._sum_of(heading, inside)
        return Absent(f"no lines stand under {headings[0].text}")

    def _after(self, operand: Expr) -> Built | Absent:
        """The lines between the first of these names that the statement prints above the rule's own line, and that
        line."""
        names = [one for one in _options(operand) if isinstance(one, Name)]
        for name in names:
            found = lookup(name, (), self.scene)
            if not isinstance(found, Absent) and (inside := lines_between(found, self.scene)):
                uses = tuple(Use(name, one, 1) for one in inside)
                return Built(total(tuple(Variable(one.figure.id) for one in inside)), uses)
        return Absent(f"no lines stand between {names[0].text} and it" if names else "only a name has lines after it")

    def _sum_of(self, name: Name, inside: Sequence[Found]) -> Built:
        uses = [self._used(name, found) for found in inside]
        return Built(Add(tuple(built.expression for built in uses)), tuple(use for built in uses for use in built.uses))

    def _segments(self, name: Name, prefixes: tuple[Prefix, ...]) -> Built | Absent:
        inside = added_up(name, prefixes, self.scene)
        return inside if isinstance(inside, Absent) else self._sum_of(name, inside)

    def _quarters(self, operand: Expr) -> Built | Absent:
        """The operand in each quarter of the period, added up; the table must have a column for every one of them."""
        scene = self.scene
        inside = quarters(scene.period) if scene.period else ()
        if len(inside) < 2:
            return Absent(f"{period_text(scene.period) or 'the column'} has no quarters to add up", "period")
        parts: list[Built] = []
        for quarter in inside:
            column = next((one for one in scene.statement.columns if _is_part(one, scene.column, quarter)), None)
            if column is None:
                return Absent(f"the table has no column for {period_text(quarter)}", "period")
            built = Builder(
                Scene(scene.book, scene.statement, column, scene.within, scene.left, flipped=scene.flipped),
                self.natural,
            ).build(operand)
            if isinstance(built, Absent):
                return built
            parts.append(built)
        return Built(total(tuple(part.expression for part in parts)), tuple(use for part in parts for use in part.uses))


def _options(expr: Expr) -> tuple[Expr, ...]:
    """The alternatives of an expression; itself where it has none."""
    return expr.options if isinstance(expr, Either) else (expr,)


def _is_part(column: Column, whole: Column, quarter: Period) -> bool:
    """Whether a column holds one quarter of what another holds."""
    return (
        column.role == whole.role
        and column.member == whole.member
        and answers(column.period, quarter)
        and not (column.period or quarter).is_instant
    )


def lines_under(heading: str, scene: Scene) -> list[Found]:
    """The figures of the scene's column that stand under a heading, at any depth, up to its total, or to the line that
    the rule speaks of, and without the totals of what stands there."""
    totals = _totals(scene)
    wanted, left = normal(heading), scene.left
    last = left.line.index if left is not None and left.statement.index == scene.statement.index else None
    opened = [line.index for line in scene.statement.lines if line.is_heading and normal(line.caption) == wanted]
    first = max((each for each in opened if last is None or each < last), default=-1) if len(opened) > 1 else -1
    found = []
    for line in scene.statement.lines[first + 1 :]:
        if line.index == last or total_of(line.caption) == wanted:
            break
        under = any(normal(section) == wanted for section in line.under)
        if under and line.index not in totals and (adding := _adding(line, scene)) is not None:
            found.append(adding)
    return found if len(found) <= _MANY else []


def lines_between(above: Found, scene: Scene) -> list[Found]:
    """The figures of the scene's column between a line of its statement and the one that the rule speaks of below it,
    whatever headings stand there, in the unit of that line and without the totals of what stands there."""
    left = scene.left
    if left is None or not left.statement.index == scene.statement.index == above.spot.statement.index:
        return []
    totals = _totals(scene)
    lines = [line for line in scene.statement.lines if above.spot.line.index < line.index < left.line.index]
    if any(line.untold for line in lines):
        return []  # one prints an amount that is not known
    between = (_adding(line, scene) for line in lines if line.index not in totals)
    found = [one for one in between if one is not None and one.figure.unit == above.figure.unit]
    return found if len(found) <= _MANY else []


def _totals(scene: Scene) -> set[int]:
    """The lines of the scene's statement that the sums of the table make totals."""
    return {
        one.total
        for one in scene.book.lines.release.sums
        if one.statement == scene.statement.index and one.kind in ("total", "roll-forward")
    }


def _adding(line: Line, scene: Scene) -> Found | None:
    """What a line adds in the scene's column: an amount that foots."""
    figure = line.figures[scene.column.index] if scene.column.index < len(line.figures) else None
    if figure is None or figure.value is None or not figure.additive:
        return None
    return Found(figure, Spot(scene.statement, line))


def printed_scale(scene: Scene) -> Fraction:
    """The scale of most amounts of money in the scene's column; 1 where it has none."""
    at = scene.column.index
    figures = (line.figures[at] for line in scene.statement.lines if at < len(line.figures))
    scales = Counter(figure.scale for figure in figures if figure is not None and figure.unit.is_money)
    return Fraction(scales.most_common(1)[0][0]) if scales else Fraction(1)


def stated(amount: Amount) -> Fraction:
    """Percents and points count as fractions of one, so that they compare with ratios."""
    match amount.unit:
        case "percent" | "points":
            return amount.value / 100
        case "basis points":
            return amount.value / 10_000
        case _:
            return amount.value


def _less(part: Expression) -> Expression:
    """What is taken away, term by term."""
    return Add(tuple(negative(term) for term in part.terms)) if isinstance(part, Add) else negative(part)


OPERATORS: dict[str, Callable[[tuple[Expression, ...]], Expression]] = {
    "+": total,
    "-": lambda parts: total((parts[0], _less(parts[1]))),
    "*": lambda parts: Multiply(parts[0], parts[1]),
    "/": lambda parts: Divide(parts[0], parts[1]),
}


def same_measure(left: Built, right: Built) -> bool:
    """Whether both sides measure the same where that can be told: shares against currency is a wrong pairing."""
    units = [{use.found.figure.unit for use in side.uses} for side in (left, right)]
    simple = all(len(unit) == 1 for unit in units)
    return not simple or units[0] == units[1] or any(unit.is_bare for unit in units[0] | units[1])
