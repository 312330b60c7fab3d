"""The amounts of a release's sentences, and what a filing says of them: through the line of the release's own tables
that a sentence speaks of, or by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from checker.compare.repeated import Repeated
from checker.compare.spots import Spot, spots
from checker.compare.ties import comparable, rounds_to
from checker.compare.values import Tie
from checker.core.claim import Claim
from checker.core.expression import Variable
from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.core.report import Checked
from checker.core.statement import PRIMARY

THROUGH, MADE_OF, WITHDRAWN, NOWHERE = (
    "through the line that it speaks of",
    "made of figures that are filed so",
    "made of figures that are filed otherwise",
    "no line that it plainly speaks of",
)
"""How a sentence came to its tie, or why it has none."""


def is_plain(claim: Claim) -> bool:
    """Whether a sentence says plainly of what and when its amount is."""
    figure = claim.figure
    plainly = claim.role in ("level", "prior") and not claim.hedge and not claim.otherwise
    return plainly and figure.is_dated_here and figure.value is not None and not figure.unit.is_relative


def by_name(figure: Figure, fitting: Sequence[Spot]) -> Tie | None:
    """The tie of an amount to the first of some lines that says the same; None where none does."""
    for one in fitting:
        if abs(one.figure.value or 0) == abs(figure.value or 0):
            return Tie(figure, one.figure, "agrees")
        if rounds_to(figure, one.figure):
            return Tie(figure, one.figure, "rounding")
    return None


def told(old: Checked, new: Checked, found: Sequence[Tie]) -> Iterator[Tie]:
    """What the filing says of every amount that a sentence of the release states.

    A sentence that the release's own table bears out is tied as that table is: where the line is filed with another
    amount, which does not round to what the sentence says, the sentence differs too. A rate or a change is tied where
    all that it is made of is. By its name alone a sentence differs where that leaves one amount, in a table most of
    whose figures are what was published. Last come the filing's own sentences, and its tables beyond the statements.
    """
    tied = {tie.old.id: tie for tie in found}
    borne_out = _borne_out(old)
    printed: dict[str, list[Spot]] = {}
    table_of = {spot.figure.id: spot.table for spot in spots(new)}
    balance: Counter[int] = Counter()
    for tie in found:
        if tie.new is not None:
            balance[table_of[tie.new.id]] += -1 if tie.agreement == "differs" else 1
    for spot in spots(new):
        if spot.figure.origin == "table" and spot.figure.statement in PRIMARY and not spot.member:
            printed.setdefault(spot.caption, []).append(spot)
    repeated = Repeated(old, new)
    for claim in old.claims:
        if claim.figure.value is not None:
            by_line = _through(claim, borne_out.get(claim.figure.id, ()), tied) or _named(claim, printed, balance)
            yield by_line or repeated.tie(claim) or Tie(claim.figure, None, "not found", NOWHERE)


def _borne_out(old: Checked) -> Mapping[str, Sequence[Finding]]:
    """By amount of a sentence: the relations to figures of tables that hold of it, those to a single figure first."""
    stated = {claim.figure.id for claim in old.claims}
    found: dict[str, list[Finding]] = {}
    for finding in sorted(old.findings, key=lambda one: len(one.check.figures)):
        left = finding.check.left
        if (
            finding.verdict in ("agrees", "rounding")
            and finding.check.comparison == "="
            and isinstance(left, Variable)
            and left.figure in stated
        ):
            found.setdefault(left.figure, []).append(finding)
    return found


def _through(claim: Claim, findings: Iterable[Finding], tied: Mapping[str, Tie]) -> Tie | None:
    """The tie by way of the figures that a sentence is borne out by; None where these are not met."""
    for finding in findings:
        others = [tied.get(one.id) for one in finding.check.figures if one.id != claim.figure.id]
        met = [one for one in others if one is not None and one.new is not None]
        if not met or len(met) != len(others):
            continue
        if len(met) == 1 and isinstance(finding.check.right, Variable):
            return _as_filed(claim.figure, met[0])
        if any(one.agreement == "differs" for one in met):
            return Tie(claim.figure, None, "not found", WITHDRAWN)
        return Tie(claim.figure, met[0].new, "agrees", MADE_OF)
    return None


def _as_filed(figure: Figure, tie: Tie) -> Tie:
    """The tie of a sentence that speaks of one line, which is tied so."""
    assert tie.new is not None
    same = by_name(figure, [Spot(tie.new)])
    if same is not None:
        return Tie(figure, tie.new, same.agreement, THROUGH)
    if tie.agreement == "differs":
        return Tie(figure, tie.new, "differs", THROUGH)
    return Tie(figure, tie.new, "rounding", THROUGH)


def _named(claim: Claim, printed: Mapping[str, Sequence[Spot]], balance: Mapping[int, int]) -> Tie | None:
    """The tie to a line of a primary statement that bears the name; None where there is none."""
    figure = claim.figure
    if not is_plain(claim):
        return None
    spot = Spot(figure)
    fitting = [one for one in printed.get(spot.caption, ()) if comparable(spot, one)]
    if (same := by_name(figure, fitting)) is not None:
        return same
    if len({abs(one.figure.value or 0) for one in fitting}) == 1 and balance.get(fitting[0].table, 0) > 0:
        return Tie(figure, fitting[0].figure, "differs")
    return None
