"""The mock vendors with clients of the SDK in front of them."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from causerie_api.annotations import evaluable
from causerie_mock import CONVOCORE_KEYS, RAIA_KEYS, ZILD_TOKENS, Mock, MockTransport, Question, ReplyFailed

from .._clock import no_waiting
from .._convocore import AsyncConvocore, Convocore
from .._raia import AsyncRaia, Raia
from .._zild import AsyncZild, Zild

if TYPE_CHECKING:
    from typing import Unpack

    from causerie_mock.convocore.options import Options as ConvocoreOptions
    from causerie_mock.raia.options import Options as RaiaOptions
    from causerie_mock.zild.options import Options as ZildOptions

    from .._client import AsyncClient, SyncClient
    from .._options import Settings, View

__all__ = ["ConvocoreMock", "Question", "RaiaMock", "ReplyFailed", "ZildMock"]

Blocking = TypeVar("Blocking", bound="SyncClient")
Awaiting = TypeVar("Awaiting", bound="AsyncClient")


@evaluable
class VendorMock(Mock):
    """A mock that makes clients of the SDK. They talk to it in process: no socket, no thread.

    While its context lasts, no client in this process waits: neither before a retry nor between two polls. Mock time
    moves on by what would have been waited, unless it is frozen.
    """

    vendor_name: ClassVar[str]
    credentials: ClassVar[tuple[str, ...]]

    def __init__(self, *, seed: int = 0, check: bool = False, **options: Any) -> None:
        super().__init__(self.vendor_name, seed=seed, check=check, **options)
        self._context = ExitStack()

    def __enter__(self) -> Self:
        self._context.enter_context(no_waiting(self.clock.elapse))
        return super().__enter__()

    def close(self) -> None:
        """Close the clients, stop the server that ``url`` has started, and let clients wait again."""
        self._context.close()
        super().close()

    def _credential(self, tenant: int) -> str:
        self.headers(tenant)  # refuses a tenant that there is not
        return self.credentials[tenant]

    def _settings(self, options: View) -> Settings[MockTransport, Any]:
        return {
            "base_url": f"http://{self.vendor}.test",
            "transport": MockTransport(self),
            "http_client": None,
            **options,
        }

    def _opened(self, client: Blocking) -> Blocking:
        self._context.callback(client.close)
        return client

    def _opened_async(self, client: Awaiting) -> Awaiting:
        self._context.callback(_close, client)
        return client


def _close(client: AsyncClient) -> None:
    # In process there is nothing to await, and perhaps no event loop any more: the first step is the last.
    with suppress(StopIteration):
        client.close().send(None)


@evaluable
class ConvocoreMock(VendorMock):
    """Convocore, played.

    ``seed`` decides ids; with ``check``, a reply that the document does not allow raises ``ContractViolation``. The
    rest are ``options``: ``paging``, ``posted_found``, ``runtime_time``, ``plan``, ``export_addon``, ``export_quota``,
    ``lists_per_minute``, ``lists_per_hour``, ``exports_per_hour``, ``broken``.
    """

    vendor_name = "convocore"
    credentials = CONVOCORE_KEYS
    options: ConvocoreOptions

    def client(self, *, tenant: int = 0, **options: Unpack[View]) -> Convocore:
        """A client of the first (0) or second (1) tenant. ``options`` are those of ``with_options``.

        The mock closes it with itself. Raises ``ValueError`` and ``ArgumentError``.
        """
        return self._opened(Convocore(self._credential(tenant), **self._settings(options)))

    def async_client(self, *, tenant: int = 0, **options: Unpack[View]) -> AsyncConvocore:
        """``client``, for asyncio."""
        return self._opened_async(AsyncConvocore(self._credential(tenant), **self._settings(options)))


@evaluable
class RaiaMock(VendorMock):
    """raia, played.

    ``seed`` decides ids; with ``check``, a reply that the document does not allow raises ``ContractViolation``. The
    rest are ``options``, such as ``pending_polls``.
    """

    vendor_name = "raia"
    credentials = RAIA_KEYS
    options: RaiaOptions

    def client(self, *, tenant: int = 0, **options: Unpack[View]) -> Raia:
        """A client of the first (0) or second (1) tenant. ``options`` are those of ``with_options``.

        The mock closes it with itself. Raises ``ValueError`` and ``ArgumentError``.
        """
        return self._opened(Raia(self._credential(tenant), **self._settings(options)))

    def async_client(self, *, tenant: int = 0, **options: Unpack[View]) -> AsyncRaia:
        """``client``, for asyncio."""
        return self._opened_async(AsyncRaia(self._credential(tenant), **self._settings(options)))


@evaluable
class ZildMock(VendorMock):
    """Zild, played.

    ``seed`` decides ids; with ``check``, a reply that the document does not allow raises ``ContractViolation``. The
    rest are ``options``, such as ``delivered_after``.
    """

    vendor_name = "zild"
    credentials = ZILD_TOKENS
    options: ZildOptions

    def client(self, *, tenant: int = 0, **options: Unpack[View]) -> Zild:
        """A client of the first (0) or second (1) tenant. ``options`` are those of ``with_options``.

        The mock closes it with itself. Raises ``ValueError`` and ``ArgumentError``.
        """
        return self._opened(Zild(self._credential(tenant), **self._settings(options)))

    def async_client(self, *, tenant: int = 0, **options: Unpack[View]) -> AsyncZild:
        """``client``, for asyncio."""
        return self._opened_async(AsyncZild(self._credential(tenant), **self._settings(options)))
