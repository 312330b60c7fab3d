"""Why no decided relationship rests on a figure, in words: a workpaper must say it of each one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from attrs import frozen

from checker.core.figure import Figure
from checker.core.report import Checked, Coverage

_UNTESTED = Coverage()


@frozen(slots=False)
class Untested:
    """The figures of one document that count and that nothing tests."""

    checked: Checked

    def __iter__(self) -> Iterator[Figure]:
        """Each of them, in the order of the document."""
        return (figure for figure in self.checked.figures if figure.counts and not self._is_tested(figure))

    def why(self, figure: Figure) -> str:
        """The reason: what a relationship that names it lacks, or that nothing names it."""
        if figure.id in self._asked:
            return self._asked[figure.id]
        if figure.id in self._silent:
            return "nothing in its table could be decided"
        if figure.is_amount:
            return "nothing was found that it adds up to, is part of or repeats"
        return "no rule asks for it, and it stands in no sum"

    def _is_tested(self, figure: Figure) -> bool:
        return self.checked.coverage.get(figure.id, _UNTESTED).tested

    @cached_property
    def _asked(self) -> dict[str, str]:
        """By figure, why a relationship that names it was not decided."""
        found: dict[str, str] = {}
        for finding in self.checked.findings:
            if finding.verdict == "not applicable" and finding.reason:
                found.update((figure.id, finding.reason) for figure in finding.check.figures if figure.id not in found)
        return found

    @cached_property
    def _silent(self) -> frozenset[str]:
        """The figures of tables in which nothing at all was tested."""
        tables = (one for one in self.checked.statements if not any(self._is_tested(figure) for figure in one.figures))
        return frozenset(figure.id for one in tables for figure in one.figures)
