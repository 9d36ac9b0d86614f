"""raia conversations: the client that is generated from ``spec/raia.yaml``."""

from typing import Final

SPEC_SHA256: Final = "9f10a18ea4a775fcedc65cb44df904c9012c4dd5412fdd7b558de9d6a2814353"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final = ("https://api.raia2.com",)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Agent-Secret-Key"
CREDENTIAL_PREFIX: Final = ""
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
