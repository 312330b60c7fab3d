"""Tasks in processes of their own: a worker that dies or hangs is told of with its task, and never ends the run.

At most one task for each worker is under way, and one more is made ready to travel while they work, so that no worker
waits for it; tasks are asked for one by one, so that memory does not grow with their number.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from typing import Any

from attrs import define

from checker.core.value import frozen

Work = Callable[[Any], Any]
"""What a worker does with a task; it travels to the worker once, tasks and answers each time."""

_WAIT = 1
"""Seconds between two looks at the clock."""
_STARTING = 120
"""Seconds in which a worker must have started."""
_TAKEN = "taken"
"""What a worker says when it takes up a task."""


@frozen
class Setup:
    """What workers do and may cost. `attempts`: how often a task is given to a worker before its death is taken for the
    task's fault."""

    work: Work
    jobs: int
    seconds: int
    """After so many a worker is ended from outside, counted from when it takes up a task; whoever needs an earlier end
    sees to it inside."""
    attempts: int = 1
    memory: int = 0
    """Bytes of data that a worker may hold, where the system can keep it to them; 0: as many as there are."""
    seldom: int = 0
    """New objects between two searches for cycles; 0: as Python does it."""
    keeps: bool = False
    """Whether a worker keeps the memory that a task took for the next one: asking for large arrays anew each time costs
    a tenth of what is done with them."""


@frozen
class Died:
    """The worker ended instead of answering."""

    status: int | None
    """As its process left: below zero the number of a signal."""


@frozen
class Late:
    """The worker was ended, because it did not answer in time."""


@define
class _Given:
    """A task on its way. `times`: how often it was given out."""

    number: int
    task: Any
    body: memoryview | None
    """It as it travels, until it is given out."""
    times: int = 0


@define
class _Worker:
    process: BaseProcess
    line: Connection
    busy: _Given | None = None
    deadline: int = 0


def answered(tasks: Iterable[Any], setup: Setup) -> Iterator[tuple[int, Any]]:
    """The number of each task, counted from 0, and its answer, `Died` or `Late`: in the order in which they come."""
    coming = enumerate(tasks)
    again: list[_Given] = []
    workers: list[_Worker] = []
    ahead: _Given | None = None
    try:
        while True:
            while (free := _free(workers, setup)) is not None:
                given, ahead = (again.pop(), ahead) if again else (ahead or _first(coming), None)
                if given is None:
                    break
                _give(free if free.process.is_alive() else _renewed(free, workers, setup), given, setup)
            if not any(worker.busy for worker in workers):
                return
            ahead = ahead or _first(coming)
            yield from _heard(workers, again, setup)
    finally:
        for worker in workers:
            worker.process.kill()
        for worker in workers:
            worker.process.join()


def _first(coming: Iterator[tuple[int, Any]]) -> _Given | None:
    found = next(coming, None)
    return None if found is None else _Given(*found, ForkingPickler.dumps(found[1]))


def _free(workers: list[_Worker], setup: Setup) -> _Worker | None:
    """A worker without a task; one more is started while there are fewer than allowed."""
    idle = next((worker for worker in workers if worker.busy is None), None)
    if idle is None and len(workers) < setup.jobs:
        idle = _started(setup)
        workers.append(idle)
    return idle


def _renewed(dead: _Worker, workers: list[_Worker], setup: Setup) -> _Worker:
    """The successor of a worker that has ended, in its place."""
    dead.line.close()
    fresh = _started(setup)
    workers[workers.index(dead)] = fresh
    return fresh


def _give(worker: _Worker, given: _Given, setup: Setup) -> None:
    body, given.body = given.body or ForkingPickler.dumps(given.task), None
    given.times += 1
    worker.busy = given
    worker.deadline = int(time.monotonic()) + _STARTING
    with suppress(OSError):  # a worker that has just died is found out when its answer is read
        worker.line.send_bytes(body)


def _heard(workers: list[_Worker], again: list[_Given], setup: Setup) -> Iterator[tuple[int, Any]]:
    """Waits until a worker answers, dies or is late, and says what came of its task."""
    busy = [worker for worker in workers if worker.busy is not None]
    ready = wait([worker.line for worker in busy], timeout=_WAIT)
    for worker in busy:
        task = worker.busy
        assert task is not None
        if worker.line in ready:
            found = _received(worker)
            if found == _TAKEN:
                worker.deadline = int(time.monotonic()) + setup.seconds
                continue
            worker.busy = None
            if isinstance(found, Died) and task.times < setup.attempts:
                again.append(task)
            else:
                yield task.number, found
        elif time.monotonic() > worker.deadline:
            worker.busy = None
            worker.process.kill()
            worker.process.join()
            yield task.number, Late()


def _received(worker: _Worker) -> Any:
    try:
        return worker.line.recv()
    except (EOFError, OSError):
        worker.process.join()
        return Died(worker.process.exitcode)


# ---- the life of a worker --------------------------------------------------------------------------------------------


def _started(setup: Setup) -> _Worker:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(theirs, setup), daemon=True)
    with _uninterrupted():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Holds an interrupt back where the system can: a process half told what to do would complain, and one that is born
    so leaves interrupts to the run."""
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


def _serve(line: Connection, setup: Setup) -> None:
    """Answers one task after the other until nobody asks."""
    settle(setup)
    try:
        while True:
            task = line.recv()
            line.send(_TAKEN)
            line.send(setup.work(task))
    except (EOFError, KeyboardInterrupt, BrokenPipeError, ConnectionResetError):
        return


def settle(setup: Setup) -> None:
    """Makes this process a worker: how it asks for memory, how much it may hold, how often it looks for cycles."""
    if setup.seldom:
        gc.set_threshold(setup.seldom)
    _bound(setup.memory)
    if setup.keeps:
        _keep_memory()


def _bound(memory: int) -> None:
    """Keeps this process to so many bytes of data, where the system can: what goes beyond is a MemoryError of whoever
    asks."""
    if not memory:
        return
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))


_TRIM, _MAPPED = -1, -3
"""What `mallopt` of the C library calls: how much of what is free at its end the heap keeps, and from which size on an
array is no part of it."""
_KEPT, _LARGEST_KEPT = 2**30, 2**25
"""The most that it takes of the latter is 32 MiB."""


def _keep_memory() -> None:
    """Arrays come from a heap that does not shrink, where the C library has such a thing. Else each is given back to
    the system, which clears every page again that is asked for."""
    with suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(_MAPPED, _LARGEST_KEPT)
        library.mallopt(_TRIM, _KEPT)
