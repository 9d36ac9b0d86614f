"""Standard input, read so that the server can end without waiting for it."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator


class Lines:
    """The lines of standard input, read in a thread that does not keep the process alive.

    A read cannot be cancelled: with the MCP SDK's own reader, Ctrl-C has no effect until the client sends something.
    """

    def __init__(self) -> None:
        self._lines = asyncio.Queue[str | None](1)
        arguments = (sys.stdin.fileno(), asyncio.get_running_loop())
        threading.Thread(target=self._read, args=arguments, name="standard input", daemon=True).start()

    async def __aiter__(self) -> AsyncIterator[str]:
        while (line := await self._lines.get()) is not None:
            yield line

    def _read(self, number: int, loop: asyncio.AbstractEventLoop) -> None:
        # A file of its own: the interpreter wants to close sys.stdin in the end, which waits for the read.
        with open(number, encoding="utf-8", errors="replace", closefd=False) as stream:
            for line in stream:
                asyncio.run_coroutine_threadsafe(self._lines.put(line), loop).result()
        asyncio.run_coroutine_threadsafe(self._lines.put(None), loop).result()
