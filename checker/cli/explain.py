"""`tieout explain`: what a rule or a message means and, beside a release, why a rule did or did not bind there."""

from __future__ import annotations

from collections.abc import Sequence

import click

from checker.cli.options import configured, ruled, say
from checker.core.rule import Rulebook
from checker.gate import CLEAN, UNREADABLE


@click.command(
    "explain",
    short_help="what a rule or a message means",
    epilog="""\b
Examples:
  tieout explain E109
  tieout explain gross-profit
  tieout explain "Gross margin"
  tieout explain gross-profit --on release.md
""",
)
@click.argument("name", metavar="CODE|RULE")
@click.option(
    "--on",
    "release",
    type=click.Path(exists=True, dir_okay=False),
    metavar="RELEASE",
    help="Why the rule did or did not bind there.",
)
@configured
@ruled
def command(name: str, release: str | None, rules: tuple[str, ...], no_shipped: bool) -> int:
    """Explain a code, a rule, a definition or a concept, with good and bad examples.

    A rule is named by its id, by the end of it, or by a glob.
    """
    from checker.workshop.codes import EXPLAINED, check_explained, explanation, is_code

    if is_code(name):
        code = EXPLAINED.get(name.upper())
        if code is None:
            raise click.UsageError(f"there is no code {name.upper()}; there are {', '.join(EXPLAINED)}")
        click.echo(explanation(code), nl=False)
        return CLEAN
    told = check_explained(name)
    if told is not None:
        click.echo(told, nl=False)
        return CLEAN
    return _rule(name, release, _book(rules, no_shipped))


def _book(rules: Sequence[str], no_shipped: bool) -> Rulebook:
    from checker.cli.rulebook import rulebook
    from checker.gate.selection import Selection

    return rulebook(rules, no_shipped, Selection())


def _rule(name: str, release: str | None, book: Rulebook) -> int:
    from checker.gate.selection import fitting, nearest
    from checker.workshop.explained import explained, named

    ids = fitting(book.rules, name)
    found = [*(rule for rule in book.rules if rule.id in ids), *(named(book, name) if not ids else ())]
    if not found:
        near = nearest(book.rules, name)
        raise click.UsageError(
            f"there is no rule, definition or concept {name!r}"
            + (f"; did you mean {near}?" if near else "; see tieout rules list")
        )
    click.echo("\n".join(explained(one) for one in found), nl=False)
    if release is None:
        return CLEAN
    click.echo("")
    return _on(release, tuple(ids), book)


def _on(release: str, ids: tuple[str, ...], book: Rulebook) -> int:
    """What these rules said of a release, period by period, and why where they did not apply."""
    from checker.api.document import answer
    from checker.api.inputs import Input
    from checker.api.limits import Limits
    from checker.report.places import Places
    from checker.report.text import relationships

    checked = answer(Input(release), book, Limits())
    for problem in checked.problems:
        say(problem)
    said = [
        one for one in checked.findings if any(_same(one.check.rule, rule) or rule in one.check.also for rule in ids)
    ]
    lines = list(relationships(said, Places(checked)))
    click.echo(f"on {release}:")
    for line in lines or ["it says nothing there: no figure of this release plays a part in it"]:
        click.echo(f"  {line}")
    return CLEAN if checked.figures else UNREADABLE


def _same(found: str, rule: str) -> bool:
    return found == rule or found.startswith(f"{rule}#")
