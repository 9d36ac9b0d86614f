"""Faults of raia's behaviour."""

from __future__ import annotations

import contextlib
import copy
import functools
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import attrs

from causerie_mock._exchange import Problem
from causerie_mock._vendor import Call
from causerie_mock.raia import files, routes, users, webhooks
from causerie_mock.raia.state import State
from causerie_mock.raia.times import instant
from tests.kill_rate.behaviour.common import (
    Around,
    BehaviourMutant,
    Fault,
    Fire,
    Next,
    Writes,
    around_operation,
    asking,
    doing_after,
    doing_before,
    hearing,
    ignoring,
    inventing,
    method_of,
    setting,
    telling,
)
from tests.kill_rate.mutants import Mutant

WRITES = Writes(
    kinds={
        "create_conversation": "create",
        "start_conversation": "create",
        "delete_conversations": "delete",
        "update_conversation": "update",
        "set_conversation_mode": "update",
        "send_message": "create",
        "send_message_async": "create",
        "send_manual_message": "create",
        "create_user": "create",
        "delete_user": "delete",
        "save_message_feedback": "create",
        "send_prompt_async": "create",
    },
    stored={
        "create_conversation": (None, ("title", "customData", "conversationStateId")),
        "update_conversation": (None, ("title", "conversationStateId")),
        "set_conversation_mode": (None, ("mode",)),
        "start_conversation": (
            None,
            ("customData", "conversationStateId", "context", "source", "fkId", "fkUserId", "emailSubject"),
        ),
        "send_message": (None, ("files",)),
        "send_message_async": (None, ("files",)),
        "send_manual_message": (None, ("files", "conversationMessageId")),
        "create_user": (None, ("context", "source", "fkUserId", "customData", "phoneNumber", "email", "fkId")),
        "save_message_feedback": (None, ("answer", "comment")),
        "create_webhook": (None, ("headers",)),
    },
    texts={
        "create_conversation": (None, ("title",)),
        "update_conversation": (None, ("title",)),
        "start_conversation": (None, ("firstName",)),
        "send_message": (None, ("message",)),
        "send_message_async": (None, ("message",)),
        "send_manual_message": (None, ("message",)),
        "create_user": (None, ("firstName", "lastName", "email")),
        "save_message_feedback": (None, ("question", "comment")),
        "create_webhook": (None, ("title",)),
    },
    lists={"send_message": (None, ("files",))},
)


def mutants() -> Iterator[Mutant]:
    """Yield all mutants of raia's behaviour."""
    mutant = functools.partial(around_operation, "raia")
    listing = functools.partial(mutant, "list_conversations")
    for name in ("page", "pageSize", "orderBy", "orderDirection"):
        yield listing("parameter ignored", name, ignoring(name))
    for name in ("searchKeyword", "userId", "startDate", "endDate", "withFeedbacksOnly"):
        yield listing("filter ignored", name, ignoring(name))
    yield mutant("list_messages", "parameter ignored", "orderDirection", ignoring("orderDirection"))
    yield mutant("list_messages", "parameter ignored", "shouldIncludeFeedbacks", ignoring("shouldIncludeFeedbacks"))
    yield listing("page off by one", "the next page", asking("page", lambda page: (page or 1) + 1))
    yield listing(
        "page off by one", "counted from 0", asking("page", lambda page: page - 1 if page and page > 1 else None)
    )
    yield listing("page too large", "one more than asked", _oversize)
    yield listing("page too small", "one fewer than asked", _undersize)
    yield listing("wrong default", "pages of 20", asking("pageSize", lambda size: None if size else 20))
    yield listing(
        "wrong default", "ascending", asking("orderDirection", lambda direction: None if direction else "ASC")
    )
    yield listing(
        "wrong default", "ordered by createdAt", asking("orderBy", lambda date: None if date else "createdAt")
    )
    yield listing("order reversed", "of the page", telling(lambda page: {**page, "data": page["data"][::-1]}))
    yield mutant(
        "list_messages", "order reversed", "always", telling(lambda value: {"messages": value["messages"][::-1]})
    )
    yield listing("total wrong", "of this page alone", telling(lambda page: {**page, "totalItems": len(page["data"])}))
    yield listing("total wrong", "one more", telling(lambda page: {**page, "totalItems": page["totalItems"] + 1}))
    yield listing(
        "total wrong",
        "pages rounded down",
        telling(lambda page: {**page, "totalPages": page["totalItems"] // page["pageSize"]}),
    )
    yield listing("hasNextPage wrong", "never", telling(setting(hasNextPage=False)))
    yield listing(
        "hasNextPage wrong",
        "also on the last page",
        telling(lambda page: {**page, "hasNextPage": page["currentPage"] <= page["totalPages"]}),
    )
    yield listing("hasPreviousPage wrong", "never", telling(setting(hasPreviousPage=False)))
    yield listing("currentPage wrong", "always 1", telling(setting(currentPage=1)))
    yield listing("pageSize wrong", "items of this page", telling(lambda page: {**page, "pageSize": len(page["data"])}))
    yield listing("filter wrong", "keyword in its case", _keyword_in_case)
    yield listing("filter wrong", "keyword not in the user's email", _keyword_without_user)
    yield listing("filter wrong", "dates by createdAt", _by_creation)
    yield listing("filter wrong", "endDate excluded", _exclusive)
    yield listing("deleted still listed", "in the list", _ghosts)
    yield listing(
        "feedbacks wrong",
        "none",
        telling(lambda page: {**page, "data": [{**each, "feedbacks": []} for each in page["data"]]}),
    )
    yield mutant("get_conversation", "feedbacks wrong", "none", telling(setting(feedbacks=[])))
    yield mutant(
        "list_messages",
        "feedbacks wrong",
        "none though asked for",
        telling(
            lambda value: {
                "messages": [
                    each | {"conversationMessageFeedbacks": []} if "conversationMessageFeedbacks" in each else each
                    for each in value["messages"]
                ]
            }
        ),
    )

    yield mutant(
        "create_conversation",
        "returned id is not the stored one",
        "id",
        telling(lambda value: {**value, "id": value["id"][::-1]}),
    )
    yield mutant(
        "start_conversation",
        "returned id is not the stored one",
        "conversationId",
        telling(lambda value: {"conversationId": value["conversationId"][::-1]}),
    )
    yield mutant(
        "send_message_async",
        "returned id is not the stored one",
        "id",
        telling(lambda value: {**value, "id": value["id"][::-1]}),
    )
    yield mutant("create_conversation", "wrong default", "mode is manual", doing_after(_with_mode))
    yield mutant(
        "create_conversation",
        "wrong default",
        "title is New",
        hearing(lambda body: body.setdefault("title", "New") == "New"),
    )
    yield mutant(
        "create_conversation",
        "wrong default",
        "isAnonymized is true",
        doing_after(lambda state, call, value: _store(state, call, value, isAnonymized=True)),
    )
    yield mutant(
        "create_conversation",
        "wrong value",
        "the conversation of another user",
        hearing(lambda body: body.update(conversationUserId=body["conversationUserId"] + "0") is None),
    )
    yield mutant("create_conversation", "not created anew", "one conversation for each user", _one_for_each_user)
    yield mutant("start_conversation", "not created anew", "goes on in the user's latest", _goes_on)
    yield mutant("start_conversation", "first message missing", "no message", doing_after(_silent_start))
    yield mutant("start_conversation", "wrong value", "the source of messages is api", doing_after(_api_source))
    yield mutant("start_conversation", "user not updated", "the names given first stay", _first_names_stay)
    yield mutant("start_conversation", "user duplicated", "a new one every time", _forget_addresses)

    yield mutant("update_conversation", "PUT resets other fields", "title and metadata", _put_resets)
    yield mutant(
        "update_conversation",
        "PUT resets other fields",
        "mode",
        doing_before(lambda state, call: _set(state, call, mode="ai")),
    )
    yield mutant("update_conversation", "not idempotent", "title grows with every repetition", _grow)
    yield mutant(
        "update_conversation", "cross-parent leak", "changes all conversations of the user", doing_after(_retitle_all)
    )
    yield mutant("update_conversation", "stale answer", "as it was before", _stale)
    yield mutant("set_conversation_mode", "stale answer", "as it was before", _stale)
    yield mutant(
        "set_conversation_mode",
        "mode inverted",
        "ai for manual",
        hearing(
            lambda body: "mode" in body and body.update(mode="ai" if body["mode"] == "manual" else "manual") is None
        ),
    )
    yield mutant(
        "set_conversation_mode",
        "wrong default",
        "a body without mode sets ai",
        hearing(lambda body: "mode" not in body and body.update(mode="ai") is None),
    )
    yield mutant("set_conversation_mode", "cross-parent leak", "changes all conversations", doing_after(_mode_of_all))
    for operation in (
        "update_conversation",
        "set_conversation_mode",
        "send_message",
        "send_message_async",
        "send_manual_message",
    ):
        yield mutant(operation, "timestamp not updated", "updatedAt stays", _untouched)
    yield mutant(
        "update_conversation",
        "wrong value",
        "createdAt moves too",
        doing_after(lambda state, call, value: _store(state, call, value, createdAt=value["updatedAt"])),
    )

    yield mutant("delete_conversations", "delete cascades", "conversations of all users", _delete_all)
    yield mutant("delete_conversations", "delete cascades", "the other agent's too", _delete_everywhere)
    yield mutant("delete_conversations", "delete incomplete", "the first alone", _delete_first)
    yield mutant("delete_conversations", "second delete refused", "404 when there are none", _delete_needs_some)
    yield mutant("get_conversation", "deleted still there", "found by its id", _found_again)
    yield mutant(
        "list_messages",
        "deleted still there",
        "its messages are listed",
        inventing(lambda state, call: {"messages": []}),
    )

    for operation in ("send_message", "send_message_async"):
        yield mutant(operation, "child on a missing parent", "makes the conversation", _upsert)
    yield mutant("send_manual_message", "child on a missing parent", "makes the conversation", _upsert_manual)
    yield mutant("send_manual_message", "closed state accepts writes", "in AI mode", _manual_always)
    yield mutant("send_manual_message", "closed state accepts writes", "in voice conversations", _manual_by_voice)
    yield mutant("send_manual_message", "wrong value", "senderRole is assistant", doing_after(_as_assistant))
    yield mutant("send_message", "wrong value", "answers the question itself in AI mode", _question_back)
    yield mutant("send_message", "wrong value", "the AI answers in manual mode", _ai_always)
    yield mutant("send_message", "wrong value", "the answer names no question", doing_after(_orphaned))
    yield mutant("send_message", "duplicated", "the question is stored twice", doing_after(_twice))
    yield mutant("send_message_async", "wrong value", "answered at once", _answered_at_once)
    yield mutant(
        "get_message_response",
        "lifecycle",
        "never completed",
        telling(lambda value: {"status": "pending", "message": None, "error": None}),
    )
    yield mutant("get_message_response", "lifecycle", "completed without a message", telling(setting(message=None)))
    yield mutant("get_message_response", "lifecycle", "pending with the message", telling(setting(status="pending")))
    yield mutant(
        "get_message_response",
        "lifecycle",
        "failed",
        telling(lambda value: {**value, "status": "failed", "message": None, "error": "It failed."}),
    )
    yield mutant("get_message_response", "lifecycle", "a new answer with every poll", _answer_again)
    yield mutant("get_message_response", "cross-parent leak", "a message of any conversation", _any_message)
    yield mutant(
        "get_message_response",
        "missing answered",
        "an unknown message is pending",
        inventing(lambda state, call: {"status": "pending", "message": None, "error": None}),
    )
    yield mutant("get_conversation", "cross-parent leak", "another agent's conversation", _any_agent)
    yield mutant("update_conversation", "cross-parent leak", "another agent's conversation", _any_agent)
    yield mutant("list_conversations", "cross-parent leak", "all agents' conversations", _all_agents)
    yield mutant("list_conversation_states", "cross-parent leak", "the other agent's states", _other_states)
    yield mutant("list_messages", "cross-parent leak", "messages of all conversations", _all_messages)
    yield mutant(
        "list_messages", "list incomplete", "ten at most", telling(lambda value: {"messages": value["messages"][:10]})
    )
    yield mutant(
        "list_messages",
        "list incomplete",
        "without the latest",
        telling(lambda value: {"messages": value["messages"][:-1]}),
    )

    yield from _users(mutant)
    yield from _files(mutant)
    yield from _feedbacks(mutant)
    yield from _prompts(mutant)
    yield from _webhooks(mutant)
    yield from _agents(mutant)

    def whole(operator: str, operations: tuple[str, ...], change: str, fault: Fault) -> Mutant:
        return BehaviourMutant("raia", operator, operations, change, fault)

    yield whole("wrong value", ("send_message",), "the reply is empty", method_of(State, "reply", _empty_reply))
    yield whole("id not unique", ("create_conversation",), "always the same", method_of(State, "create", _same_id))


def _store(state: Any, call: Call, value: Any, **fields: Any) -> bool:
    stored = state.memory.agents[call.tenant].conversations[value["id"]].shown
    changed = any(stored.get(name) != each for name, each in fields.items())
    stored |= fields
    value |= fields
    return changed


def _found(state: Any, call: Call) -> Any:
    return state.memory.agents[call.tenant].conversations.get(call.parameters["conversationId"])


def _set(state: Any, call: Call, **fields: Any) -> bool:
    found = _found(state, call)
    if found is None or all(found.shown.get(name) == value for name, value in fields.items()):
        return False
    found.shown |= fields
    return True


def _oversize(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    page = proceed(state, call)
    found = proceed(state, attrs.evolve(call, parameters={**call.parameters, "page": 1, "pageSize": 10**6}))["data"]
    start = (page["currentPage"] - 1) * page["pageSize"]
    if len(found) <= start + page["pageSize"]:
        return page
    fire()
    return {**page, "data": found[start : start + page["pageSize"] + 1]}


def _undersize(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    page = proceed(state, call)
    if len(page["data"]) < max(2, page["pageSize"]):
        return page
    fire()
    return {**page, "data": page["data"][:-1]}


def _keyword_in_case(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    class Exact(str):
        __slots__ = ()

        def casefold(self) -> str:
            return str(self)

    if "searchKeyword" not in call.parameters:
        return proceed(state, call)
    expected = proceed(state, call)
    exact = attrs.evolve(call, parameters={**call.parameters, "searchKeyword": Exact(call.parameters["searchKeyword"])})
    found = proceed(state, exact)
    if found != expected:
        fire()
    return found


def _keyword_without_user(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    page = proceed(state, call)
    keyword = call.parameters.get("searchKeyword", "").casefold()
    if not keyword:
        return page
    agent = state.memory.agents[call.tenant]
    hidden = copy.deepcopy(state.memory)
    for conversation in agent.conversations.values():
        conversation.user.pop("email", None)
    for user in agent.users.values():
        user.pop("email", None)
    found = copy.deepcopy(proceed(state, call))
    state.memory = hidden
    kept = [each for each in page["data"] if each["id"] in {other["id"] for other in found["data"]}]
    if found["totalItems"] != page["totalItems"]:
        fire()
    return {**found, "data": kept}


def _by_creation(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    expected = copy.deepcopy(proceed(state, call))

    def between(agent: Any, start: Any, end: Any) -> Any:
        return [
            each
            for each in agent.conversations.values()
            if (start is None or start <= instant(each.shown["createdAt"]))
            and (end is None or instant(each.shown["createdAt"]) <= end)
        ]

    with patch.object(routes, "_between", between):
        found = proceed(state, call)
    if found != expected:
        fire()
    return found


def _exclusive(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    expected = copy.deepcopy(proceed(state, call))
    before = routes._between

    def between(agent: Any, start: Any, end: Any) -> Any:
        return before(agent, start, end and end - timedelta(milliseconds=1))

    with patch.object(routes, "_between", between):
        found = proceed(state, call)
    if found != expected:
        fire()
    return found


def _ghosts(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    """List for ever what was listed once."""
    agent = state.memory.agents[call.tenant]
    ghosts = state.__dict__.setdefault("causerie_ghosts", {}).setdefault(call.tenant, {})
    back = {key: each for key, each in ghosts.items() if key not in agent.conversations}
    ghosts |= agent.conversations
    expected = copy.deepcopy(proceed(state, call)) if back else None
    agent.conversations.update(back)
    try:
        found = copy.deepcopy(proceed(state, call))
    finally:
        for key in back:
            del agent.conversations[key]
    if back and found != expected:
        fire()
    return found


def _with_mode(state: Any, call: Call, value: Any) -> bool:
    return _store(state, call, value, mode="manual")


def _one_for_each_user(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    for conversation in state.memory.agents[call.tenant].conversations.values():
        if conversation.user["id"] == call.body["conversationUserId"]:
            fire()
            return routes._shown(conversation)
    return proceed(state, call)


def _goes_on(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = proceed(state, call)
    conversations = state.memory.agents[call.tenant].conversations
    user = conversations[value["conversationId"]].user
    for conversation in conversations.values():
        if conversation.user is user and conversation.id != value["conversationId"]:
            fire()
            del conversations[value["conversationId"]]
            return {"conversationId": conversation.id}
    return value


def _silent_start(state: Any, call: Call, value: Any) -> bool:
    state.memory.agents[call.tenant].conversations[value["conversationId"]].messages.clear()
    return True


def _api_source(state: Any, call: Call, value: Any) -> bool:
    for message in state.memory.agents[call.tenant].conversations[value["conversationId"]].messages.values():
        message.shown["source"] = "api"
    return True


def _first_names_stay(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    agent = state.memory.agents[call.tenant]
    address = call.body["email" if call.body["channel"] == "email" else "phoneNumber"]
    known = dict(agent.users.get(agent.addresses.get(address, ""), {}))
    value = proceed(state, call)
    user = agent.users[agent.addresses[address]]
    if any(user[name] != each for name, each in known.items()):
        fire()
        user |= known
    return value


def _forget_addresses(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    addresses = state.memory.agents[call.tenant].addresses
    if call.body["email" if call.body["channel"] == "email" else "phoneNumber"] in addresses:
        fire()
    addresses.clear()
    return proceed(state, call)


def _put_resets(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _found(state, call)
    for name in ("title", "metadata", "conversationStateId"):
        if found is not None and name not in call.body and name in found.shown:
            del found.shown[name]
            fire()
    return proceed(state, call)


def _grow(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _found(state, call)
    title = call.body.get("title")
    if found is None or not title or found.shown.get("title") != title:
        return proceed(state, call)
    fire()
    return proceed(state, attrs.evolve(call, body={**call.body, "title": title * 2}))


def _retitle_all(state: Any, call: Call, value: Any) -> bool:
    done = False
    for conversation in state.memory.agents[call.tenant].conversations.values():
        if "title" in call.body and conversation.user["id"] == value["conversationUserId"]:
            done |= conversation.shown.get("title") != call.body["title"]
            conversation.shown["title"] = call.body["title"]
    return done


def _stale(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _found(state, call)
    before = None if found is None else copy.deepcopy(routes._shown(found))
    value = proceed(state, call)
    if value != before:
        fire()
    return before


def _mode_of_all(state: Any, call: Call, value: Any) -> bool:
    done = False
    for conversation in state.memory.agents[call.tenant].conversations.values():
        done |= conversation.shown["mode"] != value["mode"]
        conversation.shown["mode"] = value["mode"]
    return done


def _untouched(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _found(state, call)
    before = None if found is None else found.shown["updatedAt"]
    value = copy.deepcopy(proceed(state, call))
    if found is not None and found.shown["updatedAt"] != before:
        fire()
        found.shown["updatedAt"] = before
        if "updatedAt" in value:
            value["updatedAt"] = before
    return value


def _delete_all(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    proceed(state, call)
    conversations = state.memory.agents[call.tenant].conversations
    if conversations:
        fire()
    conversations.clear()


def _delete_everywhere(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    for tenant, agent in enumerate(state.memory.agents):
        before = len(agent.conversations)
        proceed(state, attrs.evolve(call, tenant=tenant))
        if tenant != call.tenant and len(agent.conversations) != before:
            fire()


def _delete_first(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    conversations = state.memory.agents[call.tenant].conversations
    user_id = call.body["conversationUserId"]
    doomed = [each.id for each in conversations.values() if each.user["id"] == user_id]
    if len(doomed) > 1:
        fire()
    for key in doomed[:1]:
        del conversations[key]


def _delete_needs_some(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    conversations = state.memory.agents[call.tenant].conversations
    if not any(each.user["id"] == call.body["conversationUserId"] for each in conversations.values()):
        fire()
        raise Problem(404, "There is no such conversation.")
    return proceed(state, call)


def _found_again(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    """Find for ever what was found once."""
    seen = state.__dict__.setdefault("causerie_seen", {})
    key = call.tenant, call.parameters["conversationId"]
    try:
        value = proceed(state, call)
    except Problem:
        if key not in seen:
            raise
        fire()
        return seen[key]
    seen[key] = copy.deepcopy(value)
    return value


def _upsert(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    if _found(state, call) is None:
        fire()
        agent = state.memory.agents[call.tenant]
        state.create(agent, state.known_user(agent, "new"), {"id": call.parameters["conversationId"]})
    return proceed(state, call)


def _upsert_manual(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    if _found(state, call) is None:
        fire()
        agent = state.memory.agents[call.tenant]
        fields = {"id": call.parameters["conversationId"], "mode": "manual"}
        state.create(agent, state.known_user(agent, "new"), fields)
    return proceed(state, call)


def _manual_always(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _found(state, call)
    if found is None or found.shown["mode"] == "manual":
        return proceed(state, call)
    fire()
    found.shown["mode"] = "manual"
    try:
        return copy.deepcopy(proceed(state, call))
    finally:
        found.shown["mode"] = "ai"


def _manual_by_voice(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _found(state, call)
    if found is None or found.source != "voice" or found.shown["mode"] != "manual":
        return proceed(state, call)
    fire()
    found.source = "api"
    try:
        return copy.deepcopy(proceed(state, call))
    finally:
        found.source = "voice"


def _as_assistant(state: Any, call: Call, value: Any) -> bool:
    _found(state, call).messages[value["id"]].shown["senderRole"] = value["senderRole"] = "assistant"
    return True


def _question_back(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _found(state, call)
    value = proceed(state, call)
    if value["senderRole"] != "assistant":
        return value
    fire()
    return found.messages[value["conversationMessageId"]].shown


def _ai_always(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _found(state, call)
    if found is None or found.shown["mode"] == "ai":
        return proceed(state, call)
    fire()
    found.shown["mode"] = "ai"
    try:
        return copy.deepcopy(proceed(state, call))
    finally:
        found.shown["mode"] = "manual"


def _orphaned(state: Any, call: Call, value: Any) -> bool:
    if value["conversationMessageId"] == value["id"]:
        return False
    _found(state, call).messages[value["id"]].shown["conversationMessageId"] = value["id"]
    value["conversationMessageId"] = value["id"]
    return True


def _twice(state: Any, call: Call, value: Any) -> bool:
    state.say(_found(state, call), "conversation_user", call.body["message"])
    return True


def _answered_at_once(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = copy.deepcopy(proceed(state, call))
    found = _found(state, call)
    question = found.messages[value["id"]]
    if question.pending is not None:
        fire()
        state.reply(found, question)
    return value


def _answer_again(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = proceed(state, call)
    found = _found(state, call)
    question = found.messages[call.parameters["messageId"]]
    if value["status"] != "completed" or question.shown["senderRole"] != "conversation_user":
        return value
    seen = state.__dict__.setdefault("causerie_answered", set())
    if question.id in seen:
        fire()
        return {**value, "message": state.reply(found, question).shown}
    seen.add(question.id)
    return value


def _any_message(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    if _found(state, call) is not None:
        for conversation in state.memory.agents[call.tenant].conversations.values():
            if call.parameters["messageId"] in conversation.messages:
                if conversation.id != call.parameters["conversationId"]:
                    fire()
                return proceed(
                    state, attrs.evolve(call, parameters={**call.parameters, "conversationId": conversation.id})
                )
    return proceed(state, call)


def _any_agent(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    for tenant, agent in enumerate(state.memory.agents):
        if call.parameters["conversationId"] in agent.conversations:
            if tenant != call.tenant:
                fire()
            return proceed(state, attrs.evolve(call, tenant=tenant))
    return proceed(state, call)


def _all_agents(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    page = proceed(state, call)
    other = proceed(state, attrs.evolve(call, tenant=1 - call.tenant))
    if other["data"]:
        fire()
    return {**page, "data": page["data"] + other["data"], "totalItems": page["totalItems"] + other["totalItems"]}


def _other_states(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    fire()
    return proceed(state, attrs.evolve(call, tenant=1 - call.tenant))


def _all_messages(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = proceed(state, call)
    others = [
        message.shown
        for conversation in state.memory.agents[call.tenant].conversations.values()
        for message in conversation.messages.values()
        if conversation.id != call.parameters["conversationId"]
    ]
    if others:
        fire()
    return {"messages": value["messages"] + others}


def _empty_reply(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def reply(self: Any, conversation: Any, question: Any) -> Any:
        fire()
        return self.say(conversation, "assistant", "", question_id=question.id)

    return reply


def _same_id(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def create(self: Any, agent: Any, user: Any, fields: Any, **more: Any) -> Any:
        if "same" in agent.conversations:
            fire()
        return before(self, agent, user, {**fields, "id": "same"}, **more)

    return create


# --- Users


def _users(mutant: Callable[..., Mutant]) -> Iterator[Mutant]:
    creating, finding = functools.partial(mutant, "create_user"), functools.partial(mutant, "find_user")
    yield creating("duplicated", "who exists is created again", _user_again)
    yield creating("duplicated", "who exists is answered", _user_there)
    yield creating("returned id is not the stored one", "id", telling(lambda value: {**value, "id": value["id"][::-1]}))
    yield creating("wrong default", "isAnonymized is true", telling(setting(isAnonymized=True)))
    yield creating("wrong value", "one store for conversations, one for others", _user_apart)
    for name in ("email", "phoneNumber", "fkId"):
        yield finding("filter ignored", name, _unasked(name))
    yield finding("wrong value", "no conversations", telling(setting(conversationIds=[])))
    yield finding("cross-parent leak", "conversations of all users", _all_conversations)
    yield finding("missing answered", "the first user", inventing(_first_user))
    yield finding("cross-parent leak", "another agent's user", _of_any_agent)
    yield mutant("get_user", "cross-parent leak", "another agent's user", _of_any_agent)
    yield mutant("get_user", "deleted still there", "found by its id", _user_got_again)
    yield mutant("get_user", "wrong value", "the first user", _first_instead)
    deleting = functools.partial(mutant, "delete_user")
    yield deleting("delete incomplete", "the conversations stay", _conversations_stay)
    yield deleting("delete cascades", "all users", _delete_users)
    yield deleting("missing answered", "a second deletion succeeds", inventing(lambda state, call: None))


def _agent(state: Any, call: Call) -> Any:
    return state.memory.agents[call.tenant]


def _user_again(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    given = {name: call.body[name] for name in users._KNOWN_BY if name in call.body}
    if any(users._found(_agent(state, call), {name: value}) for name, value in given.items()):
        fire()
    with patch.object(users, "_found", lambda agent, wanted: None):
        return proceed(state, call)


def _user_there(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    for name in users._KNOWN_BY:
        if name in call.body:
            found = users._found(_agent(state, call), {name: call.body[name]})
            if found is not None:
                fire()
                return found
    return proceed(state, call)


def _user_apart(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    """Start a conversation without finding the user."""
    value = proceed(state, call)
    addresses = _agent(state, call).addresses
    for name in ("email", "phoneNumber"):
        if addresses.pop(call.body.get(name, ""), None) is not None:
            fire()
    return value


def _unasked(name: str) -> Around:
    """Search without one of the parameters, where there is another."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        others = {key: value for key, value in call.parameters.items() if key != name}
        if name not in call.parameters or not others:
            return proceed(state, call)
        fire()
        return proceed(state, attrs.evolve(call, parameters=others))

    return around


def _all_conversations(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = proceed(state, call)
    every = list(_agent(state, call).conversations)
    if every != value["conversationIds"]:
        fire()
    return {**value, "conversationIds": every}


def _first_user(state: Any, call: Call) -> Any:
    return {"user": next(iter(_agent(state, call).users.values())), "conversationIds": []}


def _of_any_agent(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    try:
        return proceed(state, call)
    except Problem:
        value = proceed(state, attrs.evolve(call, tenant=1 - call.tenant))
        fire()
        return value


def _user_got_again(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    seen = state.__dict__.setdefault("causerie_users", {})
    key = call.tenant, call.parameters["userId"]
    try:
        value = proceed(state, call)
    except Problem:
        if key not in seen:
            raise
        fire()
        return seen[key]
    seen[key] = copy.deepcopy(value)
    return value


def _first_instead(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = proceed(state, call)
    first = next(iter(_agent(state, call).users.values()))
    if first != value:
        fire()
    return first


def _conversations_stay(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    agent = _agent(state, call)
    before = dict(agent.conversations)
    proceed(state, call)
    if len(agent.conversations) != len(before):
        fire()
        agent.conversations.update(before)


def _delete_users(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    proceed(state, call)
    if _agent(state, call).users:
        fire()
    _agent(state, call).users.clear()


# --- Files


def _files(mutant: Callable[..., Mutant]) -> Iterator[Mutant]:
    uploading, downloading = (functools.partial(mutant, name) for name in ("create_upload_url", "get_download_url"))
    yield uploading("duplicated", "one storage path for a name", _one_path)
    yield uploading("wrong value", "the URL is one to read from", _read_only)
    yield downloading("wrong value", "another file's id", telling(setting(fileId="another")))
    yield downloading("wrong value", "the URL of the file that was uploaded first", _first_upload)
    yield downloading("cross-parent leak", "a file of any conversation", _any_file)
    yield downloading(
        "missing answered",
        "a URL for what there is not",
        inventing(lambda state, call: {"signedUrl": "https://mock/", "fileId": call.parameters["fileId"]}),
    )


def _one_path(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    fire()
    with patch.object(state.world.ids, "token", lambda length: "x" * length):
        return proceed(state, call)


def _read_only(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    before = files._signed
    fire()

    def signed(state: Any, call: Call, _: str, path: str, media_type: str) -> str:
        return before(state, call, "GET", path, "")

    with patch.object(files, "_signed", signed):
        return proceed(state, call)


def _first_upload(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = proceed(state, call)
    first = next(iter(_agent(state, call).uploads))
    url = files._signed(state, call, "GET", first, "")
    if url != value["signedUrl"]:
        fire()
    return {**value, "signedUrl": url}


def _any_file(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    try:
        return proceed(state, call)
    except Problem:
        for conversation in _agent(state, call).conversations:
            with contextlib.suppress(Problem):
                value = proceed(
                    state, attrs.evolve(call, parameters={**call.parameters, "conversationId": conversation})
                )
                fire()
                return value
        raise


# --- Feedbacks


def _feedbacks(mutant: Callable[..., Mutant]) -> Iterator[Mutant]:
    saving = functools.partial(mutant, "save_message_feedback")
    yield saving("duplicated", "a second vote is another one", _vote_again)
    yield saving("not persisted", "a second vote changes nothing", _vote_once)
    yield saving("cross-parent leak", "one vote for all users", _one_voter)
    yield saving("wrong value", "down for up", hearing(_inverted))
    yield saving("wrong value", "createdAt moves too", doing_after(_reborn))
    yield saving("timestamp not updated", "updatedAt stays", _unmoved_vote)
    yield saving("child on a missing parent", "makes the user", doing_before(_make_voter))
    yield saving("list incomplete", "the message does not show it", doing_after(_unlinked))


def _votes(state: Any, call: Call) -> Iterator[tuple[Any, Any]]:
    for conversation in _agent(state, call).conversations.values():
        for feedback in conversation.feedbacks:
            if feedback.message_id == call.body["conversationMessageId"]:
                yield conversation, feedback


def _vote_again(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    for _, feedback in _votes(state, call):
        if feedback.user_id == call.body["userId"]:
            fire()
            feedback.user_id = None
    return proceed(state, call)


def _vote_once(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    for _, feedback in _votes(state, call):
        if feedback.user_id == call.body["userId"]:
            fire()
            saved = {name: each for name, each in feedback.shown.items() if name != "userEmail"}
            return {**saved, "conversationMessageId": feedback.message_id}
    return proceed(state, call)


def _one_voter(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    for _, feedback in _votes(state, call):
        if feedback.user_id not in {None, call.body["userId"]}:
            fire()
            feedback.user_id = call.body["userId"]
    return proceed(state, call)


def _inverted(body: dict[str, Any]) -> bool:
    body["voteType"] = "down" if body["voteType"] == "up" else "up"
    return True


def _reborn(state: Any, call: Call, value: Any) -> bool:
    for _, feedback in _votes(state, call):
        if feedback.shown["id"] == value["id"] and value["createdAt"] != value["updatedAt"]:
            feedback.shown["createdAt"] = value["createdAt"] = value["updatedAt"]
            return True
    return False


def _unmoved_vote(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    before = {feedback.shown["id"]: feedback.shown["updatedAt"] for _, feedback in _votes(state, call)}
    value = copy.deepcopy(proceed(state, call))
    for _, feedback in _votes(state, call):
        if feedback.shown["id"] == value["id"] and value["id"] in before:
            fire()
            feedback.shown["updatedAt"] = value["updatedAt"] = before[value["id"]]
    return value


def _make_voter(state: Any, call: Call) -> bool:
    agent = _agent(state, call)
    unknown = call.body["userId"] not in agent.users
    state.known_user(agent, call.body["userId"])
    return unknown


def _unlinked(state: Any, call: Call, value: Any) -> bool:
    for _, feedback in list(_votes(state, call)):
        if feedback.shown["id"] == value["id"]:
            feedback.message_id = "nowhere"
            return True
    return False


# --- Prompts


def _prompts(mutant: Callable[..., Mutant]) -> Iterator[Mutant]:
    sending, polling = functools.partial(mutant, "send_prompt"), functools.partial(mutant, "get_prompt_response")
    yield sending("lifecycle", "pending", telling(setting(status="pending", response=None, totalTokens=None)))
    yield mutant(
        "send_prompt_async",
        "returned id is not the stored one",
        "promptId",
        telling(lambda value: {"promptId": value["promptId"][::-1]}),
    )
    yield polling("lifecycle", "never ready", telling(lambda value: None))
    yield polling("lifecycle", "a new response with every poll", _prompt_again)
    yield polling("lifecycle", "failed", telling(lambda value: value and {**value, "status": "failed"}))
    yield polling("lifecycle", "null after it was ready", _prompt_lost)
    yield polling("cross-parent leak", "another agent's prompt", _of_any_agent)
    yield polling("missing answered", "an unknown prompt is not ready", inventing(lambda state, call: None))


def _prompt_again(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = proceed(state, call)
    seen = state.__dict__.setdefault("causerie_prompts", [])
    if value is not None:
        seen.append(call.parameters["promptId"])
        if seen.count(call.parameters["promptId"]) > 1:
            fire()
            return {**value, "response": f"{value['response']} again"}
    return value


def _prompt_lost(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = proceed(state, call)
    seen = state.__dict__.setdefault("causerie_prompts", set())
    if value is not None and call.parameters["promptId"] in seen:
        fire()
        return None
    if value is not None:
        seen.add(call.parameters["promptId"])
    return value


# --- Webhooks


def _webhooks(mutant: Callable[..., Mutant]) -> Iterator[Mutant]:
    creating = functools.partial(mutant, "create_webhook")
    yield creating("not persisted", "the agent does not show it", doing_after(_unkept))
    yield creating("wrong default", "inactive", telling(setting(status="inactive")))
    yield creating("wrong value", "the other agent", _other_agent)
    yield creating("id not unique", "always the same", telling(setting(id="5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b")))
    yield creating("closed state accepts writes", "plain HTTP", _also("http://"))
    yield creating("closed state accepts writes", "private addresses", _also("https://"))
    yield creating("wrong value", "the trigger of the first", telling(setting(triggerCondition="each_message")))


def _unkept(state: Any, call: Call, value: Any) -> bool:
    del _agent(state, call).webhooks[value["id"]]
    return True


def _other_agent(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    fire()
    return {**proceed(state, call), "agentId": state.memory.agents[0].id}


def _also(scheme: str) -> Around:
    """Accept every URL with this scheme."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        url = call.body["url"]
        if not url.startswith(scheme) or webhooks._is_public(url):
            return proceed(state, call)
        fire()
        with patch.object(webhooks, "_is_public", lambda _: True):
            return proceed(state, call)

    return around


# --- The agent and its users


def _agents(mutant: Callable[..., Mutant]) -> Iterator[Mutant]:
    reading, listing = functools.partial(mutant, "get_agent"), functools.partial(mutant, "list_users")
    yield reading("cross-parent leak", "the other agent", _foreign)
    yield reading("wrong value", "another id", telling(lambda value: {**value, "id": value["id"][::-1]}))
    yield reading("list incomplete", "without the latest webhook", telling(_fewer_webhooks))
    yield reading("list incomplete", "without its skills but one", telling(_fewer_skills))
    for name in ("page", "pageSize", "orderDirection"):
        yield listing("parameter ignored", name, ignoring(name))
    yield listing("total wrong", "one more", telling(lambda page: {**page, "totalItems": page["totalItems"] + 1}))
    yield listing("hasNextPage wrong", "never", telling(setting(hasNextPage=False)))
    yield listing("cross-parent leak", "the users of the other agent", _foreign)
    yield mutant("create_prompt_upload_url", "duplicated", "one storage path for a name", _one_path)
    yield mutant("create_prompt_upload_url", "wrong value", "the URL is one to read from", _read_only)


def _foreign(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    fire()
    return proceed(state, attrs.evolve(call, tenant=1 - call.tenant))


def _fewer_webhooks(value: dict[str, Any]) -> dict[str, Any]:
    *others, last = value["skills"]
    return {**value, "skills": [*others, {**last, "webhooks": last["webhooks"][:-1]}]}


def _fewer_skills(value: dict[str, Any]) -> dict[str, Any]:
    return {**value, "skills": value["skills"][-1:]}
