"""Columns of a table from the intervals of its numbers, and which column a piece belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from checker.core.value import frozen

Layout = Literal["grid", "characters", "points"]
Interval = tuple[int, int]


@frozen
class Grid:
    """The columns of figures from left to right, as intervals in the measure of their layout."""

    layout: Layout
    spans: tuple[Interval, ...]

    @property
    def first(self) -> int:
        """Where the first column begins: what ends before is caption."""
        return self.spans[0][0]

    def column(self, left: int, right: int) -> int | None:
        """The column of a number."""
        if self.layout != "grid":
            return min(range(len(self.spans)), key=lambda index: abs(self.spans[index][1] - right))
        best, most = None, 0
        for index, (begin, end) in enumerate(self.spans):
            shared = min(end, right) - max(begin, left)
            if shared > most:
                best, most = index, shared
        return best

    def in_order(self, found: Sequence[Interval]) -> tuple[int, ...]:
        """A column for each number of a row, from left to right and none twice, as near as can be; empty where there are too few columns."""
        width = len(self.spans)
        best: list[tuple[int, tuple[int, ...]]] = [(0, ())] * (width + 1)
        for at, one in enumerate(found):
            row: list[tuple[int, tuple[int, ...]]] = []
            for stop in range(width + 1):
                if stop <= at:
                    row.append((0, ()))
                    continue
                cost, chosen = best[stop - 1]
                here = (cost + self._distance(stop - 1, one), (*chosen, stop - 1))
                row.append(here if stop == at + 1 else min(row[stop - 1], here, key=lambda option: option[0]))
            best = row
        return best[width][1] if len(found) <= width else ()

    def _distance(self, column: int, one: Interval) -> int:
        left, right = self.spans[column]
        return abs(left + right - one[0] - one[1]) if self.layout == "grid" else abs(right - one[1])

    def under(self, left: int, right: int) -> tuple[int, ...]:
        """The columns that a heading over this interval heads."""
        return tuple(index for index, (begin, end) in enumerate(self.spans) if min(end, right) > max(begin, left))


def grid(rows: Sequence[Sequence[Interval]], layout: Layout) -> Grid | None:
    """The columns of the numbers of a table's rows. For characters and points the right end counts: that of the digits."""
    if not any(rows):
        return None
    spans: list[Interval] = _by_overlap(rows) if layout == "grid" else _by_edge(rows, 3 if layout == "characters" else 90)
    return Grid(layout, tuple(spans)) if spans else None


@frozen
class _Cluster:
    left: int
    right: int
    members: frozenset[Interval]

    def joined(self, others: Sequence[_Cluster]) -> _Cluster:
        everything: tuple[_Cluster, ...] = (self, *others)
        return _Cluster(min(c.left for c in everything), max(c.right for c in everything), frozenset[Interval]().union(*(c.members for c in everything)))


def _by_overlap(rows: Sequence[Sequence[Interval]]) -> list[Interval]:
    """Intervals that overlap are one column, unless that would put two numbers of one row into it."""
    conflicts: dict[Interval, set[Interval]] = {}
    counted: Counter[Interval] = Counter()
    for row in {tuple(row) for row in rows}:
        for one in row:
            conflicts.setdefault(one, set()).update(other for other in row if other != one)
    for line in rows:
        counted.update(line)
    clusters: list[_Cluster] = []
    for span in sorted(counted, key=lambda s: (s[1] - s[0], -counted[s], s)):
        new = _Cluster(*span, frozenset((span,)))
        hit = [c for c in clusters if min(c.right, span[1]) > max(c.left, span[0])]
        free = [c for c in hit if not conflicts[span] & c.members]
        if not hit:
            clusters.append(new)
        elif (len(hit) == 1 and free) or (len(hit) > 1 and len(free) == len(hit) and not _clash(hit, conflicts)):
            clusters = [c for c in clusters if c not in hit] + [new.joined(hit)]
    return sorted((c.left, c.right) for c in clusters)


def _clash(clusters: Sequence[_Cluster], conflicts: dict[Interval, set[Interval]]) -> bool:
    return any(conflicts[member] & other.members for index, one in enumerate(clusters) for other in clusters[index + 1 :] for member in one.members)


def _by_edge(rows: Sequence[Sequence[Interval]], tolerance: int) -> list[Interval]:
    """Right edges that lie close together are one column; a stray edge is one only where its row has no place for it elsewhere."""
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
    """The clusters; one whose every span lies inside the widest of another, in no row that has both, is set in the middle of that column (a dash)."""
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


_DOUBLED = 2
"""Rows with two numbers under one edge that part it: a single one may be set askew."""
_UNHEADED = 4
"""What it costs that a column has no head."""
_LOST = 40
"""What it costs that a text heads no column."""
_FAR = 36
"""What it costs, beside the distance, that a text stands over no part of the one column it would head."""


def shared_out(grid: Grid, spans: Sequence[Interval]) -> tuple[tuple[int, ...], ...]:
    """Which columns each text of a header row heads, where only positions tell: a text stands over the middle (or an edge) of what it heads.

    The cheapest sharing of neighbouring columns among the texts in order; costs are twice the distances.
    """
    width = len(grid.spans)
    unit = 1 if grid.layout == "characters" else 60
    best: list[list[tuple[int, tuple[tuple[int, ...], ...]]]] = [[(_UNHEADED * column, ()) for column in range(width + 1)]]
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
                options.append((cost + _misfit(grid.spans[start:stop], text, unit), (*sharing, tuple(range(start, stop)))))
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
