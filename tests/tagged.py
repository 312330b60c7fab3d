"""Small tagged filings for the tests: a statement of two columns in inline XBRL, its linkbase, and the same as an
instance."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = """<html xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:xbrldi="http://xbrl.org/2006/xbrldi"><head><title>Filing</title></head><body>
<ix:header>{hidden}<ix:resources>{contexts}{units}</ix:resources></ix:header>
<p>Consolidated Statements of Operations (in millions)</p>
"""
ENTITY = '<xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">1</xbrli:identifier>{segment}</xbrli:entity>'
YEARS = {"now": 2023, "then": 2022, "before": 2021}
UNITS = """<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
<xbrli:unit id="eur"><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>
<xbrli:unit id="shares"><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unit>
<xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>
<xbrli:unit id="eps"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unitNumerator>
<xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator></xbrli:divide></xbrli:unit>"""


def context(name: str, year: int, segment: str = "") -> str:
    """The context of a calendar year."""
    days = f"<xbrli:startDate>{year}-01-01</xbrli:startDate><xbrli:endDate>{year}-12-31</xbrli:endDate>"
    return (
        "<xbrli:context"
        f' id="{name}">{ENTITY.format(segment=segment)}<xbrli:period>{days}</xbrli:period></xbrli:context>\n'
    )


CONTEXTS = "".join(context(name, year) for name, year in YEARS.items())


def tag(concept: str, text: str, when: str, **said: str) -> str:
    """A tag around a printed amount; brackets stand outside of it. `sign` and the other attributes as given, in place
    of the usual ones."""
    usual = {"unitRef": "usd", "decimals": "-6", "scale": "6", "format": "ixt:num-dot-decimal"} | said
    attributes = "".join(f' {name}="{value}"' for name, value in usual.items() if value)
    inside = f'<ix:nonFraction name="a:{concept}" contextRef="{when}"{attributes}>{text.strip("()")}</ix:nonFraction>'
    return f"({inside})" if text.startswith("(") else inside


Row = tuple[str, str, Sequence[str], Sequence[dict[str, str]]]
"""Caption, concept, printed amounts, and for each column what its tag says otherwise than usual."""


def row(caption: str, concept: str, *amounts: str, **otherwise: dict[str, str]) -> Row:
    """A line; `now`, `then` and `before` say what the tag of that column has otherwise."""
    said = [
        {"sign": "-" if amount.startswith("(") else ""} | otherwise.get(name, {})
        for amount, name in zip(amounts, YEARS, strict=False)
    ]
    return caption, concept, amounts, said


GOOD = (
    row("Revenues", "Revenues", "1,610", "1,530", "1,490"),
    row("Cost of revenues", "CostOfRevenue", "1,170", "1,040", "1,020"),
    row("Gross profit", "GrossProfit", "440", "490", "470"),
    row("Selling expenses", "SellingExpense", "130", "120", "110"),
    row("Other income (expense)", "Other", "(12)", "(7)", "9"),
)


def page(rows: Sequence[Row] = GOOD, hidden: str = "", contexts: str = "", after: str = "") -> bytes:
    """The page of a statement of three years."""
    heads = "".join(f"<td>Year Ended December 31, {year}</td>" for year in YEARS.values())
    lines = "".join(
        f"<tr><td>{caption}</td>"
        + "".join(
            f"<td>{tag(concept, text, **{'when': when} | said)}</td>\n"
            for text, when, said in zip(amounts, YEARS, tags, strict=False)
        )
        + "</tr>\n"
        for caption, concept, amounts, tags in rows
    )
    head = HEAD.format(
        hidden=f"<ix:hidden>{hidden}</ix:hidden>" if hidden else "", contexts=CONTEXTS + contexts, units=UNITS
    )
    return f"{head}<table><tr><td></td>{heads}</tr>\n{lines}</table>\n{after}</body></html>\n".encode()


def linkbase(*arcs: tuple[str, str, str], role: str = "http://acme.com/role/Operations") -> bytes:
    """A calculation linkbase: total, item, weight."""
    names = dict.fromkeys(name for total, item, _ in arcs for name in (total, item))
    places = "".join(
        f'<link:loc xlink:type="locator" xlink:href="acme.xsd#a_{name}" xlink:label="l_{name}"/>\n' for name in names
    )
    lines = "".join(
        '<link:calculationArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item" '
        f'xlink:from="l_{total}" xlink:to="l_{item}" weight="{weight}" order="{number}"/>\n'
        for number, (total, item, weight) in enumerate(arcs, 1)
    )
    spaces = 'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"'
    link = f'<link:calculationLink xlink:type="extended" xlink:role="{role}">\n{places}{lines}</link:calculationLink>'
    return f"<link:linkbase {spaces}>{link}</link:linkbase>".encode()


GROSS_PROFIT = linkbase(("GrossProfit", "Revenues", "1"), ("GrossProfit", "CostOfRevenue", "-1"))
