"""Decisions of a review: who confirmed or dismissed which finding or untested figure, and why. They stand in a file
beside the waivers.

A dismissal is a waiver: with an approver and a last day it waives its finding, without them it is pending. Nothing else
here changes what blocks.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Literal, get_args

import attrs

from checker.algebra.notation import decimal
from checker.core.problem import Problem
from checker.core.value import frozen
from checker.gate.waivers import Entry, Terms, Waivers, amount, day, faults, in_toml, same_difference

NAME = "tieout-decisions.toml"
Says = Literal["confirmed", "dismissed"]
"""Confirmed: the finding is an error, the figure has to be tied by somebody. Dismissed: it is none, or somebody has
tied it."""

_HEAD = """\
# Decisions of a review, one table for each, sorted; tieout review writes them anew, so comments do not last.
# A dismissal waives its finding when it has an approver and a last day (expires); until then it is pending,
# and the finding counts.
"""
_TEXTS = (
    "document",
    "rule",
    "finding",
    "figure",
    "says",
    "reason",
    "by",
    "on",
    "about",
    "printed",
    "carried",
    "approver",
)
_KEYS = (*_TEXTS, "difference", "expires")


@frozen
class Decision:
    """What one person says of one finding, or of one untested figure of a document."""

    document: str
    by: str
    """Initials, or a name."""
    says: Says
    reason: str
    finding: str = ""
    """The fingerprint of the finding;"""
    figure: str = ""
    """or of the figure: one of the two is there."""
    rule: str = ""
    difference: Fraction | None = None
    """By how much the finding differed then: the decision is bound to it."""
    printed: str = ""
    """How the figure read then: the decision is bound to it."""
    about: str = ""
    """What it is about, in words for a reader of the file."""
    on: str = ""
    """When it was made: 2026-07-01T09:30:00Z."""
    carried: str = ""
    """The draft that it was made of, where it was carried over from one of another name."""
    approver: str = ""
    expires: dt.date | None = None

    @property
    def name(self) -> tuple[str, str, str, str]:
        """What there is one decision for: a finding or a figure of a document, and a person."""
        return self.document, self.finding, self.figure, self.by

    @property
    def is_approved(self) -> bool:
        """Whether somebody stands for it, until a day."""
        return bool(self.approver) and self.expires is not None

    def holds_of(self, difference: Fraction | None) -> bool:
        """Whether a finding differs by what it was made for."""
        return same_difference(self.difference, difference)


@frozen
class Decisions:
    """A file of decisions, and what is wrong with it."""

    path: str = ""
    entries: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()
    sha256: str = ""


def beside(waivers: Path | None) -> Path:
    """The file of decisions that goes with a file of waivers; where none is named, the one in the working folder."""
    return (waivers.parent if waivers is not None else Path()) / NAME


# ---- reading ---------------------------------------------------------------------------------------------------------


def read(path: Path, terms: Terms) -> Decisions:
    """The decisions of a file. Whatever is wrong with one is an error, as it is with waivers."""
    import tomllib

    name = path.as_posix()
    try:
        body = path.read_bytes()
        tree = tomllib.loads(body.decode("utf-8-sig"))
    except OSError as error:
        return Decisions(name, problems=(Problem("G101", "error", f"cannot be opened: {error.strerror}", name),))
    except (ValueError, RecursionError) as error:
        return Decisions(name, problems=(Problem("G102", "error", f"is no TOML: {error}", name),))
    listed = tree.pop("decision", [])
    if tree or not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        return Decisions(
            name,
            problems=(
                Problem("G110", "error", "every decision is a table [[decision]], and nothing else stands here", name),
            ),
        )
    entries, problems = [], list[Problem]()
    for number, table in enumerate(listed, 1):
        wrong = list(_wrong(table, terms))
        problems += [attrs.evolve(one, message=f"decision {number}: {one.message}", path=name) for one in wrong]
        if not wrong:
            entries.append(_decision(table))
    return Decisions(name, tuple(entries), tuple(problems), hashlib.sha256(body).hexdigest())


def _wrong(table: Mapping[str, object], terms: Terms) -> Iterator[Problem]:
    """What keeps a table from being a decision; of a dismissal of a finding also what would keep it from being a
    waiver."""
    for key, value in table.items():
        if key not in _KEYS:
            yield Problem("G110", "error", f"{key} is no key of a decision; there are {', '.join(_KEYS)}")
        elif key in _TEXTS and not isinstance(value, str) and not (key == "on" and isinstance(value, dt.datetime)):
            yield Problem("G110", "error", f"{key} is a text")
    for key in ("document", "by", "reason"):
        if not str(table.get(key, "")).strip():
            yield Problem("G110", "error", f"a decision needs {key}")
    if table.get("says") not in get_args(Says):
        yield Problem("G110", "error", f"says is one of {', '.join(get_args(Says))}")
    if bool(table.get("finding")) == bool(table.get("figure")):
        yield Problem("G110", "error", "a decision is about a finding or about a figure")
    if table.get("finding"):
        yield from faults(_as_waiver(table), terms)


def _as_waiver(table: Mapping[str, object]) -> dict[str, object]:
    """The same as a table of a waiver, so that both have the same terms."""
    kept = {key: table[key] for key in ("rule", "document", "reason", "difference", "finding") if key in table}
    approved = table.get("approver") and table.get("expires")
    last = {"expires": table["expires"]} if approved else {"pending": True}
    return {**kept, "approver": table.get("approver") or table.get("by"), **last}


def _decision(table: Mapping[str, object]) -> Decision:
    on = table.get("on", "")
    return Decision(
        document=str(table["document"]),
        by=str(table["by"]).strip(),
        says="dismissed" if table["says"] == "dismissed" else "confirmed",
        reason=str(table["reason"]),
        finding=str(table.get("finding", "")),
        figure=str(table.get("figure", "")),
        rule=str(table.get("rule", "")),
        difference=amount(table["difference"]) if "difference" in table else None,
        printed=str(table.get("printed", "")),
        about=str(table.get("about", "")),
        on=on.isoformat() if isinstance(on, dt.datetime) else str(on),
        carried=str(table.get("carried", "")),
        approver=str(table.get("approver", "")),
        expires=day(table.get("expires")),
    )


# ---- as waivers ------------------------------------------------------------------------------------------------------


def joined(waivers: Waivers, decisions: Decisions) -> Waivers:
    """The waivers with the dismissals of a review among them, each of which says where it stands."""
    every = (*waivers.entries, *_entries(decisions))
    return attrs.evolve(
        waivers,
        entries=every,
        problems=(*waivers.problems, *decisions.problems),
        decided=(decisions.path, decisions.sha256),
    )


def _entries(decisions: Decisions) -> Iterator[Entry]:
    """Every dismissal of a finding. One that somebody else confirms as an error is disputed, and waives nothing."""
    errors = [one for one in decisions.entries if one.finding and one.says == "confirmed"]
    confirmed: dict[tuple[str, str], list[Decision]] = {}
    for one in errors:
        confirmed.setdefault((one.document, one.finding), []).append(one)
    for one in decisions.entries:
        if one.finding and one.says == "dismissed":
            against = [
                other for other in confirmed.get((one.document, one.finding), ()) if other.holds_of(one.difference)
            ]
            yield Entry(
                rule=one.rule,
                document=one.document,
                reason=one.reason,
                approver=one.approver or one.by,
                expires=one.expires if one.is_approved and not against else None,
                difference=one.difference,
                finding=one.finding,
                path=decisions.path,
                disputed=", ".join(dict.fromkeys(other.by for other in against)),
            )


# ---- writing ---------------------------------------------------------------------------------------------------------


def merged(*several: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions of several files as those of one: of two that one person made of one thing the later holds, and of
    two made at once both files' order makes no difference."""
    kept: dict[tuple[str, str, str, str], Decision] = {}
    for one in (one for decisions in several for one in decisions):
        before = kept.get(one.name)
        if before is None or (before.on, written(before)) < (one.on, written(one)):
            kept[one.name] = one
    return tuple(sorted(kept.values(), key=lambda one: (one.document, one.rule, one.about, *one.name)))


def file_of(decisions: Sequence[Decision]) -> str:
    """The decisions as a file, sorted: the same text for the same decisions."""
    return "\n".join([_HEAD, *(written(one) for one in merged(decisions))])


def written(one: Decision) -> str:
    """One decision as a table."""
    texts = [(key, getattr(one, key)) for key in _TEXTS]
    lines = ["[[decision]]", *(f"{key} = {in_toml(value)}" for key, value in texts if value)]
    if one.difference is not None:
        lines.append(f"difference = {in_toml(decimal(one.difference))}")
    if one.expires is not None:
        lines.append(f"expires = {one.expires.isoformat()}")
    return "\n".join(lines) + "\n"
