"""How long a whole `tieout check` of the example takes, beside the bare import of what it is built on. The aim: at most three times as long.

Processes are timed from outside, seven each in turn, and the median is told; the run without cache begins in an empty cache folder every time.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7
SEED = str(ROOT / "examples" / "fusion-2013q1.md")

STEPS = """
import time; began = time.perf_counter()
def lap(name):
    global began
    print(f"  {name:34} {1000 * (time.perf_counter() - began):7.1f} ms"); began = time.perf_counter()
import checker.cli; lap("import checker.cli (click)")
import checker.cli.check; lap("import the command")
from checker.language import load; book = load([]); lap("load the rulebook")
import checker.pipeline; lap("import the stages")
from checker.read import read; from checker.extract import extract; from checker.structure import infer
from checker.bind import bind; from checker.evaluate import cover, evaluate, summarise; from checker.diagnose import diagnose
body = open(SEED, "rb").read()
document = read(SEED, body); lap("read")
release = extract(document); lap("extract")
release = infer(release); lap("structure")
checks = bind(release, book); lap("bind")
findings = evaluate(checks); lap("evaluate")
findings = diagnose(findings, release.figures); lap("diagnose")
cover(release.figures, findings); lap("coverage")
"""


def milliseconds(arguments: list[str], environment: Mapping[str, str]) -> int:
    """One process, in whole milliseconds."""
    began = time.perf_counter_ns()
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=dict(environment), capture_output=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())
    return (time.perf_counter_ns() - began) // 1_000_000


def main() -> None:
    """Measures and prints a table."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": cache}
        check = ["-m", "checker", "check", SEED, "--quiet"]
        times: dict[str, list[int]] = {"python alone": [], "bare imports": [], "tieout --version": [], "check, cached": [], "check, no cache": []}
        milliseconds(check, environment)
        for _ in range(RUNS):
            times["python alone"].append(milliseconds(["-c", ""], environment))
            times["bare imports"].append(milliseconds(["-c", "import lark, attrs, click, turbohtml"], environment))
            times["tieout --version"].append(milliseconds(["-m", "checker", "--version"], environment))
            times["check, cached"].append(milliseconds(check, environment))
            with tempfile.TemporaryDirectory() as empty:
                times["check, no cache"].append(milliseconds(check, {**environment, "XDG_CACHE_HOME": empty}))
        bare = statistics.median(times["bare imports"])
        print(f"whole processes, median of {RUNS}")
        for name, measured in times.items():
            print(f"  {name:34} {statistics.median(measured):7.0f} ms   {statistics.median(measured) / bare:5.2f} x bare imports")
        print("where a check spends its time, in one process")
        subprocess.run([sys.executable, "-c", f"SEED = {SEED!r}\n{STEPS}"], cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main()
