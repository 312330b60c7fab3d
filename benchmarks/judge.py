"""How sure the judge is: alarms on published documents against slips that are found, of every kind, and what each objection costs and saves.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.judge [--batch first|second] [--every 4] [--copies 6] [--seed 1] [--known known.csv] [--sums] [--alarms]

A published document is taken to be right: what is said of it above note is an alarm until someone has read it; errors that were read and confirmed stand in
`known.csv` (document, text of the finding, arithmetic, reason) and are counted apart. Then one slip is made in a copy: of a figure (six of the hand, another
amount, a wrong scale), or of a whole line (left out, printed twice). The curve has one point for each level of severity: what is found by errors, by errors and
warnings, and by notes too. `--sums` adds the objections to inferred sums, each left out alone, over slips made in memory in the tables' own figures: how many
published sums would speak, and how many slips would be found, more than with it; there a table may also be cut down to one column.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from attrs import evolve, frozen

from benchmarks.corpus import Filed, files, root, share
from benchmarks.detection import is_primary, standing
from benchmarks.mutations import KINDS, Mutation, Printed, applied, is_markup, mutation, printed
from checker.core.finding import Finding
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.core.statement import Line, Statement
from checker.extract import extract
from checker.judge.sums import OBJECTIONS, Broken, reason
from checker.language import load
from checker.pipeline import check
from checker.read import read
from checker.structure.across import across_sums
from checker.structure.down import down_sums
from checker.structure.draft import Draft
from checker.structure.habit import forces_sums
from checker.structure.licence import observed

FIGURES = (*KINDS, "scale")
LINES = ("left out", "printed twice")
LEVELS = (("errors", {"error"}), ("errors and warnings", {"error", "warning"}), ("notes too", {"error", "warning", "note"}))
LONGEST = 20_000
"""Bytes of a line; longer ones are whole tables."""


@frozen
class Slip:
    """One copy with a slip, and how loud what is new rests on it."""

    kind: str
    primary: bool
    ticked: bool
    heard: frozenset[str]


# ---- the whole program --------------------------------------------------------------------------------------------------------------


def said(checked: Checked, span: tuple[int, int] | None = None) -> Counter[tuple[str, str, str]]:
    """Its violations by severity, rule and relation: all, or those that rest on a figure in this place."""
    here = standing(checked, span) if span is not None else None
    broken = [one for one in checked.findings if one.verdict == "violation"]
    return Counter(_key(one) for one in broken if here is None or any(figure.id in here for figure in one.check.figures))


def _key(finding: Finding) -> tuple[str, str, str]:
    return (finding.severity or "", finding.check.rule, f"{finding.check.relation} | {finding.check.period}")


def problems(checked: Checked) -> Counter[tuple[str, str, str]]:
    """Its problems above note, by severity and code."""
    return Counter((one.severity, one.code, "") for one in checked.problems if one.severity != "note")


def slips(document: Filed, published: Checked, rulebook: Rulebook, options: argparse.Namespace) -> Iterator[Slip]:
    """The copies of one document."""
    content = document.content()
    rng = random.Random(f"{options.seed}|judge|{document.company}/{document.name}")
    places = list(printed(content))
    rng.shuffle(places)
    tested = [figure.place.span for figure in published.figures if published.coverage[figure.id].tested and figure.place.span]
    turn, made = rng.randrange(len(FIGURES)), 0
    for place in places:
        if made == options.copies:
            break
        change = mutation(content, place, FIGURES[turn % len(FIGURES)], rng)
        if change is not None:
            turn, made = turn + 1, made + 1
            yield _figure(document, published, rulebook, (content, change, any(_overlap(span, change.span) for span in tested)))
    ticked = [place for place in places if any(_overlap(span, place.span) for span in tested)]
    for number, place in enumerate(ticked[: options.copies // 3]):
        kind = LINES[number % len(LINES)]
        copy = _line(content, place, kind)
        if copy is not None:
            checked = check(document.name, copy, rulebook)
            fresh = (said(checked) + problems(checked)) - (said(published) + problems(published))
            yield Slip(kind, is_primary(content, place.span), True, frozenset(key[0] for key in fresh))


def _figure(document: Filed, published: Checked, rulebook: Rulebook, made: tuple[bytes, Mutation, bool]) -> Slip:
    content, change, ticked = made
    checked = check(document.name, applied(content, change), rulebook)
    fresh = said(checked, change.now_at) - said(published, change.span)
    return Slip(change.kind, is_primary(content, change.span), ticked, frozenset(key[0] for key in fresh))


def _overlap(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def _line(content: bytes, place: Printed, kind: str) -> bytes | None:
    """The document with the line of a figure left out or printed twice; None where a line cannot be told."""
    opened, closed = (b"<tr", b"</tr>") if is_markup(content) else (b"\n", b"\n")
    low = content.lower()
    start, end = low.rfind(opened, 0, place.span[0]), low.find(closed, place.span[1])
    if start < 0 or end < 0 or end - start > LONGEST:
        return None
    start += 0 if is_markup(content) else 1
    end += len(closed)
    return content[:start] + content[end:] if kind == "left out" else content[:end] + content[start:end] + content[end:]


def curve(found: Sequence[Slip], alarms: Counter[str], documents: int) -> Iterator[str]:
    """The points of the curve, then each kind of slip."""
    figures = [one for one in found if one.kind in FIGURES]
    for name, levels in LEVELS:
        count = sum(alarms[level] for level in levels)
        parts = [figures, [one for one in figures if one.primary], [one for one in figures if one.ticked]]
        heard = [share(sum(bool(one.heard & levels) for one in part), len(part)) for part in parts]
        yield f"  {name:20} {count:3} alarms, {count / max(documents, 1):.3f} a document; found {heard[0]}"
        yield f"  {'':20} in primary statements {heard[1]}; of figures ticked {heard[2]}"
    for kind in (*FIGURES, *LINES):
        some = [one for one in found if one.kind == kind]
        yield f"  {kind:20} " + "; ".join(f"{name} {share(sum(bool(one.heard & levels) for one in some), len(some))}" for name, levels in LEVELS[:2])


# ---- inferred sums and the objections to them ----------------------------------------------------------------------------------------------------


@frozen
class Seen:
    """A sum that is broken once: whether by a slip that was made (by its number, else None), and what is seen of it."""

    slip: int | None
    broken: Broken


def drafts(statement: Statement) -> list[Draft]:
    """The sums of one table."""
    return [*down_sums(statement), *across_sums(statement)]


def observations(content: bytes, name: str, rng: random.Random, wanted: int) -> Iterator[tuple[str, list[Broken]]]:
    """What is seen of the broken sums of one document as published (kind ""), and of those on the figure of each slip that is made in it."""
    release = extract(read(name, content))
    by_table = {statement.index: drafts(statement) for statement in release.statements}
    forced = forces_sums(draft for several in by_table.values() for draft in several if not draft.fit.apart)
    yield "", [observed(draft, draft.fit.broken[0], forced) for several in by_table.values() for draft in several if len(draft.fit.broken) == 1]
    cells = [(statement, line, at) for statement in release.statements for line in statement.lines for at, one in enumerate(line.figures) if _slippery(one)]
    for number, (statement, line, at) in enumerate(rng.sample(cells, min(wanted, len(cells)))):
        alone = number % 6 == 5
        kind = "one column" if alone else ("digit", "transposition", "drop", "sign", "scale")[number % 6]
        typed = _typed(statement, (line, at), "digit" if alone else kind, rng)
        table = _one_column(typed, at) if alone else typed
        touched = line.figures[at]
        assert touched is not None
        hit = [draft for draft in drafts(table) if len(draft.fit.broken) == 1 and touched.id in _ids(draft)]
        yield kind, [observed(draft, draft.fit.broken[0], forced) for draft in hit]


def _slippery(figure: object) -> bool:
    return (
        bool(getattr(figure, "additive", False)) and len(str(abs(int(getattr(figure, "value", 0) or 0) // max(int(getattr(figure, "step", 1) or 1), 1)))) >= 4
    )


def _ids(draft: Draft) -> set[str]:
    fit, case = draft.fit, draft.fit.broken[0].case
    return {figure.id for item in (fit.total, *(item for _, item in fit.terms)) if (figure := draft.grid.figures[item][case]) is not None}


def _typed(statement: Statement, cell: tuple[Line, int], kind: str, rng: random.Random) -> Statement:
    line, at = cell
    figure = line.figures[at]
    assert figure is not None and figure.value is not None
    step = figure.step or Decimal(1)
    digits = str(abs(int(figure.value / step)))
    place = rng.randrange(len(digits) - 1)
    new = {
        "digit": digits[:place] + rng.choice([one for one in "123456789" if one != digits[place]]) + digits[place + 1 :],
        "transposition": digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :],
        "drop": digits[:place] + digits[place + 1 :],
        "sign": digits,
        "scale": digits + "000",
    }[kind]
    sign = (-1 if figure.value < 0 else 1) * (-1 if kind == "sign" else 1)
    figures = tuple(evolve(figure, value=Decimal(int(new)) * step * sign) if place == at else one for place, one in enumerate(line.figures))
    return evolve(statement, lines=tuple(evolve(one, figures=figures) if one.index == line.index else one for one in statement.lines))


def _one_column(statement: Statement, at: int) -> Statement:
    lines = tuple(evolve(line, figures=tuple(one if place == at else None for place, one in enumerate(line.figures))) for line in statement.lines)
    return evolve(statement, lines=lines)


def objections(published: Sequence[Broken], made: Sequence[list[Broken]], documents: int) -> Iterator[str]:
    """What the objections do together, and each alone."""
    every = [sum(reason(one) is not None for one in published), sum(any(reason(one) is not None for one in several) for several in made)]
    yield f"  all objections: {every[0]} published sums speak, {every[0] / max(documents, 1):.3f} a document; slips found {share(every[1], len(made))}"
    for objection in OBJECTIONS:
        fewer = [one for one in OBJECTIONS if one.name != objection.name]
        spoken = sum(reason(one, fewer) is not None for one in published)
        found = sum(any(reason(one, fewer) is not None for one in several) for several in made)
        yield f"  without {objection.name:14} {spoken - every[0]:+4} alarms {found - every[1]:+4} slips   {objection.why}"


# ---- all of it --------------------------------------------------------------------------------------------------------------------------


def known(path: Path | None) -> set[tuple[str, str]]:
    """The errors of published documents that were read and confirmed."""
    if path is None:
        return set()
    with path.open(encoding="utf-8", newline="") as rows:
        return {(row["document"], row["text"]) for row in csv.DictReader(rows)}


def is_known(document: str, finding: Finding, confirmed: set[tuple[str, str]]) -> bool:
    """Whether an alarm is an error of the document that someone confirmed."""
    return any(name in document and text in finding.message for name, text in confirmed)


def main() -> None:
    """Print the curve, the kinds and, when asked for, the objections."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch", choices=["first", "second"], default="first")
    parser.add_argument("--every", type=int, default=4, help="every so many documents")
    parser.add_argument("--only", default="", help="documents whose path this pattern finds")
    parser.add_argument("--copies", type=int, default=6)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--known", type=Path, default=Path(__file__).with_name("known.csv"))
    parser.add_argument("--sums", action="store_true", help="the objections to inferred sums too")
    parser.add_argument("--alarms", action="store_true", help="list every alarm")
    options = parser.parse_args()
    begun, rulebook, confirmed = time.process_time(), load([]), known(options.known if options.known.exists() else None)
    folder = root() if options.batch == "first" else root() / "second"
    chosen = [one for one in files(folder, ["a_release", "b_filing"]) if one.is_text and re.search(options.only, one.path.as_posix())][:: options.every]
    found: list[Slip] = []
    alarms: Counter[str] = Counter()
    true: list[str] = []
    published: list[Broken] = []
    made: dict[str, list[list[Broken]]] = defaultdict(list)
    for one in chosen:
        checked = check(one.name, one.content(), rulebook)
        for finding in checked.findings:
            if finding.verdict == "violation" and is_known(one.path.as_posix(), finding, confirmed):
                true.append(finding.message)
            elif finding.verdict == "violation":
                alarms[finding.severity or ""] += 1
                if options.alarms and finding.severity != "note":
                    print(f"alarm: {one.company}/{one.name} {finding.severity} {finding.check.rule} | {finding.check.period} | {finding.message}")
        found += slips(one, checked, rulebook, options)
        if options.sums:
            for kind, several in observations(one.content(), one.name, random.Random(f"{options.seed}|{one.name}"), 4 * options.copies):
                published, made[kind] = (published + several, made[kind]) if not kind else (published, [*made[kind], several])
    print(f"{options.batch} batch, every {options.every}: {len(chosen)} documents of {len({one.company for one in chosen})} companies, {len(found)} copies")
    print(f"  known errors of these documents that are told: {len(true)}")
    print("\n".join(curve(found, alarms, len(chosen))))
    if options.sums:
        print("\nsums alone, slips made in memory")
        print("\n".join(objections(published, [one for kind, several in made.items() if kind for one in several], len(chosen))))
        for kind, several in made.items():
            if kind:
                print(f"  {kind:14} {share(sum(any(reason(one) is not None for one in each) for each in several), len(several))}")
    print(f"\n{time.process_time() - begun:.0f} s of processor time")


if __name__ == "__main__":
    main()
