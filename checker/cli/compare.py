"""`tieout compare`: two drafts, a release and the filing of the same period, or a release and the next one."""

from __future__ import annotations

import sys
from fractions import Fraction
from typing import Any

import click

from checker.cli.judged import Request, judged, unread
from checker.cli.options import colourful, configured, covering, least_coverage, ruled, selecting
from checker.cli.outputs import distinct, outputs, write_file, write_out
from checker.cli.policy import Decisions, deciding
from checker.compare import KINDS, Comparison, apart, compare, kind_of
from checker.compare.words import counted
from checker.core.report import Checked, Outcome
from checker.core.value import evolve
from checker.gate import CLEAN, FINDINGS, UNREADABLE, Settings, decide, worst
from checker.gate.selection import Selection
from checker.gate.weakened import USUAL_COVERAGE
from checker.report import FORMATS, Style

_FORMATS = ("text", "json", "html")


@click.command(
    "compare",
    short_help="two drafts, a release and its filing, or a release and the next one",
    epilog="""\b
Examples:
  tieout compare draft-1.md draft-2.md        what changed, because of what
  tieout compare release.md 10-Q.html         each published figure, filed
  tieout compare q1.md q1-a-year-later.md     comparatives as published?
  tieout compare draft-1.md draft-2.md --output html:changes.html
""",
)
@click.argument("old", metavar="OLD", type=click.Path(exists=True, dir_okay=False))
@click.argument("new", metavar="NEW", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--as",
    "kind",
    type=click.Choice(list(KINDS)),
    help="What they are to each other [default: what periods and captions tell].",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="What to print; html is a page with old and new in the statements.",
)
@click.option(
    "--output",
    "output_names",
    multiple=True,
    metavar="FORMAT:FILE",
    help="Write the comparison to a file only you may read too (repeatable).",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note"]),
    default="error",
    show_default=True,
    help="From which severity on findings give status 1.",
)
@click.option("--fail-on-rounding", is_flag=True, help="Rounding differences give status 1 too.")
@covering
@click.option("--redact", is_flag=True, help="Leave amounts and text of the documents out.")
@click.option("--verbose", "-v", is_flag=True, help="Also notes, and figures that were not found, added or removed.")
@click.option("--no-color", is_flag=True, help="No colours, even on a terminal (so does NO_COLOR).")
@configured
@ruled
@selecting
@deciding
def command(old: str, new: str, **options: Any) -> int:
    """Compare two documents figure by figure and finding by finding.

    Of drafts: what changed, cascades under the figure that began them. Of a filing, or of the next release: every
    published figure agreed, rounded, differing or not found. A difference is one only where statement, caption and
    period leave no choice.

    \b
    Exit status: 0 nothing to report; 1 findings in NEW at or above --fail-on,
    or a published figure that differs; 2 wrong usage; 3 a document could not
    be read, or too little of NEW, or fewer than --min-coverage of the figures
    of OLD, of a filing of the amounts of its statements, were met in NEW.
    """
    decisions = Decisions(
        **{name: options.pop(name) for name in ("waivers", "waiver_horizon", "materiality", "clearly_trivial", "today")}
    )
    written = outputs(options["output_names"], {name: FORMATS[name] for name in _FORMATS})
    distinct(written, {"a document": (old, new), "a rule file": options["rules"]})
    request = Request(
        options["rules"],
        options["no_shipped"],
        Selection(options["select"], options["ignore"], options["require"]),
        decisions,
    )
    _, (before, after) = judged((old, new), request)
    if not all([_is_read(before), _is_read(after)]):
        return unread((before, after))
    comparison = compare(before, after, options["kind"] or kind_of(before, after))
    coverage = least_coverage(options["min_coverage"])
    settings = Settings(options["fail_on"], options["fail_on_rounding"], Fraction(coverage, 100))
    comparison = evolve(comparison, outcome=_outcome(comparison, settings, options["min_coverage"]))
    if options["redact"]:
        from checker.compare.redacted import redacted

        comparison = redacted(comparison)
    style = Style(options["verbose"], not options["no_color"] and colourful(sys.stdout))
    write_out(_rendered(comparison, options["format_name"], style), options["format_name"])
    for one in written:
        if one.path is not None:
            write_file(one.path, _rendered(comparison, one.format.name, Style(options["verbose"])))
    return comparison.outcome.status if comparison.outcome is not None else CLEAN


def _is_read(checked: Checked) -> bool:
    if any(figure.origin == "table" for figure in checked.figures):
        return True
    click.echo(f"{checked.source.path}: not compared: no figure in a table was found", err=True)
    return False


def _rendered(comparison: Comparison, format_name: str, style: Style) -> str:
    if format_name == "json":
        from checker.compare import shape

        return shape.render(comparison, style)
    if format_name == "html":
        from checker.compare import page

        return page.render(comparison, style)
    from checker.compare import text

    return text.render(comparison, style)


def _outcome(comparison: Comparison, settings: Settings, stated: int | None) -> Outcome:
    """What the comparison comes to, and why; what keeps it from meaning anything is said at once too."""
    decision = decide(comparison.new, settings)
    if decision.unchecked:
        click.echo(f"{comparison.new.source.path}: not checked: {'; '.join(decision.reasons)}", err=True)
    strange = apart(comparison, USUAL_COVERAGE if stated is None else stated)
    if strange:
        click.echo(f"not compared: {strange}: are these the right documents?", err=True)
    told = [(decision.status, reason) for reason in decision.reasons]
    if strange:
        told.append((UNREADABLE, f"{strange}: are these the right documents?"))
    if comparison.differing:
        told.append((FINDINGS, f"{counted(len(comparison.differing), 'published figure')} printed otherwise"))
    status = worst([decision.status, *(one for one, _ in told)])
    return Outcome(status, tuple(reason for one, reason in told if one == status))
