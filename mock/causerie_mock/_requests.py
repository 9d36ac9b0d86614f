"""The requests that a mock was sent, for tests to look at."""

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

#: Headers that carry credentials; no log shows what they hold.
SECRET_HEADERS = frozenset({b"authorization", b"proxy-authorization", b"cookie", b"agent-secret-key"})
MASK = b"***"

#: What other names of headers and parameters have, into which a credential may have got.
_SECRET = re.compile(
    r"auth|(?<!idempotency-)key|token|secret|pass|credential|cookie|session|sign|^sig$|jwt", re.IGNORECASE
)

#: A log keeps so many requests, and so many bytes of them and their replies, and forgets the oldest first; the latest
#: stays, however long it is.
_LIMIT = 1000
_BYTES = 32 * 1024 * 1024


@attrs.frozen
class Recorded:
    """One request, its reply, and what the document says of it.

    Credentials are masked, wherever they stand but in a body.
    """

    #: How many requests came before it since the last reset.
    index: int
    #: Mock time.
    at: datetime
    request: Request
    reply: Reply
    #: The operationId; None where the document has no such path or method.
    operation: str | None = None
    #: Whose credential it carried; None where it was refused before that was known.
    tenant: int | None = None
    #: Why it was refused; None where it was not.
    problem: str | None = None
    #: Where it was invalid.
    issues: Sequence[Issue] = ()
    #: The kind of the fault that befell it.
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
        """The query by name; of a repeated name the last value."""
        return query_values(self.request)

    @property
    def headers(self) -> dict[str, str]:
        """The headers by lower-case name; of a repeated name the last value."""
        return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in self.request.headers}

    @property
    def body(self) -> bytes:
        """The request's body."""
        return self.request.body

    @property
    def json(self) -> Any:
        """The request's body, decoded. Raises `ValueError` where it is no JSON."""
        return _json.decode(self.request.body)

    @property
    def status(self) -> int:
        """The reply's status; 0 where no reply was made."""
        return self.reply.status

    @property
    def valid(self) -> bool | None:
        """Whether path, method, credential, parameters, body and state allowed it; None where a fault forestalled that.

        Then nobody has looked: `status`, `refused` and `reset_before_request` come before the vendor hears of it.
        """
        return None if self.fault in UNHEARD else self.problem is None

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}" + (f" {self.problem}" if self.problem else "")


class Requests(Sequence[Recorded]):
    """The latest requests, oldest first."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forgets them all."""
        self._recorded: deque[tuple[int, Callable[[], Recorded]]] = deque()
        self._bytes = 0
        #: How many there were since the last reset, those that are forgotten included.
        self.total = 0

    def append(self, size: int, made: Callable[[], Recorded]) -> None:
        """Keep one more, of so many bytes, which is made when somebody looks: for most requests nobody does."""
        self._recorded.append((size, made))
        self._bytes += size
        self.total += 1
        while len(self._recorded) > _LIMIT or (self._bytes > _BYTES and len(self._recorded) > 1):
            self._bytes -= self._recorded.popleft()[0]

    def matching(
        self, *, status: int | None = None, tenant: int | None = None, **match: Unpack[Matching]
    ) -> list[Recorded]:
        """Those that fit: see `Match` for what else may be given."""
        wanted = Match(**match)
        return [
            each
            for each in self
            if wanted.fits(each.request, each.operation)
            and status in (None, each.status)
            and tenant in (None, each.tenant)
        ]

    def one(self, *, status: int | None = None, tenant: int | None = None, **match: Unpack[Matching]) -> Recorded:
        """Return the only one that fits. Raises `AssertionError`, which lists all requests, unless just one does."""
        found = self.matching(status=status, tenant=tenant, **match)
        if len(found) != 1:
            listed = "".join(f"\n  {each}" for each in self) or " none at all"
            raise AssertionError(f"{len(found)} requests match ({Match(**match)}). There were:{listed}")
        return found[0]

    @property
    def last(self) -> Recorded:
        """The latest. Raises `IndexError` when there is none."""
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
    """`request` without its credentials: those of the vendor's, and what is called like one.

    `declared` are the parameters of the query that the document has, whatever they are called.
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
    """Whether what has this name is a credential."""
    return name.lower() in SECRET_HEADERS or _SECRET.search(unquote_plus(name.decode("latin-1"))) is not None


def concealed(recorded: Recorded, field: str) -> Recorded:
    """Return `recorded` without what the object `field` of its bodies holds."""
    # What is said of a place quotes what is there.
    told = [issue for issue in recorded.issues if issue.place == "" or issue.place.startswith(f"/{field}")]
    return attrs.evolve(
        recorded,
        request=attrs.evolve(recorded.request, body=_without_values(recorded.request.body, field)),
        reply=attrs.evolve(recorded.reply, body=MASK if told else _without_values(recorded.reply.body, field)),
        issues=tuple(Issue(issue.place, "***") if issue in told else issue for issue in recorded.issues),
    )


def _without_values(body: bytes, field: str) -> bytes:
    """`body` with the values of its object `field` masked; all of it masked when it is no JSON object."""
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
