"""Every code: its bad example raises it and nothing else, its good example is clean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker.core.problem import Problem
from checker.language import lint, parse, resolve
from checker.language.codes import CODES
from checker.language.linting import LINTS
from checker.language.sentences import SENTENCES
from checker.language.shapes import SHAPES

WITH_EXAMPLES = [code for code in CODES.values() if code.bad]
PACKAGE = Path(__file__).resolve().parent.parent.parent / "checker" / "language"


def _codes(text: str, wanted: str) -> set[str]:
    """What an example raises; a missing reason counts only where it is the point."""
    file = parse(text, "example.rules", "example")
    problems: tuple[Problem, ...] = file.problems
    if not wanted.startswith("E1"):
        book = resolve([file])
        problems = (*book.problems, *lint([file], book))
    return {problem.code for problem in problems} - ({"W403"} - {wanted})


@pytest.mark.parametrize("code", WITH_EXAMPLES, ids=lambda code: str(code.code))
def test_a_bad_example_raises_its_code_and_a_good_one_none(code) -> None:  # type: ignore[no-untyped-def]
    assert _codes(code.bad, code.code) == {code.code}
    assert _codes(code.good, code.code) == set()


def test_codes_without_an_example_are_those_that_need_a_disk_or_a_page() -> None:
    assert {code.code for code in CODES.values() if not code.bad} == {
        "E108",
        "E133",
        "E212",
        "E215",
        "E220",
        "E221",
        "E222",
        "E223",
        "E224",
        "E236",
        "W407",
    }


@pytest.mark.parametrize(("code", "shape"), [(code, shape) for code, shapes in SHAPES.items() for shape in shapes])
def test_every_shape_gives_its_code(code: str, shape: str) -> None:
    assert [problem.code for problem in parse(shape, "shape.rules", "shape").problems] == [code]


def test_every_code_in_the_program_is_explained_and_every_explained_code_is_in_the_program() -> None:
    used = {
        code
        for path in PACKAGE.glob("*.py")
        if path.name not in ("codes.py", "shapes.py")
        for code in re.findall(r'"([EW]\d{3})"', path.read_text(encoding="utf-8"))
    }
    assert used == set(CODES)


def test_every_sentence_belongs_to_a_code() -> None:
    assert set(SENTENCES) <= set(CODES)
    assert set(SHAPES) <= set(SENTENCES)


def test_every_lint_says_what_it_is_for() -> None:
    assert all(one.__doc__ for one in LINTS)
