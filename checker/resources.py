"""Where the grammar and the rule library are: beside the package in a checkout, inside it in an installed wheel. It
reads; it interprets nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def rules_folder() -> Path:
    """The folder of the rule library, one folder a pack."""
    return _folder("rules")


def grammar(name: str) -> str:
    """The text of one file of the grammar folder."""
    return (_folder("grammar") / name).read_text(encoding="utf-8")


@cache
def _folder(name: str) -> Path:
    installed = _PACKAGE / f"_{name}"
    return installed if installed.is_dir() else _PACKAGE.parent / name
