"""How much of a release the named rules test: decisions of rules that state a relation of accounting in words, by
document and kind of issuer, and the share of the figures of primary statements that such a rule tests.

Left out are the sentences that speak of any table (`structure`), of the text (`prose`) and of tags. A decision is one
relation in one column that agrees, differs by rounding or is violated; where two rules say the same it counts once. The
kind of an issuer is read from its captions and is a guess. `--every N` takes each Nth document of the corpus.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median

from attrs import field, frozen

from benchmarks import corpus
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.core.statement import PRIMARY
from checker.language import load
from checker.pipeline import check

GROUPS = ("a_release", "b_filing", "e_nonus")
NAMED = ("us-gaap/", "ifrs/")
KINDS: tuple[tuple[str, str], ...] = (
    ("bank", r"^(?:total )?deposits$|net interest income"),
    ("insurer", r"premiums earned|^(?:net )?premiums$|losses and loss adjustment"),
    ("real estate", r"funds from operations|^rental (?:income|revenues?)|^real estate, net"),
    ("utility", r"^electric|utility plant|purchased power"),
    ("trade and industry", r"^(?:total )?(?:gross (?:profit|margin)|cost of (?:sales|goods|revenues?|products?)\b)"),
    ("biotechnology", r"^research and development"),
)
"""In this order: the first whose captions a document prints."""
OTHER = "other"


@frozen
class Seen:
    """One document: what named rules decided, and which figures of its primary statements they test."""

    kind: str
    decided: int
    violated: int
    primary: int
    tested: int
    by_statement: dict[str, tuple[int, int]] = field(factory=dict)
    verdicts: tuple[tuple[str, str], ...] = ()
    """Of each decision, the rules that say it and the verdict; one row a rule."""


def kind(captions: Iterable[str]) -> str:
    """What sort of issuer prints these captions."""
    printed = [caption.strip().lower() for caption in captions]
    return next((name for name, words in KINDS if any(re.search(words, one) for one in printed)), OTHER)


def seen(checked: Checked, group: str) -> Seen:
    """What the named rules made of one document."""
    named = [
        one
        for one in checked.findings
        if one.verdict != "not applicable" and any(rule.startswith(NAMED) for rule in (one.check.rule, *one.check.also))
    ]
    tested = {figure.id for one in named for figure in one.check.figures}
    primary = [one for one in checked.figures if one.origin == "table" and one.statement in PRIMARY and one.value]
    counts: dict[str, tuple[int, int]] = {}
    for figure in primary:
        all_, hit = counts.get(figure.statement or "", (0, 0))
        counts[figure.statement or ""] = (all_ + 1, hit + (figure.id in tested))
    return Seen(
        "outside the United States" if group == "e_nonus" else kind(one.caption for one in checked.figures),
        len(named),
        sum(one.verdict == "violation" and one.severity == "error" for one in named),
        len(primary),
        sum(one.id in tested for one in primary),
        counts,
        tuple(
            (rule.partition("#")[0], one.verdict)
            for one in named
            for rule in (one.check.rule, *one.check.also)
            if rule.startswith(NAMED)
        ),
    )


def walked(folder: Path, every: int, book: Rulebook) -> Iterator[tuple[str, Seen]]:
    """Each document of text or HTML of the sample, with its class."""
    found = [one for one in corpus.files(folder, GROUPS) if one.is_text]
    for one in found[::every]:
        yield one.group, seen(check(one.name, one.content(), book), one.group)


def table(rows: Iterable[Seen]) -> list[str]:
    """A line for each kind of issuer, and one for all."""
    grouped: dict[str, list[Seen]] = defaultdict(list)
    for row in rows:
        grouped[row.kind].append(row)
        grouped["all"].append(row)
    lines = [f"{'':26}{'documents':>10}{'decisions, median':>19}{'none':>6}{'errors':>8}{'primary figures tested':>24}"]
    for name in (*sorted(set(grouped) - {"all"}), "all"):
        own = grouped[name]
        primary, tested = sum(one.primary for one in own), sum(one.tested for one in own)
        share = f"{tested:,} of {primary:,} {tested / max(primary, 1):.0%}"
        none = sum(not one.decided for one in own)
        middle = median(one.decided for one in own)
        lines.append(f"{name:26}{len(own):10}{middle:19g}{none:6}{sum(one.violated for one in own):8}{share:>24}")
    return lines


def statements(rows: Iterable[Seen]) -> list[str]:
    """A line for each kind of primary statement."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        for name, (all_, hit) in row.by_statement.items():
            counts[name][0] += all_
            counts[name][1] += hit
    return [f"{name:26}{hit:10,} of {all_:,} {hit / all_:.0%}" for name, (all_, hit) in sorted(counts.items())]


def by_file(rows: Sequence[Seen], book: Rulebook) -> list[str]:
    """A line for each file of the library: how many of its rules were judged, in how many documents, with what
    result."""
    ids = [one.id for one in (*book.rules, *book.definitions) if one.id.startswith(NAMED)]
    lines = [f"{'':34}{'rules':>6}{'judged':>8}{'documents':>11}{'agree':>8}{'rounding':>10}{'violated':>10}"]
    for name in sorted({one.rpartition("/")[0] for one in ids}):
        said = [(at, rule, verdict) for at, row in enumerate(rows) for rule, verdict in row.verdicts]
        own = [one for one in said if one[1].rpartition("/")[0] == name]
        counts = Counter(verdict for _, _, verdict in own)
        judged, documents = len({rule for _, rule, _ in own}), len({at for at, _, _ in own})
        lines.append(
            f"{name:34}{sum(one.rpartition('/')[0] == name for one in ids):6}{judged:8}{documents:11}"
            f"{counts['agrees']:8,}{counts['rounding']:10,}{counts['violation']:10,}"
        )
    return lines


def main() -> None:
    """Prints the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--every", type=int, default=1)
    every = asked.parse_args().every
    folder = corpus.root()
    book = load([])
    found: list[tuple[str, Seen]] = []
    for batch in (folder, folder / "second"):
        if (batch / "manifest.csv").is_file():
            found += walked(batch, every, book)
    rules = sum(rule.id.startswith(NAMED) for rule in book.rules)
    print(f"{rules} named rules; {len(found)} documents, each {every}th of both batches, all looked at before")
    for name, groups in (("releases", ("a_release",)), ("filings and documents from elsewhere", GROUPS[1:])):
        own = [one for group, one in found if group in groups]
        if own:
            print("\n".join(("", name, *table(own))))
    print("\n".join(("", "by file of the library", *by_file([one for _, one in found], book))))
    print("\n".join(("", "by statement", *statements(one for _, one in found))))


if __name__ == "__main__":
    main()
