"""Zild conversations: the client that is generated from ``spec/zild.yaml``."""

from typing import Final

SPEC_SHA256: Final = "b9b8750bfa0cee9386bf1f3246b53f690278acca7ed17775b37282f6ff4fe25c"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final = ("https://api.example.com",)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Authorization"
CREDENTIAL_PREFIX: Final = "Bearer "
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
