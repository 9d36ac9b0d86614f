"""Simultaneous requests about different things: a server that exchanges, forgets or doubles them is found."""

from __future__ import annotations

import json
import threading
from typing import Any

import attrs
import pytest

from causerie_contract._oracle import run as oracle
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_mock import Mock, Reply, Request
from causerie_spec import load

#: Seconds that a request waits for another one.
_PATIENCE = 0.3


class Crossed(Mock):
    """A vendor that gives the answers to two simultaneous requests each to the other."""

    def __init__(self, vendor: str, method: str, ending: bytes = b"") -> None:
        self._asked = method, ending
        self._barrier = threading.Barrier(2)
        self._replies = dict[int, Reply]()
        super().__init__(vendor)

    def handle(self, request: Request) -> Reply:
        """Return the reply to the other request, if there is one."""
        reply = super().handle(request)
        if (request.method, request.path[len(request.path) - len(self._asked[1]) :]) != self._asked:
            return reply
        number = self.meet()
        if number is None:
            return reply
        self._replies[number] = reply
        self.meet()
        return self._replies[1 - number]

    def meet(self) -> int | None:
        """Wait for another request; return 0 or 1, and None if no other one comes."""
        try:
            return self._barrier.wait(_PATIENCE)
        except threading.BrokenBarrierError:
            self._barrier.reset()
            return None


class Doubling(Crossed):
    """raia, which makes two users of two simultaneous requests with one address."""

    def __init__(self, name: str) -> None:
        self._name = name
        super().__init__("raia", "POST", b"/users")

    def handle(self, request: Request) -> Reply:
        """Create a user: one with another address, if it is the second at the same time."""
        if request.method != "POST" or not request.path.endswith(b"/users") or self.meet() != 1:
            return Mock.handle(self, request)
        try:
            body: Any = json.loads(request.body)
            body[self._name] = body[self._name].replace("@", "2@").replace("+49", "+492")
        except (ValueError, LookupError, TypeError):
            return Mock.handle(self, request)
        return Mock.handle(self, attrs.evolve(request, body=json.dumps(body).encode()))


@pytest.mark.parametrize(
    ("mock", "code"),
    [
        (Crossed("raia", "GET", b"/response-on"), "model: request-gets-its-own-answer"),
        (Crossed("convocore", "GET", b"/export"), "model: request-gets-its-own-answer"),
        (Crossed("convocore", "POST", b"/send"), "model: sent-goes-out-as-it-is"),
        (Crossed("zild", "POST"), "model: value-after-write"),
        (Doubling("email"), "model: unique-stays-unique"),
        (Doubling("phoneNumber"), "model: unique-stays-unique"),
    ],
    ids=["responses", "exports", "messages", "starts", "addresses", "numbers"],
)
def test_it_is_found(mock: Crossed, code: str) -> None:
    """Each kind of fault is found under its own name, with the requests that were sent at once."""
    document = load(mock.vendor)
    target = mock_in_process(mock.vendor, document, mock)
    found = oracle(mock.vendor, document, target, Settings(shrink=False), parts=["races"])

    assert [code] == [finding.code for finding in found]
    assert any(line.endswith(" &") for line in found[0].curl[-2:])


class Repeating(Mock):
    """A vendor that answers a request to one operation as it answered an equal one before."""

    def __init__(self, vendor: str, ending: bytes) -> None:
        self._ending = ending
        self._answered = dict[tuple[bytes, bytes], Reply]()
        super().__init__(vendor)

    def handle(self, request: Request) -> Reply:
        """Return the reply to the first of all equal requests."""
        if request.method != "POST" or not request.path.endswith(self._ending):
            return super().handle(request)
        return self._answered.setdefault((request.path, request.body), super().handle(request))


@pytest.mark.parametrize("ending", [b"/webhooks", b"/prompts/async", b"/start", b"/messages"])
def test_a_repeated_answer(ending: bytes) -> None:
    """Whatever creates something creates it again when an equal request comes."""
    document = load("raia")
    target = mock_in_process("raia", document, Repeating("raia", ending))
    found = oracle("raia", document, target, Settings(shrink=False), parts=["races"])

    assert ["model: equal-creates-are-two"] == [finding.code for finding in found]
