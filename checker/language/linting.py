"""Lints: what is well formed and probably not meant. Each is one function with a good and a bad example under its code
in codes.py.

They know names only from the rulebook: whether a caption exists is a question to a release. Duplicate ids, circles, and
overrides that fit nothing are found when the rulebook is made, and are not repeated here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from checker.core.caption import normal
from checker.core.problem import Problem
from checker.core.rule import (
    Amount,
    Binary,
    Call,
    Concept,
    Definition,
    Name,
    Override,
    Relation,
    Rule,
    Rulebook,
    RuleFile,
)
from checker.core.value import evolve
from checker.language.emptiness import empty, repeated
from checker.language.fault import Fault, Lines
from checker.language.measures import timings, unit, units
from checker.language.misreadings import MISREADINGS
from checker.language.unprinted import NOT_PRINTED, UNPRINTED
from checker.language.vocabulary import Printed, Vocabulary, bare, bare_names, known, roots
from checker.language.walk import nodes

Lint = Callable[[RuleFile, Vocabulary], Iterator[Fault]]


def lint(files: Sequence[RuleFile], rulebook: Rulebook, page: Printed | None = None) -> tuple[Problem, ...]:
    """What looks wrong in these files, judged with the names that the rulebook knows and, where there is one, with what
    a release prints."""
    vocabulary = known(rulebook) if page is None else evolve(known(rulebook), page=page)
    problems: list[Problem] = []
    for file in files:
        faults = sorted(
            _told_once([fault for one in LINTS for fault in one(file, vocabulary)]),
            key=lambda fault: (fault.span, fault.code),
        )
        if faults:
            lines = Lines(file.text)
            problems += (lines.problem(fault, file.path) for fault in dict.fromkeys(faults))
    return tuple(problems)


def _told_once(faults: Sequence[Fault]) -> Iterator[Fault]:
    """Without what is only said of a name because nothing better was: that the release does not print it."""
    spoken = {fault.span[0] for fault in faults if fault.code not in NOT_PRINTED and fault.severity != "note"}
    return (fault for fault in faults if fault.code not in NOT_PRINTED or fault.span[0] not in spoken)


# ---- lints -----------------------------------------------------------------------------------------------------------


def near_names(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A name that is nobody's and one slip away from one that is known."""
    near_by: dict[tuple[str, ...], list[str]] = {}
    for one in (*vocabulary.concepts, *vocabulary.definitions):
        for words in _all_but_one(one):
            near_by.setdefault(words, []).append(one)
    for name in bare_names(file):
        key = normal(name.text)
        if vocabulary.knows(name.text):
            continue
        candidates = (one for words in _all_but_one(key) for one in near_by.get(words, ())[:_MOST_NEAR])
        near = next((one for one in candidates if _one_slip(key, one)), None)
        if near is not None:
            shown = (
                vocabulary.concepts[near].name
                if near in vocabulary.concepts and normal(vocabulary.concepts[near].name) == near
                else near
            )
            fix = ((bare(name, file.text), shown),) if normal(shown) in vocabulary.printed else ()
            yield Fault("E201", name.span, f"`{name.text}` is not known", f"did you mean `{shown}`?", "warning", fix)


def commas(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Items of a function between commas, which belong to names."""
    for _, root in roots(file):
        for node, _level in nodes([root]):
            for operand in node.operands if isinstance(node, Call) else ():
                if not isinstance(operand, Name) or operand.quoted or vocabulary.knows(operand.text):
                    continue
                parts = [part.strip() for part in operand.text.split(",")]
                if len(parts) > 1 and all(vocabulary.knows(part) for part in parts):
                    said = "; ".join(parts)
                    hint = f"write `{said}`: items are separated by `;`"
                    message = f"`{operand.text}` is read as one name with a comma in it"
                    yield Fault("E202", operand.span, message, hint, "warning", ((operand.span, said),))


def mixed_units(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Amounts of different units added or compared."""
    for _, root in roots(file):
        for span, one, other in units(root, vocabulary.measured):
            yield Fault(
                "E204",
                span,
                f"an amount in `{one}` and one in `{other}` neither add up nor compare",
                "divide or multiply one of them",
                "warning",
            )
    for declared in file.declarations:
        if isinstance(declared, Definition) and declared.printed_as in ("currency", "per share"):
            found = unit(declared.expression, vocabulary.measured)
            if found not in (None, declared.printed_as):
                message = f"the definition computes an amount in `{found}` and is said to be `{declared.printed_as}`"
                said = "percent" if found == "share of a whole" else found
                yield Fault("E204", declared.expression.span, message, f"write `as {said}`", "warning")


def mixed_periods(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A balance set equal to flows alone."""
    for _, root in roots(file):
        if isinstance(root, Relation) and (found := timings(root, vocabulary.measured)):
            balance, flow = found
            message = f"`{balance.text}` is a balance and `{flow.text}` a flow"
            yield Fault(
                "E205", balance.span, message, "a balance moves by flows: `closing X = opening X + flow`", "warning"
            )


def claimed_twice(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Another name that two concepts of one unit go by; where the units differ, they tell the captions apart (`Basic`
    shares, earnings)."""
    for declaration in file.declarations:
        if not isinstance(declaration, Concept):
            continue
        own = vocabulary.concepts[normal(declaration.name)]
        for alias in declaration.aliases:
            sharing = vocabulary.sharing.get((normal(alias.text), own.measure), ())
            other = next((one for one in sharing if normal(one.name) != normal(own.name)), None)
            if other is not None:
                yield Fault(
                    "E213",
                    alias.span,
                    f"`{alias.text}` is another name of `{other.name}` too",
                    "leave it to one of the two",
                    "warning",
                )


_SWALLOWED = re.compile(r" (when|because|severity|tolerance) ")
_CONDITIONAL = re.compile(r"(where) ")
_JOINED = re.compile(r" (and|or|not) ")


def swallowed(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A key word read as part of a name."""
    for name in bare_names(file):
        if vocabulary.knows(name.text):
            continue
        found = _SWALLOWED.search(name.text)
        if found is not None:
            hint = f"clauses stand on lines of their own; a caption that holds `{found[1]}` goes in quotes"
            yield Fault("E214", name.span, f"`{found[1]}` is read as part of the name `{name.text}`", hint, "warning")
            continue
        if (asked := _CONDITIONAL.match(name.text)) is not None:
            hint = (
                "a condition stands on a line of its own that begins with `when`; a caption that begins so goes "
                "in quotes"
            )
            yield Fault("E214", name.span, f"`{asked[1]}` is read as part of the name `{name.text}`", hint, "warning")
            continue
        for joint in _JOINED.finditer(name.text):
            if vocabulary.knows(name.text[: joint.start()]) and vocabulary.knows(name.text[joint.end() :]):
                hint = "two names are joined by an operator; `|` takes the first that is reported"
                yield Fault(
                    "E214",
                    name.span,
                    f"`{joint[1]}` stands between two known names and is read as part of one name",
                    hint,
                    "warning",
                )
                break


def unreasoned(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A rule that does not say why it holds."""
    for declaration in file.declarations:
        if isinstance(declaration, Rule) and declaration.clauses.because is None and not declaration.clauses.see:
            span = (
                declaration.span[0],
                min(
                    declaration.span[1],
                    declaration.span[0] + len(file.text[declaration.span[0] :].partition("\n")[0].rstrip()),
                ),
            )
            yield Fault("W403", span, "the rule does not say why it holds", 'add `because "..."` or `see ...`', "note")


def wide_tolerances(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A tolerance that grows with the amount instead of following from the printing."""
    for declaration in file.declarations:
        tolerance = declaration.clauses.tolerance if isinstance(declaration, (Rule, Override, Definition)) else None
        match tolerance.amount if tolerance is not None else None:
            case Amount(unit="percent") as amount:
                hint = "leave it out, or state `2 units` (of the last place) or an amount"
                yield Fault(
                    "W404",
                    amount.span,
                    "a relative tolerance lets errors pass that rounding does not explain",
                    hint,
                    "warning",
                )


def split_captions(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Two unknown names around a spaced dash or slash that together are a known caption."""
    for _, root in roots(file):
        for node, _level in nodes([root]):
            if not isinstance(node, Binary) or node.operator not in "-/":
                continue
            left = node.left.right if isinstance(node.left, Binary) else node.left
            right = node.right
            if not (isinstance(left, Name) and isinstance(right, Name)) or left.quoted or right.quoted:
                continue
            whole = f"{left.text} {node.operator} {right.text}"
            if vocabulary.knows(whole) and not vocabulary.knows(left.text) and not vocabulary.knows(right.text):
                span = (left.span[0], right.span[1])
                yield Fault(
                    "E216",
                    span,
                    f"`{whole}` is a known caption and is read as two names",
                    f'put it in quotes: "{whole}"',
                    "warning",
                    ((span, f'"{whole}"'),),
                )


LINTS: tuple[Lint, ...] = (
    near_names,
    split_captions,
    commas,
    mixed_units,
    mixed_periods,
    claimed_twice,
    swallowed,
    unreasoned,
    wide_tolerances,
    empty,
    repeated,
    *MISREADINGS,
    *UNPRINTED,
)


# ---- slips of spelling -----------------------------------------------------------------------------------------------


_MOST_NEAR = 200
"""Known names that are compared with one that is not: of more than so many that differ in the same word none is the one
that was meant."""


def _all_but_one(name: str) -> Iterator[tuple[str, ...]]:
    """The words of a name without one of them, for each of them: names that differ in one word share one of these."""
    words = name.split()
    return ((*words[:place], "", *words[place + 1 :]) for place in range(len(words)))


def _one_slip(one: str, other: str) -> bool:
    """Whether two names of as many words differ in one word, and that by one letter (two in a long word)."""
    differing = [(a, b) for a, b in zip(one.split(), other.split(), strict=True) if a != b]
    if len(differing) != 1:
        return False
    a, b = differing[0]
    if a.isdigit() or b.isdigit() or min(len(a), len(b)) < 4:
        return False
    return _distance(a, b, 2 if min(len(a), len(b)) >= 8 else 1)


def _distance(one: str, other: str, most: int) -> bool:
    """Whether at most so many letters must be put in, left out, changed, or exchanged with their neighbours."""
    if abs(len(one) - len(other)) > most:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b)))
            if before and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], before[j - 2] + 1)
        before = above
    return row[-1] <= most
