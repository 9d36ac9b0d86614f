"""The common part of the mock vendors with clients of the SDK."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar

from causerie_api.annotations import evaluable
from causerie_mock import Mock, MockTransport

from .._clock import no_waiting

if TYPE_CHECKING:
    from typing import Unpack

    from .._client import AsyncClient, SyncClient
    from .._options import Settings, View

Blocking = TypeVar("Blocking", bound="SyncClient")
Awaiting = TypeVar("Awaiting", bound="AsyncClient")


@evaluable
class VendorMock(Mock, Generic[Blocking, Awaiting]):
    """A mock that creates clients of the SDK. They call it in the same process: no socket, no thread.

    While its context lasts, no client in this process waits, neither before a retry nor between two polls. Mock time
    moves on by the skipped waits, unless it is frozen.
    """

    vendor_name: ClassVar[str]
    credentials: ClassVar[tuple[str, ...]]
    clients: ClassVar[tuple[type[Any], type[Any]]]
    """The blocking client and the client for asyncio."""

    def __init__(self, *, seed: int = 0, check: bool = False, **options: Any) -> None:
        super().__init__(self.vendor_name, seed=seed, check=check, **options)
        self._context = ExitStack()

    def __enter__(self) -> Self:
        if self.spy is None:  # A real server is given the time that it asks for.
            self._context.enter_context(no_waiting(self.clock.elapse))
        return super().__enter__()

    def close(self) -> None:
        """Close the clients, stop the server that ``url`` started, and let clients wait again."""
        self._context.close()
        super().close()

    def client(self, *, tenant: int = 0, **options: Unpack[View]) -> Blocking:
        """Return the vendor's client for the first (0) or second (1) tenant.

        ``options`` are those of ``with_options``. Closing the mock closes the client. Raises ``ValueError`` and
        ``ArgumentError``.
        """
        opened: Blocking = self.clients[0](self._credential(tenant), **self._settings(options))
        self._context.callback(opened.close)
        return opened

    def async_client(self, *, tenant: int = 0, **options: Unpack[View]) -> Awaiting:
        """Return the vendor's client for asyncio; the arguments are those of ``client``."""
        opened: Awaiting = self.clients[1](self._credential(tenant), **self._settings(options))
        self._context.callback(_close, opened)
        return opened

    def _credential(self, tenant: int) -> str:
        self.headers(tenant)  # refuses an unknown tenant
        return self.credentials[tenant]

    def _settings(self, options: View) -> Settings[MockTransport, Any]:
        return {
            "base_url": f"http://{self.vendor}.test",
            "transport": MockTransport(self),
            "http_client": None,
            **options,
        }


def _close(client: AsyncClient) -> None:
    # In process there is nothing to await, and perhaps no event loop any more: the first step is the last.
    with suppress(StopIteration):
        client.close().send(None)
