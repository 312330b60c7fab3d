"""Options that several commands share, and the configuration file that gives them their defaults."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from checker.api.limits import MEGABYTE, Limits
from checker.cli import CONFIGURATION, RESERVATIONS
from checker.core.problem import Problem
from checker.gate.weakened import USUAL_COVERAGE
from checker.report.style import Style
from checker.report.trouble import trouble

Command = TypeVar("Command", bound=Callable[..., Any])


class ConfigurationError(click.ClickException):
    """Something wrong with settings or rules, found before anything ran; its problems are shown one by one."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("wrong configuration or rules")
        self.problems = tuple(problems)

    def show(self, file: Any = None) -> None:
        """Every problem, on standard error."""
        for problem in self.problems:
            say(problem)


def say(problem: Problem) -> None:
    """A problem on standard error."""
    click.echo(trouble(problem, Style(colour=colourful(sys.stderr))), err=True)


def colourful(stream: Any) -> bool:
    """Whether the stream is a terminal whose owner wants colours."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _configure(context: click.Context, _: click.Parameter, given: str | None) -> None:
    """Makes what a configuration file sets the defaults of the command's options."""
    from checker.gate.configuration import find, read

    path = Path(given) if given else find(Path())
    if path is None:
        return
    configuration = read(path)
    if configuration.problems:
        raise ConfigurationError(configuration.problems)
    context.meta[CONFIGURATION] = near(path)
    context.meta[RESERVATIONS] = configuration.reservations
    names = {"output": "output_names", "format": "format_name"}
    context.default_map = {
        names.get(key, key.replace("-", "_")): list(value) if isinstance(value, tuple) else value
        for key, value in configuration.settings.items()
    }


def near(path: Path) -> str:
    """A path as people name it from the working folder."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive
        return path.as_posix()


def configured(function: Command) -> Command:
    """Adds --config, which is read before every other option."""
    about = "Settings to use instead of tieout.toml or [tool.tieout] in pyproject.toml."
    return click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False),
        is_eager=True,
        expose_value=False,
        callback=_configure,
        help=about,
        metavar="FILE",
    )(function)


def ruled(function: Command) -> Command:
    """Adds --rules and --no-shipped."""
    about = "Rules of your own, beside the shipped ones (repeatable)."
    rules = click.option("--rules", multiple=True, type=click.Path(exists=True), metavar="DIR|FILE", help=about)
    shipped = click.option("--no-shipped", is_flag=True, help="Leave out the shipped rules; their vocabulary stays.")
    return rules(shipped(function))


def selecting(function: Command) -> Command:
    """Adds --select, --ignore and --require."""
    for name, about in (
        ("--require", "This rule must apply: not applicable is then a finding (repeatable)."),
        ("--ignore", "Leave this rule out (repeatable)."),
        ("--select", "Only this rule: its id, the end of it, or a glob (repeatable)."),
    ):
        function = click.option(name, multiple=True, metavar="RULE", help=about)(function)
    return function


def limited(function: Command) -> Command:
    """Adds --timeout and --max-size."""
    limits = Limits()
    size = click.option(
        "--max-size",
        type=click.IntRange(1),
        default=limits.size // MEGABYTE,
        show_default=True,
        metavar="MB",
        help="For one document.",
    )
    return click.option(
        "--timeout",
        type=click.IntRange(1),
        default=limits.seconds,
        show_default=True,
        metavar="SECONDS",
        help="For one document.",
    )(size(function))


def holding_against(function: Command) -> Command:
    """Adds --against."""
    about = "Tie every figure to this trial balance, data file or document too (repeatable)."
    return click.option(
        "--against", multiple=True, type=click.Path(exists=True, dir_okay=False), metavar="FILE", help=about
    )(function)


def covering(function: Command) -> Command:
    """Adds --min-coverage."""
    about = "Table figures tested, at least.  [default: 50; with --select or --no-shipped on the command line 0]"
    return click.option("--min-coverage", type=click.IntRange(0, 100), metavar="PERCENT", help=about)(function)


def least_coverage(stated: int | None) -> int:
    """The percentage of table figures to be tested: as stated, else half of them, or none where only some rules were
    chosen on the command line.

    Settings in a file hold for every run, and nobody looks at them: rules chosen there ask for no less.
    """
    if stated is not None:
        return stated
    return 0 if any(typed(name) for name in ("select", "no_shipped")) else USUAL_COVERAGE


def typed(option: str) -> bool:
    """Whether an option stands on the command line."""
    from click.core import ParameterSource

    return click.get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE


def source(setting: str) -> str:
    """Where a setting comes from, in a word: the file of settings, or the options that were typed."""
    from click.core import ParameterSource

    context = click.get_current_context()
    configured_there = context.get_parameter_source(setting.replace("-", "_")) is ParameterSource.DEFAULT_MAP
    return str(context.meta[CONFIGURATION]) if configured_there else "options"
