"""The headers and query parameters in which a client sends its credentials."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

import attrs


@attrs.define
class Credentials:
    """The headers and query parameters made from credentials. Credentials that are ``None`` are left out."""

    headers: dict[str, str] = attrs.field(factory=dict, repr=False)
    pairs: list[tuple[str, str]] = attrs.field(factory=list, repr=False)

    def header(self, name: str, prefix: str, value: str | None) -> None:
        """Add a header. Raises ``ValueError`` if another credential uses the same header."""
        if value is None:
            return
        if name in self.headers:
            raise ValueError(f"two credentials would be sent in the header {name}: give one of them")
        self.headers[name] = prefix + value

    def basic(self, value: tuple[str, str] | None) -> None:
        """Add a user and a password as a header."""
        if value is not None:
            self.header("Authorization", "Basic ", b64encode(":".join(value).encode()).decode())

    def query(self, name: str, prefix: str, value: str | None) -> None:
        """Add a query parameter."""
        if value is not None:
            self.pairs.append((name, prefix + value))

    def cookie(self, name: str, prefix: str, value: str | None) -> None:
        """Add a cookie."""
        if value is not None:
            before = f"{self.headers['Cookie']}; " if "Cookie" in self.headers else ""
            self.headers["Cookie"] = f"{before}{name}={quote(prefix + value, safe='')}"
