"""Two documents side by side, on the example release and small statements: what changed, what agrees, and what nobody
can say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker import pipeline
from checker.compare import Comparison, Kind, compare, kind_of, shape, text
from checker.compare.redacted import redacted
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.language import load
from checker.report.style import Style


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load([])


@pytest.fixture(scope="module")
def release(seed: Path) -> str:
    return seed.read_text(encoding="utf-8")


def checked(content: str, book: Rulebook, path: str = "release.md") -> Checked:
    return pipeline.check(path, content.encode(), book)


def edited(content: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert old in content
        content = content.replace(old, new)
    return content


# ---- drafts ----------------------------------------------------------------------------------------------------------


def drafts(release: str, book: Rulebook, *edits: tuple[str, str]) -> Comparison:
    return compare(checked(release, book), checked(edited(release, *edits), book, "new.md"), "drafts")


def test_a_document_and_itself(release: str, book: Rulebook) -> None:
    same = checked(release, book)
    assert kind_of(same, same) == "drafts"
    found = compare(same, same, "drafts")
    assert not found.causes and not found.added and not found.removed and not found.appeared and not found.fixed


def test_a_cascade_is_grouped_under_the_line_that_began_it(release: str, book: Rulebook) -> None:
    found = drafts(
        release,
        book,
        *(("4,267,597", "4,277,597"), ("5,117,512", "5,127,512"), ("(700,687)", "(710,687)")),
        *(("(1,596,280)", "(1,606,280)"), ("(1,695,526)", "(1,705,526)")),
    )
    (cause,) = found.causes
    assert [change.new.caption for change in cause.roots] == ["Selling general and administrative expenses"]
    assert [change.new.text for change in cause.moved] == [
        "5,127,512",
        "(710,687)",
        "(1,606,280)",
        "(1,705,526)",
        "(1,606,280)",
    ]
    assert cause.roots[0].by == 10000


def test_changes_that_have_nothing_to_do_with_each_other_stay_apart(release: str, book: Rulebook) -> None:
    found = drafts(release, book, ("1,489,945", "1,498,945"), ("235,922", "253,922"))
    assert [[change.new.text for change in cause.roots] for cause in found.causes] == [["1,498,945"], ["253,922"]]
    assert not any(cause.moved for cause in found.causes)


def test_a_total_that_did_not_move_with_its_line_is_a_new_finding(release: str, book: Rulebook) -> None:
    found = drafts(release, book, ("4,267,597", "4,277,597"))
    assert any("perating expenses" in one.check.relation for one in found.appeared) and not found.fixed
    back = compare(found.new, found.old, "drafts")
    assert {one.id for one in back.fixed} == {one.id for one in found.appeared}


def test_what_is_wrong_in_both_is_still_wrong(release: str, book: Rulebook) -> None:
    wrong = edited(release, ("1,489,945", "1,498,945"))
    found = compare(checked(wrong, book), checked(edited(wrong, ("235,922", "253,922")), book), "drafts")
    assert {one.check.rule for one in found.still} >= {"us-gaap/income-statement/gross-profit"}
    assert not found.fixed and found.appeared


def test_lines_that_came_and_went(release: str, book: Rulebook) -> None:
    found = drafts(release, book, ("Restricted cash\t1,026,326\t1,026,326\n", ""))
    assert [figure.text for figure in found.removed] == ["1,026,326", "1,026,326"] and not found.added


# ---- a filing of the same period -------------------------------------------------------------------------------------

THOUSANDS = """
Consolidated Balance Sheets
(in thousands)
\tMarch 31, 2013\tDecember 31, 2012
Current assets:
Cash and cash equivalents\t\\$ 419\t\\$ 543
Accounts receivable, net\t4,225\t2,924
Inventory\t508\t351
Prepaid expenses\t656\t1,001
Total current assets\t5,808\t4,810
"""


def test_every_published_figure_in_a_filing_that_rounds(release: str, book: Rulebook) -> None:
    found = compare(checked(release, book), checked(THOUSANDS, book, "10-Q.md"), "filing")
    said = {
        (tie.old.caption, tie.old.text): tie.agreement for tie in found.ties if tie.old.statement == "balance sheet"
    }
    assert said["Cash and cash equivalents", "419,390"] == "rounding"
    assert said["Total current assets", "5,808,040"] == "rounding"
    assert said["Inventory", "341,118"] == "differs"
    assert said["Goodwill", "2,406,269"] == "not found"
    assert [tie.old.text for tie in found.differing] == ["341,118"]


def test_the_same_figures_under_other_captions_and_signs_agree(release: str, book: Rulebook) -> None:
    filing = edited(
        release,
        ("Inventory\t", "Inventories, at lower of cost and net realisable value\t"),
        ("11,751,596\t10,044,760", "(11,751,596)\t(10,044,760)"),
    )
    found = compare(checked(release, book), checked(filing, book), "filing")
    notes = {tie.old.caption: (tie.agreement, tie.note) for tie in found.ties}
    assert notes["Inventory"] == ("agrees", "under another caption")
    assert notes["Cost of revenues"] == ("agrees", "printed with the other sign")
    assert not found.differing


def test_where_several_lines_have_the_caption_nobody_is_accused(book: Rulebook) -> None:
    head = (
        "Consolidated Statements of Operations\n\tThree Months Ended March 31,\n\t2013\t2012\nRevenues\t9,000\t8,000\n"
    )
    old, new = f"{head}Other\t111\t120\nOther\t333\t340\n", f"{head}Other\t112\t120\nOther\t334\t340\n"
    found = compare(checked(old, book), checked(new, book), "filing")
    assert {tie.agreement for tie in found.ties if tie.old.text in ("111", "333")} == {"not found"}


# ---- the next release ------------------------------------------------------------------------------------------------


def next_year(release: str) -> str:
    """The release a year on: its comparatives are what the example published as current."""
    head = "Consolidated Statements of Operations\n\tThree Months Ended March 31,\n\t2014\t2013\n"
    return (
        head + "Revenues\t\\$ 21,344,110\t\\$ 16,168,421\nCost of revenues\t14,122,010\t11,751,596\nGross"
        " profit\t7,222,100\t4,416,825\nOperating expenses:\nDepreciation and"
        " amortization\t2,111,300\t848,915\nSelling general and administrative expenses\t5,100,200\t4,268,597\nTotal"
        " operating expenses\t7,211,500\t5,117,512\nOperating income (loss)\t10,600\t(700,687)\n"
    )


def test_comparatives_that_no_longer_match_what_was_published(release: str, book: Rulebook) -> None:
    old, new = checked(release, book), checked(next_year(release), book, "next.md")
    assert kind_of(old, new) == "next"
    found = compare(old, new, "next")
    assert {(tie.old.caption, tie.new.text) for tie in found.differing if tie.new} == {
        ("Depreciation and amortization", "848,915"),
        ("Selling general and administrative expenses", "4,268,597"),
    }
    assert sum(tie.agreement == "agrees" for tie in found.ties) >= 5


def test_findings_are_followed_across_periods(book: Rulebook) -> None:
    head = (
        "Consolidated Statements of Operations\n\tThree Months Ended March 31,\n\t{}\t{}\nRevenues\t{}\nCost of "
        "revenues\t{}\nGross profit\t{}\n"
    )
    old = head.format(2013, 2012, "16,168,421\t11,534,705", "11,751,596\t10,044,760", "4,461,825\t1,489,945")
    new = head.format(2014, 2013, "21,344,110\t16,168,421", "14,122,010\t11,751,596", "7,222,100\t4,461,825")
    found = compare(checked(old, book), checked(new, book), "next")
    assert [one.check.rule for one in found.still] == ["us-gaap/income-statement/gross-profit"]
    assert not found.appeared and not found.fixed


# ---- as text and as data ---------------------------------------------------------------------------------------------


def test_data_holds_everything_and_is_the_same_every_time(release: str, book: Rulebook) -> None:
    found = drafts(release, book, ("235,922", "253,922"))
    data = shape.render(found, Style())
    assert data == shape.render(drafts(release, book, ("235,922", "253,922")), Style())
    tree = json.loads(data)
    assert tree["schema"] == "tieout-compare/1" and tree["kind"] == "drafts"
    assert tree["causes"][0]["roots"][0]["by"] == "18000"
    assert tree["summary"]["changed"] == 1 and tree["summary"]["new"] == len(tree["findings"]["new"])


def test_text_of_a_document_cannot_steer_the_terminal(release: str, book: Rulebook) -> None:
    old = edited(release, ("Adjusted EBITDA\t", "Adjusted\x1b[31m EBITDA\t"))
    found = compare(checked(old, book), checked(edited(old, ("235,922", "253,922")), book), "drafts")
    assert "\x1b" not in text.render(found, Style(verbose=True))


def test_the_order_of_documents_is_the_readers(release: str, book: Rulebook) -> None:
    forth = drafts(release, book, ("235,922", "253,922"))
    back = compare(forth.new, forth.old, "drafts")
    assert [change.by for cause in back.causes for change in cause.roots] == [-18000]


@pytest.mark.parametrize("kind", ["drafts", "filing"])
def test_a_redacted_comparison_says_where_and_not_what(release: str, book: Rulebook, kind: Kind) -> None:
    other = edited(release, ("235,922", "253,922"), ("4,267,597", "4,277,597"))
    found = redacted(compare(checked(release, book), checked(other, book), kind))
    for said in (text.render(found, Style(verbose=True)), shape.render(found, Style(verbose=True))):
        for secret in (
            "235,922",
            "235922",
            "253,922",
            "18000",
            "18,000",
            "4277597",
            "4,277,597",
            "Adjusted EBITDA",
            "Selling",
        ):
            assert secret not in said
    assert "line 138 -> line 138" in text.render(found, Style())


def _year(last: str, before: str, first: int, second: int) -> str:
    return f"""Consolidated Balance Sheets
(in thousands)

| | December 31, {last} | December 31, {before} |
|---|---|---|
| Cash | {first:,} | {second:,} |
| Inventory | 2,000 | 3,000 |
| Total assets | {first + 2000:,} | {second + 3000:,} |
"""


def test_differences_are_told_in_the_scale_of_the_print_and_in_lines_that_fit(book: Rulebook) -> None:
    one, two = (
        checked(_year("2012", "2011", 1234, 1111), book, "a" * 60),
        checked(_year("2013", "2012", 1500, 1333), book, "b" * 60),
    )
    shown = text.render(compare(one, two, "next"), Style())
    assert all(len(line) <= 80 for line in shown.splitlines())
    assert "Cash, December 31, 2012: 1,234 -> 1,333 (+99), line 6" in " ".join(shown.split())
    assert "published figures of a period that both print: 0 agreed, 0 rounded, 3 differing" in " ".join(shown.split())


def test_where_nothing_can_be_compared_it_says_so(book: Rulebook) -> None:
    one, two = (
        checked(_year("2010", "2009", 1234, 1111), book, "one.md"),
        checked(_year("2013", "2012", 1500, 1333), book, "two.md"),
    )
    assert "there are no comparatives to compare" in text.render(compare(one, two, "next"), Style())
