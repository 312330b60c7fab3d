"""Stand-ins for the pipeline that do to their worker what a bad document does."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import attrs

from checker.bulk.pool import Died, Late
from checker.bulk.run import Means, Progress, carried_out
from checker.bulk.sources import of_file
from checker.bulk.store import Head, open_store
from checker.core.problem import Problem
from checker.core.report import Checked, Outcome
from tests.report.sample import AGREES, CHECKED


def checked(name: str, status: int = 0, code: str = "") -> Checked:
    """An answer with a few rows."""
    problems = (Problem(code, "error", "it went wrong", name),) if code else ()
    source = attrs.evolve(CHECKED.source, path=name)
    return attrs.evolve(
        CHECKED,
        source=source,
        findings=(AGREES,),
        problems=problems,
        outcome=Outcome(status, ("why",) if status else ()),
    )


def examined(name: str, body: bytes | Problem) -> Checked:
    """Does what the document says: `kill`, `kill once FILE`, `hang`, `eat`, `slow`; anything else passes."""
    if isinstance(body, Problem):
        return checked(name, 3, body.code)
    words = body.decode().split()
    if words[:1] == ["kill"]:
        seen = Path(words[2]) if words[1:2] == ["once"] else None
        if seen is None or not seen.exists():
            if seen is not None:
                seen.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    elif words[:1] == ["hang"]:
        time.sleep(60)
    elif words[:1] == ["slow"]:
        time.sleep(0.05)
    elif words[:1] == ["eat"]:
        try:
            bytearray(3_000_000_000)
        except MemoryError:
            return checked(name, 70, "T001")
    return checked(name)


def lost(name: str, how: Died | Late) -> Checked:
    """As the door says it."""
    return checked(name, 70, "T001" if isinstance(how, Died) else "T002")


HEAD = Head("1", "rules", {})


def documents(folder: Path, bodies: Sequence[str]) -> list[str]:
    """Files with these bodies, each with something of its own."""
    folder.mkdir(exist_ok=True)
    for number, body in enumerate(bodies):
        (folder / f"{number:03}.txt").write_text(f"{body} {number}" if body == "plain" else body)
    return [str(one) for one in sorted(folder.iterdir())]


def done(paths: Sequence[str], out: Path, means: Means) -> Progress:
    """A run over these files."""
    with open_store(out, HEAD) as store:
        progress = carried_out([of_file(path) for path in paths], means, store, lambda progress: None)
        store.finish({})
    return progress
