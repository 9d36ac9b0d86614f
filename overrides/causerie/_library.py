"""The HTTP libraries. This is the only module that distinguishes between httpx, httpx2 and aiohttp.

httpx2 is a fork of httpx with the same names. So code that handles requests gets one of the two modules as ``httpx``,
and does not need to know which one it is. Neither is imported before it is used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib import import_module
from typing import Any, Final, TypeVar, cast

import attrs

from ._environment import PROBES, Probes, refusal
from ._errors import ArgumentError
from ._secret import SecretBytes
from ._tls import context

T = TypeVar("T")

LIBRARIES: Final = ("httpx", "httpx2")
"""Libraries with the API of httpx. The first is the default."""
OWN: Final = frozenset({*LIBRARIES, "httpcore", "httpcore2"})
"""Packages whose exceptions belong to these libraries."""


@attrs.frozen
class Kind:
    """The libraries' class names for blocking clients, or for asyncio clients."""

    client: str
    transport: str
    connections: str
    names: tuple[str, ...]
    """The libraries that may be named instead of giving a transport."""


SYNC: Final = Kind("Client", "BaseTransport", "HTTPTransport", ("httpx2",))
ASYNC: Final = Kind("AsyncClient", "AsyncBaseTransport", "AsyncHTTPTransport", ("httpx2", "aiohttp"))


def library(kind: Kind, transport: object, http_client: object) -> Any:
    """Return the HTTP library that the given transport or client belongs to, or that ``transport`` names.

    Raises ``ArgumentError`` for any other object, if both are given, and for a library that is not installed.
    """
    found = _library_of("transport", transport, kind.transport, kind.names)
    lent = _library_of("http_client", http_client, kind.client)
    if transport is not None and http_client is not None:
        raise ArgumentError(
            "transport", "give a transport or an http_client, not both: the client has its own transport"
        )
    return found or lent or import_module(LIBRARIES[0])


def _library_of(argument: str, given: object, expected: str, names: tuple[str, ...] = ()) -> Any:
    if given is None:
        return None
    if isinstance(given, str) and given in names:
        return _extra(given, given) if given in LIBRARIES else None
    for name in LIBRARIES:
        module = sys.modules.get(name)  # a caller who has an object of the library has imported the library
        if isinstance(given, getattr(module, expected, ())):
            return module
    if names and given == LIBRARIES[0]:
        raise ArgumentError(argument, f"{given} is the default: leave it out")
    by_name = f", or {' or '.join(map(repr, names))}" if names else ""
    raise ArgumentError(argument, f"it is of type {type(given).__name__}: give an httpx.{expected}{by_name}")


def _extra(name: str, module: str) -> Any:
    try:
        return import_module(module, __package__)
    except ImportError:
        problem = f'{name} is not installed: in a checkout of Causerie, pip install ".[{name}]"'
        raise ArgumentError("transport", problem) from None


def request_class(httpx: Any, transport: object) -> Callable[..., Any]:
    """Return the class of the requests that a transport of ours sends."""
    made: Callable[..., Any] = (_extra("aiohttp", "._aiohttp") if transport == "aiohttp" else httpx).Request
    return made


def client(
    kind: Kind, httpx: Any, transport: object, pool: Callable[..., object], line: Callable[[Any], object]
) -> Any:
    """Return a client of ``httpx`` that sends through the caller's transport, or through connection pools.

    Raises ``ArgumentError`` if an environment variable makes that impossible.
    """
    make = getattr(httpx, kind.client)
    if transport is not None and not isinstance(transport, str):
        return make(transport=transport)
    try:
        # Comes first: importing aiohttp creates a TLS context too, and if that fails, aiohttp stays half imported.
        tls = context(httpx)
        connection = partial(_connection(kind, httpx, transport, line), verify=tls)
        return make(**_routes(httpx, partial(pool, httpx=httpx), connection))
    except ArgumentError:
        raise
    except Exception as error:  # noqa: BLE001 - the exceptions that a bad variable causes are not documented
        failure = refusal(error, _probes(httpx))
    raise failure


def _connection(kind: Kind, httpx: Any, transport: object, line: Callable[[Any], object]) -> Callable[..., object]:
    """Return a function that makes a connection."""
    if transport == "aiohttp":
        return cast("Callable[..., object]", _extra("aiohttp", "._aiohttp").Transport)
    connection = getattr(httpx, kind.connections)
    return lambda **settings: line(connection(**settings))


def _routes(httpx: Any, pool: Callable[..., object], connection: Callable[..., object]) -> dict[str, Any]:
    """Return a client's transports: a pool for direct connections, and one for each proxy in the environment."""
    one = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=5.0)

    def pooled(**proxy: object) -> object:
        make = partial(connection, limits=one, **proxy)
        make()  # raises for an invalid proxy
        return pool(make)

    proxy = mixed(Discreet, httpx.Proxy)
    return {
        "transport": pooled(),
        "mounts": {where: None if url is None else pooled(proxy=proxy(url)) for where, url in _proxies(httpx).items()},
    }


def _proxies(httpx: Any) -> Mapping[str, str | None]:
    proxies: Mapping[str, str | None]
    proxies = import_module(f"{httpx.__name__}._utils").get_environment_proxies()  # there is no public name
    return proxies


class Discreet:
    """A proxy that hides its password: httpcore logs what it sends to a SOCKS proxy."""

    auth: tuple[str, str] | None

    @property
    def raw_auth(self) -> tuple[bytes, bytes] | None:
        """The user and the password."""
        if self.auth is None:
            return None
        user, password = (SecretBytes(part.encode()) for part in self.auth)
        return user, password


def _probes(httpx: Any) -> Probes:
    """Return the functions that try environment variables as the library does."""

    def probe_keys(path: str) -> None:
        try:
            httpx.create_ssl_context()  # httpx2's version does not open the log unless it is given certificates
        except Exception:  # noqa: BLE001 - certificates may be the cause, too
            PROBES["SSLKEYLOGFILE"](path)

    def probe_proxy(url: str) -> None:
        httpx.Client(proxy=url, trust_env=False).close()

    def probe_hosts(_: str) -> None:
        for where in _proxies(httpx):
            httpx.URL(where)

    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), probe_proxy)
    return {**PROBES, "SSLKEYLOGFILE": probe_keys, **proxies, "NO_PROXY": probe_hosts}


@cache
def mixed(own: type[T], base: Any) -> Callable[..., T]:
    """Return a subclass of ours and of a library's class: each library accepts only its own classes."""
    return cast("Callable[..., T]", type(own.__name__, (own, base), {"__module__": own.__module__}))
