"""Servers that die while they are tested."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from unittest import mock

import httpx
import pytest
import requests

from causerie_contract import _pulse
from causerie_contract._pulse import Asked, Pulse
from causerie_contract._run import run
from causerie_contract._settings import Settings
from causerie_contract._target import server
from causerie_mock import RAIA_KEYS
from tests.contract.conftest import reduced

OPERATIONS = ("create_user", "get_user", "delete_user")


@pytest.fixture(autouse=True)
def _impatience() -> Iterator[None]:
    """Nothing starts these servers anew."""
    with mock.patch.object(_pulse, "_PATIENCE", 0.3):
        yield


@contextlib.contextmanager
def mortal(operation: str, count: int) -> Iterator[str]:
    """Serve a vendor that dies of a request, and yield its URL."""
    command = [sys.executable, "-m", "tests.contract.mortal_server", operation, str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.kill()


@pytest.mark.parametrize(("count", "phase"), [(1, "examples"), (12, "coverage"), (180, "stateful")])
def test_death(count: int, phase: str) -> None:
    """A server that dies is one finding, which has the request, and the run ends there."""
    with mortal("create_user", count) as url:
        result = run("raia", reduced("raia", *OPERATIONS), server(url, RAIA_KEYS[0]), Settings(max_examples=20))
    found = [each for tally in result.operations.values() for each in tally.findings]
    (finding,) = [each for each in found if each.check == "alive"]

    assert ("create_user", "died") == (finding.operation, finding.code)
    assert ["The run ended early, as the server died."] == result.errors
    assert "The run ended early, as the server died." in result.overview
    assert "curl -X POST" in finding.curl[-1]
    assert RAIA_KEYS[0] not in str(finding)
    assert [finding] == [each for each in found if each.status is None]
    assert phase in result.phases


def ask(pulse: Pulse, operation: str, error: Exception | None = None) -> None:
    """Ask a server, which answers or does not."""

    def send() -> None:
        if error is not None:
            raise error

    with contextlib.suppress(_pulse.Unanswered):
        pulse.ask(Asked(operation, tuple), send)


@pytest.mark.parametrize(
    ("error", "culprit"),
    [
        (httpx.ConnectError("refused"), "before"),
        (requests.ConnectionError("reset by peer"), "at"),
        (httpx.RemoteProtocolError("no answer"), "at"),
        (httpx.ReadError("reset by peer"), "at"),
    ],
    ids=["refused", "requests", "no answer", "reset"],
)
def test_whom_to_blame(error: Exception, culprit: str) -> None:
    """A request that was taken and not answered is to blame; where none was taken, the one before it is."""
    pulse = Pulse("http://127.0.0.1:9")
    for operation in ("first", "before"):
        ask(pulse, operation)
    for operation in ("at", "after"):
        ask(pulse, operation, error)

    assert [culprit] == [each.operation for each in pulse.lost]
    assert pulse.dead


def test_comes_back() -> None:
    """A server that is there again was not answering for a while, and that is a finding for each time."""
    pulse = Pulse("/in-this-process")
    for operation in ("a", "b"):
        ask(pulse, operation, httpx.ReadError("reset by peer"))
        ask(pulse, "well")

    assert ["a", "b"] == [each.operation for each in pulse.lost]
    assert not pulse.dead
