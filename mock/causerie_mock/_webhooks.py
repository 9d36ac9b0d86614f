"""The webhook calls of a mock: sends events to the targets that want them, at the times that a test sets."""

from __future__ import annotations

import copy
import random
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, get_args

import attrs

from . import _json
from ._caller import Caller, Plan
from ._clock import END, Clock
from ._deliveries import Deliveries, Delivery
from ._exchange import Request
from ._hooks import Body, Hooks
from ._receiver import Here, receiver
from ._target import Target
from ._url import Server, Unreached
from ._waiting import Call, Waiting

if TYPE_CHECKING:
    from collections.abc import Collection

Order = Literal["sent", "reversed", "shuffled"]

#: The most calls that wait; beyond it, the oldest is dropped.
_WAITING = 10_000
#: The most rounds of calls that `settle` makes.
_ROUNDS = 1000


class Webhooks:
    """The webhooks of a mock.

    A thread of the mock calls URLs, so that no request waits for them. Each server gets one call at a time, and no
    server waits for another. Calls to receivers in this process, and to targets that are `held`, wait until
    `deliver` or `settle` is called.
    """

    def __init__(self, vendor: str, hooks: Hooks | None, clock: Clock) -> None:
        self._vendor = vendor
        self._hooks = hooks
        self._clock = clock
        #: Whether URLs beyond this machine may be called.
        self.anywhere = False
        #: The calls that were sent since the last reset.
        self.deliveries = Deliveries()
        self._targets: list[Target] = []
        self._changed = threading.Condition()
        self._caller: Caller | None = None
        self._forget(0)

    def reset(self, seed: int) -> None:
        """Forget all calls, sent or waiting, and every target that is not lasting."""
        with self._changed:
            self._targets = [target for target in self._targets if target.lasting]
            self._forget(seed)
            self._tell()

    def clear(self) -> None:
        """Remove all targets and all calls that wait."""
        with self._changed:
            self._targets = []
            self._waiting.clear()

    @property
    def targets(self) -> Sequence[Target]:
        """The targets that are called."""
        return tuple(self._targets)

    @property
    def pending(self) -> int:
        """The number of calls that wait."""
        with self._changed:
            return len(self._waiting)

    def add(
        self,
        target: object,
        *,
        path: str = "/",
        secret: str | None = None,
        headers: dict[str, str] | None = None,
        events: Collection[str] | None = None,
        tenant: int = 0,
        delay: float = 0,
        retries: int = 0,
        backoff: float = 1,
        duplicates: int = 0,
        held: bool = False,
        lasting: bool = False,
    ) -> Target:
        """Send events to `target` from now on: a URL, an ASGI application, or a function from a `Request` to a status.

        `path` is the path at which an application or a function is called; `Target` describes the other parameters.
        Raises `ValueError` with the parameter's name, its value unless that is secret, and what to do.
        """
        taker = receiver(target, path=path, anywhere=self.anywhere)
        added = Target(
            taker,
            taker.place,
            copy.copy(events),
            tenant,
            secret,
            {} if headers is None else copy.copy(headers),
            delay,
            retries,
            backoff,
            duplicates,
            held,
            lasting,
        )
        added.check(self._vendor, self._known)
        with self._changed:
            self._targets.append(added)
        return added

    def emit(self, event: str, body: Body | None = None, *, tenant: int = 0) -> None:
        """Send an event. For events in the vendor's document, its example fills in the fields that `body` leaves out.

        Raises `ValueError` for an unknown event without a body, for a body that is not a JSON object, and if no target
        wants the event.
        """
        example = self._known.examples.get(event)
        if example is None and body is None:
            raise ValueError(f"event is {event!r}; choose from {', '.join(self._known.examples)}, or give its body.")
        if body is not None and not isinstance(body, dict):
            raise ValueError(f"body is a {type(body).__name__}; give a JSON object.")
        whole = (example(self._clock.now) if example else {}) | (body or {})
        if not self._wanting(event, tenant):
            raise ValueError(f"No target wants {event!r} of tenant {tenant!r}; add one with webhooks.add.")
        self.hear(event, tenant, lambda: whole)

    def hear(self, event: str, tenant: int, body: Callable[[], Body | None]) -> None:
        """Take an event from the vendor's state. `body` is only called if a target wants the event.

        Raises `ValueError` if the body is not JSON.
        """
        wanting = self._wanting(event, tenant)
        made, now = body() if wanting else None, self._clock.now
        if made is None:
            return
        try:
            made = _json.copied(made)
        except ValueError as error:
            raise ValueError(f"body is not a JSON object: {error}") from None
        for target in wanting:
            headers, sent, shown_headers, shown = target.dressed(self._known, event, made)
            fields = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
            request = Request("POST", b"/", headers=fields, body=sent)
            for number in range(target.duplicates + 1):
                due = _later(now, target.delay)
                self._wait(Call(target, event, due, request, shown_headers, shown, duplicate=number > 0))

    def deliver(self, *, order: Order = "sent") -> Sequence[Delivery]:
        """Send the calls that are due, and return their deliveries, and those of calls that were sent meanwhile.

        Calls that these calls cause wait for the next `deliver`. An exception of a receiver in this process is raised
        here, and the remaining calls keep waiting. If a receiver runs in the test's event loop, call this with
        `asyncio.to_thread`.
        """
        before = self.deliveries.total
        for call, here in self._release(order):
            with self._changed:
                is_there = self._waiting.take(call)
            if is_there:  # It was neither sent nor removed meanwhile.
                self._send(call, here)
        with self._changed:
            self._changed.wait_for(self._is_idle)
            return self.deliveries[max(0, len(self.deliveries) - (self.deliveries.total - before)) :]

    def settle(self, *, order: Order = "sent") -> Sequence[Delivery]:
        """Send every call, retries included, and return the deliveries. Mock time moves on to the time of each call.

        Raises `RuntimeError` if calls keep causing new calls.
        """
        before = self.deliveries.total
        for _ in range(_ROUNDS):
            with self._changed:
                dues = self._waiting.dues()
                is_idle = self._is_idle()
            if not dues and is_idle:
                return self.deliveries[max(0, len(self.deliveries) - (self.deliveries.total - before)) :]
            if dues and (due := min(dues) if order == "sent" else max(dues)) > self._clock.now:
                self._clock.set(due)
            self.deliver(order=order)
        raise RuntimeError(
            f"After {_ROUNDS} rounds, calls still wait: the receiver causes a new event with every call; make it stop."
        )

    def release(self, *, order: Order = "sent") -> None:
        """Have the thread send the due calls to URLs, without waiting for it."""
        self._release(order)

    def close(self) -> None:
        """Drop the calls that wait, abort those without an answer, and end the thread."""
        with self._changed:
            self._waiting = Waiting()
            caller, self._caller = self._caller, None
            self._clock.on_change = None
            self._changed.notify_all()
            if caller is not None:
                caller.end()
        if caller is not None:
            caller.join()

    @property
    def _known(self) -> Hooks:
        if self._hooks is None:
            raise ValueError(f"The mock has no webhooks for {self._vendor}: no document describes them.")
        return self._hooks

    def _wanting(self, event: str, tenant: int) -> list[Target]:
        return [target for target in self._targets if target.wants(event, tenant)]

    def _forget(self, seed: int) -> None:
        self.deliveries = Deliveries()
        self._waiting = Waiting()
        self._random = random.Random(seed)  # noqa: S311 - the same seed, the same order

    def _wait(self, call: Call) -> None:
        with self._changed:
            self._waiting.add(call)
            if (oldest := self._waiting.oldest(_WAITING)) is not None:
                self._note(oldest, 0, f"It was never sent: more than {_WAITING} calls were waiting.")
            if call.server is not None and not call.target.held:
                self._work()

    def _release(self, order: Order) -> list[tuple[Call, Here]]:
        """Have the thread send the due calls to URLs. Return those to receivers in this process, which keep waiting."""
        if order not in get_args(Order):
            raise ValueError(f"order is {order!r}; give one of {', '.join(get_args(Order))}.")
        now = self._clock.now
        with self._changed:
            due = self._waiting.due(now)
            if order == "reversed":
                due.reverse()
            elif order == "shuffled":
                self._random.shuffle(due)
            for call in due:
                if call.server is not None:
                    self._waiting.release(call, call.server)
                    self._work()
            return [(call, here) for call in due if not isinstance(here := call.target.receiver, Server)]

    def _work(self) -> None:
        """Wake the thread, and start it if necessary."""
        if self._caller is None:
            self._caller = Caller(f"webhooks of {self._vendor}", self._changed, self._plan, self._call)
            self._clock.on_change = self._wake
        self._tell()

    def _wake(self) -> None:
        with self._changed:
            self._tell()

    def _tell(self) -> None:
        self._changed.notify_all()
        if self._caller is not None:
            self._caller.wake()

    def _plan(self) -> Plan:
        return self._waiting, self._waiting.start(self._clock.now), self._seconds()

    async def _call(self, waiting: Waiting, server: Server, call: Call) -> None:
        try:
            status, problem = await server.send(call.request, self._known.timeout), None
        except Unreached as error:
            status, problem = 0, str(error)
        with self._changed:
            self._done(waiting, call, status, problem)
            waiting.end(server)
            self._tell()

    def _seconds(self) -> float | None:
        """Return the seconds until the next call is due; None if none waits or mock time does not run."""
        due = self._waiting.next_due()
        if due is None or self._clock.mode != "run":
            return None
        return max(0.0, min((due - self._clock.now).total_seconds(), threading.TIMEOUT_MAX))

    def _is_idle(self) -> bool:
        return self._waiting.is_idle(self._clock.now)

    def _send(self, call: Call, here: Here) -> None:
        """Send a call to a receiver in this process."""
        status, problem = 0, None
        waiting = self._waiting
        try:
            status = here.send(call.request, self._known.timeout)
        except Unreached as error:
            problem = str(error)
        except BaseException as error:
            problem = f"The receiver raised {type(error).__name__}."
            raise
        finally:
            with self._changed:
                self._done(waiting, call, status, problem)

    def _done(self, waiting: Waiting, call: Call, status: int, problem: str | None) -> None:
        # After a reset or the end of the mock, its result no longer matters.
        if waiting is self._waiting:
            self._note(call, status, problem)
            self._retry(call, status)

    def _note(self, call: Call, status: int, problem: str | None) -> None:
        delivery = Delivery(
            self.deliveries.total,
            self._clock.now,
            call.event,
            call.target.place,
            call.attempt,
            call.duplicate,
            status,
            problem,
            call.shown_headers,
            call.shown_body,
        )
        self.deliveries.append(delivery)

    def _retry(self, call: Call, status: int) -> None:
        if 200 <= status < 300 or call.attempt > call.target.retries or call.target not in self._targets:
            return
        due = _later(self._clock.now, call.target.backoff * 2 ** (call.attempt - 1))

        self._wait(attrs.evolve(call, attempt=call.attempt + 1, due=due))


def _later(now: datetime, seconds: float) -> datetime:
    return min(now + timedelta(seconds=min(seconds, 1e10)), END)
