"""How long the HTML report takes to write, how large it is, and how soon a browser has it open. The aim: open in under
a second, a 10-K in under a second and a half.

Needs Chromium and playwright (the extra `look`). Rows: the example release with three figures corrupted, a
statement of 5,000 figures, and, with TIEOUT_CORPUS, filings. Of five runs the fastest is told: the machine may be
shared. `open` is from asking for the file to a page that can be used (the load event); `painted` is the browser's own
first contentful paint; `lit` is from a key to the figures of a finding being lit; `face` from the choice of the view to
the document itself; `found` from a word to the lines that hold it; `MB` is the memory that the page's process takes.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
RUNS = 5
ANNUAL = 3
"""Of so many 10-Ks, the largest of the corpus, the pages are opened."""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OPENED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
LIT = """(() => {
    const began = performance.now();
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
    document.body.getBoundingClientRect();
    return performance.now() - began;
})()"""

FACE = """(() => {
    const choice = document.querySelector("[data-view]"), began = performance.now();
    choice.value = "original";
    choice.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.getBoundingClientRect();
    const took = performance.now() - began;
    choice.value = "";
    choice.dispatchEvent(new Event("input", { bubbles: true }));
    return took;
})()"""
FOUND = """(() => {
    const began = performance.now();
    document.getElementById("find").value = "revenue";
    document.querySelector("[data-only=status]").dispatchEvent(new Event("input", { bubbles: true }));
    return new Promise((done) => setTimeout(() => {
        document.body.getBoundingClientRect();
        done(performance.now() - began);
    }, 0));
})()"""
HEADS = ("page kB", "figures", "open ms", "painted", "lit", "face", "found", "MB")


def memory() -> float:
    """Megabytes of the largest process that the browser has for a page: its private memory."""
    kinds = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            words = status.read_text().split()
            if b"--type=renderer" in (status.parent / "cmdline").read_bytes():
                kinds[status.parent.name] = int(words[words.index("RssAnon:") + 1]) / 1000
        except (OSError, ValueError):
            continue
    return max(kinds.values(), default=0.0)


def subjects(folder: Path) -> list[tuple[str, Path]]:
    """The documents by name."""
    seed = (ROOT / "examples" / "fusion-2013q1.md").read_text(encoding="utf-8")
    for right, wrong in (("1,489,945", "1,498,945"), ("34,273,120", "34,723,120"), ("(895,593)", "(859,593)")):
        seed = seed.replace(right, wrong)
    rows = "\n".join(
        f"| Item {number} | {number:,} | {2 * number:,} | {3 * number:,} | {4 * number:,} | {5 * number:,} |"
        for number in range(1001, 2001)
    )
    many = f"# Statement\n\n| | 2024 | 2023 | 2022 | 2021 | 2020 |\n|---|---|---|---|---|---|\n{rows}\n"
    found = [("the example, three errors", folder / "draft.md"), ("5,000 figures", folder / "many.md")]
    found[0][1].write_text(seed, encoding="utf-8")
    found[1][1].write_text(many, encoding="utf-8")
    corpus = os.environ.get("TIEOUT_CORPUS")
    filings = sorted(Path(corpus).glob("docs/b_filing/*/*_10Q_*.html.gz")) if corpus else []
    if filings:
        found.append((f"a 10-Q: {filings[0].parent.name}", filings[0]))
        found.append(("the largest 10-Q of the corpus", max(filings, key=lambda path: path.stat().st_size)))
    annual = Path(corpus).glob("**/b_filing/*/*_10K_*.html.gz") if corpus else []
    largest = sorted(annual, key=lambda path: path.stat().st_size, reverse=True)[:ANNUAL]
    return [*found, *((f"a 10-K: {path.parent.name}", path) for path in largest)]


def main() -> None:
    """Prints the table."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("nothing was measured: playwright is not installed (the extra look)")
        return
    from checker.cli import run

    executable = os.environ.get("TIEOUT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    print(f"{'document':32}" + "".join(f"{head:>9}" for head in HEADS))
    with tempfile.TemporaryDirectory() as name, sync_playwright() as running:
        browser = running.chromium.launch(executable_path=executable, headless=True, args=QUIET)
        for title, path in subjects(Path(name)):
            page_file = Path(name) / "page.html"
            run(["check", str(path), "--quiet", "--timeout", "600", "--output", f"html:{page_file}"])
            times = []
            for _ in range(RUNS):
                page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
                page.goto(page_file.as_uri())
                time.sleep(0.2)
                figures = page.locator(".f").count()
                asked = (OPENED, PAINTED, LIT, FACE, FOUND)
                times.append((*(page.evaluate(one) for one in asked), memory()))
                page.context.close()
            best = [min(column) for column in zip(*times, strict=True)]
            print(
                f"{title:32}{page_file.stat().st_size / 1000:9.0f}{figures:9}" + "".join(f"{one:9.0f}" for one in best),
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
