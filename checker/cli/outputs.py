"""Where reports go: standard output, or files that only their owner may read and that appear whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from checker.core.value import frozen
from checker.report import Format
from checker.report.copies import COPIES, Copy

OWNER_ONLY = 0o600


@frozen
class Output:
    """A format and the file it is written to; None is standard output."""

    format: Format
    path: Path | None


@frozen
class Copied:
    """A kind of copy and the file it is written to."""

    copy: Copy
    path: Path


def copies(names: Sequence[str]) -> tuple[Copied, ...]:
    """Which of the `FORMAT:FILE` arguments ask for a copy of the document itself; one that cannot be made here is wrong
    usage."""
    found = []
    for kind, _, file in (name.partition(":") for name in names):
        if kind in COPIES and file:
            if lacking := COPIES[kind].lacking():
                raise click.UsageError(lacking)
            found.append(Copied(COPIES[kind], writable(file, "--output")))
    return tuple(found)


def outputs(names: Sequence[str], formats: Mapping[str, Format], copied: Iterable[str] = ()) -> tuple[Output, ...]:
    """What `FORMAT:FILE` arguments ask for; a format nobody knows or a folder that is not there is wrong usage, said
    before anything runs. What asks for a copy is left to `copies`."""
    found = []
    for name in names:
        if name.partition(":")[0] in copied and name.partition(":")[2]:
            continue
        format_name, colon, file = name.partition(":")
        if not colon or not file or format_name not in formats:
            every = [*formats, *copied]
            ending = Path(name).suffix.removeprefix(".").lower()
            meant = f"; did you mean {ending}:{name}?" if ending in every and not colon else ""
            raise click.BadParameter(
                f"{name!r} is not FORMAT:FILE with a format of {', '.join(every)}{meant}", param_hint="--output"
            )
        found.append(Output(formats[format_name], writable(file, "--output")))
    return tuple(found)


def distinct(written: Iterable[Output | Copied], taken: Mapping[str, Iterable[str]]) -> None:
    """No report may be written over what the run reads, nor over another report: wrong usage, said before anything
    runs.

    `taken` has paths by what they are to the run: a document, a rule file, the waivers, ...
    """
    seen = _seen(taken)
    for one in written:
        if one.path is None or (one.path.exists() and not one.path.is_file()):  # a device takes what it is given
            continue
        name = os.path.realpath(one.path)
        if name in seen:
            raise _overwriting(one.path, seen[name], "--output")
        seen[name] = "another output"


def spared(written: Path, option: str, taken: Mapping[str, Iterable[str]]) -> None:
    """The file that an option names is none that the run reads or writes otherwise: wrong usage, said before anything
    runs."""
    seen = _seen(taken)
    name = os.path.realpath(written)
    if name in seen and (written.is_file() or not written.exists()):
        raise _overwriting(written, seen[name], option)


def _seen(taken: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """What each file is to the run, by its real path."""
    return {os.path.realpath(path): what for what, paths in taken.items() for path in paths}


def _overwriting(path: Path, what: str, option: str) -> click.BadParameter:
    return click.BadParameter(f"{str(path)!r} is {what} of this run and would be overwritten", param_hint=option)


def writable(file: str, option: str) -> Path:
    """The path of a file that can be written; one that cannot is wrong usage."""
    path = Path(file)
    if path.is_dir() or not path.absolute().parent.is_dir() or not os.access(path.absolute().parent, os.W_OK):
        raise click.BadParameter(f"{file!r} cannot be written", param_hint=option)
    return path


def ready(written: Sequence[Output]) -> None:
    """A format whose package is not installed is wrong usage too, said before anything runs."""
    for one in written:
        if lacking := one.format.lacking():
            raise click.UsageError(lacking)
        if one.path is None and one.format.binary and sys.stdout.isatty():
            raise click.UsageError(
                f"{one.format.name} is nothing for a terminal: --output {one.format.name}:FILE writes it to a file"
            )


def write_file(path: Path, content: str | bytes) -> None:
    """The content in a file of mode 0600, put in place in one step; nothing is left behind when that fails."""
    body = content.encode("utf-8") if isinstance(content, str) else content
    if path.exists() and not path.is_file():  # a device or a pipe keeps its place
        path.write_bytes(body)
        return
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with open(handle, "wb") as file:
            file.write(body)
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def write_out(content: str | bytes, format_name: str) -> None:
    """The content on standard output: data in UTF-8 as it is, words for people in what the console understands."""
    out = sys.stdout
    if isinstance(content, str):
        encoding = (out.encoding if format_name == "text" else None) or "utf-8"
        content = content.encode(encoding, "replace")
    binary = getattr(out, "buffer", None)
    if binary is None:  # a stand-in without bytes, as in notebooks
        out.write(content.decode("utf-8", "replace"))
        return
    out.flush()
    binary.write(content)
    binary.flush()
