"""Lints for what authors bring along from spreadsheets, from prose and from a page not read to its end: it is well formed and means something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.core.caption import normal
from checker.core.period import MONTHS
from checker.core.rule import EACH_SEGMENT, ELSEWHERE, UNJUDGED, Amount, Each, Item, Name, Override, Relation, Rule, RuleFile, Shifted, Span, added
from checker.language.fault import Fault
from checker.language.vocabulary import Vocabulary, bare_names, roots
from checker.language.walk import names, nodes

_TIGHT = re.compile(r"(?<=[^\W_])[-/–](?=[^\W\d_])")


def tight_operators(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Two known names with an operator and no blanks between them."""
    for name in bare_names(file):
        if vocabulary.knows(name.text):
            continue
        for sign in _TIGHT.finditer(name.text):
            before, after = name.text[: sign.start()], name.text[sign.end() :]
            if vocabulary.knows(before) and vocabulary.knows(after):
                hint = f"operators stand between blanks: `{before} {sign[0]} {after}`"
                yield Fault("E217", name.span, f"`{name.text}` is read as one name", hint, "warning")
                break


_SPREADSHEET = re.compile(r"(sum|sumif|average|round|if|iferror|abs|min|max|count|median)\(.*\)", re.IGNORECASE)


def formulas(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A function of a spreadsheet, which the language takes for a caption."""
    for name in bare_names(file):
        if (found := _SPREADSHEET.fullmatch(name.text)) and not vocabulary.knows(name.text):
            hint = "write the operators; the functions are abs( min( max(, lower case, with `;` between their items"
            yield Fault("E218", name.span, f"`{found[1]}(` is no function here: `{name.text}` is read as a name", hint, "warning")


def bare_percents(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A percentage compared with a number of more than one, without its sign."""
    for _, root in roots(file):
        for node, _level in nodes([root]):
            if not isinstance(node, Relation):
                continue
            for side, other in ((node.left, node.right), (node.right, node.left)):
                percent = isinstance(side, Name) and not side.quoted and normal(side.text) in vocabulary.percents
                if percent and isinstance(other, Amount) and not other.unit and other.value > 1:
                    said = file.text[other.span[0] : other.span[1]]
                    message = f"`{said}` is compared with a percentage and means {said} times the whole"
                    yield Fault("E219", other.span, message, f"write `{said}%`", "warning")


_CELL = re.compile(r"\$?[A-Z]{1,3}\$?[1-9]\d{0,4}")


def cells(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A cell of a spreadsheet, which no page prints."""
    for name in bare_names(file):
        if _CELL.fullmatch(name.text) and not vocabulary.knows(name.text):
            yield Fault("E229", name.span, f"`{name.text}` looks like a cell and is read as a caption", "write the caption that the page prints", "warning")


def bare_amounts(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A number without a unit added to or compared with money: a page in thousands gives it two meanings, and the rule decides nothing there."""
    for _, root in roots(file):
        if not isinstance(root, Relation):
            continue
        terms = (*added(root.left), *added(root.right))
        money = any(isinstance(one, Name) and not one.quoted and _is_money(one, vocabulary) for one in terms)
        for one in terms if money else ():
            if isinstance(one, Amount) and not one.unit and not one.scaled and one.value:
                said = file.text[one.span[0] : one.span[1]].strip()
                hint = f"write `${said} thousand` for an amount, or `{said} as printed` for what the page prints"
                yield Fault("E230", one.span, f"`{said}` beside money has no unit", hint)


def _is_money(name: Name, vocabulary: Vocabulary) -> bool:
    concept = vocabulary.measured.get(normal(name.text))
    return concept is not None and concept.measure == "currency"


_OF_TIME = re.compile(
    r"q\d+|[1-4]q|h[12]|[12]h|fy ?\d*|ytd|(?:fiscal )?year to date|annual|quarterly|quarters|months|years|\d+ (?:months|weeks|quarters)|"
    r"(?:last|this|current|previous|next|first|second|third|fourth|fiscal|prior|interim)(?: fiscal)? (?:quarter|half|year|month|period)s?|"
    r"(?:one|two|four|five|seven|eight|ten|eleven|thirteen) (?:months?|weeks?)"
)
_KNOWN = re.compile(r"q[1-4]|current period|previous quarter")
"""Of these, the ones that are understood, or spoken of elsewhere."""


def words_of_time(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A word that is about time and none of those for periods: it is sought among the headings."""
    for item in _items(file):
        word = normal(item.text)
        if not item.quoted and word not in MONTHS and _OF_TIME.fullmatch(word) and not _KNOWN.fullmatch(word):
            hint = f"periods are {', '.join(MONTHS)}, Q1 to Q4, 2013, March 31, 2013; `prior` and `preceding` stand before a name; a heading goes in quotes"
            yield Fault("E225", item.span, f"`{item.text.strip()}` is no period that can be named so: it is read as a heading", hint, "warning")


def _items(file: RuleFile) -> Iterator[Item]:
    """Every word of a bracket or of an `in` clause."""
    for declaration in file.declarations:
        if isinstance(declaration, (Rule, Override)):
            yield from declaration.clauses.within
    for _, root in roots(file):
        for name in names([root]):
            yield from name.brackets


def unjudged(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """What the language can say and no run judges yet: such a rule never applies."""
    for span, text in _unjudged(file):
        two = any(text.endswith(words) for words in ELSEWHERE)
        hint = "`tieout compare` sets two documents side by side" if two else "nothing is tested by it"
        yield Fault("W405", span, f"`{text}` is not judged yet", hint, "warning")


def _unjudged(file: RuleFile) -> Iterator[tuple[Span, str]]:
    for _, root in roots(file):
        for node, _level in nodes([root]):
            if isinstance(node, Each) and node.sentence in UNJUDGED:
                yield node.span, node.sentence
            if isinstance(node, Shifted) and node.prefix in UNJUDGED:
                yield node.span, node.prefix
    judged = _each_segment(file)
    for item in _items(file):
        text = item.text.strip().replace("’", "'")
        if not item.quoted and item.span not in judged and (text.lower() in ELSEWHERE or text.lower().startswith("each ")):
            yield item.span, text


def _each_segment(file: RuleFile) -> set[Span]:
    """Where clauses say `in each segment` of relations; a sentence is not judged so, and the bracket of a name does not say it."""
    stating = (one for one in file.declarations if isinstance(one, (Rule, Override)) and not any(isinstance(each, Each) for each in one.relations))
    return {item.span for one in stating for item in one.clauses.within if item.text.strip().lower() == EACH_SEGMENT}


MISREADINGS = (tight_operators, formulas, cells, bare_percents, bare_amounts, words_of_time, unjudged)
