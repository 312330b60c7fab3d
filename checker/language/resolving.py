"""From parsed files to the rulebook of a run: concepts of one name merged, definitions free of circles, overrides and
skips carried out.

It reads no file and binds no name to a figure; which caption a name means is decided where there is a release.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TypeVar

from checker.core.caption import normal
from checker.core.problem import Problem
from checker.core.rule import (
    Alias,
    Clauses,
    Concept,
    Declaration,
    Definition,
    Override,
    Rule,
    Rulebook,
    RuleFile,
    Skip,
    Use,
)
from checker.core.value import evolve, frozen
from checker.language.cycles import Extents, cycles, uses
from checker.language.fault import Fault, Lines
from checker.language.ids import fits
from checker.language.walk import stated

Kind = TypeVar("Kind", bound=Declaration)


@frozen
class Found:
    """A fault and the file in which it stands."""

    path: str
    fault: Fault
    target: str = ""
    """The id, pack or pattern that fits nothing, as it is written,"""
    near: str = ""
    """and what was perhaps meant."""


def resolve(files: Sequence[RuleFile]) -> Rulebook:
    """The rulebook of these files, in their order: a later file adds to, changes or switches off what an earlier one
    says."""
    found: list[Found] = list(_unknown_uses(files))
    rules = _distinct_rules(tuple(_every(files, Rule)), found)
    overrides = tuple(_every(files, Override))
    skips = tuple(_every(files, Skip))
    changed = _kept(_overridden(rules, overrides, found), skips, found)
    definitions = _definitions(tuple(_every(files, Definition)), found)
    extents = Extents(definitions)
    return Rulebook(
        rules=tuple(_bounded(changed, extents, found)),
        definitions=tuple(_moderate(definitions, extents, found)),
        concepts=_concepts(tuple(_every(files, Concept)), found),
        overrides=overrides,
        skips=skips,
        files=tuple((file.path, file.sha256 or _sha256(file.text)) for file in files),
        problems=(*(problem for file in files for problem in file.problems), *_problems(found, files)),
    )


def _every(files: Sequence[RuleFile], kind: type[Kind]) -> Iterator[Kind]:
    return (declaration for file in files for declaration in file.declarations if isinstance(declaration, kind))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _problems(found: Sequence[Found], files: Sequence[RuleFile]) -> Iterator[Problem]:
    if not found:
        return
    texts = {file.path: file.text for file in files}
    lines: dict[str, Lines] = {}
    for one in found:
        if one.path not in lines:
            lines[one.path] = Lines(texts.get(one.path, ""))
        yield lines[one.path].problem(_hinted(one, texts.get(one.path, "")), one.path)


_LIKE = 0.6
"""How like an id is to one that fits nothing, to be told as meant."""


def _hinted(found: Found, text: str) -> Fault:
    """The fault, with what was perhaps meant."""
    if not found.near:
        return found.fault
    at = text.removeprefix("\ufeff").find(found.target, *found.fault.span)
    fix = (((at, at + len(found.target)), found.near),) if at >= 0 else ()
    return evolve(found.fault, help=f"did you mean `{found.near}`?", fix=fix)


# ---- use -------------------------------------------------------------------------------------------------------------


def _unknown_uses(files: Sequence[RuleFile]) -> Iterator[Found]:
    stems = tuple(file.stem for file in files)
    for file in files:
        for declaration in file.declarations:
            if isinstance(declaration, Use):
                for target in declaration.targets:
                    if not any(stem == target or stem.startswith(target + "/") for stem in stems):
                        message = f"no pack or file is called `{target}`"
                        yield Found(
                            file.path, Fault("E206", declaration.span, message), target, _near(target, _packs(stems))
                        )


def _packs(stems: Sequence[str]) -> tuple[str, ...]:
    """The files, and the packs that they stand in."""
    above = (stem[:at] for stem in stems for at in range(len(stem)) if stem[at] == "/")
    return tuple(dict.fromkeys((*above, *stems)))


def _near(word: str, known: Sequence[str]) -> str:
    """The one of the known that is likest; empty where none is."""
    from checker.lexicon.near import Near  # needed only where something is wrong

    return next(iter(Near(tuple(known)).nearest(word, _LIKE)), "")


# ---- rules -----------------------------------------------------------------------------------------------------------


def _distinct_rules(rules: Sequence[Rule], found: list[Found]) -> tuple[Rule, ...]:
    kept: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in kept:
            other = kept[rule.id].path
            where = "twice in this file" if other == rule.path else f"here and in {other}"
            found.append(
                Found(
                    rule.path,
                    Fault("E203", rule.span, f"the id `{rule.id}` is given {where}", "give one of the two another id"),
                )
            )
        else:
            kept[rule.id] = rule
    return tuple(kept.values())


def _overridden(rules: Sequence[Rule], overrides: Sequence[Override], found: list[Found]) -> tuple[Rule, ...]:
    changed = {rule.id: rule for rule in rules}
    for override in overrides:
        fitting = [own for own in changed if fits(override.target, own)]
        if not fitting:
            found.append(_fits_nothing(override.path, override.target, override.span, tuple(changed)))
        if override.relations and len(fitting) > 1:
            message = f"`{override.target}` fits {len(fitting)} rules, and a relation can be replaced in one only"
            found.append(
                Found(override.path, Fault("E208", override.span, message, "name the one rule, or state clauses only"))
            )
            continue
        for own in fitting:
            rule = changed[own]
            changed[own] = evolve(
                rule, relations=override.relations or rule.relations, clauses=_restated(rule.clauses, override.clauses)
            )
    return tuple(changed.values())


def _restated(clauses: Clauses, by: Clauses) -> Clauses:
    """The clauses with those replaced that the override states; its own `because` says why it overrides, not why the
    rule holds."""
    return Clauses(
        kind=by.kind or clauses.kind,
        meant=by.meant or clauses.meant,
        when=by.when if by.when is not None else clauses.when,
        within=by.within or clauses.within,
        excepted=by.excepted or clauses.excepted,
        severity=by.severity or clauses.severity,
        steps=by.steps if by.severity else clauses.steps,
        tolerance=by.tolerance or clauses.tolerance,
        because=clauses.because,
        required=by.required or clauses.required,
        see=by.see or clauses.see,
        ticks=by.ticks or clauses.ticks,
        tags=by.tags or clauses.tags,
        effective_from=by.effective_from or clauses.effective_from,
        effective_to=by.effective_to or clauses.effective_to,
        aliases=clauses.aliases,
    )


def _kept(rules: Sequence[Rule], skips: Sequence[Skip], found: list[Found]) -> tuple[Rule, ...]:
    ids = tuple(rule.id for rule in rules)
    out: set[str] = set()
    for skip in skips:
        for target in skip.targets:
            fitting = [own for own in ids if fits(target, own)]
            out.update(fitting)
            if not fitting:
                found.append(_fits_nothing(skip.path, target, skip.span, ids))
    return tuple(rule for rule in rules if rule.id not in out)


def _fits_nothing(path: str, target: str, span: tuple[int, int], ids: Sequence[str]) -> Found:
    known = _packs(ids) if not target.endswith("/*") else [f"{pack}/*" for pack in _packs(ids)]
    return Found(
        path,
        Fault("E207", span, f"`{target}` fits no rule, so this changes nothing", None, "warning"),
        target,
        _near(target, known),
    )


# ---- definitions and concepts ----------------------------------------------------------------------------------------


def _definitions(definitions: Sequence[Definition], found: list[Found]) -> tuple[Definition, ...]:
    kept: dict[str, Definition] = {}
    for definition in definitions:
        key = normal(definition.name) or definition.name
        other = kept.get(key)
        if other is not None and other.path == definition.path:
            found.append(
                Found(
                    definition.path,
                    Fault(
                        "E209",
                        definition.span,
                        f"`{definition.name}` is defined twice in this file",
                        "keep one of the two",
                    ),
                )
            )
            continue
        if other is not None and not (other.shipped and not definition.shipped):
            message = f"`{definition.name}` is defined in {other.path} already; this one counts"
            found.append(
                Found(
                    definition.path,
                    Fault(
                        "E212", definition.span, message, "keep one of the two unless the change is meant", "warning"
                    ),
                )
            )
        kept[key] = definition
    every = tuple(kept.values())
    circular: set[int] = set()
    for circle in cycles(uses(every)):
        circular.update(circle)
        first = every[circle[0]]
        way = " uses ".join(f"`{every[index].name}`" for index in (*circle, circle[0]))
        found.append(
            Found(
                first.path,
                Fault("E210", first.span, f"a definition that uses itself has no value: {way}", "break the circle"),
            )
        )
    return tuple(definition for index, definition in enumerate(every) if index not in circular)


_SMALLER = "compute less in one rule, or compare printed figures: `[as printed]`"


def _moderate(definitions: Sequence[Definition], extents: Extents, found: list[Found]) -> Iterator[Definition]:
    """The definitions that stay of a size to compute with when the definitions in them are written out."""
    for index, definition in enumerate(definitions):
        if index in extents.excessive:
            found.append(
                Found(
                    definition.path,
                    Fault("E215", definition.span, f"`{definition.name}` grows too large when written out", _SMALLER),
                )
            )
        else:
            yield definition


def _bounded(rules: Sequence[Rule], extents: Extents, found: list[Found]) -> Iterator[Rule]:
    for rule in rules:
        if any(extents.of([root]).excessive for root in (*rule.relations, *stated(rule.clauses))):
            found.append(
                Found(
                    rule.path,
                    Fault(
                        "E215",
                        rule.span,
                        f"`{rule.id}` grows too large when the definitions in it are written out",
                        _SMALLER,
                    ),
                )
            )
        else:
            yield rule


def _concepts(concepts: Sequence[Concept], found: list[Found]) -> tuple[Concept, ...]:
    merged: dict[str, Concept] = {}
    for concept in concepts:
        key = normal(concept.name) or concept.name
        merged[key] = _joined(merged[key], concept, found) if key in merged else concept
    return tuple(merged.values())


def _joined(concept: Concept, more: Concept, found: list[Found]) -> Concept:
    """One concept of two declarations of its name; what the later one states replaces what the earlier one did, and
    says so."""
    for old, new in ((concept.timing, more.timing), (concept.measure, more.measure), (concept.balance, more.balance)):
        if old and new and old != new:
            message = f"`{more.name}` is `{old}` in {concept.path} and `{new}` here; the latter counts"
            found.append(
                Found(
                    more.path, Fault("E211", more.span, message, "leave it out unless the change is meant", "warning")
                )
            )
    known = {(normal(alias.text) or alias.text, alias.negated) for alias in concept.aliases}
    added: list[Alias] = [
        alias for alias in more.aliases if (normal(alias.text) or alias.text, alias.negated) not in known
    ]
    return evolve(
        concept,
        aliases=(*concept.aliases, *added),
        timing=more.timing or concept.timing,
        measure=more.measure or concept.measure,
        balance=more.balance or concept.balance,
        stands_for=more.stands_for if more.stands_for != "line" else concept.stands_for,
        tags=tuple(dict.fromkeys((*concept.tags, *more.tags))),
    )
