"""How a caption is written in a rule."""

from __future__ import annotations

from checker.core.rule import Name, Relation, Rule
from checker.language.parsing import parse


def spelled(caption: str) -> str:
    """The caption as it is where that is one name, else in quotes."""
    return caption if is_name(caption) else in_quotes(caption)


def in_quotes(caption: str) -> str:
    """The caption in quotes, those inside it written twice."""
    return '"' + caption.replace('"', '""') + '"'


def is_name(caption: str) -> bool:
    """Whether the caption, bare, is one name in a rule."""
    read = parse(f"{caption} = Nothing\n", "", "")
    match read.declarations:
        case (Rule(relations=(Relation(left=Name(text=text, quoted=False, brackets=())),)),) if not read.problems:
            return text == caption
    return False
