"""What one document may cost."""

from __future__ import annotations

from checker.core.value import frozen

MEGABYTE = 1_000_000
"""Bytes."""


@frozen
class Limits:
    """Seconds of a clock on the wall, and bytes of the file as given."""

    seconds: int = 60
    size: int = 64 * MEGABYTE
