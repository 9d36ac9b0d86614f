"""Records that are mixed up, that come back, or that are changed by what is no business of theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs

from causerie_mock import Reply
from tests.kill_rate.strangers.call import Call, value_of, with_value
from tests.kill_rate.strangers.edits import at, within
from tests.kill_rate.strangers.fault import Fault, on
from tests.kill_rate.strangers.line import Handler, Line


async def _once(call: Call, line: Line) -> Reply:
    """Answer an equal body as before, as if the client had tried again."""
    asked = (call.operation, call.request.path, call.request.body, call.credential)
    before: Reply | None = line.memory.get(asked)
    if before is not None:
        return before
    reply = line.forward(call)
    if reply.status < 300:
        line.memory[asked] = reply
    return reply


def reusing(delete: str, create: str, path: str) -> Handler:
    """Return a handler that gives the id of a removed record to the next that is made."""

    def replaced(call: Call, old: str, new: str) -> Call:
        request = call.request
        old_bytes, new_bytes = old.encode(), new.encode()
        call = attrs.evolve(
            call,
            request=attrs.evolve(
                request,
                path=request.path.replace(old_bytes, new_bytes),
                query=request.query.replace(old_bytes, new_bytes),
                body=request.body.replace(old_bytes, new_bytes),
            ),
        )
        return call.with_header("content-length", str(len(call.request.body))) if request.body else call

    async def handle(call: Call, line: Line) -> Reply:
        aliases: dict[str, str] = line.memory.setdefault("aliases", {})
        sent = call
        for shown, real in aliases.items():
            sent = replaced(sent, shown, real)
        reply = line.forward(sent)
        if reply.status >= 300:
            return reply
        if call.operation == delete:
            line.memory["free"] = next(reversed(call.names.values()))
        elif call.operation == create and "free" in line.memory:
            aliases[line.memory.pop("free")] = str(within(value_of(reply.body), path))
        body = reply.body
        for shown, real in aliases.items():
            body = body.replace(real.encode(), shown.encode())
        return reply if body == reply.body else with_value(reply, value_of(body))

    return handle


def _returning(polls: int) -> Handler:
    """Return a handler that calls a finished reply pending again after some polls."""

    async def handle(call: Call, line: Line) -> Reply:
        reply = line.forward(call)
        value = value_of(reply.body)
        if reply.status != 200 or not isinstance(value, dict) or value.get("status") != "completed":
            return reply
        seen = line.memory[call.request.path] = line.memory.get(call.request.path, 0) + 1
        emptied = {name: None for name in value if name != "status"}
        return with_value(reply, {**emptied, "status": "pending"}) if seen > polls else reply

    return handle


def soft(reads: str) -> Handler:
    """Return a handler that shows a removed record to whoever had read it."""

    async def handle(call: Call, line: Line) -> Reply:
        reply = line.forward(call)
        known = (call.request.path, call.credential)
        if call.operation == reads and reply.status == 200:
            line.memory[known] = reply
        if call.operation == reads and reply.status == 404:
            kept: Reply = line.memory.get(known, reply)
            return kept
        return reply

    return handle


async def _stale(call: Call, line: Line) -> Reply:
    """Answer a reader once with what was there before the last change: a replica that lags behind."""
    reply = line.forward(call)
    known = (call.request.path, call.credential)
    before = line.memory.get(known, reply)
    line.memory[known] = reply
    return before if before.status == reply.status == 200 else reply


async def _gone_twice(call: Call, line: Line) -> Reply:
    """Answer the removal of what is not there as that of what is."""
    reply = line.forward(call)
    if reply.status < 300:
        line.memory["removed"] = reply
    return line.memory.get("removed", reply) if reply.status == 404 else reply


async def _neighbour(call: Call, line: Line) -> Reply:
    """Write to the record that was written before, too."""
    reply = line.forward(call)
    before = line.memory.get(call.credential)
    if reply.status < 300:
        line.memory[call.credential] = call
        if before is not None and before.request.path != call.request.path:
            line.forward(call.asking(call.request.method, call.body, before.request.path.decode()))
    return reply


async def _both_removed(call: Call, line: Line) -> Reply:
    """Remove the record that was made last, too."""
    reply = line.forward(call)
    made = line.memory.get("made")
    if call.operation == "create_conversation" and reply.status < 300:
        line.memory["made"] = value_of(reply.body)["data"]["ID"]
    elif call.operation == "delete_conversation" and reply.status < 300 and made is not None:
        line.forward(call.asking("DELETE", path=call.request.path.decode().rpartition("/")[0] + f"/{made}"))
    return reply


def filling(path: str, **values: Any) -> Callable[[Any], Any]:
    """Return an edit that gives values to what is left out."""
    edit: Callable[[Any], Any] = lambda value: {**values, **value} if isinstance(value, dict) else value  # noqa: E731
    return at(path, edit) if path else edit


def forgetting(*names: str) -> Callable[[Any], Any]:
    """Return an edit that leaves members of a body aside."""
    return lambda value: (
        {key: each for key, each in value.items() if key not in names} if isinstance(value, dict) else value
    )


def _moving(path: str) -> Handler:
    """Return a handler whose reads count as changes."""

    async def handle(call: Call, line: Line) -> Reply:
        reply = line.forward(call)
        if reply.status != 200:
            return reply
        seen = line.memory[call.request.path] = line.memory.get(call.request.path, -1) + 1
        return with_value(reply, at(path, lambda moment: moment + seen)(value_of(reply.body)))

    return handle


def _frozen(path: str) -> Handler:
    """Return a handler that shows a member always as it was first shown."""

    async def handle(call: Call, line: Line) -> Reply:
        reply = line.forward(call)
        value = value_of(reply.body)
        if reply.status != 200 or within(value, path) is None:
            return reply
        first = line.memory.setdefault(call.request.path, within(value, path))
        return with_value(reply, at(path, lambda _: first)(value)) if first != within(value, path) else reply

    return handle


async def _partly(call: Call, line: Line) -> Reply:
    """Write the part of a refused body that is in order."""
    reply = line.forward(call)
    body = call.body
    if reply.status == 400 and isinstance(body, dict):
        fields = body.get("conversation", body)
        for name in fields if isinstance(fields, dict) else ():
            part = {name: fields[name]}
            line.forward(call.with_body({"conversation": part} if "conversation" in body else part))
    return reply


async def _any_mode(call: Call, line: Line) -> Reply:
    """Let a person write in any mode."""
    reply = line.forward(call)
    mode = call.request.path.decode().rpartition("/")[0] + "/mode"
    if reply.status == 400 and line.vendor(call.asking("PUT", {"mode": "manual"}, mode)).status == 200:
        reply = line.forward(call)
        line.vendor(call.asking("PUT", {"mode": "ai"}, mode))
    return reply


async def _new_vote(call: Call, line: Line) -> Reply:
    """Give each vote an id of its own, whatever the user has said before."""
    reply = line.forward(call)
    if reply.status >= 300:
        return reply
    count = line.memory["votes"] = line.memory.get("votes", 0) + 1
    return with_value(reply, at("id", lambda old: f"{old[:-4]}{count:04}")(value_of(reply.body)))


async def _answered_first(call: Call, line: Line) -> Reply:
    """Answer a message with the reply to the message before."""
    reply = line.forward(call)
    if reply.status >= 300:
        return reply
    before: Reply = line.memory.get(call.request.path, reply)
    line.memory[call.request.path] = reply
    return before


def _renamed(value: Any, _: Call) -> Any:
    return {**value, "data": {**value["data"], "userID": "unknown"}}


def _doubled(value: Any, _: Call) -> Any:
    return at("data.tags", lambda tags: [*tags, *tags[-1:]])(value)


def _sorted(value: Any, _: Call) -> Any:
    return at("data.tags", sorted)(value)


def _repeats() -> Iterator[Fault]:
    change = "an equal body is answered as before, and makes nothing"
    for vendor, operation in (
        ("convocore", "create_conversation"),
        ("convocore", "send_messages"),
        ("raia", "create_conversation"),
        ("raia", "create_webhook"),
        ("raia", "send_prompt_async"),
        ("raia", "send_message"),
        ("raia", "send_message_async"),
        ("raia", "create_upload_url"),
        ("raia", "start_conversation"),
        ("raia", "create_user"),
        ("zild", "start_proactive_conversation"),
    ):
        yield on(vendor, operation).handles("repeat", change, _once)


def _convocore() -> Iterator[Fault]:
    reading = on("convocore", "get_conversation")
    updating = on("convocore", "update_conversation")
    removing = on("convocore", "delete_conversation")
    sending = on("convocore", "send_messages")
    assigning = on("convocore", "assign_conversation")
    replacing = on("convocore", "replace_messages")
    both = on("convocore", "delete_conversation", "get_conversation")
    made = on("convocore", "delete_conversation", "create_conversation")
    reused = reusing("delete_conversation", "create_conversation", "data.ID")
    yield made.everywhere("reuse", "a new conversation has the id of a removed one", reused)
    yield both.handles("removal", "who has read a removed conversation reads it still", soft("get_conversation"))
    yield on("convocore", "export_conversation").handles(
        "removal", "a removed conversation is exported to whoever had it", soft("export_conversation")
    )
    yield removing.handles("removal", "what is removed can be removed again", _gone_twice)
    yield made.handles("removal", "the conversation that was made last goes too", _both_removed)
    yield reading.handles("lag", "a reader gets what was there a read before", _stale)
    yield on("convocore", "get_conversation_details").handles(
        "lag", "a reader gets what was there a read before", _stale
    )
    yield updating.handles("neighbour", "an update reaches the conversation before too", _neighbour)
    yield replacing.handles("neighbour", "turns reach the conversation before too", _neighbour)
    yield updating.body("reset", "an update without notes empties them", filling("conversation", notes=""))
    yield updating.body("reset", "an update without state begins anew", filling("conversation", state="ai-chatting"))
    yield updating.body("reset", "an update makes isTest false", filling("conversation", isTest=False))
    yield updating.body(
        "reset", "an update empties what the funnel extracted", filling("conversation", funnelExtractedData={})
    )
    yield updating.handles("refused", "the sound part of a refused update is written", _partly)
    yield updating.answer("merge", "the last tag is there twice", _doubled)
    yield updating.answer("merge", "tags are in the order of the alphabet", _sorted)
    yield on("convocore", "create_conversation").answer("identity", "userID is not the ID", _renamed)
    yield reading.handles("time", "reading moves lastModified", _moving("data.lastModified"))
    yield reading.handles("time", "lastModified stays when the conversation changes", _frozen("data.lastModified"))
    yield sending.body("option", "a dry run sends", at("options", forgetting("dryRun")))
    yield sending.body("option", "skipIfHumanHandoff is left aside", at("options", forgetting("skipIfHumanHandoff")))
    yield sending.body("option", "the label is always api", forgetting("sourceLabel"))
    yield replacing.body(
        "option", "the conversation always follows its turns", forgetting("updateConversationMetadata")
    )
    yield replacing.body("option", "only the last 50 turns are kept", at("turns", lambda turns: turns[-50:]))
    yield on("convocore", "interact").body("option", "history is always recorded", forgetting("disableRecordHistory"))
    yield assigning.body(
        "people", "only the first of several people counts", at("assignToUserIds", lambda ids: ids[:1])
    )
    yield assigning.body("people", "the note is lost", forgetting("note"))
    yield assigning.body("people", "who delegates is lost", forgetting("delegatedBy"))
    yield assigning.body("people", "hints are lost", forgetting("assigneesHint"))
    yield on("convocore", "generate_summaries").answer(
        "people", "summaries come in reverse", lambda value, _: at("data", lambda rows: rows[::-1])(value)
    )
    yield on("convocore", "generate_summaries").body(
        "option", "only the first ten transcripts are read", at("items", lambda rows: rows[:10])
    )


def _raia() -> Iterator[Fault]:
    reading = on("raia", "get_conversation")
    updating = on("raia", "update_conversation")
    response = on("raia", "get_message_response")
    prompt = on("raia", "get_prompt_response")
    for polls in (1, 3):
        yield response.handles("finished", f"a finished reply is pending after {polls} polls", _returning(polls))
        yield prompt.handles("finished", f"a finished response is pending after {polls} polls", _returning(polls))
    yield on("raia", "delete_user", "create_user").everywhere(
        "reuse", "a new user has the id of a removed one", reusing("delete_user", "create_user", "id")
    )
    yield reading.handles("removal", "who has read a removed conversation reads it still", soft("get_conversation"))
    yield on("raia", "get_user").handles("removal", "who has read a removed user reads it still", soft("get_user"))
    yield on("raia", "list_messages").handles(
        "removal", "the messages of a removed conversation stay", soft("list_messages")
    )
    yield on("raia", "delete_user").handles("removal", "a user can be removed again", _gone_twice)
    yield reading.handles("lag", "a reader gets what was there a read before", _stale)
    yield on("raia", "list_messages").handles("lag", "a reader gets what was there a read before", _stale)
    yield updating.handles("neighbour", "an update reaches the conversation before too", _neighbour)
    yield on("raia", "set_conversation_mode").handles(
        "neighbour", "a mode reaches the conversation before too", _neighbour
    )
    yield updating.body("reset", "an update without title empties it", filling("", title=""))
    yield updating.body("reset", "an update without state has an unknown one", filling("", conversationStateId="none"))
    yield on("raia", "set_conversation_mode").body("reset", "a body without mode sets ai", filling("", mode="ai"))
    yield updating.handles("refused", "the sound part of a refused update is written", _partly)
    yield reading.handles("time", "updatedAt stays when the conversation changes", _frozen("updatedAt"))
    yield on("raia", "send_manual_message").handles("mode", "a person may write in any mode", _any_mode)
    yield on("raia", "save_message_feedback").handles("vote", "each vote is another one", _new_vote)
    yield on("raia", "send_message").handles("mixed", "a message gets the reply to the one before", _answered_first)
    yield on("raia", "send_message", "send_message_async").body(
        "files", "only the first file counts", at("files", lambda files: files[:1])
    )
    yield on("raia", "create_conversation").body("lost", "customData is not kept", forgetting("customData"))
    yield on("raia", "start_conversation").body("lost", "customData is not kept", forgetting("customData"))
    yield on("raia", "create_conversation").body("lost", "the state is not kept", forgetting("conversationStateId"))
    yield on("raia", "save_message_feedback").body("lost", "the answer is not kept", forgetting("answer"))
    yield on("raia", "create_user").body("lost", "fkUserId is not kept", forgetting("fkUserId"))


def _zild() -> Iterator[Fault]:
    start = on("zild", "start_proactive_conversation")
    moving = at("*.createdAt", lambda text: text[:17] + f"{(int(text[17:19]) + 1) % 60:02}" + text[19:])
    yield start.body(
        "people",
        "who is named twice as a number counts once more",
        at(
            "recipient",
            lambda all_: [f"{each} " if all_.index(each) < index else each for index, each in enumerate(all_)],
        ),
    )
    yield start.body(
        "people",
        "accounts are left aside beside contacts",
        lambda body: forgetting("accountIds")(body) if isinstance(body, dict) and body.get("contactIds") else body,
    )
    yield start.answer("items", "the last conversation is missing", lambda value, _: value[:-1])
    yield start.answer("items", "contacts come before recipients", lambda value, _: value[::-1])
    yield start.answer("time", "createdAt is a second late", lambda value, _: moving(value))
    yield start.answer(
        "time",
        "lastConversationUpdateTime is createdAt",
        lambda value, _: [{**each, "lastConversationUpdateTime": each["createdAt"]} for each in value],
    )
    yield start.answer(
        "messages", "only the first message is shown", lambda value, _: at("*.messages", lambda all_: all_[:1])(value)
    )
    yield start.answer(
        "messages",
        "the order of messages is reversed",
        lambda value, _: at("*.messages", lambda all_: all_[::-1])(value),
    )
    yield start.answer(
        "messages",
        "lastMessageContent is that of the first",
        lambda value, _: [
            {**each, "lastMessageContent": each["messages"][0]["content"] if each["messages"] else None}
            for each in value
        ],
    )
    yield start.answer("tenants", "tenantId is always 1", lambda value, _: at("*.tenantId", lambda _: 1)(value))
    for name in ("userId", "queueId", "counterpartUserId", "botId", "liveAgent", "conversationIntegrationType"):
        yield start.body("lost", f"{name} is not kept", forgetting(name))
    yield start.body("reset", "a start without queue leaves the queue", filling("", queueId=0))
    yield start.body("reset", "a start without user has user 0", filling("", userId=0))
    yield start.body("reset", "a start without liveAgent has none", filling("", liveAgent=False))


def faults() -> Iterator[Fault]:
    """Yield the faults of identity and of change."""
    yield from _repeats()
    yield from _convocore()
    yield from _raia()
    yield from _zild()
