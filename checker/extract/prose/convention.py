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

from attrs import evolve

from checker.core.claim import Claim
from checker.core.document import Paragraph
from checker.core.figure import Figure
from checker.core.statement import Statement

_SAID = re.compile(r"\b(?:dollars?|amounts?)\b[^.]{0,40}\bin\s+(?:millions|thousands)\b", re.IGNORECASE)
_HEADING = 160
"""Characters: no paragraph that only states the unit is longer."""
_ENOUGH = 10
"""So many bare amounts of three digits show what a document means by them."""
_WRITTEN_OUT = 1_000_000
"""An amount of so many dollars is written out."""


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
