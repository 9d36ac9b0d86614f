"""What violates the document in an answer to the model is named by the keyword that it violates."""

from __future__ import annotations

import json
from typing import Any

import pytest

from causerie_contract._oracle import run as oracle
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_mock import Mock, Reply, Request
from causerie_spec import load


class Wrong(Mock):
    """raia, whose conversations have this value in a field."""

    def __init__(self, name: str, value: Any) -> None:
        super().__init__("raia")
        self._name, self._value = name, value

    def handle(self, request: Request) -> Reply:
        """Return the reply."""
        reply = super().handle(request)
        if request.method != "GET" or reply.status != 200 or b'"aiConversationId"' not in reply.body[:2000]:
            return reply
        value = json.loads(reply.body)
        return Reply.json(200, {**value, self._name: self._value}) if "mode" in value else reply


@pytest.mark.parametrize("part", ["chapters", "sweep", "chance"])
@pytest.mark.parametrize(
    ("name", "value", "keyword"),
    [("id", 7, "type"), ("mode", "asleep", "enum"), ("createdAt", "soon", "format"), ("user", [], "type")],
)
def test_keywords(name: str, value: Any, keyword: str, part: Any) -> None:
    """Types, listed values and formats have their own names, with their places in the document."""
    document = load("raia")
    target = mock_in_process("raia", document, Wrong(name, value))
    (finding,) = oracle("raia", document, target, Settings(max_examples=4, shrink=False), parts=[part])

    assert keyword == finding.code
    assert finding.violations[0].schema.endswith(f"/{keyword}")
