"""Rules as written: what the language's text becomes, and the rulebook that a run applies.

Every node keeps its `span` in characters of the rule file. Names are text here; which figures they mean is decided when
a rulebook is bound to a release.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any as Anything
from typing import Literal, TypeVar

from attrs import field

from checker.core.problem import Problem, Severity
from checker.core.unit import Measure
from checker.core.value import frozen

Span = tuple[int, int]
Comparison = Literal["=", "<", "<=", ">", ">=", "!="]
"""`!=` stands in conditions only."""
COMPARED: Mapping[Comparison, Callable[[Anything, Anything], Anything]] = MappingProxyType(
    {"=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
)
"""What each asks of two sides, whatever they are: numbers, columns of them, terms of a solver."""
Prefix = Literal[
    "prior",
    "preceding",
    "opening",
    "closing",
    "sum of quarters of",
    "sum of segments of",
    "sum of entities of",
    "sum of lines of",
    "sum of lines after",
]
TestWord = Literal["reported", "missing", "positive", "negative", "zero"]
PrintedAs = Literal["percent", "ratio", "times", "days", "points", "basis points", "currency", "per share", "number"]
Kind = Literal["identity", "bound", "covenant", "expectation"]
"""What a rule is: an identity or a bound; a bound of a contract, which knows no trivial breach; what an auditor
expects, which accuses no figure."""
Sentence = Literal[
    "each total = sum of its lines",
    "each row total = sum of its columns",
    "each closing balance = opening balance + its movements",
    "each long period = sum of its short periods",
    "each short period <= its long period",
    "each part <= its whole",
    "each change column = current - prior",
    "each percent column = change / prior",
    "each share column = figure / base",
    "each percent line = figure / base",
    "each amount per share = income / shares",
    "each formula agrees with its figures",
    "each caption agrees wherever it is printed",
    "each comparative agrees with last year's release",
    "each figure agrees with the filing",
    "each claim agrees with its figure",
    "each tag agrees with its figure",
    "each fact agrees wherever it is tagged",
    "each calculation = sum of its facts",
]
UNJUDGED: frozenset[str] = frozenset(
    {
        "each comparative agrees with last year's release",
        "each figure agrees with the filing",
        "sum of entities of",
    }
)
"""Sentences and prefixes that can be written and that no run judges yet: they never apply, and say so."""
EACH_SEGMENT = "each segment"
"""Words of an `in` clause: the rule is judged in every segment. Nothing else that begins with `each` can be said
there."""
ELSEWHERE: frozenset[str] = frozenset(
    {"last year's release", "previous release", "filing", "the filing", "previous quarter"}
)
"""Words of a bracket for figures that another document holds; no run reads two."""

Made = TypeVar("Made")

_UNSPANNED: Span = (0, 0)


def _span() -> Span:
    return field(default=_UNSPANNED, eq=False)


# ---- expressions -----------------------------------------------------------------------------------------------------


@frozen
class Amount:
    """An exact amount: `value` after its scale word (`5%` is 5 with unit percent, `$50 million` is 50000000 with a
    currency).

    `600 as printed` is 600 in the scale of the amounts beside it: 600,000 on a page in thousands.
    """

    value: Fraction
    unit: Literal["", "currency", "percent", "points", "basis points", "units", "as printed"] = ""
    scaled: bool = field(default=False, eq=False)
    """A scale word says how much it is: `40 million`."""
    currency: str = ""
    """The sign or code before it, as written: `$`, `€`, `CHF`; empty where there is none."""
    span: Span = _span()


@frozen
class Item:
    """One entry of a bracket or of a clause that lists words: bare words, or a heading in quotes, never a key word."""

    text: str
    quoted: bool = False
    span: Span = _span()


@frozen
class Name:
    """A name of a figure, perhaps narrowed by a bracket. `quoted` names are captions exactly; one that ends in "..."
    fits what begins so."""

    text: str
    quoted: bool = False
    brackets: tuple[Item, ...] = ()
    span: Span = _span()


@frozen
class Call:
    """`abs(`, `min(` or `max(` of its operands."""

    function: str
    operands: tuple[Expr, ...]
    span: Span = _span()


@frozen
class Shifted:
    """Its operand in another period, or summed over parts: `prior X`, `sum of quarters of X`."""

    prefix: Prefix
    operand: Expr
    span: Span = _span()


@frozen
class Either:
    """The first of its options that is reported."""

    options: tuple[Expr, ...]
    span: Span = _span()


@frozen
class Optional:
    """Zero where its operand is not reported."""

    operand: Expr
    span: Span = _span()


@frozen
class Negative:
    """Its operand times -1."""

    operand: Expr
    span: Span = _span()


@frozen
class Binary:
    """Two operands and an operator."""

    operator: Literal["+", "-", "*", "/"]
    left: Expr
    right: Expr
    span: Span = _span()


Expr = Amount | Name | Call | Shifted | Either | Optional | Negative | Binary


def added(expr: Expr) -> Iterator[Amount | Name]:
    """What is added or compared; factors of products and quotients are not."""
    match expr:
        case Amount() | Name():
            yield expr
        case Negative() | Optional() | Shifted():
            yield from added(expr.operand)
        case Either():
            for option in expr.options:
                yield from added(option)
        case Call():
            for operand in expr.operands:
                yield from added(operand)
        case Binary(operator="+" | "-"):
            yield from added(expr.left)
            yield from added(expr.right)
        case _:
            return


def amounts(expr: Expr) -> Iterator[Amount]:
    """Every amount of an expression, factors too."""
    match expr:
        case Amount():
            yield expr
        case Name():
            return
        case Negative() | Optional() | Shifted():
            yield from amounts(expr.operand)
        case Either(options=parts) | Call(operands=parts):
            for part in parts:
                yield from amounts(part)
        case Binary():
            yield from amounts(expr.left)
            yield from amounts(expr.right)


# ---- relations and conditions ----------------------------------------------------------------------------------------


@frozen
class Relation:
    """One comparison; `text` is the relation as written, on one line with single blanks."""

    comparison: Comparison
    left: Expr
    right: Expr
    text: str = ""
    span: Span = _span()


@frozen
class Each:
    """One of the closed set of sentences that speak of structure, not of names."""

    sentence: Sentence
    span: Span = _span()


@frozen
class Test:
    """`X is [not] reported | missing | positive | negative | zero`."""

    operand: Expr
    word: TestWord
    negated: bool = False
    span: Span = _span()


@frozen
class Not:
    """The condition does not hold."""

    operand: Condition
    span: Span = _span()


@frozen
class All:
    """Every one of its conditions holds (`AND`)."""

    operands: tuple[Condition, ...]
    span: Span = _span()


@frozen
class Any:
    """At least one of its conditions holds (`OR`)."""

    operands: tuple[Condition, ...]
    span: Span = _span()


Condition = Relation | Test | Not | All | Any


# ---- clauses ---------------------------------------------------------------------------------------------------------


@frozen
class SeverityStep:
    """`error above 250 thousand`: the severity from a difference larger than the threshold on."""

    severity: Severity
    above: Expr
    span: Span = _span()


@frozen
class Tolerance:
    """`rounding` (what the printing allows), `exact` (nothing), or an amount: units of the last place, currency,
    percent."""

    kind: Literal["rounding", "exact", "amount"] = "rounding"
    amount: Amount | None = None
    span: Span = _span()


@frozen
class Clauses:
    """What the indented lines of a declaration state. None or empty: not stated there."""

    kind: Kind | None = None
    meant: bool = False
    """`these lines are meant`: the sum passes over lines of its block on purpose."""
    when: Condition | None = None
    within: tuple[Item, ...] = ()
    """The `in` clause."""
    excepted: tuple[Name, ...] = ()
    """The `except` clause."""
    severity: Severity | None = None
    steps: tuple[SeverityStep, ...] = ()
    tolerance: Tolerance | None = None
    because: str | None = None
    required: bool = False
    see: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    aliases: tuple[Alias, ...] = ()
    """The `aka` clause of a definition."""


@frozen
class Alias:
    """Another name. `negated`: what is printed unsigned under it is the negative of the concept."""

    text: str
    quoted: bool = False
    negated: bool = False
    span: Span = _span()


# ---- declarations ----------------------------------------------------------------------------------------------------


@frozen
class Rule:
    """One rule: `id` is complete (`us-gaap/income-statement/gross-profit`); its relations are judged alone."""

    id: str
    title: str
    relations: tuple[Relation | Each, ...]
    clauses: Clauses = Clauses()
    path: str = ""
    span: Span = _span()
    shipped: bool = False
    """From the library that comes with the program."""


@frozen
class Definition:
    """`define Growth of X = ...`: a value and, wherever its name is printed, a check. `parameter` is "X" or empty."""

    name: str
    expression: Expr
    parameter: str = ""
    printed_as: PrintedAs | None = None
    clauses: Clauses = Clauses()
    path: str = ""
    span: Span = _span()
    shipped: bool = False
    stem: str = ""
    """What ids of its file begin with."""

    @property
    def id(self) -> str:
        """What the check of its printed figures is called."""
        own = re.sub(r"[^a-z0-9]+", "-", self.name.casefold()).strip("-")
        return f"{self.stem}/{own}" if self.stem else own

    def printed(self, name: str) -> str:
        """What its check says where this name of it is printed. Its id may be that of a rule, this is not."""
        return f"{name} as printed = {self.name}"

    def speaks_in(self, relation: str) -> bool:
        """Whether a check that reads so is its own."""
        return any(
            relation == self.printed(one) for one in (self.name, *(alias.text for alias in self.clauses.aliases))
        )


@frozen
class Concept:
    """A name, its other names, and what it measures."""

    name: str
    aliases: tuple[Alias, ...] = ()
    timing: Literal["duration", "instant"] | None = None
    measure: Measure | None = None
    balance: Literal["debit", "credit"] | None = None
    stands_for: Literal["line", "segment", "entity", "heading"] = "line"
    tags: tuple[str, ...] = ()
    """Qualified names of an XBRL taxonomy: `us-gaap:Revenues`."""
    path: str = ""
    span: Span = _span()


@frozen
class Use:
    """`use us-gaap; house/common`."""

    targets: tuple[str, ...]
    span: Span = _span()


@frozen
class Override:
    """Changes the clauses it states, or the relation, of the rules that `target` (an id or a glob) fits."""

    target: str
    clauses: Clauses
    relations: tuple[Relation | Each, ...] = ()
    path: str = ""
    span: Span = _span()


@frozen
class Skip:
    """Switches off the rules that its targets fit."""

    targets: tuple[str, ...]
    because: str = ""
    path: str = ""
    span: Span = _span()


Declaration = Rule | Definition | Concept | Use | Override | Skip


@frozen
class RuleFile:
    """One file as parsed: its declarations in order and everything wrong with it."""

    path: str
    """As given or, for shipped rules, relative to the rules folder."""
    stem: str
    """What ids begin with: the path below its rules folder without the suffix, with `/`."""
    text: str
    declarations: tuple[Declaration, ...]
    problems: tuple[Problem, ...] = ()
    shipped: bool = False
    sha256: str = ""
    """Of the bytes of the file; empty where the text never was one."""


@frozen
class Pack:
    """A pack of rules that a run uses: what it says of itself, a hash over its rule files, and the installed package
    that brought it, if one did."""

    name: str
    version: str
    licence: str
    sha256: str
    by: str = ""

    @property
    def in_words(self) -> str:
        """The same on a line."""
        said = [
            self.version or "no version",
            self.licence or "no licence stated",
            f"sha256 {self.sha256}",
            *([f"from {self.by}"] if self.by else []),
        ]
        return ", ".join(said)


@frozen
class Reservation:
    """Rules of the house that are for some documents only: by the names of files, or by the issuer that a document
    names."""

    rules: tuple[str, ...]
    documents: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        """For which documents, in words."""
        return " or ".join(
            filter(
                None,
                (f"documents called {', '.join(self.documents)}" if self.documents else "", " or ".join(self.issuers)),
            )
        )


@frozen
class Rulebook:
    """All that a run applies: overrides and skips are carried out, concepts of one name merged, definitions free of
    cycles."""

    rules: tuple[Rule, ...] = ()
    definitions: tuple[Definition, ...] = ()
    concepts: tuple[Concept, ...] = ()
    overrides: tuple[Override, ...] = ()
    skips: tuple[Skip, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """Path and sha256 of every file read, in order."""
    problems: tuple[Problem, ...] = ()
    packs: tuple[Pack, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    """Which rules of the house are for some documents only."""
    _worked_out: dict[Callable[[Rulebook], Anything], Anything] = field(factory=dict, init=False, eq=False, repr=False)

    @property
    def faulty(self) -> bool:
        """Whether anything in it is an error: then nothing runs."""
        return any(problem.severity == "error" for problem in self.problems)

    def once(self, make: Callable[[Rulebook], Made]) -> Made:
        """What `make` works out of the rules alone: once, for all documents. Nothing of a document ever stands in
        it."""
        if make not in self._worked_out:
            self._worked_out[make] = make(self)
        made: Made = self._worked_out[make]
        return made
