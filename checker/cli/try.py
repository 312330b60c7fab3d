"""`tieout try`: the rules of one file on one release, judged again at each save."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

import click

from checker.cli.options import colourful, say
from checker.cli.outputs import write_out
from checker.core.finding import Finding
from checker.core.report import Checked
from checker.gate import CLEAN, FINDINGS, UNREADABLE, USAGE
from checker.report.style import Style
from checker.workshop.trying import Read, Tried

_CLEAR = "\x1b[2J\x1b[H"


@click.command(
    "try",
    short_help="the rules of a file on a release, again at each save",
    epilog="""\b
Examples:
  tieout try acme.rules release.html
  tieout try acme.rules release.html --watch  stays open beside the editor
""",
)
@click.argument("rules", type=click.Path(exists=True, path_type=Path), metavar="FILE.rules")
@click.argument("release", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="RELEASE")
@click.option("--watch", is_flag=True, help="Judge again at each save of either file, until interrupted.")
@click.option("--no-color", is_flag=True, help="No colours, even on a terminal (so does NO_COLOR).")
def command(rules: Path, release: Path, watch: bool, no_color: bool) -> int:
    """Judge a release with the rules of one file alone, and show each of them.

    Rules and definitions stand in the order of the file, with their ids, whole relations and the arithmetic of every
    period; one that was never judged says why, with the nearest captions of the release. The release is read once: with
    --watch an edit of the rules is answered at once. Needs the extra watch for that: pip install 'tieout[watch]'.

    \b
    Exit status: 0 what was judged holds; 1 a violation, or a required rule
    that does not apply; 2 a rule file has a mistake; 3 no rule was judged.
    """
    style = Style(colour=not no_color and colourful(sys.stdout), width=_width())
    if watch:
        return _watched(rules, release, style)
    read, status = _read(release)
    return status if read is None else _once(rules, read, style)[0]


def _width() -> int:
    import shutil

    return max(60, shutil.get_terminal_size((120, 24)).columns) if sys.stdout.isatty() else 120


def _read(release: Path) -> tuple[Read | None, int]:
    """The release with its figures; None, and why on standard error, where there are none."""
    from checker.api.inputs import Input, TooLarge, content
    from checker.api.limits import Limits
    from checker.api.trying import reading

    try:
        body = content(Input(str(release)), Limits().size)
    except (OSError, TooLarge) as error:
        why = "is too large" if isinstance(error, TooLarge) else f"cannot be opened: {error.strerror}"
        click.echo(f"{release}: {why}", err=True)
        return None, UNREADABLE
    read = reading(str(release), body)
    for problem in read.found.problems:
        say(problem)
    if not read.found.figures:
        click.echo(f"{release}: no figure could be read", err=True)
        return None, UNREADABLE
    return read, CLEAN


def _once(rules: Path, read: Read, style: Style) -> tuple[int, str]:
    """The rules judged and shown: the exit status, and the count in a line."""
    from checker.api.errors import Refused
    from checker.api.trying import tried
    from checker.workshop.telling import counted, told

    try:
        done, checked = tried(rules, read)
    except Refused as refused:
        for problem in refused.problems:
            say(problem)
        return USAGE, "not judged: the rules have a mistake"
    shown = set(read.found.problems)
    for problem in checked.problems:
        if problem not in shown:
            say(problem)
    write_out(told(done, checked, style), "text")
    return _status(done, checked), counted(done)


def _status(done: tuple[Tried, ...], checked: Checked) -> int:
    if any(_counts(one) for one in checked.findings):
        return FINDINGS
    return CLEAN if any(one.judged for one in done) else UNREADABLE


def _counts(finding: Finding) -> bool:
    return finding.severity == "error" and finding.verdict in ("violation", "not applicable")


def _watched(rules: Path, release: Path, style: Style) -> int:
    """Judges at each save of either file; what does not depend on what was saved is not done again."""
    from checker.workshop.watching import LACKING, can_watch, saves

    if not can_watch():
        raise click.UsageError(LACKING)
    read, _ = _read(release)
    changes = saves((rules, release))
    status = CLEAN
    try:
        while True:
            begun = perf_counter()
            if read is not None:
                status, _ = _once(rules, read, style)
                click.echo(
                    f"judged in {(perf_counter() - begun) * 1000:.0f} ms; waiting for a save of {rules} or {release}",
                    err=True,
                )
            saved = next(changes, None)
            if saved is None:
                return status
            if sys.stdout.isatty():
                click.echo(_CLEAR, nl=False)
            if release in saved and release.exists():
                read, _ = _read(release)
    except KeyboardInterrupt:
        return status
