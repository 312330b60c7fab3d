"""Amounts that a converter left behind the captions are a column again where every line has one, and only there."""

from __future__ import annotations

import pytest

from checker.core.statement import Statement
from checker.extract import extract
from checker.read import read


def table(*rows: str) -> Statement:
    columns = rows[0].count("|") - 1
    lines = (rows[0], "|" + " --- |" * columns, *rows[1:])
    return extract(
        read("page.md", ("# Acme plc\n\nConsolidated income statement\n\n" + "\n".join(lines) + "\n").encode())
    ).statements[0]


def shown(statement: Statement) -> list[tuple[str, list[str | None]]]:
    return [(line.caption, [figure and figure.text for figure in line.figures]) for line in statement.lines]


@pytest.mark.parametrize(
    ("head", "years"),
    [
        ("| £m 2024 | 2023 |", [2024, 2023]),
        ("| 2024 | 2023 |", [2024, 2023]),
        ("| Year ended 31 March 2024 | Year ended 31 March 2023 |", [2024, 2023]),
    ],
)
def test_the_first_column_is_apart_from_the_captions_again(head: str, years: list[int]) -> None:
    found = table(
        head,
        "| Revenue 43.2 | 41.4 |",
        "| Operating costs (39.8) | (38.6) |",
        "| Other (net) 0.1 | 0.2 |",
        "| Operating profit 3.5 | 3.0 |",
    )
    assert shown(found) == [
        ("Revenue", ["43.2", "41.4"]),
        ("Operating costs", ["(39.8)", "(38.6)"]),
        ("Other (net)", ["0.1", "0.2"]),
        ("Operating profit", ["3.5", "3.0"]),
    ]
    assert [column.period and column.period.end and column.period.end.year for column in found.columns] == years


def test_a_figure_of_a_caption_stands_at_its_own_characters() -> None:
    text = (
        b"# Acme\n\nIncome statement\n\n| $ 2024 | 2023 |\n|---|---|\n| Sales $ 43,210 | $ 41,402 |\n| Costs "
        b"(39,795) | (38,591) |\n| Profit 3,415 | 2,811 |\n"
    )
    figures = extract(read("page.md", text)).statements[0].figures
    assert [text[slice(*figure.place.span)].decode() for figure in figures] == [figure.text for figure in figures]
    assert len(figures) == 6


@pytest.mark.parametrize(
    "rows",
    [
        (
            "| | 2024 | 2023 |",
            "| Revenue 3 | 43.2 | 41.4 |",
            "| Operating costs 4 | (39.8) | (38.6) |",
            "| Operating profit 5 | 3.4 | 2.8 |",
        ),
        (
            "| | 2024 | 2023 |",
            "| Notes due 2025 | 43.2 | 41.4 |",
            "| Notes due 2026 | 39.8 | 38.6 |",
            "| Notes due 2027 | 3.4 | 2.8 |",
        ),
        (
            "| | 2024 | 2023 |",
            "| Revenue 43.2 | 41.4 | 39.0 |",
            "| Operating costs | (39.8) | (38.6) |",
            "| Operating profit 3.4 | 2.8 | 0.4 |",
        ),
        (
            "| | 2024 | 2023 |",
            "| Phase 1.1 | 43.2 | 41.4 |",
            "| Phase 1.2 | 39.8 | 38.6 |",
            "| Phase 2.1 | 3.4 | 2.8 |",
            "| Phase 2.2 | 3.1 | 2.9 |",
        ),
        (
            "| | 2024 | 2023 |",
            "| Stage 9.9 | 43.2 | 41.4 |",
            "| Stage 9.10 | 39.8 | 38.6 |",
            "| Stage 10.0 | 3.4 | 2.8 |",
        ),
    ],
)
def test_numbers_of_notes_years_and_parts_stay_in_their_captions(rows: tuple[str, ...]) -> None:
    assert all(caption[-1].isdigit() or caption == "Operating costs" for caption, _ in shown(table(*rows)))
