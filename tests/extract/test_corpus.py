"""Real documents: the example release figure by figure, and the tagged filings against their tags. Needs
TIEOUT_CORPUS."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import extraction
from checker.extract import extract
from checker.read import read

CORPUS = os.environ.get("TIEOUT_CORPUS")
pytestmark = pytest.mark.skipif(not CORPUS, reason="needs the corpus: set TIEOUT_CORPUS")


def test_the_example_release_is_read_whole() -> None:
    content = (Path(CORPUS or "") / "fusion-2013q1.md").read_bytes()
    release = extract(read("fusion-2013q1.md", content))
    assert [statement.kind for statement in release.statements] == [
        "income statement",
        "balance sheet",
        "reconciliation",
    ]
    figures = [figure for statement in release.statements for figure in statement.figures]
    assert len(figures) == 118
    assert Counter(str(figure.unit) for figure in figures) == {"USD": 110, "USD/share": 6, "shares": 2}
    assert all(figure.period is not None and figure.scale == 1 for figure in figures)
    for figure in figures:
        start, end = figure.place.span
        assert content[start:end].decode() == figure.text


@pytest.mark.long
@pytest.mark.parametrize("half", ["tuned", "unseen"])
def test_tagged_filings_agree_with_their_tags(half: str) -> None:
    counts: Counter[str] = Counter()
    for path in extraction.filings(Path(CORPUS or "")):
        if extraction.half(path.parent.name) == half:
            counts += extraction.compare(path, [])
    assert counts["all found"] >= 0.99 * counts["all tags"]
    assert counts["all exact"] == counts["all found"]
    assert counts["large scale"] >= 0.995 * counts["large exact"]
    assert counts["large period"] >= (0.97 if half == "tuned" else 0.93) * counts["large exact"]
