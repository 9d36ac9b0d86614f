"""The vendors Convocore, raia and Zild, played: stateful, in memory, made from their OpenAPI documents.

    with palaver_mock.mock("raia") as raia, raia.client() as client:
        client.get("/external/conversations")
        assert raia.requests.last.operation == "list_conversations"

`serve` puts the mocks on a port, as `python -m palaver_mock` does; `palaver.testing` has them as fixtures of pytest.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from palaver_mock._http import HTTPMock, mock
    from palaver_mock._transport import MockTransport

try:
    from palaver_mock._asgi import asgi
    from palaver_mock._check import ContractViolation
    from palaver_mock._clock import Clock
    from palaver_mock._documents import VENDORS, document
    from palaver_mock._exchange import Issue, Reply, Request
    from palaver_mock._faults import Fault, Faults
    from palaver_mock._match import Match
    from palaver_mock._mock import Mock
    from palaver_mock._requests import Recorded, Requests
    from palaver_mock._server import serve
    from palaver_mock.convocore import KEYS as CONVOCORE_KEYS
    from palaver_mock.raia import KEYS as RAIA_KEYS
    from palaver_mock.raia.reply import Question, ReplyFailed
    from palaver_mock.zild import TOKENS as ZILD_TOKENS
except ModuleNotFoundError as error:
    raise ImportError(f'the mock vendors need {error.name}: pip install "palaver[mock]"') from error

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
    return getattr(importlib.import_module(f"palaver_mock.{_LAZY[name]}"), name)
