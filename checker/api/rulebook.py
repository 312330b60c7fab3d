"""The rulebook of a run: what to load and select. Faults end the run before it begins."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from checker.api.errors import Refused
from checker.core.problem import Problem
from checker.core.report import RunRules
from checker.core.rule import Reservation, Rulebook
from checker.core.value import evolve
from checker.gate.selection import Selection, choose
from checker.language import chosen


def rulebook(paths: Sequence[str], shipped: bool, selection: Selection) -> Rulebook:
    """The rules to apply, from the user's files and the library; an error in any of them is refused, warnings stand in
    its problems."""
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


def packs(book: Rulebook) -> dict[str, str]:
    """The packs of a run in words, as every report names them."""
    return {f"pack {one.name}": one.in_words for one in book.packs}


def reserved(book: Rulebook, reservations: Sequence[Reservation], path: str | None) -> Rulebook:
    """The rulebook with rules of the house reserved for some documents. Refused: a pattern fits none of them, or what
    was meant would be asked of every document."""
    house = [rule.id for rule in book.rules if not rule.shipped]
    for reservation in reservations:
        for pattern in reservation.rules:
            if house and not chosen(pattern, house):
                message = f"[[for]] names {pattern}, which is no rule of the house"
                raise Refused(
                    (
                        Problem(
                            "C101",
                            "error",
                            message,
                            path,
                            help="tieout rules list names them; shipped rules are for every document",
                        ),
                    )
                )
    return evolve(book, reservations=tuple(reservations)) if reservations else book
