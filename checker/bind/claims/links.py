"""Links a claim to the amounts of the tables: by metric and period alone where that names one quantity, else with its
own value as evidence.

A link that needed the value to be found agrees by construction and can never raise anything; only exact links can.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property, partial
from typing import Literal

from checker.algebra.exact import exact, magnitude
from checker.bind.claims.around import belonging
from checker.bind.claims.names import Key, Meanings, key
from checker.bind.claims.targets import Amount, Target, figures_at, local, one, targets
from checker.bind.index import Spot, rank
from checker.bind.periods import shifted
from checker.core.claim import Claim
from checker.core.expression import HUNDRED, Absolute, Add, Divide, Expression, Multiply, Variable, negative
from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.rule import Comparison
from checker.core.unit import PERCENT, SHARES, Unit, money, per_share
from checker.core.value import frozen
from checker.judge.table import CLAIM_BESIDE, CLAIM_SEVERAL
from checker.judge.trial import broken, printed
from checker.lexicon import bases, hedges

_CHANGES = ("change", "relative change")
_MARGIN = 3
"""Bits that a link found by its value must have over the next one."""
_LINES = 2000
"""Captions that share words with a phrase, among which its amount is sought."""
_AROUND = 8
"""Words before and behind an amount among which those of a caption may stand."""
_BITS = 8
"""Bits that such a link must have over chance."""
_DOLLARS = money("USD")


@frozen
class Link:
    """A claim and what the tables say of it. `now` (and `then`, for changes) are the amounts it rests on."""

    claim: Claim
    target: Target
    expression: Expression
    figures: tuple[Figure, ...]
    comparison: Comparison
    basis: Literal["words", "value"]
    off: bool
    """Whether rounding cannot explain the difference."""
    base: Period | None = None

    @cached_property
    def right(self) -> Fraction | None:
        """What its expression comes to as printed."""
        return comes_to(self.expression, self.figures)

    @property
    def key(self) -> tuple[str, str]:
        """What it is about: the quantity and how it is stated."""
        return self.target.name, self.claim.role


def comparison_of(claim: Claim) -> Comparison:
    """How the claim's amount relates to the true one; "more than" leaves room above."""
    said = hedges.kind(claim.hedge)
    return "<=" if said == "at least" else ">=" if said == "at most" else "="


def link(claim: Claim, meanings: Meanings) -> Link | None:
    """The link of one claim, or None where nothing is found with a clear margin."""
    figure = claim.figure
    if (
        figure.value is None
        or figure.period is None
        or figure.period.end is None
        or claim.hedge == "range"
        or not figure.caption
    ):
        return None
    told = bases.otherwise(figure.caption) or (bases.adjusted(figure.caption) and bases.marks(claim.sentence))
    if claim.otherwise and not told:
        return None  # on another basis than the lines of the tables, whose captions would say it
    unit = _measured(claim)
    found = [
        made for target in _targets(claim, unit, meanings) if (made := compose(claim, target, "words")) is not None
    ]
    agreeing = [made for made in found if not made.off and (not made.target.shared or _tells(claim))]
    named = [made for made in found if made.target.exact]
    plain = [made for made in agreeing if _rounds(claim, made)]
    return next(
        iter((*plain, *(made for made in agreeing if made.target.exact or claim.role in _CHANGES), *named)), None
    ) or _by_value(claim, unit, meanings)


def _tells(claim: Claim) -> bool:
    """Whether an amount has digits enough to choose among several lines of one name; percentages are alike sooner."""
    return len(significant(claim.figure)) >= (CLAIM_SEVERAL if claim.figure.unit == PERCENT else CLAIM_BESIDE)


def link_beside(claim: Claim, meanings: Meanings, statements: frozenset[int]) -> Link | None:
    """The link of a claim to the tables beside it, where their amount agrees: those of the part of the company that the
    text speaks of."""
    figure = claim.figure
    if (
        not statements
        or figure.value is None
        or figure.period is None
        or figure.period.end is None
        or claim.hedge == "range"
    ):
        return None
    words, unit = key(meanings.in_full(figure.caption)), _measured(claim)
    for measured in (unit,) if unit is not None else (_currency(meanings), PERCENT):
        for target in local(words, measured, meanings, statements):
            made = compose(claim, target, "words")
            if made is not None and not made.off and (claim.role in _CHANGES or _rounds(claim, made)):
                return made
    return None


def _measured(claim: Claim) -> Unit | None:
    """The unit of the quantity the claim is about: of a change in points that is percent; a change in percent is about
    an amount and does not say in what."""
    return None if claim.role == "relative change" and not claim.figure.in_points else claim.figure.unit


def _targets(claim: Claim, unit: Unit | None, meanings: Meanings) -> Iterable[Target]:
    found = _called(key(claim.figure.caption), unit, meanings)
    in_full = meanings.in_full(claim.figure.caption)
    return found or (_called(key(in_full), unit, meanings) if in_full != claim.figure.caption else ())


_BY_THE_SHARE = frozenset({"dividend", "distribution"})
"""What is stated by the share, whether its caption says so or not."""


def _called(words: Key, unit: Unit | None, meanings: Meanings) -> Sequence[Target]:
    if unit is not None:
        return targets(words, unit, meanings)
    if set(words) & {"share", "eps"}:
        return targets(words, per_share(_currency(meanings).name), meanings)
    found = (*targets(words, _currency(meanings), meanings), *targets(words, SHARES, meanings))
    if set(words) & _BY_THE_SHARE:
        return (*found, *targets(words, per_share(_currency(meanings).name), meanings))
    return found


def _currency(meanings: Meanings) -> Unit:
    for statement in meanings.book.lines.release.statements:
        for figure in statement.figures:
            if figure.unit.is_money:
                return figure.unit
    return _DOLLARS


def compose(claim: Claim, target: Target, basis: Literal["words", "value"]) -> Link | None:
    """The claim's amount as an expression over the target's amounts; None where those are not reported."""
    period = claim.figure.period
    now = target.at(period) if period is not None else None
    if now is None or period is None or claim.figure.value is None:
        return None
    if claim.role in ("level", "prior"):
        value = Fraction(claim.figure.value)
        opposite = (now.value < 0 < value) or (value < 0 < now.value)
        return _made(claim, target, (negative(now.expression) if opposite else now.expression, now.figures), basis)
    base = claim.base or shifted(period, "prior")
    if base is not None and not (base.is_instant or period.is_instant or base.same_length(period)):
        return None
    then = target.at(base) if base is not None else None
    if then is None or then.value == 0:
        return None
    expression = _change(claim, target, now, then)
    figures = tuple({figure.id: figure for figure in (*now.figures, *then.figures)}.values())
    return _made(claim, target, (expression, figures), basis, base) if expression is not None else None


def _change(claim: Claim, target: Target, now: Amount, then: Amount) -> Expression | None:
    """The change, positive in the direction the text says; of two losses the sizes are compared."""
    sign = -1 if now.value < 0 and then.value < 0 else 1
    difference: Expression = Add((now.expression, negative(then.expression)))
    if not claim.direction or (now.value == 0 and then.value < 0):  # nothing more is paid, or nothing more is lost
        difference = Absolute(difference)
    elif claim.direction * sign < 0:
        difference = negative(difference)
    points = claim.figure.in_points
    if points != (target.percent or any(figure.unit == PERCENT for figure in now.figures)):
        return None
    if claim.role == "relative change" and not points:
        divisor = negative(then.expression) if then.value < 0 else then.expression
        return Multiply(HUNDRED, Divide(difference, divisor))
    return difference


def _made(
    claim: Claim,
    target: Target,
    side: tuple[Expression, tuple[Figure, ...]],
    basis: Literal["words", "value"],
    base: Period | None = None,
) -> Link | None:
    expression, figures = side
    if claim.figure.value is None:
        return None
    comparison = comparison_of(claim)
    off = broken(Variable(claim.figure.id), expression, comparison, (claim.figure, *figures))
    if (
        claim.figure.step < 1
        and abs(Fraction(claim.figure.value)) < 1000
        and claim.figure.unit.is_money
        and all(figure.step >= 1 for figure in figures)
    ):
        return None  # dollars and cents beside whole dollars: an amount per something that the text does not repeat
    if off is None or claim.figure.id in {figure.id for figure in figures}:
        return None
    return Link(claim, target, expression, figures, comparison, basis, off, base)


# ---- links that the value itself must confirm ------------------------------------------------------------------------


def _by_value(claim: Claim, unit: Unit | None, meanings: Meanings) -> Link | None:
    """Among the lines that share words with the phrase, the one whose amount the claim prints, where chance is no
    explanation."""
    words = key(meanings.in_full(claim.figure.caption))
    digits = significant(claim.figure)
    if len(digits) < 3 or unit is None or unit.is_bare or comparison_of(claim) != "=":
        return None
    near = [(caption, spots) for caption, spots in meanings.sharing(words)[:_LINES] if _covers(words, caption)]
    return _best(claim, unit, (words, near)) if words else None


def link_around(claim: Claim, meanings: Meanings) -> Link | None:
    """The link of a claim that nothing else ties to the line whose caption, of two words or more, stands around its
    amount and which prints it for its period: a tick, and no evidence for anything else."""
    unit = _measured(claim)
    if (
        claim.figure.value is None
        or claim.figure.period is None
        or claim.figure.period.end is None
        or claim.otherwise
        or comparison_of(claim) != "="
        or unit is None
        or unit.is_bare
        or len(significant(claim.figure)) < CLAIM_SEVERAL
    ):
        return None
    said = belonging(claim, _AROUND)
    whole = [
        (caption, spots)
        for caption, spots in meanings.sharing(tuple(said))[:_LINES]
        if len(set(caption)) > 1 and said.issuperset(caption)
    ]
    return _best(claim, unit, (tuple(said), whole), around=True)


def _best(
    claim: Claim, unit: Unit, among: tuple[Key, Sequence[tuple[Key, tuple[Spot, ...]]]], around: bool = False
) -> Link | None:
    """The line among some, by their captions, whose amount the claim prints with a clear margin in bits over chance and
    over any other amount. Of the words around a claim those that no caption has say nothing against it."""
    words, near = among
    digits = significant(claim.figure)
    found: dict[str, tuple[float, Link]] = {}
    chance = math.log2(1 + sum(len(spots) for _, spots in near))
    for caption, spots in near:
        shared = set(words) & set(caption)
        for spot in spots:
            if rank(spot.statement) == 3 and len(shared) < len(caption):
                continue
            target = Target(
                spot.line.caption.strip().rstrip(":"),
                partial(_only_at, spot, unit),
                exact=False,
            )
            made = compose(claim, target, "value")
            if made is None or made.off or not _rounds(claim, made):
                continue
            unsaid = 0 if around else len(set(words) ^ set(caption))
            bits = math.log2(10) * len(digits) + 2 * len(shared) - unsaid - chance
            name = str(magnitude(exact(made.figures[0].value or 0)))
            if name not in found or found[name][0] < bits:
                found[name] = (bits, made)
    ranked = sorted(found.values(), key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < _BITS or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN):
        return None
    return ranked[0][1]


def _rounds(claim: Claim, made: Link) -> bool:
    """Whether the amounts as printed round to each other, without a second rounding."""
    step = max(figure.step for figure in (claim.figure, *made.figures))
    return made.right is not None and 2 * abs(abs(made.right) - magnitude(exact(claim.figure.value or 0))) <= exact(
        step
    )


def _only_at(spot: Spot, unit: Unit, period: Period) -> Amount | None:
    figures = figures_at(spot, unit, period)
    return one(figures) if figures else None


def _covers(words: Key, caption: Key) -> bool:
    """Whether the caption's words are nearly all said, or the phrase's words nearly all printed."""
    shared = len(set(words) & set(caption))
    return shared * 4 >= 3 * len(set(caption)) or shared >= len(set(words))


def significant(figure: Figure) -> str:
    """The digits of a printed amount that carry information."""
    return str(abs(int(Fraction(figure.value or 0) / Fraction(figure.step)))) if figure.step and figure.value else ""


def comes_to(expression: Expression, figures: Iterable[Figure]) -> Fraction | None:
    """What an expression comes to as printed."""
    return printed(expression, {figure.id: exact(figure.value or 0) for figure in figures})
