"""Whether a server on the network still answers, and which request it did not survive."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

import attrs
import httpx
import requests

from ._schemathesis import is_connection_refused

_Answer = TypeVar("_Answer")

#: What a client raises when it gets no answer at all.
Unanswered = (httpx.NetworkError, httpx.RemoteProtocolError, requests.ConnectionError)
#: Seconds in which a server may come back, where something restarts it.
_PATIENCE = 5.0
#: Seconds in which a process that ends stops taking connections.
_END = 0.2


class Died(BaseException):
    """The server has stopped for good.

    This is not an `Exception`, so that no library catches it to shrink the example.
    """


@attrs.frozen
class Asked:
    """A request to an operation, and the lines that repeat it."""

    operation: str
    curl: Callable[[], tuple[str, ...]]


class Pulse:
    """Watches one server. Without a host in its `base_url` it is in this process, and cannot die alone."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._address = (parts.hostname, parts.port or {"https": 443}.get(parts.scheme, 80)) if parts.hostname else None
        #: Whether the server is gone for good.
        self.dead = False
        #: The latest request that was answered, and whether a later one was not.
        self._answered: Asked | None = None
        self._is_silent = False
        #: The requests after which it was silent for a while, and the latest of them.
        self.lost: list[Asked] = []
        self.culprit: Asked | None = None

    @property
    def answered(self) -> bool:
        """Whether it ever answered."""
        return self._answered is not None

    def ask(self, asked: Asked, send: Callable[[], _Answer]) -> _Answer:
        """Send a request, and note whether it is answered. Raises what `send` raises."""
        try:
            answer = send()
        except Unanswered as error:
            culprit = self._answered if _is_refused(error) else asked
            if culprit is not None and not self._is_silent:
                self.lost.append(culprit)
                self.culprit = culprit
            self._is_silent = True
            self.dead = self.dead or not self._is_there()
            raise
        self._answered, self._is_silent = asked, False
        return answer

    def _is_there(self) -> bool:
        """Return whether the server accepts connections, at once or after a restart."""
        end = time.monotonic() + _PATIENCE
        if self._address is not None:
            time.sleep(_END)
        while self._address is not None and time.monotonic() < end:
            with contextlib.suppress(OSError):
                socket.create_connection(self._address, timeout=_PATIENCE).close()
                return True
            time.sleep(0.1)
        return self._address is None


def _is_refused(error: Exception) -> bool:
    """Say whether nobody took the connection: then the request was not what the server died of."""
    if isinstance(error, requests.ConnectionError):
        return is_connection_refused(error)
    return isinstance(error, httpx.ConnectError)
