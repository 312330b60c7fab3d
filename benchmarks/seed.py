"""Single figures of the seed release are corrupted, one per copy: how many raise a violation, exactly and with relative tolerances.

    python benchmarks/seed.py [as-printed] [in-thousands] [in-millions]

The release (examples/fusion-2013q1.md) is also printed again in thousands and in millions, every amount rounded on its own, and corrupted there.
Every corruption changes the text of the file; the whole program runs over it. A corruption counts as detected when the copy has a violation above note.
"""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import Path

from attrs import evolve

from checker.bind import bind
from checker.core.figure import Figure
from checker.core.release import Release
from checker.core.report import Checked
from checker.core.rule import Amount, Rulebook, Tolerance
from checker.evaluate import evaluate
from checker.language import load
from checker.pipeline import check, release

SEED = Path(__file__).parent.parent / "examples" / "fusion-2013q1.md"
REPEATED = ("digits transposed", "wrong digit", "last digit", "digit dropped", "digit doubled")
Slip = Callable[[int, random.Random], int | None]


def transposed(value: int, rng: random.Random) -> int | None:
    """Two neighbouring digits that differ change places."""
    digits = str(value)
    places = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1]]
    if not places:
        return None
    at = rng.choice(places)
    return int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])


def wrong(value: int, rng: random.Random) -> int:
    """One digit is another."""
    digits = str(value)
    at = rng.randrange(len(digits))
    return int(digits[:at] + rng.choice([d for d in "0123456789" if d != digits[at]]) + digits[at + 1 :])


def last(value: int, rng: random.Random) -> int:
    """The last digit is another."""
    digits = str(value)
    return int(digits[:-1] + rng.choice([d for d in "0123456789" if d != digits[-1]]))


def dropped(value: int, rng: random.Random) -> int | None:
    """A digit is missing."""
    digits = str(value)
    at = rng.randrange(len(digits))
    return int(digits[:at] + digits[at + 1 :]) if len(digits) > 1 else None


def doubled(value: int, rng: random.Random) -> int:
    """A digit stands twice."""
    digits = str(value)
    at = rng.randrange(len(digits))
    return int(digits[:at] + digits[at] + digits[at:])


SLIPS: dict[str, Slip] = {
    "digits transposed": transposed,
    "wrong digit": wrong,
    "last digit": last,
    "digit dropped": dropped,
    "digit doubled": doubled,
    "scale /1000": lambda value, rng: value // 1000 if value >= 1000 else None,
    "off by one": lambda value, rng: value + rng.choice([-1, 1]),
}


def printed(value: int, like: str) -> str:
    """The amount in the style of the text it replaces."""
    digits = f"{abs(value):,}"
    return f"({digits})" if like.startswith("(") else digits


def corruptions(figures: tuple[Figure, ...], rng: random.Random) -> Iterator[tuple[str, Figure, str]]:
    """Kind, figure and the text that replaces it; whole amounts other than zero, five of each keying slip, one of each other kind."""
    rows: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        rows[(figure.statement or "", *figure.under, figure.caption)].append(figure)
    for kind in (*SLIPS, "sign", "other period"):
        for figure in figures:
            value = abs(int(figure.value or 0))
            if kind == "sign":
                yield kind, figure, figure.text.strip("()") if figure.text.startswith("(") else f"({figure.text})"
            elif kind == "other period":
                others = [one for one in rows[(figure.statement or "", *figure.under, figure.caption)] if one is not figure and one.text != figure.text]
                if others:
                    yield kind, figure, others[0].text
            else:
                for _ in range(5 if kind in REPEATED else 1):
                    new = SLIPS[kind](value, rng)
                    if new is not None and new != value:
                        yield kind, figure, printed(new, figure.text)


def whole(checked: Checked) -> tuple[Figure, ...]:
    """The amounts that can be corrupted: printed in tables, whole units, not zero."""
    return tuple(figure for figure in checked.figures if figure.counts and "." not in figure.text and "%" not in figure.text)


def loud(found: Release, rulebook: Rulebook) -> int:
    """Violations above note."""
    return sum(one.verdict == "violation" and one.severity != "note" for one in evaluate(bind(found, rulebook)))


def with_tolerance(rulebook: Rulebook, percent: Fraction) -> Rulebook:
    """The same rules with a relative tolerance."""
    tolerance = Tolerance("amount", Amount(percent, "percent"))
    return evolve(rulebook, rules=tuple(evolve(rule, clauses=evolve(rule.clauses, tolerance=tolerance)) for rule in rulebook.rules))


def rendered(text: str, checked: Checked, thousands: int) -> bytes:
    """The release with every currency amount of its tables rounded on its own to 1,000 ** thousands, and its tables saying so."""
    unit = Decimal(1000) ** thousands
    replaced = text.encode()
    for figure in sorted(checked.figures, key=lambda one: one.place.span, reverse=True):
        if figure.origin == "table" and figure.unit == "USD" and figure.form == "number" and figure.value is not None:
            amount = abs(figure.value) / unit
            shown = f"{amount.quantize(Decimal(1) if thousands == 1 else Decimal('0.1'), ROUND_HALF_EVEN):,}"
            new = f"({shown})" if figure.text.startswith("(") else shown
            start, end = figure.place.span
            replaced = replaced[:start] + new.encode() + replaced[end:]
    word = {1: "in thousands", 2: "in millions"}[thousands]
    except_for = "except share and per share amounts"
    return re.sub(rb"\(unaudited\)", f"(unaudited, {word}, {except_for})".encode(), replaced).replace(
        b"\tMarch 31, 2013\tDecember 31, 2012", f"({word}, {except_for})\n\n\tMarch 31, 2013\tDecember 31, 2012".encode()
    )


def measure(name: str, content: bytes, rulebooks: dict[str, Rulebook]) -> None:
    """Print the table of one rendering."""
    clean = check(name, content, rulebooks["exact"])
    base = {label: loud(release(name, content), book) for label, book in rulebooks.items()}
    print(f"\n{name}: {clean.summary.figures} table figures other than zero, violations on the clean text: {base['exact']}")
    tally: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    missed: dict[str, int] = defaultdict(int)
    for kind, figure, new in corruptions(whole(clean), random.Random(7)):
        start, end = figure.place.span
        copy = release(name, content[:start] + new.encode() + content[end:])
        for place in (kind, "all"):
            tally[place]["n"] += 1
        for label, book in rulebooks.items():
            hit = loud(copy, book) > base[label]
            for place in (kind, "all"):
                tally[place][label] += hit
            if label == "exact" and not hit:
                missed[f"{figure.caption} ({kind})"] += 1
    print(f"{'corruption':20}{'n':>6}" + "".join(f"{label:>12}" for label in rulebooks))
    for kind, counts in tally.items():
        if kind != "all":
            print(_row(kind, counts, rulebooks))
    print(_row("all", tally["all"], rulebooks))
    print("missed:", ", ".join(f"{what} {count}" for what, count in sorted(missed.items(), key=lambda item: -item[1])[:12]) or "none")


def _row(kind: str, counts: dict[str, int], rulebooks: dict[str, Rulebook]) -> str:
    return f"{kind:20}{counts['n']:>6}" + "".join(f"{100 * counts[label] / counts['n']:>11.1f}%" for label in rulebooks)


def main() -> None:
    """Measure the release as printed, in thousands and in millions, or those of them that are named."""
    wanted = sys.argv[1:] or ["as-printed", "in-thousands", "in-millions"]
    text = SEED.read_text(encoding="utf-8")
    exact = load([])
    books = {"exact": exact, "0.1 %": with_tolerance(exact, Fraction(1, 10)), "1 %": with_tolerance(exact, Fraction(1))}
    clean = check(SEED.name, text.encode(), exact)
    printings = {"as-printed": text.encode(), "in-thousands": rendered(text, clean, 1), "in-millions": rendered(text, clean, 2)}
    for name in wanted:
        measure(name, printings[name], books)


if __name__ == "__main__":
    main()
