"""The unit of each figure, its scale and whether it foots: from the role of its column and its line, and from its own print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from attrs import evolve

from checker.core.figure import UNSTATED, Reading
from checker.core.statement import Kind, Role
from checker.core.unit import NUMBER, PERCENT, RATIO, SHARES, Unit, money, per_share
from checker.core.value import frozen
from checker.extract import roles, units
from checker.extract.layout import Part
from checker.extract.numbers import Printed
from checker.extract.roles import Deemed, Habit
from checker.extract.sections import Placed
from checker.extract.settings import Dated, Scene
from checker.extract.units import Scale

ADDITIVE: tuple[Role, ...] = ("amount", "shares", "count")
_ONE = Decimal(1)
_SPAN_OF_TIME = re.compile(r"\b(?:terms?|life|lives|years?|months?|days|period|maturity|duration)\b", re.IGNORECASE)
_IN_CENTS = re.compile(r"\bcents\b|\bpence\b|\(p\)|\(¢\)", re.IGNORECASE)
_OF_A_SHARE = re.compile(r"share|stock|exercise|strike", re.IGNORECASE)


@frozen
class Measured:
    """What a printed number turned out to be."""

    unit: Unit
    scale: Decimal
    additive: bool
    why: tuple[str, ...]
    readings: tuple[Reading, ...] = ()


@frozen
class Row:
    """One line on its way to figures: its role, a scale of its own, the period of each of its figures."""

    line: Placed
    role: Deemed
    scale: Scale | None
    dated: tuple[Dated | None, ...]


def measuring(part: Part, scene: Scene, deemed: Sequence[Deemed], kind: Kind | None) -> Measuring:
    """What a part of a table and its surroundings say of the units in it."""
    scale, scale_why = _scale(part, (*scene.context, *part.stub), scene)
    printed = [piece.printed for entry in part.entries for piece in entry.cells if piece is not None and piece.printed is not None]
    currency, currency_why = _currency(part, scene, printed)
    texts = (*part.stub, *scene.context[-2:])
    return Measuring(
        part.heads,
        tuple(deemed),
        scale,
        scale_why,
        tuple(units.scale(head) for head in part.heads),
        currency,
        currency_why,
        roles.habit([entry.cells for entry in part.entries], scale.amounts >= 1000, kind),
        any(units.ANTIDILUTIVE.search(text) for text in texts) and not any(one.currency for one in printed),
        _counted(part, deemed, scale),
    )


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
    return Scale(_ONE, None, ""), UNSTATED


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


def _currency(part: Part, scene: Scene, printed: Sequence[Printed]) -> tuple[str, str]:
    signs = Counter(one.currency for one in printed if one.currency)
    if signs:
        sign = signs.most_common(1)[0][0]
        return (scene.dollar, "unit: $") if sign == "$" else (sign, f"unit: {sign} sign")
    above = tuple(text for text in scene.context[-4:] if len(text) < 200)
    named = units.currencies((*part.heads, *reversed(part.stub), *reversed(above)))
    if named:
        return named[0], f"unit: {named[0]} (caption)"
    return scene.currency, scene.currency_why


@frozen
class Measuring:
    """What a whole table says of its units."""

    heads: tuple[str, ...]
    deemed: tuple[Deemed, ...]
    """The role of each column."""
    scale: Scale
    scale_why: str
    by_head: tuple[Scale | None, ...]
    currency: str
    currency_why: str
    usual: Habit
    dilutive: bool
    """It lists dilutive shares."""
    as_printed: frozenset[int] = frozenset()
    """Columns of shares one of whose counts is too large for any scale: then none of them has one."""

    def of_figure(self, place: int, printed: Printed, row: Row) -> Measured:
        """The unit of one number, its scale, whether it foots, why, and other readings."""
        column, line = self.deemed[place], row.role
        code = self.currency if printed.currency in (None, "$") else printed.currency or self.currency
        if printed.sign:
            return _signed(printed)
        scale = row.scale or self.by_head[place] or self.scale
        scale_why = f"scale: {scale.words}" if row.scale or self.by_head[place] else self.scale_why
        for role, most in ((column, _MOST_PERCENT), (line, None)):
            if role.role == "percent" and printed.currency is None and (most is None or printed.size < most):
                return Measured(PERCENT, _ONE, False, (f"unit: percent ({role.why})",), _other(printed, code, scale.amounts))
        foots = column.role in ADDITIVE and line.role in ADDITIVE
        if line.role == "per share" and column.role in ("amount", "shares") and any(one.role == "per share" for one in self.deemed):
            line = Deemed("amount")
        if self.dilutive and line.role == "amount" and column.role == "amount":
            line = Deemed("shares", "the table lists dilutive shares")
        if line.role == "per share" or (column.role in ("per share", "price") and line.role in ("amount", "shares", "average", "price")):
            return Measured(per_share(code), self._cents(row, place), False, (f"unit: per share ({line.why or column.why})",))
        if line.role == "shares" or (column.role == "shares" and printed.currency is None):
            reasons = (f"unit: shares ({line.why or column.why})", scale_why)
            if place in self.as_printed:
                return Measured(SHARES, _ONE, foots, (*reasons, _TOO_MANY))
            return _shares(printed, scale, reasons, foots)
        if line.role == "price":
            of_a_share = _OF_A_SHARE.search(row.line.entry.caption)
            small = printed.step < 1 and self.usual.decimals == 0
            return Measured(
                per_share(code) if of_a_share else money(code), _ONE if of_a_share or small else scale.amounts, False, (f"unit: price ({line.why})",)
            )
        if printed.currency is None:
            counted = self._without_currency(column, row, line, foots)
            if counted is not None:
                return counted
        if line.role == "count":
            return Measured(NUMBER, row.scale.amounts if row.scale else _ONE, foots, (f"unit: number ({line.why})",))
        why = (scale_why, self.currency_why) if self.currency_why else (scale_why,)
        return Measured(money(code), scale.amounts, foots, (*why, *((line.why,) if "but" in line.why else ())))

    def _without_currency(self, column: Deemed, row: Row, line: Deemed, foots: bool) -> Measured | None:
        """Ratios, rates and counts: never printed with a currency sign."""
        if line.role in ("ratio", "rate"):
            return Measured(RATIO, _ONE, False, (f"unit: ratio ({line.why})",))
        if column.role in ("ratio", "rate"):
            return Measured(PERCENT if column.role == "rate" else RATIO, _ONE, False, (f"unit: {column.role} ({column.why})",))
        if line.role == "average" and _SPAN_OF_TIME.search(row.line.entry.caption):
            return Measured(NUMBER, _ONE, False, (f"unit: number ({line.why})",))
        if column.role == "count":
            return Measured(NUMBER, _ONE, foots, (f"unit: number ({column.why})",))
        return None

    def _cents(self, row: Row, place: int) -> Decimal:
        said = (row.line.entry.caption, *row.line.under, self.heads[place])
        return Decimal("0.01") if any(_IN_CENTS.search(text) for text in said) else _ONE


_MOST_PERCENT = 10000
"""What is printed larger in a column of percents is no percent."""


def _signed(printed: Printed) -> Measured:
    """A number that prints its own unit."""
    if printed.sign == "basis points":
        return Measured(PERCENT, Decimal("0.01"), False, ("unit: basis points in the cell",))
    if printed.sign == "times":
        return Measured(RATIO, _ONE, False, ("unit: x in the cell",))
    return Measured(PERCENT, _ONE, False, ("unit: % in the cell",))


_TOO_MANY = "too many shares in that scale: as printed"


def _is_too_many(size: Decimal, scale: Decimal) -> bool:
    """Whether no company has so many shares."""
    return scale > 1 and size >= 10**6 and size * scale >= Decimal(10) ** 11


def _counted(part: Part, deemed: Sequence[Deemed], scale: Scale) -> frozenset[int]:
    """The columns of shares in which a whole number is too large for the scale."""
    chosen = scale.shares if scale.shares is not None else scale.amounts
    return frozenset(
        place
        for place, column in enumerate(deemed)
        if column.role == "shares" and units.scale(part.heads[place]) is None
        if any(
            _is_too_many(piece.printed.size, chosen)
            for entry in part.entries
            if (piece := entry.cells[place]) is not None and piece.printed is not None and piece.printed.currency is None
        )
    )


def _shares(printed: Printed, scale: Scale, why: tuple[str, ...], foots: bool) -> Measured:
    chosen = scale.shares if scale.shares is not None else scale.amounts
    value = printed.size
    found = Measured(SHARES, chosen, foots, why)
    if _is_too_many(value, chosen):
        return evolve(found, scale=_ONE, why=(*why, _TOO_MANY), readings=_scaled(printed, chosen))
    if chosen == 1 and scale.amounts > 1 and printed.step < 1:
        return evolve(found, scale=scale.amounts, why=(*why, "decimals: in the scale of the amounts"), readings=_scaled(printed, _ONE))
    if scale.shares is None and scale.amounts > 1:
        return evolve(found, readings=_scaled(printed, _ONE))
    if chosen == 1 and scale.amounts > 1 and value < 10**6:
        return evolve(found, readings=_scaled(printed, scale.amounts))
    return found


def _scaled(printed: Printed, scale: Decimal) -> tuple[Reading, ...]:
    """The reading of a share count in another scale."""
    return (Reading(printed.value * scale, printed.step * scale, SHARES, f"scale {scale} instead"),) if printed.value else ()


def _other(printed: Printed, code: str, scale: Decimal) -> tuple[Reading, ...]:
    """The reading of a percent as an amount."""
    return (Reading(printed.value * scale, printed.step * scale, money(code), "an amount, not a percent"),) if printed.value else ()


def line_role(role: Role, units_shown: Sequence[Unit]) -> Role:
    """What the figures of a line turned out to be, where its caption does not say."""
    if role == "amount" and units_shown and all(unit == PERCENT for unit in units_shown):
        return "percent"
    if role == "amount" and units_shown and all(unit == RATIO for unit in units_shown):
        return "ratio"
    return role
