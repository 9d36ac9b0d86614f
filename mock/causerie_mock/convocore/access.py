"""Access checks of Convocore's plans, agents and conversations, and the envelope of its answers."""

from __future__ import annotations

import functools
from typing import Any

from .._exchange import Issue, Problem
from .._vendor import Call, Handler
from .state import Agent, State


def gated(handler: Handler) -> Handler:
    """Return a handler that refuses workspaces whose plan does not include the API."""

    @functools.wraps(handler)
    def handle(state: State, call: Call) -> Any:
        if state.options.plan != "business":
            # behaviour: low-plan-is-a-403
            raise Problem(403, "API access requires the Business plan or higher")
        return handler(state, call)

    return handle


def agent_of(state: State, agent_id: str) -> Agent:
    """Return the agent with this id, whoever owns it."""
    agent = state.memory.agents.get(agent_id)
    if agent is None:
        # behaviour: unknown-agent-is-a-404
        raise Problem(404, "Agent not found")
    return agent


def agent_of_tenant(state: State, call: Call, agent_id: str) -> Agent:
    """Return the agent with this id. Raises a 403 `Problem` unless the key owns it."""
    agent = agent_of(state, agent_id)
    if agent.owner != call.tenant:
        # behaviour: agent-belongs-to-its-key, another-accounts-agent-is-a-403
        raise Problem(403, "You do not own this agent")
    return agent


def own_agent(state: State, call: Call) -> Agent:
    """Return the agent in the path."""
    return agent_of_tenant(state, call, call.parameters["agentId"])


def own_conversation(state: State, call: Call) -> dict[str, Any]:
    """Return the conversation in the path."""
    agent = own_agent(state, call)
    conversation_id = call.parameters["conversationId"]
    conversation = agent.conversations.get(conversation_id)
    if conversation is None or (conversation_id in agent.posted and not state.options.posted_found):
        # behaviour: unknown-conversation-is-a-404, posted-may-not-be-found
        raise Problem(404, "Conversation not found")
    if conversation_id in state.options.broken:
        # behaviour: conversation-may-be-broken
        raise Problem(500, "Output validation failed")
    return conversation


def invalid(parameter: str, message: str) -> Problem:
    """Return the problem of a parameter or a body that is invalid at one place."""
    return Problem(400, "Input validation failed", [Issue(parameter, message)])


def acknowledgement(message: str) -> dict[str, Any]:
    """Return `{success, message}`."""
    return {"success": True, "message": message}


def envelope(message: str, data: Any) -> dict[str, Any]:
    """Return `{success, message, data}`."""
    # behaviour: success-has-an-envelope, other-operations-say
    return acknowledgement(message) | {"data": data}
