"""Rule files on disk: which ones a path means, and each one read and parsed. Whatever a file holds is answered with a
problem, never an exception."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from checker.core.place import Place
from checker.core.problem import Problem
from checker.core.rule import RuleFile
from checker.core.value import evolve, frozen
from checker.resources import rules_folder

SUFFIX = ".rules"
LARGEST = 4_000_000
"""Bytes of a rule file; the whole shipped library is far smaller."""
MOST_FILES = 5_000
"""Rule files of one folder; more means that the wrong folder was named."""


@frozen
class Source:
    """A rule file before it is read: where it is, what messages call it, what its ids begin with."""

    file: Path
    path: str
    stem: str
    shipped: bool = False


def named(path: Path) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """The files that a path given by the user means: itself, or every rule file below it. What lies in the library has
    its ids there, whichever part of it is named."""
    if not path.is_dir():
        return (Source(path, str(path), _own_stem(path, path.parent)),), ()
    files = below(path)
    if len(files) > MOST_FILES:
        return (), (
            Problem(
                "E223",
                "error",
                f"more than {MOST_FILES:,} rule files",
                str(path),
                help="name the folder that holds the rules",
            ),
        )
    if not files:
        return (), (
            Problem("E224", "warning", f"no file ends in {SUFFIX}", str(path), help="rule files end in .rules"),
        )
    return tuple(Source(file, str(file), _own_stem(file, path)) for file in files), ()


def _own_stem(file: Path, root: Path) -> str:
    real, library = Path(os.path.realpath(file)), Path(os.path.realpath(rules_folder()))
    return (
        stem(real, library) if real.is_relative_to(library) else file.relative_to(root).as_posix().removesuffix(SUFFIX)
    )


def shipped_sources() -> tuple[Source, ...]:
    """Every file of the shipped library, in order of their ids."""
    root = rules_folder()
    return tuple(Source(file, file.relative_to(root).as_posix(), stem(file, root), True) for file in below(root))


def below(folder: Path) -> list[Path]:
    """The rule files of a folder, however deep, hidden ones left out."""
    found: list[Path] = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(where, name) for name in names if name.endswith(SUFFIX) and not name.startswith(".")]
        if len(found) > MOST_FILES:
            break
    return sorted(found)


def stem(file: Path, root: Path) -> str:
    """What ids of a file begin with: its path below the rules folder, without the suffix."""
    return file.relative_to(root).as_posix().removesuffix(SUFFIX)


def parsed_file(source: Source) -> RuleFile:
    """One file parsed; a file that cannot be read is one without declarations and with a problem."""
    try:
        with source.file.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        return _unreadable(source, Problem("E220", "error", f"the file cannot be read: {why}", source.path))
    if len(content) > LARGEST:
        problem = Problem(
            "E221",
            "error",
            f"the file is larger than {LARGEST:,} bytes",
            source.path,
            help="split it; one file a topic reads best",
        )
        return _unreadable(source, problem)
    return parsed(source, content)


def parsed(source: Source, content: bytes) -> RuleFile:
    """A file of these bytes parsed."""
    from checker.language.parsing import parse  # brings Lark along, which a cached library does without

    digest = hashlib.sha256(content).hexdigest()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return evolve(_unreadable(source, _encoding(source, content, error)), sha256=digest)
    return evolve(parse(text, source.path, source.stem, source.shipped), sha256=digest)


def _encoding(source: Source, content: bytes, error: UnicodeDecodeError) -> Problem:
    before = content[: error.start]
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    place = Place(before.count(b"\n") + 1, column, (error.start, error.end))
    message = f"the file is not UTF-8: the byte {content[error.start]:02X} cannot stand here"
    return Problem(
        "E222", "error", message, source.path, place, "save it as UTF-8; editors offer that where they save a file"
    )


def _unreadable(source: Source, problem: Problem) -> RuleFile:
    return RuleFile(source.path, source.stem, "", (), (problem,), source.shipped)
