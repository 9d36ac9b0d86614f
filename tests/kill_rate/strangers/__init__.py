"""Faults of real back ends, chosen by somebody who does not know the checks, put between client and vendor."""

from __future__ import annotations

from tests.kill_rate.strangers import concurrency, credentials, identity, leaks, lists, validation, values
from tests.kill_rate.strangers.fault import Fault


def mutants() -> list[Fault]:
    """Return all faults, in a fixed order."""
    modules = (credentials, concurrency, values, validation, lists, identity, leaks)
    return [fault for module in modules for fault in module.faults()]
