"""Tags the pieces of a sentence: quantities, periods, direction words, connectives, and runs of other words.

Looks ahead, so that a tag's kind alone tells the grammar what follows; decides nothing about meaning beyond that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from attrs import define, field

from checker.core.unit import NUMBER
from checker.core.value import evolve, frozen
from checker.extract.prose import periods, quantities
from checker.extract.prose.quantities import Quantity
from checker.lexicon.directions import FALLS, RISES
from checker.lexicon.lower import lowered

_NOUNS = re.compile(
    r"increase|growth|rise|improvement|decrease|decline|reduction|drop|higher|lower|greater|up|down", re.IGNORECASE
)
_ADJECTIVE = re.compile(
    r"higher|lower|greater|improved|reduced|growing|rising|declining|increasing|decreasing", re.IGNORECASE
)
_AGAINST = (
    r"(?:as\s+|when\s+)?compar(?:ed|es|ing|able)\s+(?:to|with)|in\s+comparison\s+(?:to|with)|versus|vs\b\.?|"
    r"as\s+against|against|flat\s+(?:to|with|on)"
)
_WORD = r"[^\W\d_](?:[\w’'&./-]*[\w’'])?|\d[\w.,/-]*\w|\d"
_SKIP = frozenset({"a", "an", "the", "record", "new", "only", "just", "some", "another", "additional"})
_BREAK = frozenset(
    [
        "due",
        "driven",
        "because",
        "which",
        "primarily",
        "mainly",
        "resulting",
        "result",
        "attributable",
        "offset",
        "reflecting",
        "while",
        "as",
        "was",
        "were",
        "is",
        "are",
        "includes",
        "included",
        "including",
        "despite",
        "although",
        "that",
        "who",
    ]
)

_HEADING = 9
"""Words of a metric that a colon parts from its amount, or that stand between a direction and its amount, at most."""
_LONG = 14
"""The same of a metric that "in" or "for" leads to and "of" or "by" ends: "the decrease in income from operations
before provision for income taxes of"."""
_PROMISES = {
    "AGAINST": "BESIDE",
    "CHANGE": "MOVED",
    "BY": "WORDS",
    "TO": "WORDS",
    "FROM": "BESIDE",
    "ALSO": "COMMA",
    "OR": "COMMA",
}
"""Tags that an amount must follow, and what they are where none does."""


@frozen
class Tag:
    """One tagged piece: characters `start` to `end` of the paragraph."""

    kind: str
    start: int
    end: int
    text: str
    quantity: Quantity | None = None
    direction: int = 0


@frozen
class Print:
    """How a document prints its amounts: the currency that a sign of several means in it, and whether brackets right
    behind an amount hold that of the period before."""

    currency: str
    paired: bool = False


@cache
def _master() -> re.Pattern[str]:
    return lowered(
        r"(?!\s[a-z])(?:"  # nothing begins with a blank before a letter: most blanks are passed over so
        rf"(?P<PERIOD>\b{periods.PATTERN})|(?P<RESPECTIVELY>respectively)|(?P<Q>{_verbose(quantities.PATTERN)})|(?P<AGAINST>\b(?:{_AGAINST})(?=\s))|"
        rf"(?P<UP>\b(?:{RISES})\b)|(?P<DOWN>\b(?:{FALLS})\b)|(?P<JOIN>\b(?:by|of|to|from|over|than|and|or)\b)|(?P<COMMA>,)|"
        rf"(?P<STOP>[;:—]|\s[-–]\s|\.\.\.)|(?P<LEFT>[(\[])|(?P<RIGHT>[)\]])|"
        rf"(?P<WORD>{_WORD})|(?P<OTHER>[^\s]))"
    )


@cache
def _periods() -> re.Pattern[str]:
    return lowered(rf"\b(?=\w){periods.PATTERN}")


def _verbose(pattern: str) -> str:
    """A pattern written with blanks and comments, without them, so that it fits into one that has neither."""
    return re.sub(r"(?<!\\)\s+", "", pattern).replace("\\ ", " ")


_PERIOD_WORD = re.compile(r"quarter|month|year|week|20\d\d|19\d\d|\bq[1-4]|[1-4]q|fiscal|half")


def period_phrases(text: str, low: str) -> Iterator[str]:
    """The runs of period words of a text, in order; `low` is the text in lower case."""
    if _PERIOD_WORD.search(low):
        for found in _periods().finditer(low):
            yield text[found.start() : found.end()]


@cache
def _comparing() -> re.Pattern[str]:
    return lowered(rf"\b(?:{_AGAINST})(?=\s)")


def compared_with(low: str) -> re.Match[str] | None:
    """The words of a text in lower case that compare what stands before them with what stands behind."""
    return _comparing().search(low)


@define
class _Tagger:
    text: str
    low: str
    print: Print
    raw: list[Tag] = field(factory=list)
    tags: list[Tag] = field(factory=list)
    said: list[Tag] = field(factory=list)
    """Words that go on with the run of words that is the last tag."""
    moved: bool = False
    """A direction word stood in this clause, so that "to" and "from" lead to amounts."""
    promised: bool = False
    """The last tag announced an amount that has not come yet."""

    def scan(self, start: int, end: int) -> None:
        """Cut the sentence into raw pieces."""
        match = _master().search(self.low, start, end)
        while match is not None:
            match = _master().search(self.low, self.piece(match), end)

    def piece(self, match: re.Match[str]) -> int:
        """Write the raw piece that a match is, if it is one; where to go on."""
        kind = match.lastgroup or "OTHER"
        begin, finish = match.span()
        said = self.text[begin:finish]
        if kind == "WORD":  # as most are
            self.raw.append(Tag(kind, begin, finish, said))
        elif kind == "Q":
            found = quantities.quantity(match, self.text, self.print.currency)
            if (
                found is None and match["open"]
            ):  # the bracket is one of the sentence, and what follows it may be a period: "(2023 – £41m)"
                self.raw.append(Tag("LEFT", match.start("open"), match.end("open"), "("))
                return match.end("open")
            if found is None:
                self.raw.append(Tag("WORD", begin, finish, said))
                return finish
            for name in ("open", "inner"):  # a bracket that the number does not close is one of the sentence
                if match[name] and found.start > match.start(name):
                    self.raw.append(Tag("LEFT", match.start(name), match.end(name), "("))
            self.raw.append(Tag("Q", found.start, found.end, found.text, found))
            if self.print.paired and (then := quantities.compared(found, self.low)) is not None:
                self.raw.append(Tag("PAIRED", then.start, then.end, then.text, then))
                return self.low.index(")", then.end) + 1
        elif kind == "PERIOD" and periods.phrase(said) is None:
            self.raw.append(Tag("WORD", begin, finish, said))
        elif kind in ("UP", "DOWN"):
            self.raw.append(
                Tag(
                    "MOVE",
                    begin,
                    finish,
                    said,
                    None,
                    0 if said.lower().startswith(("improve", "chang")) else 1 if kind == "UP" else -1,
                )
            )
        elif kind == "JOIN":
            self.raw.append(Tag(said.upper(), begin, finish, said))
        elif kind != "OTHER":
            self.raw.append(Tag(kind, begin, finish, said))
        return finish

    def run(self) -> None:
        """Give every raw piece its tag, in order."""
        index = 0
        while index < len(self.raw):
            index = self.step(index)
        self.finish_words()
        if self.promised:  # the sentence broke off
            at = max(at for at, tag in enumerate(self.tags) if tag.kind in _PROMISES)
            while at >= 0 and self.tags[at].kind in ("BY", "WORDS", "PERIOD", "COMMA", *_PROMISES):
                tag = self.tags[at]
                self.tags[at] = Tag(
                    _PROMISES.get(tag.kind, "WORDS" if tag.kind == "BY" else tag.kind),
                    tag.start,
                    tag.end,
                    tag.text,
                    None,
                    tag.direction,
                )
                if tag.kind in ("AGAINST", "CHANGE", "TO", "FROM", "ALSO", "OR"):
                    break
                at -= 1

    def step(self, index: int) -> int:
        """Tag the piece at `index`; the index of the next piece to look at."""
        tag = self.raw[index]
        match tag.kind:
            case "Q":
                return self.amount(index)
            case "PERIOD":
                self.put(tag, "PERIOD")
            case "MOVE" if _ADJECTIVE.fullmatch(tag.text) and not self.predicative(index):
                self.word(tag)
            case "MOVE":
                self.move(index)
            case "COMMA" | "AND" | "OR" | "LEFT":
                return self.join(index)
            case "PAIRED":
                for piece, kind in (
                    (evolve(tag, end=tag.start, text=""), "AGAINST"),
                    (tag, "QUANTITY"),
                    (tag, "CLOSED"),
                ):
                    self.put(piece if kind != "CLOSED" else evolve(tag, quantity=None, text=""), kind)
            case "RIGHT":
                pass
            case "STOP" if self.heads(index):
                pass
            case "STOP":
                self.put(tag, "STOP")
                self.moved = False
            case "AGAINST":
                self.put(
                    tag,
                    "AGAINST" if self.amount_ahead(index + 1) is not None and not self.goes_on(index + 1) else "BESIDE",
                )
            case "FROM" | "OVER" | "THAN":
                return self.origin(index)
            case "TO" if (found := self.next_amount(index + 1)) is not None and self.moved:
                self.put(tag, "TO")
                return found
            case "BY" | "OF" if (found := self.next_amount(index + 1)) is not None and self.open_change():
                self.put(tag, "BY")
                return found
            case "WORD" if self.moved and tag.text.lower() == "on" and self.base_ahead(index + 1):
                self.put(tag, "BESIDE")
            case "RESPECTIVELY":
                while self.tags and self.tags[-1].kind == "COMMA":
                    self.tags.pop()
                if self.tags and self.tags[-1].kind in ("QUANTITY", "TRAIL"):
                    self.put(tag, "RESPECTIVELY")
            case _:
                self.word(tag)
        return index + 1

    def predicative(self, index: int) -> bool:
        """Whether "higher" says that something rose ("was higher", "higher by", "higher than"), not which one is
        meant."""
        before = self.raw[index - 1].text.lower() if index else ""
        if (
            before in ("was", "were", "is", "are", "been", ",")
            or self.kind(index + 1) in ("BY", "THAN")
            or self.led_to(index + 1)
        ):
            return True
        behind = self.raw[index + 1].quantity if self.kind(index + 1) == "Q" else None
        return behind is not None and behind.relative and self.raw[index].text.lower().endswith("ing")

    def led_to(self, index: int) -> bool:
        """Whether "to" or "from" stands here with an amount behind it: "improved to 46.3%"."""
        return self.kind(index) in ("TO", "FROM") and self.next_amount(index + 1) is not None

    def put(self, tag: Tag, kind: str) -> None:
        """Write one tag. Until the amount that an earlier one promised has come, nothing else may begin."""
        if kind == "QUANTITY":
            self.promised = False
        elif self.promised and kind not in ("WORDS", "PERIOD", "COMMA") and not (kind == "BY" and self.open_change()):
            return self.word(tag)
        self.promised |= kind in _PROMISES
        self.finish_words()
        self.tags.append(
            tag if tag.kind == kind else Tag(kind, tag.start, tag.end, tag.text, tag.quantity, tag.direction)
        )

    def word(self, tag: Tag) -> None:
        """Write a word, as part of the run of words before it."""
        if self.tags and self.tags[-1].kind == "WORDS":
            self.said.append(tag)
        else:
            self.put(tag, "WORDS")

    def finish_words(self) -> None:
        """A run of words has ended: it is one tag."""
        if self.said:
            first = self.tags[-1]
            self.tags[-1] = Tag(
                "WORDS", first.start, self.said[-1].end, " ".join((first.text, *(tag.text for tag in self.said)))
            )
            self.said.clear()

    def heads(self, index: int) -> bool:
        """Whether a colon or a dash stands between a metric and its own amount or change: "Revenue: $5 million",
        "Revenue - up 4%"."""
        at, words = len(self.tags) - 1, 0
        while at >= 0 and self.tags[at].kind in ("WORDS", "PERIOD", "COMMA"):
            words += len(self.tags[at].text.split()) if self.tags[at].kind == "WORDS" else 0
            at -= 1
        words += len(self.said)
        if not 0 < words <= _HEADING or (at >= 0 and self.tags[at].kind not in ("STOP", "CLOSED")):
            return False
        follows = index + 1 + (self.kind(index + 1) == "PERIOD")
        return self.next_amount(follows) is not None or self.kind(index + 1) == "MOVE"

    def stated(self) -> bool:
        """Whether an amount has been stated since the sentence began anew, which brackets may compare with another."""
        kind = next((tag.kind for tag in reversed(self.tags) if tag.kind in ("QUANTITY", "STOP", "CLOSED")), "")
        return kind == "QUANTITY"

    def dated_within(self, index: int, close: int) -> int | None:
        """Where brackets that hold one amount and the earlier period that it is of name that period: "(£41.4m in
        2012)"."""
        at = index + 2 + (self.kind(index + 2) == "WORD" and self.raw[index + 2].text.lower() in ("in", "for"))
        said = (
            periods.phrase(self.raw[at].text)
            if self.kind(index + 1) == "Q" and self.kind(at) == "PERIOD" and at + 1 == close
            else None
        )
        return at if said is not None and (said.years or said.prior) else None

    def comparative(self, index: int) -> int | None:
        """Write the amounts that brackets compare with ("£43.2m (2012: £41.4m)", "(Q3 2024: EUR 5m, or 4%)"); where to
        go on, None where there are none."""
        close = self.closing(index)
        if close is not None and (dated := self.dated_within(index, close)) is not None:
            for tag, kind in (
                (self.raw[dated], "AGAINST"),
                (self.raw[dated], "PERIOD"),
                (self.raw[index + 1], "QUANTITY"),
                (self.raw[close], "CLOSED"),
            ):
                self.put(evolve(tag, end=tag.start, text="") if kind == "AGAINST" else tag, kind)
            return close + 1
        if close is None or self.kind(index + 1) != "PERIOD":
            return None
        at, any_written = index + 1, False
        while at < close:
            period, end = at, at
            while (
                end < close
                and (self.kind(end) != "STOP" or self.raw[end].text != ";")
                and not (end > at and self.kind(end) == "PERIOD")
            ):
                end += 1
            amount = next((place for place in range(period, end) if self.kind(place) == "Q"), None)
            if (alone := self.alone(period, end)) is not None:
                self.raw[period + 1 : end] = [alone]
                close += period + 2 - end
                amount, end = period + 1, period + 2
            moved = self.moved_then(period, amount) if amount is not None else None
            if (
                self.kind(period) != "PERIOD"
                or amount is None
                or any(
                    self.kind(at) == "AGAINST" or (self.kind(at) == "MOVE" and at != moved) for at in range(period, end)
                )
            ):
                return close + 1 if any_written else None
            self.put(Tag("AGAINST", self.raw[period].start, self.raw[period].start, ""), "AGAINST")
            self.put(self.raw[period], "PERIOD")
            for place in range(period + 1, amount if moved is None else moved):
                if self.kind(place) not in ("STOP", "COMMA", "LEFT"):
                    self.word(self.raw[place])
            for place in range(amount, end):
                if self.kind(place) == "Q":
                    if place > amount:
                        self.put(self.raw[place - 1], "OR")
                    self.put(self.raw[place], "QUANTITY")
            if moved is not None:
                self.put(self.raw[moved], "TRAIL")
            any_written = True
            at = end + (end < close and self.kind(end) != "PERIOD")
        self.put(self.raw[close], "CLOSED")
        return close + 1

    def moved_then(self, period: int, amount: int) -> int | None:
        """Where a noun stands by which the amount of an earlier period moved: "(2019 – a decrease of $1,400)"."""
        at = amount - (self.kind(amount - 1) in ("OF", "BY")) - 1
        noun = at > period and self.kind(at) == "MOVE" and _NOUNS.fullmatch(self.raw[at].text) is not None
        return (
            at
            if noun and all(self.kind(place) in ("STOP", "COMMA", "WORD") for place in range(period + 1, at))
            else None
        )

    def alone(self, period: int, end: int) -> Tag | None:
        """The number behind a period in brackets that is in the unit of the amount before them."""
        before = next((tag.quantity for tag in reversed(self.tags) if tag.quantity is not None), None)
        if before is None or self.kind(period) != "PERIOD" or end <= period + 1:
            return None
        own = next((self.raw[at].quantity for at in range(period + 1, end) if self.kind(at) == "Q"), None)
        if own is not None and (own.unit != NUMBER or own.scale > 1):
            near = end <= period + 2 + (self.kind(period + 1) == "STOP")
            found = quantities.alike(before, own) if near and own.unit == NUMBER else None
        else:
            stop = self.raw[end].start if end < len(self.raw) else self.raw[end - 1].end
            found = quantities.undressed(before, self.low, (self.raw[period].end, stop))
        return Tag("Q", found.start, found.end, found.text, found) if found is not None else None

    def signed(self, index: int) -> bool:
        """Whether a percentage with a sign before it is a change: "+19%", and "-3%" behind an amount."""
        found = self.raw[index].quantity
        if found is None or not found.relative or not found.signed or self.open_change():
            return False
        behind = self.tags[-1].kind if self.tags else ""
        return found.signed > 0 or behind in ("QUANTITY", "TRAIL", "ALSO", "OR")

    def converted(self, index: int) -> Tag | None:
        """An amount in brackets in another currency than the one before it, which is what that comes to: "RMB 45.2
        million (US$6.5 million)"."""
        piece, found = self.raw[index], self.raw[index].quantity
        before = self.tags[-1].quantity if self.tags else None
        if (
            found is None
            or before is None
            or not (found.unit.is_money and before.unit.is_money)
            or found.unit == before.unit
            or not found.text.startswith(("(", "（"))
        ):
            return None
        return evolve(piece, quantity=evolve(found, value=abs(found.value)))

    def rendering(self, index: int) -> bool:
        """Whether a percentage in brackets says the amount before it otherwise: "an increase of $4.6 million
        (40.2%)"."""
        before, found = self.tags[-1].quantity, self.raw[index].quantity
        return (
            found is not None
            and found.relative
            and found.text.startswith(("(", "（"))
            and before is not None
            and not before.relative
        )

    def amount(self, index: int) -> int:
        """Write a quantity, and the direction noun that follows it."""
        if self.signed(index):
            if self.tags and self.tags[-1].kind in (
                "ALSO",
                "OR",
            ):  # what was taken for one more amount is a change of the one before
                last = self.tags.pop()
                self.promised = False
                self.put(last, "COMMA")
            piece = self.raw[index]
            self.put(Tag("CHANGE", piece.start, piece.start, "", None, 1), "CHANGE")
            self.moved = True
        elif self.tags and self.tags[-1].kind == "QUANTITY" and self.rendering(index):
            self.put(Tag("OR", self.raw[index].start, self.raw[index].start, ""), "OR")
        if (same := self.converted(index)) is not None:
            self.put(Tag("OR", same.start, same.start, ""), "OR")
        self.put(same or self.raw[index], "QUANTITY")
        after = index + 1
        if self.kind(after) == "PERIOD" and self.kind(after + 1) == "MOVE" and "over" in self.raw[after].text.lower():
            after += 1
        if (
            self.kind(after) == "MOVE"
            and _NOUNS.fullmatch(self.raw[after].text)
            and not self.open_change(1)
            and not self.verbal(after)
        ):
            self.put(self.raw[after], "TRAIL")
            self.moved = True
            return after + 1
        return index + 1

    def verbal(self, index: int) -> bool:
        """Whether "up" or "down" begins a change of its own: "$27,847,000 up 6%"."""
        return self.raw[index].text.lower() in ("up", "down", "higher", "lower") and (
            self.change_ahead(index) or self.kind(index + 1) == "FROM"
        )

    def open_change(self, back: int = 0) -> bool:
        """Whether a change still waits for its amount."""
        tags = self.tags[: len(self.tags) - back] if back else self.tags
        for tag in reversed(tags):
            if tag.kind == "CHANGE":
                return True
            if tag.kind not in ("WORDS", "PERIOD", "BY"):
                return False
        return False

    def move(self, index: int) -> None:
        """A direction word: does its own amount follow?"""
        self.moved = True
        self.put(self.raw[index], "CHANGE" if self.change_ahead(index) else "MOVED")

    def change_ahead(self, index: int) -> bool:
        """Whether an amount of change follows: directly, after "by" or "of", or after "in revenue of"."""
        at = index + 1
        if self.next_amount(at) is not None or (self.kind(at) in ("BY", "OF") and self.next_amount(at + 1) is not None):
            return True
        words, within = 0, self.raw[at].text.lower() in ("in", "for") if at < len(self.raw) else False
        while at < len(self.raw) and words <= (_LONG if within else _HEADING):
            kind, said = self.kind(at), self.raw[at].text.lower()
            if (
                within
                and kind == "LEFT"
                and (close := self.closing(at)) is not None
                and all(self.kind(inner) == "WORD" for inner in range(at + 1, close))
            ):
                at = close + 1  # "in income (loss) before tax of"
                continue
            if within and kind == "COMMA" and self.netted(at + 1):
                at += 2
                continue
            if (
                within and kind == "FROM" and self.kind(at + 1) == "WORD" and not self.base_ahead(at + 1)
            ):  # "in cash from operations of"
                kind = "WORD"
            if kind in ("BY", "OF") and self.next_amount(at + 1) is not None:
                return words == 0 or within or self.kind(index + 1) == "PERIOD" or kind == "BY"
            if kind == "Q":
                found = self.raw[at].quantity
                return found is not None and found.relative and words <= 4
            if kind not in ("WORD", "PERIOD", "OF", "AND") or said in _BREAK:
                return False
            words += kind != "PERIOD"
            at += 1
        return False

    def netted(self, index: int) -> bool:
        """Whether "net" ends the name of a line, and the amount behind is by how much it has changed: "in other
        income, net of $4 million due to", not "in sales, net of $4 million of returns"."""
        amount = self.next_amount(index + 2) if self.kind(index + 1) == "OF" else None
        if amount is None or self.raw[index].text.lower() != "net":
            return False
        behind = amount + 1
        if self.kind(behind) == "WORD" and self.raw[behind].text.lower() in ("in", "for", "during"):
            return self.kind(behind + 1) == "PERIOD"
        return self.kind(behind) != "OF" and (self.kind(behind) != "WORD" or self.raw[behind].text.lower() in _BREAK)

    def origin(self, index: int) -> int:
        """ "from", "over", "than": the amount or the period a change is measured from, or just a word."""
        tag = self.raw[index]
        found = self.next_amount(index + 1)
        if self.moved and tag.kind != "OVER" and found is not None:
            self.put(tag, "FROM")
            return found
        if self.moved and (self.kind(index + 1) == "PERIOD" or (tag.kind == "FROM" and self.base_ahead(index + 1))):
            self.put(tag, "BESIDE")
        elif (
            self.moved
            and tag.kind == "FROM"
            and self.raw[index + 1 : index + 2]
            and self.raw[index + 1].text.lower() in ("a", "an")
            and self.amount_ahead(index + 1) is not None
        ):
            self.put(tag, "AGAINST")
        else:
            self.word(tag)
        return index + 1

    def base_ahead(self, index: int) -> bool:
        """Whether a few words lead to a period that is named from another one: "from revenues in the preceding
        quarter"."""
        at = index
        while at < index + 5 and self.kind(at) == "WORD" and self.raw[at].text.lower() not in _BREAK:
            at += 1
        said = periods.phrase(self.raw[at].text) if self.kind(at) == "PERIOD" else None
        return said is not None and (said.prior or said.preceding)

    def join(self, index: int) -> int:
        """A comma, "and", "or" or a bracket: between two amounts, or not."""
        tag, last = self.raw[index], self.tags[-1].kind if self.tags else ""
        if tag.kind == "LEFT" and self.stated() and (found := self.comparative(index)) is not None:
            return found
        at = index
        kinds = set[str]()
        while at < index + 4 and self.kind(at) in ("COMMA", "AND", "OR", "LEFT"):
            kinds.add(self.kind(at))
            at += 1
        found = self.next_amount(at)
        if found is not None and last in ("QUANTITY", "TRAIL"):
            kind = "OR" if kinds & {"OR", "LEFT"} else "ALSO"
            if last == "TRAIL" and kind == "OR":
                kind = "ALSO"
            self.put(tag, kind)
            return found
        if "LEFT" in kinds:
            close = self.closing(index)
            if close is not None and not any(piece.kind == "Q" for piece in self.raw[index:close]):
                return close + 1
        if tag.kind in ("COMMA", "LEFT"):
            self.put(tag, "COMMA")
        else:
            self.word(tag)
        return index + 1

    def closing(self, index: int) -> int | None:
        """Where the first bracket from `index` on is closed."""
        depth = 0
        for at in range(index, min(len(self.raw), index + 80)):
            depth += (self.kind(at) == "LEFT") - (self.kind(at) == "RIGHT")
            if depth == 0 and self.kind(at) == "RIGHT":
                return at
        return None

    def kind(self, index: int) -> str:
        """The raw kind at `index`; empty beyond the end."""
        return self.raw[index].kind if index < len(self.raw) else ""

    def next_amount(self, index: int) -> int | None:
        """Where a quantity stands directly, articles aside."""
        while self.kind(index) == "WORD" and self.raw[index].text.lower() in _SKIP:
            index += 1
        return index if self.kind(index) == "Q" else None

    def goes_on(self, index: int) -> bool:
        """Whether a period that a change is measured from is followed by one more change: "increased A compared with
        2012 and B compared with 2011"."""
        amount = (
            self.next_amount(index + 2)
            if self.kind(index) == "PERIOD" and self.kind(index + 1) in ("AND", "COMMA")
            else None
        )
        if amount is None or not self.moved:
            return False
        return any(self.kind(at) in ("AGAINST", "FROM", "OVER") for at in (amount + 1, amount + 2))

    def amount_ahead(self, index: int) -> int | None:
        """Where the quantity stands that a comparison announces; None where a comma or another clause comes first."""
        for at in range(index, min(len(self.raw), index + 40)):
            kind, said = self.kind(at), self.raw[at].text.lower()
            if kind == "Q":
                return at
            if kind in ("COMMA", "STOP", "MOVE", "AGAINST", "RIGHT") or (
                said in _BREAK and said not in ("was", "were", "as")
            ):
                return None
        return None


def tagged(text: str, low: str, span: tuple[int, int], how: Print) -> Sequence[Tag]:
    """The tags of the sentence that `span` cuts out of `text`, in order; `low` is the text in lower case."""
    tagger = _Tagger(text, low, how)
    tagger.scan(*span)
    tagger.run()
    return tagger.tags
