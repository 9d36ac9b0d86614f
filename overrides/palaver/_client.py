"""What the clients of all vendors share: opening and closing."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Generic, Self, TypeAlias, TypeVar

from ._options import Options
from ._plan import Awaiting, Blocking, Driver, ReadError

if TYPE_CHECKING:
    import httpx

SyncTransport: TypeAlias = "httpx.BaseTransport"
AsyncTransport: TypeAlias = "httpx.AsyncBaseTransport"

Transport = TypeVar("Transport")


class Client(Generic[Driver, Transport]):
    """One vendor, one credential, one pool of connections."""

    _options: Options
    _driver: Driver

    def _open(self, options: Options, read_error: ReadError, transport: Transport | None) -> Driver:
        self._options = options
        self._driver = self._connect(options, read_error, transport)
        return self._driver

    @abstractmethod
    def _connect(self, options: Options, read_error: ReadError, transport: Transport | None) -> Driver: ...

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self._options.base_url!r}, timeout={self._options.timeout})"


class SyncClient(Client[Blocking, SyncTransport]):
    """A client whose calls block. Threads may share it."""

    def _connect(self, options: Options, read_error: ReadError, transport: SyncTransport | None) -> Blocking:
        from ._http import SyncWire  # noqa: PLC0415 - httpx is loaded by the first client, not by the import

        return Blocking(SyncWire(options, transport), read_error)

    def close(self) -> None:
        """Close the connections. Further calls raise ``RuntimeError``."""
        self._driver.wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class AsyncClient(Client[Awaiting, AsyncTransport]):
    """A client whose calls are awaited. The tasks of one event loop may share it."""

    def _connect(self, options: Options, read_error: ReadError, transport: AsyncTransport | None) -> Awaiting:
        from ._http import AsyncWire  # noqa: PLC0415

        return Awaiting(AsyncWire(options, transport), read_error)

    async def close(self) -> None:
        """Close the connections. Further calls raise ``RuntimeError``."""
        await self._driver.wire.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()
