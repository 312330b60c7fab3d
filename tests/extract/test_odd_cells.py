"""Cells of pages that print a figure in pieces: a redline, a form, brackets around a tag. A figure stands where its own
characters stand."""

from __future__ import annotations

import pytest

from checker.extract import extract
from checker.read import read

LINES = ("Revenues", "Cost of revenues", "Gross profit", "Operating expenses", "Operating income")
OTHER = ("480.1", "(290.0)", "190.1", "(140.1)", "50.0")


def _page(cells: tuple[str, ...]) -> bytes:
    rows = "".join(
        f"<tr><td>{caption}</td><td>{one}</td><td>{two}</td></tr>\n"
        for caption, one, two in zip(LINES, cells, OTHER, strict=True)
    )
    return (
        f"<html><body><p>(in "
        f"millions)</p><table><tr><td></td><td>2023</td><td>2022</td></tr>\n{rows}</table></body></html>"
    ).encode()


WHOLE = ("512.4", "(301.2)", "211.2", "(150.1)", "61.1")


@pytest.mark.parametrize(
    ("line", "cell", "stands"),
    [
        (0, '<input type="text" value="512.4">', "512.4"),
        (0, "<input name=a value='512.4'/>", "512.4"),
        (1, '(<ix:nonFraction name="a:Cost" sign="-">301.2</ix:nonFraction>)', "301.2"),
        (1, "(<b>301.2</b>)", "301.2"),
        (1, "(301.2)", "(301.2)"),
        (2, "<del>211.3</del><ins>211.2</ins>", "211.2"),
        (2, '<span style="text-decoration: line-through">211.3</span> <u>211.2</u>', "211.2"),
        (3, "(&#49;50.1)", "(&#49;50.1)"),
    ],
)
def test_a_figure_is_what_the_page_shows_and_stands_where_its_characters_do(line: int, cell: str, stands: str) -> None:
    cells = list(WHOLE)
    cells[line] = cell
    content = _page(tuple(cells))
    figures = extract(read("page.html", content)).figures
    assert [figure.value for figure in figures] == [
        figure.value for figure in extract(read("page.html", _page(WHOLE))).figures
    ]
    low, high = figures[2 * line].place.span
    assert content[low:high].decode() == stands


@pytest.mark.parametrize("kind", ["hidden", "checkbox", "submit"])
def test_what_a_form_does_not_show_is_no_figure(kind: str) -> None:
    content = _page((f'512.4<input type="{kind}" value="999.9">', *WHOLE[1:]))
    assert [figure.text for figure in extract(read("page.html", content)).figures][:2] == ["512.4", "480.1"]
