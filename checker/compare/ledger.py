"""Trial balances and lists of accounts: a line for each account, with its debit and credit or a signed balance. Other
files are read as documents.

A list names the account, and in a column of its own perhaps the line of the statements that reports it: accounts of one
line are added up, and said from what.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from checker.core.caption import normal
from checker.core.document import Paragraph, Table
from checker.core.figure import Figure
from checker.core.period import Period, duration, instant
from checker.core.place import Place
from checker.core.problem import Problem
from checker.core.unit import money
from checker.core.value import frozen
from checker.core.working import named
from checker.lexicon import money as moneys
from checker.lexicon import scale, time
from checker.lexicon.captions import TOTALS
from checker.lexicon.numbers import Style, parse, style_of
from checker.lexicon.words import alternatives
from checker.read import read
from checker.read.containers import is_gzip, unpack
from checker.read.source import decode

_HEAD = 20
"""Rows within which the names of the columns stand."""
_MOST_ROWS = 500_000
_SEPARATORS = (",", ";", "\t", "|")
_ZIP = b"PK\x03\x04"
_SIDES = {"debit": 1, "debits": 1, "dr": 1, "credit": -1, "credits": -1, "cr": -1}
_BALANCES = frozenset(
    {
        "balance",
        "balances",
        "amount",
        "net",
        "net balance",
        "closing balance",
        "ending balance",
        "final balance",
        "net amount",
    }
)
_NAMES = (
    "account name",
    "account title",
    "account description",
    "name of account",
    "ledger account",
    "name",
    "description",
    "title",
    "account",
    "accounts",
)
_LINES = (
    "caption",
    "statement line",
    "fs line",
    "fs line item",
    "financial statement line",
    "line item",
    "reported as",
    "lead sheet",
    "mapping",
    "grouping",
)
_ACCOUNT = re.compile(r"\b(?:accounts?|acct|gl|ledger|name|description)\b")
_BEFORE = re.compile(
    r"\b(?:opening|beginning|brought forward|movements?|activity|unadjusted|adjustments?|adjusting|prior|"
    r"previous|change|budget)\b"
)
_TOTAL = re.compile(rf"(?:{alternatives(TOTALS)})\b|balance check")


@frozen
class Ledger:
    """The accounts of a file. `figures` hold the size of each balance; a period without dates stands where the file
    names none."""

    figures: tuple[Figure, ...]
    sides: Mapping[str, int]
    """By the id of a figure: 1 for a debit, -1 for a credit; nothing where balances are signed, for houses do not sign
    them alike."""
    made_of: Mapping[str, str]
    """By the id of a figure that is a sum of accounts: those accounts with their amounts, in words."""
    problems: tuple[Problem, ...] = ()


@frozen
class _Cell:
    """What stands in a cell, and where."""

    text: str
    place: Place


_Rows = Sequence[Mapping[int, _Cell]]


@frozen
class _Column:
    """A column of amounts: its side (0: signed), and the period that its head or what stands above says."""

    index: int
    side: int
    period: Period | None


@frozen
class _Plan:
    """What the columns of a list of accounts are."""

    head: int
    name: int
    line: int | None
    columns: tuple[_Column, ...]
    currency: str
    scale: Decimal


def ledger(path: str, content: bytes) -> Ledger | None:
    """The accounts of a file; None where it is no list of accounts. Where it names no currency, none has a name. Never
    raises on content."""
    if is_gzip(content):
        content = unpack(path, content)[0] or b""
    found: list[tuple[_Rows, _Plan]] = []
    for rows in _tables(path, content):
        plan = _plan(rows)
        if plan is not None:
            found.append((rows, plan))
    if not found:
        return None
    made = [one for rows, plan in found for one in _balances(rows, plan)]
    return _ledger(path, made)


# ---- rows ------------------------------------------------------------------------------------------------------------


def _tables(path: str, content: bytes) -> Iterator[_Rows]:
    if content.startswith(_ZIP):
        yield from _sheets(path, content)
        return
    if content[:2000].lstrip()[:1] in (b"<", b"{", b"[", b"%"):
        return
    source, _ = decode(content, path)
    separator = _separator(source.text)
    if separator:
        yield _records(source.text, separator)


def _sheets(path: str, content: bytes) -> Iterator[_Rows]:
    """The rows of each sheet of a workbook, with the paragraphs that stand above its table as rows of one cell."""
    above: list[Mapping[int, _Cell]] = []
    rows: list[Mapping[int, _Cell]] = []
    sheet: str | None = None
    for block in read(path, content).blocks:
        place = (
            block.content.place(0, 1)
            if isinstance(block, Paragraph)
            else next((cell.place for row in block.rows for cell in row.cells), None)
        )
        if place is None or place.sheet is None:
            continue
        if place.sheet != sheet:
            if rows:
                yield [*above, *rows]
            above, rows, sheet = [], [], place.sheet
        if isinstance(block, Paragraph):
            above.append({0: _Cell(block.text, place)})
        elif isinstance(block, Table):
            rows += ({cell.left: _Cell(cell.text, cell.place) for cell in row.cells} for row in block.rows)
    if rows:
        yield [*above, *rows]


def _separator(text: str) -> str:
    """What parts the cells, by the line that names the columns."""
    for line in text[:20_000].splitlines()[:_HEAD]:
        for separator in _SEPARATORS:
            if separator in line and _named(
                {at: _Cell(cell.strip(' "'), Place(1, 1, (0, 0))) for at, cell in enumerate(line.split(separator))}
            ):
                return separator
    return ""


def _records(text: str, separator: str) -> _Rows:
    made: list[Mapping[int, _Cell]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for record in reader:
            number = len(made) + 1
            cells = {
                at: _Cell(cell.strip(), Place(reader.line_num, 1, (0, 0), cell=named(number, at + 1)))
                for at, cell in enumerate(record)
                if cell.strip()
            }
            made.append(cells)
            if number >= _MOST_ROWS:
                break
    except csv.Error:  # a cell without end: what was read before stands
        pass
    return made


# ---- columns ---------------------------------------------------------------------------------------------------------


def _named(row: Mapping[int, _Cell]) -> bool:
    """Whether a row names the columns of a list of accounts: an account, and its balance."""
    said = {at: normal(cell.text) for at, cell in row.items()}
    return any(_ACCOUNT.search(text) for text in said.values()) and any(
        _side(text) is not None for text in said.values()
    )


def _side(text: str) -> int | None:
    """The side that a head names: 1, -1, or 0 for a signed balance; None where it names none, or what is not the
    balance at the end."""
    if _BEFORE.search(text):
        return None
    words = text.split()
    sides = {_SIDES[word] for word in words if word in _SIDES}
    if len(sides) == 1:
        return sides.pop()
    return 0 if " ".join(normal(time.without(text)).split()) in _BALANCES else None


def _plan(rows: _Rows) -> _Plan | None:
    head = next((at for at, row in enumerate(rows[:_HEAD]) if _named(row)), None)
    if head is None:
        return None
    said = {at: normal(cell.text) for at, cell in rows[head].items()}
    name = _which(said, _NAMES, rows[head + 1 : head + 1 + _HEAD])
    if name is None:
        return None
    titles = (row for row in rows[:head] if not any(_period(cell.text) for cell in row.values()) or len(row) == 1)
    above = [", ".join(row[at].text for at in sorted(row)) for row in titles]  # a comma of a day parts cells too
    stated = _period(" ".join(above))
    columns = []
    for at, text in said.items():
        side = _side(text)
        if side is not None and at != name:
            columns.append(_Column(at, side, _period(rows[head][at].text) or _over(rows[:head], at) or stated))
    mentioned = [one for text in (*above, *(cell.text for cell in rows[head].values())) for one in _currencies(text)]
    given = next(
        (
            one.amounts
            for one in map(scale.stated, (*above, *(cell.text for cell in rows[head].values())))
            if one is not None
        ),
        Decimal(1),
    )
    line = _which({at: text for at, text in said.items() if at != name}, _LINES, rows[head + 1 : head + 1 + _HEAD])
    return _Plan(head, name, line, tuple(columns), mentioned[0] if mentioned else "", given) if columns else None


def _currencies(text: str) -> list[str]:
    """The codes of currencies that stand in a text as such."""
    return [
        word for word in re.findall(r"\b[A-Z]{3}\b", text) if moneys.is_sign(word) and moneys.settled(word, "") == word
    ]


def _which(said: Mapping[int, str], names: Sequence[str], rows: _Rows) -> int | None:
    """The column of that name whose cells are words, the likeliest name first."""
    for wanted in names:
        for at, text in said.items():
            texts = [row[at].text for row in rows if at in row]
            if text == wanted and texts and 2 * sum(parse(one) is None for one in texts) > len(texts):
                return at
    return None


def _over(rows: _Rows, at: int) -> Period | None:
    """The period of the nearest head above and to the left."""
    for row in reversed(rows):
        if len(row) < 2:
            continue
        found = [period for column in sorted(row) if column <= at and (period := _period(row[column].text)) is not None]
        if found:
            return found[-1]
    return None


def _period(text: str) -> Period | None:
    """The day that a head names, with the length of time where it names one too."""
    said = time.read(text)
    ends = [date.on(date.year) for date in said.full if date.year is not None] or _iso(text)
    if len(set(ends)) != 1:
        return None
    return duration(ends[0], said.months, text, said.weeks) if said.months is not None else instant(ends[0], text)


def _iso(text: str) -> list[dt.date]:
    return [
        time.day(int(year), int(month), int(number))
        for year, month, number in re.findall(r"\b(\d{4})-(0[1-9]|1[0-2])-([0-3]\d)\b", text)
    ]


# ---- balances --------------------------------------------------------------------------------------------------------


@frozen
class _Balance:
    """The balance of one account: what is debited, less what is credited; as it is signed where it has no side."""

    caption: str
    line: str
    amount: Decimal
    step: Decimal
    place: Place
    period: Period | None
    currency: str
    sided: bool


def _balances(rows: _Rows, plan: _Plan) -> Iterator[_Balance]:
    body = rows[plan.head + 1 :]
    style = style_of(cell.text for row in body for one in plan.columns if (cell := row.get(one.index)) is not None)
    periods = list(dict.fromkeys(one.period for one in plan.columns))
    by_period = [(period, [one for one in plan.columns if one.period == period]) for period in periods]
    for row in body:
        caption = row[plan.name].text if plan.name in row else ""
        if not normal(caption) or _TOTAL.match(normal(caption)):
            continue
        line = row[plan.line].text if plan.line is not None and plan.line in row else ""
        for period, columns in by_period:
            found = _balance(row, columns, plan, style)
            if found is not None:
                amount, step, place = found
                yield _Balance(
                    caption, line, amount, step, place, period, plan.currency, any(one.side for one in columns)
                )


def _balance(
    row: Mapping[int, _Cell], columns: Sequence[_Column], plan: _Plan, style: Style
) -> tuple[Decimal, Decimal, Place] | None:
    """The balance at the end of one period, its step, and the cell that states it; None where none does, or a second
    column of the same kind says otherwise."""
    sides = [one.side for one in columns]
    if len(set(sides)) < len(sides) or (0 in sides and len(sides) > 1):
        return None
    total, step, place = Decimal(0), Decimal(0), None
    for one in columns:
        cell = row.get(one.index)
        number = None if cell is None else parse(cell.text, style)
        if cell is None or number is None or number.value is None:
            continue
        total += number.value * number.multiplier * plan.scale * (one.side or 1)
        step = max(step, number.step * number.multiplier * plan.scale)
        place = cell.place if place is None or number.value else place
    return None if place is None else (total, step, place)


def _ledger(path: str, balances: Sequence[_Balance]) -> Ledger:
    """The accounts as figures: those of one line of the statements added up, each other by its own name."""
    figures: list[Figure] = []
    sides: dict[str, int] = {}
    made_of: dict[str, str] = {}
    lines: dict[tuple[str, Period | None], list[_Balance]] = {}
    for one in balances:
        if one.line:
            lines.setdefault((normal(one.line), one.period), []).append(one)
    groups = [[one] for one in balances if not one.line] + list(lines.values())
    for number, group in enumerate(groups, 1):
        name, first = f"against {number}", group[0]
        amount, step = sum((one.amount for one in group), Decimal(0)), max(one.step for one in group)
        figures.append(_figure(name, first, amount, step))
        if first.sided and amount:
            sides[name] = 1 if amount > 0 else -1
        if len(group) > 1:
            made_of[name] = (
                " + ".join(f"{one.caption} {one.amount:,f}" for one in group).replace("+ -", "- ").replace("  ", " ")
            )
    return Ledger(tuple(figures), sides, made_of, tuple(_unbalanced(path, balances)))


def _figure(name: str, first: _Balance, amount: Decimal, step: Decimal) -> Figure:
    shown = f"({-amount:,f})" if amount < 0 and not first.sided else f"{abs(amount):,f}"
    value = abs(amount) if first.sided else amount
    return Figure(
        name, shown, value, step, money(first.currency), first.line or first.caption, first.place, period=first.period
    )


def _unbalanced(path: str, balances: Sequence[_Balance]) -> Iterator[Problem]:
    """What is said of debits that do not come to the credits: then the file is no trial balance of everything, or
    wrong."""
    for period in dict.fromkeys(one.period for one in balances):
        sided = [one for one in balances if one.sided and one.period == period]
        over = sum((Fraction(one.amount) for one in sided), Fraction(0))
        if sided and abs(over) > sum((Fraction(one.step) for one in sided), Fraction(0)) / 2:
            when = f" of {period.end}" if period is not None and period.end is not None else ""
            yield Problem(
                "A102",
                "note",
                f"its debits{when} do not come to its credits",
                path,
                help="an account is missing, or a balance is wrong",
            )
