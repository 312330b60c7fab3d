"""`tieout bulk`: the same rules over many documents, and what to ask of the tables that it writes."""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker import __version__
from checker.api.limits import MEGABYTE, Limits
from checker.cli import SELDOM
from checker.cli.options import configured, covering, least_coverage, limited, ruled, say, selecting
from checker.cli.rulebook import rulebook
from checker.core.problem import Problem, Severity
from checker.core.report import Outcome
from checker.core.rule import Rulebook
from checker.core.value import frozen
from checker.gate import CLEAN, UNREADABLE, Settings, of_run
from checker.gate.selection import Selection
from checker.gate.weakened import USUAL_COVERAGE

if TYPE_CHECKING:
    from checker.bulk.facts.answered import Asked, Keep, Working
    from checker.bulk.run import Means, Progress
    from checker.bulk.sources import Choice, Item
    from checker.bulk.store import Head, Store

_RUN = "run"
_GRACE = 10
"""Seconds that a worker may take beyond its own alarm before it is ended from outside."""
_TRIED = 5
"""Documents that a dry run times."""
_SEVERITIES = click.Choice(["error", "warning", "note"])
_NEEDED = ("pyarrow",)


class _Bulk(click.Group):
    """What is no name of a command is an input: `tieout bulk FOLDER` needs no third word."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments, with the word that they leave out."""
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = [_RUN, *args]
        return super().parse_args(ctx, args)


@click.group(
    "bulk",
    cls=_Bulk,
    short_help="the same rules over many documents, into Parquet",
    epilog="""\b
Examples:
  tieout bulk releases --out checked --jobs 2
  tieout bulk 'feed/**/*.html' archive.zip --out checked --new
  tieout bulk @paths.txt --out checked --sample 200 --dry-run
  tieout bulk query checked 'SELECT * FROM rules ORDER BY percent DESC'
  tieout bulk report checked
  tieout bulk mine checked --fails 30
""",
)
def command() -> None:
    """Check many documents with the same rules, and keep what is found as Parquet.

    \b
    tieout bulk INPUT... --out DIR   folders, patterns, zip and tar archives,
                                     lists of paths (@FILE), addresses of object
                                     stores; the options: tieout bulk run --help
    tieout bulk query DIR SQL        ask the tables a question
    tieout bulk report DIR           a page: which rules fail, when, for whom
    tieout bulk mine DIR             which rules hold, which lack a condition

    Needs the extra bulk: pip install 'tieout[bulk]'.
    """


@frozen
class Options:
    """The options of a run, as typed or configured."""

    out: str
    rules: tuple[str, ...]
    no_shipped: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    require: tuple[str, ...]
    fail_on: Severity
    fail_on_rounding: bool
    min_coverage: int | None
    jobs: int
    memory: int
    engine: str
    limit: int | None
    sample: str | None
    since: dt.datetime | None
    new: bool
    retry: bool
    dry_run: bool
    timeout: int
    max_size: int
    quiet: bool
    keep: Keep

    @property
    def limits(self) -> Limits:
        """What one document may cost."""
        return Limits(self.timeout, self.max_size * MEGABYTE)

    @property
    def selection(self) -> Selection:
        """Of the rules."""
        return Selection(self.select, self.ignore, self.require)

    @property
    def settings(self) -> Settings:
        """Of the gate."""
        return Settings(self.fail_on, self.fail_on_rounding, Fraction(self.coverage, 100))

    @property
    def coverage(self) -> int:
        """Percent of the table figures to be tested."""
        return least_coverage(self.min_coverage)

    @property
    def decisive(self) -> dict[str, str]:
        """What decides over results, besides the rules: a folder holds results of one such set alone."""
        lists = {"rules": self.rules, "select": self.select, "ignore": self.ignore, "require": self.require}
        words = {name: " ".join(values) for name, values in lists.items() if values}
        words |= {"no-shipped": "true"} if self.no_shipped else {}
        words |= {"fail-on-rounding": "true"} if self.fail_on_rounding else {}
        words |= {"keep": self.keep} if self.keep != "all" else {}
        return words | {
            "fail-on": self.fail_on,
            "min-coverage": str(self.coverage),
            "max-size": str(self.max_size),
            "timeout": str(self.timeout),
        }

    @property
    def weakened(self) -> tuple[str, ...]:
        """What the run was told to look away from."""
        given = (("select", len(self.select)), ("ignore", len(self.ignore)))
        weak = [f"{name} {count}" for name, count in given if count] + (["no-shipped"] if self.no_shipped else [])
        weak += [f"min-coverage {self.coverage}"] if self.coverage < USUAL_COVERAGE else []
        return (f"options: {', '.join(weak)}",) if weak else ()


@command.command(_RUN, short_help="check the documents (the word may be left out)")
@click.argument("given", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Where the tables go: a new folder, or that of an earlier run.",
)
@configured
@ruled
@selecting
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
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    metavar="N",
    help="How many processes read documents.",
)
@click.option(
    "--memory",
    type=click.IntRange(0),
    default=2000,
    show_default=True,
    metavar="MB",
    help="What one of them may hold; 0: no limit.",
)
@click.option("--engine", default="local", show_default=True, metavar="ENGINE", help="local, or ray[:ADDRESS].")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the first N documents.")
@click.option("--sample", metavar="N|P%", help="Only N documents, or P percent, drawn the same way every time.")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Only what was changed on that day or later."
)
@click.option("--new", is_flag=True, help="Summary and exit status speak only of documents that were not done before.")
@click.option(
    "--keep",
    type=click.Choice(["all", "told"]),
    default="all",
    show_default=True,
    help="Of filings as data: all rows, or what does not agree (what does is counted).",
)
@click.option("--retry", is_flag=True, help="Try documents again that made the program fail.")
@click.option("--dry-run", is_flag=True, help="Say what there is to do, and about how long it takes; write nothing.")
@limited
@click.option("--quiet", "-q", is_flag=True, help="No progress and no problems on standard error.")
def run(given: tuple[str, ...], **options: Any) -> int:
    """Check every document that INPUT stands for: a file, a folder, a pattern, a zip or tar archive, a list of paths
    (@FILE, or @- for standard input), or an address of an object store.

    What is done already is not done again, so a run that was interrupted goes on where it stopped.

    \b
    Exit status: 0 nothing to report; 1 findings at or above --fail-on;
    2 wrong usage, configuration or rule file; 3 a document could not be read,
    or too little of it; 70 an error of the program; 74 the tables could not be
    written.
    """
    needed(*_NEEDED)
    wanted = Options(**options)
    _engine(wanted.engine)
    from checker.api.bulk import facts, items, listed
    from checker.bulk.sources import chosen

    choice = _choice(wanted)
    written_out = listed(given)
    if typed := facts(written_out):
        needed("numpy")
        return _of_facts(typed, choice, wanted)
    rules = rulebook(wanted.rules, wanted.no_shipped, wanted.selection)
    found, problems = items(written_out, wanted.limits.size)
    found = chosen(found, choice)
    for problem in problems:
        if problem.severity == "error" or not wanted.quiet:
            say(problem)
    if wanted.dry_run:
        return _estimate(found, wanted, rules)
    return _carried_out(found, problems, wanted, rules)


def needed(*packages: str) -> None:
    """What is not installed is wrong usage, said before anything runs."""
    lacking = [name for name in packages if importlib.util.find_spec(name) is None]
    if lacking:
        raise click.UsageError(f"tieout bulk needs {', '.join(lacking)}: pip install 'tieout[bulk]'")


def _engine(engine: str) -> None:
    """Whoever is to do the work is there, or it is wrong usage."""
    name, colon, address = engine.partition(":")
    if name not in ("local", "ray") or (colon and (name == "local" or not address)):
        raise click.BadParameter(
            f"there is no engine {engine!r}; there are local and ray[:ADDRESS]", param_hint="--engine"
        )
    if name == "ray" and importlib.util.find_spec("ray") is None:
        raise click.UsageError("--engine ray needs Ray: pip install 'tieout[bulk-ray]'")


def _choice(options: Options) -> Choice:
    from checker.bulk.sources import Choice

    sample, percent = None, False
    if options.sample is not None:
        match = re.fullmatch(r"(\d{1,9})(%?)", options.sample.strip())
        if match is None or not int(match[1]) or (match[2] and int(match[1]) > 100):
            raise click.BadParameter(
                f"{options.sample!r} is no number of documents and no percentage", param_hint="--sample"
            )
        sample, percent = int(match[1]), bool(match[2])
    return Choice(options.since.replace(tzinfo=dt.UTC) if options.since else None, sample, percent, options.limit)


def _means(options: Options, rules: Rulebook) -> Means:
    from checker.api.bulk import Examining
    from checker.bulk.run import Means

    examining = Examining(rules, options.settings, options.limits, options.weakened)
    return Means(
        examining,
        examining.lost,
        options.jobs,
        options.engine,
        options.timeout + _GRACE,
        options.memory * MEGABYTE,
        options.limits.size,
        SELDOM,
        options.retry,
    )


def _head(options: Options, rules: Rulebook) -> Head:
    from checker.api.rulebook import applied
    from checker.bulk.store import Head

    return Head(__version__, applied(rules).sha256, options.decisive)


def _carried_out(found: Sequence[Item], problems: Sequence[Problem], options: Options, rules: Rulebook) -> int:
    from checker.bulk import progress
    from checker.bulk.run import carried_out

    with _store(options, rules) as store:
        with progress.told(options.quiet) as heard:
            made = carried_out(found, _means(options, rules), store, heard)
        return _finished(made, problems, store, options)


def _of_facts(paths: Sequence[Path], choice: Choice, options: Options) -> int:
    """A run over filings as data."""
    from checker.api.bulk import Examining
    from checker.bulk import progress
    from checker.bulk.facts import run as facts
    from checker.bulk.facts.answered import Working
    from checker.bulk.facts.sources import Unreadable

    if choice.sample is not None and not choice.percent:
        raise click.BadParameter("of filings a percentage is drawn: --sample 5%", param_hint="--sample")
    rules = rulebook(options.rules, options.no_shipped, options.selection)
    lost = Examining(rules, options.settings, options.limits).lost_filing
    working = Working(rules, options.fail_on, options.fail_on_rounding, options.keep)
    means = facts.Means(
        working, lost, options.jobs, options.engine, 10 * options.timeout, options.memory * MEGABYTE, options.retry
    )
    try:
        if options.dry_run:
            return _estimate_of_facts(facts.asked(paths, choice, means, _head(options, rules).key), working, options)
        with _store(options, rules) as store:
            with progress.told(options.quiet) as heard:
                made = facts.carried_out(facts.asked(paths, choice, means, store.head.key), means, store, heard)
            return _finished(made, (), store, options)
    except Unreadable as unreadable:
        say(Problem("T004", "error", f"cannot be opened: {unreadable}"))
        return UNREADABLE


def _estimate_of_facts(tasks: Iterator[Asked], working: Working, options: Options) -> int:
    """How much there is, how much of it is done, and how long the rest takes if all of it is like the first part."""
    import time

    from checker.bulk.facts.compiled import compiled
    from checker.bulk.facts.reading import vocabulary
    from checker.bulk.progress import duration
    from checker.bulk.store import written_units

    done = {unit.key for unit, _ in written_units(Path(options.out))}
    words = vocabulary(working.rulebook.once(compiled))
    filings, count, left, seconds, tried = 0, 0, 0, Fraction(0), 0
    for task in tasks:
        chunk = task.chunk(words)
        filings, count = filings + chunk.filings.num_rows, count + chunk.facts.num_rows
        if task.key in done:
            continue
        left += chunk.facts.num_rows
        if not tried:
            started = time.monotonic_ns()
            working(task)
            seconds, tried = Fraction(time.monotonic_ns() - started, 10**9), max(1, chunk.facts.num_rows)
    said = f"{filings:,} filings, {count:,} facts that rules name"
    if left < count:
        said += f", {left:,} of them to do"
    about = (
        f", about {duration(float(seconds * left / tried / options.jobs))} with --jobs {options.jobs}" if left else ""
    )
    click.echo(f"tieout: {said}{about}")
    return CLEAN


def _store(options: Options, rules: Rulebook) -> Store:
    from checker.bulk.store import Unusable, open_store

    try:
        return open_store(Path(options.out), _head(options, rules))
    except Unusable as unusable:
        raise click.BadParameter(str(unusable), param_hint="--out") from unusable


def _finished(made: Progress, problems: Sequence[Problem], store: Store, options: Options) -> int:
    """The manifest, the one line, and the exit status."""
    from checker.report import shape

    outcome = of_run(_outcomes(made, store, options), problems, options.settings, options.weakened)
    if not made.now and options.new and not problems:
        outcome = Outcome(CLEAN, (), options.weakened)
    told = {"status": outcome.status, "reasons": list(outcome.reasons), "weakened": list(outcome.weakened)}
    store.finish({**told, "problems": [shape.problem(one) for one in problems]})
    click.echo(_summary(made, outcome))
    return outcome.status


def _outcomes(made: Progress, store: Store, options: Options) -> list[Outcome]:
    """Of every document or filing of the input; with --new only of those that were done now."""
    found: list[Outcome] = []
    for key in sorted(made.keys):
        one, unit = store.done.get(key), store.units.get(key)
        if one is not None and (one.run == store.run or not options.new):
            found.append(Outcome(one.status, one.reasons, options.weakened))
        if unit is not None and (unit[1] == store.run or not options.new):
            for status, count in unit[0].statuses:  # one outcome stands for all filings that have it
                found += [Outcome(status, unit[0].reasons, options.weakened)] * count
    return found


def _summary(made: Progress, outcome: Outcome) -> str:
    """The one line of a run."""
    total = made.before + made.now
    before = f", {made.before:,} of them done before" if made.before else ""
    said = "; ".join(outcome.reasons) or "nothing that counts"
    return f"tieout: status {outcome.status}: {said} ({total:,} document{'' if total == 1 else 's'}{before})"


# ---- dry run ---------------------------------------------------------------------------------------------------------


def _estimate(found: Sequence[Item], options: Options, rules: Rulebook) -> int:
    """What there is to do, and how long it takes if the documents that were tried, spread over all, are like the
    rest."""
    import time

    from checker.bulk import sources
    from checker.bulk.progress import duration
    from checker.bulk.run import is_done, keyed
    from checker.bulk.store import written

    head, means = _head(options, rules), _means(options, rules)
    done = {one.document: one for one in written(Path(options.out))}
    left = list(found)
    if done:
        left = [
            item
            for item, body in sources.read(found, means.size)
            if not is_done(done.get(keyed(head, item, body)), body, means.again)
        ]
    tried = left[:: max(1, -(-len(left) // _TRIED))]
    started = time.monotonic()
    for item, body in sources.read(tried, means.size):
        means.examined(item.name, body)
    seconds = (time.monotonic() - started) / max(1, len(tried)) * len(left) / options.jobs
    size = sum(one.size for one in left)
    said = f"{len(found):,} documents, {len(left):,} to do, {size / MEGABYTE:,.1f} MB"
    click.echo(
        f"tieout: {said}, about {duration(seconds)} with --jobs {options.jobs} (from {len(tried)} tried)"
        if left
        else f"tieout: {said}"
    )
    return CLEAN


# ---- questions and the page ------------------------------------------------------------------------------------------


@command.command("query", short_help="ask the tables of a run a question in SQL")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("sql")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "csv", "jsonl"]),
    default="text",
    show_default=True,
    help="How to print the answer.",
)
def query(folder: Path, sql: str, format_name: str) -> int:
    """Ask the tables of a run a question in the SQL of DuckDB.

    \b
    There are the tables coverage, figures, findings and problems, and the views
    rules          each rule: how often it agrees, fails, and in how many percent
    judgements     counts by rule, year, industry and verdict
    new_findings   the findings of the last run
    changes        what does not agree: new, still, or fixed by the last run
    restated       facts that a later filing of the same filer reports otherwise

    The question can read this folder and nothing else.
    """
    needed("duckdb", "pyarrow")
    from checker.bulk.query import Question, answered
    from checker.bulk.store import Unusable

    try:
        click.echo(answered(folder, sql, format_name), nl=False)
    except Unusable as unusable:
        raise click.BadParameter(str(unusable), param_hint="DIR") from unusable
    except Question as error:
        raise click.BadParameter(str(error).partition("\n")[0], param_hint="SQL") from error
    return CLEAN


@command.command("report", short_help="one page: which rules fail, when, and for whom")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--output", metavar="FILE", help="Where the page goes.  [default: DIR/report.html]")
def report(folder: Path, output: str | None) -> int:
    """Write a page about a run: which rules fail across all documents, by rule, year, industry and filer, what was
    restated, how rounding is spread.

    It is one file with its plots in it, without script, and only you may read it.
    """
    needed("duckdb", "pyarrow")
    from checker.bulk.report import page
    from checker.bulk.store import Unusable
    from checker.cli.outputs import writable, write_file

    target = folder / "report.html" if output is None else writable(output, "--output")
    try:
        write_file(target, page(folder))
    except Unusable as unusable:
        raise click.BadParameter(str(unusable), param_hint="DIR") from unusable
    click.echo(target)
    return CLEAN


@command.command("mine", short_help="rules that hold across a market, and what the others lack")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--fails",
    type=click.IntRange(1, 100),
    default=30,
    metavar="PERCENT",
    show_default=True,
    help="Look at rules that fail for so many percent of their filers.",
)
@click.option(
    "--least",
    type=click.IntRange(1),
    default=20,
    metavar="N",
    show_default=True,
    help="Leave out rules that were judged for fewer filers.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
@ruled
def mine(folder: Path, fails: int, least: int, format_name: str, rules: tuple[str, ...], no_shipped: bool) -> int:
    """Say which rules hold across the filings of a run, and which fail for many filers: these are wrong, or lack a
    term or a condition, and what would mend them is proposed with its evidence, as an override to be pasted.

    The run must have kept all rows (--keep all). --rules and --no-shipped say how rules name the concepts.
    """
    needed("duckdb", "pyarrow")
    import json

    from checker.bulk.mine import as_dict, mined, told
    from checker.bulk.store import Unusable, made_with

    try:
        if made_with(folder)["settings"].get("keep") == "told":
            raise click.BadParameter(
                f"{folder} was made with --keep told: what agrees is counted only", param_hint="DIR"
            )
        names = _named(rulebook(rules, no_shipped, Selection()))
        holding, broken = mined(folder, names, fails, least)
    except Unusable as unusable:
        raise click.BadParameter(str(unusable), param_hint="DIR") from unusable
    if format_name == "jsonl":
        click.echo(
            "".join(json.dumps(as_dict(one), ensure_ascii=False) + "\n" for one in (*broken, *holding)), nl=False
        )
    else:
        click.echo(told(holding, broken, fails, least), nl=False)
    return CLEAN


def _named(rules: Rulebook) -> dict[str, str]:
    """What rules call each concept of a taxonomy."""
    found: dict[str, str] = {}
    for concept in rules.concepts:
        for tag in concept.tags:
            found.setdefault(tag, concept.name)
    return found
