"""What surrounds the headings of a table: the texts near it that speak of time, and whether its lines are of flows or
of amounts on a day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import field

from checker.core.period import Period
from checker.core.remembered import remembered
from checker.core.statement import Kind, Statement
from checker.core.value import frozen
from checker.extract.calendars import Calendar
from checker.lexicon import time
from checker.lexicon.lower import lowered
from checker.lexicon.scale import Scale
from checker.lexicon.time import Times

FLOWS: tuple[Kind, ...] = ("income statement", "cash flow", "comprehensive income")


@frozen
class Setting:
    """What surrounds a heading: the texts it may borrow from, nearest first, the kind of its statement and the
    document's calendar."""

    nearby: tuple[str, ...] = ()
    kind: Kind | None = None
    calendar: Calendar = Calendar()
    leaning: int = 0
    """Above zero: its lines and heads are of flows; below: of amounts on a day."""
    read: tuple[Times, ...] = field(init=False)

    @read.default
    def _read(self) -> tuple[Times, ...]:
        return tuple(time.read(text) for text in self.nearby)


@frozen
class Scene:
    """What surrounds a table: the texts above it (nearest last) and what the document says of itself."""

    context: tuple[str, ...]
    calendar: Calendar
    scale: Scale | None = None
    """The scale most tables of the document so far had; for tables that state none."""
    currency: str = "USD"
    currency_why: str = ""
    dollar: str = "USD"
    """What a bare dollar sign stands for in this document."""
    notes: bool = False
    above: Statement | None = None
    """The table right above, where nothing but the edge of a page stands between."""


_SHOWN = 120
"""Characters of a text that are shown of it."""


@frozen
class Dated:
    """A period and the words that decided it. `own`: its end stands in the heading itself."""

    period: Period | None
    why: str = ""
    own: bool = False
    said: str = ""
    """The text of the document that decided it, as far as it is shown: of the heading itself, or of one above it."""

    @classmethod
    def by(cls, period: Period | None, said: str, own: bool = False) -> Dated:
        """A period that a text of the document decides."""
        return cls(period, f"period: {said}"[:_SHOWN], own, said[: _SHOWN - len("period: ")])


_FLOW = lowered(
    r"\b(?:expenses?|costs?|revenues?|sales|income|provision|amortization|depreciation|charges?|paid|payments?|"
    r"proceeds|gains?|loss(?:es)?|benefit from|purchases|additions|settlements|accruals?|during|reclassifi\w+)\b|"
    r"\b(?:beginning|start) of (?:the )?(?:year|period|quarter)"
)
_STOCK = lowered(
    r"\b(?:assets?|liabilit(?:y|ies)|receivables?|payables?|inventor(?:y|ies)|debt|notes|goodwill|equity|deposits|"
    r"allowance|accrued|prepaid|cash equivalents|securities|notional|fair value|carrying|amortized cost|unrealized|"
    r"outstanding|contracts?|borrowings|commercial paper|land|buildings|equipment|funded status|obligations?|"
    r"accumulated)\b"
)
_HELD = lowered(
    r"\bunrealized (?:gains?|loss(?:es)?|holding)(?: and (?:gains?|loss(?:es)?))?\b|"
    r"\baccrued (?:expenses?|income)\b|\bamortized cost\b|\bcost basis\b"
)
"""Amounts on a day that have the word of a flow in their name."""
_MOVES = lowered(
    r"\W*(?:(?:net )?proceeds|repayments?|payments?|purchases?|additions?|amortization|depreciation|"
    r"settlements?) (?:of|from|to|on|for)\b|\W*proceeds from/"
)
_ROLLING = lowered(
    r"\b(?:beginning|start) of (?:the )?(?:fiscal )?(?:year|period|quarter)|^(?:beginning|opening) balances?|"
    r"balances?,? beginning|beginning balances?"
)


_SUM_OF_STOCKS = lowered(
    r"^\W*(?:total|net)\s(?:\w+\s){0,4}?(?:assets|liabilit(?:y|ies))(?:\s\((?:asset|liabilit)\w*\))?(?: acquired|"
    r" assumed)?\W*$|^\W*thereafter\W*$|^\W*remainder of\b"
)
"""Lines of amounts on a day beyond doubt: sums of assets or liabilities, what falls due one day."""
_SURE = 3
"""What such a line counts for."""


def leaning(captions: Sequence[str], heads: Sequence[str]) -> int:
    """Whether lines and heads are a roll-forward (2), speak of flows (1), of amounts on a day (-1), or of neither
    clearly (0)."""
    lines = [caption.lower() for caption in captions]
    if any(map(_ROLLING.search, lines)):
        return 2
    tops = [head.lower() for head in heads]
    if any(map(_STOCK.search, tops)):
        return -1
    named = [(line, _FLOW.search(line) is not None, _STOCK.search(line) is not None) for line in lines]
    flows = sum(1 for line, flow, stock in named if (flow and not stock) or _MOVES.match(line))
    stocks = sum(1 for _, flow, stock in named if stock and not flow) + _SURE * sum(
        1 for _ in filter(_SUM_OF_STOCKS.search, lines)
    )
    if 2 * sum(1 for _ in filter(_FLOW.search, tops)) > len(heads):
        return 1
    if flows > 2 * stocks or (
        len({date.year for head in heads for date in time.read(head).full}) >= 3 and stocks <= 2 * flows
    ):
        return 1
    return -1 if stocks > 2 * flows else 0


def stocked(head: str) -> bool:
    """Whether a heading names amounts on a day, and nothing that flows."""
    low = head.lower()
    return _STOCK.search(low) is not None and _FLOW.search(_HELD.sub(" ", low)) is None


def nearest(texts: Sequence[str]) -> tuple[str, ...]:
    """The texts that say anything of time, nearest (the last) first; long sentences only where nothing shorter does."""
    said = [_says_when(text) for text in reversed(texts)]
    return (*(text for weight, text in said if weight == 2), *(text for weight, text in said if weight == 1))


@remembered(1024)
def _says_when(text: str) -> tuple[int, str]:
    """What a text (the last sentence of a long one) says of time, with its weight: 2 for headings and introductions, 1
    for other statements of a day."""
    last = text if len(text) <= 160 else _SENTENCE.split(text)[-1]
    if not time.read(last):
        return 0, last
    low = last.lower()
    if INTRODUCES.search(low) or not _IS_SENTENCE.search(last):
        return 2, last
    return (1 if len(text) <= 300 and _STATES.search(low) else 0), last


_SENTENCE = re.compile(r"(?<=[a-z)0-9][.;])\s+(?=[A-Z])")
_STATES = lowered(r"\b(?:as\s+of|as\s+at|at|ended|ending)\b")
_IS_SENTENCE = re.compile(r"[a-z]{2}\.\s*$|\b(?:was|were|is|are|has|have|had)\b")
INTRODUCES = lowered(
    r":\s*(?:\([^)]*\)\s*)?$|\b(?=[bcfipst])(?:follow(?:s|ing)|below|tables?|presents?|summari[sz]e[sd]?|set forth|"
    r"shows?n?|consist(?:s|ed)? of|include[sd]?)\b"
)
