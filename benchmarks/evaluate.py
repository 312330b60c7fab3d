"""How long a verdict takes: the arithmetic alone, a whole finding, coverage, and the search for suspects.

    python benchmarks/evaluate.py

Prints one line a measure: microseconds of processor time for each check (or milliseconds for a document), the best of
several rounds. A verdict is the arithmetic of one relation in one period, from its expression to agrees, rounding or
violation; a finding adds what is told of it. The relations of the seed are those that the shipped rules decide on
examples/fusion-2013q1.md.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from checker.algebra import linear
from checker.bind import bind
from checker.core.check import Check
from checker.core.expression import Absolute, Add, Constant, Divide, Expression, Multiply, Variable, negative
from checker.core.figure import Figure
from checker.core.place import Place
from checker.core.unit import Unit
from checker.diagnose import diagnose
from checker.evaluate import cover, evaluate
from checker.evaluate.findings import fingerprint
from checker.evaluate.judge import judge
from checker.evaluate.sentence import sentence
from checker.language import load
from checker.pipeline import release

ROUNDS = 7
SEED = Path(__file__).parent.parent / "examples" / "fusion-2013q1.md"


def figure(key: str, value: str, step: str = "1", unit: str = "USD") -> Figure:
    return Figure(
        key, f"{Decimal(value):,}", Decimal(value), Decimal(step), Unit.of(unit), f"Caption {key}", Place(1, 1, (0, 1))
    )


def equation(left: Expression, right: Expression, figures: list[Figure], *, percent: bool = False) -> Check:
    return Check(
        "pack/topic/rule",
        "",
        "left = right",
        "written",
        "2013",
        left=left,
        right=right,
        figures=tuple(figures),
        percent=percent,
    )


def sums(addends: int) -> Check:
    figures = [figure(f"x{at}", str(1234567 + 1009 * at)) for at in range(addends)]
    total = figure("t", str(sum(int(one.value or 0) for one in figures)))
    return equation(Variable("t"), Add(tuple(Variable(one.id) for one in figures)), [total, *figures])


def profit() -> Check:
    figures = [figure("g", "4416825"), figure("r", "16168421"), figure("c", "11751596")]
    return equation(Variable("g"), Add((Variable("r"), negative(Variable("c")))), figures)


def margin() -> Check:
    figures = [figure("p", "27.3", "0.1", "percent"), figure("a", "4416825"), figure("b", "16168421")]
    return equation(
        Variable("p"), Multiply(Constant(Fraction(100)), Divide(Variable("a"), Variable("b"))), figures, percent=True
    )


def growth() -> Check:
    figures = [figure("p", "40.2", "0.1", "percent"), figure("a", "16168421"), figure("b", "11534705")]
    right = Multiply(
        Constant(Fraction(100)), Divide(Add((Variable("a"), negative(Variable("b")))), Absolute(Variable("b")))
    )
    return equation(Variable("p"), right, figures, percent=True)


def document() -> tuple[list[Figure], list[Check]]:
    """300 figures in 60 sums of four, whose totals sum up to ten totals of six; one figure has two digits swapped."""
    figures: list[Figure] = []
    checks: list[Check] = []
    for block in range(10):
        totals: list[Figure] = []
        for group in range(6):
            lines = [
                figure(f"b{block}g{group}l{at}", str((37 * block + 11 * group + at + 3) * 13577)) for at in range(4)
            ]
            total = figure(f"b{block}g{group}", str(sum(int(one.value or 0) for one in lines)))
            checks.append(equation(Variable(total.id), Add(tuple(Variable(one.id) for one in lines)), [total, *lines]))
            totals.append(total)
            figures += [*lines, total]
        value = str(sum(int(one.value or 0) for one in totals))
        if block == 3:
            value = value[:2] + value[3] + value[2] + value[4:]
        grand = figure(f"b{block}", value)
        checks.append(equation(Variable(grand.id), Add(tuple(Variable(one.id) for one in totals)), [grand, *totals]))
        figures.append(grand)
    return figures, checks


def decided() -> list[Check]:
    """The relations of the seed that have a verdict."""
    checks = bind(release(SEED.name, SEED.read_bytes()), load([]))
    return [check for check in checks if check.reason is None and not isinstance(judge(check), str)]


def seconds(work: Callable[[], object], times: int) -> float:
    """The least time of one call over several rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(times):
            work()
        best = min(best, (time.process_time() - began) / times)
    return best


def main() -> None:
    cases = {
        "gross profit (3 figures)": profit(),
        "sum of 5": sums(5),
        "sum of 12": sums(12),
        "margin in percent": margin(),
        "growth in percent": growth(),
    }
    print(f"{'':28}{'verdict':>10}{'sentence':>10}{'fingerprint':>13}{'finding':>10}   microseconds")
    for name, check in cases.items():
        judgement = judge(check)
        assert not isinstance(judgement, str)
        times = [
            seconds(lambda c=check: judge(c), 400),  # type: ignore[misc]
            seconds(lambda c=check, j=judgement: sentence(c, j), 400),  # type: ignore[misc]
            seconds(lambda c=check: fingerprint(c), 400),  # type: ignore[misc]
            seconds(lambda c=check: evaluate([c]), 400),  # type: ignore[misc]
        ]
        print(f"{name:28}{times[0] * 1e6:10.1f}{times[1] * 1e6:10.1f}{times[2] * 1e6:13.1f}{times[3] * 1e6:10.1f}")
    side = profit().right
    assert side is not None
    print(f"{'linear form of one side':28}{seconds(lambda: linear(side), 2000) * 1e6:10.1f}")
    seed = decided()
    times = [seconds(lambda c=check: judge(c), 100) * 1e6 for check in seed]  # type: ignore[misc]
    print(
        f"the seed's {len(seed)} relations: {sum(times) / len(times):.1f} each, "
        f"{sum(one < 5 for one in times)} under 5, the slowest {max(times):.1f}"
    )
    figures, checks = document()
    findings = evaluate(checks)
    print(f"\none document, {len(figures)} figures, {len(checks)} checks, milliseconds")
    print(f"{'evaluate':28}{seconds(lambda: evaluate(checks), 5) * 1e3:10.2f}")
    print(f"{'cover':28}{seconds(lambda: cover(figures, findings), 5) * 1e3:10.2f}")
    print(f"{'diagnose':28}{seconds(lambda: diagnose(findings, figures), 5) * 1e3:10.2f}")


if __name__ == "__main__":
    main()
