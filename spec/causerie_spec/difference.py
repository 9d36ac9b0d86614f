"""One thing in which two documents differ."""

from __future__ import annotations

from typing import Any

import attrs

from .pointer import Pointer

#: What names a parameter or field in Python.
NAME = "x-python-name"

#: The aspect of what could not be compared.
MISSED = "unread"


@attrs.frozen
class Difference:
    """One thing in which two documents differ. A sequence is a tuple; None stands for what is not there."""

    #: Method and path, as the first document writes them where it has them.
    operation: str
    #: Such as `Conversation.user`, `GET /external/conversations query page`; the same for one place however reached.
    where: str
    #: A keyword of OpenAPI or JSON Schema, or what is there in one document only: `field`, `required parameter`.
    aspect: str
    before: Any
    after: Any
    #: Whether it travels in requests; in answers otherwise.
    sent: bool
    #: The nearest place in the first document; empty where that has nothing near.
    pointer: Pointer
    #: Where the second document says it, if known.
    opposite: Pointer = ()

    def __str__(self) -> str:
        """One line; of what could not be read, where that is."""
        if self.aspect == MISSED:
            return f"{self.where}: {self.after}"
        return f"{self.where}: {self.aspect}, ours {told(self.before)}, theirs {told(self.after)}"

    @property
    def cause(self) -> tuple[str, str, str, str]:
        """What makes two differences the same: one place is reached through many operations."""
        return self.where, self.aspect, repr(self.before), repr(self.after)


def told(value: Any) -> str:
    """Return a `before` or `after` for people."""
    if isinstance(value, tuple):
        return "|".join(map(str, value))
    return "absent" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
