"""The small parts: documents, store, ids, clock."""

from __future__ import annotations

import re
import subprocess
import sys
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import causerie_mock
from causerie_mock import VENDORS, Mock, document
from causerie_mock._contract import Contract
from causerie_mock._ids import Ids
from causerie_mock._store import Store


def test_the_exported_names_are_these() -> None:
    """The public face changes on purpose only."""
    expected = [
        "CONVOCORE_KEYS",
        "RAIA_KEYS",
        "VENDORS",
        "ZILD_TOKENS",
        "Clock",
        "ContractViolation",
        "Deliveries",
        "Delivery",
        "Fault",
        "Faults",
        "Finding",
        "Findings",
        "HTTPMock",
        "Issue",
        "Match",
        "Mock",
        "MockTransport",
        "Question",
        "Recorded",
        "Reply",
        "ReplyFailed",
        "Request",
        "Requests",
        "Spy",
        "Target",
        "Webhooks",
        "asgi",
        "document",
        "mock",
        "serve",
    ]

    assert expected == causerie_mock.__all__
    assert all(hasattr(causerie_mock, name) for name in expected)


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_operation_has_a_handler(vendor: str) -> None:
    """Documents and handlers name the same operations."""
    mock = Mock(vendor)

    assert {operation.id for operation in mock._contract.operations()} == set(mock._vendor.handlers)


def test_an_unknown_vendor_is_refused() -> None:
    """The sentence names the vendors there are."""
    with pytest.raises(ValueError, match=r"'acme' is not a vendor; choose one of convocore, raia, zild\."):
        Mock("acme")


def test_a_document_is_parsed_afresh() -> None:
    """Who changes a document changes nobody else's."""
    changed = document("zild")
    changed["paths"].clear()

    assert document("zild")["paths"]


@given(st.lists(st.integers(0, 50)), st.sets(st.integers(0, 50), max_size=3))
def test_a_store_keeps_the_seeded_and_the_latest(keys: list[int], seeded: set[int]) -> None:
    """It never outgrows its limit and never loses what it began with."""
    store = Store({str(key): key for key in seeded}, limit=5)
    for key in keys:
        store[str(key)] = key

    arrived = list(dict.fromkeys(key for key in keys if key not in seeded))
    latest = arrived[max(0, len(arrived) - (5 - len(seeded))) :]

    assert len(store) <= 5
    assert seeded <= set(store.values())
    # A key that was dropped may come back later, so compare only where no key is repeated.
    assert len(set(keys)) < len(keys) or latest == [key for key in store.values() if key not in seeded]


def test_ids_repeat_with_their_seed_alone() -> None:
    """The same seed makes the same ids; another one makes others."""

    def some(seed: int) -> list[str]:
        ids = Ids(seed)
        return [ids.uuid(), ids.token(8), ids.uuid()]

    assert some(1) == some(1)
    assert not set(some(1)) & set(some(2))
    assert 3 == len(set(some(1)))


@given(st.integers(), st.integers(0, 2**64), st.integers(1, 64))
def test_ids_have_their_form_and_go_on_from_a_number(seed: int, made: int, length: int) -> None:
    """A UUID is one of version 4, a token has letters and digits, and seed and number are all there is to keep."""
    ids, again = Ids(seed, made), Ids(seed, made)
    first = ids.uuid()
    token = ids.token(length)

    assert (4, uuid.RFC_4122) == (uuid.UUID(first).version, uuid.UUID(first).variant)
    assert first == str(uuid.UUID(first)) == again.uuid()
    assert re.fullmatch(f"[a-z0-9]{{{length}}}", token)
    assert token == Ids(seed, made + 1).token(length)
    assert made + 2 == ids.made


@pytest.mark.parametrize("base", ["", "/v1"])
def test_a_static_path_is_found_in_every_spelling(base: str) -> None:
    """Percent-encoded or not, below a server's path or not, and before a templated path that fits too."""
    found = [_CONTRACT.find(f"{base}/{name}/all".encode()) for name in ("things", "thing%73", "%74hings")]

    assert [found[0]] * 3 == found
    assert found[0] is not None
    assert ({"GET"}, {}) == (set(found[0][0]), found[0][1])


_RESPONSES: Any = {"200": {"description": "Fine."}}
_CONTRACT = Contract(
    {
        "servers": [{"url": "https://vendor.test/v1/"}],
        "paths": {
            "/things/{id}": {"put": {"operationId": "put", "security": [], "responses": _RESPONSES}},
            "/things/all": {"get": {"operationId": "get", "security": [], "responses": _RESPONSES}},
        },
    }
)


def test_without_the_extra() -> None:
    """Without what the extra installs, the sentence says what to install."""
    program = "import sys; sys.modules['uvicorn'] = None; import causerie_mock"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert 'in a checkout of Causerie, pip install ".[mock]"' in done.stderr


def test_an_unknown_name_is_an_attribute_error() -> None:
    """Although some names are found late."""
    with pytest.raises(AttributeError, match="'causerie_mock' has no attribute 'mook'"):
        causerie_mock.mook  # noqa: B018
