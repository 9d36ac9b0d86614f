"""Each vendor and each operation in turn, and what the run found about it."""

from __future__ import annotations

import pytest

from causerie_spec.documents import operations

from ._plugin import suite_of
from ._result import Result
from ._suite import Suite


@pytest.fixture(scope="session")
def suite(pytestconfig: pytest.Config) -> Suite:
    """Return the suite that the command line asked for."""
    return suite_of(pytestconfig)


@pytest.fixture
def result(suite: Suite, vendor: str) -> Result:
    """Return what the run found about the vendor; the first test of a vendor waits for it."""
    return suite.result(vendor)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test each `vendor`, or each `vendor` and `operation`."""
    suite = suite_of(metafunc.config)
    if "operation" in metafunc.fixturenames:
        pairs = [(vendor, name) for vendor in suite.vendors for name in operations(suite.document(vendor))]
        metafunc.parametrize(("vendor", "operation"), [_one(*pair) for pair in pairs])
    elif "vendor" in metafunc.fixturenames:
        metafunc.parametrize("vendor", [_one(vendor) for vendor in suite.vendors])


def _one(*names: str) -> object:
    # One worker of pytest-xdist for a vendor (--dist loadgroup): its tests share one run.
    return pytest.param(*names, id="-".join(names), marks=pytest.mark.xdist_group(names[0]))
