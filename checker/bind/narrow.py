"""What the words in brackets and in `in` clauses mean: which statements, columns and sections a name may stand in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from checker.bind.index import Spot, exactly
from checker.core.caption import normal
from checker.core.period import MONTHS, Period, near
from checker.core.rule import EACH_SEGMENT, ELSEWHERE, Item
from checker.core.statement import KINDS, PRIMARY, Column
from checker.core.value import evolve, frozen
from checker.lexicon import time

_DATE = re.compile(rf"({'|'.join(time.ENGLISH)})\s+(\d{{1,2}}),?\s+(\d{{4}})", re.IGNORECASE)


@frozen
class Narrowing:
    """A bracket as understood. Empty parts narrow nothing."""

    kinds: frozenset[str] = frozenset()
    headings: tuple[Item, ...] = ()
    months: int | None = None
    quarter: int | None = None
    year: int | None = None
    day: dt.date | None = None
    current: bool = False
    as_printed: bool = False
    percent_columns: bool = False
    text: bool = False
    """Only quantities of running text are meant."""
    by_segment: bool = False
    """The rule is judged in each segment."""
    later: str = ""
    """Words that need what one document does not have, such as another document."""

    @property
    def dated(self) -> bool:
        """Whether it names a period by itself."""
        return any((self.months, self.quarter, self.year, self.day, self.current))

    @property
    def recurs(self) -> bool:
        """Whether the period it names comes again every year: which one is meant, the column that is judged says."""
        return bool(self.months or self.quarter) and not self.year and not self.day

    @cached_property
    def undated(self) -> Narrowing:
        """The same without what it says of periods and columns."""
        return Narrowing(self.kinds, self.headings, text=self.text, by_segment=self.by_segment, later=self.later)

    def allows(self, spot: Spot) -> bool:
        """Whether the line stands where the bracket says (columns aside)."""
        if self.text or (self.kinds and (spot.statement.kind or "notes") not in self.kinds):
            return False
        return all(
            _under(item, spot) or any(_heads(item, column) for column in spot.statement.columns)
            for item in self.headings
        )

    def admits(self, column: Column, spot: Spot | None) -> bool:
        """Whether the column is one of those meant: its period, and a head that no section above the line explains."""
        if self.percent_columns and column.role not in ("percent", "change"):
            return False
        if self.dated and not self.fits(column.period):
            return False
        return all((spot is not None and _under(item, spot)) or _heads(item, column) for item in self.headings)

    def fits(self, period: Period | None) -> bool:
        """Whether a period is the one named."""
        if period is None:
            return False
        if self.months and period.months != self.months:
            return False
        if self.quarter and (period.months != 3 or period.end is None or (period.end.month + 2) // 3 != self.quarter):
            return False
        if self.year and (period.end is None or period.end.year != self.year):
            return False
        return self.day is None or near(period.end, self.day)


@lru_cache(maxsize=1024)
def narrowing(items: Sequence[Item]) -> Narrowing:
    """What the entries of a bracket or an `in` clause mean together."""
    result = Narrowing()
    for item in items:
        result = _with(result, item)
    return result


def _with(narrow: Narrowing, item: Item) -> Narrowing:
    word = normal(item.text)
    if item.quoted:
        return evolve(narrow, headings=(*narrow.headings, item))
    if word in KINDS:
        return evolve(narrow, kinds=narrow.kinds | {word})
    if word == "primary statements":
        return evolve(narrow, kinds=narrow.kinds | frozenset(PRIMARY))
    if word in MONTHS:
        return evolve(narrow, months=MONTHS[word])
    if match := re.fullmatch(r"q([1-4])", word):
        return evolve(narrow, quarter=int(match[1]))
    if re.fullmatch(r"(?:19|20)\d\d", word):
        return evolve(narrow, year=int(word))
    if date := _DATE.fullmatch(item.text.strip()):
        return evolve(narrow, day=dt.date(int(date[3]), time.MONTH[date[1].lower()], int(date[2])))
    match word:
        case "as printed":
            return evolve(narrow, as_printed=True)
        case "percent columns":
            return evolve(narrow, percent_columns=True)
        case "text":
            return evolve(narrow, text=True)
        case "current period":
            return evolve(narrow, current=True)
        case _ if word == EACH_SEGMENT:
            return evolve(narrow, by_segment=True)
    if item.text.strip().lower().replace("’", "'") in ELSEWHERE or word.startswith("each "):
        return evolve(narrow, later=item.text.strip())
    return evolve(narrow, headings=(*narrow.headings, item))


def _says(item: Item, text: str) -> bool:
    """Whether a heading says the words of a bracket: whole words, and none that a prefix turns round (`Non-current
    assets` are no current ones)."""
    if item.quoted:
        return exactly(item.text) == exactly(text)
    wanted, said = normal(item.text), normal(text)
    return wanted == said or (
        f" {wanted} " in f" {said} " and not (f" non {wanted} " in f" {said} " or f"other than {wanted}" in said)
    )


def _under(item: Item, spot: Spot) -> bool:
    """Whether the line stands below the heading: where the statement has the very heading, below that and no other that
    contains its words."""
    if not item.quoted and normal(item.text) in spot.statement.sections:
        return any(normal(section) == normal(item.text) for section in spot.line.under)
    return any(_says(item, section) for section in spot.line.under) or _says(item, spot.statement.title)


def _heads(item: Item, column: Column) -> bool:
    return _says(item, column.member) or _says(item, column.head)
