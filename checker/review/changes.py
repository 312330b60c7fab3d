"""What a save has changed: which figures read otherwise now, and what that has untied or tied again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checker.compare import Cause, Change, compare
from checker.compare.spots import aligned
from checker.compare.words import counted
from checker.core.figure import Figure, Status
from checker.core.finding import Finding
from checker.core.report import Checked
from checker.core.value import frozen

_MOST = 30
"""Changes that are told one by one."""
_HOLDS = ("agreed", "rounding")


@frozen
class Told:
    """One change in a sentence, with the findings and the figures of the new draft to look at."""

    text: str
    findings: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


def drafts(before: Checked, after: Checked) -> tuple[Told, ...]:
    """What another draft has changed, those changes first that untied something."""
    compared = compare(before, after, "drafts")
    was = _statuses_before(before, after)
    broken = [one for one in compared.appeared if one.verdict == "violation"]
    told = []
    seen: set[str] = set()
    for cause in compared.causes:
        mine = [one for one in broken if one.id not in seen and _has(one, cause)]
        seen |= {one.id for one in mine}
        told.append(_cause(cause, mine, (after, was)))
    told.sort(key=lambda one: not one.findings)
    kept = told[:_MOST]
    if len(told) > _MOST:
        kept.append(Told(f"And {len(told) - _MOST} more figures read otherwise."))
    rest = [one for one in broken if one.id not in seen]
    return (*kept, *_others(rest, compared.fixed), *_printed(compared.added, compared.removed), *_nothing(kept))


def rules_changed(before: Checked, after: Checked) -> tuple[Told, ...]:
    """What other rules have changed of the same draft."""
    had, has = (
        {one.id: one for one in checked.findings if one.verdict != "not applicable"} for checked in (before, after)
    )
    new = [one for name, one in has.items() if name not in had]
    told = []
    for verdict, word in (("agrees", "agrees"), ("rounding", "holds within rounding"), ("violation", "does not hold")):
        told += [
            Told(f"{one.check.in_words}{_period(one)}: {word}", (one.id,), _figures(one))
            for one in new
            if one.verdict == verdict
        ][:_MOST]
    said = [(one, _names(one) - _names(had[name])) for name, one in has.items() if name in had]
    told += [
        Told(f"{one.check.in_words}{_period(one)}: {' and '.join(sorted(more))} says it too", (one.id,))
        for one, more in said
        if more
    ][:_MOST]
    gone = [one for name, one in had.items() if name not in has]
    if gone:
        told.append(Told(f"{counted(len(gone), 'relationship')} no longer judged"))
    return tuple(told) or (Told("The rules were read again: nothing changes."),)


def _names(finding: Finding) -> set[str]:
    """The rules that say it."""
    return {name.partition("#")[0] for name in (finding.check.rule, *finding.check.also)}


def _statuses_before(before: Checked, after: Checked) -> Mapping[str, Status]:
    """What was said of each figure of the new draft in the old one."""
    return {
        two.id: before.coverage[one.id].status
        for one, two in aligned(before, after)
        if one is not None and two is not None
    }


def _has(finding: Finding, cause: Cause) -> bool:
    """Whether a change has a part in a finding."""
    changed = {one.new.id for one in (*cause.roots, *cause.moved)}
    return any(figure.id in changed for figure in finding.check.figures)


def _cause(cause: Cause, broken: Sequence[Finding], known: tuple[Checked, Mapping[str, Status]]) -> Told:
    after, was = known
    figures = {figure.id: figure for one in broken for figure in one.check.figures}
    untied = [name for name in figures if was.get(name) in _HOLDS and after.coverage[name].status == "violated"]
    changed = [one.new.id for one in (*cause.roots, *cause.moved)]
    again = [name for name in changed if was.get(name) == "violated" and after.coverage[name].status in _HOLDS]
    said = "; ".join(_change(one) for one in cause.roots[:3]) + (
        f" and {len(cause.roots) - 3} more" if len(cause.roots) > 3 else ""
    )
    if untied:
        said += f" has untied {counted(len(untied), 'figure')}"
    elif broken:
        said += f" has broken {counted(len(broken), 'relationship')}"
    elif again:
        said += f" has tied {counted(len(again), 'figure')} again"
    elif cause.moved:
        said += f", and {counted(len(cause.moved), 'figure')} moved with it"
    return Told(
        said, tuple(one.id for one in broken), tuple(dict.fromkeys((*(one.new.id for one in cause.roots), *untied)))
    )


def _change(one: Change) -> str:
    period = one.new.period.text if one.new.period else one.new.head
    return (
        f"The change to {one.new.caption or 'a figure'}{f', {period}' if period else ''}: {one.old.text} → "
        f"{one.new.text}"
    )


def _others(broken: Sequence[Finding], fixed: Sequence[Finding]) -> Iterator[Told]:
    if broken:
        yield Told(
            f"{counted(len(broken), 'more finding')} that no changed figure stands in", tuple(one.id for one in broken)
        )
    if fixed:
        yield Told(f"{counted(len(fixed), 'finding')} gone")


def _printed(added: Sequence[Figure], removed: Sequence[Figure]) -> Iterator[Told]:
    if added:
        yield Told(f"{counted(len(added), 'figure')} new", (), tuple(one.id for one in added[:_MOST]))
    if removed:
        yield Told(f"{counted(len(removed), 'figure')} taken out")


def _nothing(told: Sequence[Told]) -> Iterator[Told]:
    if not told:
        yield Told("A new draft was saved: no figure reads otherwise.")


def _period(finding: Finding) -> str:
    return f", {finding.check.period}" if finding.check.period else ""


def _figures(finding: Finding) -> tuple[str, ...]:
    return tuple(one.id for one in finding.check.figures)
