"""Convocore's webhook events: the sixteen types on its page about events, as of August 2026."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from .._hooks import Body, Hooks
from .._seed import Record
from .state import Agent, State

_AGENT = {"agentId": "agent123", "agentName": "Reception"}
_CONVERSATION = _AGENT | {"convoId": "agent123_convo456", "channel": "webchat"}
_PLATFORM = _AGENT | {"agentPlatform": "vg"}
_ORGANISATION = {"organisationId": "organisation123", "organisationName": "Acme Corp"}
_CLIENT = _ORGANISATION | {"clientId": "client123", "clientName": "John Doe", "clientEmail": "john@example.com"}
_REPORTER = {"reportedByUserId": "user123", "reportedByUserName": "Jane Roe", "reportedByUserEmail": "jane@example.com"}
_ASSIGNED = {"assignedToUserId": "user123", "assignedToUserName": "Jane Roe", "assignedToUserEmail": "jane@example.com"}
_CUSTOMER = {"customerName": "John Doe", "customerEmail": "john@example.com", "customerPhone": "+1234567890"}
_LEAD = {"leadName": "John Doe", "leadEmail": "john@example.com", "leadPhone": "+1234567890"}
_FORM = {"formType": "ui_engine_form", "formData": {"email": "john@example.com"}}
_STORED = {"ID": "agent123_convo456", "userID": "agent123_convo456", "ts": 1699999999, "userName": "John Doe"}

# behaviour: emitted-body-has-every-field
_DOCUMENTED: dict[str, Body] = {
    "message_received": _CONVERSATION | {"messageContent": "Hello", "messageType": "text", "from": "human"},
    "conversation_updated": _CONVERSATION | {"lightConvoData": _STORED, "turns": [], "operation": "updated"},
    "chat_delegated": _CONVERSATION | _ASSIGNED | _CUSTOMER | {"operation": "delegated"},
    "bug_reported": _CONVERSATION | _REPORTER | {"bugDescription": "The answer is wrong.", "operation": "reported"},
    "lead_captured": _AGENT | _LEAD | {"channel": "webchat", "operation": "captured"},
    "form_submitted": _CONVERSATION | _FORM,
    "agent_created": _PLATFORM | {"operation": "created"},
    "agent_updated": _PLATFORM | {"operation": "updated"},
    "agent_deleted": _PLATFORM | {"operation": "deleted"},
    "organisation_created": _ORGANISATION | {"operation": "created"},
    "organisation_updated": _ORGANISATION | {"operation": "updated"},
    "organisation_deleted": _ORGANISATION | {"operation": "deleted"},
    "client_created": _CLIENT | {"operation": "created"},
    "client_updated": _CLIENT | {"operation": "updated"},
    "client_deleted": _CLIENT | {"operation": "deleted"},
    "webhook_test": {"message": "This is a test."},
}

#: The possible channels in message_received.
_RECEIVING = ("whatsapp", "instagram", "facebook", "telegram", "webchat")


def hooks(secrets: tuple[str, str]) -> Hooks:
    """Return Convocore's webhook events."""
    # behaviour: webhook-is-a-post
    examples = {event: _example(body) for event, body in _DOCUMENTED.items()}
    return Hooks(examples, _dress, secrets, timeout=60)


def received(state: State, agent_id: str, agent: Agent, body: Record) -> None:
    """Send an event for a message from a person."""
    # behaviour: received-comes-with-a-turn
    conversation = agent.conversations.get(body["convoId"], {})
    channel = conversation.get("origin")
    state.world.emit(
        "message_received",
        agent.owner,
        lambda: {
            "agentId": agent_id,
            "convoId": body["convoId"],
            "messageContent": body["prompt"],
            "channel": channel if channel in _RECEIVING else "webchat",
            "createdAt": _milliseconds(state.world.clock.now),
        },
    )


def stored(state: State, agent_id: str, agent: Agent, conversation: Record) -> None:
    """Send an event for a stored conversation."""
    # behaviour: updated-comes-after-storing, updated-has-the-record
    channel = conversation.get("origin")
    state.world.emit(
        "conversation_updated",
        agent.owner,
        lambda: {
            "agentId": agent_id,
            "convoId": conversation["ID"],
            **({"channel": channel} if isinstance(channel, str) else {}),
            "lightConvoData": conversation,
            "turns": agent.turns(conversation),
            "operation": "updated",
            "createdAt": _milliseconds(state.world.clock.now),
        },
    )


def delegated(state: State, agent_id: str, agent: Agent, conversation: Record, body: Record) -> None:
    """Send an event for a conversation that was assigned to a person."""
    # behaviour: delegated-comes-when-assigned
    person = conversation["assignedToUsers"][0]
    details = {"assignedToUserName": person.get("name"), "assignedToUserEmail": person.get("email")}
    details |= {"delegatedByUserId": body.get("delegatedBy")}
    details |= {f"customer{name}": conversation.get(f"user{name}") for name in ("Name", "Email", "Phone")}
    channel = conversation.get("origin")
    state.world.emit(
        "chat_delegated",
        agent.owner,
        lambda: {
            "agentId": agent_id,
            "convoId": conversation["ID"],
            "assignedToUserId": person["userId"],
            **{name: value for name, value in details.items() if isinstance(value, str)},
            "channel": channel if isinstance(channel, str) else "web-chat",
            "operation": "delegated",
            "createdAt": _milliseconds(state.world.clock.now),
        },
    )


def _example(body: Body) -> Callable[[datetime], Body]:
    return lambda now: body | {"createdAt": _milliseconds(now)}


def _milliseconds(now: datetime) -> int:
    return int(now.timestamp() * 1000)


def _dress(event: str, body: Body, secret: str | None) -> tuple[dict[str, str], dict[str, Any]]:
    headers = {"content-type": "application/json; charset=UTF-8"}
    return headers, {"type": event, "payload": body | {"workspaceSecret": secret}}
