"""What became of the rules of a file on one release, for a terminal: whole relations with their ids, every period with
its arithmetic, in the order of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from checker.core.finding import Finding, Verdict
from checker.core.report import Checked
from checker.core.rule import Definition, Each, Relation, Rule
from checker.report.arithmetic import judged
from checker.report.differences import difference
from checker.report.places import Places
from checker.report.style import Style
from checker.report.terminal import Colour, columns, padded, painted, visible
from checker.workshop.explained import written
from checker.workshop.trying import Tried

_COLOURS: Mapping[Verdict, Colour] = {
    "violation": "red",
    "rounding": "yellow",
    "agrees": "green",
    "not applicable": "dim",
}
_WORDS: Mapping[Verdict, tuple[str, str]] = {
    "agrees": ("agrees", "agree"),
    "rounding": ("rounding", "rounding"),
    "violation": ("violation", "violations"),
}
_WIDEST = 30
"""Columns of a period that others are set under."""
_VERDICT = 16


def told(tried: Sequence[Tried], checked: Checked, style: Style) -> str:
    """Every rule in turn, and in the end how many were judged."""
    places = Places(checked)
    lines: list[str] = []
    for number, one in enumerate(tried, 1):
        lines += [*_rule(one, number, places, style), ""]
    return "\n".join([*lines, counted(tried)]) + "\n"


def counted(tried: Sequence[Tried]) -> str:
    """How many of the rules were judged, and what they said, in a line."""
    rules = sum(one.judged for one in tried)
    verdicts = Counter(finding.verdict for one in tried for finding in one.findings)
    said = ", ".join(
        f"{verdicts[verdict]} {words[verdicts[verdict] != 1]}" for verdict, words in _WORDS.items() if verdicts[verdict]
    )
    return f"{rules} of {len(tried)} {'rule' if len(tried) == 1 else 'rules'} judged" + (f": {said}" if said else "")


def _rule(one: Tried, number: int, places: Places, style: Style) -> Iterator[str]:
    declared = one.declared
    title = (
        f" “{visible(declared.title)}”"
        if isinstance(declared, Rule) and declared.title and declared.title not in _relations(declared)
        else ""
    )
    yield from _hung(f"{number}. ", painted(visible(declared.id), "bold", style) + title, style)
    said: set[str] = set()
    for name, relation in _named(declared):
        own = [finding for finding in one.findings if finding.check.rule == name or name in finding.check.also]
        said |= {finding.id for finding in own}
        yield from _hung("   ", visible(relation), style)
        yield from _periods(own, name, places, style)
    yield from _periods([finding for finding in one.findings if finding.id not in said], declared.id, places, style)
    if one.never and not one.judged and not any(finding.reason == one.never for finding in one.findings):
        yield from _never(f"never judged: {visible(one.never)}", one, style)
    elif not one.judged:
        yield from _never("never judged", one, style)


def _never(said: str, one: Tried, style: Style) -> Iterator[str]:
    near = (
        f"{': ' if ':' not in said else '; '}nearest here: {', '.join(visible(caption) for caption in one.nearest)}"
        if one.nearest
        else ""
    )
    for line in _hung("     ", said + near, style):
        yield painted(line, "yellow", style)


def _relations(declared: Rule) -> list[str]:
    return [relation for _, relation in _named(declared)]


def _named(declared: Rule | Definition) -> Iterator[tuple[str, str]]:
    """Each relation with the name that its findings bear."""
    if isinstance(declared, Definition):
        yield declared.id, written(declared)
        return
    for number, relation in enumerate(declared.relations, 1):
        text = (
            relation.text if isinstance(relation, Relation) else relation.sentence if isinstance(relation, Each) else ""
        )
        yield declared.id if number == 1 else f"{declared.id}#{number}", text


def _periods(findings: Sequence[Finding], name: str, places: Places, style: Style) -> Iterator[str]:
    width = min(_WIDEST, max((columns(_where(finding)) for finding in findings), default=0))
    for finding in findings:
        lead = (
            "     "
            + padded(_where(finding), width)
            + "  "
            + padded("unlikely" if finding.unlikely else finding.verdict, _VERDICT)
        )
        first, *more = _hung(lead, "; ".join(_evidence(finding, name, places)), style)
        yield painted(first, _COLOURS[finding.verdict], style) if finding.verdict != "agrees" else first
        yield from more


def _where(finding: Finding) -> str:
    return visible(", ".join(filter(None, (finding.check.segment, finding.check.period))))


def _evidence(finding: Finding, name: str, places: Places) -> Iterator[str]:
    check = finding.check
    if finding.verdict == "not applicable":
        yield visible(finding.reason or "")
        return
    yield visible(judged(finding)) or visible(finding.message)
    if finding.verdict != "agrees":
        yield from map(visible, difference(finding))
    if finding.severity is not None and finding.verdict == "violation":
        yield finding.severity
    if check.turned:
        turned = [places.figures[figure] for figure in check.turned if figure in places.figures]
        yield (
            f"read with the other sign than printed: {', '.join(dict.fromkeys(visible(one.caption) for one in turned))}"
        )
    if check.passed_over and finding.verdict == "agrees":
        yield visible(check.leaves_out)
    if check.figures:
        yield places.where(check.figures[0])
    if check.rule.partition("#")[0] != name.partition("#")[0]:
        yield f"the same is said by {visible(check.rule)}"


def _hung(lead: str, text: str, style: Style) -> list[str]:
    """The text behind its lead, what does not fit below it."""
    indent = min(columns(lead), 40)
    room = max(style.width, 60)
    lines = wrap(
        text,
        room,
        initial_indent=" " * columns(lead),
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    first = lines[0][columns(lead) :] if lines else ""
    return [(lead + first).rstrip(), *lines[1:]]
