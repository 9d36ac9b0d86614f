"""Convocore's operations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from causerie_mock._exchange import Issue, Problem
from causerie_mock._seed import Record
from causerie_mock._vendor import Call, Handler
from causerie_mock.convocore import cursor, sheet
from causerie_mock.convocore.state import Agent, State


def list_conversations(state: State, call: Call) -> Any:
    """GET /agents/{agentId}/convos. published: 20 on a page unless asked otherwise."""
    conversations = _own_agent(state, call).conversations.values()
    data, following = _page(state, call, conversations, call.parameters.get("limit", 20))
    return _envelope("Conversations retrieved successfully", data) | following


def create_conversation(state: State, call: Call) -> Any:
    """POST /agents/{agentId}/convos."""
    _own_agent(state, call)
    conversation = state.create(call.parameters["agentId"], call.body["conversation"])
    return _envelope(f"Successfully created conversation: {conversation['ID']}", conversation)


def get_conversation(state: State, call: Call) -> Any:
    """GET /agents/{agentId}/convos/{conversationId}."""
    return _envelope("Conversation retrieved successfully", _own_conversation(state, call))


def update_conversation(state: State, call: Call) -> Any:
    """PATCH /agents/{agentId}/convos/{conversationId}."""
    conversation = _own_conversation(state, call)
    state.update(conversation, call.body["conversation"])
    # inferred: the page shows no message for this answer.
    return _envelope("Conversation updated successfully", conversation)


def delete_conversation(state: State, call: Call) -> Any:
    """DELETE /agents/{agentId}/convos/{conversationId}."""
    _own_agent(state, call).delete(_own_conversation(state, call))
    return _acknowledgement("Conversation deleted successfully")


def export_conversations(state: State, call: Call) -> Any:
    """GET /agents/{agentId}/convos/export.

    inferred: both times belong to the range; ids that there are not are left out; `sort` is `asc` for the earliest
    first, and anything else means nothing; without a limit, everything is exported at once.
    """
    agent = _own_agent(state, call)
    asked = call.parameters
    ids = set(asked.get("convoIds", agent.conversations))
    wanted = [
        conversation
        for conversation in agent.conversations.values()
        if conversation["ID"] in ids
        and ("fromTs" not in asked or conversation["ts"] >= asked["fromTs"])
        and ("toTs" not in asked or conversation["ts"] <= asked["toTs"])
    ]
    ascending = asked.get("sort", "").lower() == "asc"
    data, following = _page(state, call, wanted, asked.get("limit", len(wanted)), ascending=ascending)
    rows = [agent.whole(conversation) for conversation in data]
    exported = sheet.text(rows) if asked.get("format") == "csv" else rows
    return _envelope("Conversations exported successfully", exported) | following


def export_conversation(state: State, call: Call) -> Any:
    """GET /agents/{agentId}/convos/{conversationId}/export."""
    row = _own_agent(state, call).whole(_own_conversation(state, call))
    exported = sheet.text([row]) if call.parameters.get("format") == "csv" else row
    return _envelope("Conversation exported successfully", exported)


def assign_conversation(state: State, call: Call) -> Any:
    """POST /agents/{agentId}/convos/{conversationId}/assign. ours: of a person, the mock knows the id alone."""
    user_id = call.body["assignToUserId"]
    state.assign(_own_conversation(state, call), user_id, call.body.get("delegatedBy"))
    return _acknowledgement("Conversation assigned successfully") | {"assignedUser": {"id": user_id}}


def get_conversation_details(state: State, call: Call) -> Any:
    """GET /agents/{agentId}/convos/{conversationId}/details. inferred: either region finds it."""
    details = _own_agent(state, call).whole(_own_conversation(state, call))
    return _envelope("Conversation details retrieved successfully", details)


def replace_messages(state: State, call: Call) -> Any:
    """PATCH /agents/{agentId}/convos/{conversationId}/messages."""
    state.replace_messages(_own_agent(state, call), _own_conversation(state, call), call.body)
    return _acknowledgement("Messages updated successfully")


HANDLERS: dict[str, Handler] = {
    handler.__name__: handler
    for handler in (
        list_conversations,
        create_conversation,
        get_conversation,
        update_conversation,
        delete_conversation,
        export_conversations,
        export_conversation,
        assign_conversation,
        get_conversation_details,
        replace_messages,
    )
}


def _own_agent(state: State, call: Call) -> Agent:
    agent = state.memory.agents.get(call.parameters["agentId"])
    if agent is None:
        raise Problem(404, "Agent not found")  # inferred: status, as tRPC-OpenAPI maps NOT_FOUND
    if agent.owner != call.tenant:
        # documented: "You must own the agent". inferred: status, as tRPC-OpenAPI maps FORBIDDEN.
        raise Problem(403, "You do not own this agent")
    return agent


def _own_conversation(state: State, call: Call) -> dict[str, Any]:
    conversation = _own_agent(state, call).conversations.get(call.parameters["conversationId"])
    if conversation is None:
        raise Problem(404, "Conversation not found")  # inferred: status, as tRPC-OpenAPI maps NOT_FOUND
    return conversation


def _page(
    state: State, call: Call, conversations: Iterable[Record], limit: int, *, ascending: bool = False
) -> tuple[list[Record], dict[str, Any]]:
    """One page, and what the answer says of the next.

    inferred: a page is `limit` conversations of those that are there now; a server that pages by cursor wants one
    beyond the first page, and one that pages by number leaves a cursor aside.
    """
    number, mark = call.parameters.get("page", 1), call.parameters.get("cursor")
    if not state.has_cursors:
        return cursor.ordered(conversations, ascending=ascending)[(number - 1) * limit : number * limit], {}
    if number > 1 and mark is None:
        raise _invalid("page", "A page beyond the first needs a cursor.")
    try:
        found = cursor.ordered(conversations, mark, ascending=ascending)
    except ValueError:
        raise _invalid("cursor", "It is no cursor of an answer.") from None
    data = found[:limit]
    has_more = len(found) > limit
    return data, {"hasMore": has_more, "nextCursor": cursor.after(data[-1]) if has_more else None}


def _invalid(parameter: str, message: str) -> Problem:
    return Problem(400, "A parameter is invalid.", [Issue(parameter, message)])


def _acknowledgement(message: str) -> dict[str, Any]:
    return {"success": True, "message": message}


def _envelope(message: str, data: Any) -> dict[str, Any]:
    return _acknowledgement(message) | {"data": data}
