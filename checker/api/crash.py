"""What may be said of a crash: the exception's type and where it happened. Never a value: it could be a line of a
secret release."""

from __future__ import annotations

import traceback
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def describe(error: BaseException) -> str:
    """`ValueError at checker.read.html:120`, with the last place in this program."""
    here = ""
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(_PACKAGE):
            module = ".".join(("checker", *path.relative_to(_PACKAGE).with_suffix("").parts))
            here = f" at {module.removesuffix('.__init__')}:{frame.lineno}"
    return f"{type(error).__name__}{here}"
