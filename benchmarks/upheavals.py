"""Published documents turned upside down: rows, cells, lines and tables left out, doubled, moved, glued, nested and
opened without an end.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.upheavals [--checks 20000] [--seed 1] [--largest 40000]

Each check is one whole run, within the limits of the command, over a stretch of a document that was changed in 1 to 8
places. Looked for are a failure of the program (status 70), a fault that a reader had to catch (R199), and a document
that was not finished in time (T002); the slowest are listed by their processor time a megabyte. What the documents say
is not judged here: how much is still found is what `benchmarks.judge` measures.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from benchmarks.corpus import Filed, files, root
from benchmarks.robustness import answer
from checker.core.rule import Rulebook
from checker.language import load

GROUPS = ("a_release", "b_filing", "e_nonus")
_UNITS: tuple[re.Pattern[bytes], ...] = (
    re.compile(rb"<tr\b.*?</tr\s*>", re.IGNORECASE | re.DOTALL),
    re.compile(rb"<t[dh]\b.*?</t[dh]\s*>", re.IGNORECASE | re.DOTALL),
    re.compile(rb"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL),
    re.compile(rb"<[^<>]{1,400}>"),
    re.compile(rb"[^\r\n]*\r?\n"),
    re.compile(rb"[\d.,()$%]{2,24}"),
)
"""What is moved about: rows, cells, tables, tags, lines, numbers."""
_FOREIGN: tuple[bytes, ...] = (
    *(
        b"<table>",
        b"</table>",
        b"<tr>",
        b"</td>",
        b"<td colspan=9999>",
        b"<td rowspan=99>",
        b"<pre>",
        b"<!--",
        b"<script>",
        b"<title>",
    ),
    *(
        b"\n",
        b"\n\n",
        b"\t",
        b" " * 40,
        b"|",
        b"-----  -----\n",
        b"=====\n",
        b"| --- | ---: |\n",
        b"\r",
        b"\x00",
        b"\xff\xfe",
        b"&#0;",
        b"&amp",
    ),
    *(
        b"(in millions)\n",
        b"Total ",
        b"Less: ",
        b"2023 2022\n",
        b"$ ",
        b"(",
        b"%",
        b"bps",
        b"1,2,3",
        b"(1)",
        b"9" * 70,
        b"1e99",
        b"\xe2\x80\xae",
        b"n/a",
    ),
)
"""What is put in between: pieces that mean something to one reader or another."""

Change = Callable[[bytes, random.Random], bytes]


def stretch(content: bytes, largest: int, drawn: random.Random) -> bytes:
    """The whole document, or so many bytes of it from a random place on with its beginning, which says what kind of
    file it is."""
    if len(content) <= largest:
        return content
    begin = drawn.randrange(0, len(content) - largest)
    return content[:400] + content[begin : begin + largest]


def _found(content: bytes, drawn: random.Random) -> Sequence[tuple[int, int]]:
    """Where units of one kind stand, of a kind of which there are two at least; lines where nothing else is."""
    for pattern in drawn.sample(_UNITS, len(_UNITS)):
        spans = [match.span() for match in pattern.finditer(content)]
        if len(spans) > 1:
            return spans
    return ()


def _rearranged(content: bytes, drawn: random.Random) -> bytes:
    """Up to twelve neighbouring units left out, doubled, reversed, exchanged with others or repeated many times."""
    spans = _found(content, drawn)
    if not spans:
        return content[::-1]
    first = drawn.randrange(len(spans))
    group = spans[first : first + drawn.randrange(1, 13)]
    begin, end = group[0][0], group[-1][1]
    pieces = [content[low:high] for low, high in group]
    low, high = drawn.choice(spans)
    put = drawn.choice(
        (
            b"",
            content[begin:end] * 2,
            b"".join(reversed(pieces)),
            content[low:high],
            b"".join(pieces),
            pieces[0] * drawn.randrange(2, 200),
        )
    )
    return content[:begin] + put + content[end:]


def _moved(content: bytes, drawn: random.Random) -> bytes:
    """One unit put where another begins, in the middle of it, or inside itself."""
    spans = _found(content, drawn)
    if not spans:
        return content
    (low, high), (start, end) = drawn.choice(spans), drawn.choice(spans)
    at = drawn.choice((start, end, (start + end) // 2))
    return content[:at] + content[low:high] + content[at:]


def _between(content: bytes, drawn: random.Random) -> bytes:
    """Something foreign in between, once or many times over."""
    at = drawn.randrange(len(content) + 1)
    return content[:at] + drawn.choice(_FOREIGN) * drawn.choice((1, 1, 1, 2, 60)) + content[at:]


def _everywhere(content: bytes, drawn: random.Random) -> bytes:
    """Each of one short piece replaced by something else, in the whole document."""
    old = drawn.choice(
        (b"\n", b" ", b"</td>", b"</tr>", b"<table", b",", b"$", b"(", b"|", b"0", b"</", b">", b"  ", b"Total", b"20")
    )
    return content.replace(old, drawn.choice((*_FOREIGN[:24], b"")), 4000)


CHANGES: tuple[Change, ...] = (_rearranged, _rearranged, _moved, _moved, _between, _everywhere)


def turned(content: bytes, drawn: random.Random) -> bytes:
    """A copy changed in 1 to 8 places; never more than three times as long as before."""
    most = 3 * len(content)
    for _ in range(drawn.randrange(1, 9)):
        changed = drawn.choice(CHANGES)(content, drawn)
        content = changed if 0 < len(changed) <= most else content
    return content


@frozen
class Tried:
    """One check: of which document, the status, what has to be looked at (empty where nothing), and milliseconds of
    processor time a megabyte."""

    name: str
    status: str
    trouble: str
    pace: float


def tried(documents: Sequence[Filed], checks: range, options: tuple[int, str], rulebook: Rulebook) -> Iterator[Tried]:
    """The checks of these numbers, each of a document, a stretch and changes drawn by its number and the seed."""
    largest, seed = options
    kept: dict[str, bytes] = {}
    for number in checks:
        drawn = random.Random(f"{seed}|{number}")
        one = drawn.choice(documents)
        content = kept.setdefault(str(one.path), one.content())
        copy = turned(stretch(content, largest, drawn), drawn)
        began = time.process_time()
        found = answer(one.name, copy, rulebook)
        pace = 1e9 * (time.process_time() - began) / max(len(copy), 20_000)
        wrong = found.status in ("late", "70") or "R199" in found.problems
        yield Tried(
            f"{number} {one.company}/{one.name}",
            found.status,
            f"status {found.status}: {', '.join(found.problems)}" if wrong else "",
            pace,
        )


def main() -> None:
    """Print the statuses, everything that has to be looked at, and the slowest checks."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--checks", type=int, default=20_000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--largest", type=int, default=40_000)
    options = parser.parse_args()
    documents = [one for one in files(root(), GROUPS) if one.is_text]
    statuses: Counter[str] = Counter()
    slowest: list[Tried] = []
    trouble: list[Tried] = []
    for one in tried(documents, range(options.checks), (options.largest, options.seed), load([])):
        statuses[one.status] += 1
        trouble += [one] if one.trouble else []
        slowest = sorted([*slowest, one], key=lambda done: -done.pace)[:8]
    print(
        f"seed {options.seed}: {options.checks} whole checks of stretches of at most {options.largest:,} "
        f"bytes of {len(documents)} documents"
    )
    print("statuses: " + ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items())))
    print("to be looked at:", *([f"  {one.trouble}: check {one.name}" for one in trouble] or ["  nothing"]), sep="\n")
    print("slowest, processor time:", *(f"  {one.pace:8.0f} ms/MB  check {one.name}" for one in slowest), sep="\n")


if __name__ == "__main__":
    main()
