"""`tieout rules`: for people who write rules."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.options import ConfigurationError, configured, ruled, say
from checker.core.rule import Rule
from checker.gate import CLEAN, FINDINGS, UNREADABLE, USAGE

_PATHS = click.Path(exists=True, path_type=Path)


@click.group("rules", short_help="for people who write rules")
def command() -> None:
    """List rules, begin a file of your own, find mistakes in it, and run the specimens on its page.

    \b
    tieout rules list                       every rule that would run
    tieout rules new house/margins.rules    a rule file and its page to begin with
    tieout rules lint house                 mistakes, with the line and a hint
    tieout rules test house                 what the pages expect against what the rules say
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
    click.echo(f"{len(book.rules)} rules, {len(book.definitions)} definitions, {len(book.concepts)} concepts", err=True)


def _relation(rule: Rule) -> str:
    return str(getattr(rule.relations[0], "text", "")) if rule.relations else ""


@command.command("lint", short_help="mistakes in rule files")
@click.argument("paths", nargs=-1, required=True, type=_PATHS, metavar="PATH...")
def lint(paths: tuple[Path, ...]) -> int:
    """Read rule files, or all in a folder, and show every mistake at once. `tieout explain CODE` says more about one.

    Status 2 where a file would keep a run from starting, else 0.
    """
    from checker.language import load

    book = load(list(paths))
    for problem in book.problems:
        say(problem)
    own = [path for path, _ in book.files if any(Path(path) == given or given in Path(path).parents for given in paths)]
    count = sum(rule.path in own for rule in book.rules)
    errors = sum(problem.severity == "error" for problem in book.problems)
    others = len(book.problems) - errors
    click.echo(f"{_count(count, 'rule')} in {_count(len(own), 'file')}: {_count(errors, 'error')}, {_count(others, 'warning')}")
    return USAGE if errors else CLEAN


def _count(count: int, word: str) -> str:
    return f"{count or 'no'} {word}{'' if count == 1 else 's'}"


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
