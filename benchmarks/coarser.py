"""Tagged filings printed again one scale coarser, every amount rounded on its own: alarms, and which falsified figures
raise a violation.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.coarser [--decimals 1] [--mutants 4] [--seed 1] [--alarms]

The inline XBRL tags of a 10-Q or 10-K say which cells hold amounts, and in which scale. Each is rounded by itself and
printed anew (thousands as millions, millions as billions), with as many decimals as asked for, and the words "in
thousands" and "in millions" of the document become those of the next scale; per-share amounts, percentages, and what is
printed in units stay. Tables with amounts that no tag vouches for are left out. Captions, headers, layout and text are
the document's own, so that nothing but the rounding changes: every violation above note on the copy is an alarm of
ours.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from attrs import frozen

from benchmarks.corpus import Filed, half, root
from benchmarks.detection import HALVES, Outcome, judged, loud, summary, told
from benchmarks.extraction import Tagged, content_of, filings, tagged
from benchmarks.mutations import Printed, applied, drawn
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check

_NUMBER = re.compile(rb"\d[\d,]*(?:\.\d+)?")
_TABLE = re.compile(rb"<(/?)table\b[^>]*>", re.IGNORECASE)
_ROW = re.compile(rb"<tr\b", re.IGNORECASE)
_NUMERIC_CELL = re.compile(rb">[\s$(]*\d[\d,.]*[\s)%]*<")
_AMOUNT_CELL = re.compile(
    rb"<td\b[^>]*>(?:\s|<(?!/?t[dr]\b|ix:)[^>]*>)*[$(]*\d[\d,]*\)?(?:\s|<(?!/?t[dr]\b)[^>]*>|&#160;|"
    rb"&nbsp;)*</td>(?!\s*<td\b[^>]*>(?:\s|<[^>]*>)*%)"
)
_TAGGED = re.compile(rb"<ix:nonfraction\b[^>]*>(?=[\s$(]*\d)", re.IGNORECASE)
_SCALE_WORD = re.compile(rb"(?<![\d.] )\b(thousands|millions)\b(?=[^<>]*<)", re.IGNORECASE)
_NEXT = {b"thousands": b"millions", b"millions": b"billions"}
_FEWEST_DIGITS = 3
_SCALES = (3, 6)

Edit = tuple[int, int, bytes]


@frozen
class Copy:
    """A filing printed again: its bytes, how many amounts were rounded, and those of them that have digits enough to be
    falsified."""

    content: bytes
    amounts: int
    places: tuple[Printed, ...]


def coarser(content: bytes, decimals: int) -> Copy:
    """The document one scale coarser, with so many decimals."""
    tags = sorted(tagged(content), key=lambda tag: tag.span)
    dropped = list(_without_tags(content, [tag.span[0] for tag in tags]))
    rounded = {edit for tag in tags if (edit := _rounded(content, tag, decimals)) is not None}
    words = {(match.start(1), match.end(1), _worded(match[1])) for match in _SCALE_WORD.finditer(content)}
    edits = sorted(
        [*dropped, *(one for one in rounded | words if not any(start <= one[0] < end for start, end, _ in dropped))]
    )
    pieces, moved, at, size = [], [], 0, 0
    for start, end, new in edits:
        pieces += [content[at:start], new]
        size += start - at
        if (start, end, new) in rounded:
            moved.append((size, size + len(new)))
        size, at = size + len(new), end
    copy = b"".join([*pieces, content[at:]])
    return Copy(copy, len(moved), tuple(_places(copy, moved)))


def _rounded(content: bytes, tag: Tagged, decimals: int) -> Edit | None:
    """The amount of a tag in the next scale; None where it is not printed in thousands or millions."""
    if tag.scale not in _SCALES or not tag.amount or ("share" in tag.unit and "usd" in tag.unit):
        return None
    numbers = list(_NUMBER.finditer(content, *tag.span))
    if len(numbers) != 1:
        return None
    amount = (tag.amount / 1000).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return (*numbers[0].span(), f"{amount:,}".encode())


def _worded(word: bytes) -> bytes:
    new = _NEXT[word.lower()]
    return new.upper() if word.isupper() else new.capitalize() if word[:1].isupper() else new


def _without_tags(content: bytes, starts: Sequence[int]) -> Iterator[Edit]:
    """The innermost tables that hold numbers and no tag, or an amount without a tag beside one that has it."""
    opened = -1
    for match in _TABLE.finditer(content):
        if match[1] != b"/":
            opened = match.start()
        elif opened >= 0:
            inside = bisect_left(starts, match.end()) - bisect_left(starts, opened)
            if (
                _mixed(content, (opened, match.end()), starts)
                if inside
                else len(_NUMERIC_CELL.findall(content, opened, match.end())) > 3
            ):
                yield opened, match.end(), b""
            opened = -1


def _mixed(content: bytes, table: tuple[int, int], starts: Sequence[int]) -> bool:
    """Whether some row holds an amount without a tag to the right of one with a tag (numbers to the left are levels and
    notes), or one tagged twice."""
    known = set(starts[bisect_left(starts, table[0]) : bisect_left(starts, table[1])])
    if any(one.end() not in known for one in _TAGGED.finditer(content, *table)):
        return True
    for cell in _AMOUNT_CELL.finditer(content, *table):
        row = max(content.rfind(b"<tr", table[0], cell.start()), table[0])
        if bisect_left(starts, row) < bisect_left(starts, cell.start()):
            return True
    return False


def _places(content: bytes, spans: Sequence[tuple[int, int]]) -> Iterator[Printed]:
    rows = [match.start() for match in _ROW.finditer(content)]
    grouped: dict[int, list[tuple[int, int]]] = {}
    for span in spans:
        grouped.setdefault(bisect_left(rows, span[0]), []).append(span)
    for row in grouped.values():
        texts = [content[start:end].decode("ascii") for start, end in row]
        for span, text in zip(row, texts, strict=True):
            if sum(character.isdigit() for character in text.lstrip("0.,")) >= _FEWEST_DIGITS:
                yield Printed(span, text, tuple(other for other in texts if other != text and other.strip("0.")))


def outcomes(name: str, copy: Copy, published: Checked, settings: tuple[Rulebook, argparse.Namespace]) -> list[Outcome]:
    """What became of falsified amounts of one copy."""
    rulebook, options = settings
    found = []
    for change in drawn(copy.content, copy.places, options.mutants, random.Random(f"{options.seed}|{name}")):
        falsified = check(name, applied(copy.content, change), rulebook)
        found.append(Outcome(name, change, _in_primary(published, change.span), *judged(published, change, falsified)))
    return found


def _in_primary(checked: Checked, span: tuple[int, int]) -> bool:
    """Whether the amount stands in a balance sheet, an income or a cash-flow statement, as the program sees it."""
    kinds = {
        figure.statement
        for figure in checked.figures
        if figure.place.span[0] < span[1] and span[0] < figure.place.span[1]
    }
    return bool(kinds & {"income statement", "balance sheet", "cash flow"})


def main() -> None:
    """Print the tables of both halves of the companies."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--decimals",
        type=int,
        default=1,
        help="decimals of the coarser scale; 0 leaves about one digit of an amount in millions",
    )
    parser.add_argument("--mutants", type=int, default=4)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--alarms", action="store_true", help="list every alarm")
    parser.add_argument("--only", default="", help="files whose name contains this")
    options = parser.parse_args()
    begun, rulebook = time.process_time(), load([])
    documents: dict[str, list[tuple[Filed, Checked]]] = {name: [] for name in HALVES}
    found: dict[str, list[Outcome]] = {name: [] for name in HALVES}
    alarms: list[str] = []
    for path in (path for path in filings(root()) if options.only in path.name):
        copy, filed = coarser(content_of(path), options.decimals), _filed(path)
        if not copy.amounts:
            continue
        published = check(filed.name, copy.content, rulebook)
        where = half(filed.company, options.seed)
        documents[where].append((filed, published))
        found[where] += outcomes(filed.name, copy, published, (rulebook, options))
        alarms += [f"alarm: {filed.name} {told(one)}" for one in loud(published)]
    print(
        f"one scale coarser with {options.decimals} decimal; companies split by sha256 of "
        f"'{options.seed}|company'; shares with 95 % intervals"
    )
    for name in HALVES:
        print("\n".join(["", *summary(name, documents[name], found[name])]))
    if options.alarms:
        print("\n" + "\n".join(alarms))
    print(f"\n{time.process_time() - begun:.0f} s of processor time")


def _filed(path: Path) -> Filed:
    return Filed(path, path.parent.parent.name, path.parent.name, "")


if __name__ == "__main__":
    main()
