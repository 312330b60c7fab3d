"""Formulas as evidence: slips that spreadsheets invite are found, and what is right is silent."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from checker.core.finding import Finding
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check
from tests.read.books import Rows, changed, filled, saved

RULE = "structure/formulas/formulas"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load([])


BALANCE: Rows = (
    ["Consolidated Balance Sheets (in thousands of euros)", None, None, None],  # 1
    [None, "Dec. 31, 2023", "Dec. 31, 2022", "Dec. 31, 2021"],
    ["Cash and cash equivalents", 14250, 12180, 11040],  # 3
    ["Short-term investments", 8310, 7950, 6120],
    ["Trade receivables", 22417, 20333, 19870],  # 5
    ["Inventories", 10905, 11240, 10110],
    ["Contract assets", 947, 885, 812],  # 7
    ["Total current assets", "=SUM(B3:B7)", "=SUM(C3:C7)", "=SUM(D3:D7)"],
    [None, None, None, None],
    ["Property and equipment, net", 31500, 32100, 30990],  # 10
    ["Goodwill", 12040, 12040, 12040],
    ["Total non-current assets", "=SUM(B10:B11)", "=SUM(C10:C11)", "=SUM(D10:D11)"],  # 12
    ["Total assets", "=B8+B12", "=C8+C12", "=D8+D12"],
)
INCOME: Rows = (
    ["Consolidated Statements of Operations (in thousands of euros)", None, None, None],
    [None, 2023, 2022, 2021],
    ["Revenues", 95100, 90420, 88030],  # 3
    ["Cost of revenues", 50490, 48480, 47220],
    ["Gross profit", "=B3-B4", "=C3-C4", "=D3-D4"],  # 5
    ["Research and development", 8550, 7903, 7711],
    ["Selling expenses", 6728, 6468, 6333],
    ["Total operating expenses", "=B6+B7", "=C6+C7", "=D6+D7"],  # 8
    ["Operating income", "=B5-B8", "=C5-C8", "=D5-D8"],
)


def made(balance: Rows = BALANCE, income: Rows = INCOME) -> Workbook:
    book = Workbook()
    filled(book, "Balance", balance)
    filled(book, "Income", income)
    return book


def checked(book: Workbook, rulebook: Rulebook) -> Checked:
    return check("a.xlsx", saved(book), rulebook)


def broken(said: Checked) -> list[Finding]:
    return [finding for finding in said.findings if finding.verdict == "violation" and finding.severity == "error"]


def test_what_is_right_is_silent_and_tested(rulebook: Rulebook) -> None:
    said = checked(made(), rulebook)
    assert [one.check.in_words for one in said.findings if one.verdict in ("violation", "rounding")] == []
    assert said.problems == ()
    assert said.summary.untested == 0
    assert sum(RULE in (one.check.rule, *one.check.also) and one.verdict == "agrees" for one in said.findings) == 18


SLIPS: dict[str, tuple[dict[str, object], dict[str, object], str, str]] = {
    "a range that ends too soon": ({"B8": "=SUM(B3:B6)"}, {}, "Balance!B8", "leaves out B7 (Contract assets)"),
    "a range that ends too soon in every column": (
        {f"{c}8": f"=SUM({c}3:{c}6)" for c in "BCD"},
        {},
        "Balance!B8",
        "leaves out B7",
    ),
    "a range that begins too late": (
        {"C8": "=SUM(C4:C7)"},
        {},
        "Balance!C8",
        "leaves out C3 (Cash and cash equivalents)",
    ),
    "a range that is broken by a line put in": (
        {f"{c}8": f"=SUM({c}3:{c}4)+SUM({c}6:{c}7)" for c in "BCD"},
        {},
        "Balance!C8",
        "leaves out C5",
    ),
    "a sum that forgets a line": ({"D8": "=D3+D4+D6+D7"}, {}, "Balance!D8", "leaves out D5 (Trade receivables)"),
    "a range that counts a subtotal": ({"B13": "=SUM(B3:B12)"}, {}, "Balance!B13", "twice"),
    "a line that a sum names twice": (
        {"B8": "=SUM(B3:B7)+B5"},
        {},
        "Balance!B8",
        "counts B5 (Trade receivables) twice",
    ),
    "a line that a sum of cells names twice": (
        {"C8": "=C3+C4+C5+C4+C6+C7"},
        {},
        "Balance!C8",
        "twice",
    ),
    "a number typed over a sum": (
        {"B8": 56928},
        {},
        "Balance!B8",
        "is a number, where C8 beside it has the formula =SUM(C3:C7)",
    ),
    "a number typed over a sum between others": ({}, {"C8": 14317}, "Income!C8", "is a number"),
    "a wrong sign": ({}, {"C5": "=C3+C4"}, "Income!C5", "is not what the cells beside it have"),
    "a wrong sign at the edge": ({}, {"B9": "=B5+B8"}, "Income!B9", "is not what the cells beside it have"),
    "a number in a formula": ({}, {"D8": "=D6+D7+250"}, "Income!D8", "adds a number that stands in no cell"),
    "a number stored as text": (
        {"B5": "22,417"},
        {},
        "Balance!B8",
        "passes over B5 (Trade receivables), a number that is stored as text",
    ),
    "a sum over another cell": ({}, {"C9": "=C5-C7"}, "Income!C9", "is not what the cells beside it have"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_found_at_its_cell_and_said(name: str, rulebook: Rulebook) -> None:
    balance, income, where, words = SLIPS[name]
    said = checked(made(changed(BALANCE, balance), changed(INCOME, income)), rulebook)
    places = {
        f"{one.check.figures[0].place.sheet}!{one.check.figures[0].place.cell}": one
        for one in broken(said)
        if RULE in (one.check.rule, *one.check.also)
    }
    assert where in places, [one.check.in_words for one in broken(said)]
    assert words in places[where].check.in_words
    wrong = {one.partition("!")[2] for one in places}
    assert len(wrong) == (3 if len(balance) == 3 else 1), wrong


def test_a_hidden_line_that_is_counted(rulebook: Rulebook) -> None:
    book = made()
    book["Balance"].row_dimensions[5].hidden = True
    found = [one for one in broken(checked(book, rulebook)) if RULE in (one.check.rule, *one.check.also)]
    assert {one.check.figures[0].place.cell for one in found} == {"B8", "C8", "D8"}
    assert "counts B5, which is hidden" in found[0].check.in_words


def test_a_year_that_is_counted(rulebook: Rulebook) -> None:
    rows = changed(
        INCOME, {"C5": "=SUM(C2:C4)", "B5": "=SUM(B3:B4)", "D5": "=SUM(D3:D4)", "A4": "Grants", "A5": "Total revenues"}
    )
    [found] = [one for one in broken(checked(made(income=rows), rulebook)) if RULE in (one.check.rule, *one.check.also)]
    assert found.check.figures[0].place.cell == "C5" and "counts C2, which heads the column" in found.check.in_words


def test_a_column_that_is_filled_down(rulebook: Rulebook) -> None:
    rows = [["Revenue by region (in millions)", None, None, None], [None, 2023, 2022, "Change"]]
    amounts = [(120, 101), (88, 93), (61, 60), (47, 52), (39, 31)]
    rows += [[f"Region {'ABCDE'[n]}", one, two, f"=B{n + 3}-C{n + 3}"] for n, (one, two) in enumerate(amounts)]  # type: ignore[list-item]
    assert broken(checked(made(income=rows), rulebook)) == []
    for wrong, words in (("=C5-B5", "is not what the cells beside it have"), (4, "is a number")):
        [found] = [
            one
            for one in broken(checked(made(income=changed(rows, {"D5": wrong})), rulebook))
            if RULE in (one.check.rule, *one.check.also)
        ]
        assert found.check.figures[0].place.cell == "D5" and words in found.check.in_words


def test_a_value_that_was_not_calculated_again(rulebook: Rulebook) -> None:
    content = saved(made())
    stale = saved(made(changed(BALANCE, {"B3": 14520})))
    assert content != stale
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as written:
        for name in given.namelist():
            written.writestr(name, given.read(name).replace(b"<v>14250</v>", b"<v>14520</v>"))
    found = [
        one
        for one in check("a.xlsx", out.getvalue(), rulebook).findings
        if one.verdict == "violation" and RULE in (one.check.rule, *one.check.also)
    ]
    assert [one.check.figures[0].place.cell for one in found] == ["B8"]


@pytest.mark.parametrize(
    ("balance", "words"),
    [({"B8": 56829}, "B8 is a number"), ({"B7": 0, "B8": "=SUM(B3:B6)"}, "leaves out B7")],
)
def test_what_changes_no_number_is_a_note(balance: dict[str, object], words: str, rulebook: Rulebook) -> None:
    said = checked(made(changed(BALANCE, balance)), rulebook)
    assert broken(said) == []
    [note] = [one for one in said.problems if one.code == "P202"]
    assert note.severity == "note" and words in note.message and "no number is changed" in note.message
    assert note.place is not None and note.place.cell == "B8"


QUIET: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "history that is typed, and a forecast that goes on from it": ({}, {"B3": 95100, "C3": "=B3+C6", "D3": "=C3+D6"}),
    "a line that its caption calls a part": (
        {"A7": "of which contract assets", "B8": "=SUM(B3:B6)", "C8": "=SUM(C3:C6)", "D8": "=SUM(D3:D6)"},
        {},
    ),
    "subtotals added one by one": ({f"{c}13": f"={c}8+{c}10+{c}11" for c in "BCD"}, {}),
    "sums rounded by the formula": ({f"{c}8": f"=ROUND(SUM({c}3:{c}7),0)" for c in "BCD"}, {}),
    "a column of comparatives that is typed": ({"D8": 47952, "D12": 43030, "D13": 90982}, {}),
}


@pytest.mark.parametrize("name", QUIET)
def test_what_is_meant_is_silent(name: str, rulebook: Rulebook) -> None:
    balance, income = QUIET[name]
    said = checked(made(changed(BALANCE, balance), changed(INCOME, income)), rulebook)
    assert [one.check.in_words for one in broken(said)] == []


def test_decimals_that_are_not_shown_are_rounding(rulebook: Rulebook) -> None:
    rows = changed(INCOME, {"B6": 8550.4, "B7": 6728.4})
    said = checked(made(income=rows), rulebook)
    verdicts = {
        one.check.figures[0].place.cell: one.verdict
        for one in said.findings
        if RULE in (one.check.rule, *one.check.also) and one.check.figures[0].place.sheet == "Income"
    }
    assert verdicts["B8"] == "rounding" and broken(said) == []


def test_the_report_says_what_is_seen_of_the_formula(rulebook: Rulebook) -> None:
    from checker.core.report import Report, RunRules
    from checker.report import FORMATS

    said = checked(made(changed(BALANCE, {"B8": "=SUM(B3:B6)"})), rulebook)
    report = Report("0", RunRules("", (), ()), {}, (said,))
    for name in ("text", "concise", "markdown", "html"):
        text = FORMATS[name].render(report)
        assert isinstance(text, str) and "=SUM(B3:B6) leaves out B7 (Contract assets)" in " ".join(text.split()), name
