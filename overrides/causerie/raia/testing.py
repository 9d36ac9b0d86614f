"""raia for tests: the mock, with clients of the SDK in front of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from causerie_api.annotations import evaluable
from causerie_mock import RAIA_KEYS

from ..testing._mock import VendorMock
from .client import AsyncRaia, Raia

if TYPE_CHECKING:
    from causerie_mock.raia.options import Options


@evaluable
class RaiaMock(VendorMock[Raia, AsyncRaia]):
    """A mock of raia. ``seed`` determines the ids.

    With ``check``, a reply that the document does not allow raises ``ContractViolation``. ``options`` are settings such
    as ``pending_polls``.
    """

    vendor_name = "raia"
    credentials = RAIA_KEYS
    clients = (Raia, AsyncRaia)
    options: Options
