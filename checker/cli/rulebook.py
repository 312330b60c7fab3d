"""The rulebook of a command: the one of the door, with its warnings on standard error."""

from __future__ import annotations

from collections.abc import Sequence

import click

from checker.api import rulebook as door
from checker.cli import CONFIGURATION, RESERVATIONS
from checker.cli.options import say
from checker.core.rule import Rulebook
from checker.gate.selection import Selection


def rulebook(paths: Sequence[str], leave_out_shipped: object, selection: Selection) -> Rulebook:
    """The rules to apply, from the user's files and the library; an error in any of them ends the run."""
    context = click.get_current_context()
    chosen = door.reserved(
        door.rulebook(paths, not leave_out_shipped, selection),
        context.meta.get(RESERVATIONS, ()),
        context.meta.get(CONFIGURATION),
    )
    for problem in chosen.problems:
        if problem.severity == "warning":
            say(problem)
    return chosen
