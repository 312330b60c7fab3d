"""How sure the judge is: alarms on published documents against slips that are found, of every kind, and what each
objection costs and saves.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.judge [--batch first|second|both] [--every 4] [--copies 6] [--seed 1]
    [--known known.csv] [--alarms] TIEOUT_CORPUS=FOLDER python -m benchmarks.judge --sums --batch both --every 1
    --copies 18

A published document is taken to be right: what is said of it above note is an alarm until someone has read it; errors
that were read and confirmed stand in `known.csv` (document, text of the finding, arithmetic, reason) and are counted
apart. Then one slip is made in a copy: of a figure (six of the hand, another amount, a wrong scale), or of a whole line
(left out, printed twice). The curve has one point for each level of severity: what is found by errors, by errors and
warnings, and by notes too. `--sums` is about inferred sums alone: slips made in memory in figures that such a sum
ticks, a table now and then cut down to one column. It prints what sums say by severity and in each half of the
companies, the curve as every slip is believed by some bits more or less, and what each objection costs and saves when
it alone is left out. What words say of a sum that holds in no other column is not counted there.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from zlib import crc32

from attrs import evolve, frozen

from benchmarks.corpus import Filed, files, root, share
from benchmarks.detection import is_primary, standing
from benchmarks.diagnose import ranked
from benchmarks.mutations import KINDS, Mutation, Printed, applied, is_markup, mutation, printed
from benchmarks.reliability import collected, reliability
from checker.core.finding import Finding
from checker.core.problem import Severity
from checker.core.remembered import forgetting
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.core.statement import Line, Statement
from checker.extract import extract
from checker.judge.sums import OBJECTIONS, Broken, Objection, reason, severity
from checker.language import load
from checker.pipeline import check
from checker.read import read
from checker.structure.across import across_sums
from checker.structure.down import down_sums
from checker.structure.draft import Draft
from checker.structure.fit import Case
from checker.structure.habit import forces_sums
from checker.structure.licence import observed

FIGURES = (*KINDS, "scale")
LINES = ("left out", "printed twice")
TOLD = ("left out", "printed twice", "missing", "blank")
"""What findings call a slip of a whole line,"""
CODES = ("P201", "P203")
"""and messages do."""
LEVELS = (
    ("errors", {"error"}),
    ("errors and warnings", {"error", "warning"}),
    ("notes too", {"error", "warning", "note"}),
)
LONGEST = 20_000
"""Bytes of a line; longer ones are whole tables."""


@frozen
class Slip:
    """One copy with a slip, and how loud what is new rests on it."""

    kind: str
    primary: bool
    ticked: bool
    heard: frozenset[str]
    first: bool = False
    """The best-scored suspect of what errors and warnings say of it stands in its place."""
    names: int = 0
    """Stories that it brought about and that name figures without a doubt,"""
    right: int = 0
    """and those of them that name its own alone."""
    named: bool = False
    """Of a line: it is said what happened to it."""


# ---- the whole program -----------------------------------------------------------------------------------------------


def said(checked: Checked, span: tuple[int, int] | None = None) -> Counter[tuple[str, str, str]]:
    """Its violations by severity, rule and relation: all, or those that rest on a figure in this place."""
    here = standing(checked, span) if span is not None else None
    broken = [one for one in checked.findings if one.verdict == "violation"]
    return Counter(
        _key(one) for one in broken if here is None or any(figure.id in here for figure in one.check.figures)
    )


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
    tested = [
        figure.place.span for figure in published.figures if published.coverage[figure.id].tested and figure.place.span
    ]
    turn, made = rng.randrange(len(FIGURES)), 0
    for place in places:
        if made == options.copies:
            break
        change = mutation(content, place, FIGURES[turn % len(FIGURES)], rng)
        if change is not None:
            turn, made = turn + 1, made + 1
            yield _figure(
                document, published, rulebook, (content, change, any(_overlap(span, change.span) for span in tested))
            )
    ticked = [place for place in places if any(_overlap(span, place.span) for span in tested)]
    for number, place in enumerate(ticked[: options.copies // 3]):
        kind = LINES[number % len(LINES)]
        copy = _line(content, place, kind)
        if copy is not None:
            checked = check(document.name, copy, rulebook)
            fresh = (said(checked) + problems(checked)) - (said(published) + problems(published))
            told = {_key(one) for one in checked.findings if one.check.slip in TOLD}
            named = any(key in told or key[1] in CODES for key in fresh)
            yield Slip(kind, is_primary(content, place.span), True, frozenset(key[0] for key in fresh), named=named)


def _figure(document: Filed, published: Checked, rulebook: Rulebook, made: tuple[bytes, Mutation, bool]) -> Slip:
    content, change, ticked = made
    checked = check(document.name, applied(content, change), rulebook)
    fresh = said(checked, change.now_at) - said(published, change.span)
    here = standing(checked, change.now_at)
    loud = [one for one in checked.findings if one.verdict == "violation" and one.severity != "note"]
    suspects = ranked([one for one in loud if any(figure.id in here for figure in one.check.figures)])
    known = {one.id for one in published.findings if one.verdict == "violation"}
    stories = {one.story.id: one.story for one in loud if one.story is not None and one.id not in known}
    names = [set(story.named) for story in stories.values() if story.named]
    return Slip(
        change.kind,
        is_primary(content, change.span),
        ticked,
        frozenset(key[0] for key in fresh),
        first=any(one.figure in here for one in suspects[:1]),
        names=len(names),
        right=sum(one <= here for one in names),
    )


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
        yield f"  {kind:20} " + "; ".join(
            f"{name} {share(sum(bool(one.heard & levels) for one in some), len(some))}" for name, levels in LEVELS[:2]
        )


def diagnosed(found: Sequence[Slip]) -> Iterator[str]:
    """Of what errors and warnings find: the true figure first, single names that are right, lines named as such."""
    loud = [one for one in found if one.heard & {"error", "warning"}]
    figures, lines = [one for one in loud if one.kind in FIGURES], [one for one in loud if one.kind in LINES]
    yield f"  true figure first    {share(sum(one.first for one in figures), len(figures))}"
    yield f"  single names right   {share(sum(one.right for one in figures), sum(one.names for one in figures))}"
    for kind in LINES:
        some = [one for one in lines if one.kind == kind]
        yield f"  {kind + ', named as such':28} {share(sum(one.named for one in some), len(some))}"


# ---- inferred sums and the objections to them ------------------------------------------------------------------------


@frozen
class Seen:
    """What is seen of the sums that are broken once: of one document as published (no kind), or on the figure of one
    slip that was made in it."""

    company: str
    kind: str
    broken: tuple[Broken, ...]


SLIPPED = ("digit", "transposition", "drop", "stale", "other", "digit", "sign", "scale", "one column")


def drafts(statement: Statement) -> list[Draft]:
    """The sums of one table."""
    return [*down_sums(statement), *across_sums(statement)]


def observations(document: tuple[str, str, bytes], rng: random.Random, wanted: int) -> Iterator[Seen]:
    """What is seen of one document (company, name, bytes) as published, then with each slip that is made in it."""
    company, name, content = document
    release = extract(read(name, content))
    found = [(statement, drafts(statement)) for statement in release.statements]
    forced = forces_sums(draft for _, several in found for draft in several if not draft.fit.apart)
    yield Seen(
        company,
        "",
        tuple(
            observed(draft, draft.fit.broken[0], forced) for _, several in found for draft in several if _once(draft)
        ),
    )
    ticked = {
        figure
        for _, several in found
        for draft in several
        if draft.slip is None
        for case in draft.fit.holding
        for figure in _ids(draft, case)
    }
    cells = [
        (statement, line, at)
        for statement, _ in found
        for line in statement.lines
        for at, one in enumerate(line.figures)
        if one and one.id in ticked
    ]
    cells = [cell for cell in cells if _slippery(cell[1].figures[cell[2]])]
    for number, (statement, line, at) in enumerate(rng.sample(cells, min(wanted, len(cells)))):
        kind = SLIPPED[number % len(SLIPPED)]
        alone = kind == "one column"
        typed = _typed(statement, (line, at), "digit" if alone else kind, rng)
        touched = line.figures[at]
        assert touched is not None
        hit = [
            draft
            for draft in drafts(_one_column(typed, at) if alone else typed)
            if _once(draft) and touched.id in _ids(draft, draft.fit.broken[0])
        ]
        yield Seen(company, kind, tuple(observed(draft, draft.fit.broken[0], forced) for draft in hit))


def _once(draft: Draft) -> bool:
    return draft.slip is None and draft.fit.exchanged is None and len(draft.fit.broken) == 1


def _slippery(figure: object) -> bool:
    return (
        bool(getattr(figure, "additive", False))
        and len(str(abs(int(getattr(figure, "value", 0) or 0) // max(int(getattr(figure, "step", 1) or 1), 1)))) >= 4
    )


def _ids(draft: Draft, case: Case) -> set[str]:
    fit = draft.fit
    return {
        figure.id
        for item in (fit.total, *(item for _, item in fit.terms))
        if (figure := draft.grid.figures[item][case.case]) is not None
    }


def _typed(statement: Statement, cell: tuple[Line, int], kind: str, rng: random.Random) -> Statement:
    line, at = cell
    figure = line.figures[at]
    assert figure is not None and figure.value is not None
    step = figure.step or Decimal(1)
    digits = str(abs(int(figure.value / step)))
    place = rng.randrange(len(digits) - 1)
    new = {
        "digit": (
            digits[:place] + rng.choice([one for one in "123456789" if one != digits[place]]) + digits[place + 1 :]
        ),
        "transposition": digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :],
        "drop": digits[:place] + digits[place + 1 :],
        "sign": digits,
        "scale": digits + "000",
        "stale": next((other for other in _amounts(line, step) if other != digits), digits[::-1]),
        "other": rng.choice("123456789") + "".join(rng.choice("0123456789") for _ in digits[1:]),
    }[kind]
    sign = (-1 if figure.value < 0 else 1) * (-1 if kind == "sign" else 1)
    figures = tuple(
        evolve(figure, value=Decimal(int(new)) * step * sign) if place == at else one
        for place, one in enumerate(line.figures)
    )
    return evolve(
        statement,
        lines=tuple(evolve(one, figures=figures) if one.index == line.index else one for one in statement.lines),
    )


def _amounts(line: Line, step: Decimal) -> list[str]:
    return [
        str(abs(int(one.value / step)))
        for one in line.figures
        if one is not None and one.value is not None and one.value.is_finite()
    ]


def _one_column(statement: Statement, at: int) -> Statement:
    lines = tuple(
        evolve(line, figures=tuple(one if place == at else None for place, one in enumerate(line.figures)))
        for line in statement.lines
    )
    return evolve(statement, lines=lines)


def voice(seen: Seen, objections: Sequence[Objection] = OBJECTIONS, more: int = 0) -> list[Severity]:
    """How loud each of its sums is, where every slip is believed by so many bits more."""
    shifted = [evolve(one, keyed=one.keyed + more) for one in seen.broken]
    return [severity(one, objections) for one in shifted if reason(one, objections) is not None]


def weighed(seen: Sequence[Seen]) -> Iterator[str]:
    """What the sums say, by severity and by half of the companies; the curve; what each objection costs and saves."""
    published, made = [one for one in seen if not one.kind], [one for one in seen if one.kind]
    documents = max(len(published), 1)
    halves = [[one for one in made if _half(one.company) == half] for half in (0, 1)]
    for name, levels in LEVELS[:2]:
        alarms = [level for one in published for level in voice(one) if level in levels]
        found = [share(sum(not levels.isdisjoint(voice(one)) for one in part), len(part)) for part in (made, *halves)]
        yield (
            f"  {name:20} {len(alarms):3} published sums speak, {len(alarms) / documents:.3f} a document; slips "
            f"found {found[0]}"
        )
        yield f"  {'':20} in one half of the companies {found[1]}, in the other {found[2]}"
    for kind in dict.fromkeys(SLIPPED):
        some = [one for one in made if one.kind == kind]
        yield f"  {kind:20} {share(sum(bool(voice(one)) for one in some), len(some))}"
    yield "the curve: every slip believed by so many bits more"
    for more in (-6, -4, -2, -1, 0, 1, 2, 4):
        alarms = [level for one in published for level in voice(one, more=more)]
        heard = share(sum(bool(voice(one, more=more)) for one in made), len(made))
        yield f"  {more:+3} bits: {len(alarms):3} alarms, {alarms.count('error')} of them errors; found {heard}"
    yield "each objection left out: published sums and slips that speak more, or speak louder"
    before = (
        Counter(level for one in published for level in voice(one)),
        sum(bool(voice(one)) for one in made),
        sum("error" in voice(one) for one in made),
    )
    for objection in OBJECTIONS:
        fewer = [one for one in OBJECTIONS if one.name != objection.name]
        alarms_now = Counter(level for one in published for level in voice(one, fewer))
        found_now = (
            sum(bool(voice(one, fewer)) for one in made) - before[1],
            sum("error" in voice(one, fewer) for one in made) - before[2],
        )
        more_alarms = sum(alarms_now.values()) - sum(before[0].values()), alarms_now["error"] - before[0]["error"]
        cost = (
            f"{more_alarms[0]:+4} alarms ({more_alarms[1]:+} errors) {found_now[0]:+4} slips ({found_now[1]:+} by "
            "errors)"
        )
        yield f"  {objection.name:14} {cost}   {objection.why}"
    wrong = {row["document"].partition("/")[0] for row in confirmed()}
    told = [(one.company, one.broken) for one in published if one.company not in wrong]
    slips = [(one.company, one.broken) for one in made if one.kind != "one column"]
    yield from reliability(collected(told, slips), {one.company: _half(one.company) for one in seen})


def _half(company: str) -> int:
    return crc32(company.encode()) % 2


# ---- all of it -------------------------------------------------------------------------------------------------------


def confirmed() -> list[dict[str, str]]:
    """The errors of published documents that were read and confirmed, a row each."""
    with Path(__file__).with_name("known.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


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
    """Print the curve and the kinds, of the whole program or of sums alone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch", choices=["first", "second", "both"], default="first")
    parser.add_argument("--every", type=int, default=4, help="every so many documents")
    parser.add_argument("--only", default="", help="documents whose path this pattern finds")
    parser.add_argument("--copies", type=int, default=6)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--known", type=Path, default=Path(__file__).with_name("known.csv"))
    parser.add_argument("--sums", action="store_true", help="inferred sums alone")
    parser.add_argument("--alarms", action="store_true", help="list every alarm")
    options = parser.parse_args()
    begun = time.process_time()
    folders = {"first": [root()], "second": [root() / "second"], "both": [root(), root() / "second"]}[options.batch]
    texts = [one for folder in folders for one in files(folder, ["a_release", "b_filing"]) if one.is_text]
    chosen = [one for one in texts if re.search(options.only, one.path.as_posix())][:: options.every]
    copies, lines = _sums(chosen, options) if options.sums else _whole(chosen, options)
    print(
        f"{options.batch} batch, every {options.every}: {len(chosen)} documents of "
        f"{len({one.company for one in chosen})} companies, {copies} copies"
    )
    print("\n".join(lines))
    print(f"\n{time.process_time() - begun:.0f} s of processor time")


def _sums(chosen: Sequence[Filed], options: argparse.Namespace) -> tuple[int, list[str]]:
    seen: list[Seen] = []
    for one in chosen:
        with forgetting():
            seen += observations(
                (one.company, one.name, one.content()), random.Random(f"{options.seed}|{one.name}"), options.copies
            )
    return sum(bool(one.kind) for one in seen), list(weighed(seen))


def _whole(chosen: Sequence[Filed], options: argparse.Namespace) -> tuple[int, list[str]]:
    rulebook, confirmed = load([]), known(options.known if options.known.exists() else None)
    found: list[Slip] = []
    alarms: Counter[str] = Counter()
    true: list[str] = []
    for one in chosen:
        checked = check(one.name, one.content(), rulebook)
        for finding in checked.findings:
            if finding.verdict == "violation" and is_known(one.path.as_posix(), finding, confirmed):
                true.append(finding.message)
            elif finding.verdict == "violation":
                alarms[finding.severity or ""] += 1
                if options.alarms and finding.severity != "note":
                    print(
                        f"alarm: {one.company}/{one.name} {finding.severity} {finding.check.rule} | "
                        f"{finding.check.period} | {finding.message}"
                    )
        found += slips(one, checked, rulebook, options)
    return len(found), [
        f"  known errors of these documents that are told: {len(true)}",
        *curve(found, alarms, len(chosen)),
        "of what is found:",
        *diagnosed(found),
    ]


if __name__ == "__main__":
    main()
