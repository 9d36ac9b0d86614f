"""The security scheme of a document: how a credential is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs


@attrs.frozen
class Credential:
    """The header of a credential, and the prefix of its value."""

    header: str
    prefix: str = ""
    #: Whether the document describes it as an HTTP scheme.
    http: bool = False

    @property
    def has_scheme(self) -> bool:
        """Whether the prefix is an HTTP scheme, whose case does not matter (RFC 9110, 11.1)."""
        return bool(self.prefix) and self.header.lower() == "authorization"

    def write(self, value: str) -> dict[str, str]:
        """Return the header that carries the credential `value`."""
        return {self.header: self.prefix + value}

    def read(self, values: Sequence[str]) -> str | None:
        """Return the credential in the values of the header, or None unless there is exactly one."""
        if len(values) != 1:
            return None
        start, rest = values[0][: len(self.prefix)], values[0][len(self.prefix) :]
        same = start.lower() == self.prefix.lower() if self.has_scheme else start == self.prefix
        return rest if same else None


def credential(document: Mapping[str, Any], name: str | None = None) -> Credential:
    """Read the security scheme `name` of a document, or the only one that it has.

    Raises `ValueError` unless it is a bearer token or an API key in a header, or if there are several and no `name`.
    """
    schemes = document.get("components", {}).get("securitySchemes", {})
    match [schemes[name]] if name in schemes else list(schemes.values()):
        case [{"type": "http", "scheme": str(scheme)}] if scheme.lower() == "bearer":
            return Credential("Authorization", "Bearer ", http=True)
        case [{"type": "apiKey", "in": "header", "name": str(header), **more}]:
            return Credential(header, str(more.get("x-credential-prefix", "")))
    raise ValueError("one security scheme was expected: http bearer, or apiKey in a header")
