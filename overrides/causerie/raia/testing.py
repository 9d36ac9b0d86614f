"""raia for tests: the mock, with clients of the SDK in front of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from causerie_api.annotations import evaluable
from causerie_mock import RAIA_KEYS

from ..testing._mock import VendorMock
from .client import AsyncRaia, Raia

if TYPE_CHECKING:
    from typing import Unpack

    from causerie_mock.raia.options import Options

    from .._options import View


@evaluable
class RaiaMock(VendorMock):
    """raia, played.

    ``seed`` decides ids; with ``check``, a reply that the document does not allow raises ``ContractViolation``. The
    rest are ``options``, such as ``pending_polls``.
    """

    vendor_name = "raia"
    credentials = RAIA_KEYS
    options: Options

    def client(self, *, tenant: int = 0, **options: Unpack[View]) -> Raia:
        """Return a client of the first (0) or second (1) tenant. ``options`` are those of ``with_options``.

        The mock closes it with itself. Raises ``ValueError`` and ``ArgumentError``.
        """
        return self._opened(Raia(self._credential(tenant), **self._settings(options)))

    def async_client(self, *, tenant: int = 0, **options: Unpack[View]) -> AsyncRaia:
        """``client``, for asyncio."""
        return self._opened_async(AsyncRaia(self._credential(tenant), **self._settings(options)))
