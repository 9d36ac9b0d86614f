"""Parrot for tests: the mock, with clients of the SDK in front of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from causerie_mock.parrot.vendor import TOKENS

from causerie_api.annotations import evaluable

from ..testing._mock import VendorMock
from .client import AsyncParrot, Parrot

if TYPE_CHECKING:
    from typing import Unpack

    from .._options import View


@evaluable
class ParrotMock(VendorMock):
    """Parrot, played."""

    vendor_name = "parrot"
    credentials = TOKENS

    def client(self, *, tenant: int = 0, **options: Unpack[View]) -> Parrot:
        """Return a client of the first (0) or second (1) tenant. ``options`` are those of ``with_options``."""
        return self._opened(Parrot(self._credential(tenant), **self._settings(options)))

    def async_client(self, *, tenant: int = 0, **options: Unpack[View]) -> AsyncParrot:
        """Return ``client``, for asyncio."""
        return self._opened_async(AsyncParrot(self._credential(tenant), **self._settings(options)))
