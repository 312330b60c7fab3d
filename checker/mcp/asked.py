"""The arguments of a tool: what is offered as a JSON schema, and a call read by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from attrs import field

from checker.api.errors import Refused
from checker.core.problem import Problem
from checker.core.value import frozen

Kind = Literal["text", "texts", "yes or no", "percent"]

_SCHEMAS: Mapping[Kind, Mapping[str, Any]] = {
    "text": {"type": "string"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "yes or no": {"type": "boolean"},
    "percent": {"type": "integer", "minimum": 0, "maximum": 100},
}


@frozen
class Argument:
    """One argument of a tool; where `choices` are given, it is one of them."""

    name: str
    kind: Kind
    about: str
    choices: tuple[str, ...] = ()
    needed: bool = field(default=False, kw_only=True)

    @property
    def schema(self) -> dict[str, Any]:
        """What a caller is told of it."""
        told = {**_SCHEMAS[self.kind], "description": self.about}
        return {**told, "enum": list(self.choices)} if self.choices else told

    def takes(self, value: object) -> bool:
        """Whether the value is one for this argument."""
        match self.kind:
            case "text":
                return isinstance(value, str) and (not self.choices or value in self.choices)
            case "texts":
                return isinstance(value, list) and all(isinstance(one, str) for one in value)
            case "yes or no":
                return isinstance(value, bool)
            case "percent":
                return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100


def schema(arguments: Sequence[Argument]) -> dict[str, Any]:
    """The JSON schema of a call."""
    return {
        "type": "object",
        "properties": {one.name: one.schema for one in arguments},
        "required": [one.name for one in arguments if one.needed],
        "additionalProperties": False,
    }


def read(arguments: Sequence[Argument], given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a call, without those that are null. Refused: one is unknown, missing or of the wrong type; its
    value is not repeated."""
    known = {one.name: one for one in arguments}
    wanted = {name: value for name, value in given.items() if value is not None}
    wrong = [f"there is no argument {name!r}; there are {', '.join(known)}" for name in wanted if name not in known]
    wrong += [f"the argument {one.name!r} is needed" for one in arguments if one.needed and one.name not in wanted]
    wrong += [
        _expected(known[name]) for name, value in wanted.items() if name in known and not known[name].takes(value)
    ]
    if wrong:
        raise refused(*wrong)
    return wanted


def refused(*messages: str) -> Refused:
    """What is wrong with a call."""
    return Refused(tuple(Problem("C304", "error", one) for one in messages))


def _expected(argument: Argument) -> str:
    kinds: Mapping[Kind, str] = {
        "text": "a text",
        "texts": "a list of texts",
        "yes or no": "true or false",
        "percent": "a whole number from 0 to 100",
    }
    return (
        f"the argument {argument.name!r} must be "
        f"{'one of ' + ', '.join(argument.choices) if argument.choices else kinds[argument.kind]}"
    )
