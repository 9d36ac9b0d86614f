"""A mock for tests that send HTTP requests themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from ._exchange import Reply, Request
from ._mock import Mock
from ._transport import MockTransport


class HTTPMock(Mock):
    """A `Mock` that creates httpx clients, which call it in process, with its base URL and credential."""

    def client(self, *, tenant: int = 0, **options: Any) -> httpx.Client:
        """Return a client with the credential of the first tenant (0) or the second (1); `options` are httpx's own."""
        return httpx.Client(**self._options_of_client(tenant, options))

    def async_client(self, *, tenant: int = 0, **options: Any) -> httpx.AsyncClient:
        """Return the same client for asyncio."""
        return httpx.AsyncClient(**self._options_of_client(tenant, options))

    def _options_of_client(self, tenant: int, options: dict[str, Any]) -> dict[str, Any]:
        given = {"base_url": f"http://{self.vendor}.test", "headers": self.headers(tenant)}
        return {"transport": MockTransport(self), **given, **options}


def mock(
    vendor: str,
    *,
    seed: int = 0,
    check: bool = False,
    spy: str | Callable[[Request], Reply] | None = None,
    **options: Any,
) -> HTTPMock:
    """Return a mock of `vendor` that makes httpx clients; the arguments are those of `Mock`.

        with causerie_mock.mock(vendor) as mock, mock.client() as client:
            client.get("/a/path/of/the/vendor")

    Leaving the context stops what `url` has started.
    """
    return HTTPMock(vendor, seed=seed, check=check, spy=spy, **options)
