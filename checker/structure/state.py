"""From a draft to a `Sum`: figure ids, periods, captions as a person would write them."""

from __future__ import annotations

from checker.core.structure import Instance, Sum
from checker.structure.draft import Draft
from checker.structure.fit import Case
from checker.structure.grid import Grid
from checker.structure.licence import Licence, Licences, doubtful


def state(draft: Draft, licences: Licences) -> Sum:
    """The sum by figure ids. Broken cases that are our misreading are left out; a sum that is believed only without its
    broken case, and may not speak there, says nothing at all: it only shows which lines belong together.
    """
    grid, fit = draft.grid, draft.fit
    slip = draft.slip
    if slip is not None:
        licences = dict.fromkeys(slip.cases, Licence(slip.reason, slip.severity))
    silent = slip is None and doubtful(draft) and not licences
    unheard = slip is None and fit.apart and not licences
    instances = tuple(
        _instance(draft, case, licences.get(case.case))
        for case in fit.cases
        if not unheard and _stands(draft, case, silent)
    )
    relation = f"{_caption(grid, fit.total)} = {_right(draft)}"
    terms = tuple((coefficient, grid.items[item].position) for coefficient, item in fit.terms)
    return Sum(draft.kind, draft.statement, relation, grid.items[fit.total].position, terms, instances, draft.bits)


def _stands(draft: Draft, case: Case, silent: bool) -> bool:
    return case.holds or (case.case in draft.slip.cases if draft.slip is not None else not silent)


def _instance(draft: Draft, case: Case, licence: Licence | None) -> Instance:
    figures = draft.grid.figures
    total = figures[draft.fit.total][case.case]
    assert total is not None
    terms = tuple(
        (coefficient, figure.id)
        for coefficient, item in draft.fit.terms
        if (figure := figures[item][case.case]) is not None
    )
    period = total.period.text if total.period is not None and total.period.text else total.head
    if case.holds or licence is None:
        return Instance(total.id, terms, period, case.holds)
    return Instance(
        total.id,
        terms,
        period,
        False,
        licence.reason,
        licence.severity,
        licence.likelihood,
        draft.slip.kind if draft.slip is not None else None,
    )


def _caption(grid: Grid, item: int) -> str:
    caption = " ".join(grid.items[item].caption.split()).rstrip(":")
    return caption or "(no caption)"


def _right(draft: Draft) -> str:
    grid = draft.grid
    captions = [_caption(grid, item) for _, item in draft.fit.terms]
    pieces = []
    for place, (coefficient, item) in enumerate(draft.fit.terms):
        sign = ("" if coefficient > 0 else "-") if place == 0 else (" + " if coefficient > 0 else " - ")
        pieces.append(sign + (captions[place] if captions.count(captions[place]) == 1 else _placed(grid, item)))
    return "".join(pieces)


def _placed(grid: Grid, item: int) -> str:
    """The caption of a line after the nearest head that tells it from others of the same caption."""
    caption = _caption(grid, item)
    heads = [
        head
        for head in (" ".join(each.split()).rstrip(":") for each in grid.items[item].under)
        if head and head != caption
    ]
    return f"{heads[-1]}: {caption}" if heads else caption
