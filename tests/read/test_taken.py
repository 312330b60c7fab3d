"""Text taken out of pages and cells: every stretch finds its place again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checker.core.place import Spot
from checker.read.taken import Taken

TEXTS = st.lists(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8), min_size=1, max_size=4),
    min_size=1,
    max_size=5,
)


@given(TEXTS, st.data())
def test_a_place_spans_the_bytes_of_its_characters(texts: list[list[str]], data: st.DataObject) -> None:
    taken = Taken()
    put = [
        taken.put([(piece, Spot(page=1, box=(10 * at, 0, 10 * at + 9, 12))) for at, piece in enumerate(pieces)])
        for pieces in texts
    ]
    whole = "".join(one.text + "\n" for one in put).encode()
    number = data.draw(st.integers(0, len(put) - 1))
    start = data.draw(st.integers(0, len(put[number].text) - 1))
    end = data.draw(st.integers(start + 1, len(put[number].text)))
    place = put[number].place(start, end)
    assert whole[slice(*place.span)].decode() == put[number].text[start:end]
    assert (place.line, place.column, place.page) == (number + 1, start + 1, 1)


def test_a_box_holds_all_pieces_of_a_stretch_and_no_others() -> None:
    taken = Taken()
    text = taken.put(
        [
            ("Cash", Spot(page=2, box=(0, 5, 40, 15))),
            (" ", Spot(page=2, box=(40, 5, 44, 15))),
            ("1,610", Spot(page=2, box=(300, 4, 340, 15))),
        ]
    )
    assert text.place(5, 10).box == (300, 4, 340, 15)
    assert text.place(0, 4).box == (0, 5, 40, 15)
    assert text.place(0, 10).box == (0, 4, 340, 15)


def test_cells_of_a_workbook_are_named() -> None:
    place = Taken().put([("1,610", Spot(sheet="Cash", cell="B7"))]).place(0, 5)
    assert (place.sheet, place.cell, place.page) == ("Cash", "B7", None)
