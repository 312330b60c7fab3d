"""What an editor is told is what `tieout rules lint` says of the file, and a name means the lines that binding
finds."""

from __future__ import annotations

import re
from pathlib import Path

from checker.core.rule import Name
from checker.resources import rules_folder
from checker.serve.finding import Refusal, declared, page, references, renamed
from checker.serve.looking import Opened, looked
from checker.serve.naming import at
from checker.serve.offering import Known, offered
from checker.serve.telling import escaped, told
from checker.serve.text import Text
from checker.workshop.linting import linted
from checker.workshop.trying import reading

SEED = Path(__file__).resolve().parents[2] / "examples" / "fusion-2013q1.md"
RULES = """\
rule one
    Gross profit == Revenues
rule two
    Gross proft = Revenues - Cost of revenues
    severity high
rule three
    Total assets = Net income
"""


def opened() -> Opened:
    return Opened(SEED.name, reading(SEED.name, SEED.read_bytes()).found)


def test_diagnostics_are_those_of_lint(tmp_path: Path) -> None:
    for number, text in enumerate(
        (RULES, RULES.replace("==", "=").replace("    severity high\n", ""), "Gross proft = Revenues\n")
    ):
        path = tmp_path / f"{number}.rules"
        path.write_text(text, encoding="utf-8")
        said = [
            (one.code, one.place) for one in linted([path]).problems if one.code[:2] != "W4" or one.code in ("W405",)
        ]
        mine = [
            (one.code, one.place)
            for one in looked(path, Text(text), None).problems
            if one.code[:2] != "W4" or one.code in ("W405",)
        ]
        assert mine == said


def test_a_file_of_the_library_stands_in_its_own_place() -> None:
    path = rules_folder() / "us-gaap" / "bank.rules"
    found = looked(path, Text(path.read_text(encoding="utf-8")), None)
    assert not [one for one in found.problems if one.severity == "error"]
    assert len({rule.id for rule in found.book.rules}) == len(found.book.rules)


def test_a_name_means_the_lines_that_binding_finds(tmp_path: Path) -> None:
    release = opened()
    found = looked(tmp_path / "a.rules", Text("concept Turnover\n    aka Revenues\n"), release)
    (spot, *_) = found.bearers(Name("Turnover"), release)
    assert spot.line.caption == "Revenues"
    assert found.bearers(Name("Nothing of the kind"), release) == ()
    text = Text('"Notes payable - related parties" = "Notes..."\n')
    said = told(text, text.text.index('"Notes...') + 2, looked(tmp_path / "a.rules", text, release), release)
    assert said is not None and "Notes payable \\- related parties" in said[0]


def test_a_bracket_narrows_what_is_shown(tmp_path: Path) -> None:
    release = opened()
    text = Text("Net loss[income statement] = Net loss[balance sheet]\n")
    found = looked(tmp_path / "a.rules", text, release)
    there, nowhere = (told(text, place, found, release) for place in (2, text.text.index("= Net") + 4))
    assert there is not None and "1,596,280" in there[0] and nowhere is not None and "no such line" in nowhere[0]


def test_what_a_document_prints_cannot_become_markup() -> None:
    shown = escaped("[Gross](command:evil) <img src=x>\n# **profit** `a` | b\\")
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]()<>#*`|]", shown) and "\n" not in shown


def test_every_offered_caption_reads_as_that_caption(tmp_path: Path) -> None:
    release = opened()
    known = Known(looked(tmp_path / "a.rules", Text(""), release).book, release)
    for typed in ("Net", "Cash", "Total", "Prov", "Notes", "Weighted"):
        text = Text(f"Gross profit = {typed}")
        offers, _ = offered(text, len(text.text), known)
        assert offers
        for one in offers:
            if one.kind != "caption":
                continue
            after = text.changed(one.span, one.written)
            stand = at(after, one.span[0] + 1)
            assert stand is not None and stand.text == one.label and stand.span == (one.span[0], len(after.text))


def test_words_are_offered_where_they_can_stand(tmp_path: Path) -> None:
    known = Known(looked(tmp_path / "a.rules", Text(""), None).book)

    def words(body: str) -> list[str]:
        return [
            one.label
            for one in offered(Text(body), len(body), known)[0]
            if one.kind in ("keyword", "unit", "pack", "rule")
        ]

    assert {"rule", "concept", "define", "use"} <= set(words(""))
    assert "severity" in words("A = B\n    ") and "aka" not in words("A = B\n    ")
    assert {"aka", "duration"} <= set(words("concept A\n    ")) and "severity" not in words("concept A\n    ")
    assert words("A = B\n    severity ") == ["error", "warning", "note"] and words(
        "A = B\n    severity warning; er"
    ) == ["error"]
    assert "reported" in words("A = B\n    when C is ") and words("A = B\n    kind co") == ["covenant"]
    assert (
        "million" in words("A = B\n    tolerance 5 ") and "basis points" in words("A = 50 ") and "%" in words("A = 5")
    )
    assert (
        "cash flow" in words("A = B[")
        and "us-gaap" in words("use ")
        and any(one.startswith("us-gaap/") for one in words("skip us-gaap/b"))
    )
    assert "percent" in words("define A = B / C as ") and "prior" in words("A = B - pr")
    assert words("A = B  # sever") == [] and words("skip a\n    be") == ["because"]


def test_names_are_found_across_files_and_renamed_only_where_that_is_safe(tmp_path: Path) -> None:
    one = page(
        str(tmp_path / "a.rules"),
        Text("concept Widgets sold\n    number\ndefine Price = Revenues / Widgets sold\nuse b\n"),
    )
    two = page(str(tmp_path / "b.rules"), Text('Widgets sold = "Widgets sold" + Other[Widgets sold]\n'))
    broken = page(str(tmp_path / "c.rules"), Text("Widgets sold = A\nB = = C\n"))
    (tmp_path / "b.rules").write_text(two.text.text, encoding="utf-8")
    found = looked(tmp_path / "a.rules", one.text, None)
    stand = at(one.text, one.text.text.index("/ Widgets") + 4)
    assert stand is not None and [(spot.path, spot.span) for spot in declared(stand, found)] == [(one.path, (8, 20))]
    assert [spot.path for spot in references(stand, [one, two])] == [one.path, one.path, two.path, two.path]
    edits = renamed(stand, "Units sold", [one, two], found)
    assert [new for _, new in edits[two.path]] == ["Units sold", "Units sold"]
    for new, pages in (("Revenues", [one, two]), ("Price", [one]), ("", [one]), ("Units", [one, broken])):
        try:
            renamed(stand, new, pages, found)
        except Refusal:
            continue
        raise AssertionError(new)
