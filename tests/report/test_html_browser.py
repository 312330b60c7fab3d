"""The page in a real browser: keys walk the findings, figures light up, hostile text does nothing, and it reads in the
dark, on paper, without colour, aloud.

Needs Chromium, found by its name or through TIEOUT_CHROMIUM, and the packages playwright and axe-playwright-python (the
extra `look`); skipped without them.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pypdfium2
import pytest

from checker.core.finding import Finding, Story, Suspect
from checker.core.original import Closing, Opening, Stretch
from checker.core.report import Checked, Outcome, Report
from checker.report import FORMATS
from checker.report.html_markup import raw
from tests.report.sample import CHECKED, REPORT, VIOLATION
from tests.report.test_html import HOSTILE, broad, hostile, large, only

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install 'tieout[look]'")

pytestmark = pytest.mark.look

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DARK = {"color_scheme": "dark"}
PHONE = {"viewport": {"width": 360, "height": 740}}
THREE_ERRORS = {"1,489,945": "1,498,945", "34,273,120": "34,723,120", "(895,593)": "(859,593)"}

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    named = os.environ.get("TIEOUT_CHROMIUM") or next(
        (found for one in _BROWSERS if (found := shutil.which(one))), None
    )
    if not named:
        pytest.skip("needs Chromium: install it, or name it in TIEOUT_CHROMIUM")
    with playwright.sync_playwright() as running:
        found = running.chromium.launch(executable_path=named, headless=True, args=list(_QUIET))
        yield found
        found.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens rendered text as a page of its own; `page.trouble` lists what no page of ours may do: load, ask, complain
    or go elsewhere."""
    contexts, numbers = [], itertools.count()

    def open_page(rendered: str, **options: Any) -> Any:
        path = tmp_path / f"page{next(numbers)}.html"
        path.write_text(rendered, encoding="utf-8")
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.trouble = []
        page.on(
            "requestfinished",
            lambda request: request.url == path.as_uri() or page.trouble.append(f"loads {request.url}"),
        )
        page.on(
            "requestfailed", lambda request: request.failure == "csp" or page.trouble.append(f"loads {request.url}")
        )
        page.on("dialog", lambda dialog: (page.trouble.append(f"asks {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: page.trouble.append(f"fails {error}"))
        page.on("popup", lambda popup: page.trouble.append(f"opens {popup.url}"))
        page.on(
            "framenavigated",
            lambda frame: frame.url.split("#")[0] == path.as_uri() or page.trouble.append(f"goes to {frame.url}"),
        )
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


def rendered(report: Report = REPORT) -> str:
    text = FORMATS["html"].render(report)
    assert isinstance(text, str)
    return text


@pytest.fixture(scope="module")
def seed_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the example release with three figures corrupted, as the command writes it."""
    from checker.cli import run

    folder = tmp_path_factory.mktemp("seed")
    text = (Path(__file__).resolve().parents[2] / "examples" / "fusion-2013q1.md").read_text(encoding="utf-8")
    for right, wrong in THREE_ERRORS.items():
        text = text.replace(right, wrong)
    (folder / "draft.md").write_text(text, encoding="utf-8")
    assert run(["check", str(folder / "draft.md"), "--quiet", "--output", f"html:{folder / 'page.html'}"]) == 1
    return (folder / "page.html").read_text(encoding="utf-8")


def lit(page: Any) -> list[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.f.lit')].map(one => one.id + (one.dataset.sign ?? ''))"
    )
    return found


def focused(page: Any) -> str:
    found: str = page.evaluate("document.activeElement.id")
    return found


def said(page: Any) -> str:
    found: str = page.inner_text("#said") if page.is_visible("#bar") else ""
    return found


# ---- walking ---------------------------------------------------------------------------------------------------------


def test_keys_walk_the_findings_and_light_their_figures(opened: Open) -> None:
    page = opened(rendered())
    page.keyboard.press("j")
    lights = ["d0f1+", "d0f3−", "d0f5="]
    assert lit(page) == lights and focused(page) == "d0n1" and page.locator(".chief").get_attribute("id") == "d0f5"
    assert "Finding 1 of" in said(page) and "1,498,945 ≠ 11,534,705 - 10,044,760 = 1,489,945" in said(page)
    page.keyboard.press("Enter")
    assert focused(page) == "d0f5"
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert lit(page) == lights
    page.keyboard.press("Escape")
    assert lit(page) == [] and said(page) == "" and page.trouble == []


def test_every_finding_to_look_at_is_reached_and_then_the_first_again(opened: Open, seed_page: str) -> None:
    page = opened(seed_page)
    reached = []
    for _ in range(8):
        page.keyboard.press("n")
        reached.append(focused(page))
        assert lit(page), "a finding whose figures are not on the page"
    assert len(set(reached)) == 7 and reached[7] == reached[0]


def test_notes_are_counted_for_themselves(opened: Open, tmp_path: Path, seed: Path) -> None:
    from checker.cli import run

    (tmp_path / "draft.md").write_text(seed.read_text(encoding="utf-8").replace("235,922", "253,922"), encoding="utf-8")
    run(["check", str(tmp_path / "draft.md"), "--output", f"html:{tmp_path / 'page.html'}", "--quiet"])
    page = opened((tmp_path / "page.html").read_text(encoding="utf-8"))
    notes = page.locator('.card[data-severity="note"]').count()
    errors = page.locator(".card[data-severity]").count() - notes
    assert notes and errors
    told = []
    for _ in range(errors + notes):
        page.keyboard.press("j")
        told.append(said(page).split(".")[0])
    assert told == [
        *(f"Finding {at} of {errors}" for at in range(1, errors + 1)),
        *(f"Note {at} of {notes}" for at in range(1, notes + 1)),
    ]


def test_a_click_on_a_figure_tells_its_relationships_in_turn(opened: Open) -> None:
    page = opened(rendered())
    page.click("#d0f4")
    first = said(page)
    page.click("#d0f4")
    assert "Gross margin" in first and "4,416,825 = 16,168,421 - 11,751,596" in said(page)


def test_a_click_on_a_finding_brings_its_suspect_into_view(opened: Open, seed_page: str) -> None:
    page = opened(seed_page, viewport={"width": 1280, "height": 600})
    card = page.locator(".card").nth(6)
    card.locator("button").click()
    seen = page.locator(".chief").evaluate(
        "one => { const at = one.getBoundingClientRect(); return at.top > 0 && at.bottom < innerHeight; }"
    )
    assert len(lit(page)) > 2 and seen


def test_arrows_go_from_figure_to_figure(opened: Open) -> None:
    page = opened(rendered())
    page.focus("#d0f0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert focused(page) == "d0f3" and page.locator('.statement .f[tabindex="0"]').count() == 1


def test_the_page_can_be_used_with_the_tabulator_alone(opened: Open, seed_page: str) -> None:
    page = opened(seed_page)
    kind = (
        "(one => ['story', 'statement', 'finding'].find((name) => one.closest('.' + name)) ?? "
        "one.className)(document.activeElement)"
    )
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(kind))
    assert seen[0] == "skip" and {"story", "statement", "finding"} <= set(seen)


def test_what_is_probably_wrong_is_said_once_and_leads_to_its_figure(opened: Open, seed_page: str) -> None:
    page = opened(seed_page)
    told = page.locator(".stories").inner_text()
    assert "3 figures probably wrong" in told and page.locator(".story").count() == 3
    for right, wrong in THREE_ERRORS.items():
        assert re.search(rf"{re.escape(wrong)}\s+→\s+(probably\s+)?{re.escape(right)}", told)
    page.locator(".story .to").first.click()
    assert focused(page) == page.locator(".chief").get_attribute("id")


def test_untested_figures_are_walked_with_a_key(opened: Open) -> None:
    page = opened(rendered(only(large(50))))
    page.keyboard.press("u")
    first, words = lit(page), said(page)
    page.keyboard.press("u")
    assert "Untested figure 1 of" in words and lit(page) != first


def test_a_link_to_a_finding_opens_it(opened: Open, tmp_path: Path) -> None:
    page = opened(rendered())
    page.goto(page.url + "#d0n1")
    page.reload()
    assert lit(page) == ["d0f1+", "d0f3−", "d0f5="]


# ---- search ----------------------------------------------------------------------------------------------------------


def shown(page: Any, selector: str) -> int:
    """How many of these can be seen, those that stand behind a fold counted."""
    found: int = page.evaluate(
        f"[...document.querySelectorAll('{selector}')].filter((one) => !one.closest('.off')).length"
    )
    return found


def sought(page: Any, words: str) -> None:
    page.fill("#find", words)
    page.wait_for_selector("body.searching")


def test_words_are_looked_for_in_lines_and_findings_and_given_up_again(opened: Open, seed_page: str) -> None:
    page = opened(seed_page)
    lines, findings = shown(page, ".statement tbody tr"), shown(page, ".finding")
    page.keyboard.press("/")
    assert focused(page) == "find"
    sought(page, "profit GROSS")
    seen = page.evaluate(
        "[...document.querySelectorAll('.statement tbody tr:not(.off)')].filter((one) => "
        "!one.closest('.off')).map((one) => one.textContent)"
    )
    assert seen and all("gross profit" in one.lower() for one in seen)
    assert 0 < shown(page, ".finding") < findings and "findings" in page.inner_text("#matched")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert "profit" in said(page).lower(), "the keys walk what is shown"
    page.click('[data-walk="clear"]')
    assert (shown(page, ".statement tbody tr"), shown(page, ".finding")) == (lines, findings) and page.trouble == []


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("status", "violated", ".f.violated"),
        ("kind", "balance sheet", ".sheet[data-kind='balance sheet'] .f"),
        ("severity", "error", ".f.violated"),
    ],
)
def test_a_choice_leaves_only_what_fits_it(opened: Open, seed_page: str, key: str, value: str, kept: str) -> None:
    page = opened(seed_page)
    every = shown(page, ".statement tbody tr")
    page.select_option(f'[data-only="{key}"]', value)
    page.wait_for_selector("body.searching")
    rows = "[...document.querySelectorAll('.statement tbody tr')].filter((one) => !one.closest('.off'))"
    assert 0 < shown(page, ".statement tbody tr") < every
    assert page.evaluate(
        f"""{rows}.every((one) => one.querySelector("{kept}") || one.closest("{kept.removesuffix(" .f")}"))"""
    )


def test_findings_are_set_in_the_order_of_the_amount_at_stake_and_back(opened: Open, seed_page: str) -> None:
    page = opened(seed_page)
    listed = "[...document.querySelectorAll('.cards .finding')].map((one) => Number(one.dataset.stake))"
    before = page.evaluate(listed)
    page.select_option("[data-order]", "stake")
    first = page.evaluate("[...document.querySelector('.cards').children].map((one) => Number(one.dataset.stake))")
    assert first == sorted(first)
    page.click('[data-walk="clear"]')
    assert page.evaluate(listed) == before


def test_the_address_names_the_finding_that_is_looked_at_and_finds_it_again(opened: Open, seed_page: str) -> None:
    page = opened(seed_page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    lights, address = lit(page), page.evaluate("location.hash")
    assert address.startswith("#finding-")
    page.keyboard.press("j")
    page.goto(page.url.split("#")[0] + address)
    page.reload()
    assert lit(page) == lights


def folder() -> Report:
    """Three documents: one that passes, one that fails, one that could not be read."""

    def one(path: str, outcome: Outcome) -> Checked:
        summary = CHECKED.summary if outcome.status == 1 else attrs.evolve(CHECKED.summary, violations=0)
        kept = CHECKED.findings if outcome.status == 1 else CHECKED.findings[:1]
        source = attrs.evolve(CHECKED.source, path=path)
        return attrs.evolve(CHECKED, source=source, outcome=outcome, findings=kept, summary=summary)

    told = (("q1/a.md", Outcome()), ("q1/b.md", Outcome(1, ("1 finding",))), ("q1/c.md", Outcome(3, ("unread",))))
    return attrs.evolve(REPORT, documents=tuple(one(*each) for each in told))


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
def test_long_names_and_long_lists_of_figures_widen_no_folder(opened: Open, options: dict[str, Any]) -> None:
    told = folder()
    long = attrs.evolve(told.documents[1].source, path="q1/" + "results_of_a_quarter_" * 12 + ".md")
    named = tuple(
        attrs.evolve(one, caption="Non-GAAP operating expense adjustments, as above " * 4)
        for one in told.documents[1].figures
    )
    one = attrs.evolve(told.documents[1], source=long, figures=named)
    page = opened(rendered(attrs.evolve(told, documents=(*told.documents, one))), **options)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    first = "document.querySelector('.folder-list tbody th').getBoundingClientRect().width"
    assert page.evaluate(f"{first} > innerWidth / 4")


def test_the_documents_of_a_folder_are_chosen_by_what_came_of_them(opened: Open) -> None:
    page = opened(rendered(folder()))
    assert page.locator(".folder-list tbody tr").first.inner_text().startswith("c.md")
    page.keyboard.press("j")
    assert focused(page).startswith("d1n"), "the first finding to look at is of the document that failed"
    page.select_option("[data-only=mark]", "violation")
    page.wait_for_selector("body.searching")
    assert page.locator(".document:visible").count() == 1 and page.trouble == []


@pytest.fixture
def folded(monkeypatch: pytest.MonkeyPatch) -> str:
    """A page that folds its documents, as one of many large ones does: one of three has findings, one says goodwill."""
    monkeypatch.setattr("checker.report.html_folder._UNFOLDED", 0)
    told = folder()
    lines = tuple(attrs.evolve(one, caption="Goodwill & other") for one in told.documents[0].statements[0].lines[:1])
    statement = told.documents[0].statements[0]
    statement = attrs.evolve(statement, lines=(*lines, *statement.lines[1:]))
    one = attrs.evolve(
        told.documents[0], statements=(statement,), original=(Opening("p"), Stretch("Seen", 0, 4), Closing("p"))
    )
    return rendered(attrs.evolve(told, documents=(one, *told.documents[1:])))


def test_a_document_of_a_large_folder_opens_and_closes(opened: Open, folded: str) -> None:
    page = opened(folded)
    count = "document.querySelectorAll('*').length"
    before = page.evaluate(count)
    assert not page.locator(".statement").count() and page.is_visible("#d1 .brief .finding")
    page.select_option("[data-view]", "original")
    button = page.get_by_role("button", name="Open a.md")
    button.click()
    page.wait_for_selector("#d0 .original")
    assert page.is_visible("#d0 .original") and not page.is_visible("#d0 .statement"), "in the view that was chosen"
    page.select_option("[data-view]", "")
    assert page.is_visible("#d0 .statement") and page.locator(".statement").count() == 1
    assert page.locator("#d0 .unfold").get_attribute("aria-expanded") == "true"
    page.get_by_role("button", name="Close a.md").click()
    assert page.evaluate(count) == before and page.is_visible("#d0 .brief") and page.trouble == []


def test_walking_a_large_folder_opens_what_it_comes_to(opened: Open, folded: str) -> None:
    page = opened(folded)
    page.keyboard.press("j")
    page.wait_for_selector("#d1 .card.now")
    assert lit(page) and focused(page).startswith("d1n") and page.locator(".document.folded").count() == 2
    first = page.evaluate("location.hash")
    page.keyboard.press("j")
    assert page.evaluate("location.hash") != first and said(page).startswith("Finding 2 of ")
    page.goto(page.url.split("#")[0] + first)
    page.reload()
    page.wait_for_selector("#d1 .card.now")
    for link in ("#d1 .brief .finding a", "#d1 .stories a.to"):
        page.goto(page.url.split("#")[0] + "#run")
        page.reload()
        assert page.locator(".document.folded").count() == 3
        page.locator(link).last.click()
        page.wait_for_selector("#d1 .card.now")
    assert page.locator("#d1 .f.lit").count() and page.trouble == []


def test_the_words_of_folded_documents_are_looked_for(opened: Open, folded: str) -> None:
    page = opened(folded)
    page.fill("#find", "goodwill & OTHER")
    page.wait_for_selector("#matched:has-text('1 document to open')")
    assert [one.get_attribute("id") for one in page.locator(".document:visible").all()] == ["d0"]
    page.click("#d0 .unfold")
    page.wait_for_selector("#d0 .statement tbody tr:visible")
    assert page.locator("#d0 .statement tbody tr:not(.section):visible").count() == 1, "and found in what is opened"
    page.click("[data-walk=clear]")
    assert page.locator(".document:visible").count() == 3
    page.select_option("[data-only=severity]", "error")
    page.wait_for_selector("body.searching")
    assert [one.get_attribute("id") for one in page.locator(".document:visible").all()] == ["d1"]
    assert page.trouble == []


def test_a_large_folder_is_printed_as_far_as_it_is_open(opened: Open, folded: str) -> None:
    page = opened(folded)
    page.evaluate("print = () => { document.body.dataset.printed = 'yes'; }")
    page.emulate_media(media="print")
    assert page.locator(".paper:visible").count() == 3 and not page.is_visible(".unfold")
    page.emulate_media(media="screen")
    page.click("[data-walk=print]")
    page.wait_for_selector("body[data-printed]")
    page.emulate_media(media="print")
    assert page.locator(".statement:visible").count() == 3 and not page.locator(".paper:visible").count()
    assert page.locator(".legend:visible").count() == 1, "the signs are explained once"


def test_a_large_folder_says_what_is_wrong_without_a_script(opened: Open, folded: str) -> None:
    page = opened(folded, java_script_enabled=False)
    shown = page.locator("body").inner_text()
    assert "Gross profit" in shown and "1,498,945" in shown and "does not run here" in shown
    assert not page.locator("button:visible").count()


def test_what_is_unfolded_runs_nothing(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.report.html_folder._UNFOLDED", 0)
    one = hostile(" ".join(HOSTILE)).documents[0]
    smuggled = "".join(("<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "<svg onload=alert(1)>"))
    monkeypatch.setattr("checker.report.html.by_rule", lambda sheet: raw(smuggled))
    page = opened(rendered(attrs.evolve(REPORT, documents=(one, one))))
    page.click("#d0 .unfold")
    page.wait_for_selector("#d0 .statement")
    page.wait_for_timeout(150)
    assert page.trouble == []


def test_on_a_phone_the_search_takes_one_line_until_its_choices_are_asked_for(opened: Open, seed_page: str) -> None:
    page = opened(seed_page, **PHONE)
    assert page.locator(".finder").bounding_box()["height"] < 60
    page.evaluate("scrollTo(0, 2000)")
    page.click(".finder .more")
    assert page.is_visible("[data-only=status]") and page.get_attribute(".finder .more", "aria-expanded") == "true"
    assert page.locator(".finder").bounding_box()["y"] >= 0, "it stays where it was asked for"
    page.select_option("[data-only=status]", "violated")
    page.wait_for_selector("body.searching")
    page.click(".finder .more")
    assert page.locator(".finder").bounding_box()["height"] < 100 and page.inner_text("#matched")


# ---- the document itself ---------------------------------------------------------------------------------------------


def test_a_finding_is_lit_on_the_face_of_the_document(opened: Open, seed_page: str) -> None:
    page = opened(seed_page)
    page.select_option("[data-view]", "original")
    assert not page.is_visible(".sheet") and page.is_visible(".original pre")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    lights = page.evaluate(
        "[...document.querySelectorAll('.original .f.lit')].map((one) => one.dataset.of + (one.dataset.sign ?? ''))"
    )
    assert len(lights) > 1 and set(lights) == {one for one in lit(page) if one.startswith("d0f")}, (
        "the same figures, with the same signs"
    )
    seen = page.locator(".original .chief").evaluate(
        "one => { const at = one.getBoundingClientRect(); return at.top > 0 && at.bottom < innerHeight; }"
    )
    assert seen and page.trouble == []
    page.click(".original .f.violated")
    assert said(page)
    page.select_option("[data-view]", "")
    assert page.is_visible(".sheet") and not page.is_visible(".original")


RUNS = (
    "<script>document.title = 'owned'</script>",
    "<img src=x onerror=\"document.title = 'owned'\">",
    "<svg onload=\"document.title = 'owned'\"></svg>",
    "<a href=\"javascript:document.title = 'owned'\">here</a>",
    "<form action='https://example.invalid/'><button>send</button></form>",
    "<meta http-equiv='refresh' content='0; url=https://example.invalid/'>",
    "<style>body { background: url(https://example.invalid/x) }</style>",
    "<div style='position:fixed;inset:0;background:red'>covers</div>",
    "<iframe srcdoc='<script>1</script>'></iframe>",
    "<base href='https://example.invalid/'>",
)


def test_a_hostile_document_does_nothing_where_it_is_shown(opened: Open, tmp_path: Path) -> None:
    from checker.cli import run

    rows = "".join(
        f"<tr><td onclick=\"document.title = 'owned'\">Line {at}</td><td>{at},{at}10</td><td>{at},{at}00</td></tr>"
        for at in range(1, 8)
    )
    text = (
        f"<html><body onload=\"document.title = 'owned'\">{''.join(RUNS)}<p>Balance "
        f"sheet</p><table>{rows}</table>{''.join(RUNS)}</body></html>"
    )
    (tmp_path / "hostile.html").write_text(text, encoding="utf-8")
    run(["check", str(tmp_path / "hostile.html"), "--quiet", "--output", f"html:{tmp_path / 'page.html'}"])
    page = opened((tmp_path / "page.html").read_text(encoding="utf-8"))
    page.select_option("[data-view]", "original")
    page.evaluate("document.querySelectorAll('.original *').forEach((one) => one.click())")
    page.wait_for_timeout(150)
    assert page.title() != "owned" and page.trouble == []
    assert (
        page.evaluate(
            "document.querySelectorAll('.original :is(script, img, svg, form, iframe, style, base, meta, "
            "a:not(.f))').length"
        )
        == 0
    )
    assert page.evaluate("[...document.querySelectorAll('.original *')].every((one) => !one.style.length)")


# ---- hostile text ----------------------------------------------------------------------------------------------------


def test_hostile_text_does_nothing(opened: Open) -> None:
    page = opened(rendered(hostile(" ".join(HOSTILE))))
    page.evaluate("document.querySelectorAll('a, button, summary').forEach((one) => one.click())")
    kinds = "['mouseover', 'focus', 'error', 'load']"
    page.evaluate(
        f"document.querySelectorAll('*').forEach((one) => {kinds}.forEach((kind) => one.dispatchEvent(new "
        "Event(kind))))"
    )
    page.wait_for_timeout(100)
    odd = """[...document.querySelectorAll("*")].filter((one) => [...one.attributes].some((a) =>
        a.name.startsWith("on") || (["href", "src", "action", "srcdoc"].includes(a.name)
        && !a.value.startsWith("#")))).length"""
    assert page.trouble == []
    strangers = "document.querySelectorAll('style, link, iframe, form, base, object').length"
    assert page.evaluate(f"[document.scripts.length, document.images.length, {odd}, {strangers}]") == [1, 0, 0, 1]
    assert page.title().startswith("tieout: ")
    assert not set("\u202e\u2066\u2069\x1b") & set(page.inner_text("body"))


@pytest.mark.parametrize(
    "smuggled",
    [
        "<script>document.title = 'owned'</script>",
        "<img alt='' src='https://example.invalid/x.png' onerror=\"document.title = 'owned'\">",
        "<style>body { background: url(https://example.invalid/x) }</style>",
        "<link rel='stylesheet' href='https://example.invalid/x.css'>",
        "<iframe src='https://example.invalid/'></iframe>",
        "<a id='smuggled' href=\"javascript:document.title = 'owned'\">x</a>",
    ],
)
def test_even_what_would_slip_through_the_escaping_is_refused_by_the_policy(opened: Open, smuggled: str) -> None:
    page = opened(rendered().replace("</main>", f"{smuggled}</main>"))
    page.evaluate("document.getElementById('smuggled')?.click()")
    page.wait_for_timeout(100)
    assert page.title() != "owned" and not [one for one in page.trouble if one.startswith("loads")]


# ---- in the dark, on paper, without colour, aloud --------------------------------------------------------------------


def faults(page: Any) -> list[str]:
    """What axe-core finds that is serious, where it is."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="needs axe-playwright-python: pip install 'tieout[look]'"
    )
    found = axe.Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.long
@pytest.mark.parametrize(
    "options", [{}, DARK, PHONE, {"forced_colors": "active"}], ids=["light", "dark", "phone", "forced colours"]
)
def test_axe_finds_no_serious_fault_in_the_seed(opened: Open, seed_page: str, options: dict[str, Any]) -> None:
    page = opened(seed_page, **options)
    assert faults(page) == []
    page.keyboard.press("j")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert faults(page) == []


@pytest.mark.long
@pytest.mark.parametrize("report", [hostile(" ".join(HOSTILE)), REPORT], ids=["hostile", "sample"])
def test_axe_finds_no_serious_fault_in_stranger_pages(opened: Open, report: Report) -> None:
    page = opened(rendered(report))
    page.keyboard.press("?")
    assert faults(page) == []


@pytest.mark.long
@pytest.mark.parametrize("options", [{}, DARK, PHONE], ids=["light", "dark", "phone"])
def test_axe_finds_no_serious_fault_in_a_folder(opened: Open, folded: str, options: dict[str, Any]) -> None:
    for text in (rendered(folder()), folded):
        page = opened(text, **options)
        assert faults(page) == [] and page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("j")
    page.wait_for_selector(".card.now")
    assert faults(page) == [] and page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.long
def test_axe_finds_no_serious_fault_in_a_filing(opened: Open, corpus: Path, tmp_path: Path) -> None:
    from checker.cli import run

    filings = sorted((corpus / "docs" / "b_filing").glob("aapl/*10Q*.html.gz"))
    if not filings:
        pytest.skip("no 10-Q in this corpus")
    run(["check", str(filings[0]), "--quiet", "--output", f"html:{tmp_path / 'filing.html'}"])
    page = opened((tmp_path / "filing.html").read_text(encoding="utf-8"))
    assert page.locator(".statement .f").count() > 500 and faults(page) == [] and page.trouble == []


def test_dark_is_dark(opened: Open) -> None:
    for options, dark in (({}, False), (DARK, True)):
        page = opened(rendered(), **options)
        channels = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
        assert (sum(channels) < 3 * 60) == dark


def test_every_status_can_be_told_without_colour(opened: Open) -> None:
    page = opened(rendered())
    shapes = page.evaluate("""["agreed", "rounding", "violated", "untested", "violated suspect"].map((status) => {
            const one = document.createElement("a");
            one.className = "f " + status;
            one.innerHTML = '<span class="n">1</span>';
            document.body.append(one);
            const style = getComputedStyle(one.firstChild);
            return [style.outlineStyle, style.outlineWidth, style.borderBottomStyle].join(" ");
        })""")
    assert len(set(shapes)) == 5
    signs = page.evaluate("[...document.querySelectorAll('.legend .s')].map((one) => one.textContent)")
    assert len(signs) == len(set(signs)) == 4


def test_paper_gets_everything_and_no_buttons(opened: Open, seed_page: str) -> None:
    page = opened(seed_page, viewport={"width": 700, "height": 900})
    page.keyboard.press("j")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for hidden in (".bar", ".walk", ".skip", ".contents", ".finder", ".lasting"):
        assert not any(one.is_visible() for one in page.locator(hidden).all()), hidden
    for visible in (".legend dl", ".stories", ".card", ".statement"):
        assert all(one.is_visible() for one in page.locator(visible).all()), visible
    first, sheet = (page.locator(one).first.bounding_box() for one in (".card", ".statement"))
    assert first["y"] < sheet["y"], "what is wrong comes before the statements"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.pdf().startswith(b"%PDF")


def test_every_sheet_of_paper_of_a_folder_names_the_document_it_is_of(opened: Open) -> None:
    told = folder()
    wide = broad(12)
    pages = opened(rendered(attrs.evolve(told, documents=(*told.documents, wide)))).pdf(prefer_css_page_size=True)
    said = [one.get_textpage().get_text_range().splitlines()[0] for one in pypdfium2.PdfDocument(pages)]
    names = [one.source.path.rpartition("/")[2] for one in (*told.documents, wide)]
    assert said[0].startswith("4 documents")
    assert {line.split(" · ")[0] for line in said[1:-1]} == set(names)
    assert all(re.fullmatch(r".+ · SHA-256 [0-9a-f]{16}", line.strip()) for line in said[1:-1])


def test_a_wide_table_fits_on_paper(opened: Open) -> None:
    page = opened(rendered(only(broad(12))), viewport={"width": 960, "height": 700})
    page.emulate_media(media="print")
    assert page.evaluate("document.querySelector('.statement').getBoundingClientRect().right <= innerWidth + 1")


def test_a_phone_scrolls_tables_not_the_page(opened: Open, seed_page: str) -> None:
    page = opened(seed_page, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.click(".card button")
    assert page.is_visible("#bar")
    first = lit(page)
    page.click('#bar [aria-label="Next finding"]')
    assert lit(page) != first
    caption = page.evaluate(
        "const row = document.querySelector('.chief').closest('tr'); row.cells[0].getBoundingClientRect().left >= 0"
    )
    assert caption, "the caption stays beside its figure"


@pytest.mark.parametrize("width", [320, 1400])
def test_a_long_heading_of_a_column_widens_no_card(opened: Open, width: int) -> None:
    said = "Approximate value of shares that may yet be bought under what the board decided in the spring of the year"

    def named(finding: Finding) -> Finding:
        return attrs.evolve(finding, check=attrs.evolve(finding.check, period=said))

    long = [attrs.evolve(one, findings=tuple(map(named, one.findings))) for one in REPORT.documents]
    page = opened(rendered(attrs.evolve(REPORT, documents=tuple(long))), viewport={"width": width, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("""[...document.querySelectorAll('.card .period')].every((one) =>
        one.getBoundingClientRect().right <= one.closest('.card').getBoundingClientRect().right)""")


def test_a_heading_inside_a_table_stays_in_view_when_the_table_scrolls(opened: Open, seed_page: str) -> None:
    page = opened(seed_page, viewport={"width": 360, "height": 740})
    page.evaluate("document.querySelectorAll('.scroll').forEach((one) => { one.scrollLeft = 1000; })")
    assert page.evaluate("[...document.querySelectorAll('.scroll')].some((one) => one.scrollLeft > 20)")
    left = (
        "[...document.querySelectorAll('.section .stays, .statement caption span')].map((one) => "
        "one.getBoundingClientRect().left)"
    )
    assert min(page.evaluate(left)) >= 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_outline_of_what_has_the_focus_is_not_cut_off(opened: Open, seed_page: str) -> None:
    page = opened(seed_page)
    page.keyboard.press("j")
    room = """(() => { const card = document.activeElement.getBoundingClientRect(),
        panel = document.querySelector('.findings').getBoundingClientRect();
        return Math.min(card.left - panel.left, panel.right - card.right); })()"""
    assert page.evaluate(room) >= 5


def test_one_of_several_candidates_keeps_its_dashed_frame_when_it_is_lit(opened: Open) -> None:
    choice = tuple(Suspect(name, "1,111", "", Fraction(1, 3)) for name in ("f6", "f4", "f2"))
    open_story = Story("s1", choice, (), broken=1, repairs=1)
    page = opened(
        rendered(only(attrs.evolve(CHECKED, findings=(attrs.evolve(VIOLATION, suspects=choice, story=open_story),))))
    )
    style = (
        "[...document.querySelectorAll('.statement .perhaps:not(.chief) .n')].map((one) => "
        "getComputedStyle(one).outlineStyle)"
    )
    assert page.evaluate(style) == ["dashed"] * 3
    page.keyboard.press("j")
    assert page.evaluate(style) == ["dashed"] * 2 and page.locator(".chief.perhaps").count() == 1


def test_a_proposed_amount_takes_no_room_from_the_columns(opened: Open, seed_page: str) -> None:
    page = opened(seed_page, viewport={"width": 1400, "height": 900})
    widths = (
        "[...document.querySelector('.statement .suspect').closest('tr').cells].slice(1).map((one) => one.offsetWidth)"
    )
    before = page.evaluate(widths)
    page.evaluate("document.querySelectorAll('.statement .proposed').forEach((one) => one.remove())")
    assert page.evaluate(widths) == before


def test_no_word_of_the_list_of_untested_figures_is_broken(opened: Open) -> None:
    words = {
        "caption": "Right-of-use assets obtained in exchange for lease obligations",
        "head": "Thirty-six Weeks Ended September 9, 2023 Beverages",
    }
    listed = large(30)
    report = only(attrs.evolve(listed, figures=tuple(attrs.evolve(one, **words) for one in listed.figures)))
    page = opened(rendered(report), viewport={"width": 400, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    lines = """(one => { const range = document.createRange(); range.selectNodeContents(one);
        return new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size; })"""
    heads = "[...document.querySelectorAll('.untested-figures thead th')]"
    assert page.evaluate(f"{heads}.every((one) => {lines}(one) <= one.textContent.split(' ').length)")


def test_a_screen_reader_hears_what_the_eye_sees(opened: Open, seed_page: str) -> None:
    page = opened(seed_page)
    heard = page.locator("main").aria_snapshot()
    assert 'heading "Findings"' in heard and 'heading "3 figures probably wrong"' in heard
    suspect = page.locator(".statement .f.suspect").first
    assert "violated" in suspect.aria_snapshot() and "probably 1,489,945" in suspect.aria_snapshot()
    page.keyboard.press("j")
    assert page.locator("#said").get_attribute("aria-live") == "polite" and said(page)
