"""Which documents the paths of a run stand for, and their bytes. Suffixes only pick files out of a folder: what a file
is, its content says.

What a folder holds and the run passes over is said: silence about it would be taken for a check.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from attrs import field

from checker.api.errors import Refused
from checker.core.problem import Problem
from checker.core.value import evolve, frozen
from checker.read.mail import HEAD, is_mail
from checker.report.mine import is_mine

SUFFIXES = frozenset(
    (
        ".htm",
        ".html",
        ".xhtml",
        ".xml",
        ".txt",
        ".text",
        ".md",
        ".markdown",
        ".csv",
        ".tsv",
        ".json",
        ".xbrl",
        ".sgml",
        ".xlsx",
        ".xlsm",
        ".pdf",
        ".docx",
        ".docm",
        ".eml",
        ".mht",
        ".mhtml",
    )
)
"""What is taken out of a folder, packed with gzip or not; a file named itself is read whatever it is called."""

PACKED = ".gz"

_MAY_HOLD = frozenset(
    ".doc .odt .rtf .pages .xls .xlsb .ods .numbers .ppt .pptx .odp .zip .gz .bz2 .xz .7z .tar .tgz .shtml "
    ".shtm .asp .aspx .php .msg .epub .ps .tex .rst .adoc".split()
)
"""Kinds of file that a release may come in; what has no suffix may be anything."""

STANDARD_INPUT = "-"
_ZIP = b"PK\x03\x04"
"""How archives and Office files begin."""

_LINKBASE = re.compile(r"_(?:cal|lab|pre|def|ref)\.xml(?:\.gz)?$")
"""Parts of a tagged filing that are no documents: they are read with the page or the instance whose schema they belong
to."""

_Kind = Literal["read", "may hold", "other", "hidden", "mine", "special", "linkbase"]
_WORDS: Mapping[_Kind, str] = {
    "hidden": "hidden",
    "mine": "written by tieout",
    "special": "no plain file",
    "linkbase": "linkbases",
}


class TooLarge(Exception):
    """The file is larger than the run allows."""


@frozen
class Input:
    """One document to read: its path as given and, for standard input, its bytes.

    A part of a message or an archive is named behind it, `mail.eml: release.docx`; `file` is then the message, and
    `part` counts its parts from 0; of an archive `member` is its name there.
    """

    path: str
    content: bytes | None = field(default=None, repr=False)
    file: str = ""
    part: int | None = None
    member: str = ""

    @property
    def source(self) -> str:
        """The file that holds it."""
        return self.file or self.path


@frozen
class Found:
    """The documents of a run, and what its folders hold besides."""

    documents: tuple[Input, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def distinct(self) -> tuple[Input, ...]:
        """Each document once, however often it was given: twice the same numbers are not twice as much checked."""
        return tuple(_once(self.documents))


def inputs(paths: Sequence[str], limit: int) -> Found:
    """Every document that the paths name, folders in the order of their names and of messages each part; a path that is
    not there is wrong usage."""
    found = files(paths, limit)
    problems = list(found.problems)
    documents = [part for one in found.documents for part in unpacked(one, limit, problems)]
    return Found(tuple(documents), tuple(problems))


def unpacked(one: Input, limit: int, problems: list[Problem]) -> list[Input]:
    """The documents of a message or an archive, with what is to be said of it in `problems`; of every other file
    itself."""
    try:
        head = _head(one)
        if not head.startswith(_ZIP) and not is_mail(head):
            return [one]
        body = content(one, limit)
    except (OSError, TooLarge):  # the run says it
        return [one]
    if head.startswith(_ZIP):
        return _of_archive(one, body, problems)
    from checker.read.mail_parts import parts_of  # seldom: most runs read no message

    found = parts_of(body)
    problems += (evolve(problem, path=one.path) for problem in found.problems)
    return [Input(f"{one.path}: {part.name}", one.content, one.path, number) for number, part in enumerate(found.parts)]


def _of_archive(one: Input, body: bytes, problems: list[Problem]) -> list[Input]:
    """The documents of a zip, picked as those of a folder are; of an Office file, and of an archive that holds no
    document, itself."""
    from checker.read import archive  # seldom, too

    if not archive.is_archive(body):
        return [one]
    listed = archive.files_of(body)
    kinds = {name: _kind_of(Path(name)) for name in listed.names}
    found = [name for name, kind in kinds.items() if kind == "read"]
    said = [*listed.problems, *(each for each in [archive.too_many(len(found))] if each is not None)]
    problems += (evolve(problem, path=one.path) for problem in said)
    if not found:
        return [] if said else [one]
    passed: dict[_Kind, Counter[str]] = {}
    for name, kind in kinds.items():
        if kind != "read":
            suffix = Path(name).suffix.lower() or "without a suffix"
            passed.setdefault(kind, Counter())[_WORDS.get(kind) or suffix] += 1
    problems += _told(Path(one.path), passed)
    return [
        Input(f"{one.path}: {name}", one.content, one.path, number, name)
        for number, name in enumerate(found[: archive.MOST])
    ]


def _head(one: Input) -> bytes:
    if one.content is not None:
        return one.content[:HEAD]
    with open(one.path, "rb") as file:
        return file.read(HEAD)


def files(paths: Sequence[str], limit: int) -> Found:
    """Every file that the paths name, messages as they are."""
    found: list[Input] = []
    problems: list[Problem] = []
    for path in paths:
        if path == STANDARD_INPUT:
            if path not in (one.path for one in found):
                found.append(Input(path, sys.stdin.buffer.read(limit + 1)))
        elif Path(path).is_dir():
            found += (Input(str(one)) for one in _inside(Path(path), problems))
        elif os.path.lexists(path):
            found.append(Input(path))
        else:
            raise Refused((Problem("C303", "error", f"there is no file or folder {path!r}"),))
    unread = any(one.severity == "error" for one in problems)
    if not found and not unread:
        passed = "".join(f"; {one.message}" for one in problems)
        message = f"no document in {', '.join(paths)}: looked for {' '.join(sorted(SUFFIXES))}{passed}"
        raise Refused((Problem("C303", "error", message),))
    return Found(tuple(found), tuple(problems))


def _once(found: Sequence[Input]) -> Iterator[Input]:
    """Each document the first time it is given."""
    seen: set[str] = set()
    for one in found:
        name = one.path if one.content is not None else f"{os.path.realpath(one.source)}: {one.part}"
        if name not in seen:
            seen.add(name)
            yield one


def _inside(folder: Path, problems: list[Problem]) -> list[Path]:
    """The files of a folder that are read, and in `problems` what is not."""
    found: list[Path] = []
    passed: dict[_Kind, Counter[str]] = {}

    def closed(error: OSError) -> None:
        problems.append(
            Problem("T004", "error", f"cannot be opened: {error.strerror or type(error).__name__}", str(error.filename))
        )

    for here, folders, files in os.walk(folder, onerror=closed):
        linked = [name for name in folders if (Path(here) / name).is_symlink() and not name.startswith(".")]
        folders[:] = [name for name in folders if not name.startswith(".") and name not in linked]
        passed.setdefault("other", Counter()).update("links to folders" for _ in linked)
        for path in (Path(here) / name for name in files):
            if path.is_symlink() and not path.exists() and not path.name.startswith("."):
                problems.append(Problem("T004", "error", "cannot be opened: the link leads nowhere", str(path)))
                continue
            kind = _kind(path)
            if kind == "read":
                found.append(path)
            else:
                passed.setdefault(kind, Counter())[_WORDS.get(kind) or path.suffix.lower() or "without a suffix"] += 1
    problems += _told(folder, passed)
    return sorted(found)


def _kind(path: Path) -> _Kind:
    """What becomes of a file of a folder."""
    if path.name.startswith("."):
        return "hidden"
    if not path.is_file():
        return "special"
    kind = _kind_of(path)
    return "mine" if kind == "read" and is_mine(path) else kind


def _kind_of(path: Path) -> _Kind:
    """What becomes of a file, by its name alone."""
    if _LINKBASE.search(path.name.lower()):
        return "linkbase"
    suffix = path.suffix.lower()
    inner = Path(path.stem).suffix.lower() if suffix == PACKED else suffix
    if inner in SUFFIXES:
        return "read"
    return "may hold" if suffix in _MAY_HOLD or not suffix else "other"


def _told(folder: Path, passed: Mapping[_Kind, Counter[str]]) -> Iterator[Problem]:
    """What was passed over, by kind: a warning where it may hold a release."""
    held = passed.get("may hold", Counter())
    if held:
        yield Problem(
            "T005",
            "warning",
            f"passed over, and may hold a release: {_counted(held)}",
            str(folder),
            help="name a file itself to have it read",
        )
    rest: Counter[str] = Counter()
    for kind in ("mine", "hidden", "special", "linkbase", "other"):
        rest.update(passed.get(kind, Counter()))
    if rest:
        yield Problem("T006", "note", f"passed over: {_counted(rest)}", str(folder))


def _counted(kinds: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])))


def content(one: Input, limit: int) -> bytes:
    """The bytes of a document, never more than `limit` of it and of the file that holds it."""
    body = held(one, limit)
    if one.member:
        from checker.office.zipped import Faulty
        from checker.read.archive import taken

        try:
            body = taken(body, one.member)
        except (Faulty, KeyError) as fault:
            raise OSError(None, f"in its archive: {fault}") from fault
        if len(body) > limit:
            raise TooLarge
        return body
    if one.part is None:
        return body
    from checker.read.mail_parts import parts_of

    parts = parts_of(body).parts
    if one.part >= len(parts):
        raise OSError(None, "the message has changed meanwhile")
    return parts[one.part].content


def held(one: Input, limit: int) -> bytes:
    """The bytes of the file that holds a document, never more than `limit` of them."""
    if one.content is not None:
        body = one.content
    else:
        with open(one.source, "rb") as file:
            body = file.read(limit + 1)
    if len(body) > limit:
        raise TooLarge
    return body
