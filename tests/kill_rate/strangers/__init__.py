"""Faults of real back ends, chosen by somebody who does not know the checks, put between client and vendor."""

from __future__ import annotations

import attrs

import causerie_mock
from tests.kill_rate.strangers import concurrency, credentials, identity, leaks, lists, validation, values
from tests.kill_rate.strangers.fault import Fault, on
from tests.kill_rate.strangers.proxy import sound
from tests.kill_rate.strangers.target import Where


def mutants(where: Where = "port") -> list[Fault]:
    """Return all faults, in a fixed order, of vendors that the suite reaches so."""
    modules = (credentials, concurrency, values, validation, lists, identity, leaks)
    return [attrs.evolve(fault, where=where) for module in modules for fault in module.faults()]


def baseline(where: Where) -> list[Fault]:
    """Return, for each vendor, a proxy without any fault."""
    return [
        attrs.evolve(
            on(vendor, *(operation.id for operation in causerie_mock.Mock(vendor)._contract.operations())).everywhere(
                "baseline", "nothing", sound
            ),
            where=where,
        )
        for vendor in causerie_mock.VENDORS
    ]
