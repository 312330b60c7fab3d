"""`tieout rules lint --on` and `--fix`: names against a release, and files put right."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from checker.cli import run

RELEASE = """\
Acme Inc.
Consolidated Statements of Operations
(in thousands)
                           2013      2012
Service fees              1,000       900
Landing charges             600       500
Parking, net of refunds     400       300
Total turnover            2,000     1,700
"""
RULES = """\
# kept as it is
Total turnover == Servce fees + Landing charges + Parking, net of refund   # so is this
    because x
"""


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("release.txt").write_text(RELEASE, encoding="utf-8")
    path = Path("own.rules")
    path.write_text(RULES, encoding="utf-8")
    path.chmod(0o640)
    return path


def test_a_misspelt_caption_is_told_with_the_one_that_is_printed(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules.write_text('Total turnover = Servce fees + Landing charges + Rent\n    because "x"\n', encoding="utf-8")
    assert run(["rules", "lint", "own.rules", "--on", "release.txt"]) == 0
    err = capsys.readouterr().err
    assert "E236" in err and "did you mean `Service fees`?" in err and "W407" in err and "`Rent`" in err


def test_a_difference_is_shown_and_nothing_written(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "lint", "own.rules", "--on", "release.txt", "--diff"]) == 2  # the file has its mistakes still
    assert (
        "+Total turnover = Service fees + Landing charges + Parking, net of refunds   # so is this"
        in capsys.readouterr().out
    )
    assert rules.read_text(encoding="utf-8") == RULES


def test_what_is_fixed_is_shown_first_and_keeps_comments_and_mode(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rules", "lint", "own.rules", "--on", "release.txt", "--fix"]) == 0
    captured = capsys.readouterr()
    assert captured.out.index("--- own.rules") < captured.out.index("1 rule in 1 file: no errors, no warnings")
    right = (
        RULES.replace("==", "=")
        .replace("Servce", "Service")
        .replace("refund ", "refunds ")
        .replace("because x", 'because "x"')
    )
    assert rules.read_text(encoding="utf-8") == right
    assert stat.S_IMODE(rules.stat().st_mode) == 0o640


def test_a_fixed_file_is_left_alone(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["rules", "lint", "own.rules", "--on", "release.txt", "--fix"])
    capsys.readouterr()
    assert run(["rules", "lint", "own.rules", "--on", "release.txt", "--diff"]) == 0
    assert "---" not in capsys.readouterr().out


def test_at_a_terminal_it_asks_first(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.cli.rules._agreed", lambda question: False)
    run(["rules", "lint", "own.rules", "--fix"])
    assert rules.read_text(encoding="utf-8") == RULES


def test_a_release_without_a_table_is_no_measure(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("none.txt").write_text("Nothing.\n", encoding="utf-8")
    assert run(["rules", "lint", "own.rules", "--on", "none.txt"]) == 2
    assert "no table with figures" in capsys.readouterr().err
