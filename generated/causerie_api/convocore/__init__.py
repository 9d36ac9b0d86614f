"""Convocore conversations: the client that is generated from ``convocore.yaml``."""

from typing import Final

SPEC_SHA256: Final = "8693e537d935abfbe8cd7918a5fbc701965a909d6049694b2844f31d4118f6dd"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final[tuple[str, ...]] = (
    "https://eu-gcp-api.vg-stuff.com/v3",
    "https://na-gcp-api.vg-stuff.com/v3",
)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Authorization"
CREDENTIAL_PREFIX: Final = "Bearer "
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
