"""What makes a class of the vocabulary: `attrs.frozen`, with one `repr` and one way to compare for all of them.

attrs writes and compiles these for every class anew, half of the time that making the class takes; every start of the
program would wait for them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from attrs import evolve as evolve
    from attrs import frozen as frozen
else:

    def frozen(made: type) -> type:
        """A frozen class of values, shown and compared as attrs would do it: equal where the class and every field
        are."""
        made.__repr__ = _shown
        done = attrs.frozen(made, eq=False)
        compared = [field.name for field in attrs.fields(done) if field.eq]
        values = attrgetter(*compared) if compared else type

        def __eq__(self: object, other: object) -> bool:
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        def __hash__(self: object) -> int:
            return hash(values(self))

        done.__eq__, done.__hash__ = __eq__, __hash__
        return done

    def evolve(value: object, /, **changed: object) -> object:
        """The value with some fields changed, as `attrs.evolve` makes it, in a third of its time: the fields of a class
        are looked up once."""
        made = value.__class__
        names, values = _fields(made)
        return made(**{**dict(zip(names, values(value), strict=True)), **changed})


@cache
def _fields(made: type) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]:
    """How the fields of a class are called where it is made, and what reads them all."""
    given = [field for field in attrs.fields(made) if field.init]
    names = [field.name for field in given]
    read = attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)
    return tuple(str(field.alias) for field in given), read


def _shown(value: attrs.AttrsInstance) -> str:
    fields = ", ".join(
        f"{field.name}={getattr(value, field.name)!r}" for field in attrs.fields(type(value)) if field.repr
    )
    return f"{type(value).__qualname__}({fields})"
