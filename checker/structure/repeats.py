"""Figures that are printed twice: the same caption, unit and period in several places of one document.

Lines are paired, not single figures: two lines of one caption are the same amounts when they agree in another period
with four digits or more. A wrong pairing is worse than none, so lines of two bases (GAAP, pro forma, a segment, a plan)
are paired only where they agree throughout, and lines that agree nowhere are two different things under one caption (a
current and a long-term part, say).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from checker.algebra.slips import Slip, slip
from checker.core.caption import normal
from checker.core.figure import Figure
from checker.core.release import Release
from checker.core.remembered import remembered
from checker.core.statement import Line, Statement
from checker.core.structure import Repeat
from checker.core.unit import SHARES, Unit
from checker.core.value import frozen
from checker.judge.table import (
    REPEAT_ACROSS,
    REPEAT_ALIKE,
    REPEAT_COUNTED,
    REPEAT_DIGITS,
    REPEAT_KEYED,
    REPEAT_SAME,
    REPEAT_SETTLED,
    REPEAT_SIGNED,
)
from checker.lexicon.captions import NAMELESS
from checker.structure.grid import ADDITIVE_ROLES, sensible

MOST_ALIKE = 16
"""Captions on more lines than this ("Other", "Total") name nothing."""


_BASIS = re.compile(
    r"non-?gaap|\bgaap\b|pro ?forma|adjust\w*|budget|\bplan\b|forecast|outlook|guidance|guarantor|parent|predecessor|"
    r"successor|restated|previously reported|\bas reported\b|segments?|constant currency|organic|discontinued|"
    r"fair value|carrying|notional|gross|\bnet\b|average|eliminations?|effect|impact|before|after"
)
_WHEN = re.compile(
    r"\b(?:at |as of )?(?:the )?(?:end|beginning|start) of (?:the )?(?:period|year|quarter|month)s?\b|"
    r"^consolidated |^total |^reported "
)
_NAMELESS = NAMELESS | {"united states", "domestic", "foreign", "basic", "diluted"}


@frozen
class _Row:
    """One line with what its caption, its basis and each of its periods say."""

    statement: int
    order: int
    key: tuple[str, Unit, str]
    """Caption, unit, member."""
    basis: str
    figures: dict[object, Figure]


@frozen
class _Compared:
    """Two rows of one key: the periods in which they agree, and those in which they do not."""

    first: _Row
    second: _Row
    agree: tuple[object, ...]
    differ: tuple[object, ...]


def repeats(release: Release) -> tuple[Repeat, ...]:
    """Pairs of figures that are the same amount, in the order in which the second is printed."""
    groups: dict[tuple[str, Unit, str], list[_Row]] = defaultdict(list)
    for statement in release.statements:
        for row in _rows(statement):
            groups[row.key].append(row)
    found: list[tuple[tuple[int, int], Repeat]] = []
    for rows in groups.values():
        if 2 <= len(rows) <= MOST_ALIKE:
            for pair in _pairs(rows):
                found.extend(((pair.second.statement, pair.second.order), repeat) for repeat in _stated(pair))
    return tuple(repeat for _, repeat in sorted(found, key=lambda each: each[0]))


def _rows(statement: Statement) -> Iterator[_Row]:
    titled = (
        "" if statement.kind == "reconciliation" or "reconcil" in statement.title.lower() else _basis(statement.title)
    )
    for line in statement.lines:
        caption = _name(line.caption)
        if caption in _NAMELESS:
            continue
        members: dict[tuple[Unit, str], dict[object, Figure]] = {}
        for column, figure in zip(statement.columns, line.figures, strict=False):
            if figure is None or figure.form != "number" or column.role not in ADDITIVE_ROLES or not _readable(figure):
                continue
            when: object = figure.period if figure.period is not None else normal(column.head)
            if when:
                members.setdefault((figure.unit, normal(column.member)), {}).setdefault(when, figure)
        for (unit, member), figures in members.items():
            basis = "" if _counts_basic(caption, unit) else _bases(titled, line)
            yield _Row(statement.index, line.index, (caption, unit, member), basis, figures)


def _counts_basic(caption: str, unit: Unit) -> bool:
    """Whether a line counts the shares of a basic amount per share: as many on every basis of the income."""
    return unit == SHARES and "basic" in caption and "dilut" not in caption


def _readable(figure: Figure) -> bool:
    return figure.value is not None and sensible(figure.value) and sensible(figure.step)


def _bases(titled: str, line: Line) -> str:
    return " ".join(sorted({*titled.split(), *_basis(" ".join((*line.under, line.caption))).split()}))


@remembered(8192)
def _basis(text: str) -> str:
    """The words of a title or caption that say which kind of amount this is."""
    return " ".join(sorted({word.replace(" ", "") for word in _BASIS.findall(text.lower())}))


@remembered(8192)
def _name(caption: str) -> str:
    return normal(_WHEN.sub(" ", caption.strip().lower()))


def _pairs(rows: Sequence[_Row]) -> Iterator[_Compared]:
    """Each row with the earlier row of another table that it agrees with most, if it agrees with any."""
    for place, second in enumerate(rows):
        compared = [_compare(first, second) for first in rows[:place] if first.statement != second.statement]
        best = max(compared, key=lambda pair: (len(pair.agree), -len(pair.differ)), default=None)
        if best is not None and _attested(best) and len(best.differ) <= 1 and (not best.differ or _one_thing(best)):
            yield best


def _attested(pair: _Compared) -> bool:
    """Whether the amounts in which two lines agree are more than chance: one of four digits, or two different ones of
    three."""
    counts = {
        _count(pair.first.figures[when], max(pair.first.figures[when].step, pair.second.figures[when].step))
        for when in pair.agree
    }
    return len(counts) > 1 or any(count >= 10 ** (REPEAT_DIGITS - 1) for count in counts)


def _one_thing(pair: _Compared) -> bool:
    """Whether two lines that differ in one period are the same thing: of one basis, or told apart there by a slip of
    the fingers alone."""
    if pair.first.basis == pair.second.basis:
        return True
    first, second = pair.first.figures[pair.differ[0]], pair.second.figures[pair.differ[0]]
    return len(pair.agree) >= REPEAT_ACROSS and _slipped(first, second) >= REPEAT_KEYED


def _compare(first: _Row, second: _Row) -> _Compared:
    agree: list[object] = []
    differ: list[object] = []
    for when, figure in first.figures.items():
        other = second.figures.get(when)
        if other is None or (not figure.value and not other.value):
            continue
        if not same(figure, other):
            differ.append(when)
        elif _count(figure, max(figure.step, other.step)) >= 10 ** (REPEAT_DIGITS - 2):
            agree.append(when)
    return _Compared(first, second, tuple(agree), tuple(differ))


def same(one: Figure, two: Figure) -> bool:
    """Whether the coarser printing rounds from the finer, in either sign (a charge is printed both ways)."""
    if one.value is None or two.value is None:
        return False
    difference = abs(abs(one.value) - abs(two.value))
    return bool(not difference or (one.step != two.step and 2 * difference <= max(one.step, two.step)))


def _telling(one: Figure, two: Figure) -> bool:
    return bool(_count(one, max(one.step, two.step)) >= 10 ** (REPEAT_DIGITS - 1))


def _count(figure: Figure, step: Decimal) -> int:
    """The figure in units of a step."""
    return int(abs(figure.value or Decimal(0)) / step) if step else 0


def _stated(pair: _Compared) -> Iterator[Repeat]:
    bits = 0
    seen: set[int] = set()
    turned = _turned(pair)
    for when in pair.agree:
        first, second = pair.first.figures[when], pair.second.figures[when]
        count = _count(first, max(first.step, second.step))
        if count not in seen:
            bits += count.bit_length() - 1
        seen.add(count)
    for when in (*pair.agree, *pair.differ):
        first, second = pair.first.figures[when], pair.second.figures[when]
        alike = pair.first.basis == pair.second.basis and first.unit.is_money
        alone = _lost_sign(pair, when)
        longest = max(count.bit_length() - 1 for count in seen) if alike else 0
        if when not in pair.agree:
            yield Repeat(
                (first.id, second.id),
                second.caption,
                _licence((first, second), len(seen), (longest, _stale(pair, when))),
                bits,
                turned,
            )
        elif len(pair.agree) + len(pair.differ) > 1 or not _opposite(
            pair, when
        ):  # a single one of another sign is a charge that is added back
            yield Repeat((first.id, second.id), second.caption, alone, bits, turned)


def _turned(pair: _Compared) -> bool:
    """Whether two lines print the amounts that they share with opposite signs, all but one of them at the most; a
    single amount may have got its sign by mistake.
    """
    signs = [_opposite(pair, when) for when in (*pair.agree, *pair.differ)]
    return len(signs) > 1 and sum(signs) >= max(len(signs) - 1, 2)


def _opposite(pair: _Compared, when: object) -> bool:
    return (pair.first.figures[when].value or 0) * (pair.second.figures[when].value or 0) < 0


def _lost_sign(pair: _Compared, when: object) -> str:
    """Why a sign may be called wrong: in every other period, of two at least, the two lines print their signs
    otherwise. Empty: they are two conventions."""
    others = [_opposite(pair, other) for other in pair.agree if other != when]
    if (
        len(others) < REPEAT_SIGNED
        or not pair.first.figures[when].unit.is_money
        or _opposite(pair, when) in others
        or pair.first.basis != pair.second.basis
    ):
        return ""
    return f"the two lines print {'opposite signs' if others[0] else 'the same sign'} in {len(others)} other periods"


def _licence(figures: tuple[Figure, Figure], agreeing: int, evidence: tuple[int, bool]) -> str:
    """Why a difference between two printings may be called a violation. `evidence`: bits of the longest amount they
    agree in, on the same basis, and whether one of them shows the amount of another period."""
    first, second = figures
    longest, stale = evidence
    if first.step != second.step or not (_telling(first, second) or _telling(second, first)):
        return ""
    words = "another period" if agreeing == 1 else f"{agreeing} other periods"
    if _slipped(first, second) >= REPEAT_KEYED:
        return f"the two lines agree in {words}, and one keying slip explains the difference"
    if stale:
        return f"the two lines agree in {words}, and one of them prints its amount here"
    if not _telling(first, second):
        return ""
    if longest >= REPEAT_SAME:
        return f"the two lines agree in {words} to the last of many digits"
    basic = _counts_basic(normal(first.caption), first.unit)
    enough = REPEAT_ALIKE if longest or basic else REPEAT_SETTLED
    slipped = first.unit != SHARES or (basic and agreeing >= REPEAT_COUNTED) or _slipped(first, second) > 0
    settled = agreeing >= enough and slipped
    return f"the two lines agree in {words}" if settled else ""


def _slipped(first: Figure, second: Figure) -> int:
    """Bits by which one slip of the fingers explains the difference between two printings better than chance; 0 where
    none does. A digit that was dropped may leave one of them short."""
    slipped = _slip(first, second)
    return slipped.bits if slipped is not None else 0


def _slip(first: Figure, second: Figure) -> Slip | None:
    if first.value is None or second.value is None or first.step != second.step:
        return None
    if not (_telling(first, second) or _telling(second, first)):
        return None
    return slip(abs(first.value), abs(second.value), first.step)


def _stale(pair: _Compared, when: object) -> bool:
    """Whether one of two printings that differ shows, to the last of many digits, what its line prints for another
    period, in which both lines agree."""
    shown = [pair.first.figures[when], pair.second.figures[when]]
    return any(
        _telling(one, other) and other.step == one.step and other.value == one.value
        for one in shown
        for period in pair.agree
        for other in (pair.first.figures[period], pair.second.figures[period])
    )
