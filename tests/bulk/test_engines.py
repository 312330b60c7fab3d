"""The same work on a cluster: Ray in processes of this machine. Skipped where Ray is not installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs the extra bulk")
ray = pytest.importorskip("ray", reason="needs the extra bulk-ray")

from checker.bulk.run import Means  # noqa: E402
from checker.bulk.store import digest, latest, written  # noqa: E402
from tests.bulk.examined import documents, done, examined, lost  # noqa: E402
from tests.bulk.test_store import statuses  # noqa: E402

pytestmark = [pytest.mark.long, pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")]
ROOT = str(Path(__file__).resolve().parents[2])


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """Ray on this machine, with the tests on the path of its workers."""
    path = ":".join([ROOT, *(one for one in sys.path if one)])
    ray.init(
        num_cpus=2,
        object_store_memory=200_000_000,
        include_dashboard=False,
        log_to_driver=False,
        runtime_env={"env_vars": {"PYTHONPATH": path}},
    )
    yield
    ray.shutdown()


def test_digests_are_equal_on_both_engines(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in", ["plain"] * 30)
    found = []
    for engine in ("local", "ray"):
        out = tmp_path / engine
        done(paths, out, Means(examined, lost, jobs=2, engine=engine))
        found.append(digest(latest(written(out))))
    assert found[0] == found[1]


def test_a_document_that_kills_its_worker_is_found_by_halves(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in", ["plain", "plain", "kill", "plain", "plain"])
    done(paths, tmp_path / "out", Means(examined, lost, jobs=2, engine="ray"))
    assert statuses(tmp_path / "out") == {"000.txt": 0, "001.txt": 0, "002.txt": 70, "003.txt": 0, "004.txt": 0}
