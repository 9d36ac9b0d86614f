"""Requests at the same time: what is lost, mixed or answered twice is found, and by nothing else."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import attrs
import pytest

from causerie_contract._oracle import run as oracle
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_mock import Mock, Reply, Request
from causerie_spec import load

_CONVERSATIONS = b"/external/conversations"
#: The fields of a conversation that an update may change and a read shows.
_FIELDS = ("title", "conversationStateId")


class Meeting(Mock):
    """raia, where a request waits a moment for another one."""

    #: Seconds.
    patience = 0.3

    def __init__(self) -> None:
        self._barrier = threading.Barrier(2)
        super().__init__("raia")

    def handle(self, request: Request) -> Reply:
        """Return the reply to a request."""
        one = request.path.startswith(_CONVERSATIONS + b"/") and request.path.count(b"/") == 3
        if request.method == "POST" and request.path == _CONVERSATIONS:
            return self.create(request)
        if request.method == "GET" and one and not request.path.endswith(b"/states"):
            return self.read(request)
        return self.update(request) if request.method == "PUT" and one else super().handle(request)

    def meet(self) -> int | None:
        """Wait for another request; return a number of its own for each of the two, and None when none came."""
        try:
            return self._barrier.wait(self.patience)
        except threading.BrokenBarrierError:
            self._barrier.reset()
            return None

    def create(self, request: Request) -> Reply:
        """Create a conversation."""
        return super().handle(request)

    def read(self, request: Request) -> Reply:
        """Read a conversation."""
        return super().handle(request)

    def update(self, request: Request) -> Reply:
        """Change a conversation."""
        return super().handle(request)

    def put(self, request: Request, fields: Any) -> Reply:
        """Change these fields."""
        return super().handle(attrs.evolve(request, body=json.dumps(fields).encode()))


def texts(request: Request) -> dict[str, str] | None:
    """Return the fields of an update that has texts alone."""
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    plain = isinstance(body, dict) and body.keys() <= {*_FIELDS}
    return body if plain and all(isinstance(each, str) and len(each) < 256 for each in body.values()) else None


class Losing(Meeting):
    """An update writes the whole record as it was read."""

    def update(self, request: Request) -> Reply:
        """Read, wait, and write."""
        fields = texts(request)
        shown = self.read(attrs.evolve(request, method="GET", body=b""))
        if fields is None or shown.status != 200:
            return super().update(request)
        before = json.loads(shown.body)
        self.meet()
        return self.put(request, {name: before[name] for name in _FIELDS if name in before} | fields)


class Mixing(Meeting):
    """An update writes one field after the other, each second one in another order."""

    def __init__(self) -> None:
        self._order = 1
        super().__init__()

    def update(self, request: Request) -> Reply:
        """Write a field, wait, and write the others."""
        fields = texts(request)
        if not fields or len(fields) < 2:
            return super().update(request)
        self._order = -self._order
        first = [*fields][:: self._order][0]
        reply = self.put(request, {first: fields.pop(first)})
        self.meet()
        return reply if reply.status != 200 else self.put(request, fields)


class Halving(Meeting):
    """A read takes one field before an update and the others after it."""

    def read(self, request: Request) -> Reply:
        """Read twice."""
        before = super().read(request)
        if before.status != 200 or self.meet() is None:
            return before
        time.sleep(self.patience / 3)
        after = super().read(request)
        return Reply.json(200, json.loads(after.body) | {"title": json.loads(before.body).get("title")})

    def update(self, request: Request) -> Reply:
        """Wait for a reader."""
        self.meet()
        return super().update(request)


class Joining(Meeting):
    """Two creates at the same time are one."""

    def create(self, request: Request) -> Reply:
        """Answer both with what the first one has made."""
        number = self.meet()
        if number != 1:
            self._made = super().create(request)
        if number is not None:
            self.meet()
        return self._made


class Locking(Meeting):
    """Of two updates at the same time, one is an error of the server."""

    def update(self, request: Request) -> Reply:
        """Refuse the second one."""
        if self.meet() == 1:
            return Reply.json(500, {"status": 500, "message": "database is locked"})
        return super().update(request)


MUTANTS = {
    Losing: "model: no-update-is-lost",
    Mixing: "model: updates-do-not-mix",
    Halving: "model: reader-sees-before-or-after",
    Joining: "model: equal-creates-are-two",
    Locking: "model: requests-at-once-are-answered",
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_it_is_found(mutant: type[Meeting]) -> None:
    """Each kind of fault is found under its own name, with the requests that were sent at once."""
    document = load("raia")
    found = oracle(
        "raia", document, mock_in_process("raia", document, mutant()), Settings(shrink=False), parts=["races"]
    )

    assert [MUTANTS[mutant]] == [finding.code for finding in found]
    assert found[0].curl[-1].endswith(" &") or found[0].curl[-2].endswith(" &")
    assert not found[0].test


@pytest.mark.parametrize("mutant", MUTANTS)
def test_nothing_else_finds_it(mutant: type[Meeting], monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, all requests are answered as they should be."""
    monkeypatch.setattr(mutant, "patience", 0.0)
    document = load("raia")
    target = mock_in_process("raia", document, mutant())
    found = oracle("raia", document, target, Settings(shrink=False), parts=["chapters", "sweep", "values"])

    assert [] == found
