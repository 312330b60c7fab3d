"""How rule files are coloured: every token of the grammar with what it is to a reader, and the grammar of editors
(TextMate) made of that.

`python -m checker.serve.colours` writes integrations/vscode/syntaxes/tieout.tmLanguage.json; a test says when that file
is out of date.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from checker.core.value import frozen
from checker.language.syntax import terminals

COMMENT = r"(?:^|(?<=[ \t]))#[^\n]*"
BLOCK_END = r"^(?=[^\s#])"
"""A declaration ends where the next line begins in the first column."""


@frozen
class Colour:
    """What a token is to a reader: a scope of TextMate, and a token of Pygments."""

    scope: str
    token: str


_DECLARES = Colour("keyword.control.declaration", "Keyword.Declaration")
_CLAUSE = Colour("keyword.other.clause", "Keyword")
_WORD = Colour("keyword.other.word", "Keyword")
_CHOICE = Colour("constant.language", "Keyword.Constant")
_OPERATOR = Colour("keyword.operator", "Operator")
_LOGIC = Colour("keyword.operator.word", "Operator.Word")
_SIGN = Colour("punctuation.separator", "Punctuation")

COLOURS: Mapping[str, Colour] = MappingProxyType(
    {
        **dict.fromkeys(("_RULE", "_CONCEPT", "_DEFINE", "_USE", "_OVERRIDE", "_SKIP"), _DECLARES),
        **dict.fromkeys(
            (
                "_KIND",
                "_WHEN",
                "_IN",
                "_EXCEPT",
                "_SEVERITY",
                "_TOLERANCE",
                "_BECAUSE",
                "AKA",
                "REQUIRED",
                "_SEE",
                "_TICK",
                "_TAGS",
            ),
            _CLAUSE,
        ),
        **dict.fromkeys(("EFFECTIVE", "_XBRL", "MEANT"), _CLAUSE),
        **dict.fromkeys(("FROM", "TO", "_ABOVE", "MINUS", "TEST", "AS", "_SUM_OF"), _WORD),
        **dict.fromkeys(("LEVEL", "KIND", "TOLERATED"), _CHOICE),
        **dict.fromkeys(("COMPARISON", "UNEQUAL", "_EQUALS", "SIGN", "SCALE", "_BAR", "QUESTION"), _OPERATOR),
        **dict.fromkeys(("_AND", "_OR", "NOT", "PREFIX"), _LOGIC),
        **dict.fromkeys(("LPAR", "RPAR", "LSQB", "RSQB", "_SEMICOLON", "_COMMA"), _SIGN),
        "EACH": Colour("keyword.other.sentence", "Keyword.Pseudo"),
        "PROPERTY": Colour("storage.type", "Keyword.Type"),
        "FUNCTION": Colour("support.function", "Name.Builtin"),
        "AMOUNT": Colour("constant.numeric", "Number"),
        "DATE": Colour("constant.numeric.date", "Literal.Date"),
        "QUOTED": Colour("string.quoted", "String"),
        "WORDS": Colour("string.unquoted", "String.Symbol"),
        "NAME": Colour("variable.other", "Name.Variable"),
        "ID": Colour("entity.name.function", "Name.Function"),
        "PATH": Colour("entity.name.namespace", "Name.Namespace"),
        "QNAME": Colour("entity.name.tag", "Name.Tag"),
    }
)
"""Every token that is more than a blank."""

UNCOLOURED = frozenset({"_NL", "BLANKS"})

EXPRESSION: Sequence[str] = (
    "QUOTED",
    "AMOUNT",
    "PREFIX",
    "FUNCTION",
    "TEST",
    "AS",
    "_SUM_OF",
    "_AND",
    "_OR",
    "NOT",
    "NAME",
    "UNEQUAL",
    "COMPARISON",
    "SIGN",
    "SCALE",
    "_BAR",
    "QUESTION",
    "LPAR",
    "RPAR",
    "RSQB",
    "_SEMICOLON",
    "_COMMA",
)
"""What may stand in an expression, in the order in which it is looked for; behind LSQB come words."""

BRACKET: tuple[str, ...] = ("QUOTED", "_SEMICOLON", "WORDS")


@frozen
class Line:
    """A line that begins with one of some tokens, and what stands on the rest of it; `set_in`: where it begins."""

    heads: tuple[str, ...]
    rest: tuple[str, ...]
    set_in: bool = True
    expression: bool = False
    """Behind that, whatever may stand in an expression."""


LINES: Sequence[Line] = (
    Line(("_RULE",), ("QUOTED", "ID"), set_in=False),
    Line(("_USE", "_OVERRIDE", "_SKIP"), ("_SEMICOLON", "PATH"), set_in=False),
    Line(("_DEFINE",), (), set_in=False, expression=True),
    Line(("EACH",), (), set_in=False),
    Line(("EACH",), ()),
    Line(("MEANT", "REQUIRED"), ()),
    Line(("_KIND",), ("KIND",)),
    Line(("_SEVERITY",), ("LEVEL", "_ABOVE"), expression=True),
    Line(("_TOLERANCE",), ("TOLERATED",), expression=True),
    Line(("EFFECTIVE",), ("FROM", "TO", "DATE")),
    Line(("_BECAUSE",), ("QUOTED",)),
    Line(("_IN", "_SEE", "_TICK", "_TAGS"), BRACKET),
    Line(("AKA",), ("MINUS", "QUOTED", "NAME", "_SEMICOLON", "_COMMA")),
    Line(("_WHEN", "_EXCEPT"), (), expression=True),
)
CONCEPT: Sequence[Line] = (
    Line(("AKA",), ("MINUS", "QUOTED", "NAME", "_SEMICOLON", "_COMMA")),
    Line(("_XBRL",), ("QNAME", "_COMMA")),
    Line(("PROPERTY",), ("PROPERTY", "_COMMA")),
)
"""Lines below `concept`, whose words are names anywhere else."""

Grammar = dict[str, object]


def textmate() -> str:
    """The grammar of editors, as JSON."""
    expression: list[Grammar] = [{"include": "#expression"}]
    comment: Grammar = {"match": COMMENT, "name": "comment.line.number-sign.tieout"}
    bracket: Grammar = {"begin": r"\[", "end": r"\]|$", "name": "meta.bracket.tieout", "patterns": _matches(BRACKET)}
    concept: Grammar = {
        "begin": f"^{terminals()['_CONCEPT']}",
        "beginCaptures": {"0": {"name": _scope("_CONCEPT")}},
        "end": BLOCK_END,
        "patterns": [comment, *(_line(one) for one in CONCEPT), *_matches(("QUOTED", "NAME"))],
    }
    grammar = {
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "name": "tieout rules",
        "scopeName": "source.tieout",
        "fileTypes": ["rules"],
        "patterns": [comment, concept, *(_line(one) for one in LINES), *expression],
        "repository": {"expression": {"patterns": [comment, bracket, *_matches(EXPRESSION)]}},
    }
    return json.dumps(grammar, indent=2, ensure_ascii=False) + "\n"


def _scope(name: str) -> str:
    return f"{COLOURS[name].scope}.tieout"


def _matches(names: Sequence[str]) -> list[Grammar]:
    return [{"match": terminals()[name], "name": _scope(name)} for name in names]


def head(line: Line) -> str:
    """The expression that finds where a line begins; its second group is the token."""
    tokens = "|".join(terminals()[name] for name in line.heads)
    before = r"[ \t]+" if line.set_in else ""
    return f"^({before})((?:{tokens}))"


def _line(line: Line) -> Grammar:
    comment: Grammar = {"match": COMMENT, "name": "comment.line.number-sign.tieout"}
    more: list[Grammar] = [{"include": "#expression"}] if line.expression else []
    behind: list[Grammar] = [comment, *_matches(line.rest), *more]
    return {
        "begin": head(line),
        "beginCaptures": {"2": {"name": _scope(line.heads[0])}},
        "end": "$",
        "patterns": behind,
    }


def write() -> None:
    """Write the grammar into the extension of this checkout."""
    path = (
        Path(__file__).resolve().parent.parent.parent
        / "integrations"
        / "vscode"
        / "syntaxes"
        / "tieout.tmLanguage.json"
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textmate(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
