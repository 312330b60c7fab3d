"""Statements typed as text: a caption and amounts a line, apart by two blanks or more; a line of dashes is a rule,
blanks in front are indentation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from attrs import evolve

from checker.core.figure import Figure
from checker.core.period import duration
from checker.core.place import Place
from checker.core.release import Release, Source
from checker.core.statement import Column, Line, Statement
from checker.core.structure import Instance, Sum
from checker.core.unit import money
from checker.structure import infer


def figure(text: str, name: str, caption: str) -> Figure:
    """One printed amount; a dash is zero, brackets are minus."""
    digits = re.sub(r"[^\d.]", "", text)
    step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    value = Decimal(digits or "0") * (-1 if text.startswith(("(", "-")) and digits else 1)
    return Figure(
        name, text, value, step, money("USD"), caption, Place(1, 1, (0, 1)), form="number" if digits else "dash"
    )


def statement(text: str, index: int = 0, heads: Sequence[str] = ()) -> Statement:
    """The table that a text draws."""
    lines: list[Line] = []
    rule = False
    under: tuple[str, ...] = ()
    rows = [row for row in text.strip("\n").splitlines() if row.strip()]
    width = max(len(re.split(r"\s{2,}", row.strip())) for row in rows) - 1
    for row in rows:
        if set(row.strip()) <= set("-= "):
            rule = True
            continue
        caption, *cells = re.split(r"\s{2,}", row.strip())
        caption = "" if caption == "." else caption
        figures = tuple(
            None if cell == "." else figure(cell, f"t{index}r{len(lines)}c{place}", caption)
            for place, cell in enumerate(cells)
        )
        figures = figures + (None,) * (width - len(figures))
        lines.append(Line(len(lines), caption, under, len(row) - len(row.lstrip()), rule_above=rule, figures=figures))
        under = (caption,) if not cells else under
        rule = False
    columns = tuple(
        Column(place, heads[place], member=heads[place])
        if heads
        else Column(place, str(2013 - place), duration(dt.date(2013 - place, 12, 31), 12))
        for place in range(width)
    )
    dated = tuple(
        evolve(
            line,
            figures=tuple(evolve(f, period=columns[at].period) if f else None for at, f in enumerate(line.figures)),
        )
        for line in lines
    )
    return Statement(index, None, "", columns, dated)


def release(*statements: Statement) -> Release:
    """A release of nothing but tables."""
    return Release(Source("", "", "text", "utf-8"), statements)


def sums(text: str, heads: Sequence[str] = ()) -> tuple[Sum, ...]:
    """The sums of one table."""
    return infer(release(statement(text, heads=heads))).sums


def relations(text: str, heads: Sequence[str] = ()) -> list[str]:
    """The sums of one table as a person would write them."""
    return [found.relation for found in sums(text, heads)]


def licensed(found: Sequence[Sum]) -> list[Instance]:
    """The broken instances that may be called errors."""
    return [
        instance for each in found for instance in each.instances if instance.licensed and instance.severity == "error"
    ]


def slips(found: Sequence[Sum]) -> list[tuple[str, str, str]]:
    """What happened to whole lines: severity, kind, and the line of the total with its column."""
    return [
        (each.severity, each.slip, each.total)
        for one in found
        for each in one.instances
        if each.slip is not None and not each.holds
    ]
