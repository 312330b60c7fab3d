"""The documentation as a site: every page is there, every link of it leads somewhere, and reading it fetches
nothing from elsewhere."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urldefrag

import pytest

from checker.language import load
from checker.workshop.codes import EXPLAINED

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "docs" / "site" / "build.py"


@pytest.fixture(scope="module")
def site() -> ModuleType:
    spec = importlib.util.spec_from_file_location("site_build", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages(site: ModuleType) -> dict[str, str]:
    found: dict[str, str] = site.pages()
    return found


def test_every_link_leads_to_a_page_and_a_heading(site: ModuleType, pages: dict[str, str]) -> None:
    assert site.broken(pages) == []


def test_a_link_that_leads_nowhere_is_told(site: ModuleType) -> None:
    told = site.broken({"a.md": "# A\n\n[b](b.md) [c](sub/c.md#two) [here](#a) [gone](#b)\n", "sub/c.md": "# One\n"})
    assert told == ["a.md: b.md", "a.md: sub/c.md#two", "a.md: #b"]
    assert site.broken({"a.md": "# A\n\n```text\n[b](b.md)\n```\n`[b](b.md)`\n"}) == []


def test_every_rule_and_definition_has_a_page_with_its_declaration_and_specimens(pages: dict[str, str]) -> None:
    book = load([])
    for one in (*book.rules, *book.definitions):
        page = pages[f"rules/{one.id}.md"]
        assert one.id in page
        assert "```" in page
        if one.id.startswith(("us-gaap/", "ifrs/")) and not getattr(one, "parameter", ""):  # else a sentence or a value
            assert 'title="verdicts"' in page, one.id


def test_every_page_of_the_checkout_stands_on_the_site(site: ModuleType) -> None:
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")}
    assert there <= set(site.WRITTEN.values())


def test_every_code_and_command_is_told(pages: dict[str, str]) -> None:
    assert [code for code in EXPLAINED if f"\n## {code}\n" not in pages["messages.md"]] == []
    for command in ("check", "rules lint", "rules coverage", "serve", "bulk"):
        assert f"\n## tieout {command}\n" in pages["commands.md"]


def test_every_page_can_be_walked_to(site: ModuleType, pages: dict[str, str]) -> None:
    settings = site.configuration(pages)
    assert [path for path in pages if f'"{path}"' not in settings] == []


class _Targets(HTMLParser):
    """What a page links to and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.ids |= {value for value in (said.get("id"), said.get("name")) if value}
        if tag == "a" and said.get("href"):
            self.links.append(str(said["href"]))
        elif tag in ("link", "script", "img", "iframe"):
            self.loads += [str(said[name]) for name in ("href", "src") if said.get(name)]


@pytest.mark.long
@pytest.mark.skipif(importlib.util.find_spec("zensical") is None, reason="needs the extra docs: pip install '.[docs]'")
def test_the_site_that_is_built_holds_together(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), str(tmp_path)], cwd=ROOT, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "site"
    read = {}
    for path in folder.rglob("*.html"):
        read[path] = _Targets()
        read[path].feed(path.read_text(encoding="utf-8"))
    assert len(read) > 300
    wrong = []
    for path, said in read.items():
        wrong += [f"{path}: loads {one}" for one in said.loads if re.match(r"(?:https?:)?//", one)]
        for link in said.links:
            target, anchor = urldefrag(link)
            if ":" in target or path.name == "404.html":
                continue
            to = (path.parent / unquote(target)).resolve() if target else path
            if not to.exists() or (to in read and anchor and unquote(anchor) not in read[to].ids):
                wrong.append(f"{path.relative_to(folder)}: {link}")
    assert wrong == []
    assert "noncontrolling" in (folder / "search.json").read_text(encoding="utf-8").casefold()
