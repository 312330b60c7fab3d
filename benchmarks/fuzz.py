"""Coverage-guided fuzzing of the whole run with atheris: any bytes get an answer, and none that means "clean" without a figure.

    pip install atheris; python -m benchmarks.fuzz FOLDER [-max_total_time=300] [-max_len=6000] [other options of libFuzzer]

FOLDER holds the inputs that it grows from and to (begin with pieces of releases). Without atheris, or without a folder, it says so and ends.
What is looked for is an exception, a reader that had to be caught (R199), and a document that passes the gate although nothing was decided on it.
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
        if gate.decide(checked, settings).status == gate.CLEAN and not any(finding.verdict in ("agrees", "rounding") for finding in checked.findings):
            raise AssertionError("clean although nothing was decided")

    return one_input


def main() -> None:
    """Fuzz until the time is up or something is found."""
    if len(sys.argv) < 2:
        print("no folder of inputs was named: nothing was fuzzed")
        return
    try:
        atheris: Any = import_module("atheris")
    except ImportError:
        print("atheris is not installed: nothing was fuzzed")
        return
    with atheris.instrument_imports(include=["checker"]):
        fuzzed = target()
    atheris.Setup(sys.argv, fuzzed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
