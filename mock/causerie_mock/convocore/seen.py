"""The records that a spy finds in Convocore's answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .._harvest import Sighting
from .._seed import Record

#: The operations whose answers contain complete conversations.
_WHOLE = frozenset({"list_conversations", "create_conversation", "get_conversation", "update_conversation"})


def observe(seen: Sighting) -> Iterator[tuple[str, str, Record]]:
    """Yield the agents that are named, their conversations, and the turns that replace_messages writes."""
    agent = seen.parameters.get("agentId")
    if agent is None:
        return
    yield "agents", agent, {"agentId": agent}
    if seen.operation in _WHOLE:
        data: Any = seen.answer["data"]
        for conversation in data if isinstance(data, list) else [data]:
            yield "conversations", conversation["ID"], {**conversation, "agentId": agent}
    elif seen.operation == "replace_messages":
        conversation = seen.parameters["conversationId"]
        yield "conversations", conversation, {"ID": conversation, "agentId": agent, "turns": seen.body["turns"]}
