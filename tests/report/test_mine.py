"""A report that lies in a folder of releases is known for one, whatever its format; a release and figures to be fed
back in are not."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from checker.core.report import Outcome, Report
from checker.report import EXTRACTS, FORMATS
from checker.report.mine import is_mine
from checker.report.redacted import redacted
from tests.report.sample import AGREES, CHECKED, REPORT

LONG = Outcome(3, tuple(f"1 of {number} documents not checked" for number in range(9)), ("tieout.toml: ignore 3",))
REPORTS = {
    "sample": REPORT,
    "redacted": redacted(REPORT),
    "clean": attrs.evolve(
        REPORT,
        documents=(attrs.evolve(CHECKED, findings=(AGREES,), problems=(), outcome=Outcome()),),
        outcome=Outcome(),
    ),
    "several": attrs.evolve(REPORT, documents=(CHECKED,) * 3, outcome=LONG),
    "quotes": attrs.evolve(
        REPORT, documents=(attrs.evolve(CHECKED, source=attrs.evolve(CHECKED.source, path='a "b", c.md')),)
    ),
}


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
@pytest.mark.parametrize("name", FORMATS)
def test_a_report_is_known_for_one(name: str, report: Report, tmp_path: Path) -> None:
    if lacking := FORMATS[name].lacking():
        pytest.skip(lacking)
    rendered = FORMATS[name].render(report)
    path = tmp_path / ("report.xlsx" if FORMATS[name].binary else "report.txt")
    path.write_bytes(rendered if isinstance(rendered, bytes) else rendered.encode("utf-8", "replace"))
    assert is_mine(path) or not rendered  # an empty file is nobody's


@pytest.mark.parametrize("name", EXTRACTS)
def test_figures_to_be_fed_back_in_are_no_report(name: str, tmp_path: Path) -> None:
    documents = tuple(attrs.evolve(one, outcome=None) for one in REPORT.documents)
    rendered = EXTRACTS[name].render(attrs.evolve(REPORT, documents=documents, outcome=None))
    path = tmp_path / f"figures.{name}"
    path.write_text(str(rendered), encoding="utf-8")
    assert not is_mine(path)


def test_a_release_is_no_report(seed: Path, tmp_path: Path) -> None:
    assert not is_mine(seed)
    for number, text in enumerate(
        (
            "",
            "{}",
            "[]x",
            "<html><head></head></html>",
            "path,id,text\n",
            "tieout: a company\nRevenues 1 2\n",
            "<!-- x -->",
        )
    ):
        path = tmp_path / f"{number}.txt"
        path.write_text(text)
        assert not is_mine(path), text
    assert not is_mine(tmp_path / "nowhere.txt")
