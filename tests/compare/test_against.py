"""Releases held against trial balances and documents: what is tied, what differs, and what nobody can say."""

from __future__ import annotations

import io
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

import checker
from checker import explain, pipeline
from checker.compare.against import FIGURE, SENTENCE, SIDE, held, opened
from checker.compare.ledger import ledger
from checker.core.finding import Finding
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.gate import Settings, decided
from checker.language import load
from checker.report import FORMATS, Style
from checker.report.redacted import document
from checker.workshop.codes import CHECKS

ROOT = Path(__file__).resolve().parents[2]
BALANCE = Path(__file__).parent / "trial_balance.csv"


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load([])


@pytest.fixture(scope="module")
def seeded(seed: Path, book: Rulebook) -> Checked:
    return pipeline.check("release.md", seed.read_bytes(), book)


def against(checked: Checked, content: bytes | str, book: Rulebook, name: str = "data/tb.csv") -> Checked:
    return held(checked, [opened(name, content.encode() if isinstance(content, str) else content)], book)


def findings(checked: Checked, verdict: str = "violation") -> list[Finding]:
    return [one for one in checked.findings if one.check.rule.startswith("against/") and one.verdict == verdict]


def changed(*edits: tuple[str, str]) -> str:
    text = BALANCE.read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


# ---- a trial balance -------------------------------------------------------------------------------------------------


def test_a_release_agrees_with_its_trial_balance(seeded: Checked, book: Rulebook) -> None:
    done = against(seeded, BALANCE.read_bytes(), book)
    (account,) = done.against
    assert not findings(done) and account.agreed == 26 and not account.rounding and not account.differing
    assert account.met + sum(count for _, count in account.unmet) == done.summary.figures
    assert dict(account.unmet)["its balance before the year was closed"] == 1
    assert decided(done, Settings()).outcome.passed  # type: ignore[union-attr]
    assert {"A"} <= {tick for one in done.coverage.values() for tick in one.ticks}


def test_three_planted_differences_are_three_findings(seeded: Checked, book: Rulebook) -> None:
    content = changed(
        ("1300,Inventory,,507949", "1300,Inventory,,509747"), (",16168421", ",16186421"), (",1908491", ",1908941")
    )
    done = against(seeded, content, book)
    figures = findings(done)
    assert sorted(one.check.figures[0].caption for one in figures) == ["Common stock", "Inventory", "Revenues"]
    assert {one.check.rule for one in figures} == {"against/figure"} and {one.severity for one in figures} == {"error"}
    inventory = next(one for one in figures if one.check.figures[0].caption == "Inventory")
    assert inventory.check.seen == "tb.csv!D7 says 509,747" and inventory.difference == 507_949 - 509_747
    assert decided(done, Settings()).outcome.status == 1  # type: ignore[union-attr]


SHEET = """TEAL MILLS PLC
CONSOLIDATED BALANCE SHEETS
(in thousands)
                              June 30,   December 31,
                                2025        2024
Cash                         $   610     $   570
Trade receivables                280         265
Total current assets             890         835
Total assets                 $   890     $   835
Trade payables                   190         180
Total liabilities                190         180
Share capital                    100         100
Retained earnings                600         555
Total equity                     700         655
Total liabilities and equity $   890     $   835
"""
LIST = """Account{sep}2025-06-30{sep}2024-12-31
Cash{sep}610204.10{sep}569930.00
Trade receivables{sep}280100.00{sep}264800.00
Trade payables{sep}190020.55{sep}180000.00
Share capital{sep}100000.00{sep}100000.00
Retained earnings{sep}600300.00{sep}555010.00
"""


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("old", "new", "differ"),
    [
        ("", "", []),
        ("280100.00", "270100.00", ["Trade receivables"]),
        ("190020.55", "109020.55", ["Trade payables"]),
        ("555010.00", "550510.00", ["Retained earnings"]),
    ],
)
def test_a_list_with_a_column_for_each_day_is_of_every_statement(
    separator: str, old: str, new: str, differ: list[str], book: Rulebook
) -> None:
    text = LIST.format(sep=separator).replace(old, new) if old else LIST.format(sep=separator)
    checked = against(pipeline.check("release.txt", SHEET.encode(), book), text, book)

    assert [one.check.figures[0].caption for one in findings(checked)] == differ
    assert checked.against[0].found == 10


def test_accounts_of_one_line_are_added_up_and_said(seeded: Checked, book: Rulebook) -> None:
    done = against(seeded, BALANCE.read_bytes(), book)
    cash = next(one for one in findings(done, "agrees") if one.check.figures[0].caption == "Cash and cash equivalents")
    assert "from Operating accounts 402,114 + Payroll account 15,276 + Petty cash 2,000" in cash.check.seen
    assert findings(against(seeded, changed(("15276", "15267")), book))


def test_an_account_on_the_other_side_is_a_finding(seeded: Checked, book: Rulebook) -> None:
    done = against(seeded, changed(("1700,Goodwill,,2406269,", "1700,Goodwill,,,2406269")), book)
    assert [one.check.rule for one in findings(done)] == ["against/side"]


def test_an_amount_of_a_sentence_is_tied(seed: Path, book: Rulebook) -> None:
    text = seed.read_text(encoding="utf-8").replace("\\$27.5 million", "\\$27.9 million")
    total = (
        "Trial balance at March 31, 2013\nAccount,Debit,Credit\nTotal assets (control),27539592,\nTotal "
        "assets,27539592,\n"
    )
    assert "\\$27.9 million" in text
    done = against(
        pipeline.check("release.md", text.encode(), book), total.replace("Total assets,", "Assets in all,"), book
    )
    assert not findings(done)
    filed = against(pipeline.check("release.md", text.encode(), book), seed.read_bytes(), book, "10-Q.md")
    assert [one.check.rule for one in findings(filed)] == ["against/sentence"]


SMALL = """Widget Corp
Balance sheets

| | June 30, 2024 | December 31, 2023 |
|---|---|---|
| Cash | {unit}1,250 | 1,100 |
| Receivables | 2,310 | 2,000 |
| Inventories | 940 | 900 |
| Total assets | 4,500 | 4,000 |
"""


@pytest.mark.parametrize(
    "content",
    [
        "Account;Name;Balance 30 June 2024\n1;Cash;1.250,00\n2;Receivables;2.310,00\n3;Inventories;940,00\n",
        "Account name\tDebit 2024-06-30\tCredit 2024-06-30\nCash\t1,250\t\nReceivables\t2,310\t\nInventories\t940\t\n",
        (
            "Widget Corp\nTrial balance as of June 30, 2024\n\nAccount name,Opening"
            " balance,Debit,Credit\nCash,7,1250,0\nReceivables,8,2400,90\nInventories,9,940,\n"
        ),
        (
            '"Account name","June 30, 2024",,"December 31, 2023",\n"Account'
            ' name","Debit","Credit","Debit","Credit"\nCash,1250,,1100,\nReceivables,2310,,2000,\n'
            "Inventories,940,,900,\n"
        ),
    ],
)
def test_balances_are_written_in_many_ways(content: str, book: Rulebook) -> None:
    release = pipeline.check("release.md", SMALL.format(unit="$").encode(), book)
    done = against(release, content, book)
    assert not findings(done) and done.against[0].agreed >= 3, done.against
    wrong = against(release, content.replace("940", "490"), book)
    assert [one.check.figures[0].caption for one in findings(wrong)] == ["Inventories"]


def test_a_release_in_thousands_is_tied_within_its_rounding(book: Rulebook) -> None:
    release = pipeline.check(
        "release.md", SMALL.format(unit="$").replace("Balance sheets", "Balance sheets (in thousands)").encode(), book
    )
    content = "At June 30, 2024\nAccount,Debit,Credit\nCash,1250499,\nReceivables,2309500,\nInventories,940501,\n"
    done = against(release, content, book)
    assert [one.check.figures[0].caption for one in findings(done)] == ["Inventories"]
    assert done.against[0].rounding == 2


@given(st.permutations(["Cash,1250,", "Receivables,2310,", "Inventories,940,"]), st.integers(0, 3))
def test_the_order_of_accounts_means_nothing(rows: list[str], blank: int) -> None:
    content = "At June 30, 2024\n" + "\n" * blank + "Account,Debit,Credit\n" + "\n".join(rows) + "\n"
    found = ledger("tb.csv", content.encode())
    assert found is not None and {(one.caption, int(one.value or 0)) for one in found.figures} == {
        ("Cash", 1250),
        ("Receivables", 2310),
        ("Inventories", 940),
    }


# ---- what is ambiguous -----------------------------------------------------------------------------------------------


def why(checked: Checked) -> dict[str, int]:
    return dict(checked.against[0].unmet)


def test_two_accounts_of_one_name_accuse_nobody(seeded: Checked, book: Rulebook) -> None:
    done = against(
        seeded, changed(("1300,Inventory,,507949,", "1300,Inventory,,400000,\n1301,Inventory,,100000,")), book
    )
    assert not findings(done) and why(done)["several lines of that name"] == 1


def test_two_lines_of_one_name_are_no_one_account(seeded: Checked, book: Rulebook) -> None:
    one = "At March 31, 2013\nAccount,Debit,Credit\nNotes payable - related parties,,5000000\nInventory,507949,\n"
    done = against(seeded, one, book)
    assert not findings(done) and done.against[0].agreed == 1


def test_a_file_without_a_day_ties_nothing(seeded: Checked, book: Rulebook) -> None:
    done = against(seeded, "Account,Debit,Credit\nInventory,509747,\n", book)
    assert not findings(done) and why(done)["period not in the file"] >= 1
    assert decided(done, Settings()).outcome.status == 3  # type: ignore[union-attr]


def test_another_currency_is_no_difference(seeded: Checked, book: Rulebook) -> None:
    done = against(seeded, "At March 31, 2013 (EUR)\nAccount,Debit,Credit\nInventory,509747,\n", book)
    assert not findings(done) and why(done)["in another unit"] >= 1


# ---- documents -------------------------------------------------------------------------------------------------------


def test_a_filing_is_tied_by_its_statements(seed: Path, seeded: Checked, book: Rulebook) -> None:
    text = seed.read_text(encoding="utf-8").replace("1,489,945", "1,498,945")
    done = against(seeded, text, book, "10-Q.md")
    (only,) = findings(done)
    assert only.check.seen.startswith("10-Q.md!line ") and only.check.seen.endswith("says 1,498,945")
    assert done.against[0].met == done.summary.figures and done.against[0].looked_for == done.against[0].found > 0


def test_a_place_in_a_filing_of_one_long_line_is_its_table_and_row(seeded: Checked, book: Rulebook) -> None:
    rows = (
        ("", "Three Months Ended March 31, 2013", "Three Months Ended March 31, 2012"),
        ("Revenues", "16,168,421", "11,534,705"),
        ("Cost of revenues", "11,751,596", "10,044,760"),
        ("Gross profit", "4,416,852", "1,489,945"),
    )
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    title = "<p>Consolidated Statements of Operations</p>"
    page = f"<html><body>{'<p>Words.</p>' * 200}{title}<table>{table}</table></body></html>"
    (only,) = findings(against(seeded, page, book, "10-Q.htm"))
    assert only.check.seen == "10-Q.htm!table 1, row 3 says 4,416,852"


def test_the_checks_are_explained() -> None:
    assert {FIGURE, SENTENCE, SIDE} == set(CHECKS)
    for one in CHECKS:
        assert explain(one).startswith(f"{one}\n") and "--against" in explain(one)
    assert all(one in explain("against") for one in CHECKS)


def test_figures_that_were_extracted_are_a_document(seed: Path, seeded: Checked, book: Rulebook) -> None:
    extracted = checker.extract(seed).render("json")
    assert not findings(against(seeded, extracted, book, "figures.json"))
    assert [
        one.check.figures[0].caption
        for one in findings(against(seeded, extracted.replace('"507949"', '"509747"'), book, "figures.json"))
    ] == ["Inventory"]


# ---- hostile files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff" * 500,
        b"Account,Debit,Credit\n",
        b'Account,Debit,Credit\n"Cash,1,2\n' * 3,
        b"PK\x03\x04rubbish",
        b"%PDF-1.4",
    ],
)
def test_a_file_of_nothing_is_an_error(seeded: Checked, book: Rulebook, content: bytes) -> None:
    done = against(seeded, content, book)
    assert not findings(done) and decided(done, Settings()).outcome.status == 3  # type: ignore[union-attr]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_spreadsheets_are_read(seeded: Checked, book: Rulebook, encoding: str) -> None:
    done = against(seeded, changed(("1700,Goodwill", "1699,Café,,1,\n1700,Goodwill")).encode(encoding), book)
    assert not findings(done) and done.against[0].agreed == 26


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(content: bytes) -> None:
    ledger("tb.csv", b"Account,Debit,Credit\nCash,1,\n" + content)
    ledger("tb.csv", content)


def test_a_large_file_ties_as_a_small_one_does(seeded: Checked, book: Rulebook) -> None:
    rows = "".join(f"{number},Account {number} of many,,{number},\n" for number in range(5_000))
    done = against(seeded, BALANCE.read_text(encoding="utf-8") + rows, book)
    assert not findings(done) and done.against[0].agreed == 26


# ---- reports ---------------------------------------------------------------------------------------------------------


def test_a_redacted_report_tells_no_amount_of_the_file(seeded: Checked, book: Rulebook) -> None:
    run = checker.check(ROOT / "examples" / "fusion-2013q1.md", against=BALANCE).run
    made = document(against(seeded, changed(("507949", "509747")), book))
    said = FORMATS["json"].render(attrs.evolve(run, documents=(made,)), Style())
    assert "509,747" not in str(said) and "509747" not in str(said)
    assert run.documents[0].against[0].agreed == 26


# ---- workbooks -------------------------------------------------------------------------------------------------------


def workbook(rows: list[list[object]]) -> bytes:
    out, book = io.BytesIO(), Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_a_trial_balance(seeded: Checked, book: Rulebook) -> None:
    rows: list[list[object]] = [["Trial balance at March 31, 2013"], ["No", "Account name", "Debit", "Credit"]]
    rows += [[1300, "Inventory", 509747, None], [1700, "Goodwill", 2406269, None], [4000, "Revenues", None, 16168421]]
    done = against(seeded, workbook(rows), book, "tb.xlsx")
    (only,) = findings(done)
    assert only.check.seen == "tb.xlsx!Sheet!C3 says 509,747" and done.against[0].agreed == 2


def test_cells_that_were_never_calculated_say_nothing(seeded: Checked, book: Rulebook) -> None:
    rows: list[list[object]] = [["Trial balance at March 31, 2013"], ["No", "Account name", "Debit", "Credit"]]
    rows += [[1300, "Inventory", "=500000+9747", None], [1700, "Goodwill", 2406269, None]]
    done = against(seeded, workbook(rows), book, "tb.xlsx")
    assert not findings(done) and done.against[0].agreed == 1


PER_SHARE = """

Reconciliation of income, statements of operations

| | Three Months Ended March 31, 2013 | Three Months Ended March 31, 2012 |
|---|---|---|
| Revenues | 12 | 13 |
| Cost of revenues | 4 | 5 |
| Gross profit | 8 | 8 |
"""


def test_a_table_of_something_else_accuses_nobody(seed: Path, book: Rulebook) -> None:
    text = seed.read_text(encoding="utf-8")
    bare = text[text.index("Consolidated Statements of Operations") :]
    other = PER_SHARE + bare[bare.index("\tMarch 31, 2013") :]
    done = against(pipeline.check("release.md", text.encode(), book), other, book, "10-Q.md")
    assert not findings(done) and done.against[0].agreed > 40


def test_a_line_of_another_name_may_agree_and_accuses_nobody(book: Rulebook) -> None:
    release = pipeline.check(
        "release.md", SMALL.format(unit="$").replace("Cash |", "Cash and cash equivalents |").encode(), book
    )
    content = "At June 30, 2024\nAccount,Debit,Credit\nCash,{},\nReceivables,2310,\nInventories,940,\n"
    wrong = against(release, content.format(1520), book)
    assert not findings(wrong) and wrong.against[0].agreed == 2
