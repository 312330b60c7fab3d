"""Single published tables as small documents: how many raise an alarm. Nothing was tuned on them, and nearly all of
them are right.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.tables [--alarms]

Tables of question-answering sets (FinQA, ConvFinQA, TAT-QA, MultiHiertt, JFinQA), each written as HTML with the
sentences around it where the set kept them as printed. ConvFinQA keeps numbers without their printing; they are written
as plainly as they allow. The 62 tables that a naive footing check called wrong, none of which is, are counted apart.
The sets have mistakes of their own (cells lost or misread when pages were turned into tables), so an alarm has to be
read.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from benchmarks.corpus import root, share
from benchmarks.detection import loud, told
from checker.core.finding import Finding
from checker.language import load
from checker.pipeline import check

_SHOWN = 60


@frozen
class Cut:
    """One table cut out of a release or filing, with the text that stood before and behind it."""

    source: str
    name: str
    rows: tuple[tuple[str, ...], ...]
    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()

    def content(self) -> bytes:
        """The table as an HTML page."""
        width = max((len(row) for row in self.rows), default=0)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in [*row, *[""] * (width - len(row))]) + "</tr>\n"
            for row in self.rows
        )
        text = ["".join(f"<p>{html.escape(one)}</p>\n" for one in several) for several in (self.before, self.behind)]
        return (
            "<html><head><meta"
            f' charset="utf-8"></head><body>\n{text[0]}<table>\n{body}</table>\n{text[1]}</body></html>'.encode()
        )


def cuts(folder: Path) -> Iterator[Cut]:
    """Every table of the corpus."""
    for path in sorted((folder / "tables").glob("*.jsonl.gz")):
        source = path.name.removesuffix(".jsonl.gz")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield _cut(source, json.loads(line))
    for line in (folder / "analysis" / "nonfooting_62_labelled.jsonl").read_text(encoding="utf-8").splitlines():
        known = json.loads(line)
        yield Cut("non-footing 62", known["id"], _texts(known["table"]))


def _cut(source: str, record: dict[str, Any]) -> Cut:
    match source:
        case "convfinqa":
            return Cut(source, record["id"], _of_mapping(record["table_normalised"]))
        case "finqa":
            return Cut(source, record["id"], _texts(record["table_original"]))
        case "jfinqa":
            table = record["table"]
            return Cut(
                source,
                record["id"],
                _texts([table["headers"], *table["rows"]]),
                tuple(record["pre_text"]),
                tuple(record["post_text"]),
            )
        case "tatqa":
            return Cut(source, record["id"], _texts(record["table"]), (), tuple(record["paragraphs"] or ()))
        case _:
            return Cut(source, record["id"], _texts(record["table"]), tuple((record["context"] or "").splitlines()))


def _texts(rows: list[list[Any]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows)


def _of_mapping(columns: dict[str, dict[str, Any]]) -> tuple[tuple[str, ...], ...]:
    captions = list(dict.fromkeys(caption for column in columns.values() for caption in column))
    return (
        ("", *columns),
        *((caption, *(_plain(column.get(caption)) for column in columns.values())) for caption in captions),
    )


def _plain(amount: object) -> str:
    if isinstance(amount, float):
        return f"{int(amount):,}" if amount.is_integer() else f"{amount:,}"
    return "" if amount is None else str(amount)


def show(cut: Cut, found: list[Finding]) -> str:
    """The table with what was said of it, to be read by a person."""
    rows = "\n".join("   " + " | ".join(cell[:_SHOWN] for cell in row) for row in cut.rows)
    return "\n".join(
        [
            f"--- {cut.source} {cut.name}",
            *(f" ! {told(one)} | {one.severity} | confirmed {one.check.confirmed}" for one in found),
            rows,
        ]
    )


def main() -> None:
    """Print one line a source."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--alarms", action="store_true", help="show every table with an alarm")
    options = parser.parse_args()
    begun, rulebook = time.process_time(), load([])
    counts: dict[str, list[int]] = {}
    shown = []
    for cut in cuts(root()):
        checked = check("table.htm", cut.content(), rulebook)
        found, summary = loud(checked), checked.summary
        row = counts.setdefault(cut.source, [0] * 6)
        amounts = (
            1,
            bool(checked.figures),
            summary.figures,
            summary.figures - summary.untested,
            len(found),
            bool(found),
        )
        counts[cut.source] = [old + new for old, new in zip(row, amounts, strict=True)]
        if found:
            shown.append(show(cut, found))
    for source, (tables, read, figures, tested, alarms, with_one) in counts.items():
        counted = f"alarms {alarms} in {share(with_one, tables)} of the tables"
        print(f"{source:15} {tables:5} tables, read {read:4}, figures tested {share(tested, figures)}, {counted}")
    print(f"{time.process_time() - begun:.0f} s of processor time")
    if options.alarms:
        print("\n".join(shown))


if __name__ == "__main__":
    main()
