"""Writes grammar/claims.json, the tables of grammar/claims.lark: `python -m checker.extract.prose.tables` after every change to the grammar."""

from __future__ import annotations

import json
from pathlib import Path

import attrs

from checker.extract.prose.automaton import digest, made


def write() -> Path:
    """Write the tables beside the grammar of this checkout."""
    path = Path(__file__).resolve().parents[3] / "grammar" / "claims.json"
    stored = {"grammar": digest(), **attrs.asdict(made())}
    path.write_text(json.dumps(stored, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    return path


if __name__ == "__main__":
    write()
