"""Rules that are for some documents only, by the names of their files or by the issuer they name: which of them are not asked of a document, and why."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import PurePath

from checker.core.caption import normal
from checker.core.release import Release
from checker.core.rule import Binding, Rulebook
from checker.language.ids import chosen

_HEAD = 60
"""Paragraphs at the head of a document among which an issuer is named."""


def left_out(rulebook: Rulebook, release: Release) -> Mapping[str, str]:
    """The rules of the house that are not for this document, each with the documents that it is for."""
    if not rulebook.bindings:
        return {}
    house = [rule.id for rule in rulebook.rules if not rule.shipped]
    bound: dict[str, list[Binding]] = {}
    for binding in rulebook.bindings:
        for rule in {own for pattern in binding.rules for own in chosen(pattern, house)}:
            bound.setdefault(rule, []).append(binding)
    said = f" {' '.join(normal(text) for text in _opening(release))} "
    name = PurePath(release.source.path).as_posix()
    holds = {binding: _is_for(binding, name, said) for bindings in bound.values() for binding in bindings}
    return {rule: f"it is for {' or '.join(one.in_words for one in bindings)}" for rule, bindings in bound.items() if not any(map(holds.get, bindings))}


def _is_for(binding: Binding, name: str, said: str) -> bool:
    if any(fnmatch(name, pattern) or fnmatch(name.rpartition("/")[2], pattern) for pattern in binding.documents):
        return True
    return any(f" {normal(issuer)} " in said for issuer in binding.issuers if normal(issuer))


def _opening(release: Release) -> list[str]:
    return [*(paragraph.text for paragraph in release.paragraphs[:_HEAD]), *(statement.title for statement in release.statements)]
