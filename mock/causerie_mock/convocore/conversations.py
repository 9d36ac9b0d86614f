"""Convocore's operations on conversations."""

from __future__ import annotations

from typing import Any

from .._vendor import Call, Handler
from . import access, events, limits
from .pages import page
from .state import State


def list_conversations(state: State, call: Call) -> Any:
    """GET /agents/{agentId}/convos."""
    # behaviour: list-has-every-conversation-once, none-is-left-out-as-empty, no-answer-is-cached
    conversations = access.own_agent(state, call).conversations.values()
    rate = _rate_limit(state, call)
    data, following = page(state, call, conversations)
    return access.envelope("Conversations retrieved successfully", data) | following | {"rateLimit": rate}


def create_conversation(state: State, call: Call) -> Any:
    """POST /agents/{agentId}/convos."""
    # behaviour: ts-is-required, creating-says
    agent = access.own_agent(state, call)
    conversation = state.create(call.parameters["agentId"], call.body["conversation"])
    events.stored(state, call.parameters["agentId"], agent, conversation)
    return access.envelope(f"Successfully created conversation: {conversation['ID']}", conversation)


def get_conversation(state: State, call: Call) -> Any:
    """GET /agents/{agentId}/convos/{conversationId}."""
    # behaviour: reading-changes-nothing, reading-says
    return access.envelope("Conversation retrieved successfully", access.own_conversation(state, call))


def update_conversation(state: State, call: Call) -> Any:
    """PATCH /agents/{agentId}/convos/{conversationId}."""
    # behaviour: updating-says, updating-names-the-id
    conversation = access.own_conversation(state, call)
    state.update(conversation, call.body["conversation"])
    events.stored(state, call.parameters["agentId"], access.own_agent(state, call), conversation)
    return access.envelope(f"Successfully updated conversation: {conversation['ID']}", conversation)


def delete_conversation(state: State, call: Call) -> Any:
    """DELETE /agents/{agentId}/convos/{conversationId}."""
    # behaviour: deleting-says
    access.own_agent(state, call).delete(access.own_conversation(state, call))
    return access.acknowledgement("Conversation deleted successfully")


def get_conversation_details(state: State, call: Call) -> Any:
    """GET /agents/{agentId}/convos/{conversationId}/details."""
    # behaviour: details-are-the-conversation-in-short, either-region-finds-it
    conversation = access.own_conversation(state, call)
    metadata: dict[str, Any] = {
        name: value
        for name in ("userName", "userID", "origin", "state")
        if isinstance(value := conversation.get(name), str)
    }
    metadata["ts"] = conversation["ts"]
    # behaviour: unknown-number-is-0
    metadata |= {name: conversation.get(name, 0) for name in ("messagesNum", "interactionsNum")}
    # behaviour: recording-is-that-of-the-call
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
    """POST /agents/{agentId}/convos/{conversationId}/assign."""
    # behaviour: assigning-answers-with-the-people, one-comes-before-several, no-email-is-sent
    conversation = access.own_conversation(state, call)
    body = call.body
    one = [body["assignToUserId"]] if "assignToUserId" in body else []
    ids = list(dict.fromkeys([*one, *body.get("assignToUserIds", [])]))
    # behaviour: assigning-names-somebody
    if not ids:
        raise access.invalid("/assignToUserIds", "Give a user here or in assignToUserId.")
    # behaviour: hint-is-answered
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
