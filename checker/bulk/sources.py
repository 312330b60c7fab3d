"""Which documents an input stands for, and their bytes, one after the other: files, members of archives, objects of a
store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from checker.bulk import archives
from checker.core.problem import Problem
from checker.core.value import frozen

URL = "://"
"""What an input holds that names an object store."""


@frozen
class Item:
    """One document to read: what it is called, where it is, its bytes and the day it was last changed as far as they
    are known."""

    name: str
    holder: str
    """The file, the archive or the object that holds it."""
    member: str | None = None
    """Its name in an archive."""
    size: int = 0
    changed: datetime | None = None


@frozen
class Choice:
    """Which of the documents are wanted. `sample`: so many of them, as many every time, whatever their order; `limit`:
    the first so many."""

    since: datetime | None = None
    sample: int | None = None
    percent: bool = False
    """`sample` counts percent of the documents."""
    limit: int | None = None


def of_file(path: str) -> Item:
    """A file as a document. What cannot be opened is found out when it is read."""
    try:
        about = Path(path).stat()
    except OSError:
        return Item(path, path)
    return Item(path, path, None, about.st_size, datetime.fromtimestamp(int(about.st_mtime), UTC))


def of_archive(path: str, is_document: Callable[[str], bool]) -> tuple[list[Item], list[Problem]]:
    """The documents of an archive, and what is to be said of the rest of it."""
    items: list[Item] = []
    problems: list[Problem] = []
    passed = 0
    try:
        for one in archives.members(Path(path)):
            name = f"{path}/{one.name}"
            if not is_document(one.name):
                passed += 1
            elif one.refused:
                problems.append(Problem("T004", "error", f"cannot be opened: {one.refused}", name))
            else:
                items.append(Item(name, path, one.name, one.size, one.changed))
    except archives.Refused as refused:
        problems.append(Problem("T004", "error", f"cannot be opened: {refused}", path))
    except OSError as error:
        problems.append(Problem("T004", "error", f"cannot be opened: {error.strerror or type(error).__name__}", path))
    if passed:
        problems.append(Problem("T006", "note", f"passed over: {passed} members that are no documents", path))
    return items, problems


def of_store(url: str, is_document: Callable[[str], bool]) -> list[Item]:
    """The objects under an address of an object store, in the order of their names. ModuleNotFoundError: fsspec is not
    installed."""
    system, path = _system(url)
    protocol = url.partition(URL)[0]
    if system.isfile(path):
        return [_object(protocol, system.info(path))]
    found = system.find(path, detail=True)
    return [_object(protocol, found[name]) for name in sorted(found) if is_document(name)]


def _object(protocol: str, about: Any) -> Item:
    name = f"{protocol}{URL}{about['name']}"
    changed = next(
        (
            about[key]
            for key in ("LastModified", "last_modified", "updated", "created")
            if isinstance(about.get(key), datetime)
        ),
        None,
    )
    return Item(
        name,
        name,
        None,
        int(about.get("size") or 0),
        changed.replace(tzinfo=UTC) if changed is not None and changed.tzinfo is None else changed,
    )


def _system(url: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    found: tuple[Any, str] = url_to_fs(url)
    return found


def chosen(items: Sequence[Item], choice: Choice) -> list[Item]:
    """The documents that are wanted, in their order. What does not say when it was changed counts as new."""
    found = [one for one in items if choice.since is None or one.changed is None or one.changed >= choice.since]
    if choice.sample is not None:
        count = -(-len(found) * choice.sample // 100) if choice.percent else choice.sample
        drawn = sorted(
            range(len(found)),
            key=lambda index: hashlib.sha256(found[index].name.encode("utf-8", "surrogateescape")).digest(),
        )[:count]
        found = [found[index] for index in sorted(drawn)]
    return found[: choice.limit]


Read = tuple[Item, bytes | Problem]
"""A document and its bytes, or why it has none."""


def read(items: Sequence[Item], limit: int) -> Iterator[Read]:
    """The bytes of each document, never more than `limit` + 1 of them; members of one archive in the order in which
    they stand there."""
    for (holder, packed), together in groupby(items, key=lambda one: (one.holder, one.member is not None)):
        listed = list(together)
        if packed:
            yield from _members(holder, listed, limit)
        else:
            yield from ((one, _content(one, limit)) for one in listed)


def _members(holder: str, items: Sequence[Item], limit: int) -> Iterator[Read]:
    left = {one.member: one for one in items if one.member is not None}
    why = "it is no longer there"
    try:
        for name, body in archives.bodies(Path(holder), frozenset(left), limit):
            yield left.pop(name), body
    except archives.Refused as refused:
        why = str(refused)
    except OSError as error:
        why = error.strerror or type(error).__name__
    yield from ((one, Problem("T004", "error", f"cannot be opened: {why}", one.name)) for one in left.values())


def _content(one: Item, limit: int) -> bytes | Problem:
    try:
        if URL in one.holder:
            system, path = _system(one.holder)
            with system.open(path, "rb") as file:
                body: bytes = file.read(limit + 1)
                return body
        with open(one.holder, "rb") as plain:
            return plain.read(limit + 1)
    except OSError as error:
        return Problem("T004", "error", f"cannot be opened: {error.strerror or type(error).__name__}", one.name)
