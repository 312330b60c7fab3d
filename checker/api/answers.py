"""What the door answers with: a report to read, to turn into plain data or a data frame, and to write down in every
format."""

from __future__ import annotations

from typing import Any, Literal

from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.core.problem import Problem
from checker.core.report import Checked, Outcome
from checker.core.report import Report as Run
from checker.core.value import frozen

Table = Literal["findings", "figures"]


@frozen
class Report:
    """The answer of `check` or `extract`. `run` holds everything; the properties are what is asked for most."""

    run: Run

    @property
    def documents(self) -> tuple[Checked, ...]:
        """One entry a document, in the order given: `.source.path`, `.figures`, `.findings`, `.problems`, `.summary`,
        `.outcome`."""
        return self.run.documents

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every judgement of every document: `.verdict`, `.severity`, `.blocks`, `.difference` (a `Fraction`, left less
        right), `.check.in_words`."""
        return tuple(one for document in self.documents for one in document.findings)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every printed number: `.text` as printed, `.value` (an exact `Decimal`, scale applied), `.step` it is rounded
        to, `.unit`, `.caption`, `.period`."""
        return tuple(one for document in self.documents for one in document.figures)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Trouble with folders and documents, never about the numbers."""
        return (*self.run.problems, *(one for document in self.documents for one in document.problems))

    @property
    def outcome(self) -> Outcome:
        """What the gate says: `.status` 0 passed, 1 findings that count, 3 not checked, 70 an error of the program;
        `.reasons`; `.weakened`."""
        return self.run.outcome or Outcome()

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data, in the shape of the schema `tieout/1`: amounts are decimal strings."""
        from checker.report import shape

        extracted = self.run.outcome is None
        made = [shape.extracted(one) if extracted else shape.document(one) for one in self.documents]
        return {**shape.head(self.run), "documents": made}

    def to_frame(self, table: Table = "findings") -> Any:
        """Findings or figures as a data frame of Polars or, where that is not installed, of pandas: the columns of the
        format csv.

        Columns are text, as printed or as decimal numbers, so that no amount is rounded on the way.
        ModuleNotFoundError: neither is installed.
        """
        import csv
        import io
        from importlib import import_module
        from importlib.util import find_spec

        library = next((name for name in ("polars", "pandas") if find_spec(name) is not None), None)
        if library is None:
            raise ModuleNotFoundError("a data frame needs polars or pandas: pip install polars")
        rows = list(csv.reader(io.StringIO(self.render("csv") if table == "findings" else self._figures())))
        columns = {name: [row[at] for row in rows[1:]] for at, name in enumerate(rows[0])}
        return import_module(library).DataFrame(columns)

    def render(self, name: str) -> str:
        """The report in one of the formats of `tieout check --format` that are text. ValueError: there is none of that
        name."""
        from checker.report import FORMATS

        if name not in FORMATS or FORMATS[name].binary:
            raise ValueError(
                f"there is no text format {name!r}; there are "
                f"{', '.join(one.name for one in FORMATS.values() if not one.binary)}"
            )
        return str(FORMATS[name].render(self.run))

    def _figures(self) -> str:
        from checker.report import EXTRACTS

        return str(EXTRACTS["csv"].render(self.run))
