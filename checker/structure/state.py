"""From a fit to a `Sum`: figure ids, periods, captions as a person would write them."""

from __future__ import annotations

from attrs import frozen

from checker.core.structure import Instance, Sum, SumKind
from checker.structure.fit import Fit
from checker.structure.grid import Grid


@frozen
class Stated:
    """What a sum needs beyond its fit: what kind it is, which table, and which broken cases may speak and why."""

    kind: SumKind
    statement: int
    licences: dict[int, str]
    bits: int


def state(grid: Grid, fit: Fit, stated: Stated) -> Sum:
    """The sum by figure ids. Where it is broken in two cases or more, those are our misreading and are left out."""
    silent = len(fit.broken) > 1
    instances = tuple(
        _instance(grid, fit, case.case, (case.holds, stated.licences.get(case.case, ""))) for case in fit.cases if case.holds or not silent
    )
    relation = f"{_caption(grid, fit.total)} = {_right(grid, fit)}"
    terms = tuple((coefficient, grid.items[item].position) for coefficient, item in fit.terms)
    return Sum(stated.kind, stated.statement, relation, grid.items[fit.total].position, terms, instances, stated.bits)


def _instance(grid: Grid, fit: Fit, place: int, judged: tuple[bool, str]) -> Instance:
    total = grid.figures[fit.total][place]
    assert total is not None
    terms = tuple((coefficient, figure.id) for coefficient, item in fit.terms if (figure := grid.figures[item][place]) is not None)
    period = total.period.text if total.period is not None and total.period.text else total.head
    return Instance(total.id, terms, period, judged[0], "" if judged[0] else judged[1])


def _caption(grid: Grid, item: int) -> str:
    caption = " ".join(grid.items[item].caption.split()).rstrip(":")
    return caption or "(no caption)"


def _right(grid: Grid, fit: Fit) -> str:
    pieces = []
    for place, (coefficient, item) in enumerate(fit.terms):
        sign = ("" if coefficient > 0 else "-") if place == 0 else (" + " if coefficient > 0 else " - ")
        pieces.append(sign + _caption(grid, item))
    return "".join(pieces)
