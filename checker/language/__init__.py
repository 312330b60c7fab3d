"""The rule language: text to rules, and back to sentences an author understands. It binds nothing to figures.

`parse` reads one text, `read` the files that paths mean; `resolve` makes a rulebook of several, `load` one of files,
library and what they use.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checker.core.problem import Problem
from checker.core.rule import Rulebook, RuleFile
from checker.language.ids import chosen, fits
from checker.language.resolving import resolve
from checker.language.showing import show
from checker.language.vocabulary import Printed

__all__ = ["Printed", "chosen", "fits", "formatted", "lint", "load", "parse", "read", "resolve", "show"]


def parse(text: str, path: str, stem: str, shipped: bool = False) -> RuleFile:
    """The declarations of one rule file and everything wrong with it; `stem` is what the ids of its rules begin
    with."""
    from checker.language import parsing  # the parser brings Lark along, which a cached library does without

    return parsing.parse(text, path, stem, shipped)


def load(paths: Sequence[Path], shipped: bool = True) -> Rulebook:
    """The rulebook of files and folders of the user, of the shipped library, and of what any of them uses."""
    from checker.language import loading

    return loading.load(paths, shipped)


def read(paths: Sequence[Path]) -> tuple[RuleFile, ...]:
    """The rule files that these paths mean, each parsed; what is wrong with a file stands in its problems."""
    from checker.language.files import named, parsed_file

    return tuple(parsed_file(source) for path in paths for source in named(path)[0])


def lint(files: Sequence[RuleFile], rulebook: Rulebook, page: Printed | None = None) -> tuple[Problem, ...]:
    """What looks wrong in these files though it is well formed, judged with the names that the rulebook knows and,
    where there is one, with what a release prints."""
    from checker.language import linting

    return linting.lint(files, rulebook, page)


def formatted(file: RuleFile) -> str:
    """The text of a file without faults in the one form that `tieout rules fmt` gives it; it means the same."""
    from checker.language import formatting

    return formatting.formatted(file)
