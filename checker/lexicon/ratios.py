"""Captions that name what a percentage relates: "Loans to deposits", "Operating income as a percentage of net
sales"."""

from __future__ import annotations

import re

from checker.core.caption import normal
from checker.core.remembered import remembered

_MARK = re.compile(r"\s*\((?:[a-z]{1,2}|\d{1,2})\)")
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"ratio of (?P<part>[^,;:]{3,80}?) to (?P<base>[^,;:]{3,80})",
        r"(?P<part>[^,;:]{3,80}?) as an? (?:%|percent(?:age)?) of (?P<base>[^,;:]{3,80})",
        r"(?P<part>[^,;:]{3,80}?) ?/ ?(?P<base>[^,;:]{3,80})",
        r"(?P<part>[^,;:]{3,80}?) to (?P<base>[^,;:]{3,80}?)(?: ratio)?",
    )
)
_LONGEST = 120
"""Characters of a caption that names two lines and nothing else."""


@remembered(4096)
def related(caption: str) -> tuple[str, str] | None:
    """The names of the part and of the base, as `name` gives those of lines; None where a caption names no two."""
    said = _MARK.sub("", " ".join(caption.split())).strip(" :%")
    if len(said) > _LONGEST:
        return None
    for form in _FORMS:
        found = form.fullmatch(said)
        if found is not None:
            part, base = name(found["part"]), name(found["base"])
            return (part, base) if part and base and part != base else None
    return None


@remembered(8192)
def name(caption: str) -> str:
    """What a line is called in such captions: without marks of notes, and whether it is a total or not."""
    return normal(caption).removeprefix("total ")


_SHARES_OF = re.compile(r"(?:%|\bper ?cent(?:age)?|\bshare|\bproportion)\s+of\b|\bmix\b", re.IGNORECASE)


def of_a_whole(head: str) -> bool:
    """Whether a heading says that percentages below it are of one whole: "% of total revenue"."""
    return _SHARES_OF.search(head) is not None
