"""Scale, unit and what foots: the captions of real releases and the readings that once went wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checker.core.statement import Role
from checker.extract import extract
from checker.lexicon import measures
from checker.lexicon.scale import stated
from tests.extract.tables import document, figure, grid

THOUSAND, MILLION = Decimal(1000), Decimal(1000000)


@pytest.mark.parametrize(
    ("text", "amounts", "shares"),
    [
        ("(In thousands, except per share amounts)", THOUSAND, None),
        ("(In thousands, except share and per share data)", THOUSAND, Decimal(1)),
        (
            "(In millions, except number of shares, which are reflected in thousands, and per-share amounts)",
            MILLION,
            THOUSAND,
        ),
        ("(dollars in millions, shares in thousands)", MILLION, THOUSAND),
        ("$000's", THOUSAND, None),
        ("($000)", THOUSAND, None),
        ("(000's omitted)", THOUSAND, None),
        ("000s omitted", THOUSAND, None),
        ("dollars in millions", MILLION, None),
        ("Millions of yen", MILLION, None),
        ("(Thousands of dollars)", THOUSAND, None),
        ("in € millions", MILLION, None),
        ("£m", MILLION, None),
        ("J$'000", THOUSAND, None),
        ("(Rs. in crores)", Decimal(10) ** 7, None),
        ("₹ in lakhs", Decimal(10) ** 5, None),
        ("(in RMB ten thousand)", Decimal(10) ** 4, None),
        ("(Yen in hundred millions)", Decimal(10) ** 8, None),
        ("USD ($) $ in Millions, shares in Thousands", MILLION, THOUSAND),
        ("U.S. dollars in thousands", THOUSAND, None),
    ],
)
def test_the_grammar_of_captions(text: str, amounts: Decimal, shares: Decimal | None) -> None:
    scale = stated(text)
    assert scale is not None
    assert (scale.amounts, scale.shares) == (amounts, shares)


@pytest.mark.parametrize(
    "text",
    [
        "Revenues rose by $5 million",
        "Consolidated Balance Sheets",
        "$1,000 face amount",
        "more than a thousand customers",
    ],
)
def test_a_sentence_states_no_scale(text: str) -> None:
    assert stated(text) is None


@pytest.mark.parametrize(
    ("caption", "role"),
    [
        ("Common stock, par value $0.01 per share", "amount"),
        ("Common shares – no par value: Authorized – 300,000,000 shares; outstanding – 106,194,281 shares", "amount"),
        ("Ordinary shares, no par value, 61,000,000 issued", "amount"),
        ("Common shares outstanding", "shares"),
        ("Common stock, $.001 par value; 100,000,000 shares authorized, 5,000 issued", "amount"),
        ("Shares used in computing earnings per share", "shares"),
        ("Weighted average number of shares outstanding", "shares"),
        ("Weighted-average shares - diluted", "shares"),
        ("Proceeds from sales of subsidiary shares", "amount"),
        ("Share-based payments", "amount"),
        ("Share-based compensation", "amount"),
        ("Cash dividends declared $0.57 per share", "amount"),
        ("Cash dividends declared ($0.57 per share)", "amount"),
        ("Dividends declared per share", "per share"),
        ("Basic and diluted loss per common share", "per share"),
        ("Net income used in computing earnings per share", "amount"),
        ("Net loss per equivalent limited partnership unit", "per share"),
        ("Outstanding shares at end of period", "shares"),
        ("Repurchase of common shares", "amount"),
        ("Total return swaps", "amount"),
        ("Effective tax rate", "percent"),
    ],
)
def test_what_a_caption_measures(caption: str, role: Role) -> None:
    assert measures.measure(caption) == role


INCOME = [
    ["", "2013", "2012"],
    ["Revenues", "$ 16,168", "$ 11,535"],
    ["Net loss", "(1,596)", "(786)"],
    ["Loss per share", "$ (0.01)", "$ (0.01)"],
    ["Weighted average shares", "178,670", "159,988"],
    ["Proceeds from sales of subsidiary shares", "1,000", "—"],
    ["Gross margin", "27.3%", "12.9%"],
]
CAPTIONS = (
    "Consolidated Statements of Operations",
    "(In thousands, except per share amounts)",
    "Three Months Ended March 31, 2013 and 2012",
)


def test_each_line_has_its_own_unit_and_scale() -> None:
    release = extract(document(*CAPTIONS, INCOME))
    found = {line.caption: line.figures[0] for statement in release.statements for line in statement.lines}
    shown = {
        caption: (str(one.value), str(one.unit), str(one.step)) for caption, one in found.items() if one is not None
    }
    assert shown == {
        "Revenues": ("16168000", "USD", "1000"),
        "Net loss": ("-1596000", "USD", "1000"),
        "Loss per share": ("-0.01", "USD/share", "0.01"),
        "Weighted average shares": ("178670000", "shares", "1000"),
        "Proceeds from sales of subsidiary shares": ("1000000", "USD", "1000"),
        "Gross margin": ("27.3", "percent", "0.1"),
    }


def test_a_dash_is_a_zero_rounded_as_its_column_is() -> None:
    dash = figure(extract(document(*CAPTIONS, INCOME)), "Proceeds from sales of subsidiary shares", 1)
    assert (dash.value, dash.step, dash.form) == (0, 1000, "dash")


def test_a_whole_number_percent_change_column_is_found_by_arithmetic() -> None:
    rows = [
        ["", "Q1 2013", "Q1 2012", "Change"],
        ["Revenues", "150", "120", "25"],
        ["Cost of sales", "90", "80", "13"],
        ["Gross profit", "60", "40", "50"],
        ["Expenses", "30", "25", "20"],
    ]
    release = extract(document("Consolidated Statements of Operations", "(In millions)", rows))
    change = release.statements[0].columns[2]
    assert change.role == "percent"
    assert all(
        line.figures[2] is not None and str(line.figures[2].unit) == "percent" and not line.figures[2].additive
        for line in release.statements[0].lines
    )


def test_a_change_column_in_amounts_keeps_its_unit_and_does_not_foot() -> None:
    rows = [
        ["", "Q1 2013", "Q1 2012", "Change"],
        ["Revenues", "150", "120", "30"],
        ["Cost of sales", "90", "80", "10"],
        ["Gross profit", "60", "40", "20"],
    ]
    release = extract(document("Consolidated Statements of Operations", "(In millions)", rows))
    change = figure(release, "Gross profit", 2)
    assert (release.statements[0].columns[2].role, str(change.unit), change.value, change.additive) == (
        "change",
        "USD",
        20000000,
        False,
    )


def test_every_figure_says_which_words_decided() -> None:
    why = " | ".join(figure(extract(document(*CAPTIONS, INCOME)), "Revenues").why)
    assert "In thousands" in why
    assert "2013" in why


def test_cents_among_whole_dollars_are_per_share_whatever_the_caption_says() -> None:
    rows = [
        ["", "2013", "2012"],
        ["Revenues", "16,168,421", "11,534,705"],
        ["Net loss", "(1,596,280)", "(785,951)"],
        ["Available to common stockholders", "(0.01)", "(0.01)"],
    ]
    release = extract(document("Consolidated Statements of Operations", rows))
    assert str(figure(release, "Available to common stockholders").unit) == "USD/share"


def test_a_remaining_term_is_no_amount() -> None:
    rows = [
        ["", "2013"],
        ["Lease cost", "$ 1,200"],
        ["Operating lease payments", "1,100"],
        ["Weighted-average remaining lease term", "7.9"],
    ]
    term = figure(extract(document("Leases", "(in thousands)", rows)), "Weighted-average remaining lease term")
    assert (str(term.unit), term.value, term.additive) == ("number", Decimal("7.9"), False)


def test_a_percent_column_may_print_its_sign_only_once() -> None:
    rows = [
        ["", "2013", "2012", "Change %"],
        ["Loans", "150", "120", "25.0%"],
        ["Deposits", "90", "80", "12.5"],
        ["Equity", "60", "40", "50.0"],
    ]
    release = extract(document("Balance Sheets", "(In millions)", rows))
    assert {str(figure(release, caption, 2).unit) for caption in ("Loans", "Deposits", "Equity")} == {"percent"}


def test_a_change_belongs_to_the_period_that_changed() -> None:
    rows = [
        ["", "March 31, 2013", "December 31, 2012", "Change from December 31, 2012"],
        ["Loans", "150", "120", "30"],
        ["Deposits", "90", "80", "10"],
        ["Equity", "60", "40", "20"],
    ]
    change = figure(extract(document("Balance Sheets", rows)), "Loans", 2)
    assert change.period is not None
    assert (str(change.period.end), change.additive) == ("2013-03-31", False)


def test_a_dash_is_rounded_as_the_figures_of_its_own_line_are() -> None:
    rows = [
        ["", "2013", "2012"],
        ["Revenues", "16,168", "11,535"],
        ["Cost of revenues", "11,752", "10,045"],
        ["Loss per share from continuing operations", "(0.01)", "(0.05)"],
        ["Loss per share from discontinued operations", "-", "(0.02)"],
        ["Impairment per share", "-", "-"],
        ["Gross margin", "27.3%", "-"],
    ]
    release = extract(document(*CAPTIONS, rows))
    for caption, column, step in (
        ("Loss per share from discontinued operations", 0, "0.01"),
        ("Impairment per share", 1, "0.01"),
    ):
        assert str(figure(release, caption, column).step) == step


def test_a_table_of_nothing_but_dashes_per_share_is_rounded_to_cents() -> None:
    rows = [["", "2013", "2012"], ["Revenues", "16,168", "11,535"], ["Dividends declared per share", "-", "$ -"]]
    dash = figure(extract(document(*CAPTIONS, rows)), "Dividends declared per share", 1)
    assert (str(dash.unit), str(dash.step)) == ("USD/share", "0.01")


def test_diluted_alone_under_basic_shares_counts_shares() -> None:
    rows = [
        ["", "2013", "2012"],
        ["Net loss", "(16,197)", "(25,442)"],
        ["Weighted average shares outstanding Basic", "45,612", "39,674"],
        ["Diluted", "45,612", "39,674"],
    ]
    assert str(figure(extract(document(*CAPTIONS, rows)), "Diluted").unit) == "shares"


def test_a_scale_before_the_first_caption_holds_for_the_table() -> None:
    rows = [["", "2013", "2012"], ["(in $ thousands) Net loss", "(558)", "(169)"], ["Interest income", "13", "25"]]
    release = extract(document("Reconciliation", rows))
    assert (figure(release, "Net loss").scale, figure(release, "Interest income").scale) == (1000, 1000)


def test_a_bare_dollar_is_of_the_united_states_unless_another_is_named_most() -> None:
    rows = [["", "2023"], ["Cash", "$10"], ["Debt", "$20"]]
    listed = document("We are exposed to the Canadian dollar, the euro and the yen.", rows)
    named = document("Expressed in Jamaican dollars unless otherwise indicated.", rows)
    assert {str(one.unit) for one in extract(listed).statements[0].figures} == {"USD"}
    assert {str(one.unit) for one in extract(named).statements[0].figures} == {"JMD"}


def test_names_of_classes_and_companies_are_no_words_of_measure() -> None:
    assert measures.head_role("Class A and Class B Common Stock Shares") == "shares"
    assert measures.head_role("Series A shares") == "shares"
    assert measures.head_role("ACME INC. SHAREHOLDERS Retained Earnings") == "amount"
    assert not measures.header_change("Dec. 31, 2021")
    assert measures.header_change("Inc./(Dec.)")


def test_amounts_under_the_end_of_a_scale_that_speaks_of_shares_are_amounts() -> None:
    rows = [
        ["(DOLLARS IN THOUSANDS, EXCEPT", "2005 PER SHARE DATA)", "2004"],
        ["Cash", "2,689", "8,018"],
        ["Receivables", "1,009", "590"],
    ]
    assert {str(one.unit) for one in extract(document("Balance Sheets", rows)).statements[0].figures} == {"USD"}


def test_total_equity_below_a_class_of_shares_is_an_amount() -> None:
    rows = [
        ["", "2005"],
        ["Series B: shares issued and outstanding:", ""],
        ["Common stock", "5,933,752"],
        ["Total stockholders' equity", "1,810,463"],
    ]
    assert str(figure(extract(document("Balance Sheets", rows)), "Total stockholders' equity").unit) == "USD"


def test_average_balances_foot_and_other_averages_do_not() -> None:
    assert measures.head_role("Fourth Quarter 2021 Average Balance") == "amount"
    assert measures.head_role("Average remaining life") == "average"


def test_a_percent_column_headed_by_a_day_in_december_is_of_that_day() -> None:
    lines = [["Real estate", "600", "60%", "500"], ["Consumer", "400", "40%", "300"], ["Total", "1,000", "100%", "800"]]
    rows = [["", "Dec 31, 2007", "", "Sept 30, 2007"], *lines]
    columns = extract(document("Loans", rows)).statements[0].columns
    assert [str(column.period.end) for column in columns if column.period][::2] == ["2007-12-31", "2007-09-30"]


def test_treasury_shares_in_currency_are_amounts() -> None:
    rows = [
        ["", "Treasury shares $'000", "Total $'000"],
        ["Balance at 1 January 2022", "120", "900"],
        ["Purchases", "30", "30"],
    ]
    assert {
        str(one.unit) for one in extract(document("Statement of Changes in Equity", rows)).statements[0].figures
    } == {"USD"}


@pytest.mark.parametrize(
    "caption",
    ["Series B: 2,000,000 shares designated: issued 5,915,572", "Common stock, 12,000 shares issued and outstanding"],
)
def test_a_number_of_shares_inside_a_caption_describes_the_stock(caption: str) -> None:
    assert measures.measure(caption) == "amount"


@pytest.mark.parametrize(
    ("caption", "role"),
    [
        ("Effect of exchange rate changes on cash", "amount"),
        ("Foreign exchange rate effect", "amount"),
        ("Average exchange rate", "price"),
    ],
)
def test_what_a_rate_of_exchange_does_is_an_amount(caption: str, role: Role) -> None:
    assert measures.measure(caption) == role


def test_lines_of_an_equity_statement_are_amounts_unless_they_count() -> None:
    found = extract(
        document(
            "Consolidated Statements of Changes in Shareholders' Equity (Dollars in Millions)",
            [
                ["", "Common Stock", "Additional Paid-in Capital", "Treasury Stock", "Retained Earnings"],
                ["Balance, January 1, 2023", "$ 1,466", "$ 3,546", "$ (25,128)", "$ 24,573"],
                ["Net income", "", "", "", "874"],
                ["Shares issued for stock options", "", "116", "127", ""],
                ["Treasury stock acquired (in shares)", "", "", "1,204", ""],
                ["Balance, June 30, 2023", "$ 1,466", "$ 3,662", "$ (25,001)", "$ 25,447"],
            ],
        )
    )
    assert found.statements[0].kind == "equity"
    assert str(figure(found, "Shares issued for stock options", 1).unit) == "USD"
    assert str(figure(found, "Treasury stock acquired (in shares)", 2).unit) == "shares"


def test_what_converts_shares_of_one_class_into_another_counts_shares_in_a_denominator() -> None:
    rows = [
        ["", "Class A", "Class B"],
        ["Denominator", "", ""],
        ["Number of shares used for basic EPS computation", "2,396", "460"],
        ["Conversion of Class B to Class A common stock", "460", "—"],
        ["Number of shares used for diluted EPS computation", "2,856", "460"],
    ]
    assert (
        str(figure(extract(document(*CAPTIONS, rows)), "Conversion of Class B to Class A common stock").unit)
        == "shares"
    )


@pytest.mark.parametrize(
    ("caption", "role"),
    [
        ("2.40% - 2.70%, due December 2035", "amount"),
        ("USD 400 mln 8% subordinated notes", "amount"),
        ("Mandatory convertible preferred stock, 6.00% Series A, par value $1.00", "amount"),
        ("7.25% cumulative redeemable preferred stock", "amount"),
        ("Preferred stock, 5%", "amount"),
        ("Gross profit as a % of sales", "percent"),
    ],
)
def test_the_coupon_of_a_bond_is_no_unit_of_its_line(caption: str, role: Role) -> None:
    assert measures.measure(caption) == role


def test_the_scale_of_a_heading_holds_for_its_total_too() -> None:
    rows = [
        ["(in millions)", "2023", "2022"],
        ["Service revenue", "37,097", "36,210"],
        ["Connections ('000)", "", ""],
        ["Postpaid", "92,474", "91,303"],
        ["Prepaid", "21,646", "23,310"],
        ["Total wireless", "114,120", "114,613"],
        ["Cash flow", "", ""],
        ["From operations", "18,020", "17,664"],
    ]
    lines = extract(document(grid(rows, [10, 10, 10, 70, 70, 10, 10, 10]))).statements[0].lines
    scales = {line.caption: figure.scale for line in lines for figure in line.figures if figure}
    assert scales["Postpaid"] == scales["Total wireless"] == THOUSAND
    assert scales["Service revenue"] == scales["From operations"] == MILLION
