"""Convocore conversations: the client that is generated from ``spec/convocore.yaml``."""

from typing import Final

SPEC_SHA256: Final = "50b6b3cbf5aaadbf7aba68e75cf1325009a8d0cbf1c9dbb46a8ab05f3db333a9"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final = (
    "https://eu-gcp-api.vg-stuff.com/v3",
    "https://na-gcp-api.vg-stuff.com/v3",
)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Authorization"
CREDENTIAL_PREFIX: Final = "Bearer "
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
