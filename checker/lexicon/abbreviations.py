"""Abbreviations of measures that releases use without spelling them out."""

from __future__ import annotations

from collections.abc import Mapping

SHORT: Mapping[str, str] = {
    "PBT": "profit before tax",
    "PAT": "profit after tax",
    "R&D": "research and development",
    "SG&A": "selling, general and administrative expenses",
    "G&A": "general and administrative",
    "S&M": "sales and marketing",
    "D&A": "depreciation and amortization",
    "COGS": "cost of goods sold",
    "NII": "net interest income",
    "Opex": "operating expenses",
    "opex": "operating expenses",
    "Capex": "capital expenditure",
    "capex": "capital expenditure",
    "PP&E": "property, plant and equipment",
}
"""As written, and in full. Those that two measures share (EPS, EBIT, NIM) are left to what names them."""


def in_full(phrase: str) -> str:
    """A phrase with its abbreviations spelled out."""
    return " ".join(SHORT.get(word.rstrip(","), word) for word in phrase.split())
