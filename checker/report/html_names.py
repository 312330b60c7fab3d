"""What the parts of the page share about one document: the name of each figure and finding on the page, and what is
said of each figure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import cached_property

from attrs import frozen

from checker.core.figure import Figure
from checker.core.finding import Finding, Suspect
from checker.core.report import Checked, Coverage
from checker.core.statement import Statement
from checker.report.amounts import amount, grouped
from checker.report.places import Places
from checker.report.stories import MOST_CANDIDATES
from checker.report.words import needs_a_look

_UNTESTED = Coverage()
_UNFIT = re.compile(r"[^\w-]", re.ASCII)
_RANK = {"violation": 0, "rounding": 1, "agrees": 2, "not applicable": 3}


@frozen(slots=False)
class Sheet:
    """One document of the page. Ids of a document are text like any other, so what stands on the page is numbered
    anew."""

    index: int
    checked: Checked

    @cached_property
    def anchors(self) -> Mapping[str, str]:
        """The page's name of each figure."""
        return {figure.id: f"d{self.index}f{number}" for number, figure in enumerate(self.checked.figures)}

    @cached_property
    def places(self) -> Places:
        """Where its figures stand."""
        return Places(self.checked)

    @property
    def figures(self) -> Mapping[str, Figure]:
        """Every figure by its id."""
        return self.places.figures

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The page's name of each finding."""
        return {finding.id: f"d{self.index}n{number}" for number, finding in enumerate(self.checked.findings)}

    @cached_property
    def links(self) -> Mapping[str, str]:
        """The name of each finding that stays the same from run to run, for links from outside: its fingerprint, as far
        as an address can bear it."""
        before = f"d{self.index}-" if self.index else ""
        bare = {finding.id: _UNFIT.sub("", finding.id) for finding in self.checked.findings}
        return {
            name: f"finding-{before}{fit}" if fit == name else f"finding-{self.numbers[name]}"
            for name, fit in bare.items()
        }

    @cached_property
    def stakes(self) -> Mapping[str, int]:
        """Its rank by the amount that the sides differ by, the largest first: percentages and what does not differ come
        last."""
        by = sorted(self.checked.findings, key=lambda one: (one.check.percent, -abs(one.difference or 0)))
        return {finding.id: rank for rank, finding in enumerate(by)}

    @cached_property
    def sentences(self) -> Mapping[str, str]:
        """The sentence that states each figure which stands in one."""
        return {claim.figure.id: claim.sentence for claim in self.checked.claims}

    @cached_property
    def homes(self) -> Mapping[str, Statement]:
        """The statement that each figure of a table stands in."""
        return {figure.id: statement for statement in self.checked.statements for figure in statement.figures}

    @cached_property
    def touching(self) -> Mapping[str, tuple[Finding, ...]]:
        """The decided findings in which each figure has a part, those to look at first."""
        found: dict[str, list[Finding]] = {}
        for finding in sorted(self.checked.findings, key=_weight):
            if finding.verdict != "not applicable":
                for figure in finding.check.figures:
                    found.setdefault(figure.id, []).append(finding)
        return {name: tuple(findings) for name, findings in found.items()}

    @cached_property
    def suspects(self) -> Mapping[str, Suspect]:
        """The figures to mark: all that a story names, else the first candidates, as many as are listed; never one of
        several alone."""
        found: dict[str, Suspect] = {}
        for finding in self.checked.findings:
            if finding.suspects and needs_a_look(finding):
                known = finding.story.suspects if finding.story is not None else finding.suspects
                marked = [suspect for suspect in known if suspect.figure in self.named] or known[:MOST_CANDIDATES]
                found.update((suspect.figure, suspect) for suspect in marked if suspect.figure not in found)
        return found

    @cached_property
    def named(self) -> Set[str]:
        """The figures that a story names."""
        return {name for finding in self.checked.findings if finding.story is not None for name in finding.story.named}

    def sureness(self, figure: Figure) -> str:
        """How the amount that a figure should read is introduced."""
        return "probably" if figure.id in self.named else "perhaps"

    def said(self, figure: Figure) -> Coverage:
        """What the findings say of the figure."""
        return self.checked.coverage.get(figure.id, _UNTESTED)


def _weight(finding: Finding) -> tuple[bool, int]:
    return not needs_a_look(finding), _RANK[finding.verdict]


def described(figure: Figure, sheet: Sheet) -> str:
    """Everything known of a figure, in a few lines."""
    section = " › ".join([*figure.under, figure.caption or "(no caption)"])
    period = figure.period.text if figure.period else ""
    lines = [section, " · ".join(part for part in (figure.head or period, sheet.places.where(figure)) if part)]
    lines.append(f"{figure.unit}, rounded to {grouped(figure.step)}" + (", corrected by hand" if figure.edited else ""))
    return "\n".join([*lines, standing(sheet.said(figure))])


def standing(said: Coverage) -> str:
    """The status in words, and from what change on an error would be noticed."""
    if not said.tested:
        return "untested: no decided relationship rests on it"
    if said.noticed_from is None:
        return said.status
    return f"{said.status}; a change from {amount(said.noticed_from)} on would be noticed"
