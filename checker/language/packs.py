"""Rule packs: a folder of rule files, or one that an installed package brings along, with a name, a version, a licence
and a hash.

What a package brings is found by its entry point (group `tieout.rules`) and read as data: nothing of it is imported or
run.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from checker.core.rule import Pack, RuleFile
from checker.core.value import frozen
from checker.language.files import Source, below, stem

DESCRIPTION = "pack.toml"
"""The file in a folder of rules that makes it a pack: its name, version and licence."""
GROUP = "tieout.rules"
_LARGEST = 100_000


@frozen
class Found:
    """A pack before its files are read: what it says of itself, and its files."""

    folder: Path
    name: str
    version: str = ""
    licence: str = ""
    by: str = ""
    """The installed package that brings it; empty for a folder."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Its rule files; their ids begin with its name."""
        return tuple(Source(file, str(file), f"{self.name}/{stem(file, self.folder)}") for file in below(self.folder))


def described(folder: Path) -> Found | None:
    """The pack that a folder is, if a pack.toml in it says so."""
    path = folder / DESCRIPTION
    try:
        with path.open("rb") as file:
            said = tomllib.loads(file.read(_LARGEST).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    words = {
        key: str(said[key])
        for key in ("name", "version", "licence", "license")
        if isinstance(said.get(key), (str, int, float))
    }
    return Found(
        folder, words.get("name", folder.name), words.get("version", ""), words.get("licence", words.get("license", ""))
    )


def beside(name: str, roots: Sequence[Path]) -> Found | None:
    """The pack of that name in one of these folders."""
    for root in roots:
        own = described(root / name)
        if own is not None:
            return own
        folders = (
            sorted(folder for folder in root.iterdir() if (folder / DESCRIPTION).is_file()) if root.is_dir() else []
        )
        found = next(
            (pack for folder in folders if (pack := described(folder)) is not None and pack.name == name), None
        )
        if found is not None:
            return found
    return None


def installed(name: str) -> Found | None:
    """The pack of that name that an installed package brings along."""
    return next(
        (pack for point in entry_points(group=GROUP) if point.name == name and (pack := _of(point)) is not None), None
    )


def _of(point: EntryPoint) -> Found | None:
    folder = _folder(point.module)
    if folder is None:
        return None
    own = described(folder)
    metadata = point.dist.metadata if point.dist is not None else None
    licence = (metadata["License-Expression"] or metadata["License"] or "") if metadata is not None else ""
    version = point.dist.version if point.dist is not None else ""
    return Found(
        folder,
        point.name,
        (own.version if own else "") or version,
        (own.licence if own else "") or licence,
        str(point.dist.name) if point.dist else "",
    )


def _folder(module: str) -> Path | None:
    """The folder of a module, found and not imported."""
    top, *rest = module.split(".")
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return None
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    folder = Path(places[0], *rest) if places else None
    return folder if folder is not None and folder.is_dir() else None


def packs(found: Sequence[Found], files: Sequence[RuleFile]) -> Iterator[Pack]:
    """What packs a run uses: each with a hash over all its rule files, as they were read or, where only a part is used,
    as they lie there."""
    known = {file.path: file.sha256 for file in files}
    for pack in found:
        digests = ((source, known.get(source.path) or _digest(source.file)) for source in pack.sources)
        lines = "".join(f"{digest}  {source.file.relative_to(pack.folder).as_posix()}\n" for source, digest in digests)
        yield Pack(pack.name, pack.version, pack.licence, hashlib.sha256(lines.encode()).hexdigest(), pack.by)


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
