"""A release held against files: trial balances, facts, or other documents. Every figure that a file names without a
doubt is tied to it.

What a tie is, `ties` says. A difference is one only where caption, period and unit leave one amount on either side;
what is ambiguous is counted, with why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import PurePath

import attrs

from checker.compare.ledger import Ledger, ledger
from checker.compare.sentences import by_name, is_plain
from checker.compare.spots import Spot, spots
from checker.compare.ties import comparable, same_period, tied
from checker.compare.values import Tie
from checker.core.caption import normal
from checker.core.check import Check
from checker.core.claim import Claim
from checker.core.expression import Constant, Variable
from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.problem import Problem
from checker.core.release import Release
from checker.core.report import Against, Checked
from checker.core.rule import Amount, Rulebook, Tolerance
from checker.core.statement import PRIMARY
from checker.core.unit import money
from checker.core.value import frozen
from checker.evaluate import cover, evaluate, summarise
from checker.pipeline import release
from checker.read.tagged import ALONE, Beside
from checker.report.places import has_no_lines, rows, unseen, where

FIGURE, SENTENCE, SIDE = "against/figure", "against/sentence", "against/side"
_TITLES = {
    FIGURE: "a figure is what the file says",
    SENTENCE: "an amount of a sentence is what the file says",
    SIDE: "a balance stands on the side that the file says",
}
NAMELESS, DATELESS, ANOTHER_UNIT, SEVERAL, ELSEWHERE, SCALED, UNCLOSED, UNKNOWN, OTHERWISE = (
    "no line of that name",
    "period not in the file",
    "in another unit",
    "several lines of that name",
    "another statement or column",
    "printed alike, read in another scale",
    "its balance before the year was closed",
    "its own period is unknown",
    "only a line of another name, which differs",
)
"""Why a figure is not tied."""
_YEAR = 12
_STATES = frozenset({"balance sheet", "income statement", "comprehensive income"})
"""Statements whose lines are balances of accounts."""
_EARNED = re.compile(
    r"\bretained\b|\baccumulated (?:deficit|loss|losses|earnings|profits?)\b|\bdeficit accumulated\b|"
    r"\bprofit and loss\b"
)
"""Captions of what earlier years earned: such an account takes up the year only when it is closed."""
_DATA = frozenset({".csv", ".tsv", ".xlsx"})
"""Files of rows and columns, which seldom name a statement."""
_EMPTY = "A101"


@frozen
class File:
    """A file that releases are held against, as read."""

    path: str
    sha256: str
    release: Release
    ledger: Ledger | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """What findings call it."""
        return PurePath(self.path).name

    @cached_property
    def rows(self) -> Mapping[str, str]:
        """Its figures by the table and row that they stand in."""
        return rows(self.release.statements)


@frozen
class Names:
    """What captions mean, by the concepts of a rulebook and their other names."""

    concepts: Mapping[str, frozenset[str]]
    """By caption or qualified name: the concepts that bear it."""
    balances: Mapping[str, str]
    """By caption: `debit` or `credit`, where all its concepts have that balance and none is its negative."""

    @classmethod
    def of(cls, book: Rulebook) -> Names:
        """The names of a rulebook."""
        found: dict[str, set[str]] = {}
        sides: dict[str, set[str]] = {}
        for concept in book.concepts:
            if concept.stands_for != "line":
                continue
            for caption, turned in ((concept.name, False), *((one.text, one.negated) for one in concept.aliases)):
                found.setdefault(normal(caption), set()).add(concept.name)
                sides.setdefault(normal(caption), set()).add("" if turned else concept.balance or "")
            for tag in concept.tags:
                found.setdefault(tag, set()).add(concept.name)
        balances = {caption: next(iter(one)) for caption, one in sides.items() if len(one) == 1}
        return cls({name: frozenset(one) for name, one in found.items()}, balances)

    def meant(self, spot: Spot) -> frozenset[str]:
        """The concepts that a spot may be one of."""
        return self.concepts.get(spot.concept or spot.caption) or self.concepts.get(spot.caption, frozenset())


def _is_list(file: File) -> bool:
    """Whether it is data without statements: a table whose title names none is of each of them, as its lines say."""
    tables = {figure.statement for figure in file.release.figures if figure.origin == "table"}
    return PurePath(file.path).suffix.lower() in _DATA and not tables.intersection(PRIMARY)


def opened(path: str, content: bytes, beside: Beside = ALONE) -> File:
    """The file as read, a tagged one with its linkbases. Never raises on content; one without amounts has a problem
    that is an error."""
    found = release(path, content, beside)
    listed = ledger(path, content)
    figures = found.figures if listed is None else listed.figures
    errors = (
        tuple(attrs.evolve(one, path=path) for one in found.problems if one.severity == "error")
        if listed is None
        else listed.problems
    )
    if not any(one.value is not None for one in figures):
        nothing = Problem(
            _EMPTY,
            "error",
            "it holds no amounts that figures could be held against",
            path,
            help="give a table with captions, or accounts",
        )
        errors = (*errors, nothing)
    return File(path, found.source.sha256, found, listed, errors)


def held(checked: Checked, files: Sequence[File], book: Rulebook) -> Checked:
    """The document with what each file says of its figures: findings, coverage, counts and trouble."""
    if not files or not checked.figures:
        return checked
    names = Names.of(book)
    findings, accounts = list(checked.findings), []
    for file in files:
        made = _Holding(checked, file, names)
        findings += evaluate(made.checks)
        accounts.append(made.account)
    coverage = cover(checked.figures, findings)
    problems = (*checked.problems, *(one for file in files for one in file.problems), *map(_said, accounts))
    summary = summarise(checked.figures, coverage, findings)
    return attrs.evolve(
        checked,
        findings=tuple(findings),
        coverage=coverage,
        summary=summary,
        problems=problems,
        against=tuple(accounts),
    )


def _said(one: Against) -> Problem:
    """The account of one file as a note, which every report shows."""
    return Problem("A103", "note", one.in_words)


def _currency(figures: Iterable[Figure]) -> str:
    return next(
        (unit.name for unit, _ in Counter(one.unit for one in figures if one.unit.is_money).most_common(1)), "USD"
    )


# ---- one file --------------------------------------------------------------------------------------------------------


class _Holding:
    """One document held against one file; made once, and read."""

    def __init__(self, checked: Checked, file: File, names: Names) -> None:
        self.file, self.names, self.checked = file, names, checked
        self.printed = [spot for spot in spots(checked) if spot.figure.origin == "table"]
        self.accounts = file.ledger is not None
        self.listed = self.accounts or _is_list(file)
        self.known = list(self._known())
        self.table_of = {spot.figure.id: spot.table for spot in self.known}
        self.by_caption: dict[str, list[Spot]] = {}
        self.by_concept: dict[str, list[Spot]] = {}
        self.namesakes: dict[str, list[Spot]] = {}
        for spot in self.known:
            self.by_caption.setdefault(spot.caption, []).append(spot)
            for concept in names.meant(spot):
                self.by_concept.setdefault(concept, []).append(spot)
        for spot in self.printed:
            self.namesakes.setdefault(spot.caption, []).append(spot)
        periods = list(dict.fromkeys(spot.figure.period for spot in self.known))
        self.told = {
            period: any(same_period(period, other) for other in periods)
            for period in {spot.figure.period for spot in self.printed}
        }
        published = self._careful([(spot, self._tie(spot)) for spot in self.printed if spot.figure.counts])
        self.trusted = self._trusted(published)
        stated = [(claim, tie) for claim in checked.claims if (tie := self._claimed(claim)) is not None]
        self.checks = [*self._checks(published), *(self._check(SENTENCE, tie, claim.sentence) for claim, tie in stated)]
        self.account = self._account(published, len(stated))

    def _known(self) -> Iterator[Spot]:
        """What the file says, an account in the periods that it may be the balance of."""
        if self.file.ledger is None:
            yield from (
                spot
                for spot in spots(self.file.release)
                if spot.figure.origin != "prose" and spot.figure.value is not None
            )
            return
        periods = {
            spot.figure.period
            for spot in self.printed
            if spot.figure.statement in _STATES and spot.figure.period is not None
        }
        currency = _currency(self.checked.figures)
        for balance in self.file.ledger.figures:
            figure = balance if balance.unit.name else attrs.evolve(balance, unit=money(currency))
            yield Spot(figure)
            if figure.period is not None and figure.period.is_instant:
                yield from (Spot(attrs.evolve(figure, period=one)) for one in self._to_date(figure.period, periods))

    def _to_date(self, day: Period, periods: Iterable[Period]) -> list[Period]:
        """The year to date that ends with a day, by the longest period that the document tells of to that day: accounts
        are opened with the year."""
        ending = [
            one
            for one in periods
            if not one.is_instant and one.ends_with(day) and one.months is not None and one.months <= _YEAR
        ]
        longest = max((one.months or 0 for one in ending), default=0)
        return [one for one in ending if one.months == longest][:1]

    def _named(self, spot: Spot) -> list[Spot]:
        """What the file says of that name: of the caption or, where no line has it, of what it means."""
        exact = self.by_caption.get(spot.caption, []) if spot.caption else []
        if exact:
            return exact
        meant = (one for concept in sorted(self.names.meant(spot)) for one in self.by_concept.get(concept, ()))
        return [one for one in meant if one.caption not in self.namesakes]

    def _tie(self, spot: Spot) -> Tie:
        """The tie of one table figure; one that is not found says in its note why."""
        named = self._named(spot)
        if not named:
            return Tie(spot.figure, None, "not found", NAMELESS)
        fitting = [one for one in named if comparable(spot, one)]
        if not fitting:
            return Tie(spot.figure, None, "not found", self._why(spot, named))
        if self.listed:
            if self.accounts and (spot.figure.statement not in _STATES or spot.member):
                return Tie(spot.figure, None, "not found", ELSEWHERE)
            fitting = [
                attrs.evolve(one, member=spot.member, figure=attrs.evolve(one.figure, statement=spot.figure.statement))
                for one in fitting
            ]
        found = tied(spot, fitting, self.namesakes[spot.caption])
        if found is None:
            alone = len({abs(one.figure.value or 0) for one in fitting}) == 1
            return Tie(spot.figure, None, "not found", ELSEWHERE if alone else SEVERAL)
        if found.note == SCALED or (found.agreement == "differs" and self._is_unclosed(spot, found)):
            return Tie(spot.figure, None, "not found", found.note or UNCLOSED)
        return found

    def _careful(self, published: Sequence[tuple[Spot, Tie]]) -> list[tuple[Spot, Tie]]:
        """The ties without differences that are likelier of another thing by the same name.

        Two tables are the same table where at least as much of what is tied between them agrees as differs; outside of
        the primary statements another figure of the line must agree too, and so it must where the file has only a line
        of another name that may mean the same. Accounts are in no table.
        """
        agreed = [(spot, tie) for spot, tie in published if tie.agreement in ("agrees", "rounding")]
        lines = {(spot.table, spot.caption) for spot, _ in agreed}
        balance = Counter(self._tables(spot, tie) for spot, tie in agreed)
        balance.subtract(self._tables(spot, tie) for spot, tie in published if tie.agreement == "differs")
        told = []
        for spot, tie in published:
            strange = not self.accounts and balance[self._tables(spot, tie)] < 0
            alone = (spot.table, spot.caption) not in lines
            renamed = alone and spot.caption not in self.by_caption
            strange = strange or renamed or (alone and spot.figure.statement not in PRIMARY)
            why = OTHERWISE if renamed else ELSEWHERE
            told.append(
                (spot, Tie(spot.figure, None, "not found", why) if strange and tie.agreement == "differs" else tie)
            )
        return told

    def _trusted(self, published: Iterable[tuple[Spot, Tie]]) -> set[int]:
        """The tables of the file most of whose figures that were tied agree: they may speak of sentences."""
        balance: Counter[int] = Counter()
        for spot, tie in published:
            if tie.new is not None:
                balance[self._tables(spot, tie)[1]] += -1 if tie.agreement == "differs" else 1
        return {table for table, more in balance.items() if more > 0}

    def _tables(self, spot: Spot, tie: Tie) -> tuple[int, int]:
        """The tables that a tie is between."""
        return spot.table, self.table_of.get(tie.new.id, -1) if tie.new is not None else -1

    def _is_unclosed(self, spot: Spot, tie: Tie) -> bool:
        """Whether a list of accounts still has the earnings of earlier years alone, as the document prints them for an
        earlier day."""
        if not self.accounts or tie.new is None or not _EARNED.search(spot.caption):
            return False
        earlier = (one.figure.value for one in self.namesakes[spot.caption] if one.figure.id != spot.figure.id)
        return any(
            value is not None and tie.new.value is not None and abs(value) == abs(tie.new.value) for value in earlier
        )

    def _why(self, spot: Spot, named: Sequence[Spot]) -> str:
        if spot.figure.period is None:
            return UNKNOWN
        return ANOTHER_UNIT if any(same_period(spot.figure.period, one.figure.period) for one in named) else DATELESS

    def _claimed(self, claim: Claim) -> Tie | None:
        """The tie of an amount of a sentence that says plainly of what and when it is; None where there is none."""
        if not is_plain(claim):
            return None
        figure = claim.figure
        spot = Spot(figure)
        named = [one for one in self._named(spot) if comparable(spot, one) and not one.member]
        fitting = [one for one in named if self.accounts or one.figure.statement in _STATES] or named
        if (same := by_name(figure, fitting)) is not None:
            return same
        plain = spot.caption in self.by_caption and len({abs(one.figure.value or 0) for one in fitting}) == 1
        if not plain or not (self.accounts or fitting[0].table in self.trusted):
            return None
        return Tie(figure, fitting[0].figure, "differs")

    # ---- what is said

    def _checks(self, published: Iterable[tuple[Spot, Tie]]) -> Iterator[Check]:
        for spot, tie in published:
            if tie.new is not None:
                yield self._check(FIGURE, tie)
                side = self._side(spot, tie)
                if side is not None:
                    yield side

    def _check(self, rule: str, tie: Tie, sentence: str = "") -> Check:
        """The tie as a relation of one figure to an amount. The sign is the printed one: files and statements have each
        their own."""
        old, new = tie.old, tie.new
        assert new is not None and new.value is not None and old.value is not None
        size = Fraction(abs(new.value)) * (-1 if old.value < 0 else 1)
        coarse = new.step > old.step
        relation = f"{normal(old.caption)} = {normal(new.caption)} of {self.file.name}"
        return Check(
            rule=rule,
            title=_TITLES[rule],
            relation=relation,
            basis="inferred",
            period=old.period.text if old.period is not None else "",
            left=Variable(old.id),
            right=Constant(size),
            figures=(old,),
            tolerance=Tolerance("amount", Amount(Fraction(new.step) / 2)) if coarse else Tolerance(),
            confirmed=1,
            ticks=("A",),
            reads=f"{old.caption} = {new.caption} of {self.file.name}",
            seen=self._seen(new, tie.note),
        )

    def _seen(self, new: Figure, note: str) -> str:
        """Where the file says it, what it says there, and what that is derived from."""
        made = self.file.ledger.made_of.get(new.id) if self.file.ledger is not None else None
        said = f"{self.file.name}!{_where(new, self.file)} says {new.text}"
        return ", ".join(one for one in (said, f"from {made}" if made else "", note) if one)

    def _side(self, spot: Spot, tie: Tie) -> Check | None:
        """A line of the balance sheet whose account has its balance on the other side than its name and its sign say;
        None where there is no doubt."""
        sides = self.file.ledger.sides if self.file.ledger is not None else {}
        assert tie.new is not None and tie.old.value is not None
        side, balance = sides.get(tie.new.id, 0), self.names.balances.get(spot.caption)
        if not side or not balance or tie.old.statement != "balance sheet" or tie.agreement == "differs":
            return None
        usual = (1 if balance == "debit" else -1) * (1 if tie.old.value > 0 else -1)
        if side == usual:
            return None
        made = self._check(SIDE, tie)
        return attrs.evolve(
            made,
            left=None,
            right=None,
            apart=f"{self.file.name}!{_where(tie.new, self.file)} has it as a " + ("debit" if side > 0 else "credit"),
        )

    def _account(self, published: Sequence[tuple[Spot, Tie]], sentences: int) -> Against:
        counts = Counter(tie.agreement for _, tie in published)
        why = Counter(tie.note for _, tie in published if tie.agreement == "not found")
        met = {(tie.new.id) for _, tie in published if tie.new is not None}
        primary = [one for one in published if one[0].figure.statement in PRIMARY] or published
        facts = (
            self.file.release.source.is_without_print
        )  # which bear the names of a taxonomy, and seldom those of captions
        looked_for = [
            tie for spot, tie in primary if self.told[spot.figure.period] and not (facts and tie.note == NAMELESS)
        ]
        return Against(
            path=self.file.path,
            sha256=self.file.sha256,
            looked_for=len(looked_for),
            found=sum(tie.new is not None for tie in looked_for),
            agreed=counts["agrees"],
            rounding=counts["rounding"],
            differing=counts["differs"],
            sentences=sentences,
            unmet=tuple(why.most_common()),
            entries=len({spot.figure.id for spot in self.known if spot.figure.value}),
            entries_met=len(met),
        )


def _where(figure: Figure, file: File) -> str:
    """Where a file says something: its cell, its page, its line; table and row where nobody sees its lines."""
    place = figure.place
    if place.cell and not place.sheet:
        return place.cell
    if has_no_lines(place):
        return where(place)
    hidden = unseen(place, file.release.source.format)
    return file.rows.get(figure.id, where(place)) if hidden else f"{where(place)}:{place.column}"
