"""Convocore for tests: the mock, with clients of the SDK in front of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from causerie_api.annotations import evaluable
from causerie_mock import CONVOCORE_KEYS

from ..testing._mock import VendorMock
from .client import AsyncConvocore, Convocore

if TYPE_CHECKING:
    from causerie_mock.convocore.options import Options


@evaluable
class ConvocoreMock(VendorMock[Convocore, AsyncConvocore]):
    """A mock of Convocore. ``seed`` determines the ids.

    With ``check``, a reply that the document does not allow raises ``ContractViolation``. ``options`` are ``paging``,
    ``posted_found``, ``runtime_time``, ``plan``, ``export_addon``, ``export_quota``, ``lists_per_minute``,
    ``lists_per_hour``, ``exports_per_hour`` and ``broken``.
    """

    vendor_name = "convocore"
    credentials = CONVOCORE_KEYS
    clients = (Convocore, AsyncConvocore)
    options: Options
