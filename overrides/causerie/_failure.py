"""Finding out whether a failed request was never sent, was answered, or neither.

A transport, a hook, a decoder and a redirect can each raise any exception, even those of the others. So the type of an
exception never proves that nothing was sent; only what the transport did proves it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from ._library import OWN, mixed

if TYPE_CHECKING:
    import httpx

_ANSWER: Final = "causerie.answer"
"""The request extension that holds the answer as soon as there is one."""


class UnsentError(Exception):
    """The transport had no connection for the request. ``args`` are the original exception."""


class _Content:
    """The content to send, which records whether a transport has begun to send it."""

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
    """Return a copy of the request that records whether it is sent."""
    stream: Any = type(request.stream)
    request.stream = mixed(_Content, stream)(request.content)
    return request


def watch_client(request: httpx.Request, client: Any, note: Callable[[Any], object]) -> None:
    """Have the caller's client ``note`` the answer to this request before any other hook sees it."""
    request.extensions[_ANSWER] = None
    hooks = client.event_hooks["response"]
    if note not in hooks:
        hooks.insert(0, note)


def note(response: httpx.Response) -> None:
    """Store the answer with its request."""
    if _ANSWER in response.request.extensions:
        response.request.extensions[_ANSWER] = response


async def note_async(response: httpx.Response) -> None:
    """``note``, for an async client."""
    note(response)


def answer_despite(error: Exception, request: httpx.Request, httpx: Any) -> Any:
    """Return the vendor's answer if it is not a success.

    The answer counts, even if a hook or httpx failed after it. Raises ``UnsentError`` if the request was certainly not
    sent, and otherwise the original error.
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
    """Return whether the transport reports, for this request, that it found no connection.

    A hook can raise the same error for another request. Other transports, such as httpx-aiohttp's, raise it for every
    lost connection, so a cause from another library means that the request may have been sent.
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
