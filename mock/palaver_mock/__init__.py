"""The vendors Convocore, raia and Zild, played: stateful, in memory, made from their OpenAPI documents.

    mock = palaver_mock.Mock("raia")
    with httpx.Client(transport=palaver_mock.MockTransport(mock), base_url="http://raia.test") as client:
        client.get("/external/conversations", headers=mock.headers())

`serve` puts the mocks on a port, as `python -m palaver_mock` does.
"""

from __future__ import annotations

try:
    from palaver_mock._asgi import asgi
    from palaver_mock._check import ContractViolation
    from palaver_mock._documents import VENDORS, document
    from palaver_mock._exchange import Reply, Request
    from palaver_mock._mock import Mock
    from palaver_mock._server import serve
    from palaver_mock._transport import MockTransport
    from palaver_mock.convocore import KEYS as CONVOCORE_KEYS
    from palaver_mock.raia import KEYS as RAIA_KEYS
    from palaver_mock.zild import TOKENS as ZILD_TOKENS
except ModuleNotFoundError as error:
    raise ImportError(f'the mock vendors need {error.name}: pip install "palaver[mock]"') from error

__all__ = [
    "CONVOCORE_KEYS",
    "RAIA_KEYS",
    "VENDORS",
    "ZILD_TOKENS",
    "ContractViolation",
    "Mock",
    "MockTransport",
    "Reply",
    "Request",
    "asgi",
    "document",
    "serve",
]
