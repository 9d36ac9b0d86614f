"""Zild conversations: the client that is generated from ``spec/zild.yaml``."""

from typing import Final

SPEC_SHA256: Final = "8c47c554b4c0da1334fd12fd01b39b98df0ea0c2638a0504266cf2dab63c3161"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final = ("https://api.example.com",)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Authorization"
CREDENTIAL_PREFIX: Final = "Bearer "
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
