"""One file that holds several documents: each is named, checked and reported on its own."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import checker
from checker.cli import run
from tests.read.test_mail import COVER, PAGE, message

WRONG = PAGE.replace(">440<", ">449<")


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "mail.eml"
    path.write_bytes(message(COVER, right_html=PAGE.encode(), wrong_html=WRONG.encode()).as_bytes())
    return path


def test_each_part_has_its_outcome(mail: Path) -> None:
    report = checker.check("mail.eml")
    assert [(one.source.path, one.outcome.status if one.outcome else None) for one in report.documents] == [
        ("mail.eml: right.html", 0),
        ("mail.eml: wrong.html", 1),
    ]
    assert [one.code for one in report.problems] == ["R137"]
    assert [one.source.path for one in checker.check(mail.read_bytes()).documents] == [
        "document 1: right.html",
        "document 1: wrong.html",
    ]


def test_the_command_names_the_parts_and_a_folder_takes_messages(
    mail: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "mail.eml", "mail.eml", ".", "--jobs", "2", "--format", "concise"]) == 1
    out = capsys.readouterr().out
    assert "mail.eml: wrong.html" in out and out.count("wrong.html") < 12
    assert run(["check", "mail.eml", "--output", "json:mail.eml"]) == 2


def test_a_part_can_be_waived(mail: Path) -> None:
    said = ("--reason", "known", "--approver", "J. Doe", "--expires", "2026-12-31", "--today", "2026-07-01")
    report = checker.check("mail.eml")
    Path("wrong.html").write_text(WRONG)
    for found in report.findings:
        if found.severity == "error":
            assert run(["waive", found.id, "wrong.html", *said]) == 0
    text = Path("tieout-waivers.toml").read_text().replace('"wrong.html"', '"mail.eml: wrong.html"')
    Path("tieout-waivers.toml").write_text(text)
    assert run(["check", "mail.eml", "--today", "2026-07-01", "--quiet"]) == 0


def test_a_message_that_is_cut_short_is_never_clean(mail: Path) -> None:
    mail.write_bytes(message(COVER, right_html=PAGE.encode()).as_bytes()[:-60])
    assert run(["check", "mail.eml", "--quiet"]) == 3
    Path("packed.eml.gz").write_bytes(gzip.compress(b"x"))
    mail.write_bytes(b"MIME-Version: 1.0\nFrom: a@b\nSubject: x\nContent-Type: image/png\n\nx\n")
    assert run(["check", "mail.eml", "--quiet"]) != 0
