"""Nothing is lost and nothing kept twice: workers and drivers that are killed, disks that are full, folders that hold
something else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow", reason="needs the extra bulk")
import pyarrow.parquet as pq  # noqa: E402

from checker.bulk import store as stores  # noqa: E402
from checker.bulk.run import Means  # noqa: E402
from checker.bulk.store import Head, Unusable, digest, entries, latest, open_store, parts, written  # noqa: E402
from tests.bulk.examined import HEAD, documents, done, examined, lost  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


def rows(out: Path, table: str) -> list[dict[str, object]]:
    """Every row of a table that counts."""
    return [row for file in parts(out, table) for row in pq.read_table(file).to_pylist()]


def statuses(out: Path) -> dict[str, int]:
    """The status of each document by its name, each of them once."""
    found = [(Path(str(row["path"])).name, int(str(row["status"]))) for row in rows(out, "coverage")]
    assert max(Counter(name for name, _ in found).values()) == 1
    return dict(found)


@posix
def test_a_document_that_kills_its_worker_twice_is_recorded_and_passed_by(tmp_path: Path) -> None:
    once = tmp_path / "seen"
    paths = documents(tmp_path / "in", ["plain", "kill", "plain", f"kill once {once}", "plain", "plain"])
    done(paths, tmp_path / "out", Means(examined, lost, jobs=2))
    assert statuses(tmp_path / "out") == {
        "000.txt": 0,
        "001.txt": 70,
        "002.txt": 0,
        "003.txt": 0,
        "004.txt": 0,
        "005.txt": 0,
    }
    assert [row["code"] for row in rows(tmp_path / "out", "problems")] == ["T001"]


@posix
def test_a_worker_that_hangs_is_ended_from_outside(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in", ["hang", "plain"])
    done(paths, tmp_path / "out", Means(examined, lost, jobs=2, seconds=2))
    assert statuses(tmp_path / "out") == {"000.txt": 70, "001.txt": 0}


@pytest.mark.skipif(sys.platform != "linux", reason="Linux keeps a process to its memory")
def test_a_worker_holds_no_more_than_it_may(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in", ["eat", "plain"])
    done(paths, tmp_path / "out", Means(examined, lost, memory=1_000_000_000))
    assert statuses(tmp_path / "out") == {"000.txt": 70, "001.txt": 0}


DRIVER = """
import sys
from pathlib import Path
from checker.bulk import store as stores
from checker.bulk.run import Means
from tests.bulk.examined import done, examined, lost
stores._MOST_DOCUMENTS = 5
if __name__ == "__main__":
    done(sorted(str(one) for one in Path(sys.argv[1]).iterdir()), Path(sys.argv[2]), Means(examined, lost, jobs=2))
"""


@posix
def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in", [f"slow {number}" for number in range(40)])
    out, script = tmp_path / "out", tmp_path / "driver.py"
    script.write_text(DRIVER)
    for least in (5, 20):
        driver = subprocess.Popen(
            [sys.executable, str(script), str(tmp_path / "in"), str(out)], env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and (not (out / "entries").is_dir() or len(written(out)) < least):
            assert driver.poll() is None
            time.sleep(0.01)
        os.kill(driver.pid, signal.SIGKILL)
        driver.wait()
    before = len(written(out))
    assert 20 <= before < 40
    (out / "figures" / "half.parquet").write_bytes(b"PAR1")  # a part whose entry was not reached
    (out / "entries" / ".aside-x.json").write_bytes(b"{")
    progress = done(paths, out, Means(examined, lost, jobs=2))
    assert (progress.before, progress.now) == (before, 40 - before)
    assert len(statuses(out)) == 40
    assert not (out / "figures" / "half.parquet").exists() and not list((out / "entries").glob(".*"))
    whole = tmp_path / "whole"
    done(paths, whole, Means(examined, lost))
    assert digest(latest(written(out))) == digest(latest(written(whole)))
    assert sorted(row["figure"] for row in rows(out, "figures")) == sorted(
        row["figure"] for row in rows(whole, "figures")
    )


@posix
def test_a_full_disk_ends_the_run_and_loses_nothing_that_was_written(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in", ["plain"] * 40)
    out, script = tmp_path / "out", tmp_path / "full.py"
    script.write_text(
        DRIVER.replace(
            'if __name__ == "__main__":',
            'if __name__ == "__main__":\n    import resource\n    put, written = stores._put, [0]\n    def'
            " filling(target, body):\n        written[0] += len(body)\n        if written[0] > int(sys.argv[3]):  #"
            " from here on the system itself takes no more\n            resource.setrlimit(resource.RLIMIT_FSIZE, (100,"
            " resource.getrlimit(resource.RLIMIT_FSIZE)[1]))\n        put(target, body)\n    stores._put = filling",
        )
    )
    command = [sys.executable, str(script), str(tmp_path / "in"), str(out)]
    full = subprocess.run(
        [*command, "100000"], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60
    )
    assert full.returncode == 1 and "OSError" in full.stderr, full.stderr
    kept = len(written(out))
    assert 0 < kept < 40
    progress = done(paths, out, Means(examined, lost))
    assert (progress.before, progress.now, len(statuses(out))) == (kept, 40 - kept, 40)
    assert len(rows(out, "findings")) == 40


def test_a_document_that_has_changed_takes_the_place_of_what_it_was(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in", ["plain", "plain"])
    out = tmp_path / "out"
    done(paths, out, Means(examined, lost))
    Path(paths[0]).write_text("plain otherwise")
    progress = done(paths, out, Means(examined, lost))
    assert (progress.before, progress.now) == (1, 1)
    assert [(Path(one.path).name, one.run) for one in latest(written(out))] == [("000.txt", 2), ("001.txt", 1)]


def test_what_cannot_be_opened_is_tried_again(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in", ["plain"])
    out = tmp_path / "out"
    gone = str(tmp_path / "in" / "later.txt")
    done([*paths, gone], out, Means(examined, lost))
    assert {Path(one.path).name: one.status for one in written(out)} == {"000.txt": 0, "later.txt": 3}
    Path(gone).write_text("plain now")
    done([*paths, gone], out, Means(examined, lost))
    assert {Path(one.path).name: one.status for one in latest(written(out))} == {"000.txt": 0, "later.txt": 0}


def test_a_folder_takes_one_set_of_rules_and_nothing_that_is_not_its_own(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in", ["plain"])
    done(paths, tmp_path / "out", Means(examined, lost))
    with pytest.raises(Unusable, match="other rules"):
        open_store(tmp_path / "out", Head("1", "other", {}))
    with pytest.raises(Unusable, match="something else"):
        open_store(tmp_path / "in", HEAD)


@posix
def test_one_run_at_a_time(tmp_path: Path) -> None:
    with open_store(tmp_path / "out", HEAD), pytest.raises(Unusable, match="another run"):
        open_store(tmp_path / "out", HEAD)


def test_every_part_is_named_by_what_it_holds(tmp_path: Path) -> None:
    import hashlib
    import json

    done(documents(tmp_path / "in", ["plain"] * 3), tmp_path / "out", Means(examined, lost))
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert {one["table"] for one in manifest["parts"]} == {"coverage", "figures", "findings", "problems"}
    for one in manifest["parts"]:
        path = tmp_path / "out" / one["table"] / one["file"]
        assert (
            hashlib.sha256(path.read_bytes()).hexdigest() == one["sha256"]
            and pq.read_table(path).num_rows == one["rows"]
        )
    assert len(list(entries(tmp_path / "out"))) == 1 and stores.made_with(tmp_path / "out")["version"] == "1"
