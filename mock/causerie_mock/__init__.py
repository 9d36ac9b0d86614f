"""The vendors Convocore, raia and Zild, played: stateful, in memory, made from their OpenAPI documents.

    with causerie_mock.mock("raia") as raia, raia.client() as client:
        client.get("/external/conversations")
        assert raia.requests.last.operation == "list_conversations"

`serve` puts the mocks on a port, as `python -m causerie_mock` does; `causerie.testing` has them as fixtures of pytest.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from causerie_mock._http import HTTPMock, mock
    from causerie_mock._transport import MockTransport

try:
    from causerie_mock._asgi import asgi
    from causerie_mock._check import ContractViolation
    from causerie_mock._clock import Clock
    from causerie_mock._exchange import Issue, Reply, Request
    from causerie_mock._faults import Fault, Faults
    from causerie_mock._match import Match
    from causerie_mock._mock import Mock
    from causerie_mock._requests import Recorded, Requests
    from causerie_mock._server import serve
    from causerie_mock._vendors import VENDORS
    from causerie_mock.convocore.vendor import KEYS as CONVOCORE_KEYS
    from causerie_mock.raia.reply import Question, ReplyFailed
    from causerie_mock.raia.vendor import KEYS as RAIA_KEYS
    from causerie_mock.zild.vendor import TOKENS as ZILD_TOKENS
    from causerie_spec import load as document
except ModuleNotFoundError as error:
    raise ImportError(
        f'the mock vendors need {error.name}: in a checkout of Causerie, pip install ".[mock]"'
    ) from error

__all__ = [
    "CONVOCORE_KEYS",
    "RAIA_KEYS",
    "VENDORS",
    "ZILD_TOKENS",
    "Clock",
    "ContractViolation",
    "Fault",
    "Faults",
    "HTTPMock",
    "Issue",
    "Match",
    "Mock",
    "MockTransport",
    "Question",
    "Recorded",
    "Reply",
    "ReplyFailed",
    "Request",
    "Requests",
    "asgi",
    "document",
    "mock",
    "serve",
]

# A mock on a port needs no client, and httpx would take a sixth of the time that it needs to start.
_LAZY = {"HTTPMock": "_http", "MockTransport": "_transport", "mock": "_http"}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"causerie_mock.{_LAZY[name]}"), name)
