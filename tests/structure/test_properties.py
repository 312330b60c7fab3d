"""What must be true of every table: true totals never speak, columns have no order, and nothing raises."""

from __future__ import annotations

from decimal import Decimal

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.core.figure import Figure
from checker.core.place import Place
from checker.core.statement import Column, Line, Statement
from checker.core.unit import PERCENT, SHARES, money, per_share
from checker.structure import infer
from tests.examples import examples
from tests.structure.tables import licensed, release

WORDS = st.sampled_from(
    [
        "Cash",
        "Less: returns",
        "Net sales",
        "Total",
        "Total assets",
        "",
        "Balance at end of year",
        "Balance at beginning of year",
        "Other",
    ]
)


def printed(name: str, amount: Decimal, step: Decimal) -> Figure:
    return Figure(
        name, str(amount), (amount / step).to_integral_value() * step, step, money("USD"), "", Place(1, 1, (0, 1))
    )


def laid_out(rows: list[tuple[str, list[Decimal]]], step: Decimal) -> Statement:
    width = len(rows[0][1])
    lines = tuple(
        Line(
            place, caption, figures=tuple(printed(f"r{place}c{at}", amount, step) for at, amount in enumerate(amounts))
        )
        for place, (caption, amounts) in enumerate(rows)
    )
    return Statement(0, None, "", tuple(Column(at, f"column {at}") for at in range(width)), lines)


@st.composite
def true_trees(draw: st.DrawFn) -> Statement:
    """Groups of lines with their true totals and a grand total, every amount then rounded to the same step."""
    width = draw(st.integers(1, 4))
    amounts = st.lists(
        st.integers(-10_000_000, 10_000_000).map(lambda cents: Decimal(cents) / 100), min_size=width, max_size=width
    )
    groups = draw(st.lists(st.lists(amounts, min_size=2, max_size=6), min_size=1, max_size=4))
    rows: list[tuple[str, list[Decimal]]] = []
    grand = [Decimal(0)] * width
    for number, group in enumerate(groups):
        total = [sum(column, Decimal(0)) for column in zip(*group, strict=True)]
        grand = [one + two for one, two in zip(grand, total, strict=True)]
        rows += [(f"Line {number} {place}", line) for place, line in enumerate(group)] + [
            (f"Total group {number}", total)
        ]
    return laid_out(
        [*rows, ("Total", grand)],
        draw(st.sampled_from([Decimal("0.01"), Decimal("0.1"), Decimal(1), Decimal(10), Decimal(1000)])),
    )


@given(true_trees())
@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_true_totals_never_speak_under_any_rounding(statement: Statement) -> None:
    assert licensed(infer(release(statement)).sums) == []


@given(true_trees(), st.randoms(use_true_random=False))
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_the_order_of_columns_changes_nothing_down_the_table(statement: Statement, random: object) -> None:
    order = list(range(len(statement.columns)))
    random.shuffle(order)  # type: ignore[attr-defined]
    lines = tuple(evolve(line, figures=tuple(line.figures[at] for at in order)) for line in statement.lines)
    shuffled = evolve(statement, lines=lines)
    before = {(each.total, each.terms) for each in infer(release(statement)).sums if each.kind != "row total"}
    after = {(each.total, each.terms) for each in infer(release(shuffled)).sums if each.kind != "row total"}
    assert before == after


NUMBERS = (
    st.decimals(allow_nan=True, allow_infinity=True)
    | st.decimals(min_value=-(10**9), max_value=10**9, places=2)
    | st.none()
)
STEPS = st.sampled_from(
    [Decimal(0), Decimal("0.01"), Decimal(1), Decimal(1000), Decimal("1E+25"), Decimal("1E-20"), Decimal("NaN")]
)
FIGURES = st.builds(
    Figure,
    id=st.uuids().map(str),
    text=st.just(""),
    value=NUMBERS,
    step=STEPS,
    unit=st.sampled_from([money("USD"), SHARES, PERCENT, per_share("USD")]),
    caption=WORDS,
    place=st.just(Place(1, 1, (0, 1))),
    additive=st.booleans(),
)


@st.composite
def any_statement(draw: st.DrawFn) -> Statement:
    width = draw(st.integers(0, 4))
    columns = tuple(
        Column(at, "Total" if at == 3 else "", role=draw(st.sampled_from(["amount", "percent", "shares"])))
        for at in range(width)
    )
    lines = tuple(
        Line(
            at,
            draw(WORDS),
            indent=draw(st.integers(0, 4)),
            rule_above=draw(st.booleans()),
            figures=tuple(draw(st.none() | FIGURES) for _ in range(width)),
        )
        for at in range(draw(st.integers(0, 9)))
    )
    return Statement(draw(st.integers(0, 3)), None, "", columns, lines)


@given(st.lists(any_statement(), max_size=3))
@settings(max_examples=examples(100), suppress_health_check=list(HealthCheck), deadline=None)
def test_no_statement_raises(statements: list[Statement]) -> None:
    infer(release(*statements))
