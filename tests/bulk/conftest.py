"""Runs without processes of their own, for tests that ask what is written down and not who does the work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks are answered in this process; starting one costs a second."""
    engines = pytest.importorskip("checker.bulk.engines", reason="needs the extra bulk")

    def answered(tasks: Iterable[Any], setup: Any, engine: str = "local") -> Iterator[tuple[Any, Any]]:
        assert engine == "local"
        for task in tasks:
            yield task, setup.work(task)

    monkeypatch.setattr(engines, "answered", answered)
