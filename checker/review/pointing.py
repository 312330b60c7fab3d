"""A calculation that was missed, pointed out on the page: a total, then its parts. It becomes a rule of the house, with
a specimen of made-up amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path

from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.core.rule import Rule, Rulebook
from checker.core.statement import Line, Statement
from checker.core.value import evolve, frozen
from checker.language import load, parse
from checker.language.spelling import in_quotes
from checker.report.amounts import grouped
from checker.report.differences import apart
from checker.report.html_names import Sheet
from checker.review.deciding import Json, state, text
from checker.review.session import Session, Wrong
from checker.workshop.drafting import SPELLINGS, Candidate, rule_of, slug
from checker.workshop.page import KINDS as PAGE_KINDS
from checker.workshop.page import Block, Expected, Specimen
from checker.workshop.specimens import tried

_MOST_PARTS = 60
_MOST_SOUGHT = 12
"""Parts up to which signs are sought: so many have 4,096 ways to stand."""
_HOLDS = ("agrees", "rounding")


@frozen
class _Spot:
    """A figure with the sign that it has in the calculation, and where it stands."""

    figure: Figure
    sign: int
    line: Line
    statement: Statement


@frozen
class _Ruled:
    """A rule that says the calculation, and what it says of the release."""

    text: str
    rule: Rule
    finding: Finding
    signs: tuple[int, ...]


def suggest(session: Session, asked: Json) -> Json:
    """The signs with which the calculation holds, where nobody chose others, and whether it does."""
    session.current(asked.get("revision"))
    total, parts = _pointed(session.sheet(), asked)
    right = sum((one.sign * _amount(one.figure) for one in parts), Fraction(0))
    off = _amount(total.figure) - right
    holds = abs(off) <= _allowance([total, *parts])
    return {
        "signs": [one.sign for one in parts],
        "holds": holds,
        "difference": "" if holds else grouped(off / Fraction(total.figure.scale)),
    }


def add(session: Session, asked: Json) -> Json:
    """The calculation as a rule in the file of the house, its specimen on the page beside it, and the release judged
    with it at once."""
    session.current(asked.get("revision"))
    by = text(asked, "by")
    if not by:
        raise Wrong("Say who pointed it out.")
    total, parts = _pointed(session.sheet(), asked)
    house = session.asked.house
    page = house.with_suffix(".md")
    rules_before, page_before = _text(house), _text(page)
    name = _free(slug(total.line.caption), rules_before, house.stem)
    ruled = _ruled(session, (total, parts), name, by)
    session.written(house, _appended(rules_before, ruled.text))
    specimen = _specimen(
        total, [evolve(one, sign=sign) for one, sign in zip(parts, ruled.signs, strict=True)], ruled.rule
    )
    if specimen:
        session.written(
            page,
            _appended(
                page_before or f"# {house.stem.capitalize()}\n\nCalculations that were pointed out in reviews.\n",
                specimen,
            ),
        )
    session.rule_by(house)
    before = session.shown.revision
    session.judge()
    if session.shown.revision == before:
        wrong = "; ".join(session.shown.trouble)
        session.written(house, rules_before)
        session.settle()
        raise Wrong(f"The rule was not added: {wrong}")
    off = "" if ruled.finding.verdict in _HOLDS else f"; it is off by {apart(ruled.finding)}"
    return {
        **state(session),
        "added": f"{ruled.rule.id} in {house.as_posix()}{off}{'' if specimen else '; without a specimen'}",
    }


# ---- what was pointed at ---------------------------------------------------------------------------------------------


def _pointed(sheet: Sheet, asked: Json) -> tuple[_Spot, Sequence[_Spot]]:
    """The total and its parts with their signs. Wrong: they are no figures of tables, or do not belong together."""
    listed = asked.get("parts")
    if not isinstance(listed, list) or not 0 < len(listed) <= _MOST_PARTS:
        raise Wrong("Point at the total, then at its parts.")
    total = _spot(sheet, text(asked, "total"), 1)
    parts = [_spot(sheet, str(one[0]), _sign(one[1])) for one in listed if isinstance(one, list) and len(one) == 2]
    names = [total.figure.id, *(one.figure.id for one in parts)]
    if len(parts) != len(listed) or len(set(names)) != len(names):
        raise Wrong("Each figure stands once in a calculation.")
    for one in parts:
        if one.statement.index != total.statement.index and one.figure.period != total.figure.period:
            raise Wrong(f"{one.line.caption} is of another period than {total.line.caption}.")
        if one.statement.index == total.statement.index and _column(one) != _column(total):
            raise Wrong(f"{one.line.caption} stands in another column than {total.line.caption}.")
        if one.figure.unit != total.figure.unit:
            raise Wrong(f"{one.line.caption} is measured otherwise than {total.line.caption}.")
    return total, _signed(total, parts)


def _spot(sheet: Sheet, anchor: str, sign: int) -> _Spot:
    figure = next((one for one in sheet.checked.figures if sheet.anchors[one.id] == anchor), None)
    statement = sheet.homes.get(figure.id) if figure is not None else None
    if figure is None or statement is None or figure.value is None:
        raise Wrong("Point at figures of tables: what stands in sentences has no line of its own.")
    line = next(
        one for one in statement.lines if any(there is not None and there.id == figure.id for there in one.figures)
    )
    if not line.caption.strip():
        raise Wrong("A line without a caption cannot be named in a rule.")
    return _Spot(figure, sign, line, statement)


def _sign(value: object) -> int:
    return value if isinstance(value, int) and value in (1, -1) else 0


def _column(one: _Spot) -> int:
    return next(at for at, there in enumerate(one.line.figures) if there is not None and there.id == one.figure.id)


def _signed(total: _Spot, parts: Sequence[_Spot]) -> Sequence[_Spot]:
    """The parts with signs: those that were chosen, and for the others those with which the total is met best; all are
    added where none meet it."""
    free = [at for at, one in enumerate(parts) if not one.sign]
    given = [evolve(one, sign=one.sign or 1) for one in parts]
    if not free or len(free) > _MOST_SOUGHT:
        return given
    amounts = [_amount(one.figure) for one in given]
    fixed = _amount(total.figure) - sum(
        (one.sign * amounts[at] for at, one in enumerate(given) if at not in free), Fraction(0)
    )
    ways = sorted(product((1, -1), repeat=len(free)), key=lambda way: way.count(-1))
    best = min(
        ways,
        key=lambda way: abs(fixed - sum((sign * amounts[at] for sign, at in zip(way, free, strict=True)), Fraction(0))),
    )
    if abs(fixed - sum((sign * amounts[at] for sign, at in zip(best, free, strict=True)), Fraction(0))) > _allowance(
        [total, *parts]
    ):
        return given
    chosen = dict(zip(free, best, strict=True))
    return [evolve(one, sign=chosen.get(at, one.sign)) for at, one in enumerate(given)]


def _amount(figure: Figure) -> Fraction:
    return Fraction(figure.value or 0)


def _allowance(spots: Sequence[_Spot]) -> Fraction:
    """What rounding explains of a difference: half a step of each figure."""
    return sum((Fraction(one.figure.step) for one in spots), Fraction(0)) / 2


# ---- the rule --------------------------------------------------------------------------------------------------------


def _ruled(session: Session, pointed: tuple[_Spot, Sequence[_Spot]], name: str, by: str) -> _Ruled:
    """The first way to write it that binds to these very figures and holds; else the first that binds to them. Wrong:
    none does.

    Who points at some lines means these: where others stand between them, the rule says so, or it would prove nothing.
    """
    total, parts = pointed
    wanted = {total.figure.id, *(one.figure.id for one in parts)}
    same = all(one.statement.index == total.statement.index for one in parts)
    failing: list[_Ruled] = []
    why = ""
    for signs in _ways(parts):
        terms = tuple((sign, one.line) for sign, one in zip(signs, parts, strict=True))
        for spell, meant in product(SPELLINGS, (False, True)):
            statement = total.statement if same else evolve(total.statement, kind=None)
            said = f"pointed out in a review by {_quotable(by)}"
            written = rule_of(Candidate(name, statement, total.line, terms, because=said, these_are_meant=meant), spell)
            read = parse(written, session.asked.house.as_posix(), session.asked.house.stem)
            own = tuple(one for one in read.declarations if isinstance(one, Rule))
            if read.problems or len(own) != 1:
                continue
            book: Rulebook = evolve(load([], shipped=False), rules=own)
            for finding in session.asked.judge(book).findings:
                found = {one.id for one in finding.check.figures}
                if finding.verdict == "not applicable":
                    why = why or finding.reason or ""
                elif found == wanted and (meant or not finding.check.passed_over):
                    done = _Ruled(written, own[0], finding, signs)
                    if finding.verdict in _HOLDS:
                        return done
                    failing.append(done)
    if failing:
        return failing[0]
    raise Wrong(f"No rule made of these captions finds these figures{f': {why}' if why else ''}.")


def _ways(parts: Sequence[_Spot]) -> Iterator[tuple[int, ...]]:
    """The signs as they are, and with those turned whose figures print a minus: a rule may read them by their
    nature."""
    plain = tuple(one.sign for one in parts)
    yield plain
    turned = tuple(-one.sign if _amount(one.figure) < 0 else one.sign for one in parts)
    if turned != plain:
        yield turned


def _quotable(words: str) -> str:
    return in_quotes("".join(one for one in words if one.isprintable()))[1:-1]


def _free(name: str, rules: str, stem: str) -> str:
    """The name, with a number where the file has a rule of that name."""
    taken = {one.id for one in parse(rules, "", stem).declarations if isinstance(one, Rule)}
    number = 1
    while f"{stem}/{name if number == 1 else f'{name}-{number}'}" in taken:
        number += 1
    return name if number == 1 else f"{name}-{number}"


def _text(path: Path) -> str:
    """What a file holds; nothing where there is none."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _appended(before: str, more: str) -> str:
    return f"{before.rstrip()}\n\n{more}" if before.strip() else more


# ---- its specimen ----------------------------------------------------------------------------------------------------


def _specimen(total: _Spot, parts: Sequence[_Spot], rule: Rule) -> str:
    """A section for the page with a small statement of made-up amounts, two columns that agree and one that does not;
    empty where it says otherwise."""
    name = rule.id.rpartition("/")[2]
    kind = (total.statement.kind or "").replace(" ", "-")
    kind = kind if kind in PAGE_KINDS else "notes"
    if any(one.statement.index != total.statement.index for one in parts):
        return ""
    book = evolve(load([], shipped=False), rules=(rule,))
    for years in ((2013, 2012, 2011), (2013, 2012)):
        lines = tuple(_printed([total, *parts], years))
        expected = tuple(Expected(name, str(year), "violation" if year == 2011 else "agrees") for year in years)
        made = Specimen(Path(rule.path), 1, name, (Block(lines, kind),), expected)
        if tried(made, book).agrees:
            findings = "\n".join(str(one) for one in expected)
            about = "Pointed out in a review. The amounts are made up."
            return (
                f"## {name}\n\n{about}\n\n```statement kind={kind}\n"
                + "\n".join(lines)
                + f"\n```\n```findings\n{findings}\n```\n"
            )
    return ""


def _printed(spots: Sequence[_Spot], years: Sequence[int]) -> Iterator[str]:
    """The lines of the specimen in the order of the statement, each under its section, with the signs that the release
    prints."""
    total, *parts = spots
    columns: list[Mapping[str, int]] = []
    for year in years:
        at = {
            one.figure.id: (1000 * (number + 2) + 37 * number + (year - 2000)) * (-1 if _amount(one.figure) < 0 else 1)
            for number, one in enumerate(parts)
        }
        met = sum(one.sign * at[one.figure.id] for one in parts)
        columns.append({**at, total.figure.id: met + (210 if year == 2011 else 0)})
    ordered = sorted(spots, key=lambda one: one.line.index)
    width = max(len(_caption(one)) for one in spots) + 2
    yield " " * width + "".join(f"{year:>10}" for year in years)
    section = ""
    for one in ordered:
        above = " ".join(one.line.under[-1].split()) if one.line.under else ""
        if above and above != section:
            yield above.rstrip(":") + ":"
        section = above or section
        yield _caption(one).ljust(width) + "".join(f"{_shown(column[one.figure.id]):>10}" for column in columns)


def _caption(one: _Spot) -> str:
    return " ".join(one.line.caption.split())


def _shown(amount: int) -> str:
    return f"({-amount:,})" if amount < 0 else f"{amount:,}"
