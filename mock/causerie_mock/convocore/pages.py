"""Pages of conversations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .._seed import Record
from .._vendor import Call
from . import cursor
from .access import invalid
from .state import State

# behaviour: page-has-20, export-page-has-20
DEFAULT_LIMIT = 20


def page(
    state: State, call: Call, conversations: Iterable[Record], *, ascending: bool = False
) -> tuple[list[Record], dict[str, Any]]:
    """Return one page, and the fields of the answer about it: `hasMore`, `nextCursor` and `limit`."""
    # behaviour: page-has-no-more-than-asked, limit-is-the-size-of-a-page
    limit = call.parameters.get("limit", DEFAULT_LIMIT)
    number, mark = call.parameters.get("page", 1), call.parameters.get("cursor")
    # behaviour: older-server-pages-by-number, older-server-leaves-a-cursor-aside, older-server-names-no-cursor
    if state.options.paging == "page":
        found = cursor.ordered(conversations, ascending=ascending)[(number - 1) * limit :]
        return found[:limit], {"hasMore": len(found) > limit, "nextCursor": None, "limit": limit}
    # behaviour: page-beyond-the-first-needs-a-cursor
    if number > 1 and mark is None:
        raise invalid("page", "A page beyond the first needs a cursor.")
    try:
        found = cursor.ordered(conversations, mark, ascending=ascending)
    except ValueError:
        # behaviour: no-cursor-is-a-400
        raise invalid("cursor", "It is not a cursor from an answer.") from None
    data = found[:limit]
    # behaviour: has-more-tells-of-another-page, cursor-leads-on
    has_more = len(found) > limit
    following = cursor.after(data[-1]) if has_more else None
    return data, {"hasMore": has_more, "nextCursor": following, "limit": limit}
