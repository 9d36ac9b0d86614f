"""Values that are not kept as they were sent, or shown as they are kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from tests.kill_rate.strangers.edits import (
    TEXTS,
    Edit,
    at,
    dropping,
    leaves,
    lists,
    objects,
    rounded,
    texts,
    unique,
)
from tests.kill_rate.strangers.fault import Fault, Place, on

CONVERSATION = on("convocore", "create_conversation", "update_conversation")
TURNS = on("convocore", "replace_messages")
SENT = on("convocore", "send_messages")
INTERACT = on("convocore", "interact")
OPENED = on("raia", "create_conversation")
TITLE = on("raia", "create_conversation", "update_conversation")
MESSAGE = on("raia", "send_message", "send_message_async")
MANUAL = on("raia", "send_manual_message")
USER = on("raia", "create_user")
VOTE = on("raia", "save_message_feedback")
WEBHOOK = on("raia", "create_webhook")
PROMPT = on("raia", "send_prompt")
START = on("zild", "start_proactive_conversation")

#: Where texts are spoilt, and how (each by the end of its name in TEXTS).
_TEXTS: dict[str, tuple[Place, str, tuple[str, ...]]] = {
    "notes": (CONVERSATION, "conversation.notes", ("to NFC", "255 characters", "of Unix", "at a NUL")),
    "userName": (CONVERSATION, "conversation.userName", ("lower case", "are trimmed", "breaks emoji")),
    "tags": (CONVERSATION, "conversation.tags.*", ("lower case", "are trimmed", "for HTML")),
    "captured": (CONVERSATION, "conversation.capturedVariables.*", ("NFKC", "basic plane", "backslashes")),
    "turns": (
        TURNS,
        "turns.*.messages.*.item.payload.message",
        ("zero-width characters", "right-to-left marks", "4,096 characters", "for HTML"),
    ),
    "message": (SENT, "message", ("1,000 characters", "trailing white space", "run of white space")),
    "prompt": (INTERACT, "prompt", ("are trimmed", "for HTML")),
    "title": (TITLE, "title", ("to NFC", "right-to-left marks", "are trimmed")),
    "custom": (OPENED, "customData.*", ("NFKC", "255 characters", "at a NUL", "percent escapes decoded")),
    "question": (MESSAGE, "message", ("breaks emoji", "4,096 characters", "of Unix", "run of white space")),
    "manual": (MANUAL, "message", ("for HTML", "1,000 characters")),
    "first name": (USER, "firstName", ("lower case", "to NFC")),
    "phone": (USER, "phoneNumber", ("pluses for spaces",)),
    "comment": (VOTE, "comment", ("basic plane", "255 characters", "trailing white space")),
    "headers": (WEBHOOK, "headers.*", ("are trimmed", "lower case")),
    "description": (WEBHOOK, "description", ("zero-width characters", "backslashes")),
    "ask": (PROMPT, "prompt", ("NFKC", "1,000 characters")),
    "recipient": (START, "recipient.*", ("are trimmed", "pluses for spaces", "lower case", "zero-width characters")),
    "variables": (START, "contentVariables.*", ("to NFC", "255 characters", "for HTML", "basic plane", "of Unix")),
}


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) else value


def _hundredths(value: Any) -> Any:
    return round(value, 2) if isinstance(value, float) else value


def _narrow(value: Any) -> Any:
    return (value + 2**31) % 2**32 - 2**31 if type(value) is int else value


def _null_for_empty(value: Any) -> Any:
    return None if value == "" else value


def _empty_for_null(value: Any) -> Any:
    return "" if value is None else value


def _bits(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def _numbers(text: str) -> Any:
    return float(text) if re.fullmatch(r"-?\d+\.\d+", text) else int(text) if re.fullmatch(r"-?\d+", text) else text


def _dates(text: str) -> Any:
    return f"{text}T00:00:00.000Z" if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text


def _words(text: str) -> Any:
    return {"true": True, "false": False, "null": None}.get(text, text)


def _safe_names(value: dict[str, Any]) -> Any:
    return {name: each for name, each in value.items() if name not in {"__proto__", "constructor", "prototype"}}


def _plain_names(value: dict[str, Any]) -> Any:
    return {name.replace(".", "_").replace("$", "_"): each for name, each in value.items()}


def _lower_names(value: dict[str, Any]) -> Any:
    return {name.lower(): each for name, each in value.items()}


def _snake_names(value: dict[str, Any]) -> Any:
    return {re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower(): each for name, each in value.items()}


def _flat(values: list[Any]) -> Any:
    return [inner for each in values for inner in (each if isinstance(each, list) else [each])]


def _unwrapped(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _shallow(depth: int) -> Edit:
    def changed(value: Any, left: int = depth) -> Any:
        if isinstance(value, dict):
            return {name: changed(each, left - 1) for name, each in value.items()} if left else "[object Object]"
        if isinstance(value, list):
            return [changed(each, left - 1) for each in value] if left else "[object Array]"
        return value

    return changed


_EXPONENTS: Callable[[Any], Any] = lambda value: float(f"{value:.6g}") if isinstance(value, float) else value  # noqa: E731

#: What is done to values of any shape.
_SHAPES: dict[str, Edit] = {
    "have null for an empty text": leaves(_null_for_empty),
    "have an empty text for null": leaves(_empty_for_null),
    "lose members that are false": dropping(False),
    "lose members that are 0": dropping(0, 0.0),
    "lose members that are null": dropping(None),
    "lose members that are empty lists": dropping([]),
    "lose members that are empty objects": dropping({}),
    "lose members that are empty texts": dropping(""),
    "have integers above 2^53 rounded": leaves(rounded),
    "have integers of 32 bits": leaves(_narrow),
    "have floats cut to integers": leaves(_whole),
    "have floats rounded to hundredths": leaves(_hundredths),
    "have floats of six digits": leaves(_EXPONENTS),
    "have 1 and 0 for true and false": leaves(_bits),
    "have numbers for digits": texts(_numbers),
    "have times for dates": texts(_dates),
    "have true, false and null for these words": texts(_words),
    "have no list with an item twice": lists(unique),
    "have lists in order": lists(lambda values: sorted(values, key=repr)),
    "have lists of lists made flat": lists(_flat),
    "have a list of one item unwrapped": lists(_unwrapped),
    "lose names that JavaScript fears": objects(_safe_names),
    "have underscores for dots and dollars in names": objects(_plain_names),
    "have names in lower case": objects(_lower_names),
    "have names in snake case": objects(_snake_names),
    "are cut below the third level": _shallow(3),
}

_FREE: tuple[tuple[Place, str], ...] = (
    (CONVERSATION, "conversation.funnelExtractedData"),
    (CONVERSATION, "conversation.capturedVariables"),
    (TURNS, "turns.*.messages.*.item.payload"),
    (OPENED, "customData"),
    (USER, "customData"),
    (START, "contentVariables"),
)


def _later(text: str, hours: int) -> str:
    moment = datetime.fromisoformat(text) + timedelta(hours=hours)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _times() -> Iterator[Fault]:
    def hour_later(value: Any, _: Any) -> Any:
        return at("data.*.createdAt", lambda text: _later(text, 1))(value)

    def berlin(value: Any, _: Any) -> Any:
        return at("updatedAt", lambda text: _later(text, 2))(value)

    def milliseconds(value: Any, _: Any) -> Any:
        return at("data.*.ts", lambda ts: ts * 1000)(value)

    def no_seconds(value: Any, _: Any) -> Any:
        return at("messages.*.createdAt", lambda text: text[:16] + ":00.000Z")(value)

    def half_day(value: Any, _: Any) -> Any:
        return at("*.createdAt", lambda text: f"{text[:11]}{(int(text[11:13]) - 1) % 12 + 1:02}{text[13:]}")(value)

    def offset(value: Any, _: Any) -> Any:
        return at("createdAt", lambda text: text.replace("Z", "+00:00"))(value)

    yield on("raia", "list_conversations").answer("times", "createdAt is an hour late in lists", hour_later)
    yield on("raia", "get_conversation").answer("times", "updatedAt is local time called UTC", berlin)
    yield on("raia", "list_messages").answer("times", "createdAt of messages loses its seconds", no_seconds)
    yield on("convocore", "list_conversations").answer("times", "ts is in milliseconds in lists", milliseconds)
    yield on("zild", "start_proactive_conversation").answer("times", "hours of createdAt count to twelve", half_day)
    same = "It is the same time, and date-time allows any offset"
    yield on("raia", "get_conversation").answer("times", "createdAt has +00:00 for Z", offset).declared(same)


def faults() -> Iterator[Fault]:
    """Yield the faults of values."""
    for name, (place, path, endings) in _TEXTS.items():
        for ending in endings:
            (words,) = [each for each in TEXTS if each.endswith(ending)]
            fault = place.body("text", f"texts {words}: {name} at {path}", at(path, texts(TEXTS[words])))
            yield fault.declared("An AI's response shows no part of the prompt") if place is PROMPT else fault
    for index, (words, edit) in enumerate(_SHAPES.items()):
        for place, path in (_FREE[index % 3], _FREE[3 + index % 3]):
            yield place.body("value", f"values {words}: {path}", at(path, edit))
    yield from _times()
    order = objects(lambda value: dict(sorted(value.items())))
    unordered = "The members of an object have no order (RFC 8259)"
    yield OPENED.body("value", "names are sorted: customData", at("customData", order)).declared(unordered)
