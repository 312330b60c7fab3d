"""Rules over columns of facts: each verdict is that of the evaluator of one release, on the figures that an independent
lookup finds."""

from __future__ import annotations

import datetime as dt
import importlib.util
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples

pa = pytest.importorskip("pyarrow", reason="needs the extra bulk")
pytest.importorskip("numpy", reason="needs the extra bulk")


from checker.algebra import exact  # noqa: E402
from checker.bulk.facts import telling  # noqa: E402
from checker.bulk.facts.compiled import Compiled, compiled  # noqa: E402
from checker.bulk.facts.judged import WORDS, judged, judged_all  # noqa: E402
from checker.bulk.facts.reading import SCHEMA, columns, known, ordered, vocabulary  # noqa: E402
from checker.bulk.facts.table import Block, wide  # noqa: E402
from checker.core.check import Check  # noqa: E402
from checker.core.expression import Add, Constant, Divide, Expression, Multiply, Variable, negative, total, uses  # noqa: E402
from checker.core.figure import Figure  # noqa: E402
from checker.core.finding import Finding  # noqa: E402
from checker.core.place import Place  # noqa: E402
from checker.core.rule import All, Amount, Call, Either, Name, Negative, Not, Optional, Relation, Shifted, Tolerance  # noqa: E402
from checker.core.rule import Any as AnyOf  # noqa: E402
from checker.core.rule import Test as Asks  # noqa: E402
from checker.core.unit import Unit  # noqa: E402
from checker.evaluate.judge import judge  # noqa: E402
from checker.functions import FUNCTIONS  # noqa: E402
from checker.judge.trial import printed  # noqa: E402
from checker.language import load  # noqa: E402

RULES = """
concept A
    duration, currency
    xbrl x:A, x:A2
concept B
    duration, currency
    xbrl x:B
concept C
    duration, currency
    xbrl x:C
concept D
    duration, currency
    xbrl x:D, x:B
concept I
    instant, currency
    xbrl x:I
concept J
    instant, currency
    xbrl x:J
concept N
    duration, shares
    xbrl x:N
concept R
    duration, per share
    xbrl x:R
concept Q
    duration, per share
    xbrl x:Q

rule sum
    A = B + C
rule weighed
    A = 2 * B - C / 3 + 7
rule optional
    A = B + C? + D?
rule either
    A = (B | C) - D
rule bound
    A <= B
rule strict
    A > B + C
rule units
    A = B + C
    tolerance 2 units
rule exactly
    A = B + C
    tolerance exact
rule percent
    A = B
    tolerance 1%
rule amount
    A >= B
    tolerance 5 thousand
rule stocks
    I = J
rule moves
    closing I = opening I + A
rule year
    A = prior B
rule size
    A = B - abs(C)
rule quotient
    R = A / N
rule quotient-of-sums
    R = (A - B) / (N)
rule rates
    R = Q
rule product
    A = R * N
rule both
    R - Q = A / N
rule least
    A = min(B; C)
rule growth
    R = A / prior A - 1
rule asked
    A = B
    when C is missing
rule asked-sign
    A = B
    when C is not positive
rule asked-more
    A = B
    when (C | D) < 0 OR NOT B > C AND D is reported
rule asked-less
    I = J
    when I is not zero
rule effective
    A = B
    effective from 2020-12-31
rule yearly
    A = C
    in full year
"""

COMPARE: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
END, BEFORE = dt.date(2021, 12, 31), dt.date(2020, 12, 31)
_FLOWS, _STOCKS, _RATES = ["x:A", "x:A2", "x:B", "x:C", "x:D"], ["x:I", "x:J"], ["x:R", "x:Q"]


HAS_NUMBA = importlib.util.find_spec("numba") is not None


@cache
def rulebook(text: str) -> Compiled:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.rules"
        path.write_text(text)
        book = load([path], shipped=False)
    assert not book.problems, book.problems
    return compiled(book)


def facts_table(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows in the schema."""
    return pa.Table.from_pylist([{name: row.get(name) for name in SCHEMA.names} for row in rows], schema=SCHEMA)


def block_of(rows: list[dict[str, Any]], book: Compiled) -> Block:
    table = facts_table(rows)
    table = table.set_column(1, "concept", known(table["concept"], vocabulary(book)))
    return wide(columns(ordered(table.filter(pa.compute.is_valid(table["concept"]))), book), book)


# ---- an oracle that looks facts up one by one ------------------------------------------------------------------------

Look = Callable[[str, str], "Figure | str"]


def looking(rows: list[dict[str, Any]], book: Compiled, at: tuple[str, dt.date, int]) -> Look:
    """The figure that a name means in one filing and period, or `missing`, or `ambiguous`."""
    filing, end, months = at
    concepts = {one.name: one for one in book.rulebook.concepts}
    tags = {
        tag: [one.name for one in concepts.values() if tag in one.tags] for one in concepts.values() for tag in one.tags
    }
    start = dt.date(end.year, 1, 1)

    def look(name: str, prefix: str) -> Figure | str:
        concept = concepts[name]
        when, length = end, months
        if prefix == "prior":
            when = dt.date(end.year - 1, end.month, end.day)
        elif prefix == "opening":
            when = start - dt.timedelta(days=1)
        if prefix in ("opening", "closing") or concept.timing == "instant":
            length = 0
        if prefix == "opening" and not months:
            return "missing"
        for shared in (False, True):
            own = [tag for tag in concept.tags if (len(tags[tag]) > 1) == shared]
            here = [
                (number, row)
                for number, row in enumerate(rows)
                if (row["filing"], row["end"], row["months"]) == (filing, when, length)
            ]
            there = [(number, row) for number, row in here if row["concept"] in own]
            if len({row["value"] for _, row in there}) > 1:
                return "ambiguous"
            if there:
                number, row = min(there, key=lambda pair: pair[1]["rounded_to"])
                return Figure(
                    f"{number}", "", row["value"], row["rounded_to"], Unit.of("USD"), name, Place(1, 1, (0, 0))
                )
        return "missing"

    return look


def expression(expr: Any, look: Look, found: dict[str, Figure], prefix: str = "") -> Expression | str:
    match expr:
        case Amount():
            return Constant(expr.value / 100 if expr.unit == "percent" else expr.value)
        case Name():
            figure = look(expr.text, prefix)
            if isinstance(figure, str):
                return figure
            found[expr.text + prefix] = figure
            return Variable(figure.id)
        case Shifted():
            return expression(expr.operand, look, found, expr.prefix)
        case Optional():
            inner = expression(expr.operand, look, found, prefix)
            return Constant(Fraction(0)) if inner == "missing" else inner
        case Either():
            for option in expr.options:
                inner = expression(option, look, found, prefix)
                if inner != "missing":
                    return inner
            return "missing"
        case _:
            operands = (
                expr.operands
                if isinstance(expr, Call)
                else (expr.operand,)
                if isinstance(expr, Negative)
                else (expr.left, expr.right)
            )
            parts = [expression(one, look, found, prefix) for one in operands]
            if said := [one for one in parts if isinstance(one, str)]:
                return str(said[0])
            if isinstance(expr, Call):
                return FUNCTIONS[expr.function].build(tuple(parts))  # type: ignore[arg-type]
            if isinstance(expr, Negative):
                return negative(parts[0])  # type: ignore[arg-type]
            one, two = parts
            minus = Add(tuple(map(negative, two.terms))) if isinstance(two, Add) else negative(two)  # type: ignore[arg-type]
            made = {
                "+": lambda: total((one, two)),
                "-": lambda: total((one, minus)),
                "*": lambda: Multiply(one, two),
                "/": lambda: Divide(one, two),
            }  # type: ignore[arg-type]
            return made[expr.operator]()


def value_of(expr: Any, look: Look) -> Fraction | None:
    found: dict[str, Figure] = {}
    built = expression(expr, look, found)
    return (
        None
        if isinstance(built, str)
        else printed(built, {one.id: exact(one.value) for one in found.values() if one.value is not None})
    )


def holds(condition: Any, look: Look) -> bool | None:
    match condition:
        case None:
            return True
        case Relation():
            left, right = value_of(condition.left, look), value_of(condition.right, look)
            return None if left is None or right is None else COMPARE[condition.comparison](left, right)
        case Asks(operand, "reported" | "missing" as word, negated):
            return ((expression(operand, look, {}) == "missing") == (word == "missing")) != negated
        case Asks(operand, word, negated):
            value = value_of(operand, look)
            return (
                None
                if value is None
                else {"positive": value > 0, "negative": value < 0, "zero": value == 0}[word] != negated
            )
        case Not():
            inner = holds(condition.operand, look)
            return None if inner is None else not inner
        case All() | AnyOf():
            parts = [holds(one, look) for one in condition.operands]
            decisive = isinstance(condition, AnyOf)
            return decisive if decisive in parts else None if None in parts else not decisive
    raise AssertionError(condition)


def oracle(rows: list[dict[str, Any]], book: Compiled) -> dict[tuple[str, str, dt.date, int], str]:
    """The verdict of every relation in every context; not applicable ones are left out."""
    found = {}
    for rated in book.rated:
        clauses = rated.task.clauses
        for at in {(row["filing"], row["end"], row["months"]) for row in rows}:
            if (
                (at[2] > 0) != rated.durations
                or (clauses.effective_from and at[1] < clauses.effective_from)
                or (rated.task.within.months not in (None, at[2]))
            ):
                continue
            look, figures = looking(rows, book, at), dict[str, Figure]()
            relation = rated.task.relation
            left, right = expression(relation.left, look, figures), expression(relation.right, look, figures)
            if isinstance(left, str) or isinstance(right, str) or holds(clauses.when, look) is not True:
                continue
            named = set(uses(left)) | set(uses(right))
            used = [one for one in figures.values() if one.id in named]
            if len({one.id for one in used}) < len(used):
                continue
            check = Check(
                "r",
                "",
                "",
                "written",
                "",
                relation.comparison,
                left,
                right,
                tuple(used),
                tolerance=clauses.tolerance or Tolerance(),
            )
            judgement = judge(check)
            if not isinstance(judgement, str):
                found[rated.task.id, *at] = judgement.verdict
    return found


def columnar(rows: list[dict[str, Any]], book: Compiled) -> dict[tuple[str, str, dt.date, int], str]:
    block = block_of(rows, book)
    found = {}
    together = {one.rated.task.id: one for one in judged_all(block, compiled_loop=False)}
    if HAS_NUMBA:
        looped = {one.rated.task.id: one for one in judged_all(block, compiled_loop=True)}
        assert {name: (one.rows.tolist(), one.verdict.tolist()) for name, one in looped.items()} == {
            name: (one.rows.tolist(), one.verdict.tolist()) for name, one in together.items()
        }
    for rated in book.rated:
        done = together.get(rated.task.id) or judged(rated, block)
        alone = judged(rated, block)
        assert (alone.rows.tolist(), alone.verdict.tolist()) == (done.rows.tolist(), done.verdict.tolist()), (
            rated.task.id
        )
        for number, verdict in zip(done.rows, done.verdict, strict=True):
            filing = block.facts.filings[block.row["filing"][number]]
            end = dt.date(1970, 1, 1) + dt.timedelta(days=int(block.row["end"][number]))
            found[rated.task.id, filing, end, int(block.row["months"][number])] = WORDS[verdict]
    return found


# ---- facts of all kinds ----------------------------------------------------------------------------------------------


def fact(concept: str, value: str | int | Decimal, step: str = "1", end: dt.date = END, **more: Any) -> dict[str, Any]:
    months = 0 if concept in _STOCKS else 12
    unit = "shares" if concept == "x:N" else "USD"
    return {
        "filing": "f",
        "concept": concept,
        "end": end,
        "months": months,
        "unit": unit,
        "value": Decimal(value),
        "rounded_to": Decimal(step),
        **more,
    }


SMALL = st.integers(-30, 30).map(lambda number: (Decimal(number) * 1000, Decimal(1000)))
TINY = st.integers(-6, 6).map(lambda number: (Decimal(number), Decimal(1)))
CENTS = st.integers(-400, 400).map(lambda number: (Decimal(number) / 100, Decimal("0.01")))
EXACT = st.integers(-6, 6).map(lambda number: (Decimal(number), Decimal(0)))
EDGE = st.tuples(
    st.sampled_from([2**61, 2**60, 2**59, 2**57, 2**53, 10**17, 10**27 - 1]),
    st.integers(-2, 2),
    st.sampled_from([1, -1]),
).map(lambda parts: (Decimal(parts[2] * (parts[0] + parts[1])), Decimal(1)))
MIXED = st.one_of(
    TINY,
    SMALL,
    st.tuples(st.sampled_from([0, 1000, 2000, 2499, 2500, 2501]).map(Decimal), st.sampled_from([1, 1000]).map(Decimal)),
)


Amounts = st.SearchStrategy[tuple[Decimal, Decimal]]


def some(amounts: Amounts, rates: Amounts = CENTS) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Facts of a few filings, some missing, some twice."""

    def rows(concepts: list[str], values: Amounts) -> st.SearchStrategy[list[dict[str, Any]]]:
        one = st.tuples(
            st.sampled_from(concepts), values, st.sampled_from([END, END, BEFORE]), st.sampled_from("ffghijk")
        )
        made = one.map(lambda parts: fact(parts[0], parts[1][0], str(parts[1][1]), parts[2], filing=parts[3]))
        return st.lists(made, max_size=30)

    lists = st.tuples(rows(_FLOWS, amounts), rows(_STOCKS, amounts), rows(["x:N"], amounts), rows(_RATES, rates))
    return lists.map(lambda found: [row for one in found for row in one])


def told(rows: list[dict[str, Any]]) -> None:
    if rows:
        book = rulebook(RULES)
        assert columnar(rows, book) == oracle(rows, book)


@settings(max_examples=12)
@given(some(MIXED))
def test_verdicts_are_those_of_one_release(rows: list[dict[str, Any]]) -> None:
    told(rows)


@settings(max_examples=12)
@given(some(st.one_of(EDGE, EDGE, TINY), st.one_of(CENTS, EDGE)))
def test_amounts_near_the_end_of_64_bits_do_not_wrap(rows: list[dict[str, Any]]) -> None:
    told(rows)


@settings(max_examples=12)
@given(some(st.one_of(EXACT, TINY, CENTS), st.one_of(CENTS, EXACT)))
def test_ends_that_touch_zeros_and_exact_amounts(rows: list[dict[str, Any]]) -> None:
    told(rows)


def test_every_shape_is_met_and_judged() -> None:
    book = rulebook(RULES)
    shapes: Mapping[str, str] = {rated.task.rule.id.rpartition("/")[2]: rated.shape for rated in book.rated}
    assert not book.idle
    for name in (
        "sum",
        "weighed",
        "optional",
        "either",
        "bound",
        "strict",
        "units",
        "exactly",
        "percent",
        "amount",
        "stocks",
        "moves",
        "year",
        "rates",
    ):
        assert shapes[name] == "linear", name
    assert {shapes[name] for name in ("product", "least", "growth", "both")} == {"other"}
    assert (shapes["size"], shapes["quotient"], shapes["quotient-of-sums"]) == ("size", "quotient", "quotient")
    rows = [fact(concept, 5) for concept in (*_FLOWS[:1], *_FLOWS[2:], *_STOCKS, "x:N", *_RATES)]
    rows += [fact(concept, 5, end=BEFORE) for concept in (*_FLOWS[2:], *_STOCKS)]
    names = {key[0].rpartition("/")[2] for key in columnar(rows, book)}
    assert names >= set(shapes) - {"asked", "asked-sign", "asked-more", "growth"}


@pytest.mark.parametrize(
    ("total_", "verdict"), [("10", "agrees"), ("11", "rounding"), ("12", "violation"), ("8", "violation")]
)
def test_a_sum_of_rounded_facts(total_: str, verdict: str) -> None:
    found = columnar([fact("x:A", total_), fact("x:B", "4"), fact("x:C", "6")], rulebook(RULES))
    assert {name: said for (name, *_), said in found.items()}["x/sum"] == verdict


def test_several_facts_of_one_concept_that_differ_are_ambiguous_and_the_finer_of_equal_ones_counts() -> None:
    book = rulebook(RULES)
    twice = [fact("x:A", 5), fact("x:A2", 6), fact("x:B", 5), fact("x:C", 0)]
    assert not any(name == "x/sum" for name, *_ in columnar(twice, book))
    finer = [fact("x:A", 5000, "1000"), fact("x:A", 5000, "1"), fact("x:B", 5001, "1"), fact("x:C", 0)]
    assert columnar(finer, book)["x/exactly", "f", END, 12] == "violation" and columnar(finer, book) == oracle(
        finer, book
    )


def test_a_tag_that_two_concepts_share_yields_to_one_of_its_own() -> None:
    book = rulebook(RULES)
    rows = [fact("x:B", 5), fact("x:A", 5), fact("x:C", 0)]
    assert columnar(rows, book)["x/sum", "f", END, 12] == "agrees"
    assert ("x/optional", "f", END, 12) not in columnar(rows, book), "B and D would be one fact"


WHOLE = st.integers(-40, 40).map(lambda number: (Decimal(number) * 500, Decimal(1000 if number % 2 else 500)))


@settings(max_examples=examples(30))
@given(some(st.one_of(WHOLE, TINY, EXACT), TINY))
def test_what_is_told_from_columns_is_what_a_run_over_one_release_tells(rows: list[dict[str, Any]]) -> None:
    book = rulebook(TOLD)
    if not rows:
        return
    block = block_of(rows, book)
    keys = pa.array(block.facts.filings, pa.string())
    done = judged_all(block)
    parts = list(telling.told(done, block, keys, GATE))
    found = [each for part in parts for each in part.rows.to_pylist()]
    alone = [each for one in done for each in telling._as_rows(one, block, keys, (one.broken, GATE))]
    expected = [each for part in alone for each in part.rows.to_pylist()]
    assert sorted(map(repr, found)) == sorted(map(repr, expected))
    for name in ("filing", "verdict", "is_note", "blocks"):
        said = [[value for part in many for value in getattr(part, name).tolist()] for many in (parts, alone)]
        assert sorted(said[0]) == sorted(said[1])
    assert sorted({int(one) for part in parts for one in part.facts}) == sorted(
        {int(one) for part in alone for one in part.facts}
    )


def _counts(one: Finding) -> bool:
    return one.severity == "error"


GATE = telling.Gate(_counts)


TOLD = (
    RULES.partition("rule sum")[0]
    + """
rule sum
    A = B + C
rule less
    A - B = C?
rule either
    (A | B) - D = C
rule more
    A = B + C + D + 5
    severity warning
rule stocks
    I = J
"""
)
