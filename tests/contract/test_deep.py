"""JSON that is nested deeply, in requests and in answers: no depth is a crash of the suite."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_contract._oracle import run as oracle
from causerie_contract._run import run
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_contract._text import decode
from causerie_mock import Mock, Reply, Request
from causerie_spec import load
from tests.contract.conftest import reduced

JSON = (("content-type", "application/json"),)
DEPTHS = [150, 250, 900, 5_000, 200_000]


def nested(depth: int, kind: str = "list") -> str:
    """Return JSON of so many levels."""
    return "[" * depth + "]" * depth if kind == "list" else '{"a":' * depth + "1" + "}" * depth


@given(st.integers(1, 200), st.sampled_from(["list", "object"]), st.booleans())
def test_what_can_be_gone_through(depth: int, kind: str, is_text: bool) -> None:
    """200 levels are read, whatever stands beside them."""
    text = f'{{"wide": [{"[{}], " * 300}0], "deep": {nested(depth - 1, kind) if depth > 1 else "1"}}}'

    assert json.loads(text) == decode(text if is_text else text.encode())


@pytest.mark.parametrize("depth", [202, 900, 5_000, 200_000])
@pytest.mark.parametrize("kind", ["list", "object"])
def test_too_deep(depth: int, kind: str) -> None:
    """More levels are an error like any other."""
    with pytest.raises(ValueError, match="the JSON is nested too deeply"):
        decode(nested(depth, kind).encode())


class Breaking(Mock):
    """A vendor that breaks down when a body is nested more deeply than it can read."""

    def handle(self, request: Request) -> Reply:
        """Return the reply, or an error of the server."""
        if request.body.count(b"[") > 500:
            return Reply.json(500, {"status": 500, "message": "maximum recursion depth exceeded"})
        return super().handle(request)


@pytest.mark.parametrize("vendor", ["convocore", "raia", "zild"])
def test_a_server_that_breaks_down(vendor: str) -> None:
    """It is a finding, and the run goes on."""
    document = load(vendor)
    target = mock_in_process(vendor, document, Breaking(vendor))
    found = oracle(vendor, document, target, Settings(max_examples=4), parts=["sweep"])

    assert "model: malformed-body-is-refused" in {finding.code for finding in found}
    assert {500} == {finding.status for finding in found}


class Nesting(Mock):
    """A vendor whose successful answers are nested deeply."""

    def __init__(self, vendor: str, answered: str) -> None:
        super().__init__(vendor)
        self._answered = answered

    def handle(self, request: Request) -> Reply:
        """Return the reply."""
        reply = super().handle(request)
        body = b'{"id": %s}' % self._answered.encode()
        return attrs.evolve(reply, body=body, headers=JSON) if reply.status == 200 else reply


@pytest.mark.parametrize("depth", DEPTHS)
def test_deep_answers(depth: int) -> None:
    """Each operation has findings, and each phase comes to its end."""
    document = reduced("raia", "list_conversations", "get_conversation", "create_conversation")
    target = mock_in_process("raia", document, Nesting("raia", nested(depth)))
    result: Any = run("raia", document, target, Settings(max_examples=2))

    assert {"list_conversations", "get_conversation"} <= {
        name for name, tally in result.operations.items() if tally.findings
    }
    assert [] == result.errors
