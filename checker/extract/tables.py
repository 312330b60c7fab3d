"""One part of a table to a Statement: periods, units and scale of every figure, each with the words that decided it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

from checker.core.caption import normal
from checker.core.figure import Figure, Reading
from checker.core.statement import Column, Kind, Line, Statement
from checker.core.value import evolve, frozen
from checker.extract import abreast, dashes, measuring, periods, roles, sections, settings, titles
from checker.extract.dating import Dating
from checker.extract.layout import Part
from checker.extract.measuring import Measuring, Row
from checker.extract.pieces import Piece
from checker.extract.sections import Placed
from checker.extract.settings import Dated, Scene, Setting
from checker.lexicon import measures, scale, time
from checker.lexicon.scale import stated


def statement(part: Part, scene: Scene, index: int, ids: count[int]) -> Statement:
    """The part as a statement; figures take their ids from `ids` in reading order."""
    context = (*scene.context, *part.stub)
    captions = [entry.caption for entry in part.entries]
    named = titles.named(context, captions, part.heads)
    above = None if settings.nearest(part.stub) or not abreast.is_continued(part.heads, scene.above) else scene.above
    kind: Kind | None = named.kind or (above.kind if above else None) or ("notes" if scene.notes else None)
    if scene.notes and kind == "reconciliation":
        kind = "notes"
    leaning = settings.leaning([entry.caption for entry in part.entries if not entry.is_heading], part.heads)
    setting = Setting(settings.nearest(_headed(context)), named.kind, scene.calendar, leaning)
    deemed = roles.of_columns(part.heads, [entry.cells for entry in part.entries if any(entry.cells)])
    slack = (
        15 if part.grid.layout != "characters" and max((entry.indent for entry in part.entries), default=0) > 30 else 0
    )
    placed = sections.place(part.entries, slack)
    own = abreast.present(
        abreast.continued(tuple(periods.resolve(head, setting) for head in part.heads), above), part.heads, setting
    )
    own = abreast.lasting(abreast.agreed(own, part.heads, setting), part.heads, setting)
    own = abreast.quartered(own, part.heads, setting)
    own = abreast.due(own, [entry.caption for entry in part.entries if not entry.is_heading], setting)
    dated = abreast.filled(abreast.changes_dated(own, part.heads, deemed), part.heads, setting)
    averaged = any(measures.AVERAGE.search(text) for text in (*part.stub, *scene.context[-2:], *part.heads))
    work = _Work(
        part, kind, Dating(part.heads, dated, setting, averaged), measuring.measuring(part, scene, deemed, kind)
    )
    lines = dashes.rounded(work.lines(placed, ids))
    columns = tuple(
        Column(place, head, one.period, role.role, member)
        for place, (head, one, role, member) in enumerate(
            zip(part.heads, dated, deemed, _members(part.heads, dated), strict=True)
        )
    )
    return Statement(index, kind, named.title, columns, lines, context[-6:], named.summary)


def _headed(context: Sequence[str]) -> Sequence[str]:
    """The texts above a table; beside a length that lacks its year, several that are years alone head columns that were
    not understood, no part of it."""
    years = [text for text in context if periods.is_bare_year(text)]
    lacking = len(years) > 1 and any((found := time.read(text)).lasts and not found.years for text in context)
    return [text for text in context if text not in years] if lacking else context


_MARK = re.compile(r"\s*\((?:\d{1,2}|[a-z])\)\s*", re.IGNORECASE)
_NAMELESS = frozenset(["value", "values", "amount", "amounts"])
"""Heads of the only column that say nothing of it."""


def _members(heads: Sequence[str], dated: Sequence[Dated]) -> tuple[str, ...]:
    """What the heads say besides their periods and units; marks of notes beside a date say nothing, unless they alone
    tell two columns apart."""
    if len(heads) == 1 and normal(heads[0]) in _NAMELESS:
        return ("",)
    said = [time.without(head) for head in heads]
    bare = [
        time.without(_MARK.sub(" ", head)) if time.read(head) else member
        for head, member in zip(heads, said, strict=True)
    ]
    apart = _apart(dated, said)
    kept = bare if _apart(dated, bare) == apart else said
    unitless = ["" if scale.is_unit(member) else member for member in kept]
    return tuple(unitless if _apart(dated, unitless) == apart else kept)


def _apart(dated: Sequence[Dated], members: Sequence[str]) -> int:
    """How many columns their periods and members tell apart."""
    return len({(one.period, member) for one, member in zip(dated, members, strict=True)})


@frozen
class _Work:
    """The choices of one statement, so that each figure need not carry them about."""

    part: Part
    kind: Kind | None
    dating: Dating
    measuring: Measuring

    def lines(self, placed: Sequence[Placed], ids: count[int]) -> tuple[Line, ...]:
        """The lines with their figures."""
        named = self.dating.of_lines(placed)
        done: list[Line] = []
        for row, line in enumerate(placed):
            entry = line.entry
            if entry.is_heading:
                done.append(_line(row, line, entry.caption.rstrip(": ") or entry.caption, (None,) * len(entry.cells)))
                continue
            role = roles.continued(
                line, roles.of_line(line, entry.cells, self.measuring.usual), done[-1] if done else None
            )
            own = next((found for text in _above(line) if (found := stated(text)) is not None), None)
            work = Row(line, role, own, self.dating.of_line(row, line, named.get(row)))
            figures = tuple(
                None if piece is None else self._figure(place, piece, work, ids)
                for place, piece in enumerate(entry.cells)
            )
            shown = [figure.unit for figure in figures if figure is not None and figure.form == "number"]
            done.append(evolve(_line(row, line, entry.caption, figures), role=measuring.line_role(role.role, shown)))
        return tuple(done)

    def _figure(self, place: int, piece: Piece, row: Row, ids: count[int]) -> Figure:
        printed = piece.printed
        assert printed is not None
        measured = self.measuring.of_figure(place, printed, row)
        dated = row.dated[place]
        assert dated is not None
        scale = measured.scale if printed.multiplier == 1 else printed.multiplier
        readings = measured.readings
        if printed.broken is not None:
            readings = (
                *readings,
                Reading(
                    printed.broken * scale, printed.step * scale, measured.unit, "a blank stands inside the number"
                ),
            )
        return Figure(
            f"f{next(ids)}",
            piece.shown,
            None if printed.value is None else printed.value * scale,
            printed.step * scale,
            measured.unit,
            row.line.entry.caption,
            piece.place,
            row.line.under,
            self.kind,
            dated.period,
            "table",
            printed.form,
            scale,
            measured.additive,
            self.part.heads[place],
            (*measured.why, dated.why) if dated.why else measured.why,
            readings,
        )


def _above(line: Placed) -> tuple[str, ...]:
    """What may state a scale for a line, nearest first: its caption, the headings it stands under, the last heading,
    whose section it may be the total of."""
    return line.entry.caption, *reversed(line.under), line.heading


def _line(row: int, line: Placed, caption: str, figures: tuple[Figure | None, ...]) -> Line:
    entry = line.entry
    return Line(
        row,
        caption,
        line.under,
        entry.indent,
        entry.bold,
        entry.rule_above,
        entry.double_rule_below,
        entry.marks,
        figures,
        untold=entry.untold,
    )
