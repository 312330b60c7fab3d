"""A rule, a definition or a concept as its author wrote it, with the section of the page beside it. Judges nothing."""

from __future__ import annotations

import re
from pathlib import Path

from checker.core.rule import Concept, Definition, Rule, Rulebook
from checker.resources import rules_folder

Declared = Rule | Definition | Concept


def named(rulebook: Rulebook, name: str) -> tuple[Definition | Concept, ...]:
    """The definitions and concepts of that name, also by one of their other names."""
    wanted = name.casefold()
    definitions = [one for one in rulebook.definitions if wanted in _names(one.name, one.clauses.aliases)]
    return (*definitions, *(one for one in rulebook.concepts if wanted in _names(one.name, one.aliases)))


def _names(name: str, aliases: tuple[object, ...]) -> set[str]:
    return {name.casefold(), *(str(getattr(alias, "text", "")).casefold() for alias in aliases)}


def explained(one: Declared) -> str:
    """What was declared, where, and what its page says of it."""
    path = _file(one.path)
    lines: list[str] = []
    if isinstance(one, Rule):
        lines += [one.id, *([one.title] if one.title and one.title != _relation(one) else []), ""]
    lines += [f"    {line}" for line in declaration(one)]
    if one.path:
        lines += ["", f"in {one.path}, line {_line(one, path)}"]
    page = (
        section(path.with_suffix(".md"), one.id.rsplit("/", 1)[-1])
        if isinstance(one, Rule) and path is not None
        else ""
    )
    return "\n".join(lines) + "\n" + (f"\n{page}\n" if page else "")


def written(one: Definition) -> str:
    """A definition as a check of what is printed: its name, and what its author made it of."""
    start, end = one.expression.span
    return f"{one.name} as printed = {' '.join(_text(_file(one.path))[start:end].split()) or 'what it is defined as'}"


def section(page: Path, heading: str) -> str:
    """The text under the heading of a rule in a page, without the heading; empty where there is none. A heading may
    name the file before the rule: `bank/net-income`."""
    if not page.is_file():
        return ""
    parts = re.split(r"^## +`?([\w./#-]+)`? *$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return next(
        (
            text.strip()
            for name, text in zip(parts[1::2], parts[2::2], strict=True)
            if name.rpartition("/")[2] == heading
        ),
        "",
    )


def _relation(rule: Rule) -> str:
    return str(getattr(rule.relations[0], "text", "")) if rule.relations else ""


def _file(path: str) -> Path | None:
    """The file of a declaration: the user's as named, the library's below its folder."""
    for candidate in (Path(path), rules_folder() / path):
        if path and candidate.is_file():
            return candidate
    return None


def _text(path: Path | None) -> str:
    return "" if path is None else path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")


def declaration(one: Declared) -> list[str]:
    """The lines of the file that declare it."""
    text = _text(_file(one.path))
    start = text.rfind("\n", 0, one.span[0]) + 1
    return text[start : one.span[1]].rstrip().splitlines() or [
        one.name if not isinstance(one, Rule) else _relation(one)
    ]


def _line(one: Declared, path: Path | None) -> int:
    return _text(path).count("\n", 0, one.span[0]) + 1
