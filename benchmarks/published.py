"""Errors that companies printed and corrected, retyped as small statements: which are seen, and which figure is named.

    python -m benchmarks.published

The statements stand in tests/diagnose/published, named after the rows of the collection they come from. The wrong and
the corrected amounts are those of the correction notices; the figures around them are made up so that everything else
agrees. All were checked with the shipped rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from checker.core.finding import Finding, Story
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check

FOLDER = Path(__file__).parent.parent / "tests" / "diagnose" / "published"


@frozen
class Published:
    """One error: the statement, who printed it, what kind of error it was, and each wrong text with what it was
    corrected to."""

    name: str
    issuer: str
    kind: str
    corrections: tuple[tuple[str, str], ...]


ERRORS = (
    Published(
        "09-consolidated-cash",
        "*ST Sanlian, 2010",
        "stale opening balance, carried on",
        (("16,628,416.80", "24,734,617.98"), ("85,482,153.51", "93,588,354.69")),
    ),
    Published(
        "09-parent-cash",
        "*ST Sanlian, 2010",
        "stale opening balance, carried on",
        (("1,205,699.34", "9,311,900.52"), ("14,792,938.06", "22,899,139.24")),
    ),
    Published(
        "10-non-recurring",
        "*ST Sanlian, 2010",
        "wrong sign, carried on",
        (("(1,166,362.92)", "1,166,362.92"), ("(41,789,350.31)", "(44,122,076.15)")),
    ),
    Published(
        "11-expenses",
        "China Wuyi, 1H 2018",
        "digit moved to its neighbour",
        (("3,212,920.59", "212,920.59"), ("1,811,915.39", "31,811,915.39")),
    ),
    Published(
        "12-receivables", "Rongji Software, 1H 2011", "leading digit dropped", (("3,454,476.43", "43,454,476.43"),)
    ),
    Published(
        "14-growth", "Saturday, Q1 2022", "stale base of a percentage", (("27.06%", "1.66%"), ("67.66%", "1.94%"))
    ),
    Published("15-remuneration", "Kweichow Moutai, 2010", "wrong unit", (("1,006,500", "100.65"),)),
    Published("17-adjusted-profit", "Zhongtian Rocket, 1H 2025", "wrong unit", (("90", "900,000"),)),
    Published("17-net-loss", "Haoxiangni, 1H 2025", "wrong unit", (("1,500.00", "15,000,000.00"),)),
    Published("19-equity", "Xingsen, Q3 2016", "wrong cell", (("2,303,970,425.16", "2,304,127,603.81"),)),
)


@frozen
class Outcome:
    """What the program says of one published error."""

    violations: int
    located: int
    """Wrong figures that are named, or the likeliest of their story, with the corrected amount."""
    listed: int
    """Wrong figures that are among the first three of their story."""
    named: bool
    """Whether every story names its figures."""


def checked(error: Published, rulebook: Rulebook) -> Checked:
    """The statement as the program reads it."""
    path = FOLDER / f"{error.name}.md"
    return check(path.name, path.read_bytes(), rulebook)


def outcome(error: Published, found: Checked) -> Outcome:
    """Which of its wrong figures are found."""
    loud = [finding for finding in found.findings if finding.verdict == "violation" and finding.severity != "note"]
    stories = _stories(loud)
    texts = {figure.id: figure.text for figure in found.figures}
    first, three = set[tuple[str, str]](), set[str]()
    for story in stories:
        likely = [suspect for suspect in story.suspects if suspect.figure in story.named] or list(story.suspects[:1])
        first |= {(texts[suspect.figure], suspect.proposed) for suspect in likely}
        three |= {texts[suspect.figure] for suspect in story.suspects[:3]}
    located = sum(correction in first for correction in error.corrections)
    listed = sum(wrong in three for wrong, _ in error.corrections)
    return Outcome(
        len(loud), located, listed, bool(stories) and all(len(story.named) == len(story.suspects) for story in stories)
    )


def _stories(findings: Sequence[Finding]) -> list[Story]:
    return list({finding.story.id: finding.story for finding in findings if finding.story is not None}.values())


def table(rulebook: Rulebook) -> Iterator[str]:
    """One line for each error."""
    yield f"{'error':24}{'issuer':27}{'kind':36}{'violations':>10}  wrong figures located, listed"
    for error in ERRORS:
        found = outcome(error, checked(error, rulebook))
        count = len(error.corrections)
        word = "named" if found.named else "with runners-up"
        yield (
            f"{error.name:24}{error.issuer:27}{error.kind:36}{found.violations:>10}  {found.located} of {count}, "
            f"{found.listed} of {count}; {word}"
        )


def main() -> None:
    """Print the table."""
    print("\n".join(table(load([]))))


if __name__ == "__main__":
    main()
