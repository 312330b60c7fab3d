"""Several documents at once, in processes of their own. Answers come in input order; a worker that dies or hangs costs its document, never the run."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

import attrs
from attrs import define, field

from checker.api.document import answer, crashed, late
from checker.api.inputs import Input
from checker.api.limits import Limits
from checker.cli import SELDOM
from checker.core.report import Checked
from checker.core.rule import Rulebook

_GRACE = 10
"""Seconds that a worker may take beyond its own alarm before it is ended from outside."""


@define
class _Worker:
    process: BaseProcess
    line: Connection
    busy: int | None = None
    deadline: int = field(default=0)


def answers(documents: Sequence[Input], rulebook: Rulebook, limits: Limits, jobs: int) -> Iterator[Checked]:
    """The answer to each document, in input order, from `jobs` processes."""
    waiting = list(range(len(documents)))[::-1]
    done: dict[int, Checked] = {}
    workers = [_started(rulebook, limits) for _ in range(min(jobs, len(documents)))]
    try:
        for index in range(len(documents)):
            while index not in done:
                workers = [_turn(worker, documents, waiting, (rulebook, limits)) for worker in workers]
                _collect(workers, documents, limits, done)
            yield done.pop(index)
    finally:
        for worker in workers:
            worker.process.terminate()


def _started(rulebook: Rulebook, limits: Limits) -> _Worker:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(theirs, rulebook, limits), daemon=True)
    with _uninterrupted():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Holds an interrupt back where the system can: a process half told what to do would complain, and one that is born so leaves interrupts to the run."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # or it is started within, and lets interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _turn(worker: _Worker, documents: Sequence[Input], waiting: list[int], start: tuple[Rulebook, Limits]) -> _Worker:
    """The worker, or its successor where it has ended, with a document to read if one waits."""
    if not worker.process.is_alive() and worker.busy is None:
        worker = _started(*start)
    if worker.busy is None and waiting:
        worker.busy = waiting.pop()
        worker.deadline = int(time.monotonic()) + start[1].seconds + _GRACE
        with suppress(OSError):  # a worker that has just died is found out when its answer is read
            worker.line.send(documents[worker.busy])
    return worker


def _collect(workers: Sequence[_Worker], documents: Sequence[Input], limits: Limits, done: dict[int, Checked]) -> None:
    """Waits until a worker answers, dies or is late, and writes down what came of it."""
    busy = [worker for worker in workers if worker.busy is not None]
    ready = wait([worker.line for worker in busy], timeout=1)
    for worker in busy:
        index = worker.busy
        if index is None:
            continue
        if worker.line in ready:
            done[index] = _received(worker, documents[index])
            worker.busy = None
        elif time.monotonic() > worker.deadline:
            worker.process.kill()
            worker.process.join()
            done[index] = late(documents[index], limits)
            worker.busy = None


def _received(worker: _Worker, document: Input) -> Checked:
    try:
        found = worker.line.recv()
    except (EOFError, OSError):
        worker.process.join()
        return crashed(document, f"the process ended with {worker.process.exitcode}")
    return found if isinstance(found, Checked) else crashed(document, "no answer")


def _serve(line: Connection, rulebook: Rulebook, limits: Limits) -> None:
    """The life of a worker: answer one document after the other until nobody asks."""
    gc.set_threshold(SELDOM)
    try:
        while True:
            found = answer(line.recv(), rulebook, limits)
            line.send(attrs.evolve(found, coverage=dict(found.coverage)))
    except (EOFError, KeyboardInterrupt, BrokenPipeError):
        return
