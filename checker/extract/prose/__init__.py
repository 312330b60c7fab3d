"""Claims of running text: every quantity of a sentence with its metric phrase, period, role and direction.

Links nothing to the tables: that is for the binder. Never fails on content; a sentence that is none (a table flattened
into a line) says nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import cast

from attrs import define

from checker.core.claim import Claim, ClaimRole
from checker.core.document import Paragraph
from checker.core.figure import POINTS, Figure
from checker.core.period import Period, duration, instant
from checker.core.statement import Statement
from checker.core.unit import NUMBER, SHARES, Unit, per_share
from checker.core.value import evolve, frozen
from checker.extract.prose import periods
from checker.extract.prose.basis import otherwise
from checker.extract.prose.convention import in_table_units, paired, pairs_amounts
from checker.extract.prose.idioms import parts
from checker.extract.prose.phrases import issuer_words
from checker.extract.prose.reading import Context, Mention, read
from checker.extract.prose.reported import Reported, reported
from checker.extract.prose.sentences import ahead, sentences, tabular
from checker.extract.prose.spoken import ASSUMED, INHERITED, SOLE, STATED, Spoken
from checker.extract.prose.tags import Print, compared_with, period_phrases, tagged
from checker.lexicon import bases, scale
from checker.lexicon.lower import lower, lowered
from checker.lexicon.money import CHARACTERS, before_amounts
from checker.lexicon.numbers import in_plain_signs

__all__ = ["claims", "may_hold_amounts"]

_ANNUAL = re.compile(r"\b(?:annual(?:ly)?|yearly|full[- ]year|twelve[- ]months?|monthly)\b", re.IGNORECASE)
_NEAR = 60
"""Characters before an amount in which it may be called annual."""
_LONGEST = 4000
"""Characters: no sentence is longer."""
_LONGEST_HEAD = 300
"""Characters of a heading in which a period is looked for."""
_LONGEST_HEADING = 120
"""Characters of a text that may head others though nothing sets it apart."""
_BULLETED = re.compile(r"\s*(?:[•·▪■●◦○–—*]|-\s)")
"""An item of a list, which heads no more than the items below it."""
_DIGIT = re.compile(r"\d")
_AMOUNT = lowered(
    rf"[{re.escape(CHARACTERS)}%¢]|(?=\d|\.\d|[^\W\d_])(?:\d,\d{{3}}|\d[ -]?(?:percent|per cent|cents?\b|pence\b|p\b|"
    rf"basis|points?\b|bps|x\b|times\b|{scale.in_number(letters=True)}\b|per\b)|{before_amounts()}\s?\(?\.?\d|"
    r"\.\d+\)? (?:per|a) )"
)
"""What every quantity has, in lower case."""
_PER_SHARE = re.compile(r"\bper\b[\w\s,]*\bshare\b|\bEPS\b")
_SHARE_BEHIND = re.compile(
    (
        r"(?:\s+(?:basic|diluted|fully|and|net|loss|income|earnings|of|in))*\s+per\s+(?:(?:basic|diluted|common|"
        r"and|ordinary)\s+)*(?:share|unit|ADS)\b"
    ),
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?:range[sd]?\s+(?:of|from|between)|ranging\s+from|in\s+the\s+range|between)\s+[^.]*$", re.IGNORECASE
)


@frozen
class _Release:
    """What all sentences of a release share."""

    reported: Reported
    issuer: frozenset[str]
    print: Print
    next_id: Callable[[], str]
    rates_otherwise: bool = False
    """Whether growth is told on another basis than that of the amounts, as the document says once for all."""


@frozen
class Since:
    """A period and the one that its changes are measured from."""

    now: Period
    then: Period

    def seen_from(self, period: Period | None) -> Period | None:
        """What a period beside the one compared is compared with: of balances, its last day; None where it is no such
        period."""
        if period is None or self.then.end is None or not period.ends_with(self.now):
            return None
        if period.same_length(self.now):
            return self.then
        if period.is_instant:
            return instant(self.then.end)
        return duration(self.then.end, period.months or 12) if self.now.is_instant else None


@define
class _Course:
    """Where the reading stands: the period spoken of, and the next free group."""

    heading: Spoken
    spoken: Spoken
    group: int = 1
    base: Period | None = None
    """What the heading compares with: "First quarter 2022 compared with fourth quarter 2021"."""
    since: Since | None = None
    """What the sentences of this paragraph compare so far, where they leave one answer."""


def claims(
    paragraphs: Sequence[Paragraph], statements: Iterable[Statement], next_id: Callable[[], str]
) -> tuple[Claim, ...]:
    """Every quantity that the paragraphs state, in reading order; `next_id` hands out ids of figures."""
    tables = tuple(statements)
    texts = [paragraph.text for paragraph in paragraphs]
    told = reported(tables, texts)
    release = _Release(
        told,
        issuer_words(texts),
        Print(_currency(tables), pairs_amounts(texts)),
        next_id,
        any(bases.of_all_rates(text) for text in texts),
    )
    start = Spoken((told.main,), ASSUMED) if told.main is not None else Spoken()
    course = _Course(start, start)
    found: list[Claim] = []
    for paragraph in paragraphs:
        found.extend(_paragraph(paragraph, release, course))
    return in_table_units(tuple(found), paragraphs, tables)


def may_hold_amounts(low: str) -> bool:
    """Whether a text in lower case may hold a quantity: what holds one passes."""
    return _AMOUNT.search(low) is not None


def _currency(statements: Iterable[Statement]) -> str:
    """The currency that most amounts of the tables are in: what a sign that several currencies share means here."""
    printed = Counter(figure.unit for statement in statements for figure in statement.figures)
    currencies = Counter[str]()
    for unit, count in printed.items():
        if unit.is_money or unit.is_per_share:
            currencies[unit.name] += count
    common = currencies.most_common(1)
    return common[0][0] if common else "USD"


def _paragraph(paragraph: Paragraph, release: _Release, course: _Course) -> Iterator[Claim]:
    text = paragraph.text
    course.spoken, course.since = course.heading, None
    low = lower(in_plain_signs(text))
    if paragraph.heading or (
        len(text) < _LONGEST_HEADING
        and not text.rstrip().endswith((".", ";"))
        and not _BULLETED.match(text)
        and not _AMOUNT.search(low)
    ):
        _head((text, low), release, course)
    if not _DIGIT.search(text):
        return
    for start, end in sentences(text):
        if (
            end - start <= _LONGEST
            and _DIGIT.search(text, start, end)
            and not tabular(paired(text[start:end]) if release.print.paired else text[start:end])
        ):
            yield from _sentence((paragraph, low), (start, end), release, course)


def _head(of: tuple[str, str], release: _Release, course: _Course) -> None:
    """A heading that names a period sets it for what follows; one that states an amount ("Interest expense: increased
    to $4 million") and no period belongs to the section that it stands in; any other sets it back. Its text in lower
    case comes with it."""
    main = release.reported.main
    phrases = tuple(period_phrases(*of)) if len(of[0]) < _LONGEST_HEAD else ()
    if not phrases and _AMOUNT.search(of[1]):
        return
    course.heading = Spoken((main,), ASSUMED) if main is not None else Spoken()
    course.base = None
    for named in phrases:
        dated = _dated(named, release, main)
        if dated is not None and dated.months:
            course.heading, course.base = Spoken((dated,), INHERITED), _compared(of, release, dated)
            break
    course.spoken = course.heading


def _dated(named: str, release: _Release, context: Period | None) -> Period | None:
    """The one period that a run of period words names."""
    said = periods.phrase(named)
    found = release.reported.resolve(said, context) if said is not None else ()
    return found[0] if len(found) == 1 else None


def _compared(of: tuple[str, str], release: _Release, period: Period) -> Period | None:
    """The period that a heading compares its own with, where that is the first of those behind its comparing words."""
    text, low = of
    match = compared_with(low)
    if match is None or not any(True for _ in period_phrases(text[: match.start()], low[: match.start()])):
        return None
    named = next(iter(period_phrases(text[match.end() :], low[match.end() :])), None)
    base = _dated(named, release, period) if named is not None else None
    return base if base is not None and base.same_length(period) and base != period else None


def _sentence(of: tuple[Paragraph, str], span: tuple[int, int], release: _Release, course: _Course) -> Iterator[Claim]:
    """The claims of one sentence of a paragraph; its text in lower case comes with it."""
    paragraph, low = of
    start, end = span
    tags = tagged(paragraph.text, low, span, release.print) if _AMOUNT.search(low, start, end) else ()
    if not any(tag.kind == "QUANTITY" for tag in tags):
        _carry(period_phrases(paragraph.text[start:end], low[start:end]), release, course)
        return
    mentions, spoken, course.group = read(
        parts(tags), Context(release.reported, release.issuer, course.spoken), course.group
    )
    if spoken.periods and len(spoken.periods) == 1:
        course.spoken = spoken
    future = ahead(low[start:end])
    unlike = otherwise(paragraph.text, span, [tag.quantity for tag in tags if tag.quantity is not None])
    named = dict.fromkeys(_named_since(mention) for mention in mentions)
    if any(mention.period_from == STATED for mention in mentions):
        course.since = None  # "grew A during the third quarter" is a comparison of its own
    rates_otherwise = release.rates_otherwise and not bases.as_reported(paragraph.text[start:end])
    for mention in mentions:
        course.since = _named_since(mention) or course.since
        if mention.role in ("change", "relative change", "prior"):
            mention = _since(mention, course)
        if mention.period_from in (INHERITED, ASSUMED) and release.reported.sole:
            mention = evolve(mention, period_from=SOLE)
        yield evolve(
            _claim(mention, (paragraph, span), release.next_id, future),
            otherwise=mention.quantity.start in unlike
            or (rates_otherwise and mention.role == "relative change")
            or _of_years(mention, paragraph.text, start),
        )
    if len([since for since in named if since is not None]) > 1:
        course.since = None  # "decreased A compared with the third quarter and B compared with last year's fourth"


def _named_since(mention: Mention) -> Since | None:
    """What a change says that it is measured from."""
    named = mention.role in ("change", "relative change") and mention.period is not None and mention.base is not None
    return Since(mention.period, mention.base) if named else None  # type: ignore[arg-type]


def _since(mention: Mention, course: _Course) -> Mention:
    """A change that does not say since when is measured from what the sentence, the one before it or the heading
    compares with; so is the earlier amount beside it, where no words name its period."""
    if mention.role == "prior":
        if mention.period_from != INHERITED or course.heading.one is None:
            return mention
        then = _compared_with(course, course.heading.one)
        return mention if then is None else evolve(mention, period=then)
    if mention.base is not None:
        return mention
    then = _compared_with(course, mention.period)
    return mention if then is None else evolve(mention, base=then)


def _compared_with(course: _Course, period: Period | None) -> Period | None:
    """The period that another one is compared with here."""
    heading = Since(course.heading.one, course.base) if course.heading.one is not None and course.base else None
    for said in (course.since, heading):
        then = said.seen_from(period) if said is not None else None
        if then is not None:
            return then
    return None


def _of_years(mention: Mention, text: str, start: int) -> bool:
    """Whether an amount is called annual though its period is no year."""
    before = text[max(start, mention.quantity.start - _NEAR) : mention.quantity.start]
    return mention.period is not None and mention.period.months in (3, 6, 9) and bool(_ANNUAL.search(before))


def _carry(named: Iterable[str], release: _Release, course: _Course) -> None:
    """A sentence without quantities may still say which period the next one speaks of."""
    for text in named:
        said = periods.phrase(text)
        if (
            said is not None
            and said.explicit
            and len(dated := release.reported.resolve(said, course.spoken.one)) == 1
            and dated[0].months
        ):
            course.spoken = Spoken(dated, INHERITED)
            return


def _caption(mention: Mention, text: str, unit: Unit) -> str:
    """The metric phrase; for an amount per share also whether it is the basic or the diluted one, where that stands in
    or behind it."""
    if not unit.is_per_share or not mention.metric:
        return mention.metric
    quantity = mention.quantity
    behind = re.match(
        r"\s*,?\s*(?:\(?(?:\w+\s+)?(?:on\s+a\s+)?(?:fully\s+)?(?P<which>diluted|basic)\b(?!\s+and))",
        text[quantity.end : quantity.end + 40],
        re.IGNORECASE,
    )
    words = [
        word
        for word in ("basic", "diluted")
        if word in quantity.text.lower() or (behind and behind["which"].lower() == word)
    ]
    return (
        " ".join((mention.metric, *(word for word in words if word not in mention.metric.lower())))
        if len(words) == 1
        else mention.metric
    )


def _claim(
    mention: Mention, where: tuple[Paragraph, tuple[int, int]], next_id: Callable[[], str], future: bool
) -> Claim:
    paragraph, (start, end) = where
    quantity = mention.quantity
    unit = quantity.unit
    if (
        unit.is_money
        and quantity.scale == 1
        and abs(quantity.value) < 1000
        and (_PER_SHARE.search(mention.metric) or _SHARE_BEHIND.match(paragraph.text, quantity.end))
    ):
        unit = per_share(unit.name)
    elif unit == NUMBER and re.match(
        r"\s+(?:common\s+|ordinary\s+|diluted\s+|weighted\s+)*shares\b",
        paragraph.text[quantity.end : quantity.end + 40],
    ):
        unit = SHARES
    ranged = bool(_RANGE.search(paragraph.text, max(start, quantity.start - 60), quantity.start))
    figure = Figure(
        id=next_id(),
        text=quantity.text,
        value=quantity.value,
        step=quantity.step,
        unit=unit,
        caption=_caption(mention, paragraph.text, unit),
        place=paragraph.content.place(quantity.start, quantity.end),
        period=None if future else mention.period,
        origin="prose",
        scale=quantity.scale if quantity.scale >= 1 else Decimal(1),
        additive=not quantity.relative and not unit.is_per_share,
        why=(f"period {mention.period_from}", *((POINTS,) if quantity.points else ())),
    )
    role = cast(ClaimRole, mention.role)
    return Claim(
        figure,
        paragraph.text[start:end],
        role,
        mention.direction,
        "range" if ranged else quantity.hedge,
        mention.group,
        mention.base,
    )
