"""A comparison as data, schema `tieout-compare/1`: nothing is left out, amounts are decimal strings, the same bytes
every time."""

from __future__ import annotations

import json
from collections import Counter

from checker.algebra.notation import decimal
from checker.compare.values import Change, Comparison, Tie
from checker.core.figure import Figure
from checker.core.report import Checked
from checker.report.shape import Json, Object, finding, outcome, period, place, unread
from checker.report.style import Style

SCHEMA = "tieout-compare/1"


def render(comparison: Comparison, style: Style) -> str:
    """The comparison as one JSON document."""
    return json.dumps(shape(comparison), indent=1) + "\n"


def shape(comparison: Comparison) -> Object:
    """The comparison as plain data."""
    counts = Counter(tie.agreement for tie in comparison.ties)
    said = Counter(tie.agreement for tie in comparison.sentences)
    return {
        "schema": SCHEMA,
        "kind": comparison.kind,
        "old": _source(comparison.old),
        "new": _source(comparison.new),
        **outcome(comparison.outcome),
        "ties": [_tie(tie) for tie in comparison.ties],
        "causes": [
            {"roots": [_change(one) for one in cause.roots], "moved": [_change(one) for one in cause.moved]}
            for cause in comparison.causes
        ],
        "renamed": [
            [{"old": _figure(one), "new": _figure(two)} for one, two in line.pairs] for line in comparison.renamed
        ],
        "sentences": [_tie(tie) for tie in comparison.sentences],
        "added": [_figure(one) for one in comparison.added],
        "removed": [_figure(one) for one in comparison.removed],
        "findings": {
            "new": [finding(one) for one in comparison.appeared],
            "fixed": [finding(one) for one in comparison.fixed],
            "still": [finding(one) for one in comparison.still],
        },
        "summary": {
            "agreed": counts["agrees"],
            "rounded": counts["rounding"],
            "differing": counts["differs"],
            "not_found": counts["not found"],
            "changed": sum(len(cause.roots) + len(cause.moved) for cause in comparison.causes),
            "causes": len(comparison.causes),
            "new": len(comparison.appeared),
            "fixed": len(comparison.fixed),
            "still": len(comparison.still),
            "met": comparison.met[0],
            "looked_for": comparison.met[1],
            "renamed": len(comparison.renamed),
            "sentences": {word: said[word] for word in ("agrees", "rounding", "differs", "not found")},
        },
    }


def _source(checked: Checked) -> Json:
    return {
        "path": checked.source.path,
        "sha256": checked.source.sha256,
        "unread": [unread(one) for one in checked.unread],
    }


def _tie(tie: Tie) -> Json:
    return {
        "agreement": tie.agreement,
        "note": tie.note,
        "old": _figure(tie.old),
        "new": None if tie.new is None else _figure(tie.new),
    }


def _change(change: Change) -> Json:
    return {"old": _figure(change.old), "new": _figure(change.new), "by": decimal(change.by)}


def _figure(figure: Figure) -> Json:
    return {
        "id": figure.id,
        "text": figure.text,
        "value": None if figure.value is None else format(figure.value, "f"),
        "unit": str(figure.unit),
        "caption": figure.caption,
        "statement": figure.statement,
        "period": period(figure.period),
        "origin": figure.origin,
        "where": place(figure.place),
    }
