"""What a person reads: short, at 80 columns, and safe for the terminal."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.core.expression import Divide, Variable
from checker.core.finding import Waiver
from checker.core.place import Place
from checker.core.problem import Problem
from checker.core.report import Applied, Outcome
from checker.core.unit import per_share
from checker.report import EXTRACTS, FORMATS, Style
from checker.report.arithmetic import arithmetic, judged
from checker.report.redacted import redacted
from checker.report.style import PLAIN
from checker.report.terminal import columns, visible
from checker.report.trouble import trouble
from tests.report import sample
from tests.report.sample import CHECKED, REPORT

GOLDEN = Path(__file__).parent / "golden"


def short(report: object = REPORT, style: Style = PLAIN) -> str:
    rendered = FORMATS["text"].render(report, style)  # type: ignore[arg-type]
    assert isinstance(rendered, str)
    return rendered


@pytest.mark.parametrize(
    ("name", "rendered"),
    [
        ("short.txt", FORMATS["text"].render(REPORT)),
        ("verbose.txt", FORMATS["text"].render(REPORT, Style(verbose=True))),
        ("redacted.txt", FORMATS["text"].render(redacted(REPORT), Style(verbose=True))),
        ("figures.txt", EXTRACTS["text"].render(REPORT)),
        ("report.json", FORMATS["json"].render(REPORT)),
        ("figures.json", EXTRACTS["json"].render(REPORT)),
        ("findings.csv", FORMATS["csv"].render(REPORT)),
        ("figures.csv", EXTRACTS["csv"].render(REPORT)),
    ],
)
def test_the_formats_look_as_they_looked_before(name: str, rendered: str, update: bool) -> None:
    if update:
        (GOLDEN / name).write_text(rendered, encoding="utf-8")
    assert rendered == (GOLDEN / name).read_text(encoding="utf-8")


def test_the_last_lines_say_how_much_was_tested_and_what_weakened_it() -> None:
    assert short().splitlines()[-2:] == [
        "Weakened by tieout.toml: ignore 3; by rules/house.rules: skip 1",
        "tieout: status 1: 1 finding at or above error",
    ]
    assert "6 of 6 table figures tested, 1 of them loosely" in short().splitlines()
    none = attrs.evolve(CHECKED, summary=attrs.evolve(CHECKED.summary, loosely_tested=0, untested=2), outcome=None)
    assert short(attrs.evolve(REPORT, documents=(none,))).splitlines().count("4 of 6 table figures tested") == 1


def test_carets_stand_under_the_suspect_in_its_line() -> None:
    lines = short().splitlines()
    at = next(index for index, line in enumerate(lines) if "^" in line)
    assert lines[at - 1][lines[at].index("^") : lines[at].rindex("^") + 1] == "1,498,945"
    assert "probably 1,489,945" in lines[at]


def test_the_short_report_is_silent_about_what_agrees() -> None:
    assert (
        "Gross profit, Q1 2012: off by 9,000 [gross-profit]" in short()
        and "4,416,825 = 16,168,421 - 11,751,596" not in short()
    )
    assert "4,416,825 = 16,168,421 - 11,751,596" in short(style=Style(verbose=True))


def test_a_waived_finding_is_counted_not_shown() -> None:
    waived = tuple(attrs.evolve(one, waived=Waiver("known", "cfo", "2030-01-01")) for one in CHECKED.findings)
    rendered = short(attrs.evolve(REPORT, documents=(attrs.evolve(CHECKED, findings=waived),)))
    assert "differs" not in rendered and "4 waived" in rendered


def test_a_document_without_figures_is_never_called_fine() -> None:
    empty = attrs.evolve(
        CHECKED, figures=(), statements=(), findings=(), summary=attrs.evolve(CHECKED.summary, figures=0)
    )
    assert "nothing was checked" in short(attrs.evolve(REPORT, documents=(empty,)))


def test_several_documents_are_summed_up_in_the_end() -> None:
    lines = short(attrs.evolve(REPORT, documents=(CHECKED, CHECKED))).splitlines()
    assert "2 documents: 2 violations in 2 documents, 12 of 12 table figures tested" in lines
    assert lines[-1].startswith("tieout: status 1")
    assert lines.count("release.md:6:24: Gross profit 1,498,945 -> 1,489,945, 1 relation (s1)") == 2
    unread = attrs.evolve(
        CHECKED,
        outcome=Outcome(3, ("no figure in a table was found",)),
        source=attrs.evolve(CHECKED.source, path="unread.md"),
    )
    assert (
        "unread.md: not checked: no figure in a table was found"
        in short(attrs.evolve(REPORT, documents=(CHECKED, unread))).splitlines()[-8:]
    )


def test_a_document_among_several_with_nothing_to_look_at_takes_one_line() -> None:
    quiet = attrs.evolve(CHECKED, findings=(sample.AGREES,), unread=(), outcome=Outcome(0))
    lines = short(attrs.evolve(REPORT, documents=(CHECKED, quiet))).splitlines()
    assert [line for line in lines if "relationships hold" in line] == [
        "release.md: 2 relationships hold, 1 note, 6 of 6 table figures tested, 1 of them loosely"
    ]


def test_many_tables_without_findings_take_one_line() -> None:
    tables = tuple(attrs.evolve(sample.STATEMENT, index=number) for number in range(9))
    covered = {name: attrs.evolve(one, status="agreed") for name, one in CHECKED.coverage.items()}
    rendered = short(attrs.evolve(REPORT, documents=(attrs.evolve(CHECKED, statements=tables, coverage=covered),)))
    assert (
        "9 tables without findings: 54 of 54 figures tested" in rendered and "Consolidated Statements" not in rendered
    )


def test_the_heaviest_comes_first() -> None:
    small = attrs.evolve(
        sample.VIOLATION,
        id="b1",
        difference=Fraction(2),
        story=None,
        suspects=(),
        check=attrs.evolve(sample.VIOLATION.check, rule="house/small"),
    )
    note = attrs.evolve(sample.ROUNDING, id="b2")
    for findings in ((note, small, sample.VIOLATION), (sample.VIOLATION, note, small)):
        rendered = str(
            FORMATS["concise"].render(attrs.evolve(REPORT, documents=(attrs.evolve(CHECKED, findings=findings),)))
        )
        assert re.findall(r"(error|note)\[([\w/-]+)\]", rendered) == [
            ("error", "us-gaap/income-statement/gross-profit"),
            ("error", "house/small"),
            ("note", "us-gaap/margins/gross-margin"),
        ]


def test_concise_is_what_editors_take() -> None:
    lines = str(FORMATS["concise"].render(REPORT)).splitlines()
    assert all(re.match(r"[^:]+:\d+:\d+: (error|warning|note)\[[\w/-]+\] \S", line) for line in lines[:-2])
    assert lines[-2].startswith("Weakened by") and lines[-1].startswith("tieout: status 1")


def test_house_rules_are_accounted_for_in_every_format() -> None:
    idle = Applied("house/gross", 0, "Gross proffit is not reported", ("Gross profit",))
    report = attrs.evolve(REPORT, documents=(attrs.evolve(CHECKED, applied=(Applied("house/ok", 2), idle)),))
    for name, one in FORMATS.items():
        if not one.binary:
            said = " ".join(re.sub(r"\\(.)", r"\1", str(one.render(report))).split())
            assert "house/gross" in said and "Gross proffit is not reported" in said and "Gross profit" in said, name
    secret = redacted(report)
    assert all("proffit" not in str(one.render(secret)) for one in FORMATS.values() if not one.binary)


def test_short_lines_fit_80_columns() -> None:
    assert max(columns(line) for line in short().splitlines()) <= 80


def test_colour_only_where_it_is_asked_for() -> None:
    assert "\x1b" not in short() and "\x1b[31m" in short(style=Style(colour=True))
    assert re.sub(r"\x1b\[\d+m", "", short(style=Style(colour=True))) == short()


def test_a_long_source_line_is_cut_around_the_figure() -> None:
    padded = "x" * 500 + sample.LINES[5] + "y" * 500
    figure = attrs.evolve(
        sample.PROFIT_BEFORE,
        place=attrs.evolve(sample.PROFIT_BEFORE.place, column=sample.PROFIT_BEFORE.place.column + 500),
    )
    figures = tuple(figure if one.id == figure.id else one for one in CHECKED.figures)
    finding = attrs.evolve(sample.VIOLATION, check=attrs.evolve(sample.VIOLATION.check, figures=(figure,)))
    document = attrs.evolve(
        CHECKED, figures=figures, findings=(finding,), lines=(*sample.LINES[:5], padded, sample.LINES[6])
    )
    lines = short(attrs.evolve(REPORT, documents=(document,))).splitlines()
    at = next(index for index, line in enumerate(lines) if "^" in line)
    assert lines[at - 1][lines[at].index("^") : lines[at].rindex("^") + 1] == "1,498,945"
    assert columns(lines[at - 1]) <= 80


def test_what_a_figure_should_read_fits_beside_its_carets() -> None:
    long = "x" * 60 + sample.LINES[5]
    figure = attrs.evolve(
        sample.PROFIT_BEFORE,
        place=attrs.evolve(sample.PROFIT_BEFORE.place, column=sample.PROFIT_BEFORE.place.column + 60),
    )
    figures = tuple(figure if one.id == figure.id else one for one in CHECKED.figures)
    document = attrs.evolve(CHECKED, figures=figures, lines=(*sample.LINES[:5], long, sample.LINES[6]))
    lines = short(attrs.evolve(REPORT, documents=(document,))).splitlines()
    at = next(index for index, line in enumerate(lines) if "^ probably" in line)
    assert columns(lines[at]) <= 80 and lines[at - 1][lines[at].index("^") : lines[at].rindex("^") + 1] == "1,498,945"


HOSTILE = "\x1b]0;owned\x07\x1b[2J\u202eabc\u2066\x9b31m\x00\r\n"


def test_nothing_of_a_document_can_steer_the_terminal() -> None:
    figures = tuple(attrs.evolve(one, caption=HOSTILE, text=HOSTILE, head=HOSTILE) for one in CHECKED.figures)
    suspect = attrs.evolve(sample.VIOLATION.suspects[0], proposed=HOSTILE, cause=HOSTILE)
    findings = tuple(
        attrs.evolve(
            one,
            message=HOSTILE,
            suspects=(suspect,),
            check=attrs.evolve(
                one.check,
                relation=HOSTILE,
                rule=HOSTILE,
                period=HOSTILE,
                reason=HOSTILE if one.verdict == "not applicable" else None,
                also=(HOSTILE,),
            ),
        )
        for one in CHECKED.findings
    )
    statement = attrs.evolve(
        sample.STATEMENT,
        title=HOSTILE,
        lines=tuple(attrs.evolve(line, caption=HOSTILE) for line in sample.STATEMENT.lines),
    )
    document = attrs.evolve(
        CHECKED,
        source=attrs.evolve(CHECKED.source, path=HOSTILE),
        figures=figures,
        findings=findings,
        statements=(statement,),
        lines=tuple(HOSTILE + line for line in sample.LINES),
        coverage={},
    )
    document = attrs.evolve(
        document, coverage={one.id: attrs.evolve(CHECKED.coverage["f7"], status="untested") for one in figures}
    )
    report = attrs.evolve(REPORT, documents=(document,))
    for rendered in (short(report), short(report, Style(verbose=True)), EXTRACTS["text"].render(report)):
        assert not set(str(rendered)) & set("\x1b\x07\x00\r\x9b\u202e\u2066")


@given(st.text())
def test_visible_text_holds_no_control_and_no_direction(text: str) -> None:
    assert visible(text).isprintable() or not visible(text)


def read(rendered: str | bytes) -> str:
    """The words of a report, also of one that is an archive."""
    if isinstance(rendered, str):
        return rendered
    with zipfile.ZipFile(io.BytesIO(rendered)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_redaction_leaves_no_amount_and_no_caption() -> None:
    for name, one in FORMATS.items():
        if one.lacking():
            continue
        rendered = read(one.render(redacted(REPORT)))
        for secret in (
            "16168421",
            "16,168,421",
            "1,498,945",
            "1489945",
            "9,000",
            "Three Months",
            "Consolidated",
            "transposed",
        ):
            assert secret not in rendered, f"{secret} in {name}"
        assert any(
            one in rendered
            for one in (
                "us-gaap/income-statement/gross-profit",
                "Gross profit = Revenues - Cost of revenues",
                "[gross-profit]",
            )
        ), name


def test_problems_read_like_those_of_a_compiler() -> None:
    problem = Problem(
        "E109",
        "error",
        "`|` beside `+` needs parentheses",
        "house.rules",
        sample.REVENUES.place,
        "write (A | B) + C",
        "    A | B + C",
    )
    problem = attrs.evolve(problem, place=attrs.evolve(sample.REVENUES.place, line=3, column=7))
    assert trouble(problem, PLAIN).splitlines() == [
        "house.rules:3:7: error[E109]: `|` beside `+` needs parentheses",
        "        A | B + C",
        "          ^",
        "    help: write (A | B) + C",
    ]


def test_arithmetic_in_one_scale_is_written_as_printed() -> None:
    thousands = {"scale": Decimal(1000), "step": Decimal(1000)}
    pairs = zip(sample.AGREES.check.figures, (4417000, 16168000, 11751000), strict=True)
    figures = [attrs.evolve(one, value=Decimal(value), **thousands) for one, value in pairs]
    check = attrs.evolve(sample.AGREES.check, figures=tuple(figures))
    assert arithmetic(check) == "4,417 = 16,168 - 11,751"
    amounts = {"difference": Fraction(-1000), "allowance": Fraction(1500), "units_of_last_place": Fraction(-1)}
    rounding = attrs.evolve(sample.AGREES, check=check, verdict="rounding", **amounts)
    rendered = short(
        attrs.evolve(REPORT, documents=(attrs.evolve(CHECKED, findings=(rounding,)),)), Style(verbose=True)
    )
    assert "differs by 1 in thousands, 1 unit of the last place; rounding explains at most 1.5" in rendered


def test_a_quotient_of_scaled_amounts_is_in_no_scale() -> None:
    """Earnings in millions over millions of shares are dollars and cents."""
    million = Decimal(1_000_000)
    millions = {"step": million, "scale": million}
    earned = attrs.evolve(sample.PROFIT, text="839", value=839 * million, **millions)
    shares = attrs.evolve(sample.COST, text="1,382", value=1382 * million, **millions)
    each = attrs.evolve(
        sample.REVENUES,
        text="6.07",
        value=Decimal("6.07"),
        step=Decimal("0.01"),
        unit=per_share("USD"),
        scale=Decimal(1),
    )
    check = attrs.evolve(
        sample.VIOLATION.check,
        left=Variable("f1"),
        right=Divide(Variable("f5"), Variable("f3")),
        figures=(each, earned, shares),
    )
    quotient = Fraction(839, 1382)
    amounts = {
        "right": quotient,
        "difference": Fraction("6.07") - quotient,
        "allowance": Fraction(1, 180),
        "units_of_last_place": Fraction(546),
    }
    found = attrs.evolve(sample.VIOLATION, check=check, shares=(), **amounts)
    report = attrs.evolve(REPORT, documents=(attrs.evolve(CHECKED, findings=(found,)),))
    assert judged(found) == "6.07 ≠ 839 / 1,382 = 0.607…"
    assert "differs by 5.5, 546 units of the last place; rounding explains at most 0.0056" in short(
        report, Style(verbose=True)
    )
    assert "Difference 5.462…, 546 units of the last place" in str(FORMATS["html"].render(report))


def test_a_margin_of_scaled_amounts_differs_by_points() -> None:
    thousand = Decimal(1000)
    figures = tuple(
        attrs.evolve(one, scale=thousand) if one.unit.is_money else one for one in sample.ROUNDING.check.figures
    )
    found = attrs.evolve(sample.ROUNDING, check=attrs.evolve(sample.ROUNDING.check, figures=figures))
    report = attrs.evolve(REPORT, documents=(attrs.evolve(CHECKED, findings=(found,)),))
    assert "differs by 0.082 points" in short(report) and "thousands" not in short(report)


def test_several_violations_with_one_cause_are_one_story() -> None:
    check = attrs.evolve(sample.VIOLATION.check, rule="house/again", figures=(sample.COST_BEFORE, sample.PROFIT_BEFORE))
    second = attrs.evolve(sample.VIOLATION, id="a5", check=check)
    rendered = short(attrs.evolve(REPORT, documents=(attrs.evolve(CHECKED, findings=(sample.VIOLATION, second)),)))
    assert rendered.count("Gross profit 1,498,945 is probably 1,489,945 (digits 98 transposed)") == 1
    assert rendered.index("is probably") < rendered.index("error   line 6: Gross profit")
    assert "off by 9,000 [again]" in rendered


def test_what_was_corrected_by_hand_is_said() -> None:
    figures = tuple(
        attrs.evolve(one, edited=True, value=Decimal(7)) if one.id == "f6" else one for one in CHECKED.figures
    )
    report = attrs.evolve(REPORT, documents=(attrs.evolve(CHECKED, figures=figures),))
    assert "corrected by hand: Gross profit 1,498,945 on line 6 is read as 7" in short(report)
    assert "1,498,945" not in short(redacted(report)) and "as 7" not in short(redacted(report))


def test_a_figure_of_a_source_without_lines_is_pointed_at_by_table_row_and_column() -> None:
    """A page of HTML may be one line of a million characters."""
    document = attrs.evolve(CHECKED, lines=(), source=attrs.evolve(CHECKED.source, format="html"))
    report = attrs.evolve(REPORT, documents=(document,))
    assert "table 1, row 3" in short(report, Style(verbose=True)) and "line 6" not in short(report, Style(verbose=True))
    text = short(report)
    assert re.search(
        r"^  release.md: table 1, row 3: \S.*\n  row \d+: .*\S \| \S.*  (?:probably|perhaps) \S", text, re.MULTILINE
    )


def test_a_line_of_a_rule_file_that_never_ends_is_shown_in_part() -> None:
    far = Problem(
        "E108", "error", "too long", "a.rules", Place(1, 5000, (4999, 5000)), excerpt="x" * 4999 + "y" + "z" * 5000
    )
    line, caret = trouble(far, Style()).splitlines()[1:3]
    assert len(line) < 1100 and line[caret.index("^")] == "y"
