"""How what a run made is removed, and which operation shows that it is gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from causerie_spec.pointer import Pointer

from ._writes import Own


@attrs.frozen(kw_only=True)
class Listing:
    """The operation that lists items, and how its answers are read."""

    operation: str
    #: Where an answer has the items, or the one item, and where an item has its id.
    items: Pointer = ()
    id: Pointer = ("id",)
    #: Where an item has what the run alone has, and what that is.
    mark: tuple[Pointer, Callable[[Own], str]]
    #: Query parameters that ask for what the run alone has.
    query: Mapping[str, Callable[[Own], str]] = attrs.field(factory=dict[str, Callable[[Own], str]])
    #: The query parameter for the number of a page, counted from 1; None where there is but one answer, which is a 404
    #: when nothing is there.
    page: str | None = None
    #: The query parameter for the number of items on a page.
    size: str | None = None
    #: The query parameter for what an answer has there, which leads to the next page.
    cursor: tuple[str, Pointer] | None = None
    #: Where an answer says whether there is another page.
    more: Pointer = ()
    #: Where an answer says that it was made some time ago.
    stale: Pointer = ()
    #: What may be there and not be listed; what is not in the list has then to have been removed by a success, too.
    leaves_out: str = ""


@attrs.frozen(kw_only=True)
class Removal:
    """How what a run made is removed. No run removes it in another way, nor can it be asked to."""

    #: The operation that makes it.
    made_by: str
    #: The one that removes it.
    operation: str
    listing: Listing
    #: The path parameter for the id of each; None where all that the run's own user has is removed at once.
    parameter: str | None = None
    #: The field of the body for the run's own user.
    field: str = ""
    #: Whether it is the run's own user, whom `made_by` may have brought along, or not.
    brought: bool = False

    def allows(self, body: Any, path: Mapping[str, str], own: Own) -> bool:
        """Return whether a request removes only items that the run created."""
        if self.parameter is None:
            return bool(body == {self.field: own.user})
        return path[self.parameter] in ([own.user] if self.brought else own.made(self.made_by))
