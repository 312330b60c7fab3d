"""The folder of a run: parts named by their content, written aside and renamed, and entries that say which parts count.

An entry is put in place after the parts that it names: what has no entry was never done, and is swept away by the next
run. So a run that is killed, or whose disk is full, loses what it had not written down and nothing else, and nothing is
kept twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
from attrs import define, field

from checker.bulk.rows import Answer, Packed, Unit, decoded, packed, together
from checker.bulk.schema import NAME, TABLES
from checker.core.value import frozen

ENTRIES, MANIFEST, RUN, _LOCK = "entries", "manifest.json", "run.json", ".lock"
_ASIDE = ".aside-"
"""How the name of a file begins that is still being written."""
_OWNER_ONLY, _OWNER_ONLY_FOLDER = 0o600, 0o700
_MOST_DOCUMENTS, _MOST_BYTES, _MOST_SECONDS = 512, 32_000_000, 30
"""After so many documents, or bytes of their rows, or so long a part is written: that much is lost at most when the run
is killed."""
_NAME = 32
"""Hex digits of a hash that name a file."""


class Unusable(Exception):
    """The folder cannot take this run, and why."""


@frozen
class Head:
    """What a folder was made with. Runs with other rules or settings go to another folder."""

    version: str
    rules: str
    """Hash over all rule files."""
    settings: Mapping[str, str]

    @property
    def key(self) -> str:
        """What every result of the run rests on besides its document."""
        return hashlib.sha256(
            json.dumps([NAME, self.version, self.rules, dict(self.settings)], sort_keys=True).encode()
        ).hexdigest()

    def document(self, name: str, content: bytes) -> str:
        """The key of a document: what it is called, what it holds, and what it is judged by."""
        body = hashlib.sha256(content).hexdigest()
        return hashlib.sha256("\0".join((self.key, name, body)).encode("utf-8", "surrogateescape")).hexdigest()[:_NAME]


@frozen
class Done:
    """One document that is written down."""

    document: str
    path: str
    status: int
    reasons: tuple[str, ...]
    digest: str
    run: int


@define
class Store:
    """A folder open for writing, by one run at a time."""

    folder: Path
    head: Head
    run: int
    done: dict[str, Done]
    """By key: the last time that each document was written down."""
    units: dict[str, tuple[Unit, int]]
    """By key: filings that were judged together, and the run that did it last."""
    _lock: int
    _waiting: list[Answer] = field(factory=list)
    _bytes: int = 0
    _count: int = 0
    _last: float = field(factory=time.monotonic)
    _thread: ThreadPoolExecutor = field(factory=lambda: ThreadPoolExecutor(1))
    _writing: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown()
        os.close(self._lock)

    def add(self, answer: Answer) -> None:
        """Takes an answer; a part is written as soon as enough of them wait. Files of filings are written at once, by a
        thread, while others are judged. OSError: this answer, or one before it, cannot be written.
        """
        if answer.unit is not None:
            self._written()
            self._writing = self._thread.submit(self._write_unit, answer.unit, answer.files)
            return
        self._waiting.append(answer)
        self._bytes += len(answer.rows)
        self._count += len(answer.documents)
        if (
            self._count >= _MOST_DOCUMENTS
            or self._bytes >= _MOST_BYTES
            or time.monotonic() - self._last >= _MOST_SECONDS
        ):
            self.flush()

    def flush(self) -> None:
        """Writes down what waits. OSError: the disk is full, or the folder has gone; what was written before stays."""
        self._written()
        if not self._waiting:
            return
        answers, self._waiting, self._bytes, self._count, self._last = self._waiting, [], 0, 0, time.monotonic()
        tables: dict[str, list[pa.Table]] = {name: [] for name in TABLES}
        for answer in answers:
            for name, table in decoded(answer.rows, self.run).items():
                tables[name].append(table)
        joined = {name: together(pieces, TABLES[name]) for name, pieces in tables.items()}
        parts = {
            name: _part(self.folder, name, packed(table))
            for name, table in joined.items()
            if name != "tallies"  # documents have none
        }
        told = [one for answer in answers for one in answer.documents]
        documents = [[one.document, one.path, one.status, list(one.reasons), one.digest] for one in told]
        self._enter({"parts": parts, "documents": documents})
        self.done |= {
            one.document: Done(one.document, one.path, one.status, one.reasons, one.digest, self.run) for one in told
        }

    def _write_unit(self, unit: Unit, files: Mapping[str, Packed]) -> None:
        parts = {name: _part(self.folder, name, one) for name, one in files.items()}
        self._enter({"parts": parts, "documents": [], "units": [_listed(unit)]})
        self.units[unit.key] = unit, self.run

    def _enter(self, told: Mapping[str, Any]) -> None:
        """Writes an entry: from now on what it names counts."""
        body = json.dumps({"schema": NAME, "run": self.run, **told}).encode()
        _put(self.folder / ENTRIES / f"{self.run:06}-{hashlib.sha256(body).hexdigest()[:_NAME]}.json", body)

    def _written(self) -> None:
        """Waits for the thread."""
        if self._writing is not None:
            writing, self._writing = self._writing, None
            writing.result()

    def finish(self, told: Mapping[str, Any]) -> None:
        """Writes the rest, and the manifest: what was run, every part with its hash, and the digest over all
        results."""
        self.flush()
        current, units = latest(self.done.values()), current_units(self.units.values())
        manifest = {
            "schema": NAME,
            **_described(self.head),
            **told,
            "runs": self.run,
            "documents": len(current) + sum(one.count for one, _ in units),
            "digest": digest(current, [one for one, _ in units]),
            "parts": [
                {"table": table, **part}
                for entry in entries(self.folder)
                for table, part in sorted(entry["parts"].items())
            ],
        }
        _put(self.folder / MANIFEST, json.dumps(manifest, indent=2).encode() + b"\n")


def open_store(folder: Path, head: Head) -> Store:
    """The folder, made where it is not there, swept of what an interrupted run left. Unusable: other rules or settings,
    or another run writes to it."""
    if folder.exists() and not folder.is_dir():
        raise Unusable(f"{folder} is a file")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / RUN).exists() and not (folder / _LOCK).exists():
        raise Unusable(f"{folder} holds something else: name an empty folder, or that of an earlier run")
    folder.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    lock = _locked(folder)
    try:
        made = _run(folder)
        if made is not None and made != _described(head):
            other = ", ".join(name for name, value in _described(head).items() if made.get(name) != value)
            raise Unusable(f"{folder} was made with other {other}: name another folder")
        for name in (*TABLES, ENTRIES):
            (folder / name).mkdir(mode=_OWNER_ONLY_FOLDER, exist_ok=True)
        if made is None:
            _put(folder / RUN, json.dumps(_described(head), indent=2).encode() + b"\n")
        _sweep(folder)
        done, units = written(folder), written_units(folder)
        run = 1 + max((*(one.run for one in done), *(run for _, run in units)), default=0)
        return Store(
            folder, head, run, {one.document: one for one in done}, {one.key: (one, run) for one, run in units}, lock
        )
    except BaseException:
        os.close(lock)
        raise


def made_with(folder: Path) -> Mapping[str, Any]:
    """What a folder was made with. Unusable: it is none of a run."""
    found = _run(folder)
    if found is None:
        raise Unusable(f"{folder} is not the folder of a run: there is no {RUN} in it")
    return found


def entries(folder: Path) -> Iterator[Mapping[str, Any]]:
    """Every entry, in the order of the runs."""
    for path in sorted((folder / ENTRIES).glob("[!.]*.json")):
        yield json.loads(path.read_bytes())


def written(folder: Path) -> tuple[Done, ...]:
    """Every document that is written down, in the order of the runs; one that was done again stands there again."""
    return tuple(
        Done(document, path, status, tuple(reasons), digest, entry["run"])
        for entry in entries(folder)
        for document, path, status, reasons, digest in entry["documents"]
    )


def written_units(folder: Path) -> tuple[tuple[Unit, int], ...]:
    """Filings that were judged together, and the run that wrote them down."""
    return tuple((_unlisted(one), entry["run"]) for entry in entries(folder) for one in entry.get("units", ()))


def _listed(one: Unit) -> list[Any]:
    return [one.key, one.source, one.first, one.last, [list(pair) for pair in one.statuses], one.reasons, one.digest]


def _unlisted(told: Sequence[Any]) -> Unit:
    key, source, first, last, statuses, reasons, digest = told
    return Unit(key, source, first, last, tuple((status, count) for status, count in statuses), tuple(reasons), digest)


def current_units(units: Iterable[tuple[Unit, int]]) -> list[tuple[Unit, int]]:
    """Those whose filings no later run has judged again in other company."""
    found: list[tuple[Unit, int]] = []
    standing: dict[str, list[tuple[str, str]]] = {}
    ordered = sorted(units, key=lambda one: (-one[1], one[0].source, one[0].first))
    for run, several in groupby(ordered, key=lambda one: one[1]):
        fresh = [(one, run) for one, _ in several if not _covered(one, standing.get(one.source, ()))]
        found += fresh
        for one, _ in fresh:
            standing.setdefault(one.source, []).append((one.first, one.last))
        for ranges in standing.values():
            ranges.sort()
    return found


def _covered(one: Unit, ranges: Sequence[tuple[str, str]]) -> bool:
    """Whether some of the filings stand in one of the ranges, which are in order."""
    at = bisect_left(ranges, (one.first, ""))
    near = [*ranges[max(0, at - 1) : at], *ranges[at : at + 1]]
    return any(first <= one.last and one.first <= last for first, last in near)


def latest(done: Sequence[Done] | Any) -> tuple[Done, ...]:
    """Of each path what was written down last: a document that has changed since takes the place of what it was."""
    return tuple({one.path: one for one in sorted(done, key=lambda one: one.run)}.values())


def digest(done: Sequence[Done], units: Sequence[Unit] = ()) -> str:
    """One hash over the results, whoever came to them in whatever order."""
    told = [*(f"{one.document} {one.digest}" for one in done), *(f"{one.key} {one.digest}" for one in units)]
    return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()


def parts(folder: Path, table: str) -> list[str]:
    """The files of a table that count."""
    return list(
        dict.fromkeys(
            str(folder / table / entry["parts"][table]["file"]) for entry in entries(folder) if table in entry["parts"]
        )
    )


# ---- files -----------------------------------------------------------------------------------------------------------


def _described(head: Head) -> dict[str, Any]:
    return {"version": head.version, "rules": head.rules, "settings": dict(head.settings)}


def _run(folder: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((folder / RUN).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValueError as error:
        raise Unusable(f"{folder / RUN} is damaged") from error
    if not isinstance(found, dict):
        raise Unusable(f"{folder / RUN} is damaged")
    return found


def _part(folder: Path, name: str, one: Packed) -> dict[str, Any]:
    """The table as a file of its own, named by the hash of its bytes."""
    _put(folder / name / f"{one.sha256[:_NAME]}.parquet", one.body)
    return {"file": f"{one.sha256[:_NAME]}.parquet", "sha256": one.sha256, "rows": one.rows}


def _put(target: Path, body: bytes) -> None:
    """The file in its place, whole or not at all, and on the disk when this returns."""
    beside = target.with_name(f"{_ASIDE}{target.name}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
        with open(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
        _settled(target.parent)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _settled(folder: Path) -> None:
    """The folder's entries on the disk, where the system lets a folder be asked for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(folder: Path) -> None:
    """Takes away what no entry names."""
    named = {(table, part["file"]) for entry in entries(folder) for table, part in entry["parts"].items()}
    for table in TABLES:
        for path in (folder / table).iterdir():
            if (table, path.name) not in named:
                path.unlink()
    for path in (folder / ENTRIES).glob(f"{_ASIDE}*"):
        path.unlink()


def _locked(folder: Path) -> int:
    """A file that this process alone holds, until it ends in whatever way."""
    handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
    try:
        import fcntl
    except ImportError:  # Windows
        return handle
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise Unusable(f"another run writes to {folder}") from error
    return handle
