"""The shipped library as parsed files."""

from __future__ import annotations

from checker.core.rule import RuleFile
from checker.language.loading import read_file, shipped_sources


def parsed_library() -> tuple[RuleFile, ...]:
    """Every file of the shipped library, parsed."""
    return tuple(read_file(source) for source in shipped_sources())
