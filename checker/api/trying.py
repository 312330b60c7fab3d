"""A rule file tried on a release, with what its gate would account for: the door of `tieout try`."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from checker.api.errors import Refused
from checker.core.report import Checked
from checker.gate.accounted import accounted
from checker.workshop.trying import OwnRules, Read, Tried, judged, own_rules, reading, told

__all__ = ["OwnRules", "Read", "own_rules", "reading", "tried"]


def tried(path: Path, read: Read) -> tuple[tuple[Tried, ...], Checked]:
    """Every rule of a file or folder with what it says of a release that was read before. Refused: a file has a mistake."""
    rules = own_rules(path)
    if rules.rules.faulty:
        raise Refused(rules.problems)
    checked = judged(rules, read)
    done = accounted(checked, rules.rules)
    return told(rules, done), evolve(done, problems=(*(one for one in rules.problems if one.path and Path(one.path).exists()), *done.problems))
