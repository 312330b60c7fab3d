"""A run over many documents: which they are, and what the pipeline and the gate make of each; the room `bulk` does the
rest."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.api.document import answer, crashed, late, unread
from checker.api.errors import Refused
from checker.api.inputs import PACKED, STANDARD_INPUT, SUFFIXES, Input, files
from checker.api.limits import Limits
from checker.bulk.archives import is_archive
from checker.bulk.pool import Died, Late
from checker.bulk.sources import URL, Item, of_archive, of_file, of_store
from checker.core.problem import Problem
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.core.value import frozen
from checker.gate import Settings, decided
from checker.gate.accounted import accounted

LIST = "@"
"""What an input begins with that names a file of paths, one a line; `@-` are those on standard input."""


@frozen
class Examining:
    """The pipeline and the gate, as they travel to a worker."""

    rulebook: Rulebook
    settings: Settings
    limits: Limits
    weakened: tuple[str, ...] = ()

    def __call__(self, name: str, body: bytes | Problem) -> Checked:
        """The document checked, or an empty answer with the problem that kept it from being read."""
        if isinstance(body, Problem):
            return self._gated(unread(Input(name), body))
        return self._gated(answer(Input(name, body), self.rulebook, self.limits))

    def lost(self, name: str, how: Died | Late) -> Checked:
        """The answer for a document on which a worker was lost."""
        if isinstance(how, Late):
            return self._gated(late(Input(name), self.limits))
        return self._gated(crashed(Input(name), f"it ended the process that read it, twice ({how.status})"))

    def lost_filing(self, name: str, how: Died | Late) -> Problem:
        """What is said of a filing on which a worker was lost."""
        return self.lost(name, how).problems[0]

    def _gated(self, found: Checked) -> Checked:
        return decided(accounted(found, self.rulebook), self.settings, self.weakened)


def items(given: Sequence[str], limit: int) -> tuple[list[Item], list[Problem]]:
    """The documents that inputs stand for, each once, and what is to be said of the rest: files, folders, patterns,
    archives, addresses.

    Refused: an input is not there, or no document is.
    """
    found: list[Item] = []
    problems: list[Problem] = []
    for one in (each for listed in given for each in _fitting(listed)):
        if URL in one:
            found += _stored(one)
        elif is_archive(Path(one)):
            packed, trouble = of_archive(one, is_document)
            found += packed
            problems += trouble
        else:
            plain = files([one], limit)
            found += (of_file(each.path) for each in plain.documents)
            problems += plain.problems
    distinct = list({one.name: one for one in found}.values())
    if not distinct and not any(one.severity == "error" for one in problems):
        raise Refused((Problem("C303", "error", f"no document in {', '.join(given)}"),))
    return distinct, problems


def facts(given: Sequence[str]) -> list[Path]:
    """The inputs as sources of typed facts; none where they are documents. Refused: they are both."""
    from checker.bulk.facts.sources import is_source

    paths = [Path(one) for listed in given for one in _fitting(listed) if URL not in one]
    found = [path for path in paths if is_source(path)]
    if found and len(found) < len(paths):
        other = next(path for path in paths if path not in found)
        raise Refused((Problem("C303", "error", f"{found[0]} holds typed facts and {other} does not: run them apart"),))
    return found


def is_document(name: str) -> bool:
    """Whether a member of an archive, or an object of a store, is read: by its suffix, as in a folder."""
    plain = name.lower().removesuffix(PACKED)
    leaf = plain.rpartition("/")[2]
    return not leaf.startswith(".") and "." in leaf and f".{leaf.rpartition('.')[2]}" in SUFFIXES


def listed(given: Sequence[str]) -> list[str]:
    """The inputs with lists of paths (`@FILE`, `@-`) written out. Refused: a list cannot be opened."""
    return list(_listed(given))


def _listed(given: Sequence[str]) -> Iterator[str]:
    for one in given:
        if one == STANDARD_INPUT:
            raise Refused(
                (
                    Problem(
                        "C303",
                        "error",
                        "a run over many documents reads none from standard input; @- reads a list of paths there",
                    ),
                )
            )
        if not one.startswith(LIST) or Path(one).exists():
            yield one
            continue
        try:
            text = (
                sys.stdin.read()
                if one[1:] == STANDARD_INPUT
                else Path(one[1:]).read_text(encoding="utf-8", errors="surrogateescape")
            )
        except OSError as error:
            raise Refused(
                (Problem("C303", "error", f"the list {one[1:]!r} cannot be opened: {error.strerror}"),)
            ) from error
        yield from (line for line in text.splitlines() if line.strip())


def _fitting(given: str) -> list[str]:
    """The files that a pattern fits; an input that is none stands for itself."""
    if URL in given or not glob.has_magic(given) or Path(given).exists():
        return [given]
    found = sorted(glob.glob(given, recursive=True))
    if not found:
        raise Refused((Problem("C303", "error", f"no file fits {given!r}"),))
    return found


def _stored(url: str) -> list[Item]:
    try:
        return of_store(url, is_document)
    except ModuleNotFoundError as error:
        raise Refused(
            (Problem("C303", "error", f"{url}: an object store needs more: pip install {error.name}"),)
        ) from error
    except (OSError, ValueError) as error:
        raise Refused((Problem("C303", "error", f"{url} cannot be opened: {type(error).__name__}"),)) from error
