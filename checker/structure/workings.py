"""What the formulas of a workbook bear witness to: what a total adds up, and where a formula does not do what its block
and the cells beside it ask for.

A slip is told where the page itself shows it: what the figure should come to is made of figures of the page. One that
changes no number is a note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from checker.core.figure import Figure
from checker.core.place import Place
from checker.core.problem import Problem
from checker.core.release import Release
from checker.core.value import frozen
from checker.core.working import Evidence, Reckoning, Spot, Working, named
from checker.lexicon.captions import partial
from checker.lexicon.formulas import Reading, mentioned, moved, pattern, place_of, reading

_MOST_FORMULAS = 40_000
_MOST_CELLS = 400_000
"""Cells that all formulas together may name."""
_NEAR = 3
"""Columns among which the formula beside a cell is looked for: an empty one may stand between."""
_LONGEST_SUM, _MOST_SUMS = 200, 30
"""Cells of a sum, and sums among them, that are looked at for lines counted twice."""
_ALIKE = 2
"""Rows with formulas of one pattern in two columns that make them columns which are calculated alike."""
_MOST_NOTES = 8
Cells = tuple[tuple[Spot, int], ...]
"""Cells with their signs."""


@frozen
class Slip:
    """What is wrong with one formula: the signs and cells that it should add, and what is seen."""

    cells: Cells
    evidence: Evidence
    said: str


@frozen
class Desk:
    """The workings of a release, with the figures that stand in their cells."""

    release: Release

    @cached_property
    def cells(self) -> Mapping[Spot, Working]:
        """Every cell that stores something."""
        return {one.spot: one for one in self.release.workings}

    @cached_property
    def figures(self) -> Mapping[Spot, Figure]:
        """The figure of each cell that prints one and no second."""
        found: dict[Spot, Figure] = {}
        several: set[Spot] = set()
        for figure in self.release.figures:
            place = figure.place
            if figure.origin == "table" and place.sheet is not None and place.cell:
                spot = (place.sheet, *place_of(place.cell))
                (several.add(spot) if spot in found else found.setdefault(spot, figure))
        return {spot: figure for spot, figure in found.items() if spot not in several}

    @cached_property
    def formulas(self) -> tuple[Working, ...]:
        """The cells with formulas, as far as they are looked into."""
        return tuple(one for one in self.release.workings if one.formula)[:_MOST_FORMULAS]

    @cached_property
    def readings(self) -> Mapping[Spot, Reading]:
        """The formulas that are plain sums and differences."""
        found: dict[Spot, Reading] = {}
        left = _MOST_CELLS
        for one in self.formulas:
            read = reading(one.formula, one.sheet) if left > 0 else None
            if read is not None and read.cells:
                left -= len(read.cells)
                found[one.spot] = read
        return found

    @cached_property
    def patterns(self) -> Mapping[Spot, str]:
        """How each formula names its cells, seen from its own."""
        return {one.spot: pattern(one.formula, one.row, one.column) for one in self.formulas}

    @cached_property
    def summed(self) -> Counter[Spot]:
        """How many sums of two cells or more each cell is counted in."""
        return Counter(cell for read in self.readings.values() if len(read.cells) > 1 for cell, _ in read.cells)

    @cached_property
    def mentioned(self) -> frozenset[Spot]:
        """The cells that formulas of their own column, or of another sheet, name one by one: they are there for
        those."""
        return frozenset(
            spot
            for one in self.formulas
            for spot in mentioned(one.formula, one.sheet)
            if spot[0] != one.sheet or spot[2] == one.column
        )

    @cached_property
    def alike(self) -> Counter[tuple[str, int, int]]:
        """In how many rows two neighbouring columns of a sheet have sums of one pattern."""
        found: Counter[tuple[str, int, int]] = Counter()
        for spot, read in self.readings.items():
            sheet, row, column = spot
            for step in range(1, _NEAR + 1) if len(read.cells) > 1 else ():
                if self.patterns.get((sheet, row, column + step)) == self.patterns[spot]:
                    found[sheet, column, column + step] += 1
        return found

    @cached_property
    def by_id(self) -> Mapping[str, Figure]:
        """Every figure by its id."""
        return {figure.id: figure for figure in self.figures.values()}

    @cached_property
    def _powers(self) -> dict[str, int | str | None]:
        return {figure.id: _power(figure, self) for figure in self.figures.values()}

    def power(self, figure: Figure) -> int | str | None:
        """By how many powers of ten a figure is larger than what its cell stores."""
        return self._powers[figure.id]

    def calculated_alike(self, sheet: str, one: int, two: int) -> int:
        """In how many rows two columns have sums of one pattern."""
        return self.alike[sheet, min(one, two), max(one, two)]


def reckonings(release: Release) -> tuple[tuple[Reckoning, ...], tuple[Problem, ...]]:
    """What the figures with formulas, or among formulas, should come to; and notes of what is amiss without changing a
    number."""
    if not any(one.formula for one in release.workings):
        return (), ()
    desk = Desk(release)
    found: list[Reckoning] = []
    notes: list[tuple[Working, str]] = []
    for spot, figure in desk.figures.items():
        working = desk.cells.get(spot)
        if working is None or working.hidden or working.number is None or figure.value is None:
            continue
        slip = _slip(desk, working)
        made = _made(desk, figure, slip) if slip is not None else None
        if slip is not None and made is not None and slip.evidence != "as written" and not _matters(figure, made, desk):
            notes.append((working, slip.said))
            made = _made(desk, figure, _as_written(desk, working))
        if made is not None:
            found.append(made)
    return tuple(found), tuple(_told(notes, release.source.path))


def _told(notes: Sequence[tuple[Working, str]], path: str) -> Iterator[Problem]:
    for working, said in notes[:_MOST_NOTES]:
        yield Problem(
            "P202",
            "note",
            f"{said}; no number is changed by it",
            path,
            Place(1, 1, (0, 0), sheet=working.sheet, cell=working.cell),
        )
    if len(notes) > _MOST_NOTES:
        yield Problem("P202", "note", f"{len(notes) - _MOST_NOTES} more cells of this kind", path)


def _slip(desk: Desk, working: Working) -> Slip | None:
    """What is wrong with a cell, else what its formula adds; None where it has none that can be read."""
    if not working.formula:
        return _typed_over(desk, working)
    read = desk.readings.get(working.spot)
    cells = _present(desk, read) if read is not None else None
    if read is not None and cells is None and (again := _repeated(desk, working, read)) is not None:
        return again
    if read is not None and cells is not None:
        for look in (_counted_besides, _text, _hidden, _counted_twice, _left_out):
            if (found := look(desk, working, read, cells)) is not None:
                return found
    return _otherwise(desk, working) or _as_written(desk, working)


def _as_written(desk: Desk, working: Working) -> Slip | None:
    read = desk.readings.get(working.spot)
    if read is None or read.constant:
        return None
    cells = _present(desk, read)
    return None if cells is None else Slip(cells, "as written", f"its formula {_short(working.formula)}")


# ---- the cells of a formula ------------------------------------------------------------------------------------------


def _present(desk: Desk, read: Reading) -> Cells | None:
    """The cells that a formula adds and that hold numbers; None where one is counted otherwise than once."""
    found = []
    for spot, coefficient in read.cells:
        working = desk.cells.get(spot)
        if working is None or working.number is None:
            continue
        if abs(coefficient) != 1:
            return None
        if read.partial and "SUBTOTAL(" in working.formula.upper():
            continue
        found.append((spot, int(coefficient)))
    return tuple(found)


def _made(desk: Desk, figure: Figure, slip: Slip | None) -> Reckoning | None:
    """The slip in figures; None where not all of its cells are figures that can be added."""
    if slip is None or not slip.cells:
        return None
    terms: list[tuple[int, str]] = []
    powers = {desk.power(figure)}
    for spot, sign in slip.cells:
        term = desk.figures.get(spot)
        if (
            term is None
            or term.value is None
            or term.unit != figure.unit
            or (term.form != "number" and term.value != 0)
            or term.id == figure.id
        ):
            return None
        terms.append((sign, term.id))
        powers.add(desk.power(term))
    return Reckoning(figure.id, tuple(terms), slip.evidence, slip.said) if len(powers - {None}) <= 1 else None


def _power(figure: Figure, desk: Desk) -> int | str | None:
    """By how many powers of ten the figure is larger than what its cell stores; None for nothing at all, a word where
    the sign differs."""
    place = figure.place
    working = desk.cells.get((place.sheet or "", *place_of(place.cell or "A1")))
    number = working.number if working is not None else None
    if not number or not figure.value:
        return None
    if (number < 0) != (figure.value < 0):
        return "turned"
    ratio = figure.value / number
    power = ratio.adjusted()
    return power + 1 if ratio.scaleb(-power) > 3 else power


def _matters(figure: Figure, made: Reckoning, desk: Desk) -> bool:
    """Whether the figure differs from what it should come to by more than rounding explains."""
    figures = desk.by_id
    terms = [(sign, figures[key]) for sign, key in made.terms]
    difference = Fraction(figure.value or 0) - sum(sign * Fraction(term.value or 0) for sign, term in terms)
    return abs(difference) > (Fraction(figure.step) + sum(Fraction(term.step) for _, term in terms)) / 2


# ---- slips of one formula --------------------------------------------------------------------------------------------


def _counted_besides(desk: Desk, working: Working, read: Reading, cells: Cells) -> Slip | None:
    """A sum that counts what is no figure of its block: a year that heads it, or a number of its own."""
    if len(cells) < 2:
        return None
    heads = [
        spot for spot, _ in cells if spot in read.ranges and spot not in desk.figures and _is_head(desk.cells[spot])
    ]
    if heads and len(cells) - len(heads) > 1 and not read.constant:
        rest = tuple((spot, sign) for spot, sign in cells if spot not in heads)
        return Slip(
            rest,
            "counted besides",
            f"{_short(working.formula)} counts {_names(desk, heads, working)}, which heads the column",
        )
    if read.constant and all(spot in desk.figures for spot, _ in cells):
        sign = "adds" if read.constant > 0 else "takes off"
        return Slip(cells, "counted besides", f"{_short(working.formula)} {sign} a number that stands in no cell")
    return None


def _is_head(working: Working) -> bool:
    return not working.formula and (
        working.dated or (len(working.text) == 4 and working.text.isdigit() and 1900 <= int(working.text) <= 2100)
    )


def _text(desk: Desk, working: Working, read: Reading, cells: Cells) -> Slip | None:
    """A sum over a range in which a number is stored as text, which it passes over."""
    texts = [
        spot
        for spot, _ in read.cells
        if spot in read.ranges and spot in desk.figures and desk.cells[spot].number is None
    ]
    texts = [spot for spot in texts if desk.figures[spot].value]
    if not texts or read.constant or {sign for _, sign in cells} != {1}:
        return None
    ordered = sorted((*cells, *((spot, 1) for spot in texts)))
    return Slip(
        tuple(ordered),
        "text",
        f"{_short(working.formula)} passes over {_names(desk, texts, working)}, a number that is stored as text",
    )


def _hidden(desk: Desk, working: Working, read: Reading, cells: Cells) -> Slip | None:
    """A sum that counts lines which nobody sees, among lines that are seen."""
    if read.constant:
        return None
    unseen = [spot for spot, _ in cells if desk.cells[spot].hidden and desk.cells[spot].number]
    seen = tuple((spot, sign) for spot, sign in cells if not desk.cells[spot].hidden)
    if not unseen or not seen:
        return None
    return Slip(seen, "hidden", f"{_short(working.formula)} counts {_names(desk, unseen, working)}, which is hidden")


def _repeated(desk: Desk, working: Working, read: Reading) -> Slip | None:
    """A sum that names a cell twice, "=SUM(B4:B6)+B6", and multiplies nothing."""
    if read.constant or read.partial or "*" in working.formula or "/" in working.formula:
        return None
    cells = [(spot, times) for spot, times in read.cells if (own := desk.cells.get(spot)) and own.number is not None]
    again = [spot for spot, times in cells if times == 2]
    if not again or any(times not in (1, 2) for _, times in cells) or len(again) * 2 >= len(cells):
        return None
    whole = tuple((spot, 1) for spot, _ in cells)
    return Slip(whole, "counted twice", f"{_short(working.formula)} counts {_names(desk, again, working)} twice")


def _counted_twice(desk: Desk, working: Working, read: Reading, cells: Cells) -> Slip | None:
    """A sum that counts lines and their subtotal too."""
    if read.constant or read.partial or len(cells) > _LONGEST_SUM or {sign for _, sign in cells} != {1}:
        return None
    counted = {spot for spot, _ in cells}
    again: set[Spot] = set()
    for inner, spot in [(desk.readings[spot], spot) for spot, _ in cells if spot in desk.readings][:_MOST_SUMS]:
        if len(inner.cells) < 2 or any(sign != 1 for _, sign in inner.cells):
            continue
        parts = {cell for cell, _ in inner.cells if cell in desk.cells}
        if parts and parts <= counted and spot not in parts:
            again |= parts
    rest = tuple((spot, 1) for spot, _ in cells if spot not in again)
    if not again or not rest:
        return None
    return Slip(
        rest,
        "counted twice",
        (
            f"{_short(working.formula)} counts {_names(desk, sorted(again), working)} twice: a subtotal among its "
            f"cells counts them too"
        ),
    )


def _left_out(desk: Desk, working: Working, read: Reading, cells: Cells) -> Slip | None:
    """A sum over cells above it that leaves out a line of its block: between its cells, or between the last of them and
    itself."""
    if len(cells) < 2 or read.constant or {sign for _, sign in cells} != {1}:
        return None
    if beside := _wider(desk, working, read):
        return beside
    rows = sorted(row for (sheet, row, column), _ in cells if (sheet, column) == (working.sheet, working.column))
    if len(rows) != len(cells) or rows[-1] >= working.row:
        return None
    counted = set(rows)
    missed: list[Spot] = []
    for row in range(rows[0] + 1, working.row):
        spot = (working.sheet, row, working.column)
        if row in counted or spot in read.ranges:
            continue
        if row > rows[-1] and (working.sheet, row - 1, working.column) not in desk.cells and row - 1 != rows[-1]:
            break  # behind an empty row begins something else
        if row > rows[-1] + 1 and not missed:
            break
        if _is_line(desk, spot) and not desk.cells[spot].hidden:
            missed.append(spot)
    if not missed or any(desk.summed[spot] or spot in desk.mentioned for spot in missed):
        return None
    return _leaving_out(desk, working, cells, missed)


def _is_line(desk: Desk, spot: Spot) -> bool:
    """Whether a cell prints a figure of its own that a sum over its block should count."""
    figure, stored = desk.figures.get(spot), desk.cells.get(spot)
    if (
        figure is None
        or stored is None
        or stored.number is None
        or stored.dated
        or not figure.additive
        or partial(figure.caption)
    ):
        return False
    return not stored.formula or (spot in desk.readings and len(desk.readings[spot].cells) == 1)


def _wider(desk: Desk, working: Working, read: Reading) -> Slip | None:
    """Sums beside this one that count one or several lines more, all of which it could count too."""
    votes: Counter[tuple[Spot, ...]] = Counter()
    mine = {spot for spot, _ in read.cells}
    for other in _beside(desk, working):
        there = reading(moved(other.formula, working.row - other.row, working.column - other.column), working.sheet)
        if there is None or there.constant or any(sign != 1 for _, sign in there.cells):
            continue
        more = {spot for spot, _ in there.cells} - mine
        if more and mine <= {spot for spot, _ in there.cells}:
            votes[tuple(sorted(spot for spot in more if _is_line(desk, spot)))] += 1
        elif not more and mine == {spot for spot, _ in there.cells}:
            votes[()] += 1
    if not votes or () in votes:
        return None
    missed = list(votes.most_common(1)[0][0])
    cells = _present(desk, read) or ()
    return _leaving_out(desk, working, cells, missed) if missed else None


def _leaving_out(desk: Desk, working: Working, cells: Iterable[tuple[Spot, int]], missed: Sequence[Spot]) -> Slip:
    whole = tuple(sorted((*cells, *((spot, 1) for spot in missed))))
    return Slip(whole, "left out", f"{_short(working.formula)} leaves out {_names(desk, missed, working)}")


# ---- cells beside each other -----------------------------------------------------------------------------------------


def _beside(desk: Desk, working: Working) -> Iterator[Working]:
    """The nearest cells with formulas to the left and to the right, then those right above and below where both have
    formulas of one pattern."""
    for step in (1, -1):
        for far in range(1, _NEAR + 1):
            spot = (working.sheet, working.row, working.column + step * far)
            if spot in desk.patterns:
                yield desk.cells[spot]
                break
            if spot in desk.cells:
                break


def _above_and_below(desk: Desk, working: Working) -> Working | None:
    """The cell above, where it and the one below have formulas of one pattern."""
    above, below = ((working.sheet, working.row + step, working.column) for step in (-1, 1))
    written = desk.patterns.get(above)
    return desk.cells[above] if written is not None and written == desk.patterns.get(below) else None


def _typed_over(desk: Desk, working: Working) -> Slip | None:
    """A number among formulas that are all of one pattern: on both its sides, or beside it in a column that is
    calculated as its own is."""
    beside = list(_beside(desk, working))
    one_pattern = len({desk.patterns[one.spot] for one in beside}) == 1
    chosen: Working | None = None
    cells: Cells | None = None
    if one_pattern and len(beside) == 2:
        cells = _asked(desk, working, chosen := beside[0])
    elif one_pattern and all(
        desk.calculated_alike(working.sheet, working.column, one.column) >= _ALIKE for one in beside
    ):
        cells = _in_column(working, _asked(desk, working, chosen := beside[0]))
    if cells is None and (above := _above_and_below(desk, working)) is not None:
        cells = _in_row(working, _asked(desk, working, chosen := above))
    if cells is None or chosen is None:
        return None
    return Slip(
        cells,
        "typed over",
        f"{working.cell} is a number, where {chosen.cell} beside it has the formula {_short(chosen.formula)}",
    )


def _otherwise(desk: Desk, working: Working) -> Slip | None:
    """A sum unlike those beside it, which are of one pattern: on both its sides, or two to one side."""
    read = desk.readings.get(working.spot)
    if read is None or len(read.cells) < 2:
        return None
    own = desk.patterns[working.spot]
    beside = list(_beside(desk, working))
    patterns = {desk.patterns[one.spot] for one in beside}
    chosen: Working | None = None
    cells: Cells | None = None
    if len(patterns) == 1 and own not in patterns:
        chosen = beside[0]
        if len(beside) == 2:
            cells = _asked(desk, working, chosen)
        elif _goes_on(desk, working, chosen):
            cells = _in_column(working, _asked(desk, working, chosen))
    if cells is None and (above := _above_and_below(desk, working)) is not None and own != desk.patterns[above.spot]:
        cells = _in_row(working, _asked(desk, working, chosen := above))
    if cells is None or chosen is None or sorted(cells) == sorted(_present(desk, read) or ()):
        return None
    return Slip(
        cells,
        "otherwise",
        f"{_short(working.formula)} is not what the cells beside it have, as {_short(chosen.formula)} in {chosen.cell}",
    )


def _goes_on(desk: Desk, working: Working, other: Working) -> bool:
    """Whether the cell beyond the one beside has the same formula as that, in columns that are calculated alike."""
    beyond = [one for one in _beside(desk, other) if one.spot != working.spot]
    same = any(desk.patterns[one.spot] == desk.patterns[other.spot] for one in beyond)
    return same and desk.calculated_alike(working.sheet, working.column, other.column) >= _ALIKE


def _in_column(working: Working, cells: Cells | None) -> Cells | None:
    """The cells, where all stand in the column of the sum: a forecast that goes on from the column before is no pattern
    for what was measured."""
    return (
        cells
        if cells is not None
        and all((sheet, column) == (working.sheet, working.column) for (sheet, _, column), _ in cells)
        else None
    )


def _in_row(working: Working, cells: Cells | None) -> Cells | None:
    """The cells, where all stand in the row of the sum: a column that is filled down."""
    return (
        cells
        if cells is not None and all((sheet, row) == (working.sheet, working.row) for (sheet, row, _), _ in cells)
        else None
    )


def _asked(desk: Desk, working: Working, other: Working) -> Cells | None:
    """What the formula of another cell would add here; None where it is no sum of two figures or more."""
    there = reading(moved(other.formula, working.row - other.row, working.column - other.column), working.sheet)
    if there is None or there.constant or len(there.cells) < 2 or working.spot in {spot for spot, _ in there.cells}:
        return None
    cells = _present(desk, there)
    if (
        cells is None
        or len(cells) < 2
        or any(spot not in there.ranges and spot not in desk.cells for spot, _ in there.cells)
    ):
        return None
    return cells


# ---- words -----------------------------------------------------------------------------------------------------------


def _short(formula: str) -> str:
    return f"={formula}" if len(formula) < 60 else f"={formula[:40]}…"


_FEW = 3


def _names(desk: Desk, spots: Sequence[Spot], working: Working) -> str:
    """The cells, each with the caption of its figure."""
    said = []
    for sheet, row, column in spots[:_FEW]:
        figure = desk.figures.get((sheet, row, column))
        cell = named(row, column) if sheet == working.sheet else f"{sheet}!{named(row, column)}"
        said.append(f"{cell} ({figure.caption})" if figure is not None and figure.caption else cell)
    more = f" and {len(spots) - _FEW} more" if len(spots) > _FEW else ""
    return ", ".join(said) + more
