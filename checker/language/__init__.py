"""The rule language: text to rules, and back to sentences an author understands. It binds nothing to figures.

`parse` reads one text, `resolve` makes a rulebook of several, `load` finds and reads the files.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checker.core.rule import Rulebook, RuleFile
from checker.language.ids import chosen, fits
from checker.language.resolving import resolve

__all__ = ["chosen", "fits", "load", "parse", "resolve"]


def parse(text: str, path: str, stem: str, shipped: bool = False) -> RuleFile:
    """The declarations of one rule file and everything wrong with it; `stem` is what the ids of its rules begin with."""
    from checker.language import parsing  # the parser brings Lark along, which a cached library does without

    return parsing.parse(text, path, stem, shipped)


def load(paths: Sequence[Path], shipped: bool = True) -> Rulebook:
    """The rulebook of files and folders of the user, of the shipped library, and of what any of them uses."""
    from checker.language import loading

    return loading.load(paths, shipped)
