"""raia's operation on feedbacks."""

from __future__ import annotations

from typing import Any

from .._exchange import Issue, Problem
from .._seed import Record
from .._vendor import Call, Handler
from .memory import Conversation, Feedback, Message
from .state import State, agent_of

# behaviour: 1000-messages-are-remembered
_MAX_FEEDBACKS = 1000


def save_message_feedback(state: State, call: Call) -> Any:
    """POST /external/conversation-message-feedbacks."""
    # behaviour: vote-on-the-unknown-is-a-400
    agent, message_id = agent_of(state, call), call.body["conversationMessageId"]
    user = agent.users.get(call.body["userId"])
    if user is None:
        raise Problem(400, "There is no such user.", [Issue("/userId", "There is no such user.")])
    fields = {name: call.body[name] for name in ("voteType", "question", "answer", "comment") if name in call.body}
    for conversation in agent.conversations.values():
        message = conversation.messages.get(message_id)
        if message is not None:
            shown = _vote(state, conversation, message, user, fields)
            saved = {name: value for name, value in shown.items() if name != "userEmail"}
            return {**saved, "conversationMessageId": message_id}
    raise Problem(400, "There is no such message.", [Issue("/conversationMessageId", "There is no such message.")])


HANDLERS: dict[str, Handler] = {save_message_feedback.__name__: save_message_feedback}


def _vote(state: State, conversation: Conversation, message: Message, user: Record, fields: Record) -> Record:
    """Store a user's feedback on a message, replacing an earlier one."""
    # behaviour: second-vote-changes-the-first, vote-shows-on-message-and-conversation
    earlier = [each for each in conversation.feedbacks if (each.message_id, each.user_id) == (message.id, user["id"])]
    kept = {name: earlier[0].shown[name] for name in ("id", "createdAt")} if earlier else {}
    feedback = Feedback(state.records.feedback({**fields, **kept}, user), message.id, user["id"])
    conversation.feedbacks = [each for each in conversation.feedbacks if each not in earlier][1 - _MAX_FEEDBACKS :]
    conversation.feedbacks.append(feedback)
    return feedback.shown
