"""`tieout rules`: for people who write rules."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from checker.cli.options import ConfigurationError, colourful, configured, limited, ruled, say
from checker.core.release import Release
from checker.core.rule import Rule
from checker.gate import CLEAN, FINDINGS, UNREADABLE, USAGE

_PATHS = click.Path(exists=True, path_type=Path)
_FILES = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("rules", short_help="for people who write rules")
def command() -> None:
    """List rules, begin a file of your own, find mistakes in it, and run the specimens on its page.

    \b
    tieout rules list                       every rule that would run
    tieout rules new house/margins.rules    a rule file and its page to begin with
    tieout rules lint house                 mistakes, with the line and a hint
    tieout rules fmt house                  one form for all files, comments kept
    tieout rules test house                 do rules say what pages expect?
    tieout rules mutate house               would the pages notice a wrong rule?
    tieout rules prove house                contradictions, idle rules
    tieout rules coverage house releases    in how many releases was each judged?
    """


@command.command("list", short_help="every rule that would run")
@configured
@ruled
def list_rules(rules: tuple[str, ...], no_shipped: bool) -> None:
    """List the id and the meaning of every rule that would run."""
    from checker.cli.rulebook import rulebook
    from checker.gate.selection import Selection

    book = rulebook(rules, no_shipped, Selection())
    width = min(48, max((len(rule.id) for rule in book.rules), default=0))
    for rule in book.rules:
        click.echo(f"{rule.id.ljust(width)}  {rule.title or _relation(rule)}")
    for pack in book.packs:
        click.echo(f"pack {pack.name}: {pack.in_words}", err=True)
    click.echo(f"{len(book.rules)} rules, {len(book.definitions)} definitions, {len(book.concepts)} concepts", err=True)


def _relation(rule: Rule) -> str:
    return str(getattr(rule.relations[0], "text", "")) if rule.relations else ""


@command.command("lint", short_help="mistakes in rule files")
@click.argument("paths", nargs=-1, required=True, type=_PATHS, metavar="PATH...")
@click.option(
    "--on",
    "releases",
    multiple=True,
    type=_FILES,
    metavar="RELEASE",
    help="Hold names against the captions printed there (repeatable).",
)
@click.option(
    "--fix", "mend", is_flag=True, help="Put right what hints leave no doubt of; what changes is shown first."
)
@click.option(
    "--diff",
    "only_look",
    is_flag=True,
    help="Show what --fix would change, change nothing, and leave with status 1 if it would.",
)
def lint(paths: tuple[Path, ...], releases: tuple[Path, ...], mend: bool, only_look: bool) -> int:
    """Read rule files, or all in a folder, and show every mistake at once, what is well formed but probably not meant,
    and what no specimen tests. `tieout explain CODE` says more about one.

    With --on, names are held against the captions of releases: one that is nearly a caption is told with it. --fix puts
    quotes, brackets, operators, units and misspelt captions right where there is one way to do so; on a terminal it
    asks before it writes.

    Status 2 where a file would keep a run from starting, 1 with --diff where something would change, else 0.
    """
    from checker.workshop.linting import linted, mended, printed

    page = printed([_release(path) for path in releases]) if releases else None
    changed = mended(paths, page) if mend or only_look else ()
    for one in changed:
        click.echo(one.difference, nl=False)
    if changed and mend and not only_look and _agreed(f"Write {_count(len(changed), 'file')}?"):
        for one in changed:
            _rewrite(one.path, one.after.decode("utf-8"))
    found = linted(paths, page)
    for problem in found.problems:
        say(problem)
    severities = [problem.severity for problem in found.problems]
    errors, notes = severities.count("error"), severities.count("note")
    noted = f", {_count(notes, 'note')}" if notes else ""
    what = f"{_count(found.rules, 'rule')} in {_count(found.files, 'file')}"
    click.echo(f"{what}: {_count(errors, 'error')}, {_count(severities.count('warning'), 'warning')}{noted}")
    if errors:
        return USAGE
    return FINDINGS if only_look and changed else CLEAN


def _agreed(question: str) -> bool:
    """Whether the person at the terminal says yes; where nobody sits there, what was asked for on the command line
    counts."""
    return not (sys.stdin.isatty() and sys.stdout.isatty()) or click.confirm(question)


def _release(path: Path) -> Release:
    """A release as read; one without figures has nothing to hold names against."""
    from checker.pipeline import release

    found = release(str(path), path.read_bytes())
    if not found.statements:
        raise click.BadParameter(f"no table with figures was found in {str(path)!r}", param_hint="--on")
    return found


def _rewrite(path: Path, text: str) -> None:
    """Another text in a file, which keeps its mode."""
    from checker.cli.outputs import write_file

    mode = path.stat().st_mode
    write_file(path, text)
    path.chmod(mode)


def _count(count: int, word: str) -> str:
    return f"{count or 'no'} {word}{'' if count == 1 else 's'}"


@command.command("fmt", short_help="one form for rule files")
@click.argument("paths", nargs=-1, required=True, type=_PATHS, metavar="PATH...")
@click.option(
    "--check",
    "only_look",
    is_flag=True,
    help="Change nothing: name the files that would change, and leave with status 1.",
)
def fmt(paths: tuple[Path, ...], only_look: bool) -> int:
    """Bring rule files, or all in a folder, into one form: indentation, blanks, operators, the order of clauses.
    Comments are kept.

    What a rule means never changes. A file with a mistake in it stays as it is.

    \b
    Status 0 formatted, or nothing to do; 1 with --check where a file would
    change; 2 a file has a mistake.
    """
    from checker.language import formatted, read

    files = read(paths)
    for problem in (problem for file in files for problem in file.problems):
        say(problem)
    changed = [
        (Path(file.path), text) for file in files if not file.problems and (text := formatted(file)) != file.text
    ]
    for path, text in changed:
        click.echo(str(path))
        if not only_look:
            _rewrite(path, text)
    click.echo(f"{len(changed)} of {_count(len(files), 'file')} {'would change' if only_look else 'changed'}", err=True)
    if any(file.problems for file in files):
        return USAGE
    return FINDINGS if only_look and changed else CLEAN


@command.command("test", short_help="run the specimens on the pages of rules")
@click.argument("paths", nargs=-1, required=True, type=_PATHS, metavar="PATH...")
def test(paths: tuple[Path, ...]) -> int:
    """Run the specimens on the pages beside rule files: what each page expects against what the rules say.

    Status 1 where they differ, 3 where there is no specimen.
    """
    from checker.workshop.specimens import run

    outcomes = run(paths)
    for outcome in outcomes:
        if not outcome.agrees:
            click.echo(f"{outcome.path}:{outcome.line}: {outcome.rule}")
            for difference in outcome.differences:
                click.echo(f"    {difference}")
    failed = sum(not outcome.agrees for outcome in outcomes)
    click.echo(f"{len(outcomes) - failed} of {len(outcomes)} specimens agree")
    if not outcomes:
        return UNREADABLE
    return FINDINGS if failed else CLEAN


@command.command("mutate", short_help="do the specimens notice a changed rule?")
@click.argument("paths", nargs=-1, required=True, type=_PATHS, metavar="PATH...")
@click.option("--verbose", "-v", is_flag=True, help="Every rule and every change, also those that were noticed.")
def mutate(paths: tuple[Path, ...], verbose: bool) -> int:
    """Change rules a little (a sign turned, a term left out, a period dropped, a condition ignored) and run the
    specimens of each.

    A change that no specimen notices is a mistake that nobody would notice: add a specimen, or see that the change
    makes no difference. Nothing is written.

    \b
    Status 0 whatever is noticed; 2 a file has a mistake; 3 no rule has a
    specimen.
    """
    from checker.workshop.mutation import mutated

    _sound(paths)
    done = []
    for one in mutated(paths):
        done.append(one)
        missed = [change for change in one.changes if not change.noticed]
        if verbose or missed or not one.specimens:
            noticed = (
                f"{len(one.changes) - len(missed)} of {_count(len(one.changes), 'change')} noticed"
                if one.changes
                else "no change to try"
            )
            idle = "its specimen does not agree: tieout rules test" if one.disagreeing else "no specimen"
            click.echo(f"{one.rule}: {noticed if one.specimens else idle}")
        for change in one.changes if verbose else missed:
            click.echo(f"    line {change.line}, {change.what}: {'noticed' if change.noticed else 'not noticed'}")
            click.echo(f"        {change.reads}")
    changes = [change for one in done for change in one.changes]
    click.echo(
        f"{sum(change.noticed for change in changes)} of {_count(len(changes), 'change')} noticed, in "
        f"{_tested(sum(bool(one.specimens) for one in done), len(done))}"
    )
    return CLEAN if any(one.specimens for one in done) else UNREADABLE


def _tested(tested: int, every: int) -> str:
    """How many rules were changed at all: those without a specimen that agrees were not."""
    return _count(every, "rule") if tested in (0, every) else f"{tested} of {_count(every, 'rule')}"


def _sound(paths: tuple[Path, ...]) -> None:
    """Files with a mistake are said to have it, and nothing runs."""
    from checker.language import load

    book = load(list(paths))
    if book.faulty:
        raise ConfigurationError(book.problems)


@command.command("prove", short_help="contradictions, and rules that say nothing")
@click.argument("paths", nargs=-1, required=True, type=_PATHS, metavar="PATH...")
def prove(paths: tuple[Path, ...]) -> int:
    """Prove, before any page is judged, what is wrong with rules: a condition that never holds, a relation that no page
    or every page keeps, rules that no page can keep together, one rule twice, one that others imply, and figures that
    are left one amount.

    Decided in exact numbers, beside the rules that come with the program; each find names as few rules as it takes, and
    shows a page. Needs the extra prove: pip install 'tieout[prove]'. `tieout rules lint` says the same where it is
    installed.

    \b
    Status 0 nothing but notes; 1 something is probably wrong; 2 a rule file
    has a mistake, or the extra is not installed.
    """
    from checker.workshop.proofs import LACKING, can_prove, proven

    if not can_prove():
        raise click.UsageError(LACKING)
    _sound(paths)
    done = proven(paths)
    for one in done.proofs:
        place = one.problem.place
        where = f"{one.problem.path}:{place.line}" if place else one.problem.path
        click.echo(f"{where}: {one.problem.severity}[{one.problem.code}]: {one.problem.message}")
        for line in one.lines:
            click.echo(f"    {line}")
    wrong = sum(one.counts for one in done.proofs)
    notes = len(done.proofs) - wrong
    noted = f", {_count(notes, 'note')}" if notes else ""
    click.echo(f"{_count(done.rules, 'rule')}: {_count(wrong, 'warning')}{noted}")
    return FINDINGS if wrong else CLEAN


_TABLES = click.Choice(["text", "csv", "html"])


@command.command("coverage", short_help="in how many releases was each rule judged?")
@click.argument("rules", type=click.Path(path_type=Path), metavar="RULES")
@click.argument("paths", nargs=-1, required=True, metavar="RELEASE|FOLDER...")
@click.option(
    "--format",
    "format_name",
    type=_TABLES,
    default="text",
    show_default=True,
    help="What to print: text, csv or html.",
    metavar="FORMAT",
)
@click.option(
    "--output",
    "output_names",
    multiple=True,
    metavar="FORMAT:FILE",
    help="Write csv or html to a file only you may read (repeatable).",
)
@limited
def coverage(
    rules: Path, paths: tuple[str, ...], format_name: str, output_names: tuple[str, ...], timeout: int, max_size: int
) -> int:
    """Judge many releases with the rules of one file or folder, and say how each rule fared: in how many it was judged,
    how often it agreed, differed by rounding or was violated, and where it never applied, why.

    Rules that never applied come first: they are probably misspelt. RULES may be the word shipped: the rules that come
    with the program.

    \b
    Status 0 counted; 2 a rule file has a mistake; 3 no document could be read.
    """
    from checker import __version__
    from checker.api.inputs import inputs
    from checker.api.limits import MEGABYTE, Limits
    from checker.api.trying import SHIPPED, each, own
    from checker.cli.outputs import writable, write_file, write_out
    from checker.report.style import Style
    from checker.workshop import rule_coverage as told

    if not rules.exists() and str(rules) != SHIPPED:
        raise click.BadParameter(
            f"there is no file or folder {str(rules)!r}; the word {SHIPPED} means the rules of the program",
            param_hint="RULES",
        )
    wanted = [_table(name) for name in output_names]
    targets = [(name, writable(file, "--output")) for name, file in wanted]
    mine, limits = own(rules), Limits(timeout, max_size * MEGABYTE)
    found = inputs(paths, limits.size)
    for problem in found.problems:
        say(problem)
    read = []
    for checked, tried in each(mine, found.distinct, limits):
        for problem in checked.problems:
            if problem.severity == "error":
                say(problem)
        if checked.figures:
            read.append(tried)
    rows = told.covered(read)
    style = Style(colour=colourful(sys.stdout))
    made = {
        "text": lambda: told.text(rows, style),
        "csv": lambda: told.table(rows),
        "html": lambda: told.web_page(rows, __version__),
    }
    for name, target in targets:
        write_file(target, made[name]())
    write_out(made[format_name](), format_name)
    return CLEAN if read else UNREADABLE


def _table(name: str) -> tuple[str, str]:
    form, colon, file = name.partition(":")
    if not colon or not file or form not in ("text", "csv", "html"):
        raise click.BadParameter(f"{name!r} is not FORMAT:FILE with a format of text, csv, html", param_hint="--output")
    return form, file


@command.command("new", short_help="begin a rule file and its page")
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE.rules")
def new(path: Path) -> None:
    """Begin a rule file, with one rule that works, and the page beside it with specimens that test it."""
    from checker.workshop.new import create

    if path.suffix != ".rules":
        raise click.BadParameter("the name of a rule file ends in .rules", param_hint="FILE.rules")
    problem = create(path)
    if problem is not None:
        raise ConfigurationError((problem,))
    click.echo(f"{path} and {path.with_suffix('.md')}; try: tieout rules test {path}")
