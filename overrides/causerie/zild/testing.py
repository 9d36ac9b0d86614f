"""Zild for tests: the mock, with clients of the SDK in front of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from causerie_api.annotations import evaluable
from causerie_mock import ZILD_TOKENS

from ..testing._mock import VendorMock
from .client import AsyncZild, Zild

if TYPE_CHECKING:
    from typing import Unpack

    from causerie_mock.zild.options import Options

    from .._options import View


@evaluable
class ZildMock(VendorMock):
    """Zild, played.

    ``seed`` decides ids; with ``check``, a reply that the document does not allow raises ``ContractViolation``. The
    rest are ``options``, such as ``delivered_after``.
    """

    vendor_name = "zild"
    credentials = ZILD_TOKENS
    options: Options

    def client(self, *, tenant: int = 0, **options: Unpack[View]) -> Zild:
        """Return a client of the first (0) or second (1) tenant. ``options`` are those of ``with_options``.

        The mock closes it with itself. Raises ``ValueError`` and ``ArgumentError``.
        """
        return self._opened(Zild(self._credential(tenant), **self._settings(options)))

    def async_client(self, *, tenant: int = 0, **options: Unpack[View]) -> AsyncZild:
        """``client``, for asyncio."""
        return self._opened_async(AsyncZild(self._credential(tenant), **self._settings(options)))
