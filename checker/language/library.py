"""The shipped library as parsed files: from the cache where it holds exactly these files, else parsed and kept there.

Only files without any problem are kept. The key covers every byte of the library and the code that parses it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

import checker
from checker.core.rule import RuleFile
from checker.language.cache import fetch, keep
from checker.language.codec import decode, encode
from checker.language.files import Source, parsed, shipped_sources


@frozen
class _Content:
    source: Source
    content: bytes
    sha256: str


def parsed_library() -> tuple[RuleFile, ...]:
    """Every file of the shipped library, parsed."""
    contents = tuple(_content(source) for source in shipped_sources())
    name = f"rules-{_key(contents)}.json"
    kept = _restored(fetch(name), contents)
    if kept is not None:
        return kept
    files = tuple(parsed(content.source, content.content) for content in contents)
    if not any(file.problems for file in files):
        keep(name, encode([file.declarations for file in files]))
    return files


def _content(source: Source) -> _Content:
    content = source.file.read_bytes()
    return _Content(source, content, hashlib.sha256(content).hexdigest())


def _key(contents: Sequence[_Content]) -> str:
    digest = hashlib.sha256(checker.__version__.encode())
    here = Path(__file__).resolve().parent
    for code in (*sorted(here.glob("*.py")), here.parent / "core" / "rule.py"):
        found = code.stat()
        digest.update(f"{code.name} {found.st_size} {found.st_mtime_ns}\n".encode())
    for content in contents:
        digest.update(f"{content.source.path} {content.sha256}\n".encode())
    return digest.hexdigest()[:32]


def _restored(text: str | None, contents: Sequence[_Content]) -> tuple[RuleFile, ...] | None:
    if text is None:
        return None
    try:
        files = decode(text)
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    if len(files) != len(contents):
        return None
    return tuple(
        RuleFile(content.source.path, content.source.stem, content.content.decode("utf-8"), declarations, (), True, content.sha256)
        for content, declarations in zip(contents, files, strict=True)
    )
