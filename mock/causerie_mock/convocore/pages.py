"""Pages of conversations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .._seed import Record
from .._vendor import Call
from . import cursor
from .access import invalid
from .state import State

#: published for lists, documented for exports.
DEFAULT_LIMIT = 20


def page(
    state: State, call: Call, conversations: Iterable[Record], *, ascending: bool = False
) -> tuple[list[Record], dict[str, Any]]:
    """One page, and what the answer says of it: `hasMore`, `nextCursor` and `limit`.

    documented: a page beyond the first without a cursor is refused. inferred: a page is `limit` conversations of those
    that are there now; a server that pages by number leaves a cursor aside, and names none.
    """
    limit = call.parameters.get("limit", DEFAULT_LIMIT)
    number, mark = call.parameters.get("page", 1), call.parameters.get("cursor")
    if state.options.paging == "page":
        found = cursor.ordered(conversations, ascending=ascending)[(number - 1) * limit :]
        return found[:limit], {"hasMore": len(found) > limit, "nextCursor": None, "limit": limit}
    if number > 1 and mark is None:
        raise invalid("page", "A page beyond the first needs a cursor.")
    try:
        found = cursor.ordered(conversations, mark, ascending=ascending)
    except ValueError:
        raise invalid("cursor", "It is no cursor of an answer.") from None
    data = found[:limit]
    has_more = len(found) > limit
    following = cursor.after(data[-1]) if has_more else None
    return data, {"hasMore": has_more, "nextCursor": following, "limit": limit}
