"""`rules fmt`: one form, comments kept; formatting twice changes nothing, and formatting never changes what a file
means."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.core.rule import Binary, Relation, Rule, RuleFile
from checker.language import formatted, parse, read
from checker.resources import rules_folder

LIBRARY = read([rules_folder()])
PIECES = tuple(file.text[one.span[0] : one.span[1]] for file in LIBRARY for one in file.declarations)
"""Every declaration of the shipped library as written."""


def file_of(text: str) -> RuleFile:
    return parse(text, "own.rules", "own")


def form(text: str) -> str:
    file = file_of(text)
    assert not file.problems, file.problems
    return formatted(file)


def meaning(text: str) -> list[str]:
    """What a text declares, in a shape that does not come from the formatter: its expressions as text of their own
    making."""
    file = file_of(text)
    assert not file.problems, file.problems
    return [
        re.sub(r"text='[^']*', span=\(\d+, \d+\)|span=\(\d+, \d+\)|title=('[^']*'|\"[^\"]*\")", "", repr(_plain(one)))
        for one in file.declarations
    ]


def _plain(declaration: object) -> object:
    if isinstance(declaration, Rule):
        relations = [
            one if not isinstance(one, Relation) else (one.comparison, one.left, one.right)
            for one in declaration.relations
        ]
        clauses = repr(declaration.clauses)
        return (declaration.id, relations, re.sub(r"(Relation\([^)]*?), text='[^']*'", r"\1", clauses))
    return re.sub(r"text='[^']*'", "", repr(declaration))


@pytest.mark.parametrize("file", LIBRARY, ids=lambda file: file.path)
def test_the_shipped_library_is_formatted(file: RuleFile) -> None:
    assert formatted(file) == file.text


def test_blanks_operators_indentation_and_order() -> None:
    written = (
        '\n\n#  About\n\n\nrule  gross-profit   "Gross  profit"\n  because "S-X 5-03"   #why\n\tGross profit ='
        " Revenues\n − Cost of revenues\n  in  income statement;notes\nTotal assets = max( Cash ;0 ) × 2\n"
    )
    assert (
        form(written)
        == '#  About\n\nrule gross-profit "Gross  profit"\n    Gross profit = Revenues\n        - Cost of revenues\n   '
        ' in income statement; notes\n    because "S-X 5-03"  # why\n\nTotal assets = max(Cash; 0) * 2\n'
    )


def test_comments_stay_above_what_they_were_above() -> None:
    written = (
        'rule a\n    # the standard\n    because "x"\n    # the sum\n    A = B\n'
        "# of b\nrule b\n    A = C\n# at the end\n"
    )
    assert form(written) == (
        'rule a\n    # the sum\n    A = B\n    # the standard\n    because "x"\n\n'
        "# of b\nrule b\n    A = C\n# at the end\n"
    )


def test_names_and_quotes_are_left_alone() -> None:
    text = 'Net sales–current (gains) = “Cost − of  sales” - "A ;  B"\n'
    assert form(text) == text


def test_a_text_with_tabs_line_ends_of_windows_and_a_mark_is_read_and_written_plainly() -> None:
    assert form('\ufeffA = B\r\n\tbecause "x"\r\n\r\n') == 'A = B\n    because "x"\n'


def test_an_empty_file_stays_empty() -> None:
    assert form("\n \n") == "" and form("# only words\n") == "# only words\n"


_NOISE = st.sampled_from(["  ", "   ", " ", "\t", "\u00a0"])


@st.composite
def untidy(draw: st.DrawFn) -> str:
    """Some declarations of the library, written carelessly: other blanks, other operators, comments, blank lines."""
    pieces = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3, unique=True))
    lines: list[str] = []
    for piece in pieces:
        lines += [""] * draw(st.integers(0, 2))
        for number, line in enumerate(piece.rstrip().split("\n")):
            if draw(st.integers(0, 9)) == 0:
                lines.append(draw(st.sampled_from(["#note", "    # note", "", "  #  two  words"])))
            stripped = line.strip()
            parts = re.split(r'("[^"]*")', stripped)
            for index in range(0, len(parts), 2):
                parts[index] = re.sub(" ", lambda _: draw(_NOISE) if draw(st.booleans()) else " ", parts[index])
                for plain, fancy in ((" - ", " − "), (" * ", " × "), (" / ", " ÷ "), (" <= ", " ≤ ")):
                    if draw(st.booleans()):
                        parts[index] = parts[index].replace(plain, fancy)
            indent = "" if number == 0 else draw(st.sampled_from(["  ", "    ", "\t", "         "]))
            lines.append(indent + "".join(parts) + draw(st.sampled_from(["", "  ", "  # so", " #so"])))
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines) + "\n"


@given(untidy())
def test_formatting_twice_changes_nothing_and_formatting_changes_no_meaning(text: str) -> None:
    file = file_of(text)
    if file.problems:
        return
    once = formatted(file)
    assert form(once) == once
    assert meaning(once) == meaning(text)
    comments = re.compile(r'(?m)(?:^|\s)#\s*([^"]*?)\s*$')
    assert sorted(comments.findall(once)) == sorted(comments.findall(text.replace("\r\n", "\n")))
    assert not re.search(r"[ \t]\n|\n\n\n|\t|\r", once)


@given(untidy())
def test_the_one_form_is_reached_without_falling_back(text: str) -> None:
    file = file_of(text)
    if not file.problems and any(isinstance(one, Rule) for one in file.declarations):
        assert not re.search(r"(?m)^ {1,3}\S|^ {5,7}\S", formatted(file))


@pytest.mark.parametrize("operator", ["−", "–", "×", "÷"])
def test_every_typographic_operator_becomes_the_plain_one(operator: str) -> None:
    (rule,) = file_of(form(f"A = (B {operator} C) {operator} D\n")).declarations
    assert (
        isinstance(rule, Rule)
        and isinstance(rule.relations[0], Relation)
        and isinstance(rule.relations[0].right, Binary)
    )
    assert operator not in form(f"A = (B {operator} C) {operator} D\n")


def test_the_command_changes_files_and_only_looks_when_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from checker.cli import run

    path = tmp_path / "own.rules"
    path.write_text("A  =  B\n")
    path.chmod(0o644)
    assert run(["rules", "fmt", "--check", str(tmp_path)]) == 1 and path.read_text() == "A  =  B\n"
    assert (
        run(["rules", "fmt", str(tmp_path)]) == 0
        and path.read_text() == "A = B\n"
        and path.stat().st_mode & 0o777 == 0o644
    )
    assert run(["rules", "fmt", "--check", str(tmp_path)]) == 0
    capsys.readouterr()
    path.write_text("A  == B\n")
    assert (
        run(["rules", "fmt", str(path)]) == 2 and path.read_text() == "A  == B\n" and "E103" in capsys.readouterr().err
    )
