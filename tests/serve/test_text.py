"""Characters, bytes and positions of a text are three ways to say the same place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.language.spelling import is_name
from checker.serve.offering import spelled
from checker.serve.text import Text

TEXTS = st.text(alphabet=st.sampled_from("aé🂡\n\r \u2028\ud800"), max_size=40)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])


@given(TEXTS, ENCODINGS, st.integers(0, 40))
def test_a_place_is_found_again(text: str, encoding: str, offset: int) -> None:
    one = Text(text, encoding)
    offset = min(offset, len(text))
    again = one.offset(one.position(offset))
    inside_a_break = text[offset - 1 : offset + 1] == "\r\n" and offset > 0
    assert again == (offset - 1 if inside_a_break else offset)
    if "\ud800" not in text:
        assert one.at_byte(len(text[:offset].encode())) == offset


@given(TEXTS, ENCODINGS, st.integers(-5, 50), st.integers(-5, 200))
def test_any_position_means_some_place(text: str, encoding: str, line: int, place: int) -> None:
    one = Text(text, encoding)
    assert 0 <= one.offset((line, place)) <= len(text)


@given(TEXTS, ENCODINGS, st.integers(0, 40), st.integers(0, 40), st.text(max_size=5))
def test_an_edit_changes_its_stretch_alone(text: str, encoding: str, one: int, other: int, new: str) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    for span in ((start, end), (end, start)):
        assert Text(text, encoding).changed(span, new).text == text[:start] + new + text[end:]


@given(st.text(alphabet=st.sampled_from("Net rule-in,.:()/&'\"%$*=;[]2013"), min_size=1, max_size=24))
def test_a_caption_is_bare_only_where_it_is_one_name(caption: str) -> None:
    written = spelled(caption)
    assert written.startswith('"') or is_name(written)


@pytest.mark.parametrize(
    ("caption", "written"),
    [
        ("Net income (loss) per share, basic", "Net income (loss) per share, basic"),
        ("Notes payable -  related parties", '"Notes payable - related parties"'),
        ("2019 notes", '"2019 notes"'),
        ("prior service cost", '"prior service cost"'),
        ("The “A” notes", '"The “A” notes"'),
        ('The "A" notes', '"The ""A"" notes"'),
        ("Cash and cash equivalents:", '"Cash and cash equivalents:"'),
        ("Profit AND loss", '"Profit AND loss"'),
    ],
)
def test_captions_are_written_as_rules_write_them(caption: str, written: str) -> None:
    assert spelled(caption) == written
