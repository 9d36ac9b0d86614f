"""The mocks on a port."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import signal
import socket
import threading
from collections.abc import Iterable, Iterator

import uvicorn

from ._asgi import Application, Receive, asgi
from ._mock import Mock
from ._vendors import VENDORS
from ._wire import Message, Send, end_pauses, hang_up


@contextlib.contextmanager
def serve(mocks: Iterable[Mock] | None = None, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[dict[str, str]]:
    """Serve `mocks` (all vendors when left out) in a thread while the context lasts, and yield their URLs by vendor.

    Port 0 is a free one. Raises `OSError` when the port is in use.
    """
    served = [Mock(vendor) for vendor in VENDORS] if mocks is None else list(mocks)
    with listen(host, port) as listener:
        apart(listener, served)
        server = _Server(served, listener)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            # The socket listens already: whoever connects before the thread is ready waits in its queue.
            yield urls(listener, served)
        finally:
            for mock in served:
                mock.faults.on_refused = None  # There is no port any more that could be closed.
                mock.webhooks.close()
            server.should_exit = True
            thread.join()


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket. Raises `OSError` when there is no such host or the port is in use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=2048)
    # asyncio sets TCP_NODELAY only on sockets that say that they are TCP; without it every answer takes 40 ms.
    return socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, fileno=listener.detach())


def apart(listener: socket.socket, mocks: Iterable[Mock]) -> None:
    """Raise `ValueError` for a spy whose server is the one on `listener` itself."""
    host, port = listener.getsockname()[:2]
    for mock in mocks:
        if mock.spy is None or mock.spy.address is None:
            continue
        name, at = mock.spy.address
        if at == port and any(_leads(each, host) for each in _addresses(name)):
            raise ValueError(
                f"spy of {mock.vendor} is {mock.spy.target!r}, which is this server itself; give the URL of the real"
                " one, or another port to listen on."
            )


def _addresses(name: str) -> set[str]:
    try:
        return {str(each[4][0]) for each in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)}
    except OSError:  # Nobody knows it now; the request will say so.
        return set()


def _leads(address: str, host: str) -> bool:
    """Whether a connection to `address` comes to somebody who listens on `host`."""
    there, here = ipaddress.ip_address(address.partition("%")[0]), ipaddress.ip_address(host.partition("%")[0])
    if there == here or (there.is_unspecified and here.is_loopback):
        return True
    if not here.is_unspecified:
        return False
    try:
        with socket.socket(socket.AF_INET6 if there.version == 6 else socket.AF_INET) as probe:
            probe.bind((address, 0))  # which only an address of this machine allows
    except OSError:
        return False
    return True


def urls(listener: socket.socket, mocks: Iterable[Mock]) -> dict[str, str]:
    """Where `mocks` are reached once `run` serves them on `listener`."""
    host, port = listener.getsockname()[:2]
    authority = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return {mock.vendor: f"http://{authority}/{mock.vendor}" for mock in mocks}


def run(listener: socket.socket, mocks: Iterable[Mock]) -> None:
    """Print where each of `mocks` is, with a credential, and serve them on `listener` until SIGINT or SIGTERM.

    For the main thread.
    """
    mocks = list(mocks)
    addresses = urls(listener, mocks)
    server = _Server(mocks, listener)
    # uvicorn hears signals once it has started, and in the end raises them again for whoever heard them before.
    before = {number: signal.signal(number, server.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for mock in mocks:
            ((header, value),) = mock.headers().items()
            if mock.spy is not None:
                header, value = "spies on", mock.spy.target
            print(f"{mock.vendor:<10} {addresses[mock.vendor]:<34} {header}: {value}", flush=True)  # noqa: T201
        server.run(sockets=[listener])
    finally:
        for mock in mocks:
            mock.webhooks.close()
        for number, handler in before.items():
            signal.signal(number, handler)


def _quiet(application: Application) -> Application:
    """Return an application that hangs up when it is cancelled: uvicorn would print a traceback and answer 500."""

    async def serve(scope: Message, receive: Receive, send: Send) -> None:
        try:
            await application(scope, receive, send)
        except asyncio.CancelledError:
            hang_up(send)

    return serve


class _Server(uvicorn.Server):
    """uvicorn, with a port that can be closed for a while: the fault `refused`."""

    def __init__(self, mocks: Iterable[Mock], listener: socket.socket) -> None:
        self._mocks = mocks = list(mocks)
        super().__init__(
            uvicorn.Config(
                _quiet(asgi(mocks)),
                lifespan="off",
                ws="none",
                log_config=None,
                log_level="error",
                access_log=False,
                server_header=False,
                date_header=not any(mock.spy for mock in mocks),  # A real server says its own.
                proxy_headers=False,
                timeout_graceful_shutdown=1,
            )
        )
        self._address = listener.getsockname()[:2]
        self._listening = threading.Event()
        self._opening: asyncio.TimerHandle | None = None
        for mock in mocks:
            mock.faults.on_refused = self._refuse

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen on `sockets`."""
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        self._listening.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what faults delay and spies wait for, give the rest a second, and hang up on what is not done by then."""
        end_pauses()
        for mock in self._mocks:
            if mock.spy is not None:
                mock.spy.close()
        if self.server_state.tasks:
            _, late = await asyncio.wait(self.server_state.tasks, timeout=1)
            for task in late:
                task.cancel()
        await super().shutdown(sockets)

    def _refuse(self, seconds: float) -> None:
        """Close the port for `seconds`, and return once it is closed. For any thread."""
        self._listening.wait()
        if self._thread == threading.get_ident():
            self._close(seconds)
        else:
            closed = threading.Event()
            self._loop.call_soon_threadsafe(self._close, seconds, closed)
            closed.wait()

    def _close(self, seconds: float, closed: threading.Event | None = None) -> None:
        for server in self.servers:
            server.close()
        self.servers.clear()
        for connection in list(self.server_state.connections):
            connection.shutdown()  # once it has answered what it was asked
        if closed is not None:
            self._loop.call_soon(closed.set)  # The loop closes a socket when it next comes round.
        if self._opening is not None:
            self._opening.cancel()
        self._opening = self._loop.call_later(seconds, lambda: self._loop.create_task(self._open()))

    async def _open(self) -> None:
        if not self.should_exit:
            await self.startup([listen(*self._address)])
