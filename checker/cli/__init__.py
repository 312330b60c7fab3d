"""The command line: one file per command, each imported only when it is asked for. Exceptions are caught here, once,
and become exit statuses."""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from checker import __version__

if TYPE_CHECKING:
    from checker.core.problem import Problem

_COMMANDS: Mapping[str, str] = {
    "check": "read releases and check that their numbers agree",
    "compare": "two drafts, a release and its filing, or a release and the next one",
    "bulk": "the same rules over many documents, into Parquet",
    "extract": "the figures it found, to look at or to correct and feed back in",
    "explain": "what a rule or a message means",
    "review": "work on the findings of a release in a browser, on this machine",
    "waive": "accept a finding, with a reason and a last day",
    "baseline": "count the findings there are, so that only new ones block",
    "receipt": "do a check again and say what differs",
    "try": "the rules of a file on a release, again at each save",
    "infer": "draft a rule file from a release that is right",
    "rules": "list, new, lint, fmt, test, mutate, prove, coverage: for people who write rules",
    "mcp": "the same door for programs: a server on standard input and output",
    "serve": "the rule language in an editor: a language server on standard input and output",
    "completion": "shell completion for bash, zsh or fish",
    "version": "the version of the program",
}

USAGE, INTERNAL, UNWRITTEN, INTERRUPTED, NO_READER = 2, 70, 74, 130, 141
"""Exit statuses that no gate decides; 74 is what mail programs have long said of a disk that is full, 141 what a shell
reports of a program whose reader has gone."""


class _Commands(click.Group):
    """The commands by name; a command's module is imported when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order a newcomer meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"checker.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named, or an error with the nearest name."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            near = difflib.get_close_matches(args[0], _COMMANDS, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"there is no command {args[0]!r}{hint}", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with a line each, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


def _print_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"tieout {__version__}")
        context.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="The version, and nothing else.",
)
def commands() -> None:
    """Checks that the numbers of a financial release agree with each other.

    \b
    tieout check release.md                what does not add up, and the coverage
    tieout check --verbose release.html    every relationship, with its arithmetic
    tieout explain gross-profit            what a rule means

    Exit status: 0 nothing to report, 1 findings, 2 wrong usage, configuration or rule file,
    3 a document could not be read, 70 an error of the program, 74 a report could
    not be written, 130 interrupted.
    """


SELDOM = 500_000
"""New objects between two searches for cycles of objects: releases are frozen values and hold none, but searching them
takes a thirtieth of a run."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and leaves with its exit status."""
    gc.set_threshold(SELDOM)
    _open_streams()
    status = run(sys.argv[1:] if arguments is None else list(arguments))
    gc.freeze()  # or the interpreter searches everything for cycles, three times, before it ends: a twentieth of a run
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Runs one command; every way it can end is an exit status."""
    try:
        answer = commands.main(args=arguments, prog_name="tieout", standalone_mode=False, obj=tuple(arguments))
        sys.stdout.flush()
        return answer if isinstance(answer, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("tieout: interrupted", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        if isinstance(error, click.BadParameter) and (file := _set_in(error)):
            click.echo(f"It is set in {file}.", err=True)
        return USAGE
    except BrokenPipeError:
        _forget_output()
        return NO_READER
    except SystemExit as leaving:  # click's own: 1 when the reader of the output has gone, 0 after shell completion
        if leaving.code in (0, None):
            return 0
        _forget_output()
        return NO_READER
    except OSError as error:  # a document that cannot be read is answered where it is read: what is left is writing
        what = f"{error.filename}:" if error.filename else "the output cannot be written:"
        click.echo(f"tieout: {what} {error.strerror or type(error).__name__}", err=True)
        _forget_output()
        return UNWRITTEN
    except Exception as error:
        from checker.api.crash import describe
        from checker.api.errors import Refused  # here, or every command would wait for it

        if isinstance(error, Refused):
            return _refused(error.problems)
        click.echo(f"tieout: internal error: {describe(error)}", err=True)
        return INTERNAL


def _refused(problems: Sequence[Problem]) -> int:
    """What is wrong with a request, each thing on standard error."""
    from checker.report.style import PLAIN
    from checker.report.trouble import trouble

    for problem in problems:
        click.echo(trouble(problem, PLAIN), err=True)
    return USAGE


def _open_streams() -> None:
    """Streams that whoever started the program has closed: what goes there goes nowhere, and the exit status still
    answers."""
    import os

    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _set_in(error: click.BadParameter) -> str:
    """The configuration file in which a wrong value stands that nobody has typed; else empty."""
    from click.core import ParameterSource

    name, context = error.param.name if error.param else None, error.ctx
    if context is None or name is None or context.get_parameter_source(name) is not ParameterSource.DEFAULT_MAP:
        return ""
    return str(context.meta.get(CONFIGURATION, "a configuration file"))


CONFIGURATION = "checker.configuration"
"""Where a command notes the file that gave its options their defaults,"""
RESERVATIONS = "checker.reservations"
"""and which rules it reserves for some documents."""


def _forget_output() -> None:
    """Lets the interpreter end without a second complaint about the reader that has gone."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
