"""Tagged filings: the facts of an inline page or an instance, and what linkbases say of them. Print is read elsewhere,
and never looks here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from checker.core.fact import Fact, Tagging
from checker.core.problem import Problem
from checker.core.value import evolve
from checker.read import submission
from checker.read.source import Source, decode
from checker.read.tagged.data import facts_of_json, is_facts
from checker.read.tagged.instance import instance_tags, is_instance
from checker.read.tagged.page import Aspects, aspects_of, is_tagged, page_tags
from checker.read.tagged.parsing import Unreadable
from checker.read.tagged.taxonomy import Beside, with_linkbases

__all__ = [
    "ALONE",
    "Beside",
    "Unreadable",
    "facts_of_json",
    "instance_tags",
    "is_facts",
    "is_instance",
    "is_linkbase",
    "is_page",
    "tags_of",
    "with_linkbases",
]

ALONE: Beside = MappingProxyType({})
"""No file stands beside the filing."""
_LINKBASES = ("EX-101.CAL", "EX-101.LAB", "EX-101.PRE", "EX-101.SCH")
_INSTANCES = ("EX-101.INS", "XML")
_WRAPPED = ("</XBRL>", "</XML>")
"""What may close the document of a submission around its XML."""
_NOTHING = Tagging()
_HEAD = 200_000
"""Characters of a page within which it says that it is tagged."""
_OPENING = 4_000
"""Bytes within which the root of an XML file begins."""
_LINKBASE = re.compile(rb"<(?:[A-Za-z][\w.-]{0,30}:)?(?:linkbase|schema)[\s>]")


def tags_of(source: Source, format: str, beside: Beside = ALONE) -> tuple[Tagging, tuple[Problem, ...]]:
    """The tags of a file that is read as `format`, with what the linkbases inside it and beside it say."""
    if format == "html" and is_tagged(source.text):
        found, problems = page_tags(source, 0, len(source.text), _shared(beside))
        inside: Mapping[str, bytes] = {}
    elif format == "sgml":
        found, inside, problems = _of_submission(source)
    else:
        return _NOTHING, ()
    if not found.facts:
        return found, problems
    linkbases = {name: body for name, body in beside.items() if not is_page(body)}
    joined, more = with_linkbases(found, {**inside, **linkbases})
    return joined, (*problems, *more)


def _of_submission(source: Source) -> tuple[Tagging, dict[str, bytes], tuple[Problem, ...]]:
    """The tags of the pages of a submission or, where none has any, of its instance; and its linkbases."""
    parts = submission.parts_of(source.text)
    facts: list[Fact] = []
    problems: list[Problem] = []
    inside: dict[str, bytes] = {}
    pages = {part.start for part in parts if _is_tagged(source.text, part)}
    stretches = [(part.start, part.end) for part in parts if part.start in pages]
    shared = _all([aspects_of(source, *one) for one in stretches]) if len(stretches) > 1 else Aspects()
    for number, part in enumerate(parts):
        if part.type.startswith(_LINKBASES):
            inside[f"{part.type} {number}"] = _xml(source.text, part)[0]
        elif part.start in pages:
            found, more = page_tags(source, part.start, part.end, shared)
            facts += [evolve(fact, id=f"t{len(facts) + at}") for at, fact in enumerate(found.facts, 1)]
            problems += more
    if facts:
        return Tagging(tuple(facts)), inside, tuple(problems)
    for part in parts:
        content, first = _xml(source.text, part)
        if part.type.startswith(_INSTANCES) and is_instance(content):
            try:
                return _placed(instance_tags(content), (content, first), source), inside, tuple(problems)
            except Unreadable as fault:
                problems.append(
                    Problem(
                        "R191",
                        "warning",
                        f"the instance of the submission was not read: {fault}",
                        place=source.place(part.start, part.start),
                    )
                )
    return _NOTHING, inside, tuple(problems)


def _is_tagged(text: str, part: submission.Part) -> bool:
    return not part.type.startswith("EX-101") and is_tagged(text[part.start : min(part.end, part.start + _HEAD)])


def _all(aspects: Sequence[Aspects]) -> Aspects:
    """Those of all pages; of two with one id that of the first."""
    contexts = {name: one for each in reversed(aspects) for name, one in each.contexts.items()}
    return Aspects(contexts, {name: one for each in reversed(aspects) for name, one in each.units.items()})


def _shared(beside: Beside) -> Aspects:
    """The contexts and units of the pages that lie beside a page of one filing."""
    sources = [decode(body, name)[0] for name, body in beside.items() if is_page(body)]
    return _all([aspects_of(one, 0, len(one.text)) for one in sources]) if sources else Aspects()


def is_page(content: bytes) -> bool:
    """Whether a file is a page with tags."""
    head = content[:_HEAD]
    return b"/inlineXBRL" in head and b"<html" in head.lower()


def is_linkbase(content: bytes) -> bool:
    """Whether a file is a linkbase, or a schema, which may hold one."""
    return _LINKBASE.search(content[:_OPENING]) is not None


def _xml(text: str, part: submission.Part) -> tuple[bytes, int]:
    """The XML of one document of a submission as UTF-8, its declaration left out, and where it begins."""
    start = text.find("<?xml", part.start, min(part.end, part.start + 1000))
    begin = text.find(">", start, part.end) + 1 if start >= 0 else part.start
    end = max(text.rfind(tag, max(begin, part.end - 200), part.end) for tag in _WRAPPED)
    return text[begin : end if end >= 0 else part.end].encode("utf-8", "replace"), begin


def _placed(tagging: Tagging, where: tuple[bytes, int], source: Source) -> Tagging:
    """The facts at their places in the whole file; all at the beginning of theirs where characters take several
    bytes."""
    content, first = where
    plain = content.isascii()
    facts = (
        evolve(fact, place=source.place(*(first + (end if plain else 0) for end in fact.place.span)))
        for fact in tagging.facts
    )
    return evolve(tagging, facts=tuple(facts))
