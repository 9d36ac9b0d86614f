"""Simultaneous updates by different operations, and updates that are seen in their middle: each kind is found."""

from __future__ import annotations

import json
import threading
import time

import attrs
import pytest

from causerie_contract._oracle import run as oracle
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_mock import Mock, Reply, Request
from causerie_spec import load

#: Seconds that a slow update takes.
_PAUSE = 0.05


class PuttingBack(Mock):
    """raia, where a slow update of a conversation puts back the mode that it read before."""

    def __init__(self) -> None:
        super().__init__("raia")

    def handle(self, request: Request) -> Reply:
        """Return the reply to an update, with the mode of before."""
        if request.method != "PUT" or request.path.endswith(b"/mode"):
            return super().handle(request)
        before = self._mode(request)
        time.sleep(_PAUSE)
        reply = super().handle(request)
        if before is not None and before != self._mode(request):
            body = json.dumps({"mode": before}).encode()
            return super().handle(attrs.evolve(request, path=request.path + b"/mode", body=body))
        return reply

    def _mode(self, request: Request) -> str | None:
        shown = super().handle(attrs.evolve(request, method="GET", body=b""))
        mode: str | None = json.loads(shown.body).get("mode")
        return mode


class Slow(Mock):
    """Convocore, which writes the turns of a conversation in two steps."""

    def __init__(self) -> None:
        super().__init__("convocore")

    def handle(self, request: Request) -> Reply:
        """Return the reply to the second step."""
        if request.method != "PATCH" or not request.path.endswith(b"/messages"):
            return super().handle(request)
        try:
            turns = json.loads(request.body)["turns"]
            first = self.first(turns)
        except (ValueError, LookupError, TypeError):
            return super().handle(request)
        super().handle(attrs.evolve(request, body=json.dumps({"turns": first}).encode()))
        time.sleep(_PAUSE)
        return self.second(request)

    def first(self, turns: list[object]) -> list[object]:
        """Return the turns of the first step: half of them."""
        return turns[: len(turns) // 2]

    def second(self, request: Request) -> Reply:
        """Write all of them."""
        return super().handle(request)


class Mixing(Slow):
    """Convocore, which keeps the turns of both of two simultaneous requests."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._writers = 0
        self._together: list[object] = []
        super().__init__()

    def first(self, turns: list[object]) -> list[object]:
        """Return all turns, and note them."""
        with self._one_at_a_time:
            self._together = [*self._together, *turns] if self._writers else turns
            self._writers += 1
        return turns

    def second(self, request: Request) -> Reply:
        """Write the turns of everybody who has come meanwhile."""
        with self._one_at_a_time:
            self._writers -= 1
            body = json.dumps({"turns": self._together}).encode()
        return super().second(attrs.evolve(request, body=body))


class Forgetting(Mock):
    """Convocore, which answers a turn that comes during another one and does not keep it."""

    def __init__(self) -> None:
        self._busy = threading.Lock()
        super().__init__("convocore")

    def handle(self, request: Request) -> Reply:
        """Return the reply to a turn."""
        if not request.path.endswith(b"/interact"):
            return super().handle(request)
        if not self._busy.acquire(blocking=False):
            body = json.loads(request.body) | {"disableRecordHistory": True}
            return super().handle(attrs.evolve(request, body=json.dumps(body).encode()))
        try:
            time.sleep(_PAUSE)
            return super().handle(request)
        finally:
            self._busy.release()


class Unlisted(Mock):
    """Convocore, which leaves out a list of an update that comes during another one."""

    def __init__(self) -> None:
        self._busy = threading.Lock()
        super().__init__("convocore")

    def handle(self, request: Request) -> Reply:
        """Return the reply to an update."""
        if request.method != "PATCH" or b"chatAssignedToIds" not in request.body:
            return super().handle(request)
        if not self._busy.acquire(blocking=False):
            body = json.loads(request.body)
            del body["conversation"]["chatAssignedToIds"]
            return super().handle(attrs.evolve(request, body=json.dumps(body).encode()))
        try:
            reply = super().handle(request)
            time.sleep(_PAUSE)
            return reply
        finally:
            self._busy.release()


class Miscounting(Mock):
    """Convocore, which counts the messages of two simultaneous turns as those of one."""

    def __init__(self) -> None:
        self._busy = threading.Lock()
        self._uncounted = 0
        super().__init__("convocore")

    def handle(self, request: Request) -> Reply:
        """Return the reply to a turn, or a record with fewer messages than were said."""
        if request.path.endswith(b"/interact"):
            if not self._busy.acquire(blocking=False):
                self._uncounted = 2
                return super().handle(request)
            try:
                time.sleep(_PAUSE)
                return super().handle(request)
            finally:
                self._busy.release()
        reply = super().handle(request)
        if request.method != "GET" or b'"messagesNum"' not in reply.body or not self._uncounted:
            return reply
        answer = json.loads(reply.body)
        if isinstance(answer.get("data"), dict) and "messagesNum" in answer["data"]:
            answer["data"]["messagesNum"] -= self._uncounted
        return Reply.json(reply.status, answer)


class Rereading(Mock):
    """raia, which answers an update with what another one has written since."""

    def __init__(self) -> None:
        super().__init__("raia")

    def handle(self, request: Request) -> Reply:
        """Return the reply to an update, with the title of now."""
        reply = super().handle(request)
        if request.method != "PUT" or request.path.endswith(b"/mode") or reply.status != 200:
            return reply
        time.sleep(_PAUSE)
        now = json.loads(super().handle(attrs.evolve(request, method="GET", body=b"")).body)
        return Reply.json(200, {**json.loads(reply.body), "title": now["title"]}) if "title" in now else reply


class PuttingBackNames(Mock):
    """Convocore, where a slow turn puts back the name that it read before."""

    def __init__(self) -> None:
        super().__init__("convocore")

    def handle(self, request: Request) -> Reply:
        """Return the reply to a turn."""
        place = request.path.partition(b"/interact")[0]
        try:
            place += f"/{json.loads(request.body)['agentId']}/convos/{json.loads(request.body)['convoId']}".encode()
        except (ValueError, LookupError, TypeError):
            return super().handle(request)
        if not request.path.endswith(b"/interact"):
            return super().handle(request)
        before = self._name(request, place)
        time.sleep(_PAUSE)
        reply = super().handle(request)
        if before is not None and before != self._name(request, place):
            body = json.dumps({"conversation": {"userName": before}}).encode()
            super().handle(attrs.evolve(request, method="PATCH", path=place, body=body))
        return reply

    def _name(self, request: Request, place: bytes) -> str | None:
        shown = super().handle(attrs.evolve(request, method="GET", path=place, body=b""))
        name: str | None = json.loads(shown.body).get("data", {}).get("userName")
        return name


@pytest.mark.parametrize(
    ("mock", "code"),
    [
        (PuttingBack(), "model: no-update-is-lost"),
        (Slow(), "model: reader-sees-before-or-after"),
        (Mixing(), "model: updates-do-not-mix"),
        (Forgetting(), "model: no-update-is-lost"),
        (Unlisted(), "model: updates-do-not-mix"),
        (Miscounting(), "model: no-update-is-lost"),
        (Rereading(), "model: request-gets-its-own-answer"),
        (PuttingBackNames(), "model: no-update-is-lost"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_it_is_found(mock: Mock, code: str) -> None:
    """Each kind of fault is found under its own name, with the requests that were sent at once."""
    document = load(mock.vendor)
    target = mock_in_process(mock.vendor, document, mock)
    found = oracle(mock.vendor, document, target, Settings(shrink=False), parts=["races"])

    assert [code] == [finding.code for finding in found]
    assert any(line.endswith(" &") for line in found[0].curl)
