"""What can be proven of rules before any page is judged: a condition that never holds, a relation that always or never
can, one rule twice, one that others imply, several that no page can keep together, and figures that they leave one
amount.

Decided exactly; what is found is told with as few rules as it takes, none of which can be left out, and with a page
that shows it. Each question may cost a fixed amount of work, counted by the solver and not by a clock: what is not
decided within is said to be undecided, the same on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Literal

import z3
from attrs import define, field

from checker.core.rule import Rule, Rulebook
from checker.core.value import frozen
from checker.workshop.logic import Claim, Formula, Logic, rational

Kind = Literal["never", "impossible", "always", "contradiction", "twice", "implied", "fixed", "undecided"]
WORK = 4_000_000
"""Steps of the solver that one question may cost: about a second."""
_MOST_FIGURES = 2_000
"""Figures of rules that hang together beyond which they are not asked whether one of them is fixed."""
_MOST_PAIRS = 200
_MOST_DAYS = 20
_MOST_TWINS = 50
"""Relations of the very same figures, the first ones, that one is compared with."""
_MOST_ROUNDS = 10
"""Times that relations which cannot apply together are set apart, to be asked about one by one."""


@frozen
class Amount:
    """A line of a page that was made up to show something: a name and its amount; None where it has no short one."""

    name: str
    value: Fraction | None


@frozen
class Found:
    """One thing proven of a relation: the others that it takes, and a page that shows it."""

    kind: Kind
    claim: Claim = field(eq=False)
    culprits: tuple[Claim, ...] = field(default=(), eq=False)
    """The other relations, as few as it takes."""
    page: tuple[Amount, ...] = ()
    figure: str = ""
    """The figure that is fixed, and at what."""
    value: Fraction | None = None


def proven(rules: Sequence[Rule], book: Rulebook) -> Iterator[Found]:
    """Everything found of these rules, beside all others of the rulebook, in order of what is worst."""
    if not rules:
        return
    logic = Logic(book)
    own = {rule.id for rule in rules}
    claims = logic.claims(book.rules)
    mine = [claim for claim in claims if claim.id in own]
    prover = _Prover(logic)
    sound: list[Claim] = []
    for claim in mine:
        found = prover.alone(claim)
        if found is None:
            sound.append(claim)
        else:
            yield found
    useful = [claim for claim in claims if claim.id not in own] + sound
    twice = list(prover.twice(sound, useful))
    yield from twice
    broken = list(prover.contradictions(sound, useful))
    yield from broken
    at_odds = {id(one) for found in broken for one in (found.claim, *found.culprits)}
    yield from prover.fixed(
        [one for one in sound if id(one) not in at_odds], [one for one in useful if id(one) not in at_odds]
    )
    told = {id(one) for found in (*twice, *broken) for one in (found.claim, *found.culprits)}
    for claim in sound:
        if id(claim) not in told and (implied := prover.implied(claim, useful)) is not None:
            yield implied


@define
class _Prover:
    logic: Logic
    asked: int = 0

    def _check(self, formulas: Sequence[Formula], assumed: Sequence[Formula] = ()) -> tuple[str, Any]:
        """Whether all of it can be true at once: "sat" with a model, "unsat" with the assumptions it takes, "unknown"
        with nothing."""
        solver = z3.Solver()
        solver.set("rlimit", WORK)
        solver.set("random_seed", 0)
        solver.add(*formulas)
        self.asked += 1
        answer = solver.check(*assumed)
        if answer == z3.sat:
            return "sat", solver.model()
        if answer == z3.unsat:
            return "unsat", solver.unsat_core() if assumed else ()
        return "unknown", None

    def _can(self, *formulas: Formula) -> bool | None:
        """Whether it can be; None: not decided."""
        answer, _ = self._check([*self._given(), *formulas])
        return {"sat": True, "unsat": False}.get(answer)

    def _given(self) -> list[Formula]:
        return [self.logic.scale > 0]

    def alone(self, claim: Claim) -> Found | None:
        """What is wrong with a relation whatever else there is."""
        possible = self._can(claim.applies)
        if possible is False:
            return Found("never", claim)
        holds = self._can(claim.applies, claim.holds)
        if holds is False:
            return Found("impossible", claim, (), self._page([claim.applies], claim.names))
        fails = self._can(claim.applies, z3.Not(claim.holds))
        if fails is False:
            return Found("always", claim)
        return Found("undecided", claim) if None in (possible, holds, fails) else None

    def twice(self, mine: Sequence[Claim], every: Sequence[Claim]) -> Iterator[Found]:
        """Relations that say what another said before them."""
        by_names: dict[frozenset[str], list[Claim]] = {}
        for claim in every:
            by_names.setdefault(claim.names, []).append(claim)
        own = {id(claim) for claim in mine}
        for claim in mine:
            for other in by_names[claim.names][:_MOST_TWINS]:
                if other is claim:
                    break
                same = z3.And(claim.applies == other.applies, z3.Implies(claim.applies, claim.holds == other.holds))
                if (
                    id(other) in own or claim.rule.shipped == other.rule.shipped or not claim.rule.shipped
                ) and self._can(z3.Not(same)) is False:
                    yield Found("twice", claim, (other,))
                    break

    def implied(self, claim: Claim, every: Sequence[Claim]) -> Found | None:
        """Whether others say it already wherever it applies: those that speak of figures it can do without may not be
        there to say it."""
        others = [one for one in every if one is not claim and one.needs <= claim.needs and one.names & claim.names]
        core = self._core([claim.applies, z3.Not(claim.holds)], others) if others else []
        return Found("implied", claim, tuple(core)) if core else None

    def contradictions(self, mine: Sequence[Claim], every: Sequence[Claim]) -> Iterator[Found]:
        """Relations that no page on which they apply can keep, together with others."""
        told: list[frozenset[int]] = []
        for group in _groups(mine, every):
            if self._can(*self._all_printed(group), *(z3.And(one.applies, one.holds) for one in group)):
                continue
            present = {id(one) for one in group}
            asked = [one for one in mine if id(one) in present]
            wheres = [[*self._all_printed(group), *([self.logic.day == day] if day else [])] for day in _days(group)]
            clear = [self._at_peace(asked, group, where) for where in wheres]
            for claim in asked:
                for day, where, at_peace in zip(_days(group), wheres, clear, strict=True):
                    if id(claim) in at_peace:
                        continue
                    others = [one for one in group if one is not claim]
                    hard = [*where, claim.applies, claim.holds]
                    core = self._smallest(hard, others) if day is None or self._can(*hard) else []
                    members = frozenset(map(id, (claim, *core)))
                    if core and members not in told and self._takes(claim, core, hard[:-2]):
                        told.append(members)
                        yield Found("contradiction", claim, tuple(core), self._breaking(claim, core))
                        break

    def _at_peace(self, asked: Sequence[Claim], group: Sequence[Claim], where: Sequence[Formula]) -> set[int]:
        """Those that some page keeps all at once, on which each of them applies: it shows of each that nothing
        contradicts it. Who stands in the way of such a page is left out.
        """
        rules = [*self._given(), *where, *(z3.Implies(one.applies, one.holds) for one in group)]
        marks = {z3.Bool(f"claim {number}"): claim for number, claim in enumerate(asked)}
        for _ in range(_MOST_ROUNDS):
            answer, core = self._check(
                [*rules, *(z3.Implies(mark, claim.applies) for mark, claim in marks.items())], list(marks)
            )
            if answer == "sat":
                return {id(claim) for claim in marks.values()}
            left_out = _ids(core) if answer == "unsat" else set()
            if not left_out:
                break
            marks = {mark: claim for mark, claim in marks.items() if mark.get_id() not in left_out}
        return set()

    def _takes(self, claim: Claim, core: Sequence[Claim], where: Sequence[Formula]) -> bool:
        """Whether the others can be kept without the relation: else they are at odds among themselves, and it has no
        part in it."""
        return self._can(*where, claim.applies, *(z3.Implies(one.applies, one.holds) for one in core)) is not False

    def fixed(self, mine: Sequence[Claim], every: Sequence[Claim]) -> Iterator[Found]:
        """Figures that can have one amount only on a page that keeps all."""
        for group in _groups(mine, every):
            group = [claim for claim in group if claim.linear]
            names = sorted({name for claim in group for name in claim.names})
            members = {id(claim) for claim in group}
            own = sorted({name for claim in mine if id(claim) in members for name in claim.names})
            if not own or len(names) > _MOST_FIGURES:
                continue
            rules = [
                *self._given(),
                *self._all_printed(group),
                *(z3.Implies(claim.applies, claim.holds) for claim in group),
            ]
            for name, value in self._backbone(rules, own):
                core = self._core([*self._all_printed(group), self.logic.amounts[name] != rational(value)], group)
                culprits = [claim for claim in core if any(claim is one for one in mine)]
                if culprits:
                    first, rest = culprits[-1], [claim for claim in core if claim is not culprits[-1]]
                    page = self._page(
                        [
                            *self._all_printed(group),
                            *(claim.applies for claim in core),
                            *(claim.holds for claim in core),
                        ],
                        _names(core),
                    )
                    yield Found("fixed", first, tuple(rest), page, name, value)

    def _backbone(self, rules: Sequence[Formula], names: Sequence[str]) -> Iterator[tuple[str, Fraction]]:
        """The figures that have the same amount on every page that keeps the rules.

        What can differ from one page can do so all at once, because pages between two that keep linear rules keep them;
        where it cannot, the solver says which of them stand in the way, and each of these is asked alone.
        """
        answer, model = self._check(rules)
        if answer != "sat":
            return
        left = {name: value for name in names if (value := _value(model, self.logic.amounts[name])) is not None}
        while left:
            other = {
                z3.Bool(f"{name} differs"): (name, self.logic.amounts[name] != rational(value))
                for name, value in left.items()
            }
            answer, core = self._check(
                [*rules, *(z3.Implies(mark, differs) for mark, (_, differs) in other.items())], list(other)
            )
            if answer != "unsat":
                return
            hindering = _ids(core)
            for name, differs in [asked for mark, asked in other.items() if mark.get_id() in hindering]:
                if self._check([*rules, differs])[0] == "unsat":
                    yield name, left[name]
                del left[name]

    # ---- as few as it takes

    def _core(self, hard: Sequence[Formula], others: Sequence[Claim]) -> list[Claim]:
        """Some of the others, none of which can be left out, that together with what is hard cannot be; none where it
        can be, or is not decided."""
        marks = {z3.Bool(f"rule {number}"): claim for number, claim in enumerate(others)}
        ties = [z3.Implies(mark, z3.Implies(claim.applies, claim.holds)) for mark, claim in marks.items()]
        answer, core = self._check([*self._given(), *hard, *ties], list(marks))
        if answer != "unsat":
            return []
        taken = _ids(core)
        kept = [claim for mark, claim in marks.items() if mark.get_id() in taken]
        for claim in list(kept):
            without = [one for one in kept if one is not claim]
            if (
                self._check([*self._given(), *hard, *(z3.Implies(one.applies, one.holds) for one in without)])[0]
                == "unsat"
            ):
                kept = without
        return kept

    def _smallest(self, hard: Sequence[Formula], others: Sequence[Claim]) -> list[Claim]:
        """The same, one alone where one is enough."""
        core = self._core(hard, others)
        if len(core) > 1:
            for claim in core[:_MOST_PAIRS]:
                if self._check([*self._given(), *hard, claim.applies, claim.holds])[0] == "unsat":
                    return [claim]
        return core

    # ---- pages

    def _all_printed(self, claims: Sequence[Claim]) -> list[Formula]:
        """Every figure is printed whose absence no condition asks for."""
        return [self.logic.printed[name] for name in sorted(_names(claims)) if name not in self.logic.tested]

    def _breaking(self, claim: Claim, core: Sequence[Claim]) -> tuple[Amount, ...]:
        """A page that keeps all but the first."""
        every = [claim, *core]
        printed = [*self._all_printed(every), *(one.applies for one in every)]
        return self._page([*printed, z3.Not(claim.holds), *(one.holds for one in core)], _names(every))

    def _page(self, formulas: Sequence[Formula], names: frozenset[str]) -> tuple[Amount, ...]:
        """A page on which all of it is true, with whole amounts that are easy to read where there is one."""
        amounts = [self.logic.amounts[name] for name in sorted(names)]
        plain: Sequence[Callable[[Formula], Formula]] = (
            lambda one: z3.And(z3.IsInt(one), one >= 1, one <= 1000),
            lambda one: one >= 0,
        )
        for wish in plain:
            answer, model = self._check(
                [*self._given(), *formulas, self.logic.scale == 1, *(wish(one) for one in amounts)]
            )
            if answer == "sat":
                return self._written(model, names)
        answer, model = self._check([*self._given(), *formulas])
        return self._written(model, names) if answer == "sat" else ()

    def _written(self, model: Any, names: frozenset[str]) -> tuple[Amount, ...]:
        printed = (
            name
            for name in sorted(names)
            if not z3.is_false(model.eval(self.logic.printed[name], model_completion=True))
        )
        return tuple(Amount(name, _value(model, self.logic.amounts[name])) for name in printed)


def _names(claims: Sequence[Claim]) -> frozenset[str]:
    return frozenset(name for claim in claims for name in claim.names)


def _ids(core: Iterable[Any]) -> set[int]:
    """The marks that a question took, by what the solver calls them: the same for the same mark."""
    return {mark.get_id() for mark in core}


def _days(claims: Sequence[Claim]) -> list[int | None]:
    """The days on which some rule begins to hold or ends: what holds between two of them holds on one. None where no
    rule says a day."""
    stated = {
        day.toordinal()
        for claim in claims
        for day in (claim.rule.clauses.effective_from, claim.rule.clauses.effective_to)
        if day is not None
    }
    return [*sorted(stated)[:_MOST_DAYS]] or [None]


def _value(model: Any, amount: Formula) -> Fraction | None:
    value = model.eval(amount, model_completion=True)
    return Fraction(value.numerator_as_long(), value.denominator_as_long()) if z3.is_rational_value(value) else None


def _groups(mine: Sequence[Claim], every: Sequence[Claim]) -> Iterator[list[Claim]]:
    """The relations that hang together by the figures they name, where some are one's own; quotients of others are left
    out, which make questions hard."""
    own = {id(claim) for claim in mine}
    claims = [claim for claim in every if claim.linear or id(claim) in own]
    of_name: dict[str, list[int]] = {}
    for number, claim in enumerate(claims):
        for name in claim.names:
            of_name.setdefault(name, []).append(number)
    seen: set[int] = set()
    for start, claim in enumerate(claims):
        if start in seen or id(claim) not in own:
            continue
        waiting, group = [start], []
        seen.add(start)
        while waiting:
            number = waiting.pop()
            group.append(number)
            near = {
                other for name in claims[number].names for other in of_name.pop(name, ())
            } - seen  # the claims of a name are met once
            seen |= near
            waiting += near
        yield [claims[number] for number in sorted(group)]
