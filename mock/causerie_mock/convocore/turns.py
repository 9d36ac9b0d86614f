"""The contents of stored turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .._seed import Record


def text(sender: str, content: str, now: int) -> Record:
    """Return the stored form of a text message."""
    item = {"type": "text", "payload": {"message": content}}
    return {"from": sender, "type": "text", "item": item, "ts": now}


def has_human(turns: Sequence[Record]) -> bool:
    """Return whether a person wrote a message."""
    return any(turn["from"] == "human" and turn["messages"] for turn in turns)


def sessions(turns: Sequence[Record]) -> list[list[Record]]:
    """Return the turns by session, with the current session last."""
    # behaviour: session-is-the-turns-with-one-id, last-session-is-the-current-one
    found: list[list[Record]] = []
    current = None
    for turn in turns:
        session_id = turn.get("session_id", current)
        if not found or session_id != current:
            found.append([])
        found[-1].append(turn)
        current = session_id
    return found


def follow(turns: Sequence[Record]) -> Record:
    """Return the fields of a conversation's record that are computed from its turns.

    They are `messagesNum` and, if the turns have them, `lastMessage`, `firstMessageTS` and `lastMessageTS`.
    """
    # behaviour: last-text-is-the-last-message
    found: Record = {"messagesNum": sum(len(turn["messages"]) for turn in turns)}
    if texts := [said for turn in turns for message in turn["messages"] if (said := _text(message)) is not None]:
        found["lastMessage"] = texts[-1]
    if seen := list(times(turns)):
        found |= {"firstMessageTS": seen[0], "lastMessageTS": seen[-1]}
    return found


def counted(number: int, more: int) -> int:
    """Return the sum of `number` and `more`. A `number` that is too high to be a count is returned unchanged."""
    return number + more if abs(number) < 2**63 else number


def times(turns: Sequence[Record]) -> Iterator[int]:
    """Yield the times of the messages, or of their turns if the messages have none."""
    for turn in turns:
        for message in turn["messages"]:
            if (ts := message.get("ts", turn.get("ts"))) is not None:
                yield ts


def _text(message: Record) -> str | None:
    payload: Any = message.get("item", {}).get("payload")
    said = payload.get("message") if isinstance(payload, dict) else None
    return said if isinstance(said, str) else None
