"""tieout checks that the numbers of a financial release agree with each other.

`checker.check("release.html")` is where to begin; docs/api.md says the rest. The names of the door are imported when
one is asked for, so that the command line does not wait for what it does not need.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from checker.api import Comparison as Comparison
    from checker.api import Document as Document
    from checker.api import Figure as Figure
    from checker.api import Finding as Finding
    from checker.api import Options as Options
    from checker.api import Outcome as Outcome
    from checker.api import Problem as Problem
    from checker.api import Refused as Refused
    from checker.api import Report as Report
    from checker.api import Rules as Rules
    from checker.api import check as check
    from checker.api import compare as compare
    from checker.api import explain as explain
    from checker.api import extract as extract
    from checker.api import load_rules as load_rules
    from checker.api import to_dict as to_dict
    from checker.api import to_frame as to_frame

PUBLIC = frozenset(
    (
        "Comparison Document Figure Finding Options Outcome Problem Refused Report Rules check compare explain "
        "extract load_rules to_dict to_frame"
    ).split()
)
"""The names that stay."""


def _from_the_door(name: str) -> object:
    if name not in PUBLIC:
        raise AttributeError(f"module 'checker' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("checker.api"), name)


if not TYPE_CHECKING:  # or a type checker would believe that every name is there
    __getattr__ = _from_the_door


def __dir__() -> list[str]:
    return sorted((*globals(), *PUBLIC))


def _of_the_door(name: str) -> property:
    """A name of the door that a room of the house has too: whoever imports the room does not shut the door."""
    return property(lambda _: _from_the_door(name), lambda *_: None)


class _Door(ModuleType):
    compare = _of_the_door("compare")
    extract = _of_the_door("extract")


sys.modules[__name__].__class__ = _Door
