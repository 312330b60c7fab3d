"""The documentation as a site: `python docs/site/build.py FOLDER` gathers its pages below FOLDER and lets Zensical
build them.

Nothing on the site is written for it alone. The guide, the reference and the decisions are the pages of `docs/`; the
page of a rule is its declaration and its section of the page beside its file; messages and commands say what the
program says.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

import click

from checker.cli import commands
from checker.core.rule import Concept, Definition, Rule, Rulebook
from checker.language import load
from checker.resources import rules_folder
from checker.workshop.codes import CHECKS, EXPLAINED
from checker.workshop.explained import declaration, section

ROOT = Path(__file__).resolve().parents[2]
WRITTEN: Mapping[str, str] = {
    "index.md": "README.md",
    "guide.md": "docs/rules-guide.md",
    "language.md": "docs/language.md",
    "editor.md": "docs/editor.md",
    "gate.md": "docs/gate.md",
    "review.md": "docs/review.md",
    "bulk.md": "docs/bulk.md",
    "api.md": "docs/api.md",
    "diagnosis.md": "docs/diagnosis.md",
    "architecture.md": "docs/architecture.md",
    "glossary.md": "docs/glossary.md",
    "contributing.md": "CONTRIBUTING.md",
    "security.md": "SECURITY.md",
    "changelog.md": "CHANGELOG.md",
}
"""Pages of the site, each the file of the checkout that it is."""
FOLDERS: Mapping[str, str] = {"docs/decisions": "decisions/index.md", "benchmarks": "measured/index.md"}
"""What a link to a folder of the checkout leads to."""
FENCE = re.compile(r"^(?P<ticks>`{3,})(?P<kind>[^\s`]*)[ \t]*(?P<words>[^\n`]*)$")
COLOURED: Mapping[str, str] = {"rules": "tieout", "console": "console", "python": "python", "sh": "sh", "toml": "toml"}
TITLED: Mapping[str, str] = {"statement": "statement", "beside": "beside it", "findings": "verdicts"}
LINK = re.compile(r"(?<!!)\[(?P<words>[^\]\n]*)\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
PACKS: Mapping[str, str] = {
    "us-gaap": "US GAAP",
    "ifrs": "IFRS",
    "structure": "Tables",
    "prose": "Text",
    "tags": "Tags",
}
Pages = dict[str, str]
Speaks = Rule | Definition
"""What has a page in the library: a definition speaks wherever its name is printed."""


def pages() -> Pages:
    """The Markdown of every page of the site, by its path."""
    found: Pages = {}
    for to, source in {**WRITTEN, **_decisions()}.items():
        found[to] = _moved((ROOT / source).read_text(encoding="utf-8"), source, to)
    found["decisions/index.md"] = _decision_index()
    found |= _measured()
    book = load([])
    found |= _library(book)
    found["vocabulary.md"] = _vocabulary(book.concepts)
    found["messages.md"] = _messages()
    found["commands.md"] = _commands()
    return {path: _fenced(text) for path, text in found.items()}


# ---- pages of the checkout -------------------------------------------------------------------------------------------


def _decisions() -> dict[str, str]:
    return {
        f"decisions/{path.name}": f"docs/decisions/{path.name}"
        for path in sorted((ROOT / "docs/decisions").glob("*.md"))
    }


def _homes() -> dict[str, str]:
    """Where each file of the checkout stands on the site."""
    rules = [path.relative_to(rules_folder()).with_suffix("").as_posix() for path in rules_folder().rglob("*.md")]
    return (
        {source: to for to, source in {**WRITTEN, **_decisions()}.items()}
        | dict(FOLDERS)
        | {f"rules/{topic}.md": f"rules/{topic}/index.md" for topic in rules}
        | {f"benchmarks/{table.name}": f"measured/{table.stem}.md" for table in (ROOT / "benchmarks").glob("*.txt")}
    )


def _moved(text: str, source: str, to: str) -> str:
    """A page with its links turned to where their targets stand on the site; what the site does not have is named."""
    homes = _homes()

    def turned(match: re.Match[str]) -> str:
        target, _, anchor = match["target"].partition("#")
        if not target or ":" in target:
            return match[0]
        named = normpath((PurePosixPath(source).parent / target).as_posix())
        home = homes.get(named)
        if home is None:
            return match["words"] if match["words"].startswith("`") else f"{match['words']} (`{named}`)"
        if anchor and home.startswith("rules/"):
            home, anchor = home.replace("index.md", f"{anchor}.md"), ""
        return f"[{match['words']}]({relpath(home, PurePosixPath(to).parent.as_posix())}{'#' * bool(anchor)}{anchor})"

    return _outside_fences(text, lambda line: LINK.sub(turned, line))


def _outside_fences(text: str, change: Callable[[str], str]) -> str:
    """A page with its lines changed, save those of code."""
    lines: list[str] = []
    open_with = ""
    for line in text.splitlines():
        fence = FENCE.match(line)
        if fence and not open_with:
            open_with = fence["ticks"]
        elif open_with and line.rstrip() == open_with:
            open_with = ""
        elif not open_with:
            line = change(line)
        lines.append(line)
    return "\n".join(lines) + "\n"


def _fenced(text: str) -> str:
    """Blocks under the names that colours know, with the rest of their first line as a title."""
    lines: list[str] = []
    open_with = ""
    for line in text.splitlines():
        fence = FENCE.match(line)
        if fence and not open_with:
            open_with = fence["ticks"]
            title = " ".join(filter(None, (TITLED.get(fence["kind"], ""), fence["words"])))
            name = COLOURED.get(fence["kind"], "text")
            lines.append(f"{open_with} {name}" + (f' title="{title}"' if title else ""))
            continue
        if open_with and line.rstrip() == open_with:
            open_with = ""
        lines.append(line)
    return "\n".join(lines) + "\n"


def _decision_index() -> str:
    rows = [
        f"- [{_title((ROOT / source).read_text(encoding='utf-8'))}]({PurePosixPath(to).name})"
        for to, source in _decisions().items()
    ]
    return (
        "# Decisions\n\nChoices that closed a door: what was decided, what else there was, and what was measured.\n\n"
        + "\n".join(rows)
        + "\n"
    )


def _title(text: str) -> str:
    return next(iter(HEADING.findall(text)), "")


def _measured() -> Pages:
    """Each table of the benchmarks, under what its script says it measures."""
    found: Pages = {}
    rows = []
    for table in sorted((ROOT / "benchmarks").glob("*.txt")):
        script = table.with_suffix(".py")
        says = _docstring(script) if script.is_file() else ""
        title, _, rest = says.replace("\n", " ").partition(". ") if "\n\n" not in says else says.partition("\n\n")
        path = f"measured/{table.stem}.md"
        found[path] = (
            f"# {table.stem.capitalize()}\n\n{says}\n\n```text\n{table.read_text(encoding='utf-8').rstrip()}\n```\n"
        )
        rows.append(f"- [{table.stem}]({table.stem}.md): {' '.join((title or rest).split()).rstrip('.')}")
    found["measured/index.md"] = (
        "# What was measured\n\n`make bench` runs the scripts, one for each claim; these are their last tables.\n\n"
        + "\n".join(rows)
        + "\n"
    )
    return found


def _docstring(script: Path) -> str:
    return ast.get_docstring(ast.parse(script.read_text(encoding="utf-8"))) or ""


# ---- the library -----------------------------------------------------------------------------------------------------


def _library(book: Rulebook) -> Pages:
    """A page for each rule, one for each file of rules, and the list of these."""
    found: Pages = {}
    speaking: tuple[Speaks, ...] = (*book.rules, *book.definitions)
    shipped = [one for one in speaking if one.shipped]
    lines = [
        "# The library",
        "",
        f"{len(shipped)} rules and definitions come with the program. Each has a page: what it means, its source, and "
        "small statements with the verdicts they must get, which are its tests.",
        "",
        "[The vocabulary](../vocabulary.md) lists the names that rules may use and the captions they find.",
    ]
    for pack, topics in groupby(_topics(shipped), key=lambda topic: topic.split("/")[0]):
        lines += ["", f"## {PACKS.get(pack, pack)}", "", "| rules of | | rules |", "|---|---|---|"]
        for topic in topics:
            own = [rule for rule in shipped if _topic(rule) == topic]
            found |= _topic_pages(topic, own)
            text = (rules_folder() / f"{topic}.md").read_text(encoding="utf-8")
            lines.append(f"| [{_title(text)}]({topic}/index.md) | {_first_sentence(text)} | {len(own)} |")
    found["rules/index.md"] = "\n".join(lines) + "\n"
    return found


def _topic(rule: Speaks) -> str:
    return rule.id.rpartition("/")[0]


def _topics(rules: Sequence[Speaks]) -> list[str]:
    order = list(PACKS)
    return sorted({_topic(rule) for rule in rules}, key=lambda topic: (order.index(topic.split("/")[0]), topic))


def _intro(text: str) -> str:
    """What a page says before its first rule."""
    return re.split(r"^## ", text, maxsplit=1, flags=re.MULTILINE)[0].partition("\n")[2].strip()


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.:])\s", " ".join(_intro(text).split()))[0].rstrip(":").replace("|", r"\|")


def _topic_pages(topic: str, rules: Sequence[Speaks]) -> Pages:
    text = (rules_folder() / f"{topic}.md").read_text(encoding="utf-8")
    rows = [f"| [`{_own(rule)}`]({_own(rule)}.md) | {_cell(_says(rule))} | {_cell(_because(rule))} |" for rule in rules]
    home = f"rules/{topic}/index.md"
    intro = _moved(_intro(text), f"rules/{topic}.md", home)
    table = ["| rule | says | source |", "|---|---|---|", *rows]
    found = {home: f"# {_title(text)}\n\n{intro}\n\n" + "\n".join(table) + "\n"}
    for rule in rules:
        found[f"rules/{topic}/{_own(rule)}.md"] = _rule_page(rule)
    return found


def _own(rule: Speaks) -> str:
    return rule.id.rpartition("/")[2]


def _says(rule: Speaks) -> str:
    return rule.name if isinstance(rule, Definition) else rule.title or ""


def _because(rule: Speaks) -> str:
    return rule.clauses.because or ""


def _cell(text: str | None) -> str:
    return (text or "").replace("|", r"\|")


def _rule_page(rule: Speaks) -> str:
    topic = _topic(rule)
    said = section(rules_folder() / f"{topic}.md", _own(rule))
    said = _moved(said, f"rules/{topic}.md", f"rules/{topic}/{_own(rule)}.md")
    source = _because(rule)
    lines = [
        f"# {_says(rule) or rule.id}",
        "",
        f"`{rule.id}`" + (f": {source}" if source else ""),
        "",
        "```rules",
        *declaration(rule),
        "```",
        "",
        said,
        "",
        f"`tieout explain {rule.id} --on RELEASE` says why it does or does not apply there.",
    ]
    return "\n".join(lines) + "\n"


def _vocabulary(concepts: Sequence[Concept]) -> str:
    lines = [
        "# The vocabulary",
        "",
        "Names that rules may use, and the other captions that each of them finds. A name that stands here finds all "
        "of its captions; any other name is a caption of the page.",
    ]
    for path, group in groupby(
        sorted((one for one in concepts if one.path), key=lambda one: one.path), key=lambda one: one.path
    ):
        pack = path.split("/")[0]
        lines += ["", f"## {PACKS.get(pack, pack)}", "", "| name | measures | other captions |", "|---|---|---|"]
        for one in sorted(group, key=lambda one: one.name.casefold()):
            others = "; ".join(alias.text for alias in one.aliases)
            lines.append(f"| {_cell(one.name)} | {_cell(one.measure)} | {_cell(others)} |")
    return "\n".join(lines) + "\n"


# ---- what the program says -------------------------------------------------------------------------------------------


def _messages() -> str:
    lines = ["# Messages", "", "Every code that a message can bear; `tieout explain CODE` prints one."]
    for code in sorted(EXPLAINED.values(), key=lambda code: code.code):
        lines += ["", f"## {code.code}", "", f"**{_plain(code.what)}**", "", _plain(code.why)]
        for word, example in (("bad", code.bad), ("good", code.good)):
            if example:
                lines += ["", f"{word}:", "", "````text", example, "````"]
    lines += ["", "## Checks of no rule file"]
    for name, says in CHECKS.items():
        lines += ["", f"`{name}`: {_plain(says)}"]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """A sentence in which no sign of Markdown is meant but the code marks."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if number % 2 else re.sub(r"([*_\[\]<>])", r"\\\1", part) for number, part in enumerate(parts))


def _commands() -> str:
    lines = ["# Commands", "", "What `tieout COMMAND --help` says of each."]
    for path, command in _walked(("tieout",), commands):
        context = click.Context(command, info_name=" ".join(path), terminal_width=100)
        lines += ["", f"## {' '.join(path)}", "", "```text", command.get_help(context).rstrip(), "```"]
    return "\n".join(lines) + "\n"


def _walked(path: tuple[str, ...], command: click.Command) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                yield from _walked((*path, name), inner)


# ---- links -----------------------------------------------------------------------------------------------------------


def broken(found: Mapping[str, str]) -> list[str]:
    """Links of these pages that lead nowhere: to a page or a heading that is not there."""
    anchors = {path: _anchors(text) for path, text in found.items()}
    wrong = []
    for path, text in found.items():
        for link in (match["target"] for match in LINK.finditer(re.sub(r"`[^`\n]*`", "", _prose(text)))):
            target, _, anchor = link.partition("#")
            if ":" in target:
                continue
            to = normpath((PurePosixPath(path).parent / target).as_posix()) if target else path
            if to not in found or (anchor and anchor not in anchors[to]):
                wrong.append(f"{path}: {link}")
    return wrong


def _anchors(text: str) -> set[str]:
    """What a link can name on a page: its headings as the site and the hosts of repositories write them down."""
    return {slug(heading) for heading in HEADING.findall(_prose(text))}


def _prose(text: str) -> str:
    """A page without its code."""
    lines: list[str] = []

    def kept(line: str) -> str:
        lines.append(line)
        return line

    _outside_fences(text, kept)
    return "\n".join(lines)


def slug(heading: str) -> str:
    """The anchor of a heading: lower case, without punctuation, a hyphen for each blank."""
    words = re.sub(r"[^\w\s-]", "", re.sub(r"[`*]", "", heading)).strip().lower()
    return re.sub(r"[\s]", "-", words)


# ---- the site --------------------------------------------------------------------------------------------------------


def configuration(found: Mapping[str, str]) -> str:
    """The settings of Zensical: nothing is fetched from elsewhere when a page is read."""
    template = (Path(__file__).parent / "zensical.toml").read_text(encoding="utf-8")
    return template.replace("nav = []", f"nav = {_listed(_navigation(found), 1)}", 1)


Entry = dict[str, "str | list[Entry]"] | str


def _navigation(found: Mapping[str, str]) -> list[Entry]:
    def title(path: str) -> str:
        return _title(found[path]).replace("`", "")

    def below(folder: str) -> list[Entry]:
        return [
            {title(path): path}
            for path in sorted(found)
            if path.startswith(f"{folder}/") and path != f"{folder}/index.md"
        ]

    library: list[Entry] = ["rules/index.md"]
    for pack, name in PACKS.items():
        topics = sorted(path for path in found if path.startswith(f"rules/{pack}/") and path.endswith("/index.md"))
        library.append({name: [{title(path): [path, *below(path.removesuffix("/index.md"))]} for path in topics]})
    return [
        {"Start": "index.md"},
        {"Writing rules": [{"Guide": "guide.md"}, {"Language": "language.md"}, {"In an editor": "editor.md"}]},
        {"Library": [*library, {"Vocabulary": "vocabulary.md"}]},
        {
            "Using it": [
                {"The gate": "gate.md"},
                {"Review": "review.md"},
                {"Many documents": "bulk.md"},
                {"From a program": "api.md"},
            ]
        },
        {"Reference": [{"Commands": "commands.md"}, {"Messages": "messages.md"}, {"Glossary": "glossary.md"}]},
        {
            "How it works": [
                {"Architecture": "architecture.md"},
                {"Diagnosis": "diagnosis.md"},
                {"What was measured": ["measured/index.md", *below("measured")]},
                {"Decisions": ["decisions/index.md", *below("decisions")]},
                {"Contributing": "contributing.md"},
                {"Security": "security.md"},
                {"Changes": "changelog.md"},
            ]
        },
    ]


def _listed(entries: Sequence[Entry], depth: int) -> str:
    """A list of TOML."""
    blank = "  " * depth
    rows = []
    for entry in entries:
        if isinstance(entry, str):
            rows.append(f"{blank}{_quoted(entry)},")
            continue
        ((name, value),) = entry.items()
        rows.append(
            f"{blank}{{ {_quoted(name)} = {_quoted(value) if isinstance(value, str) else _listed(value, depth + 1)} }},"
        )
    return "[\n" + "\n".join(rows) + f"\n{'  ' * (depth - 1)}]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write(folder: Path) -> None:
    """All pages and the settings, in a folder that holds nothing else."""
    found = pages()
    wrong = broken(found)
    if wrong:
        raise SystemExit("links that lead nowhere:\n" + "\n".join(wrong))
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in found.items():
        target = folder / "pages" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    shutil.copy(Path(__file__).parent / "extra.css", folder / "pages" / "extra.css")
    (folder / "zensical.toml").write_text(configuration(found), encoding="utf-8")


if __name__ == "__main__":
    place = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "docs")
    write(place)
    built = subprocess.run([sys.executable, "-m", "zensical", "build", "--strict"], cwd=place, check=False).returncode
    if not built:
        print(
            f"to look at it: {Path(sys.executable).name} -m http.server --bind 127.0.0.1 --directory {place / 'site'}"
        )
    sys.exit(built)
