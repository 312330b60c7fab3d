"""Ids of rules and the patterns that fit them: an id, a pack or file above it, or a glob in which `*` stands for any characters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=1024)
def _pattern(target: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in target.split("*")) + r"(?:/.*)?", re.DOTALL)


def fits(target: str, own: str) -> bool:
    """Whether `own` is the id that `target` names, lies below it, or fits it as a glob."""
    return _pattern(target).fullmatch(own) is not None


def chosen(target: str, ids: Iterable[str]) -> tuple[str, ...]:
    """The ids that a target on the command line means: those it fits, else the one id of which it is a tail, else none."""
    every = tuple(ids)
    whole = tuple(own for own in every if fits(target, own))
    if whole or "*" in target:
        return whole or tuple(own for own in every if fits(f"*/{target}", own))
    tails = tuple(own for own in every if own.endswith(f"/{target}"))
    return tails if len(tails) == 1 else ()
