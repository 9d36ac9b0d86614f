"""The proxy: an ASGI application between the client and the sound vendor, with a fault or with none."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import Any

import attrs
import uvicorn

from causerie_mock import Mock, Reply, Request
from causerie_mock._server import listen, urls
from tests.kill_rate.strangers.call import Call
from tests.kill_rate.strangers.line import Handler, Line

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


async def sound(call: Call, line: Line) -> Reply:
    """Send the call on: no fault at all."""
    return line.forward(call)


@attrs.define
class Proxy:
    """What stands between the client and `mock`."""

    mock: Mock
    handler: Handler = sound
    #: Called whenever the fault has changed something.
    on_fire: Callable[[], None] = lambda: None
    memory: dict[Any, Any] = attrs.field(factory=dict)

    def reset(self) -> None:
        """Bring the vendor back to its first state, and let the fault forget."""
        self.mock.reset()
        self.memory.clear()

    async def answer(self, request: Request) -> Reply:
        """Answer one request to the vendor."""
        call = Call(self.mock.vendor, request)
        line = Line(lambda asked: self.mock.handle(asked.request), self.memory)
        reply = await self.handler(call, line)
        if line.changed(call, reply):
            self.on_fire()
        return reply

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer as an ASGI application, with the vendor below its name."""
        mount = f"/{self.mock.vendor}"
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        path = scope["raw_path"].removeprefix(mount.encode())
        request = Request(scope["method"], path, scope["query_string"], scope["headers"], body, mount=mount)
        reply = await self.answer(request)
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": reply.body})


@contextlib.contextmanager
def serve(proxy: Proxy) -> Iterator[str]:
    """Serve the proxy on a port while the context lasts, and yield the vendor's URL."""
    with listen("127.0.0.1", 0) as listener:
        config = uvicorn.Config(proxy, lifespan="off", ws="none", log_config=None, log_level="error", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield urls(listener, [proxy.mock])[proxy.mock.vendor]
        finally:
            server.should_exit = True
            thread.join()
