"""A broken balance sheet blocks in whatever money it is printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Answer

Tieout = Callable[..., Answer]

SHEET = """Acme Company
Consolidated Balance Sheets
(in thousands)
                                      March 31,    December 31,
                                        2023           2022

Cash and cash equivalents       {sign:>4}   12,345 {sign:>4}   11,234
Receivables                            23,456        21,345
Inventories                             9,876         8,765
                                      -------       -------
Total current assets                   45,677        41,344
Property and equipment                 33,444        30,000
Goodwill                               10,000        10,000
                                      -------       -------
Total assets                    {sign:>4}   {total} {sign:>4}   81,344
                                      =======       =======
Accounts payable                       20,121        15,344
Long-term debt                         30,000        30,000
                                      -------       -------
Total liabilities                      50,121        45,344
Total equity                           39,000        36,000
                                      -------       -------
Total liabilities and equity    {sign:>4}   89,121 {sign:>4}   81,344
                                      =======       =======
"""


@pytest.mark.parametrize(("total", "status"), [("89,121", 0), ("89,211", 1)])
@pytest.mark.parametrize("sign", ["EUR", "SEK", "J$", "₩", "kr", "R", "zł", "TRY"])
def test_a_broken_total_ends_with_the_same_status_behind_every_sign(
    sign: str, total: str, status: int, tieout: Tieout, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.txt"
    sheet.write_text(SHEET.format(sign=sign, total=total), encoding="utf-8")
    assert tieout("check", sheet).status == status
