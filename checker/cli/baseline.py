"""`tieout baseline`: counts the findings that are there when the gate is put in place, so that only new ones block."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from checker.cli.judged import Request, judged, unread
from checker.cli.options import ConfigurationError, configured, holding_against, ruled, selecting
from checker.cli.outputs import writable, write_file
from checker.cli.policy import Decisions, deciding
from checker.core.problem import Problem
from checker.core.report import Checked
from checker.gate import CLEAN, Settings, decide
from checker.gate.baseline import NAME, Baseline, Counts, beyond, counted, key, pruned, written
from checker.gate.selection import Selection, left_out
from checker.report.terminal import visible

_ANY = Settings(min_coverage=Fraction(0))
"""However little of it was tested: a gate with a lower coverage counts too. What was not read at all is another
thing."""


@click.command(
    "baseline",
    short_help="count the findings there are, so that only new ones block",
    epilog="""\b
Examples:
  tieout baseline draft.md              make tieout-baseline.json, then
  tieout check draft.md --baseline tieout-baseline.json
  tieout baseline draft.md --prune      after a correction: let it shrink
""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--baseline",
    default=NAME,
    show_default=True,
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Where the counts stand.",
)
@click.option("--prune", "change", flag_value="prune", help="Take out what is fixed; the counts never grow.")
@click.option("--grow", "change", flag_value="grow", help="Count what there is now, even where that is more.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note"]),
    default="error",
    show_default=True,
    help="From which severity on to count.",
)
@click.option("--fail-on-rounding", is_flag=True, help="Count rounding differences too.")
@configured
@ruled
@selecting
@deciding
@holding_against
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Write how many findings of which rule keep each document from passing. Waived findings are left out.

    The file holds counts and fingerprints: no lines, no amounts, no text of a document. It only shrinks, unless you say
    --grow.

    \b
    Exit status: 0 written; 2 the file exists and neither --prune nor --grow
    was given; 3 a document could not be read.
    """
    path, change = writable(options.pop("baseline"), "--baseline"), options.pop("change")
    decisions = Decisions(
        **{name: options.pop(name) for name in ("waivers", "waiver_horizon", "materiality", "clearly_trivial", "today")}
    )
    settings = Settings(options["fail_on"], options["fail_on_rounding"])
    old = _existing(path, change)
    request = Request(
        options["rules"],
        options["no_shipped"],
        Selection(options["select"], options["ignore"], options["require"]),
        decisions,
        path,
        "--baseline",
        options["against"],
    )
    policy, documents = judged(paths, request, once=True)
    unreadable = [(one, decide(one, _ANY)) for one in documents if decide(one, _ANY).unchecked]
    if unreadable:
        for one, outcome in unreadable:
            click.echo(f"{visible(one.source.path)}: not checked: {'; '.join(outcome.reasons)}", err=True)
        click.echo("nothing was written: what could not be read cannot be counted", err=True)
        return unread(documents)
    found = _found(documents, path, settings)
    names = frozenset(key(one.source.path, str(path)) for one in documents)
    kept = {
        kind: count for kind, count in old.counts.items() if kind[0] not in names or left_out(kind[1], policy.selection)
    }
    counts = {**_shrunk(old, documents, path), **kept} if change == "prune" else {**found, **kept}
    write_file(path, written(counts))
    more = beyond(counts, found)
    click.echo(f"{path}: {_findings(sum(counts.values()))}" + (f"; {more} found beyond them" if more else ""))
    return CLEAN


def _existing(path: Path, change: str | None) -> Baseline:
    """The baseline that is there; to write over one takes a word."""
    from checker.gate.baseline import read

    if not path.exists():
        return Baseline()
    if change is None:
        raise ConfigurationError(
            (
                Problem(
                    "G204",
                    "error",
                    "exists already",
                    str(path),
                    help="--prune takes out what is fixed, --grow counts anew",
                ),
            )
        )
    old = read(path)
    if old.problems:
        raise ConfigurationError(old.problems)
    return old


def _found(documents: tuple[Checked, ...], path: Path, settings: Settings) -> Counts:
    found: Counter[tuple[str, str, str]] = Counter()
    for document in documents:
        found.update(counted(document, str(path), settings))
    return found


def _shrunk(old: Baseline, documents: tuple[Checked, ...], path: Path) -> Counts:
    """The old counts, none larger than what is still found, however severe it is now."""
    return pruned(old.counts, _found(documents, path, Settings("note", fail_on_rounding=True)))


def _findings(count: int) -> str:
    return f"{count} finding{'' if count == 1 else 's'}"
