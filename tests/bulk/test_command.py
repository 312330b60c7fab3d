"""`tieout bulk` as people type it."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra bulk")
import pyarrow.parquet as pq

from checker.bulk.rows import amount
from checker.bulk.schema import TABLES
from checker.bulk.store import parts
from tests.cli.conftest import ROOT, Answer, process, tieout  # noqa: F401

Tieout = Callable[..., Answer]
pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def releases(tmp_path: Path, seed: Path) -> Path:
    """A right release, a wrong one and a file without figures."""
    folder = tmp_path / "in"
    folder.mkdir()
    text = seed.read_text(encoding="utf-8")
    (folder / "right.md").write_text(text)
    (folder / "wrong.md").write_text(text.replace("1,489,945", "1,498,945"))
    (folder / "words.txt").write_text("Dear shareholders")
    return folder


def test_folder_archive_and_list_give_the_same(tieout: Tieout, releases: Path, tmp_path: Path) -> None:  # noqa: F811
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for path in sorted(releases.iterdir()):
            archive.write(path, path.name)
    (tmp_path / "paths").write_text("".join(f"in/{path.name}\n" for path in releases.iterdir()))
    found = {}
    for name, given in (("folder", "in"), ("archive", "in.zip"), ("list", "@paths")):
        answer = tieout("bulk", given, "--out", name, "--jobs", "2")
        assert answer.status == 3
        assert answer.out == (
            "tieout: status 3: 1 of 3 documents not checked; 1 of 3 documents with findings that count (3 documents)\n"
        )
        rows = [row for file in parts(Path(name), "coverage") for row in pq.read_table(file).to_pylist()]
        found[name] = sorted((Path(row["path"]).name, row["status"], row["violations"], row["figures"]) for row in rows)
    assert (
        found["folder"]
        == found["archive"]
        == found["list"]
        == [("right.md", 0, 0, 112), ("words.txt", 3, 0, 0), ("wrong.md", 1, 3, 112)]
    )


def test_paths_come_on_standard_input(process: Callable[..., Any], releases: Path) -> None:  # noqa: F811
    done = process("bulk", "@-", "--out", "out", input=b"in/right.md\nin/wrong.md\n")
    assert (done.returncode, done.stdout) == (
        1,
        b"tieout: status 1: 1 of 2 documents with findings that count (2 documents)\n",
    ), done.stderr


def test_what_is_done_is_not_done_again_and_new_speaks_of_the_rest(tieout: Tieout, releases: Path) -> None:  # noqa: F811
    assert (
        tieout("bulk", "in", "--out", "out", "--limit", "1").out
        == "tieout: status 0: nothing that counts (1 document)\n"
    )
    assert "(3 documents, 1 of them done before)" in tieout("bulk", "in", "--out", "out").out
    again = tieout("bulk", "in", "--out", "out", "--new")
    assert again.status == 0 and "3 of them done before" in again.out
    (releases / "right.md").write_text((releases / "wrong.md").read_text())
    changed = tieout("bulk", "in", "--out", "out", "--new")
    assert changed.status == 1 and changed.out.startswith("tieout: status 1: 3 findings at or above error (")


def test_a_dry_run_writes_nothing(tieout: Tieout, releases: Path) -> None:  # noqa: F811
    answer = tieout("bulk", "in", "--out", "out", "--dry-run", "--sample", "2")
    assert re.fullmatch(
        r"tieout: 2 documents, 2 to do, 0\.0 MB, about \d+ s with --jobs 1 \(from 2 tried\)\n", answer.out
    )
    assert answer.status == 0 and not Path("out").exists()


def test_wrong_usage_is_said_before_anything_runs(tieout: Tieout, releases: Path) -> None:  # noqa: F811
    for arguments in (["nowhere"], ["in", "--sample", "x"], ["in", "--sample", "101%"], ["in", "--engine", "spark"]):
        answer = tieout("bulk", *arguments, "--out", "out")
        assert answer.status == 2 and answer.err and not Path("out").exists(), arguments
    assert tieout("bulk", "in", "--out", "in").status == 2
    assert tieout("bulk", "in", "--out", "out", "--limit", "1").status == 0
    other = tieout("bulk", "in", "--out", "out", "--select", "us-gaap/*")
    assert other.status == 2 and "other settings" in other.err


def test_the_manifest_says_what_was_weakened(tieout: Tieout, releases: Path) -> None:  # noqa: F811
    tieout("bulk", "in/right.md", "--out", "out", "--select", "us-gaap/*")
    manifest = json.loads(Path("out/manifest.json").read_bytes())
    assert manifest["weakened"] == ["options: select 1, min-coverage 0"] and manifest["schema"] == "tieout-bulk/1"


def test_findings_of_the_tables_are_those_of_a_check(tieout: Tieout, releases: Path) -> None:  # noqa: F811
    document = json.loads(tieout("check", "in/wrong.md", "--format", "json").out)["documents"][0]
    tieout("bulk", "in/wrong.md", "--out", "out")
    rows = {row["finding"]: row for file in parts(Path("out"), "findings") for row in pq.read_table(file).to_pylist()}
    decided = {one["id"]: one for one in document["findings"] if one["verdict"] != "not applicable"}
    assert rows.keys() == decided.keys() and len(rows) > 50
    for name, one in decided.items():
        row = rows[name]
        assert (row["rule"], row["verdict"], row["blocks"], row["reads"]) == (
            one["rule"],
            one["verdict"],
            one["blocks"],
            one["reads"],
        )
        assert row["difference_exact"] == one.get("difference_exact") and row["figures"] == [
            each["id"] for each in one["figures"]
        ]
    figures = [row for file in parts(Path("out"), "figures") for row in pq.read_table(file).to_pylist()]
    assert [(row["figure"], row["text"], str(row["unit"])) for row in figures] == [
        (one["id"], one["text"], one["unit"]) for one in document["figures"]
    ]


def test_the_page_lists_every_field() -> None:
    page = (ROOT / "docs" / "bulk.md").read_text(encoding="utf-8")
    for name, schema in TABLES.items():
        section = page.partition(f"### `{name}`")[2].partition("\n##")[0]
        assert [
            field
            for line in section.splitlines()
            if line.startswith("| `")
            for field in re.findall(r"`(\w+)`", line.split("|")[1])
        ] == schema.names


def test_amounts_that_do_not_fit_stand_beside_their_column_in_full() -> None:
    from decimal import Decimal
    from fractions import Fraction

    assert amount(Fraction(5, 2)) == (Decimal("2.5"), None)
    assert amount(Fraction(1, 3)) == (Decimal("0.3333333333"), "1/3")
    assert amount(Fraction(10) ** 28) == (None, "1" + "0" * 28)
    assert amount(Fraction(1, 10**11)) == (Decimal("0E-10"), "0.00000000001")
    assert amount(10**28 - Fraction(1, 10**11))[0] is None
    assert amount(None) == (None, None)
