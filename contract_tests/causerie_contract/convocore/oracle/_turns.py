"""Turns of a conversation, and what follows from them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from ..._oracle._machine import OBJECTS, TEXTS

Record = dict[str, Any]

_TYPES = (
    *("launch", "text", "choice", "MultiSelect", "cardV2", "carousel", "visual", "GetBrowserData", "Embed", "location"),
    *("iFrame", "FileUpload", "MultiFileUpload", "GoogleForm", "EmailForm", "SetConvoData", "VoiceNote", "SetRuntime"),
    *("no-reply", "VGVF_Channel", "VFVG_Channel", "VG_Response", "knowledgeBase", "jsx", "Flowise", "MultiDropdown"),
    *("Slider", "Attachment", "info:default", "info:success", "info:danger", "info:primary", "end", "debug", "stealth"),
    *("debug:success", "debug:error", "debug:tell", "context:form_submission", "file", "browser_capture"),
)
_REPLY = {"messageId": "m", "messageContent": "c", "messageFrom": "human", "messageIndex": 0, "turnIndex": 2**31}


def said(text: str, **more: Any) -> Record:
    """Return a text message."""
    return {"type": "text", "item": {"type": "text", "payload": {"message": text}}, **more}


#: Turns of all kinds. The first have a person, and the times of messages and turns.
TURNS: tuple[Record, ...] = (
    {"from": "human", "ts": 1733048999, "session_id": "a", "messages": [said(TEXTS[3]), said(TEXTS[6], ts=2**31)]},
    {
        "from": "bot",
        "ts": 1733092200,
        "isAIGenerated": True,
        "messages": [said("Yes", feedback=True), said("No", feedback=False, isAIGenerated=False)],
    },
    {"from": "system", "messages": []},
    {
        "from": "bot",
        "modelId": "m",
        "session_id": "b",
        "ts": 0,
        "sources": [OBJECTS[2]],
        "langchainMessages": [OBJECTS[0]],
        "mood": "other fields are kept",
        "messages": [
            {
                "from": "system",
                "mid": "m",
                "type": "choice",
                "delay": 0.5,
                "action": "a",
                "ts": 2**31 + 1,
                "VGPayload": OBJECTS[3],
                "isLoading": False,
                "sourceLabel": "s",
                "placeholderImage": "p",
                "mask": {"messageIndex": 2**31, "turnIndex": 2**31},
                "sendError": {"message": "e", "ts": 2**31},
                "replyTo": _REPLY,
                "item": {"time": 0.5, "payload": {"buttons": []}},
                "mood": [None],
            },
            {"type": "text", "mask": {}, "item": {}},
            {"type": "end"},
        ],
    },
    {"from": "human", "session_id": "a", "messages": [said("", **{"from": "human"}), said("null", **{"from": "bot"})]},
    {
        "from": "bot",
        "sources": [],
        "langchainMessages": [],
        "messages": [{"type": each, "item": {"payload": OBJECTS[number % 2]}} for number, each in enumerate(_TYPES)],
    },
    {
        "from": "bot",
        "messages": [{"type": "debug", "item": {"payload": each}} for each in (None, True, 7, 0.5, "text", [], [1])],
    },
)


def turns(count: int, first: int = 0) -> list[Record]:
    """So many of them, from that one on."""
    return [TURNS[(first + each) % len(TURNS)] for each in range(count)]


def has_human(found: list[Record]) -> bool:
    """Whether a person said something."""
    return any(turn["from"] == "human" and turn["messages"] for turn in found)


def sessions(found: list[Record]) -> list[list[Record]]:
    """Return the turns by session; a turn that names no session belongs to that of the turn before it."""
    runs: list[list[Record]] = []
    names: list[Any] = []
    for turn in found:
        name = turn.get("session_id", names[-1] if names else None)
        if names and names[-1] == name:
            runs[-1].append(turn)
        else:
            runs.append([turn])
            names.append(name)
    return runs


def times(found: list[Record]) -> list[int]:
    """Of each message its time, or its turn's, where there is one."""
    every = [message.get("ts", turn.get("ts")) for turn in found for message in turn["messages"]]
    return [each for each in every if each is not None]


def follow(found: list[Record]) -> Record:
    """Return the fields of a conversation that follow from its turns."""
    texts = [
        payload["message"]
        for turn in found
        for message in turn["messages"]
        if isinstance(payload := message.get("item", {}).get("payload"), dict) and "message" in payload
    ]
    known: Record = {"messagesNum": sum(len(turn["messages"]) for turn in found)}
    known |= {"lastMessage": texts[-1]} if texts else {}
    seen = times(found)
    return known | ({"firstMessageTS": seen[0], "lastMessageTS": seen[-1]} if seen else {})


def exported(turn: Record) -> Record:
    """Return the turn as an export has it."""
    sender = "user" if turn["from"] == "human" else "bot"
    return {"from": sender, "messages": [_message(turn, each) for each in turn["messages"]]}


def _message(turn: Record, message: Record) -> Record:
    ts = message.get("ts", turn.get("ts"))
    payload = message.get("item", {}).get("payload", {})
    if not isinstance(payload, dict):
        text = payload if isinstance(payload, str) else json.dumps(payload, separators=(",", ":"))
        payload = {} if payload is None else {"message": text}
    by_ai = message.get("isAIGenerated", turn.get("isAIGenerated", False))
    votes = (
        {"feedback": {True: "Positive", False: "Negative"}.get(message["feedback"])} if "feedback" in message else {}
    )
    shown = {**payload, "feedback": "Unset", **votes, "aiGenerated": by_ai}
    return {"type": message["type"], "payload": shown, **({} if ts is None else {"ts": english(ts)})}


def english(ts: int) -> str:
    """Return a time as exports spell it, in UTC."""
    at = datetime.fromtimestamp(ts, UTC)
    last = at.day % 10 if at.day // 10 != 1 else 0
    day = f"{at.day}{('th', 'st', 'nd', 'rd')[last] if last < 4 else 'th'}"
    return f"{at:%B} {day} {at:%Y, %I:%M:%S} {'am' if at.hour < 12 else 'pm'}"


def row(known: Record, found: list[Record]) -> Record:
    """Return the conversation as an export has it."""
    votes = [message["feedback"] for turn in found for message in turn["messages"] if "feedback" in message]
    names = ("ts", "userName", "userEmail", "userPhone", "userCompany", "userAddress", "userWebsite", "notes", "tags")
    convo = {"id": known["ID"], **{name: known[name] for name in names if name in known}}
    convo |= {"origin": known["origin"]} if isinstance(known.get("origin"), str) else {}
    feedback = ("Positive" if votes[-1] else "Negative") if votes else "Unset"
    metadata = {"feedback": feedback, "convo": convo, "sessions": known.get("sessions", [])}
    return {"metadata": metadata, "turns": [exported(turn) for turn in found]}


def cells(found: Record) -> Record:
    """Return the row as a table has it."""
    metadata = found["metadata"]
    rest = {"feedback": metadata["feedback"], "sessions": metadata["sessions"], "turns": found["turns"]}
    return {**metadata["convo"], **rest}
