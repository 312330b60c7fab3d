"""One rule file from text to declarations, with everything that is wrong with it.

A faulty declaration is left out and reported; the others stand. Whether a name is known, an id is taken twice or an
override fits something is not asked here: the same text always parses the same.
"""

from __future__ import annotations

from checker.core.rule import RuleFile, Span
from checker.language import check
from checker.language.build import Draft
from checker.language.declare import Source, declare
from checker.language.fault import Fault, Faulty, Lines
from checker.language.layout import lay_out
from checker.language.sentences import explain
from checker.language.slips import indented
from checker.language.syntax import Stop, read

MOST_ERRORS = 8
"""Errors reported of one declaration."""


def parse(text: str, path: str, stem: str, shipped: bool = False) -> RuleFile:
    """The declarations of a rule file; `stem` is what the ids of its rules begin with."""
    content = text.removeprefix("\ufeff")
    layout = lay_out(content)
    faults = list(layout.faults)
    drafts: list[tuple[Draft, Span]] = []
    for number, span in enumerate(layout.declarations):
        draft, wrong = _draft(layout.text, span)
        faults += (indented(fault, layout.text, layout.declarations[number + 1 :]) for fault in wrong)
        if draft is not None and not wrong:
            drafts.append((draft, span))
    declarations, wrong = declare(drafts, Source(layout.text, path, stem, shipped))
    faults += wrong
    if not faults:
        return RuleFile(path, stem, content, declarations, (), shipped)
    lines = Lines(text)
    problems = tuple(lines.problem(fault, path) for fault in sorted(faults, key=lambda fault: fault.span))
    return RuleFile(path, stem, content, declarations, problems, shipped)


def _draft(text: str, span: Span) -> tuple[Draft | None, tuple[Fault, ...]]:
    """The parts of one declaration, or what is wrong with it."""
    try:
        outcome = read(text, span)
    except Faulty as faulty:
        return None, (faulty.fault,)
    if isinstance(
        outcome, Stop
    ):  # told from the declaration alone: a copy of the file for each would take time that grows with its square
        return None, tuple(fault.moved(span[0]) for fault in _faults(text[span[0] : span[1]]))
    return outcome, tuple(check.faults(outcome, text, span))


def _faults(text: str) -> tuple[Fault, ...]:
    """Everything that is wrong with one declaration that cannot be read: after an error its line is blanked out and the
    rest is read once more."""
    found: list[Fault] = []
    span = (0, len(text))
    while len(found) < MOST_ERRORS:
        try:
            outcome = read(text, span)
        except Faulty as faulty:
            return (*found, faulty.fault)
        if not isinstance(outcome, Stop):
            more = check.faults(outcome, text, span) if outcome.lines else ()
            return (*found, *(fault for fault in more if fault.code not in ("E106", "E142")))
        fault = explain(outcome, text, span)
        found.append(fault)
        start = text.rfind("\n", 0, min(fault.span[0], span[1]))
        last = max((edit[1] for edit, _ in fault.fix), default=0)
        end = text.find("\n", max(fault.span[0], last), span[1])
        if start < 0:
            break
        end = span[1] if end < 0 else end
        text = text[:start] + " " * (end - start) + text[end:]
        span = (0, len(text[: span[1]].rstrip()))
        if "\n" not in text[: span[1]]:
            break
    return tuple(found)
