"""Zild conversations: the client that is generated from ``zild.yaml``."""

from typing import Final

SPEC_SHA256: Final = "b4e8507a1a0f0a0e2306848ecb9f702ea7ddd557d35321e7418d3bc6b55693ca"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final[tuple[str, ...]] = ("https://api.example.com",)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Authorization"
CREDENTIAL_PREFIX: Final = "Bearer "
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
