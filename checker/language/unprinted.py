"""Lints beside a release: names that it does not print, with the caption that is probably meant."""

from __future__ import annotations

from collections.abc import Iterator

from checker.core.caption import normal
from checker.core.rule import Name, Override, Rule, RuleFile
from checker.language.fault import Fault
from checker.language.spelling import in_quotes, spelled
from checker.language.vocabulary import Vocabulary, bare, roots
from checker.language.walk import names

_MISSPELT = 0.85
"""How alike a name and a caption are that differ by a slip of the hand."""


def unprinted(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A name that is nothing known and no caption of the release, where one of its captions is nearly that."""
    page = vocabulary.page
    if page is None or not page.captions:
        return
    told = _in_text(file)
    for parameter, root in roots(file):
        for name in names([root]):
            if parameter and (name.text == parameter or name.text.endswith(f" {parameter}")):
                continue
            if _is_found(name, vocabulary) or any(start <= name.span[0] < end for start, end in told):
                continue
            yield from _missing(name, file, vocabulary)


def _is_found(name: Name, vocabulary: Vocabulary) -> bool:
    text = name.text.removesuffix("...").strip()
    if text != name.text:
        return any(caption.startswith(normal(text)) for caption in vocabulary.printed)
    return vocabulary.knows(text) if not name.quoted else normal(text) in vocabulary.printed or vocabulary.knows(text)


def _in_text(file: RuleFile) -> list[tuple[int, int]]:
    """Where rules stand that speak of sentences, whose words are no captions."""
    every = (one for one in file.declarations if isinstance(one, (Rule, Override)))
    return [one.span for one in every if any(normal(item.text) == "text" for item in one.clauses.within)]


def _missing(name: Name, file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    page = vocabulary.page
    assert page is not None
    near = page.near.nearest(normal(name.text), _MISSPELT, 2)
    if not near:
        yield Fault(
            "W407", name.span, f"nothing in {page.where} is called `{name.text}`", _resembling(name, vocabulary), "note"
        )
        return
    caption = page.captions[near[0]]
    written = in_quotes(caption) if name.quoted else spelled(caption)
    fix = ((bare(name, file.text), written),) if len(near) == 1 else ()
    yield Fault(
        "E236",
        name.span,
        f"nothing in {page.where} is called `{name.text}`",
        f"did you mean `{caption}`?",
        "warning",
        fix,
    )


def _resembling(name: Name, vocabulary: Vocabulary) -> str | None:
    page = vocabulary.page
    near = page.near.nearest(normal(name.text), 0.6, 2) if page is not None else []
    return (
        f"nearest there: {', '.join(f'`{page.captions[one]}`' for one in near)}" if page is not None and near else None
    )


UNPRINTED = (unprinted,)
NOT_PRINTED = frozenset({"E236", "W407"})
