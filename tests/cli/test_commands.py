"""The other commands: what they print for people who look, ask, and write rules."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.cli import _COMMANDS
from checker.workshop.codes import EXPLAINED
from tests.cli.conftest import ROOT, Answer

Tieout = Callable[..., Answer]


def test_version_is_said_by_option_and_command(tieout: Tieout) -> None:
    assert re.fullmatch(r"tieout \d+\.\d+\.\d+\n", tieout("--version").out)
    assert tieout("version").out.startswith(tieout("--version").out)


def test_version_imports_no_command_and_no_stage() -> None:
    script = (
        "import sys, checker.cli; checker.cli.run(['--version']); print(*sorted(name for name in sys.modules if "
        "name.startswith('checker.')))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True, text=True)
    assert done.stdout.splitlines()[1:] == ["checker.cli"]


GROUPS = {
    "bulk": ("run", "query", "report"),
    "receipt": ("verify",),
    "rules": ("list", "new", "lint", "fmt", "test", "mutate", "prove", "coverage"),
}
PAGES = [(), *((name, *more) for name in _COMMANDS for more in [(), *((one,) for one in GROUPS.get(name, ()))])]


@pytest.mark.parametrize("command", PAGES, ids=" ".join)
def test_help_fits_a_terminal_of_80_columns(
    tieout: Tieout, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    answer = tieout(*command, "--help")
    assert answer.status == 0 and [line for line in answer.out.splitlines() if len(line) > 80] == []
    assert set(GROUPS.get(" ".join(command), ())) <= set(re.findall(r"^  (\w+)  ", answer.out, re.MULTILINE))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_for_three_shells(tieout: Tieout, shell: str) -> None:
    assert "_TIEOUT_COMPLETE" in tieout("completion", shell).out


def test_every_command_says_what_it_is_for(tieout: Tieout) -> None:
    for command in (
        "check",
        "compare",
        "extract",
        "explain",
        "waive",
        "baseline",
        "receipt",
        "rules",
        "completion",
        "version",
    ):
        answer = tieout(command, "--help")
        assert answer.status == 0 and answer.out.startswith("Usage: tieout " + command)
        assert max(len(line) for line in answer.out.splitlines()) <= 100


def test_a_mistyped_command_gets_a_hint(tieout: Tieout) -> None:
    assert "did you mean check?" in tieout("chek").err


# ---- explain ---------------------------------------------------------------------------------------------------------


def _codes_in_use() -> set[str]:
    found = set()
    for path in (ROOT / "checker").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.fullmatch(r"[A-Z]\d{3}", node.value)
            ):
                found.add(node.value)
    return found


def test_every_code_that_the_program_can_say_is_explained() -> None:
    assert sorted(_codes_in_use() - set(EXPLAINED)) == []


def test_a_code_is_explained_with_a_bad_and_a_good_example(tieout: Tieout) -> None:
    out = tieout("explain", "e109").out
    assert out.startswith("E109: ") and "bad:" in out and "good:" in out


def test_a_rule_is_explained_as_written_with_its_page(tieout: Tieout) -> None:
    out = tieout("explain", "gross-profit").out
    assert out.startswith("us-gaap/income-statement/gross-profit\n")
    assert "    Gross profit = Revenues - Cost of revenues" in out
    assert "in us-gaap/income-statement.rules, line" in out
    assert "```findings" in out


def test_definitions_and_concepts_are_explained_by_name(tieout: Tieout) -> None:
    assert "define Gross margin = Gross profit / Revenues" in tieout("explain", "gross margin").out
    assert "concept Revenues" in tieout("explain", "Revenues").out


def test_a_rule_beside_a_release_says_what_it_found_and_why_not(tieout: Tieout, seed: Path) -> None:
    answer = tieout("explain", "gross-profit", "--on", seed)
    assert answer.status == 0
    assert "4,416,825 = 16,168,421 - 11,751,596" in answer.out
    assert "not applicable" in tieout("explain", "us-gaap/bank/*", "--on", seed).out


# ---- rules -----------------------------------------------------------------------------------------------------------


def test_rules_are_listed_with_their_meaning(tieout: Tieout) -> None:
    out = tieout("rules", "list").out
    assert re.search(r"^us-gaap/income-statement/gross-profit +Gross profit is what revenues leave", out, re.MULTILINE)


def test_a_new_rule_file_is_right_and_its_specimens_agree(tieout: Tieout) -> None:
    assert tieout("rules", "new", "house/margins.rules").status == 0
    linted = tieout("rules", "lint", "house")
    assert linted.status == 0 and linted.out == "1 rule in 1 file: no errors, no warnings\n" and not linted.err
    tested = tieout("rules", "test", "house")
    assert tested.status == 0 and "specimens agree" in tested.out
    assert "house/margins" not in tieout("rules", "list").out
    assert "margins/gross-profit" in tieout("rules", "list", "--rules", "house").out


def test_a_rule_file_that_exists_is_not_written_over(tieout: Tieout) -> None:
    Path("mine.rules").write_text("Total assets = Total liabilities + Total equity\n")
    answer = tieout("rules", "new", "mine.rules")
    assert answer.status == 2 and "exists already" in answer.err
    assert Path("mine.rules").read_text().startswith("Total assets")


def test_lint_shows_every_mistake_with_its_line(tieout: Tieout) -> None:
    Path("house.rules").write_text(
        "Total assets == Total liabilities\n\nFree cash flow = Operating cash flow - Capital expenditures | Additions\n"
    )
    answer = tieout("rules", "lint", "house.rules")
    assert answer.status == 2
    assert "house.rules:1:" in answer.err and "error[E103]" in answer.err and "error[E109]" in answer.err


def test_lint_shows_what_is_probably_not_meant(tieout: Tieout) -> None:
    Path("house.rules").write_text("Gross profit = Revenues - Cost of revneues\n    tolerance 1%\n")
    answer = tieout("rules", "lint", "house.rules")
    assert answer.status == 0 and answer.out == "1 rule in 1 file: no errors, 2 warnings, 2 notes\n"
    assert re.findall(r"(?:warning|note)\[(\w+)\]", answer.err) == ["W402", "W403", "E201", "W404"]
    assert "did you mean `Cost of revenues`?" in answer.err


def test_lint_names_the_rules_that_no_specimen_tests(tieout: Tieout) -> None:
    tieout("rules", "new", "margins.rules")
    with open("margins.rules", "a") as file:
        file.write('\nrule other\n    Total assets = Total liabilities + Total equity\n    because "double entry"\n')
    answer = tieout("rules", "lint", "margins.rules")
    assert answer.status == 0 and re.findall(r"^margins.rules:(\d+):1: note\[W402\]", answer.err, re.MULTILINE) == ["7"]


def test_a_specimen_that_differs_is_status_1(tieout: Tieout) -> None:
    tieout("rules", "new", "margins.rules")
    page = Path("margins.md")
    page.write_text(page.read_text().replace("gross-profit 2013 agrees", "gross-profit 2013 violation"))
    answer = tieout("rules", "test", "margins.rules")
    assert answer.status == 1 and "gross-profit" in answer.out


def test_pages_without_specimens_are_never_fine(tieout: Tieout) -> None:
    Path("empty.rules").write_text("Total assets = Total liabilities + Total equity\n")
    assert tieout("rules", "test", "empty.rules").status == 3


# ---- extract ---------------------------------------------------------------------------------------------------------


def test_figures_are_printed_with_unit_period_and_place(tieout: Tieout, seed: Path) -> None:
    answer = tieout("extract", seed)
    assert answer.status == 0
    assert re.search(r"Revenues +16,168,421 +USD .*line 42", answer.out)


def test_extracted_figures_can_be_fed_back_in(tieout: Tieout, seed: Path) -> None:
    Path("figures.json").write_text(tieout("extract", seed, "--format", "json").out)
    answer = tieout("check", "figures.json", "--format", "json")
    again = json.loads(answer.out)["documents"][0]
    assert (
        again["summary"]["figures"]
        == json.loads(tieout("check", seed, "--format", "json").out)["documents"][0]["summary"]["figures"]
    )


def test_a_document_without_figures_is_status_3(tieout: Tieout) -> None:
    Path("letter.txt").write_text("Dear shareholders,\n")
    assert tieout("extract", "letter.txt").status == 3
