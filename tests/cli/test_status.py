"""How a run can end. Each status is forced once; 1 stands for findings and for nothing else."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from checker.cli import run
from checker.core.report import Checked
from tests.cli.conftest import ROOT, Answer
from tests.report.sample import CHECKED, REQUIRED

Tieout = Callable[..., Answer]
Pipeline = Callable[[Callable[[str, bytes], Checked]], None]


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "release.md"
    path.write_text("Revenues 1")
    return path


def test_0_when_everything_agrees(tieout: Tieout, pipeline: Pipeline, clean: Checked, release: Path) -> None:
    pipeline(lambda path, content: clean)
    assert tieout("check", release).status == 0


def test_1_for_findings(tieout: Tieout, pipeline: Pipeline, release: Path) -> None:
    pipeline(lambda path, content: attrs.evolve(CHECKED, problems=()))
    answer = tieout("check", release)
    assert answer.status == 1
    assert "off by 9,000 [gross-profit]" in answer.out and not answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("chekc", "release.md"),
        ("check",),
        ("check", "nowhere.md"),
        ("check", "release.md", "--format", "pdf"),
        ("check", "release.md", "--output", "json"),
        ("check", "release.md", "--output", "json:nowhere/report.json"),
        ("check", "release.md", "--fail-on", "never"),
        ("check", "release.md", "--min-coverage", "101"),
        ("check", "release.md", "--jobs", "0"),
        ("check", "release.md", "--rules", "nowhere.rules"),
        ("check", "release.md", "--select", "no-such-rule"),
        ("check", "release.md", "--config", "nowhere.toml"),
        ("explain", "E999"),
        ("explain", "no-such-rule"),
        ("rules", "lint", "nowhere.rules"),
        ("rules", "new", "house.txt"),
        ("completion", "powershell"),
    ],
)
def test_2_for_wrong_usage(tieout: Tieout, release: Path, arguments: tuple[str, ...]) -> None:
    answer = tieout(*arguments)
    assert answer.status == 2
    assert answer.err or not arguments


def test_2_for_a_faulty_configuration(tieout: Tieout, release: Path) -> None:
    Path("tieout.toml").write_text("fial-on = 'error'")
    answer = tieout("check", release)
    assert answer.status == 2
    assert "fial-on is no setting: did you mean fail-on?" in answer.err


def test_2_for_a_faulty_rule_file_with_every_error_of_it(tieout: Tieout, release: Path) -> None:
    Path("house.rules").write_text("Total assets = = Total liabilities\nRevenues == Sales\n")
    answer = tieout("check", release, "--rules", "house.rules")
    assert answer.status == 2
    assert "house.rules:1:" in answer.err and "house.rules:2:" in answer.err and not answer.out


def test_nothing_is_read_before_usage_is_right(tieout: Tieout, pipeline: Pipeline, release: Path) -> None:
    def never(path: str, content: bytes) -> Checked:
        raise AssertionError

    pipeline(never)
    Path("house.rules").write_text("Revenues == Sales\n")
    assert tieout("check", release, "--rules", "house.rules").status == 2


def test_3_for_a_document_that_could_not_be_read(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, release: Path
) -> None:
    pipeline(lambda path, content: attrs.evolve(clean, figures=(), summary=attrs.evolve(clean.summary, figures=0)))
    answer = tieout("check", release)
    assert answer.status == 3
    assert "no figure in a table was found" in answer.err


def test_3_for_a_document_on_which_nothing_was_decided(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, release: Path
) -> None:
    pipeline(lambda path, content: attrs.evolve(clean, findings=(REQUIRED,)))
    assert tieout("check", release).status == 3


def test_3_for_too_little_coverage(tieout: Tieout, pipeline: Pipeline, clean: Checked, release: Path) -> None:
    pipeline(lambda path, content: attrs.evolve(clean, summary=attrs.evolve(clean.summary, untested=4)))
    assert tieout("check", release).status == 3
    assert tieout("check", release, "--min-coverage", "30").status == 0


def test_where_only_some_rules_were_chosen_half_the_figures_need_not_be_tested(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, release: Path
) -> None:
    pipeline(lambda path, content: attrs.evolve(clean, summary=attrs.evolve(clean.summary, untested=4)))
    assert tieout("check", release, "--select", "gross-profit").status == 0
    assert tieout("check", release, "--no-shipped").status == 0
    assert tieout("check", release, "--select", "gross-profit", "--min-coverage", "50").status == 3


def test_3_outranks_1_and_all_documents_are_reported_first(tieout: Tieout, pipeline: Pipeline, tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(name)
    empty = attrs.evolve(
        CHECKED, figures=(), findings=(), problems=(), summary=attrs.evolve(CHECKED.summary, figures=0)
    )
    pipeline(lambda path, content: empty if path.endswith("a.md") else attrs.evolve(CHECKED, problems=()))
    answer = tieout("check", tmp_path)
    assert answer.status == 3
    assert "b.md" in answer.out and "off by 9,000 [gross-profit]" in answer.out


def test_3_for_a_document_that_is_too_large(tieout: Tieout, pipeline: Pipeline, clean: Checked, release: Path) -> None:
    pipeline(lambda path, content: clean)
    release.write_bytes(b"x" * 1_000_001)
    answer = tieout("check", release, "--max-size", "1")
    assert answer.status == 3
    assert "larger than 1,000,000 bytes" in answer.err


def test_3_for_a_document_that_takes_too_long(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, release: Path
) -> None:
    def slow(path: str, content: bytes) -> Checked:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                sum(range(1000))
            except Exception:
                continue
        return clean

    pipeline(slow)
    answer = tieout("check", release, "--timeout", "1")
    assert answer.status == 3
    assert "was not finished in 1 s" in answer.err


def test_70_for_an_error_of_the_program_and_the_other_documents_are_still_reported(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, tmp_path: Path
) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(name)

    def fails(path: str, content: bytes) -> Checked:
        if path.endswith("a.md"):
            raise ValueError("Revenues 16,168,421")
        return clean

    pipeline(fails)
    answer = tieout("check", tmp_path)
    assert answer.status == 70
    assert "internal error: ValueError" in answer.err and "16,168,421" not in answer.err
    assert "6 of 6 table figures tested" in answer.out


def test_70_for_an_error_of_the_program_outside_any_document(
    tieout: Tieout, monkeypatch: pytest.MonkeyPatch, release: Path
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("Revenues 16,168,421")

    monkeypatch.setattr("checker.cli.check.settled", fails)
    answer = tieout("check", release)
    assert answer.status == 70
    assert "RuntimeError" in answer.err and "16,168,421" not in answer.err and "Traceback" not in answer.err


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "words", [("check", "examples/fusion-2013q1.md"), ("rules", "list"), ("explain", "E109"), ("--help",), ("version",)]
)
def test_74_where_the_disk_is_full(words: tuple[str, ...]) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "checker", *words], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert done.returncode == 74
    assert done.stderr.decode() == "tieout: the output cannot be written: No space left on device\n"


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
def test_74_where_a_report_does_not_fit_on_its_disk(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, release: Path
) -> None:
    pipeline(lambda path, content: clean)
    answer = tieout("check", release, "--output", f"json:{FULL}")
    assert answer.status == 74 and "No space left on device" in answer.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes streams")
@pytest.mark.parametrize(
    ("words", "status"),
    [("check examples/fusion-2013q1.md >&-", 0), ("check examples/fusion-2013q1.md 2>&-", 0), ("check - <&-", 3)],
)
def test_the_status_answers_where_streams_are_closed(words: str, status: int) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m checker {words}"], cwd=ROOT, capture_output=True, timeout=60
    )
    assert done.returncode == status and b"error of" not in done.stderr and b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_an_interrupt_before_the_program_is_loaded_ends_it_without_a_word() -> None:
    script = (
        "import os, signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'click': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from checker.__main__ import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script, "version"], cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == -signal.SIGINT and not done.stderr


def test_a_wrong_value_of_the_configuration_says_where_it_stands(tieout: Tieout, release: Path) -> None:
    Path("tieout.toml").write_text('fail-on = "high"')
    answer = tieout("check", release)
    assert answer.status == 2 and "It is set in tieout.toml." in answer.err
    assert "It is set in" not in tieout("check", release, "--fail-on", "low").err


def test_130_for_an_interrupt(tieout: Tieout, monkeypatch: pytest.MonkeyPatch, release: Path) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("checker.cli.check.settled", interrupted)
    assert tieout("check", release).status == 130


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_130_when_someone_presses_control_c() -> None:
    """The signal is heard even where the tests themselves run in the background, whose processes are born deaf to
    it."""
    script = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from checker.cli import main; "
        "print('ready', flush=True); main()"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", script, "check", "-"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None and running.stdout.readline() == b"ready\n"
    time.sleep(0.2)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"Traceback" not in err and not out


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX pipes")
def test_a_reader_that_goes_away_is_no_finding() -> None:
    command = f"{sys.executable} -m checker rules list 2>/dev/null | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode in (0, 141)


def test_help_and_version_are_0() -> None:
    assert run(["--help"]) == run(["--version"]) == run(["check", "--help"]) == run(["rules", "--help"]) == 0


def test_a_run_in_which_no_chosen_rule_applies_says_that_and_not_that_it_could_not_read(
    tieout: Callable[..., Answer], seed: Path, tmp_path: Path
) -> None:
    (tmp_path / "own.rules").write_text("rule own\n    Deposits in total = Deposits of banks + Deposits of others\n")
    for options, said in (
        (("--no-shipped", "--rules", "own.rules"), "the one rule of this run found nothing to judge"),
        (("--select", "us-gaap/bank/*"), "rules of this run found nothing to judge"),
        (
            (
                "--ignore",
                "us-gaap/*",
                "--ignore",
                "structure/*",
                "--ignore",
                "prose/*",
                "--ignore",
                "tags/*",
                "--ignore",
                "ifrs/*",
            ),
            "none was left to apply",
        ),
    ):
        answer = tieout("check", seed, *options)
        assert answer.status == 3 and said in answer.err, answer.err
        assert (
            "no rule of this run applied to it (P104)" in answer.out
            and "could not be read" not in answer.out + answer.err
        )
