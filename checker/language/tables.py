"""Writes what is made of grammar/rules.lark and of the rule library: `python -m checker.language.tables` after every
change to one of them.

Both files only save time. One that does not fit its sources is passed over, and a test says that it is out of date.
"""

from __future__ import annotations

from pathlib import Path

from checker.language.library import PREPARED, prepared
from checker.language.syntax import current, tables
from checker.resources import rules_folder


def write() -> None:
    """Write the tables beside the grammar of this checkout, unless they fit it, and the parsed library beside its
    rules."""
    if not current():
        grammar = Path(__file__).resolve().parent.parent.parent / "grammar" / "rules.json"
        grammar.write_text(tables(), encoding="utf-8", newline="\n")
    (rules_folder() / PREPARED).write_text(prepared(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
