"""Faults that a test asks for."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Literal, Unpack, get_args

import attrs

from ._contract import Contract
from ._exchange import Problem, Reply, Request
from ._match import Match, Matching

Kind = Literal[
    "status",
    "delay",
    "slow_body",
    "truncated_body",
    "invalid_json",
    "empty_body",
    "wrong_content_type",
    "reset_before_request",
    "reset_after_request",
    "refused",
]

#: Faults that happen before the vendor gets the request.
UNHEARD: frozenset[str] = frozenset({"status", "refused", "reset_before_request"})

#: The most faults of a mock, because every request is compared with all of them.
_LIMIT = 1000

#: Faults of a connection. A reply carries them to the code that sends it.
_WIRE = {"delay", "slow_body", "truncated_body", "reset_after_request"}

# These are answered by proxies between a client and a vendor, and not in JSON.
_GATEWAY = {502, 503, 504, 520}


@attrs.define(eq=False)
class Fault:
    """A fault that happens to requests that `match` fits, `times` times (None: always).

    With `status`, `refused` and `reset_before_request`, the vendor never gets the request. With the others, it does
    what was asked, and the fault affects the answer.
    """

    kind: Kind
    match: Match = attrs.field(factory=Match)
    times: int | None = 1
    #: How likely it is, from 0 to 1; the random numbers depend on the mock's seed.
    probability: float = 1.0
    #: For `status`: 400 to 599.
    status: int = 503
    #: For `status`: the header Retry-After, in seconds, as a date, or as any text.
    retry_after: float | datetime | str | None = None
    #: For `delay`: before the answer's head. For `slow_body`: between two bytes. For `refused` on a port: how long.
    seconds: float = 1.0
    #: How many times it has happened.
    hits: int = 0

    def __attrs_post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"kind is {self.kind!r}; give one of {', '.join(get_args(Kind))}.")
        if self.times is not None and self.times < 1:
            raise ValueError(f"times is {self.times!r}; give a number from 1 on, or None for always.")
        if not 0 <= self.probability <= 1:
            raise ValueError(f"probability is {self.probability!r}; give a number from 0 to 1.")
        if not 400 <= self.status <= 599:
            raise ValueError(f"status is {self.status!r}; give a number from 400 to 599.")
        if not 0 <= self.seconds <= 3600:
            raise ValueError(f"seconds is {self.seconds!r}; give a number from 0 to 3600.")
        if isinstance(self.retry_after, datetime) and self.retry_after.tzinfo is None:
            raise ValueError(f"retry_after is {self.retry_after}; give a date with a time zone.")
        if isinstance(self.retry_after, str) and not (self.retry_after.isascii() and self.retry_after.isprintable()):
            raise ValueError(f"retry_after is {self.retry_after!r}; a header holds printable ASCII.")

    @property
    def left(self) -> int | None:
        """How many times it is still to happen; None for always."""
        return None if self.times is None else self.times - self.hits

    def answer(self, error: Callable[[Problem], Reply]) -> Reply:
        """Return the reply that replaces the vendor's. `error` makes its body."""
        headers = () if self.retry_after is None else (("retry-after", _retry_after(self.retry_after)),)
        if self.status in _GATEWAY:
            body = f"<html><body><h1>{self.status} {_phrase(self.status)}</h1></body></html>".encode()
            length = ("content-length", str(len(body)))
            return Reply(self.status, (("content-type", "text/html"), length, *headers), body)
        return error(Problem(self.status, _phrase(self.status), headers=headers))

    def harm(self, reply: Reply) -> Reply:
        """Return the vendor's `reply` after this fault has changed it."""
        if self.kind in _WIRE:
            return attrs.evolve(reply, fault=self)
        status = 200 if reply.status == 204 else reply.status  # A 204 has no body.
        if self.kind == "wrong_content_type":
            return Reply(status, _with(reply, "content-type", "text/html"), reply.body)
        # Half of a JSON object or array is not JSON.
        body = b"" if self.kind == "empty_body" else reply.body[: len(reply.body) // 2] or b"{"
        return Reply(status, _with(reply, "content-length", str(len(body))), body)


class Faults:
    """The faults that are still to happen, tried in order. At most one happens to a request."""

    # behaviour: limits-are-options

    def __init__(self, contract: Contract, seed: int) -> None:
        self._contract = contract
        self._faults: list[Fault] = []
        #: Called with the seconds of a new `refused`, so that a server closes its port to all clients for that long.
        self.on_refused: Callable[[float], None] | None = None
        self.reset(seed)

    def reset(self, seed: int) -> None:
        """Remove all faults, and restart the random numbers from `seed`."""
        self._faults.clear()
        self._random = random.Random(seed)  # noqa: S311 (repeatable on purpose)

    def add(
        self,
        kind: Kind,
        *,
        times: int | None = 1,
        probability: float = 1.0,
        status: int = 503,
        retry_after: float | datetime | str | None = None,
        seconds: float = 1.0,
        **match: Unpack[Matching],
    ) -> Fault:
        """Add a fault, described by `Fault` and limited by `Match`. Raises `ValueError`."""
        if len(self._faults) >= _LIMIT:
            raise ValueError(f"There are {_LIMIT} faults already; remove or clear those that are not needed any more.")
        if kind == "reset_before_request" and match.get("json") is not None:
            raise ValueError("json is given, but reset_before_request comes before a body is read; leave it out.")
        operations = [operation.id for operation in self._contract.operations()]
        wanted = match.get("operation")
        if wanted is not None and wanted not in operations:
            raise ValueError(f"operation is {wanted!r}; give one of {', '.join(operations)}.")
        fault = Fault(kind, Match(**match), times, probability, status, retry_after, seconds)
        if kind == "refused" and self.on_refused is not None:
            self.on_refused(seconds)
        else:
            self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Remove `fault`, if it is still there."""
        if fault in self._faults:
            self._faults.remove(fault)

    def clear(self) -> None:
        """Remove all faults."""
        self._faults.clear()

    def choose(self, request: Request, *kinds: Kind) -> Fault | None:
        """Return the first fault that happens to `request` now, only of these kinds if any are given."""
        operation = self._contract.operation(request.method, request.path)
        for fault in self:
            if (
                (not kinds or fault.kind in kinds)
                and fault.match.fits(request, operation.id if operation else None)
                and self._random.random() < fault.probability
            ):
                fault.hits += 1
                if fault.left == 0:
                    self.remove(fault)
                return fault
        return None

    def __iter__(self) -> Iterator[Fault]:
        return iter(tuple(self._faults))

    def __len__(self) -> int:
        return len(self._faults)


def _retry_after(value: float | datetime | str) -> str:
    return format_datetime(value.astimezone(UTC), usegmt=True) if isinstance(value, datetime) else str(value)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown Error"


def _with(reply: Reply, name: str, value: str) -> tuple[tuple[str, str], ...]:
    return (*((key, old) for key, old in reply.headers if key != name), (name, value))
