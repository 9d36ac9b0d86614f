"""raia's webhook events, and the known parts of their calls.

raia does not publish a body. The example here has the five names that the vendor's own code reads; a test gives the
body that its account really gets.
"""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

from .._hooks import Body, Hooks
from .._vendor import Call
from . import examples
from .memory import Conversation, Message
from .state import State

_TRIGGERS = (
    "each_message",
    "end_dialog",
    "start_dialog",
    "chat_currently_unavailable",
    "auto_archive_conversation",
    "manual",
)


def hooks() -> Hooks:
    """Return raia's webhook events."""
    return Hooks(dict.fromkeys(_TRIGGERS, _example), _dress)


def replied(state: State, call: Call, conversation: Conversation, message: Message) -> None:
    """Send an event for a reply, if the test has set what raia sends then."""
    # behaviour: each-message-comes-after-every-reply, webhook-body-is-a-tests

    def body() -> Body | None:
        messages = [each.shown for each in conversation.messages.values()]
        record = {**conversation.shown, "user": conversation.user, "messages": messages}
        made: Any = state.options.webhook_body(copy.deepcopy(message.shown), copy.deepcopy(record))
        if made is not None and not isinstance(made, dict):
            raise TypeError(f"The webhook_body function returned {made!r}; it must return a dict, or None.")
        return made

    state.world.emit("each_message", call.tenant, body)


def _example(_: datetime) -> Body:
    record = examples.DOCUMENTED
    message = record["messages"][-1]
    return {
        "conversationId": record["id"],
        "messageId": message["id"],
        "userId": record["user"]["id"],
        "message": message["message"],
        "timestamp": message["createdAt"],
    }


def _dress(_: str, body: Body, secret: str | None) -> tuple[dict[str, str], Body]:
    # behaviour: secret-is-authorization
    return {"content-type": "application/json", **({} if secret is None else {"authorization": secret})}, body
