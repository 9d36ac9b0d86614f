"""raia conversations: the client that is generated from ``spec/raia.yaml``."""

from typing import Final

SPEC_SHA256: Final = "c1db07e999584dfd7ba55a3cb91f5dd4574cbfafe43c85b6248ef3b06d90cfbc"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final = (
    "https://api.raia2.com",
    "https://api-eu.raia2.com",
)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Agent-Secret-Key"
CREDENTIAL_PREFIX: Final = ""
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
