"""Columns of a table from the intervals of its numbers, and which column a piece belongs to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from types import MappingProxyType
from typing import Literal

from attrs import define

from checker.core.value import frozen

Layout = Literal["grid", "characters", "points"]
Interval = tuple[int, int]
WIDTH: Mapping[Layout, int] = MappingProxyType({"grid": 1, "characters": 1, "points": 50})
"""About the width of a character, where widths are measured in characters; of a page, in tenths of a point."""


@frozen
class Grid:
    """The columns of figures from left to right, as intervals in the measure of their layout."""

    layout: Layout
    spans: tuple[Interval, ...]
    unit: int = 1
    """About the width of a character."""

    @property
    def first(self) -> int:
        """Where the first column begins: what ends before is caption."""
        return self.spans[0][0]

    @cached_property
    def _lefts(self) -> Sequence[int]:
        return [left for left, _ in self.spans]

    @cached_property
    def _rights(self) -> Sequence[int]:
        return [right for _, right in self.spans]

    def column(self, left: int, right: int) -> int | None:
        """The column of a number."""
        if self.layout != "grid":
            return min(range(len(self.spans)), key=lambda index: abs(self.spans[index][1] - right))
        return max(self.under(left, right), key=lambda index: self.shared(index, (left, right)), default=None)

    def shared(self, index: int, one: Interval) -> int:
        """How much of an interval a column has; less than nothing where they stand apart."""
        left, right = self.spans[index]
        return min(right, one[1]) - max(left, one[0])

    def in_order(self, found: Sequence[Interval]) -> tuple[int, ...]:
        """A column for each number of a row, from left to right and none twice, as near as can be; empty where there
        are too few columns, or far too many."""
        spare = len(self.spans) - len(found)
        if spare < 0 or len(found) * (spare + 1) > _MOST_CHOICES:
            return ()
        costs = [[0] * (spare + 1)]  # of the numbers so far, where no more columns than so many were passed over
        for at, one in enumerate(found):
            row: list[int] = []
            for passed, before in enumerate(costs[-1]):
                here = before + self._distance(at + passed, one)
                row.append(min(row[-1], here) if row else here)
            costs.append(row)
        chosen: list[int] = []
        passed = spare
        for at in range(len(found), 0, -1):
            while passed and costs[at][passed] == costs[at][passed - 1]:
                passed -= 1
            chosen.append(at - 1 + passed)
        return tuple(reversed(chosen))

    def _distance(self, column: int, one: Interval) -> int:
        left, right = self.spans[column]
        return abs(left + right - one[0] - one[1]) if self.layout == "grid" else abs(right - one[1])

    def under(self, left: int, right: int) -> range:
        """The columns of a grid that an interval stands over: those of a grid have nothing in common."""
        return range(bisect_right(self._rights, left), bisect_left(self._lefts, right)) if left < right else range(0)

    def nearest(self, among: Sequence[int], one: Interval) -> int:
        """Of some columns of a grid, given from left to right, the one whose middle is nearest to that of an
        interval."""
        middle = sum(one)
        at = bisect_left(among, middle, key=self._middle)
        return min(among[max(at - 1, 0) : at + 1], key=lambda index: abs(self._middle(index) - middle))

    def _middle(self, index: int) -> int:
        return sum(self.spans[index])


def grid(rows: Sequence[Sequence[Interval]], layout: Layout) -> Grid | None:
    """The columns of the numbers of a table's rows. For characters and points the right end counts: that of the
    digits."""
    if not any(rows):
        return None
    spans: list[Interval] = (
        _by_overlap(rows) if layout == "grid" else _by_edge(rows, 3 if layout == "characters" else 90)
    )
    return Grid(layout, tuple(spans)) if spans else None


def united(intervals: Iterable[Interval]) -> Grid:
    """What any of some intervals stands over."""
    spans: list[Interval] = []
    for left, right in sorted(intervals):
        if spans and left < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], right))
        else:
            spans.append((left, right))
    return Grid("grid", tuple(spans))


@define
class _Cluster:
    """Intervals that make one column, and the rows they stand in."""

    left: int
    right: int
    rows: set[int]


def _by_overlap(rows: Sequence[Sequence[Interval]]) -> list[Interval]:
    """Intervals that overlap are one column, unless that would put two numbers of one row into it."""
    counted: Counter[Interval] = Counter()
    for line in rows:
        counted.update(line)
    standing: dict[Interval, set[int]] = {span: set() for span in counted}
    for number, row in enumerate(dict.fromkeys(map(tuple, rows))):
        for span in row:
            standing[span].add(number)
    clusters: list[_Cluster] = []  # from left to right, and none over another
    for span in sorted(counted, key=lambda s: (s[1] - s[0], -counted[s], s)):
        first = bisect_right(clusters, span[0], key=lambda cluster: cluster.right)
        stop = bisect_left(clusters, span[1], key=lambda cluster: cluster.left)
        hit = clusters[first:stop]
        parts = [standing[span], *(cluster.rows for cluster in hit)]
        if all(one.isdisjoint(other) for one, other in combinations(parts, 2)):
            together = max(parts, key=len)
            together.update(*parts)
            clusters[first:stop] = [
                _Cluster(min([span[0], *(c.left for c in hit)]), max([span[1], *(c.right for c in hit)]), together)
            ]
    return [(cluster.left, cluster.right) for cluster in clusters]


def _by_edge(rows: Sequence[Sequence[Interval]], tolerance: int) -> list[Interval]:
    """Right edges that lie close together are one column; a stray edge is one only where its row has no place for it
    elsewhere."""
    spans = sorted((span for row in rows for span in row), key=lambda span: span[1])
    clusters: list[list[Interval]] = []
    for span in spans:
        if clusters and span[1] - clusters[-1][-1][1] <= tolerance:
            clusters[-1].append(span)
        else:
            clusters.append([span])
    clusters = _centred([part for cluster in clusters for part in _split(cluster, rows)], rows)
    most = max(len(cluster) for cluster in clusters)
    needed = max(len(row) for row in rows)
    kept = [cluster for cluster in clusters if len(cluster) * 8 >= most] if most >= 4 else clusters
    if len(kept) < needed:
        kept = sorted(sorted(clusters, key=len, reverse=True)[:needed], key=lambda cluster: cluster[0][1])
    return [(min(left for left, _ in cluster), max(right for _, right in cluster)) for cluster in kept]


def _split(cluster: list[Interval], rows: Sequence[Sequence[Interval]]) -> list[list[Interval]]:
    """Neighbouring right edges as two columns where numbers of one row end at both: cut where most rows are parted."""
    ends = sorted({right for _, right in cluster})
    inside = [[right for _, right in row if ends[0] <= right <= ends[-1]] for row in rows]
    doubled = [row for row in inside if len(row) > 1]
    if len(doubled) < _DOUBLED or len(ends) < 2:
        return [cluster]
    cut = max(ends[1:], key=lambda end: sum(1 for row in doubled if min(row) < end <= max(row)))
    if not any(min(row) < cut <= max(row) for row in doubled):
        return [cluster]
    left, right = [span for span in cluster if span[1] < cut], [span for span in cluster if span[1] >= cut]
    return [*_split(left, rows), *_split(right, rows)]


def _centred(clusters: list[list[Interval]], rows: Sequence[Sequence[Interval]]) -> list[list[Interval]]:
    """The clusters; one whose every span lies inside the widest of another, in no row that has both, is set in the
    middle of that column (a dash)."""
    done = list(clusters)
    for cluster in clusters:
        for other in done:
            if other is cluster or len(other) < len(cluster):
                continue
            left, right = min(span[0] for span in other), max(span[1] for span in other)
            inside = all(left < span[0] and span[1] < right for span in cluster)
            if inside and not any(set(row) & set(cluster) and set(row) & set(other) for row in rows):
                done = [[*one, *cluster] if one is other else one for one in done if one is not cluster]
                break
    return sorted(done, key=lambda one: min(one, key=lambda span: span[1])[1])


_MOST_CHOICES = 1 << 16
"""Numbers of a row times the columns each may stand in, up to which they are shared out in order: a row of hundreds is
left where it stands."""
_DOUBLED = 2
"""Rows with two numbers under one edge that part it: a single one may be set askew."""
_UNHEADED = 4
"""What it costs that a column has no head."""
_LOST = 40
"""What it costs that a text heads no column."""
_FAR = 36
"""What it costs, beside the distance, that a text stands over no part of the one column it would head."""


def shared_out(grid: Grid, spans: Sequence[Interval]) -> tuple[tuple[int, ...], ...]:
    """Which columns each text of a header row heads, where only positions tell: a text stands over the middle (or an
    edge) of what it heads.

    The cheapest sharing of neighbouring columns among the texts in order; costs are twice the distances.
    """
    width = len(grid.spans)
    unit = grid.unit
    best: list[list[tuple[int, tuple[tuple[int, ...], ...]]]] = [
        [(_UNHEADED * column, ()) for column in range(width + 1)]
    ]
    for text in spans:
        row: list[tuple[int, tuple[tuple[int, ...], ...]]] = []
        for stop in range(width + 1):
            cost, sharing = best[-1][stop]
            options = [(cost + _LOST, (*sharing, ()))]
            if stop:
                cost, sharing = row[stop - 1]
                options.append((cost + _UNHEADED, sharing))
            for start in range(stop):
                cost, sharing = best[-1][start]
                options.append(
                    (cost + _misfit(grid.spans[start:stop], text, unit), (*sharing, tuple(range(start, stop))))
                )
            row.append(min(options, key=lambda option: option[0]))
        best.append(row)
    return best[-1][width][1]


def _misfit(headed: Sequence[Interval], text: Interval, unit: int) -> int:
    left, right = headed[0][0], headed[-1][1]
    centre = abs(left + right - text[0] - text[1]) // unit
    edge = 2 * abs(right - text[1]) // unit
    if len(headed) == 1:
        if min(right, text[1]) + 4 * unit <= max(left, text[0]):
            return _FAR + centre
        return min(centre, edge)
    reach = max(0, (right - left) - 5 * (text[1] - text[0])) // unit
    return min(centre, 3 + 2 * abs(left - text[0]) // unit + edge) + reach
