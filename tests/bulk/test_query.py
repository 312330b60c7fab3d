"""Questions over the tables of a run, and its page."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs the extra bulk")
duckdb = pytest.importorskip("duckdb", reason="needs the extra bulk")

from checker.bulk.query import asked, opened  # noqa: E402
from tests.bulk.test_filings import written  # noqa: E402
from tests.cli.conftest import Answer, tieout  # noqa: E402, F401

Tieout = Callable[..., Answer]
pytestmark = pytest.mark.usefixtures("here")
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def market(tieout: Tieout, tmp_path: Path) -> Path:  # noqa: F811
    """A folder of filings, one of a filer with an unpleasant name."""
    path = written("folder", tmp_path)
    sub = path / "sub.txt"
    sub.write_text(sub.read_text().replace("Two Inc", HOSTILE))
    assert tieout("bulk", path, "--out", "market").status == 3
    return Path("market")


def test_a_question_is_answered_as_text_csv_and_json(tieout: Tieout, market: Path) -> None:  # noqa: F811
    sql = "SELECT rule, violations, agrees FROM rules ORDER BY rule"
    answer = tieout("bulk", "query", market, sql)
    assert answer.status == 0 and re.search(r"^us-gaap/income-statement/gross-profit +1 +3$", answer.out, re.MULTILINE)
    assert tieout("bulk", "query", market, sql, "--format", "csv").out.splitlines()[0] == "rule,violations,agrees"
    assert (
        '{"rule": "us-gaap/balance-sheet/balance", "violations": 0, "agrees": 1}'
        in tieout("bulk", "query", market, sql, "--format", "jsonl").out
    )


def test_what_is_no_question_and_no_folder_is_said(tieout: Tieout, market: Path, tmp_path: Path) -> None:  # noqa: F811
    wrong = tieout("bulk", "query", market, "SELECT nothing FROM nowhere")
    assert wrong.status == 2 and "nowhere" in wrong.err
    assert tieout("bulk", "query", tmp_path / "set", "SELECT 1").status == 2
    assert tieout("bulk", "report", tmp_path / "set").status == 2


def test_a_question_reads_this_folder_and_nothing_else(market: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with opened(market) as connection:
        for sql in (
            f"SELECT * FROM read_csv('{tmp_path / 'secret.csv'}')",
            "SET enable_external_access = true",
            f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
        ):
            with pytest.raises(duckdb.Error):
                asked(connection, sql)
        assert asked(connection, "SELECT count(*) FROM coverage")[1] == [(3,)]
    assert not (tmp_path / "out.csv").exists()


def test_what_was_done_anew_counts_once(tieout: Tieout, tmp_path: Path, seed: Path) -> None:  # noqa: F811
    (tmp_path / "in").mkdir()
    text = seed.read_text(encoding="utf-8")
    (tmp_path / "in" / "a.md").write_text(text)
    tieout("bulk", "in", "--out", "out")
    (tmp_path / "in" / "a.md").write_text(text.replace("1,489,945", "1,498,945"))
    tieout("bulk", "in", "--out", "out")
    with opened(Path("out")) as connection:
        assert asked(connection, "SELECT run, status FROM coverage")[1] == [(2, 1)]
        assert asked(connection, "SELECT count(*) FROM new_findings WHERE blocks")[1] == [(3,)]


def test_what_is_new_stays_and_is_gone_is_told(tieout: Tieout, tmp_path: Path, seed: Path) -> None:  # noqa: F811
    """From run to run: one document with one error more, one that is mended, one that nobody touched."""
    feed = tmp_path / "in"
    feed.mkdir()
    text = seed.read_text(encoding="utf-8")
    broken = text.replace("1,489,945", "1,498,945")
    for name in ("more", "mended", "same"):
        (feed / f"{name}.md").write_text(broken)
    tieout("bulk", "in", "--out", "out")
    by_change = "SELECT path, change, count(*) FROM changes WHERE blocks GROUP BY ALL ORDER BY ALL"
    with opened(Path("out")) as connection:
        first = asked(connection, by_change)[1]
    assert [(path, change) for path, change, _ in first] == [
        ("in/mended.md", "new"),
        ("in/more.md", "new"),
        ("in/same.md", "new"),
    ]
    count = first[0][2]
    assert "Since the run before" not in _report(tieout)
    (feed / "mended.md").write_text(text)
    (feed / "more.md").write_text(broken.replace("4,416,825", "4,461,825"))
    tieout("bulk", "in", "--out", "out", "--new")
    with opened(Path("out")) as connection:
        told = asked(connection, by_change)[1]
    assert ("in/mended.md", "fixed", count) in told and ("in/same.md", "still", count) in told
    more = {change: found for path, change, found in told if path == "in/more.md"}
    assert (
        more["new"]
        and more["still"]
        and not any(path == "in/same.md" and change != "still" for path, change, _ in told)
    )
    page = _report(tieout)
    assert "Since the run before" in page and "in/more.md" in page


def _report(tieout: Tieout) -> str:  # noqa: F811
    assert tieout("bulk", "report", "out").status == 0
    return Path("out/report.html").read_text(encoding="utf-8")


def test_facts_that_a_later_filing_reports_otherwise_are_found(tieout: Tieout, tmp_path: Path) -> None:  # noqa: F811
    rows = ["filing,filer,filer_name,filed,concept,end,months,value"]
    rows += [
        "1,77,One,2012-05-01,us-gaap:Revenues,2012-03-31,3,5123000",
        "1,77,One,2012-05-01,us-gaap:GrossProfit,2012-03-31,3,2000000",
    ]
    rows += [
        "2,77,One,2013-05-01,us-gaap:Revenues,2012-03-31,3,5129000",
        "2,77,One,2013-05-01,us-gaap:GrossProfit,2012-03-31,3,2000100",
    ]
    (tmp_path / "facts.csv").write_text("\n".join(rows) + "\n")
    tieout("bulk", "facts.csv", "--out", "out")
    with opened(Path("out")) as connection:
        found = asked(connection, "SELECT concept, before, value FROM restated")[1]
    assert [(concept, int(before), int(value)) for concept, before, value in found] == [
        ("us-gaap:Revenues", 5123000, 5129000)
    ]


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [
            value or "" for name, value in attrs if name in ("src", "href", "xlink:href") or name.startswith("on")
        ]


def test_the_page_is_one_file_without_script(tieout: Tieout, market: Path) -> None:  # noqa: F811
    answer = tieout("bulk", "report", market)
    assert answer.status == 0 and answer.out == "market/report.html\n"
    path = market / "report.html"
    text = path.read_text(encoding="utf-8")
    found = Page()
    found.feed(text)
    assert not found.links and "script" not in found.tags and "svg" in found.tags
    assert HOSTILE not in text and "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert path.stat().st_mode & 0o077 == 0
    assert "33.3 % of 4" not in text and "25.0 % of 4" in text and "900,000" in text
    assert tieout("bulk", "report", market, "--output", "page.html").out == "page.html\n"


def test_a_run_without_findings_has_a_page(tieout: Tieout, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "a.txt").write_text("Dear shareholders")
    tieout("bulk", "a.txt", "--out", "out")
    assert tieout("bulk", "report", "out").status == 0
    assert "No relation fails." in Path("out/report.html").read_text(encoding="utf-8")
