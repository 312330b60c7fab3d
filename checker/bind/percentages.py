"""Percentages that relate two amounts of their own table: lines of them (a margin, a capital ratio) and columns of them
(each line as a part of one line).

Which amounts they relate is found by the columns, or the rows, that agree; every other one is then checked. Captions
say too little of it: a margin is "of net sales" in one house and nameless in the next.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice

from checker.bind.inferred import inferred
from checker.bind.lookup import Book, period_text
from checker.core.check import Check
from checker.core.expression import HUNDRED, Divide, Expression, Multiply, Variable
from checker.core.figure import Figure
from checker.core.rule import Rule
from checker.core.statement import Line, Statement
from checker.core.value import evolve, frozen
from checker.judge.quotients import why_no_percentage
from checker.judge.relations import slipped
from checker.judge.table import (
    PERCENT_COLUMN_BITS,
    PERCENT_COLUMNS,
    PERCENT_LINE_BITS,
    PERCENT_ROWS,
    PERCENT_SEVERAL,
    PERCENT_SPREAD,
    PERCENT_UNITS,
)
from checker.judge.trial import broken
from checker.lexicon.ratios import name, of_a_whole, related

_ABOVE, _BELOW = 30, 12
"""Lines above and below a line of percentages among which the two that it relates are sought."""
_COLUMNS = 4
"""Columns of amounts, nearest first, whose parts a column of percentages may state."""
_PAIRS = 40
"""Pairs of lines that are tried for one line of percentages."""
_BASES = 8
"""Bases that are tried for a block of rows: those that the most rows can be parts of."""
_BLOCKS = 12
"""Blocks of one column, each with a base of its own."""
_ANYWHERE = (Decimal("-Infinity"), Decimal("Infinity"))


@frozen
class Quote:
    """A printed percentage with the part and the base it may relate, and whether that can be."""

    percent: Figure
    part: Figure
    base: Figure
    broken: bool


def ratio_checks(rule: Rule, book: Book) -> Iterator[Check]:
    """The checks of `each percent line = figure / base`."""
    for statement in book.lines.release.statements:
        percents = [
            place
            for place, line in enumerate(statement.lines)
            if sum(map(_is_percent, line.figures)) >= PERCENT_COLUMNS
        ]
        amounts = [
            place
            for place, line in enumerate(statement.lines)
            if percents and sum(map(_may_be_shared, line.figures)) >= PERCENT_COLUMNS
        ]
        for place in percents:
            near = amounts[bisect_left(amounts, place - _ABOVE) : bisect_right(amounts, place + _BELOW)]
            line, others = statement.lines[place], [statement.lines[other] for other in near if other != place]
            worded = _worded(line, others)
            if worded:
                yield from _checks(rule, worded, PERCENT_COLUMNS)
            else:
                yield from _line_checks(rule, line.figures, others)


def share_checks(rule: Rule, book: Book) -> Iterator[Check]:
    """The checks of `each share column = figure / base`."""
    for statement in book.lines.release.statements:
        for place in range(len(statement.columns)):
            percents = _down(statement, place)
            if sum(_is_percent(figure) for figure in percents) >= PERCENT_ROWS:
                yield from _column_checks(rule, statement, place)


def _worded(line: Line, near: Sequence[Line]) -> list[Quote]:
    """The quotes of the two lines that a caption names ("Loans to deposits"), where two columns bear it out and no more
    than one does not: nothing is chosen there."""
    said = related(line.caption)
    if said is None:
        return []
    parts, bases = ([other for other in near if name(other.caption) == each] for each in said)
    if len(parts) != 1 or len(bases) != 1:
        return []
    quotes = _nearly_all(_quotes(zip(line.figures, parts[0].figures, bases[0].figures, strict=False)))
    return quotes if sum(not quote.broken for quote in quotes) >= PERCENT_COLUMNS else []


# ---- a line of percentages: one line over another --------------------------------------------------------------------


def _line_checks(rule: Rule, percents: Sequence[Figure | None], near: Sequence[Line]) -> Iterator[Check]:
    chosen = 2 * len(near).bit_length()
    asked = sum(map(_is_percent, percents))
    best: list[Quote] = []
    for part, base in islice(_related(percents, near), _PAIRS):
        quotes = _nearly_all(_quotes(zip(percents, part.figures, base.figures, strict=False)))
        held = [quote for quote in quotes if not quote.broken]
        if (
            len(held) >= PERCENT_COLUMNS
            and _bits(held) - chosen >= PERCENT_LINE_BITS
            and (not best or _worth(quotes) > _worth(best))
        ):
            best = quotes
            if len(held) == asked:
                break
    yield from _checks(rule, best, PERCENT_COLUMNS + 1)


def _nearly_all(quotes: Iterable[Quote]) -> list[Quote]:
    """The quotes, where no more than one of them is broken."""
    found: list[Quote] = []
    lost = 0
    for quote in quotes:
        found.append(quote)
        lost += quote.broken
        if lost > 1:
            return []
    return found


def _worth(quotes: Sequence[Quote]) -> tuple[int, int]:
    """How many hold, and the fewer are broken the better."""
    lost = sum(quote.broken for quote in quotes)
    return len(quotes) - lost, -lost


def _related(percents: Sequence[Figure | None], near: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """The pairs of lines whose quotient is about the percentage in one of the two columns with the most digits, each
    pair once, nearest first."""
    tried: set[tuple[int, int]] = set()
    for column in _telling(percents):
        printed = percents[column]
        assert printed is not None
        ranked = _ranked([line.figures[column] if column < len(line.figures) else None for line in near])
        values = [value for value, _ in ranked]
        for _, base in sorted(ranked, key=lambda each: -each[1]):
            low, high = _window(printed, near[base].figures[column])
            for _, part in ranked[bisect_left(values, low) : bisect_right(values, high)]:
                if part != base and (part, base) not in tried:
                    tried.add((part, base))
                    yield near[part], near[base]


def _telling(percents: Sequence[Figure | None]) -> list[int]:
    """The two columns whose percentages have the most digits."""
    printed = [(column, figure) for column, figure in enumerate(percents) if figure is not None and _is_percent(figure)]
    return [column for column, _ in sorted(printed, key=lambda each: -_count(each[1]))[:2]]


def _window(percent: Figure, base: Figure | None) -> tuple[Decimal, Decimal]:
    """Between which amounts a part of the base is about the percentage; wide enough to leave the judgement to
    others."""
    assert percent.value is not None and base is not None and base.value is not None
    ends = [(percent.value + side * percent.step) * base.value / 100 for side in (-1, 1)]
    return min(ends) - base.step, max(ends) + base.step


# ---- a column of percentages: each line over one line ----------------------------------------------------------------


def _column_checks(rule: Rule, statement: Statement, place: int) -> Iterator[Check]:
    percents = _down(statement, place)
    amounts = [column.index for column in statement.columns if column.role == "amount" and column.index != place]
    best: list[list[Quote]] = []
    for other in sorted(amounts, key=lambda index: abs(index - place))[:_COLUMNS]:
        blocks = _blocks(percents, _down(statement, other))
        if _held(blocks) > _held(best):
            best = blocks
    if not best and amounts and of_a_whole(statement.columns[place].head):
        yield from _checks(rule, _as_headed(percents, _down(statement, amounts[0])), PERCENT_ROWS)
    for block in best:
        yield from _checks(rule, block, PERCENT_SEVERAL)


def _as_headed(percents: Sequence[Figure | None], amounts: Sequence[Figure | None]) -> list[Quote]:
    """The rows as parts of the one that prints 100 %, where a head says that they are parts of a whole and all but one
    of them at the most are: no base is chosen there, and fewer rows show it."""
    wholes = [row for row, percent in enumerate(percents) if _is_percent(percent) and _is_whole(percent)]
    if len(wholes) != 1 or not _may_be_shared(amounts[wholes[0]]):
        return []
    quotes = _nearly_all(_parts(percents, amounts, range(wholes[0]), wholes[0]).values())
    telling = [quote for quote in quotes if not quote.broken and _count(quote.percent) > 1]
    return quotes if len(telling) >= PERCENT_COLUMNS else []


def _held(blocks: Sequence[Sequence[Quote]]) -> int:
    return sum(not quote.broken for block in blocks for quote in block)


def _blocks(percents: Sequence[Figure | None], amounts: Sequence[Figure | None]) -> list[list[Quote]]:
    """The rows that are parts of one base each, the largest block first, each with the rows that stand among them and
    are not."""
    left = [
        row
        for row, figure in enumerate(percents)
        if _is_percent(figure) and not _is_whole(figure) and _may_be_shared(amounts[row])
    ]
    blocks: list[dict[int, Quote]] = []
    taken: set[int] = set()
    while len(left) >= PERCENT_ROWS and len(blocks) < _BLOCKS and (block := _block(percents, amounts, left)):
        blocks.append(block)
        taken = {row for each in blocks for row, quote in each.items() if not quote.broken}
        left = [row for row in left if row not in taken]
    return [[quote for row, quote in block.items() if not quote.broken or row not in taken] for block in blocks]


def _block(
    percents: Sequence[Figure | None], amounts: Sequence[Figure | None], left: Sequence[int]
) -> dict[int, Quote]:
    """The largest block among the rows that are left; empty where no base is borne out."""
    wholes = {row: _wholes(percents[row], amounts[row]) for row in left}
    lows, highs = sorted(low for low, _ in wholes.values()), sorted(high for _, high in wholes.values())
    values = {base: _value(amounts[base]) for base in _bases(percents, amounts, left)}
    promised = {base: bisect_right(lows, value) - bisect_left(highs, value) for base, value in values.items()}
    best, most = None, PERCENT_ROWS - 1
    for base in sorted(promised, key=lambda base: -promised[base])[:_BASES]:
        if promised[base] <= most:
            break
        near = [row for row, (low, high) in wholes.items() if low <= values[base] <= high]
        held = [quote for quote in _parts(percents, amounts, near, base).values() if not quote.broken]
        if len(held) > most and _bits(held) - 2 * len(amounts).bit_length() >= PERCENT_COLUMN_BITS:
            best, most = base, len(held)
    if best is None:
        return {}
    quotes = _parts(percents, amounts, left, best)
    within = [best, *(row for row, quote in quotes.items() if not quote.broken)]
    return {row: quote for row, quote in quotes.items() if min(within) <= row <= max(within)}


def _parts(
    percents: Sequence[Figure | None], amounts: Sequence[Figure | None], rows: Iterable[int], base: int
) -> dict[int, Quote]:
    """The rows as parts of the amount of one."""
    return {
        row: quote for row in rows if row != base for quote in _quotes([(percents[row], amounts[row], amounts[base])])
    }


def _wholes(percent: Figure | None, part: Figure | None) -> tuple[Decimal, Decimal]:
    """Between which amounts stands all that the part can be the percentage of, with room for the rounding of all
    three."""
    printed, amount = _value(percent), 100 * _value(part)
    room = percent.step * (2 + abs(printed) / 100) if percent is not None else Decimal(0)
    if abs(printed) <= room:
        return _ANYWHERE
    ends = amount / (printed - room), amount / (printed + room)
    return min(ends), max(ends)


def _value(figure: Figure | None) -> Decimal:
    return figure.value or Decimal(0) if figure is not None else Decimal(0)


def _bases(percents: Sequence[Figure | None], amounts: Sequence[Figure | None], left: Sequence[int]) -> Iterator[int]:
    """The rows whose amount is about what one of the two rows with the most digits is the percentage of."""
    ranked = _ranked(amounts)
    values = [value for value, _ in ranked]
    seen: set[int] = set()
    for row in sorted((row for row in left if _count(percents[row]) > 1), key=lambda row: -_count(percents[row]))[:2]:
        printed = percents[row]
        assert printed is not None
        ends = [100 * _value(amounts[row]) / (abs(_value(printed)) + side * printed.step / 2) for side in (-1, 1)]
        for _, base in ranked[
            bisect_left(values, min(ends) * Decimal("0.999")) : bisect_right(values, max(ends) * Decimal("1.001"))
        ]:
            if base != row and base not in seen:
                seen.add(base)
                yield base


# ---- both ------------------------------------------------------------------------------------------------------------


def _down(statement: Statement, place: int) -> list[Figure | None]:
    return [line.figures[place] if place < len(line.figures) else None for line in statement.lines]


def _quotes(cells: Iterable[tuple[Figure | None, Figure | None, Figure | None]]) -> Iterator[Quote]:
    """Those that print all three, the amounts in one unit and so finely that the percentage says something of them."""
    for percent, part, base in cells:
        if (
            percent is None
            or part is None
            or base is None
            or not (_is_percent(percent) and _may_be_shared(part) and _may_be_shared(base))
        ):
            continue
        if part.unit != base.unit or base.value is None or 50 * part.step > percent.step * abs(base.value):
            continue
        lost = broken(Variable(percent.id), _quotient(part, base), "=", (percent, part, base))
        if lost is not None:
            yield Quote(percent, part, base, lost)


def _quotient(part: Figure, base: Figure) -> Expression:
    return Multiply(HUNDRED, Divide(Variable(part.id), Variable(base.id)))


def _is_percent(figure: Figure | None) -> bool:
    return figure is not None and figure.is_percentage


def _may_be_shared(figure: Figure | None) -> bool:
    """Whether percentages may be of it: whatever foots, money or not."""
    return (
        figure is not None
        and figure.additive
        and figure.form == "number"
        and bool(figure.value)
        and not figure.unit.is_relative
    )


def _is_whole(percent: Figure | None) -> bool:
    """Whether it is printed as the whole itself, which is a part of nothing else."""
    return percent is not None and percent.value == 100


def _ranked(figures: Sequence[Figure | None]) -> list[tuple[Decimal, int]]:
    """The amounts with their places, smallest first."""
    return sorted(
        (figure.value, place)
        for place, figure in enumerate(figures)
        if figure is not None and figure.value is not None and _may_be_shared(figure)
    )


def _count(percent: Figure | None) -> int:
    """A percentage in units of its last place."""
    return int(abs(percent.value or Decimal(0)) / percent.step) if percent is not None and percent.step else 0


def _bits(quotes: Sequence[Quote]) -> int:
    """What they bear witness to over chance; equal ones count once."""
    apart = {(quote.percent.text, quote.part.text, quote.base.text): _count(quote.percent) for quote in quotes}
    return sum(count.bit_length() + PERCENT_SPREAD for count in apart.values() if count)


def _checks(rule: Rule, quotes: Sequence[Quote], enough: int) -> Iterator[Check]:
    """The checks of percentages that relate the same two lines or columns. One alone may be called wrong where `enough`
    others agree, or where a slip of the fingers explains it; one that is off by a unit or two says nothing.
    """
    held = sum(not quote.broken for quote in quotes)
    lost = [quote for quote in quotes if quote.broken and _apart(quote)]
    for quote in quotes:
        if not quote.broken:
            yield evolve(_check(rule, quote), confirmed=0 if lost else held - 1)
    for quote in lost:
        why = why_no_percentage(len(lost), held >= enough, partial(_slipped, quote))
        yield evolve(_check(rule, quote), unlicensed=why, confirmed=held if len(lost) == 1 else 0)


def _apart(quote: Quote) -> bool:
    """Whether it is off by more than a unit or two of its last place."""
    coarser = evolve(quote.percent, step=quote.percent.step * PERCENT_UNITS * 2)
    return bool(broken(Variable(coarser.id), _quotient(quote.part, quote.base), "=", (coarser, quote.part, quote.base)))


def _slipped(quote: Quote) -> bool:
    figures = (quote.percent, quote.part, quote.base)
    return slipped((Variable(quote.percent.id), _quotient(quote.part, quote.base)), figures)


def _check(rule: Rule, quote: Quote) -> Check:
    part, base = (figure.caption or "(no caption)" for figure in (quote.part, quote.base))
    named = (
        quote.percent.caption
        if quote.percent.caption != quote.part.caption
        else f"{part}, {quote.percent.head or 'percent'}"
    )
    check = inferred(
        rule, f"{named} = {part} / {base}", _quotient(quote.part, quote.base), (quote.percent, quote.part, quote.base)
    )
    return evolve(check, period=period_text(quote.part.period), percent=True)
