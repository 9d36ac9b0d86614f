"""A Convocore that behaves as it was seen to: what is made is hidden by id, times are in milliseconds, and so on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

import causerie
from causerie.export import export
from causerie.testing import ConvocoreMock, no_waiting

AGENT = "agent123"
CHATTED = "k3v9q7x2m5t8w1z"


@pytest.fixture
def mock() -> Iterator[ConvocoreMock]:
    """Yield a vendor with thirty conversations of channels, each with a message of a person."""
    with ConvocoreMock(
        check=True, posted_found=False, runtime_time="milliseconds", broken=["c07"], lists_per_minute=60
    ) as mock:
        turn = {"from": "human", "messages": [{"type": "text", "item": {"payload": {"message": "Hello"}}}]}
        mock.seed(
            conversations=[
                {"agentId": AGENT, "ID": f"c{n:02}", "ts": 1_700_000_000 + n, "turns": [turn]} for n in range(30)
            ]
        )
        yield mock


def rows(path: Path) -> dict[str, Any]:
    return {row["ID"]: row for row in map(orjson.loads, path.read_bytes().splitlines())}


def test_a_walk(mock: ConvocoreMock) -> None:
    """The list has what was made, although nobody finds it by its id, and times in either unit are read."""
    convocore = mock.client()
    made = convocore.conversations.create(AGENT, user_name="Ada")
    listed = {each.id: each for each in convocore.conversations.list(AGENT, limit=7)}

    assert made.id in listed
    assert {f"c{n:02}" for n in range(30)} <= listed.keys()
    assert all(isinstance(each.last_modified_datetime, datetime) for each in listed.values())
    assert {2023, datetime.now(UTC).year, 2026} >= {each.ts_datetime.year for each in listed.values()}
    with pytest.raises(causerie.NotFoundError):
        convocore.conversations.get(AGENT, made.id)


def test_a_minute_that_is_used_up(mock: ConvocoreMock) -> None:
    """A walk of more pages than a minute has waits between two of them, and no request is refused."""
    mock.options.lists_per_minute = 3
    with no_waiting():
        listed = [each.id for each in mock.client().conversations.list(AGENT, limit=4)]

    assert 32 == len(listed)
    assert [] == mock.requests.matching(status=429)


def test_an_export(mock: ConvocoreMock, tmp_path: Path) -> None:
    """An export has every conversation of the list with its messages, also one that cannot be read by its id."""
    convocore = mock.client()
    made = convocore.conversations.create(AGENT, user_name="Ada")
    done = export(convocore, tmp_path / "all.jsonl", agent_id=AGENT)
    found = rows(tmp_path / "all.jsonl")

    assert ((), 33) == (done.unreadable, len(found))
    assert [] == found[made.id]["messages"]
    assert ["Hello"] == [message["payload"]["message"] for message in found["c07"]["messages"]]
    with pytest.raises(causerie.ServerError, match="Output validation failed"), no_waiting():
        convocore.conversations.get(AGENT, "c07")


def test_since_last_after_an_edit(mock: ConvocoreMock, tmp_path: Path) -> None:
    """An edit whose time is in milliseconds is not lost."""
    convocore, target = mock.client(), tmp_path / "all.jsonl"
    export(convocore, target, agent_id=AGENT)
    mock.clock.advance(7 * 86_400)
    convocore.agents.interact(AGENT, "c03", "One more thing")
    edited = convocore.conversations.get(AGENT, "c03").last_modified
    export(convocore, target, agent_id=AGENT, since="last")

    assert isinstance(edited, int)
    assert edited > 10**11
    assert "One more thing" in [message["payload"]["message"] for message in rows(target)["c03"]["messages"]]
    assert 32 == len(rows(target))


def test_without_the_add_on(mock: ConvocoreMock, tmp_path: Path) -> None:
    """The export says what is missing and how to go on; then it goes on."""
    mock.options.export_addon = False
    with pytest.raises(causerie.PermissionDeniedError) as caught:
        export(mock.client(), tmp_path / "all.jsonl", agent_id=AGENT)
    export(mock.client(), tmp_path / "all.jsonl", agent_id=AGENT, messages=False)

    assert "messages=False" in str(caught.value.__notes__)
    assert 32 == len(rows(tmp_path / "all.jsonl"))


def test_a_plan_that_is_too_small(mock: ConvocoreMock) -> None:
    """The error has the vendor's words, and all that a 403 can mean."""
    mock.options.plan = "pro"
    with pytest.raises(causerie.PermissionDeniedError, match=r"Business plan or higher.*a 403 can mean"):
        mock.client().conversations.get(AGENT, CHATTED)
