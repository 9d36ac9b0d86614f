"""The options of a client: the vendor's URL, the credential, timeouts and retries."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, Generic, TypedDict, TypeVar
from urllib.parse import urlsplit

import attrs

from causerie_api.jsonvalue import shortened
from causerie_api.request import Request

from ._clock import SECONDS_MAX
from ._errors import ArgumentError, ErrorBody
from ._response import Response
from ._retry import Retry
from ._secret import Secret
from ._vendor import Vendor

Transport = TypeVar("Transport")
HTTPClient = TypeVar("HTTPClient")
Region = TypeVar("Region", bound=str)


def _check_timeout(_: object, __: object, value: float) -> None:
    check_timeout(value)


def check_timeout(value: float) -> None:
    """Raise ``ArgumentError`` unless the value is a number of seconds to wait."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= SECONDS_MAX:
        raise ArgumentError("timeout", f"{shortened(value)} is not a positive number of seconds")


def _check_retry(_: object, __: object, value: Retry) -> None:
    if not isinstance(value, Retry):
        raise ArgumentError("retry", f"{value!r} is not a Retry; give one, for example Retry(attempts=3)")


def _check_most(_: object, __: object, value: int) -> None:
    if value.__class__ is not int or value < 1:
        raise ArgumentError("max_response_bytes", f"{value!r} is not a number of bytes: give 1 or more")


def _checked_headers(value: Mapping[str, str] | None) -> Mapping[str, str]:
    """Return an immutable copy of the headers, by lower-case name."""
    headers = {}
    for name, text in (value or {}).items():
        if not (isinstance(name, str) and re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name)):
            raise ArgumentError("headers", f"{name!r} is not the name of a header")
        if not (isinstance(text, str) and text.isascii() and text.isprintable()):
            raise ArgumentError("headers", f"the value of {name!r} is not text that an HTTP header can have")
        headers[name.lower()] = text
    return MappingProxyType(headers)


@attrs.frozen(kw_only=True)
class Options:
    """The options of a client. Its repr never shows the credential."""

    base_url: str
    credential: Mapping[str, str] = attrs.field(converter=_checked_headers, repr=False)
    read_error: Callable[[Any], ErrorBody] = attrs.field(repr=False)
    meanings: Mapping[int, Sequence[str]] = attrs.field(repr=False)
    """The known reasons for a status, by status. Each completes a sentence, such as "the key has expired"."""
    timeout: float = attrs.field(default=30.0, validator=_check_timeout)
    retry: Retry = attrs.field(factory=Retry, validator=_check_retry)
    max_response_bytes: int = attrs.field(default=64 * 2**20, validator=_check_most)
    """The limit for answers in memory, decompressed. A download to a file is not limited."""
    headers: Mapping[str, str] = attrs.field(default=None, converter=_checked_headers, repr=False)
    validate: bool = False
    on_request: Callable[[Request[Any, Any]], object] | None = None
    on_response: Callable[[Response], object] | None = None


class View(TypedDict, total=False):
    """The options that ``with_options`` can change."""

    timeout: float
    retry: Retry
    max_response_bytes: int
    headers: Mapping[str, str] | None
    validate: bool
    on_request: Callable[[Request[Any, Any]], object] | None
    on_response: Callable[[Response], object] | None


class Settings(View, Generic[Transport, HTTPClient], total=False):
    """The options that every client takes besides its credential."""

    base_url: str | None
    transport: Transport | None
    http_client: HTTPClient | None


# What clients of other vendors, and of HTTP, call by another name or have in another place.
_OF_HTTPX = (
    "when the client is made, give it http_client=httpx.Client({}=...), or an httpx.AsyncClient where calls are awaited"
)
_OF_RETRY = "give retry=Retry(attempts=...), which counts the first attempt too: Retry(attempts=3) repeats twice"
_ELSEWHERE: Mapping[str, str] = {
    **dict.fromkeys(("max_retries", "retries", "max_attempts", "attempts"), _OF_RETRY),
    **{name: _OF_HTTPX.format(name) for name in ("proxy", "verify", "cert", "http2", "limits", "mounts", "trust_env")},
    "proxies": _OF_HTTPX.format("proxy"),
    **dict.fromkeys(("default_headers", "extra_headers"), "give headers={...}"),
    **dict.fromkeys(("host", "url", "endpoint", "api_base"), "when the client is made, give it base_url=..."),
}


def check_names(given: Mapping[str, object], known: Iterable[str]) -> None:
    """Raise ``TypeError`` for an unknown option, and suggest the name that is meant or the most similar one."""
    known = list(known)
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise TypeError(f"there is no option {name!r}" + (f": {_ELSEWHERE[name]}" if name in _ELSEWHERE else hint))


def credential(argument: str, given: str | None, variable: str) -> Secret:
    """Return the given credential, or the one in the environment, which is read now."""
    value = Secret(given if given is not None else os.environ.get(variable, ""))
    if not value:
        raise ArgumentError(argument, f"no credential: pass {argument}=..., or set {variable}")
    if not (value.isascii() and value.isprintable() and value.strip() == value):
        raise ArgumentError(
            argument, "not a credential: it has spaces around it, or characters that an HTTP header cannot have"
        )
    if value.lower().startswith("bearer "):
        raise ArgumentError(
            argument, 'give the credential without "Bearer " in front: the client adds it where it belongs'
        )
    return value


def base_url(given: str | None, variable: str, default: str | None) -> str:
    """Return the given URL, the environment's, or the vendor's, without a slash at the end."""
    value = given if given is not None else os.environ.get(variable) or default
    if value is None:
        raise ArgumentError("base_url", f"the vendor has no default host: pass base_url=..., or set {variable}")
    if not isinstance(value, str):
        raise ArgumentError("base_url", f"a URL is a str, not {type(value).__name__}")
    if "@" in value:  # not shown: a password may stand in front of it
        raise ArgumentError("base_url", "it may not hold a user or a password")
    if not value.isprintable() or " " in value:
        raise ArgumentError(
            "base_url", f"{value!r} has spaces or characters that a URL cannot have: was it read from a file?"
        )
    try:
        parts = urlsplit(value)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        raise ArgumentError("base_url", f"{value!r} is not a URL") from None
    if parts.query or parts.fragment:
        raise ArgumentError("base_url", "it may have a scheme, a host, a port and a path, and nothing else")
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_valid:
        raise ArgumentError("base_url", f"{value!r} is not an http(s) URL with a host, such as https://api.example.com")
    return value.rstrip("/")


@attrs.frozen
class Regions(Generic[Region]):
    """The hosts of a vendor that has several, by region. The first is the default."""

    vendor: Vendor
    hosts: Mapping[Region, str]
    is_more: bool = False
    """Whether the region also has another meaning than the host, and so may be given with a ``base_url``."""

    def choose(self, region: Region | None, address: str | None) -> tuple[Region, str]:
        """Return the region and the URL for a client, from these arguments or the environment.

        A given URL takes precedence over a region in the environment. Raises ``ArgumentError`` for an unknown region,
        and if a region and a URL are both given.
        """
        variable, other = self.vendor.variable("region"), self.vendor.variable("base_url")
        named: str | None = region
        place = ""
        if region is None and (address is None or self.is_more):
            named, place = os.environ.get(variable) or None, f" in {variable}"
        known = next((each for each in self.hosts if named in (None, each)), None)
        if known is None:
            raise ArgumentError(
                "region", f"{named!r}{place} is not a region: give one of {', '.join(map(repr, self.hosts))}"
            )
        if not (named is None or self.is_more) and (address is not None or os.environ.get(other)):
            both = f"{named!r}{place} names a host, and so does {other if address is None else 'base_url'}"
            raise ArgumentError("region", f"{both}: give one of the two")
        return known, base_url(address, other, self.hosts[known])


_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def path_id(argument: str, value: str, *taken: str) -> str:
    """Return an id that is safe in a path.

    ``..`` would name another resource, and a vendor might delete more than intended. ``taken`` are the words that other
    operations have at the id's place in their paths.
    """
    if not isinstance(value, str):
        raise ArgumentError(argument, f"an id is a str, not {type(value).__name__}")
    if value in ("", ".", "..", *taken):
        raise ArgumentError(argument, f"{value!r} is not an id: it would name another resource")
    if _SURROGATE.search(value):
        raise ArgumentError(argument, f"{value!r} is not text: it has half of a surrogate pair")
    return value
