"""The commands of the gate: what they write, what they refuse, and how they end."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.core.report import Checked
from checker.gate.baseline import SCHEMA
from tests.cli.conftest import Answer
from tests.report.sample import CHECKED

Tieout = Callable[..., Answer]
Pipeline = Callable[[Callable[[str, bytes], Checked]], None]
DAY = ("--today", "2026-07-01")
SAID = ("--reason", "known", "--approver", "J. Doe", "--expires", "2026-12-31")


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A release of which the sample's pipeline says what it always says."""
    (tmp_path / "draft.md").write_text("Revenues 1")
    return Path("draft.md")


@pytest.fixture(autouse=True)
def sample(pipeline: Pipeline) -> None:
    pipeline(lambda path, content: CHECKED)


# ---- waive -----------------------------------------------------------------------------------------------------------


def test_a_waiver_by_rule_and_what_it_does(tieout: Tieout, draft: Path) -> None:
    assert tieout("check", draft, *DAY).status == 1
    assert tieout("waive", "gross-profit", draft, *SAID, *DAY).status == 0
    answer = tieout("check", draft, *DAY)
    assert answer.status == 0 and "1 waived" in answer.out and "waived until 2026-12-31 by J. Doe" in answer.out


def test_a_waiver_by_id_after_others(tieout: Tieout, draft: Path) -> None:
    tieout("waive", "gross-profit", draft, *SAID, *DAY)
    assert tieout("waive", "a3", draft, *SAID, *DAY).status == 0
    assert Path("tieout-waivers.toml").read_text().count("[[waiver]]") == 2
    again = tieout("waive", "gross-profit", draft, *SAID, *DAY)
    assert again.status == 2 and "waived already" in again.err


def test_what_fits_several_findings_is_listed_with_ids(tieout: Tieout, draft: Path) -> None:
    answer = tieout("waive", "*", draft, *SAID, *DAY)
    assert answer.status == 2
    assert all(f"{name}  " in answer.err for name in ("a2", "a3", "a4")) and "difference 9000" in answer.err
    assert not Path("tieout-waivers.toml").exists()


@pytest.mark.parametrize(
    "changed",
    [("--expires", "2026-06-30"), ("--expires", "2029-01-01"), ("--reason", "  "), ("--approver", "")],
)
def test_a_waiver_without_a_reason_an_approver_or_a_day_in_reach_is_refused(
    tieout: Tieout, draft: Path, changed: tuple[str, str]
) -> None:
    assert tieout("waive", "gross-profit", draft, *SAID, *changed, *DAY).status == 2
    assert not Path("tieout-waivers.toml").exists()


def test_a_faulty_file_of_waivers_keeps_the_run_from_starting(tieout: Tieout, draft: Path) -> None:
    Path("tieout-waivers.toml").write_text('[[waiver]]\nrule = "gross-profit"\n')
    answer = tieout("check", draft)
    assert answer.status == 2 and "G103" in answer.err and answer.out == ""
    assert tieout("check", draft, "--waivers", "elsewhere.toml").status == 2


@pytest.mark.skipif(os.name != "posix", reason="modes are a POSIX matter")
def test_a_new_file_of_waivers_is_for_its_owner_and_an_old_one_stays_as_it_was(tieout: Tieout, draft: Path) -> None:
    tieout("waive", "gross-profit", draft, *SAID, *DAY)
    path = Path("tieout-waivers.toml")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    tieout("waive", "a3", draft, *SAID, *DAY)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_redacted_run_says_no_difference_anywhere(tieout: Tieout, draft: Path) -> None:
    tieout("waive", "gross-profit", draft, *SAID, *DAY)
    path = Path("tieout-waivers.toml")
    path.write_text(path.read_text().replace('"9000"', '"8765"'))
    answer = tieout("check", draft, "--redact", *DAY, "--format", "json")
    assert "G107" in answer.err and "8765" not in answer.err + answer.out and "9000" not in answer.err + answer.out


def test_an_unused_waiver_counts_from_warning_on(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, draft: Path
) -> None:
    tieout("waive", "gross-profit", draft, *SAID, *DAY)
    pipeline(lambda path, content: clean)
    assert tieout("check", draft, *DAY).status == 0
    answer = tieout("check", draft, *DAY, "--fail-on", "warning", "--format", "json")
    assert answer.status == 1 and [one["code"] for one in json.loads(answer.out)["problems"]] == ["G106"]


# ---- baseline --------------------------------------------------------------------------------------------------------


def test_a_baseline_from_settings(tieout: Tieout, draft: Path) -> None:
    assert tieout("baseline", draft).out == "tieout-baseline.json: 1 finding\n"
    Path("tieout.toml").write_text('baseline = "tieout-baseline.json"\n')
    answer = tieout("check", draft)
    assert answer.status == 0 and "1 in the baseline" in answer.out


def test_what_could_not_be_read_is_not_counted(tieout: Tieout, pipeline: Pipeline, draft: Path) -> None:
    def fail(path: str, content: bytes) -> Checked:
        raise OSError("gone")

    pipeline(fail)
    assert tieout("baseline", draft).status == 3 and not Path("tieout-baseline.json").exists()


def test_growing_takes_a_word(tieout: Tieout, pipeline: Pipeline, clean: Checked, draft: Path) -> None:
    pipeline(lambda path, content: clean)
    assert tieout("baseline", draft).out == "tieout-baseline.json: 0 findings\n"
    pipeline(lambda path, content: CHECKED)
    assert tieout("baseline", draft).status == 2
    pruned = tieout("baseline", draft, "--prune")
    assert pruned.out == "tieout-baseline.json: 0 findings; 1 found beyond them\n"
    assert tieout("check", draft, "--baseline", "tieout-baseline.json").status == 1
    assert tieout("baseline", draft, "--grow").out == "tieout-baseline.json: 1 finding\n"
    assert tieout("check", draft, "--baseline", "tieout-baseline.json").status == 0


def test_pruning_leaves_other_rules_other_documents_and_other_severities_alone(
    tieout: Tieout, pipeline: Pipeline, clean: Checked, draft: Path
) -> None:
    Path("other.md").write_text("x")
    tieout("baseline", draft, "other.md", "--fail-on", "note")
    before = Path("tieout-baseline.json").read_text()
    assert before.count(": 1") == 6
    assert tieout("baseline", draft, "--prune").status == 0  # although only errors block here
    assert Path("tieout-baseline.json").read_text() == before
    pipeline(lambda path, content: clean)
    tieout("baseline", draft, "--prune", "--select", "us-gaap/income-statement/*")
    assert Path("tieout-baseline.json").read_text().count(": 1") == 5
    tieout("baseline", draft, "--prune")
    assert Path("tieout-baseline.json").read_text().count(": 1") == 3


def test_a_file_that_is_no_baseline_keeps_the_run_from_starting(tieout: Tieout, draft: Path) -> None:
    Path("b.json").write_text("{}")
    assert tieout("check", draft, "--baseline", "b.json").status == 2
    assert tieout("check", draft, "--baseline", "nowhere.json").status == 2
    assert tieout("baseline", draft, "--baseline", "b.json", "--prune").status == 2


# ---- dials -----------------------------------------------------------------------------------------------------------


def test_dials_from_options_and_settings(tieout: Tieout, draft: Path) -> None:
    assert tieout("check", draft, "--clearly-trivial", "9,000").status == 0
    assert tieout("check", draft, "--clearly-trivial", "9,000", "--fail-on", "warning").status == 1
    Path("tieout.toml").write_text('clearly-trivial = "10 thousand"\n')
    assert tieout("check", draft).status == 0
    assert (
        json.loads(tieout("check", draft, "--format", "json").out)["configuration"]["clearly-trivial"] == "10 thousand"
    )


@pytest.mark.parametrize(
    "options", [("--materiality", "5%"), ("--materiality", "much"), ("--materiality", "1", "--clearly-trivial", "2")]
)
def test_dials_that_make_no_sense_are_wrong_usage(tieout: Tieout, draft: Path, options: tuple[str, ...]) -> None:
    assert tieout("check", draft, *options).status == 2


# ---- receipts --------------------------------------------------------------------------------------------------------


def receipt(tieout: Tieout, draft: Path, *options: str) -> bytes:
    tieout("check", draft, "--quiet", "--receipt", "receipt.json", *options)
    return Path("receipt.json").read_bytes()


def test_a_receipt_is_the_same_bytes_every_time(tieout: Tieout, draft: Path) -> None:
    assert receipt(tieout, draft, *DAY) == receipt(tieout, draft, *DAY)
    tree = json.loads(receipt(tieout, draft, *DAY))
    assert tree["schema"] == "tieout-receipt/1" and tree["today"] == "2026-07-01" and tree["status"] == 1
    assert tree["command"][0] == "check" and tree["waivers"] is None


def test_a_receipt_without_a_day_is_verified_on_its_own_day(tieout: Tieout, draft: Path) -> None:
    receipt(tieout, draft)
    path = Path("receipt.json")
    before = json.loads(path.read_text())
    answer = tieout("receipt", "verify", path)
    assert answer.status == 0 and answer.out == "as the receipt says: 1 document, status 1\n", answer
    assert json.loads(path.read_text()) == before


def test_verifying_writes_nothing(tieout: Tieout, draft: Path) -> None:
    receipt(tieout, draft, "--output", "json:report.json")
    Path("report.json").unlink()
    before = sorted(Path().iterdir())
    assert tieout("receipt", "verify", "receipt.json").status == 0
    assert sorted(Path().iterdir()) == before


def test_whatever_differs_is_named(tieout: Tieout, draft: Path) -> None:
    tieout("waive", "gross-profit", draft, *SAID, *DAY)
    receipt(tieout, draft, *DAY)
    Path("tieout-waivers.toml").unlink()
    answer = tieout("receipt", "verify", "receipt.json")
    assert answer.status == 1
    names = [line.split(":")[0] for line in answer.out.splitlines()]
    assert names == ["configuration settings waivers", "waivers", "report sha256", "status"]


def test_a_receipt_of_a_redacted_run_can_be_verified(tieout: Tieout, draft: Path) -> None:
    receipt(tieout, draft, "--redact")
    assert tieout("receipt", "verify", "receipt.json").status == 0


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"schema": "tieout-receipt/1", "command": ["rules"], "today": "2026-07-01"}', "\x00"]
)
def test_what_is_no_receipt_is_status_2(tieout: Tieout, body: str) -> None:
    Path("receipt.json").write_text(body)
    answer = tieout("receipt", "verify", "receipt.json")
    assert answer.status == 2 and "G301" in answer.err


def test_a_receipt_that_asks_for_help_is_none(tieout: Tieout) -> None:
    Path("receipt.json").write_text(
        '{"schema": "tieout-receipt/1", "command": ["check", "--help"], "today": "2026-07-01"}'
    )
    assert tieout("receipt", "verify", "receipt.json").status == 2


@pytest.mark.parametrize("key", ["documents", "rules", "configuration", "report", "status", "tool"])
def test_what_a_receipt_does_not_say_is_a_difference(tieout: Tieout, draft: Path, key: str) -> None:
    tree = json.loads(receipt(tieout, draft, *DAY))
    del tree[key]
    Path("receipt.json").write_text(json.dumps(tree))
    answer = tieout("receipt", "verify", "receipt.json")
    assert answer.status == 1 and answer.out.startswith(key)


def test_a_receipt_writes_over_nothing(tieout: Tieout, draft: Path) -> None:
    tree = json.loads(receipt(tieout, draft, *DAY))
    tree["command"] += ["--output", "json:draft.md", "--receipt", "draft.md"]
    Path("receipt.json").write_text(json.dumps(tree))
    assert tieout("receipt", "verify", "receipt.json").status == 0
    assert draft.read_text() == "Revenues 1"


def test_a_document_that_is_gone_is_status_2(tieout: Tieout, draft: Path) -> None:
    receipt(tieout, draft)
    draft.unlink()
    assert tieout("receipt", "verify", "receipt.json").status == 2


# ---- compare ---------------------------------------------------------------------------------------------------------


def test_exit_statuses_of_compare(tieout: Tieout, pipeline: Pipeline, clean: Checked, draft: Path) -> None:
    assert tieout("compare", draft, draft, "--as", "drafts").status == 1  # the findings of NEW
    pipeline(lambda path, content: clean)
    assert tieout("compare", draft, draft).status == 0
    assert tieout("compare", draft, "nowhere.md").status == 2
    Path("letter.txt").write_text("Dear shareholders")
    pipeline(
        lambda path, content: clean if path == "draft.md" else Checked(clean.source, (), (), {}, (), (), clean.summary)
    )
    assert tieout("compare", draft, "letter.txt").status == 3
    assert tieout("compare", "letter.txt", draft).status == 3


def test_compare_as_data(tieout: Tieout, draft: Path) -> None:
    tree = json.loads(tieout("compare", draft, draft, "--format", "json").out)
    assert tree["schema"] == "tieout-compare/1" and tree["summary"]["changed"] == 0 and tree["summary"]["still"] == 3


# ---- trouble ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [("waive", "gross-profit", "draft.md", *SAID, *DAY), ("baseline", "draft.md"), ("compare", "draft.md", "draft.md")],
)
def test_a_crash_is_status_70_says_nothing_of_the_release_and_writes_nothing(
    tieout: Tieout, pipeline: Pipeline, draft: Path, command: tuple[str, ...]
) -> None:
    def fail(path: str, content: bytes) -> Checked:
        raise ValueError("16,168,421 is secret")

    pipeline(fail)
    answer = tieout(*command)
    assert answer.status == 70 and "internal error: ValueError" in answer.err
    assert "16,168,421" not in answer.err + answer.out
    assert [path.name for path in Path().iterdir()] == ["draft.md"]


def test_a_redacted_comparison_prints_no_amount(tieout: Tieout, draft: Path) -> None:
    for name in ("text", "json"):
        answer = tieout("compare", draft, draft, "--as", "filing", "--redact", "--verbose", "--format", name)
        assert (
            answer.status == 1
            and "498,945" not in answer.out
            and "498945" not in answer.out
            and "9,000" not in answer.out
        )


# ---- nothing is written over what a run reads ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "draft.md", "--receipt", "here/../draft.md"), "a document"),
        (("check", "here", "--receipt", "here/other.md"), "a document"),
        (("check", "draft.md", "--output", "json:draft.md"), "a document"),
        (("check", "draft.md", "--rules", "house", "--receipt", "house/own.rules"), "a rule file"),
        (("check", "draft.md", "--rules", "house", "--output", "json:house/own.rules"), "a rule file"),
        (("check", "draft.md", "--config", "empty.toml", "--output", "json:empty.toml"), "the settings file"),
        (("check", "draft.md", "--waivers", "empty.toml", "--receipt", "empty.toml"), "the waivers file"),
        (("check", "draft.md", "--output", "json:a.json", "--receipt", "a.json"), "the receipt"),
        (("baseline", "link.md", "--baseline", "link.md", "--grow"), "a document"),
        (("waive", "gross-profit", "empty.toml", *SAID, "--waivers", "empty.toml"), "a document"),
        (
            ("waive", "gross-profit", "draft.md", *SAID, "--waivers", "empty.toml", "--config", "empty.toml"),
            "the settings file",
        ),
    ],
)
def test_nothing_is_written_over_what_a_run_reads(
    tieout: Tieout, draft: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "other.md").write_text("Revenues 1")
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "own.rules").write_text("rule own\n    Gross profit = Revenues - Cost of revenues\n")
    (tmp_path / "empty.toml").write_text("")
    (tmp_path / "link.md").write_text(json.dumps({"schema": SCHEMA, "documents": {}}))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    answer = tieout(*arguments, *DAY)
    assert answer.status == 2
    assert f"{said} of this run and would be overwritten" in " ".join(answer.err.split())
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
