"""The page: it shows the release with every figure marked, loads nothing, runs nothing of the document, and is the same
every time."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.core.claim import Claim
from checker.core.figure import Figure
from checker.core.finding import Finding, Story, Suspect, Waiver
from checker.core.original import MOST_SHOWN, Stretch
from checker.core.place import Place
from checker.core.report import Checked, Coverage, Outcome, Report, Summary
from checker.core.statement import Column, Line, Statement
from checker.core.unit import Unit, money
from checker.language import load
from checker.pipeline import check, shown
from checker.report import FORMATS
from checker.report.redacted import redacted
from tests.examples import examples
from tests.report.sample import CHECKED, MARGIN, REPORT, REQUIRED, ROUNDING, VIOLATION

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=1">',
    "' onmouseover='alert(1)' x='",
    "</style></title></textarea><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "&lt;b&gt; &amp; &#60;script&#62;",
    "<!-- --><![CDATA[ ]]>",
    "revenue \u202e421,86 \u2066x\u2069",
    "nul \x00 escape \x1b[31m bell \x07 lone \ud800",
    "<a href='https://example.org/x'>link</a> http://example.org",
)
VOID = {"meta", "br", "hr", "img", "input", "link", "col"}


class Page(HTMLParser):
    """The elements of a page, with what would be wrong with any page of ours."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.faults: list[str] = []
        self.feed(text)
        self.close()
        if self.open:
            self.faults.append(f"left open: {self.open}")

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> out of place")

    def handle_data(self, data: str) -> None:
        within = self.open[-1] if self.open else ""
        if within == "script":
            self.scripts.append(data)
        elif within == "style":
            self.styles.append(data)
        else:
            self.text += data

    def handle_comment(self, data: str) -> None:
        self.faults.append("a comment")

    def all(self, tag: str, name: str = "") -> list[dict[str, str | None]]:
        return [
            one
            for found, one in self.elements
            if found == tag and (not name or name in (one.get("class") or "").split())
        ]


def page(report: Report = REPORT) -> str:
    rendered = FORMATS["html"].render(report)
    assert isinstance(rendered, str)
    return rendered


def only(checked: Checked) -> Report:
    return attrs.evolve(REPORT, documents=(checked,))


def hostile(text: str) -> Report:
    """The sample with the text wherever a document's text may stand."""
    claim = Claim(attrs.evolve(MARGIN, text=text, caption=text), f"before {text} after")
    figures = [
        attrs.evolve(one, text=text, caption=text, under=(text,), head=text, unit=Unit.of(text))
        for one in CHECKED.figures
    ]
    by_id = {one.id: one for one in figures}
    statement = CHECKED.statements[0]
    lines = tuple(
        attrs.evolve(line, caption=text, marks=text, figures=tuple(f and by_id[f.id] for f in line.figures))
        for line in statement.lines
    )
    columns = tuple(attrs.evolve(column, head=f"{text} {text}") for column in statement.columns)
    findings = tuple(
        attrs.evolve(
            one,
            id=f"{text}{number}",
            message=text,
            check=attrs.evolve(
                one.check,
                relation=text,
                title=text,
                period=text,
                rule=text,
                ticks=(text,),
                figures=tuple(by_id[f.id] for f in one.check.figures),
            ),
            suspects=tuple(Suspect(suspect.figure, text, text, suspect.score) for suspect in one.suspects),
        )
        for number, one in enumerate(CHECKED.findings)
    )
    problem = attrs.evolve(CHECKED.problems[0], message=text, path=text, help=text, code=text)
    checked = attrs.evolve(
        CHECKED,
        source=attrs.evolve(CHECKED.source, path=text, format=text, encoding=text),
        statements=(attrs.evolve(statement, title=text, context=(text,), lines=lines, columns=columns),),
        figures=tuple(figures),
        coverage={name: attrs.evolve(one, ticks=(text,)) for name, one in CHECKED.coverage.items()},
        findings=findings,
        problems=(problem,),
        claims=(claim,),
    )
    return attrs.evolve(only(checked), configuration={text: text}, problems=(problem,))


# ---- what it shows ---------------------------------------------------------------------------------------------------


def test_the_page_looks_as_it_looked_before(update: bool) -> None:
    body = re.sub(r"<(style|script)>.*?</\1>|sha256-[\w+/=]+", r"<\1>", page(), flags=re.DOTALL).replace("><", ">\n<")
    if update:
        (GOLDEN / "page.html").write_text(body, encoding="utf-8")
    assert body == (GOLDEN / "page.html").read_text(encoding="utf-8")


def test_a_document_of_which_nothing_was_read_is_never_called_clean() -> None:
    nothing = attrs.evolve(
        CHECKED, figures=(), findings=(), statements=(), coverage={}, summary=Summary(*(0,) * 11), outcome=None
    )
    for report in (only(nothing), attrs.evolve(REPORT, documents=(CHECKED, nothing))):
        parsed = Page(page(report))
        assert "nothing was checked" in parsed.text and "0 violations" not in parsed.text
        assert [one for tag in ("p", "span") for one in parsed.all(tag, "undecided")]


def test_every_figure_of_every_statement_is_shown_once_with_its_status() -> None:
    shown = Page(page()).all("a", "f")
    assert [one["id"] for one in shown] == [f"d0f{number}" for number in range(6)]
    assert Counter((one["class"] or "").split()[1] for one in shown) == {"agreed": 3, "violated": 3}


def test_a_figure_says_from_what_change_on_it_would_be_noticed() -> None:
    titles = [one["title"] or "" for one in Page(page()).all("a", "f")]
    assert "agreed; a change from 2 on would be noticed" in titles[0]
    assert "line 4" in titles[0] and "USD, rounded to 1" in titles[0]


def test_a_finding_names_its_figures_with_their_signs_and_its_suspect() -> None:
    card = next(one for one in Page(page()).all("li", "violation"))
    assert card["data-lights"] == "d0f5:= d0f1:+ d0f3:−" and card["data-suspect"] == "d0f5"
    assert "1,498,945 ≠ 11,534,705 - 10,044,760 = 1,489,945" in Page(page()).text


def test_the_suspect_bears_its_proposed_value_in_the_statement() -> None:
    suspect = page().split('id="d0f5"')[1].split("</a>")[0]
    assert '<ins class="proposed">probably 1,489,945</ins>' in suspect


def told(story: Story, *figures: str) -> Page:
    """The page of a report whose violation has this story, with its suspects in the order given."""
    suspects = tuple(suspect for name in figures for suspect in story.suspects if suspect.figure == name)
    return Page(page(only(attrs.evolve(CHECKED, findings=(attrs.evolve(VIOLATION, suspects=suspects, story=story),)))))


def marked(shown: Page) -> dict[str, str]:
    """How the suspected figures of the statement are marked, by their ids."""
    return {
        str(one["id"]): str(one["class"]).split()[-1]
        for kind, one in shown.elements
        if kind == "a" and "suspect" in str(one.get("class")).split()
    }


def test_every_figure_that_a_story_names_is_marked_where_it_stands() -> None:
    pair = tuple(Suspect(name, "1,111", "rows swapped", Fraction(99, 100)) for name in ("f6", "f4"))
    shown = told(Story("s1", pair, ("f6", "f4"), broken=1, repairs=1), "f6")
    assert marked(shown) == {"d0f5": "probably", "d0f3": "probably"} and "2 figures probably wrong" in shown.text


def test_where_the_evidence_leaves_a_choice_no_figure_is_marked_alone() -> None:
    choice = tuple(Suspect(name, "1,111", "", Fraction(1, 3)) for name in ("f6", "f4", "f2"))
    shown = told(Story("s1", choice, (), broken=1, repairs=1), "f6", "f4", "f2")
    assert marked(shown) == dict.fromkeys(("d0f1", "d0f3", "d0f5"), "perhaps") and "1 error to be decided" in shown.text


def test_what_is_named_is_counted_apart_from_what_is_to_be_decided() -> None:
    choice = Story(
        "s2", tuple(Suspect(name, "1,111", "", Fraction(1, 2)) for name in ("f4", "f2")), (), broken=1, repairs=1
    )
    other = attrs.evolve(VIOLATION, id="a9", suspects=choice.suspects, story=choice)
    assert (
        "1 figure probably wrong, 1 error more to be decided"
        in Page(page(only(attrs.evolve(CHECKED, findings=(VIOLATION, other))))).text
    )


def test_a_figure_that_is_divided_by_says_so() -> None:
    assert "d0f6:= d0f4:· d0f0:÷" in [one.get("data-lights") for one in Page(page()).all("li", "finding")]


def test_the_legend_explains_every_mark_on_the_page() -> None:
    legend = Page(page()).text.split("Legend")[1].split("Consolidated Statements")[0]
    for sign in ("✓", "≈", "✗", "○", "footed", "123"):
        assert sign in legend


def test_a_mark_of_ones_own_is_explained_by_the_title_of_its_rule() -> None:
    own = attrs.evolve(VIOLATION, check=attrs.evolve(VIOLATION.check, ticks=("Ω",)))
    coverage = {**CHECKED.coverage, "f6": Coverage("violated", Fraction(0), ("Ω",))}
    text = Page(page(only(attrs.evolve(CHECKED, findings=(own,), coverage=coverage)))).text
    assert "ΩGross profit is what revenues leave after their cost" in text


def test_untested_figures_are_listed_by_name() -> None:
    coverage = {**CHECKED.coverage, "f1": Coverage()}
    text = Page(page(only(attrs.evolve(CHECKED, coverage=coverage)))).text
    listed = text.split("Figures not tested")[1].split("How this was checked")[0]
    assert (
        "Revenues" in listed
        and "16,168,421" in listed
        and "line 4" in listed
        and "Cost of revenues" not in listed.split("The list")[1].split("Findings")[0]
    )


def test_a_required_rule_that_did_not_apply_and_its_reason_are_shown() -> None:
    assert "Total assets is not reported" in Page(page()).text and REQUIRED.check.rule in Page(page()).text


def test_a_waived_finding_says_who_let_it_pass_and_until_when() -> None:
    waived = attrs.evolve(VIOLATION, waived=Waiver("a known misprint", "the controller", "2030-01-01"))
    text = Page(page(only(attrs.evolve(CHECKED, findings=(waived,))))).text
    assert (
        "Waived until 2030-01-01 by the controller: a known misprint" in text and "Nothing: every relationship" in text
    )


def test_the_figures_of_a_sentence_are_marked_in_their_places() -> None:
    claims = (
        Claim(MARGIN, "Gross margin was 27.4 % of revenues."),
        Claim(attrs.evolve(MARGIN, text="9.9 %"), "It was told otherwise elsewhere."),
    )
    text = Page(page(only(attrs.evolve(CHECKED, claims=claims)))).text
    assert "Gross margin was 27.4 %≈, rounding of revenues." in text
    assert "It was told otherwise elsewhere. 9.9 %" in text, (
        "a figure that is not found in the sentence as printed stands behind it"
    )


def test_words_that_neighbouring_heads_begin_with_stand_once_above_them() -> None:
    columns = (Column(0, "Three Months Ended July 1, 2023"), Column(1, "Three Months Ended June 25, 2022"))
    statement = attrs.evolve(CHECKED.statements[0], columns=columns)
    rendered = page(only(attrs.evolve(CHECKED, statements=(statement,))))
    assert (
        'colspan="2" class="spanner">Three Months Ended</th>' in rendered and rendered.count("Three Months Ended<") == 1
    )


def test_overrides_problems_and_rule_files_are_on_the_page() -> None:
    text = Page(page()).text
    for expected in (
        "skip us-gaap/bank/*: not a bank",
        "2 characters could not be decoded",
        "us-gaap/income-statement.rules",
        "b" * 64,
        "5" * 64,
    ):
        assert expected in text


def test_a_page_of_several_documents_begins_with_those_that_failed() -> None:
    def one(path: str, status: int, findings: bool = True) -> Checked:
        source = attrs.evolve(CHECKED.source, path=path)
        outcome = Outcome(status, ("why",) if status else ())
        kept = CHECKED.findings if findings else tuple(one for one in CHECKED.findings if one.verdict == "agrees")
        summary = CHECKED.summary if findings else attrs.evolve(CHECKED.summary, violations=0)
        return attrs.evolve(CHECKED, source=source, outcome=outcome, findings=kept, summary=summary)

    several = (one("q1/drafts/right.md", 0, False), one("q1/drafts/wrong.md", 1), one("q1/unread.md", 3, False))
    found = page(attrs.evolve(REPORT, documents=several))
    listed = found.index('aria-label="Documents"')
    names = [found.index(f">{name}</a>", listed) for name in ("unread.md", "drafts/wrong.md", "drafts/right.md")]
    assert names == sorted(names), "each named without the folder that all are in"
    assert "1 not checked, 1 with findings that count, 1 without" in found
    assert "probably wrong: Gross profit 1,498,945" in found
    articles = [found.index(f'data-mark="{mark}"') for mark in ("unchecked", "violation", "agrees")]
    assert articles == sorted(articles)


def folded(monkeypatch: pytest.MonkeyPatch, report: Report) -> str:
    """The page of several documents as that of many: each in brief until it is opened."""
    monkeypatch.setattr("checker.report.html_folder._UNFOLDED", 0)
    return page(report)


def opened(text: str) -> list[str]:
    """The detail that a page holds packed, document by document."""
    packed = re.findall(r'<script type="application/octet-stream" id="d\d+-packed">([\w+/=]+)</script>', text)
    return [zlib.decompress(base64.b64decode(one)).decode() for one in packed]


def test_what_is_folded_is_all_that_would_stand_there_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    several = attrs.evolve(
        REPORT, documents=(CHECKED, attrs.evolve(CHECKED, claims=(Claim(MARGIN, "Margin 27.4 %."),)))
    )
    whole, text = Page(page(several)), folded(monkeypatch, several)
    brief, details = Page(text), [Page(one) for one in opened(text)]
    assert not brief.faults and not any(one.faults for one in details)
    assert len(details) == 2 and not brief.all("table", "statement") and brief.all("article", "folded")
    ids = [one["id"] for each in details for _, one in each.elements if "id" in one]
    assert len(ids) == len(set(ids)) and {"d0f0", "d1f0", "d0s0", "d1-claims"} <= set(ids)
    assert {one["id"] for _, one in whole.elements if "id" in one} - set(ids) <= {
        one["id"] for _, one in brief.elements if "id" in one
    }, "nothing is lost"
    cards = {one["data-card"]: one["id"] for one in brief.all("li", "finding")}
    found = [
        re.search(rf'id="{card}".*?class="lasting" id="([^"]+)"', "".join(opened(text)), re.DOTALL) for card in cards
    ]
    assert cards and [one and one.group(1) for one in found] == list(cards.values()), "each leads to its own card"
    assert "Gross profit" in brief.text and "1,498,945" in brief.text, "what is wrong can be read without opening"


def test_a_folded_document_tells_the_search_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Page(folded(monkeypatch, attrs.evolve(REPORT, documents=(CHECKED, CHECKED)))).all("article", "folded")
    has = set((told[0]["data-has"] or "").split("\n"))
    assert {"status=violated", "status=agreed", "severity=error", f"rule={CHECKED.findings[0].check.rule}"} <= has
    assert not any(one.startswith("kind=") and one[5:] not in {s.kind for s in CHECKED.statements} for one in has)


def test_signs_are_explained_once_however_many_documents_bear_them(monkeypatch: pytest.MonkeyPatch) -> None:
    several = attrs.evolve(REPORT, documents=(CHECKED, CHECKED, CHECKED))
    for text in (page(several), folded(monkeypatch, several)):
        assert "".join([text, *opened(text)]).count(">Legend<") == 1


def test_a_document_for_which_a_page_has_no_room_says_so() -> None:
    large_one = attrs.evolve(CHECKED, source=attrs.evolve(CHECKED.source, size=MOST_SHOWN))
    several = attrs.evolve(REPORT, documents=(attrs.evolve(large_one, original=(Stretch("Revenues", 0, 8),)), CHECKED))
    said = "The document itself is not shown"
    assert page(several).count(said) == 1 and said not in page(only(CHECKED))


def test_several_documents_stand_on_one_page_with_names_of_their_own() -> None:
    ids = [
        one["id"] for _, one in Page(page(attrs.evolve(REPORT, documents=(CHECKED, CHECKED)))).elements if "id" in one
    ]
    assert len(ids) == len(set(ids)) and {"d0f0", "d1f0"} <= set(ids)


def test_landmarks_of_several_documents_have_names_of_their_own() -> None:
    statements = tuple(attrs.evolve(CHECKED.statements[0], index=index) for index in range(2))
    one = attrs.evolve(CHECKED, statements=statements, claims=(Claim(MARGIN, "Gross margin was 27.4 %."),))
    two = attrs.evolve(one, source=attrs.evolve(one.source, path="another.md"))
    found = Page(page(attrs.evolve(REPORT, documents=(one, two))))
    named = [
        (said.get("aria-label") or said.get("aria-labelledby"))
        for tag, said in found.elements
        if tag in ("nav", "aside", "section") and ("aria-label" in said or "aria-labelledby" in said)
    ]
    assert len(named) > 6 and len(named) == len(set(named))
    assert all(name and (not name.startswith("d") or name.endswith(("d0-h", "d1-h"))) for name in named)


def test_a_document_without_figures_is_never_called_fine() -> None:
    empty = attrs.evolve(
        CHECKED, figures=(), statements=(), findings=(), coverage={}, summary=attrs.evolve(CHECKED.summary, figures=0)
    )
    text = Page(page(only(empty))).text
    assert "nothing was checked" in text and "every relationship that applies holds" not in text


def test_a_redacted_page_holds_no_amount_and_no_caption() -> None:
    text = Page(page(redacted(only(attrs.evolve(CHECKED, claims=(Claim(MARGIN, "Gross margin was 27.4 %."),)))))).text
    for secret in ("16,168,421", "27.4", "Consolidated Statements", "1,489,945"):
        assert secret not in text


# ---- what it never does ----------------------------------------------------------------------------------------------


def sound(rendered: str) -> Page:
    """The page as parsed, after everything that must hold of any page."""
    parsed = Page(rendered)
    assert not parsed.faults
    assert len(parsed.scripts) == 1 and len(parsed.styles) == 1
    allowed = set(
        (
            "open hidden href id class title tabindex scope colspan rowspan role type lang charset name content "
            "value autocomplete"
        ).split()
    )
    for tag, attributes in parsed.elements:
        assert tag not in ("img", "iframe", "object", "embed", "link", "base", "form", "b"), tag
        for name, value in attributes.items():
            drawn = tag in ("svg", "rect") and re.fullmatch(
                r"[\d ]+|none|shares-bar|agreed|rounding|violated|untested|true", value or ""
            )
            assert drawn or name in allowed or name.startswith(("data-", "aria-")) or name == "http-equiv", name
            assert name != "href" or (value or "").startswith("#"), value
    return parsed


def test_the_policy_lets_nothing_in_but_the_style_and_script_of_the_page() -> None:
    parsed = sound(page())
    policy = next(one["content"] or "" for one in parsed.all("meta") if "http-equiv" in one)
    hashes = [
        base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()
        for one in (parsed.styles[0], parsed.scripts[0])
    ]
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy
    assert f"style-src 'sha256-{hashes[0]}'" in policy and f"script-src 'sha256-{hashes[1]}'" in policy


def test_every_sheet_of_paper_names_the_file_its_hash_and_its_number_and_a_name_is_no_style() -> None:
    named = attrs.evolve(CHECKED.source, path='q1/"} * { color: red } .md')
    (style,) = sound(page(only(attrs.evolve(CHECKED, source=named)))).styles
    head = re.search(r'@top-left \{ content: "([^"]*)"', style)
    assert head and "color: red" not in style and 'counter(page) " of " counter(pages)' in style
    said = "".join(chr(int(one, 16)) for one in re.findall(r"\\([0-9a-f]+) ", head[1]))
    assert said == f'"}} * {{ color: red }} .md · SHA-256 {"5" * 16}'


def test_nothing_outside_is_named() -> None:
    assert not re.search(
        r"https?:|//[a-z]|url\(|@import|fetch\(|XMLHttp|sendBeacon|localStorage|innerHTML|eval\(",
        re.sub(r"sha256-[\w+/=]+", "", page()).replace("\n//", "\n"),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_document_stays_text(text: str) -> None:
    report = hostile(text)
    sample, parsed = Page(page(hostile(" ".join("word" for _ in text.split())))), sound(page(report))
    assert [tag for tag, _ in parsed.elements] == [tag for tag, _ in sample.elements]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", parsed.text)


def test_a_turned_reading_direction_is_seen() -> None:
    assert "revenue <U+202E>421,86" in Page(page(hostile("revenue \u202e421,86"))).text


@settings(max_examples=examples(30), deadline=None)
@given(st.text(st.characters(), max_size=30))
def test_any_text_gives_the_same_elements_and_bytes_that_can_be_written(text: str) -> None:
    rendered = page(hostile(text or "x"))
    sound(rendered).text.encode("utf-8")


def test_the_same_report_gives_the_same_page() -> None:
    assert page() == page()


def large(rows: int) -> Checked:
    """A statement of many figures, one below the other."""
    figures = tuple(
        Figure(
            f"g{number}",
            f"{number:,}",
            Decimal(number),
            Decimal(1),
            money("USD"),
            f"line {number}",
            Place(number + 1, 1, (number, number + 1)),
        )
        for number in range(rows)
    )
    lines = tuple(Line(number, f"line {number}", figures=(figure,)) for number, figure in enumerate(figures))
    return attrs.evolve(
        CHECKED,
        statements=(Statement(0, None, "Large", (Column(0, "2013"),), lines),),
        figures=figures,
        coverage={},
        findings=(),
    )


def broad(columns: int) -> Checked:
    """A statement of many figures, one beside the other."""
    figures = tuple(
        Figure(
            f"g{number}",
            f"({number},456,789)",
            Decimal(number),
            Decimal(1),
            money("USD"),
            "line",
            Place(1, number + 1, (number, number + 1)),
        )
        for number in range(1, columns + 1)
    )
    heads = tuple(Column(number, f"Three Months Ended March 31, {2000 + number}") for number in range(columns))
    line = Line(0, "Change in fair value of derivative liability", figures=figures)
    return attrs.evolve(
        CHECKED, statements=(Statement(0, None, "Broad", heads, (line,)),), figures=figures, coverage={}, findings=()
    )


def test_thousands_of_figures_are_all_shown() -> None:
    assert page(only(large(5000))).count('class="f untested"') == 4999


# ---- ways into the page ----------------------------------------------------------------------------------------------


def test_every_table_is_listed_with_how_many_of_its_figures_have_which_status() -> None:
    statement = CHECKED.statements[0]
    text = page(only(attrs.evolve(CHECKED, statements=(statement, attrs.evolve(statement, index=1)))))
    listed = text.split('class="listing index"')[1].split("</table>")[0]
    said = [
        sum(CHECKED.coverage[figure.id].status == status for figure in statement.figures if figure.counts)
        for status in ("violated", "agreed")
    ]
    assert re.findall(r'<td class="n (\w+)">(\d+)</td>', listed)[:2] == [
        ("violated", str(said[0])),
        ("agreed", str(said[1])),
    ]
    assert listed.count('class="where"') == 4, "tables of one name are told apart by their captions"


def test_a_figure_that_could_be_wrong_unnoticed_looks_otherwise() -> None:
    figure = CHECKED.statements[0].figures[0]
    for change, loose in ((Fraction(abs(figure.value or 0)), True), (Fraction(1, 1000), False)):
        coverage = {**CHECKED.coverage, figure.id: Coverage("agreed", change)}
        shown = Page(page(only(attrs.evolve(CHECKED, coverage=coverage)))).all("a", "loose")
        assert (
            figure.id
            in {CHECKED.figures[int((one["id"] or "").rpartition("f")[2])].id for one in shown if one.get("id")}
        ) == loose


def test_the_sentence_of_a_claim_stands_in_its_finding() -> None:
    quoted = [
        one
        for one in CHECKED.claims
        if any(one.figure.id in {f.id for f in finding.check.figures} for finding in CHECKED.findings)
    ]
    text = page()
    assert all(f"<blockquote><p>{escape(one.sentence)}" in text for one in quoted)


def test_what_weighs_most_stands_first_whatever_the_order_in_which_it_was_found() -> None:
    shown = Page(page(only(attrs.evolve(CHECKED, findings=(ROUNDING, REQUIRED, VIOLATION)))))
    cards = [one["data-severity"] for one in shown.all("li", "card")]
    assert cards == ["error", "warning", "note"]


def test_rules_that_did_not_apply_take_two_elements_each_and_no_line_of_the_table() -> None:
    def idle(number: int) -> Finding:
        check = attrs.evolve(REQUIRED.check, rule=f"house/rule-{number}", required=False, reason=f"no {number} here")
        return attrs.evolve(REQUIRED, id=f"i{number}", check=check, severity=None)

    def elements(count: int) -> tuple[int, Page]:
        shown = Page(page(only(attrs.evolve(CHECKED, findings=(VIOLATION, *map(idle, range(count)))))))
        return len(shown.elements), shown

    few, many = elements(10), elements(60)
    assert many[0] - few[0] == 2 * 50
    assert "1 of 61 applied" in many[1].text and "60 rules did not apply" in many[1].text
    assert all(f"no {number} here house/rule-{number}" in many[1].text for number in range(60))


def test_links_from_outside_bear_the_fingerprint_and_no_text_of_a_document() -> None:
    assert all(f'id="finding-{one.id}"' in page() for one in CHECKED.findings if one.severity)
    assert not re.search(r'id="finding-[^"]*[^\w"-]', page(hostile('a b" c')))


# ---- the document itself ---------------------------------------------------------------------------------------------


def looked(content: bytes, **changed: object) -> str:
    """The page of a document with its own looks."""
    checked = attrs.evolve(shown(check("release.html", content, load([])), content), **changed)
    return page(attrs.evolve(REPORT, documents=(checked,)))


TABLE = (
    b"<table><tr><td>Line</td><td>2013</td></tr><tr><td>Revenues</td><td>1,"
    b"<b>610</b></td></tr><tr><td>Costs</td><td>(1,170<td>)</td></tr></table>"
)


def test_the_document_bears_the_marks_where_it_prints_its_figures() -> None:
    text = looked(b"<html><body><p>Statements of operations (in millions)</p>" + TABLE * 2 + b"</body></html>")
    original = text.split('<div class="page">')[1].split("</section>")[0]
    assert (
        original.count("<table>") == 2
        and original.count("data-of=") >= 2
        and ">1,170<" in original.replace("(1,170", "1,170")
    )
    sound(text)


def test_lines_of_a_text_stay_lines() -> None:
    text = looked(b"Balance sheet\n\nCash\t1,610\t1,530\nDebt\t440\t420\nTotal\t2,050\t1,950\n")
    assert re.search(r"<pre>Balance sheet\n\nCash +<a", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_document_is_shown_as_data(text: str) -> None:
    content = f"<html><body onload='alert(1)'>{text}<svg onload=alert(1)><style>x</style>{TABLE.decode()}{text}".encode(
        "utf-8", "surrogatepass"
    )
    sound(looked(content))


def test_a_redacted_page_does_not_show_the_document() -> None:
    checked = redacted(attrs.evolve(REPORT, documents=(shown(check("a", TABLE, load([])), TABLE),)))
    assert '<div class="page">' not in page(checked)
