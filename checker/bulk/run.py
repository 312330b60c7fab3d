"""A run over documents: which of them are new, who works on them, and what is written down of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import define, field

from checker.bulk import engines, pool, sources
from checker.bulk.rows import Answer, answer
from checker.bulk.sources import Item
from checker.bulk.store import Done, Head, Store
from checker.core.problem import Problem
from checker.core.report import Checked
from checker.core.value import frozen

Examined = Callable[[str, bytes | Problem], Checked]
"""What the pipeline and the gate make of a document: its name and its bytes, or the problem that stands for them. It
travels to the workers."""


@frozen
class Task:
    """One document on its way to a worker."""

    document: str
    """Its key."""
    name: str
    body: bytes | Problem


@frozen
class Working:
    """What a worker does with a task."""

    examined: Examined

    def __call__(self, task: Task) -> Answer:
        """The document's rows."""
        return answer(task.document, self.examined(task.name, task.body))


@frozen
class Means:
    """With what a run works: `engine` is `local`, or `ray` with the address of a cluster perhaps."""

    examined: Examined
    lost: Callable[[str, pool.Died | pool.Late], Checked]
    """What is said of a document whose worker died or was late."""
    jobs: int = 1
    engine: str = "local"
    seconds: int = 70
    memory: int = 0
    size: int = 64_000_000
    """Bytes of a document; of a larger one only so many and one more are read, so that it can be refused."""
    seldom: int = 0
    again: bool = False
    """Documents that made the program fail are tried again."""


@define
class Progress:
    """How far a run is."""

    total: int
    before: int = 0
    now: int = 0
    size: int = 0
    """Bytes of the documents that were done now."""
    keys: set[str] = field(factory=set)
    """Of every document of the input."""

    @property
    def done(self) -> int:
        """Documents that need no more work."""
        return self.before + self.now


ATTEMPTS = 2
"""How often a document may end its worker before the document is passed by."""
FAILED = 70
"""The status of a document that made the program fail."""


def carried_out(items: Sequence[Item], means: Means, store: Store, heard: Callable[[Progress], None]) -> Progress:
    """Does what is not done yet, writes it down, and says after each document how far it is."""
    progress = Progress(len(items))
    setup = pool.Setup(Working(means.examined), means.jobs, means.seconds, ATTEMPTS, means.memory, means.seldom)
    try:
        for task, found in engines.answered(_tasks(items, means, (store, progress), heard), setup, means.engine):
            if isinstance(found, pool.Died | pool.Late):
                found = answer(task.document, means.lost(task.name, found))
            store.add(found)
            progress.now += 1
            progress.size += len(task.body) if isinstance(task.body, bytes) else 0
            heard(progress)
    except KeyboardInterrupt:
        store.flush()
        raise
    store.flush()
    return progress


def _tasks(
    items: Sequence[Item], means: Means, state: tuple[Store, Progress], heard: Callable[[Progress], None]
) -> Iterator[Task]:
    """Every document that is not written down yet."""
    store, progress = state
    for item, body in sources.read(items, means.size):
        key = keyed(store.head, item, body)
        if key in progress.keys:
            progress.total -= 1
            continue
        progress.keys.add(key)
        if is_done(store.done.get(key), body, means.again):
            progress.before += 1
            heard(progress)
            continue
        yield Task(key, item.name, body)


def keyed(head: Head, item: Item, body: bytes | Problem) -> str:
    """The key of a document; what could not be opened is known by its name alone."""
    return head.document(item.name, body if isinstance(body, bytes) else b"")


def is_done(done: Done | None, body: bytes | Problem, again: bool) -> bool:
    """Whether a document need not be looked at again; what could not be opened may be open by now."""
    return done is not None and isinstance(body, bytes) and not (again and done.status == FAILED)
