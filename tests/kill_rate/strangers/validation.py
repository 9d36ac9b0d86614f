"""Requests that are accepted though they should be refused, or refused though they should be accepted."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from causerie_mock import Reply
from tests.kill_rate.strangers.call import Call
from tests.kill_rate.strangers.edits import at, leaves, lists, texts, within
from tests.kill_rate.strangers.fault import Fault, attempt, on
from tests.kill_rate.strangers.line import Handler, Line

Edit = Callable[[Any], Any]


def lenient(repair: Callable[[Call], Call]) -> Handler:
    """Return a handler that repairs what is refused, and takes it."""

    async def handle(call: Call, line: Line) -> Reply:
        reply = line.forward(call)
        if reply.status not in {400, 415}:
            return reply
        repaired = line.vendor(attempt(repair, call, otherwise=call))
        return repaired if repaired.status < 300 else reply

    return handle


def repaired(edit: Edit) -> Handler:
    """Return a handler that repairs the body of what is refused, and takes it."""
    return lenient(lambda call: call if call.body is None else call.with_body(edit(call.body)))


def strict(refuses: Callable[[Call], bool]) -> Handler:
    """Return a handler that refuses a body or a query in the vendor's own words."""

    async def handle(call: Call, line: Line) -> Reply:
        if not attempt(refuses, call, otherwise=False):
            return line.forward(call)
        if call.request.method == "GET":
            name = "limit" if call.vendor == "convocore" else "pageSize"
            return line.forward(call.with_query(**{name: "none"}))
        return line.forward(call.with_body([]).with_header("content-type", "application/json"))

    return handle


def _number(text: str) -> Any:
    return json.loads(text) if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", text) else text


def _boolean(text: str) -> Any:
    return {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}.get(text, text)


def _truth(value: Any) -> Any:
    return bool(value) if value in (0, 1) else value


def _integer(value: Any) -> Any:
    return int(value) if isinstance(value, float) else value


def _no_null(value: Any) -> Any:
    return {key: each for key, each in value.items() if each is not None} if isinstance(value, dict) else value


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, (int, float)) else value


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _required(**values: Any) -> Edit:
    return lambda body: {**values, **body} if isinstance(body, dict) else body


def _first_only(values: list[Any]) -> list[Any]:
    return values[:1]


def _query(name: str, change: Callable[[str], str | None]) -> Callable[[Call], Call]:
    return lambda call: call.with_query(**{name: change(call.query[name])}) if name in call.query else call


def _plain(call: Call) -> Call:
    return call.with_header("content-type", "application/json")


def _relaxed(call: Call) -> Call:
    text = re.sub(r",\s*([}\]])", r"\1", call.request.body.decode("utf-8", "replace")).replace("'", '"')
    try:
        return call.with_body(json.loads(text))
    except (ValueError, RecursionError):
        return call


def _last_of_each(call: Call) -> Call:
    return call.with_query()


def _method(method: str, as_: str) -> Handler:
    """Return a handler that answers a method that the document does not name as another."""

    async def handle(call: Call, line: Line) -> Reply:
        reply = line.forward(call)
        if reply.status != 405 or call.request.method != method:
            return reply
        return line.vendor(call.asking(as_, call.body))

    return handle


async def _no_allow(call: Call, line: Line) -> Reply:
    reply = line.forward(call)
    return Reply(reply.status, tuple(each for each in reply.headers if each[0].lower() != "allow"), reply.body)


async def _missing_for_wrong(call: Call, line: Line) -> Reply:
    """Answer an unknown method like an unknown path."""
    reply = line.forward(call)
    if reply.status != 405:
        return reply
    return line.vendor(call.asking("GET", path="/there/is/nothing"))


def _length(path: str, count: int) -> Callable[[Call], bool]:
    return lambda call: (
        (value := within(call.body, path)) is not None and hasattr(value, "__len__") and len(value) == count
    )


def _is(name: str, value: str) -> Callable[[Call], bool]:
    return lambda call: call.query.get(name) == value


def _charset(call: Call) -> bool:
    return any("charset" in each.lower() for each in call.request.header("content-type"))


def _unknown(*names: str) -> Callable[[Call], bool]:
    return lambda call: isinstance(call.body, dict) and not set(call.body) <= set(names)


def _fraction(path: str) -> Callable[[Call], bool]:
    return lambda call: isinstance(within(call.body, path), float)


def _zero(path: str) -> Callable[[Call], bool]:
    return lambda call: (value := within(call.body, path)) == 0 and not isinstance(value, bool)


#: Bodies that are repaired: where, what is accepted, how it is repaired.
_REPAIRS: tuple[tuple[str, str, str, Edit], ...] = (
    ("convocore", "create_conversation", "numbers as texts", texts(_number)),
    ("convocore", "update_conversation", "booleans as texts", texts(_boolean)),
    (
        "convocore",
        "update_conversation",
        "states in upper case",
        at("conversation.state", lambda text: str(text).lower()),
    ),
    ("convocore", "update_conversation", "one tag without a list", at("conversation.tags", _listed)),
    ("convocore", "create_conversation", "numbers for texts", at("conversation.userName", _text)),
    ("convocore", "create_conversation", "a conversation without ts", at("conversation", _required(ts=0))),
    ("convocore", "create_conversation", "fractions of a second", at("conversation.ts", _integer)),
    ("convocore", "update_conversation", "null for any field", at("conversation", _no_null)),
    ("convocore", "replace_messages", "wrong turns behind the first", at("turns", _first_only)),
    ("convocore", "replace_messages", "wrong messages behind the first", at("turns.*.messages", _first_only)),
    ("convocore", "replace_messages", "senders in upper case", at("turns.*.from", lambda text: str(text).lower())),
    ("convocore", "replace_messages", "no turns", _required(turns=[])),
    ("convocore", "send_messages", "dryRun as a text", at("options.dryRun", lambda value: _boolean(str(value)))),
    ("convocore", "send_messages", "1 and 0 for true and false", at("options", leaves(_truth))),
    ("convocore", "assign_conversation", "26 people", at("assignToUserIds", lambda ids: ids[:25])),
    (
        "convocore",
        "assign_conversation",
        "empty ids of people",
        at("assignToUserIds", lambda ids: [each or "?" for each in ids]),
    ),
    ("convocore", "accept_handoff", "nobody", _required(acceptedByUserId="")),
    ("convocore", "generate_summaries", "26 transcripts", at("items", lambda items: items[:25])),
    ("convocore", "generate_summaries", "wrong transcripts behind the first", at("items", _first_only)),
    ("convocore", "interact", "an unknown bucket", at("bucket", lambda _: "voiceglow-eu")),
    (
        "raia",
        "create_conversation",
        "a title of 256 characters",
        at("title", lambda text: text[:255] if len(text) == 256 else text),
    ),
    ("raia", "update_conversation", "titles of any length", at("title", lambda text: text[:255])),
    ("raia", "update_conversation", "a status in upper case", at("status", lambda text: str(text).lower())),
    ("raia", "update_conversation", "null for any field", _no_null),
    ("raia", "set_conversation_mode", "a mode in upper case", at("mode", lambda text: str(text).lower())),
    ("raia", "set_conversation_mode", "an unknown mode", at("mode", lambda _: "manual")),
    ("raia", "create_conversation", "no user", _required(conversationUserId="nobody")),
    ("raia", "create_conversation", "a number for a title", at("title", _text)),
    ("raia", "create_user", "no last name", _required(lastName="")),
    ("raia", "create_user", "no contact", _required(fkId="none")),
    ("raia", "send_message", "no message", _required(message="")),
    ("raia", "send_message", "wrong files behind the first", at("files", _first_only)),
    ("raia", "save_message_feedback", "a vote in upper case", at("voteType", lambda text: str(text).lower())),
    ("raia", "save_message_feedback", "no question", _required(question="")),
    ("raia", "create_webhook", "URLs without TLS", at("url", lambda text: str(text).replace("http://", "https://"))),
    ("raia", "create_webhook", "an unknown condition", at("triggerCondition", lambda _: "manual")),
    (
        "raia",
        "create_webhook",
        "private addresses",
        at("url", lambda text: re.sub(r"//[\d.]+|//localhost", "//example.com", str(text))),
    ),
    ("raia", "send_prompt", "a number for a prompt", at("prompt", _text)),
    ("raia", "start_conversation", "a channel in upper case", at("channel", lambda text: str(text).lower())),
    ("zild", "start_proactive_conversation", "numbers as texts", texts(_number)),
    ("zild", "start_proactive_conversation", "booleans as texts", at("liveAgent", lambda value: _boolean(str(value)))),
    (
        "zild",
        "start_proactive_conversation",
        "integers beyond 32 bits",
        leaves(lambda value: value % 2**31 if type(value) is int else value),
    ),
    ("zild", "start_proactive_conversation", "wrong contacts behind the first", at("contactIds", _first_only)),
    ("zild", "start_proactive_conversation", "one recipient without a list", at("recipient", _listed)),
    ("zild", "start_proactive_conversation", "null for any field", _no_null),
    ("zild", "start_proactive_conversation", "a list of variables", at("contentVariables", lambda _: {})),
    ("zild", "start_proactive_conversation", "fractions", lists(lambda values: [_integer(each) for each in values])),
)
#: Requests that are repaired otherwise.
_CALLS: tuple[tuple[str, str, str, Callable[[Call], Call]], ...] = (
    (
        "convocore",
        "list_conversations",
        "a limit of 101",
        _query("limit", lambda text: "100" if text == "101" else text),
    ),
    ("convocore", "list_conversations", "a limit of 0", _query("limit", lambda text: None if text == "0" else text)),
    ("convocore", "export_conversations", "limits of any size", _query("limit", lambda _: "100")),
    ("convocore", "export_conversations", "an unknown format", _query("format", lambda _: "json")),
    ("convocore", "export_conversations", "an order in upper case", _query("sort", str.lower)),
    ("convocore", "list_conversations", "a page beyond the first without a cursor", _query("page", lambda _: "1")),
    ("convocore", "list_conversations", "what is no cursor", _query("cursor", lambda _: None)),
    ("convocore", "list_workspace_sessions", "a region in upper case", _query("region", str.lower)),
    ("convocore", "get_conversation_details", "no region", lambda call: call.with_query(region="eu")),
    ("convocore", "list_workspace_sessions", "a page before the first", _query("page", lambda _: "0")),
    ("convocore", "list_conversations", "a parameter twice", _last_of_each),
    ("convocore", "create_conversation", "any media type", _plain),
    ("convocore", "update_conversation", "JSON with a comma too many", _relaxed),
    ("raia", "list_conversations", "page 0", _query("page", lambda text: "1" if text == "0" else text)),
    ("raia", "list_conversations", "an order in lower case", _query("orderDirection", str.upper)),
    ("raia", "list_conversations", "dates without a time", _query("startDate", lambda text: f"{text[:10]}T00:00:00Z")),
    (
        "raia",
        "list_conversations",
        "1 for true",
        _query("withFeedbacksOnly", lambda text: "true" if text in {"1", "True", "yes"} else text),
    ),
    ("raia", "list_users", "an unknown order", _query("orderBy", lambda _: "createdAt")),
    ("raia", "list_users", "what is no number", _query("pageSize", lambda _: "10")),
    ("raia", "list_messages", "an unknown direction", _query("orderDirection", lambda _: "ASC")),
    ("raia", "create_user", "any media type", _plain),
    ("raia", "send_message", "JSON with a comma too many", _relaxed),
    ("raia", "list_users", "a parameter twice", _last_of_each),
    ("zild", "start_proactive_conversation", "any media type", _plain),
    ("zild", "start_proactive_conversation", "JSON with a comma too many", _relaxed),
)
#: What is refused although it is in order.
_STRICT: tuple[tuple[str, str, str, Callable[[Call], bool]], ...] = (
    ("convocore", "list_conversations", "a limit of 100", _is("limit", "100")),
    ("convocore", "list_conversations", "a limit of 1", _is("limit", "1")),
    ("convocore", "assign_conversation", "25 people", _length("assignToUserIds", 25)),
    ("convocore", "generate_summaries", "25 transcripts", _length("items", 25)),
    ("convocore", "replace_messages", "no turns at all", _length("turns", 0)),
    ("convocore", "create_conversation", "a fraction as leadScore", _fraction("conversation.leadScore")),
    ("convocore", "create_conversation", "0 as leadScore", _zero("conversation.leadScore")),
    ("convocore", "create_conversation", "a charset in the media type", _charset),
    ("convocore", "update_conversation", "an empty text as notes", _length("conversation.notes", 0)),
    ("convocore", "update_conversation", "unknown fields", _unknown("conversation")),
    ("raia", "create_conversation", "a title of 255 characters", _length("title", 255)),
    ("raia", "update_conversation", "an empty title", _length("title", 0)),
    ("raia", "list_conversations", "a page of one", _is("pageSize", "1")),
    ("raia", "list_users", "a page of 100", _is("pageSize", "100")),
    (
        "raia",
        "create_user",
        "a user with a phone number and an email address",
        lambda call: {"email", "phoneNumber"} <= set(call.body or ()),
    ),
    ("raia", "send_message", "a charset in the media type", _charset),
    ("raia", "send_message", "unknown fields", _unknown("message", "context", "files")),
    ("raia", "set_conversation_mode", "a body without mode", lambda call: call.body == {}),
    ("zild", "start_proactive_conversation", "1,000 people", _length("recipient", 1000)),
    ("zild", "start_proactive_conversation", "an empty body", lambda call: call.body == {}),
    ("zild", "start_proactive_conversation", "a charset in the media type", _charset),
    (
        "zild",
        "start_proactive_conversation",
        "null for a list",
        lambda call: isinstance(call.body, dict) and "contactIds" in call.body and call.body["contactIds"] is None,
    ),
)


def faults() -> Iterator[Fault]:
    """Yield the faults of validation."""
    for vendor, operation, accepted, edit in _REPAIRS:
        yield on(vendor, operation).handles("too lax", f"accepts {accepted}", repaired(edit))
    more = repaired(at("recipient", lambda all_: all_[:1000]))
    thousand = on("zild", "start_proactive_conversation").handles("too lax", "accepts 1,001 people", more)
    yield thousand.declared("The vendor names no limit")
    for vendor, operation, accepted, repair in _CALLS:
        yield on(vendor, operation).handles("too lax", f"accepts {accepted}", lenient(repair))
    for vendor, operation, refused, refuses in _STRICT:
        yield on(vendor, operation).handles("too strict", f"refuses {refused}", strict(refuses))
    yield on("convocore", "update_conversation").everywhere("method", "PUT is PATCH", _method("PUT", "PATCH"))
    yield on("raia", "update_conversation").everywhere("method", "PATCH is PUT", _method("PATCH", "PUT"))
    yield on("raia", "create_user").everywhere("method", "PUT is POST", _method("PUT", "POST"))
    yield on("zild", "start_proactive_conversation").everywhere("method", "PUT is POST", _method("PUT", "POST"))
    for vendor, operation in (("convocore", "get_conversation"), ("zild", "start_proactive_conversation")):
        yield on(vendor, operation).everywhere("method", "a 405 has no Allow", _no_allow)
    yield on("raia", "get_conversation").everywhere("method", "a 405 is a 404", _missing_for_wrong)
