"""Faults of the behaviour: the mock's functions replaced at their seams, from outside."""

from __future__ import annotations

from tests.kill_rate.behaviour import convocore, raia, zild
from tests.kill_rate.behaviour.common import credentials, validation, writes
from tests.kill_rate.mutants import Mutant, few

_VENDORS = {"convocore": convocore, "raia": raia, "zild": zild}


def mutants(each: int) -> list[Mutant]:
    """Return all mutants that a vendor has alone and, of what all vendors have, `each` of an operator."""
    found: list[Mutant] = []
    for vendor, faults in _VENDORS.items():
        found += few([*credentials(vendor), *validation(vendor), *writes(vendor, faults.WRITES)], each)
        found += faults.mutants()
    return found
