"""How long reading a page takes, measured against a bare lxml parse of the same bytes (the claim: at most about four times as long).

Run it with the folder of pages in TIEOUT_CORPUS: `python benchmarks/read.py`. It prints one line a page and the ratio over all of them.
"""

from __future__ import annotations

import gzip
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from checker.core.document import Table
from checker.read import read

ROUNDS = 3


def best(work: Callable[[], object]) -> float:
    """The shortest of a few runs, in milliseconds of processor time."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times) * 1000


def main() -> int:
    """Measures every page of the corpus."""
    corpus = os.environ.get("TIEOUT_CORPUS")
    if not corpus:
        print("TIEOUT_CORPUS names no folder of pages", file=sys.stderr)
        return 2
    print(f"{'page':44} {'MB':>5} {'lxml ms':>8} {'read ms':>8} {'ratio':>6} {'tables':>6}")
    parsed = taken = size = 0.0
    for path in sorted(Path(corpus, "docs").rglob("*.htm*")):
        content = path.read_bytes()
        content = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        if len(content) < 200_000:
            continue
        bare = best(lambda content=content: etree.fromstring(content, etree.HTMLParser(huge_tree=True)))  # type: ignore[misc]
        ours = best(lambda content=content, path=path: read(path.name, content))  # type: ignore[misc]
        tables = sum(isinstance(block, Table) for block in read(path.name, content).blocks)
        print(f"{path.name[:44]:44} {len(content) / 1e6:5.2f} {bare:8.1f} {ours:8.1f} {ours / bare:6.1f} {tables:6}")
        parsed, taken, size = parsed + bare, taken + ours, size + len(content) / 1e6
    print(f"{'all':44} {size:5.1f} {parsed:8.1f} {taken:8.1f} {taken / parsed if parsed else 0:6.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
