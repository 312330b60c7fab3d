"""Typed facts as they come: a table with one row a fact becomes columns of whole numbers, and what a fact is rounded to
is found out where it is not said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from checker.bulk.facts.compiled import Compiled
from checker.bulk.facts.table import INSTANT, LARGEST, Facts, Flags, Ints, begins, begun
from checker.core.caption import normal

SCHEMA = pa.schema(
    [
        pa.field("filing", pa.string(), False),
        pa.field("concept", pa.string(), False),
        pa.field("end", pa.date32(), False),
        ("start", pa.date32()),
        ("months", pa.int16()),
        ("unit", pa.string()),
        pa.field("value", pa.decimal128(38, 10), False),
        ("rounded_to", pa.decimal128(38, 10)),
        ("entity", pa.string()),
        ("segment", pa.string()),
    ]
)
"""One row a fact. `start` and `months` are empty for a day; one of both is enough. `rounded_to` empty: as the filing's
amounts tell."""

FILINGS = pa.schema(
    [
        pa.field("filing", pa.string(), False),
        ("filer", pa.string()),
        ("filer_name", pa.string()),
        ("industry", pa.string()),
        ("form", pa.string()),
        ("filed", pa.date32()),
        ("period_end", pa.date32()),
    ]
)
"""One row a filing; columns of the same names beside the facts will do."""

_PLACES = (0, 2, 4, 6)
"""Decimals of a scale, from which the first is taken that all amounts fit."""
_HABITS = (10**6, 10**5, 10**3)
"""Steps that a filing may be rounded to, coarsest first,"""
_LEAST = 3
"""where at least so many tenths of its amounts are multiples of one: by chance one in a thousand is. What is taken for
finer than it is gives false alarms."""
_DAYS_OF_A_MONTH = 30.4375


def vocabulary(compiled: Compiled) -> Mapping[str, str]:
    """What stands in a column of concepts, and the name by which a rule knows it: names of a taxonomy, with its prefix
    or without; names and other names of the rules."""
    found = {tag: tag for concept in compiled.concepts for tag in (*concept.tags, *concept.shared)}
    for concept in compiled.rulebook.concepts:
        for text in (
            concept.name,
            *(alias.text for alias in concept.aliases if not alias.negated and not alias.text.endswith("...")),
        ):
            if concept.name in found:
                found.setdefault(normal(text), concept.name)
                found.setdefault(text, concept.name)
    for tag in [*found.values()]:  # a filer's own tag that is called as a taxonomy calls it since means the same
        found.setdefault(tag.rpartition(":")[2], tag)
    return found


def known(concepts: pa.ChunkedArray | pa.Array, words: Mapping[str, str]) -> pa.Array:
    """Concepts by the names that the rules know them by, as a dictionary; null where no rule asks for one."""
    encoded = encode(concepts)
    found = [
        words.get(text) or words.get(normal(text)) if text is not None else None
        for text in encoded.dictionary.to_pylist()
    ]
    places: dict[str, int] = {}
    for name in found:
        if name is not None:
            places.setdefault(name, len(places))
    if found == list(places):
        return pa.DictionaryArray.from_arrays(encoded.indices, pa.array(found, pa.string()))
    codes = pa.array([None if name is None else places[name] for name in found], pa.int32())
    return pa.DictionaryArray.from_arrays(codes.take(encoded.indices), pa.array(list(places), pa.string()))


def encode(column: pa.ChunkedArray | pa.Array) -> pa.DictionaryArray:
    """Texts as a dictionary in one piece, as they may come already."""
    if isinstance(column, pa.ChunkedArray):
        if pa.types.is_dictionary(column.type):
            column = column.unify_dictionaries()
        column = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if isinstance(column, pa.ChunkedArray):  # what combining gives of no chunks
        column = pa.array([], column.type)
    return column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)


def ordered(table: pa.Table) -> pa.Table:
    """The facts filing by filing; those of one in the order in which they came."""
    numbered = table.append_column("_at", pa.array(np.arange(table.num_rows)))
    return table.take(pc.sort_indices(numbered, [("filing", "ascending"), ("_at", "ascending")]))


def columns(table: pa.Table, compiled: Compiled) -> Facts:
    """The facts of a table in the schema and in order, with concepts as the rules know them."""
    filings, filing = _in_turn(table["filing"])
    tags, tag = _coded(table["concept"])
    entities, entity = _coded(table["entity"], "")
    segments, segment = _coded(table["segment"], "")
    units, unit = _coded(table["unit"], "" if table["unit"].null_count else None)
    start, end, months = _periods(table)
    rates = _rates(tags, compiled)[tag]
    value, decimals, large = _whole(table["value"], rates)
    step = _steps(table, (value, rates, filing, decimals), large)
    return Facts(
        *(filings, filing, tags, tag, entities, entity, segments, segment, units, unit, start, end, months),
        *(value, step, decimals, _large(table, large, (step, rates, decimals))),
    )


def _in_turn(column: pa.ChunkedArray) -> tuple[Sequence[str], Ints]:
    """The texts of a column in which equal ones stand together, in their order, and each row's place among them."""
    encoded = encode(column)
    codes = np.asarray(encoded.indices.to_numpy(zero_copy_only=False))
    firsts = begins(codes)
    texts: list[str] = encoded.dictionary.take(pa.array(codes[firsts])).to_pylist()
    return texts, np.repeat(np.arange(len(firsts)), np.diff(np.append(firsts, len(codes))))


def _coded(column: pa.ChunkedArray, first: str | None = None) -> tuple[Sequence[str], Ints]:
    """The texts of a column, and each row's place among them; `first` stands for what is empty and comes first."""
    if first is not None and column.null_count == len(column):
        return [first], np.zeros(len(column), np.int64)
    encoded = encode(column)
    texts: list[str] = encoded.dictionary.to_pylist()
    indices = encoded.indices
    if len(texts) == 1 and not indices.null_count and first in (None, texts[0]):
        return texts, np.zeros(len(indices), np.int64)
    if first is None:
        return texts, np.asarray(indices.to_numpy(zero_copy_only=False), np.int64)
    if indices.null_count:
        indices = pc.fill_null(indices, len(texts))
    ordered = list(dict.fromkeys([first, *texts]))
    places = {text: place for place, text in enumerate(ordered)}
    moved = np.array([*(places[text] for text in texts), 0], np.int64)
    return ordered, moved[np.asarray(indices.to_numpy(zero_copy_only=False))]


def _days(column: pa.ChunkedArray, otherwise: Ints | None = None) -> Ints:
    """Days since 1970."""
    numbers = pc.cast(pc.cast(column, pa.date32()), pa.int32())
    if otherwise is None or not numbers.null_count:
        return np.asarray(numbers.to_numpy(), np.int64)
    return np.asarray(pc.coalesce(pc.cast(numbers, pa.int64()), pa.array(otherwise, pa.int64())).to_numpy(), np.int64)


def _periods(table: pa.Table) -> tuple[Ints, Ints, Ints]:
    """Start, end and months; what is not said of the first and the last follows from the other."""
    end = _days(table["end"])
    if table["start"].null_count == len(end) and table["months"].null_count == len(end):
        return end, end, np.full(len(end), INSTANT, np.int64)
    start = _days(table["start"], np.full(len(end), -1_000_000, np.int64))
    has_start = np.asarray(pc.is_valid(table["start"]).to_numpy(), np.bool_)
    lasting = np.where(
        has_start & (start < end), np.maximum(1, np.rint((end - start + 1) / _DAYS_OF_A_MONTH)), INSTANT
    ).astype(np.int64)
    months = np.asarray(
        pc.coalesce(pc.cast(table["months"], pa.int64()), pa.array(lasting, pa.int64())).to_numpy(), np.int64
    )
    asked = (months > INSTANT) & ~has_start
    begins = np.where(months > INSTANT, start, end)
    if asked.any():
        begins[asked] = begun(end[asked], months[asked])
    return begins, end, np.clip(months, 0, 1023)


def _rates(tags: Sequence[str], compiled: Compiled) -> Flags:
    """Which tags are kept on the finer scale."""
    fine = {tag for concept in compiled.concepts if concept.is_rate for tag in (*concept.tags, *concept.shared)}
    return np.array([tag in fine for tag in tags], np.bool_)


def _whole(column: pa.ChunkedArray, rates: Flags) -> tuple[Ints, tuple[int, int], Flags]:
    """Amounts as whole numbers, the decimals of both scales, and which do not fit."""
    value, large = np.zeros(len(rates), np.int64), np.zeros(len(rates), np.bool_)
    decimals = []
    for chosen in (~rates, rates):
        some = column if chosen.all() else column.filter(pa.array(chosen)) if chosen.any() else None
        if some is None or not len(some):
            decimals.append(_PLACES[0])
            continue
        found, over, places = _printed(some)
        if chosen.all():
            value, large = found, over
        else:
            value[chosen], large[chosen] = found, over
        decimals.append(places)
    return value, (decimals[0], decimals[1]), large


def _printed(column: pa.ChunkedArray) -> tuple[Ints, Flags, int]:
    """Amounts as whole numbers over the first scale that fits all, which do not fit, and its decimals."""
    words = _words(column)
    for places in _PLACES:
        found, exact = _quotients(words, _SCALE - places)
        if exact.all():
            return found, ~exact, places
        if places == _PLACES[-1] or _scaled(column.filter(pa.array(~exact)), places) is not None:
            break
    return np.where(exact, found, 0), ~exact, places


_Words = tuple[NDArray[np.int64], NDArray[np.int64]]
"""The low and the high half of decimals with ten places."""
_SCALE, _TILE = 10, 2**14


def _words(column: pa.ChunkedArray) -> _Words:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0)
    halves = np.frombuffer(whole.buffers()[1], np.int64).reshape(-1, 2)[whole.offset : whole.offset + len(whole)]
    return halves[:, 0], halves[:, 1]


def _quotients(words: _Words, power: int) -> tuple[Ints, Flags]:
    """128-bit numbers divided by a power of ten, and where that is exact and no larger than allowed: by the inverse of
    five in 64 bits, never by dividing; some at a time, so that they stay near the processor.
    """
    count = len(words[0])
    found, exact = np.empty(count, np.int64), np.empty(count, np.bool_)
    for at in range(0, count, _TILE):
        some = slice(at, at + _TILE)
        _divide((words[0][some], words[1][some]), power, (found[some], exact[some]))
    return found, exact


def _divide(words: _Words, power: int, into: tuple[Ints, Flags]) -> None:
    found, exact = into
    bits, upper = (np.ascontiguousarray(one).view(np.uint64) for one in words)
    into_bits = found.view(np.uint64)
    if power:
        np.left_shift(upper, np.uint64(64 - power), out=into_bits)
        np.bitwise_or(into_bits, bits >> np.uint64(power), out=into_bits)
        np.multiply(into_bits, np.uint64(pow(5**power, -1, 2**64)), out=into_bits)
    else:
        into_bits[:] = bits
    printed = words[1] * 2.0**64
    printed += bits
    size = found.astype(np.float64)
    # The product is right in its last 64 bits, and more; the estimate is off by less than any other number that is
    # right in these.
    printed -= size * 10.0**power
    np.abs(printed, out=printed)
    np.abs(size, out=size)
    np.less(printed, 2.0**60, out=exact)
    exact &= size < float(LARGEST)
    if power:
        exact &= (bits & np.uint64(2**power - 1)) == 0


def _scaled(column: pa.ChunkedArray, places: int) -> pa.ChunkedArray | None:
    """Amounts with so many decimals; None where some have more."""
    try:
        return pc.cast(column, pa.decimal128(38, places))
    except pa.ArrowInvalid:
        return None


def _mantissas(column: pa.ChunkedArray, places: int) -> tuple[Ints, Flags]:
    """Amounts times a power of ten, and which are not whole then or larger than allowed."""
    low, high = _words(column)
    if len(low) and (low == low[0]).all() and (high == high[0]).all():  # one step for all, as most tables have it
        found, exact = _quotients((low[:1], high[:1]), _SCALE - places)
        return np.full(len(low), found[0] if exact[0] else 0), np.full(len(low), not exact[0])
    found, exact = _quotients((low, high), _SCALE - places)
    if exact.all():
        return found, ~exact
    return np.where(exact, found, 0), ~exact


def _steps(table: pa.Table, amounts: tuple[Ints, Flags, Ints, tuple[int, int]], large: Flags) -> Ints:
    """What each fact is rounded to: as said, else the coarsest habit of its filing that it is a multiple of; rates to
    the cent or finer."""
    value, rates, filing, decimals = amounts
    stated = np.asarray(pc.is_valid(table["rounded_to"]).to_numpy(), np.bool_)
    step = np.zeros(len(value), np.int64)
    if not stated.all():
        step = _step_of_amounts(value, (rates | large, filing), decimals[0])
        if rates.any():
            step = np.where(rates, _step_of_rates(value, decimals[1]), step)
    if stated.any():
        said, _, over = _stated(table["rounded_to"], (rates, decimals))
        step = said if stated.all() else np.where(stated, said, step)
        large |= stated & over
    return step


def _stated(column: pa.ChunkedArray, scales: tuple[Flags, tuple[int, int]]) -> tuple[Ints, None, Flags]:
    rates, decimals = scales
    filled = pc.fill_null(column, Decimal(0)) if column.null_count else column
    said, over = np.zeros(len(rates), np.int64), np.zeros(len(rates), np.bool_)
    for chosen, places in ((~rates, decimals[0]), (rates, decimals[1])):
        if chosen.any():
            some = filled if chosen.all() else filled.filter(pa.array(chosen))
            said[chosen], over[chosen] = _mantissas(some, places)
    return said, None, over


def _step_of_rates(value: Ints, places: int) -> Ints:
    """A cent, or what is finer where an amount has more decimals than two."""
    step: Ints = np.full(len(value), 10 ** max(0, places - 2), np.int64)
    for finer in range(1, places - 1):
        coarse = 10 ** (places - 2 - finer + 1)
        step = np.where((value % coarse != 0) & (step >= coarse), coarse // 10, step)
    return step


def _step_of_amounts(value: Ints, told: tuple[Flags, Ints], places: int) -> Ints:
    """Units, or cents where there are some, or thousands and millions where nearly all amounts of a filing are whole
    ones of these."""
    aside, filing = told
    unit = 10**places
    step = np.where(value % unit == 0, unit, 1).astype(np.int64)
    counted = ~aside & (value != 0)
    count = np.bincount(filing[counted], minlength=int(filing.max(initial=-1)) + 1)
    for habit in reversed(_HABITS):
        multiple = value % (habit * unit) == 0
        hits = np.bincount(filing[counted & multiple], minlength=len(count))
        usual = (10 * hits >= _LEAST * count) & (count > 0)
        step = np.where(multiple & usual[filing], habit * unit, step)
    return step


def _large(
    table: pa.Table, large: Flags, told: tuple[Ints, Flags, tuple[int, int]]
) -> Mapping[int, tuple[Decimal, Decimal]]:
    """The amounts that do not fit, in full."""
    step, rates, decimals = told
    found = {}
    for number in np.nonzero(large)[0]:
        value, stated = table["value"][int(number)].as_py(), table["rounded_to"][int(number)].as_py()
        own = Decimal(int(step[number])).scaleb(-decimals[bool(rates[number])]) if stated is None else stated
        found[int(number)] = (value, own)
    return found
