"""How far a run is, on standard error: a bar where someone looks at a terminal, a plain line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from checker.bulk.run import Progress

_EVERY = 15
"""Seconds between two lines of a log."""

Heard = Callable[[Progress], None]


@contextmanager
def told(quiet: bool) -> Iterator[Heard]:
    """What to tell after each document."""
    if quiet:
        yield lambda progress: None
    elif sys.stderr.isatty() and (bar := _bar()) is not None:
        with bar:
            yield _on_bar(bar)
    else:
        yield _in_lines()


def _bar() -> Any:
    """The bar that people know; None where rich is not installed."""
    try:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    except ModuleNotFoundError:
        return None
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _on_bar(bar: Any) -> Heard:
    started = time.monotonic()
    task = bar.add_task("documents", total=None, rate="")

    def heard(progress: Progress) -> None:
        bar.update(task, total=progress.total, completed=progress.done, rate=_rate(progress, started))

    return heard


def _in_lines() -> Heard:
    started = last = time.monotonic()

    def heard(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _EVERY and progress.done < progress.total:
            last = now
            print(
                f"{progress.done:,} of {progress.total:,} documents, {_rate(progress, started)}",
                file=sys.stderr,
                flush=True,
            )

    return heard


def _rate(progress: Progress, started: float) -> str:
    """Documents a second of this run, and what is left."""
    seconds = time.monotonic() - started
    if not progress.now or seconds <= 0:
        return f"{progress.before:,} done before"
    rate = progress.now / seconds
    return f"{rate:.1f} a second, {duration((progress.total - progress.done) / rate)} left"


def duration(seconds: float) -> str:
    """A length of time for people."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 90 * 60 else f"{seconds / 3600:.1f} h"
