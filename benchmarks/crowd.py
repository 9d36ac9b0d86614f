"""A mock vendor on a port, with many conversations: `python benchmarks/crowd.py raia 100000`.

Prints where it is, and serves until it is terminated. `convocore-cursor` is Convocore with lists by cursor.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from causerie_mock import Mock
from causerie_mock._server import listen, run, urls

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 1000


def raia(index: int) -> dict[str, Any]:
    """Return a conversation with a question and an answer; a second has ten of them."""
    changed = (BEGIN + timedelta(milliseconds=100 * index)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    text = f"A question, and its number is {index}. "
    messages = [
        {"id": f"m{index:06}-q", "message": text * 4},
        {"id": f"m{index:06}-a", "message": text * 8, "senderRole": "assistant"},
    ]
    title = f"Conversation {index}"
    return {"id": f"c{index:06}", "title": title, "createdAt": changed, "updatedAt": changed, "messages": messages}


def convocore(index: int) -> dict[str, Any]:
    """Return a conversation with a lead."""
    moment = int(BEGIN.timestamp()) + index
    lead = {"userName": f"Lead {index}", "userEmail": f"lead{index}@example.com", "notes": "Wants a demo. " * 10}
    times = {"ts": moment, "firstMessageTS": moment, "lastMessageTS": moment, "lastModified": moment}
    return {
        "agentId": "agent123",
        "ID": f"agent123_{index:06}",
        "tags": ["lead"],
        "state": "completed",
        **lead,
        **times,
    }


def crowd(name: str, number: int) -> Mock:
    """Return the mock, with so many conversations beside those that it always has."""
    vendor, _, paging = name.partition("-")
    mock = Mock(vendor, **({"paging": paging} if paging else {}))
    agents = mock._state.memory.agents
    agent = agents[0] if vendor == "raia" else agents["agent123"]
    # The bound keeps a fuzzer from filling the memory; here, it is meant to be filled.
    for store in (agent.conversations, agent.users if vendor == "raia" else agent.messages):
        store.limit = 2 * number + 1000
    make = raia if vendor == "raia" else convocore
    for start in range(0, number, BATCH):
        mock.seed(conversations=[make(index) for index in range(start, min(start + BATCH, number))])
    return mock


def main() -> None:
    mock = crowd(sys.argv[1], int(sys.argv[2]))
    with listen("127.0.0.1", 0) as listener:
        print(urls(listener, [mock])[mock.vendor], flush=True)
        run(listener, [mock])


if __name__ == "__main__":
    main()
