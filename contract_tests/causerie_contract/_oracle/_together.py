"""Simultaneous requests."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import attrs

from ._answer import Answer
from ._session import Session
from ._story import Exchange, Sent


def together(session: Session, requests: Sequence[tuple[str, Sent]]) -> list[Answer]:
    """Send requests at the same time, each in a thread, and return the answers in the order of the requests."""
    exchanges = [attrs.evolve(session.prepare(*each), at_once=True) for each in requests]
    start = threading.Barrier(len(exchanges))

    def ask(exchange: Exchange) -> Exchange:
        start.wait()
        return session.ask(exchange)

    with ThreadPoolExecutor(len(exchanges)) as pool:
        asked = list(pool.map(ask, exchanges))
    answers = [session.settle(exchange) for exchange in asked]
    for answer in answers:
        session.conforms(answer)
    return answers
