"""The fault matrix: how often each request is sent when things go wrong, and what is raised."""

from __future__ import annotations

import pytest

from .faults import CALLS, FAULTS, POLICIES, Outcome, cells, observe
from .kinds import KINDS

RAISED = {
    "connect refused": "APIConnectionError",
    "connect timeout": "APITimeoutError",
    "reset before reading": "APIConnectionError",
    "read timeout": "APITimeoutError",
    "reset after reading": "APIConnectionError",
    "truncated body": "APIConnectionError",
    "2 GB announced": "APIConnectionError",
    "not packed": "APIConnectionError",
    "packed with br": "APIConnectionError",
    "bomb": "APIResponseTooLargeError",
    "503 with a bomb": "APIResponseTooLargeError",
    "302 to no URL": "APIStatusError",
    "no HTTP": "APIConnectionError",
    "408": "APIStatusError",
    "409": "ConflictError",
    "429": "RateLimitError",
    "500": "ServerError",
    "502": "ServerError",
    "503": "ServerError",
    "504": "ServerError",
    "520": "ServerError",
    "429 after 5 s": "RateLimitError",
    "429 after a date": "RateLimitError",
    "429 after a year": "RateLimitError",
    "503 after a year": "ServerError",
}
ATTEMPTS = {"never": 1, "default": 3, "4, unsafe": 4}


def expected(method: str, fault: str, policy: str) -> Outcome:
    """State the policy in other words than the code's."""
    unprocessed = fault.startswith(("connect ", "429"))
    repeatable = method in ("GET", "PUT", "DELETE") or policy == "4, unsafe" or unprocessed
    hopeless = fault in ("409", "520", "429 after a year", "503 after a year", "302 to no URL") or "bomb" in fault
    attempts = ATTEMPTS[policy] if repeatable and not hopeless else 1
    never_read = fault.startswith("connect ") or fault == "reset before reading"
    return Outcome(attempts, 0 if never_read else attempts, RAISED[fault])


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("fault", FAULTS)
def test_blocking(fault: str, policy: str) -> None:
    """Each method is sent exactly as often as the policy allows, and never again once it may have been processed."""
    assert {method: expected(method, fault, policy) for method in CALLS} == {
        method: observe(method, fault, policy) for method in CALLS
    }


@pytest.mark.parametrize("kind", KINDS[1:])
@pytest.mark.parametrize("fault", FAULTS)
def test_other_kinds(fault: str, kind: str) -> None:
    """The other clients do the same, blocking and awaited, over httpx, httpx2 and aiohttp."""
    methods = ("GET", "POST")

    assert {method: expected(method, fault, "default") for method in methods} == {
        method: observe(method, fault, "default", kind) for method in methods
    }


def test_complete() -> None:
    """The matrix has every cell."""
    assert len(CALLS) * len(FAULTS) * len(POLICIES) == len(list(cells()))
    assert set(RAISED) == set(FAULTS)
