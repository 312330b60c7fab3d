"""Long and wide inputs take as many times longer as they are longer: what grows faster than its input stands still
before one that is large enough.

Counted are the lines of the program that are run through, never seconds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cache

import pytest
from openpyxl import Workbook

from checker.bind import bind
from checker.core.remembered import forgetting
from checker.core.rule import Rulebook
from checker.diagnose import diagnose
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import load
from checker.read import read
from checker.read.inline import add
from checker.read.source import Piece
from checker.report.xlsx import _fill, _Page
from checker.report.xlsx_sheets import Sheet
from checker.structure import infer
from tests.work import lines_run

TIMES = 4
"""How many times larger the larger of two inputs is."""
ROOM = 1.6
"""How many times more work than so many times as much it may be: sorting is a little more than linear."""


@cache
def rulebook() -> Rulebook:
    return load([])


def page(tables: Sequence[Sequence[Sequence[str]]], span: str = "") -> bytes:
    """A page of tables, their rows given as texts; cells other than captions span so many columns."""
    shown = "".join(
        f"<table>{''.join(f'<tr><td>{row[0]}</td>{_cells(row[1:], span)}</tr>' for row in rows)}</table>"
        for rows in tables
    )
    return f"<html><body><p>Balance sheet (in millions)</p>{shown}</body></html>".encode()


def _cells(texts: Sequence[str], span: str) -> str:
    return "".join(f"<td{span}>{text}</td>" for text in texts)


def amounts(count: int, seed: int = 1) -> list[str]:
    drawn = random.Random(seed)
    return [f"{drawn.randrange(10**5, 10**6):,}" for _ in range(count)]


def wide(size: int) -> bytes:
    """Columns without end."""
    return page(
        [[["", *map(str, range(1000, 1000 + size))], *([f"Line {row}", *amounts(size, row)] for row in range(3))]]
    )


def askew(size: int) -> bytes:
    """Heads that all stand over gaps between the columns."""
    gaps = [[text for amount in amounts(size, row) for text in ("", amount)] for row in range(3)]
    return page(
        [
            [
                ["", *(f"Head {place}" for place in range(size))],
                *([f"Line {row}", *texts] for row, texts in enumerate(gaps)),
            ]
        ]
    )


def crowded(size: int) -> bytes:
    """Rows in which two numbers would share a column."""
    straight = "".join(f"<tr><td>Line {row}</td>{_cells(amounts(size, row), ' colspan=2')}</tr>" for row in range(2))
    doubled = "".join(
        (
            f"<tr><td>Row "
            f"{row}</td><td></td>{_cells(amounts(2, row), '')}{_cells(amounts(size - 3, row), ' colspan=2')}</tr>"
        )
        for row in range(2)
    )
    return f"<table>{straight}{doubled}</table>".encode()


def shares(size: int) -> bytes:
    """A column of percentages beside amounts, every second of which is what the others are percentages of."""
    parts = [[f"Part {row}", f"{10_000 + row % 7 * 1000:,}", f"{10 + row % 7}.0%"] for row in range(size)]
    return page([[["", "2020", "%"], *(row for part in parts for row in (part, ["Whole", "100,000", "-"]))]])


def margins(size: int) -> bytes:
    """Lines of percentages between lines of amounts that are all the same."""
    return page(
        [
            [
                ["", "2020", "2019"],
                *([f"Line {row}", *(["100.0%"] * 2 if row % 2 else ["1,000"] * 2)] for row in range(size)),
            ]
        ]
    )


def totals(size: int) -> bytes:
    """Lines that are all called totals, and none of which is one."""
    return page([[["", "2020", "2019"], *([f"Total {row}", *amounts(2, row)] for row in range(size))]])


def slips(size: int) -> bytes:
    """Sums each of which is broken in one column."""
    rows: list[list[str]] = [["", "2020", "2019", "2018"]]
    for number in range(size // 3):
        one, two = ([int(text.replace(",", "")) for text in amounts(3, seed)] for seed in (number, -1 - number))
        sums = [a + b for a, b in zip(one, two, strict=True)]
        sums[0] += 900
        rows += [
            [f"{name} {number}", *(f"{value:,}" for value in values)]
            for name, values in (("Alpha", one), ("Beta", two), ("Total", sums))
        ]
    return page([rows])


def nameless(size: int) -> bytes:
    """Lines of small numbers without captions, some of which are sums of others by chance."""
    return "".join(f"{number}\t{7 * number}\t{3 * number}\n" for number in range(1, size)).encode()


def small(size: int) -> bytes:
    """Small numbers of either sign, a total of which stands under every twelfth line."""
    drawn = random.Random(size)
    lines = [
        (
            f"{'Total' if row % 12 == 11 else 'Line'} {row}",
            *(f"{drawn.choice((1, -1)) * drawn.randint(1, 50)}" for _ in range(2)),
        )
        for row in range(size)
    ]
    return page([[["", "2020", "2019"], *lines]])


def large(size: int) -> bytes:
    """The same table with numbers of six digits."""
    return page(
        [
            [
                ["", "2020", "2019"],
                *([f"{'Total' if row % 12 == 11 else 'Line'} {row}", *amounts(2, row)] for row in range(size)),
            ]
        ]
    )


def digits(size: int) -> bytes:
    """Three numbers of a digit a line."""
    drawn = random.Random(size)
    return "".join(
        f"Line {row}\t{drawn.randint(1, 9)}\t{drawn.randint(1, 9)}\t{drawn.randint(1, 9)}\n" for row in range(size)
    ).encode()


def added(size: int) -> bytes:
    """Two small numbers a line and what they add up to."""
    pairs = [(row * 37 % 97 + 1, row * 61 % 89 + 1) for row in range(size)]
    return "".join(f"Line {row}\t{one}\t{two}\t{one + two}\n" for row, (one, two) in enumerate(pairs)).encode()


def constant(size: int) -> bytes:
    """The same number everywhere: all runs of details above which it stands miss by rounding."""
    return "".join(f"Line {row}\t1\t1\t1\n" for row in range(size)).encode()


def powers(size: int) -> bytes:
    """Powers of two and of three, each all that stand before it and one more, or twice that and one more."""
    return page(
        [
            [
                ["", "2020", "2019"],
                *([f"Line {row}", f"{2 ** (row % 40):,}", f"{3 ** (row % 25):,}"] for row in range(size)),
            ]
        ]
    )


def many(size: int) -> bytes:
    """Small tables without end."""
    return page(
        [
            [["", "2020", "2019"], ["Revenues", *one], ["Costs", *two], ["Gross profit", *one]]
            for one, two in ((amounts(2, n), amounts(2, -n)) for n in range(size))
        ]
    )


def crossed(size: int) -> bytes:
    """Small numbers with a total of every line and of every sixth."""
    rows: list[list[str]] = [["", *(f"Part {place}" for place in range(6)), "Total"]]
    for group in range(size // 6):
        lines = [[(group * 7 + row * 5 + place * 3) % 90 + 1 for place in range(6)] for row in range(5)]
        lines.append([sum(column) for column in zip(*lines, strict=True)])
        rows += [
            [f"{'Total' if row == 5 else 'Line'} {group}.{row}", *map(str, line), str(sum(line) + (group % 9 == row))]
            for row, line in enumerate(lines)
        ]
    return page([rows])


def plain(size: int) -> bytes:
    """One column of amounts as Markdown, with a total under every third line."""
    lines = (
        f"| {('Line', 'Total', 'Less: interest', 'Line', 'Line')[row % 5]} {row} | {amount} |\n"
        for row, amount in enumerate(amounts(size))
    )
    return "".join(("| | Amount |\n|---|---|\n", *lines)).encode()


def repeated(size: int) -> bytes:
    """The same line in table after table, wrong in most of them."""
    quarters = ("First Quarter", "Second Quarter", "Third Quarter", "Fourth Quarter")
    return "".join(
        f"Quarterly data {number}\n\n| | {' | '.join((*quarters, str(2010 + number % 13)))} |\n{'|---' * 6}|\n"
        f"| Revenue | {' | '.join(str(100 + (number * 37 + place * 211) % 900) for place in range(4))} | 2,400 |\n\n"
        for number in range(size)
    ).encode()


def _extracted(content: bytes) -> None:
    extract(read("page", content))


def _inferred(content: bytes) -> None:
    infer(extract(read("page", content)))


def _bound(content: bytes) -> None:
    bind(infer(extract(read("page", content))), rulebook())


def _diagnosed(content: bytes) -> None:
    release = infer(extract(read("page", content)))
    diagnose(evaluate(bind(release, rulebook())), release.figures)


def anew(work: Callable[[bytes], None], content: bytes) -> int:
    """The work of reading something for the first time; what is run again counts again."""
    with forgetting():
        return lines_run(lambda: work(content))


@pytest.mark.parametrize(
    ("work", "shape", "size"),
    [
        (_extracted, wide, 150),
        (_extracted, askew, 60),
        (_extracted, crowded, 60),
        (_extracted, plain, 300),
        (_inferred, nameless, 100),
        (_inferred, many, 20),
        (_inferred, crossed, 30),
        (_bound, shares, 40),
        (_bound, margins, 20),
        pytest.param(_inferred, small, 60, marks=pytest.mark.long),
        pytest.param(_inferred, digits, 220, marks=pytest.mark.long),
        pytest.param(_inferred, added, 220, marks=pytest.mark.long),
        pytest.param(_inferred, constant, 220, marks=pytest.mark.long),
        pytest.param(_inferred, powers, 220, marks=pytest.mark.long),
        pytest.param(_inferred, wide, 250, marks=pytest.mark.long),
        pytest.param(_inferred, totals, 250, marks=pytest.mark.long),
        pytest.param(_diagnosed, slips, 330, marks=pytest.mark.long),
        pytest.param(_diagnosed, repeated, 60, marks=pytest.mark.long),
    ],
)
def test_work_grows_as_its_input_does(work: Callable[[bytes], None], shape: Callable[[int], bytes], size: int) -> None:
    rulebook()
    work(shape(size))
    assert anew(work, shape(TIMES * size)) < ROOM * TIMES * anew(work, shape(size))


def test_small_numbers_whose_runs_fit_by_chance_take_few_times_as_long_as_large_ones_of_which_none_does() -> None:
    rulebook()
    _inferred(small(20))
    assert anew(_inferred, small(120)) < 4 * anew(_inferred, large(120))


def _written(content: bytes) -> None:
    """A sheet one column of which is empty all the way down."""
    rows = Sheet("Rows", (), ("Line", "As printed", "Empty"), [("a", "b", None)] * len(content))
    _fill(_Page(Workbook().create_sheet(), rows, {}))


def test_a_sheet_of_a_workpaper_is_written_row_by_row() -> None:
    _written(b"    ")
    assert anew(_written, bytes(400)) < ROOM * TIMES * anew(_written, bytes(100))


def test_numbers_that_stand_under_no_other_make_no_columns() -> None:
    rows = "".join(
        f"<tr><td>Line {row}</td><td colspan={2 * row + 1}></td><td colspan=2>1,0{row % 90 + 10}</td></tr>"
        for row in range(480)
    )
    release = extract(read("page", f"<table>{rows}</table>".encode()))
    assert (release.statements, release.problems[0].code) == ((), "X102")


def test_numbers_without_captions_are_no_statement_that_sums_were_found_in() -> None:
    release = infer(extract(read("a.txt", nameless(400))))
    assert len(release.figures) > 700
    assert release.sums == ()


def test_a_run_of_characters_that_a_page_gives_one_at_a_time_is_not_copied_with_each() -> None:
    def copied(size: int) -> int:
        found: list[Piece] = []
        text, count = "&" * size, 0
        for at in range(size):
            add(text, found, None, ("&", at, at + 1))
            count += len(found[-1][0])
        return count

    assert copied(40_000) < ROOM * TIMES * copied(10_000)
