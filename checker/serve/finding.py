"""Where names are declared and used: definitions, references, renames, and the declarations of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

from checker.core.caption import normal
from checker.core.rule import Concept, Declaration, Definition, Override, Rule, RuleFile, Skip, Span, Use
from checker.core.value import evolve, frozen
from checker.language import fits, parse
from checker.resources import rules_folder
from checker.serve.looking import Looked
from checker.serve.naming import Stand, id_of, name_of, stands
from checker.serve.offering import spelled
from checker.serve.text import Text

_MOST = 200
"""Places that one name leads to."""


@frozen
class Spot:
    """A stretch of a file."""

    path: str
    span: Span


@frozen
class Page:
    """A rule file with every name in it."""

    path: str
    text: Text
    file: RuleFile

    @cached_property
    def stands(self) -> tuple[Stand, ...]:
        """Its names, with their stretches in the text as it is (a byte order mark counted)."""
        by = len(self.text.text) - len(self.file.text)
        return tuple(evolve(one, span=(one.span[0] + by, one.span[1] + by)) for one in stands(self.file))

    @property
    def unread(self) -> bool:
        """Whether some of it could not be read, so that names in it are not known."""
        return any(
            problem.severity == "error" and problem.code.startswith(("E1", "E22")) for problem in self.file.problems
        )


def page(path: str, text: Text) -> Page:
    """A rule file as it is in the editor."""
    return Page(path, text, parse(text.text, path, Path(path).stem))


class Refusal(Exception):
    """Why something cannot be done, in words for the author."""


def declared(stand: Stand, looked: Looked) -> list[Spot]:
    """Where a name is declared, or the rules and files that an id or a pack means."""
    if stand.role == "id":
        found: Iterator[tuple[str, Declaration]] = (
            (rule.path, rule) for rule in looked.book.rules if fits(stand.text, rule.id)
        )
    elif stand.role == "pack":
        stems = ((path, path.removesuffix(".rules")) for path, _ in looked.book.files)
        return [Spot(real(path), (0, 0)) for path, stem in stems if _is(stem, stand.text)][:_MOST]
    else:
        found = _named(stand, looked)
    texts: dict[str, str] = {looked.file.path: looked.file.text}
    return [Spot(real(path), _place(one, texts, path)) for path, one in islice(found, _MOST)]


def _is(stem: str, target: str) -> bool:
    return stem == target or f"/{stem}/".endswith(f"/{target}/") or f"/{stem}".find(f"/{target}/") >= 0


def _named(stand: Stand, looked: Looked) -> Iterator[tuple[str, Declaration]]:
    """The declarations of a name: those of the file itself first."""
    own = [
        one for one in looked.file.declarations if isinstance(one, (Concept, Definition)) and stand.key in _keys(one)
    ]
    yield from ((looked.file.path, one) for one in own)
    elsewhere: list[Concept | Definition] = list(looked.names.concepts.get(stand.key, ()))
    if (defined := looked.names.definition(stand.text)) is not None:
        elsewhere.append(defined[0])
    yield from ((one.path, one) for one in elsewhere if one.path != looked.file.path or one not in own)


def _keys(one: Concept | Definition) -> set[str]:
    aliases = one.aliases if isinstance(one, Concept) else one.clauses.aliases
    return {normal(one.name), *(normal(alias.text) for alias in aliases)}


def _place(one: Declaration, texts: dict[str, str], path: str) -> Span:
    if path not in texts:
        try:
            texts[path] = Path(real(path)).read_text(encoding="utf-8-sig").replace("\r\n", "\n") if path else ""
        except (OSError, ValueError):
            texts[path] = ""
    text = texts[path]
    if isinstance(one, (Concept, Definition)):
        return name_of(one, text)
    return id_of(one, text) if isinstance(one, Rule) else one.span


def real(path: str) -> str:
    """The file of a declaration: the user's as named, the library's below its folder."""
    return path if Path(path).is_absolute() or Path(path).is_file() else str(rules_folder() / path)


# ---- references and renames ------------------------------------------------------------------------------------------


def references(stand: Stand, pages: Sequence[Page], with_declaration: bool = True) -> list[Spot]:
    """Where a name stands in these files; a concept is meant by its own name, a quoted name is a caption and refers to
    nothing else."""
    if stand.role in ("id", "pack"):
        return [
            Spot(one.path, other.span)
            for one in pages
            for other in one.stands
            if other.role == stand.role and other.text == stand.text
        ]
    roles = {"uses", "heading", "declares"} if with_declaration else {"uses", "heading"}
    return [
        Spot(one.path, other.span)
        for one in pages
        for other in one.stands
        if other.role in roles and _same(stand, other, pages)
    ]


def _same(stand: Stand, other: Stand, pages: Sequence[Page]) -> bool:
    if other.key != stand.key:
        return False
    if other.role == "declares" or stand.role == "declares":
        return other.role == "declares" or not other.quoted
    return other.quoted == stand.quoted


def renamed(stand: Stand, new: str, pages: Sequence[Page], looked: Looked) -> Mapping[str, list[tuple[Span, str]]]:
    """The edits that give a concept or a definition another name in these files. A concept keeps the old one as `aka`:
    it is printed under it.

    Refusal: nothing, or something that is shipped, is declared by that name; the new one is taken; a file cannot be
    read as a whole.
    """
    text = " ".join(new.split())
    _renameable(stand, pages, looked)
    if not normal(text) or '"' in text or len(text) > 200:
        raise Refusal("a name needs a letter or a digit, and no quotes")
    key = normal(text)
    if key != stand.key and (
        key in looked.names.definitions or any(normal(one.name) == key for one in looked.book.concepts)
    ):
        raise Refusal(f"{text} is the name of something else already")
    edits: dict[str, list[tuple[Span, str]]] = {}
    for one in pages:
        found = [
            other
            for other in one.stands
            if other.role in ("uses", "heading", "declares") and _same(stand, other, pages)
        ]
        for other in found if not (stand.quoted and stand.role == "uses") else ():
            if one.unread:
                raise Refusal(f"{Path(one.path).name} has mistakes and cannot be read as a whole; put them right first")
            edits.setdefault(one.path, []).append((other.span, spelled(text)))
        edits.get(one.path, []).extend(_kept(stand, one) if key != stand.key else ())
    return edits


def renameable(stand: Stand, pages: Sequence[Page], looked: Looked) -> bool:
    """Whether a name can be renamed."""
    try:
        _renameable(stand, pages, looked)
    except Refusal:
        return False
    return True


def _renameable(stand: Stand, pages: Sequence[Page], looked: Looked) -> None:
    own = [
        one
        for page in pages
        for one in page.file.declarations
        if isinstance(one, (Concept, Definition)) and normal(one.name) == stand.key
    ]
    if stand.role not in ("uses", "declares", "heading") or not own or (stand.quoted and stand.role == "uses"):
        raise Refusal("no concept and no definition of these files has that name")
    if any(isinstance(one, Definition) and one.parameter for one in own):
        raise Refusal("a definition with a parameter is used by a part of its name only; rename it by hand")
    mine = {page.path for page in pages}
    every: tuple[Concept | Definition, ...] = (*looked.book.concepts, *looked.book.definitions)
    shipped = [one for one in every if normal(one.name) == stand.key and one.path not in mine]
    if shipped:
        raise Refusal(f"{stand.text} is declared in {shipped[0].path} too")


def _kept(stand: Stand, page: Page) -> Iterator[tuple[Span, str]]:
    """The old name of a concept as one more line below its first."""
    by = len(page.text.text) - len(page.file.text)
    for one in page.file.declarations:
        if isinstance(one, Concept) and normal(one.name) == stand.key:
            end = page.text.line_of(one.span[0] + by)
            at = page.text.starts[end] + len(page.text.line(end))
            yield (at, at), f"\n    aka {spelled(one.name)}"
            return


# ---- declarations ----------------------------------------------------------------------------------------------------


def titled(one: Declaration, text: str) -> tuple[str, str, Span]:
    """What a declaration is called, what it is, and where its name stands."""
    match one:
        case Rule(id=own, title=title):
            return own.rpartition("/")[2], title, id_of(one, text)
        case Concept(name=name) | Definition(name=name):
            return name, "concept" if isinstance(one, Concept) else "definition", name_of(one, text)
        case Use(targets=targets):
            return "use " + "; ".join(targets), "", one.span
        case Skip(targets=targets, because=because):
            return "skip " + "; ".join(targets), because, one.span
        case Override(target=target):
            return f"override {target}", "", one.span
