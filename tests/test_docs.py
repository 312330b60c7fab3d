"""Every command and code block of the README and the documentation is run, and prints what stands there.

`pytest tests/test_docs.py --update` writes down what the commands print now.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checker.gate.configuration import read

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```(?P<words>[^\n`]*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
KNOWN = {"console", "python", "printed", "sh", "rules", "toml", "findings", "statement", "text", ""}
"""Kinds of block: `console` is run and compared, `python` is run and what it prints stands in
the block `printed` behind it, `sh` only names targets of the Makefile, `rules NAME` and `text NAME` become a file of
that name."""

IDS = [str(path.relative_to(ROOT)) for path in PAGES]
MANY = 15
"""Commands of a page from which it waits for `make test-all`: each of them starts the program anew."""


def commands(path: Path) -> int:
    """How many commands a page shows."""
    return len(re.findall(r"^\$ ", path.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the examples in it and a command `tieout` on the path."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    command = tmp_path / "bin" / "tieout"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m checker "$@"\n')
    command.chmod(0o755)
    return tmp_path


def printed(command: str, folder: Path) -> str:
    """What a reader of the page sees after typing the command."""
    environment = {**os.environ, "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())


def console(body: str, folder: Path) -> str:
    """A console block as it should read: its commands, each with what it prints now."""
    blocks = [
        f"$ {command}\n{output}".rstrip()
        for command in re.findall(r"^\$ (.*)$", body, re.MULTILINE)
        for output in [printed(command, folder)]
    ]
    return "\n".join(blocks) + "\n"


@pytest.mark.skipif(sys.platform == "win32", reason="the pages speak of a POSIX shell")
@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, id=name, marks=[pytest.mark.long] if commands(page) > MANY else [])
        for page, name in zip(PAGES, IDS, strict=True)
    ],
)
def test_a_page_is_true(page: Path, folder: Path, update: bool) -> None:
    text = page.read_text(encoding="utf-8")
    said: list[str] = []
    """What the examples in Python printed, each until its block `printed` asks for it."""

    def now(match: re.Match[str]) -> str:
        words, body = match["words"].split(), match["body"]
        kind = words[0] if words else ""
        if kind == "console":
            return f"```{match['words']}\n{console(body, folder)}```"
        if kind == "python":
            (folder / "example.py").write_text(body, encoding="utf-8")
            said.append(printed(f'PYTHONPATH="{ROOT}" "{sys.executable}" example.py', folder))
        elif kind == "printed":
            return f"```{match['words']}\n{said.pop()}\n```"
        if kind in ("rules", "text") and len(words) > 1:
            (folder / words[1]).write_text(body, encoding="utf-8")
        elif kind == "toml":
            path = folder / "block.toml"
            path.write_text(body, encoding="utf-8")
            assert not read(path).problems, body
        elif kind == "sh":
            for line in body.splitlines():
                assert re.search(
                    rf"^{re.escape(line.removeprefix('make '))}:", (ROOT / "Makefile").read_text(), re.MULTILINE
                ), line
        return match[0]

    fresh = FENCE.sub(now, text)
    assert not said, "an example prints something and no block says what"
    if update:
        page.write_text(fresh, encoding="utf-8")
    assert fresh == text or update


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_block_is_of_a_kind_that_is_checked(page: Path) -> None:
    kinds = {(match["words"].split() or [""])[0] for match in FENCE.finditer(page.read_text(encoding="utf-8"))}
    assert kinds <= KNOWN


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", FENCE.sub("", page.read_text(encoding="utf-8"))):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_what_a_page_names_is_there(page: Path) -> None:
    named = re.findall(
        r"(?:checker|tests|benchmarks|grammar|integrations|rules)/[\w./-]*\w", page.read_text(encoding="utf-8")
    )
    gone = [path for path in named if not (ROOT / path).exists()]
    assert not gone, gone


def test_decisions_that_are_spoken_of_were_taken() -> None:
    taken = {path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")}
    for path in (*PAGES, *(ROOT / "checker").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        said = set(re.findall(r"\b0\d{3}\b", " ".join(re.findall(r"decisions?[ /][\d, and]+", text))))
        assert said <= taken, (path, said - taken)


def test_words_of_the_glossary_are_in_order_and_said_once() -> None:
    words = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)[1:]
    assert words == sorted(words, key=str.casefold)
    single = [word.strip() for entry in words for word in entry.split(",")]
    assert len(single) == len(set(single))


def test_modules_named_in_a_room_stand_in_it() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    inside = text.partition("## Inside the larger rooms")[2].partition("\n## ")[0]
    rooms = re.split(r"^- \*\*(\w+)\*\*: ", inside, flags=re.MULTILINE)[1:]
    for room, said in zip(rooms[::2], rooms[1::2], strict=True):
        there = {path.stem for path in (ROOT / "checker" / room).rglob("*.py")} | {
            f"{path.name}/" for path in (ROOT / "checker" / room).iterdir()
        }
        assert set(re.findall(r"`(\w+/?)`", said)) - {"each"} <= there, room
