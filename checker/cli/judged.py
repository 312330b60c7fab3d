"""Documents checked under a policy, for the commands that write waivers and baselines: what `tieout check` would say of
them, without a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from checker.api.against import holding
from checker.api.document import answer
from checker.api.inputs import Input, inputs
from checker.api.limits import Limits
from checker.cli import CONFIGURATION
from checker.cli.options import say
from checker.cli.outputs import spared
from checker.cli.policy import Decisions, policy
from checker.cli.rulebook import rulebook
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.core.value import frozen
from checker.gate import INTERNAL, UNREADABLE
from checker.gate.dials import probed
from checker.gate.policy import Policy, applied
from checker.gate.selection import Selection
from checker.gate.status import INTERNAL_CODE


@frozen
class Request:
    """Which rules are to run, and under which policy."""

    rules: tuple[str, ...]
    no_shipped: bool
    selection: Selection
    decisions: Decisions
    written: Path | None = None
    """The file that the command will write, and the option that names it."""
    option: str = ""
    against: tuple[str, ...] = ()
    """Files that the documents are held against."""


def judged(paths: Sequence[str], request: Request, once: bool = False) -> tuple[Policy, tuple[Checked, ...]]:
    """The policy, and every document as its gate sees it; with `once` none of them twice."""
    rules = rulebook(request.rules, request.no_shipped, request.selection)
    decided = policy(request.decisions, rules, request.selection)
    limits, asking = Limits(), probed(rules)
    given = inputs(paths, limits.size)
    if request.written is not None:
        spared(request.written, request.option, _others(taken(given.documents, rules, decided), request.option))
    held = holding(request.against, rules, limits)
    documents = tuple(
        applied(held(answer(one, asking, limits)), decided).checked
        for one in (given.distinct if once else given.documents)
    )
    for problem in given.problems:
        say(problem)
    for document in documents:
        for problem in document.problems:
            if problem.severity == "error":
                say(problem)
    return decided, documents


def _others(found: dict[str, list[str]], option: str) -> dict[str, list[str]]:
    """Without the file that the command adds to: waivers are appended to those there are."""
    return {what: paths for what, paths in found.items() if not (what == "the waivers file" and option == "--waivers")}


def taken(documents: Sequence[Input], rules: Rulebook, decided: Policy) -> dict[str, list[str]]:
    """Every file that a run reads, by what it is to the run."""
    found = {
        "a document": [one.source for one in documents if one.content is None],
        "a rule file": [path for path, _ in rules.files],
    }
    settings = click.get_current_context().meta.get(CONFIGURATION)
    waivers = decided.waivers
    files = {
        "the settings file": settings,
        "the waivers file": waivers.path,
        "the decisions file": waivers.decided[0],
        "the baseline": decided.baseline.path,
    }
    return {**found, **{what: [str(path)] for what, path in files.items() if path}}


def unread(documents: Sequence[Checked]) -> int:
    """The status of a command that cannot go on, because the program failed on one of its documents, or it could not be
    read."""
    crashed = any(problem.code == INTERNAL_CODE for document in documents for problem in document.problems)
    return INTERNAL if crashed else UNREADABLE
