"""The files that documents are held against: each read once, before the first document. What cannot be read is a
problem of every document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from checker.api.beside import beside
from checker.api.crash import describe
from checker.api.document import TimeIsUp, within
from checker.api.errors import Refused
from checker.api.inputs import Input, TooLarge, content
from checker.api.limits import Limits
from checker.core.problem import Problem
from checker.core.release import Release, Source
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.core.value import frozen
from checker.gate.status import INTERNAL_CODE

if TYPE_CHECKING:
    from checker.compare.against import File


@frozen
class Holding:
    """What holds the documents of a run against its files; without files they stay as they are."""

    files: tuple[File, ...] = ()
    rules: Rulebook | None = None

    def __call__(self, checked: Checked) -> Checked:
        """The document with what the files say of it."""
        if not self.files or self.rules is None:
            return checked
        from checker.compare.against import held

        return held(checked, self.files, self.rules)


TOLD = "A103"
"""The code of the note that says what came of a file, for reports that show problems alone."""
UNHELD = Holding()


def holding(paths: Sequence[str], rules: Rulebook, limits: Limits) -> Holding:
    """The files, each read once. Refused: one cannot be opened."""
    return Holding(tuple(_file(path, limits) for path in dict.fromkeys(paths)), rules) if paths else UNHELD


def _file(path: str, limits: Limits) -> File:
    try:
        body = content(Input(path), limits.size)
        with within(limits.seconds):
            from checker.compare.against import opened

            return opened(path, body, beside(Input(path), body, limits.size))
    except TimeIsUp:
        return _nothing(
            path, Problem("T002", "error", f"was not finished in {limits.seconds} s", path, help="raise --timeout")
        )
    except TooLarge:
        return _nothing(
            path, Problem("T003", "error", f"is larger than {limits.size:,} bytes", path, help="raise --max-size")
        )
    except OSError as error:
        raise Refused(
            (
                Problem(
                    "C305",
                    "error",
                    f"--against {path} cannot be opened: {error.strerror or type(error).__name__}",
                    path,
                ),
            )
        ) from error
    except Exception as error:
        return _nothing(
            path,
            Problem(
                INTERNAL_CODE,
                "error",
                f"internal error: {describe(error)}",
                path,
                help="this is an error of the program: please report it",
            ),
        )


def _nothing(path: str, problem: Problem) -> File:
    from checker.compare.against import File

    return File(path, "", Release(Source(path, "", "", ""), ()), problems=(problem,))
