"""Words of print stand in the lexicon alone: no other room spells out months, signs of money, the grouping of digits or
the names of a total."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.lexicon import captions, time

PACKAGE = Path(__file__).resolve().parent.parent.parent / "checker"
_ROOMS = ("lexicon", "_grammar", "_rules")

_MONTHS = re.compile("|".join(rf"\b{name}" for name in time.MONTH if len(name) > 2), re.IGNORECASE)
_SIGNS = re.compile(r"[€£¥₹₩₱]")
_GROUPED = re.compile(r"\\d\{1,3\}\)?(?:\(\?:)?\[?[^)]{0,8},[^)]{0,8}\]?\\d\{3\}")
_TOTAL = re.compile(
    (
        rf"(?:{'|'.join(word for word in captions.TOTALS if ' ' not in word and word.isalpha())})\??(?=[s|"
        rf")?\\]*(?:\\b|[|)]))"
    ),
    re.IGNORECASE,
)

_NAMES = "names of lines and heads, of which the word of a total is one"
_CUTS = "tells by the grouping alone where one figure ends and the next begins, with more room than a number has"
EXCUSED = {
    "bind/claims/targets.py": _NAMES,
    "extract/dating.py": _NAMES,
    "extract/periods.py": _NAMES,
    "extract/prose/quantities.py": "an amount of a sentence with all that stands around it is one pattern",
    "extract/prose/reading.py": 'phrases of a sentence, as "in total" and "in turn"',
    "extract/roles.py": _NAMES,
    "extract/settings.py": _NAMES,
    "read/columns.py": _CUTS,
    "read/flattened.py": _CUTS,
    "read/run_on.py": _CUTS,
    "structure/grid.py": _CUTS,
}
"""Modules that spell such a word out all the same, and why."""


def _patterns(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts that a module makes patterns and sets of words from, with their lines."""
    for node in tree.body:  # a piece of a pattern under a name of its own
        if isinstance(node, ast.Assign):
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and "|" in part.value:
                    yield part.lineno, part.value
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, (ast.Name, ast.Attribute)):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        if name not in (
            "compile",
            "search",
            "match",
            "fullmatch",
            "sub",
            "split",
            "findall",
            "finditer",
            "lowered",
            "sought",
            "frozenset",
        ):
            continue
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.lineno, part.value


def _spelled(text: str) -> str:
    """Which notion of print a text spells out; nothing where none."""
    if len({found.lower()[:3] for found in _MONTHS.findall(text)}) > 2:
        return "months"
    if len(set(_SIGNS.findall(text))) > 1:
        return "money"
    if _GROUPED.search(text):
        return "numbers"
    return "totals" if _TOTAL.search(text) else ""


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] not in _ROOMS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_other_room_spells_out_what_print_is_made_of(path: Path) -> None:
    found = [
        (line, kind, text[:60])
        for line, text in _patterns(ast.parse(path.read_text(encoding="utf-8")))
        if (kind := _spelled(text))
    ]
    if str(path.relative_to(PACKAGE)) in EXCUSED:
        assert found, "no excuse is needed any more"
    else:
        assert not found
