"""From documents to statements: columns, headings, lines, sections, periods; and what no content may do."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.core.document import Cell, Document, Row, Table
from checker.extract import extract
from checker.read import read
from tests.examples import examples
from tests.extract.tables import Tape, document, figure, grid

STATEMENT = [
    ["", "Three Months Ended March 31,", ""],
    ["", "2013", "2012"],
    ["Revenues", "$ 16,168,421", "$ 11,534,705"],
    ["Cost of revenues", "11,751,596", "10,044,760"],
    ["Gross profit", "4,416,825", "1,489,945"],
    ["Operating expenses:", "", ""],
    ["Depreciation", "849,915", "98,223"],
    ["Selling", "4,267,597", "2,051,142"],
    ["Total operating expenses", "5,117,512", "2,149,365"],
    ["Operating loss", "(700,687)", "(659,420)"],
]
SHEET = [
    ["", "March 31, 2013", "December 31, 2012"],
    ["ASSETS", "", ""],
    ["Current assets:", "", ""],
    ["Cash", "$ 419,390", "$ 543,214"],
    ["Inventory", "507,949", "341,118"],
    ["Total current assets", "927,339", "884,332"],
    ["TOTAL ASSETS", "$ 927,339", "$ 884,332"],
    ["Total liabilities", "900,000", "800,000"],
]


def test_stacked_headings_join_from_the_top_down() -> None:
    statement = extract(document("Consolidated Statements of Operations", STATEMENT)).statements[0]
    assert [column.head for column in statement.columns] == [
        "Three Months Ended March 31, 2013",
        "Three Months Ended March 31, 2012",
    ]
    assert statement.kind == "income statement"
    assert [(column.period.start, column.period.end) for column in statement.columns if column.period] == [
        (dt.date(2013, 1, 1), dt.date(2013, 3, 31)),
        (dt.date(2012, 1, 1), dt.date(2012, 3, 31)),
    ]


def test_a_section_ends_with_its_total() -> None:
    statement = extract(document("Consolidated Statements of Operations", STATEMENT)).statements[0]
    under = {line.caption: line.under for line in statement.lines}
    assert under["Selling"] == under["Total operating expenses"] == ("Operating expenses",)
    assert under["Operating loss"] == ()


def test_an_untitled_balance_sheet_is_known_by_its_lines() -> None:
    statement = extract(document(SHEET)).statements[0]
    assert statement.kind == "balance sheet"
    assert all(column.period is not None and column.period.is_instant for column in statement.columns)
    assert statement.lines[2].under == ("ASSETS", "Current assets")


def test_a_new_header_in_the_middle_begins_a_new_statement() -> None:
    first, second = extract(document("Consolidated Statements of Operations", STATEMENT + SHEET)).statements
    assert (first.kind, second.kind) == ("income statement", "balance sheet")
    assert second.columns[1].head == "December 31, 2012"


def test_indents_make_sections() -> None:
    rows = [
        ["", "2013"],
        ["Loans", ""],
        ["Consumer", "10"],
        ["Commercial", "20"],
        ["Total loans", "30"],
        ["Deposits", "25"],
    ]
    release = extract(document("Balance at December 31, 2013", grid(rows, (0, 0, 80, 80, 0, 0))))
    under = {line.caption: line.under for line in release.statements[0].lines}
    assert under["Commercial"] == ("Loans",)
    assert under["Deposits"] == ()


def test_wrapped_captions_are_joined() -> None:
    rows = [
        ["", "2013"],
        ["Net income attributable to", ""],
        ["common stockholders", "10"],
        ["Dividends", "20"],
        ["Other comprehensive income, net of", ""],
        ["tax", "5"],
    ]
    lines = extract(document(rows)).statements[0].lines
    assert [line.caption for line in lines] == [
        "Net income attributable to common stockholders",
        "Dividends",
        "Other comprehensive income, net of tax",
    ]


def test_a_caption_broken_before_outstanding_is_one() -> None:
    rows = [
        ["", "2013", "2012"],
        ["Average Common Shares", "", ""],
        ["Outstanding - Basic", "7,098", "7,137"],
        ["Average Common Shares", "", ""],
    ]
    lines = extract(document([*rows, ["Outstanding - Diluted", "7,124", "7,140"]])).statements[0].lines
    assert [line.caption for line in lines] == [
        "Average Common Shares Outstanding - Basic",
        "Average Common Shares Outstanding - Diluted",
    ]


def test_a_total_broken_before_its_last_word_is_one_caption() -> None:
    rows = [
        ["", "2013", "2012"],
        ["Retail", "7", "6"],
        ["Online", "3", "2"],
        ["Total domestic", "", ""],
        ["Stores", "10", "8"],
    ]
    assert [line.caption for line in extract(document("Stores", grid(rows, (0, 0, 0, 0, 20)))).statements[0].lines][
        -1
    ] == "Total domestic Stores"
    rows = [
        ["", "2013", "2012"],
        ["Total domestic", "", ""],
        ["Retail", "7", "6"],
        ["Online", "3", "2"],
        ["All", "10", "8"],
    ]
    assert extract(document("Stores", grid(rows, (0, 0, 20, 20, 0)))).statements[0].lines[1].caption == "Retail"


def test_a_heading_over_two_lines_of_shares_outstanding_stays_one() -> None:
    rows = [
        ["", "2013", "2012"],
        ["Average Common Shares", "", ""],
        ["Outstanding - Basic", "7,098", "7,137"],
        ["Outstanding - Diluted", "7,124", "7,140"],
    ]
    release = extract(document(rows))
    assert [line.is_heading for line in release.statements[0].lines] == [True, False, False]
    assert {str(one.unit) for one in release.figures} == {"shares"}


def test_the_reference_to_the_notes_is_no_part_of_the_last_caption() -> None:
    rows = [
        ["", "2013"],
        ["Net loss", "(127)"],
        ["Units outstanding", "1,236"],
        ["see accompanying notes to condensed financial statements"],
    ]
    assert extract(document(rows)).statements[0].lines[1].caption == "Units outstanding"


def test_the_mark_of_a_note_beside_a_date_says_nothing_of_a_column() -> None:
    rows = [["", "March 31, 2013", "December 31, 2012 (1)"], ["Cash", "444", "607"], ["Loans", "318", "322"]]
    assert [column.member for column in extract(document(rows)).statements[0].columns] == ["", ""]


def test_marks_of_notes_tell_two_columns_of_one_date_apart() -> None:
    rows = [["", "December 31, 2012 (1)", "December 31, 2012 (2)"], ["Cash", "444", "607"], ["Loans", "318", "322"]]
    assert len({column.member for column in extract(document(rows)).statements[0].columns}) == 2


def test_years_as_captions_are_no_figures() -> None:
    release = extract(
        document(
            "Maturities at December 31, 2013",
            [["", "Amount"], ["2014", "$ 100"], ["2015", "200"], ["Thereafter", "300"], ["Total", "600"]],
        )
    )
    assert [one.text for one in release.figures] == ["100", "200", "300", "600"]


def test_a_dash_before_a_number_is_a_column_of_its_own() -> None:
    rows = [["", "2013", "2012"], ["Sales", "10", "20"], ["Costs", "-", "5"], ["Tax", "3", "-"]]
    release = extract(document(rows))
    assert figure(release, "Costs", 0).value == 0
    assert figure(release, "Costs", 1).value == 5


def test_signs_in_cells_of_their_own_are_merged() -> None:
    tape = Tape()

    def row(*texts: str) -> Row:
        return Row(tuple(Cell(tape.anchored(text), place, place + 1) for place, text in enumerate(texts) if text))

    table = Table(
        (
            row("", "", "2013"),
            row("Revenues", "$", "16,168", ""),
            row("Net loss", "$", "(1,596", ")"),
            row("Margin", "", "(3.1", ")%"),
        ),
        "grid",
    )
    release = extract(Document("a.htm", "0" * 64, "html", "utf-8", (table,)))
    assert [(one.text, str(one.value)) for one in release.figures] == [
        ("16,168", "16168"),
        ("(1,596)", "-1596"),
        ("(3.1)%", "-3.1"),
    ]


def test_rows_between_two_balances_are_flows_of_that_time() -> None:
    rows = [
        ["", "Common stock", "Retained earnings"],
        ["Balance at December 31, 2012", "100", "50"],
        ["Net income", "-", "10"],
        ["Balance at March 31, 2013", "100", "60"],
    ]
    release = extract(document("Statements of Stockholders' Equity", rows))
    opening, flow = figure(release, "Balance at December 31, 2012").period, figure(release, "Net income", 1).period
    assert opening is not None and flow is not None
    assert opening.is_instant
    assert (flow.start, flow.end, flow.months) == (dt.date(2013, 1, 1), dt.date(2013, 3, 31), 3)


def test_opening_and_closing_cash_are_instants() -> None:
    rows = [
        ["", "2013"],
        ["Net cash provided by operating activities", "10"],
        ["Net cash used in investing activities", "(4)"],
        ["Cash at beginning of period", "20"],
        ["Cash at end of period", "26"],
    ]
    release = extract(document("Statements of Cash Flows", "Three months ended March 31, 2013", rows))
    opening, closing = (
        figure(release, "Cash at beginning of period").period,
        figure(release, "Cash at end of period").period,
    )
    assert opening is not None and closing is not None
    assert (opening.start, opening.end) == (None, dt.date(2012, 12, 31))
    assert (closing.start, closing.end) == (None, dt.date(2013, 3, 31))


def test_the_span_of_a_figure_holds_its_number() -> None:
    content = b"|  | 2013 | 2012 |\n|---|---|---|\n| Revenues | $ 16,168 | (1,596) |\n| Costs | 12 | 13 |\n"
    for one in extract(read("a.md", content)).figures:
        start, end = one.place.span
        assert content[start:end].decode() == one.text


def test_a_document_without_figures_could_not_be_read() -> None:
    problems = extract(document("Nothing to see.")).problems
    assert [(one.code, one.severity) for one in problems] == [("X101", "error")]


def _pipe(rows: list[list[str]]) -> bytes:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]).encode()


def _tabs(rows: list[list[str]]) -> bytes:
    return "\n".join("\t".join(row) for row in rows).encode()


def _spaces(rows: list[list[str]]) -> bytes:
    return "\n".join(f"{row[0]:40}" + "".join(f"{text:>20}" for text in row[1:]) for row in rows).encode()


def _html(rows: list[list[str]]) -> bytes:
    return (
        "<html><body><table>"
        + "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
        + "</table></body></html>"
    ).encode()


ROWS = [
    ["", "March 31, 2013", "December 31, 2012"],
    ["Cash", "$419,390", "$543,214"],
    ["Inventory", "507,949", "-"],
    ["Deficit", "(12,000)", "(9,500)"],
    ["Total assets", "915,339", "884,332"],
]


def test_the_same_table_in_every_format_gives_the_same_figures() -> None:
    told = []
    for name, content in (
        ("a.md", _pipe(ROWS)),
        ("a.txt", _tabs(ROWS)),
        ("b.txt", _spaces(ROWS)),
        ("a.htm", _html(ROWS)),
    ):
        title = b"<p>Condensed Balance Sheets</p>" if name.endswith("htm") else b"Condensed Balance Sheets\n\n"
        release = extract(read(name, title + content))
        told.append(
            [
                (one.text, one.value, one.step, str(one.unit), one.caption, one.head, one.period)
                for one in release.figures
            ]
        )
    assert told[0] == told[1] == told[2] == told[3]
    assert len(told[0]) == 8


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "Total",
            "Revenues:",
            "2013",
            "March 31, 2013",
            "Three Months Ended",
            "$",
            "(",
            ")",
            "%",
            "-",
            "1,234",
            "(5.6)",
            "12%",
            "nm",
            "per share",
            "Change",
            "—",
        ]
    ),
    st.text(max_size=12),
)


@settings(max_examples=examples(150), deadline=None)
@given(
    st.lists(st.lists(CELLS, max_size=6), max_size=8),
    st.sampled_from(["grid", "characters", "points"]),
    st.lists(st.sampled_from(["Balance Sheets", "(in thousands)", "Year ended December 31, 2012"]), max_size=3),
)
def test_any_cells_give_a_release(rows: list[list[str]], layout: str, texts: list[str]) -> None:
    tape = Tape()
    made = []
    for texts_of_row in rows:
        left, cells = 0, []
        for text in texts_of_row:
            width = 1 if layout == "grid" else max(1, len(text))
            cells.append(Cell(tape.anchored(text), left, left + width))
            left += width + (0 if layout == "grid" else 3)
        made.append(Row(tuple(cells)))
    table = Table(tuple(made), layout)  # type: ignore[arg-type]
    given_document = document(*texts, table)
    release = extract(given_document)
    assert len({one.id for one in release.figures}) == len(release.figures)
    printed = {cell.text for row in table.rows for cell in row.cells}
    for statement in release.statements:
        for one in statement.figures:
            assert any(character in text for text in printed for character in one.text)


def test_a_period_set_as_a_section_begins_a_new_part() -> None:
    rows = [
        ["Three Months Ended March 31, 2013", "Retail", "Wholesale", "Total"],
        ["Revenues", "10", "20", "30"],
        ["Costs", "5", "6", "11"],
        ["Three Months Ended March 31, 2012", "", "", ""],
        ["Revenues", "8", "9", "17"],
        ["Costs", "4", "4", "8"],
    ]
    first, second = extract(document("Segment information", rows)).statements
    assert [
        statement.columns[0].period.end.year
        for statement in (first, second)
        if statement.columns[0].period and statement.columns[0].period.end
    ] == [
        2013,
        2012,
    ]
    assert [column.member for column in second.columns] == ["Retail", "Wholesale", "Total"]


def test_a_year_beside_a_currency_sign_that_heads_a_column_stays_a_year() -> None:
    tape = Tape()

    def row(*texts: str) -> Row:
        return Row(
            tuple(Cell(tape.anchored(text), 3 * place, 3 * place + 2) for place, text in enumerate(texts) if text)
        )

    table = Table(
        (
            row("", "2021", "2020", "$", "%"),
            row("Loans", "150", "120", "30", "25.0%"),
            row("Deposits", "90", "80", "10", "12.5"),
        ),
        "grid",
    )
    statement = extract(Document("a.htm", "0" * 64, "html", "utf-8", (table,))).statements[0]
    assert [column.head for column in statement.columns] == ["2021", "2020", "$", "%"]
    assert [line.caption for line in statement.lines] == ["Loans", "Deposits"]


def test_the_number_of_a_page_is_no_figure() -> None:
    release = extract(document(STATEMENT, [["12"]]))
    assert "12" not in [one.text for one in release.figures]


def test_a_row_whose_empty_caption_was_left_out_is_set_right() -> None:
    rows = [["", "2023", "2022"], ["Cash", "10", "20"], ["Stock", "5", "6"], ["15", "26"], ["Total", "15", "26"]]
    line = extract(document(rows)).statements[0].lines[2]
    assert (line.caption, [one.text for one in line.figures if one]) == ("", ["15", "26"])


def test_an_audited_column_beside_interim_ones_is_a_year() -> None:
    rows = [
        ["", "Unaudited September 30 2021", "Unaudited September 30 2020", "Audited December 31 2020"],
        ["Net cash from operating activities", "10", "9", "12"],
        ["Net cash used in investing activities", "(4)", "(3)", "(5)"],
    ]
    columns = (
        extract(document("Statement of Cash Flows", "Nine months ended September 30 2021", rows)).statements[0].columns
    )
    assert [column.period.months for column in columns if column.period] == [9, 9, 12]


def test_a_column_of_footnote_marks_holds_no_figures() -> None:
    tape = Tape()

    def row(*cells: tuple[str, int, int]) -> Row:
        return Row(tuple(Cell(tape.anchored(text), left, right) for text, left, right in cells))

    table = Table(
        (
            row(("Opening", 1, 2), ("Charged to other accounts", 2, 4), ("Closing", 4, 5)),
            row(("Allowances", 0, 1), ("1,150", 1, 2), ("1,216", 2, 3), ("(1)", 3, 4), ("2,366", 4, 5)),
            row(("Reserves", 0, 1), ("150", 1, 2), ("16", 2, 3), ("166", 4, 5)),
        ),
        "grid",
    )
    statement = extract(Document("a.htm", "0" * 64, "html", "utf-8", (table,))).statements[0]
    assert [one.text for one in statement.figures] == ["1,150", "1,216", "2,366", "150", "16", "166"]
    assert len(statement.columns) == 3


def test_small_losses_in_a_column_with_a_head_are_figures() -> None:
    rows = [["", "Gains", "Losses"], ["Bonds", "1,150", "(1)"], ["Stocks", "2,300", "(4)"]]
    assert [one.text for one in extract(document(rows)).figures] == ["1,150", "(1)", "2,300", "(4)"]


def test_a_bracket_closed_a_row_below_is_one_text() -> None:
    rows = [
        ["(in 000s, except", "June 30,", "June 30,"],
        ["per share data)", "2006", "2005"],
        ["Loans", "$ 20,170", "$ 14,703"],
        ["Loans held", "1,013", "833"],
    ]
    statement = extract(document("Statement of Condition", rows)).statements[0]
    assert "(in 000s, except per share data)" in statement.context
    assert figure(extract(document(rows)), "Loans").scale == 1000


def test_a_month_broken_at_a_hyphen_is_whole() -> None:
    rows = [["", "Quarter Ended"], ["", "Septem-"], ["", "ber 30,"], ["", "2006"], ["Yield", "8.72%"], ["Cost", "3.1%"]]
    period = extract(document(rows)).statements[0].columns[0].period
    assert period is not None
    assert str(period.end) == "2006-09-30"


def test_the_same_heads_under_another_title_begin_another_table() -> None:
    days, years = ["June 30,", "June 30,"], ["2006", "2005"]
    rows = [
        ["LOANS", *days],
        ["(in 000s)", *years],
        ["Consumer", "100", "90"],
        ["Commercial", "20", "30"],
        ["DEPOSITS (unaudited)", *days],
        ["(in 000s)", *years],
        ["Savings", "80", "70"],
        ["Checking", "40", "50"],
    ]
    first, second = extract(document(rows)).statements
    assert [line.caption for line in second.lines] == ["Savings", "Checking"]
    assert (first.title, second.title) == ("LOANS", "DEPOSITS (unaudited)")


def test_heads_repeated_inside_a_balance_sheet_do_not_part_it() -> None:
    heads = ["June 30, 2006", "June 30, 2005"]
    rows = [
        ["ASSETS", *heads],
        ["Cash", "100", "90"],
        ["Total assets", "100", "90"],
        ["LIABILITIES AND EQUITY (in 000s)", *heads],
        ["Debt", "80", "70"],
    ]
    assert len(extract(document("Balance Sheets", "(in 000s)", rows)).statements) == 1


def test_a_caption_that_goes_on_with_a_sign_word_is_joined() -> None:
    rows = [["", "2013"], ["Revenues", "20"], ["Net income", ""], ["(loss) per share", "0.10"]]
    assert [line.caption for line in extract(document(rows)).statements[0].lines] == [
        "Revenues",
        "Net income (loss) per share",
    ]


def test_the_cover_of_a_filing_and_lists_of_pages_hold_no_figures() -> None:
    cover = [
        ["California", "94-2404110"],
        ["(State or other jurisdiction of incorporation)", "(I.R.S. Employer Identification No.)"],
        ["Cupertino", "95014"],
    ]
    pages = [
        ["", "Page in the 10-K", "Page in the report"],
        ["Balance Sheets", "22", "23-24"],
        ["Statements of Income", "25", "26"],
    ]
    assert not extract(document(cover, pages)).statements


def test_a_caption_whose_figures_were_not_told_apart_is_no_section() -> None:
    rows = [
        ["", "2013", "2012"],
        ["Costs", "", ""],
        ["Research", "20", "19"],
        ["Depreciation 3933", "", ""],
        ["Other", "1", "2"],
    ]
    assert [line.under for line in extract(document(rows)).statements[0].lines if not line.is_heading] == [
        ("Costs",),
        ("Costs",),
    ]


def test_a_document_that_could_not_be_read_at_all_has_one_reason_not_two() -> None:
    assert [one.code for one in extract(read("a.rtf", b"{\\rtf1")).problems if one.severity == "error"] == ["R110"]


def test_days_of_all_columns_set_from_the_place_of_captions_on_head_them_in_order() -> None:
    rows = [
        ["Income - USD ($) $ in Millions", "3 Months Ended", "", "6 Months Ended", ""],
        ["Mar. 29, 2025", "Mar. 30, 2024", "Mar. 29, 2025", "Mar. 30, 2024", ""],
        ["Net sales", "95,359", "90,753", "219,659", "210,328"],
        ["Cost of sales", "50,492", "48,482", "116,517", "113,202"],
    ]
    columns = extract(document(rows)).statements[0].columns
    assert [
        (column.period.months, column.period.end.year) for column in columns if column.period and column.period.end
    ] == [
        (3, 2025),
        (3, 2024),
        (6, 2025),
        (6, 2024),
    ]


def test_a_length_and_a_year_are_not_the_heads_of_two_columns() -> None:
    rows = [
        ["Three Months Ended March 31,", "2025"],
        ["Net sales", "95,359", "12"],
        ["Cost of sales", "50,492", "7"],
        ["Gross profit", "44,867", "5"],
    ]
    assert extract(document(rows)).statements[0].columns[0].head == "2025"
