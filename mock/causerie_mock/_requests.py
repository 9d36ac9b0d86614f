"""The log of a mock's requests, for tests."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Unpack, overload
from urllib.parse import unquote_plus

import attrs

from . import _json
from ._exchange import Issue, Reply, Request
from ._faults import UNHEARD
from ._match import Match, Matching, path_text, query_values

#: Headers with credentials; no log shows their values.
SECRET_HEADERS = frozenset({b"authorization", b"proxy-authorization", b"cookie", b"agent-secret-key"})
MASK = b"***"

#: Parts of the names of other headers and parameters that may contain a credential.
_SECRET = re.compile(
    r"auth|(?<!idempotency-)key|token|secret|pass|credential|cookie|session|sign|^sig$|jwt", re.IGNORECASE
)

#: The most requests that a log keeps, and the most bytes of them and their replies. The oldest are dropped first; the
#: latest is kept however long it is.
_LIMIT = 1000
_BYTES = 32 * 1024 * 1024


@attrs.frozen
class Recorded:
    """One request, its reply, and the result of checking the request against the document.

    Credentials are masked everywhere except in bodies.
    """

    #: How many requests came before it since the last reset.
    index: int
    #: Mock time.
    at: datetime
    request: Request
    reply: Reply
    #: The operationId; None if the document does not have the path or the method.
    operation: str | None = None
    #: The tenant of its credential; None if it was refused before that was known.
    tenant: int | None = None
    #: Why it was refused; None if it was not.
    problem: str | None = None
    #: The places at which it was invalid.
    issues: Sequence[Issue] = ()
    #: The kind of the fault that happened to it.
    fault: str | None = None

    @property
    def method(self) -> str:
        """Return the method, such as GET."""
        return self.request.method

    @property
    def path(self) -> str:
        """The path, decoded."""
        return path_text(self.request)

    @property
    def query(self) -> dict[str, str]:
        """The query by name, with the last value of a repeated name."""
        return query_values(self.request)

    @property
    def headers(self) -> dict[str, str]:
        """The headers by lower-case name, with the last value of a repeated name."""
        return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in self.request.headers}

    @property
    def body(self) -> bytes:
        """The request's body."""
        return self.request.body

    @property
    def json(self) -> Any:
        """The request's body, decoded. Raises `ValueError` if it is not JSON."""
        return _json.decode(self.request.body)

    @property
    def status(self) -> int:
        """The reply's status; 0 if there was no reply."""
        return self.reply.status

    @property
    def valid(self) -> bool | None:
        """Whether path, method, credential, parameters, body and state allowed it; None if it was not checked.

        The faults `status`, `refused` and `reset_before_request` happen before the check.
        """
        return None if self.fault in UNHEARD else self.problem is None

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}" + (f" {self.problem}" if self.problem else "")


class Requests(Sequence[Recorded]):
    """The latest requests, oldest first."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Remove all requests."""
        self._recorded: deque[tuple[int, Callable[[], Recorded]]] = deque()
        self._bytes = 0
        #: The number of requests since the last reset, including dropped ones.
        self.total = 0

    def append(self, size: int, made: Callable[[], Recorded]) -> None:
        """Add a request of `size` bytes. It is made when it is first read, because most never are."""
        self._recorded.append((size, made))
        self._bytes += size
        self.total += 1
        while len(self._recorded) > _LIMIT or (self._bytes > _BYTES and len(self._recorded) > 1):
            self._bytes -= self._recorded.popleft()[0]

    def matching(
        self, *, status: int | None = None, tenant: int | None = None, **match: Unpack[Matching]
    ) -> list[Recorded]:
        """Return the requests that match; `Match` describes the other arguments."""
        wanted = Match(**match)
        return [
            each
            for each in self
            if wanted.fits(each.request, each.operation)
            and status in (None, each.status)
            and tenant in (None, each.tenant)
        ]

    def one(self, *, status: int | None = None, tenant: int | None = None, **match: Unpack[Matching]) -> Recorded:
        """Return the only request that matches. Raises `AssertionError` with all requests unless exactly one does."""
        found = self.matching(status=status, tenant=tenant, **match)
        if len(found) != 1:
            listed = "".join(f"\n  {each}" for each in self) or " none at all"
            raise AssertionError(f"{len(found)} requests match ({Match(**match)}). There were:{listed}")
        return found[0]

    @property
    def last(self) -> Recorded:
        """The latest request. Raises `IndexError` if there is none."""
        return self[-1]

    @overload
    def __getitem__(self, index: int) -> Recorded: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Recorded]: ...
    def __getitem__(self, index: int | slice) -> Recorded | Sequence[Recorded]:
        return tuple(self)[index] if isinstance(index, slice) else self._recorded[index][1]()

    def __iter__(self) -> Iterator[Recorded]:
        return iter([made() for _, made in tuple(self._recorded)])

    def __len__(self) -> int:
        return len(self._recorded)


def masked(request: Request, credentials: Collection[bytes], declared: Collection[str]) -> Request:
    """Return `request` without the vendor's credentials and the values whose names suggest a credential.

    `declared` are the query parameters in the document, which are shown whatever their names are.
    """

    def hidden(name: bytes, value: bytes) -> bytes:
        return MASK if _is_secret(name) or any(credential in value for credential in credentials) else value

    def pair(text: bytes) -> bytes:
        name, equals, value = text.partition(b"=")
        known = bool(declared) and unquote_plus(name.decode("latin-1")) in declared
        return name + equals + (value if known else hidden(name, value))

    path = request.path
    for credential in credentials:
        path = path.replace(credential, MASK)
    headers = [(name, hidden(name, value)) for name, value in request.headers]
    query = b"&".join(map(pair, request.query.split(b"&"))) if request.query else b""
    return Request(request.method, path, query, headers, request.body, request.scheme, request.mount)


@lru_cache(maxsize=1000)
def _is_secret(name: bytes) -> bool:
    """Return whether a header or parameter with this name holds a credential."""
    return name.lower() in SECRET_HEADERS or _SECRET.search(unquote_plus(name.decode("latin-1"))) is not None


def concealed(recorded: Recorded, field: str) -> Recorded:
    """Return `recorded` without the values in the object `field` of its bodies."""
    # The description of an issue quotes the value at its place.
    quoting = [issue for issue in recorded.issues if issue.place == "" or issue.place.startswith(f"/{field}")]
    return attrs.evolve(
        recorded,
        request=attrs.evolve(recorded.request, body=_without_values(recorded.request.body, field)),
        reply=attrs.evolve(recorded.reply, body=MASK if quoting else _without_values(recorded.reply.body, field)),
        issues=tuple(Issue(issue.place, "***") if issue in quoting else issue for issue in recorded.issues),
    )


def _without_values(body: bytes, field: str) -> bytes:
    """Return `body` with the values of its object `field` masked, or all of it masked if it is not a JSON object."""
    try:
        value = _json.decode(body)
    except ValueError:
        return MASK if body else body
    if not isinstance(value, dict):
        return MASK
    if field in value:
        inner = value[field]
        value[field] = dict.fromkeys(inner, "***") if isinstance(inner, dict) else "***"
    return _json.encode(value)
