"""Writes grammar/rules.json, the tables of grammar/rules.lark: `python -m checker.language.tables` after every change to the grammar."""

from __future__ import annotations

from pathlib import Path

from checker.language.syntax import tables


def write() -> Path:
    """Write the tables beside the grammar of this checkout."""
    path = Path(__file__).resolve().parent.parent.parent / "grammar" / "rules.json"
    path.write_text(tables(), encoding="utf-8", newline="\n")
    return path


if __name__ == "__main__":
    write()
