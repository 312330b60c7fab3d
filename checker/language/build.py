"""From tokens to the classes of core/rule.py: one method for each production of grammar/rules.lark, called as the
parser reduces it.

Nothing recursive and no state, so one instance serves every file. What needs the source text (ids, the text of a
relation) or the whole declaration (nesting, forbidden clauses) is added in parsing.py and declare.py.
"""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from typing import Any as Anything
from typing import Protocol

from attrs import field

from checker.core.rule import (
    Alias,
    All,
    Amount,
    Any,
    Binary,
    Call,
    Condition,
    Each,
    Either,
    Expr,
    Item,
    Name,
    Negative,
    Not,
    Optional,
    Relation,
    SeverityStep,
    Shifted,
    Span,
    Test,
    Tolerance,
)
from checker.core.value import evolve, frozen
from checker.language.fault import Fault, Faulty
from checker.lexicon import scale

Values = list[Anything]
"""What the parser hands over: tokens (text with a place) and what earlier productions made."""

_AMOUNT = re.compile(r"([^\d,.]*)([\d,.]+) *(%|[a-z ]+)?")
_UNITS = {"%": "percent", "unit": "units", "point": "points", "basis point": "basis points", "as printed": "as printed"}
_SIGNS = {"−": "-", "–": "-", "×": "*", "÷": "/"}
_COMPARISONS = {"≤": "<=", "≥": ">=", "≠": "!="}


class Token(Protocol):
    """A piece of the text as the lexer cut it."""

    start_pos: int
    end_pos: int
    type: str


@frozen
class Clause:
    """One clause line, before those of a declaration are put together."""

    kind: str
    value: Anything
    span: Span


@frozen
class Head:
    """The name that a concept or a definition is given."""

    text: str
    quoted: bool
    span: Span


@frozen
class Draft:
    """A declaration in parts: what kind, its leading tokens, and what its lines hold."""

    kind: str
    words: tuple[tuple[str, Span], ...] = ()
    head: Head | None = None
    expression: Expr | None = None
    printed_as: str = ""
    lines: tuple[Relation | Each | Clause, ...] = field(default=())


def _span(token: Token) -> Span:
    return token.start_pos, token.end_pos


def _folded(text: str) -> str:
    return " ".join(text.split())


def unquoted(token: str) -> str:
    """What stands between the quotes; a quote that is written twice is one."""
    inner = token[1:-1]
    return _folded(inner.replace('""', '"') if token[0] == '"' else inner)


def _named(token: str) -> tuple[str, bool]:
    """The text of a name and whether it was quoted."""
    if token[0] in '"“':
        return unquoted(token), True
    return _folded(token).removesuffix(":"), False


def _width(expr: Expr, span: Span) -> Expr:
    """The same expression with the parentheses around it in its span."""
    return evolve(expr, span=span)


def is_bare(either: Either) -> bool:
    """Whether no parentheses stand around alternatives: then the span begins with the first and ends with the last."""
    return either.span == (either.options[0].span[0], either.options[-1].span[1])


class Builder:
    """Makes values of tokens, bottom up."""

    # ---- expressions

    def amount(self, values: Values) -> Expr:
        """`$50 million`, `5%`, `50 basis points`, `600 as printed`."""
        token = values[0]
        match = _AMOUNT.fullmatch(token)
        assert match is not None  # the terminal AMOUNT is narrower
        currency, digits, word = match[1].strip(), match[2], _folded(match[3] or "")
        value = Fraction(digits.replace(",", "")) * scale.RULES.get(word, 1)
        unit = _UNITS.get(word.removesuffix("s"), "currency" if currency else "")
        return Amount(value, unit, word in scale.RULES, currency, _span(token))  # type: ignore[arg-type]

    def reference(self, values: Values) -> Expr:
        """A name, perhaps with a bracket."""
        token = values[0]
        text, quoted = _named(token)
        brackets = tuple(value for value in values[1:] if isinstance(value, Item))
        return Name(text, quoted, brackets, (token.start_pos, values[-1].end_pos))

    def group(self, values: Values) -> Expr:
        """An expression in parentheses."""
        return _width(values[1], (values[0].start_pos, values[2].end_pos))

    def call(self, values: Values) -> Expr:
        """A function of its operands."""
        return Call(values[0][:-1], tuple(values[1:-1]), (values[0].start_pos, values[-1].end_pos))

    def shifted(self, values: Values) -> Expr:
        """`prior X`."""
        return Shifted(_folded(values[0]), values[1], (values[0].start_pos, values[1].span[1]))  # type: ignore[arg-type]

    def either(self, values: Values) -> Expr:
        """`A | B`, a longer list of alternatives in one."""
        left, right = values
        span = (left.span[0], right.span[1])
        if isinstance(left, Either) and is_bare(left):
            return Either((*left.options, right), span)
        return Either((left, right), span)

    def optional(self, values: Values) -> Expr:
        """`A?`."""
        return Optional(values[0], (values[0].span[0], values[1].end_pos))

    def binary(self, values: Values) -> Expr:
        """Two operands and an operator."""
        left, operator, right = values
        return Binary(_SIGNS.get(operator, str(operator)), left, right, (left.span[0], right.span[1]))  # type: ignore[arg-type]

    def signed(self, values: Values) -> Expr:
        """A term with a sign in front; a plus says nothing."""
        sign, term = values
        if sign == "+":
            return term  # type: ignore[no-any-return]
        return Negative(term, (sign.start_pos, term.span[1]))

    # ---- relations and conditions

    def relation(self, values: Values) -> Relation:
        """Two sides and what compares them; the text is added later."""
        left, comparison, right = values
        return Relation(_COMPARISONS.get(comparison, str(comparison)), left, right, "", (left.span[0], right.span[1]))  # type: ignore[arg-type]

    def each(self, values: Values) -> Each:
        """A sentence with `each`; whether it is one of the closed set is asked later."""
        text = values[0]
        return Each(_folded(text), (text.start_pos, text.start_pos + len(text.rstrip())))  # type: ignore[arg-type]

    def test(self, values: Values) -> Condition:
        """`X is not zero`."""
        operand, token = values
        words = token.split()
        return Test(operand, words[-1], words[1] == "not", (operand.span[0], token.end_pos))

    def not_(self, values: Values) -> Condition:
        """`NOT ...`."""
        return Not(values[1], (values[0].start_pos, values[1].span[1]))

    def grouped(self, values: Values) -> Condition:
        """A condition in parentheses."""
        return evolve(values[1], span=(values[0].start_pos, values[2].end_pos))  # type: ignore[no-any-return]

    def both_conditions(self, values: Values) -> Condition:
        """`... AND ...`."""
        left, right = values
        operands = left.operands if isinstance(left, All) and left.span[0] == left.operands[0].span[0] else (left,)
        return All((*operands, right), (left.span[0], right.span[1]))

    def either_condition(self, values: Values) -> Condition:
        """`... OR ...`."""
        left, right = values
        operands = left.operands if isinstance(left, Any) and left.span[0] == left.operands[0].span[0] else (left,)
        return Any((*operands, right), (left.span[0], right.span[1]))

    # ---- clauses

    def item(self, values: Values) -> Item:
        """Words, or a heading in quotes."""
        token = values[0]
        if token.type == "QUOTED":
            return Item(unquoted(token), True, _span(token))
        return Item(_folded(token), False, (token.start_pos, token.start_pos + len(token.rstrip())))

    def name(self, values: Values) -> Name:
        """A name in a list."""
        text, quoted = _named(values[0])
        return Name(text, quoted, (), _span(values[0]))

    def alias(self, values: Values) -> Alias:
        """Another name."""
        text, quoted = _named(values[0])
        return Alias(text, quoted, False, _span(values[0]))

    def when(self, values: Values) -> Clause:
        """`when` condition."""
        return Clause("when", values[0], values[0].span)

    def within(self, values: Values) -> Clause:
        """`in` items."""
        return _listed("in", values)

    def except_(self, values: Values) -> Clause:
        """`except` names."""
        return _listed("except", values)

    def see(self, values: Values) -> Clause:
        """`see` words."""
        return _listed("see", values)

    def tick(self, values: Values) -> Clause:
        """`tick` words."""
        return _listed("tick", values)

    def tags(self, values: Values) -> Clause:
        """`tags` words."""
        return _listed("tags", values)

    def step(self, values: Values) -> SeverityStep:
        """`error above 250 thousand`."""
        return SeverityStep(str(values[0]), values[1], (values[0].start_pos, values[1].span[1]))  # type: ignore[arg-type]

    def severity(self, values: Values) -> Clause:
        """`severity` and its steps."""
        end = values[-1].span[1] if len(values) > 1 else values[0].end_pos
        return Clause("severity", (str(values[0]), tuple(values[1:])), (values[0].start_pos, end))

    def kind(self, values: Values) -> Clause:
        """`kind covenant`."""
        return Clause("kind", str(values[0]), _span(values[0]))

    def meant(self, values: Values) -> Clause:
        """`these lines are meant`."""
        return Clause("meant", True, _span(values[0]))

    def tolerance(self, values: Values) -> Clause:
        """`tolerance rounding`, `tolerance 2 units`."""
        token = values[0]
        if token.type == "TOLERATED":
            return Clause("tolerance", Tolerance(str(token), None, _span(token)), _span(token))  # type: ignore[arg-type]
        amount = self.amount(values)
        assert isinstance(amount, Amount)
        return Clause("tolerance", Tolerance("amount", amount, amount.span), amount.span)

    def because(self, values: Values) -> Clause:
        """`because` reason."""
        return Clause("because", unquoted(values[0]), _span(values[0]))

    def aka(self, values: Values) -> Clause:
        """`aka` names, all of them negated after `minus`."""
        minus = len(values) > 1 and not isinstance(values[1], Alias)
        aliases = tuple(evolve(value, negated=minus) for value in values if isinstance(value, Alias))
        return Clause("aka", aliases, (values[0].start_pos, aliases[-1].span[1]))

    def required(self, values: Values) -> Clause:
        """`required`."""
        return Clause("required", True, _span(values[0]))

    def effective(self, values: Values) -> Clause:
        """`effective from ... to ...`, either half alone will do."""
        days: dict[str, dt.date] = {}
        for word, date in zip(values[1::2], values[2::2], strict=True):
            try:
                days[str(word)] = dt.date.fromisoformat(date)
            except ValueError:
                raise Faulty(
                    Fault("E138", _span(date), f"there is no day {date}", "dates are year-month-day: 2018-01-31")
                ) from None
        span = (values[0].start_pos, values[-1].end_pos)
        if not days:
            raise Faulty(
                Fault(
                    "E131",
                    span,
                    "`effective` says from when or to when",
                    "write `effective from 2018-01-01 to 2020-12-31`, or one half of it",
                )
            )
        if len(days) == 2 and days["from"] > days["to"]:
            raise Faulty(Fault("E138", span, "the first day is after the last one", "exchange them"))
        return Clause("effective", (days.get("from"), days.get("to")), span)

    def properties(self, values: Values) -> Clause:
        """`duration, currency, credit`."""
        return Clause(
            "properties",
            tuple((_folded(value), _span(value)) for value in values),
            (values[0].start_pos, values[-1].end_pos),
        )

    def xbrl(self, values: Values) -> Clause:
        """`xbrl us-gaap:Revenues`."""
        return Clause("xbrl", tuple(str(value) for value in values), (values[0].start_pos, values[-1].end_pos))

    # ---- declarations

    def defined(self, values: Values) -> Head:
        """The name being defined."""
        return Head(*_named(values[0]), _span(values[0]))

    def rule(self, values: Values) -> Draft:
        """`rule id "title"` and its lines."""
        return _draft("rule", values)

    def bare(self, values: Values) -> Draft:
        """A relation in the first column."""
        return Draft("bare", lines=tuple(values))

    def concept(self, values: Values) -> Draft:
        """`concept Name` and its lines."""
        return Draft("concept", head=values[0], lines=tuple(values[1:]))

    def define(self, values: Values) -> Draft:
        """`define Name = expression`."""
        printed_as = next((value for value in values[2:3] if not isinstance(value, Clause)), None)
        lines = tuple(value for value in values[2:] if isinstance(value, Clause))
        return Draft(
            "define",
            (),
            values[0],
            values[1],
            _folded(printed_as).removeprefix("as ") if printed_as is not None else "",
            lines,
        )

    def use(self, values: Values) -> Draft:
        """`use pack; pack/file`."""
        return _draft("use", values)

    def override(self, values: Values) -> Draft:
        """`override id` and its lines."""
        return _draft("override", values)

    def skip(self, values: Values) -> Draft:
        """`skip id; id` and its reason."""
        return _draft("skip", values)

    def start(self, values: Values) -> Draft:
        """One declaration."""
        return values[0]  # type: ignore[no-any-return]


def _listed(kind: str, values: Values) -> Clause:
    return Clause(kind, tuple(values), (values[0].span[0], values[-1].span[1]))


def _draft(kind: str, values: Values) -> Draft:
    words: list[tuple[str, Span]] = []
    lines: list[Relation | Each | Clause] = []
    for value in values:
        if isinstance(value, str):
            token: Anything = value
            words.append((str(value), _span(token)))
        else:
            lines.append(value)
    return Draft(kind, tuple(words), lines=tuple(lines))
