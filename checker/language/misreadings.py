"""Lints for what authors bring along from spreadsheets, from prose and from a page not read to its end: it is well
formed and means something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from checker.core.caption import normal
from checker.core.period import MONTHS
from checker.core.rule import (
    EACH_SEGMENT,
    ELSEWHERE,
    UNJUDGED,
    Amount,
    Binary,
    Call,
    Definition,
    Each,
    Either,
    Expr,
    Item,
    Name,
    Negative,
    Optional,
    Override,
    Relation,
    Rule,
    RuleFile,
    Shifted,
    Span,
    added,
)
from checker.language.fault import Fault
from checker.language.slips import SHORT_SCALES
from checker.language.vocabulary import Vocabulary, bare, bare_names, roots
from checker.language.walk import Node, names, nodes

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
                fix = ((bare(name, file.text), f"{before} {sign[0]} {after}"),)
                yield Fault("E217", name.span, f"`{name.text}` is read as one name", hint, "warning", fix)
                break


_SPREADSHEET = re.compile(
    r"(sum|sumif|average|avg|mean|round|if|iferror|abs|min|max|count|median)\((.*)\)", re.IGNORECASE
)
_TO_WRITE = {
    "average": "the mean of a balance is `(opening X + closing X) / 2`",
    "if": "a condition is a line of its own below the relation, `when X > 0`",
    "iferror": "what may be missing takes a question mark: `X?` is zero where none is reported",
    "round": "nothing has to be rounded: a printed amount stands for all that it may have been rounded from",
}


def formulas(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A function of a spreadsheet, which the language takes for a caption."""
    for name in bare_names(file):
        if (found := _SPREADSHEET.fullmatch(name.text)) and not vocabulary.knows(name.text):
            hint = "write the operators; the functions are abs( min( max(, lower case, with `;` between their items"
            hint = _TO_WRITE.get({"avg": "average", "mean": "average"}.get(found[1].lower(), found[1].lower()), hint)
            if ":" in found[2]:
                hint = "there are no ranges: each line has its name, under `sum of` one signed line each"
            written = _written_out(found[1].lower(), found[2], vocabulary)
            fix = ((bare(name, file.text), written),) if written else ()
            yield Fault(
                "E218",
                name.span,
                f"`{found[1]}(` is no function here: `{name.text}` is read as a name",
                hint,
                "warning",
                fix,
            )


def _written_out(function: str, inside: str, vocabulary: Vocabulary) -> str:
    """What a function of a spreadsheet comes to, where all its names are known; else empty."""
    names = [one.strip() for one in (inside.split(";") if ";" in inside else inside.split(","))]
    if not all(vocabulary.knows(one) for one in names):
        names = [inside.strip()] if vocabulary.knows(inside) else []
    if function == "sum" and len(names) > 1:
        return f"({' + '.join(names)})" if len(names) > 1 else ""
    if function in ("average", "avg", "mean") and len(names) == 1:
        return f"((opening {names[0]} + closing {names[0]}) / 2)"
    if function in ("min", "max") and len(names) > 1:
        return f"{function}({'; '.join(names)})"
    if function == "abs" and len(names) == 1:
        return f"abs({names[0]})"
    return ""


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
                    yield Fault("E219", other.span, message, f"write `{said}%`", "warning", ((other.span, f"{said}%"),))


_CELL = re.compile(r"\$?[A-Z]{1,3}\$?[1-9]\d{0,4}")


def cells(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A cell of a spreadsheet, which no page prints."""
    for name in bare_names(file):
        if _CELL.fullmatch(name.text) and not vocabulary.knows(name.text):
            yield Fault(
                "E229",
                name.span,
                f"`{name.text}` looks like a cell and is read as a caption",
                "write the caption that the page prints",
                "warning",
            )


def bare_amounts(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A number without a unit added to or compared with money: a page in thousands gives it two meanings, and the rule
    decides nothing there."""
    for _, root in roots(file):
        terms = _set_side_by_side(root)
        money = any(isinstance(one, Name) and not one.quoted and _is_money(one, vocabulary) for one in terms)
        for one in terms if money else ():
            if isinstance(one, Amount) and not one.unit and not one.scaled and one.value:
                said = file.text[one.span[0] : one.span[1]].strip()
                hint = f"write `${said} thousand` for an amount, or `{said} as printed` for what the page prints"
                scale = vocabulary.page.scale if vocabulary.page is not None else ""
                fix = ((one.span, f"{said} {scale}"),) if scale else ()
                hint = f"the release is in {scale}s: `{said} {scale}`, or `{said} as printed`" if scale else hint
                yield Fault("E230", one.span, f"`{said}` beside money has no unit", hint, fix=fix)


def _set_side_by_side(root: Node) -> Sequence[Amount | Name]:
    """What a relation or the expression of a definition adds or compares."""
    match root:
        case Relation():
            return (*added(root.left), *added(root.right))
        case Binary() | Call() | Negative() | Optional() | Shifted() | Either():
            return tuple(added(root))
        case _:
            return ()


def _is_money(name: Name, vocabulary: Vocabulary) -> bool:
    concept = vocabulary.measured.get(normal(name.text))
    return concept is not None and concept.measure == "currency"


_OF_TIME = re.compile(
    r"q\d+|[1-4]q|h[12]|[12]h|fy ?\d*|ytd|(?:fiscal )?year to date|annual|quarterly|quarters|months|years|"
    r"\d+ (?:months|weeks|quarters)|(?:last|this|current|previous|next|first|second|third|fourth|fiscal|prior|"
    r"interim)(?: fiscal)? (?:quarter|half|year|month|period)s?|(?:one|two|four|five|seven|eight|ten|eleven|"
    r"thirteen) (?:months?|weeks?)"
)
_KNOWN = re.compile(r"q[1-4]|current period|previous quarter")
"""Of these, the ones that are understood, or spoken of elsewhere."""


def words_of_time(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A word that is about time and none of those for periods: it is sought among the headings."""
    for item in _items(file):
        word = normal(item.text)
        if not item.quoted and word not in MONTHS and _OF_TIME.fullmatch(word) and not _KNOWN.fullmatch(word):
            hint = (
                f"periods are {', '.join(MONTHS)}, Q1 to Q4, 2013, March 31, 2013; `prior` and `preceding` stand "
                "before a name; a heading goes in quotes"
            )
            yield Fault(
                "E225",
                item.span,
                f"`{item.text.strip()}` is no period that can be named so: it is read as a heading",
                hint,
                "warning",
            )


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
        if (
            not item.quoted
            and item.span not in judged
            and (text.lower() in ELSEWHERE or text.lower().startswith("each "))
        ):
            yield item.span, text


def _each_segment(file: RuleFile) -> set[Span]:
    """Where clauses say `in each segment` of relations; a sentence is not judged so, and the bracket of a name does not
    say it."""
    stating = (
        one
        for one in file.declarations
        if isinstance(one, (Rule, Override)) and not any(isinstance(each, Each) for each in one.relations)
    )
    return {item.span for one in stating for item in one.clauses.within if item.text.strip().lower() == EACH_SEGMENT}


_TIMES = re.compile(r" [x×] ")


def letters_for_times(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """An `x` between two names, which multiplies nothing."""
    for name in bare_names(file):
        found = _TIMES.search(name.text)
        if found is None or vocabulary.knows(name.text):
            continue
        before, after = name.text[: found.start()], name.text[found.end() :]
        fix = (
            ((bare(name, file.text), f"{before} * {after}"),)
            if vocabulary.knows(before) or vocabulary.knows(after)
            else ()
        )
        yield Fault(
            "E231",
            name.span,
            f"`x` is read as part of the name `{name.text}`",
            f"write `{before} * {after}`",
            "warning",
            fix,
        )


_EARLIER = re.compile(
    r"(?:(?P<prior>(?:last|prior|previous|preceding) (?:fiscal )?year(?:'s|’s)?|py|prior(?: year)?(?: period)?)|"
    r"(?P<preceding>(?:last|prior|previous) (?:quarter|period|month)(?:'s|’s)?|pq|preceding)|"
    r"(?P<opening>beginning|opening)|(?P<closing>ending|closing)) (?=\S)",
    re.IGNORECASE,
)


def words_for_periods(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """`last year Revenues`, `Prior Revenues`: words that mean another period, and are read as part of a name."""
    for name in bare_names(file):
        found = _EARLIER.match(name.text)
        if found is None or vocabulary.knows(name.text) or not vocabulary.knows(rest := name.text[found.end() :]):
            continue
        word = next(word for word, said in found.groupdict().items() if said)
        start = name.span[0]
        fix = (((start, start + found.end()), f"{word} "),)
        message = f"`{found[0].strip()}` is read as part of the name `{name.text}`"
        yield Fault("E232", name.span, message, f"write `{word} {rest}`", "warning", fix)

    for _, root in roots(file):
        for node, _level in nodes([root]):
            operand = node.operand if isinstance(node, Shifted) and node.prefix in ("prior", "preceding") else None
            if (
                not isinstance(node, Shifted)
                or not isinstance(operand, Name)
                or operand.quoted
                or vocabulary.knows(operand.text)
            ):
                continue
            found = _UNIT_OF_TIME.match(operand.text)
            if found is not None and vocabulary.knows(rest := operand.text[found.end() :]):
                word = "prior" if found[1].lower().startswith("year") else "preceding"
                stretch = (node.span[0], operand.span[0] + found.end())
                yield Fault(
                    "E232",
                    node.span,
                    f"`{found[0].strip()}` is read as part of a name",
                    f"write `{word} {rest}`",
                    "warning",
                    ((stretch, f"{word} "),),
                )


_UNIT_OF_TIME = re.compile(r"((?:fiscal )?years?|quarters?|periods?|months?)(?:'s|’s)? (?=\S)", re.IGNORECASE)
_CALLED = {
    "income statement": (
        "p l|p and l|p&l|pl|pnl|i s|is|profit and loss|profit and loss account|operations|earnings|statement of"
        " operations|statements of operations|statement of income|statement of earnings"
    ),
    "balance sheet": "b s|bs|balance|balance sheets|financial position|statement of financial position",
    "cash flow": "c f|cf|cfs|cash flows|cash flow statement|statement of cash flows",
    "reconciliation": "recon|reconciliations|non gaap reconciliation",
    "segments": "segment|segment table|segment note",
}
_STATEMENTS = {called: word for word, others in _CALLED.items() for called in others.split("|")}
_MEANT = (
    "income statement",
    "balance sheet",
    "cash flow",
    "equity",
    "comprehensive income",
    "segments",
    "reconciliation",
    "notes",
    "full year",
    "as printed",
)


def _misspelt(item: Item) -> str | None:
    """The word that this one is but for a slip of the hand."""
    said = normal(item.text)
    if said in _MEANT or said in MONTHS or _KNOWN.fullmatch(said):
        return None
    return next(iter(get_close_matches(said, _MEANT, 1, _SLIP)), None)


_SLIP = 0.88
"""How alike a word and one that brackets know are, at least, for the first to be the second with a slip."""


def words_for_statements(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """`Net income[P&L]`, `Net income (income statement)`: a statement that is called otherwise, or by brackets of
    another kind."""
    for item in _items(file):
        word = _STATEMENTS.get(normal(item.text)) or _STATEMENTS.get(item.text.strip().casefold()) or _misspelt(item)
        if word and not item.quoted and normal(item.text) not in vocabulary.printed:
            said = item.text.strip()
            message = f"`{said}` names no statement: it is read as a heading"
            start = (
                item.span[0]
                + len(file.text[item.span[0] : item.span[1]])
                - len(file.text[item.span[0] : item.span[1]].lstrip())
            )
            yield Fault(
                "E233", item.span, message, f"write `[{word}]`", "warning", (((start, start + len(said)), word),)
            )
    for name in bare_names(file):
        found = re.fullmatch(r"(.*\S) ?\(([^()]+)\)", name.text)
        if found is None or name.brackets or normal(found[0]) in vocabulary.printed:
            continue
        inside = normal(found[2])
        word = inside if inside in _MEANT or inside in MONTHS or _KNOWN.fullmatch(inside) else _STATEMENTS.get(inside)
        if word:
            written = f"{found[1]}[{word}]"
            message = f"`({found[2]})` is read as part of the name `{name.text}`"
            yield Fault(
                "E233",
                name.span,
                message,
                f"square brackets narrow a name: `{written}`",
                "warning",
                ((bare(name, file.text), written),),
            )


_WHOLES = frozenset({"revenues", "net sales", "total revenues", "total assets", "total liabilities and equity"})


def shares_of_a_whole(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """`Gross profit / Revenues >= 35`, `>= 0.35%`, `>= $0.35`: a share of a whole compared with what is probably no
    share of it."""
    for _, root in roots(file):
        for node, _level in nodes([root]):
            if not isinstance(node, Relation):
                continue
            for side, other in ((node.left, node.right), (node.right, node.left)):
                if not (_is_share(side, vocabulary) and isinstance(other, Amount) and other.value):
                    continue
                said = file.text[other.span[0] : other.span[1]].strip()
                digits = re.sub(r"[^\d.]", "", said)
                if other.unit == "percent" and other.value < 1:
                    message = f"`{said}` of a whole is less than one in a hundred"
                    yield Fault(
                        "E234",
                        other.span,
                        message,
                        f"write `{other.value * 100}%` or `{digits}` where that is meant",
                        "warning",
                    )
                elif not other.unit and not other.scaled and other.value >= 5:
                    message = f"`{said}` is compared with a share of a whole and means {said} times the whole"
                    yield Fault("E234", other.span, message, f"write `{said}%`", "warning", ((other.span, f"{said}%"),))
                elif other.unit == "currency":
                    message = f"a share of a whole is no money: `{said}`"
                    yield Fault(
                        "E234",
                        other.span,
                        message,
                        f"write `{digits}` without the sign",
                        "warning",
                        ((other.span, digits),),
                    )


def _is_share(side: Expr, vocabulary: Vocabulary) -> bool:
    match side:
        case Binary(operator="/", left=Name() as part, right=Name() as divisor):
            whole = vocabulary.concepts.get(normal(divisor.text))
            money = _is_money(part, vocabulary) or normal(part.text) in vocabulary.printed
            return money and whole is not None and normal(whole.name) in _WHOLES and not divisor.quoted
        case _:
            return _grows(side)


def _grows(side: Expr) -> bool:
    """`(X - prior X) / prior X`, `X / prior X - 1`: growth, which is a share of what there was before."""
    match side:
        case Binary(operator="/", left=Binary(operator="-", left=Name() as now, right=Shifted(operand=Name() as then))):
            return now.text == then.text and isinstance(side.right, (Shifted, Call))
        case Binary(operator="-", left=Binary(operator="/", left=Name() as now), right=Amount(value=one)):
            before = side.left.right if isinstance(side.left, Binary) else None
            past = before.operand if isinstance(before, Shifted) else None
            return one == 1 and isinstance(past, Name) and past.text == now.text
        case _:
            return False


_LABEL = re.compile(r"(relation|formula|check|equation|test|rule|define|concept|when|because): +(?=\S)")


def labels(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """`relation: Gross profit = ...`: a label as other files have it, read as part of a name."""
    for name in bare_names(file):
        found = _LABEL.match(name.text)
        if found is None or vocabulary.knows(name.text):
            continue
        start = name.span[0]
        drop = found[1] in ("relation", "formula", "check", "equation", "test")
        fix = (((start, start + found.end()), ""),) if drop else ()
        hint = "a relation stands on its line alone" if drop else f"`{found[1]}` begins its line and takes no colon"
        yield Fault("E235", name.span, f"`{found[1]}:` is read as part of the name `{name.text}`", hint, "warning", fix)


def concepts_defined(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A definition that takes the name of a concept: from there on the name means what is computed."""
    for one in file.declarations:
        concept = (
            vocabulary.concepts.get(normal(one.name))
            if isinstance(one, Definition) and not one.shipped and not one.parameter
            else None
        )
        if isinstance(one, Definition) and concept is not None and normal(concept.name) == normal(one.name):
            line = file.text[one.span[0] : one.span[1]].partition("\n")[0].rstrip()
            message = (
                f"`{one.name}` is a line that statements print: rules that name it mean what is computed here, "
                "and every place that prints it is checked"
            )
            hint = f"the printed figure is `{one.name}[as printed]`; where a check is all that is meant, write a rule"
            yield Fault("W406", (one.span[0], one.span[0] + len(line)), message, hint, "note")


_SO_MUCH = re.compile(r"(.*\S) ?± ?(\S.*)")


def allowances_as_names(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """`Total = Cash ± $2 million`: a tolerance that is read as part of a caption."""
    for name in bare_names(file):
        found = _SO_MUCH.fullmatch(name.text)
        if found is not None and not vocabulary.knows(name.text) and normal(name.text) not in vocabulary.printed:
            hint = f"a tolerance is a clause of its own below the relation: `tolerance {found[2]}`"
            yield Fault("E231", name.span, f"`±` is read as part of the name `{name.text}`", hint, "warning")


_SIGNS = {"usd": "$", "us$": "$", "eur": "€", "gbp": "£", "jpy": "¥", "yen": "¥"}
_MONEY = re.compile(
    (
        r"(usd|us\$|eur|gbp|jpy|yen|chf|cad|aud|hk\$|c\$|a\$|nok|sek|dkk) ?(\d[\d,.]*)( (?:thousand|million|"
        r"billion|trillion)| ?(?:mn?|mm|mio|mln|k|bn|tn))?"
    ),
    re.IGNORECASE,
)


def money_as_names(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """`usd 3 million` and `EUR 100m`, which are read as captions."""
    for name in bare_names(file):
        found = _MONEY.fullmatch(name.text)
        if found is not None and not vocabulary.knows(name.text):
            sign = _SIGNS.get(found[1].lower(), f"{found[1].upper()} ")
            scale = (found[3] or "").strip()
            written = " ".join(filter(None, (f"{sign}{found[2]}", SHORT_SCALES.get(scale.lower(), scale))))
            hint = f"write `{written}`"
            fix = ((bare(name, file.text), written),)
            yield Fault("E157", name.span, f"`{name.text}` is read as a name", hint, "warning", fix)


MISREADINGS = (
    *(
        tight_operators,
        formulas,
        cells,
        bare_percents,
        bare_amounts,
        words_of_time,
        unjudged,
        letters_for_times,
        words_for_periods,
    ),
    *(words_for_statements, shares_of_a_whole, labels, concepts_defined, money_as_names, allowances_as_names),
)
