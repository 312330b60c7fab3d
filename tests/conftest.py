"""What every test may ask for: the corpus of real releases, and whether golden files are being rewritten."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent


settings.register_profile("patient", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("patient")
"""A busy machine is no failure, and CI tries the same examples every time."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the golden files from what the program prints now")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update") and os.environ.get("CI"):
        raise pytest.UsageError("golden files are rewritten by a person who reads the difference, never in CI")


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
