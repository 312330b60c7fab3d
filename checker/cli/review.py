"""`tieout review`: a release and its findings in a browser, to decide what is wrong and what is not, while the drafts
change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from checker import __version__
from checker.api.beside import beside
from checker.api.document import attempt
from checker.api.errors import Refused
from checker.api.inputs import Input
from checker.api.limits import MEGABYTE, Limits
from checker.api.rulebook import applied, packs
from checker.cli.options import (
    ConfigurationError,
    configured,
    covering,
    least_coverage,
    limited,
    ruled,
    selecting,
    source,
)
from checker.cli.outputs import writable, write_file
from checker.cli.policy import Decisions, deciding, policy, waivers_file
from checker.cli.rulebook import rulebook
from checker.core.release import Release
from checker.core.report import Checked, Report
from checker.core.rule import Rulebook
from checker.gate import CLEAN, UNREADABLE, Settings, decided, of_run
from checker.gate import decisions as kept
from checker.gate import policy as gate
from checker.gate.accounted import accounted
from checker.gate.dials import probed
from checker.gate.policy import Policy
from checker.gate.selection import Selection
from checker.gate.waivers import NAME, Terms
from checker.gate.weakened import weakened
from checker.review.server import served
from checker.review.session import Asked, Session

HOUSE = "house.rules"
"""The rule file that calculations are added to where no other is named."""


@click.command(
    "review",
    short_help="work on the findings of a release in a browser, on this machine",
    epilog="""\b
Examples:
  tieout review draft.html --rules house.rules
  tieout review --merge jd/tieout-decisions.toml ab/tieout-decisions.toml
""",
)
@click.argument("named", metavar="RELEASE", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--merge", is_flag=True, help="Take the decisions of these files into one, beside the waivers; nothing is served."
)
@click.option(
    "--house",
    type=click.Path(dir_okay=False),
    metavar="FILE.rules",
    help=f"Where calculations go [default: that of --rules, else {HOUSE}].",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note"]),
    default="error",
    show_default=True,
    help="From which severity on findings count.",
)
@click.option("--fail-on-rounding", is_flag=True, help="Rounding differences count too.")
@covering
@limited
@configured
@ruled
@selecting
@deciding
@click.option(
    "--baseline", type=click.Path(), metavar="FILE", help="Findings it counts do not block; see tieout baseline."
)
def command(named: tuple[str, ...], **options: Any) -> int:
    """Serve the page of a release to this machine alone, to decide what its findings are, until Ctrl-C.

    The address holds a token; nobody without it is answered, and nothing is kept but tieout-decisions.toml, beside the
    waivers. A finding is confirmed or dismissed with a reason and initials; a dismissal that somebody signs until a day
    is a waiver for tieout check, until then it is pending. A draft or rule file that is saved is judged again, and the
    page says what has changed.

    \b
    Exit status: that of tieout check on the last draft; with --merge 0, or 2
    where a file has a mistake.
    """
    names = ("waivers", "waiver_horizon", "materiality", "clearly_trivial", "today", "baseline")
    decisions = Decisions(**{name: options.pop(name) for name in names})
    path = kept.beside(waivers_file(decisions.waivers))
    writable(str(path), "--waivers")
    if options.pop("merge"):
        return _merged(named, path, Terms(decisions.day, decisions.waiver_horizon))
    if len(named) != 1:
        raise click.UsageError("one release is reviewed at a time; --merge takes several files of decisions")
    return _served(Session(_asked(named[0], options, decisions)))


def _served(session: Session) -> int:
    """Answers until the user interrupts."""
    checked = session.shown.checked
    with served(session) as address:
        reasons = checked.outcome.reasons if checked.outcome else ()
        click.echo(f"{checked.source.path}: {'; '.join(reasons) or 'nothing that counts'}")
        click.echo(f"open {address}")
        click.echo("Ctrl-C ends the review", err=True)
        with suppress(KeyboardInterrupt):
            session.work(lambda: False)
    outcome = session.shown.report.outcome
    return outcome.status if outcome is not None else UNREADABLE


def _merged(files: Sequence[str], path: Path, terms: Terms) -> int:
    """The decisions of all files, and of the one that is there, in the one that is there."""
    found = [kept.read(one, terms) for one in dict.fromkeys([*map(Path, files), *([path] if path.exists() else [])])]
    problems = tuple(problem for one in found for problem in one.problems)
    if problems:
        raise ConfigurationError(problems)
    entries = kept.merged(*(one.entries for one in found))
    write_file(path, kept.file_of(entries))
    click.echo(f"{path}: {len(entries)} {'decision' if len(entries) == 1 else 'decisions'}")
    return CLEAN


def _asked(name: str, options: dict[str, Any], decisions: Decisions) -> Asked:
    """How the release is judged, as the options ask for."""
    selection = Selection(options["select"], options["ignore"], options["require"])
    settings = Settings(
        options["fail_on"], options["fail_on_rounding"], Fraction(least_coverage(options["min_coverage"]), 100)
    )
    limits = Limits(options["timeout"], options["max_size"] * MEGABYTE)
    rules = tuple(Path(one) for one in options["rules"])
    files = [one for one in rules if one.is_file()]
    house = writable(options["house"] or str(files[0] if files else Path(HOUSE)), "--house")
    if house.suffix != ".rules":
        raise click.BadParameter(f"{str(house)!r} is no rule file", param_hint="--house")
    if house.is_file() and not any(house == one or one in house.parents for one in rules):
        rules = (*rules, house)
    weak = {name: options[name.replace("-", "_")] for name in ("select", "ignore", "no-shipped", "min-coverage")}
    weak["clearly-trivial"] = decisions.clearly_trivial

    def book(paths: Sequence[Path]) -> Rulebook:
        with _refusing():
            return rulebook([str(one) for one in paths], options["no_shipped"], selection)

    def decide(rules: Rulebook) -> Policy:
        with _refusing():
            return policy(decisions, rules, selection)

    return Asked(
        document=Path(name),
        rules=rules,
        house=house,
        decisions=kept.beside(waivers_file(decisions.waivers)),
        waivers=waivers_file(decisions.waivers) or Path(NAME),
        day=decisions.day,
        horizon=decisions.waiver_horizon,
        book=book,
        judge=_judging(Input(name), limits),
        policy=decide,
        settle=_settling(settings, weak),
        write=write_file,
    )


def _settling(settings: Settings, weak: dict[str, Any]) -> Callable[[Checked, Rulebook, Policy], Report]:
    """Makes the report of a judged draft, with what was decided of it and what weakens it."""

    def settle(checked: Checked, rules: Rulebook, decided_there: Policy) -> Report:
        judged = gate.applied(checked, decided_there)
        why = weakened(weak, source, rules, decided_there)
        answered = decided(accounted(judged.checked, rules), settings, why)
        problems = tuple(gate.leftovers(decided_there, [judged]))
        outcome = of_run([answered.outcome] if answered.outcome is not None else [], problems, settings, why)
        return Report(
            __version__,
            applied(rules),
            packs(rules),
            (answered,),
            problems,
            root=Path.cwd().as_posix(),
            outcome=outcome,
        )

    return settle


def _judging(document: Input, limits: Limits) -> Callable[[Rulebook], Checked]:
    """Judges the document under some rules; a draft is read once, however many rules are tried on it."""
    last: list[tuple[str, Release]] = []

    def work(one: Input, body: bytes, rules: Rulebook) -> Checked:
        from checker.pipeline import judge, release, shown

        name = hashlib.sha256(body).hexdigest()
        if not last or last[0][0] != name:
            last[:] = [(name, release(one.path, body, beside(one, body, limits.size)))]
        return shown(judge(last[0][1], body, rules), body)

    def judging(rules: Rulebook) -> Checked:
        asking = probed(rules)
        return attempt(document, limits, lambda one, body: work(one, body, asking))

    return judging


@contextmanager
def _refusing() -> Iterator[None]:
    """Mistakes in files as the door tells them: a review goes on, and the page says what is wrong."""
    try:
        yield
    except ConfigurationError as error:
        raise Refused(error.problems) from error
