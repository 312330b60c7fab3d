"""Ids of rules and the patterns that fit them: an id, a pack or file above it, or a glob in which `*` stands for any
characters."""

from __future__ import annotations

from collections.abc import Iterable


def fits(target: str, own: str) -> bool:
    """Whether `own` is the id that `target` names, lies below it, or fits it as a glob."""
    first, *others = target.split("*")
    if not others:
        return own == first or own.startswith(f"{first}/")
    if not own.startswith(first):
        return False
    at = len(first)
    for piece in others[:-1]:  # the first place is always the best: what fits behind a later one fits behind it too
        at = own.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    last = others[-1]
    return not last or own.find(f"{last}/", at) >= 0 or (own.endswith(last) and len(own) - len(last) >= at)


def chosen(target: str, ids: Iterable[str]) -> tuple[str, ...]:
    """The ids that a target on the command line means: those it fits, else the one id of which it is a tail, else
    none."""
    every = tuple(ids)
    whole = tuple(own for own in every if fits(target, own))
    if whole or "*" in target:
        return whole or tuple(own for own in every if fits(f"*/{target}", own))
    tails = tuple(own for own in every if own.endswith(f"/{target}"))
    return tails if len(tails) == 1 else ()
