"""Answers that say what they should not, and servers that break down."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from causerie_mock import Reply
from tests.kill_rate.strangers.call import Call, credential, value_of
from tests.kill_rate.strangers.edits import at
from tests.kill_rate.strangers.fault import Fault, attempt, on
from tests.kill_rate.strangers.line import Handler, Line

_TRACE = 'Traceback (most recent call last): File "/srv/app/handlers.py", line 214, in handle: KeyError'


def _with(name: str, path: str) -> Callable[[Any, Call], Any]:
    """Return a change that shows the caller's key under a name."""

    def changed(value: Any, call: Call) -> Any:
        add: Callable[[Any], Any] = lambda record: {**record, name: credential(call.vendor, 0)}  # noqa: E731
        return at(path, add)(value) if path else add(value)

    return changed


def _told(message: str) -> Callable[[Any, Call], Any]:
    def changed(value: Any, call: Call) -> Any:
        name = "title" if "title" in value else "message"
        return {**value, name: f"{value.get(name)} {message.format(key=call.credential)}"}

    return changed


def _from_others(path: str) -> Handler:
    """Return a handler that adds to a free-form object what the other tenant has written last."""

    async def handle(call: Call, line: Line) -> Reply:
        if call.body is not None:
            line.memory[call.credential] = call.body
        others = [body for key, body in line.memory.items() if key != call.credential]
        changed = at(path, lambda value: {**value, "previous": others[-1]} if isinstance(value, dict) else value)
        return line.forward(call.with_body(changed(call.body)) if others and call.body is not None else call)

    return handle


def breaking(breaks: Callable[[Call], bool]) -> Handler:
    """Return a handler that answers 500, as the vendor would."""

    async def handle(call: Call, line: Line) -> Reply:
        reply = line.forward(call)
        if not attempt(breaks, call, otherwise=False):
            return reply
        message = "Internal server error"
        if call.vendor == "convocore":
            return Reply.json(500, {"message": message, "code": "INTERNAL_SERVER_ERROR"})
        return Reply.json(500, {"status": 500, "message": message}) if call.vendor == "raia" else Reply.empty(500)

    return handle


def _says(pattern: str) -> Callable[[Call], bool]:
    """Return whether a text of a body has what is sought."""

    def found(value: Any) -> bool:
        if isinstance(value, dict):
            return any(found(each) for each in [*value, *value.values()])
        if isinstance(value, list):
            return any(map(found, value))
        return isinstance(value, str) and bool(re.search(pattern, value))

    return lambda call: found(call.body)


def _holds(fits: Callable[[Any], bool]) -> Callable[[Call], bool]:
    def found(value: Any) -> bool:
        if isinstance(value, dict):
            return any(map(found, value.values()))
        return any(map(found, value)) if isinstance(value, list) else fits(value)

    return lambda call: found(call.body)


def _huge(value: Any) -> bool:
    return type(value) is int and abs(value) >= 2**63


def _long_id(call: Call) -> bool:
    return any(len(value) > 64 for value in call.names.values())


def _strange_id(call: Call) -> bool:
    return any(not value.isascii() or "'" in value or "\0" in value for value in call.names.values())


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(_depth, inner), default=0)


def _deep(call: Call) -> bool:
    return _depth(call.body) > 20


async def _any_error(call: Call, line: Line) -> Reply:
    """Answer 400 for what cannot be found."""
    reply = line.forward(call)
    return Reply(400, reply.headers, reply.body) if reply.status == 404 else reply


async def _null_for_missing(call: Call, line: Line) -> Reply:
    """Answer an empty object for what cannot be found."""
    reply = line.forward(call)
    return Reply.json(200, {}) if reply.status == 404 and value_of(reply.body) is not None else reply


#: What no server should fall over, where it does.
_BROKEN: tuple[tuple[str, str, str, Callable[[Call], bool]], ...] = (
    ("convocore", "create_conversation", "a NUL", _says("\0")),
    ("convocore", "update_conversation", "an emoji", _says("[\U00010000-\U0010ffff]")),
    ("convocore", "replace_messages", "half a surrogate pair", _says("[\ud800-\udfff]")),
    ("convocore", "create_conversation", "an integer beyond 2^63", _holds(_huge)),
    ("convocore", "get_conversation", "a long id", _long_id),
    ("convocore", "get_conversation", "an id with a quotation mark", _strange_id),
    ("convocore", "update_conversation", "a body that is a list", lambda call: isinstance(call.body, list)),
    ("convocore", "create_conversation", "deep nesting", _deep),
    ("raia", "create_conversation", "a NUL", _says("\0")),
    ("raia", "send_message", "an emoji", _says("[\U00010000-\U0010ffff]")),
    ("raia", "create_user", "half a surrogate pair", _says("[\ud800-\udfff]")),
    ("raia", "create_conversation", "an integer beyond 2^63", _holds(_huge)),
    ("raia", "get_conversation", "an id that is no UUID", lambda call: len(call.names.get("conversationId", "")) != 36),
    ("raia", "get_user", "an id with a quotation mark", _strange_id),
    (
        "raia",
        "send_message",
        "an empty message",
        lambda call: isinstance(call.body, dict) and call.body.get("message") == "",
    ),
    (
        "raia",
        "list_conversations",
        "a keyword with a percent sign",
        lambda call: "%" in call.query.get("searchKeyword", ""),
    ),
    ("raia", "list_conversations", "a page of a huge number", lambda call: len(call.query.get("page", "")) > 9),
    (
        "raia",
        "list_conversations",
        "a keyword that is no regular expression",
        lambda call: "(" in call.query.get("searchKeyword", ""),
    ),
    ("raia", "find_user", "a plus in a phone number", lambda call: "+" in call.query.get("phoneNumber", "")),
    ("zild", "start_proactive_conversation", "an emoji", _says("[\U00010000-\U0010ffff]")),
    ("zild", "start_proactive_conversation", "a NUL", _says("\0")),
    (
        "zild",
        "start_proactive_conversation",
        "null as a list",
        lambda call: isinstance(call.body, dict) and call.body.get("recipient", 0) is None,
    ),
)


def faults() -> Iterator[Fault]:
    """Yield the faults of what is told, and of servers that break down."""
    for vendor, operation, path, name in (
        ("convocore", "get_conversation", "data", "workspaceSecret"),
        ("convocore", "list_conversations", "data.*", "apiKey"),
        ("convocore", "get_conversation_details", "metadata", "_internalToken"),
        ("raia", "get_user", "", "passwordHash"),
        ("raia", "get_conversation", "user", "accessToken"),
        ("raia", "create_webhook", "", "signingSecret"),
        ("zild", "start_proactive_conversation", "*", "connectionString"),
    ):
        yield on(vendor, operation).answer("leak", f"the key is shown as {name}", _with(name, path))
    for vendor, operation in (
        ("convocore", "create_conversation"),
        ("raia", "update_conversation"),
        ("zild", "start_proactive_conversation"),
    ):
        yield on(vendor, operation).refusal("leak", "an error has a stack trace", _told(_TRACE))
        yield on(vendor, operation).refusal("leak", "an error repeats the credential", _told("{key}"))
    yield on("convocore", "create_conversation").handles(
        "leak", "free-form data has what another tenant wrote", _from_others("conversation.funnelExtractedData")
    )
    yield on("raia", "create_conversation").handles(
        "leak", "free-form data has what another tenant wrote", _from_others("customData")
    )
    yield on("zild", "start_proactive_conversation").handles(
        "leak", "variables have what another tenant wrote", _from_others("contentVariables")
    )
    for vendor, operation, on_what, breaks in _BROKEN:
        yield on(vendor, operation).handles("breakdown", f"a 500 for {on_what}", breaking(breaks))
    yield on("convocore", "get_conversation").handles("missing", "a 400 for an unknown id", _any_error)
    yield on("raia", "get_user").handles("missing", "a 400 for an unknown id", _any_error)
    yield on("raia", "get_prompt_response").handles("missing", "a 200 for an unknown id", _null_for_missing)
    yield on("convocore", "get_conversation_details").handles("missing", "a 200 for an unknown id", _null_for_missing)
