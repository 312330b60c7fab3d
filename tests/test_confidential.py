"""A release is secret until it is out: nothing of it reaches the network, and nothing stays behind in folders the user
did not name."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper
from pathlib import Path

import attrs
import pytest

from checker.language import load
from checker.pipeline import check, release

ROOT = Path(__file__).resolve().parent.parent
SECRETS = (b"16,168,421", b"16168421", b"11,751,596", b"Zanzibar")
"""Amounts of the example release, and a word that stands nowhere else, in its text and in a caption."""

NO_NETWORK = """
import socket, sys
def refuse(*arguments, **options):
    raise SystemExit("the network was asked for")
socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse
sys.argv = ["tieout", *sys.argv[1:]]
"""

CRASH = """
import checker.pipeline
from checker.read import read
def crash(path, content, *rest):
    document = read(path, content)
    raise ValueError(content.decode())
checker.pipeline.check = checker.pipeline.release = crash
"""

RUN = """
from checker.cli import main
if __name__ == "__main__":
    main()
"""


@attrs.frozen
class Run:
    """How a run ended, and the folders it could have written to."""

    status: int
    out: bytes
    err: bytes
    folders: tuple[Path, ...]

    def left_behind(self) -> list[str]:
        """Every file that holds something of the release, other than the release itself."""
        found = []
        for folder in self.folders:
            for path in folder.rglob("*"):
                if (
                    path.is_file()
                    and path.name not in ("secret.md", "run.py", "asked-for.json")
                    and any(secret in path.read_bytes() for secret in SECRETS)
                ):
                    found.append(str(path.relative_to(folder)))
        return found


@pytest.fixture
def tieout(tmp_path: Path, seed: Path) -> Callable[..., Run]:
    """Runs the command line on a secret release, in a process without network whose home, cache and temporary folders
    can be searched afterwards."""
    folders = tuple(tmp_path / name for name in ("home", "temporary", "cache", "work"))
    for folder in folders:
        folder.mkdir()
    home, temporary, cache, work = folders
    (work / "secret.md").write_bytes(
        seed.read_bytes().replace(b"Fusion", b"Zanzibar").replace(b"Inventory\t", b"Zanzibar goods\t")
    )

    def call(*arguments: str, before: str = "") -> Run:
        (work / "run.py").write_text(NO_NETWORK + before + RUN)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "TIEOUT_"))},
            "HOME": str(home),
            "USERPROFILE": str(home),
            "LOCALAPPDATA": str(cache),
            "XDG_CACHE_HOME": str(cache),
            "XDG_STATE_HOME": str(home),
            "TMPDIR": str(temporary),
            "TEMP": str(temporary),
            "TMP": str(temporary),
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(
            [sys.executable, "run.py", *arguments], cwd=work, env=environment, capture_output=True, timeout=120
        )
        return Run(done.returncode, done.stdout, done.stderr, folders)

    return call


def test_a_run_leaves_nothing_behind_and_needs_no_network(tieout: Callable[..., Run]) -> None:
    run = tieout("check", "secret.md", "--verbose")
    assert run.status in (0, 1), run.err
    assert b"16,168,421" in run.out
    assert run.left_behind() == []


def test_several_processes_leave_nothing_behind(tieout: Callable[..., Run]) -> None:
    run = tieout("check", "secret.md", "secret.md", "--jobs", "2", "--format", "jsonl")
    assert run.status in (0, 1), run.err
    assert run.left_behind() == []


def test_a_report_asked_for_is_the_only_file_written(tieout: Callable[..., Run]) -> None:
    run = tieout("check", "secret.md", "--output", "json:asked-for.json")
    assert run.status in (0, 1), run.err
    assert run.left_behind() == []
    assert not any(run.folders[1].iterdir()), "the temporary folder is empty again"


@pytest.mark.parametrize(
    "command", [("check", "secret.md"), ("extract", "secret.md"), ("explain", "gross-profit", "--on", "secret.md")]
)
def test_a_crash_says_nothing_of_the_release_and_leaves_nothing_behind(
    tieout: Callable[..., Run], command: tuple[str, ...]
) -> None:
    run = tieout(*command, before=CRASH)
    assert b"internal error: ValueError" in run.err
    assert not [secret for secret in SECRETS if secret in run.err]
    assert not [secret for secret in SECRETS[:2] if secret in run.out]
    assert run.left_behind() == []


def test_a_crash_in_a_process_of_its_own_says_nothing_either(tieout: Callable[..., Run]) -> None:
    run = tieout("check", "secret.md", "secret.md", "--jobs", "2", before=CRASH)
    assert run.status == 70
    assert not [secret for secret in SECRETS if secret in run.err + run.out]
    assert run.left_behind() == []


def test_a_redacted_report_holds_neither_amounts_nor_captions(tieout: Callable[..., Run]) -> None:
    for name in ("text", "json", "jsonl", "csv"):
        run = tieout("check", "secret.md", "--redact", "--verbose", "--format", name)
        assert run.status in (0, 1), run.err
        assert not [
            secret
            for secret in (b"16,168,421", b"16168421", b"11,751,596", b"4,416,825", b"4416825", b"Zanzibar")
            if secret in run.out
        ], name


def kept() -> Iterator[tuple[str, str]]:
    """Every text in the memory of a function of the program, with the function: what `functools` holds for it, some
    levels deep."""
    for function in [
        one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper) and one.__module__.startswith("checker.")
    ]:
        level: list[object] = [one for one in gc.get_referents(function) if not callable(one)]
        for _ in range(4):
            yield from (
                (one, f"{function.__module__}.{function.__qualname__}") for one in level if isinstance(one, str)
            )
            level = [
                inner
                for one in level
                if not isinstance(one, str)
                for inner in gc.get_referents(one)
                if not callable(inner)
            ]


@pytest.mark.parametrize("work", [release, lambda path, content: check(path, content, load([]))])
def test_a_process_that_goes_on_keeps_no_text_of_a_document(work: Callable[[str, bytes], object], seed: Path) -> None:
    work("secret.md", seed.read_bytes().replace(b"Fusion", b"Zanzibar").replace(b"Inventory\t", b"Zanzibar goods\t"))
    assert [function for text, function in kept() if "zanzibar" in text.casefold() or "16,168,421" in text] == []
