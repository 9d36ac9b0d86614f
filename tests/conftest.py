"""Settings of all tests."""

import ctypes
import os
import signal
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

import causerie_mock

# No test asserts a time, and neither does Hypothesis: machines are slow at times.
settings.register_profile("causerie", deadline=None, max_examples=50)
settings.load_profile("causerie")

# Where the tests run in the background, a shell has them ignore Ctrl-C, and so would the processes that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


# dlt sends telemetry to its maker unless it is told not to.
os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"

# What the tests free lies in pieces between what they keep, and the C library gives none of it back by itself.
_LIBRARY = ctypes.CDLL(None) if sys.platform == "linux" else None


def pytest_runtest_logfinish() -> None:
    """Give the memory back that a test has freed, where the C library can."""
    if hasattr(_LIBRARY, "malloc_trim"):
        _LIBRARY.malloc_trim(0)


@pytest.fixture
def vendors(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Yield the vendors on a port, and the environment that leads to them."""
    monkeypatch.setenv("CONVOCORE_API_KEY", causerie_mock.CONVOCORE_KEYS[0])
    monkeypatch.setenv("RAIA_AGENT_SECRET_KEY", causerie_mock.RAIA_KEYS[0])
    monkeypatch.setenv("ZILD_TOKEN", causerie_mock.ZILD_TOKENS[0])
    mocks = [causerie_mock.Mock(vendor, check=True) for vendor in causerie_mock.VENDORS]
    with causerie_mock.serve(mocks) as urls:
        for vendor, url in urls.items():
            monkeypatch.setenv(f"{vendor.upper()}_BASE_URL", url)
        yield
