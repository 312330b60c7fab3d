"""How well figures are found and typed: iXBRL filings, whose tags the reader ignores, are the truth.

Run: TIEOUT_CORPUS=... python -m benchmarks.extraction [--misses]. Prints one table for each half of the companies of
the first batch, of which one half may be tuned on, the other never; and one for the second batch, which nobody had seen
when the program was first run on it (`FIRST_RUN`). Periods of the second batch have been worked on since. A figure is
compared with the tag whose digits stand in its byte span. Wall-clock times are of extraction alone.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import hashlib
import html
import itertools
import re
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from attrs import frozen

from benchmarks.corpus import root
from checker.core.figure import Figure
from checker.core.unit import PERCENT
from checker.extract import statements
from checker.read import read

PARTS = (("found", "tags"), ("exact", "found"), ("scale", "exact"), ("period", "exact"))
SEED = "tieout-extraction-1"
FIRST_RUN = (
    ("all tags in tables", 60691, "99.9", "100.0", "96.5", "92.9"),
    ("in tables with 20 undimensioned", 17234, "100.0", "100.0", "98.4", "97.0"),
)
"""What the first run on the second batch found, before anybody had looked at it."""
_TAG = re.compile(rb"<(/?)(ix:nonfraction|ix:hidden|ix:header|table|td|th)\b([^>]*)>", re.IGNORECASE)
_CONTEXT = re.compile(
    rb"<xbrli:context\b[^>]*\bid=[\"']([^\"']+)[\"'][^>]*>(.*?)</xbrli:context>", re.DOTALL | re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


@frozen
class Tagged:
    """One tag in a table: what it says its figure is, and where its text stands."""

    span: tuple[int, int]
    amount: Decimal
    scale: int
    start: dt.date | None
    end: dt.date | None
    dimensions: int
    name: str
    unit: str
    cell: int
    text: str


def contexts(content: bytes) -> dict[str, tuple[dt.date | None, dt.date | None, int]]:
    """Start (None for an instant), end and number of dimensions of every context."""
    found = {}
    for match in _CONTEXT.finditer(content):
        days = {
            name.lower(): dt.date.fromisoformat(day)
            for name, day in re.findall(
                r"<xbrli:(instant|startDate|endDate)>\s*(\d{4}-\d\d-\d\d)",
                match[2].decode("utf-8", "replace"),
                re.IGNORECASE,
            )
        }
        dimensions = len(re.findall(rb"(?:explicit|typed)Member\b[^>]*dimension", match[2], re.IGNORECASE))
        found[match[1].decode()] = (days.get("startdate"), days.get("instant") or days.get("enddate"), dimensions)
    return found


def tagged(content: bytes) -> Iterator[Tagged]:
    """The tags that stand in cells of tables, hidden ones and sentences in cells left out."""
    known = contexts(content)
    hidden, cell, open_tags, cell_start = 0, -1, [], 0
    waiting: list[Tagged] = []
    for match in _TAG.finditer(content):
        closing, name = match[1] == b"/", match[2].lower()
        if name in (b"ix:hidden", b"ix:header"):
            hidden += -1 if closing else 1
        elif name in (b"td", b"th"):
            if not closing:
                cell, cell_start = match.start(), match.end()
                waiting = []
            else:
                words = html.unescape(
                    re.sub(r"<[^>]*>", " ", content[cell_start : match.start()].decode("utf-8", "replace"))
                )
                if len(waiting) == 1 and not re.search(r"[A-Za-z]{4,}", words):
                    yield from waiting
                cell, waiting = -1, []
        elif name == b"ix:nonfraction" and not closing and not match[3].endswith(b"/"):
            open_tags.append(match)
        elif name == b"ix:nonfraction" and closing and open_tags:
            begin = open_tags.pop()
            if not hidden and cell >= 0:
                one = _tag(begin[3].decode("utf-8", "replace"), (begin.end(), match.start()), content, (known, cell))
                if one is not None:
                    waiting.append(one)


def _tag(
    attributes: str,
    span: tuple[int, int],
    content: bytes,
    where: tuple[dict[str, tuple[dt.date | None, dt.date | None, int]], int],
) -> Tagged | None:
    said = {name.lower(): one or two for name, one, two in _ATTRIBUTE.findall(attributes)}
    text = html.unescape(re.sub(r"<[^>]*>", "", content[span[0] : span[1]].decode("utf-8", "replace"))).strip()
    form = said.get("format", "").lower()
    if any(word in form for word in ("zero", "dash", "nocontent")) or text in ("—", "-", "–"):
        amount = Decimal(0)
    elif "numwords" in form or "comma" in form:
        return None
    else:
        try:
            amount = Decimal(re.sub(r"[^\d.]", "", text))
        except InvalidOperation:
            return None
    known, cell = where
    start, end, dimensions = known.get(said.get("contextref", ""), (None, None, 0))
    return Tagged(
        span,
        amount,
        int(said.get("scale") or 0),
        start,
        end,
        dimensions,
        said.get("name", ""),
        said.get("unitref", "").lower(),
        cell,
        text,
    )


def filings(corpus: Path) -> list[Path]:
    """The tagged filings of the corpus."""
    return sorted(path for path in corpus.glob("docs/b_filing/*/*.htm*") if "10Q_" in path.name or "10K_" in path.name)


def half(company: str) -> str:
    """Which half a company belongs to, by the seed."""
    return "tuned" if hashlib.sha256(f"{SEED}{company}".encode()).digest()[0] % 2 else "unseen"


def content_of(path: Path) -> bytes:
    """The bytes of a file of the corpus, unpacked."""
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def compare(path: Path, misses: list[str]) -> Counter[str]:
    """Counts over one filing; what was missed is described in `misses`."""
    content = content_of(path)
    document = read(path.name.removesuffix(".gz"), content)
    begun = time.process_time()
    found, _ = statements(document, itertools.count(1))
    counts: Counter[str] = Counter(
        bytes=len(content),
        microseconds=int((time.process_time() - begun) * 1e6),
        figures=sum(len(statement.figures) for statement in found),
    )
    figures = sorted(
        (figure for statement in found for figure in statement.figures), key=lambda figure: figure.place.span
    )
    starts = [figure.place.span[0] for figure in figures]
    where = {figure.id: statement.index for statement in found for figure in statement.figures}
    truths = list(tagged(content))
    matched = [(truth, _at(truth, figures, starts)) for truth in truths]
    per_table = Counter(where[figure.id] for truth, figure in matched if figure is not None and not truth.dimensions)
    for truth, figure in matched:
        groups = ["all"]
        if figure is not None and not truth.dimensions and per_table[where[figure.id]] >= 20:
            groups.append("large")
        for group in groups:
            _judge(counts, group, (truth, figure), misses if group == groups[-1] else [])
            if group == groups[-1] and misses and misses[-1].startswith("\t"):
                misses[-1] = path.name[:12] + misses[-1]
    return counts


def _at(truth: Tagged, figures: list[Figure], starts: list[int]) -> Figure | None:
    index = bisect_right(starts, truth.span[1])
    for figure in reversed(figures[max(0, index - 3) : index]):
        if figure.place.span[0] < truth.span[1] and figure.place.span[1] > truth.span[0]:
            return figure
    return None


def _judge(counts: Counter[str], group: str, pair: tuple[Tagged, Figure | None], misses: list[str]) -> None:
    truth, figure = pair
    counts[f"{group} tags"] += 1
    if figure is None:
        misses.append(f"\tFOUND {group} {truth.name} {truth.text!r}")
        return
    counts[f"{group} found"] += 1
    if figure.value is None or (abs(figure.value) / figure.scale != truth.amount and figure.scale != Decimal("0.01")):
        misses.append(f"\tVALUE {group} {truth.name} {truth.text!r} {figure.text!r} {figure.value} {figure.scale}")
        return
    counts[f"{group} exact"] += 1
    percent = figure.unit == PERCENT and ("pure" in truth.unit or truth.scale == -2)
    if (
        percent
        or not truth.amount
        or figure.scale == Decimal(10) ** truth.scale
        or ("pure" in truth.unit and figure.scale == 1)
    ):
        counts[f"{group} scale"] += 1
    else:
        shown = (
            f"{figure.scale} {figure.unit} | {figure.caption[:60]} | {'>'.join(figure.under)[:50]} | "
            f"{figure.head[:30]} | {figure.why}"
        )
        misses.append(f"\tSCALE {group} {truth.name} {truth.text!r} 10^{truth.scale} {shown}")
    if _same_period(truth, figure):
        counts[f"{group} period"] += 1
    else:
        period = figure.period
        shown = f"{period.start} {period.end} {period.months}" if period else "none"
        misses.append(
            f"\tPERIOD {group} {truth.start} {truth.end} found {shown} | {figure.statement} | "
            f"{figure.head[:50]} | {figure.caption[:40]} | {figure.why[-1:]}"
        )


def _same_period(truth: Tagged, figure: Figure) -> bool:
    period = figure.period
    if period is None or period.end is None or truth.end is None or abs((period.end - truth.end).days) > 4:
        return False
    if truth.start is None or period.start is None:
        return truth.start is None and period.start is None
    return abs((period.start - truth.start).days) <= 10


def share(counts: Counter[str], part: str, whole: str) -> str:
    """A percentage with one decimal, from integers."""
    total = counts[whole]
    return f"{counts[part] * 1000 // total / 10:.1f}" if total else "-"


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser()
    options.add_argument(
        "--misses", action="store_true", help="print what was missed (tuned half and second batch only)"
    )
    options.add_argument("--half", choices=("tuned", "unseen", "second", "all"), default="all")
    chosen = options.parse_args()
    first, second = filings(root()), filings(root() / "second")
    print(f"companies of the first batch split by sha256 of {SEED!r} + company\n")
    for name in ("tuned", "unseen", "second") if chosen.half == "all" else (chosen.half,):
        misses: list[str] = []
        _report(
            name, second if name == "second" else [path for path in first if half(path.parent.name) == name], misses
        )
        if chosen.misses and name != "unseen":
            print("\n".join(misses))


def _report(name: str, paths: list[Path], misses: list[str]) -> None:
    total: Counter[str] = Counter()
    for path in paths:
        total += compare(path, misses)
    companies = len({path.parent.name for path in paths})
    print(
        f"{_CALLED[name]}: {len(paths)} filings of {companies} companies, {total['bytes'] / 1e6:.1f} MB, "
        f"{total['figures']} figures"
    )
    print(f"  extraction {total['microseconds'] / 1e3 / (total['bytes'] / 1e6):.0f} ms a megabyte")
    print("  tags                          number   found %   exact %   scale %  period %")
    for group, words in (("all", "all tags in tables"), ("large", "in tables with 20 undimensioned")):
        shares = (share(total, f"{group} {part}", f"{group} {whole}") for part, whole in PARTS)
        print(f"  {words:31} {total[group + ' tags']:6}  " + "   ".join(f"{one:>7}" for one in shares))
    if name == "second":
        print("  the same, first run, unseen:")
        for words, number, *shares_then in FIRST_RUN:
            print(f"  {words:31} {number:6}  " + "   ".join(f"{one:>7}" for one in shares_then))


_CALLED = {"tuned": "tuned", "unseen": "unseen", "second": "second batch, seen since its first run"}


if __name__ == "__main__":
    main()
