"""The two drivers: what carries a plan out, blocking or awaiting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from copy import copy
from typing import Any, Protocol, TypeVar

from . import _clock
from ._errors import APIStatusError, PalaverError
from ._options import Options
from ._outcome import Outcome
from ._pages import AsyncListing, AsyncPage, Listed, Page
from ._plan import Limited, Plan, Send, Together, Wait
from ._response import Response

T = TypeVar("T")


class Wire(Protocol):
    """Sends one request. Raises ``APIConnectionError``."""

    def send(self, step: Send, /) -> Response: ...

    def close(self) -> None: ...


class AsyncWire(Protocol):
    """``Wire``, without blocking."""

    async def send(self, step: Send, /) -> Response: ...

    async def close(self) -> None: ...


class Pace:
    """Holds calls that are made together back, once the vendor has asked one of them to wait."""

    def __init__(self) -> None:
        self._until = 0.0
        self.refusal: APIStatusError | None = None
        """What every further call is answered with: the vendor asked for a wait that nobody waits for."""

    def hold(self, seconds: float) -> None:
        """Nobody sends for so many seconds."""
        self._until = max(self._until, _clock.now() + seconds)

    def limit(self, step: Limited, options: Options) -> None:
        """Hold the others back for as long as the vendor asked, or let them fail if that is too long."""
        seconds = step.failure.retry_after or 0.0
        if seconds > options.retry.retry_after_max:
            self.refusal = step.failure
        else:
            self.hold(seconds)

    @property
    def seconds(self) -> float:
        """How long it is still to wait; 0 when it is not."""
        return max(0.0, self._until - _clock.now()) if self._until else 0.0


class Blocking:
    """Carries plans out in the calling thread."""

    def __init__(self, wire: Wire, options: Options) -> None:
        self.wire = wire
        self.options = options

    def with_options(self, options: Options) -> Blocking:
        """The same connections with other options."""
        return Blocking(self.wire, options)

    def run(self, plan: Plan[T], pace: Pace | None = None) -> T:
        """What the plan returns."""
        try:
            step = next(plan)
            while True:
                if isinstance(step, Send):
                    if pace is not None and pace.refusal is not None:
                        raise copy(pace.refusal)
                    if pace is not None:
                        _clock.sleep(pace.seconds)
                    try:
                        response = self.wire.send(step)
                    except PalaverError as error:
                        step = plan.throw(error)
                    except StopIteration as error:  # of a transport of the caller's: not the end of the plan
                        raise RuntimeError("the transport raised StopIteration") from error
                    else:
                        step = plan.send(response)
                elif isinstance(step, Wait):
                    if pace is not None and step.everyone:
                        pace.hold(step.seconds)
                    _clock.sleep(step.seconds)
                    step = next(plan)
                elif isinstance(step, Limited):
                    if pace is not None:
                        pace.limit(step, self.options)
                    step = next(plan)
                else:
                    step = plan.send(self._together(step))
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]

    def listing(self, plan: Callable[[], Plan[Listed[T]]]) -> Page[T]:
        """The page that the plan returns."""
        return Page.of(self.run(plan()), self)

    def finish(self, value: Any) -> Any:
        """What a caller gets to see of what a plan returned."""
        return Page.of(value, self) if isinstance(value, Listed) else value

    def _together(self, step: Together) -> list[Outcome[Any]]:
        pace = Pace()

        def outcome(plan: Plan[T]) -> Outcome[T]:
            try:
                return Outcome(self.run(plan, pace))
            except PalaverError as error:
                return Outcome(None, error)

        with ThreadPoolExecutor(step.concurrency, "palaver") as pool:
            # Each in the context of the caller, where telemetry keeps what a request belongs to.
            calls = [pool.submit(copy_context().run, outcome, plan) for plan in step.plans]
            return [call.result() for call in calls]


class Awaiting:
    """Carries plans out in the running event loop."""

    def __init__(self, wire: AsyncWire, options: Options) -> None:
        self.wire = wire
        self.options = options

    def with_options(self, options: Options) -> Awaiting:
        """The same connections with other options."""
        return Awaiting(self.wire, options)

    async def run(self, plan: Plan[T], pace: Pace | None = None) -> T:
        """What the plan returns."""
        try:
            step = next(plan)
            while True:
                if isinstance(step, Send):
                    if pace is not None and pace.refusal is not None:
                        raise copy(pace.refusal)
                    if pace is not None and pace.seconds:
                        await _clock.sleep_async(pace.seconds)
                    try:
                        response = await self.wire.send(step)
                    except PalaverError as error:
                        step = plan.throw(error)
                    else:
                        step = plan.send(response)
                elif isinstance(step, Wait):
                    if pace is not None and step.everyone:
                        pace.hold(step.seconds)
                    await _clock.sleep_async(step.seconds)
                    step = next(plan)
                elif isinstance(step, Limited):
                    if pace is not None:
                        pace.limit(step, self.options)
                    step = next(plan)
                else:
                    step = plan.send(await self._together(step))
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]

    def listing(self, plan: Callable[[], Plan[Listed[T]]]) -> AsyncListing[T]:
        """The page that the plan returns, once it is awaited."""
        return AsyncListing(plan, self)

    def finish(self, value: Any) -> Any:
        """What a caller gets to see of what a plan returned."""
        return AsyncPage.of(value, self) if isinstance(value, Listed) else value

    async def _together(self, step: Together) -> list[Outcome[Any]]:
        pace, turns = Pace(), asyncio.Semaphore(step.concurrency)

        async def outcome(plan: Plan[T]) -> Outcome[T]:
            async with turns:
                try:
                    return Outcome(await self.run(plan, pace))
                except PalaverError as error:
                    return Outcome(None, error)

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(outcome(plan)) for plan in step.plans]
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None  # as one call would
        return [task.result() for task in tasks]
