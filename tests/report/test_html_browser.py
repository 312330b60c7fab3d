"""The page in a real browser: the keys walk the findings, figures light up, hostile text does nothing, and a long report opens at once.

Needs Chromium, found by its name or through TIEOUT_CHROMIUM; skipped where there is none.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from checker.report import FORMATS
from tests.report.sample import REPORT
from tests.report.test_html import HOSTILE, hostile, large, only

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions", "--virtual-time-budget=5000",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> str:
    named = os.environ.get("TIEOUT_CHROMIUM") or next((found for one in _BROWSERS if (found := shutil.which(one))), None)
    if not named:
        pytest.skip("needs Chromium: install it, or name it in TIEOUT_CHROMIUM")
    return named


def told(browser: str, folder: Path, rendered: str, script: str) -> Any:
    """What `script` (a function body) returns in the page, whose own policy stays in force and lets this one script in besides."""
    code = f"const told = (() => {{{script}}})(); document.body.dataset.told = JSON.stringify(told);"
    mark = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    page = rendered.replace("script-src &#x27;", f"script-src 'sha256-{mark}' '", 1).replace("</body>", f"<script>{code}</script></body>")
    (folder / "page.html").write_text(page, encoding="utf-8")
    command = [browser, *_QUIET, f"--user-data-dir={folder / 'profile'}", "--dump-dom", (folder / "page.html").as_uri()]
    answer = subprocess.run(command, capture_output=True, timeout=60, check=False).stdout.decode("utf-8", "replace")
    found = re.search(r'<body[^>]* data-told="([^"]*)"', answer)
    assert found, "the script of the test was not run"
    return json.loads(unescape(found[1]))


def page(report: Any = REPORT) -> str:
    rendered = FORMATS["html"].render(report)
    assert isinstance(rendered, str)
    return rendered


PRESS = """
const press = (key, on) => (on || document.activeElement || document.body).dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
const lit = () => [...document.querySelectorAll(".f.lit")].map((one) => one.id + one.dataset.sign);
const said = () => document.getElementById("said").textContent;
"""


def test_keys_walk_the_findings_and_light_their_figures(browser: str, tmp_path: Path) -> None:
    script = """
    press("j");
    const first = [lit(), said(), document.activeElement.id, document.querySelector(".chief").id];
    press("Enter");
    const figure = document.activeElement.id;
    press("j"); press("k");
    const back = lit();
    press("Escape");
    return {first, figure, back, out: [lit(), document.getElementById("bar").hidden]};
    """
    found = told(browser, tmp_path, page(), PRESS + script)
    lights = ["d0f1+", "d0f3−", "d0f5="]
    assert found["first"][0] == lights and found["first"][2:] == ["d0n1", "d0f5"]
    assert "Finding 1 of" in found["first"][1] and "1,498,945 ≠ 11,534,705 - 10,044,760 = 1,489,945" in found["first"][1]
    assert found["figure"] == "d0f5" and found["back"] == lights and found["out"] == [[], True]


def test_a_click_on_a_figure_tells_its_relationships_in_turn(browser: str, tmp_path: Path) -> None:
    script = """
    const figure = document.getElementById("d0f4");
    figure.click();
    const first = said();
    figure.click();
    return [first, said()];
    """
    first, second = told(browser, tmp_path, page(), PRESS + script)
    assert "Gross margin" in first and "4,416,825 = 16,168,421 - 11,751,596" in second


def test_arrows_go_from_figure_to_figure(browser: str, tmp_path: Path) -> None:
    script = """
    document.getElementById("d0f0").focus();
    press("ArrowDown"); press("ArrowRight");
    return [document.activeElement.id, document.querySelectorAll('.statement .f[tabindex="0"]').length];
    """
    assert told(browser, tmp_path, page(), PRESS + script) == ["d0f3", 1]


def test_hostile_text_does_nothing(browser: str, tmp_path: Path) -> None:
    script = """
    document.querySelectorAll("a, button").forEach((one) => one.click());
    const odd = (one) => [...one.attributes].some((a) => a.name.startsWith("on") || (["href", "src"].includes(a.name) && !a.value.startsWith("#")));
    const loaded = performance.getEntriesByType("resource").length;
    return [document.scripts.length, [...document.querySelectorAll("*")].filter(odd).length, document.images.length, document.title.slice(0, 8), loaded];
    """
    assert told(browser, tmp_path, page(hostile(" ".join(HOSTILE))), script) == [2, 0, 0, "tieout: ", 0]


def test_the_policy_refuses_a_script_that_is_not_of_the_page(browser: str, tmp_path: Path) -> None:
    smuggled = page().replace(
        "</main>", "<script>document.body.dataset.owned = 1</script><img alt='' src='x' onerror='document.body.dataset.owned = 1'></main>"
    )
    assert told(browser, tmp_path, smuggled, 'return document.body.dataset.owned || "nothing";') == "nothing"


def test_a_page_of_thousands_of_figures_opens_in_under_a_second(browser: str, tmp_path: Path) -> None:
    began_to_built = 'return performance.now() - performance.getEntriesByType("navigation")[0].fetchStart;'
    assert told(browser, tmp_path, page(only(large(2000))), began_to_built) < 1000
