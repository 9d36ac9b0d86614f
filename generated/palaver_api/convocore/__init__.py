"""Convocore conversations: the client that is generated from ``spec/convocore.yaml``."""

from typing import Final

SPEC_SHA256: Final = "6fe9a1cc82d25577241fa0702dea63267cf2cfc48c28be10477285524c966d87"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final = (
    "https://eu-gcp-api.vg-stuff.com/v3",
    "https://na-gcp-api.vg-stuff.com/v3",
)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Authorization"
CREDENTIAL_PREFIX: Final = "Bearer "
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
