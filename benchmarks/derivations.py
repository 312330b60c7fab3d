"""Questions that people answered with arithmetic over the cells of one published table: the share that defined
quantities answer alike.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.derivations [--misses N] [--seed 1]

FinQA and TAT-QA keep, for each question, the arithmetic of the person who answered it. Taken are those that are a plain
change, a percent change, a sum or a ratio of cells of the table. The table is written as a page and read like any other
document; the cells the label names are looked for among the figures found. From there on only names count: captions,
sections and periods make an expression of the rule language (`Increase of X`, `Growth of X`, `X[2017]`, `A / B`, `A +
B`), which is written out, bound in the column and judged against the answer as printed, as a rule would be. A label
says nothing of captions or periods, so an expression that binds to another figure, or to none, counts as missed.

30 misses, drawn with --seed 2 when there were 78, were read. In 7 the label is wrong: its arithmetic does not give its
answer (IPG/2015, RSG/2018, GIS/2019, BLL/2006, CME/2010), or it is not what was asked (SWKS/2006, CME/2017). In 23 the
program is: 4 lack a caption (the total under a column of accrued liabilities), so that no name reaches them; 4 print
one caption several times under headings that the names cannot tell apart (AON/2007, C/2008); 7 stand in columns that
are no periods and whose headings bind to nothing ("High", "Less than 1 Year", "2017/2018"); 4 stand in tables of one
column under years, or in cells with two numbers, that are not read (ETR/2017, PM/2014); 2 are balances at the beginning
of a year, which are dated a year earlier than the label dates them; 2 (one question, asked twice) are the growth of a
loss, which the definition measures against the size of the earlier one.
"""

from __future__ import annotations

import argparse
import ast
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import product
from typing import Any

from attrs import evolve, frozen

from benchmarks.corpus import root
from benchmarks.tables import Cut
from checker.bind.build import Builder
from checker.bind.expand import expand
from checker.bind.index import Lines, Names
from checker.bind.lookup import Book, Scene
from checker.bind.narrow import Narrowing
from checker.bind.outcome import Absent
from checker.bind.periods import shifted
from checker.core.check import Check
from checker.core.expression import Constant, Multiply, Variable
from checker.core.figure import Figure
from checker.core.period import Period, near
from checker.core.place import Place
from checker.core.release import Release
from checker.core.rule import Binary, Call, Expr, Item, Name, Negative, Rulebook
from checker.core.statement import Column, Line, Statement
from checker.core.unit import PERCENT, RATIO
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import load
from checker.read import read

KINDS = ("change", "percent change", "sum", "ratio")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_STEP = re.compile(r"(\w+)\(([^(),]+),\s*([^(),]+)\)")
_MOST = 200
"""Ways to place the operands of a label among equal cells that are tried."""
_NOWHERE = Place(1, 1, (0, 0))


@frozen
class Question:
    """A label: which numbers of the table it combines and how, and the answer as printed."""

    source: str
    name: str
    text: str
    kind: str
    operands: tuple[Fraction, ...]
    """For a change the later (minuend) first; for a ratio the numerator."""
    answer: str
    factor: int
    """100 where the label turns a quotient into percent, 0 where its own arithmetic does not give its answer, else
    1."""
    cut: Cut


@frozen
class Cell:
    """A figure where it stands."""

    statement: Statement
    line: Line
    column: Column
    figure: Figure


# ---- labels ----------------------------------------------------------------------------------------------------------


def questions() -> Iterator[Question]:
    """Every label of both sets that is one of the plain kinds over cells of the table."""
    for source in ("finqa", "tatqa"):
        with gzip.open(root() / "tables" / f"{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                yield from _of(source, json.loads(line))


def _of(source: str, record: dict[str, Any]) -> Iterator[Question]:
    rows = record["table_original"] if source == "finqa" else record["table"]
    before = (record.get("pre_text") or [])[-3:]
    cut = Cut(
        source,
        record["id"],
        tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows),
        tuple(before),
    )
    cells = {abs(number) for row in cut.rows for cell in row for number in _numbers(cell)}
    for label in record["derivations"]:
        found = plain(_finqa(label.get("program") or "") if source == "finqa" else _tatqa(label))
        if found is None or not all(abs(number) in cells for number in found[1]):
            continue
        answer = str(label.get("answer", "")).strip()
        said = _amount(answer)
        if said is None:
            continue
        yield Question(source, record["id"], label["question"], *found, answer, _factor(found, said), cut)


def _factor(found: tuple[str, tuple[Fraction, ...]], said: Decimal) -> int:
    """100 where the answer is printed in percent, 1 where it is not, 0 where the label's own arithmetic does not give
    it."""
    kind, (first, *rest) = found
    match kind:
        case "change":
            own = first - rest[0]
        case "sum":
            own = sum(rest, first)
        case _:
            own = (first / rest[0] if rest[0] else Fraction(0)) - (kind == "percent change")
    exponent = said.as_tuple().exponent
    unit = Fraction(10) ** (exponent if isinstance(exponent, int) else 0)
    return next((factor for factor in (1, 100) if abs(own * factor - Fraction(said)) <= unit), 0)


def _numbers(text: str) -> list[Fraction]:
    return [Fraction(found) for found in _NUMBER.findall(text.replace(",", "").replace("$", ""))]


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "").replace("$", "").replace("%", "").split()[0]) if text else None
    except (InvalidOperation, IndexError):
        return None


def _finqa(program: str) -> str:
    """The steps of a program as one expression; empty where a step is no arithmetic."""
    made: list[str] = []
    for operation, left, right in _STEP.findall(program):
        operator = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/"}.get(operation)
        if operator is None:
            return ""
        parts = [
            made[int(part[1:])] if part.startswith("#") else part.strip().replace("const_", "")
            for part in (left.strip(), right.strip())
        ]
        made.append(f"({parts[0]} {operator} {parts[1]})")
    return made[-1] if made else ""


def _tatqa(label: dict[str, Any]) -> str:
    derivation = label.get("derivation") or ""
    return (
        re.sub(r"[$,%£€]", "", derivation).replace("[", "(").replace("]", ")")
        if label["answer_type"] == "arithmetic"
        else ""
    )


def plain(arithmetic: str) -> tuple[str, tuple[Fraction, ...]] | None:
    """Which plain kind the arithmetic of a label is, and its operands; None where it is none."""
    try:
        return _plain(ast.parse(arithmetic.strip(), mode="eval").body)
    except (SyntaxError, ValueError):
        return None


def _plain(tree: ast.expr) -> tuple[str, tuple[Fraction, ...]] | None:
    """Which plain kind an expression is, and its operands; a factor of 100 says only how the answer is printed."""
    match tree:
        case (
            ast.BinOp(left=inner, op=ast.Mult(), right=ast.Constant(value=100))
            | ast.BinOp(left=ast.Constant(value=100), op=ast.Mult(), right=inner)
        ):
            return _plain(inner)
        case ast.BinOp(left=ast.BinOp(left=new, op=ast.Sub(), right=old), op=ast.Div(), right=base) if ast.dump(
            old
        ) == ast.dump(base):
            return _over("percent change", (new, old))
        case ast.BinOp(left=new, op=ast.Sub(), right=old):
            return _over("change", (new, old))
        case ast.BinOp(left=top, op=ast.Div(), right=bottom):
            return _over("ratio", (top, bottom))
        case ast.BinOp(op=ast.Add()):
            return _over("sum", _terms(tree))
        case _:
            return None


def _over(kind: str, operands: Sequence[ast.expr]) -> tuple[str, tuple[Fraction, ...]] | None:
    """The kind over its operands where all of them are numbers."""
    numbers = [number for operand in operands if (number := _constant(operand)) is not None]
    return (kind, tuple(numbers)) if len(numbers) == len(operands) else None


def _constant(tree: ast.expr) -> Fraction | None:
    match tree:
        case ast.Constant(value=int() as whole):
            return Fraction(whole)
        case ast.Constant(value=float() as broken):
            return Fraction(str(broken))
        case ast.UnaryOp(op=ast.USub(), operand=inner) if (value := _constant(inner)) is not None:
            return -value
        case _:
            return None


def _terms(tree: ast.expr) -> tuple[ast.expr, ...]:
    match tree:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return (*_terms(left), *_terms(right))
        case _:
            return (tree,)


# ---- from cells to names ---------------------------------------------------------------------------------------------


def placed(question: Question, release: Release) -> tuple[Cell, ...] | None:
    """Where the numbers of a label stand: in one line, else in one column, else anywhere; where several do, what the
    question names decides."""
    asked = set(re.findall(r"[a-z]+|\d+", question.text.lower()))
    found = [_cells(number, release, asked) for number in question.operands]
    if not all(found):
        return None
    ways = [way for way in _ways(found) if len({cell.figure.id for cell in way}) == len(way)]
    return max(ways, key=lambda way: (_together(way), sum(_named(cell, asked) for cell in way)), default=None)


def _ways(found: Sequence[Sequence[Cell]]) -> Iterator[tuple[Cell, ...]]:
    for number, way in enumerate(product(*found)):
        if number >= _MOST:
            return
        yield way


def _cells(number: Fraction, release: Release, asked: set[str]) -> list[Cell]:
    found = [
        Cell(statement, line, statement.columns[column], figure)
        for statement in release.statements
        for line in statement.lines
        for column, figure in enumerate(line.figures)
        if figure is not None
        and figure.value is not None
        and abs(Fraction(figure.value) / Fraction(figure.scale)) == abs(number)
    ]
    return sorted(found, key=lambda cell: -_named(cell, asked))[:6]


def _named(cell: Cell, asked: set[str]) -> int:
    """How many words of the line and the column the question says."""
    words = f"{cell.line.caption} {' '.join(cell.line.under[-1:])} {cell.column.head}"
    return len(asked & set(re.findall(r"[a-z]+|\d+", words.lower())))


def _together(way: Sequence[Cell]) -> int:
    lines, columns = ({cell.line.index for cell in way}, {cell.column.index for cell in way})
    return 2 * (len({cell.statement.index for cell in way}) == 1) + (len(lines) == 1 or len(columns) == 1)


def expression(question: Question, way: Sequence[Cell], names_of: Names) -> tuple[Expr, Cell]:
    """What the rule language says for it, and the cell in whose column it is said. A label that drops a printed minus
    takes the negative.

    The name of a definition would mean what it computes; there the printed figure is asked for.
    """
    first, second = way[0], way[-1]
    turned = [
        Fraction(cell.figure.value or 0) * operand < 0 for cell, operand in zip(way, question.operands, strict=True)
    ]
    if (
        question.kind in ("change", "percent change")
        and first.line is second.line
        and turned[0] == turned[1]
        and not names_of.definition(_caption(first))
    ):
        for now, then, other in ((first, second, False), (second, first, True)):
            if _year_before(now.column.period, then.column.period) and (question.kind == "change" or not other):
                asked = _name("Increase of " if question.kind == "change" else "Growth of ", now)
                return (Negative(asked) if turned[0] != other else asked), now
    names = [_name("", cell, None if cell.column is first.column else cell.column) for cell in way]
    result: Expr = Negative(names[0]) if turned[0] else names[0]
    rest = [Negative(name) if negative else name for name, negative in zip(names[1:], turned[1:], strict=True)]
    match question.kind:
        case "sum":
            for term in rest:
                result = Binary("+", result, term)
        case "change":
            result = Binary("-", result, rest[0])
        case "percent change":
            result = Binary("/", Binary("-", result, rest[0]), Call("abs", (rest[0],)))
        case _:
            result = Binary("/", result, rest[0])
    return result, first


def _year_before(now: Period | None, then: Period | None) -> bool:
    wanted = shifted(now, "prior") if now is not None and now.end is not None else None
    return wanted is not None and then is not None and near(wanted.end, then.end) and wanted.same_length(then)


def _name(prefix: str, cell: Cell, column: Column | None = None) -> Name:
    """The caption, with its section where there is one, and with the date and the heading of another column."""
    brackets = [Item(section) for section in cell.line.under[-1:]]
    if not prefix:
        brackets.append(Item("as printed"))
    if (column or cell.column).role in ("percent", "change"):
        brackets.append(Item("percent columns"))
    if column is not None:
        end = column.period.end if column.period is not None else None
        brackets += [Item(f"{end:%B} {end.day}, {end.year}")] if end is not None else []
        brackets += (
            [Item(column.member)]
            if column.member.strip("() 0123456789")
            else []
            if end is not None
            else [Item(column.head)]
        )
    return Name(f"{prefix}{_caption(cell)}", not prefix, tuple(brackets))


def _caption(cell: Cell) -> str:
    return cell.line.caption.strip().rstrip(":")


# ---- answers ---------------------------------------------------------------------------------------------------------


def outcome(question: Question, rulebook: Rulebook) -> str:
    """`agrees`, `rounding`, or why the answer is missed."""
    if not question.factor:
        return "the label's own arithmetic does not give its answer"
    release = extract(read("table.htm", question.cut.content()))
    way = placed(question, release)
    if way is None:
        return "a cell was not read"
    book = Book(Lines(release), Names(rulebook))
    asked, cell = expression(question, way, book.names)
    built = Builder(Scene(book, cell.statement, cell.column, Narrowing()), False).build(expand(asked, book.names))
    if isinstance(built, Absent):
        return f"no figure: {built.kind}"
    figures = tuple({use.found.figure.id: use.found.figure for use in built.uses}.values())
    answer = _answer(question, way)
    percent = answer.unit == PERCENT
    right = Multiply(Constant(Fraction(100)), built.expression) if percent else built.expression
    check = Check(
        "asked",
        "asked",
        question.text,
        "written",
        "",
        left=Variable(answer.id),
        right=right,
        figures=(answer, *figures),
        percent=percent,
    )
    verdict = evaluate((check,))[0].verdict
    return verdict if verdict in ("agrees", "rounding") else f"another answer ({verdict})"


def _answer(question: Question, way: Sequence[Cell]) -> Figure:
    """The answer of the label as a printed figure, in the unit of the cells."""
    value = _amount(question.answer) or Decimal(0)
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    scale = way[0].figure.scale if question.kind in ("change", "sum") else Decimal(1)
    unit = PERCENT if question.factor == 100 else way[0].figure.unit if question.kind in ("change", "sum") else RATIO
    return evolve(
        Figure("answer", question.answer, value, step, unit, "answer", _NOWHERE), value=value * scale, step=step * scale
    )


def main() -> None:
    """Print one line a set and kind, then why the others were missed; with --misses so many of those in full."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rulebook = load([])
    table: dict[tuple[str, str], Counter[str]] = {}
    why = Counter[str]()
    missed: list[tuple[Question, str]] = []
    for question in questions():
        said = outcome(question, rulebook)
        table.setdefault((question.source, question.kind), Counter())[
            said if said in ("agrees", "rounding") else "missed"
        ] += 1
        if said not in ("agrees", "rounding"):
            why[said] += 1
            missed.append((question, said))
    everything = Counter[str]()
    for source in ("finqa", "tatqa"):
        for kind in KINDS:
            row = table.get((source, kind), Counter())
            everything += row
            _line(f"{source} {kind}", row)
    _line("all", everything)
    for reason, number in why.most_common():
        print(f"  missed, {reason}: {number}")
    for question, said in random.Random(options.seed).sample(missed, min(options.misses, len(missed))):
        rows = "\n".join("     " + " | ".join(cell[:40] for cell in row) for row in question.cut.rows)
        operands = ", ".join(str(one) for one in map(float, question.operands))
        print(
            f"--- {question.source} {question.name} {question.kind} of {operands} = {question.answer}: "
            f"{said}\n   {question.text}\n{rows}"
        )


def _line(name: str, row: Counter[str]) -> None:
    tried = sum(row.values())
    share = 100 * (row["agrees"] + row["rounding"]) / tried if tried else 0
    print(
        f"{name:24} {row['agrees'] + row['rounding']:4} of {tried:4} ({share:.1f} %), {row['rounding']} of "
        f"them by rounding"
    )


if __name__ == "__main__":
    main()
