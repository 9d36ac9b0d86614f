"""Convocore for tests: the mock, with clients of the SDK in front of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from causerie_api.annotations import evaluable
from causerie_mock import CONVOCORE_KEYS

from ..testing._mock import VendorMock
from .client import AsyncConvocore, Convocore

if TYPE_CHECKING:
    from typing import Unpack

    from causerie_mock.convocore.options import Options

    from .._options import View


@evaluable
class ConvocoreMock(VendorMock):
    """Convocore, played.

    ``seed`` decides ids; with ``check``, a reply that the document does not allow raises ``ContractViolation``. The
    rest are ``options``: ``paging``, ``posted_found``, ``runtime_time``, ``plan``, ``export_addon``, ``export_quota``,
    ``lists_per_minute``, ``lists_per_hour``, ``exports_per_hour``, ``broken``.
    """

    vendor_name = "convocore"
    credentials = CONVOCORE_KEYS
    options: Options

    def client(self, *, tenant: int = 0, **options: Unpack[View]) -> Convocore:
        """Return a client of the first (0) or second (1) tenant. ``options`` are those of ``with_options``.

        The mock closes it with itself. Raises ``ValueError`` and ``ArgumentError``.
        """
        return self._opened(Convocore(self._credential(tenant), **self._settings(options)))

    def async_client(self, *, tenant: int = 0, **options: Unpack[View]) -> AsyncConvocore:
        """``client``, for asyncio."""
        return self._opened_async(AsyncConvocore(self._credential(tenant), **self._settings(options)))
