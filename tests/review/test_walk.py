"""A review in a real browser, from the first look to the signature.

Needs Chromium, found by its name or through TIEOUT_CHROMIUM, and the packages playwright and axe-playwright-python (the
extra `look`); skipped without them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.cli import run
from tests.review.conftest import DAY, Begin, Review, corrupted

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install 'tieout[look]'")

pytestmark = pytest.mark.look

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TABLE = """
Licences

| | 2013 | 2012 |
|---|---|---|
| Licences held | 410 | 395 |
| Licences rented | 52 | 31 |
| Licences lent | 12 | 16 |
| Royalty income of the year | 77 | 64 |
| Licences in use | 450 | 412 |
"""
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture
def look(begin: Begin) -> Iterator[Callable[..., tuple[Review, Any]]]:
    """A review and its page; `page.trouble` lists what no page of ours may do."""
    named = os.environ.get("TIEOUT_CHROMIUM") or next((found for one in BROWSERS if (found := shutil.which(one))), None)
    if not named:
        pytest.skip("needs Chromium: install it, or name it in TIEOUT_CHROMIUM")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=named, headless=True, args=["--no-sandbox", "--disable-gpu"])

        def open_page(text: str, name: str = "draft.md", **options: Any) -> tuple[Review, Any]:
            review = begin(text, name=name)
            page = browser.new_context(**options).new_page()
            page.trouble = []
            page.on(
                "request",
                lambda asked: asked.url.startswith(review.address) or page.trouble.append(f"asks {asked.url}"),
            )
            page.on("dialog", lambda dialog: (page.trouble.append(f"says {dialog.message}"), dialog.dismiss()))
            page.on("pageerror", lambda error: page.trouble.append(f"fails {error}"))
            page.on("console", lambda said: said.type != "error" or page.trouble.append(said.text))
            page.goto(review.address)
            page.wait_for_selector(".decide")
            return review, page

        yield open_page
        browser.close()


def decide(page: Any, key: str, reason: str, by: str = "JD") -> None:
    """Presses the key and fills in what it asks for."""
    page.keyboard.press(key)
    page.fill("#reason", reason)
    page.fill("#by", by)
    page.click("#deciding button[type=submit]")
    page.wait_for_selector("#deciding", state="hidden")


def until(page: Any, selector: str, words: str) -> None:
    """Waits for words on the page."""
    page.locator(selector, has_text=words).first.wait_for(state="attached", timeout=60_000)


def figure(review: Review, caption: str, head: str) -> str:
    sheet = review.session.sheet()
    return next(
        f"#{sheet.anchors[one.id]}" for one in sheet.checked.figures if one.caption == caption and head in one.head
    )


def test_a_review_from_the_first_look_to_the_signature(look: Callable[..., tuple[Review, Any]]) -> None:
    text = corrupted() + TABLE
    review, page = look(text)
    assert "0 of 5 findings decided" in page.inner_text("#progress")

    page.keyboard.press("/")
    page.keyboard.type("gross profit =")
    until(page, "#matched", "finding")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    decide(page, "d", "2012 as restated")
    assert "Dismissed, pending" in page.inner_text(".card.now .state")
    page.click("[data-walk=clear]")

    page.select_option("[data-only=decided]", "undecided")
    assert page.locator(".card:visible").count() == 4
    page.keyboard.press("i")
    decide(page, "c", "has to be corrected")
    assert page.locator(".card:visible").count() == 3, "what is decided leaves the list of what is not"
    page.click("[data-walk=clear]")

    page.keyboard.press("a")
    page.click(figure(review, "Licences in use", "2013"))
    for caption in ("Licences held", "Licences rented"):
        page.click(figure(review, caption, "2013"))
    page.focus(figure(review, "Licences lent", "2013"))
    page.keyboard.press("Enter")
    until(page, "#pointing-said", "It holds.")
    assert page.inner_text("#pointed li:last-child .sign") == "−"
    page.fill("#pointed-by", "JD")
    page.click("[data-act=add]")
    page.wait_for_selector("#changed.late")
    added = page.inner_text("#changed")
    assert "house/licences-in-use in house.rules" in added and "does not hold" in added and "agrees" in added, added
    assert "Licences lent" in Path("house.rules").read_text() and run(["rules", "test", "house.rules"]) == 0

    Path("draft.md").write_text(text.replace("16,168,421", "16,186,421"), encoding="utf-8")
    until(page, "#changes", "16,186,421 has untied")
    page.click("#changes .go >> nth=0")
    assert page.locator(".card.now").count() == 1
    page.click("[data-act=seen]")

    page.evaluate("scrollTo(0, 0)")
    page.click("[data-act=sign]")
    page.fill("#approver", "J. Doe")
    page.fill("#expires", "2026-12-31")
    page.click("#signing button[type=submit]")
    page.wait_for_selector(".state.approved", state="attached")
    assert page.trouble == []

    said = Path("tieout-decisions.toml").read_text()
    assert (
        said.count("[[decision]]") == 2 and 'approver = "J. Doe"' in said and 'reason = "has to be corrected"' in said
    )
    assert (
        run(["check", "draft.md", "--today", DAY, "--rules", "house.rules", "--output", "json:data.json", "--quiet"])
        == 1
    )
    assert Path("data.json").read_text().count('"approver": "J. Doe"') == 1

    Path("ab.toml").write_text(
        said.replace('by = "JD"', 'by = "AB"').replace('says = "dismissed"', 'says = "confirmed"')
    )
    assert run(["review", "--merge", "ab.toml"]) == 0, "what a second person decided is taken in"
    page.wait_for_selector(".state.disputed", state="attached")
    assert run(["check", "draft.md", "--today", DAY, "--output", "json:disputed.json", "--quiet"]) == 1
    assert Path("disputed.json").read_text().count('"approver": "J. Doe"') == 0, "what is disputed waives nothing"

    _, after = look(Path("draft.md").read_text(), "final.md")
    until(after, "#elsewhere-said", "4 decisions on draft.md hold of this draft too.")
    after.click("#elsewhere [data-act=carry]")
    after.wait_for_selector("#elsewhere", state="hidden")
    assert after.locator(".decisions li", has_text="carried over from draft.md").count() == 4 and after.trouble == []


def test_who_is_in_the_middle_of_something_is_asked_first(look: Callable[..., tuple[Review, Any]]) -> None:
    text = corrupted()
    _, page = look(text)
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.fill("#reason", "half a sen")
    Path("draft.md").write_text(text.replace("16,168,421", "16,186,421"), encoding="utf-8")
    page.wait_for_selector("#anew:not([hidden])", state="attached")
    assert page.input_value("#reason") == "half a sen"
    page.fill("#by", "JD")
    page.click("#deciding button[type=submit]")
    until(page, "#deciding .wrong", "judged again")
    page.click("#deciding [data-act=close]")
    page.wait_for_selector("#changed.late")


def test_text_that_means_harm_does_nothing(look: Callable[..., tuple[Review, Any]]) -> None:
    _, page = look(corrupted().replace("Gross profit", f"Gross profit {HOSTILE}"))
    page.keyboard.press("j")
    decide(page, "d", f"{HOSTILE} javascript:alert(3)", by=HOSTILE)
    page.reload()
    page.wait_for_selector(".state.dismissed", state="attached")
    assert "<script>alert(2)" in page.inner_text(".decide:has(.dismissed) .decisions")
    assert page.locator("img").count() == 0 and page.trouble == []


@pytest.mark.long
@pytest.mark.parametrize(
    "options",
    [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 780}}],
    ids=["light", "dark", "phone"],
)
def test_axe_finds_no_serious_fault_and_nothing_is_wider_than_the_page(
    look: Callable[..., tuple[Review, Any]], options: dict[str, Any]
) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="needs axe-playwright-python: pip install 'tieout[look]'"
    )
    _, page = look(corrupted() + TABLE, **options)
    page.keyboard.press("j")
    decide(page, "d", "as restated")
    for step in ("", "d", "a"):
        if step:
            page.keyboard.press(step)
        found = axe.Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
        if step == "d":
            page.click("#deciding [data-act=close]")
