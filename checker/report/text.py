"""What a person reads in a terminal: what is probably wrong first and what it breaks, then how much was tested, and in
the end a line for each cause.

`verbose` shows every relationship with its arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from textwrap import wrap
from typing import get_args

from checker.core.figure import Figure, Illegible, Unread
from checker.core.finding import Finding, Story
from checker.core.report import Checked, Report, Tagged, Told
from checker.core.statement import Statement
from checker.lexicon.one_scale import printed_scale
from checker.report import amounts
from checker.report.arithmetic import arithmetic, judged
from checker.report.differences import apart, difference, short, spelled
from checker.report.excerpt import excerpt
from checker.report.places import Places, called, has_no_lines, where
from checker.report.stories import CLEAR, PAIR, sureness, told
from checker.report.style import PLAIN, Style
from checker.report.terminal import Colour, columns, padded, painted, shortened, visible
from checker.report.weight import heaviest_first
from checker.report.words import accounts, answered, closing, needs_a_look, settings, weakening

_COLOURS: dict[str, Colour] = {"violation": "red", "rounding": "yellow", "agrees": "green", "not applicable": "dim"}
_ACCEPTED = (("waiver", "waived"), ("baseline", "in the baseline"))
_FEW_TABLES = 5
"""Tables without findings up to which each has its line."""
_FEW_RULES = 10
"""House rules that were judged up to which each is named."""
_MOST_CAUSES = 20
"""Causes that the summary names; where there are more, they are counted."""


def render(report: Report, style: Style) -> str:
    """Every document in turn, and in the end what came of them."""
    parts = [
        "\n".join(_document(checked, style))
        for checked in report.documents
        if len(report.documents) == 1 or style.verbose or _says_something(checked)
    ]
    quiet = [
        checked
        for checked in report.documents
        if len(report.documents) > 1 and not style.verbose and not _says_something(checked)
    ]
    if quiet:
        parts.append("\n".join(_in_a_line(checked, style) for checked in quiet))
    parts.append("\n".join(_summary(report, style)))
    return (
        "\n\n".join(parts[:-1])
        + ("\n\n" if len(report.documents) > 1 else "\n" if parts[:-1] else "")
        + parts[-1]
        + "\n"
    )


def extracted(report: Report, style: Style) -> str:
    """The figures of every document, statement by statement."""
    return "\n\n".join("\n".join(_figures(checked, style)) for checked in report.documents) + "\n"


# ---- the end ---------------------------------------------------------------------------------------------------------


def _summary(report: Report, style: Style) -> Iterator[str]:
    """The last lines, which is where eyes land: the documents not checked by name, a line for each cause, and the
    answer."""
    if len(report.documents) > 1:
        yield _together(report)
        for checked in report.documents:
            if checked.outcome is not None and checked.outcome.unchecked:
                line = f"{checked.source.path}: {answered(checked.outcome)}"
                yield from (painted(one, "red", style) for one in _hung(visible(line), style))
    causes = [line for checked in report.documents for line in _causes(checked)]
    if causes:
        yield from (line for cause in causes[:_MOST_CAUSES] for line in _hung(cause, style))
        if len(causes) > _MOST_CAUSES:
            yield f"and {len(causes) - _MOST_CAUSES} more"
    if len(report.documents) > 1:
        idle = _idle(report)
        yield from _hung(f"house rules judged in no document: {', '.join(idle)}" if idle else "", style)
    if said := weakening(report.outcome):
        yield from _hung(said, style)
    if used := settings(report):
        yield used
    yield from _hung(closing(report.outcome), style)


def _idle(report: Report) -> list[str]:
    """The house rules that no document gave anything to judge."""
    every = dict.fromkeys(one.rule for checked in report.documents for one in checked.applied)
    judged = {one.rule for checked in report.documents for one in checked.applied if one.judged}
    return [visible(rule) for rule in every if rule not in judged]


def _causes(checked: Checked) -> Iterator[str]:
    """What counts, a line for each cause: where, what it prints, what it should probably read, and how many relations
    that breaks."""
    places = Places(checked)
    for story, findings in heaviest_first(
        [one for one in checked.findings if needs_a_look(one) and (one.blocks or one.severity == "error")], checked
    ):
        named = (
            [one for one in story.suspects if one.figure in story.named and one.figure in places.figures]
            if story is not None
            else []
        )
        count = _several(len(findings), "relation")
        if story is not None and len(named) == 1 == len(story.named):
            figure = places.figures[named[0].figure]
            reads = f" -> {visible(named[0].proposed)}" if named[0].proposed else " is probably wrong"
            yield (
                f"{places.named(figure)}: {visible(called(figure))} {visible(figure.text)}{reads}, {count} ({story.id})"
            )
        else:
            first = findings[0]
            where = places.named(first.check.figures[0]) if first.check.figures else visible(checked.source.path)
            more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
            yield f"{where}: {_subject(first)}{more}" + (f" ({story.id})" if story is not None else "")


def _subject(finding: Finding) -> str:
    """What the relation speaks of, its left side, and for which period; `--verbose` has the whole of it."""
    check = finding.check
    left = check.in_words.partition(f" {check.comparison} ")[0]
    return visible(f"{left}, {check.period}" if check.period else left)


def _says_something(checked: Checked) -> bool:
    """Whether a document among several needs more than a line."""
    if checked.outcome is not None and not checked.outcome.passed:
        return True
    if checked.unread or any(not one.judged and one.rule not in checked.elsewhere for one in checked.applied):
        return True
    return (
        any(needs_a_look(one) or (one.waived is not None and one.waived.source == "waiver") for one in checked.findings)
        or checked.outcome is None
    )


def _in_a_line(checked: Checked, style: Style) -> str:
    summary = checked.summary
    notes = f", {_several(summary.notes, 'note')}" if summary.notes else ""
    return (
        f"{visible(checked.source.path)}: {summary.agrees + summary.roundings} relationships hold{notes}, "
        f"{coverage(checked)}"
    )


# ---- one document ----------------------------------------------------------------------------------------------------


def _document(checked: Checked, style: Style) -> Iterator[str]:
    yield painted(visible(checked.source.path), "bold", style)
    if not checked.summary.figures and not checked.findings:
        unchecked = checked.outcome is not None and checked.outcome.unchecked
        yield from _hung(
            answered(checked.outcome) if unchecked else "no figure in a table could be read: nothing was checked", style
        )
        return
    for story, findings in heaviest_first([finding for finding in checked.findings if needs_a_look(finding)], checked):
        shown = list(_pointed(story, checked))
        if story is not None:
            yield ""
            yield from _story(story, shown, checked, style)
        if story is not None and not style.verbose:
            for finding in findings:
                yield _broken(finding, Places(checked), style)
                yield from _wrapped(visible(finding.check.seen), style) if finding.check.seen else ()
            continue
        for finding in findings:
            yield ""
            yield from _finding(finding, {figure.id for figure, _ in shown}, checked, style)
    yield ""
    if checked.applied:
        yield from _house_rules(checked, style)
        yield ""
    if style.verbose:
        yield from relationships(checked.findings, Places(checked), style)
        yield ""
        yield from _untested(checked)
    else:
        yield from _statements(checked, style)
    yield from _edited(checked, style)
    yield from _waived(checked, style)
    yield from _unread(checked, style)
    yield from _notes(checked, style)
    yield counts(checked) + (f", {checked.summary.not_applicable} not applicable" if style.verbose else "")
    yield coverage(checked)
    if checked.tagged is not None and checked.tagged.facts:
        yield from _hung(tags(checked.tagged), style)
    for one in checked.against:
        yield from _hung(visible(one.in_words), style)
    if checked.told is not None and checked.told.amounts:
        yield from _hung(sentences(checked.told) if style.verbose else tied(checked.told), style)
    if checked.outcome is not None and checked.outcome.unchecked:
        yield from (painted(line, "red", style) for line in _hung(answered(checked.outcome), style))


def _broken(finding: Finding, places: Places, style: Style) -> str:
    """One broken relation of a story on one line: where its left side stands, what it speaks of, by how much it is off,
    and its rule."""
    figures = finding.check.figures
    at = f"{places.where(figures[0])}: " if figures else ""
    off = f": off by {apart(finding)}" if finding.verdict == "violation" and apart(finding) else f": {finding.verdict}"
    word = f"  {padded(str(finding.severity), 7)} "
    rule = f" [{visible(finding.check.rule.rpartition('/')[2])}]"
    room = max(20, style.width - columns(word) - columns(at) - columns(off) - columns(rule))
    return painted(word, _COLOURS[finding.verdict], style) + at + shortened(_subject(finding), room) + off + rule


def _house_rules(checked: Checked, style: Style) -> Iterator[str]:
    """The rules of the house: those that were never judged by name and with the reason, the others too where they are
    few."""
    applied = sum(one.judged > 0 for one in checked.applied)
    yield f"{applied} of {_several(len(checked.applied), 'house rule')} judged"
    for rule, said in accounts(checked):
        if style.verbose or said.startswith("never") or applied <= _FEW_RULES:
            yield from _wrapped(f"{rule}: {said}", style)


def _notes(checked: Checked, style: Style) -> Iterator[str]:
    """How many findings are only notes, and what shows them."""
    count = sum(one.severity == "note" and not needs_a_look(one) and one.waived is None for one in checked.findings)
    if count and not style.verbose:
        yield from _hung(
            f"{_several(count, 'note')} not shown here: tieout check --format concise {visible(checked.source.path)}",
            style,
        )


def _hung(text: str, style: Style) -> list[str]:
    return wrap(text, max(style.width, 40), subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def _edited(checked: Checked, style: Style) -> Iterator[str]:
    """Figures that somebody corrected in an extract: they are not what the document prints."""
    places = Places(checked)
    for figure in checked.figures:
        if figure.edited:
            reads = "" if figure.value is None else f" as {amounts.grouped(figure.value)}"
            named = f"{visible(figure.caption) or 'the figure'} {visible(figure.text)}".strip()
            yield from _hung(f"corrected by hand: {named} {places.at(figure)} is read{reads}", style)


def unread(found: Sequence[Unread]) -> str:
    """How many cells hold amounts that could not be read, in words; empty where none does."""
    counted = [(kind, sum(one.why == kind for one in found)) for kind in get_args(Illegible)]
    return " and ".join(_several(count, kind) for kind, count in counted if count)


def standing(one: Unread, checked: Checked) -> str:
    """What could not be read and where it stands: on which line, or where the source has none that anybody reads, in
    which column."""
    named = f"{visible(one.caption) or '(no caption)'}: {visible(one.text)}" if one.text else ""  # empty: redacted
    place = where(one.place) if checked.lines or has_no_lines(one.place) or not named else visible(one.head)
    return ", ".join(part for part in (named, place) if part)


def _unread(checked: Checked, style: Style) -> Iterator[str]:
    """What stands in columns of figures and could not be read: the first few, and how many."""
    if not checked.unread:
        return
    yield from (painted(line, "yellow", style) for line in _hung(f"not read: {unread(checked.unread)}", style))
    shown = checked.unread if style.verbose else checked.unread[:_MOST_UNREAD]
    for one in shown:
        yield from _wrapped(standing(one, checked), style)
    if len(shown) < len(checked.unread):
        yield f"  and {len(checked.unread) - len(shown)} more"


_MOST_UNREAD = 5
"""Cells that could not be read and are shown."""


def _waived(checked: Checked, style: Style) -> Iterator[str]:
    """What someone has accepted, a line each; what the baseline counts is only counted."""
    for finding in checked.findings:
        waiver = finding.waived
        if waiver is not None and waiver.source == "waiver":
            what = f"{finding.check.rule}, {finding.check.period}" if finding.check.period else finding.check.rule
            line = (
                f"waived until {waiver.expires} by {visible(waiver.approver)}: {visible(what)}: "
                f"{visible(waiver.reason)}"
            )
            yield from _hung(line, style)


def coverage(checked: Checked) -> str:
    """How many of the table figures some decided equality rests on."""
    summary = checked.summary
    if not summary.figures:
        return (
            "no table figure to test: only sentences were checked"
            if checked.findings
            else "no figure in a table could be read: nothing was checked"
        )
    line = f"{summary.figures - summary.untested} of {summary.figures} table figures tested"
    return f"{line}, {summary.loosely_tested} of them loosely" if summary.loosely_tested else line


def tied(said: Told) -> str:
    """How many amounts of sentences are held against something."""
    line = f"{said.tied} of {said.amounts} amounts of sentences tied to tables"
    return f"{line}, {said.together} more held against each other" if said.together else line


def sentences(said: Told) -> str:
    """What became of the amounts of sentences, and why some are tied to nothing."""
    rest = ", ".join(f"{count} {why}" for why, count in said.untied)
    return f"{tied(said)}; tied to nothing: {rest}" if rest else tied(said)


def tags(said: Tagged) -> str:
    """What became of the facts that tags state."""
    line = f"{said.agree} of {said.facts} tagged amounts state what is printed"
    rest = said.tied - said.agree
    parts = (
        (rest, "otherwise than print was read"),
        (said.hidden, "hidden and not shown"),
        (said.facts - said.tied - said.hidden, "on no figure that was read"),
    )
    named = [f"{count} {words}" for count, words in parts if count > 0]
    return f"{line}; {', '.join(named)}" if named else line


def counts(checked: Checked) -> str:
    """How many relationships got which verdict."""
    summary = checked.summary
    agree = "1 relationship agrees" if summary.agrees == 1 else f"{summary.agrees} relationships agree"
    parts = [agree, f"{summary.roundings} by rounding", f"{_several(summary.violations, 'violation')}"]
    if summary.notes:
        parts.append(_several(summary.notes, "note"))
    accepted = [finding.waived.source for finding in checked.findings if finding.waived is not None]
    parts += [f"{accepted.count(source)} {words}" for source, words in _ACCEPTED if source in accepted]
    return ", ".join(parts)


def _several(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _together(report: Report) -> str:
    summaries = [checked.summary for checked in report.documents]
    figures = sum(one.figures for one in summaries)
    tested = figures - sum(one.untested for one in summaries)
    violations = sum(one.violations for one in summaries)
    wrong = sum(one.violations > 0 for one in summaries)
    where = f" in {_several(wrong, 'document')}" if violations else ""
    return (
        f"{len(summaries)} documents: {_several(violations, 'violation')}{where}, {tested} of {figures} table "
        f"figures tested"
    )


# ---- one story and its findings --------------------------------------------------------------------------------------


def _story(story: Story, shown: Sequence[tuple[Figure, str]], checked: Checked, style: Style) -> Iterator[str]:
    """What is probably wrong and where it stands; else what could be, and what would decide."""
    said = told(story, Places(checked))
    yield from (painted(line, "bold", style) for line in _hung(said.headline, style))
    for line in (*said.candidates, *([said.decides] if said.decides else [])):
        yield from _wrapped(line, style)
    for figure, note in shown:
        yield from excerpt(figure, note, checked, style)


def _pointed(story: Story | None, checked: Checked) -> Iterator[tuple[Figure, str]]:
    """The figures to point at for a story: those it names, or the one that is far likelier than the next, with what
    they should read."""
    if story is None:
        return
    figures = {figure.id: figure for figure in checked.figures}
    first, *rest = story.suspects
    if len(story.named) > PAIR:
        return
    clear = [first.figure] if not rest or first.score >= CLEAR * rest[0].score else []
    likely, word = (story.named, "probably") if story.named else (clear, "perhaps")
    suspects = [suspect for suspect in story.suspects if suspect.figure in likely and suspect.figure in figures]
    for suspect in sorted(suspects, key=lambda suspect: figures[suspect.figure].place.span):
        yield figures[suspect.figure], f"{word} {visible(suspect.proposed)}" if suspect.proposed else ""


def _finding(finding: Finding, shown: Set[str], checked: Checked, style: Style) -> Iterator[str]:
    """One finding in full; the line of its first figure only where its story has not shown it."""
    check = finding.check
    word = "unlikely rounding" if finding.unlikely and finding.verdict == "rounding" else finding.verdict
    title = painted(f"{word} ({finding.severity})", _COLOURS[finding.verdict], style)
    yield f"{title} {visible(check.rule)}"
    yield from _wrapped(visible(check.in_words) + (f"    {visible(check.period)}" if check.period else ""), style)
    if finding.verdict == "not applicable":
        yield from _wrapped(f"not applicable: {visible(finding.reason or 'no reason given')}", style)
        return
    for figure in check.figures[:1]:
        if figure.id not in shown:
            yield from excerpt(figure, "", checked, style)
    written = judged(finding)
    if written:
        yield from _wrapped(visible(spelled(written)), style)
    lines = [visible(line) for line in difference(finding)]
    if not written and finding.message:
        lines.insert(0, visible(finding.message))
    if sureness(finding):
        lines.append(visible(sureness(finding)))
    for line in lines:
        yield from _wrapped(line, style)


def _wrapped(text: str, style: Style) -> Iterator[str]:
    """A sentence or a sum over as many lines as it needs."""
    yield from wrap(
        text,
        max(style.width, 40),
        initial_indent="  ",
        subsequent_indent="      ",
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


# ---- short: one line a statement -------------------------------------------------------------------------------------


def _statements(checked: Checked, style: Style) -> Iterator[str]:
    """One line a table; those without findings together in one where there are many."""
    silent: list[tuple[str, int, int]] = []
    for statement in checked.statements:
        counted = [figure for figure in statement.figures if figure.counts]
        if not counted:
            continue
        tested = sum(checked.coverage[figure.id].tested for figure in counted if figure.id in checked.coverage)
        violated = sum(
            checked.coverage[figure.id].status == "violated" for figure in counted if figure.id in checked.coverage
        )
        line = f"{padded(_name(statement, 46), 46)} {tested:>5} of {len(counted):>4} tested"
        if violated:
            yield line + painted(f"  {violated} violated", "red", style)
        else:
            silent.append((line, tested, len(counted)))
    if len(silent) <= _FEW_TABLES:
        yield from (line for line, _, _ in silent)
    else:
        yield (
            f"{len(silent)} tables without findings: {sum(one for _, one, _ in silent):,} of "
            f"{sum(all_ for _, _, all_ in silent):,} figures tested"
        )


def _name(statement: Statement, width: int) -> str:
    title = " ".join(visible(statement.title).split())
    return shortened(
        f"{statement.kind}: {title}"
        if statement.kind and title
        else statement.kind or title or f"table {statement.index + 1}",
        width,
    )


# ---- verbose: every relationship -------------------------------------------------------------------------------------


def relationships(findings: Sequence[Finding], places: Places, style: Style = PLAIN) -> Iterator[str]:
    """Every finding on a line of its own, in columns: relation, period, verdict, and what stands behind it; those that
    did not apply come last."""
    ordered = sorted(findings, key=_reading_order)
    relation = min(max((columns(visible(one.check.in_words)) for one in ordered), default=0), 60)
    period = min(max((columns(visible(one.check.period)) for one in ordered), default=0), 40)
    for finding in ordered:
        verdict = "unlikely" if finding.unlikely else finding.verdict
        line = f"{_fitted(finding.check.in_words, relation)}  {_fitted(finding.check.period, period)}  "
        yield line + painted(padded(verdict, 14), _COLOURS[finding.verdict], style) + "  " + _evidence(finding, places)


def _reading_order(finding: Finding) -> tuple[bool, tuple[int, int]]:
    figures = finding.check.figures
    return finding.verdict == "not applicable", figures[
        0
    ].place.span if figures and finding.verdict != "not applicable" else (0, 0)


def _fitted(text: str, width: int) -> str:
    return padded(shortened(visible(text), width), width)


def _evidence(finding: Finding, places: Places) -> str:
    """What stands behind the verdict, on one line."""
    if finding.verdict == "not applicable":
        return visible(finding.reason or "")
    parts = [visible(arithmetic(finding.check)) or visible(finding.message)]
    if finding.verdict != "agrees":
        parts += map(visible, difference(finding))
    if finding.verdict == "rounding":
        parts += _derivation(finding)
    if finding.check.figures:
        parts.append(places.where(finding.check.figures[0]))
    if finding.check.also:
        parts.append(f"also {', '.join(visible(rule) for rule in finding.check.also)}")
    return "    ".join(part for part in parts if part)


def _derivation(finding: Finding) -> Iterator[str]:
    """How the allowance follows from each operand."""
    scale = printed_scale(finding.check)
    allowances = [share.allowance / scale for share in finding.shares if share.allowance is not None]
    if len(allowances) == len(finding.shares) and allowances:
        yield f"({' + '.join(short(one) for one in allowances)})"


def _untested(checked: Checked) -> Iterator[str]:
    """Every figure no decided equality rests on: an auditor must name them."""
    untested = [figure for figure in checked.figures if figure.counts and not checked.coverage[figure.id].tested]
    if untested:
        places = Places(checked)
        yield "not tested:"
        for figure in untested:
            yield (
                f"  {visible(figure.caption) or '(no caption)'}    {visible(figure.head)}    "
                f"{visible(figure.text)}    {places.where(figure)}"
            )
        yield ""


def _figures(checked: Checked, style: Style) -> Iterator[str]:
    yield painted(visible(checked.source.path), "bold", style)
    places = Places(checked)
    for statement in checked.statements:
        yield ""
        yield painted(_name(statement, style.width), "bold", style)
        for figure in statement.figures:
            yield _extracted(figure, places)
    prose = [figure for figure in checked.figures if figure.origin == "prose"]
    if prose:
        yield ""
        yield painted("text", "bold", style)
        yield from (_extracted(figure, places) for figure in prose)


def _extracted(figure: Figure, places: Places) -> str:
    value = "not meaningful" if figure.value is None else amounts.grouped(figure.value)
    period = visible(figure.period.text) if figure.period else ""
    caption = padded(shortened(visible(figure.caption), 48), 48)
    return (
        f"  {caption} {value:>18}  {padded(str(figure.unit), 9)} {padded(shortened(period, 40), 40)} "
        f"{places.where(figure)}"
    ).rstrip()
