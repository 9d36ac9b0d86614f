"""raia's operation on feedbacks."""

from __future__ import annotations

from typing import Any

from causerie_mock._exchange import Issue, Problem
from causerie_mock._vendor import Call, Handler
from causerie_mock.raia.state import State, agent_of


def save_message_feedback(state: State, call: Call) -> Any:
    """POST /external/conversation-message-feedbacks.

    published: it makes a feedback or changes one. inferred: a user has one on a message, be the message whose it will,
    and a message or a user that is unknown is a 400, for no 404 is published.
    """
    agent, message_id = agent_of(state, call), call.body["conversationMessageId"]
    user = agent.users.get(call.body["userId"])
    if user is None:
        raise Problem(400, "There is no such user.", [Issue("/userId", "There is no such user.")])
    fields = {name: call.body[name] for name in ("voteType", "question", "answer", "comment") if name in call.body}
    for conversation in agent.conversations.values():
        message = conversation.messages.get(message_id)
        if message is not None:
            shown = state.vote(conversation, message, user, fields)
            saved = {name: value for name, value in shown.items() if name != "userEmail"}
            return {**saved, "conversationMessageId": message_id}
    raise Problem(400, "There is no such message.", [Issue("/conversationMessageId", "There is no such message.")])


HANDLERS: dict[str, Handler] = {save_message_feedback.__name__: save_message_feedback}
