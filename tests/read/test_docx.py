"""Word files: what they print, whatever way it was typed, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.core.document import Document, Paragraph, Table
from checker.core.figure import Figure
from checker.extract import extract
from checker.read import read
from tests.examples import examples

pytest.importorskip("lxml")

from tests.read import word
from tests.read.word import ROWS, TITLE, cell, docx, para, row, run, table

HEAD = ("", "2013", "2012")
REST = (("Cost of revenues", "1,170", "1,040"), ("Gross profit", "440", "490"))


def document(*body: str, **others: str) -> Document:
    return read("release.docx", docx(*body, **others))


def figures(content: Document) -> list[Figure]:
    return [one for one in extract(content).figures if one.origin == "table"]


def values(content: Document) -> list[str]:
    return [str(one.value) for one in figures(content)]


def texts(content: Document) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Paragraph)]


def with_first_row(*cells: str) -> Document:
    """A statement whose first row is typed in some way."""
    return document(para("Statements of Operations"), table(HEAD, row(*cells), *REST))


def test_figures_name_their_table_and_row_and_sentences_their_paragraph() -> None:
    found = document(
        para(""),
        para("Results"),
        para("Revenue was $1.6 million in 2013."),
        table(("a", "b")),
        para("Statements of Operations"),
        table(HEAD, *REST),
    )
    assert [one.place.part for one in figures(found)] == ["table 2, row 2"] * 2 + ["table 2, row 3"] * 2
    assert {one.place.part for one in extract(found).figures if one.origin == "prose"} == {"paragraph 2"}


@pytest.mark.parametrize(
    "typed",
    [
        run("1,6") + run("10"),
        run("1", "<w:b/>")
        + "<w:proofErr w:type='spellStart'/>"
        + run(",")
        + "<w:bookmarkStart w:id='1' w:name='x'/>"
        + run("610"),
        (
            f"<w:ins w:id='1' w:author='a'>{run('1,610')}</w:ins><w:del w:id='2' "
            "w:author='a'><w:r><w:delText>1,601</w:delText></w:r></w:del>"
        ),
        f"<w:moveFrom w:id='1'>{run('9')}</w:moveFrom><w:moveTo w:id='2'>{run('1,610')}</w:moveTo>",
        f"{run('1,610')}<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>(2)</w:t></w:r>",
        f"{run('1,610')}<w:r><w:footnoteReference w:id='7'/></w:r>",
        f"{run('1,610')}{run('99', '<w:vanish/>')}",
        f"{run('1,601', '<w:strike/>')}{run('1,610')}",
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> =SUM(ABOVE) 77"
            f" </w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('1,610')}<w:r><w:fldChar"
            " w:fldCharType='end'/></w:r>"
        ),
        f"<w:fldSimple w:instr='REF x 12'>{run('1,610')}</w:fldSimple>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('1,610')}</w:sdtContent></w:sdt>",
        f"<w:hyperlink r:id='rId9'>{run('1,610')}</w:hyperlink>",
        (
            f"<w:commentRangeStart w:id='0'/>{run('1,610')}<w:commentRangeEnd w:id='0'/><w:r><w:commentReference "
            "w:id='0'/></w:r>"
        ),
        run("1,610") + "<mc:AlternateContent><mc:Choice "
        "Requires='wps'/><mc:Fallback><w:r><w:t>9</w:t></w:r></mc:Fallback></mc:AlternateContent>",
    ],
)
def test_a_number_is_read_however_it_was_typed(typed: str) -> None:
    found = with_first_row("Revenues", cell(para(typed)), "1,530")
    assert values(found) == ["1610", "1530", "1170", "1040", "440", "490"]
    assert figures(found)[0].text.startswith("1,610")


@pytest.mark.parametrize(
    "typed",
    [
        "<w:r><w:noBreakHyphen/><w:t>440</w:t></w:r>",
        "<w:r><w:softHyphen/><w:t>440</w:t></w:r>",
        run("\u00ad440"),
        run("\u2011440"),
        "<w:r><w:sym w:font='Symbol' w:char='F02D'/></w:r>" + run("440"),
        run("\uf02d440", "<w:rFonts w:ascii='Symbol'/>"),
    ],
)
def test_hyphens_and_symbols_before_a_figure_are_a_minus(typed: str) -> None:
    found = with_first_row("Loss", cell(para(typed)), "(490)")
    assert [one.value for one in figures(found)[:2]] == [Decimal(-440), Decimal(-490)]


def test_a_soft_hyphen_inside_a_word_or_a_number_is_none() -> None:
    found = document(para(run("In\u00adcome of 1,6") + "<w:r><w:softHyphen/></w:r>" + run("10 units")))
    assert texts(found) == ["Income of 1,610 units"]


def test_marks_of_notes_are_no_digits_of_a_sentence() -> None:
    mark = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>"
    found = document(
        para(
            run("Cash was $1,234")
            + "<w:r><w:footnoteReference w:id='7'/></w:r>"
            + run(" and debt $567")
            + mark
            + run(" in 2013.")
        ),
        footnotes=(
            f"<w:footnote w:type='separator' w:id='-1'>{para('x')}</w:footnote><w:footnote "
            f"w:id='7'>{para('Held by two banks.')}</w:footnote>"
        ),
    )
    assert texts(found) == ["Cash was $1,234 and debt $567 in 2013.", "Held by two banks."]
    note = found.blocks[-1]
    assert isinstance(note, Paragraph) and note.content.place(0, 4).part == "footnote 1"


def test_spans_of_columns_and_rows_keep_what_stands_under_what() -> None:
    wide = "<w:gridSpan w:val='2'/>"
    held, goes_on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    found = document(
        para("Statements of Operations"),
        table(
            row(cell("", held), cell("Three months ended March 31,", wide), cell("Six months ended March 31,", wide)),
            row(cell("", goes_on), "2013", "2012", "2013", "2012"),
            ("Revenues", "1", "2", "3", "4"),
            row(cell(para("")), cell("70"), cell("80"), cell("90"), properties="<w:gridBefore w:val='1'/>"),
        ),
    )
    periods = [
        (one.period.months if one.period else None, str(one.period.end) if one.period else "")
        for one in figures(found)[:4]
    ]
    assert periods == [(3, "2013-03-31"), (3, "2012-03-31"), (6, "2013-03-31"), (6, "2012-03-31")]
    (grid,) = (block for block in found.blocks if isinstance(block, Table))
    assert [one.left for one in grid.rows[-1].cells] == [2, 3, 4]


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    outer = table(
        row(cell(para("Statements of Operations") + table(HEAD, ("Revenues", "1,610", "1,530"), *REST) + para("")))
    )
    assert values(document(outer)) == ["1610", "1530", "1170", "1040", "440", "490"]


def test_borders_and_underlined_figures_are_rules() -> None:
    line = "<w:tcBorders><w:top w:val='single'/><w:bottom w:val='double'/></w:tcBorders>"
    found = with_first_row("Revenues", cell("1,610", line), cell(para(run("1,530", "<w:u w:val='single'/>"))))
    (grid,) = (block for block in found.blocks if isinstance(block, Table))
    typed = grid.rows[1].cells
    assert [(one.rule_above, one.rule_below) for one in typed] == [(False, False), (True, True), (False, True)]
    assert grid.rows[2].rule == "="


def test_styles_say_what_is_bold_hidden_or_a_heading() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='H'><w:name w:val='heading 1'/></w:style><w:style w:type='paragraph'"
        " w:styleId='B'><w:basedOn w:val='A'/></w:style><w:style w:type='paragraph'"
        " w:styleId='A'><w:rPr><w:b/></w:rPr></w:style><w:style w:type='character'"
        " w:styleId='V'><w:rPr><w:vanish/></w:rPr></w:style>"
    )
    hidden = run("Draft 12", "<w:rStyle w:val='V'/>")
    found = document(
        para("Cash", properties="<w:pStyle w:val='H'/>"),
        para("Debt", properties="<w:pStyle w:val='B'/>"),
        para(hidden, "Text"),
        para("x"),
        styles=styles,
    )
    assert [(block.text, block.heading) for block in found.blocks if isinstance(block, Paragraph)] == [
        ("Cash", True),
        ("Debt", True),
        ("Text", False),
        ("x", False),
    ]
    assert [one.code for one in found.problems if one.severity == "note"] == ["R133"]


def test_tracked_changes_are_accepted_and_said() -> None:
    gone = row("Other", "5", "6", properties="<w:del w:id='3' w:author='a'/>")
    joined = f"<w:p><w:pPr><w:rPr><w:del w:id='9' w:author='a'/></w:rPr></w:pPr>{run('Revenue ')}</w:p>"
    found = document(
        joined,
        para("rose."),
        para("Statements of Operations"),
        table(HEAD, gone, ("Revenues", "1,610", "1,530"), *REST),
    )
    assert texts(found)[0] == "Revenue rose."
    assert values(found) == ["1610", "1530", "1170", "1040", "440", "490"]
    (said,) = (one for one in found.problems if one.code == "R132")
    assert said.message.startswith("2 tracked changes")


def test_text_boxes_are_read_once_and_pictures_noted() -> None:
    box = f"<w:txbxContent>{para('Revenue was $12 million.')}</w:txbxContent>"
    drawing = (
        "<w:r><mc:AlternateContent><mc:Choice"
        f" Requires='wps'><w:drawing><wp:inline><a:graphic><wps:wsp>{box}</wps:wsp></a:graphic></wp:inline></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape>{box}</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    picture = (
        "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='p' descr='Balance "
        "sheet'/><a:graphic><pic:pic/></a:graphic></wp:inline></w:drawing></w:r>"
    )
    found = document(para("Before", drawing), para(picture))
    assert texts(found) == ["Before", "Revenue was $12 million."]
    assert [(one.alt, one.place.line) for one in found.pictures] == [("Balance sheet", 3)]


def stops(*at: int, kind: str = "right") -> str:
    return "<w:tabs>" + "".join(f"<w:tab w:val='{kind}' w:pos='{one}'/>" for one in at) + "</w:tabs>"


def tabbed(line: str, properties: str) -> str:
    return para(
        *(
            "<w:r><w:tab/></w:r>" if part == "\t" else run(part)
            for part in line.replace("\t", "\0\t\0").split("\0")
            if part
        ),
        properties=properties,
    )


LINES = [
    "Statements of Operations",
    "\t2013\t2012",
    "Revenues\t1,610\t1,530",
    "Costs and expenses:",
    "Cost of revenues\t1,170\t1,040",
    "Gross profit\t440\t490",
]


@pytest.mark.parametrize(
    "properties", [stops(6000, 8000), stops(6000, 8000, kind="decimal"), stops(5500, 7500, kind="left")]
)
def test_tab_stops_set_columns(properties: str) -> None:
    found = document(*(tabbed(line, properties) for line in LINES))
    assert values(found) == ["1610", "1530", "1170", "1040", "440", "490"]
    assert [one.head for one in figures(found)[:2]] == ["2013", "2012"]
    assert figures(found)[0].place.part == "paragraph 3"


def test_a_figure_that_is_missing_between_tab_stops_leaves_its_column_empty() -> None:
    found = document(
        *(tabbed(line, stops(6000, 8000)) for line in [*LINES[:3], "Other revenues\t\t70", "Fees\t20", *LINES[4:]])
    )
    assert [(one.text, one.head) for one in figures(found)[2:4]] == [("70", "2012"), ("20", "2013")]


def test_signs_of_money_at_tab_stops_of_their_own_go_with_their_figures() -> None:
    lines = [
        "\t\t2013\t\t2012",
        "Revenues\t$\t1,610\t$\t1,530",
        "Cost of revenues\t\t1,170\t\t1,040",
        "Gross profit\t$\t440\t$\t490",
    ]
    found = document(para("Statements of Operations"), *(tabbed(line, stops(5000, 6000, 7000, 8000)) for line in lines))
    assert values(found) == ["1610", "1530", "1170", "1040", "440", "490"]
    assert {str(one.unit) for one in figures(found)} == {"USD"}


def test_lines_of_a_table_of_contents_and_addresses_are_no_table() -> None:
    styles = "<w:style w:type='paragraph' w:styleId='T'><w:name w:val='toc 1'/></w:style>"
    contents = [tabbed(f"Chapter\t{page}", "<w:pStyle w:val='T'/>" + stops(9000)) for page in (3, 5, 8, 9)]
    assert not figures(document(*contents, tabbed("Phone:\t(212) 555-0199", ""), styles=styles))


def test_lines_typed_with_blanks_are_read_as_a_text_is() -> None:
    lines = [
        "STATEMENTS OF OPERATIONS",
        "                          2013       2012",
        "Revenues                 1,610      1,530",
    ]
    lines += ["Cost of revenues         1,170      1,040", "Gross profit               440        490"]
    found = document(*map(para, lines))
    assert values(found) == ["1610", "1530", "1170", "1040", "440", "490"]
    assert figures(found)[0].place.part == "paragraph 3"


def test_an_ampersand_is_one_whatever_follows_it() -> None:
    found = document(para("P&L of R&D &lt; 5 &copy and M&amp;A"))
    assert texts(found) == ["P&L of R&D &lt; 5 &copy and M&amp;A"]


def test_list_numbers_are_no_text_and_leading_blanks_set_a_caption_in() -> None:
    numbered = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    found = document(
        para("Statements of Operations"),
        table(HEAD, row(cell(para("  Revenues", properties=numbered)), "1,610", "1,530"), *REST),
    )
    (grid,) = (block for block in found.blocks if isinstance(block, Table))
    assert grid.rows[1].cells[0].text == "Revenues" and grid.rows[1].indent > grid.rows[2].indent


def test_the_strict_vocabulary_is_read_too() -> None:
    parts = word.parts(para(word.TITLE), table(*word.ROWS))
    strict = {
        name: content.replace(word.W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
        for name, content in parts.items()
        if isinstance(content, str)
    }
    assert values(read("strict.docx", word.packed(strict))) == ["1610", "1530", "1170", "1040", "440", "490"]


CHARACTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12)


@settings(max_examples=examples(60))
@given(st.lists(st.lists(CHARACTERS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_places_count_the_text_that_was_taken_out(paragraphs: list[list[str]]) -> None:
    from checker.office.flow import word as printed
    from checker.office.word import line
    from checker.office.word import paragraphs as every

    content = docx(*(para(*(run(one) for one in each)) for each in paragraphs))
    whole = "".join(line(one) + "\n" for one in every(printed(content).items)).encode()
    for block in read("any.docx", content).blocks:
        assert isinstance(block, Paragraph)
        for at, character in enumerate(block.text):
            start, end = block.content.place(at, at + 1).span
            assert character == " " or whole[start:end].decode().replace("&amp;", "&") == character


def test_a_file_that_was_cut_short_anywhere_is_said_never_clean() -> None:
    body = word.statement()
    for end in range(4, len(body), 5):
        assert any(
            problem.severity == "error" and problem.code != "R199" for problem in read("a", body[:end]).problems
        ), end


def test_without_lxml_the_line_that_installs_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.read.formats.find_spec", lambda _: None)
    (problem,) = read("a", word.statement()).problems
    assert problem.code == "R117" and "tieout[docx]" in (problem.help or "")


def test_every_format_of_a_report_says_table_and_row() -> None:
    import checker
    from checker.report import EXTRACTS, FORMATS

    rows = (
        ("Revenues", "1,610", "1,530"),
        ("Cost of revenues", "1,170", "1,040"),
        ("Gross profit", "449", "490"),
        ("Operating expenses", "100", "90"),
    )
    content = docx(
        para("Statements of Operations (in thousands)"),
        table(("Year ended March 31,", "2013", "2012"), *rows, ("Operating income", "340", "400")),
    )
    report = checker.check(content).run
    assert any(one.verdict == "violation" for one in report.documents[0].findings)
    for form in FORMATS.values():
        if not form.binary:
            assert "table 1, row 4" in str(form.render(report)), form.name
    for form in EXTRACTS.values():
        assert "table 1, row 4" in str(form.render(report)), form.name
    written = str(EXTRACTS["csv"].render(report)).encode()
    again = checker.extract(written).figures
    assert [one.place.part for one in again] == [one.place.part for one in report.documents[0].figures]


BREAK = "<w:r><w:br w:type='page'/></w:r>"
SECTION = "<w:sectPr><w:type w:val='{}'/></w:sectPr>"


@pytest.mark.parametrize(
    "ending",
    [
        lambda number: para(str(number), BREAK),
        lambda number: para(str(number)) + para(" ", BREAK),
        lambda number: para(str(number)) + para(BREAK),
        lambda number: para(str(number), properties=SECTION.format("nextPage")),
        lambda number: para(str(number), properties="<w:sectPr/>"),
    ],
)
def test_running_heads_go_wherever_the_page_was_broken(ending: Callable[[int], str]) -> None:
    pages = [para("Acme reports", "") + para(TITLE) + table(*ROWS) + ending(number) for number in range(1, 6)]
    blocks = read("a.docx", docx(*pages)).blocks
    assert [one.text for one in blocks if isinstance(one, Paragraph)].count("Acme reports") <= 1
    assert sum(isinstance(one, Table) for one in blocks) == 5
    apart = "".join(pages).replace("nextPage", "continuous").replace("w:type='page'", "").replace("<w:sectPr/>", "")
    kept = [one.text for one in read("a.docx", docx(apart)).blocks if isinstance(one, Paragraph)]
    assert kept.count("Acme reports") == 5
