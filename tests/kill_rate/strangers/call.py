"""A call: one request as the proxy has read it, and what may be changed in it."""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Callable
from typing import Any, Self
from urllib.parse import parse_qsl, quote, unquote, urlencode

import attrs

from causerie_mock import Mock, Reply, Request


@functools.cache
def _contract(vendor: str) -> Any:
    return Mock(vendor)._contract


@attrs.frozen
class Call:
    """One request to a vendor."""

    vendor: str
    request: Request

    @property
    def operation(self) -> str | None:
        """The operation that it asks for, if there is one."""
        found = _contract(self.vendor).operation(self.request.method, self.request.path)
        return found.id if found else None

    @property
    def names(self) -> dict[str, str]:
        """The parameters of its path."""
        found = _contract(self.vendor).find(self.request.path)
        return dict(found[1]) if found else {}

    @property
    def query(self) -> dict[str, str]:
        """The parameters of its query."""
        return dict(parse_qsl(self.request.query.decode("latin-1"), keep_blank_values=True))

    @property
    def body(self) -> Any:
        """A copy of the value that its body holds; None when it holds no JSON."""
        return value_of(self.request.body)

    @property
    def credential(self) -> str:
        """The credential as it was sent, its scheme included."""
        return next(iter(self.request.header(credential_header(self.vendor))), "")

    def with_body(self, value: Any) -> Self:
        """Return the call with another body."""
        body = json.dumps(value).encode()
        return self._with(body=body).with_header("content-length", str(len(body)))

    def with_query(self, **values: str | None) -> Self:
        """Return the call with other parameters in its query; None takes one away."""
        query = {name: value for name, value in {**self.query, **values}.items() if value is not None}
        return self._with(query=urlencode(query).encode())

    def with_header(self, name: str, value: str | None) -> Self:
        """Return the call with another header; None takes it away."""
        headers = [(key, old) for key, old in self.request.headers if key.lower() != name.lower().encode()]
        if value is not None:
            headers.append((name.lower().encode(), value.encode("latin-1")))
        return self._with(headers=headers)

    def with_credential(self, value: str) -> Self:
        """Return the call with another credential, its scheme included."""
        return self.with_header(credential_header(self.vendor), value)

    def with_path(self, edit: Callable[[str], str]) -> Self:
        """Return the call with each segment of its path edited."""
        segments = [edit(unquote(segment)) for segment in self.request.path.decode("latin-1").split("/")]
        return self._with(path="/".join(quote(segment, safe="") for segment in segments).encode())

    def asking(self, method: str, value: Any = None, path: str | None = None) -> Self:
        """Return another call with the same credential, to the same path unless another is given."""
        call = self._with(method=method, query=b"", body=b"", **({} if path is None else {"path": path.encode()}))
        call = call.with_header("content-length", None).with_header("content-type", None)
        return call if value is None else call.with_body(value).with_header("content-type", "application/json")

    def _with(self, **changes: Any) -> Self:
        return attrs.evolve(self, request=attrs.evolve(self.request, **changes))


@functools.cache
def credential_header(vendor: str) -> str:
    """Return the name of the header that holds the vendor's credential."""
    return next(iter(Mock(vendor).headers()))


@functools.cache
def credential(vendor: str, tenant: int) -> str:
    """Return the credential of a tenant, its scheme included."""
    return next(iter(Mock(vendor).headers(tenant).values()))


def value_of(body: bytes) -> Any:
    """Return the JSON value that `body` holds, or None."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def with_value(reply: Reply, value: Any) -> Reply:
    """Return `reply` with another value as its body."""
    other = tuple(each for each in reply.headers if each[0] not in {"content-type", "content-length"})
    media_type = next((value for name, value in reply.headers if name == "content-type"), "application/json")
    return Reply.json(reply.status, copy.deepcopy(value), other, media_type)
