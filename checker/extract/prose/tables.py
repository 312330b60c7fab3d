"""Writes grammar/claims.json, the tables of grammar/claims.lark: `python -m checker.extract.prose.tables` after every change to the grammar."""

from __future__ import annotations

from pathlib import Path

from checker.extract.prose.idioms import tables


def write() -> Path:
    """Write the tables beside the grammar of this checkout."""
    path = Path(__file__).resolve().parents[3] / "grammar" / "claims.json"
    path.write_text(tables(), encoding="utf-8", newline="\n")
    return path


if __name__ == "__main__":
    write()
