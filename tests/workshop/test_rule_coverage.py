"""`tieout rules coverage`: how the rules of a file fared in many releases."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from checker.cli import run
from checker.report.mine import is_mine

RULES = """\
rule gross-profit "=HYPERLINK(1)"
    Gross profit = Revenues - Cost of revenues
rule misspelt "never"
    Gross proffit = Revenues - Cost of revenues
rule bound "a bound"
    Gross profit <= Revenues
define Gross margin = Gross profit / Revenues as percent
"""
RELEASE = """\
Acme Inc.
Consolidated Statements of Operations
(in thousands)
                           2013      2012
Revenues                  1,000       900
Cost of revenues            600       500
Gross profit                {0}       400
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.rules").write_text(RULES, encoding="utf-8")
    (tmp_path / "releases").mkdir()
    for name, amount in (("a", "400"), ("b", "401"), ("c", "480")):
        (tmp_path / "releases" / f"{name}.txt").write_text(RELEASE.format(amount), encoding="utf-8")
    (tmp_path / "releases" / "none.txt").write_text("Nothing to see here.\n", encoding="utf-8")
    return tmp_path


def _table(text: str) -> dict[str, dict[str, str]]:
    return {row["rule"]: row for row in csv.DictReader(io.StringIO(text))}


def test_counts_by_rule_and_those_that_never_applied_first(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "coverage", "acme.rules", "releases", "--format", "csv"]) == 0
    rows = _table(capsys.readouterr().out)
    assert (
        next(iter(rows)) == "acme/misspelt"
        and rows["acme/misspelt"]["judged in"] == "0"
        and rows["acme/misspelt"]["never"] == "3"
    )
    assert rows["acme/misspelt"]["why"].startswith("Gross proffit is not reported")
    row = rows["acme/gross-profit"]
    assert (row["documents"], row["judged in"], row["agreed"], row["violated"]) == ("3", "3", "4", "1")
    assert rows["acme/bound"]["agreed"] == "6"


def test_a_release_without_figures_is_said_and_not_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["rules", "coverage", "acme.rules", "releases"])
    captured = capsys.readouterr()
    assert "none.txt" in captured.err
    assert captured.out.splitlines()[-1] == "2 of 3 rules judged in 3 documents: 10 agreed, 1 rounding, 1 violated"


def test_nothing_readable_is_no_answer(folder: Path) -> None:
    assert run(["rules", "coverage", "acme.rules", "releases/none.txt"]) == 3


def test_files_are_written_and_known_for_our_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["rules", "coverage", "acme.rules", "releases", "--output", "html:page.html", "--output", "csv:rows.csv"])
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert (
        page.startswith("<!doctype html>")
        and "<script>" not in page
        and "default-src" in page
        and "acme/misspelt" in page
    )
    assert "\n'=HYPERLINK" not in page and "'=HYPERLINK(1)" in (folder / "rows.csv").read_text(encoding="utf-8")
    assert is_mine(folder / "page.html") and is_mine(folder / "rows.csv")


def test_markup_in_a_rule_stays_text(folder: Path) -> None:
    (folder / "acme.rules").write_text(
        'rule x "<script>alert(1)</script>"\n    "<b>Revenues</b>" = Revenues\n', encoding="utf-8"
    )
    run(["rules", "coverage", "acme.rules", "releases", "--output", "html:page.html"])
    assert "<script>" not in (folder / "page.html").read_text(encoding="utf-8")


def test_the_shipped_library_by_its_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "coverage", "shipped", "releases/a.txt", "--format", "csv"]) == 0
    assert _table(capsys.readouterr().out)["us-gaap/income-statement/gross-profit"]["agreed"] == "2"


def test_a_faulty_file_and_a_missing_one_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.rules").write_text("A ==\n", encoding="utf-8")
    assert run(["rules", "coverage", "bad.rules", "releases"]) == 2
    assert run(["rules", "coverage", "nowhere.rules", "releases"]) == 2
    assert "the word shipped" in capsys.readouterr().err
