"""What a run says of a market, on one page: which rules fail, when and where, whose filings, what was restated, how
rounding is spread. One file, no script."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from checker.bulk.query import asked, opened, text
from checker.bulk.store import made_with

_MOST_RULES, _MOST_ROWS, _MOST_YEARS = 30, 40, 20
_WIDTH, _ROW, _WIDEST = 640, 22, 64
_FEWEST = 50
"""Relations of an industry, below which their share says nothing."""
_HEAD = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,'
    ' initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src'
    ' \'unsafe-inline\'"><meta name="generator" content="tieout"><title>tieout:'
    " {title}</title><style>{style}</style></head><body>\n"
)
_STYLE = """
:root{color-scheme:light dark;--ink:#1c1c1c;--paper:#fff;--soft:#666;--line:#ddd;
--bad:#b3261e;--mid:#c98a00;--good:#3b7d4f}
@media(prefers-color-scheme:dark){:root{--ink:#e8e8e8;--paper:#161616;--soft:#a5a5a5;--line:#3a3a3a;
--bad:#ff8a80;--mid:#ffcc66;--good:#7fcf97}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
max-width:70rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.2rem}p.note{color:var(--soft)}
table{border-collapse:collapse;font-size:13px}
td,th{padding:.25rem .7rem .25rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}td.d{white-space:nowrap}.wide{overflow-x:auto}
svg{max-width:100%;height:auto}svg text{fill:var(--ink);font:12px system-ui,sans-serif}svg .soft{fill:var(--soft)}
.bad{fill:var(--bad)}.mid{fill:var(--mid)}.good{fill:var(--good)}.axis{stroke:var(--line)}
@media print{body{margin:0}}
"""


def page(folder: Path) -> str:
    """The page of a run. Unusable: the folder is none of a run."""
    made = made_with(folder)
    with opened(folder) as connection:
        parts = "\n".join(_parts(connection))
    head = _HEAD.replace("{title}", html.escape(folder.name)).replace("{style}", _STYLE)
    rules, version = html.escape(str(made["rules"])[:12]), html.escape(str(made["version"]))
    return (
        f'{head}<h1>{html.escape(folder.name)}</h1>\n{parts}\n<p class="note">tieout {version}, rules'
        f" {rules}</p>\n</body></html>\n"
    )


def _parts(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    yield _overview(connection)
    yield _changes(connection)
    yield _rules(connection)
    yield _years(connection)
    yield _table(
        connection,
        "By industry",
        "SELECT industry, (SELECT count(*) FROM coverage c WHERE c.industry = j.industry) AS filings,"
        " sum(count)::BIGINT AS judged, coalesce(sum(count) FILTER (verdict = 'violation'), 0)::BIGINT AS violations,"
        " round(100 * violations / judged, 1) AS percent FROM judgements j WHERE industry IS NOT NULL GROUP BY industry"
        f" HAVING judged >= {_FEWEST} ORDER BY percent DESC, judged DESC, industry LIMIT {_MOST_ROWS}",
        "Standard industrial classification, by the share of relations that fail.",
    )
    yield _table(
        connection,
        "Where most is wrong",
        "SELECT coalesce(filer_name, path) AS filer, form, filed, path, violations, notes, blocking, agrees FROM"
        " coverage WHERE violations + notes + blocking > 0 ORDER BY blocking DESC, violations DESC, notes DESC, path"
        f" LIMIT {_MOST_ROWS}",
        "Documents by findings that block, then by violations that may speak, then by notes.",
    )
    yield _table(
        connection,
        "Findings that count",
        'SELECT coalesce(filer_name, path) AS filer, rule, f.period, "left", "right", difference, message FROM'
        " findings f JOIN coverage USING (document, run) WHERE f.blocks ORDER BY abs(units_of_last_place) DESC NULLS"
        f" LAST, rule, path LIMIT {_MOST_ROWS}",
        "The largest first, in units of the last place.",
    )
    yield _table(
        connection,
        "Restated",
        "SELECT filer_name, concept, segment, period_end, period_months AS months, before, value AS later, change,"
        f" filed FROM restated ORDER BY filed DESC, abs(change) DESC, concept LIMIT {_MOST_ROWS}",
        "Facts that a later filing of the same filer reports otherwise, by more than rounding.",
    )
    yield _rounding(connection)


def _overview(connection: duckdb.DuckDBPyConnection) -> str:
    _, rows = asked(
        connection,
        "SELECT count(*), count(*) FILTER (status = 0), count(*) FILTER (status = 1), count(*) FILTER (status = 3),"
        " count(*) FILTER (status = 70), coalesce(sum(figures), 0), coalesce(sum(figures) - sum(untested), 0),"
        " coalesce(sum(agrees), 0), coalesce(sum(roundings), 0), coalesce(sum(violations), 0), coalesce(sum(notes), 0)"
        " FROM coverage",
    )
    documents, passed, found, unread, failed, figures, tested, agrees, roundings, violations, notes = (
        int(one) for one in rows[0]
    )
    said = [f"{documents:,} documents: {passed:,} passed, {found:,} with findings that count, {unread:,} not checked"]
    said[0] += f", {failed:,} made the program fail." if failed else "."
    said.append(f"{figures:,} figures, {tested:,} of them tested.")
    said.append(f"{agrees:,} relations agree, {roundings:,} by rounding, {violations:,} violations, {notes:,} notes.")
    return "<p>" + "<br>".join(said) + "</p>"


def _changes(connection: duckdb.DuckDBPyConnection) -> str:
    """What the last run changed, where there was one before it."""
    _, ((before,),) = asked(connection, "SELECT count(*) FROM earlier_coverage")
    if not before:
        return ""
    _, rows = asked(connection, "SELECT change, count(*) FROM changes WHERE blocks GROUP BY change")
    counts: Mapping[str, int] = dict(rows)
    said = (
        f"Of findings that count {counts.get('new', 0):,} are new, {counts.get('still', 0):,} were there before, "
        f"{counts.get('fixed', 0):,} are gone."
    )
    told = _table(
        connection,
        "Since the run before",
        "SELECT path, rule, period, difference, message FROM changes WHERE blocks AND change = 'new'"
        f" ORDER BY path, rule, period, difference LIMIT {_MOST_ROWS}",
        said,
    )
    return told or f'<h2>Since the run before</h2><p class="note">{said}</p>'


def _rules(connection: duckdb.DuckDBPyConnection) -> str:
    _, rows = asked(
        connection,
        "SELECT rule, agrees, roundings, violations, documents FROM rules WHERE violations > 0 ORDER BY "
        f"percent DESC, rule LIMIT {_MOST_RULES}",
    )
    if not rows:
        return "<h2>Rules</h2><p>No relation fails.</p>"
    height = _ROW * len(rows) + 10
    bars = []
    for at, (rule, agrees, roundings, violations, documents) in enumerate(rows):
        total, y = agrees + roundings + violations, at * _ROW + 4
        widths = [280 * part // total for part in (violations, roundings)]
        bars.append(f'<text x="0" y="{y + 12}">{html.escape(_short(rule))}</text>')
        bars.append(
            _bar(300, y, widths[0], "bad")
            + _bar(300 + widths[0], y, widths[1], "mid")
            + _bar(300 + sum(widths), y, 280 - sum(widths), "good")
        )
        said = f"{100 * violations / total:.1f} % of {total:,}"
        bars.append(
            f'<text class="soft" x="588" y="{y + 12}">{said}<title>{html.escape(rule)}: in {documents:,}'
            " documents</title></text>"
        )
    drawn = (
        f'<svg viewBox="0 0 {_WIDTH + 80} {height}" role="img" aria-label="How often each rule'
        f' fails">{"".join(bars)}</svg>'
    )
    note = (
        "Failing, by rounding and agreeing parts of what each rule judged. A rule that fails in a third of a "
        "market is wrong, or lacks a condition."
    )
    return f'<h2>Rules that fail</h2><p class="note">{note}</p>{drawn}'


def _bar(x: int, y: int, width: int, kind: str) -> str:
    return f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="14"/>' if width > 0 else ""


def _short(rule: str) -> str:
    return rule if len(rule) <= 44 else "…" + rule[-43:]


def _years(connection: duckdb.DuckDBPyConnection) -> str:
    """The share of relations that fail, by the year of the period."""
    _, rows = asked(
        connection,
        "SELECT year, sum(count)::BIGINT AS judged,"
        " coalesce(sum(count) FILTER (verdict = 'violation'), 0)::BIGINT AS violations FROM judgements"
        f" WHERE year IS NOT NULL GROUP BY year ORDER BY year DESC LIMIT {_MOST_YEARS}",
    )
    if len(rows) < 2:
        return ""
    shares = [(year, 100 * violations / judged, judged) for year, judged, violations in reversed(rows)]
    most = max(max(share for _, share, _ in shares), 1)
    return _columns(
        "By year",
        "Percent of relations that fail, by the year in which the period ends.",
        [(str(year), share, f"{share:.1f} % of {judged:,}") for year, share, judged in shares],
        most,
    )


def _columns(title: str, note: str, bars: Sequence[tuple[str, float, str]], most: float) -> str:
    """Columns side by side: the word below each, how high it is, and what is told of it."""
    width = min(_WIDEST, max(8, _WIDTH // max(1, len(bars))))
    drawn = [f'<line class="axis" x1="0" x2="{_WIDTH}" y1="150" y2="150" stroke-width="1"/>']
    every = max(1, -(-len(bars) * 34 // _WIDTH))
    for at, (name, value, said) in enumerate(bars):
        height, about = round(140 * value / most), f"{html.escape(name)}: {html.escape(said)}"
        drawn.append(
            f'<rect class="bad" x="{at * width + 2}" y="{150 - height}" width="{width - 4}"'
            f' height="{height}"><title>{about}</title></rect>'
        )
        if at % every == 0:
            drawn.append(f'<text class="soft" x="{at * width + 2}" y="166">{html.escape(name)}</text>')
    return (
        f'<h2>{title}</h2><p class="note">{note}</p><svg viewBox="0 0 {_WIDTH} 175" role="img"'
        f' aria-label="{title}">{"".join(drawn)}</svg>'
    )


def _rounding(connection: duckdb.DuckDBPyConnection) -> str:
    """How far sums miss by rounding, in units of the last place."""
    _, rows = asked(
        connection,
        "SELECT least(ceil(abs(units_of_last_place)), 20)::INT AS units, count(*) FROM findings WHERE verdict ="
        " 'rounding' AND units_of_last_place IS NOT NULL GROUP BY units ORDER BY units",
    )
    if not rows:
        return ""
    counts: Mapping[int, int] = dict(rows)
    bars = [
        (f"{units}" if units < 20 else "20+", float(counts.get(units, 0)), f"{counts.get(units, 0):,}")
        for units in range(1, max(counts) + 1)
    ]
    return _columns(
        "Rounding",
        "Differences that rounding explains, in units of the last place.",
        bars,
        max(max(value for _, value, _ in bars), 1),
    )


def _table(connection: duckdb.DuckDBPyConnection, title: str, sql: str, note: str) -> str:
    names, rows = asked(connection, sql)
    if not rows:
        return ""
    kept = [at for at in range(len(names)) if any(row[at] is not None for row in rows)]
    numbers = {
        at
        for at in kept
        if all(row[at] is None or (not isinstance(row[at], str) and _is_number(row[at])) for row in rows)
    }
    kinds = dict.fromkeys(numbers, "n") | {at: "d" for at in kept if any(isinstance(row[at], date) for row in rows)}
    head = "".join(f"<th{_kind(at, kinds)}>{html.escape(names[at].replace('_', ' '))}</th>" for at in kept)
    body = "".join(
        "<tr>" + "".join(f"<td{_kind(at, kinds)}>{html.escape(_cell(row[at]))}</td>" for at in kept) + "</tr>\n"
        for row in rows
    )
    return (
        f'<h2>{title}</h2><p class="note">{note}</p><div'
        f' class="wide"><table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>'
    )


def _kind(at: int, kinds: Mapping[int, str]) -> str:
    return f' class="{kinds[at]}"' if at in kinds else ""


def _is_number(value: Any) -> bool:
    from decimal import Decimal

    return isinstance(value, int | float | Decimal)


def _cell(value: Any) -> str:
    written = text(value)
    whole, point, rest = written.partition(".")
    return (
        f"{int(whole):,}{point}{rest}"
        if _is_number(value) and whole.lstrip("-").isdigit() and not isinstance(value, bool) and len(whole) > 4
        else written
    )
