"""One vendor, played."""

from __future__ import annotations

import functools
import threading
from typing import Any

from palaver_mock import convocore, raia, zild
from palaver_mock._clock import Clock
from palaver_mock._contract import Contract
from palaver_mock._core import answer
from palaver_mock._documents import document
from palaver_mock._exchange import Reply, Request
from palaver_mock._ids import Ids
from palaver_mock._vendor import Vendor, World

_VENDORS: dict[str, Vendor] = {"convocore": convocore.VENDOR, "raia": raia.VENDOR, "zild": zild.VENDOR}


@functools.cache
def _contract(vendor: str) -> Contract:
    return Contract(document(vendor))


class Mock:
    """A stateful stand-in for one vendor, in memory, made from the vendor's document.

    `vendor` is one of `palaver_mock.VENDORS`; anything else raises `ValueError`. The same `seed` makes the same ids and
    dates for the same requests. With `check`, a reply that the document does not allow raises `ContractViolation`.
    Further options go to the vendor's state: `pending_polls` to raia's.

    One mock may serve many threads.
    """

    def __init__(self, vendor: str, *, seed: int = 0, check: bool = False, **options: Any) -> None:
        self.vendor = vendor
        self._contract = _contract(vendor)
        self._vendor = _VENDORS[vendor]
        self._seed = seed
        self._check = check
        self._options = options
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Forgets everything: the state, the clock and the ids are as they were at the beginning."""
        with self._lock:
            self._clock = Clock()
            world = World(self._contract.document, self._clock, Ids(self._seed))
            self._state = self._vendor.state(world, **self._options)

    def handle(self, request: Request) -> Reply:
        """The vendor's reply to `request`. Nothing that a request holds makes it raise, or answer with a 5xx."""
        with self._lock:
            self._clock.tick()
            return answer(self._contract, self._vendor, self._state, request, checked=self._check)

    def headers(self, tenant: int = 0) -> dict[str, str]:
        """The header that lets the first (0) or the second (1) tenant in."""
        operation = next(self._contract.operations())
        return operation.credential.write(self._vendor.credentials[tenant])
