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
    # inferred: the latest change comes first unless the client orders otherwise; of one date, the later arrival.
    date = asked.get("orderBy", "updatedAt")
    found.sort(key=lambda conversation: str(conversation.shown[date]))  # of one form, so the text sorts as the time
    if asked.get("orderDirection") != "ASC":
        found.reverse()
    return page_of(found, asked, _with_feedbacks)


def create_conversation(state: State, call: Call) -> Any:
    """POST /external/conversations.

    inferred: a state that does not exist is taken as it is, since no answer to one is documented.
    """
    agent = agent_of(state, call)
    user = state.known_user(agent, call.body["conversationUserId"])
    fields = _written(call.body, "title", "conversationStateId", "customData")
    return _shown(state.create(agent, user, fields, context=call.body.get("context")))


def delete_conversations(state: State, call: Call) -> None:
    """DELETE /external/conversations. inferred: a user without any conversation is no error."""
    state.delete_conversations(agent_of(state, call), call.body["conversationUserId"])


def list_conversation_states(state: State, call: Call) -> Any:
    """GET /external/conversations/states."""
    return agent_of(state, call).states


def start_conversation(state: State, call: Call) -> Any:
    """POST /external/conversations/start.

    published: `resetConversation` archives the present conversation. inferred: every start makes a new conversation,
    with or without it; that another one is archived shows in no answer.
    """
    agent = agent_of(state, call)
    body = call.body
    address_field, words_field = _CHANNELS[body["channel"]]
    user = state.contact(agent, body[address_field], {name: body[name] for name in _USER_FIELDS if name in body})
    # published: `context` is the user's here, and the conversation has one of its own.
    context = body.get("conversationContext")
    fields = _written(body, "conversationStateId", "customData")
    if body["channel"] == "email":
        fields["title"] = body["emailSubject"]  # inferred: the subject is the title
    conversation = state.create(agent, user, fields, source=body["channel"], context=context)
    state.say(conversation, "assistant", body[words_field])
    return {"conversationId": conversation.id}


def get_conversation(state: State, call: Call) -> Any:
    """GET /external/conversations/{conversationId}."""
    return _with_feedbacks(conversation_of(state, call))


def update_conversation(state: State, call: Call) -> Any:
    """PUT /external/conversations/{conversationId}.

    inferred: it merges, although it is a PUT, because every field is optional; `context` and `status` are accepted
    and show in no answer (a reply function sees the context); updatedAt moves with every update.
    """
    conversation = conversation_of(state, call)
    conversation.context = call.body.get("context", conversation.context)
    conversation.shown |= _written(call.body, "title", "conversationStateId")
    state.touch(conversation)
    return _shown(conversation)


def set_conversation_mode(state: State, call: Call) -> Any:
    """PUT /external/conversations/{conversationId}/mode. inferred: a body without `mode` leaves the mode as it is."""
    conversation = conversation_of(state, call)
    conversation.shown |= _written(call.body, "mode")
    state.touch(conversation)
    return _shown(conversation)


def list_messages(state: State, call: Call) -> Any:
    """GET /external/conversations/{conversationId}/messages. documented: ascending unless asked otherwise."""
    conversation = conversation_of(state, call)
    messages: list[dict[str, Any]] = [message.shown for message in conversation.messages.values()]
    if call.parameters.get("shouldIncludeFeedbacks"):
        messages = [
            {**message.shown, "conversationMessageFeedbacks": conversation.feedbacks_on(message)}
            for message in conversation.messages.values()
        ]
    return {"messages": messages[::-1] if call.parameters.get("orderDirection") == "DESC" else messages}


def send_message(state: State, call: Call) -> Any:
    """POST /external/conversations/{conversationId}/messages.

    documented: the agent has processed the message, so the answer is the agent's. inferred: in manual mode there is no
    answer by the agent, and the message itself comes back; a human may answer it with send_manual_message.
    """
    conversation = conversation_of(state, call)
    question = _ask(state, conversation, call.body)
    if conversation.shown["mode"] == "manual":
        return question.shown
    try:
        answer = state.reply(conversation, question)
    except ReplyFailed as failure:
        raise Problem(500, failure.message) from None
    events.replied(state, call, conversation, answer)
    return answer.shown


def send_message_async(state: State, call: Call) -> Any:
    """POST /external/conversations/{conversationId}/messages/async."""
    return _ask(state, conversation_of(state, call), call.body).shown


def get_message_response(state: State, call: Call) -> Any:
    """GET /external/conversations/{conversationId}/messages/{messageId}/response-on.

    inferred: what nobody answers stays pending, be it a question in manual mode, until a human answers it, or a message
    that is no question. A completed answer enters the conversation with the first poll that shows it. `failed` is for
    ever.
    """
    conversation = conversation_of(state, call)
    question = conversation.messages.get(call.parameters["messageId"])
    if question is None:
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
    """POST /external/conversations/{conversationId}/send-manual-message.

    documented: the conversation must be in manual mode and not a voice conversation. inferred: a voice conversation is
    one that was started by voice.
    """
    conversation = conversation_of(state, call)
    if conversation.shown["mode"] != "manual" or conversation.source == "voice":
        sentence = "The conversation must be in manual mode and not a voice conversation."
        raise Problem(400, sentence, [Issue("", sentence)])
    body = call.body
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
    user = conversation.user
    if "userId" in asked and user["id"] != asked["userId"]:
        return False
    if asked.get("withFeedbacksOnly") and not conversation.feedbacks:
        return False
    keyword = asked.get("searchKeyword", "").casefold()
    if not keyword:
        return True
    # documented: where the keyword is looked for. inferred: any part of the text, in any case.
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
    """documented: by updatedAt. inferred: both ends belong to the range."""
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
        issue = Issue(name, f"{asked[name]} is no date of the calendar.")
        raise Problem(400, "A parameter is invalid.", [issue]) from None


def _ask(state: State, conversation: Conversation, body: dict[str, Any]) -> Message:
    return state.ask(conversation, body["message"], context=body.get("context"), files=body.get("files", ()))


def _written(body: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the fields of a body that a conversation shows. example: metadata holds what was sent as customData."""
    written = {name: body[name] for name in names if name in body}
    if "customData" in written:
        written["metadata"] = {"customData": written.pop("customData")}
    return written


def _shown(conversation: Conversation) -> dict[str, Any]:
    return {**conversation.shown, "user": conversation.user}


def _with_feedbacks(conversation: Conversation) -> dict[str, Any]:
    """Return a conversation with its feedbacks. published: only the operations that get and list them show these."""
    return {**_shown(conversation), "feedbacks": [feedback.shown for feedback in conversation.feedbacks]}
