"""`each` sentences: the sums a release's own numbers bear witness to, and its repeats, as checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.algebra.exact import Exact
from checker.bind.changes import change_checks
from checker.bind.claims import SENTENCE, claim_checks
from checker.bind.index import exactly
from checker.bind.lookup import Book, period_text
from checker.bind.percentages import ratio_checks, share_checks
from checker.bind.rates import rate_checks
from checker.bind.trial import to_the_last_digit
from checker.core.caption import normal
from checker.core.check import Check
from checker.core.expression import Expression, Variable, negative, total
from checker.core.figure import Figure
from checker.core.rule import Each, Name, Rule, Sentence, Tolerance
from checker.core.statement import Statement
from checker.core.structure import Instance, Repeat, Sum, SumKind

_KINDS: dict[Sentence, SumKind] = {
    "each total = sum of its lines": "total",
    "each row total = sum of its columns": "row total",
    "each closing balance = opening balance + its movements": "roll-forward",
    "each long period = sum of its short periods": "long period",
}
_UNCONFIRMED = "the sum is only inferred, and nothing confirms that this column should foot"
_CHANGES: dict[Sentence, str] = {"each change column = current - prior": "change", "each percent column = change / prior": "percent"}
_LATER: dict[Sentence, str] = {
    "each comparative agrees with last year's release": "last year's release is not read",
    "each figure agrees with the filing": "the filing is not read",
}


def bind_each(rule: Rule, each: Each, book: Book) -> tuple[Check, ...]:
    """The checks of one sentence; one that says why not where it finds nothing to speak of."""
    if each.sentence in _KINDS:
        checks = tuple(_sum_checks(rule, _KINDS[each.sentence], book))
    elif each.sentence == "each caption agrees wherever it is printed":
        checks = tuple(_repeat_checks(rule, book))
    elif each.sentence == SENTENCE:
        checks = claim_checks(rule, book)
    elif each.sentence == "each amount per share = income / shares":
        checks = tuple(rate_checks(rule, book))
    elif each.sentence == "each share column = figure / base":
        checks = tuple(share_checks(rule, book))
    elif each.sentence == "each percent line = figure / base":
        checks = tuple(ratio_checks(rule, book))
    elif each.sentence in _CHANGES:
        checks = tuple(change_checks(rule, _CHANGES[each.sentence], book))
    else:
        return (_idle(rule, each, f"not yet: {_LATER.get(each.sentence, 'this sentence is not judged')}"),)
    return checks or (_idle(rule, each, "nothing in the release is built that way"),)


def _idle(rule: Rule, each: Each, reason: str) -> Check:
    return Check(rule=rule.id, title=rule.title, relation=each.sentence, basis="inferred", period="", reason=reason, severity=rule.clauses.severity or "error")


def excepted(captions: Sequence[str], names: Sequence[Name]) -> bool:
    """Whether an `except` clause leaves out a line with one of these captions."""
    return any(exactly(name.text) == exactly(caption) if name.quoted else normal(name.text) == normal(caption) for name in names for caption in captions)


def _sum_checks(rule: Rule, kind: SumKind, book: Book) -> Iterator[Check]:
    statements = {statement.index: statement for statement in book.lines.release.statements}
    for one in book.lines.release.sums:
        if one.kind != kind or _left_out(rule, one, statements[one.statement]):
            continue
        for instance in one.instances:
            yield _sum_check(rule, one, instance, book)


def _left_out(rule: Rule, one: Sum, statement: Statement) -> bool:
    if one.kind == "row total":
        captions = [column.head for column in statement.columns if column.index == one.total]
    else:
        captions = [line.caption for line in statement.lines if line.index == one.total]
    return excepted(captions, rule.clauses.excepted)


def _sum_check(rule: Rule, one: Sum, instance: Instance, book: Book) -> Check:
    used = _used(instance, book)
    exact = to_the_last_digit(used, book.lines.release.forces_sums)
    return Check(
        rule=rule.id,
        title=rule.title,
        relation=one.relation,
        basis="inferred",
        period=instance.period,
        left=Variable(instance.total),
        right=total(tuple(_signed(coefficient, key) for coefficient, key in instance.terms)),
        figures=used,
        severity=rule.clauses.severity or "error",
        tolerance=rule.clauses.tolerance or Tolerance("exact" if exact else "rounding"),
        unlicensed=_unlicensed(one, instance, book),
        ticks=rule.clauses.ticks,
        forced=bool(book.lines.release.forces_sums),
        confirmed=_confirmed(one, instance),
    )


def _confirmed(one: Sum, instance: Instance) -> int:
    others = [each.holds for each in one.instances if each is not instance]
    return len(others) if all(others) else 0


def _used(instance: Instance, book: Book) -> tuple[Figure, ...]:
    figures = book.lines.figures
    return (figures[instance.total], *(figures[key] for _, key in instance.terms))


def _unlicensed(one: Sum, instance: Instance, book: Book) -> str | None:
    """Why a broken instance stays a note; None where it holds or may speak.

    Where the document's sums foot to the last digit, one that rounding would explain elsewhere is broken too; it may speak if no other of its sum misses.
    """
    if instance.licensed or (instance.holds and not _residual(instance, book)):
        return None
    if instance.holds and len(one.instances) > 1 and [each for each in one.instances if _residual(each, book)] == [instance]:
        return None
    return _UNCONFIRMED


def _residual(instance: Instance, book: Book) -> Exact:
    values = book.lines.values
    return values[instance.total] - sum(coefficient * values[key] for coefficient, key in instance.terms)


def _signed(coefficient: int, key: str) -> Expression:
    return Variable(key) if coefficient > 0 else negative(Variable(key))


def _repeat_checks(rule: Rule, book: Book) -> Iterator[Check]:
    figures = book.lines.figures
    for repeat in book.lines.release.repeats:
        if not excepted([repeat.caption], rule.clauses.excepted):
            yield _repeat_check(rule, repeat, [figures[key] for key in repeat.figures])


def _repeat_check(rule: Rule, repeat: Repeat, used: Sequence[Figure]) -> Check:
    return Check(
        rule=rule.id,
        title=rule.title,
        relation=f"{repeat.caption} = {repeat.caption}, printed again",
        basis="inferred",
        period=period_text(used[0].period),
        left=Variable(used[0].id),
        right=Variable(used[1].id),
        figures=tuple(used),
        severity=rule.clauses.severity or "error",
        unlicensed=None if repeat.licensed else "that both mean the same is only inferred",
        ticks=rule.clauses.ticks,
    )


