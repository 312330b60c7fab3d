"""Published documents with one figure falsified: what benchmarks of detection and diagnosis feed to the program.

Pure functions over bytes: nothing is read from disk, nothing is drawn but from the generator that is passed in. Which
numbers stand in tables is decided here by markup and spacing alone, so that a number which the program's reader
overlooks is falsified like any other (`printed`), or taken from figures that were extracted (`of_figures`). Falsified
are numbers with a thousands separator; amounts of one to three digits are left alone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from attrs import frozen

from checker.core.figure import Figure

Kind = Literal["digit", "transposition", "drop", "double", "sign", "stale", "other", "scale"]
KEYING: tuple[Kind, ...] = ("digit", "transposition", "drop", "double", "sign", "stale")
"""Slips of whoever types or copies a figure; `other` is another amount of the same length, which no slip explains."""
KINDS: tuple[Kind, ...] = (*KEYING, "other")
"""Those that `drawn` takes in turn; "scale", thousands among units or units among thousands, has to be asked for."""

_NUMBER = re.compile(rb"(?<![\w.,#&/-])\d{1,3}(?:,\d{2,3})*,\d{3}(?![\w,]|\.\d)")
_OPENS_CELL = re.compile(
    rb">(?:\s|[$(]|&(?:nbsp|#160|#xa0|#36|euro|pound|yen);|\xc2[\xa0\xa3\xa5]|\xe2\x80[\x82\x83\x89\x8b]|\xe2\x82\xac)*\Z",
    re.IGNORECASE,
)
_STANDS_APART = re.compile(rb"(?:[\t|]|\s{2,}|[$(])\s*\Z|^\s*\Z")
_DASH = re.compile(rb"(?:\t|\||\s{2,}|\$\s*)(?:-|\xe2\x80[\x93\x94])\s*(?=[\t|\r\n]|\s{2}|\Z)")
_TABLE = re.compile(rb"<table\b.*?</table>", re.IGNORECASE | re.DOTALL)
_OPENED = re.compile(rb"\([\s$]*\Z")
_CLOSED = re.compile(rb"(?:\s|<[^>]*>|&nbsp;|&#160;)*\)")
_LEAST_IN_TABLE = 8
_LONGEST_LINE = 400


@frozen
class Printed:
    """One number of a table as printed: where its digits stand, and the other numbers of its row."""

    span: tuple[int, int]
    text: str
    row: tuple[str, ...] = ()


@frozen
class Mutation:
    """One falsification: the bytes `was` at `span` become `now`."""

    kind: Kind
    span: tuple[int, int]
    was: bytes
    now: bytes

    @property
    def now_at(self) -> tuple[int, int]:
        """Where the falsified text stands in the copy."""
        return self.span[0], self.span[0] + len(self.now)


def is_markup(content: bytes) -> bool:
    """Whether the tables of a file are HTML tables, judged by its cells (submissions are text files that hold HTML)."""
    return len(re.findall(rb"<td\b", content, re.IGNORECASE)) > 20


def printed(content: bytes) -> tuple[Printed, ...]:
    """The numbers in tables: in HTML those that open their cell, in text those that stand apart on lines of two or more
    (a dash is one)."""
    rows = _rows_of_cells(content) if is_markup(content) else _rows_of_text(content)
    return tuple(one for row in rows for one in _printed(content, row))


def of_figures(content: bytes, figures: Iterable[Figure]) -> tuple[Printed, ...]:
    """The extracted figures of tables that hold one such number; figures of one caption under one heading are a row."""
    rows: dict[tuple[str | None, tuple[str, ...], str], list[tuple[int, int]]] = {}
    for figure in figures:
        if figure.origin == "table" and figure.form == "number" and figure.place.span is not None:
            numbers = [match.span() for match in _NUMBER.finditer(content, *figure.place.span)]
            if len(numbers) == 1:
                rows.setdefault((figure.statement, figure.under, figure.caption), []).append(numbers[0])
    return tuple(sorted((one for row in rows.values() for one in _printed(content, row)), key=lambda one: one.span))


def mutation(content: bytes, place: Printed, kind: Kind, rng: random.Random) -> Mutation | None:
    """The number falsified in this way; None where it cannot be (no two digits to swap, no other number in its row)."""
    if kind == "sign":
        return _turned(content, place)
    digits = _digits(place.text)
    new = _stale(place, rng) if kind == "stale" else _SLIPS[kind](digits, rng)
    if new is None or not new.strip("0") or int(new) == int(digits):
        return None
    return Mutation(kind, place.span, place.text.encode(), _grouped(new, place.text).encode())


def applied(content: bytes, change: Mutation) -> bytes:
    """The copy with that one figure falsified."""
    start, end = change.span
    return content[:start] + change.now + content[end:]


def drawn(content: bytes, places: Sequence[Printed], count: int, rng: random.Random) -> Iterator[Mutation]:
    """Up to `count` falsifications of different numbers, the kinds in turn from one that is drawn."""
    order = list(places)
    rng.shuffle(order)
    turn = rng.randrange(len(KINDS))
    for place in order:
        if count == 0:
            return
        change = mutation(content, place, KINDS[turn % len(KINDS)], rng)
        if change is not None:
            yield change
            turn, count = turn + 1, count - 1


# ---- where numbers stand ---------------------------------------------------------------------------------------------


def _rows_of_cells(content: bytes) -> Iterator[list[tuple[int, int]]]:
    for table in _TABLE.finditer(content):
        spans = [
            one.span()
            for one in _NUMBER.finditer(content, *table.span())
            if _OPENS_CELL.search(content, max(0, one.start() - 60), one.start())
        ]
        if len(spans) < _LEAST_IN_TABLE:
            continue
        rows: dict[int, list[tuple[int, int]]] = {}
        for span in spans:
            rows.setdefault(max(content.rfind(b"<tr", 0, span[0]), content.rfind(b"<TR", 0, span[0])), []).append(span)
        yield from rows.values()


def _rows_of_text(content: bytes) -> Iterator[list[tuple[int, int]]]:
    start = 0
    for line in content.splitlines(keepends=True):
        spans = [
            one.span()
            for one in _NUMBER.finditer(line)
            if _STANDS_APART.search(line, max(0, one.start() - 4), one.start())
        ]
        if len(spans) + len(_DASH.findall(line)) >= 2 and spans and len(line) < _LONGEST_LINE:
            yield [(start + begin, start + end) for begin, end in spans]
        start += len(line)


def _printed(content: bytes, row: Sequence[tuple[int, int]]) -> Iterator[Printed]:
    texts = [content[start:end].decode("ascii") for start, end in row]
    for span, text in zip(row, texts, strict=True):
        yield Printed(span, text, tuple(other for other in texts if other != text))


# ---- slips -----------------------------------------------------------------------------------------------------------


def _wrong(digits: str, rng: random.Random) -> str:
    at = rng.randrange(len(digits))
    return digits[:at] + rng.choice([digit for digit in "123456789" if digit != digits[at]]) + digits[at + 1 :]


def _swapped(digits: str, rng: random.Random) -> str | None:
    places = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1] and (at or digits[1] != "0")]
    if not places:
        return None
    at = rng.choice(places)
    return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def _dropped(digits: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(digits))
    return digits[:at] + digits[at + 1 :]


def _doubled(digits: str, rng: random.Random) -> str:
    at = rng.randrange(len(digits))
    return digits[: at + 1] + digits[at:]


def _another(digits: str, rng: random.Random) -> str:
    return rng.choice("123456789") + "".join(rng.choice("0123456789") for _ in digits[1:])


def _out_of_scale(digits: str, rng: random.Random) -> str:
    return digits[:-3] if len(digits) > 4 and rng.random() < 0.5 else digits + "000"


def _stale(place: Printed, rng: random.Random) -> str | None:
    decimals = len(place.text.partition(".")[2])
    alike = [_digits(other) for other in place.row if len(other.partition(".")[2]) == decimals]
    return rng.choice(alike) if alike else None


_SLIPS: dict[Kind, Callable[[str, random.Random], str | None]] = {
    "digit": _wrong,
    "transposition": _swapped,
    "drop": _dropped,
    "double": _doubled,
    "other": _another,
    "scale": _out_of_scale,
}


def _digits(text: str) -> str:
    return text.replace(",", "").replace(".", "")


def _grouped(digits: str, like: str) -> str:
    """The digits with separators where the number that they replace has them: every three, or two after the first three
    (lakhs); and as many decimals."""
    groups, decimals = like.partition(".")[0].split(","), len(like.partition(".")[2])
    size = len(groups[-2]) if len(groups) > 2 else 3
    shown = str(int(digits)).rjust(decimals + 1, "0")
    whole, behind = shown[: len(shown) - decimals], shown[len(shown) - decimals :]
    rest, last = whole[:-3], whole[-3:]
    parts = [rest[max(0, end - size) : end] for end in range(len(rest), 0, -size)][::-1]
    return ",".join([*parts, last]) + ("." + behind if decimals else "")


def _turned(content: bytes, place: Printed) -> Mutation | None:
    """Parentheses set or taken away; what opens but does not close is left alone."""
    start, end = place.span
    opened = _OPENED.search(content, max(0, start - 8), start)
    if opened is None:
        return Mutation("sign", place.span, content[start:end], b"(" + content[start:end] + b")")
    closed = _CLOSED.match(content, end, end + 400)
    if closed is None:
        return None
    was = content[opened.start() : closed.end()]
    return Mutation("sign", (opened.start(), closed.end()), was, was[1:-1])
