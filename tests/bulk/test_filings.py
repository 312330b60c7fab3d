"""Filings as data: the same facts give the same findings whatever they come in, and a filing that kills its worker is
found."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

pa = pytest.importorskip("pyarrow", reason="needs the extra bulk")
pytest.importorskip("numpy", reason="needs the extra bulk")
import numpy as np  # noqa: E402
import pyarrow.csv  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

from checker.bulk.facts import run as runs  # noqa: E402
from checker.bulk.facts.answered import Working  # noqa: E402
from checker.bulk.facts.compiled import compiled  # noqa: E402
from checker.bulk.facts.judged import WORDS, applying, judged, judged_all  # noqa: E402
from checker.bulk.facts.reading import columns, vocabulary  # noqa: E402
from checker.bulk.facts.single import Row, check_of  # noqa: E402
from checker.bulk.facts.sources import Unreadable, chunk_of, chunks, is_source  # noqa: E402
from checker.bulk.facts.spans import spans  # noqa: E402
from checker.bulk.facts.table import wide  # noqa: E402
from checker.bulk.pool import Died, Late  # noqa: E402
from checker.bulk.sources import Choice  # noqa: E402
from checker.bulk.store import Head, open_store, parts  # noqa: E402
from checker.core.check import Check  # noqa: E402
from checker.core.problem import Problem  # noqa: E402
from checker.evaluate.judge import judge  # noqa: E402
from checker.language import load  # noqa: E402
from tests.cli.conftest import Answer, tieout  # noqa: E402, F401

FACTS = (
    # filing, tag, end, months, value
    *(
        ("0001-09-1", tag, "2009-06-30", 3, value)
        for tag, value in (("Revenues", 5_123_000), ("CostOfRevenue", 3_011_000), ("GrossProfit", 2_112_000))
    ),
    *(
        ("0001-09-1", tag, "2008-06-30", 3, value)
        for tag, value in (("Revenues", 4_217_000), ("CostOfRevenue", 2_502_000), ("GrossProfit", 1_715_000))
    ),
    *(
        ("0001-09-2", tag, "2009-06-30", 3, value)
        for tag, value in (("Revenues", 7_345_000), ("CostOfRevenue", 3_222_000), ("GrossProfit", 5_023_000))
    ),
    *(
        ("0001-09-2", tag, "2008-06-30", 3, value)
        for tag, value in (("Revenues", 6_111_000), ("CostOfRevenue", 2_505_000), ("GrossProfit", 3_606_000))
    ),
    *(
        ("0001-09-2", tag, "2009-06-30", 0, value)
        for tag, value in (("Assets", 9_777_000), ("LiabilitiesAndStockholdersEquity", 9_777_000))
    ),
    *(("0001-09-3", tag, "2009-06-30", 3, value) for tag, value in (("SomethingElse", 1), ("GrossProfit", 3_544_000))),
)
"""A right filing, one with an error that its comparatives show, and one that gives no rule anything."""
SUBS = (
    ("0001-09-1", "One Inc", "20090730"),
    ("0001-09-2", "Two Inc", "20090801"),
    ("0001-09-3", "Three Inc", "20090803"),
)


def data_set(folder: Path) -> Path:
    """The facts as the SEC publishes them."""
    folder.mkdir()
    num = ["adsh\ttag\tversion\tddate\tqtrs\tuom\tsegments\tcoreg\tvalue\tfootnote"]
    num += [
        f"{filing}\t{tag}\tus-gaap/2009\t{end.replace('-', '')}\t{months // 3}\tUSD\t\t\t{value}.0000\t"
        for filing, tag, end, months, value in FACTS
    ]
    sub = [
        "adsh\tcik\tname\tsic\tform\tperiod\tfiled",
        *(f"{filing}\t77\t{name}\t3570\t10-Q\t20090630\t{filed}" for filing, name, filed in SUBS),
    ]
    (folder / "num.txt").write_text("\n".join(num) + "\n")
    (folder / "sub.txt").write_text("\n".join(sub) + "\n")
    return folder


def packed(folder: Path) -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for one in folder.iterdir():
            archive.write(one, one.name)
    return path


def table() -> pa.Table:
    names = {filing: name for filing, name, _ in SUBS}
    rows = [
        {
            "filing": filing,
            "concept": f"us-gaap:{tag}",
            "end": end,
            "months": months or None,
            "unit": "USD",
            "value": f"{value}",
            "filer_name": names[filing],
        }
        for filing, tag, end, months, value in FACTS
    ]
    return pa.Table.from_pylist(rows).sort_by("filing")


def written(kind: str, folder: Path) -> Path:
    """The facts in one of the forms that are read."""
    made = data_set(folder / "set")
    if kind == "folder":
        return made
    if kind == "zip":
        return packed(made)
    if kind == "parquet":
        pq.write_table(table(), folder / "facts.parquet", row_group_size=4)
        return folder / "facts.parquet"
    if kind == "csv":
        pyarrow.csv.write_csv(table(), folder / "facts.csv")
        return folder / "facts.csv"
    tags: dict[str, Any] = {}
    for filing, tag, end, months, value in FACTS:
        one = {"end": end, "val": value, "accn": filing, "form": "10-Q", "filed": "2009-08-01"}
        if months:
            one["start"] = f"{end[:4]}-04-01"
        tags.setdefault(tag, {"units": {"USD": []}})["units"]["USD"].append(one)
    body = json.dumps({"cik": 77, "entityName": "One Inc", "facts": {"us-gaap": tags}}).encode()
    path = folder / ("facts.json.gz" if kind == "json.gz" else "facts.json")
    path.write_bytes(gzip.compress(body) if kind == "json.gz" else body)
    return path


def rows(out: Path, name: str) -> list[dict[str, Any]]:
    return [row for file in parts(out, name) for row in pq.read_table(file).to_pylist()]


def test_processes_judge_what_one_does(tieout: Callable[..., Answer], tmp_path: Path) -> None:  # noqa: F811
    path = written("parquet", tmp_path)
    said = [tieout("bulk", path, "--out", f"out{jobs}", "--jobs", jobs).out for jobs in (1, 2)]
    assert said[0] == said[1]
    assert len({json.loads(Path(f"out{jobs}/manifest.json").read_text())["digest"] for jobs in (1, 2)}) == 1


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("kind", ["folder", "zip", "parquet", "csv", "json", "json.gz"])
def test_the_same_facts_give_the_same_findings(tieout: Callable[..., Answer], tmp_path: Path, kind: str) -> None:  # noqa: F811
    path = written(kind, tmp_path)
    assert is_source(path)
    answer = tieout("bulk", path, "--out", "out")
    assert answer.status == 3 and answer.out.endswith(
        "1 of 3 documents not checked; 1 of 3 documents with findings that count (3 documents)\n"
    ), answer
    found = {
        (Path(row["path"]).name, row["status"], row["agrees"], row["violations"], row["figures"])
        for row in rows(Path("out"), "coverage")
    }
    assert found == {("0001-09-1", 0, 4, 0, 6), ("0001-09-2", 1, 4, 1, 8), ("0001-09-3", 3, 0, 0, 1)}
    findings = rows(Path("out"), "findings")
    assert Counter(row["rule"].rpartition("/")[2] for row in findings) == {
        "gross-profit": 4,
        "gross-profit-of-revenues": 4,
        "balance": 1,
    }
    (wrong,) = (row for row in findings if row["blocks"])
    assert (wrong["difference"], wrong["period"], wrong["severity"]) == (900_000, "3 months to 2009-06-30", "error")
    figures = {(row["document"], row["figure"]): row for row in rows(Path("out"), "figures")}
    assert [figures[wrong["document"], name]["status"] for name in wrong["figures"]] == ["violated"] * 3
    assert (
        tieout("bulk", path, "--out", "out", "--new").out
        == "tieout: status 0: nothing that counts (3 documents, 3 of them done before)\n"
    )


@pytest.mark.parametrize("group", [1, 2, 3, 5, 7, 100])
def test_a_filing_may_stand_in_several_row_groups_of_parquet(tmp_path: Path, group: int) -> None:
    book = compiled(load([], shipped=True))
    words = vocabulary(book)
    pq.write_table(table(), tmp_path / "facts.parquet", row_group_size=group)
    (whole,) = (chunk_of(one, words) for one in spans(tmp_path / "facts.parquet", 100) or ())
    some = [chunk_of(one, words) for one in spans(tmp_path / "facts.parquet", group) or ()]
    facts = [row for one in some for row in one.facts.to_pylist()]
    assert facts == whole.facts.to_pylist()
    names = [name for one in some for name in one.filings["filing"].to_pylist()]
    assert names == whole.filings["filing"].to_pylist() == sorted(set(names))


@pytest.mark.usefixtures("here")
def test_a_file_that_grew_is_judged_anew_from_there(tieout: Callable[..., Answer], tmp_path: Path) -> None:  # noqa: F811
    rows = table().to_pylist()
    before = [row for row in rows if row["filing"] != "0001-09-3"]

    def put(some: list[dict[str, Any]]) -> None:
        with pq.ParquetWriter(tmp_path / "facts.parquet", table().schema) as writer:
            for name in dict.fromkeys(row["filing"] for row in some):
                writer.write_table(pa.Table.from_pylist([row for row in some if row["filing"] == name], table().schema))

    put(before)
    assert "(2 documents)" in tieout("bulk", "facts.parquet", "--out", "out").out
    first = json.loads(Path("out/manifest.json").read_text())["digest"]
    put(rows)
    assert "(3 documents)" in tieout("bulk", "facts.parquet", "--out", "out").out
    manifest = json.loads(Path("out/manifest.json").read_text())
    assert manifest["documents"] == 3 and manifest["digest"] != first
    answer = tieout("bulk", "query", "out", "SELECT count(*), count(DISTINCT path) FROM coverage", "--format", "csv")
    assert answer.out.splitlines()[1] == "3,3"
    answer = tieout("bulk", "query", "out", "SELECT sum(violations) FROM rules", "--format", "csv")
    assert answer.out.splitlines()[1] == "1"


@pytest.mark.usefixtures("here")
def test_what_agrees_may_be_counted_only(tieout: Callable[..., Answer], tmp_path: Path) -> None:  # noqa: F811
    path = written("parquet", tmp_path)
    told = [tieout("bulk", path, "--out", keep, "--keep", keep).out for keep in ("all", "told")]
    assert told[0] == told[1]
    asked = (
        "SELECT * FROM rules ORDER BY rule",
        "SELECT year, verdict, sum(count) FROM judgements GROUP BY ALL ORDER BY ALL",
    )
    for sql in asked:
        assert len({tieout("bulk", "query", keep, sql).out for keep in ("all", "told")}) == 1
    assert {row["verdict"] for row in rows(Path("told"), "findings")} == {"violation"}
    named = {name for row in rows(Path("told"), "findings") for name in row["figures"]}
    assert {row["figure"] for row in rows(Path("told"), "figures")} == named
    assert tieout("bulk", path, "--out", "all", "--keep", "told").status == 2


@pytest.mark.usefixtures("here")
def test_filings_are_chosen(tieout: Callable[..., Answer], tmp_path: Path) -> None:  # noqa: F811
    path = written("zip", tmp_path)
    assert "(2 documents)" in tieout("bulk", path, "--out", "a", "--since", "2009-08-01").out
    assert "(1 document)" in tieout("bulk", path, "--out", "b", "--limit", "1").out
    assert tieout("bulk", path, "--out", "c", "--sample", "2").status == 2
    assert "3 filings, 15 facts" in tieout("bulk", path, "--out", "d", "--dry-run").out
    (tmp_path / "a.md").write_text("x")
    assert tieout("bulk", path, tmp_path / "a.md", "--out", "e").status == 2


@pytest.mark.usefixtures("here")
def test_a_table_that_is_not_sorted_by_filing_is_refused(tieout: Callable[..., Answer], tmp_path: Path) -> None:  # noqa: F811
    pq.write_table(table().sort_by([("filing", "descending")]), tmp_path / "facts.parquet")
    answer = tieout("bulk", "facts.parquet", "--out", "out")
    assert answer.status == 3 and "not sorted by filing" in answer.err


def test_a_damaged_source_is_said(tmp_path: Path) -> None:
    path = data_set(tmp_path / "set")
    (path / "num.txt").write_text("adsh\ttag\n0001\tx\n\n1\t2\t3\t4\n")
    with pytest.raises(Unreadable):
        list(chunks(path, {"us-gaap:Assets": "us-gaap:Assets"}))


@frozen
class Killed:
    """Rules that kill the process on one filing."""

    working: Working

    @property
    def rulebook(self) -> Any:
        return self.working.rulebook

    @property
    def keep(self) -> str:
        return self.working.keep

    def __call__(self, asked: Any) -> Any:
        if "0001-09-2" in asked.names:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.working(asked)


def lost(name: str, how: Died | Late) -> Problem:
    return Problem("T001", "error", "it ended the process", name)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_filing_that_kills_its_worker_is_found_by_halves(tmp_path: Path) -> None:
    path = data_set(tmp_path / "set")
    means = runs.Means(Killed(Working(load([], shipped=True))), lost)  # type: ignore[arg-type]
    with open_store(tmp_path / "out", Head("1", "rules", {})) as store:
        made = runs.carried_out(
            runs.asked([path], Choice(), means, store.head.key), means, store, lambda progress: None
        )
        store.finish({})
    assert made.now == 3
    assert {Path(row["path"]).name: row["status"] for row in rows(tmp_path / "out", "coverage")} == {
        "0001-09-1": 0,
        "0001-09-2": 70,
        "0001-09-3": 3,
    }
    assert [row["code"] for row in rows(tmp_path / "out", "problems")] == ["T001"]


@pytest.mark.long
def test_every_verdict_on_a_real_data_set_is_that_of_one_release(corpus: Path) -> None:
    found = next(iter(corpus.rglob("2009q3.zip")), None)
    if found is None:
        pytest.skip("the corpus has no data set")
    book = compiled(load([], shipped=True))
    judgements = Counter[str]()
    for chunk in chunks(found, vocabulary(book)):
        block = wide(columns(chunk.facts, book), book)
        together = {id(one.rated): one for one in judged_all(block)}
        for rated in book.rated:
            done = together.get(id(rated)) or judged(rated, block)
            codes = dict(zip(done.rows.tolist(), done.verdict.tolist(), strict=True))
            for number in np.nonzero(applying(rated, block))[0].tolist():
                check = check_of(rated, Row(block, number))
                judgement = judge(check) if isinstance(check, Check) else ""
                verdict = "not applicable" if isinstance(judgement, str) else judgement.verdict
                assert WORDS[codes.get(number, 0)] == verdict, (rated.task.id, number)
                judgements[verdict] += 1
    assert judgements["agrees"] > 8_000 and judgements["violation"] > 100
