"""Facts as JSON: xBRL-JSON of XBRL International, and the company facts that the SEC gives out, which are those of many
filings."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import count
from typing import Any

from checker.core.fact import Fact, Tagging
from checker.core.period import Period, instant
from checker.core.place import Place
from checker.core.unit import RATIO, Unit
from checker.read.tagged.amounts import scaled, stated
from checker.read.tagged.aspects import between, day, unit
from checker.read.tagged.parsing import Unreadable

_NOWHERE = Place(1, 1, (0, 0))
_OWN = frozenset({"concept", "entity", "period", "unit", "language", "noteId"})
_COARSEST = 6
"""Company facts say nothing of rounding; no filing is taken to be rounded to more than millions."""
_FEWEST = 5
"""Amounts of one filing from which on the noughts at their ends say how they are rounded."""
_MOST_FACTS = 500_000


def is_facts(opening: str) -> bool:
    """Whether a text opens as facts in JSON do."""
    return opening.startswith("{") and (
        '"https://xbrl.org/' in opening or ('"cik"' in opening and '"entityName"' in opening)
    )


def facts_of_json(text: str) -> Tagging:
    """The facts of either kind. Raises Unreadable, or ValueError where it is no JSON."""
    loaded = json.loads(text, parse_float=Decimal)
    facts = loaded.get("facts") if isinstance(loaded, dict) else None
    if not isinstance(facts, dict):
        raise Unreadable("it holds no facts")
    if "documentInfo" in loaded:
        return Tagging(tuple(_oim(facts)))
    return _company(facts)


# ---- xBRL-JSON -------------------------------------------------------------------------------------------------------


def _oim(facts: Mapping[str, Any]) -> Iterator[Fact]:
    numbers = count(1)
    for one in facts.values():
        said = one.get("dimensions") if isinstance(one, dict) else None
        if (
            not isinstance(said, dict)
            or not isinstance(said.get("concept"), str)
            or ("unit" not in said and "decimals" not in one)
        ):
            continue
        value = stated(str(one.get("value"))) if one.get("value") is not None else None
        decimals = one.get("decimals")
        yield Fact(
            id=f"t{next(numbers)}",
            concept=said["concept"],
            text=str(one.get("value"))[:100],
            value=value,
            decimals=decimals if isinstance(decimals, int) and abs(decimals) <= 30 else None,
            unit=_unit(said.get("unit")),
            place=_NOWHERE,
            period=_period(str(said.get("period", ""))),
            dimensions=tuple(sorted((str(axis), str(member)) for axis, member in said.items() if axis not in _OWN)),
            entity=str(said.get("entity", "")),
            nil=one.get("value") is None,
        )


def _unit(said: object) -> Unit:
    if not isinstance(said, str):
        return RATIO
    above, _, below = said.partition("/")
    return unit(above.strip("()").split("*"), below.strip("()").split("*") if below else ())


def _period(said: str) -> Period | None:
    """One moment, or two with a stroke between; midnight belongs to the day before where a period ends."""
    start, stroke, end = said.partition("/")
    if not stroke:
        last = day(start, ends=True)
        return None if last is None else instant(last, last.isoformat())
    first, last = day(start, ends=False), day(end, ends=True)
    return None if first is None or last is None or last < first else between(first, last)


# ---- company facts ---------------------------------------------------------------------------------------------------

_Row = tuple[str, str, Mapping[str, Any]]
"""Concept, unit as written, and the record."""


def _company(facts: Mapping[str, Any]) -> Tagging:
    """The facts of a company: of each concept, unit and period that which was filed first, so that those of one period
    are of one filing."""
    first: dict[tuple[str, str, object, object], _Row] = {}
    labels: dict[str, str] = {}
    for concept, label, name, record in _records(facts):
        labels.setdefault(concept, label)
        key = concept, name, record.get("start"), record.get("end")
        known = first.get(key)
        if known is None or str(record.get("filed")) < str(known[2].get("filed")):
            first[key] = concept, name, record
    rows = list(first.values())
    decimals = _rounding(rows)
    found = (_fact(number, row, decimals) for number, row in enumerate(rows, 1))
    return Tagging(
        tuple(one for one in found if one is not None), labels={name: label for name, label in labels.items() if label}
    )


def _records(facts: Mapping[str, Any]) -> Iterator[tuple[str, str, str, Mapping[str, Any]]]:
    left = _MOST_FACTS
    for space, concepts in facts.items():
        for name, one in concepts.items() if isinstance(concepts, dict) else ():
            units = one.get("units") if isinstance(one, dict) else None
            for written, records in units.items() if isinstance(units, dict) else ():
                for record in records if isinstance(records, list) else ():
                    left -= 1
                    if left >= 0 and isinstance(record, dict):
                        yield f"{space}:{name}", str(one.get("label") or ""), str(written), record


def _rounding(rows: list[_Row]) -> Mapping[tuple[str, str], int]:
    """To which decimal place amounts are rounded: those of one filing and unit as far as all of them end in noughts,
    amounts per share and rates as those of their concept."""
    ends: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        value = _number(row[2])
        if value:
            exponent = value.normalize().as_tuple().exponent
            ends.setdefault(_alike(row), []).append(exponent if isinstance(exponent, int) else 0)
    return {
        key: -min(_COARSEST, min(found)) if len(found) >= _FEWEST else -min(0, min(found))
        for key, found in ends.items()
    }


def _alike(row: _Row) -> tuple[str, str]:
    """What is rounded alike."""
    concept, written, record = row
    return (concept if "/" in written or written == "pure" else str(record.get("accn"))), written


def _fact(number: int, row: _Row, decimals: Mapping[tuple[str, str], int]) -> Fact | None:
    concept, written, record = row
    value, end = _number(record), _date(record.get("end"))
    start = _date(record.get("start"))
    if value is None or end is None or (start is not None and end < start):
        return None
    above, _, below = written.partition("/")
    return Fact(
        id=f"t{number}",
        concept=concept,
        text=f"{value:f}",
        value=value,
        decimals=decimals.get(_alike(row), 0),
        unit=unit([above], [below] if below else ()),
        place=_NOWHERE,
        period=instant(end, end.isoformat()) if start is None else between(start, end),
    )


def _number(record: Mapping[str, Any]) -> Decimal | None:
    value = record.get("val")
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    return scaled(number, 0, negative=False) if number.is_finite() and number.adjusted() < 30 else None


def _date(value: object) -> dt.date | None:
    return day(value, ends=False) if isinstance(value, str) else None
