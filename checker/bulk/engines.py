"""Who does the work: processes of this machine, or a cluster. Each is given the same function and the same tasks, so
their answers are the same."""

from __future__ import annotations

import logging
import pickle
import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from checker.bulk import pool

LOCAL, RAY = "local", "ray"
_AT_ONCE, _BYTES_AT_ONCE = 2_000, 100_000_000
"""Tasks for each process that a cluster is given together, and their bytes. Its processes start anew each time: enough
that this is little beside the work, few enough to stay in memory."""
_STORE = 500_000_000
"""Bytes that Ray may hold of tasks and answers on this machine."""


def answered(tasks: Iterable[Any], setup: pool.Setup, engine: str = LOCAL) -> Iterator[tuple[Any, Any]]:
    """Each task with its answer, `Died` or `Late`: in the order in which they come."""
    name, _, address = engine.partition(":")
    if name == RAY:
        yield from _by_ray(tasks, setup, address)
        return
    under_way: dict[int, Any] = {}

    def numbered() -> Iterator[Any]:
        for number, task in enumerate(tasks):
            under_way[number] = task
            yield task

    for number, found in pool.answered(numbered(), setup):
        yield under_way.pop(number), found


# ---- Ray -------------------------------------------------------------------------------------------------------------


def _by_ray(tasks: Iterable[Any], setup: pool.Setup, address: str) -> Iterator[tuple[Any, Any]]:
    """The tasks through `map_batches` of Ray Data, some at a time. Ray runs in processes of this machine unless an
    address is given."""
    import ray
    import ray.data

    logging.getLogger("ray.data").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", message="`ray_remote_args` is deprecated")  # nothing else yet says max_restarts
    begun = not ray.is_initialized()
    if begun:
        local: dict[str, Any] = (
            {} if address else {"num_cpus": setup.jobs, "object_store_memory": _STORE, "include_dashboard": False}
        )
        ray.init(address=address or None, log_to_driver=False, logging_level="ERROR", **local)
    try:
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        coming = iter(tasks)
        while some := _some(coming, setup.jobs):
            yield from _together(some, setup, setup.attempts)
    finally:
        if begun:
            ray.shutdown()


def _some(coming: Iterator[Any], jobs: int) -> list[Any]:
    """The next tasks that are given out together."""
    found: list[Any] = []
    size = 0
    for task in islice(coming, _AT_ONCE * jobs):
        found.append(task)
        size += len(pickle.dumps(task))
        if size >= _BYTES_AT_ONCE * jobs:
            break
    return found


def _together(tasks: Sequence[Any], setup: pool.Setup, attempts: int) -> Iterator[tuple[Any, Any]]:
    """Some tasks; where a worker was lost, what is left in halves, until the task is found that ends its worker."""
    left = dict(enumerate(tasks))
    try:
        for number, found in _mapped(left, setup):
            yield left.pop(number), found
    except Exception as error:  # whatever Ray calls the loss of a worker
        if not _is_loss(error):
            raise
        if len(left) == 1 and attempts <= 1:
            yield next(iter(left.values())), pool.Died(None)
            return
        remaining = list(left.values())
        half = -(-len(remaining) // 2)
        for some in (remaining[:half], remaining[half:]):
            if some:
                yield from _together(some, setup, attempts - (len(remaining) == 1))


def _is_loss(error: BaseException) -> bool:
    """Whether a process of the cluster has ended, and not the program failed."""
    import ray.exceptions as kinds

    seen: BaseException | None = error
    while seen is not None:
        if isinstance(
            seen, kinds.WorkerCrashedError | kinds.RayActorError | kinds.OutOfMemoryError | kinds.NodeDiedError
        ):
            return True
        seen = getattr(seen, "cause", None) or seen.__cause__
    return False


def _mapped(tasks: dict[int, Any], setup: pool.Setup) -> Iterator[tuple[int, Any]]:
    import ray

    rows = [{"number": number, "task": pickle.dumps(task)} for number, task in tasks.items()]
    blocks = min(len(rows), 8 * setup.jobs)
    found = ray.data.from_items(rows, override_num_blocks=blocks).map_batches(
        _Serving,
        fn_constructor_args=(setup,),
        batch_size=1,
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(min_size=min(setup.jobs, blocks), max_size=min(setup.jobs, blocks)),
        max_restarts=0,
        max_task_retries=0,
        num_cpus=1,
    )
    for row in found.iter_rows():
        yield int(row["number"]), pickle.loads(row["answer"])


class _Serving:
    """What a process of the cluster does with a batch."""

    def __init__(self, setup: pool.Setup) -> None:
        self._work = setup.work
        pool.settle(setup)

    def __call__(self, batch: Any) -> Any:
        import pyarrow as pa

        answers = [pickle.dumps(self._work(pickle.loads(task))) for task in batch["task"].to_pylist()]
        return pa.table({"number": batch["number"], "answer": pa.array(answers, pa.large_binary())})
