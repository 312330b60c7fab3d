"""One document from its path to its answer: a file that cannot be opened, takes too long or makes the program fail
still gets one."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from checker.api.beside import beside
from checker.api.crash import describe
from checker.api.inputs import Input, TooLarge, content
from checker.api.limits import Limits
from checker.core.problem import Problem
from checker.core.release import Source
from checker.core.report import Checked, Summary
from checker.core.rule import Rulebook
from checker.gate.status import INTERNAL_CODE

UNTIMED = 10**9
"""Seconds from which on nobody sets an alarm."""

_NOTHING = Summary(*(0,) * 11)


class TimeIsUp(BaseException):
    """No stage may catch it: it is no error of theirs."""


def answer(one: Input, rulebook: Rulebook, limits: Limits, *, looks: bool = False) -> Checked:
    """The document checked, or an empty answer with the problem that kept it from being read. `looks`: with the
    document as it looks."""
    from checker.pipeline import check

    def work(given: Input, body: bytes) -> Checked:
        checked = check(given.path, body, rulebook, beside(given, body, limits.size))
        if not looks:
            return checked
        from checker.pipeline import shown

        return shown(checked, body)

    return attempt(one, limits, work)


def attempt(one: Input, limits: Limits, work: Callable[[Input, bytes], Checked]) -> Checked:
    """What the work makes of the document's bytes, or an empty answer with the problem that stood in its way."""
    try:
        with within(limits.seconds):
            return work(one, content(one, limits.size))
    except TimeIsUp:
        return late(one, limits)
    except TooLarge:
        return unread(
            one, Problem("T003", "error", f"is larger than {limits.size:,} bytes", one.path, help="raise --max-size")
        )
    except OSError as error:
        return unread(
            one, Problem("T004", "error", f"cannot be opened: {error.strerror or type(error).__name__}", one.path)
        )
    except Exception as error:
        return crashed(one, describe(error))


def late(one: Input, limits: Limits) -> Checked:
    """The answer for a document that took too long."""
    return unread(
        one, Problem("T002", "error", f"was not finished in {limits.seconds} s", one.path, help="raise --timeout")
    )


def crashed(one: Input, what: str) -> Checked:
    """The answer for a document on which the program failed."""
    return unread(
        one,
        Problem(
            INTERNAL_CODE,
            "error",
            f"internal error: {what}",
            one.path,
            help="this is an error of the program: please report it",
        ),
    )


def unread(one: Input, problem: Problem) -> Checked:
    """The answer for a document of which nothing is known but its problem."""
    return Checked(Source(one.path, "", "", ""), (), (), {}, (), (problem,), _NOTHING)


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Ends what runs inside after so many seconds, where the system has an alarm clock and this is the main thread."""
    if seconds >= UNTIMED or not _has_alarm():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeIsUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _has_alarm() -> bool:
    return hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread()
