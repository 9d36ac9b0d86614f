"""Simultaneous requests."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import attrs
from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec.behaviour import EVERY_VENDOR

from ._answer import Answer
from ._base import Base
from ._promise import promises_of
from ._session import Session
from ._story import Exchange, Sent
from ._value import NOTHING
from ._writing import Writing

_promise_of = promises_of(EVERY_VENDOR)
_ANSWERED = _promise_of("requests-at-once-are-answered")

#: Each attempt is made with both requests at once, and with each of them when the other is half done: by the number of
#: the later one.
_ROUNDS: tuple[int | None, ...] = (None, 1, 0)
#: The most seconds before the later request: the time that is known of the other may include a wait for a 429.
_LONGEST = 1.0
#: The most reads during one write.
_READS = 20
#: Statuses that ask the client to try again, if the document has them.
LATER = (409, 429)


class Together(Writing):
    """Sends simultaneous requests."""

    def __init__(self, session: Session, base: Base) -> None:
        super().__init__(session, base)
        self._ready = len(session.exchanges)
        self._late: int | None = None

    def _attempt(self, attempts: Iterable[Callable[[], None]]) -> None:
        """Make each attempt several times, since a race does not show every time."""
        for attempt in attempts:
            for self._late in _ROUNDS:
                with contextlib.suppress(UnsatisfiedAssumption):  # a known fault must not hide others
                    attempt()
                self._session.forget(len(self._session.exchanges) - self._ready)

    def _at_once(self, *requests: tuple[str, Sent]) -> list[Answer]:
        """Send requests at the same time, and return the answers in their order."""
        return together(self._session, requests, self._late)

    def _answered(self, *requests: tuple[str, Sent]) -> list[Answer]:
        """Send good requests at the same time. The server may ask to send one of them again later."""
        return self._good(self._at_once(*requests))

    def _during(self, write: tuple[str, Sent], read: tuple[str, Sent]) -> list[Answer]:
        """Send good reads while a good write runs, and return their answers."""
        written, reads = during(self._session, write, read)
        self._good([written, *reads])
        return reads

    def _good(self, answers: list[Answer]) -> list[Answer]:
        for answer in answers:
            if answer.status not in LATER:
                self._session.ok(answer, _ANSWERED)
        return answers

    def _sent(self, operation: str, body: Any, path: Mapping[str, str] | None = None) -> Sent:
        """Return a request with this body; without `path`, about the records of the session."""
        method, template = self._contract.operations[operation]
        content, media_type = (b"", None) if body is NOTHING else (json.dumps(body).encode(), "application/json")
        parameters = self._path(operation) if path is None else dict(path)
        return Sent(method.upper(), template, parameters, self._query(operation), content, media_type, "own")


def during(session: Session, write: tuple[str, Sent], read: tuple[str, Sent]) -> tuple[Answer, list[Answer]]:
    """Read again and again while a write runs, and return the answers to the write and to each read."""
    written, reads = attrs.evolve(session.prepare(*write), at_once=True), list[Exchange]()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(session.ask, written)
        while not reads or (not running.done() and len(reads) < _READS):
            reads.append(session.ask(attrs.evolve(session.prepare(*read), at_once=True)))
    answer, *others = _settled(session, [running.result(), *reads])
    return answer, others


def together(session: Session, requests: Sequence[tuple[str, Sent]], late: int | None = None) -> list[Answer]:
    """Send requests at the same time, each in a thread, and return the answers in the order of the requests.

    The request with the number `late` is sent when the first of the others is half done, as far as the time is known.
    """
    exchanges = [attrs.evolve(session.prepare(*each), at_once=True) for each in requests]
    start = threading.Barrier(len(exchanges))
    others = [operation for number, (operation, _) in enumerate(requests) if number != late]

    def ask(number: int) -> Exchange:
        start.wait()
        if number == late:
            time.sleep(min(_seconds(session, others[0]) / 2, _LONGEST))
        return session.ask(exchanges[number])

    with ThreadPoolExecutor(len(exchanges)) as pool:
        asked = list(pool.map(ask, range(len(exchanges))))
    return _settled(session, asked)


def _seconds(session: Session, operation: str) -> float:
    """Return how long the server took for the latest request to an operation; 0 if there was none."""
    same = (each.response for each in reversed(session.exchanges) if each.operation == operation and each.error is None)
    return next((response.elapsed.total_seconds() for response in same), 0)


def _settled(session: Session, exchanges: Sequence[Exchange]) -> list[Answer]:
    """Note all exchanges before any answer is judged: a finding then shows all of them."""
    answers = [session.settle(exchange) for exchange in exchanges]
    for answer in answers:
        session.conforms(answer)
    return answers
