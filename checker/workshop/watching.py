"""Waits for a save of a file: needs the extra `watch`. Sees names and times of files, never what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

LACKING = "--watch needs watchfiles: pip install 'tieout[watch]'"
_SETTLED = 30
"""Milliseconds without a further change after which a save is over."""


def can_watch() -> bool:
    """Whether the extra is installed."""
    return find_spec("watchfiles") is not None


def saves(paths: Sequence[Path]) -> Iterator[frozenset[Path]]:
    """Which of these files were saved, each time some are; a folder stands for what is below it. Ends when the user
    interrupts.

    Editors put another file in place of the old one, so that it is the folder that is watched.
    """
    from watchfiles import watch

    meant = {path.resolve(): path for path in paths}
    folders = {real if real.is_dir() else real.parent for real in meant}

    def of(changed: Path) -> Path | None:
        return next((path for real, path in meant.items() if changed == real or real in changed.parents), None)

    deep = any(real.is_dir() for real in meant)
    for changes in watch(
        *folders,
        recursive=deep,
        step=_SETTLED,
        debounce=10 * _SETTLED,
        watch_filter=lambda _, name: of(Path(name)) is not None,
    ):
        yield frozenset(path for _, name in changes if (path := of(Path(name))) is not None)
