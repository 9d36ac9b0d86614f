"""The two drivers, which carry out plans: one blocks, the other awaits."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextvars import copy_context
from copy import copy
from threading import Event, Thread
from typing import Any, Protocol, TypeVar

from . import _clock
from ._errors import APIStatusError, CauserieError
from ._options import Options
from ._outcome import Outcome
from ._pages import A, AsyncListing, AsyncPage, Listed, Page
from ._plan import Aside, Limited, Plan, Send, Step, Through, Together, Transfer, Wait
from ._response import Response
from ._secret import emptied

T = TypeVar("T")


class Wire(Protocol):
    """Sends one request. Raises ``APIConnectionError``."""

    def send(self, step: Send, /) -> Response: ...

    def transfer(self, step: Transfer, /) -> Response: ...

    def close(self) -> None: ...


class AsyncWire(Protocol):
    """``Wire``, without blocking."""

    async def send(self, step: Send, /) -> Response: ...

    async def transfer(self, step: Transfer, /) -> Response: ...

    async def close(self) -> None: ...


class Pace:
    """Makes calls that run side by side wait together once the vendor has asked one of them to wait."""

    def __init__(self) -> None:
        self._until = 0.0
        self.refusal: APIStatusError | None = None
        """What every further call is answered with: the vendor asked for a wait that is too long to wait for."""
        self.is_over = Event()
        """Set once the answers are not wanted any more: no call waits on, and nothing more is sent."""

    def hold(self, seconds: float) -> None:
        """Make all calls wait for this many seconds."""
        self._until = max(self._until, _clock.now() + seconds)

    def limit(self, step: Limited, options: Options) -> None:
        """Make the other calls wait as long as the vendor asked, or let them fail if that is too long."""
        seconds = step.failure.retry_after or 0.0
        if seconds > options.retry.retry_after_max:
            self.refusal = step.failure
        else:
            self.hold(seconds)

    @property
    def seconds(self) -> float:
        """Return how long calls still have to wait, in seconds."""
        return max(0.0, self._until - _clock.now()) if self._until else 0.0


class Blocking:
    """Carries out plans in the calling thread."""

    def __init__(self, wire: Wire, options: Options) -> None:
        self.wire = wire
        self.options = options

    def with_options(self, options: Options) -> Blocking:
        """Return a driver with other options over the same connections."""
        return Blocking(self.wire, options)

    @emptied
    def run(self, plan: Plan[T], pace: Pace | None = None) -> T:
        """Carry out the plan and return its value."""
        try:
            step = next(plan)
            while True:
                try:
                    result = self._carry_out(step, pace)
                except Exception as error:  # noqa: BLE001 - the plan decides
                    step = plan.throw(error)
                else:
                    step = plan.send(result)
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]
        finally:
            plan.close()  # now, and not only when the last traceback that holds it is gone: it may have files open

    def _carry_out(self, step: Step, pace: Pace | None) -> Any:  # noqa: PLR0911 - one for each kind of step
        if isinstance(step, Send):
            if pace is not None:
                if pace.refusal is not None:
                    raise copy(pace.refusal)
                _clock.sleep(pace.seconds, pace.is_over)
                if pace.is_over.is_set():
                    raise CancelledError
            return self.wire.send(step)
        if isinstance(step, Transfer):
            return self.wire.transfer(step)
        if isinstance(step, Wait):
            if pace is None:
                return _clock.sleep(step.seconds)
            if step.everyone:
                pace.hold(step.seconds)
            return _clock.sleep(step.seconds, pace.is_over)
        if isinstance(step, Limited):
            return None if pace is None else pace.limit(step, self.options)
        if isinstance(step, Through):
            return step.driver.run(step.plan)
        return step.work() if isinstance(step, Aside) else self._together(step)

    def listing(self, plan: Callable[[], Plan[Listed[T, A]]]) -> Page[T, A]:
        """Return the page that the plan returns."""
        return Page.of(self.run(plan()), self)

    def finish(self, value: Any) -> Any:
        """Return a plan's value in the form that a caller gets."""
        return Page.of(value, self) if isinstance(value, Listed) else value

    def _together(self, step: Together) -> list[Outcome[Any]]:
        pace = Pace()

        def outcome(plan: Plan[T]) -> Outcome[T]:
            try:
                return Outcome(self.run(plan, pace))
            except CauserieError as error:
                return Outcome(None, error)

        # Each in the context of the caller, where telemetry keeps what a request belongs to.
        calls = [(Future[Outcome[Any]](), copy_context(), plan) for plan in step.plans]
        waiting = deque(calls)

        def work() -> None:
            while True:
                try:
                    call, context, plan = waiting.popleft()
                except IndexError:
                    return
                try:
                    call.set_result(context.run(outcome, plan))
                except BaseException as error:  # noqa: BLE001 - the call that waits gets it
                    waiting.clear()
                    call.set_exception(error)

        # Daemons: an interrupt waits for no answer, and neither does the interpreter when it ends thereafter.
        threads = [Thread(target=work, name="causerie", daemon=True) for _ in range(min(step.concurrency, len(calls)))]
        try:
            for thread in threads:
                thread.start()
            outcomes = [call.result() for call, _, _ in calls]
        except BaseException:
            waiting.clear()
            pace.is_over.set()
            raise
        for thread in threads:
            thread.join()
        return outcomes


class Awaiting:
    """Carries out plans in the running event loop."""

    def __init__(self, wire: AsyncWire, options: Options) -> None:
        self.wire = wire
        self.options = options

    def with_options(self, options: Options) -> Awaiting:
        """Return a driver with other options over the same connections."""
        return Awaiting(self.wire, options)

    @emptied
    async def run(self, plan: Plan[T], pace: Pace | None = None) -> T:
        """Carry out the plan and return its value."""
        try:
            step = next(plan)
            while True:
                try:
                    result = await self._carry_out(step, pace)
                except Exception as error:  # noqa: BLE001 - the plan decides
                    step = plan.throw(error)
                else:
                    step = plan.send(result)
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]
        finally:
            plan.close()  # now, and not only when the last traceback that holds it is gone: it may have files open

    async def _carry_out(self, step: Step, pace: Pace | None) -> Any:
        if isinstance(step, Send):
            if pace is not None and pace.refusal is not None:
                raise copy(pace.refusal)
            if pace is not None and pace.seconds:
                await _clock.sleep_async(pace.seconds)
            return await self.wire.send(step)
        if isinstance(step, Transfer):
            return await self.wire.transfer(step)
        if isinstance(step, Wait):
            if pace is not None and step.everyone:
                pace.hold(step.seconds)
            return await _clock.sleep_async(step.seconds)
        if isinstance(step, Limited):
            return None if pace is None else pace.limit(step, self.options)
        if isinstance(step, Through):
            return await step.driver.run(step.plan)
        return await (_in_thread(step.work) if isinstance(step, Aside) else self._together(step))

    def listing(self, plan: Callable[[], Plan[Listed[T, A]]]) -> AsyncListing[T, A]:
        """Return a listing that gives the plan's page when it is awaited."""
        return AsyncListing(plan, self)

    def finish(self, value: Any) -> Any:
        """Return a plan's value in the form that a caller gets."""
        return AsyncPage.of(value, self) if isinstance(value, Listed) else value

    async def _together(self, step: Together) -> list[Outcome[Any]]:
        pace, turns = Pace(), asyncio.Semaphore(step.concurrency)

        async def outcome(plan: Plan[T]) -> Outcome[T]:
            async with turns:
                try:
                    return Outcome(await self.run(plan, pace))
                except CauserieError as error:
                    return Outcome(None, error)

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(outcome(plan)) for plan in step.plans]
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None  # as one call would
        return [task.result() for task in tasks]


async def _in_thread(work: Callable[[], T]) -> T:
    """Run the function in a thread and return its value.

    A thread cannot be cancelled, so a cancelled call waits until the thread ends.
    """
    thread = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(thread)
    except asyncio.CancelledError:
        await asyncio.wait([thread])
        raise
