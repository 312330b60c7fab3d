"""The labelled sample of links: excerpts of published sentences, retyped with the lines they speak of, and small
documents made of them again.

A record of labelled_links.txt:

    @ right aapl | first quarter of fiscal 2024 ended December 30, 2023      verdict of the reader, company, what the
    document is about S sentence
    C claim
    N why the excerpt does not stand alone, where it does not
    T title of the table | its unit
    H heads of the columns, | between them
    R caption | cells       a * behind those that the claim rests on; a caption without cells is a heading
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

LABELLED = Path(__file__).parent / "labelled_links.txt"


@frozen
class Labelled:
    """One link as it was read by a person."""

    verdict: str
    company: str
    opening: str
    sentence: str
    claim: str
    title: str
    unit: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    needs: str = ""
    """What the excerpt lacks to be linked by itself: the rest of its document."""

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The texts of the figures that the claim rests on."""
        return tuple(cell.rstrip("*").strip() for _, cells in self.rows for cell in cells if cell.endswith("*"))

    def document(self) -> bytes:
        """The excerpt and its lines as a release of their own."""
        rows = "\n".join("\t".join((caption, *(cell.rstrip("*") for cell in cells))) for caption, cells in self.rows)
        head = f"NEW YORK -- Acme Widgets, Inc. (NASDAQ: ACME) today announced results for the {self.opening}."
        heads = "\t".join(("", *self.heads))
        return f"{head}\n\n{self.sentence}\n\n{self.title}\n{self.unit}\n\n{heads}\n{rows}\n".encode()


def labelled(text: str) -> Iterator[Labelled]:
    """The records of a file."""
    for block in text.split("\n@ ")[1:]:
        first, *lines = block.strip().splitlines()
        verdict, company = first.split(" | ")[0].split()
        said = {line[0]: line[2:] for line in lines if line[0] in "SCNTH"}
        title, _, unit = said["T"].partition(" | ")
        rows = [line[2:].split(" | ") for line in lines if line.startswith("R ")]
        yield Labelled(
            verdict,
            company,
            first.split(" | ")[-1],
            said["S"],
            said["C"],
            title,
            unit,
            tuple(said["H"].split(" | ")),
            tuple((row[0], tuple(cell.strip() for cell in row[1:])) for row in rows),
            said.get("N", ""),
        )
