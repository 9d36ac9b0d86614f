"""The credentials of a document: the client's parameters for them, and where they are sent."""

from __future__ import annotations

from typing import Any, Final

import attrs

from causerie_spec.pointer import follow

from .names import python_name

RESERVED: Final = frozenset({"base_url", "timeout", "httpx_args", "credentials"}) | {
    *("auth", "params", "headers", "cookies", "verify", "cert", "trust_env", "http1", "http2", "proxy", "mounts"),
    *("follow_redirects", "limits", "max_redirects", "event_hooks", "transport", "default_encoding"),
}
"""The client's other parameters, those that it hands on to httpx included."""


@attrs.frozen
class Credential:
    """A security scheme. ``where`` is ``header``, ``query``, ``cookie`` or ``basic``."""

    name: str
    where: str
    key: str = ""
    prefix: str = ""
    token_url: str = ""
    """The URL from which a program gets a token for itself; empty if the document names none."""

    @property
    def python_name(self) -> str:
        """The name of the argument."""
        name = python_name(self.name)
        return f"{name}_" if name in RESERVED else name


def all_of(document: dict[str, Any]) -> list[Credential]:
    """Return the credentials of a document that the audit has nothing against."""
    schemes = document.get("components", {}).get("securitySchemes", {})
    found = [of(name, follow(document, scheme)) for name, scheme in schemes.items()]
    return [each for each in found if each is not None]


def of(name: str, scheme: dict[str, Any]) -> Credential | None:
    """Return the credential of a security scheme, or ``None`` for one that is not known."""
    match scheme:
        case {"type": "apiKey", "in": "header" | "query" | "cookie" as where, "name": key}:
            return Credential(name, where, key, scheme.get("x-credential-prefix", ""))
        case {"type": "http", "scheme": str(kind)} if kind.lower() == "basic":
            return Credential(name, "basic")
        case {"type": "http", "scheme": str(kind)} if kind.lower() == "bearer":
            return Credential(name, "header", "Authorization", "Bearer ")
        case {"type": "oauth2" | "openIdConnect"}:
            url = scheme.get("flows", {}).get("clientCredentials", {}).get("tokenUrl", "")
            return Credential(name, "header", "Authorization", "Bearer ", url)
    return None


def needed(document: dict[str, Any], operation: dict[str, Any]) -> set[str]:
    """Return the names of the credentials that an operation asks for, in any combination."""
    return {name for each in operation.get("security", document.get("security", ())) for name in each}


def described(scheme: dict[str, Any]) -> str:
    """Return a few words for a security scheme."""
    return " ".join(str(scheme[key]) for key in ("type", "scheme", "in") if key in scheme)
