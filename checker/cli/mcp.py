"""`tieout mcp`: the public door for programs that speak the Model Context Protocol, on standard input and output."""

from __future__ import annotations

from importlib.util import find_spec

import click

from checker.gate import CLEAN


@click.command("mcp", short_help="the same door for programs: a server on standard input and output")
@click.option("--redact", is_flag=True, help="Leave amounts and text of the documents out of every answer.")
def command(redact: bool) -> int:
    """Serve check, extract, explain and compare as tools of the Model Context Protocol.

    It speaks on standard input and output, opens no connection, writes no file, logs nothing, and ends with its input.
    Needs the extra mcp: pip install 'tieout[mcp]'. No settings file is read: a call says what it wants.
    """
    if find_spec("mcp") is None:
        raise click.UsageError("tieout mcp needs the SDK of the protocol: pip install 'tieout[mcp]'")
    from checker.mcp.server import serve

    serve(redact)
    return CLEAN
