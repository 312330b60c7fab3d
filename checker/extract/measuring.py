"""The unit of each figure, its scale and whether it foots: from the role of its column and its line, and from its own
print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from checker.core.figure import ASSUMED, POINTS, UNSTATED, Reading
from checker.core.origin import Origin
from checker.core.statement import Kind, Role
from checker.core.unit import NUMBER, PERCENT, RATIO, SHARES, Unit, money, per_share
from checker.core.value import evolve, frozen
from checker.extract import moves, roles
from checker.extract.layout import Part
from checker.extract.roles import Deemed, Usual
from checker.extract.sections import Placed
from checker.extract.settings import Dated, Scene
from checker.lexicon import measures
from checker.lexicon import money as currencies
from checker.lexicon.numbers import Printed
from checker.lexicon.scale import Scale, is_unit, stated

ADDITIVE: tuple[Role, ...] = ("amount", "shares", "count")
_ONE, _HUNDREDTH = Decimal(1), Decimal("0.01")
_IN_THOUSANDS = 1000
"""A table in thousands or more prints its amounts without decimals and its amounts per share with some: so they are
told apart."""
_LARGEST_AMOUNT = Decimal(10) ** 14
"""No company has so much money: a table that would say so is not in that scale."""
_MANY_SHARES, _MOST_SHARES = 10**6, Decimal(10) ** 11
"""No company has as many shares as the second. A count of the first size or more is printed in full, whatever the
caption says."""
_NEAR_ABOVE, _LONGEST_CAPTION = 4, 200
"""Paragraphs above a table that may name its currency, and their characters: longer ones are running text, and speak of
other amounts too."""
_SPAN_OF_TIME = re.compile(r"\b(?:terms?|life|lives|years?|months?|days|period|maturity|duration)\b", re.IGNORECASE)
_IN_CENTS = re.compile(r"\bcents\b|\bpence\b|\(p\)|\(¢\)", re.IGNORECASE)
_FOR_A_SHARE = re.compile(r"share|stock|earnings|dividend|\beps\b|\bdps\b|distribution", re.IGNORECASE)
_OF_A_SHARE = re.compile(r"share|stock|exercise|strike|\bgranted\b", re.IGNORECASE)


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
    scale, scale_why = _scale(part, deemed, scene)
    printed = [
        piece.printed
        for entry in part.entries
        for piece in entry.cells
        if piece is not None and piece.printed is not None
    ]
    currency, currency_why = _currency(part, scene, printed)
    texts = (*part.stub, *scene.context[-2:])
    return Measuring(
        heads=part.heads,
        deemed=tuple(deemed),
        scale=scale,
        scale_why=scale_why,
        by_head=tuple(stated(head) for head in part.heads),
        currency=currency,
        currency_why=currency_why,
        usual=roles.usual([entry.cells for entry in part.entries], scale.amounts >= _IN_THOUSANDS, kind),
        moved=moves.factors(part.heads, deemed, [entry.cells for entry in part.entries]),
        dilutive=any(measures.ANTIDILUTIVE.search(text) for text in texts) and not any(one.currency for one in printed),
        as_printed=_in_full(part, deemed, scale),
    )


def _scale(part: Part, deemed: Sequence[Deemed], scene: Scene) -> tuple[Scale, str]:
    """The scale of the table as a whole: its heads, its stub, the nearest caption, the habit of the document, which
    says nothing of shares in thousands."""
    context = (*scene.context, *part.stub)
    by_head = [stated(head) for head in part.heads]
    shares: Decimal | None = None
    if (
        by_head[0] is not None
        and by_head[0].amounts != 1
        and all(one is not None and one.amounts == by_head[0].amounts for one in by_head)
    ):
        return by_head[0], f"scale: {by_head[0].words} (head)"
    for text, source in (
        *((text, "stub") for text in reversed(part.stub)),
        *((text, "caption") for text in reversed(context)),
    ):
        found = stated(text)
        if found is None:
            continue
        if found.amounts == 1:
            shares = found.shares
            continue
        return Scale(
            found.amounts, shares if shares is not None else found.shares, found.words
        ), f"scale: {found.words} ({source})"
    for entry in part.entries[:2]:
        found = stated(entry.caption) if entry.is_heading else None
        if found is not None:
            return found, f"scale: {found.words} (first line)"
    if scene.scale is not None and not _is_large(part, deemed, scene.scale):
        return scene.scale, f"scale: {scene.scale.words} {ASSUMED}"
    return Scale(_ONE, None, ""), UNSTATED


def _is_large(part: Part, deemed: Sequence[Deemed], scale: Scale) -> bool:
    """Whether amounts are printed so large that they cannot be in that scale too."""
    values = [
        abs(piece.printed.value)
        for entry in part.entries
        for column, piece in zip(deemed, entry.cells, strict=True)
        if column.role != "shares"
        and piece is not None
        and piece.printed is not None
        and piece.printed.value is not None
    ]
    return bool(values) and max(values) >= _LARGEST_AMOUNT / scale.amounts


def _currency(part: Part, scene: Scene, printed: Sequence[Printed]) -> tuple[str, str]:
    signs = Counter(one.currency for one in printed if one.currency)
    if signs:
        sign = signs.most_common(1)[0][0]
        code = scene.dollar if sign == "$" else currencies.settled(sign, scene.currency)
        return code, f"unit: {sign}" if sign == "$" else f"unit: {sign} sign"
    above = tuple(text for text in scene.context[-_NEAR_ABOVE:] if len(text) < _LONGEST_CAPTION)
    named = currencies.named((*part.heads, *reversed(part.stub), *reversed(above)))
    if named:
        return named[0], f"unit: {named[0]} (caption)"
    for text in (*part.heads, *reversed(part.stub), *reversed(above)):
        if (stated(text) is not None or is_unit(text)) and (code := currencies.of_head(text, scene.currency)):
            return code, f"unit: {code} (caption)"
    return scene.currency, scene.currency_why


@frozen
class _Cell:
    """A number that prints no unit itself, and what it stands among."""

    printed: Printed
    place: int
    row: Row
    column: Deemed
    line: Deemed
    """What its line measures in this column."""
    currency: str
    scale: Scale
    scale_why: str
    foots: bool
    own: Scale | None = None
    """What its line or the head of its column states itself."""

    @property
    def caption(self) -> str:
        return self.row.line.entry.caption


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
    usual: Usual
    dilutive: bool
    """It lists dilutive shares."""
    moved: tuple[Decimal | None, ...]
    """What one unit of a bare number in a column of changes is in lines of percentages, in points."""
    as_printed: frozenset[int] = frozenset()
    """Columns of shares one of whose counts is too large for any scale: then none of them has one."""

    def of_figure(self, place: int, printed: Printed, row: Row) -> Measured:
        """The unit of one number, its scale, whether it foots, why, and other readings."""
        if printed.sign and printed.sign != "hundredths":
            return _signed(printed)
        cell = self._cell(place, printed, row)
        if printed.sign:
            return _hundredths(cell)
        return (
            self._moved(cell)
            or _percent(cell)
            or self._per_share(cell)
            or self._shares(cell)
            or self._price(cell)
            or _bare(cell)
            or self._amount(cell)
        )

    def _moved(self, cell: _Cell) -> Measured | None:
        """The change of a percentage, which is told in points of it: so are all in a column of changes whose line
        prints percentages."""
        head = self.heads[cell.place]
        if cell.printed.currency is not None or not moves.is_change(head, cell.column):
            return None
        if not (cell.line.role == "percent" or moves.is_relative(cell.row.line.entry.cells, self.deemed)):
            return None
        factor = self.moved[cell.place]
        if factor is not None:
            return Measured(
                PERCENT,
                factor,
                False,
                (f"unit: {'points' if factor == moves.POINT else 'basis points'} ({head})", POINTS),
            )
        if cell.column.role == "percent":
            return None
        plain = cell.printed.step < 1 or cell.line.role == "percent"
        return (
            Measured(PERCENT, _ONE, False, (f"unit: points ({head})", POINTS))
            if plain
            else Measured(NUMBER, _ONE, False, (f"unit: untold ({head})",))
        )

    def _cell(self, place: int, printed: Printed, row: Row) -> _Cell:
        column = self.deemed[place]
        own, line = row.scale or self.by_head[place], self._here(row.role, column)
        return _Cell(
            printed=printed,
            place=place,
            row=row,
            column=column,
            line=line,
            currency=currencies.settled(printed.currency, self.currency) if printed.currency else self.currency,
            scale=own or self.scale,
            scale_why=f"scale: {own.words}" if own else self.scale_why,
            own=own,
            foots=column.role in ADDITIVE
            and (row.role.role in ADDITIVE or (line.role in ADDITIVE and measures.several(row.line.entry.caption))),
        )

    def _here(self, line: Deemed, column: Deemed) -> Deemed:
        """What a line measures in this column: of a table with columns per share, the others are not; of one that lists
        dilutive shares, amounts are shares."""
        if (
            line.role == "per share"
            and column.role in ("amount", "shares")
            and any(one.role == "per share" for one in self.deemed)
        ):
            line = Deemed("amount")
        if self.dilutive and line.role == "amount" and column.role == "amount":
            return Deemed("shares", Origin("table", "the table lists dilutive shares"))
        return line

    def _per_share(self, cell: _Cell) -> Measured | None:
        by_column = cell.column.role in ("per share", "price") and cell.line.role in (
            "amount",
            "shares",
            "average",
            "price",
        )
        if cell.line.role != "per share" and not by_column:
            return None
        return Measured(
            per_share(cell.currency),
            self._cents(cell),
            False,
            (f"unit: per share ({cell.line.why or cell.column.why})",),
        )

    def _shares(self, cell: _Cell) -> Measured | None:
        if cell.line.role != "shares" and (cell.column.role != "shares" or cell.printed.currency is not None):
            return None
        why = (f"unit: shares ({cell.line.why or cell.column.why})", cell.scale_why)
        if cell.place in self.as_printed:
            return Measured(SHARES, _ONE, cell.foots, (*why, _TOO_MANY))
        return _share_count(cell, why)

    def _price(self, cell: _Cell) -> Measured | None:
        if cell.line.role != "price":
            return None
        of_a_share = _OF_A_SHARE.search(cell.caption) is not None
        in_full = of_a_share or (cell.printed.step < 1 and self.usual.decimals == 0)
        unit = per_share(cell.currency) if of_a_share else money(cell.currency)
        return Measured(unit, _ONE if in_full else cell.scale.amounts, False, (f"unit: price ({cell.line.why})",))

    def _amount(self, cell: _Cell) -> Measured:
        if cell.line.role == "count":
            return Measured(
                NUMBER,
                cell.row.scale.amounts if cell.row.scale else _ONE,
                cell.foots,
                (f"unit: number ({cell.line.why})",),
            )
        why = [cell.scale_why, self.currency_why, cell.line.why if cell.line.origin.against else ""]
        return Measured(money(cell.currency), cell.scale.amounts, cell.foots, tuple(filter(None, why)))

    def _cents(self, cell: _Cell) -> Decimal:
        said = (cell.caption, *cell.row.line.under, self.heads[cell.place])
        return _HUNDREDTH if any(_IN_CENTS.search(text) for text in said) else _ONE


def _percent(cell: _Cell) -> Measured | None:
    if cell.printed.currency is not None:
        return None
    by_column = cell.column.role == "percent" and cell.printed.size < roles.MOST_PERCENT
    if not by_column and cell.line.role != "percent":
        return None
    why = cell.column.why if by_column else cell.line.why
    return Measured(
        PERCENT, _ONE, False, (f"unit: percent ({why})",), _other(cell.printed, cell.currency, cell.scale.amounts)
    )


def _bare(cell: _Cell) -> Measured | None:
    """Ratios, rates and counts: never printed with a currency sign."""
    column, line = cell.column, cell.line
    if cell.printed.currency is not None:
        return None
    if line.role in ("ratio", "rate"):
        return Measured(RATIO, _ONE, False, (f"unit: ratio ({line.why})",))
    if column.role in ("ratio", "rate"):
        return Measured(
            PERCENT if column.role == "rate" else RATIO, _ONE, False, (f"unit: {column.role} ({column.why})",)
        )
    if line.role == "average" and _SPAN_OF_TIME.search(cell.caption):
        return Measured(NUMBER, _ONE, False, (f"unit: number ({line.why})",))
    if column.role == "count":
        return Measured(NUMBER, cell.own.amounts if cell.own else _ONE, cell.foots, (f"unit: number ({column.why})",))
    return None


def _signed(printed: Printed) -> Measured:
    """A number that prints its own unit."""
    if printed.sign == "basis points":
        return Measured(PERCENT, _HUNDREDTH, False, ("unit: basis points in the cell", POINTS))
    if printed.sign == "points":
        return Measured(PERCENT, _ONE, False, ("unit: points in the cell", POINTS))
    if printed.sign == "times":
        return Measured(RATIO, _ONE, False, ("unit: x in the cell",))
    return Measured(PERCENT, _ONE, False, ("unit: % in the cell",))


def _hundredths(cell: _Cell) -> Measured:
    """Pence and cents: an amount for each share where the line says so, else a price of something."""
    of_a_share = (
        cell.line.role == "per share"
        or cell.column.role == "per share"
        or _FOR_A_SHARE.search(cell.caption) is not None
    )
    unit = per_share(cell.currency) if of_a_share else money(cell.currency)
    return Measured(unit, _HUNDREDTH, False, ("unit: hundredths in the cell",))


_TOO_MANY = "too many shares in that scale: as printed"


def _is_too_many(size: Decimal, scale: Decimal) -> bool:
    """Whether no company has so many shares."""
    return scale > 1 and size * scale >= _MOST_SHARES


def _in_full(part: Part, deemed: Sequence[Deemed], scale: Scale) -> frozenset[int]:
    """The columns of shares in which a whole number is too large for the scale."""
    return frozenset(
        place
        for place, column in enumerate(deemed)
        if column.role == "shares" and stated(part.heads[place]) is None
        if any(
            _is_too_many(piece.printed.size, scale.of_shares)
            for entry in part.entries
            if (piece := entry.cells[place]) is not None
            and piece.printed is not None
            and piece.printed.currency is None
        )
    )


def _share_count(cell: _Cell, why: tuple[str, ...]) -> Measured:
    printed, scale = cell.printed, cell.scale
    found = Measured(SHARES, scale.of_shares, cell.foots, why)
    if _is_too_many(printed.size, scale.of_shares):
        return evolve(found, scale=_ONE, why=(*why, _TOO_MANY), readings=_scaled(printed, scale.of_shares))
    if scale.of_shares == 1 and scale.amounts > 1 and printed.step < 1:
        return evolve(
            found,
            scale=scale.amounts,
            why=(*why, "decimals: in the scale of the amounts"),
            readings=_scaled(printed, _ONE),
        )
    if scale.shares is None and scale.amounts > 1:
        return evolve(found, readings=_scaled(printed, _ONE))
    if scale.of_shares == 1 and scale.amounts > 1 and printed.size < _MANY_SHARES:
        return evolve(found, readings=_scaled(printed, scale.amounts))
    return found


def _scaled(printed: Printed, scale: Decimal) -> tuple[Reading, ...]:
    """The reading of a share count in another scale."""
    return (
        (Reading(printed.value * scale, printed.step * scale, SHARES, f"scale {scale} instead"),)
        if printed.value
        else ()
    )


def _other(printed: Printed, code: str, scale: Decimal) -> tuple[Reading, ...]:
    """The reading of a percent as an amount."""
    return (
        (Reading(printed.value * scale, printed.step * scale, money(code), "an amount, not a percent"),)
        if printed.value
        else ()
    )


def line_role(role: Role, units_shown: Sequence[Unit]) -> Role:
    """What the figures of a line turned out to be, where its caption does not say."""
    if role == "amount" and units_shown and all(unit == PERCENT for unit in units_shown):
        return "percent"
    if role == "amount" and units_shown and all(unit == RATIO for unit in units_shown):
        return "ratio"
    return role
