"""How long a whole `tieout check` of the example takes, beside the bare import of what it is built on. The aim: at most
three times as long.

Processes are timed from outside, seven of each in turn, in processor time because the machine may be shared, and the
median is told. Bytecode is at hand, as after an installation (a setting that forbids writing it is lifted), and each
kind of run is done once before it is timed.

The rule library comes parsed. Where a rule was changed, its files are read from the user's cache, and in the last row,
without a cache, parsed.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7
SEED = str(ROOT / "examples" / "fusion-2013q1.md")

STEPS = """
import time; began = time.process_time()
def lap(name):
    global began
    print(f"  {name:34} {1000 * (time.process_time() - began):7.1f} ms"); began = time.process_time()
import checker.cli; lap("import checker.cli (click)")
import checker.cli.check; lap("import the command")
from checker.language import load; book = load([]); lap("load the rulebook")
import checker.pipeline; lap("import the stages")
from checker.read import read; from checker.extract import extract; from checker.structure import infer
from checker.bind import bind; from checker.evaluate import cover, evaluate, summarise
from checker.diagnose import diagnose
body = open(SEED, "rb").read()
document = read(SEED, body); lap("read")
release = extract(document); lap("extract")
release = infer(release); lap("structure")
checks = bind(release, book); lap("bind")
findings = evaluate(checks); lap("evaluate")
findings = diagnose(findings, release.figures); lap("diagnose")
cover(release.figures, findings); lap("coverage")
"""


def milliseconds(arguments: list[str], environment: Mapping[str, str]) -> float:
    """The processor time of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, *arguments], cwd=environment["PYTHONPATH"], env=dict(environment), capture_output=True
    )
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def imports(arguments: list[str], environment: Mapping[str, str]) -> Counter[str]:
    """Milliseconds that importing takes, by package (by room for our own), without what each imports in turn: the least
    of several runs of each module."""
    least: dict[str, float] = {}
    for _ in range(RUNS):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", *arguments],
            cwd=ROOT,
            env=dict(environment),
            capture_output=True,
            text=True,
        )
        for line in done.stderr.splitlines():
            own, _, rest = line.removeprefix("import time:").partition("|")
            if own.strip().isdigit():
                module = rest.partition("|")[2].strip()
                least[module] = min(int(own) / 1000, least.get(module, 1e9))
    spent: Counter[str] = Counter()
    for module, taken in least.items():
        parts = module.split(".")
        spent[".".join(parts[: 2 if parts[0] == "checker" else 1])] += taken
    return spent


def changed(folder: Path) -> Path:
    """A copy of the program in which a rule was changed after the library had been parsed."""
    for name in ("checker", "grammar", "rules"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "rules" / "us-gaap" / "bank.rules").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    return folder


def main() -> None:
    """Measures and prints a table."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {
            **kept,
            "PYTHONPATH": str(ROOT),
            "XDG_CACHE_HOME": folder,
            "PYTHONPYCACHEPREFIX": str(Path(folder, "bytecode")),
        }
        check = ["-m", "checker", "check", SEED]
        uncached = {**environment, "TIEOUT_CACHE": ""}
        edited = {"PYTHONPATH": str(changed(Path(folder, "changed")))}
        runs: dict[str, tuple[list[str], Mapping[str, str]]] = {
            "python alone": (["-c", ""], environment),
            "bare imports": (["-c", "import lark, attrs, click, turbohtml"], environment),
            "tieout --version": (["-m", "checker", "--version"], environment),
            "check": (check, environment),
            "check, no cache": (check, uncached),
            "check, a rule changed": (check, {**environment, **edited}),
            "check, a rule changed, no cache": (check, {**uncached, **edited}),
        }
        times: dict[str, list[float]] = {name: [] for name in runs}
        for arguments, around in runs.values():
            milliseconds(arguments, around)
        for _ in range(RUNS):
            for name, (arguments, around) in runs.items():
                times[name].append(milliseconds(arguments, around))
        bare = statistics.median(times["bare imports"])
        print(f"whole processes, median of {RUNS}, milliseconds of processor time")
        for name, measured in times.items():
            print(
                f"  {name:34} {statistics.median(measured):7.0f} ms   "
                f"{statistics.median(measured) / bare:5.2f} x bare imports"
            )
        print(
            "imports of one check, by package, without what each imports in turn (the measuring itself adds a little)"
        )
        for name, spent in imports(check, environment).most_common(16):
            print(f"  {name:34} {spent:7.1f} ms")
        print("where a check spends its time, in one process")
        subprocess.run([sys.executable, "-c", f"SEED = {SEED!r}\n{STEPS}"], cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main()
