"""Rules as formulas over the amounts that a page might print: which figures must stand there for a relation to apply,
and what then has to hold.

Exact: amounts are rationals. A name that a rule narrows is another figure than the same name elsewhere, so that what is
proven of names holds of every page; that two names mean one line of some page is not known here. Needs the extra
`prove`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import z3
from attrs import define, field

from checker.bind.expand import expand, printed_left
from checker.bind.index import Names
from checker.core.caption import normal
from checker.core.rule import (
    COMPARED,
    All,
    Amount,
    Binary,
    Call,
    Condition,
    Either,
    Expr,
    Item,
    Name,
    Negative,
    Not,
    Optional,
    Relation,
    Rule,
    Rulebook,
    Shifted,
    Test,
)
from checker.core.rule import Any as AnyOf
from checker.core.value import evolve, frozen
from checker.lexicon.money import CODES, SIGNS

Formula = Any
"""A formula or a term of z3, which has no types."""

_SHARES = {"percent": 100, "points": 100, "basis points": 10_000}
_SAME_FIGURE = frozenset({"as printed"})
"""Words of a bracket that choose no other figure."""


@frozen
class Claim:
    """One relation of one rule: when it applies to a page, and what then holds."""

    rule: Rule
    relation: Relation
    applies: Formula = field(eq=False)
    holds: Formula = field(eq=False)
    needs: frozenset[str] = frozenset()
    """The figures that must be printed for it to apply."""
    names: frozenset[str] = frozenset()
    """All that it speaks of."""
    linear: bool = True

    @property
    def id(self) -> str:
        """The id of its rule."""
        return self.rule.id


@frozen
class _Term:
    """A term with the condition under which it has a value, and the names without which it has none."""

    value: Formula = field(eq=False)
    known: Formula = field(eq=False)
    needs: frozenset[str] = frozenset()


@frozen
class _Truth:
    """A condition: when it is true, and when false; what is neither is not known."""

    true: Formula = field(eq=False)
    false: Formula = field(eq=False)


@define
class Logic:
    """The figures that rules speak of, each with the variable that stands for its amount and one that says whether it
    is printed."""

    book: Rulebook
    amounts: dict[str, Formula] = field(factory=dict)
    """By the words for a figure."""
    printed: dict[str, Formula] = field(factory=dict)
    tested: set[str] = field(factory=set)
    """Figures whose absence some condition asks for."""
    _library: Names | None = None
    _own: Names | None = None
    _linear: bool = True

    @property
    def scale(self) -> Formula:
        """What `as printed` amounts count: the scale of the page."""
        return z3.Real("the scale of the page")

    @property
    def day(self) -> Formula:
        """The end of the period, in days."""
        return z3.Int("the day")

    @property
    def currency(self) -> Formula:
        """What the page is written in, by its place among the codes."""
        return z3.Int("the currency of the page")

    def claims(self, rules: Iterable[Rule]) -> list[Claim]:
        """Every relation of these rules; sentences with `each` speak of no names."""
        return [
            self._claim(rule, relation)
            for rule in rules
            for relation in rule.relations
            if isinstance(relation, Relation)
        ]

    def _claim(self, rule: Rule, relation: Relation) -> Claim:
        names = self._names(rule.shipped)
        within = tuple(item for item in rule.clauses.within if item.text.strip().lower() not in _SAME_FIGURE)
        meant = relation if rule.shipped else printed_left(relation, names)
        left, right = expand(meant.left, names), expand(meant.right, names)
        self._linear = True
        seen: set[str] = set()
        one, other = (self._term(side, _Place(names, within, (), seen)) for side in (left, right))
        applies = [one.known, other.known, *self._effective(rule)]
        if rule.clauses.when is not None:
            applies.append(self._condition(rule.clauses.when, _Place(names, within, (), seen)).true)
        holds = COMPARED[relation.comparison](one.value, other.value)
        return Claim(rule, relation, z3.And(*applies), holds, one.needs | other.needs, frozenset(seen), self._linear)

    def _names(self, shipped: bool) -> Names:
        if self._library is None or self._own is None:
            self._library, self._own = Names(self.book, shipped=True), Names(self.book)
        return self._library if shipped else self._own

    def _effective(self, rule: Rule) -> list[Formula]:
        clauses = rule.clauses
        after = [self.day >= clauses.effective_from.toordinal()] if clauses.effective_from else []
        return after + ([self.day <= clauses.effective_to.toordinal()] if clauses.effective_to else [])

    # ---- terms

    def _term(self, expr: Expr, place: _Place) -> _Term:
        match expr:
            case Amount():
                return self._amount(expr)
            case Name():
                return self._figure(expr, place)
            case Shifted():
                return self._term(expr.operand, evolve(place, prefixes=(*place.prefixes, expr.prefix)))
            case Negative():
                inner = self._term(expr.operand, place)
                return _Term(-inner.value, inner.known, inner.needs)
            case Optional():
                inner = self._term(expr.operand, place)
                return _Term(z3.If(inner.known, inner.value, z3.RealVal(0)), z3.BoolVal(True))
            case Either():
                return _first([self._term(option, place) for option in expr.options])
            case Call():
                return _called(expr.function, [self._term(operand, place) for operand in expr.operands])
            case Binary():
                return self._binary(expr, place)

    def _amount(self, amount: Amount) -> _Term:
        value = amount.value / _SHARES.get(amount.unit, 1)
        number = rational(value)
        meant = SIGNS.get(amount.currency.lower(), ())
        known = z3.Or(*(self.currency == CODES.index(code) for code in meant)) if meant else z3.BoolVal(True)
        return _Term(number * self.scale if amount.unit == "as printed" else number, known)

    def _binary(self, expr: Binary, place: _Place) -> _Term:
        left, right = self._term(expr.left, place), self._term(expr.right, place)
        known, needs = z3.And(left.known, right.known), left.needs | right.needs
        match expr.operator:
            case "+":
                return _Term(left.value + right.value, known, needs)
            case "-":
                return _Term(left.value - right.value, known, needs)
            case "*":
                self._linear &= _is_number(left.value) or _is_number(right.value)
                return _Term(left.value * right.value, known, needs)
            case "/":
                if not _is_number(right.value):
                    self._linear = False
                return _Term(left.value / right.value, z3.And(known, right.value != 0), needs)

    def _figure(self, name: Name, place: _Place) -> _Term:
        text, turned = self._called(name, place.names)
        brackets = [item for item in (name.brackets or place.within) if item.text.strip().lower() not in _SAME_FIGURE]
        narrowed = "; ".join(sorted({_word(item) for item in brackets}))
        prefixes = " ".join(prefix for prefix in place.prefixes if prefix != "closing")
        key = f"{prefixes} {text}".strip() + (f"[{narrowed}]" if narrowed else "")
        place.seen.add(key)
        if key not in self.amounts:
            self.amounts[key], self.printed[key] = z3.Real(key), z3.Bool(f"{key} is printed")
        amount = self.amounts[key]
        return _Term(-amount if turned else amount, self.printed[key], frozenset({key}))

    @staticmethod
    def _called(name: Name, names: Names) -> tuple[str, bool]:
        """What a name is called here, one word for all names of a concept, and whether it is the negative of that."""
        key = normal(name.text)
        owners = names.concepts.get(key, ())
        if name.quoted:
            return (f'"{name.text}"' if owners else name.text), False
        if len(owners) != 1:
            return name.text, False
        negated = any(alias.negated and normal(alias.text) == key for alias in owners[0].aliases)
        return owners[0].name, negated

    # ---- conditions

    def _condition(self, condition: Condition, place: _Place) -> _Truth:
        match condition:
            case Relation():
                left, right = (
                    self._term(expand(side, place.names), place) for side in (condition.left, condition.right)
                )
                known, holds = z3.And(left.known, right.known), COMPARED[condition.comparison](left.value, right.value)
                return _Truth(z3.And(known, holds), z3.And(known, z3.Not(holds)))
            case Test():
                return self._test(condition, place)
            case Not():
                inner = self._condition(condition.operand, place)
                return _Truth(inner.false, inner.true)
            case All():
                parts = [self._condition(one, place) for one in condition.operands]
                return _Truth(z3.And(*(one.true for one in parts)), z3.Or(*(one.false for one in parts)))
            case AnyOf():
                parts = [self._condition(one, place) for one in condition.operands]
                return _Truth(z3.Or(*(one.true for one in parts)), z3.And(*(one.false for one in parts)))

    def _test(self, test: Test, place: _Place) -> _Truth:
        term = self._term(expand(test.operand, place.names), place)
        if test.word in ("reported", "missing"):
            self.tested |= term.needs
            true, false = (
                (term.known, z3.Not(term.known)) if test.word == "reported" else (z3.Not(term.known), term.known)
            )
        else:
            said = {"positive": term.value > 0, "negative": term.value < 0, "zero": term.value == 0}[test.word]
            true, false = z3.And(term.known, said), z3.And(term.known, z3.Not(said))
        return _Truth(false, true) if test.negated else _Truth(true, false)


@frozen
class _Place:
    """Where a term stands: whose names count, the rule's own narrowing, the prefixes around it; and the figures met so
    far (it grows)."""

    names: Names = field(eq=False)
    within: tuple[Item, ...]
    prefixes: tuple[str, ...]
    seen: set[str] = field(eq=False)


def rational(value: Fraction) -> Formula:
    """An exact number."""
    return z3.Q(value.numerator, value.denominator)


def _word(item: Item) -> str:
    return f'"{item.text.strip()}"' if item.quoted else normal(item.text)


def _is_number(value: Formula) -> bool:
    return bool(z3.is_rational_value(z3.simplify(value)))


def _first(options: Sequence[_Term]) -> _Term:
    value = options[-1].value
    for option in reversed(options[:-1]):
        value = z3.If(option.known, option.value, value)
    return _Term(
        value, z3.Or(*(option.known for option in options)), options[0].needs if len(options) == 1 else frozenset()
    )


def _called(function: str, operands: Sequence[_Term]) -> _Term:
    value = operands[0].value
    if function == "abs":
        value = z3.If(value >= 0, value, -value)
    for operand in operands[1:]:
        smaller = operand.value < value
        value = z3.If(smaller if function == "min" else z3.Not(smaller), operand.value, value)
    needs = frozenset(name for one in operands for name in one.needs)
    return _Term(value, z3.And(*(one.known for one in operands)), needs)
