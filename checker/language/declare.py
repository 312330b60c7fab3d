"""From the parts of a declaration to the declaration: its id, its title, the text of its relations, its clauses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any as Anything

from checker.core.rule import (
    All,
    Any,
    Clauses,
    Concept,
    Condition,
    Declaration,
    Definition,
    Each,
    Name,
    Not,
    Override,
    Relation,
    Rule,
    Skip,
    Span,
    Use,
)
from checker.core.value import evolve, frozen
from checker.language.build import Clause, Draft, unquoted
from checker.language.check import relations
from checker.language.fault import Fault, Faulty
from checker.language.walk import names

_APOSTROPHES = re.compile(r"['’‘]")
_OTHER = re.compile(r"[^\w]+|_+")
_PARAMETER = re.compile(r".* ([A-Z])")
_GROUPS = {
    "timing": ("duration", "instant"),
    "measure": ("currency", "shares", "per share", "percent", "ratio", "number"),
    "balance": ("debit", "credit"),
    "stands_for": ("segment", "entity", "heading"),
}
_ADDRESS = re.compile(r"\.\.|//|\\|^/|^[A-Za-z]:")


@frozen
class Source:
    """The file a declaration stands in: its text as laid out and what its rules are called by."""

    text: str
    path: str
    stem: str
    shipped: bool


def declare(drafts: Sequence[tuple[Draft, Span]], source: Source) -> tuple[tuple[Declaration, ...], tuple[Fault, ...]]:
    """The declarations of one file, and what keeps some of them from being one."""
    taken = dict.fromkeys((draft.words[0][0] for draft, _ in drafts if draft.kind == "rule"), 1)
    declarations: list[Declaration] = []
    faults: list[Fault] = []
    for draft, span in drafts:
        try:
            own = _own_id(draft, source, taken)
            declarations.append(_declaration(draft, span, source, own))
        except Faulty as faulty:
            faults.append(faulty.fault)
    return tuple(declarations), tuple(faults)


def _own_id(draft: Draft, source: Source, taken: dict[str, int]) -> str:
    """The id below the file: as stated, or made of the left side and numbered where that is taken; `taken` holds the
    number last tried for each."""
    if draft.kind == "rule":
        return draft.words[0][0]
    if draft.kind != "bare":
        return ""
    first = relations(draft)[0]
    side = first.left.span if isinstance(first, Relation) else first.span
    start = first.span[0]
    slug = slugged(source.text[start : side[1]] if isinstance(first, Relation) else first.sentence.split("=")[0])
    chosen = slug
    while chosen in taken:
        taken[slug] += 1
        chosen = f"{slug}-{taken[slug]}"
    taken[chosen] = 1
    return chosen


def slugged(text: str) -> str:
    """`Total stockholders' deficit` as part of an id: `total-stockholders-deficit`; letters of every script are
    kept."""
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return _OTHER.sub("-", plain).strip("-") or "relation"


def _declaration(draft: Draft, span: Span, source: Source, own: str) -> Declaration:
    stated = _clauses(draft.lines)
    if stated.when is not None:
        stated = evolve(stated, when=_worded_condition(stated.when, source.text))
    match draft.kind:
        case "rule" | "bare":
            return _rule(draft, span, source, (own, stated))
        case "define":
            return _definition(draft, span, source, stated)
        case "concept":
            return _concept(draft, span, source, stated)
        case "use":
            for target, at in draft.words:
                if _ADDRESS.search(target) or "*" in target:
                    hint = "name it as ids do: `use us-gaap` or `use house/common`"
                    raise Faulty(
                        Fault(
                            "E144",
                            at,
                            "`use` takes packs and files below the rules folders, never addresses or patterns",
                            hint,
                        )
                    )
            return Use(tuple(target.removesuffix(".rules") for target, _ in draft.words), span)
        case "override":
            lines = tuple(_worded(line, source.text) for line in relations(draft))
            return Override(draft.words[0][0], stated, lines, source.path, span)
        case _:
            return Skip(tuple(target for target, _ in draft.words), stated.because or "", source.path, span)


def _rule(draft: Draft, span: Span, source: Source, parts: tuple[str, Clauses]) -> Rule:
    own, stated = parts
    lines = tuple(_worded(line, source.text) for line in relations(draft))
    first = lines[0]
    title = _title(draft) or (first.text if isinstance(first, Relation) else first.sentence)
    return Rule(f"{source.stem}/{own}" if source.stem else own, title, lines, stated, source.path, span, source.shipped)


def _title(draft: Draft) -> str:
    if len(draft.words) < 2:
        return ""
    return unquoted(draft.words[1][0])


def _worded(line: Relation | Each, text: str) -> Relation | Each:
    if isinstance(line, Each):
        return evolve(line, sentence=line.sentence.replace("’", "'"))  # type: ignore[arg-type]
    return evolve(line, text=" ".join(text[line.span[0] : line.span[1]].split()))


def _worded_condition(condition: Condition, text: str) -> Condition:
    match condition:
        case Relation():
            return _worded(condition, text)  # type: ignore[return-value]
        case Not():
            return evolve(condition, operand=_worded_condition(condition.operand, text))
        case All() | Any():
            return evolve(condition, operands=tuple(_worded_condition(operand, text) for operand in condition.operands))
        case _:
            return condition


def _definition(draft: Draft, span: Span, source: Source, stated: Clauses) -> Definition:
    assert draft.head is not None and draft.expression is not None
    found = None if draft.head.quoted else _PARAMETER.fullmatch(draft.head.text)
    parameter = found[1] if found and any(_uses(name, found[1]) for name in names([draft.expression])) else ""
    return Definition(
        draft.head.text,
        draft.expression,
        parameter,
        draft.printed_as or None,  # type: ignore[arg-type]
        stated,
        source.path,
        span,
        source.shipped,
        source.stem,
    )


def _uses(name: Name, parameter: str) -> bool:
    return not name.quoted and (name.text == parameter or name.text.endswith(f" {parameter}"))


def _concept(draft: Draft, span: Span, source: Source, stated: Clauses) -> Concept:
    assert draft.head is not None
    kinds: dict[str, str] = {}
    tags: tuple[str, ...] = ()
    for line in draft.lines:
        if not isinstance(line, Clause):
            continue
        if line.kind == "xbrl":
            tags += line.value
        elif line.kind == "properties":
            for word, at in line.value:
                group = next(group for group, words in _GROUPS.items() if word in words)
                if kinds.setdefault(group, word) != word:
                    raise Faulty(
                        Fault("E145", at, f"it cannot be both `{kinds[group]}` and `{word}`", "keep one of the two")
                    )
    return Concept(
        draft.head.text,
        stated.aliases,
        kinds.get("timing"),  # type: ignore[arg-type]
        kinds.get("measure"),  # type: ignore[arg-type]
        kinds.get("balance"),  # type: ignore[arg-type]
        kinds.get("stands_for", "line"),  # type: ignore[arg-type]
        tags,
        source.path,
        span,
    )


# ---- clauses ---------------------------------------------------------------------------------------------------------

_ONCE = frozenset({"kind", "meant", "when", "severity", "tolerance", "because", "required", "effective"})
"""Clauses that a declaration states once; lists of several lines are joined."""


def _clauses(lines: Sequence[Relation | Each | Clause]) -> Clauses:
    """All the clauses of a declaration in one; lists of two lines are joined, anything else may be stated once."""
    found: dict[str, Anything] = {}
    for line in lines:
        if not isinstance(line, Clause):
            continue
        if line.kind in found and line.kind in _ONCE:
            raise Faulty(
                Fault(
                    "E141",
                    line.span,
                    f"`{line.kind}` is stated twice",
                    "a declaration states it once; join the two lines",
                )
            )
        found[line.kind] = found[line.kind] + line.value if line.kind in found else line.value
    severity, steps = found.get("severity", (None, ()))
    since, until = found.get("effective", (None, None))
    return Clauses(
        kind=found.get("kind"),
        meant=found.get("meant", False),
        when=found.get("when"),
        within=found.get("in", ()),
        excepted=found.get("except", ()),
        severity=severity,
        steps=steps,
        tolerance=found.get("tolerance"),
        because=found.get("because"),
        required=found.get("required", False),
        see=tuple(item.text for item in found.get("see", ())),
        ticks=tuple(item.text for item in found.get("tick", ())),
        tags=tuple(item.text for item in found.get("tags", ())),
        effective_from=since,
        effective_to=until,
        aliases=found.get("aka", ()),
    )
