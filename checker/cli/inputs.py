"""Which documents the paths of a command line stand for, and their bytes. Suffixes only pick files out of a folder: what a file is, its content says."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from attrs import field

from checker.core.value import frozen

SUFFIXES = frozenset((".htm", ".html", ".xhtml", ".xml", ".txt", ".text", ".md", ".markdown", ".csv", ".tsv", ".json", ".sgml"))
"""What is taken out of a folder; a file named itself is read whatever it is called."""

OWN = ("tieout-", "tieout.")
"""How files begin that the program and its gate lay beside the releases: baselines, receipts, summaries."""

STANDARD_INPUT = "-"


class TooLarge(Exception):
    """The file is larger than the run allows."""


@frozen
class Input:
    """One document to read: its path as given and, for standard input, its bytes."""

    path: str
    content: bytes | None = field(default=None, repr=False)


def inputs(paths: Sequence[str], limit: int) -> tuple[Input, ...]:
    """Every document that the paths name, folders in the order of their names; a path that is not there is wrong usage."""
    found: list[Input] = []
    for path in paths:
        if path == STANDARD_INPUT:
            found.append(Input(path, sys.stdin.buffer.read(limit + 1)))
        elif Path(path).is_dir():
            found += (Input(str(one)) for one in _inside(Path(path)))
        elif Path(path).exists():
            found.append(Input(path))
        else:
            raise click.BadParameter(f"there is no file or folder {path!r}", param_hint="PATH")
    if not found:
        raise click.BadParameter(f"no document in {', '.join(paths)}: looked for {' '.join(sorted(SUFFIXES))}", param_hint="PATH")
    return tuple(found)


def _inside(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and not path.name.startswith(OWN) and path.suffix.lower() in SUFFIXES:
            yield path


def content(one: Input, limit: int) -> bytes:
    """The bytes of a document, never more than `limit` of them."""
    if one.content is not None:
        body = one.content
    else:
        with open(one.path, "rb") as file:
            body = file.read(limit + 1)
    if len(body) > limit:
        raise TooLarge
    return body
