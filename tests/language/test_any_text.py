"""Whatever the text: no exception, every problem in its place, and time that grows with the length alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.core.rule import RuleFile
from checker.language import lint, parse, resolve, show
from checker.language.codes import CODES
from checker.language.layout import lay_out
from tests.examples import examples

SPECIMENS = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "specimens").glob("*.rules"))
)
LINES = SPECIMENS.split("\n")
SIGNS = tuple('()[]"?|;:=<+-*/#,%“”.!\t\n \u00a0\u202f—{')
WORDS = (
    "rule x\n",
    "    ",
    "\n  ",
    " sum of",
    "AND ",
    " is reported",
    "prior ",
    "when ",
    "A",
    "1",
    "\r\n",
    "\ufeff",
    "\u202e",
    "é",
)
PIECES = st.sampled_from((*SIGNS, *WORDS))


def _read(text: str) -> RuleFile:
    file = parse(text, "any.rules", "any")
    book = resolve([file])
    for problem in (*file.problems, *book.problems, *lint([file], book)):
        assert problem.code in CODES
        assert problem.place is not None and problem.place.line >= 1 and problem.place.column >= 1
        assert 0 <= problem.place.span[0] <= problem.place.span[1] <= len(text.encode("utf-8", "surrogatepass")) + 1
        assert show(problem)
    return file


@settings(deadline=None)
@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    _read(text)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_heap_of_pieces_is_answered(text: str) -> None:
    _read(text)


@settings(max_examples=examples(300), deadline=None)
@given(st.data())
def test_any_slip_in_a_good_file_is_answered(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(LINES) - 1))
    text = "\n".join(LINES[start : start + data.draw(st.integers(1, 8))])
    at = data.draw(st.integers(0, len(text)))
    _read(text[:at] + data.draw(PIECES) + text[at + data.draw(st.integers(0, 5)) :])


@settings(deadline=None)
@given(st.text(alphabet=' \t#a=\n\r"“”A;,+|)\u00a0', max_size=80))
def test_the_layout_keeps_every_character_in_its_place(text: str) -> None:
    layout = lay_out(text)
    assert len(layout.text) == len(text)
    for start, end in layout.declarations:
        assert 0 <= start < end <= len(text)
        assert layout.text[start] == text[start] and layout.text[end - 1].strip()


@settings(deadline=None)
@given(st.text(max_size=200))
def test_the_same_text_always_parses_the_same(text: str) -> None:
    assert parse(text, "a", "a") == parse(text, "a", "a")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_change_nothing(end: str, mark: str) -> None:
    plain = "rule x\n    A = B\n    because “so”\nC =\n"
    given_text = mark + plain.replace("\n", end)
    one, two = parse(plain, "a", "a"), parse(given_text, "a", "a")
    assert one.declarations == two.declarations
    (problem,) = two.problems
    assert problem.place is not None and (problem.place.line, problem.place.column) == (4, 4)
    assert given_text.encode()[: problem.place.span[0]].decode().endswith("C =")


_WORST = (
    ("nested parentheses", "A = " + "(" * 450 + "B" + ")" * 450),
    (
        "a thousand parentheses on many lines",
        "A = B\n" + "    + (" * 1 + "\n    + (".join(["C"] * 300) + "\n    )" * 300,
    ),
    ("a sum of ten thousand terms", "A = B" + "\n    + C" * 10_000),
    ("a thousand NOTs", "A = B\n    when " + "NOT " * 200 + "C is reported"),
    ("five thousand blank lines", "A = B" + "\n    " * 5_000 + "\n    + C"),
    ("a hundred thousand blanks", "A = B" + " " * 100_000 + "C"),
    ("blank lines of nine hundred blanks", "A = B\n" + (" " * 900 + "\n") * 300 + "    + C"),
    ("comments", "A = B\n" + "    # x\n" * 5_000 + "    severity note"),
    ("one long name", "A " * 499 + "\n" + "  + B" * 240),
    ("commas", "A, " * 300 + "= B"),
    ("brackets never closed", "A = B" + " (C" * 300),
    ("ten thousand errors", "A = B +\n" * 3_000),
    ("quotes", 'A = "' + '""' * 400),
    ("is not", "A = " + "is not " * 140),
)


@pytest.mark.parametrize("text", [text for _, text in _WORST], ids=[what for what, _ in _WORST])
def test_the_worst_texts_come_to_an_end(text: str) -> None:
    _read(text)


def test_ten_thousand_rules_are_read() -> None:
    file = parse(
        "".join(f"rule r{number}\n    Gross profit = Revenues - Cost of revenues\n" for number in range(10_000)),
        "many.rules",
        "many",
    )
    book = resolve([file])
    assert len(book.rules) == 10_000 and not book.problems


def test_deep_expressions_are_an_error_and_not_a_crash() -> None:
    file = parse("A = B" + "\n    + C" * 10_000 + "\nD = E", "deep.rules", "deep")
    assert [problem.code for problem in file.problems] == ["E133"]
    assert len(file.declarations) == 1


def test_a_long_line_spoils_its_declaration_alone() -> None:
    file = parse("A = B\nC = " + "D" * 1_000 + "\n    severity note\nE = F\n", "long.rules", "long")
    assert [(problem.code, problem.place.line if problem.place else 0) for problem in file.problems] == [("E108", 2)]
    assert len(file.declarations) == 2
