"""Slips of whole lines: a line left out, printed twice, put in, a figure blanked, in tables of published documents, and
what is told of each.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.lines [--batch first|second|both] [--every 8] [--copies 8] [--seed 1]
    [--only REGEX] [--misses]

A document is read once. Then lines with ticked figures are drawn, and the slip is made in its table as it was read, so
that thousands of them take minutes; what is told of the table alone, by sums and by rules, is held against what is told
of the same table as published. Slips that only another table could tell are lost here, and so is all that reading would
say of the damage (an amount cut short, `12,34`): `benchmarks.judge` makes slips in the bytes. Told: a violation above
note, or a warning of reading, that the table as published does not raise. A document is taken to be right as it is
published: what its tables raise without a slip is counted as alarms.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrs import evolve, frozen

from benchmarks.corpus import Filed, files, half, root, share
from checker.core.figure import Figure
from checker.core.release import Release
from checker.core.remembered import forgetting
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.core.statement import PRIMARY, Line, Statement
from checker.extract import extract
from checker.language import load
from checker.pipeline import judge
from checker.read import read
from checker.structure import infer

KINDS = ("left out", "printed twice", "put in", "blanked")
TICKED = ("agreed", "rounding")

Said = Counter[tuple[str, str, str]]


@frozen
class Slip:
    """One slip in one table: what it was, and what is told of it that the published table does not raise."""

    company: str
    document: str
    table: str
    kind: str
    line: str
    primary: bool
    told: tuple[str, ...]


def alone(release: Release, statement: Statement) -> Release:
    """A release of one table."""
    return evolve(
        release, statements=(statement,), paragraphs=(), claims=(), problems=(), unread=(), workings=(), twins={}
    )


def said(checked: Checked) -> Said:
    """What is told of a table: its violations above note by rule, relation and period, its warnings by code."""
    loud = [one for one in checked.findings if one.verdict == "violation" and one.severity != "note"]
    told = Counter((one.check.rule, one.check.relation, one.check.period) for one in loud)
    told.update(("problem", one.code, "") for one in checked.problems if one.severity != "note" and one.code != "P101")
    return told


def slipped(statement: Statement, at: int, kind: str, rng: random.Random) -> Statement:
    """The table with a slip in one line."""
    line, lines = statement.lines[at], list(statement.lines)
    if kind == "left out":
        del lines[at]
    elif kind == "printed twice":
        lines.insert(at + 1, _renamed(line))
    elif kind == "put in":
        lines.insert(at, evolve(_renamed(line, rng), caption="Sundry items"))
    else:
        printed = [place for place, figure in enumerate(line.figures) if figure is not None and figure.value]
        gone = rng.choice(printed)
        lines[at] = evolve(
            line, figures=tuple(None if place == gone else figure for place, figure in enumerate(line.figures))
        )
    return evolve(statement, lines=tuple(evolve(one, index=index) for index, one in enumerate(lines)))


def _renamed(line: Line, rng: random.Random | None = None) -> Line:
    """The line with figures of its own; with digits of their own too where a generator is given."""
    return evolve(line, figures=tuple(None if figure is None else _other(figure, rng) for figure in line.figures))


def _other(figure: Figure, rng: random.Random | None) -> Figure:
    twin = evolve(figure, id=figure.id + "x")
    if rng is None or not figure.value or not figure.step:
        return twin
    length = len(str(abs(int(figure.value / figure.step))))
    digits = "".join(rng.choice("123456789") for _ in range(length))
    return evolve(twin, value=Decimal(int(digits)) * figure.step * (-1 if figure.value < 0 else 1))


def slips(document: Filed, rulebook: Rulebook, options: argparse.Namespace) -> Iterator[Slip | Said]:
    """The slips of one document, each on a line that the published document ticks; before them what the tables they
    stand in raise by themselves."""
    found = extract(read(document.name, document.content()))
    whole = judge(infer(found), b"", rulebook)
    ticked = {key for key, coverage in whole.coverage.items() if coverage.status in TICKED}
    rng = random.Random(f"{options.seed}|lines|{document.company}/{document.name}")
    places = [(one, at) for one in found.statements for at, line in enumerate(one.lines) if _slippery(line, ticked)]
    published: dict[int, Said] = {}
    for number, (statement, at) in enumerate(rng.sample(places, min(options.copies, len(places)))):
        if statement.index not in published:
            published[statement.index] = said(judge(infer(alone(found, statement)), b"", rulebook))
            yield published[statement.index]
        kind = KINDS[number % len(KINDS)]
        copy = judge(infer(alone(found, slipped(statement, at, kind, rng))), b"", rulebook)
        fresh = said(copy) - published[statement.index]
        caption = " ".join(statement.lines[at].caption.split())
        told = tuple(" | ".join(key) for key in fresh)
        yield Slip(
            document.company,
            document.name,
            f"{statement.index} {statement.title}",
            kind,
            caption,
            statement.kind in PRIMARY,
            told,
        )


def _slippery(line: Line, ticked: set[str]) -> bool:
    return any(figure is not None and figure.id in ticked and figure.value for figure in line.figures)


def told(found: Sequence[Slip]) -> Iterator[str]:
    """What share of each kind is told: of all, in primary statements, in each half of the companies."""
    for kind in KINDS:
        some = [one for one in found if one.kind == kind]
        primary = [one for one in some if one.primary]
        halves = [[one for one in some if half(one.company, "lines") == name] for name in ("first", "second")]
        counts = [share(sum(bool(one.told) for one in part), len(part)) for part in (some, primary, *halves)]
        yield f"  {kind:14} {counts[0]}; in primary statements {counts[1]}"
        yield f"  {'':14} in one half of the companies {counts[2]}, in the other {counts[3]}"


def main() -> None:
    """Print what is told of each kind, and what published tables raise."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch", choices=["first", "second", "both"], default="both")
    parser.add_argument("--every", type=int, default=8, help="every so many documents")
    parser.add_argument("--only", default="", help="documents whose path this pattern finds")
    parser.add_argument("--copies", type=int, default=8)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--misses", action="store_true", help="list every slip of which nothing is told")
    options = parser.parse_args()
    begun = time.process_time()
    folders = {"first": [root()], "second": [root() / "second"], "both": [root(), root() / "second"]}[options.batch]
    texts = [one for folder in folders for one in files(folder, ["a_release", "b_filing"]) if one.is_text]
    chosen = [one for one in texts if re.search(options.only, one.path.as_posix())][:: options.every]
    rulebook, found, alarms = load([]), list[Slip](), Said()
    for one in chosen:
        with forgetting():
            for each in slips(one, rulebook, options):
                if isinstance(each, Slip):
                    found.append(each)
                else:
                    alarms += each
    companies, raised = len({one.company for one in chosen}), sum(alarms.values())
    print(f"{options.batch} batch, every {options.every}: {len(chosen)} documents of {companies} companies")
    print(f"  {len(found)} slips of lines, seed {options.seed}")
    print(f"  raised by the tables as published: {raised}, {raised / max(len(chosen), 1):.2f} a document")
    print("\n".join(told(found)))
    if options.misses:
        for slip in found:
            if not slip.told:
                print(f"not told: {slip.kind} | {slip.company}/{slip.document} | {slip.table} | {slip.line}")
    print(f"\n{time.process_time() - begun:.0f} s of processor time")


if __name__ == "__main__":
    main()
