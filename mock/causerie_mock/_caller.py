"""The thread that sends webhook calls to URLs."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable, Sequence

from ._url import Server
from ._waiting import Call, Waiting

#: The queue, the calls to make now, and the seconds until the next plan; None to wait until the thread is woken.
Plan = tuple[Waiting, Sequence[tuple[Server, Call]], float | None]


class Caller:
    """A thread that runs calls concurrently until `end`.

    It asks `plan` for calls, once and whenever it is woken, and awaits `call` for each. Running calls of an earlier
    `Waiting` than the plan's are cancelled. `changed` is held while `plan` runs, and by the code that wakes or ends the
    thread.
    """

    def __init__(
        self,
        name: str,
        changed: threading.Condition,
        plan: Callable[[], Plan],
        call: Callable[[Waiting, Server, Call], Awaitable[None]],
    ) -> None:
        self._changed = changed
        self._plan = plan
        self._call = call
        self._is_over = False
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, args=(self._loop,), name=name, daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Have the thread ask for its plan again."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._woken.set)

    def end(self) -> None:
        """Have the thread cancel its running calls, plan nothing else, and end."""
        self._is_over = True
        self.wake()

    def join(self) -> None:
        """Wait for the end of the thread, without holding `changed`."""
        self._thread.join()

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.run_until_complete(self._calls())
        with self._changed:
            self._loop = None
        # `asyncio.run` would wait for names that are still being looked up.
        loop.close()

    async def _calls(self) -> None:
        running: dict[asyncio.Future[None], Waiting] = {}
        while True:
            self._woken.clear()
            with self._changed:
                if self._is_over:
                    break
                waiting, started, seconds = self._plan()
            for server, call in started:
                task = asyncio.ensure_future(self._call(waiting, server, call))
                running[task] = waiting
                task.add_done_callback(running.pop)
            await _break_off([task for task, of in running.items() if of is not waiting])
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), seconds)
        await _break_off(list(running))
        await asyncio.sleep(0)  # Only then are their sockets closed.


async def _break_off(tasks: Sequence[asyncio.Future[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
