"""`Request` and `Reply`, and `Problem` for a refused request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from . import _json

if TYPE_CHECKING:
    from ._faults import Fault


@attrs.frozen
class Request:
    """One HTTP request, in bytes as received.

    `path` is still percent-encoded and has no query; `query` has no question mark. `scheme` and `mount`, the path below
    which the vendor is served, are the parts of the client's URL before and after the host.
    """

    method: str
    path: bytes
    query: bytes = b""
    headers: Sequence[tuple[bytes, bytes]] = ()
    body: bytes = b""
    scheme: str = "http"
    mount: str = ""

    @property
    def base(self) -> str:
        """The vendor's URL, as the client knows it."""
        host = self.header("host")
        return f"{self.scheme}://{host[0] if host else 'localhost'}{self.mount}"

    @property
    def header_size(self) -> int:
        """The size of all headers in bytes, plus 32 for each, as in HTTP/2 (RFC 9113, 6.5.2)."""
        return sum(len(name) + len(value) + 32 for name, value in self.headers)

    def header(self, name: str) -> list[str]:
        """Return every value of the header `name`, in order."""
        wanted = name.lower().encode("latin-1")
        return [value.decode("latin-1") for key, value in self.headers if key.lower() == wanted]


@attrs.frozen
class Reply:
    """One HTTP response. The code that sends it also carries out `fault`, which only a connection can have."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    fault: Fault | None = None

    @classmethod
    def json(
        cls,
        status: int,
        value: Any,
        headers: tuple[tuple[str, str], ...] = (),
        media_type: str = "application/json",
    ) -> Reply:
        """Return a reply with `value` as its body."""
        body = _json.encode(value)
        return cls(status, (("content-type", media_type), ("content-length", str(len(body))), *headers), body)

    @classmethod
    def empty(cls, status: int, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
        """Return a reply without a body. A 204 may not even say that its length is 0 (RFC 9110, 8.6)."""
        length = () if status == 204 else (("content-length", "0"),)
        return cls(status, (*length, *headers))


class Issue(NamedTuple):
    """One problem of a request: a parameter's name or a JSON pointer into the body, and a description."""

    place: str
    message: str


class Problem(Exception):
    """A request that is refused; the vendor's `error` turns it into the reply that this vendor would send."""

    def __init__(
        self,
        status: int,
        message: str,
        issues: Sequence[Issue] = (),
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.issues = issues
        self.headers = headers
