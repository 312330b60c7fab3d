"""How often the wrong figure is named: figures of real documents are corrupted, one or two per copy, and the suspects are looked at.

    TIEOUT_CORPUS=FOLDER python benchmarks/diagnose.py [--kinds 3] [--seed 5]

Releases and filings (docs/a_release, docs/b_filing) are parted in two halves by company and seed: costs were tuned on the half "tuned"; the other is what
to believe. Every corruption changes the text of the file and the whole program runs over the copy. Each document gets `--kinds` of the eight kinds, drawn
by the seed, and one copy with two errors. A corruption counts as detected when more violations above note rest on a figure in its place than before.
A *story* is a group of findings with one cause. A single name is a story that names one figure, or swapped figures, and no runner-up.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from checker.bind import bind
from checker.core.figure import Figure
from checker.core.finding import Finding, Suspect
from checker.core.rule import Rulebook
from checker.diagnose import diagnose
from checker.evaluate import evaluate
from checker.language import load
from checker.pipeline import release

SUFFIXES = (".htm", ".html", ".txt", ".md")
SEED = Path(__file__).parent.parent / "examples" / "fusion-2013q1.md"
KEYING = ("digit", "transpose", "drop", "double", "sign", "scale", "stale")
KINDS = (*KEYING, "other")
HALVES = ("tuned", "unseen")


@frozen
class Error:
    """One corruption: where the figure stands in the clean file, what is printed there, and what is printed in the copy."""

    kind: str
    span: tuple[int, int]
    right: str
    wrong: str


@frozen
class Copy:
    """A document with errors, checked but not yet diagnosed; `before` counts the violations that rest on each place of the clean one."""

    name: str
    errors: tuple[Error, ...]
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    before: tuple[int, ...]
    known: frozenset[str]
    """Ids of the violations of the clean document."""


# ---- corruptions --------------------------------------------------------------------------------------------------------


def corrupted(text: str, kind: str, others: Sequence[str], rng: random.Random) -> str | None:
    """The printed number with an error of a kind; `others` are the numbers in its line. None where it cannot be made."""
    plain = "".join(character for character in text if character.isdigit())
    digits = plain
    at = rng.randrange(len(digits))
    match kind:
        case "digit":
            digits = digits[:at] + rng.choice("123456789".replace(digits[at], "")) + digits[at + 1 :]
        case "transpose" if at + 1 < len(digits):
            digits = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        case "drop":
            digits = digits[:at] + digits[at + 1 :]
        case "double":
            digits = digits[:at] + digits[at] + digits[at:]
        case "scale":
            digits = digits[:-3] if len(digits) > 4 and rng.random() < 0.5 else digits + "000"
        case "other":
            digits = rng.choice("123456789") + "".join(rng.choice("0123456789") for _ in digits[1:])
        case "sign":
            return _turned(text)
        case "stale":
            return rng.choice(others) if others else None
    if digits == plain or not digits.strip("0") or digits[0] == "0":
        return None
    return _dressed(digits, text)


def _dressed(digits: str, like: str) -> str | None:
    """The digits with the decimals, separators, signs and words of the text they replace."""
    places = [at for at, character in enumerate(like) if character.isdigit()]
    core, front, back = like[places[0] : places[-1] + 1], like[: places[0]], like[places[-1] + 1 :]
    decimals = len(core) - core.rindex(".") - 1 if "." in core else 0
    if decimals and len(digits) <= decimals:
        return None
    whole, rest = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    number = f"{int(whole):,}" if "," in core or (len(core) < 4 < len(whole)) else whole
    return f"{front}{number}{'.' + rest if rest else ''}{back}"


def _turned(text: str) -> str | None:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1]
    if text.startswith(("-", "−", "–")):
        return text[1:]
    return None if "(" in text or ")" in text else f"({text})"


def errors(figures: Sequence[Figure], body: bytes, kinds: Sequence[str], rng: random.Random) -> Iterator[Error]:
    """One error of each kind at figures drawn by chance: table figures other than zero with three digits or more."""
    lines: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.counts and sum(map(str.isdigit, figure.text)) >= 3 and _standing(figure, body):
            lines[(figure.statement, figure.under, figure.caption, figure.place.line if b"<" not in body[:500] else 0)].append(figure)
    pool = [figure for line in lines.values() for figure in line]
    beside = {figure.id: [one.text for one in line if one.value != figure.value] for line in lines.values() for figure in line}
    for kind in kinds:
        for figure in rng.sample(pool, min(len(pool), 12)):
            wrong = corrupted(figure.text, kind, beside[figure.id], rng)
            if wrong is not None and wrong != figure.text:
                yield Error(kind, figure.place.span, figure.text, wrong)
                break


def _standing(figure: Figure, body: bytes) -> bool:
    start, end = figure.place.span
    return figure.text.isascii() and body[start:end] == figure.text.encode()


# ---- copies -------------------------------------------------------------------------------------------------------------


def documents(corpus: Path) -> Iterator[tuple[str, str, bytes]]:
    """Company, name and content of every release and filing that is text or HTML."""
    for group in ("a_release", "b_filing"):
        for path in sorted((corpus / "docs" / group).rglob("*")):
            name = path.name.removesuffix(".gz")
            if path.is_file() and name.endswith(SUFFIXES):
                body = path.read_bytes()
                yield path.parent.name, name, gzip.decompress(body) if path.suffix == ".gz" else body


def half(company: str, seed: int) -> str:
    """Which half a company belongs to."""
    return HALVES[hashlib.sha256(f"{seed} {company}".encode()).digest()[0] % 2]


def copies(name: str, body: bytes, rulebook: Rulebook, rng: random.Random) -> Iterator[Copy]:
    """Copies with an error of three kinds each (`rng` draws them), and one with two."""
    yield from _copies(name, body, rulebook, (rng.sample(KINDS, 3), 1, rng))


def _copies(name: str, body: bytes, rulebook: Rulebook, how: tuple[Sequence[str], int, random.Random]) -> Iterator[Copy]:
    kinds, pairs, rng = how
    clean = release(name, body)
    findings = evaluate(bind(clean, rulebook))
    drawn = [(error,) for error in errors(clean.figures, body, kinds, rng)]
    for _ in range(pairs):
        two = tuple(errors(clean.figures, body, rng.choices(KEYING, k=2), rng))
        if len(two) == 2 and not (two[0].span[0] < two[1].span[1] and two[1].span[0] < two[0].span[1]):
            drawn.append(tuple(sorted(two, key=lambda error: error.span)))
    loud = [finding for finding in findings if counts(finding)]
    for wrong in drawn:
        text = body
        for error in reversed(wrong):
            text = text[: error.span[0]] + error.wrong.encode() + text[error.span[1] :]
        copy = release(name, text)
        before = tuple(sum(any(_overlap(figure, error.span) for figure in finding.check.figures) for finding in loud) for error in wrong)
        yield Copy(name, _moved(wrong), copy.figures, evaluate(bind(copy, rulebook)), before, frozenset(finding.id for finding in loud))


def _moved(wrong: Sequence[Error]) -> tuple[Error, ...]:
    """The errors with the places they have in the copy."""
    found, shift = [], 0
    for error in wrong:
        start = error.span[0] + shift
        found.append(Error(error.kind, (start, start + len(error.wrong)), error.right, error.wrong))
        shift += len(error.wrong) - len(error.right)
    return tuple(found)


def counts(finding: Finding) -> bool:
    """Whether it is a violation above note."""
    return finding.verdict == "violation" and finding.severity != "note"


def _overlap(figure: Figure, span: tuple[int, int]) -> bool:
    return figure.place.span[0] < span[1] and span[0] < figure.place.span[1]


# ---- judging ------------------------------------------------------------------------------------------------------------


def judged(copy: Copy, tally: Counter[str], times: list[float]) -> None:
    """Count what the diagnosis says of one copy."""
    began = time.process_time()
    findings = diagnose(copy.findings, copy.figures)
    times.append(time.process_time() - began)
    loud = [finding for finding in findings if counts(finding)]
    truths = [{figure.id for figure in copy.figures if _overlap(figure, error.span)} for error in copy.errors]
    resting = [[finding for finding in loud if any(figure.id in here for figure in finding.check.figures)] for here in truths]
    detected = [len(found) > before for found, before in zip(resting, copy.before, strict=True)]
    if len(copy.errors) == 1:
        _one(copy.errors[0], ranked(resting[0]), (truths[0], detected[0]), tally)
        _single([finding for finding in loud if finding.id not in copy.known], copy, truths, tally)
    elif all(detected):
        tally["two n"] += 1
        firsts = [one[0].figure for one in (ranked(found) for found in resting) if one]
        tops = [{suspect.figure for suspect in ranked(found)[:3]} for found in resting]
        tally["two apart"] += len(firsts) == 2 and all(any(first in here for first in firsts) for here in truths)
        tally["two top 3"] += all(here & (tops[0] | tops[1]) for here in truths)
        _single([finding for finding in loud if finding.id not in copy.known], copy, truths, tally)


def _one(error: Error, names: Sequence[Suspect], truth: tuple[set[str], bool], tally: Counter[str]) -> None:
    here, detected = truth
    for group in (error.kind, "keying" if error.kind in KEYING else "no slip"):
        tally[f"{group} n"] += 1
        tally[f"{group} detected"] += detected
        tally[f"{group} first"] += detected and any(one.figure in here for one in names[:1])
        tally[f"{group} top"] += detected and any(one.figure in here for one in names[:3])
        tally[f"{group} proposed"] += detected and any(one.figure in here and _same(one.proposed, error.right) for one in names[:1])


def _same(one: str, two: str) -> bool:
    return "".join(one.split()) == "".join(two.split())


def ranked(findings: Sequence[Finding]) -> list[Suspect]:
    """Every suspect once, likeliest first."""
    named: dict[str, Suspect] = {}
    for suspect in sorted((suspect for finding in findings for suspect in finding.suspects), key=lambda suspect: -suspect.score):
        named.setdefault(suspect.figure, suspect)
    return list(named.values())


def _single(fresh: Sequence[Finding], copy: Copy, truths: Sequence[set[str]], tally: Counter[str]) -> None:
    """Names printed alone, over all findings that the errors brought about."""
    right = set().union(*truths)
    for names in {tuple(suspect.figure for suspect in finding.suspects) for finding in fresh}:
        if len(names) == 1:
            tally["single n"] += 1
            tally["single right"] += names[0] in right


# ---- printing -----------------------------------------------------------------------------------------------------------


def percent(part: int, whole: int) -> str:
    """A share with the counts behind it."""
    return f"{100 * part / whole:5.1f} % ({part}/{whole})" if whole else "none"


def table(title: str, tally: Counter[str], times: Sequence[float]) -> Iterator[str]:
    """The lines of one half."""
    yield ""
    yield f"{title}: {sum(tally[f'{kind} n'] for kind in KINDS)} copies with one error"
    yield f"{'error':12}{'detected':>22}{'first':>22}{'among three':>22}{'right amount':>22}"
    for kind in (*KINDS, "keying"):
        row = [percent(tally[f"{kind} detected"], tally[f"{kind} n"])]
        row += [percent(tally[f"{kind} {what}"], tally[f"{kind} detected"]) for what in ("first", "top", "proposed")]
        yield f"{kind:12}" + "".join(f"{cell:>22}" for cell in row)
    yield f"single names that were right   {percent(tally['single right'], tally['single n'])}"
    yield f"two errors, both detected: both named {percent(tally['two apart'], tally['two n'])}, among three {percent(tally['two top 3'], tally['two n'])}"
    ordered = sorted(times)
    if ordered:
        at = [1000 * ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.95, 1)]
        yield f"diagnosis, ms a document: p50 {at[0]:.1f}, p95 {at[1]:.1f}, max {at[2]:.1f}"


def main() -> None:
    """Measure both halves of the corpus, and the example release."""
    options = argparse.ArgumentParser()
    options.add_argument("--kinds", type=int, default=3)
    options.add_argument("--seed", type=int, default=5)
    asked = options.parse_args()
    rulebook = load([])
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    times: dict[str, list[float]] = defaultdict(list)
    for _ in range(4):
        for copy in _copies(SEED.name, SEED.read_bytes(), rulebook, (KINDS * 3, 6, random.Random(f"{asked.seed} seed {_}"))):
            judged(copy, tallies["example release"], times["example release"])
    if "TIEOUT_CORPUS" in os.environ:
        for company, name, body in documents(Path(os.environ["TIEOUT_CORPUS"])):
            rng = random.Random(f"{asked.seed} {name}")
            part = half(company, asked.seed)
            for copy in _copies(name, body, rulebook, (rng.sample(KINDS, asked.kinds), 1, rng)):
                judged(copy, tallies[part], times[part])
    else:
        print("no corpus (TIEOUT_CORPUS): the example release alone")
    print(f"seed {asked.seed}")
    for title in ("example release", *HALVES):
        if tallies[title]:
            print("\n".join(table(title, tallies[title], times[title])))


if __name__ == "__main__":
    main()
