"""Single figures of the seed release are corrupted, one per copy: how many raise a violation, exactly and with relative
tolerances.

    python benchmarks/seed.py [as-printed] [in-thousands] [in-millions]

The release (examples/fusion-2013q1.md) is also printed again in thousands and in millions, every amount rounded on its
own, and corrupted there (each keying slip once for each figure instead of five times).

Every corruption changes the text of the file, and the whole program runs over it. It counts as detected when the copy
has more violations above note than the clean text. The columns with a relative tolerance judge the same checks anew,
with that tolerance in place of what rounding explains.
"""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import Path

from attrs import evolve

from checker.bind import bind
from checker.core.check import Check
from checker.core.figure import Figure
from checker.core.report import Checked
from checker.core.rule import Amount, Rulebook, Tolerance
from checker.evaluate import evaluate
from checker.language import load
from checker.pipeline import check, release

SEED = Path(__file__).parent.parent / "examples" / "fusion-2013q1.md"
REPEATED = ("digits transposed", "wrong digit", "last digit", "digit dropped", "digit doubled")
TIMES = {"as-printed": 5, "in-thousands": 1, "in-millions": 1}
"""How often a figure of each rendering suffers each of the repeated slips."""
TOLERANCES = {
    "exact": None,
    "0.1 %": Tolerance("amount", Amount(Fraction(1, 10), "percent")),
    "1 %": Tolerance("amount", Amount(Fraction(1), "percent")),
}
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


def digits(text: str) -> int:
    """The digits of a printed amount, its point left out: 162 of 16.2."""
    return int(re.sub(r"\D", "", text))


def printed(value: int, like: str) -> str:
    """The digits in the style of the text they replace."""
    places = len(like.rstrip(")").partition(".")[2])
    point = f".{value % 10**places:0{places}}" if places else ""
    text = f"{value // 10**places:,}{point}"
    return f"({text})" if like.startswith("(") else text


def corruptions(figures: tuple[Figure, ...], times: int) -> Iterator[tuple[str, Figure, str]]:
    """Kind, figure and the text that replaces it; whole amounts other than zero, so many times each keying slip, once
    each other kind."""
    rng = random.Random(7)
    rows: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        rows[(figure.statement or "", *figure.under, figure.caption)].append(figure)
    for kind in (*SLIPS, "sign", "other period"):
        for figure in figures:
            value = digits(figure.text)
            if kind == "sign":
                yield kind, figure, figure.text.strip("()") if figure.text.startswith("(") else f"({figure.text})"
            elif kind == "other period":
                others = [
                    one
                    for one in rows[(figure.statement or "", *figure.under, figure.caption)]
                    if one is not figure and one.text != figure.text
                ]
                if others:
                    yield kind, figure, others[0].text
            else:
                for _ in range(times if kind in REPEATED else 1):
                    new = SLIPS[kind](value, rng)
                    if new is not None and new != value:
                        yield kind, figure, printed(new, figure.text)


def whole(checked: Checked) -> tuple[Figure, ...]:
    """The amounts that can be corrupted: printed in tables and not zero; of what is no sum of money, only whole
    numbers."""
    return tuple(
        figure
        for figure in checked.figures
        if figure.counts and (figure.unit.is_money or "." not in figure.text) and "%" not in figure.text
    )


def loud(checks: Sequence[Check]) -> dict[str, int]:
    """Violations above note, exactly and with each tolerance."""
    found: dict[str, int] = {}
    for label, tolerance in TOLERANCES.items():
        judged = checks if tolerance is None else [evolve(check, tolerance=tolerance) for check in checks]
        found[label] = sum(one.verdict == "violation" and one.severity != "note" for one in evaluate(judged))
    return found


def rendered(text: str, checked: Checked, thousands: int) -> bytes:
    """The release with every currency amount of its tables rounded on its own to 1,000 ** thousands, and its tables
    saying so."""
    unit = Decimal(1000) ** thousands
    replaced = text.encode()
    for figure in sorted(checked.figures, key=lambda one: one.place.span, reverse=True):
        if figure.origin == "table" and figure.unit.is_money and figure.form == "number" and figure.value is not None:
            amount = abs(figure.value) / unit
            shown = f"{amount.quantize(Decimal(1) if thousands == 1 else Decimal('0.1'), ROUND_HALF_EVEN):,}"
            new = f"({shown})" if figure.text.startswith("(") else shown
            start, end = figure.place.span
            replaced = replaced[:start] + new.encode() + replaced[end:]
    word = {1: "in thousands", 2: "in millions"}[thousands]
    except_for = "except share and per share amounts"
    return re.sub(rb"\(unaudited\)", f"(unaudited, {word}, {except_for})".encode(), replaced).replace(
        b"\tMarch 31, 2013\tDecember 31, 2012",
        f"({word}, {except_for})\n\n\tMarch 31, 2013\tDecember 31, 2012".encode(),
    )


def measure(name: str, content: bytes, rulebook: Rulebook) -> None:
    """Print the table of one rendering."""
    clean = check(name, content, rulebook)
    base = loud(bind(release(name, content), rulebook))
    told = ", ".join(f"{label} {count}" for label, count in base.items())
    print(f"\n{name}: {clean.summary.figures} table figures other than zero; violations on the clean text: {told}")
    tally: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    missed: dict[str, int] = defaultdict(int)
    seen: dict[tuple[str, str], Mapping[str, int]] = {}
    for kind, figure, new in corruptions(whole(clean), TIMES[name]):
        start, end = figure.place.span
        if (figure.id, new) not in seen:
            seen[figure.id, new] = loud(bind(release(name, content[:start] + new.encode() + content[end:]), rulebook))
        found = seen[figure.id, new]
        for place in (kind, "all"):
            tally[place]["n"] += 1
            for label in TOLERANCES:
                tally[place][label] += found[label] > base[label]
        if found["exact"] <= base["exact"]:
            missed[f"{figure.caption} ({kind})"] += 1
    print(f"{'corruption':20}{'n':>6}" + "".join(f"{label:>12}" for label in TOLERANCES))
    for kind in (*(kind for kind in tally if kind != "all"), "all"):
        print(_row(kind, tally[kind]))
    print(
        "missed:",
        ", ".join(f"{what} {count}" for what, count in sorted(missed.items(), key=lambda item: -item[1])[:12])
        or "none",
        flush=True,
    )


def _row(kind: str, counts: Mapping[str, int]) -> str:
    return f"{kind:20}{counts['n']:>6}" + "".join(
        f"{100 * counts[label] / counts['n']:>11.1f}%" for label in TOLERANCES
    )


def main() -> None:
    """Measure the release as printed, in thousands and in millions, or those of them that are named."""
    wanted = sys.argv[1:] or list(TIMES)
    text = SEED.read_text(encoding="utf-8")
    rulebook = load([])
    clean = check(SEED.name, text.encode(), rulebook)
    printings = {
        "as-printed": text.encode(),
        "in-thousands": rendered(text, clean, 1),
        "in-millions": rendered(text, clean, 2),
    }
    for name in wanted:
        measure(name, printings[name], rulebook)


if __name__ == "__main__":
    main()
