"""What goes wrong only when two requests are on their way at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

from causerie_mock import Reply
from tests.kill_rate.strangers.call import Call, value_of
from tests.kill_rate.strangers.edits import at
from tests.kill_rate.strangers.fault import Fault, attempt, on
from tests.kill_rate.strangers.line import Handler, Line

#: Seconds that a slow write takes: more than a client needs to send two requests at once.
_PAUSE = 0.03


def last_writer_wins(within: str) -> Handler:
    """Return a handler that writes back the whole record as it was when the request came."""

    def record(value: Any) -> dict[str, Any]:
        found = value.get("data", value) if isinstance(value, dict) else {}
        return found if isinstance(found, dict) else {}

    async def handle(call: Call, line: Line) -> Reply:
        before = record(line.aside(call.asking("GET")))
        await asyncio.sleep(_PAUSE)
        now = record(line.aside(call.asking("GET")))
        body = call.body
        fields = body.get(within, {}) if within and isinstance(body, dict) else body
        writable = ("notes", "userName", "title", "conversationStateId")
        lost = {name: before.get(name, "") for name in writable if name in now and now[name] != before.get(name)}
        if not isinstance(fields, dict) or not (
            lost := {name: each for name, each in lost.items() if name not in fields}
        ):
            return line.forward(call)
        whole = {**lost, **fields}
        return line.forward(call.with_body({within: whole} if within else whole))

    return handle


async def _first_alone(call: Call, line: Line) -> Reply:
    """Lose a write that comes while another on the same path is on its way, and answer as to the first."""
    busy: set[bytes] = line.memory.setdefault("busy", set())
    if call.request.path in busy:
        await asyncio.sleep(2 * _PAUSE)
        return line.memory.get(call.request.path) or line.forward(call)
    busy.add(call.request.path)
    await asyncio.sleep(_PAUSE)
    reply = line.memory[call.request.path] = line.forward(call)
    await asyncio.sleep(_PAUSE)
    busy.discard(call.request.path)
    return reply


def in_halves(path: str) -> Handler:
    """Return a handler that writes the first half of a list before the whole."""

    async def handle(call: Call, line: Line) -> Reply:
        half = at(path, lambda values: values[: len(values) // 2])
        if call.body is not None:
            line.forward(call.with_body(attempt(half, call.body, otherwise=call.body)))
            await asyncio.sleep(_PAUSE)
        return line.forward(call)

    return handle


def field_by_field(within: str) -> Handler:
    """Return a handler that writes the first field before the others."""

    async def handle(call: Call, line: Line) -> Reply:
        body = call.body
        fields = body.get(within) if within and isinstance(body, dict) else body
        if isinstance(fields, dict) and len(fields) > 1:
            name = next(iter(fields))
            first = {name: fields[name]}
            if line.forward(call.with_body({within: first} if within else first)).status < 300:
                await asyncio.sleep(_PAUSE)
        return line.forward(call)

    return handle


async def _unlocked(call: Call, line: Line) -> Reply:
    """Make two equal users whose requests come at once."""
    coming: list[str] = line.memory.setdefault("coming", [])
    key = str((call.body or {}).get("email") if isinstance(call.body, dict) else None)
    coming.append(key)
    await asyncio.sleep(_PAUSE)
    twice = coming.count(key) > 1
    reply = line.forward(call)
    if reply.status == 400 and twice and key != "None":
        other = line.vendor(call.with_body({**call.body, "email": f"{key} "}))
        reply = other if other.status < 300 else reply
    await asyncio.sleep(_PAUSE)
    coming.remove(key)
    return reply


async def _crossed(call: Call, line: Line) -> Reply:
    """Give the answers to two readers who ask at once each to the other: a shared buffer."""
    waiting: list[asyncio.Future[Reply]] = line.memory.setdefault("waiting", [])
    reply = line.forward(call)
    if value_of(reply.body) is None:
        return reply
    if waiting:
        other = waiting.pop()
        theirs: Reply = line.memory.pop("theirs")
        other.set_result(reply)
        return theirs
    future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
    waiting.append(future)
    line.memory["theirs"] = reply
    try:
        return await asyncio.wait_for(asyncio.shield(future), _PAUSE)
    except TimeoutError:
        if future.done():
            return future.result()
        waiting.remove(future)
        line.memory.pop("theirs", None)
        return reply


async def _busy(call: Call, line: Line) -> Reply:
    """Break down when two requests come at once: a deadlock in the database."""
    line.memory["now"] = line.memory.get("now", 0) + 1
    await asyncio.sleep(_PAUSE)
    alone = line.memory["now"] == 1
    reply = line.forward(call)
    await asyncio.sleep(_PAUSE)
    line.memory["now"] -= 1
    if alone:
        return reply
    return Reply.json(500, {"status": 500, "message": "Deadlock", "code": "INTERNAL_SERVER_ERROR"})


def faults() -> Iterator[Fault]:
    """Yield the faults of requests that come at once."""
    for vendor, within in (("convocore", "conversation"), ("raia", "")):
        updating = on(vendor, "update_conversation")
        yield updating.handles("lost update", "a slow update puts back what another changed", last_writer_wins(within))
        yield updating.handles("lost update", "the second of two updates at once is lost", _first_alone)
        yield updating.handles("half a write", "an update writes its fields one by one", field_by_field(within))
        yield updating.handles("deadlock", "two updates at once are a 500", _busy)
        yield on(vendor, "get_conversation").handles("crossed", "two readers get each other's answers", _crossed)
    yield on("convocore", "replace_messages").handles(
        "half a write", "half of the turns come first", in_halves("turns")
    )
    yield on("convocore", "send_messages").handles(
        "lost update", "the second of two messages at once is lost", _first_alone
    )
    yield on("convocore", "assign_conversation").handles("lost update", "the second of two is lost", _first_alone)
    yield on("raia", "send_message_async").handles(
        "lost update", "the second of two messages at once is lost", _first_alone
    )
    yield on("raia", "create_conversation").handles("lost update", "two created at once are one", _first_alone)
    yield on("raia", "create_user").handles("race", "two equal users at once are both made", _unlocked)
    yield on("raia", "get_message_response").handles("crossed", "two readers get each other's answers", _crossed)
    start = on("zild", "start_proactive_conversation")
    yield start.handles("lost update", "the second of two starts at once is lost", _first_alone)
    yield start.handles("crossed", "two starts at once get each other's answers", _crossed)
