"""The one sentence of a finding: its arithmetic in the figures as printed, and what follows."""

from __future__ import annotations

from fractions import Fraction

from checker.algebra.exact import decimal_places
from checker.algebra.notation import PRODUCT, Notation, grouped, written
from checker.core.check import Check
from checker.core.expression import Constant, Variable
from checker.core.figure import Figure
from checker.evaluate.judge import Judgement
from checker.lexicon.one_scale import common_scale, less, printed_scale, scale_word, unit_word

_CONTRARY = {"=": "is not", "<": "is not below", "<=": "is above", ">": "is not above", ">=": "is below", "!=": "is"}


def sentence(check: Check, judgement: Judgement) -> str:
    """What was computed and what it means, in plain English."""
    figures = {figure.id: figure for figure in check.figures}
    scale = printed_scale(check)
    notation = Notation(lambda name: _shown(figures[name]), decimal, PRODUCT)
    left, right = ("" if side is None else written(less(side, scale), notation) for side in (check.left, check.right))
    if judgement.verdict == "agrees":
        return f"{left} {check.comparison} {right}{_rounds(check, judgement)}"
    allowance = short(judgement.allowance / scale)
    apart = so_much(
        (short(abs(judgement.difference) / scale), unit_word(check), scale_word(scale)),
        abs(judgement.difference) / judgement.coarsest if judgement.coarsest else None,
    )
    if judgement.verdict == "rounding":
        explains = "the rule tolerates" if check.tolerance.kind == "amount" else "rounding explains"
        worth = ", but so much is unlikely" if judgement.unlikely else ""
        return f"{left} {check.comparison} {right} but for {apart}; {explains} up to {allowance}{worth}"
    limit = {
        "rounding": f"rounding explains no more than {allowance}",
        "exact": "the rule allows none",
        "amount": f"the rule tolerates no more than {allowance}",
    }[check.tolerance.kind]
    over = f"; {check.leaves_out}" if check.passed_over else ""
    return failing((left, check.comparison, right), _computed(check, judgement), apart, f"{limit}{over}")


def failing(sides: tuple[str, str, str], computed: str, apart: str, limit: str) -> str:
    """What is said of a violation: both sides and how they are compared, what the right one comes to, how far they are
    apart, and what would be allowed."""
    left, comparison, right = sides
    return f"{left} {_CONTRARY[comparison]} {right}{computed}: the difference is {apart}, and {limit}"


def so_much(words: tuple[str, str, str], units: Fraction | None) -> str:
    """A difference: its amount, what it counts and in what scale; and how many units of the last place it is."""
    said = " ".join(word for word in words if word)
    if units is None:
        return said
    if units == 1:
        return f"{said} (one unit of the last place)"
    about = units if units.denominator == 1 else round(units * 10) / Fraction(10)
    return f"{said}{units_of_last_place(decimal(about))}"


def units_of_last_place(number: str) -> str:
    """What is said behind a difference of more or less than one unit."""
    return f" ({number} units of the last place)"


def decimal(number: Fraction) -> str:
    """The number with thousands separators, a negative one in brackets as figures are printed."""
    return f"({grouped(number)})" if number.numerator < 0 else grouped(number)


def _shown(figure: Figure) -> str:
    """A figure as printed; a dash that stands for nothing is 0, or it would look like a sign."""
    text = figure.text.strip()
    return "0" if figure.value == 0 and not any(character.isdigit() for character in text) else text


def _computed(check: Check, judgement: Judgement) -> str:
    """What the right side comes to, where it is more than one figure and all are printed in one scale."""
    one_scale = common_scale(check) != 1 or all(figure.scale == 1 for figure in check.figures)
    if isinstance(check.right, Variable | Constant) or check.right is None or not one_scale:
        return ""
    return f" = {short(judgement.right / printed_scale(check))}"


def short(number: Fraction) -> str:
    """The number as `decimal` has it where that is short, else to four significant digits after the point begins to
    tell."""
    places = decimal_places(number)
    if places is not None and places <= 4:
        return decimal(number)
    lead = len(str(number.denominator // abs(number.numerator))) - 1 if abs(number) < 1 else 0
    return decimal(Fraction(round(number * 10 ** (lead + 4)), 10 ** (lead + 4)))


def _rounds(check: Check, judgement: Judgement) -> str:
    """For an equation that holds after rounding only: that it does."""
    if check.comparison != "=" or not judgement.difference:
        return ""
    return f", rounded to {decimal(judgement.coarsest / printed_scale(check))}"
