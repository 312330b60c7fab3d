"""The sums that a release's own numbers bear witness to, and its repeats, as checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from checker.algebra.exact import Exact, magnitude
from checker.bind.inferred import inferred
from checker.bind.lookup import Book
from checker.core.check import Check
from checker.core.expression import Expression, Variable, negative, total
from checker.core.figure import Figure
from checker.core.problem import SEVERITIES
from checker.core.rule import Rule, Tolerance
from checker.core.structure import Instance, Repeat, Sum, SumKind
from checker.core.value import evolve
from checker.judge.table import FORCED_UNITS
from checker.judge.trial import a_unit_of_a_note, in_cents, to_the_last_digit

_GARBLED = "an amount among its addends cannot be read"
_UNCONFIRMED = "the sum is only inferred, and nothing confirms that this column should foot"


def sum_checks(kind: SumKind, rule: Rule, book: Book) -> Iterator[Check]:
    """The checks of a sentence of one kind of sum."""
    for one in book.lines.release.sums:
        if one.kind == kind:
            for instance in one.instances:
                yield _sum_check(rule, one, instance, book)


def _sum_check(rule: Rule, one: Sum, instance: Instance, book: Book) -> Check:
    used = _used(instance, book)
    forced = book.lines.release.forces_sums
    to_the_unit = (
        to_the_last_digit(used, forced)
        or _kept_in_cents(one, instance, used, book)
        or (bool(forced) and _astray(one, instance, used, book))
    )
    return evolve(
        inferred(
            rule, one.relation, total(tuple(_signed(coefficient, key) for coefficient, key in instance.terms)), used
        ),
        period=instance.period,
        tolerance=Tolerance("exact" if to_the_unit else "rounding"),
        unlicensed=_unlicensed(one, instance, book),
        forced=bool(forced),
        confirmed=_confirmed(one, instance),
        severity="note"
        if to_the_unit and a_unit_of_a_note(_residual(instance, book), used, instance.total in book.lines.primary)
        else min(rule.clauses.severity or "error", instance.severity, key=SEVERITIES.index),
        because=instance.licensed,
        likelihood=instance.likelihood,
        slip=instance.slip,
    )


def _kept_in_cents(one: Sum, instance: Instance, used: Sequence[Figure], book: Book) -> bool:
    """Whether a sum of cents is kept to the cent: every other column of it is (docs/decisions/0053)."""
    others = [each for each in one.instances if each is not instance]
    return in_cents(used) and bool(others) and not any(_residual(each, book) for each in others)


def _astray(one: Sum, instance: Instance, used: Sequence[Figure], book: Book) -> bool:
    """Whether the sum misses here alone, in a document that forces its sums, within what rounding would explain, but by
    more than the unit that such documents let a sum miss by now and then (docs/decisions/0104)."""
    steps = {figure.step for figure in used}
    if not instance.holds or len(steps) > 1 or any(figure.is_cut_off for figure in used) or len(one.instances) < 2:
        return False
    if magnitude(_residual(instance, book)) < FORCED_UNITS * Fraction(steps.pop()):
        return False
    return [each for each in one.instances if _residual(each, book)] == [instance]


def _confirmed(one: Sum, instance: Instance) -> int:
    others = [each.holds for each in one.instances if each is not instance]
    return len(others) if all(others) else 0


def _used(instance: Instance, book: Book) -> tuple[Figure, ...]:
    figures = book.lines.figures
    return (figures[instance.total], *(figures[key] for _, key in instance.terms))


def _unlicensed(one: Sum, instance: Instance, book: Book) -> str | None:
    """Why a broken instance stays a note; None where it holds or may speak.

    Where the document's sums foot to the last digit, one that rounding would explain elsewhere is broken too; it may
    speak if no other of its sum misses.
    """
    if not instance.holds and book.lines.garbled(_used(instance, book)):
        return _GARBLED
    if instance.licensed or (instance.holds and not _residual(instance, book)):
        return None
    if (
        instance.holds
        and len(one.instances) > 1
        and [each for each in one.instances if _residual(each, book)] == [instance]
    ):
        return None
    return _UNCONFIRMED


def _residual(instance: Instance, book: Book) -> Exact:
    values = book.lines.values
    return values[instance.total] - sum(coefficient * values[key] for coefficient, key in instance.terms)


def _signed(coefficient: int, key: str) -> Expression:
    return Variable(key) if coefficient > 0 else negative(Variable(key))


def repeat_checks(rule: Rule, book: Book) -> Iterator[Check]:
    """The checks of `each caption agrees wherever it is printed`."""
    figures = book.lines.figures
    for repeat in book.lines.release.repeats:
        yield _repeat_check(rule, repeat, tuple(figures[key] for key in repeat.figures))


def _repeat_check(rule: Rule, repeat: Repeat, used: tuple[Figure, ...]) -> Check:
    again = negative(Variable(used[1].id)) if repeat.turned else Variable(used[1].id)
    check = inferred(rule, f"{repeat.caption} = {repeat.caption}, printed again", again, used)
    check = evolve(check, turned=(used[1].id,)) if repeat.turned else check
    return check if repeat.licensed else evolve(check, unlicensed="that both mean the same is only inferred")
