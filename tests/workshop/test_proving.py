"""`tieout rules prove`: what is proven of rules is true, takes as few of them as it can, and is shown on a page."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.examples import examples

pytest.importorskip("z3", reason="needs the solver: pip install 'tieout[prove]'")

from checker.cli import run
from checker.core.rule import Amount, Binary, Expr, Name, Negative, Relation, Rule
from checker.language import load, parse, resolve
from checker.resources import rules_folder
from checker.workshop import proofs as told
from checker.workshop.codes import EXPLAINED
from checker.workshop.proofs import proofs
from checker.workshop.proving import Found, proven

CODES = [code for code in EXPLAINED.values() if code.code in {f"W41{number}" for number in range(1, 8)}]


def _found(text: str) -> list[Found]:
    file = parse(text, "own.rules", "own")
    assert not file.problems, file.problems
    book = resolve([file])
    return list(proven(book.rules, book))


def _told(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (
            one.kind,
            one.claim.id.removeprefix("own/"),
            tuple(culprit.id.removeprefix("own/") for culprit in one.culprits),
        )
        for one in _found(text)
    ]


def _rules(*lines: str) -> str:
    return "".join(
        f"rule {letter}\n" + "".join(f"    {one.strip()}\n" for one in line.split("/when")[:1]) + _when(line)
        for letter, line in zip("abcdefgh", lines, strict=False)
    )


def _when(line: str) -> str:
    return f"    when{line.split('/when')[1]}\n" if "/when" in line else ""


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["Debt <= 3 * Income", "Debt >= 4 * Income", "Income >= 1%"], [("contradiction", "a", ("b", "c"))]),
        (["Debt / Income <= 3", "Debt / Income >= 4"], [("contradiction", "a", ("b",))]),
        (["A = B + C", "A = B - C"], [("fixed", "b", ("a",))]),
        (["A = B + C", "C = A - B"], [("twice", "b", ("a",))]),
        (["A = B + C", "2 * A = 2 * B + 2 * C"], [("twice", "b", ("a",))]),
        (["A >= B + 3%", "A >= B"], [("implied", "b", ("a",))]),
        (["abs(A) >= 0%"], [("always", "a", ())]),
        (["A >= A"], [("always", "a", ())]),
        (["A >= A + 1%"], [("impossible", "a", ())]),
        (["max(A; B) < min(A; B)"], [("impossible", "a", ())]),
        (["A = B /when A > B AND A < B"], [("never", "a", ())]),
        (["A = B /when A is missing"], [("never", "a", ())]),
        (["A = B /when A is positive OR A is zero", "A = B /when A >= 0%"], [("twice", "b", ("a",))]),
        (["A = 7%"], [("fixed", "a", ())]),
        (["A * B >= 1%", "A >= 2%", "B >= 1"], [("implied", "a", ("b", "c"))]),
    ],
)
def test_what_is_wrong_is_found_with_as_few_rules_as_it_takes(
    lines: list[str], told: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    assert _told(_rules(*lines)) == told


@pytest.mark.parametrize(
    "lines",
    [
        ["A = B + C", "B = D + E", "A = D + E + C"],
        ["A = B /when A > 5%", "A = C /when A < 3%", "A <= 4% /when B is missing"],
        ["A = B + C? + D?", "A >= B"],
        ["A = (B | C)", "A >= 1% + C /when B is reported"],
        ["A >= B /when X is reported", "A < B /when X is missing"],
        ["prior A <= A", "preceding A >= A"],
        ["A[income statement] = B", "A[cash flow] = B + 1%"],
        ["A / B >= 25%", "A <= B"],
        ["A = B + C", "D = B - C"],
    ],
)
def test_rules_that_can_be_kept_are_left_alone(lines: list[str]) -> None:
    assert _told(_rules(*lines)) == []


def test_days_that_exclude_each_other_make_no_contradiction() -> None:
    one, other = ("rule a\n    A >= 5%\n    effective to 2019-12-31\n", "rule b\n    A <= 3%\n    effective from {}\n")
    assert _told(one + other.format("2020-01-01")) == []
    assert [kind for kind, *_ in _told(one + other.format("2019-01-01"))] == ["contradiction"]


def test_names_of_one_concept_are_one_figure_and_definitions_are_written_out() -> None:
    text = "concept Revenues\n    aka Net sales\n    currency\ndefine Margin = Profit / Revenues as percent\n"
    assert _told(text + _rules("Margin >= 20%", "Profit / Net sales <= 10%")) == [("contradiction", "a", ("b",))]


@pytest.mark.parametrize("code", CODES, ids=lambda code: str(code.code))
def test_the_examples_of_the_codes_are_true(code) -> None:  # type: ignore[no-untyped-def]
    for text, wanted in ((code.bad, {code.code}), (code.good, set())):
        file = parse(text, "own.rules", "own")
        assert {one.problem.code for one in proofs([file], resolve([file])).proofs} == wanted


# ---- laws ------------------------------------------------------------------------------------------------------------


def _value(expr: Expr, page: dict[str, Fraction]) -> Fraction:
    match expr:
        case Amount():
            return expr.value / 100
        case Name():
            return page[expr.text]
        case Negative():
            return -_value(expr.operand, page)
        case Binary():
            left, right = _value(expr.left, page), _value(expr.right, page)
            return {"+": left + right, "-": left - right, "*": left * right}[expr.operator]
    raise AssertionError(expr)


def _keeps(rule: Rule, page: dict[str, Fraction]) -> bool:
    relation = rule.relations[0]
    assert isinstance(relation, Relation)
    left, right = _value(relation.left, page), _value(relation.right, page)
    return {"=": left == right, "<=": left <= right, ">=": left >= right}[relation.comparison]


_terms = st.lists(
    st.tuples(st.sampled_from("+-"), st.sampled_from(["A", "B", "C", "D", "100%", "300%"])), min_size=1, max_size=3
)
_lines = st.builds(
    lambda left, sign, terms: f"{left} {sign} " + " ".join(f"{one} {name}" for one, name in terms).removeprefix("+ "),
    st.sampled_from(["A", "B", "C"]),
    st.sampled_from(["=", "<=", ">="]),
    _terms,
)


@settings(max_examples=examples(25), phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(_lines, min_size=1, max_size=4))
def test_pages_show_what_is_said_and_no_page_says_otherwise(lines: list[str]) -> None:
    text = _rules(*lines)
    grid = [
        {name: Fraction(amount) for name, amount in zip("ABCD", amounts, strict=True)}
        for amounts in product((-3, -1, 0, 2, 3), repeat=4)
    ]
    for one in _found(text):
        rules = [one.claim.rule, *(culprit.rule for culprit in one.culprits)]
        kept = [[_keeps(rule, page) for rule in rules] for page in grid]
        match one.kind:
            case "contradiction":
                assert not any(all(each) for each in kept)
                page = dict.fromkeys("ABCD", Fraction(0)) | {
                    amount.name: amount.value for amount in one.page if amount.value is not None
                }
                assert [_keeps(rule, page) for rule in rules] == [False] + [True] * len(one.culprits)
            case "impossible":
                assert not any(each[0] for each in kept)
            case "always":
                assert all(each[0] for each in kept)
            case "twice":
                assert all(each[0] == each[1] for each in kept)
            case "implied":
                assert all(each[0] for each in kept if all(each[1:]))
            case "fixed":
                assert all(page[one.figure] == one.value for page, each in zip(grid, kept, strict=True) if all(each))


# ---- the command -----------------------------------------------------------------------------------------------------


def test_the_command_shows_whole_rules_and_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.rules"
    path.write_text(_rules("Debt / Income <= 3", "Debt / Income >= 4"), encoding="utf-8")
    assert run(["rules", "prove", str(path)]) == 1
    out = capsys.readouterr().out
    assert (
        "no page can keep this together with `own/b`" in out
        and "own/b: Debt / Income >= 4" in out
        and "a page that keeps all but the first of them:" in out
    )
    assert out.endswith("2 rules: 1 warning\n")


def test_lint_says_it_too_and_nothing_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.rules"
    path.write_text(
        _rules("Debt >= Income + 1%", "Income >= Cash", "Cash >= Debt", "X = Y + Z", "Z = X - Y"), encoding="utf-8"
    )
    assert run(["rules", "lint", str(path)]) == 0
    err = capsys.readouterr().err
    assert err.count("W414") == 1 and err.count("E227") == 1 and "W415" not in err


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.rules"
    path.write_text("A = B\n", encoding="utf-8")
    monkeypatch.setattr("checker.workshop.proofs.find_spec", lambda name: None)
    assert run(["rules", "prove", str(path)]) == 2 and run(["rules", "lint", str(path)]) == 0
    assert "pip install 'tieout[prove]'" in capsys.readouterr().err


def test_the_shipped_library_proves_clean() -> None:
    book = load([])
    assert [(one.kind, one.claim.id) for one in proven(book.rules, book) if one.kind != "implied"] == []


def test_three_hundred_figures_and_eighty_sums_take_bounded_work() -> None:
    sums = [f"Total {n} = " + " + ".join(f"Line {n} {k}" for k in range(3)) for n in range(80)]
    grand = "Grand total = " + " + ".join(f"Total {n}" for n in range(80))
    text = "".join(f"rule r{n}\n    {line}\n" for n, line in enumerate([*sums, grand, "Grand total >= 1%"]))
    assert _told(text) == []


@pytest.mark.parametrize("path", ["us-gaap/bank.rules", "us-gaap"], ids=["one file", "a folder inside"])
def test_the_library_is_proven_by_any_part_of_it(path: str) -> None:
    part = rules_folder() / path
    stated = sum(
        file.read_text(encoding="utf-8").count("\nrule ")
        for file in ([part] if part.is_file() else part.rglob("*.rules"))
    )
    asked = told.proven([part])
    assert asked.rules == stated > 0
    assert [one.problem.message for one in asked.proofs if one.counts] == []
