"""Amounts of text that are stated in the unit of the tables: "interest was $112" in a filing whose tables are in
millions.

The document's own use decides: most of its bare amounts are printed in its tables too, digit for digit. Single amounts
are not judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from checker.core.claim import Claim
from checker.core.document import Paragraph
from checker.core.figure import Figure
from checker.core.statement import Statement
from checker.core.value import evolve
from checker.extract.prose.sentences import tabular
from checker.lexicon import money, time
from checker.lexicon.numbers import IN_TEXT

_SAID = re.compile(r"\b(?:dollars?|amounts?)\b[^.]{0,40}\bin\s+(?:millions|thousands)\b", re.IGNORECASE)
_YEAR = re.compile(time.YEAR)
_HEADING = 160
"""Characters: no paragraph that only states the unit is longer."""
_ENOUGH = 10
"""So many bare amounts of three digits show what a document means by them."""
_WRITTEN_OUT = 1_000_000
"""An amount of so many dollars is written out."""


_THEN = rf"\(\s?[-−–]?\s?{IN_TEXT}\s?\)(?!\w)"
_PAIRED = re.compile(
    rf"(?:\b(?P<code>{money.tallied_codes()})\s?)?(?<![\d.,])(?P<now>{IN_TEXT})"
    rf"(?:\s?(?P<share>%|per\s?cent\b)|\s?(?P<scale>(?:thousand|million|billion|mn|bn|mln|m)\b))?\s?(?P<then>{_THEN})",
    re.IGNORECASE,
)
"""An amount and another one in brackets right behind it."""
_SHOWN = 3
"""So many such pairs in sentences show that a document compares its amounts so; one whose scale is said shows it
alone."""


def paired(text: str) -> str:
    """The text without what brackets compare its amounts with, where the document does that."""
    return _PAIRED.sub(lambda match: match[0][: match.start("then") - match.start()], text)


def pairs_amounts(texts: Sequence[str]) -> bool:
    """Whether a document prints the amount of the period before in brackets behind an amount, as in "SEK 1,250 million
    (1,180)": with the same decimals, and no marks of notes."""
    found = 0
    for text in texts:
        if "(" in text and not tabular(paired(text)):
            found += sum(map(_shows, _PAIRED.finditer(text)))
            if found >= _SHOWN:
                return True
    return False


def _shows(match: re.Match[str]) -> int:
    """How much one pair tells of the habit of its document."""
    then, decimals = re.sub(r"[^\d.]", "", match["then"]), len(match["now"].partition(".")[2])
    if (
        len(then.partition(".")[2]) != decimals
        or _YEAR.fullmatch(then)
        or not any(match.group("code", "share", "scale"))
    ):
        return 0  # a mark, a year, or figures of a row run into a line
    scaled = match["scale"] or (match["code"] or "").lower() in money.TALLIED
    return (
        _SHOWN
        if scaled and (decimals or len(then) > 2 or re.search(r"[-−–]", match["then"]))
        else int(decimals > 0 or len(then) > 1)
    )


def in_table_units(
    found: tuple[Claim, ...], paragraphs: Sequence[Paragraph], statements: Iterable[Statement]
) -> tuple[Claim, ...]:
    """The claims, their bare amounts scaled where the document states that it counts in thousands or millions, and does
    so in its text."""
    bare = [
        claim.figure
        for claim in found
        if _bare(claim.figure) and (claim.figure.value is not None and abs(claim.figure.value) >= 100)
    ]
    if len(bare) < _ENOUGH or not any(
        len(paragraph.text) < _HEADING and _SAID.search(paragraph.text) for paragraph in paragraphs
    ):
        return found
    figures = [
        figure
        for statement in statements
        for figure in statement.figures
        if figure.scale > 1 and figure.value is not None
    ]
    if not figures:
        return found
    scale = Counter(figure.scale for figure in figures).most_common(1)[0][0]
    printed = {abs((figure.value or 0) / figure.scale) for figure in figures if figure.scale == scale}
    if 2 * sum(abs(figure.value or 0) in printed for figure in bare) < len(bare):
        return found
    return tuple(
        evolve(claim, figure=_scaled(claim.figure, scale)) if _bare(claim.figure) else claim for claim in found
    )


def _bare(figure: Figure) -> bool:
    """Whether it is whole units of a currency without a scale word."""
    return (
        figure.unit.is_money
        and figure.scale == 1
        and figure.value is not None
        and figure.step >= 1
        and abs(figure.value) < _WRITTEN_OUT
    )


def _scaled(figure: Figure, scale: Decimal) -> Figure:
    value = figure.value
    return evolve(
        figure,
        value=None if value is None else value * scale,
        step=figure.step * scale,
        scale=scale,
        why=(*figure.why, "in the unit of the tables"),
    )
