"""The one place through which every request of a live run passes: what is not allowed is not sent."""

from __future__ import annotations

import asyncio
import datetime
import json
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
#: Bytes of an answer, unpacked.
_MOST = 16 * 2**20

#: The methods that RFC 9110 calls safe, of those that documents use.
SAFE = frozenset({"get", "head"})


class Refused(Exception):
    """A request that may not be sent; the message says why."""


class Guard(httpx.AsyncBaseTransport):
    """Sends what may be sent to `target`, and adds its credential, which nothing else holds.

    `allowed` are operationIds. A request that writes needs `own` and a `journal`: it is noted there before it is sent,
    and what its answer names before the answer is passed on. `removals` may delete what `own.user` has and what the
    journal names, and nothing else. Raises `Refused`, `Exhausted` when the budget ends, and `httpx.RequestError`.
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
        # The more of a path is literal, the better it fits: `/conversations/start` is no conversation.
        self._paths.sort(key=lambda known: known[3].count("{"))
        self._writes: Mapping[str, Write] = vendor_of(vendor).writes
        self._allowed = allowed
        self._budget = budget
        self._own = own
        self._journal = journal
        self._removals = removals
        # Neither a proxy nor a .netrc of the environment: the credential goes to the server and nowhere else.
        self._inner = inner or httpx.AsyncHTTPTransport(trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request when it is allowed, and return the answer with its whole body."""
        content = await request.aread()
        operation, path = self.admit(request, content)
        await self._budget.spend()
        number = self._journal.intend(operation, path) if self._journal and operation in self._writes else None
        response = await self._send(self._outgoing(request, content))
        if number is not None and self._journal is not None:
            place = self._writes[operation].makes
            named = ids(_json(response), place) if place is not None and response.is_success else []
            if named or place is None or 300 <= response.status_code < 500:
                self._journal.made(number, named)  # else something may have been made that has no name yet
        if response.status_code == 429:
            self._budget.back_off(retry_after(response.headers.get("retry-after", "")))
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
            raise Refused(f"{operation} may not be used; --write or --bill can name it, if the plan says so")
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
            raise Refused(f"{operation} has a body in JSON")
        try:
            return json.loads(content)
        except ValueError:
            raise Refused(f"the body of {operation} is not JSON") from None

    def _reason(self, operation: str, body: Any, path: Mapping[str, str]) -> str:
        if self._own is None or self._journal is None:
            return "there is no journal to note it in"
        removals = self._removing(operation)
        if removals:
            mine = any(removal.allows(body, path, self._own) for removal in removals)
            return "" if mine else "only what the run made, and what its own user has, may be removed"
        write = self._writes.get(operation)
        if write is None or not isinstance(body, dict):
            return "it is not known what it does"
        if write.inside is not None:
            maker, parameter = write.inside
            if path[parameter] not in self._own.made(maker):
                return f"the {parameter} is none that the run made"
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
                    raise Refused(f"{strange[0]!r} in a path may lead to another one")
                return name, ("paths", template, method.lower()), values
        raise Refused(f"{method} {path} is no operation of the document")

    def _outgoing(self, request: httpx.Request, content: bytes) -> httpx.Request:
        """Return the request to send: with the credential, and with only the headers that are needed."""
        headers = {"accept": "application/json", "user-agent": "causerie-contract", **self._credential}
        if content:
            headers["content-type"] = "application/json"
        return httpx.Request(
            request.method, request.url, headers=headers, content=content, extensions=request.extensions
        )

    async def _send(self, request: httpx.Request) -> httpx.Response:
        # In all, not between two bytes: a server can drip for ever.
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
                raise Exhausted("The time limit was reached while an answer was awaited.") from None
            raise httpx.ReadTimeout(f"There was no complete answer within {seconds:.0f} s.", request=request) from None
        # Decoded and whole: what the headers say of its length and encoding is over.
        over = {b"content-encoding", b"content-length", b"transfer-encoding"}
        # As bytes: a header need not be ASCII.
        headers = [(key, value) for key, value in response.headers.raw if key.lower() not in over]
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
