"""`tieout infer`: rules drafted from a release agree with it, notice an error in the next draft, and are ready to be
edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import pipeline
from checker.cli import run
from checker.core.report import Checked
from checker.language import load, read
from checker.workshop.drafting import Draft, drafted
from checker.workshop.linting import linted

SMALL = """Consolidated Balance Sheets

| | December 31, 2013 | December 31, 2012 |
|---|---|---|
| Current assets: | | |
| Cash | 1,100 | 900 |
| Notes "A"; net | 2,050 | 3,001 |
| Total current assets | 3,150 | 3,901 |
| Other assets: | | |
| Cash | 75 | 81 |
| Deposits - long-term | 444 | 333 |
| Total other assets | 519 | 414 |
| Total assets | 3,669 | 4,315 |
"""


def checked_with(draft: Draft, text: str, folder: Path) -> Checked:
    """A document under the drafted rules alone."""
    (folder / "acme.rules").write_text(draft.text)
    book = load([folder / "acme.rules"], shipped=False)
    assert not book.problems, book.problems
    return pipeline.check("next.md", text.encode(), book)


def test_every_sum_of_the_example_becomes_a_rule_that_agrees(seed: Path, tmp_path: Path) -> None:
    draft = drafted(str(seed), seed.read_bytes())
    assert draft.rules == 15 and draft.left_out == ()
    findings = checked_with(draft, seed.read_text(), tmp_path).findings
    assert {finding.verdict for finding in findings if finding.check.rule.startswith("acme/")} == {"agrees"}


def test_an_error_in_the_next_draft_is_a_violation_of_a_drafted_rule(seed: Path, tmp_path: Path) -> None:
    draft = drafted(str(seed), seed.read_bytes())
    broken = checked_with(draft, seed.read_text().replace("34,273,120", "34,723,120"), tmp_path)
    wrong = {
        finding.check.rule
        for finding in broken.findings
        if finding.verdict == "violation" and finding.severity == "error"
    }
    assert wrong == {"acme/total-liabilities", "acme/total-liabilities-and-stockholders-deficit"}


def test_captions_that_are_no_names_stand_in_quotes_and_ambiguous_ones_under_their_section(
    seed: Path, tmp_path: Path
) -> None:
    assert '+ "Notes payable - related parties"["Long-term liabilities"]' in drafted(str(seed), seed.read_bytes()).text
    draft = drafted("small.md", SMALL.encode())
    assert draft.rules == 3 and draft.left_out == ()
    assert '"Notes ""A""; net"' in draft.text and '"Deposits - long-term"' in draft.text
    assert {finding.verdict for finding in checked_with(draft, SMALL, tmp_path).findings} == {"agrees"}


def test_a_sum_that_does_not_hold_everywhere_or_names_a_day_is_left_out_with_its_reason() -> None:
    wrong = drafted("small.md", SMALL.replace("4,315", "4,351").encode())
    assert "Total assets = " not in wrong.text
    dated = drafted(
        "small.md", SMALL.replace("| Total other assets", "| Total other assets at December 31, 2013").encode()
    )
    assert any("names a day" in reason for _, reason in dated.left_out)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"hello world", b"\x00" * 100], ids=["empty", "broken", "words", "zeros"]
)
def test_no_bytes_make_it_fail(content: bytes) -> None:
    draft = drafted("x", content)
    assert draft.rules == 0 and draft.figures == 0


def test_the_draft_is_formatted_and_without_mistakes(seed: Path, tmp_path: Path) -> None:
    (tmp_path / "acme.rules").write_text(drafted(str(seed), seed.read_bytes()).text)
    assert run(["rules", "fmt", "--check", str(tmp_path)]) == 0
    found = linted([tmp_path / "acme.rules"])
    assert {problem.code for problem in found.problems} <= {"W402"} and len(read([tmp_path])[0].declarations) == 15


def test_the_command_writes_a_file_for_its_owner_and_never_over_one(
    seed: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    target = tmp_path / "acme.rules"
    assert run(["infer", str(seed), "--output", str(target)]) == 0
    assert target.stat().st_mode & 0o777 == 0o600 and b"15 rules, no sums left out" in capfdbinary.readouterr().err
    assert run(["infer", str(seed), "--output", str(target)]) == 2
    assert run(["infer", str(seed)]) == 0
    assert capfdbinary.readouterr().out.decode() == target.read_text()
    (tmp_path / "words.md").write_text("no figure here")
    assert run(["infer", str(tmp_path / "words.md")]) == 3
    assert run(["infer", str(tmp_path / "nothing.md")]) == 2


@pytest.mark.long
def test_releases_of_the_corpus_get_drafts_that_agree(corpus: Path, tmp_path: Path) -> None:
    paths = sorted((corpus / "docs" / "a_release").glob("*/*.md"))
    rules = 0
    for path in paths:
        draft = drafted(str(path), path.read_bytes())
        if not draft.rules:
            continue
        findings = checked_with(draft, path.read_text(encoding="utf-8"), tmp_path).findings
        assert not [finding.check.relation for finding in findings if finding.verdict == "violation"], path
        rules += draft.rules
    assert rules > 20
