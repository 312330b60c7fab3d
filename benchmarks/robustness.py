"""Every file of the corpus as given, cut short and with damaged bytes: what status the program ends with. Nothing may
fail, hang, or pass for clean.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.robustness [--cuts 20] [--damaged 5] [--seed 1] [--groups a_release ...]

Statuses are those of `tieout check` with its defaults: 0 clean, 1 findings, 3 could not be read (or too little of it),
70 the program failed. "Late" are documents that were not finished within the 60 s of the command. A cut copy ends at a
random byte. It is called falsely clean where it has status 0 although it lost figures of tables and its format says
where a file ends (HTML, submissions, packed files, JSON); text and Markdown do not, and are counted apart. Damaged
copies have bytes replaced, left out, repeated or broken in 1 to 50 places. PDF files, workbooks, scans, linkbases and
instances cannot be read: they are listed by kind, with what they are answered.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from benchmarks.corpus import Filed, files, root
from checker.api.document import attempt
from checker.api.inputs import Input
from checker.api.limits import Limits
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.gate.settings import Settings
from checker.gate.status import CLEAN, decide
from checker.language import load
from checker.pipeline import check

GROUPS = ("a_release", "b_filing", "b_xbrl", "d_fsds", "e_nonus", "x_xlsx")
_LATE = "T002"
_ENDLESS = ("text", "markdown", "csv")
"""Formats in which nothing says that the file is complete."""


@frozen
class Answer:
    """What the command would say of one file: status (late where it took too long), figures in tables, the problems
    named, and the format."""

    status: str
    figures: int
    problems: tuple[str, ...]
    format: str


def answer(name: str, content: bytes, rulebook: Rulebook) -> Answer:
    """The answer to one file, within the limits of the command."""
    checked = attempt(Input(name, content), Limits(), lambda path, body: check(path, body, rulebook))
    codes = tuple(sorted({problem.code for problem in checked.problems}))
    status = "late" if _LATE in codes else str(decide(checked, Settings()).status)
    return Answer(status, _figures(checked), codes, checked.source.format)


def _figures(checked: Checked) -> int:
    return sum(figure.origin == "table" for figure in checked.figures)


def cut(content: bytes, count: int, rng: random.Random) -> Iterator[bytes]:
    """Copies that end at random bytes."""
    for _ in range(count if len(content) > 1 else 0):
        yield content[: rng.randrange(1, len(content))]


def damaged(content: bytes, count: int, rng: random.Random) -> Iterator[bytes]:
    """Copies with bytes replaced, left out, repeated or broken by what means something, in 1 to 50 places."""
    for _ in range(count if len(content) > 1 else 0):
        copy = bytearray(content)
        for _ in range(rng.randrange(1, 51)):
            at, length = rng.randrange(len(copy)), rng.randrange(1, 9)
            piece = bytes(copy[at : at + length])
            replacements = (
                rng.randbytes(len(piece)),
                b"",
                piece * 2,
                rng.choice((b"<", b">", b"</td>", b"<table>", b"\x00", b"\xff", b"(", b"9", b",")),
            )
            copy[at : at + length] = rng.choice(replacements)
            if len(copy) < 2:
                break
        yield bytes(copy)


def measured(
    one: Filed, rulebook: Rulebook, options: argparse.Namespace
) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Counts over one file and its copies (what was done, status), and what has to be looked at."""
    content, name = one.content(), f"{one.company}/{one.name}"
    rng = random.Random(f"{options.seed}|{name}")
    given = answer(one.name, content, rulebook)
    counts = Counter({("as given", given.status): 1})
    notes = Counter(_trouble(given, name))
    if not given.figures:
        notes[f"status {given.status}, no figure of a table: {one.kind} ({', '.join(given.problems)})"] += 1
    for copy in cut(content, options.cuts, rng):
        found = answer(one.name, copy, rulebook)
        counts["cut", found.status] += 1
        if found.status == str(CLEAN) and found.figures < given.figures:
            counts["clean though cut", "cannot tell" if given.format in _ENDLESS else "false"] += 1
            if given.format not in _ENDLESS:
                notes[f"falsely clean: {name} cut at byte {len(copy)}: {found.figures} of {given.figures} figures"] += 1
        notes.update(_trouble(found, f"{name} cut at byte {len(copy)}"))
    for index, copy in enumerate(damaged(content, options.damaged, rng)):
        found = answer(one.name, copy, rulebook)
        counts["damaged", found.status] += 1
        notes.update(_trouble(found, f"{name} damaged copy {index}"))
    return counts, notes


def _trouble(found: Answer, name: str) -> list[str]:
    return (
        [f"status {found.status}: {name} {', '.join(found.problems)}"]
        if found.status in ("late", "70") or "R199" in found.problems
        else []
    )


def main() -> None:
    """Print the counts of each group of files and everything that has to be looked at."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cuts", type=int, default=20)
    parser.add_argument("--damaged", type=int, default=5)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--groups", nargs="+", default=list(GROUPS))
    options = parser.parse_args()
    begun, rulebook = time.process_time(), load([])
    print(
        f"seed {options.seed}: {options.cuts} cuts and {options.damaged} damaged copies of each file; "
        f"statuses 0 clean, 1 findings, 3 not read, 70 failed\n"
    )
    notes: Counter[str] = Counter()
    for group in options.groups:
        counts: Counter[tuple[str, str]] = Counter()
        for one in files(root(), [group]):
            found, more = measured(one, rulebook, options)
            counts += found
            notes += more
        for done in ("as given", "cut", "damaged", "clean though cut"):
            row = {status: number for (what, status), number in sorted(counts.items()) if what == done}
            print(
                f"{group if done == 'as given' else '':10} {done:17}"
                + ", ".join(f"{status}: {number}" for status, number in row.items()),
                flush=True,
            )
    print("\nto be looked at, and files in which no figure of a table was found:")
    print("\n".join(f"{number:4} x {note}" for note, number in sorted(notes.items())) or "nothing")
    print(f"\n{time.process_time() - begun:.0f} s of processor time")


if __name__ == "__main__":
    main()
