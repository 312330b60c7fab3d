"""Origins: by what a choice of extraction was decided. Other rooms ask the kind and the words, never the sentence that
reports print."""

from __future__ import annotations

from typing import Literal

from checker.core.value import frozen

Kind = Literal["nothing", "caption", "head", "section", "line above", "cells", "change", "steps", "table"]
"""What decided: words of a caption, a head, a section or the line above; signs in cells; the arithmetic of a change or
of steps; what the table is."""

_SAID = {"caption": "caption: ", "head": "head: ", "section": "section: ", "line above": "line above: "}


@frozen
class Origin:
    """`words` are those printed there, or what the arithmetic found; `against` is what the print says that speaks
    against them, and won."""

    kind: Kind = "nothing"
    words: str = ""
    against: str = ""

    def __str__(self) -> str:
        """As reports and files print it."""
        said = _SAID.get(self.kind, "") + self.words
        return f"{said}, {self.against}" if self.against else said


NOTHING = Origin()
"""Nothing speaks for anything else than the usual."""
