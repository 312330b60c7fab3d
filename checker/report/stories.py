"""The story behind broken relations in words: which figure is probably wrong, what else could be, and what would
decide. No layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checker.core.figure import Figure
from checker.core.finding import Finding, Story, Suspect
from checker.core.value import frozen
from checker.report.places import Places, called, preposition, where
from checker.report.terminal import visible

MOST_CANDIDATES = 3
"""Candidates that are listed."""
PAIR = 2
"""Figures of one story that are named in one sentence; more are listed."""
CLEAR = 2
"""How many times likelier than the next a figure must be to be pointed at where none is named."""


@frozen
class Told:
    """A story in sentences."""

    headline: str
    candidates: tuple[str, ...] = ()
    """A line for each figure that could be wrong, likeliest first; none where the headline names it."""
    decides: str = ""


def told(story: Story, places: Places) -> Told:
    """The story in sentences: one where a figure is named, else the candidates and what would decide between them."""
    figures = places.figures
    known = [suspect for suspect in story.suspects if suspect.figure in figures]
    named = sorted(
        (suspect for suspect in known if suspect.figure in story.named),
        key=lambda suspect: figures[suspect.figure].place.span,
    )
    if not known or len(named) != len(story.named):
        return Told(f"{_relations(story.broken)} broken, and nothing that could be wrong stands out")
    if len(named) == len(known) > PAIR:
        causes = ", ".join(dict.fromkeys(visible(suspect.cause) for suspect in named if suspect.cause))
        headline = f"{len(named)} figures are probably wrong{f' ({causes})' if causes else ''}: {repairs(story)}"
        return Told(headline, tuple(_candidate(suspect, places, "probably") for suspect in named))
    if len(named) == len(known):
        return Told(f"{_named(named, figures)}: {repairs(story)}")
    known = [suspect for suspect in known if suspect not in named]
    lines = tuple(_candidate(suspect, places) for suspect in known[:MOST_CANDIDATES])
    more = len(known) - MOST_CANDIDATES
    rest = (f"and {more} more that could be wrong",) if more > 0 else ()
    headline = (
        f"{_named(named, figures)}, and one of these is wrong too: {repairs(story)}"
        if named
        else _undecided(story, len(known))
    )
    return Told(headline, lines + rest, _decides(story, known, figures))


def sureness(finding: Finding) -> str:
    """How likely it is that the document is wrong, and what speaks for it; empty where neither is known."""
    likely, why = finding.likelihood, "; ".join(visible(one) for one in finding.reasons)
    if likely is None:
        return f"{why[:1].upper()}{why[1:]}" if why else ""
    said = f"{round(100 * likely)} % likely an error of the document"
    return f"{said}: {why}" if why else said


def grouped(findings: Sequence[Finding]) -> Iterator[tuple[Story | None, list[Finding]]]:
    """Findings with one story together, at the place of the first of them; those without one alone."""
    stories: dict[str, list[Finding]] = {}
    order: list[tuple[Story | None, list[Finding]]] = []
    for finding in findings:
        story = finding.story
        if story is not None and story.id in stories:
            stories[story.id].append(finding)
            continue
        members = [finding]
        order.append((story, members))
        if story is not None:
            stories[story.id] = members
    yield from order


def _named(named: Sequence[Suspect], figures: Mapping[str, Figure]) -> str:
    causes = list(dict.fromkeys(suspect.cause for suspect in named))
    together = f" ({visible(causes[0])})" if len(named) > 1 and len(causes) == 1 and causes[0] else ""
    parts = []
    for suspect in named:
        reads = f" is probably {visible(suspect.proposed)}" if suspect.proposed else " is probably wrong"
        parts.append(
            _figure(figures[suspect.figure])
            + reads
            + (f" ({visible(suspect.cause)})" if suspect.cause and not together else "")
        )
    said = _listed(parts) + together
    return said[:1].upper() + said[1:]


def because(suspect: Suspect, figures: Mapping[str, Figure]) -> str:
    """What happened to a suspect, and which other figures must be wrong at the same time; empty where neither can be
    said."""
    others = partners(suspect, figures)
    return "; ".join(
        one for one in (visible(suspect.cause), f"together with {_listed(others)}" if others else "") if one
    )


def partners(suspect: Suspect, figures: Mapping[str, Figure]) -> list[str]:
    """The figures without which this one explains nothing, each with what it prints, in reading order."""
    others = sorted(
        (figures[name] for name in suspect.together if name in figures), key=lambda figure: figure.place.span
    )
    return [_figure(figure) for figure in others]


def repairs(story: Story) -> str:
    """What the likeliest explanation does for the broken relations."""
    verb = ("repairs", "breaks") if len(story.suspects) == 1 else ("repair", "break")
    what = "the one broken relation" if story.broken == 1 else f"{story.repairs} of {story.broken} relations"
    return f"{verb[0]} {what}, {verb[1]} none"


def _undecided(story: Story, count: int) -> str:
    if story.repairs < story.broken:
        return (
            f"No single figure explains the {story.broken} broken relations; "
            f"{'this one stands' if count == 1 else 'these stand'} in most of them"
        )
    what = "the broken relation" if story.broken == 1 else f"all {story.broken} broken relations"
    if count == 1:
        return f"This figure may be wrong; putting it right would repair {what}"
    return f"One of these is probably wrong; any of them would repair {what}"


def _candidate(suspect: Suspect, places: Places, sure: str = "perhaps") -> str:
    figure = places.figures[suspect.figure]
    place = f" {places.at(figure)}" if figure.caption or figure.text else ""
    reads = f", {sure} {visible(suspect.proposed)}" if suspect.proposed else ""
    if sure != "perhaps":
        return f"{_figure(figure)}{place}{reads}"
    said = because(suspect, places.figures)
    return f"{_figure(figure)}{place}{reads}{f' ({said})' if said else ''}"


def _decides(story: Story, candidates: Sequence[Suspect], figures: Mapping[str, Figure]) -> str:
    """What nobody but the reader can do: go back to the source, in the order that the evidence suggests."""
    first, *rest = candidates
    caption = visible(called(figures[first.figure]))
    begin = f", {caption} first" if rest and caption and first.score >= CLEAR * rest[0].score else ""
    others = (
        "nothing else in the document tests them" if story.holds == 0 else "the document alone does not tell them apart"
    )
    return f"To decide, compare with the source{begin}: {others}"


def _figure(figure: Figure) -> str:
    caption, text = visible(called(figure)), visible(figure.text)
    if not caption and not text:
        return f"the figure {preposition(figure.place)} {where(figure.place)}"
    return f"{caption or 'the figure'} {text}"


def _relations(count: int) -> str:
    return "1 relation is" if count == 1 else f"{count} relations are"


def _listed(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
