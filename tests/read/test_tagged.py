"""Facts of inline pages and instances: what tags state, with their places; print stays print; hostile files are
refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.core.fact import Fact
from checker.extract import extract
from checker.read import read
from checker.read.tagged.amounts import printed, scaled, stated
from checker.read.tagged.aspects import day, unit
from checker.read.tagged.instance import instance_tags
from checker.read.tagged.parsing import Unreadable, parse
from tests.tagged import CONTEXTS, GROSS_PROFIT, HEAD, UNITS, YEARS, context, linkbase, page, row, tag


def facts(content: bytes) -> dict[tuple[str, str], Fact]:
    """The facts of a page by concept and text."""
    return {(fact.concept, fact.text): fact for fact in read("a.htm", content).tags.facts}


def test_a_tag_is_a_fact_at_its_place() -> None:
    content = page()
    found = facts(content)
    one = found["a:Other", "12"]
    assert (one.value, one.decimals, str(one.unit), one.scale) == (Decimal(-12_000_000), -6, "USD", 6)
    assert one.period is not None and (str(one.period.start), str(one.period.end)) == ("2023-01-01", "2023-12-31")
    start, end = one.place.span
    assert content[start:end] == b"12"
    assert len(found) == 15


def test_print_is_the_same_with_and_without_tags() -> None:
    import re

    bare = re.sub(rb"<ix:header>.*</ix:header>|</?ix:[^>]*>", b"", page(), flags=re.DOTALL)
    tagged, plain = (extract(read("a.htm", content)) for content in (page(), bare))
    assert [(one.text, one.value, one.unit, one.period, one.caption) for one in tagged.figures] == [
        (one.text, one.value, one.unit, one.period, one.caption) for one in plain.figures
    ]
    assert not plain.tags.facts and not plain.twins


def test_every_tag_of_a_table_meets_its_figure() -> None:
    release = extract(read("a.htm", page()))
    known = {figure.id: figure for figure in release.figures}
    assert len(release.twins) == 15
    assert all(known[release.twins[fact.id]].value == fact.value for fact in release.tags.facts)


def test_another_prefix_other_quotes_and_tags_inside_tags_are_read() -> None:
    content = (
        page(after=f"<p>{tag('Deep', '<b>1</b>,2<i>3</i>4', 'now')}</p>")
        .replace(b"ix:", b"inl:")
        .replace(b"xmlns:ix=", b"xmlns:inl=")
    )
    found = facts(content.replace(b'contextRef="now"', b"contextRef = 'now'"))
    assert found["a:Deep", "1,234"].value == Decimal(1_234_000_000)
    assert found["a:Revenues", "1,610"].period is not None


def test_dimensions_units_and_nil() -> None:
    segment = '<xbrli:segment><xbrldi:explicitMember dimension="a:SegmentsAxis">a:Tools&amp;Co</xbrldi:explicitMember>'
    segment += (
        '<xbrldi:typedMember dimension="a:PlantAxis"><a:plant> North  </a:plant></xbrldi:typedMember></xbrli:segment>'
    )
    after = (
        f"<p>{tag('Revenues', '5', 'part')} "
        f"{tag('PerShare', '1.25', 'now', unitRef='eps', scale='0', decimals='2')}</p>"
    )
    after += '<p><ix:nonFraction name="a:None" contextRef="now" unitRef="usd" xsi:nil="true"/></p>'
    found = facts(page(contexts=context("part", 2023, segment), after=after))
    assert found["a:Revenues", "5"].dimensions == (("a:PlantAxis", "North"), ("a:SegmentsAxis", "a:Tools&Co"))
    assert str(found["a:PerShare", "1.25"].unit) == "USD/share"
    assert found["a:None", ""].nil and found["a:None", ""].value is None


def test_comments_hold_no_facts_and_continuations_that_bite_their_tails_are_not_followed() -> None:
    loop = '<ix:nonNumeric name="a:Text" contextRef="now" continuedAt="c1">x</ix:nonNumeric>'
    loop += (
        '<ix:continuation id="c1" continuedAt="c2">y</ix:continuation><ix:continuation id="c2"'
        ' continuedAt="c1">z</ix:continuation>'
    )
    found = facts(page(after=f"<!-- {tag('Lost', '1', 'now')} -->{loop}"))
    assert len(found) == 15


def test_a_tag_without_its_context_is_said() -> None:
    document = read(
        "a.htm",
        page((*[row("Revenues", "Revenues", "1,610", now={"contextRef": "gone"})],)).replace(
            b'contextRef="now"', b'contextRef="gone"', 1
        ),
    )
    assert [one.code for one in document.problems if one.severity == "warning" and one.code == "R190"] == ["R190"]
    assert not document.tags.facts


@pytest.mark.parametrize(
    ("text", "form", "value"),
    [
        ("1,234.5", "ixt:num-dot-decimal", "1234.5"),
        ("1.234,5", "ixt:num-comma-decimal", "1234.5"),
        ("1 234,5", "ixt4:numspacecomma", "1234.5"),
        ("—", "ixt:fixed-zero", "0"),
        ("–", "", "0"),
        ("no", "ixt-sec:numwordsen", "0"),
        ("two hundred and twelve", "ixt-sec:numwordsen", "212"),
        ("twenty-five thousand", "ixt-sec:numwordsen", "25000"),
        ("5 dollars 20 cents", "ixt:num-unit-decimal", "5.20"),
        ("1.234", "ixt:numcommadot", "1.234"),
    ],
)
def test_transformations(text: str, form: str, value: str) -> None:
    assert printed(text, form) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "form"),
    [("", ""), ("n/a", ""), ("1.2.3", "ixt:num-dot-decimal"), ("some", "ixt-sec:numwordsen"), ("9" * 5000, "")],
)
def test_what_is_no_number_has_no_value(text: str, form: str) -> None:
    assert printed(text, form) is None


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9),
    st.integers(-6, 12),
    st.booleans(),
)
def test_scale_and_sign_lose_no_digit(number: Decimal, scale: int, negative: bool) -> None:
    assert scaled(number, scale, negative=negative) == number * Decimal(10) ** scale * (-1 if negative else 1)


@given(st.integers(-(10**15), 10**15), st.integers(0, 6))
def test_a_number_of_an_instance_is_read_as_it_is_written(digits: int, places: int) -> None:
    number = Decimal(digits).scaleb(-places)
    assert stated(f" {number:f}\n") == number
    assert stated(f"{digits}E{places}") == digits * 10**places


def test_midnight_is_the_end_of_the_day_before() -> None:
    assert str(day("2024-01-01T00:00:00", ends=True)) == "2023-12-31"
    assert str(day("2024-01-01T00:00:00", ends=False)) == "2024-01-01"
    assert day("2024-13-01", ends=True) is None


def test_units() -> None:
    assert [
        str(unit(*one))
        for one in (
            (["iso4217:EUR"],),
            (["xbrli:pure"],),
            (["iso4217:USD"], ["xbrli:shares"]),
            (["iso4217:USD"], ["u:bbl"]),
        )
    ] == [
        "EUR",
        "ratio",
        "USD/share",
        "USD/bbl",
    ]


# ---- linkbases and instances -----------------------------------------------------------------------------------------


def test_a_linkbase_beside_the_page_says_how_facts_add_up() -> None:
    found = read("a.htm", page(), {"acme_cal.xml": GROSS_PROFIT}).tags
    assert [(one.total, one.item, one.weight) for one in found.contributions] == [
        ("a:GrossProfit", "a:Revenues", Decimal(1)),
        ("a:GrossProfit", "a:CostOfRevenue", Decimal(-1)),
    ]


def test_a_prohibited_arc_is_none() -> None:
    arc = b'weight="-1" order="2"/>'
    again = GROSS_PROFIT.split(b"<link:calculationArc")[2].replace(
        arc, b'weight="-1" order="2" use="prohibited" priority="1"/>'
    )
    content = GROSS_PROFIT.replace(
        b"</link:calculationLink>",
        b"<link:calculationArc" + again.split(b"</link:calculationLink>")[0] + b"</link:calculationLink>",
    )
    assert [one.item for one in read("a.htm", page(), {"x_cal.xml": content}).tags.contributions] == ["a:Revenues"]


def instance(body: str, head: str = "") -> bytes:
    """An instance with the usual contexts and units."""
    spaces = (
        'xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:a="http://acme.com"'
        ' xmlns:xbrldi="http://xbrl.org/2006/xbrldi"'
    )
    return f'<?xml version="1.0"?>\n{head}<xbrli:xbrl {spaces}>{CONTEXTS}{UNITS}{body}</xbrli:xbrl>'.encode()


def test_an_instance_states_the_same() -> None:
    found = instance_tags(instance('<a:Revenues contextRef="now" unitRef="usd" decimals="-6">1610000000</a:Revenues>'))
    (fact,) = found.facts
    assert (fact.concept, fact.value, fact.decimals, str(fact.unit)) == (
        "a:Revenues",
        Decimal(1_610_000_000),
        -6,
        "USD",
    )
    assert facts(page())["a:Revenues", "1,610"].sort == fact.sort


def test_precision_of_old_instances_is_a_decimal_place() -> None:
    (fact,) = instance_tags(
        instance('<a:Revenues contextRef="now" unitRef="usd" precision="3">1610000000</a:Revenues>')
    ).facts
    assert fact.decimals == -7


# ---- hostile files ---------------------------------------------------------------------------------------------------

LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"
)


@pytest.mark.parametrize(
    "head",
    [
        LAUGHS,
        "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'http://example.com/'>]>",
        "<!DOCTYPE x>",
    ],
)
def test_document_types_are_refused(head: str) -> None:
    with pytest.raises(Unreadable, match="document type"):
        instance_tags(instance("", head))
    said = read("a.htm", page(), {"x_cal.xml": head.encode() + GROSS_PROFIT})
    assert not said.tags.contributions
    assert [one.code for one in said.problems] == ["R191"]


def test_deep_and_damaged_xml_is_refused() -> None:
    with pytest.raises(Unreadable, match="deep"):
        parse(b"<a>" * 100_000, lambda *_: None)
    with pytest.raises(Unreadable, match="well-formed"):
        parse(GROSS_PROFIT[:-20], lambda *_: None)
    with pytest.raises(Unreadable, match=r"entity|well-formed"):
        parse(b"<a>&undefined;</a>", lambda *_: None)


def test_a_schema_reference_is_never_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    monkeypatch.setattr(builtins, "open", lambda *_: pytest.fail("a file was opened"))
    body = (
        '<link:schemaRef xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' xlink:href="http://example.com/a.xsd"/>'
    )
    assert not instance_tags(instance(body)).facts


def test_ten_thousand_contexts_are_read() -> None:
    many = "".join(context(f"c{number}", 2000 + number % 100) for number in range(10_000))
    content = page(contexts=many)
    assert len(read("a.htm", content).tags.facts) == 15


def test_a_page_that_repeats_what_it_never_closes_is_read_to_its_end() -> None:
    for unclosed in ("<ix:nonFraction ", "<xbrli:context id='a'>", '<ix:nonFraction name="', "<!--"):
        read("a.htm", (HEAD.format(hidden="", contexts="", units="") + unclosed * 20_000).encode())


@given(st.binary(max_size=40), st.integers(0, 4000), st.integers(0, 40))
def test_any_bytes_in_a_tagged_page_are_no_crash(foreign: bytes, at: int, cut: int) -> None:
    content = page()
    at %= len(content)
    document = read(
        "a.htm", content[:at] + foreign + content[at + cut :], {"x_cal.xml": GROSS_PROFIT[: at % len(GROSS_PROFIT)]}
    )
    assert not any(one.code == "R199" for one in document.problems)


def test_a_calculation_of_itself_is_none() -> None:
    assert not read("a.htm", page(), {"x_cal.xml": linkbase(("GrossProfit", "GrossProfit", "1"))}).tags.contributions


@pytest.mark.parametrize("wrapper", ["XBRL", "XML"])
def test_the_instance_of_a_submission_ends_before_its_wrapper(wrapper: str) -> None:
    body = f'<a:Revenues contextRef="{next(iter(YEARS))}" unitRef="usd" decimals="0">120</a:Revenues>'
    parts = (("EX-99.1", "Revenues were $120."), ("XML", f"<{wrapper}>\n{instance(body).decode()}\n</{wrapper}>"))
    whole = "<SEC-DOCUMENT>a\n" + "".join(
        f"<DOCUMENT>\n<TYPE>{kind}\n<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n" for kind, text in parts
    )
    document = read("a.txt", whole.encode())
    assert [one.value for one in document.tags.facts] == [120]
    assert not [one for one in document.problems if one.code == "R191"]


# ---- releases without print ------------------------------------------------------------------------------------------

AMOUNTS = {"Revenues": "1610", "CostOfRevenue": "1170", "GrossProfit": "440"}


def stated_by_instance(year: str = "now") -> bytes:
    """An instance of a few facts, in millions."""
    return instance(
        "".join(
            f'<a:{name} contextRef="{year}" unitRef="usd" decimals="-6">{value}000000</a:{name}>'
            for name, value in AMOUNTS.items()
        )
    )


def stated_by_json() -> bytes:
    """The same as xBRL-JSON."""
    import json

    facts = {
        f"f{number}": {
            "value": f"{value}000000",
            "decimals": -6,
            "dimensions": {
                "concept": f"us-gaap:{name}",
                "entity": "cik:1",
                "period": "2023-01-01T00:00:00/2024-01-01T00:00:00",
                "unit": "iso4217:USD",
            },
        }
        for number, (name, value) in enumerate(AMOUNTS.items())
    }
    return json.dumps({"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json"}, "facts": facts}).encode()


def company_facts() -> bytes:
    """The same as the SEC gives out the facts of a company, a later filing of other amounts with it."""
    import json

    def record(value: int, filed: str) -> dict[str, object]:
        return {"start": "2023-01-01", "end": "2023-12-31", "val": value, "accn": filed, "filed": filed, "form": "10-K"}

    concepts = {
        name: {"label": None, "units": {"USD": [record(5, "2025-02-01"), record(int(value) * 10**6, "2024-02-01")]}}
        for name, value in AMOUNTS.items()
    }
    return json.dumps({"cik": 1, "entityName": "Acme", "facts": {"us-gaap": concepts}}).encode()


@pytest.mark.parametrize(
    "content", [stated_by_instance(), stated_by_json(), company_facts()], ids=["instance", "xBRL-JSON", "company facts"]
)
def test_facts_without_print_are_a_release_judged_by_rules_by_name(content: bytes) -> None:
    from checker.language import load
    from checker.pipeline import check

    done = check("facts", content, load([]))
    assert [(one.caption, str(one.value), str(one.unit)) for one in done.figures] == [
        ("Revenues", "1610000000", "USD"),
        ("Cost of revenue", "1170000000", "USD"),
        ("Gross profit", "440000000", "USD"),
    ]
    assert {one.period and str(one.period.end) for one in done.figures} == {"2023-12-31"}
    assert ("agrees", "us-gaap/income-statement/gross-profit") in {
        (one.verdict, one.check.rule) for one in done.findings
    }


def test_a_concept_is_known_by_its_tag_whatever_its_label_says() -> None:
    from checker.language import load
    from checker.pipeline import check

    labels = b"""<linkbase xmlns="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"><labelLink>
<loc xlink:href="x.xsd#us-gaap_CostOfRevenue" xlink:label="c"/>
<label xlink:label="t" xlink:role="http://www.xbrl.org/2003/role/label" xml:lang="en">What it took</label>
<labelArc xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label" xlink:from="c" xlink:to="t"/>
</labelLink></linkbase>"""
    content = (
        stated_by_instance()
        .replace(b"<a:", b"<us-gaap:")
        .replace(b"</a:", b"</us-gaap:")
        .replace(b"xmlns:a=", b"xmlns:us-gaap=")
    )
    done = check("facts.xml", content, load([]), {"x_lab.xml": labels})
    assert "What it took" in {one.caption for one in done.figures}
    assert ("agrees", "us-gaap/income-statement/gross-profit") in {
        (one.verdict, one.check.rule) for one in done.findings
    }


@pytest.mark.parametrize(
    "content", [stated_by_instance(), stated_by_json(), company_facts()], ids=["instance", "xBRL-JSON", "company facts"]
)
def test_facts_that_are_cut_short_are_said_and_never_a_crash(content: bytes) -> None:
    from checker.read.typed import read_release

    for end in range(0, len(content), 7):
        found = read_release("facts", content[:end])
        assert found is None or found.statements or any(one.severity == "error" for one in found.problems)
