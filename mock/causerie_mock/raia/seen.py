"""The records that a spy finds in raia's answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .._harvest import Sighting
from .._seed import Record

Seen = Iterator[tuple[str, str, Record]]


def _users(seen: Sighting) -> Seen:
    for found in _all(seen.answer):
        user = found.get("user", found)  # find_user also returns the conversations
        yield "users", user["id"], user


def _states(seen: Sighting) -> Seen:
    for state in _all(seen.answer):
        yield "states", state["id"], state


def _conversations(seen: Sighting) -> Seen:
    for conversation in _all(seen.answer):
        yield "conversations", conversation["id"], conversation


def _messages(seen: Sighting) -> Seen:
    conversation = seen.parameters["conversationId"]
    yield "conversations", conversation, {"id": conversation, "messages": seen.answer["messages"]}


def _all(answer: Any) -> list[Record]:
    """Return the records of a page, of a list, or the only one."""
    if isinstance(answer, list):
        return answer
    records: list[Record] = answer.get("data", [answer])
    return records


_BY_OPERATION: dict[str, Callable[[Sighting], Seen]] = {
    "list_users": _users,
    "get_user": _users,
    "find_user": _users,
    "create_user": _users,
    "list_conversation_states": _states,
    "list_conversations": _conversations,
    "get_conversation": _conversations,
    "create_conversation": _conversations,
    "update_conversation": _conversations,
    "set_conversation_mode": _conversations,
    "list_messages": _messages,
}


def observe(seen: Sighting) -> Seen:
    """Yield the users, states, conversations and messages in an answer."""
    if seen.operation in _BY_OPERATION:
        yield from _BY_OPERATION[seen.operation](seen)
