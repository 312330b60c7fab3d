"""The settings a team writes down once: `tieout.toml`, else the table [tool.tieout] of pyproject.toml. A key nobody
knows is an error, not a shrug."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from checker.core.problem import Problem
from checker.core.rule import Reservation
from checker.core.value import frozen

Setting = str | int | bool | tuple[str, ...]

KEYS: Mapping[str, type] = {
    "rules": list,
    "no-shipped": bool,
    "select": list,
    "ignore": list,
    "require": list,
    "format": str,
    "output": list,
    "fail-on": str,
    "fail-on-rounding": bool,
    "min-coverage": int,
    "materiality": str,
    "clearly-trivial": str,
    "waivers": str,
    "waiver-horizon": int,
    "baseline": str,
    "jobs": int,
    "timeout": int,
    "max-size": int,
    "redact": bool,
    "quiet": bool,
    "verbose": bool,
    "no-color": bool,
}
"""What may be set, and as what: the long options of `tieout check` without their dashes."""

FOR = "for"
"""The tables that reserve rules of the house for some documents."""
_FILES = ("rules", "waivers", "baseline")
_WORDS = {list: "a list of texts", bool: "true or false", str: "a text", int: "a whole number"}


@frozen
class Configuration:
    """What a file sets, by option name, and what is wrong with it. `path` is None where there is no file."""

    path: str | None = None
    settings: Mapping[str, Setting] = {}
    problems: tuple[Problem, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    """Which rules are for some documents only."""


NAME = "tieout.toml"


def find(folder: Path) -> Path | None:
    """The configuration file that holds in a folder: its own, else that of the nearest folder above. Where documents
    lie does not matter."""
    above = folder.absolute()
    return next((found for one in (above, *above.parents) if (found := _own(one))), None)


def _own(folder: Path) -> Path | None:
    own = folder / NAME
    if own.is_file():
        return own
    shared = folder / "pyproject.toml"
    try:
        return shared if shared.is_file() and b"[tool.tieout" in shared.read_bytes() else None
    except OSError:  # of somebody else, in a folder above
        return None


def unused(paths: Iterable[str], used: Path | None) -> Iterator[Problem]:
    """Settings that lie beside a document and do not hold: a stranger's folder must not weaken the gate, and nobody
    should believe that it does."""
    resolved = used.resolve() if used else None
    for folder in dict.fromkeys(Path(path).parent for path in paths):
        own = folder / NAME
        if own.is_file() and own.resolve() != resolved:
            message = (
                "lies beside a document and is not used: settings count from the working folder, and from those "
                "above it"
            )
            yield Problem("C005", "note", message, own.as_posix(), help="to use it: --config")


def read(path: Path) -> Configuration:
    """The settings in a file; file names in it count from its own folder."""
    import tomllib

    name = str(path)
    try:
        tree: object = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        return Configuration(name, problems=(Problem("C001", "error", f"cannot be opened: {error.strerror}", name),))
    except (ValueError, RecursionError) as error:  # no TOML, no UTF-8, or a number of thousands of digits
        return Configuration(name, problems=(Problem("C002", "error", f"is no TOML: {error}", name),))
    if path.name == "pyproject.toml":
        tree = _inner(_inner(tree, "tool"), "tieout")
    if not isinstance(tree, dict):
        return Configuration(name, problems=(Problem("C002", "error", "[tool.tieout] is no table", name),))
    settings: dict[str, Setting] = {}
    problems: list[Problem] = []
    reservations: list[Reservation] = []
    for key, value in tree.items():
        if key == FOR:
            for table in value if isinstance(value, list) else [value]:
                reservation, trouble = _reservation(table)
                problems += [Problem("C003", "error", trouble, name)] if trouble else []
                reservations += [reservation] if reservation else []
            continue
        trouble = _wrong(key, value)
        if trouble:
            problems.append(Problem("C003", "error", trouble, name))
        else:
            settings[key] = _placed(key, value, path.parent)
    return Configuration(name, settings, tuple(problems), tuple(reservations))


def _reservation(table: object) -> tuple[Reservation | None, str]:
    """One table [[for]], or what is wrong with it."""
    if not isinstance(table, dict):
        return None, f"[[{FOR}]] is a table with rules, and documents or issuers"
    unknown = [key for key in table if key not in ("rules", "documents", "issuers")]
    if unknown:
        return None, f"{unknown[0]} says nothing in [[{FOR}]]; there are rules, documents and issuers"
    listed = {key: value if isinstance(value, list) else [value] for key, value in table.items()}
    if not all(isinstance(one, str) and one for value in listed.values() for one in value):
        return None, f"[[{FOR}]] takes lists of texts"
    if not listed.get("rules") or not (listed.get("documents") or listed.get("issuers")):
        return None, f"[[{FOR}]] says which rules, and for which documents or issuers"
    return Reservation(tuple(listed["rules"]), tuple(listed.get("documents", ())), tuple(listed.get("issuers", ()))), ""


def _inner(tree: object, key: str) -> object:
    return tree.get(key, {}) if isinstance(tree, dict) else None


def _wrong(key: str, value: object) -> str:
    if key not in KEYS:
        near = difflib.get_close_matches(key, KEYS, 1)
        return f"{key} is no setting" + (f": did you mean {near[0]}?" if near else f"; there are {', '.join(KEYS)}")
    wanted = KEYS[key]
    good = isinstance(value, wanted) and not (wanted is int and isinstance(value, bool))
    if not good or (isinstance(value, list) and not all(isinstance(one, str) for one in value)):
        return f"{key} takes {_WORDS[wanted]}"
    return ""


def _placed(key: str, value: str | int | bool | list[str], folder: Path) -> Setting:
    if isinstance(value, str):
        return str(folder / value) if key in _FILES else value
    if not isinstance(value, list):
        return value
    return tuple(str(folder / one) for one in value) if key in _FILES else tuple(value)
