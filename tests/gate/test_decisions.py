"""The file of decisions: what is written is read again, and files merge whichever comes first."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.gate.decisions import Decision, Decisions, beside, file_of, joined, merged, read
from checker.gate.waivers import Terms, Waivers

TERMS = Terms(dt.date(2026, 7, 1))
TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12).filter(
    lambda one: one.strip() == one and bool(one)
)


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    is_finding = draw(st.booleans())
    signed = draw(st.booleans())
    return Decision(
        document=draw(st.sampled_from(["a.md", "b.md"])),
        by=draw(st.sampled_from(["JD", "AB"])),
        says=draw(st.sampled_from(["confirmed", "dismissed"])),
        reason=draw(TEXT),
        finding=draw(st.sampled_from(["f1", "f2"])) if is_finding else "",
        figure="" if is_finding else draw(st.sampled_from(["g1", "g2"])),
        rule="us-gaap/x" if is_finding else "",
        difference=(
            draw(st.none() | st.integers(-(10**9), 10**9).map(lambda one: Fraction(one, 100))) if is_finding else None
        ),
        printed="" if is_finding else draw(TEXT),
        about=draw(TEXT),
        on=draw(st.sampled_from(["2026-07-01T09:00:00Z", "2026-07-01T10:00:00Z"])),
        approver="CFO" if signed else "",
        expires=dt.date(2026, 12, 31) if signed else None,
    )


SEVERAL = st.lists(decisions(), max_size=6)


@given(SEVERAL, SEVERAL, SEVERAL)
def test_files_merge_whichever_comes_first_and_however_often(
    one: list[Decision], two: list[Decision], three: list[Decision]
) -> None:
    assert merged(one, two) == merged(two, one)
    assert merged(merged(one, two), three) == merged(one, merged(two, three))
    assert merged(merged(one), one) == merged(one)
    assert file_of([*one, *two]) == file_of([*two, *one])


@given(SEVERAL)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_again(tmp_path: Path, some: list[Decision]) -> None:
    path = tmp_path / "decisions.toml"
    path.write_bytes(file_of(some).encode())
    found = read(path, TERMS)
    assert not found.problems and found.entries == merged(some)


@given(SEVERAL)
def test_only_a_signed_dismissal_that_nobody_disputes_may_waive(some: list[Decision]) -> None:
    entries = joined(Waivers(), Decisions("d.toml", tuple(some))).entries
    assert len(entries) == sum(one.says == "dismissed" and bool(one.finding) for one in some)
    for entry in (one for one in entries if one.expires is not None):
        mine = [
            one
            for one in some
            if (one.document, one.finding) == (entry.document, entry.finding) and one.difference == entry.difference
        ]
        assert any(one.is_approved and one.says == "dismissed" for one in mine) and all(
            one.says == "dismissed" for one in mine
        )


@pytest.mark.parametrize(
    "table",
    [
        'says = "dismissed"',
        'document = "a.md"\nfinding = "f"\nrule = "r"\nsays = "maybe"\nreason = "x"\nby = "JD"',
        'document = "a.md"\nfinding = "f"\nfigure = "g"\nrule = "r"\nsays = "dismissed"\nreason = "x"\nby = "JD"',
        (
            'document = "a.md"\nfinding = "f"\nrule = "r"\nsays = "dismissed"\nreason = "x"\nby = "JD"\nexpires ='
            ' "soon"\napprover = "CFO"'
        ),
        (
            'document = "a.md"\nfinding = "f"\nrule = "r"\nsays = "dismissed"\nreason = "x"\nby = "JD"\nexpires ='
            ' 2036-01-01\napprover = "CFO"'
        ),
        'document = "a.md"\nfinding = "f"\nrule = "r"\nsays = "dismissed"\nreason = "x"\nby = "JD"\ndifference = 0.5',
        'document = "a.md"\nfinding = "f"\nrule = 3\nsays = "dismissed"\nreason = "x"\nby = "JD"',
        'document = "a.md"\nfinding = "f"\nrule = "r"\nsays = "dismissed"\nreason = "x"\nby = "JD"\nsurprise = 1',
        'document = "a.md"\nfinding = "f"\nsays = "dismissed"\nreason = "x"\nby = "JD"',
    ],
)
def test_a_decision_that_lacks_something_is_an_error(tmp_path: Path, table: str) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(f"[[decision]]\n{table}\n")
    found = read(path, TERMS)
    assert found.problems and not found.entries and all(one.severity == "error" for one in found.problems)


def test_they_stand_beside_the_waivers() -> None:
    assert beside(None) == Path("tieout-decisions.toml")
    assert beside(Path("gate/waivers.toml")) == Path("gate/tieout-decisions.toml")
