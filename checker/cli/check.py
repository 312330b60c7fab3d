"""`tieout check`: reads releases, checks them, writes the reports and leaves with what the gate decides."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

import attrs
import click

from checker import __version__
from checker.api.against import TOLD, UNHELD, Holding, holding
from checker.api.document import answer
from checker.api.inputs import Input, TooLarge, content, inputs
from checker.api.limits import MEGABYTE, Limits
from checker.api.rulebook import applied, packs
from checker.cli import CONFIGURATION
from checker.cli.judged import taken
from checker.cli.options import (
    colourful,
    configured,
    covering,
    holding_against,
    least_coverage,
    limited,
    ruled,
    say,
    selecting,
    source,
)
from checker.cli.outputs import (
    Copied,
    Output,
    copies,
    distinct,
    outputs,
    ready,
    spared,
    writable,
    write_file,
    write_out,
)
from checker.cli.policy import Decisions, deciding, decisions_file, policy, waivers_file
from checker.cli.rulebook import rulebook
from checker.core.original import MOST_SHOWN
from checker.core.problem import Problem, Severity
from checker.core.report import Checked, Outcome, Report
from checker.core.rule import Rulebook
from checker.core.value import frozen
from checker.gate import Settings, decided, of_run
from checker.gate import policy as gate
from checker.gate.accounted import accounted
from checker.gate.configuration import unused
from checker.gate.dials import probed
from checker.gate.policy import Applied, Policy
from checker.gate.selection import Selection
from checker.gate.status import UNREADABLE
from checker.gate.waivers import HORIZON
from checker.gate.weakened import weakened
from checker.read.formats import BINARIES
from checker.report import FORMATS, Style
from checker.report.copies import COPIES
from checker.report.terminal import visible

_FORMATS = click.Choice(list(FORMATS))
_PRINTED = f"What to print on standard output: {', '.join(FORMATS)}."
_SEVERITIES = click.Choice(["error", "warning", "note"])


@frozen
class Options:
    """The options of the command, as typed or configured."""

    rules: tuple[str, ...]
    no_shipped: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    require: tuple[str, ...]
    format_name: str
    output_names: tuple[str, ...]
    fail_on: Severity
    fail_on_rounding: bool
    min_coverage: int | None
    jobs: int
    timeout: int
    max_size: int
    against: tuple[str, ...]
    decisions: Decisions
    receipt: str | None
    client: str
    reference: str
    redact: bool
    quiet: bool
    verbose: bool
    no_color: bool


@frozen
class Run:
    """Everything one run needs to know, settled before the first document is opened."""

    documents: tuple[Input, ...]
    rules: Rulebook
    limits: Limits
    settings: Settings
    policy: Policy
    outputs: tuple[Output, ...]
    copies: tuple[tuple[Copied, Input], ...]
    """Each with the document that it is made of."""
    head: Report
    style: Style
    options: Options
    weakened: tuple[str, ...]
    against: Holding = UNHELD
    problems: tuple[Problem, ...] = ()
    """Trouble found before any document was opened."""

    @cached_property
    def looks(self) -> frozenset[str]:
        """The paths of the documents that some report shows as they look: a page that may show what they print, of as
        many as it has room for."""
        if self.options.redact or not any(one.format.name == "html" for one in self.outputs):
            return frozenset()
        sizes = accumulate(_size(one) for one in self.documents)
        return frozenset(one.path for one, size in zip(self.documents, sizes, strict=True) if size <= MOST_SHOWN)


@click.command(
    "check",
    short_help="read releases and check that their numbers agree",
    epilog="""\b
Examples:
  tieout check release.md
  tieout check --verbose release.html
  tieout check drafts --format jsonl --jobs 2
  tieout check release.md --rules house --output html:page.html
  tieout check release.md --output xlsx:workpaper.xlsx --output json:data.json
  tieout check draft.docx --output docx:commented.docx
  tieout check release.md --against trial-balance.csv
""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@configured
@ruled
@selecting
@click.option(
    "--format", "format_name", type=_FORMATS, default="text", show_default=True, help=_PRINTED, metavar="FORMAT"
)
@click.option(
    "--output",
    "output_names",
    multiple=True,
    metavar="FORMAT:FILE",
    help="Write this report to a file only you may read (repeatable).",
)
@click.option(
    "--fail-on",
    type=_SEVERITIES,
    default="error",
    show_default=True,
    help="From which severity on findings give status 1.",
)
@click.option("--fail-on-rounding", is_flag=True, help="Rounding differences give status 1 too.")
@covering
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    metavar="N",
    help="How many documents to read at once.",
)
@holding_against
@limited
@deciding
@click.option(
    "--baseline", type=click.Path(), metavar="FILE", help="Findings it counts do not block; see tieout baseline."
)
@click.option(
    "--receipt",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write what was checked with what, for tieout receipt verify.",
)
@click.option("--client", default="", metavar="NAME", help="Whose paper it is: on its lead sheet and in its footers.")
@click.option("--reference", default="", metavar="TEXT", help="The paper's own reference, beside the client.")
@click.option("--redact", is_flag=True, help="Leave amounts and text of the documents out of every report.")
@click.option("--quiet", "-q", is_flag=True, help="Print no report: the exit status, and files asked for, say it all.")
@click.option(
    "--verbose", "-v", is_flag=True, help="Every relationship with its arithmetic, and every figure not tested."
)
@click.option("--no-color", is_flag=True, help="No colours, even on a terminal (so does NO_COLOR).")
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Read releases and check that their numbers agree.

    PATH is a file, a folder, or - for standard input. What a file is, its content says, not its name.

    \b
    Exit status: 0 nothing to report; 1 findings at or above --fail-on;
    2 wrong usage, configuration or rule file; 3 a document could not be read,
    or too little of it; 70 an error of the program.
    """
    wanted = asked(options)
    if wanted.receipt:
        writable(wanted.receipt, "--receipt")
    return carried_out(settled(paths, wanted))


def asked(options: dict[str, Any]) -> Options:
    """The options by their names, those of the policy put together."""
    names = ("waivers", "waiver_horizon", "materiality", "clearly_trivial", "today", "baseline")
    decisions = Decisions(**{name: options.pop(name) for name in names})
    return Options(**options, decisions=decisions)


def settled(paths: Sequence[str], options: Options) -> Run:
    """The run that the options ask for; whatever is wrong with them is said here, before anything runs."""
    written, wanted = outputs(options.output_names, FORMATS, COPIES), copies(options.output_names)
    if wanted and options.redact:
        raise click.UsageError(
            f"--redact leaves out what documents print, and {wanted[0].copy.name}: writes a copy of one"
        )
    limits = Limits(options.timeout, options.max_size * MEGABYTE)
    selection = Selection(options.select, options.ignore, options.require)
    rules = rulebook(options.rules, options.no_shipped, selection)
    printed = () if options.quiet else (Output(FORMATS[options.format_name], None),)
    ready((*printed, *written))
    given = inputs(paths, limits.size)
    documents = given.distinct
    decisions = policy(options.decisions, rules, selection)
    used = click.get_current_context().meta.get(CONFIGURATION)
    reading = taken(documents, rules, decisions)
    if options.against:
        reading["a file to hold against"] = list(options.against)
    if options.receipt:
        spared(Path(options.receipt), "--receipt", reading)
        reading["the receipt"] = [options.receipt]
    distinct((*written, *wanted), reading)
    return Run(
        documents=documents,
        rules=probed(rules),
        limits=limits,
        settings=Settings(options.fail_on, options.fail_on_rounding, Fraction(_coverage(options), 100)),
        policy=decisions,
        outputs=(*printed, *written),
        copies=tuple((one, _original(one, documents, limits)) for one in wanted),
        head=Report(
            __version__, applied(rules), {**_configuration(options), **packs(rules)}, (), root=Path.cwd().as_posix()
        ),
        style=_style(options),
        options=options,
        against=holding(options.against, rules, limits),
        weakened=weakened(_settings(options), source, rules, decisions),
        problems=(
            *given.problems,
            *unused((one.source for one in documents if one.content is None), Path(used) if used else None),
        ),
    )


def carried_out(run: Run) -> int:
    """Reads every document, writes every report and the receipt, and answers with the exit status."""
    done = outcome(run)
    if run.options.receipt:
        write_file(Path(run.options.receipt), receipt(run, done))
    return done.outcome.status if done.outcome else UNREADABLE


def outcome(run: Run) -> Report:
    """Reads every document, writes every report, and keeps what was found as far as a format or a receipt needs it."""
    streams = [one for one in run.outputs if one.path is None and one.format.piece is not None]
    whole = [one for one in run.outputs if one not in streams]
    kept: list[Checked] = []
    seen: list[Applied] = []
    found: list[Outcome] = []
    problems: list[Problem] = []
    for one, checked in zip(run.documents, _progress(_answers(run), run), strict=True):
        judged = gate.applied(run.against(checked), run.policy)
        seen.append(gate.slim(judged))
        answered = decided(accounted(judged.checked, run.rules), run.settings, run.weakened)
        if answered.outcome is not None:
            found.append(answered.outcome)
        _explain(answered, run)
        shown = _shown(answered, run)
        for stream in streams:
            if stream.format.piece is not None:
                write_out(stream.format.piece(shown, run.style), stream.format.name)
        problems += _copied(one, answered, run)
        if whole or run.options.receipt:
            kept.append(shown)
    problems += _leftovers(seen, run)
    report = attrs.evolve(
        run.head,
        documents=tuple(kept),
        problems=tuple(problems),
        outcome=of_run(found, problems, run.settings, run.weakened),
    )
    for output in whole:
        if output.path is None:
            write_out(output.format.render(report, run.style), output.format.name)
        else:
            write_file(output.path, output.format.render(report, Style(verbose=run.style.verbose)))
    return report


def receipt(run: Run, done: Report) -> str:
    """What was checked with what, so that anyone can do it again."""
    from checker.report.receipt import Performed, render

    command = click.get_current_context().obj or ()
    waivers, baseline = run.policy.waivers, run.policy.baseline
    files = {"waivers": (waivers.path, waivers.sha256), "baseline": (baseline.path, baseline.sha256)}
    if waivers.decided[0]:
        files["decisions"] = waivers.decided
    return render(done, Performed(tuple(command), run.policy.today, files))


def _leftovers(seen: Sequence[Applied], run: Run) -> tuple[Problem, ...]:
    """What was found before, and waivers and counts that have had their day; what a redacted run says of them holds no
    amount."""
    problems = (*run.problems, *gate.leftovers(run.policy, seen))
    if run.options.redact:
        problems = tuple(attrs.evolve(one, help=None) for one in problems)
    for problem in problems:
        if not run.options.quiet:
            say(problem)
    return problems


def _answers(run: Run) -> Iterator[Checked]:
    if run.options.jobs > 1 and len(run.documents) > 1:
        from checker.cli.workers import Asked, answers

        return answers(run.documents, Asked(run.rules, run.limits, run.looks), run.options.jobs)
    return (answer(one, run.rules, run.limits, looks=one.path in run.looks) for one in run.documents)


def _size(one: Input) -> int:
    """The bytes of a document's file; of one that cannot be looked at none."""
    if one.content is not None:
        return len(one.content)
    try:
        return Path(one.source).stat().st_size
    except OSError:  # the run says it
        return 0


def _shown(checked: Checked, run: Run) -> Checked:
    if not run.options.redact:
        return checked
    from checker.report.redacted import document

    return document(checked)


def _original(wanted: Copied, documents: Sequence[Input], limits: Limits) -> Input:
    """The one document of the run that a copy can be made of; none or several are wrong usage."""
    kind = next(one for one in BINARIES if one.name == wanted.copy.kind)
    fitting = []
    for one in documents:
        with suppress(OSError, TooLarge):  # the run says it
            if kind.recognises(content(one, limits.size)):
                fitting.append(one)
    if len(fitting) != 1:
        there = f"there are {len(fitting)}: give one at a time" if fitting else "there is none"
        raise click.UsageError(
            f"--output {wanted.copy.name}:FILE is a copy of {wanted.copy.about} that is checked, with what "
            f"was found in it; {there}"
        )
    return fitting[0]


def _copied(one: Input, checked: Checked, run: Run) -> list[Problem]:
    """Writes the copies that are asked for of a document; what is wrong where one cannot be made, or the file has
    changed meanwhile."""
    problems = []
    for wanted, original in run.copies:
        if original is not one or checked.source.format != wanted.copy.kind:
            continue
        try:
            body = content(one, run.limits.size)
            if hashlib.sha256(body).hexdigest() != checked.source.sha256:
                raise ValueError("it has changed since it was checked")
            write_file(wanted.path, wanted.copy.writer(checked, body))
        except (OSError, TooLarge, ValueError) as error:
            problems.append(Problem("T007", "error", f"no copy was written to {wanted.path}: {error}", one.path))
            say(problems[-1])
    return problems


def _explain(checked: Checked, run: Run) -> None:
    """Trouble goes to standard error: what is wrong with the document, and why it cannot be called clean."""
    for problem in checked.problems:
        if problem.severity == "error" or not (
            run.options.quiet or problem.code == TOLD
        ):  # what was held against a file stands in the report
            say(attrs.evolve(problem, path=problem.path or checked.source.path))
    if checked.outcome is not None and checked.outcome.unchecked:
        click.echo(f"{visible(checked.source.path)}: not checked: {'; '.join(checked.outcome.reasons)}", err=True)


def _progress(answers: Iterator[Checked], run: Run) -> Iterator[Checked]:
    """How far the run is, on standard error, where several documents are read and someone looks at a terminal."""
    total = len(run.documents)
    if run.options.quiet or total < 2 or not sys.stderr.isatty():
        yield from answers
        return
    click.echo(f"0 of {total}", err=True, nl=False)
    for count, checked in enumerate(answers, 1):
        click.echo("\r\x1b[K", err=True, nl=False)  # before anything else is said
        yield checked
        if count < total:
            click.echo(f"{count} of {total}", err=True, nl=False)


def _style(options: Options) -> Style:
    width = 80
    if sys.stdout.isatty():
        import shutil

        width = max(60, shutil.get_terminal_size().columns)
    return Style(verbose=options.verbose, colour=not options.no_color and colourful(sys.stdout), width=width)


def _coverage(options: Options) -> int:
    return least_coverage(options.min_coverage)


def _settings(options: Options) -> dict[str, object]:
    """What may weaken the gate, by the names of the settings."""
    return {
        "select": options.select,
        "ignore": options.ignore,
        "no-shipped": options.no_shipped,
        "min-coverage": options.min_coverage,
        "clearly-trivial": options.decisions.clearly_trivial,
    }


def _configuration(options: Options) -> dict[str, str]:
    """What decides over findings and status, for the report: not where it is written to or how fast. A receipt needs
    the day."""
    lists = {
        "rules": options.rules,
        "against": options.against,
        "select": options.select,
        "ignore": options.ignore,
        "require": options.require,
    }
    flags = {"no-shipped": options.no_shipped, "fail-on-rounding": options.fail_on_rounding, "redact": options.redact}
    words = {name: " ".join(values) for name, values in lists.items() if values}
    words |= {name: "true" for name, value in flags.items() if value}
    words |= {"fail-on": options.fail_on, "min-coverage": str(_coverage(options))}
    decisions = options.decisions
    files = {
        "waivers": waivers_file(decisions.waivers),
        "decisions": decisions_file(decisions.waivers),
        "baseline": decisions.baseline,
    }
    words |= {name: Path(path).as_posix() for name, path in files.items() if path}
    words |= {
        name: value
        for name, value in (("materiality", decisions.materiality), ("clearly-trivial", decisions.clearly_trivial))
        if value
    }
    named = {} if options.redact else {"client": options.client, "reference": options.reference}
    words |= {name: value for name, value in named.items() if value}
    if used := click.get_current_context().meta.get(CONFIGURATION):
        words["config"] = str(used)
    if decisions.waiver_horizon != HORIZON:
        words["waiver-horizon"] = str(decisions.waiver_horizon)
    if decisions.today or options.receipt:
        words["today"] = decisions.day.isoformat()
    return words
