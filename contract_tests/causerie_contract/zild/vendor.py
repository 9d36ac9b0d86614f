"""The record of Zild."""

from __future__ import annotations

from causerie_contract._vendor import Vendor
from causerie_contract.zild.oracle import BASE, Zild
from causerie_contract.zild.writes import WRITES

VENDOR = Vendor(writes=WRITES, oracle=(BASE, Zild))
