"""Wrong amounts of sentences, made one at a time in published releases and filings: how many are found.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.sentences            four of every kind a document, drawn by a seed
    TIEOUT_CORPUS=FOLDER python -m benchmarks.sentences --each 8 --seed 3
    TIEOUT_CORPUS=FOLDER python -m benchmarks.sentences --batch second --every 3    one document of three of the second
    batch

Amounts are told apart by what ties them on the clean page: the words of their sentence, which leave one figure whatever
the amount is; their own digits, which choose among lines (a tick that says nothing once the amount is wrong, unless the
other amount of its idiom shows the line); or nothing. A corruption is found where the sentences raise a violation
(notes aside) that they do not raise on the clean page. Where the amount is read as before, a word was turned that tells
nothing of it: such are counted apart.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import count

from attrs import evolve, frozen

from benchmarks.corpus import files, root
from checker.bind.claims import bind_claims, linked
from checker.bind.claims.links import Link
from checker.bind.index import Lines, Names
from checker.bind.lookup import Book
from checker.core.claim import Claim
from checker.core.document import Paragraph
from checker.core.place import Anchored
from checker.core.release import Release
from checker.core.rule import Rulebook
from checker.evaluate import evaluate
from checker.extract import extract
from checker.extract.prose import claims
from checker.language import load
from checker.read import read

KINDS = ("digit", "other amount", "direction", "period", "scale")
_LARGEST = 3_000_000
_OPPOSITE = {
    "increase": "decrease",
    "increased": "decreased",
    "grew": "fell",
    "rose": "fell",
    "up": "down",
    "higher": "lower",
}
_OPPOSITE |= {turned: word for word, turned in _OPPOSITE.items() if word not in ("rose",)}
_SCALE = {"million": "billion", "billion": "million", "thousand": "million"}
_WORD = re.compile(r"\b(?:" + "|".join(_OPPOSITE) + r")\b", re.IGNORECASE)
_YEAR = re.compile(r"\b20[0-3]\d\b")


TIES = ("words", "digits", "nothing")
"""What ties an amount on the clean page."""


@frozen
class Tried:
    """One corruption: its kind, whether it was found, what tied its amount, whether that was read as before."""

    kind: str
    found: bool
    tie: str
    same: bool
    shown: str


Change = tuple[int, int, str]
"""Characters of a paragraph from where to where, and what stands there then."""


def changes(claim: Claim, text: str, others: Sequence[str], rng: random.Random) -> Iterator[tuple[str, Change]]:
    """One corruption of each kind that a claim offers; `text` is its paragraph, `others` amounts that the page prints
    in the same form."""
    sentence = text.find(claim.sentence)
    at = text.find(claim.figure.text, sentence) if sentence >= 0 else -1
    printed, end = claim.figure.text, sentence + len(claim.sentence)
    if at < 0 or claim.sentence.count(printed) != 1:
        return
    digits = [match.start() for match in re.finditer(r"\d", printed)]
    place = rng.choice(digits)
    yield (
        "digit",
        (at + place, at + place + 1, rng.choice([digit for digit in "0123456789" if digit != printed[place]])),
    )
    if others:
        yield "other amount", (at, at + len(printed), rng.choice(others))
    if claim.direction and (found := list(_WORD.finditer(text, sentence, end))):
        match = min(found, key=lambda match: abs(match.start() - at))
        yield "direction", (match.start(), match.end(), _OPPOSITE[match[0].lower()])
    if claim.role in ("level", "prior") and (years := list(_YEAR.finditer(text, sentence, end))):
        match = min(years, key=lambda match: abs(match.start() - at))
        yield "period", (match.start(), match.end(), str(int(match[0]) - 1))
    if (scale := re.search(r"million|billion|thousand", printed)) is not None:
        yield "scale", (at + scale.start(), at + scale.end(), _SCALE[scale[0]])


def made(release: Release, number: int, change: Change) -> Release:
    """The release with one paragraph changed, its sentences read again."""
    start, end, words = change
    text = release.paragraphs[number].content.text
    turned = evolve(
        release.paragraphs[number],
        content=Anchored(text[:start] + words + text[end:], release.paragraphs[number].content.anchors),
    )
    return told(evolve(release, paragraphs=(*release.paragraphs[:number], turned, *release.paragraphs[number + 1 :])))


def told(release: Release) -> Release:
    """The release with its sentences read again."""
    ids = count(1)
    return evolve(release, claims=claims(release.paragraphs, release.statements, lambda: f"p{next(ids)}"))


def alarms(release: Release, rulebook: Rulebook) -> Counter[str]:
    """What the sentences are said to have wrong."""
    found = evaluate(bind_claims(release, rulebook))
    return Counter(
        f"{one.check.relation} {one.check.period}"
        for one in found
        if one.verdict == "violation" and one.severity != "note"
    )


def tried(release: Release, rulebook: Rulebook, each: int, rng: random.Random) -> Iterator[Tried]:
    """Each corruption, and what became of it."""
    links = {one.claim.figure.id: one for one in linked(release.claims, Book(Lines(release), Names(rulebook)))}
    clean = alarms(release, rulebook)
    dated = [claim for claim in release.claims if claim.figure.period is not None and claim.figure.value]
    amounts = defaultdict[str, list[str]](list)
    for claim in dated:
        amounts[_form(claim)].append(claim.figure.text)
    made_of = defaultdict[tuple[str, str], list[tuple[int, Change, Claim]]](list)
    numbers = _numbers(release.paragraphs, dated)
    for claim in dated:
        one = links.get(claim.figure.id)
        if (number := numbers.get(claim.sentence)) is None or (one is not None and one.off):
            continue
        others = [text for text in amounts[_form(claim)] if text != claim.figure.text]
        for kind, change in changes(claim, release.paragraphs[number].text, others, rng):
            made_of[_tie(one), kind].append((number, change, claim))
    before = [_read(claim) for claim in release.claims]
    places = {claim.figure.id: at for at, claim in enumerate(release.claims)}
    for tie in TIES:
        for kind in KINDS:
            for number, change, claim in rng.sample(made_of[tie, kind], min(each, len(made_of[tie, kind]))):
                wrong = made(release, number, change)
                shown = f"{claim.figure.text} -> {change[2]} in: {claim.sentence}"
                at = places[claim.figure.id]
                same = at < len(wrong.claims) and _read(wrong.claims[at]) == before[at]
                yield Tried(kind, bool(alarms(wrong, rulebook) - clean), tie, same, shown)


def _tie(one: Link | None) -> str:
    """What ties an amount to its figure."""
    if one is None:
        return "nothing"
    return "words" if one.basis == "words" and one.target.exact else "digits"


def _read(claim: Claim) -> tuple[object, ...]:
    """What was read of a claim."""
    figure = claim.figure
    return figure.value, figure.unit, figure.caption, figure.period, claim.role, claim.direction, claim.base


def _form(claim: Claim) -> str:
    """How an amount is printed, its digits aside."""
    return re.sub(r"[\d,.]+", "0", claim.figure.text)


def _numbers(paragraphs: Sequence[Paragraph], claims: Sequence[Claim]) -> dict[str, int]:
    """The paragraph of each sentence, where it stands in one alone."""
    wanted = {claim.sentence for claim in claims}
    found: dict[str, int] = {}
    for number, paragraph in enumerate(paragraphs):
        for sentence in wanted:
            if sentence in paragraph.text:
                found[sentence] = -1 if sentence in found else number
    return {sentence: number for sentence, number in found.items() if number >= 0}


def main() -> None:
    """Print how many corruptions of each kind were found, by group of documents."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", choices=("first", "second"), default="first")
    parser.add_argument("--group", choices=("a_release", "b_filing"), action="append")
    parser.add_argument("--every", type=int, default=1, help="one document of so many")
    parser.add_argument("--missed", action="store_true")
    options = parser.parse_args()
    rulebook, rng = load([]), random.Random(options.seed)
    folder = root() if options.batch == "first" else root() / "second"
    for group in options.group or ("a_release", "b_filing"):
        found, stated, tested, documents = list[Tried](), 0, 0, 0
        for filed in list(files(folder, (group,)))[:: options.every]:
            if not filed.is_text or len(content := filed.content()) > _LARGEST:
                continue
            release = extract(read(filed.name, content))
            documents += 1
            stated += len(release.claims)
            tested += _tested(release, rulebook)
            found += tried(release, rulebook, options.each, rng)
        print(
            f"{options.batch} batch, {group}: {documents} documents, {stated} amounts of sentences, {tested} "
            f"tested ({100 * tested / max(1, stated):.1f} %)"
        )
        for tie in TIES:
            of_tie = [one for one in found if one.tie == tie]
            for kind in (*KINDS, "all"):
                print(f"  tied by {tie:8s} {kind:13s} {_line([one for one in of_tie if kind in (one.kind, 'all')])}")
        print(f"  tied at all {'all':18s} {_line([one for one in found if one.tie != 'nothing'])}")
        for one in found if options.missed else ():
            if not one.found and not one.same:
                print(f"  missed, tied by {one.tie}, {one.kind}: {' '.join(one.shown.split())[:300]}")


def _tested(release: Release, rulebook: Rulebook) -> int:
    """How many amounts of its sentences some decided check rests on."""
    decided = {
        figure.id
        for one in evaluate(bind_claims(release, rulebook))
        if one.verdict in ("agrees", "rounding", "violation")
        for figure in one.check.figures
    }
    return sum(claim.figure.id in decided for claim in release.claims)


def _line(tried: Sequence[Tried]) -> str:
    """How many of some corruptions that tell something of their amount are found, and how many tell nothing."""
    telling = [one for one in tried if not one.same]
    caught = sum(one.found for one in telling)
    return (
        f"{caught:4d} of {len(telling):4d} found ({100 * caught / max(1, len(telling)):5.1f} %)"
        f"; {len(tried) - len(telling)} read as before"
    )


if __name__ == "__main__":
    main()
