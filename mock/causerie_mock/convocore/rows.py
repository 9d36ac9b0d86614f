"""Rows of an export: one conversation with its turns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from .. import _json
from .._seed import Record

# behaviour: export-row-has-the-fields-of-the-page, export-row-has-ts
_RECORD = (
    "ts",
    "userName",
    "userEmail",
    "userPhone",
    "userCompany",
    "userAddress",
    "userWebsite",
    "notes",
    "tags",
    "origin",
)
_FEEDBACK = {True: "Positive", False: "Negative", None: "Unset"}


def row(conversation: Record, turns: Sequence[Record]) -> Record:
    """Return `{metadata: {feedback, convo, sessions}, turns}` of a conversation."""
    # behaviour: export-row-has-record-and-turns, export-row-spells-as-the-page
    given = [vote for turn in turns for message in turn["messages"] if (vote := message.get("feedback")) is not None]
    convo = {"id": conversation["ID"]} | {name: conversation[name] for name in _RECORD if name in conversation}
    if not isinstance(convo.get("origin", ""), str):
        del convo["origin"]
    feedback = _FEEDBACK[given[-1] if given else None]
    metadata = {"feedback": feedback, "convo": convo, "sessions": conversation.get("sessions", [])}
    return {"metadata": metadata, "turns": [_turn(turn) for turn in turns]}


def _turn(turn: Record) -> Record:
    sender = "user" if turn["from"] == "human" else "bot"
    return {"from": sender, "messages": [_message(message, turn) for message in turn["messages"]]}


def _message(message: Record, turn: Record) -> Record:
    found: Record = {"type": message["type"]}
    ts = message.get("ts", turn.get("ts"))
    if ts is not None:
        found["ts"] = english(ts)
    payload = message.get("item", {}).get("payload")
    content: Record = dict(payload) if isinstance(payload, dict) else {} if payload is None else {"message": payload}
    if not isinstance(content.get("message", ""), str):
        content["message"] = _json.encode(content["message"]).decode()
    by_ai = message.get("isAIGenerated", turn.get("isAIGenerated", False))
    found["payload"] = content | {"feedback": _FEEDBACK[message.get("feedback")], "aiGenerated": by_ai}
    return found


def english(ts: int) -> str:
    """Return Unix seconds in the form of an export, such as `December 1st 2024, 10:30:00 am`.

    A time that datetime does not support is returned as digits.
    """
    try:
        at = datetime.fromtimestamp(ts, UTC)
    except (OSError, OverflowError, ValueError):
        return str(ts)
    ending = "th" if 11 <= at.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(at.day % 10, "th")
    hour = (at.hour + 11) % 12 + 1
    half = "am" if at.hour < 12 else "pm"
    return f"{_MONTHS[at.month - 1]} {at.day}{ending} {at.year}, {hour:02}:{at.minute:02}:{at.second:02} {half}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def cells(row: Record) -> dict[str, Any]:
    """Return the row as cells of a table: a column for each field of the record, and columns for the rest."""
    metadata = row["metadata"]
    rest = {"feedback": metadata["feedback"], "sessions": metadata["sessions"], "turns": row["turns"]}
    return {**metadata["convo"], **rest}
