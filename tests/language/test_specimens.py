"""Whole files: captions and clauses of every kind are read, and every planted mistake gets its sentence."""

from __future__ import annotations

from pathlib import Path

from checker.language import parse, show

SPECIMENS = Path(__file__).parent / "specimens"


def _text(name: str) -> str:
    return (SPECIMENS / name).read_text(encoding="utf-8")


def test_captions_of_real_statements_need_few_quotes() -> None:
    file = parse(_text("captions.rules"), "captions.rules", "captions")
    assert [show(problem) for problem in file.problems] == []
    assert len(file.declarations) == _text("captions.rules").count("\n") - sum(
        line.startswith("#") or not line for line in _text("captions.rules").split("\n")[:-1]
    )


def test_every_declaration_and_clause_is_read() -> None:
    file = parse(_text("house.rules"), "house.rules", "house")
    assert [show(problem) for problem in file.problems] == []
    assert len(file.declarations) == 19


def test_every_mistake_has_its_sentence(update: bool) -> None:
    """The golden file is what an author reads; `pytest --update` rewrites it."""
    file = parse(_text("mistakes.rules"), "mistakes.rules", "mistakes")
    shown = "\n\n".join(show(problem) for problem in file.problems) + "\n"
    golden = SPECIMENS / "mistakes.txt"
    if update:
        golden.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == golden.read_text(encoding="utf-8")


def test_no_mistake_hides_another() -> None:
    """Every declaration of the file but one is wrong, and each is reported."""
    text = _text("mistakes.rules")
    file = parse(text, "mistakes.rules", "mistakes")
    reported = {problem.place.line for problem in file.problems if problem.place}
    starts = [number for number, line in enumerate(text.split("\n"), 1) if line[:1].strip()]
    silent = [
        start
        for start, end in zip(starts, [*starts[1:], 10**6], strict=True)
        if not any(start <= line < end for line in reported)
    ]
    assert [text.split("\n")[line - 1] for line in silent] == ["Total = A"]


def test_a_line_of_a_concept_under_a_rule_says_so() -> None:
    (problem,) = parse("rule x\n    A = B\n    xbrl us-gaap:Revenues", "f", "f").problems
    assert problem.code == "E143"
