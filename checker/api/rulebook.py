"""The rulebook of a run: what to load and select. Faults end the run before it begins."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from checker.api.errors import Refused
from checker.core.report import RunRules
from checker.core.rule import Rulebook
from checker.gate.selection import Selection, choose


def rulebook(paths: Sequence[str], shipped: bool, selection: Selection) -> Rulebook:
    """The rules to apply, from the user's files and the library; an error in any of them is refused, warnings stand in its problems."""
    from checker.language import load

    loaded = load([Path(path) for path in paths], shipped=shipped)
    chosen = loaded if loaded.faulty else choose(loaded, selection)
    if chosen.faulty:
        raise Refused(chosen.problems)
    return chosen


def applied(book: Rulebook) -> RunRules:
    """The hash over all rule files, and every override and skip in words."""
    listing = "".join(f"{digest}  {path}\n" for path, digest in book.files)
    overrides = [f"override {one.target}{_because(one.clauses.because)}" for one in book.overrides]
    skips = [f"skip {'; '.join(one.targets)}{_because(one.because)}" for one in book.skips]
    return RunRules(hashlib.sha256(listing.encode()).hexdigest(), book.files, (*overrides, *skips))


def _because(reason: str | None) -> str:
    return f": {reason}" if reason else ""
