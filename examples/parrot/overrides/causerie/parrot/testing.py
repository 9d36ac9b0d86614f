"""Parrot for tests: the mock, with clients of the SDK in front of it."""

from __future__ import annotations

from causerie_mock.parrot.vendor import TOKENS

from causerie_api.annotations import evaluable

from ..testing._mock import VendorMock
from .client import AsyncParrot, Parrot


@evaluable
class ParrotMock(VendorMock[Parrot, AsyncParrot]):
    """Parrot, played."""

    vendor_name = "parrot"
    credentials = TOKENS
    clients = (Parrot, AsyncParrot)
