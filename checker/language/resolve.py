"""From parsed files to the rulebook of a run: concepts of one name merged, definitions free of cycles, overrides and skips carried out.

It reads no file and binds no name to a figure; which caption a name means is decided where there is a release.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches

from attrs import evolve, fields, frozen

from checker.core.caption import normal
from checker.core.rule import Alias, Clauses, Concept, Definition, Override, Rule, Rulebook, RuleFile, Skip, Use
from checker.language.cycles import cycles
from checker.language.fault import Fault, Lines
from checker.language.ids import fits

Report = Callable[[str, Fault], None]
"""Takes the path of a file and what is wrong with it."""


def resolve(files: Sequence[RuleFile]) -> Rulebook:
    """The rulebook of these files, in their order: a later file adds to, changes or switches off what an earlier one says."""
    found: list[tuple[str, Fault]] = []

    def report(path: str, fault: Fault) -> None:
        found.append((path, fault))

    rules = _distinct([rule for file in files for rule in _of(file, Rule)], report)
    overrides = tuple(override for file in files for override in _of(file, Override))
    skips = tuple(skip for file in files for skip in _of(file, Skip))
    ids = tuple(rule.id for rule in rules)
    _used(files, report)
    changed = _overridden(rules, overrides, report)
    kept = _kept(changed, skips, ids, report)
    return Rulebook(
        rules=kept,
        definitions=_definitions([definition for file in files for definition in _of(file, Definition)], report),
        concepts=_concepts([concept for file in files for concept in _of(file, Concept)], report),
        overrides=overrides,
        skips=skips,
        files=tuple((file.path, file.sha256 or hashlib.sha256(file.text.encode("utf-8", "surrogatepass")).hexdigest()) for file in files),
        problems=(*(problem for file in files for problem in file.problems), *_placed(found, files)),
    )


def _of[T](file: RuleFile, kind: type[T]) -> Iterable[T]:
    return (declaration for declaration in file.declarations if isinstance(declaration, kind))
