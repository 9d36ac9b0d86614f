"""The transport through which every request of a live run passes. It sends no request that is not allowed."""

from __future__ import annotations

import asyncio
import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

import httpx

from causerie_spec import credential
from causerie_spec.body import Body
from causerie_spec.documents import operations, parameters
from causerie_spec.pointer import Pointer, look

from ._budget import Budget, Exhausted
from ._journal import Journal
from ._patience import retry_after
from ._removals import Removal
from ._segment import fits
from ._target import Target
from ._text import decode
from ._vendor import vendor_of
from ._writes import Own, Write, ids

#: Seconds from the start of a request to the end of its answer.
TIMEOUT = 30.0
#: The most bytes of an answer, decompressed.
_MOST = 16 * 2**20

#: Methods that RFC 9110 calls safe, as far as the documents use them.
SAFE = frozenset({"get", "head"})


class Refused(Exception):
    """A request that may not be sent. The message says why."""


class Guard(httpx.AsyncBaseTransport):
    """Sends the requests that are allowed to `target`, and adds the credential, which no other object holds.

    `allowed` are operationIds. A request that writes needs `own` and a `journal`. The journal notes the request before
    it is sent, and the ids in its answer before the answer is returned. `removals` may delete only what `own.user` has
    and what the journal names. Raises `Refused`, `Exhausted` when the budget ends, and `httpx.RequestError`.
    """

    def __init__(
        self,
        vendor: str,
        document: dict[str, Any],
        target: Target,
        budget: Budget,
        *,
        allowed: frozenset[str],
        own: Own | None = None,
        journal: Journal | None = None,
        removals: Sequence[Removal] = (),
        inner: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._document = document
        self._base = httpx.URL(target.base_url)
        self._credential = credential(document).write(target.credential)
        self._paths = [
            (name, method.upper(), _pattern(self._base.path.rstrip("/") + path), path)
            for name, (method, path) in operations(document).items()
        ]
        # Paths with fewer parameters are tried first: `/conversations/start` is not a conversation with the id `start`.
        self._paths.sort(key=lambda known: known[3].count("{"))
        self._writes: Mapping[str, Write] = vendor_of(vendor).writes
        self._allowed = allowed
        self._budget = budget
        self._own = own
        self._journal = journal
        self._removals = removals
        # No proxy and no .netrc from the environment: the credential may only go to the server.
        self._inner = inner or httpx.AsyncHTTPTransport(trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request if it is allowed, and return the answer with its whole body."""
        content = await request.aread()
        operation, path = self.admit(request, content)
        await self._budget.spend()
        number = self._journal.intend(operation, path) if self._journal and operation in self._writes else None
        response = await self._send(self._outgoing(request, content))
        if number is not None and self._journal is not None:
            place = self._writes[operation].makes
            named = ids(_json(response), place) if place is not None and response.is_success else []
            if named or place is None or 300 <= response.status_code < 500:
                self._journal.made(number, named)  # otherwise, something whose id is unknown may have been created
        if response.status_code == 429:
            asked, date = (response.headers.get(name, "") for name in ("retry-after", "date"))
            self._budget.back_off(retry_after(asked, date))
        else:
            self._budget.go_on()
        return response

    def admit(self, request: httpx.Request, content: bytes) -> tuple[str, Mapping[str, str]]:
        """Return the operation of a request and the values in its path. Raises `Refused` when it may not be sent."""
        url = request.url
        if (url.scheme, url.host, url.port) != (self._base.scheme, self._base.host, self._base.port) or url.userinfo:
            raise Refused(f"{url.scheme}://{url.host} is not the server of --base-url")
        operation, place, path = self._operation(request.method, url.raw_path.partition(b"?")[0].decode("ascii"))
        if operation not in self._allowed and not self._removing(operation):
            raise Refused(f"{operation} is not allowed; name it with --write or --bill if the plan lists it there")
        known = {node["name"] for _, node in parameters(self._document, place) if node["in"] == "query"}
        unknown = [name for name in url.params if name not in known]
        if unknown:
            raise Refused(f"{operation} has no query parameter {unknown[0]!r}")
        if place[-1] in SAFE:
            if content:
                raise Refused(f"{operation} has no body")
            return operation, path
        reason = self._reason(operation, self._body(operation, place, request, content), path)
        if reason:
            raise Refused(f"{operation}: {reason}")
        return operation, path

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()

    def _body(self, operation: str, place: Pointer, request: httpx.Request, content: bytes) -> Any:
        if "requestBody" not in look(self._document, place):
            if content:
                raise Refused(f"{operation} has no body")
            return None
        if request.headers.get("content-type") != "application/json":
            raise Refused(f"{operation} needs a body in JSON")
        try:
            return decode(content)
        except ValueError:
            raise Refused(f"the body of {operation} is not JSON") from None

    def _reason(self, operation: str, body: Any, path: Mapping[str, str]) -> str:
        if self._own is None or self._journal is None:
            return "a write needs a journal"
        removals = self._removing(operation)
        if removals:
            is_own = any(removal.allows(body, path, self._own) for removal in removals)
            return "" if is_own else "only what the run created, and what its own user has, may be removed"
        write = self._writes.get(operation)
        if write is None or not isinstance(body, dict):
            return "the suite does not know what it writes"
        if write.inside is not None:
            maker, parameter = write.inside
            if path[parameter] not in self._own.made(maker):
                return f"the run did not create the {parameter} in the path"
        return write.refusal(body, self._own)

    def _removing(self, operation: str) -> list[Removal]:
        return [removal for removal in self._removals if removal.operation == operation]

    def _operation(self, method: str, path: str) -> tuple[str, tuple[str, str, str], dict[str, str]]:
        for name, known, pattern, template in self._paths:
            match = pattern.fullmatch(path) if known == method else None
            if match:
                values = {key: unquote(value) for key, value in match.groupdict().items()}
                strange = [value for value in values.values() if not fits(value)]
                if strange:
                    raise Refused(f"{strange[0]!r} in a path may lead to a different path")
                return name, ("paths", template, method.lower()), values
        raise Refused(f"{method} {path} is not an operation of the document")

    def _outgoing(self, request: httpx.Request, content: bytes) -> httpx.Request:
        """Return the request to send, with the credential and only the necessary headers."""
        headers = {"accept": "application/json", "user-agent": "causerie-contract", **self._credential}
        if content:
            headers["content-type"] = "application/json"
        return httpx.Request(
            request.method, request.url, headers=headers, content=content, extensions=request.extensions
        )

    async def _send(self, request: httpx.Request) -> httpx.Response:
        # The limit is for the whole answer, not between two bytes: a server could send single bytes for ever.
        seconds = min(TIMEOUT, self._budget.left)
        try:
            async with asyncio.timeout(seconds):
                response = await self._inner.handle_async_request(request)
                try:
                    body = Body(response, _MOST)
                    if not response.is_stream_consumed:
                        async for chunk in response.aiter_raw():
                            body.add(chunk)
                finally:
                    await response.aclose()
        except TimeoutError:
            if self._budget.left <= 0:
                raise Exhausted("The time limit was reached while waiting for an answer.") from None
            raise httpx.ReadTimeout(f"There was no complete answer within {seconds:.0f} s.", request=request) from None
        # The body is whole and decoded, so these headers are no longer true.
        outdated = {b"content-encoding", b"content-length", b"transfer-encoding"}
        # As bytes: a header need not be ASCII.
        headers = [(key, value) for key, value in response.headers.raw if key.lower() not in outdated]
        answer = httpx.Response(response.status_code, headers=headers, content=body.whole(), request=request)
        answer.elapsed = datetime.timedelta()
        return answer


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", path)
    return re.compile(
        "".join(f"(?P<{part}>[^/]+)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
    )


def _json(response: httpx.Response) -> Any:
    try:
        return decode(response.content)
    except ValueError:
        return None
