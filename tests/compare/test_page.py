"""A comparison as a page, renamed lines, and the sentences of a release held against its filing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from checker import pipeline
from checker.cli import run
from checker.compare import Comparison, Kind, compare, page, shape, text
from checker.compare.redacted import redacted
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.language import load
from checker.report.style import Style
from tests.report.test_html import HOSTILE, Page, sound

Compared = Callable[..., Comparison]


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load([])


@pytest.fixture(scope="module")
def compared(seed: Path, book: Rulebook) -> Compared:
    """The example release and an edited copy of it, compared."""
    release = seed.read_text(encoding="utf-8")
    known: dict[str, Checked] = {}

    def checked(content: str, name: str) -> Checked:
        if content not in known:
            known[content] = pipeline.check(name, content.encode("utf-8", "replace"), book)
        return known[content]

    def work(kind: Kind, *edits: tuple[str, str]) -> Comparison:
        content = release
        for old, new in edits:
            assert old in content
            content = content.replace(old, new)
        return compare(checked(release, "old.md"), checked(content, "new.md"), kind)

    return work


CASCADE = (("4,267,597", "4,277,597"), ("5,117,512", "5,127,512"), ("(700,687)", "(710,687)"))


def rendered(comparison: Comparison) -> str:
    return page.render(comparison, Style())


# ---- renamed lines ---------------------------------------------------------------------------------------------------


def test_a_line_with_another_caption_is_known_by_its_amounts(compared: Compared) -> None:
    found = compared("drafts", ("Inventory\t", "Inventories at cost\t"))
    (line,) = found.renamed
    assert (line.was.caption, line.now.caption) == ("Inventory", "Inventories at cost")
    assert not found.added and not found.removed and not found.causes
    assert "renamed Inventory -> Inventories at cost" in text.render(found, Style())
    assert len(json.loads(shape.render(found, Style()))["renamed"][0]) == 2


def test_a_renamed_line_of_which_an_amount_changed_is_both() -> None:
    book = load([])
    lines = "Consolidated Balance Sheets\n\n| | 2024 | 2023 | 2022 |\n|---|---|---|---|\n| Cash | 901 | 802 | 703 |\n"
    one = lines + "| Stock in trade | 5,111 | 4,222 | 3,333 |\n"
    two = lines + "| Merchandise | 5,115 | 4,222 | 3,333 |\n"
    found = compare(pipeline.check("a.md", one.encode(), book), pipeline.check("b.md", two.encode(), book), "drafts")
    assert [line.now.caption for line in found.renamed] == ["Merchandise"]
    assert [change.new.text for cause in found.causes for change in cause.roots] == ["5,115"]


def test_lines_that_could_be_either_are_not_called_renamed() -> None:
    book = load([])
    head = "Consolidated Balance Sheets\n\n| | 2024 | 2023 |\n|---|---|---|\n| Cash | 901 | 802 |\n"
    one = head + "| First | 5,111 | 4,222 |\n| Second | 5,111 | 4,222 |\n"
    two = head + "| Third | 5,111 | 4,222 |\n| Fourth | 5,111 | 4,222 |\n"
    found = compare(pipeline.check("a.md", one.encode(), book), pipeline.check("b.md", two.encode(), book), "drafts")
    assert not found.renamed and len(found.added) == len(found.removed) == 4


# ---- sentences against a filing --------------------------------------------------------------------------------------


def test_the_sentences_of_a_release_are_tied_to_its_filing(compared: Compared) -> None:
    found = compared("filing")
    said = {tie.old.text: tie.agreement for tie in found.sentences}
    assert said["$16.2 million"] == "rounding" and "differs" not in said.values()
    assert {tie.note for tie in found.sentences if tie.new is not None} >= {"through the line that it speaks of"}


def test_a_sentence_whose_line_is_filed_otherwise_differs(compared: Compared) -> None:
    found = compared("filing", ("16,168,421", "16,861,421"))
    wrong = [tie for tie in found.sentences if tie.agreement == "differs"]
    assert wrong and all(tie.new is not None and tie.new.text == "16,861,421" for tie in wrong)
    assert {"$16.2 million", "$16.2 Million"} >= {tie.old.text for tie in wrong} and set(wrong) <= set(found.differing)
    assert "differs: revenues" in text.render(found, Style())


def test_a_filing_that_differs_below_what_a_sentence_says_is_no_fault_of_the_sentence(compared: Compared) -> None:
    found = compared("filing", ("16,168,421", "16,168,422"))
    assert [tie.old.text for tie in found.ties if tie.agreement == "differs"] == ["16,168,421"]
    assert not [tie for tie in found.sentences if tie.agreement == "differs"]


# ---- the page --------------------------------------------------------------------------------------------------------


def test_old_stands_above_new_and_what_moved_is_folded_under_what_began_it(compared: Compared) -> None:
    body = rendered(compared("drafts", *CASCADE))
    assert '<span class="spoken">was </span><del>4,267,597</del>' in body
    parsed = Page(body)
    assert len(parsed.all("a", "changed")) == 1 and len(parsed.all("a", "moved")) == 2
    assert "2 figures moved with it" in parsed.text and "3 figures changed, from 1 cause" in parsed.text


def test_lines_that_came_went_and_were_renamed_are_told_in_their_place(compared: Compared) -> None:
    edits = (("Restricted cash\t1,026,326\t1,026,326\n", ""), ("Inventory\t", "Inventories at cost\t"))
    body = rendered(compared("drafts", *edits))
    gone = body.index("taken out: </span>Restricted cash")
    assert body.index(">Security deposits") < gone < body.index(">Goodwill", gone - 5)
    assert 'class="where">formerly Inventory</span>' in body and "2 figures taken out" in body


def test_findings_stand_as_new_still_there_and_fixed(compared: Compared) -> None:
    found = compared("drafts", ("1,489,945", "1,498,945"))
    back = compare(found.new, found.old, "drafts")
    for one, word in ((found, "New"), (back, "Fixed")):
        body = rendered(one)
        assert re.search(rf"<h3>{word} <span class=\"count\">[1-9]", body)
    assert len(Page(rendered(found)).all("li", "card")) == len(found.appeared)


def test_a_filing_marks_each_published_figure_and_its_sentences(compared: Compared) -> None:
    body = rendered(compared("filing", ("16,168,421", "16,861,421")))
    parsed = Page(body)
    assert "printed 16,861,421" in parsed.text and "Sentences that say otherwise" in parsed.text
    assert "111 agreed" in parsed.text and parsed.all("a", "violated")


CAPTIONS = (
    *("Inventory", "Goodwill", "Security deposits", "Restricted cash", "Preferred stock", "Common stock"),
    *("Derivative liability", "Related party payable", "Accumulated deficit", "Other long-term liabilities"),
)


@pytest.mark.parametrize("kind", ["drafts", "filing", "next"])
def test_text_of_a_document_stays_text(compared: Compared, kind: Kind) -> None:
    edits = [(f"\n{one}\t", f"\n{' '.join(text.split())}\t") for one, text in zip(CAPTIONS, HOSTILE, strict=False)]
    assert len(edits) == len(HOSTILE)
    sound(rendered(compared(kind, *edits, *CASCADE)))


def test_a_page_says_nothing_that_is_redacted(compared: Compared) -> None:
    found = redacted(compared("drafts", *CASCADE, ("Inventory\t", "Inventories at cost\t")))
    for secret in ("4,277,597", "4277597", "Selling", "Inventories"):
        assert secret not in rendered(found) + text.render(found, Style()) + shape.render(found, Style())


def test_the_command_writes_the_page_and_never_over_a_document(
    seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.md").write_text(seed.read_text(encoding="utf-8"), encoding="utf-8")
    Path("new.md").write_text(Path("old.md").read_text().replace("235,922", "253,922"), encoding="utf-8")
    assert run(["compare", "old.md", "new.md", "--output", "html:page.html", "--output", "json:data.json"]) == 1
    assert "253,922" in Path("page.html").read_text() and json.loads(Path("data.json").read_text())["kind"] == "drafts"
    assert Path("page.html").stat().st_mode & 0o777 == 0o600
    assert run(["compare", "old.md", "new.md", "--output", "html:new.md"]) == 2
    capsys.readouterr()
    assert run(["compare", "old.md", "new.md", "--format", "html"]) == 1
    assert capsys.readouterr().out.startswith("<!doctype html>")


def test_a_comparison_that_means_nothing_is_called_clean_in_no_format(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.md"
    other.write_text("Assets\n\n| | 2020 | 2019 |\n|---|---|---|\n| Land | 5,210 | 4,380 |\n| Roads | 1,204 | 990 |\n")
    out = {name: tmp_path / f"out.{name}" for name in ("html", "text", "json")}
    written = [word for name, path in out.items() for word in ("--output", f"{name}:{path}")]
    assert run(["compare", str(seed), str(other), "--as", "filing", "--min-coverage", "40", *written]) == 3
    shown = out["html"].read_text()
    assert '<p class="verdict unchecked">not compared: ' in shown and 'class="verdict agrees"' not in shown
    assert "not compared: " in " ".join(out["text"].read_text().split())
    outcome = json.loads(out["json"].read_text())["outcome"]
    assert outcome["status"] == 3 and any("are these the right documents?" in one for one in outcome["reasons"])


def test_a_figure_that_is_printed_otherwise_and_why_the_status_is_what_it_is_stand_in_the_data(
    seed: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.md"
    other.write_text(seed.read_text(encoding="utf-8").replace("235,922", "253,922"), encoding="utf-8")
    out = tmp_path / "out.json"
    assert run(["compare", str(seed), str(other), "--as", "filing", "--output", f"json:{out}"]) == 1
    assert "3 published figures printed otherwise" in json.loads(out.read_text())["outcome"]["reasons"]


def test_notes_are_counted_apart_on_the_page_as_in_the_text(compared: Compared) -> None:
    found = compared("drafts", *CASCADE)
    line = next(one for one in text.render(found, Style()).splitlines() if one.startswith("findings: "))
    assert line in Page(rendered(found)).text


PRODUCTS = "\n\nRevenues by product\n\n| | 2013 | Growth |\n|---|---|---|\n" + "".join(
    f"| Product {at} | {1_201 + 37 * at:,} | {at % 50 + 3} % |\n" for at in range(150)
)


def test_tables_that_no_filing_prints_do_not_make_it_the_wrong_one(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release, out = tmp_path / "release.md", tmp_path / "out.html"
    text_of = seed.read_text(encoding="utf-8")
    release.write_text(text_of + PRODUCTS, encoding="utf-8")
    pair = ["compare", str(release), str(seed), "--as", "filing", "--output", f"html:{out}"]
    assert run(pair) == 0 and "not compared" not in capsys.readouterr().err
    assert '<p class="verdict undecided">' in out.read_text(), "most was not found: that is no success"

    other = tmp_path / "other.md"
    other.write_text(text_of.replace("2013", "2019").replace("2012", "2018"), encoding="utf-8")
    assert run([*pair[:2], str(other), *pair[3:]]) == 3
    assert "amounts of the statements of" in capsys.readouterr().err


def test_the_folders_of_both_files_are_set_apart_from_their_names(seed: Path, book: Rulebook) -> None:
    text = seed.read_bytes()
    old, new = (pipeline.check(path, text, book) for path in ("a/b/old.md", "c/d/new.md"))
    told = rendered(compare(old, new, "drafts"))
    assert '<span class="folder">a/b/old.md → </span><span class="folder">c/d/</span>new.md</h1>' in told


def test_a_list_longer_than_a_sheet_does_not_go_before_the_statements_on_paper(seed: Path, book: Rulebook) -> None:
    release = pipeline.check("old.md", seed.read_bytes(), book)
    head = "| | Three Months Ended March 31, 2013 |\n|---|---|\n| Revenues | 16,168,421 |\n| Other | 1 |\n"
    told = rendered(compare(release, pipeline.check("new.md", head.encode(), book), "filing"))
    found = re.search(r"<details([^>]*)><summary>(\d+) published figures not found", told)
    assert found is not None and int(found[2]) > 40 and "printed" not in found[1] and "open" not in found[1]
    most = "".join(line for line in seed.read_text().splitlines(keepends=True) if not line.startswith("Inventory"))
    found = re.search(
        r"<details([^>]*)><summary>\d+ published figures? not found",
        rendered(compare(release, pipeline.check("new.md", most.encode(), book), "filing")),
    )
    assert found is not None and "printed" in found[1]
