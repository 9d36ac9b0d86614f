"""The pages of an agent's conversations."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from causerie_api.convocore.api.conversations import list_conversations
from causerie_api.model import DecodeError
from causerie_api.unset import UNSET, Unset

from .._pages import Listed
from .._plan import Plan, Wait
from .answers import done

if TYPE_CHECKING:
    from causerie_api.convocore.models import Conversation, ConversationList, ConversationsExport

    from .._resource import Resource

T = TypeVar("T")

#: Seconds after which the vendor allows requests again that a minute had none left of.
_MINUTE: Final = 60.0


def listing(
    resource: Resource[Any], agent_id: str, page: int, limit: int | Unset, cursor: str | Unset
) -> Plan[Listed[Conversation, ConversationList]]:
    """Plan the page with that number or cursor. Each page knows how to request the next one."""
    # By cursor, which page named it: a page may be gone on from again, but no other may name the same.
    named = {cursor: page - 1}

    def fetch(number: int, cursor: str | Unset, pause: float) -> Plan[Listed[Conversation, ConversationList]]:
        def listed(answer: ConversationList) -> Listed[Conversation, ConversationList]:
            data = _data(answer)
            mark = next_cursor(answer)
            if mark is not None:
                goes_on = named.setdefault(mark, number) == number
            elif cursor is UNSET:
                goes_on = _may_go_on(answer)
            elif answer.has_more is True:
                raise DecodeError("ConversationList", ".next_cursor", "no cursor, although there is more")
            else:
                goes_on = False
            following = partial(fetch, number + 1, mark or UNSET, _pause(answer)) if goes_on else None
            return Listed(data, answer, following, lambda each: each.id, is_sure=mark is not None)

        by_number = number if cursor is UNSET else UNSET
        request = list_conversations.request(agent_id, page=by_number, limit=limit, cursor=cursor)
        return _paused(resource, pause, resource._page(request, listed))

    return fetch(page, cursor, 0)


def _paused(resource: Resource[Any], pause: float, plan: Plan[T]) -> Plan[T]:
    # A pause that is too long to wait for is left to the vendor's refusal.
    if 0 < pause <= resource._driver.options.retry.retry_after_max:
        yield Wait(pause, everyone=True)
    return (yield from plan)


def next_cursor(answer: ConversationList | ConversationsExport) -> str | None:
    """Return the cursor for the next page, if the answer has one."""
    return str(answer.next_cursor) if answer.next_cursor and answer.has_more is not False else None


def _pause(answer: ConversationList) -> float:
    """Return the seconds to wait before the next page: until the minute is over if the answer says so."""
    rate = answer.rate_limit
    left = None if rate is None or isinstance(rate, Unset) else rate.remaining_minute
    return _MINUTE if left is not None and not isinstance(left, Unset) and left <= 0 else 0


def _data(answer: ConversationList) -> Any:
    data: Any = answer.data
    if not (done(answer) and isinstance(data, list)):
        raise DecodeError("ConversationList", ".data", "no list of conversations")
    return data


def _may_go_on(answer: ConversationList) -> bool:
    """Whether a page without a cursor may have another after it: a server that speaks cursors says when it has none."""
    next_cursor: Any = answer.next_cursor
    is_silent = next_cursor is UNSET and answer.has_more is not False
    return answer.has_more is True or (is_silent and bool(answer.data))
