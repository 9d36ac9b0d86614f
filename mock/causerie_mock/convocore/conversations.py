"""Convocore's operations on conversations."""

from __future__ import annotations

from typing import Any

from .._vendor import Call, Handler
from . import access, events, limits
from .pages import page
from .state import State


def list_conversations(state: State, call: Call) -> Any:
    """GET /agents/{agentId}/convos.

    inferred: a conversation that is there has what is essential, so none is left out as empty: one that
    create_conversation had made was in the list at once (observed).
    """
    conversations = access.own_agent(state, call).conversations.values()
    rate = _rate_limit(state, call)
    data, following = page(state, call, conversations)
    return access.envelope("Conversations retrieved successfully", data) | following | {"rateLimit": rate}


def create_conversation(state: State, call: Call) -> Any:
    """POST /agents/{agentId}/convos."""
    agent = access.own_agent(state, call)
    conversation = state.create(call.parameters["agentId"], call.body["conversation"])
    events.stored(state, call.parameters["agentId"], agent, conversation)
    return access.envelope(f"Successfully created conversation: {conversation['ID']}", conversation)


def get_conversation(state: State, call: Call) -> Any:
    """GET /agents/{agentId}/convos/{conversationId}."""
    return access.envelope("Conversation retrieved successfully", access.own_conversation(state, call))


def update_conversation(state: State, call: Call) -> Any:
    """PATCH /agents/{agentId}/convos/{conversationId}. observed: how the message begins."""
    conversation = access.own_conversation(state, call)
    state.update(conversation, call.body["conversation"])
    events.stored(state, call.parameters["agentId"], access.own_agent(state, call), conversation)
    return access.envelope(f"Successfully updated conversation: {conversation['ID']}", conversation)


def delete_conversation(state: State, call: Call) -> Any:
    """DELETE /agents/{agentId}/convos/{conversationId}."""
    access.own_agent(state, call).delete(access.own_conversation(state, call))
    return access.acknowledgement("Conversation deleted successfully")


def get_conversation_details(state: State, call: Call) -> Any:
    """GET /agents/{agentId}/convos/{conversationId}/details.

    inferred: either region finds it, numbers that a conversation does not have are 0, and the recording of a call is
    the current one.
    """
    conversation = access.own_conversation(state, call)
    metadata: dict[str, Any] = {
        name: value
        for name in ("userName", "userID", "origin", "state")
        if isinstance(value := conversation.get(name), str)
    }
    metadata["ts"] = conversation["ts"]
    metadata |= {name: conversation.get(name, 0) for name in ("messagesNum", "interactionsNum")}
    call_data = conversation.get("vapi", {})
    recording = {name: call_data[name] for name in ("recordingUrl", "syncRecordingUrl") if name in call_data}
    return {
        "convoId": conversation["ID"],
        "agentId": call.parameters["agentId"],
        "metadata": metadata,
        "recordings": {"current": recording or None, "sessions": []},
    }


def accept_handoff(state: State, call: Call) -> Any:
    """POST /agents/{agentId}/convos/{conversationId}/accept-handoff."""
    conversation = access.own_conversation(state, call)
    state.accept_handoff(conversation, call.body)
    events.stored(state, call.parameters["agentId"], access.own_agent(state, call), conversation)
    return access.acknowledgement("Handoff accepted successfully")


def assign_conversation(state: State, call: Call) -> Any:
    """POST /agents/{agentId}/convos/{conversationId}/assign.

    inferred: nobody is a 400, `assignToUserId` comes first, and who is named twice is one person. ours: of a person,
    the mock knows what `assigneesHint` tells.
    """
    conversation = access.own_conversation(state, call)
    body = call.body
    one = [body["assignToUserId"]] if "assignToUserId" in body else []
    ids = list(dict.fromkeys([*one, *body.get("assignToUserIds", [])]))
    if not ids:
        raise access.invalid("/assignToUserIds", "Name somebody here or in assignToUserId.")
    hints = {hint["id"]: hint for hint in body.get("assigneesHint", [])}
    people = [
        {"id": each} | {name: hints[each][name] for name in ("name", "email") if name in hints.get(each, {})}
        for each in ids
    ]
    state.assign(conversation, people, body)
    agent = access.own_agent(state, call)
    events.stored(state, call.parameters["agentId"], agent, conversation)
    events.delegated(state, call.parameters["agentId"], agent, conversation, body)
    answer = access.acknowledgement("Conversation assigned successfully")
    return answer | {"assignedUser": people[0], "assignedUsers": people}


HANDLERS: dict[str, Handler] = {
    handler.__name__: handler
    for handler in (
        list_conversations,
        create_conversation,
        get_conversation,
        update_conversation,
        delete_conversation,
        get_conversation_details,
        accept_handoff,
        assign_conversation,
    )
}


def _rate_limit(state: State, call: Call) -> dict[str, int]:
    options, workspace = state.options, state.memory.workspaces[call.tenant]
    (per_minute, left_of_minute), (per_hour, left_of_hour) = limits.take(
        state.now,
        limits.Limit(workspace.lists_minute, limits.MINUTE, options.lists_per_minute, limits.LISTS_PER_MINUTE),
        limits.Limit(workspace.lists_hour, limits.HOUR, options.lists_per_hour, limits.LISTS_PER_HOUR),
    )
    return {
        "requestsPerMinute": per_minute,
        "remainingMinute": left_of_minute,
        "requestsPerHour": per_hour,
        "remainingHour": left_of_hour,
    }
