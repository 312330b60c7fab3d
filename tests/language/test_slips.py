"""What people who know spreadsheets, programs and prose write: each gets its sentence and, where there is one way to
mean it, the text put right."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.language import Printed, lint, parse, read
from checker.language.files import Source, parsed
from checker.language.loading import beside
from checker.workshop.fixing import fixed

PRINTED = Printed(
    {
        one.lower(): one
        for one in (
            "Revenues",
            "Selling and marketing",
            "General and administrative",
            "Total operating expenses",
            "Service fees",
            "Landing charges",
        )
    },
    "the release",
    "thousand",
)


def _mended(text: str, page: Printed | None = None) -> str:
    def look(path: Path, body: bytes) -> tuple[object, ...]:
        file, book = beside(path, body)
        mine = tuple(one for one in book.problems if one.path == file.path)
        return mine if book.faulty else (*mine, *lint([file], book, page))

    return fixed(Path("own.rules"), text.encode(), look).after.decode()  # type: ignore[arg-type]


def _head(line: str) -> str:
    return f'rule a "x"\n    Gross profit = Revenues - Cost of revenues\n    {line}\n'


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            "Profit before tax = 2 * [Revenues - Cost of revenues]",
            "Profit before tax = 2 * (Revenues - Cost of revenues)",
        ),
        (
            "Profit before tax = {Revenues - Cost of revenues} / 2",
            "Profit before tax = (Revenues - Cost of revenues) / 2",
        ),
        ("Total assets => Total liabilities", "Total assets >= Total liabilities"),
        ("Net debt / EBITDA <= 3,5", "Net debt / EBITDA <= 3.5"),
        ("Total assets >= $1.250.000", "Total assets >= $1,250,000"),
        ("Cash >= €12.5mn", "Cash >= €12.5 million"),
        ("Cash >= 12 bn", "Cash >= 12 billion"),
        ("Cash >= 250 thousand euros", "Cash >= €250 thousand"),
        ("Cash >= gbp 3 million", "Cash >= £3 million"),
        ("Cash >= chf 3 million", "Cash >= CHF 3 million"),
        ("Gross margin >= 12 pct", "Gross margin >= 12%"),
        ("Gross margin - prior Gross margin >= 50bps", "Gross margin - prior Gross margin >= 50 basis points"),
        ("Growth factor = 1.05^3", "Growth factor = 1.05 * 1.05 * 1.05"),
        ("EPS = ROUND(Net income / Shares, 2)", "EPS = (Net income / Shares)"),
        ("Bound = MAX(Revenues; Cost of revenues)", "Bound = max(Revenues; Cost of revenues)"),
        ("rule cash floor\n    Cash >= $5 million", "rule cash-floor\n    Cash >= $5 million"),
        ("Total assets = Total liabilities + Total equity;", "Total assets = Total liabilities + Total equity"),
        ("0 <= Cash <= Total assets", "0 <= Cash\nCash <= Total assets"),
        ("Total assets equals Total liabilities plus Total equity", "Total assets = Total liabilities + Total equity"),
        (_head("tolerance ± 2 units"), _head("tolerance 2 units")),
        (_head("because the board asked for it"), _head('because "the board asked for it"')),
        (_head('rationale "board"'), _head('because "board"')),
        (_head("effective from 31/12/2020 to 31.01.2022"), _head("effective from 2020-12-31 to 2022-01-31")),
        (_head("effective from December 31, 2020"), _head("effective from 2020-12-31")),
        (_head("effective to 1 July 2021"), _head("effective to 2021-07-01")),
        (_head("when Revenues > 0 or Cost of revenues > 0"), _head("when Revenues > 0 OR Cost of revenues > 0")),
        (_head("if Revenues <> 0"), _head("when Revenues != 0")),
        (_head("when 0 < Revenues < 9 as printed"), _head("when 0 < Revenues AND Revenues < 9 as printed")),
        (
            "-- what it is\nTotal assets = Total liabilities + Total equity",
            "# what it is\nTotal assets = Total liabilities + Total equity",
        ),
        (
            "rule x\n    Total = sum of\n        Cash\n        Bank\n    severity note",
            "rule x\n    Total = sum of\n        + Cash\n        + Bank\n    severity note",
        ),
        ("rule x\n    Total = sum of Cash + Bank", "rule x\n    Total = Cash + Bank"),
        (
            "rule x\n    Total = Cash +\n        Vault -\n        Overdraft",
            "rule x\n    Total = Cash\n        + Vault\n        - Overdraft",
        ),
        ("rule x\nTotal = Cash + Bank\nseverity note", "rule x\n    Total = Cash + Bank\n    severity note"),
        ("rule: x\n    check: Total = Cash + Bank", "rule x\n    Total = Cash + Bank"),
        ('rule x "open\n    Total = Cash + Bank', 'rule x "open"\n    Total = Cash + Bank'),
        ("Revenues >= prior year's Revenues", "Revenues >= prior Revenues"),
        ("Revenues >= Last quarter Revenues", "Revenues >= preceding Revenues"),
        ("Total assets = Beginning Total assets", "Total assets = opening Total assets"),
        ("Net income[PnL] = Revenues - Cost of revenues", "Net income[income statement] = Revenues - Cost of revenues"),
        (
            "Total assets (balance sheet) = Total liabilities + Total equity",
            "Total assets[balance sheet] = Total liabilities + Total equity",
        ),
        ("Revenues (six months) >= 0", "Revenues[six months] >= 0"),
        ("Gross profit / Revenues <= 60", "Gross profit / Revenues <= 60%"),
        ("Cost of revenues x Revenues = Other", "Cost of revenues * Revenues = Other"),
        ("Cash >= EUR 12.5m", "Cash >= €12.5 million"),
        ("Cash >= NOK 3bn", "Cash >= NOK 3 billion"),
        ("Cash between $1 million and $2 million", "Cash >= $1 million\nCash <= $2 million"),
        ("rule x\n    Total = Cash + Bank +/- 1", "rule x\n    Total = Cash + Bank\n    tolerance 1 unit"),
        ("Total ≈ Cash + Bank", "Total = Cash + Bank"),
        ("(Revenues - prior Revenues) / prior Revenues <= 12", "(Revenues - prior Revenues) / prior Revenues <= 12%"),
        ("Revenues / prior Revenues - 1 <= 8", "Revenues / prior Revenues - 1 <= 8%"),
        (_head("in incom statement"), _head("in income statement")),
        ("Cash[balance sheat] = Bank", "Cash[balance sheet] = Bank"),
        (
            "Revenues / AVERAGE(Total assets) >= 0.1",
            "Revenues / ((opening Total assets + closing Total assets) / 2) >= 0.1",
        ),
    ],
)
def test_what_is_put_right_without_a_doubt(wrong: str, right: str) -> None:
    assert _mended(wrong) == right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            "Total operating expenses = SUM(Selling and marketing; General and administrative)",
            "Total operating expenses = (Selling and marketing + General and administrative)",
        ),
        (
            "Total operating expenses = Seling and marketing + Other",
            "Total operating expenses = Selling and marketing + Other",
        ),
        ('Revenues = "Servce fees" + Landing charges', 'Revenues = "Service fees" + Landing charges'),
        ("Revenues = Servise fees[quarter] + Landing charges", "Revenues = Service fees[quarter] + Landing charges"),
        ("Revenues >= 600", "Revenues >= 600 thousand"),
    ],
)
def test_what_is_put_right_beside_a_release(wrong: str, right: str) -> None:
    assert _mended(wrong, PRINTED) == right


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Cash >= $5M", "E157"),
        ("rule a\n    Gross profit <> Revenues", "E103"),
        (_head("effective from 01/02/2020"), "E131"),
        ("Total = IF(Cash > 0; Cash; 0)", "E148"),
        ("Total = SUM(Cash:Bank)", "E218"),
        ("Gross profit / Revenues >= 0.35%", "E234"),
        ("B5 = B3 - B4", "E229"),
        ("/* what it is */\nA = B", "E154"),
    ],
)
def test_what_has_two_meanings_is_told_and_left_alone(text: str, code: str) -> None:
    file, book = beside(Path("own.rules"), text.encode())
    found = [one.code for one in (*book.problems, *(() if book.faulty else lint([file], book)))]
    assert code in found and _mended(text) == text


def test_a_name_that_two_captions_resemble_is_not_decided() -> None:
    page = Printed({"selling costs a": "Selling costs A", "selling costs b": "Selling costs B"})
    assert _mended("Total = Selling costs C + Other", page) == "Total = Selling costs C + Other"


@pytest.mark.parametrize(
    "text",
    [
        "Total current assets = Cash + Accounts receivable, net",
        'Total = "2 x 4 lumber" + Other',
        "Revenues >= prior Revenues",
        "Prior service cost = Prior service cost[notes]?",
        "Net income (loss) = Revenues - Cost of revenues",
        "Net charge-offs / Loans <= 0.35%",
        "Debt / EBITDA <= 3.5",
        "Gross profit / Revenues >= 0.35",
        "Interest expense / Revenues <= 1.5%",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert (
        _mended(text, Printed({one.lower(): one for one in ("Cash", "Prior service cost", "Other", "Total")})) == text
    )


@given(
    st.lists(
        st.sampled_from(
            [
                'rule a "x"\n',
                "    ",
                "A",
                " = ",
                " + ",
                "[",
                "]",
                "{",
                "(",
                ")",
                "1,25",
                "$5m",
                "sum of",
                "\n",
                "\n    ",
                "when ",
                " and ",
                "<>",
                "//",
                "IF(",
                ";",
                '"',
                "effective from 12/31/2012",
                " x ",
            ]
        ),
        max_size=14,
    )
)
def test_putting_right_never_fails_and_never_makes_it_worse(pieces: list[str]) -> None:
    text = "".join(pieces)
    after = _mended(text)
    old, new = (parsed(Source(Path("own.rules"), "own.rules", "own"), one.encode()).problems for one in (text, after))
    assert not (new and not old)
    assert _mended(after) == after


def test_bytes_are_those_of_the_file(tmp_path: Path) -> None:
    """Umlauts and a mark at the beginning move no edit."""
    path = tmp_path / "own.rules"
    path.write_bytes("\ufeff# größer\nUmsätze == Erlöse\n".encode())
    [problem] = read([path])[0].problems
    [edit] = problem.fix
    body = path.read_bytes()
    assert (body[: edit.start] + edit.text.encode() + body[edit.end :]).decode() == "\ufeff# größer\nUmsätze = Erlöse\n"


def test_every_edit_is_told_in_words_too() -> None:
    for text in ("A == B", "Cash >= $5m", "A = {B}", "rule a b\n    A = B"):
        for problem in parse(text, "own.rules", "own").problems:
            assert problem.fix and problem.message


def test_a_tolerance_that_is_read_as_part_of_a_caption_is_told(tmp_path: Path) -> None:
    file, book = beside(tmp_path / "own.rules", "rule x\n    Total = Cash ± $2 million\n".encode())
    faults = [one for one in lint([file], book, None) if one.code == "E231"]

    assert [one.help for one in faults] == [
        "a tolerance is a clause of its own below the relation: `tolerance $2 million`"
    ]


def test_a_definition_that_computes_another_unit_than_it_says_is_told(tmp_path: Path) -> None:
    text = "define Own margin = Gross profit / Revenues as currency\n"
    file, book = beside(tmp_path / "own.rules", text.encode())

    assert [one.help for one in lint([file], book, None) if one.code == "E204"] == ["write `as percent`"]
