"""What happens to whole lines: one that its total does not count, one printed twice, one that is missing.

Such a slip breaks a sum in every column at once. What is found without the line proves nothing of the total; what words
and layout put under it does, and says which line it is, or how much nothing printed makes up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from math import gcd

from checker.core.caption import normal
from checker.core.problem import Severity
from checker.core.statement import Line, Statement
from checker.judge import table
from checker.lexicon.captions import (
    added,
    adjusts,
    carried,
    deducted,
    deducts_loss,
    excludes,
    gathers,
    loses,
    narrows,
    net_cash,
    partial,
    reclassified,
    word,
)
from checker.lexicon.equations import goes_on
from checker.lexicon.numbers import run_together
from checker.structure.blocks import Block, blocks, headed
from checker.structure.draft import Draft, Slip, Slipped
from checker.structure.fit import Case, Fit, absent, measure
from checker.structure.grid import Grid, digits
from checker.structure.short import FOOTED, missing
from checker.structure.slip import keyed

_YEAR = re.compile(r"\b20\d\d\b")


def line_slips(grid: Grid, fits: Sequence[Fit], statement: Statement) -> Iterator[Slipped]:
    """The totals of a grid that have a line too many or too few, in print order."""
    found = tuple(blocks(grid, fits))
    left_out: dict[int, Slipped] = {}
    told: set[tuple[object, ...]] = set()
    for block in found:
        gathers_all = block.word == "total" or net_cash(grid.items[block.total].caption)
        said = _left_out(grid, block, fits) if gathers_all else None
        line = () if said is None else _named(grid, said[1])
        if said is not None and line not in told:  # what one total lacks, those above it lack too
            left_out[block.total] = said[0]
            told.add(line)
    yield from left_out.values()
    for block in found:
        said_so = None if block.total in left_out else _turned_round(grid, block) or _alone(grid, block, fits)
        if said_so is not None:
            left_out[block.total] = said_so
            yield said_so
    yield from (said_so for fit in fits if (said_so := _turned_below(grid, fit)) is not None)
    yield from _taken_off(grid, fits, left_out.keys())
    if statement.summary:
        return
    rest = [block for block in found if block.total not in left_out]
    lacking = missing(grid, [fit for fit in fits if fit.total not in left_out], rest, statement)
    if lacking is not None:
        yield lacking
    if statement.kind not in FOOTED:
        return
    for block in rest:
        if not told.isdisjoint(_named(grid, item) for item in block.passed):
            continue
        slipped = _passed_over(grid, block, fits)
        if slipped is not None:
            yield slipped


def _named(grid: Grid, item: int) -> tuple[object, ...]:
    """What a line prints, for it not to be told twice."""
    return (normal(grid.items[item].caption), *grid.values[item])


# ---- a line that the total does not count ----------------------------------------------------------------------------


def _left_out(grid: Grid, block: Block, fits: Sequence[Fit]) -> tuple[Slipped, int] | None:
    """The sum of a block that comes to more than its total, by exactly what one plain line prints; and that line."""
    for far, lines in enumerate(block.runs):
        if len(lines) < 2:
            continue
        cases = measure(grid, block.total, tuple((1, line) for line in lines))
        broken = [case for case in cases if not case.holds]
        if cases and not broken:
            return None
        if _run_together(grid, lines):
            continue
        for line in reversed(lines) if broken else ():  # of two equal ones the second is the stray
            if not _short_by(grid, broken, line) or _nested(grid, lines):
                continue
            if (
                _belongs(grid, block.total, lines, line)
                and not _gathered(grid, lines, line, fits)
                and not _summed_alone(grid, line)
            ):
                fit = Fit(block.total, tuple((1, one) for one in lines), cases, far)
                if _witnessed(grid, fit, line) and not (
                    _everywhere(grid, fit, line) and _part_of_above(grid, lines, line)
                ):
                    return (fit, _slip(grid, fit, line)), line
    return None


def _summed_alone(grid: Grid, line: int) -> bool:
    """Whether the line below prints the same in every column: the subtotal of a section of one line, which counts
    it."""
    below = grid.values[line + 1] if line + 1 < len(grid.items) else ()
    own = normal(grid.items[line].caption)
    return below == grid.values[line] and normal(grid.items[line + 1].caption) != own and any(below)


def _run_together(grid: Grid, lines: Sequence[int]) -> bool:
    """Whether the caption of a line holds amounts that were not parted: what the lines come to is not known."""
    return any(run_together(grid.items[line].caption) for line in lines)


def _short_by(grid: Grid, broken: Sequence[Case], line: int) -> bool:
    """Whether a line prints, in each broken case, just what its block comes to beyond the total."""
    values = grid.values[line]
    return all(
        2 * abs(case.residual + (values[case.case] or 0)) <= case.allowance and values[case.case] for case in broken
    )


def _witnessed(grid: Grid, fit: Fit, line: int) -> bool:
    """Whether the amounts bear witness to it beyond chance: without the line everywhere, or with it in the other
    columns and without it in one."""
    choice = len(fit.terms).bit_length() + table.FARTHER * fit.cost
    if len(fit.cases) == 1 and not headed(grid, fit.total, fit.terms[0][1]):
        return False
    if _everywhere(grid, fit, line):
        rest = tuple(term for term in fit.terms if term[1] != line)
        cases = measure(grid, fit.total, rest)
        return (
            len(rest) >= 2
            and any(case.addends >= 2 for case in cases)
            and sum(case.bits for case in cases) - choice >= table.LEFT_OUT
        )
    if len(fit.broken) > 1 or not any(case.addends >= 2 for case in fit.holding):
        return False
    laid_out = table.HEADED if headed(grid, fit.total, fit.terms[0][1]) else 0
    case, unit = fit.broken[0], gcd(*(case.unit for case in fit.cases))
    room = max(map(abs, case.numbers)) // max(case.allowance, unit)
    return fit.witness + laid_out - choice >= table.SUM_BELIEVED and room.bit_length() - choice >= table.SUM_BELIEVED


def _everywhere(grid: Grid, fit: Fit, line: int) -> bool:
    """Whether the total lacks a line in every column in which that prints an amount."""
    return {case.case for case in fit.broken} == {case.case for case in fit.cases if grid.values[line][case.case]}


def _part_of_above(grid: Grid, lines: Sequence[int], line: int) -> bool:
    """Whether a line shows a part of the one above it: its caption says more of the same, and it is nowhere larger.
    What stands deeper may be a stray."""
    place = lines.index(line)
    if place == 0:
        return False
    above = lines[place - 1]
    pairs = [(value, whole) for value, whole in zip(grid.values[line], grid.values[above], strict=True) if value]
    smaller = all(whole and value * whole > 0 and abs(value) <= abs(whole) for value, whole in pairs)
    return smaller and narrows(grid.items[line].caption, grid.items[above].caption)


def _slip(grid: Grid, fit: Fit, line: int) -> Slip:
    cases = tuple(case.case for case in fit.broken)
    item = grid.items[line]
    twin = any(
        one != line
        and grid.values[one] == grid.values[line]
        and normal(grid.items[one].caption) == normal(item.caption)
        for _, one in fit.terms
    )
    if twin:
        return Slip("printed twice", cases, "error", f"the total counts one of two equal lines “{item.caption}”")
    return Slip("left out", cases, "error", f"all that the total lacks is “{item.caption}”")


def _gathered(grid: Grid, lines: Sequence[int], line: int, fits: Sequence[Fit]) -> bool:
    """Whether a line stands above one that gathers others, and may be one of these: not where all of them are known."""
    place = lines.index(line) + 1
    if place == len(lines) or not gathers(grid.items[lines[place]].caption):
        return False
    return not any(fit.total == lines[place] and not fit.broken and len(fit.terms) > 1 for fit in fits)


def _belongs(grid: Grid, total: int, lines: Sequence[int], line: int) -> bool:
    """Whether a line is one like the others of its block: no total, nothing that says it is counted there already, and
    not just what stands before the block.

    Only a heading that the total names puts the first line into a block.
    """
    item = grid.items[line]
    if (
        (word(item.caption) != "plain" and not carried(item.caption))
        or deducted(item.caption)
        or partial(item.caption)
        or not any(map(str.isalpha, item.caption))
    ):
        return False
    place = lines.index(line)
    if place == 0 and not headed(grid, total, line) and not _counted(grid, total, lines):
        return False
    near = [grid.items[lines[at]] for at in (place - 1, place + 1) if 0 <= at < len(lines)]
    if not any(
        other.under == item.under for other in near
    ):  # what is put in keeps the indentation of where it came from
        return False
    own = grid.values[line]
    return not any(
        other != line and grid.values[other] == own and normal(grid.items[other].caption) != normal(item.caption)
        for other in lines
    )


def _counted(grid: Grid, total: int, lines: Sequence[int]) -> bool:
    """Whether the first line of a block is counted in a column, beside others, so that it is no stray."""
    cases = measure(grid, total, tuple((1, line) for line in lines))
    return any(case.holds and case.addends > 1 and grid.values[lines[0]][case.case] for case in cases)


def _nested(grid: Grid, lines: Sequence[int]) -> bool:
    """Whether one line of a block is what others beside it come to: then they are its parts, and the total has taken in
    one of both."""
    return any(
        _whole(grid, line, run) for place, line in enumerate(lines) for run in (lines[place + 1 :], lines[:place][::-1])
    )


def _whole(grid: Grid, line: int, run: Sequence[int]) -> bool:
    """Whether a line prints what the first two or more of a run come to, wherever it prints anything beside them; where
    it does so in one column, nearly so will do in the others: the parts may have a slip of their own."""
    cases = [case for case, value in enumerate(grid.values[line]) if value]
    rest, room = (
        {case: grid.values[line][case] or 0 for case in cases},
        {case: grid.steps[line][case] for case in cases},
    )
    beside: set[int] = set()
    for length, other in enumerate(run, 1):
        for case in cases:
            value = grid.values[other][case]
            if value is not None:
                beside.add(case)
                rest[case] -= value
                room[case] += grid.steps[other][case]
        held = [case for case in beside if 2 * abs(rest[case]) <= room[case]] if length > 1 else []
        if held and all(
            case in held or table.NEARLY * abs(rest[case]) <= abs(grid.values[line][case] or 0) for case in beside
        ):
            return True
    return False


# ---- a line that prints nothing in one column ------------------------------------------------------------------------


def blank(draft: Draft, statement: Statement) -> Slip | None:
    """Why a sum is broken in one column: one of its lines, which prints amounts in the others, prints none there nor
    where its total prints none."""
    grid, fit = draft.grid, draft.fit
    if draft.kind != "total" or draft.mute or grid.turned or len(fit.broken) != 1 or fit.exchanged is not None:
        return None
    case = fit.broken[0]
    blanks = [
        item for _, item in fit.terms if grid.figures[item][case.case] is None and not grid.opaque[item][case.case]
    ]
    held = [each for each in fit.holding if each.addends >= 2]
    if (
        len(blanks) != 1
        or not held
        or not all(grid.values[blanks[0]][each.case] for each in held)
        or not absent(grid, fit, case, draft.others)
    ):
        return None
    if _elsewhere(draft, case, statement.lines[grid.items[blanks[0]].position]):
        return None
    return Slip("blank", (case.case,), "warning", f"no amount of “{grid.items[blanks[0]].caption}” is read there")


def _elsewhere(draft: Draft, case: Case, line: Line) -> bool:
    """Whether a line prints what is missing in a column that has nothing to do with the sum: it was shifted, or read
    into another column."""
    own = {draft.grid.cases[each.case] for each in draft.fit.cases}
    missing = str(abs(case.residual)).strip("0")
    aside = [figure for place, figure in enumerate(line.figures) if place not in own and figure is not None]
    return any(str(digits(figure)).strip("0") == missing for figure in aside)


# ---- what words alone say --------------------------------------------------------------------------------------------


def _turned_round(grid: Grid, block: Block) -> Slipped | None:
    """A sum that holds throughout only if a line called "Add" is taken off, or one called "Less" is added."""
    fit = block.fit
    if fit is None or fit.broken or len(fit.cases) < 2 or len(fit.terms) < 2:
        return None
    wrong = {
        item for coefficient, item in fit.terms if _against_its_words(grid, fit.total, coefficient, item)
    } or _against_its_print(grid, fit)
    if not wrong or all(
        deducted(grid.items[item].caption) for _, item in fit.terms
    ):  # what is taken off elsewhere is added up first
        return None
    terms = tuple((-coefficient if item in wrong else coefficient, item) for coefficient, item in fit.terms)
    meant = Fit(fit.total, terms, measure(grid, fit.total, terms), fit.cost)
    caption = grid.items[min(wrong)].caption
    cases = tuple(case.case for case in meant.broken)
    return (
        (meant, Slip("turned round", cases, "error", f"“{caption}” was counted the other way round")) if cases else None
    )


def _turned_below(grid: Grid, fit: Fit) -> Slipped | None:
    """The same where the search found the first line to be the sum of all below it, and the last one of these is what
    the words come to."""
    items = [item for _, item in fit.terms]
    if (
        fit.broken
        or len(fit.cases) < 2
        or len(items) < 2
        or fit.total > min(items)
        or any(coefficient != 1 for coefficient, _ in fit.terms)
    ):
        return None
    last = max(items)
    wrong = {item for item in items if item != last and _against_its_words(grid, last, -1, item)}
    if not wrong or partial(grid.items[last].caption) or added(grid.items[last].caption):
        return None
    terms = ((1, fit.total), *((1 if item in wrong else -1, item) for item in sorted(items) if item != last))
    meant = Fit(last, terms, measure(grid, last, terms), fit.cost)
    cases = tuple(case.case for case in meant.broken)
    caption = grid.items[min(wrong)].caption
    return (
        (meant, Slip("turned round", cases, "error", f"“{caption}” was counted the other way round")) if cases else None
    )


def _against_its_print(grid: Grid, fit: Fit) -> set[int]:
    """Lines of adjustments, which print what is negative in brackets, that are taken off and print none."""
    if any(
        coefficient < 0 and deducted(grid.items[item].caption) for coefficient, item in fit.terms
    ) or not _of_adjustments(grid, fit):
        return set()
    negative = {item for _, item in fit.terms if all((grid.values[item][case.case] or 0) <= 0 for case in fit.cases)}
    taken = {item for coefficient, item in fit.terms if coefficient < 0}
    counted = {item for coefficient, item in fit.terms if coefficient > 0}
    printed = all((grid.values[item][case.case] or 0) >= 0 for item in taken for case in fit.cases)
    return (
        taken
        if printed and counted and counted <= negative and any(any(grid.values[item]) for item in counted)
        else set()
    )


def _of_adjustments(grid: Grid, fit: Fit) -> bool:
    """Whether a total says that it is one of adjustments, whose signs are printed."""
    return adjusts(grid.items[fit.total].caption) and word(grid.items[fit.total].caption) == "total"


def _against_its_words(grid: Grid, total: int, coefficient: int, item: int) -> bool:
    """Whether a line that prints no sign anywhere is counted against what its caption says; what is reclassified is
    told either way, less a loss is more, and so is an adjusted amount less what was charged. Of losses that print no
    sign what is added to the result is taken off, and an outflow that prints its sign is less by what is added."""
    if loses(grid.items[total].caption) and all((value or 0) >= 0 for value in grid.values[total]):
        return False
    if coefficient > 0 and (_below_nothing(grid, total) or _less_off_above(grid, item)):
        return False
    caption, amounts = grid.items[item].caption, [value for value in grid.values[item] if value]
    if not amounts or min(amounts) < 0 or reclassified(caption) or deducts_loss(caption):
        return False
    if coefficient < 0:
        return added(caption)
    return deducted(caption) and not excludes(caption, grid.items[total].caption)


def _below_nothing(grid: Grid, item: int) -> bool:
    """Whether a line prints nothing above zero, and something below it."""
    return any(grid.values[item]) and all((value or 0) <= 0 for value in grid.values[item])


def _less_off_above(grid: Grid, item: int) -> bool:
    """Whether what a line is taken off is the line above it, which stands in brackets: "Current liabilities (14,926),
    less: borrowings in them 809"."""
    above = next((other for other in range(item - 1, -1, -1) if any(grid.values[other])), None)
    return above is not None and not deducted(grid.items[above].caption) and _below_nothing(grid, above)


def _alone(grid: Grid, block: Block, fits: Sequence[Fit]) -> Slipped | None:
    """A total of a table of one column that its lines, all from the top or from the heading that it names, miss by one
    keying slip."""
    lines = next((run for run in block.runs if len(run) >= 2), ())
    if grid.width > 1 or block.fit is not None or block.word != "total" or not lines:
        return None
    if lines[0] and not headed(grid, block.total, lines[0]):
        return None
    terms = tuple((1, line) for line in lines)
    fit = Fit(block.total, terms, measure(grid, block.total, terms))
    if not fit.broken or 2 * abs(fit.broken[0].residual) <= table.ROUNDED_TWICE * fit.broken[0].allowance:
        return None
    slip = keyed(grid, fit, fit.broken[0])
    if _schedule(grid, lines):
        severity: Severity = "error" if slip >= table.REPAIRED else "warning"
        return fit, Slip(None, (fit.broken[0].case,), severity, "its lines are all years to come, to the last")
    carried_on = any(not other.broken and block.total in (item for _, item in other.terms) for other in fits)
    if slip < (table.REPAIRED if carried_on else table.SURE):
        return None
    return fit, Slip(
        None,
        (fit.broken[0].case,),
        "error",
        "the captions say what is added up, and one keying slip explains the difference",
    )


def _taken_off(grid: Grid, fits: Sequence[Fit], told: Collection[int]) -> Iterator[Slipped]:
    """In a table of one column: what a total that foots leaves when the lines below it, which say that they are taken
    off, are, missed by one keying slip."""
    if grid.width > 1:
        return
    footed = {fit.total for fit in fits if not fit.broken and len(fit.terms) > 1}
    known = footed | {fit.total for fit in fits} | set(told)
    for whole in sorted(footed):
        last = whole + 1
        while last < len(grid.items) and deducted(grid.items[last].caption) and any(grid.values[last]):
            last += 1
        if last == whole + 1 or last >= len(grid.items) or last in known or not any(grid.values[last]):
            continue
        taken = [(1 if (grid.values[item][0] or 0) < 0 else -1, item) for item in range(whole + 1, last)]
        terms = ((1, whole), *taken)
        fit = Fit(last, terms, measure(grid, last, terms))
        if fit.broken and keyed(grid, fit, fit.broken[0]) >= table.REPAIRED:
            because = "the captions say what is taken off, and one keying slip explains the difference"
            yield fit, Slip(None, (fit.broken[0].case,), "error", because)


def _schedule(grid: Grid, lines: Sequence[int]) -> bool:
    """Whether lines say of themselves that they are all there is: years one by one, and what falls due after them."""
    captions = [grid.items[line].caption for line in lines]
    return goes_on(captions[-1]) and all(_YEAR.search(caption) for caption in captions[:-1])


# ---- a line that no sum counts ---------------------------------------------------------------------------------------


def _passed_over(grid: Grid, block: Block, fits: Sequence[Fit]) -> Slipped | None:
    """A sum that holds and passes over one plain line: with it, as much would be left over."""
    fit = block.fit
    if (
        fit is None
        or block.word not in ("total", "subtotal")
        or len(block.passed) != 1
        or fit.broken
        or len(fit.terms) < 2
        or len(fit.cases) < 2
    ):
        return None
    line = block.passed[0]
    lines = sorted((*(item for _, item in fit.terms), line))
    if (
        not any(grid.values[line][case.case] for case in fit.cases)
        or not _belongs(grid, block.total, lines, line)
        or _gathered(grid, lines, line, fits)
        or _nested(grid, lines)
    ):
        return None
    if _part_of_above(grid, lines, line) or _summed_alone(grid, line) or _run_together(grid, lines):
        return None
    signs = {item: coefficient for coefficient, item in fit.terms}
    before = max(item for item in signs if item < line)
    sign = signs[before]
    if sign < 0 and not deducted(grid.items[before].caption):  # a difference, which names what it is of
        return None
    terms = tuple((signs.get(item, sign), item) for item in lines)
    whole = Fit(fit.total, terms, measure(grid, fit.total, terms), fit.cost)
    cases = tuple(case.case for case in whole.broken)
    return (
        (whole, Slip("left out", cases[:1], "warning", f"the sum holds without “{grid.items[line].caption}”"))
        if cases
        else None
    )
