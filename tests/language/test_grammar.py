"""The grammar has no conflict, its tables are current, and it names the functions that exist."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from lark import Lark, TextSlice, UnexpectedInput

from checker.functions import FUNCTIONS
from checker.language import syntax
from checker.language.layout import lay_out
from checker.resources import grammar

SPECIMENS = Path(__file__).parent / "specimens"


def test_the_grammar_has_no_conflict_and_no_two_terminals_that_match_the_same_text() -> None:
    Lark(grammar("rules.lark"), parser="lalr", lexer="contextual", maybe_placeholders=False, strict=True)


def test_the_stored_tables_are_of_this_grammar() -> None:
    stored = json.loads(grammar("rules.json"))
    assert stored["grammar"] == hashlib.sha256(grammar("rules.lark").encode()).hexdigest(), (
        "run python -m checker.language.tables"
    )


def test_the_stored_tables_read_as_the_grammar_does() -> None:
    built = syntax._built(grammar("rules.lark"))
    for path in sorted(SPECIMENS.glob("*.rules")):
        layout = lay_out(path.read_text(encoding="utf-8"))
        for span in layout.declarations:
            outcome = syntax.read(layout.text, span)
            if isinstance(outcome, syntax.Stop):
                with pytest.raises(UnexpectedInput):
                    built.parse(TextSlice(layout.text, *span))
            else:
                assert built.parse(TextSlice(layout.text, *span)) == outcome


def test_without_fitting_tables_the_grammar_itself_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syntax, "grammar", lambda name: grammar(name) if name.endswith(".lark") else "{}")
    syntax._parser.cache_clear()
    try:
        assert not isinstance(syntax.read("A = B", (0, 5)), syntax.Stop)
    finally:
        syntax._parser.cache_clear()


def test_the_functions_of_the_grammar_are_those_that_exist() -> None:
    found = re.search(r"^FUNCTION\.4: /\(\?:([a-z|]+)\)", grammar("rules.lark"), re.MULTILINE)
    assert found is not None and set(found[1].split("|")) == set(FUNCTIONS)


def test_every_function_says_what_it_is() -> None:
    assert all(function.summary.endswith(".") for function in FUNCTIONS.values())
