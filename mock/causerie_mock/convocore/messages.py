"""Convocore's operations on the messages of a conversation."""

from __future__ import annotations

from typing import Any

from .._seed import Record
from .._vendor import Call, Handler
from . import access, events, turns
from .state import State

# behaviour: channel-decides-delivery
_DELIVERABLE = ("whatsapp", "messenger", "instagram", "telegram", "sms", "discord")


def replace_messages(state: State, call: Call) -> Any:
    """PATCH /agents/{agentId}/convos/{conversationId}/messages."""
    # behaviour: replaced-messages-are-answered, replacing-messages-says, replacing-messages-names-the-id
    conversation = access.own_conversation(state, call)
    agent = access.own_agent(state, call)
    following = state.replace_messages(agent, conversation, call.body)
    events.stored(state, call.parameters["agentId"], agent, conversation)
    replaced = {"convoId": conversation["ID"], "turns": call.body["turns"], **following, "updatedAt": state.now}
    message = f"Successfully updated conversation messages: {conversation['ID']}"
    return access.envelope(message, {"agentId": call.parameters["agentId"], **replaced})


def send_messages(state: State, call: Call) -> Any:
    """POST /agents/{agentId}/convos/{conversationId}/send."""
    # behaviour: nothing-leaves-the-mock, sent-goes-out-as-it-is
    conversation = access.own_conversation(state, call)
    outgoing = _outgoing(call.body, state.now)
    options = call.body.get("options", {})
    origin = conversation.get("origin")
    # behaviour: origin-may-be-no-text
    origin = origin if isinstance(origin, str) else "web-chat"
    is_deliverable = origin in _DELIVERABLE
    data: dict[str, Any] = {
        "agentId": call.parameters["agentId"],
        "convoId": conversation["ID"],
        "origin": origin,
        "channelDeliverable": is_deliverable,
        "delivered": False,
        "persisted": False,
        "messages": outgoing,
    }
    if options.get("dryRun"):
        data["dryRun"] = True
    # behaviour: nothing-is-sent-while-a-person-chats, undelivered-has-a-reason
    if options.get("skipIfHumanHandoff") and conversation.get("state") == "human-chatting":
        data |= {"skipped": True, "reason": "A person is chatting."}
        return access.envelope("Message skipped", data)
    if not is_deliverable:
        data["reason"] = f"The channel {origin} cannot deliver."
    # behaviour: dry-run-does-nothing
    if options.get("dryRun"):
        return access.envelope("Dry run: nothing was sent", data)
    agent = access.own_agent(state, call)
    # behaviour: sent-is-kept
    state.add_turns(agent, conversation, [{"from": "bot", "messages": outgoing, "ts": state.now}])
    events.stored(state, call.parameters["agentId"], agent, conversation)
    data |= {"delivered": is_deliverable, "persisted": True}
    if is_deliverable:
        data["edgeResponse"] = {"success": True}
    return access.envelope("Message sent successfully" if is_deliverable else "Message stored", data)


HANDLERS: dict[str, Handler] = {handler.__name__: handler for handler in (replace_messages, send_messages)}


def _outgoing(body: Record, now: int) -> list[Record]:
    """Return the messages as they are stored."""
    # behaviour: label-is-kept, message-comes-before-messages, sent-is-the-bots
    label = body.get("sourceLabel", "api")
    given = [turns.text("bot", body["message"], now)] if "message" in body else []
    given += [{"type": "text", "ts": now, **message, "from": "bot"} for message in body.get("messages", [])]
    # behaviour: something-is-sent
    if not given:
        raise access.invalid("/message", "Give a message, or messages.")
    return [{"sourceLabel": label, **message} for message in given]
