"""What a live run may write: only into items that it created, and only to allowed people."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import attrs

from causerie_spec.pointer import Pointer, look


@attrs.frozen
class Own:
    """The items and people that belong to the run."""

    #: Stands in everything that it makes.
    tag: str
    #: A conversation user that nobody else has, and the id elsewhere of the one user that it makes.
    user: str
    #: Phone numbers, email addresses, ids of people and URLs that it may reach.
    recipients: Collection[str]
    #: What answers of an operation have named: the values in the path of its request, and the id.
    places: Callable[[str], Sequence[tuple[Mapping[str, str], str]]] = lambda _: ()

    def made(self, operation: str) -> list[str]:
        """Return the ids that answers of `operation` named."""
        return [made_id for _, made_id in self.places(operation)]


@attrs.frozen
class Write:
    """One operation that writes."""

    #: Makes of a generated body one that may be sent.
    adapt: Callable[[Any, Own], Any] = lambda body, _: body
    #: Why a body may not be sent; empty when it may.
    refusal: Callable[[Any, Own], str] = lambda _, __: ""
    #: Where answers have the id of what was made, below each item of a list; None when nothing is.
    makes: Pointer | None = None
    #: The operation whose things it works in, and the parameter of its path for the id of one; None for any path.
    inside: tuple[str, str] | None = None
    #: One of these operations has to have made something before.
    after: tuple[str, ...] = ()
    #: Why it reaches nobody as the run sends it, though the document says that it reaches people; empty when it may.
    harmless: str = ""
    #: Whether what it makes cannot be removed by any operation of the document.
    stays: bool = False
    #: Whether an equal request continues what an earlier one made, under the same id.
    continues: bool = False


def ids(answer: Any, place: Pointer) -> list[str]:
    """Return the ids at `place` of an answer, or of each of its items; items without an id are left out."""
    found = list[str]()
    for item in answer if isinstance(answer, list) else [answer]:
        with contextlib.suppress(LookupError, TypeError, ValueError):
            value = look(item, place)
            if isinstance(value, str | int):
                found.append(str(value))
    return found
