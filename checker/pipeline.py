"""The whole run over one release, from its bytes to all that is said of it."""

from __future__ import annotations

from checker.bind import bind
from checker.bind.tags import tagged
from checker.core.finding import Finding
from checker.core.problem import Problem
from checker.core.release import Release, Source
from checker.core.remembered import forgetting
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.core.value import evolve, frozen
from checker.diagnose import diagnose
from checker.evaluate import by_bracket, cover, evaluate, passing_over, summarise, told
from checker.extract import extract
from checker.language.reserved import left_out
from checker.read import read
from checker.read.original import original
from checker.read.tagged import ALONE, Beside
from checker.read.typed import read_release
from checker.structure import infer


def release(path: str, content: bytes, beside: Beside = ALONE) -> Release:
    """The figures and sums of a document, or of figures that were extracted earlier and fed back in. Never raises on
    content.

    `beside` holds the linkbases that go with a tagged filing, by name.
    """
    with forgetting():
        return _found(path, content, beside)


def shown(checked: Checked, content: bytes) -> Checked:
    """The same with the document as it looks, for reports that show it."""
    return evolve(checked, original=original(checked.source.path, content))


def check(path: str, content: bytes, rulebook: Rulebook, beside: Beside = ALONE) -> Checked:
    """Everything the rulebook has to say of one document. Never raises on content."""
    with forgetting():
        return _judged(_found(path, content, beside), content, rulebook)


def judge(found: Release, content: bytes, rulebook: Rulebook) -> Checked:
    """The same of a document whose figures were found before: who tries rules reads it once."""
    with forgetting():
        return _judged(found, content, rulebook)


def _found(path: str, content: bytes, beside: Beside = ALONE) -> Release:
    typed = read_release(path, content, beside)
    if typed is not None and typed.source.is_without_print:
        return typed  # facts stand in no order that means anything: no sums are sought among them
    return infer(typed if typed is not None else extract(read(path, content, beside)))


def _judged(found: Release, content: bytes, rulebook: Rulebook) -> Checked:
    elsewhere = left_out(rulebook, found)
    if elsewhere:
        rulebook = rulebook.once(_Without(frozenset(elsewhere)))
    findings = diagnose(evaluate(bind(found, rulebook)), found.figures)
    coverage = cover(found.figures, findings)
    counts, doubts = tagged(found)
    decided = sum(_decides(one) for one in findings)
    return Checked(
        source=found.source,
        statements=found.statements,
        figures=found.figures,
        coverage=coverage,
        findings=findings,
        problems=(
            *found.problems,
            *_undecided(found, decided, rulebook),
            *passing_over(findings, found.source.path),
            *by_bracket(findings, found.source.path),
            *doubts,
        ),
        summary=summarise(found.figures, coverage, findings),
        lines=_lines(content, found.source),
        claims=found.claims,
        unread=found.unread,
        elsewhere=elsewhere,
        told=told(found.claims, findings),
        tagged=counts,
    )


@frozen
class _Without:
    """A rulebook without some of its rules; asked of a rulebook twice, it is the same one, made ready once."""

    rules: frozenset[str]

    def __call__(self, rulebook: Rulebook) -> Rulebook:
        return evolve(rulebook, rules=tuple(rule for rule in rulebook.rules if rule.id not in self.rules))


_ANY_TABLE = "structure/"
"""The pack of rules that any table of figures gives something to judge."""


def _decides(finding: Finding) -> bool:
    """Whether something was decided on it: an equation of print, or whatever a house asks for. That a margin is below
    100 % tests no figure."""
    if finding.verdict == "not applicable" or finding.check.is_of_tags:
        return False
    return finding.check.comparison == "=" or finding.check.house


def _undecided(found: Release, decided: int, rulebook: Rulebook) -> tuple[Problem, ...]:
    """A document with figures on which nothing could be decided has not been checked, whatever else is said of it."""
    if decided or not found.figures:
        return ()
    if not any(rule.id.startswith(_ANY_TABLE) for rule in rulebook.rules):
        asked = "the one rule" if len(rulebook.rules) == 1 else f"the {len(rulebook.rules)} rules"
        message = f"no rule applied: {asked} of this run found nothing to judge among the {len(found.figures)} figures"
        message = message if rulebook.rules else "no rule applied: none was left to apply"
        help = (
            "all rules apply without --select, --ignore and --no-shipped; tieout check --verbose says why one did not"
        )
        return (Problem("P104", "error", message, found.source.path, help=help),)
    message = "no relationship could be decided: not a single sum, rule or repeat stands on figures of this document"
    return (Problem("P101", "error", message, found.source.path),)


def _lines(content: bytes, source: Source) -> tuple[str, ...]:
    """The source's lines for reports that show them; none for formats whose lines nobody reads."""
    if source.format not in ("text", "markdown") or source.encoding == "":
        return ()
    return tuple(content.decode(source.encoding, "replace").removeprefix("\ufeff").splitlines())
