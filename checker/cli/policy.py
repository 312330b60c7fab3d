"""What a team has decided, from options and files to one policy: waivers, dials and baseline. Whatever is wrong with it
ends the run before it begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import click

from checker.cli.options import ConfigurationError
from checker.core.rule import Rulebook
from checker.core.value import frozen
from checker.gate.baseline import Baseline
from checker.gate.decisions import beside
from checker.gate.dials import Dials, amount, stated
from checker.gate.policy import Policy
from checker.gate.selection import Selection
from checker.gate.waivers import HORIZON, NAME, Terms, Waivers

Command = TypeVar("Command", bound=Callable[..., Any])


@frozen
class Decisions:
    """The options of a policy, as typed or configured."""

    waivers: str | None
    waiver_horizon: int
    materiality: str | None
    clearly_trivial: str | None
    today: dt.datetime | None
    baseline: str | None = None

    @property
    def day(self) -> dt.date:
        """The day that counts as today: everywhere the same, so the one of Greenwich."""
        return self.today.date() if self.today else dt.datetime.now(dt.UTC).date()


def deciding(function: Command) -> Command:
    """Adds --waivers, --waiver-horizon, --materiality, --clearly-trivial and --today."""
    today = "The day that counts as today, for waivers and for a run that is to be repeated later."
    for option in (
        click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help=today),
        click.option(
            "--clearly-trivial", metavar="AMOUNT", help="Up to this difference a violation is one step less severe."
        ),
        click.option(
            "--materiality",
            metavar="AMOUNT",
            help="Above this difference a violation is an error; `250 thousand` will do.",
        ),
        click.option(
            "--waiver-horizon",
            type=click.IntRange(1),
            default=HORIZON,
            show_default=True,
            metavar="DAYS",
            help="The longest a waiver may last.",
        ),
        click.option(
            "--waivers",
            type=click.Path(),
            metavar="FILE",
            help=f"Findings that are accepted [default: {NAME}, where there is one].",
        ),
    ):
        function = option(function)
    return function


def waivers_file(given: str | None) -> Path | None:
    """The file of waivers: the one named, else the one that lies here."""
    if given:
        return Path(given)
    return Path(NAME) if Path(NAME).is_file() else None


def decisions_file(given: str | None) -> Path | None:
    """The file of a review's decisions beside the waivers, where there is one."""
    path = beside(waivers_file(given))
    return path if path.is_file() else None


def policy(decisions: Decisions, rulebook: Rulebook, selection: Selection) -> Policy:
    """The policy that the options ask for, with the files they name."""
    waivers, baseline = Waivers(), Baseline()
    path = waivers_file(decisions.waivers)
    if path is not None:
        from checker.gate.waivers import read

        waivers = read(path, Terms(decisions.day, decisions.waiver_horizon))
    if decisions.baseline:
        from checker.gate.baseline import read as read_baseline

        baseline = read_baseline(Path(decisions.baseline))
    reviewed = decisions_file(decisions.waivers)
    if reviewed is not None:
        from checker.gate.decisions import joined
        from checker.gate.decisions import read as read_decisions

        waivers = joined(waivers, read_decisions(reviewed, Terms(decisions.day, decisions.waiver_horizon)))
    problems = (*waivers.problems, *baseline.problems)
    if problems:
        raise ConfigurationError(problems)
    return Policy(decisions.day, _dials(decisions), stated(rulebook), waivers, baseline, selection)


def _dials(decisions: Decisions) -> Dials:
    dials = Dials(
        _amount(decisions.materiality, "--materiality"), _amount(decisions.clearly_trivial, "--clearly-trivial")
    )
    if dials.materiality is not None and dials.trivial is not None and dials.trivial >= dials.materiality:
        raise click.BadParameter(
            "what is clearly trivial must be less than what is material", param_hint="--clearly-trivial"
        )
    return dials


def _amount(text: str | None, option: str) -> Fraction | None:
    if text is None:
        return None
    found = amount(text)
    if found is None:
        raise click.BadParameter(f"{text!r} is no amount; write 50,000 or 250 thousand", param_hint=option)
    return found
