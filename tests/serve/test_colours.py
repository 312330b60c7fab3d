"""Colours follow the grammar: each token has one, the extension's file is current, and names end where the parser
says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.language import parse
from checker.language.syntax import terminals
from checker.resources import rules_folder
from checker.serve.colours import BLOCK_END, COLOURS, CONCEPT, EXPRESSION, LINES, UNCOLOURED, textmate
from checker.serve.naming import stands
from tests.examples import examples

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "integrations" / "vscode"

pygments_token = pytest.importorskip("pygments.token", reason="the extra pygments is not installed")


def test_every_token_of_the_grammar_has_a_colour_and_a_place() -> None:
    assert set(COLOURS) | UNCOLOURED == set(terminals())
    placed = (
        {name for line in (*LINES, *CONCEPT) for name in (*line.heads, *line.rest)}
        | set(EXPRESSION)
        | {"_CONCEPT", "LSQB"}
    )
    assert set(COLOURS) - placed == {"_EQUALS"}, "the sign of a definition is that of a comparison"


def test_the_colours_of_the_extension_are_current() -> None:
    written = (EXTENSION / "syntaxes" / "tieout.tmLanguage.json").read_text(encoding="utf-8")
    assert written == textmate(), "run python -m checker.serve.colours"


def test_the_extension_names_only_files_that_it_has() -> None:
    package = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    named = [
        package["main"],
        *(one["path"] for one in package["contributes"]["grammars"]),
        *(one["configuration"] for one in package["contributes"]["languages"]),
    ]
    assert all((EXTENSION / name).is_file() for name in named)
    client = (EXTENSION / "client.js").read_text(encoding="utf-8")
    assert all(f'"{one["command"]}"' in client for one in package["contributes"]["commands"])
    assert set(re.findall(r"settings\(\)\.get\(\"(\w+)\"\)", client)) == {
        name.removeprefix("tieout.") for name in package["contributes"]["configuration"]["properties"]
    }


def _expressions(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key in ("match", "begin", "end") and isinstance(value, str))
        for value in node.values():
            yield from _expressions(value)
    elif isinstance(node, list):
        for value in node:
            yield from _expressions(value)


def test_editors_find_the_first_word_of_every_clause_only_where_a_line_begins() -> None:
    begins = [one for one in _expressions(json.loads(textmate())) if one.startswith("^") and one != BLOCK_END]
    assert any(re.match(one, "    severity warning") for one in begins)
    assert not any(re.match(one, "severity warning = Revenues") for one in begins)


def _lexed(text: str) -> list[tuple[int, object, str]]:
    from checker.serve.lexer import RulesLexer

    return list(RulesLexer().get_tokens_unprocessed(text))


@pytest.mark.parametrize("path", sorted(rules_folder().rglob("*.rules")), ids=lambda path: path.stem)
def test_names_of_the_library_end_where_the_parser_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tokens = {start: (token, value) for start, token, value in _lexed(text)}
    assert not [value for token, value in tokens.values() if token is pygments_token.Error]
    for stand in stands(parse(text, path.name, path.stem)):
        if stand.role == "uses" and not stand.quoted:
            token, value = tokens[stand.span[0]]
            assert token is pygments_token.Name.Variable and value == text[slice(*stand.span)]


@given(st.text(alphabet=st.sampled_from('ab A"“”#[]();,=+-|?5%$\n\t 𝒂'), max_size=80))
@settings(max_examples=examples(150), deadline=None)
def test_no_text_loses_a_character(text: str) -> None:
    assert "".join(value for _, _, value in _lexed(text)) == text


def test_bombs_are_coloured() -> None:
    for bomb in (
        "A" * 100_000,
        "(" * 50_000,
        "A (" * 30_000,
        '"' * 50_001,
        " " * 100_000,
        "A, " * 30_000,
        "    aka " + "a;" * 30_000,
    ):
        assert "".join(value for _, _, value in _lexed(bomb)) == bomb
