"""A folder of the user for what can be computed again: parsed rules of the shipped library, never anything of a
document or of a user's rules.

It is used only where nobody else can write: the folder belongs to the user who runs and is closed to all others, the
file is an ordinary one of the same owner. Where that cannot be had, there is no cache and everything is merely slower.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

VARIABLE = "TIEOUT_CACHE"
"""Names another folder; empty: no cache."""
_KEPT = 4
"""Entries of one kind: a few versions may share the folder."""
LARGEST = 50_000_000
"""Bytes of an entry that is read back: nothing that was kept here is as large."""


def fetch(name: str) -> str | None:
    """The text kept under a name, or None."""
    folder = _folder()
    if folder is None or not _private(folder):
        return None
    try:
        handle = os.open(folder / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or not _own(found, 0o022) or found.st_size > LARGEST:
            return None
        try:
            digest, _, content = file.read().partition(b"\n")
        except OSError:
            return None
    if digest != _digest(content):
        return None
    return content.decode("utf-8", "replace")


def keep(name: str, text: str) -> None:
    """Keep a text under a name, all of it or nothing; older entries that begin alike are dropped."""
    folder = _folder()
    if folder is None:
        return
    content = text.encode("utf-8")
    with suppress(OSError):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        if not _private(folder):
            return
        passing = folder / f"{name}.{os.getpid()}"
        handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_digest(content) + b"\n" + content)
            os.replace(passing, folder / name)
        except OSError:
            passing.unlink(missing_ok=True)
            raise
        _prune(folder, name.partition("-")[0])


def _digest(content: bytes) -> bytes:
    """Tells a spoiled entry from a whole one; against others who may write there is the folder itself."""
    return hashlib.sha256(content).hexdigest().encode()


def _prune(folder: Path, kind: str) -> None:
    entries = sorted(folder.glob(f"{kind}-*"), key=lambda entry: entry.lstat().st_mtime_ns, reverse=True)
    for entry in entries[_KEPT:]:
        entry.unlink(missing_ok=True)


def _folder() -> Path | None:
    chosen = os.environ.get(VARIABLE)
    if chosen is not None:
        return Path(chosen) if chosen and Path(chosen).is_absolute() else None
    try:
        home = Path.home()
        if hasattr(os, "getuid") and home.stat().st_uid != os.getuid():
            return None  # run for somebody else, as with sudo: leave nothing of ours in their home
    except (OSError, RuntimeError):
        return None
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) / "tieout" / "cache" if local else None
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "tieout"
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if os.path.isabs(base) else home / ".cache") / "tieout"


def _private(folder: Path) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and _own(found, 0o077)


def _own(found: os.stat_result, forbidden: int) -> bool:
    """Whether it belongs to the user who runs and grants others nothing that is forbidden; Windows keeps profiles
    closed by itself."""
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & forbidden)
