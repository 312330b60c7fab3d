"""How a report is to look, where a format leaves a choice. Holds no words of any format."""

from __future__ import annotations

from checker.core.value import frozen


@frozen
class Style:
    """`verbose`: every relationship, not only what needs a look. `colour`: escape sequences of terminals are welcome.
    `width`: characters of a line."""

    verbose: bool = False
    colour: bool = False
    width: int = 80


PLAIN = Style()
"""What a file or a pipe gets."""
