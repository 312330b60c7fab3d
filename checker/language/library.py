"""The shipped library as parsed files: as it was prepared, else from the cache, else parsed and kept there.

A library comes with its declarations prepared (rules/library.parsed), under a key that covers every byte of its rule
files. Where that does not fit, because somebody changed a rule, the cache serves: its key also covers the code that
parses. Only files without any problem are prepared or kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import checker
from checker.core.rule import RuleFile
from checker.core.value import frozen
from checker.language.cache import fetch, keep
from checker.language.codec import VOCABULARY, decode, encode
from checker.language.files import Source, parsed, shipped_sources
from checker.resources import rules_folder

PREPARED = "library.parsed"
"""The declarations of the shipped library beside its rule files; `python -m checker.language.tables` writes it."""


@frozen
class _Content:
    source: Source
    content: bytes
    sha256: str


def parsed_library() -> tuple[RuleFile, ...]:
    """Every file of the shipped library, parsed; once in a process as long as no file of it changes."""
    return _read(tuple(_content(source) for source in shipped_sources()))


def library_key() -> str:
    """Stands for the content of every file of the library."""
    return _key(tuple(_content(source) for source in shipped_sources()))


@lru_cache(maxsize=1)
def _read(contents: tuple[_Content, ...]) -> tuple[RuleFile, ...]:
    ready = _restored(_prepared(_key(contents)), contents)
    if ready is not None:
        return ready
    name = f"rules-{_key_with_code(contents)}.json"
    kept = _restored(fetch(name), contents)
    if kept is not None:
        return kept
    files = _parsed(contents)
    if not any(file.problems for file in files):
        keep(name, encode([file.declarations for file in files]))
    return files


def prepared() -> str:
    """What `PREPARED` should hold: a key of the rule files as they are, and their declarations. The rules are parsed,
    whatever is stored of them."""
    contents = tuple(_content(source) for source in shipped_sources())
    return f"{_key(contents)}\n{encode([file.declarations for file in _parsed(contents)])}"


def _prepared(key: str) -> str | None:
    """The stored declarations, if they are those of these rule files."""
    with suppress(OSError, UnicodeDecodeError):
        found, _, text = (rules_folder() / PREPARED).read_text(encoding="utf-8").partition("\n")
        if found == key:
            return text
    return None


def _parsed(contents: Sequence[_Content]) -> tuple[RuleFile, ...]:
    return tuple(parsed(content.source, content.content) for content in contents)


def _content(source: Source) -> _Content:
    content = source.file.read_bytes()
    return _Content(source, content, hashlib.sha256(content).hexdigest())


def _key(contents: Sequence[_Content]) -> str:
    """Stands for the content of every file of the library and for what can be stored of it."""
    lines = [VOCABULARY, *(f"{content.source.path} {content.sha256}" for content in contents)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _key_with_code(contents: Sequence[_Content]) -> str:
    """Stands for the code that parses as well: in a checkout it changes without a new version."""
    digest = hashlib.sha256(f"{checker.__version__} {_key(contents)}\n".encode())
    here = Path(__file__).resolve().parent
    for code in (*sorted(here.glob("*.py")), here.parent / "core" / "rule.py"):
        found = code.stat()
        digest.update(f"{code.name} {found.st_size} {found.st_mtime_ns}\n".encode())
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
        RuleFile(
            content.source.path,
            content.source.stem,
            content.content.decode("utf-8"),
            declarations,
            (),
            True,
            content.sha256,
        )
        for content, declarations in zip(contents, files, strict=True)
    )
