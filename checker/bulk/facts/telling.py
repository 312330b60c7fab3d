"""Findings over typed facts as rows of their table: what agrees as columns, what does not with its arithmetic in words.

Most of what a house rule finds are violations of plain sums over whole amounts. They are told from columns too: the
sentence is written once for a rule, and the amounts are put in. Everything else goes through `evaluate`, as in a run
over one release; the tests hold both equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, field, frozen

from checker.algebra.notation import PRODUCT, Notation
from checker.algebra.notation import written as noted
from checker.bulk.facts.judged import AGREES, VIOLATION, WORDS, Judged
from checker.bulk.facts.single import Row, check_of
from checker.bulk.facts.table import ABSENT, Block, Flags, Ints
from checker.bulk.rows import amount, batch, finding
from checker.bulk.schema import AMOUNT, DECIMALS, FINDINGS
from checker.core.check import Check
from checker.core.expression import Constant, Variable
from checker.core.finding import Finding
from checker.evaluate import evaluate
from checker.evaluate.sentence import decimal, failing, short, so_much, units_of_last_place
from checker.judge.relations import rounded_before, why_not
from checker.lexicon.one_scale import less, printed_scale, unit_word


@frozen(eq=False)
class Gate:
    """What the gate lets through, and the sentences that were written so far: none has an amount in it."""

    blocks: Callable[[Finding], bool]
    forms: dict[tuple[Any, ...], Form | None] = field(factory=dict)


@frozen(eq=False)
class Form:
    """What violations of one relation in one period have in common that take the same amounts."""

    row: Mapping[str, Any]
    """Their columns, but for amounts."""
    blocks: bool
    order: Sequence[int]
    """The places of their figures among the amounts of the relation."""
    text: Callable[..., str]
    """The sentence, amounts to be put in."""


_MOST_FORMS = 20_000


@frozen(eq=False)
class Told:
    """Findings of one relation that do not agree."""

    judged: Judged
    at: Ints
    """Which of the rows that were judged."""
    is_note: Flags
    blocks: Flags
    facts: Ints
    """All facts that they rest on."""
    rows: pa.Table | None = None
    alike: Alike | None = None
    """In place of rows, which are made of many of them at once."""


@frozen(eq=False)
class Alike:
    """Violations of one relation in one period that take the same amounts, and differ in nothing but these."""

    form: Form
    filing: Ints
    end: int
    sums: _Sums
    figures: Ints
    """The facts of each, counted from the first of its filing."""
    sentences: Sequence[str]


def told(one: Judged, block: Block, keys: Sequence[str], gate: Gate) -> Iterator[Told]:
    """What does not agree, told in full."""
    chosen = np.nonzero(one.verdict != AGREES)[0]
    if not len(chosen):
        return
    plain = _is_plain(one, block) & (one.verdict[chosen] == VIOLATION)
    if plain.any():
        yield from _as_columns(one, block, keys, (chosen[plain], gate))
    if not plain.all():
        found = list(_one_by_one(one, block, chosen[~plain]))
        if found:
            yield _as_rows(one, block, keys, (found, gate))


# ---- one by one ------------------------------------------------------------------------------------------------------


def _one_by_one(one: Judged, block: Block, chosen: Ints) -> Iterator[tuple[int, Finding]]:
    """The row among those judged, and the finding with its licence."""
    others = _others(one, block)
    for at in chosen:
        check = check_of(one.rated, Row(block, int(one.rows[at])))
        if isinstance(check, Check):
            if one.verdict[at] == VIOLATION and one.rated.task.rule.shipped:
                check = evolve(check, unlicensed=_unlicensed(check, others(int(at))))
            (found,) = evaluate((check,))
            if found.verdict != WORDS[one.verdict[at]]:
                raise AssertionError(f"{check.rule}: {found.verdict} is not {WORDS[one.verdict[at]]}")
            yield int(at), found


def _others(one: Judged, block: Block) -> Callable[[int], list[bool]]:
    """For a row judged, whether the relation is broken in each other period of the same filing."""
    place = block.row["filing"][one.rows]
    for name, texts in (("entity", block.facts.entities), ("segment", block.facts.segments)):
        place = place * len(texts) + block.row[name][one.rows]
    order = np.argsort(place, kind="stable")
    ordered = place[order]

    def found(at: int) -> list[bool]:
        low, high = np.searchsorted(ordered, place[at], "left"), np.searchsorted(ordered, place[at], "right")
        return [bool(one.verdict[other] == VIOLATION) for other in order[low:high] if other != at]

    return found


def _unlicensed(check: Check, others: Sequence[bool]) -> str | None:
    """Why a violation of a shipped rule is no more than a note."""
    assert check.left is not None and check.right is not None
    if rounded_before(check.left, check.right, check.figures):
        return "it misses by less than a unit of the last place: what it is made from may be rounded"
    return why_not(others, check.left, check.right, check.figures)


def _as_rows(one: Judged, block: Block, keys: Sequence[str], given: tuple[Sequence[tuple[int, Finding]], Gate]) -> Told:
    found, gate = given
    at = np.array([place for place, _ in found], np.int64)
    filing = block.row["filing"][one.rows[at]]
    marked = [evolve(each, blocks=gate.blocks(each)) for _, each in found]
    first = block.facts.first[filing]
    facts = [
        int(start) + int(figure.id[1:])
        for start, each in zip(first, marked, strict=True)
        for figure in each.check.figures
    ]
    return Told(
        one,
        at,
        np.array([each.severity == "note" for each in marked], np.bool_),
        np.array([each.blocks for each in marked], np.bool_),
        np.array(facts, np.int64),
        pa.Table.from_batches(
            [batch([keys[number] for number in filing], [finding(each) for each in marked], FINDINGS)]
        ),
    )


# ---- as columns ------------------------------------------------------------------------------------------------------


def _is_plain(one: Judged, block: Block) -> bool:
    """Whether violations of a relation are whole amounts and one sentence: those of house rules, whose severity does
    not depend on their size.
    """
    rated = one.rated
    if (
        rated.shape != "linear"
        or rated.task.relation.comparison != "="
        or rated.task.rule.shipped
        or one.exact is not None
    ):
        return False
    assert rated.left is not None and rated.right is not None
    tolerance = rated.task.clauses.tolerance
    return (
        not rated.task.clauses.steps
        and (tolerance is None or tolerance.kind == "rounding")
        and rated.left.below == rated.right.below == 1
        and not block.facts.large
        and all(len(leaf.slots) == 1 for leaf in (*rated.left.leaves, *rated.right.leaves))
        and all(block.decimals(slot) == 0 for slot in rated.slots)
        and all(abs(weight) == 1 for weight in (*rated.left.weights, *rated.right.weights))
    )


def _as_columns(one: Judged, block: Block, keys: Sequence[str], given: tuple[Ints, Gate]) -> Iterator[Told]:
    chosen, gate = given
    rows, facts = one.rows[chosen], _taken(one, one.rows[chosen], block)
    taken = facts >= 0
    group = np.zeros(len(rows), np.int64)
    for place in range(taken.shape[1]):
        group = group * 2 + taken[:, place]
    for name in ("unit", "segment", "entity", "end", "months"):
        column = block.row[name][rows]
        group = np.unique(
            group * (int(column.max()) + 1 - int(column.min())) + column - column.min(), return_inverse=True
        )[1]
    for number in range(int(group.max()) + 1):
        yield _alike(one, block, keys, (np.nonzero(group == number)[0], chosen, facts, gate))


def _taken(one: Judged, rows: Ints, block: Block) -> Ints:
    """In each row the fact that each amount of the relation takes; below zero where it may be missing, and is."""
    assert one.rated.left is not None and one.rated.right is not None
    found = np.full((len(rows), len(one.rated.left.leaves) + len(one.rated.right.leaves)), ABSENT, np.int64)
    for place, leaf in enumerate((*one.rated.left.leaves, *one.rated.right.leaves)):
        for slot in leaf.slots:
            found[:, place] = np.where(found[:, place] >= 0, found[:, place], block.fact[slot][rows])
    return found


def _alike(one: Judged, block: Block, keys: Sequence[str], given: tuple[Ints, Ints, Ints, Gate]) -> Told:
    """Violations of one relation in one period that take the same amounts."""
    some, chosen, every, gate = given
    at, facts = chosen[some], every[some]
    rows = one.rows[at]
    filing = block.row["filing"][rows]
    sums = _Sums.of(one, facts, block)
    form = _form(one, block, gate, (int(rows[0]), facts[0], sums))
    if form is None:
        return _as_rows(one, block, keys, (list(_one_by_one(one, block, at)), gate))
    figures = facts[:, form.order] - block.facts.first[filing][:, None]
    alike = Alike(form, filing, int(block.row["end"][rows[0]]), sums, figures, list(_sentences(form.text, sums)))
    return Told(one, at, np.zeros(len(at), np.bool_), np.full(len(at), form.blocks), facts[facts >= 0], alike=alike)


def _form(one: Judged, block: Block, gate: Gate, first: tuple[int, Ints, _Sums]) -> Form | None:
    """What they have in common; None where they cannot be told together. It is made of the first of them."""
    row, facts, _ = first
    texts = block.facts.units, block.facts.entities, block.facts.segments
    named = [each[int(block.row[name][row])] for each, name in zip(texts, ("unit", "entity", "segment"), strict=True)]
    key = (
        one.rated.task.id,
        *named,
        *(int(block.row[name][row]) for name in ("start", "end", "months")),
        *(facts >= 0),
    )
    if key not in gate.forms:
        if len(gate.forms) >= _MOST_FORMS:
            gate.forms.clear()
        gate.forms[key] = _made(one, block, gate, first)
    return gate.forms[key]


def _made(one: Judged, block: Block, gate: Gate, first: tuple[int, Ints, _Sums]) -> Form | None:
    row, facts, sums = first
    check = check_of(one.rated, Row(block, row))
    assert isinstance(check, Check)
    (sample,) = evaluate((check,))
    start = int(block.facts.first[block.row["filing"][row]])
    places = {f"f{fact - start}": place for place, fact in enumerate(facts.tolist()) if fact >= 0}
    text = _text(check, places)
    if printed_scale(check) != 1 or next(_sentences(text, sums)) != sample.message:
        return None
    blocks = gate.blocks(sample)
    said = dict(zip(FINDINGS.names[2:], finding(evolve(sample, blocks=blocks)), strict=True))
    kept = {name: value for name, value in said.items() if name not in _OWN}
    return Form(kept, blocks, [places[figure.id] for figure in check.figures], text)


_OWN = (
    *("period_end", "left", "right", "difference", "allowance"),
    *("units_of_last_place", "figures", "message"),
)
"""Columns in which violations of one form differ."""


def together(parts: Sequence[Alike], keys: Sequence[str]) -> Iterator[pa.Table]:
    """The rows of many such violations."""
    if not parts:
        return
    counts = [len(one.filing) for one in parts]
    which = pa.array(np.repeat(np.arange(len(parts)), counts))
    left, right, room, coarsest = (
        np.concatenate([getattr(one.sums, name) for one in parts]) for name in ("left", "right", "room", "coarsest")
    )
    known = np.ones(len(left), np.bool_)
    filing = pa.array(np.concatenate([one.filing for one in parts]))
    ends = np.repeat(np.array([one.end for one in parts], np.int32), counts)
    figures = np.repeat([one.figures.shape[1] for one in parts], counts)
    columns = {
        "document": pa.array(keys, pa.string()).take(filing),
        "run": pa.array(np.zeros(len(left), np.int32)),
        "period_end": pa.array(ends).cast(pa.date32()),
        "left": amounts_of(left, known, 1),
        "right": amounts_of(right, known, 1),
        "difference": amounts_of(left - right, known, 1),
        "allowance": amounts_of(5 * room, known, 10),
        "units_of_last_place": _units(left - right, coarsest),
        "figures": pa.ListArray.from_arrays(
            pa.array(np.concatenate([[0], np.cumsum(figures)]).astype(np.int32)),
            ids_of(np.concatenate([one.figures.ravel() for one in parts])),
        ),
        "message": pa.array([text for one in parts for text in one.sentences], pa.string()),
    }
    for name in FINDINGS.names:
        if name not in columns:
            columns[name] = pa.array([one.form.row[name] for one in parts], FINDINGS.field(name).type).take(which)
    yield pa.table([columns[name] for name in FINDINGS.names], schema=FINDINGS)


def _units(difference: Ints, coarsest: Ints) -> pa.Array:
    """Each difference in units of the last place."""
    if (coarsest == 1).all():
        return amounts_of(difference, np.ones(len(difference), np.bool_), 1)
    pairs = zip(difference.tolist(), coarsest.tolist(), strict=True)
    return pa.array([amount(Fraction(off, step))[0] if step else None for off, step in pairs], AMOUNT)


@frozen(eq=False)
class _Sums:
    """Both sides of a relation in some rows, in whole numbers."""

    amounts: Ints
    left: Ints
    right: Ints
    room: Ints
    """Twice the largest difference that rounding explains."""
    coarsest: Ints

    @classmethod
    def of(cls, one: Judged, facts: Ints, block: Block) -> _Sums:
        """The sides, from the facts that the amounts of the relation are."""
        left, right = one.rated.left, one.rated.right
        assert left is not None and right is not None
        value, step = block.facts.padded
        amounts, halves = np.where(facts >= 0, value[facts], 0), len(left.leaves)
        weighed = amounts * np.array([*left.weights, *right.weights], np.int64)
        steps = np.where(facts >= 0, step[facts], 0)
        sides = weighed[:, :halves].sum(axis=1) + left.constant, weighed[:, halves:].sum(axis=1) + right.constant
        return cls(amounts, *sides, steps.sum(axis=1), steps.max(axis=1))


def _text(check: Check, places: Mapping[str, int]) -> Callable[..., str]:
    """What is said of violations, as `evaluate` would: amounts by their number, then what the right side comes to, the
    difference and the rest.
    """
    assert check.left is not None and check.right is not None
    notation = Notation(lambda name: f"{{{places[name]}}}", decimal, PRODUCT)
    sides = (
        noted(less(check.left, Fraction(1)), notation),
        check.comparison,
        noted(less(check.right, Fraction(1)), notation),
    )
    is_one = isinstance(check.right, Variable | Constant)
    unit = unit_word(check)
    computed = "" if is_one else " = {right}"
    apart = so_much(("{off}", unit, ""), None)
    return failing(sides, computed, f"{apart}{{units}}", "rounding explains no more than {allowance}").format


def _sentences(text: Callable[..., str], sums: _Sums) -> Iterator[str]:
    """The amounts put into it."""
    allowances: dict[int, str] = {}
    for amounts, left, right, room, coarsest in zip(
        sums.amounts.tolist(),
        sums.left.tolist(),
        sums.right.tolist(),
        sums.room.tolist(),
        sums.coarsest.tolist(),
        strict=True,
    ):
        off = abs(left - right)
        if room not in allowances:
            allowances[room] = short(Fraction(room, 2))
        told_units = f"{off:,}" if coarsest == 1 and off > 1 else None
        yield text(
            *[f"{one:,}" for one in amounts],
            right=f"({-right:,})" if right < 0 else f"{right:,}",
            off=f"{off:,}",
            units=units_of_last_place(told_units) if told_units else _rarely(off, coarsest),
            allowance=allowances[room],
        )


def _rarely(off: int, coarsest: int) -> str:
    return so_much(("", "", ""), Fraction(off, coarsest) if coarsest else None)


# ---- columns ---------------------------------------------------------------------------------------------------------


def amounts_of(values: Ints, known: Flags, scale: int) -> pa.Array:
    """Whole numbers over a scale as amounts; nothing where the scale has no decimal, or they are not known."""
    places = len(str(scale)) - 1
    if scale != 10**places or places > DECIMALS:
        return pa.nulls(len(values), AMOUNT)
    most = 10 ** (28 + places)
    fits = known & (np.abs(values.astype(np.float64)) < float(most))
    whole = pa.array(np.where(fits, values, 0)).cast(pa.decimal128(38, DECIMALS - places))
    amounts = pa.Array.from_buffers(AMOUNT, len(values), [None, whole.buffers()[1]], offset=whole.offset)
    return amounts if fits.all() else pc.if_else(pa.array(fits), amounts, pa.scalar(None, AMOUNT))


def lists_of(facts: Ints) -> pa.ListArray:
    """The ids of facts, counted from the first of their filing, as a list a row; those below zero are left out."""
    there = facts >= 0
    offsets = np.concatenate([[0], np.cumsum(there.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), ids_of(facts[there]))


def ids_of(inside: Ints) -> pa.Array:
    """The ids of facts, counted from the first of their filing."""
    return pc.binary_join_element_wise("f", pa.array(inside, pa.int64()).cast(pa.string()), "")
