"""Columns from where numbers stand: every number of a row gets one of its own, words between figures are no figures."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from checker.core.document import Cell, Row, Table
from checker.extract import columns, extract
from checker.read import read
from tests.extract.tables import Tape, document


def _rows(*lines: str) -> list[list[tuple[int, int]]]:
    """The intervals of the words of each line."""
    made = []
    for line in lines:
        ends = [at for at in range(1, len(line) + 1) if line[at - 1] != " " and (at == len(line) or line[at] == " ")]
        made.append([(line.rfind(" ", 0, end) + 1, end) for end in ends])
    return made


def test_right_edges_close_together_are_two_columns_where_rows_have_both() -> None:
    found = columns.grid(
        _rows("636,657 70%   614,945 69%", "121,785 8%    114,556 9%", "892,133 100%  834,299 100%"), "characters"
    )
    assert found is not None
    assert len(found.spans) == 4


def test_numbers_of_a_row_that_are_nearest_to_one_column_stand_in_order() -> None:
    grid = columns.Grid("characters", ((0, 10), (20, 30), (40, 50)))
    assert [grid.column(*span) for span in ((8, 17), (24, 26), (44, 50))] == [0, 1, 2]
    assert [grid.column(*span) for span in ((20, 26), (27, 34))] == [1, 1]
    assert grid.in_order([(20, 26), (27, 34)]) == (0, 1)
    assert grid.in_order([(0, 9)] * 4) == ()


_EDGES = st.lists(st.integers(0, 40), min_size=2, max_size=12, unique=True).map(sorted)
_INTERVALS = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda drawn: (drawn[0], drawn[0] + drawn[1]))


def _grid(edges: list[int]) -> columns.Grid:
    return columns.Grid("grid", tuple(zip(edges[::2], edges[1::2], strict=False)))


@given(_EDGES, _INTERVALS)
def test_an_interval_stands_over_the_columns_that_it_shares_something_with(
    edges: list[int], one: tuple[int, int]
) -> None:
    grid = _grid(edges)
    shared = [min(right, one[1]) - max(left, one[0]) for left, right in grid.spans]
    assert list(grid.under(*one)) == [index for index, much in enumerate(shared) if much > 0]
    assert grid.column(*one) == (shared.index(max(shared)) if max(shared) > 0 else None)
    middles = [abs(left + right - sum(one)) for left, right in grid.spans]
    assert grid.nearest(range(len(grid.spans)), one) == middles.index(min(middles))


@given(_EDGES, st.lists(_INTERVALS, max_size=4))
def test_numbers_in_order_stand_as_near_to_their_columns_as_can_be(
    edges: list[int], found: list[tuple[int, int]]
) -> None:
    grid = _grid(edges)
    far = [[abs(sum(span) - sum(one)) for span in grid.spans] for one in found]
    costs = [
        sum(far[at][index] for at, index in enumerate(chosen))
        for chosen in combinations(range(len(grid.spans)), len(found))
    ]
    chosen = grid.in_order(found)
    assert sum(far[at][index] for at, index in enumerate(chosen)) == min(costs, default=0)
    assert list(chosen) == sorted(set(chosen))


@given(st.lists(st.lists(_INTERVALS, max_size=4, unique=True), min_size=1, max_size=6))
def test_no_column_of_a_grid_overlaps_another(rows: list[list[tuple[int, int]]]) -> None:
    grid = columns.grid(rows, "grid")
    assert (grid is None) == (not any(rows))
    assert grid is None or all(one[1] <= two[0] for one, two in pairwise(grid.spans))


def test_no_number_of_a_row_is_lost_where_columns_are_set_unevenly() -> None:
    text = """Loans                        March 31, 2006          December 31, 2005
Real estate                  636,657  70%            614,945  69%
Consumer                     239,936  26%            219,008  25%
Other                         36,100   4%             58,346   6%
Total                       $912,693 100%           $892,299 100%
"""
    lines = extract(read("loans.txt", text.encode())).statements[0].lines
    assert next([figure.text for figure in line.figures if figure] for line in lines if not line.is_heading) == [
        "636,657",
        "70%",
        "614,945",
        "69%",
    ]


def test_amounts_without_a_caption_above_the_first_line_are_figures() -> None:
    rows = [["", "2023", "2022"], ["", "1,500", "1,250"], ["Cost", "900", "800"], ["Margin", "600", "450"]]
    assert [figure.text for figure in extract(document("(in thousands)", rows)).statements[0].figures][:2] == [
        "1,500",
        "1,250",
    ]


def test_the_head_of_a_column_of_words_heads_no_figures() -> None:
    rows = [
        ["", "Amount", "Interest rate", "Amount"],
        ["Notes of 2013", "97,341", "0.5% - 4.5%", "106,572"],
        ["Notes of 2020", "1,200", "1.5% - 6.5%", "1,100"],
        ["Total", "98,541", "", "107,672"],
    ]
    statement = extract(document(rows)).statements[0]
    assert [column.head for column in statement.columns] == ["Amount", "Amount"]
    assert {str(figure.unit) for figure in statement.figures} == {"USD"}


def test_the_shares_of_one_column_are_in_one_scale() -> None:
    rows = [
        ["", "Number of Stock Options"],
        ["Outstanding at first", "13,794,301"],
        ["Granted", "250,971"],
        ["Outstanding at last", "14,045,272"],
    ]
    statement = extract(
        document("(in millions)", [["", "2023"], ["Revenues", "20"], ["Costs", "10"]], rows)
    ).statements[-1]
    assert [str(figure.value) for figure in statement.figures] == ["13794301", "250971", "14045272"]


def test_a_number_broken_by_a_blank_is_joined_and_its_first_part_stays_a_reading() -> None:
    text = """                                  2005          2004
Advances under line          $ 29,285,000   $ 39,355,000
Other liabilities               4,180 ,000      3,351,000
Income taxes payable            1,243,000      1,425,000
        Total liabilities      34,708,000     44,131,000
"""
    document = read("liabilities.txt", text.encode())
    assert document.format == "text"  # the commas are those of thousands
    figure = extract(document).statements[0].lines[1].figures[0]
    assert figure is not None
    assert (figure.text, str(figure.value), [str(one.value) for one in figure.readings]) == (
        "4,180 ,000",
        "4180000",
        ["4180"],
    )


def test_dashes_in_the_middle_of_a_column_stand_in_it() -> None:
    text = """                                 2005           2004
Interest                     $19,959,000    $14,806,000
Administration                 4,218,000      3,260,000
Provision                            -          300,000
Servicing                            -               -
Total                        $15,741,000    $11,246,000
"""
    statement = extract(read("dashes.txt", text.encode())).statements[0]
    assert [column.head for column in statement.columns] == ["2005", "2004"]


def test_heads_set_wider_than_the_figures_below_head_them_in_order() -> None:
    spans = ((0, 1), (1, 3), (3, 5))
    tape = Tape()
    heads = Row(
        tuple(
            Cell(tape.anchored(text), *span)
            for text, span in zip(("Unaudited", "31-Dec-22", "31-Mar-22"), spans, strict=True)
        )
    )
    lines = [["Cash", "64,521", "72,408"], ["Receivables", "5,939", "5,552"], ["Total assets", "70,460", "77,960"]]
    body = [
        Row(tuple(Cell(tape.anchored(text), place, place + 1) for place, text in enumerate(texts))) for texts in lines
    ]
    statement = extract(document(Table((heads, *body), "grid"))).statements[0]
    assert [str(column.period.end) for column in statement.columns if column.period] == ["2022-12-31", "2022-03-31"]


def test_a_column_of_notes_holds_no_figures() -> None:
    lines = [
        ["Property", "9", "81,903", "68,724"],
        ["Inventories", "11", "4,346", "3,938"],
        ["Total assets", "", "86,249", "72,662"],
    ]
    rows = [["", "Note", "2018", "2017"], *lines]
    statement = extract(document("Balance Sheets", rows)).statements[0]
    assert [column.head for column in statement.columns] == ["2018", "2017"]


def test_a_column_of_notes_holds_no_figures_in_plain_text_either() -> None:
    text = """                                  Note      2000        1999
                                  number
Shares in group companies        4(d)(1)   11,251      12,620
Loans to group companies         4(d)(2)    3,392       2,774
Receivables                      5(a)       1,597       1,326
Total                                      16,240      16,720
"""
    statement = extract(read("balance.txt", text.encode())).statements[0]
    assert [column.head for column in statement.columns] == ["2000", "1999"]
    assert next(
        [figure.text for figure in line.figures if figure] for line in statement.lines if not line.is_heading
    ) == ["11,251", "12,620"]


def test_a_head_over_no_figures_beside_headed_columns_heads_none() -> None:
    lines = [
        ["North America", "20,125", "(56)", ""],
        ["International", "6,715", "(227)", ""],
        ["Total", "26,840", "(283)", ""],
    ]
    rows = [["", "Net sales", "Currency", "Volume"], *lines]
    assert [column.head for column in extract(document(rows)).statements[0].columns] == ["Net sales", "Currency"]


def test_a_number_where_a_caption_was_broken_is_no_figure() -> None:
    text = """                                 March 31, 2005   March 31, 2004
Preferred stock, $.01 par value;
 10,000,000
 shares authorized                        500            400
Common stock                            1,200          1,100
Retained earnings                       3,300          3,100
Total equity                            5,000          4,600
"""
    lines = extract(read("equity.txt", text.encode())).statements[0].lines
    assert [[figure.text for figure in line.figures if figure] for line in lines if not line.is_heading][0:1] == [
        ["500", "400"]
    ]


def test_a_scale_that_begins_where_captions_stand_holds_for_all_columns_however_long_it_is() -> None:
    text = """CONSOLIDATED STATEMENTS OF EARNINGS

                                                      Three Months Ended
(Dollars in millions, except per-share amounts)  July 2, 2023   July 3, 2022
Revenue                                               $10,152         $9,189
Operating costs                                         9,190          8,211
Operating earnings                                        962            978
"""
    figures = extract(read("a.txt", text.encode())).statements[0].figures
    assert {figure.scale for figure in figures} == {1_000_000}


def _units(rows: list[list[str]]) -> dict[str, list[str]]:
    return {
        line.caption: [str(figure.unit) for figure in line.figures if figure]
        for line in extract(document(rows)).statements[0].lines
        if not line.is_heading
    }


def test_a_section_of_percentages_prints_their_sign_in_its_first_line() -> None:
    found = _units(
        [
            ["(in millions)", "2023", "2022"],
            ["Net sales", "", ""],
            ["North America", "$ 82,546", "$ 74,430"],
            ["International", "29,697", "27,065"],
            ["Year-over-year percentage growth", "", ""],
            ["Americas", "11 %", "10 %"],
            ["Abroad", "10", "(12)"],
            ["Growth in stores", "", ""],
            ["New", "41", "38"],
            ["Highlights", "", ""],
            ["Return on equity", "11 %", "10 %"],
            ["Warehouses", "140", "138"],
        ]
    )
    assert found["International"] == ["USD", "USD"]
    assert found["Abroad"] == ["percent", "percent"]
    assert "percent" not in (*found["New"], *found["Warehouses"])


def test_amounts_at_the_rates_of_another_year_are_no_rates() -> None:
    found = _units(
        [
            ["(in millions)", "As reported", "Exchange rate effect", "At prior year rates", "Tax rate"],
            ["Net sales", "$ 134,383", "$ 285", "$ 134,668", ""],
            ["Operating expenses", "126,702", "389", "127,091", ""],
            ["Operating income", "7,681", "(104)", "7,577", "21.5"],
        ]
    )
    assert found["Operating expenses"] == ["USD", "USD", "USD"]
    assert found["Operating income"] == ["USD", "USD", "USD", "percent"]


def test_a_dash_drawn_beside_another_one_makes_no_column() -> None:
    lines = [f"line {number:<2}            {1000 + number:,}        {2000 + number:,}" for number in range(9)]
    stray = "other            -    -            -"
    text = "Results of the year (in thousands)\n\n                         2041         2040\n" + "\n".join(
        (*lines, stray)
    )
    (statement,) = extract(read("release.txt", text.encode())).statements
    assert len(statement.columns) == 2


def _line(tape: Tape, *texts: tuple[int, str], right: bool = True) -> Row:
    """A row of a page: each text ends where it is put, or begins there, in characters."""
    cells = []
    for at, text in texts:
        left = (at - len(text)) * 50 if right else at * 50
        cells.append(Cell(tape.anchored(text), left, left + len(text) * 50))
    return Row(tuple(cells))


def _figures(tape: Tape, caption: str, *amounts: str) -> Row:
    first = _line(tape, (0, caption), right=False).cells
    return Row((*first, *_line(tape, *((50 + 12 * at, amount) for at, amount in enumerate(amounts))).cells))


def test_a_word_over_the_rest_of_a_head_heads_one_column_of_a_page() -> None:
    tape = Tape()
    heads = ["EBITDA", "EBIT", "Income", "cents)"]
    rows = (
        _line(tape, (67, "Year ended 31 May 2040"), (115, "Year ended 31 May 2041")),
        _line(tape, (84, "EPS"), (132, "EPS")),
        _line(tape, (86, "(Diluted"), (134, "(Diluted")),
        _line(tape, (73, "Net"), (84, "US"), (121, "Net"), (132, "US")),
        _line(tape, *((50 + 12 * at, head) for at, head in enumerate(heads * 2))),
        _figures(tape, "Net income reported", "309", "309", "309", "7.3", "381", "381", "381", "12.3"),
        _figures(tape, "Interest and tax", "103", "103", "5", "0.2", "68", "68", "4", "0.4"),
        _figures(tape, "Adjusted", "412", "412", "314", "7.5", "449", "449", "385", "12.7"),
    )
    (statement,) = extract(document("Reconciliation (in millions)", Table(rows, "points"))).statements
    found = [column.head.partition(" May ")[2][5:] for column in statement.columns]
    assert [head for head in found if "EPS" in head or "Diluted" in head] == ["EPS (Diluted US cents)"] * 2
    assert [column.role for column in statement.columns] == ["amount", "amount", "amount", "per share"] * 2
