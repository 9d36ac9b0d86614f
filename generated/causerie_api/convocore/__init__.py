"""Convocore conversations: the client that is generated from ``spec/convocore.yaml``."""

from typing import Final

SPEC_SHA256: Final = "677b81d22ce87bc2d83e1ec2d1b11aea1cf34b1a9244a2c400d4a89921cb5c05"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final = (
    "https://eu-gcp-api.vg-stuff.com/v3",
    "https://na-gcp-api.vg-stuff.com/v3",
)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Authorization"
CREDENTIAL_PREFIX: Final = "Bearer "
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
