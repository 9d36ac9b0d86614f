"""What is known of a request once something has raised: that it was never sent, that it was answered, or neither.

A transport, a hook, a decoder and a redirect can raise anything, and each of them can raise what another does. So no
kind of error proves that nothing was sent; what the transport did proves it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from ._library import OWN, mixed

if TYPE_CHECKING:
    import httpx

_ANSWER: Final = "causerie.answer"
"""The extension of a request that has its answer, as soon as there is one."""


class UnsentError(Exception):
    """The transport had no connection for the request. ``args`` are the error that says so."""


class _Content:
    """What is sent, and whether a transport has begun to send it."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.is_taken = False

    def __iter__(self) -> Iterator[bytes]:
        self.is_taken = True
        yield self._content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.is_taken = True
        yield self._content


def watch(request: httpx.Request) -> httpx.Request:
    """Return the request, which from now on knows whether it is sent."""
    stream: Any = type(request.stream)
    request.stream = mixed(_Content, stream)(request.content)
    return request


def watch_client(request: httpx.Request, client: Any, note: Callable[[Any], object]) -> None:
    """Have the caller's client ``note`` the answer to this request, before any other hook gets it."""
    request.extensions[_ANSWER] = None
    hooks = client.event_hooks["response"]
    if note not in hooks:
        hooks.insert(0, note)


def note(response: httpx.Response) -> None:
    """Keep the answer with its request."""
    if _ANSWER in response.request.extensions:
        response.request.extensions[_ANSWER] = response


async def note_async(response: httpx.Response) -> None:
    """``note``, for an async client."""
    note(response)


def answer_despite(error: Exception, request: httpx.Request, httpx: Any) -> Any:
    """Return what the vendor has answered, where that is no success.

    The answer counts, whatever a hook made of it, or httpx of its ``Location``. Raises ``UnsentError`` where the
    request was certainly not sent, and otherwise the error.
    """
    answer = request.extensions.get(_ANSWER)
    if answer is None and _is_unsent(error, request, httpx):
        raise UnsentError(error)
    if answer is None or answer.is_success:
        raise error
    # Its stream is closed. What has been read has been unpacked.
    headers = [(name, value) for name, value in answer.headers.raw if name.lower() != b"content-encoding"]
    try:
        content = answer.content
    except httpx.ResponseNotRead:
        content = b""
    return httpx.Response(answer.status_code, headers=headers, content=content, extensions=answer.extensions)


def _is_unsent(error: Any, request: httpx.Request, httpx: Any) -> bool:
    """Return whether the transport says of this very request that it found no connection.

    A hook can raise the same of another request. And other libraries' transports say it of any connection that is
    lost, as httpx-aiohttp does, so that a cause of another library's contradicts it.
    """
    not_connected = httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout
    if not isinstance(error, not_connected) or getattr(request.stream, "is_taken", False):
        return False
    cause = error.__cause__
    if cause is not None and type(cause).__module__.partition(".")[0] not in OWN:
        return False
    try:
        return bool(error.request is request)
    except RuntimeError:  # it was raised by a hook: a client names the request in what a transport raises
        return False
