"""`tieout waive`: writes down that a finding is accepted, by whom, why and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.algebra.notation import decimal
from checker.api.inputs import Input, TooLarge, content
from checker.api.limits import Limits
from checker.cli.judged import Request, judged, unread
from checker.cli.options import configured, holding_against, ruled, selecting
from checker.cli.outputs import writable, write_file
from checker.cli.policy import Decisions, deciding
from checker.core.finding import Finding
from checker.core.report import Checked
from checker.core.value import frozen
from checker.gate import CLEAN
from checker.gate.selection import Selection
from checker.gate.waivers import NAME, Entry, rule_fits, same_difference, waivable, written
from checker.report.copies import COPIES

if TYPE_CHECKING:
    from checker.report.docx import Named


@click.command(
    "waive",
    short_help="accept a finding, with a reason and a last day",
    epilog="""\b
Examples:
  tieout waive gross-profit draft.md --reason "as restated" \\
      --approver CFO --expires 2026-12-31
  tieout waive --from commented.docx draft.docx
""",
)
@click.argument("named", metavar="[FINDING|RULE|STORY] DOCUMENT", nargs=-1, required=True)
@click.option("--reason", metavar="TEXT", help="Why the finding is accepted.")
@click.option("--approver", metavar="NAME", help="Who says so.")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The last day on which it holds.")
@click.option(
    "--from",
    "answered",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE.docx",
    help="Take the answers to comments in this file.",
)
@configured
@ruled
@selecting
@deciding
@holding_against
def command(named: tuple[str, ...], **options: Any) -> int:
    """Append waivers for findings of a document to tieout-waivers.toml, or to the file that --waivers names.

    Each waiver is bound to the difference that its finding has now. FINDING is an id, as in the reports json and csv; a
    rule will do where it has one finding; where it has several, they are listed with their ids. STORY is the name of a
    cause that several findings have in common (s1, s2, as the report prints it): each of them gets its waiver.

    With --from nobody is named: the answers to the comments that --output docx:FILE wrote say who accepts which
    finding, and why. A comment that is resolved becomes a waiver until --expires; without that day, or while a comment
    is not resolved, its waiver is pending and the finding counts.
    """
    said, reason, approver, last = (
        options.pop("answered"),
        options.pop("reason"),
        options.pop("approver"),
        options.pop("expires"),
    )
    finding, document = _meant(named, said)
    path = writable(options["waivers"] or NAME, "--waivers")
    decisions = Decisions(
        **{name: options.pop(name) for name in ("waiver_horizon", "materiality", "clearly_trivial", "today")},
        waivers=_existing(options),
    )
    if last is not None:
        _check_day(last.date(), decisions)
    if said is None:
        reason, approver = _said(reason, "--reason"), _said(approver, "--approver")
        if last is None:
            raise click.MissingParameter(param_type="option", param_hint="--expires")
    request = Request(
        options["rules"],
        options["no_shipped"],
        Selection(options["select"], options["ignore"], options["require"]),
        decisions,
        path,
        "--waivers",
        options["against"],
    )
    answers = None if said is None else _answers(said)
    policy, (checked,) = judged((document,), request)
    if not checked.figures:
        return unread((checked,))
    if answers is not None:
        return _taken(answers, checked, (path, last.date() if last is not None else None, policy.waivers.entries))
    for found in _told(finding, checked.findings) or [_one(finding, checked.findings)]:
        entry = Entry(found.check.rule, _document(checked), reason, approver, last.date(), found.difference, found.id)
        _append(path, written(entry))
        click.echo(f"{path}: {_called(found)}, until {last.date()}")
    return CLEAN


def _meant(named: tuple[str, ...], said: str | None) -> tuple[str, str]:
    """What is waived, empty where the answers of a file say it, and the document."""
    if len(named) != (1 if said is not None else 2):
        wanted = "with --from only a document is named" if said is not None else "a finding and a document are named"
        raise click.UsageError(
            f"{wanted}: there {'is one argument' if len(named) == 1 else f'are {len(named)} arguments'}"
        )
    if not Path(named[-1]).is_file():
        raise click.BadParameter(f"there is no file {named[-1]!r}", param_hint="DOCUMENT")
    return (named[0] if said is None else ""), named[-1]


def _document(checked: Checked) -> str:
    return Path(checked.source.path).as_posix()


def _called(finding: Finding) -> str:
    return f"{finding.check.rule}, {finding.check.period or 'no period'}"


# ---- answers to comments ---------------------------------------------------------------------------------------------


@frozen
class _Answer:
    """What somebody said to the comment on some findings, and whether the comment is resolved."""

    named: tuple[Named, ...]
    reason: str
    approver: str
    settled: bool


def _answers(file: str) -> list[_Answer]:
    """The answers to our comments in a file; comments of others are none of ours. A file that has none, or cannot be
    read, is wrong usage."""
    if lacking := COPIES["docx"].lacking():
        raise click.UsageError(lacking)
    from checker.office.comments import threads
    from checker.office.package import Unfit
    from checker.report.docx import AUTHOR, named

    try:
        found = threads(content(Input(file), Limits().size))
    except Unfit as unfit:
        raise click.BadParameter(f"{unfit.problem.message}; {unfit.problem.help}", param_hint="--from") from unfit
    except (OSError, TooLarge) as error:
        raise click.BadParameter(f"{file!r} cannot be read", param_hint="--from") from error
    answers = []
    ours = 0
    for thread in found:
        meant = tuple(named(thread.comment.lines)) if thread.comment.author == AUTHOR else ()
        ours += bool(meant)
        replies = [one for one in thread.replies if one.author != AUTHOR and "".join(one.lines).strip()]
        if meant and (replies or thread.done):
            reason = "; ".join(" ".join(" ".join(one.lines).split()) for one in replies)
            answers.append(_Answer(meant, reason, replies[-1].author.strip() if replies else "", thread.done))
    if not ours:
        raise click.BadParameter(f"{file!r} holds no comments of tieout", param_hint="--from")
    return answers


def _taken(answers: Sequence[_Answer], checked: Checked, waivers: tuple[Path, dt.date | None, Sequence[Entry]]) -> int:
    """Writes a waiver for each finding that was answered, and says of each what became of it."""
    path, last, there = waivers
    by_id = {one.id: one for one in checked.findings if waivable(one)}
    known = {(one.document, one.finding, one.expires is None) for one in there}
    for answer in answers:
        for one in answer.named:
            found = by_id.get(one.id)
            day = last if answer.settled else None
            refused = _refused(answer, one, found)
            if refused or found is None:
                click.echo(f"not taken: {_called(found) if found else f'finding {one.id}'}: {refused}")
            elif (_document(checked), found.id, day is None) in known or not _is_open(found):
                click.echo(f"not taken: {_called(found)}: a waiver of it is there already")
            else:
                _append(
                    path,
                    written(
                        Entry(
                            found.check.rule,
                            _document(checked),
                            answer.reason,
                            answer.approver,
                            day,
                            found.difference,
                            found.id,
                        )
                    ),
                )
                until = (
                    f"until {day}"
                    if day
                    else "pending: "
                    + ("no last day, see --expires" if answer.settled else "the comment is not resolved")
                )
                click.echo(f"{path}: {_called(found)}, {until}")
    if not answers:
        click.echo("no comment was answered")
    return CLEAN


def _refused(answer: _Answer, one: Named, found: Finding | None) -> str:
    """Why an answer is no waiver; empty where it is."""
    if found is None:
        return "the document has no such finding any more"
    if not same_difference(one.difference, found.difference):
        return (
            f"the answer was given to another difference: it was {_shown(one.difference)} and is "
            f"{_shown(found.difference)} now"
        )
    if not answer.reason:
        return "it was resolved without a word, and a waiver needs a reason"
    return "" if answer.approver else "nobody signed the answer"


def _shown(difference: Fraction | None) -> str:
    return "none" if difference is None else decimal(difference)


def _told(name: str, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that a story of that name explains and nobody has waived."""
    return [
        one for one in findings if one.story is not None and one.story.id == name and waivable(one) and _is_open(one)
    ]


def _is_open(finding: Finding) -> bool:
    return finding.waived is None or finding.waived.source == "baseline"


def _existing(options: dict[str, Any]) -> str | None:
    """The file of waivers, where it is there already: the first waiver makes it."""
    given: str | None = options.pop("waivers")
    return given if given and Path(given).exists() else None


def _said(text: str | None, option: str) -> str:
    if text is None:
        raise click.MissingParameter(param_type="option", param_hint=option)
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
        file.write(
            (b"" if before.endswith(b"\n\n") or not before else b"\n" if before.endswith(b"\n") else b"\n\n")
            + table.encode()
        )
