"""Rules by segment on published documents: how many give a measure by segment, what the rules say of them, and which
falsified figures only they find.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.segments [--mutants 3] [--seed 1]

The rules are written for the test: the measures that issuers break down, each as the sum of its segments, and relations
that hold in each segment. A published document is taken to be right, so every violation above note is an alarm. Then
single figures of segments in agreeing sums are falsified, one a copy: found by the shipped rules alone, or with the
rules by segment beside them.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import Filed, files, root, share
from benchmarks.detection import resting, told
from benchmarks.mutations import KINDS, applied, drawn, of_figures
from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check

GROUPS = ("a_release", "b_filing", "b_xbrl", "d_fsds", "e_nonus", "x_xlsx")
MEASURES = (
    *(
        "Revenues",
        "Operating income",
        "Net income",
        "Income before income taxes",
        "Gross profit",
        "Operating expenses",
        "Noninterest expense",
    ),
    *(
        "Noninterest income",
        "Provision for credit losses",
        "Income tax expense",
        "Depreciation and amortization",
        "Capital expenditures",
        "Total assets",
    ),
)
IN_EACH = {
    "operating-income": "Operating income = Revenues - Operating expenses",
    "gross-profit": "Gross profit = Revenues - Cost of revenues",
    "net-income": "Net income = Income before income taxes - Income tax expense",
    "operating-margin": "Operating margin[as printed] = Operating income / Revenues",
    "pre-tax-margin": "Pre-tax income margin = Pre-tax income from continuing operations / Revenue",
    "below-revenues": "Operating income <= Revenues",
}


def written() -> str:
    """The rules of the test, as an auditor would write them."""
    sums = [
        f"rule sum-{measure.lower().replace(' ', '-')}\n    {measure} = sum of segments of {measure}"
        for measure in MEASURES
    ]
    return "\n".join(
        [*sums, *(f"rule {name}\n    {relation}\n    in each segment" for name, relation in IN_EACH.items())]
    )


def own(checked: Checked) -> list[Finding]:
    """What the rules of the test say, also where another rule says it first."""
    return [
        one
        for one in checked.findings
        if any(name.startswith("segments/") for name in (one.check.rule, *one.check.also))
    ]


def kind_of(finding: Finding) -> str:
    """Which rule of the test it is."""
    return next(
        name for name in (finding.check.rule, *finding.check.also) if name.startswith("segments/")
    ).removeprefix("segments/")


def told_apart(found: Sequence[tuple[str, Finding]]) -> list[str]:
    """One line for each rule: documents and relations judged, and the verdicts."""
    lines = []
    for rule in (*(f"sum-{measure.lower().replace(' ', '-')}" for measure in MEASURES), *IN_EACH):
        mine = [(name, one) for name, one in found if kind_of(one) == rule]
        judged = [(name, one) for name, one in mine if one.verdict != "not applicable"]
        bound = {
            name
            for name, one in mine
            if one.verdict != "not applicable" or not (one.reason or "").startswith("no table")
        }
        counts = Counter(
            "note" if one.severity == "note" and one.verdict == "violation" else one.verdict for _, one in judged
        )
        lines.append(
            f"{rule:36}{len(bound):5}{len({name for name, _ in judged}):8}{len(judged):10}"
            f"{counts['agrees']:8}{counts['rounding']:10}{counts['note']:6}{counts['violation']:8}"
        )
    return lines


def parts(checked: Checked) -> list[Figure]:
    """The figures of segments in the sums that hold."""
    holding = [one for one in own(checked) if one.verdict == "agrees" and kind_of(one).startswith("sum-")]
    return list({figure.id: figure for one in holding for figure in one.check.figures[1:]}.values())


def falsified(
    document: Filed, published: tuple[Checked, Checked], books: tuple[Rulebook, Rulebook], options: argparse.Namespace
) -> list[tuple[str, bool, bool]]:
    """For each falsified figure of a segment its kind, and whether the shipped rules alone, or with those by segment,
    find it."""
    content, rng = document.content(), random.Random(f"{options.seed}|{document.company}/{document.name}")
    found = []
    for change in drawn(content, of_figures(content, parts(published[1])), options.mutants, rng):
        copies = tuple(check(document.name, applied(content, change), book) for book in books)
        seen = [
            len(resting(copy, change.now_at)) > len(resting(before, change.span))
            for before, copy in zip(published, copies, strict=True)
        ]
        found.append((change.kind, seen[0], seen[1]))
    return found


def main() -> None:
    """Prints what the rules say of published documents and, by kind of slip, which falsified figures of segments are
    found."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--mutants", type=int, default=3)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    start, folder = time.process_time(), root()
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "segments.rules").write_text(written(), encoding="utf-8")
        books = load([]), load([Path(place) / "segments.rules"])
    documents = list(files(folder, GROUPS))
    found: list[tuple[str, Finding]] = []
    outcomes: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for document in documents:
        published = check(document.name, document.content(), books[1])
        found += [(f"{document.company}/{document.name}", one) for one in own(published)]
        if parts(published):
            before = check(document.name, document.content(), books[0])
            for kind, alone, beside in falsified(document, (before, published), (books[0], books[1]), options):
                outcomes[kind].append((alone, beside))
    print(f"{len(documents)} documents")
    print(f"{'rule':36}{'given':>5}{'judged':>8}{'relations':>10}{'agree':>8}{'rounding':>10}{'notes':>6}{'alarms':>8}")
    print("\n".join(told_apart(found)))
    for name, one in found:
        if one.verdict == "violation":
            print(f"{one.severity}: {name} | {told(one)}")
    print(f"\nfalsified figures of segments{'shipped rules alone':>34}{'with rules by segment':>44}")
    for kind in (*KINDS, "all"):
        several = outcomes[kind] if kind != "all" else [one for group in outcomes.values() for one in group]
        columns = [share(sum(one[at] for one in several), len(several)) for at in (0, 1)]
        print(f"{kind:29}{columns[0]:>34}{columns[1]:>44}")
    print(f"{time.process_time() - start:.0f} s of processor time")


if __name__ == "__main__":
    main()
