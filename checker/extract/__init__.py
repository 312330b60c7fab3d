"""From a document to its release: statements with typed figures.

Printed text and sign are kept, no figure is invented, and every figure says which words decided its scale, unit and
period. Claims in prose are the business of `prose`; sums are the business of the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from checker.core.document import Document, Paragraph, Table
from checker.core.figure import UNNAMED, Illegible, Unread
from checker.core.problem import Problem
from checker.core.release import Release, Source
from checker.core.statement import Statement
from checker.core.value import evolve
from checker.extract import assumed, calendars, counted, days, furniture, layout, tables, titles
from checker.extract.dilutive import dilutive
from checker.extract.missing import missing
from checker.extract.prose import claims
from checker.extract.settings import Scene
from checker.extract.truncated import truncated
from checker.extract.twins import twins
from checker.lexicon import money, numbers
from checker.lexicon.numbers import Style
from checker.lexicon.scale import Scale, stated

__all__ = ["extract", "statements"]

_CONTEXT = 8
"""Texts before a table that may speak of it."""
_MANY = 6
"""Amounts that make a table worth a word where it is passed over."""
_OPENING = 150
"""Paragraphs in which a document names its currency."""
_DEFAULT_CURRENCY = "USD"


def extract(document: Document) -> Release:
    """The release that a document prints."""
    ids = count(1)
    found, unread, passed_over = _read(document, ids)
    paragraphs = tuple(block for block in document.blocks if isinstance(block, Paragraph))
    problems = (*document.problems, *passed_over, *_told(unread, document.path), *missing(document))
    if not found and not any(
        problem.severity == "error" for problem in document.problems
    ):  # those have said why already
        problems = (
            *problems,
            Problem(
                "X101",
                "error",
                "no table with figures was found",
                document.path,
                help="The release may be an image, or its tables may be set as running text.",
            ),
        )
    told = claims(paragraphs, found, lambda: f"f{next(ids)}")
    source = Source.of(document)
    release = Release(
        source,
        found,
        paragraphs,
        told,
        problems=problems,
        unread=unread,
        workings=document.workings,
        tags=document.tags,
    )
    return evolve(release, twins=twins(document.tags.facts, release.figures)) if document.tags.facts else release


def _style(document: Document) -> Style:
    return numbers.style_of(
        cell.text for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row.cells
    )


def statements(document: Document, ids: count[int]) -> tuple[tuple[Statement, ...], tuple[Problem, ...]]:
    """The tables of a document as statements, and those that could not be read; figures take their ids from `ids`."""
    found, _, problems = _read(document, ids)
    return found, problems


def _read(document: Document, ids: count[int]) -> tuple[tuple[Statement, ...], tuple[Unread, ...], tuple[Problem, ...]]:
    """Its statements, what stands in their columns and is no figure, and the tables that were passed over."""
    style = _style(document)
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    heads = [
        cell.text
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows[:6]
        for cell in row.cells
        if 8 < len(cell.text) < 90
    ]
    calendar = calendars.calendar((*texts, *heads))
    currency, why, dollar = _currency(document, texts)
    done: list[Statement] = []
    unread: list[Unread] = []
    problems: list[Problem] = []
    context: list[str] = []
    scales: Counter[Scale] = Counter()
    notes, parted = False, True
    for block in document.blocks:
        if isinstance(block, Paragraph):
            notes = titles.notes(block.text, notes)
            parted = parted or titles.begins_anew(block.text)
            context = [*context[-_CONTEXT + 1 :], _short(block.text)]
            continue
        found = layout.parts(block, style)
        if not found or furniture.is_furniture(found, context):
            context = [*context, *_words(block)][-_CONTEXT:]
            parted = parted or bool(_words(block))
            if not found:
                problems.extend(_passed_over(block, style, document.path))
                unread.extend(_without_figures(block, style))
            continue
        for part in found:
            scale = scales.most_common(1)[0][0] if scales else None
            above = None if parted else done[-1]
            statement = tables.statement(
                part, Scene(tuple(context), calendar, scale, currency, why, dollar, notes, above), len(done), ids
            )
            done.append(statement)
            unread.extend(_unread(part))
            _tally(scales, part, context, len(statement.figures))
            context = list(_carried(context, statement))
            parted = False
    settled = counted.settled(assumed.compared(done))
    return days.settled(truncated(tuple(map(dilutive, settled)), texts)), tuple(unread), tuple(problems)


def _unread(part: layout.Part) -> Iterator[Unread]:
    """What stands in the columns of a table, means an amount and is none."""
    for entry in part.entries:
        for column, piece in entry.unread:
            assert piece.unread is not None
            yield Unread(piece.text, piece.place, piece.unread, entry.caption, part.heads[column])


def _without_figures(table: Table, style: Style) -> tuple[Unread, ...]:
    """The same of a table all of whose amounts are still to come."""
    rows = [[cell for cell in row.cells if cell.text] for row in table.rows]
    lines = [(cells[0], cell) for cells in rows if len(cells) > 1 and cells[0].text[0].isalpha() for cell in cells[1:]]
    found = tuple(
        Unread(cell.text, cell.place, why, caption.text)
        for caption, cell in lines
        if (why := numbers.unread(cell.text, style)) is not None
    )
    return found if len(found) >= _FEWEST_UNREAD else ()


_FEWEST_UNREAD = 3
"""Places kept for amounts that make a table of amounts."""
_WARNED: Mapping[Illegible, tuple[str, str, str]] = {
    "unreadable amount": (
        "X103",
        "an amount in a table cannot be read",
        "amounts in tables cannot be read; the first stands here",
    ),
    "placeholder": (
        "X104",
        "an amount in a table is still to come",
        "amounts in tables are still to come; the first stands here",
    ),
}


def _told(unread: Sequence[Unread], path: str) -> Iterator[Problem]:
    """One warning of each kind."""
    for why, (code, one, several) in _WARNED.items():
        found = [each for each in unread if each.why == why]
        if found:
            yield Problem(code, "warning", one if len(found) == 1 else f"{len(found)} {several}", path, found[0].place)


def _passed_over(table: Table, style: Style, path: str) -> tuple[Problem, ...]:
    """A table with many numbers that make no columns is passed over, but not in silence."""
    amounts = [
        cell
        for row in table.rows
        for cell in row.cells
        if (printed := numbers.parse(cell.text, style)) is not None
        and printed.form == "number"
        and not numbers.is_year(cell.text)
    ]
    if len(amounts) < _MANY:
        return ()
    return (
        Problem("X102", "warning", "a table whose numbers make no columns was passed over", path, amounts[0].place),
    )


def _short(text: str) -> str:
    return text if len(text) < 500 else f"{text[:160]} … {text[-300:]}"


def _words(table: Table) -> tuple[str, ...]:
    """The words of a table without figures: it is context."""
    texts = tuple(" ".join(cell.text for cell in row.cells if cell.text) for row in table.rows)
    return tuple(text for text in texts if text) if sum(map(len, texts)) < 400 else ()


def _carried(context: Sequence[str], statement: Statement) -> tuple[str, ...]:
    """What still stands above the next table: titles do not, unless the table was small."""
    return tuple(text for text in context[-2:] if stated(text) is None) if len(statement.figures) < 12 else ()


def _tally(scales: Counter[Scale], part: layout.Part, context: Sequence[str], figures: int) -> None:
    """Counts the scale of a table for as many figures as it prints: what its heads and its stub state, else a caption
    above it, else a sentence, which counts for one."""
    near = [(text, figures if len(text) < _LONGEST_STATED else 1) for text in reversed(context)]
    for text, weight in (*((text, figures) for text in (*part.heads, *part.stub)), *near):
        found = stated(text)
        if found is not None and found.amounts > 1:
            scales[found] += weight
            return


_LONGEST_STATED = 160
"""Characters of a caption that states a scale; a longer text is running text, which names the scale of what it
tells."""


def _currency(document: Document, texts: Sequence[str]) -> tuple[str, str, str]:
    """The currency of the document, why, and what a bare dollar sign stands for in it."""
    heads = (
        cell.text
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows[:4]
        for cell in row.cells
    )
    named = Counter[str]()
    for text, times_said in Counter((*texts[:_OPENING], *heads)).items():
        for code in money.named((text,)):
            named[code] += times_said
    dollar = _dollar(named)
    if any("$" in text for text in texts) or any(
        "$" in cell.text
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
    ):
        return dollar, f"unit: $ in the document ({dollar})", dollar
    if named:
        code = named.most_common(1)[0][0]
        return code, f"unit: {code} named in the document", dollar
    return _DEFAULT_CURRENCY, UNNAMED, dollar


def _dollar(named: Counter[str]) -> str:
    """What a bare dollar sign stands for: the US dollar, unless another dollar is named more often than every other
    currency."""
    first, second = [*named.most_common(2), ("", 0), ("", 0)][:2]
    return first[0] if first[0] in money.DOLLARS and first[1] > second[1] else _DEFAULT_CURRENCY
