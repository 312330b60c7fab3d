"""How long a page takes from its bytes to its findings, stage by stage, beside a bare lxml parse of the same bytes in
the same run.

The aim is eight times as long; the table says how far from it the program is. The tokens that reading HTML starts from
stand beside the parse. And how much memory a run over many documents holds on to: no more than its largest document
needs.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.speed
"""

from __future__ import annotations

import gc
import gzip
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lxml.html
from turbohtml import tokenize

from benchmarks.corpus import root
from checker.bind import bind
from checker.cli import SELDOM
from checker.core.remembered import forgetting
from checker.core.rule import Rulebook
from checker.diagnose import diagnose
from checker.evaluate import cover, evaluate, summarise
from checker.extract import extract
from checker.language import load
from checker.read import read
from checker.structure import infer

LEAST = 200_000
"""Bytes: smaller pages say more about the clock than about the program; for memory a third will do."""
COPIES = 200
BARE = ("lxml", "tokens")
"""What others do with the same bytes: a tree, and a list of tags and texts with their places."""
OURS = ("read", "extract", "structure", "bind", "evaluate", "diagnose", "cover")
STAGES = (*BARE, *OURS)


class Clock:
    """Milliseconds of processor time by stage: the machine may be shared."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(STAGES, 0.0)

    def __call__(self, stage: str, work: Callable[[], Any]) -> Any:
        """What the work answers; what it took is added to its stage."""
        began = time.process_time()
        answer = work()
        self.spent[stage] += 1000 * (time.process_time() - began)
        return answer

    def row(self, megabytes: float) -> str:
        """Each stage in milliseconds a megabyte, their sum, and how many bare parses that is."""
        ours = sum(self.spent[stage] for stage in OURS)
        each = "".join(f"{self.spent[stage] / megabytes:10.1f}" for stage in STAGES)
        return f"{megabytes:6.2f}{each}{ours / megabytes:9.1f}{ours / self.spent['lxml']:7.1f}"


def measure(clock: Clock, path: str, content: bytes, rulebook: Rulebook) -> None:
    """One page through every stage of the pipeline."""
    clock("lxml", lambda: lxml.html.document_fromstring(content))
    text = content.decode("utf-8", "replace")
    clock("tokens", lambda: [(token.type, token.line, token.col) for token in tokenize(text, capture_source=True)])
    gc.collect()
    document = clock("read", lambda: read(path, content))
    release = clock("extract", lambda: extract(document))
    release = clock("structure", lambda: infer(release))
    checks = clock("bind", lambda: bind(release, rulebook))
    findings = clock("evaluate", lambda: evaluate(checks))
    findings = clock("diagnose", lambda: diagnose(findings, release.figures))
    clock("cover", lambda: summarise(release.figures, cover(release.figures, findings), findings))


def pages(corpus: Path, least: int) -> list[tuple[str, bytes]]:
    """Every HTML page of the corpus of so many bytes or more, unpacked."""
    found = []
    for path in sorted(corpus.rglob("*.htm*")):
        content = path.read_bytes()
        content = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        if len(content) >= least:
            found.append((path.name, content))
    return found


def peak(copies: int, jobs: int, content: bytes) -> float:
    """The most memory that any process of a run over so many copies of a page held, in megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        for at in range(copies):
            Path(folder, f"{at:03}.html").write_bytes(content)
        arguments = [sys.executable, "-m", "checker", "check", folder, "--format", "jsonl", "--jobs", str(jobs)]
        watch = (
            "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, "
            "stderr=subprocess.DEVNULL)"
        )
        watch += "; print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        done = subprocess.run([sys.executable, "-c", watch, *arguments], capture_output=True, check=True, text=True)
        return int(done.stdout) / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> int:
    """Measures every page of the corpus, then memory with copies of one of them."""
    corpus = root()
    gc.set_threshold(SELDOM)  # as the program does
    rulebook = load([])
    found = pages(corpus, LEAST)
    for name, content in found[:2]:
        with forgetting():
            measure(Clock(), name, content, rulebook)
    print(
        f"{'milliseconds a megabyte':36}{'MB':>6}{''.join(f'{stage:>10}' for stage in STAGES)}{'all':>9}{'x lxml':>7}"
    )
    whole, megabytes = Clock(), 0.0
    for name, content in found:
        clock = Clock()
        with forgetting():
            measure(clock, name, content, rulebook)
        print(f"{name[:36]:36}{clock.row(len(content) / 1e6)}", flush=True)
        whole.spent = {stage: whole.spent[stage] + clock.spent[stage] for stage in STAGES}
        megabytes += len(content) / 1e6
    print(f"{'all':36}{whole.row(megabytes)}")
    parse = whole.spent["lxml"]
    print(f"{'all, in bare parses':42}{''.join(f'{whole.spent[stage] / parse:10.1f}' for stage in STAGES)}")
    print(f"peak of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")
    content = min((content for _, content in pages(corpus, LEAST // 3)), key=len)
    print(f"\npeak of any process in a run with --format jsonl over copies of a page of {len(content) / 1e6:.2f} MB")
    for copies, jobs in ((2, 1), (COPIES, 1), (2, 2), (COPIES, 2)):
        print(f"{copies:4} copies, --jobs {jobs}: {peak(copies, jobs, content):6.0f} MB", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
