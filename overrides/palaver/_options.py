"""What a client is made with: where the vendor is, the credential, and how long to wait."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import attrs

from ._errors import ArgumentError


@attrs.frozen
class Options:
    """Settings of one client. The credential is never shown."""

    base_url: str
    credential_header: str
    credential: str = attrs.field(repr=False)
    timeout: float

    def headers(self) -> dict[str, str]:
        """The headers of every request."""
        return {self.credential_header: self.credential, "Accept": "application/json", "User-Agent": "palaver"}

    def __reduce__(self) -> str:
        raise TypeError("a client holds a credential and does not pickle; make one in each process")


def credential(argument: str, given: str | None, variable: str) -> str:
    """The credential that was given, or the environment's, read now."""
    value = given if given is not None else os.environ.get(variable)
    if not value:
        raise ArgumentError(argument, f"no credential: pass {argument}=..., or set {variable}")
    if not (value.isascii() and value.isprintable() and value.strip() == value):
        raise ArgumentError(
            argument, "not a credential: it has spaces around it, or characters that no HTTP header can carry"
        )
    if value.lower().startswith("bearer "):
        raise ArgumentError(
            argument, 'give the credential without "Bearer " in front: the client adds it where it belongs'
        )
    return value


def base_url(given: str | None, variable: str, default: str | None) -> str:
    """The address that was given, the environment's, or the vendor's, without a slash at the end."""
    value = given or os.environ.get(variable) or default
    if value is None:
        raise ArgumentError("base_url", f"the vendor has no default host: pass base_url=..., or set {variable}")
    try:
        parts = urlsplit(value)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        raise ArgumentError("base_url", f"{value!r} is not a URL") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_valid:
        raise ArgumentError("base_url", f"{value!r} is not an http(s) URL with a host, such as https://api.example.com")
    if parts.username or parts.query or parts.fragment:
        raise ArgumentError("base_url", "it may have a scheme, a host, a port and a path, and nothing else")
    return value.rstrip("/")


def timeout(seconds: float) -> float:
    """The timeout, once it is known to be one."""
    if not 0 < seconds < float("inf"):
        raise ArgumentError("timeout", f"{seconds!r} is not a positive number of seconds")
    return float(seconds)


def path_id(argument: str, value: str) -> str:
    """An id that may stand in a path. ``..`` would name another resource: a vendor might delete more than was meant."""
    if not isinstance(value, str):
        raise ArgumentError(argument, f"an id is a str, not {type(value).__name__}")
    if value in ("", ".", ".."):
        raise ArgumentError(argument, f"{value!r} is not an id: it would name another resource")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ArgumentError(argument, f"{value!r} is not text: it has half of a surrogate pair")
    return value
