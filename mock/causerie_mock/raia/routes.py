"""raia's operations on conversations and messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from .._exchange import Issue, Problem
from .._vendor import Call, Handler
from . import events
from .memory import Agent, Conversation, Message
from .pages import page_of
from .reply import ReplyFailed
from .state import State, agent_of, conversation_of
from .times import instant

_CHANNELS = {
    # channel: (the field with the user's address, the field with the agent's first words)
    "email": ("email", "emailIntroduction"),
    "sms": ("phoneNumber", "smsIntroduction"),
    "voice": ("phoneNumber", "firstMessage"),
}
# behaviour: addresses-are-not-validated
_USER_FIELDS = ("firstName", "lastName", "context", "source", "fkId", "fkUserId", "email", "phoneNumber")


def list_conversations(state: State, call: Call) -> Any:
    """GET /external/conversations."""
    agent = agent_of(state, call)
    asked = call.parameters
    found = [
        conversation
        for conversation in _between(agent, _instant(asked, "startDate"), _instant(asked, "endDate"))
        if _wanted(agent, conversation, asked)
    ]
    # behaviour: latest-change-comes-first, asked-order-is-kept
    date = asked.get("orderBy", "updatedAt")
    # All dates have the same form, so sorting the texts sorts the times.
    found.sort(key=lambda conversation: str(conversation.shown[date]))
    if asked.get("orderDirection") != "ASC":
        found.reverse()
    return page_of(found, asked, _with_feedbacks)


def create_conversation(state: State, call: Call) -> Any:
    """POST /external/conversations."""
    # behaviour: unknown-state-is-taken, value-after-write
    agent = agent_of(state, call)
    user = state.known_user(agent, call.body["conversationUserId"])
    fields = _written(call.body, "title", "conversationStateId", "customData")
    return _shown(state.create(agent, user, fields, context=call.body.get("context")))


def delete_conversations(state: State, call: Call) -> None:
    """DELETE /external/conversations."""
    # behaviour: deleted-is-gone, deleting-nothing-is-no-error
    state.delete_conversations(agent_of(state, call), call.body["conversationUserId"])


def list_conversation_states(state: State, call: Call) -> Any:
    """GET /external/conversations/states."""
    # behaviour: states-are-a-list, states-stay
    return agent_of(state, call).states


def start_conversation(state: State, call: Call) -> Any:
    """POST /external/conversations/start."""
    # behaviour: start-makes-a-conversation, reset-shows-nowhere, starting-needs-an-address
    agent = agent_of(state, call)
    body = call.body
    address_field, words_field = _CHANNELS[body["channel"]]
    user = state.contact(agent, body[address_field], {name: body[name] for name in _USER_FIELDS if name in body})
    # Here, `context` belongs to the user; the conversation has its own.
    context = body.get("conversationContext")
    fields = _written(body, "conversationStateId", "customData")
    if body["channel"] == "email":
        # behaviour: subject-is-the-title
        fields["title"] = body["emailSubject"]
    conversation = state.create(agent, user, fields, source=body["channel"], context=context)
    state.say(conversation, "assistant", body[words_field])
    return {"conversationId": conversation.id}


def get_conversation(state: State, call: Call) -> Any:
    """GET /external/conversations/{conversationId}."""
    return _with_feedbacks(conversation_of(state, call))


def update_conversation(state: State, call: Call) -> Any:
    """PUT /external/conversations/{conversationId}."""
    # behaviour: update-merges, context-and-status-are-not-shown, what-nobody-changes-stays
    conversation = conversation_of(state, call)
    conversation.context = call.body.get("context", conversation.context)
    conversation.shown |= _written(call.body, "title", "conversationStateId")
    # behaviour: same-update-changes-nothing-more
    state.touch(conversation)
    return _shown(conversation)


def set_conversation_mode(state: State, call: Call) -> Any:
    """PUT /external/conversations/{conversationId}/mode."""
    # behaviour: mode-is-shown, mode-may-be-left-out
    conversation = conversation_of(state, call)
    conversation.shown |= _written(call.body, "mode")
    state.touch(conversation)
    return _shown(conversation)


def list_messages(state: State, call: Call) -> Any:
    """GET /external/conversations/{conversationId}/messages."""
    # behaviour: messages-in-order-of-creation, feedbacks-where-asked-for
    conversation = conversation_of(state, call)
    messages: list[dict[str, Any]] = [message.shown for message in conversation.messages.values()]
    if call.parameters.get("shouldIncludeFeedbacks"):
        messages = [
            {**message.shown, "conversationMessageFeedbacks": conversation.feedbacks_on(message)}
            for message in conversation.messages.values()
        ]
    return {"messages": messages[::-1] if call.parameters.get("orderDirection") == "DESC" else messages}


def send_message(state: State, call: Call) -> Any:
    """POST /external/conversations/{conversationId}/messages."""
    # behaviour: reply-to-a-message, answer-is-the-reply, no-ai-in-manual-mode
    conversation = conversation_of(state, call)
    question = _ask(state, conversation, call.body)
    if conversation.shown["mode"] == "manual":
        return question.shown
    try:
        answer = state.reply(conversation, question)
    except ReplyFailed as failure:
        # behaviour: no-answer-is-a-500
        raise Problem(500, failure.message) from None
    events.replied(state, call, conversation, answer)
    return answer.shown


def send_message_async(state: State, call: Call) -> Any:
    """POST /external/conversations/{conversationId}/messages/async."""
    return _ask(state, conversation_of(state, call), call.body).shown


def get_message_response(state: State, call: Call) -> Any:
    """GET /external/conversations/{conversationId}/messages/{messageId}/response-on."""
    # behaviour: unanswered-stays-pending, completed-is-for-ever, failed-is-for-ever
    conversation = conversation_of(state, call)
    question = conversation.messages.get(call.parameters["messageId"])
    if question is None:
        # behaviour: unknown-message-is-a-404
        raise Problem(404, "There is no such message in this conversation.")
    was_answered = question.answer_id is not None
    try:
        answer = state.poll(conversation, question)
    except ReplyFailed as failure:
        return {"status": "failed", "message": None, "error": failure.message}
    if answer is None:
        return {"status": "pending", "message": None, "error": None}
    if not was_answered:
        events.replied(state, call, conversation, answer)
    return {"status": "completed", "message": answer.shown, "error": None}


def send_manual_message(state: State, call: Call) -> Any:
    """POST /external/conversations/{conversationId}/send-manual-message."""
    # behaviour: manual-message-needs-manual-mode, voice-conversation-was-started-by-voice
    conversation = conversation_of(state, call)
    if conversation.shown["mode"] != "manual" or conversation.source == "voice":
        sentence = "The conversation must be in manual mode and not a voice conversation."
        raise Problem(400, sentence, [Issue("", sentence)])
    body = call.body
    # behaviour: manual-message-may-answer
    question_id, files = body.get("conversationMessageId"), body.get("files", ())
    answer = state.say(conversation, "manual_assistant", body["message"], question_id=question_id, files=files)
    events.replied(state, call, conversation, answer)
    return answer.shown


HANDLERS: dict[str, Handler] = {
    handler.__name__: handler
    for handler in (
        list_conversations,
        create_conversation,
        delete_conversations,
        list_conversation_states,
        start_conversation,
        get_conversation,
        update_conversation,
        set_conversation_mode,
        list_messages,
        send_message,
        send_message_async,
        get_message_response,
        send_manual_message,
    )
}


def _wanted(agent: Agent, conversation: Conversation, asked: Mapping[str, Any]) -> bool:
    # behaviour: lists-filter
    user = conversation.user
    if "userId" in asked and user["id"] != asked["userId"]:
        return False
    if asked.get("withFeedbacksOnly") and not conversation.feedbacks:
        return False
    keyword = asked.get("searchKeyword", "").casefold()
    if not keyword:
        return True
    # behaviour: keyword-is-looked-for-in, keyword-is-any-part
    texts = (
        conversation.shown.get("title", ""),
        conversation.shown.get("summary", ""),
        agent.name,
        f"{user['firstName']} {user['lastName']}",
        user.get("email", ""),
        user.get("phoneNumber", ""),
    )
    return any(keyword in text.casefold() for text in texts)


def _between(agent: Agent, start: datetime | None, end: datetime | None) -> Iterable[Conversation]:
    # behaviour: both-ends-belong-to-the-range
    if start is None and end is None:
        return agent.conversations.values()
    first, last = start or datetime.min.replace(tzinfo=UTC), end or datetime.max.replace(tzinfo=UTC)
    return [each for each in agent.conversations.values() if first <= instant(each.shown["updatedAt"]) <= last]


def _instant(asked: Mapping[str, Any], name: str) -> datetime | None:
    if name not in asked:
        return None
    try:
        return instant(asked[name])
    except ValueError:
        # behaviour: strange-dates-are-a-400
        issue = Issue(name, f"{asked[name]} is not a valid date.")
        raise Problem(400, "A parameter is invalid.", [issue]) from None


def _ask(state: State, conversation: Conversation, body: dict[str, Any]) -> Message:
    return state.ask(conversation, body["message"], context=body.get("context"), files=body.get("files", ()))


def _written(body: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the fields of a body that a conversation shows."""
    # behaviour: custom-data-is-metadata, unwritten-fields-are-absent
    written = {name: body[name] for name in names if name in body}
    if "customData" in written:
        written["metadata"] = {"customData": written.pop("customData")}
    return written


def _shown(conversation: Conversation) -> dict[str, Any]:
    return {**conversation.shown, "user": conversation.user}


def _with_feedbacks(conversation: Conversation) -> dict[str, Any]:
    """Return a conversation with its feedbacks."""
    # behaviour: feedbacks-are-shown
    return {**_shown(conversation), "feedbacks": [feedback.shown for feedback in conversation.feedbacks]}
