"""The public door: what it offers, that it answers like the command line, and that a user's types hold."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import checker
from checker.api import __all__ as offered
from checker.cli import run

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def draft(seed: Path, tmp_path: Path) -> Path:
    """A release with two digits of one figure exchanged."""
    path = tmp_path / "draft.md"
    path.write_text(seed.read_text(encoding="utf-8").replace("1,489,945", "1,498,945"), encoding="utf-8")
    return path


def test_the_public_surface_is_what_the_architecture_says() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert sorted(checker.PUBLIC) == sorted(offered)
    (line,) = [one for one in text.splitlines() if one.startswith("- **Public**:")]
    assert sorted(word.strip("`") for word in line.partition(":")[2].rstrip(".").replace(",", " ").split()) == sorted(
        checker.PUBLIC
    )
    assert set(checker.PUBLIC) <= set(dir(checker))
    for name in checker.PUBLIC:
        made = getattr(checker, name)
        assert name == "Document" or made.__doc__, name
    with pytest.raises(AttributeError):
        _ = checker.nothing  # type: ignore[attr-defined]


def test_the_door_answers_like_the_command_line(draft: Path, tmp_path: Path) -> None:
    report = checker.check(draft)
    assert (
        run(["check", str(draft), "--quiet", "--output", f"json:{tmp_path / 'report.json'}"])
        == report.outcome.status
        == 1
    )
    typed = json.loads((tmp_path / "report.json").read_text())
    assert report.to_dict()["documents"] == typed["documents"] and report.outcome.reasons == (
        "3 findings at or above error",
    )
    assert [one.check.rule for one in report.findings if one.blocks][:1] == ["us-gaap/income-statement/gross-profit"]
    assert len(report.figures) == len(typed["documents"][0]["figures"])


def test_a_clean_release_a_folder_and_bytes(seed: Path) -> None:
    assert checker.check(seed).outcome.passed
    assert checker.check([seed, seed.read_bytes()]).outcome.passed
    assert [one.source.path for one in checker.check([seed, seed.read_bytes()]).documents] == [str(seed), "document 2"]
    assert checker.check(seed.parent).outcome.status == 0


def test_what_cannot_be_read_is_an_outcome_and_no_exception() -> None:
    outcome = checker.check(b"no figure at all").outcome
    assert (outcome.status, outcome.passed, outcome.unchecked) == (3, False, True) and outcome.reasons


def test_what_is_wrong_with_a_request_is_refused(tmp_path: Path, seed: Path) -> None:
    (tmp_path / "faulty.rules").write_text("Total assets == Total equity\n")
    for ask in (
        lambda: checker.check(tmp_path / "nowhere.md"),
        lambda: checker.check(seed, rules=[tmp_path / "faulty.rules"]),
        lambda: checker.check(seed, options=checker.Options(select=("no-such-rule",))),
        lambda: checker.compare(seed, seed, "twins"),
        lambda: checker.explain("no such thing at all"),
    ):
        with pytest.raises(checker.Refused) as refused:
            ask()
        assert refused.value.problems and str(refused.value)


def test_rules_are_loaded_once_and_accounted_for(tmp_path: Path, seed: Path) -> None:
    (tmp_path / "house.rules").write_text("rule own\n    Gross profit = Revenues - Cost of revenues\n")
    rules = checker.load_rules(tmp_path / "house.rules")
    assert "house/own" in rules.ids
    (one,) = checker.check(seed, rules).documents[0].applied
    assert (one.rule, one.judged) == ("house/own", 2)


def test_options_that_weaken_are_said(seed: Path) -> None:
    report = checker.check(seed, options=checker.Options(ignore=("us-gaap/*",), min_coverage=0))
    assert report.outcome.weakened == ("options: ignore 1, min-coverage 0",)


def test_figures_two_documents_and_words(seed: Path, draft: Path) -> None:
    extracted = checker.extract(seed)
    import_module("checker.extract.tables")  # a room of that name does not shut the door

    assert (
        not extracted.findings
        and checker.extract(seed) == extracted
        and len(extracted.figures) > 100
        and "outcome" not in extracted.to_dict()
    )
    comparison = checker.compare(seed, draft)
    assert (comparison.kind, len(comparison.causes), comparison.met[0] > 100) == ("drafts", 1, True)
    assert "Gross profit = Revenues - Cost of revenues" in checker.explain("gross-profit")
    assert checker.explain("e109").startswith("E109")


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_a_data_frame_holds_every_row_as_text(library: str, seed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip(library)
    frame: Any = checker.check(seed).to_frame("figures")
    assert len(frame) == len(checker.check(seed).figures)
    assert "value" in frame.columns


def test_without_a_library_for_frames_it_says_so(seed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = checker.extract(seed)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="polars or pandas"):
        report.to_frame("figures")


def test_importing_it_costs_nothing() -> None:
    code = (
        "import sys, checker; print(sorted(one for one in sys.modules if one.startswith(('checker.', 'attr', "
        "'click', 'lark'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_a_users_types_hold(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    (tmp_path / "user.py").write_text(
        "from fractions import Fraction\n"
        "import checker\n\n"
        "report: checker.Report = checker.check('release.html', rules=['house.rules'])\n"
        "status: int = report.outcome.status\n"
        "amounts: list[Fraction | None] = [one.difference for one in report.findings]\n"
        "texts: list[str] = [figure.text for figure in report.figures]\n"
        "found: checker.Report = checker.extract(b'')\n"
        "met: tuple[int, int] = checker.compare('a.md', 'b.md').met\n"
        "wrong: str = report.outcome.status\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "user.py"]
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "MYPYPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert [
        line.split(":")[1] for line in done.stdout.splitlines() if "error" in line and line.startswith("user.py")
    ] == ["10"], done.stdout
