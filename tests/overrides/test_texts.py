"""raia's messages that have no text: files only, entries that nobody wrote, drafts that were never sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

import causerie
from causerie.export import export
from causerie.testing import RaiaMock, no_waiting

from .conftest import Caller, Done, Shell, json

FILE = {"fileName": "a.png"}


@pytest.mark.parametrize(("sent", "text"), [({"message": ""}, ""), ({"message": None}, None), ({}, causerie.UNSET)])
def test_a_message_without_text_is_read(sent: dict[str, Any], text: Any, caller: Caller) -> None:
    """A message without a text is read when it is listed, answered with or waited for, be it empty, null or missing."""
    message = {"id": "m1", "files": [FILE], "senderRole": "system", **sent}

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return httpx.Response(201, json={"id": "q1"})
        return httpx.Response(200, json={"status": "completed", "message": message, "error": None})

    with no_waiting():
        waited, _ = caller("raia", lambda c: c.messages.send_and_wait("c1", "?"), answer)
    (listed,), _ = caller("raia", lambda c: c.messages.list("c1"), json({"messages": [message]}))

    assert text == waited.message == listed.message
    assert ("system", "a.png") == (listed.sender_role, listed.files[0].file_name)


def test_a_message_without_text_is_exported(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """An empty text is kept as it came."""
    raia_mock.seed(conversations=[{"id": "c1", "messages": [{"message": "", "files": [FILE]}]}])
    export(raia_mock.client(), target := tmp_path / "all.jsonl")
    rows = [orjson.loads(line) for line in target.read_bytes().splitlines()]
    (message,) = next(row["messages"] for row in rows if row["id"] == "c1")

    assert ("", "a.png") == (message["message"], message["files"][0]["fileName"])


def test_a_message_without_text_is_talked_about(shell: Shell) -> None:
    """The history of a chat shows who sent it."""
    shell.mocks["raia"].seed(conversations=[{"id": "c1", "messages": [{"message": "", "files": [FILE]}]}])
    shell.type()

    assert Done(0, "you    \n", "") == shell("raia", "chat", "c1")


def test_a_message_without_text_is_sent(raia_mock: RaiaMock, tmp_path: Path) -> None:
    """A file may go alone: the text is required and may be empty."""
    raia, path = raia_mock.client(), tmp_path / "a.txt"
    path.write_text("17 apples")
    conversation = raia.conversations.create("ada")
    raia.messages.send(conversation.id, "", files=[raia.files.upload(conversation.id, path)])
    first = raia.messages.list(conversation.id)[0]

    assert ("", ["a.txt"]) == (first.message, [file.file_name for file in first.files or []])
