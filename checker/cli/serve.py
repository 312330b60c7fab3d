"""`tieout serve`: the rule language in an editor, on standard input and output."""

from __future__ import annotations

from importlib.util import find_spec

import click

from checker.gate import CLEAN


@click.command("serve", short_help="the rule language in an editor: a language server on standard input and output")
@click.option(
    "--release",
    type=click.Path(dir_okay=False),
    default="",
    metavar="RELEASE",
    help="Offer the captions of this release, and show its figures.",
)
@click.option("--stdio", is_flag=True, help="Standard input and output, as always; editors say so.")
def command(release: str, stdio: bool) -> int:
    """Serve rule files to an editor by the Language Server Protocol.

    Mistakes while typing, meanings and the values of a release, completion, definitions, references, renames,
    formatting and fixes. It speaks on standard input and output, opens no connection, writes no file, logs nothing, and
    ends with its input. Needs the extra serve: pip install 'tieout[serve]'.
    """
    if find_spec("pygls") is None:
        raise click.UsageError("tieout serve needs the server's package: pip install 'tieout[serve]'")
    from checker.serve.server import serve

    serve(release)
    return CLEAN
