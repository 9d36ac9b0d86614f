"""Work aside: what a plan has done for it that is no request."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

import causerie
from causerie._plan import Aside, Plan
from tests.overrides.conftest import ASYNC, SYNC, Vendor, json


def carried_out(clients: dict[str, Any], plan: Plan[Any]) -> Any:
    result = clients["raia"]("the-secret", transport=Vendor(json({})))._driver.run(plan)
    return result if clients is SYNC else asyncio.run(result)


@pytest.mark.parametrize("clients", [SYNC, ASYNC], ids=["sync", "async"])
def test_result(clients: dict[str, Any]) -> None:
    """The plan gets what the work returns."""

    def plan() -> Plan[int]:
        return (yield Aside(lambda: 1)) + 1  # type: ignore[no-any-return]

    assert 2 == carried_out(clients, plan())


@pytest.mark.parametrize("clients", [SYNC, ASYNC], ids=["sync", "async"])
def test_failure(clients: dict[str, Any]) -> None:
    """The plan gets what the work raises, and may go on."""

    def fail() -> None:
        raise OSError("full")

    def plan() -> Plan[str]:
        try:
            yield Aside(fail)
        except OSError as error:
            return str(error)
        return "not reached"

    assert "full" == carried_out(clients, plan())


def test_event_loop() -> None:
    """An event loop goes on while the work is done."""

    async def main() -> Any:
        released = threading.Event()

        def plan() -> Plan[bool]:
            return (yield Aside(lambda: released.wait(10)))  # type: ignore[no-any-return]

        client = causerie.AsyncRaia("k", transport=Vendor(json({})))
        work = asyncio.ensure_future(client._driver.run(plan()))
        await asyncio.sleep(0)
        released.set()
        return await work

    assert asyncio.run(main()) is True


def test_cancelled() -> None:
    """A call that is cancelled waits for work that cannot be: what the plan has open is closed only after it."""
    order: list[str] = []

    async def main() -> None:
        begun, released = threading.Event(), threading.Event()

        def work() -> None:
            begun.set()
            released.wait(10)
            order.append("work")

        def plan() -> Plan[None]:
            try:
                yield Aside(work)
            finally:
                order.append("closed")

        client = causerie.AsyncRaia("k", transport=Vendor(json({})))
        task = asyncio.ensure_future(client._driver.run(plan()))
        await asyncio.to_thread(begun.wait)
        task.cancel()
        asyncio.get_running_loop().call_soon(released.set)
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())

    assert ["work", "closed"] == order


def test_closed() -> None:
    """A plan that is interrupted is closed at once, even while something holds on to the traceback."""
    closed: list[bool] = []

    def interrupt() -> None:
        raise KeyboardInterrupt

    def plan() -> Plan[None]:
        try:
            yield Aside(interrupt)
        finally:
            closed.append(True)

    with pytest.raises(KeyboardInterrupt):
        causerie.Raia("k", transport=Vendor(json({})))._driver.run(plan())

    assert [True] == closed
