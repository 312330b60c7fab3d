"""What `tieout check` reads, writes and keeps to itself."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from checker.cli import run
from checker.core.report import Checked
from checker.gate.baseline import written
from tests.cli.conftest import Answer
from tests.report.sample import CHECKED

Tieout = Callable[..., Answer]
Pipeline = Callable[[Callable[[str, bytes], Checked]], None]
Process = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    (folder / "deeper").mkdir(parents=True)
    for name in ("b.md", "a.html", "deeper/c.txt", "notes.odt", ".hidden.md", "tieout-baseline.json"):
        (folder / name).write_text("x")
    return folder


def paths(answer: Answer) -> list[str]:
    return [json.loads(line)["path"] for line in answer.out.splitlines()]


def test_a_folder_is_read_in_the_order_of_names_without_hidden_files_and_those_of_the_gate(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, releases: Path
) -> None:
    pipeline(lambda path, content: clean)
    (releases / "tieout-baseline.json").write_text(written({}))
    answer = tieout("check", releases, "--format", "jsonl")
    assert paths(answer) == [str(releases / name) for name in ("a.html", "b.md", "deeper/c.txt")]
    assert "warning[T005]: passed over, and may hold a release: 1 .odt" in answer.err
    assert "note[T006]: passed over: 1 hidden, 1 written by tieout" in answer.err


def test_a_release_may_be_named_like_the_program(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, releases: Path
) -> None:
    pipeline(lambda path, content: clean)
    (releases / "tieout-q1.md").write_text("x")
    assert str(releases / "tieout-q1.md") in paths(tieout("check", releases, "--format", "jsonl"))


def test_reports_in_a_folder_are_no_documents_of_the_next_run(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, releases: Path
) -> None:
    pipeline(lambda path, content: clean)
    first = paths(
        tieout(
            "check",
            releases,
            "--format",
            "jsonl",
            "--output",
            f"html:{releases / 'page.html'}",
            "--output",
            f"text:{releases / 'z.txt'}",
        )
    )
    again = tieout("check", releases, "--format", "jsonl", "--output", f"html:{releases / 'page.html'}")
    assert paths(again) == first and "3 written by tieout" not in again.err and "2 written by tieout" in again.err


def test_what_a_folder_does_not_show_was_not_read(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, releases: Path
) -> None:
    pipeline(lambda path, content: clean)
    (releases / "q4.htm").symlink_to(releases / "nowhere.htm")
    answer = tieout("check", releases, "--format", "json")
    assert answer.status == 3 and "q4.htm: error[T004]: cannot be opened: the link leads nowhere" in answer.err
    assert json.loads(answer.out)["outcome"]["status"] == 3


def test_a_document_given_twice_is_checked_once(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, releases: Path
) -> None:
    pipeline(lambda path, content: clean)
    assert (
        len(
            paths(
                tieout(
                    "check",
                    releases / "b.md",
                    releases / "deeper" / ".." / "b.md",
                    releases / "b.md",
                    "--format",
                    "jsonl",
                )
            )
        )
        == 1
    )


def test_an_output_is_never_written_over_what_the_run_reads(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, releases: Path, tmp_path: Path
) -> None:
    pipeline(lambda path, content: clean)
    document, rules = releases / "b.md", tmp_path / "house.rules"
    rules.write_text("Gross profit = Revenues - Cost of revenues\n")
    for outputs, what in (
        ([f"json:{document}"], "a document"),
        ([f"json:{tmp_path / 'releases' / 'deeper' / '..' / 'b.md'}"], "a document"),
        ([f"json:{rules}"], "a rule file"),
        (["json:a", "csv:a"], "another output"),
        (["json:receipt.json"], "the receipt"),
    ):
        words = [word for name in outputs for word in ("--output", name)]
        answer = tieout("check", document, "--rules", rules, "--receipt", "receipt.json", *words)
        assert answer.status == 2 and f"is {what} of this run" in " ".join(answer.err.split()), what
    assert document.read_text() == "x"


def test_a_file_named_itself_is_read_whatever_its_suffix(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, releases: Path
) -> None:
    pipeline(lambda path, content: clean)
    assert len(paths(tieout("check", releases / "notes.odt", "--format", "jsonl"))) == 1


def test_standard_input(tieout: Tieout, pipeline: Pipeline, clean: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    pipeline(lambda path, content: seen.append((path, content)) or clean)  # type: ignore[func-returns-value]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Revenues\t1\n")))
    assert tieout("check", "-").status == 0
    assert seen == [("-", b"Revenues\t1\n")]


def test_several_outputs_in_one_run(tieout: Tieout, pipeline: Pipeline, clean: Checked, releases: Path) -> None:
    pipeline(lambda path, content: clean)
    answer = tieout("check", releases / "b.md", "--output", "json:report.json", "--output", "csv:findings.csv")
    assert "6 of 6 table figures tested" in answer.out
    assert json.loads(Path("report.json").read_text())["schema"] == "tieout/1"
    assert Path("findings.csv").read_text().startswith("path,rule,")


def test_a_file_without_its_format_is_told_how_to_ask_for_it(tieout: Tieout, releases: Path) -> None:
    for name, meant in (
        ("out/page.html", "html:out/page.html"),
        ("a.XLSX", "xlsx:a.XLSX"),
        ("page.pdf", "pdf:page.pdf"),
    ):
        answer = tieout("check", releases / "b.md", "--output", name)
        assert answer.status == 2 and f"did you mean {meant}?" in " ".join(answer.err.split())
    for name in ("page", "page.docs", "htm:page.html"):
        answer = tieout("check", releases / "b.md", "--output", name)
        assert answer.status == 2 and "did you mean" not in answer.err


@pytest.mark.skipif(os.name != "posix", reason="modes are a POSIX matter")
def test_written_reports_are_for_their_owner_alone(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, releases: Path
) -> None:
    pipeline(lambda path, content: clean)
    Path("report.json").write_text("old")
    Path("report.json").chmod(0o644)
    tieout("check", releases / "b.md", "--output", "json:report.json", "--output", "text:new.txt")
    assert [stat.S_IMODE(Path(name).stat().st_mode) for name in ("report.json", "new.txt")] == [0o600, 0o600]
    assert sorted(path.name for path in Path().iterdir()) == ["new.txt", "releases", "report.json"]


def test_quiet_prints_nothing(tieout: Tieout, pipeline: Pipeline, releases: Path) -> None:
    pipeline(lambda path, content: CHECKED)
    answer = tieout("check", releases / "b.md", "--quiet")
    assert (answer.status, answer.out, answer.err) == (1, "", "")


def test_redacted_reports_hold_no_amount(tieout: Tieout, pipeline: Pipeline, releases: Path) -> None:
    pipeline(lambda path, content: CHECKED)
    for name in ("text", "json", "jsonl", "csv"):
        answer = tieout("check", releases / "b.md", "--redact", "--format", name)
        assert answer.status == 1
        assert "498,945" not in answer.out and "498945" not in answer.out and "Consolidated" not in answer.out


def test_no_escape_sequences_outside_a_terminal(tieout: Tieout, pipeline: Pipeline, releases: Path) -> None:
    pipeline(lambda path, content: CHECKED)
    answer = tieout("check", releases / "b.md")
    assert "\x1b" not in answer.out + answer.err


def test_the_configuration_gives_defaults_and_the_command_line_has_the_last_word(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, releases: Path
) -> None:
    pipeline(lambda path, content: attrs.evolve(clean, summary=attrs.evolve(clean.summary, untested=2)))
    Path("tieout.toml").write_text('min-coverage = 80\nformat = "jsonl"\noutput = ["csv:out.csv"]\n')
    answer = tieout("check", releases / "b.md")
    assert answer.status == 3 and answer.out.startswith("{") and Path("out.csv").exists()
    assert tieout("check", releases / "b.md", "--min-coverage", "50").status == 0
    Path("other.toml").write_text("min-coverage = 10\n")
    assert tieout("check", releases / "b.md", "--config", "other.toml").status == 0


def test_the_report_says_what_was_configured(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, releases: Path
) -> None:
    pipeline(lambda path, content: clean)
    answer = tieout(
        "check",
        releases / "b.md",
        "--format",
        "json",
        "--select",
        "gross-profit",
        "--fail-on",
        "warning",
        "--today",
        "2026-01-31",
    )
    assert json.loads(answer.out)["configuration"] == {
        "select": "gross-profit",
        "fail-on": "warning",
        "min-coverage": "0",
        "today": "2026-01-31",
    }


def test_jobs_change_nothing_but_the_time(process: Process, tmp_path: Path, seed: Path) -> None:
    for name in ("a", "b", "c", "d"):
        (tmp_path / f"{name}.md").write_bytes(seed.read_bytes() if name != "c" else b"no figures")
    alone = process("check", "a.md", "b.md", "c.md", "d.md", "--format", "json")
    together = process("check", "a.md", "b.md", "c.md", "d.md", "--format", "json", "--jobs", "2")
    assert alone.stdout == together.stdout
    assert alone.returncode == together.returncode == 3


def test_a_worker_that_dies_costs_its_document_alone(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        "import os, sys\n"
        "import checker.api.document as document\n"
        "from checker.api.inputs import Input\n"
        "from checker.cli.workers import Asked, answers\n"
        "from checker.core.rule import Rulebook\n"
        "import checker.cli.workers as workers\n"
        "def answer(one, book, limits, looks):\n"
        "    if one.path == 'b': os._exit(9)\n"
        "    return document.unread(one, document.Problem('T004', 'error', 'x', one.path))\n"
        "workers.answer = answer\n"
        "if __name__ == '__main__':\n"
        "    found = list(answers([Input(name) for name in 'abcd'], Asked(Rulebook(), document.Limits(5)), 2))\n"
        "    print([(one.source.path, one.problems[0].code) for one in found])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, env=environment)
    assert done.stdout.strip() == "[('a', 'T004'), ('b', 'T001'), ('c', 'T004'), ('d', 'T004')]", done.stderr


def test_the_console_need_not_speak_utf8(process: Process, tmp_path: Path, seed: Path) -> None:
    (tmp_path / "a.md").write_bytes(seed.read_bytes())
    done = process("check", "a.md", "--verbose", env={"PYTHONIOENCODING": "ascii"})
    assert b"Traceback" not in done.stderr and done.stdout.isascii()


def test_a_workpaper_is_not_printed_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], seed: Path
) -> None:
    pytest.importorskip("openpyxl")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert run(["check", str(seed), "--format", "xlsx"]) == 2 and "--output xlsx:FILE" in capfd.readouterr().err


def test_rules_chosen_in_a_file_ask_for_no_less_coverage(tieout: Tieout, seed: Path, tmp_path: Path) -> None:
    (tmp_path / "tieout.toml").write_text('select = ["us-gaap/balance-sheet/balance"]\n')
    answer = tieout("check", seed)
    assert answer.status == 3
    assert "not checked: only" in answer.out and "Weakened by tieout.toml: select 1" in answer.out
    assert tieout("check", seed, "--select", "us-gaap/balance-sheet/balance").status == 0


def test_settings_beside_a_document_do_not_weaken_the_gate(tieout: Tieout, seed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "tieout.toml").write_text('ignore = ["*"]\nmin-coverage = 0\n')
    (folder / "draft.md").write_text(seed.read_text(encoding="utf-8").replace("1,489,945", "1,498,945"))
    answer = tieout("check", "sent/draft.md")
    assert answer.status == 1
    assert "sent/tieout.toml: note[C005]" in answer.err and "Weakened" not in answer.out
