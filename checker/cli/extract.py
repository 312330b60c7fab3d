"""`tieout extract`: the figures of documents, without judging them."""

from __future__ import annotations

import sys
from typing import Any

import click

from checker import __version__
from checker.api.document import attempt
from checker.api.door import found
from checker.api.inputs import inputs
from checker.api.limits import MEGABYTE, Limits
from checker.cli.options import colourful, limited, say
from checker.cli.outputs import Output, distinct, outputs, write_file, write_out
from checker.core.report import Checked, Report, RunRules
from checker.core.value import frozen
from checker.gate import CLEAN, INTERNAL, UNREADABLE, worst
from checker.gate.status import INTERNAL_CODE
from checker.report import EXTRACTS, Style


@frozen
class _Options:
    """The options of the command."""

    format_name: str
    output_names: tuple[str, ...]
    max_size: int
    timeout: int
    no_color: bool


@click.command(
    "extract",
    short_help="the figures it found",
    epilog="""\b
Examples:
  tieout extract release.md
  tieout extract release.html --format json > figures.json    correct, then
  tieout check figures.json                                   check again
""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(EXTRACTS)),
    default="text",
    show_default=True,
    help="What to print on standard output.",
)
@click.option(
    "--output",
    "output_names",
    multiple=True,
    metavar="FORMAT:FILE",
    help="Write the figures to a file only you may read (repeatable).",
)
@limited
@click.option("--no-color", is_flag=True, help="No colours, even on a terminal (so does NO_COLOR).")
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Print the figures found in releases, with their units, periods and places.

    Corrected by hand, the JSON or CSV can be given to `tieout check` in place of the release: corrected figures stay
    marked as edited.
    """
    asked = _Options(**options)
    written = outputs(asked.output_names, EXTRACTS)
    limits = Limits(asked.timeout, asked.max_size * MEGABYTE)
    given = inputs(paths, limits.size)
    distinct((one for one in written if one.path), {"a document": [one.source for one in given.documents]})
    documents = tuple(attempt(one, limits, found) for one in given.distinct)
    for problem in (*given.problems, *(problem for document in documents for problem in document.problems)):
        say(problem)
    report = Report(__version__, RunRules("", (), ()), {}, documents)
    style = Style(colour=not asked.no_color and colourful(sys.stdout))
    for one in (Output(EXTRACTS[asked.format_name], None), *written):
        if one.path is None:
            write_out(one.format.render(report, style), one.format.name)
        else:
            write_file(one.path, one.format.render(report))
    unopened = [UNREADABLE for problem in given.problems if problem.severity == "error"]
    return worst([*(_status(document) for document in documents), *unopened])


def _status(found: Checked) -> int:
    if any(problem.code == INTERNAL_CODE for problem in found.problems):
        return INTERNAL
    return CLEAN if any(figure.origin == "table" for figure in found.figures) else UNREADABLE
