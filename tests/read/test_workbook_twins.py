"""The same statements as text and as a workbook: the same figures and the same verdicts. And the pages of a filing
beside its workbook."""

from __future__ import annotations

import gzip
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from checker.core.document import Paragraph
from checker.core.figure import Figure
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.extract import extract
from checker.language import load
from checker.lexicon import numbers
from checker.pipeline import check
from checker.read import read
from tests.read.books import saved

SEED = Path(__file__).parents[2] / "examples" / "fusion-2013q1.md"
CORPUS = os.environ.get("TIEOUT_CORPUS", "")


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load([])


def stored(text: str) -> tuple[object, str]:
    """What a cell stores so that it shows a printed text, and in which format."""
    plain = text.replace("\\", "").strip()
    printed = numbers.parse(plain, "point")
    if printed is None or printed.value is None or printed.marks or numbers.is_year(plain) or printed.multiplier != 1:
        return plain, "General"
    money = '"$ "' if "$" in plain else ""
    if printed.form == "dash":
        return 0, f'0;0;{money}"—"'
    digits = "#,##0" if "," in plain or printed.size < 1000 else "0"
    digits += "." + "0" * printed.places if printed.places else ""
    if printed.sign == "percent":
        return float(printed.value / 100), f"{digits}%;({digits}%)"
    if printed.sign:
        return plain, "General"
    return float(printed.value), f"{money}{digits}_);{money}({digits})"


def as_workbook(path: Path) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    row = 1
    for block in read(path.name, path.read_bytes()).blocks:
        if isinstance(block, Paragraph):
            page.cell(row, 1, block.text.replace("\\", "")).data_type = "s"
            row += 1
            continue
        for line in block.rows:
            for cell in line.cells:
                value, code = stored(cell.text)
                made = page.cell(row, cell.left + 1, value)
                made.number_format = code
                if isinstance(value, str):
                    made.data_type = "s"
            row += bool(line.cells)
        row += 1
    return saved(book)


def told(figure: Figure) -> tuple[object, ...]:
    return (
        figure.caption.replace("\\", ""),
        figure.value,
        figure.step,
        str(figure.unit),
        figure.period.text if figure.period else None,
    )


def verdicts(said: Checked) -> Counter[tuple[str, str]]:
    return Counter((one.check.rule, one.verdict) for one in said.findings if one.verdict != "not applicable")


def test_the_example_as_a_workbook_says_the_same(rulebook: Rulebook) -> None:
    text = check(SEED.name, SEED.read_bytes(), rulebook)
    book = check("seed.xlsx", as_workbook(SEED), rulebook)
    mine, theirs = (Counter(told(one) for one in said.figures if one.origin == "table") for said in (book, text))
    assert theirs.total() > 100
    assert mine == theirs
    assert verdicts(book) == verdicts(text)
    assert (book.summary.figures, book.summary.untested, book.summary.violations) == (
        text.summary.figures,
        text.summary.untested,
        0,
    )
    assert {one.place.sheet for one in book.figures} == {"Sheet"}


def test_decimals_are_those_of_the_format_and_not_of_the_value(rulebook: Rulebook) -> None:
    book = Workbook()
    page = book.worksheets[0]
    for row in (["Balance (in millions)"], [None, "2013", "2012"], ["Cash", 10.4449, 20.06]):
        page.append(row)
    for name in ("B3", "C3"):
        page[name].number_format = "#,##0.0"
    one, two = (figure for figure in extract(read("a", saved(book))).figures)
    assert (one.value, one.step, two.value) == (Decimal("10.4") * 10**6, Decimal(100_000), Decimal("20.1") * 10**6)


@pytest.mark.skipif(not CORPUS, reason="TIEOUT_CORPUS names no corpus")
def test_the_pages_of_a_filing_and_its_workbook_show_the_same_figures() -> None:
    docs = Path(CORPUS, "docs")
    book = docs / "x_xlsx" / "aapl" / "aapl_Financial_Report.xlsx"
    if not book.exists():
        pytest.skip("the corpus has no workbook of a filing")
    sheets: dict[str, Counter[tuple[object, ...]]] = {}
    for figure in extract(read(book.name, book.read_bytes())).figures:
        if figure.origin == "table":
            sheets.setdefault(figure.place.sheet or "", Counter())[told(figure)[:4]] += 1
    for number in range(2, 8):
        [path] = docs.glob(f"b_filing/aapl/aapl_20250329_R{number}.htm*")
        content = path.read_bytes()
        page = read(path.name, gzip.decompress(content) if path.suffix == ".gz" else content)
        shown = Counter(told(one)[:4] for one in extract(page).figures if one.origin == "table")
        assert max(((shown & sheet).total() for sheet in sheets.values()), default=0) == shown.total() > 0, number
