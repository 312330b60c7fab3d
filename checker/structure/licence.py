"""What is seen of a broken sum: whether its residual is more likely our misreading, and what speaks for an error of the
document.

Only a sum that is broken in exactly one case and holds in others may speak at all; one that is broken in both of two
columns may speak only where a line printed with its columns exchanged explains both (docs/decisions/0017). Whether what
is seen is enough is decided in `judge.sums`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.algebra import chance
from checker.core.problem import Severity
from checker.core.value import frozen
from checker.judge.likelihood import likelihood
from checker.judge.sums import Broken, reason, severity
from checker.judge.table import (
    FOOTING,
    FOOTING_ROUNDED,
    IMPOSSIBLE,
    MANY_COLUMNS,
    MANY_LINES,
    PERCENTS,
    ROUNDED_TWICE,
    SLIGHT,
    STRIKING,
    SUM_BELIEVED,
    SURE,
    TELLING,
)
from checker.lexicon.captions import closes, opens, word
from checker.structure.draft import Draft
from checker.structure.fit import Case, Fit, absent, echoes, footing, measure, sparse, witnessed
from checker.structure.grid import Grid
from checker.structure.slip import keyed

NEARBY = 20
"""Lines before a supposed sum at which the block of a later total may begin."""
_ROUNDED = range(-2, 3)
"""Units by which rounding parts what a sum lacks from the amount that it lacks."""
REACH = 200
"""Lines before and behind a sum among which what it left out is sought."""


@frozen
class Licence:
    """Why a broken case may be called a violation, and how loud."""

    reason: str
    severity: Severity = "error"
    likelihood: Fraction | None = None


Licences = dict[int, Licence]
"""The broken cases that may speak."""


def licences(draft: Draft, forced: bool | None) -> Licences:
    """The broken case that may speak; empty where none may. `forced` is the document's habit."""
    if draft.fit.exchanged is not None:
        return _exchanged(draft)
    if len(draft.fit.broken) > 1:
        return _several(draft, forced)
    return _one(draft, draft.fit.broken[0], forced, 0) if draft.fit.broken else {}


def _several(draft: Draft, forced: bool | None) -> Licences:
    """Both broken lines of a matrix of many, or both columns of a balance that is carried forward in several others,
    where a slip of its own explains each; none where one of them says nothing."""
    carried = draft.kind == "roll-forward" and not draft.grid.turned
    if len(draft.fit.broken) > 2 or not (draft.grid.turned or carried):
        return {}
    if sum(case.addends >= 2 for case in draft.fit.holding) < (MANY_COLUMNS if carried else MANY_LINES):
        return {}
    least = 0 if carried and _carried(draft) and not _moved(draft) else SURE
    heard = [_one(draft, case, forced, least) for case in draft.fit.broken]
    return {place: said for one in heard for place, said in one.items()} if all(heard) else {}


def _moved(draft: Draft) -> bool:
    """Whether what two broken columns miss is equal: then an amount stands in the wrong one."""
    one, other = draft.fit.broken
    return abs(abs(one.residual) - abs(other.residual)) * 2 <= one.allowance + other.allowance


def _one(draft: Draft, case: Case, forced: bool | None, least: int) -> Licences:
    """The case with what may be said of it, where a slip explains it by so many bits at least."""
    seen = observed(draft, case, forced)
    because = reason(seen) if seen.keyed >= least or not least else None
    if because is None:
        return {}
    one, many = ("one other line", "other lines") if draft.grid.turned else ("one other column", "other columns")
    said = f"it holds in {one if seen.held == 1 else f'{seen.held} {many}'}{because}"
    return {case.case: Licence(said, severity(seen), likelihood(seen))}


def _exchanged(draft: Draft) -> Licences:
    """Both cases of a sum that holds when one line's amounts change places, unless they differ by little: then two
    slips are as likely."""
    fit = draft.fit
    assert fit.exchanged is not None
    if any(abs(case.residual) < SLIGHT * draft.grid.steps[fit.total][case.case] for case in fit.broken):
        return {}
    caption = draft.grid.items[fit.exchanged].caption
    said = Licence(f"both columns foot when the two amounts of “{caption}” change places")
    return {case.case: said for case in fit.broken}


def observed(draft: Draft, case: Case, forced: bool | None) -> Broken:
    """What is seen of the broken case of a sum."""
    grid, fit = draft.grid, draft.fit
    return Broken(
        bits=draft.bits,
        held=sum(1 for each in draft.fit.holding if each.addends >= 2 and each.bits),
        keyed=keyed(draft.grid, draft.fit, case),
        footing=footing(draft.fit, draft.others, case),
        plain=abs(case.residual) >= SLIGHT * draft.grid.steps[draft.fit.total][case.case],
        forced=forced,
        echoed=any(echoes(draft.fit, other, case) for other in draft.others),
        average=_average(draft, case),
        laid_out=laid_out(draft),
        carried=_carried(draft),
        crowded=_crowded(draft, case),
        copied=draft.mute,
        contradicted=draft.contradicted,
        apart=draft.fit.apart,
        small=2 * abs(case.residual) <= (1 if forced else ROUNDED_TWICE) * case.allowance
        and not _beyond_rounding(grid, fit, case),
        near=4 * abs(case.residual) <= 3 * case.allowance,
        nothing=not grid.values[fit.total][case.case],
        absent=absent(grid, fit, case, draft.others),
        sparse=draft.kind == "total" and sparse(grid, fit),
        misread=misread(draft, case),
        bracketed=_bracketed(grid, fit, case),
        alone=_alone(grid, fit, case),
        addend=_addend(grid, fit),
        as_printed=_foots_as_printed(grid, fit, case),
        repeats=case.addends > 1 and _repeats(grid, fit, case),
        unsigned=draft.kind == "roll-forward" and _unsigned(grid, fit, case),
        still=draft.kind == "roll-forward" and case.addends < 2 and not _says_nil(grid, fit, case),
        nil=draft.kind == "roll-forward" and case.addends < 2 and _says_nil(grid, fit, case),
    )


def _says_nil(grid: Grid, fit: Fit, case: Case) -> bool:
    """Whether every line of a sum prints something in a case that is no total of others: a movement that is a dash or a
    nought is said to be none."""
    if case.case in grid.wholes or any(grid.values[item][case.case] is None for _, item in fit.terms):
        return False
    ends = (fit.total, next((item for _, item in fit.terms if grid.values[item][case.case]), fit.total))
    return not any(_adds_up_the_others(grid, item, case.case) for item in ends)


def _adds_up_the_others(grid: Grid, item: int, case: int) -> bool:
    """Whether an item prints in a case what it prints in all others together, within rounding: a total along the line,
    whatever its head says."""
    amounts = grid.filled[item]
    missed = sum(amounts) - 2 * amounts[case]
    return bool(amounts[case]) and 2 * abs(missed) <= sum(grid.steps[item])


def _beyond_rounding(grid: Grid, fit: Fit, case: Case) -> bool:
    """Whether amounts that were rounded several times over would hardly ever miss by so much: many of them seldom all
    err the same way."""
    widths = [ROUNDED_TWICE * grid.steps[item][case.case] for item in fit.items]
    return chance(case.residual, widths) < IMPOSSIBLE


def _repeats(grid: Grid, fit: Fit, case: Case) -> bool:
    nearest = min((item for _, item in fit.terms), key=lambda item: abs(item - fit.total))
    return grid.values[nearest][case.case] == grid.values[fit.total][case.case]


def _unsigned(grid: Grid, fit: Fit, case: Case) -> bool:
    """Whether a case prints no sign in several lines that take something off wherever the sum holds."""
    here = [grid.values[item][case.case] or 0 for _, item in fit.terms]
    if not fit.holding or min(here) < 0:
        return False
    lost = [
        item
        for (_, item), value in zip(fit.terms, here, strict=True)
        if value and all((grid.values[item][held.case] or 0) < 0 for held in fit.holding)
    ]
    return len(lost) > 1


def _foots_as_printed(grid: Grid, fit: Fit, case: Case) -> bool:
    """Whether a case of figures in several scales foots in the digits that are printed."""
    numbers = [(-1, fit.total), *fit.terms]
    printed = [
        (one, grid.values[item][case.case] or 0, grid.steps[item][case.case])
        for one, item in numbers
        if grid.values[item][case.case]
    ]
    if len({step for _, _, step in printed}) < 2 or not all(step for _, _, step in printed):
        return False
    return 2 * abs(sum(one * (value // step) for one, value, step in printed)) <= len(printed)


def _ours(draft: Draft, case: Case) -> bool:
    """Whether the case is more likely misread than misprinted."""
    missing = absent(draft.grid, draft.fit, case, draft.others) and keyed(draft.grid, draft.fit, case) < STRIKING
    return missing or misread(draft, case) or _alone(draft.grid, draft.fit, case) or _addend(draft.grid, draft.fit)


def doubtful(draft: Draft) -> bool:
    """Whether what is broken is our reading: in two cases or more, or with an addend that is not printed, or by what is
    printed elsewhere."""
    broken = draft.fit.broken
    if draft.fit.exchanged is not None:
        return False
    return len(broken) > 1 or any(_ours(draft, case) for case in broken)


def laid_out(draft: Draft) -> bool:
    """Whether captions and layout alone name the sum: a line called a total or a result, and before it nothing but its
    addends, each added."""
    fit, items = draft.fit, draft.grid.items
    if (
        draft.kind != "total"
        or word(items[fit.total].caption) not in ("total", "subtotal")
        or any(coefficient < 0 for coefficient, _ in fit.terms)
    ):
        return False
    parts = {item for _, item in fit.terms}
    below = {
        item for other in draft.others for _, item in other.terms if other.total in parts or other.total < fit.total
    }
    return len(parts) >= 2 and all(item in parts or item in below for item in range(min(parts), fit.total))


def _carried(draft: Draft) -> bool:
    """Whether words say that a balance is carried forward from one line to another, and every line between is an addend
    as it is printed."""
    fit, items = draft.fit, draft.grid.items
    if draft.kind != "roll-forward" or draft.grid.turned or any(coefficient < 0 for coefficient, _ in fit.terms):
        return False
    parts = [item for _, item in fit.terms]
    return (
        opens(items[parts[0]].caption)
        and closes(items[fit.total].caption)
        and parts == list(range(parts[0], fit.total))
    )


def _crowded(draft: Draft, case: Case) -> bool:
    """Whether another sum is broken in the same case, and not by the same figure: then the case was misread."""
    others = (
        other
        for other in draft.others
        if other is not draft.fit and not other.apart and len(other.broken) == 1 and other.broken[0].case == case.case
    )
    return any(not echoes(draft.fit, other, case) for other in others)


def _average(draft: Draft, case: Case) -> bool:
    """Whether the total looks like an average in a case that no other sum shows to foot; a balance that is carried
    forward is none."""
    if draft.kind == "roll-forward" or not averages(draft.grid, draft.fit, case) or _one_astray(draft.fit, case):
        return False
    return not any(other is not draft.fit and witnessed(other, case.case) for other in draft.others)


def _one_astray(fit: Fit, case: Case) -> bool:
    """Whether one addend of several would repair the case with an amount that bears the same proportion to the total as
    where the sum holds.

    Among amounts that are averaged none does: what the others leave of their average is less than nothing.
    """
    if case.addends < 3:
        return False
    wanted = [
        (place, value + coefficient * case.residual)
        for place, ((coefficient, _), value) in enumerate(zip(fit.terms, case.numbers[1:], strict=True), 1)
    ]
    return any(
        _in_proportion(amount, case.total, held.numbers[place], held.total)
        for place, amount in wanted
        for held in fit.holding
    )


def _in_proportion(part: int, whole: int, other_part: int, other_whole: int) -> bool:
    """Whether a part has half to twice the share in its whole that another has in its own."""
    one, two = part * other_whole, other_part * whole
    return one * two > 0 and abs(one) <= 2 * abs(two) <= 4 * abs(one)


def misread(draft: Draft, case: Case) -> bool:
    """Whether the residual is an addend or twice one (a sign), or what is printed in lines that the sum could take in
    without breaking elsewhere.

    In a column whose other sums foot, an addend that rounding only brings near the residual is an accident: exchanged
    digits differ by nines.
    """
    grid, fit = draft.grid, draft.fit
    residual = abs(case.residual)
    used = {item for _, item in fit.terms} | {fit.total}
    addends = [abs(value) for item in used if (value := grid.values[item][case.case])]
    near = 0 if len(fit.holding) > 1 and footing(fit, draft.others, case) >= FOOTING_ROUNDED else case.allowance // 2
    if any(abs(residual - value) <= near for value in addends) or (
        any(residual == 2 * value for value in addends) and not turned(draft, case)
    ):
        return True
    parts = {item for _, item in fit.terms}
    placed = {
        item
        for other in draft.others
        if other.total != fit.total and not parts & other.items and witnessed(other, case.case)
        for item in other.items
        if abs(draft.grid.values[item][case.case] or 0) != abs(case.residual)  # it may be what the sum lacks
    }
    strays = [*_idle(grid, fit, case, placed), *_passed_over(grid, fit, case), *_orphans(grid, fit), *grid.unread]
    digits = _digits(residual)
    if (
        residual in strays
        or (strays and residual == sum(strays))
        or (len(digits) >= 2 and any(_digits(value) == digits for value in strays))
    ):
        return True
    if grid.aside and digits and _aside(grid, fit, case, int(digits)):
        return True
    known = set(strays)
    return any(residual - value in known or residual + value in known for value in strays)


def _aside(grid: Grid, fit: Fit, case: Case, digits: int) -> bool:
    """Whether a line of another unit prints what is missing: anywhere in the column where that is no chance, else among
    the addends and the total."""
    beside = grid.aside[case.case]
    own = [grid.items[item].position for item in (fit.total, *(item for _, item in fit.terms))]
    if len(str(digits)) >= TELLING and beside.get(digits):
        return True
    near = (line for offset in _ROUNDED for line in beside.get(digits + offset, ()))
    return any(min(own) < line < max(own) for line in near)


def _addend(grid: Grid, fit: Fit) -> bool:
    """Whether a line that is not called a total is an addend of the next one that is, beside addends of its own, in
    every case: then it sums up nothing."""
    if word(grid.items[fit.total].caption) == "total":
        return False
    later = range(fit.total + 1, min(fit.total + REACH, len(grid.items)))
    whole = next((item for item in later if word(grid.items[item].caption) in ("total", "subtotal")), None)
    parts = [item for _, item in fit.terms]
    if whole is None or max(parts) > fit.total:
        return False
    for start in range(max(parts), max(min(parts) - NEARBY, -1), -1):
        cases = measure(grid, whole, tuple((1, item) for item in range(start, whole)))
        if (
            cases
            and all(case.holds and case.addends >= 2 for case in cases)
            and sum(case.bits for case in cases) >= SUM_BELIEVED
        ):
            return True
    return False


def _alone(grid: Grid, fit: Fit, case: Case) -> bool:
    """Whether the residual is what addends contribute that are printed in this case alone: words or numbers of a
    caption, read as amounts."""
    extra = [
        one * (grid.values[item][case.case] or 0)
        for one, item in fit.terms
        if not any(grid.printed[item][held.case] for held in fit.holding)
    ]
    return sum(extra) == -case.residual


def _bracketed(grid: Grid, fit: Fit, case: Case) -> bool:
    """Whether the case would hold with a line added in brackets that is taken off without them wherever the sum
    holds."""
    parts = [
        item
        for coefficient, item in fit.terms
        if coefficient < 0 and 2 * (grid.values[item][case.case] or 0) == case.residual and case.residual < 0
    ]
    return any(all((grid.values[item][held.case] or 0) >= 0 for held in fit.holding) for item in parts)


def turned(draft: Draft, case: Case) -> bool:
    """Whether the document, not the reader, lost the sign of the one line whose other sign would repair the case, and
    that is no small number.

    A line that prints both signs says by itself which of them it means; so does a column whose other sums foot with the
    signs that it prints.
    """
    grid, fit = draft.grid, draft.fit
    parts = [
        item
        for item in (fit.total, *(item for _, item in fit.terms))
        if 2 * abs(grid.values[item][case.case] or 0) == abs(case.residual)
    ]
    if len(parts) != 1:
        return False
    part = grid.values[parts[0]]
    here = part[case.case] or 0
    if abs(here) < SLIGHT * grid.steps[parts[0]][case.case]:
        return False
    return (
        any(value * here < 0 for held in fit.holding if (value := part[held.case]))
        or footing(fit, draft.others, case) >= FOOTING
    )


def _idle(grid: Grid, fit: Fit, case: Case, placed: set[int]) -> Iterator[int]:
    """Amounts of the case in items outside the sum that are nothing wherever it holds: taking them in would break
    nothing. Those that are `placed` in a sum of other lines that foots there are no strays."""
    used = {item for _, item in fit.terms} | {fit.total} | placed
    own = fit.items
    for item in range(max(min(own) - REACH, 0), min(max(own) + REACH, len(grid.items))):
        if (
            item not in used
            and grid.printed[item][case.case]
            and not any(grid.printed[item][held.case] for held in fit.holding)
        ):
            yield abs(grid.printed[item][case.case])


def _passed_over(grid: Grid, fit: Fit, case: Case) -> Iterator[int]:
    """Amounts of the case in lines among the addends that the sum leaves out, where rounding hides that they belong to
    it wherever it holds."""
    used = {item for _, item in fit.terms} | {fit.total}
    for item in range(min(used) + 1, max(used)):
        value = grid.values[item][case.case]
        if (
            item not in used
            and value
            and all(2 * abs(grid.values[item][held.case] or 0) <= held.allowance for held in fit.holding)
        ):
            yield abs(value)


def _orphans(grid: Grid, fit: Fit) -> Iterator[int]:
    """Totals printed without any addend beside them: a case that sums several lines takes them in."""
    for place in range(grid.width):
        value = grid.values[fit.total][place]
        if value and not any(grid.values[item][place] for _, item in fit.terms):
            yield abs(value)


def averages(grid: Grid, fit: Fit, case: Case) -> bool:
    """Whether the total lies among its addends, as an average, a rate or a growth of the whole does."""
    parts = [coefficient * value for coefficient, item in fit.terms if (value := grid.values[item][case.case])]
    total = grid.values[fit.total][case.case] or 0
    return (
        len(parts) >= 2
        and min(parts) <= total <= max(parts)
        and (min(parts) > 0 or max(map(abs, parts)) < PERCENTS * grid.steps[fit.total][case.case])
    )


def _digits(amount: int) -> str:
    return str(amount).strip("0")
