"""Confirming, dismissing and signing: from what the page asks to the file of decisions, and from the file to what the
page shows."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence

from checker.api.errors import Refused
from checker.compare.spots import named
from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.core.report import Checked
from checker.core.value import evolve
from checker.gate.decisions import Decision, Decisions, file_of, merged, read
from checker.gate.waivers import Terms, document_fits, waivable
from checker.report.html_names import Sheet
from checker.report.words import answered
from checker.review.changes import Told
from checker.review.session import Session, Shown, Wrong

Json = Mapping[str, object]
_LONGEST = {"reason": 2000, "by": 80, "approver": 80, "says": 20, "target": 80, "expires": 10}


def decide(session: Session, asked: Json) -> Json:
    """One decision on a finding or a figure, or the taking back of one. Wrong: it is about nothing that stands on the
    page, or lacks something."""
    session.current(asked.get("revision"))
    target, says, by = text(asked, "target"), text(asked, "says"), text(asked, "by")
    reason = text(asked, "reason") if says else "taken back"
    if says not in ("confirmed", "dismissed", ""):
        raise Wrong("A decision confirms, dismisses or is taken back.")
    for name, value in (("a reason", reason), ("initials", by)):
        if not value:
            raise Wrong(f"A decision needs {name}.")
    about = _about(session, target)
    made = evolve(about, by=by, reason=reason, says="confirmed" if says == "confirmed" else "dismissed", on=_now())
    kept = [one for one in _file(session).entries if one.name != made.name]
    if says == "" and len(kept) == len(_file(session).entries):
        raise Wrong(f"{by} has decided nothing of it.")
    session.written(session.asked.decisions, file_of([*kept, *([made] if says else [])]))
    session.settle()
    return state(session)


def sign(session: Session, asked: Json) -> Json:
    """Gives every dismissal of a finding as it stands an approver and a last day. Wrong: the day is none that a waiver
    may have."""
    session.current(asked.get("revision"))
    approver, last = text(asked, "approver"), text(asked, "expires")
    try:
        day = dt.date.fromisoformat(last)
    except ValueError:
        raise Wrong("The last day is a day: 2026-12-31.") from None
    latest = session.asked.day + dt.timedelta(days=session.asked.horizon)
    if not approver:
        raise Wrong("Somebody has to sign.")
    if not session.asked.day <= day <= latest:
        raise Wrong(f"It may hold until {latest} at most, and at least today.")
    by_id = {one.id: one for one in session.shown.judged.findings if waivable(one)}
    entries, signed = [], 0
    for one in _file(session).entries:
        found = by_id.get(one.finding) if _is_mine(session, one) else None
        if found is not None and one.says == "dismissed" and not one.is_approved and one.holds_of(found.difference):
            one, signed = evolve(one, approver=approver, expires=day), signed + 1
        entries.append(one)
    if not signed:
        raise Wrong("There is no dismissal that waits to be signed.")
    session.written(session.asked.decisions, file_of(entries))
    session.settle()
    return {**state(session), "signed": signed}


def carry(session: Session, asked: Json) -> Json:
    """Takes the decisions on drafts of other names over that hold of this one too: each with who made it, why, and who
    signed it until when, as it is bound to the finding and its difference. Wrong: there are none."""
    session.current(asked.get("revision"))
    found = list(_elsewhere(session, _file(session).entries))
    if not found:
        raise Wrong("No decision on another draft holds of this one.")
    session.written(session.asked.decisions, file_of([*_file(session).entries, *found]))
    session.settle()
    return {**state(session), "taken": len(found)}


def _elsewhere(session: Session, entries: Sequence[Decision]) -> Iterator[Decision]:
    """The decisions on drafts of other names as decisions on this one: those on a finding that differs by the same, or
    on a figure that prints the same. What the same person has decided of it here stays as it is."""
    document, sheet = session.asked.document.as_posix(), session.sheet()
    others = [one for one in entries if not _is_mine(session, one)]
    if not others:
        return
    mine = {(one.finding, one.figure, one.by) for one in entries if _is_mine(session, one)}
    findings = {one.id: one for one in session.shown.judged.findings if waivable(one)}
    asked_for = any(one.figure for one in others)
    names = {name: figure for figure, name in fingerprints(sheet.checked).items()} if asked_for else {}
    figures = {figure.id: figure for figure in sheet.checked.figures if not sheet.said(figure).tested}
    for one in others:
        finding, figure = findings.get(one.finding), figures.get(names.get(one.figure, ""))
        holds = finding is not None and one.holds_of(finding.difference)
        holds = holds or (figure is not None and one.printed == figure.text)
        if holds and (one.finding, one.figure, one.by) not in mine:
            yield evolve(one, document=document, carried=one.document)


def text(asked: Json, key: str) -> str:
    """A text of the request. Wrong: it is none, or longer than anyone writes."""
    value = asked.get(key, "")
    if not isinstance(value, str) or len(value) > _LONGEST.get(key, 200):
        raise Wrong(f"{key} is no text, or too long a one.")
    return " ".join(value.split())


def _about(session: Session, target: str) -> Decision:
    """The empty decision on what the page calls so."""
    sheet, document = session.sheet(), session.asked.document.as_posix()
    finding = next((one for one in sheet.checked.findings if sheet.numbers[one.id] == target and waivable(one)), None)
    if finding is not None:
        words = f"{finding.check.in_words}, {finding.check.period}" if finding.check.period else finding.check.in_words
        return Decision(
            document,
            "",
            "confirmed",
            "",
            finding=finding.id,
            rule=finding.check.rule,
            difference=finding.difference,
            about=words,
        )
    figure = next(
        (one for one in sheet.checked.figures if sheet.anchors[one.id] == target and not sheet.said(one).tested), None
    )
    if figure is None:
        raise Wrong("There is no such finding or untested figure.")
    words = ", ".join(
        part for part in (figure.caption, figure.head or (figure.period.text if figure.period else "")) if part
    )
    return Decision(
        document, "", "confirmed", "", figure=fingerprints(sheet.checked)[figure.id], printed=figure.text, about=words
    )


def _file(session: Session) -> Decisions:
    """The decisions there are. Wrong: the file cannot be understood, and is not written over."""
    path = session.asked.decisions
    found = read(path, Terms(session.asked.day, session.asked.horizon)) if path.exists() else Decisions(path.as_posix())
    if found.problems:
        raise Wrong(str(Refused(found.problems)))
    return found


def _is_mine(session: Session, one: Decision) -> bool:
    return document_fits(one.document, session.asked.document.as_posix())


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def fingerprints(checked: Checked) -> Mapping[str, str]:
    """By figure a name of what it is, without its amount and its line, so that it means the same figure in the next
    draft."""
    found = {}
    for name, figure in named(checked):
        found[figure.id] = hashlib.sha256("\n".join(str(part) for part in name).encode()).hexdigest()[:16]
    return found


# ---- what the page shows ---------------------------------------------------------------------------------------------


def state(session: Session) -> Json:
    """What has to be decided and what was, by the names of the page; what the last save has changed."""
    shown, sheet = session.shown, session.sheet()
    try:
        every = _file(session).entries
        trouble = shown.trouble
    except Wrong as wrong:
        every, trouble = (), (*shown.trouble, str(wrong))
    entries = [one for one in every if _is_mine(session, one)]
    elsewhere = merged(_elsewhere(session, every))
    by_id: dict[str, list[Decision]] = {}
    for entry in entries:
        by_id.setdefault(entry.finding, []).append(entry)
    findings = {sheet.numbers[one.id]: _finding(one, by_id.get(one.id, [])) for one in _to_decide(shown)}
    figures = _figures(sheet, entries)
    open_ones = sum(one["decided"] == "undecided" for one in (*findings.values(), *figures.values()))
    return {
        "revision": shown.revision,
        "version": shown.version,
        "outcome": answered(shown.checked.outcome),
        "findings": findings,
        "figures": figures,
        "undecided": open_ones,
        "undecidedFindings": sum(one["decided"] == "undecided" for one in findings.values()),
        "pending": sum(one["decided"] == "dismissed" for one in findings.values()),
        "changes": [_told(one, sheet) for one in shown.changes],
        "elsewhere": {"count": len(elsewhere), "documents": sorted({one.carried for one in elsewhere})},
        "trouble": list(trouble),
        "file": session.asked.decisions.as_posix(),
        "house": session.asked.house.as_posix(),
    }


def _told(one: Told, sheet: Sheet) -> Json:
    findings = [sheet.numbers[name] for name in one.findings if name in sheet.numbers]
    return {
        "text": one.text,
        "findings": findings,
        "figures": [sheet.anchors[name] for name in one.figures if name in sheet.anchors],
    }


def _to_decide(shown: Shown) -> Sequence[Finding]:
    """The findings that somebody has to look at, those that are settled among them."""
    return [one for one in shown.checked.findings if one.severity is not None]


def _finding(finding: Finding, entries: Sequence[Decision]) -> Json:
    holding = [one for one in entries if one.holds_of(finding.difference)]
    said = {one.says for one in holding}
    decided = "undecided"
    if finding.waived is not None:
        decided = "approved"
    elif len(said) == 2:
        decided = "disputed"
    elif said:
        decided = next(iter(said))
    return {"decided": decided, "decisions": [_entry(one, one in holding) for one in entries]}


def _figures(sheet: Sheet, entries: Sequence[Decision]) -> dict[str, Json]:
    """Every figure that counts and is untested, with what was decided of it."""
    untested = [one for one in sheet.checked.figures if one.counts and not sheet.said(one).tested]
    if not untested:
        return {}
    names = fingerprints(sheet.checked)
    by_name: dict[str, list[Decision]] = {}
    for one in entries:
        if one.figure:
            by_name.setdefault(one.figure, []).append(one)
    return {sheet.anchors[one.id]: _figure(one, by_name.get(names.get(one.id, ""), [])) for one in untested}


def _figure(figure: Figure, entries: Sequence[Decision]) -> Json:
    holding = [one for one in entries if one.printed == figure.text]
    said = {one.says for one in holding}
    decided = "disputed" if len(said) == 2 else next(iter(said), "undecided")
    return {"decided": decided, "decisions": [_entry(one, one in holding) for one in entries]}


def _entry(one: Decision, holds: bool) -> Json:
    return {
        "by": one.by,
        "says": one.says,
        "reason": one.reason,
        "on": one.on,
        "approver": one.approver if one.is_approved else "",
        "expires": one.expires.isoformat() if one.expires and one.approver else "",
        "holds": holds,
        "carried": one.carried,
    }
