"""Figures that were extracted earlier and come back, perhaps corrected by hand: JSON or CSV as `tieout extract` prints
them.

Such a file is a release already: it skips extraction. Claims of the running text do not come back, because their
sentences are not in the file. Facts without print (an XBRL instance, xBRL-JSON, the company facts of the SEC) are
releases of the same kind.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json

from checker.core.problem import Problem
from checker.core.release import Release, Source
from checker.core.value import evolve
from checker.read.containers import is_gzip, unpack
from checker.read.tagged import (
    ALONE,
    Beside,
    Unreadable,
    facts_of_json,
    instance_tags,
    is_facts,
    is_instance,
    with_linkbases,
)
from checker.read.typed.facts import release_of_facts
from checker.read.typed.release import Fault, Values, release_of

_HEAD = 4000
"""Bytes that show what a file is."""
_CSV = ("path", "id", "text", "value", "rounded_to", "unit", "caption")
_DELIMITERS = ",;\t"
"""What spreadsheets set between cells, by the language of the machine and the format asked for."""


def read_release(path: str, content: bytes, beside: Beside = ALONE) -> Release | None:
    """The release that extracted figures, or facts, make; None where the content is no such file. Never raises on
    content.

    `beside` holds the linkbases that go with an instance, by name.
    """
    if is_gzip(content):
        content = unpack(path, content)[0] or b""
    if is_instance(content):
        return _facts(path, content, "xbrl", beside)
    opening = content[:_HEAD].decode(_encoding(content), "replace").lstrip()
    if opening.startswith("{") and '"tieout/1"' in opening:
        return _read(path, content, "extracted json")
    if is_facts(opening):
        return _facts(path, content, "xbrl json", ALONE)
    return _read(path, content, "extracted csv") if _delimiter(opening) else None


def _facts(path: str, content: bytes, form: str, beside: Beside) -> Release:
    """The release of facts without print."""
    source = Source(path, hashlib.sha256(content).hexdigest(), form, "utf-8", len(content))
    try:
        tagging = instance_tags(content) if form == "xbrl" else facts_of_json(content.decode("utf-8-sig"))
    except (Unreadable, ValueError, RecursionError) as fault:
        said = str(fault) if isinstance(fault, Unreadable) else f"it is damaged ({type(fault).__name__})"
        return Release(
            source,
            (),
            problems=(
                Problem("R191", "error", f"the facts could not be read: {said}", path, help="fetch or save it again"),
            ),
        )
    tagging, problems = with_linkbases(tagging, beside)
    found = release_of_facts(source, tagging)
    if not found.statements:
        problems = (
            *problems,
            Problem("R191", "error", "it holds no facts that state an amount", path, help="give the filing itself"),
        )
    return evolve(found, problems=tuple(evolve(one, path=path) for one in problems))


def _encoding(content: bytes) -> str:
    """UTF-8, or UTF-16 where the mark in front says so: what spreadsheets call Unicode text."""
    return "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _delimiter(text: str) -> str:
    """What stands between the cells of extracted figures; empty where the first line is not theirs."""
    head = text[:_HEAD].replace('"', "")
    return next((mark for mark in _DELIMITERS if head.startswith(mark.join(_CSV))), "")


def _read(path: str, content: bytes, form: str) -> Release:
    source = Source(
        path, hashlib.sha256(content).hexdigest(), form, _encoding(content).removesuffix("-sig"), len(content)
    )
    try:
        text = content.decode(_encoding(content))
        document, problems = _json(path, text) if form.endswith("json") else _csv(path, text)
        return release_of(source, document, problems)
    except UnicodeDecodeError:
        return _refused(source, "extracted figures must be UTF-8")
    except (ValueError, RecursionError) as error:  # damaged JSON or CSV
        return _refused(source, f"not the figures that `tieout extract` prints: {type(error).__name__}")
    except (Fault, csv.Error) as fault:
        return _refused(source, str(fault))


def _refused(source: Source, message: str) -> Release:
    return Release(
        source,
        (),
        problems=(
            Problem("R150", "error", message, source.path, help="print the figures again with `tieout extract`"),
        ),
    )


def _json(path: str, text: str) -> tuple[Values, tuple[Problem, ...]]:
    try:
        loaded = json.loads(text)
    except json.JSONDecodeError:
        loaded = json.loads(text.strip().splitlines()[0])  # one document a line
    documents = loaded.get("documents", [loaded]) if isinstance(loaded, dict) else []
    if not isinstance(documents, list) or not documents or not isinstance(documents[0], dict):
        raise Fault("no document with figures in it")
    more = Problem(
        "R151", "warning", "only the first document is read", path, help="extract each document into a file of its own"
    )
    several = len(documents) > 1 or ("documents" not in loaded and "\n{" in text.strip())
    return documents[0], (more,) if several else ()


def _csv(path: str, text: str) -> tuple[Values, tuple[Problem, ...]]:
    figures: list[Values] = []
    for row in csv.DictReader(io.StringIO(text), delimiter=_delimiter(text)):
        values: Values = {
            name: _bare(value) for name, value in row.items() if isinstance(name, str) and isinstance(value, str)
        }
        figures.append(_figure(values))
    paths = {str(figure.get("path")) for figure in figures}
    kept = [figure for figure in figures if figure.get("path") == figures[0].get("path")]
    more = Problem(
        "R151", "warning", "only the first document is read", path, help="extract each document into a file of its own"
    )
    return {"figures": kept}, (more,) if len(paths) > 1 else ()


def _bare(value: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    return value[1:] if value[:1] == "'" and value[1:2] in ("=", "+", "-", "@") else value


def _word(values: Values, name: str) -> str:
    """A word as written before a spreadsheet set it in capitals."""
    return str(values.get(name) or "").lower()


def _figure(values: Values) -> Values:
    """A row of the CSV in the shape of the JSON."""
    listed = {name: [part for part in str(values.get(name) or "").split("; ") if part] for name in ("under", "why")}
    period = None
    if values.get("period") or values.get("period_end") or values.get("period_months"):
        months = values.get("period_months")
        start, end = values.get("period_start") or None, values.get("period_end") or None
        period = {"start": start, "end": end, "months": months or None, "text": values.get("period") or ""}
    told = str(values.get("where") or "")
    where = {
        "line": values.get("line"),
        "column": values.get("column"),
        "span": [values.get("span_start"), values.get("span_end")],
    }
    where |= {"part": told} if told and not told.startswith("line ") else {}
    return {
        **values,
        **listed,
        "period": period,
        "where": where,
        "value": values.get("value") or None,
        "statement": values.get("statement") or None,
        "column": values.get("table_column"),
        "additive": _word(values, "additive") != "false",
        "edited": _word(values, "edited") == "true",
    }
