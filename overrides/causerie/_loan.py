"""The caller's transport or client, whose connections only the caller can renew."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Protocol

from ._errors import ArgumentError

if TYPE_CHECKING:
    import httpx


class SyncTransport(Protocol):
    """An ``httpx.BaseTransport``, or httpx2's."""

    def handle_request(self, request: Any, /) -> Any: ...

    def close(self) -> None: ...


class AsyncTransport(Protocol):
    """An ``httpx.AsyncBaseTransport``, or httpx2's."""

    async def handle_async_request(self, request: Any, /) -> Any: ...

    async def aclose(self) -> None: ...


class SyncHTTPClient(Protocol):
    """An ``httpx.Client``, or httpx2's."""

    def build_request(self, method: str, url: Any) -> Any: ...

    def send(self, request: Any) -> Any: ...

    def close(self) -> None: ...


class AsyncHTTPClient(Protocol):
    """An ``httpx.AsyncClient``, or httpx2's."""

    def build_request(self, method: str, url: Any) -> Any: ...

    async def send(self, request: Any) -> Any: ...

    async def aclose(self) -> None: ...


class Loan:
    """Keeps the caller's connections from being used in a second process or event loop."""

    def __init__(self, **lent: object) -> None:
        self._argument = next((name for name, given in lent.items() if given is not None), None)
        self._owner: tuple[int, object] | None = None

    def check(self, loop: object = None) -> None:
        """Raise ``ArgumentError`` if there are connections of another process or event loop."""
        if self._owner not in (None, (os.getpid(), loop)):
            where = "event loop" if self._owner[0] == os.getpid() else "process, from before a fork"
            raise ArgumentError(
                self._argument or "transport",
                f"its connections belong to another {where}; make a client in each, or leave it out: the connections "
                "of a client's own are made anew there",
            )

    def use(self, response: httpx.Response, loop: object = None) -> None:
        """Remember the process and event loop that the connections belong to."""
        # A transport without connections, such as one that plays the vendor, knows of no version of HTTP.
        if self._argument is not None and "http_version" in response.extensions:
            self._owner = os.getpid(), loop
