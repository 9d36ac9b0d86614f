"""raia conversations: the client that is generated from ``spec/raia.yaml``."""

from typing import Final

SPEC_SHA256: Final = "abb5e0349a969b7d2aa5677fddda9ea80d81207a1f8768b520eb8e68637d4c5d"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final = ("https://api.raia2.com",)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Agent-Secret-Key"
CREDENTIAL_PREFIX: Final = ""
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
