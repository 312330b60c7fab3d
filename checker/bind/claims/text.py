"""The text against itself: the arithmetic inside one sentence, and the same quantity stated in several places. No table
is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from checker.algebra.slips import best_slip
from checker.bind.claims.links import comes_to, comparison_of, significant
from checker.bind.claims.names import key
from checker.bind.inferred import inferred
from checker.core.check import Check
from checker.core.claim import Claim
from checker.core.expression import HUNDRED, Absolute, Add, Divide, Expression, Multiply, Variable, negative
from checker.core.figure import Figure
from checker.core.rule import Rule
from checker.core.unit import PERCENT, Unit
from checker.core.value import evolve
from checker.judge.table import CLAIM_BESIDE, CLAIM_SEVERAL
from checker.judge.trial import broken
from checker.lexicon import bases, captions

_DEBT = frozenset({"note", "bond", "debenture"})
"""What bears a rate of its own, each one, though several fall due on one day."""
_RELATING = frozenset(
    {"included", "include", "including", "reflected", "reflecting", "comprised", "excluded", "excluding"}
    | {"reporting", "date", "day"}
)
"""Words that say how an amount stands to the one before it, or when it does, and measure nothing."""
_ADJECTIVES = frozenset({"higher", "lower", "new", "growing", "core", "record"})
_MOST = 8
"""Amounts of a sentence that are tried against each other: a longer list is a table."""


def inside(rule: Rule, claims: Sequence[Claim], tied: set[str]) -> Iterator[Check]:
    """`A - D = B` and `C = B / D` in one idiom, wherever its amounts speak of one metric and the tables do not already
    settle them."""
    for group in _groups(claims):
        metrics = {key(claim.figure.caption) for claim in group}
        if len(metrics) != 1 or () in metrics or any(comparison_of(claim) != "=" or claim.hedge for claim in group):
            continue
        if all(claim.figure.id in tied for claim in group):
            continue
        by_role: dict[str, list[Claim]] = {}
        for claim in group:
            by_role.setdefault(claim.role, []).append(claim)
        if all(len(same) == 1 for same in by_role.values()):
            yield from _sentence(rule, {role: same[0] for role, same in by_role.items()})


def _groups(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """What one idiom says of one unit, with its changes; not where it states another amount beside, whose measure or
    period is open: then nobody knows what the change is one of."""
    groups: dict[tuple[int, Unit | None], list[Claim]] = {}
    unsettled = {
        (claim.group, claim.figure.unit)
        for claim in claims
        if claim.role == "level" and (claim.figure.period is None or not claim.figure.caption)
    }
    for claim in claims:
        if claim.figure.value is not None and claim.figure.period is not None and claim.figure.caption:
            groups.setdefault(
                (claim.group, claim.figure.unit if claim.role in ("level", "prior") else None), []
            ).append(claim)
    seen: set[int] = set()
    for (number, unit), found in groups.items():
        if unit is not None and (number, unit) not in unsettled:
            changes = groups.get((number, None), [])
            yield [*found, *(claim for claim in changes if number not in seen or claim.figure.unit == unit)]
            seen.add(number)


def _sentence(rule: Rule, said: dict[str, Claim]) -> Iterator[Check]:
    level, prior, change, relative = (said.get(role) for role in ("level", "prior", "change", "relative change"))
    if level is None:
        return
    now: Expression = Variable(level.figure.id)
    if level.figure.unit == PERCENT:
        if prior is not None and prior.figure.unit == PERCENT and relative is not None and relative.figure.in_points:
            yield _check(rule, relative, _grown(now, Variable(prior.figure.id), relative.direction), (level, prior))
        return
    if (
        prior is not None
        and prior.figure.unit == level.figure.unit
        and change is not None
        and change.figure.unit == level.figure.unit
    ):
        then: Expression = Variable(prior.figure.id)
        yield _check(rule, change, _grown(now, then, change.direction), (level, prior))
    if relative is None or relative.figure.unit != PERCENT or relative.figure.in_points or not relative.direction:
        return
    if (
        prior is not None
        and prior.figure.unit == level.figure.unit
        and prior.figure.value
        and level.figure.value
        and prior.figure.value * level.figure.value > 0
    ):
        growth = Add((now, negative(Variable(prior.figure.id))))
        yield _check(rule, relative, _part(growth, Variable(prior.figure.id), relative.direction), (level, prior))
    elif (
        prior is None
        and change is not None
        and change.figure.unit == level.figure.unit
        and change.figure.value
        and level.figure.value
        and level.figure.value > 0
    ):
        moved = Variable(change.figure.id)
        base = Add((now, negative(moved))) if change.direction > 0 else Add((now, moved))
        yield _check(rule, relative, Multiply(HUNDRED, Divide(moved, base)), (level, change))


def _apart(claim: Claim, others: Sequence[Claim]) -> Expression | None:
    """How far a loss and a gain are apart, where a sentence says of its two amounts that they are these and its change
    is that: "a loss of $34 million compared with income of $117 million, a decline of $151 million"."""
    if claim.role != "change" or len(others) != 2 or not captions.of_both_signs(claim.sentence):
        return None
    both: Expression = Add(tuple(Variable(other.figure.id) for other in others))
    figures = (claim.figure, *(other.figure for other in others))
    return None if broken(Variable(claim.figure.id), both, "=", figures) else both


def _grown(now: Expression, then: Expression, direction: int) -> Expression:
    """How much more than `then` it is now, in the direction the words say; without one, how far apart they are."""
    grown: Expression = Add((now, negative(then)))
    return grown if direction > 0 else negative(grown) if direction else Absolute(grown)


def _part(growth: Expression, base: Expression, direction: int) -> Expression:
    return Multiply(HUNDRED, Divide(growth if direction > 0 else negative(growth), base))


def _check(rule: Rule, claim: Claim, right: Expression, others: Sequence[Claim]) -> Check:
    figures = (claim.figure, *(other.figure for other in others))
    off = broken(Variable(claim.figure.id), right, "=", figures)
    if off and (both := _apart(claim, others)) is not None:
        off, right = False, both
    said = " and ".join(other.figure.unescaped for other in others)
    return evolve(
        inferred(
            rule,
            f"{claim.figure.caption}: the {claim.role} of {claim.figure.unescaped} follows from {said}",
            right,
            figures,
        ),
        unlicensed="the amounts of one sentence need not speak of one quantity"
        if off and not _contradicts(claim, right, others)
        else None,
        percent=claim.figure.unit == PERCENT,
    )


def _contradicts(claim: Claim, right: Expression, others: Sequence[Claim]) -> bool:
    """Whether a change that does not follow from the amounts it stands between can only be wrong: both are given, of
    one metric and in its own idiom, and neither is a loss where the other is a gain."""
    level, prior = others
    if captions.of_both_signs(claim.sentence) or _listed(claim, level):
        return False
    if _keyed(claim, right, others):
        return True
    if prior.role != "prior" or not claim.direction or any(one.otherwise for one in (claim, *others)):
        return False
    if bases.otherwise(claim.sentence) or bases.sequential(claim.sentence) or not _told_apart(level, prior):
        return False
    if claim.role == "change" and claim.figure.scale < level.figure.scale:
        return False  # "$4.7 million, a $0.6 decrease": the text leaves the scale to the amount beside it
    return min(len(significant(one.figure)) for one in others) >= CLAIM_BESIDE


def _listed(change: Claim, level: Claim) -> bool:
    """Whether an amount is the next thing that a sentence lists after a change: "a $79 million decrease in benefits and
    a $25 million gain, compared with"."""
    first, then = change.sentence.find(change.figure.text), change.sentence.find(level.figure.text)
    return 0 <= first < then and " and " in change.sentence[first:then]


def _told_apart(level: Claim, prior: Claim) -> bool:
    """Whether two amounts are of one kind of period, and not of the same."""
    now, then = level.figure.period, prior.figure.period
    return (
        now is not None
        and then is not None
        and now != then
        and now.is_instant == then.is_instant
        and now.same_length(then)
    )


def _keyed(claim: Claim, right: Expression, others: Sequence[Claim]) -> bool:
    """Whether one slip of the fingers in the claim explains why it does not follow, and chance hardly does."""
    figure = claim.figure
    amount = comes_to(right, [other.figure for other in others])
    if amount is None or figure.value is None or claim.role != "change" or len(significant(figure)) < 2:
        return False
    amounts = [abs(Fraction(other.figure.value or 0)) for other in others]
    if not min(amounts) or max(amounts) > 100 * min(amounts):
        return False
    room = sum((Fraction(other.figure.step) for other in others), Fraction(figure.step)) / 2
    return best_slip(figure.value, (amount - room, amount + room), figure.step) is not None


def explained(claims: Sequence[Claim]) -> frozenset[str]:
    """The claims of sentences whose own amounts bear them out: "decreased 33% to $1.9 million, compared to $2.8
    million", whatever the tables show."""
    found: set[str] = set()
    for _, said in groupby(claims, key=lambda claim: claim.sentence):
        together = [claim for claim in said if claim.figure.value]
        amounts = [claim for claim in together if claim.role in ("level", "prior")]
        changes = [claim for claim in together if claim.role not in ("level", "prior")]
        if len(amounts) > _MOST or len(changes) > _MOST:
            continue
        for change in changes:
            if change.role == "relative change":
                for moved in (one for one in changes if one.role == "change" and one.figure.unit.is_money):
                    for one in amounts:
                        if one.figure.unit == moved.figure.unit and _makes_up(change, moved, one):
                            found |= {change.figure.id, moved.figure.id, one.figure.id}
            for one in amounts:
                for two in amounts:
                    if one is two or (one.role, two.role) == (
                        "prior",
                        "level",
                    ):  # from the later to the earlier amount nothing is said to change
                        continue
                    if one.figure.unit == two.figure.unit and (grown := _growth(change, one, two)) is not None:
                        if _near(change, comes_to(grown, (one.figure, two.figure))):
                            found |= {change.figure.id, one.figure.id, two.figure.id}
                        elif (
                            one.role == "level"
                            and two.role == "prior"
                            and not broken(
                                Variable(change.figure.id), grown, "=", (change.figure, one.figure, two.figure)
                            )
                        ):
                            found.add(change.figure.id)
    return frozenset(found)


def _makes_up(change: Claim, moved: Claim, now: Claim) -> bool:
    """Whether a percentage is that by which an amount has changed to what it is now, within a unit of its last
    place."""
    grown, amount = Fraction(moved.figure.value or 0), Fraction(now.figure.value or 0)
    base = amount - grown if (change.direction or moved.direction) > 0 else amount + grown
    if base <= 0:
        return False
    room = 50 * (Fraction(moved.figure.step) + abs(grown) * Fraction(now.figure.step) / base) / base
    return _rounded(change, 100 * abs(grown) / base, room)


def _growth(change: Claim, now: Claim, then: Claim) -> Expression | None:
    """What a change between two amounts comes to, in the direction of its words; None where it is of another unit."""
    if change.role != "relative change" or change.figure.in_points:
        grown = _grown(Variable(now.figure.id), Variable(then.figure.id), change.direction)
        return grown if change.figure.unit == now.figure.unit else None
    if now.figure.unit == PERCENT or (now.figure.value or 0) * (then.figure.value or 0) < 0:
        return None
    return _part(
        _grown(Variable(now.figure.id), Variable(then.figure.id), 1), Variable(then.figure.id), change.direction or 1
    )


def _rounded(change: Claim, amount: Fraction, room: Fraction) -> bool:
    """Whether a change is an amount rounded or cut off, give or take what its own rounding leaves open."""
    step, said = Fraction(change.figure.step), abs(Fraction(change.figure.value or 0))
    return -step / 2 - room <= amount - said <= step + room


def _near(change: Claim, amount: Fraction | None) -> bool:
    """Whether a change is this amount, within a unit of its last place."""
    return amount is not None and abs(amount - Fraction(change.figure.value or 0)) <= Fraction(change.figure.step)


def repeats(rule: Rule, claims: Sequence[Claim], tied: set[str]) -> Iterator[Check]:
    """One quantity stated twice: same words, same period, same kind of statement. What the tables settle needs no
    repeat.

    The same words may speak of two things, so a difference says nothing by itself: it speaks where a slip explains it,
    and where what else the two sentences say of the quantity is the same.
    """
    seen: dict[object, Claim] = {}
    for claim in claims:
        about = _about(claim)
        if about is None:
            continue
        first = seen.setdefault(about, claim)
        if first is claim or first.group == claim.group or {claim.figure.id, first.figure.id} <= tied:
            continue
        if not _differ(first, claim) or (_misquoted(first, claim) and _of_one_kind(first, claim, claims)):
            yield repeat(rule, first, claim)


def _misquoted(first: Claim, second: Claim) -> bool:
    """Whether one slip of the fingers turns one amount into the other, and both have digits enough for that to mean
    something."""
    one, two = first.figure, second.figure
    if (
        one.step != two.step
        or one.value is None
        or two.value is None
        or min(len(significant(one)), len(significant(two))) < CLAIM_SEVERAL
    ):
        return False
    room = Fraction(two.step) / 2
    return (
        best_slip(abs(one.value), (abs(Fraction(two.value)) - room, abs(Fraction(two.value)) + room), one.step)
        is not None
    )


def _of_one_kind(first: Claim, second: Claim, claims: Sequence[Claim]) -> bool:
    """Whether the idioms of two claims share another amount of several digits, stated of the same quantity in the same
    way."""
    beside = {_about(claim): claim for claim in claims if claim.group == first.group and claim is not first}
    return any(
        (twin := beside.get(_about(claim))) is not None
        and twin.figure.value == claim.figure.value
        and len(significant(claim.figure)) >= CLAIM_SEVERAL
        for claim in claims
        if claim.group == second.group and claim is not second and _about(claim) is not None
    )


def _about(claim: Claim) -> object:
    """What a claim says how of what, to be compared; None where that is not said plainly."""
    figure = claim.figure
    words = frozenset(key(figure.caption)) - _ADJECTIVES
    if (
        figure.value is None
        or figure.period is None
        or figure.period.end is None
        or words <= _RELATING
        or (figure.unit == PERCENT and words & _DEBT)
        or claim.hedge
        or not figure.tells_period
    ):
        return None
    return words, figure.period, figure.unit, claim.role, claim.base


def _sides(first: Claim, second: Claim) -> tuple[Figure, Figure, Expression]:
    """The coarser figure, the finer one, and what the finer amounts to in the direction of the coarser."""
    coarse, fine = sorted((first.figure, second.figure), key=lambda figure: -figure.step)
    opposite = (coarse.value or 0) * (fine.value or 0) < 0
    right: Expression = negative(Variable(fine.id)) if opposite else Variable(fine.id)
    return coarse, fine, negative(right) if first.direction * second.direction < 0 else right


def _differ(first: Claim, second: Claim) -> bool:
    coarse, fine, right = _sides(first, second)
    return bool(broken(Variable(coarse.id), right, "=", (coarse, fine)))


def repeat(rule: Rule, first: Claim, second: Claim) -> Check:
    """The check that two statements of one quantity agree."""
    coarse, fine, right = _sides(first, second)
    relation = f"{first.figure.caption} of {first.figure.unescaped} = {second.figure.unescaped}"
    return evolve(inferred(rule, relation, right, (coarse, fine)), percent=coarse.unit == PERCENT)
