"""The page of a comparison in a real browser. Needs Chromium and the extra `look`; skipped without them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.cli import run
from tests.report.test_html_browser import DARK, PHONE, browser, lit, opened, said, shown

__all__ = ["browser", "opened"]
pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install 'tieout[look]'")
pytestmark = pytest.mark.look

EDITS = {
    "4,267,597": "4,277,597",
    "5,117,512": "5,127,512",
    "1,489,945": "1,498,945",
    "Inventory\t": "Inventories at cost\t",
    "Restricted cash\t1,026,326\t1,026,326\n": "",
}
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of two drafts, of a release and its filing, and of drafts that mean harm."""
    folder = tmp_path_factory.mktemp("compared")
    old = (Path(__file__).resolve().parents[2] / "examples" / "fusion-2013q1.md").read_text(encoding="utf-8")
    new = old
    for one, two in EDITS.items():
        new = new.replace(one, two)
    harmful = new.replace("Gross profit", f"Gross profit {HOSTILE}")
    for name, text in (("old", old), ("new", new), ("harmful", harmful)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    found = {}
    for name, second, kind in (
        ("drafts", "new", "drafts"),
        ("filing", "new", "filing"),
        ("harmful",) * 2 + ("drafts",),
    ):
        out = folder / f"{name}.html"
        pair = [str(folder / "old.md"), str(folder / f"{second}.md")]
        run(["compare", *pair, "--as", kind, "--output", f"html:{out}"])
        found[name] = out.read_text(encoding="utf-8")
    return found


def test_keys_walk_the_findings_and_changes_lead_to_their_figures(opened: Open, pages: dict[str, str]) -> None:
    page = opened(pages["drafts"])
    page.keyboard.press("j")
    assert lit(page) and "Finding 1 of" in said(page)
    page.keyboard.press("Escape")
    page.locator(".what .to").first.click()
    assert lit(page)
    page.locator(".what summary").first.click()
    assert page.locator(".what details li").first.is_visible() and page.trouble == []


def test_figures_that_changed_are_looked_for(opened: Open, pages: dict[str, str]) -> None:
    page = opened(pages["drafts"])
    page.select_option("[data-only=status]", "changed")
    page.wait_for_selector("body.searching")
    assert shown(page, ".statement tbody tr") == 2
    page.click("[data-walk=clear]")
    assert shown(page, ".statement tbody tr") > 30


def test_a_filing_shows_what_is_printed_otherwise(opened: Open, pages: dict[str, str]) -> None:
    page = opened(pages["filing"])
    page.locator(".f.violated").first.click()
    assert "printed otherwise" in said(page) and page.trouble == []


def test_text_that_means_harm_does_nothing(opened: Open, pages: dict[str, str]) -> None:
    page = opened(pages["harmful"])
    page.keyboard.press("j")
    assert "<script>alert(2)" in page.inner_text("body") and page.locator("img").count() == 0 and page.trouble == []


@pytest.mark.parametrize("options", [{}, DARK, PHONE], ids=["light", "dark", "phone"])
def test_axe_finds_no_serious_fault_and_nothing_is_wider_than_the_page(
    opened: Open, pages: dict[str, str], options: dict[str, Any]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    for name in ("drafts", "filing"):
        page = opened(pages[name], **options)
        found = axe.Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
