"""The explanations are minimal: no smaller set of wrong figures would do, says a solver that knows nothing of how they
were found."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

pytest.importorskip("ortools", reason="the oracle needs OR-tools (pip install ortools)")

from benchmarks.corpus import files
from benchmarks.mutations import KINDS, applied, drawn, printed
from checker.bind import bind
from checker.core.expression import Variable
from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.diagnose.evidence import neighbours
from checker.diagnose.relations import Relation, components, net
from checker.diagnose.search import hypotheses
from checker.evaluate import evaluate
from checker.language import load
from checker.pipeline import release as read
from tests.diagnose.oracle import Equation, equations, explains, fewest
from tests.diagnose.statements import checks, release
from tests.evaluate.making import check, figure, sum_check

MOST = 3


def nearby(component: Sequence[Relation], findings: Sequence[Finding], figures: Sequence[Figure]) -> list[Equation]:
    """The component and every equation that is linked to it through at most two others: changes spread no farther in so
    few figures."""
    reached = {key for relation in component for key in relation.coefficients}
    linear = [finding for finding in findings if all(share.coefficient is not None for share in finding.shares)]
    for _ in range(MOST):
        reached |= {
            share.figure
            for finding in linear
            if any(share.figure in reached for share in finding.shares)
            for share in finding.shares
        }
    own = [relation.finding for relation in component]
    chosen = [
        one
        for one in linear
        if any(share.figure in reached for share in one.shares) and (one.verdict != "violation" or one in own)
    ]
    return equations(chosen, figures)


def compared(
    findings: Sequence[Finding], figures: Sequence[Figure]
) -> Iterator[tuple[int | None, int | None, list[frozenset[str]], list[Equation]]]:
    """For each component of linear equations: the size found, the size that the oracle finds, the sets found, and the
    equations."""
    equations_, near = net(findings, figures), neighbours(figures)
    for component in components(equations_.broken):
        if any(None in relation.coefficients.values() for relation in component):
            continue
        sets = [frozenset(one.values) for one in hypotheses(component, equations_, near)]
        system = nearby(component, findings, figures)
        yield min(map(len, sets), default=None), fewest(system, MOST), sets, system


def agreed(findings: Sequence[Finding], figures: Sequence[Figure]) -> int:
    """How many components both agree on; it fails where they do not. Where the search gave up (it is bounded) nothing
    is claimed."""
    count = 0
    for size, least, sets, system in compared(findings, figures):
        if size is not None:
            assert size == least
            assert all(explains(system, one) for one in sets[:6])
            count += 1
        elif least is not None:
            assert least > 1, "a single figure that explains everything is never missed"
    return count


def tree(rng: random.Random) -> tuple[list[Figure], list[tuple[str, list[str]]]]:
    """A statement tree of random depth whose sums foot: figures in reading order, and each total with its addends."""
    figures: list[Figure] = []
    sums: list[tuple[str, list[str]]] = []

    def grow(depth: int) -> tuple[str, int]:
        if depth == 0 or rng.random() < 0.25:
            amount = rng.randrange(100, 10 ** rng.randrange(3, 8))
            parts = None
        else:
            parts = [grow(depth - 1) for _ in range(rng.randrange(2, 5))]
            amount = sum(part for _, part in parts)
        name = f"f{len(figures)}"
        figures.append(figure(name, str(amount), caption=name, head="a"))
        if parts is not None:
            sums.append((name, [one for one, _ in parts]))
        return name, amount

    grow(3)
    return figures, sums


def generated(seed: int) -> int:
    """Components of a statement tree with one to three wrong figures on which both agree."""
    rng = random.Random(seed)
    figures, sums = tree(rng)
    for wrong in rng.sample(range(len(figures)), min(len(figures), rng.randrange(1, 4))):
        figures[wrong] = figure(
            figures[wrong].id, str(rng.randrange(100, 10**8)), caption=figures[wrong].caption, head="a"
        )
    by_id = {one.id: one for one in figures}
    return agreed(
        evaluate([sum_check(by_id[total], [by_id[part] for part in parts]) for total, parts in sums]), figures
    )


def broken(seed: int) -> int:
    """The same of a release with one to three wrong figures."""
    rng = random.Random(1000 + seed)
    right = {one.id: int(one.value or 0) for one in release() if one.value}
    changed = {
        key: right[key] + rng.choice((-1, 1)) * rng.randrange(2, 10**7)
        for key in rng.sample(sorted(right), rng.randrange(1, 4))
    }
    figures = release(changed)
    return agreed(evaluate(checks(figures)), figures)


@pytest.mark.parametrize(("drawn_components", "seeds"), [(generated, 60), (broken, 30)])
def test_explanations_are_minimal(drawn_components: Callable[[int], int], seeds: int) -> None:
    assert sum(map(drawn_components, range(seeds))) >= seeds, "so few were compared that it says nothing"


def test_an_error_carried_on_is_two_figures() -> None:
    """A leaf and its subtotal moved together: the sum between them holds, the one above does not."""
    a, b, s, c, t, again = lines = [
        figure("a", "1200"),
        figure("b", "300"),
        figure("s", "1500"),
        figure("c", "700"),
        figure("t", "2000"),
        figure("a2", "1000"),
    ]
    found = evaluate([sum_check(s, [a, b]), sum_check(t, [s, c]), check(Variable("a"), Variable("a2"), [a, again])])
    system = equations(found, lines)
    assert fewest(system, MOST) == 2 and explains(system, {"a", "s"}) and not explains(system, {"a"})
    assert agreed(found, lines) == 2


CORPUS = os.environ.get("TIEOUT_CORPUS")


@pytest.mark.long
@pytest.mark.skipif(not CORPUS, reason="TIEOUT_CORPUS names no corpus of real releases")
def test_explanations_of_broken_documents_are_minimal() -> None:
    """Real releases with one or two figures falsified."""
    rulebook, count = load([]), 0
    for document in [one for one in files(Path(CORPUS or ""), ("a_release",)) if one.is_text][::4]:
        content, rng = document.content(), random.Random(document.name)
        changes = list(drawn(content, printed(content), 2 * len(KINDS), rng))[:4]
        for change in changes:
            copy = read(document.name, applied(content, change))
            count += agreed(evaluate(bind(copy, rulebook)), copy.figures)
    assert count >= 5
