"""Rules that are for some documents only, by the names of their files or by the issuer they name: which of them are not
asked of a document, and why."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import PurePath

from checker.core.caption import normal
from checker.core.release import Release
from checker.core.rule import Reservation, Rulebook
from checker.language.ids import chosen

_HEAD = 60
"""Paragraphs at the head of a document among which an issuer is named."""


def left_out(rulebook: Rulebook, release: Release) -> Mapping[str, str]:
    """The rules of the house that are not for this document, each with the documents that it is for."""
    if not rulebook.reservations:
        return {}
    house = [rule.id for rule in rulebook.rules if not rule.shipped]
    reserved: dict[str, list[Reservation]] = {}
    for reservation in rulebook.reservations:
        for rule in {own for pattern in reservation.rules for own in chosen(pattern, house)}:
            reserved.setdefault(rule, []).append(reservation)
    said = f" {' '.join(normal(text) for text in _opening(release))} "
    name = PurePath(release.source.path).as_posix()
    holds = {
        reservation: _is_for(reservation, name, said)
        for reservations in reserved.values()
        for reservation in reservations
    }
    return {
        rule: f"it is for {' or '.join(one.in_words for one in reservations)}"
        for rule, reservations in reserved.items()
        if not any(map(holds.get, reservations))
    }


def _is_for(reservation: Reservation, name: str, said: str) -> bool:
    if any(fnmatch(name, pattern) or fnmatch(name.rpartition("/")[2], pattern) for pattern in reservation.documents):
        return True
    return any(f" {normal(issuer)} " in said for issuer in reservation.issuers if normal(issuer))


def _opening(release: Release) -> list[str]:
    return [
        *(paragraph.text for paragraph in release.paragraphs[:_HEAD]),
        *(statement.title for statement in release.statements),
    ]
