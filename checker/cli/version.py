"""`tieout version`: the version, and with what it runs, for a bug report."""

from __future__ import annotations

import platform

import click

from checker import __version__


@click.command("version", short_help="the version of the program")
def command() -> None:
    """Print the version, and that of Python and of the libraries it runs with."""
    from importlib.metadata import PackageNotFoundError, version

    click.echo(f"tieout {__version__}")
    click.echo(f"Python {platform.python_version()} on {platform.system()}")
    for name in ("attrs", "click", "lark", "turbohtml"):
        try:
            click.echo(f"{name} {version(name)}")
        except PackageNotFoundError:
            click.echo(f"{name} without a version")
