"""The corpus of real documents as benchmarks use it: where it is, what it holds, which half of the companies a document
belongs to, intervals of shares.

The corpus is named by the environment variable TIEOUT_CORPUS; nothing of it is kept in the project.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import math
import os
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

SUFFIXES = {".htm", ".html", ".xhtml", ".txt", ".md"}
"""Documents of text and HTML."""


@frozen
class Filed:
    """One file of the corpus: its class (`a_release`, `b_filing`, ...), its company's key and what the manifest says it
    is."""

    path: Path
    group: str
    company: str
    kind: str

    @property
    def name(self) -> str:
        """Its name without the suffix of the packing."""
        return self.path.name.removesuffix(".gz")

    @property
    def is_text(self) -> bool:
        """Whether it is text or HTML by its name."""
        return Path(self.name).suffix.lower() in SUFFIXES

    def content(self) -> bytes:
        """Its bytes, unpacked."""
        body = self.path.read_bytes()
        return gzip.decompress(body) if self.path.suffix == ".gz" else body


def root() -> Path:
    """The folder that TIEOUT_CORPUS names; without it the benchmark has nothing to measure, says so and ends well, so
    that others go on."""
    folder = os.environ.get("TIEOUT_CORPUS")
    if not folder:
        print("nothing was measured: set TIEOUT_CORPUS to the folder of the corpus")
        sys.exit(0)
    return Path(folder)


def files(folder: Path, groups: Sequence[str]) -> Iterator[Filed]:
    """The documents of these classes in the order of their paths; none where the corpus has no folder of that name."""
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as listing:
        kinds = {row["path"]: row["kind"] for row in csv.DictReader(listing)}
    for group in groups:
        for path in sorted((folder / "docs" / group).rglob("*")):
            if path.is_file():
                yield Filed(path, group, path.parent.name, kinds.get(path.relative_to(folder).as_posix(), ""))


def half(company: str, seed: str) -> str:
    """Which half of the companies one belongs to, by the seed."""
    return "first" if hashlib.sha256(f"{seed}|{company}".encode()).digest()[0] % 2 else "second"


def sampled(found: Sequence[Filed], count: int, seed: str) -> list[Filed]:
    """That many of them, drawn by the seed, in their order; all where there are no more."""
    drawn = set(random.Random(seed).sample(range(len(found)), min(count, len(found))))
    return [one for at, one in enumerate(found) if at in drawn]


def share(part: int, whole: int) -> str:
    """A percentage with its counts and the interval that Wilson's score puts around it (95 %; Wilson 1927, JASA
    22:209)."""
    if not whole:
        return "none"
    ratio, z = part / whole, 1.959964
    middle = (ratio + z * z / (2 * whole)) / (1 + z * z / whole)
    margin = z / (1 + z * z / whole) * math.sqrt(ratio * (1 - ratio) / whole + z * z / (4 * whole * whole))
    return (
        f"{100 * ratio:5.1f} % ({part}/{whole}; {100 * max(0.0, middle - margin):.1f} to "
        f"{100 * min(1.0, middle + margin):.1f})"
    )
