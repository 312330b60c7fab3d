"""`tieout infer`: drafts a rule file for one issuer from a release that is right."""

from __future__ import annotations

from pathlib import Path

import click

from checker.api.inputs import TooLarge, content, inputs
from checker.api.limits import Limits
from checker.cli.options import ConfigurationError
from checker.cli.outputs import writable, write_file, write_out
from checker.core.problem import Problem
from checker.gate import CLEAN, UNREADABLE


@click.command(
    "infer",
    short_help="draft a rule file from a release that is right",
    epilog="""\b
Examples:
  tieout infer acme-2024.html                      look at the draft
  tieout infer acme-2024.html --output acme.rules  keep it, then edit it
  tieout check acme-2025.html --rules acme.rules   next year's release
""",
)
@click.argument("path", metavar="PATH")
@click.option(
    "--output",
    metavar="FILE",
    help="Write the rule file here, readable by you only; what exists is never written over.",
)
@click.option(
    "--max-size", type=click.IntRange(1), default=64, show_default=True, metavar="MB", help="For the document."
)
def command(path: str, output: str | None, max_size: int) -> int:
    """Draft rules from one release: every sum that its tables bear out, written so that it agrees on that release.

    A draft is a beginning. What holds in one release need not hold by meaning; read every rule, give it its reason, and
    leave out what you would not ask of the next release. Sums that could not be written as a rule are said on standard
    error.

    \b
    Exit status: 0 drafted; 2 wrong usage, or the file exists; 3 the document
    could not be read, or no sum stands in it.
    """
    from checker.workshop.drafting import drafted

    target = None if output is None else writable(output, "--output")
    if target is not None and target.exists():
        raise ConfigurationError(
            (Problem("C201", "error", "exists already", str(target), help="name a file that does not"),)
        )
    limits = Limits(size=max_size * 1_000_000)
    found = inputs((path,), limits.size).documents
    if len(found) != 1:
        raise click.BadParameter("name one document: rules are drafted from one release", param_hint="PATH")
    try:
        draft = drafted(found[0].path, content(found[0], limits.size))
    except (OSError, TooLarge) as error:
        why = (
            f"is larger than {limits.size:,} bytes"
            if isinstance(error, TooLarge)
            else f"cannot be opened: {error.strerror}"
        )
        click.echo(f"{path}: {why}", err=True)
        return UNREADABLE
    for relation, reason in draft.left_out:
        click.echo(f"left out: {relation}: {reason}", err=True)
    if not draft.rules:
        click.echo(
            f"{path}: no sum that could be a rule" if draft.figures else f"{path}: no figure in a table could be read",
            err=True,
        )
        return UNREADABLE
    if target is None:
        write_out(draft.text, "rules")
    else:
        write_file(target, draft.text)
    left_out = len(draft.left_out)
    said = (
        f"{draft.rules} rule{'' if draft.rules == 1 else 's'}, {left_out or 'no'} "
        f"sum{'' if left_out == 1 else 's'} left out"
    )
    click.echo(said + (f"; try: tieout rules lint {Path(target)}" if target is not None else ""), err=True)
    return CLEAN
