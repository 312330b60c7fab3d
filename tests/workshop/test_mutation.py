"""`rules mutate`: what specimens notice of a changed rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.workshop.mutation import Tested as Rule
from checker.workshop.mutation import mutated

PAGE = """## margin

```statement kind=income-statement
                    2013
Revenues           1,000
Cost of revenues     600
Gross profit         400
```
```findings
margin 2013 agrees
```
"""
"""One column: in several that agree, a cost may be read with either sign."""


@pytest.fixture
def tested(tmp_path: Path) -> object:
    def write(rules: str, page: str = PAGE) -> tuple[Rule, ...]:
        (tmp_path / "own.rules").write_text(rules)
        (tmp_path / "own.md").write_text(page)
        return tuple(mutated([tmp_path]))

    return write


def words(one: Rule) -> dict[str, bool]:
    return {change.what: change.noticed for change in one.changes}


def test_a_turned_sign_and_a_missing_term_are_noticed_and_a_weaker_comparison_is_not(tested) -> None:  # type: ignore[no-untyped-def]
    (one,) = tested("rule margin\n    Gross profit = Revenues - Cost of revenues\n")
    assert words(one) == {"another comparison": False, "a sign turned": True, "a term left out": True}
    (turned,) = (change for change in one.changes if change.what == "a sign turned")
    assert turned.line == 2 and turned.reads == "Gross profit = Revenues + Cost of revenues"


def test_a_specimen_of_a_violation_notices_the_weaker_comparison(tested) -> None:  # type: ignore[no-untyped-def]
    page = PAGE + PAGE.removeprefix("## margin\n").replace("400", "390").replace("2013 agrees", "2013 violation")
    (one,) = tested("rule margin\n    Gross profit = Revenues - Cost of revenues\n", page)
    assert words(one)["another comparison"] and one.specimens == 2


def test_periods_conditions_and_optional_terms_are_changed_too(tested) -> None:  # type: ignore[no-untyped-def]
    rules = (
        "rule margin\n    Gross profit = (Revenues | Net sales) - Cost of revenues - Amortization?\n    when Revenues"
        " is reported\n\nrule growth\n    Revenues = prior Revenues\n"
    )
    margin, growth = tested(rules)
    assert set(words(margin)) >= {"an alternative left out", "required for optional", "its condition ignored"}
    assert growth.specimens == 0 and growth.changes == ()


def test_a_page_that_is_wrong_already_notices_nothing(tested) -> None:  # type: ignore[no-untyped-def]
    (one,) = tested("rule margin\n    Gross profit = Revenues * Cost of revenues\n")
    assert one.specimens == 0


def test_the_files_are_left_as_they_are(tested, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    rules = "rule margin\n    Gross profit = Revenues - Cost of revenues\n"
    tested(rules)
    assert (
        sorted(path.name for path in tmp_path.iterdir()) == ["own.md", "own.rules"]
        and (tmp_path / "own.rules").read_text() == rules
    )


def test_the_command_says_what_is_not_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from checker.cli import run

    (tmp_path / "own.rules").write_text("rule margin\n    Gross profit = Revenues - Cost of revenues\n")
    assert run(["rules", "mutate", str(tmp_path)]) == 3
    (tmp_path / "own.md").write_text(PAGE)
    capsys.readouterr()
    assert run(["rules", "mutate", str(tmp_path)]) == 0
    assert (
        capsys.readouterr().out
        == "own/margin: 2 of 3 changes noticed\n    line 2, another comparison: not noticed\n        Gross profit <="
        " Revenues - Cost of revenues\n2 of 3 changes noticed, in 1 rule\n"
    )
    (tmp_path / "own.rules").write_text("A == B\n")
    assert run(["rules", "mutate", str(tmp_path)]) == 2
