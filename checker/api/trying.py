"""A rule file tried on a release, with what its gate would account for: the door of `tieout try`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from checker.api.document import attempt
from checker.api.errors import Refused
from checker.api.inputs import Input
from checker.api.limits import Limits
from checker.core.report import Checked
from checker.core.value import evolve
from checker.gate.accounted import accounted
from checker.resources import rules_folder
from checker.workshop.trying import OwnRules, Read, Tried, judged, own_rules, reading, shipped_rules, told

__all__ = ["SHIPPED", "OwnRules", "Read", "each", "own", "reading", "tried"]

SHIPPED = "shipped"
"""Names the shipped library where no file is called so."""


def tried(path: Path, read: Read) -> tuple[tuple[Tried, ...], Checked]:
    """Every rule of a file or folder with what it says of a release that was read before. Refused: a file has a
    mistake."""
    rules = own(path)
    checked = judged(rules, read)
    done = accounted(checked, rules.rules)
    return told(rules, done), evolve(
        done, problems=(*(one for one in rules.problems if one.path and Path(one.path).exists()), *done.problems)
    )


def own(rules: Path) -> OwnRules:
    """The rules of a file or folder; the shipped library where it is named itself. Refused: a file has a mistake."""
    if rules.resolve() == rules_folder().resolve() or (str(rules) == SHIPPED and not rules.exists()):
        return shipped_rules()
    found = own_rules(rules)
    if found.rules.faulty:
        raise Refused(found.problems)
    return found


def each(rules: OwnRules, documents: Iterable[Input], limits: Limits) -> Iterator[tuple[Checked, tuple[Tried, ...]]]:
    """Every document that could be read, with what the rules say of it; of one that could not, the problems and nothing
    told."""
    for one in documents:
        checked = attempt(one, limits, lambda one, body: judged(rules, reading(one.path, body)))
        yield checked, told(rules, checked) if checked.figures else ()
