"""Sends replies over a connection of uvicorn, with the faults that only a connection can have."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from ._exchange import Reply

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
_pauses: set[asyncio.Future[None]] = set()


async def play(reply: Reply, send: Send) -> None:
    """Send `reply` with its fault, if it has one."""
    if reply.fault is None:
        await _start(reply, reply.headers, send)
        await send({"type": "http.response.body", "body": reply.body})
        return
    match reply.fault.kind:
        case "delay":
            if await _is_cut_short(reply.fault.seconds):
                hang_up(send)
                return
            await _start(reply, reply.headers, send)
            await send({"type": "http.response.body", "body": reply.body})
        case "slow_body":
            await _start(reply, reply.headers, send)
            for index, byte in enumerate(reply.body):
                # There is no pause after the last byte, because the answer is complete then.
                if index and await _is_cut_short(reply.fault.seconds):
                    hang_up(send)
                    return
                await send({"type": "http.response.body", "body": bytes([byte]), "more_body": True})
            await send({"type": "http.response.body"})
        case "truncated_body":
            headers = [header for header in reply.headers if header[0] != "content-length"]
            await _start(reply, (*headers, ("content-length", str(len(reply.body) + 1))), send)
            await send({"type": "http.response.body", "body": reply.body, "more_body": True})
            _abandon(send).close()
        case _:
            reset(send)


async def _is_cut_short(seconds: float) -> bool:
    """Wait for these seconds, and return whether the server ended meanwhile."""
    end = asyncio.get_running_loop().create_future()
    _pauses.add(end)
    try:
        await asyncio.wait([end], timeout=seconds)
    finally:
        _pauses.discard(end)
    return end.done()


def end_pauses() -> None:
    """End the delays of faults in the running event loop."""
    loop = asyncio.get_running_loop()
    for pause in [each for each in _pauses.copy() if each.get_loop() is loop and not each.done()]:
        pause.set_result(None)


def hang_up(send: Send) -> None:
    """Close the connection without an answer, or in the middle of one."""
    _abandon(send).abort()


def reset(send: Send) -> None:
    """Reset the connection, so that the client gets an error instead of an answer."""
    transport = _abandon(send)
    # A socket with a linger time of 0 is closed with a reset.
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def _start(reply: Reply, headers: Iterable[tuple[str, str]], send: Send) -> None:
    encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": reply.status, "headers": encoded})


def _abandon(send: Send) -> asyncio.Transport:
    """Return the transport below `send`, and keep uvicorn from finishing the request.

    ASGI cannot express a fault, so this uses uvicorn itself: `send` is a method of its object for the request.
    """
    cycle: Any = getattr(send, "__self__", None)
    if not hasattr(cycle, "transport"):
        raise RuntimeError("This fault needs a connection; serve the mock with causerie_mock.serve or Mock.url.")
    cycle.disconnected = True
    transport: asyncio.Transport = cycle.transport
    return transport
