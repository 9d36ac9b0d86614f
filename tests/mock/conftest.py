"""Mocks that hold themselves to their documents, and clients of their two tenants."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from causerie_mock import Mock, MockTransport


def connect(mock: Mock, tenant: int = 0) -> httpx.Client:
    """Return a client of `mock` with the credential of `tenant`."""
    return httpx.Client(transport=MockTransport(mock), base_url="http://vendor.test", headers=mock.headers(tenant))


@pytest.fixture
def convocore_vendor() -> Mock:
    """Convocore, checked."""
    return Mock("convocore", check=True)


@pytest.fixture
def convocore(convocore_vendor: Mock) -> Iterator[httpx.Client]:
    """Yield a client with the key that owns agent123."""
    with connect(convocore_vendor) as client:
        yield client


@pytest.fixture
def other_convocore(convocore_vendor: Mock) -> Iterator[httpx.Client]:
    """Yield a client with the key that owns agent456."""
    with connect(convocore_vendor, 1) as client:
        yield client


@pytest.fixture
def raia_vendor() -> Mock:
    """raia, checked."""
    return Mock("raia", check=True)


@pytest.fixture
def raia(raia_vendor: Mock) -> Iterator[httpx.Client]:
    """Yield a client with the first agent's key."""
    with connect(raia_vendor) as client:
        yield client


@pytest.fixture
def other_raia(raia_vendor: Mock) -> Iterator[httpx.Client]:
    """Yield a client with the second agent's key."""
    with connect(raia_vendor, 1) as client:
        yield client


@pytest.fixture
def zild_vendor() -> Mock:
    """Zild, checked."""
    return Mock("zild", check=True)


@pytest.fixture
def zild(zild_vendor: Mock) -> Iterator[httpx.Client]:
    """Yield a client with the first tenant's token."""
    with connect(zild_vendor) as client:
        yield client
