"""Several documents at once, in processes of their own. Answers come in input order; a worker that dies or hangs costs
its document, never the run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from checker.api.document import answer, crashed, late
from checker.api.inputs import Input
from checker.api.limits import Limits
from checker.bulk.pool import Died, Late, Setup, answered
from checker.cli import SELDOM
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.core.value import frozen

_GRACE = 10
"""Seconds that a worker may take beyond its own alarm before it is ended from outside."""


@frozen
class Asked:
    """What a worker does with a document. `looks`: the paths of those that it keeps as they look, too."""

    rulebook: Rulebook
    limits: Limits
    looks: frozenset[str] = frozenset()

    def __call__(self, document: Input) -> Checked:
        found = answer(document, self.rulebook, self.limits, looks=document.path in self.looks)
        return attrs.evolve(found, coverage=dict(found.coverage))


def answers(documents: Sequence[Input], asked: Asked, jobs: int) -> Iterator[Checked]:
    """The answer to each document, in input order, from `jobs` processes."""
    done: dict[int, Checked] = {}
    following = 0
    setup = Setup(asked, min(jobs, len(documents)), asked.limits.seconds + _GRACE, seldom=SELDOM)
    for index, found in answered(documents, setup):
        done[index] = _answer(found, documents[index], asked.limits)
        while following in done:
            yield done.pop(following)
            following += 1


def _answer(found: object, document: Input, limits: Limits) -> Checked:
    match found:
        case Checked():
            return found
        case Late():
            return late(document, limits)
        case Died(status):
            return crashed(document, f"the process ended with {status}")
        case _:
            return crashed(document, "no answer")
