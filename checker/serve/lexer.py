"""The colours of rule files for Pygments, by its entry point `pygments.lexers`: from the same table as those of
editors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pygments.lexer import RegexLexer, bygroups
from pygments.token import Comment, Token, Whitespace, string_to_tokentype

from checker.language.syntax import terminals
from checker.serve.colours import BLOCK_END, BRACKET, COLOURS, COMMENT, CONCEPT, EXPRESSION, LINES, Line, head


def _token(name: str) -> Any:
    return string_to_tokentype(COLOURS[name].token)


def _matches(names: Sequence[str]) -> list[Any]:
    return [(terminals()[name], _token(name)) for name in names]


def _states() -> dict[str, list[Any]]:
    """The states of the lexer: one for lines, one for the rest of each kind of line, one for concepts and one for
    brackets."""
    blanks = [(r"[^\S\n]+", Whitespace), (COMMENT, Comment.Single)]
    bracket = (r"\[", _token("LSQB"), "bracket")
    states: dict[str, list[Any]] = {
        "root": [(f"^{terminals()['_CONCEPT']}", _token("_CONCEPT"), "concept")],
        "concept": [(BLOCK_END, Token.Text, "#pop")],
        "bracket": [*blanks, (r"\]", _token("RSQB"), "#pop"), (r"(?=\n)", Token.Text, "#pop"), *_matches(BRACKET)],
    }
    for state, lines in (("root", LINES), ("concept", CONCEPT)):
        for number, line in enumerate(lines):
            states[state].append((head(line), bygroups(Whitespace, _token(line.heads[0])), f"{state} {number}"))
            states[f"{state} {number}"] = [(r"(?=\n)", Token.Text, "#pop"), *_behind(line, blanks, bracket)]
        states[state] += [(r"\n", Whitespace), *blanks]
    states["concept"] += _matches(("QUOTED", "NAME"))
    states["root"] += [bracket, *_matches(EXPRESSION)]
    return states


def _behind(line: Line, blanks: list[Any], bracket: Any) -> list[Any]:
    return [*blanks, *_matches(line.rest), *([bracket, *_matches(EXPRESSION)] if line.expression else [])]


class RulesLexer(RegexLexer):  # type: ignore[misc]
    """Rule files of tieout."""

    name = "tieout rules"
    aliases = ("tieout", "tieout-rules")
    filenames = ("*.rules",)
    tokens = _states()
