"""What number formats show: by hand, and against LibreOffice where it is installed."""

from __future__ import annotations

import csv
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from checker.read.workbook.formats import BUILT_IN, general, shown, text_shown

SHOWN = (
    ("1234567.5", "#,##0", "1,234,568"),
    ("1234567.5", "#,##0,", "1,235"),
    ("1234567.5", '#,##0.0,,"m"', "1.2m"),
    ("-1234.5", "#,##0_);(#,##0)", "(1,235)"),
    ("1234.5", '"EUR" #,##0.00', "EUR 1,234.50"),
    ("12.5", "[$€-407] #,##0.00", "€ 12.50"),
    ("12.5", r"#,##0.00\ [$€-407]", "12.50 €"),
    ("0", '_(* #,##0_);_(* \\(#,##0\\);_(* "—"_);_(@_)', "—"),
    ("0", "#,##0;(#,##0);", ""),
    ("0", '#,##0;(#,##0);"nil"', "nil"),
    ("-5", "#,##0;[Red](#,##0)", "(5)"),
    ("-5", "#,##0;[Red]#,##0", "-5"),
    ("0.1234", "0.0%", "12.3%"),
    ("-0.1234", "0.0%;(0.0%)", "(12.3%)"),
    ("12", "0000", "0012"),
    ("0.5", "#.##", ".5"),
    ("1234", '[>=1000]#,##0,"k";0', "1k"),
    ("999", '[>=1000]#,##0,"k";0', "999"),
    ("0.1999999999999999996", "0.0##", "0.2"),
    ("2.675", "0.00", "2.68"),
    ("1.005", "0.00", "1.01"),
    ("-0.3", "0", "0"),
    ("1e3", "General", "1000"),
    ("0.333333333333333", "General", "0.333333333"),
    ("41364", "mmm d, yyyy", "Mar 31, 2013"),
    ("41364", "d mmmm yyyy", "31 March 2013"),
    ("41364", "mmm-yy", "Mar-13"),
    ("41364", "dd/mm/yyyy", "2013-03-31"),
    ("0.75", "h:mm AM/PM", "6:00 PM"),
    ("1234.5", "@", "1234.5"),
)


@pytest.mark.parametrize(("value", "code", "text"), SHOWN)
def test_a_format_shows(value: str, code: str, text: str) -> None:
    assert shown(Decimal(value), code).strip() == text


def test_text_may_have_words_put_around_it() -> None:
    assert text_shown("Total", '0;0;0;"of "@') == "of Total" and text_shown("Total", "#,##0") == "Total"


@given(
    st.decimals(-(10**12), 10**12, allow_nan=False, places=6),
    st.sampled_from([*BUILT_IN.values(), "#,##0,", "0.0##", "#,##0;(#,##0);-", "# ?/?", "[h]:mm"]),
)
def test_any_number_is_shown_in_any_format(value: Decimal, code: str) -> None:
    assert isinstance(shown(value, code), str)


@given(st.text(max_size=24), st.sampled_from(["0", "-1234.5", "1e200", "-1e-200", "41364.25"]))
def test_any_text_as_a_format_is_no_crash(code: str, value: str) -> None:
    shown(Decimal(value), code)


@given(st.decimals(0, 10**9, allow_nan=False, places=8))
def test_general_shows_what_there_is_room_for(value: Decimal) -> None:
    text = general(value)
    assert abs(Decimal(text or "0") - value) <= Decimal(1).scaleb(
        -max(0, 10 - len(text.partition(".")[0]))
    ) / 2 + Decimal("1e-9")


CODES = (
    *(
        "0",
        "0.00",
        "#,##0",
        "#,##0.00",
        "#,##0_);(#,##0)",
        "#,##0.0,",
        '#,##0.0,,"m"',
        "0%",
        "0.0%",
        '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)',
        "0.0##",
        "#.##",
    ),
    *(
        "#,##0;(#,##0);-",
        '"USD "#,##0',
        "[$€-407] #,##0.00",
        r"#,##0\ ;\(#,##0\)",
        "0000",
        "mmm d, yyyy",
        "d mmmm yyyy",
        "mmm yyyy",
        "yyyy-mm-dd",
        "#,###",
        "General",
    ),
    *(
        '#,##0.00 "CR";#,##0.00 "DR"',
        '[>=1000]#,##0,"k";0',
        "0.00;-0.00;0.00",
        "#,##0.0x",
        "00-00",
        '0.0"%"',
        "(#,##0)",
    ),
)
VALUES = (
    "0",
    "1",
    "-1",
    "0.5",
    "-0.5",
    "2.5",
    "1234.5",
    "-1234.5",
    "1234567.891",
    "-98765432.1",
    "0.045",
    "41364",
    "999.995",
    "-0.004",
)


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    for row, code in enumerate(CODES, 1):
        for column, value in enumerate(VALUES, 1):
            page.cell(row, column, float(value)).number_format = code
    book.save(tmp_path / "shown.xlsx")
    filters = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,true,true"
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/home",
        "--convert-to",
        filters,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "shown.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=150)
    with open(tmp_path / "shown.csv", encoding="utf-8") as file:
        theirs = list(csv.reader(file))
    wrong = []
    for code, line in zip(CODES, theirs, strict=True):
        for value, text in zip(VALUES, line, strict=True):
            ours = shown(Decimal(value), code)
            if " ".join(ours.split()) != " ".join(text.split()) and not _known(code, value):
                wrong.append((code, value, ours, text))
    assert wrong == [], "\n".join(map(str, wrong))


def _known(code: str, value: str) -> bool:
    """Where programs differ among themselves: days before the first, a minus sign before nothing, and negative numbers
    under a condition for large ones."""
    return (
        (code.startswith("[>=") and Decimal(value) < 0)
        or ("yy" in code and Decimal(value) < 60)
        or (code in ("#.##", "#,###") and abs(Decimal(value)) < 1)
    )
