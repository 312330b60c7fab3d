"""Messages: a release as the body of a mail or attached to it. The parts that may hold one are taken out, each to be
read as a file of its own.

The standard library takes a message apart; nothing is fetched, and what a mail shows from elsewhere is not looked at.
"""

from __future__ import annotations

import email
import email.errors
import re
from collections import Counter
from collections.abc import Iterator
from email import policy
from email.message import MIMEPart

from attrs import define, field

from checker.core.problem import Problem
from checker.core.value import frozen
from checker.lexicon.money import CLASS

_DEEPEST = 5
"""Messages inside messages."""
_MOST = 100
"""Parts of a message that are looked at."""
_LONGEST_FIELD = 20_000
"""Characters of a field that says what a part is: longer ones take for ever to understand."""
_AMOUNTS = re.compile(rf"\d,\d{{3}}(?!\d)|\d\.\d+ ?(?:million|billion|%)|[{CLASS}]\s?\d")
_FEWEST_AMOUNTS = 8
"""Amounts in the body of a mail with attachments that make it more than a few words to go with them."""
_SUFFIXES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/csv": "csv",
    "text/markdown": "md",
    "application/pdf": "pdf",
}
_NEVER = re.compile(
    r"image/|audio/|video/|font/|text/(?:calendar|vcard|x-vcard|x-amp-html|css|javascript)|"
    r"application/(?:pkcs7|x-pkcs7|pgp|ics|x-moz)|message/(?:delivery|disposition)"
)
_SEALED = re.compile(r"application/(?:x-)?pkcs7-mime|multipart/encrypted")


@frozen
class Part:
    """One document of a message: what it is called in it, and its bytes."""

    name: str
    content: bytes = field(repr=False)


@frozen
class Parts:
    """The documents of a message, and what is to be said of the rest."""

    parts: tuple[Part, ...]
    problems: tuple[Problem, ...] = ()


def parts_of(content: bytes) -> Parts:
    """The documents of a message. Nothing fails: what cannot be taken apart is said."""
    taking = _Taking()
    try:
        message = email.message_from_bytes(content, policy=policy.default)
        taking.message(message, "", 0)
    except (Exception, RecursionError) as error:  # its fields are whatever the sender wrote
        return Parts(
            (),
            (
                Problem(
                    "R136",
                    "error",
                    f"a message that cannot be taken apart ({type(error).__name__})",
                    help="save what it holds as files",
                ),
            ),
        )
    return Parts(tuple(taking.parts), tuple(taking.told()))


@define
class _Taking:
    """The parts so far, and what was left."""

    parts: list[Part] = field(factory=list)
    left: Counter[str] = field(factory=Counter)
    problems: list[Problem] = field(factory=list)
    seen: int = 0
    names: Counter[str] = field(factory=Counter)

    def message(self, message: MIMEPart, under: str, depth: int) -> None:
        """A whole message: its body, and everything attached to it."""
        if depth > _DEEPEST:
            self._fault(f"messages inside messages, more than {_DEEPEST} deep")
            return
        bodies: list[tuple[str, bytes]] = []
        attached = len(self.parts)
        self._walk(message, under, depth, bodies)
        if any(
            isinstance(one, email.errors.CloseBoundaryNotFoundDefect | email.errors.StartBoundaryNotFoundDefect)
            for one in _defects(message)
        ):
            self._fault("a message that was cut short: its last part may be missing")
        held = len(self.parts) > attached
        for number, (suffix, body) in enumerate(bodies, 1):
            if not held or _prints_amounts(body):
                self.parts.insert(attached, Part(f"{under}body{f' {number}' if number > 1 else ''}.{suffix}", body))
                attached += 1
            else:
                self.left["text without figures"] += 1

    def _walk(self, part: MIMEPart, under: str, depth: int, bodies: list[tuple[str, bytes]]) -> None:
        """A part and those inside of it; of several ways to say the same the last that can be read, which is the
        richest."""
        self.seen += 1
        if self.seen > _MOST or depth > 4 * _DEEPEST:
            if self.seen == _MOST + 1 or depth > 4 * _DEEPEST:
                self._fault(f"a message of more than {_MOST} parts, or of parts inside parts without end")
            return
        if any(
            len(str(value)) > _LONGEST_FIELD for name, value in part.raw_items() if name.lower().startswith("content-")
        ):
            self._fault("a part whose heading is longer than any")
            return
        kind = part.get_content_type()
        if _SEALED.match(kind):
            self._fault("an encrypted message")
        elif kind == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            if isinstance(inner, MIMEPart):
                self.message(inner, f"{under}{self._name(part, 'message.eml')}: ", depth + 1)
        elif kind == "multipart/alternative":
            choices = [one for one in part.iter_parts() if isinstance(one, MIMEPart)]
            shown = [
                one
                for one in choices
                if one.get_content_type() in ("text/html", "multipart/related", "multipart/mixed")
            ] or choices
            for one in shown[-1:]:
                self._walk(one, under, depth + 1, bodies)
        elif part.is_multipart():
            for one in part.iter_parts():
                if isinstance(one, MIMEPart):
                    self._walk(one, under, depth + 1, bodies)
        else:
            self._leaf(part, kind, under, bodies)

    def _leaf(self, part: MIMEPart, kind: str, under: str, bodies: list[tuple[str, bytes]]) -> None:
        named = part.get_filename()
        if _NEVER.match(kind):
            self.left[kind.partition("/")[0] if kind.startswith(("image", "audio", "video", "font")) else kind] += 1
            return
        content = part.get_payload(decode=True)
        if any(
            isinstance(one, email.errors.InvalidBase64LengthDefect | email.errors.InvalidBase64CharactersDefect)
            for one in part.defects
        ):
            self._fault(f"{self._name(part, 'a part')} is damaged: it was not packed as it says")
        if not isinstance(content, bytes) or not content.strip():
            return
        if kind.startswith("text/") and named is None and part.get_content_disposition() != "attachment":
            bodies.append(("html" if kind == "text/html" else "txt", _in_utf8(part, content)))
            return
        if kind.startswith("text/"):
            content = _in_utf8(part, content)
        usual = f"attachment.{_SUFFIXES.get(kind, kind.rpartition('/')[2])}"
        self.parts.append(Part(under + self._name(part, usual), content))

    def _name(self, part: MIMEPart, otherwise: str) -> str:
        """What a part is called: the last piece of the name that its sender gave it, told apart from others of that
        name."""
        given = re.split(r"[\\/]", part.get_filename() or "")[-1].strip() or otherwise
        given = "".join(one if one.isprintable() else " " for one in given)[:120]
        self.names[given] += 1
        return given if self.names[given] == 1 else f"{given} ({self.names[given]})"

    def _fault(self, message: str) -> None:
        self.problems.append(Problem("R136", "error", message, help="save what it holds as files, and check these"))

    def told(self) -> Iterator[Problem]:
        """What is wrong with the message, and what of it is no document."""
        yield from dict.fromkeys(self.problems)
        if not self.parts and not self.problems:
            yield Problem("R136", "error", "a message that holds nothing to read", help="give the release itself")
        if self.left:
            left = ", ".join(f"{count} {name}" for name, count in sorted(self.left.items()))
            yield Problem(
                "R137", "note", f"not read: {left}", help="give such a part as a file of its own to have it checked"
            )


def _defects(message: MIMEPart) -> Iterator[object]:
    """What is wrong with the message and with the parts that it is made of, not with other messages inside of it."""
    waiting = [message]
    while waiting:
        one = waiting.pop()
        yield from one.defects
        if one.is_multipart() and one.get_content_type() != "message/rfc822":
            waiting.extend(each for each in one.iter_parts() if isinstance(each, MIMEPart))


def _in_utf8(part: MIMEPart, content: bytes) -> bytes:
    """Text whose heading names an encoding that its bytes do not tell, in UTF-8: what it declares inside of itself
    would be another."""
    name = part.get_content_charset()
    if name is None or name in ("utf-8", "us-ascii", "ascii"):
        return content
    try:
        return b"\xef\xbb\xbf" + content.decode(name).encode("utf-8")
    except (LookupError, UnicodeError):
        return content


def _prints_amounts(body: bytes) -> bool:
    return len(_AMOUNTS.findall(body.decode("utf-8", "replace"))) >= _FEWEST_AMOUNTS
