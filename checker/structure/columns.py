"""Sums down a table: one walk over its lines that keeps what has not been summed yet and closes totals as they come,
nested ones first.

A total takes its addends off the stack and stands for them. What a shape costs follows captions, indentation, rules
drawn and headings; what it earns follows the numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from operator import add

from attrs import define, field

from checker.core.caption import normal
from checker.core.value import evolve
from checker.judge.table import (
    EXCHANGED_BELIEVED,
    SUM_BELIEVED,
    SUM_BROKEN,
    SUM_CONTENT,
    SUM_FORGIVEN,
    SUM_VOUCHED,
    SUM_WITNESSED,
)
from checker.lexicon.captions import Word, cash_flow, closes, deducted, opens, word
from checker.structure.fit import Case, Fit, footing, measure, near
from checker.structure.grid import Grid, Item
from checker.structure.search import Shape, exchanged, gappy, most_bits, runs, signed
from checker.structure.slip import keyed

UNNAMED = 200
"""The most lines that one no word calls a total sums up: a ledger of thousands takes no longer for each of its lines
than a statement."""
NAMED = 100_000
"""The most lines that all those which words do call totals sum up together, UNNAMED for each at the least."""
RUNS = 64
"""Runs that are measured for one line, the shortest first, of those whose numbers are large enough to be believed
(docs/decisions/0058)."""

_TOTAL_PRIOR = {"total": -4, "subtotal": -2, "blank": 0, "closing": -2, "plain": 8}

_DETAILS_LEAST = -1
"""What a total above its details costs where words and layout both speak for it."""

LONG = 1000
"""Amounts of four digits are not the same by chance."""


@define
class Earlier:
    """The sums of an earlier walk over the same grid, none in the first; and whether anyone asked for them, so that
    another walk may end otherwise."""

    fits: tuple[Fit, ...] = ()
    asked: bool = False

    def vouch(self, fit: Fit, case: Case, place: int) -> bool:
        """Whether other sums that foot show that a case was read right; `place` says how many sums come before this
        one."""
        self.asked = True
        return footing(fit, near(self.fits, place), case) >= SUM_VOUCHED


@define
class Walk:
    """What is left to be summed, and the sums found so far."""

    earlier: Earlier
    reach: int
    """The most lines that one which words call a total sums up."""
    stack: list[int] = field(factory=list)
    fits: list[Fit] = field(factory=list)
    closed: set[int] = field(factory=set)
    """Items that are explained totals."""

    def take(self, fit: Fit) -> None:
        """Puts a sum down: what it took in stands for itself no more."""
        used = {part for _, part in fit.terms}
        first = bisect_left(self.stack, min(used))
        self.stack[first:] = [part for part in self.stack[first:] if part not in used]
        self.fits.append(fit)
        self.closed.add(fit.total)

    def pass_by(self, fit: Fit) -> None:
        """Puts down a total whose parts stand in other sums too: nothing is taken off the stack for it."""
        self.stack.append(fit.total)
        self.fits.append(fit)
        self.closed.add(fit.total)


def net(fit: Fit) -> int:
    """Evidence less cost, in bits."""
    if fit.exchanged is not None:
        return fit.keyed - fit.cost
    return fit.witness - SUM_BROKEN * len(fit.broken) + min(fit.keyed, SUM_FORGIVEN) - fit.cost


def totals(grid: Grid, known: Mapping[int, Fit]) -> tuple[Fit, ...]:
    """The sums down a grid, in the order of their totals; those `known` by what their captions name are taken as they
    are."""
    earlier = Earlier()
    fits = _walked(grid, known, earlier)
    return _walked(grid, known, Earlier(fits)) if earlier.asked and grid.width > 1 else fits


def _walked(grid: Grid, known: Mapping[int, Fit], earlier: Earlier) -> tuple[Fit, ...]:
    named = sum(word(item.caption) not in ("plain", "blank") for item in grid.items)
    walk = Walk(earlier, max(UNNAMED, NAMED // max(named, 1)))
    for item in range(len(grid.items)):
        if item in known:
            walk.pass_by(known[item])
        else:
            _step(grid, walk, item)
    return tuple(walk.fits)


def _step(grid: Grid, walk: Walk, item: int) -> None:
    fit = _close(grid, walk, item)
    if fit is not None:
        walk.take(_printed(grid, fit))
    walk.stack.append(item)
    above = _details(grid, walk) if fit is None else None
    if above is not None:
        walk.take(above)


def _printed(grid: Grid, fit: Fit) -> Fit:
    """The sum without the lines that print nothing wherever it is witnessed: they belong to a total that stands in
    other columns."""
    terms = tuple(term for term in fit.terms if any(grid.values[term[1]][case.case] is not None for case in fit.cases))
    return (
        fit
        if len(terms) == len(fit.terms) or len(terms) < 2
        else evolve(fit, terms=terms, cases=measure(grid, fit.total, terms))
    )


def _close(grid: Grid, walk: Walk, item: int) -> Fit | None:
    """The best sum that this item closes, if any is believed."""
    if len(walk.stack) < 1 or not any(grid.values[item]):
        return None
    kind = _word(grid, item)
    best = _best(
        grid, walk, item, runs(grid, walk.stack[-(UNNAMED if kind in ("plain", "blank") else walk.reach) :], item)
    )
    if kind == "plain":
        return best if best is not None and _plainly(best) and _upright(grid, best) else None
    if best is None or best.broken or net(best) < SUM_CONTENT:
        wilder = _best(grid, walk, item, [*signed(grid, walk.stack, item), *gappy(grid, walk.stack, item)])
        best = max((fit for fit in (best, wilder) if fit is not None), key=net, default=None)
    return best or _exchanged(grid, walk, item)


def _exchanged(grid: Grid, walk: Walk, item: int) -> Fit | None:
    """A sum that is broken in both of two columns and holds in both when the two amounts of one of its lines change
    places."""
    found: Fit | None = None
    for shape, line in exchanged(grid, walk.stack[-UNNAMED:], item):
        cases = measure(grid, item, shape.terms)
        bits = sum((case.room * case.unit // max(case.allowance, 1)).bit_length() - 1 for case in cases) - shape.choices
        fit = Fit(item, shape.terms, cases, _cost(grid, walk, item, shape), bits, line)
        if len(cases) == 2 and net(fit) >= EXCHANGED_BELIEVED and (found is None or net(fit) > net(found)):
            found = fit
    return found


def _plainly(fit: Fit) -> bool:
    """Whether the numbers alone make a line that no word calls a total one: it holds throughout, or in more columns
    than the one it is broken in.

    One column is enough where the rest of the broken one foots.
    """
    return not fit.broken or (
        len(fit.broken) == 1
        and (len(fit.holding) > 1 or fit.witness - fit.cost >= SUM_CONTENT or fit.keyed >= SUM_FORGIVEN)
    )


def _best(grid: Grid, walk: Walk, item: int, shapes: Iterable[Shape]) -> Fit | None:
    found: Fit | None = None
    most = SUM_BELIEVED - 1
    least = _least(grid, item)
    tried = 0
    for shape in shapes:
        if shape.missed > shape.held or _hoped(shape, least) <= most:
            continue
        tried += 1
        if tried > RUNS and shape.family in ("run", "difference"):
            break
        cases = measure(grid, item, shape.terms)
        if (not _credible(cases) and not _copied(grid, item, cases)) or _cancels(grid, shape):
            continue
        fit = _forgiven(
            grid, walk, Fit(item, shape.terms, _impartial(grid, shape, cases), _cost(grid, walk, item, shape))
        )
        worth = net(fit)
        if worth <= most or (
            shape.family != "run" and ((shape.family == "gappy" and fit.broken) or _balances(grid, fit))
        ):
            continue
        found, most = fit, worth
    return found


def _hoped(shape: Shape, least: int) -> int:
    """No less than its net will be, from what the search knows of it; `least` is what words and layout leave of its
    cost at the least."""
    broken = SUM_BROKEN * shape.missed - (SUM_FORGIVEN if shape.missed == 1 else 0)
    return shape.bits - broken - least - (0 if shape.family in ("run", "difference") else shape.choices)


def _least(grid: Grid, item: int) -> int:
    """What any shape costs at this line at the least, without its choices: all that words and layout may say is said
    for it."""
    total = grid.items[item]
    kind = _word(grid, item)
    flows = 4 if cash_flow(total.caption) else 0
    return (
        _TOTAL_PRIOR[kind]
        - (3 if total.rule_above else 0)
        - (4 if closes(total.caption) else 0)
        - 4
        - flows
        - (3 if kind in ("total", "subtotal") else 0)
    )


def _forgiven(grid: Grid, walk: Walk, fit: Fit) -> Fit:
    """The fit with what a keying slip, or the other sums of the same column, say for its only broken case."""
    if len(fit.broken) != 1 or fit.witness - fit.cost < SUM_BELIEVED:
        return fit
    case = fit.broken[0]
    vouched = fit.witness >= SUM_WITNESSED and walk.earlier.vouch(fit, case, len(walk.fits))
    return evolve(fit, keyed=SUM_FORGIVEN if vouched else keyed(grid, fit, case))


def _credible(cases: Sequence[Case]) -> bool:
    """Broken cases must be outnumbered or matched by those that hold, of which one has at least two addends and a total
    that is not nothing."""
    held = [case for case in cases if case.holds]
    return 2 * len(held) >= len(cases) and any(
        case.addends >= 2 and 2 * abs(case.total) > case.allowance for case in held
    )


def _cancels(grid: Grid, shape: Shape) -> bool:
    """Whether one addend is added and an equal one taken off: without both the sum would say as much.

    Two lines may cancel as printed (transfers in and out); a total and a result that do so (expenses, and the loss they
    make) are of another block.
    """
    if len(shape.terms) < 3:
        return False
    flipped = [
        (coefficient, part)
        for coefficient, part in shape.terms
        if coefficient < 0 or word(grid.items[part].caption) in ("total", "subtotal")
    ]
    if not flipped:
        return False
    amounts = {grid.filled[part] if coefficient > 0 else grid.negated[part] for coefficient, part in shape.terms}
    return any(
        any(grid.filled[part]) and (grid.negated[part] if coefficient > 0 else grid.filled[part]) in amounts
        for coefficient, part in flipped
    )


def _impartial(grid: Grid, shape: Shape, cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """The cases of a sum, worth nothing where one of them alone asks for a minus: such a sign would make any case hold
    whose own sign is a misprint."""
    partial = _partial(grid, shape, cases)
    borne_out = any(case.holds and case.addends >= 2 and case.bits for case in cases if case.case not in partial)
    return tuple(evolve(case, worth=0) if case.case in partial else case for case in cases) if borne_out else cases


def _partial(grid: Grid, shape: Shape, cases: Sequence[Case]) -> set[int]:
    """The cases that ask, each alone, for a line to be taken off that no word says is: it prints nothing elsewhere,
    nothing else of the sum is taken off, and brackets say in that very case what is negative (docs/decisions/0015).
    """
    minus = [part for coefficient, part in shape.terms if coefficient < 0]
    asking = [[case.case for case in cases if grid.values[part][case.case]] for part in minus]
    if any(deducted(grid.items[part].caption) for part in minus) or any(len(places) != 1 for places in asking):
        return set()
    partial = {place for places in asking for place in places}
    bracketed = all(any((grid.values[part][place] or 0) < 0 for _, part in shape.terms) for place in partial)
    return partial if bracketed else set()


def _upright(grid: Grid, fit: Fit) -> bool:
    """Whether nothing is taken off but what says so itself."""
    return all(coefficient > 0 or deducted(grid.items[part].caption) for coefficient, part in fit.terms)


def _balances(grid: Grid, fit: Fit) -> bool:
    """Whether an addend is printed again further down: then both sides of a balance were mixed, and what is left of one
    is taken for a total."""
    later = range(fit.total + 1, min(fit.total + 1 + UNNAMED, len(grid.items)))
    return any(coefficient > 0 and _again(grid, part, other) for coefficient, part in fit.terms for other in later)


def _again(grid: Grid, item: int, other: int) -> bool:
    """Whether a later line prints the amounts of an earlier one; in all cases but one where they are long, since one of
    the two may be mistyped."""
    pairs = [(one, two) for one, two in zip(grid.values[item], grid.values[other], strict=True) if one or two]
    alike = [abs(one) for one, two in pairs if one is not None and one == two]
    if not alike or len(pairs) - len(alike) > 1:
        return False
    return len(alike) == len(pairs) or max(alike) >= LONG * max(grid.steps[item])


def _copied(grid: Grid, item: int, cases: Sequence[Case]) -> bool:
    """A line called a total that repeats the only amount of its block in every case."""
    return _word(grid, item) == "total" and bool(cases) and all(case.holds for case in cases)


def _word(grid: Grid, item: int) -> Word:
    """What its caption, or the heading of the lines just above, which it may repeat, says it is."""
    caption = grid.items[item].caption
    section = grid.items[item - 1].under if item else ()
    return "total" if section and normal(caption) and normal(caption) == normal(section[-1]) else word(caption)


def _cost(grid: Grid, walk: Walk, item: int, shape: Shape) -> int:
    """Bits to single the shape out, less what words and layout say for it."""
    total = grid.items[item]
    kind = _word(grid, item)
    cost = _TOTAL_PRIOR[kind] - (3 if total.rule_above and walk.stack[-1] not in walk.closed else 0)
    first = shape.terms[0][1]
    natural = _natural(grid, walk, first)
    flips = sum(1 for coefficient, part in shape.terms if coefficient < 0 and not deducted(grid.items[part].caption))
    if shape.family == "run":
        cost += (-4 if natural else shape.choices) - (3 if kind == "total" else 0)
        cost -= 4 if natural and cash_flow(total.caption) else 0
    elif shape.family == "difference":
        cost += (
            (-1 if natural else shape.choices)
            + min(flips, 2)
            - (3 if kind == "subtotal" and len(shape.terms) <= 4 else 0)
        )
    elif shape.family == "signed":
        cost += shape.choices + flips + 2 - (2 if natural else 0)
    else:
        cost += shape.choices + flips + 6
    if closes(total.caption) and opens(grid.items[first].caption):
        cost -= 4
    return cost + _outdented(grid, total, shape)


def _natural(grid: Grid, walk: Walk, first: int) -> bool:
    """Whether something in the layout says that addends begin here: the top, a heading, the line after a total."""
    place = bisect_left(walk.stack, first)
    if place == 0 or grid.items[first].after_heading:
        return True
    before = walk.stack[place - 1]
    return (
        before in walk.closed
        or word(grid.items[before].caption) == "total"
        or grid.items[before].under != grid.items[first].under
    )


def _outdented(grid: Grid, total: Item, shape: Shape) -> int:
    """A total stands at or left of its addends in most layouts; one addend further left than the total speaks against
    the sum."""
    return 1 if any(grid.items[part].indent < total.indent for _, part in shape.terms) else 0


def _details(grid: Grid, walk: Walk) -> Fit | None:
    """A total that stands above its details: the run that ends with the last line sums to the item before it."""
    stack = walk.stack
    sums: Sequence[int] = grid.filled[stack[-1]]
    for length in range(2, min(len(stack) - 1, 20) + 1):
        sums = tuple(map(add, sums, grid.filled[stack[-length]]))
        head = stack[-length - 1]
        if not any(grid.filled[head]) or _far(grid, head, sums, length + 1) or _slight(grid, stack[-length - 1 :]):
            continue
        terms = tuple((1, below) for below in stack[-length:])
        cases = measure(grid, head, terms)
        fit = Fit(head, terms, cases, _detail_cost(grid, head, stack[-length:]))
        if (
            head not in walk.closed
            and not fit.broken
            and any(case.addends >= 2 for case in cases)
            and net(fit) >= SUM_BELIEVED + 3
        ):
            return fit
    return None


def _far(grid: Grid, head: int, sums: Sequence[int], figures: int) -> bool:
    """Whether rounding of so many figures leaves a case open."""
    held = zip(grid.values[head], sums, grid.steps[head], strict=True)
    return any(whole is not None and abs(whole - total) > step * figures for whole, total, step in held)


def _slight(grid: Grid, items: Sequence[int]) -> bool:
    """Whether the numbers are too small for any sum of them to be believed that stands above its details."""
    return (
        sum(most_bits(0, values) for values in zip(*(grid.filled[item] for item in items), strict=True))
        < SUM_BELIEVED + 3 + _DETAILS_LEAST
    )


def _detail_cost(grid: Grid, head: int, parts: Sequence[int]) -> int:
    top = grid.items[head]
    deeper = all(grid.items[part].indent > top.indent or top.caption in grid.items[part].under for part in parts)
    worded = word(top.caption) == "total"
    return _DETAILS_LEAST + (0 if deeper else 7) + (0 if worded else 4)
