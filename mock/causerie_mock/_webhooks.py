"""The calls that a mock makes: what has happened goes to the targets that want it, at the time that a test says."""

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

#: So many calls wait at most; the oldest make room.
_WAITING = 10_000
#: So many rounds of calls may each lead to the next.
_ROUNDS = 1000


class Webhooks:
    """The webhooks of a mock.

    URLs are called by a thread of the mock's, so that no request waits for them: each gets one call after the other,
    and none waits for another. What is called in this process, and what is `held`, waits until somebody calls
    `deliver` or `settle`.
    """

    def __init__(self, vendor: str, hooks: Hooks | None, clock: Clock) -> None:
        self._vendor = vendor
        self._hooks = hooks
        self._clock = clock
        #: Whether URLs beyond this machine may be called.
        self.anywhere = False
        #: What was sent since the last reset.
        self.deliveries = Deliveries()
        self._targets: list[Target] = []
        self._changed = threading.Condition()
        self._caller: Caller | None = None
        self._forget(0)

    def reset(self, seed: int) -> None:
        """Forget what was sent and what was to be, and every target that is not lasting."""
        with self._changed:
            self._targets = [each for each in self._targets if each.lasting]
            self._forget(seed)
            self._tell()

    def clear(self) -> None:
        """Call nobody any more."""
        with self._changed:
            self._targets = []
            self._waiting.clear()

    @property
    def targets(self) -> Sequence[Target]:
        """Who is called."""
        return tuple(self._targets)

    @property
    def pending(self) -> int:
        """How many calls wait."""
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
        """Call `target` from now on: a URL, an ASGI application, or a function from a `Request` to a status.

        `Target` says what the rest is; `path` is where an application or a function is called. Raises `ValueError` with
        the name, the value unless it is a secret, and what to do.
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
        """Make an event happen. What `body` leaves out is as in the vendor's documents, of events that they have.

        Raises `ValueError` for an event without any body, for a body that is no JSON object, and where nobody wants
        the event.
        """
        example = self._known.examples.get(event)
        if example is None and body is None:
            raise ValueError(f"event is {event!r}; choose from {', '.join(self._known.examples)}, or give its body.")
        if body is not None and not isinstance(body, dict):
            raise ValueError(f"body is a {type(body).__name__}; give a JSON object.")
        whole = (example(self._clock.now) if example else {}) | (body or {})
        if not self._wanting(event, tenant):
            raise ValueError(f"Nobody wants {event!r} of tenant {tenant!r}; name somebody with webhooks.add.")
        self.hear(event, tenant, lambda: whole)

    def hear(self, event: str, tenant: int, body: Callable[[], Body | None]) -> None:
        """Take an event from the vendor's state. `body` is called only where somebody wants it.

        Raises `ValueError` where the body is no JSON.
        """
        wanting = self._wanting(event, tenant)
        made, now = body() if wanting else None, self._clock.now
        if made is None:
            return
        try:
            made = _json.copied(made)
        except ValueError as error:
            raise ValueError(f"body is no JSON object: {error}") from None
        for target in wanting:
            headers, sent, shown_headers, shown = target.dressed(self._known, event, made)
            fields = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
            request = Request("POST", b"/", headers=fields, body=sent)
            for number in range(target.duplicates + 1):
                due = _later(now, target.delay)
                self._wait(Call(target, event, due, request, shown_headers, shown, duplicate=number > 0))

    def deliver(self, *, order: Order = "sent") -> Sequence[Delivery]:
        """Make the calls that are due, and return what became of them; also what was sent meanwhile.

        What happens because of them is for the next time. What a receiver in this process raises comes out of here; the
        rest waits on. In a test with an event loop in which a receiver lives, call it with `asyncio.to_thread`.
        """
        before = self.deliveries.total
        for call, here in self._release(order):
            with self._changed:
                is_there = self._waiting.take(call)
            if is_there:  # Nobody else has sent it, and somebody still wants it.
                self._send(call, here)
        with self._changed:
            self._changed.wait_for(self._is_idle)
            return self.deliveries[max(0, len(self.deliveries) - (self.deliveries.total - before)) :]

    def settle(self, *, order: Order = "sent") -> Sequence[Delivery]:
        """Make every call, retries included, and return what became of them. Mock time moves on to when each is due.

        Raises `RuntimeError` where every call leads to another without an end.
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
            f"After {_ROUNDS} rounds there are still calls: what the receiver does causes the next event."
        )

    def release(self, *, order: Order = "sent") -> None:
        """Let the thread make the calls of URLs that are due, and do not wait for it."""
        self._release(order)

    def close(self) -> None:
        """Make none of the calls that wait, hang up on who has not answered, and end the thread."""
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
            raise ValueError(f"No document says what the webhooks of {self._vendor} send; there is nothing to play.")
        return self._hooks

    def _wanting(self, event: str, tenant: int) -> list[Target]:
        return [each for each in self._targets if each.wants(event, tenant)]

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
        """Hand the calls of URLs that are due to the thread, and return those in this process, which wait on."""
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
        """Have the thread look what there is to do."""
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
        """Return for how long there will be nothing to do, unless somebody says so; None where time does not run."""
        due = self._waiting.next_due()
        if due is None or self._clock.mode != "run":
            return None
        return max(0.0, min((due - self._clock.now).total_seconds(), threading.TIMEOUT_MAX))

    def _is_idle(self) -> bool:
        return self._waiting.is_idle(self._clock.now)

    def _send(self, call: Call, here: Here) -> None:
        """Make a call in this process."""
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
        # After a reset or the end of the mock, nobody wants to know.
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
