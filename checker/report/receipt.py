"""Receipts: what was checked, with what, and what came of it, as hashes. Unsigned: a receipt proves nothing by itself,
it lets anyone do the check again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping

from checker.core.report import Report
from checker.core.value import frozen
from checker.report.json import render as render_json
from checker.report.shape import Json, Object
from checker.report.style import PLAIN

SCHEMA = "tieout-receipt/1"

File = tuple[str, str]
"""A path and the sha256 of what it holds; two empty texts where there is none."""


@frozen
class Performed:
    """What a report does not say of its run: the command, the day, and the files of waivers and baseline."""

    command: tuple[str, ...]
    today: dt.date
    files: Mapping[str, File]


def render(report: Report, performed: Performed) -> str:
    """The receipt of a run, the same bytes for the same run."""
    return json.dumps(shape(report, performed), indent=1) + "\n"


def shape(report: Report, performed: Performed) -> Object:
    """The receipt as plain data."""
    settings: Json = dict(sorted(report.configuration.items()))
    return {
        "schema": SCHEMA,
        "tool": {"name": "tieout", "version": report.version},
        "command": list(performed.command),
        "today": performed.today.isoformat(),
        "documents": [
            {"path": one.source.path, "sha256": one.source.sha256, "size": one.source.size} for one in report.documents
        ],
        "rules": {
            "sha256": report.rules.sha256,
            "files": [{"path": path, "sha256": digest} for path, digest in report.rules.files],
        },
        "configuration": {"sha256": _hash(json.dumps(settings)), "settings": settings},
        **{
            name: {"path": path, "sha256": digest} if path else None for name, (path, digest) in performed.files.items()
        },
        "report": {"format": "json", "sha256": _hash(str(render_json(report, PLAIN)))},
        "status": report.outcome.status if report.outcome else None,
    }


def differences(then: Mapping[str, Json], now: Mapping[str, Json]) -> Iterator[str]:
    """What is not as the receipt says, a line each, in the order of the receipt; the command is how it was asked, not
    what was done."""
    for name in dict.fromkeys((*now, *then)):
        if name not in ("command", "schema") and now.get(name) != then.get(name):
            yield from _told(name, then.get(name), now.get(name))


def _told(name: str, then: Json, now: Json) -> Iterator[str]:
    """The parts of a value that differ, by their names."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*then, *now)):
            if then.get(key) != now.get(key) and not (key == "sha256" and name in ("rules", "configuration")):
                yield from _told(f"{name} {key}", then.get(key), now.get(key))
    elif isinstance(then, list) and isinstance(now, list):
        before, after = _by_path(then), _by_path(now)
        for path in dict.fromkeys((*before, *after)):
            if before.get(path) != after.get(path):
                yield from _told(f"{name} {path}", before.get(path), after.get(path))
    else:
        yield f"{name}: {_short(then)} then, {_short(now)} now"


def _by_path(listed: list[Json]) -> dict[str, Json]:
    return {str(one.get("path", "")) if isinstance(one, dict) else str(one): one for one in listed}


def _short(value: Json) -> str:
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value)
    return text[:12] if len(text) == 64 else text


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
