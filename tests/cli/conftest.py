"""A command line to call, in this process or in one of its own, and a pipeline that answers what a test wants."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from checker.cli import run
from checker.core.report import Checked
from checker.core.rule import Rulebook
from tests.report.sample import AGREES, CHECKED

ROOT = Path(__file__).resolve().parents[2]


@attrs.frozen
class Answer:
    """What a run printed and how it ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def tieout(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Answer]:
    """Runs the command line in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> Answer:
        capfdbinary.readouterr()
        status = run([str(one) for one in arguments])
        out, err = capfdbinary.readouterr()
        return Answer(status, out.decode(), err.decode())

    return call


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str, bytes], Checked]], None]:
    """Puts another pipeline in place of the real one."""

    def install(answer: Callable[[str, bytes], Checked]) -> None:
        def check(path: str, content: bytes, rulebook: Rulebook, beside: object = None) -> Checked:
            found = answer(path, content)
            return attrs.evolve(found, source=attrs.evolve(found.source, path=path))

        monkeypatch.setitem(
            sys.modules, "checker.pipeline", types.SimpleNamespace(check=check, shown=lambda checked, content: checked)
        )  # type: ignore[arg-type]

    return install


@pytest.fixture
def clean() -> Checked:
    """A document on which everything agrees."""
    return attrs.evolve(CHECKED, findings=(AGREES,), problems=())


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs the command line in a process of its own, in an empty folder."""

    def call(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **dict(options.pop("env", {}))}  # type: ignore[call-overload]
        command = [sys.executable, "-m", "checker", *(str(one) for one in arguments)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, env=environment, **options)  # type: ignore[call-overload,no-any-return]

    return call
