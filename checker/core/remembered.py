"""What is worked out once for each text of a document, and forgotten with the document: a release is secret, and a
process may outlive its check.

Patterns and tables that the program makes of itself alone are none of this: they are kept by `functools.cache`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_FORGET: list[Callable[[], None]] = []
"""One for every function remembered. It is complete when all modules are imported."""


def remembered(most: int) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Keeps up to `most` answers of a function until the document is forgotten; what it is asked must be hashable."""

    def keep(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        kept = lru_cache(maxsize=most)(function)
        _FORGET.append(kept.cache_clear)
        return cast(Callable[Asked, Answer], kept)

    return keep


@contextmanager
def forgetting() -> Iterator[None]:
    """Forgets, however it ends, all that was remembered while a document was at work."""
    try:
        yield
    finally:
        for forget in _FORGET:
            forget()
