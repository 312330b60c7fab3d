"""Files become one rulebook: names merge, ids are given, what is overridden or skipped changes."""

from __future__ import annotations

from fractions import Fraction

from checker.core.rule import Amount, Each, Relation, RuleFile
from checker.language import chosen, fits, parse, resolve


def _file(text: str, stem: str = "house/acme", shipped: bool = False) -> RuleFile:
    file = parse(text, f"{stem}.rules", stem, shipped)
    assert not file.problems, file.problems
    return file


def _codes(*files: RuleFile) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity) for problem in resolve(files).problems]


# ---- ids


def test_ids_begin_with_the_file_and_bare_relations_are_named_by_their_left_side() -> None:
    deficits = "Total stockholders' deficit = A\nTotal stockholders’ deficit = B\n"
    others = "closing X[balance sheet] + 1 = Y\n売上総利益 = Y\neach total = sum of its lines"
    book = resolve([_file("rule gp\n    A = B\n" + deficits + others)])
    assert [rule.id.removeprefix("house/acme/") for rule in book.rules] == [
        "gp",
        "total-stockholders-deficit",
        "total-stockholders-deficit-2",
        "closing-x-balance-sheet-1",
        "売上総利益",
        "each-total",
    ]
    assert book.rules[1].title == "Total stockholders' deficit = A"


def test_a_bare_relation_never_takes_the_id_of_a_rule() -> None:
    book = resolve([_file("Total = A\nrule total\n    Total = B")])
    assert [rule.id for rule in book.rules] == ["house/acme/total-2", "house/acme/total"]


def test_an_id_given_twice_is_an_error() -> None:
    assert _codes(_file("rule x\n    A = B\nrule x\n    A = C")) == [("E203", "error")]


def test_targets_fit_ids_packs_and_globs() -> None:
    assert fits("us-gaap/bank", "us-gaap/bank/net-loans")
    assert fits("us-gaap/*", "us-gaap/bank/net-loans")
    assert fits("*/net-loans", "us-gaap/bank/net-loans")
    assert not fits("us-gaap/ban", "us-gaap/bank/net-loans")
    assert chosen("net-loans", ["us-gaap/bank/net-loans", "a/b"]) == ("us-gaap/bank/net-loans",)
    assert chosen("x", ["a/x", "b/x"]) == ()
    assert chosen("bank/*", ["us-gaap/bank/net-loans", "a/b"]) == ("us-gaap/bank/net-loans",)


# ---- override and skip


BASE = 'rule x "X"\n    A = B\n    severity error; note above 5\n    because "old"\nrule y\n    C = D\n'


def test_an_override_changes_what_it_states_and_nothing_else() -> None:
    book = resolve(
        [
            _file(BASE, "us-gaap/base", True),
            _file('override us-gaap/base/x\n    severity note\n    tolerance exact\n    because "house"'),
        ]
    )
    x, y = book.rules
    assert (x.clauses.severity, x.clauses.steps, x.clauses.because) == ("note", (), "old")
    assert x.clauses.tolerance is not None and x.clauses.tolerance.kind == "exact"
    assert x.title == "X" and y.clauses.severity is None
    assert book.overrides[0].clauses.because == "house" and not book.problems


def test_an_override_may_replace_the_relation_of_one_rule() -> None:
    book = resolve([_file(BASE, "base"), _file('override base/x\n    A = B + E\n    because "house"')])
    assert [relation.text for relation in book.rules[0].relations if isinstance(relation, Relation)] == ["A = B + E"]
    assert _codes(_file(BASE, "base"), _file('override base/*\n    A = B + E\n    because "house"')) == [
        ("E208", "error")
    ]


def test_later_overrides_win() -> None:
    files = [
        _file(BASE, "base"),
        _file('override base/*\n    severity note\n    because "1"', "a"),
        _file('override base/x\n    severity warning\n    because "2"', "b"),
    ]
    assert [rule.clauses.severity for rule in resolve(files).rules] == ["warning", "note"]


def test_a_skip_takes_rules_out_and_stays_on_record() -> None:
    book = resolve([_file(BASE, "base"), _file('skip base/x; base/z\n    because "no"')])
    assert [rule.id for rule in book.rules] == ["base/y"]
    assert [(problem.code, problem.severity) for problem in book.problems] == [("E207", "warning")]
    assert book.skips[0].because == "no" and not book.faulty


def test_an_override_that_fits_nothing_names_the_nearest_rule() -> None:
    (problem,) = resolve([_file(BASE, "base"), _file('override base/xx\n    severity note\n    because "x"')]).problems
    assert problem.help == "did you mean `base/x`?"


# ---- concepts and definitions


def test_concepts_of_one_name_are_one() -> None:
    first = _file("concept Revenues\n    aka Net sales; Sales\n    duration, currency", "us-gaap/concepts", True)
    (concept,) = resolve(
        [first, _file('concept REVENUES\n    aka "net sales"; Umsatz\n    credit\n    xbrl us-gaap:Revenues')]
    ).concepts
    assert (concept.name, concept.timing, concept.measure, concept.balance, concept.tags) == (
        "Revenues",
        "duration",
        "currency",
        "credit",
        ("us-gaap:Revenues",),
    )
    assert [alias.text for alias in concept.aliases] == ["Net sales", "Sales", "Umsatz"]


def test_minus_makes_every_name_of_its_line_negative() -> None:
    (concept,) = resolve([_file('concept Net income\n    aka minus "Net loss"; Loss\n    aka Net earnings')]).concepts
    assert [(alias.text, alias.negated) for alias in concept.aliases] == [
        ("Net loss", True),
        ("Loss", True),
        ("Net earnings", False),
    ]


def test_a_definition_of_the_user_replaces_the_shipped_one() -> None:
    shipped = _file("define Materiality = 1% * Revenues", "us-gaap/x", True)
    book = resolve([shipped, _file("define Materiality = 5")])
    assert [definition.expression for definition in book.definitions] == [Amount(Fraction(5))]
    assert not book.problems
    assert _codes(_file("define A = 1", "a"), _file("define A = 2", "b")) == [("E212", "warning")]


def test_a_parameter_is_a_last_capital_that_the_expression_uses() -> None:
    book = resolve(
        [
            _file(
                "define Growth of X = X / prior X - 1\ndefine Vitamin C = A + B\ndefine Turnover of X = "
                "Sales / Growth of X"
            )
        ]
    )
    assert [(one.name, one.parameter) for one in book.definitions] == [
        ("Growth of X", "X"),
        ("Vitamin C", ""),
        ("Turnover of X", "X"),
    ]


def test_definitions_that_use_themselves_are_left_out_and_reported() -> None:
    for text in (
        "define A = A + 1",
        "define A = B\ndefine B = C\ndefine C = prior A",
        "define A = Growth of B\ndefine B = A\ndefine Growth of X = X / prior X",
        "define Growth of X = Growth of X + X",
        "define A = B\n    aka Other\ndefine B = other / 2",
    ):
        book = resolve([_file(text)])
        assert [problem.code for problem in book.problems] == ["E210"], text
        assert not {"A", "B"} & {definition.name for definition in book.definitions}


def test_a_printed_figure_is_no_circle() -> None:
    assert not resolve([_file('define A = A[as printed] / 2\ndefine B = "B" + 1')]).problems


def test_definitions_that_multiply_are_an_error_and_not_a_crash() -> None:
    doubling = "\n".join(f"define N{number} = N{number + 1} + N{number + 1}" for number in range(40))
    chain = "\n".join(f"define N{number} = N{number + 1} + 1" for number in range(3_000))
    nested = "define Growth of X = (X - prior X) / abs(prior X)\nA = " + "Growth of " * 60 + "B"
    handed = (
        "define F of X = X * X\n"
        + "\n".join(f"define F{number} of X = F of F{number - 1} of X" for number in range(1, 30))
        + "\ndefine F0 of X = X + X"
    )
    for text in (doubling, chain, nested, handed):
        book = resolve([_file(text)])
        assert {problem.code for problem in book.problems} == {"E215"}
        assert len(book.problems) < 100


def test_ordinary_definitions_of_definitions_stay() -> None:
    text = (
        "define EBIT = A + B\ndefine Growth of X = (X - prior X) / abs(prior X)\nGrowth of Growth of EBIT <= "
        "Growth of EBIT + 5%"
    )
    book = resolve([_file(text)])
    assert not book.problems and (len(book.definitions), len(book.rules)) == (2, 1)


# ---- the rest


def test_use_of_an_unknown_pack_is_an_error() -> None:
    assert _codes(_file("use us-gap\nA = B"), _file("A = B", "us-gaap/x", True)) == [("E206", "error")]
    assert _codes(_file("use us-gaap\nA = B"), _file("A = B", "us-gaap/x", True)) == []


def test_each_sentences_and_typographic_apostrophes() -> None:
    (rule,) = resolve([_file("rule x\n    each comparative agrees with last year’s release")]).rules
    assert rule.relations == (Each("each comparative agrees with last year's release"),)


def test_every_file_is_on_record_with_its_hash() -> None:
    book = resolve([_file("A = B", "a"), _file("A = B", "b")])
    assert [path for path, _ in book.files] == ["a.rules", "b.rules"]
    assert len({digest for _, digest in book.files}) == 1
