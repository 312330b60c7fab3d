"""A filing printed one scale coarser: its tagged amounts are rounded one by one, its words follow, and nothing else
changes."""

from __future__ import annotations

from benchmarks.coarser import coarser
from benchmarks.corpus import half, share
from checker.pipeline import release


def cell(amount: str, scale: int, unit: str = "usd", sign: str = "") -> str:
    """One tagged cell of a table."""
    return (
        f'<td>{sign and "("}<ix:nonFraction contextRef="c" name="x:y" unitRef="{unit}" scale="{scale}"'
        f' id="f">{amount}</ix:nonFraction>{sign and ")"}</td>'
    )


def page(
    *tables: str, caption: str = "(In millions, except shares, which are in thousands, and per share amounts)"
) -> bytes:
    rows = "".join(f"<table>{table}</table>" for table in tables)
    days = "<xbrli:startDate>2023-01-01</xbrli:startDate><xbrli:endDate>2023-03-31</xbrli:endDate>"
    period = f"<xbrli:period>{days}</xbrli:period>"
    context = f'<ix:header><xbrli:context id="c">{period}</xbrli:context></ix:header>'
    return (
        f"<html><body>{context}<p>{caption}</p>{rows}<p>It took millions of visitors 3 years.</p></body></html>"
    ).encode()


INCOME = (
    f"<tr><td>Sales</td>{cell('81,797', 6)}{cell('82,959', 6)}</tr>"
    f"<tr><td>Loss</td>{cell('1,250', 6, sign='-')}{cell('40', 6)}</tr>"
    f"<tr><td>Loss per share</td>{cell('1.26', 0, 'usdPerShare')}{cell('0.04', 0, 'usdPerShare')}</tr>"
    f"<tr><td>Shares</td>{cell('15,697,614', 3, 'shares')}{cell('16,162,945', 3, 'shares')}</tr>"
)


def test_each_amount_is_rounded_by_itself_and_the_words_follow() -> None:
    copy = coarser(page(INCOME), 1).content.decode()
    for printed in (">81.8<", ">83.0<", "(<", ">1.3<", ">0.0<", ">1.26<", ">0.04<", ">15,697.6<", ">16,162.9<"):
        assert printed in copy
    assert "(In billions, except shares, which are in millions, and per share amounts)" in copy


def test_the_program_reads_the_coarser_amounts_in_the_next_scale() -> None:
    found = {figure.text: figure.value for figure in release("x.htm", coarser(page(INCOME), 1).content).figures}
    assert found["81.8"] == 81_800_000_000
    assert found["(1.3)"] == -1_300_000_000


def test_tables_with_amounts_that_no_tag_vouches_for_are_left_out() -> None:
    untagged = "".join(f"<tr><td>Line {at}</td><td>{at},234</td><td>{at},345</td></tr>" for at in range(4))
    mixed = f"<tr><td>Sales</td>{cell('1,797', 6)}<td>959</td></tr>"
    twice = (
        f"<tr><td>Sales</td>{cell('1,797', 6)}<td><ix:nonFraction scale='6'><ix:nonFraction "
        "scale='6'>959</ix:nonFraction></ix:nonFraction></td></tr>"
    )
    copy = coarser(page(untagged, mixed, twice, INCOME), 1)
    assert copy.content.count(b"<table>") == 1
    assert [place.text for place in copy.places] == ["81.8", "83.0", "15,697.6", "16,162.9"]


def test_only_amounts_with_digits_enough_are_falsified_and_each_stands_where_it_says() -> None:
    copy = coarser(page(INCOME), 1)
    assert [place.text for place in copy.places] == ["81.8", "83.0", "15,697.6", "16,162.9"]
    assert all(copy.content[slice(*place.span)].decode() == place.text for place in copy.places)
    assert copy.places[0].row == ("83.0",)


def test_a_page_without_tags_is_not_printed_again() -> None:
    content = b"<html><body><p>(in thousands)</p></body></html>"
    assert coarser(content, 1).places == ()


def test_wilson_intervals_are_those_of_the_textbook() -> None:
    """Agresti and Coull 1998: 0 of 25 lies between 0 and 13.3 %; 10 of 20 between 29.9 and 70.1 %."""
    assert share(0, 25) == "  0.0 % (0/25; 0.0 to 13.3)"
    assert share(10, 20) == " 50.0 % (10/20; 29.9 to 70.1)"
    assert share(0, 0) == "none"


def test_companies_keep_their_half() -> None:
    assert [half(company, "1") for company in ("aapl", "bac", "mgm")] == ["first", "second", "second"]
    assert {half(str(company), "1") for company in range(20)} == {"first", "second"}
