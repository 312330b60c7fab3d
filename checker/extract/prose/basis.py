"""Which amounts of a sentence are measured on another basis than the one reported ("up 5% organically"): by the words
before and behind each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checker.extract.prose.quantities import Quantity
from checker.lexicon import bases

_REACH = 90
"""Characters behind an amount in which its basis may be said."""
_ELSEWHERE = re.compile(
    r";|(?<!\w)(?:and|while|whereas|but|with|due|driven|as|after|including|includes)(?!\w)", re.IGNORECASE
)
"""Where what follows an amount goes on to something else."""
_ONE_IDIOM = re.compile(r"\s*(?:to|from|by)\s*(?:a\s+|an\s+)?", re.IGNORECASE)
"""What stands between a change and the amount it leads to."""


def otherwise(text: str, span: tuple[int, int], found: Sequence[Quantity]) -> frozenset[int]:
    """Where, in characters of the text, the amounts of a sentence begin that are on another basis; `found` are its
    amounts in order."""
    start, end = span
    if not bases.marks(text[start:end]):
        return frozenset()
    return frozenset(_marked(text, (start, end), found))


def _marked(text: str, span: tuple[int, int], found: Sequence[Quantity]) -> Iterator[int]:
    start, end = span
    plain = text[start:end]  # without what only speaks of the amount before it: "up 7% in constant currency to A"
    for index, one in enumerate(found):
        clause = plain[: one.start - start].rpartition(";")[2]
        following = found[index + 1].start if index + 1 < len(found) else end
        behind = _ELSEWHERE.split(text[one.end : min(following, one.end + _REACH)], maxsplit=1)[0]
        if bases.said_before(clause):
            yield one.start
        if bases.said_behind(behind):
            plain = plain[: one.end - start] + " " * len(behind) + plain[one.end - start + len(behind) :]
            yield one.start
            if index and _ONE_IDIOM.fullmatch(text, found[index - 1].end, one.start):
                yield found[index - 1].start
