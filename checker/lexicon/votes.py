"""What the heads of a table of votes say: for, against, withheld, abstentions, broker non-votes."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORDS = re.compile(
    r"(?:(?:number of )?(?:votes?|shares?)(?: voted| cast)? )?"
    r"(?:(?P<cast>for|in favou?r)|(?P<other>against|withh[eo]ld|authority withheld|abst(?:ain(?:ed)?|entions?)|"
    r"(?:broker )?non-?\s?votes?|not voted|broker votes))(?: votes?)?",
    re.IGNORECASE,
)


def are_votes(heads: Sequence[str]) -> bool:
    """Whether heads are, to the last, ways in which one number of shares voted: those for, and two others at least."""
    found = [_WORDS.fullmatch(head.strip(" :*")) for head in heads]
    return len(heads) > 1 and all(found) and any(one is not None and one["cast"] for one in found)
