"""Claims of running text, measured: what is linked, what is noticed when one is corrupted, alarms on published releases, and the time prose costs.

python benchmarks/claims.py [FOLDER]       FOLDER holds published releases (text, Markdown, HTML, also gzipped); without it only the example is measured
"""

from __future__ import annotations

import gzip
import sys
import time
from collections import Counter
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from checker.bind.claims import bind_claims, linked
from checker.bind.index import Lines, Names
from checker.bind.lookup import Book
from checker.core.release import Release
from checker.core.rule import Rulebook
from checker.evaluate import evaluate
from checker.extract import extract
from checker.extract.prose import claims
from checker.language import load
from checker.read import read
from tests.prose.corruption import corruptions, links_of

_EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "fusion-2013q1.md"
_LARGEST = 3_000_000


def main() -> None:
    """Print every measurement."""
    rulebook = load((), True)
    content = _EXAMPLE.read_bytes()
    _example(content, rulebook)
    if len(sys.argv) > 1:
        _published(Path(sys.argv[1]), rulebook)


def alarms(release: Release, rulebook: Rulebook) -> list[str]:
    """The violations that claims raise, notes aside."""
    return [
        f"{finding.check.relation}: {finding.message}"
        for finding in evaluate(bind_claims(release, rulebook))
        if finding.verdict == "violation" and finding.severity != "note"
    ]


def _example(content: bytes, rulebook: Rulebook) -> None:
    release = extract(read("example.md", content))
    links = links_of(release, rulebook)
    print(f"example: {len(release.claims)} mentions, {len(links)} linked, {sum(one.off for one in links)} of them off, {len(alarms(release, rulebook))} alarms")
    noticed, tried = Counter[str](), Counter[str]()
    for corruption in {(one.start, one.end, one.replacement): one for one in corruptions(content, links)}.values():
        tried[corruption.kind] += 1
        found = bool(alarms(extract(read("example.md", corruption.applied(content))), rulebook))
        noticed[corruption.kind] += found
        if not found:
            print(f"  not noticed: {corruption.kind}, {corruption.claim!r} -> {corruption.replacement.decode()[:60]!r}")
    for kind, number in tried.items():
        print(f"corrupted, {kind}: {noticed[kind]} of {number} noticed")
    print(f"corrupted: {noticed.total()} of {tried.total()} noticed ({100 * noticed.total() / tried.total():.1f} %)")


def _published(folder: Path, rulebook: Rulebook) -> None:
    totals = Counter[str]()
    prose = seconds = linking = 0.0
    for path in sorted(folder.rglob("*")):
        name = path.name.removesuffix(".gz")
        if not path.is_file() or not name.endswith((".htm", ".html", ".txt", ".md")):
            continue
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        if len(content) > _LARGEST:
            continue
        release = extract(read(name, content))
        ids = count(1)
        begin = time.process_time()
        claims(release.paragraphs, release.statements, lambda ids=ids: f"p{next(ids)}")  # type: ignore[misc]
        middle = time.process_time()
        links = linked(release.claims, Book(Lines(release), Names(rulebook)))
        end = time.process_time()
        prose += sum(len(paragraph.text) for paragraph in release.paragraphs)
        seconds, linking = seconds + middle - begin, linking + end - middle
        tied = {one.claim.figure.id for one in links}
        totals["documents"] += 1
        totals["linked, by words"] += sum(one.basis == "words" and not one.off for one in links)
        totals["linked, by words, off"] += sum(one.basis == "words" and one.off for one in links)
        totals["linked, by value"] += sum(one.basis == "value" for one in links)
        totals["not linked"] += sum(claim.figure.id not in tied and claim.figure.period is not None and bool(claim.figure.caption) for claim in release.claims)
        totals["no claim (no metric or no period)"] += sum(
            claim.figure.id not in tied and (claim.figure.period is None or not claim.figure.caption) for claim in release.claims
        )
        for alarm in alarms(release, rulebook):
            totals["alarms"] += 1
            print(f"  alarm: {path.name}: {alarm}")
    mentions = sum(number for key, number in totals.items() if key not in ("documents", "alarms"))
    for key, number in sorted(totals.items()):
        print(f"{key}: {number}" + (f" ({100 * number / mentions:.1f} %)" if key not in ("documents", "alarms") else ""))
    print(f"reading prose: {1000 * seconds / (prose / 20_000):.1f} ms for 20 KB; linking: {1000 * linking / (prose / 20_000):.1f} ms for 20 KB")


if __name__ == "__main__":
    main()
