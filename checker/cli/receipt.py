"""`tieout receipt`: what a receipt promises, done again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import attrs
import click

from checker.cli.options import ConfigurationError
from checker.core.problem import Problem
from checker.gate import CLEAN, FINDINGS
from checker.report.receipt import SCHEMA
from checker.report.shape import Json


@click.group("receipt", short_help="do a check again and say what differs")
def command() -> None:
    """Receipts of `tieout check --receipt FILE`.

    \b
    tieout receipt verify FILE     do the check again, and say what differs
    """


@command.command("verify", short_help="do the check again, and say what differs")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
def verify(file: Path) -> int:
    """Do the check of a receipt again and say what differs. Run it where the check was run: paths count from there.

    \b
    Exit status: 0 everything is as the receipt says; 1 something differs;
    2 the file is no receipt, or what it was checked with is gone.
    """
    from checker.report.receipt import differences

    then = _read(file)
    found = list(differences(then, _again(then, file)))
    for line in found:
        click.echo(line)
    if not found:
        click.echo(f"as the receipt says: {_subject(then)}, status {then['status']}")
    return FINDINGS if found else CLEAN


def _read(file: Path) -> Mapping[str, Json]:
    """The receipt, or an error that says it is none."""
    import json

    try:
        tree = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        raise ConfigurationError((_no_receipt(file),)) from None
    if (
        not isinstance(tree, dict)
        or tree.get("schema") != SCHEMA
        or not _is_command(tree.get("command"))
        or _day(tree.get("today")) is None
    ):
        raise ConfigurationError((_no_receipt(file),))
    return tree


def _no_receipt(file: Path) -> Problem:
    return Problem("G301", "error", "is no receipt that tieout wrote", str(file))


def _is_command(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value) and value[:1] == ["check"]


def _day(value: object) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _again(then: Mapping[str, Json], file: Path) -> Mapping[str, Json]:
    """The receipt of the same check done now: on the receipt's day, without a report, a file or a word on standard
    output."""
    import json

    from checker.cli import check

    arguments = then["command"]
    assert isinstance(arguments, list)
    words = [str(one) for one in arguments[1:]]
    try:
        context = check.command.make_context("check", list(words), obj=("check", *words))
    except click.exceptions.Exit:  # it asks for help, not for a check
        raise ConfigurationError((_no_receipt(file),)) from None
    paths = context.params.pop("paths")
    options = check.asked(context.params)
    decisions = attrs.evolve(options.decisions, today=_day(then["today"]))
    silent = attrs.evolve(options, output_names=(), receipt=str(file), quiet=True, decisions=decisions)
    with context:
        run = check.settled(paths, silent)
        done = check.outcome(run)
        again: dict[str, Json] = json.loads(check.receipt(run, done))
    return again


def _subject(then: Mapping[str, Json]) -> str:
    documents = then.get("documents")
    count = len(documents) if isinstance(documents, list) else 0
    return f"{count} document{'' if count == 1 else 's'}"
