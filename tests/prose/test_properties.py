"""Laws of the claims: no text breaks them, and what they quote stands where they say."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checker.core.document import Paragraph
from checker.core.place import Anchor, Anchored
from checker.extract.prose import claims, may_hold_amounts
from checker.extract.prose.idioms import parts
from checker.extract.prose.tags import Print, tagged
from checker.lexicon.lower import lower

_WORDS = st.sampled_from(
    [
        "Revenue",
        "net",
        "loss",
        "of",
        "was",
        "were",
        "increased",
        "decreased",
        "by",
        "to",
        "from",
        "over",
        "than",
        "up",
        "down",
        "higher",
        "$5",
        "$16.2",
        "£3",
        "SEK",
        "Rs.",
        "J$",
        "RM",
        "₹45",
        "crore",
        "25.2p",
        "pence",
        "12",
        "0.05",
        "million",
        "40%",
        "12.9%",
        "($0.01)",
        "per",
        "share",
        "compared",
        "with",
        "as",
        "versus",
        "the",
        "a",
        "an",
        "additional",
        "first",
        "quarter",
        "2013",
        "March",
        "31,",
        "2012",
        "three",
        "months",
        "ended",
        "same",
        "period",
        "year",
        "ago",
        "and",
        "or",
        ",",
        ";",
        ":",
        "(",
        ")",
        "respectively",
        "approximately",
        "more",
        "growth",
        "in",
        "for",
        "3,495",
        "-",
    ]
)
_SENTENCES = st.lists(_WORDS, max_size=30).map(" ".join)


def _paragraph(text: str) -> Paragraph:
    anchors = []
    at = 0
    for index, character in enumerate(text):
        width = len(character.encode("utf-8", "replace"))
        anchors.append(Anchor(index, at, width, 1, index + 1))
        at += width
    return Paragraph(Anchored(text, tuple(anchors) or (Anchor(0, 0, 1, 1, 1),)))


@given(st.text(max_size=300) | _SENTENCES)
@example("compared to from $5 million to the quarter")
@example("February 30, 2013 and $5")
@example("İ $5 million İİ 40%")
@example("at the end of the 99 months ended December 0000 $1")
def test_any_text_gives_claims_that_quote_it(text: str) -> None:
    ids = count(1)
    for claim in claims((_paragraph(text),), (), lambda: f"f{next(ids)}"):
        begin, end = claim.figure.place.span
        assert text.encode("utf-8", "replace")[begin:end].decode("utf-8", "replace") == claim.figure.text
        assert claim.figure.step > 0


@given(_SENTENCES)
@example("SEK 5")
@example("kr. 5")
@example("£5")
@example("12 pence")
@example("3 crore")
def test_the_prefilter_lets_every_quantity_through(text: str) -> None:
    if any(tag.quantity is not None for tag in tagged(text, lower(text), (0, len(text)), Print("USD"))):
        assert may_hold_amounts(lower(text))


@given(_SENTENCES)
def test_every_tag_goes_into_one_part_in_order(text: str) -> None:
    tags = tagged(text, lower(text), (0, len(text)), Print("USD"))
    told = parts(tags)
    assert [tag.quantity for tag in tags if tag.quantity is not None] == [
        quantity for part in told for amount in part.amounts for quantity in amount.renderings
    ]
    starts = [part.tag.start for part in told]
    assert starts == sorted(starts)
    assert all(bool(part.amounts) == (part.kind in ("change", "goal", "origin", "against", "level")) for part in told)


@pytest.mark.parametrize(
    "piece",
    ["(", "(a", "and ", "a b, ", "1,", "$5 and ", " ", "first quarter of ", "compared to ", "U.S. ", "March 1 "],
)
def test_no_text_keeps_the_reader_busy(piece: str) -> None:
    list(claims((_paragraph((piece * 4000)[:3900] + "$5"),), (), lambda: "f1"))
