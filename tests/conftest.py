"""What every test may ask for: the corpus of real releases, and whether golden files are being rewritten. And the one
watch over tests that do not end."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent


settings.register_profile("patient", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.register_profile("quick", settings.get_profile("patient"), max_examples=30)
settings.load_profile("patient")
"""A busy machine is no failure, and CI tries the same examples every time; the fast tests draw fewer (`quick`)."""
HANGS = 60
"""Seconds of processor time after which a fast test is ended: a pattern or a loop that does not come to an end. How
work grows with its input is counted, in `test_growth`; no test judges by the clock how fast something is."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the golden files from what the program prints now")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("quick" if config.getoption("-m") == "not long" else "patient")
    if config.getoption("--update") and os.environ.get("CI"):
        raise pytest.UsageError("golden files are rewritten by a person who reads the difference, never in CI")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Ends a test that hangs, in the middle of a pattern too; those marked long take what they take."""
    if not hasattr(signal, "setitimer") or item.get_closest_marker("long"):
        return (yield)

    def ring(number: int, frame: FrameType | None) -> None:
        pytest.fail(f"it did not end within {HANGS} seconds of processor time")

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real releases that TIEOUT_CORPUS names; without it the test is skipped."""
    folder = os.environ.get("TIEOUT_CORPUS")
    if not folder:
        pytest.skip("needs the corpus of real releases: set TIEOUT_CORPUS to its folder")
    path = Path(folder)
    if not path.is_dir():
        pytest.skip("TIEOUT_CORPUS does not name a folder")
    return path


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are rewritten in this run."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def seed() -> Path:
    """The example release."""
    return ROOT / "examples" / "fusion-2013q1.md"
