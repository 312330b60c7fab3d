"""Coverage-guided fuzzing with atheris: any bytes get an answer, and none that means "clean" without a figure.

    pip install atheris; python -m benchmarks.fuzz [readers] FOLDER [-runs=1000000] [-max_len=6000] [other options of
    libFuzzer]

FOLDER holds the inputs that it grows from and to (begin with pieces of releases). Without atheris, or without a folder,
it says so and ends. Fuzzed is the whole run, or with the word `readers` reading alone, which is faster. What is looked
for is an exception, a reader that had to be caught (R199), and a document that passes the gate although nothing was
decided on it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any


def target() -> Callable[[bytes], None]:
    """What is fuzzed. The program is imported here, so that the fuzzer can see to its branches."""
    gate, settings = import_module("checker.gate.status"), import_module("checker.gate.settings").Settings()
    check = import_module("checker.pipeline").check
    rulebook = import_module("checker.language").load([])

    def one_input(content: bytes) -> None:
        checked = check("fuzzed", content, rulebook)
        if any(problem.code == "R199" for problem in checked.problems):
            raise AssertionError("the reader failed")
        if gate.decide(checked, settings).status == gate.CLEAN and not any(
            finding.verdict in ("agrees", "rounding") for finding in checked.findings
        ):
            raise AssertionError("clean although nothing was decided")

    return one_input


def readers() -> Callable[[bytes], None]:
    """Reading alone, whatever the bytes turn out to be."""
    read = import_module("checker.read").read

    def one_input(content: bytes) -> None:
        if any(problem.code == "R199" for problem in read("fuzzed", content).problems):
            raise AssertionError("the reader failed")

    return one_input


def main() -> None:
    """Fuzz until the time is up or something is found."""
    alone = sys.argv[1:2] == ["readers"]
    arguments = [sys.argv[0], *sys.argv[1 + alone :]]
    if len(arguments) < 2:
        print("no folder of inputs was named: nothing was fuzzed")
        return
    try:
        atheris: Any = import_module("atheris")
    except ImportError:
        print("atheris is not installed: nothing was fuzzed")
        return
    with atheris.instrument_imports(include=["checker"]):
        fuzzed = readers() if alone else target()
    atheris.Setup(arguments, fuzzed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
