"""Makes the table of currencies: `python -m checker.lexicon.tables`, with Babel installed (the extra `tables`).

Codes, names and signs are those of the Unicode Common Locale Data Repository: every currency that is tender somewhere
today. What it leaves out and releases print all the same stands here, with what it says and releases do not.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("currencies.py")

FIRST = (
    "USD",
    "EUR",
    "GBP",
    "JPY",
    "CNY",
    "INR",
    "CAD",
    "AUD",
    "CHF",
    "SEK",
    "HKD",
    "SGD",
    "TWD",
    "NZD",
    "MXN",
    "ZAR",
    "KRW",
    "BRL",
)
"""They stand first: a sign of several currencies is of the first of them where nothing else tells."""

PRINTED: dict[str, tuple[str, ...]] = {
    "USD": ("U.S.$", "U.S. $", "US $"),
    "GBP": ("STG£",),
    "CAD": ("C$", "Cdn$", "CDN"),
    "AUD": ("AU$", "A$"),
    "JPY": ("円", "日元"),
    "CNY": ("RMB", "RMB¥", "元", "人民币", "人民幣"),
    "INR": ("Rs", "Rs.", "Re."),
    "PKR": ("Rs", "Rs."),
    "LKR": ("Rs", "Rs."),
    "MUR": ("Rs", "Rs."),
    "NPR": ("Rs", "Rs."),
    "BDT": ("Tk", "Tk."),
    "JMD": ("J$", "JA$"),
    "TTD": ("TT$",),
    "BBD": ("BDS$",),
    "BZD": ("BZ$",),
    "GYD": ("G$",),
    "FJD": ("F$",),
    "NAD": ("N$",),
    "MXN": ("Ps.", "MXP", "Mex$"),
    "ARS": ("AR$", "Ps."),
    "CLP": ("Ch$", "Ps."),
    "COP": ("COL$", "Ps."),
    "PEN": ("S/", "S/."),
    "TWD": ("NTD", "TW$", "新台幣", "新臺幣"),
    "SGD": ("SG$",),
    "HKD": ("$", "港元", "港币", "港幣"),
    "KRW": ("원",),
    "RUB": ("руб", "руб."),
    "UAH": ("грн", "грн."),
    "BGN": ("лв", "лв."),
    "CHF": ("SFr", "SFr.", "Fr.", "Sfr."),
    "SEK": ("kr", "kr.", "Skr"),
    "NOK": ("kr", "kr.", "Nkr"),
    "DKK": ("kr", "kr.", "Dkr"),
    "ISK": ("kr", "kr."),
    "ZAR": ("R",),
    "MYR": ("RM",),
    "PLN": ("zł",),
    "CZK": ("Kč",),
    "HUF": ("Ft",),
    "IDR": ("Rp", "Rp."),
    "ILS": ("NIS",),
    "KES": ("KSh", "KShs"),
    "TRY": ("TL",),
    "THB": ("Bt",),
}
"""Signs that releases print, beside those with a sign of money in them (`HK$`, `₩`), which are taken from the source as
they are."""

OF_OTHERS = frozenset({("NIO", "C$"), ("TOP", "T$"), ("SOS", "S"), ("RSD", "din."), ("CAD", "KA$")})
"""Signs that mean another currency in releases, or none."""

NAMES: dict[str, tuple[str, ...]] = {
    "USD": ("U.S. dollar", "U.S. dollars", "U.S dollars", "United States dollar", "United States dollars"),
    "GBP": ("pound sterling", "pounds sterling", "UK pounds", "U.K. pounds"),
    "CNY": ("renminbi", "yuan renminbi"),
    "JMD": ("Jamaica dollar", "Jamaica dollars"),
    "BRL": ("Brazilian reais", "reais"),
    "ILS": ("new Israeli shekels", "Israeli shekels", "shekels", "New Israeli Shekel"),
    "KRW": ("Korean won",),
    "TWD": ("NT dollars", "Taiwan dollars"),
    "SEK": ("Swedish kronas", "kronor"),
    "PLN": ("Polish zloty", "Polish złoty"),
    "BBD": ("Barbados dollars",),
    "BMD": ("Bermuda dollars",),
    "ZAR": ("South African rands",),
    "INR": ("Indian rupee",),
}
"""Names that releases use and the source does not."""

HEADER = '''"""Currencies: code, signs, names in English.

Made by `python -m checker.lexicon.tables` of {source}: change it there.

A sign that stands with several is of the first of them where nothing else tells.
"""

from __future__ import annotations

ROWS: tuple[tuple[str, str, str], ...] = (
'''


def _is_of_money(sign: str) -> bool:
    """Whether it has a sign of money in it, at the end or the beginning, and letters of the Latin script at most beside
    it."""
    money = [character for character in sign if unicodedata.category(character) == "Sc"]
    letters = [character for character in sign if unicodedata.category(character) != "Sc"]
    return (
        len(money) == 1
        and " " not in sign
        and len(letters) <= 3
        and all(character.isascii() and character.isalpha() for character in letters)
    )


def rows() -> tuple[tuple[str, str, str], ...]:
    """The rows of the table, made anew: code, signs, names; signs and names parted by `|`."""
    from babel import Locale
    from babel.core import get_global
    from babel.localedata import locale_identifiers
    from babel.numbers import get_territory_currencies

    day = dt.date(2026, 1, 1)
    codes = {
        str(code)
        for territory in get_global("territory_currencies")
        for code in get_territory_currencies(territory, day)
    }
    signs: dict[str, list[str]] = {code: [] for code in codes}
    for name in sorted(locale_identifiers()):
        data: Any = Locale.parse(name)._data
        for code, sign in data["currency_symbols"].items():
            shown = str(sign).replace("\xa0", " ").strip("\u200e\u200f ")
            if code in codes and _is_of_money(shown) and (code, shown) not in OF_OTHERS:
                signs[code].append(shown)
    english: Any = Locale("en")._data
    made = []
    for code in [*FIRST, *sorted(codes - set(FIRST))]:
        forms = english["currency_names_plural"].get(code, {})
        names = [
            english["currency_names"][code],
            *(str(forms[form]) for form in ("one", "other") if form in forms),
            *NAMES.get(code, ()),
        ]
        made.append(
            (code, "|".join(_once([*signs[code], *PRINTED.get(code, ())])), "|".join(_once(names, folded=True)))
        )
    return tuple(made)


def _once(texts: list[str], folded: bool = False) -> list[str]:
    """Each text once, in order; whatever its case where `folded`."""
    seen: dict[str, str] = {}
    for text in texts:
        seen.setdefault(text.casefold() if folded else text, text)
    return sorted(seen.values(), key=lambda text: (len(text), text)) if not folded else list(seen.values())


def source() -> str:
    """What the table was made of."""
    import babel

    return f"the Unicode CLDR as Babel {babel.__version__} has it"


def main() -> None:
    """Writes the table."""
    lines = [f"    ({_quoted(code)}, {_quoted(signs)}, {_quoted(names)}),\n" for code, signs, names in rows()]
    TABLE.write_text(HEADER.format(source=source()) + "".join(lines) + ")\n", encoding="utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    main()
