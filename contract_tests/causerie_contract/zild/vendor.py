"""The record of Zild."""

from __future__ import annotations

from .._vendor import Vendor
from .oracle import BASE, Zild
from .writes import WRITES

VENDOR = Vendor(writes=WRITES, oracle=(BASE, Zild))
