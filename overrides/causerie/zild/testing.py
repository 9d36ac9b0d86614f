"""Zild for tests: the mock, with clients of the SDK in front of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from causerie_api.annotations import evaluable
from causerie_mock import ZILD_TOKENS

from ..testing._mock import VendorMock
from .client import AsyncZild, Zild

if TYPE_CHECKING:
    from causerie_mock.zild.options import Options


@evaluable
class ZildMock(VendorMock[Zild, AsyncZild]):
    """A mock of Zild. ``seed`` determines the ids.

    With ``check``, a reply that the document does not allow raises ``ContractViolation``. ``options`` are settings such
    as ``delivered_after``.
    """

    vendor_name = "zild"
    credentials = ZILD_TOKENS
    clients = (Zild, AsyncZild)
    options: Options
