"""PDF files: what of the figures of a page is read, what of them is tested, what a wrong one costs, and how long a page
takes.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.pdf [--limit N] [--slips N] [--only read|twins|printed]

Three tables. The PDFs of the corpus, beside what `pdftotext -layout` and the reader of text make of them in the same
run. Filings that are there as a page and as a PDF: how many figures of the page have the same value, unit and period.
Pages printed to PDF by Chromium (the seed and releases of the corpus), as they are and with digits changed before they
are printed: found is a changed figure that stands in a violation above a note, beside the same on the page. Without
pdftotext or Chromium their tables are left out, and that is said.
"""

from __future__ import annotations

import argparse
import difflib
import html
import os
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import files, root
from checker.core.document import Paragraph
from checker.core.figure import Figure
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.language import load
from checker.paper.pages import opened
from checker.pipeline import check
from checker.read import read
from checker.read.pdf import is_pdf

TWINS = (
    ("AAPL_10Q_0000320193-23-000077.html", "2023_Q3_AAPL.pdf"),
    ("AMZN_10Q_0001018724-23-000012.html", "2023_Q2_AMZN.pdf"),
)
GROUPS = ("a_release", "b_filing", "c_statement", "d_other", "e_nonus")
_LARGEST = 2_000_000
"""Bytes of a page that is printed: larger ones take minutes."""
_FEWEST_CELLS = 50
_SHEET = re.compile(r"_R\d+\.")
"""One statement as the SEC shows it on a screen: no page that anyone prints."""
_DIGITS = re.compile(rb"\d[\d,]*\d")


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--limit", type=int, default=10, help="pages that are printed")
    parser.add_argument("--slips", type=int, default=3, help="figures that are changed in each")
    parser.add_argument("--only", default="", choices=("", "read", "twins", "printed"))
    asked = parser.parse_args()
    folder, rules = root(), load([])
    if asked.only in ("", "read"):
        _as_text(folder, rules)
    if asked.only in ("", "twins"):
        _twins(folder, rules)
    if asked.only in ("", "printed"):
        _printed(folder, rules, asked.limit, asked.slips)


def _counted(checked: Checked) -> tuple[int, int, int]:
    """Table figures, those tested, and violations above a note."""
    figures = [figure for figure in checked.figures if figure.counts]
    loud = sum(one.verdict == "violation" and one.severity in ("error", "warning") for one in checked.findings)
    return len(figures), sum(checked.coverage[figure.id].tested for figure in figures), loud


# ---- the PDFs of the corpus ------------------------------------------------------------------------------------------


def _as_text(folder: Path, rules: Rulebook) -> None:
    print(
        f"{'PDF':40} {'pages':>5} {'ms/page':>7} | {'figures':>7} {'tested':>6} {'share':>6} {'alarms':>6} | "
        f"as text: figures tested share alarms"
    )
    there = shutil.which("pdftotext") is not None
    whole = [0] * 4
    for one in files(folder, GROUPS):
        content = one.content() if one.name.lower().endswith(".pdf") else b""
        if not is_pdf(content):
            continue
        file = opened(content)
        pages = file.count
        file.close()
        begun = _spent()
        read(one.name, content)
        taken = 1000 * (_spent() - begun) / max(1, pages)
        figures, tested, alarms = _counted(check(one.name, content, rules))
        other = ""
        if there:
            text = subprocess.run(
                ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=False
            ).stdout
            count, held, loud = _counted(check("a.txt", text, rules))
            other = f"{count:16} {held:6} {_share(held, count)} {loud:6}"
            whole[2], whole[3] = whole[2] + count, whole[3] + held
        whole[0], whole[1] = whole[0] + figures, whole[1] + tested
        print(
            f"{one.name[:40]:40} {pages:5} {taken:7.1f} | {figures:7} {tested:6} {_share(tested, figures)} "
            f"{alarms:6} | {other}"
        )
    print(
        f"{'all':40} {'':13} | {whole[0]:7} {whole[1]:6} {_share(whole[1], whole[0])} {'':6} | {whole[2]:16} "
        f"{whole[3]:6} {_share(whole[3], whole[2])}\n"
    )


def _spent() -> float:
    """Seconds of the processor that this process and those it started have taken."""
    return sum(os.times()[:4])


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f}%" if whole else "     -"


# ---- one filing as a page and as a PDF -------------------------------------------------------------------------------


def _twins(folder: Path, rules: Rulebook) -> None:
    print(
        "filings there as a page and as a PDF: figures on both, the same, verdicts (agree, rounding, violated) of each"
    )
    found = {one.name: one for one in files(folder, GROUPS)}
    for page, paper in TWINS:
        if page in found and paper in found:
            _compared(paper, check(page, found[page].content(), rules), check(paper, found[paper].content(), rules))
    print()


def _compared(name: str, page: Checked, paper: Checked) -> tuple[int, int]:
    """How many figures of a page the paper has, and how many of them are the same; printed."""
    one, two = _figures(page), _figures(paper)
    matched = same = 0
    for tag, low, high, begin, end in difflib.SequenceMatcher(
        None, [_bare(x) for x in one], [_bare(x) for x in two], autojunk=False
    ).get_opcodes():
        if tag == "equal":
            matched += high - low
            pairs = zip(one[low:high], two[begin:end], strict=True)
            same += sum((a.value, a.unit, a.period) == (b.value, b.unit, b.period) for a, b in pairs)
    sums = [(one.summary.agrees, one.summary.roundings, one.summary.violations) for one in (page, paper)]
    print(
        (
            f"{name[:44]:44} {len(one):5} of the page, {matched:5} on paper, {same:5} the same "
            f"{_share(same, len(one))}   {sums[0]} {sums[1]}"
        ),
        flush=True,
    )
    return len(one), same


def _figures(checked: Checked) -> list[Figure]:
    return [figure for figure in checked.figures if figure.counts]


def _bare(figure: Figure) -> str:
    return re.sub(r"[^\d.,]", "", figure.text)


# ---- pages printed ---------------------------------------------------------------------------------------------------


def _printed(folder: Path, rules: Rulebook, limit: int, slips: int) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("no page was printed: Chromium is not there")
        return
    print(
        "pages printed to PDF: the figures, and of digits changed before they were printed how many are "
        "found on the page and on paper"
    )
    figures = same = 0
    changed: list[tuple[bool, bool]] = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, body in _pages(folder, limit):
            page, paper = check(name, body, rules), _on_paper(browser, body, Path(scratch))
            if not paper:
                print(f"{name[:44]:44} could not be printed")
                continue
            count, equal = _compared(name, page, check("a.pdf", paper, rules))
            figures, same = figures + count, same + equal
            wrong, texts = _slipped(body, page, slips, random.Random(name))
            if texts:
                again, anew = check(name, wrong, rules), check("a.pdf", _on_paper(browser, wrong, Path(scratch)), rules)
                changed += [(text in _violated(again), text in _violated(anew)) for text in texts]
    print(f"all: {same} of {figures} figures the same {_share(same, figures)}")
    on_page, on_paper = sum(one for one, _ in changed), sum(two for _, two in changed)
    print(
        f"changed: {len(changed)}, found on the page {on_page} {_share(on_page, len(changed))}, on paper "
        f"{on_paper} {_share(on_paper, len(changed))}"
    )


def _pages(folder: Path, limit: int) -> Iterator[tuple[str, bytes]]:
    """The seed as a page, and releases and filings of as many companies."""
    seed = Path(__file__).parents[1] / "examples" / "fusion-2013q1.md"
    yield "fusion-2013q1", _as_page(seed.read_bytes())
    seen: set[str] = set()
    given = [
        one
        for one in files(folder, ("a_release", "b_filing"))
        if one.name.lower().endswith((".htm", ".html")) and not _SHEET.search(one.name)
    ]
    bodies = sorted(
        ((len(body), one.name, one.company, body) for one in given if 40_000 < len(body := one.content()) < _LARGEST),
        key=lambda one: one[:2],
    )
    for _, name, company, body in bodies:
        if (
            company in seen or body.lower().count(b"<td") < _FEWEST_CELLS
        ):  # blanks that set a text in columns are lost when a browser prints it
            continue
        seen.add(company)
        yield name, body
        if len(seen) >= limit:
            return


def _as_page(content: bytes) -> bytes:
    """A document as a plain page."""
    parts = []
    for block in read("a", content).blocks:
        if isinstance(block, Paragraph):
            mark = "h3" if block.heading else "p"
            parts.append(f"<{mark}>{html.escape(block.text)}</{mark}>")
            continue
        width = max((cell.right for row in block.rows for cell in row.cells), default=0)
        rows = []
        for row in block.rows:
            texts = {cell.left: cell for cell in row.cells}
            cells = "".join(
                f"<td align={'left' if not at else 'right'}>{html.escape(texts[at].text) if at in texts else ''}</td>"
                for at in range(width)
            )
            rows.append(f"<tr>{cells}</tr>" if not row.rule else "")
        parts.append(f"<table width=100%>{''.join(rows)}</table>")
    return (
        f"<html><head><meta charset=utf-8></head><body style='font: 10pt serif'>{''.join(parts)}</body></html>".encode()
    )


def _on_paper(browser: str, body: bytes, folder: Path) -> bytes:
    """The page as Chromium prints it; empty where it does not."""
    page, paper = folder / "page.html", folder / "paper.pdf"
    page.write_bytes(body)
    paper.unlink(missing_ok=True)
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--print-to-pdf={paper}",
        page.as_uri(),
    ]
    try:
        subprocess.run(command, capture_output=True, timeout=120, check=False)
    except subprocess.TimeoutExpired:
        return b""
    return paper.read_bytes() if paper.exists() else b""


def _slipped(body: bytes, page: Checked, count: int, drawn: random.Random) -> tuple[bytes, list[str]]:
    """The page with a digit changed in some figures that are tested, each of another statement, and how these read
    then."""
    tested = [
        one
        for one in page.figures
        if one.counts and one.unit.is_money and page.coverage[one.id].tested and len(re.sub(r"\D", "", one.text)) > 3
    ]
    drawn.shuffle(tested)
    chosen: dict[str, Figure] = {}
    for figure in tested:
        start, end = figure.place.span
        if figure.statement and figure.statement not in chosen and _DIGITS.fullmatch(body[start:end].strip(b"$() ")):
            chosen[figure.statement] = figure
    texts = []
    for figure in sorted(list(chosen.values())[:count], key=lambda one: -one.place.span[0]):
        start, end = figure.place.span
        at = drawn.choice([at for at in range(start, end) if chr(body[at]).isdigit()][:3])
        digit = drawn.choice([one for one in b"123456789" if one != body[at]])
        body = body[:at] + bytes([digit]) + body[at + 1 :]
        texts.append(re.sub(r"[^\d.,]", "", body[start:end].decode("latin-1")))
    return body, texts


def _violated(checked: Checked) -> set[str]:
    """The figures that stand in violations above a note, as they read."""
    loud = [one for one in checked.findings if one.verdict == "violation" and one.severity in ("error", "warning")]
    return {_bare(figure) for one in loud for figure in one.check.figures}


if __name__ == "__main__":
    main()
