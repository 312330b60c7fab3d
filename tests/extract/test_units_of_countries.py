"""Heads of other countries: their currency and their scale, wherever they stand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checker.extract import extract
from checker.lexicon.scale import stated
from checker.read import read


@pytest.mark.parametrize(
    ("head", "code", "power"),
    [
        ("tkr", "SEK", 3),
        ("Mkr", "SEK", 6),
        ("mnkr", "SEK", 6),
        ("MSEK", "SEK", 6),
        ("TSEK", "SEK", 3),
        ("i tusen kroner", "NOK", 3),
        ("NOK mill.", "NOK", 6),
        ("mio. kr.", "DKK", 6),
        ("t.kr.", "DKK", 3),
        ("KEUR", "EUR", 3),
        ("tEUR", "EUR", 3),
        ("T€", "EUR", 3),
        ("Mio. €", "EUR", 6),
        ("Millionen Euro", "EUR", 6),
        ("Tsd. €", "EUR", 3),
        ("migliaia di euro", "EUR", 3),
        ("miles de euros", "EUR", 3),
        ("millones de euros", "EUR", 6),
        ("millones de pesos", "MXN", 6),
        ("R$ mil", "BRL", 3),
        ("em milhares de reais", "BRL", 3),
        ("Mio. CHF", "CHF", 6),
        ("tys. zł", "PLN", 3),
        ("Kč mil.", "CZK", 6),
        ("$A'000", "AUD", 3),
        ("百万円", "JPY", 6),
        ("千円", "JPY", 3),
        ("億円", "JPY", 8),
        ("人民币百万元", "CNY", 6),
        ("千港元", "HKD", 3),
        ("백만원", "KRW", 6),
        ("млн руб.", "RUB", 6),
    ],
)
@pytest.mark.parametrize("where", ["corner", "head", "caption"])
def test_a_unit_of_another_country_keeps_its_currency_and_its_scale(
    head: str, code: str, power: int, where: str
) -> None:
    above, corner, behind = {
        "corner": ("", head, ""),
        "head": ("", "", f" {head}"),
        "caption": (f"\n\n({head})", "", ""),
    }[where]
    text = f"""Acme Group

Income statement{above}

| {corner} | 2024{behind} | 2023{behind} |
|---|---|---|
| Revenue | 43,210 | 41,402 |
| Operating costs | (39,795) | (38,591) |
| Operating profit | 3,415 | 2,811 |
"""
    figures = extract(read("page.md", text.encode())).statements[0].figures
    assert {(figure.unit.name, figure.scale) for figure in figures} == {(code, Decimal(10) ** power)}


@pytest.mark.parametrize(
    "text",
    [
        "The mill closed in 2023",
        "We drove 43 miles",
        "Lumber - mill",
        "It lost 5 Mio. € of it",
        "Notes of NOK 1,000 each",
    ],
)
def test_words_that_scale_elsewhere_state_none_here(text: str) -> None:
    assert stated(text) is None
