"""The reference for authors says what is so: its examples are read, and it leaves out no word of the language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from checker.core.rule import Measure, Prefix, PrintedAs, Sentence
from checker.functions import FUNCTIONS
from checker.language import parse, show
from checker.language.sentences import CLAUSES, DECLARING

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "language.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```rules\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_read(example: str) -> None:
    assert [show(problem) for problem in parse(example, "language.md", "language").problems] == []


def test_every_word_of_the_language_is_on_the_page() -> None:
    words = (
        *DECLARING,
        *CLAUSES,
        *get_args(Sentence),
        *get_args(Prefix),
        *get_args(PrintedAs),
        *get_args(Measure),
        *(f"{name}(" for name in FUNCTIONS),
    )
    assert [word for word in words if word not in PAGE] == []
