"""Pages beside rule files: what a rule means, and specimens, each a small statement with the verdicts that it must get.

Reads pages and turns a specimen into the text of a release, which goes the way of every other release from there.
Judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import field

from checker.core.value import frozen
from checker.lexicon import time

_FENCE = re.compile(r"```\s*(\w+)?\s*(.*)")
_HEADING = re.compile(r"##\s+`?([\w./#-]+)`?")
_GAP = re.compile(r"\t+| {2,}")
_SPAN = re.compile(rf"\b{time.UNIT} Ended\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_VERDICTS = ("agrees", "rounding", "violation", "not applicable")
_EXPECTED = re.compile(
    rf"(?P<rule>\S+)(?:\s+(?P<period>.*?))?\s+(?P<verdict>{'|'.join(_VERDICTS)})(?:\s+(?P<severity>error|warning|note))?"
)
_TITLES = {
    "income-statement": "Consolidated Statements of Operations",
    "balance-sheet": "Consolidated Balance Sheets",
    "cash-flow": "Consolidated Statements of Cash Flows",
    "equity": "Consolidated Statements of Stockholders' Equity",
    "comprehensive-income": "Consolidated Statements of Comprehensive Income",
    "segments": "Segment Information",
    "reconciliation": "Reconciliation of GAAP to Non-GAAP Measures",
    "notes": "Supplemental Information",
}
KINDS = frozenset(_TITLES)
"""What a block may be called a statement of."""
_OF_DAYS = frozenset({"balance-sheet"})


@frozen
class Expected:
    """One line of a `findings` block: what the rule must say. An empty period stands for any; a severity only where the
    page states one."""

    rule: str
    period: str
    verdict: str
    severity: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.rule, self.period, self.verdict, self.severity)))


@frozen
class Specimen:
    """Statements in, verdicts out: the blocks of one specimen, the rule whose section it stands in, and its line in the
    page."""

    path: Path
    line: int
    rule: str
    statements: tuple[Block, ...]
    expected: tuple[Expected, ...]
    faults: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    """Files that go with the release, by name: the `beside` blocks."""

    @property
    def text(self) -> str:
        """The release that the statements make."""
        return "\n\n".join(written(block) for block in self.statements) + "\n"


@frozen
class Block:
    """One `statement` block: its lines as they stand, what its first line says of rounding, and its kind."""

    lines: tuple[str, ...]
    kind: str = ""
    rounded_to: str = ""


@frozen
class _Fence:
    word: str
    options: str
    lines: tuple[str, ...] = field(factory=tuple)
    line: int = 0
    rule: str = ""


def specimens(path: Path) -> tuple[Specimen, ...]:
    """The specimens of one page, in order: each `findings` block with the `statement` and `beside` blocks that stand
    between it and the one before."""
    found, statements, beside = [], [], []
    for fence in _fences(path.read_text(encoding="utf-8").splitlines()):
        if fence.word == "statement":
            statements.append(_block(fence, path.stem))
        elif fence.word == "beside":
            beside.append((fence.options.strip(), "\n".join(fence.lines)))
        elif fence.word == "findings":
            expected, faults = _expected(fence.lines)
            found.append(Specimen(path, fence.line, fence.rule, tuple(statements), expected, faults, tuple(beside)))
            statements, beside = [], []
    return tuple(found)


def sections(path: Path) -> tuple[str, ...]:
    """The rules that a page has a section for."""
    return tuple(
        match[1]
        for line in path.read_text(encoding="utf-8").splitlines()
        if (match := _HEADING.fullmatch(line.strip()))
    )


def _fences(lines: Sequence[str]) -> Iterator[_Fence]:
    rule = ""
    opened: _Fence | None = None
    inside: list[str] = []
    for number, line in enumerate(lines, 1):
        fence = _FENCE.fullmatch(line.strip())
        if opened is not None:
            if fence is not None:
                yield _Fence(opened.word, opened.options, tuple(inside), opened.line, rule)
                opened, inside = None, []
            else:
                inside.append(line)
        elif fence is not None:
            opened = _Fence(fence[1] or "", fence[2], line=number)
        elif heading := _HEADING.fullmatch(line.strip()):
            rule = heading[1]


def _block(fence: _Fence, stem: str) -> Block:
    options = dict(option.split("=", 1) for option in fence.options.split() if "=" in option)
    return Block(
        fence.lines, options.get("kind", stem if stem in _TITLES else "income-statement"), options.get("rounded-to", "")
    )


def _expected(lines: Sequence[str]) -> tuple[tuple[Expected, ...], tuple[str, ...]]:
    found, faults = [], []
    for line in lines:
        if not line.strip():
            continue
        match = _EXPECTED.fullmatch(line.strip())
        if match is None:
            faults.append(f"“{line.strip()}” is no finding: rule, period, verdict")
        else:
            found.append(Expected(match["rule"], match["period"] or "", match["verdict"], match["severity"] or ""))
    return tuple(found), tuple(faults)


# ---- a block as a release would print it -----------------------------------------------------------------------------


def written(block: Block) -> str:
    """The block as the text of a release: a title, the unit, heads with whole periods, and cells set off by tabs. Text
    and pages stand as they are."""
    if block.kind in ("text", "page"):
        return "\n".join(line.strip() for line in block.lines)
    lines = [line.rstrip() for line in block.lines if line.strip()]
    rows = next((number for number, line in enumerate(lines) if line[0] in " \t" or _GAP.search(line)), len(lines))
    spans = [line for line in lines[:rows] if _SPAN.search(line)]
    titles = [line for line in lines[:rows] if line not in spans] or [
        _TITLES.get(block.kind, "Supplemental Information")
    ]
    if block.rounded_to:
        titles.append("(in millions, except per share data)")
    if not spans and block.kind not in _OF_DAYS and any(map(_bare_years, lines[rows : rows + 1])):
        spans = ["Years Ended December 31,"]
    return "\n".join([*titles, "", *(f"\t{span}" for span in spans), *(_row(row, block.kind) for row in lines[rows:])])


def _row(line: str, kind: str) -> str:
    """A row with tabs between its cells; heads that are bare years become the days that a balance sheet prints."""
    cells = _GAP.split(line.strip())
    if line[0] not in " \t":
        return "\t".join(cells)
    if kind in _OF_DAYS and _bare_years(line):
        cells = [f"December 31, {cell}" for cell in cells]
    return "\t".join(["", *cells])


def _bare_years(line: str) -> bool:
    return line[0] in " \t" and all(_YEAR.fullmatch(cell) for cell in _GAP.split(line.strip()))
