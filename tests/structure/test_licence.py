"""When a broken sum may be called a violation, and when it is our misreading."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from attrs import evolve

from checker.core.statement import Line
from checker.core.unit import SHARES
from checker.structure import infer
from tests.structure.tables import licensed, release, statement, sums
from tests.structure.test_down import INCOME


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("11,751,596", "11,571,596"),
        ("4,416,825", "4,416,325"),
        ("4,267,597", "426,797"),
        ("(236,074)", "(263,074)"),
        ("2,051,142", "2,015,142"),
    ],
)
def test_a_keying_slip_in_one_column_speaks(printed: str, typed: str) -> None:
    assert licensed(sums(INCOME)) == []
    assert licensed(sums(INCOME.replace(printed, typed)))


def test_a_structure_broken_in_both_columns_is_our_misreading() -> None:
    assert licensed(sums(INCOME.replace("849,915", "849,951").replace("98,223", "98,322"))) == []


def test_a_residual_printed_elsewhere_in_the_column_is_a_misread_structure() -> None:
    table = """
        North  12,345  10,987
        South  4,321  3,204
        West  7,113  8,224
        Total regions  23,779  {total}
        Head office  1,000  2,030
        """
    assert licensed(sums(table.format(total="24,445"))) == []


def test_a_residual_that_is_an_addend_but_for_rounding_was_counted_twice() -> None:
    assert (
        licensed(
            sums("""
        Reserves  0  0
        Grants  0  2
        Total group one  0  2
        Taxes  0  0
        Fees  0  1
        Total group two  0  1
        Rents  0  0
        Wages  2  0
        Deposits  100000  0
        Loans  100000  0
        Total group three  200001  0
        Total  200002  3
        """)
        )
        == []
    )


def test_an_average_among_sums_is_silent() -> None:
    assert (
        licensed(
            sums(
                """
        October  931,113  84.65  931,113
        November  800,432  89.92  790,111
        December  772,004  92.59  700,350
        Total  2,503,549  89.66  2,421,574
        """,
                ("Shares purchased", "Average price paid", "Under the plan"),
            )
        )
        == []
    )


def test_a_difference_of_a_few_units_is_rounding() -> None:
    assert licensed(sums(INCOME.replace("2,149,365", "2,149,367"))) == []


def test_a_column_of_percentages_without_signs_never_speaks() -> None:
    table = """
        License and subscription  12,118  6,620  83  76
        Maintenance  8,430  7,512  12  15
        Services  3,001  3,044  (1)  11
        Total cost of revenue  23,549  17,176  37  27
        """
    assert licensed(sums(table)) == []


def test_a_sum_of_one_column_is_never_confirmed_by_itself() -> None:
    table = """
        North  12,345
        South  4,321
        Total  16,768
        """
    assert licensed(sums(table)) == []


def test_a_wrong_subtotal_is_asked_for_by_both_of_its_sums() -> None:
    reasons = [instance.licensed for instance in licensed(sums(INCOME.replace("5,117,512", "6,840,903")))]
    assert len(reasons) == 2
    assert all("another sum misses by as much" in reason for reason in reasons)


def test_an_addend_that_is_not_printed_leaves_no_error() -> None:
    (found,) = sums("""
        North  12,345  10,987  9,001
        South  .  3,204  2,715
        West  7,113  8,224  6,630
        Total  23,779  22,415  18,346
        """)
    assert [(instance.total, instance.slip) for instance in found.instances] == [
        ("t0r3c0", "blank"),
        ("t0r3c1", None),
        ("t0r3c2", None),
    ]
    assert licensed([found]) == []


def test_a_line_the_sum_could_take_in_without_breaking_elsewhere_explains_it() -> None:
    assert (
        licensed(
            sums("""
        Discontinued  4,250  -  -
        Operations:
        North  12,345  10,987  9,001
        West  7,113  8,224  6,630
        Total operations  23,708  19,211  15,631
        """)
        )
        == []
    )


BALANCE = """
Current assets:
  Cash  28,162  29,943
  Marketable securities  20,336  35,228
  Receivables  26,136  33,410
Total current assets  74,634  98,581
Non-current assets:
  Securities  84,424  91,479
  Property  46,876  45,680
Total non-current assets  131,300  137,159
Total assets  205,934  235,740
Current liabilities:
  Payables  54,126  68,960
  Debt  13,638  10,912
Total current liabilities  67,764  79,872
"""


def test_any_other_amount_speaks_where_the_other_sums_of_its_column_foot() -> None:
    assert licensed(sums(BALANCE)) == []
    assert [instance.total for instance in licensed(sums(BALANCE.replace("46,876", "31,907")))] == ["t0r8c0"]


def test_where_nothing_else_of_the_column_foots_it_was_misread() -> None:
    other = BALANCE.replace("74,634", "71,958").replace("67,764", "65,017")
    assert licensed(sums(other.replace("46,876", "31,907"))) == []


def _counted(line: Line) -> Line:
    """The line, read as a number of shares."""
    return evolve(line, figures=tuple(figure and evolve(figure, unit=SHARES) for figure in line.figures))


def test_a_residual_printed_in_a_line_of_another_unit_is_a_misread_unit() -> None:
    table = statement("""
        Balance at January 1  369,620,811  352,004,117  340,118,926
        Shares issued  130,379,190  0  0
        Profit for the period  135,466,166  120,115,342  101,224,803
        Revaluation  8,123,477  7,044,655  6,918,201
        Balance at December 31  643,589,644  479,164,114  448,261,930
        """)
    counted = evolve(
        table, lines=tuple(_counted(line) if line.caption == "Shares issued" else line for line in table.lines)
    )
    assert licensed(infer(release(table)).sums) == []
    assert licensed(infer(release(counted)).sums) == []
    unprinted = tuple(
        evolve(line, figures=(None, *line.figures[1:])) if line.caption == "Shares issued" else line
        for line in counted.lines
    )
    assert licensed(infer(release(evolve(counted, lines=unprinted))).sums)


EXPENSES = """
    Research and development  2,871  2,758  2,958  11,346
    Selling, general and administrative  2,654  2,673  2,949  11,284
    Restructuring charge  .  .  .  1,431
    Total  5,525  5,431  5,907  24,061
    """


def test_a_line_that_is_blank_where_the_sum_holds_may_be_blank_where_it_is_broken() -> None:
    assert licensed(sums(EXPENSES)) == []
    assert licensed(sums(EXPENSES.replace("2,758", "2,785")))


def test_a_line_that_is_printed_wherever_the_sum_holds_was_not_read_where_it_is_blank() -> None:
    table = (
        EXPENSES.replace(".  .  .  1,431", "85  13  72  1,431")
        .replace("5,525", "5,610")
        .replace("5,431", "5,444")
        .replace("5,907", "5,979")
    )
    assert licensed(sums(table)) == []
    assert licensed(sums(table.replace("  13  ", "  .  "))) == []


FINANCING = """
    Net borrowings (repayments)  (500,000)  1,300,000  (6,200,000)
    Dividends paid  (8,858,726)  (2,297,000)  (1,695,612)
    Capital leases  (86,495)  (86,069)  (98,120)
    Net cash used by financing activities  (9,445,221)  (1,083,069)  (7,993,732)
    """


def test_a_line_that_prints_both_signs_means_the_one_it_prints() -> None:
    assert licensed(sums(FINANCING)) == []
    assert licensed(sums(FINANCING.replace("(500,000)", "500,000")))


def test_a_sign_that_a_line_prints_nowhere_else_may_be_ours_to_read() -> None:
    assert licensed(sums(FINANCING.replace("1,300,000", "(1,300,000)"))) == []


def test_a_total_column_that_leaves_out_its_parts_is_not_confirmed_by_parts_that_leave_out_others() -> None:
    equity = """
        Beginning balance  73,812  (214)  (11,452)  62,146
        Stock issued  752  .  .  .
        Net income  .  57,552  .  57,552
        Dividends  .  (52,999)  .  .
        Other comprehensive income  .  .  2,492  2,492
        Ending balance  74,564  4,339  (8,960)  69,943
        """
    assert licensed(sums(equity)) == []


def test_a_lost_sign_speaks_where_the_other_sums_of_its_column_foot() -> None:
    table = """
        Net loss  (1,596,280)  (785,951)
        Interest expense  743,003  132,238
        Depreciation and amortization  849,915  98,223
        EBITDA  (3,362)  (555,490)
        Impairment  133,250  41,906
        Stock-based compensation  47,831  6,996
        Adjusted EBITDA  {adjusted}  (506,588)
        """
    assert licensed(sums(table.format(adjusted="177,719"))) == []
    assert [instance.total for instance in licensed(sums(table.format(adjusted="(177,719)")))] == ["t0r6c0"]


def test_addends_of_one_column_alone_that_make_up_the_residual_are_numbers_of_a_caption() -> None:
    table = """
        Liabilities:
          Deposits  1,147,278  1,096,754  997,555
          Borrowings  181,870  223,467  220,511
        Total liabilities  1,329,148  1,320,221  1,218,066
        Equity:
          Common stock  36,503  36,404  35,557
          Preferred stock, shares authorized  {preferred}  .  .
          Common stock, shares authorized  {common}  .  .
          Paid-in capital  53,826  53,560  53,871
          Warrants  80,367  81,473  80,259
          Deferred compensation  66,134  66,731  66,082
          Retained earnings  30,700  30,195  30,339
          Translation of currencies  77,116  76,954  77,449
          Hedges  (24,315)  (25,141)  (24,151)
          Pensions  73,472  74,192  72,705
          Treasury stock  (12,818)  (14,044)  (13,702)
          Noncontrolling interests  10,324  11,305  9,771
        Total equity  {total}  391,629  388,180
        """
    authorized = table.format(preferred="10,000,003", common="30,000,007", total="{total}")
    assert licensed(sums(authorized.format(total="391,309"))) == []
    assert licensed(sums(authorized.format(total="417,862")))
    assert licensed(sums(table.format(preferred=".", common=".", total="417,862")))


RECONCILIATION = """
    Net loss  (1,596,280)  (785,951)
    Interest expense and other financing costs  743,003  132,238
    Depreciation and amortization  849,915  98,223
    EBITDA  (3,362)  (555,490)
    Acquisition transaction expenses  -  16,306
    Loss on forgiveness of debt  58,203  -
    Change in fair value of derivative liability  133,250  -
    Non-cash adjustment to tax accruals  -  (98,141)
    Stock-based compensation expense  47,831  6,996
    Adjusted EBITDA  235,922  (630,329)
    """


@pytest.mark.parametrize(
    ("printed", "typed"),
    [("16,306", "(16,306)"), ("58,203", "(58,203)"), ("133,250", "(133,250)"), ("(98,141)", "98,141")],
)
def test_a_line_of_one_column_that_is_taken_off_against_its_print_has_lost_its_sign(printed: str, typed: str) -> None:
    assert licensed(sums(RECONCILIATION)) == []
    assert len(licensed(sums(RECONCILIATION.replace(printed, typed)))) == 1


QUARTERS = """
Products  6,114  5,902  6,230  5,871  6,015
Services  3,208  3,115  3,377  3,021  3,190
Leases  1,441  1,402  1,388  1,417  1,456
Total revenue  10,763  10,419  10,995  10,309  10,661
"""


def test_an_addend_larger_than_its_total_is_no_average_where_the_others_keep_their_proportions() -> None:
    assert [instance.total for instance in licensed(sums(QUARTERS.replace("1,441", "15,827")))] == ["t0r3c0"]


TWO_KINDS = """
Products  6,114  5,902  6,230  5,871  6,015
Services  3,208  3,115  3,377  3,021  3,190
Total revenue  9,322  9,017  9,607  8,892  9,205
"""


@pytest.mark.parametrize(
    ("amounts", "averages"), [(QUARTERS, ("560", "330", "200", "363")), (TWO_KINDS, ("640", "300", "513"))]
)
def test_a_column_of_averages_is_silent_whatever_its_neighbours_say(amounts: str, averages: Sequence[str]) -> None:
    assert (
        licensed(
            sums(
                "\n".join(
                    f"{row}  {average}" for row, average in zip(amounts.strip().splitlines(), averages, strict=True)
                )
            )
        )
        == []
    )


EQUITY = """
Common stock  9,412  8,877  8,301
Retained earnings  18,234  17,106  15,944
Stockholders' equity  27,646  25,983  24,245
Noncontrolling interests  1,203  1,187  1,090
Total equity  28,850  27,170  25,335
"""


def test_two_sums_that_miss_by_as_much_but_for_rounding_are_broken_by_one_figure() -> None:
    reasons = [instance.licensed for instance in licensed(sums(EQUITY.replace("27,646", "22,021")))]
    assert len(reasons) == 2
    assert all("another sum misses by as much" in reason for reason in reasons)


def test_a_striking_slip_speaks_even_beside_an_addend_that_is_not_printed() -> None:
    sales = """
        North  1,412,345  1,310,987  1,209,001
        South  3,604,321  3,413,204  3,242,715
        West  2,517,113  2,408,224  2,286,630
        Other  .  118,200  121,400
        Total  7,533,779  7,250,615  6,859,746
        """
    assert licensed(sums(sales)) == []
    assert [instance.total for instance in licensed(sums(sales.replace("3,604,321", "360,432")))] == ["t0r4c0"]
    assert licensed(sums(sales.replace("3,604,321", "3,237,534"))) == []


@pytest.mark.parametrize("line", ["  20,336  35,228", "  74,634  98,581", "  46,876  45,680"])
def test_a_line_whose_two_columns_are_exchanged_breaks_its_sums_in_both(line: str) -> None:
    one, two = line.split()
    found = licensed(sums(BALANCE.replace(line, f"  {two}  {one}")))
    assert {instance.total[-2:] for instance in found} == {"c0", "c1"}
    assert all("change places" in instance.licensed for instance in found)


def test_differences_that_no_line_explains_are_not_its_exchange() -> None:
    assert licensed(sums(BALANCE.replace("20,336  35,228", "21,336  34,228"))) == []
    assert licensed(sums(BALANCE.replace("20,336  35,228", "35,228  21,336"))) == []


def test_a_few_digits_may_look_exchanged_by_chance() -> None:
    regions = """
        North  312  487
        South  233  105
        West  150  164
        Total  567  884
        """
    assert licensed(sums(regions)) == []
    longer = re.sub(r"(\d{3})(?=\s)", r"\g<1>,000", regions)
    assert licensed(
        sums(
            longer.replace("233,000", "233,417")
            .replace("105,000", "105,208")
            .replace("567,000", "567,208")
            .replace("884,000", "884,417")
        )
    )


def test_amounts_that_differ_by_little_may_be_two_slips() -> None:
    near = BALANCE.replace("20,336  35,228", "20,336  20,398").replace("98,581", "83,751").replace("235,740", "220,910")
    assert licensed(sums(near)) == []
    assert licensed(sums(near.replace("20,336  20,398", "20,398  20,336"))) == []


def test_a_blank_that_would_have_to_be_of_the_other_sign_excuses_nothing() -> None:
    sales = """
        North  14,123  13,109
        South  36,043  34,132
        Returns  .  (1,182)
        Total  50,166  46,059
        """
    assert [instance.total for instance in licensed(sums(sales.replace("50,166", "51,066")))] == ["t0r3c0"]
    assert licensed(sums(sales.replace("36,043", "36,943"))) == []


CAPITAL = """
Beginning balance, December  74,100  75,236  8,242  (9,378)
Stock issued  .  752  .  .
Stock withheld  .  (293)  (71)  .
Compensation  .  3,120  .  .
Net income  23,636  .  23,636  .
Dividends  .  .  (3,746)  .
Other income  418  .  .  418
Ending balance, March  73,916  78,815  28,061  (8,960)
Beginning balance, March  73,916  78,815  28,061  (8,960)
Stock issued  .  825  .  .
Stock withheld  .  (206)  (85)  .
Compensation  .  3,324  .  .
Net income  24,780  .  24,780  .
Dividends  .  .  (3,794)  .
Other income  426  .  .  426
Ending balance, June  71,186  82,758  48,962  (8,534)
"""
HEADS = ["Total", "Common stock", "Retained earnings", "Other comprehensive income"]


def test_a_total_column_that_leaves_out_lines_says_nothing_of_the_sums_down_its_table() -> None:
    rolled = [found for found in sums(CAPITAL, HEADS) if found.kind == "roll-forward"]
    assert {len(found.instances) for found in rolled} == {3}


def test_columns_that_are_all_called_totals_are_totals_of_no_others() -> None:
    sales = """
        North  1,412,345  1,310,987
        South  3,604,321  3,413,204
        Returns  .  (118,200)
        Total  5,016,666  4,605,991
        """
    assert [len(found.instances) for found in sums(sales, ["Total group", "Total company"])] == [2]


@pytest.mark.parametrize(("slip", "total"), [("3,324", "t0r15c1"), ("3,120", "t0r7c1")])
def test_blanks_that_another_sum_of_the_column_has_too_are_how_the_table_prints_nothing(slip: str, total: str) -> None:
    assert [instance.total for instance in licensed(sums(CAPITAL.replace(slip, "8,031"), HEADS))] == [total]


def test_an_addend_that_rounding_brings_near_the_residual_is_an_accident_where_the_rest_of_the_column_foots() -> None:
    table = """
        Interest on loans  12,018  11,204  10,733
        Loans held for sale  216  198  243
        Investment securities  {typed}  2,365  2,291
        Other interest  178  402  377
        Total interest income  14,840  14,169  13,644
        Interest on deposits  1,925  2,207  2,466
        Interest on borrowings  2,318  2,604  2,755
        Total interest expense  4,243  4,811  5,221
        Salaries  6,635  6,412  6,203
        Rent  1,392  1,361  1,340
        Total other expense  8,027  7,773  7,543
        Card fees  3,104  3,215  3,033
        Trust fees  1,902  1,881  1,779
        Total fees  5,006  5,096  4,812
        """
    assert licensed(sums(table.format(typed="2,428"))) == []
    assert len(licensed(sums(table.format(typed="2,248")))) == 1
    assert (
        licensed(sums(table.format(typed="2,250"))) == []
    )  # the residual is the addend itself: it may be counted twice


SHARES_OUT = """
Beginning shares  1,483  1,483  1,497  1,507
Issued for plans and acquisitions  1  1  1  {issued}
Repurchased  -  -  (15)  (13)
Ending shares  1,484  1,484  1,483  1,497
"""


@pytest.mark.parametrize(("issued", "speaks"), [("3", 0), ("5", 1)])
def test_what_a_line_of_another_unit_prints_among_the_addends_is_no_error_however_short(
    issued: str, speaks: int
) -> None:
    table = statement(SHARES_OUT.format(issued=issued))
    mixed = evolve(table, lines=tuple(_counted(line) if place == 1 else line for place, line in enumerate(table.lines)))
    assert len(licensed(infer(release(mixed)).sums)) <= speaks


def test_columns_of_which_one_has_another_scale_foot_as_they_are_printed() -> None:
    heads = ("Capital (in thousands)", "Premium", "Reserves", "Total")
    rows = [
        (56, 13_727, 2_411, 16_194),
        (56, 14_091, 2_799, 16_946),
        (57, 14_501, 3_210, 17_768),
        (57, 15_222, 4_873, 20_152),
        (58, 15_901, 5_120, 21_079),
    ]
    text = "\n".join(
        f"Balance {year}  " + "  ".join(f"{amount:,}" for amount in row) for year, row in enumerate(rows, 2013)
    )
    table = statement(text, heads=heads)
    lines = tuple(
        evolve(
            line,
            figures=tuple(
                f and evolve(f, value=(f.value or 0) * 1000, step=f.step * 1000) if at else f
                for at, f in enumerate(line.figures)
            ),
        )
        for line in table.lines
    )
    assert licensed(infer(release(evolve(table, lines=lines))).sums) == []


def test_a_column_that_prints_balances_alone_carries_none_forward() -> None:
    text = """
    Balance at January 1, 2013  1,195  17,840  (622)  18,413
    Shares issued  434  -  -  -
    Profit for the year  -  7,232  -  -
    Dividends  -  (3,584)  -  -
    Translation differences  -  -  380  -
    Balance at December 31, 2013  1,629  21,488  (242)  22,875
    """
    assert licensed(sums(text)) == []


BUYBACKS = """
October 1 to October 31  978  3,849,610
November 1 to November 30  844  3,849,610
December 1 to December 31  2,028,292  3,502,031
Total  2,030,114  3,502,031
"""


def test_what_is_left_of_a_programme_adds_nothing_up() -> None:
    found = infer(release(statement(BUYBACKS))).sums
    assert all(not said for one in found for said in licensed((one,)))


def matrix(**columns: str) -> str:
    """A matrix of equity: the figures of each column from the opening balance to the closing one."""
    rows = ["Balance at January 1, 2041", "Net income", "Stock issued", "Stock retired", "Balance at December 31, 2041"]
    cells = [each.split() for each in columns.values()]
    return "\n".join("  ".join([caption, *(column[at] for column in cells)]) for at, caption in enumerate(rows))


GROWN = {
    "common": "598 — 15 (34) 579",
    "paid": "67,785 — 2,871 (1,119) 69,537",
    "earned": "78,302 55,817 — (12,466) 121,653",
    "trust": "9,574 — 2,451 (5,412) 6,613",
    "others": "1,836 34 — (114) 1,756",
    "still": "24,118 — — — 24,118",
}


@pytest.mark.parametrize("closing", ["24,718", "61,307", "0"])
def test_a_column_that_says_that_nothing_moved_ends_as_it_began(closing: str) -> None:
    assert licensed(sums(matrix(**GROWN))) == []
    assert licensed(sums(matrix(**GROWN | {"still": f"24,118 — — — {closing}"})))


def test_a_column_that_prints_two_balances_and_is_blank_between_carries_nothing_forward() -> None:
    table = statement(matrix(**GROWN | {"still": "24,118 — — — 61,307"}))
    lines = tuple(
        evolve(line, figures=(*line.figures[:-1], None)) if not line.caption.startswith("Balance") else line
        for line in table.lines
    )
    assert licensed(infer(release(evolve(table, lines=lines))).sums) == []


def test_two_slips_in_two_of_many_columns_do_not_silence_each_other() -> None:
    more = {"options": "2,451 — 118 (19) 2,550", "foreign": "(6,496) (87) 1,400 (12) (5,195)"}
    wrong = GROWN | more | {"paid": "67,785 — 2,871 (1,119) 69,357", "trust": "9,574 — 2,451 (5,412) 6,163"}
    assert licensed(sums(matrix(**GROWN | more))) == []
    assert len(licensed(sums(matrix(**wrong)))) == 2
    few = {name: wrong[name] for name in ("common", "paid", "trust", "others")}
    assert licensed(sums(matrix(**few))) == []


def test_two_of_many_columns_speak_without_a_slip_of_the_fingers_unless_one_lacks_what_the_other_has() -> None:
    more = {"options": "2,451 — 118 (19) 2,550", "foreign": "(6,496) (87) 1,400 (12) (5,195)"}
    apart = {"paid": "67,785 — 2,871 (1,119) 51,264", "trust": "9,574 — 2,451 (5,412) 8,845"}
    moved = {"paid": "67,785 — 2,871 (1,119) 71,988", "trust": "9,574 — — (5,412) 6,613"}
    assert len(licensed(sums(matrix(**GROWN | more | apart)))) == 2
    assert licensed(sums(matrix(**GROWN | more | moved))) == []


BRIDGE = """
    Net loss in accordance with GAAP  (370)  (694)  (4,327)  (5,267)
    Workforce reduction  .  .  126  334
    Restructuring charge  .  .  1,431  .
    Investment write-off  .  900  1,089  2,690
    Legal costs  .  .  .  4,468
    Income tax benefit  .  (324)  (1,058)  (2,698)
    Net loss on a pro forma basis  (370)  (118)  (2,739)  (473)
    """


@pytest.mark.parametrize(("printed", "typed"), [("(2,739)", "(2,379)"), ("1,431", "1,341"), ("(1,058)", "(1,508)")])
def test_a_bridge_that_prints_nothing_where_nothing_is_lacks_no_line(printed: str, typed: str) -> None:
    assert licensed(sums(BRIDGE)) == []
    assert licensed(sums(BRIDGE.replace(printed, typed)))


@pytest.mark.parametrize("said", ["10,000,000 shares authorized, none issued", "par value $.01; 10,000,000 authorized"])
def test_shares_that_are_authorized_are_no_amount_that_was_not_read(said: str) -> None:
    sheet = f"""
        Cash  1,920,000  3,344,000
        Receivables  166,728,000  146,165,000
        Deposits  -  7,288,000
        Other assets  961,000  1,248,000
        Total assets  169,609,000  158,045,000
        Preferred stock, {said}
        Debt  30,700,000  39,355,000
        Other liabilities  3,850,000  3,351,000
        Total liabilities  34,550,000  42,706,000
        """
    assert licensed(sums(sheet)) == []
    assert licensed(sums(sheet.replace("166,728,000", "156,728,000")))
    assert (
        licensed(
            sums(
                sheet.replace("166,728,000", "156,728,000")
                .replace("Preferred stock", "Notes")
                .replace(said, "10,000,000")
            )
        )
        == []
    )


def test_costs_that_one_column_prints_in_brackets_lost_no_sign() -> None:
    table = """
Revenue  1,087,946  938,777  4,873,997
Administrative expenses  808,831  539,432  (2,995,241)
Selling expenses  89,265  117,563  (689,131)
Total expenses  898,096  656,995  (3,684,372)
Operating profit  189,850  281,782  1,189,625
"""
    assert [one for one in sums(table) if one.relation.startswith("Operating profit")]
    assert licensed(sums(table)) == []


def test_a_line_that_another_sum_of_the_same_total_takes_in_belongs_to_it() -> None:
    """Nothing in one column, and all of the difference in the other."""
    table = """
Unrealized gains  -  (2,494)
Property  (117,094)  (21,959)
Digital assets  (37,133)  -
Total deferred liabilities  (154,227)  (24,453)
Net deferred assets  138,941  24,453
Net deferred liability  (15,286)  -
"""
    assert licensed(sums(table)) == []


def test_a_line_that_would_make_a_sum_come_out_keeps_it_silent_though_it_stands_in_another() -> None:
    """The cash of operations that were given up: the balance that is carried forward is the total of both."""
    table = """
Increase (decrease) in cash  2,246  7,732  (360)
Cash from continuing operations, beginning of period  21,859  12,889  13,309
Cash from discontinued operations, beginning of period  -  1,238  1,178
Cash and cash equivalents, beginning of year  21,859  14,127  14,487
Cash from continuing operations, end of period  24,105  21,859  12,889
Cash from discontinued operations, end of period  -  -  1,238
Cash and cash equivalents, end of year  24,105  21,859  14,127
"""
    assert licensed(sums(table)) == []


@pytest.mark.parametrize(
    "values",
    ["59.40  96.10  101.25  88.30  53.75", "18.20  31.05  29.60  30.15  17.95", "7.10  9.35  8.80  9.90  6.45"],
)
def test_a_column_of_what_one_share_is_worth_carries_nothing_forward(values: str) -> None:
    rows = ("Unvested at beginning of year", "Granted", "Vested", "Forfeited", "Unvested at end of year")
    units = ("5,120", "1,845", "(2,036)", "(291)", "4,638"), ("4,638", "1,310", "(1,702)", "(184)", "4,062")
    worth = values.split()
    text = "\n".join("  ".join((caption, units[0][at], units[1][at], worth[at])) for at, caption in enumerate(rows))
    assert licensed(sums(text)) == []


def test_a_balance_that_is_what_each_line_leaves_carries_nothing_forward() -> None:
    text = """
    Balance as of March 31  .  21,880
    April 1 through April 30  312  20,615
    May 1 through May 31  271  19,940
    June 1 through June 30  422  18,275
    Balance as of June 30  1,005  18,275
    """
    assert licensed(sums(text)) == []
