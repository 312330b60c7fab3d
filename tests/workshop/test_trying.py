"""`tieout try`: the rules of one file on a release, as `tieout check` would judge them, and again at each save."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from checker.api.trying import reading, tried
from checker.cli import run
from checker.language import load
from checker.pipeline import check
from checker.workshop.watching import can_watch

ROOT = Path(__file__).resolve().parents[2]
RULES = """\
rule gross-profit "Gross profit is what revenues leave after their cost"
    Gross profit = Revenues - Cost of revenues
    because "S-X 5-03"
define Gross margin = Gross profit / Revenues as percent
rule several "two relations"
    Total assets = Total liabilities + Total stockholders' deficit
    Total current assets = sum of
        + Cash and cash equivalents
        + Inventory
        + Accounts receivible, net
Operating loss = Gross profit + Total operating expenses
Gros proffit = Revenues - Cost of revenues
"""
SMALL = """\
Acme Inc.
Consolidated Statements of Operations
(in thousands)
                           2013      2012
Revenues                  1,000       900
Cost of revenues            600       500
Gross profit                400       401
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "acme.rules"
    path.write_text(RULES, encoding="utf-8")
    return path


def test_rules_stand_in_the_order_of_the_file_with_ids_and_arithmetic(
    rules: Path, seed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["try", str(rules), str(seed)]) == 1  # an operator that is wrong is a violation
    out = capsys.readouterr().out
    names = [
        "1. acme/gross-profit",
        "/gross-margin",
        "3. acme/several",
        "4. acme/operating-loss",
        "5. acme/gros-proffit",
    ]
    places = [out.index(name) for name in names]
    assert places == sorted(places)
    assert "agrees          4,416,825 = 16,168,421 - 11,751,596; line 44" in out
    assert "Accounts receivible, net is not reported" in " ".join(out.split())
    assert "nearest here: Gross profit" in out.partition("gros-proffit")[2]
    assert out.endswith("3 of 5 rules judged: 4 agree, 2 violations\n")


def test_nothing_but_the_rules_of_the_file_is_told(rules: Path, seed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["try", str(rules), str(seed)])
    assert "us-gaap/" not in capsys.readouterr().out


def test_what_an_override_changes_is_told_too(tmp_path: Path, seed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "acme.rules"
    path.write_text(
        'override us-gaap/articulation/deficit\n    severity error\n    because "no dividends"\n', encoding="utf-8"
    )
    assert run(["try", str(path), str(seed)]) == 0
    assert "1. us-gaap/articulation/deficit" in capsys.readouterr().out


@pytest.mark.parametrize("release", ["seed", "small"])
def test_verdicts_are_those_of_a_check(rules: Path, seed: Path, tmp_path: Path, release: str) -> None:
    path = seed
    if release == "small":
        path = tmp_path / "small.txt"
        path.write_text(SMALL, encoding="utf-8")
    body = path.read_bytes()
    done, _ = tried(rules, reading(str(path), body))
    alone = {(one.check.rule, one.check.period, one.verdict) for each in done for one in each.findings}
    own = {rule.id for rule in load([rules]).rules if not rule.shipped}
    whole = check(str(path), body, load([rules])).findings
    assert {
        (one.check.rule, one.check.period, one.verdict) for one in whole if one.check.rule.partition("#")[0] in own
    } <= alone


def test_a_file_with_a_mistake_judges_nothing(tmp_path: Path, seed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "acme.rules"
    path.write_text("Gross profit == Revenues\n", encoding="utf-8")
    assert run(["try", str(path), str(seed)]) == 2
    assert "E103" in capsys.readouterr().err


def test_no_rule_judged_is_no_pass(tmp_path: Path, seed: Path) -> None:
    path = tmp_path / "acme.rules"
    path.write_text("Rainfall = Snow + Hail\n", encoding="utf-8")
    assert run(["try", str(path), str(seed)]) == 3


def test_an_edit_of_the_rules_reads_no_release(rules: Path, seed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = reading(str(seed), seed.read_bytes())
    monkeypatch.setattr("checker.pipeline._found", None)
    rules.write_text("Gross profit = Revenues - Cost of revenues\n", encoding="utf-8")
    done, checked = tried(rules, read)
    assert [one.declared.id for one in done] == ["acme/gross-profit"] and len(checked.findings) == 2


def test_watching_without_the_extra_says_what_to_install(
    rules: Path, seed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("checker.workshop.watching.find_spec", lambda name: None)
    assert run(["try", str(rules), str(seed), "--watch"]) == 2
    assert "pip install 'tieout[watch]'" in capsys.readouterr().err


@pytest.mark.skipif(not can_watch() or sys.platform == "win32", reason="needs the extra watch")
def test_each_save_of_either_file_is_judged_again(rules: Path, tmp_path: Path) -> None:
    release = tmp_path / "small.txt"
    release.write_text(SMALL, encoding="utf-8")
    rules.write_text("Gross profit = Revenues - Cost of revenues\n", encoding="utf-8")
    shown = tmp_path / "shown"
    command = [sys.executable, "-m", "checker", "try", str(rules), str(release), "--watch"]
    with shown.open("wb") as out:
        heard = partial(
            signal.signal, signal.SIGINT, signal.SIG_DFL
        )  # a shell that runs tests in the background has its children ignore it
        process = subprocess.Popen(
            command, stdout=out, stderr=out, env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=tmp_path, preexec_fn=heard
        )
        try:
            assert _soon(lambda: shown.read_text().count("judged in") == 1)
            time.sleep(0.5)  # until the folder is watched
            beside = tmp_path / ".acme.rules.new"  # as editors save
            beside.write_text("Gross profit <= Revenues\n    kind bound\n", encoding="utf-8")
            beside.replace(rules)
            assert _soon(
                lambda: "Gross profit <= Revenues" in shown.read_text() and shown.read_text().count("judged in") == 2
            )
            release.write_text(SMALL.replace("401", "400"), encoding="utf-8")
            assert _soon(lambda: shown.read_text().count("judged in") >= 3)
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(20) in (0, 1)


def _soon(true: Callable[[], bool]) -> bool:
    """Whether it becomes true within a time that a busy machine needs."""
    for _ in range(200):
        if true():
            return True
        time.sleep(0.1)
    return False
