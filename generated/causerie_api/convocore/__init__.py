"""Convocore conversations: the client that is generated from ``spec/convocore.yaml``."""

from typing import Final

SPEC_SHA256: Final = "5aa7eac70fd729b9b0a2c47903f0442709343bd20918bd0fdc21e85836e4e314"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final = (
    "https://eu-gcp-api.vg-stuff.com/v3",
    "https://na-gcp-api.vg-stuff.com/v3",
)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Authorization"
CREDENTIAL_PREFIX: Final = "Bearer "
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
