"""Amounts per share: which income and which share count make them, and when one of them may be called wrong."""

from __future__ import annotations

from checker.bind import bind
from checker.core.finding import Finding
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import parse, resolve
from checker.read import read
from checker.structure import infer

RULE = "rule per-share\n    each amount per share = income / shares\n"
TABLE = """
# Statements of income

| | 2013 | 2012 | 2011 | 2010 |
|---|---|---|---|---|
| Total revenues | $ 9,412,000 | $ 8,905,000 | $ 8,117,000 | $ 7,640,000 |
| Net income | 1,596,280 | 785,951 | 690,118 | 912,446 |
| Per share, basic | $ 1.10 | $ 0.60 | $ 0.54 | $ 0.73 |
| Per share, diluted | $ 1.06 | $ 0.58 | $ 0.52 | $ 0.70 |
| Shares outstanding, basic | 1,451,200 | 1,309,900 | 1,289,600 | 1,249,900 |
| Shares outstanding, diluted | 1,505,900 | 1,355,100 | 1,327,200 | 1,303,500 |
"""


def judged(table: str) -> list[Finding]:
    release = infer(extract(read("release.md", table.encode())))
    return [
        one
        for one in evaluate(bind(release, resolve([parse(RULE, "house.rules", "house")])))
        if one.verdict != "not applicable"
    ]


def wrong(table: str) -> list[tuple[str, str | None]]:
    return [(one.check.figures[0].text, one.severity) for one in judged(table) if one.verdict == "violation"]


def test_each_sort_is_divided_by_its_own_share_count() -> None:
    found = judged(TABLE)
    assert len(found) == 8 and {one.verdict for one in found} == {"agrees"}
    for one in found:
        rate, income, count = one.check.figures
        assert income.caption == "Net income"
        assert ("diluted" in rate.caption) == ("diluted" in count.caption)


def test_a_share_count_that_lost_a_digit_speaks() -> None:
    assert wrong(TABLE.replace("1,309,900", "130,990")) == [("0.60", "error")]


def test_a_slight_difference_says_nothing_but_for_basic_amounts_that_three_columns_bear_out() -> None:
    assert wrong(TABLE.replace("1,355,100", "1,382,600")) == []
    assert wrong(TABLE.replace("1,309,900", "1,339,900")) == [("0.60", "error")]
    assert wrong(TABLE.replace("1,309,900", "1,324,900")) == []  # less than a cent: rounded twice


def test_a_second_column_of_one_period_and_a_change_of_share_counts_count_no_shares() -> None:
    heads = (
        "| | Quarter Ended June 30, 2013 | Quarter Ended June 30, 2012 | Currency effect Quarter Ended June 30, "
        "2013 |\n|---|---|---|---|\n"
    )
    page = f"""
# Results

{heads}| Total revenues | $ 9,412,000 | $ 8,905,000 | $ (117,000) |
| Net income | 1,596,280 | 785,951 | (26,118) |
| Earnings per share, basic | $ 1.10 | $ 0.60 | $ (0.01) |

# Shares

| | Quarter Ended June 30, 2013 | Quarter Ended June 30, 2012 | Change Quarter Ended June 30, 2013 |
|---|---|---|---|
| Basic weighted average shares outstanding | 1,451,200 | 1,309,900 | (14,300) |
"""
    assert [(one.verdict, one.check.figures[2].text) for one in judged(page)] == [
        ("agrees", "1,451,200"),
        ("agrees", "1,309,900"),
    ]


def test_share_counts_of_a_note_stand_in_where_the_statement_prints_none() -> None:
    heads = (
        "| | Year Ended December 31, 2013 | Year Ended December 31, 2012 | Year Ended December 31, 2011 "
        "|\n|---|---|---|---|\n"
    )
    note = f"""
# Statements of income

{heads}| Total revenues | $ 9,412,000 | $ 8,905,000 | $ 8,117,000 |
| Net income | 1,596,280 | 785,951 | 690,118 |
| Earnings per share, basic | $ 1.10 | $ 0.60 | $ 0.54 |

# Note 4. Earnings per share

{heads}| Basic weighted average shares outstanding | 1,451,200 | 1,309,900 | 1,289,600 |
"""
    assert [one.verdict for one in judged(note)] == ["agrees"] * 3
    assert wrong(note.replace("1,309,900", "130,990")) == [("0.60", "error")]
    assert judged(note.replace(heads, heads.replace("December", "June"), 1)) == []


def test_broken_in_two_columns_it_is_another_division() -> None:
    twice = TABLE.replace("1,309,900", "1,409,900").replace("1,289,600", "1,489,600")
    assert not any("basic" in one.check.figures[0].caption for one in judged(twice))


def test_a_loss_per_share_printed_without_its_sign_is_read_as_one() -> None:
    loss = (
        TABLE.replace("1,596,280", "(1,596,280)")
        .replace("785,951", "(785,951)")
        .replace("690,118", "(690,118)")
        .replace("912,446", "(912,446)")
    )
    assert {one.verdict for one in judged(loss)} == {"agrees"}


def test_a_diluted_amount_is_never_divided_by_basic_shares() -> None:
    lines = [
        line for line in TABLE.splitlines() if "Per share, basic" not in line and "outstanding, diluted" not in line
    ]
    alike = "\n".join(lines).replace("$ 1.06 | $ 0.58 | $ 0.52 | $ 0.70", "$ 1.10 | $ 0.60 | $ 0.54 | $ 0.73")
    assert judged(alike) == []
    assert len(judged(alike.replace("diluted", "all in"))) == 4


RESTATED = """
# Restatement (in thousands, except share and per share data)

| | Three Months Ended March 31, 2017 As Previously Reported | Three Months Ended March 31, 2017 As Restated |
|---|---|---|
| Gross profit | 4,198 | 4,198 |
| Net loss | $ (1,920) | $ (1,344) |
| Net loss per share: | | |
| Basic and diluted | $ (0.31) | $ (0.22) |
| Weighted average common shares: | | |
| Basic and diluted | 6,104,233 | 6,104,233 |
"""


def test_words_name_the_income_and_the_shares_where_one_other_column_agrees() -> None:
    assert [one.verdict for one in judged(RESTATED)] == ["agrees"] * 2
    assert wrong(RESTATED.replace("(0.31)", "(0.05)")) == [("(0.05)", "error")]
    assert wrong(RESTATED.replace("(0.31)", "(0.34)")) == [("(0.34)", "note")]
    assert judged(RESTATED.replace("(0.31)", "(0.05)").replace("(0.22)", "(0.02)")) == []


def test_a_line_that_says_only_its_sort_is_called_by_its_head() -> None:
    assert (
        judged(RESTATED)[0].check.relation
        == "Net loss per share: Basic and diluted = Net loss / Weighted average common shares: Basic and diluted"
    )


PENCE = """
# Consolidated income statement

| | 2022 £m | 2021 £m |
|---|---|---|
| Revenue | 2,418.6 | 2,204.1 |
| Operating profit | 301.2 | 268.4 |
| Profit for the year | 208.4 | {profit} |
| Weighted average number of shares (million) | 612.4 | 612.4 |
| Basic earnings per share | 34.0p | {rate} |
"""


def test_the_only_share_count_of_a_table_need_not_say_basic() -> None:
    assert {one.verdict for one in judged(PENCE.format(profit="187.1", rate="30.6p"))} == {"agrees"}
    assert wrong(PENCE.format(profit="187.1", rate="29.6p")) == [("29.6p", "warning")]
    assert wrong(PENCE.format(profit="187.1", rate="13.6p")) == [("13.6p", "error")]
    assert wrong(PENCE.format(profit="187.1", rate="30.5p")) == []


def test_a_diluted_amount_asks_for_a_count_that_says_so() -> None:
    assert wrong(PENCE.format(profit="187.1", rate="29.6p").replace("Basic", "Diluted")) == []


NOTE = """
# Note 9. Amounts a share

| | 2013 |
|---|---|
| Income used for diluted amounts | 1,203,564 |
| Shares outstanding, diluted | 1,505,900 |
| Per share, diluted | $ {rate} |
"""


def test_a_note_may_make_a_diluted_amount_of_another_income() -> None:
    """A gain on what is assumed to be converted is taken off it."""
    table = TABLE.replace("$ 1.06", "$ 0.80")
    assert wrong(table) == [("0.80", "error")]
    assert wrong(table + NOTE.format(rate="0.80")) == [("0.80", "note")]
    assert wrong(table + NOTE.format(rate="0.80").replace("1,203,564", "1,596,280"))[0] == ("0.80", "error")
