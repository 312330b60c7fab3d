"""Statements that a wire service flattened into running text become tables again, as far as that is decidable.

A heading of two or more years tells how many figures follow each caption; where the captions of a stretch keep to that
count, its rows are rebuilt. Where they do not, the text is left alone and the caller is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, islice, pairwise

from checker.core.document import Row, Table
from checker.core.value import evolve, frozen
from checker.lexicon import time
from checker.read import glued, ordered
from checker.read.ordered import FEWEST, MOST_COLUMNS, Placed, Record
from checker.read.source import Text

_GLUED_YEARS = "|".join(rf"(?<=\b{'(?:19|20)[0-9][0-9]' * count})" for count in range(1, 6))
"""Years that follow others without a blank: "2025202420252024"."""
_TOKEN = re.compile(
    rf"(?=[{time.STARTS}a($\\\d—–-])(?:"  # what a token can begin with: most characters are passed over so
    rf"(?P<phrase>(?:For the )?{time.SPAN}(?: Periods?)? Ended(?:\s{{0,9}}{time.DAY})?"
    rf"|(?:\b|(?<=of))As (?:of|at)(?:\b|(?=As ))(?:\s+{time.DAY})?)"
    rf"|(?P<day>(?:\b|(?<=ended)|(?<=\b(?:19|20)\d\d)){time.DAY})"
    rf"|(?P<year>(?:(?<![\d.$(])|{_GLUED_YEARS})(?:19|20)\d\d(?:(?![\d,.%)]|-)|(?=(?:(?:19|20)\d\d){{1,5}}(?!\d))))"
    r"|(?P<figure>(?<![\d.,/\w-])(?=[($\\\d-])(?!(?<=\))-\s)\(?\s?\\?\$?\s{0,60}[(-]?\s?\d[\d,]{0,30}(?:\.\d{1,9})?(?:\s{0,6}\))?\s?%?(?![\d/]|-\w)"
    r"|(?<=[A-Za-z)\]:;’'®™])\(?\\?\$\s{0,60}\(?\s?(?:\d[\d,]{0,30}(?:\.\d{1,9})?|[—–-])(?:\s{0,6}\))?%?"
    r"|(?<=[A-Za-z)\]:;’'®™])(?<![A-Z]-)\(?\d{1,3}(?:,\d{3}){1,8}(?:\s{0,6}\))?)"
    r"|(?P<dash>(?<=[\s$])(?:\\?\$\s{0,60})?(?:[—–-]{1,2})(?=\s|$|\$|\())"
    r"|(?P<dash2>(?:(?<=[\d)—–-]\s)|(?<=\s\s))[—–-]{1,2}(?=[A-Z])|(?<=[A-Za-z)])[—–-](?=\s?(?:\d{1,3}(?:,\d{3}){1,8}(?![\d,])|\(\d[\d,]{0,30}\))))"
    r"|(?P<figure2>(?<=\s[—–-])\(\$?\s?\d[\d,]{0,30}(?:\.\d{1,9})?\s?\)%?|(?<=[A-Za-z)][—–-])(?:\d{1,3}(?:,\d{3}){1,8}(?![\d,])|\(\d[\d,]{0,30}\))))",
    re.IGNORECASE,
)
_LAST_DAY = re.compile(rf"{time.DAY}\s*$", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s{0,3}(?:(?:and|or)\s{1,3}\d[\d,]{0,30}\s{1,3})?(?:shares|units|authorized|issued|outstanding)\b", re.IGNORECASE
)
"""What follows a count of shares inside a caption: "5,000,000 shares authorized", "0 issued"."""
_VALUED = re.compile(r"\b(?:par|stated|face) value (?:of )?\\?$", re.IGNORECASE)
"""What stands before the value of one share inside a caption."""
_YEAR = re.compile(r"(?:19|20)\d\d[,.]?\s*")
_DIGITS = re.compile(r"\d[\d,.]*|(?<=[\s$])[—–-]")
"""There are no more figures and dashes in a text than it has of these."""
_BETWEEN = re.compile(
    r"[\s\\$]*(?:\((?:un)?audited\)|\*+|Notes?|%|(?:% ?)?(?:change|variance))?[\s\\$]*", re.IGNORECASE
)
_CHANGE = re.compile(r"(?:[$%] ?)?(?:change|variance)(?: ?[$%])?", re.IGNORECASE)
_PARTS = re.compile(r"(?<=[A-Za-z)]:)\s*(?=\S)|\s{2,}|\n")
_NOTE = re.compile(r"\bNotes?$", re.IGNORECASE)
_SMALL = re.compile(r"\(?\d{1,2}\)?")
_LETTERS = re.compile(r"[A-Za-z]")
_NAMING = ("phrase", "day", "year")
_HEADING_OVER = re.compile(
    r"(?P<outer>Assets|ASSETS|Liabilities (?:and|&) [\w'’() ]{0,40}?(?:Equity|equity|Deficit|deficit|Deficiency|"
    r"deficiency)|LIABILITIES (?:AND|&) [\w'’() ]{0,40}?(?:EQUITY|DEFICIT|DEFICIENCY)(?: \(DEFICIT\))?|"
    r"Other (?:[Ii]ncome|[Ee]xpenses?) \((?:[Ee]xpenses?|[Ii]ncome|[Ll]oss)\))\s*(?=[A-Z][a-z])"
)
"""Headings that stand over other headings in every statement."""
_LONGEST_CAPTION = 260
"""Characters of a caption; twice as many are running text."""
_LONGEST_STUB_HEAD = 40
"""Characters of the head over the captions."""
_SHORTEST_STATEMENT = 200
"""Characters of the shortest statement."""
_MOST_DOUBTFUL = 3
"""Captions in a row whose figures keep to no count: what comes after is another text."""

Stretch = tuple[int, int]


@frozen
class Token:
    """A piece of running text: `text`, `phrase` ("three months ended"), `day`, `year`, `figure` or `dash`."""

    kind: str
    start: int
    end: int


@frozen
class Rebuilt:
    """A table and the stretch of the source that prints it. `doubtful` counts captions whose figures could not be told
    apart."""

    table: Table
    start: int
    end: int
    doubtful: int


@frozen
class Heading:
    """A cluster of phrases, days and years: how many columns it names, and its rows of heads."""

    first: int
    stop: int
    columns: int
    rows: tuple[tuple[Placed, ...], ...]
    change: Token | None = None
    """The head of columns that it does not date."""


def looks_flattened(text: str) -> bool:
    """Whether a paragraph is dense with figures and names years side by side, as a flattened statement does."""
    return _figures(text, max(8, len(text) // 60 + 1))


def is_statement(text: str) -> bool:
    """Whether a paragraph holds so many figures that it must be a statement (prose never does)."""
    return len(text) >= _SHORTEST_STATEMENT and _figures(text, max(16, len(text) // 25 + 1))


def _figures(text: str, least: int) -> bool:
    """Whether a text holds so many figures and dashes; one without so many digits and strokes need not be read for
    them."""
    if len(_DIGITS.findall(text)) < least:
        return False
    figures = (found for found in _TOKEN.finditer(text) if str(found.lastgroup).startswith(("figure", "dash")))
    return next(islice(figures, least - 1, None), None) is not None


def rebuild(source: Text, stretches: Sequence[Stretch]) -> list[Rebuilt]:
    """The tables that neighbouring stretches of running text print, in order."""
    tokens = _tokens(source.text, stretches)
    headings = _headings(source.text, tokens)
    found: list[Rebuilt] = []
    for number, heading in enumerate(headings):
        stop = headings[number + 1].first if number + 1 < len(headings) else len(tokens)
        if _hides_notes(source.text, tokens, (heading, stop)):
            continue
        made = _body(source, tokens[heading.stop : stop], _widened(tokens[heading.stop : stop], heading))
        if made is not None:
            found.append(Rebuilt(made[0], tokens[heading.first].start, made[1], made[2]))
    return found


def _hides_notes(text: str, tokens: Sequence[Token], below: tuple[Heading, int]) -> bool:
    """Whether a column of notes stood before the figures of a heading, and those are glued to their captions: "Finance
    expense42,416" is 42,416, or 2,416 in note 4.
    """
    heading, stop = below
    head = tokens[heading.first - 1] if heading.first else None
    if head is None or not _NOTE.search(text[head.start : head.end]):
        return False
    firsts = [two for one, two in pairwise(tokens[heading.stop : stop]) if one.kind == "text" and two.kind == "figure"]
    return 2 * sum(1 for token in firsts if text[token.start - 1].isalpha()) > len(firsts)


def _tokens(text: str, stretches: Sequence[Stretch]) -> list[Token]:
    tokens: list[Token] = []
    for start, end in stretches:
        at = start
        for found in _TOKEN.finditer(text, start, end):
            if found.lastgroup == "figure" and (
                _COUNTED.match(text, found.end()) or _VALUED.search(text, max(start, found.start() - 20), found.start())
            ):
                continue
            low, high = found.span()
            while low < high and text[low].isspace():
                low += 1
            _texts(text, (at, low), tokens)
            dated = bool(tokens) and tokens[-1].kind == "day" and _YEAR.fullmatch(text, low, high) is not None
            tokens.append(Token("year" if dated else str(found.lastgroup).removesuffix("2"), low, high))
            at = high
        _texts(text, (at, end), tokens)
    return tokens


def _texts(text: str, span: Stretch, tokens: list[Token]) -> None:
    """Words between figures: parted at colons and wide gaps, where a heading ends."""
    at, stop = span
    for gap in [*_PARTS.finditer(text, at, stop), None]:
        low, high = at, gap.start() if gap else stop
        while low < high and text[low] in " \t\r\n$\\":
            low += 1
        while high > low and text[high - 1].isspace():
            high -= 1
        if high > low:
            tokens.append(Token("text", low, high))
        at = gap.end() if gap else stop


def _headings(text: str, tokens: Sequence[Token]) -> list[Heading]:
    headings = []
    at = 0
    while at < len(tokens):
        stop = at
        while stop < len(tokens) and (
            tokens[stop].kind in _NAMING
            or (stop > at and _is_between(text, tokens[stop]))
            or _is_stub_head(tokens, at, stop)
        ):
            stop += 1
        cluster = [token for token in tokens[at:stop] if token.kind in _NAMING]
        made = _heading(_undated(text, cluster) if any(token.kind == "day" for token in cluster) else cluster, at, stop)
        if made:
            headings.append(
                evolve(
                    made,
                    change=next(
                        (token for token in tokens[at:stop] if _CHANGE.fullmatch(text, token.start, token.end)), None
                    ),
                )
            )
        at = max(stop, at + 1)
    return headings


def _undated(text: str, cluster: Sequence[Token]) -> list[Token]:
    """The phrases and dates of a heading, the day that ends a phrase apart from it: where other days stand beside it,
    it is the first of them."""
    parted: list[Token] = []
    for token in cluster:
        day = _LAST_DAY.search(text, token.start, token.end) if token.kind == "phrase" else None
        parted += [Token("phrase", token.start, day.start()), Token("day", day.start(), token.end)] if day else [token]
    return parted


def _is_between(text: str, token: Token) -> bool:
    return token.end - token.start < 40 and bool(_BETWEEN.fullmatch(text, token.start, token.end))


def _is_stub_head(tokens: Sequence[Token], first: int, index: int) -> bool:
    """A few words between the phrases and the years of one heading: what stands above the captions."""
    if not first < index < len(tokens) - 1 or tokens[index].end - tokens[index].start > _LONGEST_STUB_HEAD:
        return False
    return tokens[index - 1].kind in ("phrase", "day") and tokens[index + 1].kind == "year"


def _heading(cluster: Sequence[Token], first: int, stop: int) -> Heading | None:
    count = sum(token.kind == "year" for token in cluster)
    if not 2 <= count <= MOST_COLUMNS:
        return None
    dates = [token for token in cluster if token.kind != "phrase"]
    groups = [[[token] for token in cluster if token.kind == "phrase"]]
    if [token.kind for token in dates] == ["day", "year"] * count:
        groups.append([[one, two] for one, two in zip(dates[::2], dates[1::2], strict=True)])
    else:
        groups += [[[token] for token in dates if token.kind == kind] for kind in ("day", "year")]
    rows = []
    for group in groups:
        spans = ordered.shared(len(group), count)
        if group and not spans:
            return None
        if group:
            rows.append(tuple(((each[0].start, each[-1].end), *span) for each, span in zip(group, spans, strict=True)))
    return Heading(first, stop, count, tuple(rows))


def _widened(tokens: Sequence[Token], heading: Heading) -> Heading:
    """The heading with columns that it does not date, where nearly all captions have as many figures more: changes, and
    percentages of them."""
    runs = [
        len(list(group))
        for is_figure, group in groupby(tokens, key=lambda token: token.kind in ("figure", "dash"))
        if is_figure
    ]
    width, count = ordered.width(runs)
    if not heading.columns < width <= MOST_COLUMNS or count < FEWEST:
        return heading
    change = heading.change
    rows = (*heading.rows, (((change.start, change.end), 1 + heading.columns, 1 + width),)) if change else heading.rows
    return evolve(heading, columns=width, rows=rows)


def _body(source: Text, tokens: Sequence[Token], heading: Heading) -> tuple[Table, int, int] | None:
    """The rows below a heading, where they end, and how many are doubtful; None where the captions keep to no count."""
    rows = [row for line in heading.rows for row in ordered.row(source, line)]
    good = doubtful = streak = 0
    end = 0
    words: list[Token] = []
    for is_figure, group in groupby(
        _unglued(source.text, tokens, heading.columns), key=lambda token: token.kind in ("figure", "dash")
    ):
        run = list(group)
        if not is_figure:
            words.extend(run)
            continue
        if all(token.kind == "dash" for token in run) and len(run) % heading.columns:
            words.extend(run)
            continue
        if len(run) % heading.columns and _SMALL.fullmatch(source.text[run[0].start : run[0].end].strip()):
            words.append(run.pop(0))
        if not run:
            continue
        if words and (
            words[-1].end - words[0].start > _LONGEST_CAPTION * 2
            or (good >= FEWEST and _names_columns(source.text, words))
        ):
            break
        first = _caption_start(words)
        rows.extend(_stubs(source, words[:first]))
        caption = (words[first].start, words[-1].end) if words else None
        if len(run) % heading.columns:
            streak += 1
            if streak > _MOST_DOUBTFUL:  # the statement ended, and something else began
                break
        else:
            good, doubtful, streak = good + len(run) // heading.columns, doubtful + streak, 0
            end = run[-1].end
        whole = (caption or (run[0].start, 0))[0], run[-1].end
        rows.extend(
            ordered.rows(
                source, Record(caption, tuple((token.start, token.end) for token in run), whole), heading.columns
            )
        )
        words = []
    if good < FEWEST or doubtful * 3 > good:
        return None
    stop = _byte(source, end)
    kept = tuple(row for row in rows if row.cells and row.cells[0].content.anchors[0].byte < stop)
    return Table(kept, "grid"), end, doubtful


def _unglued(text: str, tokens: Sequence[Token], columns: int) -> list[Token]:
    """The tokens of a body, figures that lost the blanks between them parted where the columns leave one way only."""
    done: list[Token] = []
    index = 0
    while index < len(tokens):
        stop = index
        while stop < len(tokens) and tokens[stop].kind in ("figure", "dash"):
            stop += 1
        if stop > index:
            span, parts = _parted(text, (tokens, index, stop), columns)
            if parts:
                if done and done[-1].end > span[0]:  # dashes that are glued to the caption before them
                    done[-1] = evolve(done[-1], end=_before(text, done[-1].start, span[0]))
                done.extend(
                    Token("figure" if any(map(str.isdigit, text[begin:end])) else "dash", begin, end)
                    for begin, end in parts
                )
                index = stop
                while index < len(tokens) and tokens[index].start < span[1]:
                    rest = Token(tokens[index].kind, _after(text, span[1], tokens[index].end), tokens[index].end)
                    if rest.start < rest.end:
                        done.append(rest)
                    index += 1
                continue
        done.extend(tokens[index : max(stop, index + 1)])
        index = max(stop, index + 1)
    return done


def _parted(text: str, run: tuple[Sequence[Token], int, int], columns: int) -> tuple[Stretch, tuple[Stretch, ...]]:
    """Where the figures of a run that is not whole stand, and the figures one by one; none where the columns leave no
    way to part them, or several.

    Dashes that are glued to the words before or behind ("investment---(48,612)", "(715)-Organic") are figures where the
    count of columns asks for them.
    """
    tokens, index, stop = run
    span = glued.stretch(text, tokens[index].start, tokens[-1].end)
    if (stop - index) % columns == 0 and all(_ENDED.match(text, token.end) for token in tokens[index:stop]):
        return span, ()
    parts = glued.parted(text, span, columns) or (
        glued.followed(text, span, columns) if tokens[index].kind == "figure" else ()
    )
    if parts:
        return span, parts
    for wider in glued.with_dashes(text, span, tokens[index - 1].start if index else tokens[index].start):
        parts = glued.parted(text, wider, columns)
        if parts:
            return wider, parts
    return span, ()


def _before(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


_ENDED = re.compile(r"[^\d,(.]|\.(?!\d)|,(?!\d)|\((?!\d)|$")
"""What may stand right after a figure that is whole."""


def _after(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _byte(source: Text, index: int) -> int:
    return source.anchored([("", index, index)]).anchors[0].byte


def _names_columns(text: str, words: Sequence[Token]) -> bool:
    """Whether "three months ended" stands among the words before figures: a heading that was not understood, never a
    caption."""
    return any(token.kind == "phrase" and text[token.start : token.start + 2].lower() != "as" for token in words)


def _caption_start(words: Sequence[Token]) -> int:
    """Where the caption begins among the words before its figures: its last piece, and what a dash or a year ties to
    it."""
    first = max(0, len(words) - 1)
    while first > 0 and (words[first].kind != "text" or words[first - 1].kind != "text"):
        first -= 1
    return first


def _stubs(source: Text, words: Sequence[Token]) -> list[Row]:
    worded = [token for token in words if token.kind == "text" and _LETTERS.search(source.text, token.start, token.end)]
    return [row for token in worded for cut in _outer(source.text, token) for row in ordered.row(source, [(cut, 0, 1)])]


def _outer(text: str, token: Token) -> list[Stretch]:
    """A heading glued to the one it stands over ("ASSETS Current assets:") as two."""
    found = _HEADING_OVER.match(text, token.start, token.end)
    return [(token.start, found.end("outer")), (found.end(), token.end)] if found else [(token.start, token.end)]
