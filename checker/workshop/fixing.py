"""Rule files put right where the hint of a mistake leaves no doubt: as a difference to look at first, and then in the
file.

An edit is kept only where the file is better afterwards: more of it can be read, or less is wrong with it. What helps
nothing is taken back.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from checker.core.problem import Edit, Problem
from checker.core.value import frozen

_ROUNDS = 20
"""Times that a file is looked at again: one mistake put right shows the next."""

_NOWHERE = 10**9
"""The line of what is not there."""

Look = Callable[[Path, bytes], Sequence[Problem]]
"""What is wrong with a file that holds these bytes."""


@frozen
class Fixed:
    """A file with its mistakes put right."""

    path: Path
    before: bytes
    after: bytes
    done: tuple[Problem, ...]

    @property
    def difference(self) -> str:
        """What changes, as programmers show it."""
        old, new = (body.decode("utf-8", "replace").splitlines(keepends=True) for body in (self.before, self.after))
        lines = [
            line if line.endswith("\n") else f"{line}\n"
            for line in difflib.unified_diff(old, new, str(self.path), str(self.path), n=1)
        ]
        return "".join(lines)


def fixed(path: Path, content: bytes, look: Look) -> Fixed:
    """The file with everything put right that can be without doubt."""
    state = _State(content, tuple(look(path, content)))
    best = state
    seen = {content}
    for _ in range(_ROUNDS):
        following = _next(state, seen, lambda body: look(path, body))
        if following is None:
            break
        state = following
        if state.weight < best.weight:
            best = state
    return Fixed(path, content, best.content, best.done)


@frozen
class _State:
    content: bytes
    problems: tuple[Problem, ...]
    done: tuple[Problem, ...] = ()

    @property
    def weight(self) -> tuple[int, int, int, int, int]:
        """How much is wrong. A mistake of reading hides what stands behind it: one that comes later is less, however
        many it hid; notes count for nothing."""
        unread = [one for one in self.problems if one.code.startswith("E1")]
        line, column = min(((one.place.line, one.place.column) for one in unread if one.place), default=(_NOWHERE, 0))
        severities = Counter(one.severity for one in self.problems)
        return -line, -column, len(unread), severities["error"], severities["warning"]


def _next(state: _State, seen: set[bytes], look: Callable[[bytes], Sequence[Problem]]) -> _State | None:
    """The file with all that can be put right at once, else with the first that helps; one that shows another mistake
    in its place is no worse."""
    chosen = list(_apart(state.problems))
    for some in (chosen, *([one] for one in chosen if len(chosen) > 1)):
        after = _edited(state.content, [edit for one in some for edit in one.fix])
        if after not in seen:
            seen.add(after)
            following = _State(after, tuple(look(after)), (*state.done, *some))
            if following.weight <= state.weight:
                return following
    return None


def _apart(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems that can be put right together: no two edits at one place."""
    taken: list[tuple[int, int]] = []
    for one in problems:
        stretches = [(edit.start, edit.end) for edit in one.fix]
        if stretches and not any(start <= end_ and begin <= end for start, end in stretches for begin, end_ in taken):
            taken += stretches
            yield one


def _edited(content: bytes, edits: Sequence[Edit]) -> bytes:
    for edit in sorted(edits, key=lambda one: one.start, reverse=True):
        content = content[: edit.start] + edit.text.encode() + content[edit.end :]
    return content
