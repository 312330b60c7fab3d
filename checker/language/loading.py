"""Reads rule files: those of the user, the shipped library, and what they `use`. Whatever a file holds is answered with a problem, never an exception."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path

from attrs import evolve, frozen

from checker.core.place import Place
from checker.core.problem import Problem
from checker.core.rule import Rulebook, RuleFile, Use
from checker.language.resolving import resolve
from checker.resources import rules_folder

SUFFIX = ".rules"
VOCABULARY = "concepts"
"""The stem of files that declare concepts only; they are loaded even where the shipped rules are left out."""
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


@frozen
class Places:
    """The folders in which `use` looks, and the real paths of the files read so far (it grows as they are read)."""

    roots: tuple[Path, ...]
    seen: set[str]


def load(paths: Sequence[Path], shipped: bool = True) -> Rulebook:
    """The rulebook of these files and folders, the shipped vocabulary, the shipped rules (unless left out), and what any of them uses."""
    from checker.language.library import parsed_library

    library = {file.stem: file for file in parsed_library()}
    first = {stem: file for stem, file in library.items() if shipped or _is_vocabulary(stem)}
    places = Places(tuple(path if path.is_dir() else path.parent for path in paths), {_real(rules_folder() / file.path) for file in first.values()})
    problems: list[Problem] = []
    own: list[RuleFile] = []
    for path in paths:
        sources, wrong = _sources(path)
        problems += wrong
        own += _new(sources, places.seen).values()
    used = _used(own, library, first.keys(), places)
    book = resolve((*first.values(), *used, *own))
    return evolve(book, problems=(*problems, *book.problems)) if problems else book


def read_file(source: Source) -> RuleFile:
    """One file parsed; a file that cannot be read is one without declarations and with a problem."""
    from checker.language.parsing import parse

    try:
        if source.file.stat().st_size > LARGEST:
            return _unreadable(source, "E221", f"the file is larger than {LARGEST:,} bytes", "split it; one file a topic reads best")
        content = source.file.read_bytes()
    except OSError as error:
        return _unreadable(source, "E220", f"the file cannot be read: {error.strerror or type(error).__name__}", None)
    if len(content) > LARGEST:
        return _unreadable(source, "E221", f"the file is larger than {LARGEST:,} bytes", "split it; one file a topic reads best")
    digest = hashlib.sha256(content).hexdigest()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        place = Place(before.count(b"\n") + 1, column, (error.start, error.end))
        message = f"the file is not UTF-8: byte {content[error.start]:02X} cannot stand here"
        help_line = "save it as UTF-8 (editors call it so in the encoding or `save as` menu)"
        return evolve(_unreadable(source, "E222", message, help_line, place), sha256=digest)
    return evolve(parse(text, source.path, source.stem, source.shipped), sha256=digest)


def shipped_sources() -> tuple[Source, ...]:
    """Every file of the shipped library, in order of their ids."""
    root = rules_folder()
    return tuple(Source(file, file.relative_to(root).as_posix(), _stem(file, root), True) for file in _below(root))


def _unreadable(source: Source, code: str, message: str, help_line: str | None, place: Place | None = None) -> RuleFile:
    problem = Problem(code, "error", message, source.path, place, help_line)
    return RuleFile(source.path, source.stem, "", (), (problem,), source.shipped)


def _is_vocabulary(stem: str) -> bool:
    return stem.rpartition("/")[2] == VOCABULARY


def _stem(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix().removesuffix(SUFFIX)


def _below(folder: Path) -> list[Path]:
    """The rule files of a folder, however deep, hidden ones left out."""
    found: list[Path] = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(where, name) for name in names if name.endswith(SUFFIX) and not name.startswith(".")]
        if len(found) > MOST_FILES:
            break
    return sorted(found)


def _sources(path: Path) -> tuple[list[Source], list[Problem]]:
    """The files that a path of the user means."""
    if path.is_dir():
        files = _below(path)
        if len(files) > MOST_FILES:
            return [], [Problem("E223", "error", f"more than {MOST_FILES:,} rule files", str(path), help="name the folder that holds the rules")]
        if not files:
            return [], [Problem("E224", "warning", f"no file ends in {SUFFIX}", str(path), help="rule files end in .rules")]
        return [Source(file, str(file), _stem(file, path)) for file in files], []
    return [Source(path, str(path), path.name.removesuffix(SUFFIX))], []


def _real(file: Path) -> str:
    return os.path.realpath(file)


def _new(sources: Iterable[Source], seen: set[str]) -> dict[str, RuleFile]:
    """The files not read yet, parsed, by where they are."""
    files: dict[str, RuleFile] = {}
    for source in sources:
        real = _real(source.file)
        if real not in seen:
            seen.add(real)
            files[real] = read_file(source)
    return files


def _used(own: Sequence[RuleFile], library: Mapping[str, RuleFile], loaded: Set[str], places: Places) -> tuple[RuleFile, ...]:
    """What these files use and is not loaded yet, from the folders of the user, else from the library; the used before the using."""
    known = {*loaded, *(file.stem for file in own)}
    pending = list(own)
    found: list[RuleFile] = []
    while pending:
        for target in _targets(pending.pop()):
            packs = {stem: file for stem, file in library.items() if _names(target, stem)}
            if (packs and packs.keys() <= known) or any(_names(target, stem) for stem in known.difference(library)):
                continue
            more = list(_new(_searched(target, places.roots), places.seen).values())
            more = more or [file for stem, file in packs.items() if stem not in known]
            known.update(file.stem for file in more)
            pending += more
            found += more
    return tuple(reversed(found))


def _targets(file: RuleFile) -> Iterator[str]:
    return (target for declaration in file.declarations if isinstance(declaration, Use) for target in declaration.targets)


def _names(target: str, stem: str) -> bool:
    return stem == target or stem.startswith(target + "/")


def _searched(target: str, roots: Sequence[Path]) -> Iterator[Source]:
    for root in roots:
        file = root / f"{target}{SUFFIX}"
        if file.is_file():
            yield Source(file, str(file), target)
        elif (root / target).is_dir():
            yield from (Source(file, str(file), _stem(file, root)) for file in _below(root / target))
