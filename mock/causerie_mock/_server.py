"""Serves the mocks on a port."""

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
    """Serve `mocks` (by default, all vendors) in a thread while the context lasts, and yield their URLs by vendor.

    Port 0 picks a free one. Raises `OSError` if the port is in use.
    """
    served = [Mock(vendor) for vendor in VENDORS] if mocks is None else list(mocks)
    with listen(host, port) as listener:
        apart(listener, served)
        server = _Server(served, listener)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            # The socket already listens, so connections wait in its queue until the thread is ready.
            yield urls(listener, served)
        finally:
            for mock in served:
                mock.faults.on_refused = None  # There is no port to close any more.
                mock.webhooks.close()
            server.should_exit = True
            thread.join()


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket. Raises `OSError` if the host does not exist or the port is in use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=2048)
    # asyncio sets TCP_NODELAY only on sockets whose protocol is TCP; without it, every answer takes 40 ms.
    return socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, fileno=listener.detach())


def apart(listener: socket.socket, mocks: Iterable[Mock]) -> None:
    """Raise `ValueError` if the server of a spy is the one on `listener` itself."""
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
    except OSError:  # The name is unknown now; the request will report it.
        return set()


def _leads(address: str, host: str) -> bool:
    """Return whether a connection to `address` reaches a server that listens on `host`."""
    there, here = ipaddress.ip_address(address.partition("%")[0]), ipaddress.ip_address(host.partition("%")[0])
    if there == here or (there.is_unspecified and here.is_loopback):
        return True
    if not here.is_unspecified:
        return False
    try:
        with socket.socket(socket.AF_INET6 if there.version == 6 else socket.AF_INET) as probe:
            probe.bind((address, 0))  # works only for addresses of this machine
    except OSError:
        return False
    return True


def urls(listener: socket.socket, mocks: Iterable[Mock]) -> dict[str, str]:
    """Return the URLs of `mocks` once `run` serves them on `listener`."""
    host, port = listener.getsockname()[:2]
    authority = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return {mock.vendor: f"http://{authority}/{mock.vendor}" for mock in mocks}


def run(listener: socket.socket, mocks: Iterable[Mock]) -> None:
    """Print the URL and a credential of each of `mocks`, and serve them on `listener` until SIGINT or SIGTERM.

    Call this in the main thread.
    """
    mocks = list(mocks)
    addresses = urls(listener, mocks)
    server = _Server(mocks, listener)
    # uvicorn handles signals once it has started, and at its end raises them again for the earlier handlers.
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
                date_header=not any(mock.spy for mock in mocks),  # A real server sends its own date.
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
        """End the delays of faults and the waits of spies, give other requests a second, and hang up on the rest."""
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
        """Close the port for `seconds`, and return once it is closed. Any thread may call this."""
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
            connection.shutdown()  # takes effect after the current answer
        if closed is not None:
            self._loop.call_soon(closed.set)  # The loop closes a socket in its next iteration.
        if self._opening is not None:
            self._opening.cancel()
        self._opening = self._loop.call_later(seconds, lambda: self._loop.create_task(self._open()))

    async def _open(self) -> None:
        if not self.should_exit:
            await self.startup([listen(*self._address)])
