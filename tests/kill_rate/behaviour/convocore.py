"""Faults of Convocore's behaviour."""

from __future__ import annotations

import contextlib
import copy
import functools
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import attrs

from causerie_mock._exchange import Problem
from causerie_mock._vendor import Call
from causerie_mock.convocore import access, sheet
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
        "send_messages": "update",
        "accept_handoff": "update",
        "interact": "create",
    },
    stored={
        "create_conversation": (
            "conversation",
            ("userName", "tags", "state", "vapi", "leadScore", "isTest", "handoffHistory", "userID", "lang", "origin"),
        ),
        "update_conversation": (
            "conversation",
            ("userEmail", "tags", "state", "voice", "ratingFrom5", "isBlocked", "ts", "title", "csat", "stage"),
        ),
        "assign_conversation": (None, ("delegatedBy", "note", "assigneesHint")),
        "replace_messages": (None, ("updateConversationMetadata",)),
        "send_messages": (None, ("message", "messages", "sourceLabel", "options")),
        "accept_handoff": (None, ("organizationId", "teamIds", "teamKeys")),
        "interact": (
            None,
            *(("sessionId", "lightConvoData", "disableRecordHistory", "isTest", "visualPayload", "responseMode"),),
        ),
    },
    texts={
        "create_conversation": ("conversation", ("userName",)),
        "update_conversation": ("conversation", ("userEmail",)),
        "assign_conversation": (None, ("assignToUserId",)),
        "send_messages": (None, ("message",)),
    },
    lists={
        "create_conversation": ("conversation", ("tags",)),
        "update_conversation": ("conversation", ("linkedChannels",)),
        "replace_messages": (None, ("turns",)),
        "send_messages": (None, ("messages",)),
        "accept_handoff": (None, ("teamIds",)),
    },
)


def mutants() -> Iterator[Mutant]:
    """Yield all mutants of Convocore's behaviour."""
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
    yield mutant("update_conversation", "list appended", "linkedChannels", _body_with_state(_append_channels))
    yield mutant("update_conversation", "list replaced", "tags", doing_after(_replaced_tags))
    yield mutant("update_conversation", "list appended", "tags, with duplicates", _doubled_tags)
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
    yield whole(
        "server's field written", ("create_conversation",), "what no document knows", _writable("unknownToTheDocument")
    )
    yield whole("id not unique", ("create_conversation",), "always the same", method_of(State, "create", _same_id))
    yield whole(
        "cross-parent leak",
        names,
        "another account's agent is let in",
        lambda fire: patch.object(access, "own_agent", lambda state, call: _unowned(state, call, fire)),
    )
    yield whole(
        "cross-parent leak",
        ("get_conversation", "update_conversation"),
        "agents share conversations",
        lambda fire: patch.object(access, "own_conversation", lambda state, call: _shared(state, call, fire)),
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
    """Run the operation with another body, which is made with what is stored."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        body, stored = copy.deepcopy(call.body), _conversation(state, call)
        if stored is not None and edit(body["conversation"], stored):
            fire()
        return proceed(state, attrs.evolve(call, body=body))

    return around


def _deep(body: dict[str, Any], stored: dict[str, Any]) -> bool:
    changed = False
    for name, value in body.items():
        before = stored.get(name)
        if isinstance(value, dict) and isinstance(before, dict):
            body[name] = {**before, **value}
            changed |= body[name] != value
    return changed


def _append_channels(body: dict[str, Any], stored: dict[str, Any]) -> bool:
    if not body.get("linkedChannels") or not stored.get("linkedChannels"):
        return False
    body["linkedChannels"] = stored["linkedChannels"] + body["linkedChannels"]
    return True


def _tagged(state: Any, call: Call, value: Any, tags: list[str]) -> bool:
    if value["data"]["tags"] == tags:
        return False
    state.memory.agents[call.parameters["agentId"]].conversations[value["data"]["ID"]]["tags"] = tags
    value["data"]["tags"] = tags
    return True


def _replaced_tags(state: Any, call: Call, value: Any) -> bool:
    sent = call.body["conversation"].get("tags")
    return sent is not None and _tagged(state, call, value, sent)


def _doubled_tags(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    stored = _conversation(state, call)
    before = list(stored.get("tags", [])) if stored else []
    value = copy.deepcopy(proceed(state, call))
    sent = call.body["conversation"].get("tags")
    if sent is not None and _tagged(state, call, value, before + sent):
        fire()
    return value


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
        if conversation["lastModified"] != self.now:
            fire()
        conversation["lastModified"] = self.now

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
    own = access.own_agent(state, call)
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
    """List for ever what was listed once."""
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
    yield mutant("get_conversation_details", "wrong value", "no message is counted", telling(_uncounted))
    yield mutant("get_conversation_details", "wrong value", "no recording", telling(setting(recordings=_NO_RECORDING)))
    for name in ("billableUsedThisRequest", "exportRequestCount"):
        yield exporting("wrong value", f"{name} is 0", telling(functools.partial(_free, name)))
    yield exporting("wrong value", "the bot's turns are the user's", telling(_spoken_by_users))
    yield exporting("wrong value", "mode is selected", telling(setting(mode="selected")))
    yield exporting("page too large", "all at once", asking("limit", lambda limit: 100 if limit else None))
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


_NO_RECORDING = {"current": None, "sessions": []}


def _uncounted(value: Any) -> Any:
    return {**value, "metadata": {**value["metadata"], "messagesNum": 0}}


def _free(name: str, value: Any) -> Any:
    return {**value, "usage": {**value["usage"], name: 0}}


def _spoken_by_users(value: Any) -> Any:
    if not isinstance(value["data"], list):
        return value
    rows = [{**row, "turns": [{**turn, "from": "user"} for turn in row["turns"]]} for row in value["data"]]
    return {**value, "data": rows}


def _without_turns(value: Any) -> Any:
    return {**value, "data": {**value["data"], "turns": []}} if isinstance(value["data"], dict) else value


def _another(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    """Answer about the first conversation of the agent."""
    value = proceed(state, call)
    first = next(iter(state.memory.agents[call.parameters["agentId"]].conversations))
    if first != call.parameters["conversationId"]:
        fire()
    return proceed(state, attrs.evolve(call, parameters={**call.parameters, "conversationId": first})) or value


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
    yield replacing("wrong default", "the conversation stays", hearing(_not_followed))
    yield replacing("wrong value", "one message too many is counted", doing_after(_miscounted))
    yield replacing("cross-parent leak", "replaces those of all conversations", doing_after(_replace_all))
    yield assigning(
        "list incomplete",
        "the first alone",
        telling(lambda value: {**value, "assignedUsers": value["assignedUsers"][:1]}),
    )
    yield from _talks(mutant)


def _delete_all(state: Any, call: Call, value: Any) -> bool:
    conversations = state.memory.agents[call.parameters["agentId"]].conversations
    found = bool(conversations)
    conversations.clear()
    return found


def _found_again(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    """Find for ever what was found once."""
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
    if not {"delegatedBy", "assignToUserId"} <= body.keys():
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
    user_id = value["assignedUser"]["id"]
    done = False
    for conversation in state.memory.agents[call.parameters["agentId"]].conversations.values():
        done |= conversation.get("chatAssignedTo") != user_id
        conversation["chatAssignedTo"] = user_id
    return done


def _messages_of(state: Any, call: Call) -> dict[str, Any]:
    agent = state.memory.agents.get(call.parameters["agentId"])
    return {} if agent is None else agent.messages.get(call.parameters["conversationId"], {})


def _appended(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    turns = _messages_of(state, call).get("turns", [])
    if turns:
        fire()
    return proceed(state, attrs.evolve(call, body={**call.body, "turns": turns + call.body["turns"]}))


def _not_followed(body: dict[str, Any]) -> bool:
    return "updateConversationMetadata" not in body and not body.setdefault("updateConversationMetadata", False)


def _miscounted(state: Any, call: Call, value: Any) -> bool:
    conversation = _conversation(state, call)
    if conversation is None or not call.body.get("updateConversationMetadata", True):
        return False
    conversation["messagesNum"] += 1
    return True


def _replace_all(state: Any, call: Call, value: Any) -> bool:
    agent = state.memory.agents[call.parameters["agentId"]]
    others = [key for key in agent.conversations if key != call.parameters["conversationId"]]
    for key in others:
        agent.messages[key] = {"turns": copy.deepcopy(call.body["turns"])}
    return bool(others and call.body["turns"])


# --- Turns, messages to people, sessions and summaries


def _talks(mutant: Callable[..., Mutant]) -> Iterator[Mutant]:
    def data(**fields: Any) -> Around:
        return telling(lambda value: {**value, "data": {**value["data"], **fields}})

    sending = functools.partial(mutant, "send_messages")
    yield sending("wrong value", "every channel can deliver", data(channelDeliverable=True))
    yield sending("wrong value", "all is delivered", data(delivered=True))
    yield sending("wrong value", "nothing is kept", data(persisted=False))
    yield sending("wrong value", "a dry run sends", hearing(functools.partial(_unheeded, "dryRun")))
    yield sending("wrong value", "a person is interrupted", hearing(functools.partial(_unheeded, "skipIfHumanHandoff")))
    yield sending("wrong value", "it is sent twice", doing_after(_sent_twice))
    taking = functools.partial(mutant, "accept_handoff")
    yield taking("wrong value", "the state stays", _same_state)
    yield taking(
        "wrong value", "somebody else accepts", hearing(lambda body: body.update(acceptedByUserId="x") is None)
    )
    turning = functools.partial(mutant, "interact")
    yield turning("wrong value", "the turn is not counted", doing_after(_uncounted_turn))
    yield turning("wrong value", "the answer has no text", telling(_speechless))
    yield turning("success wrong", "false", telling(setting(success=False)))
    listing = functools.partial(mutant, "list_workspace_sessions")
    for name in ("agentId", "origin", "page", "limit"):
        yield listing("parameter ignored", name, ignoring(name))
    yield listing("page off by one", "counted from 1", asking("page", lambda number: number - 1 if number else None))
    yield listing(
        "list incomplete", "without the last", telling(lambda value: {**value, "sessions": value["sessions"][:-1]})
    )
    yield listing(
        "order reversed", "of the page", telling(lambda value: {**value, "sessions": value["sessions"][::-1]})
    )
    summing = functools.partial(mutant, "generate_summaries")
    yield summing("list incomplete", "the first alone", telling(lambda value: {**value, "data": value["data"][:1]}))
    yield summing("order reversed", "of the summaries", telling(lambda value: {**value, "data": value["data"][::-1]}))


def _unheeded(name: str, body: dict[str, Any]) -> bool:
    return bool(body.get("options", {}).pop(name, False))


def _sent_twice(state: Any, call: Call, value: Any) -> bool:
    turns = _messages_of(state, call).get("turns", [])
    if not value["data"]["persisted"]:
        return False
    turns.append(copy.deepcopy(turns[-1]))
    return True


def _same_state(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    conversation = _conversation(state, call)
    before = None if conversation is None else conversation.get("state", "ai-chatting")
    value = proceed(state, call)
    if conversation is not None and conversation["state"] != before:
        fire()
        conversation["state"] = before
    return value


def _uncounted_turn(state: Any, call: Call, value: Any) -> bool:
    conversation = state.memory.agents[call.body["agentId"]].conversations.get(call.body["convoId"])
    return conversation is not None and conversation.pop("interactionsNum", None) is not None


def _speechless(value: Any) -> Any:
    return {name: each for name, each in value.items() if name not in {"assistantText", "lastBotMessage"}}
