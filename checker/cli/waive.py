"""`tieout waive`: writes down that a finding is accepted, by whom, why and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from checker.algebra.notation import decimal
from checker.cli.judged import Request, judged, unread
from checker.cli.options import configured, ruled, selecting
from checker.cli.outputs import writable, write_file
from checker.cli.policy import Decisions, deciding
from checker.core.finding import Finding
from checker.gate import CLEAN
from checker.gate.selection import Selection
from checker.gate.waivers import NAME, Entry, rule_fits, waivable, written


@click.command(
    "waive",
    short_help="accept a finding, with a reason and a last day",
    epilog="""\b
Examples:
  tieout waive gross-profit draft.md --reason "as restated" \\
      --approver CFO --expires 2026-12-31
""",
)
@click.argument("finding", metavar="FINDING|RULE|STORY")
@click.argument("document", metavar="DOCUMENT", type=click.Path(exists=True, dir_okay=False))
@click.option("--reason", required=True, metavar="TEXT", help="Why the finding is accepted.")
@click.option("--approver", required=True, metavar="NAME", help="Who says so.")
@click.option("--expires", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The last day on which it holds.")
@configured
@ruled
@selecting
@deciding
def command(finding: str, document: str, **options: Any) -> int:
    """Append waivers for findings of a document to tieout-waivers.toml, or to the file that --waivers names.

    Each waiver is bound to the difference that its finding has now. FINDING is an id, as in the reports json and csv; a rule will do
    where it has one finding; where it has several, they are listed with their ids. STORY is the name of a cause that several findings
    have in common (s1, s2, as the report prints it): each of them gets its waiver.
    """
    reason, approver, last = options.pop("reason"), options.pop("approver"), options.pop("expires").date()
    path = writable(options["waivers"] or NAME, "--waivers")
    decisions = Decisions(**{name: options.pop(name) for name in ("waiver_horizon", "materiality", "clearly_trivial", "today")}, waivers=_existing(options))
    _check_day(last, decisions)
    request = Request(
        options["rules"], options["no_shipped"], Selection(options["select"], options["ignore"], options["require"]), decisions, path, "--waivers"
    )
    _, (checked,) = judged((document,), request)
    if not checked.figures:
        return unread((checked,))
    for found in _told(finding, checked.findings) or [_one(finding, checked.findings)]:
        entry = Entry(found.check.rule, Path(document).as_posix(), _said(reason, "--reason"), _said(approver, "--approver"), last, found.difference, found.id)
        _append(path, written(entry))
        click.echo(f"{path}: {found.check.rule}, {found.check.period or 'no period'}, until {last}")
    return CLEAN


def _told(name: str, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that a story of that name explains and nobody has waived."""
    return [one for one in findings if one.story is not None and one.story.id == name and waivable(one) and _is_open(one)]


def _is_open(finding: Finding) -> bool:
    return finding.waived is None or finding.waived.source == "baseline"


def _existing(options: dict[str, Any]) -> str | None:
    """The file of waivers, where it is there already: the first waiver makes it."""
    given: str | None = options.pop("waivers")
    return given if given and Path(given).exists() else None


def _said(text: str, option: str) -> str:
    if not text.strip():
        raise click.BadParameter("says nothing", param_hint=option)
    return text.strip()


def _check_day(last: dt.date, decisions: Decisions) -> None:
    latest = decisions.day + dt.timedelta(days=decisions.waiver_horizon)
    if not decisions.day <= last <= latest:
        raise click.BadParameter(f"a waiver lasts until {latest} at most, and at least today", param_hint="--expires")


def _one(name: str, findings: Sequence[Finding]) -> Finding:
    """The one finding that is meant; none or several are wrong usage."""
    fitting = [one for one in findings if waivable(one) and (one.id == name or rule_fits(name, one))]
    open_ones = [one for one in fitting if _is_open(one)]
    if len(open_ones) == 1:
        return open_ones[0]
    if not fitting:
        raise click.UsageError(f"no finding of this document has the id, or is of the rule, {name}")
    if not open_ones:
        raise click.UsageError(f"{name} is waived already")
    listed = "".join(f"\n  {one.id}  {one.check.rule}, {one.check.period}, {_difference(one)}" for one in open_ones)
    raise click.UsageError(f"{name} fits several findings; give the id of one:{listed}")


def _difference(finding: Finding) -> str:
    return finding.verdict if finding.difference is None else f"difference {decimal(finding.difference)}"


def _append(path: Path, table: str) -> None:
    """The table at the end of the file, whose mode stays as it is; a new one is for its owner alone."""
    if not path.exists():
        write_file(path, table)
        return
    before = path.read_bytes()
    with open(path, "ab") as file:
        file.write((b"" if before.endswith(b"\n\n") or not before else b"\n" if before.endswith(b"\n") else b"\n\n") + table.encode())
