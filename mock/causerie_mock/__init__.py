"""Mocks of the vendors: stateful, in memory, and made from their OpenAPI documents.

    with causerie_mock.mock(name) as mock, mock.client() as client:
        client.get("/a/path/of/the/vendor")
        assert mock.requests.last.status == 200

`serve` puts the mocks on a port, as `python -m causerie_mock` does; `causerie.testing` offers them as pytest fixtures.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._http import HTTPMock, mock
    from ._transport import MockTransport

try:
    from causerie_spec import load as document

    from ._asgi import asgi
    from ._check import ContractViolation
    from ._clock import Clock
    from ._deliveries import Deliveries, Delivery
    from ._exchange import Issue, Reply, Request
    from ._faults import Fault, Faults
    from ._findings import Finding, Findings
    from ._match import Match
    from ._mock import Mock
    from ._requests import Recorded, Requests
    from ._server import serve
    from ._spy import Spy
    from ._target import Target
    from ._vendors import VENDORS
    from ._webhooks import Webhooks
    from .convocore.vendor import KEYS as CONVOCORE_KEYS
    from .raia.reply import Question, ReplyFailed
    from .raia.vendor import KEYS as RAIA_KEYS
    from .zild.vendor import TOKENS as ZILD_TOKENS
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
    "Deliveries",
    "Delivery",
    "Fault",
    "Faults",
    "Finding",
    "Findings",
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
    "Spy",
    "Target",
    "Webhooks",
    "asgi",
    "document",
    "mock",
    "serve",
]

# A mock on a port needs no client, and importing httpx would take a sixth of its starting time.
_LAZY = {"HTTPMock": "_http", "MockTransport": "_transport", "mock": "_http"}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"causerie_mock.{_LAZY[name]}"), name)
