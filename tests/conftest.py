"""Settings of all tests."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

import palaver_mock

# No test asserts a time, and neither does Hypothesis: machines are slow at times.
settings.register_profile("palaver", deadline=None, max_examples=50)
settings.load_profile("palaver")


@pytest.fixture
def vendors(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The vendors on a port, and the environment that leads to them."""
    monkeypatch.setenv("CONVOCORE_API_KEY", palaver_mock.CONVOCORE_KEYS[0])
    monkeypatch.setenv("RAIA_AGENT_SECRET_KEY", palaver_mock.RAIA_KEYS[0])
    monkeypatch.setenv("ZILD_TOKEN", palaver_mock.ZILD_TOKENS[0])
    mocks = [palaver_mock.Mock(vendor, check=True) for vendor in palaver_mock.VENDORS]
    with palaver_mock.serve(mocks) as urls:
        for vendor, url in urls.items():
            monkeypatch.setenv(f"{vendor.upper()}_BASE_URL", url)
        yield
