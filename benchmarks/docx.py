"""Published pages and their Word twins: the seed and ten releases and filings, converted by LibreOffice, give the same
figures and the same verdicts?

    TIEOUT_CORPUS=FOLDER python -m benchmarks.docx [--count 10] [--seed 1] [--to pdf [--wide]] [--show]

A figure is the same where value, unit and period are; a verdict where rule, verdict and difference are. What the
converter would get wrong is put right in the page first, for both sides: hidden facts and cells are taken out,
characters named by their number in windows-1252 are spelled, and marks that a style raises are set as superscripts.
Needs `soffice` with its writer; nothing of a document is kept.
"""

from __future__ import annotations

import argparse
import html
import random
import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from benchmarks.corpus import Filed, files, root
from checker.core.document import Table
from checker.core.figure import Figure
from checker.core.report import Checked
from checker.language import load
from checker.pipeline import check
from checker.read import read

SEED = Path(__file__).resolve().parent.parent / "examples" / "fusion-2013q1.md"
_HEAD = (
    f"{'document':36} {'figures':>8} {'same':>8} {'of tables':>10} {'same':>8} {'verdicts':>9} {'same':>8} "
    f"{'new violations':>15} {'page':>7} {'twin':>7}"
)
LARGEST = 2_000_000
"""Bytes of a page: larger ones keep the converter busy for minutes."""
_HIDDEN = re.compile(rb"<ix:header\b.*?</ix:header>", re.DOTALL | re.IGNORECASE)
_UNSEEN = re.compile(rb"<td\b[^<>]*display: ?none[^<>]*>[^<>]*</td>", re.IGNORECASE)
_NUMBERED = re.compile(rb"&#(1[2-5]\d);")
_RAISED = re.compile(
    (
        rb"<(span|font)\b[^<>]*style=[\"'][^\"'<>]*(?:vertical-align: ?(?:super|top)|"
        rb"top: ?-\d)[^\"'<>]*[\"'][^<>]*>([^<>]{1,12})</\1>"
    ),
    re.IGNORECASE,
)


@frozen
class Twin:
    """What one document and its twin have in common."""

    name: str
    figures: int
    same: int
    table: int
    table_same: int
    verdicts: int
    verdicts_same: int
    new: int
    """Violations of the twin alone."""
    seconds: tuple[float, float]


def page_of(content: bytes) -> bytes:
    """A page as both sides read it."""
    content = _UNSEEN.sub(b"", _HIDDEN.sub(b"", content))
    content = _NUMBERED.sub(
        lambda found: bytes([int(found[1])]).decode("cp1252", "replace").encode("ascii", "xmlcharrefreplace"), content
    )
    return _RAISED.sub(rb"<sup>\2</sup>", content)


def seed_page() -> bytes:
    """The example release as a page."""
    said = ["<html><head><meta charset='utf-8'></head><body>"]
    for block in read("seed.md", SEED.read_bytes()).blocks:
        if not isinstance(block, Table):
            said.append(
                f"<{'h2' if block.heading else 'p'}>{html.escape(block.text)}</{'h2' if block.heading else 'p'}>"
            )
            continue
        said.append("<table>")
        for row in block.rows:
            at, cells = 0, ""
            for cell in row.cells:
                cells += (
                    "<td></td>" * (cell.left - at)
                    + f"<td colspan={cell.right - cell.left}>{html.escape(cell.text)}</td>"
                )
                at = cell.right
            said.append(f"<tr>{cells}</tr>")
        said.append("</table>")
    return "\n".join([*said, "</body></html>"]).encode()


def chosen(folder: Path, count: int, seed: int) -> list[Filed]:
    """Half of them releases, half filings, each of another company."""
    found = []
    for group, wanted in (("a_release", count // 2), ("b_filing", count - count // 2)):
        pages = [
            one
            for one in files(folder, (group,))
            if one.name.endswith((".htm", ".html")) and len(one.content()) <= LARGEST
        ]
        random.Random(f"{seed} {group}").shuffle(pages)
        companies = {one.company: one for one in reversed(pages)}
        found += sorted(companies.values(), key=pages.index)[:wanted]
    return found


def converted(pages: Sequence[Path], folder: Path, to: str = "docx") -> None:
    """The pages as Word or PDF files beside them."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", FILTERS[to], "--infilter=HTML (StarWriter)"]
    command += ["--outdir", str(folder), *map(str, pages)]
    subprocess.run(command, check=True, capture_output=True, timeout=1200)


def across(page: bytes) -> bytes:
    """The page as it is set on broad paper."""
    style = b"<style>@page { size: 42cm 29.7cm; margin: 1cm }</style>"
    at = max(0, page.lower().find(b"</head>"))
    return page[:at] + style + page[at:]


FILTERS = {"docx": "docx:MS Word 2007 XML", "pdf": "pdf:writer_pdf_Export"}


def compared(name: str, page: bytes, twin: bytes) -> tuple[Twin, list[str]]:
    """The twins side by side, and the figures that are not the same."""
    book = load([])
    begun = time.process_time()
    first = check(f"{name}.html", page, book)
    middle = time.process_time()
    second = check(f"{name}.twin", twin, book)
    spent = (middle - begun, time.process_time() - middle)
    every, table = _common(first.figures, second.figures), _common(_of_tables(first), _of_tables(second))
    before, after = _verdicts(first), _verdicts(second)
    new = sum(count for (_, verdict, _), count in (after - before).items() if verdict == "violation")
    told = [
        f"  only here: {one.place.part or f'line {one.place.line}'}: {one.caption[:40]} {one.text}"
        for one in _alone(first.figures, second.figures)
    ]
    told += [
        f"  only in the twin: {one.place.part}: {one.caption[:40]} {one.text}"
        for one in _alone(second.figures, first.figures)
    ]
    return (
        Twin(
            name,
            len(first.figures),
            every,
            len(_of_tables(first)),
            table,
            before.total(),
            (before & after).total(),
            new,
            spent,
        ),
        told,
    )


def _key(figure: Figure) -> tuple[object, ...]:
    period = figure.period
    return figure.value, figure.unit, period and (period.start, period.end, period.months)


def _common(first: Sequence[Figure], second: Sequence[Figure]) -> int:
    return (Counter(map(_key, first)) & Counter(map(_key, second))).total()


def _alone(first: Sequence[Figure], second: Sequence[Figure]) -> Iterator[Figure]:
    left = Counter(map(_key, first)) - Counter(map(_key, second))
    for figure in first:
        if left[_key(figure)] > 0:
            left[_key(figure)] -= 1
            yield figure


def _of_tables(checked: Checked) -> list[Figure]:
    return [figure for figure in checked.figures if figure.origin == "table"]


def _verdicts(checked: Checked) -> Counter[tuple[str, str, object]]:
    return Counter(
        (one.check.rule, one.verdict, one.difference) for one in checked.findings if one.verdict != "not applicable"
    )


def main() -> None:
    """Prints the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=10)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--to", choices=tuple(FILTERS), default="docx")
    asked.add_argument("--wide", action="store_true", help="on A3 across, where no table is cut off or squeezed")
    asked.add_argument("--show", action="store_true", help="the figures that are not the same")
    options = asked.parse_args()
    if shutil.which("soffice") is None:
        print("nothing was measured: there is no soffice here")
        return
    corpus = root()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = {
            "seed": seed_page(),
            **{
                one.name.rpartition(".")[0]: page_of(one.content())
                for one in chosen(corpus, options.count, options.seed)
            },
        }
        for stem, page in pages.items():
            (folder / f"{stem}.html").write_bytes(across(page) if options.wide else page)
        converted([folder / f"{stem}.html" for stem in pages], folder, options.to)
        print(_HEAD)
        twins = []
        for stem, page in pages.items():
            twin, told = compared(stem, page, (folder / f"{stem}.{options.to}").read_bytes())
            twins.append(twin)
            print(_row(twin), flush=True)
            for one in told if options.show else ():
                print(one)
        print(_row(_total(twins)))


def _row(one: Twin) -> str:
    return (
        f"{one.name[:36]:36} {one.figures:8} {_share(one.same, one.figures)} {one.table:10}"
        f" {_share(one.table_same, one.table)} {one.verdicts:9} {_share(one.verdicts_same, one.verdicts)} {one.new:15}"
        f" {one.seconds[0]:6.1f}s {one.seconds[1]:6.1f}s"
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:7.2f}%" if whole else f"{'-':>8}"


def _total(twins: Sequence[Twin]) -> Twin:
    whole = [
        sum(getattr(one, name) for one in twins)
        for name in ("figures", "same", "table", "table_same", "verdicts", "verdicts_same", "new")
    ]
    spent = (sum(one.seconds[0] for one in twins), sum(one.seconds[1] for one in twins))
    return Twin("all", *whole, spent)


if __name__ == "__main__":
    main()
