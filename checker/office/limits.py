"""How large a packed file may become when it is unpacked."""

from __future__ import annotations

MOST_UNPACKED = 64_000_000
"""Bytes that a packed file may unpack to."""
MOST_RATIO = 200
"""Times its size that a packed file may unpack to; text stays far below."""
LEAST_REFUSED = 1_000_000
"""Bytes up to which nobody asks for the ratio: a small file is no danger however well it was packed."""
