"""The example release: every claim that its tables can support is tied to them and agrees, and nothing else is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from checker.bind.claims import bind_claims
from checker.bind.claims.links import Link
from checker.bind.lookup import period_text
from checker.core.release import Release
from checker.core.rule import Rulebook
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import load
from checker.read import read
from tests.prose.corruption import corruptions, links_of

_HERE = Path(__file__).parent
_EXAMPLE = _HERE.parent.parent / "examples" / "fusion-2013q1.md"


@cache
def _rulebook() -> Rulebook:
    return load((), True)


def _release(content: bytes) -> Release:
    return extract(read("fusion-2013q1.md", content))


@cache
def _content() -> bytes:
    return _EXAMPLE.read_bytes()


@cache
def _links() -> tuple[Link, ...]:
    return links_of(_release(_content()), _rulebook())


def _alarms(content: bytes) -> list[str]:
    found = evaluate(bind_claims(_release(content), _rulebook()))
    return [one.check.relation for one in found if one.verdict == "violation" and one.severity != "note"]


def _row(one: Link) -> str:
    claim, figure = one.claim, one.claim.figure
    direction = {1: "+", -1: "-", 0: ""}[claim.direction]
    cells = (
        figure.text.replace("\\", ""),
        claim.role,
        direction,
        figure.caption,
        period_text(figure.period),
        " ".join(f.text.replace("\\", "").replace("$ ", "") for f in one.figures),
    )
    return " | ".join(cells).replace("|  |", "| |")


def test_the_claims_that_the_tables_support_are_linked_and_no_others() -> None:
    golden = [
        line
        for line in (_HERE / "seed_claims.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert [_row(one) for one in _links()] == golden


def test_every_linked_claim_agrees() -> None:
    assert [one.claim.figure.text for one in _links() if one.off] == []
    verdicts = {finding.verdict for finding in evaluate(bind_claims(_release(_content()), _rulebook()))}
    assert verdicts <= {"agrees", "rounding"}


@pytest.mark.parametrize(
    "trap",
    [
        "interest on senior debt",
        "average revenue per customer",
        "Business Services",
        "Carrier Services",
        "amortization of intangibles",
    ],
)
def test_traps_stay_unlinked(trap: str) -> None:
    assert [one.claim.figure.text for one in _links() if trap in one.claim.figure.caption] == []


def test_every_span_decodes_to_the_printed_text() -> None:
    for claim in _release(_content()).claims:
        begin, end = claim.figure.place.span
        assert _content()[begin:end].decode().replace("\\", "") == claim.figure.text.replace("\\", "")


def test_single_corruptions_are_noticed() -> None:
    sample = list(corruptions(_content(), _links()))[::12]
    missed = [one for one in sample if not _alarms(one.applied(_content()))]
    assert len(missed) * 10 <= len(sample), [(one.kind, one.claim, one.replacement) for one in missed]


@pytest.mark.long
def test_nine_of_ten_corruptions_are_noticed() -> None:
    found = list(corruptions(_content(), _links()))
    missed = [one for one in found if not _alarms(one.applied(_content()))]
    assert len(missed) * 10 <= len(found), [(one.kind, one.claim, one.replacement) for one in missed]


_SEVERAL = {b"196%": b"169%", b"1,489,945": b"1,498,945", b"$8.3": b"$3.8"}
"""Other errors in the same copy; the second one moves the margin that the changed one is compared with."""


@pytest.mark.parametrize(
    "others", [{}, _SEVERAL, {b"12.9%": b"13.9%"}], ids=["alone", "with errors elsewhere", "with an error beside it"]
)
def test_a_changed_margin_is_noticed_among_other_errors(others: dict[bytes, bytes]) -> None:
    content = _content().replace(b"27.3%", b"37.3%")
    for right, wrong in others.items():
        content = content.replace(right, wrong)
    assert any("37.3%" in relation for relation in _alarms(content))
