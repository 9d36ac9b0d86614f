"""One difference between two documents."""

from __future__ import annotations

from typing import Any

import attrs

from .pointer import Pointer

#: The keyword with the Python name of a parameter or field.
NAME = "x-python-name"

#: The aspect of a part that could not be compared.
MISSED = "unread"


@attrs.frozen
class Difference:
    """One difference between two documents. Sequences are tuples; None stands for an absent part."""

    #: Method and path, as in the first document if it has the operation.
    operation: str
    #: The place in words, such as `Conversation.user` or `GET /external/conversations query page`.
    where: str
    #: A keyword of OpenAPI or JSON Schema, or the kind of a part in one document only, such as `required parameter`.
    aspect: str
    before: Any
    after: Any
    #: Whether the part belongs to requests, not to answers.
    sent: bool
    #: The nearest place in the first document; empty if there is none.
    pointer: Pointer
    #: The place in the second document, if known.
    opposite: Pointer = ()

    def __str__(self) -> str:
        """Return the difference in one line."""
        if self.aspect == MISSED:
            return f"{self.where}: {self.after}"
        return f"{self.where}: {self.aspect}, ours {words(self.before)}, theirs {words(self.after)}"

    @property
    def cause(self) -> tuple[str, str, str, str]:
        """The key that equal differences share: one place can be reached through many operations."""
        return self.where, self.aspect, repr(self.before), repr(self.after)


def words(value: Any) -> str:
    """Return a `before` or `after` in words."""
    if isinstance(value, tuple):
        return "|".join(map(str, value))
    return "absent" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
