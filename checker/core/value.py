"""What makes a class of the vocabulary: `attrs.frozen`, with one `repr` for all of them.

attrs writes and compiles a `repr` for every class, a third of the time that making the class takes, and only tests and debuggers ever ask for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from attrs import frozen as frozen
else:

    def frozen(made: type) -> type:
        """A frozen class of values, shown as attrs would show it."""
        made.__repr__ = _shown
        return attrs.frozen(made)


def _shown(value: attrs.AttrsInstance) -> str:
    fields = ", ".join(f"{field.name}={getattr(value, field.name)!r}" for field in attrs.fields(type(value)) if field.repr)
    return f"{type(value).__qualname__}({fields})"
