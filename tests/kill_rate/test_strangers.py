"""The faults that strangers chose: each of them shows."""

from __future__ import annotations

import functools

import pytest

import causerie_mock
from tests.kill_rate.strangers import mutants
from tests.kill_rate.strangers.asked import notices, told
from tests.kill_rate.strangers.fault import Fault
from tests.kill_rate.strangers.proxy import Proxy

_expected = functools.cache(told)


@pytest.mark.parametrize("vendor", causerie_mock.VENDORS)
def test_without_a_fault_the_same_is_told_again(vendor: str) -> None:
    """The proxy alone is not noticed."""
    assert not notices(Proxy(causerie_mock.Mock(vendor)), _expected(vendor))


@pytest.mark.parametrize("fault", [fault for fault in mutants() if fault.equivalent is None], ids=str)
def test_a_caller_can_tell(fault: Fault) -> None:
    """A fault changes what a careful caller is told, and says that it has."""
    fired: list[None] = []
    proxy = Proxy(causerie_mock.Mock(fault.vendor), fault.handler, lambda: fired.append(None))

    assert notices(proxy, _expected(fault.vendor))
    assert fired


def test_each_fault_is_another_one() -> None:
    """No two faults are described alike."""
    found = [str(fault) for fault in mutants()]

    assert len(set(found)) == len(found)
