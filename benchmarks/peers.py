"""What a whole check of a quarterly report costs beside what others take to parse the same page, and what a figure of
text costs beside one of HTML, all in one run.

    pip install '.[peers]'
    TIEOUT_CORPUS=FOLDER python -m benchmarks.peers [--pages 12]

sec-parser finds the elements of a filing, edgartools its document tree, pandas its tables: none of them reads a figure.
Ours is everything: figures, sums, rules, findings. The best of three runs of processor time stands for each, for the
machine may be shared; a peer that is not installed is left out. Text and Markdown have little but figures in a
megabyte, HTML mostly tags, so both measures are printed.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import io
import statistics
import time
import warnings
from collections.abc import Callable
from typing import Any

from benchmarks.corpus import Filed, files, root
from checker.cli import SELDOM
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check

ROUNDS = 3
LEAST, MOST = 200_000, 3_000_000
"""Bytes of a page: smaller ones say more about the clock, and peers take minutes for larger ones."""


def best(work: Callable[[], Any]) -> float:
    """The least processor time of a few runs, in seconds."""
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent)


def peers() -> dict[str, Callable[[str], Any]]:
    """Every peer that is installed, as a function of the text of a page."""
    found: dict[str, Callable[[str], Any]] = {}
    for name, module, make in (
        ("sec-parser", "sec_parser", lambda made: lambda page: made.Edgar10QParser().parse(page)),
        ("edgartools", "edgar.documents", lambda made: made.parse_html),
        ("pandas", "pandas", lambda made: lambda page: made.read_html(io.StringIO(page))),
    ):
        try:
            found[name] = make(importlib.import_module(module))
        except ImportError:
            print(f"{name} is not installed: left out")
    return found


def beside(pages: list[Filed], rulebook: Rulebook) -> None:
    """A row for each page: ours, each peer, and how many times the first of them ours is."""
    others = peers()
    print(
        f"{'seconds of processor time':44}{'MB':>6}{'check':>8}{''.join(f'{name:>12}' for name in others)}{'ratio':>7}"
    )
    ratios = []
    for page in pages:
        content = page.content()
        text = content.decode("utf-8", "replace")
        ours = best(lambda page=page, content=content: check(page.name, content, rulebook))  # type: ignore[misc]
        theirs = [best(lambda read=read, text=text: read(text)) for read in others.values()]  # type: ignore[misc]
        if theirs:
            ratios.append(ours / theirs[0])
        cells = "".join(f"{value:12.2f}" for value in theirs)
        print(
            f"{page.name[-43:]:44}{len(content) / 1e6:6.2f}{ours:8.2f}{cells}{ratios[-1] if ratios else 0:7.1f}",
            flush=True,
        )
    if ratios:
        first = next(iter(others))
        print(f"median {statistics.median(ratios):.1f} times {first}, {min(ratios):.1f} to {max(ratios):.1f}")


def kinds(documents: list[Filed], rulebook: Rulebook) -> None:
    """Milliseconds a megabyte and microseconds a figure of text, Markdown and HTML."""
    print(f"\n{'kind':10}{'documents':>10}{'MB':>8}{'figures':>9}{'ms a MB':>9}{'us a figure':>12}")
    for kind, ends in (("HTML", (".htm", ".html")), ("text", (".txt",)), ("Markdown", (".md",))):
        spent = size = figures = 0.0
        chosen = [one for one in documents if one.name.endswith(ends)]
        for one in chosen:
            content = one.content()
            began = time.process_time()
            checked = check(one.name, content, rulebook)
            spent += time.process_time() - began
            size += len(content) / 1e6
            figures += len(checked.figures)
        if figures:
            rates = f"{1000 * spent / size:9.0f}{1e6 * spent / figures:12.0f}"
            print(f"{kind:10}{len(chosen):10}{size:8.1f}{figures:9.0f}{rates}", flush=True)


def main() -> int:
    """Prints both tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pages", type=int, default=12)
    asked.add_argument("--documents", type=int, default=60, help="for the second table, evenly chosen")
    given = asked.parse_args()
    warnings.filterwarnings("ignore")
    gc.set_threshold(SELDOM)  # as the program does
    rulebook = load([])
    every = [one for one in files(root(), ("a_release", "b_filing", "e_nonus")) if one.is_text]
    pages = [one for one in every if "10Q" in one.name and LEAST <= len(one.content()) <= MOST]
    check(pages[0].name, pages[0].content(), rulebook)
    beside(pages[:: max(1, len(pages) // given.pages)][: given.pages], rulebook)
    small = [one for one in every if len(one.content()) <= MOST]
    kinds(small[:: max(1, len(small) // given.documents)], rulebook)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
