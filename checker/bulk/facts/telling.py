"""Findings over typed facts as rows of their table: what agrees as columns, what does not with its arithmetic in words.

Most of what a house rule finds are violations of plain sums over whole amounts. They are told from columns too: the
sentence is written once for a rule, and the amounts of all of them are put in together. Everything else goes through
`evaluate`, as in a run over one release; the tests hold both equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen
from numpy.typing import NDArray

from checker.algebra.notation import PRODUCT, Notation
from checker.algebra.notation import written as noted
from checker.bulk.facts.compiled import Rated
from checker.bulk.facts.compiled import compiled as make_compiled
from checker.bulk.facts.judged import VIOLATION, WORDS, Judged
from checker.bulk.facts.single import Row, check_of
from checker.bulk.facts.sums import summed
from checker.bulk.facts.table import ABSENT, Block, Flags, Ints
from checker.bulk.facts.written import joined, named, whole
from checker.bulk.rows import amount, batch, finding
from checker.bulk.schema import AMOUNT, DECIMALS, FINDINGS
from checker.core.check import Check
from checker.core.expression import Constant, Variable
from checker.core.finding import Finding
from checker.core.rule import Rulebook
from checker.core.value import evolve
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
    pieces: Sequence[str | int]
    """The sentence: texts, and the places of amounts, or what is worked out of these (`_RIGHT`, `_OFF`, `_UNITS`,
    `_ALLOWANCE`)."""


_MOST_FORMS = 20_000
_RIGHT, _OFF, _UNITS, _ALLOWANCE = -1, -2, -3, -4
"""In a sentence: what the right side comes to; the difference; it in units of the last place; what rounding allows."""
_MARK = "\0"
"""Around what is put into a sentence; no rule and no caption has it."""


@frozen(eq=False)
class Told:
    """Findings that do not agree."""

    filing: Ints
    """Of each, and so are the next three."""
    verdict: NDArray[np.int8]
    is_note: Flags
    blocks: Flags
    facts: Ints
    """All facts that they rest on."""
    rows: pa.Table


def told(done: Sequence[Judged], block: Block, keys: pa.Array, gate: Gate) -> Iterator[Told]:
    """What does not agree of all relations, told in full."""
    plain = block.compiled.rulebook.once(_plain)
    alike: list[tuple[int, Judged, Ints]] = []
    for one in done:
        chosen = one.broken
        if not len(chosen):
            continue
        number = plain.get(one.rated)
        if number is not None and one.exact is None and _is_whole(one.rated, block):
            is_violation = one.verdict[chosen] == VIOLATION
            if is_violation.any():
                alike.append((number, one, chosen[is_violation]))
            chosen = chosen[~is_violation]
        if len(chosen):
            yield from _as_rows(one, block, keys, (chosen, gate))
    if alike:
        yield from _as_columns(alike, block, keys, gate)


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


def _as_rows(one: Judged, block: Block, keys: pa.Array, given: tuple[Ints, Gate]) -> Iterator[Told]:
    chosen, gate = given
    found = list(_one_by_one(one, block, chosen))
    if not found:
        return
    at = np.array([place for place, _ in found], np.int64)
    filing = block.row["filing"][one.rows[at]]
    marked = [evolve(each, blocks=gate.blocks(each)) for _, each in found]
    first = block.facts.first[filing]
    facts = [
        int(start) + int(figure.id[1:])
        for start, each in zip(first, marked, strict=True)
        for figure in each.check.figures
    ]
    yield Told(
        filing,
        one.verdict[at],
        np.array([each.severity == "note" for each in marked], np.bool_),
        np.array([each.blocks for each in marked], np.bool_),
        np.array(facts, np.int64),
        pa.Table.from_batches(
            [batch(keys.take(pa.array(filing)).to_pylist(), [finding(each) for each in marked], FINDINGS)]
        ),
    )


# ---- as columns ------------------------------------------------------------------------------------------------------


def _plain(rulebook: Rulebook) -> Mapping[Rated, int]:
    """The relations whose violations are whole amounts and one sentence, and their place among the sums: those of house
    rules, whose severity does not depend on their size.
    """
    compiled = rulebook.once(make_compiled)
    return {compiled.rated[at]: number for at, number in compiled.sums.items() if _is_plain(compiled.rated[at])}


def _is_plain(rated: Rated) -> bool:
    assert rated.left is not None and rated.right is not None
    return (
        not rated.task.rule.shipped
        and not rated.task.clauses.steps
        and rated.left.below == rated.right.below == 1
        and all(len(leaf.slots) == 1 for leaf in (*rated.left.leaves, *rated.right.leaves))
        and all(abs(weight) == 1 for weight in (*rated.left.weights, *rated.right.weights))
    )


def _is_whole(rated: Rated, block: Block) -> bool:
    """Whether its amounts are whole ones, and all in their columns."""
    return not block.facts.large and all(block.decimals(slot) == 0 for slot in rated.slots)


@frozen(eq=False)
class _Sums:
    """Sums that do not come out, one after the other, in whole numbers."""

    number: Ints
    """Which of the sums of the rulebook; and, next, in which row of the block."""
    row: Ints
    facts: Ints
    """The facts that their amounts are; below zero where one may be missing, and is."""
    amounts: Ints
    left: Ints
    right: Ints
    room: Ints
    """Twice the largest difference that rounding explains."""
    coarsest: Ints

    @classmethod
    def of(cls, alike: Sequence[tuple[int, Judged, Ints]], block: Block) -> _Sums:
        """Both sides of each."""
        sums = summed(block.compiled)
        counts = [len(chosen) for _, _, chosen in alike]
        which = np.repeat(np.arange(len(alike)), counts)
        row = np.concatenate([one.rows[chosen] for _, one, chosen in alike])
        numbers = np.array([number for number, _, _ in alike], np.int64)
        slots, weights = sums.slots[numbers, :, 0], sums.weights[numbers]
        is_left = np.zeros(slots.shape, np.bool_)
        constants = np.zeros((len(alike), 2), np.int64)
        for at, (_, one, _) in enumerate(alike):
            left, right = one.rated.left, one.rated.right
            assert left is not None and right is not None
            is_left[at, : len(left.leaves)] = True
            constants[at] = left.constant, right.constant
        facts = np.where(slots[which] >= 0, block.fact[slots[which], row[:, None]], ABSENT)
        value, step = block.facts.padded
        there = facts >= 0
        amounts, steps = np.where(there, value[facts], 0), np.where(there, step[facts], 0)
        weighed = amounts * weights[which]
        left = np.where(is_left[which], weighed, 0).sum(axis=1)
        right = left - weighed.sum(axis=1) + constants[which, 1]
        return cls(
            numbers[which], row, facts, amounts, left + constants[which, 0], right, steps.sum(axis=1), steps.max(axis=1)
        )

    def chosen(self, some: Flags | Ints) -> _Sums:
        """Some of them."""
        return _Sums(
            *(
                getattr(self, name)[some]
                for name in ("number", "row", "facts", "amounts", "left", "right", "room", "coarsest")
            )
        )


def _as_columns(alike: Sequence[tuple[int, Judged, Ints]], block: Block, keys: pa.Array, gate: Gate) -> Iterator[Told]:
    sums = _Sums.of(alike, block)
    group, first = _grouped(sums, block)
    by_number = {number: one for number, one, _ in alike}
    forms = _forms([by_number[int(sums.number[at])] for at in first], block, gate, (first, sums))
    if None in forms:  # what cannot be told together
        known = np.array([form is not None for form in forms], np.bool_)[group]
        for number, one, chosen in alike:
            rest = chosen[~known[sums.number == number]]
            if len(rest):
                yield from _as_rows(one, block, keys, (rest, gate))
        places = np.cumsum([form is not None for form in forms]) - 1
        sums, group = sums.chosen(known), places[group[known]]
    if len(group):
        yield _together(sums, block, keys, ([form for form in forms if form is not None], group))


def _grouped(sums: _Sums, block: Block) -> tuple[Ints, Ints]:
    """Those of one relation in one period that take the same amounts, by one number; and the first of each."""
    group = sums.number
    taken = sums.facts >= 0
    columns = [block.row[name][sums.row] for name in ("unit", "segment", "entity", "end", "months")]
    for column in (*columns, *taken.T.astype(np.int64)):
        low, high = int(column.min()), int(column.max())
        if low < high:
            group = np.unique(group * (high + 1 - low) + column - low, return_inverse=True)[1]
    _, first, group = np.unique(group, return_index=True, return_inverse=True)
    return group, first


def _forms(judged: Sequence[Judged], block: Block, gate: Gate, given: tuple[Ints, _Sums]) -> list[Form | None]:
    """What violations have in common, of each group; None where they cannot be told together. Each form is made of the
    first of its group, and of all new ones it is seen at once whether they say what `evaluate` says.
    """
    first, sums = given
    if len(gate.forms) >= _MOST_FORMS:
        gate.forms.clear()
    keys = [_key(one, block, (int(at), sums)) for one, at in zip(judged, first, strict=True)]
    fresh = [at for at, key in enumerate(keys) if key not in gate.forms]
    if fresh:
        drafts = [_drafted(judged[at], block, gate, (int(first[at]), sums)) for at in fresh]
        pieces = [form.pieces for form, _ in drafts]
        said = _sentences(pieces, sums.chosen(first[fresh]), np.arange(len(fresh))).to_pylist()
        for at, (form, message), text in zip(fresh, drafts, said, strict=True):
            gate.forms[keys[at]] = form if text == message else None
    return [gate.forms[key] for key in keys]


def _key(one: Judged, block: Block, given: tuple[int, _Sums]) -> tuple[Any, ...]:
    at, sums = given
    row = int(sums.row[at])
    texts = block.facts.units, block.facts.entities, block.facts.segments
    names = [each[int(block.row[name][row])] for each, name in zip(texts, ("unit", "entity", "segment"), strict=True)]
    return (
        one.rated.task.id,
        *names,
        *(int(block.row[name][row]) for name in ("start", "end", "months")),
        *(sums.facts[at] >= 0).tolist(),
    )


def _drafted(one: Judged, block: Block, gate: Gate, given: tuple[int, _Sums]) -> tuple[Form, str | None]:
    """A form, and what it has to say of the violation that it was made of; None where it would not do for others."""
    at, sums = given
    row, facts = int(sums.row[at]), sums.facts[at]
    check = check_of(one.rated, Row(block, row))
    assert isinstance(check, Check)
    (sample,) = evaluate((check,))
    start = int(block.facts.first[block.row["filing"][row]])
    places = {f"f{fact - start}": place for place, fact in enumerate(facts.tolist()) if fact >= 0}
    blocks = gate.blocks(sample)
    said = dict(zip(FINDINGS.names[2:], finding(evolve(sample, blocks=blocks)), strict=True))
    kept = {name: value for name, value in said.items() if name not in _OWN}
    form = Form(kept, blocks, [places[figure.id] for figure in check.figures], _pieces(check, places))
    return form, sample.message if printed_scale(check) == 1 else None


_OWN = (
    *("period_end", "left", "right", "difference", "allowance"),
    *("units_of_last_place", "figures", "message"),
)
"""Columns in which violations of one form differ."""


def _together(sums: _Sums, block: Block, keys: pa.Array, given: tuple[Sequence[Form], Ints]) -> Told:
    """The rows of all of them. Texts that many share are dictionaries."""
    forms, group = given
    count, known = len(group), np.ones(len(group), np.bool_)
    filing = block.row["filing"][sums.row]
    order = np.full((len(forms), max(len(form.order) for form in forms)), -1, np.int64)
    for at, form in enumerate(forms):
        order[at, : len(form.order)] = form.order
    inside = sums.facts - block.facts.first[filing][:, None]
    figures = np.where(order[group] >= 0, np.take_along_axis(inside, np.maximum(order[group], 0), axis=1), -1)
    columns: dict[str, Any] = {
        "document": keys.take(pa.array(filing)),
        "run": pa.array(np.zeros(count, np.int32)),
        "period_end": pa.array(block.row["end"][sums.row].astype(np.int32)).cast(pa.date32()),
        "left": amounts_of(sums.left, known, 1),
        "right": amounts_of(sums.right, known, 1),
        "difference": amounts_of(sums.left - sums.right, known, 1),
        "allowance": amounts_of(5 * sums.room, known, 10),
        "units_of_last_place": _units(sums.left - sums.right, sums.coarsest),
        "figures": lists_of(figures),
        "message": _sentences([form.pieces for form in forms], sums, group),
    }
    for name in FINDINGS.names:
        if name not in columns:
            columns[name] = _shared([form.row[name] for form in forms], group, FINDINGS.field(name).type)
    return Told(
        filing,
        np.full(count, VIOLATION, np.int8),
        np.zeros(count, np.bool_),
        np.array([form.blocks for form in forms], np.bool_)[group],
        sums.facts[sums.facts >= 0],
        pa.table([columns[name] for name in FINDINGS.names], FINDINGS.names),
    )


def _shared(values: list[Any], group: Ints, kind: pa.DataType) -> pa.Array:
    """A column of what forms say."""
    if all(value is None for value in values):
        return pa.nulls(len(group), kind)
    return named(values, group) if pa.types.is_string(kind) else pa.array(values, kind).take(pa.array(group))


def _units(difference: Ints, coarsest: Ints) -> pa.Array:
    """Each difference in units of the last place."""
    if (coarsest == 1).all():
        return amounts_of(difference, np.ones(len(difference), np.bool_), 1)
    per = np.maximum(coarsest, 1)
    found = amounts_of(difference // per, (coarsest > 0) & (difference % per == 0), 1)
    rest = np.nonzero((coarsest > 0) & (difference % per != 0))[0]
    if not len(rest):
        return found
    pairs = zip(difference[rest].tolist(), coarsest[rest].tolist(), strict=True)
    odd = pa.array([amount(Fraction(off, step))[0] for off, step in pairs], AMOUNT)
    places = np.full(len(difference), -1)
    places[rest] = np.arange(len(rest))
    return pc.coalesce(found, odd.take(pa.array(places, mask=places < 0)))


def _pieces(check: Check, places: Mapping[str, int]) -> Sequence[str | int]:
    """What is said of violations, as `evaluate` would."""
    assert check.left is not None and check.right is not None
    notation = Notation(lambda name: f"{_MARK}{places[name]}{_MARK}", decimal, PRODUCT)
    sides = (
        noted(less(check.left, Fraction(1)), notation),
        check.comparison,
        noted(less(check.right, Fraction(1)), notation),
    )
    is_one = isinstance(check.right, Variable | Constant)
    unit = unit_word(check)
    computed = "" if is_one else f" = {_MARK}{_RIGHT}{_MARK}"
    apart = so_much((f"{_MARK}{_OFF}{_MARK}", unit, ""), None)
    text = failing(
        sides,
        computed,
        f"{apart}{_MARK}{_UNITS}{_MARK}",
        f"rounding explains no more than {_MARK}{_ALLOWANCE}{_MARK}",
    )
    return [int(part) if at % 2 else part for at, part in enumerate(text.split(_MARK)) if part]


def _sentences(forms: Sequence[Sequence[str | int]], sums: _Sums, group: Ints) -> pa.Array:
    """The sentences of all, from what is said by each group: the amounts put in."""
    texts = list(dict.fromkeys(piece for form in forms for piece in form if isinstance(piece, str)))
    count, most = sums.amounts.shape
    off = np.abs(sums.left - sums.right)
    different, room = np.unique(sums.room, return_inverse=True)
    pools = [
        pa.array(texts, pa.string()),
        whole(sums.amounts.ravel(), threes=True),
        whole(sums.right, threes=True, brackets=True),
        whole(off, threes=True),
        _units_words(off, sums.coarsest),
        pa.array([short(Fraction(one, 2)) for one in different.tolist()], pa.string()).take(pa.array(room)),
    ]
    starts = np.cumsum([0, *(len(pool) for pool in pools)])
    begin = np.zeros((len(forms), max(len(form) for form in forms)), np.int64)
    stride = np.zeros(begin.shape, np.int64)
    where = {text: at for at, text in enumerate(texts)}
    for number, form in enumerate(forms):
        for at, piece in enumerate(form):
            if isinstance(piece, str):
                begin[number, at] = where[piece]
            elif piece >= 0:
                begin[number, at], stride[number, at] = starts[1] + piece, most
            else:
                begin[number, at], stride[number, at] = starts[1 - piece], 1
    lengths = np.array([len(form) for form in forms], np.int64)[group]
    shown = np.arange(begin.shape[1]) < lengths[:, None]
    pieces = begin[group] + stride[group] * np.arange(count)[:, None]
    return joined(pa.concat_arrays(pools), pieces[shown], lengths)


def _units_words(off: Ints, coarsest: Ints) -> pa.Array:
    """What is said behind each difference."""
    per = np.maximum(coarsest, 1)
    times = off // per
    usual = (coarsest > 0) & (times > 1) & (times * per == off)
    before, behind = units_of_last_place(_MARK).split(_MARK)
    found = pc.binary_join_element_wise(before, whole(times, threes=True), behind, "")
    if usual.all():
        return found
    rest = {
        (one, step): so_much(("", "", ""), Fraction(one, step) if step else None)
        for one, step in zip(off[~usual].tolist(), coarsest[~usual].tolist(), strict=True)
    }
    said = [rest[pair] for pair in zip(off[~usual].tolist(), coarsest[~usual].tolist(), strict=True)]
    return pc.replace_with_mask(found, pa.array(~usual), pa.array(said, pa.string()))


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
    count = int(inside.max(initial=-1)) + 1
    ids = pc.binary_join_element_wise("f", pa.array(np.arange(count)).cast(pa.string()), "")
    return ids.take(pa.array(inside))
