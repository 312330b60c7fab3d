"""Waivers: findings that someone has accepted, with a reason, an approver and a last day. Each is bound to the
difference it was written for.

A waiver that has expired, fits nothing, or was written for another difference is a problem of the run: what nobody
looks at any more must not stay silent.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import attrs

from checker.algebra.notation import decimal
from checker.core.finding import Finding, Waiver
from checker.core.place import Place
from checker.core.problem import Problem
from checker.core.report import Checked
from checker.core.value import frozen
from checker.language import chosen

NAME = "tieout-waivers.toml"
HORIZON = 366
"""Days that a waiver may last at most, where the settings say nothing."""

_REQUIRED = ("rule", "document", "reason", "approver", "expires")
_PLAIN = re.compile(r"-?\d{1,100}(?:\.\d{1,100}|/\d{1,100})?", re.ASCII)
_KEYS = (*_REQUIRED, "difference", "finding", "pending")


@frozen
class Entry:
    """One waiver as written. `difference` is None where it waives only findings without one; `finding` narrows it to
    one fingerprint.

    Without a last day it is pending: someone has accepted the finding, nobody has said until when, and it waives
    nothing.
    """

    rule: str
    document: str
    reason: str
    approver: str
    expires: dt.date | None
    difference: Fraction | None = None
    finding: str = ""
    line: int = 1
    path: str = ""
    """The file that it stands in, where it is another than the one of the waivers."""
    disputed: str = ""
    """Who says that the finding is an error all the same."""


@frozen
class Waivers:
    """A file of waivers, and what is wrong with it."""

    path: str = ""
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    sha256: str = ""
    decided: tuple[str, str] = ("", "")
    """The path and the sha256 of the file of decisions whose dismissals stand among the entries."""


@frozen
class Terms:
    """The day that counts as today, and how many days a waiver may last at most."""

    today: dt.date
    horizon: int = HORIZON


@frozen
class Use:
    """What became of the waivers in one document: which held, which would have held but have expired, which were
    written for another difference."""

    held: frozenset[int] = frozenset()
    expired: frozenset[int] = frozenset()
    changed: Mapping[int, Fraction | None] = MappingProxyType({})
    pending: frozenset[int] = frozenset()
    """Which would have held, had they a last day."""
    asked: frozenset[int] = frozenset()
    """All whose document this is, and whose rule took part."""


# ---- reading ---------------------------------------------------------------------------------------------------------


def read(path: Path, terms: Terms) -> Waivers:
    """The waivers of a file. Whatever is wrong with one is an error: a gate that misreads its exceptions is none."""
    import tomllib

    name = path.as_posix()
    try:
        body = path.read_bytes()
        text = body.decode("utf-8-sig")
        tree = tomllib.loads(text)
    except OSError as error:
        return Waivers(name, problems=(Problem("G101", "error", f"cannot be opened: {error.strerror}", name),))
    except (ValueError, RecursionError) as error:  # no TOML, no UTF-8, or a number of thousands of digits
        return Waivers(name, problems=(Problem("G102", "error", f"is no TOML: {error}", name),))
    listed = tree.pop("waiver", [])
    problems = [
        Problem("G103", "error", f"{key} is no key here: every waiver is a table [[waiver]]", name) for key in tree
    ]
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        return Waivers(name, problems=(Problem("G103", "error", "every waiver is a table [[waiver]]", name),))
    lines = [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip().replace(" ", "").startswith("[[waiver]]")
    ]
    entries = []
    for index, table in enumerate(listed):
        line = lines[index] if index < len(lines) else 1
        wrong = list(faults(table, terms))
        problems += [attrs.evolve(one, path=name, place=Place(line, 1, (0, 0))) for one in wrong]
        if not wrong:
            entries.append(_entry(table, line))
    return Waivers(name, tuple(entries), tuple(problems), hashlib.sha256(body).hexdigest())


def faults(table: Mapping[str, object], terms: Terms) -> Iterator[Problem]:
    """What keeps a table from being a waiver."""
    for key in table:
        if key not in _KEYS:
            yield Problem("G103", "error", f"{key} is no key of a waiver; there are {', '.join(_KEYS)}")
    pending = table.get("pending", False)
    if "pending" in table and (pending is not True or "expires" in table):
        yield Problem(
            "G103", "error", "pending = true stands where a waiver has no last day yet; with expires it is not pending"
        )
    for key in _REQUIRED:
        if key == "expires" and pending is True:
            continue
        if not table.get(key):
            yield Problem("G103", "error", f"a waiver needs {key}")
        elif key != "expires" and not isinstance(table[key], str):
            yield Problem("G103", "error", f"{key} is a text")
    if not isinstance(table.get("finding", ""), str):
        yield Problem("G103", "error", "finding is a text")
    if "difference" in table and amount(table["difference"]) is None:
        yield Problem("G103", "error", 'difference is an amount in quotes, as tieout prints it: "-9000"')
    expires = day(table.get("expires"))
    if table.get("expires") and expires is None:
        yield Problem("G103", "error", "expires is a day: 2026-12-31")
    elif expires is not None and (expires - terms.today).days > terms.horizon:
        last = terms.today + dt.timedelta(days=terms.horizon)
        yield Problem(
            "G104",
            "error",
            f"expires on {expires}, more than {terms.horizon} days from today",
            help=f"the last day allowed is {last}",
        )


def _entry(table: Mapping[str, object], line: int) -> Entry:
    return Entry(
        rule=str(table["rule"]),
        document=str(table["document"]),
        reason=str(table["reason"]),
        approver=str(table["approver"]),
        expires=day(table.get("expires")),
        difference=amount(table["difference"]) if "difference" in table else None,
        finding=str(table.get("finding", "")),
        line=line,
    )


def day(value: object) -> dt.date | None:
    """A day, as TOML or as text writes it; None where it is none."""
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date | str):
        return None
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def amount(value: object) -> Fraction | None:
    """An amount as tieout prints it: without exponents, which could mean numbers that no memory holds."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    try:
        text = str(value).strip().replace(",", "")
        return Fraction(text) if _PLAIN.fullmatch(text) else None
    except (ValueError, ZeroDivisionError):
        return None


# ---- applying --------------------------------------------------------------------------------------------------------


def waived(checked: Checked, entries: Sequence[Entry], today: dt.date) -> tuple[Checked, Use]:
    """The document with its waived findings marked, and which waivers were of use."""
    mine = {index: entry for index, entry in enumerate(entries) if document_fits(entry.document, checked.source.path)}
    if not mine:
        return checked, Use()
    held: set[int] = set()
    expired: set[int] = set()
    pending: set[int] = set()
    changed: dict[int, Fraction | None] = {}
    findings = []
    for finding in checked.findings:
        by: Entry | None = None
        for index, entry in mine.items() if waivable(finding) else ():
            if not _speaks_of(entry, finding):
                continue
            if not same_difference(entry.difference, finding.difference):
                changed.setdefault(index, finding.difference)
            elif entry.expires is None:
                pending.add(index)
            elif entry.expires < today:
                expired.add(index)
            else:
                held.add(index)
                by = by or entry
        mark = (
            Waiver(by.reason, by.approver, by.expires.isoformat())
            if by is not None and by.expires is not None
            else None
        )
        findings.append(attrs.evolve(finding, waived=mark) if mark else finding)
    return attrs.evolve(checked, findings=tuple(findings)), Use(
        frozenset(held), frozenset(expired), changed, frozenset(pending), frozenset(mine)
    )


def waivable(finding: Finding) -> bool:
    """Whether there is anything to accept: a finding with a severity, or a rounding difference."""
    return finding.severity is not None or finding.verdict == "rounding"


def document_fits(pattern: str, path: str) -> bool:
    """Whether a document is the one a waiver names: by its path, by the end of it, or by a glob."""
    name, pattern = path.replace("\\", "/").removeprefix("./"), pattern.replace("\\", "/").removeprefix("./")
    return fnmatchcase(name, pattern) or fnmatchcase(name, f"*/{pattern}")


def rule_fits(pattern: str, finding: Finding) -> bool:
    """Whether a rule that a waiver names is the finding's, or one of those that say the same."""
    names = (finding.check.rule, finding.check.rule.partition("#")[0], *finding.check.also)
    return any(chosen(pattern, (name,)) for name in names)


def same_difference(written: Fraction | None, found: Fraction | None) -> bool:
    """Whether a difference is the one that was waived; a quotient that does not end is compared as it is printed."""
    if written is None or found is None:
        return written is found
    return written == found or Fraction(decimal(found)) == Fraction(decimal(written))


def _speaks_of(entry: Entry, finding: Finding) -> bool:
    return rule_fits(entry.rule, finding) and entry.finding in ("", finding.id)


# ---- what is left over -----------------------------------------------------------------------------------------------


def leftovers(waivers: Waivers, uses: Iterable[Use], today: dt.date) -> Iterator[Problem]:
    """Waivers that have expired, that changed differences have left behind, or that nothing of their document
    needed."""
    every = list(uses)
    for index, entry in enumerate(waivers.entries):
        asked = any(index in use.asked for use in every)
        if asked and not any(index in use.held for use in every):
            found = _leftover(entry, index, every, today)
            yield attrs.evolve(
                found, path=entry.path or waivers.path, place=None if entry.path else Place(entry.line, 1, (0, 0))
            )


def _leftover(entry: Entry, index: int, uses: Sequence[Use], today: dt.date) -> Problem:
    what = f"the waiver of {entry.rule} in {entry.document}"
    if any(index in use.expired for use in uses):
        return Problem(
            "G105",
            "warning",
            f"{what} expired on {entry.expires}: the finding counts again",
            help="correct the figure, or have it approved anew",
        )
    if any(index in use.pending for use in uses):
        if entry.disputed:
            message = (
                f"{what} is disputed: {entry.approver} accepts the finding, {entry.disputed} says that it is an "
                f"error, and it counts"
            )
            return Problem("G109", "warning", message, help="let one of them change the decision")
        help = "have somebody say until when: expires = 2026-12-31 in the place of pending = true"
        if entry.path:
            help = "have somebody sign it, and say until when: approver and expires = 2026-12-31"
        return Problem("G108", "warning", f"{what} is pending: it has no last day, and the finding counts", help=help)
    differences = [use.changed[index] for use in uses if index in use.changed]
    if differences:
        now = "there is none now" if differences[0] is None else f"it is {decimal(differences[0])} now"
        was = "none" if entry.difference is None else decimal(entry.difference)
        return Problem(
            "G107",
            "warning",
            f"{what} was written for another difference: the finding counts",
            help=f"the difference was {was}; {now}",
        )
    expired = f" and expired on {entry.expires}" if entry.expires is not None and entry.expires < today else ""
    return Problem("G106", "warning", f"{what} waives nothing{expired}", help="remove it")


# ---- writing ---------------------------------------------------------------------------------------------------------


def written(entry: Entry) -> str:
    """The waiver as a table to append to a file."""
    pairs = [
        ("rule", entry.rule),
        ("document", entry.document),
        ("finding", entry.finding),
        ("reason", entry.reason),
        ("approver", entry.approver),
    ]
    last = "pending = true" if entry.expires is None else f"expires = {entry.expires.isoformat()}"
    lines = ["[[waiver]]", *(f"{key} = {in_toml(value)}" for key, value in pairs if value), last]
    if entry.difference is not None:
        lines.append(f"difference = {in_toml(decimal(entry.difference))}")
    return "\n".join(lines) + "\n"


def in_toml(text: str) -> str:
    """A TOML basic string."""
    escaped = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return (
        '"'
        + "".join(escaped.get(one, one if one >= " " and one != "\x7f" else f"\\u{ord(one):04x}") for one in text)
        + '"'
    )
