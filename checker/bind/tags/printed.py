"""`each tag agrees with its figure`: value, sign, unit and period of a tag against the print that it encloses.

What is said rests on the other tags of the same line and column, never on the reading alone: a scale or a period that
was read wrong is read wrong for a whole line or column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from checker.bind.inferred import inferred
from checker.bind.lookup import Book
from checker.bind.tags.compared import Compared, Group, Pair, compared, others
from checker.bind.tags.facts import figure_of, in_full, when
from checker.core.check import Check
from checker.core.expression import Variable, negative
from checker.core.fact import Tagging
from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.problem import SEVERITIES, Severity
from checker.core.rule import Rule
from checker.core.value import evolve
from checker.lexicon import scale as scales

_SCALED = re.compile(rf"\d[\s\u00a0-]{{0,4}}(?:{scales.in_number(letters=False)})", re.IGNORECASE)
"""An amount with the word for its scale behind it."""


def print_checks(rule: Rule, book: Book) -> Iterator[Check]:
    """One check for each tag that stands apart from its line, its column or its own words."""
    release = book.lines.release
    found = compared(release)
    seen: set[str] = set()
    for check, pair in _found(rule, found, release.tags):
        if pair.fact.id not in seen:
            seen.add(pair.fact.id)
            yield check


def _found(rule: Rule, found: Compared, tagging: Tagging) -> Iterator[tuple[Check, Pair]]:
    for pair in found.pairs:
        if not pair.is_same_size and _is_told(pair, found):
            yield _sized(rule, pair, tagging), pair
    turned = [(pair, group) for group in found.groups for pair in _turned(group)]
    reversed_ = _other_way_round(turned, found)
    for pair, group in turned:
        if _place(pair) not in reversed_:
            yield _signed(rule, pair, group, tagging), pair
    for group in found.groups:
        yield from (
            (_counted(rule, pair, tagging, alone=len(group.pairs) > 2), pair) for pair in _of_another_unit(group)
        )
        yield from ((_timed(rule, pair, period, tagging), pair) for pair, period in _misplaced(group, found))


# ---- value and scale -------------------------------------------------------------------------------------------------


def _is_told(pair: Pair, found: Compared) -> bool:
    """Whether print itself leaves no doubt of how much it says: the other tags of its line agree with theirs, or the
    word for its scale stands in it."""
    if not pair.stated or not pair.printed:
        return False
    if pair.key is None:
        return pair.figure.scale > 1 and _SCALED.search(pair.figure.unescaped) is not None
    beside = [
        one
        for one in others(pair, found.lines[pair.key])
        if one.figure.unit == pair.figure.unit and one.stated and one.printed
    ]
    same = [one for one in beside if one.is_same_size]
    return bool(same) and len(same) == len(beside) and pair.fact.unit == same[0].fact.unit


def is_doubtful(pair: Pair, found: Compared) -> bool:
    """Whether a tag differs from what was read in a way that is more likely ours."""
    return not pair.is_same_size and not _is_told(pair, found)


def _sized(rule: Rule, pair: Pair, tagging: Tagging) -> Check:
    tag = in_full(figure_of(pair.fact, tagging, pair.figure))
    right = Variable(pair.figure.id) if pair.sign > 0 else negative(Variable(pair.figure.id))
    check = inferred(rule, _relation(pair, tag), right, (tag, pair.figure))
    return evolve(
        check,
        reads=(
            f"{_name(pair, tag)}, as tagged ({pair.fact.text} with scale {pair.fact.scale}) = "
            f"{pair.figure.unescaped}, as printed"
        ),
    )


def _relation(pair: Pair, tag: Figure) -> str:
    return f"{_name(pair, tag)}, as tagged = {_name(pair, tag)}, as printed"


def _name(pair: Pair, tag: Figure) -> str:
    return pair.figure.caption if pair.line is not None and pair.figure.caption else tag.caption


def claims_more(pair: Pair, found: Compared) -> bool:
    """Whether a tag says that it is rounded to less than its print shows, where that is beyond doubt. What is exact may
    be printed coarser."""
    if not pair.step or pair.step >= shown_step(pair.figure) or not pair.is_same_size or not pair.printed:
        return False
    if pair.key is None:
        return pair.figure.scale > 1 and _SCALED.search(pair.figure.unescaped) is not None
    beside = others(pair, found.lines[pair.key])
    return len(beside) > 1 and all(one.step == one.figure.step for one in beside if one.printed)


def shown_step(figure: Figure) -> Decimal:
    """The place of its last printed digit: noughts at the end of an amount in a sentence may be meant."""
    digits = _FRACTION.search(figure.text)
    return (
        min(figure.step, figure.scale.scaleb(-len(digits[1]) if digits else 0))
        if figure.origin == "prose"
        else figure.step
    )


_FRACTION = re.compile(r"\d\.(\d{1,10})")


# ---- sign ------------------------------------------------------------------------------------------------------------


_BRACKETED = re.compile(r"[(（]\s{0,4}[-−–▲△]")
"""A sign inside brackets: where one amount of a line is so printed, brackets alone are no sign in it."""


def _turned(group: Group) -> Iterator[Pair]:
    """The tags whose sign stands to print as that of no other in the line; where one stands against one, the one that
    departs from print."""
    signs = group.signs
    if len(signs) < 2 or any(_BRACKETED.search(pair.figure.text) for pair in group.pairs):
        return
    usual = 1 if signs[1] >= signs[-1] else -1
    if signs[-usual] == 1:
        yield from (pair for pair in group.pairs if pair.sign == -usual and pair.is_same_size)


def _place(pair: Pair) -> tuple[int, int]:
    assert pair.statement is not None and pair.column is not None
    return pair.statement.index, pair.column.index


def _other_way_round(turned: Sequence[tuple[Pair, Group]], found: Compared) -> frozenset[tuple[int, int]]:
    """Columns that print their lines the other way round, as rates of a loss beside those of a profit: many of their
    tags stand apart at once."""
    apart = Counter(_place(pair) for pair, _ in turned)
    signed = Counter(
        _place(pair) for group in found.groups if len(group.pairs) > 1 for pair in group.pairs if pair.sign
    )
    return frozenset(place for place, count in apart.items() if count >= _SEVERAL and count * 3 >= signed[place])


_SEVERAL = 3
"""Signs of one column that stand apart from their lines and are the way of the column, where they are a third of it."""


def _signed(rule: Rule, pair: Pair, group: Group, tagging: Tagging) -> Check:
    tag, signs = figure_of(pair.fact, tagging, pair.figure), group.signs
    usual = -pair.sign
    right = Variable(pair.figure.id) if usual > 0 else negative(Variable(pair.figure.id))
    check = inferred(rule, _relation(pair, tag), right, (tag, pair.figure))
    how, columns = (
        "as printed" if usual > 0 else "as printed, turned round",
        f"{signs[usual]} others" if signs[usual] > 1 else "other",
    )
    return evolve(
        check,
        severity=_at_most(check.severity, "error" if signs[usual] > 1 else "warning"),
        turned=() if usual > 0 else (pair.figure.id,),
        reads=f"{_name(pair, tag)}, as tagged = {how}, like the {columns} of its line",
    )


def _at_most(severity: Severity, most: Severity) -> Severity:
    return min(severity, most, key=SEVERITIES.index)


# ---- unit ------------------------------------------------------------------------------------------------------------


def _of_another_unit(group: Group) -> Iterator[Pair]:
    """The one tag of a line whose unit is none of the others', though all are printed in one unit."""
    units = Counter(pair.fact.unit for pair in group.pairs)
    if len(units) != 2 or len({pair.figure.unit for pair in group.pairs}) > 1:
        return
    (usual, most), (rare, fewest) = units.most_common()
    if most == fewest == 1:  # then print says which of the two is meant
        usual, rare = (rare, usual) if rare == group.pairs[0].figure.unit else (usual, rare)
        if usual != group.pairs[0].figure.unit:
            return
    if fewest == 1:
        yield from (pair for pair in group.pairs if pair.fact.unit == rare)


def _counted(rule: Rule, pair: Pair, tagging: Tagging, *, alone: bool) -> Check:
    said = f"the unit of the tag is {pair.fact.unit}, and no other tag of its line has that unit"
    check = _said(rule, pair, tagging, said)
    return check if alone else evolve(check, severity=_at_most(check.severity, "warning"))


def _said(rule: Rule, pair: Pair, tagging: Tagging, said: str) -> Check:
    tag = figure_of(pair.fact, tagging, pair.figure)
    check = inferred(rule, _relation(pair, tag), Variable(pair.figure.id), (tag, pair.figure))
    return evolve(check, left=None, right=None, apart=said)


# ---- period ----------------------------------------------------------------------------------------------------------


def _misplaced(group: Group, found: Compared) -> Iterator[tuple[Pair, Period]]:
    """The tags of a line that have the period of another column, with that of their own: two that were exchanged, or
    one that has a period of neither.

    A line whose tags all depart from their columns is one of another day: an opening balance.
    """
    placed = [(pair, found.period_of_column(pair)) for pair in group.pairs]
    known = [(pair, own) for pair, own in placed if own is not None]
    apart = [(pair, own) for pair, own in known if pair.fact.period != own]
    if not apart or len(known) != len(placed) or len({own for _, own in known}) < len(known):
        return
    if len(known) - len(apart) >= len(apart) or {pair.fact.period for pair, _ in apart} == {own for _, own in apart}:
        yield from apart


def _timed(rule: Rule, pair: Pair, own: Period, tagging: Tagging) -> Check:
    head = f" (“{pair.figure.head}”)" if pair.figure.head else ""
    return _said(
        rule,
        pair,
        tagging,
        (
            f"the tag of {pair.figure.unescaped} is of {when(pair.fact)}, and the other tags of its column{head} "
            f"are of {own.text or own.end}"
        ),
    )
