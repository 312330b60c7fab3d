"""The period of each figure: that of its column, unless its line or a section names another (a balance on a day, a year
as caption)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from checker.core.period import Period, duration, instant, near
from checker.core.remembered import remembered
from checker.core.value import evolve, frozen
from checker.extract import heads, periods, settings
from checker.extract.sections import Placed
from checker.extract.settings import Dated, Setting
from checker.lexicon import time
from checker.lexicon.numbers import is_year

_AS_OF_AND_FOR = re.compile(r"\b(?:as of|as at|at)\W+(?:(?:and|or|and/or)\W+)?for\b", re.IGNORECASE)
_MARKED = re.compile(r"\s*\((?:[a-z]|\d)\)$")
_BRACKET = re.compile(r"\([^()]*\)")
_ALONE = re.compile(r"\W*(?:balances?\W+)?(?:at\W+|as of\W+)?$|.*,\s*$", re.IGNORECASE)
"""What stands before the day in a caption that is, or ends in, nothing but a day."""
_OPENING = re.compile(r"\b(?:beginning|opening|start)\b", re.IGNORECASE)
_CLOSING = re.compile(r"\b(?:end|ending|closing)\b(?! inventor)", re.IGNORECASE)
_BALANCE = re.compile(
    r"\bbalances?\b|\bcash\b|\bequity\b|\bliability\b|\ballowance\b|\bgoodwill\b|\boutstanding\b|\bunvested\b|\bnonvested\b|\breserves?\b|"
    r"\baccrual\b|\bbenefit obligation\b|\bfair value of\b|\bnet assets\b",
    re.IGNORECASE,
)
_MOVED = re.compile(r"\b(?:during|still held|recogni[sz]ed|(?<!of period )(?<!of year )attributable)\b", re.IGNORECASE)
_ON_A_DAY = re.compile(
    r"^\W*(?:total|identifiable|segment)\s+(?:identifiable |segment )?(?:assets|liabilities|debt|(?:(?:share|"
    r"stock)(?:holders|owners)['’]? )?(?:equity|deficit))\W*$|\bweighted[- ]average (?:remaining|discount rate)|"
    r"^\W*(?:(?:less|plus|add|total)\W+)*(?:restricted )?cash(?:,| and|,? & |,? restricted cash,? and|"
    r" &)* cash equivalents\b(?!.*\b(?:increase|decrease|change|effect|acquired))",
    re.IGNORECASE,
)
"""Lines that among flows still are amounts of the last day."""
_BOUND = re.compile(
    r"\b(?:beginning|opening|start|end|ending|closing)\s+(?:of\s+(?:the\s+|each\s+)?(?:period|year|quarter|fiscal|month)|balances?|cash)|"
    r"^\W*(?:beginning|ending|opening|closing)\b|\b(?:at|,)\s+(?:the\s+)?(?:beginning|end)\b",
    re.IGNORECASE,
)


@remembered(4096)
def _bound(caption: str) -> Literal["", "opening", "closing"]:
    """Whether a line of flows is the balance they begin or end with."""
    if not _BOUND.search(caption) or _MOVED.search(caption) or not (_BALANCE.search(caption) or len(caption) < 40):
        return ""
    return "opening" if _OPENING.search(caption) and not _CLOSING.search(caption) else "closing"


def _moving(placed: Sequence[Placed]) -> frozenset[int]:
    """The rows from an opening balance up to the closing one."""
    found: list[int] = []
    opened: int | None = None
    for row, line in enumerate(placed):
        bound = "" if line.entry.is_heading else _bound(line.entry.caption)
        if bound == "opening":
            opened = row
        elif bound == "closing" and opened is not None:
            found += range(opened, row)
            opened = None
    return frozenset(found)


def _day_of(caption: str) -> time.Date | None:
    """The day without a year that the caption of a balance names."""
    if not _BALANCE.search(caption) and not _ALONE.match(time.undated(caption)):
        return None
    spoken = time.read(caption)
    return spoken.dates[0] if len(spoken.dates) == 1 and not spoken.full and not spoken.lasts else None


@frozen
class _Said:
    """What a line says of the period of its figures, whatever column they stand in."""

    caption: str
    named: Dated | None
    section: str
    """The nearest caption above it that speaks of time."""
    is_year: bool
    moves: bool
    on_a_day: bool
    bound: Literal["", "opening", "closing"]
    day: time.Date | None


class Dating:
    """The periods of one table: of its columns, and of lines that name their own."""

    def __init__(self, heads: Sequence[str], dated: Sequence[Dated], setting: Setting, averaged: bool) -> None:
        self.heads, self.columns, self.setting, self.averaged = heads, dated, setting, averaged
        self.cache: dict[tuple[int, str], Dated] = {}
        self.moving: frozenset[int] = frozenset()
        """Rows that stand between an opening and a closing balance."""

    def of_lines(self, placed: Sequence[Placed]) -> dict[int, Dated]:
        """Periods of lines that name their own: balances on a day, years as captions, and the flows between two
        balances."""
        found: dict[int, Dated] = {}
        self.moving = _moving(placed)
        balances: list[tuple[int, dt.date]] = []
        free = not any(one.own for one in self.columns)
        for row, line in enumerate(placed):
            caption = _MARKED.sub("", line.entry.caption) if line.entry.caption.endswith(")") else line.entry.caption
            spoken = time.read(caption)
            if "(" in caption and _bound(outside := _BRACKET.sub(" ", caption)) and not time.read(outside).full:
                spoken = (
                    time.NONE
                )  # "Cash at end of year (includes 52 at June 30, 2023)": the day is that of the column
            if not spoken:
                continue
            if (
                spoken.full
                and not spoken.lasts
                and not line.entry.is_heading
                and (_BALANCE.search(caption) or (free and not time.without(caption)))
            ):
                end = spoken.full[-1].on(0)
                found[row] = Dated(instant(end, caption), f"period: {caption}")
                balances.append((row, end))
            elif free and not line.entry.is_heading and len(caption) < 60 and not time.without(caption):
                dated = periods.resolve(caption, self.setting)
                if dated.own and dated.period is not None and not self._is_future(dated.period):
                    found[row] = dated
        for (first, begin), (last, end) in pairwise(balances):
            if begin < end:
                months = max(1, ((end - begin).days * 48 + 730) // 1461)
                text = f"{placed[first].entry.caption} to {placed[last].entry.caption}"
                between = Dated(
                    Period(begin + dt.timedelta(days=1), end, months, text),
                    f"period: between {placed[first].entry.caption} and {placed[last].entry.caption}",
                )
                found.update({row: between for row in range(first + 1, last) if row not in found})
        return found

    def _is_future(self, period: Period) -> bool:
        end = self.setting.calendar.end
        return end is not None and period.end is not None and period.end > end + dt.timedelta(days=40)

    def of_line(self, row: int, line: Placed, named: Dated | None) -> tuple[Dated | None, ...]:
        """The period of each figure of a line; `named` is one that the line names itself."""
        caption = line.entry.caption
        section = next((above for above in (*reversed(line.under), line.heading) if above and time.read(above)), "")
        said = _Said(
            caption,
            named,
            section,
            is_year(caption),
            row in self.moving,
            bool(_ON_A_DAY.search(caption)),
            _bound(caption),
            _day_of(caption),
        )
        return tuple(
            None if piece is None else self._of_figure(place, said) for place, piece in enumerate(line.entry.cells)
        )

    def _of_figure(self, place: int, said: _Said) -> Dated:
        named, caption = said.named, said.caption
        if (
            named is not None
            and named.period is not None
            and not (self.columns[place].own and self._is_settled(place, named.period))
        ):
            return named
        if said.is_year and not time.read(self.heads[place]).years and time.read(self.heads[place]).lasts:
            return periods.resolve(f"{self.heads[place]} {caption}", self.setting)
        dated = self._in_section(place, said.section) if said.section else self.columns[place]
        if said.moves:
            dated = self._rolled(dated)
        period = dated.period
        if period is not None and said.day is not None and (day := self._on_its_day(said.day, period)) is not None:
            return evolve(dated, period=instant(day, period.text), why=f"{dated.why}; on the day: {caption}")
        bound = said.bound or _bound(self.heads[place])
        if bound and period is not None and not period.is_instant and period.end is not None:
            if bound == "opening":
                start = period.start
                return evolve(
                    dated,
                    period=instant(self._eve(start - dt.timedelta(days=1)) if start else None, period.text),
                    why=f"{dated.why}; opening: {caption}",
                )
            return evolve(dated, period=instant(period.end, period.text), why=f"{dated.why}; closing: {caption}")
        if period is not None and not period.is_instant and said.on_a_day and not self.averaged:
            why = f"{dated.why}; on its last day: {caption}"
            return evolve(dated, period=instant(period.end, period.text), why=why)
        if (
            period is not None
            and not period.is_instant
            and _AS_OF_AND_FOR.search(dated.said)
            and settings.leaning((caption,), ()) < 0
        ):
            return evolve(dated, period=instant(period.end, period.text), why=f"{dated.why}; as of: {caption}")
        return dated

    def _rolled(self, dated: Dated) -> Dated:
        """Between an opening and a closing balance even a column of one day holds what moved: flows of the time that
        ends there."""
        period = dated.period
        if period is None or not period.is_instant or period.end is None:
            return dated
        months, weeks = periods.leading_to(period.end, self.setting)
        between = duration(period.end, months, period.text, weeks)
        return evolve(dated, period=between, why=f"{dated.why}; between balances")

    def _on_its_day(self, date: time.Date, period: Period) -> dt.date | None:
        """The day of a balance whose caption names it without a year: the last of the column's period, or the one
        before its first."""
        if period.end is None:
            return None
        bounds = (period.end, period.start - dt.timedelta(days=1)) if period.start else (period.end,)
        named = (date.on(period.end.year + later) for later in (0, -1, 1))
        return next((self._eve(bound) for day in named for bound in bounds if near(day, bound)), None)

    def _eve(self, day: dt.date) -> dt.date:
        """The day before a period as the document names it; "January 1" names the same moment as the last day of
        December."""
        there = self.setting.calendar.snapped(day)
        return day if there == day + dt.timedelta(days=1) and there.day == 1 else there

    def _is_settled(self, place: int, named: Period) -> bool:
        """Whether a column that names its period needs none from a caption: only a balance among flows does."""
        own, head = self.columns[place].period, time.read(self.heads[place])
        if own is not None and own.same_length(named) and not own.ends_with(named) and not head.years:
            return False  # the head names a length and perhaps a day, the line the year
        return not named.is_instant or (own is not None and own.is_instant)

    def _in_section(self, place: int, section: str) -> Dated:
        key = (place, section)
        if key not in self.cache:
            setting = Setting(
                (section, *self.setting.nearby), self.setting.kind, self.setting.calendar, self.setting.leaning
            )
            named = section if heads.is_time(section) and not time.read(self.heads[place]) else self.heads[place]
            self.cache[key] = periods.resolve(named, setting)
        return self.cache[key]
