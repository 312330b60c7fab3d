"""What became of the facts of a filing, in numbers and in words: how many stand on print and agree with it, and where
our reading of print is in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.algebra.notation import grouped
from checker.bind.tags.compared import Compared, Pair, compared, same_period
from checker.bind.tags.printed import claims_more, is_doubtful, shown_step
from checker.core.problem import Problem
from checker.core.release import Release
from checker.core.report import Tagged


def tagged(release: Release) -> tuple[Tagged | None, tuple[Problem, ...]]:
    """The counts over the facts of a release, and what is said once of all of them; nothing where it has no tags."""
    facts = release.tags.facts
    if not facts or release.source.is_without_print:
        return None, ()
    found = compared(release)
    doubtful = [pair for pair in found.pairs if pair.figure.origin == "table" and is_doubtful(pair, found)]
    shown = {fact.sort for fact in facts if not fact.hidden}
    hidden = sum(fact.hidden and fact.value is not None and fact.sort not in shown for fact in facts)
    counts = Tagged(
        facts=len(facts),
        tied=len(found.pairs),
        agree=sum(pair.is_same_size for pair in found.pairs),
        doubtful=len(doubtful),
        hidden=hidden,
        calculations=len(release.tags.contributions),
    )
    return counts, (*doubts(release, found, doubtful), *claims(release, found), *unshown(release))


def doubts(release: Release, found: Compared, doubtful: list[Pair]) -> Iterator[Problem]:
    """Where tags and our reading of print part company for whole lines or columns: the reading is as likely wrong as
    they are, and is said once."""
    path = release.source.path
    if doubtful:
        message = (
            f"{_count(len(doubtful))} read otherwise than the tags state, whole lines at a time; the first stands here"
        )
        yield Problem(
            "P110",
            "note",
            message,
            path,
            doubtful[0].figure.place,
            help="its scale or unit may have been read wrong, or the tags of the line are",
        )
    moved = [pair for pair in found.pairs if _is_moved(pair, found)]
    if moved:
        message = (
            f"{_count(len(moved))} read for another period than the tags of the column state; the first stands here"
        )
        yield Problem(
            "P111",
            "note",
            message,
            path,
            moved[0].figure.place,
            help="the head of the column may have been read wrong, or its tags are",
        )


def claims(release: Release, found: Compared) -> Iterator[Problem]:
    """Tags that say they are rounded to less than their print shows: once, with the first of them."""
    claiming = [pair for pair in found.pairs if claims_more(pair, found)]
    if claiming:
        first = claiming[0]
        step, shown = (grouped(Fraction(one)) for one in (first.step or 1, shown_step(first.figure)))
        tags = "1 tag says that it is" if len(claiming) == 1 else f"{len(claiming)} tags say that they are"
        message = (
            f"{tags} rounded to less than print shows; the first is that of {first.figure.unescaped}, to {step}, "
            f"and print shows {shown}"
        )
        yield Problem("P113", "note", message, release.source.path, first.figure.place, help="print is what is judged")


def unshown(release: Release) -> Iterator[Problem]:
    """Amounts that are tagged in a hidden part of the page and shown nowhere: once, with the first of their
    concepts."""
    shown = {fact.sort for fact in release.tags.facts if not fact.hidden}
    hidden = [fact for fact in release.tags.facts if fact.hidden and fact.value is not None and fact.sort not in shown]
    if hidden:
        names = list(dict.fromkeys(fact.concept for fact in hidden))
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        amounts = "1 amount is" if len(hidden) == 1 else f"{len(hidden)} amounts are"
        message = f"{amounts} tagged where nothing is shown: {', '.join(names[:_NAMED])}{more}"
        yield Problem(
            "P112", "note", message, release.source.path, hidden[0].place, help="no reader of the page sees them"
        )


_NAMED = 3
"""Concepts of hidden amounts that are named."""


def _count(number: int) -> str:
    return "1 printed figure is" if number == 1 else f"{number} printed figures are"


def _is_moved(pair: Pair, found: Compared) -> bool:
    """Whether its column has one period by its tags, and another as it was read."""
    if pair.figure.period is None or pair.figure.period.end is None:
        return False
    stated = found.period_of_column(pair)
    return stated is not None and stated == pair.fact.period and not same_period(pair.figure.period, stated)
