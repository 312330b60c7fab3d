"""Decisions from the page to the file, from the file to `tieout check`, and from one draft to the next."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

from checker.cli import run
from tests.review.conftest import DAY, Begin, Review, corrupted

FILE = Path("tieout-decisions.toml")


def say(review: Review, rule: str, says: str, by: str = "JD", reason: str = "as restated") -> dict[str, Any]:
    revision = review.state()["revision"]
    status, found = review.call(
        "decide", {"revision": revision, "target": review.finding(rule), "says": says, "reason": reason, "by": by}
    )
    assert status == 200, found
    return found


def checked(*options: str) -> int:
    return run(["check", "draft.md", "--today", DAY, *options])


def until(review: Review, revision: int) -> dict[str, Any]:
    """The state once the release was judged so many times."""
    end = time.monotonic() + 40
    while time.monotonic() < end:
        found: dict[str, Any] = review.state()
        if found["revision"] == revision:
            return found
        time.sleep(0.1)
    raise AssertionError("nothing was judged again")


def test_a_dismissal_is_pending_until_somebody_signs_it(begin: Begin, capfd: Any) -> None:
    review = begin()
    for rule in ("gross-profit", "operating-income", "claims", "totals", "liabilities-and-equity"):
        say(review, rule, "dismissed")
    (first, *_) = tomllib.loads(FILE.read_text())["decision"]
    assert first["document"] == "draft.md" and first["says"] == "dismissed" and first["by"] == "JD" and first["about"]
    assert review.state()["pending"] == 5 and "failed" in str(review.state()["outcome"])
    assert checked() == 1 and "G108" in capfd.readouterr().err
    assert review.call("sign", {"revision": 1, "approver": "CFO", "expires": "2029-01-01"})[0] == 409
    status, found = review.call("sign", {"revision": 1, "approver": "CFO", "expires": "2026-12-31"})
    assert status == 200 and found["signed"] == 5 and "passed" in str(found["outcome"])
    assert checked() == 0
    assert (
        run(["check", "draft.md", "--today", DAY]) == 0
        and "Weakened by tieout-decisions.toml: 5 waivers" in capfd.readouterr().out
    )
    assert run(["check", "draft.md", "--today", "2027-01-01", "--quiet"]) == 1


def test_a_confirmation_lets_nothing_through_and_disputes_a_dismissal(begin: Begin, capfd: Any) -> None:
    review = begin()
    say(review, "gross-profit", "dismissed")
    assert review.call("sign", {"revision": 1, "approver": "CFO", "expires": "2026-12-31"})[0] == 200
    found = say(review, "gross-profit", "confirmed", by="AB", reason="it is wrong")
    assert found["findings"][review.finding("gross-profit")]["decided"] == "disputed"
    assert checked() == 1 and "G109" in capfd.readouterr().err
    found = say(review, "gross-profit", "", by="AB")
    assert found["findings"][review.finding("gross-profit")]["decided"] == "approved"
    assert found["undecidedFindings"] == 4


def test_a_decision_goes_with_its_finding_into_the_next_draft_and_not_with_another_difference(begin: Begin) -> None:
    review = begin()
    say(review, "gross-profit", "dismissed")
    assert review.call("sign", {"revision": 1, "approver": "CFO", "expires": "2026-12-31"})[0] == 200
    Path("draft.md").write_text(
        "A line before.\n\n" + corrupted().replace("33,180,166", "33,181,166"), encoding="utf-8"
    )
    assert until(review, 2)["findings"][review.finding("gross-profit")]["decided"] == "approved"
    Path("draft.md").write_text(corrupted().replace("1,498,945", "1,499,945"), encoding="utf-8")
    found = until(review, 3)["findings"][review.finding("gross-profit")]
    assert found["decided"] == "undecided" and found["decisions"][0]["holds"] is False


def test_decisions_are_carried_over_to_a_draft_of_another_name(begin: Begin, capfd: Any) -> None:
    first = begin(corrupted() + "\n\n| | 2013 |\n|---|---|\n| Licences | 77 |\n")
    untested = next(iter(first.state()["figures"]))  # type: ignore[call-overload]
    revision = first.state()["revision"]
    decided = {
        "revision": revision,
        "target": untested,
        "says": "dismissed",
        "reason": "tied to the ledger",
        "by": "JD",
    }
    assert first.call("decide", decided)[0] == 200
    say(first, "gross-profit", "dismissed")
    say(first, "totals", "confirmed", reason="to be corrected")
    assert first.call("sign", {"revision": revision, "approver": "CFO", "expires": "2026-12-31"})[0] == 200
    text = Path("draft.md").read_text(encoding="utf-8")

    other = text.replace("34,723,120", "34,273,120").replace("\n\nMay 14, 2013", "\n\nSecond draft\n\nMay 14, 2013")
    second = begin(other, name="second.md")
    assert second.state()["elsewhere"] == {"count": 2, "documents": ["draft.md"]}, "the total was put right"
    assert run(["check", "second.md", "--today", DAY, "--quiet"]) == 1
    status, found = second.call("carry", {"revision": second.state()["revision"]})
    assert status == 200 and found["elsewhere"] == {"count": 0, "documents": []}
    kept = [one for one in tomllib.loads(FILE.read_text())["decision"] if one["document"] == "second.md"]
    assert all(one["carried"] == "draft.md" and one["by"] == "JD" for one in kept) and len(kept) == 2
    assert [one["approver"] for one in kept if "finding" in one] == ["CFO"]
    assert second.call("carry", {"revision": 1})[0] == 409, "nothing is left"
    assert run(["check", "second.md", "--today", DAY, "--quiet", "--output", "json:data.json"]) == 1
    assert Path("data.json").read_text().count('"approver": "CFO"') == 1, "check honours it"
    assert "G110" not in capfd.readouterr().err


def test_a_decision_on_another_difference_is_not_carried_over(begin: Begin) -> None:
    say(begin(), "gross-profit", "dismissed")
    second = begin(corrupted().replace("1,498,945", "1,489,954"), name="second.md")
    assert second.state()["elsewhere"] == {"count": 0, "documents": []}
    assert second.call("carry", {"revision": second.state()["revision"]})[0] == 409


def test_a_late_change_says_what_it_has_untied(begin: Begin) -> None:
    review = begin(corrupted().replace("1,498,945", "1,489,945").replace("34,723,120", "34,273,120"))
    assert review.state()["undecided"] == 0
    Path("draft.md").write_text(Path("draft.md").read_text().replace("10,044,760", "10,054,760"), encoding="utf-8")
    found = until(review, 2)
    text = found["changes"][0]["text"]
    assert "10,044,760 → 10,054,760 has untied" in text and found["changes"][0]["findings"], text
    Path("draft.md").write_text(Path("draft.md").read_text().replace("10,054,760", "10,044,760"), encoding="utf-8")
    assert "again" in until(review, 3)["changes"][0]["text"]


def test_an_untested_figure_is_decided_by_what_it_is(begin: Begin) -> None:
    table = "Staff\n\n| | 2013 | 2012 |\n|---|---|---|\n| Employees in Ruritania | 412 | 398 |\n"
    review = begin(corrupted() + "\n" + table)
    figures = review.state()["figures"]
    assert isinstance(figures, dict) and len(figures) == 2
    target = next(iter(figures))
    assert (
        review.call(
            "decide", {"revision": 1, "target": target, "says": "dismissed", "reason": "payroll list", "by": "JD"}
        )[0]
        == 200
    )
    assert 'printed = "412"' in FILE.read_text()
    Path("draft.md").write_text("Before.\n\n" + corrupted() + "\n" + table.replace("398", "397"), encoding="utf-8")
    assert sorted(one["decided"] for one in until(review, 2)["figures"].values()) == ["dismissed", "undecided"]
    Path("draft.md").write_text(corrupted() + "\n" + table.replace("412", "413"), encoding="utf-8")
    assert {one["decided"] for one in until(review, 3)["figures"].values()} == {"undecided"}


def test_a_mistake_in_a_rule_file_is_told_and_the_release_stays(begin: Begin) -> None:
    Path("own.rules").write_text("Gross profit = Revenues - Cost of revenues\n", encoding="utf-8")
    review = begin("", "--rules", "own.rules")
    Path("own.rules").write_text("Gross profit = = Revenues\n", encoding="utf-8")
    end = time.monotonic() + 40
    while not review.state()["trouble"] and time.monotonic() < end:
        time.sleep(0.1)
    assert "own.rules" in str(review.state()["trouble"]) and review.state()["revision"] == 1


def test_two_files_merge_whichever_comes_first(begin: Begin) -> None:
    review = begin()
    say(review, "gross-profit", "dismissed", by="JD")
    ours = FILE.read_text()
    FILE.unlink()
    say(review, "gross-profit", "confirmed", by="AB")
    say(review, "totals", "dismissed", by="AB")
    theirs = FILE.read_text()
    FILE.unlink()
    for order in ((ours, theirs), (theirs, ours)):
        Path("a.toml").write_text(order[0])
        Path("b.toml").write_text(order[1])
        FILE.unlink(missing_ok=True)
        assert run(["review", "--merge", "a.toml", "b.toml"]) == 0
        assert FILE.read_text().count("[[decision]]") == 3
    assert "disputed" in str(review.state()["findings"])


def test_a_file_that_nobody_understands_is_not_written_over(begin: Begin) -> None:
    review = begin()
    FILE.write_text("[[decision]]\nsays = 3\n")
    status, found = review.call(
        "decide", {"revision": 1, "target": review.finding("totals"), "says": "confirmed", "reason": "x", "by": "JD"}
    )
    assert status == 409 and "G110" not in FILE.read_text() and FILE.read_text() == "[[decision]]\nsays = 3\n"
    assert "says is one of" in str(found) and checked() == 2
