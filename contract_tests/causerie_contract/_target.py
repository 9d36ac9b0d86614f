"""The target of a test: a server, and how to reach it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import attrs
import httpx

import causerie_mock
from causerie_spec import credential
from causerie_spec.mask import masked

from ._patience import Patient
from ._pulse import Pulse


@attrs.frozen
class Target:
    """A server that plays one vendor, or is one."""

    #: What reports call it.
    name: str
    #: Where the document's paths begin; without scheme and host for an `app` in this process.
    base_url: str
    #: The key or token, without the word before it.
    credential: str = attrs.field(repr=False)
    #: An ASGI application to call in place of the network.
    app: Any = None
    #: The same for httpx; None for the network.
    transport: httpx.BaseTransport | None = None
    #: A second tenant's credential, which must not see what the first one has.
    other: str | None = attrs.field(default=None, repr=False)
    #: Whether it is no mock: nothing is known of what it holds, and it may do otherwise than we infer.
    real: bool = False
    #: Brings the server back to its first state, where it can be done.
    reset: Callable[[], None] = lambda: None
    #: Sets an option of a mock until it is reset, and returns whether it had another value; None where there are no
    #: options.
    option: Callable[[str, Any], bool] | None = None
    #: Whether it still answers.
    pulse: Pulse = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "pulse", Pulse(self.base_url))  # the usual way to set a field of a frozen object

    def sender(self) -> httpx.BaseTransport:
        """Return a transport for httpx, which waits if a server that is not a mock asks for it."""
        sender = self.transport or httpx.HTTPTransport(trust_env=False)
        return Patient(sender) if self.real else sender

    def mask(self, text: str) -> str:
        """Return `text` without any credential. Half surrogate pairs cannot be encoded; they are spelled as in JSON."""
        text = masked(text, (self.credential, self.other or ""))
        return text.encode("utf-8", "backslashreplace").decode("utf-8")


def server(base_url: str, secret: str, other: str | None = None) -> Target:
    """Return a server on the network, which cannot be reset. `other` is a second tenant's credential."""
    return Target(base_url, base_url, secret, other=other, real=True)


def mock_in_process(vendor: str, document: dict[str, Any], mock: causerie_mock.Mock | None = None) -> Target:
    """Return the mock vendor, or `mock` in its place, to be called without a socket."""
    mock = mock or causerie_mock.Mock(vendor)
    own, other = _credentials(mock)
    return Target(
        "mock in process",
        f"/{vendor}{_server_path(document)}",
        own,
        causerie_mock.asgi([mock]),
        causerie_mock.MockTransport(mock),
        other,
        reset=mock.reset,
        option=_option(mock),
    )


@contextlib.contextmanager
def mock_on_port(vendor: str, document: dict[str, Any]) -> Iterator[Target]:
    """Serve the mock vendor on a free port of this machine, while the context lasts."""
    mock = causerie_mock.Mock(vendor)
    own, other = _credentials(mock)
    with causerie_mock.serve([mock]) as urls:
        yield Target(
            "mock on a port",
            urls[vendor] + _server_path(document),
            own,
            other=other,
            reset=mock.reset,
            option=_option(mock),
        )


def _credentials(mock: causerie_mock.Mock) -> tuple[str, str]:
    """Return the credentials of the first and the second tenant."""
    known = credential(mock.document)
    first, second = (mock.headers(tenant)[known.header].removeprefix(known.prefix) for tenant in (0, 1))
    return first, second


def _option(mock: causerie_mock.Mock) -> Callable[[str, Any], bool]:
    def put(name: str, value: Any) -> bool:
        options = mock.options  # read anew with every call: a reset makes other options
        is_other = bool(getattr(options, name) != value)
        setattr(options, name, value)
        return is_other

    return put


def _server_path(document: dict[str, Any]) -> str:
    """Return the path of a base URL: the mock takes requests with and without it, Schemathesis expects it."""
    url: str = document["servers"][0]["url"]
    return urlsplit(url).path.rstrip("/")
