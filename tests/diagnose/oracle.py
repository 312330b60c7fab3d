"""The smallest number of wrong figures that explains broken equations, as a solver of integer programs finds it: CP-SAT
of OR-tools.

An oracle for tests only: it knows linear equations and whole multiples of a figure's step, and nothing of evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import Any

from attrs import frozen

from checker.core.figure import Figure
from checker.core.finding import Finding

MOVES = 10**13
"""Steps by which a figure may change at most."""


@frozen
class Equation:
    """`|difference + sum(coefficient * step * move)| <= allowance`."""

    difference: Fraction
    allowance: Fraction
    weights: Mapping[str, Fraction]
    """Coefficient times step, by figure."""


def equations(findings: Iterable[Finding], figures: Sequence[Figure]) -> list[Equation]:
    """The linear equations that have a say, as the diagnosis is told to take them: what holds may go on missing by as
    much as it does."""
    steps = {figure.id: Fraction(figure.step) for figure in figures}
    found = []
    for finding in findings:
        decided = (
            finding.verdict != "not applicable" and finding.difference is not None and finding.allowance is not None
        )
        quiet = finding.verdict == "violation" and (finding.severity == "note" or finding.waived is not None)
        if not decided or quiet or finding.check.comparison != "=":
            continue
        assert finding.difference is not None and finding.allowance is not None
        if any(share.coefficient is None or share.figure not in steps for share in finding.shares):
            continue
        weights = {
            share.figure: share.coefficient * steps[share.figure] for share in finding.shares if share.coefficient
        }
        broken = finding.verdict == "violation"
        found.append(
            Equation(
                finding.difference,
                finding.allowance if broken else max(finding.allowance, abs(finding.difference)),
                weights,
            )
        )
    return found


def fewest(system: Sequence[Equation], most: int) -> int | None:
    """How many figures must change for all equations to stand; None where more than `most` would have to."""
    for size in range(1, most + 1):
        if _solved(system, size, None):
            return size
    return None


def explains(system: Sequence[Equation], figures: Iterable[str]) -> bool:
    """Whether all equations can stand when these figures alone change."""
    return _solved(system, None, frozenset(figures))


def _solved(system: Sequence[Equation], size: int | None, only: frozenset[str] | None) -> bool:
    from ortools.sat.python import cp_model

    model: Any = cp_model.CpModel()
    keys = sorted({key for equation in system for key in equation.weights})
    farthest = max(abs(equation.difference) + equation.allowance for equation in system)
    finest = min(abs(weight) for equation in system for weight in equation.weights.values())
    most_moves = min(MOVES, ceil(8 * farthest / finest) + 1)
    moves = {
        key: model.NewIntVar(-most_moves, most_moves, key) if only is None or key in only else model.NewConstant(0)
        for key in keys
    }
    if size is not None:
        changed = {key: model.NewBoolVar(f"changed {key}") for key in keys}
        for key in keys:
            model.Add(moves[key] == 0).OnlyEnforceIf(changed[key].Not())
        model.Add(sum(changed.values()) <= size)
    for equation in system:
        scale = lcm(*(weight.denominator for weight in equation.weights.values()))
        whole = {key: int(weight * scale) for key, weight in equation.weights.items()}
        common = gcd(*whole.values())
        least, most = (scale * (side * equation.allowance - equation.difference) / common for side in (-1, 1))
        total = sum(weight // common * moves[key] for key, weight in whole.items())
        model.Add(total >= ceil(least))
        model.Add(total <= floor(most))
    solver: Any = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = 20
    status = solver.Solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE), "the solver came to no answer"
    return status != cp_model.INFEASIBLE
