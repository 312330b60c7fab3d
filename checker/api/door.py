"""The functions of the public door. They read the documents named and nothing else: no settings file, no waivers that
nobody named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from checker import __version__
from checker.api.against import holding
from checker.api.answers import Report, Table
from checker.api.beside import beside
from checker.api.document import UNTIMED, attempt
from checker.api.errors import Refused
from checker.api.inputs import Input, inputs, unpacked
from checker.api.limits import Limits
from checker.api.rulebook import applied, packs, rulebook
from checker.compare import KINDS, Comparison
from checker.core.figure import Figure
from checker.core.problem import Problem, Severity
from checker.core.release import Release
from checker.core.report import Checked, Coverage, RunRules, Summary
from checker.core.report import Report as Run
from checker.core.rule import Rulebook
from checker.core.value import frozen

Document = str | Path | bytes
"""A file, a folder, or the bytes of a document."""


@frozen
class Options:
    """What a check asks for, under the names of the options of `tieout check`."""

    select: tuple[str, ...] = ()
    """Only these rules: ids, ends of them, or globs."""
    ignore: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    """Rules that must apply: not applicable is then a finding."""
    fail_on: Severity = "error"
    """From which severity on a finding blocks."""
    fail_on_rounding: bool = False
    min_coverage: int = 50
    """Percent of the table figures that must be tested at least."""
    max_size: int = 64_000_000
    """Bytes of a document; a larger one is not read, and its outcome says so."""
    timeout: int | None = None
    """Seconds a document may take, in the main thread of systems with an alarm clock; None: whoever calls ends it when
    it suits them."""

    @property
    def limits(self) -> Limits:
        """What one document may cost."""
        return Limits(UNTIMED if self.timeout is None else self.timeout, self.max_size)


@frozen
class Rules:
    """Rules that are loaded and sound, to be used for any number of checks."""

    book: Rulebook

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all rules, in order."""
        return tuple(one.id for one in self.book.rules)


def load_rules(*paths: str | Path, shipped: bool = True) -> Rules:
    """The rules of files and folders, beside the shipped ones. Refused: a file has a mistake; its problems say line and
    column."""
    from checker.gate.selection import Selection

    return Rules(rulebook([str(path) for path in paths], shipped, Selection()))


def check(
    documents: Document | Sequence[Document],
    rules: Rules | Sequence[str | Path] = (),
    options: Options | None = None,
    against: str | Path | Sequence[str | Path] = (),
) -> Report:
    """Reads releases and checks that their numbers agree: the shipped rules and those given.

    A document that cannot be read, or of which too little could be tested, has an outcome with status 3 and the reason;
    it is no exception. `against` names files that every figure is tied to besides: trial balances, data, other
    documents; what came of it is in `.against` of each document. Refused: a path is not there, or a rule file or a
    pattern of the options has a mistake. FileNotFoundError is never raised for documents.
    """
    from checker.gate import Settings, decided, of_run
    from checker.gate.accounted import accounted
    from checker.gate.selection import Selection, choose
    from checker.gate.weakened import USUAL_COVERAGE
    from checker.pipeline import check as judge

    wanted = options or Options()
    loaded = rules if isinstance(rules, Rules) else load_rules(*rules)
    book = choose(loaded.book, Selection(tuple(wanted.select), tuple(wanted.ignore), tuple(wanted.require)))
    if book.faulty:
        raise Refused(book.problems)
    settings = Settings(wanted.fail_on, wanted.fail_on_rounding, Fraction(wanted.min_coverage, 100))
    given = (("select", len(wanted.select)), ("ignore", len(wanted.ignore)))
    weak = [f"{name} {count}" for name, count in given if count]
    weak += [f"min-coverage {wanted.min_coverage}"] if wanted.min_coverage < USUAL_COVERAGE else []
    weakened = (f"options: {', '.join(weak)}",) if weak else ()
    read, problems = _read(
        documents, wanted.limits, lambda one, body: judge(one.path, body, book, beside(one, body, wanted.limits.size))
    )
    named = [against] if isinstance(against, str | Path) else against
    held = holding([str(one) for one in named], book, wanted.limits)
    done = tuple(decided(accounted(held(one), book), settings, weakened) for one in read)
    outcome = of_run([one.outcome for one in done if one.outcome is not None], problems, settings, weakened)
    configuration: Mapping[str, str] = {
        "fail-on": wanted.fail_on,
        "min-coverage": str(wanted.min_coverage),
        **packs(book),
    }
    return Report(Run(__version__, applied(book), configuration, done, problems, outcome=outcome))


def extract(documents: Document | Sequence[Document], options: Options | None = None) -> Report:
    """The figures of releases with their units, periods and places, without judging them: of the options only the
    limits count.

    Refused: a path is not there.
    """
    read, problems = _read(documents, (options or Options()).limits, found)
    return Report(Run(__version__, RunRules("", (), ()), {}, read, problems))


def compare(old: Document, new: Document, kind: str | None = None, options: Options | None = None) -> Comparison:
    """Two documents side by side. `kind`: "drafts", "filing" or "next"; None: what periods and captions tell.

    `options` are those of the checks of both. `.met` says how many figures of the first were met again, of how many: a
    comparison that met none says nothing. Refused: a path is not there, or `kind` is none.
    """
    from checker.compare import compare as compared
    from checker.compare import kind_of

    named = next((one for one in KINDS if one == kind), None)
    if kind is not None and named is None:
        raise Refused((Problem("C301", "error", f"there is no kind {kind!r}; there are {', '.join(KINDS)}"),))
    (before,), (after,) = check(old, options=options).documents, check(new, options=options).documents
    return compared(before, after, named or kind_of(before, after))


def explain(name: str, rules: Rules | None = None) -> str:
    """What a code of a message, a rule, a definition or a concept means. Refused: there is none of that name."""
    from checker.gate.selection import fitting, nearest
    from checker.workshop.codes import EXPLAINED, check_explained, explanation
    from checker.workshop.explained import explained, named

    if name.upper() in EXPLAINED:
        return explanation(EXPLAINED[name.upper()])
    if (of_no_file := check_explained(name)) is not None:
        return of_no_file
    book = (rules or load_rules()).book
    ids = fitting(book.rules, name)
    told = [*(rule for rule in book.rules if rule.id in ids), *(named(book, name) if not ids else ())]
    if not told:
        near = nearest(book.rules, name)
        raise Refused(
            (
                Problem(
                    "C302",
                    "error",
                    f"there is no rule, definition or concept {name!r}",
                    help=f"did you mean {near}?" if near else None,
                ),
            )
        )
    return "\n".join(explained(one) for one in told)


def to_dict(report: Report) -> dict[str, Any]:
    """The report as plain data: see `Report.to_dict`."""
    return report.to_dict()


def to_frame(report: Report, table: Table = "findings") -> Any:
    """Findings or figures as a data frame: see `Report.to_frame`."""
    return report.to_frame(table)


def found(one: Input, body: bytes) -> Checked:
    """A document's figures in the form that reports take, with nothing tested yet."""
    from checker.pipeline import release

    read = release(one.path, body)
    return Checked(
        read.source, read.statements, read.figures, _untested(read.figures), (), read.problems, _summary(read)
    )


def _read(
    documents: Document | Sequence[Document], limits: Limits, work: Callable[[Input, bytes], Checked]
) -> tuple[tuple[Checked, ...], tuple[Problem, ...]]:
    """What the work makes of every document, and what is to be said of folders."""
    listed = [documents] if isinstance(documents, str | Path | bytes) else list(documents)
    given: list[Input] = []
    problems: list[Problem] = []
    for number, one in enumerate(listed, 1):
        if isinstance(one, bytes):
            given += unpacked(Input(f"document {number}", one), limits.size, problems)
            continue
        named = inputs([str(one)], limits.size)
        given += named.documents
        problems += named.problems
    return tuple(attempt(one, limits, work) for one in given), tuple(problems)


def _untested(figures: tuple[Figure, ...]) -> Mapping[str, Coverage]:
    return {figure.id: Coverage() for figure in figures}


def _summary(read: Release) -> Summary:
    counted = sum(figure.counts for figure in read.figures)
    return Summary(counted, 0, 0, 0, counted, 0, 0, 0, 0, 0, 0)
