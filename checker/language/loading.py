"""Which rule files a run takes: those of the user, the shipped library, and what any of them uses."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path

from attrs import evolve

from checker.core.problem import Problem
from checker.core.rule import Rulebook, RuleFile, Use
from checker.core.value import frozen
from checker.language.files import SUFFIX, Source, below, named, parsed, parsed_file, stem
from checker.language.library import parsed_library
from checker.language.resolving import resolve
from checker.resources import rules_folder

VOCABULARY = "concepts"
"""Files of this name (`concepts.rules`) declare concepts only; they are loaded even where the shipped rules are left out."""


@frozen
class Places:
    """The folders in which `use` looks, and the real paths of the files read so far (it grows as they are read)."""

    roots: tuple[Path, ...]
    seen: set[str]


def load(paths: Sequence[Path], shipped: bool = True) -> Rulebook:
    """The rulebook of these files and folders, the shipped vocabulary, the shipped rules (unless left out), and what any of them uses."""
    library = {file.stem: file for file in parsed_library()}
    first = {own: file for own, file in library.items() if shipped or own.rpartition("/")[2] == VOCABULARY}
    root = os.path.realpath(rules_folder())
    places = Places(tuple(path if path.is_dir() else path.parent for path in paths), {os.path.join(root, *file.path.split("/")) for file in first.values()})
    problems: list[Problem] = []
    own: list[RuleFile] = []
    for path in paths:
        sources, wrong = named(path)
        problems += wrong
        own += _new(sources, places.seen)
    used = _used(own, library, first.keys(), places)
    book = resolve((*first.values(), *used, *own))
    return evolve(book, problems=(*problems, *book.problems)) if problems else book


def beside(path: Path, content: bytes) -> tuple[RuleFile, Rulebook]:
    """A file as if it held these bytes, and the rulebook of it, the shipped library and what it uses. The file itself is not read."""
    library = {file.stem: file for file in parsed_library()}
    places = Places((path.parent,), {os.path.realpath(path)})
    file = parsed(Source(path, str(path), path.name.removesuffix(SUFFIX)), content)
    used = _used([file], library, library.keys(), places)
    return file, resolve((*library.values(), *used, file))


def _new(sources: Iterable[Source], seen: set[str]) -> list[RuleFile]:
    """The files not read yet, parsed; the same file under two names is read once."""
    files: list[RuleFile] = []
    for source in sources:
        real = os.path.realpath(source.file)
        if real not in seen:
            seen.add(real)
            files.append(parsed_file(source))
    return files


def _used(own: Sequence[RuleFile], library: Mapping[str, RuleFile], loaded: Set[str], places: Places) -> tuple[RuleFile, ...]:
    """What these files use and is not loaded yet, from the folders of the user, else from the library; the used before the using."""
    known = {*loaded, *(file.stem for file in own)}
    pending = list(own)
    found: list[RuleFile] = []
    while pending:
        for target in _targets(pending.pop()):
            packs = {one: file for one, file in library.items() if _names(target, one)}
            if (packs and packs.keys() <= known) or any(_names(target, one) for one in known.difference(library)):
                continue
            more = _new(_searched(target, places.roots), places.seen)
            more = more or [file for one, file in packs.items() if one not in known]
            known.update(file.stem for file in more)
            pending += more
            found += more
    return tuple(reversed(found))


def _targets(file: RuleFile) -> Iterator[str]:
    return (target for declaration in file.declarations if isinstance(declaration, Use) for target in declaration.targets)


def _names(target: str, own: str) -> bool:
    return own == target or own.startswith(target + "/")


def _searched(target: str, roots: Sequence[Path]) -> Iterator[Source]:
    for root in roots:
        file = root / f"{target}{SUFFIX}"
        if file.is_file():
            yield Source(file, str(file), target)
        elif (root / target).is_dir():
            yield from (Source(file, str(file), stem(file, root)) for file in below(root / target))
