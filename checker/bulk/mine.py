"""What a market says of rules: those that hold across it, and those that fail for many filers, with what would mend
them.

A rule that fails for a third of the filers is wrong, or lacks a term or a condition. A term is proposed where the
differences are amounts of one concept that the rule leaves out; a condition where the rule holds in nearly all filings
that report a concept, or in nearly all that do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import frozen

from checker.bulk.query import asked, opened, text

_HOLDS = 2
"""Percent of filers for which a rule may fail that holds across a market."""
_MOST_OF, _BREAKS = 30, 10
"""Percent of the differences that an amount must explain to be a term; and what it may break, as percent of that."""
_CLEAN = 5
"""Percent of the relations that may still fail under a condition; and, next, percent of them that must be left."""
_LEFT = 20
_FEWEST = 4
"""Relations that a proposal rests on, at least."""
_EXAMPLES = 3


@frozen
class Proposal:
    """What would mend a rule, and on what that rests."""

    kind: str
    """`term` or `condition`."""
    concept: str
    """As facts name it."""
    said: str
    """The term with its sign, or the condition, in the words of a rule file."""
    explained: int
    """Differences that are this amount; or relations that the condition keeps and that hold."""
    of: int
    """All differences; or all that it keeps."""


@frozen
class Mined:
    """A rule across a market."""

    rule: str
    relation: str
    filers: int
    failing: int
    """Filers for which it fails somewhere."""
    judged: int
    violations: int
    proposals: tuple[Proposal, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def percent(self) -> Decimal:
        """Of the filers, those for which it fails."""
        return (Decimal(100 * self.failing) / self.filers).quantize(Decimal("0.1"))


_RULES = """
    SELECT rule, any_value(relation) AS relation, count(DISTINCT coalesce(filer, path)) AS filers,
           count(DISTINCT coalesce(filer, path)) FILTER (verdict = 'violation') AS failing,
           count(*) AS judged, count(*) FILTER (verdict = 'violation') AS violations
    FROM findings JOIN coverage USING (document, run) GROUP BY rule HAVING filers >= $least ORDER BY rule"""
_JUDGED = """
    CREATE OR REPLACE TEMP TABLE judged AS
    SELECT row_number() OVER () AS number, f.document, f.run, verdict = 'violation' AS fails, difference,
           first.period_end, first.period_months, first.segment, f.figures
    FROM findings f JOIN figures first
         ON first.document = f.document AND first.run = f.run AND first.figure = f.figures[1]
    WHERE rule = $rule"""
_BESIDE = """
    CREATE OR REPLACE TEMP TABLE beside AS
    SELECT number, fails, concept, any_value(value) AS value, any_value(rounded_to) AS step, any_value(difference) AS
    off FROM judged JOIN figures USING (document, run, period_end) WHERE figures.period_months IS NOT DISTINCT FROM
    judged.period_months AND figures.segment IS NOT DISTINCT FROM judged.segment AND NOT list_contains(judged.figures,
    figures.figure) GROUP BY ALL"""
_TERMS = """
    WITH met AS (
        SELECT concept, sign(off) * sign(value) AS sign, fails,
               fails AND 2 * abs(abs(off) - abs(value)) <= coalesce(step, 0) AS explains FROM beside WHERE value <> 0)
    SELECT concept, sign, count(*) AS explained,
           (SELECT count(*) FROM met held WHERE held.concept = met.concept AND NOT held.fails) AS breaks
    FROM met WHERE explains GROUP BY concept, sign
    HAVING explained >= $fewest AND 100 * breaks <= $breaks * explained ORDER BY explained DESC, concept LIMIT 1"""
_CONDITIONS = """
    WITH counted AS (
        SELECT concept, count(*) FILTER (fails) AS failing, count(*) FILTER (NOT fails) AS holding FROM beside GROUP BY
        1),
    every AS (SELECT count(*) FILTER (fails) AS failing, count(*) FILTER (NOT fails) AS holding FROM judged)
    SELECT concept, word, failing, holding FROM (
        SELECT concept, 'reported' AS word, counted.failing, counted.holding FROM counted
        UNION ALL
        SELECT concept, 'missing', every.failing - counted.failing, every.holding - counted.holding FROM counted, every)
    WHERE 100 * failing <= $clean * (failing + holding) AND 100 * (failing + holding) >= $left * (SELECT count(*) FROM
    judged) AND holding >= $fewest ORDER BY holding DESC, failing, word, concept LIMIT 1"""
_WHERE = """
    SELECT coalesce(filer_name || ', ', '') || regexp_extract(path, '[^/]+$'), judged.period_end, difference FROM judged
    JOIN coverage USING (document, run) WHERE fails ORDER BY abs(difference) DESC, path, judged.period_end LIMIT
    $most"""


def mined(folder: Path, names: Mapping[str, str], fails: int, least: int) -> tuple[list[Mined], list[Mined]]:
    """Rules that hold across the market, and those that fail for so many percent of their filers, worst first: of those
    that were judged for so many filers at least. `names`: what rules call a concept of a taxonomy.

    Unusable: the folder is none of a run.
    """
    with opened(folder) as connection:
        _, rows = asked(connection, _RULES, {"least": least})
        every = [Mined(*row) for row in rows]
        holding = [one for one in every if 100 * one.failing <= _HOLDS * one.filers]
        broken = [one for one in every if one.failing and 100 * one.failing >= fails * one.filers]
        broken.sort(key=lambda one: (-one.percent, one.rule))
        return holding, [_mended(connection, one, names) for one in broken]


def _mended(connection: Any, one: Mined, names: Mapping[str, str]) -> Mined:
    from checker.core.value import evolve

    connection.execute(_JUDGED, {"rule": one.rule})
    connection.execute(_BESIDE)
    _, rows = asked(connection, _WHERE, {"most": _EXAMPLES})
    examples = tuple(
        f"{where}, {end}: {text(off)}" if off is not None else f"{where}, {end}" for where, end, off in rows
    )
    return evolve(one, proposals=tuple(_proposals(connection, one, names)), examples=examples)


def _proposals(connection: Any, one: Mined, names: Mapping[str, str]) -> Iterator[Proposal]:
    _, terms = asked(connection, _TERMS, {"fewest": _FEWEST, "breaks": _BREAKS})
    for concept, sign, explained, _ in terms:
        if 100 * explained >= _MOST_OF * one.violations:
            said = f"{'+' if sign > 0 else '-'} {names.get(concept, _quoted(concept))}?"
            yield Proposal("term", concept, said, explained, one.violations)
    _, found = asked(connection, _CONDITIONS, {"clean": _CLEAN, "left": _LEFT, "fewest": _FEWEST})
    for concept, word, failing, holding in found:
        said = f"{names.get(concept, _quoted(concept))} is {word}"
        yield Proposal("condition", concept, said, holding, holding + failing)


def _quoted(name: str) -> str:
    return f'"{name}"'


# ---- words -----------------------------------------------------------------------------------------------------------


def told(holding: Sequence[Mined], broken: Sequence[Mined], fails: int, least: int) -> str:
    """For people: the rules that hold, one a line; those that fail, with what is proposed and why."""
    lines = [f"Rules judged for {least:,} filers or more.", ""]
    lines.append(f"{_count(len(holding), 'rule holds', 'rules hold')} for all but {_HOLDS} % of their filers.")
    lines += [f"  {one.rule}  {one.filers:,} filers, {one.judged:,} judged, {one.violations:,} fail" for one in holding]
    lines += ["", f"{_count(len(broken), 'rule fails', 'rules fail')} for {fails} % of their filers or more."]
    for one in broken:
        lines += ["", *_told(one)]
    return "\n".join(lines) + "\n"


def _count(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _told(one: Mined) -> Iterator[str]:
    yield one.rule
    yield f"  fails for {one.failing:,} of {one.filers:,} filers, in {one.violations:,} of {one.judged:,} cases"
    yield f"  {one.relation}"
    yield from (f"  e.g. {example}" for example in one.examples)
    for proposal in one.proposals:
        yield f"  {_because(proposal)}:"
        yield from (f"    {line}" for line in _override(one, proposal))
    if not one.proposals:
        yield "  nothing that rules name tells where it fails from where it holds"


def _because(proposal: Proposal) -> str:
    if proposal.kind == "term":
        return f"{proposal.explained:,} of {proposal.of:,} differences are {proposal.concept}"
    return f"where {proposal.said} it holds in {proposal.explained:,} of {proposal.of:,} cases"


def _override(one: Mined, proposal: Proposal) -> Iterator[str]:
    """What to write into a rule file; a condition stands in the place of the rule's own, if it has one."""
    if proposal.kind == "term" and "sum of" in one.relation:
        yield f"{proposal.said}  # one more line of the sum"
        return
    yield f"override {one.rule}"
    yield f"    {one.relation} {proposal.said}" if proposal.kind == "term" else f"    when {proposal.said}"
    yield f'    because "{_because(proposal)}"'


def as_dict(one: Mined) -> dict[str, Any]:
    """For programs."""
    return {
        "rule": one.rule,
        "relation": one.relation,
        "filers": one.filers,
        "failing": one.failing,
        "judged": one.judged,
        "violations": one.violations,
        "percent": text(one.percent),
        "examples": list(one.examples),
        "proposals": [
            {
                "kind": each.kind,
                "concept": each.concept,
                "said": each.said,
                "explained": each.explained,
                "of": each.of,
                "override": "\n".join(_override(one, each)),
            }
            for each in one.proposals
        ],
    }
