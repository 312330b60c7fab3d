"""The amount of the period before, in brackets or behind its words: however its period is named, it is dated, and what
changed since is tested."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checker.bind.claims import bind_claims
from checker.core.release import Release
from checker.core.unit import PERCENT
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import load
from checker.read import read

YEARS, HALVES, QUARTERS, NINE = (
    ("2024", "2023"),
    ("1H24", "1H23"),
    ("Q3 2024", "Q3 2023"),
    ("Jan-Sep 2024", "Jan-Sep 2023"),
)
HALF_YEARS = ("Six months ended 30 June 2024", "Six months ended 30 June 2023")


def page(said: str, heads: tuple[str, str], unit: str) -> Release:
    """A sentence above a statement."""
    text = f"""Acme Group

{said}

Consolidated income statement

| | {heads[0]} {unit} | {heads[1]} {unit} |
|---|---|---|
| Revenue | 87.6 | 81.5 |
| Operating costs | (80.2) | (76.1) |
| Operating profit | 7.4 | 5.4 |
"""
    return extract(read("page.md", text.encode()))


def judged(release: Release) -> list[tuple[str, str]]:
    """The verdicts of what sentences say, notes aside."""
    found = [
        one
        for one in evaluate(bind_claims(release, load([])))
        if one.verdict != "not applicable" and one.severity != "note"
    ]
    return sorted({(one.verdict, one.check.relation) for one in found})


@pytest.mark.parametrize(
    ("heads", "unit", "earlier"),
    [
        (YEARS, "£m", "(2023 – £81.5m)"),
        (YEARS, "£m", "(2023 - £81.5 million)"),
        (YEARS, "£m", "[2023: £81.5m]"),
        (YEARS, "€m", "(FY 2023 €81.5m)"),
        (YEARS, "£m", "(prior year: £81.5m)"),
        (YEARS, "£m", "(31 December 2023: £81.5m)"),
        (YEARS, "SEK m", "as against SEK 81.5m in 2023"),
        (YEARS, "£m", "compared with £81.5m in the prior year"),
        (("2023/24", "2022/23"), "€m", "(2022/23: €81.5m)"),
        (HALVES, "£m", "(1H23: £81.5m)"),
        (HALF_YEARS, "£m", "(1H23: £81.5m)"),
        (HALF_YEARS, "£m", "(HY23: £81.5m)"),
        (HALF_YEARS, "£m", "(2023 H1: £81.5m)"),
        (HALF_YEARS, "$m", "(30 June 2023: $81.5m)"),
        (QUARTERS, "EUR m", "(Q3 2023: EUR 81.5m)"),
        (QUARTERS, "EUR m", "(Q3/2023: EUR 81.5m)"),
        (QUARTERS, "NOK m", "(3Q23: NOK 81.5m)"),
        (NINE, "€m", "(January–September 2023: €81.5m)"),
        (NINE, "€m", "(9M 2023: €81.5m)"),
        (("1-9/2024", "1-9/2023"), "€m", "(1–9/2023: €81.5m)"),
    ],
)
@pytest.mark.parametrize("percent", ["7%", "17%"])
def test_the_amount_compared_with_is_dated_however_its_period_is_named(
    heads: tuple[str, str], unit: str, earlier: str, percent: str
) -> None:
    money = (
        earlier[earlier.index("81.5") - 1]
        if "EUR" not in earlier and "SEK" not in earlier and "NOK" not in earlier
        else f"{unit[:3]} "
    )
    release = page(f"Revenue increased {percent} to {money}87.6m {earlier}.", heads, unit)
    amounts = [claim for claim in release.claims if claim.role in ("level", "prior")]
    assert [
        (claim.role, claim.figure.period and claim.figure.period.end and claim.figure.period.end.year)
        for claim in amounts
    ] == [
        ("level", 2024),
        ("prior", 2023),
    ]
    found = judged(release)
    assert [verdict for verdict, relation in found if relation.startswith("increase of")] == [
        "agrees" if percent == "7%" else "violation"
    ]
    assert {verdict for verdict, relation in found if relation.startswith("Revenue of")} == {"agrees"}


NORDIC = """Acme AB interim report

{said}

Income statement, SEK million

| | Q3 2025 | Q3 2024 |
|---|---|---|
| Net sales | 1,250 | 1,180 |
| Operating expenses | -1,100 | -1,225 |
| Operating profit | 150 | -45 |
| Operating margin, % | 12.0 | -3.8 |
| Earnings per share, SEK | 1.10 | 0.95 |
"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            "Net sales increased by 6% to SEK 1,250 million (1,180).",
            "Net sales increased to SEK 1,250 million (1,810).",
        ),
        ("Net sales amounted to MSEK 1 250 (1 180).", "Net sales amounted to MSEK 1 250 (1 810)."),
        ("Net sales were SEKm 1,250 (1,180).", "Net sales were SEKm 1,520 (1,180)."),
        ("- Net sales SEK 1,250 m (1,180)", "- Net sales SEK 1,250 m (1,108)"),
        ("Net sales were SEK 1,250m (Q3 2024: 1,180).", "Net sales were SEK 1,250m (Q3 2024: 1,810)."),
    ],
)
def test_a_number_in_brackets_right_behind_an_amount_is_that_of_the_period_before(right: str, wrong: str) -> None:
    """In the unit and scale of the amount itself."""
    found = judged(extract(read("page.md", NORDIC.format(said=right).encode())))
    assert ("agrees", "Net sales of 1,180 = Net sales") in [
        (verdict, told.replace("SEK ", "").replace("m ", " ").replace("1 180", "1,180")) for verdict, told in found
    ]
    assert "violation" not in {verdict for verdict, _ in found}
    broken = judged(extract(read("page.md", NORDIC.format(said=wrong).encode())))
    assert "violation" in {verdict for verdict, _ in broken}


@pytest.mark.parametrize(
    "said",
    [
        "Operating profit amounted to SEK 150 million (-45), corresponding to an operating margin of 12.0% (-3.8).",
        "Operating profit amounted to SEK 150 million (–45). Earnings per share were SEK 1.10 (0.95).",
    ],
)
def test_losses_percentages_and_amounts_a_share_are_compared_in_brackets_too(said: str) -> None:
    """Each as the amount before it."""
    claims = extract(read("page.md", NORDIC.format(said=said).encode())).claims
    assert [claim.role for claim in claims] == ["level", "prior"] * 2
    assert all(now.figure.unit == then.figure.unit for now, then in zip(claims[::2], claims[1::2], strict=True))
    assert claims[1].figure.value == -45_000_000
    assert {one[0] for one in judged(extract(read("page.md", NORDIC.format(said=said).encode())))} == {"agrees"}


@pytest.mark.parametrize(
    "said",
    [
        "Net sales were $1,250 million (1) and costs were $1,100 million (2).",
        "Net sales were $1,250 million (2024).",
        "Net sales were $1,250 million (12.5).",
    ],
)
def test_marks_of_notes_years_and_other_numbers_in_brackets_are_no_comparatives(said: str) -> None:
    """A mark, a year, and a number printed otherwise."""
    claims = extract(read("page.md", NORDIC.replace("SEK", "USD").format(said=said).encode())).claims
    assert {claim.role for claim in claims} == {"level"}


def test_full_width_brackets_are_read_as_others_are() -> None:
    """Around a percentage in a sentence they are an aside."""
    said = "Revenue increased by £6.1 million（7.5％）to £87.6 million（2023: £81.5 million）."
    claims = page(said, YEARS, "£m").claims
    assert [claim.role for claim in claims] == ["change", "relative change", "level", "prior"]
    assert [claim.figure.value for claim in claims if claim.figure.unit == PERCENT] == [Decimal("7.5")]


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("Operating profit amounted to £7.4m (2023 - increase of £5.4m).", [("£7.4m", 2024), ("£5.4m", 2023)]),
        ("Operating profit amounted to £7.4m (2023: decrease of £5.4m).", [("£7.4m", 2024), ("£5.4m", 2023)]),
        ("Revenue increased by £6.1m (2023: decrease of £3.0m).", [("£6.1m", 2024), ("£3.0m", 2023)]),
    ],
)
def test_brackets_that_say_how_an_earlier_amount_moved_date_that_amount_alone(
    said: str, figures: list[tuple[str, int]]
) -> None:
    release = page(said, YEARS, "£m")
    assert [
        (claim.figure.text, claim.figure.period.end.year)
        for claim in release.claims
        if claim.figure.period and claim.figure.period.end
    ] == figures
    assert {verdict for verdict, _ in judged(release)} == {"agrees"}


@pytest.mark.parametrize("earlier", ["in the year to December 2023", "in the twelve months to December 2023"])
def test_a_stretch_to_a_month_is_that_of_the_month(earlier: str) -> None:
    release = page(f"Revenue for the year was £87.6m as against £81.5m {earlier}.", YEARS, "£m")
    found = judged(release)
    assert {verdict for verdict, _ in found} == {"agrees"}
    wrong = judged(page(f"Revenue for the year was £87.6m as against £85.1m {earlier}.", YEARS, "£m"))
    assert "violation" in {verdict for verdict, _ in wrong}


def test_an_opening_that_states_only_what_is_compared_with_does_not_date_the_release() -> None:
    text = """Acme Group

Profit rose against the year ended December 31, 2023, which was restated.

Revenue for the full year was $87.6 million, compared with $81.5 million in 2023.

Consolidated income statement (in millions)

| | Year ended December 31, 2024 | Year ended December 31, 2023 |
|---|---|---|
| Revenue | $87.6 | $81.5 |
| Operating costs | (80.2) | (76.1) |
| Operating profit | $7.4 | $5.4 |
"""
    release = extract(read("page.md", text.encode()))
    years = {
        claim.figure.text: claim.figure.period.end.year
        for claim in release.claims
        if claim.figure.period and claim.figure.period.end
    }
    assert years == {"$87.6 million": 2024, "$81.5 million": 2023}
    assert {verdict for verdict, _ in judged(release)} == {"agrees"}


def test_growth_on_a_basis_that_the_document_states_once_for_all_is_not_held_against_what_is_reported() -> None:
    said = "Revenue grew by 9.1% to £87.6m (2023: £81.5m)."
    note = "\n\nUnless otherwise stated, growth rates are presented at constant currency.\n\n"
    assert "violation" in {verdict for verdict, _ in judged(page(said, YEARS, "£m"))}
    assert {verdict for verdict, _ in judged(page(note + said, YEARS, "£m"))} == {"agrees"}
    plain = note + "Reported revenue grew by 9.1% to £87.6m (2023: £81.5m)."
    assert "violation" in {verdict for verdict, _ in judged(page(plain, YEARS, "£m"))}


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (
            "Trading result was a loss of £3.7m in 2024 compared with income of £11.8m in 2023, a decline of £15.5m.",
            "agrees",
        ),
        ("Trading result was a loss of £3.7m in 2024 compared with income of £11.8m in 2023, a decline of £19.5m.", ""),
    ],
)
def test_a_loss_and_a_gain_are_as_far_apart_as_both_together(said: str, verdict: str) -> None:
    found = {one for one, told in judged(page(said, YEARS, "£m")) if told.startswith("Trading result")}
    assert found <= {verdict}


def test_what_something_did_to_a_line_is_not_what_the_line_is() -> None:
    said = "Losses on investments negatively impacted operating profit by £0.2m and revenue by £1.3m in 2024."
    assert judged(page(said, YEARS, "£m")) == []


OWNERS = """Acme Group

Net income was ${said} million in 2024. Revenue was $881.4 million in 2024, compared with $812.6 million in 2023.

Consolidated statement of income (in millions)

| | Year ended December 31, 2024 | Year ended December 31, 2023 |
|---|---|---|
| Revenue | $ 881.4 | $ 812.6 |
| Costs | (697.2) | (640.1) |
| Net income | 184.2 | 172.5 |
| Net income attributable to noncontrolling interests | (3.1) | (2.9) |
| Net income attributable to Acme Group | $ 181.1 | $ 169.6 |
"""


@pytest.mark.parametrize(("said", "wrong"), [("184.2", False), ("181.1", False), ("148.2", True)])
def test_a_text_may_call_the_share_of_the_owners_by_the_name_of_the_whole(said: str, wrong: bool) -> None:
    found = judged(extract(read("page.md", OWNERS.format(said=said).encode())))
    assert ("violation" in {verdict for verdict, _ in found}) is wrong


def test_a_table_that_cuts_amounts_off_does_not_contradict_what_the_text_writes_out() -> None:
    text = """Acme Group

Research expenses were $7,402,884 in 2024 and $6,947,979 in 2023.

Statement of operations (in thousands)

| | Year ended December 31, 2024 | Year ended December 31, 2023 |
|---|---|---|
| Research expenses | {now} | 6,948 |
| Administrative expenses | 1,241 | 1,652 |
| Total expenses | {total} | 8,600 |
"""
    cut = judged(extract(read("page.md", text.format(now="7,402", total="8,643").encode())))
    assert "violation" not in {verdict for verdict, _ in cut}
    wrong = judged(extract(read("page.md", text.format(now="7,420", total="8,661").encode())))
    assert "violation" in {verdict for verdict, _ in wrong}
