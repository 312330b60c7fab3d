"""XML as a stream of elements, from bytes that may be hostile: no document types, no entities but the five of XML,
nothing fetched, no tree.

A document type is refused wherever it stands: with it go entities that grow, and entities that name files or addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

from attrs import define, field

DEEPEST = 200
"""Elements inside each other beyond which a file was made to be hostile."""
_MOST_TEXT = 4000
"""Characters of an element that are kept: no amount, date or name is longer."""


class Unreadable(Exception):
    """The XML is damaged, or holds what no filing needs; says what and where."""


@define
class Element:
    """One element that has ended: local name, namespace, attributes by local name, its text, and the byte, line and
    column at which it began."""

    name: str
    space: str
    said: dict[str, str]
    at: tuple[int, int, int]
    text: str = ""
    parts: list[str] = field(factory=list)
    end: int = 0


Taker = Callable[[Element, tuple[Element, ...]], None]
"""Is given each element when it ends, with those it stands in, outermost first."""


def _element(parser: expat.XMLParserType, name: str, said: Mapping[str, str]) -> Element:
    """What begins where the parser is."""
    space, _, local = name.rpartition(" ")
    plain = {key.rpartition(" ")[2]: value for key, value in said.items()}
    return Element(
        local, space, plain, (parser.CurrentByteIndex, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
    )


def parse(content: bytes, take: Taker, opened: Callable[[Element], None] | None = None) -> Mapping[str, str]:
    """Reads a file and gives every element to `take` as it ends (and to `opened` as it begins); the namespaces by the
    prefixes that are declared first.

    Raises Unreadable.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.namespace_prefixes = False
    spaces: dict[str, str] = {}
    stack: list[Element] = []

    def start(name: str, said: dict[str, str]) -> None:
        if len(stack) >= DEEPEST:
            raise Unreadable(
                f"elements stand more than {DEEPEST} deep inside each other, at line {parser.CurrentLineNumber}"
            )
        stack.append(_element(parser, name, said))
        if opened is not None:
            opened(stack[-1])

    def end(_: str) -> None:
        one = stack.pop()
        one.text, one.end = "".join(one.parts)[:_MOST_TEXT].strip(), parser.CurrentByteIndex
        take(one, tuple(stack))

    def text(words: str) -> None:
        if stack and len(stack[-1].parts) < _MOST_TEXT:
            stack[-1].parts.append(words[:_MOST_TEXT])

    def refuse(*_: object) -> None:
        raise Unreadable("it declares a document type or an entity, which no filing needs and which can do harm")

    def declared(prefix: str | None, space: str) -> None:
        spaces.setdefault(prefix or "", space or "")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = lambda *_: 0
    parser.StartNamespaceDeclHandler = declared
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Unreadable(
            f"it is no well-formed XML: {expat.ErrorString(error.code)}, at line {error.lineno}"
        ) from error
    except (ValueError, LookupError) as error:
        raise Unreadable("its encoding is unknown") from error
    return spaces
