"""Many texts at once: whole numbers as they are printed, and sentences put together of pieces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from checker.bulk.facts.table import Ints

_GROUP = 1000
_THREES = np.frombuffer(b"".join(b",%03d" % number for number in range(_GROUP)), np.uint32)
"""A comma and the digits of every number below a thousand, in one machine word."""
_WORD = 4
_MINUS, _OPEN, _CLOSE = b"-()"


def whole(values: Ints, threes: bool = False, brackets: bool = False) -> pa.Array:
    """Whole numbers below 2**63 as texts. `threes`: with a comma before each three digits. `brackets`: around what is
    below zero, in place of a minus."""
    size, negative = np.abs(values).view(np.uint64), values < 0
    digits = len(str(int(size.max(initial=0))))
    groups = -(-digits // 3)
    words = np.zeros((len(values), groups + 2), np.uint32)  # room for a sign before, and a bracket behind
    left = size
    for at in range(groups, 0, -1):
        over = left // np.uint64(_GROUP)
        words[:, at] = _THREES[(left - over * np.uint64(_GROUP)).view(np.int64)]
        left = over
    text = words.view(np.uint8)
    last = _WORD * (groups + 1)
    count = np.ones(len(values), np.uint8)
    for power in range(1, digits):
        count += size >= np.uint64(10**power)
    commas = (count - np.uint8(1)) // np.uint8(3)
    begin = np.uint8(last) - count - commas
    length = count + commas if threes else count
    shown = np.arange(text.shape[1], dtype=np.uint8) >= begin[:, None]
    shown[:, last:] = False
    if not threes:
        shown[:, _WORD:last:_WORD] = False
    if negative.any():
        rows = np.nonzero(negative)[0]
        signs = begin[rows] - np.uint8(1)
        text[rows, signs] = _OPEN if brackets else _MINUS
        shown[rows, signs] = True
        if brackets:
            text[rows, last] = _CLOSE
            shown[rows, last] = True
        length = length + negative * np.uint8(1 + brackets)
    offsets = np.zeros(len(values) + 1, np.int32)
    np.cumsum(length, out=offsets[1:])
    return pa.StringArray.from_buffers(len(values), pa.py_buffer(offsets), pa.py_buffer(text[shown]))


def numbered(prefix: str, numbers: Ints, digits: int) -> pa.Array:
    """A text and a number each, of so many digits, a multiple of three, zeros before it."""
    groups, width = digits // 3, len(prefix) + digits
    text = np.empty((len(numbers), width), np.uint8)
    text[:, : len(prefix)] = np.frombuffer(prefix.encode("ascii"), np.uint8)
    left = numbers
    for at in range(groups, 0, -1):
        begin = len(prefix) + 3 * (at - 1)
        text[:, begin : begin + 3] = _THREES[left % _GROUP].view(np.uint8).reshape(-1, _WORD)[:, 1:]
        left = left // _GROUP
    offsets = np.arange(len(numbers) + 1, dtype=np.int32) * np.int32(width)
    return pa.StringArray.from_buffers(len(numbers), pa.py_buffer(offsets), pa.py_buffer(text))


def joined(pool: pa.Array, pieces: Ints, counts: NDArray[np.int64]) -> pa.Array:
    """Texts of pieces, which are places in a pool, one text's after the other's; and how many each has."""
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), pool.take(pa.array(pieces))), "")


def named(words: Sequence[str | None], places: NDArray[Any]) -> pa.DictionaryArray:
    """Texts that are few, each of many rows by its place among them."""
    different = {word: at for at, word in enumerate(dict.fromkeys(one for one in words if one is not None))}
    codes = np.array([-1 if one is None else different[one] for one in words] or [-1], np.int32)
    found = codes[places]
    missing = found < 0
    indices = pa.array(found, mask=missing) if missing.any() else pa.array(found)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(different), pa.string()))
