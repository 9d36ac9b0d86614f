"""Faults of Convocore's behaviour."""

from __future__ import annotations

import contextlib
import copy
import functools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from causerie_mock._exchange import Problem
from causerie_mock._vendor import Call
from causerie_mock.convocore import routes, sheet
from causerie_mock.convocore.state import Agent, State
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
        "update_conversation": "update",
        "delete_conversation": "delete",
        "assign_conversation": "update",
        "replace_messages": "update",
    },
    stored={
        "create_conversation": (
            "conversation",
            ("userName", "tags", "state", "vapi", "leadScore", "isTest", "handoffHistory", "userID", "lang", "origin"),
        ),
        "update_conversation": (
            "conversation",
            ("userEmail", "tags", "state", "voice", "ratingFrom5", "isBlocked", "ts", "title", "userID", "metrics"),
        ),
        "assign_conversation": (None, ("delegatedBy",)),
        "replace_messages": (None, ("lgMessages", "updateConversationMetadata")),
    },
    texts={
        "create_conversation": ("conversation", ("userName",)),
        "update_conversation": ("conversation", ("userEmail",)),
        "assign_conversation": (None, ("assignToUserId",)),
    },
    lists={
        "create_conversation": ("conversation", ("tags",)),
        "update_conversation": ("conversation", ("tags",)),
        "replace_messages": (None, ("turns",)),
    },
)


def mutants() -> Iterator[Mutant]:
    """All of them."""
    mutant = functools.partial(around_operation, "convocore")

    def data(value: Any, **fields: Any) -> Any:
        return {**value, "data": {**value["data"], **fields}}

    yield mutant(
        "create_conversation",
        "returned id is not the stored one",
        "ID",
        telling(lambda value: data(value, ID=value["data"]["ID"] + "0")),
    )
    yield mutant(
        "create_conversation",
        "wrong default",
        "userID is empty",
        doing_after(
            lambda state, call, value: (
                False if "userID" in call.body["conversation"] else _store(state, call, value, userID="")
            )
        ),
    )
    yield mutant(
        "create_conversation",
        "wrong default",
        "messagesNum is 0",
        hearing(lambda body: body.setdefault("messagesNum", 0) == 0, "conversation"),
    )
    yield mutant(
        "create_conversation",
        "wrong default",
        "state is ai-chatting",
        hearing(lambda body: body.setdefault("state", "ai-chatting") == "ai-chatting", "conversation"),
    )
    yield mutant(
        "create_conversation",
        "wrong value",
        "ts is the server's time",
        hearing(lambda body: body.update(ts=1) is None, "conversation"),
    )
    yield mutant(
        "create_conversation", "message wrong", "names no id", telling(setting(message="Successfully created"))
    )
    yield mutant("get_conversation", "message wrong", "another sentence", telling(setting(message="OK")))
    yield mutant("create_conversation", "success wrong", "false", telling(setting(success=False)))
    yield mutant("update_conversation", "success wrong", "false", telling(setting(success=False)))
    yield mutant(
        "create_conversation",
        "child on a missing parent",
        "makes the agent",
        doing_before(_new_agent),
    )
    yield mutant("update_conversation", "child on a missing parent", "makes the conversation", inventing(_upsert))
    yield mutant(
        "get_conversation",
        "missing answered",
        "an empty conversation",
        inventing(lambda state, call: {"success": True, "message": "Conversation retrieved successfully", "data": {}}),
    )
    yield mutant("update_conversation", "PATCH resets other fields", "all of them", doing_before(_reset_others))
    yield mutant("update_conversation", "PATCH resets other fields", "notes alone", doing_before(_reset_notes))
    yield mutant("update_conversation", "nested object merged", "deep", _body_with_state(_deep))
    yield mutant("update_conversation", "list appended", "tags", _body_with_state(_append_tags))
    yield mutant(
        "update_conversation", "cross-parent leak", "changes all conversations of the agent", doing_after(_write_all)
    )
    yield mutant("update_conversation", "not idempotent", "title grows with every repetition", _body_with_state(_grow))
    yield mutant("update_conversation", "stale answer", "as it was before", _stale)
    yield from _lists(mutant)
    yield from _exports(mutant)
    yield from _lives(mutant)
    names = ("create_conversation", "get_conversation", "update_conversation")

    def whole(operator: str, operations: tuple[str, ...], change: str, fault: Fault) -> Mutant:
        return BehaviourMutant("convocore", operator, operations, change, fault)

    yield whole(
        "timestamp not updated",
        ("update_conversation",),
        "lastModified stays",
        method_of(State, "update", _frozen_update),
    )
    yield whole(
        "timestamp moves always",
        ("update_conversation",),
        "lastModified moves without a change",
        method_of(State, "update", _restless_update),
    )
    yield whole("server's field written", ("update_conversation",), "lastModified", _writable("lastModified"))
    yield whole("server's field written", ("create_conversation", "update_conversation"), "ID", _writable("ID"))
    yield whole("server's field written", ("create_conversation",), "countryCode", _writable("countryCode"))
    yield whole("id not unique", ("create_conversation",), "always the same", method_of(State, "create", _same_id))
    yield whole(
        "cross-parent leak",
        names,
        "another account's agent is let in",
        lambda fire: patch.object(routes, "_own_agent", lambda state, call: _unowned(state, call, fire)),
    )
    yield whole(
        "cross-parent leak",
        ("get_conversation", "update_conversation"),
        "agents share conversations",
        lambda fire: patch.object(routes, "_own_conversation", lambda state, call: _shared(state, call, fire)),
    )


def _store(state: Any, call: Call, value: Any, **fields: Any) -> bool:
    state.memory.agents[call.parameters["agentId"]].conversations[value["data"]["ID"]] |= fields
    value["data"] |= fields
    return True


def _new_agent(state: Any, call: Call) -> bool:
    agent_id = call.parameters["agentId"]
    if agent_id in state.memory.agents:
        return False
    state.memory.agents[agent_id] = Agent(call.tenant)
    return True


def _upsert(state: Any, call: Call) -> Any:
    conversation_id = call.parameters["conversationId"]
    conversation = {"ID": conversation_id, "userID": conversation_id, "ts": 1, "lastModified": 1}
    conversation |= {name: value for name, value in call.body["conversation"].items() if name not in conversation}
    agent = state.memory.agents.get(call.parameters["agentId"])
    if agent is not None:
        agent.conversations[conversation_id] = conversation
    return {"success": True, "message": "Conversation updated successfully", "data": conversation}


def _conversation(state: Any, call: Call) -> dict[str, Any] | None:
    agent = state.memory.agents.get(call.parameters["agentId"])
    return None if agent is None else agent.conversations.get(call.parameters["conversationId"])


def _reset_others(state: Any, call: Call) -> bool:
    conversation = _conversation(state, call)
    if conversation is None:
        return False
    kept = {"ID", "userID", "ts", "lastModified"}
    lost = conversation.keys() - kept - call.body["conversation"].keys()
    for name in lost:
        del conversation[name]
    return bool(lost)


def _reset_notes(state: Any, call: Call) -> bool:
    conversation = _conversation(state, call)
    if conversation is None or "notes" in call.body["conversation"]:
        return False
    return conversation.pop("notes", None) is not None


def _body_with_state(edit: Callable[[dict[str, Any], dict[str, Any]], bool]) -> Around:
    """The operation with another body, made with what is stored."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        body, stored = copy.deepcopy(call.body), _conversation(state, call)
        if stored is not None and edit(body["conversation"], stored):
            fire()
        return proceed(state, replace(call, body=body))

    return around


def _deep(body: dict[str, Any], stored: dict[str, Any]) -> bool:
    changed = False
    for name, value in body.items():
        before = stored.get(name)
        if isinstance(value, dict) and isinstance(before, dict):
            body[name] = {**before, **value}
            changed |= body[name] != value
    return changed


def _append_tags(body: dict[str, Any], stored: dict[str, Any]) -> bool:
    if not body.get("tags") or not stored.get("tags"):
        return False
    body["tags"] = stored["tags"] + body["tags"]
    return True


def _grow(body: dict[str, Any], stored: dict[str, Any]) -> bool:
    if not body.get("title") or body["title"] != stored.get("title"):
        return False
    body["title"] *= 2
    return True


def _write_all(state: Any, call: Call, value: Any) -> bool:
    conversations = state.memory.agents[call.parameters["agentId"]].conversations
    others = [each for each in conversations.values() if each["ID"] != value["data"]["ID"]]
    names = call.body["conversation"].keys() & {"userName", "title", "notes", "tags"}
    written = {name: call.body["conversation"][name] for name in names}
    for other in others:
        other.update(written)
    return bool(others and written)


def _stale(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    before = copy.deepcopy(_conversation(state, call))
    value = proceed(state, call)
    if before != value["data"]:
        fire()
    return {**value, "data": before}


def _frozen_update(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def update(self: Any, conversation: dict[str, Any], fields: Any) -> None:
        modified = conversation["lastModified"]
        before(self, conversation, fields)
        if conversation["lastModified"] != modified:
            fire()
        conversation["lastModified"] = modified

    return update


def _restless_update(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def update(self: Any, conversation: dict[str, Any], fields: Any) -> None:
        before(self, conversation, fields)
        if conversation["lastModified"] != self._now():
            fire()
        conversation["lastModified"] = self._now()

    return update


def _writable(name: str) -> Fault:
    def make(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
        def written(self: Any, fields: dict[str, Any]) -> dict[str, Any]:
            found = before(self, fields)
            if name in fields:
                fire()
                found[name] = fields[name]
            return found

        return written

    def make_update(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
        def update(self: Any, conversation: dict[str, Any], fields: dict[str, Any]) -> None:
            before(self, conversation, fields)
            if name in fields:
                conversation[name] = fields[name]

        return update

    @contextlib.contextmanager
    def fault(fire: Fire) -> Iterator[None]:
        with (
            patch.object(State, "_written", make(State._written, fire)),
            patch.object(State, "update", make_update(State.update, fire)),
        ):
            yield

    return fault


def _same_id(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def create(self: Any, agent_id: str, fields: Any) -> Any:
        conversation = before(self, agent_id, fields)
        conversations = self.memory.agents[agent_id].conversations
        if f"{agent_id}_1" in conversations:
            fire()
        del conversations[conversation["ID"]]
        conversation["ID"] = f"{agent_id}_1"
        conversations[conversation["ID"]] = conversation
        return conversation

    return create


def _unowned(state: Any, call: Call, fire: Fire) -> Any:
    agent = state.memory.agents.get(call.parameters["agentId"])
    if agent is None:
        raise Problem(404, "Agent not found")
    if agent.owner != call.tenant:
        fire()
    return agent


def _shared(state: Any, call: Call, fire: Fire) -> dict[str, Any]:
    own = routes._own_agent(state, call)
    for agent in state.memory.agents.values():
        conversation = agent.conversations.get(call.parameters["conversationId"])
        if conversation is not None:
            if agent is not own:
                fire()
            return conversation  # type: ignore[no-any-return]
    raise Problem(404, "Conversation not found")


# --- Lists


def _lists(mutant: Callable[..., Mutant]) -> Iterator[Mutant]:
    listing = functools.partial(mutant, "list_conversations")

    def page(edit: Callable[[Any], Any]) -> Around:
        return telling(lambda value: {**value, "data": edit(value["data"])})

    for name in ("page", "limit", "cursor"):
        yield listing("parameter ignored", name, ignoring(name))
    yield listing("page off by one", "the next page", asking("page", lambda number: (number or 1) + 1))
    yield listing("page too large", "one more than asked", asking("limit", lambda limit: limit and limit + 1))
    yield listing("page too small", "one fewer than asked", page(lambda data: data[:-1] if len(data) > 1 else data))
    yield listing("wrong default", "pages of 10", asking("limit", lambda limit: None if limit else 10))
    yield listing("order reversed", "of the page", page(lambda data: data[::-1]))
    yield listing("hasMore wrong", "never", _by_cursor(hasMore=False))
    yield listing("hasMore wrong", "always", _by_cursor(hasMore=True))
    yield listing("nextCursor wrong", "null though there is more", _by_cursor(nextCursor=None))
    yield listing("deleted still listed", "in the list", _ghosts)
    yield listing("cross-parent leak", "all agents' conversations", _all_agents)
    yield listing("stale answer", "as they were when they were listed first", _stale_list)


def _by_cursor(**fields: Any) -> Around:
    return telling(lambda value: {**value, **fields} if "hasMore" in value else value)


def _ghosts(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    """Whatever was listed once is listed for ever."""
    value = proceed(state, call)
    seen = state.__dict__.setdefault("causerie_seen", {})
    agent = state.memory.agents[call.parameters["agentId"]]
    gone = [each for key, each in seen.items() if key not in agent.conversations]
    seen |= {each["ID"]: copy.deepcopy(each) for each in value["data"]}
    if gone:
        fire()
    return {**value, "data": value["data"] + gone}


def _all_agents(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = proceed(state, call)
    others = [
        conversation
        for agent_id, agent in state.memory.agents.items()
        for conversation in agent.conversations.values()
        if agent_id != call.parameters["agentId"]
    ]
    if others:
        fire()
    return {**value, "data": value["data"] + others}


def _stale_list(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = copy.deepcopy(proceed(state, call))
    seen = state.__dict__.setdefault("causerie_listed", {})
    for index, each in enumerate(value["data"]):
        first = seen.setdefault(each["ID"], copy.deepcopy(each))
        if first != each:
            fire()
            value["data"][index] = copy.deepcopy(first)
    return value


# --- Exports


def _exports(mutant: Callable[..., Mutant]) -> Iterator[Mutant]:
    exporting = functools.partial(mutant, "export_conversations")

    def rows(edit: Callable[[list[Any]], list[Any]]) -> Around:
        return telling(
            lambda value: {**value, "data": edit(value["data"])} if isinstance(value["data"], list) else value
        )

    def table(edit: Callable[[str], str]) -> Around:
        return telling(
            lambda value: {**value, "data": edit(value["data"])} if isinstance(value["data"], str) else value
        )

    for name in ("format", "limit", "sort", "cursor"):
        yield exporting("parameter ignored", name, ignoring(name))
    for name in ("fromTs", "toTs", "convoIds"):
        yield exporting("filter ignored", name, ignoring(name))
    yield exporting("filter wrong", "toTs excluded", asking("toTs", lambda last: last and last - 1))
    yield exporting("filter wrong", "the first of the ids alone", asking("convoIds", lambda ids: ids and ids[:1]))
    yield exporting("list incomplete", "without the last", rows(lambda data: data[:-1]))
    yield exporting("list incomplete", "without messages", rows(lambda data: [{**each, "turns": []} for each in data]))
    yield exporting("order reversed", "of the export", rows(lambda data: data[::-1]))
    yield exporting("CSV wrong", "without its header row", table(lambda text: text.partition("\r\n")[2]))
    yield exporting("CSV wrong", "with semicolons", table(lambda text: text.replace(",", ";")))
    yield exporting("CSV wrong", "without its last row", table(lambda text: "\r\n".join(text.split("\r\n")[:-2])))
    yield exporting("CSV wrong", "in lower case", table(str.lower))
    one = functools.partial(mutant, "export_conversation")
    yield one("parameter ignored", "format", ignoring("format"))
    yield one("cross-parent leak", "another conversation", _another)
    yield one("list incomplete", "without messages", telling(_without_turns))
    yield mutant("get_conversation_details", "list incomplete", "without messages", telling(_without_turns))
    yield mutant("get_conversation_details", "cross-parent leak", "another conversation", _another)
    yield BehaviourMutant(
        "convocore",
        "CSV wrong",
        ("export_conversations", "export_conversation"),
        "objects as Python spells them",
        lambda fire: patch.object(sheet, "_cell", lambda value: _spelled(value, fire)),
    )


def _spelled(value: Any, fire: Fire) -> str:
    if not isinstance(value, str):
        fire()
    return str(value)


def _without_turns(value: Any) -> Any:
    return {**value, "data": {**value["data"], "turns": []}} if isinstance(value["data"], dict) else value


def _another(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    """The answer is about the first conversation of the agent."""
    value = proceed(state, call)
    first = next(iter(state.memory.agents[call.parameters["agentId"]].conversations))
    if first != call.parameters["conversationId"]:
        fire()
    return proceed(state, replace(call, parameters={**call.parameters, "conversationId": first})) or value


# --- Deletion, assignment, messages


def _lives(mutant: Callable[..., Mutant]) -> Iterator[Mutant]:
    deleting = functools.partial(mutant, "delete_conversation")
    yield deleting("delete cascades", "all of the agent", doing_after(_delete_all))
    yield deleting(
        "missing answered",
        "a second deletion succeeds",
        inventing(lambda state, call: {"success": True, "message": "Conversation deleted successfully"}),
    )
    yield deleting("success wrong", "false", telling(setting(success=False)))
    yield mutant("get_conversation", "deleted still there", "found by its id", _found_again)
    yield mutant("export_conversation", "deleted still there", "found by its id", _found_again)
    assigning = functools.partial(mutant, "assign_conversation")
    yield assigning("wrong value", "somebody else is named", telling(setting(assignedUser={"id": "somebody"})))
    yield assigning("wrong value", "who delegates gets it", hearing(_mixed_up))
    yield assigning("timestamp not updated", "lastModified stays", _unmoved)
    yield assigning("PATCH resets other fields", "title", doing_before(_reset_title))
    yield assigning("cross-parent leak", "assigns all conversations", doing_after(_assign_all))
    replacing = functools.partial(mutant, "replace_messages")
    yield replacing("list appended", "turns", _appended)
    yield replacing("PATCH resets other fields", "lgMessages", doing_before(_reset_messages))
    yield replacing(
        "wrong default",
        "the conversation follows",
        hearing(lambda body: body.setdefault("updateConversationMetadata", True)),
    )
    yield replacing("wrong value", "one message too many is counted", doing_after(_miscounted))
    yield replacing("cross-parent leak", "replaces those of all conversations", doing_after(_replace_all))


def _delete_all(state: Any, call: Call, value: Any) -> bool:
    conversations = state.memory.agents[call.parameters["agentId"]].conversations
    found = bool(conversations)
    conversations.clear()
    return found


def _found_again(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    """Whatever was got once can be got for ever."""
    seen = state.__dict__.setdefault("causerie_got", {})
    key = tuple(call.parameters.items())
    try:
        value = proceed(state, call)
    except Problem:
        if key not in seen:
            raise
        fire()
        return seen[key]
    seen[key] = copy.deepcopy(value)
    return value


def _mixed_up(body: dict[str, Any]) -> bool:
    if "delegatedBy" not in body:
        return False
    body["assignToUserId"], body["delegatedBy"] = body["delegatedBy"], body["assignToUserId"]
    return bool(body["assignToUserId"] != body["delegatedBy"])


def _unmoved(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    conversation = _conversation(state, call)
    before = None if conversation is None else conversation["lastModified"]
    value = proceed(state, call)
    if conversation is not None and conversation["lastModified"] != before:
        fire()
        conversation["lastModified"] = before
    return value


def _reset_title(state: Any, call: Call) -> bool:
    conversation = _conversation(state, call)
    return conversation is not None and conversation.pop("title", None) is not None


def _assign_all(state: Any, call: Call, value: Any) -> bool:
    done = False
    for conversation in state.memory.agents[call.parameters["agentId"]].conversations.values():
        done |= conversation.get("chatAssignedTo") != call.body["assignToUserId"]
        conversation["chatAssignedTo"] = call.body["assignToUserId"]
    return done


def _messages_of(state: Any, call: Call) -> dict[str, Any]:
    agent = state.memory.agents.get(call.parameters["agentId"])
    return {} if agent is None else agent.messages.get(call.parameters["conversationId"], {})


def _appended(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    turns = _messages_of(state, call).get("turns", [])
    if turns:
        fire()
    return proceed(state, replace(call, body={**call.body, "turns": turns + call.body["turns"]}))


def _reset_messages(state: Any, call: Call) -> bool:
    return "lgMessages" not in call.body and bool(_messages_of(state, call).pop("lgMessages", None))


def _miscounted(state: Any, call: Call, value: Any) -> bool:
    conversation = _conversation(state, call)
    if conversation is None or not call.body.get("updateConversationMetadata"):
        return False
    conversation["messagesNum"] += 1
    return True


def _replace_all(state: Any, call: Call, value: Any) -> bool:
    agent = state.memory.agents[call.parameters["agentId"]]
    others = [key for key in agent.conversations if key != call.parameters["conversationId"]]
    for key in others:
        agent.messages[key] = {"turns": copy.deepcopy(call.body["turns"])}
    return bool(others and call.body["turns"])
