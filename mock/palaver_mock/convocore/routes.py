"""Convocore's operations."""

from __future__ import annotations

from typing import Any

from palaver_mock._exchange import Problem
from palaver_mock._vendor import Call, Handler
from palaver_mock.convocore.state import Agent, State


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


HANDLERS: dict[str, Handler] = {
    handler.__name__: handler for handler in (create_conversation, get_conversation, update_conversation)
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


def _envelope(message: str, conversation: dict[str, Any]) -> dict[str, Any]:
    return {"success": True, "message": message, "data": conversation}
