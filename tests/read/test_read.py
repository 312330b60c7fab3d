"""What reading promises: formats told by content, tables with their geometry, and a way back to every byte."""

from __future__ import annotations

import gzip

import pytest

from checker.core.document import Document, Paragraph, Table
from checker.core.place import Anchored
from checker.read import read

WIRE = """\
### *First Quarter Results*

Revenues rose to \\$16.2 million, see [the site](http://example.com).

Example Inc.\x20\x20
Consolidated Statements of Operations\x20\x20
(unaudited)

\tThree Months Ended March 31,\t
\t2013\t2012
Revenues\t\\$ 16,168,421\t\\$ 11,534,705
Cost of revenues\t11,751,596\t10,044,760
\t-----\t-----

Gross profit\t4,416,825\t1,489,945
\t=====\t=====

\tMarch 31, 2013\tDecember 31, 2012
Cash\t\\$ 419,390\t\\$ 543,214
Total assets\t27,539,592\t27,068,427
"""


def rows(table: Table) -> list[list[str]]:
    """The texts of a table, a drawn line as its stroke."""
    return [[row.rule] if row.rule else [cell.text for cell in row.cells] for row in table.rows]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def anchored(document: Document) -> list[Anchored]:
    """Every text of a document that has a way back."""
    found: list[Anchored] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(block.content)
        else:
            found.extend(cell.content for row in block.rows for cell in row.cells)
    return found


def texts(document: Document) -> list[object]:
    return [block.text if isinstance(block, Paragraph) else rows(block) for block in document.blocks]


def page(body: str) -> Document:
    return read("page", f"<html><body>{body}</body></html>".encode())


# ---- text and markdown -----------------------------------------------------------------------------------------------


def test_tables_of_tabs_keep_headings_rules_and_bridge_blank_lines() -> None:
    document = read("release.md", WIRE.encode())
    income, balance = tables(document)
    assert rows(income) == [
        ["Three Months Ended March 31,"],
        ["2013", "2012"],
        ["Revenues", "$ 16,168,421", "$ 11,534,705"],
        ["Cost of revenues", "11,751,596", "10,044,760"],
        ["-"],
        ["Gross profit", "4,416,825", "1,489,945"],
        ["="],
    ]
    assert [(cell.left, cell.right) for cell in income.rows[4].cells] == [(1, 2), (2, 3)]
    assert rows(balance)[0] == ["March 31, 2013", "December 31, 2012"]


def test_markdown_is_taken_out_and_titles_stay_apart() -> None:
    document = read("release.md", WIRE.encode())
    assert document.format == "markdown"
    assert paragraphs(document) == [
        "First Quarter Results",
        "Revenues rose to $16.2 million, see the site.",
        "Example Inc.",
        "Consolidated Statements of Operations",
        "(unaudited)",
    ]
    assert isinstance(document.blocks[0], Paragraph) and document.blocks[0].heading


@pytest.mark.parametrize(
    "content",
    [
        WIRE.replace("\n", "\r\n").encode(),
        WIRE.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + WIRE.encode(),
        WIRE.encode("utf-16"),
        WIRE.encode("utf-16-be"),
        WIRE.encode("windows-1252"),
        gzip.compress(WIRE.encode()),
    ],
    ids=["crlf", "cr", "bom", "utf-16", "utf-16-be without mark", "windows-1252", "gzip"],
)
def test_one_release_reads_the_same_however_it_is_stored(content: bytes) -> None:
    assert texts(read("release.txt", content)) == texts(read("release.md", WIRE.encode()))


def test_an_amount_is_found_again_behind_its_escape() -> None:
    content = WIRE.encode()
    cell = tables(read("release.md", content))[0].rows[2].cells[1]
    place = cell.content.place(cell.text.index("16,168,421"), len(cell.text))
    assert content[place.span[0] : place.span[1]] == b"16,168,421"
    assert (place.line, place.column) == (11, 13)


ASCII = """\
                                 EXAMPLE CORPORATION
                         CONSOLIDATED STATEMENTS OF OPERATIONS
                        (in thousands, except per share data)

                                              Three Months Ended
                                                  March 31,
                                            ---------------------
                                              2004         2003
                                            --------     --------
Revenues:
  Products ...............................  $ 36,364     $ 40,427
  Services, net of allowances of $2,540
    and $3,594, respectively .............     1,888        1,247
                                            --------     --------
    Total revenues .......................    38,252       41,674
                                            ========     ========

The accompanying notes are an integral part of these statements.
"""


def test_tables_of_blanks_keep_leaders_out_and_wrapped_captions_in() -> None:
    document = read("filing.txt", ASCII.encode())
    assert rows(tables(document)[0]) == [
        ["Three Months Ended"],
        ["March 31,"],
        ["-"],
        ["2004", "2003"],
        ["-"],
        ["Revenues:"],
        ["Products", "$ 36,364", "$ 40,427"],
        ["Services, net of allowances of $2,540"],
        ["and $3,594, respectively", "1,888", "1,247"],
        ["-"],
        ["Total revenues", "38,252", "41,674"],
        ["="],
    ]
    assert paragraphs(document)[:3] == [
        "EXAMPLE CORPORATION",
        "CONSOLIDATED STATEMENTS OF OPERATIONS",
        "(in thousands, except per share data)",
    ]
    assert paragraphs(document)[-1].startswith("The accompanying notes")


def test_a_caption_broken_over_three_lines_is_no_running_text() -> None:
    content = (
        "                   2031     2030\nSales         9,200   8,100\nCosts         4,100   3,900\nRent        "
        "    700     650\n\n"
    )
    content += (
        "                                            2031     2030\nGain                                         "
        " 19       21\n\n"
    )
    content += (
        "Accelerated depreciation of plant\n resulting from the agreement of May\n with Halden                   "
        "               39       41\n"
    )
    content += "Total                                         58       62\n"
    assert [row[0] for row in rows(tables(read("filing.txt", content.encode()))[-1])][-5:] == [
        "Gain",
        "Accelerated depreciation of plant",
        "resulting from the agreement of May",
        "with Halden",
        "Total",
    ]


def test_marks_of_old_filings_are_no_text() -> None:
    content = (
        "<PAGE>   3\n\nBALANCE SHEETS\n<TABLE>\n<CAPTION>\nASSETS                 1997         1996\n<S>         "
        "        <C>          <C>\n"
    )
    content += (
        "Cash                $ 1,576      $ 2,415\nInventory                --          977\n</TABLE>\n\n        "
        "         5\n<PAGE>   4\n"
    )
    document = read("filing.txt", content.encode())
    assert rows(tables(document)[0]) == [
        ["ASSETS", "1997", "1996"],
        ["Cash", "$ 1,576", "$ 2,415"],
        ["Inventory", "--", "977"],
    ]
    assert paragraphs(document) == ["BALANCE SHEETS"]


def test_prose_with_figures_is_no_table() -> None:
    content = "Net revenues for the quarter were $19,217,000, down 2.9% from\n"
    content += "$19,786,000 in the preceding quarter  and are up 14.0%  from $16,850,000\nin 2003.\n"
    assert not tables(read("note.txt", content.encode()))


# ---- statements flattened by a wire service --------------------------------------------------------------------------


def test_running_lines_become_a_table_again() -> None:
    content = (
        "# Results\n\nThree Months Ended March 31,\n\n2026 2025 Revenue$ 1,500 $ 1,400 Operating expenses: "
        "Research (see note 2) 669,779 — "
    )
    content += (
        "General and administrative 406 992 Total operating expenses (5,076 ) (4,429 )Net loss per share — "
        "basic$ (0.15 )$ (8.45 )Source: Example\n"
    )
    document = read("wire.md", content.encode())
    assert rows(tables(document)[0]) == [
        ["Three Months Ended March 31,"],
        ["2026", "2025"],
        ["Revenue", "$ 1,500", "$ 1,400"],
        ["Operating expenses:"],
        ["Research (see note 2)", "669,779", "—"],
        ["General and administrative", "406", "992"],
        ["Total operating expenses", "(5,076 )", "(4,429 )"],
        ["Net loss per share — basic", "$ (0.15 )", "$ (8.45 )"],
    ]
    assert paragraphs(document)[-1] == "Source: Example"


def test_one_token_a_line_becomes_a_table_again() -> None:
    lines = [
        "As of",
        "As of",
        "December 31, 2023",
        "December 31, 2022",
        "ASSETS",
        "Cash",
        "$",
        "15,635",
        "$",
        "19,173",
        "Deposits",
        "-",
        "7,216",
    ]
    lines += ["Receivables", "308", "-", "Total assets", "$", "15,943", "$", "26,389"]
    document = read("wire.md", ("# Results\n\n" + "\n\n".join(lines) + "\n").encode())
    assert rows(tables(document)[0])[1:4] == [
        ["December 31, 2023", "December 31, 2022"],
        ["ASSETS"],
        ["Cash", "$ 15,635", "$ 19,173"],
    ]
    assert rows(tables(document)[0])[-1] == ["Total assets", "$ 15,943", "$ 26,389"]


def test_text_whose_figures_keep_to_no_count_is_left_alone() -> None:
    content = "# Results\n\nIn the years ended December 31, 2024 2023 we sold 5,000 units, 30 more "
    content += "for 7,000, and 4 at 3 or 2 or 1,000 of 9 by 8 and 7 with 6 at 5.\n"
    assert not tables(read("wire.md", content.encode()))


def test_a_statement_that_cannot_be_rebuilt_is_named() -> None:
    content = (
        "# Results\n\n"
        + "Revenue 1,200 1,100 Cost of sales 300 40 7 Gross profit 900 Research 12 Total 880 790 3 " * 4
        + "\n"
    )
    document = read("wire.md", content.encode())
    assert [problem.code for problem in document.problems] == ["R131", "R120"]


# ---- pages -----------------------------------------------------------------------------------------------------------


def test_cells_keep_their_columns_through_spans() -> None:
    document = page(
        "<table><tr><td rowspan=2>Line</td><td colspan=2>Year ended</td></tr><tr><td>2024</td><td>2023</td></tr>"
        "<tr><td>Sales</td><td>1,234</td><td>900</td></tr></table>"
    )
    made = tables(document)[0]
    assert [(cell.text, cell.left, cell.right) for cell in made.rows[0].cells] == [("Line", 0, 1), ("Year ended", 1, 3)]
    assert [(cell.text, cell.left) for cell in made.rows[1].cells] == [("2024", 1), ("2023", 2)]


def test_what_a_reader_does_not_see_is_not_read() -> None:
    document = page(
        "<div style='display:none'>secret<table><tr><td>a</td><td>9,999</td></tr></table></div>"
        "<ix:header>hidden</ix:header><table><tr><td>Sales&#8203;</td><td style='display: none'>7</td>"
        "<td>&#8203;</td><td>1,234</td></tr>"
        "<tr style='display:none'><td>x</td><td>5</td></tr></table>"
    )
    assert texts(document) == [[["Sales", "1,234"]]]


def test_superscripts_become_marks_but_ordinals_stay() -> None:
    document = page(
        "<table><tr><td>Net sales<sup>(1)</sup> of the 5<sup>th</sup> unit</td><td>1,234<sup>2</sup></td></tr></table>"
    )
    caption, amount = tables(document)[0].rows[0].cells
    assert (caption.text, caption.marks) == ("Net sales of the 5th unit", "(1)")
    assert (amount.text, amount.marks) == ("1,234", "2")


def test_indentation_bold_and_borders() -> None:
    document = page(
        "<table><tr><td style='padding-left:10pt'><b>Total</b></td><td style='border-top:1px solid"
        " black;border-bottom:3px double #000'>1,234</td></tr><tr><td>&nbsp;&nbsp;Sales</td><td style='border-top:0px"
        " solid'>5</td></tr><tr><td></td><td style='border-top:1pt solid'></td></tr></table>"
    )
    total, double, sales, rule = tables(document)[0].rows
    assert total.indent == 100 and total.cells[0].bold and total.cells[1].rule_above and total.cells[1].rule_below
    assert double.rule == "=" and [(cell.left, cell.right) for cell in double.cells] == [(1, 2)]
    assert sales.indent == 60 and not sales.cells[1].rule_above
    assert rule.rule == "-"


def test_tables_that_lay_out_a_page_become_paragraphs() -> None:
    document = page(
        "<table><tr><td>Left title</td><td><table><tr><td>Sales</td><td>1,234</td></tr></table></td></tr></table>"
    )
    assert texts(document) == ["Left title", [["Sales", "1,234"]]]


def test_preformatted_text_is_read_as_text_with_its_places() -> None:
    content = b"<html><pre>\n             2004      2003\nSales &amp; fees  <b>1,234</b>      900\n"
    content += b"Costs           (500)     (400)\nProfit           734       500\n</pre></html>"
    document = read("page", content)
    row = tables(document)[0].rows[1]
    assert [cell.text for cell in row.cells] == ["Sales & fees", "1,234", "900"]
    span = row.cells[1].place.span
    assert content[span[0] : span[1]] == b"1,234"


def test_the_declared_charset_and_entities_lead_back_to_bytes() -> None:
    markup = (
        "<html><meta charset=iso-8859-1><table><tr><td>Société&nbsp;Générale &#8211; "
        "“A”</td><td>&#36;&nbsp;1,234</td></tr></table></html>"
    )
    content = markup.encode("windows-1252")
    document = read("page", content)
    assert document.encoding == "windows-1252"
    caption, amount = tables(document)[0].rows[0].cells
    assert caption.text == "Société Générale – “A”"
    place = amount.content.place(2, 7)
    assert amount.text == "$ 1,234" and content[slice(*place.span)] == b"1,234"


def test_a_cell_of_spelled_blanks_is_empty_and_one_of_a_spelled_dash_is_not() -> None:
    blanks = "".join(f"<td>{blank}</td>" for blank in ("&#160;", " &nbsp; ", "&#xA0;", "<span>&nbsp;</span>"))
    body = f"<table><tr><td>Goodwill</td>{blanks}<td>&#8212;</td><td>5,&#160;</td><td>1,234</td></tr></table>"
    assert rows(tables(page(body))[0]) == [["Goodwill", "—", "5,", "1,234"]]


# ---- submissions, and files that cannot be read ----------------------------------------------------------------------


def test_the_release_of_a_submission_comes_first_and_the_rest_is_named() -> None:
    part = "<DOCUMENT>\n<TYPE>{}\n<SEQUENCE>1\n<TEXT>\n{}\n</TEXT>\n</DOCUMENT>\n"
    content = (
        "<SEC-DOCUMENT>0001.txt\n" + part.format("8-K", "The form itself.") + part.format("EX-10.1", "A contract.")
    )
    content += part.format("EX-99.1", "<html><body><p>The release.</p></body></html>") + part.format(
        "GRAPHIC", "begin 644 a.jpg\nM_]C_X\n`\nend"
    )
    document = read("full.txt", content.encode())
    assert document.format == "sgml"
    assert paragraphs(document) == ["The release.", "The form itself."]
    assert [(problem.code, problem.message) for problem in document.problems if problem.code == "R121"] == [
        ("R121", "not read: EX-10.1, GRAPHIC")
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "R103"),
        (b"\n \n", "R103"),
        (b"%PDF-1.7\n%\xe2\xe3", "R160"),
        (b"PK\x03\x04\x14\x00", "R110"),
        (b"\x89PNG\r\n\x1a\n\x00", "R110"),
        (bytes(range(256)) * 9, "R110"),
        (b"\x1f\x8b\x08" + b"\x00" * 40, "R112"),
        (gzip.compress(b"0" * 90_000_000), "R113"),
        (b"<?xml version='1.0'?><xbrl></xbrl>", "R115"),
    ],
)
def test_what_cannot_be_read_is_named_as_an_error(content: bytes, code: str) -> None:
    document = read("file", content)
    assert not document.blocks
    assert [(problem.code, problem.severity) for problem in document.problems] == [(code, "error")]
    assert document.problems[0].path == "file"


def test_replaced_characters_are_counted() -> None:
    document = read("a.txt", b"caf\xe9 \x81\x8d price 5\n")
    assert document.encoding == "windows-1252"
    assert [problem.code for problem in document.problems] == ["R102", "R120"]
    assert document.problems[0].message.startswith("2 bytes")


def test_csv_cells_keep_their_quotes_outside() -> None:
    content = (
        b'Statement,,\r\n,2024,2023\r\nSales,"1,234",900\r\n"Cost ""of"" sales","(1,000)",(800)\r\nGross'
        b" profit,234,100\r\n"
    )
    document = read("a.txt", content)
    assert document.format == "csv"
    cell = tables(document)[0].rows[3].cells[1]
    assert rows(tables(document)[0])[3] == ['Cost "of" sales', "(1,000)", "(800)"]
    assert content[slice(*cell.place.span)] == b"(1,000)"


def test_tables_set_as_html_inside_markdown_are_read() -> None:
    content = (
        b"# Report\n\nBalance sheet\nAs at 31 March 2023\n\n<table>\n"
        b" <tr><th></th><th>2023</th></tr>\n"
        b" <tr><td>Cash</td><td>1,234</td></tr>\n</table>\n\nThe end.\n"
    )
    document = read("a.md", content)
    assert document.format == "markdown"
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["2023"], ["Cash", "1,234"]]
    start, end = table.rows[1].cells[1].place.span
    assert content[start:end] == b"1,234"
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "Report",
        "Balance sheet As at 31 March 2023",
        "The end.",
    ]


def test_a_table_that_is_never_closed_ends_with_the_text() -> None:
    document = read("a.md", b"# Report\n\n<table>\n<tr><td>Cash</td><td>1,234</td></tr>\n")
    assert any(isinstance(block, Table) for block in document.blocks)


def test_glued_headings_and_dashes_of_a_flattened_statement_come_apart() -> None:
    text = (
        "# Results\n\nBalance sheet March 31, 2025 December 31, 2024 ASSETS Current assets: Cash and cash equivalents $"
        " 4,081 $ 3,760 Accounts receivable 2,677 1,781 Inventory 1,954 2,615 Total current assets 8,712 8,156"
        " LIABILITIES AND STOCKHOLDERS' EQUITY Current liabilities: Accounts payable 557 649 Accrued expenses 603 565"
        " Equipment financing - -Lease liabilities 969 1,063 Total 2,129 2,277\n"
    )
    table = next(block for block in read("a.md", text.encode()).blocks if isinstance(block, Table))
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert ["ASSETS"] in rows and ["Current assets:"] in rows
    assert ["LIABILITIES AND STOCKHOLDERS' EQUITY"] in rows
    assert ["Equipment financing", "-", "-"] in rows
    assert ["Lease liabilities", "969", "1,063"] in rows


def test_a_dash_glued_to_a_caption_before_an_amount_is_a_nil_of_its_own() -> None:
    page = (
        "ACME STATEMENTS OF CASH FLOWS Years Ended December 31, 2025 2024 Purchase of securities (83,174) (152,354)Sale"
        " of securities 96,118 166,480Gain on sale- (48,612)Discount of notes-(543)Proceeds from sale of"
        " investment-80,694Cash from acquisition- 1,415,696Net cash from sale of operations - 1,666 Other investing 231"
        " 404Notes payable (of which $0 was held by a related party; see Note 14)- 6,697,649 Net cash provided by"
        " investing activities 12,943 17,288 Deposits 2,412 3,881\n"
    )
    found = rows(tables(read("wire.md", page.encode()))[0])
    assert ["Proceeds from sale of investment", "-", "80,694"] in found
    assert ["Cash from acquisition", "-", "1,415,696"] in found
    assert ["Gain on sale", "-", "(48,612)"] in found and ["Discount of notes", "-", "(543)"] in found
    assert [row[1:] for row in found if row[0].endswith("Note 14)")] == [["-", "6,697,649"]]


def test_figures_that_lost_their_blanks_are_parted_where_the_columns_leave_one_way() -> None:
    page = (
        "ACME STATEMENTS OF OPERATIONS (In thousands) Three Months Ended March 31, 2025 2024 Product revenues$ 4,706 $"
        " 3,506Royalties  171   16Total net revenues 4,8773,522Cost of goods sold  1,723   1,335Gross margin  3,154  "
        " 2,187Research 295212Depreciation 3933Operating income (loss)  566(200)Shares, 10,600,350 shares outstanding"
        " 10,600,35010,501,771\n"
    )
    found = rows(tables(read("wire.md", page.encode()))[0])
    assert ["Total net revenues", "4,877", "3,522"] in found
    assert ["Research", "295", "212"] in found
    assert ["Depreciation 3933"] in found  # 39 and 33, or 3 and 933: not for us to say
    assert ["Operating income (loss)", "566", "(200)"] in found
    assert ["Shares, 10,600,350 shares outstanding", "10,600,350", "10,501,771"] in found


def test_a_year_at_the_end_of_a_caption_is_no_figure() -> None:
    page = (
        "ACME BALANCE SHEETS March 31, 2025 December 31, 2024 Cash $ 4,706 $ 3,506Inventory  171   16Other 20 30TOTAL"
        " ASSETS 4,897 3,552Debt 897 552Common stock, $.001 par value; 40,000,000 shares authorized; 10,544 and 10,543"
        " shares issued at March 31, 2025 and December 31, 2024, respectively. 4,000 3,000TOTAL LIABILITIES AND EQUITY"
        " 4,897 3,552\n"
    )
    found = rows(tables(read("wire.md", page.encode()))[0])
    assert found[-1] == ["TOTAL LIABILITIES AND EQUITY", "4,897", "3,552"]
    assert found[-2][0].startswith("Common stock")
    assert found[-2][1:] == ["4,000", "3,000"]


def test_the_target_of_a_link_may_hold_brackets() -> None:
    rows_read = rows(
        tables(
            read(
                "a.md",
                b"| [Net sales](javascript:void(0);) | 95,359 |\n|---|---|\n| [Cost](javascript:void(0);) | 50,492 |\n",
            )
        )[0]
    )
    assert rows_read == [["Net sales", "95,359"], ["-"], ["Cost", "50,492"]]


def test_a_head_broken_inside_its_cell_is_one_text() -> None:
    copied = (
        b"in millions\tJuly 30,\n2023\t\tJuly 31,\n2022\nNet sales\t$\t42,916\t\t$\t43,792\nCost of "
        b"sales\t28,759\t\t29,309\n"
    )
    assert rows(tables(read("a.txt", copied))[0])[0] == ["in millions", "July 30, 2023", "July 31, 2022"]


def test_bars_that_only_draw_letters_apart_make_no_table() -> None:
    assert (
        tables(
            read("a.txt", b"NEWS | New York | May 5\n\nRevenue rose to $5.2 million | see below | and 3,000 units\n")
        )
        == []
    )


def test_statements_set_as_paragraphs_of_a_page_are_tables() -> None:
    rows_of = [
        ("Net sales", "26,741", "15,683"),
        ("Cost of sales", "16,443", "9,272"),
        ("Gross profit", "10,298", "6,411"),
        ("Expenses", "2,471", "1,686"),
    ]
    body = "".join(f"<p>{' '.join(row)}</p>\n" for row in rows_of * 4)
    page = (
        "<html><body><p>Sales of the quarter grew\nmuch faster.</p><p>September 30, 2024 September 30, "
        f"2023</p>{body}</body></html>"
    )
    found = read("a.htm", page.encode())
    assert rows(tables(found)[0])[:2] == [
        ["September 30, 2024", "September 30, 2023"],
        ["Net sales", "26,741", "15,683"],
    ]
    assert paragraphs(found) == ["Sales of the quarter grew much faster."]
    low, high = tables(found)[0].rows[1].cells[1].place.span
    assert page.encode()[low:high] == b"26,741"


def test_heads_without_any_blank_between_them_come_apart() -> None:
    content = (
        "# Results\n\nStatements\n\nThree Months Ended June 30,Six Months Ended June 30, 2031203020312030 Revenue$"
        " 1,500$ 1,400$ 2,900$ 2,700Costs (1,100) (1,050)(2,150) (2,000)Gross profit 400 350750"
        " 700Rent(30)(30)(60)(60)Net income 370 320690 640\n\nAs ofAs of  June 30, 2031December 31, 2030 "
        " (Unaudited)(Audited)ASSETS  Cash $ 1,200 $ 1,100Stock 900 850Trade debtors 2,400 2,300Total $ 4,500 $ 4,250\n"
    )
    first, second = tables(read("wire.md", content.encode()))
    assert rows(first)[:2] == [
        ["Three Months Ended June 30,", "Six Months Ended June 30,"],
        ["2031", "2030", "2031", "2030"],
    ]
    assert rows(first)[3] == ["Costs", "(1,100)", "(1,050)", "(2,150)", "(2,000)"]
    assert rows(second)[:2] == [["As of", "As of"], ["June 30, 2031", "December 31, 2030"]]
    assert rows(second)[-1] == ["Total", "$ 4,500", "$ 4,250"]


def test_a_par_value_is_no_figure_of_two_columns() -> None:
    content = (
        "# Results\n\nBalance Sheets\n\nJune 30, 2031\n\nJune 30, 2030\n\n Cash$ 1,200 $ 1,100Debtors 2,400 "
        "2,300Total assets$ 3,600 $ 3,400"
    )
    content += (
        "Payables 500 400Common Stock; par value $0.001; 9,000 Shares authorized; 1,202,312 issued and "
        "outstanding 31 30Surplus 69 70Total$ 600 $ 500\n"
    )
    (table,) = tables(read("wire.md", content.encode()))
    assert [row for row in rows(table) if "par value" in row[0]] == [
        ["Common Stock; par value $0.001; 9,000 Shares authorized; 1,202,312 issued and outstanding", "31", "30"]
    ]


def test_a_line_without_a_caption_may_follow_on_glued_figures() -> None:
    content = (
        "# Results\n\nThree Months Ended June 30,\n\n2031 2030Revenue$ 1,500 $ 1,400Wages 1,100 1,0501,250 "
        "1,190Rent (30) (40)Tax (5) (6)Net 215 164\n"
    )
    (table,) = tables(read("wire.md", content.encode()))
    assert rows(table)[3:5] == [["Wages", "1,100", "1,050"], ["1,250", "1,190"]]


def test_dashes_glued_to_captions_are_nils_where_the_columns_ask_for_them() -> None:
    page = (
        "RECONCILIATION OF NON-GAAP MEASURES For the Three Months Ended June 30,For the Six Months Ended June 30, "
        "2031203020312030 Net income (loss) $ 224,791$ (2,553,251)$ (901,061)$ (3,765,871) Depreciation52,351 7,881 "
        "103,451 16,771Gain on sale of units--- (48,611)Gain on redemption-- (12,001)(137,351)Settlement expenses- "
        "942,311- 1,151,271Impact of termination (175,001) - (175,001)-Income tax expense 115,5618,221 122,921 "
        "110,761 Adjusted EBITDA $ 217,702$ (1,594,838)$ (861,691)$ (2,673,030)\n"
    )
    found = {row[0]: row[1:] for row in rows(tables(read("wire.md", page.encode()))[0])}
    assert found["Gain on sale of units"] == ["-", "-", "-", "(48,611)"]
    assert found["Settlement expenses"] == ["-", "942,311", "-", "1,151,271"]
    assert found["Impact of termination"] == ["(175,001)", "-", "(175,001)", "-"]
    assert found["Income tax expense"] == ["115,561", "8,221", "122,921", "110,761"]


def test_a_row_whose_figures_cannot_be_told_apart_is_said_to_be_such() -> None:
    content = (
        "# Results\n\nThree Months Ended June 30,\n\n2031 2030Revenue$ 1,500 $ 1,400Wages 1,100 1,050Other "
        "54391Rent (30) (40)Tax (5) (6)Net 215 164\n"
    )
    (table,) = tables(read("wire.md", content.encode()))
    assert [row.cells[0].text for row in table.rows if row.untold] == ["Other 54391"]


def test_columns_that_no_year_heads_are_columns_all_the_same() -> None:
    content = (
        "# Results\n\nThree Months Ended    June 30,   (unaudited)   Change    2031   2030   $   %  Sales $2,033 "
        "  $2,673   (640 ) -23.9% "
    )
    content += (
        " Rent 88   95   (7 ) -7.4%  Total 2,121   2,768   (647 ) -23.4%  Costs  (688  )  (389  ) (299 ) -76.9%  "
        "Net  1,433  2,379  (946 ) -39.8%\n"
    )
    (table,) = tables(read("wire.md", content.encode()))
    assert [[(cell.text, cell.left, cell.right) for cell in row.cells] for row in table.rows[:4]] == [
        [("Three Months Ended June 30,", 1, 3)],
        [("2031", 1, 2), ("2030", 2, 3)],
        [("Change", 3, 5)],
        [("Sales", 0, 1), ("$2,033", 1, 2), ("$2,673", 2, 3), ("(640 )", 3, 4), ("-23.9%", 4, 5)],
    ]
    assert rows(table)[4] == ["Rent", "88", "95", "(7 )", "-7.4%"]


GLUED = """\
Statement of cash flows (£000)

{head}Year ended 30 June 2035Year ended 30 June 2034
Cash flows from operating activities
Profit for the period19,46059,050
Amortisation and impairment1119,12618,340
Finance expense42,4163,856
Income tax expense6,3472,322
Increase in inventories(4,527)(2,811)
Interest paid(1,338)(2,444)
Net cash inflow38,5329,320
"""


def test_commas_of_glued_figures_part_no_cells() -> None:
    assert read("a.txt", GLUED.format(head="").encode()).format == "text"
    assert (
        read(
            "a.txt",
            b"Quarter,2023,2022\nQ1,100,200\nQ2,300,400\nRevenue,500,600\nTotal,123,456\n".replace(b"\\\n", b"\n"),
        ).format
        == "csv"
    )


def test_figures_glued_to_captions_below_a_column_of_notes_are_none() -> None:
    """Where notes may hide in them, 42,416 is 42,416 or 2,416 of note 4: nothing is guessed."""
    assert not [block for block in read("a.txt", GLUED.format(head="Note").encode()).blocks if isinstance(block, Table)]
    (table,) = [block for block in read("a.txt", GLUED.format(head="").encode()).blocks if isinstance(block, Table)]
    assert ["Income tax expense", "6,347", "2,322"] in [[cell.text for cell in row.cells] for row in table.rows]
