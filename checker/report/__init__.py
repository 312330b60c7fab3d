"""Reports: one file per output format, each a pure function of the report that gives the same bytes every time. No
policy: what blocks is the gate's business.

A format's module is imported when the format is asked for, so that the others cost nothing at start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from attrs import field

from checker.core.report import Checked, Report
from checker.core.value import frozen
from checker.report.style import PLAIN, Style

__all__ = ["EXTRACTS", "FORMATS", "Format", "Style"]


@frozen
class Format:
    """One way to write a report down. `piece` is what a stream prints as soon as one document is finished; formats that
    need the whole run have none."""

    name: str
    about: str
    writer: Callable[[Report, Style], str | bytes] = field(repr=False)
    piece: Callable[[Checked, Style], str] | None = field(default=None, repr=False)
    needs: str = ""
    """The package it needs beyond those of the program, which an extra of the format's name brings along."""

    @property
    def binary(self) -> bool:
        """Whether what it writes is no text, and so nothing for a terminal."""
        return self.name == "xlsx"

    def render(self, report: Report, style: Style = PLAIN) -> str | bytes:
        """The report in this format."""
        if lacking := self.lacking():
            raise ModuleNotFoundError(lacking)
        return self.writer(report, style)

    def lacking(self) -> str:
        """What has to be installed before this format can be written, in words; empty where nothing is missing."""
        from importlib.util import find_spec  # most runs never ask

        if not self.needs or find_spec(self.needs) is not None:
            return ""
        return f"the format {self.name} needs {self.needs}: pip install 'tieout[{self.name}]'"


def _text(report: Report, style: Style) -> str:
    from checker.report import text

    return text.render(report, style)


def _concise(report: Report, style: Style) -> str:
    from checker.report import concise

    return concise.render(report, style)


def _json(report: Report, style: Style) -> str:
    from checker.report import json

    return json.render(report, style)


def _jsonl(report: Report, style: Style) -> str:
    from checker.report import jsonl

    return jsonl.render(report, style)


def _jsonl_piece(checked: Checked, style: Style) -> str:
    from checker.report import jsonl

    return jsonl.piece(checked, style)


def _csv(report: Report, style: Style) -> str:
    from checker.report import csv

    return csv.render(report, style)


def _markdown(report: Report, style: Style) -> str:
    from checker.report import markdown

    return markdown.render(report, style)


def _sarif(report: Report, style: Style) -> str:
    from checker.report import sarif

    return sarif.render(report, style)


def _sarif_full(report: Report, style: Style) -> str:
    from checker.report import sarif

    return sarif.render_full(report, style)


def _junit(report: Report, style: Style) -> str:
    from checker.report import junit

    return junit.render(report, style)


def _github(report: Report, style: Style) -> str:
    from checker.report import github

    return github.render(report, style)


def _gitlab(report: Report, style: Style) -> str:
    from checker.report import gitlab

    return gitlab.render(report, style)


def _html(report: Report, style: Style) -> str:
    from checker.report import html

    return html.render(report, style)


def _xlsx(report: Report, style: Style) -> bytes:
    from checker.report import xlsx

    return xlsx.render(report, style)


def _text_figures(report: Report, style: Style) -> str:
    from checker.report import text

    return text.extracted(report, style)


def _json_figures(report: Report, style: Style) -> str:
    from checker.report import json

    return json.extracted(report, style)


def _csv_figures(report: Report, style: Style) -> str:
    from checker.report import csv

    return csv.extracted(report, style)


def _named(*formats: Format) -> Mapping[str, Format]:
    return MappingProxyType({one.name: one for one in formats})


FORMATS: Mapping[str, Format] = _named(
    Format("text", "what needs a look, for a person", _text),
    Format("concise", "one line a finding, for editors and for grep", _concise),
    Format("json", "the whole run as data, schema tieout/1", _json),
    Format("jsonl", "one document a line, as each is finished", _jsonl, _jsonl_piece),
    Format("csv", "one row a finding, for a spreadsheet", _csv),
    Format("markdown", "a comment on a change", _markdown),
    Format("sarif", "SARIF 2.1.0, for code scanning", _sarif),
    Format("sarif-full", "SARIF 2.1.0 with waived findings as suppressed", _sarif_full),
    Format("junit", "JUnit XML, for build servers", _junit),
    Format("github", "annotations for GitHub Actions", _github),
    Format("gitlab", "the code quality report of GitLab", _gitlab),
    Format("html", "a page to read: the release with every figure marked", _html),
    Format("xlsx", "a workpaper whose formulas perform the arithmetic again", _xlsx, needs="openpyxl"),
)
"""How a checked run can be written down."""

EXTRACTS: Mapping[str, Format] = _named(
    Format("text", "the figures, for a person", _text_figures),
    Format("json", "the figures as data, to be corrected and fed back in", _json_figures),
    Format("csv", "one row a figure, for a spreadsheet", _csv_figures),
)
"""How the figures alone can be written down."""
