"""How well sums are inferred: total rows explained, agreement with calculation linkbases, alarms on published
documents, corruptions that are seen.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.structure [--mutants 10] [--seed 1]

Documents are parted in two halves by company and seed. Thresholds were tuned on the half "tuned"; the other is what to
believe. Corruptions change one figure in memory (four keying slips, and another amount of the same length), so that
nothing but the inference and its licences is measured.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from attrs import evolve

from benchmarks.corpus import root
from checker.core.figure import Figure
from checker.core.release import Release
from checker.core.statement import PRIMARY, Statement
from checker.core.structure import Sum
from checker.core.unit import PERCENT
from checker.extract import extract
from checker.read import read
from checker.structure import infer

SUFFIXES = {".htm", ".html", ".xhtml", ".txt", ".md"}
THREE = frozenset({"balance sheet", "income statement", "cash flow"})
KINDS = ("digit", "transpose", "drop", "stale", "other")
THOUSANDS = re.compile(r"\d[,.]\d{3}(?!\d)")
TOTAL = re.compile(r"total\b", re.IGNORECASE)
IX = re.compile(rb"<ix:nonFraction\b([^>]*)>", re.IGNORECASE)
NAME = re.compile(rb'\bname="([^"]+)"')
ARC = re.compile(r"<[^>]*calculationArc\b[^>]*>")
LOCATOR = re.compile(r"<[^>]*:loc\b[^>]*>")


def documents(corpus: Path) -> Iterator[tuple[str, str, bytes]]:
    """Company, name and content of every document that is text or HTML."""
    for path in sorted((corpus / "docs").rglob("*")):
        name = path.name.removesuffix(".gz")
        if path.is_file() and Path(name).suffix.lower() in SUFFIXES:
            body = path.read_bytes()
            yield path.parent.name, name, gzip.decompress(body) if path.suffix == ".gz" else body


def half(company: str, seed: int) -> str:
    """Which half a company belongs to."""
    return "unseen" if hashlib.sha256(f"{seed} {company}".encode()).digest()[0] % 2 else "tuned"


def primary(statement: Statement) -> bool:
    """Whether a table is a primary statement of some size."""
    return statement.kind in PRIMARY and len(statement.lines) >= 14


def places(statement: Statement, tagged: bool) -> Iterator[str]:
    """What a total row of a table is counted under. Supplements of banks print rows of totals without their addends, so
    tagged filings are told apart."""
    yield "all tables"
    if primary(statement):
        yield "primary statements"
    if tagged:
        yield "tables of tagged filings"
    if tagged and primary(statement) and statement.kind in THREE:
        yield "the three statements of tagged filings"


def total_rows(release: Release, tagged: bool, tally: Counter[str]) -> None:
    """Lines called a total that hold an additive amount, and how many of them an inferred sum explains."""
    explained = {(each.statement, each.total) for each in release.sums if each.kind in ("total", "roll-forward")}
    for statement in release.statements:
        for line in statement.lines:
            if TOTAL.match(line.caption) and any(
                figure and figure.additive and figure.value for figure in line.figures
            ):
                for place in places(statement, tagged):
                    tally[f"rows {place}"] += 1
                    tally[f"explained {place}"] += (statement.index, line.index) in explained


# ---- linkbases -------------------------------------------------------------------------------------------------------


def arcs(corpus: Path) -> Mapping[str, Mapping[str, set[str]]]:
    """For each company with calculation linkbases: a concept and the concepts that add up to it."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path in sorted((corpus / "docs").rglob("*_cal.xml*")):
        text = (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode(
            "utf-8", "replace"
        )
        names = {
            _attribute(tag, "label"): _attribute(tag, "href").rpartition("#")[2].replace("_", ":", 1)
            for tag in LOCATOR.findall(text)
        }
        for tag in ARC.findall(text):
            found[path.parent.name][names.get(_attribute(tag, "from"), "")].add(names.get(_attribute(tag, "to"), ""))
    return found


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf'\b(?:xlink:)?{name}="([^"]*)"', tag)
    return match.group(1) if match else ""


def below(parts: Mapping[str, set[str]], concept: str) -> set[str]:
    """Every concept that adds up to another, through subtotals."""
    seen: set[str] = set()
    waiting = [concept]
    while waiting:
        for child in parts.get(waiting.pop(), set()) - seen:
            seen.add(child)
            waiting.append(child)
    return seen


def against_linkbase(release: Release, body: bytes, parts: Mapping[str, set[str]], tally: Counter[str]) -> None:
    """Sums whose figures are all tagged with concepts that the linkbase knows: does some member have all others below
    it there?

    The linkbases are often of another year than the document; what a year did not use yet cannot be judged. Nor can
    figures that bear the same concept: dimensions tell them apart, of which calculations say nothing.
    """
    tags = [(match.end(), NAME.search(match.group(1))) for match in IX.finditer(body)]
    starts = {start: name.group(1).decode() for start, name in tags if name}
    concept = {figure.id: name for figure in release.figures if (name := _tag(starts, figure))}
    known = parts.keys() | {child for children in parts.values() for child in children}
    for each in release.sums:
        if each.kind != "total" or not each.instances:
            continue
        names = [concept.get(each.instances[0].total), *(concept.get(name) for _, name in each.instances[0].terms)]
        members = {str(name) for name in names}
        if None in names or len(members) < max(3, len(names)) or not members <= known:
            continue
        tally["in linkbase"] += 1
        tally["against linkbase"] += not any(members - {top} <= below(parts, top) for top in members)


def _tag(starts: Mapping[int, str], figure: Figure) -> str | None:
    begin, end = figure.place.span
    return next((starts[at] for at in range(begin - 2, end + 1) if at in starts), None)


# ---- corruptions -----------------------------------------------------------------------------------------------------


def corrupted(release: Release, kind: str, rng: random.Random) -> tuple[Release, str, bool] | None:
    """The release with one figure changed, that figure's id, and whether it stands in a primary statement; None where
    nothing could be drawn."""
    places = [
        (at, row, column, figure)
        for at, statement in enumerate(release.statements)
        for row, line in enumerate(statement.lines)
        for column, figure in enumerate(line.figures)
        if figure
        and figure.value
        and figure.additive
        and figure.form == "number"
        and THOUSANDS.search(figure.text)
        and figure.unit != PERCENT
    ]
    for at, row, column, figure in rng.sample(places, min(20, len(places))):
        line = release.statements[at].lines[row]
        digits = re.sub(r"\D", "", figure.text)
        others = [
            re.sub(r"\D", "", other.text)
            for other in line.figures
            if other and other is not figure and THOUSANDS.search(other.text)
        ]
        new = typed(digits, kind, rng, others)
        if not new or not new.strip("0") or int(new) == int(digits):
            continue
        assert figure.value is not None
        unit = (abs(figure.value) / Decimal(int(digits))).normalize()
        wrong = evolve(figure, value=unit * int(new) * (1 if figure.value > 0 else -1), text=new)
        lines = list(release.statements[at].lines)
        lines[row] = evolve(
            line, figures=tuple(wrong if place == column else other for place, other in enumerate(line.figures))
        )
        statements = list(release.statements)
        statements[at] = evolve(statements[at], lines=tuple(lines))
        return evolve(release, statements=tuple(statements)), figure.id, primary(release.statements[at])
    return None


def typed(digits: str, kind: str, rng: random.Random, others: list[str]) -> str | None:
    """The digits as a slip of this kind leaves them."""
    if kind == "digit":
        at = rng.randrange(len(digits))
        return digits[:at] + rng.choice([digit for digit in "123456789" if digit != digits[at]]) + digits[at + 1 :]
    if kind == "transpose":
        pairs = [
            at for at in range(len(digits) - 1) if digits[at] != digits[at + 1] and not (at == 0 and digits[1] == "0")
        ]
        at = rng.choice(pairs) if pairs else -1
        return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] if pairs else None
    if kind == "drop":
        at = rng.randrange(1, len(digits))
        return digits[:at] + digits[at + 1 :]
    if kind == "stale":
        return rng.choice(others) if others else None
    return rng.choice("123456789") + "".join(rng.choice("0123456789") for _ in digits[1:])


def speaks(release: Release, figure: str, before: set[tuple[str, ...]]) -> bool:
    """Whether a broken sum or repeat that was not broken before may be called a violation and rests on the figure."""
    return any(figure in members and members not in before for members in loud(release))


def loud(release: Release) -> set[tuple[str, ...]]:
    """The figures of every sum and repeat that may be called a violation."""
    sums = {
        (each.total, *(name for _, name in each.terms))
        for found in release.sums
        for each in found.instances
        if each.licensed and not each.holds
    }
    return sums | {each.figures for each in release.repeats if each.licensed}


def corrupt(release: Release, found: Release, options: tuple[int, str], tally: Counter[str]) -> None:
    """Draws corruptions of one release and counts those that are seen."""
    mutants, seed = options
    rng = random.Random(seed)
    before = loud(found)
    for number in range(mutants):
        kind = KINDS[number % len(KINDS)]
        drawn = corrupted(release, kind, rng)
        if drawn is None:
            continue
        wrong, figure, in_primary = drawn
        seen = speaks(infer(wrong), figure, before)
        slips = (
            ("keying slips", *(("keying slips in primary statements",) if in_primary else ()))
            if kind != "other"
            else ()
        )
        for place in (kind, *slips):
            tally[f"drawn {place}"] += 1
            tally[f"seen {place}"] += seen


# ---- the table -------------------------------------------------------------------------------------------------------


def share(part: int, whole: int) -> str:
    """A percentage with its counts."""
    return f"{100 * part / whole:5.1f} % ({part}/{whole})" if whole else "none"


def show(name: str, tally: Counter[str], seconds: float) -> None:
    """One half, a line each."""
    print(
        f"{name}: {tally['documents']} documents, {tally['tables']} tables, "
        f"{1000 * seconds / max(tally['tables'], 1):.1f} ms a table"
    )
    for place in (
        "primary statements",
        "all tables",
        "the three statements of tagged filings",
        "tables of tagged filings",
    ):
        print(f"  total rows explained, {place:38} {share(tally[f'explained {place}'], tally[f'rows {place}'])}")
    print(f"  sums that the linkbase contradicts      {share(tally['against linkbase'], tally['in linkbase'])}")
    print(
        f"  licensed alarms                         {tally['alarms']} in {tally['loud documents']} documents; "
        f"repeats found {tally['repeats']}"
    )
    for kind in (*KINDS, "keying slips", "keying slips in primary statements"):
        print(f"  seen, {kind:34} {share(tally[f'seen {kind}'], tally[f'drawn {kind}'])}")


def licensed(sums: tuple[Sum, ...]) -> list[str]:
    """The relations that raise an alarm."""
    return [
        each.relation for each in sums if any(instance.licensed and not instance.holds for instance in each.instances)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alarms", action="store_true", help="list every alarm")
    options = parser.parse_args()
    corpus = root()
    links = arcs(corpus)
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    seconds: Counter[str] = Counter()
    for company, name, body in documents(corpus):
        part = half(company, options.seed)
        tally = tallies[part]
        release = extract(read(name, body))
        began = time.perf_counter()
        found = infer(release)
        seconds[part] += time.perf_counter() - began  # type: ignore[assignment]
        tally.update(documents=1, tables=len(release.statements), repeats=len(found.repeats), alarms=len(loud(found)))
        tally["loud documents"] += bool(loud(found))
        if options.alarms:
            for relation in licensed(found.sums):
                print(f"alarm {part} {company}/{name}: {relation[:160]}")
        total_rows(found, IX.search(body) is not None, tally)
        if company in links:
            against_linkbase(found, body, links[company], tally)
        corrupt(release, found, (options.mutants, f"{options.seed} {name}"), tally)
    print(f"seed {options.seed}, {options.mutants} corruptions a document")
    for part in ("tuned", "unseen"):
        show(part, tallies[part], seconds[part])


if __name__ == "__main__":
    main()
