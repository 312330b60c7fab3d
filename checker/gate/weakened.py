"""What a run was told to look away from, in words that stand in every report: a gate that asks for less than usual says
so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from checker.core.rule import Override, Rulebook
from checker.gate.policy import Policy

USUAL_COVERAGE = 50
"""Percent of the table figures that are to be tested where nothing is said."""

_LISTS = ("select", "ignore")


def weakened(
    settings: Mapping[str, object], source: Callable[[str], str], rulebook: Rulebook, policy: Policy
) -> tuple[str, ...]:
    """Every source of a weakening with what it sets. Settings are named as in `tieout.toml`; `source` says where one of
    them was set."""
    every = (*_settings(settings, source), *_rules(rulebook), *_accepted(policy))
    return tuple(
        f"{name}: {', '.join(said for one, said in every if one == name)}"
        for name in dict.fromkeys(name for name, _ in every)
    )


def _settings(settings: Mapping[str, object], source: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    for name in _LISTS:
        chosen = settings.get(name)
        if isinstance(chosen, Sequence) and chosen:
            yield source(name), f"{name} {len(chosen)}"
    if settings.get("no-shipped"):
        yield source("no-shipped"), "no-shipped"
    coverage = settings.get("min-coverage")
    if isinstance(coverage, int) and coverage < USUAL_COVERAGE:
        yield source("min-coverage"), f"min-coverage {coverage}"
    if settings.get("clearly-trivial"):
        yield source("clearly-trivial"), f"clearly-trivial {settings['clearly-trivial']}"


def _rules(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Skips and overrides by the file they stand in; an override that only makes its rules more severe weakens
    nothing."""
    skips = [one.path for one in rulebook.skips for _ in one.targets]
    overrides = [one.path for one in rulebook.overrides if not _tightens(one)]
    for word, paths in (("skip", skips), ("override", overrides)):
        yield from ((path, f"{word} {paths.count(path)}") for path in dict.fromkeys(paths))


def _tightens(one: Override) -> bool:
    clauses = one.clauses
    return (
        not one.relations
        and clauses.severity == "error"
        and (clauses.when, clauses.within, clauses.excepted, clauses.tolerance) == (None, (), (), None)
    )


def _accepted(policy: Policy) -> Iterator[tuple[str, str]]:
    settled = [one.path or policy.waivers.path for one in policy.waivers.entries if one.expires is not None]
    for path in dict.fromkeys(settled):
        yield path, _counted([one for one in settled if one == path], "waiver")
    if policy.baseline.counts:
        yield policy.baseline.path, f"{_counted(range(sum(policy.baseline.counts.values())), 'finding')} counted"


def _counted(listed: Sequence[object], word: str) -> str:
    return f"{len(listed)} {word}" if len(listed) == 1 else f"{len(listed)} {word}s"
