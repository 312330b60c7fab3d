"""Which rule files a run takes: those of the user, the shipped library, and what any of them uses."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from checker.core.problem import Problem
from checker.core.rule import Pack, Rulebook, RuleFile, Use
from checker.core.value import evolve, frozen
from checker.language.files import SUFFIX, Source, below, named, parsed, parsed_file, stem
from checker.language.library import library_key, parsed_library
from checker.language.resolving import resolve
from checker.resources import rules_folder

if TYPE_CHECKING:
    from checker.language.packs import Found

PACK = "pack.toml"
"""The file in a folder of rules that makes it a pack."""
VOCABULARY = "concepts"
"""Files of this name (`concepts.rules`) declare concepts only; they are loaded even where the shipped rules are left
out."""


@frozen
class Places:
    """The folders in which `use` looks, and the real paths of the files read so far (it grows as they are read)."""

    roots: tuple[Path, ...]
    seen: set[str]


def load(paths: Sequence[Path], shipped: bool = True) -> Rulebook:
    """The rulebook of these files and folders, the shipped vocabulary, the shipped rules (unless left out), and what
    any of them uses. The shipped one alone is the same for every document of a process, and made ready once."""
    return _loaded(paths, shipped) if paths else _alone(library_key(), shipped)


@lru_cache(maxsize=2)
def _alone(key: str, shipped: bool) -> Rulebook:
    return _loaded((), shipped)


def _loaded(paths: Sequence[Path], shipped: bool) -> Rulebook:
    library = {file.stem: file for file in parsed_library()}
    first = {own: file for own, file in library.items() if shipped or own.rpartition("/")[2] == VOCABULARY}
    root = os.path.realpath(rules_folder())
    places = Places(
        tuple(path if path.is_dir() else path.parent for path in paths),
        {os.path.join(root, *file.path.split("/")) for file in first.values()},
    )
    problems: list[Problem] = []
    own: list[RuleFile] = []
    for path in paths:
        sources, wrong = named(path)
        problems += wrong
        own += _new(sources, places.seen)
    found = [pack for path in paths if path.is_dir() and (pack := _described(path)) is not None]
    used = _used(own, library, first.keys(), places, found)
    book = resolve((*first.values(), *used, *own))
    return evolve(book, problems=(*problems, *book.problems), packs=_packs(found, (*used, *own)))


def beside(path: Path, content: bytes) -> tuple[RuleFile, Rulebook]:
    """A file as if it held these bytes, and the rulebook of it, the shipped library and what it uses. The file itself
    is not read; one of the library stands in its own place there."""
    library = {file.stem: file for file in parsed_library()}
    real = os.path.realpath(path)
    places = Places((path.parent,), {real})
    root = os.path.realpath(rules_folder())
    own = next((one for one in library.values() if os.path.join(root, *one.path.split("/")) == real), None)
    if own is not None:
        file = parsed(Source(path, own.path, own.stem, True), content)
        return file, resolve(tuple(library[one] if one != own.stem else file for one in library))
    file = parsed(Source(path, str(path), path.name.removesuffix(SUFFIX)), content)
    used = _used([file], library, library.keys(), places, [])
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


def _used(
    own: Sequence[RuleFile], library: Mapping[str, RuleFile], loaded: Set[str], places: Places, taken: list[Found]
) -> tuple[RuleFile, ...]:
    """What these files use and is not loaded yet, from the folders of the user, else from the library, else from an
    installed pack; the used before the using. `taken` grows by the packs that are met."""
    known = {*loaded, *(file.stem for file in own)}
    pending = list(own)
    found: list[RuleFile] = []
    while pending:
        for target in _targets(pending.pop()):
            shipped = {one: file for one, file in library.items() if _names(target, one)}
            if (shipped and shipped.keys() <= known) or any(_names(target, one) for one in known.difference(library)):
                continue
            more = _new(_of_pack(target, places.roots, taken), places.seen) or _new(
                _searched(target, places.roots), places.seen
            )
            more = (
                more
                or [file for one, file in shipped.items() if one not in known]
                or _new(_of_pack(target, None, taken), places.seen)
            )
            known.update(file.stem for file in more)
            pending += more
            found += more
    return tuple(reversed(found))


def _of_pack(target: str, roots: Sequence[Path] | None, taken: list[Found]) -> Iterator[Source]:
    """The files of a pack that a target names: of a folder in these, or of an installed package where none are
    given."""
    from checker.language import packs  # looks through what is installed, which few runs need

    name = target.partition("/")[0]
    pack = packs.installed(name) if roots is None else packs.beside(name, roots)
    if pack is not None:
        if pack not in taken:
            taken.append(pack)
        yield from (source for source in pack.sources if _names(target, source.stem))


def _described(folder: Path) -> Found | None:
    """The pack that a folder says it is."""
    from checker.language import packs

    return packs.described(folder) if (folder / PACK).is_file() else None


def _packs(found: Sequence[Found], files: Sequence[RuleFile]) -> tuple[Pack, ...]:
    from checker.language import packs

    return tuple(packs.packs(found, files)) if found else ()


def _targets(file: RuleFile) -> Iterator[str]:
    return (
        target for declaration in file.declarations if isinstance(declaration, Use) for target in declaration.targets
    )


def _names(target: str, own: str) -> bool:
    return own == target or own.startswith(target + "/")


def _searched(target: str, roots: Sequence[Path]) -> Iterator[Source]:
    for root in roots:
        file = root / f"{target}{SUFFIX}"
        if file.is_file():
            yield Source(file, str(file), target)
        elif (root / target).is_dir():
            yield from (Source(file, str(file), stem(file, root)) for file in below(root / target))
