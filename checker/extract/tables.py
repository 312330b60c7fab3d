"""One part of a table to a Statement: periods, units and scale of every figure, each with the words that decided it."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import count, pairwise
from typing import Literal

from attrs import frozen

from checker.core.figure import Figure, Reading
from checker.core.period import Period, instant
from checker.core.statement import Column, Kind, Line, Role, Statement
from checker.extract import dashes, periods, roles, sections, times, titles, units
from checker.extract.layout import Part
from checker.extract.numbers import Printed, is_year
from checker.extract.periods import Calendar, Dated, Setting
from checker.extract.pieces import Piece
from checker.extract.roles import Deemed
from checker.extract.sections import Placed
from checker.extract.units import Scale

ADDITIVE: tuple[Role, ...] = ("amount", "shares", "count")
_ONE = Decimal(1)


@frozen
class Scene:
    """What surrounds a table: the texts above it (nearest last) and what the document says of itself."""

    context: tuple[str, ...]
    calendar: Calendar
    scale: Scale | None = None
    """The scale most tables of the document so far had; for tables that state none."""
    currency: str = "USD"
    currency_why: str = ""
    dollar: str = "USD"
    """What a bare dollar sign stands for in this document."""
    notes: bool = False
    previous: Setting | None = None


def statement(part: Part, scene: Scene, index: int, ids: count[int]) -> Statement:
    """The part as a statement; figures take their ids from `ids` in reading order."""
    context = (*scene.context, *part.stub)
    captions = [entry.caption for entry in part.entries]
    named = titles.named(context, captions, part.heads)
    kind: Kind | None = named.kind or ("notes" if scene.notes else None)
    if scene.notes and kind == "reconciliation":
        kind = "notes"
    leaning = periods.leaning([entry.caption for entry in part.entries if not entry.is_heading], part.heads)
    setting = Setting(periods.nearest(context), named.kind, scene.calendar, leaning)
    rows = [entry.cells for entry in part.entries]
    deemed = roles.of_columns(part.heads, [row for row in rows if any(row)])
    scaled, scale_why = _scale(part, context, scene)
    slack = 15 if part.grid.layout == "grid" and max((entry.indent for entry in part.entries), default=0) > 30 else 0
    placed = sections.place(part.entries, slack)
    own = periods.present(tuple(periods.resolve(head, setting) for head in part.heads), part.heads, scene.calendar)
    own = periods.agreed(own, part.heads, setting)
    dated = periods.filled(_changes_dated(own, part.heads, deemed), part.heads, setting)
    work = _Work(part, scene, setting, kind, dated, deemed, scaled, scale_why)
    lines = dashes.rounded(work.lines(placed, ids))
    columns = tuple(
        Column(place, head, work.column_period(place), role.role, times.without(head))
        for place, (head, role) in enumerate(zip(part.heads, deemed, strict=True))
    )
    return Statement(index, kind, named.title, columns, lines, context[-6:], named.summary)


def _changes_dated(dated: tuple[Dated, ...], heads: Sequence[str], deemed: Sequence[Deemed]) -> tuple[Dated, ...]:
    """A change belongs to the period that changed, not to the one it is measured from: the latest of its kind to the left."""
    done = list(dated)
    for place, (head, role) in enumerate(zip(heads, deemed, strict=True)):
        if role.role not in ("change", "percent") or not (units.header_change(head) or "change" in role.why):
            continue
        left = [one for other, one in enumerate(dated[:place]) if deemed[other].role == "amount" and one.period is not None and one.period.end is not None]
        if not left or left[-1].period is None:
            continue
        months = left[-1].period.months
        alike = [one for one in left if one.period is not None and one.period.months == months]
        done[place] = max(alike, key=lambda one: one.period.end if one.period is not None and one.period.end is not None else dt.date.min)
    return tuple(done)


def _scale(part: Part, context: Sequence[str], scene: Scene) -> tuple[Scale, str]:
    """The scale of the table as a whole: its heads, its stub, the nearest caption, the habit of the document."""
    by_head = [units.scale(head) for head in part.heads]
    shares: Decimal | None = None
    if by_head[0] is not None and by_head[0].amounts != 1 and all(one is not None and one.amounts == by_head[0].amounts for one in by_head):
        return by_head[0], f"scale: {by_head[0].words} (head)"
    for text, source in (*((text, "stub") for text in reversed(part.stub)), *((text, "caption") for text in reversed(context))):
        found = units.scale(text)
        if found is None:
            continue
        if found.amounts == 1:
            shares = found.shares
            continue
        return Scale(found.amounts, shares if shares is not None else found.shares, found.words), f"scale: {found.words} ({source})"
    for entry in part.entries[:2]:
        found = units.scale(entry.caption) if entry.is_heading else None
        if found is not None:
            return found, f"scale: {found.words} (first line)"
    if scene.scale is not None and not _is_large(part, scene.scale):
        return scene.scale, f"scale: {scene.scale.words} (as most of the document)"
    return Scale(_ONE, None, ""), "scale: none stated"


def _is_large(part: Part, scale: Scale) -> bool:
    """Whether numbers are printed so large that they cannot be in that scale too."""
    limit = Decimal(10) ** 14 / scale.amounts
    values = [
        abs(piece.printed.value)
        for entry in part.entries
        for piece in entry.cells
        if piece is not None and piece.printed is not None and piece.printed.value is not None
    ]
    return bool(values) and max(values) >= limit


_AS_OF_AND_FOR = re.compile(r"\bas of\W+(?:and\W+)?for\b|\bas of/for\b", re.IGNORECASE)
_SPAN_OF_TIME = re.compile(r"\b(?:terms?|life|lives|years?|months?|days|period|maturity|duration)\b", re.IGNORECASE)
_OPENING = re.compile(r"\b(?:beginning|opening|start)\b", re.IGNORECASE)
_CLOSING = re.compile(r"\b(?:end|ending|closing)\b(?! inventor)", re.IGNORECASE)
_BALANCE = re.compile(
    r"\bbalances?\b|\bcash\b|\bequity\b|\bliability\b|\ballowance\b|\bgoodwill\b|\boutstanding\b|\bunvested\b|\bnonvested\b|\breserves?\b|"
    r"\baccrual\b|\bbenefit obligation\b|\bfair value of\b|\bnet assets\b",
    re.IGNORECASE,
)
_MOVED = re.compile(r"\b(?:during|still held|recogni[sz]ed|attributable)\b", re.IGNORECASE)
_ON_A_DAY = re.compile(
    r"^\W*(?:total|identifiable|segment)\s+(?:identifiable |segment )?"
    r"(?:assets|liabilities|debt|(?:(?:share|stock)(?:holders|owners)['’]? )?(?:equity|deficit))\W*$|"
    r"\bweighted[- ]average (?:remaining|discount rate)",
    re.IGNORECASE,
)
"""Lines that among flows still are amounts of the last day."""
_BOUND = re.compile(
    r"\b(?:beginning|opening|start|end|ending|closing)\s+(?:of\s+(?:the\s+|each\s+)?(?:period|year|quarter|fiscal|month)|balances?|cash)|"
    r"^\W*(?:beginning|ending|opening|closing)\b|\b(?:at|,)\s+(?:the\s+)?(?:beginning|end)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def _bound(caption: str) -> Literal["", "opening", "closing"]:
    """Whether a line of flows is the balance they begin or end with."""
    if not _BOUND.search(caption) or _MOVED.search(caption) or not (_BALANCE.search(caption) or len(caption) < 40):
        return ""
    return "opening" if _OPENING.search(caption) and not _CLOSING.search(caption) else "closing"


class _Work:
    """The choices of one statement, so that each figure need not carry them about."""

    def __init__(
        self, part: Part, scene: Scene, setting: Setting, kind: Kind | None, dated: tuple[Dated, ...], deemed: tuple[Deemed, ...], scaled: Scale, scale_why: str
    ) -> None:
        self.part, self.scene, self.setting, self.kind = part, scene, setting, kind
        self.dated, self.deemed, self.scaled, self.scale_why = dated, deemed, scaled, scale_why
        self.usual = roles.habit([entry.cells for entry in part.entries], scaled.amounts >= 1000, kind)
        self.currency, self.currency_why = self._currency()
        self.head_scale = tuple(units.scale(head) for head in part.heads)
        self.by_column = any(one.role == "per share" for one in deemed)
        texts = (*part.stub, *scene.context[-2:])
        self.dilutive = any(units.ANTIDILUTIVE.search(text) for text in texts) and not any(
            piece.printed.currency for entry in part.entries for piece in entry.cells if piece is not None and piece.printed is not None
        )
        self.averaged = any(units.AVERAGE.search(text) for text in (*texts, *part.heads))
        self.marks: dict[int, Period] = {}
        self.cache: dict[tuple[int, str], Dated] = {}

    # ---- the table as a whole

    def _currency(self) -> tuple[str, str]:
        signs = Counter(
            piece.printed.currency
            for entry in self.part.entries
            for piece in entry.cells
            if piece is not None and piece.printed is not None and piece.printed.currency
        )
        if signs:
            sign = signs.most_common(1)[0][0]
            return (self.scene.dollar, "unit: $") if sign == "$" else (sign, f"unit: {sign} sign")
        named = units.currencies((*self.part.heads, *reversed(self.part.stub), *reversed(self.setting_texts())))
        if named:
            return named[0], f"unit: {named[0]} (caption)"
        return self.scene.currency, self.scene.currency_why

    def setting_texts(self) -> tuple[str, ...]:
        """The short texts above the table."""
        return tuple(text for text in self.scene.context[-4:] if len(text) < 200)

    # ---- periods

    def column_period(self, place: int) -> Period | None:
        """The period of a whole column."""
        return self.dated[place].period

    def _dates(self, placed: Sequence[Placed]) -> dict[int, Dated]:
        """Periods of lines that name their own: balances on a day, years as captions, and the flows between two balances."""
        found: dict[int, Dated] = {}
        balances: list[tuple[int, dt.date]] = []
        free = not any(one.own for one in self.dated)
        for row, line in enumerate(placed):
            caption = re.sub(r"\s*\((?:[a-z]|\d)\)$", "", line.entry.caption)
            spoken = times.read(caption)
            if not spoken:
                continue
            if spoken.full and not spoken.lasts and not line.entry.is_heading and (_BALANCE.search(caption) or (free and not times.without(caption))):
                end = spoken.full[-1].on(0)
                found[row] = Dated(instant(end, caption), f"period: {caption}")
                balances.append((row, end))
            elif free and not line.entry.is_heading and len(caption) < 60 and not times.without(caption):
                dated = periods.resolve(caption, self.setting)
                if dated.own and dated.period is not None and not self._is_future(dated.period):
                    found[row] = dated
        for (first, begin), (last, end) in pairwise(balances):
            if begin < end:
                months = max(1, ((end - begin).days * 48 + 730) // 1461)
                text = f"{placed[first].entry.caption} to {placed[last].entry.caption}"
                between = Dated(
                    Period(begin + dt.timedelta(days=1), end, months, text), f"period: between {placed[first].entry.caption} and {placed[last].entry.caption}"
                )
                found.update({row: between for row in range(first + 1, last) if row not in found})
        return found

    def _is_future(self, period: Period) -> bool:
        end = self.scene.calendar.end
        return end is not None and period.end is not None and period.end > end + dt.timedelta(days=40)

    def _dated(self, place: int, line: Placed, named: Dated | None) -> Dated:
        """The period of one figure."""
        if named is not None and named.period is not None and not (self.dated[place].own and self._is_settled(place, named.period)):
            return named
        if is_year(caption := line.entry.caption) and not times.read(self.part.heads[place]).years and times.read(self.part.heads[place]).lasts:
            return periods.resolve(f"{self.part.heads[place]} {caption}", self.setting)
        section = next((above for above in (*reversed(line.under), line.heading) if above and times.read(above)), "")
        dated = self._in_section(place, section) if section else self.dated[place]
        period = dated.period
        bound = _bound(caption) or _bound(self.part.heads[place])
        if bound and period is not None and not period.is_instant and period.end is not None:
            if bound == "opening":
                start = period.start
                return Dated(
                    instant(self.scene.calendar.snapped(start - dt.timedelta(days=1)) if start else None, period.text),
                    f"{dated.why}; opening: {caption}",
                    dated.own,
                )
            return Dated(instant(period.end, period.text), f"{dated.why}; closing: {caption}", dated.own)
        if period is not None and not period.is_instant and _ON_A_DAY.search(caption) and not self.averaged:
            return Dated(instant(period.end, period.text), f"{dated.why}; on its last day: {caption}", dated.own)
        if period is not None and not period.is_instant and _AS_OF_AND_FOR.search(dated.why) and periods.leaning((caption,), ()) < 0:
            return Dated(instant(period.end, period.text), f"{dated.why}; as of: {caption}", dated.own)
        return dated

    def _is_settled(self, place: int, named: Period) -> bool:
        """Whether a column that names its period needs none from a caption: only a balance among flows does."""
        own = self.dated[place].period
        return not named.is_instant or (own is not None and own.is_instant)

    def _in_section(self, place: int, section: str) -> Dated:
        key = (place, section)
        if key not in self.cache:
            setting = Setting((section, *self.setting.nearby), self.setting.kind, self.setting.calendar, self.setting.leaning)
            self.cache[key] = periods.resolve(self.part.heads[place], setting)
        return self.cache[key]

    # ---- lines and figures

    def lines(self, placed: Sequence[Placed], ids: count[int]) -> tuple[Line, ...]:
        """The lines with their figures."""
        named = self._dates(placed)
        done: list[Line] = []
        for row, line in enumerate(placed):
            entry = line.entry
            if entry.is_heading:
                done.append(
                    Line(
                        row,
                        entry.caption.rstrip(": ") or entry.caption,
                        line.under,
                        entry.indent,
                        entry.bold,
                        entry.rule_above,
                        entry.double_rule_below,
                        entry.marks,
                        (None,) * len(entry.cells),
                    )
                )
                continue
            role = roles.continued(line, roles.of_line(line, entry.cells, self.usual), done[-1] if done else None)
            own = units.scale(entry.caption) or next((found for above in reversed(line.under) if (found := units.scale(above)) is not None), None)
            row_work = _Row(line, role, own, named.get(row))
            figures = tuple(None if piece is None else self._figure(place, piece, row_work, ids) for place, piece in enumerate(entry.cells))
            shown = _line_role(role.role, figures)
            done.append(Line(row, entry.caption, line.under, entry.indent, entry.bold, entry.rule_above, entry.double_rule_below, entry.marks, figures, shown))
        return tuple(done)

    def _figure(self, place: int, piece: Piece, row: _Row, ids: count[int]) -> Figure:
        printed = piece.printed
        assert printed is not None
        unit, scale, additive, why, readings = self._unit(place, printed, row)
        dated = self._dated(place, row.line, row.dated)
        scale = scale * printed.multiplier
        return Figure(
            f"f{next(ids)}",
            piece.shown,
            None if printed.value is None else printed.value * scale,
            printed.step * scale,
            unit,
            row.line.entry.caption,
            piece.place,
            row.line.under,
            self.kind,
            dated.period,
            "table",
            printed.form,
            scale,
            additive,
            self.part.heads[place],
            (*why, dated.why) if dated.why else why,
            readings,
        )

    def _unit(self, place: int, printed: Printed, row: _Row) -> tuple[str, Decimal, bool, tuple[str, ...], tuple[Reading, ...]]:
        """Unit, scale, whether it foots, why, and other readings."""
        column, line = self.deemed[place], row.role
        code = self.currency if printed.currency in (None, "$") else printed.currency or self.currency
        if printed.sign in ("percent", "points"):
            return "percent", _ONE, False, ("unit: % in the cell",), ()
        if printed.sign == "basis points":
            return "percent", Decimal("0.01"), False, ("unit: basis points in the cell",), ()
        if printed.sign == "times":
            return "ratio", _ONE, False, ("unit: x in the cell",), ()
        scale = row.scale or self.head_scale[place] or self.scaled
        scale_why = f"scale: {scale.words}" if row.scale or self.head_scale[place] else self.scale_why
        if column.role == "percent" and printed.currency is None and printed.size < 10000:
            return "percent", _ONE, False, (f"unit: percent ({column.why})",), self._other(printed, code, scale.amounts)
        if line.role == "percent" and printed.currency is None:
            return "percent", _ONE, False, (f"unit: percent ({line.why})",), self._other(printed, code, scale.amounts)
        foots = column.role in ADDITIVE and line.role in ADDITIVE
        if line.role == "per share" and self.by_column and column.role in ("amount", "shares"):
            line = Deemed("amount")
        if self.dilutive and line.role == "amount" and column.role == "amount":
            line = Deemed("shares", "the table lists dilutive shares")
        if line.role == "per share" or (column.role in ("per share", "price") and line.role in ("amount", "shares", "average", "price")):
            return f"{code}/share", self._cents(row, place), False, (f"unit: per share ({line.why or column.why})",), ()
        if line.role == "shares" or (column.role == "shares" and printed.currency is None):
            return self._shares(printed, scale, scale_why, line.why or column.why, foots)
        if line.role == "price":
            per_share = re.search(r"share|stock|exercise|strike", row.line.entry.caption, re.IGNORECASE)
            small = printed.step < 1 and self.usual.decimals == 0
            return (f"{code}/share" if per_share else code), (_ONE if per_share or small else scale.amounts), False, (f"unit: price ({line.why})",), ()
        if line.role in ("ratio", "rate") and printed.currency is None:
            return "ratio", _ONE, False, (f"unit: ratio ({line.why})",), ()
        if column.role in ("ratio", "rate") and printed.currency is None:
            return ("percent" if column.role == "rate" else "ratio"), _ONE, False, (f"unit: {column.role} ({column.why})",), ()
        if line.role == "average" and printed.currency is None and _SPAN_OF_TIME.search(row.line.entry.caption):
            return "number", _ONE, False, (f"unit: number ({line.why})",), ()
        if column.role == "count" and printed.currency is None:
            return "number", _ONE, foots, (f"unit: number ({column.why})",), ()
        if line.role == "count":
            return "number", (row.scale.amounts if row.scale else _ONE), foots, (f"unit: number ({line.why})",), ()
        why = (scale_why, self.currency_why) if self.currency_why else (scale_why,)
        return code, scale.amounts, foots, (*why, *((line.why,) if "but" in line.why else ())), ()

    def _cents(self, row: _Row, place: int) -> Decimal:
        return (
            Decimal("0.01")
            if re.search(r"\bcents\b|\bpence\b|\(p\)|\(¢\)", f"{row.line.entry.caption} {' '.join(row.line.under)} {self.part.heads[place]}", re.IGNORECASE)
            else _ONE
        )

    def _shares(self, printed: Printed, scale: Scale, scale_why: str, why: str, foots: bool) -> tuple[str, Decimal, bool, tuple[str, ...], tuple[Reading, ...]]:
        chosen = scale.shares if scale.shares is not None else scale.amounts
        reasons = (f"unit: shares ({why})", scale_why)
        value = printed.size
        if chosen > 1 and value * chosen >= Decimal(10) ** 11 and value >= 10**6:
            return "shares", _ONE, foots, (*reasons, "too many shares in that scale: as printed"), self._readings(printed, "shares", chosen)
        if chosen == 1 and scale.amounts > 1 and printed.step < 1:
            return "shares", scale.amounts, foots, (*reasons, "decimals: in the scale of the amounts"), self._readings(printed, "shares", _ONE)
        if scale.shares is None and scale.amounts > 1:
            return "shares", chosen, foots, reasons, self._readings(printed, "shares", _ONE)
        if chosen == 1 and scale.amounts > 1 and value < 10**6:
            return "shares", chosen, foots, reasons, self._readings(printed, "shares", scale.amounts)
        return "shares", chosen, foots, reasons, ()

    def _readings(self, printed: Printed, unit: str, scale: Decimal) -> tuple[Reading, ...]:
        if not printed.value:
            return ()
        return (Reading(printed.value * scale, printed.step * scale, unit, f"scale {scale} instead"),)

    def _other(self, printed: Printed, code: str, scale: Decimal) -> tuple[Reading, ...]:
        if not printed.value:
            return ()
        return (Reading(printed.value * scale, printed.step * scale, code, "an amount, not a percent"),)


@frozen
class _Row:
    """One line on its way to figures: its role, a scale of its own, a period of its own."""

    line: Placed
    role: Deemed
    scale: Scale | None
    dated: Dated | None


def _line_role(role: Role, figures: Sequence[Figure | None]) -> Role:
    """What the figures of a line turned out to be, where its caption does not say."""
    shown = [figure.unit for figure in figures if figure is not None and figure.form == "number"]
    if role == "amount" and shown and all(unit == "percent" for unit in shown):
        return "percent"
    if role == "amount" and shown and all(unit == "ratio" for unit in shown):
        return "ratio"
    return role
